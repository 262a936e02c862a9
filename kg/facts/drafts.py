"""A happening as one sentence tells it, and the fusing of those that an article tells more than once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.mentions.dates import PrintedDate
from kg.model import Entity, Event, Evidence, Kind, Participation, Role, When

_SHORTENED = 4  # characters at least that a shortened name has
_SAME_BEGINNING = 10  # characters that the names of two meetings of one article do not share by chance
_MONTH_DAYS = 31
_WEEKS = 27  # days from which on a time is a month, and no visit of some days
_VERB = 2  # characters of a verb that names a meeting: 会见, 座谈
_BY_A_PARTY = frozenset({"Inspection", "Activity"})
_OURS = re.compile("^[全我本][省市县区州旗镇乡]")
_FIRST = re.compile("首(?=[届次批期])")
_STRENGTH = {Role.LEAD: 0, Role.ORGANIZER: 1, Role.RECIPIENT: 2, Role.PARTICIPANT: 3}


@dataclass(slots=True)
class Draft:
    """One telling of a happening; `name` is the meeting's or activity's own, empty where only a verb tells of it."""

    type: str
    sentence: int
    start: int
    label: str
    name: str
    rule: str
    evidence: list[Evidence]
    date: PrintedDate | None = None
    roles: dict[tuple[Entity, Role], Participation] = field(default_factory=dict)
    places: list[Entity] = field(default_factory=list)
    marks: tuple[str, ...] = ()
    generic: bool = False
    head: bool = False  # told in a headline or kicker, which sums up what the body tells
    held: bool = False  # 文化节开幕: a name and a day are enough
    step: str = ""  # 立案, 给予处分, a disaster: each a happening of its own
    paragraph: int = 0
    rite: bool = False  # 剪彩, 揭牌: what is done at a gathering, if the article tells of one

    def take(self, actor: Entity, role: Role, evidence: Evidence, rule: str) -> None:
        """Give an actor a part, unless it has a stronger one already."""
        held = [r for (who, r) in self.roles if who == actor]
        if all(_STRENGTH[role] < _STRENGTH[r] for r in held):
            for r in held:
                del self.roles[(actor, r)]
            self.roles[(actor, role)] = Participation(actor, role, evidence, rule)

    def give_way(self, part: Participation) -> None:
        """Who seemed to lead only took part."""
        del self.roles[(part.actor, part.role)]
        self.take(part.actor, Role.PARTICIPANT, part.evidence, part.rule)

    def add(self, actor: Entity, role: Role, evidence: Evidence, rule: str) -> None:
        """Give an actor a part that another sentence tells of: it is evidence of the happening too."""
        self.take(actor, role, evidence, rule)
        self.evidence += [evidence] if evidence not in self.evidence else []

    @property
    def has_floor(self) -> bool:
        """Has it a name of its own, as 推进会 and 开工仪式 have, and not only a verb's as 会见?"""
        return len(self.name) > _VERB and self.type != "Other"

    @property
    def is_nameless(self) -> bool:
        """县长X参加活动: whatever the article has told of."""
        return self.generic and self.type == "Activity" and not self.has_floor

    @property
    def is_visit(self) -> bool:
        """调研, or 走进石庙村采风: did people go and look?"""
        return self.type == "Inspection" or (self.type == "Activity" and not self.has_floor)

    @property
    def leads(self) -> frozenset[Entity]:
        """Who leads or organises."""
        return frozenset(who for who, role in self.roles if role in (Role.LEAD, Role.ORGANIZER))

    @property
    def organizers(self) -> frozenset[Entity]:
        """The offices that organise it."""
        return frozenset(who for who, role in self.roles if role is Role.ORGANIZER)

    @property
    def recipients(self) -> frozenset[Entity]:
        """The people whom it befell."""
        return frozenset(who for who, role in self.roles if role is Role.RECIPIENT and who.kind is Kind.PERSON)

    @property
    def has_recipients(self) -> bool:
        """Did it befall anybody, or did anybody receive it?"""
        return any(role is Role.RECIPIENT for _, role in self.roles)

    @property
    def is_trial(self) -> bool:
        """Did a court or a procuratorate do it?"""
        return any(who.name.endswith(("法院", "法庭", "检察院")) for who in self.leads)

    def agrees(self, other: Draft) -> bool:
        """May it have been on the other's day?"""
        return _days_agree(self.when, other.when)

    @property
    def actors(self) -> frozenset[Entity]:
        """Who has any part in it."""
        return frozenset(who for who, _ in self.roles)

    @property
    def when(self) -> When | None:
        """Its days, if the text gives them."""
        return self.date.when if self.date else None

    def is_same(self, other: Draft) -> bool:
        """Do two drafts of one article tell of one happening?"""
        if self.type != other.type or not _days_agree(self.when, other.when):
            return False
        if self.marks and other.marks and not set(self.marks) & set(other.marks):
            return False
        if self.generic or other.generic or (self.rite and other.rite):
            return True  # 会议指出, 出席会议: the meeting told of last
        if self.type == "Inspection" and (not (self.leads or other.leads) or self._is_one_party(other)):
            return True
        if self.type == "Other" and self._is_disaster_and_rescue(other):
            return False
        if self.type == "Other" and self._is_one_mishap(other):
            return True
        if self.type == "Enforcement" and (same := self._is_same_case(other)) is not None:
            return same
        if self.actors & other.actors and (self.type == "Appointment" or self._is_told_again(other)):
            return True  # a session's appointments are one, told verb by verb
        if (self.head != other.head) and (self.leads & other.leads or not self._led_otherwise(other)):
            return not (self.name and other.name) or _alike(self.name, other.name)
        if (self.leads & other.actors or self.actors & other.leads) and not (self.leads and other.leads):
            return self.type != "Meeting" or not (self.name and other.name)
        if self.name and other.name:
            return _alike(self.name, other.name)
        if self.leads and other.leads:
            return bool(self.leads & other.leads)
        if self.places and other.places:
            return bool(set(self.places) & set(other.places))
        return self.sentence == other.sentence or (
            bool(self.leads) != bool(other.leads) and abs(self.sentence - other.sentence) < 3
        )

    def _is_one_party(self, other: Draft) -> bool:
        """汶上县党政考察团, 汶上县党政代表团: the same people, whatever they are called."""
        return bool(self._parties & other._parties)

    def _has_by_another_name(self, actor: Entity) -> bool:
        """青石派出所 of a 县公安局青石派出所; a party that was called otherwise."""
        longer = any(who != actor and who.name.endswith(actor.name) for who in self.organizers)
        return longer or actor.name[:-3] in self._parties

    @property
    def _parties(self) -> frozenset[str]:
        names = [who.name for who in self.organizers]
        return frozenset([*names, *(name[:-3] for name in names if name.endswith(("团", "组")))])

    def _is_same_case(self, other: Draft) -> bool | None:
        """抓获X, X已被刑事拘留: one case; 给予X处分, 给予Y处分: two; None where nobody is named that tells."""
        if self.step == "verdict" and other.is_trial and not self.leads:
            return True  # 法院集中宣判… 其中X被判处…
        met, both = self.recipients & other.recipients, self.recipients and other.recipients
        punished = self.step == other.step == "punishment"
        if self.sentence != other.sentence and ((both and punished and not met) or self._is_other_step(other)):
            return False
        if both and not met and not punished and self.paragraph != other.paragraph:
            return False  # two cases of one report
        same = met or (not both and self._is_same_force(other))
        one_led = bool(self.leads) != bool(other.leads) and not (self.step or other.step)
        return True if (same or one_led) and not (self.is_trial or other.is_trial) else None

    def _is_same_force(self, other: Draft) -> bool:
        """县公安局青石派出所, 青石派出所; 县公安局 and its 刑警大队."""
        pairs = [(a, b) for a in self.organizers for b in other.organizers]
        return any(
            a.name.endswith(b.name)
            or b.name.endswith(a.name)
            or (a.within == b.within and "公安" in a.name + b.name and {a.name[-1], b.name[-1]} & {"队", "所"})
            for a, b in pairs
        )

    def _is_disaster_and_rescue(self, other: Draft) -> bool:
        """发生山体滑坡; 县委组织搜救: who came to help did something of their own."""
        disaster, rescue = (self, other) if self.step else (other, self)
        return bool(disaster.step and not rescue.step and rescue.leads and not rescue.name)

    def _is_one_mishap(self, other: Draft) -> bool:
        """发生车祸,两车相撞; 民房失火 in the headline, 发生火灾 in the text; 派出所 and its 公安局 put it out."""
        apart = self.places and other.places and not set(self.places) & set(other.places)
        told_at_once = self.sentence == other.sentence and not (self.leads or other.leads)
        summed_up = self.head != other.head and bool(self.name and other.name)
        return (not apart and (told_at_once or summed_up)) or self._is_same_force(other)

    def _is_other_step(self, other: Draft) -> bool:
        """立案, and months later 开除党籍."""
        return bool(self.step and other.step and self.step != other.step)

    def _led_otherwise(self, other: Draft) -> bool:
        """Did others lead it? A delegation of the headline has its people in the text."""
        kinds = [{who.kind for who in d.leads} for d in (self, other)]
        alike = self.type not in _BY_A_PARTY or kinds[0] & kinds[1]
        return bool(self.leads and other.leads and alike)

    def _is_told_again(self, other: Draft) -> bool:
        """被查处, told first with the police and then without them: one case."""
        return self.type == "Enforcement" and self.rule == other.rule and not (self.leads and other.leads)

    def is_part_of(self, other: Draft) -> bool:
        """出席仪式, 为公司揭牌, 论坛开幕: is it only a piece of the gathering that another draft tells of?"""
        if not other.name or other.type == "Other" or not _days_agree(self.when, other.when):
            return False
        return self.generic or self.rite or (len(self.name) > 1 and other.name.endswith(self.name))

    def tells_in_full(self, other: Draft) -> bool:
        """教师节大会 in the headline, 教师节表扬大会 in the text: is it what the headline told under another type?"""
        summed_up = other.head and not self.head and self.type != other.type and self.has_floor and other.has_floor
        told = summed_up and "Construction" not in (self.type, other.type) and self.agrees(other)
        return told and _alike(self.name, other.name)

    def absorb(self, other: Draft) -> None:
        """Take over all that another telling adds; who only cut the ribbon took part."""
        if self.date is None or (self.date.when is None and _is_exact(other.when)) or _is_finer(other.when, self.when):
            self.date = other.date or self.date
        rite = other.rite and bool(self.name or self.leads)
        for (actor, role), part in other.roles.items():
            if role is Role.ORGANIZER and self._has_by_another_name(actor):
                continue
            for shorter in [w for w in self.organizers if w != actor and actor.name.endswith(w.name)]:
                del self.roles[(shorter, Role.ORGANIZER)]
            led = rite and (role is Role.LEAD or (role is Role.ORGANIZER and bool(self.organizers)))
            self.take(actor, Role.PARTICIPANT if led else role, part.evidence, part.rule)
        self.held = self.held or other.held
        self.places += [p for p in other.places if p not in self.places]
        self.evidence += [e for e in other.evidence if e not in self.evidence]
        self.marks = tuple(dict.fromkeys((*self.marks, *other.marks)))
        own, new = (bool(d.name) and not d.generic for d in (self, other))
        if new > own or (new == own and self.type == other.type and len(other.label) > len(self.label)):
            self.label = other.label
        if other.name and other.type == self.type and (self.generic or not self.name):
            self.name, self.generic = other.name, other.generic

    def event(self) -> Event:
        """The draft as the article's fact."""
        parts = sorted(self.roles.values(), key=lambda p: (_STRENGTH[p.role], p.actor))
        return Event(
            self.type,
            self.label,
            self.when,
            tuple(parts),
            tuple(self.places),
            tuple(self.evidence),
            self.rule,
            self.marks,
        )


def _alike(one: str, other: str) -> bool:
    """主场协调会, 全国博物馆日主场活动协调会: is one name the other shortened?"""
    names = (_FIRST.sub("第一", _OURS.sub("", name)).removesuffix("活动") for name in (one, other))
    short, long = sorted(names, key=len)
    if not short:
        return True
    if short in long:
        return True
    begins_alike = one[:_SAME_BEGINNING] == other[:_SAME_BEGINNING] and len(short) >= _SAME_BEGINNING
    if begins_alike and one[-2:] == other[-2:]:
        return True
    chars = iter(long)
    end = short[-1:] if len(short) > 2 * _SHORTENED else short[-2:]
    return long.endswith(end) and len(short) >= _SHORTENED and all(c in chars for c in short)


def _days_agree(one: When | None, other: When | None) -> bool:
    return one is None or other is None or (one.begin <= other.end and other.begin <= one.end)


def _is_finer(one: When | None, other: When | None) -> bool:
    """A day within a longer time: 2021年 or 2月份 in the headline, 11月17日 in the text; not one of 13日至16日."""
    if one is None or other is None or not _is_exact(one) or (other.end - other.begin).days < _WEEKS:
        return False
    return one != other and other.begin <= one.begin and one.end <= other.end


def _is_exact(when: When | None) -> bool:
    """A day or a month: a year told later does not date what happened 日前."""
    return when is not None and (when.end - when.begin).days < _MONTH_DAYS


def fuse(drafts: list[Draft]) -> list[Draft]:
    """Each happening of an article once, in the order of its first telling."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (d.sentence, d.start)):
        earlier = kept[::-1]
        fitting = [k for k in earlier if draft.is_same(k)] or [k for k in earlier if draft.is_part_of(k)]
        fitting = fitting or [k for k in earlier if k.rite and k.is_part_of(draft)]
        fitting = fitting or [k for k in earlier if draft.is_nameless and draft.agrees(k)]
        same = next((k for k in fitting if k.actors & draft.actors), fitting[0] if fitting else None)
        same = same or next((k for k in earlier if draft.tells_in_full(k)), None)
        if same is None:
            kept.append(draft)
        else:
            same.type = draft.type if draft.tells_in_full(same) else same.type
            same.absorb(draft)
    return kept

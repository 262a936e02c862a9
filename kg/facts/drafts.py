"""A happening as one sentence tells it, and as more of them fill it in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from kg.mentions.dates import PrintedDate
from kg.model import Entity, Event, Evidence, Kind, Participation, Role, When

_MONTH_DAYS = 31
_WEEKS = 27  # days from which on a time is a month, and no visit of some days
ANSWERED = "event.answered"  # the rule of who was called to a disaster
AREAS = ("省", "市", "州", "县", "区", "旗")  # how the names of areas end that are no ground for anything
PARTIES = ("团", "组")  # how the names of parties end: 考察团, 督导组
_VERB = 2  # characters of a verb that names a meeting: 会见, 座谈
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
    tellings: list[int] = field(default_factory=list)  # the sentences that tell of it too
    ahead: bool = False  # 决定了三次会议召开日期: nobody has been to it yet
    houses: frozenset[Entity] = frozenset()  # 县妇联 of 县妇联主席X, who leads it
    apart: bool = False  # 市领导分路慰问: each went somewhere else, as is told next
    titles: tuple[str, ...] = ()  # “书香之县”: what was awarded
    sums_up: bool = False  # 共抓获370人: what a whole action brought in
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

    @property
    def answering(self) -> frozenset[Entity]:
        """Who was called to it."""
        return frozenset(part.actor for part in self.roles.values() if part.rule == ANSWERED)

    def leave_out(self, rule: str) -> None:
        """Take their parts from those who have them by a rule."""
        self.roles = {key: part for key, part in self.roles.items() if part.rule != rule}

    def add(self, actor: Entity, role: Role, evidence: Evidence, rule: str) -> None:
        """Give an actor a part that another sentence tells of: it is evidence of the happening too."""
        self.take(actor, role, evidence, rule)
        self.evidence += [evidence] if evidence not in self.evidence else []

    def told_last(self, until: int) -> int:
        """The last sentence up to `until` that tells of it."""
        return max((s for s in (self.sentence, *self.tellings) if s <= until), default=self.sentence)

    @property
    def has_floor(self) -> bool:
        """Has it a name of its own, as 推进会 and 开工仪式 have, and not only a verb's as 会见?"""
        return len(self.name) > _VERB and self.type != "Other"

    @property
    def has_ceremony(self) -> bool:
        """Is it told by its noun, as 签约仪式 is and 签约 is not?"""
        return self.rule.endswith((".held", ".hosted", ".attended", ".on"))

    def is_signing(self, signs: Collection[str]) -> bool:
        """Is it a ceremony named after the signing: 签约仪式?"""
        return self.type == "Activity" and self.has_ceremony and any(word in self.label for word in signs)

    def is_called(self, words: Collection[str]) -> bool:
        """Has it a name of its own with one of the words in it, as 运动会 is a contest?"""
        return self.has_floor and any(word in self.name for word in words)

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
        return any(who.name.endswith(("法院", "法庭", "审判庭", "检察院")) for who in self.leads)

    @property
    def is_at_once(self) -> bool:
        """接到报警… 将其抓获, 赶赴现场: on the day told last; not yet 刑事拘留."""
        return self.type == "Other" or (self.type == "Enforcement" and not self.step)

    @property
    def is_briefing(self) -> bool:
        """庭审后,召开新闻发布会: is it something announced at a gathering?"""
        return self.type == "Announcement" and bool(self.name)

    @property
    def is_by_firemen(self) -> bool:
        """Did a fire brigade do it?"""
        return not self.name and any("消防" in who.name for who in self.leads)

    def agrees(self, other: Draft) -> bool:
        """May it have been on the other's day?"""
        return self.on(other.when)

    def on(self, day: When | None) -> bool:
        """May it have been on a day?"""
        return _days_agree(self.when, day)

    @property
    def actors(self) -> frozenset[Entity]:
        """Who has any part in it."""
        return frozenset(who for who, _ in self.roles)

    @property
    def when(self) -> When | None:
        """Its days, if the text gives them."""
        return self.date.when if self.date else None

    @property
    def has_day(self) -> bool:
        """Does the text give its day, be it without a year, and not only 近日?"""
        return self.date is not None and (self.date.when is not None or not self.date.open)

    def _has_by_another_name(self, actor: Entity) -> bool:
        """青石派出所 of a 县公安局青石派出所; a party that was called otherwise."""
        longer = any(who != actor and who.name.endswith(actor.name) for who in self.organizers)
        return longer or actor.name[:-3] in self.parties

    @property
    def parties(self) -> frozenset[str]:
        """The names of the offices that organise it, those of delegations by what they are of."""
        names = [who.name for who in self.organizers]
        return frozenset([*names, *(name[:-3] for name in names if name.endswith(PARTIES))])

    def absorb(self, other: Draft) -> None:
        """Take over all that another telling adds; who only cut the ribbon took part."""
        if self.date is None or _tells(other.when, self.date) or _is_finer(other.when, self.when):
            self.date = other.date or self.date
        self.tellings += [*([] if other.generic or other.rite else [other.sentence]), *other.tellings]
        hosted = self.rite and other.rule.endswith(".hosted")  # 举行宣誓仪式,县长X主持宣誓仪式
        rite = other.rite and bool(self.name or self.leads) and not hosted
        for (actor, role), part in other.roles.items():
            if role is Role.ORGANIZER and self._has_by_another_name(actor):
                continue
            for shorter in [w for w in self.organizers if w != actor and actor.name.endswith(w.name)]:
                del self.roles[(shorter, Role.ORGANIZER)]
            led = (
                rite
                and not part.rule.endswith(".declares")
                and (role is Role.LEAD or (role is Role.ORGANIZER and bool(self.organizers)))
            )
            self.take(actor, Role.PARTICIPANT if led else role, part.evidence, part.rule)
        self.held = self.held or other.held
        stop = self.type == "Inspection" and bool(self.places)  # what one looks at there does not rename the visit
        self.places += [p for p in other.places if p not in self.places]
        self.evidence += [e for e in other.evidence if e not in self.evidence]
        self.marks = tuple(dict.fromkeys((*self.marks, *other.marks)))
        own, new = (bool(d.name) and not d.generic for d in (self, other))
        fuller = self.type == other.type and not stop and len(other.label) > len(self.label)
        if new > own or (new == own and fuller):
            self.label = other.label
        summed_up = self.head and not other.head and not other.generic  # a headline shortens the name
        if other.name and other.type == self.type and (self.generic or not self.name or summed_up):
            self.name, self.generic = other.name, other.generic

    def event(self) -> Event:
        """The draft as the article's fact."""
        parts = sorted(self.roles.values(), key=lambda p: (_STRENGTH[p.role], p.actor))
        return Event(
            self.type,
            self.label,
            self.when,
            tuple(parts),
            tuple(dict.fromkeys(self.places)),
            tuple(self.evidence),
            self.rule,
            self.marks,
        )


def _days_agree(one: When | None, other: When | None) -> bool:
    return one is None or other is None or (one.begin <= other.end and other.begin <= one.end)


def _is_finer(one: When | None, other: When | None) -> bool:
    """A day within a longer time: 2021年 or 2月份 in the headline, 11月17日 in the text; not one of 13日至16日."""
    if one is None or other is None or not _is_exact(one) or (other.end - other.begin).days < _WEEKS:
        return False
    return one != other and other.begin <= one.begin and one.end <= other.end


def _tells(when: When | None, date: PrintedDate) -> bool:
    """A day for 7月3日 of a year that is not printed, a day or a month for 近日."""
    return date.when is None and _is_exact(when) and (date.open or _is_day(when))


def _is_day(when: When | None) -> bool:
    return when is not None and when.begin == when.end


def _is_exact(when: When | None) -> bool:
    """A day or a month: a year told later does not date what happened 日前."""
    return when is not None and (when.end - when.begin).days < _MONTH_DAYS

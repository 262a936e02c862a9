"""One sentence on the stage: its shape, its places, its evidence, and the story that its article has told so far."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from operator import itemgetter

from kg.facts.clauses import Actor
from kg.facts.days import day_of, opens_by_clock
from kg.facts.drafts import Draft
from kg.facts.shape import Shape
from kg.facts.telling import Trigger
from kg.facts.went import home_place_after
from kg.mentions import PlaceHit
from kg.mentions.dates import PrintedDate
from kg.model import Entity, Evidence, Kind, Part
from kg.resolve import Resolver
from kg.words import any_of

# Places that hold and do things themselves; a county's name before 召开 says whose it was, not who held it.
ACTING = frozenset({"subdistrict", "town", "village", "community"})
_AT_CEREMONIES = frozenset({"Activity", "Award", "Construction"})
_THEIR_HEADS = re.compile("等?[^,。;]{0,6}?(?:负责人|负责同志|主要领导)")
_ITS_HEADS = re.compile(
    "(?:[、和及][^,。;、]{2,8})*?等?(?:相关|有关|主要|党政|单位|部门)*(?:负责人|负责同志|领导|干部)"
)
_GROUND = re.compile("[\u4e00-\u9fff]{1,8}[上里内旁]")  # 石庙村文化广场上,…: where, not who
_THERE = re.compile(
    "[的、境内一某]|[\u4e00-\u9fff]{0,4}?(?:路段|地段|附近)|辖区|发生|突发"
)  # 石庙村的…, 石庙村一居民楼, 石庙村路段, 石庙村河堤附近: where it was
_TOWN = re.compile("(镇|乡|街道|村|社区)(?:人民政府|办事处)?$")
_THAT_TOWN = re.compile("该(镇|乡|街道|村|社区)(?![的境内])")
_CAME_ABOUT = frozenset({"Activity", "Construction", "Enforcement"})
_AT_ONCE = frozenset({"Enforcement", "Other"})
_NEWS_DAYS = 366  # what lies further back is history
_CASE_DAYS = 3 * _NEWS_DAYS
_LONG = 300  # days from which on a time is a year
_YEARLY = frozenset({"Award"})  # 2019年共评出…: told of a whole year
_MONTH = 27  # days from which on a time is a month
_BACKGROUND = frozenset({"Inspection", "Meeting"})
_PLAN_DAYS = 32  # a plan is fixed by a day or a month; a year is no date to keep


@dataclass(eq=False)
class Story:
    """What an article has told so far: happenings, who acted last, the headline's agencies, the day, whose police."""

    drafts: list[Draft] = field(default_factory=list)
    last_subject: tuple[int, list[Actor]] | None = None
    headline: list[Actor] = field(default_factory=list)
    day: PrintedDate | None = None
    set_day: PrintedDate | None = None  # 9月3日,秋高气爽。县长…: the day of a sentence before that told of nothing
    force: list[Actor] = field(default_factory=list)
    called: list[Actor] = field(default_factory=list)  # who was called to what befell, or set out to help
    background: int | None = None  # the paragraph that 据了解 has opened
    party: tuple[int, list[Actor]] | None = None  # 考察团 that came, with who led it
    towns: dict[str, PlaceHit | Entity] = field(default_factory=dict)  # the 镇, 村, … named last, by what it is


@dataclass(frozen=True, eq=False)
class Stage:
    """What a rule of events may look at and use."""

    shape: Shape
    evidence: Evidence
    places: dict[int, dict[tuple[int, int], Entity]]
    resolver: Resolver
    story: Story

    @property
    def index(self) -> int:
        """The sentence's place in its article."""
        return self.shape.found.sentence.index

    @property
    def entities(self) -> dict[tuple[int, int], Entity]:
        """The places of the sentence, by where they stand."""
        return self.places[self.index]

    def entity(self, place: PlaceHit) -> Entity:
        """The thing a place's name means."""
        return self.entities[(place.start, place.end)]

    def is_open_plan(self, trigger: Trigger, *positions: int) -> bool:
        """Is it told as planned, and for no day or month?"""
        planned = any(self.shape.is_planned(p) for p in (trigger.start, *positions))
        return planned and not self._is_fixed(day_of(self.shape, trigger.start))

    def _is_fixed(self, day: PrintedDate | None) -> bool:
        """A day or a month, 9月3日 of a year that is not printed too; neither 2022年 nor 近日 nor 五日."""
        if day is None or day.when is None:
            dates = [d for d in self.shape.found.dates if day is not None and d.value is day]
            return any("月" in self.shape.string[d.start : d.end] for d in dates)
        issued = self.shape.found.sentence.article.issue.date
        far = issued is not None and (day.when.begin - issued).days > _NEWS_DAYS  # 将于2031年8月建成, in 2005
        return not far and (day.when.end - day.when.begin).days < _PLAN_DAYS

    def draft(self, trigger: Trigger, rule: str, name: str = "", *, generic: bool = False) -> Draft:
        """A happening of the trigger's type, with nobody in it yet."""
        signed = self.is_signed_for_them(trigger)
        declared = signed or (not trigger.noun and self.is_declared(trigger))
        rite = signed or self.is_rite(trigger) or name.endswith(tuple(self.shape.lexicon.words("rite_noun")))
        return Draft(
            trigger.type,
            self.index,
            trigger.start,
            "",
            name,
            rule,
            [self.evidence],
            day_of(self.shape, trigger.start, named=trigger.noun)
            or (self.story.day if self.goes_on(trigger) else None),
            generic=generic or declared,
            head=self.shape.found.sentence.part in (Part.HEADLINE, Part.KICKER),
            paragraph=self.shape.found.sentence.paragraph,
            rite=rite,
        )

    def goes_on(self, trigger: Trigger) -> bool:
        """上午…; 当场将其抓获: does it tell of the day told last?"""
        at_once = trigger.type in _AT_ONCE and bool(self.shape.find("at_once"))
        return at_once or opens_by_clock(self.shape, trigger.start)

    def told_here(self) -> list[Draft]:
        """What the sentence has told of so far."""
        return [d for d in self.story.drafts if d.sentence == self.index]

    def is_rite(self, trigger: Trigger) -> bool:
        """剪彩, or what is signed at a ceremony told in the same clause or before it (仪式上,…)."""
        words, text = self.shape.lexicon.words, self.shape.string
        if trigger.noun or trigger.type not in _AT_CEREMONIES:
            return False
        if trigger.text in words("commends"):
            return False
        if trigger.text in words("signs") and any(d.is_signing(words("signs")) for d in self.story.drafts):
            return True  # 签约仪式… 最后,双方进行了签约
        told = (*words("declares"), *words("at_it"))
        taught = trigger.text in words("teaches") and any(w in text[: trigger.start] for w in words("invites"))
        return taught or trigger.text in words("rite") or any(w in text[: trigger.start] for w in told)

    def is_signed_for_them(self, trigger: Trigger) -> bool:
        """县政府与A集团签署协议。…副县长X与Y代表双方签约: is it the signing told of before?"""
        start, end = self.shape.clause_at(trigger.start)
        for_them = trigger.text in self.shape.lexicon.words("signs") and "代表" in self.shape.string[start:end]
        return for_them and any(d.type == "Activity" and not d.head for d in self.story.drafts)

    def is_declared(self, trigger: Trigger) -> bool:
        """书记宣布大桥正式通车: is it what the article has told of already?"""
        begin = self.shape.clause_at(trigger.start)[0]
        said = any(self.shape.string.find(w, begin, trigger.start) >= 0 for w in self.shape.lexicon.words("declares"))
        return said and trigger.type in _AT_CEREMONIES and any(not d.head for d in self.story.drafts)

    def forces(self, position: int) -> list[Actor]:
        """The last police station, brigade or its like named before `position` in the sentence."""
        ends = tuple(self.shape.lexicon.words("force"))
        others = tuple(self.shape.lexicon.words("other_force"))  # 接到邻县公安局请求: not whose officers they are
        wanted = tuple(self.shape.lexicon.words("wants"))  # 被邻县警方列为网上逃犯
        named = [
            a
            for a in self.shape.actors
            if a.end <= position
            and a.entity.kind is Kind.AGENCY
            and a not in self.shape.escorts
            and not self.shape.string[: a.begin].endswith(others)
            and not self.shape.string.startswith(wanted, a.end)
        ]
        return [a for a in named if a.entity.name.endswith(ends)][-1:]

    def mobilized(self) -> list[Actor]:
        """灾情发生后,县委、县政府立即组织人员…: who sets out to help where a disaster has been told of."""
        at = [b for b, _, _ in self.shape.find("mobilizes") if self.shape.is_reported(b)]
        befell = any(d.type == "Other" and d.name for d in self.story.drafts)
        subject = self.shape.subject(at[0]) if at and befell else []
        return [a for a in subject if a.entity.kind is Kind.AGENCY]

    def party(self) -> list[Actor]:
        """灵丘县考察团一行在县长X带领下…: the group of visitors that the sentence names, and who led it."""
        ends = tuple(self.shape.lexicon.words("team"))
        teams = [a for a in self.shape.actors if a.entity.kind is Kind.AGENCY and a.entity.name.endswith(ends)]
        return [*teams[:1], *self.shape.leaders] if teams else []

    def is_history(self, draft: Draft) -> bool:
        """1998年被评为…, in a paper of 2021: what stands in somebody's history is not reported."""
        issued = self.shape.found.sentence.article.issue.date
        if draft.when is None:
            return False
        long = (draft.when.end - draft.when.begin).days > _LONG  # 据了解,去年举办了…: a year past is background
        if long and draft.type == "Activity" and not draft.actors:
            return True  # 今年,广大志愿者开展志愿服务: what nobody does all the year
        if issued is None:  # 2013年至2016年期间,在…巡查; 据了解,2004年开展了…活动
            told = self.story.background == draft.paragraph or self._tells_how(draft.start)
            return long and (told or draft.type in _BACKGROUND)
        month = draft.type in _BACKGROUND and (draft.when.end - draft.when.begin).days >= _MONTH
        news = [d.when for d in self.story.drafts if d.when and d.when.begin == d.when.end and not d.head]
        if month and any((when.begin - draft.when.end).days > _MONTH for when in news):
            return True  # 去年10月,他曾率团来访, in the report of another day
        if draft.step == "punishment":
            return (issued - draft.when.end).days > _CASE_DAYS  # cases of some years are made known together
        return (issued - draft.when.end).days > (0 if long and draft.type not in _YEARLY else _NEWS_DAYS)

    def _tells_how(self, position: int) -> bool:
        """学校是X于1998年捐款兴建的: how what is there came about."""
        start, end = self.shape.clause_at(position)
        return "是" in self.shape.string[start:position] and self.shape.string[:end].endswith("的")

    def is_to_come(self, draft: Draft) -> bool:
        """大会将于12日举行, in a paper of the 8th: nobody has been there yet."""
        issued = self.shape.found.sentence.article.issue.date
        return issued is not None and draft.when is not None and draft.when.begin > issued

    def is_background(self, draft: Draft) -> bool:
        """据了解,…去年动工,8月竣工: how what is opened today came about, told behind 据了解 where a ceremony was."""
        told = [d for d in self.story.drafts if d.has_floor and d.type in _AT_CEREMONIES]
        behind = self.story.background == draft.paragraph and not (draft.head or draft.name)
        same_day = draft.date is not None and any(d.date == draft.date for d in told)
        return behind and bool(told) and draft.type in _CAME_ABOUT and not same_day

    def tells_history(self, start: int, end: int) -> bool:
        """他1960年出席过群英会: does a day of long ago stand between two offsets?"""
        issued = self.shape.found.sentence.article.issue.date
        days = [d.value for d in self.shape.found.dates if start <= d.start and d.end <= end]
        told = [day.when for day in days if isinstance(day, PrintedDate) and day.when]
        return issued is not None and any((issued - when.end).days > _NEWS_DAYS for when in told)

    def add_home(self, draft: Draft, start: int, end: int) -> None:
        """我市, 全市 between two offsets: the paper's own place."""
        word = home_place_after(self.shape, start, end) or ("" if end - start > 1 else self.shape.string[start:end])
        if word and (home := self.resolver.places.home()):
            draft.places.append(self.resolver.notes.add(home, word))

    def _home_in_short(self, clause: tuple[int, int], verbs: frozenset[str]) -> tuple[int, int] | None:
        """来梁调研, of 梁山县: a character of the home's name behind a verb of going, before what was done there."""
        home = self.resolver.places.home()
        going = any_of(verbs & self.shape.lexicon.words("comes_home"))
        done = any_of(self.shape.lexicon.words("done_there"))
        short = f"(?:{going})([{home.name[:-1]}])(?=,|{done})" if home else ""
        match = next(re.compile(short).finditer(self.shape.string, clause[0]), None) if short else None
        return match.span(1) if match and match.end() <= clause[1] else None

    def home_behind(self, clause: tuple[int, int], verbs: frozenset[str]) -> tuple[int, int] | None:
        """来我市视察, 在我县召开: where the paper's own place stands right behind one of the verbs."""
        string = self.shape.string
        for home in sorted(self.shape.lexicon.words("deictic_place")):
            at = string.find(home, *clause)
            if at > 0 and string[:at].endswith(tuple(verbs)):
                return at, at + len(home)
        return self._home_in_short(clause, verbs)

    def is_won(self, trigger: Trigger) -> bool:
        """荣获, 获得…称号: is the subject the one that receives?"""
        return any(trigger.text in self.shape.lexicon.words(name) for name in ("award_received", "award_to_prize"))

    def behind(self, subject: list[Actor]) -> int:
        """Where the subject ends in this sentence; 0 for one named in an earlier sentence."""
        here = {(p.start, p.end) for p in self.shape.found.places} | {(a.start, a.end) for a in self.shape.actors}
        return subject[-1].end if subject and (subject[-1].start, subject[-1].end) in here else 0

    def acting_place(self, position: int) -> list[Actor]:
        """马营镇召开…, 昨日,马营镇出动铲车…: the town or street that opens a clause before `position` acts."""
        shape = self.shape
        begun = {p.start for p in shape.found.places}
        for place in [p for p in shape.found.places if p.end <= position and p.category in ACTING]:
            start = shape.clause_at(place.start)[0]
            goes = re.search("[在于到来赴的]", shape.string[start : place.start])
            on_it = _GROUND.fullmatch(shape.string, place.end, shape.clause_at(place.end)[1])
            if goes or on_it or not shape.opens_clause(place.start) or place.end in begun or _is_of_more(shape, place):
                continue
            if any(a.end <= place.start and a.entity.kind is Kind.AGENCY for a in shape.actors):
                return []
            if not _THERE.match(shape.string, place.end) and (entity := self.acting(place)) is not None:
                return [Actor(place.start, place.start, place.end, entity)]
        return self._that_town(position)

    def towns_along(self, start: int, end: int) -> list[Actor]:
        """带领县直部门、石庙镇等相关负责人: the towns whose heads are brought along, between two offsets."""
        shape = self.shape
        verbs = [stop for begin, stop, word in shape.find("bring") if begin >= start and len(word) > 1]
        at = min(verbs, default=end)
        listed = [p for p in shape.found.places if at < p.start and p.end <= end and p.category in ACTING]
        listed = [p for p in listed if shape.string[p.start - 1] in "、和及" and "," not in shape.string[at : p.start]]
        heads = [(p, self.acting(p)) for p in listed if _ITS_HEADS.match(shape.string, p.end)]
        return [Actor(p.start, p.start, p.end, entity) for p, entity in heads if entity is not None]

    def towns_speaking(self, start: int) -> list[Entity]:
        """石庙镇、清河社区负责人作了发言: the towns that a clause opens with, listed, whose heads follow."""
        shape, at, found = self.shape, start, []
        for place in shape.found.places:
            if place.start < start or place.category not in ACTING:
                continue
            if shape.string[at : place.start] not in ("", "、", "和", "及"):
                break
            found.append(place)
            at = place.end
        headed = bool(found) and _THEIR_HEADS.match(shape.string, at) is not None and shape.is_reported(start)
        return [entity for place in found if headed and (entity := self.acting(place)) is not None]

    def towns(self) -> dict[str, PlaceHit | Entity]:
        """石庙村 as the 村, 马营镇 or its government as the 镇 that the sentence names last."""
        settled = [p for p in self.shape.found.places if p.category in ACTING]
        offices = [a for a in self.shape.actors if a.entity.kind is Kind.AGENCY]
        named: list[tuple[int, str, PlaceHit | Entity]] = [(p.start, p.name, p) for p in settled]
        named += [(a.start, a.entity.name, a.entity) for a in offices]
        named.sort(key=itemgetter(0))
        return {kind[1]: town for _, name, town in named if (kind := _TOWN.search(name))}

    def _that_town(self, position: int) -> list[Actor]:
        """该镇召开紧急会议: the town named last, where it opens a clause."""
        for match in _THAT_TOWN.finditer(self.shape.string, 0, position):
            town = self.story.towns.get(match[1])
            if town and self.shape.opens_clause(match.start()):
                entity = self.acting(town) if isinstance(town, PlaceHit) else town
                return [Actor(match.start(), match.start(), match.end(), entity)] if entity else []
        return []

    def acting(self, place: PlaceHit) -> Entity | None:
        """What a place is when it acts: 鼓楼街道 → its 办事处; a 康养小镇 is none."""
        if place.name.endswith("小镇"):
            return None
        entity = self.resolver.agencies.of_place(place.name, place.category)
        return self.resolver.notes.add(entity, place.name) if entity else None


def _is_of_more(shape: Shape, place: PlaceHit) -> bool:
    """金泉镇|中心小学: is the place only part of what acts?"""
    return any(a.begin <= place.start and place.end < a.end for a in shape.actors)


def persons(actors: list[Actor] | tuple[Actor, ...]) -> list[Actor]:
    """Those of the actors that are people."""
    return [a for a in actors if a.entity.kind is Kind.PERSON]


def label_of(draft: Draft, subject: list[Actor], verb: str) -> str:
    """What one calls a happening: 柴伟检查督导仙人河主城区段, 督察组向辽源市移交第八批."""
    who = "、".join(dict.fromkeys(a.entity.name for a in subject))
    where = "、".join(p.name for p in draft.places[:3])
    if draft.type == "Other" and draft.name:
        return f"{where}{verb}" if verb.endswith(draft.name) else f"{where}{verb}{draft.name}"
    if draft.type == "Transfer":
        to = f"向{draft.places[0].name}" if draft.places else ""
        return f"{who}{to}{verb}{'、'.join(draft.marks)}"
    return f"{who}{verb}{where}" if draft.type == "Inspection" else f"{who or where}{verb}"

"""The lists of actors in a sentence: who stands with whom, who escorts, who is led, whose office only says its head."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from kg.facts.clauses import ABOUT_HIM, Actor, Clauses
from kg.model import Kind
from kg.words import segmenter

HOUSE = 20  # characters that may name the house of somebody's title
# Parts of speech of the words of such a name.
NAMING = frozenset({"n", "a", "b", "l", "j", "s", "t", "m", "q", "f", "z", "g", "x", ""})
_LISTED = re.compile(r"(?:任[\u4e00-\u9fff]{2,4})?[、,和及与]|,?以及|,及|、+|等|、[\u4e00-\u9fff]{2,10}、")
_AND_OTHERS = re.compile(r"等[\d多余]*[家个]?(?:单位|部门|机构|企业|组织)$")  # A、B等单位|主办
_ITS_PEOPLE = re.compile("等?(?:[^,。;:、]{0,4}(?:部门|单位))?的?(?:相关|有关|主要|分管)*(?:负责(?:人|同志)|领导|干部)")
_SPLIT = 3
_BOTH = 2  # marks on both sides of one name
_WAS_THERE = re.compile("(?:正?在|闻讯|路过|途经|前来|率队|带队|刚刚?从)[^,。;:]{1,24}的$")
_LED = re.compile("在[^,。;]{2,40}?(?:带领|率领|带队)下")
_ESCORT = re.compile(
    "在[^。;]{2,120}?(?:陪同|陪伴|协助|配合|支持|指导|帮助|见证|监督|协调)下|由[^。;]{2,80}?(?:全程)?陪同(?=,)"
)


def _are_of_one_place(one: Actor, other: Actor) -> bool:
    """县委|县政府: organs of one place side by side."""
    agencies = one.entity.kind is other.entity.kind is Kind.AGENCY
    return agencies and bool(one.entity.within) and one.entity.within == other.entity.within


@dataclass(frozen=True, eq=False)
class Runs(Clauses):
    """A sentence by the lists that its actors stand in."""

    def opens_with(self, start: int, actor: Actor) -> bool:
        """Does the clause open with an actor, or with the house that no list knows: 项目管理处主任X?"""
        if self.is_blank(start, actor.begin) or self._says_who(start, actor):
            return True
        words = [w for _, _, w in self.found.line.words_within(start, actor.begin) if w != "、"]
        listed = self.string[actor.begin - 1 : actor.begin] == "、"  # 美术学院、移动公司、县交通局等单位
        if (actor.begin == actor.start and not listed) or actor.begin - start > HOUSE:
            return False
        if not self.lexicon.words("by_order_of").isdisjoint(words):
            return False  # 落实|程宇书记的指示精神,我市举办…
        tags = [segmenter().tag(word) for word in words]
        if not tags or "," in words:
            return not tags and actor.begin - start <= _SPLIT  # 综保|区党工委书记X: a word that the agency splits
        return all(tag == "vn" or tag[:1] in NAMING for tag in tags)

    def _says_who(self, start: int, actor: Actor) -> bool:
        """正在石庙镇调研的|县长X, 闻讯赶来的|村民Y: does a clause before somebody's name only say where he was?"""
        person = actor.entity.kind is Kind.PERSON and self.string[actor.begin - 1 : actor.begin] == "的"
        was = _WAS_THERE.search(self.string, start, actor.begin) if person else None
        return was is not None and self.is_blank(start, was.start())

    def run_from(self, first: Actor, limit: int) -> list[Actor]:
        """The actors that stand with `first` in one list: A、B和C, with only titles between; not A一行,在B陪同下."""
        run = [first]
        for actor in self.actors:
            beside = actor in self.escorts and first not in self.escorts
            if beside or (first.entity.kind is Kind.PERSON and actor.start in self.offices):
                continue
            if (actor.begin >= run[-1].end and actor.end <= limit and self._joins(run[-1].end, actor)) or (
                actor.start >= run[-1].end and actor.end <= limit and self.makes_up(run[-1].end, actor)
            ):
                run.append(actor)
        return run

    def makes_up(self, start: int, actor: Actor) -> bool:
        """A、B等组成的代表团, 由A率领的考察组: the group and those who make it up act together."""
        between = self.string[start : actor.begin]
        return (
            actor.entity.kind is Kind.AGENCY
            and len(between) < 40
            and between.endswith(("组成的", "率领的", "带领的", "带队的"))
        )

    def _joins(self, start: int, actor: Actor) -> bool:
        """Is there only a mark of listing between, or places listed too: A局、B街道、C局; 王茵副镇长、所长李兆宇?"""
        start = next((t.end for t in self.found.titles if t.start == start), start)
        end = actor.begin
        between = ABOUT_HIM.sub("", self.string[start:end])
        for place in self.found.places if "、" in between else ():
            if start < place.start and place.end < end:
                between = between.replace(self.string[place.start : place.end], "")
        of_a_house = between[:1] in ("、", ",") and self.opens_with(start + 1, actor)  # A、原料公司经理B
        # 省|市妇联, 县委|县政府
        adjoins = not between and any(
            a.end == end and (a.end - a.start == 1 or _are_of_one_place(a, actor)) for a in self.actors
        )
        return adjoins or _LISTED.fullmatch(between) is not None or of_a_house or self._is_unnamed(start, end)

    def _is_unnamed(self, start: int, end: int) -> bool:
        """县长A,县政协主席某某,县委常委B: is it somebody with a title whose name nobody knows?"""
        between = self.string[start:end]
        ends = [t.end for t in self.found.titles if start < t.start and t.end < end]
        return (
            bool(ends)
            and between[:1] in "、,"
            and re.fullmatch("[\u4e00-\u9fff]{2,3}[、,]", self.string[ends[-1] : end]) is not None
            and between.count(",") <= _BOTH
        )

    def run_before(self, position: int) -> list[Actor]:
        """The list of actors that ends here: 县委县政府主办, 由A、B和C承办."""
        run: list[Actor] = []
        others = _AND_OTHERS.search(self.string, 0, position)
        position = others.start() if others else position
        for actor in reversed(self.actors):
            adjoins = actor.end == position and (not run or actor.entity.kind is Kind.AGENCY)
            if adjoins or (run and self._joins(actor.end, run[0])):
                run.insert(0, actor)
                position = actor.begin
        return run

    @cached_property
    def escorts(self) -> frozenset[Actor]:
        """在副县长X、局长Y等人的陪同下: who escorts does nothing else in the sentence."""
        return frozenset(a for a in self.actors if self.is_escort(a.begin))

    @cached_property
    def leaders(self) -> tuple[Actor, ...]:
        """考察团在县委书记X的带领下到…, 在县委统战部的带领下: who leads those that the sentence is about."""
        led = [a for a in self.actors if self.is_led_by(a.begin)]
        people = [a for a in led if a.entity.kind is Kind.PERSON]
        return tuple(people or led)

    def is_led_by(self, position: int) -> bool:
        """Does it stand between 在 and 带领下?"""
        return any(match.start() < position < match.end() for match in _LED.finditer(self.string))

    def is_escort(self, position: int) -> bool:
        """Does it stand between 在 and 陪同下?"""
        return any(match.start() < position < match.end() for match in _ESCORT.finditer(self.string))

    @cached_property
    def offices(self) -> frozenset[int]:
        """镇长A,党委副书记某某: where agencies stand that a title follows; their head acts, whoever it is."""
        heads = [t for t in self.found.titles if t.agency and t.text.endswith(tuple(self.lexicon.words("office_head")))]
        return frozenset(t.agency.start for t in heads if t.agency and not t.text.endswith("负责人"))

    def begins(self, start: int, actor: Actor) -> bool:
        """Does the clause that starts here begin with this actor: 会上,副书记,|镇长X说?"""
        return start <= actor.start and self.opens_with(start, actor)

    def run_start(self, actor: Actor) -> Actor:
        """The first of the list that ends in `actor`: 王望南,市委常委薛宇 begins with 王望南."""
        before = [a for a in self.actors if a.end <= actor.begin]
        if before and before[-1].entity.kind is Kind.PERSON and self._joins(before[-1].end, actor):
            return self.run_start(before[-1]) if actor.entity.kind is Kind.PERSON or self._sends(actor) else actor
        return actor

    def _sends(self, agency: Actor) -> bool:
        """县长王望南,县水务局、财政局相关负责人: does an agency, or a list, stand for those who came from it?"""
        last = self.run_from(agency, self.clause_at(agency.begin)[1])[-1]
        return _ITS_PEOPLE.match(self.string, last.end) is not None

    def between(self, start: int, end: int) -> list[Actor]:
        """The actors inside a stretch."""
        return [a for a in self.actors if start <= a.start and a.end <= end]

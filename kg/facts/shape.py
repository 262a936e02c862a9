"""Who acts in a sentence: which of its actors stands before, behind or beside what is told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from kg.facts.clauses import Actor
from kg.facts.runs import HOUSE, NAMING, Runs
from kg.model import Kind
from kg.words import segmenter

_BY = re.compile("(?<![理自缘])由[^,。;:]{0,16}$")
_FREE = re.compile(
    "(?:的|[带率]领|组织|指派|安排|派出|派遣|出动|调集|抽调"
    "|[第另一二三四五六七八九十两几多\\d][^,。;、]{0,3}[组名路批队位])$"
)
_IN_WHOSE_NAME = re.compile("代表(?:[\u4e00-\u9fff]{2,8}[、和])*$")  # 代表县委、县政府送上祝福
_FORMED = re.compile("由(?!于)[^。;]{2,200}?(?:组成|率领|带领|带队|率队|任[领团组队]?[队长])的")
_LED_BY = re.compile("[^,。;由]{0,12}由([^,。;]{2,40}?)(?:带队|率队|领队|带领|率领)")  # 第四组由副县长X带队,到…
_THOSE_WHO_CAME = re.compile("(?:参加|出席)[^,。;]{0,12}的?(?:领导|嘉宾|人员)?(?:有|包括|:)[^,。;]{0,8}$")
_AND_SO_ON = re.compile("(?:等[\u4e00-\u9fff]{0,4})?")  # 等地, 等单位
_AND_SO_FORTH = re.compile("等[^,。;]{0,4}(?:单位|部门|机构)$")
_AND_OTHER_SITES = re.compile("等(?:多?[处地]|地方|现场|实地|景[区点]|点位)")


@dataclass(frozen=True, eq=False)
class Shape(Runs):
    """One sentence with its actors, as the event rules read it."""

    @cached_property
    def _formed(self) -> tuple[tuple[int, int], ...]:
        """由县文联主席X、县作协等组成的|采风团: where phrases stand that open a clause and say who a group is."""
        spans = (m.span() for m in _FORMED.finditer(self.string))
        return tuple((start, end) for start, end in spans if self.opens_clause(start))

    def _members(self, start: int, end: int) -> list[Actor]:
        """The people of such a phrase, else its offices, with the group that stands behind it."""
        inside = self.between(start, end)
        people = [a for a in inside if a.entity.kind is Kind.PERSON]
        group = [a for a in self.actors if a.begin == end and a.entity.kind is Kind.AGENCY]
        return [*(people or inside), *group]

    @cached_property
    def _houses(self) -> frozenset[Actor]:
        """由甲公司、乙公司董事X等组成的调研组: offices beside somebody's title are only the members' houses."""
        inside = [self.between(*span) for span in self._formed]
        titled = [actors for actors in inside if any(a.entity.kind is Kind.PERSON for a in actors)]
        return frozenset(a for actors in titled for a in actors if a.entity.kind is Kind.AGENCY)

    def subject(self, position: int) -> list[Actor]:
        """Those who do what stands at `position`: the nearest that open a clause before it, else none."""
        for start, end in reversed([c for c in self.clauses if c[0] <= position]):
            limit = min(end, position)
            if formed := [self._members(*span) for span in self._formed if start <= span[1] <= limit]:
                return formed[-1]
            opening = [
                a
                for a in self.actors
                if start <= a.start
                and a.end <= limit
                and self.opens_with(start, a)
                and not (self.is_beside(a) or (a.entity.kind is Kind.AGENCY and self._is_gone_to(start, a)))
            ]
            listed = end < position and (self._lists_stops(start, end) or self._are_joint(start, end))
            if opening and not listed:
                first = self.run_start(self._of_the_house(opening[0], limit))
                return [*self.run_from(first, position), *(a for a in self.leaders if a.end <= position)]
        return [a for a in self.leaders if a.end <= position]

    def _is_gone_to(self, start: int, actor: Actor) -> bool:
        """县长X带队,前往石庙村、县体育馆建设工地: is it a stop behind a verb of going that opens the clause?"""
        opened = [e for b, e, w in self.find("move") if start == b and len(w) > 1 and e < actor.begin]
        if start and self._only_names(*self.clause_at(start - 1)) and self._only_names(start, self.clause_at(start)[1]):
            return True  # 深入学校,街道办事处、社区,企业等一线
        if self.string[actor.begin - 1] == "、" and _AND_OTHER_SITES.match(self.string, actor.end):
            return True  # 石庙水库、县文化馆等处
        return self.lists_stops(start) or bool(opened and start and self.string[actor.begin - 1] == "、")

    def _only_names(self, start: int, end: int) -> bool:
        """深入学校; 街道办事处、社区: do only nouns stand in a clause, or behind a verb of going in it?"""
        moved = [e for b, e, w in self.find("move") if start <= b and e <= end and len(w) > 1]
        listed = self.string.find("、", start, end) >= 0
        tags = {segmenter().tag(w)[:1] for b, _, w in self.found.line.words_within(max(moved, default=start), end)}
        return (bool(moved) or listed) and bool(tags) and tags <= {"n", "z", "a", "b", ""}

    def _lists_stops(self, start: int, end: int) -> bool:
        """先后来到A镇,县公安局,县法院、县医院等单位,进行了调研: does a clause only go on with where they went?"""
        if not any(stop < start for _, stop, _ in self.find("move")) or not self.between(start, end):
            return False
        last = max(a.end for a in self.between(start, end))
        names = [(a.start, a.end) for a in self.between(start, end) if a.entity.kind is Kind.AGENCY]
        names += [(p.start, p.end) for p in self.found.places if start <= p.start and p.end <= end]
        rest = "".join(c for i, c in enumerate(self.string[start:last], start) if not any(b <= i < e for b, e in names))
        return not rest.strip("、和及") and _AND_SO_ON.fullmatch(self.string, last, end) is not None

    def _are_joint(self, start: int, end: int) -> bool:
        """县国土局联合县公安局,县应急局、司法局等单位,对…: does a clause go on with those who did it too?"""
        before = self.clause_at(start - 1)[0] if start else start
        joint = any(before <= b < start for b, _, w in self.find("bring") if w in self.lexicon.words("jointly"))
        return joint and _AND_SO_FORTH.search(self.string, start, end) is not None

    def is_beside(self, actor: Actor) -> bool:
        """Does it stand where no subject does: 在副县长X陪同下, 在县长X带领下, 在县实验小学举办仪式?"""
        spoken_for = _IN_WHOSE_NAME.search(self.string, 0, actor.start)
        meant = spoken_for is not None and (
            actor.entity.kind is Kind.AGENCY
            or (self.string[: spoken_for.start()].endswith(",") and bool(self.between(0, spoken_for.start())))
        )
        beside = actor in self.escorts or actor in self.leaders or actor in self._houses
        return meant or beside or self._is_where(actor)

    def _is_where(self, actor: Actor) -> bool:
        """在县实验小学举办仪式: does an agency only say where?"""
        ours = self.string[actor.begin - 1 : actor.begin] in self.lexicon.words("own_deictic")  # 在我|县实验小学
        at = self.string[actor.begin - 1 - ours : actor.begin - ours] in self.lexicon.words("at")
        house = actor.begin == actor.start and actor.entity.kind is Kind.AGENCY
        return at and house and not actor.entity.name.endswith(tuple(self.lexicon.words("court")))

    def _of_the_house(self, actor: Actor, limit: int) -> Actor:
        """三中德育与安全副主任X: who acts is the person, the office only his house."""
        behind = next((a for a in self.actors if a.begin > actor.end and a.end <= limit), None)
        if behind is None or behind.entity.kind is not Kind.PERSON or behind.begin == behind.start:
            return actor
        words = [w for _, _, w in self.found.line.words_within(actor.end, behind.begin)]
        tags = [segmenter().tag(w) for w in words if w not in ("与", "和")]
        named = bool(words) and words[0] not in ("与", "和", "、") and all(t == "vn" or t[:1] in NAMING for t in tags)
        return behind if named and behind.begin - actor.end <= HOUSE and actor.entity.kind is Kind.AGENCY else actor

    def host(self, position: int) -> list[Actor]:
        """组织处处长X|主持会议: the people right before the verb, else its subject."""
        governed = tuple(self.lexicon.words("governs_object") | self.lexicon.words("jointly"))
        near = [a for a in self.actors if a.end == position and a.entity.kind is Kind.PERSON and a not in self.escorts]
        if not near:
            return self.subject(position)
        start, begin = self.clause_at(position)[0], near[0].begin
        others = any(start <= a.start and a.end < begin for a in self.actors)
        with_others = self.string[start:begin].endswith(governed) and (others or begin - start == 1)
        if with_others:
            return self.subject(position)
        first = self.run_start(near[0])
        listed = _THOSE_WHO_CAME.search(self.string, 0, first.begin)
        return near if listed and first is not near[0] else self.run_from(first, position)

    def doers(self, position: int) -> list[Actor]:
        """被县公安局查处, 由县检察院起诉, 在县法院开庭, 县环保局责令A厂停产: those who do it, not whom it befell."""
        ordered = [b for b, _, _ in self.find("orders") if self.clause_at(position)[0] <= b < position]
        if ordered and (run := self.run_before(ordered[-1])):
            return run
        start, marks = self.clause_at(position)[0], ("由", *self.lexicon.words("undergone"))
        courts = tuple(self.lexicon.words("court"))
        near = [a for a in self.actors if start < a.begin and a.end <= position]
        sitting = [a for a in near if self.string[: a.begin].endswith("在") and a.entity.name.endswith(courts)]
        doing = sitting or [a for a in near if self.string[: a.begin].endswith(marks)]
        return self.run_from(doing[0], position) if doing else []

    def is_stop(self, actor: Actor) -> bool:
        """考察组先后到天方茶园、日新茶叶公司参观: is an agency behind a verb of going one of the places gone to?"""
        start = self.clause_at(actor.begin)[0]
        gone = actor.entity.kind is Kind.AGENCY and actor.begin == actor.start
        return gone and (
            any(start <= b and e <= actor.begin for b, e, _ in self.find("move")) or self.lists_stops(start)
        )

    def is_owner(self, actor: Actor) -> bool:
        """县医院新院区, 实验小学新校区: does the name of something of its own go on behind an agency's?"""
        return any(p.start == actor.start and p.end > actor.end for p in self.found.places)

    def handled(self, position: int) -> list[Actor]:
        """警方已将X、Y控制,并将Z抓获: those named behind 将 or 把 up to the verb; 将其抓获: the one named last."""
        at = [self.string.find(mark, 0, position) for mark in sorted(self.lexicon.words("disposes"))]
        first = min((i for i in at if i >= 0), default=None)
        if first is None:
            return []
        people = [a for a in self.actors if a.entity.kind is Kind.PERSON and a.end <= position]
        if self.string.startswith(tuple(self.lexicon.words("him")), first + 1):
            return people[-1:]
        return [a for a in people if a.start >= first]

    def hands_on_whom(self, position: int) -> bool:
        """将其救起, 把他拉上岸: is who is handled only a pronoun?"""
        him = "|".join(re.escape(w) for w in sorted(self.lexicon.words("him") | {"其", "他", "她"}))
        return re.search(f"[将把](?:{him})[^,。;]{{0,8}}$", self.string[:position]) is not None

    def is_office(self, actor: Actor) -> bool:
        """经开区党工委书记、综保区主任X, 县政协提案工委主任X: is the agency only the house of somebody behind it?"""
        if self._of_the_house(actor, self.clause_at(actor.end)[1]) is not actor:
            return True
        behind = (p for p in self.actors if p.entity.kind is Kind.PERSON and p.start >= actor.end)
        named = next(behind, None)
        return named is not None and actor.start in self.offices and "," not in self.string[actor.end : named.start]

    def next_subject(self, position: int) -> int:
        """Where the next clause with a person of its own as subject begins, else the sentence's end."""
        starts = [c[0] for c in self.clauses if c[0] > position]
        starts += [s + 1 for s in starts if self.string.startswith("以", s)]  # 以X为团长的视察团
        opening = [s for s in starts for a in self.actors if a.entity.kind is Kind.PERSON and self.begins(s, a)]
        opening += [s for s in starts if _LED_BY.match(self.string, s)]
        return min(opening, default=len(self.string))

    def at_the_head(self, position: int) -> list[Actor]:
        """第四慰问组由副县长X带队,先后到…慰问: who leads the team that a clause opens with, and does what follows."""
        for start, end in reversed([c for c in self.clauses if self.part_at(position)[0] <= c[0] <= position]):
            led = _LED_BY.match(self.string, start)
            if led is not None and led.end() == end < position:
                return [a for a in self.between(*led.span(1)) if a.entity.kind is Kind.PERSON]
            if any(self.begins(start, a) and a.end <= position for a in self.actors):
                return []
        return []

    def begins_with(self, position: int, actors: list[Actor]) -> bool:
        """Is what stands at `position` theirs: in their own clause, or first in its own?"""
        start = self.clause_at(position)[0]
        return any(a.start >= start for a in actors) or self.is_blank(start, position)

    def stands_free(self, position: int) -> bool:
        """Does nobody's name stand before it: 民警, 有准备的民警, 带领民警, 第三组民警, not 邻县警方?"""
        start = self.clause_at(position)[0]
        before = self.string[start:position]
        return _FREE.search(before) is not None or self.is_blank(start, position)

    def is_agent(self, actor: Actor) -> bool:
        """由…牵头: does 由 stand before it, with only the house between: 由集团副总经理X主持?"""
        return _BY.search(self.string, 0, actor.begin) is not None

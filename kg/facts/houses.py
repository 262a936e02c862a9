"""The house that a post is of where only the article says which: 校长程宇, 公司董事长程宇, 该镇党委书记程宇."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.facts.units import court_of, police_unit
from kg.mentions import Found, TitleHit
from kg.model import Entity, Kind
from kg.resolve import Resolver
from kg.resolve.paths import LEVELS
from kg.words import segmenter

_TEAM = re.compile("代表团|考察[团组]|[学参]习团|参[观访]团")
_LED = re.compile("[^,;。]{2,8}的?(?:带领|率领)")
_ABOVE = 2  # as often as the next
_LONGEST_SORT = 6  # 党政 of 清河市党政代表团
_SQUAD = re.compile(r"[一二三四五六七八九十]{1,2}[支大中]队$")
_HEADED = "局厅院校所站队处科馆行厂社台团"  # 局长 is of a 局
_LEADS_TO_POST = tuple("vpcdurft")  # 由校长, 随后校长: a word that is no part of a house's name


@dataclass(frozen=True, eq=False)
class Houses:
    """The agencies that one article names, asked for the one that a bare title is of."""

    resolver: Resolver
    agencies: Mapping[tuple[int, int], Entity]

    def of(self, found: Found, title: TitleHit) -> Entity | None:
        """The house of a title that names none itself, None where the article leaves it open."""
        lexicon, root = self.resolver.lexicon, title.row.title
        before = self._until(found.sentence.index + 1, 0)
        if root in lexicon.words("police_title"):
            return police_unit(set(before))
        if root in lexicon.words("court_role"):
            return court_of(root, {k: a for k, a in self.agencies.items() if k < (found.sentence.index, title.start)})
        kind = next((k for k in ("school", "company") if root in lexicon.words(f"{k}_title")), "")
        at = _behind_name(found, title) if kind == "school" else title.start
        if kind and is_bare(found, at):
            things = self.resolver.notes.things
            own = [a for a in before if things[a].category == kind]
            if kind == "company":
                return self._often(own, alone=True)
            return None if self._is_guests_report(found, own) else self._often(_schools(own))
        if squad := _SQUAD.search(found.line.string, 0, title.start):
            named = [a for a in self.resolver.notes.things if a.kind == Kind.AGENCY and a.name.endswith(squad[0])]
            return self._often(named, alone=True)  # 一大队|大队长
        if root.endswith("长") and len(root) >= 2 and root[-2] in _HEADED:
            whole = [a for a in before if len(root) > 2 and a.name.endswith(root[:-1])]
            return self._often(whole or [a for a in before if a.name.endswith(root[-2])])
        return self._association() if root in lexicon.words("association_title") else None

    def by_word(self, found: Found, title: TitleHit) -> Entity | None:
        """公司董事长, 校党委副书记: the house that the word right before the title stands for."""
        word = self._word_before(found, title)
        return self._called(word, found, title) if word else None

    def party_unit(self, found: Found, title: TitleHit) -> str:
        """党委 of 校党委|副书记."""
        units = sorted(self.resolver.lexicon.words("party_unit"), key=len, reverse=True)
        return next((u for u in units if found.line.string.endswith(u, 0, title.start)), "")

    def town(self, found: Found, position: int) -> str | None:
        """该镇|党委书记, and a bare 党委书记 where all that the article names of towns is of one: the town's path."""
        line, lexicon = found.line, self.resolver.lexicon
        kinds = sorted(lexicon.words("township_kind"), key=len, reverse=True)
        word = next((k for k in kinds if line.string.endswith(k, 0, position)), "")
        start = position - len(word)
        start -= bool(word) and line.string[start - 1 : start] in lexicon.words("agency_deictic")
        if not is_bare(found, start):
            return None
        if word in LEVELS:
            return self.resolver.paths.of_level(word, found.sentence.index, position)
        bodies = [a for a in self.resolver.notes.things if a.kind == Kind.AGENCY]
        towns = {a.within for a in bodies if a.within.endswith(tuple(kinds))}
        return towns.pop() if len(towns) == 1 else None

    def guests(self, found: Found, title: TitleHit) -> str | None:
        """清河市考察团在市长程宇带领下来访: the place whose delegation the holder of the title leads."""
        text = found.line.string
        if not text[: title.start].endswith(("在", "由")) or not _LED.match(text, title.end):
            return None
        teams = list(_TEAM.finditer(text, 0, title.start))
        team = teams[-1] if teams else None
        if team is None or set(text[team.end() : title.start]) & set(",;:"):
            return None
        from_place = [(p.name,) for p in found.places if p.start < team.end() and team.start() - p.end < _LONGEST_SORT]
        own = [a.prefix_places for a in found.agencies if a.start < team.end() <= a.end and a.prefix_places]
        names = [*from_place, *own]
        return self.resolver.paths.of_chain(names[-1]) if names else None

    def _until(self, sentence: int, position: int) -> list[Entity]:
        """The agencies that are named before a place in the article, in their order."""
        return [self.agencies[k] for k in sorted(self.agencies) if k < (sentence, position)]

    def _word_before(self, found: Found, title: TitleHit) -> str:
        """公司 of 公司董事长, 校 of 校党委副书记: the word for the house right before a title, no name before it."""
        lexicon, line = self.resolver.lexicon, found.line
        text = line.string[: title.start]
        text = text.removesuffix(self.party_unit(found, title))
        word = next((w for w in sorted(lexicon.words("house_word"), key=len, reverse=True) if text.endswith(w)), "")
        start = len(text) - len(word)
        start -= text[start - 1 : start] in lexicon.words("agency_deictic")
        return word if word and is_bare(found, start) else ""

    def _called(self, word: str, found: Found, title: TitleHit) -> Entity | None:
        """The house that a word stands for, named in the sentence, or alone of its kind in the article."""
        lexicon, things = self.resolver.lexicon, self.resolver.notes.things
        kind = next((k for k in ("school", "company") if word in lexicon.words(f"{k}_word")), "")

        def called(agency: Entity) -> bool:
            return agency.name.endswith(word) or ("集团" in word and "集团" in agency.name)

        here = (found.sentence.index, title.start)
        every = {k: a for k, a in sorted(self.agencies.items()) if a in things and (kind != "school" or k < here)}
        fitting = {k: a for k, a in every.items() if called(a)} or {
            k: a for k, a in every.items() if kind and things[a].category == kind
        }
        if kind == "school":
            return None if self._is_guests_report(found, fitting.values()) else self._often(_schools(fitting.values()))
        near = [a for k, a in fitting.items() if here[0] == k[0] and k < here]
        return near[-1] if near else self._often(list(fitting.values()), alone=True)

    def _is_guests_report(self, found: Found, named: Iterable[Entity]) -> bool:
        """我校与清河大学签约,校党委书记程宇出席: a school that calls itself 我校 alone names others."""
        page = found.sentence.article.body
        own = any(deictic + "校" in page for deictic in self.resolver.lexicon.words("own_deictic"))
        return own and not any(self.resolver.paper.startswith(a.name) or _speaks(page, a) for a in named)

    def _often(self, fitting: list[Entity], *, alone: bool = False) -> Entity | None:
        """The one named most often, else the last; `alone`: only where there is no other."""
        own = [a for a in fitting if self.resolver.paper.startswith(a.name)]
        often = Counter(own or fitting).most_common(2)
        if len(often) == 1 or (often and not alone and often[0][1] > often[1][1]):
            return often[0][0]
        return fitting[-1] if fitting and not alone else None

    def _association(self) -> Entity | None:
        """A bare 会长 or 监事长 is of the one chamber or society of a place that the article names, 暖心商会 aside."""
        things, places = self.resolver.notes.things, self.resolver.lexicon.places_by_name
        societies = [a for a in self.agencies.values() if a in things and things[a].category == "association"]
        local = [a for a in societies if any(a.name[:n] in places for n in range(2, 6))]
        whole = [a for a in local if not any(b.name.startswith(a.name) and a != b for b in local)]
        often = Counter(whole).most_common(2)
        above = often and (len(often) == 1 or often[0][1] > _ABOVE * often[1][1])
        return often[0][0] if above else None


def _behind_name(found: Found, title: TitleHit) -> int:
    """|程宇校长: where the name begins that the title stands behind, else the title."""
    return next((n.start for g in found.groups for n in g.names if n.end == title.start), title.start)


def _speaks(page: str, school: Entity) -> bool:
    """Is it named first, before anybody says 我校?"""
    return page.find(school.name) in range(page.find("我校"))


def _schools(named: Iterable[Entity]) -> list[Entity]:
    """Of the schools those that are no faculties: a 学院 is one only where it stands alone."""
    every = list(named)
    whole = [a for a in every if not a.name.endswith("学院")]
    return whole or (every if len(set(every)) == 1 else [])


def is_bare(found: Found, position: int) -> bool:
    """Does nothing stand before that could be a house's name: a mark, or a word that leads to somebody?"""
    line = found.line
    return line.is_edge(position) or segmenter().tag(line.word_to(position))[:1] in _LEADS_TO_POST

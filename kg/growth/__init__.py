"""What pages that come and go change in a graph, without looking at all of it.

The graph is a function of the set of its pages. To know what a page changes, that function is asked twice, of a small
part of the articles with it and without it: what the answers have in common stays, the rest comes or goes. The part is
right where it holds all that the page's facts depend on (`kg.growth.part`); what is then seen to change, somebody's
identity or the IRI of a place, touches further articles, until nothing more does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import pyoxigraph as ox

from kg.graph import named_quads
from kg.graph.names import Names
from kg.growth.alike import Side, alike
from kg.growth.decided import Decided
from kg.growth.follow import follow
from kg.growth.index import Index
from kg.growth.marks import issue_row_key, paper_key, read_issue, read_paper
from kg.growth.part import Leaf, Load, Part, TooWide
from kg.identity import agree
from kg.identity.questions import find_questions
from kg.knowledge import IssueLine, Knowledge, PaperLine, Press, press_of
from kg.lexicon import Lexicon
from kg.model import PageReading

__all__ = ["Change", "Decided", "Growth", "Index", "TooWide"]

Line = TypeVar("Line", PaperLine, IssueLine)


@dataclass(frozen=True, slots=True)
class Change:
    """The statements that come and those that go."""

    added: frozenset[ox.Quad]
    removed: frozenset[ox.Quad]


@dataclass(frozen=True, slots=True)
class Growth:
    """A graph whose pages are indexed, and how its readings are had: by the digest of their page.

    A part from more than `widest` pages is not worth the trouble, and one that people have `decided` about must be
    built as they did.
    """

    index: Index
    load: Load
    lexicon: Lexicon
    base: str
    widest: int
    decided: Decided

    def change(self, gone: Sequence[PageReading], come: Sequence[PageReading]) -> Change:
        """What changes when pages go and others come; the index is brought up to date. Raises TooWide."""
        for page in gone:
            self.index.take_out(page)
        part = Part(self.index, self.load, self.lexicon, self.widest)
        before, after = self._sides(part, gone, come)
        self.index.put(come)
        return Change(after - before, before - after)

    def _sides(
        self, part: Part, gone: Sequence[PageReading], come: Sequence[PageReading]
    ) -> tuple[frozenset[ox.Quad], frozenset[ox.Quad]]:
        """The statements of the part without the change, and with it."""
        part.touch(map(Leaf.of, (*gone, *come)))
        while True:
            size = part.size
            stays = part.readings()
            sides = [agree([*stays, *pages]) for pages in (gone, come)]
            follow(part, sides[0], sides[1], self.base)
            if part.size == size:
                break
        touched = press_of((*gone, *come))
        before, after = (
            self._named(replace(side.knowledge, press=self._press(stays, pages, touched)))
            for side, pages in zip(sides, (gone, come), strict=True)
        )
        if self.decided.touches(part.things, before, after):
            raise TooWide
        same = alike(before, after)
        return self._quads(before, same), self._quads(after, same)

    def _named(self, knowledge: Knowledge) -> Side:
        asked = replace(knowledge, questions=find_questions(knowledge, self.lexicon))
        return asked, Names.of(asked, self.base)

    def _quads(self, side: Side, skipped: Container[ox.NamedNode]) -> frozenset[ox.Quad]:
        return frozenset(named_quads(*side, self.lexicon.event_types, self.lexicon.renamed, skipped))

    def _press(self, stays: Iterable[PageReading], pages: Iterable[PageReading], touched: Press) -> Press:
        """What mastheads say: of the papers and issues of a page that comes or goes all of them, counted."""
        here, own = press_of(stays), press_of(pages)
        papers: Counter[PaperLine] = Counter(own.papers)
        issues: Counter[IssueLine] = Counter(own.issues)
        names = {line.newspaper for line in touched.papers}
        keys = {(line.newspaper, line.when) for line in touched.issues}
        papers.update({line: count for line, count in here.papers.items() if line.newspaper not in names})
        issues.update({line: n for line, n in here.issues.items() if (line.newspaper, line.when) not in keys})
        for name in names:
            papers.update(_counted(read_paper, self.index.mastheads(paper_key(name))))
        for key in keys:
            issues.update(_counted(read_issue, self.index.mastheads(issue_row_key(*key))))
        return Press(papers, issues)


def _counted(read: Callable[[str], Line], lines: Mapping[str, int]) -> dict[Line, int]:
    return {read(line): count for line, count in lines.items()}

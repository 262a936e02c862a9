"""Cases of identity solved: the pages of each built into a graph of their own, its marked mentions looked up there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.evaluate.identity_gold import EVENTS, Case, read_identity
from kg.evaluate.nodes import Nodes
from kg.facts import read_article
from kg.graph import quads
from kg.lexicon import Lexicon
from kg.model import PageReading
from kg.read import read_page
from kg.replay import decide
from kg.vocab import DEFAULT_BASE


@dataclass(frozen=True, slots=True)
class Solved:
    """A case, the node of each of its mentions (None: unread), and whether the question it leaves is asked."""

    about: str
    case: Case
    nodes: tuple[str | None, ...]
    asked: bool

    def is_same(self, one: int, two: int) -> bool:
        """Whether the gold has two mentions for one thing."""
        return self.case.mentions[one].thing == self.case.mentions[two].thing

    def is_merged(self, one: int, two: int) -> bool:
        """Whether the graph has."""
        return one == two or (self.nodes[one] is not None and self.nodes[one] == self.nodes[two])

    def faults(self) -> Iterator[tuple[str, int, int]]:
        """Pairs that the graph merged, or split, against the gold."""
        for one, two in self.case.pairs:
            if self.is_same(one, two) != self.is_merged(one, two):
                yield "split" if self.is_same(one, two) else "merged", one, two


def solve(gold: Iterable[Path], lexicon: Lexicon) -> tuple[Solved, ...]:
    """Every case of gold files of identity, its pages built by themselves. Raises KgError."""
    return tuple(_solve(one.about, case, lexicon) for one in map(read_identity, gold) for case in one.cases)


def _solve(about: str, case: Case, lexicon: Lexicon) -> Solved:
    readings = [_read(f"{number}.txt", page, lexicon) for number, page in enumerate(case.pages, 1)]
    store = ox.Store()
    knowledge, _ = decide(readings, (), lexicon, DEFAULT_BASE)
    store.extend(quads(knowledge, lexicon.event_types))
    nodes = Nodes(store, readings, lexicon)
    if about == EVENTS:
        found = tuple(nodes.happening(mention, case.type) for mention in case.mentions)
    else:
        found = tuple(nodes.named(mention, about) for mention in case.mentions)
    return Solved(about, case, found, case.asks and nodes.is_asked(found))


def _read(name: str, content: str, lexicon: Lexicon) -> PageReading:
    page, issue, articles = read_page(name, content.encode(), lexicon)
    return PageReading(page, issue, tuple(read_article(article, lexicon) for article in articles))

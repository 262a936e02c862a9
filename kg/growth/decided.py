"""What a ledger's rows name: in a part of a graph that holds none of it, what people have decided changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from itertools import chain
from typing import Final

from kg.graph.names import Names
from kg.growth.alike import Side
from kg.growth.marks import digest
from kg.ledger import THINGS, Row, Verdict, kind_of
from kg.model import Kind, Role

# What ends the address of somebody whom a ledger told from others of the name: an article, 2031-05-09-0a1b2c3d-2.
_MARK: Final = re.compile(r".*-[0-9a-f]{8}-\d+")


@dataclass(frozen=True, slots=True)
class Decided:
    """Things by the keys of their kind and name; events, posts, articles and questions by the end of their IRI."""

    things: frozenset[int]
    nodes: frozenset[str]
    rejects_things: bool

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Decided:
        """All that the rows name, whether the graph holds it or not."""
        things: set[int] = set()
        nodes: set[str] = set()
        rejects = False
        for row in rows:
            kind = kind_of(row.subject)
            rejects |= row.verdict is Verdict.REJECT and kind in THINGS
            if row.verdict is Verdict.FIX:
                things.add(digest(Kind(kind), row.object))
            both = row.verdict in (Verdict.SAME, Verdict.DIFFERENT)
            for address in (row.subject, row.object) if both else (row.subject,):
                if kind_of(address) in THINGS:
                    things.update(_called(address))
                else:
                    nodes.add(address)
        return cls(frozenset(things), frozenset(nodes), rejects)

    def touches(self, things: Set[int], before: Side, after: Side) -> bool:
        """Whether any of it is in a part that was taken for these things, without the change or with it."""
        if not self.things.isdisjoint(things):
            return True
        if not self.nodes.isdisjoint(chain(_ends(before[1]), _ends(after[1]))):
            return True
        # An event that lost who led it to a rejection is named by what it was: no other may come to be named so.
        return self.rejects_things and _bare_events(before) != _bare_events(after)


def _called(address: str) -> Iterator[int]:
    """Whom an address names: by its last step, or the one before where the last may tell two of a name apart."""
    kind, *steps, last = address.split("/")
    yield digest(Kind(kind), last)
    if steps and (kind == "person" or _MARK.fullmatch(last)):
        yield digest(Kind(kind), steps[-1])


def _ends(names: Names) -> Iterator[str]:
    """The ends of all IRIs that a row about no thing may name."""
    maps = (names.articles, names.happenings, names.memberships, names.actors, names.questions)
    return (iri.value.removeprefix(names.base) for named in maps for iri in named.values())


def _bare_events(side: Side) -> set[str]:
    """The events that are named neither by who led them nor by a place."""
    knowledge, names = side
    return {
        names.happenings[index].value
        for index, event in enumerate(knowledge.happenings)
        if not event.places and not any(actor.role in (Role.LEAD, Role.ORGANIZER) for actor in event.actors)
    }

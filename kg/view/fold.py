"""Events folded into counted lines between people, agencies and places, and which of them the page opens with.

Events drawn as nodes are an unreadable band; two parties of an event share a line instead, which knows its events.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

from kg.view.records import Event, Facts

# A post binds a person to an agency more than a meeting both attended; "part of" only holds the skeleton together.
POST_WEIGHT: Final = 2.0
# Who is only named with a post, and takes part in nothing, was invoked, not met: half a point.
NAMED_WEIGHT: Final = 0.5
PART_OF_WEIGHT: Final = 0.25
# Above this many parties each one is joined to the leaders only: a congress of 300 would draw 44,850 lines.
CROWD: Final = 24
OPENING: Final = 80
AGENCY_SHARE: Final = 5
_LEADING: Final = ("Lead", "Organizer")


@dataclass(slots=True)
class Link:
    """What joins two nodes (their numbers, a < b): posts and events by number, and whether one is part of the other."""

    a: int
    b: int
    weight: float = 0.0
    posts: list[int] = field(default_factory=list)
    events: list[int] = field(default_factory=list)
    part_of: bool = False


@dataclass(frozen=True, slots=True)
class Fold:
    """Nodes (IRIs, most important first), their weights, and the links between them, strongest first."""

    nodes: tuple[str, ...]
    kinds: tuple[str, ...]
    weights: tuple[float, ...]
    links: tuple[Link, ...]

    def neighbours(self) -> dict[int, list[Link]]:
        """Node → its links, strongest first."""
        table: dict[int, list[Link]] = defaultdict(list)
        for link in self.links:
            table[link.a].append(link)
            table[link.b].append(link)
        return table


def fold(facts: Facts) -> Fold:
    """People, agencies and places with their links.

    Importance is the weight of the links that posts and events make, and a point for each event without company.
    Bylines make none: who writes is not who is written about.
    """
    acting = {party.actor for event in facts.events.values() for party in event.parties}
    press = {iri for iri, thing in facts.things.items() if thing.signed and iri not in acting}
    pairs: dict[tuple[str, str], Link] = {}
    weights: dict[str, float] = dict.fromkeys(facts.things, 0.0)

    def join(one: str, other: str, weight: float, *, counts: bool) -> Link:
        pair = (min(one, other), max(one, other))
        link = pairs.setdefault(pair, Link(0, 0))
        link.weight += weight
        if counts:
            weights[one] += weight
            weights[other] += weight
        return link

    for number, post in enumerate(facts.posts.values()):
        if post.agency is not None and post.agency != post.person:
            weight = POST_WEIGHT if post.person in acting else NAMED_WEIGHT
            join(post.person, post.agency, weight, counts=post.person not in press).posts.append(number)
    for number, event in enumerate(facts.events.values()):
        for one, other, weight in _pairs_of(event, facts):
            placed = "place" in (facts.things[one].kind, facts.things[other].kind)
            join(one, other, weight, counts=not placed).events.append(number)
        if len({party.actor for party in event.parties}) == 1:
            weights[event.parties[0].actor] += 1
    for thing in facts.things.values():
        if thing.parent is not None and thing.parent != thing.iri:
            join(thing.iri, thing.parent, PART_OF_WEIGHT, counts=False).part_of = True
    return _numbered(facts, pairs, weights)


def _numbered(facts: Facts, pairs: dict[tuple[str, str], Link], weights: dict[str, float]) -> Fold:
    seen = {iri: len(thing.mentioned) for iri, thing in facts.things.items()}
    nodes = sorted(facts.things, key=lambda iri: (-round(weights[iri], 6), -seen[iri], iri))
    number = {iri: n for n, iri in enumerate(nodes)}
    for (one, other), link in pairs.items():
        link.a, link.b = sorted((number[one], number[other]))
        link.weight = round(link.weight, 4)
    links = sorted(pairs.values(), key=lambda link: (-link.weight, link.a, link.b))
    kinds = tuple(facts.things[iri].kind for iri in nodes)
    heavy = tuple(round(weights[iri], 4) for iri in nodes)
    return Fold(tuple(nodes), kinds, heavy, tuple(links))


def _pairs_of(event: Event, facts: Facts) -> Iterator[tuple[str, str, float]]:
    """The pairs an event joins, each with its share: a crowded meeting binds two people less than a talk of two."""
    actors = sorted({party.actor for party in event.parties})
    by_kind = {kind: [a for a in actors if facts.things[a].kind == kind] for kind in ("person", "agency")}
    crowd = max(len(by_kind["person"]), 2) - 1, max(len(by_kind["agency"]), 2) - 1
    leaders = {party.actor for party in event.parties if party.role in _LEADING}
    for one, other in combinations(actors, 2):
        if len(actors) > CROWD and one not in leaders and other not in leaders:
            continue
        kinds = {facts.things[one].kind, facts.things[other].kind}
        if kinds == {"person"}:
            yield one, other, 1 / crowd[0]
        elif kinds == {"agency"}:
            yield one, other, 1 / crowd[1]
        else:
            yield one, other, 1 / max(len(by_kind["agency"]), 1)
    for place in sorted(set(event.places) - set(actors)):
        for actor in actors:
            yield place, actor, 1 / len(actors)


def opening(folded: Fold, limit: int = OPENING) -> tuple[int, ...]:
    """The people and agencies to begin with: the most important, a fifth of them agencies where there are as many.

    Whoever is only mentioned, or only signs, waits outside, unless there is nobody else.
    """
    actors = [n for n, kind in enumerate(folded.kinds) if kind != "place"]
    chosen = [n for n in actors if folded.weights[n]] or actors or list(range(len(folded.nodes)))
    agencies = [n for n in chosen if folded.kinds[n] == "agency"][: limit // AGENCY_SHARE]
    rest = [n for n in chosen if n not in set(agencies)]
    return tuple(sorted([*agencies, *rest[: limit - len(agencies)]]))


def around(folded: Fold, centres: Iterable[int], hops: int, limit: int = OPENING) -> tuple[int, ...]:
    """The nodes within `hops` links of the centres: nearer first, then more strongly joined; never through a place."""
    neighbours = folded.neighbours()
    chosen = list(dict.fromkeys(centres))
    frontier = chosen
    for _ in range(hops):
        strength: dict[int, float] = defaultdict(float)
        for node in frontier:
            for link in neighbours.get(node, ()):
                other = link.b if link.a == node else link.a
                if folded.kinds[other] != "place":
                    strength[other] += link.weight
        known = set(chosen)
        frontier = sorted((n for n in strength if n not in known), key=lambda n: (-round(strength[n], 6), n))
        chosen = [*chosen, *frontier]
    return tuple(sorted(chosen[:limit]))


def backbone(links: Sequence[Link], shown: Iterable[int], strongest: int = 2) -> tuple[Link, ...]:
    """The lines to draw between the shown nodes: all while few, else every node's strongest and a spanning forest.

    `links` stand strongest first, so one walk finds both.
    """
    inside = set(shown)
    among = [link for link in links if link.a in inside and link.b in inside]
    if len(among) <= max(24, len(inside)):
        return tuple(among)
    root = {node: node for node in inside}

    def find(node: int) -> int:
        while root[node] != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    degree: dict[int, int] = dict.fromkeys(inside, 0)
    kept = []
    for link in among:
        one, other = find(link.a), find(link.b)
        if one != other or min(degree[link.a], degree[link.b]) < strongest:
            kept.append(link)
            root[one] = other
            degree[link.a] += 1
            degree[link.b] += 1
    return tuple(kept[: 2 * len(inside)])

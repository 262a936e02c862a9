"""What two sides of a change say in the same words, statement by statement: nobody need write it down to compare it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import pyoxigraph as ox

from kg.graph.names import Names
from kg.knowledge import Knowledge

Side = tuple[Knowledge, Names]
K = TypeVar("K")


def alike(one: Side, other: Side) -> frozenset[ox.NamedNode]:
    """The nodes of which both sides say the same; none where they call anything by two IRIs."""
    (known, names), (also_known, also_names) = one, other
    if not (
        _agree(names.papers, also_names.papers)
        and _agree(names.issues, also_names.issues)
        and _agree(names.articles, also_names.articles)
        and _agree(names.pages, also_names.pages)
        and _agree(names.entities, also_names.entities)
        and _agree(names.roles, also_names.roles)
        and _agree(names.evidence, also_names.evidence)
    ):
        return frozenset()
    ours, theirs = _nodes(known, names), _nodes(also_known, also_names)
    sentences = (iri for key, iri in names.evidence.items() if key in also_names.evidence)
    return frozenset((*sentences, *(iri for iri, record in ours.items() if iri in theirs and theirs[iri] == record)))


def _agree(ours: Mapping[K, ox.NamedNode], theirs: Mapping[K, ox.NamedNode]) -> bool:
    return all(theirs.get(key, iri) == iri for key, iri in ours.items())


def _nodes(knowledge: Knowledge, names: Names) -> dict[ox.NamedNode, object]:
    """Each node with the record that all its statements are made of."""
    nodes: dict[ox.NamedNode, object] = {names.entities[thing.entity]: thing for thing in knowledge.things}
    nodes |= {names.articles[report.article.key]: report for report in knowledge.reports}
    nodes |= {names.pages[reading.page.sha256]: reading.page for reading in knowledge.pages}
    nodes |= {names.memberships[index]: post for index, post in enumerate(knowledge.memberships)}
    nodes |= {names.happenings[index]: event for index, event in enumerate(knowledge.happenings)}
    return nodes

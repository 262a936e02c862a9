"""Knowledge → quads, and nothing about Chinese.

The default graph holds what is known, the graph named by an article what that article says. A statement stands in one
graph only, so that a count is a count in every engine.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from itertools import chain

import pyoxigraph as ox

from kg.graph.documents import describe_article, describe_pages, describe_papers, state_article
from kg.graph.facts import state_facts
from kg.graph.names import Names
from kg.graph.questions import describe_renamings, state_questions
from kg.graph.terms import describe_terms
from kg.graph.things import describe_things
from kg.knowledge import Knowledge
from kg.lexicon import EventType, Renaming
from kg.vocab import DEFAULT_BASE

__all__ = ["named_quads", "quads"]


def quads(
    knowledge: Knowledge,
    event_types: Iterable[EventType] = (),
    base: str = DEFAULT_BASE,
    renamed: Iterable[Renaming] = (),
) -> Iterator[ox.Quad]:
    """Every statement once, in an order that depends on nothing but the knowledge.

    They come as they are made: a graph of many pages is never in memory as statements.
    """
    return named_quads(knowledge, Names.of(knowledge, base), event_types, renamed)


def named_quads(
    knowledge: Knowledge,
    names: Names,
    event_types: Iterable[EventType],
    renamed: Iterable[Renaming],
    skipped: Container[ox.NamedNode] = (),
) -> Iterator[ox.Quad]:
    """The same with names that are known; things, pages, articles, posts, events and sentences may be skipped."""
    reports = [report for report in knowledge.reports if names.articles[report.article.key] not in skipped]
    known = chain(
        describe_terms(event_types),
        describe_papers(knowledge, names),
        describe_pages(knowledge, names, skipped),
        chain.from_iterable(describe_article(report, names) for report in reports),
        describe_things(knowledge, names, skipped),
        describe_renamings(knowledge, renamed, names),
    )
    told = ((triple, names.articles[r.article.key]) for r in reports for triple in state_article(r, names))
    stated = chain(
        ((triple, None) for triple in known),
        told,
        state_facts(knowledge, names, skipped),
        state_questions(knowledge, names),
    )
    return (ox.Quad(*triple, graph) for triple, graph in stated)

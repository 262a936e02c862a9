"""What holds of the graph of any pages, checked on those that the project ships."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

import pyoxigraph as ox
import pytest
from rdflib import Graph

from kg.graph import quads
from kg.identity import unify
from kg.lexicon import load_lexicon, seeds_dir
from kg.model import PageReading
from kg.pipeline import read_source
from kg.sources import Source, find_sources
from kg.vocab import DEFAULT_BASE, PREFIXES

PREFIX = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())


@pytest.fixture(scope="module")
def readings() -> list[PageReading]:
    """The readings of the shipped pages."""
    found = find_sources([seeds_dir() / "pages"])
    outcomes = [read_source(source, load_lexicon()) for source in found if isinstance(source, Source)]
    return [outcome for outcome in outcomes if isinstance(outcome, PageReading)]


@pytest.fixture(scope="module")
def store(readings: list[PageReading]) -> ox.Store:
    """Their graph."""
    store = ox.Store()
    store.extend(quads(unify(readings), load_lexicon().event_types))
    return store


def rows(store: ox.Store, query: str) -> list[tuple[str, ...]]:
    found = store.query(PREFIX + query)
    assert isinstance(found, ox.QuerySolutions)
    return [tuple(getattr(term, "value", "") for term in row) for row in found]


def test_the_pages_say_something(store: ox.Store) -> None:
    assert len(store) > 1000


def test_every_term_of_ours_in_use_is_declared(store: ox.Store) -> None:
    declared = {str(term) for term in Graph().parse(seeds_dir() / "ontology.ttl").subjects()}
    used = {term.value for quad in store for term in quad if isinstance(term, ox.NamedNode)}
    assert {iri for iri in used if iri.startswith(PREFIXES["kg"])} <= declared


def test_every_other_term_is_of_a_vocabulary_that_has_a_prefix(store: ox.Store) -> None:
    spaces = (DEFAULT_BASE, *PREFIXES.values())
    iris = {term.value for quad in store for term in quad if isinstance(term, ox.NamedNode)}
    assert {iri for iri in iris if not iri.startswith(spaces)} == set()


def test_a_statement_stands_in_one_graph_only(store: ox.Store) -> None:
    assert set(Counter(quad.triple for quad in store).values()) == {1}


def test_every_node_that_is_spoken_of_is_described(store: ox.Store) -> None:
    described = {quad.subject for quad in store if quad.predicate.value == PREFIXES["rdf"] + "type"}
    spoken = {quad.object for quad in store if isinstance(quad.object, ox.NamedNode)}
    dangling = {
        iri for iri in spoken - described if isinstance(iri, ox.NamedNode) and iri.value.startswith(DEFAULT_BASE)
    }
    assert dangling == set()


def test_every_node_has_one_label_in_chinese(store: ox.Store) -> None:
    labels: dict[str, int] = defaultdict(int)
    for quad in store.quads_for_pattern(None, ox.NamedNode(PREFIXES["rdfs"] + "label"), None):
        if isinstance(quad.object, ox.Literal) and quad.object.language == "zh":
            labels[str(quad.subject)] += 1
    kinds = (quad for quad in store if quad.predicate.value == PREFIXES["rdf"] + "type")
    named = {str(quad.subject) for quad in kinds if not quad.object.value.startswith(PREFIXES["oa"])}
    assert {node: labels[node] for node in named if labels[node] != 1} == {}


def test_evidence_equals_its_slice_of_the_page_file(store: ox.Store, readings: list[PageReading]) -> None:
    contents = {reading.page.name: reading.page.content for reading in readings}
    found = rows(
        store,
        """SELECT ?file ?exact ?start ?end {
             ?page schema:name ?file
             GRAPH ?article { ?evidence oa:hasSource ?page ; oa:hasSelector ?quote, ?position .
                              ?quote oa:exact ?exact . ?position oa:start ?start ; oa:end ?end
                              OPTIONAL { ?quote schema:position ?n } OPTIONAL { ?position schema:position ?m }
                              FILTER (COALESCE(?n, 1) = COALESCE(?m, 1)) } }""",
    )
    assert len(found) > 30
    assert [row for row in found if contents[row[0]][int(row[2]) : int(row[3])] != row[1]] == []


@pytest.mark.parametrize("kind", ["org:Membership", "sem:Event", "sem:Role"])
def test_every_fact_has_evidence_and_a_rule(store: ox.Store, kind: str) -> None:
    bare = f"""SELECT ?fact {{ ?fact a {kind}
        FILTER NOT EXISTS {{ GRAPH ?article {{ ?fact prov:wasDerivedFrom ?evidence }}
                             GRAPH ?article {{ ?evidence schema:isPartOf ?article }} }} }}"""
    unruled = f"SELECT ?fact {{ ?fact a {kind} FILTER NOT EXISTS {{ GRAPH ?article {{ ?fact kg:rule ?rule }} }} }}"
    assert rows(store, bare) == [] and rows(store, unruled) == []


def test_an_event_begins_before_it_ends_and_has_both_days_or_none(store: ox.Store) -> None:
    days = rows(
        store, "SELECT ?b ?e { ?x a sem:Event OPTIONAL { ?x sem:hasBeginTimeStamp ?b ; sem:hasEndTimeStamp ?e } }"
    )
    dated = [(date.fromisoformat(begin), date.fromisoformat(end)) for begin, end in days if begin]
    assert dated and all(begin <= end for begin, end in dated)
    halves = "SELECT ?x { ?x sem:hasBeginTimeStamp ?b FILTER NOT EXISTS { ?x sem:hasEndTimeStamp ?e } }"
    assert rows(store, halves) == []


def test_what_contains_what_has_no_circle(store: ox.Store) -> None:
    for path in ("schema:containedInPlace", "org:subOrganizationOf"):
        assert rows(store, f"SELECT ?x {{ ?x {path}+ ?x }}") == []

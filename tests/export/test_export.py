"""Every format gives back what the graph says, in the same bytes every time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from io import BytesIO
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
from rdflib import Graph

from kg.export import EXPORTERS, lines
from kg.graph import quads
from kg.identity import unify
from kg.model import Entity, Event, Kind, PageReading, Participation, Post, Role, Thing, When
from kg.vocab import PREFIXES
from tests.conftest import make_article, make_evidence, make_reading

DATASETS = {"nq": ox.RdfFormat.N_QUADS, "trig": ox.RdfFormat.TRIG, "jsonld": ox.RdfFormat.JSON_LD}
GRAPHS = {"nt": ox.RdfFormat.N_TRIPLES, "ttl": ox.RdfFormat.TURTLE, "xml": ox.RdfFormat.RDF_XML}
HOSTILE = '"]]> </x> <script>alert(1)</script> \\ \n\t &amp; \U00020bb7 \u202e}'


def page(name: str, title: str) -> PageReading:
    article = make_article("标题", f"{name}任{title}。")
    proof = make_evidence(article, name)
    city = "青原省/云岭市"
    person, street = Entity(Kind.PERSON, name, city), Entity(Kind.PLACE, "青石街", city)
    agency = Entity(Kind.AGENCY, "云岭市水务局", city)
    when = When(date(2031, 5, 5), date(2031, 5, 6))
    event = Event(
        "Inspection", f"{name}调研", when, (Participation(person, Role.LEAD, proof, "r"),), (street,), (proof,), "r"
    )
    return make_reading(article, [Thing(person, (name,))], [Post(person, title, agency, None, proof, "r")], [event])


def load(readings: Iterable[PageReading]) -> ox.Store:
    store = ox.Store()
    store.extend(quads(unify(readings)))
    return store


@pytest.fixture(scope="module")
def store() -> ox.Store:
    return load([page("魏长河", "局长"), page("陶小满", HOSTILE), page(HOSTILE, "科长")])


def export(store: ox.Store, form: str) -> bytes:
    out = BytesIO()
    EXPORTERS[form](store, out)
    return out.getvalue()


def test_every_format_is_tested() -> None:
    assert set(EXPORTERS) == {*DATASETS, *GRAPHS, "graphml"}
    assert all(write.__doc__ for write in EXPORTERS.values())


@pytest.mark.parametrize("form", EXPORTERS)
def test_the_same_graph_gives_the_same_bytes(store: ox.Store, form: str) -> None:
    shuffled = ox.Store()
    for quad in sorted(store, key=lambda quad: hash(str(quad.object))):
        shuffled.add(quad)
    assert export(store, form) == export(shuffled, form)


@pytest.mark.parametrize("form", DATASETS)
def test_a_dataset_comes_back_quad_by_quad(store: ox.Store, form: str) -> None:
    assert set(ox.parse(export(store, form), format=DATASETS[form])) == set(store)


@pytest.mark.parametrize("form", GRAPHS)
def test_a_merged_graph_comes_back_triple_by_triple(store: ox.Store, form: str) -> None:
    assert {quad.triple for quad in ox.parse(export(store, form), format=GRAPHS[form])} == {
        quad.triple for quad in store
    }


@pytest.mark.parametrize(("form", "name"), [("ttl", "turtle"), ("nt", "nt"), ("xml", "xml")])
def test_rdflib_reads_it_too(store: ox.Store, form: str, name: str) -> None:
    assert len(Graph().parse(export(store, form), format=name)) == len({quad.triple for quad in store})


def test_lines_are_sorted(store: ox.Store) -> None:
    for form in ("nq", "nt"):
        lines = export(store, form).splitlines()
        assert lines == sorted(set(lines)) and len(lines) > 100


def test_turtle_reads_from_the_paper_to_the_sentence(store: ox.Store) -> None:
    text = export(store, "ttl").decode()
    header = text.splitlines()[: len(PREFIXES) + 1]
    assert header[0] == "@base <https://w3id.org/kg-gazette/id/> ."
    assert header[1:] == [f"@prefix {prefix}: <{namespace}> ." for prefix, namespace in PREFIXES.items()]
    sections = [line for line in text.splitlines() if line.startswith("# ")]
    assert sections == [
        *("# papers", "# issues", "# page files", "# articles", "# people", "# agencies", "# places"),
        *("# titles", "# posts", "# events", "# terms", "# evidence"),
    ]
    assert "\n\n<person/云岭市/魏长河> a foaf:Person ;\n\trdfs:label" in text


def test_a_participation_follows_its_event(store: ox.Store) -> None:
    subjects = [
        line.partition(" ")[0] for line in export(store, "ttl").decode().splitlines() if line.startswith("<event/")
    ]
    assert all(later.startswith(event[:-1] + "/") for event, later in zip(subjects[::2], subjects[1::2], strict=True))


def test_trig_keeps_what_each_article_says_in_one_block(store: ox.Store) -> None:
    text = export(store, "trig").decode()
    assert text.count("> {\n") == len(list(store.named_graphs())) == 3


def test_control_characters_leave_rdfxml_well_formed() -> None:
    store = ox.Store()
    node = ox.NamedNode("https://e.org/x#y")
    store.add(ox.Quad(node, node, ox.Literal("甲\x0b乙\x00\ufffe丙", language="zh")))
    store.add(ox.Quad(node, node, ox.Literal("1\x0b", datatype=node)))
    objects = {quad.object for quad in ox.parse(export(store, "xml"), format=ox.RdfFormat.RDF_XML)}
    assert objects == {ox.Literal("甲乙丙", language="zh"), ox.Literal("1", datatype=node)}


def test_graphml_holds_the_network(store: ox.Store, tmp_path: Path) -> None:
    file = tmp_path / "graph.graphml"
    file.write_bytes(export(store, "graphml"))
    graph = nx.read_graphml(file, force_multigraph=True)
    kinds = {node["label"]: node["kind"] for _, node in graph.nodes(data=True)}
    assert kinds["魏长河"] == "person" and kinds["魏长河调研"] == "event" and kinds["青石街"] == "place"
    edges = {(graph.nodes[a]["label"], edge["kind"], edge["label"]) for a, _, edge in graph.edges(data=True)}
    assert ("魏长河", "post", "局长") in edges and ("魏长河", "participation", "带领") in edges
    assert all(isinstance(value, str) for _, node in graph.nodes(data=True) for value in node.values())


@pytest.mark.parametrize("form", EXPORTERS)
def test_an_empty_graph_is_exported_all_the_same(form: str) -> None:
    assert isinstance(export(ox.Store(), form), bytes)


def test_what_no_memory_holds_is_sorted_on_disk_into_the_same_bytes(
    store: ox.Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = export(store, "nq")
    monkeypatch.setattr(lines, "_RUN", 7)
    out = BytesIO()
    count = lines.write_sorted([*store, *store], out, beside=tmp_path)
    assert (out.getvalue(), count, list(tmp_path.iterdir())) == (whole, len(store), [])
    assert export(store, "nq") == whole

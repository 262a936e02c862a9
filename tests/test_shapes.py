"""The shapes hold for what is built, and say of what does not hold what it is and where it is told."""

from __future__ import annotations

import sqlite3
import zlib
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.pipeline import build
from kg.shapes import Finding, check_evidence, check_shapes, check_statements
from kg.store import read_only_engine
from kg.vocab import PREFIXES

ROOT = Path(__file__).parent.parent
PREFIX = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of every page in the project."""
    pages = [ROOT / "tests" / "walk", ROOT / "seeds" / "pages"]
    return build(pages, tmp_path_factory.mktemp("checked") / "output").output


@pytest.fixture
def graph(output: Path) -> ox.Store:
    """A copy of it to spoil."""
    store = ox.Store()
    store.bulk_load(path=str(output / "graph.nq"), format=ox.RdfFormat.N_QUADS)
    return store


def test_what_is_built_keeps_to_its_shapes(output: Path) -> None:
    engine = read_only_engine(output)
    assert check_shapes(engine) == []
    assert check_statements(engine) == []
    assert check_evidence(output) == []


SPOILT = [
    ("DELETE WHERE { ?m org:member ?p }", "任职者为一人"),
    ("DELETE WHERE { GRAPH ?g { ?e prov:wasDerivedFrom ?v } }", "至少有一个证明它的句子"),
    ("DELETE WHERE { GRAPH ?g { ?e kg:rule ?r } }", "写明读出它的规则"),
    ("DELETE WHERE { ?e sem:hasEndTimeStamp ?d }", ""),
    ("DELETE WHERE { ?e sem:hasActor ?a }", "参与者与各项参与一致"),
    ("DELETE WHERE { ?e sem:eventType ?t }", "一个事件类型"),
    ("DELETE WHERE { ?p a foaf:Person }", "任职者为一人"),
    (
        "DELETE { ?s rdfs:label ?l } INSERT { ?s rdfs:label 'x'@en } WHERE { ?s a foaf:Person ; rdfs:label ?l }",
        "中文名称",
    ),
    ("INSERT { ?e sem:hasEndTimeStamp '1949-10-01'^^xsd:date } WHERE { ?e sem:hasBeginTimeStamp ?b }", "一个末日"),
    (
        "DELETE { ?m kg:firstAttested ?d } INSERT { ?m kg:firstAttested '2999-01-01'^^xsd:date }"
        " WHERE { ?m kg:firstAttested ?d }",
        "首次见报不晚于最近见报",
    ),
    (
        "DELETE { GRAPH ?g { ?p oa:end ?e } } INSERT { GRAPH ?g { ?p oa:end 0 } } WHERE { GRAPH ?g { ?p oa:end ?e } }",
        "起点在终点之前",
    ),
    ("INSERT { ?a org:subOrganizationOf ?b } WHERE { ?a a org:Organization . ?b a schema:Place }", "上级机构"),
    ("DELETE { ?p schema:sha256 ?d } INSERT { ?p schema:sha256 'x' } WHERE { ?p schema:sha256 ?d }", "SHA-256"),
]


@pytest.mark.parametrize(("update", "message"), SPOILT, ids=[update[:60] for update, _ in SPOILT])
def test_what_breaks_a_shape_is_named(graph: ox.Store, update: str, message: str) -> None:
    graph.update(PREFIX + update)
    findings = check_shapes(graph)
    assert findings and any(message in finding.message for finding in findings)
    assert all(finding.label for finding in findings)


def test_a_finding_shows_label_and_sentence(graph: ox.Store) -> None:
    graph.update(
        PREFIX + "DELETE { ?m org:role ?r } WHERE { ?m org:role ?r ; rdfs:label ?l FILTER (CONTAINS(?l, '柴伟')) }"
    )
    (first, *_) = check_shapes(graph)
    assert "一个职务 one role" in first.message and first.label.startswith("中共辽源市委书记柴伟 id:post/")
    assert "柴伟" in first.sentence and "柴伟" in str(first)


def test_a_statement_in_two_graphs_and_a_node_without_a_name_are_found(graph: ox.Store) -> None:
    graph.update(
        PREFIX + "INSERT { GRAPH <urn:g> { ?p a foaf:Person } } WHERE { ?p a foaf:Person ; rdfs:label '柴伟'@zh }"
    )
    graph.update(PREFIX + "INSERT DATA { [] rdfs:label '无名'@zh }")
    found = check_statements(graph)
    assert [finding.message for finding in found] == ["a node without an IRI", "stands in 2 graphs"]
    assert "柴伟" in found[1].label


def test_a_sentence_that_its_page_does_not_have_is_found(tmp_path: Path) -> None:
    output = build([ROOT / "tests" / "walk"], tmp_path / "out").output
    with sqlite3.connect(output / "pages.db") as shelf:
        (name, raw) = shelf.execute("SELECT name, raw FROM page ORDER BY name").fetchone()
        spoilt = zlib.compress("换了".encode() + zlib.decompress(raw))
        shelf.execute("UPDATE page SET raw = ? WHERE name = ?", (spoilt, name))
    assert check_evidence(output)[0].message == "its text is not kept, or is not what was read"
    assert isinstance(check_evidence(output)[0], Finding)


def test_kg_check_graph_says_what_is_wrong_and_fails(tmp_path: Path) -> None:
    output = build([ROOT / "tests" / "walk"], tmp_path / "out").output
    whole = CliRunner().invoke(main, ["check", "--graph", "-s", str(output)])
    assert (whole.exit_code, "nothing wrong in the graph" in whole.stderr) == (0, True)
    with sqlite3.connect(output / "pages.db") as shelf:
        shelf.execute("DELETE FROM page")
    spoilt = CliRunner().invoke(main, ["check", "--graph", "-s", str(output)])
    assert spoilt.exit_code == 1 and "id:page/2031-05-06" in spoilt.stdout and "2 wrong in the graph" in spoilt.stderr

"""The graph on disk: swapped whole, opened for reading, and clear about what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Dataset, Literal, URIRef

from kg.model import KgError
from kg.store import load_store, open_store, read_only_engine, switch_store

ONE = '<http://e.org/s> <http://e.org/p> "甲"@zh .\n<http://e.org/s> <http://e.org/q> "乙" <http://e.org/article> .\n'
TWO = '<http://e.org/s> <http://e.org/p> "丙"@zh .\n'


def write(tmp_path: Path, nquads: str) -> Path:
    file = tmp_path / "graph.nq"
    file.write_text(nquads, encoding="utf-8")
    switch_store(tmp_path / "store", load_store(file, tmp_path / "store"))
    return tmp_path


def test_a_store_holds_what_the_file_says(tmp_path: Path) -> None:
    engine = read_only_engine(write(tmp_path, ONE))
    assert len(engine) == 2
    assert [graph.value for graph in engine.named_graphs() if isinstance(graph, ox.NamedNode)] == [
        "http://e.org/article"
    ]


def test_a_new_store_takes_the_place_of_the_old_and_leaves_nothing_beside(tmp_path: Path) -> None:
    write(tmp_path, ONE)
    write(tmp_path, TWO)
    assert [quad.object for quad in read_only_engine(tmp_path)] == [ox.Literal("丙", language="zh")]
    assert sorted(path.name for path in tmp_path.iterdir()) == [".stores", "graph.nq", "store"]


def test_what_is_no_rdf_leaves_the_old_store_alone(tmp_path: Path) -> None:
    write(tmp_path, ONE)
    with pytest.raises(KgError, match="cannot be written"):
        write(tmp_path, "this is no N-Quads\n")
    assert len(read_only_engine(tmp_path)) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == [".stores", "graph.nq", "store"]


def test_several_may_read_at_once_and_none_may_write(tmp_path: Path) -> None:
    write(tmp_path, ONE)
    first, second = read_only_engine(tmp_path), read_only_engine(tmp_path / "store")
    assert len(first) == len(second) == 2
    with pytest.raises((OSError, RuntimeError)):
        first.update("INSERT DATA { <http://e.org/a> <http://e.org/b> <http://e.org/c> }")


def test_rdflib_sees_what_is_known_without_naming_a_graph(tmp_path: Path) -> None:
    dataset = open_store(write(tmp_path, ONE))
    assert isinstance(dataset, Dataset)
    known = [tuple(row) for row in dataset.query("SELECT ?o { ?s ?p ?o }") if isinstance(row, tuple)]
    assert known == [(Literal("甲", lang="zh"),)]
    told = [tuple(row) for row in dataset.query("SELECT ?g ?o { GRAPH ?g { ?s ?p ?o } }") if isinstance(row, tuple)]
    assert [(graph, str(value)) for graph, value in told] == [(URIRef("http://e.org/article"), "乙")]
    assert dict(dataset.namespaces())["kg"] == URIRef("https://w3id.org/kg-gazette/ns#")


def test_where_there_is_no_graph_the_message_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"no graph at .*nowhere/: run kg build PAGES first"):
        read_only_engine(tmp_path / "nowhere")
    (tmp_path / "store").mkdir()
    with pytest.raises(KgError, match="no graph at"):
        open_store(tmp_path)


def test_a_damaged_store_says_so(tmp_path: Path) -> None:
    write(tmp_path, ONE)
    for file in (tmp_path / "store").iterdir():
        file.write_bytes(b"\0" * 10)
    with pytest.raises(KgError, match="is damaged"):
        read_only_engine(tmp_path)


def test_a_directory_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    file = tmp_path / "graph.nq"
    file.write_text(ONE, encoding="utf-8")
    with pytest.raises(KgError, match="cannot be written"):
        load_store(file, file / "store")

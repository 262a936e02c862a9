"""Graphs of one's own: written by the clients people have, kept beside what the pages say, whatever is built."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLUpdateStore
from SPARQLWrapper import JSON, POST, SPARQLWrapper

from kg.cli import main
from kg.files import only_writer
from kg.model import KgError
from kg.pipeline import add, build
from kg.serve import Limits, Server
from kg.store import read_only_engine
from tests.test_serve import ENDLESS, ask, names, query

WALK = Path(__file__).parent / "walk"
NOTES = "https://e.org/notes"
SPARQL, FORM, TURTLE = "application/sparql-update", "application/x-www-form-urlencoded", "text/turtle"
SAID = f"SELECT ?name {{ GRAPH <{NOTES}> {{ ?x <urn:says> ?name }} }} ORDER BY ?name"


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return build([WALK / "2031-05-06.txt"], tmp_path / "output").output


@pytest.fixture
def server(output: Path) -> Iterator[Server]:
    with running(output, writable=True) as server:
        yield server
        server.shutdown()


def running(output: Path, *, writable: bool) -> Server:
    server = Server(output, limits=Limits(seconds=4, memory=600 << 20, answer=2_000_000), writable=writable)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def note(text: str, graph: str = NOTES) -> str:
    return f'INSERT DATA {{ GRAPH <{graph}> {{ <urn:x> <urn:says> "{text}"@zh }} }}'


def update(server: Server, text: str, **headers: str) -> tuple[int, str]:
    status, _, said = ask(server, "/update", method="POST", body=text, Content_Type=SPARQL, **headers)
    return status, said


def said(server: Server) -> list[str]:
    return names(query(server, SAID)[2])


def test_an_update_comes_in_two_ways_and_is_asked_with_the_rest(server: Server) -> None:
    assert update(server, note("甲")) == (204, "")
    form = {"update": note("乙").replace("+", "%2B")}
    assert ask(server, "/query", method="POST", body=f"update={form['update']}", Content_Type=FORM)[0] == 204
    assert said(server) == ["乙", "甲"]
    about = f"INSERT {{ GRAPH <{NOTES}> {{ ?p <urn:says> ?n }} }} WHERE {{ ?p a foaf:Person ; rdfs:label ?n }}"
    assert update(server, about)[0] == 204
    assert len(said(server)) > 4
    gone = f"DELETE WHERE {{ GRAPH <{NOTES}> {{ ?s ?p ?o }} }}"
    assert update(server, gone)[0] == 204 and said(server) == []


def test_a_graph_is_put_added_to_read_and_deleted(server: Server) -> None:
    place = f"/store?graph={NOTES}"
    assert ask(server, place)[0] == 404
    assert ask(server, place, method="PUT", body='<urn:x> <urn:says> "甲"@zh .', Content_Type=TURTLE)[0] == 201
    assert ask(server, place, method="POST", body='<urn:x> <urn:says> "乙"@zh .', Content_Type=TURTLE)[0] == 204
    assert said(server) == ["乙", "甲"]
    status, _, text = ask(server, place, Accept=TURTLE)
    assert status == 200 and len(Graph().parse(data=text, format="turtle")) == 2
    assert ask(server, place, method="PUT", body='<urn:x> <urn:says> "丙"@zh .', Content_Type=TURTLE)[0] == 204
    assert said(server) == ["丙"]
    assert ask(server, place, method="PUT", body="<urn:x> <urn:says .", Content_Type=TURTLE)[0] == 400
    assert said(server) == ["丙"]
    assert ask(server, place, method="DELETE")[0] == 204
    assert ask(server, place, method="DELETE")[0] == 404
    assert len(Graph().parse(data=ask(server, "/store?default", Accept=TURTLE)[2], format="turtle")) > 100
    assert ask(server, "/store")[0] == 400
    assert ask(server, place, method="PUT", body="x", Content_Type="image/png")[0] == 415


def test_what_was_written_outlives_what_is_built_and_no_build_holds_it(server: Server, output: Path) -> None:
    assert update(server, note("甲"))[0] == 204
    add([WALK / "2031-05-09.md"], output)
    assert said(server) == ["甲"]
    counted = "SELECT (COUNT(?p) AS ?name) { ?p a schema:MediaObject }"
    assert names(query(server, counted)[2]) == ["2"]
    assert (output / "own" / "graphs.nq").read_text("utf-8") == f'<urn:x> <urn:says> "甲"@zh <{NOTES}> .\n'
    pages = build([WALK], output.with_name("other")).output
    assert (output / "graph.nq").read_bytes() == (pages / "graph.nq").read_bytes()
    assert len(read_only_engine(output)) == len(read_only_engine(pages))
    with running(output, writable=False) as reader:
        assert said(reader) == ["甲"]
        assert update(reader, note("乙"))[0] == 403
        reader.shutdown()


THEIR = "https://w3id.org/kg-gazette/id/article/x"


@pytest.mark.parametrize(
    ("text", "status", "reason"),
    [
        ("INSERT DATA { <urn:a> <urn:b> 1 }", 403, "the default graph is what the pages say"),
        (note("甲", THEIR), 403, f"<{THEIR}> is what the pages say"),
        ("PREFIX a: <https://w3id.org/kg-gazette/id/article/> CLEAR GRAPH a:x", 403, "is what the pages say"),
        ("WITH id:article DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", 403, "is what the pages say"),
        ("DELETE WHERE { ?s ?p ?o }", 403, "the default graph is"),
        ("DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }", 403, "name the graph"),
        ("CLEAR ALL", 403, "all of them"),
        ("DROP SILENT DEFAULT", 403, "the default graph is"),
        (f"MOVE DEFAULT TO <{NOTES}>", 403, "the default graph is"),
        (f"COPY <{NOTES}> TO DEFAULT", 403, "the default graph is"),
        (f"{note('甲')} ; DROP NAMED", 403, "all of them"),
        (f"LOAD <http://127.0.0.1:1/> INTO GRAPH <{NOTES}>", 400, "stays offline"),
        (f"INSERT {{ GRAPH <{NOTES}> {{ <urn:a> <urn:b> 1 }} }} WHERE {{ SERVICE <urn:x> {{}} }}", 400, "offline"),
        ("INSERT DATA {\n  GRAPH <urn:g> { <urn:a> ?? } }", 400, "line 2, column"),
    ],
)
def test_what_the_pages_say_is_not_written_to(server: Server, text: str, status: int, reason: str) -> None:
    before = names(query(server, "SELECT (COUNT(*) AS ?name) { ?s ?p ?o }")[2])
    got, answered = update(server, text)
    assert (got, reason in answered, "\n" in answered) == (status, True, False), answered
    assert names(query(server, "SELECT (COUNT(*) AS ?name) { ?s ?p ?o }")[2]) == before and said(server) == []


def test_copies_of_what_the_pages_say_may_be_made(server: Server) -> None:
    assert update(server, "COPY DEFAULT TO <urn:copy>")[0] == 204
    found = "SELECT (COUNT(*) AS ?name) { GRAPH <urn:copy> { ?s ?p ?o } }"
    assert names(query(server, found)[2]) == names(query(server, "SELECT (COUNT(*) AS ?name) { ?s ?p ?o }")[2])


def test_without_being_asked_it_only_reads(output: Path) -> None:
    with running(output, writable=False) as server:
        for status, said in (
            update(server, note("甲")),
            ask(server, f"/store?graph={NOTES}", method="PUT", body="", Content_Type=TURTLE)[::2],
            ask(server, f"/store?graph={NOTES}", method="DELETE")[::2],
        ):
            assert (status, "only reads" in said, "--writable" in said) == (403, True, True)
        assert not (output / "own").exists()
        server.shutdown()
    with pytest.raises(KgError, match="on this machine only"):
        Server(output, host="0.0.0.0", writable=True)


def test_a_page_of_another_site_does_not_write(server: Server) -> None:
    host = "{}:{}".format(*server.server_address[:2])
    assert update(server, note("甲"), Origin="https://evil.example") == (
        403,
        "a page of https://evil.example does not write here",
    )
    assert update(server, note("甲"), Origin="null")[0] == 403
    assert update(server, note("甲"), Origin=f"http://{host}")[0] == 204


def test_while_another_kg_writes_it_says_so(server: Server, output: Path) -> None:
    with only_writer(output):
        assert update(server, note("甲")) == (503, f"another kg is writing to {output}/: try again when it is done")
        assert query(server, "ASK {}")[0] == 200
    assert update(server, note("甲"))[0] == 204


def test_an_update_that_takes_too_long_is_ended_and_has_done_nothing(server: Server, output: Path) -> None:
    assert update(server, note("甲"))[0] == 204
    endless = ENDLESS.partition("{")[2].rpartition("}")[0]
    assert update(server, f"INSERT {{ GRAPH <{NOTES}> {{ ?a ?b ?c }} }} WHERE {{ {endless} }}") == (
        503,
        "ended after 4 seconds: ask for less",
    )
    assert said(server) == ["甲"]
    assert update(server, note("乙"))[0] == 204 and said(server) == ["乙", "甲"]
    assert len(list((output / "own" / ".stores").iterdir())) <= 2
    assert update(server, note("很" * 1_000_000))[0] == 413


def test_it_says_that_it_can_be_written_to(server: Server) -> None:
    assert "SPARQL11Update" in ask(server, "/query", Accept=TURTLE)[2]
    assert "--writable" in CliRunner().invoke(main, ["serve", "--help"]).output


# --- other people's clients --------------------------------------------------------------------------------------


def test_curl(server: Server) -> None:
    place = f"{server.url}store?graph={NOTES}"
    put = ["curl", "-sSf", "-X", "PUT", "-H", "Content-Type: text/turtle", "--data-binary", "@-", place]
    subprocess.run(put, input='<urn:x> <urn:says> "甲"@zh .'.encode(), check=True)
    send = ["curl", "-sSf", f"{server.url}update", "--data-urlencode", f"update={note('乙')}"]
    subprocess.run(send, check=True)
    assert said(server) == ["乙", "甲"]
    subprocess.run(["curl", "-sSf", "-X", "DELETE", place], check=True)
    assert said(server) == []


def test_sparqlwrapper(server: Server) -> None:
    client = SPARQLWrapper(f"{server.url}query", updateEndpoint=f"{server.url}update")
    client.setMethod(POST)
    client.setQuery(note("甲"))
    client.query()
    client.setQuery(SAID)
    client.setReturnFormat(JSON)
    found = client.queryAndConvert()
    assert isinstance(found, dict) and [row["name"]["value"] for row in found["results"]["bindings"]] == ["甲"]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("method", ["POST", "POST_FORM"])
def test_rdflib(server: Server, method: str) -> None:
    store = SPARQLUpdateStore(f"{server.url}query", f"{server.url}update", method=method, autocommit=False)
    notes = Graph(store, identifier=URIRef(NOTES))
    person = URIRef("https://w3id.org/kg-gazette/id/person/云岭市/某人")
    notes.add((person, URIRef("urn:says"), Literal("甲", lang="zh")))
    notes.add((person, URIRef("urn:says"), Literal('引号"与\\', lang="zh")))
    store.commit()
    assert said(server) == ['引号"与\\', "甲"]
    assert {str(o) for o in notes.objects(person, URIRef("urn:says"))} == {'引号"与\\', "甲"}
    notes.remove((person, None, None))
    store.commit()
    assert said(server) == [] and isinstance(read_only_engine(server.output), ox.Store)

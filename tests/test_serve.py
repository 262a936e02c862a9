"""The endpoint with the clients people have: curl, SPARQLWrapper, rdflib, Comunica, a browser; what it refuses."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

import psutil
import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import JSON, POST, SPARQLWrapper

from kg.model import KgError
from kg.pipeline import add, build
from kg.query import answer, load_queries
from kg.serve import Limits, Server
from kg.serve.protocol import negotiate
from kg.store import read_only_engine

WALK = Path(__file__).parent / "walk"
PEOPLE = "SELECT ?name { ?p a foaf:Person ; rdfs:label ?name } ORDER BY ?name"
# Every triple with every other, three times over: nothing answers that, and sorting it needs all of it in memory.
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
GREEDY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?f ?c"


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of two invented pages."""
    return build([WALK], tmp_path_factory.mktemp("served") / "output").output


@pytest.fixture(scope="module")
def server(output: Path) -> Iterator[Server]:
    """An endpoint over it with narrow limits, open to pages of other sites."""
    limits = Limits(seconds=4, memory=600 << 20, answer=200_000)
    with Server(output, limits=limits, cors=True) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def ask(
    server: Server, path: str, *, method: str = "GET", body: str | bytes | None = None, **headers: str
) -> tuple[int, HTTPResponse, str]:
    """Status, response and text of one request."""
    host, port = server.server_address[:2]
    connection = HTTPConnection(str(host), port, timeout=60)
    raw = body.encode() if isinstance(body, str) else body
    connection.request(method, path, raw, {name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    text = response.read().decode()
    connection.close()
    return response.status, response, text


def query(server: Server, text: str, **headers: str) -> tuple[int, HTTPResponse, str]:
    return ask(server, f"/query?{urlencode({'query': text})}", **headers)


def names(text: str) -> list[str]:
    return [row["name"]["value"] for row in json.loads(text)["results"]["bindings"]]


@pytest.fixture(scope="module")
def people(output: Path) -> list[str]:
    found = read_only_engine(output).query(PEOPLE, prefixes={"foaf": "http://xmlns.com/foaf/0.1/", "rdfs": RDFS})
    assert isinstance(found, ox.QuerySolutions)
    names = [row["name"].value for row in found]
    assert len(names) > 3
    return names


RDFS = "http://www.w3.org/2000/01/rdf-schema#"
WITH_PREFIXES = f"PREFIX foaf: <http://xmlns.com/foaf/0.1/> PREFIX rdfs: <{RDFS}> {PEOPLE}"

# --- the protocol ------------------------------------------------------------------------------------------------


def test_a_query_comes_in_three_ways_and_is_answered_the_same(server: Server, people: list[str]) -> None:
    form = "application/x-www-form-urlencoded"
    answers = [
        query(server, PEOPLE),
        ask(server, "/query", method="POST", body=urlencode({"query": PEOPLE}), Content_Type=form),
        ask(server, "/sparql", method="POST", body=PEOPLE, Content_Type="application/sparql-query; charset=utf-8"),
    ]
    for status, response, text in answers:
        assert (status, names(text)) == (200, people)
        assert response.headers["Content-Type"].startswith("application/sparql-results+json")
        assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("*/*", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv, */*;q=0.1", "text/csv"),
        ("text/html, text/*;q=0.8", "text/csv"),
        ("application/json;q=0.2, text/tab-separated-values", "text/tab-separated-values"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/xml"),
    ],
)
def test_results_come_as_they_are_wanted(server: Server, accept: str, media: str, people: list[str]) -> None:
    status, response, text = query(server, PEOPLE, Accept=accept)
    assert (status, response.headers["Content-Type"].partition(";")[0]) == (200, media)
    assert people[0] in text
    if media.endswith("xml"):
        assert len(list(ElementTree.fromstring(text).iter("{http://www.w3.org/2005/sparql-results#}result"))) > 3


@pytest.mark.parametrize(
    "media", ["text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json"]
)
def test_a_graph_comes_as_it_is_wanted(server: Server, media: str) -> None:
    text = "CONSTRUCT { ?p a foaf:Person } WHERE { ?p a foaf:Person }"
    status, response, written = query(server, text, Accept=media)
    assert (status, response.headers["Content-Type"].partition(";")[0]) == (200, media)
    assert len(Graph().parse(data=written, format=media)) > 3


def test_what_no_format_fits_is_406() -> None:
    with pytest.raises(Exception, match="answers come as text/csv"):
        negotiate("image/png, text/csv;q=0", ["text/csv"])


def test_graphs_are_chosen_by_the_request_and_by_the_query(server: Server, output: Path) -> None:
    graph = next(g.value for g in read_only_engine(output).named_graphs() if isinstance(g, ox.NamedNode))
    count = "SELECT (COUNT(*) AS ?name) { ?s ?p ?o }"
    asked = urlencode([("query", count), ("default-graph-uri", graph)])
    one = names(ask(server, f"/query?{asked}")[2])
    other = names(query(server, f"SELECT (COUNT(*) AS ?name) FROM <{graph}> {{ ?s ?p ?o }}")[2])
    inside = names(query(server, f"SELECT (COUNT(*) AS ?name) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")[2])
    assert one == other == inside != names(query(server, count)[2])
    assert ask(server, "/query?query=ASK{}&default-graph-uri=not%20an%20iri")[0] == 400


def test_the_endpoint_describes_itself(server: Server) -> None:
    status, _, text = ask(server, "/query", Accept="text/turtle")
    described = Graph().parse(data=text, format="turtle")
    assert status == 200 and (None, None, None) in described
    found = described.query(
        "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> "
        "SELECT ?e { ?s a sd:Service ; sd:endpoint ?e ; sd:supportedLanguage sd:SPARQL11Query ; sd:defaultDataset ?d }"
    )
    assert [str(row[0]) for row in found] == [f"{server.url}query"]  # type: ignore[index]


def test_every_query_of_the_library_is_answered_as_by_kg_query(server: Server, output: Path) -> None:
    engine = read_only_engine(output)
    for one in load_queries().values():
        status, _, text = query(server, one.text, Accept="text/csv, text/turtle")
        assert status == 200, f"{one.name}: {text}"
        if "CONSTRUCT" not in one.text:
            examples = {p.name: p.example for p in one.params if p.required}
            assert len(text.splitlines()) == len(answer(engine, one, examples, "csv").splitlines())


# --- refusals and limits -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path", "body", "kind", "status", "reason"),
    [
        ("POST", "/query", "INSERT DATA { <urn:a> <urn:b> 1 }", "application/sparql-update", 403, "only reads"),
        ("POST", "/query", "update=CLEAR+ALL", "application/x-www-form-urlencoded", 403, "only reads"),
        ("POST", "/update", "x", "application/sparql-update", 403, "only reads"),
        ("POST", "/query", "INSERT DATA { <urn:a> <urn:b> 1 }", "application/sparql-query", 403, "would change"),
        ("POST", "/query", "{}", "application/json", 415, "send a query as"),
        ("POST", "/query", "query=ASK{}&query=ASK{}", "application/x-www-form-urlencoded", 400, "one query"),
        ("POST", "/query", "x=y", "application/x-www-form-urlencoded", 400, "no query"),
        ("POST", "/query", b"\xff", "application/sparql-query", 400, "UTF-8"),
        ("PUT", "/query", "x", "text/turtle", 405, "only reads"),
        ("GET", "/nowhere", None, "", 404, "the endpoint is /query"),
        ("GET", "/static/../server.py", None, "", 404, "nothing at"),
    ],
)
def test_what_is_refused_says_why(
    server: Server, method: str, path: str, body: str | bytes | None, kind: str, status: int, reason: str
) -> None:
    got, _, text = ask(server, path, method=method, body=body, Content_Type=kind)
    assert (got, reason in text, "\n" in text) == (status, True, False)


def test_a_slip_is_shown_with_its_place(server: Server) -> None:
    status, _, text = query(server, "SELECT ?x {\n  ?x ?? ?y\n}")
    assert status == 400 and "line 2, column 11" in text and "?x ?? ?y" in text


@pytest.mark.parametrize("text", ["{ SERVICE <%s> { ?s ?p ?o } }", r"{ \u0053ervice SILENT<%s>{ ?s ?p ?o } }"])
def test_nobody_else_is_asked(server: Server, text: str) -> None:
    status, _, said = query(server, "SELECT * " + text % f"{server.url}query")
    assert (status, "stays offline" in said) == (400, True)


def test_a_request_too_long_is_not_read(server: Server) -> None:
    assert (
        ask(server, "/query", method="POST", body="x" * (1 << 20) + "x", Content_Type="application/sparql-query")[0]
        == 413
    )


def test_a_name_from_elsewhere_that_leads_here_is_refused(server: Server) -> None:
    assert ask(server, "/query?query=ASK{}", Host="evil.example")[0] == 403
    assert ask(server, "/query?query=ASK{}", Host="localhost:1")[0] == 200


def family() -> list[psutil.Process]:
    return psutil.Process().children(recursive=True)


def test_a_query_that_takes_too_long_is_ended_and_the_next_is_answered(server: Server, people: list[str]) -> None:
    before = {child.pid for child in family()}
    start = time.monotonic()
    status, _, text = query(server, ENDLESS)
    assert (status, text) == (503, "ended after 4 seconds: ask for less")
    assert 3.5 < time.monotonic() - start < 6
    assert len(before - {child.pid for child in family()}) == 1, "its process is gone"
    assert names(query(server, PEOPLE)[2]) == people


def test_a_query_that_takes_too_much_memory_is_ended(output: Path) -> None:
    with Server(output, limits=Limits(seconds=60, memory=200 << 20)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        status, _, text = query(server, GREEDY)
        assert (status, text) == (503, "ended for taking more than 200 MB: ask for less")
        assert query(server, "ASK {}")[0] == 200
        server.shutdown()


KILLED = """
import sys
from pathlib import Path
from kg.serve import Limits, Server
import kg.serve.worker
kg.serve.worker._GRACE = -14
if __name__ == "__main__":
    server = Server(Path(sys.argv[1]), limits=Limits(seconds=20))
    print(server.url, flush=True)
    server.serve_forever()
"""


def test_a_server_that_is_killed_leaves_no_query_running(output: Path, tmp_path: Path) -> None:
    (tmp_path / "killed.py").write_text(KILLED, encoding="utf-8")
    process = subprocess.Popen([sys.executable, tmp_path / "killed.py", output], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    url = process.stdout.readline().strip()
    subprocess.run(["curl", "-s", f"{url}query?query=ASK{{}}", "-g"], check=True, capture_output=True)
    client = subprocess.Popen(["curl", "-s", f"{url}query", "--data-urlencode", f"query={ENDLESS}"])
    workers = psutil.Process(process.pid).children()
    before = [worker.cpu_times().user for worker in workers]
    while all(worker.cpu_times().user < cpu + 0.3 for worker, cpu in zip(workers, before, strict=True)):
        time.sleep(0.05)  # until one is at it
    process.kill()
    process.wait()
    client.wait()
    assert not psutil.wait_procs(workers, timeout=20)[1]


def test_an_answer_too_long_is_ended(server: Server) -> None:
    status, _, text = query(server, "SELECT * { ?a ?b ?c . ?d ?e ?f }")
    assert status == 503 and "longer than 200,000 bytes" in text


def test_fifty_at_once_get_their_answers(server: Server, people: list[str]) -> None:
    def client(number: int) -> bool:
        return names(query(server, f"{PEOPLE} # {number}")[2]) == people

    with ThreadPoolExecutor(50) as clients:
        assert all(clients.map(client, range(300)))


def test_a_graph_written_meanwhile_is_served_next(tmp_path: Path) -> None:
    output = build([WALK / "2031-05-06.txt"], tmp_path / "out").output
    with Server(output) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        before = names(query(server, PEOPLE)[2])
        add([WALK / "2031-05-09.md"], output)
        assert set(names(query(server, PEOPLE)[2])) > set(before)
        server.shutdown()


def test_where_nothing_can_be_served_it_says_so(output: Path, server: Server, tmp_path: Path) -> None:
    with pytest.raises(KgError, match="no graph at"):
        Server(tmp_path)
    with pytest.raises(KgError, match="cannot be served on"):
        Server(output, port=server.server_address[1])


# --- other people's clients --------------------------------------------------------------------------------------


def test_curl(server: Server, people: list[str]) -> None:
    command = ["curl", "-sS", "-H", "Accept: text/csv", f"{server.url}query", "--data-urlencode", f"query={PEOPLE}"]
    said = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    assert said.splitlines() == ["name", *people]


@pytest.mark.parametrize("method", ["GET", POST])
def test_sparqlwrapper(server: Server, method: str, people: list[str]) -> None:
    client = SPARQLWrapper(f"{server.url}query")
    client.setMethod(method)
    client.setReturnFormat(JSON)
    client.setQuery(PEOPLE)
    found = client.queryAndConvert()
    assert isinstance(found, dict)
    assert [row["name"]["value"] for row in found["results"]["bindings"]] == people
    client.setQuery("CONSTRUCT { ?p a foaf:Person } WHERE { ?p a foaf:Person }")
    client.setReturnFormat("turtle")
    made = client.queryAndConvert()
    assert isinstance(made, bytes) and b"Person" in made


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_rdflib(server: Server, people: list[str]) -> None:
    for method in ("GET", "POST", "POST_FORM"):
        graph = Graph(SPARQLStore(f"{server.url}query", method=method))  # type: ignore[arg-type]
        assert [str(row[0]) for row in graph.query(WITH_PREFIXES)] == people  # type: ignore[index]


def test_comunica(server: Server, people: list[str]) -> None:
    program = shutil.which("comunica-sparql")
    if not program and os.environ.get("KG_REQUIRE_ENGINES") != "1":
        pytest.skip("npm install -g @comunica/query-sparql@^3.3 for this one")
    command = [program or "comunica-sparql", f"sparql@{server.url}query", "-q", WITH_PREFIXES, "-t", "text/csv"]
    said = subprocess.run(command, capture_output=True, check=True, timeout=120).stdout.decode()
    assert said.splitlines()[1:] == people


# --- pages -------------------------------------------------------------------------------------------------------


def test_the_pages_of_a_person_and_of_a_page_lead_to_the_marked_sentence(server: Server, people: list[str]) -> None:
    assert all(name in ask(server, "/")[2] for name in ("2031-05-06.txt", "2031-05-09.md"))
    name = max(people, key=lambda name: ask(server, f"/person?name={quote(name)}")[2].count("<tr>"))
    status, response, dossier = ask(server, f"/person?name={quote(name)}")
    assert status == 200 and name in dossier and "/page?iri=" in dossier
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]
    status, response, whole = ask(server, f"/dossier?name={quote(name)}")
    assert status == 200 and name in whole and response.headers["Content-Type"].startswith("text/html")
    link = dossier.partition('href="/page?iri=')[2].partition("#")[0]
    status, _, sheet = ask(server, f"/page?iri={link}")
    assert status == 200 and 'id="asked"' in sheet and '<mark title="' in sheet
    marked = sheet.partition('id="asked"></a><mark title="')[2].partition(">")[2].partition("</mark>")[0]
    assert marked and marked in (WALK / "2031-05-06.txt").read_text("utf-8") + (WALK / "2031-05-09.md").read_text(
        "utf-8"
    )
    assert ask(server, f"/person?name={quote('查无此人')}")[0] == 404
    assert ask(server, f"/dossier?name={quote('查无此人')}")[0] == 404
    assert ask(server, "/page?iri=urn:x")[0] == 404
    assert ask(server, f"/page?iri={quote('no iri > } #')}")[0] == 400


def test_markup_in_a_page_or_an_address_stays_text(tmp_path: Path) -> None:
    text = (WALK / "2031-05-06.txt").read_text("utf-8") + "\n<script>alert(1)</script>\n"
    (tmp_path / "页<b>.txt").write_text(text, encoding="utf-8")
    with Server(build([tmp_path / "页<b>.txt"], tmp_path / "out").output) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        start = ask(server, "/")[2]
        link = start.partition("/page?iri=")[2].partition('"')[0]
        for page in (start, ask(server, f"/page?iri={link}")[2], ask(server, f"/person?name={quote('<script>x')}")[2]):
            assert "<script>" not in page and "<b>.txt" not in page
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    """Chromium, or a skip; with KG_REQUIRE_BROWSER=1 its absence is a failure."""
    program = shutil.which("chromium") or "/usr/bin/chromium"
    if not Path(program).exists() and os.environ.get("KG_REQUIRE_BROWSER") != "1":
        pytest.skip(f"there is no browser at {program}")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


def test_the_query_page_asks_a_question_of_the_menu_and_nobody_else(server: Server, browser, people: list[str]) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{server.url}query")
    page.wait_for_selector("html[data-ready]")
    page.select_option("#menu", "posts-of")
    page.fill("#params input[name=person]", people[0])
    assert f'VALUES ?_person {{ "{people[0]}"@zh }}' in page.evaluate(
        "document.querySelector('.yasqe .CodeMirror').CodeMirror.getValue()"
    )
    page.fill("#params input[name=person]", 'x" } #')
    assert 'x"' not in page.evaluate("document.querySelector('.yasqe .CodeMirror').CodeMirror.getValue()")
    page.select_option("#menu", "counts")
    page.click("#library button")
    page.wait_for_selector(".yasr_results td:has-text('people')", timeout=15_000)
    page.close()
    assert faults == []
    assert {url.split("/")[2] for url in asked if url.startswith("http")} == {server.url.split("/")[2]}

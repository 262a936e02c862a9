"""A server as the store: the oxigraph binary, and Virtuoso where Debian's is installed; busy servers, passwords."""

from __future__ import annotations

import base64
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.export import EXPORTERS
from kg.model import KgError
from kg.pipeline import add, build, drop
from kg.query import answer, load_queries
from kg.remote import Pushed, Remote, push
from kg.store import read_only_engine

WALK = Path(__file__).parent / "walk"
KNOWN = "https://w3id.org/kg-gazette/id/known"
LIBRARY = load_queries()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def started(command: list[str | Path], port: int, cwd: Path, seconds: float = 60) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(int(seconds * 10)):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return process
        time.sleep(0.1)
    process.kill()
    pytest.fail(f"{command[0]} did not start")


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a fresh Oxigraph server."""
    place, port = tmp_path_factory.mktemp("server"), free_port()
    program = Path(sys.executable).parent / "oxigraph"
    process = started([program, "serve", "-l", place / "data", "-b", f"127.0.0.1:{port}"], port, place)
    yield f"http://127.0.0.1:{port}"
    process.kill()
    process.wait()


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """A graph of one page."""
    return build([WALK / "2031-05-06.txt"], tmp_path / "output").output


def everything(server: Remote) -> bytes:
    lines = BytesIO()
    EXPORTERS["nq"](server.copy(), lines)
    return lines.getvalue()


def examples(name: str) -> dict[str, str]:
    return {param.name: param.example for param in LIBRARY[name].params if param.required}


def test_what_is_pushed_is_the_graph_and_only_changes_are_sent(oxigraph: str, output: Path) -> None:
    server, seen = Remote(f"{oxigraph}/store"), output / "pushed.json"
    asked = Remote(f"{oxigraph}/query")
    first = push(read_only_engine(output), server, seen)
    assert first.written > 2 and (first.removed, first.unchanged) == (0, 0)
    assert everything(asked) == (output / "graph.nq").read_bytes()
    assert push(read_only_engine(output), server, seen) == Pushed(0, 0, first.written)
    add([WALK / "2031-05-09.md"], output)
    second = push(read_only_engine(output), server, seen)
    assert second.unchanged > 0 and everything(asked) == (output / "graph.nq").read_bytes()
    drop(["2031-05-06.txt"], output)
    third = push(read_only_engine(output), server, seen)
    assert third.removed > 0 and everything(asked) == (output / "graph.nq").read_bytes()
    assert push(read_only_engine(output), server, seen, everything=True).unchanged == 0


def test_many_statements_go_in_batches(oxigraph: str, tmp_path: Path) -> None:
    store = ox.Store()
    graph = ox.NamedNode("https://e.org/much")
    node, link = ox.NamedNode("https://e.org/s"), ox.NamedNode("https://e.org/p")
    store.bulk_extend(ox.Quad(node, link, ox.Literal(f"第{n}条\n“{n}”\U00020bb7"), graph) for n in range(4500))
    push(store, Remote(f"{oxigraph}/store"), tmp_path / "pushed.json")
    found = Remote(f"{oxigraph}/query").query("SELECT ?o { GRAPH <https://e.org/much> { ?s ?p ?o } }")
    assert isinstance(found, ox.QuerySolutions)
    assert {row["o"] for row in found} == {quad.object for quad in store}


def test_the_library_is_answered_by_a_server_as_by_the_store(oxigraph: str, output: Path) -> None:
    Remote(f"{oxigraph}/update").send("POST", b"CLEAR ALL", "application/sparql-update")
    push(read_only_engine(output), Remote(f"{oxigraph}/store"), output / "pushed.json", everything=True)
    server, engine = Remote(f"{oxigraph}/query"), read_only_engine(output)
    for name, query in LIBRARY.items():
        for form in (None, "json"):
            assert answer(server, query, examples(name), form) == answer(engine, query, examples(name), form), name


def test_the_commands_take_a_server_for_a_store(oxigraph: str, output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(output.parent)

    def kg(*arguments: str) -> str:
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == 0, result.output
        return result.stdout

    Remote(f"{oxigraph}/update").send("POST", b"CLEAR ALL", "application/sparql-update")
    assert "graphs put, 0 deleted" in kg("push", f"{oxigraph}/store")
    assert "0 graphs put, 0 deleted" in kg("push", f"{oxigraph}/store")
    assert kg("query", "counts", "--store", f"{oxigraph}/query") == kg("query", "counts")
    assert kg("export", "nq", "--store", f"{oxigraph}/query").encode() == (output / "graph.nq").read_bytes()
    assert "written" in kg("view", "--store", f"{oxigraph}/query", "-o", "seen.html")
    failed = CliRunner().invoke(main, ["query", "SELECT ?x {", "--store", f"{oxigraph}/query"])
    assert failed.exit_code == 1 and "400" in failed.stderr and failed.stderr.count("\n") == 1


# --- servers in trouble ------------------------------------------------------------------------------------------

Reply = tuple[int, dict[str, str], bytes]


@pytest.fixture
def stub() -> Iterator[Callable[..., tuple[str, list[dict[str, str]]]]]:
    """A server that gives these replies, one after another, and tells what it heard: no real one does so on demand."""
    servers = []

    def start(*replies: Reply) -> tuple[str, list[dict[str, str]]]:
        left, heard = list(replies), []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                heard.append(dict(self.headers))
                status, headers, body = left.pop(0) if len(left) > 1 else left[0]
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/query", heard

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


YES: Reply = (200, {"Content-Type": "application/sparql-results+json"}, b'{"head":{},"boolean":true}')
BUSY: Reply = (503, {"Retry-After": "0"}, b"busy")


def test_a_server_that_is_busy_is_asked_again(stub: Callable[..., tuple[str, list[dict[str, str]]]]) -> None:
    url, heard = stub(BUSY, (429, {}, b""), YES)
    assert Remote(url, wait=0.01).query("ASK {}")
    assert len(heard) == 3


def test_a_server_that_stays_busy_is_given_up(stub: Callable[..., tuple[str, list[dict[str, str]]]]) -> None:
    url, heard = stub(BUSY)
    with pytest.raises(KgError, match=r"503 Service Unavailable: busy \(5 tries\)"):
        Remote(url, wait=0.01).query("ASK {}")
    assert len(heard) == 5


@pytest.mark.parametrize(("status", "said"), [(400, "line 1"), (401, "who"), (403, "no"), (500, "oops")])
def test_what_will_not_pass_is_not_asked_again(
    stub: Callable[..., tuple[str, list[dict[str, str]]]], status: int, said: str
) -> None:
    url, heard = stub((status, {}, said.encode()))
    with pytest.raises(KgError, match=f"{status} .*: {said}"):
        Remote(url, wait=0.01).query("ASK {}")
    assert len(heard) == 1


def test_where_nobody_listens_it_says_so() -> None:
    with pytest.raises(KgError, match=r"refused \(5 tries\)"):
        Remote(f"http://127.0.0.1:{free_port()}/query", wait=0.001).query("ASK {}")
    with pytest.raises(KgError, match="is no address of a server"):
        Remote("ftp://e.org/")


def test_passwords_come_from_the_environment_and_are_given_when_asked_for(
    stub: Callable[..., tuple[str, list[dict[str, str]]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_STORE_USER", "编辑")
    monkeypatch.setenv("KG_STORE_PASSWORD", "秘密")
    url, heard = stub((401, {"WWW-Authenticate": 'Basic realm="store"'}, b""), YES)
    assert Remote(url).query("ASK {}")
    assert "Authorization" not in heard[0]
    assert base64.b64decode(heard[1]["Authorization"].removeprefix("Basic ")).decode() == "编辑:秘密"


def test_a_token_is_sent(
    stub: Callable[..., tuple[str, list[dict[str, str]]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_STORE_TOKEN", "abc")
    url, heard = stub(YES)
    assert Remote(url).query("ASK {}") and heard[0]["Authorization"] == "Bearer abc"


def test_an_answer_that_is_none_says_so(stub: Callable[..., tuple[str, list[dict[str, str]]]]) -> None:
    url, _ = stub((200, {"Content-Type": "text/html"}, b"<html>"))
    with pytest.raises(KgError, match="cannot be read as text/html"):
        Remote(url).query("ASK {}")


def test_a_push_that_breaks_off_goes_on_where_it_stopped(
    oxigraph: str, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server, seen = Remote(f"{oxigraph}/store"), output / "pushed.json"
    sent = Remote.send
    calls = iter(range(100))
    monkeypatch.setattr(Remote, "send", lambda *a, **k: sent(*a, **k) if next(calls) < 2 else refuse())

    def refuse() -> None:
        raise KgError("gone")

    with pytest.raises(KgError, match="gone"):
        push(read_only_engine(output), server, seen)
    done = len(json.loads(seen.read_bytes())["graphs"])
    monkeypatch.setattr(Remote, "send", sent)
    assert 0 < done == push(read_only_engine(output), server, seen).unchanged


# --- Virtuoso ----------------------------------------------------------------------------------------------------

VIRTUOSO = shutil.which("virtuoso-t")
SETTINGS = """[Database]
DatabaseFile = data.db
ErrorLogFile = data.log
LockFile = data.lck
TransactionFile = data.trx
xa_persistent_file = data.pxa
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = .
NumberOfBuffers = 2000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
[SPARQL]
"""


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a fresh Virtuoso, or a skip; with KG_REQUIRE_ENGINES=1 its absence is a failure."""
    if not VIRTUOSO and os.environ.get("KG_REQUIRE_ENGINES") != "1":
        pytest.skip("Debian's package virtuoso-opensource-7-bin is not installed")
    assert VIRTUOSO
    place, http, sql = tmp_path_factory.mktemp("virtuoso"), free_port(), free_port()
    (place / "virtuoso.ini").write_text(SETTINGS.format(http=http, sql=sql), encoding="utf-8")
    process = started([VIRTUOSO, "+foreground", "+configfile", place / "virtuoso.ini"], http, place)
    yield f"http://127.0.0.1:{http}"
    process.kill()
    process.wait()


def test_virtuoso_takes_and_gives_the_graph(virtuoso: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = build([WALK.parents[1] / "seeds" / "pages"], tmp_path / "output").output
    monkeypatch.setenv("KG_STORE_USER", "dba")
    monkeypatch.setenv("KG_STORE_PASSWORD", "dba")
    engine, server = read_only_engine(output), Remote(f"{virtuoso}/sparql")
    pushed = push(engine, Remote(f"{virtuoso}/sparql-graph-crud-auth"), output / "pushed.json", default=KNOWN)
    assert pushed.written > 2
    found = server.query(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{KNOWN}> {{ ?s ?p ?o }} }}")
    assert isinstance(found, ox.QuerySolutions)
    default = sum(1 for _ in engine.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    assert int(next(found)["n"].value) == default
    for query in LIBRARY.values():
        for values in (examples(query.name), {param.name: param.example for param in query.params}):
            here, there = (sorted(answer(one, query, values, "tsv").splitlines()) for one in (engine, server))
            assert there == here, (query.name, values)

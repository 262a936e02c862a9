"""A SPARQL 1.1 server as the store: asked by its query protocol, written to by the Graph Store Protocol.

Credentials come from the environment only: KG_STORE_USER and KG_STORE_PASSWORD (Basic or Digest, as the server asks),
or KG_STORE_TOKEN (Bearer). What may pass by itself, a server that is busy or gone for a moment, is tried again.
"""

from __future__ import annotations

import io
import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from http.client import HTTPException
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from urllib.parse import urlencode, urlsplit

import pyoxigraph as ox

from kg.export.lines import write_sorted
from kg.files import write_whole
from kg.model import KgError
from kg.progress import Progress, in_silence
from kg.query import Result, with_prefixes

_TRIES: Final = 5
_PASSING: Final = frozenset({429, 502, 503, 504})
# XML, for Virtuoso's JSON gives languages in a way of its own.
_ACCEPT: Final = (
    "application/sparql-results+xml, application/sparql-results+json;q=0.9, "
    "application/n-triples;q=0.8, text/turtle;q=0.7, application/rdf+xml;q=0.6"
)
_ALL: Final = (
    "SELECT ?g ?s ?p ?o { { ?s ?p ?o FILTER NOT EXISTS { GRAPH ?any { ?s ?p ?o } } } UNION { GRAPH ?g { ?s ?p ?o } } }"
)
# Virtuoso takes no more in one request, and nothing loses by it.
_BATCH: Final = 2000


def is_url(store: str) -> bool:
    """Whether a store is a server and no directory."""
    return urlsplit(store).scheme in ("http", "https") and "//" in store


@dataclass(frozen=True, slots=True)
class Remote:
    """An address of a server; `wait` is how long the first pause before another try is."""

    url: str
    timeout: float = 120.0
    wait: float = 0.5
    _opener: urllib.request.OpenerDirector = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if not is_url(self.url):
            raise KgError(f"{self.url!r} is no address of a server: it must be http(s)://…")
        object.__setattr__(self, "_opener", _opener(self.url))

    def query(
        self,
        query: str,
        *,
        prefixes: Mapping[str, str] | None = None,
        default_graph: Sequence[ox.NamedNode] | None = None,
        named_graphs: Sequence[ox.NamedNode] | None = None,
    ) -> Result:
        """As a store's own `query`; the prefixes of the graph's vocabulary are declared where they are used."""
        fields = [("query", with_prefixes(query))]
        fields += [("default-graph-uri", graph.value) for graph in default_graph or ()]
        fields += [("named-graph-uri", graph.value) for graph in named_graphs or ()]
        kind, body = self.send("POST", urlencode(fields).encode(), "application/x-www-form-urlencoded", accept=_ACCEPT)
        return _result(kind, body, self.url)

    def copy(self) -> ox.Store:
        """All it holds, in memory, for what needs more than answers."""
        found = self.query(_ALL)
        assert isinstance(found, ox.QuerySolutions)
        store = ox.Store()
        store.bulk_extend(ox.Quad(row["s"], row["p"], row["o"], row["g"] or ox.DefaultGraph()) for row in found)
        return store

    def send(
        self, method: str, body: bytes | None = None, kind: str = "", *, search: str = "", accept: str = "*/*"
    ) -> tuple[str, bytes]:
        """One request: media type and body of the answer. Raises KgError with what the server says."""
        address = self.url + ("&" if urlsplit(self.url).query else "?") + search if search else self.url
        request = urllib.request.Request(address, body, {"Accept": accept}, method=method)
        if body is not None:
            request.add_header("Content-Type", kind)
        if token := os.environ.get("KG_STORE_TOKEN"):
            request.add_unredirected_header("Authorization", f"Bearer {token}")
        failure, pause = "", 0.0
        for number in range(_TRIES):
            time.sleep(pause)
            pause = self.wait * 2**number
            try:
                with self._opener.open(request, timeout=self.timeout) as answer:
                    return answer.headers.get_content_type(), answer.read()
            except urllib.error.HTTPError as error:
                with error:
                    said = " ".join(error.read(500).decode("utf-8", "replace").split())
                failure = f"{self.url}: {error.code} {error.reason}" + (f": {said}" if said else "")
                if error.code not in _PASSING:
                    raise KgError(failure) from None
                pause = _retry_after(error.headers.get("Retry-After"), pause)
            except (OSError, HTTPException) as error:
                failure = f"{self.url}: {getattr(error, 'reason', None) or error or type(error).__name__}"
        raise KgError(f"{failure} ({_TRIES} tries)")


def _opener(url: str) -> urllib.request.OpenerDirector:
    """Answers a server's demand for a password, and only this server's."""
    handlers: list[urllib.request.BaseHandler] = []
    if user := os.environ.get("KG_STORE_USER"):
        passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        passwords.add_password(None, url, user, os.environ.get("KG_STORE_PASSWORD", ""))
        handlers = [urllib.request.HTTPBasicAuthHandler(passwords), urllib.request.HTTPDigestAuthHandler(passwords)]
    return urllib.request.build_opener(*handlers)


def _retry_after(value: str | None, pause: float) -> float:
    return min(float(value), 60.0) if value and value.isdigit() else pause


def _result(kind: str, body: bytes, url: str) -> Result:
    try:
        if results := ox.QueryResultsFormat.from_media_type(kind):
            found = ox.parse_query_results(io.BytesIO(body), format=results)
            assert isinstance(found, ox.QuerySolutions | ox.QueryBoolean)
            return found
        store = ox.Store()
        store.load(io.BytesIO(body), format=ox.RdfFormat.from_media_type(kind) or ox.RdfFormat.N_TRIPLES)
    except (SyntaxError, ValueError) as error:
        raise KgError(f"{url}: its answer cannot be read as {kind} ({error})") from error
    return store.query("CONSTRUCT WHERE { ?s ?p ?o }")


# --- writing -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did to the graphs of a server."""

    written: int
    removed: int
    unchanged: int


def push(
    engine: ox.Store,
    server: Remote,
    seen: Path,
    *,
    default: str = "",
    everything: bool = False,
    progress: Progress = in_silence,
) -> Pushed:
    """Make the graphs on a server those of a store: what has changed since the last push is put, what is gone deleted.

    `seen` is the file that remembers what was pushed. The graph without a name goes under the IRI `default` where one
    is given, for servers whose own default graph is all their graphs together. Its graphs are put one by one: whoever
    asks meanwhile sees each either as it was or as it is.
    """
    there = _read_seen(seen, server.url, default)
    with _sorted_graphs(engine) as graphs:
        wanted = {name: graphs.digest(name) for name in graphs.names}
        changed = [name for name in sorted(wanted) if everything or there.get(name) != wanted[name]]
        gone = sorted(set(there) - set(wanted))
        try:
            for done, name in enumerate(changed):
                progress("sending", done, len(changed))
                _put(server, _search(name, default), graphs.lines(name))
                there[name] = wanted[name]
            for name in gone:
                server.send("DELETE", search=_search(name, default))
                del there[name]
        finally:
            record = {"server": server.url, "default": default, "graphs": dict(sorted(there.items()))}
            write_whole(seen, json.dumps(record, ensure_ascii=False, indent=0).encode())
    return Pushed(len(changed), len(gone), len(wanted) - len(changed))


@dataclass(frozen=True, slots=True)
class _Graphs:
    """The graphs of a store as sorted N-Triples; the one without a name, '', may be too large for the memory."""

    engine: ox.Store
    unnamed: Path

    @property
    def names(self) -> Iterator[str]:
        """Every graph that has statements."""
        if self.unnamed.stat().st_size:
            yield ""
        for graph in self.engine.named_graphs():
            # A store remembers the name of a graph that has none left.
            if isinstance(graph, ox.NamedNode) and next(_triples(self.engine, graph), None):
                yield graph.value

    def lines(self, name: str) -> Iterator[bytes]:
        """The statements of a graph."""
        if not name:
            with self.unnamed.open("rb") as file:
                yield from file
            return
        lines = io.BytesIO()
        write_sorted(_triples(self.engine, ox.NamedNode(name)), lines, ox.RdfFormat.N_TRIPLES)
        yield from lines.getvalue().splitlines(keepends=True)

    def digest(self, name: str) -> str:
        """What tells a graph's content from any other."""
        digest = sha256()
        for line in self.lines(name):
            digest.update(line)
        return digest.hexdigest()


@contextmanager
def _sorted_graphs(engine: ox.Store) -> Iterator[_Graphs]:
    with TemporaryDirectory() as directory:
        unnamed = Path(directory) / "unnamed.nt"
        with unnamed.open("wb") as out:
            write_sorted(_triples(engine, ox.DefaultGraph()), out, ox.RdfFormat.N_TRIPLES, Path(directory))
        yield _Graphs(engine, unnamed)


def _triples(engine: ox.Store, graph: ox.NamedNode | ox.DefaultGraph) -> Iterator[ox.Triple]:
    return (quad.triple for quad in engine.quads_for_pattern(None, None, None, graph))


def _put(server: Remote, search: str, lines: Iterable[bytes]) -> None:
    """The first batch takes the place of what was there, the others are added to it."""
    method, rest = "PUT", iter(lines)
    while batch := b"".join(islice(rest, _BATCH)):
        server.send(method, batch, "application/n-triples", search=search)
        method = "POST"


def _search(name: str, default: str) -> str:
    named = name or default
    return urlencode({"graph": named}) if named else "default"


def _read_seen(path: Path, url: str, default: str) -> dict[str, str]:
    """What was pushed there last; nothing where that was another server, or nobody knows."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        record = json.loads(path.read_bytes())
        if (record["server"], record["default"]) == (url, default):
            return {str(name): str(digest) for name, digest in record["graphs"].items()}
    return {}

"""The SPARQL 1.1 protocol: what a request asks, in which format it wants the answer, and why it is refused.

https://www.w3.org/TR/sparql11-protocol/ . Nothing here opens a store or a socket.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

import pyoxigraph as ox

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"

READ_ONLY: Final = (
    "this endpoint only reads: the graph is what its pages say, so add or drop pages with kg; "
    "graphs of one's own can be written to one that is started with --writable"
)
THEIRS: Final = (
    "is what the pages say, and only pages change it: write to a graph of your own, GRAPH <https://…> { … }, "
    "or correct what was read with kg decide"
)

# Media type → format, the preferred first.
RESULTS: Final[Mapping[str, ox.QueryResultsFormat]] = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "application/xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
GRAPHS: Final[Mapping[str, ox.RdfFormat]] = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/n-quads": ox.RdfFormat.N_QUADS,
    "application/trig": ox.RdfFormat.TRIG,
    "text/n3": ox.RdfFormat.N3,
}


class Refusal(Exception):
    """A request that is not answered: the status of HTTP and the reason as one line."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status, self.reason = status, reason


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with the dataset that the request wants it asked of (None: what the query says) and its Accept header."""

    text: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    accept: str = "*/*"


@dataclass(frozen=True, slots=True)
class Update:
    """A SPARQL Update; whether the request names graphs for its patterns to be matched in."""

    text: str
    has_graphs: bool = False


@dataclass(frozen=True, slots=True)
class GraphAsked:
    """A graph as a whole, by its IRI; None is the default graph. It is read where the method is GET."""

    method: str
    graph: str | None
    media: str = ""
    body: bytes = b""
    accept: str = "*/*"


def read_request(method: str, search: str, content_type: str, body: bytes, accept: str) -> Asked | Update | None:
    """What a request to the endpoint asks; None where it asks for nothing, and so for the endpoint itself.

    >>> read_request("GET", "query=ASK%20%7B%7D", "", b"", "*/*").text
    'ASK {}'
    """
    fields = _fields(search)
    kind = content_type.partition(";")[0].strip().lower()
    if method == "POST" and kind == FORM:
        fields += _fields(_text(body))
    elif method == "POST" and kind == QUERY:
        fields.append(("query", _text(body)))
    elif method == "POST" and kind == UPDATE:
        fields.append(("update", _text(body)))
    elif method == "POST":
        raise Refusal(415, f"send a query as {FORM} or {QUERY}, not as {kind or 'nothing'}")
    updates = [value for name, value in fields if name == "update"]
    if updates and method == "POST":
        has_graphs = any(name in ("using-graph-uri", "using-named-graph-uri") for name, _ in fields)
        return Update("\n;\n".join(updates), has_graphs)
    if updates:
        raise Refusal(400, "an update is sent with POST")
    queries = [value for name, value in fields if name == "query"]
    if not queries:
        return None
    if len(queries) > 1:
        raise Refusal(400, "a request asks one query")
    defaults, named = _values(fields, "default-graph-uri"), _values(fields, "named-graph-uri")
    return Asked(queries[0], defaults if defaults or named else None, named if defaults or named else None, accept)


def read_graph_request(method: str, search: str, content_type: str, body: bytes, accept: str) -> GraphAsked:
    """Which graph a request of the Graph Store Protocol is about: https://www.w3.org/TR/sparql11-http-rdf-update/ .

    >>> read_graph_request("GET", "graph=urn:g", "", b"", "*/*").graph
    'urn:g'
    """
    fields = _fields(search)
    graphs = _values(fields, "graph")
    if len(graphs) + len(_values(fields, "default")) != 1:
        raise Refusal(400, "name one graph: ?graph=IRI, or ?default")
    media = content_type.partition(";")[0].strip().lower() or "text/turtle"
    if method in ("PUT", "POST") and media not in GRAPHS:
        raise Refusal(415, f"send a graph as {', '.join(GRAPHS)}, not as {media}")
    return GraphAsked("GET" if method == "HEAD" else method, graphs[0] if graphs else None, media, body, accept)


def _values(fields: Sequence[tuple[str, str]], name: str) -> tuple[str, ...]:
    return tuple(value for field, value in fields if field == name)


def _fields(form: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(form, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError as error:
        raise Refusal(400, f"not a form in UTF-8 ({error})") from None


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise Refusal(400, "not UTF-8 text") from None


def negotiate(accept: str, offered: Sequence[str]) -> str:
    """The media type that an Accept header wants most of those offered, the first of equals.

    >>> negotiate("text/html, application/json;q=0.9, */*;q=0.1", ["text/csv", "application/json"])
    'application/json'
    """
    wishes = [_wish(part) for part in accept.split(",") if part.strip()] or [("*/*", 1.0)]
    best = max(offered, key=lambda media: (_quality(media, wishes), -offered.index(media)))
    if _quality(best, wishes) <= 0:
        raise Refusal(406, f"answers come as {', '.join(offered)}")
    return best


def _wish(part: str) -> tuple[str, float]:
    media, *parameters = (piece.strip() for piece in part.split(";"))
    quality = next((value[2:] for value in parameters if value.startswith("q=")), "1")
    try:
        return media.lower(), float(quality)
    except ValueError:
        return media.lower(), 0.0


def _quality(media: str, wishes: Sequence[tuple[str, float]]) -> float:
    """What the most exact of the wishes that fit says."""
    for fits in (media, f"{media.partition('/')[0]}/*", "*/*"):
        found = [quality for wish, quality in wishes if wish == fits]
        if found:
            return max(found)
    return 0.0

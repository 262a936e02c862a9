"""What the endpoint says of itself: https://www.w3.org/TR/sparql11-service-description/ ."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from kg.serve.protocol import GRAPHS
from kg.vocab import PREFIXES

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_RESULTS: Final = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "RDF_XML", "JSON-LD"),
)


def describe(endpoint: str, media: str, is_writable: bool = False) -> bytes:
    """The description in one of the media types that graphs come in; every node of it has a name."""
    written = ox.serialize(_statements(endpoint, is_writable), format=GRAPHS[media], prefixes={"sd": _SD})
    return written or b""


def _statements(endpoint: str, is_writable: bool) -> Iterator[ox.Triple]:
    service, dataset, graph = (ox.NamedNode(f"{endpoint}#{name}") for name in ("service", "dataset", "default-graph"))
    kind = ox.NamedNode(PREFIXES["rdf"] + "type")
    yield ox.Triple(service, kind, _sd("Service"))
    yield ox.Triple(service, _sd("endpoint"), ox.NamedNode(endpoint))
    yield ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    if is_writable:
        yield ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Update"))
    yield from (ox.Triple(service, _sd("resultFormat"), ox.NamedNode(_FORMATS + name)) for name in _RESULTS)
    yield ox.Triple(service, _sd("defaultDataset"), dataset)
    yield ox.Triple(dataset, kind, _sd("Dataset"))
    yield ox.Triple(dataset, _sd("defaultGraph"), graph)
    yield ox.Triple(graph, kind, _sd("Graph"))
    said = "People, agencies, places, posts and events; each article's named graph holds its text and its evidence"
    yield ox.Triple(graph, ox.NamedNode(PREFIXES["rdfs"] + "comment"), ox.Literal(said, language="en"))


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)

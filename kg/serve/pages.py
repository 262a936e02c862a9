"""What a browser is shown: the start, the query page, a person's dossier, a page's text with its evidence marked."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox
from jinja2 import Environment, FileSystemLoader

from kg.query import Query, load_queries

STATIC: Final = Path(__file__).parent / "static"
# Columns of the library's answers that lead somewhere.
_HIDDEN: Final = "_iri"

Rows = Sequence[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a page file: `facts` are what it proves, `anchors` the evidence that begins there."""

    text: str
    facts: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()


@cache
def _templates() -> Environment:
    return Environment(loader=FileSystemLoader(STATIC), autoescape=True, trim_blocks=True, lstrip_blocks=True)


def show(template: str, **values: object) -> bytes:
    """A page; all that comes out of newspapers is escaped."""
    return _templates().get_template(template).render(**values).encode()


def rows_of(body: bytes) -> tuple[list[str], list[dict[str, str]]]:
    """Columns and rows of SPARQL results in JSON, as plain values."""
    found: dict[str, Any] = json.loads(body)
    heads = [name for name in found["head"]["vars"] if not name.endswith(_HIDDEN)]
    return heads, [{name: cell["value"] for name, cell in row.items()} for row in found["results"]["bindings"]]


def library_as_json() -> bytes:
    """The library for the menu: name, summaries, parameters, and the text as it runs."""
    return json.dumps([_described(query) for query in load_queries().values()], ensure_ascii=False).encode()


def _described(query: Query) -> dict[str, Any]:
    params = [{"name": p.name, "type": p.type, "example": p.example, "required": p.required} for p in query.params]
    said = {"name": query.name, "en": query.summary, "zh": query.summary_zh, "about": query.description}
    return {**said, "params": params, "text": query.text}


EVIDENCE: Final = """SELECT ?evidence ?start ?end ?label {
  GRAPH ?article {
    ?evidence oa:hasSource %s ; oa:hasSelector ?position . ?position oa:start ?start ; oa:end ?end .
    ?fact prov:wasDerivedFrom ?evidence }
  OPTIONAL { ?fact rdfs:label ?label FILTER (LANGMATCHES(LANG(?label), "zh")) }
} ORDER BY ?start ?end ?label"""
PAGE_OF: Final = """SELECT ?page ?name ?digest {
  VALUES ?asked { %s }
  ?asked prov:wasDerivedFrom? ?page . ?page a schema:MediaObject ; schema:name ?name ; schema:sha256 ?digest }"""
PAGES: Final = """SELECT ?page ?name ?paper ?day (COUNT(?article) AS ?articles) {
  ?article prov:wasDerivedFrom ?page . ?page a schema:MediaObject ; schema:name ?name
  OPTIONAL { ?article schema:datePublished ?day }
  OPTIONAL { ?article schema:isPartOf+ ?of . ?of a schema:Newspaper ; rdfs:label ?paper }
} GROUP BY ?page ?name ?paper ?day ORDER BY ?paper ?day ?name LIMIT 500"""


def term(iri: str) -> str:
    """An IRI as SPARQL writes it. Raises ValueError where it is none."""
    return str(ox.NamedNode(iri))


def mark(content: str, evidence: Iterable[Mapping[str, str]]) -> Iterator[Stretch]:
    """A page file cut at the bounds of its evidence, each stretch with the facts it proves.

    >>> [s.text for s in mark("甲乙丙", [{"start": "1", "end": "2", "label": "乙事", "evidence": "urn:e"}])]
    ['甲', '乙', '丙']
    """
    spans = [(int(row["start"]), int(row["end"]), row) for row in evidence]
    begins: dict[int, set[str]] = defaultdict(set)
    for start, _, row in spans:
        begins[start].add(row["evidence"])
    bounds = sorted({0, len(content), *(at for start, end, _ in spans for at in (start, end))})
    for start, end in pairwise(bounds):
        facts = {row.get("label", "") for s, e, row in spans if s <= start and end <= e}
        yield Stretch(content[start:end], tuple(sorted(facts)), tuple(sorted(begins[start])))

"""What a browser is shown: the start, the query page, a person's dossier, a page's text with its evidence marked."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, Protocol

import pyoxigraph as ox
from jinja2 import Environment, FileSystemLoader

from kg.publish import VIEW
from kg.query import Query, load_queries
from kg.read.decode import decode_page
from kg.serve.protocol import Asked, Refusal
from kg.serve.worker import Answer, DossierAsked, Job, LibraryAsked, ViewAsked
from kg.serve.workers import Workers
from kg.shelf import read_raw

STATIC: Final = Path(__file__).parent / "static"
# Columns of the library's answers that lead somewhere.
_HIDDEN: Final = "_iri"
HTML: Final = "text/html; charset=utf-8"
_DOSSIER: Final = (("posts-of", "person"), ("agenda", "person"), ("appeared-with", "person"), ("sentences", "about"))

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


class Site(Protocol):
    """What the pages are about: the directory that is served, and who answers questions about it."""

    output: Path
    workers: Workers


def _rows(site: Site, job: Job) -> tuple[list[str], list[dict[str, str]]]:
    answer = site.workers.ask(job)
    if answer.status != 200:
        raise Refusal(answer.status, answer.body.decode())
    return rows_of(answer.body)


def _start(site: Site, fields: Mapping[str, str]) -> Answer:
    counts = _rows(site, LibraryAsked("counts", ()))[1]
    return Answer(200, HTML, show("start.html", counts=counts, pages=_rows(site, Asked(PAGES))[1]))


def _graph(site: Site, fields: Mapping[str, str]) -> Answer:
    """The page that the build wrote, or one around a name."""
    if focus := fields.get("focus", ""):
        hops = fields.get("hops", "1")
        return site.workers.ask(ViewAsked(focus, min(int(hops), 3) if hops.isdigit() else 1))
    try:
        return Answer(200, HTML, (site.output / VIEW).read_bytes())
    except OSError:
        return site.workers.ask(ViewAsked("", 1))


def _person(site: Site, fields: Mapping[str, str]) -> Answer:
    name = fields.get("name", "").strip()
    if not name:
        raise Refusal(400, "give ?name=…")
    library = load_queries()
    parts = [(library[query], *_rows(site, LibraryAsked(query, ((param, name),)))) for query, param in _DOSSIER]
    found = any(rows for _, _, rows in parts)
    body = show("person.html", name=name, parts=parts, found=found)
    return Answer(200 if found else 404, HTML, body)


def _dossier(site: Site, fields: Mapping[str, str]) -> Answer:
    """All that is known of a person, an agency, a place or an event, as kg show has it."""
    answer = site.workers.ask(DossierAsked(fields.get("name", "")))
    return replace(answer, status=404) if answer.status == 400 else answer


def _page(site: Site, fields: Mapping[str, str]) -> Answer:
    """A page's text, by the IRI of the page, of one of its articles or of a sentence of evidence in it."""
    asked = fields.get("iri", "")
    try:
        article = term(asked.partition("/evidence/")[0])
    except ValueError:
        raise Refusal(400, "give ?iri= of a page, an article or an evidence") from None
    found = _rows(site, Asked(PAGE_OF % article))[1]
    if not found:
        raise Refusal(404, f"no page or article {asked}")
    page = found[0]
    raw = read_raw(site.output, page["digest"], page["name"])
    if raw is None:
        raise Refusal(404, f"the text of {page['name']} is not kept: run kg build with all pages once")
    evidence = _rows(site, Asked(EVIDENCE % term(page["page"])))[1]
    content = decode_page(page["name"], raw).content
    body = show("page.html", page=page, asked=asked, stretches=list(mark(content, evidence)))
    return Answer(200, HTML, body)


def _library(site: Site, fields: Mapping[str, str]) -> Answer:
    return Answer(200, "application/json", library_as_json())


SHOWN: Final[Mapping[str, Callable[[Site, Mapping[str, str]], Answer]]] = {
    "/": _start,
    "/graph": _graph,
    "/person": _person,
    "/dossier": _dossier,
    "/page": _page,
    "/library.json": _library,
}

"""What a graph must keep to, checked: its shapes (`seeds/shapes.ttl`), its sentences, its store.

pySHACL knows one graph, and a statement of ours stands in exactly one, so all are checked as one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox
from rdflib import RDF, SH, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from kg.lexicon import seeds_dir
from kg.model import KgError, PageError
from kg.query.values import SHORT
from kg.read.decode import decode_page
from kg.shelf import read_raw
from kg.store import read_only_engine

_ABOUT: Final = """SELECT ?label ?sentence {
  OPTIONAL { %(node)s rdfs:label ?label FILTER (LANGMATCHES(LANG(?label), "zh")) }
  OPTIONAL { GRAPH ?article {
    %(node)s (prov:wasDerivedFrom|oa:hasSelector|^oa:hasSelector/oa:hasSelector)* ?quote . ?quote oa:exact ?sentence } }
} ORDER BY ?sentence LIMIT 1"""
_QUOTES: Final = """SELECT ?page ?name ?digest ?evidence ?start ?end ?exact {
  ?page a schema:MediaObject ; schema:name ?name ; schema:sha256 ?digest .
  GRAPH ?article {
    ?evidence oa:hasSource ?page ; oa:hasSelector ?quote, ?position .
    ?quote oa:exact ?exact . ?position oa:start ?start ; oa:end ?end .
    OPTIONAL { ?quote schema:position ?one } OPTIONAL { ?position schema:position ?other } }
  FILTER (COALESCE(?one, 1) = COALESCE(?other, 1))
} ORDER BY ?page ?start"""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something that is wrong: what, of which thing, and a sentence that tells of it where there is one."""

    message: str
    label: str
    sentence: str = ""

    def __str__(self) -> str:
        return f"{self.label}: {self.message}" + (f" ({self.sentence})" if self.sentence else "")


def shapes_path() -> Path:
    """Where the shapes are."""
    return seeds_dir() / "shapes.ttl"


def check_shapes(engine: ox.Store) -> list[Finding]:
    """What in a graph breaks its shapes, sorted; nothing where all is well. Raises KgError where pySHACL is missing."""
    try:
        from pyshacl import validate
    except ImportError as error:
        raise KgError("to check shapes, pip install 'kg-gazette[check]'") from error
    report = validate(_as_one(engine), shacl_graph=Graph().parse(shapes_path()), inference="none")[1]
    if not isinstance(report, Graph):
        raise KgError(f"the shapes could not be checked: {report}")
    results = report.subjects(RDF.type, SH.ValidationResult)
    return sorted({_finding(report, result, engine) for result in results})


def check_evidence(output: Path) -> list[Finding]:
    """Sentences that are not, to the character, what stands in their page file at that place."""
    texts: dict[tuple[str, str], str | None] = {}
    findings = []
    for page, name, digest, evidence, start, end, exact in _ask(read_only_engine(output), _QUOTES):
        if (digest, name) not in texts:
            texts[digest, name] = _text(output, digest, name)
            if texts[digest, name] is None:
                findings.append(Finding("its text is not kept, or is not what was read", _short(page)))
        text = texts[digest, name]
        if text is not None and text[int(start) : int(end)] != exact:
            findings.append(Finding(f"{name} does not say this from {start} to {end}", _short(evidence), exact))
    return sorted(findings)


def check_statements(engine: ox.Store) -> list[Finding]:
    """Statements that stand in more than one graph, and nodes without a name."""
    seen: dict[ox.Triple, int] = defaultdict(int)
    for quad in engine:
        seen[quad.triple] += 1
    findings = [Finding(f"stands in {n} graphs", " ".join(map(_term, triple))) for triple, n in seen.items() if n > 1]
    blank = {str(term) for triple in seen for term in triple if isinstance(term, ox.BlankNode)}
    return sorted([*findings, *(Finding("a node without an IRI", term) for term in blank)])


def _as_one(engine: ox.Store) -> Graph:
    graph = Graph()
    for quad in engine:
        subject, predicate, value = (_node(term) for term in quad.triple)
        graph.add((subject, predicate, value))
    return graph


def _node(term: object) -> Node:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.Literal):
        return Literal(term.value, lang=term.language, datatype=None if term.language else URIRef(term.datatype.value))
    return BNode(getattr(term, "value", ""))


def _finding(report: Graph, result: Node, engine: ox.Store) -> Finding:
    focus = report.value(result, SH.focusNode)
    message = str(report.value(result, SH.resultMessage) or "")
    value = report.value(result, SH.value)
    said = f"{message}, not {value}" if value is not None and value != focus else message
    if not isinstance(focus, URIRef):
        return Finding(said, str(focus))
    label, sentence = next(_ask(engine, _ABOUT % {"node": str(ox.NamedNode(str(focus)))}), ("", ""))
    return Finding(said, f"{label} {_short(str(focus))}".strip(), sentence)


def _ask(engine: ox.Store, query: str) -> Iterator[list[str]]:
    found = engine.query(query, prefixes=SHORT)
    assert isinstance(found, ox.QuerySolutions)
    return ([getattr(term, "value", "") for term in row] for row in found)


def _text(output: Path, digest: str, name: str) -> str | None:
    raw = read_raw(output, digest, name)
    try:
        page = decode_page(name, raw) if raw is not None else None
    except PageError:
        return None
    return page.content if page and page.sha256 == digest else None


def _short(iri: str) -> str:
    base = SHORT["id"]
    return f"id:{iri.removeprefix(base)}" if iri.startswith(base) else iri


def _term(term: object) -> str:
    return _short(term.value) if isinstance(term, ox.NamedNode) else str(term)

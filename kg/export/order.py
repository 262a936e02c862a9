"""The order in which a reader meets the graph: papers, articles, people, agencies, places, posts, events, evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import groupby

import pyoxigraph as ox
from rdflib.namespace import FOAF, ORG, PROV, RDF, RDFS, SKOS

from kg.vocab import DEFAULT_BASE, OA, PREFIXES, SCHEMA, SEM

# Sections with the types that stand in them; a participation follows its event, a selector its sentence.
SECTIONS = {
    "papers": (SCHEMA.Newspaper,),
    "issues": (SCHEMA.PublicationIssue,),
    "page files": (SCHEMA.MediaObject,),
    "articles": (SCHEMA.NewsArticle,),
    "people": (FOAF.Person,),
    "agencies": (ORG.Organization,),
    "places": (SCHEMA.Place,),
    "documents": (SCHEMA.CreativeWork,),
    "titles": (ORG.Role,),
    "posts": (ORG.Membership,),
    "events": (SEM.Event, SEM.Role),
    "terms": (SEM.EventType, SEM.RoleType, SKOS.Concept, PROV.Entity),
    "evidence": (OA.SpecificResource, OA.TextQuoteSelector, OA.TextPositionSelector),
}
_SECTION_OF = {str(kind): section for section, kinds in SECTIONS.items() for kind in kinds}
_RANK = {section: rank for rank, section in enumerate(SECTIONS)}
_FIRST = {str(RDF.type): 0, str(RDFS.label): 1, str(SKOS.altLabel): 2}
_OTHER = "terms"


def in_order(quads: Iterable[ox.Quad]) -> Iterator[tuple[str, list[ox.Quad]]]:
    """Section → its quads, sorted by subject, then type, names, and all other predicates."""
    quads = list(quads)
    section = _sections(quads)

    def key(quad: ox.Quad) -> tuple[int, str, int, str, str]:
        rank = _RANK[section.get(str(quad.subject), _OTHER)]
        predicate = quad.predicate.value
        return rank, _steps(quad.subject), _FIRST.get(predicate, 9), predicate, str(quad.object)

    quads.sort(key=key)
    return ((name, list(group)) for name, group in groupby(quads, lambda q: section.get(str(q.subject), _OTHER)))


def _sections(quads: Iterable[ox.Quad]) -> dict[str, str]:
    """Subject → section, the earlier one where its types name two."""
    found: dict[str, str] = {}
    for quad in quads:
        if quad.predicate.value == str(RDF.type) and (name := _SECTION_OF.get(getattr(quad.object, "value", ""))):
            subject = str(quad.subject)
            found[subject] = min(name, found.get(subject, name), key=_RANK.__getitem__)
    return found


def _steps(subject: ox.NamedNode | ox.BlankNode | ox.Triple) -> str:
    """An IRI's sort key: a node before the nodes below it, and nothing in between."""
    return getattr(subject, "value", str(subject)).replace("/", "\0")


def base_of(quads: Iterable[ox.Quad]) -> str:
    """Where the graph's own IRIs begin, as its page files tell."""
    for quad in quads:
        if quad.object == ox.NamedNode(SCHEMA.MediaObject) and quad.predicate.value == str(RDF.type):
            base, found, _ = getattr(quad.subject, "value", "").rpartition("page/")
            if found:
                return str(base)
    return DEFAULT_BASE


def serialised(
    statements: Iterable[ox.Quad] | Iterable[ox.Triple], form: ox.RdfFormat, base: str | None = None
) -> bytes:
    """Statements in the order given, by Oxigraph's serialiser with the graph's prefixes."""
    out = BytesIO()
    ox.serialize(statements, out, form, prefixes=PREFIXES, base_iri=base)
    return out.getvalue()

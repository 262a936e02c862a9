"""The order in which a reader meets the graph: papers, articles, people, agencies, places, posts, events, evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import groupby
from operator import itemgetter

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
_NAMES = tuple(SECTIONS)
_OTHER = _NAMES.index("terms")
_RANK_OF = {f"<{kind}>": rank for rank, kinds in enumerate(SECTIONS.values()) for kind in kinds}
_FIRST = {str(RDF.type): 0, str(RDFS.label): 1, str(SKOS.altLabel): 2}


def in_order(quads: Iterable[ox.Quad]) -> Iterator[tuple[str, list[ox.Quad]]]:
    """Section → its quads, sorted by subject, then type, names, and all other predicates."""
    # Terms are asked for their text once: that, and not the sorting, is what takes time.
    about: dict[str, list[tuple[int, str, str, ox.Quad]]] = defaultdict(list)
    for quad in quads:
        predicate = quad.predicate.value
        about[_text(quad.subject)].append((_FIRST.get(predicate, 9), predicate, str(quad.object), quad))
    ranks = {subject: _rank(told) for subject, told in about.items()}
    # A node before the nodes below it, and nothing in between.
    subjects = sorted(about, key=lambda subject: (ranks[subject], subject.replace("/", "\0")))
    for rank, group in groupby(subjects, ranks.__getitem__):
        yield _NAMES[rank], [line[3] for subject in group for line in sorted(about[subject], key=itemgetter(0, 1, 2))]


def _rank(told: Iterable[tuple[int, str, str, ox.Quad]]) -> int:
    """The section of a subject by its types, the earlier one where they name two."""
    types = (_RANK_OF.get(value) for first, _, value, _ in told if first == 0)
    return min((rank for rank in types if rank is not None), default=_OTHER)


def _text(subject: ox.NamedNode | ox.BlankNode | ox.Triple) -> str:
    return subject.value if isinstance(subject, ox.NamedNode) else str(subject)


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

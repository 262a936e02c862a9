"""People, agencies, places, documents → statements of the default graph."""

from __future__ import annotations

from collections.abc import Container, Iterator

import pyoxigraph as ox
from rdflib.namespace import FOAF, ORG, PROV, RDF, RDFS, SKOS

from kg.graph.names import Names
from kg.graph.terms import Term, agency_category, chinese, node
from kg.knowledge import Knowledge
from kg.model import Kind, Thing
from kg.vocab import KG, SCHEMA, mint_iri

Triple = tuple[ox.NamedNode, ox.NamedNode, Term]

# The lexicon's words for places that somebody governs; everything else that can be named is just a place.
_ADMINISTRATIVE = (
    "area autonomous_prefecture autonomous_region banner city community county county_city country district league "
    "municipality neighbourhood prefecture province sar special street subdistrict town township village"
)
ADMINISTRATIVE = frozenset(_ADMINISTRATIVE.split())
_LEXICON_LABEL, _LEDGER_LABEL = "词库", "裁定"


def describe_things(knowledge: Knowledge, names: Names, skipped: Container[ox.NamedNode]) -> Iterator[Triple]:
    """Type, names and relations of everything that is told of or stands behind what is told of."""
    lexicon = ox.NamedNode(mint_iri(names.base, "lexicon"))
    yield lexicon, node(RDF.type), node(PROV.Entity)
    yield lexicon, node(RDFS.label), chinese(_LEXICON_LABEL)
    ledger = ox.NamedNode(mint_iri(names.base, "ledger"))
    if any(thing.decided for thing in knowledge.things):
        yield ledger, node(RDF.type), node(PROV.Entity)
        yield ledger, node(RDFS.label), chinese(_LEDGER_LABEL)
    for thing in knowledge.things:
        iri = names.entities[thing.entity]
        if iri in skipped:
            continue
        label = thing.label or thing.entity.name
        yield iri, node(RDFS.label), chinese(label)
        for form in sorted({*thing.forms, *thing.legal} - {label}):
            yield iri, node(SKOS.altLabel), chinese(form)
        for kind in _types(thing):
            yield iri, node(RDF.type), kind
        yield from _relations(thing, iri, names)
        if thing.known:
            yield iri, node(PROV.wasDerivedFrom), lexicon
        if thing.decided:
            yield iri, node(PROV.wasDerivedFrom), ledger


def _types(thing: Thing) -> list[ox.NamedNode]:
    match thing.entity.kind:
        case Kind.PERSON:
            return [node(FOAF.Person)]
        case Kind.SIGNATURE:
            return [node(FOAF.Agent)]
        case Kind.AGENCY:
            return [node(ORG.Organization), *([node(ORG.FormalOrganization)] if thing.formal else [])]
        case Kind.PLACE:
            return [
                node(SCHEMA.Place),
                *([node(SCHEMA.AdministrativeArea)] if thing.category in ADMINISTRATIVE else []),
            ]
        case _:
            return [node(SCHEMA.CreativeWork), node(KG.Document)]


def _relations(thing: Thing, iri: ox.NamedNode, names: Names) -> Iterator[Triple]:
    if thing.parent and thing.parent != thing.entity:
        inside = ORG.subOrganizationOf if thing.entity.kind is Kind.AGENCY else SCHEMA.containedInPlace
        yield iri, node(inside), names.entities[thing.parent]
    if thing.jurisdiction:
        yield iri, node(KG.jurisdiction), names.entities[thing.jurisdiction]
    if thing.category and thing.entity.kind is Kind.AGENCY:
        yield iri, node(ORG.classification), agency_category(thing.category)

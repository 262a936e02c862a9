"""Literals and nodes as the graph has them, and what the ontology calls its own terms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

import pyoxigraph as ox
from rdflib import URIRef
from rdflib.namespace import RDF, RDFS, SKOS, XSD

from kg.lexicon import EventType, seeds_dir
from kg.vocab import KG, SEM, mint_iri

Term = ox.NamedNode | ox.Literal

# What XML cannot hold, and no reader can see. Line breaks and tabs are text.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_PRINTED_DATES = (
    (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), XSD.date),
    (re.compile(r"[0-9]{4}-[0-9]{2}"), XSD.gYearMonth),
    (re.compile(r"[0-9]{4}"), XSD.gYear),
)


@cache
def node(iri: URIRef) -> ox.NamedNode:
    """A vocabulary's term as the store has it."""
    return ox.NamedNode(str(iri))


def plain(text: str) -> ox.Literal:
    """A string without a language: names of files and rules."""
    return ox.Literal(_CONTROLS.sub("", text))


def chinese(text: str) -> ox.Literal:
    """Text of a page or a name, tagged zh."""
    return ox.Literal(_CONTROLS.sub("", text), language="zh")


def number(value: int) -> ox.Literal:
    """A whole number."""
    return ox.Literal(str(value), datatype=node(XSD.integer))


def day(value: date) -> ox.Literal:
    """A day, xsd:date."""
    return ox.Literal(value.isoformat(), datatype=node(XSD.date))


def printed_day(text: str | None) -> ox.Literal | None:
    """2021-09-03, 2021-09 or 2021, typed by its precision; anything else is no single expression.

    >>> printed_day("2021-09")
    <Literal value=2021-09 datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#gYearMonth>>
    """
    kinds = (kind for pattern, kind in _PRINTED_DATES if text and pattern.fullmatch(text))
    return next((ox.Literal(text, datatype=node(kind)) for kind in kinds if text), None)


@cache
def event_type(name: str) -> ox.NamedNode:
    """kg:Inspection from the lexicon's Inspection."""
    return ox.NamedNode(mint_iri(str(KG._NS), name))


@cache
def agency_category(word: str) -> ox.NamedNode:
    """kg:agency-party from the lexicon's party."""
    return ox.NamedNode(mint_iri(str(KG._NS), f"agency-{word}"))


@cache
def question_kind(word: str) -> ox.NamedNode:
    """kg:question-look-alike from look-alike."""
    return ox.NamedNode(mint_iri(str(KG._NS), f"question-{word}"))


@cache
def read_ontology() -> tuple[ox.Quad, ...]:
    """Every statement of `seeds/ontology.ttl`."""
    return tuple(ox.parse(path=str(seeds_dir() / "ontology.ttl"), format=ox.RdfFormat.TURTLE))


@cache
def chinese_label(iri: ox.NamedNode) -> str:
    """What the ontology calls a term in Chinese, empty where it does not know it."""
    found = (quad.object for quad in read_ontology() if quad.subject == iri and quad.predicate == node(RDFS.label))
    return next((label.value for label in found if isinstance(label, ox.Literal) and label.language == "zh"), "")


def describe_terms(event_types: Iterable[EventType]) -> Iterator[tuple[ox.NamedNode, ox.NamedNode, Term]]:
    """Type and labels of event types, role types and agency categories, so that a query can show them."""
    types = {event_type(kind.name): kind for kind in event_types}
    for iri, kind in types.items():
        yield iri, node(RDF.type), node(SEM.EventType)
        yield iri, node(RDFS.label), chinese(kind.label_zh)
        yield iri, node(RDFS.label), ox.Literal(kind.label_en, language="en")
    kinds = {node(kind) for kind in (SEM.EventType, SEM.RoleType, SKOS.Concept)}
    own = {quad.subject for quad in read_ontology() if quad.predicate == node(RDF.type) and quad.object in kinds}
    for quad in read_ontology():
        subject, value = quad.subject, quad.object
        if subject not in own or subject in types or quad.predicate == node(RDFS.comment):
            continue
        if isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode | ox.Literal):
            yield subject, quad.predicate, value

"""The graph as networkx: people, agencies, places and events with what joins them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain

import networkx as nx
import pyoxigraph as ox
from rdflib import URIRef
from rdflib.namespace import FOAF, ORG, RDF, RDFS

from kg.vocab import KG, SCHEMA, SEM

KINDS = {FOAF.Person: "person", ORG.Organization: "agency", SCHEMA.Place: "place", SEM.Event: "event"}
# Subject → object of what is one statement: the kind of edge it makes.
_PLAIN_EDGES = {
    ORG.subOrganizationOf: "part of",
    KG.jurisdiction: "jurisdiction",
    SCHEMA.containedInPlace: "contained in",
    SEM.hasPlace: "located",
}

Edge = tuple[str, str, str, dict[str, str]]


def entity_network(store: ox.Store) -> nx.MultiDiGraph[str]:
    """People, agencies, places and events; posts, participations and places as edges.

    A node is an IRI with `label` and `kind` (person, agency, place, event), an event also with `day`; an edge has
    `kind` (post, participation, part of, jurisdiction, contained in, located), `label` and `day` (empty if unknown).
    """
    labels, known = _labels(store), _by_subject(store)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for kind_iri, kind in KINDS.items():
        for iri in sorted(_subjects(store, kind_iri)):
            day = {"day": _days(known[iri], SEM.hasBeginTimeStamp, SEM.hasEndTimeStamp)} if kind == "event" else {}
            graph.add_node(iri, label=labels.get(iri, iri), kind=kind, **day)
    facts = chain(_post_edges(store, labels, known), _event_edges(store, labels, known), _plain_edges(store))
    for start, end, key, attributes in facts:
        if start in graph and end in graph:
            graph.add_edge(start, end, key=key, **attributes)
    return graph


def _subjects(store: ox.Store, kind: URIRef) -> Iterator[str]:
    found = store.quads_for_pattern(None, ox.NamedNode(RDF.type), ox.NamedNode(kind), ox.DefaultGraph())
    return (quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode))


def _labels(store: ox.Store) -> dict[str, str]:
    """IRI → what it is called, in Chinese where it has a Chinese name."""
    labels: dict[str, str] = {}
    for quad in store.quads_for_pattern(None, ox.NamedNode(RDFS.label), None, ox.DefaultGraph()):
        iri, label = getattr(quad.subject, "value", ""), quad.object
        if isinstance(label, ox.Literal) and (label.language == "zh" or iri not in labels):
            labels[iri] = label.value
    return labels


def _by_subject(store: ox.Store) -> Mapping[str, Mapping[str, str]]:
    """Posts, events and participations: subject → predicate → the (smallest) value."""
    known: dict[str, dict[str, str]] = defaultdict(dict)
    for kind in (ORG.Membership, SEM.Event, SEM.Role):
        for iri in _subjects(store, kind):
            for quad in store.quads_for_pattern(ox.NamedNode(iri), None, None, ox.DefaultGraph()):
                value = getattr(quad.object, "value", "")
                known[iri][quad.predicate.value] = min(value, known[iri].get(quad.predicate.value, value))
    return known


def _days(values: Mapping[str, str], first: URIRef, last: URIRef) -> str:
    """2031-05-06, or 2031-05-06/2031-05-09."""
    return "/".join(sorted({values[str(day)] for day in (first, last) if str(day) in values}))


def _post_edges(store: ox.Store, labels: Mapping[str, str], known: Mapping[str, Mapping[str, str]]) -> Iterator[Edge]:
    for iri in sorted(_subjects(store, ORG.Membership)):
        post = known[iri]
        if str(ORG.organization) in post:
            title = labels.get(post[str(ORG.role)], "")
            day = _days(post, KG.firstAttested, KG.lastAttested)
            yield post[str(ORG.member)], post[str(ORG.organization)], iri, {"kind": "post", "label": title, "day": day}


def _event_edges(store: ox.Store, labels: Mapping[str, str], known: Mapping[str, Mapping[str, str]]) -> Iterator[Edge]:
    for quad in sorted(store.quads_for_pattern(None, ox.NamedNode(KG.participation), None, ox.DefaultGraph()), key=str):
        event, part = getattr(quad.subject, "value", ""), getattr(quad.object, "value", "")
        role = labels.get(known[part][str(SEM.roleType)], "")
        day = _days(known[event], SEM.hasBeginTimeStamp, SEM.hasEndTimeStamp)
        yield known[part][str(RDF.value)], event, part, {"kind": "participation", "label": role, "day": day}


def _plain_edges(store: ox.Store) -> Iterator[Edge]:
    for predicate, kind in _PLAIN_EDGES.items():
        found = store.quads_for_pattern(None, ox.NamedNode(predicate), None, ox.DefaultGraph())
        for quad in sorted(found, key=str):
            start, end = getattr(quad.subject, "value", ""), getattr(quad.object, "value", "")
            yield start, end, f"{start} {kind} {end}", {"kind": kind, "label": kind, "day": ""}

"""The graph as networkx: who is joined to whom, by what."""

from __future__ import annotations

import pyoxigraph as ox

from kg.network import entity_network

GRAPH = """
@base <https://e.org/id/> .
@prefix kg: <https://w3id.org/kg-gazette/ns#> . @prefix schema: <https://schema.org/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix org: <http://www.w3.org/ns/org#> .
@prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<p> a foaf:Person ; rdfs:label "魏长河"@zh .
<a> a org:Organization, org:FormalOrganization ; rdfs:label "云岭市水务局"@zh .
<a> org:subOrganizationOf <b> ; kg:jurisdiction <c> .
<b> a org:Organization ; rdfs:label "Government"@en, "云岭市人民政府"@zh .
<c> a schema:Place, schema:AdministrativeArea ; rdfs:label "云岭市"@zh .
<d> a schema:Place ; rdfs:label "青石街"@zh ; schema:containedInPlace <c> .
<m> a org:Membership ; org:member <p> ; org:organization <a> ; org:role <r> ;
    kg:firstAttested "2031-05-01"^^xsd:date ; kg:lastAttested "2031-05-09"^^xsd:date .
<free> a org:Membership ; org:member <p> ; org:role <r> .
<r> a org:Role ; rdfs:label "局长"@zh .
<e> a sem:Event ; rdfs:label "调研"@zh ; sem:hasPlace <d> ; kg:participation <x> ;
    sem:hasBeginTimeStamp "2031-05-05"^^xsd:date ; sem:hasEndTimeStamp "2031-05-05"^^xsd:date .
<x> a sem:Role ; rdf:value <p> ; sem:roleType kg:Lead .
kg:Lead rdfs:label "lead"@en, "带领"@zh .
"""


def network() -> set[tuple[str, str, str, str, str]]:
    store = ox.Store()
    store.load(GRAPH.encode(), format=ox.RdfFormat.TURTLE)
    graph = entity_network(store)
    return {
        (graph.nodes[start]["label"], graph.nodes[end]["label"], edge["kind"], edge["label"], edge["day"])
        for start, end, edge in graph.edges(data=True)
    }


def test_edges_say_who_is_joined_to_whom_by_what_and_when() -> None:
    assert network() == {
        ("魏长河", "云岭市水务局", "post", "局长", "2031-05-01/2031-05-09"),
        ("魏长河", "调研", "participation", "带领", "2031-05-05"),
        ("云岭市水务局", "云岭市人民政府", "part of", "part of", ""),
        ("云岭市水务局", "云岭市", "jurisdiction", "jurisdiction", ""),
        ("青石街", "云岭市", "contained in", "contained in", ""),
        ("调研", "青石街", "located", "located", ""),
    }


def test_nodes_have_a_kind_and_events_a_day() -> None:
    store = ox.Store()
    store.load(GRAPH.encode(), format=ox.RdfFormat.TURTLE)
    nodes = entity_network(store).nodes
    kinds = {iri.rpartition("/")[2]: node["kind"] for iri, node in nodes.items()}
    assert kinds == {"p": "person", "a": "agency", "b": "agency", "c": "place", "d": "place", "e": "event"}
    assert nodes["https://e.org/id/e"]["day"] == "2031-05-05"


def test_an_empty_graph_is_an_empty_network() -> None:
    assert len(entity_network(ox.Store())) == 0

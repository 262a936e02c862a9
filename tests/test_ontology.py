"""The ontology declares every term of ours that the code can use, and no other."""

from __future__ import annotations

from typing import get_type_hints

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from kg.lexicon import load_lexicon, seeds_dir
from kg.vocab import KG, SEM

ONTOLOGY = Graph().parse(seeds_dir() / "ontology.ttl")
NAMESPACE = str(KG._NS)
DECLARED = {term for term in ONTOLOGY.subjects() if isinstance(term, URIRef) and str(term) != NAMESPACE}
CATEGORIES = set(ONTOLOGY.subjects(RDF.type, SKOS.Concept))


def test_every_term_of_the_vocabulary_is_declared_and_no_other() -> None:
    vocabulary = {KG[name] for name in get_type_hints(KG) if not name.startswith("_")}
    assert vocabulary == DECLARED - CATEGORIES


def test_every_agency_category_of_the_lexicon_is_declared() -> None:
    lexicon = load_lexicon()
    rows = [*(form for forms in lexicon.agency_forms.values() for form in forms), *lexicon.national.values()]
    used = {row.category for row in (*rows, *lexicon.suffixes.values()) if row.category}
    assert {URIRef(f"{NAMESPACE}agency-{word}") for word in used} <= CATEGORIES


def test_event_types_are_the_lexicons_with_its_labels() -> None:
    lexicon = {
        (KG[kind.name], label)
        for kind in load_lexicon().event_types
        for label in ((kind.label_zh, "zh"), (kind.label_en, "en"))
    }
    ontology = {
        (term, (str(label), getattr(label, "language", None)))
        for term in ONTOLOGY.subjects(RDF.type, SEM.EventType)
        for label in ONTOLOGY.objects(term, RDFS.label)
    }
    assert ontology == lexicon


@pytest.mark.parametrize("term", sorted(DECLARED))
@pytest.mark.parametrize("predicate", [RDFS.label, RDFS.comment])
def test_every_term_is_explained_in_chinese_and_english(term: URIRef, predicate: URIRef) -> None:
    assert sorted(getattr(text, "language", "") for text in ONTOLOGY.objects(term, predicate)) == ["en", "zh"]


def test_the_ontology_says_what_it_is() -> None:
    assert (URIRef(NAMESPACE), RDF.type, OWL.Ontology) in ONTOLOGY

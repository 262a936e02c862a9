"""The store by subject and by object: every answer comes from its indexes, however big the graph."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any, Final

import pyoxigraph as ox
from rdflib import URIRef
from rdflib.namespace import FOAF, ORG, PROV, RDF, RDFS, SKOS

from kg.dossier.records import Named
from kg.vocab import DEFAULT_BASE, KG, SCHEMA, SEM

# What a dossier can be about, by its class.
KINDS: Final = {
    "person": FOAF.Person,
    "agency": ORG.Organization,
    "place": SCHEMA.Place,
    "event": SEM.Event,
    "document": KG.Document,
}
_KIND_OF: Final = {str(cls): kind for kind, cls in KINDS.items()}
_LEXICON: Final = "lexicon"
_NAMES: Final = f"""SELECT DISTINCT ?name {{{{
  VALUES ?class {{{{ {{classes}} }}}} ?thing a ?class ; <{RDFS.label}>|<{SKOS.altLabel}> ?name
}}}}"""
_DATED: Final = "SELECT ?node ?day {{ VALUES ?node {{ {nodes} }} ?node <{when}> ?day }}"
_PARTS: Final = f"""SELECT ?event ?part ?actor {{{{
  VALUES ?event {{{{ {{nodes}} }}}} ?event <{KG.participation}> ?part . ?part <{RDF.value}> ?actor
}}}}"""
_LANGUAGES: Final = ("zh", "en", None)


@cache
def _node(iri: str) -> ox.NamedNode:
    return ox.NamedNode(iri)


def is_iri(text: str) -> bool:
    """Whether a text can name a node.

    >>> is_iri("https://example.org/person/柴伟"), is_iri("柴 伟")
    (True, False)
    """
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


def _listed(iris: Iterable[str]) -> str:
    return " ".join(str(_node(iri)) for iri in iris)


class Lookup:
    """Reads a store; whatever graph says it, sorted, each value once."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._said: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = {}

    def _of(self, subject: str) -> dict[str, list[ox.NamedNode | ox.Literal]]:
        """All that is said of a node, by predicate: one look instead of one a predicate, for most are asked for."""
        if subject not in self._said:
            said = self._said[subject] = defaultdict(list)
            for quad in self._store.quads_for_pattern(ox.NamedNode(subject), None, None, None) if subject else ():
                term = quad.object
                if isinstance(term, ox.NamedNode | ox.Literal):
                    said[quad.predicate.value].append(term)
        return self._said[subject]

    def values(self, subject: str, predicate: URIRef) -> tuple[str, ...]:
        """The objects of a subject; none of no subject."""
        found = self._of(subject).get(str(predicate), ())
        return tuple(sorted({term.value for term in found})) if len(found) > 1 else tuple(term.value for term in found)

    def value(self, subject: str, predicate: URIRef) -> str:
        """The first of the objects, empty where there is none."""
        return next(iter(self.values(subject, predicate)), "")

    def said_in(self, subject: str, predicate: URIRef) -> dict[str, str]:
        """The nodes that articles say of a subject, each with the article that says so first."""
        said: dict[str, str] = {}
        for quad in self._store.quads_for_pattern(ox.NamedNode(subject), _node(predicate), None, None):
            node, article = quad.object, quad.graph_name
            if isinstance(node, ox.NamedNode) and isinstance(article, ox.NamedNode):
                said[node.value] = min(article.value, said.get(node.value, article.value))
        return said

    def subjects(self, predicate: URIRef, value: str) -> tuple[str, ...]:
        """The subjects of which a node is said."""
        return self._subjects(predicate, ox.NamedNode(value))

    def called(self, predicate: URIRef, name: str) -> tuple[str, ...]:
        """The subjects that bear a name, in whatever language it is tagged."""
        literals = (ox.Literal(name, language=language) for language in _LANGUAGES)
        return tuple(sorted({iri for literal in literals for iri in self._subjects(predicate, literal)}))

    def _subjects(self, predicate: URIRef, value: ox.NamedNode | ox.Literal) -> tuple[str, ...]:
        quads = self._store.quads_for_pattern(None, _node(predicate), value, None)
        return tuple(sorted({quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}))

    def label(self, iri: str) -> str:
        """What a node is called, in Chinese where it can be; the end of its IRI where it has no name."""
        found = self._of(iri).get(str(RDFS.label), ())
        labels = [(term.language != "zh", term.value) for term in found if isinstance(term, ox.Literal)]
        return min(labels)[1] if labels else re.split(r"[#/]", iri)[-1]

    def named(self, iris: Iterable[str]) -> tuple[Named, ...]:
        """Nodes with their labels, by label."""
        return tuple(sorted((Named(iri, self.label(iri)) for iri in iris), key=lambda one: (one.label, one.iri)))

    def kind(self, iri: str) -> str:
        """person, agency, place, event or document; empty for anything else."""
        found = {_KIND_OF[cls] for cls in self.values(iri, RDF.type) if cls in _KIND_OF}
        return next((kind for kind in KINDS if kind in found), "")

    def things(self) -> tuple[str, ...]:
        """All that a dossier can be about: a walk through the whole graph."""
        return tuple(sorted({iri for cls in KINDS.values() for iri in self.subjects(RDF.type, str(cls))}))

    def names(self) -> tuple[str, ...]:
        """All that they are called: a walk through the whole graph."""
        return tuple(name for (name,) in self._rows(_NAMES.format(classes=_listed(KINDS.values()))))

    def dated(self, iris: Iterable[str], predicate: URIRef) -> dict[str, str]:
        """Nodes with their day, the oldest first; empty days, of which nothing is known, before all others."""
        days = dict.fromkeys(iris, "") | dict(sorted(self._rows(_DATED.format(nodes=_listed(iris), when=predicate))))
        return dict(sorted(days.items(), key=lambda pair: (pair[1], pair[0])))

    def parts(self, events: Iterable[str]) -> tuple[tuple[str, str, str], ...]:
        """Each event with the parts in it and whose they are."""
        return tuple(sorted(self._rows(_PARTS.format(nodes=_listed(events)))))

    def _rows(self, query: str) -> list[Any]:
        """What a query selects, as text. Its joins run inside the engine: for many nodes that is ten times as fast."""
        found = self._store.query(query)
        return [tuple(term.value for term in row) for row in found] if isinstance(found, ox.QuerySolutions) else []

    def bases(self) -> tuple[str, ...]:
        """What the graph's own IRIs begin with."""
        lexicons = self.subjects(RDF.type, str(PROV.Entity))
        return (*(iri.removesuffix(_LEXICON) for iri in lexicons if iri.endswith(f"/{_LEXICON}")), DEFAULT_BASE)

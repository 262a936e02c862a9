"""The nodes of a graph that marked stretches of its pages stand on."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Final

import pyoxigraph as ox
from rdflib.namespace import FOAF, ORG

from kg.evaluate.identity_gold import AGENCIES, PEOPLE, GoldMention
from kg.facts import read_mentions
from kg.lexicon import Lexicon
from kg.model import Article, ArticleReading, PageReading, Text
from kg.vocab import KG, PREFIXES

_PREFIX: Final = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
_CLASSES: Final = {
    PEOPLE: {str(FOAF.Person), str(FOAF.Agent)},
    AGENCIES: {str(ORG.Organization)},
}
_QUESTION: Final = ox.NamedNode(f"{KG._NS}Question")

# Whom and what an article names, or who made it, and all their names.
_NAMED: Final = """
    SELECT ?page ?position ?node ?name ?class {
      ?article schema:position ?position ; prov:wasDerivedFrom/schema:name ?page .
      { GRAPH ?article { ?article schema:mentions ?node } } UNION { ?article schema:author|schema:contributor ?node }
      ?node a ?class ; rdfs:label|skos:altLabel ?name }"""
# What happens in an article, and where it says so.
_TOLD: Final = """
    SELECT ?page ?position ?node ?type ?start ?end {
      ?article schema:position ?position ; prov:wasDerivedFrom/schema:name ?page .
      ?node a sem:Event ; sem:eventType ?type .
      GRAPH ?article { ?node prov:wasDerivedFrom/oa:hasSelector ?at . ?at oa:start ?start ; oa:end ?end } }"""


class Nodes:
    """A graph and the pages it was built of, looked up mention by mention."""

    def __init__(self, store: ox.Store, readings: Sequence[PageReading], lexicon: Lexicon) -> None:
        self._store, self._readings, self._lexicon = store, readings, lexicon

    def named(self, mention: GoldMention, about: str) -> str | None:
        """The person or agency that the mention's article knows by this surface; None where there is none, or two.

        A word that is no name, 该局 or 张局长, is looked up by what the article reads it as.
        """
        reading = self._article(mention)
        if reading is None:
            return None
        surface = "".join(mention.surface.split())
        nodes: dict[str, set[str]] = {}
        for row in self._select(_NAMED, reading.article):
            if row["class"].value in _CLASSES[about]:
                nodes.setdefault(row["node"].value, set()).add(row["name"].value)
        found = {node for node, names in nodes.items() if surface in names or mention.surface in names}
        if len(found) != 1:
            # Also where a form of another article, 市委 of the next city, is one of a second agency named here.
            own = self._read(mention, reading.article)
            found = {node for node, names in nodes.items() if own in names}
        return found.pop() if len(found) == 1 else None

    def _read(self, mention: GoldMention, article: Article) -> str | None:
        """The name of what the article's reader takes the mention for."""
        for read in read_mentions(article, self._lexicon):
            offsets = read.sentence.text[read.start : read.end].offsets
            if read.entity and offsets and offsets[0] < mention.end and mention.start <= offsets[-1]:
                return read.entity.name
        return None

    def happening(self, mention: GoldMention, type: str) -> str | None:
        """The event of the type, or of any, whose evidence covers most of the mention, None where none does."""
        reading = self._article(mention)
        covered: dict[str, int] = {}
        for row in self._select(_TOLD, reading.article) if reading else ():
            if not type or row["type"].value == f"{KG._NS}{type}":
                shared = min(mention.end, int(row["end"].value)) - max(mention.start, int(row["start"].value))
                covered[row["node"].value] = covered.get(row["node"].value, 0) + max(0, shared)
        most = max(covered.values(), default=0)
        return min(node for node in covered if covered[node] == most) if most else None

    def is_asked(self, nodes: Sequence[str | None]) -> bool:
        """Whether a question of the graph is about two of these nodes."""
        known = sorted({node for node in nodes if node})
        asking = {
            node: {quad.subject for quad in self._store.quads_for_pattern(None, None, ox.NamedNode(node), None)}
            for node in known
        }
        questions = {quad.subject for quad in self._store.quads_for_pattern(None, None, _QUESTION, None)}
        return any(questions & asking[one] & asking[two] for one, two in combinations(known, 2))

    def _article(self, mention: GoldMention) -> ArticleReading | None:
        """The article of the mention's page that prints it."""
        for reading in self._readings[mention.page]:
            if any(mention.start in text.offsets for text in _texts(reading.article)):
                return reading
        return None

    def _select(self, query: str, article: Article) -> list[ox.QuerySolution]:
        bound: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {
            ox.Variable("page"): ox.Literal(article.page.name),
            ox.Variable("position"): ox.Literal(article.position),
        }
        found = self._store.query(_PREFIX + query, substitutions=bound)
        return list(found) if isinstance(found, ox.QuerySolutions) else []


def _texts(article: Article) -> tuple[Text, ...]:
    credits = (credit.text for credit in (*article.reporters, *article.photographers))
    return (article.headline, article.kicker, *article.paragraphs, *article.captions, *credits)

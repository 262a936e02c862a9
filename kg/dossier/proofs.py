"""The sentences behind a fact, each with the article, the paper and the day that print it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from rdflib.namespace import PROV

from kg.dossier.lookup import Lookup
from kg.dossier.records import Article, Sentence
from kg.vocab import OA, SCHEMA

_SENTENCE: Final = re.compile(r"[^。！？!?\n]+[。！？!?]?[”」』》）)]*")
_UNDATED: Final = "9999"


class Proofs:
    """Reads evidence, each sentence and each article once."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup
        self._articles: dict[str, Article] = {}
        self._sentences: dict[str, Sentence | None] = {}

    def of(self, fact: str, most: int | None = None) -> tuple[Sentence, ...]:
        """The sentences that say so, in the order of print; of more than `most` of them the first and the last."""
        said = self._lookup.said_in(fact, PROV.wasDerivedFrom)
        if most and len(said) > most:
            days = self._lookup.dated(set(said.values()), SCHEMA.datePublished)
            ordered = sorted(said, key=lambda evidence: (days[said[evidence]], evidence))
            said = dict.fromkeys([*ordered[: most // 2], *ordered[-((most + 1) // 2) :]], "")
        return in_print_order(sentence for sentence in map(self._sentence, said) if sentence)

    def count(self, fact: str) -> int:
        """How many sentences say so."""
        return len(self._lookup.said_in(fact, PROV.wasDerivedFrom))

    def articles(self, fact: str) -> set[str]:
        """The articles that say so."""
        return set(self._lookup.said_in(fact, PROV.wasDerivedFrom).values())

    def article(self, iri: str) -> Article:
        """What is known of an article without reading it."""
        if iri not in self._articles:
            ask = self._lookup
            issue = ask.value(iri, SCHEMA.isPartOf)
            paper = ask.value(issue, SCHEMA.isPartOf) or issue if issue else ""
            day = ask.value(iri, SCHEMA.datePublished) or (ask.value(issue, SCHEMA.datePublished) if issue else "")
            self._articles[iri] = Article(iri, ask.label(iri), ask.label(paper) if paper else "", day)
        return self._articles[iri]

    def mention(self, iri: str, names: Iterable[str]) -> tuple[Sentence, ...]:
        """The first sentence of an article that prints one of these names, the first of them if it can be."""
        body = self._lookup.value(iri, SCHEMA.articleBody)
        file = self._lookup.value(self._lookup.value(iri, PROV.wasDerivedFrom), SCHEMA.name) if body else ""
        for name in names:
            found = next((said[0] for said in _SENTENCE.finditer(body) if name in said[0]), "") if name in body else ""
            if found:
                return (Sentence(found.strip(), self.article(iri), file),)
        return ()

    def _sentence(self, evidence: str) -> Sentence | None:
        """Evidence put together; None for a source that is no sentence: the lexicon, a page."""
        if evidence not in self._sentences:
            selectors = self._lookup.values(evidence, OA.hasSelector)
            self._sentences[evidence] = self._read(evidence, selectors) if selectors else None
        return self._sentences[evidence]

    def _read(self, evidence: str, selectors: Iterable[str]) -> Sentence:
        ask = self._lookup
        pieces, spans = [], []
        for selector in selectors:
            place = int(ask.value(selector, SCHEMA.position) or 1)  # the pieces of a torn sentence are numbered
            if text := ask.value(selector, OA.exact):
                pieces.append((place, text))
            if start := ask.value(selector, OA.start):
                spans.append((place, int(start), int(ask.value(selector, OA.end) or start)))
        return Sentence(
            "".join(text for _, text in sorted(pieces)),
            self.article(ask.value(evidence, SCHEMA.isPartOf)),
            ask.value(ask.value(evidence, OA.hasSource), SCHEMA.name),
            tuple((start, end) for _, start, end in sorted(spans)),
        )


def in_print_order(sentences: Iterable[Sentence]) -> tuple[Sentence, ...]:
    """The oldest first; those of one day by file and place in it."""
    return tuple(sorted(dict.fromkeys(sentences), key=lambda one: (one.article.day or _UNDATED, one.file, one.spans)))

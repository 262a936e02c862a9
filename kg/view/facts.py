"""The graph as plain records for the page: one pass over each predicate in use, no query language, no guessing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox
from rdflib.namespace import FOAF, ORG, PROV, RDF, RDFS, SKOS

from kg.view.records import ROLES, Article, Event, Facts, Party, Post, Quote, Thing
from kg.vocab import KG, OA, SCHEMA, SEM

_CLASSES: Final = (
    ("person", FOAF.Person),
    ("agency", ORG.Organization),
    ("agency", ORG.FormalOrganization),
    ("place", SCHEMA.Place),
    ("place", SCHEMA.AdministrativeArea),
)


class _Scan:
    """Every (subject, object) of a predicate, whichever graph says so, read once and sorted."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    def pairs(self, predicate: str) -> Iterator[tuple[str, ox.NamedNode | ox.Literal]]:
        """All statements of one predicate."""
        for quad in self._store.quads_for_pattern(None, ox.NamedNode(predicate), None, None):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
                yield quad.subject.value, quad.object

    def many(self, predicate: str) -> dict[str, tuple[str, ...]]:
        """Subject → its objects, sorted, each once."""
        table: dict[str, set[str]] = defaultdict(set)
        for subject, value in self.pairs(predicate):
            table[subject].add(value.value)
        return {subject: tuple(sorted(table[subject])) for subject in sorted(table)}

    def one(self, predicate: str) -> dict[str, str]:
        """Subject → its object; the first in order where there are several."""
        return {subject: values[0] for subject, values in self.many(predicate).items()}

    def labels(self) -> dict[str, tuple[str, str]]:
        """Subject → its Chinese and its English label, each falling back to the other."""
        table: dict[str, dict[str, str]] = defaultdict(dict)
        for subject, value in self.pairs(str(RDFS.label)):
            language = "en" if isinstance(value, ox.Literal) and (value.language or "").startswith("en") else "zh"
            known = table[subject].get(language)
            table[subject][language] = value.value if known is None else min(known, value.value)
        return {
            subject: (by.get("zh") or by.get("en", ""), by.get("en") or by.get("zh", ""))
            for subject, by in table.items()
        }

    def instances(self, cls: str) -> tuple[str, ...]:
        """The IRIs typed `cls`, sorted."""
        quads = self._store.quads_for_pattern(None, ox.NamedNode(str(RDF.type)), ox.NamedNode(cls), None)
        return tuple(sorted({quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}))


def local_name(iri: str) -> str:
    """The last part of an IRI.

    >>> local_name("https://w3id.org/kg-gazette/ns#Meeting"), local_name("https://example.org/person/乙县/甲某")
    ('Meeting', '甲某')
    """
    return re.split(r"[#/]", iri)[-1]


def read_facts(store: ox.Store) -> Facts:
    """The whole graph as records: posts and events with the sentences behind them."""
    scan = _Scan(store)
    labels = scan.labels()
    proofs = scan.many(str(PROV.wasDerivedFrom))
    quotes = _read_quotes(scan)
    articles = _read_articles(scan, labels, proofs)
    quotes = _as_printed(quotes, articles)
    things = _read_things(scan, labels, proofs, quotes)
    posts = _read_posts(scan, labels, proofs, quotes, things)
    events = _read_events(scan, labels, proofs, quotes, things)
    types = sorted({iri for kinds in scan.many(str(SEM.eventType)).values() for iri in kinds} | {str(KG.Other)})
    words = {local_name(iri): labels.get(iri, (local_name(iri),) * 2) for iri in types}
    return Facts(things, articles, quotes, posts, events, words)


def _read_things(
    scan: _Scan,
    labels: dict[str, tuple[str, str]],
    proofs: dict[str, tuple[str, ...]],
    quotes: dict[str, Quote],
) -> dict[str, Thing]:
    kinds: dict[str, str] = {}
    for kind, cls in _CLASSES:
        for iri in scan.instances(str(cls)):
            kinds.setdefault(iri, kind)
    names = scan.many(str(SKOS.altLabel))
    parents = scan.one(str(SCHEMA.containedInPlace)) | scan.one(str(ORG.subOrganizationOf))
    categories = scan.one(str(ORG.classification))
    mentioned, signed = defaultdict(set), defaultdict(set)
    for article, thing in scan.pairs(str(SCHEMA.mentions)):
        mentioned[thing.value].add(article)
    for predicate in (SCHEMA.author, SCHEMA.contributor):
        for article, thing in scan.pairs(str(predicate)):
            signed[thing.value].add(article)
    return {
        iri: Thing(
            iri,
            kinds[iri],
            labels.get(iri, (local_name(iri),))[0],
            tuple(name for name in names.get(iri, ()) if name != labels.get(iri, ("",))[0]),
            parents[iri] if parents.get(iri) in kinds else None,
            labels.get(categories.get(iri, "")),
            tuple(sorted(mentioned[iri])),
            tuple(sorted(signed[iri])),
            any(source not in quotes for source in proofs.get(iri, ())),
        )
        for iri in sorted(kinds)
    }


def _read_articles(
    scan: _Scan, labels: dict[str, tuple[str, str]], proofs: dict[str, tuple[str, ...]]
) -> dict[str, Article]:
    headline, kicker = scan.one(str(SCHEMA.headline)), scan.one(str(SCHEMA.alternativeHeadline))
    body, day = scan.one(str(SCHEMA.articleBody)), scan.one(str(SCHEMA.datePublished))
    parent, number = scan.one(str(SCHEMA.isPartOf)), scan.one(str(SCHEMA.issueNumber))
    name, position = scan.one(str(SCHEMA.name)), scan.one(str(SCHEMA.position))
    articles = {}
    for iri in scan.instances(str(SCHEMA.NewsArticle)):
        issue = parent.get(iri, "")
        paper = parent.get(issue, "")
        page = next((name[source] for source in proofs.get(iri, ()) if source in name), "")
        articles[iri] = Article(
            iri,
            headline.get(iri, ""),
            kicker.get(iri, ""),
            body.get(iri, ""),
            labels.get(paper, (name.get(paper, ""),))[0],
            number.get(issue, ""),
            (day.get(iri) or day.get(issue, ""))[:10],
            page,
            int(position.get(iri, "0")),
        )
    return articles


def _read_quotes(scan: _Scan) -> dict[str, Quote]:
    exact, starts = scan.one(str(OA.exact)), scan.one(str(OA.start))
    places, article = scan.one(str(SCHEMA.position)), scan.one(str(SCHEMA.isPartOf))

    def place(selector: str) -> tuple[int, str]:
        """The pieces of a torn sentence are numbered as they read, wherever on the page they stand."""
        return int(places.get(selector, "0")), selector

    quotes = {}
    for iri, selectors in scan.many(str(OA.hasSelector)).items():
        read = sorted(selectors, key=place)
        pieces = tuple(exact[selector] for selector in read if selector in exact)
        start = next((int(starts[selector]) for selector in read if selector in starts), 0)
        quotes[iri] = Quote(iri, article.get(iri, ""), pieces, start)
    return quotes


def _read_posts(
    scan: _Scan,
    labels: dict[str, tuple[str, str]],
    proofs: dict[str, tuple[str, ...]],
    quotes: dict[str, Quote],
    things: dict[str, Thing],
) -> dict[str, Post]:
    person, agency, role = scan.one(str(ORG.member)), scan.one(str(ORG.organization)), scan.one(str(ORG.role))
    first, last = scan.one(str(KG.firstAttested)), scan.one(str(KG.lastAttested))
    appointed, removed = scan.one(str(KG.appointedOn)), scan.one(str(KG.removedOn))
    return {
        iri: Post(
            iri,
            person[iri],
            agency[iri] if agency.get(iri) in things else None,
            labels.get(role.get(iri, ""), (local_name(role.get(iri, "")),))[0],
            role.get(iri, ""),
            first.get(iri, ""),
            last.get(iri, ""),
            appointed.get(iri, ""),
            removed.get(iri, ""),
            _only_quotes(proofs, quotes, iri),
        )
        for iri in scan.instances(str(ORG.Membership))
        if person.get(iri) in things
    }


def _read_events(
    scan: _Scan,
    labels: dict[str, tuple[str, str]],
    proofs: dict[str, tuple[str, ...]],
    quotes: dict[str, Quote],
    things: dict[str, Thing],
) -> dict[str, Event]:
    types, printed = scan.one(str(SEM.eventType)), scan.one(str(SEM.hasTimeStamp))
    begin, end = scan.one(str(SEM.hasBeginTimeStamp)), scan.one(str(SEM.hasEndTimeStamp))
    places, actors = scan.many(str(SEM.hasPlace)), scan.many(str(SEM.hasActor))
    roles, who, how = scan.many(str(KG.participation)), scan.one(str(RDF.value)), scan.one(str(SEM.roleType))
    events = {}
    for iri in scan.instances(str(SEM.Event)):
        parties = [
            Party(who[role], _role(how.get(role, "")), _only_quotes(proofs, quotes, role))
            for role in roles.get(iri, ())
            if who.get(role) in things
        ]
        named = {party.actor for party in parties}
        parties += [Party(a, "Participant", ()) for a in actors.get(iri, ()) if a in things and a not in named]
        first = begin.get(iri) or printed.get(iri, "")
        events[iri] = Event(
            iri,
            labels.get(iri, (local_name(iri),))[0],
            local_name(types.get(iri, str(KG.Other))),
            first,
            end.get(iri) or first,
            printed.get(iri, ""),
            tuple(place for place in places.get(iri, ()) if place in things),
            tuple(sorted(parties, key=lambda party: (ROLES.index(party.role), party.actor))),
            _only_quotes(proofs, quotes, iri),
        )
    return events


def _role(iri: str) -> str:
    return local_name(iri) if local_name(iri) in ROLES else "Participant"


def _as_printed(quotes: dict[str, Quote], articles: dict[str, Article]) -> dict[str, Quote]:
    """The sentences by day, article and place in the page, so that the first one told is the first one printed."""

    def when(quote: Quote) -> tuple[str, str, int, int, str]:
        article = articles.get(quote.article)
        return (*((article.day, article.page, article.position) if article else ("", "", 0)), quote.start, quote.iri)

    return {quote.iri: quote for quote in sorted(quotes.values(), key=when)}


def _only_quotes(proofs: dict[str, tuple[str, ...]], quotes: dict[str, Quote], iri: str) -> tuple[str, ...]:
    return tuple(source for source in proofs.get(iri, ()) if source in quotes)

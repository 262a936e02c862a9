"""Papers, issues, page files and articles → statements of the default graph, and what an article's own graph says."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import TypeVar

import pyoxigraph as ox
from rdflib.namespace import PROV, RDF, RDFS, SKOS

from kg.graph.names import Names, issue_key
from kg.graph.terms import Term, chinese, day, node, number, plain
from kg.knowledge import Knowledge, Report
from kg.model import Article, Entity, Issue, Kind
from kg.vocab import KG, SCHEMA

Triple = tuple[ox.NamedNode, ox.NamedNode, Term]
T = TypeVar("T", str, int)

_LONGEST_TITLE = 24


def describe_papers(knowledge: Knowledge, names: Names) -> Iterator[Triple]:
    """Papers and their issues, by what most of their pages print."""
    papers: dict[str, list[Issue]] = defaultdict(list)
    issues: dict[tuple[str, str], list[Issue]] = defaultdict(list)
    spellings: dict[str, set[str]] = defaultdict(set)
    for page in knowledge.pages:
        if page.issue.newspaper:
            papers[page.issue.newspaper].append(page.issue)
            spellings[page.issue.newspaper].update(page.page.spellings(page.issue.newspaper))
        if key := issue_key(page.issue):
            issues[key].append(page.issue)
    agencies = {t.entity.name: t.entity for t in reversed(knowledge.things) if t.entity.kind is Kind.AGENCY}
    for name, seen in papers.items():
        yield from _describe_paper(name, seen, agencies, names)
        for spelling in sorted(spellings[name]):
            yield names.papers[name], node(SKOS.altLabel), chinese(spelling)
    for key, seen in issues.items():
        yield from _describe_issue(key, seen, names)


def _describe_paper(name: str, seen: list[Issue], agencies: dict[str, Entity], names: Names) -> Iterator[Triple]:
    iri = names.papers[name]
    yield iri, node(RDF.type), node(SCHEMA.Newspaper)
    yield iri, node(RDFS.label), chinese(name)
    if cn := _most(issue.cn for issue in seen):
        yield iri, node(SCHEMA.identifier), plain(cn)
    if publisher := _most(issue.publisher for issue in seen):
        yield iri, node(SCHEMA.publisher), names.entities[agencies[publisher]]
    if sponsor := _most(issue.sponsor for issue in seen):
        yield iri, node(SCHEMA.sponsor), names.entities[agencies[sponsor]]


def _describe_issue(key: tuple[str, str], seen: list[Issue], names: Names) -> Iterator[Triple]:
    iri = names.issues[key]
    yield iri, node(RDF.type), node(SCHEMA.PublicationIssue)
    yield iri, node(RDFS.label), chinese(" ".join(key))
    yield iri, node(SCHEMA.isPartOf), names.papers[key[0]]
    if seen[0].date:
        yield iri, node(SCHEMA.datePublished), day(seen[0].date)
    if (count := _most(issue.number for issue in seen)) is not None:
        yield iri, node(SCHEMA.issueNumber), number(count)
    if (sheets := _most(issue.sheets for issue in seen)) is not None:
        yield iri, node(SCHEMA.numberOfPages), number(sheets)


def _most(values: Iterable[T | None]) -> T | None:
    """The value printed most often, the smallest of several."""
    count = Counter(value for value in values if value is not None)
    return min(count, key=lambda value: (-count[value], value)) if count else None


def describe_pages(knowledge: Knowledge, names: Names) -> Iterator[Triple]:
    """One node an input file."""
    for reading in knowledge.pages:
        iri = names.pages[reading.page.sha256]
        yield iri, node(RDF.type), node(SCHEMA.MediaObject)
        yield iri, node(RDFS.label), chinese(reading.page.name)
        yield iri, node(SCHEMA.name), plain(reading.page.name)
        yield iri, node(SCHEMA.sha256), plain(reading.page.sha256)


def article_label(article: Article) -> str:
    """The headline, or the beginning of an article that has none.

    A photo with its caption is known by its first words: 9月3日,小学生在公园里种下… .
    """
    headline = article.page.printed(article.headline or article.kicker)
    if headline:
        return headline
    body = article.body.strip().partition("\n")[0]
    return body if len(body) <= _LONGEST_TITLE else body[: _LONGEST_TITLE - 1] + "…"


def describe_article(report: Report, names: Names) -> Iterator[Triple]:
    """What is known of an article without reading it."""
    article = report.article
    iri = names.articles[article.key]
    yield iri, node(RDF.type), node(SCHEMA.NewsArticle)
    yield iri, node(RDFS.label), chinese(article_label(article))
    yield iri, node(SCHEMA.position), number(article.position)
    yield iri, node(PROV.wasDerivedFrom), names.pages[article.page.sha256]
    if article.headline:
        yield iri, node(SCHEMA.headline), chinese(article.page.printed(article.headline))
    if article.kicker:
        yield iri, node(SCHEMA.alternativeHeadline), chinese(article.page.printed(article.kicker))
    if article.issue.date:
        yield iri, node(SCHEMA.datePublished), day(article.issue.date)
    if key := issue_key(article.issue):
        yield iri, node(SCHEMA.isPartOf), names.issues[key]
    elif article.issue.newspaper:
        yield iri, node(SCHEMA.isPartOf), names.papers[article.issue.newspaper]
    for person in report.authors:
        yield iri, node(SCHEMA.author), names.entities[person]
    for person in report.contributors:
        yield iri, node(SCHEMA.contributor), names.entities[person]


def state_article(report: Report, names: Names) -> Iterator[Triple]:
    """What an article's own graph holds of it: its text, what was mended in it, and whom and what it mentions."""
    iri = names.articles[report.article.key]
    yield iri, node(SCHEMA.articleBody), chinese(report.article.body)
    for repair in report.article.repairs:
        yield iri, node(KG.repair), plain(repair)
    for entity in report.mentions:
        yield iri, node(SCHEMA.mentions), names.entities[entity]

"""Papers, issues, page files and articles → statements of the default graph, and what an article's own graph says."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import TypeVar

import pyoxigraph as ox
from rdflib.namespace import PROV, RDF, RDFS, SKOS

from kg.graph.names import Names
from kg.graph.terms import Term, chinese, day, node, number, plain
from kg.knowledge import IssueLine, Knowledge, PaperLine, Report, issue_key
from kg.model import Article, Entity, Kind
from kg.vocab import KG, SCHEMA

Triple = tuple[ox.NamedNode, ox.NamedNode, Term]
T = TypeVar("T", str, int)

_LONGEST_TITLE = 24


def describe_papers(knowledge: Knowledge, names: Names) -> Iterator[Triple]:
    """Papers and their issues, by what most of their pages print."""
    papers: dict[str, dict[PaperLine, int]] = defaultdict(dict)
    issues: dict[tuple[str, str], dict[IssueLine, int]] = defaultdict(dict)
    for paper, count in knowledge.press.papers.items():
        papers[paper.newspaper][paper] = count
    for issue, count in knowledge.press.issues.items():
        issues[issue.newspaper, issue.when][issue] = count
    agencies = {t.entity.name: t.entity for t in reversed(knowledge.things) if t.entity.kind is Kind.AGENCY}
    for name, lines in papers.items():
        yield from _describe_paper(name, lines, agencies, names)
    for key, numbers in issues.items():
        yield from _describe_issue(key, numbers, names)


def _describe_paper(
    name: str, lines: Mapping[PaperLine, int], agencies: Mapping[str, Entity], names: Names
) -> Iterator[Triple]:
    iri = names.papers[name]
    yield iri, node(RDF.type), node(SCHEMA.Newspaper)
    yield iri, node(RDFS.label), chinese(name)
    if cn := _most((line.cn, count) for line, count in lines.items()):
        yield iri, node(SCHEMA.identifier), plain(cn)
    if publisher := _most((line.publisher, count) for line, count in lines.items()):
        yield iri, node(SCHEMA.publisher), names.entities[agencies[publisher]]
    if sponsor := _most((line.sponsor, count) for line, count in lines.items()):
        yield iri, node(SCHEMA.sponsor), names.entities[agencies[sponsor]]
    for spelling in sorted({spelling for line in lines for spelling in line.spellings}):
        yield iri, node(SKOS.altLabel), chinese(spelling)


def _describe_issue(key: tuple[str, str], lines: Mapping[IssueLine, int], names: Names) -> Iterator[Triple]:
    iri = names.issues[key]
    yield iri, node(RDF.type), node(SCHEMA.PublicationIssue)
    yield iri, node(RDFS.label), chinese(" ".join(key))
    yield iri, node(SCHEMA.isPartOf), names.papers[key[0]]
    for printed in sorted({line.date for line in lines if line.date}):
        yield iri, node(SCHEMA.datePublished), day(printed)
    if (issue := _most((line.number, count) for line, count in lines.items())) is not None:
        yield iri, node(SCHEMA.issueNumber), number(issue)
    if (sheets := _most((line.sheets, count) for line, count in lines.items())) is not None:
        yield iri, node(SCHEMA.numberOfPages), number(sheets)


def _most(printed: Iterable[tuple[T | None, int]]) -> T | None:
    """The value printed most often, the smallest of several."""
    votes: Counter[T] = Counter()
    for value, count in printed:
        if value is not None:
            votes[value] += count
    return min(votes, key=lambda value: (-votes[value], value)) if votes else None


def describe_pages(knowledge: Knowledge, names: Names, skipped: Container[ox.NamedNode]) -> Iterator[Triple]:
    """One node an input file."""
    for reading in knowledge.pages:
        iri = names.pages[reading.page.sha256]
        if iri in skipped:
            continue
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

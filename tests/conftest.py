"""Small factories for records made by hand: an article, its sentences, what proves something, a page's reading."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from hashlib import sha256

import pytest

from kg.lexicon import Lexicon, load_lexicon
from kg.model import (
    Article,
    ArticleReading,
    Credit,
    Event,
    Evidence,
    Issue,
    Page,
    PageReading,
    Post,
    Sentence,
    Text,
    Thing,
)
from kg.read import split_sentences


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden` writes the golden graph and dossiers anew instead of comparing with them."""
    parser.addoption("--update-golden", action="store_true", help="write the expected graph and dossiers anew")


def make_article(
    headline: str = "",
    *paragraphs: str,
    day: date | None = date(2031, 5, 6),
    newspaper: str | None = "云岭日报",
    city: str | None = "青原省/云岭市",
    name: str = "page.txt",
    reporters: Iterable[str] = (),
) -> Article:
    """An article that is alone on its page: the headline, then a line a paragraph."""
    lines = [line for line in (headline, *paragraphs) if line]
    content = "\n".join(lines)
    page = Page(name, sha256(f"{newspaper} {day} {content}".encode()).hexdigest(), content)
    starts = [sum(len(line) + 1 for line in lines[:i]) for i in range(len(lines))]
    texts = tuple(Text.of(line, start) for line, start in zip(lines, starts, strict=True))
    issue = Issue(newspaper, day, number=100, city=city)
    nothing = Text("", ())
    head, body = (texts[0], texts[1:]) if headline else (nothing, texts)
    credits = tuple(Credit(reporter, "记者", nothing) for reporter in reporters)
    return Article(page, issue, 1, head, nothing, body, reporters=credits)


def make_evidence(article: Article, sentence: str) -> Evidence:
    """Where a sentence stands in its article's page."""
    start = article.page.content.index(sentence)
    return Evidence(((start, start + len(sentence)),))


def make_reading(
    article: Article, things: Iterable[Thing] = (), posts: Iterable[Post] = (), events: Iterable[Event] = ()
) -> PageReading:
    """All that a page with one article says."""
    reading = ArticleReading(article, tuple(things), tuple(posts), tuple(events))
    return PageReading(article.page, article.issue, (reading,))


def sentences_of(text: str, *, day: date | None = date(2031, 5, 6), city: str | None = None) -> tuple[Sentence, ...]:
    """The sentences of an article that has this text and no headline."""
    return split_sentences(make_article("", text, day=day, city=city))


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    """The built-in lexicon."""
    return load_lexicon()

"""A page put together again: its issue, its articles, who wrote them, and their sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kg.model.text import Page, Text

ArticleKey = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Issue:
    """What the masthead says; `city` is the lexicon's path of the paper's own place (吉林省/辽源市)."""

    newspaper: str | None = None
    date: date | None = None
    number: int | None = None
    cn: str | None = None
    sheets: int | None = None
    sponsor: str | None = None
    publisher: str | None = None
    city: str | None = None


@dataclass(frozen=True, slots=True)
class Credit:
    """A name in a byline: (记者 王茵) is Credit("王茵", "记者", …); (王茵) and 王茵 摄 have no title.

    (辽轩) is a `pen_name`: one person or a whole office.
    """

    name: str
    title: str | None
    text: Text
    pen_name: bool = False


class Part(StrEnum):
    """Where in its article a sentence stands."""

    HEADLINE = "headline"
    KICKER = "kicker"
    BYLINE = "byline"
    BODY = "body"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a page, put together again. `position` counts from 1 in reading order."""

    page: Page
    issue: Issue
    position: int
    headline: Text
    kicker: Text
    paragraphs: tuple[Text, ...]
    captions: tuple[Text, ...] = ()
    reporters: tuple[Credit, ...] = ()
    photographers: tuple[Credit, ...] = ()
    repairs: tuple[str, ...] = ()

    @property
    def key(self) -> ArticleKey:
        """What tells it from all other articles: its page and its place there."""
        return self.page.sha256, self.position

    @property
    def body(self) -> str:
        """The article as it is printed: paragraphs, then captions, a line each."""
        return "\n".join(self.page.printed(t) for t in (*self.paragraphs, *self.captions))


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article; `index` counts over the whole article, `paragraph` within its part."""

    article: Article
    index: int
    part: Part
    paragraph: int
    text: Text

    @property
    def string(self) -> str:
        """The sentence without its offsets."""
        return self.text.string

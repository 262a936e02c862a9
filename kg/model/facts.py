"""What one article and one page say: things, posts and events, each with the sentence that says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kg.model.article import Article, Issue
from kg.model.named import Entity
from kg.model.text import Page, Span


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence that says so: the pieces of the page file it is made of, in reading order."""

    pieces: tuple[Span, ...]
    repairs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Thing:
    """What an article, with the lexicon's help, knows of an entity.

    `forms` are printed in the article; `legal` are names the lexicon adds. `category` is a closed word of the lexicon
    (party, government, department, court, company, county, road …), of a person the walk of life. `parent` of a place
    is what contains it, of an agency the agency above it. `known` is true when parent, category or legal names come
    from the lexicon, `decided` when a person decided something about it; `label` is then what it is to be called.
    """

    entity: Entity
    forms: tuple[str, ...]
    legal: tuple[str, ...] = ()
    category: str = ""
    parent: Entity | None = None
    jurisdiction: Entity | None = None
    formal: bool = False
    known: bool = False
    decided: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """A person seen in a post on a day. `change` is "appointed" or "removed" where the text reports it, on `day`."""

    person: Entity
    title: str
    agency: Entity | None
    day: date | None
    evidence: Evidence
    rule: str
    change: str | None = None


class Role(StrEnum):
    """What an actor is to an event; the local names of the graph's role types."""

    LEAD = "Lead"
    ORGANIZER = "Organizer"
    PARTICIPANT = "Participant"
    RECIPIENT = "Recipient"


@dataclass(frozen=True, slots=True)
class Participation:
    """An actor's part in an event, with the sentence that says so."""

    actor: Entity
    role: Role
    evidence: Evidence
    rule: str


@dataclass(frozen=True, slots=True)
class When:
    """Days of an event: first and last, and the printed expression where it is one (2021-09-03, 2021-09, 2021)."""

    begin: date
    end: date
    printed: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One reported happening. `type` is a name of the lexicon's event types (Inspection, Meeting …).

    `marks` tell happenings of one kind apart (第八批, 第三批): two events with different marks are never one.
    """

    type: str
    label: str
    when: When | None
    participations: tuple[Participation, ...]
    places: tuple[Entity, ...]
    evidence: tuple[Evidence, ...]
    rule: str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleReading:
    """All that one article says."""

    article: Article
    things: tuple[Thing, ...]
    posts: tuple[Post, ...]
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class PageReading:
    """All that one page says: a pure function of the page file and the lexicon."""

    page: Page
    issue: Issue
    articles: tuple[ArticleReading, ...]

    def __iter__(self) -> Iterator[ArticleReading]:
        return iter(self.articles)

"""What the page shows, as plain records: things, the posts and events they are in, and the sentences that say so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

KINDS: Final = ("person", "agency", "place")
ROLES: Final = ("Lead", "Organizer", "Participant", "Recipient")


@dataclass(frozen=True, slots=True)
class Thing:
    """A person, agency or place. `mentioned` and `signed` are the articles that name it or bear its byline.

    `known` is true when what stands above it comes from the lexicon and not from a page.
    """

    iri: str
    kind: str
    label: str
    names: tuple[str, ...] = ()
    parent: str | None = None
    category: tuple[str, str] | None = None
    mentioned: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()
    known: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """What the page needs to say where a sentence was printed."""

    iri: str
    headline: str
    kicker: str
    body: str
    paper: str
    number: str
    day: str
    page: str
    position: int


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of an article, piece by piece as it reads; `start` counts the characters of the file before it."""

    iri: str
    article: str
    pieces: tuple[str, ...]
    start: int


@dataclass(frozen=True, slots=True)
class Post:
    """A membership: who, where, as what (the title and its IRI), first and last day seen, and who says so."""

    iri: str
    person: str
    agency: str | None
    role: str
    office: str
    first: str
    last: str
    appointed: str
    removed: str
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Party:
    """An actor's part in an event, with its own sentences."""

    actor: str
    role: str
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """A happening with its days (ISO, empty when undated), the printed expression, places, parties and sentences.

    `absent` counts the parties that a page has no room for.
    """

    iri: str
    label: str
    type: str
    begin: str
    end: str
    printed: str
    places: tuple[str, ...]
    parties: tuple[Party, ...]
    quotes: tuple[str, ...]
    absent: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """All of the graph that the page can show, each kind by IRI in sorted order."""

    things: dict[str, Thing]
    articles: dict[str, Article]
    quotes: dict[str, Quote]
    posts: dict[str, Post]
    events: dict[str, Event]
    words: dict[str, tuple[str, str]]

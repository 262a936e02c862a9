"""What a dossier holds, as plain records: each fact with the sentences that say so.

JSON shows these records as they are, field by field; the other formats show what `sheet` makes of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Named:
    """A node and what it is called."""

    iri: str
    label: str


@dataclass(frozen=True, slots=True)
class Article:
    """Where a sentence was printed; the day is that of the issue, empty where none is known."""

    iri: str
    headline: str
    paper: str
    day: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as its page has it; `spans` count the characters of the file, none for one that proves no fact."""

    text: str
    article: Article
    file: str
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Post:
    """Who held which title where, first and last day seen, and what is reported of its beginning and end.

    `told` counts the sentences; where there are very many, only the first and the last of them are here.
    """

    person: Named
    title: str
    agency: Named | None
    first: str
    last: str
    appointed: tuple[str, ...]
    removed: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    told: int


@dataclass(frozen=True, slots=True)
class Part:
    """An actor's part in an event, with the posts last seen of a person."""

    actor: Named
    role: Named
    posts: tuple[str, ...]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """A happening: first and last day (empty when undated), what is printed of them, where, who, and what says so."""

    iri: str
    label: str
    type: Named
    begin: str
    end: str
    printed: str
    places: tuple[Named, ...]
    parts: tuple[Part, ...]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Company:
    """A person or an agency met in events: how often, on which first and last day, and where it is said of the last.

    `events` begin with that one.
    """

    who: Named
    kind: str
    posts: tuple[str, ...]
    times: int
    first: str
    last: str
    events: tuple[Named, ...]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """An article that names the thing (`as_` is mention) or bears its name (author, contributor)."""

    article: Article
    as_: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What an agency was before, or became; the year is empty where none is known."""

    agency: Named
    year: str


@dataclass(frozen=True, slots=True)
class Question:
    """What the pages leave open, what else it concerns, and the sentences it arises from."""

    label: str
    about: tuple[Named, ...]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that is known of one person, agency, place, event or document; what does not apply to it is empty.

    Of posts, events, company and so on the latest, or most frequent, are here; `counts` says how many there are in all.
    `above` are the places around a place or the agencies over an agency, the nearest first; `below` what is right
    under it. `known` says that they come from the lexicon and not from a page.
    """

    iri: str
    kind: str
    label: str
    names: tuple[str, ...] = ()
    category: str = ""
    jurisdiction: Named | None = None
    before: tuple[Change, ...] = ()
    after: tuple[Change, ...] = ()
    above: tuple[Named, ...] = ()
    below: tuple[Named, ...] = ()
    known: bool = False
    agencies: tuple[Named, ...] = ()
    posts: tuple[Post, ...] = ()
    events: tuple[Event, ...] = ()
    company: tuple[Company, ...] = ()
    reports: tuple[Report, ...] = ()
    questions: tuple[Question, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)

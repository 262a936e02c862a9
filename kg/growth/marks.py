"""What of an article other articles' facts may depend on, as numbers: the index of a graph that grows.

A mark says "this article names the agency 市水利局, and says that it is a department" in 128 bits. Where two articles
share no mark, neither changes what is known from the other. All is taken from the article alone, before any identity is
settled; what the page prints around its articles has marks of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import astuple, dataclass, field
from datetime import date
from enum import IntEnum
from hashlib import blake2b
from typing import Final

from kg.identity import imprint_of, with_authors
from kg.identity.paths import containers_of
from kg.identity.settle import entities_of, named_by
from kg.identity.sightings import Sighting, sightings_of
from kg.knowledge import IssueLine, PaperLine, press_of
from kg.model import ArticleReading, Entity, Event, Kind, PageReading, Post, Role, Thing, Walk

# Where the marks of a masthead stand: articles count from 1.
MASTHEAD: Final = 0


class Relation(IntEnum):
    """How an article stands to what a mark is about."""

    SAYS = 0  # says something of an entity: the value is what
    STAFF = 1  # somebody, the value, serves in an agency
    LIKE = 2  # somebody, the value, is called so but for one character
    ACTS = 3  # somebody is at an event of a day
    AT = 4  # an event is at a place
    UNDER = 5  # a place, the value, lies in another
    TITLE = 6  # somebody holds a title


Mark = tuple[Relation, int, int]


@dataclass(frozen=True, slots=True)
class Sight:
    """A person as an article shows them: whom, and all that identity goes by, in one number.

    `is_timed` where the day goes into it as well. `seen` are the days on which they held what they hold, an empty one
    where none is known.
    """

    person: int
    signature: int
    is_timed: bool
    seen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """An event as an article tells it, by one who led it or one of its places; days are empty where it has none."""

    key: int
    begin: str
    end: str


@dataclass(frozen=True, slots=True)
class Held:
    """Somebody in a title of an agency, as seen on a day; empty where none is known."""

    seat: int
    person: int
    day: str


@dataclass(slots=True)
class Marks:
    """All marks of an article, or of a masthead."""

    said: set[Mark] = field(default_factory=set)
    seats: set[Held] = field(default_factory=set)
    sights: set[Sight] = field(default_factory=set)
    told: set[Told] = field(default_factory=set)
    mastheads: set[tuple[int, str]] = field(default_factory=set)


def digest(*parts: object) -> int:
    """64 bits of what the parts say, the same on every machine."""
    text = "\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(text, digest_size=8).digest(), "big", signed=True)


def key_of(entity: Entity) -> int:
    """What an entity shares with all that might be the same: its kind and its name."""
    return digest(entity.kind, entity.name)


def person_key(name: str) -> int:
    """The key of whoever is called so."""
    return digest(Kind.PERSON, name)


def seat_key(agency: str, title: str) -> int:
    """The key of a title of an agency."""
    return digest("seat", agency, title)


def seats_of(reading: ArticleReading) -> Iterator[Held]:
    """Who an article says holds which title of an agency."""
    for post in reading.posts:
        if post.agency:
            day = post.day.isoformat() if post.day else ""
            yield Held(seat_key(post.agency.name, post.title), person_key(post.person.name), day)


def like_keys(name: str) -> Iterator[int]:
    """The keys of a name of three or four characters with each of them left out."""
    if len(name) in (3, 4):
        yield from (digest("like", f"{name[:place]}□{name[place + 1 :]}") for place in range(len(name)))


def title_key(title: str) -> int:
    """The key of a title of whatever agency."""
    return digest("title", title)


def act_key(name: str, day: str) -> int:
    """The key of what somebody did on a day."""
    return digest("act", name, day)


def anchors_of(event: Event) -> frozenset[str]:
    """The names by which another telling of an event could be known: who led it and where it was, else what it was."""
    leads = {part.actor.name for part in event.participations if part.role in (Role.LEAD, Role.ORGANIZER)}
    return frozenset(leads | {place.name for place in event.places} or {event.label})


def told_keys(event: Event) -> Iterator[int]:
    """The keys of an event."""
    return (digest("told", event.type, anchor) for anchor in sorted(anchors_of(event)))


def days_of(event: Event) -> tuple[str, str]:
    """First and last day of an event, empty where it has none."""
    return (event.when.begin.isoformat(), event.when.end.isoformat()) if event.when else ("", "")


def paper_key(newspaper: str) -> int:
    """The key of a paper."""
    return digest("paper", newspaper)


def issue_row_key(newspaper: str, when: str) -> int:
    """The key of an issue."""
    return digest("issue", newspaper, when)


def read_paper(line: str) -> PaperLine:
    """What a masthead says of its paper, as the index keeps it."""
    newspaper, cn, publisher, sponsor, spellings = json.loads(line)
    return PaperLine(newspaper, cn, publisher, sponsor, tuple(spellings))


def read_issue(line: str) -> IssueLine:
    """What a masthead says of its issue, as the index keeps it."""
    newspaper, when, day, number, sheets = json.loads(line)
    return IssueLine(newspaper, when, date.fromisoformat(day) if day else None, number, sheets)


def marks_of(page: PageReading) -> Iterator[tuple[int, Marks]]:
    """The marks of a page's masthead, then those of each article, with its position: a pure function of the page."""
    yield MASTHEAD, _masthead_marks(page)
    yield from ((article.article.position, _article_marks(with_authors(article))) for article in page)


def _masthead_marks(page: PageReading) -> Marks:
    marks = Marks()
    for entity in named_by(imprint_of([page])):
        marks.said.add((Relation.SAYS, key_of(entity), digest("within", entity.within)))
    for thing in imprint_of([page]):
        marks.said.update((Relation.SAYS, key_of(thing.entity), value) for value in _sayings(thing))
    press = press_of([page])
    for paper in press.papers:
        marks.mastheads.add((paper_key(paper.newspaper), json.dumps(astuple(paper))))
        marks.said.add((Relation.SAYS, paper_key(paper.newspaper), digest(paper)))
    for issue in press.issues:
        line = (issue.newspaper, issue.when, issue.date and issue.date.isoformat(), issue.number, issue.sheets)
        marks.mastheads.add((issue_row_key(issue.newspaper, issue.when), json.dumps(line)))
    return marks


def _article_marks(reading: ArticleReading) -> Marks:
    marks = Marks()
    for entity in set(entities_of(reading)):
        marks.said.add((Relation.SAYS, key_of(entity), digest("within", entity.within)))
        for above in containers_of(entity) if entity.kind is Kind.PLACE else ():
            marks.said.add((Relation.SAYS, key_of(above), digest("contains", above.within)))
    for thing in reading.things:
        if thing.entity.kind is not Kind.PERSON:
            marks.said.update((Relation.SAYS, key_of(thing.entity), value) for value in _sayings(thing))
        if thing.parent and thing.entity.kind is Kind.PLACE:
            marks.said.add((Relation.UNDER, key_of(thing.parent), key_of(thing.entity)))
    for sighting in sightings_of([reading]):
        _mark_sighting(sighting, reading, marks)
    marks.said.update((Relation.TITLE, title_key(post.title), 0) for post in reading.posts if post.evidence.pieces)
    marks.seats.update(seats_of(reading))
    for event in reading.events:
        begin, end = days_of(event)
        marks.told.update(Told(key, begin, end) for key in told_keys(event))
        marks.said.update((Relation.AT, key_of(place), 0) for place in event.places)
        if begin and begin == end and event.places:
            people = (part.actor for part in event.participations if part.actor.kind is Kind.PERSON)
            marks.said.update((Relation.ACTS, act_key(person.name, begin), 0) for person in people)
    return marks


def _mark_sighting(sighting: Sighting, reading: ArticleReading, marks: Marks) -> None:
    person = person_key(sighting.person.name)
    sight = sight_of(sighting, reading)
    marks.sights.add(sight)
    for thing in (thing for thing in reading.things if thing.entity == sighting.person):
        marks.said.update((Relation.SAYS, person, digest(sight.signature, value)) for value in _sayings(thing))
    marks.said.update((Relation.LIKE, key, person) for key in like_keys(sighting.person.name))
    marks.said.update((Relation.STAFF, key_of(agency), person) for _, agency in sighting.posts if agency)


def sight_of(sighting: Sighting, reading: ArticleReading) -> Sight:
    """All of a sighting that decides who the person is and what is known of them, but for the day."""
    posts = [post for post in reading.posts if post.person == sighting.person]
    held = sorted(map(_held, posts))
    seen = sorted({post.day.isoformat() for post in posts if post.day}) or [""]
    acts = any(part.actor == sighting.person for event in reading.events for part in event.participations)
    signature = digest(sighting.person.within, sighting.walk, acts, *held)
    works_somewhere = any(agency for _, agency in sighting.posts)
    is_timed = sighting.walk == Walk.PRIVATE or (sighting.walk in (Walk.STAFF, Walk.PUPIL) and not works_somewhere)
    return Sight(person_key(sighting.person.name), signature, is_timed, tuple(seen))


def _held(post: Post) -> str:
    agency = (post.agency.name, post.agency.within) if post.agency else ()
    return repr((post.title, agency, post.rule, post.change or "", str(post.day) if post.change else ""))


def _sayings(thing: Thing) -> Iterator[int]:
    """Each thing that is said of an entity, by itself: one article that says so is enough to know it."""
    of = thing.entity.within
    yield from (digest(of, "form", form) for form in thing.forms)
    yield from (digest(of, "legal", name) for name in thing.legal)
    yield digest(of, "is", thing.known, thing.category)
    yield digest(of, "below", thing.known, thing.parent)
    yield digest(of, "over", thing.known, thing.jurisdiction)
    yield digest(of, "formal", thing.formal)

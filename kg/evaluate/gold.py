"""Gold: what a careful reader wrote down of a page, one YAML file a page, read into records and checked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.evaluate.entries import Entry, load_yaml
from kg.model import KgError

# Blanks and punctuation: line breaks and what an OCR makes of a comma do not matter.
_JUNK: Final = re.compile(r"[\s　,，。．.、:：;；!！?？“”\"'‘’()（）《》<>「」【】\-—·\\_]+")


def squeeze(text: str) -> str:
    """Text without blanks and punctuation.

    >>> squeeze("辽源市 “两会”,\\n昨日开幕。")
    '辽源市两会昨日开幕'
    """
    return _JUNK.sub("", text)


@dataclass(frozen=True, slots=True)
class Named:
    """A person, agency or place of an article. `canonical` are its squeezed names, `forms` these and what is printed.

    What careful readers may differ about is optional: found or not, it counts neither way.
    """

    name: str
    canonical: frozenset[str]
    forms: frozenset[str]
    optional: bool = False

    @classmethod
    def plain(cls, name: str) -> Named:
        """A name that has no other form."""
        only = frozenset({squeeze(name)})
        return cls(name, only, only)


@dataclass(frozen=True, slots=True)
class GoldPost:
    """A title printed next to a name; `agency` None where the text leaves it open."""

    person: str
    title: str
    agency: Named | None
    optional: bool


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """A happening; `day` is a day, a month or a range (2020-07-16/2020-07-17), None where it is not told."""

    type: str
    label: str
    day: str | None
    agents: tuple[Named, ...]
    participants: tuple[Named, ...]
    places: tuple[Named, ...]
    optional: bool


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """Everything that an article says; its body begins and ends with the words given."""

    id: str
    headline: str
    kicker: str
    first_words: str
    last_words: str
    credited: tuple[Named, ...] = ()
    persons: tuple[Named, ...] = ()
    posts: tuple[GoldPost, ...] = ()
    agencies: tuple[Named, ...] = ()
    places: tuple[Named, ...] = ()
    events: tuple[GoldEvent, ...] = ()


@dataclass(frozen=True, slots=True)
class Gold:
    """A gold file; `source` is the name of the page file that it is the truth of."""

    path: Path
    source: str
    articles: tuple[GoldArticle, ...]


def read_gold(path: Path) -> Gold:
    """A gold file, checked. Raises KgError where it cannot be read or is not of the shape."""
    content = Entry(load_yaml(path), str(path))
    source = content.text("source")
    if not source or Path(source).name != source:
        raise KgError(f"{path}: source must be the name of a page file")
    articles = tuple(_read_article(entry) for entry in content.entries("articles"))
    ids = [article.id for article in articles]
    if len(set(ids)) < len(ids) or not all(ids):
        raise KgError(f"{path}: every article needs an id of its own")
    return Gold(path, source, articles)


def _read_article(entry: Entry) -> GoldArticle:
    persons = list(entry.entries("persons"))
    people, agencies, places = (tuple(map(_named, entry.entries(key))) for key in ("persons", "agencies", "places"))
    acting = {form: agency for agency in agencies for form in agency.forms}
    known = {form: named for named in (*people, *agencies, *places) for form in named.forms}
    sure = [post for person in persons for post in _posts(person, "posts", acting)]
    debatable = [post for person in persons for post in _posts(person, "maybe_posts", acting)]
    return GoldArticle(
        id=entry.text("id"),
        headline=entry.text("headline"),
        kicker=entry.text("kicker"),
        first_words=entry.text("first_words"),
        last_words=entry.text("last_words"),
        credited=tuple(map(Named.plain, (*entry.names("reporters"), *entry.names("photographers")))),
        persons=people,
        posts=(*sure, *debatable),
        agencies=agencies,
        places=places,
        events=tuple(_event(event, known) for event in entry.entries("events")),
    )


def _named(entry: Entry) -> Named:
    name = entry.text("name")
    if not name:
        raise KgError(f"{entry.where}: name is missing")
    canonical = frozenset(map(squeeze, (name, *entry.names("aka"))))
    return Named(name, canonical, canonical | frozenset(map(squeeze, entry.names("surfaces"))), entry.flag("optional"))


def _posts(person: Entry, key: str, agencies: Mapping[str, Named]) -> Iterator[GoldPost]:
    for post in person.values(key):
        if not isinstance(post, list) or len(post) != 2 or not post[0]:
            raise KgError(f"{person.where}: {key} must be a list of [title, agency or null]")
        title, agency = post
        held_at = None if agency is None else _known(str(agency), agencies)
        yield GoldPost(person.text("name"), str(title), held_at, optional=key == "maybe_posts")


def _known(name: str, known: Mapping[str, Named]) -> Named:
    """What the article calls so, with all its forms; else the name alone."""
    named = known.get(squeeze(name)) or Named.plain(name)
    return Named(name, named.canonical, named.forms | {squeeze(name)})


def _event(entry: Entry, known: Mapping[str, Named]) -> GoldEvent:
    agents, participants, places = (
        tuple(_known(name, known) for name in entry.names(key)) for key in ("agents", "participants", "places")
    )
    return GoldEvent(
        type=entry.text("type"),
        label=entry.text("label"),
        day=entry.text("date") or None,
        agents=agents,
        participants=participants,
        places=places,
        optional=entry.flag("optional"),
    )

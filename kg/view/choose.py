"""What of the graph a page is about: facts between two days, of some types, named by a query, around a name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from kg.model import KgError
from kg.nearest import nearest_names
from kg.view.fold import OPENING, Fold
from kg.view.records import Event, Facts, Post

_DAY: Final = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True, slots=True)
class Choice:
    """What a page holds and where it opens. Days are ISO, whole or only year and month; types are names or labels.

    `only` holds IRIs, as a query answers with them (see `named_in`): the people, agencies, places, events and posts
    that the page is about.
    """

    focus: str | None = None
    hops: int = 1
    since: str = ""
    until: str = ""
    types: tuple[str, ...] = ()
    only: frozenset[str] | None = None
    limit: int = OPENING

    def __post_init__(self) -> None:
        """Raise KgError where a day is none."""
        for day in (self.since, self.until):
            if day and not _DAY.fullmatch(day):
                raise KgError(f"{day!r} is no day: write 2021-09-03, 2021-09 or 2021")

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return bool(self.since or self.until or self.types or self.only is not None)


WHOLE: Final = Choice()


def named_in(answer: Iterable[Iterable[object]]) -> frozenset[str]:
    """The IRIs in an answer: rows of terms or triples, of pyoxigraph or of rdflib; what is no IRI names nothing.

    >>> from rdflib import Graph, Literal, URIRef
    >>> graph = Graph().add((URIRef("http://a.example/柴伟"), URIRef("http://a.example/名"), Literal("柴伟")))
    >>> sorted(named_in(graph))
    ['http://a.example/名', 'http://a.example/柴伟']
    """
    import pyoxigraph as ox
    from rdflib import URIRef

    terms = (term for row in answer for term in row)
    return frozenset(str(getattr(term, "value", term)) for term in terms if isinstance(term, ox.NamedNode | URIRef))


def choose(facts: Facts, choice: Choice) -> Facts:
    """The facts that the choice leaves, with all whom they name; everything where it leaves nothing out."""
    if not choice.narrows:
        return facts
    types = {find_type(facts, name) for name in choice.types}
    events = {
        iri: event
        for iri, event in facts.events.items()
        if (not types or event.type in types) and _within(choice, event.begin, event.end)
    }
    posts = {iri: post for iri, post in facts.posts.items() if _within(choice, post.first, post.last)}
    alone: set[str] = set()
    if choice.only is not None:
        alone = set(choice.only & facts.things.keys())
        events, posts = _asked_for(events, posts, choice.only)
    elif types:  # posts alone are no meeting: only of those who were there
        there = {actor for event in events.values() for actor in _named_by(event)}
        posts = {iri: post for iri, post in posts.items() if post.person in there}
    kept = alone | {iri for event in events.values() for iri in _named_by(event)}
    kept |= {iri for post in posts.values() for iri in (post.person, post.agency) if iri}
    return restrict(facts, _with_all_above(facts, kept), events, posts)


def _with_all_above(facts: Facts, kept: set[str]) -> set[str]:
    """The things and what they are part of."""
    above = {facts.things[iri].parent for iri in kept} - kept - {None}
    return _with_all_above(facts, kept | {iri for iri in above if iri}) if above else kept


def _within(choice: Choice, first: str, last: str) -> bool:
    """Whether days meet the chosen ones; what has no day does where none is chosen."""
    if not first:
        return not (choice.since or choice.until)
    # What begins in the month or year of a shorter `until` begins with it.
    return (last or first) >= choice.since and (not choice.until or first[: len(choice.until)] <= choice.until)


def find_type(facts: Facts, name: str) -> str:
    """Meeting, meeting or 会议: the type they stand for. Raises KgError where there is none, naming those there are."""
    for type_, labels in facts.words.items():
        if name.casefold() in (type_.casefold(), *(label.casefold() for label in labels)):
            return type_
    known = "、".join(f"{labels[0]} {type_}" for type_, labels in facts.words.items())
    raise KgError(f"no event in the graph is of type {name!r}; there are {known}")


def _asked_for(
    events: dict[str, Event], posts: dict[str, Post], only: frozenset[str]
) -> tuple[dict[str, Event], dict[str, Post]]:
    """The events and posts that an answer names; where it names none of a kind, those of whom it names."""
    asked_events = {iri: event for iri, event in events.items() if iri in only}
    asked_posts = {iri: post for iri, post in posts.items() if iri in only}
    about = only | {iri for event in asked_events.values() for iri in _named_by(event)}
    about |= {iri for post in asked_posts.values() for iri in (post.person, post.agency) if iri}
    near_events = {iri: event for iri, event in events.items() if about.intersection(_named_by(event))}
    near_posts = {iri: post for iri, post in posts.items() if post.person in about or post.agency in about}
    return asked_events or near_events, asked_posts or near_posts


def _named_by(event: Event) -> set[str]:
    return {party.actor for party in event.parties} | set(event.places)


def asked_nodes(facts: Facts, folded: Fold, only: frozenset[str]) -> tuple[int, ...]:
    """The nodes an answer names, itself or by an event or a post, most important first."""
    named = set(only)
    named |= {party.actor for iri, event in facts.events.items() if iri in only for party in event.parties}
    for iri, post in facts.posts.items():
        if iri in only:
            named |= {post.person, post.agency or ""}
    return tuple(n for n, iri in enumerate(folded.nodes) if iri in named)


def find_focus(facts: Facts, folded: Fold, focus: str) -> tuple[tuple[int, ...], str]:
    """The nodes a name stands for and the address to open: an IRI, a label or another form, else an event's label.

    Raises KgError when nothing is called so, naming what comes near.
    """
    things = facts.things.values()
    number = {iri: n for n, iri in enumerate(folded.nodes)}
    for fits in (
        [t.iri for t in things if focus == t.iri],
        [t.iri for t in things if focus == t.label],
        [t.iri for t in things if focus in t.names],
    ):
        if fits:
            centres = sorted(number[iri] for iri in fits)
            return tuple(centres), "iri/" + folded.nodes[centres[0]]
    for event in facts.events.values():
        if focus in (event.iri, event.label):
            slug = event.iri.rpartition("/event/")[2]
            return tuple(sorted(number[party.actor] for party in event.parties)), "event/" + slug
    raise KgError(f"nothing in the graph is called {focus!r}{_nearest(facts, focus)}")


def _nearest(facts: Facts, focus: str) -> str:
    near = nearest_names(focus, (name for thing in facts.things.values() for name in (thing.label, *thing.names)))
    return f"; the nearest names are {'、'.join(near)}" if near else "; the graph has no name near it"


def strongest(facts: Facts, kept: set[str]) -> Facts:
    """The facts about the kept things. A post keeps its agency; an event stays with the parties that are kept."""
    posts = {iri: post for iri, post in facts.posts.items() if post.person in kept}
    kept = kept | {post.agency for post in posts.values() if post.agency}
    events = {}
    for iri, event in facts.events.items():
        parties = tuple(party for party in event.parties if party.actor in kept)
        places = tuple(place for place in event.places if place in kept)
        if parties:
            events[iri] = replace(event, parties=parties, places=places, absent=len(event.parties) - len(parties))
    return restrict(facts, kept, events, posts)


def restrict(facts: Facts, kept: set[str], events: dict[str, Event], posts: dict[str, Post]) -> Facts:
    """These events and posts, the things they name, and the sentences and articles behind them."""
    said = {quote for post in posts.values() for quote in post.quotes}
    said |= {quote for event in events.values() for quote in event.quotes}
    said |= {quote for event in events.values() for party in event.parties for quote in party.quotes}
    quotes = {iri: quote for iri, quote in facts.quotes.items() if iri in said}
    told = {quote.article for quote in quotes.values()}
    things = {
        iri: replace(thing, parent=thing.parent if thing.parent in kept else None)
        for iri, thing in facts.things.items()
        if iri in kept
    }
    articles = {iri: article for iri, article in facts.articles.items() if iri in told}
    return replace(facts, things=things, posts=posts, events=events, quotes=quotes, articles=articles)

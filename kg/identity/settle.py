"""An article's facts said of the entities that all articles share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import replace

from kg.model import ArticleReading, Entity, Event, Post, Thing


def settle(reading: ArticleReading, canon: Mapping[Entity, Entity]) -> ArticleReading:
    """The reading with every entity that `canon` knows by another one in that one's place."""
    if not canon or not any(entity in canon for entity in entities_of(reading)):
        return reading
    return replace(
        reading,
        things=tuple(settle_thing(thing, canon) for thing in reading.things),
        posts=tuple(_settle_post(post, canon) for post in reading.posts),
        events=tuple(_settle_event(event, canon) for event in reading.events),
    )


def without(reading: ArticleReading, rejected: Set[Entity]) -> ArticleReading:
    """The reading without what is said of entities that are none; an event stays with its other actors and places."""
    if not rejected or not any(entity in rejected for entity in entities_of(reading)):
        return reading
    events = (
        replace(
            event,
            participations=tuple(part for part in event.participations if part.actor not in rejected),
            places=tuple(place for place in event.places if place not in rejected),
        )
        for event in reading.events
    )
    things = (thing for thing in reading.things if thing.entity not in rejected)
    return replace(
        reading,
        things=tuple(
            replace(
                thing,
                parent=None if thing.parent in rejected else thing.parent,
                jurisdiction=None if thing.jurisdiction in rejected else thing.jurisdiction,
            )
            for thing in things
        ),
        posts=tuple(post for post in reading.posts if post.person not in rejected and post.agency not in rejected),
        events=tuple(events),
    )


def entities_of(reading: ArticleReading) -> Iterator[Entity]:
    """Every entity that a thing or a fact of the article names, as often as it does."""
    yield from named_by(reading.things)
    yield from told_of(reading)


def named_by(things: Iterable[Thing]) -> Iterator[Entity]:
    """The things' own entities and what stands behind them, as often as they name them."""
    for thing in things:
        yield from (entity for entity in (thing.entity, thing.parent, thing.jurisdiction) if entity)


def told_of(reading: ArticleReading) -> Iterator[Entity]:
    """Every entity that a fact of the article speaks of, as often as it does."""
    for post in reading.posts:
        yield post.person
        if post.agency:
            yield post.agency
    for event in reading.events:
        yield from (participation.actor for participation in event.participations)
        yield from event.places


def settle_thing(thing: Thing, canon: Mapping[Entity, Entity]) -> Thing:
    """The thing and what stands behind it; what became its own parent has none."""
    entity = canon.get(thing.entity, thing.entity)
    parent = canon.get(thing.parent, thing.parent) if thing.parent else None
    jurisdiction = canon.get(thing.jurisdiction, thing.jurisdiction) if thing.jurisdiction else None
    return replace(thing, entity=entity, parent=None if parent == entity else parent, jurisdiction=jurisdiction)


def _settle_post(post: Post, canon: Mapping[Entity, Entity]) -> Post:
    agency = canon.get(post.agency, post.agency) if post.agency else None
    return replace(post, person=canon.get(post.person, post.person), agency=agency)


def _settle_event(event: Event, canon: Mapping[Entity, Entity]) -> Event:
    parts = tuple(replace(part, actor=canon.get(part.actor, part.actor)) for part in event.participations)
    return replace(event, participations=parts, places=tuple(dict.fromkeys(canon.get(p, p) for p in event.places)))

"""What is seen to change in a part of a graph touches further pages: whoever names what is another now."""

from __future__ import annotations

from collections.abc import Iterable

from kg.graph.names import entity_names
from kg.growth.marks import Relation, digest, key_of, person_key, sight_of
from kg.growth.part import Part
from kg.identity import Agreement
from kg.identity.sightings import sightings_of
from kg.model import ArticleReading, Entity, Kind


def follow(part: Part, before: Agreement, after: Agreement, base: str) -> None:
    """Take what is touched by a change of who somebody is, whose bureau it is, what lies where, or of an IRI."""
    for article in [article for leaf in part.leaves.values() for article in leaf.articles]:
        one, two = (side.canons.get(article.article.key, {}) for side in (before, after))
        for entity in sorted({*one, *two}):
            if one.get(entity) != two.get(entity):
                _focus_alike(part, entity, article)
    for agency in sorted({*before.bodies, *after.bodies}):
        if before.bodies.get(agency, "") != after.bodies.get(agency, ""):
            for person in part.index.values(Relation.STAFF, key_of(agency)):
                part.person(person)
    for place in sorted({*before.parents, *after.parents}):
        if before.parents.get(place, frozenset()) != after.parents.get(place, frozenset()):
            _take_events_at(part, key_of(place))
    names = [entity_names(base, [thing.entity for thing in side.knowledge.things]) for side in (before, after)]
    for entity in sorted(names[0].keys() & names[1].keys()):
        if names[0][entity] != names[1][entity]:
            _focus_all(part, entity)


def _focus_alike(part: Part, entity: Entity, article: ArticleReading) -> None:
    """Whoever is shown just so, on whatever page, is somebody else now."""
    if entity.kind is not Kind.PERSON:
        value = digest("within", entity.within)
        _focus(part, part.index.leaves(Relation.SAYS, key_of(entity), value))
        return
    for sighting in (sighting for sighting in sightings_of([article]) if sighting.person == entity):
        _focus(part, part.index.shown(person_key(entity.name), sight_of(sighting, article).signature))


def _focus_all(part: Part, entity: Entity) -> None:
    if entity.kind is Kind.PERSON:
        _focus(part, part.index.shown(person_key(entity.name)))
    else:
        _focus(part, part.index.leaves(Relation.SAYS, key_of(entity)))


def _focus(part: Part, numbers: Iterable[int]) -> None:
    for leaf in part.take(numbers):
        part.focus(leaf)


def _take_events_at(part: Part, place: int) -> None:
    """The events at a place, and at all that lies in it: what was far apart may be near now."""
    seen, ahead = {place}, [place]
    while ahead:
        key = ahead.pop()
        for leaf in part.take(part.index.leaves(Relation.AT, key)):
            for event in leaf.events():
                if any(key_of(it) == key for it in event.places):
                    part.event(event, leaf.issue)
        below = set(part.index.values(Relation.UNDER, key)) - seen
        seen |= below
        ahead += sorted(below)

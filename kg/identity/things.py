"""Which entities of different articles are one, and what is known of each in all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from kg.identity.decisions import Decisions
from kg.identity.paths import containers_of
from kg.model import Entity, Kind, Thing, is_within

# What the lexicon calls a place whose own row no article needed: something that contains others.
CONTAINER = "area"


def canonical_entities(entities: Iterable[Entity]) -> dict[Entity, Entity]:
    """What is told of without its place → the only one so called that has a place; people are another matter."""
    withins: dict[tuple[Kind, str], set[str]] = defaultdict(set)
    for entity in entities:
        if entity.kind not in (Kind.PERSON, Kind.DOCUMENT):
            withins[entity.kind, entity.name].add(entity.within)
    return {
        Entity(kind, name): Entity(kind, name, next(iter(paths - {""})))
        for (kind, name), paths in withins.items()
        if "" in paths and len(paths) == 2
    }


def merge_things(things: Iterable[Thing], used: Iterable[Entity], canon: Mapping[Entity, Entity]) -> tuple[Thing, ...]:
    """One thing an entity, for those told of and for those that stand behind them: parents and containing places."""
    groups: dict[Entity, list[Thing]] = {entity: [] for entity in used}
    for thing in things:
        groups.setdefault(thing.entity, []).append(thing)
        for behind in (thing.parent, thing.jurisdiction):
            if behind:
                groups.setdefault(behind, [])
    containers = {above for entity in groups if entity.kind is Kind.PLACE for above in _containers(entity, canon)}
    for above in containers:
        groups.setdefault(above, [])
    return _without_circles([_merge(entity, groups[entity], entity in containers, canon) for entity in sorted(groups)])


def _without_circles(things: list[Thing]) -> tuple[Thing, ...]:
    """Things whose parents lead back to themselves, as two articles may tell it, lose them: left open."""
    parents = {thing.entity: thing.parent for thing in things if thing.parent}

    def is_circle(entity: Entity) -> bool:
        seen: set[Entity] = set()
        step: Entity | None = entity
        while step and step not in seen:
            seen.add(step)
            step = parents.get(step)
        return step == entity

    return tuple(replace(thing, parent=None) if is_circle(thing.entity) else thing for thing in things)


def _containers(place: Entity, canon: Mapping[Entity, Entity]) -> Iterator[Entity]:
    """The places that a place's path leads through, the nearest first, as all articles know them."""
    return (canon.get(container, container) for container in containers_of(place))


def _merge(entity: Entity, group: list[Thing], is_container: bool, canon: Mapping[Entity, Entity]) -> Thing:
    known = any(thing.known for thing in group)
    told = [thing for thing in group if thing.known] or group
    categories = sorted({thing.category for thing in told if thing.category})
    parent = _agreed(thing.parent for thing in told)
    if parent is None and entity.kind is Kind.PLACE:
        parent = next((above for above in _containers(entity, canon) if above != entity), None)
    return Thing(
        entity,
        forms=tuple(sorted({form for thing in group for form in thing.forms})),
        legal=tuple(sorted({name for thing in group for name in thing.legal})),
        category=categories[0] if categories else CONTAINER if is_container else "",
        parent=parent,
        jurisdiction=_agreed(thing.jurisdiction for thing in told),
        formal=any(thing.formal for thing in group),
        known=known or is_container,
    )


def _agreed(entities: Iterable[Entity | None]) -> Entity | None:
    """The one that all name, or the narrowest of places that lie in each other; None where they disagree."""
    named = sorted({entity for entity in entities if entity}, key=lambda entity: (-len(entity.path), entity))
    if not named or any(not is_within(named[0].path, other.path) for other in named):
        return None
    return named[0]


def decided(thing: Thing, decisions: Decisions) -> Thing:
    """The thing as a person has decided that it is called, its other names beside it."""
    label = decisions.renamed.get(thing.entity, "")
    merged = {other.name for other, entity in decisions.merged.items() if entity == thing.entity}
    if not label and not merged:
        return thing
    forms = {*thing.forms, *merged, *([thing.entity.name] if label else [])}
    return replace(thing, forms=tuple(sorted(forms)), label=label, decided=True)

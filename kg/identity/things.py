"""Which entities of different articles are one, and what is known of each in all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from kg.model import Entity, Kind, Thing

# What the lexicon calls a place whose own row no article needed: something that contains others.
CONTAINER = "area"


def is_within(path: str, above: str) -> bool:
    """Whether a path of places leads through another, or is the same.

    >>> is_within("吉林省/辽源市", "吉林省"), is_within("吉林省/辽源市", ""), is_within("吉林省市", "吉林省")
    (True, True, False)
    """
    return not above or path == above or path.startswith(above + "/")


def place_path(place: Entity) -> str:
    """The path of a place itself: 东丰县 within 吉林省/辽源市 → 吉林省/辽源市/东丰县."""
    return f"{place.within}/{place.name}" if place.within else place.name


def canonical_entities(entities: Iterable[Entity]) -> dict[Entity, Entity]:
    """Entities that are another one, less precisely told → that other one.

    A person told of within 吉林省 is the one within 吉林省/辽源市 when there is no second; an agency or a place told of
    without its place is the one that has a place, when there is no second.
    """
    withins: dict[tuple[Kind, str], set[str]] = defaultdict(set)
    for entity in entities:
        withins[entity.kind, entity.name].add(entity.within)
    canon: dict[Entity, Entity] = {}
    for (kind, name), paths in withins.items():
        if kind is not Kind.DOCUMENT and len(paths) > 1:
            fits = _person_paths(paths) if kind is Kind.PERSON else _only_path(paths)
            canon |= {Entity(kind, name, path): Entity(kind, name, fit) for path, fit in fits}
    return canon


def _person_paths(paths: set[str]) -> Iterator[tuple[str, str]]:
    narrowest = [path for path in paths if not any(other != path and is_within(other, path) for other in paths)]
    for path in sorted(paths):
        fits = [end for end in narrowest if is_within(end, path)]
        if fits != [path] and len(fits) == 1:
            yield path, fits[0]


def _only_path(paths: set[str]) -> Iterator[tuple[str, str]]:
    placed = paths - {""}
    if "" in paths and len(placed) == 1:
        yield "", placed.pop()


def merge_things(things: Iterable[Thing], used: Iterable[Entity], canon: Mapping[Entity, Entity]) -> tuple[Thing, ...]:
    """One thing an entity, for those told of and for those that stand behind them: parents and containing places."""
    groups: dict[Entity, list[Thing]] = {entity: [] for entity in used}
    for thing in things:
        entity = canon.get(thing.entity, thing.entity)
        groups.setdefault(entity, []).append(_canonical(thing, entity, canon))
        for behind in (groups[entity][-1].parent, groups[entity][-1].jurisdiction):
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


def _canonical(thing: Thing, entity: Entity, canon: Mapping[Entity, Entity]) -> Thing:
    parent = canon.get(thing.parent, thing.parent) if thing.parent else None
    jurisdiction = canon.get(thing.jurisdiction, thing.jurisdiction) if thing.jurisdiction else None
    # What merged into its own parent has none.
    parent = None if parent == entity else parent
    return replace(thing, entity=entity, parent=parent, jurisdiction=jurisdiction)


def _containers(place: Entity, canon: Mapping[Entity, Entity]) -> Iterator[Entity]:
    """The places that a place's path leads through, the nearest first."""
    above, _, name = place.within.rpartition("/")
    while name:
        container = Entity(Kind.PLACE, name, above)
        yield canon.get(container, container)
        above, _, name = above.rpartition("/")


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
    named = sorted({entity for entity in entities if entity}, key=lambda entity: (-len(place_path(entity)), entity))
    if not named or any(not is_within(place_path(named[0]), place_path(other)) for other in named):
        return None
    return named[0]

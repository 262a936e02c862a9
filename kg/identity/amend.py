"""What people have decided about events and posts, done to what the pages say together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from kg.identity.groups import components
from kg.knowledge import Actor, Happening, Knowledge, Proof, sorted_proofs, strongest
from kg.model import ArticleKey, Entity

Path = tuple[str, ...]


@dataclass(slots=True)
class Amendments:
    """By their places in a `Knowledge`: events that are one, that an article does not tell of, retyped, or none."""

    same: list[tuple[int, int]] = field(default_factory=list)
    split: list[tuple[int, ArticleKey]] = field(default_factory=list)
    types: dict[int, str] = field(default_factory=dict)
    labels: dict[int, str] = field(default_factory=dict)
    no_event: set[int] = field(default_factory=set)
    no_post: set[int] = field(default_factory=set)
    no_part: set[tuple[int, Entity]] = field(default_factory=set)
    addresses: dict[int, Path] = field(default_factory=dict)  # of every event named here, so that it keeps its IRI


def amend(knowledge: Knowledge, changes: Amendments) -> Knowledge:
    """The knowledge with events joined, split, retyped, relabelled, and without what was rejected."""
    happenings = dict(enumerate(knowledge.happenings))
    parted: list[Happening] = []
    for index, article in changes.split:
        happenings[index], own = _split(happenings[index], article)
        parted += [own] if own else []
    for index, path in changes.addresses.items():
        happenings[index] = replace(happenings[index], address=path)
    for index, event in happenings.items():
        actors = tuple(actor for actor in event.actors if (index, actor.entity) not in changes.no_part)
        kind, label = changes.types.get(index, event.type), changes.labels.get(index, event.label)
        happenings[index] = replace(event, actors=actors, type=kind, label=label)
    objects = {other for _, other in changes.same}
    # What is one with an event that is none is none as well.
    groups = [g for g in components(list(happenings), changes.same) if changes.no_event.isdisjoint(g)]
    joined = [_joined([happenings[i] for i in sorted(group, key=lambda i: (i in objects, i))]) for group in groups]
    posts = tuple(post for index, post in enumerate(knowledge.memberships) if index not in changes.no_post)
    return replace(knowledge, memberships=posts, happenings=(*joined, *parted))


def _split(event: Happening, article: ArticleKey) -> tuple[Happening, Happening | None]:
    """What the other articles tell, and what this one tells; None where it tells nothing, or alone."""
    own, rest = _told(event, article, inside=True), _told(event, article, inside=False)
    return (rest, own) if own.proofs and rest.proofs else (event, None)


def _told(event: Happening, article: ArticleKey, *, inside: bool) -> Happening:
    def kept(proofs: Iterable[Proof]) -> tuple[Proof, ...]:
        return tuple(proof for proof in proofs if (proof.article.key == article) is inside)

    actors = (replace(actor, proofs=kept(actor.proofs)) for actor in event.actors)
    return replace(event, actors=tuple(actor for actor in actors if actor.proofs), proofs=kept(event.proofs))


def _joined(events: Sequence[Happening]) -> Happening:
    """One event of several: called as the first, every actor in the strongest role, every place, every proof."""
    if len(events) == 1:
        return events[0]
    parts: dict[Entity, list[Actor]] = defaultdict(list)
    for actor in (actor for event in events for actor in event.actors):
        parts[actor.entity].append(actor)
    return replace(
        events[0],
        when=next((event.when for event in events if event.when), None),
        actors=tuple(
            Actor(
                entity,
                strongest(a.role for a in parts[entity]),
                sorted_proofs(p for a in parts[entity] for p in a.proofs),
            )
            for entity in sorted(parts)
        ),
        places=tuple(sorted({place for event in events for place in event.places})),
        proofs=sorted_proofs(proof for event in events for proof in event.proofs),
    )

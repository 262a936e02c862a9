"""The IRI of every node: readable, the same on every machine, no two nodes ever one.

A node takes the shortest of its paths that no other node wants; where text that is no good in an IRI leaves two alike,
both carry a digest of what they are.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeVar

import pyoxigraph as ox

from kg.knowledge import Happening, Knowledge, Membership, Proof
from kg.model import Entity, Evidence, Kind, Page, Role
from kg.vocab import mint_iri

Path = tuple[str, ...]
K = TypeVar("K", bound=Hashable)
EvidenceKey = tuple[str, int, Evidence]

_LONGEST_LABEL = 40


def mint_unique(
    base: str, paths: Mapping[K, Sequence[Path]], seal: Callable[[K], object] = lambda key: key
) -> dict[K, ox.NamedNode]:
    """Key → IRI, each by the first of its paths that is its alone, or by its last one with a digest of its `seal`.

    >>> mint_unique("https://e.org/", {1: [("辽源市", "柴伟")], 2: [("a/b",)], 3: [("a_b",)]})[1].value
    'https://e.org/辽源市/柴伟'
    """
    minted: dict[K, str] = {}
    taken: set[str] = set()
    for level in range(max(map(len, paths.values()), default=0)):
        wanted = {key: _mint(base, ways[min(level, len(ways) - 1)]) for key, ways in paths.items() if key not in minted}
        count = Counter(wanted.values())
        minted |= {key: iri for key, iri in wanted.items() if count[iri] == 1 and iri not in taken}
        taken.update(minted.values())
    for key, ways in paths.items():
        if key not in minted:
            minted[key] = _mint_with_digest(base, ways[-1], repr(seal(key)), taken)
            taken.add(minted[key])
    return {key: ox.NamedNode(iri) for key, iri in minted.items()}


def _mint(base: str, path: Path) -> str:
    return str(mint_iri(base, *(_part(part) for part in path)))


def _mint_with_digest(base: str, path: Path, seal: str, taken: set[str]) -> str:
    plain = _mint(base, path)
    for count in itertools.count():
        digest = sha256("\0".join((*path, seal, str(count))).encode("utf-8", "surrogatepass")).hexdigest()[:8]
        if f"{plain}~{digest}" not in taken:
            break
    return f"{plain}~{digest}"


def _part(text: str) -> str:
    """One step of a path: text of a newspaper neither opens a step of its own nor climbs one."""
    step = text.replace("/", "_")
    return step if step.strip(".") else "_"


def _steps(path: str) -> Path:
    return tuple(step for step in path.split("/") if step)


def entity_names(base: str, entities: Sequence[Entity]) -> dict[Entity, ox.NamedNode]:
    """Person by the last place of its path (person/辽源市/柴伟), all others by their whole path."""
    return mint_unique(base, {entity: _entity_paths(entity) for entity in entities})


def _entity_paths(entity: Entity) -> list[Path]:
    whole = _whole_path(entity)
    near = (entity.kind.value, *_steps(entity.within)[-1:], *_called(entity))
    return [near, whole] if entity.kind is Kind.PERSON else [whole]


def _whole_path(entity: Entity) -> Path:
    return (entity.kind.value, *_steps(entity.within), *_called(entity))


def _called(entity: Entity) -> Path:
    return (entity.name, entity.mark) if entity.mark else (entity.name,)


@dataclass(frozen=True, slots=True)
class Names:
    """The IRIs of all nodes of a graph."""

    base: str
    papers: Mapping[str, ox.NamedNode]
    issues: Mapping[tuple[str, str], ox.NamedNode]
    pages: Mapping[str, ox.NamedNode]
    articles: Mapping[tuple[str, int], ox.NamedNode]
    entities: Mapping[Entity, ox.NamedNode]
    memberships: Mapping[int, ox.NamedNode]
    happenings: Mapping[int, ox.NamedNode]
    actors: Mapping[tuple[int, Entity], ox.NamedNode]
    roles: Mapping[str, ox.NamedNode]
    evidence: Mapping[EvidenceKey, ox.NamedNode]
    questions: Mapping[int, ox.NamedNode]

    @classmethod
    def of(cls, knowledge: Knowledge, base: str) -> Names:
        """Names for all that is known."""
        numbers = knowledge.press.issues
        pages = mint_unique(base, {p.page.sha256: [("page", _page_step(p.page))] for p in knowledge.pages})
        reported = [report.article for report in knowledge.reports]
        articles = {a.key: ("article", _page_step(a.page), str(a.position)) for a in reported}
        entities = entity_names(base, [thing.entity for thing in knowledge.things])
        tails = {entity: _steps(iri.value.removeprefix(base))[1:] for entity, iri in entities.items()}
        posts, events = knowledge.memberships, knowledge.happenings
        happenings = mint_unique(
            base,
            {i: _event_paths(event) for i, event in enumerate(events)},
            lambda i: [proof.order for proof in events[i].proofs],
        )
        memberships = mint_unique(
            base,
            {i: _post_paths(post, tails[post.person]) for i, post in enumerate(posts)},
            lambda i: (posts[i].person, posts[i].title, posts[i].agency),
        )
        return cls(
            base,
            papers=mint_unique(base, {line.newspaper: [("paper", line.newspaper)] for line in knowledge.press.papers}),
            issues=mint_unique(base, {(i.newspaper, i.when): [("issue", i.newspaper, i.when)] for i in numbers}),
            pages=pages,
            articles=(named := mint_unique(base, {key: [path] for key, path in articles.items()})),
            entities=entities,
            memberships=memberships,
            happenings=happenings,
            actors=_actor_names(base, events, happenings),
            roles=mint_unique(base, {post.title: [("role", post.title)] for post in posts}),
            evidence=_evidence_names(base, knowledge, named),
            questions=_question_names(base, knowledge, entities, memberships, happenings),
        )


def _page_step(page: Page) -> str:
    stem = page.name.rpartition(".")[0] or page.name
    return f"{stem}-{page.sha256[:8]}"


def _post_paths(post: Membership, person: Path) -> list[Path]:
    agency = post.agency
    short = ("post", *person, *((agency.name,) if agency else ()), post.title)
    return [short, ("post", *person, *_steps(agency.within), agency.name, post.title)] if agency else [short]


def _event_paths(event: Happening) -> list[Path]:
    """Type, first day, who led it (else who took part), where it was (else what it was); or its old address."""
    if event.address:
        return [event.address]
    leads = [actor.entity.name for role in (Role.LEAD, Role.ORGANIZER) for actor in event.actors if actor.role is role]
    label = event.label[:_LONGEST_LABEL]
    about = [*leads[:1], *(place.name for place in event.places[:1])]
    short = ("event", event.type, event.when.begin.isoformat() if event.when else "undated", *(about[:2] or [label]))
    return [short, (*short, label)] if about else [short]


def _actor_names(
    base: str, events: Sequence[Happening], names: Mapping[int, ox.NamedNode]
) -> dict[tuple[int, Entity], ox.NamedNode]:
    paths: dict[tuple[int, Entity], list[Path]] = {}
    for number, event in enumerate(events):
        above = _steps(names[number].value.removeprefix(base))
        for actor in event.actors:
            entity = actor.entity
            role = (*above, actor.role.value)
            paths[number, entity] = [(*role, entity.name), (*role, *_whole_path(entity))]
    # Not by its number, which depends on what else is known.
    return mint_unique(base, paths, lambda key: (names[key[0]].value, key[1]))


def _question_names(
    base: str,
    knowledge: Knowledge,
    entities: Mapping[Entity, ox.NamedNode],
    memberships: Mapping[int, ox.NamedNode],
    happenings: Mapping[int, ox.NamedNode],
) -> dict[int, ox.NamedNode]:
    """Named by their kind and by what they are about."""
    nodes = asked_about(knowledge, entities, memberships, happenings)
    paths = {}
    for number, question in enumerate(knowledge.questions):
        steps = ("·".join(_steps(nodes[it].value.removeprefix(base))[1:]) for it in question.about)
        paths[number] = [("question", question.kind, *steps)]
    about = [[nodes[it].value for it in question.about] for question in knowledge.questions]
    return mint_unique(base, paths, lambda number: about[number])


def asked_about(
    knowledge: Knowledge,
    entities: Mapping[Entity, ox.NamedNode],
    memberships: Mapping[int, ox.NamedNode],
    happenings: Mapping[int, ox.NamedNode],
) -> dict[Entity | Membership | Happening, ox.NamedNode]:
    """The node of everything that a question can be about; empty where nothing is asked."""
    nodes: dict[Entity | Membership | Happening, ox.NamedNode] = {}
    if knowledge.questions:
        nodes.update(entities.items())
        nodes |= {post: memberships[i] for i, post in enumerate(knowledge.memberships)}
        nodes |= {event: happenings[i] for i, event in enumerate(knowledge.happenings)}
    return nodes


def all_proofs(knowledge: Knowledge) -> Iterator[Proof]:
    """Every proof of every fact; a sentence comes as often as it proves something."""
    for post in knowledge.memberships:
        yield from post.proofs
    for event in knowledge.happenings:
        yield from event.proofs
        for actor in event.actors:
            yield from actor.proofs


def evidence_key(proof: Proof) -> EvidenceKey:
    """What tells one sentence of evidence from all others."""
    return (*proof.article.key, proof.evidence)


def _evidence_names(
    base: str, knowledge: Knowledge, articles: Mapping[tuple[str, int], ox.NamedNode]
) -> dict[EvidenceKey, ox.NamedNode]:
    """Named by first and last offset below their article, by every offset where that leaves two alike."""
    paths: dict[EvidenceKey, list[Path]] = {}
    for proof in all_proofs(knowledge):
        if pieces := proof.evidence.pieces:
            above = (*_steps(articles[proof.article.key].value.removeprefix(base)), "evidence")
            spans = "_".join(f"{start}-{end}" for start, end in pieces)
            paths[evidence_key(proof)] = [(*above, f"{pieces[0][0]}-{pieces[-1][1]}"), (*above, spans)]
    return mint_unique(base, paths)

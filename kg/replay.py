"""The ledger replayed: its rows name nodes by the end of their IRIs, and the graph is built as they decide.

Rows name what the pages alone would give, so that they hold through a rebuild, a new page and a new lexicon. A row that
names nothing any more changes nothing and is reported.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kg.graph.names import Names
from kg.identity import Decisions, Namesake, unify
from kg.identity.amend import Amendments, amend
from kg.identity.questions import find_questions
from kg.knowledge import Happening, Knowledge, Question
from kg.ledger import THINGS, Row, Verdict, kind_of
from kg.lexicon import Lexicon
from kg.model import ArticleKey, Entity, Kind, PageReading


def decide(
    readings: Sequence[PageReading], rows: Sequence[Row], lexicon: Lexicon, base: str
) -> tuple[Knowledge, tuple[Row, ...]]:
    """What the pages say together, decided as the ledger says, and the rows that name nothing any more."""
    knowledge = unify(readings)
    if not rows:
        return replace(knowledge, questions=find_questions(knowledge, lexicon)), ()
    alone = Addresses(knowledge, base)
    decisions, stale = _decisions(rows, alone)
    if decisions:
        knowledge = unify(readings, decisions)
    changes, lost = _amendments(rows, Addresses(knowledge, base), alone, lexicon)
    knowledge = amend(knowledge, changes)
    knowledge = replace(knowledge, questions=find_questions(knowledge, lexicon))
    open_questions, unasked = _unanswered(knowledge, rows, base)
    return replace(knowledge, questions=open_questions), (*stale, *lost, *unasked)


class Addresses:
    """The ends of the IRIs of a graph, and what each of them names."""

    def __init__(self, knowledge: Knowledge, base: str) -> None:
        names = Names.of(knowledge, base)

        def end(iri: str) -> str:
            return iri.removeprefix(base)

        self.knowledge = knowledge
        self.entities = {end(iri.value): entity for entity, iri in names.entities.items()}
        self.articles: dict[str, ArticleKey] = {end(iri.value): key for key, iri in names.articles.items()}
        self.events = {end(iri.value): index for index, iri in names.happenings.items()}
        self.posts = {end(iri.value): index for index, iri in names.memberships.items()}
        self.parts = {end(iri.value): key for key, iri in names.actors.items()}
        self.questions = {end(iri.value): index for index, iri in names.questions.items()}
        self._alike: Mapping[tuple[Kind, str], Sequence[Entity]] = _by_name(self.entities.values())

    def entity(self, address: str) -> Entity | None:
        """What an address names; where a page has made it more precise since, the only one of that name."""
        if known := self.entities.get(address):
            return known
        kind, *steps = address.split("/")
        for name in reversed(steps[-2:]):
            alike = self._alike.get((Kind(kind), name), ()) if kind in THINGS else ()
            if len(alike) == 1:
                return alike[0]
        return None

    def namesake(self, address: str) -> Namesake:
        """The person of an address, told from others of the name by its last place and its mark."""
        steps = address.split("/")[1:]
        named = next((n for n in (len(steps) - 1, len(steps) - 2) if (Kind.PERSON, steps[n]) in self._alike), -1)
        name = steps[named]
        place, mark = steps[:named] if named else [], steps[named:][1:] if named != -1 else []
        return Namesake(name, place[-1] if place else "", mark[0] if mark else "")


def _by_name(entities: Iterable[Entity]) -> dict[tuple[Kind, str], list[Entity]]:
    alike: dict[tuple[Kind, str], list[Entity]] = defaultdict(list)
    for entity in entities:
        alike[entity.kind, entity.name].append(entity)
    return alike


def _decisions(rows: Iterable[Row], known: Addresses) -> tuple[Decisions, list[Row]]:
    """The rows about people, agencies, places and documents."""
    merged: dict[Entity, Entity] = {}
    elsewhere: dict[tuple[ArticleKey, Entity], Entity] = {}
    renamed: dict[Entity, str] = {}
    apart: list[tuple[Namesake, Namesake]] = []
    rejected: set[Entity] = set()
    stale = []
    for row in (row for row in rows if kind_of(row.subject) in THINGS):
        entity, other = known.entity(row.subject), known.entity(row.object)
        match row.verdict:
            case Verdict.SAME if entity and other:
                merged[_last(merged, other)] = _last(merged, entity)
            case Verdict.DIFFERENT if entity and row.object in known.articles:
                mark = row.object.partition("/")[2].replace("/", "-")
                elsewhere[known.articles[row.object], entity] = replace(entity, mark=mark)
            case Verdict.DIFFERENT if entity and kind_of(row.object) in THINGS:
                apart += [(known.namesake(row.subject), known.namesake(row.object))]
            case Verdict.RENAME if entity:
                renamed[entity] = row.object
            case Verdict.FIX if entity:
                merged[_last(merged, entity)] = _last(merged, replace(entity, name=row.object))
            case Verdict.REJECT if entity:
                rejected.add(entity)
            case _:
                stale.append(row)
    merged = {one: last for one in merged if (last := _last(merged, one)) != one}
    called = {_last(merged, entity): name for entity, name in renamed.items()}
    return Decisions(merged, elsewhere, tuple(apart), called, frozenset(rejected)), stale


def _last(merged: Mapping[Entity, Entity], entity: Entity) -> Entity:
    """What an entity is in the end, through all rows so far."""
    while merged.get(entity, entity) != entity:
        entity = merged[entity]
    return entity


def _amendments(
    rows: Iterable[Row], known: Addresses, alone: Addresses, lexicon: Lexicon
) -> tuple[Amendments, list[Row]]:
    """The rows about events, posts and parts in events."""
    types = {kind.name for kind in lexicon.event_types}
    changes, stale = Amendments(), []
    for row in (row for row in rows if kind_of(row.subject) in ("event", "post")):
        event, other = _event(row.subject, known, alone), _event(row.object, known, alone)
        if event is not None:
            changes.addresses.setdefault(event, tuple(row.subject.split("/")))
        match row.verdict:
            case Verdict.SAME if event is not None and other is not None:
                changes.same.append((event, other))
            case Verdict.DIFFERENT if event is not None and row.object in known.articles:
                changes.split.append((event, known.articles[row.object]))
            case Verdict.DIFFERENT if event is not None and other is not None:
                pass  # they are two as it is; the question is answered
            case Verdict.RETYPE if row.object not in types:
                raise row.error(f"no event type is called {row.object}; there are {', '.join(sorted(types))}")
            case Verdict.RETYPE if event is not None:
                changes.types[event] = row.object
            case Verdict.RENAME if event is not None:
                changes.labels[event] = row.object
            case Verdict.REJECT if event is not None:
                changes.no_event.add(event)
            case Verdict.REJECT if row.subject in known.posts:
                changes.no_post.add(known.posts[row.subject])
            case Verdict.REJECT if row.subject in known.parts:
                changes.no_part.add(known.parts[row.subject])
            case _:
                stale.append(row)
    return changes, stale


def _event(address: str, known: Addresses, alone: Addresses) -> int | None:
    """The event that an address names now, or the one that has its sentences where other decisions moved it."""
    if address in known.events:
        return known.events[address]
    if address not in alone.events:
        return None
    before = alone.knowledge.happenings[alone.events[address]]
    now = [index for index, event in enumerate(known.knowledge.happenings) if _is_retold(before, event)]
    return now[0] if len(now) == 1 else None


def _is_retold(before: Happening, now: Happening) -> bool:
    return before.type == now.type and {p.order for p in before.proofs} <= {p.order for p in now.proofs}


def _unanswered(knowledge: Knowledge, rows: Iterable[Row], base: str) -> tuple[tuple[Question, ...], tuple[Row, ...]]:
    """The questions that no row answers, and the answers to what nobody asks any more."""
    known = Addresses(knowledge, base)
    accepted = {row.subject: row for row in rows if row.verdict is Verdict.ACCEPT}
    apart = {frozenset((row.subject, row.object)) for row in rows if row.verdict is Verdict.DIFFERENT}
    names = {entity: address for address, entity in known.entities.items()}
    asked = {index: address for address, index in known.questions.items()}
    left = tuple(
        question
        for index, question in enumerate(knowledge.questions)
        if asked[index] not in accepted
        and frozenset(names[it] for it in question.about if isinstance(it, Entity)) not in apart
    )
    return left, tuple(row for address, row in accepted.items() if address not in known.questions)

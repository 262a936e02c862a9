"""What the pages leave open or say against themselves, for a person to decide: nothing of it is settled silently."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import chain, combinations

from kg.identity.paths import prefecture
from kg.knowledge import Happening, Knowledge, Membership, Proof, Question, sorted_proofs
from kg.lexicon import Lexicon
from kg.model import Entity, Kind, Walk

LOOK_ALIKE, NAMESAKES, TWO_HOLDERS = "look-alike", "namesakes", "two-holders"
AFTER_REMOVAL, TWO_PLACES = "after-removal", "two-places"
# A sentence or two a side is what somebody can judge by.
_PROOFS_A_SIDE = 2


def find_questions(knowledge: Knowledge, lexicon: Lexicon) -> tuple[Question, ...]:
    """Every question that the knowledge raises, each once, in an order that depends on nothing but the knowledge."""
    seen = _Seen(knowledge)
    look_alikes = list(_look_alikes(seen, lexicon))
    pairs = {question.about for question in look_alikes}
    found = chain(
        look_alikes,
        _namesakes(seen),
        (q for q in _two_holders(knowledge, lexicon) if tuple(sorted(m.person for m in _posts(q))) not in pairs),
        _after_removal(knowledge),
        _two_places(knowledge),
    )
    return tuple(found)


def _posts(question: Question) -> Iterator[Membership]:
    return (fact for fact in question.about if isinstance(fact, Membership))


class _Seen:
    """The people, with what they hold and every sentence that tells of them."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.walks = {t.entity: t.category for t in knowledge.things if t.entity.kind is Kind.PERSON}
        self.posts: dict[Entity, list[Membership]] = defaultdict(list)
        self.proofs: dict[Entity, list[Proof]] = defaultdict(list)
        for post in knowledge.memberships:
            self.posts[post.person].append(post)
            self.proofs[post.person] += post.proofs
        for event in knowledge.happenings:
            for actor in event.actors:
                if actor.entity.kind is Kind.PERSON:
                    self.proofs[actor.entity] += actor.proofs

    def evidence(self, *people: Entity) -> tuple[Proof, ...]:
        """The first sentences about each."""
        return tuple(proof for person in people for proof in sorted_proofs(self.proofs[person])[:_PROOFS_A_SIDE])

    def seats(self, person: Entity) -> set[tuple[str, Entity]]:
        """Titles with their agencies; reporters of one paper are many."""
        if self.walks.get(person) == Walk.PRESS:
            return set()
        return {(post.title, post.agency) for post in self.posts[person] if post.agency}


def _look_alikes(seen: _Seen, lexicon: Lexicon) -> Iterator[Question]:
    """胡永为 and 胡水为: names of one place that differ by a character that OCR confuses, or by any in one post."""
    confused = {frozenset(pair) for pair in lexicon.ocr}
    blanked: dict[tuple[str, str], list[Entity]] = defaultdict(list)
    for person in sorted(seen.proofs):
        for place in range(len(person.name) if len(person.name) <= 4 else 0):
            blanked[person.name[:place] + "□" + person.name[place + 1 :], person.within].append(person)
    for (pattern, _), people in sorted(blanked.items()):
        place = pattern.index("□")
        for one, other in combinations(people, 2):
            alike = frozenset((one.name[place], other.name[place])) in confused
            if alike or (len(one.name) > 2 and seen.seats(one) & seen.seats(other)):
                yield Question(LOOK_ALIKE, (one, other), seen.evidence(one, other))


def _namesakes(seen: _Seen) -> Iterator[Question]:
    """Two of one name who hold office in one province, or two bureaus of one place: perhaps one person after all."""
    by_name: dict[str, list[Entity]] = defaultdict(list)
    for person in sorted(seen.proofs):
        if seen.walks.get(person) == Walk.OFFICE:
            by_name[person.name].append(person)
    for name in sorted(by_name):
        for one, other in combinations(by_name[name], 2):
            near = one.within == other.within or prefecture(one.within) == prefecture(other.within)
            if near or (one.within.partition("/")[0] == other.within.partition("/")[0] and _in_turn(seen, one, other)):
                yield Question(NAMESAKES, (one, other), seen.evidence(one, other))


def _in_turn(seen: _Seen, one: Entity, other: Entity) -> bool:
    """Whether the offices of one are seen before or after those of the other, never in between."""
    spans = []
    for person in (one, other):
        days = [day for post in seen.posts[person] for day in (post.first, post.last) if day]
        if not days:
            return False
        spans.append((min(days), max(days)))
    return spans[0][1] < spans[1][0] or spans[1][1] < spans[0][0]


def _two_holders(knowledge: Knowledge, lexicon: Lexicon) -> Iterator[Question]:
    """Two people in a post that has one holder, seen in turn over the same days."""
    seats: dict[tuple[Entity, str], list[Membership]] = defaultdict(list)
    sole = lexicon.words("sole_title")
    for post in knowledge.memberships:
        if post.agency and post.title in sole:
            seats[post.agency, post.title].append(post)
    for seat in sorted(seats):
        for one, other in combinations(seats[seat], 2):
            if _overlap(one, other) and not _is_handover(one, other):
                yield Question(TWO_HOLDERS, (one, other), sorted_proofs((*one.proofs[:1], *other.proofs[:1])))


def _overlap(one: Membership, other: Membership) -> bool:
    days = [day for post in (one, other) for day in (post.first, post.last) if day]
    return len(days) == 4 and days[0] <= days[3] and days[2] <= days[1]


def _is_handover(one: Membership, other: Membership) -> bool:
    """Whether one was removed by the day that the other was first seen: both may be in one report."""
    return any(
        before.removed and after.first and min(before.removed) <= after.first
        for before, after in ((one, other), (other, one))
    )


def _after_removal(knowledge: Knowledge) -> Iterator[Question]:
    """A post still seen after the day that somebody was removed from it."""
    for post in knowledge.memberships:
        if post.removed and post.last and post.last > max(post.removed):
            again = [day for day in post.appointed if day >= max(post.removed)]
            if not again:
                yield Question(AFTER_REMOVAL, (post,), (post.proofs[0], post.proofs[-1]))


def _two_places(knowledge: Knowledge) -> Iterator[Question]:
    """Somebody who leads or takes part in events of two provinces on one day."""
    days: dict[tuple[Entity, str], list[Happening]] = defaultdict(list)
    for event in knowledge.happenings:
        if event.when and event.when.begin == event.when.end and event.places:
            for actor in event.actors:
                if actor.entity.kind is Kind.PERSON:
                    days[actor.entity, event.when.begin.isoformat()].append(event)
    for person, day in sorted(days):
        for one, other in combinations(days[person, day], 2):
            if _provinces(one) and _provinces(other) and not _provinces(one) & _provinces(other):
                proofs = (_proof_of(event, person) for event in (one, other))
                yield Question(TWO_PLACES, (person, one, other), sorted_proofs(proofs))


def _provinces(event: Happening) -> set[str]:
    return {place.path.partition("/")[0] for place in event.places if "/" in place.path}


def _proof_of(event: Happening, person: Entity) -> Proof:
    return next(actor.proofs[0] for actor in event.actors if actor.entity == person)

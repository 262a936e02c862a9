"""Tellings of one event, in several articles, captions or kickers → one happening.

Two tellings match when type, day and marks agree and they share who led it (and nothing speaks against the place) or a
place and two of those present. A telling that could belong to two different happenings belongs to neither.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, takewhile

from kg.identity.groups import components
from kg.knowledge import Actor, Happening, Proof, sorted_proofs, strongest
from kg.model import Article, Entity, Event, Issue, Page, Role, When, is_within

Parents = Mapping[Entity, frozenset[Entity]]
Pair = tuple[int, int]

# The one word that every kind of meeting ends in: 会议, 座谈会, 大会.
_MEETING, _GATHERING = "Meeting", "会"
# What a meeting on any matter may be called: 全县…工作推进会, …工作电视电话会议.
_EVERY_MEETING = re.compile("工作|推进|部署|动员|调度|专题|电视电话|视频|[全我本][省市州县区]")
_NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Telling:
    """An event as one article tells it, its entities the same as in all other articles."""

    article: Article
    event: Event
    leads: frozenset[Entity]
    actors: frozenset[Entity]
    places: frozenset[Entity]

    @classmethod
    def of(cls, article: Article, event: Event) -> Telling:
        """An article's event."""
        parts = event.participations
        leads = frozenset(part.actor for part in parts if part.role in (Role.LEAD, Role.ORGANIZER))
        return cls(article, event, leads, frozenset(part.actor for part in parts), frozenset(event.places))

    @property
    def issue(self) -> str:
        """The day of its issue, or its page where that is unknown."""
        return told_in(self.article.issue, self.article.page)

    @property
    def order(self) -> tuple[object, ...]:
        """Enough to put any two tellings into the same order every time."""
        when, page = self.event.when, self.article.page
        days = (when.begin.isoformat(), when.end.isoformat(), when.printed or "") if when else ("", "", "")
        spans = tuple(evidence.pieces for evidence in self.event.evidence)
        place = (page.name, page.sha256, self.article.position, spans)
        parts = tuple((part.actor, part.role, part.evidence.pieces, part.rule) for part in self.event.participations)
        return self.event.type, days, self.event.label, place, self.event.rule, parts, self.event.places


def told_in(issue: Issue, page: Page) -> str:
    """The day of an issue, or the page where that is unknown: what two undated tellings must share."""
    return issue.date.isoformat() if issue.date else page.sha256


def merge_tellings(tellings: Iterable[Telling], parents: Parents) -> tuple[Happening, ...]:
    """One happening for all tellings that are certainly of the same event, in order of type and day."""
    told = sorted(tellings, key=lambda telling: telling.order)
    matches = sorted(pair for pair in _candidates(told) if _is_match(told[pair[0]], told[pair[1]], parents))
    cores = components(range(len(told)), (pair for pair in matches if _is_plain(told[pair[0]], told[pair[1]])))
    core_of = {index: number for number, core in enumerate(cores) for index in core}
    clash = _Clashes(told, cores, parents)
    links = {(min(a, b), max(a, b)) for a, b in ((core_of[i], core_of[j]) for i, j in matches) if a != b}
    links = {link for link in links if not clash(*link)}
    torn = _torn(links, clash, [told[core[0]].event.when is None for core in cores])
    groups = components(range(len(cores)), (link for link in sorted(links) if not torn.intersection(link)))
    merged: list[list[int]] = []
    for group in groups:
        if any(clash(a, b) for a, b in combinations(group, 2)):
            merged.extend(cores[core] for core in group)
        else:
            merged.append([index for core in group for index in cores[core]])
    return tuple(_happening([told[index] for index in sorted(group)]) for group in sorted(map(sorted, merged)))


def _candidates(told: Sequence[Telling]) -> set[Pair]:
    """Pairs of one type that share an actor or a place and whose days may agree: what is worth a closer look."""
    dated: dict[tuple[str, Entity], list[int]] = defaultdict(list)
    issues: dict[tuple[str, Entity, str], list[int]] = defaultdict(list)
    for index, telling in enumerate(told):
        for anchor in telling.leads | telling.places:
            issues[telling.event.type, anchor, telling.issue].append(index)
            if telling.event.when:
                dated[telling.event.type, anchor].append(index)
    pairs = {pair for bucket in issues.values() for pair in combinations(bucket, 2)}
    for bucket in dated.values():
        pairs.update(_overlapping(told, bucket))
    return pairs


def _overlapping(told: Sequence[Telling], bucket: Sequence[int]) -> Iterator[Pair]:
    """Pairs of dated tellings that share a day; they come sorted by their first day."""
    for position, a in enumerate(bucket):
        when = told[a].event.when
        for b in bucket[position + 1 :]:
            other = told[b].event.when
            if not (when and other) or other.begin > when.end:
                break
            yield a, b


def _is_match(a: Telling, b: Telling, parents: Parents) -> bool:
    if _is_clash(a, b, parents):
        return False
    if not (a.event.when and b.event.when) and a.issue != b.issue:
        return False
    if a.leads & b.leads:
        return not a.places or not b.places or _are_near(a, b, parents) or _are_alike(a, b)
    return bool(a.places & b.places) and (len(a.actors & b.actors) >= 2 or _are_alike(a, b))


def _is_plain(a: Telling, b: Telling) -> bool:
    """A match that leaves nothing open: the same days, the same marks, a place that both name or none."""
    days = [(when.begin, when.end) if when else None for when in (a.event.when, b.event.when)]
    same_places = bool(a.places & b.places) or not (a.places or b.places)
    return days[0] == days[1] and set(a.event.marks) == set(b.event.marks) and same_places


def _is_clash(a: Telling, b: Telling, parents: Parents) -> bool:
    """Whether two tellings cannot be of one event: other marks, other days, or other places."""
    marks = set(a.event.marks), set(b.event.marks)
    if marks[0] and marks[1] and not marks[0] & marks[1]:
        return True
    one, two = a.event.when, b.event.when
    if one and two and (one.end < two.begin or two.end < one.begin):
        return True
    if _name_others(a, b) or _name_meetings(a, b):
        return True
    elsewhere = bool(a.places and b.places) and not _are_near(a, b, parents)
    return elsewhere and (bool(one and two) or not _are_alike(a, b))


def _name_others(a: Telling, b: Telling) -> bool:
    """Whether each label names somebody that the other event knows nothing of: contracts with two companies."""
    own = [any(actor.name in one.event.label for actor in one.actors - other.actors) for one, other in ((a, b), (b, a))]
    return all(own) and bool(a.leads & b.leads)


def _name_meetings(a: Telling, b: Telling) -> bool:
    """Whether the labels of two meetings say two matters: 安全生产工作会议, 招商引资座谈会."""
    if a.event.type != _MEETING or not a.leads & b.leads:
        return False
    one, two = (_NO_WORD.sub("", telling.event.label) for telling in (a, b))
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, two, strict=False)))
    matters = [_bigrams(_EVERY_MEETING.sub("|", label[same:])) for label in (one, two)]
    matters = [{pair for pair in matter if _GATHERING not in pair and "|" not in pair} for matter in matters]
    return min(map(len, matters)) >= 3 and not matters[0] & matters[1]


def _are_near(a: Telling, b: Telling, parents: Parents) -> bool:
    """Whether a place of one is a place of the other, or lies in it."""
    return any(_lies_in(x, y, parents) or _lies_in(y, x, parents) for x in a.places for y in b.places)


def _lies_in(place: Entity, above: Entity, parents: Parents) -> bool:
    seen: set[Entity] = set()
    ahead = {place}
    while ahead:
        if any(is_within(step.path, above.path) for step in ahead):
            return True
        seen |= ahead
        ahead = {parent for step in ahead for parent in parents.get(step, ())} - seen
    return False


def _are_alike(a: Telling, b: Telling) -> bool:
    """Whether two labels say nearly the same, and none names a place of its event that the other leaves out."""
    one, two = (_NO_WORD.sub("", telling.event.label) for telling in (a, b))
    if any((place.name in one) != (place.name in two) for place in a.places | b.places):
        return False
    pairs = [_bigrams(label) for label in (one, two)]
    total = len(pairs[0]) + len(pairs[1])
    return total > 0 and 2 * len(pairs[0] & pairs[1]) >= 0.8 * total


def _bigrams(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


class _Clashes:
    """Whether two groups of tellings hold some that cannot be of one event; each pair is looked at once."""

    def __init__(self, told: Sequence[Telling], cores: Sequence[Sequence[int]], parents: Parents) -> None:
        self._told, self._cores, self._parents = told, cores, parents
        self._known: dict[Pair, bool] = {}

    def __call__(self, a: int, b: int) -> bool:
        pair = (a, b) if a < b else (b, a)
        if pair not in self._known:
            self._known[pair] = any(
                _is_clash(self._told[i], self._told[j], self._parents) for i in self._cores[a] for j in self._cores[b]
            )
        return self._known[pair]


def _torn(links: set[Pair], clash: _Clashes, undated: Sequence[bool]) -> set[int]:
    """Groups that fit two others which do not fit each other, or, undated, two dated ones: they stay by themselves."""
    neighbours: dict[int, set[int]] = defaultdict(set)
    for a, b in links:
        neighbours[a].add(b)
        neighbours[b].add(a)
    torn = set()
    for core, around in neighbours.items():
        dated = [other for other in around if not undated[other]]
        apart = undated[core] and any(pair not in links for pair in combinations(sorted(dated), 2))
        if apart or any(clash(a, b) for a, b in combinations(sorted(around), 2)):
            torn.add(core)
    return torn


def _happening(told: Sequence[Telling]) -> Happening:
    """The narrowest days, the fullest telling's label, every actor in the strongest role, and all that says so."""
    dates = [telling.event.when for telling in told if telling.event.when]
    fullest = min(told, key=_fullness)
    return Happening(
        type=fullest.event.type,
        label=fullest.event.label,
        when=min(dates, key=_narrowness) if dates else None,
        actors=_actors(told),
        places=tuple(sorted({place for telling in told for place in telling.places})),
        proofs=sorted_proofs(Proof(t.article, evidence, t.event.rule) for t in told for evidence in t.event.evidence),
    )


def _fullness(telling: Telling) -> tuple[int, int, tuple[object, ...]]:
    """Most actors and places first, then the label that says most."""
    return -len(telling.actors) - len(telling.places), -len(telling.event.label), telling.order


def _narrowness(when: When) -> tuple[int, str, bool, str]:
    return (when.end - when.begin).days, when.begin.isoformat(), when.printed is None, when.printed or ""


def _actors(told: Sequence[Telling]) -> tuple[Actor, ...]:
    parts: dict[Entity, list[tuple[Role, Proof]]] = defaultdict(list)
    for telling in told:
        for part in telling.event.participations:
            parts[part.actor].append((part.role, Proof(telling.article, part.evidence, part.rule)))
    actors = []
    for entity in sorted(parts):
        role = strongest(role for role, _ in parts[entity])
        actors.append(Actor(entity, role, sorted_proofs(proof for _, proof in parts[entity])))
    return tuple(actors)

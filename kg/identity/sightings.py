"""People as each article shows them, and the tracks of those that articles show to be one by their own words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from kg.model import ArticleKey, ArticleReading, Entity, Kind, Thing, Walk

# A namesake of the same place in a stronger walk keeps the plain name.
STRONGEST_FIRST = (*Walk, "")
# Who is shown in no office is known again for a month: a villager, a patient, a winner.
_MEMORY = timedelta(days=31)
# Somebody sits in a committee, a government or a congress besides the bureau that is theirs alone.
_SHARED_BODIES = frozenset(["party", "government", "congress", "cppcc", "discipline"])


@dataclass(frozen=True, slots=True)
class Sighting:
    """A person as one article shows them."""

    key: ArticleKey
    person: Entity
    walk: str
    posts: tuple[tuple[str, Entity | None], ...]
    day: date | None

    @property
    def places(self) -> frozenset[str]:
        """Where they hold office, by this article."""
        return frozenset({agency.within for _, agency in self.posts if agency} | {self.person.within})


@dataclass(frozen=True, slots=True)
class Track:
    """Sightings that are one person by their own words: the same name, place, walk and, for some, agency."""

    place: str
    walk: str
    anchor: str
    sightings: tuple[Sighting, ...]

    @property
    def days(self) -> tuple[date, date] | None:
        """First and last day seen, None where no day is known."""
        days = [sighting.day for sighting in self.sightings if sighting.day]
        return (min(days), max(days)) if days else None


def bodies_of(things: Iterable[Thing]) -> dict[Entity, str]:
    """Of which category each agency is; a party's or a people's body that the lexicon does not know is a branch."""
    bodies: dict[Entity, str] = {}
    for thing in sorted(things, key=lambda thing: (thing.known, thing.category)):
        if thing.entity.kind is Kind.AGENCY:
            unknown = thing.category in _SHARED_BODIES and not thing.known
            bodies[thing.entity] = "branch" if unknown else thing.category
    return bodies


def sightings_of(articles: Iterable[ArticleReading]) -> Iterator[Sighting]:
    """Everybody whom the articles name, once an article."""
    for reading in articles:
        article = reading.article
        posts: dict[Entity, set[tuple[str, Entity | None]]] = defaultdict(set)
        walks = {thing.entity: thing.category for thing in reading.things if thing.entity.kind is Kind.PERSON}
        for post in reading.posts:
            posts[post.person].add((post.title, post.agency))
        acting = {part.actor for event in reading.events for part in event.participations}
        for person in sorted({*walks, *posts, *(actor for actor in acting if actor.kind is Kind.PERSON)}):
            held = tuple(sorted(posts[person], key=lambda post: (post[0], post[1] is not None, post[1] or person)))
            walk = walks.get(person) or (Walk.OFFICE if held else "")
            yield Sighting(article.key, person, walk, held, article.issue.date)


def _key(sighting: Sighting, bodies: Mapping[Entity, str]) -> tuple[str, str, str]:
    """What a sighting shares with all others of its track: place, walk, and the agency of who serves but one."""
    agencies = sorted({agency for _, agency in sighting.posts if agency})
    titles = sorted({title for title, _ in sighting.posts})
    anchor = ""
    if sighting.walk in (Walk.STAFF, Walk.PUPIL):
        anchor = agencies[0].name if agencies else titles[0] if titles else ""
    elif agencies and all(_is_own_world(agency, bodies) for agency in agencies):
        anchor = agencies[0].name
    return sighting.person.within, sighting.walk, anchor


def _is_own_world(agency: Entity, bodies: Mapping[Entity, str]) -> bool:
    """A village's committee or branch and a company are led by people whom no other office knows."""
    return bodies.get(agency, "") in ("company", "community", "branch")


def tracks_of(sightings: Iterable[Sighting], bodies: Mapping[Entity, str]) -> list[Track]:
    """The tracks of one name's sightings, in an order that depends on nothing but them."""
    groups: dict[tuple[str, str, str], list[Sighting]] = defaultdict(list)
    for sighting in sightings:
        groups[_key(sighting, bodies)].append(sighting)
    tracks = []
    for (place, walk, anchor), group in groups.items():
        parts = [group]
        if walk == Walk.OFFICE:
            parts = _by_bureau(group, bodies)
        elif walk == Walk.PRIVATE or (walk in (Walk.STAFF, Walk.PUPIL) and not agencies_of(group)):
            parts = _by_time(group)
        tracks += [Track(place, walk, anchor, tuple(part)) for part in parts]
    return sorted(tracks, key=lambda track: (track.place, STRONGEST_FIRST.index(track.walk), first_seen(track)))


def agencies_of(sightings: Iterable[Sighting]) -> set[Entity]:
    """Every agency that somebody is shown in a post of."""
    return {agency for sighting in sightings for _, agency in sighting.posts if agency}


def first_seen(track: Track) -> tuple[date, ArticleKey]:
    """The day and the article of the first sighting; one without a day comes before all others."""
    return min((sighting.day or date.min, sighting.key) for sighting in track.sightings)


def _by_time(group: Sequence[Sighting]) -> list[list[Sighting]]:
    """Sightings of somebody without office: those that follow each other within the memory of readers."""
    parts: list[list[Sighting]] = []
    last: date | None = None
    for sighting in sorted(group, key=lambda s: (s.day or date.min, s.key)):
        near = last is not None and sighting.day is not None and sighting.day - last <= _MEMORY
        same_page = bool(parts) and parts[-1][-1].key[0] == sighting.key[0]
        if near or same_page:
            parts[-1].append(sighting)
        else:
            parts.append([sighting])
        last = sighting.day
    return parts


def _by_bureau(group: Sequence[Sighting], bodies: Mapping[Entity, str]) -> list[list[Sighting]]:
    """Heads of two bureaus of one place, seen in turn over the same days and never together, are two people."""
    bureaus = [_bureaus(sighting, bodies) for sighting in group]
    spans: dict[Entity, list[date]] = defaultdict(list)
    for sighting, own in zip(group, bureaus, strict=True):
        for bureau in own:
            spans[bureau] += [sighting.day] if sighting.day else []
    together = {pair for own in bureaus for pair in combinations(sorted(own), 2)}
    apart = [
        pair
        for pair in combinations(sorted(bureau for bureau, days in spans.items() if days), 2)
        if pair not in together and _overlap(spans[pair[0]], spans[pair[1]])
    ]
    if not apart:
        return [list(group)]
    torn = {bureau for pair in apart for bureau in pair}
    parts: dict[Entity | None, list[Sighting]] = defaultdict(list)
    for sighting, own in zip(group, bureaus, strict=True):
        mine = sorted(own & torn)
        parts[mine[0] if mine else None].append(sighting)
    return [parts[bureau] for bureau in sorted(parts, key=lambda bureau: (bureau is not None, bureau or _NOBODY))]


_NOBODY = Entity(Kind.AGENCY, "")


def _bureaus(sighting: Sighting, bodies: Mapping[Entity, str]) -> frozenset[Entity]:
    return frozenset(
        agency for _, agency in sighting.posts if agency and bodies.get(agency, "") not in _SHARED_BODIES | {""}
    )


def _overlap(one: Sequence[date], other: Sequence[date]) -> bool:
    return min(one) <= max(other) and min(other) <= max(one)

"""Which people of one name are one person, by where they hold office, in what walk of life, and when.

Articles that show somebody in the same walk, in the same office or in a place that lies in the other's, tell of one
person; so does a career step: an office in the same prefecture that begins to be seen when the other is no longer seen.
A reporter is no mayor, and who heads two bureaus in turn on the same days is two. What fits two people that do not fit
each other is left to itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, combinations

from kg.identity.decisions import Namesake
from kg.identity.groups import components
from kg.identity.paths import common_path, prefecture
from kg.identity.sightings import STRONGEST_FIRST, Sighting, Track, agencies_of, first_seen, sightings_of, tracks_of
from kg.model import ArticleKey, ArticleReading, Entity, Kind, Walk, is_within

Canon = dict[Entity, Entity]


def identify_people(
    articles: Iterable[ArticleReading], bodies: Mapping[Entity, str], apart: Iterable[tuple[Namesake, Namesake]] = ()
) -> dict[ArticleKey, Canon]:
    """For each article the people that are another entity than it makes of them → that entity.

    `bodies` says of which category an agency is, `apart` who has been decided to be two.
    """
    pairs = list(apart)
    by_name: dict[str, list[Sighting]] = defaultdict(list)
    for sighting in sightings_of(articles):
        by_name[sighting.person.name].append(sighting)
    canon: dict[ArticleKey, Canon] = defaultdict(dict)
    for name in sorted(by_name):
        if len(by_name[name]) == 1:
            continue  # nothing to decide
        decided = [pair for pair in pairs if pair[0].name == name]
        for person, tracks in _named(name, _clusters(tracks_of(by_name[name], bodies), decided)):
            for sighting in (sighting for track in tracks for sighting in track.sightings):
                if sighting.person != person:
                    canon[sighting.key][sighting.person] = person
    return canon


def _clusters(tracks: Sequence[Track], decided: Iterable[tuple[Namesake, Namesake]]) -> list[list[Track]]:
    """Tracks of one name that are one person."""
    pairs = list(combinations(range(len(tracks)), 2))
    links = {(m, n) for m, n in pairs if _is_promotion(tracks[m], tracks[n]) or _is_career(tracks[m], tracks[n])}
    for walk, anchor in sorted({(track.walk, track.anchor) for track in tracks if track.walk in (Walk.OFFICE, "")}):
        own = [n for n, track in enumerate(tracks) if (track.walk, track.anchor) == (walk, anchor)]
        links |= _nested_links(tracks, own, links)
    for one, other in decided:
        links = _cut(tracks, links, one, other)
    groups = components(range(len(tracks)), sorted(links))
    return [[tracks[number] for number in group] for group in _with_bare(tracks, groups)]


def _cut(tracks: Sequence[Track], links: set[tuple[int, int]], one: Namesake, other: Namesake) -> set[tuple[int, int]]:
    """The links without those that join two people who are told apart, nor any that does so round a corner."""
    sides = [{n for n, track in enumerate(tracks) if _is_called(track, side)} for side in (one, other)]
    if one.mark != other.mark:
        plain = sides[0] if not one.mark else sides[1]
        plain -= sides[1] if not one.mark else sides[0]
    links = {link for link in links if not (set(link) & sides[0] and set(link) & sides[1])}
    for group in components(range(len(tracks)), sorted(links)):
        if sides[0].intersection(group) and sides[1].intersection(group):
            between = set(group) - sides[0] - sides[1]
            links = {link for link in links if not between.intersection(link)}
    return links


def _is_called(track: Track, person: Namesake) -> bool:
    """Whether a track could be the person of an IRI's end."""
    if person.place and track.place.rpartition("/")[2] != person.place:
        return False
    return not person.mark or person.mark in _words([track])


def _is_promotion(one: Track, other: Track) -> bool:
    """A nurse and later head nurse of one hospital: who worked, and then leads, in the same agency."""
    if one.walk == other.walk or not {one.walk, other.walk} <= {Walk.OFFICE, Walk.STAFF, Walk.PRESS}:
        return False
    before, after = (other, one) if one.walk == Walk.OFFICE else (one, other)
    in_turn = before.days and after.days and before.days[1] < after.days[0]
    return bool(in_turn) and bool(agencies_of(before.sightings) & agencies_of(after.sightings))


def _nested_links(tracks: Sequence[Track], own: Sequence[int], known: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """A track of a wider place joins the one person that it fits, told of in narrower places."""
    narrow = [n for n in own if not any(_is_narrower(tracks[m].place, tracks[n].place) for m in own)]
    people = components(narrow, (link for link in known if set(link) <= set(narrow)))
    links = set()
    for wide in (n for n in own if n not in narrow):
        inside = [[is_within(tracks[n].place, tracks[wide].place) for n in person] for person in people]
        fits = [person for person, within in zip(people, inside, strict=True) if all(within)]
        if len(fits) == 1 and sum(map(any, inside)) == 1:
            links.add((min(wide, fits[0][0]), max(wide, fits[0][0])))
    return links


def _is_narrower(place: str, other: str) -> bool:
    return place != other and is_within(place, other)


def _is_career(one: Track, other: Track) -> bool:
    """Whether an office follows the other in the same prefecture, or one article tells of both."""
    if one.place == other.place or one.anchor or other.anchor or not one.walk == other.walk == Walk.OFFICE:
        return False
    places = {one.place, other.place}
    if any(places <= sighting.places for track in (one, other) for sighting in track.sightings):
        return True
    if prefecture(one.place) != prefecture(other.place) or not prefecture(one.place):
        return False
    if not (one.days and other.days):
        return False
    return one.days[1] < other.days[0] or other.days[1] < one.days[0]


def _with_bare(tracks: Sequence[Track], groups: Sequence[Sequence[int]]) -> list[list[int]]:
    """Somebody named without any title is the only one so called of the place, but for a reporter."""
    bare = [group for group in groups if not tracks[group[0]].walk]
    told = [list(group) for group in groups if tracks[group[0]].walk]
    fitting: list[tuple[Sequence[int], list[list[int]]]] = []
    for group in bare:
        place = tracks[group[0]].place
        fits = [
            person
            for person in told
            if tracks[person[0]].walk != Walk.PRESS
            and any(is_within(tracks[n].place, place) or is_within(place, tracks[n].place) for n in person)
        ]
        fitting.append((group, fits))
    rest = []
    for group, fits in fitting:
        if len(fits) == 1:
            fits[0].extend(group)
        else:
            rest.append(list(group))
    return [*told, *rest]


def _named(name: str, clusters: Iterable[Sequence[Track]]) -> Iterator[tuple[Entity, Sequence[Track]]]:
    """Each cluster with its entity; of several of one place all but the strongest carry a mark."""
    by_place: dict[str, list[Sequence[Track]]] = defaultdict(list)
    for tracks in clusters:
        by_place[common_path({track.place for track in tracks})].append(tracks)
    for place in sorted(by_place):
        taken: set[str] = set()
        for tracks in sorted(by_place[place], key=_rank):
            mark = _mark(tracks, taken) if taken else ""
            taken.add(mark)
            yield Entity(Kind.PERSON, name, place, mark), tracks


def _rank(tracks: Sequence[Track]) -> tuple[int, tuple[date, ArticleKey]]:
    return min(STRONGEST_FIRST.index(track.walk) for track in tracks), min(map(first_seen, tracks))


def _mark(tracks: Sequence[Track], taken: set[str]) -> str:
    """What tells a namesake apart in words, numbered where that is taken too."""
    words = _words(tracks)
    numbered = (f"{words[0]}-{count}" for count in range(2, len(taken) + 3))
    return next(word for word in chain(words, numbered) if word not in taken)


def _words(tracks: Iterable[Track]) -> list[str]:
    """What may tell a person from a namesake: the posts, else the walk of life."""
    tracks = list(tracks)
    held = {post for track in tracks for sighting in track.sightings for post in sighting.posts}
    walk = min((track.walk for track in tracks), key=STRONGEST_FIRST.index)
    return [*sorted({(agency.name if agency else "") + title for title, agency in held}), walk or "unknown"]

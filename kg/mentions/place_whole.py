"""Names of places that one line of an article cuts short or runs together, set right by its other lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from kg.mentions.agency_names import form_at
from kg.mentions.line import Line
from kg.mentions.place_hit import PlaceHit
from kg.words import occurrences, segmenter

_SETTLEMENTS = frozenset({"village", "community", "subdistrict", "town", "estate"})
_LIKE_TOWNS = frozenset({"water", "land", "weak"})
_LEAST_HEAD = 2  # characters that stand before a whole name without being part of it

_Set = Callable[[Line, PlaceHit], PlaceHit | None]


def with_whole_names(lines: Sequence[Line], placed: list[list[PlaceHit]]) -> list[list[PlaceHit]]:
    """The places of an article's lines by their whole names."""
    for rule in (_longer(lines, placed), _shorter(lines, placed), _of_town(placed)):
        placed = [
            [whole for p in places if (whole := rule(line, p)) is not None]
            for line, places in zip(lines, placed, strict=True)
        ]
    return placed


def _names(placed: list[list[PlaceHit]], categories: frozenset[str]) -> set[str]:
    return {p.name for places in placed for p in places if not p.known and p.category in categories}


def _longer(lines: Sequence[Line], placed: list[list[PlaceHit]]) -> _Set:
    """办事处建|东社区: a name that one sentence cut short stands whole in another of the article (建东社区)."""
    names = _names(placed, _SETTLEMENTS)
    names |= {_first_character(lines, name) + name for name in names}

    def whole(line: Line, place: PlaceHit) -> PlaceHit:
        if place.known or place.name not in names:
            return place
        longer = [n for n in names if n.endswith(place.name) and line.string.endswith(n, 0, place.end)]
        name = max(longer, key=len, default=place.name)
        if name == place.name:
            return place  # 西安泰 of 西安泰、柳坪等村
        return replace(place, start=place.end - len(name), name=name)

    return whole


def _first_character(lines: Sequence[Line], name: str) -> str:
    """穿 of 穿|心店村: a verb's character that stands before a name wherever it is named, whatever comes before."""
    found = [line.string[max(0, k - 2) : k] for line in lines for k in occurrences(line.string, name)]
    firsts, verbs = {pair[-1:] for pair in found}, lines[0].lexicon.words("place_stop")
    always = len(found) > 2 and len(firsts) == 1 and len({pair[:-1] for pair in found}) > 1
    first = firsts.pop() if always else ""
    return first if first in verbs - lines[0].lexicon.words("hard_stop") else ""


def _shorter(lines: Sequence[Line], placed: list[list[PlaceHit]]) -> _Set:
    """石峰|竹林村, 供|竹林村: what begins another sentence, or a clause, of the article is the whole name (竹林村)."""
    clear = {
        p.name
        for line, places in zip(lines, placed, strict=True)
        for p in places
        if not p.known and p.category in _SETTLEMENTS and len(p.name) > 2 and line.is_edge(p.start)
    }

    def whole(line: Line, place: PlaceHit) -> PlaceHit:
        if place.known or place.category not in _SETTLEMENTS or place.name in clear:
            return place
        name = max((n for n in clear if place.name.endswith(n)), key=len, default=place.name)
        start = place.start + len(place.name) - len(name)
        verb = (
            segmenter().tag(line.word_to(start))[:1] in ("v", "p") and line.word_from(place.start) + name == place.name
        )
        return replace(place, start=start, name=name) if start - place.start >= _LEAST_HEAD or verb else place

    return whole


def _of_town(placed: list[list[PlaceHit]]) -> _Set:
    """青山 of 青山、柳河等乡镇 is the article's 青山乡; 柳河|党支部 is the town's, no river's."""
    towns = {p.name for places in placed for p in places if p.category == "town" and p.end - p.start == len(p.name)}

    def whole(line: Line, place: PlaceHit) -> PlaceHit | None:
        if place.category in _LIKE_TOWNS and any(place.name == t[:-1] for t in towns):
            return None if form_at(line, place.end) is not None else place
        printed = line.string[place.start : place.end]
        own = (
            sorted(t for t in towns if t[:-1] == printed) if place.category == "town" and printed != place.name else []
        )
        return replace(place, name=own[0]) if own else place

    return whole

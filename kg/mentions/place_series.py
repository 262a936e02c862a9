"""Lists of places: what 、 and 和 join to names of places is one too, whatever it ends with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.lexicon import Lexicon
from kg.mentions.line import Line
from kg.mentions.place_hit import PlaceHit
from kg.mentions.place_names import is_office
from kg.mentions.place_tours import is_in_the_way, is_like_the_others, is_proper, items_of, whole_item
from kg.words import any_of, segmenter

_CLAUSE = re.compile(r"[^,;:。!?()]*、[^,;:。!?()]*")
_LEAST = 2  # names in a list that are surely places
_LONGEST_CLOSE = 8  # characters between 等 and what it closes
_LEADS = tuple("vpcdurfmt")  # parts of speech that no list's first name begins behind

_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Series:
    """The items of one list; `closed` by 等景区 or its like."""

    items: tuple[_Span, ...]
    closed: bool


def find_series(line: Line, hits: list[PlaceHit], agencies: list[_Span]) -> Iterator[PlaceHit]:
    """四知堂 of 青石寺、四知堂、白水台等景区 or of 青石寺、四知堂、柳河古镇: its neighbours show what it is."""
    spans, ends = [(h.start, h.end) for h in hits] + agencies, {h.end for h in hits if h.end - h.start > 1}
    for series in _series(line) if "、" in line.string else ():
        named = [item for item in series.items if item[1] in ends]
        if not series.closed and (len(named) < _LEAST or 2 * len(named) < len(series.items)):
            continue
        sure = series.closed or (len(named) > _LEAST and 3 * len(named) >= 2 * len(series.items))
        for left, right in (_behind_area(line, item, hits) for item in series.items):
            if right in ends:
                whole = whole_item(line, left, right, hits)
                free = whole is not None and not _has_found(line, left, right, hits)
                if whole is not None and free and is_proper(line, left, right):
                    yield whole
            elif not any(is_in_the_way(s, (left, right), hits, sure=sure) for s in spans) and (
                is_proper(line, left, right) or (sure and is_like_the_others(line, left, right, closed=series.closed))
            ):
                yield PlaceHit(left, right, line.string[left:right], "facility", False, False)


def _behind_area(line: Line, item: _Span, hits: list[PlaceHit]) -> _Span:
    """青石镇|四知堂: a name begins behind the area that it lies in, by that area's full name."""
    left, right = item
    for hit in hits:
        whole = not hit.known or hit.name in line.lexicon.full_place_names
        if hit.start == left and hit.end < right and hit.governs and whole:
            left = hit.end
    return left, right


def _has_found(line: Line, left: int, right: int, hits: list[PlaceHit]) -> bool:
    """青石北路|远航广场: does a place stand before the last one of an item, and no city that it is called after?"""
    return any(
        h.start < right and left < h.end < right and not (h.known and h.name not in line.lexicon.full_place_names)
        for h in hits
    )


def _series(line: Line) -> Iterator[_Series]:
    """The lists of a line, each from the first name's beginning to 等 or the clause's end."""
    for clause in _CLAUSE.finditer(line.string):
        first, last = line.string.find("、", *clause.span()), line.string.rfind("、", *clause.span())
        start = _first_start(line, clause.start(), first)
        closed = line.string.find("等", last, clause.end())
        end = closed if closed > 0 else clause.end()
        items = tuple(items_of(line, start, end))
        if closed < 0 and items and not _is_whole(line, items[-1]):
            items = items[:-1]
        if len(items) > 1:
            yield _Series(items, closed > 0 and _closing(line.lexicon).match(line.string, closed) is not None)


def _first_start(line: Line, floor: int, end: int) -> int:
    """Where a list's first name begins: behind the last word before it that no name holds."""
    start = end
    for begin, stop, word in line.words_before(end):
        if begin < floor:
            break
        sentence = segmenter().tag(word).startswith(_LEADS) or is_office(line.lexicon, word)
        if stop < end and (sentence or word in line.lexicon.words("place_stop")):
            break
        start = begin
    return max(start, floor)


def _is_whole(line: Line, item: _Span) -> bool:
    """Does a list that no 等 closes end with its clause, no verb behind its last name?"""
    words = [w for _, _, w in line.words_within(*item)]
    return not any(segmenter().tag(w).startswith("v") and len(w) > 1 for w in words)


@lru_cache(maxsize=4)
def _closing(lexicon: Lexicon) -> re.Pattern[str]:
    """等景区, 等4个国家级景点: what only sights are called closes the list."""
    return re.compile(rf"等[^,;:。、]{{0,{_LONGEST_CLOSE}}}?{any_of(lexicon.words('listed_sight'))}")

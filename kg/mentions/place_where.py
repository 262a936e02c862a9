"""Where the next stop of a visit is: a clause of 在 and names before what was done there (在东方日升,程宇走进…)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.lexicon import Lexicon
from kg.mentions.line import Line
from kg.mentions.place_hit import PlaceHit
from kg.mentions.place_tours import is_firm, is_like_the_others, is_proper, items_of
from kg.words import any_of

_INSIDE = re.compile("(?:的?(?:厂区|车间|院落|展厅|现场))?[内里]?$")
_SHORTEST = 3

_Span = tuple[int, int]


def find_where(line: Line, hits: list[PlaceHit], agencies: list[_Span]) -> Iterator[PlaceHit]:
    """The names of such a clause that no last word shows; `hits` are the places found already."""
    taken = [(h.start, h.end) for h in hits] + agencies
    for clause in _pattern(line.lexicon).finditer(line.string):
        start, end = clause.span("where")
        closed = clause["close"] is not None
        end = end if closed else start + len(_INSIDE.sub("", line.string[start:end]))
        for item in items_of(line, start, end):
            left, right = _behind_area(item, hits)
            whole = _begins_with(left, right, hits)
            free = whole or not any(s < right and left < e for s, e in taken)
            if free and _is_a_site(line, left, right, closed=closed or whole):
                yield PlaceHit(left, right, line.string[left:right], "facility", False, left > item[0])


def _is_a_site(line: Line, left: int, right: int, *, closed: bool) -> bool:
    name = line.string[left:right]
    sort = line.word_from(left) in line.lexicon.words("place_single_modifier")  # 在新|校区
    if sort or len(name) < _SHORTEST or name.endswith(tuple(line.lexicon.words("no_site_end"))):
        return False  # 在座谈会上, 在防疫一线, 在老党员家里
    return (
        is_proper(line, left, right)
        or is_firm(line, left, right)
        or (closed and is_like_the_others(line, left, right, closed=True))
    )


def _behind_area(item: _Span, hits: list[PlaceHit]) -> _Span:
    """青石镇|日新焦化: behind the areas that it lies in."""
    left, right = item
    while step := next((h for h in hits if h.start == left and h.end < right and h.governs), None):
        left = step.end
    return left, right


def _begins_with(left: int, right: int, hits: list[PlaceHit]) -> bool:
    """梁山高速|南站, 青石河|段: does a road or a river only begin the name?"""
    return any(h.start == left and h.end < right and not h.governs for h in hits)


@lru_cache(maxsize=4)
def _pattern(lexicon: Lexicon) -> re.Pattern[str]:
    """在 and names up to a comma, before a clause in which somebody looks, asks or listens."""
    looks = any_of(lexicon.words("looks_round"))
    close = rf"(?P<close>等[^,;:。、]{{0,6}}{any_of(lexicon.words('tour_close'))})?"
    return re.compile(rf"(?:^|(?<=[,;。]))在(?P<where>[^,;:。!?()“”]{{3,30}}?){close},(?=[^,;:。]{{0,12}}?{looks})")

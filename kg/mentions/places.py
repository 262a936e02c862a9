"""Places: what the gazetteer knows, and what a last word shows to be one (渭津镇, 仙人河, 富豪小区, 丁香路910弄)."""

from __future__ import annotations

import re
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.lexicon import Lexicon
from kg.mentions.agency_names import form_at, title_at
from kg.mentions.gazetteer import find_known_places, place_counts
from kg.mentions.line import Line
from kg.mentions.place_hit import PlaceHit
from kg.mentions.place_names import (
    CHAINED,
    WEAK,
    is_clean,
    is_name,
    known_town,
    last_word_is_common,
    name_start,
    tight_start,
)

__all__ = ["PlaceHit", "find_known_places", "find_named_places", "is_clean", "place_counts"]

_NUMBER = re.compile(r"\d{1,5}(?:号|弄)(?:\d{1,4}(?:号|室|栋))?|[一二三四五六七八九\d]期")
# A site takes the name of the place before it into its own (苏州市规划展示馆); a town or a road does not.
_OWN_NAME = frozenset({"facility", "zone", "weak"})
# Areas end where the next name begins; a road or a river may be part of a longer name (芷江西路街道, 辽河源镇).
_CONTAINERS = frozenset({"town", "subdistrict", "village", "community", "zone"})


def find_named_places(line: Line, known: list[PlaceHit], blocked: list[tuple[int, int]]) -> list[PlaceHit]:
    """Places that their last word shows, left to right; `blocked` are spans that name something else already."""
    found: list[PlaceHit] = []
    outside = [h for h in known if line.string[h.start - 1 : h.start] + line.string[h.end : h.end + 1] != "()"]
    taken = sorted([(h.start, h.end) for h in outside] + blocked)
    for end, (suffix_start, suffix) in sorted(_suffixes(line).items()):
        if any(t[0] < end and suffix_start < t[1] for t in taken) or not _may_end(line, end, suffix, known):
            continue
        hit = _named_place(line, suffix_start, suffix, end, known, found, taken)
        if hit is not None:
            found = [h for h in found if h.end <= hit.start] + [hit]
    return found


@lru_cache(maxsize=4)
def _suffix_automaton(lexicon: Lexicon) -> tuple[AhoCorasick, tuple[str, ...]]:
    suffixes = tuple(sorted(lexicon.place_suffixes))
    return AhoCorasick(suffixes, matchkind=MatchKind.Standard), suffixes


def _may_end(line: Line, end: int, suffix: str, known: list[PlaceHit]) -> bool:
    """At a word's bound, or where another place begins; an area also where an organ does: 拳铺镇党委."""
    if end in line.bounds or any(h.start == end for h in known):
        return True
    return line.lexicon.place_suffixes[suffix] in _CONTAINERS and form_at(line, end) is not None


def _suffixes(line: Line) -> dict[int, tuple[int, str]]:
    """End → start and text of the longest last word of a place that ends there; 工业园 of 工业园区 is left out."""
    automaton, suffixes = _suffix_automaton(line.lexicon)
    ends: dict[int, tuple[int, str]] = {}
    for index, start, end in automaton.find_matches_as_indexes(line.string, overlapping=True):
        if end not in ends or start < ends[end][0]:
            ends[end] = (start, suffixes[index])
    return {
        end: v
        for end, v in ends.items()
        if not any(e > end and s < end for e, (s, _) in ends.items() if e in line.bounds)
    }


def _named_place(
    line: Line,
    suffix_start: int,
    suffix: str,
    end: int,
    known: list[PlaceHit],
    found: list[PlaceHit],
    taken: list[tuple[int, int]],
) -> PlaceHit | None:
    category = line.lexicon.place_suffixes[suffix]
    containers = [h.end for h in found if h.category in _CONTAINERS or category in CHAINED]
    left = max([t[1] for t in taken if t[1] <= suffix_start] + [e for e in containers if e <= suffix_start] + [0])
    town = known_town(line, suffix_start, end, left)
    if town is not None:
        return PlaceHit(town, end, line.string[town:end], category, False, any(h.end == town for h in (*known, *found)))
    start = min(name_start(line, suffix_start, left), tight_start(line, suffix_start, left, category))
    if any(title_at(line, k) for k in line.bounds if start <= k < suffix_start):
        return None  # 副县长吕江
    before = next((h for h in (*known, *found) if h.end == start), None)
    if category in CHAINED:
        stem = line.string[start:suffix_start]
        plain = (
            before is None
            or (category == "section" and not stem)
            or "个" in stem
            or last_word_is_common(line, suffix_start, end)
        )
        if (
            plain
            or before is None
            or stem in line.lexicon.words("place_modifier")
            or not is_clean(line, start, suffix_start)
        ):
            return None
        return PlaceHit(before.start, end, line.string[before.start : end], category, False, False)
    if category in WEAK and before is None and not _is_introduced(line, start, end, [*known, *found]):
        return None
    if (
        before is not None
        and before.known
        and start == suffix_start
        and before.name not in line.lexicon.full_place_names
    ):
        start, before = before.start, None  # 南京路: a short name and a last word make one name
    own = category in _OWN_NAME and len(suffix) > 1 and before is not None and (before.known or category in WEAK)
    if not is_name(line, start, suffix_start, end) and not (
        own and suffix not in line.lexicon.words("place_kind_word")
    ):
        return None
    if own and before is not None:
        start = before.start
    last = _extend(line, end, category)
    return PlaceHit(start, last, line.string[start:last], category, False, before is not None and before.end == start)


def _extend(line: Line, end: int, category: str) -> int:
    """丁香路 + 910弄: a number belongs to the road before it."""
    number = _NUMBER.match(line.string, end)
    return number.end() if number and category in ("road", "subdistrict", "village", "estate") else end


def _is_introduced(line: Line, start: int, end: int, found: list[PlaceHit]) -> bool:
    """Does 在, 到 or 深入 stand right before it, or is it one of a list: A、B · 的A、 · 人民路与建设街?"""
    before, after = line.string[start - 1 : start], line.string[end : end + 1]
    if before == "、" or (before == "的" and after == "、"):
        return True
    if before in line.lexicon.words("conjunction") and any(h.end == start - 1 for h in found):
        return True
    return any(line.string[:start].endswith(word) for word in line.lexicon.words("place_introducer"))

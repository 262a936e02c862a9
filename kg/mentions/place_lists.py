"""Lists that a word behind them makes places: 官州、嵩州等沿线村, 青石、柳河两镇."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.lexicon import Lexicon
from kg.mentions.line import Line
from kg.mentions.place_hit import PlaceHit
from kg.mentions.place_names import PROPER, is_office
from kg.words import any_of, segmenter


@lru_cache(maxsize=4)
def _listed(lexicon: Lexicon) -> re.Pattern[str]:
    han = r"(?:(?!等)[\u4e00-\u9fff])"
    count = r"(?:\d+|[两一二三四五六七八九十]+)"
    return re.compile(
        rf"((?:{han}{{2,6}}、)+{han}{{2,4}})(?:等{count}?个?|{count}个?)"
        rf"(?:沿线|沿途|行政|自然)?({any_of(lexicon.words('listed_kind'))})(?![民委级里干支集企务情规直街道区])"
    )


def find_listed(line: Line, hits: list[PlaceHit]) -> Iterator[PlaceHit]:
    """官州、嵩州、银坑等沿线村: villages by the first part of their names; what the list begins with must be clear."""
    whole = [h for h in hits if not (h.known or h.category == "village") or h.name in line.lexicon.full_place_names]
    taken = {k for h in whole for k in range(h.start, h.end)}  # 西安泰村 holds no 西安
    for match in _listed(line.lexicon).finditer(line.string):
        start = match.start()
        for item in match[1].split("、"):
            end = start + len(item)
            clear = (
                k
                for k in range(start, end - 1)
                if line.is_edge(k) or k in {h.end for h in hits} or _is_gone_to(line, k)
            )
            begin = max(clear, default=end)
            if begin < end and not taken & set(range(begin, end)) and _is_unknown(line.lexicon, line.string[begin:end]):
                yield _listed_as(line, begin, end, match[2], hits)
            start = end + 1


def _listed_as(line: Line, start: int, end: int, kind: str, hits: list[PlaceHit]) -> PlaceHit:
    """青石 of 青石、柳河等镇 → 青石镇; of 等乡镇 what the townships have, else as printed."""
    item, towns = line.string[start:end], line.lexicon.counties_by_township
    if kind in line.lexicon.words("listed_as_printed"):
        return PlaceHit(start, end, item, line.lexicon.place_suffixes[kind], False, False)  # 柳荫家园、富康又一城等小区
    own = [item + k for k in ("镇", "乡") if item + k in towns] if kind == "乡镇" else [item.removesuffix(kind) + kind]
    category = line.lexicon.place_suffixes.get(kind, "town")
    return PlaceHit(start, end, own[0] if own else item, category, False, any(h.end == start for h in hits))


def _is_unknown(lexicon: Lexicon, item: str) -> bool:
    """官州, 下嵩州: no word of every day, and none that ends or begins with a verb or a word of the sentence."""
    words = segmenter()
    parts = words.cut(item)
    if (words.tag(item) and not words.tag(item).startswith(PROPER)) or is_office(lexicon, item):
        return False
    return not set(item) & lexicon.words("hard_stop") and not any(
        len(p) > 1 and (words.tag(p).startswith("v") or p in lexicon.words("place_stop")) for p in parts
    )


def _is_gone_to(line: Line, position: int) -> bool:
    behind = position - (line.string[position - 1 : position] == "了")
    return line.word_to(behind) in line.lexicon.words("place_introducer")

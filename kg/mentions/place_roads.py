"""Roads: streets by their surroundings (柳津|街交叉口), crossings, numbers and ordinals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.mentions.line import Line
from kg.mentions.place_hit import LastWord, PlaceHit
from kg.mentions.place_names import SETTLEMENTS
from kg.mentions.place_starts import tight_start
from kg.words import segmenter

HOUSE_NUMBER = re.compile(r"\d{1,5}(?:号|弄)(?:\d{1,4}(?:号|室|栋))?|[一二三四五六七八九\d]期")
_ROAD_NUMBER = re.compile(r"[\u4e00-\u9fff]{2}[GSXY]?\d{2,4}线?")
_CODED_ROAD = re.compile(r"[GSXY]\d{2,4}(?=道路|路段|公路|沿线|改建|改造|项目)")
_NEXT_ROAD = r"、[\u4e00-\u9fff]{2,6}(?:路|街|巷|大道|广场|小区|公园)"
_REACH = re.compile(r"[路街道][、与和—\-至到~]+[\u4e00-\u9fff]{2,5}$")
_BRACKETED = re.compile(r"\([^()]{2,12}[—\-至到~]+[^()]{2,12}\)")
_FROM_TO = re.compile(r"([\u4e00-\u9fff]{2})([至到])([\u4e00-\u9fff]{2,6})$")
_LONGEST_END = 5  # characters of the place that a road comes from
_LEAST_ROAD = 3  # characters of a road's name


def numbered_roads(line: Line) -> Iterator[PlaceHit]:
    """国道209线, 省道S302, G244|道路: the number behind the kind of road, or before any."""
    for match in _ROAD_NUMBER.finditer(line.string):
        if line.longest(match.start(), line.lexicon.words("line_kind"), 2):
            yield PlaceHit(match.start(), match.end(), match[0], "road", False, False)
    for match in _CODED_ROAD.finditer(line.string):
        yield PlaceHit(match.start(), match.end(), match[0], "road", False, False)


def crossing(line: Line, hit: PlaceHit) -> list[PlaceHit]:
    """狮山路滨河路: two roads that cross, named in one breath; 南京路步行街 is one."""
    for k in range(hit.start + _LEAST_ROAD, hit.end - _LEAST_ROAD + 1) if hit.category == "road" else ():
        second = line.string[k : hit.end]
        ways = line.lexicon.words("way")
        joint = line.string[k - 1 : k] in ways and second.endswith(tuple(ways))
        if joint and second not in line.lexicon.place_suffixes:
            first = line.string[hit.start : k]
            return [replace(hit, end=k, name=first), replace(hit, start=k, name=second, chained=False)]
    return [hit]


def parted(line: Line, hit: PlaceHit, found: list[PlaceHit]) -> PlaceHit:
    """青柳路|石庙村: a village on a road that a name before it ends with; 青柳路社区 is called after the road."""
    if hit.category not in SETTLEMENTS:
        return hit
    on = max((h.end for h in found if h.start == hit.start and h.category == "road"), default=hit.end)
    if hit.end - on < _LEAST_ROAD:
        return hit
    return replace(hit, start=on, name=line.string[on : hit.end], chained=False)


def ends_reach(line: Line, end: int) -> bool:
    """青石路—滨河路|段, 青石街|(滨河路至柳河路): does a stretch from one road to another end or begin here?"""
    if _BRACKETED.match(line.string, end):
        return True
    return line.string.startswith("段", end) and _REACH.search(line.string, 0, end) is not None


def as_road(line: Line, last: LastWord, left: int) -> LastWord:
    """西至柳正|街, 柳津|街交叉口: a street by its surroundings, where 街 alone is loose."""
    road = replace(last, category="road")
    if last.category != "weak" or last.text not in line.lexicon.words("way"):
        return last
    return road if _is_met(line, last) or last.start - tight_start(line, road, left) > 1 else last


def reach_start(line: Line, last: LastWord, hits: list[PlaceHit]) -> int | None:
    """花园至|白云寺镇|公路: where a road's name begins that is called after both its ends."""
    if last.text not in line.lexicon.words("long_road"):
        return None
    found = _FROM_TO.search(line.string, 0, last.start)
    if found is None or not {found.start(2), found.end(2)} <= line.bounds or not _is_end(line, *found.span(3), hits):
        return None
    joint = found.start(2)
    start = next((h.start for h in hits if h.end == joint), None)
    if start is not None:
        return start
    start = joint
    for begin, _, word in line.words_before(joint):
        tag = segmenter().tag(word)
        if line.is_edge(start) or joint - begin > _LONGEST_END or not set(tag[:1]) <= set("nsxzj"):
            break
        start = begin
    return start if joint - start > 1 and _is_end(line, start, joint, hits) else None


def _is_end(line: Line, start: int, end: int, hits: list[PlaceHit]) -> bool:
    """Is it a name that may be one end of a road: a place, or nothing that only a sentence has?"""
    if any(h.start <= start and h.end == end for h in hits):
        return True
    words = segmenter().cut(line.string[start:end])
    stop = line.lexicon.words("place_stop") | line.lexicon.words("place_modifier") | line.lexicon.words("hard_stop")
    return not any(w in stop or segmenter().tag(w)[:1] in tuple("vdpcrmuqt") for w in words)


def _is_met(line: Line, last: LastWord) -> bool:
    """What only a road has follows: 改造, 交叉口, 两侧, 18号."""
    follow = line.longest(last.end, line.lexicon.words("road_follow"), 4)
    number = HOUSE_NUMBER.match(line.string, last.end)
    if number and line.longest(number.end(), line.lexicon.words("pole"), 3):
        return False  # 10千伏青石线路5号|杆
    return follow is not None or number is not None or ends_reach(line, last.end)


def _is_bounded(line: Line, start: int, last: LastWord, hits: list[PlaceHit]) -> bool:
    """Does the name fill the room between a clear beginning and its last word: 东起|青山路, ,|柳前路、青石广场?"""
    left = max((h.end for h in hits if h.end <= start), default=0)
    if tight_start(line, last, left) == start:
        return True
    listed = line.string.startswith("、", last.end) and line.is_edge(start)
    return listed and re.match(_NEXT_ROAD, line.string[last.end :]) is not None


def is_numbered_way(line: Line, last: LastWord, stem: str) -> bool:
    """宁波一路附近: a city's name and an ordinal; 宁波一路领先 is none."""
    return stem in line.lexicon.words("way_ordinal") and (last.text != "路" or _is_met(line, last))


def is_road(line: Line, start: int, last: LastWord, hits: list[PlaceHit]) -> bool:
    """Do its surroundings say that a name which ends with 路, 街 or 巷 is a road's?"""
    if last.text not in line.lexicon.words("way") or _names_settlement(line, last.end):
        return False
    worn = line.string[last.end - 2 : last.end] in line.lexicon.words("way_common")  # 思路, 一路
    return _is_met(line, last) or (not worn and _is_bounded(line, start, last, hits))


def _names_settlement(line: Line, end: int) -> bool:
    """均路|村: the road's name goes on."""
    suffixes = line.lexicon.place_suffixes
    return any(suffixes.get(line.string[end : end + n]) in SETTLEMENTS for n in (1, 2))

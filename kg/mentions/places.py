"""Places: what the gazetteer knows, and what a last word shows to be one (渭津镇, 仙人河, 富豪小区, 青石路12弄)."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.mentions.agency_names import title_at
from kg.mentions.gazetteer import COUNTIES, find_known_places, place_counts
from kg.mentions.line import Line, is_name_character
from kg.mentions.place_ends import CONTAINERS, last_words, may_end
from kg.mentions.place_hit import LastWord, PlaceHit
from kg.mentions.place_names import (
    CHAINED,
    SETTLEMENTS,
    WEAK,
    ends_slogan,
    is_clean,
    is_common,
    is_kind_of_person,
    is_name,
    last_word_is_common,
)
from kg.mentions.place_roads import (
    HOUSE_NUMBER,
    as_road,
    crossing,
    is_numbered_way,
    is_road,
    numbered_roads,
    parted,
    reach_start,
)
from kg.mentions.place_starts import is_rest, known_town, name_start, tight_start
from kg.words import segmenter

__all__ = ["PlaceHit", "find_known_places", "find_named_places", "is_clean", "place_counts"]

# A site takes the name of the place before it into its own (宁波市规划展示馆); a town or a road does not.
_OWN_NAME = frozenset({"facility", "zone", "weak"})
_SHORTEST_LOOSE = 3  # 罗店, 下关: two characters may be anything
_WITH_STOP = frozenset({"village", "road", "estate", "facility", "zone", "community"})
_NUMERAL = re.compile(r"[\d一二三四五六七八九十]")
_GROUPED = re.compile(r"第.批|重点$")
_LEAST_STEM = 2  # 三八广场|鲁迅路, but 人民广场西路
_COURSES = frozenset({"water", "road"})  # what has sections
# Areas end where the next name begins; a road or a river may be part of a longer name (清江西路街道, 辽河源镇).
# Whose market and whose sluice are called after them: 柳河镇农贸市场.
_SEATS = frozenset({"village", "town", "community", "subdistrict", "zone"})
_SEATED = frozenset({"facility", "weak", "zone"})


def find_named_places(line: Line, known: list[PlaceHit], blocked: list[tuple[int, int]]) -> list[PlaceHit]:
    """Places that their last word shows, left to right; `blocked` are spans that name something else already."""
    found: list[PlaceHit] = []
    outside = [h for h in known if line.string[h.start - 1 : h.start] + line.string[h.end : h.end + 1] != "()"]
    taken = sorted([(h.start, h.end) for h in outside] + blocked)
    for last in last_words(line):
        if any(t[0] < last.end and last.start < t[1] for t in taken) or not may_end(line, last, known):
            continue
        if line.string.startswith("·", last.end):
            continue  # 帕丽苏木·吐逊
        hit = _named_place(line, last, [*known, *found], taken)
        if hit is not None and not ends_slogan(line, hit.start, hit.end):
            hit = parted(line, hit, found)
            seats = _seats(hit, [*known, *found])
            if len(seats) > 1:  # 柳河镇|石庙村文化广场
                hit = replace(hit, start=seats[-1].start, name=line.string[seats[-1].start : hit.end], chained=True)
            kept = [h for h in seats[:-1] if not h.known] + [h for h in seats[-1:] if h.category == "town"]
            found = [h for h in found if h.end <= hit.start and h not in kept] + kept + crossing(line, hit)
    return found + [n for n in numbered_roads(line) if not any(n.start < h.end and h.start < n.end for h in found)]


def _seats(hit: PlaceHit, hits: list[PlaceHit]) -> list[PlaceHit]:
    """The areas that a site's name begins with, each behind the one that holds it."""
    if hit.known or hit.category not in _SEATED:
        return []
    seats, start = list[PlaceHit](), hit.start
    while step := next((h for h in hits if h.start == start and h.end < hit.end and _is_seat(h)), None):
        seats, start = [*seats, step], step.end
    return seats


def _is_seat(hit: PlaceHit) -> bool:
    return hit.category in CONTAINERS - {"zone"} or (hit.known and hit.category in COUNTIES)


def _named_place(line: Line, last: LastWord, hits: list[PlaceHit], taken: list[tuple[int, int]]) -> PlaceHit | None:
    """The place that a last word shows; `hits` are those before it, the gazetteer's first."""
    chained = last.category in CHAINED
    ends = [t[1] for t in taken]
    hits = [h for h in hits if not (last.category == "town" and _is_of_town(line, h, last))]
    ends += [h.end for h in hits if not h.known and (chained or h.category in CONTAINERS or _is_numbered(h))]
    if last.category == "road":
        ends += [h.end for h in hits if h.name.endswith("广场") and last.start - h.end >= _LEAST_STEM]
    left = max((e for e in ends if e <= last.start), default=0)
    last = as_road(line, last, left)
    if (reach := reach_start(line, last, hits)) is not None:
        return PlaceHit(reach, last.end, line.string[reach : last.end], last.category, False, False)
    town = known_town(line, last, left)
    if town is not None:
        return PlaceHit(
            town, last.end, line.string[town : last.end], last.category, False, any(h.end == town for h in hits)
        )
    start = _start(line, last, left, hits)
    # 大连路|钟山大道: no name begins inside a road's.
    start = max([start, *(h.end for h in hits if h.category == "road" and h.start < start < h.end <= last.start)])
    if any(_office_at(line, k) for k in line.bounds if start <= k < last.start) or _is_person(line, last, start):
        return None  # 副县长吕江
    before = next((h for h in hits if h.end == start), None)
    if chained:
        return _chained(line, last, start, hits)
    named = any(start <= h.end <= last.start for h in hits)
    if last.category == "scene" and (named or _is_adverb(line, last.end)):
        return None  # 亦庄线施工现场 is the line; 现场勘查
    loose = last.category in WEAK and before is None
    if loose and (last.end - start < _SHORTEST_LOOSE or not _is_introduced(line, start, last, hits)):
        return None
    return _free(line, last, start, before, hits)


def _is_of_town(line: Line, hit: PlaceHit, last: LastWord) -> bool:
    """曹村|镇, 樟村|坪|镇: a village whose name is the beginning of a town's."""
    if hit.category != "village" or hit.known or hit.end > last.start:
        return False
    rest = line.is_edge(hit.start) and is_rest(line, hit.end, last.start)
    return hit.end == last.start or rest


def _is_numbered(hit: PlaceHit) -> bool:
    """13号, 地铁6号线: a number and what it counts end a name."""
    return hit.name[0].isdecimal() or (hit.category == "road" and any(c.isdecimal() for c in hit.name))


def _office_at(line: Line, position: int) -> bool:
    """Does a title begin here? 大学生 and 农民 are none: parks and markets are called after them."""
    return title_at(line, position) and not any(
        is_kind_of_person(line.lexicon, line.string[position : position + n]) for n in (2, 3, 4)
    )


def _is_person(line: Line, last: LastWord, start: int) -> bool:
    """总经理方大江: who follows a title is a person, whatever the name ends with."""
    if len(last.text) > 1 or line.string[start] not in line.lexicon.surnames:
        return False
    return any(line.string[k:start] in line.lexicon.titles for k in range(max(0, start - 6), start))


def _start(line: Line, last: LastWord, left: int, hits: list[PlaceHit]) -> int:
    if last.category == "road" and last.text in line.lexicon.words("common_site"):
        return last.start  # 市区|三环路
    start, tight = name_start(line, last, left), tight_start(line, last, left)
    if (
        start == left
        and line.string[left - 1 : left] == last.text
        and line.string[left] in line.lexicon.words("conjunction")
    ):
        return left + 1  # 小山镇|和|田家镇
    if tight < last.start and line.string[start:tight].endswith(tuple(line.lexicon.words("bound"))):
        return tight  # 北起|临海大道
    if left and _is_called(line, last, left):
        return left
    start = start if any(tight < h.end <= last.start for h in hits) else min(start, tight)
    room, first = last.start - start, line.string[start]
    if last.text in line.lexicon.words("long_named_road") and room == 1 and not line.is_edge(start):
        return start if first.isdecimal() else max(start - 1, left)  # 随|青高速公路, 让|水大道
    if room > 2 and first in line.lexicon.words("village_end") and last.category in SETTLEMENTS:
        return start + 1  # 帮扶村|青石镇
    if room == 1 and start > left and line.string[start - 1] in line.lexicon.words("name_opener"):
        return start - 1 if last.category in SETTLEMENTS else start  # 老|羊镇
    passed = last.category == "road" and first in line.lexicon.words("road_preposition")
    return start + 1 if room > 2 and passed and not _NUMERAL.match(line.string, start + 1) else start  # 经|青石大道


def _is_called(line: Line, last: LastWord, left: int) -> bool:
    """青石镇|联合|村: a verb between a town and 村 that begins no sentence, for nothing of the village follows."""
    verb, lexicon = line.word_from(left), line.lexicon
    alone = line.word_from(last.start) == last.text and last.category in ("village", "community")
    if len(verb) != last.start - left or not alone or not segmenter().tag(verb).startswith("v"):
        return False
    barred = lexicon.words("tour_verb") | lexicon.words("tour_follow") | lexicon.words("place_modifier")
    return verb not in barred and line.string[last.end : last.end + 1] not in lexicon.words("of_villages")


def _is_adverb(line: Line, position: int) -> bool:
    """现场办公, 现场指导: on the spot."""
    return segmenter().tag(line.word_from(position)).startswith("v")


def _chained(line: Line, last: LastWord, start: int, hits: list[PlaceHit]) -> PlaceHit | None:
    """仙人河 + 主城区段, 辽河大路 + 下穿工程: one name with the place before it."""
    before = next((h for h in hits if h.end == start), None)
    stem = line.string[start : last.start]
    if last.category == "section" and not stem and before is not None:
        before = next((h for h in hits if h.end == before.start and h.category in _COURSES), None)  # 新蔡河沈丘段
        stem = line.string[before.end : last.start] if before else ""
    if before is None or (last.category == "section" and not stem) or "个" in stem:
        return None
    side = last.category == "section" and stem in line.lexicon.words("section_side")  # 解放路南段
    if last_word_is_common(line, last) and not side:
        return None
    if last.category == "works" and (before.category in CONTAINERS or before.end == last.end - 2):
        return None  # 产业园办公楼工程, 号线二期工程
    if last.category == "works" and _GROUPED.search(stem):
        return None  # 青石市第二批重点工程
    if (stem in line.lexicon.words("place_modifier") and not side) or not is_clean(line, start, last.start):
        return None
    return PlaceHit(before.start, last.end, line.string[before.start : last.end], last.category, False, False)


def _free(line: Line, last: LastWord, start: int, before: PlaceHit | None, hits: list[PlaceHit]) -> PlaceHit | None:
    """A name of its own, or one with the place before it: 富豪小区, 南京路, 宁波市规划展示馆."""
    lexicon, category = line.lexicon, last.category
    stem = line.string[start : last.start]
    bare = not stem or (
        category == "road" and (stem in lexicon.words("direction") or is_numbered_way(line, last, stem))
    )
    of_city = bare or (last.text in lexicon.words("long_road") and before is not None and before.category == "city")
    if before is not None and before.known and of_city and before.name not in lexicon.full_place_names:
        start, before = before.start, None  # 南京路, 桃园西路: a short name and a last word make one name
        start -= is_rest(line, start - 1, start) and line.is_edge(start - 1)  # 、云|江西街
    if bare and before is not None and before.category in ("zone", "estate") and category == "community":
        start, before = before.start, None  # 金色新城社区
    own = category in _OWN_NAME and len(last.text) > 1 and before is not None and (before.known or category in WEAK)
    own = own and (category not in WEAK or start < last.start)  # 清河市网吧 is any
    own = own and stem[-1:] not in lexicon.words("one_of_sort")  # 青石镇一|厂房
    if category == "facility" and not stem and len(last.text) > 1 and before is not None and before.category in _SEATS:
        own = True  # 石庙村分洪闸
    if category == "zone" and stem in lexicon.words("direction"):
        return before and replace(before, end=last.end, name=line.string[before.start : last.end], known=False)
    clear = is_road(line, start, last, hits)
    named = is_name(line, start, last, behind=before is not None and before.governs, clear=clear)
    if own and before is not None and not before.known and named and _is_whole(line, start, last, before):
        own = False
    if not named and not (own and last.text not in lexicon.words("place_kind_word")):
        return None
    if before is not None and (own or _needs_area(line, last, start, before)):
        start = before.start
    start = _other_end(line, start, hits) if last.text in lexicon.words("long_road") else start
    end = _extend(line, last.end, category)
    if rows := lexicon.places_by_name.get(line.string[start:end]):
        return PlaceHit(start, end, line.string[start:end], rows[0].category, True, False)  # 宁乡 is the city
    behind = before is not None and before.end == start
    behind = behind or any(
        h.end == start and h.known and h.governs for h in hits
    )  # 荔城区|黄石镇, though 黄石 is a city
    return PlaceHit(start, end, line.string[start:end], category, False, behind)


def _is_whole(line: Line, start: int, last: LastWord, before: PlaceHit) -> bool:
    """东石庙村|金穗养殖基地: a name that needs no area before it."""
    if last.start - start > 3:  # 宁溪镇|浙大柑橘科创基地
        return True
    parts = segmenter().cut(line.string[start : last.start])
    return before.governs and last.start - start > 1 and not all(map(is_common, parts))


def _other_end(line: Line, start: int, hits: list[PlaceHit]) -> int:
    """清河至青石高速公路: a road from one place to another is called after both."""
    joint = start if line.string[start] in line.lexicon.words("road_joint") else start - 1
    if line.string[max(joint, 0) : joint + 1] not in line.lexicon.words("road_joint"):
        return start
    return next((h.start for h in hits if h.end == joint), start)


def _needs_area(line: Line, last: LastWord, start: int, before: PlaceHit) -> bool:
    """云岭新城大数据产业园: words of every day name a site only together with the zone before them."""
    if last.category != "zone" or before.category != "zone":
        return False
    tags = [segmenter().tag(w) for _, _, w in line.words_within(start, last.start)]
    return all(tag and not tag.startswith(("ns", "nr", "nz")) for tag in tags)


def _extend(line: Line, end: int, category: str) -> int:
    """青石路 + 12弄: a number belongs to the road before it; 石庙村 + 站: a stop is called after what it is at."""
    stop = line.longest(end, line.lexicon.words("stop_word"), 2) or ""
    if (
        stop
        and category in _WITH_STOP
        and not is_name_character(line.string[end + len(stop) : end + len(stop) + 1] or "。")
    ):
        return end + len(stop)
    if stop and category in _WITH_STOP and line.longest(end + len(stop), line.lexicon.words("stop_follow"), 2):
        return end + len(stop)
    number = HOUSE_NUMBER.match(line.string, end)
    if number and line.longest(number.end(), line.lexicon.words("pole"), 3):
        return end
    return number.end() if number and category in ("road", "subdistrict", "village", "estate") else end


def _is_introduced(line: Line, start: int, last: LastWord, found: list[PlaceHit]) -> bool:
    """Does 在, 到 or 深入 stand right before it, or is it one of a list: A、B · 的A、 · 人民路与建设街?"""
    before, rest = line.string[start - 1 : start], line.string[last.end :]
    if before == "、" or (before == "的" and rest.startswith("、")):
        return True
    if re.match(rf"、[^、,;:。]{{1,8}}{last.text}", rest):
        return True  # 草桥站、青石桥站
    if last.text in line.lexicon.words("stop_word") and any(w in line.string for w in line.lexicon.words("line_kind")):
        return True  # 地铁8号线虎殿路站
    if before in line.lexicon.words("conjunction") and any(h.end == start - 1 for h in found):
        return True
    head = line.string[:start].removesuffix("了")
    return any(head.endswith(word) for word in line.lexicon.words("place_introducer"))

"""Stops of a tour: what stands in a list of places gone to is a place, whatever it ends with (先后来到A、B、C等地)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import dropwhile

from kg.lexicon import Lexicon
from kg.mentions.line import Line, is_name_character
from kg.mentions.place_hit import PlaceHit
from kg.mentions.place_names import DEICTIC, PROPER, is_common, is_office
from kg.words import any_of, segmenter

_LONGEST = 16
_SHORTEST = 3
_LONG = 6  # 行政中心广场: too long for what only sorts (重点企业)
_SELDOM = 1000  # how often jieba has seen what a firm may be called
_ALONE = 6  # 到燕子岩实地察看
_COUNTED = re.compile(r"^\d+[个家处座]|[两三四五六七八九十][县市区镇乡村州]$")

_SETTLEMENTS = frozenset({"town", "subdistrict", "village", "community"})

_Span = tuple[int, int]


def find_stops(line: Line, hits: list[PlaceHit], agencies: list[_Span]) -> Iterator[PlaceHit]:
    """The stops that no last word shows; `hits` are the places found already."""
    spans = [(h.start, h.end) for h in hits] + agencies
    ends = {end for _, end in spans}
    free_from = 0
    for start, end, arrival in _lists(line):
        if _pattern(line.lexicon, "tour_people").match(line.string, end):
            continue  # 老党员程宇、李明等人家中
        wholes = [s for s in items_of(line, start, end) if s[0] >= free_from]
        items = [_behind_area(line, s, hits) for s in wholes]
        named = {
            s for s, w in zip(items, wholes, strict=True) if w[1] in ends or is_proper(line, *w) or is_firm(line, *w)
        }
        closed = is_tour_closed(line, end)
        is_tour = len(items) > 1 and (closed or any(s[1] in ends for s in items))
        is_sure = len(items) > 2 and (closed or arrival) and 2 * len(named) >= len(items)
        for left, right in items:
            if right in ends and (whole := whole_item(line, left, right, hits)) is not None:
                yield whole
            if (
                right in ends
                or _is_at_road(line, left, right, hits)
                or any(is_in_the_way(s, (left, right), hits, sure=is_sure) for s in spans)
            ):
                continue
            if (
                (is_tour and (left, right) in named)
                or (is_sure and is_like_the_others(line, left, right, closed=closed))
                or (closed and is_sure and _is_hamlet(line, left, right))
                or (arrival and len(items) == 1 and _is_rare(line, left, right))
            ):
                yield PlaceHit(left, right, line.string[left:right], "facility", False, False)
                free_from = right


def whole_item(line: Line, left: int, right: int, hits: list[PlaceHit]) -> PlaceHit | None:
    """远航交投|国际陆港: a name at the end of a stop reaches to its beginning, unless an area stands between."""
    last = min((h for h in hits if h.end == right), key=lambda h: h.start, default=None)
    if last is None or last.start <= left or last.known or any(h.end == last.start and h.governs for h in hits):
        return None
    head = line.string[left : last.start]
    words = [w for a, b, w in line.words if left < b and a < last.start]
    lexicon = line.lexicon
    barred = lexicon.words("hard_stop") - lexicon.words("stop_in_name") | lexicon.words("place_stop")
    barred |= lexicon.words("site_work")  # 道路更新工程|青石大道
    plain = head.isalnum() and not any(w in barred or is_office(lexicon, w) for w in words)
    plain = plain and not segmenter().is_function_word(words[0])  # 该区|板桥镇
    sort = words[0] in lexicon.words("place_single_modifier") or (
        len(words[0]) > 1
        and words[0] in lexicon.words("place_modifier") - lexicon.words("site_field")
        and not all(map(is_common, segmenter().cut(last.name)))  # 科技|文化博览中心
    )
    if not plain or sort or right - left > _LONGEST or len(head) < _SHORTEST - 1:
        return None
    return replace(last, start=left, name=line.string[left:right], chained=False)


def _is_at_road(line: Line, left: int, right: int, hits: list[PlaceHit]) -> bool:
    """东湖路|交汇处交叉口: the road is found, and what follows says where on it."""
    follow = line.lexicon.words("road_follow")
    end = next((h.end for h in hits if h.start == left and h.category == "road"), None)
    while end is not None and end < right and (word := line.longest(end, follow, 4)):
        end += len(word)
    return end == right


def tour_items(line: Line) -> frozenset[_Span]:
    """What stands in the lists of stops that are closed: 、A、B and C of A、B、C等地."""
    return frozenset(
        item for start, end, _ in _lists(line) if is_tour_closed(line, end) for item in items_of(line, start, end)
    )


def _behind_area(line: Line, item: _Span, hits: list[PlaceHit]) -> _Span:
    """青石镇|南河口砂石围: a stop begins behind the area that it lies in; 宁波国际园艺城 holds its city's name."""
    left, right = item
    if DEICTIC.search(line.string[left : left + 2]):
        left += 2  # 我乡|馥郁养殖基地
        item = (left, right)
    for hit in hits:
        whole = not hit.known or hit.name in line.lexicon.full_place_names
        if hit.start == left and hit.end < right and hit.governs and whole:
            left = hit.end
    short = right - left == _SHORTEST and is_like_the_others(line, left, right, closed=False)  # 草尾镇|大同闸
    return (left, right) if short or is_proper(line, left, right) else item


def is_in_the_way(span: _Span, item: _Span, hits: list[PlaceHit], *, sure: bool) -> bool:
    """Does something found already share characters with a stop: other than a city's name, or a part of the stop?"""
    if span[0] >= item[1] or item[0] >= span[1]:
        return False
    inside = item[0] <= span[0] and span[1] < item[1]
    hit = next((h for h in hits if (h.start, h.end) == span), None)
    if not inside or hit is None or hit.category in _SETTLEMENTS:
        return True
    return not sure and not (hit.known and span[0] == item[0])


def is_tour_closed(line: Line, position: int) -> bool:
    """Does 等地, 等10多个重点项目现场 or their like close a list here?"""
    return _pattern(line.lexicon, "tour_close").match(line.string, position) is not None


@lru_cache(maxsize=8)
def _pattern(lexicon: Lexicon, name: str) -> re.Pattern[str]:
    """What a list is closed with: 等 or a count (A、B9家企业), and a word of a class within reach."""
    return re.compile(
        rf"(?:等|\d+[家个处])[^,;:。、]{{0,10}}?{any_of(lexicon.words(name))}(?![\u4e00-\u9fff]{{0,1}}(?:负责|领导|代表))"
    )


@lru_cache(maxsize=4)
def _lists(line: Line) -> tuple[tuple[int, int, bool], ...]:
    """The lists of a line: its finders ask for them more than once."""
    return tuple(_find_lists(line))


def _find_lists(line: Line) -> Iterator[tuple[int, int, bool]]:
    """Start and end of what follows each verb of going or looking; whether one of arrival leads to another."""
    lexicon = line.lexicon
    follow = lexicon.words("tour_follow")
    for i, (_, start, word) in enumerate(line.words):
        if word not in lexicon.words("tour_verb") or line.word_to(start - len(word)) in lexicon.words("this_time"):
            continue  # 此次|调研
        if line.string[start : start + 1] == "了":
            start += 1
        for begin, _, after in line.words[i + 1 :]:
            done = after in follow
            if after == "," and _goes_on(line, begin + 1):
                continue
            counted = after.isdecimal() and is_tour_closed(line, begin)
            if begin > start and (done or counted or after in ",;:。!?()" or after[:1] == "等"):
                led = after == "," and line.word_from(begin + 1) in follow | lexicon.words("tour_verb")
                yield start, begin, (done or led) and word in lexicon.words("tour_arrival")
                break


def is_firm(line: Line, start: int, end: int) -> bool:
    """远航焦化, 云岭生物科技: a word that is seldom printed, and the trade of a firm that is called so for short."""
    parts, trades = segmenter().cut(line.string[start:end]), line.lexicon.words("firm_trade")
    head = list(dropwhile(lambda part: part in trades, reversed(parts)))
    seldom = len(head) == 1 and len(head[0]) == 2 and segmenter().frequency(head[0]) < _SELDOM
    return seldom and len(parts) > 1 and _tags(line, start, end) is not None


def _goes_on(line: Line, position: int) -> bool:
    """来到古城南门、华商广场,|柳河农场、云海茶场等地 · ,|柳河村豆腐坊、云海茶场,深入…: the list runs over a comma."""
    clause = re.split("[,;:。]", line.string[position:], maxsplit=1)[0]
    head, _, _ = clause.partition("等")
    words, end = [w for a, _, w in line.words if position <= a < position + len(head)], position + len(head)
    verbs = line.lexicon.words("tour_follow") | line.lexicon.words("tour_verb")
    if len(head) < _SHORTEST or any(w in verbs for w in words):
        return False
    return is_tour_closed(line, end) or (head == clause and "、" in head and _is_plain(line, words, end))


def _is_plain(line: Line, words: list[str], end: int) -> bool:
    """柳河村豆腐坊、云海茶场,|深入…: names and nothing else, before what was done there."""
    after = line.word_from(end + 1)
    verbs = line.lexicon.words("tour_verb") | line.lexicon.words("tour_follow")
    led = after in verbs or (line.string[end : end + 1] == "," and _goes_on(line, end + 1))
    dull = (len(w) > 1 and (segmenter().tag(w) == "v" or is_office(line.lexicon, w)) for w in words)
    return led and not any(dull)


def items_of(line: Line, start: int, end: int) -> Iterator[_Span]:
    """The parts of a list: A、B和C."""
    left = start
    for begin, stop, word in line.words:
        if begin < start or stop > end:
            continue
        if word in ("、", ",", "以及") or (
            word in line.lexicon.words("conjunction") and line.string[begin - 1] != "、"
        ):
            if left < begin:
                yield left, begin
            left = stop
    if left < end:
        yield left, end


def _tags(line: Line, start: int, end: int) -> list[tuple[str, str]] | None:
    """The words of a stop's name and their sorts, None where one of them belongs to no name."""
    lexicon, words = line.lexicon, segmenter()
    name = line.string[start:end]
    if not _SHORTEST <= len(name) <= _LONGEST or not all(map(is_name_character, name)):
        return None
    if (words.tag(name) and not words.tag(name).startswith(PROPER)) or name in lexicon.words("place_generic"):
        return None
    if _is_official(lexicon, name):
        return None
    parts = words.cut(name)
    if _COUNTED.search(name):
        return None  # 4个项目, 桑植、慈利两县
    for part in parts:
        barred = _is_of_sentence(lexicon, part) or part in lexicon.words("place_stop") | lexicon.words("hard_stop")
        if is_office(lexicon, part) or barred or words.is_function_word(part):
            return None
    return [(part, words.tag(part)) for part in parts]


def is_proper(line: Line, start: int, end: int) -> bool:
    """南洋迪克, 岩鹰窝矿洞; not 沿线道路: some word is a name's or none of the dictionary's."""
    parts = _tags(line, start, end)
    if parts is None or _is_person(line, start, end):
        return False
    return any(not tag or tag.startswith(PROPER) or len(part) == 1 for part, tag in parts[:-1] or parts)


def is_like_the_others(line: Line, start: int, end: int, *, closed: bool) -> bool:
    """海上方舟, 南关明清一条街: words of every day that a list of named stops has among them; `closed` by 等地."""
    name, lexicon, words = line.string[start:end], line.lexicon, segmenter()
    if not _SHORTEST <= len(name) <= _LONGEST or not all(map(is_name_character, name)):
        return False
    if (_is_person(line, start, end) and not closed) or _is_official(lexicon, name):
        return False
    if name[0].isdecimal() or _COUNTED.search(name) or (len(name) == _SHORTEST and words.tag(name)):
        return False  # 值班室
    parts = words.cut(name)
    sorts = lexicon.words("place_generic") | lexicon.words("place_single_modifier") | lexicon.words("agency_generic")
    if name in sorts or parts[0] in sorts or (parts[0] in lexicon.words("place_modifier") and len(name) < _LONG):
        return False
    return not any(
        p in lexicon.words("hard_stop")
        or _is_of_sentence(lexicon, p)
        or (len(p) > 1 and (p in lexicon.words("place_stop") or is_office(lexicon, p)))
        for p in parts
    )


def _is_of_sentence(lexicon: Lexicon, part: str) -> bool:
    """开展调研, 举办活动: a phrase that the dictionary has as one word."""
    return len(part) > 2 and part[:2] in lexicon.words("tour_follow")


def _is_hamlet(line: Line, start: int, end: int) -> bool:
    """金庄, 李湾: a surname and what a hamlet's name ends with."""
    name, lexicon = line.string[start:end], line.lexicon
    return len(name) == 2 and name[0] in lexicon.surnames and name[1] in lexicon.words("hamlet")


def _is_person(line: Line, start: int, end: int) -> bool:
    """王干清: a surname and what no place ends with."""
    name, lexicon = line.string[start:end], line.lexicon
    like = len(name) == 3 and name[0] in lexicon.surnames and name[-1] not in lexicon.place_suffixes
    return like and (segmenter().tag(name) == "nr" or all(len(p) == 1 for p in segmenter().cut(name)))


def _is_official(lexicon: Lexicon, name: str) -> bool:
    """副区长程小川: an office, a surname and one or two characters more."""
    cuts = [len(name) - n for n in (2, 3) if len(name) > n and name[-n] in lexicon.surnames]
    return any(is_office(lexicon, name[k - n : k]) for k in cuts for n in (2, 3) if n <= k)


def _is_rare(line: Line, start: int, end: int) -> bool:
    """燕子岩: three to six characters that are no word and end in none."""
    parts = _tags(line, start, end)
    if parts is None or end - start > _ALONE or (len(parts[-1][0]) > 1 and not parts[-1][1].startswith(PROPER)):
        return False
    sorting = [
        line.lexicon.words(name) for name in ("place_modifier", "area_modifier", "place_single_modifier", "level")
    ]
    return not any((tag[:1] in "mqfvt" and tag) or any(part in s for s in sorting) for part, tag in parts)

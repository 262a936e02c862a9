"""Where a place's name begins that its last word shows: 渭津镇, 仙人河, 富豪小区, 青石湖科教创新区."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.lexicon import Lexicon
from kg.mentions.line import HAN, Line, is_name_character
from kg.mentions.place_hit import LastWord
from kg.mentions.place_names import CHAINED, DEICTIC, SETTLEMENTS, WEAK, is_modifier, is_office, is_spelt
from kg.words import segmenter

_HOUSES = frozenset({"school", "hospital", "media", "institution"})
_GROUNDS = frozenset({"water", "land"})
_BRACKET = re.compile(r"\([\u4e00-\u9fff]{2,5}\)$")
_MOST = 12  # characters that a name may have before its last word
_MOST_TIGHT = 6  # characters that may fill the room between a clear mark and the last word
_QUOTES = frozenset('“”"()')
_ORDINAL = re.compile(r"第[一二三四五六七八九十百\d]+届$")  # 第六届|六盘山登山节
_PAIRED = re.compile(r"[与和][\u4e00-\u9fff]{2,5}[路街道](?:交|相交|路口|之间)")  # 九都路与青石路交叉口
_PHASE = re.compile(r"[一二三四五]期$")
# 10号线, G312国道: a number names the road.
_NUMBER = re.compile(r"(?:[A-Z]?\d{1,4}|[一二三四五六七八九十]{1,3})$")


def name_start(line: Line, last: LastWord, floor: int) -> int:
    """Walk left from a last word over what can belong to a name; where it stops, the name begins."""
    if last.text in line.lexicon.words("numbered_road") and (number := _NUMBER.search(line.string, floor, last.start)):
        return _kind_start(line, number.start(), floor)
    if last.category in SETTLEMENTS and (spelt := spelt_start(line, last.start, floor)) is not None:
        return spelt
    start, leading = last.start, []
    for begin, end, word in line.words_before(last.start):
        if begin < floor:
            if end > floor and end == start:
                start = floor
            break
        if word == ")" and (bracket := _BRACKET.search(line.string[:end])) and bracket.start() >= floor:
            start = bracket.start()
            continue
        if begin >= start:
            continue  # inside the brackets
        if word == last.text and last.start - end > 1:
            break  # 旅游开发村|石庙村
        if line.is_edge(start):
            break  # 3月7日|文峰社区
        if line.string[begin - 1 : begin] == "、" and word in line.lexicon.words("conjunction"):
            start = begin  # 、|和青高速
            break
        if last.start - begin > _MOST or not all(map(is_name_character, word)) or set(word) & _QUOTES:
            break
        named = _names_way(line.lexicon, word, line.string[end : last.end])
        if not named and not _is_family(line, begin, end) and _stops_name(line.lexicon, last, word):
            break
        start = begin
        leading.append((begin, end, word))
        if named:
            break
    for begin, end, word in reversed(leading):
        whole = begin == floor > 0 and last.category in SETTLEMENTS  # 书香街道|老沙湾路社区
        sort = is_modifier(line.lexicon, word) and not (whole or _sorts_area(line, begin, word))
        if begin == start and end < last.start and (sort or _is_ours(line, begin, end)):
            start = end
    return start


def _sorts_area(line: Line, position: int, word: str) -> bool:
    """青石县|特色农产品产业园: an area's one park of a sort is called so."""
    areas = line.lexicon.full_place_names
    kind = word in line.lexicon.words("name_kind")
    return kind and any(line.string[k:position] in areas for k in range(max(0, position - 5), position - 1))


def _is_family(line: Line, start: int, end: int) -> bool:
    """于|家村, 向|家沟水库: a surname that is a word of the sentence elsewhere begins what is called after a family."""
    char = line.string[start:end]
    homes = line.string.startswith("家", end)
    return homes and char in line.lexicon.surnames and char not in line.lexicon.words("conjunction")


def spelt_start(line: Line, end: int, floor: int) -> int | None:
    """木日开塔木|村: what is spelt by its sounds begins where the sounds do."""
    sounds = line.lexicon.words("sound")
    start = next((k for k in range(end, floor, -1) if line.string[k - 1] not in sounds), floor)
    return start if is_spelt(line.lexicon, line.string[start:end]) and start in line.bounds else None


def _names_way(lexicon: Lexicon, word: str, way: str) -> bool:
    """建设|街, 解放|东路: a word of every day that streets are named with."""
    short = any(way.endswith(w) and len(way) <= len(w) + 1 for w in lexicon.words("way"))
    return short and word in lexicon.words("name_word")


def _stops_name(lexicon: Lexicon, last: LastWord, word: str) -> bool:
    """Does a word to the left of a last word belong to no name: a preposition, a verb, an office?"""
    tag = segmenter().tag(word)
    if word in lexicon.words("family_seat"):
        return False  # 李|各庄|村
    if last.category in SETTLEMENTS | _GROUNDS and _is_organ(lexicon, word):
        return True  # 县公安局|金河派出所, but 教育局小区, 中心医院社区
    if _ORDINAL.match(word) or word in lexicon.words("place_stop") or segmenter().is_function_word(word):
        return True
    if last.category == "road" and word in lexicon.words("site_work"):
        return True  # 改造工程|青石大道
    if last.category in SETTLEMENTS and _PHASE.match(word):
        return True  # 开发区二期|石庙村
    if last.category in SETTLEMENTS and len(word) > 2 and tag == "n" and word[-1] == last.text[-1]:
        return True  # 示范村|石庙村
    water = len(last.text) == 1 and last.category == "water"
    if water and tag == "ns" and lexicon.place_suffixes.get(word[-1]) == "water":
        return True  # 长江黄河 are two
    if is_office(lexicon, word) or any(is_office(lexicon, word[n:]) for n in range(1, len(word) - 1)):
        return True  # 书记, 市委书记
    if word.endswith(_holds(lexicon)):
        return True  # 余湖|隆重举行石桥工业园区项目签约仪式
    may = word in lexicon.words("name_verb") or word in lexicon.words("name_word")
    return tag.startswith("v") and tag != "vn" and len(word) > 1 and not may


def _is_organ(lexicon: Lexicon, word: str) -> bool:
    """公安局, 县公安局: an office, whose name no river and no village begins with."""
    forms = lexicon.agency_forms.get(word) or lexicon.agency_forms.get(word[1:]) or ()
    return len(word) > 2 and any(form.formal and form.category not in _HOUSES for form in forms)


@lru_cache(maxsize=4)
def _holds(lexicon: Lexicon) -> tuple[str, ...]:
    """举行, 召开: what a gathering's verb ends in."""
    return tuple(sorted(word for word in lexicon.words("hold") if len(word) > 1))


def _kind_start(line: Line, number: int, floor: int) -> int:
    """地铁10号线: what sort of line the number is of belongs to its name."""
    head = line.string[floor:number]
    return number - max((len(k) for k in line.lexicon.words("line_kind") if head.endswith(k)), default=0)


def _is_ours(line: Line, start: int, end: int) -> bool:
    """我区首个公园: a level word behind 我 or 全 is none of the name."""
    return DEICTIC.search(line.string[max(0, start - 1) : end]) is not None


def tight_start(line: Line, last: LastWord, left: int) -> int:
    """、青石湖科教创新区; 顺阳乡际下村; 来到造甲村: what fills the room behind a mark, an area or a verb of going."""
    if last.category in WEAK and 1 < last.start - left < 4 and line.longest(last.end, line.lexicon.words("beside"), 3):
        return left  # 柳河乡|回岭桥附近
    if last.category in WEAK | CHAINED:
        return last.start
    settled = last.category in SETTLEMENTS or (last.category == "facility" and len(last.text) > 1)
    edge = next((k for k in range(last.start - 1, left - 1, -1) if _opens_name(line, k, left, short=settled)), None)
    if edge is None and last.category == "road" and _PAIRED.match(line.string, last.end):
        edge = next((k for k in range(last.start - 1, last.start - 4, -1) if line.is_edge(k)), None)
    if edge is not None and DEICTIC.search(line.string[edge : edge + 2]):
        edge += 2  # 到|该区|板桥镇
    if edge is None or last.start - edge > _MOST_TIGHT:
        return last.start
    first = line.string[edge] if last.category not in SETTLEMENTS and edge + 1 in line.bounds else ""
    if first in line.lexicon.words("place_stop") and segmenter().tag(first) == "v":
        edge += 1  # 返回走|雅泸高速, 的有|青龙山景区
    stem = line.string[edge : last.start]
    words = [w for a, b, w in line.words if a < last.start and edge < b]
    hard = line.lexicon.words("hard_stop") | line.lexicon.words("place_single_modifier")
    joined = stem[1:2] if stem[1:2] in line.lexicon.words("conjunction") else ""  # 天和星城: no name has one character
    own = set(joined) | (line.lexicon.words("stop_in_name") if len(stem) > 2 else set())
    own |= {stem[:1]} if _is_family(line, edge, edge + 1) else set()
    if (
        not stem.isalnum()
        or (set(stem) - own) & hard
        or [segmenter().tag(w) for w in words[:2]] == ["d", "v"]  # 已|成立
        or any(len(w) > 1 and segmenter().is_function_word(w) for w in words[1:])
        or any(_ends_name(line, w, len(stem), inner=0 < i < len(words) - 1) for i, w in enumerate(words))
    ):
        return last.start
    return edge


def _opens_name(line: Line, position: int, left: int, *, short: bool) -> bool:
    """Behind 、, an area, a verb of going, 的 or 该县: where a name may begin and nothing else; `short`: 在 too."""
    if position == left:
        return left > 0
    if position not in line.bounds:
        return False
    head, lexicon = line.string[:position], line.lexicon
    if head.endswith(("、", "的")) or DEICTIC.search(head):
        return True
    if left and position == left + 1 and head[-1] in lexicon.words("conjunction"):
        return True  # 石庙村和|乌其泉村
    head = head.removesuffix("了")
    if line.word_to(position) in lexicon.words("reaching") and segmenter().tag(line.word_to(position - 1)) == "v":
        return True  # 巡逻至|青柳路
    return any(
        head.endswith(word) and (len(word) > 1 or (short and position - 1 in line.bounds))
        for word in lexicon.words("place_introducer")
    )


def _ends_name(line: Line, word: str, room: int, *, inner: bool) -> bool:
    """A word of the sentence that no name holds; a verb may stand in one: 造甲村, 光明归来亭公园."""
    if len(word) == 1:
        return room < 2 and word in line.lexicon.words("place_stop")
    if word in line.lexicon.words("place_stop") or word in line.lexicon.titles:
        return True
    return not inner and is_modifier(line.lexicon, word)


def is_rest(line: Line, left: int, start: int) -> bool:
    """冕宁县|曹|古乡: one character between an area and a town that some other county has is the town's."""
    char, lexicon = line.string[left:start], line.lexicon
    other = lexicon.words("hard_stop") | lexicon.words("place_single_modifier") | lexicon.words("conjunction")
    return len(char) == 1 and HAN.match(char) is not None and char not in other | lexicon.words("place_stop")


def known_town(line: Line, last: LastWord, left: int) -> int | None:
    """泉太镇: the list of townships has it, and an edge or a word's bound stands before it."""
    if last.category == "town" and (spelt := spelt_start(line, last.start, left)) is not None:
        return spelt  # 巴彦塔拉|达斡尔民族乡
    towns, generic = line.lexicon.counties_by_township, line.lexicon.words("place_generic")
    for start in range(max(left, last.start - 5), last.start):
        joined = line.string[start - 1 : start] in line.lexicon.words("conjunction")
        name = line.string[start : last.end]
        free = line.is_edge(start) or start == left or start in line.bounds or joined
        verbal = name[1:] in generic and not line.is_edge(start)  # 向|家乡
        if free and name in towns and name not in generic and not verbal:
            if left and is_rest(line, left, start):
                return left
            clear = line.is_edge(start - 1) or _opens_name(line, start - 1, left, short=True)
            return start - 1 if clear and start > left and is_rest(line, start - 1, start) else start
    return None

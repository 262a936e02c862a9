"""Where a place's name begins that its last word shows: 渭津镇, 仙人河, 富豪小区, 独墅湖科教创新区."""

from __future__ import annotations

import re

from kg.lexicon import Lexicon
from kg.mentions.line import Line, is_name_character
from kg.mentions.place_hit import LastWord
from kg.words import segmenter

_BRACKET = re.compile(r"\([\u4e00-\u9fff]{2,5}\)$")
_MOST = 12  # characters that a name may have before its last word
_MOST_TIGHT = 6  # characters that may fill the room between a clear mark and the last word
_QUOTES = frozenset('“”"()')
_DEICTIC = re.compile(r"[我该本全各][省市州县区旗乡镇]$")
# 工程 and 段 name a place only behind one; 市场 and 会议室 behind one or behind 在; 工地 only where none is before it.
CHAINED = frozenset({"works", "section"})
WEAK = frozenset({"weak", "scene"})
_COUNTED = re.compile(r"\d+|[一二两三四五六七八九十百千几数]+")
_ORDINAL_WAY = re.compile(r"[一二三四五六七八九十头]{1,2}[道马条经纬号]")
_GRADED = re.compile(r"(?:\d?[A-Za-z]{0,5}|[一二三四五])(?:星?级)")  # 4A级旅游景区
_SETTLEMENTS = frozenset({"town", "subdistrict", "village", "community", "estate"})
_NAMES = ("nr", "ns", "nz", "nt")  # how jieba tags names
# 10号线, G312国道: a number names the road.
_NUMBER = re.compile(r"(?:[A-Z]?\d{1,4}|[一二三四五六七八九十]{1,3})$")


def name_start(line: Line, last: LastWord, floor: int) -> int:
    """Walk left from a last word over what can belong to a name; where it stops, the name begins."""
    if last.text in line.lexicon.words("numbered_road") and (number := _NUMBER.search(line.string, floor, last.start)):
        return _kind_start(line, number.start(), floor)
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
        if last.start - begin > _MOST or not all(map(is_name_character, word)) or set(word) & _QUOTES:
            break
        named = _names_way(line.lexicon, word, line.string[end : last.end])
        if not named and _stops_name(line.lexicon, last, word):
            break
        start = begin
        leading.append((begin, end, word))
        if named:
            break
    for begin, end, word in reversed(leading):
        if begin == start and end < last.start and (_is_modifier(line.lexicon, word) or _is_ours(line, begin, end)):
            start = end
    return start


def _names_way(lexicon: Lexicon, word: str, way: str) -> bool:
    """建设|街, 解放|东路: a word of every day that streets are named with."""
    short = any(way.endswith(w) and len(way) <= len(w) + 1 for w in lexicon.words("way"))
    return short and word in lexicon.words("name_word")


def _stops_name(lexicon: Lexicon, last: LastWord, word: str) -> bool:
    """Does a word to the left of a last word belong to no name: a preposition, a verb, an office?"""
    tag = segmenter().tag(word)
    if word in lexicon.words("place_stop") or segmenter().is_function_word(word):
        return True
    water = len(last.text) == 1 and last.category == "water"
    if water and tag == "ns" and lexicon.place_suffixes.get(word[-1]) == "water":
        return True  # 长江黄河 are two
    if is_office(lexicon, word) or any(is_office(lexicon, word[n:]) for n in range(1, len(word) - 1)):
        return True  # 书记, 市委书记
    may = word in lexicon.words("name_verb") or word in lexicon.words("name_word")
    return tag.startswith("v") and tag != "vn" and len(word) > 1 and not may


def is_kind_of_person(lexicon: Lexicon, word: str) -> bool:
    """大学生, 农民: no office but a sort of people, whose parks and markets are many."""
    return word in lexicon.titles and lexicon.titles[word].kind == "person"


def is_office(lexicon: Lexicon, word: str) -> bool:
    """市长, 书记; not 大学生."""
    return word in lexicon.titles and not is_kind_of_person(lexicon, word)


def _kind_start(line: Line, number: int, floor: int) -> int:
    """地铁10号线: what sort of line the number is of belongs to its name."""
    head = line.string[floor:number]
    return number - max((len(k) for k in line.lexicon.words("line_kind") if head.endswith(k)), default=0)


def _is_ours(line: Line, start: int, end: int) -> bool:
    """我区首个公园: a level word behind 我 or 全 is none of the name."""
    return _DEICTIC.search(line.string[max(0, start - 1) : end]) is not None


def _is_modifier(lexicon: Lexicon, word: str) -> bool:
    """老旧小区, 各社区, 3个小区: what stands before the last word says which sort, not which one."""
    if word in lexicon.words("name_word"):
        return False  # 解放东路, 团结新村
    single = len(word) == 1 and word in lexicon.words("place_single_modifier")
    verb = len(word) > 1 and segmenter().tag(word).startswith("v")
    return single or (len(word) > 1 and word in lexicon.words("place_modifier")) or verb


def is_name(line: Line, start: int, last: LastWord) -> bool:
    """Does what stands before the last word tell which one, not only which sort?"""
    lexicon, words = line.lexicon, segmenter()
    name, stem = line.string[start : last.end], line.string[start : last.start]
    if line.string[last.end : last.end + 1] == "(" and line.string[last.end + 1 : last.end + 2] in lexicon.words(
        "place_kind_word"
    ):
        return False  # 乡(镇)
    if name in lexicon.words("common_site"):
        return True
    if not stem or name in lexicon.words("place_generic") or stem in lexicon.words("place_modifier"):
        return False
    if any(
        name.endswith(word) for word in lexicon.words("place_generic") - lexicon.place_suffixes.keys() if len(word) > 2
    ):
        return False
    if stem in lexicon.words("level"):
        if line.string[start - 1 : start] in lexicon.words("level_deictic"):
            return False  # 我县田园综合体
        return last.category == "facility" and stem in lexicon.words("city_level")  # 市博物馆
    if stem[-1] in "的、" or line.string[start - 1 : start] in lexicon.words("negation"):
        return False
    if _next_word(line, last.end) in lexicon.words("place_not_before") or _is_goal(line, start, last):
        return False
    if (start - 1, last.end + 1) in line.quotations and all(map(_is_common, words.cut(stem))):
        return False  # “绿色路”
    if stem in lexicon.words("name_word") and last.text in lexicon.words("way"):
        return True  # 建设路
    tag = words.tag(name)
    if tag and not tag.startswith(("ns", "nr", "nz")):
        return False
    if last_word_is_common(line, last) and not (len(stem) > 1 and _is_listed_alike(line, start, last)):
        return False
    return not _is_description(lexicon, stem, last)


def _is_listed_alike(line: Line, start: int, last: LastWord) -> bool:
    """大岭南路、上阳路、黄河路: one of several that end alike."""
    before, after = line.string[:start], line.string[last.end :]
    kind = last.text[-1]
    return before.endswith((f"{kind}、", f"{kind}和", f"{kind}与")) or (
        before.endswith("、") and re.match(rf"[、和与][^、,;:。]{{1,6}}{kind}", after) is not None
    )


def _next_word(line: Line, position: int) -> str:
    return next((w for a, _, w in line.words if a == position), "")


def _is_goal(line: Line, start: int, last: LastWord) -> bool:
    """打造先行示范区, 创建美丽家园: what is striven for is no place as long as every word is one of every day."""
    head = line.string[:start]
    clause = head[max(head.rfind(mark) for mark in ",;:。(") + 1 :]
    if not any(word in clause for word in line.lexicon.words("place_goal")):
        return False
    words = segmenter()
    parts = words.cut(line.string[start : last.start])
    return all(len(p) > 1 and (tag := words.tag(p)) and not tag.startswith(("ns", "nt")) for p in parts)


def _is_description(lexicon: Lexicon, stem: str, last: LastWord) -> bool:
    """两个小区, 一座互通式立交桥, 核心地区: words that count or sort."""
    words = segmenter()
    parts = words.cut(stem)
    if is_kind_of_person(lexicon, parts[0]):
        return True
    if last.category in ("road", "weak") and _ORDINAL_WAY.fullmatch(stem):
        return False  # 二道街, 三马路
    village = last.category == "village" and len(stem) > 1  # 六斗村, 三家村
    numeral = stem[0] != "第" and all(words.tag(p)[:1] in "mq" and words.tag(p) for p in parts)  # 第一审判法庭
    counted = parts[-1] in lexicon.words("classifier") or all(words.tag(p) == "m" for p in parts)
    if numeral and counted and not (village and stem[-1] not in lexicon.words("count_classifier")):
        return True
    if _is_counted(lexicon, stem) or _GRADED.match(stem):
        return True
    if (
        len(parts) == 1 < len(stem)
        and last.category == "community"
        and stem in lexicon.place_suffixes
        and stem[-1] not in "区道"
    ):
        return False  # 新城社区, 花园社区
    if all(p in lexicon.place_suffixes for p in parts) or all(p in lexicon.words("place_modifier") for p in parts):
        return True
    if all(len(p) > 1 and (p in lexicon.place_suffixes or p in lexicon.words("place_modifier")) for p in parts):
        return True  # 公园城市示范区
    if last.category not in WEAK:
        return False
    if len(last.text) > 1 and all(map(_is_common, parts)) and not _ends_as_place(lexicon, stem):
        return True  # 生产车间, 成品仓库
    return any(parts[-1] in lexicon.words(name) for name in ("place_modifier", "place_stop", "area_modifier"))


def _is_counted(lexicon: Lexicon, stem: str) -> bool:
    """2个村, 63户人家楼, 学校3个考点, 一名山村, 三县六镇: a number and what is counted; 三家村 is a name."""
    units = lexicon.words("classifier")
    first = _COUNTED.match(stem)
    if first and first.end() + 1 < len(stem) and stem[first.end()] in lexicon.words("counted_noun"):
        return True
    for found in _COUNTED.finditer(stem):
        unit = stem[found.end() : found.end() + 1]
        if unit in lexicon.words("count_classifier") or (found[0].isdecimal() and unit in units):
            return True
    return False


def _is_common(word: str) -> bool:
    """A word of every day: longer than one character, and no name."""
    tag = segmenter().tag(word)
    return len(word) > 1 and tag[:1] in tuple("nvabmf") and tag[:2] not in _NAMES


def _ends_as_place(lexicon: Lexicon, stem: str) -> bool:
    """环城路 in 环城路加油站."""
    return any(lexicon.place_suffixes.get(stem[-n:]) in ("road", "village", "town") for n in (1, 2))


def last_word_is_common(line: Line, last: LastWord) -> bool:
    """家乡, 道路, 绿水青山: the last word only happens to end like a place."""
    word = next((w for w in line.words if w[0] < last.start < w[1]), None)
    tag = segmenter().tag(word[2]) if word else ""
    short = word is not None and (last.end - last.start == 1 or len(word[2]) < 3)
    return (
        word is not None
        and short
        and word[1] == last.end
        and bool(tag)
        and not tag.startswith(("ns", "nr", "nz", "nt"))
    )


def tight_start(line: Line, last: LastWord, left: int) -> int:
    """、独墅湖科教创新区; 顺阳乡际下村; 来到造甲村: what fills the room behind a mark, an area or a verb of going."""
    if last.category in WEAK | CHAINED:
        return last.start
    settled = last.category in _SETTLEMENTS or (last.category == "facility" and len(last.text) > 1)
    edge = next((k for k in range(last.start - 1, left - 1, -1) if _opens_name(line, k, left, short=settled)), None)
    if edge is None or last.start - edge > _MOST_TIGHT:
        return last.start
    stem = line.string[edge : last.start]
    words = [w for a, b, w in line.words if a < last.start and edge < b]
    hard = line.lexicon.words("hard_stop") | line.lexicon.words("place_single_modifier")
    joined = stem[1:2] if stem[1:2] in line.lexicon.words("conjunction") else ""  # 天和星城: no name has one character
    if (
        not stem.isalnum()
        or (set(stem) - set(joined)) & hard
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
    if head.endswith(("、", "的")) or _DEICTIC.search(head):
        return True
    head = head.removesuffix("了")
    return any(
        head.endswith(word) and (len(word) > 1 or (short and position - 1 in line.bounds))
        for word in lexicon.words("place_introducer")
    )


def _ends_name(line: Line, word: str, room: int, *, inner: bool) -> bool:
    """A word of the sentence that no name holds; a verb may stand in one: 造甲村, 光明回归亭公园."""
    if len(word) == 1:
        return room < 2 and word in line.lexicon.words("place_stop")
    if word in line.lexicon.words("place_stop") or word in line.lexicon.titles:
        return True
    return not inner and _is_modifier(line.lexicon, word)


def known_town(line: Line, last: LastWord, left: int) -> int | None:
    """泉太镇: the list of townships has it, and an edge or a word's bound stands before it."""
    towns = line.lexicon.counties_by_township
    for start in range(max(left, last.start - 5), last.start):
        joined = line.string[start - 1 : start] in line.lexicon.words("conjunction")
        if line.string[start : last.end] in towns and (
            line.is_edge(start) or start == left or start in line.bounds or joined
        ):
            return start
    return None


def is_clean(line: Line, start: int, end: int) -> bool:
    """No adverb and no verb of the sentence between an area and 段 or 工程."""
    words, lexicon = segmenter(), line.lexicon
    inside = [w for a, b, w in line.words if start <= a and b <= end]
    return not any(words.is_function_word(w) or w in lexicon.words("place_stop") for w in inside)

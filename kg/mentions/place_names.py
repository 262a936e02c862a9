"""Where a place's name begins that its last word shows: 渭津镇, 仙人河, 富豪小区, 独墅湖科教创新区."""

from __future__ import annotations

import re

from kg.lexicon import Lexicon
from kg.mentions.line import Line, is_name_character
from kg.words import segmenter

_BRACKET = re.compile(r"\([\u4e00-\u9fff]{2,5}\)$")
_MOST = 12  # characters that a name may have before its last word
_QUOTES = frozenset('“”"()')
# 工程 and 段 name a place only behind one; 市场 and 会议室 behind one or behind 在.
CHAINED = frozenset({"works", "section"})
WEAK = frozenset({"weak"})


def name_start(line: Line, suffix_start: int, floor: int) -> int:
    """Walk left from a last word over what can belong to a name; where it stops, the name begins."""
    lexicon, words = line.lexicon, segmenter()
    start, leading = suffix_start, []
    for begin, end, word in line.words_before(suffix_start):
        if begin < floor:
            if end > floor and end == start:
                start = floor
            break
        tag = words.tag(word)
        if word == ")" and (bracket := _BRACKET.search(line.string[:end])) and bracket.start() >= floor:
            start = bracket.start()
            continue
        if begin >= start:
            continue  # inside the brackets
        if suffix_start - begin > _MOST or not all(map(is_name_character, word)) or set(word) & _QUOTES:
            break
        if word in lexicon.words("place_stop") or word in lexicon.titles or words.is_function_word(word):
            break
        if tag.startswith("v") and tag != "vn" and len(word) > 1 and word not in lexicon.words("name_verb"):
            break
        start = begin
        leading.append((begin, end, word))
    for begin, end, word in reversed(leading):
        if begin == start and end < suffix_start and _is_modifier(lexicon, word):
            start = end
    return start


def _is_modifier(lexicon: Lexicon, word: str) -> bool:
    """老旧小区, 各社区, 3个小区: what stands before the last word says which sort, not which one."""
    single = len(word) == 1 and word in lexicon.words("place_single_modifier")
    verb = len(word) > 1 and segmenter().tag(word).startswith("v")
    return single or (len(word) > 1 and word in lexicon.words("place_modifier")) or verb


def is_name(line: Line, start: int, suffix_start: int, end: int) -> bool:
    lexicon, words = line.lexicon, segmenter()
    name, stem = line.string[start:end], line.string[start:suffix_start]
    if line.string[end : end + 1] == "(" and line.string[end + 1 : end + 2] in lexicon.words("place_kind_word"):
        return False  # 乡(镇)
    if name in lexicon.words("common_site"):
        return True
    if not stem or name in lexicon.words("place_generic") or stem in lexicon.words("place_modifier"):
        return False
    if any(
        name.endswith(word) for word in lexicon.words("place_generic") - lexicon.place_suffixes.keys() if len(word) > 2
    ):
        return False
    if stem in lexicon.words("level") or stem[-1] in "的、":
        return False
    tag = words.tag(name)
    if tag and not tag.startswith(("ns", "nr", "nz")):
        return False
    if last_word_is_common(line, suffix_start, end):
        return False
    parts = words.cut(stem)
    numeral = all(words.tag(p)[:1] in "mq" and words.tag(p) for p in parts)
    if numeral and (parts[-1] in lexicon.words("classifier") or all(words.tag(p) == "m" for p in parts)):
        return False
    if all(p in lexicon.place_suffixes for p in parts):
        return False
    return not all(p in lexicon.words("place_modifier") for p in parts)


def last_word_is_common(line: Line, suffix_start: int, end: int) -> bool:
    """家乡, 道路, 绿水青山: the last word only happens to end like a place."""
    word = next((w for w in line.words if w[0] < suffix_start < w[1]), None)
    tag = segmenter().tag(word[2]) if word else ""
    short = word is not None and (end - suffix_start == 1 or len(word[2]) < 3)
    return word is not None and short and word[1] == end and bool(tag) and not tag.startswith(("ns", "nr", "nz", "nt"))


def tight_start(line: Line, suffix_start: int, left: int, category: str) -> int:
    """、独墅湖科教创新区: up to six characters between a mark, or an area, and the last word are all its name."""
    edge = next((k for k in range(suffix_start, left - 1, -1) if k == left or line.is_edge(k)), suffix_start)
    stem = line.string[edge:suffix_start]
    closed = edge == left > 0 or (edge > 0 and line.string[edge - 1] == "、")
    if not closed or not 1 <= len(stem) <= 6 or category in WEAK | CHAINED or not stem.isalnum():
        return suffix_start
    words = [w for a, b, w in line.words if edge <= a and b <= suffix_start]
    lexicon = line.lexicon
    if any(w in lexicon.words("place_stop") or _is_modifier(lexicon, w) or w in lexicon.titles for w in words) or set(
        stem
    ) & lexicon.words("hard_stop"):
        return suffix_start
    return edge


def known_town(line: Line, suffix_start: int, end: int, left: int) -> int | None:
    """泉太镇: the list of townships has it, and an edge or a word's bound stands before it."""
    towns = line.lexicon.counties_by_township
    for start in range(max(left, suffix_start - 5), suffix_start):
        if line.string[start:end] in towns and (line.is_edge(start) or start == left or start in line.bounds):
            return start
    return None


def is_clean(line: Line, start: int, end: int) -> bool:
    """No adverb and no verb of the sentence between an area and 段 or 工程."""
    words, lexicon = segmenter(), line.lexicon
    inside = [w for a, b, w in line.words if start <= a and b <= end]
    return not any(words.is_function_word(w) or w in lexicon.words("place_stop") for w in inside)

"""Where a word stands that may be the last of a place's name: 镇 in 渭津镇, none in 落实|河长制."""

from __future__ import annotations

import re
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.lexicon import Lexicon
from kg.mentions.agency_names import form_at
from kg.mentions.line import Line
from kg.mentions.place_hit import LastWord, PlaceHit
from kg.mentions.place_roads import ends_reach

_STOREYS = frozenset({"楼", "层", "层楼"})
_MEASURED = re.compile(r"长(?:\d|约|达)")
_NUMERAL = re.compile(r"[\d一二三四五六七八九十]$")
CONTAINERS = frozenset({"town", "subdistrict", "village", "community", "zone"})


@lru_cache(maxsize=4)
def _suffix_automaton(lexicon: Lexicon) -> tuple[AhoCorasick, tuple[str, ...]]:
    suffixes = tuple(sorted(lexicon.place_suffixes))
    return AhoCorasick(suffixes, matchkind=MatchKind.Standard), suffixes


def last_words(line: Line) -> list[LastWord]:
    """The longest last word of a place at each of its ends, left to right; 工业园 of 工业园区 is left out."""
    automaton, suffixes = _suffix_automaton(line.lexicon)
    ends: dict[int, tuple[int, str]] = {}
    for index, start, end in automaton.find_matches_as_indexes(line.string, overlapping=True):
        if end not in ends or start < ends[end][0]:
            ends[end] = (start, suffixes[index])
    return [
        LastWord(start, end, text, line.lexicon.place_suffixes[text])
        for end, (start, text) in sorted(ends.items())
        if not any(e > end and s < end for e, (s, _) in ends.items() if e in line.bounds)
    ]


def may_end(line: Line, last: LastWord, known: list[PlaceHit]) -> bool:
    """At a word's bound, or where another place begins; an area also where an organ does: 拳铺镇党委."""
    if _is_other_word(line, last):
        return False
    if last.end in line.bounds or any(h.start == last.end for h in known):
        return True
    if last.category == "road" and last.end - 1 in line.bounds and ends_reach(line, last.end):
        return True  # 青石路—滨河|路段
    towns = line.lexicon.counties_by_township
    begins = range(max(0, last.start - 5), last.start)
    if last.category == "town" and any(line.string[k : last.end] in towns for k in begins):
        return True  # 新城子藏族乡|民福村
    word = line.word_from(last.start)
    if word == last.text + "口":
        return len(last.text) > 1  # 回岭隧道|口
    if len(last.text) > 1 and word.startswith(last.text):
        return False  # 古村|落
    if last.category == "village" and (word == 2 * last.text or len(last.text) > 1 or _heads(line, last)):
        return True  # 铁鹅村|村支部书记, 哈日阿图嘎查|实地, 石庙村|支书
    if last.category in ("village", "community") and line.longest(last.end, line.lexicon.words("local_body"), 7):
        return True  # 石庙村|支部书记
    if last.category in ("town", "road") and word[1:] in line.lexicon.words("direction"):
        return True  # 西合营镇|南大坪村, 屏淮路|北延工程
    return last.category in CONTAINERS and form_at(line, last.end) is not None


def _is_other_word(line: Line, last: LastWord) -> bool:
    """Does it belong to another word: a title, a way, an office, a longer name?"""
    lexicon, string = line.lexicon, line.string
    if last.category == "town" and any(string.startswith(w, last.start) for w in lexicon.words("town_word")):
        return True  # 石庙村和美乡村
    if last.category in ("water", "land") and line.longest(last.end, lexicon.words("way"), 3):
        return True  # 临河|街
    if last.text in _STOREYS and _NUMERAL.search(string, 0, last.start):
        return True  # 青石花园小区四|楼
    if last.text in lexicon.words("long_road") and line.longest(last.end, lexicon.words("road_force"), 3):
        return True  # 青石高速|交警支队
    office = string[last.start : last.end + 1] in lexicon.words("river_word")
    if office and not _MEASURED.match(string, last.end):
        return True  # 落实|河长制, but 仙人河长12公里
    if len(last.text) == 1 and line.word_from(last.end - 2) in lexicon.words("generic_end"):
        return True  # 全封闭|道路, 客流|高峰
    if last.category in ("estate", "facility") and string.startswith("路口", last.end):
        return True  # 青石大道花园|路口
    towns = lexicon.counties_by_township
    doubled = [k for k in range(max(0, last.start - 4), last.start) if string[k : last.end + 1] in towns]
    if string.startswith(last.text, last.end) and not line.bounds.isdisjoint(doubled):
        return True  # 牛镇|镇
    headed = string.startswith(f"{last.text}长", last.start) and string[last.start - 1] == last.text
    return last.category == "town" and headed  # 枫桥镇|镇长


def _heads(line: Line, last: LastWord) -> bool:
    """石庙|村支书, 石庙|村主任: does the title of a village's head begin with its last word?"""
    title = line.longest(last.start, line.lexicon.titles, 8) or ""
    return title[len(last.text) :] in line.lexicon.titles

"""Sites that are called after what is built there (青石公司薄膜组件项目工地), and stretches that two names bound."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.lexicon import Lexicon
from kg.mentions.line import Line, is_name_character
from kg.mentions.place_hit import PlaceHit
from kg.mentions.place_names import PROPER, SETTLEMENTS, is_office
from kg.words import any_of, segmenter

_LONGEST = 26
_SHORTEST = 3  # characters before the word for a site
_LONG = 6  # characters behind 市 or 县 that say which
_LEAST = 2  # of them behind the area that it lies in
_SEAT = 3  # characters behind a town's or a village's name that are the name of its own house
_ANY_GROUND = frozenset({"现场"})
_COUNTED = re.compile(r"(?:\d|[一二两三四五六七八九十])个$")
_EDGE = re.compile(r"[,;:。—(]")

_HOUSES = frozenset({"facility", "zone", "weak"})
_HOUSE = frozenset({"n", "nz", "nt", "ns", "s", "x", ""})  # parts of speech of what a house's name ends in

_Span = tuple[int, int]


def find_sites(line: Line, hits: list[PlaceHit], agencies: list[_Span]) -> Iterator[PlaceHit]:
    """X项目, X项目工地 and X施工现场 that somebody goes to or that something happens at."""
    ends, spans = {h.end for h in hits}, [(h.start, h.end) for h in hits] + agencies
    for match in _site(line.lexicon).finditer(line.string):
        if not _closes(line, match.end()):
            continue
        start = _beginning(line, match.start())
        if start is None:
            continue
        works = match[1] is None
        if works and match[0] in _ANY_GROUND and line.word_to(match.start()) not in line.lexicon.words("site_work"):
            continue  # 涵洞堵塞|现场
        area = max((h.end for h in hits if h.start >= start and h.governs and h.end <= match.start()), default=start)
        settled = any(h.end == area and h.category in SETTLEMENTS for h in hits)
        start = area if works or settled else start
        if match.start() - area < _LEAST or not _names_one(line, start, match.start(), spans):
            continue  # 马营镇|项目工地
        if works and _behind_work(line, match.start()) in ends:
            continue  # 光电产业园|建设工地
        end = match.end(1) if match[1] else match.end()
        yield PlaceHit(start, end, line.string[start:end], "works", False, False)


def find_venues(line: Line, hits: list[PlaceHit], agencies: list[_Span]) -> Iterator[PlaceHit]:
    """在行知艺术馆|举行, 在南校区办公楼|隆重举行: where something was held, whatever it is called."""
    spans = [(h.start, h.end) for h in hits] + agencies
    for match in _venue(line.lexicon).finditer(line.string):
        start, end = match.span(1)
        settled = (h.end for h in hits if start < h.end < end - _SEAT and h.category in SETTLEMENTS)
        start = max(settled, default=start)  # 石庙镇|青石山庄, but 石庙镇公所
        fore = min((s for s, e in spans if e == end), default=end)  # 远山|文化旅游区
        fresh = not any(s < fore and start < e for s, e in spans)
        ends = {h.end for h in hits if h.category in _HOUSES and h.start > start and fresh}
        bare = {start, end} <= line.bounds and not any(s < end < e or (e == end and e not in ends) for s, e in spans)
        named = bare and _names_one(line, start, end, [s for s in spans if s[1] < end])
        if named and segmenter().tag(line.word_to(end)) in _HOUSE and not line.is_edge(match.start(2)):
            yield PlaceHit(start, end, line.string[start:end], "facility", False, False)


@lru_cache(maxsize=4)
def _venue(lexicon: Lexicon) -> re.Pattern[str]:
    """在…举行, with what stands between the two."""
    held, how = any_of(lexicon.words("held_there")), any_of(lexicon.words("how_held"))
    return re.compile(rf"[在于]([\u4e00-\u9fff]{{4,18}}?)(?:{how}){{0,2}}({held})")


@lru_cache(maxsize=4)
def _site(lexicon: Lexicon) -> re.Pattern[str]:
    """项目 with what may follow it, or a word for a site where something is built."""
    grounds = any_of(lexicon.words("site_ground"))
    return re.compile(rf"(项目(?:工地|区|部)?){grounds}?|{grounds}")


def _closes(line: Line, end: int) -> bool:
    """Does the name end here: at a mark, or before what is done there?"""
    after = line.word_from(end)
    if end >= len(line.string) or not is_name_character(line.string[end]):
        return True
    lexicon = line.lexicon
    return any(after in lexicon.words(name) for name in ("tour_follow", "hold", "conjunction", "site_follow"))


def _beginning(line: Line, position: int) -> int | None:
    """Behind a verb of going or 在, or the next of a list that one opens; None where nothing introduces the site."""
    introducers = line.lexicon.words("place_introducer") | line.lexicon.words("tour_verb")
    for start in range(position - _SHORTEST, max(-1, position - _LONGEST), -1):
        if start not in line.bounds and not line.is_edge(start):
            continue
        mark = line.string[start - 1 : start]
        if mark == "—" or (start and line.word_to(start) in introducers):
            return start
        if mark == "在" and start - 1 in line.bounds:
            return start
        if mark == "、" and _is_opened(line, start):
            return start
        if not mark or _EDGE.match(mark) or mark == "、":
            return None
    return None


def _is_opened(line: Line, position: int) -> bool:
    """Does the clause before a list's next item begin with 在, or hold a verb of going?"""
    head = _EDGE.split(line.string[:position])[-1]
    return head.startswith("在") or any(len(w) > 1 and w in head for w in line.lexicon.words("tour_verb"))


def _names_one(line: Line, start: int, end: int, spans: list[_Span]) -> bool:
    """Does it say which: a name or a place in it, and no word that only the sentence has?"""
    lexicon, words = line.lexicon, segmenter()
    name = line.string[start:end]
    if not all(map(is_name_character, name)) or "“" in name or name.count("(") != name.count(")"):
        return False
    if line.string[start : start + 1] in lexicon.words("place_single_modifier") or _COUNTED.search(name):
        return False
    inner = [w for _, _, w in line.words_within(start, end)]
    long = [w for w in inner if len(w) > 1]
    barred = lexicon.words("hard_stop") | lexicon.words("tour_verb") | lexicon.words("tour_follow")
    if any(w in barred or words.is_function_word(w) or is_office(lexicon, w) for w in inner):
        return False
    if any(words.tag(w)[:1] in tuple("tmd") and w not in lexicon.words("place_modifier") for w in long):
        return False
    city = line.string[start] in lexicon.words("city_level") and end - start > _LONG
    if city or any(start <= s and e <= end for s, e in spans):
        return True
    return len(inner) - len(long) > 1 or any(not words.tag(w) or words.tag(w).startswith(PROPER) for w in long)


def _behind_work(line: Line, position: int) -> int:
    """Where the name ends that 改造 and 二期 say the work of."""
    work = line.lexicon.words("site_work")
    while line.word_to(position) in work:
        position -= len(line.word_to(position))
    return position


@lru_cache(maxsize=4)
def _stretch(lexicon: Lexicon) -> re.Pattern[str]:
    name = r"([\u4e00-\u9fff]{3,6}?)"
    return re.compile(
        rf"(?:^|[,。;:、]|{any_of(lexicon.words('stretch_head'))}){name}(?:[至、到和与]{name})?(?:一带)(?!一路)"
    )


def find_stretches(line: Line, hits: list[PlaceHit]) -> Iterator[PlaceHit]:
    """对柳家塘、小石子巷一带: what bounds a stretch is a place, whatever it ends with."""
    taken = {k for h in hits for k in range(h.start, h.end)}
    for match in _stretch(line.lexicon).finditer(line.string):
        for group in (1, 2):
            start, end = match.span(group)
            if start >= 0 and not taken & set(range(start, end)) and _is_strange(line, start, end):
                yield PlaceHit(start, end, match[group], "weak", False, False)


def _is_strange(line: Line, start: int, end: int) -> bool:
    """柳家塘: no word of every day, nothing that a sentence is made with."""
    lexicon, words = line.lexicon, segmenter()
    name = line.string[start:end]
    parts = words.cut(name)
    barred = lexicon.words("hard_stop") | lexicon.words("place_stop") | lexicon.words("place_modifier")
    return not (words.tag(name) and not words.tag(name).startswith(PROPER)) and not any(
        p in barred or words.is_function_word(p) or (len(p) > 1 and words.tag(p).startswith("v")) for p in parts
    )

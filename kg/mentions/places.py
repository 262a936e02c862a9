"""Places: what the gazetteer knows, and what a last word shows to be one (渭津镇, 仙人河, 富豪小区, 丁香路910弄)."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.lexicon import Lexicon, PlaceRow
from kg.mentions.agency_names import form_at
from kg.mentions.line import Line, is_name_character
from kg.words import segmenter

_NUMBER = re.compile(r"\d{1,5}(?:号|弄)(?:\d{1,4}(?:号|室|栋))?|[一二三四五六七八九\d]期")
_BRACKET = re.compile(r"\([\u4e00-\u9fff]{2,5}\)$")
_MOST = 12  # characters that a name may have before its last word

# Known by their short names everywhere; a county only near home.
_WIDE = frozenset(
    {"province", "municipality", "autonomous_region", "sar", "city", "prefecture", "league", "autonomous_prefecture"}
)
_QUOTES = frozenset('“”"()')

# A site takes the name of the place before it into its own (苏州市规划展示馆); a town or a road does not.
_OWN_NAME = frozenset({"facility", "zone", "weak"})
# Areas end where the next name begins; a road or a river may be part of a longer name (芷江西路街道, 辽河源镇).
_CONTAINERS = frozenset({"town", "subdistrict", "village", "community", "zone"})
# 工程, 项目 and 段 name a place only behind one; 市场 and 会议室 behind one or behind 在.
_CHAINED = frozenset({"works", "section"})
_WEAK = frozenset({"weak"})


@dataclass(frozen=True, slots=True)
class PlaceHit:
    """A place's name in a line: `known` to the gazetteer; `chained` right behind the place that contains it."""

    start: int
    end: int
    name: str
    category: str
    known: bool
    chained: bool


@lru_cache(maxsize=4)
def _automaton(lexicon: Lexicon) -> tuple[AhoCorasick, tuple[str, ...]]:
    names = tuple(sorted(n for n in lexicon.places_by_name if len(n) > 1))
    return AhoCorasick(names, matchkind=MatchKind.LeftmostLongest), names


@lru_cache(maxsize=4)
def _suffix_automaton(lexicon: Lexicon) -> tuple[AhoCorasick, tuple[str, ...]]:
    suffixes = tuple(sorted(lexicon.place_suffixes))
    return AhoCorasick(suffixes, matchkind=MatchKind.Standard), suffixes


def _is_common_word(name: str) -> bool:
    """和平, 城区: a word of every day that some county is also called."""
    tag = segmenter().tag(name)
    return bool(tag) and not tag.startswith(("ns", "nz", "nr"))


def _accepts(line: Line, start: int, end: int, name: str, near: frozenset[str]) -> bool:
    rows = line.lexicon.places_by_name[name]
    if any(row.name == name for row in rows):
        if (
            name[0] in line.lexicon.words("conjunction")
            and not line.is_edge(start)
            and not any(r.within in near for r in rows)
        ):
            return False  # 定江镇和县信访局 is not 和县
        if name in line.lexicon.words("place_generic") or _straddles(line, end):
            return False
        # 新城东区 is not 城东区: a name begins where a word does.
        return start in line.bounds or line.is_edge(start) or line.string[start - 1] in line.lexicon.words("hard_stop")
    if not {start, end} <= line.bounds or _is_common_word(name):
        return False
    if name[0] in line.lexicon.words("conjunction") and not line.is_edge(start):
        return False
    # A county's short name is taken only where its city or province is at hand.
    return any(row.category in _WIDE for row in rows) or any(row.within in near for row in rows)


@lru_cache(maxsize=64)
def place_counts(text: str, lexicon: Lexicon) -> Counter[str]:
    """How often a text names each place of the gazetteer: a hint at where it is from, no mention."""
    automaton, names = _automaton(lexicon)
    found = (names[index] for index, _, _ in automaton.find_matches_as_indexes(text))
    return Counter(n for n in found if n not in lexicon.words("place_generic") and not _is_common_word(n))


def _straddles(line: Line, end: int) -> bool:
    """东山区域 is no 东山区: a common word runs over the name's end."""
    if end in line.bounds:
        return False
    word = next(w for w in line.words if w[0] < end < w[1])[2]
    return word in line.lexicon.place_suffixes or word in line.lexicon.words("place_generic")


def _is_campaign(line: Line, start: int, end: int) -> bool:
    """“走遍辽源”: a short quotation is a name of its own, no mention of the place in it."""
    return any(
        a < start and end < b and b - a <= 26 and not set(line.string[a:b]) & set(",。;") for a, b in line.quotations
    )


def find_known_places(line: Line, near: frozenset[str], misread: dict[str, PlaceRow]) -> list[PlaceHit]:
    """What the gazetteer has; `near` are the paths of the paper's own city and of all that contains it."""
    automaton, names = _automaton(line.lexicon)
    hits: list[PlaceHit] = []
    for index, start, end in automaton.find_matches_as_indexes(line.string):
        name = names[index]
        if _accepts(line, start, end, name, near) and not _is_campaign(line, start, end):
            row = line.lexicon.places_by_name[name][0]
            chained = bool(hits) and hits[-1].end == start
            hits.append(PlaceHit(start, end, name, row.category, True, chained))
    for wrong, row in misread.items():
        for match in re.finditer(re.escape(wrong), line.string):
            hits = [h for h in hits if h.end <= match.start() or h.start >= match.end()]
            hits.append(PlaceHit(match.start(), match.end(), row.name, row.category, True, False))
    return sorted(hits, key=lambda h: h.start)


def _name_start(line: Line, suffix_start: int, floor: int) -> int:
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


def _is_name(line: Line, start: int, suffix_start: int, end: int) -> bool:
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
    if _last_word_is_common(line, suffix_start, end):
        return False
    parts = words.cut(stem)
    numeral = all(words.tag(p)[:1] in "mq" and words.tag(p) for p in parts)
    if numeral and (parts[-1] in lexicon.words("classifier") or all(words.tag(p) == "m" for p in parts)):
        return False
    if all(p in lexicon.place_suffixes for p in parts):
        return False
    return not all(p in lexicon.words("place_modifier") for p in parts)


def _last_word_is_common(line: Line, suffix_start: int, end: int) -> bool:
    """家乡, 道路, 绿水青山: the last word only happens to end like a place."""
    word = next((w for w in line.words if w[0] < suffix_start < w[1]), None)
    tag = segmenter().tag(word[2]) if word else ""
    short = word is not None and (end - suffix_start == 1 or len(word[2]) < 3)
    return word is not None and short and word[1] == end and bool(tag) and not tag.startswith(("ns", "nr", "nz", "nt"))


def _extend(line: Line, end: int, category: str) -> int:
    """丁香路 + 910弄: a number belongs to the road before it."""
    number = _NUMBER.match(line.string, end)
    return number.end() if number and category in ("road", "subdistrict", "village", "estate") else end


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
    containers = [h.end for h in found if h.category in _CONTAINERS or category in _CHAINED]
    left = max([t[1] for t in taken if t[1] <= suffix_start] + [e for e in containers if e <= suffix_start] + [0])
    town = _known_town(line, suffix_start, end, left)
    if town is not None:
        return PlaceHit(town, end, line.string[town:end], category, False, any(h.end == town for h in (*known, *found)))
    start = min(_name_start(line, suffix_start, left), _tight_start(line, suffix_start, left, category))
    before = next((h for h in (*known, *found) if h.end == start), None)
    if category in _CHAINED:
        stem = line.string[start:suffix_start]
        plain = (
            before is None
            or (category == "section" and not stem)
            or "个" in stem
            or _last_word_is_common(line, suffix_start, end)
        )
        if (
            plain
            or before is None
            or stem in line.lexicon.words("place_modifier")
            or not is_clean(line, start, suffix_start)
        ):
            return None
        return PlaceHit(before.start, end, line.string[before.start : end], category, False, False)
    if category in _WEAK and before is None and not _is_introduced(line, start, end, [*known, *found]):
        return None
    if (
        before is not None
        and before.known
        and start == suffix_start
        and before.name not in line.lexicon.full_place_names
    ):
        start, before = before.start, None  # 南京路: a short name and a last word make one name
    own = category in _OWN_NAME and len(suffix) > 1 and before is not None and (before.known or category in _WEAK)
    if not _is_name(line, start, suffix_start, end) and not (
        own and suffix not in line.lexicon.words("place_kind_word")
    ):
        return None
    if own and before is not None:
        start = before.start
    last = _extend(line, end, category)
    return PlaceHit(start, last, line.string[start:last], category, False, before is not None and before.end == start)


def _tight_start(line: Line, suffix_start: int, left: int, category: str) -> int:
    """、独墅湖科教创新区: up to six characters between a mark, or an area, and the last word are all its name."""
    edge = next((k for k in range(suffix_start, left - 1, -1) if k == left or line.is_edge(k)), suffix_start)
    stem = line.string[edge:suffix_start]
    closed = edge == left > 0 or (edge > 0 and line.string[edge - 1] == "、")
    if not closed or not 1 <= len(stem) <= 6 or category in _WEAK | _CHAINED or not stem.isalnum():
        return suffix_start
    words = [w for a, b, w in line.words if edge <= a and b <= suffix_start]
    lexicon = line.lexicon
    if any(w in lexicon.words("place_stop") or _is_modifier(lexicon, w) or w in lexicon.titles for w in words) or set(
        stem
    ) & lexicon.words("hard_stop"):
        return suffix_start
    return edge


def _known_town(line: Line, suffix_start: int, end: int, left: int) -> int | None:
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


def _is_introduced(line: Line, start: int, end: int, found: list[PlaceHit]) -> bool:
    """Does 在, 到 or 深入 stand right before it, or is it one of a list: A、B · 的A、 · 人民路与建设街?"""
    before, after = line.string[start - 1 : start], line.string[end : end + 1]
    if before == "、" or (before == "的" and after == "、"):
        return True
    if before in line.lexicon.words("conjunction") and any(h.end == start - 1 for h in found):
        return True
    return any(line.string[:start].endswith(word) for word in line.lexicon.words("place_introducer"))

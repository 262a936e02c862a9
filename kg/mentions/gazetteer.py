"""Places that the gazetteer knows, by their full and their short names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.lexicon import Lexicon, PlaceRow
from kg.mentions.agency_names import form_at, title_at
from kg.mentions.line import Line
from kg.mentions.place_hit import PlaceHit
from kg.model import is_within
from kg.words import segmenter

_FIRM = re.compile("(?!有限|股份|分公司)[\u4e00-\u9fff]{2,10}?(?:公司|集团)")
# Known by their short names everywhere; a county only near home.
_WIDE = frozenset(
    {"province", "municipality", "autonomous_region", "sar", "city", "prefecture", "league", "autonomous_prefecture"}
)

_Match = tuple[int, int, str]

_SHORTEST = 2  # characters of a city's short name
COUNTIES = frozenset({"county", "county_city", "district", "banner"})


@lru_cache(maxsize=4)
def _automaton(lexicon: Lexicon) -> tuple[AhoCorasick, tuple[str, ...]]:
    names = tuple(sorted(n for n in lexicon.places_by_name if len(n) > 1))
    return AhoCorasick(names, matchkind=MatchKind.LeftmostLongest), names


def _is_common_word(lexicon: Lexicon, name: str) -> bool:
    """和平, 日照: a word of every day that some county or city is also called; 合肥 is none, whatever its tag."""
    tag = segmenter().tag(name)
    return bool(tag) and not tag.startswith(("ns", "nz", "nr")) and name in lexicon.words("place_and_word")


def _accepts(line: Line, start: int, end: int, name: str, near: frozenset[str]) -> bool:
    rows = line.lexicon.places_by_name[name]
    if name in line.lexicon.full_place_names:
        if line.joins_names(start) and not (any(r.within in near for r in rows) or _is_contained(line, start, rows)):
            return False  # 定江镇和县信访局 is not 和县, but 山西和顺县
        if name in line.lexicon.words("county_and_verb") and not _is_at_hand(line, start, rows, near):
            return False  # 叶长清|任|县财政局局长, 随|县委书记, but 河北任县
        if _straddles(line, end) or (
            name in line.lexicon.words("place_generic") and not _is_district(line, (start, end, name), near)
        ):
            return False
        if name[:-1] in line.lexicon.words("title_prefix") and title_at(line, end - 1):
            return False  # 代|县长
        # 新城东区 is not 城东区: a name begins where a word does.
        free = start in line.bounds or line.is_edge(start) or line.string[start - 1] in line.lexicon.words("hard_stop")
        prefixes = line.lexicon.words("national_prefix") | line.lexicon.words("party_prefix")
        return free or line.string[:start].endswith(tuple(prefixes))  # 中国|内蒙古自治区, 中共|上海市委
    organ = form_at(line, end) is not None or line.longest(end, line.lexicon.words("local_office"), 5) is not None
    court = line.is_edge(start) and line.longest(end, line.lexicon.words("law_house"), 4) is not None  # 天台法院
    common = _is_common_word(line.lexicon, name) and not (court or (organ and any(r.path in near for r in rows)))
    if not {start, end} <= line.bounds or common:
        return False
    town = line.lexicon.place_suffixes.get(name[0]) == "town" and not line.is_edge(start)
    if town and not _is_contained(line, start, rows):
        return False  # 青石镇|原党委书记, 柳河镇|远程教育站
    before = line.word_to(start)
    if line.joins_names(start) or before in line.lexicon.words("wish"):
        return False  # 身体安康
    if line.longest(end, line.lexicon.words("town_house"), 5):
        return any(row.within in near for row in rows)  # 永丰派出所 is a street's, in whatever county
    if organ:
        return True  # 林州法院, 莲都公安分局
    if name.endswith("旗"):
        return len(name) > 2 or line.word_to(start) in line.lexicon.words("place_introducer")  # 东乌旗, 到|阿旗
    # A county's short name is taken only where its city or province is at hand, or where somebody went there.
    if any(row.within in near for row in rows):
        return True
    if any(row.category in _WIDE for row in rows):
        return not _is_cut_off(line, before, name)
    return len(rows) == 1 and segmenter().tag(name) == "ns" and _is_gone_to(line, start, end)


def _is_cut_off(line: Line, before: str, name: str) -> bool:
    """水|阳江预制梁场: a noun of one character that is no level of anything begins another name, as a river's."""
    words = line.lexicon.words
    other = any(before in words(w) for w in ("place_kind_word", "conjunction", "hard_stop", "leads_to_name"))
    other = other or segmenter().is_function_word(before)
    return len(before) == 1 and not other and segmenter().tag(before) == "n" and len(name) == _SHORTEST


def _is_at_hand(line: Line, start: int, rows: Sequence[PlaceRow], near: frozenset[str]) -> bool:
    """What contains the place is the paper's own, or stands right before."""
    return any(row.within in near for row in rows) or _is_contained(line, start, rows)


def _is_contained(line: Line, start: int, rows: Sequence[PlaceRow]) -> bool:
    """甘肃|镇原: the name of what it lies in stands right before."""
    above = {step for row in rows for step in row.within.split("/")}
    wide = (line.lexicon.places_by_path.get(row.within.partition("/")[0]) for row in rows)  # 新疆|和静县
    above |= {step[:-1] for step in above} | {row.short for row in wide if row and row.short}
    return line.string[:start].endswith(tuple(above))


def _is_district(line: Line, match: _Match, near: frozenset[str]) -> bool:
    """阳泉市|郊区, 郊区|区委: a city that has a district so called stands right before, or an organ behind."""
    start, end, name = match
    cities = [row.within for row in line.lexicon.places_by_name[name]]
    if line.string[:start].endswith(tuple(path.rpartition("/")[2] for path in cities)):
        return True
    organ = form_at(line, end) or form_at(line, end + (line.string[end : end + 1] == name[-1]))
    return not near.isdisjoint(cities) and (organ is not None or _is_gone_to(line, start, end))


def _is_gone_to(line: Line, start: int, end: int) -> bool:
    """到丹阳打工, 赶赴昆山抓捕: a word of going, or 在, stands right before, and no longer name begins (柳河营镇)."""
    if any(line.string[k : k + 1] in line.lexicon.place_suffixes for k in range(end, end + 3)):
        return False
    before = line.word_to(start)
    return before in line.lexicon.words("place_introducer") or before.endswith(("到", "往"))


@lru_cache(maxsize=64)
def place_counts(text: str, lexicon: Lexicon) -> Counter[str]:
    """How often a text names each place of the gazetteer: a hint at where it is from, no mention."""
    automaton, names = _automaton(lexicon)
    held = lexicon.words("hold")  # 召开县委常委会 names no 开县
    idioms = tuple(lexicon.words("place_idiom"))
    counts = Counter(
        names[index]
        for index, start, end in automaton.find_matches_as_indexes(text)
        if text[max(start - 1, 0) : start + 1] not in held
        and (end - start > 2 or not (text[end : end + 1] == "长" or text.startswith(idioms, start)))  # 赵县长
        and (names[index] in lexicon.full_place_names or not _is_longer_name(lexicon, text, end))
        and not _is_verb_and_level(lexicon, text, start, names[index])
    )
    return Counter({n: times for n, times in counts.items() if _is_full_or_wide(lexicon, n)})


def _is_verb_and_level(lexicon: Lexicon, text: str, start: int, name: str) -> bool:
    """旅游兴县, 任县水利局局长: no county, unless what contains it stands before or its own level behind (兴县县委)."""
    end = start + len(name)
    if name not in lexicon.words("county_and_verb") or text.startswith((name[-1], "人民"), end):
        return False
    above = {step for row in lexicon.places_by_name[name] for step in row.within.split("/")}
    return not text.endswith(tuple(above | {step[:-1] for step in above}), 0, start)


def _is_longer_name(lexicon: Lexicon, text: str, end: int) -> bool:
    """朝阳路, 南京大街, 宁波远航电器有限公司: the name of a street or of a firm says nothing of where it is."""
    if _FIRM.match(text, end):
        return True
    ways = {"road", "estate", "community", "village"}
    return any(lexicon.place_suffixes.get(text[end + k : end + n]) in ways for k in (0, 1) for n in (k + 1, k + 2))


def _is_full_or_wide(lexicon: Lexicon, name: str) -> bool:
    """A full name, or a short one that is known everywhere; and no word of every day."""
    rows = lexicon.places_by_name[name]
    full = name in lexicon.full_place_names
    return (full or any(r.category in _WIDE for r in rows)) and not _is_anything(lexicon, name)


def _is_anything(lexicon: Lexicon, name: str) -> bool:
    """开发区, 和平; 和县 in 镇和县信访局: no hint at any place."""
    joined = name[0] in lexicon.words("conjunction") and name[1:] in lexicon.words("level")
    return joined or name in lexicon.words("place_generic") or _is_common_word(lexicon, name)


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


def _is_no_mention(line: Line, start: int, end: int) -> bool:
    """Part of a campaign's name or a newspaper's, or the way to somewhere: 北京方向, 西安晚报."""
    kind = line.longest(end, line.lexicon.words("place_as_kind"), 3) or ""
    if kind and end + len(kind) in line.bounds:
        return True
    paper = line.longest(end, line.lexicon.words("newspaper_suffix"), 6)
    return _is_campaign(line, start, end) or (paper is not None and not line.string.startswith("社", end + len(paper)))


def _stands_with(line: Line, match: _Match, around: list[_Match]) -> bool:
    """安徽枞阳, 和县、当涂和雨山区: a county's short name behind its city's, or listed with it or a sister."""
    start, end, name = match
    rows = line.lexicon.places_by_name[name]
    if name in line.lexicon.full_place_names or name in line.lexicon.words("place_generic"):
        return False
    if any(r.category in _WIDE for r in rows) or not {start, end} <= line.bounds:
        return False
    for left, right, other in around:
        others = line.lexicon.places_by_name[other]
        if right == start and any(is_within(r.within, o.path) for r in rows for o in others):
            return not _is_common_word(line.lexicon, name)
        between = line.string[min(end, right) : max(start, left)]
        listed = between == "、" or between in line.lexicon.words("conjunction")
        alike = {r.within for r in others} | {o.path for o in others}
        if listed and other != name and alike & {r.within for r in rows}:
            return True
    return False


def _begins_town(line: Line, match: _Match, before: PlaceHit) -> bool:
    """平阳县|江西|坡镇: no province lies in a county, so its name begins that of a town."""
    start, end, name = match
    suffixes = line.lexicon.place_suffixes
    rows = line.lexicon.places_by_name[name]
    if name in line.lexicon.full_place_names or before.category not in COUNTIES or len(name) != end - start:
        return False
    alone = not any(before.name in (row.path.rpartition("/")[2], row.within.rpartition("/")[2]) for row in rows)
    return alone and any(suffixes.get(line.string[k : k + 1]) in ("town", "village") for k in (end + 1, end + 2))


def find_known_places(line: Line, near: frozenset[str], misread: dict[str, PlaceRow]) -> list[PlaceHit]:
    """What the gazetteer has; `near` are the paths of the paper's own city and of all that contains it."""
    automaton, names = _automaton(line.lexicon)
    hits: list[PlaceHit] = []
    matches = [(s, e, names[i]) for i, s, e in automaton.find_matches_as_indexes(line.string)]
    for k, (start, end, name) in enumerate(matches):
        beside = _stands_with(line, (start, end, name), matches[max(k - 1, 0) : k + 2])
        if hits and hits[-1].end == start and _begins_town(line, (start, end, name), hits[-1]):
            continue
        if (beside or _accepts(line, start, end, name, near)) and not _is_no_mention(line, start, end):
            row = line.lexicon.places_by_name[name][0]
            chained = bool(hits) and hits[-1].end == start
            hits.append(PlaceHit(start, end, name, row.category, True, chained))
    for wrong, row in misread.items():
        for match in re.finditer(re.escape(wrong), line.string):
            hits = [h for h in hits if h.end <= match.start() or h.start >= match.end()]
            hits.append(PlaceHit(match.start(), match.end(), row.name, row.category, True, False))
    return sorted(hits, key=lambda h: h.start)

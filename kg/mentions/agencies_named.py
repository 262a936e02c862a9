"""Agencies without a place before them: 国务院, 该局, 教育局 in a list, 万和木材加工厂."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from kg.lexicon import Lexicon
from kg.mentions.agencies_placed import of_form
from kg.mentions.agency_hit import AgencyHit
from kg.mentions.agency_names import form_at, is_no_agency, is_sort, shares_title, suffix_end, title_at
from kg.mentions.line import Line, is_name_character
from kg.mentions.place_hit import PlaceHit
from kg.mentions.place_starts import spelt_start
from kg.words import any_of, segmenter

_LONGEST_NAME = 22
_WORDS_OF_SORT = 4  # 驻村|企业 and the first of the name
_LONGEST_HEAD = 4  # characters of a sentence's word before the area that a name begins with
_SHORTEST_SORT = 4  # characters of 爱心企业
_SORT = "(?:(?<=该)[^省市县区州旗镇乡村的]{2,3}?)??"  # 该|养护|中心, in one word
_COUNT = re.compile(r"[\d一二两三四五六七八九十几数][余多]?[家个所名处座支]$")
_SITE = re.compile(r"\(([\u4e00-\u9fff]{2,3})\)")
_ON_STAGE = re.compile(r"[\u4e00-\u9fff]{0,4}?(?:会|仪式|典礼)上")  # 仪式上|中国远航制药有限公司

_DISTRICTS = frozenset({"district", "zone"})
_BRANCH_STEM = (2, 4)  # characters before 分局
# What may be named without a place: a firm, a school; a bureau may not.
_UNLISTED = frozenset({"company", "bank", "hospital", "school", "media", "association", "institution", "police"})


def national(line: Line) -> Iterator[AgencyHit]:
    """Agencies called by their own name wherever they stand: 国务院, 中国人民银行."""
    table, reach = line.lexicon.national, _reach(line.lexicon)
    for position, char in enumerate(line.string):
        for end in range(min(len(line.string), position + reach.get(char, 0)), position + 1, -1):
            row = table.get(line.string[position:end])
            if row is None:
                continue
            if len(row.name) <= 4 and (end not in line.bounds or position not in line.bounds):
                break
            if row.name in line.lexicon.words("national_ambiguous"):
                break  # every firm and school has a 人事部
            site = _SITE.match(line.string, end) if row.category == "school" else None
            own = site[0] if site and site[1] in line.lexicon.places_by_name else ""  # 中国石油大学(北京)
            canonical = row.canonical + own
            core, end = row.name + own, end + len(own)
            yield AgencyHit(position, end, "", (), core, row.category, True, "agency.national", national=canonical)
            break
        word = line.longest(position, line.lexicon.words("national_prefix"), 4)
        if word and position in line.bounds and (found := suffix_end(line, position + len(word), behind_place=False)):
            end, suffix = found
            kind = line.lexicon.suffixes[suffix]
            if kind.category not in ("court", "department") and not line.longest(
                end, line.lexicon.words("agency_not_before"), 4
            ):
                core = line.string[position:end]
                yield AgencyHit(
                    position, end, "", (), core, kind.category, kind.formal, "agency.national_suffix", national=core
                )


@lru_cache(maxsize=4)
def _reach(lexicon: Lexicon) -> dict[str, int]:
    """How long a national agency's name is at most, by its first character."""
    reach: dict[str, int] = {}
    for name in lexicon.national:
        reach[name[0]] = min(max(reach.get(name[0], 0), len(name)), _LONGEST_NAME)
    return reach


@lru_cache(maxsize=4)
def _anaphor(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(
        rf"([{''.join(sorted(lexicon.words('agency_deictic')))}])(?P<core>{_SORT}(?P<kind>{any_of(lexicon.words('anaphor_kind'))}))"
    )


def anaphors(line: Line) -> Iterator[AgencyHit]:
    """该局, 我院, 该养护中心: the agency of that kind named last; resolved later."""
    for match in _anaphor(line.lexicon).finditer(line.string):
        sort = line.words_within(match.start("core"), match.start("kind"))
        cut = any(match.start("core") < b < match.start("kind") < e for b, e, _ in line.words)  # 该企业|进行
        if match.start() in line.bounds and match.end() in line.bounds and len(sort) <= 1 and not cut:
            kind = "own" if match[1] in line.lexicon.words("own_deictic") else ""
            yield AgencyHit(match.start(), match.end(), "", (), match[2], kind, False, "agency.anaphor")


def bare_forms(line: Line) -> Iterator[AgencyHit]:
    """教育局 in 市发改委、教育局, 财政局 in 带领财政局、交通局: no place of its own."""
    led = {end for _, end, word in line.words if word in line.lexicon.words("leads")}
    for position in range(len(line.string)):
        joined = position > 0 and (
            line.string[position - 1] in "和与及" or position in led or _is_office_of(line, position)
        )
        if not (line.is_edge(position) or joined) or _in_generic_list(line, position):
            continue
        hit = of_form(line, position, position, "", ())
        if hit is None or hit.rule != "agency.form" or hit.core.endswith("机关"):
            continue  # 公安机关 of no place
        headed = title_at(line, hit.end) and hit.core not in line.lexicon.words("local_body")
        if hit.end in line.bounds or headed or shares_title(line, hit.end):
            yield replace(hit, rule="agency.bare")


def _is_office_of(line: Line, position: int) -> bool:
    """任命程宇为市教育局局长,李梅为|民政局局长; 当选|政协主席: where the office of somebody appointed begins."""
    if line.word_to(position) in line.lexicon.words("election"):
        return True
    copula = line.string[position - 1] in line.lexicon.words("copula")
    return copula and any(w in line.lexicon.words("appoint_verb") for _, e, w in line.words if e < position)


def _in_generic_list(line: Line, position: int) -> bool:
    """各县(区)、开发区总工会: a list that 各 opens names nobody."""
    head = line.string[:position]
    clause = head[max(head.rfind(","), head.rfind("及"), head.rfind(";"), -1) + 1 :][:8]
    return "各" in clause or head.endswith("民主党派、")


def papers(line: Line) -> Iterator[AgencyHit]:
    """齐鲁晚报、烟台日报承办, 《烟台日报》总编辑: a paper's office, where it holds something or somebody heads it."""
    holds = any(w in line.lexicon.words("organises") for _, _, w in line.words)
    for match in _paper(line.lexicon).finditer(line.string):
        house = _office_of(line.lexicon, match[0])
        if house is None:
            continue
        quoted = line.string[match.end() : match.end() + 1] == "》"
        start, end = match.start() - quoted, match.end() + quoted
        if line.longest(end, line.lexicon.words("heads_paper"), 5):
            yield AgencyHit(start, end, "", (), house, "media", False, "agency.national", national=house)
            continue
        begins = line.is_edge(match.start()) or line.string[match.start() - 1] in line.lexicon.words("hard_stop")
        listed = re.match(r"(?:[、和][^,;:。]{2,12})*", line.string[match.end() :])
        last = match.end() + (listed.end() if listed else 0)
        if holds and begins and _is_held(line, match.end(), last):
            at = match.span()
            yield AgencyHit(*at, "", (), house, "media", False, "agency.national", national=house)


def _office_of(lexicon: Lexicon, paper: str) -> str | None:
    """烟台日报 is made by the 烟台日报社, 中国日报 by the 中国日报社."""
    if row := lexicon.newspapers.get(paper):
        return row.publisher or paper
    return f"{paper}社" if f"{paper}社" in lexicon.national else None


def _is_held(line: Line, start: int, end: int) -> bool:
    """Does a verb of holding follow: 联合主办, 、烟台日报承办?"""
    words = [w for a, _, w in line.words if start <= a < end + 6]
    return any(w in line.lexicon.words("organises") for w in words)


@lru_cache(maxsize=4)
def _paper(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"[\u4e00-\u9fff]{{2,4}}?{any_of(lexicon.words('newspaper_suffix'))}(?!社)")


def unlisted(line: Line) -> Iterator[AgencyHit]:
    """A name that only its last word shows: 万和木材加工厂."""
    lexicon = line.lexicon
    for i, (_, end, word) in enumerate(line.words):
        suffix = next(
            (
                line.string[end - n : end]
                for n in range(min(10, end), 0, -1)
                if line.string[end - n : end] in lexicon.suffixes
            ),
            None,
        )
        headed = suffix in lexicon.words("headed_house") and title_at(line, end)  # 宣传中心|副主任
        if suffix is None or (suffix in lexicon.words("agency_unanchored_not") and not headed):
            continue
        if lexicon.suffixes[suffix].category not in _UNLISTED and suffix not in lexicon.words("agency_unanchored"):
            continue
        start = _behind_site(line, _unlisted_start(line, i, suffix), end - len(suffix))
        start = _behind_head(line, _behind_sort(line, start, end), end)
        start += len(said[0]) if (said := _ON_STAGE.match(line.string, start, end - len(suffix) - 1)) else 0
        stem = line.string[start : end - len(suffix)]
        if stem.startswith("(") or line.word_to(start) in lexicon.words("agency_deictic"):
            continue  # 一局(集团)有限公司, 该|所宁郭中队
        counted = _COUNT.search(stem) or _COUNT.search(line.string, max(0, start - 4), start)
        if counted or _in_generic_list(line, start):
            continue  # 一家棉花加工厂, 7处煤矿
        if stem in lexicon.words("name_verb") and not headed:
            continue  # 协调|派出所
        if len(stem) < 2 or is_sort(lexicon, stem) or is_no_agency(line, start, end, word, suffix):
            continue
        if (segmenter().tag(line.string[start:end]) or "nt")[:2] not in ("nt", "nz", "ns"):
            continue
        row, name = lexicon.suffixes[suffix], line.string[start:end]
        yield AgencyHit(start, end, "", (), name, row.category, row.formal, "agency.last_word", national=name)


@lru_cache(maxsize=4)
def _policing(lexicon: Lexicon) -> re.Pattern[str]:
    branch, work = (any_of(lexicon.words(name)) for name in ("police_branch", "police_work"))
    return re.compile(f"(?<![公安])(?P<branch>{branch})(?=[^,。;]{{0,16}}?{work})")


def police_branches(line: Line, places: list[PlaceHit]) -> Iterator[AgencyHit]:
    """东山分局|民警, 东山分局|破获: a branch that is of the police by what stands behind it, without its 公安."""
    for match in _policing(line.lexicon).finditer(line.string):
        at, end = match.span("branch")
        starts = [p.start for p in places if p.end == at and p.category in _DISTRICTS]
        starts += [k for k in range(at - _BRANCH_STEM[1], at - _BRANCH_STEM[0] + 1) if k >= 0 and line.is_edge(k)]
        start = next((k for k in starts if all(map(is_name_character, line.string[k:at]))), None)
        if start is None or line.string[start:at] in line.lexicon.words("unit_generic"):
            continue
        if not line.lexicon.words("not_in_branch").isdisjoint(line.string[start:at]):
            continue  # 便被|警方
        if form_at(line, start) is None and not line.longest(start, line.lexicon.suffixes, at - start):  # 税务分局
            name = line.string[start:end]
            yield AgencyHit(start, end, "", (), name, "police", True, "agency.last_word", national=name)


def _is_gone_to(line: Line, position: int) -> bool:
    """来到|远航集团, 与|五峰茶业有限公司: a name begins behind a verb of going or a preposition."""
    word = line.word_to(position)
    words = line.lexicon.words
    met = word in words("leads_others") or word in words("meets_guests")  # 会见|远航集团董事长程宇
    return (
        word in words("hard_stop")
        or met
        or (len(word) > 1 and (word in words("place_introducer") or word in words("tour_verb")))
    )


def _behind_site(line: Line, start: int, end: int) -> int:
    """生态园和久晟油茶科技有限公司: what a conjunction joins to a site's or an agency's last word begins behind it."""
    lexicon = line.lexicon
    if line.joins_behind_mark(start):
        start += 1  # 《办法》和|县妇联
    for k in range(end - 1, start + 1, -1):
        before = [line.string[max(start, k - n) : k] for n in (2, 3, 4)]
        if line.string[k] in lexicon.words("conjunction") and any(
            w in lexicon.place_suffixes or w in lexicon.suffixes for w in before
        ):
            return k + 1
    return start


def _behind_sort(line: Line, start: int, end: int) -> int:
    """共建单位|建设银行宿松支行: words of every day before a national house say what it is to others."""
    if (verb := line.word_from(start)) in line.lexicon.words("tour_verb") and start + len(verb) + 2 < end:
        start += len(verb)  # 参观|考察|青石人造板厂
    sort = line.longest(start, line.lexicon.words("agency_generic"), 6) or ""
    if len(sort) >= _SHORTEST_SORT and sort.endswith(("企业", "单位")):
        return start + len(sort)  # 爱心企业|远航环保有限公司
    for (_, stop, word), (_, _, first) in pairwise(line.words_within(start, end)[:_WORDS_OF_SORT]):
        proper = (segmenter().tag(first) or "ns")[:2] in ("ns", "nt", "nz")  # no word of any dictionary may be a name
        named = proper or first in line.lexicon.places_by_name or len(first) == 1
        if word in ("企业", "单位") and named:
            return stop  # 会员|单位|远航实业集团, but 远航企业|管理有限公司
        if not segmenter().tag(word):
            break
    for begin, stop, word in line.words:
        if begin < start or stop > end:
            continue
        if begin > start and any(line.string[begin:k] in line.lexicon.national for k in range(begin + 4, end + 1)):
            return begin
        if len(word) == 1 or segmenter().tag(word) not in ("n", "vn", "an"):
            break
    return start


def _behind_head(line: Line, start: int, end: int) -> int:
    """好|青石市远航商会: a verb's rest before the area that a name begins with is none of the name."""
    words = line.words_within(start, end)
    for begin, stop, word in words[1:]:
        before = [segmenter().tag(w)[:1] for a, _, w in words if a < begin]
        if word in line.lexicon.full_place_names and begin - start < _LONGEST_HEAD and set(before) <= set("vadpc"):
            return begin
        if stop - start > _LONGEST_HEAD:
            break
    return start


def _unlisted_start(line: Line, index: int, suffix: str) -> int:
    """Walk left from a last word over what may belong to a name."""
    lexicon, words = line.lexicon, segmenter()
    end = line.words[index][1]
    if (spelt := spelt_start(line, end - len(suffix), 0)) is not None:
        return spelt  # 巴彦胡硕图|派出所
    start = end
    for begin, stop, word in reversed(line.words[: index + 1]):
        tag = words.tag(word)
        if end - begin > _LONGEST_NAME or not all(map(is_name_character, word)):
            break
        if word == "·" or word in lexicon.words("name_stop"):
            break
        if word == "后" and words.tag(line.word_to(begin))[:1] in ("v", "n"):
            break  # 接警后|石桥消防大队, 接到报告后|石桥消防大队
        if word == "时" and words.tag(line.word_to(begin)).startswith("v"):
            break  # 起火时|石桥派出所
        if word in lexicon.words("house_word") and line.word_to(begin) in lexicon.words("own_deictic"):
            break  # 我公司|城南供电所
        if begin < end - len(suffix) and (words.is_function_word(word) or word in lexicon.titles or tag == "t"):
            break
        if stop <= end - len(suffix) and (tag.startswith("v") or tag == "m") and word not in lexicon.words("name_verb"):
            break
        start = begin
    edge = next((k for k in range(end - len(suffix), -1, -1) if line.is_edge(k) or _is_gone_to(line, k)), 0)
    tight = line.string[edge : end - len(suffix)]
    inside = [w for _, _, w in line.words_within(edge, end - len(suffix))]
    firm = lexicon.suffixes[suffix].category == "company" and all(
        words.tag(w)[:1] in ("v", "n", "a", "") and w not in lexicon.words("name_stop") | lexicon.words("place_stop")
        for w in inside
    )
    long = [w for w in inside if len(w) > 1]
    plain = firm or not any(
        words.is_function_word(w) or words.tag(w)[:1] in ("v", "l", "i") or w in lexicon.words("name_stop")
        for w in long
    )
    plain = plain and not (inside and inside[0] in lexicon.words("name_stop"))  # 经国家天文台批准
    someones = lexicon.suffixes[suffix].category == "police" and any(w in lexicon.titles for w in inside)
    plain = plain and not someones  # 恩人|派出所民警
    most = 8 if len(suffix) > 3 else 4  # a registered firm's name runs longer, and with (中国) in it
    most += 4 * ("(" in tight)
    if edge < start and 2 <= len(tight) <= most and plain and not set(tight) & lexicon.words("hard_stop"):
        return edge  # 、若水医院: all that stands between the mark and the last word
    return start

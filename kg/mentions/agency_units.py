"""Units of an agency: 东山分局, 十四局党委; where its head is named, whatever it is called: 干部三处处长, 造林股长."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kg.mentions.agency_hit import AgencyHit
from kg.mentions.agency_names import form_at, is_facility, is_other_word, shares_title, stops, title_at, title_end
from kg.mentions.line import Line, is_name_character
from kg.words import segmenter

_LONGEST = 10
_LONGEST_HEADED = 14
_NAME = re.compile(rf"[\u4e00-\u9fff0-9“”]{{2,{_LONGEST_HEADED}}}")
# 省委“学党史、办实事”主题教育第三巡回指导组
_QUOTED = re.compile(r"“[^“”]{2,20}”[\u4e00-\u9fff]{1,14}?(?:组|办公室|办|专班|队|团)")
_COUNTED = re.compile(
    r"(?:\d+|[一二三四五六七八九十两几]+)(?:[个家支名]|所(?=[学中小高院大医幼]))"
)  # 六个调研组, 3所学校
_SPOT = re.compile(r"^[一二三四五六七八九十\d]{1,2}(?:楼|层)|(?:[路段口道米里]|附近)处$")  # 法院二楼审判庭, 国道路段处
_NTH_TIME = re.compile(r"[\d一二三四五六七八九十]次")  # 政协十届十四次常委会: a sitting
_TERM = re.compile(r"第?[一二三四五六七八九十\d]{1,3}届")
_JOINT = re.compile(r"[、,兼]")
_COURTROOM = re.compile(r"第[一二三四五六七八九十\d]{1,3}(?:审判)?(?:法庭|庭)$")  # 人民法院第二法庭|开庭
# What may stand between an agency and a unit that leaves it out: its head's other titles and his name.
_BETWEEN = re.compile(r"[\u4e00-\u9fff、,·]{2,26}$")


def with_units(line: Line, hit: AgencyHit) -> AgencyHit:
    """Follow an agency into its units: 市公安局 + 东山分局, 吉林银行 + 辽源分行 + 党委."""
    while (end := _unit_end(line, hit.end)) is not None:
        hit = unit_of(line, hit, hit.start, hit.end, end)
    return hit


def bare_units(line: Line, hits: list[AgencyHit]) -> Iterator[AgencyHit]:
    """局长、交警大队大队长 · 院长李明、骨科主任王强: a unit of the agency named before, if somebody heads it."""
    taken = {i for h in hits for i in range(h.start, h.end)}
    known = list(hits)
    for joint in _JOINT.finditer(line.string):
        start = joint.end()
        if start in taken or (joint[0] == "兼" and start not in line.bounds):
            continue
        before = next((h for h in reversed(known) if h.end < start), None)
        if before is None or not leans_on(line, before, start) or _has_own_name(line, start):
            continue
        end = _unit_end(line, start)
        if end is None or taken & set(range(start, end)) or not (title_at(line, end) or shares_title(line, end)):
            continue
        hit = (
            _seat(line, start, end)
            or _sibling(line, before, start, end)
            or unit_of(line, _whole(before, line.string[start:end]), start, start, end)
        )
        known = sorted([*known, hit], key=lambda h: h.start)
        yield hit


def _seat(line: Line, start: int, end: int) -> AgencyHit | None:
    """青山管委会: what runs a zone is called after the zone and nobody's unit."""
    name = line.string[start:end]
    if not any(name.endswith(w) and len(name) > len(w) + 1 for w in line.lexicon.words("seat_of_zone")):
        return None
    return AgencyHit(start, end, "", (), name, "zone", True, "agency.last_word", national=name)


def _has_own_name(line: Line, start: int) -> bool:
    """厦门边检总站, 武警支队: what begins with a place or a force is nobody's unit; but 江北分局."""
    level = line.longest(start, line.lexicon.words("level"), 3)
    if level and (start + len(level) in line.bounds or line.longest(start + len(level), line.lexicon.suffixes, 8)):
        return True  # 市图书馆 is the city's, 县|少先队
    if level and line.string.startswith(("院", "局"), start + len(level)):
        return True  # 县委书记程宇,市院检察长
    place = line.longest(start, line.lexicon.places_by_name, 6)
    if place and line.longest(start + len(place), line.lexicon.words("branch"), 3):
        return False
    return bool(place or line.longest(start, line.lexicon.words("force"), 3))


def unit_of(line: Line, base: AgencyHit, start: int, position: int, end: int) -> AgencyHit:
    """The unit whose own name is [position, end) and that is printed from `start` on: 市公安局 + 东山分局."""
    core = line.string[position:end]
    return AgencyHit(
        start, end, base.prefix, base.prefix_places, core, base.category, base.formal, "agency.unit", base=base
    )


def _sibling(line: Line, before: AgencyHit, start: int, end: int) -> AgencyHit | None:
    """永治村党支部书记、村委会主任 · 县公安局副局长兼交警大队大队长: an organ of the same place."""
    core = line.string[start:end]
    is_local = core in line.lexicon.words("local_body")
    village = _village(line, before)
    if not (before.prefix or village) or is_local != bool(village):
        return None  # 工会主席 behind a bureau's head is that bureau's
    if is_local and village not in before.prefix:
        core = village + core  # 李家村党支部书记、村委会主任, where no gazetteer has the village
    form = next(iter(line.lexicon.agency_forms.get(core, ())), None)
    row = form or (line.lexicon.suffixes.get(line.string[start:end]) if is_local else None)
    if row is None:
        return None
    return AgencyHit(
        start, end, before.prefix, before.prefix_places, core, row.category, row.formal, "agency.list", form=form
    )


def _village(line: Line, agency: AgencyHit) -> str:
    """The village or community that an agency is of: 李家村 of 李家村党支部, empty for every other."""
    kinds = tuple(line.lexicon.words("village_kind"))
    if agency.prefix.endswith(kinds):
        return agency.prefix
    bodies = sorted(line.lexicon.words("local_body"), key=len, reverse=True)
    stem = next((agency.core.removesuffix(b) for b in bodies if agency.core.endswith(b)), "")
    return stem if stem.endswith(kinds) else ""


def leans_on(line: Line, before: AgencyHit, start: int) -> bool:
    """Does nothing but its people's titles and names stand between an agency and the joint before `start`?"""
    between = line.string[before.end : start - 1]
    if not _BETWEEN.match(between):
        return False
    return shares_title(line, before.end) or any(
        title_at(line, k) for k in range(before.end, min(start - 1, before.end + 5))
    )


def _whole(before: AgencyHit, unit: str) -> AgencyHit:
    """What a unit belongs to: the agency of the unit before it, unless it is a squad of that brigade."""
    if before.base is None or (before.core.endswith("队") and unit[-2:] != before.core[-2:] and unit.endswith("队")):
        return before
    return before.base


def _unit_end(line: Line, position: int) -> int | None:
    """The end of a unit's name right behind its agency: 东山分局, 十四局党委."""
    generic = line.longest(position, line.lexicon.words("unit_generic"), 3) or _COUNTED.match(line.string, position)
    if generic or line.string.startswith("(", position) or _TERM.match(line.string, position):
        return None  # 各科科长, 有关科室, 政协|十届委员会
    if (quoted := _QUOTED.match(line.string, position)) and title_at(line, quoted.end()):
        return quoted.end()
    if (headed := _headed_end(line, position)) is not None:
        return headed
    if (branch := _branch_end(line, position)) is not None:
        return branch
    if title_at(line, position):
        return _unit_in_title(line, position)
    for begin, end, word in _steps(line, position):
        if end <= position:
            continue
        if end - position > _LONGEST or not all(map(is_name_character, word)):
            return None
        if word in line.lexicon.words("name_stop"):
            return None
        text = line.string[position:end]
        if _NTH_TIME.search(text) or _SPOT.search(text) or (_COURTROOM.match(text) and not title_at(line, end)):
            return None
        if text.endswith(tuple(line.lexicon.words("local_body"))) and text not in line.lexicon.words("local_body"):
            return None  # 镇党政办干部程宇、田头村委会主任: a village's, and no unit of an office
        closed = text.count("“") == text.count("”") or line.string[end : end + 1] == "”"  # no unit “情|系
        if closed and _ends_unit(line, text, end):
            if len(text) == 3 and text[0] in line.lexicon.surnames and _trade_at(line, end):
                return None  # 付望科教授 is a person, no 科
            if len(word) > 3 and segmenter().tag(word[-2:]).startswith("v"):
                return None  # 区纪委严肃查处
            if word[1:] and segmenter().tag(word).startswith("v") and word not in line.lexicon.words("subunit"):
                return None  # 法院依法判处|被告人
            if is_other_word(word, text[-1]) and not (word in line.lexicon.words("subunit") or title_at(line, end)):
                return None  # 市场监管局查处: no 处
            if text[-1] in line.lexicon.words("small_unit") and _starts_word(line, end):
                return None  # 浙大柑橘科|创基地
            free = line.string[end : end + 1] not in ("长", "员") or title_at(line, end)
            return end if free and not is_facility(line, end, "") else None
        if stops(line, begin, end):
            return None
    return None


def _branch_end(line: Line, position: int) -> int | None:
    """经开分局: up to four characters and a branch, however a dictionary cuts them."""
    for end in range(position + 3, position + 7):
        if line.longest(end - 2, line.lexicon.words("branch"), 2) != line.string[end - 2 : end]:
            continue
        stem = line.string[position : end - 2]
        plain = stem and all(map(is_name_character, stem)) and not set(stem) & line.lexicon.words("hard_stop")
        inside = segmenter().cut(stem)
        stopped = any(len(w) > 1 and w in line.lexicon.words("name_stop") for w in inside)
        return end if plain and not stopped else None
    return None


def _starts_word(line: Line, position: int) -> bool:
    """Does a single character of no word of its own follow: 创 of 科创?"""
    word = line.word_from(position) or "。。"
    known = segmenter().is_function_word(word) or word in line.lexicon.surnames or title_at(line, position)
    return len(word) == 1 and is_name_character(word) and not known


def _unit_in_title(line: Line, position: int) -> int | None:
    """办公室|主任, 派出所|所长: a title of the lexicon that begins with the unit it heads."""
    title = line.longest(position, line.lexicon.titles, 12) or ""
    for cut in range(len(title) - 1, 0, -1):
        unit = title[:cut]
        if (
            title[cut:] in line.lexicon.titles
            and unit in line.lexicon.words("subunit") | line.lexicon.words("local_body")
            and unit not in line.lexicon.words("party_body")
            and (unit[-1] in line.lexicon.words("headed_unit") or unit in line.lexicon.words("local_body"))
        ):
            return position + cut
    return None


def _ends_unit(line: Line, text: str, end: int) -> bool:
    """Is its last word one of a unit, or one that somebody heads: 护理部|主任?"""
    if line.word_to(end)[-2:] in line.lexicon.titles:
        return False  # 公司组织广大干部|职工
    if len(text) > 1 and text.endswith(tuple(line.lexicon.words("subunit"))):
        return text != "中心" or title_at(line, end)  # 医院|所|取得, 县委|中心|工作
    if len(text) > 2 and text.endswith("办"):
        return True  # 市政府采购办
    headed = len(text) > 2 and text[-1] in line.lexicon.words("headed_unit") and text not in line.lexicon.suffixes
    return headed and title_at(line, end)


def _headed_end(line: Line, position: int) -> int | None:
    """基础教育科|科长, 干部三处|处长, 造林股|长: where a unit ends, its head's title shows."""
    run = _NAME.match(line.string, position)
    if run is None or line.string[position] in line.lexicon.words("conjunction"):
        return None
    own = title_end(line, position)
    if own is not None and not _goes_on(line, own):
        return None
    for end in range(position + 2, run.end()):
        if line.string[end - 1] not in line.lexicon.words("headed_unit"):
            continue
        if line.longest(end - 2, line.lexicon.words("title_prefix"), 1):
            continue  # 行政副院长
        if line.string[end - 1] == line.string[position - 1] and line.string[end - 1] in "厅局" and position + 3 >= end:
            continue  # 建设厅周游|厅长: no 厅 is in a 厅, but somebody is called so
        doubled = line.longest(_behind_prefixes(line, end), line.lexicon.titles, 4) or ""
        headed = doubled.endswith(line.string[end - 1] + "长")
        shared = shares_title(line, end) and not own and not _is_name(line, line.string[position : end - 1])
        if (headed or shared) and not _is_broken(line, position, end):
            return _before_name(line, position, end - 1) or end
    return None


def _before_name(line: Line, start: int, end: int) -> int | None:
    """卫生与艺术处程小川|处长: where a unit ends behind which its head's name stands before the title."""
    ends = (end - n for n in (3, 2) if end - n > start + 1 and _is_name(line, line.string[end - n : end]))
    return next((k for k in ends if line.string[k - 1] in line.lexicon.words("headed_unit")), None)


def _goes_on(line: Line, position: int) -> bool:
    """委员|联络处处长, but 副主席|程宇会见了县教育局局长: does a unit's word follow a title, and no name?"""
    word = line.word_from(position)
    if not word or line.longest(position, line.lexicon.words("subunit"), 4):
        return True  # 交警|大队大队长, in one word of the dictionary
    return len(word) > 1 and segmenter().tag(word)[:2] not in ("", "nr")


def _is_name(line: Line, text: str) -> bool:
    """市教育局王育伦|局长: a surname and what no dictionary has."""
    strange = all(len(w) == 1 for w in segmenter().cut(text))
    return len(text) in (2, 3) and text[0] in line.lexicon.surnames and strange


def _behind_prefixes(line: Line, position: int) -> int:
    """Behind 副, 常务副 and their like."""
    while prefix := line.longest(position, line.lexicon.words("title_prefix"), 3):
        position += len(prefix)
    return position


def _is_broken(line: Line, start: int, end: int) -> bool:
    """Does a word stand in between that no unit's name holds: 各, 和, 对? 对外合作与交流处 holds its 与."""
    lexicon = line.lexicon
    stops = lexicon.words("hard_stop") - lexicon.words("within_unit")
    stops |= lexicon.words("appoint_verb") | lexicon.words("take_office") | lexicon.words("leads_others")
    return any(w in stops for _, _, w in line.words_within(start, end)) or any(
        _joins_organ(line, position) for position in range(start, end)
    )


def _joins_organ(line: Line, position: int) -> bool:
    """县林业局党委书记程宇|和县林业局: does another organ of the place begin behind a conjunction?"""
    if line.string[position] not in line.lexicon.words("conjunction"):
        return False
    level = line.longest(position + 1, line.lexicon.words("place_kind_word"), 3)
    return level is not None and form_at(line, position + 1 + len(level)) is not None


def _steps(line: Line, position: int) -> list[tuple[int, int, str]]:
    """The words from `position` on; a unit's last word also ends a step inside a word (一附院付望科)."""
    units = tuple(u for u in line.lexicon.words("subunit") if len(u) > 1)
    steps = []
    for begin, end, _ in line.words:
        if begin - position > _LONGEST:
            break
        begin = max(begin, position)
        cuts = [k for k in range(begin + 1, end) if line.string.endswith(units, position, k)]
        edges = [begin, *cuts, end]
        steps += [(a, b, line.string[a:b]) for a, b in pairwise(edges) if a < b]
    return steps


def _trade_at(line: Line, position: int) -> bool:
    title = line.longest(position, line.lexicon.titles, 8)
    return title is not None and line.lexicon.titles[title].kind == "trade"

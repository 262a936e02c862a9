"""Which of the places and agencies that overlap in a line stand; what one line cuts short another shows whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kg.lexicon import Lexicon, PlaceRow
from kg.mentions.agencies import AgencyHit, find_agencies
from kg.mentions.agency_names import title_at
from kg.mentions.line import Line
from kg.mentions.place_lists import find_listed
from kg.mentions.place_series import find_series
from kg.mentions.place_sites import find_sites, find_stretches, find_venues
from kg.mentions.place_tours import find_stops, is_tour_closed, tour_items
from kg.mentions.place_where import find_where
from kg.mentions.places import PlaceHit, find_known_places, find_named_places, is_clean
from kg.model import Mention
from kg.words import any_of

# Agencies that are places to those who visit them.
_PUBLIC = frozenset({"institution", "community"})
_BODIES = frozenset({"company", "school", "hospital"})
_VISITED_BY_FORM = frozenset({"school", "hospital", "institution"})  # 市第二实验小学, 县就业服务中心
_BARE_OF_AGENCY = frozenset({"road", "town", "subdistrict", "village", "community"})
_SMALL = frozenset({"village", "community"})
_TOWNS = frozenset({"town", "subdistrict"})
_MARKS = frozenset(",;。")
_CLAUSE = re.compile(r"[^,;:。]*")
_IN_COMPANY = ("由", "联合", "携手", "会同", "和", "与", "及", "、")


def spans_of(hits: Sequence[PlaceHit | AgencyHit | Mention]) -> list[tuple[int, int]]:
    """Where the hits stand."""
    return [(h.start, h.end) for h in hits]


def places_and_agencies(
    line: Line, near: frozenset[str], blocked: list[tuple[int, int]], misread: dict[str, PlaceRow]
) -> tuple[list[PlaceHit], list[AgencyHit]]:
    """Places first, since agencies begin with them; then places that are only part of an agency's name are let go."""
    known = [p for p in find_known_places(line, near, misread) if not _inside(p, blocked)]
    named = find_named_places(line, known, blocked)
    places = sorted([*known, *named], key=lambda p: (p.start, p.end))
    sites = {(n.start, n.end) for n in named if n.category == "facility"}
    # 县体育中心 is the county's site or its office: both finders see its level word.
    prefixes = [p for p in places if p.category != "facility" or p.name[0] not in line.lexicon.words("level")]
    agencies = [a for a in find_agencies(line, prefixes) if not _inside(a, blocked)]
    holding = [a for a in agencies if (a.start, a.end) in sites and _holds(line, a)]
    agencies = [a for a in agencies if (a.start, a.end) not in sites or a in holding or title_at(line, a.end)]
    places = [p for p in places if (p.start, p.end) not in spans_of(holding)]
    places = [p for p in places if not p.known or not any(n.start <= p.start and p.end <= n.end for n in named)]
    places += [r for r in _rooms(line, agencies) if (r.start, r.end) not in spans_of(places)]
    spans = spans_of(agencies)
    longer = [p for p in places if any(p.start <= s and e < p.end for s, e in spans)]
    # 清华路社区 is no university; 市中心医院会议室 is the hospital's.
    agencies = [
        a
        for a in agencies
        if not any(
            (p.start < a.start or p.category in _BARE_OF_AGENCY) and p.start <= a.start and a.end < p.end
            for p in longer
        )
    ]
    spans = spans_of(agencies)
    where = [p for a in agencies for p in _addressed(a, places)]
    free = [p for p in places if p in longer or p in where or not any(s < p.end and p.start < e for s, e in spans)]
    items = tour_items(line)
    visited = [a for a in agencies if (a.start, a.end) in items or _is_only_visited(line, a)]
    visited = [a for a in visited if a.category in _PUBLIC | _BODIES and a.base is None]
    gone_to = [a for a in visited if not any(p.start < a.end and a.start < p.end for p in longer)]
    free += [site for a in gone_to for site in _sites(line, a, places)]
    # A firm or a school is more than where one goes: it stays an agency too.
    agencies = [a for a in agencies if a not in visited or a.category in _BODIES]
    return _with_stops(line, free, spans, blocked), agencies


def _with_stops(
    line: Line, free: list[PlaceHit], spans: list[tuple[int, int]], blocked: list[tuple[int, int]]
) -> list[PlaceHit]:
    """The places, and what only those beside them show to be some: lists, stops of tours, sites, stretches of roads."""
    listed = [s for s in find_listed(line, free) if not _inside(s, blocked)]
    free = [p for p in free if not _inside(p, spans_of(listed))] + listed
    stops = [s for s in find_stops(line, free, spans) if not _inside(s, blocked)]
    stops += [s for s in find_sites(line, [*free, *stops], spans) if not _inside(s, spans_of(stops))]
    stops += [s for s in find_where(line, [*free, *stops], spans) if not _inside(s, blocked)]
    stops += find_stretches(line, [*free, *stops])
    stops += find_series(line, [*free, *stops], spans)
    stops += find_venues(line, [*free, *stops], spans)
    free = [p for p in free if not _inside(p, spans_of(stops))]
    return sorted([*free, *stops], key=lambda p: (p.start, p.end))


def _holds(line: Line, agency: AgencyHit) -> bool:
    """县文化馆在马营镇举办巡演, 由县图书馆承办: a house of the public that holds something is no mere place."""
    before = line.string[: agency.start]
    if not (line.is_edge(agency.start) or before.endswith(_IN_COMPANY)):
        return False
    return _holding(line.lexicon).match(line.string, agency.end) is not None


@lru_cache(maxsize=4)
def _holding(lexicon: Lexicon) -> re.Pattern[str]:
    """县文化馆|在马营镇举办…, 县图书馆|、县教育局承办: from behind a house to the verb of what it holds."""
    others = r"(?:(?:、|和|与|及)[^、,;:。]{2,16})*?(?:等(?:单位|部门|机构)?)?(?:在[^,;:。]{2,16}?)?"
    return re.compile(others + "(?:联合|共同|携手|精心|成功|隆重)?" + any_of(lexicon.words("house_holds")))


def _addressed(agency: AgencyHit, places: list[PlaceHit]) -> list[PlaceHit]:
    """修武县青石乡石庙村小学 says where a school or a firm is, down to the town; 青石乡石庙村党支部 which village's."""
    inside = [p for p in places if agency.start <= p.start and p.end < agency.end and p.governs]
    town = next((p for p in inside if p.category in _TOWNS), None)
    if town is None:
        return []
    branch = agency.category == "party" and any(p.category in _SMALL and p.start == town.end for p in inside)
    return inside if branch or (agency.category in _BODIES and agency.base is None) else []


def _is_only_visited(line: Line, agency: AgencyHit) -> bool:
    """查看了清河区电商服务中心: what serves the public is a place where one only goes there."""
    if agency.category not in _PUBLIC | _BODIES or agency.base is not None:
        return False
    local = tuple(line.lexicon.words("level") - line.lexicon.words("city_level"))
    small = agency.category not in _BODIES and not agency.prefix_places
    if small and line.string.startswith(local, agency.start):
        return False  # 社区图书馆
    if title_at(line, agency.end) or line.string[agency.end : agency.end + 1] in line.lexicon.words("place_kind_word"):
        return False
    head = line.string[: agency.start].removesuffix("了")
    after = line.word_from(agency.end)
    if agency.category in _BODIES and after == "内":
        return True  # 青石小学|内
    if head.endswith("在") and (after in line.lexicon.words("hold") or after in line.lexicon.words("held_at")):
        return True  # 在区文化活动中心召开
    if agency.form is not None and agency.category not in _VISITED_BY_FORM:
        return False
    if (agency.form is not None or agency.category in _BODIES) and not _ends_stop(line, agency.end):
        return False
    joined = head.endswith(("、", "的", *line.lexicon.words("conjunction")))
    clause = head[max(head.rfind(mark) for mark in ",;:。") + 1 :] if joined else ""
    gone = any(head.endswith(word) or (len(word) > 1 and word in clause) for word in line.lexicon.words("tour_verb"))
    return gone or (head.endswith("在") and after == ",")


def _sites(line: Line, agency: AgencyHit, places: list[PlaceHit]) -> list[PlaceHit]:
    """县第一中学 is 县一中 as a place as well; 青石街道|柳河社区文化站 is called after the last area it names."""
    start, above = agency.start, list[PlaceHit]()
    while step := next((p for p in places if p.start == start and p.governs), None):
        behind = any(p.start == step.end and p.end <= agency.end and (p.governs or p.end == agency.end) for p in places)
        behind = behind or (agency.category == "community" and step.category in _TOWNS)  # 花石街道|青榆居委会
        if not behind or (step.known and agency.category in _BODIES):
            break  # 重庆青石化工有限公司 is its whole name
        start, above = step.end, [*above, step]
    name = line.string[start : agency.end]
    if agency.form is not None:
        name = agency.form.canonical.replace("{place}", agency.prefix[start - agency.start :])
    return [*above, PlaceHit(start, agency.end, name, "facility", False, bool(above))]


def _ends_stop(line: Line, end: int) -> bool:
    """Is that all that is said of where they went: 到A公司、B公司实地察看, but no A公司承建的大楼?"""
    lexicon = line.lexicon
    after = line.word_from(end) or "。"
    if not (after in ",;。、等" or after in lexicon.words("tour_follow") or after in lexicon.words("conjunction")):
        return False
    rest = _CLAUSE.match(line.string, end)
    more = line.string.find("等", end, rest.end() if rest else end)
    return more < 0 or is_tour_closed(line, more) or line.string[more + 1 : more + 2] in _MARKS


def _rooms(line: Line, agencies: list[AgencyHit]) -> list[PlaceHit]:
    """市中心医院学术会议室: a room that bears its agency's name."""
    suffixes = line.lexicon.place_suffixes
    return [
        PlaceHit(a.start, end, line.string[a.start : end], "facility", False, False)
        for a in agencies
        for end in range(min(len(line.string), a.end + 9), a.end + 1, -1)
        for n in (2, 3, 4, 5, 6)
        if is_clean(line, a.end, end - n)
        and end - n - a.end <= 4
        and suffixes.get(line.string[max(a.end, end - n) : end]) == "weak"
        and end in line.bounds
        and not any(c.isdecimal() for c in line.string[a.end : end])
        and line.string[a.end : end].isalnum()
    ][:1]


def _inside(hit: PlaceHit | AgencyHit, blocked: list[tuple[int, int]]) -> bool:
    return any(s <= hit.start and hit.end <= e for s, e in blocked)

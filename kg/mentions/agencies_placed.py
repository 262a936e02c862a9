"""Agencies behind a place or a level word: 辽源市公安局, 市发改委, 团县委, 政协清河县第十届委员会."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from kg.lexicon import AgencyForm, Lexicon
from kg.mentions.agency_hit import AgencyHit
from kg.mentions.agency_names import cut_form_at, form_at, suffix_end
from kg.mentions.line import Line
from kg.mentions.places import PlaceHit

_SESSION = re.compile(r"第?[一二三四五六七八九十百\d]+届")
_LONGEST_TASK = 6  # characters of 文化体育, 住房保障
_DIVISION = re.compile(r"(?:第?[一二三四五六七八九十]{1,3})?师$")
# Behind a village or town these need nothing between: 石庙村党支部, 拳铺镇派出所.
_LOCAL = frozenset({"town", "subdistrict", "village", "community", "estate"})


def of_form(line: Line, start: int, position: int, prefix: str, places: tuple[str, ...]) -> AgencyHit | None:
    """An organ whose form begins at `position`."""
    for find, rule in ((cut_form_at, "agency.cut_form"), (form_at, "agency.form")):
        if found := find(line, position):
            end, row = found
            return AgencyHit(start, end, prefix, places, row.form, row.category, row.formal, rule, form=row)
    return None


def _behind_prefix(
    line: Line, start: int, position: int, prefix: str, places: tuple[str, ...], *, local: bool = False
) -> AgencyHit | None:
    """An agency whose place or level word ends at `position`."""
    hit = _with_party(line, of_form(line, start, position, prefix, places))
    # 村委 is the villagers' committee, no party committee.
    if hit is not None and (hit.core != "委" or not prefix.endswith(("村", "社区"))):
        return hit
    if joined := _joined_bureau(line, position):
        end, form = joined
        core = line.string[position:end]
        return AgencyHit(start, end, prefix, places, core, form.category, form.formal, "agency.suffix")
    if position not in line.bounds and not (local or line.longest(position, line.lexicon.words("public_house"), 5)):
        return None
    if open_end := suffix_end(line, position, behind_place=bool(places), local=local):
        end, suffix = open_end
        row = line.lexicon.suffixes[suffix]
        if not places and line.string[position : end - len(suffix)] in line.lexicon.words("agency_honour"):
            return None  # 获得省|绿色|学校
        if line.string[position : end - len(suffix)] in ("路", "街", "大街", "大道"):
            return None  # 广州|路派出所: of a road that is called after a city
        return AgencyHit(
            start, end, prefix, places, line.string[position:end], row.category, row.formal, "agency.suffix"
        )
    return None


def _joined_bureau(line: Line, position: int) -> tuple[int, AgencyForm] | None:
    """县文化体育|和|广播影视局: one bureau of two tasks, the first without a last word of its own; where it ends."""
    forms, string = line.lexicon.agency_forms, line.string
    for joint in range(position + 2, min(position + _LONGEST_TASK, len(string) - 2) + 1):
        if string[joint] not in "和与" or f"{string[position:joint]}局" not in forms:
            continue
        found = form_at(line, joint + 1)
        if found is not None and string[found[0] - 1] == "局" and found[1].category == "department":
            return found
    return None


def _with_party(line: Line, hit: AgencyHit | None) -> AgencyHit | None:
    """中共洛阳市委组织部: 中共 before an organ of the party is part of its name."""
    if hit is None or hit.category != "party":
        return hit
    before = next((w for w in line.lexicon.words("party_prefix") if line.string.endswith(w, 0, hit.start)), "")
    return _with_division(line, replace(hit, start=hit.start - len(before)))


def _with_division(line: Line, hit: AgencyHit) -> AgencyHit:
    """第八师石河子市党委, 师市党委: in the Corps a division and its city are one."""
    division = _DIVISION.search(line.string, 0, hit.start)
    cities = line.lexicon.words("corps_city")
    own = hit.prefix_places[-1] in cities if hit.prefix_places else hit.prefix == "市"
    return replace(hit, start=division.start()) if division and own else hit


def after_places(line: Line, places: list[PlaceHit]) -> Iterator[AgencyHit]:
    """Organs behind the name of their place: 辽源市教育局."""
    for i, place in enumerate(places):
        if not place.governs:
            continue
        first = i
        while first and _is_in(places[first], places[first - 1]):
            first -= 1
        names = tuple(p.name for p in places[first : i + 1])
        start = places[first].start
        prefix = line.string[start : place.end]
        hit = _behind_prefix(line, start, place.end, prefix, names, local=place.category in _LOCAL)
        longer = any(p.known and p.start == place.end for p in places[i + 1 : i + 2])
        if hit is not None and not (longer and hit.rule == "agency.suffix"):
            yield hit  # 宁波市慈溪市|移民局, 石龙镇|象州汽车部件有限公司: the place nearest to it counts
        if place.category == "village" and (hit := _of_village(line, start, place, names)) is not None:
            yield hit
        # 青石镇镇党委 says the level twice.
        doubled = line.string[place.end : place.end + 1] == place.name[-1]
        if (
            doubled
            and (hit := of_form(line, start, place.end + 1, prefix, names))
            and (hit.core != "委" or place.known)
        ):
            yield hit


def _of_village(line: Line, start: int, place: PlaceHit, names: tuple[str, ...]) -> AgencyHit | None:
    """田头|村委会, 田头|村民委员会: the committee's name shares the village's last character."""
    position = place.end - 1
    body = line.longest(position, line.lexicon.words("local_body"), 7) or ""
    row = line.lexicon.suffixes.get(body)
    if row is None or len(body) == 1 or body[0] != place.name[-1]:
        return None
    prefix = line.string[start:position]
    return AgencyHit(start, position + len(body), prefix, names, body, row.category, row.formal, "agency.suffix")


def _is_in(place: PlaceHit, before: PlaceHit) -> bool:
    """宁波市|海曙区; no county is in a town (石龙镇|象州)."""
    return place.chained and before.end == place.start and not (place.known and before.category in _LOCAL)


def around_places(line: Line, places: list[PlaceHit]) -> Iterator[AgencyHit]:
    """中国人民政治协商会议第十届清河县委员会: a legal name that runs around its place."""
    for place in places:
        yield from _around(line, place.start, place.end, place.name, (place.name,))


def _around(line: Line, start: int, end: int, prefix: str, places: tuple[str, ...]) -> Iterator[AgencyHit]:
    """The agencies whose name runs around a place or a level word: 民盟市委."""
    session = _SESSION.match(line.string, end)
    position = session.end() if session else end
    stem = re.sub(_SESSION.pattern + "$", "", line.string[:start])
    for before, after, row in legal_frames(line.lexicon):
        if stem.endswith(before) and line.string.startswith(after, position):
            begin, stop = len(stem) - len(before), position + len(after)
            if len(before) == 1 and begin not in line.bounds:
                continue  # 集团市委
            yield AgencyHit(begin, stop, prefix, places, row.form, row.category, row.formal, "agency.legal", form=row)


@lru_cache(maxsize=4)
def legal_frames(lexicon: Lexicon) -> tuple[tuple[str, str, AgencyForm], ...]:
    """The legal names that have words on both sides of their place, the longest first."""
    frames = {
        (before, after): row
        for rows in lexicon.agency_forms.values()
        for row in rows
        for name in (row.canonical, *row.legal)
        for before, after in [name.split("{place}", 1)]
        if before and after
    }
    return tuple((b, a, row) for (b, a), row in sorted(frames.items(), key=lambda f: (-len(f[0][0] + f[0][1]), f[0])))


def after_levels(line: Line, places: list[PlaceHit]) -> Iterator[AgencyHit]:
    """Organs behind a level word: 市教育局, 县委."""
    levels = line.lexicon.words("place_kind_word")
    covered = {i for p in places for i in range(p.start, p.end)}
    for position in range(len(line.string)):
        word = line.longest(position, levels, 3)
        if word is None and line.is_edge(position):
            word = line.longest(position, line.lexicon.words("level_at_edge"), 2)  # 地区公安局
        before = line.string[max(position - 1, 0) : position]
        if word is None or position in covered or before in line.lexicon.words("level_not_behind"):
            continue
        if position not in line.bounds and before not in line.lexicon.words("level_behind"):
            continue
        if before in levels and position - 1 not in covered and line.string[position - 2] in levels | {"各"}:
            continue  # 市县|乡纪委, 各县|区委
        end = position + len(word)
        own = end in line.bounds or line.longest(end, line.lexicon.words("public_house"), 5)  # 市图书馆
        if not own and form_at(line, end) is None:
            continue
        yield from (_of_place_before(hit, places) for hit in _around(line, position, end, word, ()))
        hit = _behind_prefix(line, position, end, word, ())
        loose = word in line.lexicon.words("level_at_edge") and hit is not None and hit.form is None  # 地区医院
        if hit is not None and not loose and hit.core not in line.lexicon.words("of_named_place"):
            said = line.string[max(position - 2, 0) : position].removesuffix(word)  # 该|县公安局, 该县|县委
            yield replace(hit, points_back=said[-1:] in line.lexicon.words("points_back"))  # 县交警 is any policeman


def _of_place_before(hit: AgencyHit, places: list[PlaceHit]) -> AgencyHit:
    """白城团市委: a place right before tells which 市 it is."""
    place = next((p for p in places if p.known and p.end == hit.start), None)
    return replace(hit, start=place.start, prefix=place.name, prefix_places=(place.name,)) if place else hit

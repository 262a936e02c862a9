"""Agencies that a list tells: each town's government in 拳铺镇、马营镇政府, 节会办 in 县公安局、节会办等单位."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from kg.lexicon import Lexicon
from kg.mentions.agency_hit import AgencyHit
from kg.mentions.agency_names import form_at, is_no_agency, is_sort, title_at
from kg.mentions.agency_units import leans_on
from kg.mentions.line import Line, is_name_character
from kg.mentions.place_hit import PlaceHit
from kg.words import segmenter

_LEVELS = re.compile("(?P<levels>[省市州][、和]?[市州县区旗](?:[、和]?[县区旗])?)(?:[两三]级)?")
# 市县党委, 省市政府: those of any place
_GENERIC_OF_LEVELS = frozenset({"party", "government"})
_JOINT = re.compile("[、,]")
_COUNCILS = {"cppcc": "政协", "congress": "人大"}
_LONGEST_COMMITTEE = 14
_LONGEST = 9  # characters of an office's name in a list
_SISTERS = frozenset({"department", "party", "police", "government", "cppcc", "congress", "procuratorate", "court"})


def elliptic(line: Line, places: list[PlaceHit], hits: list[AgencyHit]) -> Iterator[AgencyHit]:
    """拳铺镇、马营镇政府: the first town's government too."""
    for hit in hits:
        if hit.form is None or len(hit.prefix_places) != 1 or hit.base is not None:
            continue
        start = hit.start
        for place in reversed(places):
            if place.end == start - 1 and line.string[place.end] == "、" and place.name[-1] == hit.prefix[-1]:
                start = place.start
                yield replace(
                    hit,
                    start=start,
                    end=place.end,
                    prefix=place.name,
                    prefix_places=(place.name,),
                    rule="agency.elliptic",
                )


def with_levels(line: Line, hits: list[AgencyHit]) -> list[AgencyHit]:
    """省市妇联: each level's own, whatever else was found in it."""
    own = list(_of_levels(line))
    return sorted([*own, *(h for h in hits if all(h.end <= o.start or o.end <= h.start for o in own))], key=_at)


def _of_levels(line: Line) -> Iterator[AgencyHit]:
    """省市妇联, 市、县两级工会: the organ of each level that stands before it."""
    for match in _LEVELS.finditer(line.string):
        found = form_at(line, match.end())
        free = line.is_edge(match.start()) or segmenter().is_function_word(line.word_to(match.start()))  # 在省、市侨办
        if found is None or found[1].category in _GENERIC_OF_LEVELS or not free:
            continue
        end, row = found
        levels = [i for i in range(*match.span("levels")) if line.string[i] not in "、和"]
        for i in levels:
            stop = end if i == levels[-1] else i + 1
            prefix = line.string[i]
            yield AgencyHit(i, stop, prefix, (), row.form, row.category, row.formal, "agency.form", form=row)


def joined(line: Line, hits: list[AgencyHit]) -> Iterator[AgencyHit]:
    """平湖镇党委政府: two organs of one place in one breath."""
    for hit in hits:
        organ = line.longest(hit.end, line.lexicon.words("joined_organ"), 3)
        if hit.form is None or organ is None or hit.category != "party" or title_at(line, hit.end + len(organ)):
            continue
        form = line.lexicon.agency_forms[organ][0]
        yield replace(
            hit,
            start=hit.end,
            end=hit.end + len(organ),
            core=organ,
            category=form.category,
            rule="agency.list",
            form=form,
        )


def with_committees(line: Line, hits: list[AgencyHit]) -> list[AgencyHit]:
    """市政协副主席程宇、资源环境和经济委员会主任: the council's own, whatever its end is called."""
    own = list(_committees(line, hits))
    return sorted([*own, *(h for h in hits if all(h.end <= c.start or c.end <= h.start for c in own))], key=_at)


def _at(hit: AgencyHit) -> int:
    return hit.start


def _committees(line: Line, hits: list[AgencyHit]) -> Iterator[AgencyHit]:
    for joint in _JOINT.finditer(line.string) if any(h.category in _COUNCILS for h in hits) else ():
        start = joint.end()
        before = next((h for h in reversed(hits) if h.end < start), None)
        if before is None or before.category not in _COUNCILS or before.form is None:
            continue
        name = line.longest(start, _committee_names(line.lexicon, _COUNCILS[before.category]), _LONGEST_COMMITTEE)
        end = start + len(name or "")
        if name and title_at(line, end) and leans_on(line, before, start):
            form = line.lexicon.agency_forms[_COUNCILS[before.category] + name][0]
            yield replace(before, start=start, end=end, core=form.form, rule="agency.list", form=form)


@lru_cache(maxsize=8)
def _committee_names(lexicon: Lexicon, council: str) -> frozenset[str]:
    """提案委, 资源环境和经济委员会: what a council's committees are called without it."""
    names = (form.removeprefix(council) for form in lexicon.agency_forms if form.startswith(council))
    return frozenset(name for name in names if name.endswith(("委", "委员会")) and len(name) > 2)


def with_siblings(line: Line, hits: list[AgencyHit]) -> Iterator[AgencyHit]:
    """县公安局、节会办等单位: what stands in a list behind an organ of a place and ends as one is one of that place."""
    starts = {h.start for h in hits}
    for hit in hits:
        yield hit
        before: AgencyHit | None = hit
        while before is not None and line.string[before.end : before.end + 1] == "、" and before.end + 1 not in starts:
            before = _sibling(line, before)
            if before is not None and any(h.start < before.end and before.start < h.end for h in hits):
                break
            if before is not None:
                yield before


def _sibling(line: Line, before: AgencyHit) -> AgencyHit | None:
    """The office behind the joint that follows `before`, by its last word."""
    if not before.prefix or before.national or before.base:
        return None
    start = before.end + 1
    end = next((k for k in range(start, len(line.string)) if _ends_item(line, k)), len(line.string))
    if (
        not 3 <= end - start <= _LONGEST
        or end not in line.bounds
        or line.longest(start, line.lexicon.places_by_name, 6)
    ):
        return None  # 梁山调查队 has a place of its own
    word = line.word_to(end)
    sizes = range(min(end - start - 1, 5), 0, -1)
    suffix = next(
        (line.string[end - n : end] for n in sizes if line.string[end - n : end] in line.lexicon.suffixes), None
    )
    stem = line.string[start : end - len(suffix or "")]
    inner = segmenter().cut(stem)
    if suffix is None or len(stem) < 2 or is_sort(line.lexicon, stem) or is_no_agency(line, start, end, word, suffix):
        return None
    row = line.lexicon.suffixes[suffix]
    if not (before.category in _SISTERS or before.rule == "agency.list" or row.formal):
        return None
    if suffix in line.lexicon.words("plain_suffix"):
        return None  # 青石海关 is called after its own place
    barred = line.lexicon.words("name_stop") | line.lexicon.words("unit_generic") | line.lexicon.words("level")
    if any(w in barred or segmenter().is_function_word(w) for w in inner) or not all(map(is_name_character, stem)):
        return None
    core = line.string[start:end]
    form = next(iter(line.lexicon.agency_forms.get(core, ())), None)
    return replace(
        before, start=start, end=end, core=core, category=row.category, formal=row.formal, rule="agency.list", form=form
    )


def _ends_item(line: Line, position: int) -> bool:
    """At the next mark or joint of a list, or before the title of somebody."""
    char = line.string[position]
    if char in "等、" or not is_name_character(char):
        return True
    return position in line.bounds and (char in line.lexicon.words("hard_stop") or title_at(line, position))

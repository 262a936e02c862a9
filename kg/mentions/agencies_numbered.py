"""Agencies called by a number: 93756部队, 高速九支队, 新城二小."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.lexicon import Lexicon
from kg.mentions.agency_hit import AgencyHit
from kg.mentions.agency_names import title_at
from kg.mentions.line import Line, is_name_character
from kg.mentions.place_hit import PlaceHit
from kg.words import any_of, segmenter

_NUMBERED = re.compile(r"(?<![\d.])\d{4,6}")
_DIVISION = re.compile(r"(第?([一二三四五六七八九十]{1,3}师)|(?<![\u4e00-\u9fff])兵团)")
_SCHOOL = re.compile(r"([\u4e00-\u9fff]{2,4}?)(?<!第)[一二三四五六七八九十]{1,2}[小中]")


def troops(line: Line) -> Iterator[AgencyHit]:
    """93756部队, 第八师|政委: troops by their number; 兵团|副秘书长."""
    for match in _NUMBERED.finditer(line.string):
        if word := line.longest(match.end(), line.lexicon.words("troops"), 2):
            name = match[0] + word
            end = match.end() + len(word)
            yield AgencyHit(match.start(), end, "", (), name, "military", True, "agency.last_word", national=name)
    for match in _DIVISION.finditer(line.string):
        if title_at(line, match.end()):
            name = "第" + match[2] if match[2] else line.lexicon.national["新疆兵团"].canonical
            yield AgencyHit(*match.span(), "", (), name, "military", True, "agency.last_word", national=name)


@lru_cache(maxsize=4)
def _squad(lexicon: Lexicon) -> re.Pattern[str]:
    forces, roads = any_of(lexicon.words("squad_force")), any_of(lexicon.words("way") | {"高速"})
    by_number = rf"(?:[\u4e00-\u9fff]{{2,4}}?)?{forces}第?[一二三四五六七八九十]{{1,2}}"
    return re.compile(rf"(?:{by_number}|[\u4e00-\u9fff]{{1,4}}?{roads})[支大中]队")


def squads(line: Line) -> Iterator[AgencyHit]:
    """高速九支队, 青山西路中队: what is called after its number or its road, at the edge of a clause."""
    for match in _squad(line.lexicon).finditer(line.string):
        if line.is_edge(match.start()) and match.end() in line.bounds and _is_free_name(line, match[0][:-2]):
            yield AgencyHit(*match.span(), "", (), match[0], "police", True, "agency.last_word", national=match[0])


@lru_cache(maxsize=4)
def _highway_squad(lexicon: Lexicon) -> re.Pattern[str]:
    name = r"[\u4e00-\u9fff]"
    return re.compile(rf"{name}{{2,4}}?高速(?:公路)?{any_of(lexicon.words('road_force'))}{name}{{2,4}}?[总支大中]队")


def highway_squads(line: Line, places: list[PlaceHit]) -> Iterator[AgencyHit]:
    """黔东南高速交警镇远大队: a squad of the motorway's force by its area and the place it is at."""
    for match in _highway_squad(line.lexicon).finditer(line.string) if "高速" in line.string else ():
        begins = line.is_edge(match.start()) or any(p.start == match.start() for p in places)
        if begins and match.end() in line.bounds and _is_free_name(line, match[0][:-2]):
            yield AgencyHit(*match.span(), "", (), match[0], "police", True, "agency.last_word", national=match[0])


def numbered_schools(line: Line) -> Iterator[AgencyHit]:
    """新城二小举办艺术节: a school by its number behind a name, at the edge of a clause and before what it does."""
    for match in _SCHOOL.finditer(line.string):
        after = line.word_from(match.end())
        acts = segmenter().tag(after).startswith("v") or after in line.lexicon.words("its_pupils")
        stop = line.lexicon.words("name_stop") | line.lexicon.words("hard_stop")
        named = line.is_edge(match.start()) and match.end() in line.bounds
        inside = segmenter().cut(match[1])
        placed = any(match[1][i:] in line.lexicon.places_by_name for i in range(1, len(match[1]) - 1))
        named = named and stop.isdisjoint(inside) and not placed and "v" not in map(segmenter().tag, inside)
        if named and (acts or title_at(line, match.end()) or not is_name_character(after[:1] or "。")):
            yield AgencyHit(*match.span(), "", (), match[0], "school", False, "agency.last_word", national=match[0])


def _is_free_name(line: Line, stem: str) -> bool:
    """Is it made of no word that only a sentence has?"""
    stop, own = line.lexicon.words("name_stop") | line.lexicon.words("hard_stop"), line.lexicon.words("squad_force")
    words = [w for w in segmenter().cut(stem) if w not in own]
    return not any(w in stop or segmenter().is_function_word(w) for w in words)

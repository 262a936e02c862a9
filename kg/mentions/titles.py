"""Titles in a line: 书记, 副市长, 党组书记, 一级调研员, 教授, and the agency that stands right before each."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.lexicon import Lexicon, Title
from kg.mentions.agencies import AgencyHit
from kg.mentions.agency_names import shares_title
from kg.mentions.line import Line
from kg.mentions.places import PlaceHit

_LONGEST = 12
_NAME_OF_LIST = re.compile(r"[\u4e00-\u9fff]长[\u4e00-\u9fff](?=[、,。;)]|等|和|出席|参加|主持|在|$)")


@dataclass(frozen=True, slots=True)
class TitleHit:
    """A title as printed, with its lexicon row; `agency` is the one it directly follows."""

    start: int
    end: int
    text: str
    row: Title
    agency: AgencyHit | None
    place_start: int | None = None  # where a place or a level word right before it begins: 苏州市副市长, 自治区副主席

    @property
    def begin(self) -> int:
        """Where the title with its agency or place begins."""
        if self.agency:
            return self.agency.start
        return self.start if self.place_start is None else self.place_start


def _match(line: Line, position: int) -> tuple[int, Title] | None:
    """The longest title that begins at `position`, its prefixes included."""
    prefixes, titles = line.lexicon.words("title_prefix"), line.lexicon.titles
    best = line.longest(position, line.lexicon.title_names, _LONGEST)
    found = (position + len(best), titles[best]) if best else None
    if prefix := line.longest(position, prefixes, 4):
        inner = _match(line, position + len(prefix))
        if inner and (found is None or inner[0] > found[0]):
            return inner
    return found


def _is_word(line: Line, start: int, end: int, places: list[PlaceHit]) -> bool:
    """中科院长春分院 holds no 院长: a word may begin before a title, not run over its end. 清河县长 shares its 县."""
    if any(p.end == start + 1 and p.name[-1] == line.string[start] for p in places):
        return True
    astride = next((w for w in line.words if w[0] < start < w[1] and len(w[2]) > 2), None)
    level = (
        astride and astride[0] == start - 1 and astride[2][0] in line.lexicon.words("place_kind_word")
    )  # 村|支部书记
    # 副市|长安|维国, 教|师范|青青: a word of the title's last character and a surname.
    runs_on = any(w[0] == end - 1 and len(w[2]) == 2 and w[2][1] in line.lexicon.surnames for w in line.words)
    return (end in line.bounds or (runs_on and start in line.bounds)) and (
        start in line.bounds or astride is None or bool(level)
    )


def _printed(lexicon: Lexicon, text: str) -> str:
    """The title without 时任 and 现任, which say when and not what: 时任院长 → 院长."""
    for word in sorted(lexicon.words("title_time"), key=len, reverse=True):
        if (
            text.startswith(word)
            and text[len(word) :] not in lexicon.words("title_prefix")
            and len(text) > len(word) + 1
        ):
            return text[len(word) :]
    return text


def _place_before(line: Line, position: int, places: list[PlaceHit]) -> int | None:
    """Where the place or level word that ends at a title's start begins."""
    start = position
    for place in reversed(places):
        if place.governs and (place.end == start or (start == position and place.end == start + 1)):
            start = place.start
    if start == position:
        levels = line.lexicon.words("place_kind_word")
        before = (line.string[max(0, position - n) : position] for n in (3, 2, 1))
        word = next((w for w in before if w in levels), "")
        start -= len(word)
    return start if start < position and (line.is_edge(start) or start in line.bounds) else None


def _is_in_name(line: Line, start: int, end: int, last: int | None) -> bool:
    """程宇、田长庚、谭新生, 书记田长庚: in a list or behind a title a name, no 田长 and no 新生."""
    before, after = line.string[start - 2 : start], line.string[end : end + 1]
    if before[:1] == "、" and before[1:] in line.lexicon.surnames and after in ("、", "等") and end == start + 2:
        return True
    given = line.string[start:end] in line.lexicon.words("given_word")
    if given and last == start - 1 and before[1:] in line.lexicon.surnames:
        return True  # 局长杨|冠军
    listed = line.string[start - 1 : start] == "、" or start == last
    listed = listed and line.string[start] in line.lexicon.surnames
    return listed and _NAME_OF_LIST.match(line.string, start) is not None and end == start + 2


def _begins_with_unit(line: Line, position: int) -> bool:
    """三室主任, 外科主任 hold no 室主任: the first character is the last one of the unit before."""
    if line.is_edge(position) or line.string[position] not in line.lexicon.words("headed_unit"):
        return False
    small = line.string[position] in line.lexicon.words("small_unit")  # 监督室|主任, but 三年级班主任
    torn = small or position not in line.bounds
    return torn and _match(line, position) is not None and _match(line, position + 1) is not None


def _names_town(line: Line, position: int) -> bool:
    """赣县区|长洛乡: a town's name begins with the title's last character."""
    towns = line.lexicon.counties_by_township
    return any(line.string[position : position + n] in towns for n in (3, 4, 5))


def _goes_with_place(title: Title) -> bool:
    """清河县|长, 清河县|领导: what shares the last character of a place's name."""
    return bool(title.organ) or title.title.endswith("领导")


def find_titles(line: Line, agencies: list[AgencyHit], places: list[PlaceHit]) -> list[TitleHit]:
    """The titles of a line, left to right, outside the agencies' names."""
    by_end = {a.end: a for a in agencies}
    inside = {i for a in agencies for i in range(a.start, a.end)}
    hits, position = [], 0
    while position < len(line.string):
        within = next((p for p in places if p.start < position < p.end), None)
        if position in by_end and shares_title(line, position):
            # 市公安局|长, 治安大队|长: the title begins in the agency's last characters, the mention behind it.
            ends = (line.string[position - n : position + 1] for n in (2, 1))
            text = next(t for t in ends if t in line.lexicon.titles)
            hits.append(TitleHit(position, position + 1, text, line.lexicon.titles[text], by_end[position]))
            position += 1
            continue
        shared = position not in inside and _begins_with_unit(line, position)
        position += shared
        found = None if position in inside else _match(line, position)
        if (
            found
            and within
            and (within.end != position + 1 or not _goes_with_place(found[1]) or _names_town(line, position + 1))
        ):
            found = None  # 石庙村党支部书记 is no 村党支部书记
        if found is None or any(i in inside for i in range(position, found[0])):
            position += 1
            continue
        end, row = found
        if _is_in_name(line, position, end, hits[-1].end if hits else None):
            position += 1
            continue
        if by_end.get(position) is None and not shared and not _is_word(line, position, end, places):
            position += 1
            continue
        agency = by_end.get(position)
        # 学院院长会议: a title in the middle of a longer word is none, unless an agency or a name stands before it.
        place = None if agency else _place_before(line, position, places)
        hits.append(TitleHit(position, end, _printed(line.lexicon, line.string[position:end]), row, agency, place))
        position = end
    return hits

"""Departments of the hospital that an article is about, where they stand without it: 骨科主任程宇, 妇科汤岚教授."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from kg.lexicon import Lexicon
from kg.mentions.agency_hit import AgencyHit
from kg.mentions.agency_names import title_end
from kg.mentions.agency_units import unit_of
from kg.mentions.line import Line

_HOSPITAL = "hospital"
_NAMES = (3, 2, 4)  # characters of the name that may stand between a department and its title


def with_wards(lines: Sequence[Line], found: Sequence[list[AgencyHit]]) -> list[list[AgencyHit]]:
    """The agencies of an article's lines; departments are the hospital's where the article names only one."""
    houses = [h for hits in found for h in hits if h.category == _HOSPITAL and h.base is None]
    if len({h.prefix + h.core for h in houses}) != 1:
        return list(found)
    house = houses[0]
    wards = [
        [unit_of(line, house, a, a, b) for a, b in _wards(line, hits)] for line, hits in zip(lines, found, strict=True)
    ]
    return [sorted([*hits, *own], key=lambda h: h.start) for hits, own in zip(found, wards, strict=True)]


def _wards(line: Line, hits: list[AgencyHit]) -> Iterator[tuple[int, int]]:
    """Where a department stands that no agency holds and somebody is of."""
    taken = {k for h in hits for k in range(h.start, h.end)}
    for start in range(len(line.string)):
        name = line.longest(start, line.lexicon.words("ward"), _longest(line.lexicon))
        if name is None or start in taken or (start - 1 in taken and start not in line.bounds):
            continue
        end = start + len(name)
        if _is_somebodys(line, end) and not _runs_on(line, start):
            yield start, end


@lru_cache(maxsize=4)
def _longest(lexicon: Lexicon) -> int:
    return max(map(len, lexicon.words("ward")))


def _is_somebodys(line: Line, end: int) -> bool:
    """Does a title follow, or a name with the title of a physician behind it?"""
    physician = line.lexicon.words("physician")
    named = any(
        line.longest(end + n, physician, 5) for n in _NAMES if line.string[end : end + 1] in line.lexicon.surnames
    )
    return title_end(line, end) is not None or named


def _runs_on(line: Line, start: int) -> bool:
    """神经内科 holds no 内科: does the word before belong to the department's name?"""
    return start > 0 and not line.is_edge(start) and start not in line.bounds

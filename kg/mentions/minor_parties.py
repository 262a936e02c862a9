"""Committees of the democratic parties that their party's name does not stand before: 市委会, 清河民进."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from kg.lexicon import AgencyForm, Lexicon
from kg.mentions.agencies import is_same_level
from kg.mentions.agency_hit import AgencyHit
from kg.mentions.agency_names import title_end
from kg.mentions.line import Line
from kg.mentions.places import PlaceHit
from kg.words import any_of, segmenter

_COMMITTEE = "委"
_HEAD = "主委"  # the ruling party has none


def with_minor_parties(
    lines: Sequence[Line], places: Sequence[list[PlaceHit]], found: Sequence[list[AgencyHit]]
) -> list[list[AgencyHit]]:
    """The agencies of an article's lines; 市委会 and what a 主委 heads is the party's that was named last."""
    named = [_named(line) for line in lines]
    every = [party for line in named for _, party in line]
    if not every:
        return list(found)
    last = every[0]
    read: list[list[AgencyHit]] = []
    for line, around, hits, parties in zip(lines, places, found, named, strict=True):
        read.append([])
        for before, hit in zip([None, *hits], hits, strict=False):
            party = next((p for at, p in reversed(parties) if at <= hit.end), last)
            own = _of_party(line, hit, party)
            if own and before and is_same_level(line, before, own):
                own = replace(own, prefix=before.prefix, prefix_places=before.prefix_places)
            read[-1].append(own or _local(line, hit, around, party) or hit)
        last = parties[-1][1] if parties else last
    return read


def _named(line: Line) -> list[tuple[int, str]]:
    """Where the democratic parties are named, and which: 民进, but 人民|进入."""
    return [
        (m.start(), m[0])
        for m in _names(line.lexicon).finditer(line.string)
        if m.start() in line.bounds and m.end() in line.bounds
    ]


@lru_cache(maxsize=4)
def _names(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(any_of(lexicon.words("minor_party")))


def _row(lexicon: Lexicon, party: str) -> AgencyForm:
    return lexicon.agency_forms[party + _COMMITTEE][0]


def _of_party(line: Line, hit: AgencyHit, party: str) -> AgencyHit | None:
    """市委会, 清河市委会调研组, 市委|主委: the party's own committee, its units with it."""
    if hit.base is not None:
        base = _of_party(line, hit.base, party)
        return replace(hit, base=base, core=hit.core.removeprefix("会"), category=base.category) if base else None
    if hit.form is None or hit.core != _COMMITTEE or line.string[hit.start : hit.start + 2] == "中共":
        return None
    end = hit.end
    goes_on = segmenter().tag(line.string[end : end + 2]) and title_end(line, end + 1) is None
    if line.string.startswith("会", end) and not goes_on:
        end += 1  # 市委会|主委, but 市委|会议
    headed = title_end(line, end)
    if end == hit.end and not (headed and line.string.endswith(_HEAD, 0, headed)):
        return None
    row = _row(line.lexicon, party)
    return replace(hit, end=end, core=row.form, category=row.category, formal=row.formal, form=row)


def _local(line: Line, hit: AgencyHit, places: list[PlaceHit], party: str) -> AgencyHit | None:
    """清河民进: the party's committee of the place right before."""
    place = next((p for p in places if p.known and p.end == hit.start), None)
    if place is None or line.string[hit.start : hit.end] != party:
        return None
    row = _row(line.lexicon, party)
    names = (place.name,)
    return AgencyHit(
        place.start, hit.end, place.name, names, row.form, row.category, row.formal, "agency.legal", form=row
    )

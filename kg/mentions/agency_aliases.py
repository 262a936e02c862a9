"""Short names that the article itself gives an agency: 远航新材料有限公司(以下简称“远航新材”)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from kg.lexicon import Lexicon
from kg.mentions.agency_hit import AgencyHit
from kg.mentions.line import Line

_NAME = r"[\u4e00-\u9fff0-9A-Za-z]{2,14}"


@lru_cache(maxsize=4)
def _announcement(lexicon: Lexicon) -> re.Pattern[str]:
    words = "|".join(sorted(lexicon.words("called_short"), key=lambda w: (-len(w), w)))
    return re.compile(rf"[(,]?(?:{words})[:为]?(?:“({_NAME})”|({_NAME})(?=[),]))")


def with_short_names(lines: Sequence[Line], found: list[list[AgencyHit]]) -> list[list[AgencyHit]]:
    """The agencies of an article's lines with those that stand under a short name announced in it."""
    short = dict(alias for line, hits in zip(lines, found, strict=True) for alias in _announced(line, hits))
    if not short:
        return found
    return [_with(line, hits, short) for line, hits in zip(lines, found, strict=True)]


def _announced(line: Line, hits: list[AgencyHit]) -> list[tuple[str, AgencyHit]]:
    """Each short name and the agency right behind whose name it is given."""
    ends = {h.end: h for h in hits}
    generic = line.lexicon.words("agency_generic")
    return [
        (name, ends[match.start()])
        for match in _announcement(line.lexicon).finditer(line.string)
        if match.start() in ends and (name := match[1] or match[2]) not in generic and name not in line.lexicon.suffixes
    ]


def _with(line: Line, hits: list[AgencyHit], short: dict[str, AgencyHit]) -> list[AgencyHit]:
    for name, whole in short.items():
        for match in re.finditer(re.escape(name), line.string):
            start, end = match.span()
            over = [h for h in hits if h.start < end and start < h.end]
            if any(h.start < start or end < h.end for h in over):
                continue  # only a part of another name
            hit = replace(whole, start=start, end=end, core=name, rule="agency.short_name", short_for=whole)
            hits = sorted([*(h for h in hits if h not in over), hit], key=lambda h: h.start)
    return hits

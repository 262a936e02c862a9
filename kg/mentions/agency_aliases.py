"""Short names that the article itself gives an agency: 远航新材料有限公司(以下简称“远航新材”)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from kg.lexicon import Lexicon
from kg.mentions.agency_hit import AgencyHit
from kg.mentions.agency_names import title_at
from kg.mentions.line import Line
from kg.words import any_of

_TO_TITLE = (0, 2, 3)  # 我院院长, 我院程宇院长
_NAME = r"[\u4e00-\u9fff0-9A-Za-z]{2,14}"


@lru_cache(maxsize=4)
def _announcement(lexicon: Lexicon) -> re.Pattern[str]:
    words = any_of(lexicon.words("called_short"))
    return re.compile(rf"[(,]?{words}[:为]?(?:“({_NAME})”|({_NAME})(?=[),]))")


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


def without_nameless(lines: Sequence[Line], found: list[list[AgencyHit]]) -> list[list[AgencyHit]]:
    """The agencies without 我校 and 我院 that the article does not name: the page's own, whose it does not say."""
    named: list[str] = []
    strange = {h.core for line, hits in zip(lines, found, strict=True) for h in hits if _is_host(line, h, hits)}
    kept: list[list[AgencyHit]] = []
    for line, hits in zip(lines, found, strict=True):
        kept.append([])
        for hit in hits:
            own = hit.base or hit
            if own.category != "own" or (own.core not in strange and own.core in named):
                kept[-1].append(hit)
            elif own.core != "校" and any(title_at(line, hit.end + n) for n in _TO_TITLE):
                kept[-1].append(_left_open(line, hit))
            named += [core for core in line.lexicon.words("anaphor_kind") if _is_a(line, hit, core)]
    return kept


def _left_open(line: Line, hit: AgencyHit) -> AgencyHit:
    """我院院长: the page's own 院 under the name that it gives itself."""
    if hit.base is not None:
        return replace(hit, base=_left_open(line, hit.base))
    return replace(hit, core=line.string[hit.start : hit.start + 1] + hit.core)


def _is_host(line: Line, hit: AgencyHit, hits: list[AgencyHit]) -> bool:
    """黄淮学院一行来我校: who stands before it in one breath is a guest, unless he speaks (院长程宇表示,我院…)."""
    if hit.category != "own" or _is_house_paper(line):
        return False
    spoken = any(e <= hit.start and w in line.lexicon.words("speech") for _, e, w in line.words)
    return not spoken and any(h.end <= hit.start and _is_a(line, h, hit.core) for h in hits)


def _is_house_paper(line: Line) -> bool:
    """苏州大学报 speaks for 苏州大学."""
    paper = line.sentence.article.issue.newspaper or ""
    return bool(paper) and any(paper.startswith(word) for word in line.lexicon.national)


def _is_a(line: Line, hit: AgencyHit, kind: str) -> bool:
    """Is it a 校, a 局, a 院 by its name?"""
    if hit.rule == "agency.anaphor":
        return False
    form = hit.form.canonical if hit.form else ""
    return line.string[: hit.end].endswith(kind) or form.endswith(kind) or (kind == "校" and hit.category == "school")

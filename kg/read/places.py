"""The place a paper belongs to, as the lexicon's path."""

from __future__ import annotations

import re

from kg.lexicon import Lexicon, PlaceRow
from kg.model import Issue
from kg.read.shapes import any_of

_PREFECTURE_DEPTH = 2


def find_city(issue: Issue, lexicon: Lexicon) -> str | None:
    """The path of the paper's own place: by the table of papers, by its name, by its sponsor; None where it is open.

    >>> from kg.lexicon import load_lexicon
    >>> find_city(Issue(newspaper="辽源日报"), load_lexicon())
    '吉林省/辽源市'
    """
    known = lexicon.newspapers.get(issue.newspaper or "")
    if known and known.city:
        return known.city
    suffix = re.compile(any_of(lexicon.words("paper_suffix")) + "$")
    for name in (issue.newspaper, issue.publisher and re.sub("社$", "", issue.publisher)):
        cut = suffix.search(name) if name else None
        if name and cut and (path := find_place(name[: cut.start()], lexicon)):
            return path
    sponsor = re.fullmatch(r"(?:中共|中国共产党)(.{2,12}?)(?:委|委员会|委宣传部)", issue.sponsor or "")
    return find_place(sponsor[1], lexicon) if sponsor else None


def find_place(name: str, lexicon: Lexicon) -> str | None:
    """The one place so called, or the one prefecture among several; None where that leaves it open."""
    rows: tuple[PlaceRow, ...] = lexicon.places_by_name.get(name, ())
    if len(rows) > 1:
        rows = tuple(row for row in rows if row.path.count("/") + 1 <= _PREFECTURE_DEPTH and row.within)
    return rows[0].path if len(rows) == 1 else None

"""Names in brackets and nothing else, behind a text or before it: (辽轩), (赵大有 钱小川)."""

from __future__ import annotations

import re

from kg.model import Credit, Text
from kg.read.credits import Credits, tokens_of
from kg.read.names import has_surname, is_pen_name, is_unsurnamed, split_names
from kg.read.patterns import HAN
from kg.read.shapes import Shapes

_WORDS = re.compile(rf"\s*[{HAN}]{{2,6}}(?:[\s、]+[{HAN}]{{2,6}}){{0,4}}\s*$")
_LONGEST_APART = 4  # longer names are such as 乌云巴雅尔
_LONGEST_OFFICE = 14
_LONGEST_NAME = 3  # beside an office


def parse_signature(inside: Text, shapes: Shapes) -> Credits | None:
    """Names in brackets and nothing else, with the office they write for or without.

    >>> from kg.lexicon import load_lexicon
    >>> found = parse_signature(Text.of("清河县水利局 赵大有"), Shapes(load_lexicon()))
    >>> [credit.name for credit in found.reporters]
    ['赵大有']
    """
    string = inside.string.strip()
    if shapes.end_mark.match(string):
        return None
    tokens = tokens_of(inside, shapes) or []
    names = [t for t in tokens if not _is_office(t, shapes)]
    short = all(len(t) <= _LONGEST_APART or is_unsurnamed(t.string, shapes) for t in tokens)
    apart = short and len(names) == len(tokens) and _WORDS.match(string) is not None
    if not names or not (apart or all(has_surname(t.string, shapes) for t in names)):
        return None
    if any(shapes.mark.fullmatch(t.string) for t in names):
        return None
    split = [split_names(t, shapes) for t in names]
    found = [name for some in split if some for name in some]
    if None in split or (not apart and any(len(name) > _LONGEST_NAME for name in found)):
        return None
    return Credits(tuple(Credit(t.string, None, t, is_pen_name(t.string, shapes)) for t in found), (), False)


def _is_office(token: Text, shapes: Shapes) -> bool:
    """县水利局, 新华: whom somebody writes for."""
    office = shapes.office_end.search(token.string) is not None or shapes.has("nobody", token.string)
    return len(token) <= _LONGEST_OFFICE and office

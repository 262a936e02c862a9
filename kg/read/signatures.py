"""Names in brackets and nothing else, behind a text or before it: (辽轩), (赵大有 钱小川)."""

from __future__ import annotations

import re

from kg.model import Credit, Text
from kg.read.credits import Credits, tokens_of
from kg.read.names import split_names
from kg.read.shapes import HAN, Shapes

_SIGNATURE = re.compile(rf"\s*[{HAN}]{{2,4}}(?:[\s、]+[{HAN}]{{2,4}}){{0,2}}\s*$")


def parse_signature(inside: Text, shapes: Shapes) -> Credits | None:
    """Names in brackets and nothing else: (辽轩), (赵大有 钱小川)."""
    string = inside.string.strip()
    if not _SIGNATURE.match(string) or shapes.end_mark.match(string):
        return None
    tokens = tokens_of(inside, shapes) or []
    if any(shapes.office_end.search(t.string) or shapes.mark.fullmatch(t.string) for t in tokens):
        return None
    if any(split_names(t, shapes) is None for t in tokens):
        return None
    return Credits(tuple(Credit(t.string, None, t) for t in tokens), (), False)

"""Lines that the edge of a column tore, put together where the page parts its paragraphs by blank lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.read.credits import STOP
from kg.read.endings import split_ending
from kg.read.lines import Line
from kg.read.patterns import HAN
from kg.read.shapes import Shapes

_GOES_ON = re.compile(rf"[{HAN}\d“《]")
_FULL = re.compile(rf"[{HAN}\d、，,”》]$")
_SENTENCE = re.compile("[，,。]")
_SHORTEST = 20
_NEW_START = re.compile(
    r"[\d一二三四五六七八九十]{1,3}\s*[、.．]|[^，。,]{1,8}[:：]|第[一二三四五六七八九十\d]+[条章届]"
)


def join_wrapped(lines: Sequence[Line], shapes: Shapes) -> Iterator[Line]:
    """The lines of a page, each that goes on right below a torn one put to it."""
    if not _has_blank_lines(lines):
        yield from lines
        return
    above: Line | None = None
    for line in lines:
        if above is not None and _goes_on(above, line, shapes):
            above = replace(above, text=above.text + line.text)
            continue
        if above is not None:
            yield above
        above = line
    if above is not None:
        yield above


def _has_blank_lines(lines: Sequence[Line]) -> bool:
    """Whether blank lines part most of the page's paragraphs."""
    return 2 * sum(line.gap > 0 for line in lines) >= len(lines)


def _goes_on(above: Line, line: Line, shapes: Shapes) -> bool:
    """Whether a line is the rest of the sentence above it: no blank line between, and no sign of a beginning."""
    if line.gap or line.level or above.level or line.indented or len(above.string) < _SHORTEST:
        return False
    if not (_SENTENCE.search(above.string) and _FULL.search(above.string) and _GOES_ON.match(line.string)):
        return False
    if _NEW_START.match(line.string) or above.string[-1] in STOP or shapes.dateline.match(line.string):
        return False
    return split_ending(above.text, shapes) is None

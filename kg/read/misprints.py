"""Words of datelines and bylines that the OCR misread: 本报迅(纪者 王茵) is 本报讯(记者 王茵)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from kg.model import Text
from kg.read.lines import Line
from kg.read.shapes import Shapes

_AHEAD: Final = 90  # an opening with its byline is no longer


def mend_openings(lines: Iterable[Line], shapes: Shapes) -> Iterator[Line]:
    """The lines of a page, the misread words at the head of each put right where no other character joins them.

    >>> from kg.lexicon import load_lexicon
    >>> line = Line(Text.of("本报迅(纪者 赵大有)记者节前夕,雨停了。"))
    >>> [mended.string for mended in mend_openings([line], Shapes(load_lexicon()))]
    ['本报讯(记者 赵大有)记者节前夕,雨停了。']
    """
    for line in lines:
        head, rest = line.string[:_AHEAD], line.string[_AHEAD:]
        found = shapes.misread_byline.findall(head)
        if found:
            head = shapes.misread_byline.sub(lambda match: shapes.misread_bylines[match[0]], head)
            repairs = tuple(f"{wrong}→{shapes.misread_bylines[wrong]}" for wrong in dict.fromkeys(found))
            line = replace(line, text=Text(head + rest, line.text.offsets), repairs=line.repairs + repairs)
        yield line

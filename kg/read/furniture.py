"""A page without its furniture: the lines of its articles, and who wrote it where a line of fields says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.read.credits import read_credit_line
from kg.read.lines import Line
from kg.read.shapes import Shapes


def without_furniture(lines: Sequence[Line], dropped: set[int], shapes: Shapes) -> tuple[Line, ...]:
    """The lines that are left, and of a line of fields who wrote it."""
    kept: list[Line] = []
    gap = 0
    for index, line in enumerate(lines):
        gap = max(gap, line.gap)
        if index not in dropped:
            kept.append(replace(line, gap=gap))
            gap = 0
        elif shapes.has_fields(line.string):
            parts = [line.text[m.start() : m.end()] for m in shapes.author_field.finditer(line.string)]
            kept += [replace(line, text=part, level=0, gap=0) for part in parts if read_credit_line(part, shapes)]
    return tuple(kept)

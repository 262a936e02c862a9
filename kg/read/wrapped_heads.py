"""Headlines that the width of their column breaks into lines, put together again before they are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from kg.read.blocks import Block, Form
from kg.read.shapes import Shapes
from kg.read.wording import runs_over

_NARROWEST: Final = 6


def join_headlines(blocks: Sequence[Block], shapes: Shapes) -> Iterator[Block]:
    """The blocks of a page, the lines of a headline as one where a word runs over their edges."""
    at = 0
    while at < len(blocks):
        end = at + 1
        if _is_line(blocks[at]):
            while end < len(blocks) and _is_line(blocks[end]) and _is_beside(blocks[at], blocks[end]):
                end += 1
        yield from _joined(blocks[at:end], shapes)
        at = end


def _is_line(block: Block) -> bool:
    return block.form is Form.HEADING


def _is_beside(first: Block, line: Block) -> bool:
    """Whether a line may be another of the same headline: of its level, or with no blank line between."""
    return first.level == line.level and bool(line.level or not line.gap)


def _joined(lines: Sequence[Block], shapes: Shapes) -> Iterator[Block]:
    """The headlines of some lines, put together where a word runs over an edge."""
    held: Block | None = None
    for above, line in zip((None, *lines), lines, strict=False):
        if held is None or above is None or not _is_cut(above.string, line.string, shapes):
            if held is not None:
                yield held
            held = line
        else:
            held = replace(held, text=held.text + line.text, loose=held.loose or line.loose)
    if held is not None:
        yield held


def _is_cut(above: str, below: str, shapes: Shapes) -> bool:
    """Whether a word runs over the edge of two lines, the first of which is as wide as its column."""
    if len(above) < max(_NARROWEST, len(below) - 1):
        return False
    return runs_over(above, below) or shapes.never_last.search(above) is not None

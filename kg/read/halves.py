"""Lines like headlines that are the first half of a torn sentence: a word begins in them and ends elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from kg.read.blocks import Block, Form
from kg.read.heads import is_kicker
from kg.read.shapes import Shapes
from kg.read.wording import ends_torn, runs_over
from kg.words import segmenter

_SHORTEST: Final = 6  # a headline is longer
_EDGE: Final = 4
_PAUSE: Final = re.compile("[，,、；;]")
_TEXT: Final = (Form.PROSE, Form.OPENING)


def settle_halves(blocks: Sequence[Block], shapes: Shapes) -> Iterator[Block]:
    """The blocks of a page; a line below a text, the last word of which ends where a paragraph begins, is text."""
    rests = [i for i, block in enumerate(blocks) if i and block.form is Form.PROSE and _is_rest(blocks, i)]
    for i, block in enumerate(blocks):
        half = bool(rests) and any(b.form in _TEXT for b in blocks[:i]) and _may_be_half(blocks, i, shapes)
        half = half and any(runs_over(block.string, blocks[k].string) for k in rests)
        yield replace(block, form=Form.PROSE) if half else block


def _may_be_half(blocks: Sequence[Block], i: int, shapes: Shapes) -> bool:
    """Whether a line is no headline by its looks, has no end, and does not go on below."""
    block, below = blocks[i], blocks[i + 1 : i + 2]
    if block.form is not Form.HEADING or block.level or not ends_torn(block.string) or is_kicker(block.string, shapes):
        return False
    paused = len(block.text) < _SHORTEST or _PAUSE.search(block.string) is not None
    return paused and not any(runs_over(block.string, b.string) for b in below)


def _is_rest(blocks: Sequence[Block], i: int) -> bool:
    """Whether a paragraph begins with half a word, and no sentence above it breaks off."""
    above, string = blocks[i - 1], blocks[i].string
    if above.form in _TEXT and ends_torn(above.string):
        return False
    return len(segmenter().cut(string[:_EDGE])[0]) == 1 and not segmenter().is_function_word(string[:1])

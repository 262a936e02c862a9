"""Lines that look like headlines and are text: the first half of a torn sentence, a question that is answered."""

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
_OPEN_QUOTE: Final = re.compile("“[^”]*$|《[^》]*$")
_ASKED: Final = re.compile("“[^”]+[？?！!]”")
_TEXT: Final = (Form.PROSE, Form.OPENING)


def settle_headlike(blocks: Sequence[Block], shapes: Shapes) -> Iterator[Block]:
    """The blocks of a page; a line that looks like a headline and is half a sentence or half a talk is text."""
    rests = [block.string for i, block in enumerate(blocks) if i and _is_rest(blocks, i)]
    text = False  # whether any stands above
    for i, block in enumerate(blocks):
        half = _may_be_half(block, shapes) and (
            _begins_text(blocks, i, shapes) or (text and _is_half(blocks, i, rests))
        )
        text |= block.form in _TEXT
        yield replace(block, form=Form.PROSE) if half or _is_asked(blocks, i) else block


def _is_asked(blocks: Sequence[Block], i: int) -> bool:
    """Whether a line is what somebody asks, and is answered below: “雨停了吗？” “停了。”"""
    asked = not blocks[i].level and _ASKED.fullmatch(blocks[i].string) is not None
    return asked and any(b.form is Form.PROSE and b.string.startswith("“") for b in blocks[i + 1 : i + 2])


def _may_be_half(block: Block, shapes: Shapes) -> bool:
    plain = block.form is Form.HEADING and not block.level
    return plain and ends_torn(block.string) and not is_kicker(block.string, shapes)


def _begins_text(blocks: Sequence[Block], i: int, shapes: Shapes) -> bool:
    """Whether a line begins as a report does, and the text below goes on with it: 9月3日,市长赵大有带领37名"""
    string = blocks[i].string
    dated = shapes.day_first.match(string) is not None and _PAUSE.search(string) is not None
    return dated and any(b.form is Form.PROSE and _goes_on(string, b.string) for b in blocks[i + 1 : i + 2])


def _goes_on(above: str, below: str) -> bool:
    return runs_over(above, below) or len(segmenter().cut(above[-_EDGE:])[-1]) == 1


def _is_half(blocks: Sequence[Block], i: int, rests: Sequence[str]) -> bool:
    """Whether a line has a pause or is short, and its last word ends not below but where a torn paragraph begins."""
    string = blocks[i].string
    paused = len(string) < _SHORTEST or _PAUSE.search(string) is not None
    if not paused or any(runs_over(string, b.string) for b in blocks[i + 1 : i + 2]):
        return False
    return _OPEN_QUOTE.search(string) is not None or any(runs_over(string, rest) for rest in rests)


def _is_rest(blocks: Sequence[Block], i: int) -> bool:
    """Whether a paragraph begins with half a word, and no sentence above it breaks off."""
    above, string = blocks[i - 1], blocks[i].string
    if blocks[i].form is not Form.PROSE or (above.form in _TEXT and ends_torn(above.string)):
        return False
    return len(segmenter().cut(string[:_EDGE])[0]) == 1 and not segmenter().is_function_word(string[:1])

"""A headline that ran into its text: 原院长受审3月25日上午,…"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Final

from kg.read.blocks import Block, Form
from kg.read.patterns import HAN
from kg.read.shapes import Shapes
from kg.read.wording import PAIR, ends_torn, grams, pairs_of
from kg.words import segmenter

_SHORTEST: Final = 8
_LONGEST: Final = 60
_DAY: Final = r"(?:(?:19|20)\d{2}年)?\d{1,2}月\d{1,2}日"
_UNTIL: Final = (
    r"(?:(?:至|到|[—－~-]{1,2}|、)(?:\d{1,2}月)?\d{1,2}日)?"
    "(?:凌晨|清晨|[早晚]上|[上中下]午|傍晚|晚间|晚|当天|起)?"
)
_NUMBER_DAY: Final = r"(?<=\s)\d{1,2}日(?:凌晨|清晨|[早晚]上?|[上中下]午|傍晚|\d{1,2}时)"  # …送派出所 4日晚
_WHO_SAYS: Final = rf"(?:记者|据[{HAN}]{{2,16}}消息\s*[:：])?"
_CLOCK: Final = r"(?:\d{1,2}[时点:：](?:\d{1,2}分?)?(?:许|左右)?)?"
_DAY_NUMBER: Final = re.compile(r"(?<!\d)\d{1,2}日")
_BETWEEN: Final = re.compile(r"\S\s+\S")
_BLANK: Final = re.compile(r"\s+")
_ENDS: Final = re.compile("[。；;]")
_PARTS: Final = re.compile("[。，,；;]")
_TEXT: Final = 150  # so much of the text comes back to what its headline says
_THERE: Final = 0.35  # of a headline's wording, where a blank parts it
_CLEARLY_THERE: Final = 0.5  # where nothing does
_LEAD: Final = 3
_DAY_BEHIND: Final = 24
_NOT_ABOVE: Final = 0.2  # of a headline's wording, so little is in the article above it


def find_run_in(string: str, shapes: Shapes) -> int | None:
    """Where the text begins behind a headline that was run into it, None where that is not certain.

    A report begins with its day, behind a blank, or with words that only a text begins with; and it tells of what its
    headline says.

    >>> from kg.lexicon import load_lexicon
    >>> find_run_in("原市长赵大有受贿案一审开庭3月25日上午,某市中级人民法院开庭。", Shapes(load_lexicon()))
    13
    >>> find_run_in("小偷掉进鱼塘 民警先救人再带走 4日晚某市某派出所接到报警。", Shapes(load_lexicon()))
    16
    """
    found = _find_day(string, shapes)
    return found if found is not None else _find_told_again(string, shapes)


def part_run_in(blocks: Sequence[Block], shapes: Shapes) -> Iterator[Block]:
    """The blocks of a page; a headline that ran into its report, below another report, is a block of its own."""
    for i, block in enumerate(blocks):
        cut = _next_article(blocks, i, shapes) if i and block.form is Form.PROSE and not block.level else None
        if cut is None:
            yield block
        else:
            yield replace(block, form=Form.HEADING, text=block.text[:cut].strip())
            yield replace(block, text=block.text[cut:].strip(), gap=0)


def _next_article(blocks: Sequence[Block], i: int, shapes: Shapes) -> int | None:
    """Where in a paragraph below another's end the text begins whose headline it opens with."""
    above = takewhile(lambda b: b.form in (Form.PROSE, Form.OPENING), reversed(blocks[:i]))
    strings = [block.string for block in above]
    if not strings or ends_torn(strings[0]):
        return None
    string = blocks[i].string
    cut = _find_day(string, shapes)
    if cut is None:
        return None
    own = grams(string[:cut], PAIR)
    told = len(own & grams(string[cut:][:_TEXT], PAIR)) >= _CLEARLY_THERE * len(own)
    return cut if told and len(own & pairs_of(strings)) <= _NOT_ABOVE * len(own) else None


def _find_day(string: str, shapes: Shapes) -> int | None:
    """The day that a report begins with."""
    day = re.compile(rf"{_WHO_SAYS}(?:{_DAY}{_UNTIL}{_CLOCK}|{_NUMBER_DAY}|{shapes.near_day})")
    for found in day.finditer(string, 0, _LONGEST + 24):
        head = string[: found.start()]
        if re.search("[。，,；;！!?？]", head) or len(head.strip()) > _LONGEST:
            return None
        if len(head.strip()) < _SHORTEST or (head[-1].isdecimal() or shapes.has("not_before_day", head[-1])):
            continue
        # 会议3月25日在… is one sentence; behind a headline the date has a comma, or the headline has a blank.
        after = string[found.end() : found.end() + 1]
        if after in ("，", ",") or (_BETWEEN.search(head) and not shapes.has("after_day", after)):
            return found.start()
    return None


def _find_told_again(string: str, shapes: Shapes) -> int | None:
    """The last place at which a text may begin that uses the words before it."""
    found = None
    for at, least in _beginnings(string, shapes):
        head = string[:at].rstrip()
        own = grams(head, PAIR)
        if not own or not _SHORTEST <= len(head) <= _LONGEST or segmenter().is_function_word(head[-1]):
            continue
        if len(own & grams(string[at : at + _TEXT], PAIR)) >= least * len(own):
            found = at
    return found


def _beginnings(string: str, shapes: Shapes) -> Iterator[tuple[int, float]]:
    """Where a text may begin, and how much of the wording before it must come back."""
    end = _ENDS.search(string)
    last = min(end.start() if end else len(string), _LONGEST + 1)
    yield from ((blank.end(), _THERE) for blank in _BLANK.finditer(string, _SHORTEST, last))
    comma = _PARTS.search(string)
    last = min(comma.start() if comma else len(string), _LONGEST + 1)
    for at in sorted(segmenter().bounds(string[:last])):
        again = string.startswith(string[:_LEAD], at) and _DAY_NUMBER.search(string, at, at + _DAY_BEHIND)
        if at >= _SHORTEST and (again or shapes.paragraph_start.match(string, at)):
            yield at, _CLEARLY_THERE

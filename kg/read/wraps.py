"""Lines that the edge of a column tore, put together: by the column's width, or where blank lines part paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.model import Text
from kg.read.credits import STOP, read_credit_line
from kg.read.endings import split_ending
from kg.read.lines import Line
from kg.read.patterns import HAN
from kg.read.shapes import Shapes
from kg.read.wording import PAIR, grams

_GOES_ON = re.compile(rf"[{HAN}\d“《]")
_FULL = re.compile(rf"[{HAN}\d、，,”》]$")
_SENTENCE = re.compile("[，,。]")
_SHORTEST = 20
_NEW_START = re.compile(
    r"[\d一二三四五六七八九十]{1,3}\s*[、.．]|[^，。,]{1,8}[:：]|第[一二三四五六七八九十\d]+[条章届]"
)


# --- by the column's width --------------------------------------------------------------------------------------

_AROUND = 6  # lines above and below by which the width of a line's column is told
_SLACK = 2  # characters that a full line may lack or have too many
_NARROW = re.compile(r"[\x21-\x7e]")
_MOST_LATIN = 1.4  # times as many characters has a full line with much Latin and many numbers
_WIDTHS = range(10, 61)
_FEWEST_FULL = 3
_MOSTLY_FULL = 0.33  # of the lines around
_FEWEST_BROKEN = 2
_MOSTLY_BROKEN = 0.4  # of the full lines: they have a comma, and end in no full stop
_INDENT = 2
_FULL_STOP = re.compile(r"[。！？!?…；;：:][”’」』）)]*$")
_ENDED = re.compile(r"[，,。！？!?…；;：:、][”’」』）)]*$")
_PAUSE = re.compile("[，,。；;、]")
_OPEN_BRACKET = re.compile(r"[(（][^)）。]{1,30}$")
_OPEN_BYLINE = re.compile(r"[(（][^()（）。，,]{2,30}$")
_CLOSING = re.compile(r"[^()（）。，,]{0,20}[)）]")
_LONGEST_END = 80
_NEAR = 8
_FEWEST_WORDS = 8  # pairs of characters
_TOLD = 0.5
_NOT_ABOVE = 0.2
_BYLINE_END = re.compile(r"[。！？!?][”’」』]?\s*(?:[(（][^()（）。]{2,40}[)）]|[^。，,]{2,24}(?:[摄影图]|报道))$")
_ENDS = re.compile(r"[，,。；;、]|[！？!?…：:)）】”][”’」』）)]*$")  # what the short last line of a paragraph has
_NEVER_FIRST = tuple("，,。、；;：:！？!?）)”’》】")
_LISTED = re.compile(r"\d{1,2}\s*[、.．](?!\d)|\d{4}\s*年\s*\d{1,2}\s*月|[^，。、“]{2,10}[:：]")
_MOST_LISTED = 0.25


def unwrap(lines: Sequence[Line], shapes: Shapes) -> tuple[Line, ...]:
    """The lines of a page, those of a paragraph that was copied with its column's line breaks put together.

    >>> from kg.lexicon import load_lexicon
    >>> from kg.read.lines import read_lines
    >>> page = "昨日雨停之后,全市上下\\n抓紧抢收早稻,截至晚上\\n八点已收割三千多亩,比\\n去年早了两天。"
    >>> [line.string for line in unwrap(read_lines(page), Shapes(load_lexicon()))]
    ['昨日雨停之后,全市上下抓紧抢收早稻,截至晚上八点已收割三千多亩,比去年早了两天。']
    """
    joined: list[Line] = []
    for i, line in enumerate(lines):
        if i and _runs_on(lines, i, joined[-1].string, shapes):
            joined[-1] = replace(joined[-1], text=joined[-1].text + line.text)
        else:
            joined.append(line)
    return tuple(joined)


def _runs_on(lines: Sequence[Line], i: int, begun: str, shapes: Shapes) -> bool:
    """Whether the edge of its column parts a line from the paragraph begun above it."""
    above, line = lines[i - 1], lines[i]
    if line.gap or line.level or above.level or line.indented:
        return False
    if _OPEN_BYLINE.search(begun) and _CLOSING.match(line.string) and _opens(above, shapes):
        return True
    if not _WIDTHS[0] <= _length(above) <= _MOST_LATIN * _WIDTHS[-1]:
        return False  # no column is as narrow, or as wide
    around = lines[max(0, i - 1 - _AROUND) : i + _AROUND]
    # At the head of a column stands what is not set in it: a masthead, a headline.
    width = _column_width(around) or _column_width(lines[i - 1 : i + 2 * _AROUND])
    if not width or not width - _SLACK <= _length(above) <= _MOST_LATIN * width:
        return False
    if any(_length(one) - len(_NARROW.findall(one.string)) > width + _SLACK for one in (above, line)):
        return False  # a headline is longer, and has no numbers in it that would take less room
    if line.string.startswith(_NEVER_FIRST) or _OPEN_BRACKET.search(begun):
        return True
    if not (_PAUSE.search(begun) or _PAUSE.search(line.string)):
        return False  # lines of a masthead or a headline
    if _opens(line, shapes) or _is_byline(line, shapes) or _is_byline(above, shapes) or _is_signed(begun, shapes):
        return False
    if _length(line) < width - _SLACK and not _ENDS.search(line.string) and not _starts(lines, i + 1, shapes):
        return False  # a headline inside a column: the last line of a paragraph has its full stop
    if not _PAUSE.search(line.string) and _heads_below(lines, i, begun):
        return False
    if _FULL_STOP.search(above.string):
        if i + 1 < len(lines) and _opens(lines[i + 1], shapes) and not _ENDED.search(line.string):
            return False  # a headline, though it has a comma
        # Where no indent marks a paragraph, a full stop at the end of a line may end one.
        return any(other.indented for other in around) and not _is_head(lines, i)
    return not (shapes.day_first.match(line.string) and _is_head(lines, i - 1) and not _opens(above, shapes))


def _is_byline(line: Line, shapes: Shapes) -> bool:
    """Whether a line says nothing but who wrote the report: 本报记者 赵大有 通讯员 钱小川."""
    return shapes.role.match(line.string) is not None and read_credit_line(line.text, shapes) is not None


def _is_signed(begun: str, shapes: Shapes) -> bool:
    """Whether a paragraph has its end, and behind it who wrote it: …恢复供水。(记者 赵大有)"""
    if not _BYLINE_END.search(begun):
        return False
    ending = split_ending(Text.of(begun[-_LONGEST_END:]), shapes)
    return ending is not None and bool(ending.credits.reporters or ending.credits.photographers)


def _opens(line: Line, shapes: Shapes) -> bool:
    return bool(shapes.own_dateline.match(line.string) or shapes.dateline.match(line.string))


def _starts(lines: Sequence[Line], i: int, shapes: Shapes) -> bool:
    """Whether a report begins here."""
    return i < len(lines) and (_opens(lines[i], shapes) or shapes.day_first.match(lines[i].string) is not None)


def _is_head(lines: Sequence[Line], i: int) -> bool:
    """Whether a line may be a headline: no pause in it, behind the end of a paragraph, above the start of another."""
    ends = not i or _FULL_STOP.search(lines[i - 1].string) or _PAUSE.search(lines[i - 1].string) is None
    starts = i + 1 == len(lines) or lines[i + 1].indented or not any(line.indented for line in lines[i : i + _AROUND])
    return bool(ends and starts and not _PAUSE.search(lines[i].string))


def _heads_below(lines: Sequence[Line], i: int, begun: str) -> bool:
    """Whether a line above an indented one is its headline: the lines below have most of its words, those above few."""
    if not any(below.indented for below in lines[i + 1 : i + 2]):
        return False
    own = grams(lines[i].string, PAIR)
    below = grams("".join(line.string for line in lines[i + 1 : i + 1 + _NEAR]), PAIR)
    told = len(own) >= _FEWEST_WORDS and len(own & below) >= _TOLD * len(own)
    return told and len(own & grams(begun, PAIR)) <= _NOT_ABOVE * len(own)


def _length(line: Line) -> int:
    return len(line.text) + _INDENT * line.indented


def _column_width(around: Sequence[Line]) -> int:
    """The width in characters of the column that most of some lines fill, 0 where they are not wrapped at one."""
    lengths = [_length(line) for line in around]
    exact = Counter(lengths)
    near = Counter(length + k for length in lengths for k in (-1, 0, 1))
    width = max(((near[length], exact[length], length) for length in exact if length in _WIDTHS), default=(0, 0, 0))[2]
    full = [line for line in around if width and abs(_length(line) - width) <= _SLACK]
    broken = sum(bool(_PAUSE.search(line.string) and not _FULL_STOP.search(line.string)) for line in full)
    # Lists, boxes and chronicles are even too, but their rows start with a number, a key or a day.
    listed = sum(_LISTED.match(line.string) is not None for line in around)
    wrapped = (
        len(full) >= max(_FEWEST_FULL, _MOSTLY_FULL * len(around))
        and broken >= max(_FEWEST_BROKEN, _MOSTLY_BROKEN * len(full))
        and listed <= _MOST_LISTED * len(around)
    )
    return width if wrapped else 0


# --- where blank lines part paragraphs --------------------------------------------------------------------------


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

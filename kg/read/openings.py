"""Where an article opens: whether a group of heading lines is a headline, a subhead, or a piece of torn text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise, takewhile

from kg.read.blocks import Block, Form
from kg.read.draft import Draft
from kg.read.heads import headline_lines, is_kicker, is_subhead, stands_alone
from kg.read.lines import BOLD
from kg.read.shapes import Shapes
from kg.read.wording import PAIR, apart, ends_torn, grams, pairs_of
from kg.words import segmenter

_LONGEST_SUBHEAD = 16
_SHORTEST_HEADLINE = 12
_SHORTEST_PLAIN = 10
_SHORTEST_HERALD = 8
_DAY_NEAR = 40
_LONGEST_LEAD = 140  # a summary line between headline and 本报讯
_MOST_LEADS = 5
_AFTER_WORD = tuple("，,。、；;")
_FEW = 3  # so many headings before a habit shows
_TOLD = 3  # paragraphs in which a text tells again what its headline says
_COPIED = 0.6  # a paragraph of which so much stands above is printed twice
_HERALDS = 0.2  # of a headline's pairs of characters: so many more are in the text below than in the one above
_BEGUN = 0.4  # so many of them in the paragraph above, where a report stands above its headline
_ELSEWHERE = 0.15  # and so few in the article above
_FEWEST_BEGUN = 2
_GOES_ON = 3  # pairs of characters that only its beginning and its end have


def usual_gap(blocks: Sequence[Block]) -> int:
    """The blank lines that usually stand between two paragraphs of the page."""
    gaps = Counter(b.gap for a, b in pairwise(blocks) if a.form is Form.PROSE and b.form is Form.PROSE)
    return max(gaps.items(), key=lambda item: (item[1], item[0]))[0] if gaps else 0


def all_dated(blocks: Sequence[Block], shapes: Shapes) -> bool:
    """Whether below each heading of the page a report begins with its day: then no heading is a subhead."""
    ends = [i for i, b in enumerate(blocks) if b.form is Form.HEADING and not _is_heading(blocks[i + 1 : i + 2])]
    if len(ends) < _FEW or any(is_subhead(blocks[i].string) for i in ends):
        return False
    return all(_is_day_ahead(blocks[i + 1 :], shapes) or is_report_ahead(blocks[i + 1 : i + 2]) for i in ends)


def _is_heading(after: Sequence[Block]) -> bool:
    return bool(after) and after[0].form is Form.HEADING


def goes_on(group: Sequence[Block], after: Sequence[Block], current: Draft | None) -> bool:
    """Whether a short line is a piece of a torn paragraph and no heading."""
    block = group[0]
    if current is None or current.closed or len(group) > 1 or block.level or not (current.body or current.heads):
        return False
    if not after:
        return current.is_torn and block.loose
    if after[0].form is Form.OPENING:
        return False
    if after[0].form is Form.PROSE and not block.level and _is_cut(block.string, after[0].string):
        return True
    comma = "，" in block.string or "," in block.string
    return comma and block.loose and (current.is_torn or (after[0].form is Form.PROSE and ends_torn(block.string)))


def _is_cut(left: str, right: str) -> bool:
    """…出席会议并讲|话,…: a word runs over the line's end."""
    return segmenter().tag(left[-1:] + right[:1]) != "" and right[1:2] in _AFTER_WORD


def opens(group: Sequence[Block], after: Sequence[Block], current: Draft | None, gap: int, shapes: Shapes) -> bool:
    """Whether a group of headings begins an article; else it is a subhead of the current one.

    `after` are the blocks behind it, `gap` the blank lines that usually part two paragraphs.
    """
    if current is None or current.closed or not (current.body or current.captions) or is_report_ahead(after):
        return True
    if after and _is_photo(after[0]) and (len(after) == 1 or after[1].form in (Form.HEADING, Form.OPENING)):
        return True
    headline = [group[k] for k in headline_lines(group, shapes)]
    if stands_alone(headline[0].string, shapes) and not current.is_torn:
        return True
    if all(is_subhead(b.string) for b in headline):
        return False
    length = sum(len(b.text) for b in headline)
    if length >= _SHORTEST_HEADLINE and not group[0].loose and _is_day_ahead(after, shapes):
        return True
    if length >= _SHORTEST_PLAIN and not group[0].loose and not group[0].level and _is_day_near(after, shapes):
        return True
    led = len(group) > len(headline) and any(is_kicker(b.string, shapes) for b in group)
    level = min((b.level for b in headline if 0 < b.level < BOLD), default=0)
    if level:
        return not current.level or level <= current.level or led or length > _LONGEST_SUBHEAD
    if group[0].loose and len(group) == 1:
        return False
    if length >= _SHORTEST_HERALD and not current.is_torn and _heralds(headline, after, current):
        return True
    return (led and not current.level) or group[0].gap > gap


def _heralds(headline: Sequence[Block], after: Sequence[Block], current: Draft) -> bool:
    """Whether a plain line says what the text below it tells, and that is another story than the one above."""
    above = grams(current.string, PAIR)
    own = (grams(b.string, PAIR) for b in takewhile(lambda b: b.form is Form.PROSE, after))
    below = [words for words in own if len(words & above) <= _COPIED * len(words)][:_TOLD]
    said, story = grams("".join(b.string for b in headline), PAIR), frozenset().union(*below)
    if not said or not story or not above:
        return False
    begun, rest = _begun_above(said, current) or (frozenset(), above)
    told = len(said & story) - len(said & above) >= _HERALDS * len(said)
    return apart(story, rest) and (told or len(story & begun - rest) >= _GOES_ON)


def _begun_above(said: frozenset[str], current: Draft) -> tuple[frozenset[str], frozenset[str]] | None:
    """The words of the paragraph above and of the rest, if it alone tells, as a report begins, what a headline says."""
    if len(current.body) < _FEWEST_BEGUN:
        return None
    *own, last = (grams(p.text.string, PAIR) for p in current.body)
    rest = pairs_of(b.string for b in current.heads).union(*own)
    begun = len(said & last) >= _BEGUN * len(said) and len(said & rest) <= _ELSEWHERE * len(said)
    return (last, rest) if begun else None


def is_report_ahead(after: Sequence[Block]) -> bool:
    """Whether a dateline or a byline follows, with at most captions and summary lines before it."""
    for k, block in enumerate(after[:_MOST_LEADS]):
        if block.form is Form.OPENING:
            return True
        if block.form is Form.CREDIT and block.credits.is_photo:
            continue
        if block.form is Form.CREDIT:
            return k == 0 and len(after) > 1
        if not _is_lead(block):
            return False
    return False


def _is_day_ahead(after: Sequence[Block], shapes: Shapes) -> bool:
    """Whether the text begins as a report does: 9月3日, 近日."""
    return bool(after) and after[0].form is Form.PROSE and shapes.day_first.match(after[0].string) is not None


def _is_day_near(after: Sequence[Block], shapes: Shapes) -> bool:
    """Whether a day stands behind the first comma: 为提高群众法律意识,近日,"""
    if not after or after[0].form is not Form.PROSE:
        return False
    day = shapes.day_first.search(after[0].string, 0, _DAY_NEAR)
    return day is not None and after[0].string[: day.start()][-1:] in ("，", ",", "")


def _is_photo(block: Block) -> bool:
    return block.form is Form.CAPTION and bool(block.credits.photographers)


def _is_lead(block: Block) -> bool:
    if block.form is Form.CAPTION:
        return True
    string = block.string
    inner = string.rstrip("。！？”")
    one_sentence = ends_torn(string) or not any(stop in inner for stop in "。！？")
    return block.form is Form.PROSE and len(string) <= _LONGEST_LEAD and one_sentence

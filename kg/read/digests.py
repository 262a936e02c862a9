"""Digests: reports of other matters one below the other, each under a number or with its day, parted into articles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, pairwise
from statistics import median
from typing import Final

from kg.read.blocks import Block, Form
from kg.read.draft import Draft, Paragraph
from kg.read.patterns import HAN
from kg.read.shapes import Shapes
from kg.read.stray_heads import give
from kg.read.wording import PAIR, ends_torn, grams, pairs_of

PARTED: Final = "parted a digest"

_NUMBERED: Final = re.compile(rf"[（(]?(\d{{1,2}})\s*[.、．)）]\s*(?=[{HAN}“「《])")
_TOLD: Final = 0.4  # so much of its headline's wording is in the first paragraph of an item
_MOSTLY: Final = 0.7  # of the paragraphs
_DAY_NEAR: Final = 30
_SHORTEST: Final = 20  # pairs of characters
_ALIKE: Final = 0.09  # reports of one city have so much of the shorter one's wording in common: offices, titles
_STRANGE: Final = 0.03
_ALIKE_TWO: Final = 0.06  # and most of them so much


def part_digest(draft: Draft, shapes: Shapes) -> Iterator[Draft]:
    """The reports of a digest, or the article as it is."""
    starts = _numbered(draft, shapes) or _dated(draft, shapes)
    if not starts:
        yield draft
        return
    starts = sorted({*starts, *_more(draft, starts, shapes)})
    closed, edges = draft.closed, [*starts, len(draft.body)]
    items = [draft.body[a:b] for a, b in pairwise(edges)]
    for number, body in enumerate(items):
        item = draft if not number else Draft()
        if number:
            give(item, draft, body)
        _take_headline(item)
        item.closed = closed or number < len(items) - 1
        item.opened = True  # a report, and no rest of another
        item.note(PARTED)
        yield item


def _take_headline(item: Draft) -> None:
    """An item's numbered line is its headline, without the number; what stands above it is the digest's name."""
    if item.heads and (last := _NUMBERED.match(item.heads[-1].string)):
        item.kickers += [block.text for block in item.heads[:-1]]
        item.heads = [replace(item.heads[-1], text=item.heads[-1].text[last.end() :])]
    elif item.body and item.body[0].head and (first := _NUMBERED.match(item.body[0].text.string)):
        item.heads = [Block(Form.HEADING, item.body[0].text[first.end() :])]
        item.body = item.body[1:]


def _numbered(draft: Draft, shapes: Shapes) -> list[int]:
    """Where the items begin, if lines with numbers head what tells of them; a list inside an article has a lead."""
    body = draft.body
    lines = [k for k, p in enumerate(body) if p.head and _NUMBERED.match(p.text.string)]
    numbers = [_number(body[k].text.string) for k in lines]
    first = _number(draft.heads[-1].string) if draft.heads else 0
    if first:
        numbers = [first, *numbers]
    elif not lines or (lines[0] and (numbers[0] != 2 or _is_named(draft))):
        return []
    starts = lines if lines[:1] == [0] else [0, *lines]  # the first item may have lost its headline
    if len(starts) < 2 or any(b != a + 1 for a, b in pairwise(numbers)):
        return []
    items = [body[a:b] for a, b in pairwise([*starts, len(body)])]
    heads = [*([draft.heads[-1].string] if first else []), *(body[k].text.string for k in lines)]
    texts = [[p for p in item if p.prose] for item in items]
    if not all(texts):
        return []
    told = sum(_is_told(head, text[0]) for head, text in zip(heads, texts[-len(heads) :], strict=True))
    dated = sum(shapes.day_first.search(text[0].text.string, 0, _DAY_NEAR) is not None for text in texts)
    other = dated * 2 >= len(texts) or _are_apart(texts)
    return starts if told * 2 >= len(heads) and other else []


def _is_named(draft: Draft) -> bool:
    """Whether a headline says what the first paragraph tells, and is no digest's name."""
    said = pairs_of(b.string for b in draft.heads)
    return bool(said & grams(draft.body[0].text.string, PAIR))


def _number(string: str) -> int:
    found = _NUMBERED.match(string)
    return int(found[1]) if found else 0


def _is_told(head: str, below: Paragraph) -> bool:
    """Whether the paragraph below a line tells what the line says."""
    own = grams(head, PAIR)
    return len(own & grams(below.text.string, PAIR)) >= _TOLD * len(own)


def _are_apart(items: Sequence[Sequence[Paragraph]]) -> bool:
    """Whether texts tell of other matters each."""
    stories = [pairs_of(p.text.string for p in item) for item in items]
    if any(len(story) < _SHORTEST for story in stories):
        return False
    alike = [len(a & b) / min(len(a), len(b)) for a, b in combinations(stories, 2)]
    return sum(alike) <= (_ALIKE if len(alike) > 1 else _ALIKE_TWO) * len(alike) and median(alike) <= _ALIKE_TWO


def _more(draft: Draft, starts: Sequence[int], shapes: Shapes) -> Iterator[int]:
    """Where in a digest others begin that lost their headlines: a day, and nothing of what stands above."""
    words = [grams(p.text.string, PAIR) for p in draft.body]
    begun = 0
    for k, paragraph in enumerate(draft.body):
        if k in starts:
            begun = k
        elif paragraph.prose and shapes.day_first.search(paragraph.text.string) and not draft.body[k - 1].head:
            above = frozenset().union(*words[begun:k])
            first = next((p for p in draft.body[begun:k] if p.prose), paragraph)
            dated = [shapes.day_first.match(p.text.string) for p in (first, paragraph)]
            if all(dated) or len(words[k] & above) <= _STRANGE * min(len(words[k]), len(above)):
                begun = k
                yield k


def _dated(draft: Draft, shapes: Shapes) -> list[int]:
    """Where the reports begin of a text without a headline, each of whose paragraphs tells of another matter's day."""
    if draft.heads or draft.opened or draft.captions or len(draft.body) < 2:
        return []
    starts = [k for k, p in enumerate(draft.body) if shapes.day_first.match(p.text.string)]
    if starts[:1] != [0] or len(starts) < max(2, _MOSTLY * len(draft.body)):
        return []
    whole = all(p.prose and not ends_torn(p.text.string) for p in draft.body)
    return starts if whole and _are_apart([draft.body[a:b] for a, b in pairwise([*starts, len(draft.body)])]) else []

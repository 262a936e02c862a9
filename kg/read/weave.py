"""Columns read straight across: the lines of articles that stand side by side, given back to the one they go on.

Where headlines stand together and the text below tears sentences, the lines of two or three articles may be woven into
one another. Of all ways to part them, the best is that which leaves the fewest sentences without their other half and
puts together what uses the same words; it is taken only where it is clearly better than the page as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, takewhile
from math import inf
from typing import Final

from kg.read.blocks import Block, Form
from kg.read.shapes import Shapes
from kg.read.wording import PAIR, ends_torn, grams, pairs_of, runs_over
from kg.words import segmenter

PARTED: Final = "parted columns read across"

_FEWEST: Final = 3  # lines
_MOST: Final = 24
_MOST_ARTICLES: Final = 3
_KEPT: Final = 60  # ways of parting that are followed at once
_HEAD_THERE: Final = 0.25  # so much of a headline's wording is in its article
_BETTER: Final = 3.0
# What an edge between two lines of an article says for their being neighbours.
_WORD_RUNS_OVER: Final = 4.0
_BEGINS_ANEW: Final = -3.0  # behind half a sentence
_HALF_A_SENTENCE: Final = -4.0  # behind a whole one, or nothing behind half of one
_ALIKE: Final = 0.5  # a shared pair of characters that no other line has
_MOST_ALIKE: Final = 3.0
_PUNCTUATION: Final = tuple("，,。、；;：:！？!?）)”’》")
_STOPS: Final = tuple("。，,；;！？!?")
_REST: Final = 4  # 问候。 a sentence is longer
_COPIED: Final = 0.85
_NEAR: Final = 4  # lines that a column may have between two of another
_WEIGHED: Final = 8


def part_columns(blocks: Sequence[Block], shapes: Shapes) -> tuple[Block, ...]:
    """The blocks of a page, those of articles woven into one another put behind their headlines."""
    parted: list[Block] = []
    at = 0
    while at < len(blocks):
        heads = _heads(blocks, at)
        lines = _lines(blocks, at + len(heads))
        end = at + len(heads) + len(lines)
        if len(heads) > 1 and _FEWEST <= len(lines) <= _MOST and _tears(lines, shapes):
            parted += _Weave(heads, lines, shapes).parted()
        else:
            parted += blocks[at : max(end, at + 1)]
        at = max(end, at + 1)
    return tuple(parted)


def _heads(blocks: Sequence[Block], at: int) -> list[Block]:
    end = at
    while end < len(blocks) and blocks[end].form is Form.HEADING and not blocks[end].loose:
        end += 1
    return list(blocks[at:end])


def _lines(blocks: Sequence[Block], at: int) -> list[Block]:
    """The text below headlines, up to the next."""
    end = at
    while end < len(blocks) and not blocks[end].level and _is_text(blocks, end):
        end += 1
    return list(blocks[at:end])


def _is_text(blocks: Sequence[Block], at: int) -> bool:
    """Whether a block is a paragraph or part of one: a short line, a word of which ends in one below."""
    block = blocks[at]
    if block.form is not Form.HEADING:
        return block.form in (Form.OPENING, Form.PROSE)
    below = takewhile(lambda b: b.form is not Form.HEADING or b.loose, blocks[at + 1 : at + 1 + _NEAR])
    return block.loose or any(runs_over(block.string, line.string) for line in below if line.form is not Form.OPENING)


def _tears(lines: Sequence[Block], shapes: Shapes) -> bool:
    """Whether a sentence breaks off where the line below does not go on."""
    torn = [i for i in range(len(lines) - 1) if ends_torn(lines[i].string)]
    return any(_edge(lines[i], lines[i + 1], shapes) <= 0 for i in torn)


def _begins(block: Block, shapes: Shapes) -> bool:
    """Whether a line looks like the first of a paragraph."""
    return block.form is Form.OPENING or shapes.paragraph_start.match(block.string) is not None


def _edge(above: Block, below: Block, shapes: Shapes) -> float:
    """How much two lines look like neighbours in one article."""
    if not ends_torn(above.string):
        return _HALF_A_SENTENCE if _is_rest(below.string) else 0.0
    if _begins(below, shapes):
        return _BEGINS_ANEW
    return _WORD_RUNS_OVER if below.string.startswith(_PUNCTUATION) or runs_over(above.string, below.string) else 0.0


def _is_rest(string: str) -> bool:
    """问候。 式。当天,… 等参加了座谈会。: what no sentence begins with."""
    stop = next((k for k, character in enumerate(string) if character in _STOPS), _REST)
    return stop < _REST - 1 or string.startswith(_PUNCTUATION) or segmenter().tag(string[:1])[:1] == "u"


@dataclass(frozen=True, slots=True)
class _Way:
    """Which article each line so far is of, the last line of each article, and how well that goes together."""

    of: tuple[int, ...]
    last: tuple[int, ...]  # -1 where an article has not begun
    value: float


class _Weave:
    """Headlines that stand together, and the lines below them."""

    def __init__(self, heads: Sequence[Block], lines: Sequence[Block], shapes: Shapes) -> None:
        self.heads = heads
        self.lines = lines
        self.shapes = shapes
        self.words = [grams(line.string, PAIR) for line in lines]
        self.alike = [[min(_MOST_ALIKE, _ALIKE * len(one & other)) for other in self.words] for one in self.words]
        self.copies = {i: of for i in range(len(lines)) if (of := self._original(i)) is not None}
        self.edges: dict[tuple[int, int], float] = {}
        openings = sum(line.form is Form.OPENING for line in lines)
        self.number = max(2, openings)
        self.all_open = openings > 1

    def parted(self) -> list[Block]:
        """The blocks, article by article where they are woven, else as they stand."""
        found: tuple[float, _Way, list[Sequence[Block]]] | None = None
        if self.number <= min(_MOST_ARTICLES, len(self.heads)):
            ways = self._ways()
            stands = max((way.value for way in ways if _is_in_order(way)), default=-inf)
            for way in ways[:_WEIGHED]:
                for stacks in _stacks(self.heads, self.number):
                    fit = self._fit(stacks, way)
                    if way.value >= stands + _BETTER and (found is None or way.value + fit > found[0]) and fit:
                        found = (way.value + fit, way, stacks)
        return list(self._in_order(found[1], found[2])) if found else [*self.heads, *self.lines]

    def _original(self, i: int) -> int | None:
        """The line that has all of this one's wording."""
        others = (j for j in range(len(self.lines)) if len(self.words[j]) > len(self.words[i]) or j < i)
        least = _COPIED * len(self.words[i])
        return next((j for j in others if self.words[i] and len(self.words[i] & self.words[j]) >= least), None)

    def _ways(self) -> list[_Way]:
        """The ways to give each line to an article, the best first."""
        ways = [_Way((), (-1,) * self.number, 0.0)]
        for i in range(len(self.lines)):
            ways = sorted((more for way in ways for more in self._on(way, i)), key=lambda way: -way.value)[:_KEPT]
        return sorted((self._ended(way) for way in ways if -1 not in way.last), key=lambda way: -way.value)

    def _on(self, way: _Way, i: int) -> Iterator[_Way]:
        """A way, one line further."""
        if i in self.copies:
            yield replace(way, of=(*way.of, -1))
            return
        line = self.lines[i]
        opens = line.form is Form.OPENING if self.all_open else not i or _begins(line, self.shapes)
        begun = self.number - way.last.count(-1)
        for article in range(min(begun + 1, self.number)):
            is_new = article == begun
            if is_new != opens and (is_new or line.form is Form.OPENING):
                continue
            edge = 0.0 if is_new else self._edge(way.last[article], i)
            together = sum(self.alike[i][j] * (1 if of == article else -1) for j, of in enumerate(way.of) if of >= 0)
            last = (*way.last[:article], i, *way.last[article + 1 :])
            yield _Way((*way.of, article), last, way.value + edge + together)

    def _edge(self, above: int, below: int) -> float:
        if (above, below) not in self.edges:
            self.edges[above, below] = _edge(self.lines[above], self.lines[below], self.shapes)
        return self.edges[above, below]

    def _ended(self, way: _Way) -> _Way:
        torn = sum(ends_torn(self.lines[last].string) for last in way.last)
        return replace(way, value=way.value + torn * _HALF_A_SENTENCE)

    def _fit(self, stacks: Sequence[Sequence[Block]], way: _Way) -> float:
        """How well headlines stand above their articles; 0 where one does not."""
        texts = [
            frozenset().union(*(self.words[i] for i, of in enumerate(way.of) if of == article))
            for article in range(self.number)
        ]
        fits = []
        for article, stack in enumerate(stacks):
            own = pairs_of(head.string for head in stack)
            others = frozenset().union(*(text for k, text in enumerate(texts) if k != article))
            there = len(own & texts[article]) / max(1, len(own))
            fits.append(there - len(own & others) / max(1, len(own)) if there >= _HEAD_THERE else 0.0)
        return sum(fits) if min(fits) > 0 else 0.0

    def _in_order(self, way: _Way, stacks: Sequence[Sequence[Block]]) -> Iterator[Block]:
        """Each article's headline and lines; a line printed twice behind the other of its article."""
        of = [article if article >= 0 else way.of[self.copies[i]] for i, article in enumerate(way.of)]
        for article, stack in enumerate(stacks):
            yield from stack
            own = [self.lines[i] for i in range(len(of)) if of[i] == article]
            for k, line in enumerate(own):
                form = Form.OPENING if not k else Form.PROSE
                yield replace(line, form=form, loose=False, repairs=(*line.repairs, PARTED))


def _is_in_order(way: _Way) -> bool:
    """Whether the articles stand one behind the other."""
    of = [article for article in way.of if article >= 0]
    return of == sorted(of)


def _stacks(heads: Sequence[Block], number: int) -> Iterator[list[Sequence[Block]]]:
    """The ways to part lines of headlines among so many articles, in their order."""
    for borders in combinations(range(1, len(heads)), number - 1):
        yield [heads[a:b] for a, b in zip((0, *borders), (*borders, len(heads)), strict=True)]

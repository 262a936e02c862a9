"""Passages that stand in another article than their own: how surely each belongs where, as log-odds.

A page is parted into articles before its tears are known. A run of paragraphs belongs to another article where its
words are that one's, and where the sentences on both sides of its edges go on better if it stands there. Neither says
enough alone: each sign has a weight, as fitted on pages of whole articles that were torn in the ways of columns and
page breaks, and the weights are added.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log1p
from typing import Final

from kg.read.draft import Draft, Paragraph
from kg.read.shapes import Shapes
from kg.read.wording import PAIR, grams, pairs_of, runs_over
from kg.words import segmenter

_MOST_PARAGRAPHS: Final = 30
_NEAR: Final = 6  # articles before or behind
_COPIED: Final = 0.85  # a passage of which so much stands there already is printed twice
_FEW: Final = 12  # pairs of characters
_PAUSES: Final = "，,、；;"
_FRAGMENT: Final = re.compile(r"[，,。、；;：:！？!?）)”’》】]|[的了着过们](?!确|解)")  # what no sentence begins with

# Weights of how many pairs of characters are shared, as logarithms: those that the passage and only its home have, or
# only the rest of the article it stands in; with either's headlines; of the paragraphs that meet at an edge.
_WORDS: Final[Mapping[str, float]] = {
    "here": -0.5,
    "long_here": 0.55,
    "long_there": -1.1,  # a long article shares words with everything
    "head_here": -1.15,
    "head_there": 1.05,
    "last_there": 0.8,
    "edge_there": 0.55,
    "edge_before": -0.75,
    "edge_behind": -0.85,
    "edge_without": 0.75,  # those that would meet if the passage went
}
_PLACE: Final[Mapping[str, float]] = {
    "always": 0.7,
    "alike": -3.2,  # two articles that tell of the same are not told apart
    "paragraphs": -1.3,
    "far": -1.35,
    "behind": -1.0,  # the home stands below: columns are left downwards
    "to_end": 0.9,
    "gap": 1.65,  # a blank line above it that paragraphs of the page do not have
    "signed": 0.6,
    "signed_twice": 2.0,  # by somebody else than whom the article it stands in names, and its home names nobody
    "piece": -0.4,  # of a text without headline
    "nothing_left": 1.55,
}
# What each edge counts by how one paragraph ends and the next begins; an edge that goes counts as much against.
_EDGES: Final[Mapping[str, float]] = {
    "torn|": -0.5,
    "torn|word": 1.9,
    "torn|fragment": 2.05,
    "pause|plain": 0.9,
    "whole|start": 1.9,
    "|fragment": -2.35,
    "|plain": -2.1,
}


@dataclass(frozen=True, slots=True)
class Run:
    """Paragraphs that stand in one article and belong to another; `gain` are the log-odds that they do."""

    source: Draft
    start: int
    end: int
    home: Draft
    gain: float
    at: int  # where in its home it goes on
    shared: int  # pairs of characters that it and its home have, and the rest of its article has not
    tears: bool = False  # whether it stands in the middle of a sentence, or ends so

    def is_around(self, other: Run) -> bool:
        """Whether it holds another run of the same article, that goes to the same place."""
        same = self.source is other.source and self.home is other.home and self.at == other.at
        return same and self.start <= other.start and self.end >= other.end


class Passages:
    """The articles of a page, and what is asked of their paragraphs again and again."""

    def __init__(self, drafts: Sequence[Draft], shapes: Shapes) -> None:
        self.drafts = drafts
        self.shapes = shapes
        self.words = [[grams(p.text.string, PAIR) for p in d.body] for d in drafts]
        self.heads = [pairs_of(b.string for b in d.heads) for d in drafts]
        self.texts = [frozenset().union(*words) for words in self.words]
        self.all = [heads | text for heads, text in zip(self.heads, self.texts, strict=True)]
        self.homed = [bool(d.heads) or d.opened for d in drafts]
        self.places = [self._places(d) for d in drafts]
        gaps = Counter(p.gap for d in drafts for p in d.body[1:])
        self.gap = max(gaps, key=lambda gap: (gaps[gap], gap)) if gaps else 0

    def runs(self, i: int, j: int, *, whole: bool = False) -> Iterator[Run]:
        """The runs of one article's paragraphs, each with how surely it belongs to another; `whole` only all of it."""
        source, home, words = self.drafts[i], self.drafts[j], self.words[i]
        times = Counter(self.heads[i])
        for own in words:
            times.update(own)
        alike = len(self.all[i] & self.all[j])
        for start in range(0 if not source.opened else 1, len(words) if not whole else 1):
            seen: Counter[str] = Counter()
            for end in range(start + 1, len(words) + 1):
                seen.update(words[end - 1])
                if (whole and end < len(words)) or (end - start == len(words) and self.homed[i]):
                    continue
                if self._parts_word(source, start) or self._parts_word(source, end):
                    continue
                only = frozenset(gram for gram, count in seen.items() if count == times[gram])
                run = _Wording(frozenset(seen), only, alike)
                if self._is_copied(words[start:end], j):
                    continue
                said = self._gain_of_words(i, start, end, j, run)
                shared = len(run.only & self.all[j])
                for at in self.places[j]:
                    gain = said + self._gain_of_edges(source, start, end, home, at)
                    yield Run(source, start, end, home, gain, at, shared, self._tears(source, start, end))

    def _places(self, home: Draft) -> tuple[int, ...]:
        """Where an article may lack something: at its end, or behind half a sentence that does not go on."""
        lacks = [k for k in range(1, len(home.body)) if home.body[k - 1].is_torn]
        lacks = [k for k in lacks if self._edge(home.body[k - 1], home.body[k]) <= 0]
        return (*([] if home.is_torn else lacks), len(home.body))

    def _tears(self, source: Draft, start: int, end: int) -> bool:
        """Whether a run stands behind half a sentence that may go on behind it, or is itself cut off."""
        parts = start > 0 and end < len(source.body) and source.body[start - 1].is_torn
        return parts or source.body[end - 1].is_torn

    def near(self, i: int) -> Iterator[int]:
        """The articles with a headline or a dateline that stand near one."""
        around = range(max(0, i - _NEAR), min(len(self.drafts), i + _NEAR + 1))
        yield from (j for j in around if self.homed[j] and j != i)

    def is_fit(self, i: int) -> bool:
        """Whether an article is of a length that tears are looked for in."""
        return 0 < len(self.words[i]) <= _MOST_PARAGRAPHS

    def _is_copied(self, words: Sequence[frozenset[str]], j: int) -> bool:
        """Whether a paragraph of a run is printed twice; a few characters stand anywhere."""
        there = self.texts[j]
        long = (own for own in words if len(own) >= _FEW)
        return any(len(own & there) > _COPIED * len(own) for own in long)

    def _gain_of_words(self, i: int, start: int, end: int, j: int, run: _Wording) -> float:
        """What the words of a run and its place say."""
        words, there = self.words[i], self.all[j]
        gone = len(run.only & there)  # pairs that the rest of the article does not share with the home
        both = run.shared - gone
        here = len(self.all[i]) - len(run.only)
        before = words[start - 1] if start else None
        behind = words[end] if end < len(words) else None
        first, last = words[start], words[end - 1]
        counts = {
            "here": len((run.all - run.only) - there),
            "long_there": len(there) - both,
            "long_here": here - both,
            "head_there": len(run.only & self.heads[j]),
            "head_here": len((run.all & self.heads[i]) - there),
            "edge_there": _shared(first, self.words[j][-1] if self.words[j] else None),
            "edge_before": _shared(first, before),
            "edge_behind": _shared(last, behind),
            "edge_without": _shared(before, behind),
            "last_there": len(last & run.only & there),
        }
        source = self.drafts[i]
        signed = source.body[end - 1].signed.reporters
        places = {
            "always": 1.0,
            "alike": both / (min(here, len(there)) or 1),
            "paragraphs": log1p(end - start),
            "far": log1p(abs(i - j) - 1),
            "behind": j > i,
            "to_end": behind is None,
            "gap": start > 0 and source.body[start].gap > self.gap,
            "signed": bool(signed),
            "signed_twice": bool(signed) and len(source.reporters) > len(signed) and not self.drafts[j].reporters,
            "piece": not self.homed[i] and end - start < len(words),
            "nothing_left": not here,
        }
        said = sum(weight * log1p(counts[sign]) for sign, weight in _WORDS.items())
        return said + sum(weight * places[sign] for sign, weight in _PLACE.items())

    def _gain_of_edges(self, source: Draft, start: int, end: int, home: Draft, at: int) -> float:
        """What the edges say: those there would be, against those there are."""
        before = source.body[start - 1] if start else None
        behind = source.body[end] if end < len(source.body) else None
        above = home.body[at - 1] if at else None
        below = home.body[at] if at < len(home.body) else None
        first, final = source.body[start], source.body[end - 1]
        then = (above, first), (final, below), (before, behind)
        now = (above, below), (before, first), (final, behind)
        return sum(self._edge(*pair) for pair in then) - sum(self._edge(*pair) for pair in now)

    def _edge(self, above: Paragraph | None, below: Paragraph | None) -> float:
        """How well one paragraph goes on in another, by the signs on both sides."""
        ends = "" if above is None else "whole" if not above.is_torn else "torn"
        if below is None:
            return _EDGES.get(f"{ends}|", 0.0)
        string = below.text.string
        starts = self.shapes.paragraph_start.match(string)
        begins = "start" if starts else "fragment" if _FRAGMENT.match(string) else "plain"
        if above is not None and ends == "torn":
            if begins != "start" and shares_word(above, below):
                begins = "word"
            elif above.text.string[-1] in _PAUSES:
                ends = "pause"
        return _EDGES.get(f"{ends}|{begins}", 0.0)

    def _parts_word(self, source: Draft, at: int) -> bool:
        """以习近平同|志为核心: whether the paragraphs on both sides are one sentence, for a word runs over the edge."""
        if not 0 < at < len(source.body) or not source.body[at - 1].is_torn:
            return False
        return shares_word(source.body[at - 1], source.body[at])


@dataclass(frozen=True, slots=True)
class _Wording:
    """The pairs of characters of a run, those that its article has nowhere else, and how many both articles share."""

    all: frozenset[str]
    only: frozenset[str]
    shared: int


def _shared(one: frozenset[str] | None, other: frozenset[str] | None) -> int:
    return len(one & other) if one is not None and other is not None else 0


def goes_on(above: Paragraph, below: Paragraph, shapes: Shapes) -> bool:
    """Whether half a sentence has its other half below: a word runs over the edge, or no sentence begins so."""
    string = below.text.string
    begins = shapes.paragraph_start.match(string) is not None
    return not begins and (_FRAGMENT.match(string) is not None or shares_word(above, below))


def shares_word(above: Paragraph, below: Paragraph) -> bool:
    """以习近平同|志为核心: whether a word begins in one paragraph and ends in the other, cut so or read so."""
    left, right = above.text.string, below.text.string
    return segmenter().tag(left[-1:] + right[:1]) != "" or runs_over(left, right)

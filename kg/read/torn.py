"""Torn pages: headlines and passages that stand in another article, brought to the one whose words they use.

An article uses pairs of characters that its neighbours do not: names, places, what it is about. A passage that shares
many of them with another article and few with its own was torn from that other one. It is moved only where the layout
shows a tear: a sentence that does not end, a report without a headline, a headline without a report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from kg.read.draft import PAIR, Draft, Paragraph, grams, pairs_of, runs_over
from kg.read.shapes import Shapes
from kg.read.stray_heads import (
    bring_headlines,
    give,
    is_headless,
    pairs,
    part_stacked,
    part_stray,
    take_own_headline,
    with_unopened,
)
from kg.words import segmenter

JOINED = "joined a torn paragraph"
MOVED = "brought a fragment home"

# How many words a passage must share with its home, and how many times as many as with the article it stands in.
_SAME_SENTENCE = (2, 1.0)  # where a word of the text that breaks off there ends here
_BREAKS_OFF_THERE = (4, 1.5)
_BREAKS_OFF_HERE = (4, 2.5)
_WHOLE = (4, 3.0)
_UNHURT = (8, 4.0)  # where no sentence and no headline shows a tear
_BEGUN = (3, 2.0)  # behind which the headline stands
_TORN_EDGE = 3  # what a torn edge counts where a run begins or ends, in shared words
_ALIKE = 0.15  # unrelated articles have so much of their wording in common
_COPIED = 0.85  # a passage of which so much stands there already is printed twice
_TOLD = 0.3  # so much of its headline's wording is in the paragraph with which a report begins
_CLEARLY_TOLD = 0.4  # so much where the report stands above its headline
_ELSEWHERE = 0.2  # and so little of it in the article above
_LONGEST_BEGINNING = 2  # paragraphs
_MOST_PARAGRAPHS = 30
_MOST_ROUNDS = 4
_NEAR = 6  # articles before or behind
_FEWEST_ABOVE = 2
_LONGEST_END = 40


def mend_tears(drafts: list[Draft], shapes: Shapes) -> None:
    """Bring headlines and passages home, then put torn sentences together."""
    drafts[:] = [part for draft in drafts for stacked in part_stacked(draft, shapes) for part in part_stray(stacked)]
    for draft in drafts:
        take_own_headline(draft, shapes)
    for above, draft in pairwise(drafts):
        _give_back_rest(above, draft)
        _take_beginning(above, draft)
    if len(drafts) > 1 and any(_is_hurt(d) or is_headless(d, shapes) for d in drafts):
        bring_headlines(drafts, shapes)
        drafts[:] = with_unopened(drafts, shapes)
    if len(drafts) > 1:
        _bring_passages(drafts, shapes)
        _bring_end(drafts, shapes)
    for draft in drafts:
        _join(draft)


def _is_hurt(draft: Draft) -> bool:
    """Whether the layout shows that something of an article is missing."""
    return not draft.heads or not draft.body or any(p.is_torn for p in draft.body)


def _join(draft: Draft) -> None:
    """Each paragraph that goes on where the one above is torn, put to it."""
    joined: list[Paragraph] = []
    for paragraph in draft.body:
        if joined and paragraph.prose and paragraph.joins and joined[-1].is_torn:
            joined[-1].text += paragraph.text
            draft.note(JOINED)
        else:
            joined.append(paragraph)
    draft.body = joined


# --- passages -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Run:
    """Paragraphs that stand in one article and belong to another; `gain` says how surely."""

    source: Draft
    start: int
    end: int
    home: Draft
    gain: float


def _bring_passages(drafts: list[Draft], shapes: Shapes) -> None:
    """Move runs of paragraphs, the surest first, until none is left that clearly belongs elsewhere."""
    for _ in range(_MOST_ROUNDS):
        moved: set[int] = set()
        for run in sorted(_all_runs(drafts, shapes), key=lambda run: -run.gain):
            if {id(run.source), id(run.home)} & moved:
                continue
            moved |= {id(run.source), id(run.home)}
            give(run.home, run.source, run.source.body[run.start : run.end])
            run.home.note(MOVED)
        drafts[:] = [d for d in drafts if d.body or d.heads or d.captions or d.opened or id(d) not in moved]
        if not moved:
            return


def _give_back_rest(above: Draft, draft: Draft) -> None:
    """What a headline that stands inside the article above parted from it: all before the text that tells of it."""
    if not draft.heads or draft.opened or above.closed or not above.body:
        return
    said = pairs_of(b.string for b in draft.heads)
    there = pairs(above)
    own = [grams(p.text.string, PAIR) for p in draft.body]
    for first in range(1, len(own)):
        if len(said & own[first]) >= _TOLD * len(said):
            if _gain(own[:first], said.union(*own[first:]), there, _WHOLE):
                give(above, draft, draft.body[:first])
                above.note(MOVED)
            return


def _take_beginning(above: Draft, draft: Draft) -> None:
    """The beginning of a report whose headline stands below it, told by the headline's words that the rest lacks."""
    if not draft.heads or draft.opened or above.closed or len(above.body) < _FEWEST_ABOVE:
        return
    said = pairs_of(b.string for b in draft.heads)
    own = [grams(p.text.string, PAIR) for p in above.body]
    for first in range(len(own) - 1, max(0, len(own) - 1 - _LONGEST_BEGINNING), -1):
        rest = pairs_of(b.string for b in above.heads).union(*own[:first])
        if len(said & own[first]) < _CLEARLY_TOLD * len(said) or len(said & rest) > _ELSEWHERE * len(said):
            continue
        whole = above.body[first].prose and not above.body[first - 1].is_torn
        if whole and _gain(own[first:], rest, pairs(draft), _BEGUN):
            moved = above.body[first:]
            give(draft, above, moved)
            draft.body = [*moved, *(p for p in draft.body if not any(p is other for other in moved))]
            draft.note(MOVED)
            return


def _bring_end(drafts: Sequence[Draft], shapes: Shapes) -> None:
    """The end of the one article that lacks it: a short last line of another that shares no word with that one."""
    torn = [i for i, draft in enumerate(drafts) if draft.is_torn and not draft.closed]
    if len(torn) != 1:
        return
    home = drafts[torn[0]]
    ends = [(d, d.body[-1]) for d in drafts[torn[0] + 1 : torn[0] + 1 + _NEAR] if _has_stray_end(d, shapes)]
    if len(ends) == 1:
        give(home, ends[0][0], [ends[0][1]])
        home.note(MOVED)


def _has_stray_end(draft: Draft, shapes: Shapes) -> bool:
    """Whether an article's last line, behind a whole paragraph, is the end of a sentence that no word of it begins."""
    if len(draft.body) < _FEWEST_ABOVE or draft.body[-2].is_torn or draft.body[-1].is_torn:
        return False
    last = draft.body[-1]
    own = pairs_of(p.text.string for p in draft.body[:-1])
    short = last.prose and last.joins and len(last.text) <= _LONGEST_END
    return short and not grams(last.text.string, PAIR) & own and not shapes.paragraph_start.match(last.text.string)


def _all_runs(drafts: Sequence[Draft], shapes: Shapes) -> Iterator[_Run]:
    """The runs of paragraphs that use the words of an article near by."""
    words = [pairs(draft) for draft in drafts]
    hurt = [_is_hurt(draft) for draft in drafts]
    homed = [bool(draft.heads) or draft.opened for draft in drafts]
    for i, source in enumerate(drafts):
        near = [j for j in range(max(0, i - _NEAR), min(len(drafts), i + _NEAR + 1)) if homed[j] and i != j]
        if source.body and not homed[i]:
            # A piece without headline or dateline is the rest of a torn article, as a whole; or of a whole one,
            # where the sentence ended at the column's foot and the piece begins like no report.
            torn = [j for j in near if drafts[j].is_torn and not drafts[j].closed]
            whole = [(0, len(source.body))]
            found: list[_Run] = []
            for j in torn:
                others = frozenset().union(*(words[k] for k in torn if k != j))
                found += _runs_of(source, drafts[j], whole, words[j], others)
            if not found and _is_rest(source, shapes):
                found = [run for j in near if j not in torn for run in _runs_of(source, drafts[j], whole, words[j])]
            yield from found
        elif 1 < len(source.body) <= _MOST_PARAGRAPHS:
            spans = list(combinations(range(1, len(source.body) + 1), 2))
            for j in near:
                if hurt[i] or hurt[j]:
                    yield from _runs_of(source, drafts[j], spans, words[j])
                elif abs(i - j) == 1:
                    yield from _runs_of(source, drafts[j], spans, words[j], sure=True)


def _is_rest(draft: Draft, shapes: Shapes) -> bool:
    """Whether a piece is text and nothing else, and begins as no report does."""
    plain = not draft.captions and all(paragraph.prose for paragraph in draft.body)
    return plain and shapes.day_first.match(draft.body[0].text.string) is None


def _runs_of(
    source: Draft,
    home: Draft,
    spans: Iterable[tuple[int, int]],
    there: frozenset[str],
    others: frozenset[str] = frozenset(),
    *,
    sure: bool = False,
) -> Iterator[_Run]:
    """Those of the spans of an article's paragraphs that use another's words more than those of the rest of it."""
    own = [grams(p.text.string, PAIR) for p in source.body]
    heads = others | pairs_of(b.string for b in source.heads)
    for start, end in spans:
        here = heads.union(*own[:start], *own[end:])
        if _parts_word(source, start) or _parts_word(source, end):
            continue
        torn = (start > 0 and source.body[start - 1].is_torn) + source.body[end - 1].is_torn
        goes_on = home.is_torn and _shares_word(home.body[-1], source.body[start])
        asked = _BREAKS_OFF_THERE if home.is_torn else _BREAKS_OFF_HERE if torn else _UNHURT if sure else _WHOLE
        gain = _gain(own[start:end], here, there, _SAME_SENTENCE if goes_on else asked)
        if gain and (torn or goes_on or sure or end == len(own)):
            yield _Run(source, start, end, home, gain + _TORN_EDGE * (torn + goes_on))


def _parts_word(source: Draft, at: int) -> bool:
    """以习近平同|志为核心: whether the paragraphs on both sides are one sentence, for a word runs over the edge."""
    if not 0 < at < len(source.body) or not source.body[at - 1].is_torn:
        return False
    return _shares_word(source.body[at - 1], source.body[at])


def _shares_word(above: Paragraph, below: Paragraph) -> bool:
    """以习近平同|志为核心: whether a word begins in one paragraph and ends in the other, cut so or read so."""
    left, right = above.text.string, below.text.string
    return segmenter().tag(left[-1:] + right[:1]) != "" or runs_over(left, right)


def _gain(
    run: Sequence[frozenset[str]], here: frozenset[str], there: frozenset[str], asked: tuple[int, float]
) -> float:
    """How many more words a run of paragraphs shares with one article than with another, 0 where not clearly.

    A long article shares words with everything: a word counts the more, the fewer its article has. Articles that tell
    of the same are not told apart.
    """
    only_there, only_here = there - here, here - there
    part = frozenset().union(*run)
    shared_there, shared_here = len(part & only_there), len(part & only_here)
    alike = len(here & there) > _ALIKE * min(len(here), len(there))
    checked = (part, *run) if asked is _UNHURT else (part,)  # where nothing is torn, no paragraph may be a copy
    copied = any(len(words & there) > _COPIED * len(words) for words in checked)
    if shared_there < asked[0] or alike or copied:
        return 0
    weight = ((len(only_here) or len(only_there)) / len(only_there)) ** 0.5
    if any(min(1, weight) * len(edge & only_there) < len(edge & only_here) for edge in (run[0], run[-1])):
        return 0
    weighed = shared_there * weight
    return weighed - shared_here if weighed >= asked[1] * (shared_here + 1) else 0

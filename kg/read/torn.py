"""Torn pages: headlines and passages that stand in another article, brought to the one whose words they use.

An article uses pairs of characters that its neighbours do not: names, places, what it is about. A passage that shares
many of them with another article and few with its own was torn from that other one. It is moved only where the layout
shows a tear: a sentence that does not end, a report without a headline, a headline without a report.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import inf

from kg.read.digests import part_digest
from kg.read.draft import Draft, Paragraph
from kg.read.passages import Passages, Run, goes_on
from kg.read.shapes import Shapes
from kg.read.stacks import part_stacked, part_stray
from kg.read.stray_heads import (
    bring_headlines,
    give,
    is_headless,
    pairs,
    take_own_headline,
    with_unopened,
)
from kg.read.wording import PAIR, grams, pairs_of

JOINED = "joined a torn paragraph"
MOVED = "brought a fragment home"

# How sure a passage must be, as log-odds. Half a sentence has its other half somewhere: the best passage is taken.
_TORN = -2.5
_TORN_INSIDE = 1.0
_PIECE = 0.1  # text without a headline, that begins as no report does
_TEARS = 0.0  # a passage that stands in the middle of a sentence, or ends so
_FEWEST_SHARED = 3
_HARDLY_LESS = 1.0
_SURE = 0.3  # where no sentence shows a tear
# How many words a beginning or an end shares with its article, and how many times as many as with the one it is in.
_WHOLE = (4, 3.0)
_BEGUN = (3, 2.0)  # behind which the headline stands
_ALIKE = 0.15  # unrelated articles have so much of their wording in common
_COPIED = 0.85  # a passage of which so much stands there already is printed twice
_TOLD = 0.3  # so much of its headline's wording is in the paragraph with which a report begins
_CLEARLY_TOLD = 0.4  # so much where the report stands above its headline
_ELSEWHERE = 0.2  # and so little of it in the article above
_LONGEST_BEGINNING = 2  # paragraphs
_MOST_ROUNDS = 4
_NEAR = 6  # articles before or behind
_FEWEST_ABOVE = 2
_LONGEST_END = 40
_HALVES_ALIKE = 0.25  # of the words of a report that breaks off, so much is below the headline


def mend_tears(drafts: list[Draft], shapes: Shapes) -> None:
    """Bring headlines and passages home, then put torn sentences together."""
    drafts[:] = [item for draft in drafts for item in part_digest(draft, shapes)]
    drafts[:] = [part for draft in drafts for stacked in part_stacked(draft, shapes) for part in part_stray(stacked)]
    for draft in drafts:
        take_own_headline(draft, shapes)
    for above, draft in pairwise(drafts):
        _give_back_rest(above, draft)
        _take_beginning(above, draft)
    if len(drafts) > 1 and any(_is_hurt(d) or is_headless(d, shapes) for d in drafts):
        bring_headlines(drafts, shapes)
        drafts[:] = with_unopened(drafts, shapes)
    _join_halves(drafts, shapes)
    if len(drafts) > 1:
        _bring_passages(drafts, shapes)
        _bring_end(drafts, shapes)
    for draft in drafts:
        _join(draft)


def _join_halves(drafts: list[Draft], shapes: Shapes) -> None:
    """A report that breaks off and has no headline, put to the text below a headline that goes on with it."""
    for home in [d for d in drafts if d.is_torn and not d.heads and d.opened and not d.closed]:
        words = pairs(home)
        below = [(len(words & pairs(d)), -i, d) for i, d in enumerate(drafts) if d.heads and d.body and not d.opened]
        rests = [
            (alike, at) for alike, at, d in below if alike >= _HALVES_ALIKE * len(words) or _goes_on(home, d, shapes)
        ]
        alike, at = max(rests, default=(0, 0))
        if alike:
            rest = drafts.pop(-at)
            home.heads, home.closed = rest.heads, rest.closed
            home.captions += rest.captions
            home.photographers += rest.photographers
            give(home, rest, rest.body[:])
            home.reporters += rest.reporters
            home.note(MOVED, *rest.repairs)


def _goes_on(home: Draft, rest: Draft, shapes: Shapes) -> bool:
    return goes_on(home.body[-1], rest.body[0], shapes)


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


def _bring_passages(drafts: list[Draft], shapes: Shapes) -> None:
    """Move runs of paragraphs, the surest first, until none is left that clearly belongs elsewhere."""
    for _ in range(_MOST_ROUNDS):
        moved: set[int] = set()
        for run in _widest(sorted(_all_runs(drafts, shapes), key=lambda run: -run.gain)):
            if {id(run.source), id(run.home)} & moved:
                continue
            moved |= {id(run.source), id(run.home)}
            if run.end == len(run.source.body) and run.at == len(
                run.home.body
            ):  # whoever signed its end signed the run
                run.home.closed, run.source.closed = run.source.closed, False
            if run.end < len(run.source.body):  # the blank line above it parts what follows too
                behind = run.source.body[run.end]
                behind.gap = max(behind.gap, run.source.body[run.start].gap)
            below = run.home.body[run.at :]
            give(run.home, run.source, run.source.body[run.start : run.end])
            given = [p for p in run.home.body[run.at :] if not any(p is other for other in below)]
            run.home.body[run.at :] = [*given, *below]
            run.home.note(MOVED)
        drafts[:] = [d for d in drafts if d.body or d.heads or d.captions or d.opened or id(d) not in moved]
        if not moved:
            return


def _widest(runs: Sequence[Run]) -> Iterator[Run]:
    """The runs, and in place of each the widest around it that belongs to the same article hardly less surely."""
    for run in runs:
        around = (r for r in runs if r.gain > run.gain - _HARDLY_LESS and r.is_around(run))
        yield max((run, *around), key=lambda r: r.end - r.start)


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


def _all_runs(drafts: Sequence[Draft], shapes: Shapes) -> Iterator[Run]:
    """The runs of paragraphs that belong to an article near by, as surely as what shows of the tear asks for."""
    passages = Passages(drafts, shapes)
    for i, source in enumerate(drafts):
        if not passages.is_fit(i):
            continue
        for j in passages.near(i):
            torn = drafts[j].is_torn and not drafts[j].closed
            piece = not passages.homed[i]
            if not (torn or (piece and _is_rest(source, shapes)) or (abs(i - j) == 1 and len(source.body) > 1)):
                continue
            for run in passages.runs(i, j, whole=piece and not torn):
                if run.gain > _asked(run, piece=piece):
                    yield run


def _asked(run: Run, *, piece: bool) -> float:
    """How sure a passage must be, by what shows of a tear."""
    if run.at and run.home.body[run.at - 1].is_torn:
        return _TORN if run.at == len(run.home.body) else _TORN_INSIDE
    if run.shared < _FEWEST_SHARED:
        return inf
    return _PIECE if piece else _TEARS if run.tears else _SURE


def _is_rest(draft: Draft, shapes: Shapes) -> bool:
    """Whether a piece is text and nothing else, and begins as no report does."""
    plain = not draft.captions and all(paragraph.prose for paragraph in draft.body)
    return plain and shapes.day_first.match(draft.body[0].text.string) is None


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
    if shared_there < asked[0] or alike or len(part & there) > _COPIED * len(part):
        return 0
    weight = ((len(only_here) or len(only_there)) / len(only_there)) ** 0.5
    if any(min(1, weight) * len(edge & only_there) < len(edge & only_here) for edge in (run[0], run[-1])):
        return 0
    weighed = shared_there * weight
    return weighed - shared_here if weighed >= asked[1] * (shared_here + 1) else 0

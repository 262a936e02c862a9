"""Headlines that stand together above two bodies, or inside an article: each body put below its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.read.blocks import Block, Form
from kg.read.draft import Draft, Paragraph
from kg.read.heads import is_subhead
from kg.read.shapes import Shapes
from kg.read.stray_heads import body_pairs, give, share_of
from kg.read.wording import PAIR, apart, grams, pairs_of

_HEADLINE_THERE = 0.4  # so much of a headline's wording is in its own report
_HEADLINE_HERE = 0.2  # so little in an article that it only tears
_SHORTEST_HEADLINE = 8  # pairs of characters
_DAY_NEAR = 40
_PARTED = 0.2  # where blank lines part them
_FAR_APART = 0.03  # where no day begins the second


def part_stray(draft: Draft) -> Iterator[Draft]:
    """An article, and the one whose headline stands inside it: its text begins where its words do."""
    for at, line in enumerate(draft.body):
        if not (at and line.head):
            continue
        first = _where_told(draft, at)
        if first is None:
            continue
        other = Draft([Block(Form.HEADING, line.text)], closed=draft.closed)
        give(other, draft, draft.body[first:])
        draft.body.remove(line)
        draft.closed = False
        yield draft
        yield from part_stray(other)
        return
    yield draft


def part_stacked(draft: Draft, shapes: Shapes) -> Iterator[Draft]:
    """An article, and the one below it whose headline stands with its own: its text tells another story."""
    for at in range(1, len(draft.heads)):
        for lines in (draft.heads[at : at + 1], draft.heads[at:]):
            own = pairs_of(b.string for b in lines)
            first = _first_told(draft.body, own)
            if first and len(own) >= _SHORTEST_HEADLINE and _is_parted(draft, at, first, own, shapes):
                other = Draft(draft.heads[at:], closed=draft.closed)
                give(other, draft, draft.body[first:])
                draft.heads, draft.closed = draft.heads[:at], False
                yield draft
                yield from part_stacked(other, shapes)
                return
    yield draft


def _first_told(body: Sequence[Paragraph], own: frozenset[str]) -> int:
    """Where the text begins that tells what a headline says: behind a blank line, or else a paragraph; 0 where none."""
    told = (k for k, p in enumerate(body) if p.prose and share_of(own, p) >= _HEADLINE_THERE)
    behind = (k for k in range(1, len(body)) if _is_behind_gap(body, k) and share_of(own, *body[k:]) >= _HEADLINE_THERE)
    return next(behind, 0) or next(told, 0)


def _is_behind_gap(body: Sequence[Paragraph], at: int) -> bool:
    """Whether more blank lines part a paragraph from the text above it than any paragraphs of that."""
    return at > 1 and body[at].gap > max(p.gap for p in body[1:at])


def _is_parted(draft: Draft, at: int, first: int, own: frozenset[str], shapes: Shapes) -> bool:
    """Whether the headlines above a line speak of the text above a paragraph, and it of another story below."""
    above, below = body_pairs(draft, upto=first), body_pairs(draft, start=first)
    upper = pairs_of(b.string for b in draft.heads[:at])
    if len(own & above) > _HEADLINE_HERE * len(own) or len(upper & above) <= len(upper & below):
        return False
    if _is_behind_gap(draft.body, first):
        return apart(above, below, _PARTED)
    dated = shapes.day_first.search(draft.body[first].text.string, 0, _DAY_NEAR)
    return apart(above, below) if dated else apart(above, below, _FAR_APART)


def _where_told(draft: Draft, at: int) -> int | None:
    """Where below a line like a headline the text begins that uses its words, which the article does not.

    Where the line tears no sentence, it may be a subhead: then the text below must tell another story.
    """
    own = grams(draft.body[at].text.string, PAIR)
    below = (k for k in range(at + 1, len(draft.body)) if draft.body[k].prose)
    first = next((k for k in below if share_of(own, draft.body[k]) >= _HEADLINE_THERE), None)
    rest = body_pairs(draft, upto=at)
    if first is None or len(own & rest) > _HEADLINE_HERE * len(own):
        return None
    if draft.body[at - 1].is_torn:
        return first
    may_be = len(own) >= _SHORTEST_HEADLINE and not is_subhead(draft.body[at].text.string)
    return first if may_be and apart(rest, body_pairs(draft, start=first)) else None

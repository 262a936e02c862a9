"""Headlines that stand above another article than their own, brought to the report whose words they use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.read.blocks import Block, Form
from kg.read.draft import Draft, Paragraph
from kg.read.heads import is_subhead, tells_who
from kg.read.shapes import Shapes
from kg.read.wording import PAIR, apart, grams, leans, pairs_of

HEADED = "brought a headline home"
_HEADLINE_THERE = 0.4  # so much of a headline's wording is in its own report
_HEADLINE_HERE = 0.2  # so little in an article that it only tears
_HEADLINE_ALONE = 0.6  # so much in the one paragraph of a report without a dateline
_SHORTEST_HEADLINE = 8  # pairs of characters
_HEADLINE_MORE = 0.25  # and so much less in the one it stands in
_FEWEST_SHARED = 3
_STRANGE = 0.15  # so little of its only headline's wording is in a report that stands below another's


def pairs(draft: Draft, *, without: object = None) -> frozenset[str]:
    """The pairs of characters that an article uses, one of its lines left out."""
    return body_pairs(draft, without=without) | pairs_of(b.string for b in draft.heads if b is not without)


def body_pairs(draft: Draft, start: int = 0, upto: int | None = None, *, without: object = None) -> frozenset[str]:
    return pairs_of(p.text.string for p in draft.body[start:upto] if p is not without)


def take_own_headline(draft: Draft, shapes: Shapes) -> None:
    """Give a report without a headline the line inside it that says what its first paragraph tells."""
    if not is_headless(draft, shapes) or draft.heads:
        return
    for line in draft.body[1:]:
        told = line.head and share_of(grams(line.text.string, PAIR), draft.body[0]) >= _HEADLINE_THERE
        if told and not is_subhead(line.text.string):
            draft.body = [p for p in draft.body if p is not line]
            draft.heads = [Block(Form.HEADING, line.text)]
            draft.note(HEADED)
            return


def with_unopened(drafts: list[Draft], shapes: Shapes) -> list[Draft]:
    """The drafts, and the report without a dateline in another that a headline above a third alone speaks of."""
    found = list(drafts)
    for holder in drafts if not any(is_headless(d, shapes) for d in drafts) else ():
        for line in [b for b in holder.heads if len(holder.heads) > 1 and not tells_who(b.string, shapes)]:
            own = grams(line.string, PAIR)
            if len(own) < _SHORTEST_HEADLINE or len(own & body_pairs(holder)) > _HEADLINE_HERE * len(own):
                continue
            texts = [(d, p) for d in drafts if d is not holder for p in d.body[1:] if p.prose]
            about = [(d, p) for d, p in texts if share_of(own, p) >= _HEADLINE_ALONE]
            others = [grams(b.string, PAIR) for b in holder.heads if b is not line]
            if len(about) == 1 and all(share_of(other, about[0][1]) < _HEADLINE_THERE for other in others):
                source, paragraph = about[0]
                holder.heads = [b for b in holder.heads if b is not line]
                report = Draft([line])
                give(report, source, [paragraph])
                found.insert(found.index(source) + 1, report)
    return found


def share_of(own: frozenset[str], *paragraphs: Paragraph) -> float:
    """How much of a headline's wording some paragraphs have."""
    return len(own & pairs_of(p.text.string for p in paragraphs)) / max(1, len(own))


def bring_headlines(drafts: list[Draft], shapes: Shapes) -> None:
    """Each report without a headline gets the line that stands elsewhere and speaks of nothing else.

    One that loses a headline to another is then without one itself.
    """
    for report in _headless(drafts, shapes):
        found = max(
            (
                (_fit(line, report, holder, begun=_begins(report, holder, drafts)), holder, line)
                for holder in drafts
                for line in _spare_heads(holder, report)
            ),
            key=lambda candidate: candidate[0],
            default=(0.0, report, None),
        )
        if found[0] > 0 and found[2] is not None:
            if isinstance(found[2], Block) and _begins(report, found[1], drafts) and _is_one(report, found[1]):
                _join_below(report, found[1], drafts)
            else:
                _move_headline(found[2], found[1], report, drafts)
    for line, holder, report in _left_over(drafts, shapes):
        _move_headline(line, holder, report, drafts)


def _headless(drafts: list[Draft], shapes: Shapes) -> Iterator[Draft]:
    """The reports without a headline, those last that have just lost theirs."""
    seen: list[Draft] = []
    while left := [d for d in drafts if is_headless(d, shapes) and not any(d is other for other in seen)]:
        seen.append(left[0])
        yield left[0]


def is_headless(draft: Draft, shapes: Shapes) -> bool:
    """Whether a report has no headline, or only a line that says who was there."""
    return draft.opened and bool(draft.body) and all(tells_who(b.string, shapes) for b in draft.heads)


def _left_over(drafts: Sequence[Draft], shapes: Shapes) -> Iterator[tuple[Block, Draft, Draft]]:
    """Of one article's headlines those whose words reports without one use more than it does, in their order."""
    reports = [d for d in drafts if is_headless(d, shapes)]
    stacks = [(d, [b for b in d.heads if not tells_who(b.string, shapes)]) for d in drafts]
    stacks = [(holder, lines) for holder, lines in stacks if len(lines) > 1]
    if len(stacks) != 1:
        return
    holder, lines = stacks[0][0], stacks[0][1][1:]
    sure = len(lines) == len(reports)  # as many as are too many
    for report in reports:
        line = next((b for b in (lines[:1] if sure else lines) if _tells_of(b, report, holder, sure=sure)), None)
        if line is not None:
            yield line, holder, report
        lines = lines[1:] if sure else lines if line is None else lines[lines.index(line) + 1 :]


def _tells_of(line: Block, report: Draft, holder: Draft, *, sure: bool) -> bool:
    """Whether a headline has more words of a report than of the article it stands above."""
    own = grams(line.string, PAIR)
    there, here = len(own & pairs(report)), len(own & pairs(holder, without=line))
    return there > here if sure else there > here + 1 and there >= _FEWEST_SHARED


def _spare_heads(holder: Draft, report: Draft) -> Iterator[Block | Paragraph]:
    """The lines an article may have that are another's headline: one of several, one above no dateline, a subhead."""
    if holder is report:
        return
    own = body_pairs(holder)
    strange = all(len(grams(b.string, PAIR) & own) <= _STRANGE * len(grams(b.string, PAIR)) for b in holder.heads)
    if len(holder.heads) > 1 or not holder.opened or strange:
        yield from holder.heads
    yield from (p for p in holder.body if p.head)


def _begins(report: Draft, holder: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether a report without a headline stands right above one that no dateline follows: it may go on below."""
    is_below = any(above is report and below is holder for above, below in pairwise(drafts))
    return is_below and not (holder.opened or report.closed)


def _fit(line: Block | Paragraph, report: Draft, holder: Draft, *, begun: bool) -> float:
    """How much better a headline fits a report than the article it stands in, 0 where not clearly."""
    own = grams(line.text.string, PAIR)
    if not own:
        return 0.0
    there, here = (len(own & some) / len(own) for some in (pairs(report), pairs(holder, without=line)))
    if begun and isinstance(line, Block):
        here = 0.0
    return there - here if there >= _HEADLINE_THERE and there - here >= _HEADLINE_MORE else 0.0


def _move_headline(line: Block | Paragraph, holder: Draft, report: Draft, drafts: list[Draft]) -> None:
    """Take a headline from where it stands; the text it was above goes on the article before it."""
    if isinstance(line, Paragraph):
        start, end = _stack(holder.body, line)
        report.heads = [*(Block(Form.HEADING, p.text) for p in holder.body[start:end]), *report.heads]
        above, below = holder.body[:start], holder.body[end:]
        holder.body = [*above, *below]
        if above and below and not above[-1].is_torn and _goes_with(below, report, above):
            give(report, holder, below)
    else:
        lines = _lines_of(line, holder, report)
        holder.heads = [b for b in holder.heads if not any(b is one for one in lines)]
        report.heads = [*lines, *report.heads]
        at = drafts.index(holder)
        if not holder.heads and at and not holder.opened and not drafts[at - 1].closed:
            give(drafts[at - 1], holder, holder.body[:])
            drafts.remove(holder)
        elif not holder.heads and not holder.body:
            _join_below(report, holder, drafts)  # the photo below the headline
    report.note(HEADED)


def _is_one(report: Draft, holder: Draft) -> bool:
    """Whether a report and the text below a headline tell one story, and no line of the headline only the latter."""
    above, below = body_pairs(report), body_pairs(holder)
    lines = [grams(block.string, PAIR) for block in holder.heads]
    return not (below and apart(above, below)) and all(len(own & above) >= len(own & below) for own in lines)


def _join_below(report: Draft, holder: Draft, drafts: list[Draft]) -> None:
    """Put all that stands below the beginning of a report to it: its headline, and the rest of its text."""
    report.heads, holder.heads = [*holder.heads, *report.heads], []
    give(report, holder, holder.body[:])
    report.kickers += holder.kickers
    report.captions += holder.captions
    report.reporters += holder.reporters
    report.photographers += holder.photographers
    report.closed |= holder.closed
    report.note(HEADED, *holder.repairs)
    drafts[:] = [draft for draft in drafts if draft is not holder]


def _lines_of(line: Block, holder: Draft, report: Draft) -> list[Block]:
    """A line of a headline with those right above and below it that go where it goes, for they are one headline."""
    heads = holder.heads
    start = end = next(k for k, block in enumerate(heads) if block is line)
    end += 1
    own, there = body_pairs(holder), pairs(report)
    while (
        end < len(heads)
        and not (heads[end].gap or heads[end].level)
        and _goes_along(heads[end], own, there, below=line)
    ):
        end += 1
    while start and not (heads[start].gap or heads[start].level) and _goes_along(heads[start - 1], own, there):
        start -= 1
    return heads[start:end] if end - start < len(heads) or not holder.body else [line]


def _goes_along(line: Block, here: frozenset[str], there: frozenset[str], *, below: Block | None = None) -> bool:
    """Whether a line has more words of the article its neighbour goes to, or is the short rest below it."""
    words = grams(line.string, PAIR)
    gone, kept = len(words & there), len(words & here)
    return gone > kept or (below is not None and not kept and len(line.text) < len(below.text))


def _stack(body: Sequence[Paragraph], line: Paragraph) -> tuple[int, int]:
    """Where a line like a headline begins and ends, with those right above and below it."""
    at = next(k for k, paragraph in enumerate(body) if paragraph is line)
    start, end = at, at + 1
    while start and body[start - 1].head:
        start -= 1
    while end < len(body) and body[end].head:
        end += 1
    return start, end


def _goes_with(below: Sequence[Paragraph], report: Draft, above: Sequence[Paragraph]) -> bool:
    """Whether the text below a headline uses the words of its report more than those of the text above it."""
    text, rest = ("".join(p.text.string for p in some) for some in (below, above))
    return report.is_torn and leans(text, report.string, rest)


def give(home: Draft, source: Draft, paragraphs: Sequence[Paragraph]) -> None:
    """Put paragraphs at the end of the article they belong to, with those who signed them."""
    for paragraph in paragraphs:
        source.body = [p for p in source.body if p is not paragraph]
        home.body.append(paragraph)
        for credit in paragraph.signed.reporters:
            source.reporters.remove(credit)
            home.reporters.append(credit)
        for credit in paragraph.signed.photographers:
            source.photographers.remove(credit)
            home.photographers.append(credit)

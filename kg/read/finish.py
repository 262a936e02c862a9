"""Drafts → articles: headline and kicker chosen, a headline that ran into its text split off, the rest put in order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.model import Article, Credit, Issue, Page, Text
from kg.read.draft import Draft
from kg.read.endings import split_name
from kg.read.heads import join_lines, read_heads
from kg.read.patterns import HAN
from kg.read.run_in import find_run_in
from kg.read.shapes import Shapes
from kg.words import segmenter

SPLIT = "split a headline off its text"

_BLANK = re.compile(rf"(?<=[{HAN}]) (?=[{HAN}])")
_SHORTEST_BODY = 12  # less than this without a headline is a scrap
_SHORTEST_BOX = 30  # as is a row or two: 清河日报 | 清河晚报 | 清河网


def finish_articles(drafts: Sequence[Draft], page: Page, issue: Issue, shapes: Shapes) -> tuple[Article, ...]:
    """The drafts that hold text, as articles counted from 1."""
    articles: list[Article] = []
    above: Draft | None = None
    if len(drafts) == 1:
        _split_name(drafts[0], shapes)
    for draft in drafts:
        if above is not None:
            _take_over(draft, above)
        if not draft.heads and not draft.opened:
            _split_run_in(draft, shapes)
        article = _finish(draft, len(articles) + 1, page, issue, shapes)
        articles += [article] if article else []
        above = draft if article is None and draft.photographers and not draft.body else None
    return tuple(articles)


def _split_name(draft: Draft, shapes: Shapes) -> None:
    """…进一步审理中。赵大有: where nothing is torn and nothing follows, a name at the end is the writer's."""
    last = draft.body[-1] if draft.body and draft.body[-1].prose and not draft.reporters else None
    if last is not None and (ending := split_name(last.text, shapes)):
        last.text = ending.text
        draft.credit(ending.credits)


def _take_over(draft: Draft, above: Draft) -> None:
    """The photo above a headline whose caption is too short to stand alone: 审判现场。赵大有 摄"""
    draft.captions[:0] = above.captions
    draft.photographers[:0] = above.photographers
    draft.reporters[:0] = above.reporters
    draft.note(*above.repairs)


def _finish(draft: Draft, position: int, page: Page, issue: Issue, shapes: Shapes) -> Article | None:
    headline, kicker = read_heads(draft.heads, shapes, page.content)
    headline = draft.run_in or headline
    extra = [kicker, *draft.kickers] if kicker else draft.kickers
    paragraphs = tuple(mend_blanks(p.text) if p.prose else p.text for p in draft.body if p.text)
    captions = tuple(t for t in draft.captions if t)
    if not paragraphs:
        paragraphs, captions = captions, ()
    shortest = _SHORTEST_BODY if any(p.prose for p in draft.body) or captions or not draft.body else _SHORTEST_BOX
    if not paragraphs or (not headline and sum(map(len, paragraphs)) < shortest):
        return None
    return Article(
        page=page,
        issue=issue,
        position=position,
        headline=headline,
        kicker=join_lines(extra, page.content),
        paragraphs=paragraphs,
        captions=captions,
        reporters=tuple(_once(draft.reporters)),
        photographers=tuple(_once(draft.photographers)),
        repairs=tuple(draft.repairs),
    )


def mend_blanks(text: Text) -> Text:
    """A text without the blanks that the OCR set into its words.

    >>> mend_blanks(Text.of("文化厅厅 长赵大有 王小二")).string
    '文化厅厅长赵大有 王小二'
    """
    string = text.string
    holes = [m.start() for m in _BLANK.finditer(string) if segmenter().tag(string[m.start() - 1] + string[m.end()])]
    edges = [-1, *holes, len(text)]
    return Text.join(text[a + 1 : b] for a, b in pairwise(edges)) if holes else text


def _once(credits: Sequence[Credit]) -> Iterator[Credit]:
    """Each person once, the first time with a title if there is one."""
    seen: dict[str, Credit] = {}
    for credit in credits:
        if credit.name not in seen or (seen[credit.name].title is None and credit.title):
            seen[credit.name] = credit
    yield from seen.values()


def _split_run_in(draft: Draft, shapes: Shapes) -> None:
    """A text without headline may begin with it: …院长受审3月25日上午,…"""
    if not draft.body or not draft.body[0].prose:
        return
    text = draft.body[0].text
    cut = find_run_in(text.string, shapes)
    if cut is None:
        return
    draft.run_in = text[:cut].strip()
    draft.body[0].text = text[cut:].strip()
    draft.note(SPLIT)

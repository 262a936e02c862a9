"""Drafts → articles: headline and kicker chosen, a headline that ran into its text split off, the rest put in order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.model import Article, Credit, Issue, Page
from kg.read.draft import Draft
from kg.read.heads import join_lines, read_heads
from kg.read.shapes import Shapes

SPLIT = "split a headline off its text"

_SHORTEST_HEADLINE = 8
_LONGEST_HEADLINE = 60
_SHORTEST_BODY = 12  # less than this without a headline is a scrap
_DAY = r"(?:(?:19|20)\d{2}年)?\d{1,2}月\d{1,2}日"
_UNTIL = r"(?:(?:至|到|[—－~-]{1,2}|、)(?:\d{1,2}月)?\d{1,2}日)?(?:凌晨|清晨|[早晚]上|[上中下]午|傍晚|晚间|晚|当天|起)?"
_CLOCK = r"(?:\d{1,2}[时点:：](?:\d{1,2}分?)?(?:许|左右)?)?"


def finish_articles(drafts: Sequence[Draft], page: Page, issue: Issue, shapes: Shapes) -> tuple[Article, ...]:
    """The drafts that hold text, as articles counted from 1."""
    articles: list[Article] = []
    for draft in drafts:
        if not draft.heads and not draft.opened:
            _split_run_in(draft, shapes)
        if article := _finish(draft, len(articles) + 1, page, issue, shapes):
            articles.append(article)
    return tuple(articles)


def _finish(draft: Draft, position: int, page: Page, issue: Issue, shapes: Shapes) -> Article | None:
    headline, kicker = read_heads(draft.heads, shapes, page.content)
    headline = draft.run_in or headline
    extra = [kicker, *draft.kickers] if kicker else draft.kickers
    paragraphs = tuple(p.text for p in draft.body if p.text)
    captions = tuple(t for t in draft.captions if t)
    if not paragraphs:
        paragraphs, captions = captions, ()
    if not paragraphs or (not headline and sum(map(len, paragraphs)) < _SHORTEST_BODY):
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


def find_run_in(string: str, shapes: Shapes) -> int | None:
    """Where the text begins behind a headline that was run into it, None where that is not certain.

    >>> from kg.lexicon import load_lexicon
    >>> find_run_in("原市长赵大有受贿案一审开庭3月25日上午,某市中级人民法院开庭。", Shapes(load_lexicon()))
    13
    """
    day = re.compile(rf"(?:{_DAY}{_UNTIL}{_CLOCK}|{shapes.near_day})")
    for found in day.finditer(string, 0, _LONGEST_HEADLINE + 24):
        head = string[: found.start()]
        if re.search("[。，,；;！!？?]", head) or len(head.strip()) > _LONGEST_HEADLINE:
            return None
        if len(head.strip()) < _SHORTEST_HEADLINE or (head[-1].isdecimal() or shapes.has("not_before_day", head[-1])):
            continue
        # 会议3月25日在… is one sentence; behind a headline the date has a comma, or the headline has a blank.
        after = string[found.end() : found.end() + 1]
        if after in ("，", ",") or (re.search(r"\S\s+\S", head) and not shapes.has("after_day", after)):
            return found.start()
    return None

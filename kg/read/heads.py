"""A group of heading lines → headline and kicker."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kg.model import Text
from kg.read.blocks import Block
from kg.read.patterns import CLOSE, HAN, OPEN
from kg.read.shapes import Shapes
from kg.words import any_of

_MOST_HEADLINES = 3
_LONGEST_HEADLINE = 32  # a longer line below another is a summary
_BULLET = re.compile(r"^[■□●○◆◇▲△★☆▶►※◎\s]+")
_DASH = re.compile(r"^\s*(?:[—―─－-]{2,}|—)")
_DASHED = re.compile(r"(?:[—―─－]{2,}|-{2,})$")
_SERIES = re.compile(
    rf"(?:系列(?=[{HAN}]{{0,4}}(?:[报评谈访述论文篇]|[之（(]))|系列$|连载|综述|专栏)"
    rf"[{HAN}]{{0,6}}[之（(]?[一二三四五六七八九十\d]{{0,3}}[)）]?$"
)
_NUMBERED = re.compile(r"^(?:第[一二三四五六七八九十百\d]{1,4}[\u4e00-\u9fff]|之[一二三四五六七八九十]{1,2})$")
_COLUMN = re.compile(rf"^[“「『《][^”」』》]{{2,12}}[”」』》][{HAN}]{{0,4}}$")
_BRACKETED = re.compile(r"^(?:[【\[〔][^】\]〕]{2,14}[】\]〕]|[·•・].{2,12}[·•・])$")
_SUBHEAD = re.compile(
    r"^(?:第?[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}\s*[、．.](?!\d)|[①-⑳])"
)
_QUOTED = re.compile(r"[“「『《]([^”」』》]{2,10})[”」』》]")


def join_lines(texts: Sequence[Text], content: str) -> Text:
    """Lines read as one, a space for each line break; the space stands where the break does.

    >>> page = "再动员\\n再部署"
    >>> joined = join_lines([Text.of("再动员"), Text.of("再部署", 4)], page)
    >>> joined.string, joined.offsets[3]
    ('再动员 再部署', 3)
    """
    joined = texts[0] if texts else Text("", ())
    for text in texts[1:]:
        joined = joined + Text(" ", (_break_between(joined.offsets[-1] + 1, text.offsets[0], content),)) + text
    return joined


_WHITE = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]|[ \t\u3000\xa0]")
_TAG = re.compile(r"<")


def _break_between(start: int, end: int, content: str) -> int:
    """The first break between two stretches, else the blank, else the tag, else where the second begins."""
    first, last = min(start, end), max(start, end)
    found = _WHITE.search(content, first, last) or _TAG.search(content, first, last)
    return found.start() if found else end


def is_subhead(string: str) -> bool:
    """Whether a heading numbers a part of an article: 一、…, （二）…"""
    return _SUBHEAD.match(string) is not None


def is_kicker(string: str, shapes: Shapes) -> bool:
    """Whether a heading line only leads to, or follows, a headline: …时强调, ——访…, 系列报道之五."""
    return bool(
        _DASH.match(string)
        or _DASHED.search(string)
        or shapes.kicker_end.search(string)
        or _SERIES.search(string)
        or _NUMBERED.match(string)
        or _BRACKETED.match(string)
    )


def tells_who(string: str, shapes: Shapes) -> bool:
    """Whether a line below a headline only says who was there: 程宇汤岚等出席, 程宇主持并讲话.

    >>> from kg.lexicon import load_lexicon
    >>> [tells_who(line, Shapes(load_lexicon())) for line in ("程宇主持并讲话", "省考察团来我市考察")]
    [True, False]
    """
    return string[0] in shapes.lexicon.surnames and _attendance(shapes).match(string) is not None


def stands_alone(string: str, shapes: Shapes) -> bool:
    """Whether a headline is one that no part of an article has: 县政府大事记, 关于停水的公告."""
    return _document(shapes).search(string) is not None


@lru_cache(maxsize=4)
def _document(shapes: Shapes) -> re.Pattern[str]:
    return re.compile(
        rf"[{HAN}]{{2}}{any_of(shapes.lexicon.words('own_headline'))}(?:\s*[{OPEN}][^{CLOSE}]*[{CLOSE}])?$"
    )


@lru_cache(maxsize=4)
def _attendance(shapes: Shapes) -> re.Pattern[str]:
    """Names, and how a line ends that says who was there: 等出席奠基仪式, 随同考察, 主持并讲话."""
    was = any_of(shapes.lexicon.words("attended"))
    ends = rf"等(?:一同|分别)?{was}[{HAN}]{{0,6}}|{was}(?:并{was}|会议|仪式|活动)?"
    # 程宇赴青石市考察 says where somebody went, and is a report's own headline.
    return re.compile(rf"(?!.*(?:[到赴在]|深入|走进|前往|带队|率))[{HAN}\s、]{{2,24}}?(?:{ends})$")


def is_column(string: str) -> bool:
    """Whether a line can be the name of a column: “创城”在行动."""
    return _COLUMN.match(string) is not None


def quoted_term(string: str) -> str | None:
    """The term a column's name puts in quotation marks: “创城”在行动 → 创城."""
    found = _QUOTED.search(string)
    return found[1] if found else None


def strip_bullet(text: Text) -> Text:
    """Without the ornament before it."""
    found = _BULLET.match(text.string)
    return text[found.end() :] if found and found.end() < len(text) else text


def headline_lines(group: Sequence[Block], shapes: Shapes) -> tuple[int, ...]:
    """Which lines of a group are its headline: those of the highest level, without what leads to them."""
    marked = [b.level for b in group if b.level]
    kickers = {i for i, b in enumerate(group) if is_kicker(b.string, shapes) or (i and tells_who(b.string, shapes))}
    if not group:
        return ()
    if not marked:
        rest = [i for i in range(len(group)) if i not in kickers]
        if not rest:
            return (max(range(len(group)), key=lambda i: (len(group[i].text), -i)),)
        decks = [i for i in rest[1:] if len(group[i].text) > _LONGEST_HEADLINE]
        return tuple(i for i in rest if i < min([rest[0] + _MOST_HEADLINES, *decks]))
    own = [b.level for i, b in enumerate(group) if b.level and i not in kickers]
    top = min(own or marked)
    chosen = [i for i, b in enumerate(group) if b.level == top and (i not in kickers or not own)]
    if not own:
        return (chosen[0],)
    # A heading that goes on in the next line, with no blank line between.
    after = chosen[-1] + 1
    if after < len(group) and not group[after].level and not group[after].gap and after not in kickers:
        chosen.append(after)
    return tuple(chosen)


def read_heads(group: Sequence[Block], shapes: Shapes, content: str) -> tuple[Text, Text]:
    """Headline and kicker of a group of heading lines, each empty where there is none."""
    chosen = set(headline_lines(group, shapes))
    headline = [strip_bullet(b.text) for i, b in enumerate(group) if i in chosen]
    kicker = [strip_bullet(b.text) for i, b in enumerate(group) if i not in chosen]
    return join_lines(headline, content), join_lines(kicker, content)

"""What opens a report: 本报讯(记者 王茵), and a byline without brackets behind it."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.model import Text
from kg.read.credits import BULLETS, Credits, parse_credits
from kg.read.names import has_surname
from kg.read.patterns import CLOSE, HAN, OPEN
from kg.read.shapes import Shapes
from kg.read.signatures import parse_signature

_BRACKET_AHEAD = re.compile(rf"\s*[:：]?\s*[{OPEN}](?P<inside>[^{OPEN}{CLOSE}]{{1,90}})[{CLOSE}]\s*[:：]?\s*")
_TOLD_ON = re.compile(r"\s*\d{1,2}月\d{1,2}日\s*(?:\d{1,2}[:：]\d{2})?\s*(?:报道|电|讯)?$")


def split_dateline(text: Text, shapes: Shapes) -> tuple[Credits, Text] | None:
    """The byline of 本报讯(记者 王茵) and the report behind it, or None where no dateline opens the text.

    >>> from kg.lexicon import load_lexicon
    >>> credits, body = split_dateline(Text.of("本报讯 记者赵大有报道:昨天,雨。"), Shapes(load_lexicon()))
    >>> [c.name for c in credits.reporters], body.string
    (['赵大有'], '昨天,雨。')
    """
    text = text.strip()
    text = text[len(text) - len(text.string.lstrip(BULLETS)) :]
    dateline = shapes.dateline.match(text.string) or _boxed(shapes).match(text.string)
    rest = text[dateline.end() :] if dateline else text
    credits = Credits()
    found = dateline is not None
    while ahead := _BRACKET_AHEAD.match(rest.string) or (found and _unclosed(shapes).match(rest.string)):
        inside = rest[ahead.start("inside") : ahead.end("inside")]
        if told := _TOLD_ON.search(inside.string):
            inside = inside[: told.start()]
        sure = found or shapes.day_first.match(rest.string, ahead.end()) is not None  # (赵大有)9月3日,…
        named = parse_credits(inside, shapes) or (parse_signature(inside, shapes) if sure else None)
        if named is None and not (found and shapes.bare_role.search(inside.string)):
            break
        credits, rest, found = credits + (named or Credits()), rest[ahead.end() :], True
    if dateline is None and not found:
        return None
    named, rest = _split_open_byline(rest, shapes)
    return credits + named, rest[len(rest) - len(rest.string.lstrip(" \t\xa0\u3000:：，,—")) :]


@lru_cache(maxsize=4)
def _unclosed(shapes: Shapes) -> re.Pattern[str]:
    """A byline whose bracket the OCR lost at its end, up to the report's day: (记者 王茵9月3日…"""
    named = rf"{shapes.role.pattern}\s*[{HAN}]{{2,3}}(?:[\s、]+(?:{shapes.role.pattern}\s*)?[{HAN}]{{2,3}}){{0,3}}"
    return re.compile(rf"\s*[{OPEN}](?P<inside>{named})\s*(?={shapes.day_first.pattern})")


@lru_cache(maxsize=4)
def _boxed(shapes: Shapes) -> re.Pattern[str]:
    """A dateline in a box of its own, or only the medium where the byline follows: 【清河网】(记者 王茵)."""
    alone = rf"{shapes.media}(?=[{CLOSE}]\s*{shapes.byline_bracket.pattern})"
    return re.compile(rf"[【\[〔](?:{shapes.dateline.pattern}|又讯|{alone})[】\]〕]")


_TOLD_BY = re.compile(rf"\s*([{HAN}]{{2,3}}(?:[\s、]+[{HAN}]{{2,3}}){{0,2}})\s*报道\s*[:：]")  # 任小川报道:
_NAMES_FIRST = re.compile(rf"(?:[{HAN}]{{2,3}}[\s、]+){{1,2}}")
_BYLINE_ENDS = re.compile(r"[\s:：]+|(?<=报道)")


def _named_first(string: str, shapes: Shapes) -> int:
    """How much of 赵大有 首席记者钱小川报道 stands before the first role."""
    named = _NAMES_FIRST.match(string)
    return named.end() if named and has_surname(named[0], shapes) else 0


def _split_open_byline(text: Text, shapes: Shapes) -> tuple[Credits, Text]:
    """A byline without brackets behind a dateline: 本报讯 记者 王茵 通讯员 李四 9月3日…"""
    window = text.string[:80]
    if told := _TOLD_BY.match(window):
        named = parse_signature(text[told.start(1) : told.end(1)], shapes)
        if named is not None:
            return named, text[told.end() :]
    if not shapes.role.match(window.lstrip()[_named_first(window.lstrip(), shapes) :]):
        return Credits(), text
    for end in reversed([m.span() for m in _BYLINE_ENDS.finditer(window) if m.start()]):
        credits = parse_credits(text[: end[0]], shapes, strict=True)
        if credits is not None:
            return credits, text[end[1] :]
    return Credits(), text

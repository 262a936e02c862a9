"""Bylines, signatures, photo credits and datelines: who wrote it, and where in the page the name stands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model import Credit, Text
from kg.read.names import has_surname, join_spaced, split_names
from kg.read.shapes import CLOSE, HAN, OPEN, Shapes

_WORD = re.compile(rf"[{HAN}·•・]+")
_BETWEEN = re.compile(rf"[\s、，,／/|:：{OPEN}{CLOSE}《》■□◎○●◇◆▲△★☆※＊*—\-]*")
_BRACKET_AHEAD = re.compile(rf"\s*[{OPEN}]([^{OPEN}{CLOSE}]{{1,90}})[{CLOSE}]\s*[:：]?\s*")
_BRACKET_BEHIND = re.compile(rf"\s*[{OPEN}]([^{OPEN}{CLOSE}]{{1,60}})[{CLOSE}]\s*[。.]?\s*$")
_TOLD_ON = re.compile(r"\s*\d{1,2}月\d{1,2}日\s*(?:\d{1,2}[:：]\d{2})?\s*(?:报道|电|讯)?$")
_STOP = "。！？!?…；;"
_AFTER_STOP = re.compile(rf"[{_STOP}][”’」』）)】]*\s*([^{_STOP}]{{2,50}})$")
_SIGNATURE = re.compile(rf"\s*[{HAN}]{{2,4}}(?:[\s、]+[{HAN}]{{2,4}}){{0,2}}\s*$")
_LONGEST_LINE = 60
_LONGEST_OFFICE = 16
_ENDING = 80  # a byline stands in the last characters of a paragraph
_BULLETS = "■□●○◆◇▲△★☆▶►※◎· \t\u3000"


@dataclass(frozen=True, slots=True)
class Credits:
    """The people a byline names. `titled` is false where it is names alone: (辽轩)."""

    reporters: tuple[Credit, ...] = ()
    photographers: tuple[Credit, ...] = ()
    titled: bool = True

    @property
    def is_photo(self) -> bool:
        """Whether only photographers are named."""
        return bool(self.photographers) and not self.reporters

    def __add__(self, other: Credits) -> Credits:
        return Credits(self.reporters + other.reporters, self.photographers + other.photographers)


class _Reading:
    """One pass over a byline: titles, names and marks in the order they are printed."""

    def __init__(self) -> None:
        self.named: dict[bool, list[Credit]] = {False: [], True: []}  # by whether they took the photo
        self.title: str | None = None
        self.pending: list[Credit] = []
        self.marked: list[Credit] = []
        self.before: frozenset[bool] | None = None
        self.titled = False

    def add_names(self, names: tuple[Text, ...]) -> None:
        """Names wait for the mark that may follow them."""
        self.pending += [Credit(name.string, self.title, name) for name in names]
        self.marked = []

    def add_mark(self, kinds: frozenset[bool]) -> None:
        """摄 behind names is theirs, before names the following ones'; 文/图 is two marks for the same names."""
        self.titled = True
        if self.pending and self.before is not None:
            self.settle(self.before)
            self.before = kinds
        elif self.pending:
            self.marked = self.settle(kinds)
        elif self.marked:
            self.pending = self.marked
            self.settle(kinds)
        else:
            self.before = kinds | (self.before or frozenset())

    def lead(self, kinds: frozenset[bool]) -> None:
        """A mark for the names that follow; those before it wrote, or did what an earlier mark says."""
        self.titled = True
        self.settle(frozenset({False}) if self.before is None else self.before)
        self.before, self.title = kinds, None

    def lead_staff(self) -> None:
        """编辑, 审核: who follows made the page and wrote nothing, unless it is 撰稿/编辑."""
        if self.pending or (self.title is None and self.before is None):
            self.lead(frozenset())

    def settle(self, kinds: frozenset[bool]) -> list[Credit]:
        """The waiting names did this."""
        settled, self.pending = self.pending, []
        for kind in kinds:
            self.named[kind] += settled
        return settled

    def result(self) -> Credits:
        """What was read; names without a mark wrote."""
        self.settle(frozenset({False}) if self.before is None else self.before)
        reporters, photographers = (tuple(dict.fromkeys(self.named[kind])) for kind in (False, True))
        return Credits(reporters, photographers, self.titled)


def parse_credits(text: Text, shapes: Shapes, *, strict: bool = False) -> Credits | None:
    """A byline and nothing else, or None. `strict` wants every word to be a name with a known surname.

    >>> from kg.lexicon import load_lexicon
    >>> found = parse_credits(Text.of("本报记者 赵大有 通讯员 钱小川 摄影报道"), Shapes(load_lexicon()))
    >>> [(c.name, c.title) for c in found.photographers]
    [('赵大有', '记者'), ('钱小川', '通讯员')]
    """
    tokens = _tokens(text, shapes)
    if not tokens:
        return None
    reading = _Reading()
    for i, token in enumerate(tokens):
        if shapes.has("page_staff", token.string):
            reading.lead_staff()
        elif _leads(token, tokens[i + 1 :], shapes):
            reading.lead(_mark_kinds(token.string, shapes))
        elif not _read_token(token, reading, shapes, strict):
            return None
    credits = reading.result()
    return credits if credits.titled and (credits.reporters or credits.photographers) else None


def _leads(token: Text, rest: list[Text], shapes: Shapes) -> bool:
    """Whether 摄影 belongs to the name behind it: 记者 赵大有 摄影 钱小川."""
    string = token.string
    if len(string) < 2 or not rest or not shapes.mark.fullmatch(string) or shapes.has("both_mark", string):
        return False
    return not any(shapes.mark.fullmatch(t.string) or shapes.glued_mark.search(t.string) for t in rest)


def _tokens(text: Text, shapes: Shapes) -> list[Text] | None:
    """The words of a byline; None where it holds anything but words and what parts them."""
    tokens: list[Text] = []
    position = 0
    string = text.string
    while position < len(string):
        between = _BETWEEN.match(string, position)
        position = between.end() if between else position
        word = _WORD.match(string, position)
        if word is None:
            return tokens if position == len(string) else None
        tokens += _parted(text[word.start() : word.end()], shapes)
        position = word.end()
    return join_spaced(tokens, shapes)


def _parted(token: Text, shapes: Shapes) -> list[Text]:
    """责任编辑刘洋 as two words."""
    staff = shapes.staff_name.fullmatch(token.string)
    if staff is None or not has_surname(staff[2], shapes):
        return [token]
    return [token[: staff.end(1)], token[staff.end(1) :]]


def _read_token(token: Text, reading: _Reading, shapes: Shapes, strict: bool) -> bool:
    """Take in one word of a byline; false where it cannot be part of one."""
    while token:
        if mark := shapes.mark.fullmatch(token.string):
            reading.add_mark(_mark_kinds(mark[0], shapes))
            return True
        role = shapes.role.match(token.string) or shapes.bare_role.search(token.string)
        if role is None:
            return _read_names(token, reading, shapes, strict)
        before = token[: role.start()]
        if before and not (reading.titled and _read_names(before, reading, shapes, strict)):
            return False
        title = role[role.lastindex or 0]
        reading.title, reading.titled = title, True
        token = token[role.end() :]
    return True


def _mark_kinds(mark: str, shapes: Shapes) -> frozenset[bool]:
    """Which of writing (False) and photographing (True) a mark stands for."""
    if shapes.has("both_mark", mark):
        return frozenset({False, True})
    return frozenset({shapes.has("photo_mark", mark)})


def _read_names(token: Text, reading: _Reading, shapes: Shapes, strict: bool) -> bool:
    mark = shapes.glued_mark.search(token.string)
    run = token[: mark.start()] if mark and mark.start() >= 2 else token
    names = split_names(run, shapes)
    if names is None or (strict and not all(has_surname(name.string, shapes) for name in names)):
        # An office among the names (通讯员 县委宣传部) is passed over where the rest is sure to be a byline.
        return not strict and reading.titled and len(run) <= 12 and bool(shapes.office_end.search(run.string))
    if not strict and len(names) == 1 and shapes.office_end.search(run.string) and not has_surname(run.string, shapes):
        return reading.titled
    reading.add_names(names)
    if len(run) < len(token) and mark:
        reading.add_mark(_mark_kinds(mark[0], shapes))
    return True


def is_role(string: str, shapes: Shapes) -> bool:
    """Whether a line is a byline that names nobody: ■ 本报评论员."""
    return shapes.role.fullmatch(string.strip(_BULLETS + "（）()")) is not None


def read_credit_line(text: Text, shapes: Shapes) -> Credits | None:
    """A line that is a byline as a whole: 本报记者 王茵, □记者 王茵/文 李四/图."""
    if len(text) > _LONGEST_LINE or text.string[-1:] in _STOP:
        return None
    credits = parse_credits(text, shapes)
    if credits is None:
        return None
    named = (*credits.reporters, *credits.photographers)
    # Outside brackets a name needs a surname, lest 记者走基层 be a person.
    return credits if all(has_surname(c.name, shapes) for c in named) else None


def split_dateline(text: Text, shapes: Shapes) -> tuple[Credits, Text] | None:
    """The byline of 本报讯(记者 王茵) and the report behind it, or None where no dateline opens the text.

    >>> from kg.lexicon import load_lexicon
    >>> credits, body = split_dateline(Text.of("本报讯 记者赵大有报道:昨天,雨。"), Shapes(load_lexicon()))
    >>> [c.name for c in credits.reporters], body.string
    (['赵大有'], '昨天,雨。')
    """
    text = text.strip()
    text = text[len(text) - len(text.string.lstrip(_BULLETS)) :]
    dateline = shapes.dateline.match(text.string)
    rest = text[dateline.end() :] if dateline else text
    credits = Credits()
    found = dateline is not None
    while ahead := _BRACKET_AHEAD.match(rest.string):
        inside = rest[ahead.start(1) : ahead.end(1)]
        if told := _TOLD_ON.search(inside.string):
            inside = inside[: told.start()]
        named = parse_credits(inside, shapes) or (_signature(inside, shapes) if found else None)
        if named is None and not (found and shapes.bare_role.search(inside.string)):
            break
        credits, rest, found = credits + (named or Credits()), rest[ahead.end() :], True
    if dateline is None and not found:
        return None
    named, rest = _split_open_byline(rest, shapes)
    return credits + named, rest[len(rest) - len(rest.string.lstrip(" \t\xa0\u3000:：，,—")) :]


_BYLINE_ENDS = re.compile(r"[\s:：]+|(?<=报道)")


def _split_open_byline(text: Text, shapes: Shapes) -> tuple[Credits, Text]:
    """A byline without brackets behind a dateline: 本报讯 记者 王茵 通讯员 李四 9月3日…"""
    window = text.string[:80]
    if not shapes.role.match(window.lstrip()):
        return Credits(), text
    for end in reversed([m.span() for m in _BYLINE_ENDS.finditer(window) if m.start()]):
        credits = parse_credits(text[: end[0]], shapes, strict=True)
        if credits is not None:
            return credits, text[end[1] :]
    return Credits(), text


@dataclass(frozen=True, slots=True)
class Ending:
    """A paragraph without what stands behind its last sentence, and the names that stood there."""

    text: Text
    credits: Credits


def split_ending(text: Text, shapes: Shapes) -> Ending | None:
    """The byline, signature or end mark that closes a paragraph, or None.

    >>> from kg.lexicon import load_lexicon
    >>> ending = split_ending(Text.of("雨停了。（通讯员 赵大有）"), Shapes(load_lexicon()))
    >>> ending.text.string, [c.name for c in ending.credits.reporters]
    ('雨停了。', ['赵大有'])
    """
    window = max(len(text) - _ENDING, 0)
    if bracket := _BRACKET_BEHIND.search(text.string, window):
        inside = text[bracket.start(1) : bracket.end(1)]
        return _read_bracket(text[: bracket.start()], inside, shapes)
    tail = _AFTER_STOP.search(text.string, window)
    if tail and (credits := read_credit_line(text[tail.start(1) :], shapes)):
        return Ending(text[: tail.start(1)].strip(), credits)
    return None


def _read_bracket(before: Text, inside: Text, shapes: Shapes) -> Ending | None:
    """What the bracket at the end of a paragraph is, None where it belongs to the text."""
    string = inside.string
    if shapes.staff_or_source.match(string) or shapes.end_mark.match(string):
        return Ending(before, Credits())
    if credits := parse_credits(inside, shapes):
        return Ending(before, credits)
    if before and before.string[-1] not in _STOP + "”’」』）)":
        return None
    if signed := _signature(inside, shapes):
        return Ending(before, signed)
    # An office that signs is no person: (某省纪委监委).
    if len(string) <= _LONGEST_OFFICE and shapes.office_end.search(string) and _WORD.fullmatch(string):
        return Ending(before, Credits())
    return None


def _signature(inside: Text, shapes: Shapes) -> Credits | None:
    """Names in brackets and nothing else: (辽轩), (赵大有 钱小川)."""
    string = inside.string.strip()
    if not _SIGNATURE.match(string) or shapes.end_mark.match(string):
        return None
    tokens = _tokens(inside, shapes) or []
    if any(shapes.office_end.search(t.string) or shapes.mark.fullmatch(t.string) for t in tokens):
        return None
    if any(split_names(t, shapes) is None for t in tokens):
        return None
    return Credits(tuple(Credit(t.string, None, t) for t in tokens), (), False)

"""Bylines and photo credits: who wrote it, who took the picture, and where in the page the name stands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model import Credit, Text
from kg.read.names import has_surname, is_pen_name, is_press_office, join_spaced, split_names
from kg.read.patterns import CLOSE, HAN, OPEN
from kg.read.shapes import Shapes
from kg.words import segmenter

WORD = re.compile(rf"[{HAN}·•・]+")
_BETWEEN = re.compile(rf"[\s、，,；;／/|:：{OPEN}{CLOSE}《》■□◎○●◇◆▲△★☆※＊*—\-]*")
# What the OCR makes of the ■ before a byline: N本报记者, ⑧3记者.
_ORNAMENT = re.compile(rf"[A-Za-z0-9①-⑳@#|｜丨▎❖✎»>•?？]{{1,3}}\s*(?=[{HAN}])")
STOP = "。！？!?…；;"
_LONGEST_LINE = 60
_LONGEST_OFFICE = 14
_SHORTEST_MARKED = 3
_SLASHES = ("/", "／")
BULLETS = "■□●○◆◇▲△★☆▶►※◎· \t\u3000"


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

    def __init__(self, *, marked: bool) -> None:
        self.marked_ahead = marked  # 摄, 供稿 or a title stands somewhere behind: the rest is sure to be a byline
        self.named: dict[bool, list[Credit]] = {False: [], True: []}  # by whether they took the photo
        self.title: str | None = None
        self.pending: list[Credit] = []
        self.marked: list[Credit] = []
        self.before: frozenset[bool] | None = None
        self.titled = False

    def add_names(self, names: tuple[Text, ...], shapes: Shapes) -> None:
        """Names wait for the mark that may follow them."""
        signed = self.title is None
        self.pending += [
            Credit(name.string, self.title, name, (is_pen_name if signed else is_press_office)(name.string, shapes))
            for name in names
        ]
        self.marked = []

    @property
    def begun(self) -> bool:
        """Whether anything of the byline was read."""
        return self.titled or bool(self.pending)

    @property
    def sure(self) -> bool:
        """Whether it is a byline, so that what is no name can be passed over."""
        return self.titled or self.marked_ahead

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
    tokens = tokens_of(text, shapes)
    if not tokens:
        return None
    reading = _Reading(marked=any(_is_mark(t, shapes) or shapes.role.match(t.string) for t in tokens))
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
    return not any(_is_mark(t, shapes) for t in rest)


def _is_mark(token: Text, shapes: Shapes) -> bool:
    """摄, or a name with 摄 behind it."""
    return bool(shapes.mark.fullmatch(token.string) or shapes.glued_mark.search(token.string))


def tokens_of(text: Text, shapes: Shapes) -> list[Text] | None:
    """The words of a byline; None where it holds anything but words and what parts them."""
    tokens: list[Text] = []
    string = text.string
    ornament = _ORNAMENT.match(string)
    position = ornament.end() if ornament else 0
    while position < len(string):
        between = _BETWEEN.match(string, position)
        position = between.end() if between else position
        word = WORD.match(string, position)
        if word is None:
            return tokens if position == len(string) else None
        token = text[word.start() : word.end()]
        if _ends_in_mark(token, string[word.end() :], shapes):
            tokens += [token[:-1], token[-1:]]
        else:
            tokens += _parted(token, shapes)
        position = word.end()
    return join_spaced(tokens, shapes)


def _ends_in_mark(token: Text, rest: str, shapes: Shapes) -> bool:
    """赵大文/摄: 文 belongs to the mark, not to the name."""
    ending = len(token) >= _SHORTEST_MARKED and shapes.has("name_ending_mark", token.string[-1])
    return ending and rest[:1] in _SLASHES and shapes.mark.match(rest, 1) is not None


def _parted(token: Text, shapes: Shapes) -> list[Text]:
    """责任编辑刘洋 as two words, and so 记者王, behind which 茵 follows."""
    role = shapes.bare_role.match(token.string)
    if role and len(token) == role.end() + 1 and token.string[-1] in shapes.lexicon.surnames:
        return [token[: role.end()], token[role.end() :]]
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
        office = before and not reading.begun and not strict and _may_be_medium(before, shapes)
        if before and not office and not (reading.titled and _read_names(before, reading, shapes, strict)):
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
    if len(run) > _SHORTEST_MARKED and run is token and _is_long_for_a_name(run, shapes):
        run, mark = run[:-1], re.search(r".$", run.string)  # 赵大有文 图
    names = split_names(run, shapes)
    if names is None or (strict and not all(has_surname(name.string, shapes) for name in names)):
        # An office among the names (通讯员 县委宣传部) is passed over where the rest is sure to be a byline.
        return not strict and reading.sure and len(run) <= _LONGEST_OFFICE and _is_office(run, shapes)
    surname = len(run) <= _SHORTEST_MARKED and has_surname(run.string, shapes)  # 党政办公室 is nobody called 党
    surname = surname and not shapes.has("nobody", run.string)  # 管理员
    office = _is_office(run, shapes) and (len(names) == 1 or len(segmenter().cut(run.string)[-1]) > 1)
    if not strict and office and not surname:  # 宝山公安分局 is nobody called 宝山公 and nobody called 安分局
        return reading.sure
    reading.add_names(names, shapes)
    if len(run) < len(token) and mark:
        reading.add_mark(_mark_kinds(mark[0], shapes))
    return True


def _is_long_for_a_name(run: Text, shapes: Shapes) -> bool:
    """赵大有文, but 欧阳大文 and 赵文钱图: nobody of a common surname has three characters more."""
    string = run.string
    ending = len(string) == _SHORTEST_MARKED + 1 and shapes.has("name_ending_mark", string[-1])
    surnames = shapes.lexicon.surnames
    return ending and string[0] in surnames and string[:2] not in surnames and string[2] not in surnames


def _may_be_medium(before: Text, shapes: Shapes) -> bool:
    """县公安局通讯员, 清河报业全媒体记者: before the first title stands whom somebody writes for."""
    name = len(before) <= _SHORTEST_MARKED and has_surname(before.string, shapes)
    return _is_office(before, shapes) or (not name and len(before) <= _LONGEST_OFFICE)


def _is_office(run: Text, shapes: Shapes) -> bool:
    """县委宣传部, 清河晚报·清河壹点; 受访者 and 网络, who give pictures, are no persons either."""
    medium = re.match(rf"{shapes.media}[·•・]", run.string)
    return bool(medium or shapes.office_end.search(run.string)) or shapes.has("nobody", run.string)


def is_nobody(word: Text, shapes: Shapes) -> bool:
    """Whether a word of a byline names no person: an office, 供稿."""
    return _is_office(word, shapes) or shapes.mark.fullmatch(word.string) is not None


def is_role(string: str, shapes: Shapes) -> bool:
    """Whether a line is a byline that names nobody: ■ 本报评论员."""
    return shapes.role.fullmatch(string.strip(BULLETS + "（）()")) is not None


def read_credit_line(text: Text, shapes: Shapes) -> Credits | None:
    """A line that is a byline as a whole: 本报记者 王茵, □记者 王茵/文 李四/图."""
    if len(text) > _LONGEST_LINE or text.string[-1:] in STOP:
        return None
    credits = parse_credits(text, shapes)
    if credits is None:
        return None
    named = (*credits.reporters, *credits.photographers)
    # Outside brackets a name needs a surname, lest 记者走基层 be a person; 记者 觉果 摄 says enough.
    keyed = shapes.author_key.match(text.string) is not None  # 作者:强勇
    certain = keyed or (credits.is_photo and all(c.title for c in named))
    return credits if certain or all(has_surname(c.name, shapes) for c in named) else None

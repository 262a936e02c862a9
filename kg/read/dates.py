"""Days as mastheads print them: 2021年9月6日, 2022-05-30, 二〇二一年九月六日."""

from __future__ import annotations

import re
from datetime import date

_DIGIT = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "O": 0, "o": 0}
_TEN = "十"
_NUMERAL = r"[〇零○Oo一二三四五六七八九]{4}"
_SMALL = r"[一二三四五六七八九十]{1,3}"
_DAY = re.compile(
    rf"(?<![\d.])(?:(\d{{4}})\s*年\s*(\d{{1,2}})\s*月\s*(\d{{1,2}})\s*[日曰]"
    rf"|(\d{{4}})([-/.])(\d{{1,2}})\5(\d{{2}}(?=\d\d:\d\d)|\d{{1,2}}(?!\d))"  # 2026-02-0419:47
    rf"|({_NUMERAL})\s*年\s*({_SMALL})\s*月\s*({_SMALL})\s*[日曰])"
)
_MISREAD = re.compile(r"(?<![A-Za-z\d])(?=[OoIl]{0,2}\d)[\dOoIl]{1,4}(?=\s*[年月日曰])")  # 2O24年1月l5日
_DIGITS = str.maketrans("OoIl", "0011")
_EARLIEST = 1900
_LATEST = 2099


def find_day(string: str) -> tuple[date, int, int] | None:
    """The first full date of a line and where it stands; an impossible one is None.

    >>> find_day("二〇二一年九月六日 星期一")
    (datetime.date(2021, 9, 6), 0, 9)
    >>> find_day("2O21年9月6曰")[0]  # as the OCR misreads it
    datetime.date(2021, 9, 6)
    >>> find_day("发布日期: 2021-09-0619:47")[0]  # the hour stuck to it
    datetime.date(2021, 9, 6)
    """
    string = _MISREAD.sub(lambda match: match[0].translate(_DIGITS), string)
    for match in _DAY.finditer(string):
        if match[1]:
            parts = (int(match[1]), int(match[2]), int(match[3]))
        elif match[4]:
            parts = (int(match[4]), int(match[6]), int(match[7]))
        else:
            year = int("".join(str(_DIGIT[c]) for c in match[8]))
            parts = (year, parse_numeral(match[9]), parse_numeral(match[10]))
        if day := make_day(*parts):
            return day, match.start(), match.end()
    return None


def make_day(year: int | str, month: int | str, day: int | str) -> date | None:
    """A day of the calendar that a paper can bear, else None.

    >>> make_day("2021", "2", "30") is None
    True
    """
    try:
        made = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return made if _EARLIEST <= made.year <= _LATEST else None


def parse_numeral(string: str) -> int:
    """A number below a hundred in digits or Chinese numerals; 0 where it is none.

    >>> parse_numeral("二十三"), parse_numeral("十"), parse_numeral("4")
    (23, 10, 4)
    """
    if string.isdecimal():
        return int(string)
    tens, ten, ones = string.rpartition(_TEN)
    if any(c not in _DIGIT for c in tens + ones) or len(tens) > 1 or len(ones) > 1:
        return 0
    return (_DIGIT[tens] if tens else 1) * 10 * bool(ten) + (_DIGIT[ones] if ones else 0)

"""When: the day that a sentence tells of what stands at a position in it."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import lru_cache

from kg.facts.shape import Shape
from kg.lexicon import Lexicon
from kg.mentions.dates import PrintedDate, parse_number
from kg.model import Mention, When
from kg.words import any_of

_COARSE = re.compile(r"(?:(?:19|20)\d\d|去|今)年(?:\d{1,2}月份?|第?[一二三四]季度)?|\d{1,2}月份?")
_OF_OBJECT = re.compile("(?:对|将|把|为)(?:在)?$")  # 对2011年涌现出的先进进行了表彰
_OF_REPORT = re.compile("[^,。;:]{0,24}(?:获悉|了解到|得知|采访时)")  # 记者昨日从县公安局获悉,…
_IS_A_FEAST = re.compile("是[^,。;]{0,14}(?:节|纪念日|周年|诞辰)(?=[,。;])")
_HELD_ON = re.compile("[\u4e00-\u9fff]{2,8}(?:也|将|定|拟)?于")  # A会议于14日召开;B会议于13日召开
_LASTS = re.compile("[^。;]{0,12}(?:召开|举行|开幕)[^。;]{0,8}[会为]期([一二三四五六七八九十\\d]{1,2})天")
_STAMP = re.compile(r"(?:19|20)\d\d[-/.]")
_MONTH_DAYS = 31
_NEXT = 4  # characters behind a date in which a verb of holding is its own


def day_of(shape: Shape, position: int, *, named: bool = False) -> PrintedDate | None:
    """The day told nearest before `position`, not in quotation and not 截至; else the one right after it.

    What is `named` by a noun, 2021年冬季运动会, may have a year in its name that dates nothing.
    """
    dates = [d for d in shape.found.dates if not shape.is_quoted(d.start) and not is_until(shape, d)]
    dates = [d for d in dates if not (is_stamped(shape, d) or shape.is_aimed(d.start))]  # 为做好今年的工作,县长到…检查
    dates = [d for d in dates if d.end > position or not _OF_REPORT.match(shape.string, d.end)]
    own = next((d for d in dates if named and _HELD_ON.fullmatch(shape.string, position, d.start)), None)
    if own is not None and isinstance(own.value, PrintedDate):
        return _lasting(shape.string, own.value, own.end)
    before = [d for d in dates if d.end <= position and not _is_of_a_name(shape, d, position, named=named)]
    clause = shape.clause_at(position)[1]
    behind = [d for d in dates if position <= d.start <= position + 12 and (d.start < clause or not _is_year(d.value))]
    chosen = before[-1:] or behind[:1]
    value = chosen[0].value if chosen else None
    if before and chosen == before[-1:]:
        value = next((d.value for d in reversed(before[:-1]) if _is_within(d.value, value)), value)
    return value if isinstance(value, PrintedDate) else None


def _lasting(string: str, day: PrintedDate, position: int) -> PrintedDate:
    """于7月29日召开,会期4天: the days from the first to the last."""
    long = _LASTS.match(string, position)
    if long is None or day.when is None or day.when.begin != day.when.end:
        return day
    return PrintedDate(When(day.when.begin, day.when.end + timedelta(days=parse_number(long[1]) - 1)))


def _is_of_a_name(shape: Shape, date: Mention, position: int, *, named: bool) -> bool:
    """2021年冬季运动会, 9月3日…8月份调度会: does a bare year or month stand in a name, with no verb right behind it?"""
    if not _COARSE.fullmatch(shape.string[date.start : date.end]):
        return False
    opened = shape.string[: date.start].endswith(tuple(shape.lexicon.words("hold")))  # 举行2021年第一季度…仪式
    if opened or _OF_OBJECT.search(shape.string, 0, date.start):
        return True
    days = [d for d in shape.found.dates if not _COARSE.fullmatch(shape.string[d.start : d.end])]
    day_told = any(d.end <= date.start for d in days)
    end = min(position, date.end + _NEXT) if day_told else position
    held = any(date.end <= begin < end for begin, _, _ in shape.find("hold"))
    return (named or day_told) and not held and not re.search("[,;:在于]", shape.string[date.end : end])


def _is_year(value: object) -> bool:
    """A year, or more than two months of it."""
    when = value.when if isinstance(value, PrintedDate) else None
    return when is not None and (when.end - when.begin).days > 2 * _MONTH_DAYS


def _is_within(one: object, other: object) -> bool:
    """11月4日,举行2021年…启动仪式: is one day of the other, longer time?"""
    if not (isinstance(one, PrintedDate) and isinstance(other, PrintedDate)) or other.when is None:
        return False
    if one.when is None:  # 5月7日,举办2018年…赛, with no year for the day
        return not one.open and one.same_day is None and (other.when.end - other.when.begin).days > _MONTH_DAYS
    return one.when != other.when and other.when.begin <= one.when.begin and one.when.end <= other.when.end


def is_until(shape: Shape, date: Mention) -> bool:
    """截至9月3日, 9月底前: a limit, not the day of anything; nor is 9月10日是教师节 one on which something was done."""
    until = shape.string[: date.start].endswith(("截至", "截止", "截止到", "截至目前", "持续到", "持续至", "延续到"))
    feast = _IS_A_FEAST.match(shape.string, date.end) is not None
    return until or feast or shape.string.startswith(("前", "之前", "以前", "底前", "以来"), date.end)


def is_stamped(shape: Shape, day: Mention) -> bool:
    """发表于:2021/9/6, 时间:2021-09-06 15:49: is it the paper's own day, run into a headline or its text?"""
    issued = shape.found.sentence.article.issue.date
    when = day.value.when if isinstance(day.value, PrintedDate) else None
    return when is not None and when.begin == when.end == issued and _STAMP.match(day.surface) is not None


@lru_cache(maxsize=4)
def _clock(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"于?(?:{any_of(lexicon.words('clock'))}|\d{{1,2}}(?:时|点|:\d))")


def opens_by_clock(shape: Shape, position: int) -> bool:
    """19时30分,…; 随后,上午…: a clause up to `position` opens by the clock alone, so it tells of the day told last."""
    return any(_clock(shape.lexicon).match(shape.string, begin) for begin, _ in shape.clauses if begin <= position)

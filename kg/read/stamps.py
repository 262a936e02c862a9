"""Days that a page carries outside its masthead: in a copy's address, in a site's timestamp, in a dateline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from kg.read.dates import find_day, make_day

_URL_DAY = re.compile(
    r"https?://[^\s\u4e00-\u9fff]*?/[a-z_]{0,3}((?:19|20)\d\d)[-/_]?(0[1-9]|1[0-2])[-/_]?(0[1-9]|[12]\d|3[01])(?=[/_.])"
)
_STAMP = re.compile(
    r"(?<!\d)(?:19|20)\d\d([-/.])\d{1,2}\1\d{1,2}日?\s*(?:星期[一二三四五六日]\s*)?\d{1,2}[:：]\d{2}"
    r"|(?<!\S)(?:19|20)\d\d年\d{1,2}月\d{1,2}日\s*\d{1,2}[:：]\d{2}(?!\S)"
)
_AHEAD = re.compile(r"(?:19|20)\d\d([-/.])\d{1,2}\1\d{1,2}\s+(?=\d{1,2}月\d{1,2}日)")  # 2021-09-06 9月5日,…
_KEY = re.compile(r"(?:时间|日期)\s*[:：]\s*(?=(?:19|20)\d\d)")
_RUN_IN = re.compile(
    r"(?:[报网台]\s+|(?:发表|发布)于\s*[:：]\s*|(?:发布|发稿|更新)(?:时间|日期)\s*[:：]\s*|[\[【]\s*)(?=(?:19|20)\d\d([-/.])\d{1,2}\1\d{1,2}(?!\d))"
)
_ITEM = re.compile(r"\s*(?:[一二三四五六七八九十]+|\d+)[、.]")  # 二、管制时间:… is when something is done
_SIGNED = re.compile(r"(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日$")
_BOX = re.compile(r"地点\s*[:：]")  # 时间:… 地点:… is when something is held
_DATELINE = re.compile(r"[^。,，]{0,12}?((?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)\s*(?:讯|电|消息|报道)")
_FIRST_IN = re.compile(
    r"原载[^,，。]{0,3}《[^《》]{2,16}》[(（]?(?=(?:19|20)\d\d\s*年)"
)  # (原载《清河日报》2021年9月6日)
_FIELD = r"[\u4e00-\u9fff]{2,9}\s*[:：]\s*[^\s:：]{0,20}(?:\s[\u4e00-\u9fff]{2,3}){0,3}"
_FROM = r"(?:\s+[\u4e00-\u9fff]{2,8}[报网社])?(?:\s+作者\s+[\u4e00-\u9fff]{2,4})?"
_LINE = re.compile(
    rf"(?:{_FIELD}\s+)*[\[(（【]?\s*(?:[\u4e00-\u9fff]{{0,6}}(?:时间|日期)\s*[:：]\s*)?"
    rf"(?:19|20)\d\d[-/.年]\d{{1,2}}[-/.月]\d{{1,2}}日?(?:\s*\d{{1,2}}[:：]\d{{2}}(?:[:：]\d{{2}})?)?\s*[\])）】]?"
    rf"(?:\s*{_FIELD})*{_FROM}(?:\s*发布)?\s*(?:\d+次(?:查看|浏览|阅读|点击))?\s*$"
)
# 2021年9月6日 09:28:53 清河新闻网 网友互动 字体: no text tells the second
_TO_THE_SECOND = re.compile(r"\s*(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s+\d{1,2}[:：]\d{2}[:：]\d{2}(?!\d)")
_CLAUSE = re.compile("[。，,；;！？]")
_DAY_FIRST = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)\s+\d{1,2}[:：]\d{2}")  # 22.09.2016 22:43
_CLOCK = re.compile(r"\d{1,2}[:：]\d{2}")
_COLON = re.compile(r"[\u4e00-\u9fff]\s*[:：]")
_LONGEST_KEYED = 100


def is_stamp(string: str) -> bool:
    """Is a line nothing but a day with its clock and a site's fields?

    >>> is_stamp("发布时间:2021-09-06 15:56:13 作者:赵大有"), is_stamp("时间:2021年9月6日 地点:县体育馆")
    (True, False)
    """
    told = _LINE.match(string) or (_TO_THE_SECOND.match(string) and not _CLAUSE.search(string))
    return len(string) <= _LONGEST_KEYED and not _BOX.search(string) and bool(told)


def day_of_links(furniture: Sequence[str]) -> date | None:
    """链接:http://…/2015-10-10/502864.html: the day a copy's address carries, where all of a page agree on it."""
    days = {make_day(*found.groups()) for string in furniture for found in _URL_DAY.finditer(string)}
    return days.pop() if len(days) == 1 else None


def day_put_up(furniture: Sequence[str], day: date | None) -> date | None:
    """The day above a site's page, which may be its reader's own, or the earlier one of a stamp with a clock.

    >>> day_put_up(["2023年11月23日 星期四", "2013-09-11 14:57:21   来源:清河网"], date(2023, 11, 23))
    datetime.date(2013, 9, 11)
    """
    stamped = {found[0] for s in furniture if _CLOCK.search(s) and _COLON.search(s) and (found := find_day(s))}
    earlier = stamped.pop() if len(stamped) == 1 else None
    return earlier if earlier and day and earlier < day else day


def day_of_stamps(strings: Sequence[str]) -> date | None:
    """The day a site says it put its page up, or a dateline tells in full, where all of a page agree on it.

    >>> day_of_stamps(["清河县运动会开幕 2021-09-06 17:35 清河网", "9月3日,县运动会开幕。"])
    datetime.date(2021, 9, 6)
    >>> day_of_stamps(["县运动会开幕", "06.09.2021  17:35"])
    datetime.date(2021, 9, 6)
    >>> day_of_stamps(["县运动会开幕", "2021-09-06 9月5日,县运动会开幕。"])
    datetime.date(2021, 9, 6)
    >>> day_of_stamps(["时间:2021年9月6日 地点:县体育馆"]) is None
    True
    >>> day_of_stamps(["县运动会开幕", "[2021-09-06] 清河网"])
    datetime.date(2021, 9, 6)
    >>> day_of_stamps(["市人大任命市长 来源:清河网讯 发布时间:2021-09-06 今日,会议召开,任命一名市长。"])
    datetime.date(2021, 9, 6)
    >>> day_of_stamps(["歹徒五分钟后落网 清河日报 2021-09-06 清河网讯 前晚,民警抓获一人。"])
    datetime.date(2021, 9, 6)
    """
    days = {day for string in strings for day in _days(string)}
    return days.pop() if len(days) == 1 else None


def day_signed(strings: Sequence[str]) -> date | None:
    """The day below a notice, alone on the page's last line or behind who signs there.

    >>> day_signed(["关于停水的通告", "3日起停水。", "清河县水务局", "2021年9月2日"])
    datetime.date(2021, 9, 2)
    """
    found = _SIGNED.search(strings[-1]) if strings else None
    day = find_day(found[0]) if found else None
    return day[0] if day else None


def _days(string: str) -> Iterator[date]:
    """The first day of each kind that a line carries."""
    boxed = _BOX.search(string) or _ITEM.match(string)
    keyed = _KEY.search(string) if len(string) <= _LONGEST_KEYED and not boxed else None
    starts = [found.start() for found in (_STAMP.search(string),) if found]
    starts += [found.end() for found in (_RUN_IN.search(string, 0, _LONGEST_KEYED),) if found]
    starts += [keyed.end()] if keyed else []
    starts += [found.start() for found in (_AHEAD.match(string),) if found]
    starts += [found.end() for found in (_FIRST_IN.search(string),) if found]
    starts += [found.start(1) for found in (_DATELINE.match(string),) if found]
    for start in starts:
        if found := find_day(string[start:]):
            yield found[0]
    reversed_ = _DAY_FIRST.search(string)
    if reversed_ and (day := make_day(reversed_[3], reversed_[2], reversed_[1])):
        yield day

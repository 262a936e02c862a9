"""Dates of Chinese newspapers, resolved against the day of the issue.

9月3日 · 2021年9月3日 · 7月16日至17日 · 8月26日—9月26日 · 2月28日、29日 · 昨日 · 上周五 · 10月中旬. What the text leaves
open (近日, 日前) stays open. A lone 3日 takes its month from the last date of the article, else from the issue.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from kg.mentions.line import Line
from kg.model import Kind, Mention, Part, When

_DIGITS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"元": "1", "○": "0", "零": "0", "Ｏ": "0"}
# \s* wherever a page may be set with blanks: 2021 年3 月2 日.
_YEAR = (
    r"(?:(?P<y>(?:19|20)\d\d|[一二][〇○零九][〇○零一二三四五六七八九]{2})\s*年"
    r"|(?P<ry>今年|去年|前年|明年|当年|本年度?|同年))"
)
_DAY = r"(?P<d>[0-3]?\d|[一二三]?十?[一二三四五六七八九十])\s*(?:日|号)"
_BEGUN = _DAY.removesuffix(")") + r"|(?=[-－—~～–至到]\s*[0-3]?\d\s*(?:日|号)))"  # 8月9-10日
_LUNAR = "(?<!农历)(?<!阴历)(?<!农历十)(?<!阴历十)"  # 农历三月 is no 三月
_MONTH = _LUNAR + r"(?P<m>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九元])\s*月(?:份)?"
_TO = r"\s*(?:上午|下午|晚上?|早上|凌晨)?(?:零时|\d{1,2}(?:时|点|[:：]\d\d))?\s*(?:至|到|—+|-+|－|~|～|–|、|和)\s*"
_FULL = re.compile(
    rf"(?:{_YEAR}\s*)?{_MONTH}\s*{_BEGUN}(?:{_TO}(?:(?P<y2>(?:19|20)\d\d)年)?(?:(?P<m2>1[0-2]|0?[1-9])月)?(?P<d2>[0-3]?\d)(?:日|号))?"
)
_MONTH_ONLY = re.compile(
    rf"(?:{_YEAR}\s*)?{_MONTH}(?P<part>初|上旬|中旬|下旬|底|末)?(?![\d月街花]|初?[一二三四五六七八九十](?!日|号|、))"
)  # no month in 三月街
_YEAR_ONLY = re.compile(rf"{_YEAR}(?P<part>年初|初|上半年|下半年|底|年底|末)?(?!度)")
_DAY_ONLY = re.compile(
    rf"(?<![\d月.])(?:(?P<this>本月|当月|上月|下月|上个月|下个月)?{_BEGUN})(?:{_TO}(?P<d2>[0-3]?\d)日)?(?!均|报|市|常|元|内|游|(?<=号)(?:[楼路线院门机仓厅馆教库令地井区桥墩店铺车公病房船高标台位栋矿坑街巷屋球演泊航码]|文件|公告|选手|会议|国道|公路))"
)
_ISO = re.compile(r"(?P<y>(?:19|20)\d\d)[-/.](?P<m>1[0-2]|0?[1-9])[-/.](?P<d>3[01]|[12]\d|0?[1-9])(?!\d)")
_RELATIVE = re.compile(
    r"(?P<word>[昨今明前]\(\d{1,2}\)[日天]|昨天|昨日|昨晚|昨夜|(?<![之以])前晚|(?<![之以])前夜|昨|今天|今日|今晨|今晚|今起|明天|明日|前天|前日)(?![年])"
)
_LONGEST_TITLE = 5
_WEEKDAY = re.compile(r"(?P<week>上|本|这|下)?(?:周|星期)(?P<wd>[一二三四五六日天])(?![岁年期])")
_PLANNED = re.compile(
    r"(?:明确|部署|安排|布置|下达|签订|签署|制定)了?[《“]?(?P<y>20\d\d)年(?!度)[^,。;]{0,8}(?:任务|目标|工作|责任)"
    r"|月\d{1,2}[日号][^。;]{0,20}(?:举办|举行)[的了]?[《“]?(?P<y2>20\d\d)年(?!度)"
)
# 召开2021年防汛工作会议: named after the year it is in, unless it sums one up; in a season's name even in winter.
_NAMED_AFTER = re.compile(
    r"(?:召开|举行|举办|启动|开展)了?[^,。;《》]{0,10}?(?P<y>20\d\d)年(?!度)(?![^,。;]{0,16}(?:总结|述职|考核|表彰))"
    r"|(?P<y2>20\d\d)年?[^,。;\d]{0,8}[春夏秋冬]季(?!度)"
    r"|(?:^|日(?:[上下]午|晚|凌晨)?(?:\d{1,2}[:时点]\d{0,2}分?)?,[^。;]{0,40}?)(?P<y3>20\d\d)年(?!度)"
    r"(?![^,。;]{0,16}(?:总结|述职|考核|表彰))[^,。;]{2,40}?"
    r"(?:活动|仪式|典礼|会议?|论坛|赛|节)[^,。;]{0,16}(?:举行|召开|开幕|启动|拉开|鸣枪|开赛|开跑)"
    r"|(?P<y4>20\d\d)年(?!度)[^,。;]{2,30}(?:活动|仪式|[班赛节]|[大运览]会|会议|论坛|典礼)[也将]?于(?=\d{1,2}月\d{1,2}日)"
)
_ANY_YEAR = re.compile(r"(?<!\d)(20\d\d)年")
_LAST_PLANNED = 10  # in November and December the next year is planned
_OPEN = re.compile(r"日前|近日|近期|连日来|近段时间|不久前|这几天|近几天")
_SAME_DAY = re.compile(r"当[日天晚](?!作)|同日|次日|翌日")
_SHIFTS = {"昨": -1, "今": 0, "明": 1, "前": -2}
_YEARS = {"今": 0, "本": 0, "去": -1, "前": -2, "明": 1}


_LONGEST_DATELINE = 60
_DATELINE = re.compile(r"(?:(?P<m>\d{1,2})月)?(?<!\d)(?P<d>\d{1,2})日\s*(?:专?电|讯|消息|报道)[^。\n]{0,40}$")
_REPORTED = timedelta(10)  # how long after a happening it is reported


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """What a date expression says: its days if they are known, and whether it was left open on purpose."""

    when: When | None
    open: bool = False
    same_day: int | None = None  # 当日 = 0, 次日 = 1: counted from the date before it in the article


def parse_number(text: str) -> int:
    """三十一 → 31, 二〇二一 → 2021, 09 → 9."""
    if text.isdigit():
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (int(_DIGITS[tens]) if tens else 1) * 10 + (int(_DIGITS[ones]) if ones else 0)
    return int("".join(_DIGITS[c] for c in text))


def _day(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= day <= calendar.monthrange(year, month)[1] else None


def _span(begin: date | None, end: date | None) -> When | None:
    if begin is None or end is None or end < begin:
        return None
    return When(begin, end, begin.isoformat() if begin == end else None)


@dataclass(slots=True)
class DateReader:
    """Reads the dates of one article in order; remembers the last one, because 当日 and a lone 3日 lean on it."""

    issue: date | None
    planned: tuple[int, int] | None = None  # the year that an undated article makes plans for, to which month
    told: dict[tuple[int, int], int] = field(default_factory=dict)  # years of the days that it prints whole
    written: date | None = None  # the day of its dateline, 新华社3日电, which 昨日 is counted from
    last: date | None = None
    last_year: int | None = None

    def _year(self, match: re.Match[str], month: int, day: int = 1) -> int | None:
        """The printed year, or the one that brings the day nearest to the issue, the past first."""
        if match["y"]:
            self.last_year = parse_number(match["y"])
            return self.last_year
        if match["ry"]:
            if match["ry"][0] in "当同":
                return self.last_year
            return self.issue.year + _YEARS[match["ry"][0]] if self.issue else None
        if self.issue is None:
            return self.told.get((month, day)) or self._just_before(month, day) or self._planned(month)
        ahead = (month - self.issue.month) * 30 + day - self.issue.day
        if ahead > 75:
            return self.issue.year - 1
        return self.issue.year + 1 if ahead < -300 and self.issue.month == 12 else self.issue.year

    def _just_before(self, month: int, day: int) -> int | None:
        """The year of a day that an undated article prints whole, if the day is one of the days before it."""
        for (told_month, told_day), year in sorted(self.told.items()):
            whole, near = _day(year, told_month, told_day), _day(year, month, day)
            if whole and near and timedelta(0) <= whole - near <= _REPORTED:
                return year
        return None

    def _planned(self, month: int) -> int | None:
        """The year that the article makes plans for, if the month is one of it."""
        year, last = self.planned or (0, 0)
        return year if month <= last else None

    def full(self, match: re.Match[str]) -> PrintedDate:
        """9月3日, 7月16日至17日, 8月26日—9月26日."""
        month, day = parse_number(match["m"]), parse_number(match["d"])
        year = self._year(match, month, day)
        if year is None:
            return PrintedDate(None)
        begin = end = _day(year, month, day)
        if match["d2"]:
            until = parse_number(match["m2"]) if match["m2"] else month
            end = _day(int(match["y2"]) if match["y2"] else year + (until < month), until, parse_number(match["d2"]))
        self.last = begin or self.last
        return PrintedDate(_span(begin, end))

    def month(self, match: re.Match[str]) -> PrintedDate:
        """2021年9月, 10月中旬, 8月底."""
        month = parse_number(match["m"])
        year = self._year(match, month, 15)
        if year is None:
            return PrintedDate(None)
        last = calendar.monthrange(year, month)[1]
        return PrintedDate(When(date(year, month, 1), date(year, month, last), f"{year}-{month:02d}"))

    def year(self, match: re.Match[str]) -> PrintedDate:
        """2019年, 今年年初."""
        year = self._year(match, 6)
        if year is None:
            return PrintedDate(None)
        return PrintedDate(When(date(year, 1, 1), date(year, 12, 31), f"{year}"))

    def day(self, match: re.Match[str]) -> PrintedDate:
        """25日晚上, 本月29日, 23日至24日: the month of the last date, else of the issue."""
        near = self.issue if match["this"] or self.last is None else self.last
        if near is None:
            return PrintedDate(None)
        shift = {"上": -1, "下": 1}.get((match["this"] or "本")[0], 0)
        month = (near.month - 1 + shift) % 12 + 1
        year = near.year + (near.month - 1 + shift) // 12
        begin = end = _day(year, month, parse_number(match["d"]))
        if (
            begin is not None
            and match["this"] is None
            and self.last is None
            and self.issue
            and begin > self.issue + timedelta(10)
        ):
            month, year = (12, year - 1) if month == 1 else (month - 1, year)
            begin = end = _day(year, month, parse_number(match["d"]))
        if match["d2"]:
            end = _day(year, month, parse_number(match["d2"]))
        self.last = begin or self.last
        return PrintedDate(_span(begin, end))

    def iso(self, match: re.Match[str]) -> PrintedDate:
        """2021-09-03."""
        begin = _day(int(match["y"]), int(match["m"]), int(match["d"]))
        self.last = begin or self.last
        return PrintedDate(_span(begin, begin))

    def relative(self, match: re.Match[str]) -> PrintedDate:
        """昨日: the day before the dateline's, else before the issue."""
        if self.issue is None:
            return PrintedDate(None)
        self.last = (self.written or self.issue) + timedelta(_SHIFTS[match["word"][0]])
        return PrintedDate(_span(self.last, self.last))

    def weekday(self, match: re.Match[str]) -> PrintedDate:
        """上周五: the Friday of the week before the issue's; 周五 alone: the last one before it."""
        if self.issue is None:
            return PrintedDate(None)
        wanted = "一二三四五六日".index(match["wd"].replace("天", "日"))
        monday = self.issue - timedelta(self.issue.weekday())
        if match["week"]:
            weeks = {"上": -1, "下": 1}.get(match["week"], 0)
            found = monday + timedelta(7 * weeks + wanted)
        else:
            found = self.issue - timedelta((self.issue.weekday() - wanted) % 7)
        self.last = found
        return PrintedDate(_span(found, found))

    def same_day(self, match: re.Match[str]) -> PrintedDate:
        """当日, 次日: counted from the last date."""
        if self.last is None:
            return PrintedDate(None, same_day=int(match[0][0] in "次翌"))
        found = self.last + timedelta(int(match[0][0] in "次翌"))
        return PrintedDate(_span(found, found), same_day=int(match[0][0] in "次翌"))

    def find(self, line: Line) -> Iterator[Mention]:
        """The dates of one sentence, left to right, none inside another."""
        rules = (
            (_ISO, self.iso, "date.iso"),
            (_FULL, self.full, "date.full"),
            (_MONTH_ONLY, self.month, "date.month"),
            (_RELATIVE, self.relative, "date.relative"),
            (_WEEKDAY, self.weekday, "date.weekday"),
            (_SAME_DAY, self.same_day, "date.same_day"),
            (_OPEN, lambda _: PrintedDate(None, open=True), "date.open"),
            (_YEAR_ONLY, self.year, "date.year"),
            (_DAY_ONLY, self.day, "date.day"),
        )
        at = 0
        while at < len(line.string):
            # The earliest match wins, the longer of two that begin together, the surer rule of two alike.
            found = [
                (m.start(), -m.end(), i, m)
                for i, (pattern, _, _) in enumerate(rules)
                if (m := pattern.search(line.string, at))
            ]
            if not found:
                return
            _, _, i, match = min(found, key=lambda f: f[:3])
            at = match.end()
            _, read, rule = rules[i]
            if rule == "date.weekday" and _is_surname(line, match):
                continue
            yield Mention(line.sentence, match.start(), match.end(), Kind.DATE, read(match), rule)


def _is_surname(line: Line, weekday: re.Match[str]) -> bool:
    """副主任周天明: is it no weekday but somebody's name, behind a title?"""
    before = line.string[: weekday.start()]
    alone = weekday["week"] is None and weekday[0].startswith("周")
    return alone and any(before[-length:] in line.lexicon.titles for length in range(2, _LONGEST_TITLE + 1))


def _planned_year(lines: tuple[Line, ...]) -> tuple[int, int] | None:
    """明确了2012年工作任务, 举办2012年运动会: the one year that an article plans, for its days without a year."""
    named = [m for line in lines for p in (_PLANNED, _NAMED_AFTER) for m in p.finditer(line.string)]
    years = {int(match[match.lastgroup or 0]) for match in named}
    printed = {int(year) for line in lines for year in _ANY_YEAR.findall(line.string)} | years
    if len(years) != 1 or max(years) != max(printed):
        return None
    in_season = any(match.re is _NAMED_AFTER and match["y2"] for match in named)
    return max(years), 12 if in_season else _LAST_PLANNED


def _years_told(lines: tuple[Line, ...]) -> dict[tuple[int, int], int]:
    """2月2日,…。经查,2020年2月2日,…: the year of a day that stands whole elsewhere in an undated article."""
    days = [m for line in lines for rule in (_FULL, _ISO) for m in rule.finditer(line.string) if m["y"]]
    return {(parse_number(m["m"]), parse_number(m["d"])): parse_number(m["y"]) for m in reversed(days)}


def _written_on(lines: tuple[Line, ...], issued: date) -> date | None:
    """新华社北京9月3日电, 本报9月3日讯(记者 王茵): the day of the dateline, up to some days before the issue."""
    body = next((line.sentence for line in lines if line.sentence.part is Part.BODY), None)
    if body is None or not body.text.offsets:
        return None
    start = body.text.offsets[0]
    dateline = _DATELINE.search(body.article.page.plain[max(0, start - _LONGEST_DATELINE) : start])
    if dateline is None:
        return None
    days = (issued - timedelta(back) for back in range(_REPORTED.days))
    month, day = int(dateline["m"] or 0), int(dateline["d"])
    return next((d for d in days if d.day == day and month in (0, d.month)), None)


def find_dates(lines: tuple[Line, ...]) -> Iterator[Mention]:
    """The dates of an article: 9月3日上午 in an issue of 2021-09-06 → 2021-09-03."""
    if lines:
        day = lines[0].sentence.article.issue.date
        reader = DateReader(None, _planned_year(lines), _years_told(lines))
        if day:
            reader = DateReader(day, written=_written_on(lines, day))
        for line in lines:
            yield from reader.find(line)

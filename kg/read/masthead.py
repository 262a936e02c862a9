"""The masthead, wherever its lines stand on the page → `Issue`, and the lines that are left for the articles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kg.model import Issue
from kg.read.dates import find_day, make_day, parse_numeral
from kg.read.furniture import LATIN, LUNAR, PAGE, is_crumb, is_furniture, is_row, without_furniture
from kg.read.lines import Line
from kg.read.links import find_links
from kg.read.papers import Papers, find_city, mend_name, papers_of
from kg.read.patterns import HAN
from kg.read.shapes import Shapes
from kg.read.stamps import day_of_links, day_of_stamps, day_put_up, day_signed, is_stamp

_LONGEST = 160
_SHORTEST_PROSE = 15
_MOST_SCRAPS = 3
_FEWEST_ROWS = 3
_SHORTEST_HEADLINE = 6
_DEEPEST_TITLE = 15
_FULL_STOP = re.compile(r"[。；：！？][”」』）)]*$|。")
_KEYED = re.compile(rf"[{HAN}]{{2,10}}\s*[:：]\s*\S")
_COMMA = re.compile("[，,；;]")
_LONGEST_BARE = 12
_LONGEST_STAMP = 20
_HEAD_LINES = 60  # a masthead that is not among the first lines is scattered, and told by its shape alone
_NUMBER_ALONE = re.compile(r"[(（]?第\s*(\d{2,6})\s*[期号][)）]?$")
_NUMBER = re.compile(r"总第?\s*(\d{1,6})\s*[期号]|第\s*(\d{2,6})\s*[期号]")
_SHEETS = re.compile(r"(?:今日|本期|今天|共)\s*共?\s*(\d{1,3}|[一二三四五六七八九十]{1,3})\s*版")
_CN = re.compile(r"CN\s*(\d{2})\s*[-—–－―]{1,2}\s*(\d{4})", re.I)
_SPONSORED = re.compile(r"(?:主办|主管|机关报)\s*$|主管主办")
_WEEKDAY = re.compile(r"(?:星期|礼拜|周)[一二三四五六日天]")
_WEEKDAYS = {char: number for number, char in enumerate("一二三四五六日")} | {"天": 6}
_LONGEST_WEEKDAY = 20
_MONTH = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月$")
_YEAR = re.compile(r"(\d{4})\s*年$")
_MONTH_ALONE = re.compile(r"(\d{1,2})\s*月$")
_DAY_NUMBER = re.compile(r"(\d{1,2})\s*日?(?:\s|$)")
_BARE = re.compile(r"[\d\s.\-—–·•*#=|/\\，,。、:：“”‘’'\"()（）<>《》【】\[\]■□●○◆◇▲△★☆]+$")


@dataclass(frozen=True, slots=True)
class _Mark:
    """What a masthead line says; `strong` where nothing but a masthead says such a thing.

    A `leading` line is the masthead's only before the first report: a date by itself ends a notice further down.
    """

    strong: bool
    issue: Issue = field(default_factory=Issue)
    leading: bool = False


def read_masthead(lines: Sequence[Line], shapes: Shapes) -> tuple[Issue, tuple[Line, ...]]:
    """What the masthead says, and the lines of the page without it and without other furniture."""
    papers = papers_of(shapes)
    marks: dict[int, _Mark] = {}
    for index, line in enumerate(lines):
        mark = _read_mark(line, papers, shapes, at_top=index < _HEAD_LINES)
        if mark is not None:
            marks[index] = mark
    first_prose = _first_report(lines, marks, shapes)
    for i in [i for i, mark in marks.items() if i >= first_prose and mark.leading]:
        # Below the first report only its shape counts: 来源:… still is furniture.
        if shapes.furniture.match(lines[i].string):
            marks[i] = _Mark(False)
        else:
            del marks[i]
    _add_values(lines, marks, shapes)
    _add_site_head(lines, marks, first_prose, shapes)
    _spare_rows(lines, marks, shapes)
    _add_contacts(lines, marks, shapes)
    _add_title(lines, marks, papers)
    _add_scattered_day(lines, marks, first_prose)
    dropped = set(marks) | _slogans(lines, marks, first_prose, shapes) | find_links(lines, marks, shapes)
    issue = Issue()
    for index, mark in sorted(marks.items()):
        if mark.strong or index < first_prose:
            issue = _merge(issue, mark.issue)
    issue = replace(issue, date=day_put_up([lines[i].string for i in sorted(marks)], issue.date))
    issue = _merge(issue, Issue(date=day_of_links([lines[i].string for i in sorted(marks)])))
    issue = _merge(issue, Issue(date=day_of_stamps([line.string for line in lines])))
    issue = _merge(issue, Issue(date=day_signed([line.string for i, line in enumerate(lines) if i not in dropped])))
    return replace(issue, city=find_city(issue, shapes.lexicon)), without_furniture(lines, dropped, shapes)


def _merge(issue: Issue, more: Issue) -> Issue:
    """What was read first stays."""
    names = ("newspaper", "date", "number", "cn", "sheets", "sponsor", "publisher")
    fresh = {n: getattr(more, n) for n in names if getattr(issue, n) is None and getattr(more, n) is not None}
    return replace(issue, **fresh) if fresh else issue


def _is_prose(line: Line, shapes: Shapes) -> bool:
    string = line.string
    if line.level or len(string) < _SHORTEST_PROSE:
        return False
    return bool(
        shapes.dateline.match(string) or _FULL_STOP.search(string) or (len(string) >= 40 and _COMMA.search(string))
    )


def _first_report(lines: Sequence[Line], marks: dict[int, _Mark], shapes: Shapes) -> int:
    """The first line of running text; a scrap of a column may stand above the masthead."""
    prose = [i for i, line in enumerate(lines) if i not in marks and _is_prose(line, shapes)]
    above = {i: mark for i, mark in sorted(marks.items()) if not (mark.leading and i > max(prose, default=i))}
    named = next((i for i, mark in above.items() if mark.issue != Issue()), len(lines))
    scraps = [i for i in prose if i < named]
    if len(scraps) <= _MOST_SCRAPS and named <= _DEEPEST_TITLE and named < len(lines):
        prose = prose[len(scraps) :]
    return prose[0] if prose else len(lines)


def _add_site_head(lines: Sequence[Line], marks: dict[int, _Mark], first_prose: int, shapes: Shapes) -> None:
    """A site's table of the page, and what stands above the line that says where the page stands in it."""
    rows = [i for i in range(min(first_prose, _HEAD_LINES)) if is_row(lines[i], shapes)]
    marks |= {i: _Mark(False) for i in rows if len(rows) >= _FEWEST_ROWS and i not in marks}
    crumbs = [i for i in range(min(first_prose, _HEAD_LINES)) if is_crumb(lines[i], shapes)]
    below = range(max(crumbs, default=first_prose) + 1, first_prose)
    if any(i not in marks and len(lines[i].text) >= _SHORTEST_HEADLINE for i in below):
        marks |= {i: _Mark(False) for i in range(max(crumbs)) if i not in marks}


def _add_values(lines: Sequence[Line], marks: dict[int, _Mark], shapes: Shapes) -> None:
    """编辑: on a line of its own, and the name on the next."""
    for i in sorted(marks):
        string = lines[i].string
        if i + 1 in marks or not shapes.empty_key.fullmatch(string) or shapes.author_key.match(string):
            continue
        if any(shapes.has_fields(below.string) for below in lines[i + 2 : i + 3]):
            continue  # 当前位置:, and the headline above its fields
        if any(len(b.text) <= _LONGEST_BARE and not b.level and not b.gap for b in lines[i + 1 : i + 2]):
            marks[i + 1] = _Mark(False)


def _add_contacts(lines: Sequence[Line], marks: dict[int, _Mark], shapes: Shapes) -> None:
    """Contact lines beside strong masthead lines are the paper's; elsewhere they may be a notice's."""
    for order in (range(len(lines)), range(len(lines) - 1, -1, -1)):
        for i in order:
            if i not in marks and shapes.contact.match(lines[i].string) and len(lines[i].text) <= _LONGEST:
                beside = [mark for mark in (marks.get(i - 1), marks.get(i + 1)) if mark]
                if any(mark.strong for mark in beside) or (beside and shapes.contact.search(lines[i].string, 3)):
                    marks[i] = _Mark(True)


def _spare_rows(lines: Sequence[Line], marks: dict[int, _Mark], shapes: Shapes) -> None:
    """主办单位:… among other rows of a box (时间:…, 地点:…) is a row, not furniture."""
    keyed = [_KEYED.match(line.string) is not None for line in lines]
    for i in sorted(marks):
        if keyed[i] and not marks[i].strong and not shapes.staff_or_source.match(lines[i].string):
            beside = [j for j in (i - 1, i + 1) if 0 <= j < len(lines) and keyed[j] and j not in marks]
            if any(not shapes.contact.match(lines[j].string) for j in beside):
                del marks[i]


def _add_title(lines: Sequence[Line], marks: dict[int, _Mark], papers: Papers) -> None:
    """A paper that neither the lexicon nor a place's name knows is told by its masthead's dated line."""
    if any(mark.issue.newspaper for mark in marks.values()):
        return
    for i, line in enumerate(lines[:_HEAD_LINES]):
        if i not in marks and papers.is_title(line.string) and _is_beside_day(i, marks):
            marks[i] = _Mark(True, Issue(newspaper=mend_name(line.string)))
            return


def _is_beside_day(i: int, marks: dict[int, _Mark]) -> bool:
    """Whether a masthead's dated line stands next to a line, or next but one."""
    return any(
        (mark := marks.get(i + side * far)) and mark.strong and mark.issue.date
        for side in (1, -1)
        for far in (1, 2)
        if i + side in marks
    )


def _add_scattered_day(lines: Sequence[Line], marks: dict[int, _Mark], first_prose: int) -> None:
    """2021年9月 and 6 and 星期一 on lines of their own: a day only where the weekday proves it."""
    if any(mark.issue.date for mark in marks.values()):
        return
    head = range(min(first_prose, _HEAD_LINES, len(lines)))
    months: list[tuple[tuple[int, ...], tuple[str, str]]] = [
        ((i,), (m[1], m[2])) for i in head if (m := _MONTH.match(lines[i].string))
    ]
    months += [
        ((i, i + 1), (year[1], month[1]))
        for i in head[:-1]
        if (year := _YEAR.match(lines[i].string)) and (month := _MONTH_ALONE.match(lines[i + 1].string))
    ]
    days = [(i, m) for i in head if (m := _DAY_NUMBER.match(lines[i].string))]
    weekdays = [
        (i, m) for i in head if (m := _WEEKDAY.search(lines[i].string)) and len(lines[i].text) <= _LONGEST_WEEKDAY
    ]
    if len(months) != 1 or len(weekdays) != 1:
        return
    (month_at, date_parts), (weekday_at, weekday) = months[0], weekdays[0]
    found = {
        i: day for i, m in days if (day := make_day(*date_parts, m[1])) and _WEEKDAYS[weekday[0][-1]] == day.weekday()
    }
    if len(found) == 1:
        ((at, day),) = found.items()
        marks |= {i: _Mark(True, Issue(date=day)) for i in (at, *month_at, weekday_at)}


def _slogans(lines: Sequence[Line], marks: dict[int, _Mark], first_prose: int, shapes: Shapes) -> set[int]:
    """Short lines inside the masthead: slogans, and the paper's name where the OCR garbled it.

    A line counts as inside when two strong masthead lines follow it before the first report; the last such lines are
    kept when no headline is left for that report. The headlines of a report above the masthead are its own.
    """
    strong = [i for i, mark in marks.items() if mark.strong and i < first_prose]
    plain = [i for i in range(first_prose) if i not in marks and not _FULL_STOP.search(lines[i].string)]
    prose = [i for i in range(first_prose) if i not in marks and i not in plain]
    begun = next((i for i in prose if shapes.dateline.match(lines[i].string)), None)
    if begun is not None:
        heads = next((j + 1 for j in range(begun - 1, -1, -1) if j in marks), 0)
        plain = [j for j in plain if not heads <= j < prose[-1]]
    inside = {i for i in plain if sum(s > i for s in strong) >= 2}
    if inside and len(inside) == len(plain):
        last = max(inside)
        inside = {i for i in inside if any(j not in inside for j in range(i, last))}
    # Between two strong lines further down, too.
    for i in range(first_prose, len(lines) - 1):
        before, after = marks.get(i - 1), marks.get(i + 1)
        if i not in marks and before and after and before.strong and after.strong and len(lines[i].text) <= 20:
            inside.add(i)
    return inside


def _read_mark(line: Line, papers: Papers, shapes: Shapes, *, at_top: bool) -> _Mark | None:
    """What a line says if it is the page's and no article's, else None."""
    string = line.string
    if len(string) <= _LONGEST_STAMP and _BARE.match(string) and find_day(string) is None:
        return _Mark(False)
    if len(string) > _LONGEST or "。" in string:
        return _Mark(False) if shapes.site_notice.match(string) else None
    issue = _fields(string, papers)
    strong = issue != Issue()
    if dated := _dated(string, papers, shapes, at_top=at_top):
        return _Mark(strong or dated.strong, _merge(issue, dated.issue), dated.leading and not strong)
    if at_top and (name := papers.find_name(string, alone=True)):
        return _Mark(True, _merge(issue, Issue(newspaper=name)))
    if at_top and (name := papers.find_source(string)):
        return _Mark(False, Issue(newspaper=name), leading=True)
    if strong:
        # An organiser by itself is an event's, further down.
        lone = issue in (Issue(sponsor=issue.sponsor), Issue(number=issue.number), Issue(sheets=issue.sheets))
        return _Mark(True, issue, leading=lone and "总第" not in string)
    if shapes.imprint.match(string):
        return _Mark(True)
    if not is_furniture(line, shapes):
        return None
    return _Mark(bool(LATIN.match(string) or shapes.masthead_contact.match(string)))


def _fields(string: str, papers: Papers) -> Issue:
    """Number, sheets, CN, sponsor and publisher, where a short line states them."""
    number = _NUMBER.search(string)
    sheets = _SHEETS.search(string)
    cn = _CN.search(string)
    publisher = papers.publisher.search(string) or papers.publisher_key.match(string)
    sponsor = papers.sponsor.search(string) or papers.sponsor_key.search(string)
    # 第12期 in a line is a series or a training course; 主办 an event's organiser.
    if (
        number
        and not number[1]
        and not (cn or sheets or find_day(string) or _NUMBER_ALONE.match(string) or papers.shapes.is_navigation(string))
    ):
        number = None
    if sponsor and not (publisher or cn or _SPONSORED.search(string)):
        sponsor = None
    named = sponsor[1] if sponsor else None
    return Issue(
        newspaper=re.sub(r"(?:社|业集团|传媒集团)$", "", publisher[1]) if publisher else None,
        number=int(number[1] or number[2]) if number else None,
        sheets=parse_numeral(sheets[1]) or None if sheets else None,
        cn=f"CN{cn[1]}-{cn[2]}" if cn else None,
        sponsor=named,
        publisher=publisher[1] if publisher else None,
    )


def _dated(string: str, papers: Papers, shapes: Shapes, *, at_top: bool) -> _Mark | None:
    """A line that is a date with nothing but a paper, a weekday, a page or a source beside it."""
    found = find_day(string)
    if found is None:
        return None
    day, start, end = found
    before, after = string[:start].strip(" \t\u3000·|:："), string[end:].strip()
    paged = PAGE.match(before) and papers.find_word(before)
    if paged or _WEEKDAY.search(after) or _WEEKDAY.search(before) or LUNAR.search(after) or PAGE.match(after):
        name = (
            papers.find_name(before, alone=False) or papers.find_word(f"{before} {after}") or papers.find_media(before)
        )
        return _Mark(True, Issue(newspaper=name, date=day)) if at_top or len(string) < 40 else None
    if not at_top:
        return None
    media = papers.find_source(string)
    rest = re.sub(r"^\d{1,2}:\d{2}(?::\d{2})?", "", after).strip()
    rest = "" if shapes.is_navigation(rest) else rest
    if not before and (not rest or papers.source.match(rest) or shapes.furniture.match(rest)):
        return _Mark(bool(rest), Issue(newspaper=media, date=day), leading=not rest)
    if not before and (name := papers.find_media(rest)):
        return _Mark(True, Issue(newspaper=name, date=day))  # 2014-10-18 中国清河网
    if shapes.furniture.match(string) or shapes.has_fields(string):
        return _Mark(False, Issue(newspaper=media, date=day))
    if is_stamp(string):
        return _Mark(False, Issue(newspaper=media, date=day), leading=True)
    if after != rest and not before and not _COMMA.search(rest) and (medium := re.match(shapes.media, rest)):
        return _Mark(False, Issue(newspaper=papers.find_media(medium[0]), date=day))  # …16:57 清河晚报·客户端 阅读(17)
    if not rest and (name := papers.find_media(before)):
        return _Mark(True, Issue(newspaper=name, date=day))
    return None

"""A page without its furniture: the lines of its articles, and who wrote it where a line of fields says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.model import Text
from kg.read.credits import parse_credits
from kg.read.lines import Line
from kg.read.patterns import HAN
from kg.read.shapes import Shapes

_LONGEST_NOTICE = 60
LUNAR = re.compile(
    r"[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年|农历"
    r"|(?:[正一二三四五六七八九十冬腊]|十[一二])月(?:初[一二三四五六七八九十]|[廿卅][一二三四五六七八九十]?|三十|二十|十[一二三四五六七八九])"
)
_SHEET = r"[A-Z]{0,3}(?:\d{1,5}|[一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾]{1,3})\s*版"
PAGE = re.compile(rf"\d{{1,5}}\s*期\s*/\s*第|(?:第\s*)?{_SHEET}(?:$|[\s:：·|])|^[A-Z]\d{{1,2}}(?:$|[\s:：·|])")
_PAGE_REFERENCE = re.compile(rf"(?:[>→▶》]+|详见|见|[-—…]{{2,}}|\s)\s*(?:今日)?第?\s*{_SHEET}[)）]?$")
LATIN = re.compile(r"[A-Za-z0-9\s.'’·:/\\@_\-–,;()（）#?=&%+~|]*[A-Za-z][A-Za-z0-9\s.'’·:/\\@_\-–,;()（）#?=&%+~|]*$")
_URL = re.compile(r"https?://|www\.|[\w.\\-]+@[\w-]+\.")
_FOLIO = re.compile(r"[A-Z]?\d{1,2}版?|第[一二三四五六七八九十\d]{1,3}版")
_CRUMBS = re.compile(rf"^[{HAN}A-Za-z]{{2,12}}(?:\s*[>»›＞]{{1,3}}\s*[{HAN}A-Za-z]{{2,12}})+\s*(?:[>»›＞]\s*)?$")
_HOME = re.compile(rf"^(?:网站|本站)?(?:首页|主页)(?:\s*[/／-]\s*[{HAN}]{{2,12}})+\s*[/／]?\s*$")
_PICTURE = re.compile(r"(?:图片?|附图)\s*[\d一二三四五六]{1,2}\s*[:：]?")  # 图1: where a picture stood
_BETWEEN = re.compile(r"\s*[|｜]\s*|\s+")
_BRACKETS = "[]【】()（）-—"
_COPY = re.compile(r"content_\d+\.s?html?|enpproperty")
_FILE = re.compile(r"\S*\.(?:jpe?g|png|gif|bmp|mp4|pdf|docx?)$", re.I)


def without_furniture(lines: Sequence[Line], dropped: set[int], shapes: Shapes) -> tuple[Line, ...]:
    """The lines that are left, and of a line of fields who wrote it."""
    kept: list[Line] = []
    gap = 0
    for index, line in enumerate(lines):
        gap = max(gap, line.gap)
        if index not in dropped:
            kept.append(replace(line, gap=gap))
            gap = 0
        else:
            kept += [replace(line, text=part, level=0, gap=0) for part in _bylines(line, shapes)]
    return tuple(kept)


def _bylines(line: Line, shapes: Shapes) -> Iterator[Text]:
    """Who wrote it, of a line of fields, of a source or of a copy's head."""
    string = line.string
    fields = shapes.has_fields(string) or shapes.source.search(string) or _is_made_of_fields(string, shapes)
    parts = (line.text[m.start() : m.end()] for m in shapes.author_field.finditer(string))
    named = [part for part in parts if parse_credits(part, shapes)] if fields or _URL.search(string) else []
    yield from named
    if not named and (told := shapes.medium_byline.match(string)):
        yield line.text[: told.end()]


def _is_folio(string: str, shapes: Shapes) -> bool:
    """要闻 01 责任编辑 程宇 版式 汤岚: a section, a page's number, and who made it."""
    words = string.split()
    begun = next((k for k, w in enumerate(words) if w not in shapes.section and not _FOLIO.fullmatch(w)), len(words))
    if begun == len(words):
        return not shapes.section.isdisjoint(words)
    return begun > 0 and shapes.furniture.match(" ".join(words[begun:])) is not None


def _is_made_of_fields(string: str, shapes: Shapes) -> bool:
    """语音播报 录入:赵大有 | 2021-09-06: buttons, fields and days, one beside the other."""
    parts = [part for part in _BETWEEN.split(string) if part.strip(_BRACKETS)]
    return len(parts) > 1 and all(shapes.is_navigation(part) or shapes.field.fullmatch(part) for part in parts)


def is_crumb(line: Line, shapes: Shapes) -> bool:
    """Whether a line says where the page stands in its site."""
    string = line.string
    return bool(_CRUMBS.match(string) or _HOME.match(string) or shapes.crumb.match(string))


def is_row(line: Line, shapes: Shapes) -> bool:
    """Whether a line may be a row of a site's table of the page: 发文机关 清河县政府办 主题词"""
    key, blank, _ = line.string.partition(" ")
    return bool(blank) and (shapes.has("page_source", key) or shapes.has("headline_label", key))


def is_furniture(line: Line, shapes: Shapes) -> bool:
    """Whether a line is the page's and says nothing of it: a section's name, a page number, buttons, who made it."""
    string = line.string
    if re.sub(r"\s+", "", string) in shapes.section or _PAGE_REFERENCE.search(string) or _CRUMBS.match(string):
        return True
    if len(string) <= 30 and (LUNAR.search(string) or PAGE.match(string)):
        return True
    if LATIN.match(string) or (_URL.search(string) and len(re.sub(rf"[^{HAN}]", "", string)) <= 12):
        return True
    if _HOME.match(string) or _PICTURE.fullmatch(string) or shapes.site_name.fullmatch(string):
        return True
    if shapes.site_bar.match(string) or _FILE.match(string) or _COPY.search(string) or shapes.site_notice.match(string):
        return True
    if shapes.is_navigation(string) or shapes.copyright.search(string[:_LONGEST_NOTICE]):
        return True
    if shapes.news_center.fullmatch(string) or _is_folio(string, shapes):
        return True
    if shapes.empty_key.fullmatch(string) or shapes.has_fields(string) or _is_made_of_fields(string, shapes):
        return True
    if len(string) > 80 or shapes.contact.match(string):
        return False
    return shapes.furniture.match(string) is not None or shapes.masthead_contact.match(string) is not None

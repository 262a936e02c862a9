"""Papers: how their names, publishers and sponsors are written, and the place a paper belongs to."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from kg.lexicon import Lexicon, PlaceRow
from kg.model import Issue
from kg.read.furniture import PAGE
from kg.read.patterns import HAN
from kg.read.shapes import Shapes
from kg.words import any_of

_LONGEST_MEDIUM = 14
_LATIN_BESIDE = re.compile(rf"(?<=[{HAN}])\s+[A-Z][A-Za-z\s]{{3,40}}$")
_PREFECTURE_DEPTH = 2


def find_city(issue: Issue, lexicon: Lexicon) -> str | None:
    """The path of the paper's own place: by the table of papers, by its name, by its sponsor; None where it is open.

    >>> from kg.lexicon import load_lexicon
    >>> find_city(Issue(newspaper="辽源日报"), load_lexicon())
    '吉林省/辽源市'
    """
    known = lexicon.newspapers.get(issue.newspaper or "")
    if known and known.city:
        return known.city
    suffix = re.compile(any_of(lexicon.words("paper_suffix") | lexicon.words("media_suffix")) + "$")
    for name in (issue.newspaper, issue.publisher and re.sub("社$", "", issue.publisher)):
        cut = suffix.search(name) if name else None
        place = name[: cut.start()] if name and cut else name or ""
        before = next((word for word in lexicon.words("paper_prefix") if place.startswith(word)), "")
        # 辽源日报; 中国宁波网, 今日修武.
        if (cut or before) and (path := find_place(place.removeprefix(before), lexicon)):
            return path
    sponsor = re.fullmatch(r"(?:中共|中国共产党)(.{2,12}?)(?:委|委员会|委宣传部)", issue.sponsor or "")
    return find_place(sponsor[1], lexicon) if sponsor else None


def with_home(issue: Issue, content: str, shapes: Shapes) -> Issue:
    """The issue with the place of the medium that all datelines name, where its masthead tells of none.

    >>> from kg.lexicon import load_lexicon
    >>> with_home(Issue(), "雨停了\\n宁陕融媒讯(记者 赵大有)雨停了。", Shapes(load_lexicon())).city
    '陕西省/安康市/宁陕县'
    >>> with_home(Issue(), "9月3日,邻省的客人来济宁市视察。", Shapes(load_lexicon())).city
    '山东省/济宁市'
    """
    if issue.city:
        return replace(issue, city=_as_printed(issue.city, content, shapes.lexicon))
    end = re.compile(any_of(shapes.lexicon.words("dateline_end")) + "$")
    taken = re.search(r"原载《([^》]{2,12})》", content)
    if taken and (city := find_city(Issue(newspaper=taken[1]), shapes.lexicon)):
        return replace(issue, city=city)
    opened = (shapes.dateline.match(line.strip()) for line in content.splitlines())
    media = {end.sub("", found[0]) for found in opened if found}
    # 日照讯: a city's own report opens with its name alone.
    named = (
        find_city(Issue(newspaper=medium), shapes.lexicon) or find_place(medium, shapes.lexicon) for medium in media
    )
    cities = {city for city in named if city} or _visited(content, shapes)
    sure = len(cities) == 1 and all(_is_at_home(city, content, shapes.lexicon) for city in cities)
    return replace(issue, city=cities.pop()) if sure else issue


def _visited(content: str, shapes: Shapes) -> set[str]:
    """代表团来青石市考察: the places that guests came to see, which only who is there tells so."""
    came = re.compile(rf"来([{HAN}]{{2,7}}?){any_of(shapes.lexicon.words('visit_told'))}")
    return {city for found in came.finditer(content) if (city := find_place(found[1], shapes.lexicon))}


def _is_at_home(city: str, content: str, lexicon: Lexicon) -> bool:
    """金山网 may be of another 金山 than Shanghai's: a district's medium names the district or its city elsewhere."""
    row = lexicon.places_by_path.get(city)
    if row is None or row.category != "district" or row.name in content:
        return True
    above = lexicon.places_by_path.get(row.within)
    return above is not None and bool(above.short) and above.short in content


def _as_printed(city: str, content: str, lexicon: Lexicon) -> str:
    """密云县 where the page names that and no 密云区: a paper is of its place as it was on the day."""
    within, _, name = city.rpartition("/")
    once = [r for r in lexicon.places_within.get(within, ()) if r.name[:-1] == name[:-1] and r.name != name]
    return next((r.path for r in once if content.count(r.name) > content.count(name)), city)


def find_place(name: str, lexicon: Lexicon) -> str | None:
    """The one place so called, or the one prefecture among several; None where that leaves it open."""
    rows: tuple[PlaceRow, ...] = lexicon.places_by_name.get(name, ())
    if len(rows) > 1:
        rows = tuple(row for row in rows if row.path.count("/") + 1 <= _PREFECTURE_DEPTH and row.within)
    return rows[0].path if len(rows) == 1 else None


def mend_name(string: str) -> str:
    """A paper's name without blanks, and as it is called where the OCR or old types print it otherwise.

    >>> mend_name("辽 源 曰 報")
    '辽源日报'
    """
    squeezed = re.sub(r"\s+", "", string)
    return re.sub("[日曰][报報](?=社|$)", "日报", squeezed)


class Papers:
    """The patterns of papers' names."""

    def __init__(self, shapes: Shapes) -> None:
        lexicon = shapes.lexicon
        self.shapes = shapes
        self.known = lexicon.newspapers
        suffixes = lexicon.words("paper_suffix")
        self.suffix = re.compile(any_of(suffixes) + "$")
        self.publisher = re.compile(rf"([{HAN}]{{2,10}}?{any_of(suffixes)}(?:社|业集团|传媒集团))\s*(?:编辑)?出版")
        self.publisher_key = re.compile(rf"出版(?:单位)?\s*[:：]\s*([{HAN}]{{2,12}}?(?:报社|报业集团|传媒集团))")
        office = rf"([{HAN}]{{3,20}}?[委府部局会])"
        self.sponsor = re.compile(rf"{office}\s*(?:主管|主办|机关报)")
        self.sponsor_key = re.compile(rf"(?:主管主办|主管|主办)(?:单位)?\s*[:：]\s*{office}(?:\s|$|[、,，])")
        self.source = re.compile(rf"{any_of(lexicon.words('source_label'))}\s*[:：]\s*([{HAN}·A-Za-z]{{2,16}})")
        self.media = re.compile(any_of(lexicon.words("media_suffix") | suffixes) + "$")

    def find_name(self, string: str, *, alone: bool) -> str | None:
        """The paper a line names, spaces inside the name overlooked."""
        string = _LATIN_BESIDE.sub("", string)  # 清河日报 QINGHE RIBAO
        squeezed = mend_name(string)
        if squeezed in self.known:
            return squeezed
        first, *rest = map(mend_name, string.split() or [""])
        paged = rest and PAGE.match(rest[-1]) and all(word in self.shapes.section for word in rest[:-1])  # 要闻 A2
        if first and (paged or not alone) and (first in self.known or self.is_local(first)):
            return first
        return squeezed if self.is_local(squeezed) else None

    def find_word(self, string: str) -> str | None:
        """The one word of a line that is a paper's name: 综合新闻 03版 清河日报."""
        named = {word for word in map(mend_name, string.split()) if word in self.known or self.is_local(word)}
        return named.pop() if len(named) == 1 else None

    def find_media(self, string: str) -> str | None:
        """A short line that ends as a medium's name does: 新民晚报, 某某新闻网."""
        named = 3 <= len(string) <= _LONGEST_MEDIUM and re.fullmatch(rf"[{HAN}]+", string) and self.media.search(string)
        return string if named else None

    def find_source(self, string: str) -> str | None:
        """The medium a line names as its source: 来源:某某日报."""
        source = self.source.search(string)
        return source[1] if source and (source[1] in self.known or self.media.search(source[1])) else None

    def is_title(self, string: str) -> bool:
        """Whether a line can be a paper's title: short, and 日报, 讯报 … at its end."""
        squeezed = mend_name(string)
        return self.suffix.search(squeezed) is not None and re.fullmatch(rf"[{HAN}]{{3,8}}", squeezed) is not None

    def is_local(self, string: str) -> bool:
        """Whether a string is a place's name and 日报, 晚报 …, or 今日 and a place's name."""
        before = next((word for word in self.shapes.lexicon.words("paper_prefix") if string.startswith(word)), "")
        if before and string.removeprefix(before) in self.shapes.lexicon.places_by_name:
            return True
        suffix = self.suffix.search(string)
        while suffix:
            if string[: suffix.start()] in self.shapes.lexicon.places_by_name:
                return True
            suffix = self.suffix.search(string, suffix.start() + 1)
        return False


@lru_cache(maxsize=4)
def papers_of(shapes: Shapes) -> Papers:
    """The patterns of a lexicon's papers, made once."""
    return Papers(shapes)

"""Which thing a mention is: a row a case; the surface asked for, and `name@path` of the places it lies in.

`未详/page` is the scope of what the article leaves open.
"""

from __future__ import annotations

from datetime import date

import pytest

from kg.facts import read_article, read_mentions
from kg.lexicon import Lexicon
from tests.cases import article_of, read_cases

DAY = date(2021, 9, 6)


def meanings(city: str, text: str, surface: str, lexicon: Lexicon) -> set[str]:
    """What the mentions that read so are."""
    mentions = read_mentions(article_of(text, day=DAY, city=city), lexicon)
    return {f"{m.entity.name}@{m.entity.within}" for m in mentions if m.surface == surface and m.entity}


@pytest.mark.parametrize(("city", "text", "surface", "expected"), read_cases("resolve"))
def test_resolve(city: str, text: str, surface: str, expected: str, lexicon: Lexicon) -> None:
    assert meanings(city, text, surface, lexicon) == {expected}


def test_forms_of_one_agency_come_together(lexicon: Lexicon) -> None:
    text = "梁山县发展和改革局发布公告。县发改局局长郭建平表示,该局将做好服务。"
    reading = read_article(article_of(text, day=DAY, city="山东省/济宁市/梁山县"), lexicon)
    (thing,) = [t for t in reading.things if t.entity.name == "梁山县发改局"]
    assert {"梁山县发展和改革局", "县发改局"} <= set(thing.forms)
    assert thing.parent is not None and thing.parent.name == "梁山县人民政府"
    assert thing.jurisdiction is not None and thing.jurisdiction.name == "梁山县"
    assert thing.known and thing.formal


def test_a_town_lies_in_its_county_up_to_the_province(lexicon: Lexicon) -> None:
    reading = read_article(article_of("小安山镇的路通了。", day=DAY, city="山东省/济宁市"), lexicon)
    parents = {t.entity.name: t.parent.name for t in reading.things if t.parent}
    assert (parents["小安山镇"], parents["梁山县"], parents["济宁市"]) == ("梁山县", "济宁市", "山东省")


def test_what_is_left_open_is_never_fused_with_another_page(lexicon: Lexicon) -> None:
    article = article_of("县教育局提醒家长留意。", day=DAY)
    (mention,) = [m for m in read_mentions(article, lexicon) if m.surface == "县教育局"]
    assert mention.entity is not None and mention.entity.within.endswith(article.page.name.removesuffix(".txt"))

"""Pages copied with their columns' line breaks, and how many of their articles come back whole."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from kg.lexicon import load_lexicon
from kg.read import read_page
from tests.read.test_torn import ARTICLES, Printed, bare

ROUNDS = 20
MASTHEAD = ["清 河 日 报", "2031年5月6日 星期二", "中共清河市委机关报 国内统一连续出版物号CN51-0099 第01版"]
# How many of the articles of twenty pages must come back; the numbers only rise.
FLOORS = {"plain": 60, "indented": 58, "parted": 60}


def wrapped(string: str, width: int, indent: str = "") -> list[str]:
    string = indent + string
    return [string[at : at + width] for at in range(0, len(string), width)]


def page_of(articles: list[Printed], width: int, layout: str) -> Iterator[str]:
    """The lines of a page; paragraphs are indented, or parted by blank lines, or follow one another."""
    yield from MASTHEAD
    blank = [""] if layout == "parted" else []
    for article in articles:
        yield from (*blank, *wrapped(article.head, width))
        for paragraph in article.paragraphs:
            yield from (*blank, *wrapped(paragraph, width, "　　" if layout == "indented" else ""))


@pytest.mark.parametrize("layout", FLOORS)
def test_wrapped_pages_come_back(layout: str) -> None:
    came = 0
    for round_ in range(ROUNDS):
        dice = random.Random(f"{layout} {round_}")
        articles = dice.sample(ARTICLES, 3)
        page = "\n".join(page_of(articles, dice.choice((14, 16, 18, 20, 22, 25, 28)), layout))
        _, _, found = read_page("wrapped.txt", page.encode(), load_lexicon())
        read = {(bare(a.headline.string), bare(a.body)) for a in found}
        came += sum((bare(a.head), bare(a.body)) in read for a in articles)
    assert came >= FLOORS[layout]


def test_rows_of_one_length_stay_rows() -> None:
    """The rows of a list are as long as one another, and no column."""
    rows = [
        "1、赵大有任清河市财政局局长，试用期一年",
        "2、钱小川任清河市水务局局长，试用期一年",
        "3、孙立明任清河市体育局局长，试用期一年",
    ]
    page = "\n".join(["清河市人民政府任免通知", "5月3日，市人民政府决定：", *rows])
    _, _, articles = read_page("rows.txt", page.encode(), load_lexicon())
    assert [p.string for a in articles for p in a.paragraphs][-3:] == rows


# A headline wider than its column or with a comma, a byline on a line of its own, who wrote it in brackets at the end.
NEIGHBOURS = """\
2031年5月6日 星期二
2 综合新闻
霁川日报
渡口村新修的浮桥昨天通车两岸乡亲赶集不再绕远路
昨天上午,渡口村新修的浮桥
通车。桥长四十米,能过小型
货车,两岸乡亲赶集不用再绕
到上游的石板桥。(岳清和)
新米上市,价格稳中有落
本报记者 陆青禾
新米这几天陆续上市,粮油市
场里比平时热闹。摊主们说,
价格稳中有落,一斤比去年便
宜一角,买的人也就多起来。
老茶馆换了新房顶
本报讯 东门外的老茶馆近日换了新
房顶,雨天再也不用拿脸盆接
水,茶客们都说坐得安稳,说
书先生也搬了回来。
"""


def test_headlines_and_bylines_stay_out_of_the_column() -> None:
    _, issue, articles = read_page("neighbours.txt", NEIGHBOURS.encode(), load_lexicon())
    assert issue.newspaper == "霁川日报"
    assert [(a.headline.string, [c.name for c in a.reporters], len(a.paragraphs)) for a in articles] == [
        ("渡口村新修的浮桥昨天通车两岸乡亲赶集不再绕远路", ["岳清和"], 1),
        ("新米上市,价格稳中有落", ["陆青禾"], 1),
        ("老茶馆换了新房顶", [], 1),
    ]

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

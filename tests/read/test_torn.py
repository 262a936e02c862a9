"""Pages torn in all the ways of columns, page breaks and OCR, and how many of their articles come back whole."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.lexicon import load_lexicon
from kg.read import read_page

ROUNDS = 20


@dataclass(frozen=True)
class Printed:
    """An article as it is set: its headline, and its paragraphs with the dateline before the first."""

    head: str
    paragraphs: tuple[str, ...]
    body: str


def _printed(*, opened: bool = True) -> list[Printed]:
    page = tomllib.loads((Path(__file__).parent / "torn_pages.toml").read_text(encoding="utf-8"))
    leads = [a["lead"] if opened else "" for a in page["article"]]
    return [
        Printed(a["head"], (lead + a["paragraphs"][0], *a["paragraphs"][1:]), "".join(a["paragraphs"]))
        for lead, a in zip(leads, page["article"], strict=True)
    ]


ARTICLES = _printed()
UNOPENED = _printed(opened=False)  # the same without 本报讯 and byline
Tear = Callable[[random.Random, Printed, Printed], list[str]]


def _halves(dice: random.Random, paragraph: str) -> tuple[str, str]:
    """A paragraph cut inside a sentence, as at the foot of a column."""
    cuts = [k for k in range(12, len(paragraph) - 6) if re.match(r"[\u4e00-\u9fff]{2}", paragraph[k - 1 : k + 1])]
    cut = dice.choice(cuts)
    return paragraph[:cut], paragraph[cut:]


def _cut(dice: random.Random, article: Printed) -> tuple[list[str], list[str]]:
    """An article's paragraphs in two parts, one of them cut in a sentence."""
    at = dice.randrange(len(article.paragraphs))
    first, second = _halves(dice, article.paragraphs[at])
    return [*article.paragraphs[:at], first], [second, *article.paragraphs[at + 1 :]]


def whole(dice: random.Random, one: Printed, other: Printed) -> list[str]:
    return [one.head, *one.paragraphs, other.head, *other.paragraphs]


def two_headlines_together(dice: random.Random, one: Printed, other: Printed) -> list[str]:
    return [one.head, other.head, *one.paragraphs, *other.paragraphs]


def headline_inside_the_other(dice: random.Random, one: Printed, other: Printed) -> list[str]:
    at = dice.randrange(1, len(one.paragraphs))
    return [one.head, *one.paragraphs[:at], other.head, *one.paragraphs[at:], *other.paragraphs]


def torn_around_a_tail(dice: random.Random, one: Printed, other: Printed) -> list[str]:
    above, below = _cut(dice, one)
    at = dice.randrange(1, len(other.paragraphs))
    return [one.head, *above, *other.paragraphs[at:], *below, other.head, *other.paragraphs[:at]]


def torn_around_an_article(dice: random.Random, one: Printed, other: Printed) -> list[str]:
    above, below = _cut(dice, one)
    return [one.head, *above, other.head, *other.paragraphs, *below]


def text_before_its_headline(dice: random.Random, one: Printed, other: Printed) -> list[str]:
    above, below = _cut(dice, other)
    return [*below, one.head, *one.paragraphs, other.head, *above]


def dateline_apart(dice: random.Random, one: Printed, other: Printed) -> list[str]:
    above, below = _cut(dice, one)
    comma = other.paragraphs[0].index("，") + 1
    first, rest = other.paragraphs[0][:comma], [other.paragraphs[0][comma:], *other.paragraphs[1:]]
    return [one.head, *above, *rest, *below, other.head, first]


def furniture_inside(dice: random.Random, one: Printed, other: Printed) -> list[str]:
    above, below = _cut(dice, one)
    line = dice.choice(
        ["责任编辑：刘洋 版式：王小芳", "■本版编辑 王小芳 ■美编 刘洋", "第2版", "要闻", "值班总编：刘德 版面责编 李 华"]
    )
    return [one.head, *above, line, *below, other.head, *other.paragraphs]


def printed_twice(dice: random.Random, one: Printed, other: Printed) -> list[str]:
    copy = dice.choice(one.paragraphs[1:])
    at = dice.randrange(len(copy) - 1)
    return [
        one.head,
        *one.paragraphs,
        other.head,
        *other.paragraphs,
        copy[:at] + dice.choice("幵仼亊邹嫌") + copy[at + 1 :],
    ]


def _strips(dice: random.Random, article: Printed) -> list[str]:
    """An article as the parts of a column: some end with a paragraph, others inside a sentence."""
    strips: list[str] = []
    for paragraph in article.paragraphs:
        strips += _halves(dice, paragraph) if dice.random() < 0.5 else (paragraph,)
    return strips


def columns_read_across(dice: random.Random, one: Printed, other: Printed) -> list[str]:
    lines, left, right = [one.head, other.head], _strips(dice, one), _strips(dice, other)
    while left or right:
        for column in (left, right):
            many = dice.choice((1, 1, 2))
            lines += column[:many]
            del column[:many]
    return lines


def headlines_exchanged(dice: random.Random, one: Printed, other: Printed) -> list[str]:
    above, below = _cut(dice, one)
    return [other.head, *above, *other.paragraphs, one.head, *below]


def headline_inside_its_own(dice: random.Random, one: Printed, other: Printed) -> list[str]:
    return [one.head, *one.paragraphs, other.paragraphs[0], other.head, *other.paragraphs[1:]]


def torn_around_a_beginning(dice: random.Random, one: Printed, other: Printed) -> list[str]:
    above, below = _cut(dice, one)
    return [one.head, *above, other.paragraphs[0], other.head, *other.paragraphs[1:], *below]


# How many of the articles of twenty pages must come back; the numbers only rise.
FLOORS: dict[Tear, int] = {
    whole: 60,
    two_headlines_together: 60,
    headline_inside_the_other: 60,
    torn_around_a_tail: 60,
    torn_around_an_article: 58,
    text_before_its_headline: 60,
    dateline_apart: 54,
    furniture_inside: 60,
    printed_twice: 60,
    columns_read_across: 56,
    headlines_exchanged: 53,
    headline_inside_its_own: 58,
    torn_around_a_beginning: 53,
}
# The same where no 本报讯 and no byline opens a report.
FLOORS_UNOPENED: dict[Tear, int] = {
    whole: 60,
    two_headlines_together: 60,
    headline_inside_the_other: 60,
    text_before_its_headline: 52,
    furniture_inside: 55,
    printed_twice: 60,
    headline_inside_its_own: 60,
}


def bare(string: str) -> str:
    return re.sub(r"[\s\W]+", "", string)


def came_back(tear: Tear, printed: list[Printed]) -> int:
    """How many of the articles of torn pages are read as they were before."""
    came = 0
    for round_ in range(ROUNDS):
        dice = random.Random(f"{tear.__name__} {round_}")
        one, other, third = dice.sample(printed, 3)
        lines = [*tear(dice, one, other), third.head, *third.paragraphs]
        page = "\n\n".join(["清河日报", "2031年5月6日 星期二", *lines])
        _, _, articles = read_page("torn.txt", page.encode(), load_lexicon())
        read = {(bare(a.headline.string), bare(a.body)) for a in articles}
        came += sum((bare(a.head), bare(a.body)) in read for a in (one, other, third))
    return came


@pytest.mark.parametrize("tear", FLOORS, ids=lambda tear: tear.__name__)
def test_torn_pages_come_back(tear: Tear) -> None:
    assert came_back(tear, ARTICLES) >= FLOORS[tear]


@pytest.mark.parametrize("tear", FLOORS_UNOPENED, ids=lambda tear: tear.__name__)
def test_torn_pages_without_datelines_come_back(tear: Tear) -> None:
    assert came_back(tear, UNOPENED) >= FLOORS_UNOPENED[tear]


def test_a_headline_finds_the_report_without_a_dateline() -> None:
    """Two headlines above a torn report; behind another article its end, then what the second headline speaks of."""
    page = """清河日报

2031年5月6日 星期二

石桥书画作品展清河站开幕

三十多家媒体聚焦茶乡

本报讯(记者 程小宇)昨日,采访团走进清河,来自三十多家媒体的记者用镜头记录茶乡的发展,真诚

白马镇一仓库起火

本报讯(记者 汤小岚)5月4日凌晨,白马镇一仓库起火,消防员赶到现场扑救,没有人员伤亡。

欢迎各地媒体的记者前来观察茶乡。

“春到石桥——石桥书画作品展”清河站5日上午在清河博物馆开幕,展览由市文联主办。
"""
    _, _, articles = read_page("torn.txt", page.encode(), load_lexicon())
    assert [(bare(a.headline.string), bare(a.body)[-6:]) for a in articles] == [
        ("三十多家媒体聚焦茶乡", "前来观察茶乡"),
        ("白马镇一仓库起火", "没有人员伤亡"),
        ("石桥书画作品展清河站开幕", "由市文联主办"),
    ]


def test_who_signed_a_rest_goes_home_with_it() -> None:
    """The end of a report, signed, between the paragraphs of another that its dateline has signed already."""
    page = """清河日报

2031年5月6日 星期二

## 青石集团来清河洽谈茶饮料项目

本报讯 5月3日，副市长汤岚与青石集团董事长钱小川座谈，商定茶饮料项目在清河落地。汤岚说，市里要为茶饮料项目做好服务，带动

## 全市中学生围棋赛落幕

本报讯（记者 赵大有）5月4日，全市中学生围棋赛在第四中学落幕，一百六十名棋手参加比赛。

山区茶农增收。

钱小川介绍了青石集团的情况，感谢清河支持茶饮料项目。

本报记者 孙一鸣

围棋赛设个人和团体两项，第四中学棋手包揽前三名。
"""
    _, _, articles = read_page("torn.txt", page.encode(), load_lexicon())
    assert [(bare(a.body)[-8:], [c.name for c in a.reporters]) for a in articles] == [
        ("集团的情况感谢清河支持茶饮料项目"[-8:], ["孙一鸣"]),
        ("四中学棋手包揽前三名"[-8:], ["赵大有"]),
    ]

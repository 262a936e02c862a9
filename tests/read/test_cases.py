"""Rows of text and what is read in them: a row is a test, its comment its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.lexicon import load_lexicon
from kg.model import Credit, Issue, Text
from kg.read import read_page
from kg.read.credits import read_credit_line
from kg.read.datelines import split_dateline
from kg.read.endings import split_ending
from kg.read.run_in import find_run_in
from kg.read.sentences import split_text
from kg.read.shapes import Shapes

CASES = Path(__file__).parent.parent / "cases"
SHAPES = Shapes(load_lexicon())


def rows(name: str) -> list[tuple[str, ...]]:
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    kept = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(*cells, *[""] * (len(kept[0]) - len(cells))) for cells in kept[1:]]


def shown(credits: tuple[Credit, ...]) -> str:
    return "|".join(f"{credit.name}/{credit.title or ''}" for credit in credits)


@pytest.mark.parametrize(("text", "reporters", "photographers"), rows("read_credits.tsv"))
def test_byline(text: str, reporters: str, photographers: str) -> None:
    found = read_credit_line(Text.of(text, 7), SHAPES)
    assert (found is not None) == bool(reporters or photographers)
    if found is not None:
        assert (shown(found.reporters), shown(found.photographers)) == (reporters, photographers)
        for credit in (*found.reporters, *found.photographers):
            assert credit.name == credit.text.string == "".join(text[offset - 7] for offset in credit.text.offsets)


@pytest.mark.parametrize(("text", "reporters", "rest"), rows("read_datelines.tsv"))
def test_dateline(text: str, reporters: str, rest: str) -> None:
    found = split_dateline(Text.of(text), SHAPES)
    assert (found is not None) == bool(rest)
    if found is not None:
        assert (shown(found[0].reporters), found[1].string) == (reporters, rest)


@pytest.mark.parametrize(("text", "left", "reporters", "photographers"), rows("read_endings.tsv"))
def test_ending(text: str, left: str, reporters: str, photographers: str) -> None:
    found = split_ending(Text.of(text), SHAPES)
    assert (found is not None) == bool(left)
    if found is not None:
        assert found.text.string == left
        assert (shown(found.credits.reporters), shown(found.credits.photographers)) == (reporters, photographers)


@pytest.mark.parametrize(("text",), rows("read_run_in.tsv"))
def test_headline_run_into_the_text(text: str) -> None:
    whole = text.replace("|", "")
    assert find_run_in(whole, SHAPES) == (text.index("|") if "|" in text else None)


@pytest.mark.parametrize(("text",), rows("read_sentences.tsv"))
def test_sentences(text: str) -> None:
    assert [s.string for s in split_text(Text.of(text.replace("|", "")))] == text.split("|")


@pytest.mark.parametrize(("lines", "issue"), rows("read_mastheads.tsv"))
def test_masthead(lines: str, issue: str) -> None:
    page = lines.replace("|", "\n\n") + "\n\n# 雨停了\n\n昨天，云岭的雨停了，公交恢复运行。"
    _, found, articles = read_page("page.md", page.encode(), load_lexicon())
    said = {name: getattr(found, name) for name in Issue.__slots__}
    assert "|".join(f"{name}={value}" for name, value in said.items() if value is not None) == "|".join(
        sorted(issue.split("|"), key=lambda field: Issue.__slots__.index(field.split("=")[0]) if field else 0)
    )
    assert [article.headline.string for article in articles] == ["雨停了"]

"""Dates: a row a case; expected `expression=days`, `?` for left open on purpose, `-` for unknown."""

from __future__ import annotations

from datetime import date

import pytest

from kg.lexicon import Lexicon
from kg.mentions.dates import PrintedDate, find_dates
from kg.mentions.line import Line
from tests.cases import read_cases
from tests.conftest import sentences_of


def _show(value: PrintedDate) -> str:
    if value.when is None:
        return "?" if value.open else "-"
    return value.when.printed or f"{value.when.begin}/{value.when.end}"


@pytest.mark.parametrize(("issue", "text", "expected"), read_cases("dates"))
def test_find_dates(issue: str, text: str, expected: str, lexicon: Lexicon) -> None:
    day = None if issue == "-" else date.fromisoformat(issue)
    lines = tuple(Line(sentence, lexicon) for sentence in sentences_of(text, day=day))
    found = [f"{m.surface}={_show(m.value)}" for m in find_dates(lines) if isinstance(m.value, PrintedDate)]
    assert found == expected.split()

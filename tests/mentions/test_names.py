"""Names in running text: a row a case; expected are the different names in the order of their first mention."""

from __future__ import annotations

from datetime import date

import pytest

from kg.facts import read_mentions
from kg.lexicon import Lexicon
from kg.model import Kind
from tests.cases import article_of, read_cases

DAY = date(2021, 9, 6)


def names_in(text: str, kind: Kind, lexicon: Lexicon, city: str = "") -> list[str]:
    """The names of one kind of thing, each once."""
    mentions = read_mentions(article_of(text, day=DAY, city=city), lexicon)
    return list(dict.fromkeys(m.entity.name for m in mentions if m.kind is kind and m.entity is not None))


@pytest.mark.parametrize(("text", "expected"), read_cases("persons"))
def test_persons(text: str, expected: str, lexicon: Lexicon) -> None:
    assert names_in(text, Kind.PERSON, lexicon) == expected.split()


def test_a_latin_name_behind_a_post(lexicon: Lexicon) -> None:
    text = "海滨大学校长Pierre Martin教授、中心主任樊知秋出席。"
    assert names_in(text, Kind.PERSON, lexicon) == ["Pierre Martin", "樊知秋"]


@pytest.mark.parametrize(("city", "text", "expected"), read_cases("agencies"))
def test_agencies(city: str, text: str, expected: str, lexicon: Lexicon) -> None:
    assert names_in(text, Kind.AGENCY, lexicon, city) == expected.split()


@pytest.mark.parametrize(("city", "text", "expected"), read_cases("places"))
def test_places(city: str, text: str, expected: str, lexicon: Lexicon) -> None:
    assert names_in(text, Kind.PLACE, lexicon, city) == expected.split()


@pytest.mark.parametrize(("text", "expected"), read_cases("documents"))
def test_documents(text: str, expected: str, lexicon: Lexicon) -> None:
    assert names_in(text, Kind.DOCUMENT, lexicon) == [name for name in expected.split("|") if name]

"""Tables of cases: a row is a test, its first cell says why it is there and names it.

`NAME.tsv` holds what must be read so. `open_NAME.tsv` holds what a careful reader would say and the rules do not say
yet; such a row moves to `NAME.tsv` the day it passes.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from kg.model import Article
from tests.conftest import make_article

CASES = Path(__file__).parent


def read_rows(name: str) -> list[list[str]]:
    """The rows of `NAME.tsv` behind its header, a list of cells each; lines that begin with # are remarks."""
    lines = (CASES / f"{name}.tsv").read_text(encoding="utf-8").split("\n")
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    width = len(rows[0])
    return [[*cells, *[""] * (width - len(cells))] for cells in rows[1:]]


def read_header(name: str) -> list[str]:
    """The names of the columns of `NAME.tsv`."""
    lines = (CASES / f"{name}.tsv").read_text(encoding="utf-8").split("\n")
    return next(line for line in lines if line and not line.startswith("#")).split("\t")


def read_cases(name: str) -> list[ParameterSet]:
    """The rows of `NAME.tsv` as parameters: the first cell is the test's id, the others are its arguments."""
    return [pytest.param(*cells, id=why) for why, *cells in read_rows(name)]


def article_of(text: str, *, day: date | None = None, city: str = "") -> Article:
    """The article that a cell tells: ¶ parts its paragraphs, a first paragraph that begins with # is the headline."""
    first, *others = text.split("¶")
    headline, body = (first[1:], others) if first.startswith("#") else ("", [first, *others])
    return make_article(headline, *body, day=day, city=city or None)

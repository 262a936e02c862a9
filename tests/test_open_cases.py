"""The tables of open cases are well formed and name no case that its closed table has too: they are work, not tests."""

from __future__ import annotations

import pytest

from tests.cases import CASES, read_header, read_rows

OPEN = sorted(path.stem for path in CASES.glob("open_*.tsv"))


@pytest.mark.parametrize("name", OPEN)
def test_open_cases_are_well_formed(name: str) -> None:
    closed = name.removeprefix("open_")
    header, rows = read_header(name), read_rows(name)
    assert header == read_header(closed) and header[0] == "why"
    assert all(len(row) == len(header) and row[0] for row in rows)
    whys = [row[0] for row in (*rows, *read_rows(closed))]
    assert len(set(whys)) == len(whys)

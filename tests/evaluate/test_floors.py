"""The ratchet: the gold of the seed pages, the floors that it holds, and how floors rise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.evaluate import MEASURES, evaluate, keep_floors
from kg.evaluate.floors import read_floors
from kg.evaluate.measures import Row
from kg.lexicon import Lexicon
from kg.model import KgError

ROOT = Path(__file__).parent.parent.parent
GOLD = ROOT / "tests" / "gold"
ROWS = (Row("posts", 8, 9, 10), Row("events", 8, 9, 10))


def test_the_seed_pages_are_read_no_worse_than_before(lexicon: Lexicon) -> None:
    scored = evaluate(sorted(GOLD.glob("*.yaml")), lexicon, ROOT / "seeds" / "pages")
    floors = read_floors(GOLD / "floors.json")
    assert list(floors) == list(MEASURES) and all(floor > 0.5 for floor in floors.values())
    keep_floors(scored.rows, GOLD / "floors.json")


def floors_file(folder: Path, floors: object) -> Path:
    path = folder / "floors.json"
    path.write_text(json.dumps(floors), encoding="utf-8")
    return path


def test_each_measure_that_fell_is_named(tmp_path: Path) -> None:
    path = floors_file(tmp_path, {"posts": 0.85, "events": 0.9})
    with pytest.raises(KgError, match=r"floors\.json: posts 0\.842 < 0\.85, events 0\.842 < 0\.90$"):
        keep_floors(ROWS, path)


def test_floors_rise_to_two_decimals_and_never_sink(tmp_path: Path) -> None:
    path = floors_file(tmp_path, {"posts": 0.9, "events": 0.5, "places": 0.7})
    with pytest.raises(KgError, match=r"posts 0\.842 < 0\.90$"):
        keep_floors(ROWS, path, rise=True)
    assert read_floors(path) == {"posts": 0.9, "events": 0.84, "places": 0.7}


def test_floors_that_are_reached_exactly_hold(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    # 0.29 as a binary fraction is a little less than 29 hundredths.
    rows = (Row("posts", 29, 100, 100), Row("events", 1, 1, 1))
    keep_floors(rows, path, rise=True)
    assert read_floors(path) == {"posts": 0.29, "events": 1.0}
    keep_floors(rows, path)


def test_floors_that_do_not_rise_are_not_written_again(tmp_path: Path) -> None:
    path = floors_file(tmp_path, {"posts": 0.84, "events": 0.84})
    before = path.read_bytes()
    keep_floors(ROWS, path, rise=True)
    assert path.read_bytes() == before


BAD = [
    ("{", "no JSON"),
    ("[]", "expected an object"),
    ('{"post": 0.5}', "there is no measure 'post'"),
    ('{"posts": "high"}', "the floor of posts must be a number from 0 to 1"),
    ('{"posts": 95}', "the floor of posts must be a number from 0 to 1"),
    ('{"posts": true}', "the floor of posts must be a number from 0 to 1"),
]


@pytest.mark.parametrize(("text", "reason"), BAD)
def test_floors_that_are_none(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "floors.json").write_text(text, encoding="utf-8")
    with pytest.raises(KgError, match=reason):
        keep_floors(ROWS, tmp_path / "floors.json")


def test_a_missing_file_of_floors_is_an_error_unless_they_are_raised(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="cannot be read"):
        keep_floors(ROWS, tmp_path / "floors.json")

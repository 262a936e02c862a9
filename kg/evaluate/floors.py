"""Floors that only rise: no change may bring a measure's F1 below what was reached."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, Protocol

from kg.evaluate.identity import IDENTITY_MEASURES
from kg.evaluate.measures import MEASURES
from kg.files import write_whole
from kg.model import KgError

# What a binary fraction may lack of the decimal one that is meant.
_DUST = 1e-9
_ALL: Final = (*MEASURES, *IDENTITY_MEASURES)


class Measured(Protocol):
    """A row of a table of measures."""

    @property
    def measure(self) -> str:
        """What is measured."""

    @property
    def f1(self) -> float:
        """How well, from 0 to 1."""


def read_floors(path: Path) -> dict[str, float]:
    """Measure → the F1 that it must not fall below. Raises KgError."""
    try:
        content: Any = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise KgError(f"{path}: cannot be read ({error.strerror})") from error
    except ValueError as error:
        raise KgError(f"{path}: no JSON ({error})") from error
    if not isinstance(content, dict):
        raise KgError(f"{path}: expected an object of measures and floors")
    for measure, floor in content.items():
        if measure not in _ALL:
            raise KgError(f"{path}: there is no measure {measure!r}, only {', '.join(_ALL)}")
        if isinstance(floor, bool) or not isinstance(floor, int | float) or not 0 <= floor <= 1:
            raise KgError(f"{path}: the floor of {measure} must be a number from 0 to 1")
    return content


def fallen(rows: Iterable[Measured], floors: Mapping[str, float]) -> list[str]:
    """What fell, a phrase each, in the order of the measures.

    >>> from kg.evaluate.measures import Row
    >>> fallen([Row("posts", 8, 9, 10), Row("events", 8, 9, 10)], {"posts": 0.9, "events": 0.84})
    ['posts 0.842 < 0.90']
    """
    low = ((row, floors[row.measure]) for row in rows if row.f1 < floors.get(row.measure, 0) - _DUST)
    return [f"{row.measure} {row.f1:.3f} < {floor:.2f}" for row, floor in low]


def raised(rows: Iterable[Measured], floors: Mapping[str, float]) -> dict[str, float]:
    """Each floor as high as two decimals of what is reached now, and never lower than it was.

    >>> from kg.evaluate.measures import Row
    >>> raised([Row("posts", 8, 9, 10), Row("events", 8, 9, 10)], {"posts": 0.9, "events": 0.8})
    {'posts': 0.9, 'events': 0.84}
    """
    return {row.measure: max(floors.get(row.measure, 0.0), math.floor(row.f1 * 100 + _DUST) / 100) for row in rows}


def keep_floors(rows: Iterable[Measured], path: Path, *, rise: bool = False) -> None:
    """Hold what is reached against the floors of a file, and raise them there where asked to.

    Raises KgError that names each measure that fell.
    """
    rows = tuple(rows)
    floors = read_floors(path) if path.exists() or not rise else {}
    if rise:
        higher = {**floors, **raised(rows, floors)}
        if higher != floors:
            write_whole(path, (json.dumps(higher, indent=2) + "\n").encode())
    if low := fallen(rows, floors):
        raise KgError(f"below the floors of {path}: {', '.join(low)}")

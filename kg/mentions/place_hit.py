"""What the finders of places yield."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlaceHit:
    """A place's name in a line: `known` to the gazetteer; `chained` right behind the place that contains it."""

    start: int
    end: int
    name: str
    category: str
    known: bool
    chained: bool

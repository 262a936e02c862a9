"""What the finders of agencies yield."""

from __future__ import annotations

from dataclasses import dataclass

from kg.lexicon import AgencyForm


@dataclass(frozen=True, slots=True)
class AgencyHit:
    """An agency's name in a line: `prefix` is its place or level word as printed, `core` what follows it.

    `form` is the lexicon's row for the core, `national` the canonical name of an organisation that needs no place,
    `base` the agency that a unit belongs to, `short_for` the agency whose announced short name this is; `points_back`
    where the level word means a place that was named before, 该县公安局.
    """

    start: int
    end: int
    prefix: str
    prefix_places: tuple[str, ...]
    core: str
    category: str
    formal: bool
    rule: str
    form: AgencyForm | None = None
    national: str | None = None
    base: AgencyHit | None = None
    short_for: AgencyHit | None = None
    points_back: bool = False

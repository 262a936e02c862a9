"""What the finders of places yield, and what they start from."""

from __future__ import annotations

from dataclasses import dataclass

# Kinds of place that no organ and no office is of.
_BARE = frozenset({"road", "water", "land", "works", "weak", "facility", "scene", "section"})


@dataclass(frozen=True, slots=True)
class PlaceHit:
    """A place's name in a line: `known` to the gazetteer; `chained` right behind the place that contains it."""

    start: int
    end: int
    name: str
    category: str
    known: bool
    chained: bool

    @property
    def governs(self) -> bool:
        """May an organ or an office belong to it: a county, a village, no river?"""
        return self.category not in _BARE


@dataclass(frozen=True, slots=True)
class LastWord:
    """The word that makes a name a place's, where it stands: 镇 in 渭津镇."""

    start: int
    end: int
    text: str
    category: str

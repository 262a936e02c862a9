"""Names like a name that nobody bears: what may have been meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

# One character of a name of two may be wrong.
_LIKENESS: Final = 0.5
_SHORTEST_PART: Final = 2


def nearest_names(name: str, known: Iterable[str], most: int = 5) -> tuple[str, ...]:
    """The known names that hold it, the shortest first, then those it holds or that are written much like it.

    >>> nearest_names("柴维", ["程宇", "柴伟", "水利局"])
    ('柴伟',)
    >>> nearest_names("环境局", ["程宇", "青河市生态环境局"])
    ('青河市生态环境局',)
    """
    signs = set(name)
    sharing = sorted({other for other in known if not signs.isdisjoint(other)}, key=lambda other: (len(other), other))
    holding = [other for other in sharing if name in other]
    held = [other for other in reversed(sharing) if len(other) >= _SHORTEST_PART and other in name]
    alike = get_close_matches(name, sharing, n=most, cutoff=_LIKENESS)
    return tuple(dict.fromkeys([*holding, *held, *alike]))[:most]

"""The unit that a title of its kind is of, where only the article says which: the one station, the court named last."""

from __future__ import annotations

from collections.abc import Mapping

from kg.model import Entity

_POLICE_UNITS = ("派出所", "中队", "大队", "支队", "分局", "公安局")


def police_unit(named: set[Entity]) -> Entity | None:
    """教导员, 值班民警: of the one station, or the one squad, that the article has named so far."""
    for kind in _POLICE_UNITS:
        units = {agency for agency in named if agency.name.endswith(kind)}
        if units:
            return units.pop() if len(units) == 1 else None
    return None


def court_of(role: str, named: Mapping[tuple[int, int], Entity]) -> Entity | None:
    """审判长 is of the court, 公诉人 of the procuratorate that was named last."""
    ending = "检察院" if role == "公诉人" else "法院"
    places = [place for place, agency in named.items() if agency.name.endswith(ending)]
    return named[max(places)] if places else None

"""Agencies: a place or level word and an organ's form (市发改委), a last word (…有限公司), a unit (市公安局分局)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.mentions.agencies_named import anaphors, bare_forms, national, unlisted
from kg.mentions.agencies_placed import after_levels, after_places, around_places
from kg.mentions.agency_hit import AgencyHit
from kg.mentions.agency_names import unit_end
from kg.mentions.line import Line
from kg.mentions.places import PlaceHit

__all__ = ["AgencyHit", "find_agencies"]

# From the surest rule to the loosest.
_RULES = (
    "agency.legal",
    "agency.form",
    "agency.national",
    "agency.unit",
    "agency.national_suffix",
    "agency.suffix",
    "agency.cut_form",
    "agency.anaphor",
    "agency.bare",
    "agency.last_word",
)


def find_agencies(line: Line, places: list[PlaceHit]) -> list[AgencyHit]:
    """The agencies of a line, left to right, none inside another."""
    found = [
        *around_places(line, places),
        *after_places(line, places),
        *anaphors(line),
        *after_levels(line, places),
        *national(line),
        *bare_forms(line),
        *unlisted(line),
    ]
    found = [hit for hit in found if _is_balanced(line.string[hit.start : hit.end])]
    hits = list(_inherit(line, _settle([_units(line, hit) for hit in found])))
    return sorted([*hits, *_elliptic(line, places, hits)], key=lambda h: h.start)


def _is_balanced(name: str) -> bool:
    """A quotation that only begins in a name, or only ends there, is none of it."""
    return name.count("“") == name.count("”")


def _settle(hits: list[AgencyHit]) -> list[AgencyHit]:
    """The longer of two that overlap; of two alike the one that a surer rule found."""
    chosen: list[AgencyHit] = []
    for hit in sorted(hits, key=lambda h: (-(h.end - h.start), _RULES.index(h.rule), h.start)):
        if all(hit.end <= c.start or c.end <= hit.start for c in chosen):
            chosen.append(hit)
    return sorted(chosen, key=lambda h: h.start)


def _inherit(line: Line, hits: list[AgencyHit]) -> Iterator[AgencyHit]:
    """A bare form right behind another agency and 、 belongs to the same place; elsewhere it needs three characters."""
    before: AgencyHit | None = None
    for hit in hits:
        if hit.rule == "agency.bare":
            between = line.string[before.end : hit.start] if before else ""
            if (
                before is not None
                and before.national is None
                and len(between) <= 8
                and "、" in between
                and not set(between) & set(",;。")
            ):
                hit = replace(hit, prefix=before.prefix, prefix_places=before.prefix_places, rule="agency.list")
            elif len(hit.core) < 3:
                continue
        yield hit
        before = hit


def _elliptic(line: Line, places: list[PlaceHit], hits: list[AgencyHit]) -> Iterator[AgencyHit]:
    """拳铺镇、马营镇政府: the first town's government too."""
    for hit in hits:
        if hit.form is None or len(hit.prefix_places) != 1 or hit.base is not None:
            continue
        start = hit.start
        for place in reversed(places):
            if place.end == start - 1 and line.string[place.end] == "、" and place.name[-1] == hit.prefix[-1]:
                start = place.start
                yield replace(
                    hit,
                    start=start,
                    end=place.end,
                    prefix=place.name,
                    prefix_places=(place.name,),
                    rule="agency.elliptic",
                )


def _units(line: Line, hit: AgencyHit) -> AgencyHit:
    """Follow an agency into its units: 市公安局 + 东山分局, 吉林银行 + 辽源分行 + 党委."""
    while (end := unit_end(line, hit.end)) is not None:
        core = line.string[hit.end : end]
        hit = AgencyHit(
            hit.start, end, hit.prefix, hit.prefix_places, core, hit.category, hit.formal, "agency.unit", base=hit
        )
    return hit

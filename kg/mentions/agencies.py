"""Agencies: a place or level word and an organ's form (市发改委), a last word (…有限公司), a unit (市公安局分局)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.mentions.agencies_listed import elliptic, joined, with_committees, with_levels, with_siblings
from kg.mentions.agencies_named import anaphors, bare_forms, national, papers, police_branches, unlisted
from kg.mentions.agencies_numbered import highway_squads, numbered_schools, squads, troops
from kg.mentions.agencies_placed import after_levels, after_places, around_places
from kg.mentions.agency_hit import AgencyHit
from kg.mentions.agency_names import title_at, title_end
from kg.mentions.agency_units import bare_units, leans_on, with_units
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


_LONGEST_NAME = 3  # a person's
_NEAR = 10  # characters from an organ over its head to the next

# Whose party committee is one of the place: a committee's, a government's, a zone's.
_SEATS = frozenset({"party", "congress", "government", "cppcc", "discipline", "zone"})


def find_agencies(line: Line, places: list[PlaceHit]) -> list[AgencyHit]:
    """The agencies of a line, left to right, none inside another."""
    found = [
        *around_places(line, places),
        *after_places(line, places),
        *anaphors(line),
        *after_levels(line, places),
        *national(line),
        *bare_forms(line),
        *papers(line),
        *troops(line),
        *squads(line),
        *highway_squads(line, places),
        *numbered_schools(line),
        *unlisted(line),
        *police_branches(line, places),
    ]
    found = [hit for hit in found if _is_balanced(line.string[hit.start : hit.end])]
    hits = list(_inherit(line, with_committees(line, _settle([with_units(line, hit) for hit in found]))))
    hits = with_levels(line, hits)
    hits += [*elliptic(line, places, hits), *joined(line, hits), *bare_units(line, hits)]
    return list(with_siblings(line, sorted(hits, key=lambda h: h.start)))


def _is_balanced(name: str) -> bool:
    """A quotation or a bracket that only begins in a name, or only ends there, is none of it."""
    return name.count("“") == name.count("”") and name.count("(") == name.count(")")


def _rank(hit: AgencyHit) -> int:
    return _RULES.index(hit.rule)


def _root(hit: AgencyHit) -> AgencyHit:
    """The agency that a unit's unit belongs to in the end."""
    return _root(hit.base) if hit.base is not None else hit


def _settle(hits: list[AgencyHit]) -> list[AgencyHit]:
    """The longer of two that overlap; of two alike the one that a surer rule found."""
    chosen: list[AgencyHit] = []
    for hit in sorted(hits, key=lambda h: (h.start - h.end, _rank(h), h.start, _rank(_root(h)))):
        if all(hit.end <= c.start or c.end <= hit.start for c in chosen):
            chosen.append(hit)
    return sorted(chosen, key=lambda h: h.start)


def _inherit(line: Line, hits: list[AgencyHit]) -> Iterator[AgencyHit]:
    """A bare form that leans on the agency before belongs to the same place; elsewhere it needs three characters."""
    before: AgencyHit | None = None
    outer: AgencyHit | None = None  # 市委 of 市委常委、青石市委书记
    for hit in hits:
        if outer is not None and hit.form is outer.form and hit.prefix == outer.prefix and not hit.prefix_places:
            hit = replace(hit, prefix=outer.prefix, prefix_places=outer.prefix_places)
        elif before is not None and is_same_level(line, before, hit):
            hit = replace(hit, prefix=before.prefix, prefix_places=before.prefix_places)
        elif before is not None and before.form is hit.form and _behind_titles(line, before.end) == hit.start - 1:
            outer = before
        if hit.rule == "agency.bare":
            if before is not None and hit.core in line.lexicon.words("party_body") and before.category not in _SEATS:
                continue  # 市中医院院长、党委委员: of the hospital's own committee
            if before is not None and before.national is None and _leans(line, before, hit):
                hit = _of_zone(line, before, hit) or replace(
                    hit, prefix=before.prefix, prefix_places=before.prefix_places, rule="agency.list"
                )
            elif len(hit.core) < 3:
                continue
        yield hit
        before = hit


def is_same_level(line: Line, before: AgencyHit, hit: AgencyHit) -> bool:
    """清河市委、市政府; 贵州省委常委、省委统战部部长: the 省 of one head's next post is that of the post before."""
    if hit.form is None or not hit.prefix or hit.prefix_places or not before.prefix_places:
        return False
    between = line.string[before.end : hit.start]
    if not before.prefix_places[-1].endswith(hit.prefix) or between[-1:] not in ("、", "和", ","):
        return False
    if len(between) == 1 and between != ",":
        return {before.category, hit.category} <= _SEATS  # 青石市委、市政府
    end = _behind_titles(line, before.end)
    headed = before.end < end and hit.start - end <= _LONGEST_NAME + 1  # 副书记、市长程宇,|市人大常委会主任
    near = headed if between[-1] == "," else len(between) < _NEAR
    return near and title_at(line, hit.end) and leans_on(line, before, hit.start)


def _behind_titles(line: Line, position: int) -> int:
    """Where a row of titles ends that begins here: 副书记、市长|程宇."""
    end = title_end(line, position)
    while end is not None and line.string[end : end + 1] == "、" and (then := title_end(line, end + 1)):
        end = then
    return end or position


def _leans(line: Line, before: AgencyHit, hit: AgencyHit) -> bool:
    """市发改委、教育局 · 县委书记李明,组织部部长王强: only a joint, or titles and names, stand between."""
    between = line.string[before.end : hit.start]
    near = len(between) <= 8 and "、" in between and not set(between) & set(",;。")
    led = line.string[: hit.start].endswith(tuple(line.lexicon.words("leads")))  # 青石县县长唐宇带领财政局、交通局
    # 为民政局局长, 当选政协主席
    copulas = line.lexicon.words("copula")
    appointed = bool({line.string[hit.start - 1], line.word_to(hit.start)} & copulas) and title_at(line, hit.end)
    return near or led or appointed or (title_at(line, hit.end) and leans_on(line, before, hit.start))


def _of_zone(line: Line, before: AgencyHit, hit: AgencyHit) -> AgencyHit | None:
    """经开区党工委副书记、管委会主任: the zone that has the one has the other."""
    zone = next((before.core.removesuffix(w) for w in ("党工委", "工委") if before.core.endswith(w)), "")
    rows = line.lexicon.agency_forms.get(zone + hit.core) if zone and hit.category == "zone" else None
    if not rows:
        return None
    core = zone + hit.core
    return replace(
        hit,
        prefix=before.prefix,
        prefix_places=before.prefix_places,
        core=core,
        form=rows[0],
        rule="agency.list",
    )

"""Agencies: a place or level word and an organ's form (市发改委), a last word (…有限公司), a unit (市公安局分局)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.lexicon import AgencyForm, Lexicon
from kg.mentions.agency_names import cut_form_at, form_at, is_no_agency, suffix_end, unit_end
from kg.mentions.line import Line, is_name_character
from kg.mentions.places import PlaceHit
from kg.words import segmenter

_LONGEST_NAME = 22
_SESSION = re.compile(r"第?[一二三四五六七八九十百\d]+届")
_ANAPHOR = re.compile(r"(该|我)(院|局|厅|公司|集团|校|行|协会|委|办|所|中心|馆|站|厂|社|医院|学校|大学|银行|支队|大队)")
# Behind a village or town these need nothing between: 石庙村党支部, 拳铺镇派出所.
_LOCAL = frozenset({"town", "subdistrict", "village", "community", "estate"})

# What may be named without a place: a firm, a school; a bureau may not.
_UNLISTED = frozenset({"company", "bank", "hospital", "school", "media", "association", "institution"})

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
_PREFIX_CATEGORIES_NOT = frozenset({"road", "water", "land", "works", "weak", "facility"})


@dataclass(frozen=True, slots=True)
class AgencyHit:
    """An agency's name in a line: `prefix` is its place or level word as printed, `core` what follows it.

    `form` is the lexicon's row for the core, `national` the canonical name of an organisation that needs no place,
    `base` the agency that a unit belongs to.
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


def _units(line: Line, hit: AgencyHit) -> AgencyHit:
    """Follow an agency into its units: 市公安局 + 东山分局, 吉林银行 + 辽源分行 + 党委."""
    while (end := unit_end(line, hit.end)) is not None:
        core = line.string[hit.end : end]
        hit = AgencyHit(
            hit.start, end, hit.prefix, hit.prefix_places, core, hit.category, hit.formal, "agency.unit", base=hit
        )
    return hit


def _of_form(line: Line, start: int, position: int, prefix: str, places: tuple[str, ...]) -> AgencyHit | None:
    """An organ whose form begins at `position`."""
    for find, rule in ((cut_form_at, "agency.cut_form"), (form_at, "agency.form")):
        if found := find(line, position):
            end, row = found
            return AgencyHit(start, end, prefix, places, row.form, row.category, row.formal, rule, form=row)
    return None


def _behind_prefix(
    line: Line, start: int, position: int, prefix: str, places: tuple[str, ...], *, local: bool = False
) -> AgencyHit | None:
    """An agency whose place or level word ends at `position`."""
    hit = _of_form(line, start, position, prefix, places)
    # 村委 is the villagers' committee, no party committee.
    if hit is not None and (hit.core != "委" or not prefix.endswith(("村", "社区"))):
        return hit
    if position not in line.bounds and not local:
        return None
    if open_end := suffix_end(line, position, behind_place=bool(places), local=local):
        end, suffix = open_end
        row = line.lexicon.suffixes[suffix]
        return AgencyHit(
            start, end, prefix, places, line.string[position:end], row.category, row.formal, "agency.suffix"
        )
    return None


def _after_places(line: Line, places: list[PlaceHit]) -> Iterator[AgencyHit]:
    for i, place in enumerate(places):
        if place.category in _PREFIX_CATEGORIES_NOT:
            continue
        first = i
        while first and places[first].chained and places[first - 1].end == places[first].start:
            first -= 1
        names = tuple(p.name for p in places[first : i + 1])
        start = places[first].start
        prefix = line.string[start : place.end]
        if hit := _behind_prefix(line, start, place.end, prefix, names, local=place.category in _LOCAL):
            yield hit
        # 马桥镇镇党委 says the level twice.
        doubled = line.string[place.end : place.end + 1] == place.name[-1]
        if doubled and (hit := _of_form(line, start, place.end + 1, prefix, names)) and hit.core != "委":
            yield hit


def _around_places(line: Line, places: list[PlaceHit]) -> Iterator[AgencyHit]:
    """中国人民政治协商会议第十届清河县委员会: a legal name that runs around its place."""
    for place in places:
        for before, after, row in legal_frames(line.lexicon):
            session = _SESSION.match(line.string, place.end)
            position = session.end() if session else place.end
            end = position + len(after)
            head = line.string[: place.start]
            stem = re.sub(_SESSION.pattern + "$", "", head)
            if line.string.startswith(after, position) and stem.endswith(before):
                start = len(stem) - len(before)
                yield AgencyHit(
                    start, end, place.name, (place.name,), row.form, row.category, row.formal, "agency.legal", form=row
                )


@lru_cache(maxsize=4)
def legal_frames(lexicon: Lexicon) -> tuple[tuple[str, str, AgencyForm], ...]:
    """The legal names that have words on both sides of their place, the longest first."""
    frames = {
        (before, after): row
        for rows in lexicon.agency_forms.values()
        for row in rows
        for name in row.legal
        for before, after in [name.split("{place}", 1)]
        if len(before) > 1 and after
    }
    return tuple((b, a, row) for (b, a), row in sorted(frames.items(), key=lambda f: (-len(f[0][0] + f[0][1]), f[0])))


def _after_levels(line: Line, places: list[PlaceHit]) -> Iterator[AgencyHit]:
    levels = line.lexicon.words("place_kind_word")
    covered = {i for p in places for i in range(p.start, p.end)}
    for position in range(len(line.string)):
        word = line.longest(position, levels, 3)
        if word is None or position in covered or (position and line.string[position - 1] in "城该各全乡辖"):
            continue
        if position not in line.bounds and line.string[position - 1] not in "我本和与及团":
            continue
        end = position + len(word)
        if form_at(line, end) is None and end not in line.bounds:
            continue
        if hit := _behind_prefix(line, position, end, word, ()):
            yield _league(line, hit) or hit


def _league(line: Line, hit: AgencyHit) -> AgencyHit | None:
    """团县委: the Youth League's committee has its 团 before the level word."""
    rows = line.lexicon.agency_forms.get("团委")
    if hit.core != "委" or rows is None or line.string[hit.start - 1 : hit.start] != "团":
        return None
    return replace(
        hit, start=hit.start - 1, core="团委", category=rows[0].category, formal=rows[0].formal, form=rows[0]
    )


def _national(line: Line) -> Iterator[AgencyHit]:
    table = line.lexicon.national
    for position in range(len(line.string)):
        for end in range(min(len(line.string), position + _LONGEST_NAME), position + 1, -1):
            row = table.get(line.string[position:end])
            if row is None:
                continue
            if len(row.name) <= 4 and (end not in line.bounds or position not in line.bounds):
                break
            yield AgencyHit(
                position, end, "", (), row.name, row.category, True, "agency.national", national=row.canonical
            )
            break
        word = line.longest(position, line.lexicon.words("national_prefix"), 4)
        if word and position in line.bounds and (found := suffix_end(line, position + len(word), behind_place=False)):
            end, suffix = found
            kind = line.lexicon.suffixes[suffix]
            if kind.category not in ("court", "department") and not line.string.startswith(("会议", "工作会议"), end):
                core = line.string[position:end]
                yield AgencyHit(
                    position, end, "", (), core, kind.category, kind.formal, "agency.national_suffix", national=core
                )


def _anaphors(line: Line) -> Iterator[AgencyHit]:
    """该局, 我院: the agency of that kind named last; resolved later."""
    for match in _ANAPHOR.finditer(line.string):
        if match.start() in line.bounds and match.end() in line.bounds:
            yield AgencyHit(match.start(), match.end(), "", (), match[2], "", False, "agency.anaphor")


def _bare_forms(line: Line) -> Iterator[AgencyHit]:
    """教育局 in 市发改委、教育局: no place of its own."""
    for position in range(len(line.string)):
        joined = position > 0 and line.string[position - 1] in "和与及"
        if not (line.is_edge(position) or joined) or _in_generic_list(line, position):
            continue
        hit = _of_form(line, position, position, "", ())
        if hit is not None and hit.rule == "agency.form" and hit.end in line.bounds:
            yield replace(hit, rule="agency.bare")


def _in_generic_list(line: Line, position: int) -> bool:
    """各县(区)、开发区总工会: a list that 各 opens names nobody."""
    head = line.string[:position]
    return "各" in head[max(head.rfind(","), head.rfind("及"), head.rfind(";"), -1) + 1 :][:8]


def _unlisted(line: Line) -> Iterator[AgencyHit]:
    """A name that only its last word shows: 万顺木材加工厂."""
    lexicon = line.lexicon
    for i, (_, end, word) in enumerate(line.words):
        suffix = next(
            (
                line.string[end - n : end]
                for n in range(min(10, end), 0, -1)
                if line.string[end - n : end] in lexicon.suffixes
            ),
            None,
        )
        if suffix is None or suffix in lexicon.words("agency_unanchored_not"):
            continue
        if lexicon.suffixes[suffix].category not in _UNLISTED:
            continue
        start = _unlisted_start(line, i, suffix)
        if _in_generic_list(line, start):
            continue
        stem = line.string[start : end - len(suffix)]
        if len(stem) < 2 or stem in lexicon.words("place_modifier") or is_no_agency(line, start, end, word, suffix):
            continue
        if (segmenter().tag(line.string[start:end]) or "nt")[:2] not in ("nt", "nz", "ns"):
            continue
        row, name = lexicon.suffixes[suffix], line.string[start:end]
        yield AgencyHit(start, end, "", (), name, row.category, row.formal, "agency.last_word", national=name)


def _unlisted_start(line: Line, index: int, suffix: str) -> int:
    """Walk left from a last word over what may belong to a name."""
    lexicon, words = line.lexicon, segmenter()
    end = line.words[index][1]
    start = end
    for begin, stop, word in reversed(line.words[: index + 1]):
        tag = words.tag(word)
        if end - begin > _LONGEST_NAME or not all(map(is_name_character, word)) or word in lexicon.words("name_stop"):
            break
        if begin < end - len(suffix) and (words.is_function_word(word) or word in lexicon.titles or tag == "t"):
            break
        if stop <= end - len(suffix) and (tag.startswith("v") or tag == "m") and word not in lexicon.words("name_verb"):
            break
        start = begin
    edge = next((k for k in range(end - len(suffix), -1, -1) if line.is_edge(k)), 0)
    tight = line.string[edge : end - len(suffix)]
    inside = [w for a, b, w in line.words if edge <= a and b <= end - len(suffix)]
    firm = lexicon.suffixes[suffix].category == "company" and all(
        words.tag(w)[:1] in ("v", "n", "a", "") and w not in lexicon.words("name_stop") | lexicon.words("place_stop")
        for w in inside
    )
    plain = firm or not any(
        len(w) > 1 and (words.is_function_word(w) or words.tag(w)[:1] == "v" or w in lexicon.words("name_stop"))
        for w in inside
    )
    most = 8 if len(suffix) > 3 else 4  # a registered firm's name runs longer
    if edge < start and 2 <= len(tight) <= most and plain and not set(tight) & lexicon.words("hard_stop"):
        return edge  # 、唐都医院: all that stands between the mark and the last word
    return start


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


def find_agencies(line: Line, places: list[PlaceHit]) -> list[AgencyHit]:
    """The agencies of a line, left to right, none inside another."""
    found = [
        *_around_places(line, places),
        *_after_places(line, places),
        *_anaphors(line),
        *_after_levels(line, places),
        *_national(line),
        *_bare_forms(line),
        *_unlisted(line),
    ]
    hits = list(_inherit(line, _settle([_units(line, hit) for hit in found])))
    return sorted([*hits, *_elliptic(line, places, hits)], key=lambda h: h.start)


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


def legal_names(lexicon: Lexicon, hit: AgencyHit, place: str) -> tuple[str, ...]:
    """The full legal names that the lexicon has for an agency of this place."""
    if hit.form is not None:
        return tuple(name.replace("{place}", place) for name in hit.form.legal)
    row = lexicon.national.get(hit.core)
    return row.legal if row else ()

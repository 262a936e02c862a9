"""`seeds/lexicon` and a user's own directory over it → one `Lexicon`; a row that dangles stops the load."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from functools import cache
from pathlib import Path

from kg.lexicon.events import EVENTS, load_event_types
from kg.lexicon.rows import Row, Table, check_directory
from kg.lexicon.tables import (
    AgencyForm,
    AgencySuffix,
    Lexicon,
    NationalAgency,
    Newspaper,
    PlaceRow,
    Renaming,
    Title,
)

_PLACES = Table("places.tsv", ("path", "category", "short"), ("path",), ("path", "category"), ("category",))
_TOWNSHIPS = Table("townships.tsv", ("county", "townships"), ("county",), ("county",))
_AGENCIES = Table(
    "agencies.tsv",
    ("form", "canonical", "legal", "category", "parent", "level", "formal"),
    ("form", "level"),
    ("form", "canonical", "category", "formal"),
    ("category", "level", "formal"),
)
_NATIONAL = Table(
    "national.tsv",
    ("canonical", "forms", "legal", "category", "parent"),
    ("canonical",),
    ("canonical", "category"),
    ("category",),
)
_SUFFIXES = Table(
    "agency_suffixes.tsv",
    ("suffix", "category", "formal"),
    ("suffix",),
    ("suffix", "category", "formal"),
    ("category", "formal"),
)
_PLACE_SUFFIXES = Table(
    "place_suffixes.tsv", ("suffix", "category"), ("suffix",), ("suffix", "category"), ("category",)
)
_TITLES = Table("titles.tsv", ("title", "kind", "organ"), ("title",), ("title", "kind"), ("kind",))
_SURNAMES = Table("surnames.tsv", ("surname",), ("surname",), ("surname",))
_PAPERS = Table("newspapers.tsv", ("name", "city", "sponsor", "publisher", "cn"), ("name",), ("name",))
# One file a room that needs them: words.tsv, words_read.tsv, words_facts.tsv …
_WORDS = Table("words*.tsv", ("class", "word"), ("class", "word"), ("class", "word"), ("class",))
_OCR = Table("ocr.tsv", ("wrong", "right"), ("wrong", "right"), ("wrong", "right"))
_TRADITIONAL = Table("traditional.tsv", ("traditional", "simplified"), ("traditional",), ("traditional", "simplified"))
_RENAMED = Table("renamed.tsv", ("old", "new", "year", "note"), ("old", "new"), ("old", "new", "year"))
_TSV = (
    _PLACES, _TOWNSHIPS, _AGENCIES, _NATIONAL, _SUFFIXES, _PLACE_SUFFIXES, _TITLES, _SURNAMES, _PAPERS, _WORDS, _OCR,
    _TRADITIONAL, _RENAMED,
)  # fmt: skip
FILES = (*(table.file for table in _TSV), EVENTS)
_YEAR = re.compile(r"(?:19|20)\d\d")


def load_lexicon(own: Path | None = None) -> Lexicon:
    """The built-in lexicon; with `own`, a directory of tables of the same names, their rows added and put over it.

    Raises LexiconError.
    """
    if own is None:
        return _built_in()
    check_directory(own, FILES)
    return _load(own)


@cache
def _built_in() -> Lexicon:
    return _load(None)


def _load(own: Path | None) -> Lexicon:
    places = _load_places(own)
    agency_forms = _load_agency_forms(own)
    national = _load_national(own)
    words: dict[str, set[str]] = defaultdict(set)
    for row in _WORDS.rows(own):
        words[row["class"]].add(row["word"])
    return Lexicon(
        place_rows=places,
        townships=_load_townships(own, places),
        agency_forms=agency_forms,
        national=national,
        suffixes={
            r["suffix"]: AgencySuffix(r["suffix"], r["category"], r["formal"] == "yes") for r in _SUFFIXES.rows(own)
        },
        place_suffixes={r["suffix"]: r["category"] for r in _PLACE_SUFFIXES.rows(own)},
        titles=_load_titles(own, agency_forms, national),
        surnames=frozenset(r["surname"] for r in _SURNAMES.rows(own)),
        newspapers=_load_newspapers(own, places),
        event_types=load_event_types(own),
        word_classes={name: frozenset(members) for name, members in words.items()},
        ocr=tuple(_single_characters(_OCR, own)),
        traditional=dict(_single_characters(_TRADITIONAL, own)),
        renamed=_load_renamed(own, agency_forms, national),
        source=own,
    )


# --- places and papers -------------------------------------------------------------------------------------------


def _load_places(own: Path | None) -> tuple[PlaceRow, ...]:
    rows = _PLACES.rows(own)
    paths = {row["path"] for row in rows}
    for row in rows:
        parent = row["path"].rpartition("/")[0]
        if parent and parent not in paths:
            raise row.error(f"{parent} is no place of places.tsv")
    return tuple(PlaceRow(row["path"], row["category"], row["short"]) for row in rows)


def _load_townships(own: Path | None, places: tuple[PlaceRow, ...]) -> dict[str, tuple[str, ...]]:
    paths = {place.path for place in places}
    table = {}
    for row in _TOWNSHIPS.rows(own):
        if row["county"] not in paths:
            raise row.error(f"{row['county']} is no place of places.tsv")
        table[row["county"]] = row.words("townships")
    return table


def _load_newspapers(own: Path | None, places: tuple[PlaceRow, ...]) -> dict[str, Newspaper]:
    paths = {place.path for place in places}
    table = {}
    for row in _PAPERS.rows(own):
        if row["city"] and row["city"] not in paths:
            raise row.error(f"{row['city']} is no place of places.tsv")
        table[row["name"]] = Newspaper(row["name"], row["city"], row["sponsor"], row["publisher"], row["cn"])
    return table


# --- agencies and titles -----------------------------------------------------------------------------------------


def _load_agency_forms(own: Path | None) -> dict[str, tuple[AgencyForm, ...]]:
    table: dict[str, list[AgencyForm]] = defaultdict(list)
    rows = _AGENCIES.rows(own)
    for row in rows:
        if any("{place}" not in name for name in (row["canonical"], *row.words("legal"))):
            raise row.error("canonical and legal names need {place}")
        parent, level, formal = row["parent"], row["level"], row["formal"] == "yes"
        table[row["form"]].append(
            AgencyForm(row["form"], row["canonical"], row.words("legal"), row["category"], parent, level, formal)
        )
    for row in rows:
        if row["parent"] and row["parent"] not in table:
            raise row.error(f"parent {row['parent']} is no form of agencies.tsv")
    _check_no_circle([(row, row["form"], row["parent"]) for row in rows], own)
    return {form: tuple(forms) for form, forms in table.items()}


def _load_national(own: Path | None) -> dict[str, NationalAgency]:
    table: dict[str, NationalAgency] = {}
    # A name that two rows claim is the fault of the user's own row, so that comes last.
    rows = sorted(_NATIONAL.rows(own), key=lambda row: _is_own(row, own))
    canonical = {row["canonical"] for row in rows}
    for row in rows:
        if row["parent"] and row["parent"] not in canonical:
            raise row.error(f"parent {row['parent']} is no row of national.tsv")
        for name in (row["canonical"], *row.words("forms")):
            if name in table:
                raise row.error(f"{name} names {table[name].canonical} already")
            table[name] = NationalAgency(name, row["canonical"], row.words("legal"), row["category"], row["parent"])
    _check_no_circle([(row, row["canonical"], row["parent"]) for row in rows], own)
    return table


def _load_titles(own: Path | None, forms: Container[str], national: Container[str]) -> dict[str, Title]:
    table = {}
    for row in _TITLES.rows(own):
        if row["organ"] and row["organ"] not in forms and row["organ"] not in national:
            raise row.error(f"organ {row['organ']} is neither in agencies.tsv nor in national.tsv")
        table[row["title"]] = Title(row["title"], row["kind"], row["organ"])
    return table


def _load_renamed(
    own: Path | None, forms: Mapping[str, tuple[AgencyForm, ...]], national: Mapping[str, NationalAgency]
) -> tuple[Renaming, ...]:
    local = {form: rows[0].canonical for form, rows in forms.items()}
    central = {name: row.canonical for name, row in national.items()}
    steps = []
    for row in _RENAMED.rows(own):
        old, new = row["old"], row["new"]
        for name in (old, new):
            if name not in local and name not in central:
                raise row.error(f"{name} is neither in agencies.tsv nor in national.tsv")
        names = next((names for names in (local, central) if old in names and new in names), None)
        if names is None:
            raise row.error(f"{old} and {new} are not both in agencies.tsv or both in national.tsv")
        if not _YEAR.fullmatch(row["year"]):
            raise row.error(f"{row['year']} is no year")
        steps.append((row, names[old], names[new]))
    _check_no_circle(steps, own)
    return tuple(Renaming(row["old"], row["new"], int(row["year"]), row["note"]) for row, _, _ in steps)


def _is_own(row: Row, own: Path | None) -> bool:
    return row.path.parent == own


def _check_no_circle(steps: Sequence[tuple[Row, str, str]], own: Path | None) -> None:
    """What a row leads to never leads back; the built-in rows are sound, only a user's own can close a circle."""
    after: dict[str, set[str]] = defaultdict(set)
    for _, start, end in steps:
        after[start] |= {end} - {""}

    @cache
    def reached(name: str) -> frozenset[str]:
        found: set[str] = set()
        fresh = {name}
        while fresh:
            found |= fresh
            fresh = {step for one in fresh for step in after.get(one, ())} - found
        return frozenset(found)

    for row, start, end in steps:
        if end and start in reached(end) and (own is None or _is_own(row, own)):
            raise row.error(f"{start} leads back to itself by way of {end}")


# --- characters --------------------------------------------------------------------------------------------------


def _single_characters(table: Table, own: Path | None) -> list[tuple[str, str]]:
    """The rows of a table of two columns that both hold one character, never the same."""
    pairs = []
    for row in table.rows(own):
        one, other = row.cells
        if len(one) != 1 or len(other) != 1 or one == other:
            raise row.error("each cell holds one character, and not the same")
        pairs.append((one, other))
    return pairs

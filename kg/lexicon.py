"""`seeds/lexicon` as typed, validated, immutable tables.

Lists are TSV with a header and `#` comments, event types TOML. A row that is malformed, doubled or dangling stops the
load with its file and line.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from kg.model import LexiconError


def seeds_dir() -> Path:
    """Where `seeds/` is: inside the installed wheel, or beside the package in a checkout."""
    packaged = Path(__file__).parent / "seeds"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "seeds"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a TSV, with where it stands for the error that names it."""

    path: Path
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def words(self, column: str) -> tuple[str, ...]:
        """A cell that lists several words, separated by `|`."""
        return tuple(word for word in self.cells[column].split("|") if word)

    def error(self, message: str) -> LexiconError:
        """This row's fault, as one line."""
        return LexiconError(f"{self.path}:{self.line}: {message}")


def read_tsv(path: Path, columns: tuple[str, ...], key: tuple[str, ...]) -> Iterator[Row]:
    """The rows of a TSV whose header is `columns`; the cells of `key` together occur once. Raises LexiconError."""
    seen: dict[tuple[str, ...], int] = {}
    header: list[str] | None = None
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise LexiconError(
            f"{path}: cannot be read ({error.strerror}); reinstall kg-gazette or give --lexicon"
        ) from error
    for number, line in enumerate(lines, 1):
        if not line or line.startswith("#"):
            continue
        cells = line.rstrip("\r").split("\t")
        if header is None:
            header = cells
            if tuple(header) != columns:
                raise LexiconError(f"{path}:{number}: the header must be {' '.join(columns)}, tab-separated")
            continue
        if len(cells) != len(columns):
            raise LexiconError(f"{path}:{number}: {len(cells)} cells where the header has {len(columns)}")
        if any(cell != cell.strip() for cell in cells):
            raise LexiconError(f"{path}:{number}: white space at the edge of a cell")
        row = Row(path, number, dict(zip(columns, cells, strict=True)))
        identity = tuple(row[column] for column in key)
        if not identity[0]:
            raise row.error(f"{key[0]} is empty")
        if identity in seen:
            raise row.error(f"{' '.join(identity)} stands already in line {seen[identity]}")
        seen[identity] = number
        yield row


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """An administrative area: 吉林省/辽源市/东丰县, category county, short name 东丰."""

    path: str
    category: str
    short: str

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rsplit("/", 1)[-1]

    @property
    def within(self) -> str:
        """The path of what contains it, empty for a province."""
        return self.path.rpartition("/")[0]


@dataclass(frozen=True, slots=True)
class AgencyForm:
    """A form that an organ's name takes behind a place: 发改委 → {place}发改委, legally {place}发展和改革委员会.

    `parent` is another row's form. `level` limits a row to province, city, county or town; empty means any.
    """

    form: str
    canonical: str
    legal: tuple[str, ...]
    category: str
    parent: str
    level: str
    formal: bool


@dataclass(frozen=True, slots=True)
class NationalAgency:
    """An organisation that is called by its own name wherever it stands: 国务院, 中国人民银行."""

    name: str
    canonical: str
    legal: tuple[str, ...]
    category: str
    parent: str


@dataclass(frozen=True, slots=True)
class AgencySuffix:
    """A last word that makes an unlisted name an agency's: …有限公司, …医院, …工作领导小组."""

    suffix: str
    category: str
    formal: bool


@dataclass(frozen=True, slots=True)
class Title:
    """A word for a post. `kind`: post, rank, trade (教授: after the name), person (居民: a descriptor, no post).

    `organ` is the agency form a title names by itself behind a place: 市长 → 政府 of that 市.
    """

    title: str
    kind: str
    organ: str


@dataclass(frozen=True, slots=True)
class Newspaper:
    """A paper, the place it belongs to, and the house that publishes it."""

    name: str
    city: str
    sponsor: str
    publisher: str
    cn: str


@dataclass(frozen=True, slots=True)
class EventType:
    """A type of event: its triggers and the examples that are its tests."""

    name: str
    label_zh: str
    label_en: str
    triggers: tuple[str, ...]
    nouns: tuple[str, ...]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


@dataclass(frozen=True, eq=False, repr=False)
class Lexicon:
    """All that is known beforehand. Every room may read it, none may write."""

    place_rows: tuple[PlaceRow, ...]
    townships: Mapping[str, tuple[str, ...]]
    agency_forms: Mapping[str, tuple[AgencyForm, ...]]
    national: Mapping[str, NationalAgency]
    suffixes: Mapping[str, AgencySuffix]
    place_suffixes: Mapping[str, str]
    titles: Mapping[str, Title]
    surnames: frozenset[str]
    newspapers: Mapping[str, Newspaper]
    event_types: tuple[EventType, ...]
    word_classes: Mapping[str, frozenset[str]]
    ocr: tuple[tuple[str, str], ...]
    source: Path = field(compare=False, default=Path())

    def __repr__(self) -> str:
        return f"Lexicon({str(self.source)!r})"

    def words(self, name: str) -> frozenset[str]:
        """A closed class of words (`words*.tsv`), by its name. Raises LexiconError where no file has it."""
        try:
            return self.word_classes[name]
        except KeyError:
            raise LexiconError(f"{self.source}: no words*.tsv has a class {name}") from None

    @cached_property
    def places_by_name(self) -> Mapping[str, tuple[PlaceRow, ...]]:
        """Full and short names of places to county level → every place so called."""
        table: dict[str, list[PlaceRow]] = defaultdict(list)
        for row in self.place_rows:
            for name in {row.name, row.short} - {""}:
                table[name].append(row)
        return {name: tuple(rows) for name, rows in table.items()}

    @cached_property
    def full_place_names(self) -> frozenset[str]:
        """The names of places to county level with their type words."""
        return frozenset(row.name for row in self.place_rows)

    @cached_property
    def places_by_path(self) -> Mapping[str, PlaceRow]:
        """Path → place."""
        return {row.path: row for row in self.place_rows}

    @cached_property
    def counties_by_township(self) -> Mapping[str, tuple[str, ...]]:
        """Township name → the paths of the counties that have one so called."""
        table: dict[str, list[str]] = defaultdict(list)
        for county, names in self.townships.items():
            for name in names:
                table[name].append(county)
        return {name: tuple(counties) for name, counties in table.items()}


def _load_places(path: Path) -> tuple[PlaceRow, ...]:
    rows = list(read_tsv(path, ("path", "category", "short"), ("path",)))
    paths = {row["path"] for row in rows}
    for row in rows:
        parent = row["path"].rpartition("/")[0]
        if parent and parent not in paths:
            raise row.error(f"{parent} is no place of this file")
    return tuple(PlaceRow(row["path"], row["category"], row["short"]) for row in rows)


def _load_townships(path: Path, places: tuple[PlaceRow, ...]) -> dict[str, tuple[str, ...]]:
    paths = {place.path for place in places}
    table = {}
    for row in read_tsv(path, ("county", "townships"), ("county",)):
        if row["county"] not in paths:
            raise row.error(f"{row['county']} is no place of places.tsv")
        table[row["county"]] = row.words("townships")
    return table


def _load_agency_forms(path: Path) -> dict[str, tuple[AgencyForm, ...]]:
    columns = ("form", "canonical", "legal", "category", "parent", "level", "formal")
    rows = list(read_tsv(path, columns, ("form", "level")))
    forms = {row["form"] for row in rows}
    table: dict[str, list[AgencyForm]] = defaultdict(list)
    for row in rows:
        if row["parent"] and row["parent"] not in forms:
            raise row.error(f"parent {row['parent']} is no form of this file")
        if any("{place}" not in name for name in (row["canonical"], *row.words("legal"))):
            raise row.error("canonical and legal names need {place}")
        formal = row["formal"] == "yes"
        table[row["form"]].append(
            AgencyForm(
                row["form"], row["canonical"], row.words("legal"), row["category"], row["parent"], row["level"], formal
            )
        )
    return {form: tuple(rows) for form, rows in table.items()}


def _load_national(path: Path) -> dict[str, NationalAgency]:
    table: dict[str, NationalAgency] = {}
    for row in read_tsv(path, ("canonical", "forms", "legal", "category", "parent"), ("canonical",)):
        for name in (row["canonical"], *row.words("forms")):
            if name in table:
                raise row.error(f"{name} names {table[name].canonical} already")
            table[name] = NationalAgency(name, row["canonical"], row.words("legal"), row["category"], row["parent"])
    return table


def _load_event_types(path: Path) -> tuple[EventType, ...]:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"{path}: {error}") from error
    try:
        return tuple(
            EventType(
                name,
                table["label"]["zh"],
                table["label"]["en"],
                tuple(table["triggers"]),
                tuple(table.get("nouns", ())),
                tuple(table["examples"]),
                tuple(table["counter_examples"]),
            )
            for name, table in tables.items()
        )
    except KeyError as error:
        raise LexiconError(f"{path}: an event type lacks {error}") from error


def load_lexicon(directory: Path | None = None) -> Lexicon:
    """The lexicon in `directory`, or the built-in one. Raises LexiconError."""
    return _load_lexicon(directory or seeds_dir() / "lexicon")


@lru_cache(maxsize=4)
def _load_lexicon(directory: Path) -> Lexicon:
    places = _load_places(directory / "places.tsv")
    words: dict[str, set[str]] = defaultdict(set)
    # One file a room that needs them: words.tsv, words_read.tsv, words_events.tsv …
    for path in sorted(directory.glob("words*.tsv")):
        for row in read_tsv(path, ("class", "word"), ("class", "word")):
            words[row["class"]].add(row["word"])
    place_suffixes = read_tsv(directory / "place_suffixes.tsv", ("suffix", "category"), ("suffix",))
    papers = read_tsv(directory / "newspapers.tsv", ("name", "city", "sponsor", "publisher", "cn"), ("name",))
    titles = read_tsv(directory / "titles.tsv", ("title", "kind", "organ"), ("title",))
    suffixes = read_tsv(directory / "agency_suffixes.tsv", ("suffix", "category", "formal"), ("suffix",))
    ocr = read_tsv(directory / "ocr.tsv", ("wrong", "right"), ("wrong", "right"))
    return Lexicon(
        place_rows=places,
        townships=_load_townships(directory / "townships.tsv", places),
        agency_forms=_load_agency_forms(directory / "agencies.tsv"),
        national=_load_national(directory / "national.tsv"),
        suffixes={r["suffix"]: AgencySuffix(r["suffix"], r["category"], r["formal"] == "yes") for r in suffixes},
        place_suffixes={r["suffix"]: r["category"] for r in place_suffixes},
        titles={r["title"]: Title(r["title"], r["kind"], r["organ"]) for r in titles},
        surnames=frozenset(r["surname"] for r in read_tsv(directory / "surnames.tsv", ("surname",), ("surname",))),
        newspapers={r["name"]: Newspaper(r["name"], r["city"], r["sponsor"], r["publisher"], r["cn"]) for r in papers},
        event_types=_load_event_types(directory / "events.toml"),
        word_classes={name: frozenset(members) for name, members in words.items()},
        ocr=tuple((r["wrong"], r["right"]) for r in ocr),
        source=directory,
    )

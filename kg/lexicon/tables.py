"""What the lexicon knows, as immutable records, and the `Lexicon` that holds them all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from kg.model import LexiconError

_SHORTEST_FULL = 2  # characters; 巴州 is no name to go by


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

    `parent` is another row's form. `level` limits a row to municipality, province, city, county
    or town; empty means any.
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
class Renaming:
    """An organ that goes on under another name: 国土资源局 → 自然资源局 since 2018; both are forms or national names.

    `year` is that of the reform; places followed within about a year. Organs merged into one have a row each.
    """

    old: str
    new: str
    year: int
    note: str


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
    traditional: Mapping[str, str] = field(default_factory=dict)
    renamed: tuple[Renaming, ...] = ()
    source: Path | None = None  # the user's own directory over the built-in one

    def __repr__(self) -> str:
        return f"Lexicon({str(self.source or 'built-in')!r})"

    def words(self, name: str) -> frozenset[str]:
        """A closed class of words (`words*.tsv`), by its name. Raises LexiconError where no file has it."""
        try:
            return self.word_classes[name]
        except KeyError:
            raise LexiconError(f"no words*.tsv has a class {name}; reinstall kg-gazette") from None

    @cached_property
    def only_traditional(self) -> frozenset[str]:
        """Characters that simplified text does not print: those that GB 2312, its own character set, lacks."""
        return frozenset(char for char in self.traditional if not char.encode("gb2312", "ignore"))

    @cached_property
    def simplifying(self) -> Mapping[int, str]:
        """The table of traditional characters as `str.translate` takes it."""
        return str.maketrans(dict(self.traditional))

    @cached_property
    def plain_glyphs(self) -> Mapping[int, str]:
        """The table of characters that only torn fonts and OCR print, each with the one it stands for: 巿 → 市."""
        return str.maketrans({pair[0]: pair[1] for pair in self.words("glyph")})

    @cached_property
    def places_by_name(self) -> Mapping[str, tuple[PlaceRow, ...]]:
        """Full and short names of places to county level → every place so called."""
        table: dict[str, list[PlaceRow]] = defaultdict(list)
        for row in self.place_rows:
            for name in {row.name, row.short, self._half_short(row)} - {""}:
                table[name].append(row)
        return {name: tuple(rows) for name, rows in table.items()}

    def _half_short(self, row: PlaceRow) -> str:
        """黔南州 for 黔南布依族苗族自治州, 广西自治区 for 广西壮族自治区; empty for what is called by no such name."""
        kind = next((k for k in self.words("autonomous_kind") if row.name.endswith(k)), "")
        if not kind or not row.short:
            return ""
        return row.short + (kind if row.category == "autonomous_region" else kind[-1])

    @cached_property
    def title_names(self) -> frozenset[str]:
        """All titles as they are printed."""
        return frozenset(self.titles)

    @cached_property
    def places_within(self) -> Mapping[str, tuple[PlaceRow, ...]]:
        """Path → the places right below it."""
        table: dict[str, list[PlaceRow]] = defaultdict(list)
        for row in self.place_rows:
            table[row.within].append(row)
        return {path: tuple(rows) for path, rows in table.items()}

    @cached_property
    def full_place_names(self) -> frozenset[str]:
        """The names of places to county level with their type words; 海北州, which is short, has one too."""
        kinds = {row.short for row in self.place_rows if len(row.short) > _SHORTEST_FULL and row.short[-1] == "州"}
        return frozenset(name for row in self.place_rows for name in (row.name, self._half_short(row)) if name) | kinds

    @cached_property
    def places_by_path(self) -> Mapping[str, PlaceRow]:
        """Path → place."""
        return {row.path: row for row in self.place_rows}

    @cached_property
    def counties_by_township(self) -> Mapping[str, tuple[str, ...]]:
        """Township name → the paths of the counties that have one so called, or have one of another kind by now."""
        table: dict[str, list[str]] = defaultdict(list)
        once: dict[str, list[str]] = defaultdict(list)
        kinds = sorted(self.words("township_kind"), key=len)
        barred = tuple(self.words("township_not"))
        for county, names in self.townships.items():
            for name in names:
                table[name].append(county)
                stem = name[: -max((len(kind) for kind in kinds if name.endswith(kind)), default=1)]
                for kind in kinds if len(stem) > 1 else ():
                    if not (former := stem + kind).endswith(barred):
                        once[former].append(county)  # 七里村镇 is 七里村街道 today
        return {name: tuple(counties) for name, counties in (once | table).items()}

"""The rows of the lexicon's TSV files: a header, one entry a line, `#` comments.

The built-in rows come first, a user's own lie over them: a row with the same key takes the place of the built-in one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from kg.model import LexiconError


def seeds_dir() -> Path:
    """Where `seeds/` is: inside the installed wheel, or beside the package in a checkout."""
    package = Path(__file__).parent.parent
    return package / "seeds" if (package / "seeds").is_dir() else package.parent / "seeds"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a TSV, with where it stands for the error that names it."""

    path: Path
    line: int
    cells: list[str]
    places: Mapping[str, int]  # column → which cell

    def __getitem__(self, column: str) -> str:
        return self.cells[self.places[column]]

    def words(self, column: str) -> tuple[str, ...]:
        """A cell that lists several words, separated by `|`."""
        cell = self[column]
        return tuple([word for word in cell.split("|") if word]) if cell else ()

    def error(self, message: str) -> LexiconError:
        """This row's fault, as one line."""
        return LexiconError(f"{self.path}:{self.line}: {message}")


@dataclass(frozen=True, slots=True)
class Table:
    """What a TSV of the lexicon must look like; `file` is its name, or a pattern where several files make one table.

    The cells of `key` together name a row; those of `filled` are never empty; a user's own row may have no other word
    in a `closed` column than the built-in rows have there, since only these mean something to the rules.
    """

    file: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    filled: tuple[str, ...]
    closed: tuple[str, ...] = ()

    def rows(self, own: Path | None) -> list[Row]:
        """The built-in rows with those of the directory `own` over them. Raises LexiconError."""
        paths = sorted((seeds_dir() / "lexicon").glob(self.file))
        if not paths:
            raise LexiconError(f"{seeds_dir() / 'lexicon' / self.file}: missing; reinstall kg-gazette")
        rows = {key: row for path in paths for key, row in self._read(path)}
        if own is not None:
            allowed = {column: {row[column] for row in rows.values()} for column in self.closed}
            for path in sorted(own.glob(self.file)):
                for key, row in self._read(path):
                    _check_closed(row, allowed)
                    rows[key] = row
        return list(rows.values())

    def _read(self, path: Path) -> Iterator[tuple[tuple[str, ...], Row]]:
        """The rows of one file with their keys, each checked by itself and none twice."""
        numbered = enumerate(read_text(path).split("\n"), 1)
        lines = ((number, line.rstrip("\r")) for number, line in numbered if line.rstrip("\r") and line[0] != "#")
        number, header = next(lines, (1, ""))
        if tuple(header.split("\t")) != self.columns:
            raise LexiconError(f"{path}:{number}: the header must be {' '.join(self.columns)}, tab-separated")
        places = {column: place for place, column in enumerate(self.columns)}
        naming = [places[column] for column in self.key]
        seen: dict[tuple[str, ...], int] = {}
        for number, line in lines:
            cells = self._split(path, number, line)
            key = tuple([cells[place] for place in naming])
            row = Row(path, number, cells, places)
            if seen.setdefault(key, number) != number:
                raise row.error(f"{' '.join(key)} stands already in line {seen[key]}")
            yield key, row

    def _split(self, path: Path, number: int, line: str) -> list[str]:
        cells = line.split("\t")
        fault = ""
        if len(cells) != len(self.columns):
            fault = f"{len(cells)} cells where the header has {len(self.columns)}"
        elif "\t".join(map(str.strip, cells)) != line:
            fault = "white space at the edge of a cell"
        elif "" in cells:
            empty = [column for column, cell in zip(self.columns, cells, strict=True) if not cell]
            fault = next((f"{column} is empty" for column in empty if column in self.filled), "")
        if fault:
            raise LexiconError(f"{path}:{number}: {fault}")
        return cells


def _check_closed(row: Row, allowed: Mapping[str, set[str]]) -> None:
    for column, words in allowed.items():
        if row[column] not in words:
            near = get_close_matches(row[column], sorted(words - {""}), n=3, cutoff=0)
            raise row.error(f"no {column} is called {row[column] or 'nothing'}; near it are {', '.join(near)}")


def read_text(path: Path) -> str:
    """A file of the lexicon as text, with or without a byte order mark. Raises LexiconError."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise LexiconError(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise LexiconError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8 text") from error


def check_directory(own: Path, files: tuple[str, ...]) -> None:
    """Stop at a directory that is none, or that holds a table which nothing reads, by whatever slip of its name."""
    if not own.is_dir():
        raise LexiconError(
            f"{own}: no such directory; a lexicon of your own is one with a titles.tsv or the like in it"
        )
    try:
        names = sorted(path.name for path in own.iterdir() if re.fullmatch(r"[^.].*\.(?:tsv|toml)", path.name, re.S))
    except OSError as error:
        raise LexiconError(f"{own}: cannot be read ({error.strerror})") from error
    if not names:
        raise LexiconError(f"{own}: no table in it; it may hold {', '.join(files)}")
    for name in names:
        if not any(Path(name).match(file) for file in files):
            near = get_close_matches(name, files, n=1, cutoff=0)[0]
            raise LexiconError(f"{own / name}: no table is called so; the nearest is {near}")

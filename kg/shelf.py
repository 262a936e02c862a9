"""The shelf: the pages a graph is made of and what each of them says, kept by content in its output directory.

A page that was read once, by the same rules and the same lexicon, is not read again; and since its bytes are kept too,
it can be read anew when rules or lexicon change, wherever its file has gone. Losing the shelf loses no knowledge, only
the way to add to it.
"""

from __future__ import annotations

import io
import pickle
import sqlite3
import zlib
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from kg import model
from kg.lexicon import seeds_dir
from kg.model import KgError, PageReading

SHELF: Final = "pages.db"
FORMAT: Final = 1

# What decides what a page says: the rooms that read, and the libraries they stand on.
_READING_ROOMS: Final = ("model", "words.py", "lexicon", "read", "mentions", "resolve", "facts")
_READING_LIBRARIES: Final = ("ahocorasick_rs", "jieba")
_PACKAGE: Final = Path(model.__file__).parent.parent

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS page (sha256 TEXT, name TEXT, path TEXT, raw BLOB, PRIMARY KEY (sha256, name));
CREATE INDEX IF NOT EXISTS page_at ON page (path);
CREATE TABLE IF NOT EXISTS reading (
  sha256 TEXT, name TEXT, rules TEXT, said BLOB, PRIMARY KEY (sha256, name, rules));
CREATE TABLE IF NOT EXISTS dropped (sha256 TEXT, position INTEGER, PRIMARY KEY (sha256, position));
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT);
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """A page on the shelf: its name, its content's digest, and where its file lay (empty for standard input)."""

    name: str
    sha256: str
    path: str = ""


class Shelf:
    """An open shelf. What is put on it stays only when the `with` block ends well, or at a `commit`.

    What stands there already is not written again: asking twice leaves the file untouched.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    @property
    def connection(self) -> sqlite3.Connection:
        """The database, for the index that lies on the same shelf: both change, or neither does."""
        return self._db

    def reading(self, page: Kept, rules: str) -> PageReading | None:
        """What a page said when these rules read it; None where they did not."""
        row = self._db.execute(
            "SELECT said FROM reading WHERE sha256 = ? AND name = ? AND rules = ?", (page.sha256, page.name, rules)
        ).fetchone()
        return _unpack(row[0]) if row else None

    def keep(self, page: Kept, raw: bytes) -> None:
        """A page and its bytes."""
        asked = "SELECT path FROM page WHERE sha256 = ? AND name = ?"
        if self._db.execute(asked, (page.sha256, page.name)).fetchone() != (page.path,):
            row = (page.sha256, page.name, page.path, zlib.compress(raw, 1))
            self._db.execute("INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?)", row)

    def keep_reading(self, reading: PageReading, rules: str) -> None:
        """What a page says, read by these rules."""
        said = zlib.compress(pickle.dumps(reading, protocol=5), 1)
        row = (reading.page.sha256, reading.page.name, rules, said)
        self._db.execute("INSERT OR REPLACE INTO reading VALUES (?, ?, ?, ?)", row)

    def pages(self) -> tuple[Kept, ...]:
        """Every page on the shelf, in the order of their names."""
        rows = self._db.execute("SELECT name, sha256, path FROM page ORDER BY name, sha256")
        return tuple(Kept(*row) for row in rows)

    def lying_at(self, places: Collection[str]) -> tuple[Kept, ...]:
        """The pages whose files lay at these places when they were read."""
        asked = "SELECT name, sha256, path FROM page WHERE path = ?"
        return tuple(Kept(*row) for place in sorted(places) for row in self._db.execute(asked, (place,)))

    def raw(self, page: Kept) -> bytes:
        """The bytes of a page on the shelf."""
        row = self._db.execute(
            "SELECT raw FROM page WHERE sha256 = ? AND name = ?", (page.sha256, page.name)
        ).fetchone()
        return zlib.decompress(row[0]) if row else b""

    def dropped(self) -> frozenset[tuple[str, int]]:
        """The articles that were taken out of their pages: the page's digest and the place there."""
        return frozenset(self._db.execute("SELECT sha256, position FROM dropped"))

    def drop(self, articles: Iterable[tuple[str, int]]) -> None:
        """Take articles out; this and nothing else is out afterwards."""
        if (wanted := frozenset(articles)) != self.dropped():
            self._db.execute("DELETE FROM dropped")
            self._db.executemany("INSERT INTO dropped VALUES (?, ?)", sorted(wanted))

    def leave_only(self, pages: Iterable[tuple[str, str]], rules: str) -> None:
        """Throw away all pages but these digests and names, and all that was not read by these rules."""
        kept = set(pages)
        for table in ("page", "reading"):
            gone = set(self._db.execute(f"SELECT DISTINCT sha256, name FROM {table}")) - kept
            self._db.executemany(f"DELETE FROM {table} WHERE sha256 = ? AND name = ?", sorted(gone))
        self._db.execute("DELETE FROM reading WHERE rules != ?", (rules,))

    def setting(self, name: str) -> str | None:
        """How the graph was built last: its `base`, its own `lexicon`."""
        row = self._db.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def set(self, name: str, value: str) -> None:
        """Remember how the graph is built."""
        if self.setting(name) != value:
            self._db.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, value))

    def remove(self, digest: str, name: str) -> None:
        """Throw away a page and what it said."""
        for table in ("page", "reading"):
            self._db.execute(f"DELETE FROM {table} WHERE sha256 = ? AND name = ?", (digest, name))

    def commit(self) -> None:
        """What was put on the shelf stays, whatever comes now."""
        self._db.commit()

    def undo(self) -> None:
        """What was put on the shelf since the last commit was not."""
        self._db.rollback()


@contextmanager
def open_shelf(output: Path) -> Iterator[Shelf]:
    """The shelf of an output directory; an empty one where there was none. Raises KgError where it is no good."""
    path = output / SHELF
    try:
        connection = sqlite3.connect(path, isolation_level="IMMEDIATE")
        try:
            _check_format(connection, path)
            connection.executescript(_TABLES)
            yield Shelf(connection)
            connection.commit()
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise KgError(f"{path}: {error}; delete it and run kg build PAGES again") from error


def read_raw(output: Path, digest: str, name: str) -> bytes | None:
    """The bytes of a page that an output directory keeps, None where it does not. Writes nothing."""
    try:
        connection = sqlite3.connect(f"{(output / SHELF).resolve().as_uri()}?mode=ro", uri=True)
        try:
            return Shelf(connection).raw(Kept(name, digest)) or None
        finally:
            connection.close()
    except sqlite3.Error:
        return None


def _check_format(connection: sqlite3.Connection, path: Path) -> None:
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    if found > FORMAT:
        raise KgError(f"{path} was written by a newer kg (format {found}, this one knows {FORMAT}): upgrade kg-gazette")
    if found < FORMAT:
        connection.execute(f"PRAGMA user_version = {FORMAT}")


def rules_digest(own: Path | None = None) -> str:
    """A digest of all that decides what a page says, save the page: the rules, the lexicon, the user's own tables."""
    return _digest([_PACKAGE / room for room in _READING_ROOMS], own)


def package_digest(own: Path | None = None) -> str:
    """A digest of all that decides what a set of pages becomes: the whole package, its lexicon, the user's own."""
    return _digest([_PACKAGE, seeds_dir() / "ontology.ttl"], own)


def _digest(rooms: Iterable[Path], own: Path | None) -> str:
    digest = sha256()
    for root in (*rooms, seeds_dir() / "lexicon", *([own] if own else [])):
        for file in sorted(root.rglob("*")) if root.is_dir() else [root]:
            if file.is_file() and file.suffix in (".py", ".tsv", ".toml", ".ttl", ".js", ".css", ".html"):
                digest.update(f"{file.relative_to(root.parent).as_posix()}\0{file.stat().st_size}\0".encode())
                digest.update(file.read_bytes())
    digest.update("".join(f"{library} {version(library)}\0" for library in _READING_LIBRARIES).encode())
    return digest.hexdigest()[:16]


class _Records(pickle.Unpickler):
    """Reads back records of `kg.model` and days, and refuses all else: a shelf may come from a stranger."""

    def find_class(self, module: str, name: str) -> Any:
        found = getattr(model, name, None) if module.startswith(f"{model.__name__}.") else None
        if isinstance(found, type) and found.__module__ == module:
            return found
        if (module, name) == ("datetime", "date"):
            return date
        raise pickle.UnpicklingError(f"a reading holds no {module}.{name}")


def _unpack(said: bytes) -> PageReading | None:
    """A reading as it was; None for what is none, so that the page is read again."""
    try:
        found = _Records(io.BytesIO(zlib.decompress(said))).load()
    except (zlib.error, pickle.UnpicklingError, EOFError, ValueError, TypeError, AttributeError, KeyError, IndexError):
        return None
    return found if isinstance(found, PageReading) else None

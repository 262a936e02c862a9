"""The marks of all articles of a graph, in tables: which of them share one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Final

from kg.growth.marks import MASTHEAD, Marks, Relation, marks_of
from kg.identity.happenings import told_in
from kg.model import PageReading

_TABLES: Final = """
CREATE TABLE leaf (
  id INTEGER PRIMARY KEY, sha256 TEXT, position INTEGER, name TEXT, UNIQUE (sha256, position));
CREATE TABLE said (
  relation INTEGER, key INTEGER, value INTEGER, leaf INTEGER, PRIMARY KEY (relation, key, value, leaf)) WITHOUT ROWID;
CREATE TABLE seat (
  key INTEGER, person INTEGER, day TEXT, leaf INTEGER, PRIMARY KEY (key, person, day, leaf)) WITHOUT ROWID;
CREATE TABLE sight (
  person INTEGER, signature INTEGER, day TEXT, place TEXT, seen TEXT, leaf INTEGER, timed INTEGER,
  PRIMARY KEY (person, signature, day, place, seen, leaf)) WITHOUT ROWID;
CREATE INDEX sight_seen ON sight (person, signature, seen);
CREATE TABLE told (
  key INTEGER, begin TEXT, last TEXT, issue TEXT, leaf INTEGER, PRIMARY KEY (key, begin, last, leaf)) WITHOUT ROWID;
CREATE INDEX told_in_issue ON told (key, issue);
CREATE TABLE masthead (
  key INTEGER, line TEXT, leaf INTEGER, PRIMARY KEY (key, line, leaf)) WITHOUT ROWID;
"""
_COLUMNS: Final = {
    "said": "relation = ? AND key = ? AND value = ? AND leaf = ?",
    "seat": "key = ? AND person = ? AND day = ? AND leaf = ?",
    "sight": "person = ? AND signature = ? AND day = ? AND place = ? AND seen = ? AND leaf = ? AND timed = ?",
    "told": "key = ? AND begin = ? AND last = ? AND issue = ? AND leaf = ?",
    "masthead": "key = ? AND line = ? AND leaf = ?",
}
Row = tuple[int | str, ...]


class Index:
    """The index of a graph's articles, which are its leaves; a page is known by the digest of its content."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    @classmethod
    def empty(cls, connection: sqlite3.Connection) -> Index:
        """The index of a graph without pages, in place of whatever stood there."""
        for table in ("leaf", *_COLUMNS):
            connection.execute(f"DROP TABLE IF EXISTS {table}")
        for statement in _TABLES.split(";"):
            connection.execute(statement)
        return cls(connection)

    def put(self, pages: Iterable[PageReading]) -> None:
        """Add pages that are not there."""
        rows: dict[str, list[Row]] = {table: [] for table in _COLUMNS}
        for page in pages:
            for position, marks in marks_of(page):
                leaf = self._db.execute(
                    "INSERT INTO leaf (sha256, position, name) VALUES (?, ?, ?)",
                    (page.page.sha256, position, page.page.name),
                ).lastrowid
                assert leaf is not None
                for table, found in _rows(page, position, marks, leaf).items():
                    rows[table] += found
        for table, found in rows.items():
            holes = ", ".join("?" * _COLUMNS[table].count("?"))
            self._db.executemany(f"INSERT INTO {table} VALUES ({holes})", sorted(found))

    def take_out(self, page: PageReading) -> None:
        """Remove a page that is there."""
        leaves = dict(self._db.execute("SELECT position, id FROM leaf WHERE sha256 = ?", (page.page.sha256,)))
        for position, marks in marks_of(page):
            for table, found in _rows(page, position, marks, leaves[position]).items():
                self._db.executemany(f"DELETE FROM {table} WHERE {_COLUMNS[table]}", found)
        self._db.execute("DELETE FROM leaf WHERE sha256 = ?", (page.page.sha256,))

    def name_of(self, digest: str) -> str | None:
        """The file name of a page, None where it is not there."""
        asked = "SELECT name FROM leaf WHERE sha256 = ? AND position = ?"
        row = self._db.execute(asked, (digest, MASTHEAD)).fetchone()
        return str(row[0]) if row else None

    def place_of(self, leaf: int) -> tuple[str, int]:
        """Where an article stands: the digest of its page's content, and its position there."""
        digest, position = self._db.execute("SELECT sha256, position FROM leaf WHERE id = ?", (leaf,)).fetchone()
        return digest, position

    def values(self, relation: Relation, key: int) -> Iterator[int]:
        """Every value once; the time goes by how many there are, not by how many articles say so."""
        for value, _ in self._witnesses(relation, key):
            yield value

    def witnesses(self, relation: Relation, key: int) -> Iterator[int]:
        """For every value one article that says so."""
        for _, leaf in self._witnesses(relation, key):
            yield leaf

    def _witnesses(self, relation: Relation, key: int) -> Iterator[tuple[int, int]]:
        asked = "SELECT value, leaf FROM said WHERE relation = ? AND key = ? AND value > ? ORDER BY value, leaf LIMIT 1"
        return ((value, leaf) for value, leaf in self._climb(asked, relation, key))

    def _climb(self, asked: str, *key: int) -> Iterator[tuple[int, ...]]:
        """Rows one after the other, each asked for above the last: of many rows with one first column only one."""
        last = -(2**63)
        while row := self._db.execute(asked, (*key, last)).fetchone():
            yield row
            last = row[0]

    def leaves(self, relation: Relation, key: int, value: int | None = None) -> Iterator[int]:
        """Every article with a mark."""
        asked = "SELECT DISTINCT leaf FROM said WHERE relation = ? AND key = ?"
        if value is None:
            yield from _firsts(self._db.execute(asked, (relation, key)))
        else:
            yield from _firsts(self._db.execute(f"{asked} AND value = ?", (relation, key, value)))

    def holders(self, seat: int) -> Iterator[int]:
        """Everybody who was ever seen in a title of an agency."""
        asked = "SELECT person FROM seat WHERE key = ? AND person > ? ORDER BY person LIMIT 1"
        return _firsts(self._climb(asked, seat))

    def tenure(self, seat: int, person: int) -> list[str]:
        """The first and the last day that somebody was seen there; none where no day is known."""
        asked = "SELECT day FROM seat WHERE key = ? AND person = ? AND day > '' ORDER BY day {} LIMIT 1"
        rows = (self._db.execute(asked.format(order), (seat, person)).fetchone() for order in ("ASC", "DESC"))
        return [row[0] for row in rows if row]

    def sights(self, person: int) -> Iterator[int]:
        """Articles enough to tell who is who of a name: of each way to be shown the first and the last."""
        asked = "SELECT signature FROM sight WHERE person = ? AND signature > ? ORDER BY signature LIMIT 1"
        for signature in _firsts(self._climb(asked, person)):
            yield from self._ends(person, signature)

    def _ends(self, person: int, signature: int) -> Iterator[int]:
        one = "FROM sight WHERE person = ? AND signature = ?"
        first = self._db.execute(f"SELECT day, timed {one} ORDER BY day, place LIMIT 1", (person, signature)).fetchone()
        if first[1]:
            yield from self.shown(person, signature)
            return
        yield from _firsts(self._db.execute(f"SELECT leaf {one} AND day = ?", (person, signature, first[0])))
        yield from _firsts(self._db.execute(f"SELECT leaf {one} ORDER BY day, place LIMIT 2", (person, signature)))
        dated = f"SELECT leaf {one} AND day > '' ORDER BY day, place LIMIT 2"
        yield from _firsts(self._db.execute(dated, (person, signature)))
        last = f"SELECT leaf {one} ORDER BY day DESC, place DESC LIMIT 1"
        yield from _firsts(self._db.execute(last, (person, signature)))
        # A paper of the next day may tell of the day before, or of the one before that.
        for order in ("ASC", "DESC"):
            seen = f"SELECT leaf {one} AND seen > '' ORDER BY seen {order} LIMIT 1"
            yield from _firsts(self._db.execute(seen, (person, signature)))

    def shown(self, person: int, signature: int | None = None) -> Iterator[int]:
        """Every article that shows somebody, or shows them so."""
        asked = "SELECT leaf FROM sight WHERE person = ?"
        if signature is None:
            yield from _firsts(self._db.execute(asked, (person,)))
        else:
            yield from _firsts(self._db.execute(f"{asked} AND signature = ?", (person, signature)))

    def told(self, key: int, begin: str, end: str, issue: str) -> Iterator[int]:
        """Articles that may tell of the same event: on a common day, or in the same issue."""
        if begin:
            asked = "SELECT leaf FROM told WHERE key = ? AND begin BETWEEN '0' AND ? AND last >= ?"
            yield from _firsts(self._db.execute(asked, (key, end, begin)))
        else:
            yield from _firsts(self._db.execute("SELECT leaf FROM told WHERE key = ? AND begin = ''", (key,)))
        yield from _firsts(self._db.execute("SELECT leaf FROM told WHERE key = ? AND issue = ?", (key, issue)))

    def mastheads(self, key: int) -> dict[str, int]:
        """Each line of the mastheads of a paper or an issue, and how many pages print it."""
        return dict(self._db.execute("SELECT line, COUNT(*) FROM masthead WHERE key = ? GROUP BY line", (key,)))


def _rows(page: PageReading, position: int, marks: Marks, leaf: int) -> dict[str, list[Row]]:
    day = page.issue.date.isoformat() if page.issue.date else ""
    issue = told_in(page.issue, page.page)
    # Sorts as proofs do: by the page's name, its digest and the article's position there.
    place = f"{page.page.name}\n{page.page.sha256[:8]}\n{position:04}"
    return {
        "said": [(int(relation), key, value, leaf) for relation, key, value in marks.said],
        "seat": [(held.seat, held.person, held.day, leaf) for held in marks.seats],
        "sight": [
            (s.person, s.signature, day, place, seen, leaf, int(s.is_timed)) for s in marks.sights for seen in s.seen
        ],
        "told": [(told.key, told.begin, told.end, issue, leaf) for told in marks.told],
        "masthead": [(key, line, leaf) for key, line in marks.mastheads],
    }


def _firsts(rows: Iterable[tuple[int, ...]]) -> Iterator[int]:
    return (row[0] for row in list(rows))

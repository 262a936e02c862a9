"""The ledger: what a person has decided about the graph, a row a decision, replayed on every build.

The file is only ever added to. A row names nodes by the end of their IRIs (person/辽源市/柴伟), so that it reads the
same under every `--base`; a later `undo` row with the same subject and object takes earlier rows back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final

from kg.model import KgError

LEDGER: Final = "ledger.tsv"
COLUMNS: Final = ("decision", "subject", "object", "by", "day", "why")
THINGS: Final = frozenset({"person", "agency", "place", "document", "signature"})
KINDS: Final = THINGS | {"event", "post", "article", "question"}


class LedgerError(KgError):
    """A row that is malformed or speaks against another one, with its file and line."""


class Verdict(StrEnum):
    """What a row decides."""

    SAME = "same"  # two nodes are one; the subject keeps its IRI
    DIFFERENT = "different"  # two nodes are two; or what an article (the object) so calls is another one
    RENAME = "rename"  # the node's label is the object; its old one stays as altLabel
    RETYPE = "retype"  # the event is of the type that the object names
    REJECT = "reject"  # the node is none: it and all that is said of it leaves the graph
    FIX = "fix"  # the name was misread: the object is the right one
    ACCEPT = "accept"  # what a question doubts is right
    UNDO = "undo"  # earlier rows with the same subject and object count no more


@dataclass(frozen=True, slots=True)
class Row:
    """One decision; `object` is a node's address, a name or an event type, or empty."""

    verdict: Verdict
    subject: str
    object: str
    by: str
    day: date
    why: str
    place: str = field(default="", compare=False)  # file and line, for messages

    @property
    def cells(self) -> tuple[str, ...]:
        """The row as the file has it."""
        return self.verdict.value, self.subject, self.object, self.by, self.day.isoformat(), self.why

    @property
    def line(self) -> str:
        """The row as a line of the file, without its break."""
        return "\t".join(self.cells)

    def undone(self, by: str, day: date) -> Row:
        """The row that takes this one back."""
        return Row(Verdict.UNDO, self.subject, self.object, by, day, self.why)

    def error(self, message: str) -> LedgerError:
        """This row's fault, as one line."""
        return LedgerError(f"{self.place}: {message}" if self.place else message)


def read_ledger(path: Path) -> tuple[Row, ...]:
    """The rows that count, in their order; none where there is no such file. Raises LedgerError."""
    if not path.exists():
        return ()
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise LedgerError(f"{path}: cannot be read as UTF-8 text ({error})") from error
    numbered = [(n, line.rstrip("\r")) for n, line in enumerate(lines, 1) if line.strip() and line[0] != "#"]
    if not numbered or tuple(numbered[0][1].split("\t")) != COLUMNS:
        raise LedgerError(f"{path}:1: the header must be {' '.join(COLUMNS)}, tab-separated")
    rows = _standing([_parse(f"{path}:{n}", line) for n, line in numbered[1:]])
    check_contradictions(rows)
    return rows


def append_rows(path: Path, rows: Sequence[Row]) -> None:
    """Add rows at the end of the file, which is begun where there is none. Raises LedgerError."""
    for row in rows:
        check_row(row)
    check_contradictions(_standing([*read_ledger(path), *rows]))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = not path.exists() or not path.stat().st_size
        ends = fresh or path.read_bytes().endswith(b"\n")
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write("" if ends else "\n")
            file.write("\t".join(COLUMNS) + "\n" if fresh else "")
            file.writelines(f"{row.line}\n" for row in rows)
    except OSError as error:
        raise LedgerError(f"{path}: cannot be written ({error.strerror})") from error


def _parse(place: str, line: str) -> Row:
    cells = line.split("\t")
    if len(cells) != len(COLUMNS):
        raise LedgerError(f"{place}: {len(cells)} cells where the header has {len(COLUMNS)}")
    verdict, subject, object, by, day, why = (cell.strip() for cell in cells)
    if verdict not in list(Verdict):
        raise LedgerError(f"{place}: no decision is called {verdict or 'nothing'}; there are {', '.join(Verdict)}")
    try:
        when = date.fromisoformat(day)
    except ValueError as error:
        raise LedgerError(f"{place}: {day or 'nothing'} is no day; write it as 2026-05-09") from error
    row = Row(Verdict(verdict), subject, object, by, when, why, place)
    check_row(row)
    return row


def check_row(row: Row) -> None:
    """What a row must look like to mean anything. Raises LedgerError."""
    if any(char in cell for cell in row.cells for char in "\t\n\r"):
        raise row.error("a cell holds a tab or a line break")
    kind, other = kind_of(row.subject), kind_of(row.object)
    if not row.by or not row.why:
        raise row.error("who decided it and why must both be said")
    match row.verdict:
        case Verdict.UNDO:
            return
        case Verdict.SAME:
            wrong = "" if kind == other and kind in THINGS | {"event"} else "two people, agencies, places or events"
        case Verdict.DIFFERENT:
            fits = kind in THINGS | {"event"} and other in (kind, "article")
            wrong = "" if fits else "two nodes of one kind, or a node and an article"
        case Verdict.RENAME:
            wrong = "" if kind in THINGS | {"event"} and row.object else "a node and its new name"
        case Verdict.FIX:
            wrong = "" if kind in THINGS and row.object else "a person, agency, place or document and its right name"
        case Verdict.RETYPE:
            wrong = "" if kind == "event" and row.object else "an event and the name of a type"
        case Verdict.REJECT:
            wrong = (
                ""
                if kind in THINGS | {"event", "post"} and not row.object
                else "one node, a post or an event, and no object"
            )
        case Verdict.ACCEPT:
            wrong = "" if kind == "question" and not row.object else "one question, and no object"
    if wrong:
        raise row.error(f"{row.verdict} takes {wrong}")
    if row.subject == row.object:
        raise row.error(f"{row.verdict}: subject and object are one and the same")


def kind_of(address: str) -> str:
    """person of person/辽源市/柴伟."""
    return address.partition("/")[0] if "/" in address else ""


def _standing(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Rows without those that a later row takes back."""
    standing: list[Row] = []
    for row in rows:
        if row.verdict is Verdict.UNDO:
            standing = [r for r in standing if (r.subject, r.object) != (row.subject, row.object)]
        else:
            standing.append(row)
    return tuple(dict.fromkeys(standing))


def check_contradictions(rows: Iterable[Row]) -> None:
    """No two nodes may be the same, in one row or through a chain of rows, and different too. Raises LedgerError."""
    root: dict[str, str] = {}

    def find(address: str) -> str:
        """The first of all that are said to be one with this."""
        while root.get(address, address) != address:
            address = root[address]
        return address

    rows = list(rows)
    for row in rows:
        if row.verdict is Verdict.SAME:
            root[find(row.object)] = find(row.subject)
    for row in rows:
        if row.verdict is Verdict.DIFFERENT and find(row.subject) == find(row.object):
            same = next(r for r in rows if r.verdict is Verdict.SAME and find(r.subject) == find(row.subject))
            raise row.error(f"different {row.subject} {row.object}, but the same by {same.place or 'another row'}")
    for verdict in (Verdict.RENAME, Verdict.RETYPE, Verdict.FIX):
        said: dict[str, Row] = {}
        for row in (row for row in rows if row.verdict is verdict):
            if (other := said.setdefault(row.subject, row)).object != row.object:
                where = other.place or "another row"
                raise row.error(f"{verdict} {row.subject} to {row.object}, but to {other.object} by {where}")

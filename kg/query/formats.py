"""What a query answers, written out: one function a format, one dict of them.

Newspaper text is hostile text. A cell that a spreadsheet would run as a formula gets an apostrophe in CSV and TSV,
markup is escaped in Markdown, and no control character reaches a terminal.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

import pyoxigraph as ox
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kg.model import KgError
from kg.plain_text import UNSEEN, escape_markdown
from kg.query.values import SHORT
from kg.vocab import PREFIXES

Result = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
Cell = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None

_PREFIXES: Final = {prefix: namespace for prefix, namespace in SHORT.items() if prefix != "id"}
_TRIPLE: Final = ("subject", "predicate", "object")
# As wide as any table gets where there is no terminal to fit.
_UNBOUNDED: Final = 100_000
_FORMULA = re.compile(r"[=+\-@＝＋－＠\t\r]")
_NAMES: Final = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}


def columns(result: Result) -> tuple[str, ...]:
    """The heads of an answer's columns; triples have three."""
    if isinstance(result, ox.QuerySolutions):
        return tuple(variable.value for variable in result.variables)
    return _TRIPLE if isinstance(result, ox.QueryTriples) else ("answer",)


def rows(result: Result) -> Iterator[Sequence[Cell]]:
    """An answer's rows; triples in the order of their text."""
    if isinstance(result, ox.QuerySolutions):
        yield from (tuple(solution) for solution in result)
    elif isinstance(result, ox.QueryTriples):
        yield from ((triple.subject, triple.predicate, triple.object) for triple in sorted(result, key=str))
    else:
        yield (ox.Literal("true" if result else "false"),)


def write_json(result: Result) -> str:
    """SPARQL Query Results JSON; JSON-LD, of a query that makes a graph."""
    if isinstance(result, ox.QueryTriples):
        return write_jsonld(result)
    return _decode(result.serialize(format=ox.QueryResultsFormat.JSON)) + "\n"


def write_xml(result: Result) -> str:
    """SPARQL Query Results XML; RDF/XML, of a query that makes a graph."""
    if isinstance(result, ox.QueryTriples):
        return _decode(ox.serialize(sorted(result, key=str), format=ox.RdfFormat.RDF_XML)) + "\n"
    return _decode(result.serialize(format=ox.QueryResultsFormat.XML)) + "\n"


def write_jsonld(result: Result) -> str:
    """JSON-LD, of a query that makes a graph."""
    return _decode(ox.serialize(_triples(result, "jsonld"), format=ox.RdfFormat.JSON_LD)) + "\n"


def write_nt(result: Result) -> str:
    """N-Triples, sorted, of a query that makes a graph."""
    return _decode(ox.serialize(_triples(result, "nt"), format=ox.RdfFormat.N_TRIPLES))


def write_ttl(result: Result) -> str:
    """Turtle, of a query that makes a graph."""
    triples = _triples(result, "ttl")
    if not triples:
        return ""
    written = _decode(ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=_PREFIXES)).splitlines(keepends=True)
    # The library declares the prefixes in an order that changes from run to run; a literal never begins a line.
    heads = sorted(line for line in written if line.startswith("@prefix "))
    body = [line for line in written if not line.startswith("@prefix ")]
    used = {prefix for prefix in _PREFIXES if any(f"{prefix}:" in line for line in body)}
    return "".join([*(head for head in heads if head.split()[1][:-1] in used), "\n", *body])


def _triples(result: Result, form: str) -> list[ox.Triple]:
    if not isinstance(result, ox.QueryTriples):
        raise KgError(
            f"{form} is for queries that make a graph (CONSTRUCT): take table, tsv, csv, json, xml or markdown"
        )
    return sorted(result, key=str)


def write_csv(result: Result) -> str:
    """CSV with a header and plain values."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns(result))
    writer.writerows([_disarm(cell) for cell in row] for row in rows(result))
    return out.getvalue()


def write_tsv(result: Result) -> str:
    """Tab-separated plain values, no quotes or language tags; a tab, line end or backslash as \\t, \\n, \\\\."""
    lines = [columns(result), *([_escape(_disarm(cell)) for cell in row] for row in rows(result))]
    return "".join("\t".join(line) + "\n" for line in lines)


def write_markdown(result: Result) -> str:
    """A Markdown table; IRIs shortened."""
    heads = columns(result)
    lines = [heads, ["---"] * len(heads), *([escape_markdown(_short(cell)) for cell in row] for row in rows(result))]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def write_table(result: Result, width: int | None = None) -> str:
    """A table for the eye; IRIs shortened. Too wide for the terminal, it leaves out the columns that hold only IRIs."""
    heads, cells = columns(result), list(rows(result))
    table = _table(heads, cells, range(len(heads)))
    console = _console(_UNBOUNDED)
    if width and console.measure(table).maximum > width:
        names = [i for i in range(len(heads)) if not all(isinstance(row[i], ox.NamedNode | None) for row in cells)]
        table = _table(heads, cells, names or range(len(heads)))
    console = _console(width or _UNBOUNDED)
    with console.capture() as captured:
        console.print(table if cells else Text("(nothing found)"))
    return "".join(f"{line.rstrip()}\n" for line in captured.get().splitlines() if line.strip())


def _decode(written: bytes | None) -> str:
    return (written or b"").decode()


def _console(width: int) -> Console:
    return Console(file=io.StringIO(), width=width, color_system=None, force_terminal=False, legacy_windows=False)


def _table(heads: Sequence[str], cells: Sequence[Sequence[Cell]], kept: Sequence[int]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for i in kept:
        table.add_column(Text(heads[i]), overflow="fold", justify="right" if _is_number(cells, i) else "left")
    for row in cells:
        table.add_row(*(Text(_escape(_short(row[i]))) for i in kept))
    return table


def _is_number(cells: Sequence[Sequence[Cell]], column: int) -> bool:
    values = [row[column] for row in cells if row[column] is not None]
    return bool(values) and all(isinstance(v, ox.Literal) and v.datatype.value.endswith("#integer") for v in values)


def _plain(cell: Cell) -> str:
    """A term's value without quotes, tags and brackets."""
    if cell is None:
        return ""
    return str(cell) if isinstance(cell, ox.Triple | ox.BlankNode) else cell.value


def _short(cell: Cell) -> str:
    """A term's value, an IRI by the longest namespace that has a prefix."""
    if not isinstance(cell, ox.NamedNode):
        return _plain(cell)
    found = [(namespace, prefix) for prefix, namespace in SHORT.items() if cell.value.startswith(namespace)]
    namespace, prefix = max(found, key=lambda pair: len(pair[0]), default=("", ""))
    rest = cell.value.removeprefix(namespace)
    return f"{prefix}:{rest}" if prefix and rest else cell.value


def _disarm(cell: Cell) -> str:
    """A term's value that no spreadsheet runs; numbers and days stay as they are."""
    value = _plain(cell)
    text = isinstance(cell, ox.Literal) and (cell.language or cell.datatype.value == PREFIXES["xsd"] + "string")
    return f"'{value}" if text and _FORMULA.match(value) else value


def _escape(value: str) -> str:
    """One line that shows what cannot be seen.

    >>> _escape("一\\n二\\x1b[31m")
    '一\\\\n二\\\\x1b[31m'
    """
    value = value.replace("\\", "\\\\")
    return UNSEEN.sub(lambda sign: _NAMES.get(sign[0]) or sign[0].encode("unicode_escape").decode(), value)


FORMATS: Final[dict[str, Callable[[Result], str]]] = {
    "table": write_table,
    "tsv": write_tsv,
    "csv": write_csv,
    "json": write_json,
    "xml": write_xml,
    "markdown": write_markdown,
    "ttl": write_ttl,
    "nt": write_nt,
    "jsonld": write_jsonld,
}

"""Measures and slips written out: aligned for the eye, as tab-separated values for a program."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from kg.evaluate.measures import Row
from kg.evaluate.slips import Slip

_HEADS: Final = ("measure", "precision", "recall", "f1", "right", "found", "gold")
_SLIP_HEADS: Final = ("measure", "fault", "page", "article", "what", "sentence", "rule")


def write_rows(rows: Iterable[Row], *, aligned: bool) -> str:
    """A line a measure, under a line of heads."""
    return write_table([_HEADS, *(_row_cells(row) for row in rows)], aligned=aligned)


def write_table(lines: Sequence[Sequence[str]], *, aligned: bool) -> str:
    """Lines of as many cells each, the first of them text, the others numbers."""
    if not aligned:
        return write_tsv(lines)
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "".join(
        "  ".join((first.ljust(widths[0]), *map(str.rjust, rest, widths[1:]))) + "\n" for first, *rest in lines
    )


def _row_cells(row: Row) -> tuple[str, ...]:
    shares = (f"{share:.3f}" for share in (row.precision, row.recall, row.f1))
    return (row.measure, *shares, str(row.right), str(row.found), str(row.gold))


def write_slips(slips: Iterable[Slip], *, aligned: bool) -> str:
    """Each miss and each false alarm with its sentence and rule."""
    if not aligned:
        return write_tsv([_SLIP_HEADS, *(_slip_cells(slip) for slip in slips)])
    blocks = []
    for measure, fault, page, article, what, sentence, rule in map(_slip_cells, slips):
        block = [f"{measure}: {fault}: {what}   ({page}, {article})"]
        block += [f"    {line}" for line in (sentence, f"rule: {rule}" if rule else "") if line]
        blocks.append("\n".join(block) + "\n")
    return "\n".join(blocks)


def _slip_cells(slip: Slip) -> tuple[str, ...]:
    cells = (slip.measure, slip.fault, slip.page, slip.article, slip.what, slip.said.sentence, slip.said.rule)
    return tuple(map(one_line, cells))


def write_tsv(lines: Iterable[Sequence[str]]) -> str:
    """Tab-separated values that no spreadsheet runs."""
    return "".join("\t".join(map(_disarmed, line)) + "\n" for line in lines)


def _disarmed(cell: str) -> str:
    """A cell that no spreadsheet runs as a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")) else cell


def one_line(text: str) -> str:
    """Text of a newspaper as one line that no terminal takes for a command."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())

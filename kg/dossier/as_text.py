"""A dossier for the terminal: columns that line up in Chinese, each line above its sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from rich.cells import cell_len, chop_cells

from kg.dossier.records import Dossier
from kg.dossier.sheet import Row, Section, lay_out, print_source, say
from kg.plain_text import one_line

# A column wider than this does not push the next one away from all other lines.
_WIDEST: Final = 24
_GAP: Final = "  "
_NARROWEST: Final = 24
_INDENT: Final = 8
_ENDING: Final = frozenset("，。、；：！？”’」』》）,.;:!?)")


def write_text(dossier: Dossier, width: int | None = None) -> str:
    """Plain text for the eye: aligned columns, each line with its sentences beneath."""
    sheet = lay_out(dossier)
    lines = [f"{sheet.title} · {sheet.kind}", one_line(sheet.iri)]
    wide = max((cell_len(name) for name, _ in sheet.facts), default=0)
    for name, value in sheet.facts:
        lines += _fold(f"{_pad(name, wide)}{_GAP}", value, width)
    for section in sheet.sections:
        lines += ["", f"{section.heading} ({section.count})", *_section_lines(section, width)]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _section_lines(section: Section, width: int | None) -> Iterator[str]:
    columns = zip(*(row.cells for row in section.rows), strict=False)
    wide = [min(max(map(cell_len, column)), _WIDEST) for column in columns]
    for row in section.rows:
        yield from _row_lines(row, wide, width)


def _row_lines(row: Row, wide: Sequence[int], width: int | None) -> Iterator[str]:
    told = "".join(f" [{cite.number}]" for cite in row.cites if cite.sentence is None)
    # A column that no line fills takes no room; on a terminal too narrow for columns there are none.
    cells = [_pad(cell, wide[i]) for i, cell in enumerate(row.cells[:-1]) if wide[i]]
    head = _GAP + "".join(f"{cell}{_GAP}" for cell in cells)
    if width and cell_len(head) > width - _NARROWEST:
        head = _GAP + "".join(f"{cell}{_GAP}" for cell in row.cells[:-1] if cell)
        yield from _fold(_GAP, (head + row.cells[-1] + told).strip(), width)
    else:
        yield from _fold(head, row.cells[-1] + told, width)
    for cite in row.cites:
        if cite.sentence:
            yield from _fold(f"{_GAP * 2}[{cite.number}] ", one_line(cite.sentence.text), width)
            yield from _fold(" " * (6 + len(str(cite.number)) + 1), print_source(cite.sentence), width)
    if row.left_out:
        yield f"{_GAP * 2}{say('cells', 'left_out', row.left_out)}"


def _fold(head: str, text: str, width: int | None) -> Iterator[str]:
    """Text behind its head; what does not fit into the width goes on below its own beginning."""
    room = (width or 0) - cell_len(head)
    if width is None or cell_len(text) <= room:
        yield head + text
        return
    if room < _NARROWEST:  # then it begins below its head
        yield head
        head = " " * _INDENT
        room = max(width - _INDENT, _NARROWEST)
    for piece in _break(text, room):
        yield head + piece
        head = " " * cell_len(head)


def _break(text: str, room: int) -> Iterator[str]:
    """Pieces that fit; a mark that ends a phrase stays with it, in the room kept for it.

    >>> list(_break("市长何书瑶、专家", 12))
    ['市长何书瑶、', '专家']
    """
    first, *others = chop_cells(text, room - 2)
    for piece in others:
        if piece[0] in _ENDING:
            first, piece = first + piece[0], piece[1:]
        yield first
        first = piece
    if first:
        yield first


def _pad(text: str, wide: int) -> str:
    return text + " " * max(wide - cell_len(text), 0)

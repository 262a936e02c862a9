"""A dossier as Markdown: lists, with each sentence quoted under the line it bears out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.dossier.records import Dossier
from kg.dossier.sheet import Cite, Row, lay_out, print_source, say
from kg.plain_text import escape_markdown, one_line

_BLANK_LINES: Final = re.compile(r"\n{3,}")


def write_markdown(dossier: Dossier) -> str:
    """Markdown: a list a section, each line with its sentences as quotations."""
    sheet = lay_out(dossier)
    lines = [f"# {escape_markdown(sheet.title)}", "", f"{sheet.kind} · <{sheet.iri}>", ""]
    lines += [f"- {name}：{escape_markdown(value)}" for name, value in sheet.facts]
    for section in sheet.sections:
        lines += ["", f"## {section.heading} ({section.count})", ""]
        for row in section.rows:
            lines += _row_lines(row)
    return _BLANK_LINES.sub("\n\n", "".join(f"{line}\n" for line in lines)).rstrip("\n") + "\n"


def _row_lines(row: Row) -> Iterator[str]:
    told = "".join(f" \\[{cite.number}\\]" for cite in row.cites if cite.sentence is None)
    yield f"- {' · '.join(escape_markdown(cell) for cell in row.cells if cell)}{told}"
    for cite in row.cites:
        yield from _quotation(cite)
    if row.left_out:
        yield f"  {say('cells', 'left_out', row.left_out)}"


def _quotation(cite: Cite) -> Iterator[str]:
    if cite.sentence:
        yield ""
        yield f"  > \\[{cite.number}\\] {escape_markdown(one_line(cite.sentence.text))}\\"
        yield f"  > {escape_markdown(print_source(cite.sentence))}"
        yield ""

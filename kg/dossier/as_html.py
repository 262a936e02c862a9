"""A dossier as one HTML page without scripts, made for reading and printing.

Newspaper text enters it escaped, and the page's policy lets nothing load and nothing run.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Final

from kg.dossier.records import Dossier
from kg.dossier.sheet import Cite, Row, Section, Sheet, lay_out, print_source, say
from kg.plain_text import one_line

_POLICY: Final = "default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def write_html(dossier: Dossier) -> str:
    """One web page without scripts, to read or to print."""
    return "".join(f"{line}\n" for line in _page(lay_out(dossier)))


def _page(sheet: Sheet) -> Iterator[str]:
    style = Path(__file__).with_name("dossier.css").read_text(encoding="utf-8").replace("\r\n", "\n")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    title = escape(sheet.title)
    yield '<!doctype html>\n<html lang="zh">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY.format(digest=digest)}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>"
    yield f"<header>\n<h1>{title} <small>{sheet.kind}</small></h1>\n<p><code>{escape(sheet.iri)}</code></p>"
    if sheet.facts:
        facts = "".join(f"\n<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in sheet.facts)
        yield f"<dl>{facts}\n</dl>"
    yield "</header>"
    for section in sheet.sections:
        yield from _section(section)
    yield "</main>\n</body>\n</html>"


def _section(section: Section) -> Iterator[str]:
    yield f"<section>\n<h2>{escape(section.heading)} <small>{section.count}</small></h2>\n<ul>"
    for row in section.rows:
        yield from _row(row)
    yield "</ul>\n</section>"


def _row(row: Row) -> Iterator[str]:
    cells = " ".join(f"<span>{escape(cell)}</span>" for cell in row.cells if cell)
    told = "".join(f' <a href="#s{cite.number}">[{cite.number}]</a>' for cite in row.cites if cite.sentence is None)
    yield f"<li><p>{cells}{told}</p>"
    for cite in row.cites:
        yield from _quotation(cite)
    if row.left_out:
        yield f"<p><small>{escape(say('cells', 'left_out', row.left_out))}</small></p>"
    yield "</li>"


def _quotation(cite: Cite) -> Iterator[str]:
    if cite.sentence:
        yield f'<blockquote id="s{cite.number}"><p><b>[{cite.number}]</b> {escape(one_line(cite.sentence.text))}</p>'
        yield f"<footer>{escape(print_source(cite.sentence))}</footer></blockquote>"

"""Turtle and TriG to be read by people: prefixes, a base, sections, a blank line between subjects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import BinaryIO

import pyoxigraph as ox

from kg.export.order import base_of, in_order, serialised
from kg.vocab import PREFIXES


def write_turtle(store: ox.Store, out: BinaryIO) -> None:
    """Turtle: all graphs merged into one, in the order one reads; which article says what is lost."""
    quads = list(store)
    base = base_of(quads)
    out.write(_header(base))
    _write_sections(quads, base, out)


def write_trig(store: ox.Store, out: BinaryIO) -> None:
    """TriG: what is known first, then a block for what each article says."""
    quads = sorted(store, key=lambda quad: str(quad.graph_name) if quad.graph_name != ox.DefaultGraph() else "")
    base = base_of(quads)
    out.write(_header(base))
    for graph, members in groupby(quads, lambda quad: quad.graph_name):
        if graph == ox.DefaultGraph():
            _write_sections(members, base, out)
        else:
            block = [quad for _, section in in_order(members) for quad in section]
            out.write(b"\n" + _body(block, ox.RdfFormat.TRIG, base))


def _write_sections(quads: Iterable[ox.Quad], base: str, out: BinaryIO) -> None:
    for section, members in in_order(quads):
        out.write(f"\n\n# {section}\n".encode())
        out.writelines(_spaced(_body([quad.triple for quad in members], ox.RdfFormat.TURTLE, base)))


def _header(base: str) -> bytes:
    lines = [f"@base <{base}> .", *(f"@prefix {prefix}: <{namespace}> ." for prefix, namespace in PREFIXES.items())]
    return "".join(f"{line}\n" for line in lines).encode()


def _body(statements: Iterable[ox.Triple] | Iterable[ox.Quad], form: ox.RdfFormat, base: str) -> bytes:
    """Serialised statements without the serialiser's own header, whose prefixes come in no order."""
    lines = serialised(statements, form, base).splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith((b"@prefix", b"@base")))


def _spaced(text: bytes) -> Iterator[bytes]:
    """A blank line before each subject: a line that is not indented."""
    for line in text.splitlines(keepends=True):
        yield line if line.startswith(b"\t") else b"\n" + line

"""N-Quads and N-Triples: a sorted line a statement, made to be compared."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

import pyoxigraph as ox

from kg.export.order import serialised


def sorted_nquads(quads: Iterable[ox.Quad]) -> bytes:
    """The sorted lines of quads, each once."""
    return _sorted_lines(serialised(quads, ox.RdfFormat.N_QUADS))


def write_nquads(store: ox.Store, out: BinaryIO) -> None:
    """N-Quads, sorted: every statement with its graph; the truth that all else is a view of."""
    out.write(sorted_nquads(store))


def write_ntriples(store: ox.Store, out: BinaryIO) -> None:
    """N-Triples, sorted: all graphs merged into one."""
    out.write(_sorted_lines(serialised((quad.triple for quad in store), ox.RdfFormat.N_TRIPLES)))


def _sorted_lines(text: bytes) -> bytes:
    # By bytes, which for UTF-8 is by code point. Line breaks inside values are escaped, so a line is a statement.
    return b"".join(sorted(set(text.splitlines(keepends=True))))

"""N-Quads and N-Triples: a sorted line a statement, made to be compared; what no memory holds is sorted on disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from heapq import merge
from itertools import chain, groupby, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, Final, TypeVar

import pyoxigraph as ox

from kg.export.order import serialised

# So many statements are in memory at once, some 200 MB of them.
_RUN: Final = 250_000

S = TypeVar("S", ox.Quad, ox.Triple)


def write_nquads(store: ox.Store, out: BinaryIO) -> None:
    """N-Quads, sorted: every statement with its graph; the truth that all else is a view of."""
    write_sorted(store, out)


def write_ntriples(store: ox.Store, out: BinaryIO) -> None:
    """N-Triples, sorted: all graphs merged into one."""
    write_sorted((quad.triple for quad in store), out, ox.RdfFormat.N_TRIPLES)


def write_sorted(
    statements: Iterable[S], out: BinaryIO, form: ox.RdfFormat = ox.RdfFormat.N_QUADS, beside: Path | None = None
) -> int:
    """Write the sorted lines of statements, each once, and return how many there are.

    More than fit the memory go into files in between, below the directory `beside` or where the system keeps such.
    """
    runs = _runs(iter(statements), form)
    first, second = next(runs, []), next(runs, None)
    if second is None:
        out.writelines(first)
        return len(first)
    count = 0
    with TemporaryDirectory(dir=beside) as directory, ExitStack() as files:
        paths = [_spill(run, Path(directory) / str(place)) for place, run in enumerate(chain((first, second), runs))]
        for line, _ in groupby(merge(*(files.enter_context(path.open("rb")) for path in paths))):
            out.write(line)
            count += 1
    return count


def _runs(statements: Iterator[S], form: ox.RdfFormat) -> Iterator[list[bytes]]:
    # By bytes, which for UTF-8 is by code point. Line breaks inside values are escaped, so a line is a statement.
    while run := list(islice(statements, _RUN)):
        yield sorted(set(serialised(run, form).splitlines(keepends=True)))


def _spill(lines: Iterable[bytes], path: Path) -> Path:
    with path.open("wb") as file:
        file.writelines(lines)
    return path

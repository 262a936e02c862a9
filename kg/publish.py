"""Quads → the files of an output directory: graph, store, Turtle and page, all or none."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from filecmp import cmp
from io import BytesIO
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.export import EXPORTERS
from kg.export.lines import write_sorted
from kg.files import move_file
from kg.growth import Change
from kg.model import KgError
from kg.progress import Progress
from kg.store import STORE, grow_store, load_store, read_only_engine, switch_store

NQUADS, TURTLE, VIEW = "graph.nq", "graph.ttl", "graph.html"
FILES: Final = (NQUADS, TURTLE, VIEW, STORE)
_FRESH: Final = ".build-"
# A graph of more statements gets the files beside its store when it is built, not with every page that is added,
MANY: Final = 300_000
# and one of so many its Turtle and its page only where they are asked for: nobody reads them as they are.
TOO_MANY_TO_READ: Final = 1_000_000
_STORE_ALONE: Final = "-"


def publish(quads: Iterable[ox.Quad], output: Path, progress: Progress) -> tuple[bool, str]:
    """Write graph, store, Turtle and page, all or none; False where the same graph stands there already, whole.

    Also returns the graph's size, for `is_whole`. The store comes first, and the N-Quads last: where they stand, all
    else stands.
    """
    progress("writing", 0, 0)
    with _fresh(output) as fresh:
        count, size = _write_lines(quads, fresh)
        if is_whole(output, size) and cmp(fresh / NQUADS, output / NQUADS, shallow=False):
            return False, size
        progress("loading", 0, 0)
        _switch(load_store(fresh / NQUADS, output / STORE), fresh, output, count)
    return True, size


def publish_change(change: Change, count: int, output: Path) -> str | None:
    """Put a change into the store, and make the other files anew of it where the graph is not too large for that.

    `count` is how many statements there are then. Returns the graph's size, for `is_whole`; None, and nothing is
    done, where store and change do not fit each other.
    """
    store = grow_store(output / STORE, change.added, change.removed)
    if store is None:
        return None
    if count > MANY:
        switch_store(output / STORE, store)
        for name in (TURTLE, VIEW, NQUADS):
            (output / name).unlink(missing_ok=True)
        return f"{count} {_STORE_ALONE}"
    with _fresh(output) as fresh:
        _, size = _write_lines(read_only_engine(store), fresh)
        _switch(store, fresh, output, count)
    return size


def _write_lines(quads: Iterable[ox.Quad], fresh: Path) -> tuple[int, str]:
    """The N-Quads: how many statements they are, and that with their length in bytes."""
    with (fresh / NQUADS).open("wb") as out:
        count = write_sorted(quads, out, beside=fresh)
    return count, f"{count} {(fresh / NQUADS).stat().st_size}"


@contextmanager
def _fresh(output: Path) -> Iterator[Path]:
    """A directory below the output for files that are not whole yet; those of killed writers go. Raises KgError."""
    try:
        output.mkdir(parents=True, exist_ok=True)
        for left in output.glob(f"{_FRESH}*"):
            shutil.rmtree(left, ignore_errors=True)
        fresh = Path(tempfile.mkdtemp(prefix=_FRESH, dir=output))
    except OSError as error:
        raise KgError(f"{output}: cannot be written ({error.strerror})") from error
    try:
        yield fresh
    except OSError as error:
        raise KgError(f"{output}: cannot be written ({error.strerror or error})") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _switch(store: Path, fresh: Path, output: Path, count: int) -> None:
    """Make Turtle and page of a store that nobody reads yet, and put all in the place of the old files."""
    names = _files_of(count)
    if TURTLE in names:
        _write_for_readers(store, fresh)
    switch_store(output / STORE, store)
    for name in (TURTLE, VIEW, NQUADS):
        if name in names:
            move_file(fresh / name, output / name)
        else:
            (output / name).unlink(missing_ok=True)


def _write_for_readers(store: Path, fresh: Path) -> None:
    from kg.view import write_view

    engine = read_only_engine(store)
    turtle = BytesIO()
    EXPORTERS["ttl"](engine, turtle)
    (fresh / TURTLE).write_bytes(turtle.getvalue())
    write_view(engine, fresh / VIEW)


def _files_of(count: int) -> tuple[str, ...]:
    """The files that a graph of so many statements is built with."""
    return FILES if count <= TOO_MANY_TO_READ else (NQUADS, STORE)


def has_files(output: Path, size: str | None) -> bool:
    """Whether all files stand that a graph of that size was left with."""
    count, _, length = (size or "0 0").partition(" ")
    names = (STORE,) if length == _STORE_ALONE else _files_of(int(count))
    return all((output / name).exists() for name in names)


def is_whole(output: Path, size: str | None) -> bool:
    """Whether all files of a graph of that size stand; the store is counted, as a power failure may have cut it."""
    try:
        standing = f"{len(read_only_engine(output))} {(output / NQUADS).stat().st_size}"
        return standing == size and has_files(output, size)
    except (OSError, KgError):
        return False

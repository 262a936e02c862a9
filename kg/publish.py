"""Quads → the files of an output directory: graph, store, Turtle and page, all or none."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Final

from kg.export import EXPORTERS
from kg.export.lines import sorted_nquads
from kg.files import move_file
from kg.growth import Change
from kg.model import KgError
from kg.store import STORE, grow_store, load_store, read_only_engine, switch_store

NQUADS, TURTLE, VIEW = "graph.nq", "graph.ttl", "graph.html"
FILES: Final = (NQUADS, TURTLE, VIEW, STORE)
_FRESH: Final = ".build-"
# A graph of more statements gets its Turtle, N-Quads and page when it is built, not with every page that is added.
MANY: Final = 300_000
UNWRITTEN: Final = "-"


def publish(nquads: bytes, output: Path) -> bool:
    """Write graph, store, Turtle and page, all or none; False where the same graph stands there already, whole.

    The store comes first, and the N-Quads last: where they stand, all else stands.
    """
    if is_whole(output, size_of(nquads)) and (output / NQUADS).read_bytes() == nquads:
        return False
    with _fresh(output) as fresh:
        (fresh / NQUADS).write_bytes(nquads)
        _switch(load_store(fresh / NQUADS, output / STORE), fresh, output)
    return True


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
        return f"{count} {UNWRITTEN}"
    with _fresh(output) as fresh:
        nquads = sorted_nquads(read_only_engine(store))
        (fresh / NQUADS).write_bytes(nquads)
        _switch(store, fresh, output)
    return size_of(nquads)


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


def _switch(store: Path, fresh: Path, output: Path) -> None:
    """Make Turtle and page of a store that nobody reads yet, and put all in the place of the old files."""
    from kg.view import write_view

    engine = read_only_engine(store)
    turtle = BytesIO()
    EXPORTERS["ttl"](engine, turtle)
    (fresh / TURTLE).write_bytes(turtle.getvalue())
    write_view(engine, fresh / VIEW)
    del engine
    switch_store(output / STORE, store)
    for name in (TURTLE, VIEW, NQUADS):
        move_file(fresh / name, output / name)


def size_of(nquads: bytes) -> str:
    """How many statements in how many bytes, for `is_whole`."""
    lines = nquads.count(b"\n")
    return f"{lines} {len(nquads)}"


def has_files(output: Path, size: str | None) -> bool:
    """Whether all files stand that a graph of that size is left with."""
    unwritten = bool(size) and str(size).endswith(UNWRITTEN)
    return all((output / name).exists() for name in ((STORE,) if unwritten else FILES))


def is_whole(output: Path, size: str | None) -> bool:
    """Whether all files of a graph of that size stand; the store is counted, as a power failure may have cut it."""
    try:
        standing = f"{len(read_only_engine(output))} {(output / NQUADS).stat().st_size}"
        return standing == size and all((output / name).exists() for name in FILES)
    except (OSError, KgError):
        return False

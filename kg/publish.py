"""Quads → the files of an output directory: graph, store, Turtle and page, all or none."""

from __future__ import annotations

import shutil
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Final

from kg.export import EXPORTERS
from kg.files import move_file
from kg.model import KgError
from kg.store import STORE, load_store, read_only_engine, switch_store

NQUADS, TURTLE, VIEW = "graph.nq", "graph.ttl", "graph.html"
FILES: Final = (NQUADS, TURTLE, VIEW, STORE)
_FRESH: Final = ".build-"


def publish(nquads: bytes, output: Path) -> bool:
    """Write graph, store, Turtle and page, all or none; False where the same graph stands there already, whole.

    The store comes first, and the N-Quads last: where they stand, all else stands.
    """
    from kg.view import write_view

    if is_whole(output, size_of(nquads)) and (output / NQUADS).read_bytes() == nquads:
        return False
    try:
        output.mkdir(parents=True, exist_ok=True)
        for left in output.glob(f"{_FRESH}*"):
            shutil.rmtree(left, ignore_errors=True)
        fresh = Path(tempfile.mkdtemp(prefix=_FRESH, dir=output))
    except OSError as error:
        raise KgError(f"{output}: cannot be written ({error.strerror})") from error
    try:
        (fresh / NQUADS).write_bytes(nquads)
        store = load_store(fresh / NQUADS, output / STORE)
        engine = read_only_engine(store)
        turtle = BytesIO()
        EXPORTERS["ttl"](engine, turtle)
        (fresh / TURTLE).write_bytes(turtle.getvalue())
        write_view(engine, fresh / VIEW)
        del engine
        switch_store(output / STORE, store)
        for name in (TURTLE, VIEW, NQUADS):
            move_file(fresh / name, output / name)
    except OSError as error:
        raise KgError(f"{output}: cannot be written ({error.strerror or error})") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return True


def size_of(nquads: bytes) -> str:
    """How many statements in how many bytes, for `is_whole`."""
    lines = nquads.count(b"\n")
    return f"{lines} {len(nquads)}"


def is_whole(output: Path, size: str | None) -> bool:
    """Whether all files of a graph of that size stand; the store is counted, as a power failure may have cut it."""
    try:
        standing = f"{len(read_only_engine(output))} {(output / NQUADS).stat().st_size}"
        return standing == size and all((output / name).exists() for name in FILES)
    except (OSError, KgError):
        return False

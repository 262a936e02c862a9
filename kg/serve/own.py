"""Graphs of one's own, beside the one that the pages make: kept in a file of theirs, and served together with it.

What the pages say follows from the pages alone, and no update changes it. `own/graphs.nq` holds what people wrote, and
`own/store` is a store of both: made again whenever either has changed, sharing its files on the disk with the pages'
store as far as they are the same, and switched by one link. So what was written outlives every build.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Final

import pyoxigraph as ox

from kg.files import only_writer, write_whole
from kg.model import KgError
from kg.serve.protocol import Refusal
from kg.store import STORE, copy_store, switch_store
from kg.vocab import DEFAULT_BASE, PREFIXES

OWN: Final = "own"
_GRAPHS, _MADE_OF = "graphs.nq", "KG-MADE-OF"
_WAIT: Final = 20.0  # seconds
_ARTICLE: Final = "SELECT ?a { ?a a schema:NewsArticle } LIMIT 1"


def served_store(output: Path) -> Path:
    """What leads to the store to ask: the pages' own, or one that holds it and the graphs that people wrote."""
    if not (output / OWN / _GRAPHS).is_file():
        return output / STORE
    if not _is_fresh(output):
        with _patiently(output / OWN):
            if not _is_fresh(output):
                switch_store(output / OWN / STORE, _together(output))
    return output / OWN / STORE


def write(output: Path, change: Callable[[ox.Store], None]) -> None:
    """Let `change` write to a store of all graphs; then its own graphs are kept, and it is the one that is served.

    Where `change` fails or is ended, nothing has happened. Raises Refusal where another kg is writing.
    """
    with ExitStack() as locks:
        try:
            locks.enter_context(only_writer(output))
        except KgError as error:
            raise Refusal(503, str(error)) from None
        before = served_store(output)
        locks.enter_context(_patiently(output / OWN))
        fresh = copy_store(before, output / OWN / STORE)
        engine = ox.Store(str(fresh))
        change(engine)
        own = _own_quads(engine)
        engine.flush()
        del engine  # closes it: what is linked to must be at rest
        write_whole(output / OWN / _GRAPHS, own)
        (fresh / _MADE_OF).write_text(_made_of(output), encoding="utf-8")
        switch_store(output / OWN / STORE, fresh)


@contextmanager
def _patiently(place: Path) -> Iterator[None]:
    """The only writer of a directory, after a while where another is about to be done."""
    until = monotonic() + _WAIT
    with ExitStack() as lock:
        while True:
            try:
                lock.enter_context(only_writer(place))
                break
            except KgError:
                if monotonic() > until:
                    raise
                sleep(0.05)
        yield


def pages_own(engine: ox.Store) -> Callable[[str], bool]:
    """Whether a graph is one that the pages make, or may come to make."""
    found = engine.query(_ARTICLE, prefixes=PREFIXES)
    assert isinstance(found, ox.QuerySolutions)
    bases = {DEFAULT_BASE, *(row["a"].value.partition("article/")[0] for row in found)}
    return lambda iri: iri.startswith(tuple(bases))


def _own_quads(engine: ox.Store) -> bytes:
    theirs = pages_own(engine)
    graphs = [g for g in engine.named_graphs() if not (isinstance(g, ox.NamedNode) and theirs(g.value))]
    lines = {f"{quad} .\n" for graph in graphs for quad in engine.quads_for_pattern(None, None, None, graph)}
    return "".join(sorted(lines)).encode()


def _together(output: Path) -> Path:
    made_of = _made_of(output)
    fresh = copy_store(output / STORE, output / OWN / STORE)
    store = ox.Store(str(fresh))
    store.bulk_load(path=str(output / OWN / _GRAPHS), format=ox.RdfFormat.N_QUADS)
    store.flush()
    del store
    (fresh / _MADE_OF).write_text(made_of, encoding="utf-8")
    return fresh


def _is_fresh(output: Path) -> bool:
    try:
        return (output / OWN / STORE / _MADE_OF).read_text(encoding="utf-8") == _made_of(output)
    except OSError:
        return False


def _made_of(output: Path) -> str:
    """What tells this state from any other: which store of the pages', and which file of own graphs."""
    found = (output / OWN / _GRAPHS).stat()
    return f"{(output / STORE).resolve().name} {found.st_ino} {found.st_size} {found.st_mtime_ns}"

"""The graph on disk: each writing makes a store of its own, then one link leads to that instead of the last.

So the graph is the old one or the new one, whole, whenever the writer is killed, and whoever reads goes on reading what
they opened. The link is `store`; what it leads to lies in `.stores/`, where the one before stays too, for those who
followed the link a moment ago.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Collection
from pathlib import Path
from typing import Final

import pyoxigraph as ox
from rdflib import Dataset

from kg.files import point_to
from kg.model import KgError
from kg.vocab import PREFIXES

STORE: Final = "store"
_GENERATIONS: Final = ".stores"
# What the store's shape is; a store without such a file is of the first.
_FORMAT_FILE: Final = "KG-FORMAT"
FORMAT: Final = 2


def load_store(nquads: Path, directory: Path) -> Path:
    """A fresh store of these N-Quads that nobody reads yet, for `switch_store` to put in the place of `directory`."""
    fresh = _fresh(directory)
    try:
        store = ox.Store(str(fresh))
        store.bulk_load(path=str(nquads), format=ox.RdfFormat.N_QUADS)
        store.flush()
        del store  # closes it: what is linked to must be at rest
        (fresh / _FORMAT_FILE).write_text(f"{FORMAT}\n", encoding="ascii")
    except (OSError, RuntimeError, SyntaxError) as error:
        _clear(fresh.parent, directory.resolve())
        raise KgError(f"{directory}: the store cannot be written ({error})") from error
    return fresh


def _fresh(directory: Path) -> Path:
    """An empty directory for the store that will take the place of `directory`; what killed writers left goes."""
    generations = directory.parent / _GENERATIONS
    try:
        generations.mkdir(parents=True, exist_ok=True)
        _clear(generations, directory.resolve())
        return Path(tempfile.mkdtemp(dir=generations, prefix=""))
    except OSError as error:
        raise KgError(f"{directory}: the store cannot be written ({error.strerror})") from error


def copy_store(store: Path, directory: Path) -> Path:
    """A fresh store with the content of another, to take the place of `directory`; they share files on the disk."""
    fresh = _fresh(directory)
    try:
        fresh.rmdir()
        read_only_engine(store).backup(str(fresh))
    except (OSError, RuntimeError) as error:
        raise KgError(f"{directory}: the store cannot be written ({error})") from error
    return fresh


def grow_store(directory: Path, added: Collection[ox.Quad], removed: Collection[ox.Quad]) -> Path | None:
    """The store with some statements more and some less, as a fresh one that nobody reads yet.

    What stays is shared with the old one on the disk, so it takes no longer for a large store than for a small one.
    None where one that is to go is not there, or one that is to come is.
    """
    fresh = copy_store(directory, directory)
    try:
        store = ox.Store(str(fresh))
        fits = all(quad in store for quad in removed) and not any(quad in store for quad in added)
        if fits:
            for quad in removed:
                store.remove(quad)
            store.extend(added)
            store.flush()
        del store
        (fresh / _FORMAT_FILE).write_text(f"{FORMAT}\n", encoding="ascii")
    except (OSError, RuntimeError) as error:
        _clear(fresh.parent, directory.resolve())
        raise KgError(f"{directory}: the store cannot be written ({error})") from error
    if not fits:
        _clear(fresh.parent, directory.resolve())
    return fresh if fits else None


def switch_store(directory: Path, fresh: Path) -> None:
    """Let `directory` lead to a fresh store; the one before stays for who reads it, all older ones go."""
    try:
        before = directory.resolve()
        point_to(directory, fresh)
        _clear(fresh.parent, before, fresh)
    except OSError as error:
        raise KgError(f"{directory}: the store cannot be written ({error.strerror})") from error


def _clear(generations: Path, *kept: Path) -> None:
    """Throw away all stores but these, also what killed writers left."""
    for path in generations.iterdir():
        if path.resolve() not in [one.resolve() for one in kept]:
            shutil.rmtree(path, ignore_errors=True)


def read_only_engine(directory: Path) -> ox.Store:
    """The store of an output directory, for reading: several may read at once. Raises KgError where there is none."""
    link = directory / STORE if (directory / STORE).is_dir() else directory
    place = link.resolve()  # once: all of a store's files come from the same one, whatever is written meanwhile
    if not (place / "CURRENT").is_file():
        raise KgError(f"no graph at {directory}/: run kg build PAGES first")
    refuse_newer(directory)
    try:
        return ox.Store.read_only(str(place))
    except (OSError, RuntimeError) as error:
        if link.resolve() != place:
            return read_only_engine(directory)
        if "lock" in str(error).lower():
            raise KgError(
                f"the graph at {directory}/ is locked by another program: try again when it is done"
            ) from error
        raise KgError(f"the graph at {directory}/ is damaged: delete {link}/ and run kg build PAGES again") from error


def refuse_newer(directory: Path) -> None:
    """Raise KgError where a newer kg wrote the store of an output directory, or a store itself."""
    for place in (directory / STORE, directory):
        try:
            found = (place / _FORMAT_FILE).read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            continue
        if found.isdigit() and int(found) > FORMAT:
            raise KgError(
                f"the graph at {directory}/ was written by a newer kg (format {found}, this one knows {FORMAT}): "
                "upgrade kg-gazette, or build into a directory of its own"
            )


def open_store(directory: Path) -> Dataset:
    """The same as an rdflib Dataset: its default graph holds what is known, a named graph what one article says."""
    from oxrdflib import OxigraphStore

    dataset = Dataset(store=OxigraphStore(store=read_only_engine(directory)), default_union=False)
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, namespace)
    return dataset

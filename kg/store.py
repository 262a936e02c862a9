"""The graph on disk: written whole beside the old one and then moved into place, read without a lock."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Final

import pyoxigraph as ox
from rdflib import Dataset

from kg.files import move_directory
from kg.model import KgError
from kg.vocab import PREFIXES

STORE: Final = "store"


def write_store(nquads: Path, directory: Path) -> None:
    """Load N-Quads into a fresh store and put that in the place of `directory`; the old one stays until it is whole."""
    try:
        fresh = Path(tempfile.mkdtemp(prefix=f".{directory.name}-", dir=directory.parent))
    except OSError as error:
        raise KgError(f"{directory}: the store cannot be written ({error.strerror})") from error
    try:
        store = ox.Store(str(fresh))
        store.bulk_load(path=str(nquads), format=ox.RdfFormat.N_QUADS)
        store.flush()
        del store  # closes it: what is moved must be at rest
        move_directory(fresh, directory)
    except (OSError, RuntimeError, SyntaxError) as error:
        raise KgError(f"{directory}: the store cannot be written ({error})") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def read_only_engine(directory: Path) -> ox.Store:
    """The store of an output directory, for reading: several may read at once. Raises KgError where there is none."""
    place = directory / STORE if (directory / STORE).is_dir() else directory
    if not (place / "CURRENT").is_file():
        raise KgError(f"no graph at {directory}/: run kg build PAGES first")
    try:
        return ox.Store.read_only(str(place))
    except (OSError, RuntimeError) as error:
        if "lock" in str(error).lower():
            raise KgError(
                f"the graph at {directory}/ is locked by another program: try again when it is done"
            ) from error
        raise KgError(f"the graph at {directory}/ is damaged: delete {place}/ and run kg build PAGES again") from error


def open_store(directory: Path) -> Dataset:
    """The same as an rdflib Dataset: its default graph holds what is known, a named graph what one article says."""
    from oxrdflib import OxigraphStore

    dataset = Dataset(store=OxigraphStore(store=read_only_engine(directory)), default_union=False)
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, namespace)
    return dataset

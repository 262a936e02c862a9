"""Chinese local newspapers in, a knowledge graph out, with the sentence behind every fact.

>>> import kg
>>> kg.build(["seeds/pages"], "output").people  # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    __version__: str
    from kg.export import EXPORTERS
    from kg.lexicon import load_lexicon
    from kg.model import KgError
    from kg.network import entity_network
    from kg.pipeline import Build, add, build, drop
    from kg.query import answer, load_queries
    from kg.store import open_store, read_only_engine
    from kg.view import Choice, write_view

__all__ = [
    "EXPORTERS",
    "Build",
    "Choice",
    "KgError",
    "__version__",
    "add",
    "answer",
    "build",
    "drop",
    "entity_network",
    "load_lexicon",
    "load_queries",
    "open_store",
    "read_only_engine",
    "write_view",
]

# Loaded when first asked for: `kg --help` need not wait for the whole house.
_ROOMS = {
    "EXPORTERS": "kg.export",
    "Build": "kg.pipeline",
    "Choice": "kg.view",
    "KgError": "kg.model",
    "add": "kg.pipeline",
    "answer": "kg.query",
    "build": "kg.pipeline",
    "drop": "kg.pipeline",
    "entity_network": "kg.network",
    "load_lexicon": "kg.lexicon",
    "load_queries": "kg.query",
    "open_store": "kg.store",
    "read_only_engine": "kg.store",
    "write_view": "kg.view",
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("kg-gazette")
    if name not in _ROOMS:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    return getattr(import_module(_ROOMS[name]), name)

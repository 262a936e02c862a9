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
    from kg.pipeline import Build, build
    from kg.query import answer
    from kg.store import open_store
    from kg.view import write_view

__all__ = [
    "EXPORTERS",
    "Build",
    "KgError",
    "__version__",
    "answer",
    "build",
    "entity_network",
    "load_lexicon",
    "open_store",
    "write_view",
]

# Loaded when first asked for: `kg --help` need not wait for the whole house.
_ROOMS = {
    "EXPORTERS": "kg.export",
    "Build": "kg.pipeline",
    "KgError": "kg.model",
    "answer": "kg.query",
    "build": "kg.pipeline",
    "entity_network": "kg.network",
    "load_lexicon": "kg.lexicon",
    "open_store": "kg.store",
    "write_view": "kg.view",
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("kg-gazette")
    if name not in _ROOMS:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    return getattr(import_module(_ROOMS[name]), name)

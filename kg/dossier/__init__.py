"""All that is known of one person, agency, place or event, line by line with the sentence that says so.

`names` finds what is meant, `read` reads it from the store into `records`, `sheet` lays out what to show, and each
`as_…` writes one format: `FORMATS[form](dossier)`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import pyoxigraph as ox

from kg.dossier.as_html import write_html
from kg.dossier.as_json import write_json
from kg.dossier.as_markdown import write_markdown
from kg.dossier.as_text import write_text
from kg.dossier.lookup import Lookup
from kg.dossier.names import find_things, tell_apart
from kg.dossier.read import Reader
from kg.dossier.records import Dossier

__all__ = ["FORMATS", "Dossier", "candidates", "find", "read_dossier", "write_dossier"]

FORMATS: Final[Mapping[str, Callable[[Dossier], str]]] = MappingProxyType(
    {"text": write_text, "markdown": write_markdown, "html": write_html, "json": write_json}
)


def find(store: ox.Store, name: str) -> tuple[str, ...]:
    """The IRIs of all that a name may mean: a label, another form of one, an IRI or its end.

    Where nothing is called so it is a `KgError` that names what comes near.
    """
    return find_things(Lookup(store), name)


def candidates(store: ox.Store, things: tuple[str, ...]) -> str:
    """A line for each thing: what to ask for instead of the name they share, and what tells it from the others."""
    return tell_apart(Lookup(store), things)


def read_dossier(store: ox.Store, iri: str, limit: int | None = None) -> Dossier:
    """The dossier of the person, agency, place, event or document that a node stands for.

    With a limit it holds so many posts, events, reports and so on, the latest ones, and says how many there are.
    """
    return Reader(Lookup(store), limit).dossier(iri)


def write_dossier(dossier: Dossier, form: str = "text", width: int | None = None) -> str:
    """A dossier written out; text fits into the width of a terminal, where there is one."""
    return write_text(dossier, width) if form == "text" else FORMATS[form](dossier)

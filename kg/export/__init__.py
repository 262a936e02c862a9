"""One format a file, one dict: `EXPORTERS[format](store, out)` writes the same bytes every time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import BinaryIO, Final

import pyoxigraph as ox

from kg.export.graphml import write_graphml
from kg.export.jsonld import write_jsonld
from kg.export.lines import write_nquads, write_ntriples
from kg.export.rdfxml import write_rdfxml
from kg.export.turtle import write_trig, write_turtle

__all__ = ["EXPORTERS", "Exporter"]

Exporter = Callable[[ox.Store, BinaryIO], None]

EXPORTERS: Final[Mapping[str, Exporter]] = MappingProxyType(
    {
        "nq": write_nquads,
        "trig": write_trig,
        "ttl": write_turtle,
        "nt": write_ntriples,
        "jsonld": write_jsonld,
        "xml": write_rdfxml,
        "graphml": write_graphml,
    }
)

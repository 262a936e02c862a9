"""JSON-LD, expanded: named graphs are kept."""

from __future__ import annotations

from typing import BinaryIO

import pyoxigraph as ox

from kg.export.order import serialised


def write_jsonld(store: ox.Store, out: BinaryIO) -> None:
    """JSON-LD: every statement with its graph, expanded, subject by subject."""

    def key(quad: ox.Quad) -> tuple[bool, str, str, str, str]:
        graph, known = str(quad.graph_name), quad.graph_name == ox.DefaultGraph()
        return not known, graph, str(quad.subject), quad.predicate.value, str(quad.object)

    out.write(serialised(sorted(store, key=key), ox.RdfFormat.JSON_LD) + b"\n")

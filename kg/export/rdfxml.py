"""RDF/XML: all graphs merged into one."""

from __future__ import annotations

from typing import BinaryIO

import pyoxigraph as ox

from kg.export.order import in_order, serialised
from kg.export.xml_text import xml_text


def write_rdfxml(store: ox.Store, out: BinaryIO) -> None:
    """RDF/XML: all graphs merged into one; control characters, which XML cannot hold, are left out."""
    triples = [_in_xml(quad.triple) for _, members in in_order(store) for quad in members]
    out.write(serialised(triples, ox.RdfFormat.RDF_XML))


def _in_xml(triple: ox.Triple) -> ox.Triple:
    value = triple.object
    if not isinstance(value, ox.Literal) or value.value == (text := xml_text(value.value)):
        return triple
    whole = ox.Literal(text, language=value.language) if value.language else ox.Literal(text, datatype=value.datatype)
    return ox.Triple(triple.subject, triple.predicate, whole)

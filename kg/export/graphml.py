"""GraphML for Gephi, yEd and Cytoscape: people, agencies, places and events."""

from __future__ import annotations

from typing import BinaryIO

import pyoxigraph as ox

from kg.export.xml_text import xml_text

Values = dict[str, str]


def write_graphml(store: ox.Store, out: BinaryIO) -> None:
    """GraphML: people, agencies, places and events as nodes, posts and participations as edges; no evidence."""
    import networkx as nx  # slow to load, and no other format needs it

    from kg.network import entity_network

    network = entity_network(store)
    plain: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    nodes: list[tuple[str, Values]] = sorted((iri, network.nodes[iri]) for iri in network)
    edges: list[tuple[str, str, str, Values]] = sorted(network.edges(keys=True, data=True), key=lambda edge: edge[:3])
    for iri, values in nodes:
        plain.add_node(iri, **_strings(values))
    for start, end, key, values in edges:
        plain.add_edge(start, end, key=key, **_strings(values))
    # Not write_graphml, which writes other bytes where lxml is installed.
    nx.write_graphml_xml(plain, out, encoding="utf-8", prettyprint=True)


def _strings(values: Values) -> Values:
    return {name: xml_text(value) for name, value in sorted(values.items())}

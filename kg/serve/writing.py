"""What is written to the graphs of one's own: SPARQL Update and whole graphs, each all or not at all."""

from __future__ import annotations

import io
from pathlib import Path

import pyoxigraph as ox

from kg.model import KgError
from kg.query import SHORT, Result, complain, describe_slip
from kg.query.offline import asks_others
from kg.serve.own import pages_own, write
from kg.serve.protocol import GRAPHS, THEIRS, GraphAsked, Refusal, Update
from kg.serve.updates import EVERYTHING, written_graphs


def run_update(update: Update, output: Path) -> None:
    """Do what a SPARQL Update says. Raises Refusal where it would touch what the pages say, KgError for a slip."""
    if asks_others(update.text):
        raise Refusal(400, "SERVICE would ask another server, and this one stays offline")
    if update.has_graphs:
        raise Refusal(400, "say USING in the update itself: graphs of the request are not taken")

    def change(engine: ox.Store) -> None:
        for graph in written_graphs(update.text):
            _refuse(graph, engine)
        try:
            engine.update(update.text, prefixes=SHORT)
        except SyntaxError as error:
            raise describe_slip("update", update.text, str(error)) from None
        except (OSError, RuntimeError, ValueError) as error:
            raise complain("update", error) from None

    write(output, change)


def read_graph(asked: GraphAsked, engine: ox.Store) -> Result:
    """All statements of a graph. Raises Refusal where there is none."""
    graph = _node(asked.graph)
    if isinstance(graph, ox.NamedNode) and not engine.contains_named_graph(graph):
        raise Refusal(404, f"no graph {asked.graph}")
    inside = f"GRAPH {graph} {{ ?s ?p ?o }}" if asked.graph is not None else "?s ?p ?o"
    return engine.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {inside} }}")


def change_graph(asked: GraphAsked, output: Path) -> bool:
    """Put, add to or delete a graph; whether it is a new one. Raises Refusal, and KgError for a slip in it."""
    graph, is_new = _node(asked.graph), []

    def change(engine: ox.Store) -> None:
        _refuse("DEFAULT" if asked.graph is None else asked.graph, engine)
        assert isinstance(graph, ox.NamedNode)
        stands = engine.contains_named_graph(graph)
        if asked.method == "DELETE":
            if not stands:
                raise Refusal(404, f"no graph {asked.graph}")
            return engine.remove_graph(graph)
        if asked.method == "PUT":
            engine.clear_graph(graph)
        try:
            engine.load(io.BytesIO(asked.body), format=GRAPHS[asked.media], to_graph=graph)
        except (SyntaxError, ValueError) as error:
            raise KgError(f"not {asked.media}: {' '.join(str(error).split())}") from None
        is_new.append(not stands)

    write(output, change)
    return any(is_new)


def _refuse(graph: str, engine: ox.Store) -> None:
    """Raise Refusal for what only pages change, and for what cannot be told from that."""
    if graph == "LOAD":
        raise Refusal(400, "LOAD would ask another server, and this one stays offline: PUT the graph to /store?graph=…")
    if graph.startswith(("?", "$")):
        raise Refusal(403, f"name the graph that is written to: {graph} may be one that {THEIRS}")
    if graph in EVERYTHING:
        raise Refusal(403, f"{'the default graph' if graph == 'DEFAULT' else 'a graph among all of them'} {THEIRS}")
    if pages_own(engine)(graph):
        raise Refusal(403, f"<{graph}> {THEIRS}")


def _node(graph: str | None) -> ox.NamedNode | ox.DefaultGraph:
    try:
        return ox.DefaultGraph() if graph is None else ox.NamedNode(graph)
    except ValueError as error:
        raise Refusal(400, f"{graph!r} is no IRI of a graph ({error})") from None

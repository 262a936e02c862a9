"""The query library on a graph of many pages: python -m tests.benchmark_press PAGES DIRECTORY [FEWER]

Prints PAGES pages of the seeded press, builds their graph in DIRECTORY (or takes the one that stands there), and times
every query of the library, with the parameters it must have and with all it may have, beside pyoxigraph called directly
with the same text: seconds of one processor, each the fastest of ROUNDS, in turns. With FEWER, the same on a graph of
that many pages beside rdflib's own engine in memory, where each is asked once and given up after PATIENCE seconds.
"""

from __future__ import annotations

import multiprocessing
import sys
import tempfile
from collections.abc import Iterator, Mapping
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import pyoxigraph as ox
from rdflib import Dataset

from kg.pipeline import build
from kg.query import Query, bind, fill, load_queries, run_query
from kg.store import read_only_engine
from kg.vocab import PREFIXES
from tests.benchmark import fastest
from tests.gazette import write_pages

PATIENCE = 10.0
# What is asked about is what the graph has most of: the hardest case, not the easiest.
BUSIEST = {
    "person": "SELECT ?n (COUNT(*) AS ?c) { ?e sem:hasActor ?p . ?p a foaf:Person ; rdfs:label ?n }",
    "agency": "SELECT ?n (COUNT(*) AS ?c) { ?e sem:hasActor ?p . ?p a org:Organization ; rdfs:label ?n }",
    "place": "SELECT ?n (COUNT(*) AS ?c) { ?e sem:hasPlace ?p . ?p rdfs:label ?n }",
    "within": "SELECT ?n (COUNT(*) AS ?c) { ?a kg:jurisdiction/schema:containedInPlace ?p . ?p rdfs:label ?n }",
    "reporter": "SELECT ?n (COUNT(*) AS ?c) { ?a schema:author ?p . ?p rdfs:label ?n }",
    "paper": "SELECT ?n (COUNT(*) AS ?c) { ?i schema:isPartOf ?p . ?p a schema:Newspaper ; rdfs:label ?n }",
    "title": "SELECT ?n (COUNT(*) AS ?c) { ?m org:role ?r . ?r rdfs:label ?n }",
}
GIVEN = {
    **{"from": "2015-03-01", "until": "2015-03-31", "before": "2015-03-04", "after": "2015-03-07"},
    **{"type": "Meeting", "at_least": "2"},
}


def known_values(engine: ox.Store) -> dict[str, str]:
    """A value for each parameter that the library has."""
    found = {}
    for name, text in BUSIEST.items():
        rows = engine.query(f"{text} GROUP BY ?n ORDER BY DESC(?c) ?n LIMIT 2", prefixes=PREFIXES)
        assert isinstance(rows, ox.QuerySolutions)
        found[name] = [row["n"].value for row in rows]
    fact = engine.query("SELECT ?m { ?m a org:Membership } ORDER BY ?m LIMIT 1", prefixes=PREFIXES)
    assert isinstance(fact, ox.QuerySolutions)
    known = {name: names[0] for name, names in found.items()} | GIVEN
    return known | {"other": found["person"][1], "about": found["person"][0], "fact": next(fact)["m"].value}


def cases(engine: ox.Store) -> Iterator[tuple[str, Query, dict[str, str]]]:
    """Every query with what it must be given, and with all it may be given."""
    known = known_values(engine)
    for query in load_queries().values():
        yield query.name, query, {param.name: known[param.name] for param in query.params if param.required}
        if any(not param.required for param in query.params):
            yield f"{query.name} …", query, {param.name: known[param.name] for param in query.params}


def graph_of(pages: int, output: Path) -> ox.Store:
    """The graph of so many pages, built unless it stands there."""
    if not output.exists():
        with tempfile.TemporaryDirectory() as sheets:
            write_pages(pages, Path(sheets))
            begin = perf_counter()
            built = build([sheets], output, jobs=2)
            print(f"{built.pages} pages built in {perf_counter() - begin:.0f} s")
    engine = read_only_engine(output)
    print(f"{pages:,} pages, {len(engine):,} statements")
    return engine


def beside_pyoxigraph(engine: ox.Store) -> None:
    """Our way and the library called directly, with the same text."""
    times, ratios = [], []
    for name, query, values in cases(engine):
        text = fill(query, bind(query, values))
        ours, direct = fastest(
            lambda query=query, values=values: list(run_query(engine, query, values)),  # type: ignore[misc]
            lambda text=text: list(engine.query(text)),  # type: ignore[misc]
            process_time,
        )
        times.append(ours)
        ratios.append(ours / direct)
        said = f"{ours * 1000:>9.1f} ms  pyoxigraph {direct * 1000:>9.1f} ms  ratio {ours / direct:.2f}"
        print(f"{name:<22}{said}", flush=True)
    slow = sum(spent > 0.1 for spent in times)
    print(
        f"median {median(times) * 1000:.1f} ms, slowest {max(times) * 1000:.0f} ms; over 100 ms: {slow} of {len(times)}"
    )
    print(f"beside pyoxigraph: median ratio {median(ratios):.2f}, largest {max(ratios):.2f}")


class Rdflib:
    """rdflib's engine over the same N-Quads, in a process of its own that can be ended."""

    def __init__(self, nquads: Path) -> None:
        self._nquads = nquads
        self._start()

    def _start(self) -> None:
        self._pipe, its = multiprocessing.Pipe()
        self._process = multiprocessing.Process(target=_answer, args=(self._nquads, its), daemon=True)
        self._process.start()
        self._pipe.recv()  # all is read

    def seconds(self, text: str) -> float | None:
        """How long a query takes; None where patience ends first."""
        self._pipe.send(text)
        if self._pipe.poll(PATIENCE):
            return float(self._pipe.recv())
        self._process.kill()
        self._start()
        return None


def _answer(nquads: Path, pipe: Connection) -> None:
    memory = Dataset()
    memory.parse(nquads, format="nquads")
    pipe.send(True)
    while True:
        text = pipe.recv()
        begin = process_time()
        list(memory.query(text))
        pipe.send(process_time() - begin)


def beside_rdflib(engine: ox.Store, nquads: Path) -> None:
    """Our way and rdflib's engine in memory."""
    rdflib, ratios, given_up = Rdflib(nquads), [], 0
    for name, query, values in cases(engine):
        ours = min(_seconds(engine, query, values) for _ in range(3))
        its = rdflib.seconds(fill(query, bind(query, values)))
        given_up += its is None
        ratios.append((its or PATIENCE) / ours)
        said = f"{its * 1000:>9.1f} ms" if its is not None else f"over {PATIENCE:.0f} s"
        print(f"{name:<22}{ours * 1000:>9.1f} ms  rdflib {said:>12}  {ratios[-1]:>8.0f} times ours", flush=True)
    print(f"rdflib in memory: median {median(ratios):.0f} times ours, {given_up} of {len(ratios)} given up")


def _seconds(engine: ox.Store, query: Query, values: Mapping[str, str]) -> float:
    begin = process_time()
    list(run_query(engine, query, values))
    return process_time() - begin


def main(pages: int, directory: Path, fewer: int = 0) -> None:
    """Build if need be, then ask."""
    beside_pyoxigraph(graph_of(pages, directory / "output"))
    if fewer:
        output = directory / f"output-{fewer}"
        beside_rdflib(graph_of(fewer, output), output / "graph.nq")


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), *map(int, sys.argv[3:]))

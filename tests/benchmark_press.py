"""The query library on a graph of many pages: python -m tests.benchmark_press PAGES DIRECTORY [--rdflib].

Prints PAGES pages of the seeded press, builds their graph in DIRECTORY (or takes the one that stands there), and times
every query of the library beside pyoxigraph called directly with the same text and, if asked, beside rdflib's own
engine in memory; each the fastest of ROUNDS, in turns.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

import pyoxigraph as ox
from rdflib import Dataset

from kg.pipeline import build
from kg.query import Query, bind, fill, load_queries, run_query
from kg.store import read_only_engine
from kg.vocab import PREFIXES
from tests.benchmark import fastest
from tests.gazette import write_pages

# What is asked about is what the graph has most of: the hardest case, not the easiest.
BUSIEST = {
    "person": "SELECT ?n (COUNT(*) AS ?c) { ?e sem:hasActor ?p . ?p a foaf:Person ; rdfs:label ?n }",
    "agency": "SELECT ?n (COUNT(*) AS ?c) { ?e sem:hasActor ?p . ?p a org:Organization ; rdfs:label ?n }",
    "place": "SELECT ?n (COUNT(*) AS ?c) { ?e sem:hasPlace ?p . ?p rdfs:label ?n }",
}
DAYS = {"from": "2015-03-01", "until": "2015-03-31", "before": "2015-03-04", "after": "2015-03-07"}


def values_for(query: Query, engine: ox.Store) -> dict[str, str]:
    """Values for what a query must have."""
    found = {}
    for name, text in BUSIEST.items():
        rows = engine.query(f"{text} GROUP BY ?n ORDER BY DESC(?c) ?n LIMIT 2", prefixes=PREFIXES)
        assert isinstance(rows, ox.QuerySolutions)
        found[name] = [row["n"].value for row in rows]
    fact = engine.query("SELECT ?m { ?m a org:Membership } ORDER BY ?m LIMIT 1", prefixes=PREFIXES)
    assert isinstance(fact, ox.QuerySolutions)
    known = {name: names[0] for name, names in found.items()} | DAYS
    known |= {"other": found["person"][1], "about": found["person"][0], "fact": next(fact)["m"].value}
    return {param.name: known[param.name] for param in query.params if param.required}


def main(pages: int, directory: Path, beside_rdflib: bool) -> None:
    """Build if need be, then ask."""
    output = directory / "output"
    if not output.exists():
        with tempfile.TemporaryDirectory() as sheets:
            write_pages(pages, Path(sheets))
            begin = perf_counter()
            built = build([sheets], output, jobs=2)
            print(f"{built.pages} pages built in {perf_counter() - begin:.0f} s")
    engine = read_only_engine(output)
    memory = Dataset()
    if beside_rdflib:
        memory.parse(output / "graph.nq", format="nquads")
    print(f"{len(engine):,} statements")
    times = []
    for query in load_queries().values():
        values = values_for(query, engine)
        text = fill(query, bind(query, values))
        ours, direct = fastest(
            lambda query=query, values=values: list(run_query(engine, query, values)),  # type: ignore[misc]
            lambda text=text: list(engine.query(text)),  # type: ignore[misc]
        )
        times.append(ours)
        line = f"{query.name:<20}{ours * 1000:>9.1f} ms  pyoxigraph {direct * 1000:>9.1f} ms  ratio {ours / direct:.2f}"
        if beside_rdflib:
            begin = perf_counter()
            list(memory.query(text))
            line += f"  rdflib {(perf_counter() - begin) * 1000:>10.1f} ms"
        print(line, flush=True)
    print(f"median {median(times) * 1000:.1f} ms, slowest {max(times) * 1000:.0f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), "--rdflib" in sys.argv)

"""How long the walk takes beside what one would reach for instead, as ratios of one run: python -m tests.benchmark.

Machines differ and are noisy, so no test asserts a time and no figure here stands alone: each line times our own part
and the alternative in turns on the same input, takes the fastest of ROUNDS, and prints their ratio.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from time import perf_counter

import pyoxigraph as ox
from jieba import posseg
from rdflib import Dataset, Graph

from kg.export import EXPORTERS
from kg.lexicon import load_lexicon, seeds_dir
from kg.lexicon.load import _load
from kg.pipeline import build, read_source
from kg.query import run_query
from kg.query.library import load_queries
from kg.sources import Source, find_sources
from kg.store import read_only_engine

PAGES = Path(__file__).parents[1] / "seeds" / "pages"
ROUNDS = 5
# Seconds.
ENOUGH = 0.1


def fastest(
    first: Callable[[], object], second: Callable[[], object], clock: Callable[[], float] = perf_counter
) -> tuple[float, float]:
    """Seconds of the fastest of ROUNDS calls of each, taken in turns so that both meet the same noise.

    What takes next to nothing is called more often, until it has taken long enough to be no noise itself.
    """
    times: tuple[list[float], list[float]] = ([], [])
    while len(times[0]) < ROUNDS or sum(times[0]) < ENOUGH:
        for call, spent in zip((first, second), times, strict=True):
            begin = clock()
            call()
            spent.append(clock() - begin)
    return min(times[0]), min(times[1])


def compare(ours: str, mine: Callable[[], object], other: str, theirs: Callable[[], object]) -> None:
    """Print one line: what we do, what one would do instead, and how many times longer ours takes."""
    own, its = fastest(mine, theirs)
    print(f"{ours}: {own * 1000:.1f} ms; {other}: {its * 1000:.1f} ms; ratio {own / its:.2f}")


def main() -> None:
    """Time reading, writing and asking on the two pages."""
    lexicon = load_lexicon()
    tables = sorted((seeds_dir() / "lexicon").glob("*.tsv"))
    sources = [s for s in find_sources([PAGES]) if isinstance(s, Source)]
    texts = [s.read().decode("utf-8") for s in sources]
    print(f"{len(sources)} pages, {sum(map(len, texts))} characters, fastest of {ROUNDS}")
    compare(
        "loading the lexicon",
        lambda: _load(None),
        "splitting its tables into cells",
        lambda: [[*csv.reader(path.read_text(encoding="utf-8").splitlines(), delimiter="\t")] for path in tables],
    )
    compare(
        "pages to facts",
        lambda: [read_source(s, lexicon) for s in sources],
        "tagging the same text with jieba.posseg",
        lambda: [list(posseg.cut(text)) for text in texts],
    )
    with tempfile.TemporaryDirectory() as directory:
        output = Path(directory)
        build([PAGES], output, lexicon=lexicon)
        engine = read_only_engine(output)
        graph = Graph().parse(output / "graph.ttl")
        compare(
            "Turtle from the store",
            lambda: EXPORTERS["ttl"](engine, BytesIO()),
            "rdflib's serializer",
            lambda: graph.serialize(format="turtle"),
        )
        compare(
            "loading the N-Quads",
            lambda: ox.Store().bulk_load(path=str(output / "graph.nq"), format=ox.RdfFormat.N_QUADS),
            "rdflib's parser",
            lambda: Dataset().parse(output / "graph.nq", format="nquads"),
        )
        asked = next(q for q in load_queries().values() if not any(p.required for p in q.params))
        compare(
            f"the query {asked.name}",
            lambda: list(run_query(engine, asked)),
            "rdflib's engine",
            lambda: list(graph.query(asked.text)),
        )


if __name__ == "__main__":
    main()

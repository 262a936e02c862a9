"""What it costs to add a page to a small graph and to a large one: python -m tests.benchmark_growth DIRECTORY PAGES…

For each number of pages it builds the graph of the seeded press in DIRECTORY (or takes the one that stands there), then
adds the next page of the press and drops it again, ROUNDS times. Printed are the fastest of each, as ratios to those of
the first graph. It is the store that grows; the other files, which a large graph gets only from kg build, are left out.
"""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from time import perf_counter

from kg import publish
from kg.pipeline import add, build, drop
from tests.gazette import Press

ROUNDS = 5


def print_pages(count: int, directory: Path) -> list[Path]:
    """The first pages of the press and the one after them, as files."""
    directory.mkdir(parents=True, exist_ok=True)
    files = []
    for name, text in islice(Press().pages(count + 1), count + 1):
        files.append(directory / name)
        if not files[-1].exists():
            files[-1].write_text(text, encoding="utf-8")
    return files


def measure(count: int, directory: Path) -> tuple[float, float]:
    """Seconds to add a page to the graph of so many pages, and to drop it."""
    output = directory / f"graph-{count}"
    *files, late = print_pages(count, directory / "pages")
    if not output.exists():
        begin = perf_counter()
        built = build(files, output, jobs=2)
        print(f"{count:>7,} pages read and built in {perf_counter() - begin:,.0f} s: {built.facts:,} facts", flush=True)
    publish.MANY = 0  # type: ignore[misc]  # the store alone, in small graphs as in large ones
    add([late], output)
    drop([late.name], output)
    added, dropped = [], []
    for _ in range(ROUNDS):
        begin = perf_counter()
        assert add([late], output).changed
        added.append(perf_counter() - begin)
        begin = perf_counter()
        assert drop([late.name], output).changed
        dropped.append(perf_counter() - begin)
    return min(added), min(dropped)


def main(directory: Path, counts: list[int]) -> None:
    """A line a graph."""
    first: tuple[float, float] | None = None
    for count in counts:
        times = measure(count, directory)
        first = first or times
        line = "  ".join(
            f"{deed} {seconds * 1000:>7,.0f} ms ({seconds / base:.2f}x)"
            for deed, seconds, base in zip(("add", "drop"), times, first, strict=True)
        )
        memory = getrusage(RUSAGE_SELF).ru_maxrss // 1024
        print(f"{count:>7,} pages  {line}  {memory:,} MB at most so far", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), [int(count) for count in sys.argv[2:]])

"""The page beside what plain pyvis makes of the same graph: python -m tests.benchmark_view [SECONDS].

For graphs of 300 to 10,000 things: how long it takes to write the page, how big it is, how long after opening it can be
used, how fast it pans. pyvis draws every event as a node, once as its manual shows it, settling by its own physics, and
once without physics at places given to it. A page that is not written, or has not settled, after SECONDS (300 unless
said) is given up. One run on one machine, with its load before each line; no figure here stands alone.
"""

from __future__ import annotations

import math
import multiprocessing
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

import pyoxigraph as ox
from playwright.sync_api import Error, sync_playwright
from pyvis.network import Network

from kg.network import entity_network
from kg.view import write_view
from kg.view.layout import start

sys.path.insert(0, str(Path(__file__).parent / "view"))
from conftest import CHROMIUM, FLAGS
from newsroom import metropolis

# Events, people, agencies, places.
SIZES = {
    300: (170, 208, 72, 20),
    700: (400, 488, 176, 36),
    2_000: (1150, 1400, 500, 100),
    10_000: (6000, 7000, 2500, 500),
}
FRAMES = """() => new Promise((done) => {
  const from = performance.now(); let frames = 0;
  const rate = (now) => (1000 * frames) / (now - from);
  const step = (now) => (frames++, now - from < 1500 ? requestAnimationFrame(step) : done(rate(now)));
  requestAnimationFrame(step);
})"""


def ours(store: ox.Store, path: Path) -> None:
    """Our page of the whole graph."""
    write_view(store, path)


def plain(store: ox.Store, path: Path) -> None:
    """What the manual of pyvis shows: every node and edge added, the file written."""
    with_pyvis(store, path, physics=True)


def placed(store: ox.Store, path: Path) -> None:
    """The same with every node at a place of its own from the start, and no physics."""
    with_pyvis(store, path, physics=False)


def with_pyvis(store: ox.Store, path: Path, *, physics: bool) -> None:
    """Every node and edge by pyvis and its own template; without physics where their IRIs say."""
    graph = entity_network(store)
    net = Network(cdn_resources="in_line")
    side = 120 * math.sqrt(len(graph))
    for node, label in graph.nodes(data="label"):
        x, y = start(node)
        net.add_node(node, label=label, **({} if physics else {"x": x * side, "y": y * side}))
    for one, other in graph.edges():
        net.add_edge(one, other)
    net.toggle_physics(physics)
    path.write_text(net.generate_html(), encoding="utf-8")


def wait_for_ours(page: Any, _: float) -> None:
    """Until labels are drawn. Our page lets nobody evaluate text, which is how the browser driver waits elsewhere."""
    while not page.evaluate("Boolean(window.kg && kg.labels().length)"):
        page.wait_for_timeout(10)


def wait_for_plain(page: Any, patience: float) -> None:
    """Until the bar that covers the picture while it settles is gone."""
    settled = "document.getElementById('loadingBar')?.style.display === 'none'"
    page.wait_for_function(settled, timeout=1000 * patience)


def wait_for_placed(page: Any, patience: float) -> None:
    """Until the network has been drawn once."""
    page.wait_for_function("typeof network === 'object' && network.body.nodeIndices.length", timeout=1000 * patience)
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


WAYS = {ours: wait_for_ours, plain: wait_for_plain, placed: wait_for_placed}


def opened(browser: Any, path: Path, wait: Callable[[Any, float], None], patience: float) -> tuple[float, float]:
    """Seconds from opening until it can be used, and frames a second while it is dragged; infinite and 0 if never."""
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    begin = perf_counter()
    page.goto(path.as_uri(), wait_until="commit")
    try:
        wait(page, patience)
    except Error:
        return float("inf"), 0.0
    spent = perf_counter() - begin
    page.evaluate(f"() => {{ window.frames_ = ({FRAMES})(); }}")
    page.mouse.move(400, 700)
    page.mouse.down()
    for step in range(60):
        page.mouse.move(400 + 4 * step, 700 - 2 * step)
    page.mouse.up()
    frames = float(page.evaluate("() => window.frames_"))
    page.close()
    return spent, frames


def written(make: Callable[[ox.Store, Path], None], store: ox.Store, path: Path, patience: float) -> float:
    """Seconds to write the page, infinite if it takes too long; in a process of its own, which can be ended."""
    begin = perf_counter()
    process = multiprocessing.get_context("fork").Process(target=make, args=(store, path))
    process.start()
    process.join(patience)
    if process.is_alive():
        process.kill()
        process.join()
        return float("inf")
    return perf_counter() - begin


def report(browser: Any, make: Callable[[ox.Store, Path], None], store: ox.Store, path: Path, patience: float) -> str:
    """What came of writing and opening one page."""
    spent = written(make, store, path, patience)
    if spent == float("inf"):
        return f"not written in {patience:.0f} s"
    runs = [opened(browser, path, WAYS[make], patience) for _ in range(3 if make is ours else 1)]
    first, frames = min(run[0] for run in runs), max(run[1] for run in runs)
    after = f"usable after {first:.2f} s, {frames:.0f} frames/s" if frames else f"not usable in {patience:.0f} s"
    return f"written in {spent:.1f} s, {path.stat().st_size / 1e6:.1f} MB, {after}"


def main() -> None:
    """Write and open both pages of both graphs, a line for each."""
    patience = float(sys.argv[1]) if len(sys.argv) > 1 else 300.0
    with tempfile.TemporaryDirectory() as directory:
        for size, numbers in SIZES.items():
            store = metropolis(*numbers).store
            for make in WAYS:
                path, load = Path(directory) / f"{make.__name__}{size}.html", os.getloadavg()[0]
                with sync_playwright() as playwright:
                    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
                    said = report(browser, make, store, path, patience)
                    browser.close()
                print(f"{size} things, {make.__name__}: {said} (load {load:.1f})", flush=True)


if __name__ == "__main__":
    main()

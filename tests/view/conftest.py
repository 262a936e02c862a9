"""A browser where the machine has one, pages written once, and the little newsroom whose facts they show."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from newsroom import Newsroom, metropolis, small_town

from kg.view import write_view

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Two frames after the scripts have run the picture stands, on however busy a machine.
DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.fixture(scope="session")
def town() -> Newsroom:
    """The small invented town."""
    return small_town()


@pytest.fixture(scope="session")
def town_page(town: Newsroom, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its page."""
    path = tmp_path_factory.mktemp("town") / "graph.html"
    write_view(town.store, path)
    return path


@pytest.fixture(scope="session")
def city() -> Newsroom:
    """A graph of 2,000 things and 1,150 events."""
    return metropolis()


@pytest.fixture(scope="session")
def city_page(city: Newsroom, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its page."""
    path = tmp_path_factory.mktemp("city") / "graph.html"
    write_view(city.store, path)
    return path


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """Chromium, or a skip with its reason; with KG_REQUIRE_BROWSER=1 its absence is a failure."""
    required = os.environ.get("KG_REQUIRE_BROWSER") == "1"
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        if required:
            raise
        pytest.skip("playwright is not installed")
    program = shutil.which("chromium") or CHROMIUM
    if not Path(program).exists():
        if required:
            pytest.fail(f"KG_REQUIRE_BROWSER=1, but there is no {program}")
        pytest.skip(f"there is no browser at {program}")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def show(browser) -> Iterator[Callable[..., object]]:
    """Opens a page file; the test fails if the page logs an error or asks for anything but itself."""
    faults: list[str] = []
    contexts = []

    def open_page(path: Path, address: str = "", width: int = 1400, height: int = 900, **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: faults.append(f"console: {m.text}") if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: faults.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on(
            "request", lambda r: faults.append(f"request: {r.url}") if r.url.split("#")[0] != path.as_uri() else None
        )
        page.goto(path.as_uri() + address)
        if options.get("java_script_enabled", True):
            page.evaluate(DRAWN)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [fault for fault in faults if not fault.startswith("request: data:,")] == []

"""The README's picture: python -m tests.picture writes .readme/page.png from the two pages in seeds/pages."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from kg.pipeline import build

ROOT = Path(__file__).parents[1]
EVENT = "柴伟检查督导仙人河主城区段"


def main() -> None:
    """Build the pages, unfold an event on the picture and take what the browser shows."""
    with tempfile.TemporaryDirectory() as directory, sync_playwright() as playwright:
        build([ROOT / "seeds/pages"], directory)
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        page.goto((Path(directory) / "graph.html").as_uri() + f"#event/{EVENT}")
        page.get_by_role("button", name="在图上显示").click()
        page.mouse.move(5, 300)
        page.wait_for_timeout(300)
        page.screenshot(path=ROOT / ".readme/page.png")
        browser.close()


if __name__ == "__main__":
    main()

"""The whole walk over two invented pages: the same sorted N-Quads under every hash seed and file order.

They are those of the golden file. After a change on purpose: `pytest tests/test_walk.py --update-golden`, then read
the difference.
"""

from __future__ import annotations

import difflib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.pipeline import build

WALK = Path(__file__).parent / "walk"
PAGES = (WALK / "2031-05-06.txt", WALK / "2031-05-09.md")
GOLDEN = WALK / "graph.nq"
SCRIPT = "import sys; from kg.pipeline import build; build(sys.argv[2:], sys.argv[1])"


def walked(pages: tuple[Path, ...], seed: str, output: Path) -> bytes:
    """The graph that a fresh process builds under a hash seed."""
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    command = [sys.executable, "-c", SCRIPT, str(output), *map(str, pages)]
    subprocess.run(command, cwd=WALK.parents[1], env=environment, check=True)
    return (output / "graph.nq").read_bytes()


def test_hash_seed_and_file_order_change_no_byte(tmp_path: Path) -> None:
    one = walked(PAGES, "1", tmp_path / "one")
    two = walked(PAGES[::-1], "2", tmp_path / "two")
    assert one == two
    lines = one.splitlines()
    assert lines == sorted(set(lines)) and len(lines) > 200


def test_the_golden_graph(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    built = build(PAGES, tmp_path / "out")
    graph = (built.output / "graph.nq").read_text(encoding="utf-8")
    if pytestconfig.getoption("--update-golden"):
        GOLDEN.write_text(graph, encoding="utf-8")
    golden = GOLDEN.read_text(encoding="utf-8")
    changed = list(difflib.unified_diff(golden.splitlines(), graph.splitlines(), "golden", "now", n=0, lineterm=""))
    assert changed == [], "\n".join(["gains (+) and losses (-); --update-golden takes them over:", *changed])


def test_the_golden_pages_are_read_whole(tmp_path: Path) -> None:
    built = build(PAGES, tmp_path / "out")
    assert (built.pages, built.articles, built.skipped) == (2, 4, ())

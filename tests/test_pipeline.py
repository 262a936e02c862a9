"""Pages in, a graph on disk out: the same bytes whatever the order, the hash seed, the number of workers."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.model import KgError
from kg.pipeline import build, publish
from kg.store import read_only_engine
from kg.vocab import PREFIXES

MAY = """通化日报
2031年5月6日 星期二 总第100期

# 魏承远到东昌区调研城市建设工作

本报讯(记者 麦青)5月5日,市委书记魏承远到东昌区调研城市建设工作。副市长陶晓敏参加调研。
"""
JUNE = """通化日报
2031年6月2日 星期一 总第120期

# 全市防汛工作会议召开

本报讯(记者 麦青)6月1日,全市防汛工作会议召开。市委书记魏承远主持会议并讲话,市水利局局长郭建平作汇报。
"""
FILES = ("graph.nq", "graph.ttl", "graph.html", "store")
PREFIX = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A directory with two pages of one paper."""
    folder = tmp_path / "pages"
    (folder / "june").mkdir(parents=True)
    (folder / "may.txt").write_text(MAY, encoding="utf-8")
    (folder / "june" / "june.md").write_text(JUNE, encoding="utf-8")
    return folder


def run(arguments: Sequence[str | Path], seed: str, cwd: Path) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    subprocess.run(
        [sys.executable, "-m", "kg", *arguments], cwd=cwd, env=environment, check=True, stdout=subprocess.DEVNULL
    )


def test_file_order_and_hash_seed_change_no_byte(pages: Path, tmp_path: Path) -> None:
    may, june = pages / "may.txt", pages / "june" / "june.md"
    run(["build", may, june, "-o", "one"], "1", tmp_path)
    run(["build", june, may, june, "-o", "two"], "2", tmp_path)
    for name in ("graph.nq", "graph.ttl", "graph.html"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


def test_a_build_writes_graph_store_turtle_and_page_and_counts_what_is_in_them(pages: Path, tmp_path: Path) -> None:
    built = build([pages], tmp_path / "out")
    assert sorted(path.name for path in built.output.iterdir()) == sorted(FILES)
    assert (built.changed, built.pages, built.articles, built.skipped) == (True, 2, 2, ())
    engine = read_only_engine(built.output)

    def count(kind: str) -> int:
        found = engine.query(f"{PREFIX} SELECT (COUNT(?x) AS ?n) {{ ?x a {kind} }}")
        assert isinstance(found, ox.QuerySolutions)
        return int(next(found)["n"].value)

    assert count("foaf:Person") == built.people >= 4
    assert count("org:Organization") == built.agencies >= 1
    assert count("schema:Place") == built.places >= 1
    assert count("sem:Event") == built.events == 2
    assert count("org:Membership") == built.posts >= 3
    assert built.facts == built.posts + built.events + count("sem:Role")


def test_the_same_again_changes_nothing_and_touches_no_file(pages: Path, tmp_path: Path) -> None:
    first = build([pages], tmp_path / "out")
    stamps = {path.name: path.stat().st_mtime_ns for path in first.output.iterdir()}
    again = build([pages / "june", pages], tmp_path / "out")
    assert not again.changed
    assert {path.name: path.stat().st_mtime_ns for path in again.output.iterdir()} == stamps


def test_a_damaged_store_is_written_again(pages: Path, tmp_path: Path) -> None:
    build([pages], tmp_path / "out")
    for file in (tmp_path / "out" / "store").iterdir():
        file.write_bytes(b"")
    assert build([pages], tmp_path / "out").changed
    assert len(read_only_engine(tmp_path / "out")) > 100


def test_pages_added_one_by_one_give_the_graph_of_all(pages: Path, tmp_path: Path) -> None:
    build([pages / "may.txt"], tmp_path / "grown")
    build([pages], tmp_path / "grown")
    build([pages], tmp_path / "whole")
    for name in ("graph.nq", "graph.ttl"):
        assert (tmp_path / "grown" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()


def test_workers_change_no_byte(pages: Path, tmp_path: Path) -> None:
    for number in range(70):
        (pages / f"{number}.txt").write_text(MAY.replace("5月5日", f"5月{number % 5 + 1}日"), encoding="utf-8")
    build([pages], tmp_path / "one", jobs=1)
    build([pages], tmp_path / "two", jobs=2)
    assert (tmp_path / "one" / "graph.nq").read_bytes() == (tmp_path / "two" / "graph.nq").read_bytes()


BAD = {
    "empty.txt": (b"", "empty"),
    "binary.txt": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", ""),
    "no-article.txt": ("通化日报\n2031年5月6日 星期二\n".encode(), "no article"),
}


def test_what_cannot_be_read_is_named_and_the_rest_is_built(pages: Path, tmp_path: Path) -> None:
    for name, (raw, _) in BAD.items():
        (pages / name).write_bytes(raw)
    (pages / "notes.pdf").write_bytes(b"%PDF")
    built = build([pages, tmp_path / "missing.txt"], tmp_path / "out")
    assert built.pages == 2
    reasons = {Path(name).name: reason for name, reason in built.skipped}
    assert set(reasons) == {*BAD, "missing.txt"}
    assert all(word in reasons[name] for name, (_, word) in BAD.items())
    assert reasons["missing.txt"] == "no such file or directory"
    assert not any("\n" in reason for reason in reasons.values())


def test_when_no_page_can_be_read_the_old_graph_stays(pages: Path, tmp_path: Path) -> None:
    build([pages], tmp_path / "out")
    before = {name: (tmp_path / "out" / name).stat().st_mtime_ns for name in FILES}
    (tmp_path / "empty").mkdir()
    with pytest.raises(KgError, match="no page could be read"):
        build([tmp_path / "empty", tmp_path / "missing"], tmp_path / "out")
    assert {name: (tmp_path / "out" / name).stat().st_mtime_ns for name in FILES} == before


def test_an_output_that_cannot_be_written_says_so(pages: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(KgError, match="cannot be written"):
        build([pages], tmp_path / "file" / "out")


def test_a_graph_that_cannot_be_loaded_leaves_the_old_one_whole(pages: Path, tmp_path: Path) -> None:
    build([pages], tmp_path / "out")
    before = (tmp_path / "out" / "graph.nq").read_bytes()
    with pytest.raises(KgError):
        publish(b"no N-Quads\n", tmp_path / "out")
    assert (tmp_path / "out" / "graph.nq").read_bytes() == before
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(FILES)


def test_standard_input_is_a_page_too(tmp_path: Path) -> None:
    built = build(["-"], tmp_path / "out", stdin=MAY.encode())
    names = [line for line in (tmp_path / "out" / "graph.nq").read_text("utf-8").splitlines() if '"stdin.txt"' in line]
    assert built.pages == 1 and len(names) == 2


@pytest.mark.parametrize("base", ["", "nonsense", "https://e.org/kg", "https://e.org/<x>/", "file:///x/"])
def test_a_base_that_cannot_begin_an_iri_is_refused(base: str, pages: Path, tmp_path: Path) -> None:
    with pytest.raises(KgError, match="cannot begin an IRI"):
        build([pages], tmp_path / "out", base=base)


def test_progress_counts_every_page(pages: Path, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    build([pages], tmp_path / "out", progress=lambda done, total: seen.append((done, total)))
    assert seen == [(0, 2), (1, 2), (2, 2)]

"""Pages in, a graph on disk out: the same bytes whatever the order, the hash seed, the number of workers."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import reading
from kg.files import only_writer
from kg.holdings import pages_in
from kg.lexicon import load_lexicon
from kg.model import KgError
from kg.pipeline import add, build, drop
from kg.progress import in_silence
from kg.publish import publish
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
FILES = (".stores", "graph.nq", "graph.ttl", "graph.html", "pages.db", "store")
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


def test_a_graph_that_comes_to_no_end_leaves_the_old_one_whole(pages: Path, tmp_path: Path) -> None:
    def torn() -> Iterator[ox.Quad]:
        yield from list(read_only_engine(tmp_path / "out"))[:10]
        raise KgError("no more")

    build([pages], tmp_path / "out")
    before = (tmp_path / "out" / "graph.nq").read_bytes()
    with pytest.raises(KgError, match="no more"):
        publish(torn(), tmp_path / "out", in_silence)
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


def test_progress_counts_every_page_and_names_what_is_done(pages: Path, tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    build([pages], tmp_path / "out", progress=lambda doing, done, total: seen.append((doing, done, total)))
    assert seen[:3] == [("reading", 0, 2), ("reading", 1, 2), ("reading", 2, 2)]
    assert [doing for doing, *_ in seen[3:]] == ["comparing", "writing", "loading", "indexing"]


def test_what_was_read_before_somebody_stopped_it_is_not_read_again(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(doing: str, done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(reading, "_BLOCK", 1)
    with pytest.raises(KeyboardInterrupt):
        build([pages], tmp_path / "out", progress=stop)
    assert build([pages], tmp_path / "out").read == 1


def test_what_nobody_could_read_as_it_is_gets_its_turtle_and_page_only_where_asked(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([pages], tmp_path / "small")
    with monkeypatch.context() as patch:
        patch.setattr("kg.publish.TOO_MANY_TO_READ", 100)
        built = build([pages], tmp_path / "out")
        assert (built.changed, built.unwritten) == (True, ("graph.ttl", "graph.html"))
        assert not build([pages], tmp_path / "out").changed
        assert (tmp_path / "out" / "graph.nq").read_bytes() == (tmp_path / "small" / "graph.nq").read_bytes()
    assert build([pages], tmp_path / "out").unwritten == ()


# --- growing and cutting -----------------------------------------------------------------------------------------

WALK = Path(__file__).parent / "walk"
SHEETS = {
    "may.txt": MAY,
    "june.txt": JUNE,
    "walk.txt": (WALK / "2031-05-06.txt").read_text(encoding="utf-8"),
    "walk.md": (WALK / "2031-05-09.md").read_text(encoding="utf-8"),
    "late.txt": JUNE.replace("6月1日", "6月3日").replace("郭建平", "郭建安"),
}


def graph_of(output: Path) -> tuple[bytes, ...]:
    return tuple((output / name).read_bytes() for name in ("graph.nq", "graph.ttl", "graph.html"))


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.sampled_from(sorted(SHEETS))), min_size=1, max_size=7))
def test_grown_and_cut_it_is_the_graph_built_at_once(steps: list[tuple[bool, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        for name, text in SHEETS.items():
            (here / name).write_text(text, encoding="utf-8")
        held = {"may.txt"}
        build([here / "may.txt"], here / "grown")
        for is_added, name in steps:
            if is_added:
                assert add([here / name], here / "grown").changed == (name not in held)
                held.add(name)
            elif name in held and len(held) > 1:
                assert drop([name], here / "grown").read == 0
                held.remove(name)
        build([here / name for name in held], here / "whole")
        assert graph_of(here / "grown") == graph_of(here / "whole")
        assert sorted(read_only_engine(here / "grown"), key=str) == sorted(read_only_engine(here / "whole"), key=str)


def test_a_page_that_was_read_is_not_read_again(pages: Path, tmp_path: Path) -> None:
    assert build([pages], tmp_path / "out").read == 2
    (pages / "late.txt").write_text(SHEETS["late.txt"], encoding="utf-8")
    grown = add([pages], tmp_path / "out")
    assert (grown.read, grown.pages, grown.changed) == (1, 3, True)
    assert (add([pages], tmp_path / "out").changed, build([pages], tmp_path / "out").read) == (False, 0)


def test_a_file_that_has_changed_takes_its_own_place(pages: Path, tmp_path: Path) -> None:
    build([pages], tmp_path / "out")
    (pages / "may.txt").write_text(SHEETS["late.txt"], encoding="utf-8")
    assert add([pages / "may.txt"], tmp_path / "out").pages == 2
    build([pages], tmp_path / "whole")
    assert graph_of(tmp_path / "out") == graph_of(tmp_path / "whole")
    # The same text from elsewhere replaces nothing, and a file of that name elsewhere is a page of its own.
    (tmp_path / "may.txt").write_text(MAY, encoding="utf-8")
    assert add([tmp_path / "may.txt"], tmp_path / "out").pages == 3
    with pytest.raises(KgError, match=r"2 pages are called may.txt: name one by its IRI"):
        drop(["may.txt"], tmp_path / "out")


def test_an_article_is_dropped_by_its_name_in_tables_and_comes_back_with_its_page(tmp_path: Path) -> None:
    page = WALK / "2031-05-06.txt"
    build([page], tmp_path / "out")
    before = graph_of(tmp_path / "out")
    engine = read_only_engine(tmp_path / "out")
    article = next(g.value for g in sorted(engine.named_graphs(), key=str) if isinstance(g, ox.NamedNode))
    articles = add([page], tmp_path / "out").articles
    assert articles > 1
    cut = drop([article.replace("https://w3id.org/kg-gazette/id/", "id:")], tmp_path / "out")
    assert (cut.articles, cut.pages) == (articles - 1, 1)
    assert article.encode() not in (tmp_path / "out" / "graph.nq").read_bytes()
    assert build([], tmp_path / "out").articles == articles - 1
    assert add([page], tmp_path / "out").articles == articles
    assert graph_of(tmp_path / "out") == before


def test_what_is_not_there_cannot_be_dropped(pages: Path, tmp_path: Path) -> None:
    build([pages / "may.txt"], tmp_path / "out")
    with pytest.raises(KgError, match=r"no page or article 'mai.txt' in the graph: did you mean may.txt"):
        drop(["mai.txt"], tmp_path / "out")
    with pytest.raises(KgError, match="no page is left"):
        drop(["may.txt"], tmp_path / "out")
    with pytest.raises(KgError, match="no graph at"):
        drop(["may.txt"], tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_pages_go_on_as_they_began_and_are_built_again_by_other_rules(pages: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "titles.tsv").write_text("title\tkind\torgan\n巡河长\tpost\t\n", encoding="utf-8")
    sheet = pages / "late.txt"
    sheet.write_text(SHEETS["late.txt"].replace("市水利局局长", "市水利局巡河长"), encoding="utf-8")
    build([pages / "may.txt"], tmp_path / "out", lexicon=load_lexicon(own), base="https://e.org/id/")
    add([sheet], tmp_path / "out")
    build([pages / "may.txt", sheet], tmp_path / "whole", lexicon=load_lexicon(own), base="https://e.org/id/")
    assert graph_of(tmp_path / "out") == graph_of(tmp_path / "whole")
    # The files may have gone: the graph is built again from what is kept.
    build([pages / "may.txt", sheet], tmp_path / "plain")
    sheet.unlink()
    (pages / "may.txt").unlink()
    assert build([], tmp_path / "out").read == 2
    assert graph_of(tmp_path / "out") == graph_of(tmp_path / "plain")


def test_a_shelf_from_a_stranger_runs_nothing(pages: Path, tmp_path: Path) -> None:
    build([pages], tmp_path / "out")
    harm = zlib.compress(b"cos\nsystem\n(S'touch " + str(tmp_path / "harm").encode() + b"'\ntR.")
    with sqlite3.connect(tmp_path / "out" / "pages.db") as shelf:
        shelf.execute("UPDATE reading SET said = ?", (harm,))
    assert build([pages], tmp_path / "out").read == 2
    assert not (tmp_path / "harm").exists()


def test_a_shelf_that_is_no_good_says_what_to_do(pages: Path, tmp_path: Path) -> None:
    build([pages], tmp_path / "out")
    (tmp_path / "out" / "pages.db").write_bytes(b"not a database" * 100)
    with pytest.raises(KgError, match="delete it and run kg build PAGES again"):
        add([pages], tmp_path / "out")
    (tmp_path / "out" / "pages.db").unlink()
    with pytest.raises(KgError, match="its text is not kept there"):
        add([pages], tmp_path / "out")
    assert build([pages], tmp_path / "out").pages == 2
    with sqlite3.connect(tmp_path / "out" / "pages.db") as shelf:
        shelf.execute("PRAGMA user_version = 99")
    with pytest.raises(KgError, match=r"written by a newer kg \(format 99"):
        add([pages], tmp_path / "out")


# --- crashes and company -----------------------------------------------------------------------------------------

KILLS = int(os.environ.get("KG_KILLS", "20"))
# A process that loads everything once and forks a writer for each blow, so that most of the time goes into writing.
WRITERS = """
import os, select, signal, sys, time
from pathlib import Path
from kg.lexicon import load_lexicon
from kg.pipeline import add, drop, read_source
from kg.sources import Source
import kg.view
here = Path(sys.argv[1])
read_source(Source("0.txt", here / "0.txt"), load_lexicon())

def write(number, out):
    while True:
        page = here / f"{number % 7}.txt"
        add([page], here / "out")
        os.write(out, f"added {page.name}\\n".encode())
        if number % 3 == 0:
            drop([page.name], here / "out")
            os.write(out, f"dropped {page.name}\\n".encode())
        number += 1

for line in sys.stdin:
    number, delay = line.split()
    ours, its = os.pipe()
    if (child := os.fork()) == 0:
        try:
            write(int(number), its)
        except BaseException as error:
            os.write(its, f"failed {error!r}\\n".encode())
        os._exit(1)
    os.close(its)
    time.sleep(float(delay))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(ours) as said:
        print(*said.read().splitlines(), sep="|", flush=True)
"""


def test_killed_at_any_moment_it_holds_all_that_was_reported_and_nothing_half(tmp_path: Path) -> None:
    for number in range(7):
        text = MAY.replace("5月5日", f"5月{number + 1}日").replace("陶晓敏", f"陶晓{'敏明梅民鸣铭闽'[number]}")
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "base.txt").write_text(JUNE, encoding="utf-8")
    build([tmp_path / "base.txt"], tmp_path / "out")
    chance = Random(20310506)
    held = {"base.txt"}
    command = [sys.executable, "-c", WRITERS, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writers:
        assert writers.stdin and writers.stdout
        for number in range(KILLS):
            print(number, chance.random() * 0.8, file=writers.stdin, flush=True)
            for deed, name in (line.split(maxsplit=1) for line in writers.stdout.readline().strip().split("|") if line):
                assert deed in ("added", "dropped"), name
                (held.add if deed == "added" else held.discard)(name)
            standing = {name for _, name, _ in pages_in(read_only_engine(tmp_path / "out"))}
            # What was under way when the blow fell is there or is not; all else is as reported.
            assert len(standing ^ held) <= 1
            held = standing
        writers.stdin.close()
    add([tmp_path / "0.txt"], tmp_path / "out")
    build([tmp_path / name for name in held | {"0.txt"}], tmp_path / "whole")
    assert graph_of(tmp_path / "out") == graph_of(tmp_path / "whole")
    assert len(list((tmp_path / "out" / ".stores").iterdir())) <= 2


def test_a_second_writer_gets_one_clear_line_and_readers_go_on(pages: Path, tmp_path: Path) -> None:
    build([pages / "may.txt"], tmp_path / "out")
    reader = read_only_engine(tmp_path / "out")
    size = len(reader)
    with only_writer(tmp_path / "out"):
        with pytest.raises(KgError, match=r"another kg is writing to .*out/: try again when it is done"):
            add([pages], tmp_path / "out")
        assert len(read_only_engine(tmp_path / "out")) == size
    assert add([pages], tmp_path / "out").pages == 2
    assert add([pages / "late.txt"], tmp_path / "out").changed is False
    drop(["june.md"], tmp_path / "out")
    # Two stores later the reader still reads what it opened.
    assert len(reader) == size == sum(1 for _ in reader)


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="mounts a small disk")
def test_a_full_disk_leaves_the_old_graph(pages: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no small disk to be had")
    try:
        build([pages / "may.txt"], disk / "out")
        before = graph_of(disk / "out")
        free = shutil.disk_usage(disk).free
        (disk / "ballast").write_bytes(b"\0" * (free - 100_000))
        with pytest.raises(KgError, match=r"cannot be written|disk"):
            add([pages], disk / "out")
        assert graph_of(disk / "out") == before
        assert len(read_only_engine(disk / "out")) == before[0].count(b"\n")
        (disk / "ballast").unlink()
        assert add([pages], disk / "out").pages == 2
    finally:
        subprocess.run(["umount", disk], check=True)

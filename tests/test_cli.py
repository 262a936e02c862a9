"""The command line: exit codes, one clear line a fault, data on stdout and nothing else there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.export import EXPORTERS
from kg.query import describe_library

PAGE = """通化日报
2031年5月6日 星期二 总第100期

# 魏承远到东昌区调研城市建设工作

本报讯(记者 麦青)5月5日,市委书记魏承远到东昌区调研城市建设工作。副市长陶晓敏参加调研。
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with one page in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    return tmp_path


@pytest.fixture
def built(here: Path) -> Path:
    """A working directory in which the page is built."""
    assert kg("build", "page.txt").exit_code == 0
    return here


def kg(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, arguments, input=stdin, prog_name="kg")


def test_build_says_what_it_found(here: Path) -> None:
    result = kg("build", "page.txt")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0] == "output: written"
    assert [line.split()[0] for line in lines[1:]] == [
        *("pages", "articles", "people", "agencies", "places", "events", "posts", "facts", "questions")
    ]
    assert lines[1].split() == ["pages", "1"]
    assert kg("build", "page.txt").stdout.startswith("output: unchanged\n")


def test_own_rows_change_what_is_read(here: Path) -> None:
    """A title and an organ that only this user's papers print."""
    odd = PAGE.replace("副市长陶晓敏", "通化市总茶师陶晓敏").replace("参加调研", "和市祭茶局负责人参加调研")
    (here / "odd.txt").write_text(odd, encoding="utf-8")
    own = here / "own"
    own.mkdir()
    (own / "titles.tsv").write_text("title\tkind\torgan\n总茶师\tpost\t祭茶局\n", encoding="utf-8")
    row = "祭茶局\t{place}祭茶局\t{place}祭茶管理局\tdepartment\t政府\t\tyes"
    header = "form\tcanonical\tlegal\tcategory\tparent\tlevel\tformal"
    (own / "agencies.tsv").write_text(f"{header}\n{row}\n", encoding="utf-8")
    without, with_own = kg("explain", "odd.txt").stdout, kg("explain", "odd.txt", "--lexicon", "own").stdout
    assert "陶晓敏, 总茶师" not in without
    assert "→ post: 吉林省/通化市/陶晓敏, 总茶师, 吉林省/通化市/通化市祭茶局" in with_own
    assert "市委书记" in with_own and "→ post: 吉林省/通化市/魏承远, 书记" in with_own  # the built-in rows hold too
    assert kg("build", "odd.txt", "--lexicon", "own", "-q").exit_code == 0
    graph = (here / "output" / "graph.nq").read_text("utf-8")
    assert '"通化市祭茶管理局"@zh' in graph
    (own / "titles.tsv").write_text("title\tkind\torgan\n总茶师\tpost\t祭酒局\n", encoding="utf-8")
    result = kg("build", "odd.txt", "--lexicon", "own")
    fault = "kg: error: own/titles.tsv:2: organ 祭酒局 is neither in agencies.tsv nor in national.tsv\n"
    assert (result.exit_code, result.stderr) == (1, fault)


def test_quiet_is_quiet(here: Path) -> None:
    assert kg("build", "page.txt", "-q").output == ""


def test_a_page_by_standard_input(here: Path) -> None:
    assert kg("build", "-", stdin=PAGE.encode()).exit_code == 0


def test_some_inputs_not_read_is_exit_3_and_a_line_for_each(here: Path) -> None:
    (here / "empty.txt").write_bytes(b"")
    result = kg("build", "page.txt", "empty.txt", "missing.txt")
    assert result.exit_code == 3
    lines = result.stderr.splitlines()
    assert [line.split(": ")[:3] for line in lines] == [
        ["kg", "not read", "missing.txt"],
        ["kg", "not read", "empty.txt"],
    ]
    assert (here / "output" / "graph.nq").exists()


FAULTS = [
    (("build", "missing.txt"), 1, "kg: error: no page could be read"),
    (("build", "page.txt", "--lexicon", "nowhere"), 1, "kg: error: nowhere: no such directory"),
    (("explain", "page.txt", "--lexicon", "."), 1, "kg: error: .: no table in it; it may hold places.tsv"),
    (("build", "page.txt", "--base", "x y"), 1, "kg: error: 'x y' cannot begin an IRI"),
    (("build", "page.txt", "-o", "page.txt/out"), 1, "kg: error: page.txt/out: cannot be written"),
    (("build",), 2, "Missing argument"),
    (("build", "page.txt", "-j", "0"), 2, "0 is not in the range"),
    (("export", "nq"), 1, "kg: error: no graph at output/: run kg build PAGES first"),
    (("export", "doc"), 2, "'doc' is not one of"),
    (("view",), 1, "kg: error: no graph at output/"),
    (("explain", "missing.txt"), 1, "kg: error: missing.txt: no such file or directory"),
    (("unknown",), 2, "No such command"),
    (("query", "posts-of", "-p", "person=甲"), 1, "kg: error: no graph at output/"),
    (("query", "post-of"), 1, "posts-of"),
    (("query", "posts-of", "-f", "doc"), 2, "'doc' is not one of"),
]


@pytest.mark.parametrize(("arguments", "code", "message"), FAULTS, ids=[" ".join(row[0]) for row in FAULTS])
def test_a_fault_is_one_clear_line(here: Path, arguments: tuple[str, ...], code: int, message: str) -> None:
    result = kg(*arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    if code == 1:
        assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("form", EXPORTERS)
def test_every_format_goes_to_standard_output_or_to_a_file(built: Path, form: str) -> None:
    shown = kg("export", form)
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert kg("export", form, "-o", f"graph.{form}").output == ""
    assert (built / f"graph.{form}").read_bytes() == shown.stdout_bytes


def test_the_exported_nquads_are_the_built_ones(built: Path) -> None:
    assert kg("export", "nq").stdout_bytes == (built / "output" / "graph.nq").read_bytes()
    assert kg("export", "ttl").stdout_bytes == (built / "output" / "graph.ttl").read_bytes()


def test_an_export_that_cannot_be_written_says_so(built: Path) -> None:
    result = kg("export", "nq", "-o", "missing/graph.nq")
    assert (result.exit_code, result.stderr) == (
        1,
        "kg: error: missing/graph.nq: cannot be written (No such file or directory)\n",
    )


def test_query_without_a_name_lists_the_library(here: Path) -> None:
    assert kg("query").stdout == describe_library() != ""


def test_query_answers_in_a_pipe_as_plain_tsv(built: Path) -> None:
    result = kg("query", "posts-of", "-p", "person=魏承远")
    assert (result.exit_code, result.stderr) == (0, "")
    heads, *rows = (line.split("\t") for line in result.stdout.splitlines())
    assert dict(zip(heads, rows[0], strict=True))["title"] == "书记"


def test_query_takes_sparql_from_standard_input_and_writes_to_a_file(built: Path) -> None:
    sparql = b"SELECT ?label { ?x a foaf:Person ; rdfs:label ?label } ORDER BY ?label"
    assert kg("query", "-", "-f", "csv", "-o", "people.csv", stdin=sparql).output == ""
    assert (built / "people.csv").read_text("utf-8").split() == ["label", "陶晓敏", "魏承远", "麦青"]


def test_query_says_when_nothing_is_called_so(built: Path) -> None:
    result = kg("query", "posts-of", "-p", "person=魏承")
    assert result.exit_code == 0 and len(result.stdout.splitlines()) == 1
    assert result.stderr.startswith("kg: nothing is called 魏承") and "魏承远" in result.stderr


def test_query_describes_what_it_asks_for_without_a_graph(here: Path) -> None:
    assert "person" in kg("query", "posts-of", "--describe").stdout


def test_view_writes_a_page_and_knows_whom_it_may_focus_on(built: Path) -> None:
    assert kg("view", "--focus", "魏承远", "-o", "wei.html").exit_code == 0
    assert "魏承远" in (built / "wei.html").read_text("utf-8")
    result = kg("view", "--focus", "查无此人", "-o", "none.html")
    assert result.exit_code == 1 and result.stderr.startswith("kg: error: ")
    assert not (built / "none.html").exists()


def test_view_makes_a_picture_of_what_a_query_answers(built: Path) -> None:
    (built / "mayors.rq").write_text(
        "CONSTRUCT { ?p a foaf:Person } { ?p ^org:member/org:role/rdfs:label '副市长'@zh }"
    )
    for asked in ("mayors.rq", "SELECT ?p { ?p ^org:member/org:role/rdfs:label '副市长'@zh }"):
        result = kg("view", "--query", asked, "--title", "副市长", "-o", "mayors.html")
        assert (result.exit_code, result.stdout) == (0, "mayors.html: written\n")
        assert "<title>副市长</title>" in (built / "mayors.html").read_text("utf-8")


def test_view_writes_a_page_that_says_so_where_nothing_answers(built: Path) -> None:
    for nothing in (("--since", "2099"), ("--query", "SELECT ?p { ?p a kg:Nothing }")):
        result = kg("view", *nothing)
        assert result.exit_code == 0 and "empty" in result.stdout
        assert (built / "graph.html").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--type", "开会"), "no event in the graph is of type '开会'; there are "),
        (("--since", "上周"), "'上周' is no day"),
        (("--query", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"), "names nothing by an IRI"),
        (("--query", "ASK { ?s ?p ?o }"), "names nothing by an IRI"),
        (("--query", "missing.rq"), "missing.rq"),
    ],
)
def test_view_tells_what_it_cannot_show(built: Path, arguments: tuple[str, ...], said: str) -> None:
    result = kg("view", *arguments)
    assert result.exit_code == 1 and said in result.stderr
    assert not (built / "graph.html").exists()


def test_view_opens_the_page_in_the_browser_of_the_environment(built: Path) -> None:
    browser = built / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {built}/shown\n')
    browser.chmod(0o755)
    command = [sys.executable, "-m", "kg", "view", "--open"]
    ran = subprocess.run(command, env={**os.environ, "BROWSER": f"{browser} %s"}, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    assert (built / "shown").read_text().strip() == (built / "graph.html").as_uri()


def test_explain_shows_sentences_mentions_and_rules(here: Path) -> None:
    result = kg("explain", "page.txt")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[0] == "page.txt · 通化日报 · 2031-05-06"
    assert "person 魏承远 = " in result.stdout and "→ post: " in result.stdout
    assert kg("explain", "-", stdin=PAGE.encode()).stdout.replace("stdin.txt", "page.txt") == result.stdout


def test_a_page_cannot_command_the_terminal(here: Path) -> None:
    (here / "odd\x1b[2J.txt").write_text(PAGE.replace("调研城市", "\x1b[31m调研\x9b城市"), encoding="utf-8")
    result = kg("explain", "odd\x1b[2J.txt")
    assert result.exit_code == 0 and not {"\x1b", "\x9b"} & set(result.stdout)
    (here / "odd\x1b[2J.txt").write_bytes(b"")
    assert "\x1b" not in kg("build", "odd\x1b[2J.txt", "page.txt").stderr


@pytest.mark.parametrize("command", ["", *main.commands])
@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_every_help_has_examples(command: str, flag: str) -> None:
    result = kg(*filter(None, (command, flag)))
    assert result.exit_code == 0
    assert "\n    kg " in result.stdout
    assert max(len(line) for line in result.stdout.splitlines()) <= 120


def test_export_help_explains_every_format() -> None:
    text = kg("export", "-h").stdout
    assert all((write.__doc__ or "-") in text for write in EXPORTERS.values())
    assert "merged" in text


def test_version() -> None:
    assert kg("--version").stdout.startswith("kg, version 0.")


def test_chinese_in_a_locale_without_chinese(here: Path) -> None:
    (here / "页.txt").write_bytes(b"")
    environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "kg", "build", "页.txt", "page.txt"]
    result = subprocess.run(command, cwd=here, env=environment, capture_output=True, check=False)
    assert result.returncode == 3
    assert "页.txt" in result.stderr.decode("utf-8")
    export = subprocess.run(
        [sys.executable, "-m", "kg", "export", "ttl"], cwd=here, env=environment, capture_output=True
    )
    assert "魏承远" in export.stdout.decode("utf-8")


def test_an_interruption_is_exit_130(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kg.pipeline.build", interrupted)
    result = kg("build", "page.txt")
    assert (result.exit_code, result.stderr) == (130, "kg: error: interrupted\n")

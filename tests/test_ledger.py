"""The ledger: what its rows must look like, what speaks against each other, and what each does to the graph."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.ledger import COLUMNS, LedgerError, Row, Verdict, append_rows, read_ledger
from kg.pipeline import add, build, drop
from kg.questions import open_questions
from kg.store import read_only_engine

PAGES = {
    "a.txt": """商洛日报 2031年5月6日 星期二

孟长河调研河道治理
本报讯(记者 麦青)5月5日,市水利局局长孟长河到丹江主城区段调研河道治理工作。
""",
    "b.txt": """商洛日报 2031年5月9日 星期五

孟长诃检查水库
本报讯(记者 麦青)5月8日,市水利局局长孟长诃到二龙山水库检查防汛工作。

市教育局召开座谈会
本报讯(记者 麦青)5月8日,市教育局召开教师座谈会,市教育局局长周宏伟出席并讲话。
""",
    "c.txt": """商洛日报 2031年5月12日 星期一

民警周宏伟
本报讯(记者 麦青)5月11日,市公安局民警周宏伟走进商州区中学开展宣传活动。
""",
}
HE, OTHER_HE = "person/商洛市/孟长河", "person/商洛市/孟长诃"
CHECKED = "event/Inspection/2031-05-08/孟长诃/二龙山水库"
HEAD = "\t".join(COLUMNS) + "\n"
BASE = "https://w3id.org/kg-gazette/id/"


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    directory = tmp_path / "pages"
    directory.mkdir()
    for name, text in PAGES.items():
        (directory / name).write_text(text, encoding="utf-8")
    return directory


def row(verdict: str, subject: str, object: str = "") -> Row:
    return Row(Verdict(verdict), subject, object, "archivist", date(2031, 6, 1), "seen on the microfilm")


def built(pages: Path, tmp_path: Path, *rows: Row, name: str = "out") -> ox.Store:
    """The graph of the pages under a ledger of these rows."""
    ledger = tmp_path / f"{name}.tsv"
    if rows:
        append_rows(ledger, rows)
    build([pages], tmp_path / name, ledger=ledger)
    return read_only_engine(tmp_path / name)


def names(engine: ox.Store, kind: str) -> list[str]:
    """The ends of the IRIs of one kind that have a label."""
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    subjects = {quad.subject.value for quad in engine.quads_for_pattern(None, label, None, None)}
    found = (iri.removeprefix(BASE) for iri in subjects if iri.startswith(f"{BASE}{kind}/"))
    return sorted(name for name in found if name.count("/") < 5 or kind != "event")


def labels(engine: ox.Store, end: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for quad in engine.quads_for_pattern(ox.NamedNode(BASE + end), None, None, None):
        if isinstance(quad.object, ox.Literal):
            found.setdefault(quad.predicate.value.rpartition("#")[2], []).append(quad.object.value)
    return {key: sorted(values) for key, values in found.items()}


def kg(*args: object, input: str = "") -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args], input=input)


# ── the file ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_appended_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "ledger.tsv"
    rows = (
        row("same", HE, OTHER_HE),
        row("rename", CHECKED, "检查二龙山水库"),
        row("reject", "post/商洛市/孟长河/局长"),
    )
    append_rows(path, rows[:1])
    append_rows(path, rows[1:])
    assert read_ledger(path) == rows
    assert path.read_text(encoding="utf-8").startswith(HEAD)
    assert read_ledger(tmp_path / "none.tsv") == ()


def test_undo_takes_rows_back_and_leaves_them_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "ledger.tsv"
    same = row("same", HE, OTHER_HE)
    append_rows(path, [same, same.undone("archivist", date(2031, 6, 2)), row("different", HE, OTHER_HE)])
    assert [one.verdict for one in read_ledger(path)] == [Verdict.DIFFERENT]
    assert path.read_text(encoding="utf-8").count("\n") == 4


WHO = "archivist\t2031-06-01\twhy"
MALFORMED = [
    (f"merge\t{HE}\t{OTHER_HE}\t{WHO}", "no decision is called merge"),
    (f"same\t{HE}\t{OTHER_HE}\tarchivist\tyesterday\twhy", "yesterday is no day"),
    (f"same\t{HE}\t{OTHER_HE}\t\t2031-06-01\twhy", "who decided it and why"),
    (f"same\t{HE}\t{OTHER_HE}\tarchivist\t2031-06-01\t", "who decided it and why"),
    (f"same\t{HE}\t{OTHER_HE}", "3 cells where the header has 6"),
    (f"same\t{HE}\tagency/商洛市/水利局\t{WHO}", "same takes two people, agencies, places or events"),
    (f"same\t{HE}\t{HE}\t{WHO}", "one and the same"),
    (f"different\t{HE}\tevent/x/y\t{WHO}", "different takes two nodes of one kind"),
    (f"rename\t{HE}\t\t{WHO}", "rename takes a node and its new name"),
    (f"fix\t{CHECKED}\t甲\t{WHO}", "fix takes a person"),
    (f"retype\t{HE}\tMeeting\t{WHO}", "retype takes an event"),
    (f"reject\t{HE}\t{OTHER_HE}\t{WHO}", "reject takes one node"),
    (f"reject\tnobody\t\t{WHO}", "reject takes one node"),
    (f"accept\t{HE}\t\t{WHO}", "accept takes one question"),
]


@pytest.mark.parametrize(("line", "fault"), MALFORMED, ids=[fault for _, fault in MALFORMED])
def test_a_malformed_row_is_named_with_its_line(tmp_path: Path, line: str, fault: str) -> None:
    path = tmp_path / "ledger.tsv"
    path.write_text(f"{HEAD}# checked on paper\n{line}\n", encoding="utf-8")
    with pytest.raises(LedgerError) as error:
        read_ledger(path)
    assert str(error.value).startswith(f"{path}:3: ")
    assert fault in str(error.value)


def test_a_file_that_is_no_ledger_is_named(tmp_path: Path) -> None:
    path = tmp_path / "ledger.tsv"
    for content in (b"name\tday\n", b"\xff\xfe", b""):
        path.write_bytes(content)
        with pytest.raises(LedgerError, match=r"ledger\.tsv"):
            read_ledger(path)


A, B, C = "person/商洛市/甲", "person/商洛市/乙", "person/商洛市/丙"
CHAIN = [row("same", A, B), row("same", B, C), row("different", C, A)]


@pytest.mark.parametrize("rows", list(permutations(CHAIN)))
def test_same_through_a_chain_and_different_are_a_contradiction(tmp_path: Path, rows: tuple[Row, ...]) -> None:
    path = tmp_path / "ledger.tsv"
    path.write_text(HEAD + "".join("\t".join(one.cells) + "\n" for one in rows), encoding="utf-8")
    with pytest.raises(LedgerError, match=rf":{2 + rows.index(CHAIN[2])}: .*but the same by"):
        read_ledger(path)


def test_a_contradiction_is_not_appended(tmp_path: Path) -> None:
    path = tmp_path / "ledger.tsv"
    append_rows(path, CHAIN[:2])
    before = path.read_bytes()
    with pytest.raises(LedgerError):
        append_rows(path, CHAIN[2:])
    with pytest.raises(LedgerError, match="甲二, but to 甲一"):
        append_rows(path, [row("rename", A, "甲一"), row("rename", A, "甲二")])
    assert path.read_bytes() == before


def test_a_bad_ledger_stops_the_build_before_it_writes(pages: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.tsv"
    ledger.write_text(f"{HEAD}retype\t{CHECKED}\tPicnic\t{WHO}\n", encoding="utf-8")
    result = kg("build", pages, "-o", tmp_path / "out", "--ledger", ledger)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"kg: error: {ledger}:2: no event type is called Picnic")
    assert not (tmp_path / "out").exists()


def test_a_row_that_never_named_anything_stops_the_build(pages: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.tsv"
    append_rows(ledger, [row("same", HE, OTHER_HE), row("reject", "person/商洛市/没有人")])
    result = kg("build", pages, "-o", tmp_path / "out", "--ledger", ledger)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"kg: error: {ledger}:3: reject person/商洛市/没有人: no such node, see kg show\n"
    assert not (tmp_path / "out").exists()


# ── what rows do ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_without_rows_look_alikes_are_two_and_asked_about(pages: Path, tmp_path: Path) -> None:
    engine = built(pages, tmp_path)
    assert {HE, OTHER_HE} <= set(names(engine, "person"))
    (asked,) = open_questions(engine)
    assert (asked.kind, [side.address for side in asked.sides]) == ("look-alike", [HE, OTHER_HE])
    assert [[told.text for told in side.told][-1] for side in asked.sides] == [
        "5月5日,市水利局局长孟长河到丹江主城区段调研河道治理工作。",
        "5月8日,市水利局局长孟长诃到二龙山水库检查防汛工作。",
    ]


def test_same_makes_one_under_the_first_name(pages: Path, tmp_path: Path) -> None:
    engine = built(pages, tmp_path, row("same", HE, OTHER_HE))
    assert OTHER_HE not in names(engine, "person")
    assert labels(engine, HE)["altLabel"] == ["孟长诃"]
    assert list(open_questions(engine)) == []
    assert labels(engine, "post/商洛市/孟长河/商洛市水利局/局长")["lastAttested"] == ["2031-05-08"]


def test_fix_puts_the_right_name_in_place_of_the_misread_one(pages: Path, tmp_path: Path) -> None:
    engine = built(pages, tmp_path, row("fix", OTHER_HE, "孟长河"))
    assert OTHER_HE not in names(engine, "person")
    assert labels(engine, HE)["altLabel"] == ["孟长诃"]


def test_different_answers_the_question(pages: Path, tmp_path: Path) -> None:
    engine = built(pages, tmp_path, row("different", HE, OTHER_HE))
    assert {HE, OTHER_HE} <= set(names(engine, "person"))
    assert list(open_questions(engine)) == []


def test_different_from_what_an_article_tells_of_splits_a_person(pages: Path, tmp_path: Path) -> None:
    engine = built(pages, tmp_path)
    article = next(name for name in names(engine, "article") if name.startswith("article/a-"))
    engine = built(pages, tmp_path, row("different", "person/商洛市/麦青", article), name="split")
    reporters = [name for name in names(engine, "person") if "麦青" in name]
    assert reporters == ["person/商洛市/麦青", f"person/商洛市/麦青/{article.partition('/')[2].replace('/', '-')}"]


def test_rename_keeps_the_address_and_the_printed_name(pages: Path, tmp_path: Path) -> None:
    engine = built(pages, tmp_path, row("rename", HE, "孟长和"), row("rename", CHECKED, "孟长诃检查防汛"))
    assert (labels(engine, HE)["label"], labels(engine, HE)["altLabel"]) == (["孟长和"], ["孟长河"])
    assert labels(engine, CHECKED)["label"] == ["孟长诃检查防汛"]


def test_retype_and_reject(pages: Path, tmp_path: Path) -> None:
    before = built(pages, tmp_path)
    held = f"{CHECKED}/Lead/孟长诃"
    post = "post/商洛市/孟长河/商洛市水利局/局长"
    assert labels(before, held) and labels(before, post)
    engine = built(
        pages, tmp_path, row("retype", CHECKED, "Mission"), row("reject", held), row("reject", post), name="after"
    )
    kind = ox.NamedNode("http://semanticweb.cs.vu.nl/2009/11/sem/eventType")
    (quad,) = engine.quads_for_pattern(ox.NamedNode(BASE + CHECKED), kind, None, None)
    assert quad.object.value.endswith("#Mission")
    assert not labels(engine, held) and not labels(engine, post)


def test_a_rejected_person_leaves_the_graph_and_the_event_stays(pages: Path, tmp_path: Path) -> None:
    engine = built(pages, tmp_path, row("reject", OTHER_HE))
    assert OTHER_HE not in names(engine, "person")
    assert not any("孟长诃" in name for name in names(engine, "post"))
    assert any("2031-05-08" in name for name in names(engine, "event"))


def test_events_are_joined_and_keep_the_first_address(pages: Path, tmp_path: Path) -> None:
    before = [name for name in names(built(pages, tmp_path), "event") if "Inspection" in name]
    assert len(before) == 2
    engine = built(pages, tmp_path, row("same", CHECKED, next(n for n in before if n != CHECKED)), name="joined")
    assert [name for name in names(engine, "event") if "Inspection" in name] == [CHECKED]


def test_what_is_one_with_a_rejected_event_is_rejected_too(pages: Path, tmp_path: Path) -> None:
    walked = "event/Inspection/2031-05-05/孟长河/丹江主城区段"
    assert {CHECKED, walked} <= set(names(built(pages, tmp_path), "event"))
    left = names(built(pages, tmp_path, row("same", walked, CHECKED), row("reject", walked), name="none"), "event")
    assert not {CHECKED, walked} & set(left)


def test_decisions_outlast_a_new_page_and_are_reported_when_theirs_is_gone(pages: Path, tmp_path: Path) -> None:
    policeman = "person/商洛市/周宏伟/商洛市公安局民警"
    rows = [row("same", HE, OTHER_HE), row("different", "person/商洛市/周宏伟", policeman)]
    new = pages / "d.txt"
    new.write_text(PAGES["a.txt"].replace("6日 星期二", "20日 星期二").replace("5月5日", "5月19日"), encoding="utf-8")
    people = names(built(pages, tmp_path, *rows), "person")
    assert OTHER_HE not in people and policeman in people
    (pages / "b.txt").unlink()
    result = kg("build", pages, "-o", tmp_path / "out", "--ledger", tmp_path / "out.tsv")
    assert result.exit_code == 0
    assert f"names nothing any more: {tmp_path}/out.tsv:2: same {HE} {OTHER_HE}" in result.stderr


def test_the_order_of_pages_and_workers_changes_nothing_under_a_ledger(pages: Path, tmp_path: Path) -> None:
    built(pages, tmp_path, row("same", HE, OTHER_HE), row("retype", CHECKED, "Mission"))
    graph = (tmp_path / "out" / "graph.nq").read_bytes()
    for number, order in enumerate(permutations(sorted(pages.iterdir()))):
        build(order, tmp_path / f"again{number}", ledger=tmp_path / "out.tsv")
        assert (tmp_path / f"again{number}" / "graph.nq").read_bytes() == graph


def test_pages_added_and_dropped_one_by_one_follow_the_ledger(pages: Path, tmp_path: Path) -> None:
    rows = (row("same", HE, OTHER_HE), row("retype", CHECKED, "Mission"))
    built(pages, tmp_path, *rows)
    graph = (tmp_path / "out" / "graph.nq").read_bytes()
    drop(["c.txt"], tmp_path / "out")
    assert (tmp_path / "out" / "graph.nq").read_bytes() != graph
    add([pages / "c.txt", pages / "a.txt"], tmp_path / "out")
    assert (tmp_path / "out" / "graph.nq").read_bytes() == graph


# ── in the terminal ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def output(pages: Path, tmp_path: Path) -> Path:
    build([pages], tmp_path / "out")
    return tmp_path / "out"


def test_check_shows_both_sides_with_their_sentences(output: Path) -> None:
    result = kg("check", "-s", output)
    assert result.exit_code == 0
    assert result.stdout == (
        "形近人名：孟长河 | 孟长诃\n"
        f"  1 孟长河 ({HE})\n"
        "       2031-05-06 《孟长河调研河道治理》 5月5日,市水利局局长孟长河到丹江主城区段调研河道治理工作。\n"
        f"  2 孟长诃 ({OTHER_HE})\n"
        "       2031-05-09 《孟长诃检查水库》 5月8日,市水利局局长孟长诃到二龙山水库检查防汛工作。\n\n"
    )
    assert result.stderr == "1 open question\n"


def test_review_writes_what_was_answered(output: Path) -> None:
    result = kg("review", "-s", output, "--by", "archivist", input="x\n2\n")
    assert result.exit_code == 0
    (decided,) = read_ledger(output / "ledger.tsv")
    assert (decided.verdict, decided.subject, decided.object) == (Verdict.SAME, OTHER_HE, HE)
    assert "1 of 1 questions answered; run kg build again" in result.stdout


def test_review_leaves_what_is_unsure_and_stops_when_told_to(output: Path) -> None:
    for keys in ("u\n", "q\n"):
        assert "0 of 1 questions answered" in kg("review", "-s", output, input=keys).stdout
        assert read_ledger(output / "ledger.tsv") == ()


def test_decide_writes_a_row_and_the_build_follows(output: Path, pages: Path) -> None:
    done = kg("decide", "same", BASE + HE, OTHER_HE, "--why", "misread", "--by", "archivist", "-s", output)
    assert done.exit_code == 0
    kg("build", pages, "-o", output)
    assert OTHER_HE not in names(read_only_engine(output), "person")


def test_decide_takes_no_address_that_the_graph_has_not(output: Path) -> None:
    result = kg("decide", "reject", "person/商洛市/孟长", "--why", "none", "-s", output)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "no node of the graph is called person/商洛市/孟长" in result.stderr
    assert not (output / "ledger.tsv").exists()

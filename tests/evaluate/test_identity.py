"""The gold of identity, what it holds, the floors that it keeps, and how it is scored."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.evaluate import IDENTITY_MEASURES, evaluate_identity, keep_floors
from kg.evaluate.floors import read_floors
from kg.evaluate.identity import bcubed, identity_rows
from kg.evaluate.identity_gold import AGENCIES, EVENTS, KINDS, PEOPLE, Case, IdentityGold, read_identity, read_marks
from kg.evaluate.solved import Solved
from kg.lexicon import Lexicon
from kg.model import KgError

FOLDER = Path(__file__).parent.parent / "gold" / "identity"
FILES = sorted(FOLDER.glob("*.yaml"))
FEWEST_PAIRS = {PEOPLE: 200, AGENCIES: 150, EVENTS: 100}


@pytest.fixture(scope="module")
def golds() -> list[IdentityGold]:
    return [read_identity(path) for path in FILES]


def test_there_are_pairs_enough_and_half_of_them_are_hard(golds: list[IdentityGold]) -> None:
    assert sorted(gold.about for gold in golds) == sorted(KINDS)
    for gold in golds:
        pairs = {hard: sum(len(list(c.pairs)) for c in gold.cases if c.hard is hard) for hard in (True, False)}
        assert sum(pairs.values()) >= FEWEST_PAIRS[gold.about], gold.about
        assert 2 * pairs[True] >= FEWEST_PAIRS[gold.about], gold.about


def test_what_is_marked_could_be_taken_for_one_another(golds: list[IdentityGold]) -> None:
    for gold in golds:
        for case in gold.cases:
            assert case.kind and bool(case.type) is (gold.about == EVENTS), case.name
            for one, two in combinations(case.mentions, 2):
                assert set(one.surface) & set(two.surface), case.name


def test_identity_is_no_worse_than_before(lexicon: Lexicon) -> None:
    scored = evaluate_identity(FILES, lexicon)
    floors = FOLDER / "floors.json"
    assert tuple(read_floors(floors)) == IDENTITY_MEASURES
    keep_floors(scored.rows, floors)


def solved(things: str, nodes: str, about: str = PEOPLE, *, asks: bool = False, asked: bool = False) -> Solved:
    """A hard case with a mention a letter: aab were said, xx- found; - is unread."""
    pages, mentions = read_marks(["".join(f"{{魏|{thing}}}" for thing in things)])
    case = Case(things, "namesake", True, asks, "", pages, mentions)
    return Solved(about, case, tuple(None if node == "-" else node for node in nodes), asked)


BCUBED = [
    ("aab", "xxy", 1.0, 1.0, "as the gold has it"),
    ("aab", "xxx", 5 / 9, 1.0, "two people on one node"),
    ("aaa", "xxy", 1.0, 5 / 9, "one person on two nodes"),
    ("ab", "yx", 1.0, 1.0, "what a node is called does not matter"),
    ("aa", "--", 1.0, 0.5, "what is unread stands alone"),
]


@pytest.mark.parametrize(("things", "nodes", "precision", "recall", "why"), BCUBED)
def test_bcubed(things: str, nodes: str, precision: float, recall: float, why: str) -> None:
    row = bcubed("people", [solved(things, nodes)])
    assert (row.precision, row.recall) == pytest.approx((precision, recall)), why


def test_rows_count_pairs_and_faults() -> None:
    told = [solved("aab", "xx-"), solved("ab", "xx"), solved("ab", "xy", asks=True), solved("aa", "xy")]
    people, apart, asked = identity_rows(told)
    assert (people.mentions, people.unread, people.pairs, people.merged, people.split) == (9, 1, 6, 1, 1)
    # Of the five mentions pairs that are of two people one is on one node.
    assert (apart.measure, apart.pairs, apart.merged, apart.f1) == ("hard namesakes apart", 4, 1, 0.75)
    assert (asked.pairs, asked.f1) == (1, 0.0)
    (*_, asked) = identity_rows([solved("ab", "xy", asks=True, asked=True)])
    assert asked.f1 == 1.0


GOLD = """
identity: people
cases:
- case: a reporter and a vice mayor
  kind: reporter vs official
  hard: true
  pages:
  - |
    通化日报 2031-05-06
    # {陶晓敏|a}到东昌区调研
    本报讯(记者 {魏承远|r})5月5日,副市长{陶晓敏|a}到东昌区调研。
  - |
    通化日报 2031-05-07
    # {陶晓敏|a}主持召开会议
    本报讯(记者 麦青)5月6日,副市长{陶晓敏|a}主持召开会议。
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a gold file of identity."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "gold.yaml").write_text(GOLD, encoding="utf-8")
    return tmp_path


def kg(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["evaluate", *arguments], prog_name="kg")


def test_marks_become_pages_and_mentions(here: Path) -> None:
    (case,) = read_identity(here / "gold.yaml").cases
    assert case.pages[0] == (
        "通化日报\n\n2031年5月6日\n\n# 陶晓敏到东昌区调研\n\n本报讯(记者 魏承远)5月5日,副市长陶晓敏到东昌区调研。\n\n"
    )
    for mention in case.mentions:
        assert case.pages[mention.page][mention.start : mention.end] == mention.surface


def test_the_command_knows_gold_of_identity(here: Path) -> None:
    result = kg("gold.yaml")
    assert (result.exit_code, result.stderr) == (0, "")
    heads, people, apart = (line.split("\t") for line in result.stdout.splitlines())
    assert heads[:5] == ["measure", "precision", "recall", "f1", "mentions"]
    assert people[:4] == ["same people", "1.000", "1.000", "1.000"]
    assert apart[0] == "hard namesakes apart"


def test_faults_come_with_their_case_and_nodes(here: Path) -> None:
    (here / "gold.yaml").write_text(GOLD.replace("副市长{陶晓敏|a}主持", "副市长{陶晓敏|b}主持"), encoding="utf-8")
    table, faults = kg("gold.yaml", "--misses").stdout.split("\n\n")
    assert "people: reporter vs official\t" in table
    heads, first, *_ = (line.split("\t") for line in faults.splitlines())
    assert heads == ["pattern", "case", "fault", "mention", "other"]
    assert first[:3] == ["people: reporter vs official", "a reporter and a vice mayor", "merged"]
    assert first[3] == "陶晓敏 (page 1) → person/通化市/陶晓敏"


def test_floors_of_identity_rise_and_hold(here: Path) -> None:
    assert kg("gold.yaml", "--floors", "floors.json", "--raise").exit_code == 0
    (here / "gold.yaml").write_text(GOLD.replace("副市长{陶晓敏|a}主持", "副市长{陶晓敏|b}主持"), encoding="utf-8")
    result = kg("gold.yaml", "--floors", "floors.json")
    assert result.exit_code == 1 and "below the floors of floors.json: same people" in result.stderr


FAULTS = [
    (GOLD.replace("identity: people", "identity: weather"), "identity must be one of people, agencies, events"),
    (GOLD + GOLD[GOLD.index("- case") :], "every case needs a name of its own"),
    (GOLD.replace("|r}", "}"), "a mark is {surface|thing}"),
    ("identity: people\ncases:\n- {case: few, pages: ['{魏|a}开会。']}\n", "cases few: fewer than two mentions"),
    ("identity: people\ncases:\n- {case: odd, pages: [7]}\n", "cases odd: a page must be text"),
]


@pytest.mark.parametrize(("text", "message"), FAULTS)
def test_a_fault_of_the_gold_is_one_clear_line(here: Path, text: str, message: str) -> None:
    (here / "gold.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(KgError) as error:
        read_identity(here / "gold.yaml")
    assert message in str(error.value)
    assert kg("gold.yaml").exit_code == 1


def test_predictions_are_of_pages_only(here: Path) -> None:
    assert "predictions are of one page: name one GOLD file" in kg("gold.yaml", "--predictions").stderr

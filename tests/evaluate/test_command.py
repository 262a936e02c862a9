"""Pages read for real and held against gold, by the command line and by the function behind it."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.evaluate import MEASURES, evaluate
from kg.lexicon import Lexicon
from kg.pipeline import build
from kg.vocab import PREFIXES

PAGE = """通化日报
2031年5月6日 星期二 总第100期

# 魏承远到东昌区调研城市建设工作

本报讯(记者 麦青)5月5日,市委书记魏承远到东昌区调研城市建设工作。副市长陶晓敏参加调研。
"""
GOLD = """
source: page.txt
articles:
- id: a1
  headline: 魏承远到东昌区调研城市建设工作
  reporters: [麦青]
  first_words: 5月5日,市委书记
  last_words: 参加调研
  persons:
  - {name: 魏承远, posts: [[书记, 中共通化市委]]}
  - {name: 陶晓敏, posts: [[副市长, 通化市人民政府]]}
  - {name: 麦青, posts: [[记者, 通化日报社]]}
  agencies:
  - {name: 中共通化市委, surfaces: [市委]}
  - {name: 通化市人民政府, optional: true}
  - {name: 通化日报社, surfaces: [本报], optional: true}
  places:
  - {name: 东昌区}
  events:
  - type: inspection
    date: '2031-05-05'
    agents: [魏承远]
    participants: [陶晓敏]
    places: [东昌区]
"""
# One person too many, one too few.
OTHER_GOLD = GOLD.replace("陶晓敏", "段启明")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a page and its gold."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    (tmp_path / "gold.yaml").write_text(GOLD, encoding="utf-8")
    return tmp_path


def kg(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["evaluate", *arguments], prog_name="kg")


def test_in_a_pipe_measures_are_tab_separated(here: Path) -> None:
    result = kg("gold.yaml")
    assert (result.exit_code, result.stderr) == (0, "")
    heads, *rows = (line.split("\t") for line in result.stdout.splitlines())
    assert heads == ["measure", "precision", "recall", "f1", "right", "found", "gold"]
    assert [row[0] for row in rows] == list(MEASURES)
    assert {row[3] for row in rows} == {"1.000"}, result.stdout


def test_on_a_terminal_they_are_aligned(here: Path, lexicon: Lexicon) -> None:
    lines = evaluate([here / "gold.yaml"], lexicon).write(aligned=True).splitlines()
    assert len({len(line) for line in lines}) == 1
    assert lines[1] == "articles                1.000   1.000  1.000      1      1     1"


def test_misses_and_false_alarms_come_with_sentence_and_rule(here: Path, lexicon: Lexicon) -> None:
    (here / "gold.yaml").write_text(OTHER_GOLD, encoding="utf-8")
    table, slips = kg("gold.yaml", "--misses").stdout.split("\n\n")
    heads, *rows = (line.split("\t") for line in slips.splitlines())
    assert heads == ["measure", "fault", "page", "article", "what", "sentence", "rule"]
    faults = {(row[0], row[1]): row[2:] for row in rows}
    assert faults["persons", "missed"] == ["page.txt", "a1", "段启明", "", ""]
    *where, rule = faults["persons", "false"]
    assert where == ["page.txt", "a1", "陶晓敏", "副市长陶晓敏参加调研。"] and rule
    *where, rule = faults["posts", "false"]
    assert where[2:] == ["陶晓敏 – 副市长 – 通化市人民政府", "副市长陶晓敏参加调研。"] and rule.startswith("post.")
    assert faults["event participants", "false"][2] == "陶晓敏"
    shown = evaluate([here / "gold.yaml"], lexicon).write(slips=True, aligned=True)
    assert "persons: false: 陶晓敏   (page.txt, a1)\n    副市长陶晓敏参加调研。\n    rule: " in shown
    assert "--misses" not in table


def test_where_all_is_right_there_are_no_misses_to_list(here: Path) -> None:
    assert kg("gold.yaml", "--misses").stdout == kg("gold.yaml").stdout


def test_predictions_are_the_articles_as_json(here: Path) -> None:
    result = kg("gold.yaml", "--predictions")
    (article,) = json.loads(result.stdout)
    assert article["headline"] == "魏承远到东昌区调研城市建设工作" and article["kicker"] is None
    assert article["text"].startswith("5月5日,市委书记魏承远")
    assert (article["reporters"], article["photographers"]) == (["麦青"], [])
    posts = {
        person["names"][0]: [(title, names[0]) for title, names in person["posts"]] for person in article["persons"]
    }
    assert posts == {
        "魏承远": [("书记", "中共通化市委")],
        "陶晓敏": [("副市长", "通化市人民政府")],
        "麦青": [("记者", "通化日报社")],
    }
    assert "中共通化市委" in [names[0] for names in article["agencies"]]
    (event,) = article["events"]
    assert (event["type"], event["date"]) == ("inspection", "2031-05-05")
    assert [[names[0] for names in event[key]] for key in ("agents", "participants", "places")] == [
        *(["魏承远"], ["陶晓敏"], ["东昌区"])
    ]


def test_what_is_scored_is_what_the_graph_says(here: Path, lexicon: Lexicon) -> None:
    build(["page.txt"], "output", lexicon=lexicon)
    engine = ox.Store()
    engine.bulk_load(path="output/graph.nq", format=ox.RdfFormat.N_QUADS)
    prefixes = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())

    def labels(pattern: str) -> list[str]:
        query = f"{prefixes} SELECT DISTINCT ?label {{ {pattern} ?x rdfs:label ?label }} ORDER BY ?label"
        found = engine.query(query, use_default_graph_as_union=True)
        assert isinstance(found, ox.QuerySolutions)
        return [row["label"].value for row in found]

    (article,) = evaluate([here / "gold.yaml"], lexicon).found[0]
    for kind, things in (
        ("foaf:Person", article.persons),
        ("org:Organization", article.agencies),
        ("schema:Place", article.places),
    ):
        mentioned = f"?a schema:mentions|schema:author|schema:contributor ?x . ?x a {kind} ."
        assert sorted(thing.names[0] for thing in things) == labels(mentioned)
    held = sorted(
        f"{post.agency.names[0] if post.agency else ''}{post.title}{post.person.names[0]}" for post in article.posts
    )
    assert held == labels("?x a org:Membership .")


def test_a_page_in_which_no_article_is_found_is_all_missed(here: Path) -> None:
    (here / "page.txt").write_text("通化日报\n2031年5月6日 星期二\n", encoding="utf-8")
    rows = dict(line.split("\t", 1) for line in kg("gold.yaml").stdout.splitlines())
    assert rows["articles"] == "0.000\t0.000\t0.000\t0\t0\t1"


def test_a_measure_below_its_floor_is_exit_1_and_named_after_the_table(here: Path) -> None:
    assert kg("gold.yaml", "--floors", "floors.json", "--raise").exit_code == 0
    assert kg("gold.yaml", "--floors", "floors.json").exit_code == 0
    reached = (here / "floors.json").read_bytes()
    (here / "gold.yaml").write_text(OTHER_GOLD, encoding="utf-8")
    result = kg("gold.yaml", "--floors", "floors.json", "--raise")
    assert result.exit_code == 1 and result.stdout.startswith("measure\t")
    assert result.stderr.startswith("kg: error: below the floors of floors.json: persons 0.667 < 1.00, ")
    assert (here / "floors.json").read_bytes() == reached


def test_graphs_are_compared_with_or_without_gold(here: Path, lexicon: Lexicon) -> None:
    build(["page.txt"], "output", lexicon=lexicon)
    (here / "old.nq").write_bytes(b"")
    result = kg("--against", "old.nq")
    assert result.exit_code == 0 and "+ post: 魏承远 – 书记 – 中共通化市委\n" in result.stdout
    assert kg("gold.yaml", "--against", "old.nq").stdout == result.stdout + kg("gold.yaml").stdout


FAULTS = [
    ((), 2, "name GOLD files, or another graph with --against"),
    (("gold.yaml", "--raise"), 2, "--raise needs --floors FILE"),
    (("missing.yaml",), 1, "kg: error: missing.yaml: cannot be read"),
    (("gold.yaml", "--pages", "seeds"), 1, "kg: error: gold.yaml: its page page.txt is not in seeds: name its --pages"),
    (("gold.yaml", "gold.yaml", "--predictions"), 1, "kg: error: predictions are of one page: name one GOLD file"),
    (("--against", "missing.nq"), 1, "kg: error: missing.nq: cannot be read as N-Quads"),
    (("gold.yaml", "--lexicon", "nowhere"), 1, "kg: error: nowhere"),
]


@pytest.mark.parametrize(("arguments", "code", "message"), FAULTS)
def test_a_fault_is_one_clear_line(here: Path, arguments: tuple[str, ...], code: int, message: str) -> None:
    result = kg(*arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert message in result.stderr and "Traceback" not in result.stderr


def test_a_page_commands_neither_terminal_nor_spreadsheet(here: Path) -> None:
    (here / "gold.yaml").write_text(
        GOLD.replace("places:\n  - {name: 东昌区}", 'places:\n  - {name: "=1+1\\e[31m\\t东昌"}'), encoding="utf-8"
    )
    shown = kg("gold.yaml", "--misses").stdout
    assert "\x1b" not in shown and "\t'=1+1 [31m 东昌\t" in shown

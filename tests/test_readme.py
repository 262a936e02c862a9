"""The README says what is true: its commands run, its numbers are counted, its Turtle is in the graph."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.export import EXPORTERS
from kg.query import load_queries

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, re.S)
COMMANDS = [
    line.split("#")[0].strip()
    for block in BLOCKS
    for line in block.splitlines()
    if line.split("|")[-1].strip().startswith("kg ")
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory that looks like a checkout in which the first command has run."""
    place = tmp_path_factory.mktemp("desk")
    for name in ("seeds", "tests"):
        (place / name).symlink_to(ROOT / name)
    result = CliRunner().invoke(main, ["build", str(ROOT / "seeds/pages"), "-o", str(place / "output")])
    assert result.exit_code == 0, result.output
    return place


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_runs(command: str, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(desk)
    typed, _, last = command.rpartition("|")
    words = [
        path
        for word in shlex.split(last)[1:]
        for path in (sorted(map(str, desk.glob(word))) if "*" in word else [word])
    ]
    echoed = shlex.split(typed)[1] if typed else None
    result = CliRunner().invoke(main, words, input=echoed)
    assert result.exit_code == 0, result.output


def test_it_has_the_two_commands() -> None:
    assert len(re.findall(r"^python3 -m venv .*$", README, re.M)) == 2


def test_it_counts_the_queries() -> None:
    assert f"{len(load_queries())} questions" in README


def test_it_names_every_format() -> None:
    assert all(name in README for name in EXPORTERS)


def test_its_turtle_is_in_the_graph(desk: Path) -> None:
    turtle = (desk / "output/graph.ttl").read_text(encoding="utf-8")
    shown = [
        line.replace("<br>", "").strip(" `;") for line in re.findall(r"`([^`]*)`", README.split("## Two commands")[0])
    ]
    whole = [line.strip(" ;") for line in shown if line and "…" not in line and " " in line]
    assert len(whole) >= 4
    assert all(line in turtle for line in whole)


def test_its_dossier_is_what_the_command_shows(desk: Path) -> None:
    shown = re.findall(r"```\n(日程.*?)```", README, re.S)[0].splitlines()
    dossier = CliRunner().invoke(main, ["show", "柴伟", "-s", str(desk / "output")]).stdout.splitlines()
    assert len(shown) >= 6 and {line for line in shown if "…" not in line} <= set(dossier)

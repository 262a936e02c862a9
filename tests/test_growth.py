"""A page that comes or goes changes what it touches and nothing else: the graph is the one built of all pages."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import pipeline, publish
from kg.cli import main
from kg.graph import quads
from kg.growth import Growth, Index, TooWide
from kg.identity import unify
from kg.identity.questions import find_questions
from kg.lexicon import load_lexicon
from kg.model import Kind, PageReading
from kg.pipeline import add, build, drop
from kg.reading import read_source
from kg.sources import Source
from kg.store import read_only_engine
from kg.vocab import DEFAULT_BASE
from tests.crowd import pages, write_crowd
from tests.gazette import Press

CROWD = 60


def read(name: str, text: str) -> PageReading:
    reading = read_source(Source(name, raw=text.encode()), load_lexicon())
    assert isinstance(reading, PageReading)
    return reading


@cache
def crowd() -> tuple[PageReading, ...]:
    """What the pages of the crowd say, each content once."""
    found = (read(f"{number:03}.txt", text) for number, text in enumerate(pages(CROWD)))
    return tuple({reading.page.sha256: reading for reading in found}.values())


def statements(readings: Collection[PageReading]) -> frozenset[ox.Quad]:
    """The whole graph of these pages."""
    lexicon = load_lexicon()
    knowledge = unify(readings)
    asked = replace(knowledge, questions=find_questions(knowledge, lexicon))
    return frozenset(quads(asked, lexicon.event_types, DEFAULT_BASE, lexicon.renamed))


def growth_of(readings: Collection[PageReading], widest: int = 1000) -> tuple[Growth, list[str]]:
    """A graph of these pages that can grow, and a list that fills with the pages that it looks at."""
    looked_at: list[str] = []
    by_digest = {reading.page.sha256: reading for reading in readings}

    def load(digest: str) -> PageReading:
        looked_at.append(digest)
        return by_digest[digest]

    index = Index.empty(sqlite3.connect(":memory:"))
    index.put(readings)
    return Growth(index, load, load_lexicon(), DEFAULT_BASE, widest), looked_at


def test_the_crowd_has_all_that_is_hard() -> None:
    knowledge = unify(crowd())
    found = statements(crowd())
    kinds = {question.kind for question in find_questions(knowledge, load_lexicon())}
    assert kinds >= {"look-alike", "namesakes", "two-holders", "after-removal"}
    assert any(thing.entity.mark for thing in knowledge.things)
    assert len(knowledge.happenings) < sum(len(reading.events) for page in crowd() for reading in page)
    assert any("ChangeEvent" in str(quad.object) for quad in found)
    assert any("~" in quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode))
    firms = {t.entity.within for t in knowledge.things if t.entity.kind is Kind.AGENCY and "宏达" in t.entity.name}
    assert len(firms) > 2


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, CROWD // 2), st.integers(0, 3), st.integers(0, 3))
def test_what_changes_is_the_difference_of_the_graphs(seed: int, size: int, leave: int, enter: int) -> None:
    chance = Random(seed)
    held = chance.sample(crowd(), size)
    gone = chance.sample(held, min(leave, size - 1))
    come = chance.sample([reading for reading in crowd() if reading not in held], enter)
    growth, _ = growth_of(held)
    change = growth.change(gone, come)
    before, after = statements(held), statements([*(page for page in held if page not in gone), *come])
    assert (change.added, change.removed) == (after - before, before - after)


def test_step_by_step_the_index_stays_that_of_the_pages() -> None:
    chance = Random(20310506)
    held = list(crowd()[:30])
    growth, _ = growth_of(crowd())
    for page in crowd()[30:]:
        growth.index.take_out(page)
    before = statements(held)
    for _ in range(8):
        gone = chance.sample(held, 2)
        come = chance.sample([page for page in crowd() if page not in held], 2)
        change = growth.change(gone, come)
        held = [page for page in held if page not in gone] + come
        after = statements(held)
        assert (change.added, change.removed) == (after - before, before - after)
        before = after


def test_few_pages_are_looked_at_however_many_there_are() -> None:
    texts = list(Press(seed=7, cities=8).pages(193))
    readings = [read(name, text) for name, text in texts]
    growth, looked_at = growth_of(readings[:-1])
    growth.change([], [readings[-1]])
    assert 0 < len(looked_at) < 24, "a paper of the eight, not the eight papers"


def test_a_part_that_is_too_wide_is_refused() -> None:
    growth, _ = growth_of(crowd()[1:], widest=3)
    with pytest.raises(TooWide):
        growth.change([], [crowd()[0]])


# --- in an output directory --------------------------------------------------------------------------------------


@pytest.fixture
def files(tmp_path: Path) -> Sequence[Path]:
    return write_crowd(12, tmp_path / "pages")


def never(*_: object) -> None:
    raise AssertionError("all pages were put together")


def same(one: Path, other: Path) -> bool:
    return sorted(read_only_engine(one), key=str) == sorted(read_only_engine(other), key=str) and all(
        (one / name).read_bytes() == (other / name).read_bytes() for name in ("graph.nq", "graph.ttl", "graph.html")
    )


def test_pages_come_and_go_without_all_being_put_together(
    files: Sequence[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, grown = tmp_path / "whole", tmp_path / "grown"
    build(files[2:], whole)
    build(files[:10], grown)
    with monkeypatch.context() as patch:
        patch.setattr(pipeline._Walk, "go", never)
        built = add(files[8:], grown)
        assert (built.read, built.pages, built.unwritten) == (2, 12, ())
        assert not add(files[3:5], grown).changed
        for file in files[:2]:
            built = drop([file.name], grown)
    assert same(grown, whole)
    counted = build([], grown)
    assert not counted.changed
    assert (built.people, built.facts, built.questions) == (counted.people, counted.facts, counted.questions)


def test_a_large_graph_gets_its_files_when_it_is_built(
    files: Sequence[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    build(files[:-1], out)
    monkeypatch.setattr(publish, "MANY", 1000)
    done = CliRunner().invoke(main, ["add", str(files[-1]), "-o", str(out)])
    assert (done.exit_code, done.stderr) == (
        0,
        "kg: not written of a graph so large: graph.nq, graph.ttl, graph.html (kg export and kg view make them)\n",
    )
    assert not (out / "graph.nq").exists()
    assert not add(files[-1:], out).changed
    assert build([], out).changed
    build(files, tmp_path / "whole")
    assert same(out, tmp_path / "whole")


def test_a_store_that_is_not_what_the_index_says_is_built_anew(files: Sequence[Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(files[:-1], out)
    store = ox.Store(str((out / "store").resolve()))
    for quad in [quad for quad in store if "/event/" in str(quad.subject)]:
        store.remove(quad)
    store.flush()
    del store
    assert drop([files[0].name], out).changed
    add(files, out)
    build(files, tmp_path / "whole")
    assert same(out, tmp_path / "whole")


def test_where_a_person_has_decided_all_is_put_together(files: Sequence[Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(files[:-1], out)
    subject = next(
        quad.subject.value.removeprefix(DEFAULT_BASE)
        for quad in sorted(read_only_engine(out), key=str)
        if "/person/" in str(quad.subject) and "label" in str(quad.predicate)
    )
    (out / "ledger.tsv").write_text(
        f"decision\tsubject\tobject\tby\tday\twhy\nreject\t{subject}\t\tarchive\t2031-05-09\tnobody\n"
    )
    add(files[-1:], out)
    assert subject.encode() not in (out / "graph.nq").read_bytes()
    (out / "ledger.tsv").unlink()
    build(files, tmp_path / "whole")
    add(files[:1], out)
    assert same(out, tmp_path / "whole")

"""A page that comes or goes changes what it touches and nothing else: the graph is the one built of all pages."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from datetime import date
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
from kg.graph.names import Names
from kg.growth import Decided, Growth, Index, TooWide
from kg.identity import unify
from kg.identity.questions import find_questions
from kg.ledger import Row, Verdict
from kg.lexicon import load_lexicon
from kg.model import Kind, PageReading
from kg.pipeline import add, build, drop
from kg.reading import read_source
from kg.replay import decide
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


@cache
def press() -> tuple[PageReading, ...]:
    """What pages of four cities say that have little to do with each other."""
    return tuple(read(name, text) for name, text in Press(seed=7, cities=4).pages(48))


def statements(readings: Sequence[PageReading], rows: Sequence[Row] = ()) -> frozenset[ox.Quad]:
    """The whole graph of these pages, as these rows decide it."""
    lexicon = load_lexicon()
    knowledge, _ = decide(readings, rows, lexicon, DEFAULT_BASE)
    return frozenset(quads(knowledge, lexicon.event_types, DEFAULT_BASE, lexicon.renamed))


def decisions(chance: Random, readings: Sequence[PageReading]) -> list[Row]:
    """Some rows about whatever these pages tell of, of every verdict and kind."""
    names = Names.of(unify(readings), DEFAULT_BASE)

    def pick(named: Collection[ox.NamedNode], count: int = 1) -> list[str]:
        ends = sorted(iri.value.removeprefix(DEFAULT_BASE) for iri in named)
        return chance.sample(ends, min(count, len(ends)))

    kind = chance.choice(["person", "agency", "place"])
    things = pick([iri for entity, iri in names.entities.items() if entity.kind == kind], 2)
    events, posts = pick(list(names.happenings.values()), 2), pick(list(names.memberships.values()))
    parts, articles = pick(list(names.actors.values())), pick(list(names.articles.values()))
    wanted = [
        *((verdict, *things) for verdict in (Verdict.SAME, Verdict.DIFFERENT) if len(things) == 2),
        *((verdict, *events) for verdict in (Verdict.SAME, Verdict.DIFFERENT) if len(events) == 2),
        *((Verdict.DIFFERENT, one, *articles) for one in (*things[:1], *events[:1])),
        *((Verdict.RENAME, one, "新称") for one in (*things[:1], *events[:1])),
        *((Verdict.REJECT, one, "") for one in (*things[:1], *events[:1], *posts, *parts)),
        *((Verdict.FIX, one, chance.choice(things).rpartition("/")[2]) for one in things[:1]),
        *((Verdict.RETYPE, one, "Meeting") for one in events[:1]),
    ]
    return [
        Row(verdict, one, other, "archivist", date(2031, 6, 1), "seen on the microfilm")
        for verdict, one, other in chance.sample(wanted, min(len(wanted), chance.randint(1, 3)))
    ]


def growth_of(
    readings: Collection[PageReading], widest: int = 1000, rows: Sequence[Row] = ()
) -> tuple[Growth, list[str]]:
    """A graph of these pages that can grow, and a list that fills with the pages that it looks at."""
    looked_at: list[str] = []
    by_digest = {reading.page.sha256: reading for reading in readings}

    def load(digest: str) -> PageReading:
        looked_at.append(digest)
        return by_digest[digest]

    index = Index.empty(sqlite3.connect(":memory:"))
    index.put(readings)
    return Growth(index, load, load_lexicon(), DEFAULT_BASE, widest, Decided.of(rows)), looked_at


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


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_under_a_ledger_it_is_the_difference_too_or_the_step_is_refused(seed: int) -> None:
    chance = Random(seed)
    pages = chance.sample(press(), 24)
    held, late = pages[:-1], pages[-1]
    rows = decisions(chance, held)
    growth, _ = growth_of(held, rows=rows)
    try:
        change = growth.change([], [late])
    except TooWide:
        return
    before, after = statements(held, rows), statements(pages, rows)
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


def decide_in(out: Path, person: str) -> None:
    """A ledger that says of somebody that there is no such person."""
    head = "decision\tsubject\tobject\tby\tday\twhy\n"
    (out / "ledger.tsv").write_text(f"{head}reject\t{person}\t\tarchive\t2031-05-09\tnobody\n", encoding="utf-8")


def people_of(out: Path) -> set[str]:
    """Everybody in the graph of an output directory, by the ends of their IRIs."""
    subjects = (quad.subject for quad in read_only_engine(out) if isinstance(quad.subject, ox.NamedNode))
    ends = (subject.value.removeprefix(DEFAULT_BASE) for subject in subjects)
    return {end for end in ends if end.startswith("person/")}


def test_where_a_person_has_decided_all_is_put_together(files: Sequence[Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(files[:-1], out)
    rejected = min(people_of(out))
    decide_in(out, rejected)
    add(files[-1:], out)
    assert rejected not in people_of(out)
    (out / "ledger.tsv").unlink()
    build(files, tmp_path / "whole")
    add(files[:1], out)
    assert same(out, tmp_path / "whole")


def test_what_nobody_has_decided_about_is_added_under_a_ledger_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = []
    for name, text in Press(seed=7, cities=2).pages(16):
        files.append(tmp_path / name)
        files[-1].write_text(text, encoding="utf-8")
    out, whole = tmp_path / "out", tmp_path / "whole"
    build(files[:-1], out)
    build(files[-1:], tmp_path / "alone")
    build(files, whole)
    late = {end.rpartition("/")[2] for end in people_of(tmp_path / "alone")}
    rejected = min(end for end in people_of(out) if end.rpartition("/")[2] not in late)
    for directory in (out, whole):
        decide_in(directory, rejected)
    build([], out)
    build([], whole)
    with monkeypatch.context() as patch:
        patch.setattr(pipeline._Walk, "go", never)
        assert add(files[-1:], out).changed
    assert rejected not in people_of(out)
    assert same(out, whole)

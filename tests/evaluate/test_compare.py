"""Two graphs and what one says that the other does not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.evaluate import compare_graphs
from kg.graph import quads
from kg.identity import unify
from kg.model import Entity, Event, KgError, Kind, Participation, Post, Role, Thing, When
from tests.conftest import make_article, make_evidence, make_reading

CITY = "青原省/云岭市"


def graph(
    path: Path,
    title: str = "局长",
    headline: str = "雨停了",
    *,
    base: str = "https://e.org/",
    change: str | None = None,
) -> Path:
    article = make_article(headline, "段启明到青石街调研。")
    proof = make_evidence(article, "段启明到青石街调研。")
    person, agency = Entity(Kind.PERSON, "段启明", CITY), Entity(Kind.AGENCY, "云岭市水务局", CITY)
    street = Entity(Kind.PLACE, "青石街", CITY)
    event = Event(
        "Inspection",
        "段启明到青石街调研",
        When(date(2031, 5, 5), date(2031, 5, 5)),
        (Participation(person, Role.LEAD, proof, "r"),),
        (street,),
        (proof,),
        "r",
    )
    post = Post(person, title, agency, date(2031, 5, 6), proof, "r", change)
    things = [Thing(person, ("段启明",)), Thing(street, ("青石街",)), Thing(agency, ("市水务局",))]
    stated = quads(unify([make_reading(article, things, [post], [event])]), base=base)
    path.write_bytes(ox.serialize(stated, format=ox.RdfFormat.N_QUADS) or b"")
    return path


def compare(old: Path, new: Path) -> list[str]:
    return compare_graphs(old, new).splitlines()


def test_the_same_facts_under_other_iris_are_the_same(tmp_path: Path) -> None:
    old, new = graph(tmp_path / "old.nq"), graph(tmp_path / "new.nq", base="https://other.org/id/")
    # A post, an event, its place, its lead and three mentions.
    assert compare(old, new) == ["0 gained, 0 lost, 7 kept"]


def test_a_post_gained_and_one_lost(tmp_path: Path) -> None:
    old, new = graph(tmp_path / "old.nq", "副局长"), graph(tmp_path / "new.nq", change="appointed")
    assert compare(old, new) == [
        "- post: 段启明 – 副局长 – 云岭市水务局",
        "+ post: 段启明 – 局长 – 云岭市水务局",
        "+ appointed: 段启明 – 局长 – 云岭市水务局 – 2031-05-06",
        "2 gained, 1 lost, 6 kept",
    ]
    assert compare(new, old)[-1] == "1 gained, 2 lost, 6 kept"


def test_all_kinds_of_facts_from_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty.nq").write_bytes(b"")
    assert compare(tmp_path / "empty.nq", graph(tmp_path / "new.nq", change="removed")) == [
        "+ post: 段启明 – 局长 – 云岭市水务局",
        "+ removed: 段启明 – 局长 – 云岭市水务局 – 2031-05-06",
        "+ event: Inspection – 2031-05-05 – 段启明到青石街调研",
        "+ event place: 青石街 – 段启明到青石街调研",
        "+ participation: 段启明 – Lead – 段启明到青石街调研",
        "+ mention: agency – 云岭市水务局 – 雨停了 – page.txt",
        "+ mention: person – 段启明 – 雨停了 – page.txt",
        "+ mention: place – 青石街 – 雨停了 – page.txt",
        "8 gained, 0 lost, 0 kept",
    ]


def test_a_headline_cannot_command_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "empty.nq").write_bytes(b"")
    shown = compare_graphs(tmp_path / "empty.nq", graph(tmp_path / "new.nq", headline="雨\u202e停了\n+ post: 假"))
    assert "\u202e" not in shown and not any(line.startswith("+ post: 假") for line in shown.splitlines())


def test_what_is_no_graph_is_named(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<p>", encoding="utf-8")
    for name in ("page.html", "missing.nq"):
        with pytest.raises(KgError, match=f"{name}: cannot be read as N-Quads"):
            compare_graphs(tmp_path / name, graph(tmp_path / "new.nq"))

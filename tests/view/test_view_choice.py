"""What a page is about: days, types, a query's answer; what is left out is counted, and nothing left is said."""

from __future__ import annotations

import pytest
from newsroom import BASE, Newsroom
from rdflib import Graph
from test_view_page import data_of

from kg.model import KgError
from kg.view import Choice, named_in, write_view
from kg.view.choose import choose
from kg.view.facts import read_facts

MET = """ WHERE {
  ?event a <http://semanticweb.cs.vu.nl/2009/11/sem/Event> ;
    <http://semanticweb.cs.vu.nl/2009/11/sem/eventType> <https://w3id.org/kg-gazette/ns#Meeting> ;
    <http://semanticweb.cs.vu.nl/2009/11/sem/hasActor> ?person .
  ?person a <http://xmlns.com/foaf/0.1/Person> }"""
MEETINGS = {"全市环保工作会议", "市委常委会会议"}
LETTERS = {"转办群众来信12件"}


def iri(town: Newsroom, label: str) -> str:
    return next(thing.iri for thing in read_facts(town.store).things.values() if thing.label == label)


def chosen(town: Newsroom, **choice) -> tuple[set[str], set[str], set[str]]:
    """The labels of the events, the roles of the posts and the names of the things that a choice leaves."""
    facts = choose(read_facts(town.store), Choice(**choice))
    return (
        {event.label for event in facts.events.values()},
        {post.role for post in facts.posts.values()},
        {thing.label for thing in facts.things.values()},
    )


@pytest.mark.parametrize("names", [("Meeting",), ("meeting",), ("会议",)])
def test_types_are_named_in_either_language(town, names):
    events, roles, things = chosen(town, types=names)
    assert events == MEETINGS
    assert {"书记", "市长", "局长"} <= roles
    assert "魏青禾" not in things  # whose only event is no meeting
    assert chosen(town, types=(*names, "转办"))[0] > MEETINGS


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ({"since": "2021-09-10"}, {"看望慰问教师", "市委常委会会议"}),
        ({"since": "2021-09-10", "until": "2021-09-10"}, {"看望慰问教师"}),
        ({"until": "2021-09-03"}, {"调研水环境治理"}),
        ({"until": "2021-08"}, set()),
        ({"since": "2021-09-11", "until": "2021-09"}, {"市委常委会会议"}),
        ({"since": "2021", "until": "2021", "types": ("会议",)}, MEETINGS),
    ],
)
def test_days_are_whole_or_only_month_or_year(town, days, expected):
    assert chosen(town, **days)[0] == expected


def test_a_post_is_there_while_it_was_seen(town):
    assert chosen(town, since="2021-09-11")[1] == {"书记"}


@pytest.mark.parametrize("day", ["2021-13", "2021-09-32", "9月3日", "2021-9-3", "20210903"])
def test_what_is_no_day_is_told(day):
    with pytest.raises(KgError, match="is no day"):
        Choice(since=day)


def test_an_unknown_type_is_told_with_those_there_are(town):
    with pytest.raises(KgError, match="会议 Meeting"):
        chosen(town, types=("开会",))


def test_people_asked_for_bring_what_they_did_and_open_alone(town, tmp_path):
    only = frozenset({iri(town, "韩松岭"), iri(town, "陆闻笛")})
    events, roles, things = chosen(town, only=only)
    assert events == {"调研水环境治理", *MEETINGS}
    assert roles == {"书记", "局长"}
    assert "魏青禾" not in things
    assert write_view(town.store, tmp_path / "two.html", Choice(only=only)) == 2
    assert {node["label"] for node in data_of(tmp_path / "two.html", "nodes")} == {"韩松岭", "陆闻笛"}
    assert data_of(tmp_path / "two.html", "book")["choice"]["actors"] == 12


def test_an_answer_of_pyoxigraph_or_rdflib_names_the_same(town, tmp_path):
    known = Graph().parse(data="".join(f"{quad.triple} .\n" for quad in town.store), format="nt")
    table, triples = "SELECT ?event ?person" + MET, "CONSTRUCT { ?event <https://e.example/met> ?person }" + MET
    only = named_in(town.store.query(table))
    assert only == named_in(known.query(table))
    with_predicate = only | {"https://e.example/met"}
    assert named_in(town.store.query(triples)) == named_in(known.query(triples)) == with_predicate
    for named in (only, with_predicate):
        assert chosen(town, only=named)[0] == MEETINGS
    write_view(town.store, tmp_path / "met.html", Choice(only=only))
    assert {"陆闻笛", "苏砚秋", "欧阳知远", "韩松岭"} <= {n["label"] for n in data_of(tmp_path / "met.html", "nodes")}


def test_events_and_posts_asked_for_open_with_whom_they_name(town, tmp_path):
    facts = read_facts(town.store)
    letters = next(event.iri for event in facts.events.values() if event.label in LETTERS)
    mayor = next(post.iri for post in facts.posts.values() if post.role == "市长")
    assert write_view(town.store, tmp_path / "some.html", Choice(only=frozenset({letters, mayor}))) == 3
    opened = {node["label"] for node in data_of(tmp_path / "some.html", "nodes")}
    assert opened == {"青河市人民政府", "青河市生态环境局", "苏砚秋"}
    assert [event["label"] for event in data_of(tmp_path / "some.html", "book")["events"]] == ["转办群众来信12件"]


def test_a_limit_opens_on_the_most_important(town, tmp_path):
    assert write_view(town.store, tmp_path / "three.html", Choice(limit=3)) == 3
    assert len(data_of(tmp_path / "three.html", "book")["nodes"]) == 16


def test_a_choice_that_leaves_nothing_is_a_page_that_says_so(town, tmp_path):
    nothing = Choice(only=frozenset({BASE + "person/无此人"}))
    assert write_view(town.store, tmp_path / "nothing.html", nothing) == 0
    assert data_of(tmp_path / "nothing.html", "book")["choice"]["asked"]


def test_what_an_agency_is_part_of_comes_along(town):
    things = chosen(town, only=frozenset({iri(town, "韩松岭")}), types=("Inspection",))[2]
    assert {"青河市生态环境局", "青河市人民政府", "云台县", "青河市"} <= things


def test_an_event_says_how_many_of_its_parties_found_no_room(town, tmp_path, monkeypatch):
    monkeypatch.setattr("kg.view.CARRIED", 2)
    write_view(town.store, tmp_path / "tiny.html")
    events = {event["label"]: event for event in data_of(tmp_path / "tiny.html", "book")["events"]}
    assert events["全市环保工作会议"]["absent"] + len(events["全市环保工作会议"]["parties"]) == 4
    assert all(
        post["agency"] >= 0
        for post in data_of(tmp_path / "tiny.html", "book")["posts"]
        if post["role"] != "全国人大代表"
    )

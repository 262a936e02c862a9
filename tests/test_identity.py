"""What several articles say, put together: who is one, what is one happening, and what stays two."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.identity import unify
from kg.model import Article, Entity, Event, Kind, PageReading, Participation, Post, Role, Thing, When
from tests.conftest import make_article, make_evidence, make_reading

CITY = "青原省/云岭市"
DAY = date(2031, 5, 5)


def person(name: str, within: str = CITY) -> Entity:
    return Entity(Kind.PERSON, name, within)


def agency(name: str, within: str = CITY) -> Entity:
    return Entity(Kind.AGENCY, name, within)


def place(name: str, within: str = CITY) -> Entity:
    return Entity(Kind.PLACE, name, within)


WEI, TAO, LAN, GUO = person("魏长河"), person("陶小满"), person("兰思远"), person("郭北辰")
PARTY = agency("中共云岭市委")


def telling(
    lead: Entity | None = WEI,
    *,
    type: str = "Inspection",
    label: str = "魏长河调研",
    day: date | When | None = DAY,
    places: Iterable[Entity] = (),
    others: Iterable[Entity] = (),
    role: Role = Role.LEAD,
    marks: tuple[str, ...] = (),
    issue: date | None = date(2031, 5, 6),
    text: str = "",
) -> PageReading:
    """One page with one event; `text` makes pages differ."""
    article = make_article("标题", f"{label}。{text}", day=issue)
    return make_reading(article, events=[event(article, lead, type, label, day, places, others, role, marks)])


def event(
    article: Article,
    lead: Entity | None,
    type: str,
    label: str,
    day: date | When | None,
    places: Iterable[Entity] = (),
    others: Iterable[Entity] = (),
    role: Role = Role.LEAD,
    marks: tuple[str, ...] = (),
) -> Event:
    proof = make_evidence(article, label)
    when = When(day, day, day.isoformat()) if isinstance(day, date) else day
    parts = [Participation(lead, role, proof, "lead")] if lead else []
    parts += [Participation(other, Role.PARTICIPANT, proof, "others") for other in others]
    return Event(type, label, when, tuple(parts), tuple(places), (proof,), "event", marks)


def count(*readings: PageReading) -> int:
    return len(unify(readings).happenings)


def held(title: str, agency: Entity | None, day: date, who: Entity = WEI, change: str | None = None) -> PageReading:
    article = make_article("", f"{agency}{title}{who.name}{who.within}到会。", day=day)
    proof = make_evidence(article, who.name)
    return make_reading(article, posts=[Post(who, title, agency, day, proof, "post", change)])


def test_one_page_given_twice_counts_once_under_its_smaller_name() -> None:
    page = telling(places=[place("青石街")])
    twin = replace(page, page=replace(page.page, name="a.txt"))
    assert unify([page, twin]) == unify([twin])
    assert [reading.page.name for reading in unify([page, twin, page]).pages] == ["a.txt"]


def test_nothing_at_all_is_known_of_no_page() -> None:
    knowledge = unify([])
    assert (knowledge.pages, knowledge.things, knowledge.happenings) == ((), (), ())


PEOPLE = [
    (["", CITY], [CITY], "told of without a place, then with one"),
    (["青原省", CITY], [CITY], "one path leads through the other"),
    ([CITY, "青原省/沧河市"], [CITY, "青原省/沧河市"], "two cities are two people"),
    (["", CITY, "青原省/沧河市"], ["", CITY, "青原省/沧河市"], "open which of two: left open"),
    (["青原省", CITY, "青原省/沧河市"], ["青原省", CITY, "青原省/沧河市"], "open which of two of a province"),
    (["青原省/云", CITY], ["青原省/云", CITY], "a path is compared part by part"),
]


@pytest.mark.parametrize(("withins", "expected", "why"), PEOPLE)
def test_people(withins: list[str], expected: list[str], why: str) -> None:
    readings = [held("局长", None, DAY, person("魏长河", within)) for within in withins]
    people = [thing.entity for thing in unify(readings).things if thing.entity.kind is Kind.PERSON]
    assert [entity.within for entity in people] == sorted(expected), why


def things_of(*things: Thing) -> dict[Entity, Thing]:
    article = make_article("标题", "正文。")
    return {thing.entity: thing for thing in unify([make_reading(article, things)]).things}


def test_an_agency_without_a_place_is_the_only_one_so_called() -> None:
    bare, full = agency("供水公司", ""), agency("供水公司")
    assert set(things_of(Thing(bare, ("供水公司",)), Thing(full, ("市供水公司",)))) == {full}
    other = agency("供水公司", "青原省/沧河市")
    assert set(things_of(*(Thing(one, (one.name,)) for one in (bare, full, other)))) == {bare, full, other}


def test_what_is_known_of_a_thing_is_put_together() -> None:
    known = Thing(PARTY, ("市委",), ("中共云岭市委员会",), "party", None, place("云岭市", "青原省"), True, True)
    merged = things_of(known, Thing(PARTY, ("中共云岭市委",)), Thing(PARTY, ("市委",), category="office"))[PARTY]
    assert merged.forms == ("中共云岭市委", "市委")
    assert (merged.category, merged.formal, merged.known) == ("party", True, True)
    assert merged.jurisdiction == place("云岭市", "青原省")


def test_the_path_of_a_place_brings_in_what_contains_it() -> None:
    things = things_of(Thing(place("青石街", f"{CITY}/东坪区"), ("青石街",), category="road"))
    assert things[place("青石街", f"{CITY}/东坪区")].parent == place("东坪区")
    assert things[place("东坪区")].parent == place("云岭市", "青原省")
    assert things[place("青原省", "")].parent is None
    assert things[place("东坪区")].category == "area"


def test_parents_that_disagree_are_left_open_and_nested_ones_narrowed() -> None:
    bureau, one, two = agency("水务局"), agency("云岭市人民政府"), agency("东坪区人民政府")
    assert things_of(Thing(bureau, ("水务局",), parent=one), Thing(bureau, (), parent=two))[bureau].parent is None
    street, city, district = place("青石街", ""), place("云岭市", "青原省"), place("东坪区")
    merged = things_of(Thing(street, ("青石街",), parent=city), Thing(street, (), parent=district))
    assert merged[street].parent == district


def test_a_thing_is_never_its_own_parent() -> None:
    bare, full = agency("供水公司", ""), agency("供水公司")
    assert things_of(Thing(full, ("供水公司",), parent=bare))[full].parent is None


def test_parents_that_lead_in_a_circle_are_left_open() -> None:
    one, two, below = agency("甲办"), agency("乙办"), agency("丙科")
    things = things_of(Thing(one, (), parent=two), Thing(two, (), parent=one), Thing(below, (), parent=one))
    assert (things[one].parent, things[two].parent, things[below].parent) == (None, None, one)


def test_posts_seen_on_several_days_are_one_membership() -> None:
    later, earlier = held("书记", PARTY, date(2031, 5, 9)), held("书记", PARTY, date(2031, 5, 2))
    (post,) = unify([later, earlier]).memberships
    assert (post.first, post.last, len(post.proofs)) == (date(2031, 5, 2), date(2031, 5, 9), 2)
    assert (post.appointed, post.removed) == ((), ())


def test_appointment_and_removal_keep_their_days() -> None:
    days = {"appointed": date(2031, 5, 2), "removed": date(2031, 6, 1)}
    (post,) = unify(held("局长", None, day, change=change) for change, day in days.items()).memberships
    assert (post.appointed, post.removed) == ((days["appointed"],), (days["removed"],))


def test_other_title_or_agency_is_another_post() -> None:
    readings = [
        held("书记", PARTY, DAY),
        held("副书记", PARTY, DAY),
        held("书记", None, DAY),
        held("书记", None, DAY, TAO),
    ]
    assert len(unify(readings).memberships) == 4


STREET, PARK, DISTRICT = place("青石街", f"{CITY}/东坪区"), place("西山公园"), place("东坪区")
RANGE = When(date(2031, 5, 1), date(2031, 5, 31), "2031-05")

ONE = [
    ("the same in two papers", telling(places=[STREET], text="甲"), telling(places=[STREET], text="乙")),
    ("a place inside the other's", telling(places=[STREET]), telling(places=[DISTRICT], text="乙")),
    ("no place on one side", telling(places=[STREET]), telling(text="乙")),
    ("undated in the same issue", telling(places=[STREET]), telling(day=None, places=[STREET], text="乙")),
    ("a day inside a month", telling(places=[STREET]), telling(day=RANGE, places=[STREET], text="乙")),
    ("organised by the same", telling(PARTY, role=Role.ORGANIZER), telling(PARTY, text="乙")),
    ("one mark in common", telling(marks=("第三批",)), telling(marks=("第三批", "第四批"), text="乙")),
    ("marks on one side only", telling(marks=("第三批",)), telling(text="乙")),
    (
        "the same place and two of those present",
        telling(None, places=[PARK], others=[TAO, LAN]),
        telling(WEI, places=[PARK], others=[TAO, LAN, GUO], text="乙"),
    ),
    ("undated twice in one issue", telling(day=None, text="甲"), telling(day=None, text="乙")),
]
TWO = [
    ("another type", telling(), telling(type="Meeting", text="乙")),
    ("another day", telling(), telling(day=date(2031, 5, 4), text="乙")),
    ("another lead", telling(), telling(TAO, text="乙")),
    ("other places on one day", telling(places=[STREET]), telling(places=[PARK], text="乙")),
    ("other marks", telling(marks=("第三批",)), telling(marks=("第八批",), text="乙")),
    ("undated in another issue", telling(), telling(day=None, issue=date(2031, 5, 20), text="乙")),
    ("undated in two issues", telling(day=None), telling(day=None, issue=date(2031, 5, 20), text="乙")),
    (
        "a place and only one person",
        telling(None, places=[PARK], others=[TAO]),
        telling(None, places=[PARK], others=[TAO, LAN], label="园林工人植树", text="乙"),
    ),
    ("a participant is no lead", telling(None, others=[WEI]), telling(None, others=[WEI], text="乙")),
    (
        "undated, other places, labels that name them",
        telling(day=None, places=[STREET], label="魏长河到青石街调研环境整治工作"),
        telling(day=None, places=[PARK], label="魏长河到西山公园调研环境整治工作"),
    ),
]


@pytest.mark.parametrize(("why", "one", "other"), ONE, ids=[row[0] for row in ONE])
def test_one_happening(why: str, one: PageReading, other: PageReading) -> None:
    assert count(one, other) == count(other, one) == 1


@pytest.mark.parametrize(("why", "one", "other"), TWO, ids=[row[0] for row in TWO])
def test_two_happenings(why: str, one: PageReading, other: PageReading) -> None:
    assert count(one, other) == count(other, one) == 2


def test_undated_that_fits_two_days_stays_by_itself() -> None:
    dated = [telling(day=date(2031, 5, day), text=str(day)) for day in (3, 4)]
    happenings = unify([*dated, telling(day=None, text="无日期")]).happenings
    assert len(happenings) == 3
    assert sum(happening.when is None for happening in happenings) == 1


def test_a_telling_without_place_does_not_join_two_places() -> None:
    assert count(telling(places=[STREET]), telling(places=[PARK], text="乙"), telling(text="丙")) == 3


def test_a_wide_place_does_not_join_two_in_it() -> None:
    square = place("新河广场", f"{CITY}/东坪区")
    assert (
        count(telling(places=[STREET]), telling(places=[square], text="乙"), telling(places=[DISTRICT], text="丙")) == 3
    )


def test_a_month_does_not_join_two_of_its_days() -> None:
    days = [telling(day=date(2031, 5, day), places=[STREET], text=str(day)) for day in (3, 4)]
    assert count(*days, telling(day=RANGE, places=[STREET], text="月")) == 3


def test_a_merged_happening_keeps_the_best_of_each_telling() -> None:
    short = telling(day=None, places=[STREET], others=[TAO], label="魏长河调研")
    full = telling(places=[STREET], others=[TAO, LAN], label="魏长河到青石街调研", text="乙")
    organised = telling(TAO, places=[STREET], others=[WEI, LAN], label="调研举行", role=Role.ORGANIZER, text="丙")
    (happening,) = unify([short, full, organised]).happenings
    assert happening.label == "魏长河到青石街调研"
    assert happening.when == When(DAY, DAY, "2031-05-05")
    roles = {actor.entity: actor.role for actor in happening.actors}
    assert roles == {WEI: Role.LEAD, TAO: Role.ORGANIZER, LAN: Role.PARTICIPANT}
    assert {actor.entity: len(actor.proofs) for actor in happening.actors} == {WEI: 3, TAO: 3, LAN: 2}
    assert len(happening.proofs) == 3


def test_two_entities_that_are_one_person_share_a_happening() -> None:
    assert count(telling(person("魏长河", "")), telling(person("魏长河"), text="乙")) == 1


def test_a_byline_is_the_person_the_article_speaks_of() -> None:
    article = make_article("标题", "记者麦田报道。", reporters=["麦田"])
    proof = make_evidence(article, "记者麦田")
    post = Post(person("麦田", "青原省"), "记者", None, DAY, proof, "post")
    (report,) = unify([make_reading(article, posts=[post])]).reports
    assert report.authors == (person("麦田", "青原省"),)
    (alone,) = unify([make_reading(article)]).reports
    assert alone.authors == (person("麦田", CITY),)


def test_only_printed_things_are_mentioned() -> None:
    article = make_article("标题", "市委发文。")
    (report,) = unify([make_reading(article, [Thing(PARTY, ("市委",)), Thing(agency("上级"), ())])]).reports
    assert report.mentions == (PARTY,)


PLACES = [STREET, PARK, DISTRICT, place("青石街", "")]
tellings = st.builds(
    telling,
    st.sampled_from([WEI, TAO, person("魏长河", ""), None]),
    type=st.sampled_from(["Inspection", "Meeting"]),
    label=st.sampled_from(["魏长河调研", "市领导到青石街调研", "调研"]),
    day=st.sampled_from([None, DAY, date(2031, 5, 4), RANGE]),
    places=st.lists(st.sampled_from(PLACES), max_size=2),
    others=st.lists(st.sampled_from([TAO, LAN, GUO]), max_size=3, unique=True),
    marks=st.sampled_from([(), ("第三批",), ("第八批",)]),
    issue=st.sampled_from([date(2031, 5, 6), date(2031, 5, 7), None]),
    text=st.sampled_from("甲乙丙丁戊己庚辛"),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(tellings, max_size=9), st.randoms(use_true_random=False))
def test_any_order_and_any_repetition_give_the_same(readings: list[PageReading], chance: random.Random) -> None:
    # One page, one reading: what differs must differ in its text.
    distinct = list({reading.page.sha256: reading for reading in readings}.values())
    shuffled = [*distinct, *distinct[:2]]
    chance.shuffle(shuffled)
    assert unify(distinct) == unify(shuffled)


@settings(max_examples=100, deadline=None)
@given(st.lists(tellings, max_size=9))
def test_nothing_told_is_lost_and_no_happening_contradicts_itself(readings: list[PageReading]) -> None:
    distinct = list({reading.page.sha256: reading for reading in readings}.values())
    knowledge = unify(distinct)
    assert sum(len(happening.proofs) for happening in knowledge.happenings) == len(distinct)
    told = {event.type for reading in distinct for article in reading for event in article.events}
    assert {happening.type for happening in knowledge.happenings} == told
    days = {reading.page.sha256: reading.articles[0].events[0].when for reading in distinct}
    for happening in knowledge.happenings:
        spans = [when for proof in happening.proofs if (when := days[proof.article.page.sha256])]
        assert all(a.begin <= b.end and b.begin <= a.end for a in spans for b in spans)

"""Which people of one name are one: rows of sightings, numbered by the person they must be."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

import pytest

from kg.identity import unify
from kg.model import Entity, Kind, PageReading, Post, Thing, Walk
from tests.conftest import make_article, make_evidence, make_reading

CITY, OTHER_CITY, FAR = "青原省/云岭市", "青原省/沧河市", "白川省/平江市"
COUNTY, DISTRICT = f"{CITY}/石门县", f"{CITY}/东坪区"
WATER, SCHOOLS = "云岭市水利局", "云岭市教育局"


@dataclass(frozen=True)
class Seen:
    """Somebody called 何晓峰 as one article shows him; `who` numbers the people that a reader would tell apart."""

    who: int
    day: str
    walk: str = Walk.OFFICE
    place: str = CITY
    agency: str = ""
    title: str = ""
    body: str = "department"
    also: tuple[str, str] | None = None  # the place and the agency of a second post in the same article


ONE_NAME = [
    ("the same bureau, years apart", [Seen(1, "2019-03-01", agency=WATER), Seen(1, "2023-03-01", agency=WATER)]),
    ("from one bureau to another", [Seen(1, "2019-03-01", agency=WATER), Seen(1, "2023-03-01", agency=SCHOOLS)]),
    (
        "heads of two bureaus in turn on the same days",
        [
            Seen(1, "2021-01-01", agency=WATER),
            Seen(2, "2021-02-01", agency=SCHOOLS),
            Seen(1, "2021-03-01", agency=WATER),
        ],
    ),
    (
        "vice mayor and head of a bureau at once",
        [
            Seen(1, "2021-01-01", agency="云岭市人民政府", title="副市长", body="government"),
            Seen(1, "2021-02-01", agency="云岭市公安局", body="police"),
            Seen(1, "2021-03-01", agency="云岭市人民政府", title="副市长", body="government"),
        ],
    ),
    (
        "both bureaus in one article",
        [
            Seen(1, "2021-01-01", agency=WATER),
            Seen(1, "2021-02-01", agency=SCHOOLS, also=(CITY, WATER)),
            Seen(1, "2021-03-01", agency=WATER),
        ],
    ),
    (
        "from county to district of one city",
        [
            Seen(1, "2019-03-01", place=COUNTY, agency="石门县人民政府"),
            Seen(1, "2021-03-01", place=DISTRICT, agency="中共东坪区委"),
        ],
    ),
    (
        "in two districts over the same days",
        [
            Seen(1, "2019-03-01", place=COUNTY, agency="石门县人民政府"),
            Seen(2, "2020-03-01", place=DISTRICT, agency="中共东坪区委"),
            Seen(1, "2021-03-01", place=COUNTY, agency="石门县人民政府"),
        ],
    ),
    (
        "officials of two cities",
        [Seen(1, "2019-03-01", agency=WATER), Seen(2, "2021-03-01", place=OTHER_CITY, agency="沧河市教育局")],
    ),
    (
        "officials of two cities, whom one article tells of both",
        [
            Seen(1, "2019-03-01", agency=WATER),
            Seen(1, "2020-03-01", place=OTHER_CITY, agency="沧河市人民政府", also=(CITY, WATER)),
        ],
    ),
    ("reporter and official", [Seen(1, "2021-03-01", agency=WATER), Seen(2, "2021-03-02", Walk.PRESS)]),
    ("reporter of the same paper, years apart", [Seen(1, "2015-03-01", Walk.PRESS), Seen(1, "2023-03-02", Walk.PRESS)]),
    ("official of 1998 and pupil of 2021", [Seen(1, "1998-03-01", agency=WATER), Seen(2, "2021-03-02", Walk.PUPIL)]),
    ("mayor and villager", [Seen(1, "2021-03-01", agency=WATER), Seen(2, "2021-03-02", Walk.PRIVATE)]),
    ("villager of one week", [Seen(1, "2021-03-01", Walk.PRIVATE), Seen(1, "2021-03-06", Walk.PRIVATE)]),
    ("villagers of two years", [Seen(1, "2021-03-01", Walk.PRIVATE), Seen(2, "2022-03-06", Walk.PRIVATE)]),
    (
        "nurse and later head of one hospital",
        [
            Seen(1, "2019-03-01", Walk.STAFF, agency="云岭市中心医院", title="护士", body="hospital"),
            Seen(1, "2023-03-01", agency="云岭市中心医院", title="院长", body="hospital"),
        ],
    ),
    (
        "teacher and policeman",
        [
            Seen(1, "2021-03-01", Walk.STAFF, agency="云岭市第一中学", title="教师", body="school"),
            Seen(2, "2021-03-02", Walk.STAFF, agency="云岭市公安局", title="民警", body="police"),
        ],
    ),
    ("named without a title, one official so called", [Seen(1, "2021-03-01", agency=WATER), Seen(1, "2021-04-01", "")]),
    (
        "named without a title, two so called",
        [Seen(1, "2021-03-01", agency=WATER), Seen(2, "2021-03-02", Walk.PRIVATE), Seen(3, "2021-04-01", "")],
    ),
    ("named without a title, a reporter so called", [Seen(1, "2021-03-01", Walk.PRESS), Seen(2, "2021-04-01", "")]),
    (
        "a province's official fits two of its cities",
        [
            Seen(1, "2021-03-01", agency=WATER),
            Seen(2, "2021-03-01", place=OTHER_CITY, agency="沧河市水利局"),
            Seen(3, "2021-03-01", place="青原省", agency="青原省水利厅"),
        ],
    ),
    ("two provinces", [Seen(1, "2021-03-01", agency=WATER), Seen(2, "2022-03-01", place=FAR, agency="平江市水利局")]),
]


def reading_of(number: int, seen: Seen) -> PageReading:
    article = make_article(f"第{number}篇", f"何晓峰到会{number}。", day=date.fromisoformat(seen.day))
    who = Entity(Kind.PERSON, "何晓峰", seen.place)
    held = [(seen.place, seen.agency)] if seen.agency else []
    held += [seen.also] if seen.also else []
    agencies = [Entity(Kind.AGENCY, name, place) for place, name in held]
    things = [Thing(who, (who.name,), category=seen.walk)]
    things += [Thing(agency, (agency.name,), category=seen.body, known=True) for agency in agencies]
    day, proof = article.issue.date, make_evidence(article, "何晓峰到会")
    posts = [Post(who, seen.title or "局长", agency, day, proof, "post") for agency in agencies]
    return make_reading(article, things, posts)


@pytest.mark.parametrize(("why", "seen"), ONE_NAME, ids=[row[0] for row in ONE_NAME])
def test_who_is_one(why: str, seen: list[Seen]) -> None:
    readings = [reading_of(number, one) for number, one in enumerate(seen)]
    knowledge = unify(readings)
    persons = {
        report.article.page.sha256: [entity for entity in report.mentions if entity.kind is Kind.PERSON]
        for report in knowledge.reports
    }
    found = [persons[reading.page.sha256][0] for reading in readings]
    assert len(set(found)) == len({one.who for one in seen}), why
    assert len(set(zip(found, (one.who for one in seen), strict=True))) == len(set(found)), why


@pytest.mark.parametrize(("why", "seen"), ONE_NAME, ids=[row[0] for row in ONE_NAME])
def test_order_and_doubling_change_nothing(why: str, seen: list[Seen]) -> None:
    readings = [reading_of(number, one) for number, one in enumerate(seen)]
    shuffled = [*readings, readings[0]]
    random.Random(why).shuffle(shuffled)
    assert unify(shuffled) == unify(readings)


def test_of_namesakes_the_official_keeps_the_plain_name_and_the_others_say_what_they_are() -> None:
    seen = [Seen(1, "2021-03-01", Walk.PRIVATE), Seen(2, "2021-03-01", agency=WATER), Seen(3, "2021-03-01", Walk.PUPIL)]
    things = unify([reading_of(number, one) for number, one in enumerate(seen)]).things
    assert [thing.entity.mark for thing in things if thing.entity.kind is Kind.PERSON] == ["", "private", "pupil"]


def test_who_moved_within_a_city_is_of_the_city() -> None:
    seen = [Seen(1, "2019-03-01", place=COUNTY), Seen(1, "2021-03-01", place=DISTRICT)]
    (person,) = {
        t.entity for t in unify([reading_of(n, s) for n, s in enumerate(seen)]).things if t.category == "office"
    }
    assert (person.within, person.mark) == (CITY, "")

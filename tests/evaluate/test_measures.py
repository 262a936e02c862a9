"""What each measure counts as right, on gold and findings invented for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from kg.evaluate.gold import Gold, GoldArticle, GoldEvent, GoldPost, Named
from kg.evaluate.measures import MEASURES, Tally
from kg.evaluate.predicted import FoundArticle, FoundEvent, FoundName, FoundPost, Said

# right, found, gold
Counts = tuple[int, int, int]
BODY = "5月5日,市委书记魏承远到东昌区调研。\n副市长陶晓敏参加调研。"


def named(name: str, *surfaces: str, aka: Iterable[str] = (), optional: bool = False) -> Named:
    canonical = frozenset({name, *aka})
    return Named(name, canonical, canonical | set(surfaces), optional)


def found(*names: str, sentence: str = "", rule: str = "") -> FoundName:
    return FoundName(names, Said(sentence, rule))


WEI, TAO = found("魏承远"), found("陶晓敏")
PARTY = named("中共通化市委", "市委", aka=["中共通化市委员会"])
GOLD = GoldArticle("a1", "魏承远到东昌区调研", "转作风", "5月5日,市委书记", "参加调研")
FOUND = FoundArticle("魏承远到东昌区调研", "转作风", BODY, sentences=tuple(BODY.split("\n")))


def score(gold: Sequence[GoldArticle], articles: Sequence[FoundArticle]) -> Tally:
    tally = Tally()
    tally.score(Gold(Path("gold.yaml"), "page.txt", tuple(gold)), articles)
    return tally


def counts(tally: Tally, measure: str) -> Counts:
    row = tally.rows()[MEASURES.index(measure)]
    return row.right, row.found, row.gold


def slips(tally: Tally, measure: str) -> list[tuple[str, str]]:
    return [(slip.fault, slip.what) for slip in tally.slips if slip.measure == measure]


def test_precision_recall_and_f1() -> None:
    row = score([replace(GOLD, persons=(named("魏承远"), named("段启明")))], [replace(FOUND, persons=(WEI,))]).rows()[3]
    assert (row.measure, row.precision, row.recall) == ("persons", 1.0, 0.5)
    assert row.f1 == pytest.approx(2 / 3)
    nothing = score([], []).rows()[0]
    assert (nothing.precision, nothing.recall, nothing.f1) == (0.0, 0.0, 0.0)


HEADLINES = [
    # as printed, line breaks and punctuation aside
    ("魏承远到东昌区, 调研", "", 1),
    # a character misread
    ("魏承远到东昌区凋研", "", 1),
    # the kicker read as the first part of the headline
    ("魏承远到东昌区调研", "承远到东昌区调研魏", 1),
    ("雨停了", "", 0),
]


@pytest.mark.parametrize(("headline", "kicker", "right"), HEADLINES)
def test_articles(headline: str, kicker: str, right: int) -> None:
    tally = score([replace(GOLD, kicker=kicker)], [replace(FOUND, headline=headline)])
    assert counts(tally, "articles") == (right, 1, 1)
    assert slips(tally, "articles") == [("missed", GOLD.headline)] * (1 - right)


def test_part_of_a_headline_is_right_where_the_kicker_is_the_rest() -> None:
    gold = replace(GOLD, headline="提速增效 全市民生实事项目观摩推进会议召开", kicker="提速增效")
    assert counts(score([gold], [replace(FOUND, headline="全市民生实事项目观摩推进会议召开")]), "articles")[0] == 1


def test_an_article_is_known_by_its_first_words_else_by_its_headline() -> None:
    other = replace(FOUND, headline="另一条", text="雨停了。")
    tally = score([GOLD], [other, replace(FOUND, headline="标题不同")])
    assert slips(tally, "articles") == [("missed", GOLD.headline), ("false", "另一条")]
    assert counts(tally, "complete bodies") == (1, 2, 1)
    tally = score([GOLD], [other, replace(FOUND, text="开头没有读到。")])
    assert (counts(tally, "articles"), counts(tally, "complete bodies")) == ((1, 2, 1), (0, 2, 1))


def test_an_article_not_found_is_missed_with_all_it_says() -> None:
    tally = score([replace(GOLD, persons=(named("魏承远"),))], [])
    assert [counts(tally, m) for m in ("articles", "complete bodies", "persons")] == [(0, 0, 1)] * 3
    assert [slip.measure for slip in tally.slips] == ["articles", "complete bodies", "persons"]


def test_an_article_that_the_gold_has_not_is_false_with_all_it_says() -> None:
    tally = score([], [replace(FOUND, persons=(WEI,), reporters=(found("麦青"),))])
    assert counts(tally, "articles") == (0, 1, 0)
    assert (counts(tally, "persons"), counts(tally, "reporters")) == ((0, 1, 0), (0, 1, 0))
    assert tally.slips[0].article == "extra:魏承远到东昌区调研"


BODIES = [
    (BODY, 1, []),
    # cut off
    (BODY.split("\n")[0], 0, [("missed", GOLD.headline)]),
    # ran into the next article
    (BODY + "\n5月6日,全市民生实事会召开。", 0, [("swallowed another", GOLD.headline)]),
]


@pytest.mark.parametrize(("text", "right", "faults"), BODIES)
def test_complete_bodies(text: str, right: int, faults: list[tuple[str, str]]) -> None:
    following = GoldArticle("a2", "民生实事会召开", "", "5月6日,全市民生", "会召开")
    next_one = FoundArticle("民生实事会召开", "", "5月6日,全市民生实事会召开。")
    tally = score([GOLD, following], [replace(FOUND, text=text), next_one])
    assert counts(tally, "complete bodies") == (1 + right, 2, 2)
    assert slips(tally, "complete bodies") == faults


def test_reporters_are_authors_and_photographers_once_each() -> None:
    gold = replace(GOLD, credited=(Named.plain("麦青"), Named.plain("白一帆")))
    tally = score([gold], [replace(FOUND, reporters=(found("麦青"),), photographers=(found("麦青"), found("石岩")))])
    assert counts(tally, "reporters") == (1, 2, 2)
    assert slips(tally, "reporters") == [("missed", "白一帆"), ("false", "石岩")]


def test_a_name_is_right_by_any_form_and_only_once() -> None:
    gold = replace(GOLD, places=(named("东昌区", "东昌", aka=["通化市东昌区"]), named("江南大街")))
    tally = score([gold], [replace(FOUND, places=(found("东昌"), found("区里", "通化市东昌区")))])
    assert counts(tally, "places") == (1, 2, 2)
    assert slips(tally, "places") == [("missed", "江南大街"), ("false", "区里")]


def test_of_several_that_share_a_form_the_namesake_is_the_one() -> None:
    gold = replace(GOLD, agencies=(named("甲市纪委监委", aka=["甲市监委"]), named("甲市监委")))
    pair = (found("甲市监委"), found("甲市纪委监委"))
    for agencies in (pair, pair[::-1]):
        assert counts(score([gold], [replace(FOUND, agencies=agencies)]), "agencies") == (2, 2, 2)


@pytest.mark.parametrize(("names", "expected"), [(("市领导小组",), (0, 0, 1)), ((), (0, 0, 1))])
def test_what_readers_may_differ_about_counts_neither_way(names: tuple[str, ...], expected: Counts) -> None:
    gold = replace(GOLD, agencies=(named("市领导小组", optional=True), PARTY))
    tally = score([gold], [replace(FOUND, agencies=tuple(map(found, names)))])
    assert counts(tally, "agencies") == expected
    assert slips(tally, "agencies") == [("missed", "中共通化市委")]


def test_the_certain_takes_a_finding_before_the_optional() -> None:
    gold = replace(
        GOLD, agencies=(named("通化市水务局党组", "市水务局", optional=True), named("通化市水务局", "市水务局"))
    )
    assert counts(score([gold], [replace(FOUND, agencies=(found("市水务局"),))]), "agencies") == (1, 1, 1)


LABELS = [
    (("中共通化市委",), 1),
    (("中共通化市委员会",), 1),
    # found by a printed form, which is no canonical name
    (("市委", "中共通化市委"), 0),
]


@pytest.mark.parametrize(("names", "right"), LABELS)
def test_agency_names(names: tuple[str, ...], right: int) -> None:
    tally = score([replace(GOLD, agencies=(PARTY,))], [replace(FOUND, agencies=(FoundName(names),))])
    assert counts(tally, "agencies") == (1, 1, 1)
    assert counts(tally, "agency names") == (right, 1, 1)
    assert slips(tally, "agency names") == [("wanted 中共通化市委", names[0])] * (1 - right)


def test_agency_names_asks_only_of_the_agencies_found() -> None:
    assert counts(score([replace(GOLD, agencies=(PARTY,))], [FOUND]), "agency names") == (0, 0, 0)


POSTS = [
    # the agency by another of its names
    (FoundPost(WEI, "书记", found("中共通化市委员会")), (1, 1, 1), (1, 1, 1)),
    (FoundPost(WEI, "书记", found("中共集安市委")), (1, 1, 1), (0, 1, 1)),
    (FoundPost(WEI, "书记", None), (1, 1, 1), (0, 1, 1)),
    (FoundPost(WEI, "副书记", found("中共通化市委")), (0, 1, 1), (0, 1, 1)),
    (FoundPost(TAO, "书记", found("中共通化市委")), (0, 1, 1), (0, 1, 1)),
]


@pytest.mark.parametrize(("post", "titles", "posts"), POSTS)
def test_post_titles_and_posts(post: FoundPost, titles: Counts, posts: Counts) -> None:
    gold = replace(GOLD, persons=(named("魏承远"),), posts=(GoldPost("魏承远", "书记", PARTY, False),))
    tally = score([gold], [replace(FOUND, persons=(WEI, TAO), posts=(post,))])
    assert (counts(tally, "post titles"), counts(tally, "posts")) == (titles, posts)


def test_a_post_without_agency_in_the_gold_asks_for_none() -> None:
    gold = replace(GOLD, persons=(named("魏承远"),), posts=(GoldPost("魏承远", "市领导", None, False),))
    for agency in (None, found("中共通化市委")):
        posts = (FoundPost(WEI, "市领导", agency),)
        assert counts(score([gold], [replace(FOUND, persons=(WEI,), posts=posts)]), "posts") == (1, 1, 1)


def test_a_post_belongs_to_the_person_by_whichever_name() -> None:
    alias = found("老魏", "魏承远")
    gold = replace(GOLD, persons=(named("魏承远"),), posts=(GoldPost("魏承远", "书记", PARTY, False),))
    posts = (FoundPost(alias, "书记", found("市委")),)
    assert counts(score([gold], [replace(FOUND, persons=(alias,), posts=posts)]), "posts") == (1, 1, 1)


def test_a_debatable_post_counts_neither_way() -> None:
    gold = replace(GOLD, persons=(named("魏承远"),), posts=(GoldPost("魏承远", "总河长", None, True),))
    for posts in ((), (FoundPost(WEI, "总河长", None),)):
        assert counts(score([gold], [replace(FOUND, persons=(WEI,), posts=posts)]), "posts") == (0, 0, 0)


VISIT = GoldEvent(
    "inspection", "魏承远调研", "2031-05-05", (named("魏承远"),), (named("陶晓敏"),), (named("东昌区"),), False
)
READ = FoundEvent("inspection", "2031-05-05", (WEI,), (TAO,), (found("东昌区"),))
EVENTS = [
    (VISIT, READ, 1),
    (VISIT, replace(READ, type="meeting"), 0),
    (VISIT, replace(READ, day="2031-05-06"), 0),
    (VISIT, replace(READ, day=None), 0),
    (VISIT, replace(READ, agents=(TAO,)), 0),
    # one agent of several is enough
    (replace(VISIT, agents=(named("段启明"), named("魏承远"))), READ, 1),
    # no day and no agent in the gold: none is asked for
    (replace(VISIT, day=None), replace(READ, day="2031-05"), 1),
    (replace(VISIT, agents=()), replace(READ, agents=()), 1),
]


@pytest.mark.parametrize(("gold", "read", "right"), EVENTS)
def test_events(gold: GoldEvent, read: FoundEvent, right: int) -> None:
    tally = score([replace(GOLD, events=(gold,))], [replace(FOUND, events=(read,))])
    assert counts(tally, "events") == (right, 1, 1)
    # Who took part and where are right only of an event that is.
    assert counts(tally, "event participants") == (right, 1, 1)
    assert counts(tally, "event places") == (right, 1, 1)


def test_of_two_events_that_fit_the_one_that_shares_more_is_the_one() -> None:
    other = replace(READ, participants=(found("段启明"),), places=())
    for events in ((other, READ), (READ, other)):
        tally = score([replace(GOLD, events=(VISIT,))], [replace(FOUND, events=events)])
        assert counts(tally, "event participants") == (1, 2, 1)
        assert counts(tally, "event places") == (1, 1, 1)


def test_an_optional_event_takes_its_participants_and_places_with_it() -> None:
    tally = score([replace(GOLD, events=(replace(VISIT, optional=True),))], [replace(FOUND, events=(READ,))])
    for measure in ("events", "event participants", "event places"):
        assert counts(tally, measure) == (0, 0, 0)
    assert not tally.slips


def test_a_miss_comes_with_the_sentence_that_speaks_most_of_it() -> None:
    gold = replace(
        GOLD,
        persons=(named("陶晓敏"),),
        posts=(GoldPost("陶晓敏", "副市长", None, False),),
        agencies=(PARTY,),
        events=(VISIT,),
    )
    said = {slip.measure: slip.said for slip in score([gold], [FOUND]).slips}
    first, second = FOUND.sentences
    assert (said["persons"], said["posts"], said["event participants"]) == (Said(second),) * 3
    assert (said["agencies"], said["events"], said["event places"]) == (Said(first),) * 3


def test_a_false_alarm_comes_with_the_sentence_and_the_rule_that_read_it() -> None:
    alarm = found("东昌", sentence="到东昌走访。", rule="place.last_word")
    (slip,) = score([GOLD], [replace(FOUND, places=(alarm,))]).slips
    assert (slip.measure, slip.fault, slip.page, slip.article, slip.what) == (
        *("places", "false", "page.txt"),
        *("a1", "东昌"),
    )
    assert slip.said == Said("到东昌走访。", "place.last_word")

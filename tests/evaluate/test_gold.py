"""Gold files: what is read in them, and what is refused with the file and the reason."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kg.evaluate import find_page
from kg.evaluate.gold import GoldEvent, Named, read_gold
from kg.model import KgError

GOLD = """
source: page.txt
articles:
- id: a1
  headline: 魏承远到东昌区调研
  kicker: null
  reporters: [麦青]
  photographers: [白一帆]
  first_words: 5月5日,市委书记
  last_words: 参加调研
  persons:
  - name: 魏承远
    posts: [[书记, 中共通化市委]]
    maybe_posts: [[总河长, null]]
  - {name: 陶晓敏, optional: true}
  agencies:
  - {name: 中共通化市委, surfaces: [市委], aka: [中共通化市委员会]}
  events:
  - {type: inspection, label: 魏承远调研, date: 2031-05-05, agents: [魏承远], participants: [市委], places: [东昌区]}
"""


def gold_file(folder: Path, text: str) -> Path:
    path = folder / "gold.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_read(tmp_path: Path) -> None:
    gold = read_gold(gold_file(tmp_path, GOLD))
    (article,) = gold.articles
    assert (gold.source, article.id, article.headline, article.kicker) == ("page.txt", "a1", "魏承远到东昌区调研", "")
    assert [named.name for named in article.credited] == ["麦青", "白一帆"]
    assert [(person.name, person.optional) for person in article.persons] == [("魏承远", False), ("陶晓敏", True)]
    assert [(post.title, post.agency and post.agency.name, post.optional) for post in article.posts] == [
        ("书记", "中共通化市委", False),
        ("总河长", None, True),
    ]


def test_an_agency_has_canonical_names_and_printed_forms(tmp_path: Path) -> None:
    (article,) = read_gold(gold_file(tmp_path, GOLD)).articles
    canonical = frozenset({"中共通化市委", "中共通化市委员会"})
    assert article.agencies == (Named("中共通化市委", canonical, canonical | {"市委"}),)
    # A post is at the agency under whichever of its names.
    assert article.posts[0].agency == article.agencies[0]


def test_an_event_knows_its_actors_by_every_form(tmp_path: Path) -> None:
    (article,) = read_gold(gold_file(tmp_path, GOLD)).articles
    (event,) = article.events
    assert isinstance(event, GoldEvent)
    # YAML takes 2031-05-05 for a day and not for text.
    assert (event.type, event.day, event.optional) == ("inspection", "2031-05-05", False)
    assert event.participants[0].forms == {"市委", "中共通化市委", "中共通化市委员会"}
    assert event.places == (Named.plain("东昌区"),)


BAD = [
    ("[", "no YAML"),
    ("- a", "expected a mapping"),
    ("source: ../page.txt", "source must be the name of a page file"),
    ("articles: []", "source must be the name of a page file"),
    ("source: page.txt\narticles: {a: b}", "articles must be a list"),
    ("source: page.txt\narticles: [魏承远]", "articles 1: expected a mapping"),
    ("source: page.txt\narticles: [{headline: 雨停了}]", "every article needs an id of its own"),
    ("source: page.txt\narticles: [{id: a1}, {id: a1}]", "every article needs an id of its own"),
    ("source: page.txt\narticles: [{id: a1, places: [{surfaces: [通化]}]}]", "name is missing"),
    ("source: page.txt\narticles: [{id: a1, persons: 魏承远}]", "a1: persons must be a list"),
    ("source: page.txt\narticles: [{id: a1, persons: [{name: 魏承远, posts: [书记]}]}]", "[title, agency or null]"),
]


@pytest.mark.parametrize(("text", "reason"), BAD, ids=[reason for _, reason in BAD])
def test_what_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(KgError) as caught:
        read_gold(gold_file(tmp_path, text))
    assert reason in str(caught.value) and "gold.yaml" in str(caught.value)


def test_a_file_that_is_no_text_or_not_there(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="cannot be read"):
        read_gold(tmp_path / "missing.yaml")
    (tmp_path / "binary.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(KgError, match="cannot be read"):
        read_gold(tmp_path / "binary.yaml")


def test_without_pyyaml_the_message_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "yaml", None)
    with pytest.raises(KgError, match=r"pip install 'kg-gazette\[evaluate\]'"):
        read_gold(gold_file(tmp_path, GOLD))


@pytest.mark.parametrize("place", ["seeds/pages", "gold", "pages"])
def test_a_page_is_found_where_pages_are_or_by_its_gold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in {"gold", place}:
        (tmp_path / folder).mkdir(parents=True)
    gold = read_gold(gold_file(tmp_path / "gold", GOLD))
    with pytest.raises(KgError, match=r"its page page\.txt is not in"):
        find_page(gold)
    (tmp_path / place / "page.txt").write_text("雨停了", encoding="utf-8")
    assert find_page(gold).resolve() == (tmp_path / place / "page.txt").resolve()
    assert find_page(gold, tmp_path / place) == tmp_path / place / "page.txt"
    with pytest.raises(KgError, match="name its --pages"):
        find_page(gold, tmp_path / "elsewhere")

"""The file: whole, the same every time, closed to what a newspaper may print, honest about a focus it cannot find."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pyoxigraph as ox
import pytest
from newsroom import HOSTILE, Newsroom, small_town

import kg.view
from kg.model import KgError
from kg.view import Choice, write_view
from kg.view.page import SHAPES


def data_of(path: Path, name: str):
    return json.loads(re.search(rf'id="{name}">(.*?)</script>', path.read_text("utf-8"), re.S).group(1))


def test_nothing_in_the_file_points_outside(town_page):
    html = unescape(town_page.read_text("utf-8"))
    outside = re.compile(r'(?:src|href|action)\s*=\s*["\']?(?:https?:)?//|@import|url\(\s*["\']?(?:https?:)?//')
    assert not outside.search(re.sub(r"<script>.*?</script>", "", html, flags=re.S))
    assert "default-src 'none'" in html
    assert "unsafe-inline" not in html
    assert html.startswith("<!doctype html>")


def test_hostile_names_enter_as_text_only(town_page):
    html = town_page.read_text("utf-8")
    assert "<script>alert" not in html
    assert HOSTILE in {node["label"] for node in data_of(town_page, "book")["nodes"]}


def test_all_facts_are_carried_once(town, town_page):
    book = data_of(town_page, "book")
    assert (len(book["nodes"]), len(book["events"]), len(book["posts"])) == (16, 7, 7)
    assert book["totals"] == {"person": 6, "agency": 6, "place": 4, "links": 17, "events": 7, "posts": 7}
    sentences = ["".join(quote[1:]) for quote in book["quotes"]]
    assert len(sentences) == len(set(sentences)) == 7
    for quote in book["quotes"]:
        page = book["articles"][quote[0]]["page"].removesuffix(".txt")
        assert all(piece in town.texts[page] for piece in quote[1:])


def test_pyvis_nodes_have_colour_group_shape_and_place(town_page):
    nodes = data_of(town_page, "nodes")
    assert {(node["group"], node["shape"]) for node in nodes} == {("person", "dot"), ("agency", "square")}
    assert all(isinstance(node["x"], int) and isinstance(node["y"], int) for node in nodes)
    ids = {node["id"] for node in nodes}
    assert all(edge["from"] in ids and edge["to"] in ids for edge in data_of(town_page, "edges"))


def test_the_same_graph_gives_the_same_bytes_in_any_order_and_under_any_hash_seed(town_page, tmp_path):
    quads = sorted(small_town().store, key=str, reverse=True)
    store = ox.Store()
    store.extend(quads)
    again = tmp_path / "again.html"
    write_view(store, again)
    assert again.read_bytes() == town_page.read_bytes()
    script = "import sys; from pathlib import Path; from newsroom import small_town; from kg.view import write_view; "
    script += "write_view(small_town().store, Path(sys.argv[1]))"
    seeded = tmp_path / "seeded.html"
    here = [str(Path(__file__).parent), str(Path(__file__).parents[2])]
    environment = {**os.environ, "PYTHONHASHSEED": "77", "PYTHONPATH": os.pathsep.join(here)}
    subprocess.run([sys.executable, "-c", script, str(seeded)], check=True, env=environment)
    assert seeded.read_bytes() == town_page.read_bytes()


@pytest.mark.parametrize(
    ("focus", "hops", "expected"),
    [
        ("陆闻笛", 0, {"陆闻笛"}),
        ("闻笛同志", 0, {"陆闻笛"}),  # another form of the name
        ("魏青禾", 1, {"魏青禾", "青河市云台县农村人居环境整治提升工作领导小组办公室"}),
        ("https://w3id.org/kg-gazette/id/person/青河市/韩松岭", 0, {"韩松岭"}),
        ("转办群众来信12件", 1, {"青河市人民政府", "青河市生态环境局"}),  # an event opens with its parties
        ("柳河湾", 1, {"柳河湾", "陆闻笛", "韩松岭", "青河市生态环境局"}),  # a place with who was there
    ],
)
def test_a_focus_opens_on_what_is_around_it(town, tmp_path, focus, hops, expected):
    path = tmp_path / "focus.html"
    write_view(town.store, path, Choice(focus=focus, hops=hops))
    assert {node["label"] for node in data_of(path, "nodes")} == expected
    assert data_of(path, "book")["focus"]


@pytest.mark.parametrize(("focus", "near"), [("陆闻迪", "陆闻笛"), ("苏砚", "苏砚秋"), ("环境局", "青河市生态环境局")])
def test_an_unknown_focus_is_told_with_the_nearest_names(town, tmp_path, focus, near):
    with pytest.raises(KgError, match=near):
        write_view(town.store, tmp_path / "x.html", Choice(focus=focus))
    assert not (tmp_path / "x.html").exists()


def test_every_phrase_of_the_page_stands_in_both_languages():
    static = Path(kg.view.__file__).parent / "static"
    words = json.loads((static / "words.json").read_text("utf-8"))
    used = "".join(path.read_text("utf-8") for path in (*static.glob("*.js"), static / "template.html"))
    said = set(re.findall(r'say\("(\w+)"', used)) | set(re.findall(r'data-(?:word|name|hint)="(\w+)"', used))
    assert said <= words.keys()
    assert all(len(phrases) == 2 and all(phrases) for phrases in words.values())
    spoken = said | set(re.findall(r'"(\w+)"', used)) | set(re.findall(r"words\.(\w+)", used))
    composed = {f"line_{name}" for name in ("post", "joint", "part")} | {f"{kind}_one" for kind in SHAPES}
    assert words.keys() <= spoken | composed


def test_a_title_of_ones_own_is_escaped(town, tmp_path):
    path = tmp_path / "titled.html"
    write_view(town.store, path, title="<b>环保</b>专题")
    assert "<title>&lt;b&gt;环保&lt;/b&gt;专题</title>" in path.read_text("utf-8")


def test_a_place_that_cannot_be_written_is_told_and_leaves_nothing(town, tmp_path):
    with pytest.raises(KgError, match="cannot be written"):
        write_view(town.store, tmp_path / "no" / "such" / "graph.html")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_graph_and_one_without_events_are_pages_too(tmp_path):
    write_view(ox.Store(), tmp_path / "empty.html")
    assert data_of(tmp_path / "empty.html", "nodes") == []
    alone = Newsroom()
    alone.thing("person", "独一人")
    write_view(alone.store, tmp_path / "one.html")
    assert [node["label"] for node in data_of(tmp_path / "one.html", "nodes")] == ["独一人"]
    with pytest.raises(KgError, match="no name near it"):
        write_view(ox.Store(), tmp_path / "y.html", Choice(focus="谁"))


def test_a_huge_graph_carries_its_strongest_part(tmp_path, monkeypatch, city):
    monkeypatch.setattr("kg.view.CARRIED", 300)
    write_view(city.store, tmp_path / "part.html")
    book = data_of(tmp_path / "part.html", "book")
    assert 300 <= len(book["nodes"]) < 400  # and the agencies of the posts of those 300
    assert book["totals"]["person"] + book["totals"]["agency"] == 1900
    assert all(event["parties"] for event in book["events"])

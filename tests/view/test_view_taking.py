"""What a reader takes along: pictures, tables and triples of what is in sight, each read back here."""

from __future__ import annotations

import csv
import xml.etree.ElementTree as ET
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
from newsroom import HOSTILE, PREFIX, Newsroom

STATES = (
    "",
    "#person/苏砚秋?kinds=event,place",
    "#?since=2021-09-10&without=person/韩松岭",
    "#?agency=agency/青河市人民政府",
)


def take(page, form: str) -> Path:
    page.locator("#take summary").click()
    with page.expect_download() as download:
        page.locator("#take .row", has_text=form).click()
    assert not page.locator("#take .sheet").is_visible()
    return download.value.path()


def nodes(page) -> list[dict]:
    return page.evaluate("kg.nodes()")


def test_a_drawing_and_a_picture_show_all_nodes(show, town_page):
    page = show(town_page)
    drawing = take(page, "SVG").read_text("utf-8")
    marks = [element for element in ET.fromstring(drawing).iter() if element.get("class") == "mark"]
    assert len(marks) == len(nodes(page))
    assert "<script>alert" not in drawing
    picture = take(page, "PNG").read_bytes()
    assert picture.startswith(b"\x89PNG")
    width = int(float(ET.fromstring(drawing).get("width") or 0))
    assert int.from_bytes(picture[16:20]) == 2 * width


@pytest.mark.parametrize("address", STATES)
def test_the_query_yields_the_very_triples(show, town: Newsroom, town_page, address):
    page = show(town_page, address)
    taken = take(page, "Turtle").read_text("utf-8")
    asked = take(page, "SPARQL").read_text("utf-8")
    triples = {str(triple.triple) for triple in ox.parse(taken, format=ox.RdfFormat.TURTLE)}
    assert triples == {str(triple) for triple in town.store.query(asked)}
    assert len(triples) > 20


def test_triples_hold_what_is_in_sight_and_no_more(show, town: Newsroom, town_page):
    page = show(town_page, "#?since=2021-09-11")
    graph = ox.Store()
    graph.load(take(page, "Turtle").read_bytes(), format=ox.RdfFormat.TURTLE)
    ask = "SELECT ?l { ?e a sem:Event ; rdfs:label ?l }"
    labels = {row[0].value for row in graph.query(ask, prefixes=PREFIX)}
    assert labels == {"市委常委会会议", "入户走访"}  # the second has no day and passes while the undated do
    assert HOSTILE in {row[0].value for row in graph.query("SELECT ?l { ?s ?p ?l FILTER (ISLITERAL(?l)) }")}


def test_the_table_is_facts_with_their_sentences_and_no_formulas(show, town: Newsroom, town_page):
    rows = list(csv.DictReader(take(show(town_page), "CSV").read_text("utf-8-sig").splitlines()))
    meeting = [row for row in rows if row["fact"] == "全市环保工作会议"]
    assert (meeting[0]["who"], meeting[0]["role"]) == ("苏砚秋", "Lead")
    assert len(meeting) == 4
    printed = "".join(town.texts.values()).replace("\n", "")
    assert all(row["sentence"] in printed for row in rows)
    assert {"Post"} <= {row["type"] for row in rows}
    assert {row["paper"] for row in rows} == {"青河日报"}


def test_no_cell_is_a_formula(show, tmp_path):
    from kg.view import write_view

    room = Newsroom()
    person = room.thing("person", "=HYPERLINK(1)")
    article = room.article("x", 1, "2021-09-06", "头", "@SUM(1)到会。")
    room.prove_event(room.event("Meeting", '-2+3"会', "2021-09-06", {person: "Lead"}), article, "@SUM(1)到会。")
    write_view(room.store, tmp_path / "formula.html")
    rows = list(csv.reader(take(show(tmp_path / "formula.html"), "CSV").read_text("utf-8-sig").splitlines()))
    assert {"'=HYPERLINK(1)", "'-2+3\"会", "'@SUM(1)到会。"} <= set(rows[1])


@pytest.mark.parametrize("address", STATES[:2])
def test_the_network_is_what_is_drawn(show, town_page, address):
    page = show(town_page, address)
    graph = nx.read_graphml(take(page, "GraphML"))
    assert sorted(label for _, label in graph.nodes(data="label")) == sorted(node["label"] for node in nodes(page))
    assert {kind for _, kind in graph.nodes(data="kind")} == {node["kind"] for node in nodes(page)}
    drawn = page.evaluate("kg.lines()")
    lines = [data for _, _, data in graph.edges(data=True) if data["kind"] in ("post", "together", "part of")]
    assert len(lines) == len(drawn)
    assert sum(line["events"] for line in lines) == sum(line["events"] for line in drawn)


PAPER = {"width": 718, "height": 1047}  # what is left of A4 between Chromium's margins
CUT = """() => [...document.querySelectorAll("#figure :is(td, th, p, h1, h2, bdi)")].filter((box) =>
  box.getBoundingClientRect().right > innerWidth + 1 || box.scrollWidth > box.clientWidth + 1 && box.clientWidth)
  .map((box) => box.textContent)"""


def on_paper(page):
    """The page as its printer gets it."""
    page.set_viewport_size(PAPER)
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    return page.locator("#figure tbody tr")


@pytest.mark.parametrize("address", ["", "#person/苏砚秋?since=2021-09-10", "#?view=table&lang=en", "#?view=grid"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_paper_holds_the_picture_and_every_fact_in_light_colours(show, town_page, address, theme):
    page = show(town_page, address, color_scheme=theme)
    drawn, screen = len(nodes(page)), page.evaluate("getComputedStyle(document.body).backgroundColor")
    table = show(town_page, (address or "#?") + ("&" if "?" in address else "?" if address else "") + "view=table")
    facts = table.locator("#table-facts .what").all_text_contents()
    rows = on_paper(page)
    assert sorted(rows.locator(".what").all_text_contents()) == sorted(facts)
    assert page.locator("#figure thead th").count() == 6
    assert page.locator("#figure svg .mark").count() == drawn
    for control in page.locator("header, main, #canvas, #foot, #panel, button, input, #plain").all():
        assert not control.is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator("#figure rect[fill='#ffffff']").count() == 1
    assert page.evaluate(CUT) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PAPER["width"]
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == screen


def test_paper_holds_more_facts_than_a_page_of_the_table(show, city_page):
    page = show(city_page, "#?since=2021-05-01&until=2021-05-31")
    shown = page.evaluate("JSON.parse(document.getElementById('book').textContent)")
    within = [e for e in shown["events"] if "2021-05-01" <= e["begin"] <= "2021-05-31"]
    posts = [p for p in shown["posts"] if p["first"] <= "2021-05-31" and p["last"] >= "2021-05-01"]
    parts = [n for n in shown["nodes"] if n["parent"] >= 0]
    assert len(parts) > 200
    assert on_paper(page).count() == len(within) + len(posts) + len(parts)
    assert page.evaluate(CUT) == []


def test_a_printer_gets_pages(show, town_page):
    page = show(town_page)
    printed = page.pdf(format="A4")
    assert printed.startswith(b"%PDF")
    assert page.locator("#figure tbody tr").count() == 17  # the page was told, and filled its paper
    assert printed.count(b"/Type /Page\n") >= 2

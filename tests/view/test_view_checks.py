"""The twelve checks of a readable graph, on a big one: each number on the page equals the same question in SPARQL."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from time import process_time

import pytest
from newsroom import PREFIX, Newsroom, metropolis
from test_view_browser import PANEL, at_last, search, shown

from kg.view import write_view

ACTOR = "{ ?x a foaf:Person } UNION { ?x a org:Organization }"
PAIRS = """SELECT ?one ?other (COUNT(DISTINCT ?e) AS ?n) {
  ?e sem:hasActor ?a, ?b ; sem:hasBeginTimeStamp ?begin ; sem:hasEndTimeStamp ?end .
  ?a rdfs:label ?one . ?b rdfs:label ?other .
  FILTER (STR(?one) < STR(?other) && ?begin <= "%(until)s"^^xsd:date && ?end >= "%(since)s"^^xsd:date)
} GROUP BY ?one ?other"""

LINKS = """SELECT DISTINCT ?a ?b {
  { ?e sem:hasActor ?a, ?b } UNION { ?post org:member ?a ; org:organization ?b } UNION { ?a org:subOrganizationOf ?b }
  FILTER (?a != ?b)
}"""


def ask(room: Newsroom, query: str) -> list[list[str]]:
    return [[term.value for term in row] for row in room.store.query(query, prefixes=PREFIX)]


def count(room: Newsroom, pattern: str) -> int:
    return int(ask(room, f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ {pattern} }}")[0][0])


def book(page) -> dict:
    return page.evaluate("JSON.parse(document.getElementById('book').textContent)")


def address(page) -> str:
    return page.evaluate("location.hash")


def overlapping(labels: list[dict]) -> list:
    return [
        (a["text"], b["text"])
        for a, b in combinations(labels, 2)
        if a["left"] < b["right"] and b["left"] < a["right"] and a["top"] < b["bottom"] and b["top"] < a["bottom"]
    ]


def test_1_the_opening_is_small_and_its_one_line_of_text_is_counted_right(show, city, city_page):
    page = show(city_page)
    nodes, lines = page.evaluate("kg.nodes()"), page.evaluate("kg.lines()")
    assert len(nodes) <= 80 and len(lines) <= 160
    assert {node["kind"] for node in nodes} == {"person", "agency"}
    facts = book(page)
    drawn = {tuple(line["ids"]) for line in lines}
    told = {event for a, b, _, _, events, _ in facts["links"] if (a, b) in drawn for event in events}
    inside = {node["id"] for node in nodes}
    told |= {n for n, e in enumerate(facts["events"]) if len(e["parties"]) == 1 and e["parties"][0][0] in inside}
    links = len({frozenset(row) for row in ask(city, LINKS)})
    whole = (count(city, ACTOR), links, count(city, "?x a sem:Event"))
    said = f"显示 {len(nodes)}/{whole[0]} 人和机构 · {len(lines)}/{whole[1]} 条线 · {len(told)}/{whole[2]} 件事"
    assert page.locator("#status").inner_text() == said


def test_2_labels_keep_apart_and_the_important_ones_are_there_however_near(show, city_page):
    page = show(city_page)
    labels = page.evaluate("kg.labels()")
    assert not overlapping(labels)
    assert len({node["label"] for node in page.evaluate("kg.nodes()")} & {label["text"] for label in labels}) >= 60
    box = page.locator("#canvas").bounding_box()
    for _ in range(5):
        page.get_by_role("button", name="放大").click()  # 1.25 ** 5 is three times
    page.wait_for_timeout(100)
    labels = page.evaluate("kg.labels()")
    assert not overlapping(labels)
    texts = {label["text"] for label in labels}
    best = sorted(page.evaluate("kg.nodes()"), key=lambda node: node["id"])[:30]
    within = [n for n in best if 20 < n["x"] < box["width"] - 20 and 20 < n["y"] < box["height"] - 20]
    assert within and {node["label"] for node in within} <= texts


def test_4_a_line_tells_its_events_and_unfolds_them_without_counting_one_twice(show, city_page):
    page = show(city_page)
    before = (page.evaluate("kg.lines()"), page.evaluate("kg.nodes()"), address(page))
    line = max(page.evaluate("kg.lines()"), key=lambda line: line["events"])
    assert line["events"] > 12
    page.evaluate("(line) => kg.select({ type: 'line', a: line.ids[0], b: line.ids[1] })", line)
    facts = page.locator(f"{PANEL} .fact.event")
    while page.locator(f"{PANEL} .grow").count():
        page.locator(f"{PANEL} .grow").click()
    assert facts.count() == line["events"]
    bodies = [article["body"] for article in book(page)["articles"]]
    for n in range(facts.count()):
        said = facts.nth(n).locator(".sentence").first.text_content()
        assert any(said in body for body in bodies)
    page.get_by_role("button", name="把事件展开到图上").click()
    unfolded = [node for node in page.evaluate("kg.nodes()") if node["kind"] == "event"]
    left = next(other for other in page.evaluate("kg.lines()") if other["ids"] == line["ids"])
    assert (len(unfolded), left["events"]) == (12, line["events"] - 12)
    page.locator("#canvas").hover(position={"x": 5, "y": 300})
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert (page.evaluate("kg.lines()"), page.evaluate("kg.nodes()"), address(page)) == before


@pytest.mark.parametrize("day", ["2021-01-01", "2021-05-05"])
def test_6_one_day_shows_the_numbers_of_that_day_and_moves_nothing(show, city, city_page, day):
    page = show(city_page)
    places = page.evaluate("kg.places()")
    page = show(city_page, f"#?since={day}&until={day}")
    of_day = {frozenset(row[:2]): int(row[2]) for row in ask(city, PAIRS % {"since": day, "until": day})}
    lines = page.evaluate("kg.lines()")
    assert {line["events"] for line in lines} != {0}
    assert all(line["events"] == of_day.get(frozenset((line["a"], line["b"])), 0) for line in lines)
    assert page.evaluate("kg.places()") == places


def test_6_the_switch_of_the_undated_changes_nothing_else(show, town_page):
    on, off = show(town_page, "#?view=table"), show(town_page, "#?view=table&undated=0")
    rows = [page.locator("#table-facts tbody tr").all_inner_texts() for page in (on, off)]
    gone = Counter(rows[0]) - Counter(rows[1])
    assert len(rows[0]) - len(rows[1]) == 1 and "入户走访" in next(iter(gone))


def test_7_a_path_of_three_steps_shows_a_sentence_a_step_and_other_ways_as_short(show, city_page):
    page = show(city_page)
    facts = book(page)
    near: dict[int, set[int]] = {}
    for a, b, _, posts, events, _ in facts["links"]:
        if (posts or events) and "place" not in (facts["nodes"][a]["kind"], facts["nodes"][b]["kind"]):
            near.setdefault(a, set()).add(b)
            near.setdefault(b, set()).add(a)
    people = [n for n, node in enumerate(facts["nodes"]) if node["kind"] == "person" and n in near]

    def steps(start: int) -> dict[int, int]:
        far, edge = {start: 0}, [start]
        for node in edge:
            for other in near[node] - far.keys():
                far[other] = far[node] + 1
                edge.append(other)
        return far

    one, other = next((a, b) for a in people for b, far in sorted(steps(a).items()) if far == 3 and b in people)
    names = [facts["nodes"][n]["slug"] for n in (one, other)]
    page = show(city_page, f"#path/{names[0]}~{names[1]}")
    ways = page.locator(f"{PANEL} .ladder")
    assert 1 <= ways.count() <= 3
    for way in range(ways.count()):
        rungs = ways.nth(way).locator("> li")
        assert rungs.count() == 3
        assert all(rungs.nth(n).locator(".sentence").count() for n in range(3))
    far = steps(one)
    alone = next((n for n in people if n not in far), None)
    if alone is not None:
        page = show(city_page, f"#path/{names[0]}~{facts['nodes'][alone]['slug']}")
        assert "连不起来" in page.locator(PANEL).inner_text()


ADDRESSES = (
    "#person/苏砚秋?with=place/柳河湾&without=person/韩松岭",
    "#event/市委常委会会议?view=grid",
    "#agency/青河市生态环境局?view=table&lang=en",
    "#path/韩松岭/欧阳知远?since=2021-09-04",
    "#?agency=agency/青河市人民政府&not=Meeting&kinds=event&undated=0",
)


@pytest.mark.parametrize("start", ADDRESSES)
def test_8_an_address_brings_the_same_page_anywhere(show, town_page, start):
    def seen(page):
        return (shown(page), page.locator(PANEL).inner_text(), page.evaluate("kg.state"), address(page))

    page = show(town_page, start)
    once = seen(page)
    page.reload()
    at_last(page, lambda: seen(page), once)
    assert seen(show(town_page, address(page))) == once
    assert seen(show(town_page, page.evaluate("'#' + encodeURI(decodeURI(location.hash.slice(1)))")))[:3] == once[:3]


def test_8_back_returns_through_the_states(show, town_page):
    page = show(town_page)
    states = []

    def seen():
        return shown(page), page.locator(PANEL).inner_text()

    for act in (
        lambda: search(page, "韩松岭"),
        lambda: page.keyboard.press("x"),
        lambda: search(page, "市委常委会会议"),
    ):
        states.append(seen())
        act()
    for state in reversed(states):
        page.go_back()
        at_last(page, seen, state)


def test_9_the_keyboard_alone_searches_reads_expands_and_returns(show, city_page):
    page = show(city_page)
    whole = shown(page)
    page.keyboard.press("/")
    page.keyboard.type("zhaoyiwen")
    page.keyboard.press("Enter")
    assert page.locator(f"{PANEL} h2").inner_text() == "赵一文"
    for _ in range(40):
        page.keyboard.press("Tab")
        style = page.evaluate(
            "getComputedStyle(document.activeElement).outlineStyle + document.activeElement.className"
        )
        assert style.startswith("solid"), style
        if "name person" in style:
            break
    page.keyboard.press("Enter")
    page.keyboard.press("e")
    assert len(shown(page)) > len(whole)
    page.keyboard.press("z")
    assert shown(page) >= whole
    page.keyboard.press("0")
    assert shown(page) == whole


@pytest.mark.parametrize("view", ["graph", "grid", "table"])
def test_9_wherever_the_tab_key_leads_the_focus_is_seen(show, town_page, view):
    page = show(town_page, f"#?view={view}")
    for _ in range(45):
        page.keyboard.press("Tab")
        seen = """() => { const at = document.activeElement, style = getComputedStyle(at);
          return at === document.body || style.outlineStyle === "solid" || at.matches(".column, [type=range]"); }"""
        assert page.evaluate(seen), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")


def test_9_the_table_tells_a_screen_reader_every_fact_of_the_picture(show, town_page):
    page = show(town_page, "#?view=table")
    told = page.locator("#table-facts").aria_snapshot()
    facts = book(page)
    assert all(event["label"].replace("\u202e", "") in told for event in facts["events"] if "<" not in event["label"])
    for post in facts["posts"]:
        assert post["role"] in told and facts["nodes"][post["person"]]["label"] in told
    assert all("".join(quote[1:]).split("\n")[0][:20] in told for quote in facts["quotes"])


@pytest.mark.parametrize("days", ["", "&since=2021-05-01&until=2021-05-31"])
def test_10_the_grid_is_counted_right(show, city_page, days):
    page = show(city_page, f"#?view=grid{days}")
    facts = book(page)
    rows = {link.split(" ")[0] for link in page.locator("#grid-view .names a bdi").all_inner_texts()}
    people = {n for n, node in enumerate(facts["nodes"]) if node["label"] in rows and node["kind"] == "person"}
    within = [e for e in facts["events"] if not days or "2021-05-01" <= e["begin"] <= "2021-05-31"]
    columns = [e for e in within if people & {party[0] for party in e["parties"]}]
    assert len(rows) > 10
    assert page.locator("#grid-view .column .beam").count() == len(columns)
    assert page.locator("#grid-view .dot").count() == sum(len(people & {p[0] for p in e["parties"]}) for e in columns)


def test_11_single_isolated_and_namesake_nodes_have_places(show, tmp_path):
    room = Newsroom()
    for name in ("同名", "独立"):
        room.thing("person", name)
    room.thing("agency", "同名")
    write_view(room.store, tmp_path / "alone.html")
    spots = list(show(tmp_path / "alone.html").evaluate("kg.places()").values())
    assert len({(spot["x"], spot["y"]) for spot in spots}) == 3


def test_12_a_name_and_a_sentence_of_ten_thousand_characters_are_text(show, tmp_path):
    room = Newsroom()
    name, text = "长" * 10_000, "<b>话</b>" * 2_000 + "。"
    person, other = room.thing("person", name), room.thing("person", "甲一")
    article = room.article("x", 1, "2021-09-06", "题" * 10_000, text)
    room.prove_event(room.event("Meeting", name, "2021-09-06", {person: "Lead", other: "Participant"}), article, text)
    write_view(room.store, tmp_path / "long.html")
    for width in (1400, 360):
        page = show(tmp_path / "long.html", "#person/甲一", width=width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert text in page.locator(f"{PANEL} .sentence").first.text_content()
        assert page.locator(f"{PANEL} .sentence b b, {PANEL} script").count() == 0
        for view in ("grid", "table"):
            page.locator(f'[data-view="{view}"]').click()
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_12_a_big_graph_is_drawn_fast_enough_to_pan(show, city_page):
    """How long one drawing takes, the fastest of many, since the machine may be busy with other things."""
    page = show(city_page, "#?kinds=event&level=1")
    assert len(page.evaluate("kg.nodes()")) > 150
    spent = page.evaluate("""() => Math.min(...Array.from({ length: 20 }, () => {
      const t = performance.now(); kg.redraw(); return performance.now() - t; }))""")
    assert spent < 1000 / 30


def test_12_two_thousand_nodes_are_usable_at_once_and_small(show, city_page):
    assert min(show(city_page).evaluate("kg.ready") for _ in range(3)) < 1500  # 0.4 s where nothing else runs
    assert city_page.stat().st_size < 6_000_000


def test_12_ten_thousand_nodes_are_written_and_opened_in_seconds(show, tmp_path):
    room, path = metropolis(6000, 7000, 2500, 500), tmp_path / "land.html"

    def spent() -> float:
        begin = process_time()
        write_view(room.store, path)
        return process_time() - begin

    assert any(spent() < 5 for _ in range(3))  # of one processor; 3.5 s where nothing else runs
    page = show(path)
    assert min(page.evaluate("kg.ready"), *(show(path).evaluate("kg.ready") for _ in range(2))) < 3000  # 0.8 s
    assert len(book(page)["nodes"]) == 10_000
    for typed in ("王", "wang", "wyw", "第7"):
        spent = "(text) => { const t = performance.now(); kg.find(text); return performance.now() - t; }"
        assert min(page.evaluate(spent, typed) for _ in range(3)) < 50

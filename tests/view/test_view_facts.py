"""From quads to records to lines: what is read, how events fold, what a page opens with."""

from __future__ import annotations

from newsroom import BASE, HOSTILE, Newsroom

from kg.view.facts import read_facts
from kg.view.fold import around, backbone, fold, opening


def named(room: Newsroom):
    facts = read_facts(room.store)
    folded = fold(facts)
    return facts, folded, [facts.things[iri].label for iri in folded.nodes]


def test_every_fact_is_read_with_its_sentences(town):
    facts = read_facts(town.store)
    assert len(facts.things) == 6 + 6 + 4
    assert len(facts.posts) == 7
    assert len(facts.events) == 7
    assert all(post.quotes for post in facts.posts.values())
    assert all(event.quotes and all(party.quotes for party in event.parties) for event in facts.events.values())
    assert facts.words["Inspection"] == ("调研督导", "Inspection")


def test_a_torn_sentence_is_read_as_it_reads_wherever_its_pieces_stand(town):
    room = Newsroom()
    article = room.article("torn", 1, "2031-05-06", "市委常委会召开会议", "与会人员。\n陆闻笛主持会议,苏砚秋等全体")
    room.prove(room.event("Meeting", "会议", "2031-05-06", {}), article, "陆闻笛主持会议,苏砚秋等全体", "与会人员。")
    assert [quote.pieces for quote in read_facts(room.store).quotes.values()] == [
        ("陆闻笛主持会议,苏砚秋等全体", "与会人员。")
    ]
    facts = read_facts(town.store)
    torn = [quote for quote in facts.quotes.values() if len(quote.pieces) > 1]
    assert [quote.pieces for quote in torn] == [("9月11日,陆闻笛主持召", "开市委常委会会议,苏砚秋、欧阳知远出席。")]


def test_every_piece_of_evidence_is_in_its_page_file(town):
    facts = read_facts(town.store)
    for quote in facts.quotes.values():
        page = facts.articles[quote.article].page.removesuffix(".txt")
        assert all(piece in town.texts[page] for piece in quote.pieces)
        assert town.texts[page][quote.start :].startswith(quote.pieces[0])


def test_posts_carry_their_days_and_a_post_without_an_agency_has_none(town):
    posts = {post.role: post for post in read_facts(town.store).posts.values()}
    assert (posts["书记"].first, posts["书记"].last) == ("2021-09-03", "2021-09-11")
    assert posts["全国人大代表"].agency is None


def test_who_only_signs_has_no_weight_and_stays_out_of_the_opening(town):
    facts, folded, labels = named(town)
    shown = [labels[n] for n in opening(folded)]
    assert "文一笔" not in shown
    assert set(shown) == {"陆闻笛", "苏砚秋", "韩松岭", "魏青禾", "欧阳知远"} | {
        label for label in labels if facts.things[folded.nodes[labels.index(label)]].kind == "agency"
    }
    assert folded.weights[labels.index("文一笔")] == 0


def test_a_line_knows_its_posts_and_events(town):
    facts, folded, labels = named(town)
    events = list(facts.events.values())
    pair = tuple(sorted((labels.index("陆闻笛"), labels.index("苏砚秋"))))
    link = next(link for link in folded.links if (link.a, link.b) == pair)
    assert sorted(events[n].label for n in link.events) == ["全市环保工作会议", "市委常委会会议"]
    assert link.posts == []
    part = {labels.index("青河市生态环境局"), labels.index("青河市人民政府")}
    assert next(link for link in folded.links if {link.a, link.b} == part).part_of


def test_the_opening_of_a_big_graph_is_small_and_holds_agencies(city):
    _, folded, _ = named(city)
    shown = opening(folded)
    lines = backbone(folded.links, shown)
    assert len(shown) == 80
    assert sum(folded.kinds[n] == "agency" for n in shown) >= 16
    assert not any(folded.kinds[n] == "place" for n in shown)
    assert len(lines) <= 160
    assert {end for line in lines for end in (line.a, line.b)} <= set(shown)


def test_around_takes_the_nearer_first(town):
    _, folded, labels = named(town)
    one = [labels[n] for n in around(folded, [labels.index("魏青禾")], 1)]
    assert sorted(one) == sorted(["魏青禾", "青河市云台县农村人居环境整治提升工作领导小组办公室"])
    assert len(around(folded, [labels.index("苏砚秋")], 2)) > len(around(folded, [labels.index("苏砚秋")], 1))
    assert around(folded, [labels.index("苏砚秋")], 0) == (labels.index("苏砚秋"),)


def test_a_crowd_joins_its_leader_only():
    room = Newsroom()
    people = [room.thing("person", f"王{chr(0x4E00 + n)}") for n in range(60)]
    article = room.article("c", 1, "2021-09-06", "大会", "大会召开。")
    event = room.event(
        "Meeting", "大会", "2021-09-06", {p: "Lead" if p == people[0] else "Participant" for p in people}
    )
    room.prove_event(event, article, "大会召开。")
    _, folded, labels = named(room)
    assert len(folded.links) == 59
    assert {labels.index("王" + chr(0x4E00))} <= set.intersection(*({link.a, link.b} for link in folded.links))


def test_hostile_names_are_read_as_they_are(town):
    assert HOSTILE in {thing.label for thing in read_facts(town.store).things.values()}
    assert all(iri.startswith(BASE) for iri in read_facts(town.store).things)

"""The public shape of the graph: what stands where, what it is called, and that nothing in a page can break out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.graph import quads
from kg.graph.names import mint_unique
from kg.graph.terms import printed_day
from kg.identity import unify
from kg.lexicon import EventType
from kg.model import (
    Article,
    Credit,
    Entity,
    Event,
    Evidence,
    Kind,
    PageReading,
    Participation,
    Post,
    Role,
    Text,
    Thing,
    When,
)
from kg.vocab import PREFIXES
from tests.conftest import make_article, make_evidence, make_reading

CITY = "青原省/云岭市"
BASE = "https://w3id.org/kg-gazette/id/"
WEI, TAO = Entity(Kind.PERSON, "魏长河", CITY), Entity(Kind.PERSON, "陶小满", CITY)
PARTY, GOVERNMENT = Entity(Kind.AGENCY, "中共云岭市委", CITY), Entity(Kind.AGENCY, "云岭市人民政府", CITY)
TOWN, STREET = Entity(Kind.PLACE, "云岭市", "青原省"), Entity(Kind.PLACE, "青石街", CITY)
PLAN = Entity(Kind.DOCUMENT, "清河行动方案")
PREFIX = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
SENTENCE = "5月5日,市委书记魏长河到青石街调研,陶小满参加。"


def sample(body: str = SENTENCE, day: date = date(2031, 5, 6), name: str = "page.txt") -> PageReading:
    article = make_article("魏长河到青石街调研", body, day=day, reporters=["麦田"], name=name)
    proof = make_evidence(article, body)
    things = [
        Thing(WEI, ("魏长河",)),
        Thing(TAO, ("陶小满",)),
        Thing(PARTY, ("市委",), ("中共云岭市委员会",), "party", None, TOWN, True, True),
        Thing(Entity(Kind.AGENCY, "云岭市水务局", CITY), ("市水务局",), (), "department", GOVERNMENT),
        Thing(STREET, ("青石街",), category="road"),
        Thing(TOWN, (), category="city", known=True),
        Thing(PLAN, ("清河行动方案",)),
    ]
    event = Event(
        "Inspection",
        "魏长河到青石街调研",
        When(date(2031, 5, 5), date(2031, 5, 5), "2031-05-05"),
        (
            Participation(WEI, Role.LEAD, proof, "event.lead"),
            Participation(TAO, Role.PARTICIPANT, proof, "event.others"),
        ),
        (STREET,),
        (proof,),
        "event.inspection",
    )
    posts = [
        Post(WEI, "书记", PARTY, day, proof, "post.title-name"),
        Post(TAO, "市领导", None, day, proof, "post.title-name"),
    ]
    return make_reading(article, things, posts, [event])


def load(*readings: PageReading, base: str = BASE, event_types: Iterable[EventType] = ()) -> ox.Store:
    store = ox.Store()
    store.extend(quads(unify(readings), event_types, base))
    return store


def rows(store: ox.Store, query: str) -> list[ox.QuerySolution]:
    found = store.query(PREFIX + query)
    assert isinstance(found, ox.QuerySolutions)
    return list(found)


def ask(store: ox.Store, pattern: str) -> bool:
    return bool(store.query(f"{PREFIX} BASE <{BASE}> ASK {{ {pattern} }}"))


PARTY_NODE = "<agency/青原省/云岭市/中共云岭市委>"
POST_NODE = "<post/云岭市/魏长河/中共云岭市委/书记>"
STATEMENTS = [
    "<paper/云岭日报> a schema:Newspaper ; rdfs:label '云岭日报'@zh",
    "<issue/云岭日报/2031-05-06> a schema:PublicationIssue ; schema:issueNumber 100 ; schema:isPartOf <paper/云岭日报>",
    "<issue/云岭日报/2031-05-06> schema:datePublished '2031-05-06'^^xsd:date",
    "?page a schema:MediaObject ; schema:name 'page.txt' ; schema:sha256 ?sum",
    "?article a schema:NewsArticle ; schema:headline '魏长河到青石街调研'@zh ; schema:position 1",
    "?article a schema:NewsArticle ; schema:isPartOf <issue/云岭日报/2031-05-06>",
    "?article prov:wasDerivedFrom ?page . ?page a schema:MediaObject",
    "?article schema:author <person/云岭市/麦田> . <person/云岭市/麦田> a foaf:Person",
    "<person/云岭市/魏长河> a foaf:Person ; rdfs:label '魏长河'@zh",
    f"{PARTY_NODE} a org:Organization, org:FormalOrganization ; kg:jurisdiction <place/青原省/云岭市>",
    f"{PARTY_NODE} skos:altLabel '市委'@zh, '中共云岭市委员会'@zh ; prov:wasDerivedFrom <lexicon>",
    f"{PARTY_NODE} org:classification kg:agency-party . kg:agency-party rdfs:label ?label",
    "?bureau rdfs:label '云岭市水务局'@zh ; org:subOrganizationOf <agency/青原省/云岭市/云岭市人民政府>",
    "<place/青原省/云岭市/青石街> a schema:Place ; schema:containedInPlace <place/青原省/云岭市>",
    "<place/青原省/云岭市> a schema:AdministrativeArea ; schema:containedInPlace <place/青原省>",
    "<document/清河行动方案> a schema:CreativeWork, kg:Document",
    f"{POST_NODE} a org:Membership ; org:member <person/云岭市/魏长河> ; org:role <role/书记>",
    f"{POST_NODE} org:organization {PARTY_NODE} ; rdfs:label '中共云岭市委书记魏长河'@zh",
    "<role/书记> a org:Role ; rdfs:label '书记'@zh",
    f"{POST_NODE} kg:firstAttested '2031-05-06'^^xsd:date ; kg:lastAttested '2031-05-06'^^xsd:date",
    "<post/云岭市/陶小满/市领导> org:role ?r FILTER NOT EXISTS { <post/云岭市/陶小满/市领导> org:organization ?o }",
    "<event/Inspection/2031-05-05/魏长河/青石街> a sem:Event ; sem:eventType kg:Inspection",
    "<event/Inspection/2031-05-05/魏长河/青石街> sem:hasActor <person/云岭市/魏长河>, <person/云岭市/陶小满>",
    "?e sem:hasBeginTimeStamp '2031-05-05'^^xsd:date ; sem:hasEndTimeStamp '2031-05-05'^^xsd:date",
    "?e sem:hasTimeStamp '2031-05-05'^^xsd:date ; sem:hasPlace <place/青原省/云岭市/青石街>",
    "?e kg:participation ?r . ?r a sem:Role ; rdf:value <person/云岭市/魏长河> ; sem:roleType kg:Lead",
    "kg:Lead a sem:RoleType ; rdfs:label ?label FILTER (LANG(?label) = 'zh')",
    "GRAPH ?article { ?article schema:articleBody ?body ; schema:mentions <document/清河行动方案> }",
    "GRAPH ?article { ?e prov:wasDerivedFrom ?evidence ; kg:rule 'event.inspection' } ?e a sem:Event",
    "GRAPH ?article { ?evidence a oa:SpecificResource ; schema:isPartOf ?article ; oa:hasSource ?page }",
    "GRAPH ?article { ?evidence oa:hasSelector ?q, ?p . ?q oa:exact ?exact . ?p oa:start 10 ; oa:end ?end }",
]


@pytest.mark.parametrize("pattern", STATEMENTS)
def test_the_graph_says(pattern: str) -> None:
    assert ask(load(sample()), pattern)


def test_what_is_known_stands_in_the_default_graph_and_what_an_article_says_in_its_own() -> None:
    store = load(sample())
    known = {_local(quad.predicate.value) for quad in store if quad.graph_name == ox.DefaultGraph()}
    articles = {_local(quad.predicate.value) for quad in store if quad.graph_name != ox.DefaultGraph()}
    assert not known & {"articleBody", "mentions", "rule", "hasSource", "hasSelector", "exact", "start", "end"}
    assert articles == {
        *("articleBody", "mentions", "wasDerivedFrom", "rule", "type", "hasSource", "isPartOf"),
        *("hasSelector", "exact", "start", "end"),
    }
    assert {graph.value for graph in store.named_graphs() if isinstance(graph, ox.NamedNode)} == {
        iri.value for iri in _subjects(store, "https://schema.org/NewsArticle")
    }


def _local(iri: str) -> str:
    return iri.replace("#", "/").rpartition("/")[2]


def _subjects(store: ox.Store, kind: str) -> list[ox.NamedNode]:
    rdf_type = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    found = (quad.subject for quad in store.quads_for_pattern(None, rdf_type, ox.NamedNode(kind)))
    return [iri for iri in found if isinstance(iri, ox.NamedNode)]


def test_a_statement_stands_in_one_graph_only() -> None:
    # The same event by the same rule in two papers.
    store = load(sample(), sample("次日," + SENTENCE, date(2031, 5, 7)))
    count = Counter(quad.triple for quad in store)
    assert len(count) > 100
    assert set(count.values()) == {1}


def test_there_are_no_blank_nodes() -> None:
    for quad in load(sample()):
        assert not any(isinstance(term, ox.BlankNode) for term in (quad.subject, quad.object, quad.graph_name))


def test_every_described_node_has_a_chinese_label_except_evidence() -> None:
    store = load(sample())
    found = rows(
        store,
        """SELECT DISTINCT ?node { ?node a ?type
             FILTER NOT EXISTS { ?node rdfs:label ?label FILTER (LANG(?label) = 'zh') } }""",
    )
    assert [str(row) for row in found] == []


def test_evidence_equals_its_slice_of_the_page() -> None:
    reading = sample()
    content = reading.page.content
    found = rows(
        load(reading),
        """SELECT ?exact ?start ?end { GRAPH ?g {
             ?e oa:hasSelector ?q, ?p . ?q oa:exact ?exact . ?p oa:start ?start ; oa:end ?end } }""",
    )
    quotes = [(row["exact"].value, int(row["start"].value), int(row["end"].value)) for row in found]
    assert quotes and all(content[start:end] == exact for exact, start, end in quotes)


def test_a_torn_sentence_has_a_numbered_pair_of_selectors_for_each_piece() -> None:
    reading = sample()
    torn = Evidence(((20, 24), (10, 15)), ("joined columns",))
    article = reading.articles[0]
    post = replace(article.posts[0], evidence=torn)
    store = load(replace(reading, articles=(replace(article, posts=(post,), events=()),)))
    found = rows(
        store,
        """SELECT ?exact ?start { GRAPH ?g { ?e kg:repair "joined columns" ; oa:hasSelector ?q, ?p .
             ?q oa:exact ?exact ; schema:position ?n . ?p oa:start ?start ; schema:position ?n } } ORDER BY ?n""",
    )
    pieces = [(row["exact"].value, int(row["start"].value)) for row in found]
    assert pieces == [(reading.page.content[20:24], 20), (reading.page.content[10:15], 10)]


def test_a_fact_without_evidence_does_not_enter_the_graph() -> None:
    reading = sample()
    article = reading.articles[0]
    nothing = Evidence(())
    bare = replace(
        article,
        posts=tuple(replace(post, evidence=nothing) for post in article.posts),
        events=tuple(replace(event, evidence=(nothing,)) for event in article.events),
    )
    store = load(replace(reading, articles=(bare,)))
    assert (
        not ask(store, "?m a org:Membership") and not ask(store, "?e a sem:Event") and not ask(store, "?r a org:Role")
    )


def test_two_people_of_one_name_in_places_of_one_name_get_their_whole_path() -> None:
    article = make_article("标题", "魏长河、魏长河到会。")
    people = [Entity(Kind.PERSON, "魏长河", f"{province}/西安区") for province in ("甲省", "乙省")]
    store = load(make_reading(article, [Thing(person, ("魏长河",)) for person in people]))
    assert {iri.value for iri in _subjects(store, PREFIXES["foaf"] + "Person")} == {
        BASE + "person/甲省/西安区/魏长河",
        BASE + "person/乙省/西安区/魏长河",
    }


def test_names_that_look_alike_in_an_iri_stay_two() -> None:
    article = make_article("标题", "正文。")
    things = [Thing(Entity(Kind.AGENCY, name, CITY), (name,)) for name in ("a<b", "a>b", "a/b", "..", "a_b")]
    store = load(make_reading(article, things))
    assert len(set(_subjects(store, PREFIXES["org"] + "Organization"))) == 5


def test_an_issue_of_unknown_day_is_named_by_its_number_and_an_unknown_paper_has_none() -> None:
    numbered = make_reading(make_article("标题", "正文。", day=None))
    assert ask(load(numbered), "<issue/云岭日报/100> schema:issueNumber 100")
    unknown = make_reading(make_article("标题", "正文。", newspaper=None))
    store = load(unknown)
    assert not ask(store, "?i a schema:PublicationIssue") and ask(store, "?a schema:datePublished ?day")


def test_an_article_without_headline_is_known_by_its_first_words() -> None:
    reading = make_reading(make_article("", "孩子们在新河广场种下今年的第一批树苗,并约定秋天再来看它们长高了多少。"))
    assert ask(
        load(reading), "?a a schema:NewsArticle ; rdfs:label '孩子们在新河广场种下今年的第一批树苗,并约定秋…'@zh"
    )
    assert not ask(load(reading), "?a schema:headline ?h")


@pytest.mark.parametrize(("text", "kind"), [("2031-05-06", "date"), ("2031-05", "gYearMonth"), ("2031", "gYear")])
def test_a_printed_day_is_typed_by_its_precision(text: str, kind: str) -> None:
    literal = printed_day(text)
    assert literal is not None and literal.datatype.value == PREFIXES["xsd"] + kind


@pytest.mark.parametrize("text", [None, "", "2031-05-01/2031-05-03", "近日", "2031-5-6", "２０３１"])
def test_what_is_no_single_day_is_no_time_stamp(text: str | None) -> None:
    assert printed_day(text) is None


def test_an_event_type_of_the_users_own_lexicon_brings_its_labels() -> None:
    regatta = EventType("Regatta", "赛舟", "regatta", (), (), (), ())
    store = load(sample(), event_types=[regatta])
    assert ask(store, "kg:Regatta a sem:EventType ; rdfs:label '赛舟'@zh, 'regatta'@en")


def test_the_order_of_pages_changes_nothing() -> None:
    pages = [sample(), sample("次日," + SENTENCE, date(2031, 5, 7)), sample("另," + SENTENCE, name="b.txt")]
    assert list(quads(unify(pages))) == list(quads(unify(reversed(pages))))


def test_another_base_moves_every_node_of_our_own() -> None:
    store = load(sample(), base="https://example.org/kg/")
    own = [quad.subject.value for quad in store if isinstance(quad.subject, ox.NamedNode)]
    assert not [iri for iri in own if not iri.startswith(("https://example.org/kg/", PREFIXES["kg"]))]


def test_minting_keeps_distinct_keys_apart_whatever_they_look_like() -> None:
    minted = mint_unique("https://e.org/", {1: [("a", "b")], 2: [("a", "b"), ("a", "b", "c")], 3: [("a", "b", "c")]})
    assert len({iri.value for iri in minted.values()}) == 3


HOSTILE = st.text(
    st.one_of(
        st.sampled_from("<>\"'{}|\\^`%#?[]/.\n\r\t \x00\x0b\x1f\x7f\x85\u2028\u200b\u202e\ufeff\ufffe\U00020bb7柴市"),
        st.characters(exclude_categories=["Cs"]),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=80, deadline=None)
@given(HOSTILE, HOSTILE, HOSTILE)
def test_no_text_of_a_page_breaks_the_graph(name: str, title: str, label: str) -> None:
    store = load(hostile(name, title, label))
    text = ox.serialize(store, format=ox.RdfFormat.N_QUADS) or b""
    assert set(ox.parse(text, format=ox.RdfFormat.N_QUADS)) == set(store)
    assert all(iri.value.startswith((BASE, PREFIXES["kg"])) for iri in _own(store))
    assert not ask(store, "?m a org:Membership . ?n a org:Membership FILTER (?m != ?n)")


def hostile(name: str, title: str, label: str) -> PageReading:
    """A reading in which every name is the given text."""
    article: Article = make_article("", f"{name}{title}", name=f"{name}.txt", newspaper=name)
    proof = make_evidence(article, name)
    person, place = Entity(Kind.PERSON, name, title), Entity(Kind.PLACE, title, label)
    article = replace(article, reporters=(Credit(name, None, Text("", ())),))
    parts = tuple(Participation(person, role, proof, label) for role in (Role.LEAD, Role.RECIPIENT))
    event = Event("Other", label, None, parts, (place,), (proof,), label)
    post = Post(person, title, Entity(Kind.AGENCY, name, label), None, proof, label)
    things = [Thing(person, (name, label)), Thing(Entity(Kind.DOCUMENT, label), (title,))]
    return make_reading(article, things, [post], [event])


def _own(store: ox.Store) -> list[ox.NamedNode]:
    return [quad.subject for quad in store if isinstance(quad.subject, ox.NamedNode)]

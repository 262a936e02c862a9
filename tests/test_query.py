"""The query library: what each query answers on a small graph, in two engines; values, formats, and what goes wrong."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import KgError
from kg.query import (
    FORMATS,
    Query,
    answer,
    bind,
    describe_library,
    describe_query,
    explain_query,
    fill,
    find_query,
    hints,
    load_queries,
    run_query,
    split_values,
)
from kg.vocab import PREFIXES

# rdflib warns of its own ways.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

HERE = Path(__file__).parent / "queries"
SAMPLE = HERE / "sample.trig"
ID = "https://w3id.org/kg-gazette/id/"
LIBRARY = load_queries()
HOSTILE = [
    '林若川"@zh } ?x ?y ?z #',
    "} } UNION { ?s ?p ?o",
    "' OR 1 = 1",
    "<script>alert(1)</script>",
    '"""',
    "${person}",
    "?_person",
    "{ UNDEF }",
    "林若川\u2028林若川",
    "\U00020bb7",
]


def expected_answers() -> Iterator[tuple[str, dict[str, str], str]]:
    """Blocks of answers/NAME.tsv: a line `# name=value …`, then all that is answered."""
    for path in sorted((HERE / "answers").glob("*.tsv")):
        for block in path.read_text(encoding="utf-8").split("\n\n"):
            values, _, table = block.partition("\n")
            yield path.stem, split_values(values.removeprefix("#").split()), table.rstrip("\n")


def _identify(part: object) -> str:
    if isinstance(part, dict):
        return ",".join(part) or "open"
    return part if isinstance(part, str) and "\t" not in part else ""


ANSWERS = list(expected_answers())


@pytest.fixture(scope="module")
def store() -> ox.Store:
    store = ox.Store()
    store.load(path=str(SAMPLE))
    return store


@pytest.fixture(scope="module")
def dataset() -> rdflib.Dataset:
    dataset = rdflib.Dataset()
    dataset.parse(SAMPLE, format="trig")
    return dataset


def _shorten(text: str) -> str:
    return text.replace(ID, "id:").rstrip("\n")


def _query(text: str) -> Query:
    return find_query("-", io.StringIO(text))


# --- the library -------------------------------------------------------------------------------------------------


def test_sample_keeps_to_the_shape(store: ox.Store) -> None:
    seen = [(quad.subject, quad.predicate, quad.object) for quad in store]
    assert len(seen) == len(set(seen)), "a statement stands in one graph only"
    assert not any(isinstance(term, ox.BlankNode) for triple in seen for term in triple)


@pytest.mark.parametrize(("name", "values", "table"), ANSWERS, ids=_identify)
def test_answer(store: ox.Store, name: str, values: dict[str, str], table: str) -> None:
    assert _shorten(answer(store, LIBRARY[name], values, "tsv")) == table


@pytest.mark.parametrize(("name", "values", "table"), ANSWERS, ids=_identify)
def test_another_engine_answers_the_same(
    dataset: rdflib.Dataset, name: str, values: dict[str, str], table: str
) -> None:
    query = LIBRARY[name]
    result = dataset.query(fill(query, bind(query, values)))
    rows = [[_shorten(str(term)) if term is not None else "" for term in row] for row in result]
    assert sorted(rows) == sorted(line.split("\t") for line in table.split("\n")[1:])


def test_every_query_has_an_answer_that_holds_something() -> None:
    answered = {name for name, _, table in ANSWERS if "\n" in table}
    assert answered == set(LIBRARY)
    assert len(LIBRARY) >= 25


@pytest.mark.parametrize("query", LIBRARY.values(), ids=lambda query: query.name)
def test_example_values_run(store: ox.Store, query: Query) -> None:
    given_values = {param.name: param.example for param in query.params}
    assert answer(store, query, given_values, "csv").count("\n") >= 1


@pytest.mark.parametrize("query", LIBRARY.values(), ids=lambda query: query.name)
def test_file_runs_as_it_stands(store: ox.Store, query: Query) -> None:
    """Pasted into another engine it asks for the examples of its required parameters, the others left open."""
    examples = {param.name: param.example for param in query.params if param.required}
    filled = fill(query, bind(query, examples))
    assert filled.replace(f"<{PREFIXES['xsd']}date>", "xsd:date") == query.text
    assert "xsd:" not in query.text or "PREFIX xsd:" in query.text
    rdflib.Dataset().query(query.text)
    store.query(query.text)  # without the prefixes that `run_query` lends


@pytest.mark.parametrize("query", LIBRARY.values(), ids=lambda query: query.name)
def test_query_describes_itself(query: Query) -> None:
    assert query.summary and not query.summary.endswith(".") and query.description.endswith(".")
    chinese = (query.summary_zh, query.description_zh, *(param.help_zh for param in query.params))
    assert all(any("\u4e00" <= sign <= "\u9fff" for sign in said) for said in chinese)
    text = describe_query(query)
    assert query.summary in text and f"kg query {query.name}" in text
    assert all(f"-p {param.name}={param.example}" in text for param in query.params)
    assert f"{query.name} " in describe_library()


def test_answers_are_the_same_in_every_process() -> None:
    program = (
        "import pyoxigraph as ox, sys; from kg.query import *; s = ox.Store(); s.load(path=sys.argv[1])\n"
        "for q in load_queries().values():\n"
        "    for f in ('tsv', 'table', None):\n"
        "        v = {p.name: p.example for p in q.params if p.required}\n"
        "        sys.stdout.buffer.write(answer(s, q, v, f).encode())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", program, str(SAMPLE)],
            capture_output=True,
            check=True,
            cwd=HERE.parent.parent,
            env={"PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin"},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(seen) == 1 and len(seen.pop()) > 1000


# --- values ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize(("name", "param"), [("posts-of", "person"), ("who-holds", "title"), ("sentences", "about")])
def test_a_hostile_name_is_only_a_name_nobody_bears(store: ox.Store, name: str, param: str, value: str) -> None:
    query = LIBRARY[name]
    values = {p.name: "市政府" for p in query.params if p.required} | {param: value}
    assert answer(store, query, values, "tsv").count("\n") == 1


@pytest.mark.parametrize("value", ["", "   ", "林若川\n}", "a\\u0022 }", "\\", "a\x00", "\ud800"])
def test_a_name_that_is_none_is_refused(value: str) -> None:
    with pytest.raises(KgError, match="person is a name on one line"):
        bind(LIBRARY["posts-of"], {"person": value})


@settings(deadline=None)
@given(st.text(min_size=1))
def test_a_bound_value_comes_back_whole_from_two_engines(value: str) -> None:
    query = _query("SELECT ?_v {\n  VALUES ?_v { UNDEF }\n}")
    try:
        terms = bind(query, {"v": f"名{value}"})
    except KgError:
        return
    text = fill(query, terms)
    assert text.count("\n") == 2
    (row,) = ox.Store().query(text)
    assert row[0] == terms["v"]
    (other,) = rdflib.Graph().query(text)
    assert str(other[0]) == terms["v"].value


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("posts-of", {}, "give -p person=柴伟"),
        ("posts-of", {"persn": "林若川"}, "no parameter 'persn': did you mean person"),
        ("counts", {"x": "1"}, "it takes none"),
        ("agenda", {"person": "林若川", "from": "2030-02-30"}, "from is a day, written YYYY-MM-DD, such as 2021-09-01"),
        ("agenda", {"person": "林若川", "from": "20300301"}, "from is a day"),
        ("busiest", {"at_least": "two"}, "at_least is a whole number"),
        ("busiest", {"at_least": "1 } #"}, "at_least is a whole number"),
        ("proof", {"fact": "no iri"}, "fact is an IRI"),
        ("proof", {"fact": "urn:x> } #"}, "fact is an IRI"),
    ],
)
def test_wrong_values_say_what_is_wrong(store: ox.Store, name: str, values: dict[str, str], message: str) -> None:
    with pytest.raises(KgError) as caught:
        run_query(store, LIBRARY[name], values)
    assert message in str(caught.value) and "\n" not in str(caught.value)


def test_values_are_typed() -> None:
    assert bind(LIBRARY["proof"], {"fact": "id:event/inspection/1"}) == {
        "fact": ox.NamedNode(f"{ID}event/inspection/1")
    }
    assert bind(LIBRARY["proof"], {"fact": "<urn:x>"}) == {"fact": ox.NamedNode("urn:x")}
    assert str(bind(LIBRARY["busiest"], {"at_least": " 2"})["at_least"].value) == "2"
    # é as two code points is the same name as é as one.
    assert bind(LIBRARY["posts-of"], {"person": " Re\u0301my "}) == {"person": ox.Literal("R\u00e9my", language="zh")}
    query = _query('SELECT * {\n VALUES ?_a { UNDEF }\n VALUES ?_b { 3 }\n VALUES ?_c { "2030-01-01"^^xsd:date }\n}')
    assert [param.type for param in query.params] == ["any", "integer", "date"]
    for value, datatype in (("2030-01-01", "#date"), ("7", "#integer"), ("市委", "#langString")):
        assert bind(query, {"a": value})["a"].datatype.value.endswith(datatype)
    assert bind(query, {"a": "<urn:x>"})["a"] == ox.NamedNode("urn:x")


def test_a_name_in_latin_letters_is_a_name_as_the_papers_print_it() -> None:
    """Labels are tagged zh, every one of them: that is in the shapes, and lets a name be looked up, not searched."""
    store = ox.Store()
    store.load(path=str(SAMPLE))
    person = ox.NamedNode(f"{ID}person/青湖市/林若川")
    label = ox.NamedNode("http://www.w3.org/2004/02/skos/core#altLabel")
    store.add(ox.Quad(person, label, ox.Literal("Lin Ruochuan", language="zh")))
    assert "中共青湖市委" in answer(store, LIBRARY["posts-of"], {"person": "Lin Ruochuan"}, "tsv")


@pytest.mark.parametrize("pairs", [["person"], ["=林若川"], ["person=a", "person=b"]])
def test_pairs_that_are_none(pairs: list[str]) -> None:
    with pytest.raises(KgError):
        split_values(pairs)


def test_pairs_keep_what_follows_the_first_equals_sign() -> None:
    assert split_values(["fact=urn:x?a=b"]) == {"fact": "urn:x?a=b"}


# --- finding and reading -----------------------------------------------------------------------------------------


def test_a_query_is_found_by_name_file_text_and_from_standard_input(tmp_path: Path, store: ox.Store) -> None:
    path = tmp_path / "mine.rq"
    path.write_bytes("\ufeffSELECT ?p {\r\n  VALUES ?_who { UNDEF }\r\n  ?p rdfs:label ?_who\r\n}".encode())
    assert find_query("agenda") is not None
    for query in (find_query(str(path)), _query(path.read_text(encoding="utf-8-sig"))):
        assert _shorten(answer(store, query, {"who": "林若川"}, "tsv")) == "p\nid:person/青湖市/林若川"
    assert answer(store, find_query("ASK { ?x a foaf:Person }"), form="tsv") == "answer\ntrue\n"
    with pytest.raises(KgError, match="did you mean agenda"):
        find_query("agend")
    with pytest.raises(KgError, match="no such file"):
        find_query(str(tmp_path / "none.rq"))
    (tmp_path / "bad.rq").write_bytes(b"\xff\xfe")
    with pytest.raises(KgError, match="not UTF-8"):
        find_query(str(tmp_path / "bad.rq"))
    with pytest.raises(KgError, match="holds no query"):
        _query(" \n")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("#+ summary: x\n#+ nonsense\nASK {}", "standard input:2: not a line"),
        ("#+ params:\n#+   - name: a; type: text; example: x; required: yes; help: x\nASK {}", "standard input:2"),
        ("#+ params:\n#+   - name: a; type: name; example: x; required: yes; help: x\nASK {}", "VALUES ?_a"),
        ('#+ summary: x\nASK {\n  VALUES ?_b { "x"@zh }\n}', "b: not both in the header"),
    ],
)
def test_a_broken_header_is_refused(text: str, message: str) -> None:
    with pytest.raises(KgError) as caught:
        _query(text)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT ?x {\n  ?x ?? ?y\n}", "line 2, column 11: expected OPTIONAL, in: ?x ?? ?y"),
        ("SELECT ?x {\n  ?x foo:有 ?y }", "line 2, column 11: Prefix not found, in: ?x foo:有 ?y }"),
        ("SELECT ?x { ?x ?y ", "line 1, column 19: not SPARQL from here on, in: SELECT ?x { ?x ?y"),
        ("INSERT DATA { <urn:a> <urn:b> 1 }", "INSERT would change the graph"),
        ("PREFIX a: <http://b#> # }\n delete where { ?s ?p ?o }", "DELETE would change the graph"),
    ],
)
def test_what_is_no_query_says_so_on_one_line(store: ox.Store, text: str, message: str) -> None:
    size = len(store)
    with pytest.raises(KgError) as caught:
        run_query(store, _query(text))
    assert message in str(caught.value) and "\n" not in str(caught.value)
    assert len(store) == size


def test_hints_name_what_may_have_been_meant(store: ox.Store) -> None:
    agenda = LIBRARY["agenda"]
    assert hints(store, agenda, {"person": "林若穿"}) == ("nothing is called 林若穿: did you mean 林若川?",)
    assert hints(store, agenda, {"person": "林若川", "from": "2031-01-01"}) == ()
    assert hints(store, LIBRARY["undated-events"], {"type": "Transfer"}) == ()
    assert hints(store, LIBRARY["undated-events"], {"type": "移交"}) == ()


# --- formats -----------------------------------------------------------------------------------------------------

NASTY = """SELECT ?text ?n ?iri ?none {
  VALUES (?text ?n ?iri) {
    ("=HYPERLINK(\\"http://x\\")" -1 <https://w3id.org/kg-gazette/ns#Meeting>)
    ("一|二\\t三\\n四\\\\ <script>*五* \\u001B[31m \\u202E" 2 <urn:x>)
  }
}"""


def test_tsv_is_one_line_a_row_and_runs_nothing(store: ox.Store) -> None:
    assert answer(store, _query(NASTY), form="tsv").split("\n") == [
        "text\tn\tiri\tnone",
        '\'=HYPERLINK("http://x")\t-1\thttps://w3id.org/kg-gazette/ns#Meeting\t',
        "一|二\\t三\\n四\\\\ <script>*五* \\x1b[31m \\u202e\t2\turn:x\t",
        "",
    ]


def test_csv_gives_values_back_and_runs_nothing(store: ox.Store) -> None:
    rows = list(csv.reader(io.StringIO(answer(store, _query(NASTY), form="csv"), newline="")))
    assert rows[1] == ['\'=HYPERLINK("http://x")', "-1", "https://w3id.org/kg-gazette/ns#Meeting", ""]
    assert rows[2][0] == "一|二\t三\n四\\ <script>*五* \x1b[31m \u202e"


@pytest.mark.parametrize("first", "=+-@＝＋－＠\t\r")
def test_no_cell_begins_like_a_formula(store: ox.Store, first: str) -> None:
    text = str(ox.Literal(f"{first}1+1"))
    for form in ("csv", "tsv"):
        assert "\n'" in answer(store, _query(f"SELECT ({text} AS ?x) {{}}"), form=form).replace('"', "")


def test_json_is_the_standard_one(store: ox.Store) -> None:
    found = json.loads(answer(store, LIBRARY["posts-of"], {"person": "林若川"}, "json"))
    assert found["head"]["vars"][:2] == ["person", "title"]
    assert found["results"]["bindings"][0]["title"] == {"type": "literal", "value": "书记", "xml:lang": "zh"}
    assert json.loads(answer(store, _query("ASK {}"), form="json"))["boolean"] is True


def test_xml_is_the_standard_one(store: ox.Store) -> None:
    found = ElementTree.fromstring(answer(store, LIBRARY["posts-of"], {"person": "林若川"}, "xml"))
    space = {"s": "http://www.w3.org/2005/sparql-results#"}
    assert [cell.text for cell in found.findall(".//s:binding[@name='title']/s:literal", space)] == ["书记"]
    assert "<boolean>true</boolean>" in answer(store, _query("ASK {}"), form="xml")


def test_what_is_sent_is_shown_whole_and_runs_in_another_engine(store: ox.Store, dataset: rdflib.Dataset) -> None:
    hostile = 'x"@zh } #'
    sent = explain_query(LIBRARY["posts-of"], {"person": hostile})
    assert 'VALUES ?_person { "x\\"@zh } #"@zh }' in sent and sent.startswith("#+ summary")
    own = explain_query(_query("SELECT ?n { ?p a foaf:Person ; rdfs:label ?n FILTER (?n != <http://x:80/a>) } # kg:x"))
    assert own.startswith("PREFIX foaf: <http://xmlns.com/foaf/0.1/>\n") and own.endswith("# kg:x\n")
    assert len(list(dataset.query(own))) == len(list(store.query(own))) == 7


def test_nobody_else_is_asked(store: ox.Store) -> None:
    for text in ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "ASK{serVice?s{}}"):
        with pytest.raises(KgError, match="SERVICE would ask another server"):
            run_query(store, _query(text))
    calm = '# SERVICE\nSELECT ("""a SERVICE "b" """ AS ?service) (\'it\\\'s SERVICE \' AS ?b) { FILTER (1 < 2) }'
    assert answer(store, _query(calm), form="tsv").count("\n") == 2


def test_markdown_is_a_table_of_text_only(store: ox.Store) -> None:
    lines = answer(store, _query(NASTY), form="markdown").split("\n")
    assert lines[0] == "| text | n | iri | none |" and lines[1] == "| --- | --- | --- | --- |"
    assert lines[2].startswith('| =HYPERLINK("http://x") | -1 | kg:Meeting |')
    assert lines[3].startswith("| 一\\|二 三 四\\\\ &lt;script&gt;\\*五\\*  \\[31m")
    assert len(lines) == 5


def test_table_lines_up_chinese_and_hides_only_iris_that_do_not_fit(store: ox.Store) -> None:
    query, values = LIBRARY["agenda"], {"person": "许广陵"}
    wide = answer(store, query, values, "table")
    assert "id:event/meeting/2" in wide and "云杉县、南塘区" in wide and "\x1b" not in wide
    narrow = answer(store, query, values, width=90)
    assert "id:event" not in narrow and "安全生产会议" in narrow
    assert "[31m" in answer(store, _query(NASTY), form="table") and "\x1b" not in answer(store, _query(NASTY), width=80)
    starts = {len(line[: line.index("2030-0")]) for line in wide.split("\n") if "2030-0" in line}
    assert len(starts) == 1
    assert answer(store, query, {"person": "无此人"}, width=80) == "(nothing found)\n"


def test_a_graph_is_turtle_in_a_pipe(store: ox.Store) -> None:
    query = LIBRARY["co-attendance"]
    turtle = answer(store, query, {"at_least": "2"})
    assert turtle.startswith("@prefix dcterms: <http://purl.org/dc/terms/> .\n@prefix foaf: ")
    assert len(rdflib.Graph().parse(data=turtle, format="turtle")) == 6
    assert "dcterms:relation" in answer(store, query, width=200)
    assert answer(store, query, {"at_least": "99"}) == ""
    for form, media in (("nt", "nt"), ("xml", "xml"), ("json", "json-ld"), ("jsonld", "json-ld")):
        written = answer(store, query, {"at_least": "2"}, form)
        assert len(rdflib.Graph().parse(data=written, format=media)) == 6, form


def test_formats_that_do_not_fit_say_so(store: ox.Store) -> None:
    for form in ("ttl", "nt", "jsonld"):
        with pytest.raises(KgError, match=f"{form} is for queries that make a graph"):
            answer(store, LIBRARY["counts"], form=form)
    with pytest.raises(KgError, match="did you mean markdown"):
        answer(store, LIBRARY["counts"], form="markdwn")
    assert list(FORMATS) == ["table", "tsv", "csv", "json", "xml", "markdown", "ttl", "nt", "jsonld"]


# --- size --------------------------------------------------------------------------------------------------------


def _many_events(count: int) -> Iterator[ox.Quad]:
    """Meetings of three of 500 people at one of 50 places, four told by each article; a post for each person."""
    parts = ["".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items()), "@base <urn:x:> .\n"]
    for i in range(500):
        year, agency, role, place = 2010 + i % 40, i % 60, i % 9, i % 50
        parts.append(
            f'<p{i}> a foaf:Person ; rdfs:label "人{i}"@zh . <r{role}> rdfs:label "职{role}"@zh .\n'
            f'<o{agency}> a org:Organization ; rdfs:label "局{agency}"@zh .\n'
            f'<l{place}> a schema:Place ; rdfs:label "地{place}"@zh .\n'
            f"<m{i}> a org:Membership ; org:member <p{i}> ; org:organization <o{agency}> ; org:role <r{role}> ;\n"
            f'  kg:firstAttested "{year}-01-01"^^xsd:date ; kg:lastAttested "{year}-06-01"^^xsd:date .\n'
        )
    for i in range(count):
        parts += _one_event(i, f"20{10 + i % 40}-{1 + i % 12:02d}-01")
    return iter(ox.parse("".join(parts), format=ox.RdfFormat.TRIG))


def _one_event(i: int, day: str) -> Iterator[str]:
    article, issue, people = f"<a{i // 4}>", f"<i{i // 40}>", sorted({i % 500, i * 7 % 500, i * 13 % 500})
    yield f'<e{i}> a sem:Event ; rdfs:label "会{i}"@zh ; sem:eventType kg:Meeting ; sem:hasPlace <l{i % 50}> ;\n'
    yield f'  sem:hasBeginTimeStamp "{day}"^^xsd:date ; sem:hasEndTimeStamp "{day}"^^xsd:date .\n'
    yield f'{article} a schema:NewsArticle ; rdfs:label "文"@zh ; schema:author <p{i % 30}> .\n'
    yield f"{article} schema:isPartOf {issue} . {issue} a schema:PublicationIssue .\n"
    yield f'{issue} schema:datePublished "{day}"^^xsd:date .\n' if i % 40 == 0 else ""
    for p in people:
        yield f"<e{i}> sem:hasActor <p{p}> ; kg:participation <e{i}-{p}> .\n"
        yield f"<e{i}-{p}> a sem:Role ; rdf:value <p{p}> ; sem:roleType kg:Lead .\n"
    yield f"{article} {{ <e{i}> prov:wasDerivedFrom <v{i}> . <v{i}> schema:isPartOf {article} ; oa:hasSource <page> .\n"
    yield f'  <v{i}> oa:hasSelector <q{i}>, <n{i}> . <q{i}> oa:exact "句{i}" . <n{i}> oa:start {i} ; oa:end {i + 9} .\n'
    for p in people:
        yield f"  {article} schema:mentions <p{p}> . <e{i}-{p}> prov:wasDerivedFrom <v{i}> .\n"
    yield "}\n"


def test_ten_thousand_events_do_not_keep_anyone_waiting() -> None:
    store = ox.Store()
    store.bulk_extend(_many_events(10_000))
    names = {"person": "人1", "other": "人7", "agency": "局1", "place": "地1", "about": "人1"}
    slow = {}
    for query in LIBRARY.values():
        values = {p.name: names.get(p.name, p.example) for p in query.params if p.required}
        start = time.perf_counter()
        answer(store, query, values, "tsv")
        slow[query.name] = time.perf_counter() - start
    # Ten times what the slowest one takes on a quiet machine: a query that joins in the wrong order takes minutes.
    assert max(slow.values()) < 10, slow

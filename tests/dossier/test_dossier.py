"""Dossiers: what is meant by a name, what is known of it, and the same in every format; hostile text, hostile names."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result
from rich.cells import cell_len

import kg.dossier
from kg.cli import main
from kg.dossier import FORMATS, candidates, find, read_dossier, write_dossier
from kg.dossier.sheet import lay_out
from kg.model import KgError
from kg.store import load_store, switch_store

HERE = Path(__file__).parent
SAMPLE = HERE.parent / "queries" / "sample.trig"
ID = "https://w3id.org/kg-gazette/id/"
ENDS = {"text": "txt", "markdown": "md", "html": "html", "json": "json"}
EXPECTED = [
    *(("person/青湖市/许广陵", form) for form in FORMATS),
    ("person/青湖市/周明岚", "text"),  # an open question, a removal
    ("青湖市人民政府", "text"),  # an agency: who held which post, what is under it
    ("青湖市公安局", "text"),  # an agency with events and company
    ("东江省", "text"),  # a place: what happened within it
    ("event/meeting/2", "text"),  # an event told by two articles
    ("钟小禾", "text"),  # one who only signs
    ("青湖保护条例", "text"),  # a document is named, and that is all
]


def load(*texts: str) -> ox.Store:
    """The sample graph with its questions, and Turtle of one's own."""
    store = ox.Store()
    store.load(path=str(SAMPLE))
    for text in ((HERE / "questions.ttl").read_text(encoding="utf-8"), *texts):
        store.load(text.encode(), format=ox.RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="module")
def store() -> ox.Store:
    return load()


def show(store: ox.Store, name: str, form: str = "text", width: int | None = None) -> str:
    (iri,) = find(store, name)
    return write_dossier(read_dossier(store, iri), form, width)


@pytest.mark.parametrize(("name", "form"), EXPECTED, ids=["-".join(row) for row in EXPECTED])
def test_a_dossier_is_what_was_looked_at_and_found_good(
    store: ox.Store, name: str, form: str, request: pytest.FixtureRequest
) -> None:
    path = HERE / "expected" / f"{name.replace('/', '-')}.{ENDS[form]}"
    written = show(store, name, form)
    if request.config.getoption("--update-golden"):
        path.write_text(written, encoding="utf-8")
    assert written == path.read_text(encoding="utf-8")


# --- what is meant -----------------------------------------------------------------------------------------------

NAMES = [
    ("林若川", "person/青湖市/林若川"),
    (" 林若川\n", "person/青湖市/林若川"),
    ("中国共产党青湖市委员会", "agency/东江省/青湖市/中共青湖市委"),  # another form
    ("青湖市", "place/东江省/青湖市"),
    ("安全生产会议", "event/meeting/2"),
    ("person/北岭市/周明岚", "person/北岭市/周明岚"),  # an IRI without its beginning
    ("id:person/北岭市/周明岚", "person/北岭市/周明岚"),  # as tables show it
    ("北岭市/周明岚", "person/北岭市/周明岚"),  # the end of one
    (f"{ID}person/北岭市/周明岚", "person/北岭市/周明岚"),
    (f"<{ID}event/meeting/2>", "event/meeting/2"),
    (f"{ID}person/%E5%8C%97%E5%B2%AD%E5%B8%82/%E5%91%A8%E6%98%8E%E5%B2%9A", "person/北岭市/周明岚"),  # from a browser
]


@pytest.mark.parametrize(("name", "tail"), NAMES)
def test_a_thing_is_found_by_any_of_its_names(store: ox.Store, name: str, tail: str) -> None:
    assert find(store, name) == (ID + tail,)


def test_a_label_goes_before_another_form(store: ox.Store) -> None:
    store = load(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @base <https://w3id.org/kg-gazette/id/> ."
        '<person/青湖市/许广陵> skos:altLabel "林若川"@zh .'
    )
    assert find(store, "林若川") == (f"{ID}person/青湖市/林若川",)


def test_an_iri_may_begin_with_another_base() -> None:
    store = load(
        "@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix prov: <http://www.w3.org/ns/prov#> ."
        "<https://my.org/lexicon> a prov:Entity . <https://my.org/person/秦川/苏禾> a foaf:Person ."
    )
    assert find(store, "person/秦川/苏禾") == ("https://my.org/person/秦川/苏禾",)
    assert find(store, "person/青湖市/林若川") == (f"{ID}person/青湖市/林若川",)


def test_candidates_are_told_apart(store: ox.Store) -> None:
    assert candidates(store, find(store, "周明岚")) == (
        "person/北岭市/周明岚  北岭市人民政府副市长\nperson/青湖市/周明岚  青湖市人民政府市长\n"
    )
    assert candidates(store, find(store, "市政府")) == (
        "agency/东江省/北岭市/北岭市人民政府  北岭市\nagency/东江省/青湖市/青湖市人民政府  青湖市\n"
    )
    others = tuple(ID + tail for tail in ("place/东江省/青湖市/云杉县", "event/inspection/1", "person/青湖市/钟小禾"))
    assert candidates(store, others) == (
        "place/东江省/青湖市/云杉县  青湖市、东江省\n"
        "event/inspection/1  2030-02-27、石桥镇\n"
        "person/青湖市/钟小禾  青湖日报 2030-03-08《何书瑶到云杉县、南塘区检查》\n"
    )


@pytest.mark.parametrize(("name", "near"), [("林若穿", "林若川"), ("若川", "林若川"), ("公安局", "青湖市公安局")])
def test_an_unknown_name_gets_the_nearest(store: ox.Store, name: str, near: str) -> None:
    with pytest.raises(KgError, match=f"is called {name}: did you mean .*{near}"):
        find(store, name)


HOSTILE = [
    "",
    "/",
    "//",
    "a/b c",
    "<>",
    "<http://>",
    '"@zh',
    "} ?s ?p",
    "\x00",
    "\ud800",
    "http://[",
    "书记",
    "青湖日报",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_name_is_one_clear_line(store: ox.Store, name: str) -> None:
    with pytest.raises(KgError) as caught:
        find(store, name)
    assert "\n" not in str(caught.value)


# --- what is known -----------------------------------------------------------------------------------------------


def test_a_limit_keeps_the_latest_and_counts_the_others(store: ox.Store) -> None:
    (iri,) = find(store, "person/青湖市/许广陵")
    whole, short = read_dossier(store, iri), read_dossier(store, iri, 1)
    assert short.counts == whole.counts
    assert (short.counts["events"], short.counts["company"]) == (2, 5)
    assert short.events == whole.events[-1:]
    assert short.reports[0].article == whole.reports[-1].article
    assert [post.title for post in short.posts] == ["局长"]
    assert "日程 · Agenda (1/2)\n" in write_dossier(short)


def test_of_very_many_sentences_the_first_and_the_last_are_read() -> None:
    post, template = (
        f"{ID}post/青湖市/林若川/中共青湖市委/书记",
        "<{0}> <http://www.w3.org/ns/prov#wasDerivedFrom> <{1}> .",
    )
    store = load()
    evidence = f"{ID}article/second-bbbbbbbb/1/evidence/50-64"
    store.load(
        template.format(post, evidence).encode(), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(evidence[:-15])
    )
    assert read_dossier(store, f"{ID}person/青湖市/林若川", 2).posts[0].told == 3
    assert "另有 1 句" in write_dossier(read_dossier(store, f"{ID}person/青湖市/林若川", 2))
    assert "另有" not in write_dossier(read_dossier(store, f"{ID}person/青湖市/林若川"))


def test_a_torn_sentence_is_whole_and_knows_its_pieces(store: ox.Store) -> None:
    (post,) = read_dossier(store, f"{ID}person/青湖市/林若川").posts
    assert post.sentences[0].text == "2月27日，市委书记林若川到石桥镇调研春耕。"
    assert post.sentences[0].spans == ((10, 23), (25, 34))


def test_a_graph_without_events_or_posts_has_dossiers() -> None:
    store = ox.Store()
    graph = (
        "@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."
        '<urn:p> a foaf:Person ; rdfs:label "苏禾"@zh .'
    )
    store.load(graph.encode(), format=ox.RdfFormat.TURTLE)
    assert show(store, "苏禾") == "苏禾 · 人物\nurn:p\n"
    assert all(show(store, "苏禾", form) for form in FORMATS)
    with pytest.raises(KgError, match="nor anything like it"):
        find(ox.Store(), "苏禾")


def test_what_is_asked_of_a_post_or_an_event_is_asked_of_whose_it_is(store: ox.Store) -> None:
    asked = {
        "person/青湖市/何书瑶": ["一职二人"],
        "agency/东江省/青湖市/青湖市人民政府": ["一职二人"],
        "agency/东江省/青湖市/青湖市生态环境局": ["是否同一事"],
        "event/meeting/5": ["是否同一事"],
        "person/青湖市/许广陵": ["一日两地", "是否同一事"],
        "place/东江省/青湖市": [],  # where it was is not whom it concerns
    }
    assert {
        tail: [question.label.partition("：")[0] for question in read_dossier(store, ID + tail).questions]
        for tail in asked
    } == asked


def test_a_renamed_agency_names_the_other() -> None:
    change = """@prefix org: <http://www.w3.org/ns/org#> . @prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @base <https://w3id.org/kg-gazette/id/> .
        <change/1> a org:ChangeEvent ; org:originalOrganization <agency/东江省/青湖市/青湖市纪委监委> ;
            org:resultingOrganization <agency/东江省/青湖市/青湖市公安局> ; sem:hasTimeStamp "2018"^^xsd:gYear .
        <agency/东江省/青湖市/青湖市纪委监委> org:changedBy <change/1> .
        <agency/东江省/青湖市/青湖市公安局> org:resultedFrom <change/1> ."""
    store = load(change)
    assert "前身  青湖市纪委监委 2018\n" in show(store, "青湖市公安局")
    assert "改为  青湖市公安局 2018\n" in show(store, "青湖市纪委监委")


def test_places_in_a_circle_come_to_an_end() -> None:
    store = load(
        "@prefix schema: <https://schema.org/> . @base <https://w3id.org/kg-gazette/id/> ."
        "<place/东江省> schema:containedInPlace <place/东江省/青湖市> ."
    )
    assert [above.label for above in read_dossier(store, f"{ID}place/东江省/青湖市").above] == ["东江省"]
    assert show(store, "东江省").count("调研春耕\n") == 1


# --- formats -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_no_line_is_wider_than_the_terminal(store: ox.Store, width: int) -> None:
    text = show(store, "person/青湖市/许广陵", width=width)
    body = [line for line in text.splitlines() if "https://" not in line and "–" not in line]
    assert max(map(cell_len, body)) <= width
    bare = re.sub(r"\s", "", show(store, "person/青湖市/许广陵"))
    assert re.sub(r"\s", "", text) == bare


def test_columns_line_up_in_chinese(store: ox.Store) -> None:
    lines = [
        line for line in show(store, "青湖市人民政府").splitlines() if re.match(r"  2030-0.*(市长|副市长)  ", line)
    ]
    names = [re.search("周明岚|许广陵|何书瑶", line) for line in lines]
    assert len({cell_len(line[: name.start()]) for line, name in zip(lines, names, strict=True) if name}) == 1


def test_a_sentence_is_told_once_and_then_referred_to(store: ox.Store) -> None:
    page = show(store, "person/青湖市/许广陵", "html")
    assert sorted(set(re.findall(r'href="#(s\d+)"', page))) <= sorted(re.findall(r'<blockquote id="(s\d+)"', page))
    text = show(store, "person/青湖市/许广陵")
    assert text.count("2月28日，市委召开安全生产会议，林若川主持") == 1


def test_the_page_allows_its_own_style_and_nothing_else(store: ox.Store) -> None:
    page = show(store, "林若川", "html")
    style = page.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert f'<meta http-equiv="Content-Security-Policy" content="{policy}">' in page
    assert "style=" not in page and "<script" not in page


NASTY = "</style><script>alert(1)</script>\"'&amp;`**粗**` [链](javascript:x) \u202e|\\x\\n=1+1"


@pytest.fixture(scope="module")
def hostile() -> ox.Store:
    """The sample graph, in which every name and every text is an attack."""
    store = ox.Store()
    for quad in load():
        value = quad.object
        if isinstance(value, ox.Literal) and not value.datatype.value.endswith(("date", "integer", "gYearMonth")):
            value = ox.Literal(NASTY + "\n\x1b[31m" + value.value, language=value.language)
        store.add(ox.Quad(quad.subject, quad.predicate, value, quad.graph_name))
    return store


class _Tags(HTMLParser):
    """Which tags a page has, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.names: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.names.update(name for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize(
    "tail", ["person/青湖市/许广陵", "event/meeting/2", "place/东江省", "agency/东江省/青湖市/青湖市公安局"]
)
def test_hostile_text_is_text(hostile: ox.Store, store: ox.Store, tail: str) -> None:
    dossier = read_dossier(hostile, ID + tail)
    plain, attacked = _Tags(), _Tags()
    plain.feed(write_dossier(read_dossier(store, ID + tail), "html"))
    attacked.feed(write_dossier(dossier, "html"))
    assert (attacked.tags, attacked.names) == (plain.tags, plain.names)
    assert "</style><script>alert(1)</script>" in attacked.text
    text, markdown = write_dossier(dossier), write_dossier(dossier, "markdown")
    for written in (text, markdown, candidates(hostile, (ID + tail,))):
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202e]", written)
    assert not re.search(r"<(?!https://)", markdown) and not re.search(r"(?<!\\)[`*|]", markdown)
    assert json.loads(write_dossier(dossier, "json"))["label"] == dossier.label


def test_json_has_every_field_of_every_record(store: ox.Store) -> None:
    record = json.loads(show(store, "event/meeting/2", "json"))
    (event,) = record["events"]
    assert event["type"] == {"iri": "https://w3id.org/kg-gazette/ns#Meeting", "label": "会议"}
    assert [(part["role"]["label"], part["actor"]["label"]) for part in event["parts"]][:2] == [
        ("主持", "林若川"),
        ("组织", "中共青湖市委"),
    ]
    assert record["reports"][0]["as"] == "mention"
    assert list(record) == list(json.loads(show(store, "林若川", "json")))


def test_every_word_is_said(store: ox.Store) -> None:
    room = Path(kg.dossier.__file__).parent
    words = tomllib.loads((room / "words.toml").read_text(encoding="utf-8"))
    said = set(
        re.findall(r"""["'](\w+)["']""", "".join(path.read_text(encoding="utf-8") for path in room.glob("*.py")))
    )
    assert {word for group in words.values() for word in group} <= said
    assert lay_out(read_dossier(store, f"{ID}place/东江省")).kind == "地点"


# --- the command -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with the sample graph's store."""
    place = tmp_path_factory.mktemp("output")
    quads = place / "graph.nq"
    quads.write_bytes(ox.serialize(load(), format=ox.RdfFormat.N_QUADS) or b"")
    switch_store(place / "store", load_store(quads, place / "store"))
    return place


def run(output: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["show", "-s", str(output), *arguments], prog_name="kg")


def test_the_command_shows_and_writes(output: Path, store: ox.Store, tmp_path: Path) -> None:
    assert run(output, "林若川").stdout == show(store, "林若川")
    result = run(output, "林若川", "--format", "html", "-o", str(tmp_path / "lin.html"))
    assert (result.exit_code, result.output) == (0, "")
    assert (tmp_path / "lin.html").read_text(encoding="utf-8") == show(store, "林若川", "html")
    assert "(1/2)" in run(output, "林若川", "--limit", "1").stdout
    assert "(1/" not in run(output, "林若川", "--limit", "0").stdout


def test_an_ambiguous_name_is_told_apart_on_stderr_and_fails(output: Path) -> None:
    result = run(output, "周明岚", "--format", "json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        "person/北岭市/周明岚  北岭市人民政府副市长",
        "person/青湖市/周明岚  青湖市人民政府市长",
        "kg: error: 周明岚 may be any of these 2: ask for one by what its line begins with",
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (
            ("林若穿",),
            1,
            "kg: error: no person, agency, place, event or document is called 林若穿: did you mean 林若川",
        ),
        (("林若川", "-f", "doc"), 2, "'doc' is not one of 'text', 'markdown', 'html', 'json'"),
        (("林若川", "-o", "nowhere/x.html"), 1, "kg: error: nowhere/x.html: cannot be written"),
        ((), 2, "Missing argument 'NAME'"),
    ],
)
def test_a_fault_is_one_clear_line(output: Path, arguments: tuple[str, ...], code: int, message: str) -> None:
    result = run(output, *arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert message in result.stderr


def test_help_names_every_format() -> None:
    text = CliRunner().invoke(main, ["show", "--help"]).output
    assert all(re.search(rf"^  +{name} ", text, re.M) for name in FORMATS)

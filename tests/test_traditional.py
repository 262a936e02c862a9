"""A page in traditional characters: read like its simplified twin, quoted and aliased in its own characters."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.explain import explain_page
from kg.lexicon import Lexicon
from kg.model import Page, Text
from kg.pipeline import build
from kg.read import read_page
from kg.read.traditional import with_simplified
from kg.store import read_only_engine
from kg.vocab import PREFIXES

PREFIX = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
TRADITIONAL = """通化日報
2031年5月6日 星期二 總第4120期

# 再動員
再部署

# 魏承遠到東昌區調研「舊城改造」工作

本報訊(記者 麥青)5月5日,市委書記魏承遠到東昌區調研舊城改造工作。副市長龐曉敏,市發改委、市臺辦負責人參加調研。

會上學習了《通化市城市更新辦法》。市台辦負責人鄒雲飛彙報了情況。(遼軒)
"""
SIMPLIFIED = """通化日报
2031年5月6日 星期二 总第4120期

# 再动员
再部署

# 魏承远到东昌区调研“旧城改造”工作

本报讯(记者 麦青)5月5日,市委书记魏承远到东昌区调研旧城改造工作。副市长庞晓敏,市发改委、市台办负责人参加调研。

会上学习了《通化市城市更新办法》。市台办负责人邹云飞汇报了情况。(辽轩)
"""


def built(directory: Path, content: str) -> ox.Store:
    """The graph of one page."""
    directory.mkdir()
    (directory / "page.txt").write_text(content, encoding="utf-8")
    build([directory / "page.txt"], directory / "output")
    return read_only_engine(directory / "output")


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> tuple[ox.Store, ox.Store]:
    """The graphs of the page and of its simplified twin."""
    desk = tmp_path_factory.mktemp("desk")
    return built(desk / "traditional", TRADITIONAL), built(desk / "simplified", SIMPLIFIED)


def rows(store: ox.Store, query: str) -> set[tuple[str, ...]]:
    found = store.query(PREFIX + query)
    assert isinstance(found, ox.QuerySolutions)
    return {tuple(getattr(term, "value", "") for term in row) for row in found}


def known(store: ox.Store) -> Iterator[str]:
    """What the default graph says, but for the documents and for other names."""
    for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph()):
        said = str(quad.triple)
        if not any(word in said for word in ("/page/", "/article/", "altLabel")):
            yield said


def test_it_says_what_its_simplified_twin_says(graphs: tuple[ox.Store, ox.Store]) -> None:
    traditional, simplified = graphs
    said = sorted(known(traditional))
    assert said == sorted(known(simplified))
    assert any("/event/Inspection/" in line for line in said) and any("/post/" in line for line in said)


def test_labels_are_simplified_and_printed_forms_are_other_names(graphs: tuple[ox.Store, ox.Store]) -> None:
    names = rows(graphs[0], "SELECT ?label ?form { ?x rdfs:label ?label ; skos:altLabel ?form }")
    assert names >= {
        ("魏承远", "魏承遠"),
        ("庞晓敏", "龐曉敏"),
        ("麦青", "麥青"),  # in the byline alone
        ("辽轩", "遼軒"),  # a pen name
        ("东昌区", "東昌區"),
        ("通化市发改委", "市發改委"),
        ("通化日报", "通化日報"),
        ("通化市城市更新办法", "通化市城市更新辦法"),
    }
    # Two spellings of one form are two names.
    assert {form for label, form in names if label.endswith("台办")} >= {"市臺辦", "市台辦"}
    forms = {form for _, form in names}
    assert not forms & {"魏承远", "市发改委"}


def test_its_own_text_is_as_printed(graphs: tuple[ox.Store, ox.Store]) -> None:
    ((headline, body, label),) = rows(
        graphs[0],
        "SELECT ?headline ?body ?label { ?a schema:headline ?headline ; rdfs:label ?label "
        "GRAPH ?a { ?a schema:articleBody ?body } }",
    )
    lines = TRADITIONAL.split("\n")
    assert "魏承遠到東昌區調研「舊城改造」工作" in headline and label == headline
    assert body.split("\n") == [lines[8].partition(")")[2], lines[10].removesuffix("(遼軒)")]
    quotes = rows(
        graphs[0],
        "SELECT ?exact ?start ?end { GRAPH ?a { ?e oa:hasSelector ?q , ?p . "
        "?q oa:exact ?exact . ?p oa:start ?start ; oa:end ?end "
        "OPTIONAL { ?q schema:position ?n } OPTIONAL { ?p schema:position ?m } "
        "FILTER (COALESCE(?n, 1) = COALESCE(?m, 1)) } }",
    )
    assert quotes and all(TRADITIONAL[int(start) : int(end)] == exact for exact, start, end in quotes)


def test_explain_shows_what_is_printed_and_what_it_means(lexicon: Lexicon) -> None:
    told = explain_page("page.txt", TRADITIONAL.encode(), lexicon)
    assert "person 魏承遠 = 吉林省/通化市/魏承远" in told
    assert "body: 5月5日,市委書記魏承遠到東昌區調研舊城改造工作。" in told


@pytest.mark.parametrize(
    ("content", "plain"),
    [
        ("遼源市人民政府辦公室", "辽源市人民政府办公室"),
        ("\ufeff遼源\r\n𠀀臺", "\ufeff辽源\r\n𠀀台"),  # a mark, two characters of a break, one beyond the first plane
        # A calligraphed headline over a simplified page, and a page without a Chinese character.
        ("龍騰雲嶺\n" + "市长检查防汛工作，要求各地做好准备。" * 3, ""),
        ("Page 1", ""),
        # Characters of both kinds of text, 乾县 and 著名, are never a reason.
        ("乾县著名后台干部征于" * 3, ""),
    ],
)
def test_a_page_is_read_simplified_where_its_characters_are_not(content: str, plain: str, lexicon: Lexicon) -> None:
    page = with_simplified(Page("page.txt", "", content), lexicon)
    assert page.simplified == plain and page.plain == (plain or content)
    assert len(page.plain) == len(content)


def test_a_simplified_page_is_read_as_it_is(lexicon: Lexicon) -> None:
    page, _, articles = read_page("page.txt", SIMPLIFIED.encode(), lexicon)
    assert page.simplified == "" and page.spellings("通化") == ()
    for article in articles:
        for text in (article.headline, *article.paragraphs):
            assert page.printed(text) == text.string


def test_a_break_in_a_headline_stays_a_space() -> None:
    page = Page("page.txt", "", "再動員\n再部署", "再动员\n再部署")
    assert page.printed(Text("再动员 再部署", tuple(range(7)))) == "再動員 再部署"
    # Where no break stands between two lines, the space stands on the second's first character.
    assert page.printed(Text("动 员", (1, 2, 2))) == "動 員"

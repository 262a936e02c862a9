"""What must hold for every page, whatever stands in it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.lexicon import load_lexicon
from kg.model import Article, Page, PageError, Part, Text
from kg.read import read_page, split_sentences

PAGES = Path(__file__).parent / "pages"
SEEDS = Path(__file__).parent.parent.parent / "seeds" / "pages"
LEXICON = load_lexicon()

# Scraps that pages are made of, so that the soup looks like a newspaper's now and then.
SCRAPS = st.sampled_from(
    [
        *"。，、：；！？“”（）()《》【】#*|<>&$\\[]~`■▲—…·\n\r\t \u3000\ufeff\u200b\u2028\x0b\x85\x00",
        *("\n\n", "\r\n", "## ", "**", "![](a.png)", "<p>", "<script>", "</script>", "&nbsp;", "\\_", "| a | b |\n"),
        *("本报讯", "（记者 王小明）", "本报记者 李响 摄", "（云轩）", "通讯员", "新华社北京9月3日电", "图为", "——访"),
        *("本報訊（記者 趙鐵龍）", "遼源市長視察龍頭企業", "「雨停了。」"),
        *("9月3日，", "2021年9月6日 星期一", "总第8353期", "辽源日报", "中共辽源市委主管主办", "来源：", "责任编辑："),
        *(
            "市长检查防汛工作",
            "时强调",
            "一、",
            "雨停了。",
            "云岭公交恢复运行，市民出行方便。",
            "联系电话：123",
            "（完）",
        ),
    ]
)
SOUP = st.lists(st.one_of(SCRAPS, st.text(max_size=8)), max_size=60).map("".join)


def texts(article: Article) -> Iterator[Text]:
    yield from (article.headline, article.kicker, *article.paragraphs, *article.captions)
    yield from (credit.text for credit in (*article.reporters, *article.photographers))


def check(page: Page, articles: tuple[Article, ...]) -> None:
    assert len(page.plain) == len(page.content)
    for article in articles:
        assert article.paragraphs
        for text in texts(article):
            assert len(text.string) == len(text.offsets) == len(page.printed(text))
            assert set(page.printed(text)) <= {*page.content, " "}
            for char, offset in zip(text.string, text.offsets, strict=True):
                source = page.plain[offset]
                # A line break, or the tag that breaks a line, read as a space is the one thing that may differ.
                assert char == source or (char == " " and (source.isspace() or source == "<"))
        check_sentences(article)


def check_sentences(article: Article) -> None:
    sentences = split_sentences(article)
    assert [s.index for s in sentences] == list(range(len(sentences)))
    parts = {
        Part.HEADLINE: (article.headline,),
        Part.KICKER: (article.kicker,),
        Part.BODY: article.paragraphs,
        Part.CAPTION: article.captions,
    }
    for part, wholes in parts.items():
        for number, whole in enumerate(wholes):
            pieces = [s.text for s in sentences if s.part is part and s.paragraph == number]
            assert all(piece.string == piece.string.strip() != "" for piece in pieces)
            blank = str.maketrans("", "", "".join(c for c in set(whole.string) if c.isspace()))
            assert "".join(p.string for p in pieces).translate(blank) == whole.string.translate(blank)
            offsets = [offset for piece in pieces for offset in piece.offsets]
            assert set(offsets) <= set(whole.offsets) and len(offsets) == len(set(offsets))


@settings(max_examples=250, deadline=None)
@example("。。。<script></script>。")
@given(SOUP)
def test_any_text_is_read_or_refused(content: str) -> None:
    raw = content.encode("utf-8", "surrogatepass")
    try:
        page, _, articles = read_page("soup.md", raw, LEXICON)
    except PageError as error:
        assert "\n" not in str(error) and str(error).startswith("soup.md: ")
        return
    assert page.content.encode() == raw or page.content.encode("gb18030") == raw
    check(page, articles)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        page, _, articles = read_page("a\nb\u202e.txt", raw, LEXICON)
    except PageError as error:
        assert str(error).splitlines() == [str(error)]
        return
    check(page, articles)


@pytest.mark.parametrize(
    "path", sorted(p for d in (PAGES, SEEDS) for p in d.iterdir() if p.suffix != ".toml"), ids=lambda p: p.stem
)
def test_pages_keep_their_offsets(path: Path) -> None:
    page, _, articles = read_page(path.name, path.read_bytes(), LEXICON)
    check(page, articles)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "p.txt: the file is empty; a page needs text"),
        (b" \r\n\t\xef\xbb\xbf\n", "p.txt: the file is empty; a page needs text"),
        ("雨停了。".encode() + b"\x00", "p.txt: this is no text (NUL at byte 12); save the page as UTF-8 text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "p.txt: this is no text (NUL at byte 8); save the page as UTF-8 text"),
        (b"abc \xff\xff\xff", "p.txt: neither UTF-8 nor GB18030 (byte 4); save the page as UTF-8 text"),
        (
            b"\x01\x02\x03\x04abc",
            "p.txt: this is no text (control or unassigned characters); save the page as UTF-8 text",
        ),
        (b"\xff\xfea", "p.txt: damaged UTF-16 at byte 2; save it as UTF-8 text"),
    ],
)
def test_what_is_no_page_is_refused_in_one_line(raw: bytes, message: str) -> None:
    with pytest.raises(PageError) as error:
        read_page("p.txt", raw, LEXICON)
    assert str(error.value) == message


TEXT = "# 雨停了\n\n本报讯（记者 王小明）昨天，云岭的雨停了，公交恢复运行。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_differ_in_nothing_but_the_mark(encoding: str) -> None:
    page, _, (article,) = read_page("p.md", TEXT.encode(encoding), LEXICON)
    marked = encoding in ("utf-8-sig", "utf-16")
    assert page.content == "\ufeff" * marked + TEXT
    assert article.headline.string == "雨停了" and article.headline.offsets[0] == 2 + marked
    assert article.body == "昨天，云岭的雨停了，公交恢复运行。"


def test_line_ends_differ_in_nothing_but_offsets() -> None:
    path = next(PAGES.glob("county_markdown.md"))
    plain = read_page("p.md", path.read_bytes(), LEXICON)[2]
    crlf = read_page("p.md", path.read_bytes().replace(b"\n", b"\r\n"), LEXICON)[2]
    assert [(a.headline.string, a.kicker.string, a.body, a.repairs) for a in plain] == [
        (a.headline.string, a.kicker.string, a.body, a.repairs) for a in crlf
    ]


@pytest.mark.parametrize(
    "scrap",
    ["中", "[", "<a", "（", "“", "\\", "$a ", "本报讯\n", "！", "。（王小明）", "<script>", "#\n", "……", "王小明 摄\n"],
)
def test_a_long_page_takes_no_longer_than_its_length(scrap: str) -> None:
    def seconds(size: int) -> float:
        raw = (scrap * (size // len(scrap.encode()))).encode()
        start = time.perf_counter()
        read_page("long.txt", raw, LEXICON)
        return time.perf_counter() - start

    seconds(1000)
    # Ten times the text may take some thirty times as long on a busy machine, but not a hundred, three times over.
    assert any(seconds(200_000) < max(1.0, 60 * seconds(20_000)) for _ in range(3))

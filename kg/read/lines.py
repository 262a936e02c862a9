"""A page's content → its lines, free of markdown and HTML, each character knowing where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.model import Text

BOLD = 7  # the "heading level" of a line that is bold and nothing else

_SCRIPT = re.compile(r"<(script|style)\b[^<>]{0,300}>", re.I)
_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_HTML_BREAK = re.compile(r"<br\s{0,3}/?>|</?(?:p|div|li|tr)(?:\s[^<>]{0,200})?>", re.I)
# E-papers set a whole article in one line and mark its paragraphs by two ideographic spaces.
_INDENT_BREAK = re.compile(r"(?<=[。！？”」）])[ \t\xa0]{0,4}\u3000{2,}")
# 清河日报 2021年9月6日 第01版:要闻, run into the article by a copy.
_FOLIO_HEAD = re.compile(
    r"\s*《?[\u4e00-\u9fff]{2,10}报》?\s*[(（]?(?:19|20)\d\d年\d{1,2}月\d{1,2}日\s*(?:星期[一二三四五六日]\s*)?"
    r"第\s*[A-Z]?\d{1,3}\s*版\s*[:：]?\s*[\u4e00-\u9fff]{0,6}[)）]?(\s+)(?=\S)"
)
# http://www.清河.cn 2021年9月6日10:35 清河日报, run into the article by a copy.
_COPIED_FROM = re.compile(
    r"(?<!\S)(https?://[^\s\u4e00-\u9fff]+\s+(?:19|20)\d\d年\d{1,2}月\d{1,2}日\s*\d{1,2}:\d{2}(?:\s+[\u4e00-\u9fff]{2,8}[报网社])?)(?!\S)"
)
_HEADING = re.compile(r"\s{0,3}(#{1,6})(?!#)(.*?)\s*(?<!\\)(#*)\s*$")
_HTML_HEADING = re.compile(r"\s*<h([1-6])(?:\s[^<>]{0,200})?>", re.I)
_BOLD = re.compile(r"\s*(\*\*|__)(?=\S)(?:(?!\1).)+\1\s*$")
_RULE = re.compile(r"\s*([=\-*_~—…])(?:\s?\1){2,}\s*$|\s*\|?[\s:|-]*-{3}[\s:|-]*\s*$")
_LEAD = re.compile(r"\s*(?:>\s?)*(?:[-*+•◦‣]\s+(?=\S))?\|?")
_MARKUP = re.compile(
    r"!\[[^\[\]\n]{0,300}\]\([^()\n]{0,1000}\)"
    r"|(?P<link>\[)(?P<label>[^\[\]\n]{1,200})\]\([^()\n]{0,1000}\)"
    r"|<!--[^<>]{0,500}-->|</?(?!https?:)[a-zA-Z][^<>\n]{0,300}>"
    r"|&(?:nbsp|ensp|emsp|thinsp|quot|ldquo|rdquo|lsquo|rsquo|#160|#12288);|(?P<amp>&)amp;"
    r"|\\(?P<escaped>[\\`*_{}\[\]()#+\-.!|~>%$&])"
    r"|\$(?P<math>[^$\n\u3400-\u9fff]{1,40})\$"
    r"|\*\*|__(?=\S)|(?<=\S)__|\|\s*$"
    r"|[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb]+"
)
_NOTHING = "\x00"  # a mark that every line is stripped of


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page. `level` is its markdown heading level or 0, `gap` the blank lines above it."""

    text: Text
    level: int = 0
    gap: int = 0
    indented: bool = False
    repairs: tuple[str, ...] = ()

    @property
    def string(self) -> str:
        """The line without its offsets."""
        return self.text.string


def read_lines(content: str) -> tuple[Line, ...]:
    """The lines of a page that are not blank.

    >>> [(line.level, line.string) for line in read_lines("## **标题**\\n\\n本报讯 <b>正文</b>&nbsp;。")]
    [(2, '标题'), (0, '本报讯 正文。')]
    """
    return tuple(_split_lines(_blank_scripts(content)))


def _blank_scripts(content: str) -> str:
    """Scripts and style sheets as nothing, at the same length; what is never closed stays."""
    position = 0
    while opening := _SCRIPT.search(content, position):
        closing = re.compile(rf"</{opening[1]}\s*>", re.I).search(content, opening.end())
        if closing is None:
            return content
        nothing = re.sub(r"[^\r\n]", _NOTHING, content[opening.start() : closing.end()])
        content = content[: opening.start()] + nothing + content[closing.end() :]
        position = closing.end()
    return content


def _split_lines(content: str) -> Iterator[Line]:
    previous = breaks = gap = 0
    for match in _LINE.finditer(content):
        breaks += sum(1 for _ in _BREAK.finditer(content, previous, match.start()))
        previous = match.end()
        raw = match[0].lstrip("\ufeff")
        if not raw.strip(f"\ufeff \t\xa0\u3000{_NOTHING}"):
            continue
        offset = match.end() - len(raw)
        # The break that ends the line above is no blank line; a dropped line (a picture, a rule) adds none.
        gap, breaks = max(gap, breaks - 1), 0
        if _RULE.match(raw):
            continue
        for start, end in _line_parts(raw):
            line = _clean_line(raw[start:end], offset + start, gap)
            if line.text:
                yield line
                gap = 0


def _line_parts(raw: str) -> Iterator[tuple[int, int]]:
    start = 0
    cuts = [m.span() for m in _HTML_BREAK.finditer(raw)] if "<" in raw else []
    cuts += [m.span() for m in _INDENT_BREAK.finditer(raw)]
    cuts += [m.span(1) for m in (_FOLIO_HEAD.match(raw),) if m]
    cuts += [(edge, edge) for m in (_COPIED_FROM.search(raw),) if m for edge in m.span(1)]
    for left, right in sorted(cuts):
        if start < left:
            yield start, left
        start = max(start, right)
    if start < len(raw):
        yield start, len(raw)


def _clean_line(raw: str, offset: int, gap: int) -> Line:
    level, left, right = 0, 0, len(raw)
    if heading := _HEADING.match(raw):
        hashes, inner, closing = heading.groups()
        # #话题# is a tag, not a heading.
        if inner[:1].isspace() or not closing:
            level, left, right = len(hashes), heading.start(2), heading.end(2)
    elif heading := _HTML_HEADING.match(raw):
        level = int(heading[1])
    elif lead := _LEAD.match(raw):
        left = lead.end()
    if not level and _BOLD.match(raw, left):
        level = BOLD
    indented = raw.startswith(("\u3000\u3000", "    ", "\t"))
    text = _strip_markup(Text.of(raw[left:right], offset + left))
    return Line(text.strip(), level, gap, indented)


def _strip_markup(text: Text) -> Text:
    kept: list[Text] = []
    done = 0
    for match in _MARKUP.finditer(text.string):
        kept.append(text[done : match.start()])
        for group in ("label", "amp", "escaped", "math"):
            if match[group] is not None:
                kept.append(text[match.start(group) : match.end(group)])
        done = match.end()
    return Text.join([*kept, text[done:]]) if done else text

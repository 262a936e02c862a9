"""Sentences of an article, each with its place in the page file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Article, Part, Sentence, Text

_STOP = re.compile(r"[。！？!?]+[。！？!?…”’」』）)】\]》]*")
_PAIRS = {"“": "”", "（": "）", "(": ")", "《": "》", "【": "】", "「": "」", "『": "』"}
_LONGEST_UNIT = 60  # a bracket or quotation up to this long is one unit; a longer one is text to be split
_QUOTES = {"“": "”", "「": "」", "『": "』"}
_SPEAKER = re.compile(r"[^，,。！？!?：:；;“”\s]{2,16}[。，,：:]")
_GOES_ON = re.compile(r"\s*[，,、；;：:的]")


def split_sentences(article: Article) -> tuple[Sentence, ...]:
    """The sentences of headline, kicker, paragraphs and captions, in this order. Bylines are no sentences."""
    sentences: list[Sentence] = []
    if article.headline:
        sentences.append(Sentence(article, 0, Part.HEADLINE, 0, article.headline))
    parts = ((Part.KICKER, (article.kicker,)), (Part.BODY, article.paragraphs), (Part.CAPTION, article.captions))
    for part, texts in parts:
        for number, paragraph in enumerate(texts):
            for text in split_text(paragraph):
                sentences.append(Sentence(article, len(sentences), part, number, text))
    return tuple(sentences)


def split_text(text: Text) -> Iterator[Text]:
    """A paragraph cut behind 。！？ and the closing marks after them; short quotations and brackets stay whole.

    >>> [s.string for s in split_text(Text.of("他说:“好!开工!”随后,雨停了。人散了(晚上8时。)。"))]
    ['他说:“好!开工!”', '随后,雨停了。', '人散了(晚上8时。)。']
    """
    string = text.string
    units = _units(string)
    start = position = 0
    while stop := _STOP.search(string, position):
        if stop.start() in units:
            position = stop.start() + 1
            continue
        position = stop.end()
        if _GOES_ON.match(string, position) or _is_spoken(string, start, stop):
            continue
        if piece := text[start:position].strip():
            yield piece
        start = position
    if piece := text[start:].strip():
        yield piece


def _is_spoken(string: str, start: int, stop: re.Match[str]) -> bool:
    """Whether a quotation that begins a sentence ends here and 他说。 follows."""
    while start < stop.start() and string[start].isspace():
        start += 1
    closing = _QUOTES.get(string[start])
    return (
        closing is not None
        and stop[0].rstrip().endswith(closing)
        and string.count(closing, start, stop.end()) == 1
        and _SPEAKER.match(string, stop.end()) is not None
    )


def _units(string: str) -> frozenset[int]:
    """The positions inside short brackets and quotations, but for the stop that ends one together with it."""
    inside: set[int] = set()
    open_at: dict[str, int] = {}
    for i, char in enumerate(string):
        if char in _PAIRS:
            open_at[_PAIRS[char]] = i
        elif char in open_at:
            start = open_at.pop(char)
            if i - start <= _LONGEST_UNIT:
                inside.update(range(start, i))
                last = i
                while last - 1 > start and string[last - 1] in "。！？!?":
                    last -= 1
                # “…!” at the end of a sentence ends it; (…。) in its middle does not, and a further 。 follows.
                if char not in "）)】》":
                    inside.difference_update(range(last, i))
    return frozenset(inside)

"""OCR misreadings that prove themselves: 宜传部 is no word and 宣传部 is; 西安路区政府 beside 西安区委 is 西安区政府.

A word is put right where all of it but one look-alike character is an organ's form, a title, a happening's name or what
people do at one, and what is printed is no word, nor part of one. Of a district's name only the type word may be wrong,
only in the paper's own city, and only where the misread name carries an organ of the district (X路住建局) while the
true name stands on the same page. The printed form stays as an alias; the evidence names the repair.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kg.lexicon import Lexicon, PlaceRow
from kg.words import segmenter

_SHORTEST: Final = 2
_LONGEST: Final = 12
_RARE: Final = 3000  # a character that running text has no more often in jieba's count
_NUMERALS: Final = frozenset("一二三四五六七八九十百千万两几")


@dataclass(frozen=True, slots=True)
class Misread:
    """A word of one sentence as it is printed, and as it must have been: 宜传部, 宣传部."""

    start: int
    printed: str
    right: str


def misread_words(string: str, lexicon: Lexicon) -> Iterator[Misread]:
    """The words of a sentence that one look-alike character spoils, left to right.

    >>> from kg.lexicon import load_lexicon
    >>> [(found.printed, found.right) for found in misread_words("市委宜传部部长程宇看望慰间", load_lexicon())]
    [('宜传部', '宣传部'), ('看望慰间', '看望慰问')]
    """
    words, pairs, looks_like = _closed(lexicon)
    end = 0
    for at, character in enumerate(string):
        for right in looks_like.get(character, ()):
            if string[at - 1 : at] + right not in pairs and right + string[at + 1 : at + 2] not in pairs:
                continue
            whole = string[:at] + right + string[at + 1 :]
            for start, stop in _spans(at, end, len(string)):
                if whole[start:stop] in words and _is_proven(string, start, stop, at, lexicon):
                    yield Misread(start, string[start:stop], whole[start:stop])
                    end = stop
                    break


def _spans(at: int, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The stretches that hold a character, the longest that begin near it first."""
    for start in range(at, max(first, at - _LONGEST + 1) - 1, -1):
        for stop in range(min(start + _LONGEST, last), max(at, start + _SHORTEST - 1), -1):
            yield start, stop


def _is_proven(string: str, start: int, end: int, at: int, lexicon: Lexicon) -> bool:
    """Whether what is printed is no word and no part of one, and no word runs over an edge that is misread.

    A word of two characters must be free on both edges, and its misread character one that texts rarely have.
    """
    tag, printed, words = segmenter().tag, string[start:end], _closed(lexicon)[0]
    short = end - start < _SHORTEST + 1
    before = (short or at == start) and start > 0 and tag(string[start - 1 : start + 1])
    behind = (short or at == end - 1) and end < len(string) and tag(string[end - 1 : end + 1])
    inner = [string[max(start, at - 1) : at + 1], string[at : min(at + 2, end)]]
    if before or behind or any(tag(word) for word in (printed, *inner) if len(word) > 1):
        return False
    if short and (printed[0] in lexicon.surnames or segmenter().frequency(string[at]) > _RARE):
        return False
    return not any(printed in word for word in words)


@lru_cache(maxsize=4)
def _closed(lexicon: Lexicon) -> tuple[frozenset[str], frozenset[str], Mapping[str, Sequence[str]]]:
    """The words that can be misread, their pairs of characters, and what each misread character may stand for."""
    looks_like: dict[str, list[str]] = {}
    for wrong, right in lexicon.ocr:
        if wrong not in _NUMERALS:
            looks_like.setdefault(wrong, []).append(right)
    triggers = {trigger for kind in lexicon.event_types for trigger in kind.triggers}
    done = lexicon.words("name_follow") | lexicon.words("attend") | lexicon.words("speech_verb")
    every = {*lexicon.agency_forms, *lexicon.title_names, *triggers, *done}
    words = frozenset(word for word in every if _SHORTEST <= len(word) <= _LONGEST and not word.endswith("了"))
    return words, frozenset(word[k : k + 2] for word in words for k in range(len(word) - 1)), looks_like


@lru_cache(maxsize=64)
def proven_misreadings(content: str, city: str, lexicon: Lexicon) -> dict[str, PlaceRow]:
    """Misread name → the district it is, for one page of a city's paper."""
    found: dict[str, PlaceRow] = {}
    for row in lexicon.places_within.get(city, ()):
        stem, word = row.name[:-1], row.name[-1:]
        if len(stem) < 2 or row.name not in content:
            continue
        for match in re.finditer(re.escape(stem) + r"([\u4e00-\u9fff])(?=([\u4e00-\u9fff]{3,8}))", content):
            wrong = stem + match[1]
            if match[1] != word and wrong not in lexicon.places_by_name and _carries_organ(match[2], word, lexicon):
                found[wrong] = row
    return found


def _carries_organ(text: str, word: str, lexicon: Lexicon) -> bool:
    """Does an organ's form begin here, with or without the level word: 区政府, 住建局?"""
    forms = lexicon.agency_forms
    tails = [text] + ([text[1:]] if text.startswith(word) else [])
    least = 3 if len(tails) == 1 else 2
    return any(tail[:n] in forms for tail in tails for n in range(len(tail), least - 1, -1))

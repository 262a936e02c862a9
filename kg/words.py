"""Words of running Chinese: jieba's dictionary as a segmenter with parts of speech, without its statistics.

jieba votes on where a word begins and what it usually is; it never decides that something is a name. Its hidden Markov
model stays off (it guesses), its global tokenizer and its cache in the shared temporary directory stay untouched.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterable, Iterator
from functools import lru_cache

# What may stand inside or at the edge of a name, as jieba tags it: nouns, places, names, adjectives, abbreviations …
_CLOSED_TAGS = frozenset("cdpruye")
_MISTAGGED = {"高新": "b"}  # an adverb in jieba's dictionary


class Segmenter:
    """jieba's dictionary, read once: word → frequency and part of speech."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # jieba imports the deprecated pkg_resources where there is one
            import jieba
        jieba.setLogLevel(logging.WARNING)
        self._tokenizer = jieba.Tokenizer()
        self._tags: dict[str, str] = {}
        self._load()

    def _load(self) -> None:
        """Fill jieba's prefix dictionary and the tags in one pass over its file."""
        frequencies: dict[str, int] = {}
        total = 0
        with self._tokenizer.get_dict_file() as lines:
            for raw in lines:
                word, count, tag = raw.decode("utf-8").split()
                frequencies[word] = int(count)
                self._tags[word] = tag
                total += int(count)
        self._tags |= _MISTAGGED
        for word in self._tags:
            for end in range(1, len(word)):
                frequencies.setdefault(word[:end], 0)
        self._tokenizer.FREQ, self._tokenizer.total, self._tokenizer.initialized = frequencies, total, True

    def cut(self, text: str) -> list[str]:
        """The words of a text.

        >>> segmenter().cut("深入老旧小区")
        ['深入', '老', '旧', '小区']
        """
        return list(self._tokenizer.cut(text, HMM=False))

    def bounds(self, text: str) -> frozenset[int]:
        """The offsets in a text at which a word begins or ends."""
        found, at = {0}, 0
        for word in self.cut(text):
            at += len(word)
            found.add(at)
        return frozenset(found)

    def tag(self, word: str) -> str:
        """The part of speech of a dictionary word, empty for an unknown one.

        >>> segmenter().tag("深入"), segmenter().tag("柴伟")
        ('v', '')
        """
        return self._tags.get(word, "")

    def frequency(self, word: str) -> int:
        """How often jieba's corpus has a word, 0 for an unknown one."""
        return int(self._tokenizer.FREQ.get(word, 0) or 0)

    def is_function_word(self, word: str) -> bool:
        """Is it a conjunction, adverb, preposition, pronoun or particle: never part of a name?"""
        return self.tag(word)[:1] in _CLOSED_TAGS if word in self._tags else False


@lru_cache(maxsize=1)
def segmenter() -> Segmenter:
    """The one segmenter of this process."""
    return Segmenter()


def occurrences(text: str, part: str) -> Iterator[int]:
    """Where a text has a part, none over another.

    >>> list(occurrences("市委市政府在市里", "市"))
    [0, 2, 6]
    """
    at = text.find(part)
    while part and at != -1:
        yield at
        at = text.find(part, at + len(part))


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first; for no word at all, one that never matches.

    >>> any_of(["记者", "见习记者"])
    '(?:见习记者|记者)'
    """
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(re.escape, ordered))})" if ordered else r"(?!)"

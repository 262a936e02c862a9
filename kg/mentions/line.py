"""A sentence made ready for the finders: one spelling of punctuation, the words' bounds, and what is taken already."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import chain, islice, pairwise, takewhile

from kg.lexicon import Lexicon
from kg.mentions.misread import Misread, misread_words
from kg.model import Sentence
from kg.words import segmenter

# One character for one character, so that offsets stay what they are.
_PLAIN = str.maketrans("，：；！？（）　﹑•・‧０１２３４５６７８９", ",:;!?() 、···0123456789")

_MISREAD_DAY = re.compile(r"(?<=[\dlIoO])曰")
# 2O24年, 1月l1日: letters that the OCR reads for digits, beside one.
_MISREAD_DIGITS = re.compile(
    r"(?<![A-Za-z\d])(?=[\dOoIl]{1,4}(?:年|月|日|时))(?=[OoIl]*\d|[OoIl]{1,2}[月日])[\dOoIl]{1,4}"
)
_DIGITS = str.maketrans("OoIl", "0011")

HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff〇]")
_QUOTATION = re.compile(r"“[^“”]*”|\"[^\"]*\"|「[^「」]*」|‘[^‘’]*’")
_TIME = re.compile(r"\d(?:年|月|日|时|点|分)[许多]?(?:[上下中]午|晚上?|凌晨)?")
_CLOSING = frozenset("》”)")
_NAME_CHARACTER = re.compile(r"[\u3400-\u9fff\uf900-\ufaff〇0-9A-Za-z“”\"()·×]")


@dataclass(frozen=True, eq=False)
class Line:
    """One sentence as the finders read it; `string` has the sentence's length and offsets.

    `cuts` are offsets that no word straddles: where somebody's name begins and ends, once that is known.
    """

    sentence: Sentence
    lexicon: Lexicon
    cuts: tuple[int, ...] = ()

    @cached_property
    def string(self) -> str:
        """The sentence with half-width punctuation, and 巿长, 9月3曰, 宜传部 read as what they stand for."""
        string = self._plain
        for word in self.misread:
            string = string[: word.start] + word.right + string[word.start + len(word.right) :]
        return string

    @cached_property
    def misread(self) -> tuple[Misread, ...]:
        """The words that one look-alike character spoils."""
        return tuple(misread_words(self._plain, self.lexicon))

    @cached_property
    def _plain(self) -> str:
        string = _MISREAD_DAY.sub("日", self.sentence.string.translate(_plain(self.lexicon)))
        return _MISREAD_DIGITS.sub(lambda match: match[0].translate(_DIGITS), string)

    @cached_property
    def quotations(self) -> tuple[tuple[int, int], ...]:
        """Start and end of what stands in quotation marks."""
        return tuple(m.span() for m in _QUOTATION.finditer(self.string))

    @cached_property
    def words(self) -> tuple[tuple[int, int, str], ...]:
        """Start, end and text of each word."""
        found, at = [], 0
        edges = (0, *self.cuts, len(self.string))
        for word in chain.from_iterable(segmenter().cut(self.string[a:b]) for a, b in pairwise(edges)):
            for part in _unit_and_place(self, word, at) or _unit_and_title(self.lexicon, word):
                found.append((at, at + len(part), part))
                at += len(part)
        return tuple(found)

    def cut_at(self, offsets: Iterable[int]) -> Line:
        """The line with no word across these offsets: 程大|会见, where the dictionary has 大会."""
        inner = set(offsets) - {0, len(self.string)}
        return self if inner <= self.bounds else replace(self, cuts=tuple(sorted(inner)))

    @cached_property
    def bounds(self) -> frozenset[int]:
        """Offsets at which a word begins or ends."""
        return frozenset({0} | {end for _, end, _ in self.words})

    def word_from(self, position: int) -> str:
        """The word that begins here, empty where none does."""
        return self._starts.get(position, "")

    def word_to(self, position: int) -> str:
        """The word that ends here, empty where none does."""
        return self._ends.get(position, "")

    @cached_property
    def _starts(self) -> dict[int, str]:
        return {start: word for start, _, word in self.words}

    @cached_property
    def _ends(self) -> dict[int, str]:
        return {end: word for _, end, word in self.words}

    def words_within(self, start: int, end: int) -> list[tuple[int, int, str]]:
        """The words that begin and end between two offsets."""
        first = bisect_left(self.words, (start,))
        return list(takewhile(lambda word: word[1] <= end, islice(self.words, first, None)))

    def words_before(self, position: int) -> list[tuple[int, int, str]]:
        """The words that end at or before `position`, nearest first; one that straddles it is cut there."""
        before = [w for w in self.words if w[0] < position]
        if before and before[-1][1] > position:
            start, _, word = before[-1]
            before[-1] = (start, position, word[: position - start])
        return before[::-1]

    def is_edge(self, position: int) -> bool:
        """Does punctuation, a day or an hour, or the sentence's own edge, stand before `position`?"""
        return position == 0 or position in self._times or not is_name_character(self.string[position - 1])

    def joins_behind_mark(self, position: int) -> bool:
        """《办法》|和县妇联: is the character here a conjunction behind a closing mark?"""
        return self.string[position - 1 : position] in _CLOSING and self._joins(position)

    def joins_names(self, position: int) -> bool:
        """Is the character here an 和 between two names, as behind 定江镇 or 《办法》?"""
        return self.joins_behind_mark(position) or (not self.is_edge(position) and self._joins(position))

    def _joins(self, position: int) -> bool:
        return self.string[position] in self.lexicon.words("conjunction")

    @cached_property
    def _times(self) -> frozenset[int]:
        """Where a day or an hour ends: 3月7日|, 晚上11点多|."""
        return frozenset(m.end() for m in _TIME.finditer(self.string))

    def longest(self, position: int, words: Collection[str], most: int = 8) -> str | None:
        """The longest of `words` that begins at `position`."""
        string = self.string
        if isinstance(words, frozenset) and string[position : position + 1] not in _heads(words):
            return None
        for end in range(min(len(string), position + most), position, -1):
            if string[position:end] in words:
                return string[position:end]
        return None


@lru_cache(maxsize=4)
def _plain(lexicon: Lexicon) -> dict[int, int]:
    """One spelling of punctuation, and 巿, 岀: characters that papers never print, only their OCR."""
    return _PLAIN | {ord(pair[0]): ord(pair[1]) for pair in lexicon.words("never_printed")}


def _unit_and_place(line: Line, word: str, at: int) -> tuple[str, ...]:
    """市场监管所|在辖区: an agency's last word ends inside 所在; 任|县水务局局长, a county's name or none."""
    if word in line.lexicon.words("county_and_verb"):
        return word[0], word[1:]
    levels = line.lexicon.words("place_kind_word")
    if word in line.lexicon.words("house_and_title") and not (line.is_edge(at) or line.string[at - 1] in levels):
        return word[:-2], word[-2:]  # 青石|小学|教师
    if word not in line.lexicon.words("straddles"):
        return ()
    ends = any(line.string[at - n : at + 1] in line.lexicon.suffixes for n in range(2, min(at, 8) + 1))
    return (word[0], word[1:]) if ends else ()


@lru_cache(maxsize=1024)
def _heads(words: frozenset[str]) -> frozenset[str]:
    """The characters that words of a class begin with: most places in a sentence are ruled out by them."""
    return frozenset(word[:1] for word in words)


@lru_cache(maxsize=8192)
def _unit_and_title(lexicon: Lexicon, word: str) -> tuple[str, ...]:
    """科科长 → 科, 科长; 大学教授 → 大学, 教授: a word that is the last one of an agency and a title."""
    if len(word) > 2 and word not in lexicon.titles:
        for cut in range(1, len(word) - 1):
            head, title = word[:cut], word[cut:]
            unit = head in lexicon.suffixes or head in lexicon.words("subunit") or head in lexicon.agency_forms
            unit = unit or head in lexicon.words("country")  # 德国|总理
            unit = unit or head[-1] in lexicon.words("headed_unit")  # 外科|主任, 该组|组长
            if unit and (title in lexicon.titles or title in lexicon.words("staff")):
                return head, title
    return (word,)


def is_name_character(character: str) -> bool:
    """May this character stand inside a name?

    >>> [is_name_character(c) for c in "寿5(、。"]
    [True, True, True, False, False]
    """
    return _NAME_CHARACTER.match(character) is not None

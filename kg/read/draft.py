"""An article while it is being put together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.model import Credit, Text
from kg.read.blocks import Block
from kg.read.credits import Credits
from kg.read.lines import BOLD
from kg.read.patterns import HAN
from kg.words import segmenter

_CLOSERS = "”’」』"
_TERMINAL = "。！？!?…；;：:"
_GRAM = 3
PAIR = 2
_EDGE = 4  # characters on both sides of a torn edge that a word may run over
_COMPARED = 20
_COMPARED_EACH = 1000
_APART = 0.07  # of the shorter text's wording: two stories share less, parts of one story more
_NOT_HAN = re.compile(rf"[^{HAN}]+")


def ends_torn(string: str) -> bool:
    """Whether a paragraph ends in the middle of a sentence, as at the foot of a column.

    >>> ends_torn("以习近平同"), ends_torn("他说:“好。”"), ends_torn("一是领导重视;")
    (True, False, False)
    """
    string = string.rstrip()
    bare = string.rstrip(_CLOSERS)
    return bool(bare) and bare[-1] not in _TERMINAL and string[-1] not in "）)】]》〉"


@dataclass
class Paragraph:
    """A paragraph of a draft. `prose` is false for a subhead, a row or a sign-off: nothing is joined to those."""

    text: Text
    prose: bool = True
    gap: int = 0
    head: bool = False  # a line like a headline, taken for a subhead
    joins: bool = False  # goes on where the paragraph above it is torn
    signed: Credits = field(default_factory=Credits)  # who is named at its end

    @property
    def is_torn(self) -> bool:
        """Whether it waits for the rest of a sentence."""
        return self.prose and ends_torn(self.text.string)


@dataclass
class Draft:
    """An article being put together: what is known of it so far."""

    heads: list[Block] = field(default_factory=list)
    run_in: Text | None = None  # a headline that was run into the text
    kickers: list[Text] = field(default_factory=list)
    body: list[Paragraph] = field(default_factory=list)
    captions: list[Text] = field(default_factory=list)
    reporters: list[Credit] = field(default_factory=list)
    photographers: list[Credit] = field(default_factory=list)
    repairs: list[str] = field(default_factory=list)
    opened: bool = False  # its dateline was read
    closed: bool = False  # its last line was read

    @property
    def level(self) -> int:
        """The markdown level of its headline, 0 where it has none."""
        return min((b.level for b in self.heads if 0 < b.level < BOLD), default=0)

    @property
    def is_torn(self) -> bool:
        """Whether its last paragraph waits for the rest of a sentence."""
        return bool(self.body) and self.body[-1].is_torn

    @property
    def string(self) -> str:
        """Its text, for comparing; of a long article the beginning."""
        texts = [*(b.text for b in self.heads), *(p.text for p in self.body[:_COMPARED]), *self.captions[:_COMPARED]]
        return "\n".join(t.string[:_COMPARED_EACH] for t in texts)

    def has_word(self, word: str) -> bool:
        """Whether its text uses a word."""
        texts = [*(b.text for b in self.heads), *(p.text for p in self.body), *self.captions]
        return any(word in text.string for text in texts)

    def credit(self, credits: Credits) -> None:
        """Remember who is named."""
        self.reporters += credits.reporters
        self.photographers += credits.photographers

    def note(self, *repairs: str) -> None:
        """Remember what was mended, each kind once."""
        self.repairs += [repair for repair in repairs if repair not in self.repairs]


def grams(string: str, size: int = _GRAM) -> frozenset[str]:
    """The stretches of so many of a text's Chinese characters."""
    han = _NOT_HAN.sub("", string)
    return frozenset(han[i : i + size] for i in range(len(han) - size + 1))


def likeness(part: str, whole: str) -> float:
    """How much of a text's wording another has, between 0 and 1.

    >>> likeness("市长检查防汛", "市长检查防汛工作") == 1.0
    True
    """
    wanted = grams(part)
    return len(wanted & grams(whole)) / len(wanted) if wanted else 0.0


def pairs_of(strings: Iterable[str]) -> frozenset[str]:
    """The pairs of Chinese characters that some texts use."""
    return frozenset().union(*(grams(string, PAIR) for string in strings))


def runs_over(above: str, below: str) -> bool:
    """欢送仪|式: whether a word begins at the end of one text and ends in the other.

    >>> runs_over("举行欢送仪", "式。"), runs_over("举行欢送仪式", "在县城。")
    (True, False)
    """
    left, right = above[-_EDGE:], below[:_EDGE]
    return len(left) not in segmenter().bounds(left + right)


def leans(part: str, one: str, other: str, *, by: int = 1) -> bool:
    """Whether a text shares more words with one text than with another, those aside that both have.

    >>> leans("他检查了水库", "水库检查", "茶园采茶")
    True
    """
    wanted, here, there = (grams(string, PAIR) for string in (part, one, other))
    return len(wanted & (here - there)) >= len(wanted & (there - here)) + by


def apart(one: frozenset[str], other: frozenset[str], most: float = _APART) -> bool:
    """Whether two texts, as the stretches of characters that they use, tell two stories.

    >>> apart(grams("市长检查防汛", 2), grams("围棋赛落幕", 2)), apart(grams("市长检查防汛", 2), grams("防汛工作", 2))
    (True, False)
    """
    return len(one & other) <= most * min(len(one), len(other))

"""Texts by their wording: the stretches of characters two of them share, and how one ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.read.patterns import HAN
from kg.words import segmenter

_CLOSERS = "”’」』"
_TERMINAL = "。！？!?…；;：:"
_GRAM = 3
PAIR = 2
_EDGE = 4  # characters on both sides of a torn edge that a word may run over
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

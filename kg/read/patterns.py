"""What every pattern of this room is made of: the characters of a name, of a bracket, and the words of a class."""

from __future__ import annotations

import re
from collections.abc import Iterable

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002ffff"
OPEN = "（(【\\[〔"
CLOSE = "）)】\\]〕"


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first; for no word at all, one that never matches.

    >>> any_of(["记者", "见习记者"])
    '(?:见习记者|记者)'
    """
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(re.escape, ordered))})" if ordered else r"(?!)"

"""Characters that remember where they stand, and the file they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Text:
    """A string that remembers where in its page file each of its characters stands.

    >>> torn = Text.of("以习近平同\\n\\n志为核心")
    >>> whole = torn[:5] + torn[7:]
    >>> whole.string, whole.pieces()
    ('以习近平同志为核心', ((0, 5), (7, 11)))
    """

    string: str
    offsets: tuple[int, ...]

    @classmethod
    def of(cls, string: str, start: int = 0) -> Text:
        """A stretch of a page that begins at offset `start`."""
        return cls(string, tuple(range(start, start + len(string))))

    @classmethod
    def join(cls, texts: Iterable[Text]) -> Text:
        """Several stretches read as one."""
        texts = tuple(texts)
        return cls("".join(t.string for t in texts), tuple(o for t in texts for o in t.offsets))

    def __len__(self) -> int:
        return len(self.string)

    def __bool__(self) -> bool:
        return bool(self.string)

    def __getitem__(self, part: slice) -> Text:
        return Text(self.string[part], self.offsets[part])

    def __add__(self, other: Text) -> Text:
        return Text(self.string + other.string, self.offsets + other.offsets)

    def strip(self) -> Text:
        """Without the white space at both ends."""
        left = len(self.string) - len(self.string.lstrip())
        return self[left : len(self.string.rstrip())] if self.string.strip() else self[:0]

    def pieces(self) -> tuple[Span, ...]:
        """The stretches of the page file that this text is made of, in reading order."""
        if not self.offsets:
            return ()
        cuts = [i + 1 for i, (a, b) in enumerate(pairwise(self.offsets)) if b != a + 1]
        bounds = [0, *cuts, len(self.offsets)]
        return tuple((self.offsets[a], self.offsets[b - 1] + 1) for a, b in pairwise(bounds))


@dataclass(frozen=True, slots=True)
class Page:
    """One input file as decoded; offsets count its code points.

    `simplified` is the content of a page in traditional characters as it is read, of the same length; else empty.

    >>> page = Page("a.txt", "", "遼源市\\n政府", "辽源市\\n政府")
    >>> page.printed(Text("辽源市 政", (0, 1, 2, 3, 4))), page.spellings("辽源")
    ('遼源市 政', ('遼源',))
    """

    name: str
    sha256: str
    content: str = field(repr=False)
    simplified: str = field(default="", repr=False)

    @property
    def plain(self) -> str:
        """What is read: the content, in simplified characters."""
        return self.simplified or self.content

    def printed(self, text: Text) -> str:
        """A text in the page's own characters; white space stays as the text has it, a headline's break a space."""
        pairs = zip(text.string, text.offsets, strict=True)
        return "".join(char if char.isspace() else self.content[offset] for char, offset in pairs)

    def spellings(self, string: str) -> tuple[str, ...]:
        """How the page itself prints what was read in it, where that differs."""
        found = {self.content[m.start() : m.end()] for m in re.finditer(re.escape(string), self.simplified)}
        return tuple(sorted(found - {string, ""}))

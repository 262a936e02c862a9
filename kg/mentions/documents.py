"""Titles of documents, as book marks show them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.mentions.line import Line
from kg.model import Kind, Mention

_MARKED = re.compile(r"《([^《》]{2,60})》")
_NESTED = re.compile(r"《([^《》]*(?:[〈《][^〈〉《》]*[〉》][^《》]*)*)》")


def find_documents(line: Line) -> Iterator[Mention]:
    """印发《乡村振兴实施方案》 → 乡村振兴实施方案."""
    pattern = _NESTED if "〈" in line.string else _MARKED
    for match in pattern.finditer(line.string):
        yield Mention(line.sentence, match.start(1), match.end(1), Kind.DOCUMENT, match[1], "document.marks")

"""Headlines of other pages on a page: the contents above its articles, the recommendations below the last of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from kg.read.lines import Line
from kg.read.shapes import Shapes

_LONGEST_LINK = 60
_SHORTEST_HEADLINE = 6
_MOST_LISTED = 12  # lines that a list of headlines in one line stands among
_MOST_ABOVE = 60  # lines of a page's contents
_STOP = re.compile("[。；;]")
_BLANKS = re.compile(r"\s+")


def find_links(lines: Sequence[Line], furniture: Collection[int], shapes: Shapes) -> set[int]:
    """The lines that only lead to other pages."""
    return _contents(lines, furniture) | _recommended(lines, shapes)


def _recommended(lines: Sequence[Line], shapes: Shapes) -> set[int]:
    """上一篇:…, 热点推荐 and all below it, if nothing there is text."""
    text = next((i for i, line in enumerate(lines) if not _is_link(line)), len(lines))
    box = next((i for i in range(text, len(lines)) if shapes.related_box.match(lines[i].string)), None)
    if box is not None:
        return set(range(box, len(lines)))
    last = max((i for i, line in enumerate(lines) if not _is_link(line)), default=len(lines)) + 1
    for i in range(last, len(lines)):
        if shapes.related.match(lines[i].string):
            return set(range(i, len(lines)))
    return set()


def _contents(lines: Sequence[Line], furniture: Collection[int]) -> set[int]:
    """The headlines above the first article of a page, where one stands again behind the page's furniture."""
    for i, line in enumerate(lines[:_MOST_LISTED]):
        if len(line.text) > _LONGEST_LINK and not line.level and _STOP.search(line.string) is None:
            squeezed = _BLANKS.sub("", line.string)
            below = (_BLANKS.sub("", one.string) for one in lines[i + 1 : i + 1 + _MOST_LISTED] if _is_link(one))
            if any(len(one) >= _SHORTEST_HEADLINE and one in squeezed for one in below):
                return set(range(i + 1)) - set(furniture)
    end = next((i for i, line in enumerate(lines) if not _is_link(line)), len(lines))
    seen: dict[str, int] = {}
    for i, line in enumerate(lines[: min(end, _MOST_ABOVE)]):
        squeezed = _BLANKS.sub("", line.string)
        if len(squeezed) < _SHORTEST_HEADLINE or i in furniture:
            continue
        first = seen.setdefault(squeezed, i)
        if first < i and any(k in furniture for k in range(first, i)):
            return set(range(i)) - set(furniture)
    return set()


def _is_link(line: Line) -> bool:
    return len(line.text) <= _LONGEST_LINK and _STOP.search(line.string) is None

"""How the names of a byline are written: 王茵 汪琳, 王 茵, 张三李四, 阿不都·热合曼."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kg.model import Text
from kg.read.patterns import HAN
from kg.read.shapes import Shapes
from kg.words import segmenter

_LONGEST_GLUED = 12
_LONGEST_WHOLE = 5
_LONGEST_UNSURNAMED = 6
_COMPOUND = 2
_FOREIGN = re.compile(rf"[{HAN}]{{1,8}}(?:[·•・][{HAN}]{{1,8}})+$")


def split_names(run: Text, shapes: Shapes) -> tuple[Text, ...] | None:
    """The names in a run of characters without blanks, or None where it can be read in two ways or in none.

    >>> from kg.lexicon import load_lexicon
    >>> [name.string for name in split_names(Text.of("赵大有欧阳小川"), Shapes(load_lexicon()))]
    ['赵大有', '欧阳小川']
    """
    string = run.string
    if _FOREIGN.match(string):
        return (run,)
    if not 2 <= len(string) <= _LONGEST_GLUED:
        return None
    if len(string) <= 3:
        return (run,) if _may_be_name(string, shapes) else None
    whole = len(string) <= _LONGEST_UNSURNAMED and is_unsurnamed(string, shapes)
    ways = [] if whole else list(_ways(string, shapes))
    if not ways:
        # 乌兰图雅, 斯琴高娃: names without a surname are printed apart, and are not long.
        return (run,) if (whole or len(string) <= _LONGEST_WHOLE) and _may_be_name(string, shapes) else None
    # 欧阳小川 is one person before it is two.
    best = [way for way in ways if len(way) == min(map(len, ways))]
    if len(best) != 1:
        return None
    cuts = [0]
    for length in best[0]:
        cuts.append(cuts[-1] + length)
    return tuple(run[a:b] for a, b in pairwise(cuts))


def is_unsurnamed(string: str, shapes: Shapes) -> bool:
    """乌云巴雅尔, 扎西旺堆: one name of two parts, though its characters are surnames too."""
    parts = shapes.lexicon.words("unsurnamed_part")
    return any(string[-n:] in parts or string[:n] in parts for n in (2, 3))


def has_surname(string: str, shapes: Shapes) -> bool:
    """Whether a string begins as a Chinese name does, or is a name with a dot in it."""
    surnames = shapes.lexicon.surnames
    return _FOREIGN.match(string) is not None or string[:_COMPOUND] in surnames or string[:1] in surnames


def is_pen_name(string: str, shapes: Shapes) -> bool:
    """Whether a name without a title stands for an office rather than a person: 辽轩, 组宣."""
    short = len(string) == _COMPOUND and shapes.has("pen_name_end", string[-1])
    return short or is_press_office(string, shapes) or not has_surname(string, shapes)


def is_press_office(string: str, shapes: Shapes) -> bool:
    """Whether a correspondent's name is the short form of a publicity office: 清公宣."""
    return len(string) > _COMPOUND and shapes.has("press_office_end", string[-1])


def _may_be_name(string: str, shapes: Shapes) -> bool:
    """No 近日, no 记者; 文艺演出 is two words of every day."""
    parts = segmenter().cut(string) if len(string) > 3 else ()
    words = bool(parts) and all(len(p) > 1 and segmenter().tag(p)[:2] not in ("nr", "ns", "nz", "") for p in parts)
    return not words and not shapes.near_day_word.search(string) and not shapes.bare_role.search(string)


def _ways(string: str, shapes: Shapes) -> Iterator[tuple[int, ...]]:
    if not string:
        yield ()
        return
    surnames = shapes.lexicon.surnames
    compound = string[:_COMPOUND] in surnames
    for length in (3, 4) if compound else (2, 3) if string[0] in surnames else ():
        if length <= len(string):
            for rest in _ways(string[length:], shapes):
                yield (length, *rest)


def join_spaced(tokens: list[Text], shapes: Shapes) -> list[Text]:
    """Names of two characters are printed with a blank inside: 王 茵 → 王茵. Marks (文, 图) are no half of a name.

    >>> from kg.lexicon import load_lexicon
    >>> tokens = [Text.of("王"), Text.of("茵", 2), Text.of("汪小琳", 4)]
    >>> [t.string for t in join_spaced(tokens, Shapes(load_lexicon()))]
    ['王茵', '汪小琳']
    """
    joined: list[Text] = []
    open_token = False
    for token in tokens:
        single = len(token) == 1 and not shapes.mark.fullmatch(token.string)
        if open_token and single:
            joined[-1] += token
            open_token = False
        else:
            joined.append(token)
            open_token = single and token.string in shapes.lexicon.surnames
    return joined

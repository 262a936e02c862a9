"""What befell: the fire that broke out, the accident that happened, the storm that struck."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.facts.shape import Shape
from kg.lexicon import Lexicon
from kg.words import any_of

_ACCIDENT_WITHIN = 24  # characters behind 发生 in which the accident is looked for


@lru_cache(maxsize=4)
def _storm(lexicon: Lexicon) -> re.Pattern[str]:
    """台风“…”18日晚袭击, 受强降雨袭击: the weather that strikes."""
    return re.compile(f"({any_of(lexicon.words('storm'))})[^,。;]{{0,16}}$")


def accident_behind(shape: Shape, position: int) -> str | None:
    """发生一起火灾, 着火: the accident that befell, as the verb or its clause behind it names it."""
    if shape.string[:position].endswith(tuple(shape.lexicon.words("burns"))):
        return shape.string[position - 2 : position]
    if shape.string[:position].endswith(tuple(shape.lexicon.words("strikes"))):
        storm = _storm(shape.lexicon).search(shape.string, shape.clause_at(position - 1)[0], position)
        return storm[1] if storm else None
    if not shape.string[:position].endswith(tuple(shape.lexicon.words("happens"))):
        return None
    begin, end = shape.clause_at(position - 1)
    if shape.string.startswith(("在", "于"), position) and any(d.start == position + 1 for d in shape.found.dates):
        before = [w for w in shape.lexicon.words("accident") if w in shape.string[begin:position]]
        return max(before, key=lambda w: (shape.string.rfind(w, begin, position), len(w)), default=None)
    behind = shape.string[position:end][:_ACCIDENT_WITHIN]
    if behind.startswith(tuple(shape.lexicon.words("several"))):
        return None  # 连续发生多起盗窃案: no one happening
    met = shape.string[:position].endswith(tuple(shape.lexicon.words("meets_storm")))  # 遭遇暴雨, 普降大雪
    named = shape.lexicon.words("accident") | (shape.lexicon.words("storm") if met else frozenset())
    found = [(behind.find(word), -len(word), word) for word in named if word in behind]
    at, _, word = min(found, default=(0, 0, ""))
    return word if word and not behind.startswith("的", at + len(word)) else None  # 遭遇车祸的老人

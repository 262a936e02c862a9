"""What befell: the fire that broke out, the accident that happened, the storm that struck."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.facts.shape import Shape
from kg.lexicon import Lexicon
from kg.words import any_of

_ACCIDENT_WITHIN = 24  # characters behind 发生 in which the accident is looked for
_MANY = re.compile("[共累][计发]|全年|以来|[0-9]起|多起|[去今]年")


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
    if shape.string[:position].endswith(tuple(shape.lexicon.words("costs"))):
        return toll_before(shape, position)
    if not shape.string[:position].endswith(tuple(shape.lexicon.words("happens"))):
        return None
    begin, end = shape.clause_at(position - 1)
    if shape.string.startswith(("在", "于"), position) and _is_told_where_or_when(shape, position + 1):
        before = [w for w in shape.lexicon.words("accident") if w in shape.string[begin:position]]
        return max(before, key=lambda w: (shape.string.rfind(w, begin, position), len(w)), default=None)
    behind = shape.string[position:end][:_ACCIDENT_WITHIN]
    if behind.startswith(tuple(shape.lexicon.words("several"))):
        return None  # 连续发生多起盗窃案: no one happening
    met = shape.string[:position].endswith(tuple(shape.lexicon.words("meets_storm")))  # 遭遇暴雨, 普降大雪
    named = shape.lexicon.words("accident") | (shape.lexicon.words("storm") if met else frozenset())
    found = sorted((behind.find(word), -len(word), word) for word in named if word in behind)
    first = found[0] if found else None
    if first is not None and behind.startswith("的", first[0] - first[1]):  # 两车追尾的|交通事故, 遭遇车祸的老人
        at = first[0] - first[1] + 1
        return next((word for start, _, word in found if start == at), None)
    return first[2] if first else None


def _is_told_where_or_when(shape: Shape, position: int) -> bool:
    """事故发生在|9月3日, 火灾发生在|石庙村: does a day, a place or a house stand there?"""
    starts = {d.start for d in shape.found.dates} | {p.start for p in shape.found.places}
    return position in starts | {a.begin for a in shape.actors}


@lru_cache(maxsize=4)
def _toll(lexicon: Lexicon) -> re.Pattern[str]:
    """5人死亡, 3名矿工遇难, 多人受伤."""
    return re.compile(f"了?[^,。;]{{0,8}}?[人名][^,。;]{{0,8}}?{any_of(lexicon.words('toll'))}|[^,。;]{{0,6}}死亡")


@lru_cache(maxsize=4)
def _of_it(lexicon: Lexicon) -> re.Pattern[str]:
    """爆炸|事故目前已造成: what may stand between an accident and its toll."""
    words = any_of(lexicon.words("by_now") | lexicon.words("costs"))
    return re.compile(f"(?:事故|事件|案|灾害)?{words}*")


def toll_before(shape: Shape, position: int) -> str | None:
    """此次爆炸事故已|造成5人死亡: the accident whose toll a verb gives, no sum of many: 共发生事故3起,造成2人死亡."""
    if not _toll(shape.lexicon).match(shape.string, position):
        return None
    before = shape.string[shape.clause_at(position - 1)[0] : position]
    told = [(before.rfind(w), len(w), w) for w in shape.lexicon.words("accident") if w in before]
    at, length, word = max(told, default=(-1, 0, ""))
    if at < 0 or _MANY.search(before) or not _of_it(shape.lexicon).fullmatch(before, at + length):
        return None
    return word

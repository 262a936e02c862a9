"""Where a sentence tells of a happening: verbs that need someone who acts, nouns that need to be held or attended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.facts.clauses import Shape
from kg.lexicon import EventType, Lexicon

_ACCIDENT_WITHIN = 24  # characters behind 发生 in which the accident is looked for


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger where it stands; `noun` when the type is known by what was held and not by a verb."""

    start: int
    end: int
    text: str
    type: str
    noun: bool


@lru_cache(maxsize=4)
def _automaton(lexicon: Lexicon) -> tuple[AhoCorasick, tuple[tuple[str, EventType, bool], ...]]:
    entries = {word: (word, t, False) for t in lexicon.event_types for word in t.triggers}
    entries |= {word: (word, t, True) for t in lexicon.event_types for word in t.nouns}
    table = tuple(entries[word] for word in sorted(entries))
    return AhoCorasick([word for word, _, _ in table], matchkind=MatchKind.LeftmostLongest), table


# 前来调研的省领导, 检察院起诉的被告人: the verb tells of somebody in passing.
_IN_PASSING = frozenset({"Inspection", "Enforcement", "Meeting"})
# 慰问活动 is a visit still; 开工仪式 is no longer a 开工 but held.
_NOT_HELD = frozenset({"Inspection", "Meeting", "Interview", "Transfer"})


def find_triggers(shape: Shape) -> Iterator[Trigger]:
    """The triggers of a sentence that report something, left to right."""
    automaton, table = _automaton(shape.lexicon)
    named = {i for a in shape.actors for i in range(a.start, a.end)}
    at = 0
    for index, start, end in automaton.find_matches_as_indexes(shape.string):
        word, kind, noun = table[index]
        if start < at or named & set(range(start, end)) or not shape.is_reported(start):
            continue
        if not noun:
            ceremony = shape.found.line.longest(end, shape.lexicon.words("ceremony")) or ""
            end += len(ceremony)
            noun = bool(ceremony) and kind.name not in _NOT_HELD
        trigger = Trigger(start, end, shape.string[start:end], kind.name, noun)
        if _tells(shape, trigger, word):
            yield trigger
        at = end


def _tells(shape: Shape, trigger: Trigger, word: str) -> bool:
    """Does a trigger tell of something: 督导检查, but not 检查站, 参加检查 or 检查的重点?"""
    if any(shape.string.startswith(f, trigger.end) for f in shape.lexicon.words("trigger_not_before")):
        return False
    if trigger.type != "Transfer" and shape.is_in_object(trigger.start):
        return False
    if trigger.noun:
        return True
    if trigger.start not in shape.found.line.bounds or shape.is_attended(trigger.start):
        return False
    if trigger.type in _IN_PASSING and shape.string.startswith("的", trigger.end):
        return False
    return _has_object(shape, trigger, word)


def _has_object(shape: Shape, trigger: Trigger, word: str) -> bool:
    """获得…称号 and 发生…火灾 tell by what follows the verb; other verbs need nothing behind them."""
    behind = shape.string[trigger.end : shape.clause_at(trigger.start)[1]]
    if word in shape.lexicon.words("award_to_prize"):
        return any(prize in behind for prize in shape.lexicon.words("prize"))
    return word not in shape.lexicon.words("happens") or accident_behind(shape, trigger.end) is not None


def accident_behind(shape: Shape, position: int) -> str | None:
    """发生一起火灾: the accident that befell, as its clause names it behind the verb."""
    behind = shape.string[position : shape.clause_at(position)[1]][:_ACCIDENT_WITHIN]
    found = [(behind.find(word), -len(word), word) for word in shape.lexicon.words("accident") if word in behind]
    return min(found)[2] if found else None

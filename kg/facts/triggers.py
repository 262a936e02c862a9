"""Where a sentence tells of a happening: verbs that need someone who acts, nouns that need to be held or attended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.facts.clauses import Shape
from kg.lexicon import EventType, Lexicon


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


def find_triggers(shape: Shape) -> Iterator[Trigger]:
    """The triggers of a sentence that report something, left to right."""
    automaton, table = _automaton(shape.lexicon)
    named = {i for a in shape.actors for i in range(a.start, a.end)}
    follow = shape.lexicon.words("trigger_not_before")
    for index, start, end in automaton.find_matches_as_indexes(shape.string):
        word, kind, noun = table[index]
        if named & set(range(start, end)) or not shape.is_reported(start):
            continue
        if not noun and start not in shape.found.line.bounds:
            continue
        if (
            any(shape.string.startswith(f, end) for f in follow)
            or (not noun and shape.is_attended(start))
            or (kind.name != "Transfer" and shape.is_in_object(start))
        ):
            continue
        yield Trigger(start, end, word, kind.name, noun)

"""Event types: `events.toml`, and a user's own one over it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.lexicon.rows import read_text, seeds_dir
from kg.lexicon.tables import EventType
from kg.model import LexiconError

EVENTS = "events.toml"
_LISTS = ("triggers", "nouns", "examples", "counter_examples")
_TYPE_NAME = re.compile(r"[A-Z][A-Za-z]*")


def load_event_types(own: Path | None) -> tuple[EventType, ...]:
    """The types in their order; a user's own table of the same name takes the place of the built-in one."""
    paths = [directory / EVENTS for directory in (seeds_dir() / "lexicon", own) if directory]
    types: dict[str, EventType] = {}
    for path in paths:
        if path.exists() or path is paths[0]:
            types |= {kind.name: kind for kind in _read_event_types(path)}
    return tuple(types.values())


def _read_event_types(path: Path) -> Iterator[EventType]:
    content = read_text(path)
    try:
        tables = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{path}: {error}") from error
    for name, table in tables.items():
        try:
            yield _parse_event_type(name, table)
        except TypeError as error:
            header = re.search(rf"^\s*\[?\s*[\"']?{re.escape(name)}\b", content, re.M)
            line = content.count("\n", 0, header.end()) + 1 if header else 1
            raise LexiconError(f"{path}:{line}: {error.args[0]}") from error


def _parse_event_type(name: str, table: Any) -> EventType:
    """One table of the TOML. Raises TypeError that says what is wrong."""
    if not isinstance(table, dict) or not _TYPE_NAME.fullmatch(name):
        raise TypeError(f"{name} is no event type: a table with a name like Inspection is")
    label, lists = table.get("label"), {"nouns": [], **table}
    if not isinstance(label, dict) or not all(_is_word(label.get(tongue)) for tongue in ("zh", "en")):
        raise TypeError(f"{name} needs a label in zh and en")
    words = []
    for key in _LISTS:
        value = lists.get(key)
        if not isinstance(value, list) or not all(map(_is_word, value)):
            raise TypeError(f"{name} needs {key}, a list of strings")
        words.append(tuple(value))
    if unknown := sorted(set(table) - {"label", *_LISTS}):
        raise TypeError(f"{name} has {unknown[0]}, which means nothing")
    return EventType(name, label["zh"], label["en"], *words)


def _is_word(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())

"""YAML that people write: a file loaded, and its mappings asked for values by kind, with errors that say where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.model import KgError

# What an entry of a list is known by in error messages.
_NAMING = ("id", "name", "case")


def load_yaml(path: Path) -> Any:
    """What a YAML file holds. Raises KgError."""
    try:
        import yaml  # of an extra: nothing but the gold needs it
    except ImportError as error:
        raise KgError("gold is YAML, and PyYAML is not installed: pip install 'kg-gazette[evaluate]'") from error
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise KgError(f"{path}: cannot be read ({getattr(error, 'strerror', None) or error})") from error
    except yaml.YAMLError as error:
        raise KgError(f"{path}: no YAML ({error})") from error


class Entry:
    """A mapping of the file whose values are asked for by kind; `where` says in an error message which."""

    def __init__(self, content: Any, where: str) -> None:
        if not isinstance(content, Mapping):
            raise KgError(f"{where}: expected a mapping")
        self._content, self.where = content, where

    def text(self, key: str) -> str:
        """A value as text, empty where there is none; YAML takes some days and numbers for more than text."""
        value = self._content.get(key)
        return "" if value is None else str(value)

    def values(self, key: str) -> list[Any]:
        """A list, empty where there is none."""
        value = self._content.get(key)
        if not isinstance(value, list | None):
            raise KgError(f"{self.where}: {key} must be a list")
        return value or []

    def names(self, key: str) -> list[str]:
        """A list of names."""
        return [str(name) for name in self.values(key) if name]

    def entries(self, key: str) -> Iterator[Entry]:
        """A list of mappings, each known by its id or name in error messages."""
        for number, content in enumerate(self.values(key), 1):
            known = [content[key] for key in _NAMING if content.get(key)] if isinstance(content, Mapping) else []
            yield Entry(content, f"{self.where}: {key} {known[0] if known else number}")

    def flag(self, key: str) -> bool:
        """Whether a value is given and true."""
        return bool(self._content.get(key))

"""The page files that the user's paths name."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.model import PageError

SUFFIXES: Final = (".txt", ".md")
STDIN: Final = "-"


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that was not read, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Source:
    """An input file; `raw` holds its bytes where they are known already, as those of standard input are."""

    name: str
    path: Path | None = None
    raw: bytes = b""

    def read(self) -> bytes:
        """Its bytes. Raises PageError."""
        if self.path is None or self.raw:
            return self.raw
        try:
            return self.path.read_bytes()
        except OSError as error:
            raise PageError(f"cannot be read ({error.strerror})") from error

    @property
    def place(self) -> str:
        """Where its file lies, empty for standard input: a file that is changed there takes its own place."""
        return _readable(self.path.resolve()) if self.path else ""

    @property
    def shown(self) -> str:
        """As the user knows it."""
        return _readable(self.path) if self.path else self.name


def find_sources(paths: Iterable[Path], stdin: bytes | None = None) -> Iterator[Source | Skipped]:
    """Files as they are, of directories every .txt and .md file in them, sorted; `-` is what came by standard input."""
    for path in paths:
        if str(path) == STDIN and stdin is not None:
            yield Source("stdin.txt", raw=stdin)
        elif path.is_dir():
            found = sorted(file for file in path.rglob("*") if _is_page(file.relative_to(path)) and file.is_file())
            yield from (Source(_readable(file.name), file) for file in found)
            if not found:
                yield Skipped(_readable(path), f"no {' or '.join(SUFFIXES)} file in it")
        elif path.exists():
            yield Source(_readable(path.name), path)
        else:
            yield Skipped(_readable(path), "no such file or directory")


def _readable(path: Path | str) -> str:
    """A file name as UTF-8 whatever the locale, so that the graph does not depend on where it is built."""
    return os.fsencode(path).decode("utf-8", "replace")


def _is_page(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and not any(part.startswith(".") for part in path.parts)

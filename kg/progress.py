"""How far a long piece of work is: whoever asks for it may pass a function that is told."""

from __future__ import annotations

from collections.abc import Callable

# What is being done, how much of it is done, and how much there is to do; 0 of 0 where nobody can say.
Progress = Callable[[str, int, int], None]


def in_silence(doing: str, done: int, total: int) -> None:
    """Tell nobody."""

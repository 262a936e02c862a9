"""A bar on stderr, where that is a terminal: for each thing that is done in turn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from kg.progress import Progress, in_silence


@contextmanager
def progress_bar(quiet: bool) -> Iterator[Progress]:
    """A bar for as long as the block takes; none where somebody wants none, or nobody looks."""
    from rich.console import Console
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield in_silence
        return
    with Bar(console=console, transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda doing, done, total: bar.update(task, description=doing, completed=done, total=total or None)

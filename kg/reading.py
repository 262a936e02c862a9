"""Sources → readings: from the shelf where the same page was read before, else read now, by one process or several."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Final

from kg.facts import read_article
from kg.lexicon import Lexicon, load_lexicon
from kg.model import KgError, PageError, PageReading
from kg.progress import Progress
from kg.read import read_page
from kg.shelf import Kept, Shelf
from kg.sources import Skipped, Source

# Below this a pool costs more than it saves: each worker loads the lexicon first.
_MANY_PAGES: Final = 64
_BATCH: Final = 16
# So many pages are in memory as bytes at once.
_BLOCK: Final = 1024


def read_source(source: Source, lexicon: Lexicon) -> PageReading | Skipped:
    """All that one page says, or why it says nothing."""
    try:
        page, issue, articles = read_page(source.name, source.read(), lexicon)
    except PageError as error:
        return Skipped(source.shown, str(error).removeprefix(f"{source.name}: "))
    if not articles:
        return Skipped(source.shown, "no article found in it")
    return PageReading(page, issue, tuple(read_article(article, lexicon) for article in articles))


class Readings:
    """What sources and pages on the shelf say, in their order; `fresh` counts those that had to be read.

    `rules` is the digest of what reads them: what the shelf knows was read by the same.
    """

    def __init__(self, sources: Sequence[Source | Kept], lexicon: Lexicon, shelf: Shelf, rules: str, jobs: int) -> None:
        self._sources, self._lexicon, self._shelf, self._rules, self._jobs = sources, lexicon, shelf, rules, jobs
        self.fresh = 0

    def outcomes(self, progress: Progress) -> Iterator[PageReading | Skipped]:
        """A reading a source, or why there is none. What is read now is put on the shelf."""
        progress("reading", 0, len(self._sources))
        done = 0
        with ExitStack() as stack:
            pool = self._pool(stack)
            for start in range(0, len(self._sources), _BLOCK):
                for outcome in self._block(self._sources[start : start + _BLOCK], pool):
                    done += 1
                    progress("reading", done, len(self._sources))
                    yield outcome
                self._shelf.commit()  # what has been read need not be read again, whatever comes now

    def _block(
        self, sources: Sequence[Source | Kept], pool: ProcessPoolExecutor | None
    ) -> Iterator[PageReading | Skipped]:
        found = [self._look_up(source) for source in sources]
        fresh = self._read([unread for unread in found if isinstance(unread, Source)], pool)
        for known in found:
            outcome = next(fresh) if isinstance(known, Source) else known
            if isinstance(known, Source) and isinstance(outcome, PageReading):
                self.fresh += 1
                self._shelf.keep_reading(outcome, self._rules)
            elif isinstance(known, Source):
                self._shelf.remove(sha256(known.raw).hexdigest(), known.name)
            yield outcome

    def _look_up(self, source: Source | Kept) -> PageReading | Skipped | Source:
        """What a page says as the shelf has it, else the page with its bytes, to be read."""
        if isinstance(source, Kept):
            path = Path(source.path) if source.path else None
            return self._shelf.reading(source, self._rules) or Source(source.name, path, self._shelf.raw(source))
        try:
            raw = source.read()
        except PageError as error:
            return Skipped(source.shown, str(error))
        kept = Kept(source.name, sha256(raw).hexdigest(), source.place)
        self._shelf.keep(kept, raw)
        return self._shelf.reading(kept, self._rules) or replace(source, raw=raw)

    def _pool(self, stack: ExitStack) -> ProcessPoolExecutor | None:
        """Spawned, not forked: a fork copies locks that threads hold."""
        if self._jobs <= 1 or len(self._sources) <= _MANY_PAGES:
            return None
        spawn = multiprocessing.get_context("spawn")
        return stack.enter_context(ProcessPoolExecutor(self._jobs, spawn, _start_worker, (self._lexicon.source,)))

    def _read(self, sources: Sequence[Source], pool: ProcessPoolExecutor | None) -> Iterator[PageReading | Skipped]:
        """One by one or by the pool's workers: the same, in the same order."""
        if pool is None:
            yield from (read_source(source, self._lexicon) for source in sources)
            return
        try:
            yield from pool.map(_read_in_worker, sources, chunksize=_BATCH)
        except BrokenProcessPool as error:
            raise KgError("a worker process died, perhaps for want of memory: try fewer --jobs") from error


_worker_lexicon: list[Lexicon] = []


def _start_worker(own_lexicon: Path | None) -> None:
    _worker_lexicon[:] = [load_lexicon(own_lexicon)]


def _read_in_worker(source: Source) -> PageReading | Skipped:
    return read_source(source, _worker_lexicon[0])

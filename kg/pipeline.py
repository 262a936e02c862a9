"""The walk: pages → readings → knowledge → quads → files. What each page says first, then what all say together."""

from __future__ import annotations

import multiprocessing
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

from kg.export import EXPORTERS
from kg.export.lines import sorted_nquads
from kg.facts import read_article
from kg.files import move_directory, move_file
from kg.graph import quads
from kg.identity import Knowledge, unify
from kg.lexicon import Lexicon, load_lexicon
from kg.model import KgError, Kind, PageError, PageReading
from kg.read import read_page
from kg.sources import Skipped, Source, find_sources
from kg.store import STORE, read_only_engine, write_store
from kg.vocab import DEFAULT_BASE

NQUADS, TURTLE, VIEW = "graph.nq", "graph.ttl", "graph.html"
# Below this a pool costs more than it saves: each worker loads the lexicon first.
_MANY_PAGES: Final = 64
_BATCH: Final = 16
_BASE: Final = re.compile(r"https?://[^\x00-\x20<>\"{}|\\^`?#]+[/#]")

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Build:
    """What a build found, and whether it changed anything on disk."""

    output: Path
    changed: bool
    pages: int
    articles: int
    people: int
    agencies: int
    places: int
    events: int
    posts: int
    facts: int
    skipped: tuple[tuple[str, str], ...]


def build(
    paths: Iterable[Path | str],
    output: Path | str = "output",
    *,
    lexicon: Lexicon | None = None,
    base: str = DEFAULT_BASE,
    jobs: int = 1,
    stdin: bytes | None = None,
    progress: Progress | None = None,
) -> Build:
    """Read pages and write the graph of all they say into `output`; the same pages give the same bytes.

    A page that cannot be read is skipped and named. Raises KgError where none can, and leaves `output` as it was.
    """
    if not _BASE.fullmatch(base):
        raise KgError(f"{base!r} cannot begin an IRI: it must be http(s)://… and end in / or #")
    lexicon, output = lexicon or load_lexicon(), Path(output)
    outcomes = list(find_sources(dict.fromkeys(map(Path, paths)), stdin))
    sources = [outcome for outcome in outcomes if isinstance(outcome, Source)]
    read = list(_read_all(sources, lexicon, jobs, progress or (lambda done, total: None)))
    skipped = [outcome for outcome in (*outcomes, *read) if isinstance(outcome, Skipped)]
    knowledge = unify(outcome for outcome in read if isinstance(outcome, PageReading))
    if not knowledge.pages:
        reasons = "; ".join(f"{skip.name}: {skip.reason}" for skip in skipped[:3]) or "no input"
        raise KgError(f"no page could be read, nothing is changed ({reasons})")
    changed = publish(sorted_nquads(quads(knowledge, lexicon.event_types, base)), output)
    return _counted(knowledge, output, changed, skipped)


def read_source(source: Source, lexicon: Lexicon) -> PageReading | Skipped:
    """All that one page says, or why it says nothing."""
    try:
        page, issue, articles = read_page(source.name, source.read(), lexicon)
    except PageError as error:
        return Skipped(source.shown, str(error).removeprefix(f"{source.name}: "))
    if not articles:
        return Skipped(source.shown, "no article found in it")
    return PageReading(page, issue, tuple(read_article(article, lexicon) for article in articles))


def _read_all(
    sources: Sequence[Source], lexicon: Lexicon, jobs: int, progress: Progress
) -> Iterator[PageReading | Skipped]:
    pooled = jobs > 1 and len(sources) > _MANY_PAGES
    outcomes = _read_pooled(sources, lexicon, jobs) if pooled else (read_source(source, lexicon) for source in sources)
    progress(0, len(sources))
    for done, outcome in enumerate(outcomes, 1):
        progress(done, len(sources))
        yield outcome


_worker_lexicon: list[Lexicon] = []


def _start_worker(own_lexicon: Path | None) -> None:
    _worker_lexicon[:] = [load_lexicon(own_lexicon)]


def _read_in_worker(source: Source) -> PageReading | Skipped:
    return read_source(source, _worker_lexicon[0])


def _read_pooled(sources: Sequence[Source], lexicon: Lexicon, jobs: int) -> Iterator[PageReading | Skipped]:
    """The same as one by one, in the same order. Spawned, not forked: a fork copies locks that threads hold."""
    spawn = multiprocessing.get_context("spawn")
    try:
        with ProcessPoolExecutor(jobs, spawn, _start_worker, (lexicon.source,)) as pool:
            yield from pool.map(_read_in_worker, sources, chunksize=_BATCH)
    except BrokenProcessPool as error:
        raise KgError("a worker process died, perhaps for want of memory: try fewer --jobs") from error


def publish(nquads: bytes, output: Path) -> bool:
    """Write graph, store, Turtle and page, all or none; False where the same graph stands there already, whole."""
    from kg.view import write_view

    if _stands(nquads, output):
        return False
    try:
        output.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=".build-", dir=output))
    except OSError as error:
        raise KgError(f"{output}: cannot be written ({error.strerror})") from error
    try:
        (fresh / NQUADS).write_bytes(nquads)
        write_store(fresh / NQUADS, fresh / STORE)
        engine = read_only_engine(fresh)
        turtle = BytesIO()
        EXPORTERS["ttl"](engine, turtle)
        (fresh / TURTLE).write_bytes(turtle.getvalue())
        write_view(engine, fresh / VIEW)
        del engine  # closes the store: what is moved must be at rest
        move_directory(fresh / STORE, output / STORE)
        # The N-Quads last: where they stand, all else stands.
        for name in (TURTLE, VIEW, NQUADS):
            move_file(fresh / name, output / name)
    except OSError as error:
        raise KgError(f"{output}: cannot be written ({error.strerror or error})") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return True


def _stands(nquads: bytes, output: Path) -> bool:
    if not all((output / name).exists() for name in (NQUADS, TURTLE, VIEW, STORE)):
        return False
    try:
        # The store is counted too: what was damaged, or cut short by a power failure, is written again.
        return (output / NQUADS).read_bytes() == nquads and len(read_only_engine(output)) == nquads.count(b"\n")
    except (OSError, KgError):
        return False


def _counted(knowledge: Knowledge, output: Path, changed: bool, skipped: Iterable[Skipped]) -> Build:
    kinds = Counter(thing.entity.kind for thing in knowledge.things)
    parts = sum(len(happening.actors) for happening in knowledge.happenings)
    posts, events = len(knowledge.memberships), len(knowledge.happenings)
    return Build(
        output,
        changed,
        pages=len(knowledge.pages),
        articles=len(knowledge.reports),
        people=kinds[Kind.PERSON],
        agencies=kinds[Kind.AGENCY],
        places=kinds[Kind.PLACE],
        events=events,
        posts=posts,
        facts=posts + parts + events,
        skipped=tuple((skip.name, skip.reason) for skip in skipped),
    )

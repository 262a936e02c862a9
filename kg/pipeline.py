"""The walk: pages → readings → knowledge → quads → files. What each page says first, then what all say together.

The graph is a pure function of the set of its pages: built at once, or grown and cut page by page, it is the same to
the byte. Which pages it is made of stands in the graph itself; their bytes and what they say are kept on the shelf.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.files import only_writer
from kg.graph import quads
from kg.growth import TooWide
from kg.holdings import COUNTED, find_held, pages_in
from kg.identity import distinct
from kg.ledger import LEDGER, Row, read_ledger
from kg.lexicon import Lexicon, load_lexicon
from kg.model import ArticleKey, KgError, PageReading
from kg.progress import Progress, in_silence
from kg.publish import FILES, is_whole, publish
from kg.reading import Readings, read_source
from kg.replay import decide
from kg.shelf import Kept, Shelf, open_shelf
from kg.sources import Skipped, Source, find_sources
from kg.step import Standing, without
from kg.store import STORE, read_only_engine, refuse_newer
from kg.vocab import DEFAULT_BASE

__all__ = ["Build", "Progress", "add", "build", "drop", "read_source"]

_BASE: Final = re.compile(r"https?://[^\x00-\x20<>\"{}|\\^`?#]+[/#]")


@dataclass(frozen=True, slots=True)
class Build:
    """What is in a graph, and what was done to have it so; `read` counts the pages that had to be read."""

    output: Path
    changed: bool
    read: int
    pages: int
    articles: int
    people: int
    agencies: int
    places: int
    events: int
    posts: int
    facts: int
    questions: int
    skipped: tuple[tuple[str, str], ...]
    stale: tuple[str, ...]  # rows of the ledger that name nothing any more
    unwritten: tuple[str, ...]  # files that a graph so large gets only when it is built


def build(
    paths: Iterable[Path | str],
    output: Path | str = "output",
    *,
    lexicon: Lexicon | None = None,
    ledger: Path | None = None,
    base: str = DEFAULT_BASE,
    jobs: int = 1,
    stdin: bytes | None = None,
    progress: Progress = in_silence,
) -> Build:
    """Read pages and write the graph of all they say into `output`; the same pages and ledger give the same bytes.

    Without paths it is the pages that `output` holds already, by the rules and the lexicon of today. The ledger is
    `ledger.tsv` in `output` where no other is named. A page that cannot be read is skipped and named. Raises KgError
    where none can, and leaves `output` as it was.
    """
    if not _BASE.fullmatch(base):
        raise KgError(f"{base!r} cannot begin an IRI: it must be http(s)://… and end in / or #")
    output = Path(output)
    sources = list(find_sources(dict.fromkeys(map(Path, paths)), stdin))
    with _writing(output) as shelf:
        standing = Standing.of(output, shelf, lexicon or load_lexicon(), base)
        walk = _Walk(standing, ledger or output / LEDGER, jobs, progress)
        if sources:
            return walk.go(sources)
        return walk.go(_standing(output, shelf), dropped=shelf.dropped())


def add(
    paths: Iterable[Path | str],
    output: Path | str = "output",
    *,
    lexicon: Lexicon | None = None,
    jobs: int = 1,
    stdin: bytes | None = None,
    progress: Progress = in_silence,
) -> Build:
    """Add pages to the graph in `output`; the result is what `build` makes of the old pages and these.

    A file that was read before from the same place, and has changed, takes its own place. Where `output` holds no
    graph yet this is `build`.
    """
    output = Path(output)
    with _writing(output) as shelf:
        walk = _Walk.as_before(output, shelf, lexicon, jobs, progress)
        sources = list(find_sources(dict.fromkeys(map(Path, paths)), stdin))
        if stepped := walk.step(sources):
            return stepped
        kept = _standing(output, shelf) if _holds_graph(output) else []
        return walk.go(sources, kept, shelf.dropped())


def drop(names: Iterable[str], output: Path | str = "output", *, progress: Progress = in_silence) -> Build:
    """Take pages or single articles out of the graph in `output`, by file name or IRI.

    The result is what `build` makes of what is left.
    """
    output = Path(output)
    with _writing(output) as shelf:
        walk = _Walk.as_before(output, shelf, None, 1, progress)
        pages, articles = find_held(names, read_only_engine(output))
        if stepped := walk.step([], pages, articles):
            return stepped
        kept = [page for page in _standing(output, shelf) if page.sha256 not in pages]
        return walk.go([], kept, shelf.dropped() | articles)


@contextmanager
def _writing(output: Path) -> Iterator[Shelf]:
    """The shelf of an output directory, for one writer at a time; what is new and came to nothing is taken away.

    Not so where somebody stops it: pages that have been read are then kept for the next time.
    """
    is_new = not output.exists()
    try:
        with only_writer(output):
            refuse_newer(output)
            with open_shelf(output) as shelf:
                yield shelf
    except Exception:
        if is_new and output.is_dir() and not (output / STORE).exists():
            shutil.rmtree(output, ignore_errors=True)
        raise


def _holds_graph(output: Path) -> bool:
    return (output / STORE).exists()


@dataclass(slots=True)
class _Walk:
    """One walk from pages to files, the same way for all of them."""

    standing: Standing
    ledger: Path
    jobs: int
    progress: Progress

    @classmethod
    def as_before(cls, output: Path, shelf: Shelf, lexicon: Lexicon | None, jobs: int, progress: Progress) -> _Walk:
        """With the lexicon, the ledger and the IRIs that the graph was built with last."""
        own = shelf.setting("lexicon")
        lexicon = lexicon or load_lexicon(Path(own) if own else None)
        standing = Standing.of(output, shelf, lexicon, shelf.setting("base") or DEFAULT_BASE)
        return cls(standing, Path(shelf.setting("ledger") or output / LEDGER), jobs, progress)

    @property
    def shelf(self) -> Shelf:
        """What the pages said, and how the graph was built last."""
        return self.standing.shelf

    def step(
        self, sources: Sequence[Source | Skipped], gone: Collection[str] = (), cut: Collection[ArticleKey] = ()
    ) -> Build | None:
        """The graph that stands with these pages, without others and without articles; None where that is no step."""
        rows = read_ledger(self.ledger)
        decided = [row.line for row in rows] == (self.shelf.setting("decided") or "").splitlines()
        if not _holds_graph(self.standing.output) or not decided or not self.standing.can_step:
            return None
        asked = [source for source in sources if isinstance(source, Source)]
        readings = self._readings(asked)
        outcomes = list(readings.outcomes(self.progress))
        pages = sorted((r for r in outcomes if isinstance(r, PageReading)), key=lambda r: r.page.name, reverse=True)
        fresh = {reading.page.sha256: reading for reading in pages}
        replaced = self._replaced(asked, fresh)
        dropped = {article for article in self.shelf.dropped() if article[0] not in fresh} | set(cut)
        self.shelf.commit()  # before the store: what stands there can always be read again
        try:
            changed = self.standing.step(fresh, {*gone, *(page.sha256 for page in replaced)}, dropped, rows)
        except TooWide:
            self.shelf.undo()
            return None
        for page in replaced:
            self.shelf.remove(page.sha256, page.name)
        skipped = [outcome for outcome in (*sources, *outcomes) if isinstance(outcome, Skipped)]
        return self._counted(changed, readings.fresh, skipped)

    def _readings(self, sources: Sequence[Source | Kept]) -> Readings:
        return Readings(sources, self.standing.lexicon, self.shelf, self.standing.rules, self.jobs)

    def _counted(self, changed: bool, read: int, skipped: Iterable[Skipped]) -> Build:
        counts = self.standing.counts()
        number = {name: counts[name] for name in COUNTED}
        facts = number["posts"] + number["events"] + number.pop("parts")
        left_out = tuple((skip.name, skip.reason) for skip in skipped)
        unwritten = tuple(name for name in FILES if not (self.standing.output / name).exists())
        return Build(
            self.standing.output,
            changed,
            read,
            facts=facts,
            skipped=left_out,
            stale=tuple((self.shelf.setting("stale") or "").splitlines()),
            unwritten=unwritten,
            **number,
        )

    def go(
        self,
        sources: Sequence[Source | Skipped | Kept],
        kept: Sequence[Kept] = (),
        dropped: Collection[ArticleKey] = (),
    ) -> Build:
        """The graph of these sources, and of pages kept that no source takes the place of, without dropped articles."""
        asked = [source for source in sources if not isinstance(source, Skipped)]
        readings = self._readings([*kept, *asked])
        outcomes = list(readings.outcomes(self.progress))
        old, new = outcomes[: len(kept)], outcomes[len(kept) :]
        skipped = [outcome for outcome in (*sources, *outcomes) if isinstance(outcome, Skipped)]
        fresh = {reading.page.sha256 for reading in new if isinstance(reading, PageReading)}
        replaced = {page.sha256 for page in self._replaced(asked, fresh)}
        if any(isinstance(source, Source) for source in asked):
            dropped = {article for article in dropped if article[0] not in fresh}
        pages = [r for r in old if isinstance(r, PageReading) and r.page.sha256 not in replaced]
        pages += [r for r in new if isinstance(r, PageReading)]
        changed = self._publish([left for page in pages if (left := without(page, dropped))], skipped, dropped)
        self.shelf.leave_only({(r.page.sha256, r.page.name) for r in pages}, self.standing.rules)
        return self._counted(changed, readings.fresh, skipped)

    def _replaced(self, sources: Sequence[Source | Kept], fresh: Collection[str]) -> list[Kept]:
        """What stood before in the files that are now read with other content."""
        places = {s.place for s in sources if isinstance(s, Source)} - {""}
        return [page for page in self.shelf.lying_at(places) if page.sha256 not in fresh]

    def _publish(
        self, pages: Sequence[PageReading], skipped: Sequence[Skipped], dropped: Collection[ArticleKey]
    ) -> bool:
        if not pages:
            reasons = "; ".join(f"{skip.name}: {skip.reason}" for skip in skipped[:3]) or "no page is left"
            raise KgError(f"no page could be read, nothing is changed ({reasons})")
        standing, rows = self.standing, read_ledger(self.ledger)
        pages = distinct(pages)
        recipe = standing.made_of(rows, pages)
        stands = self.shelf.setting("made_of") == recipe and is_whole(standing.output, self.shelf.setting("size"))
        stated, stale = ((), self.shelf.setting("stale") or "") if stands else self._quads(pages, rows)
        self.shelf.drop(dropped)
        self.shelf.set("base", standing.base)
        self.shelf.set("lexicon", str(standing.lexicon.source.resolve()) if standing.lexicon.source else "")
        self.shelf.set("ledger", "" if self.ledger == standing.output / LEDGER else str(self.ledger.resolve()))
        self.shelf.set("stale", stale)
        self.shelf.commit()  # before the store: what stands there can always be read again
        if stands:
            return False
        changed, size = publish(stated, standing.output, self.progress)
        self.progress("indexing", 0, 0)
        standing.remember(pages, recipe, size)
        return changed

    def _quads(self, pages: Sequence[PageReading], rows: Sequence[Row]) -> tuple[Iterable[ox.Quad], str]:
        """The graph as the ledger decides it, and its rows that name nothing any more, a line each.

        A row that has never named anything here is no old decision but a slip, and stops the walk.
        """
        self.progress("comparing", 0, 0)
        knowledge, stale = decide(pages, rows, self.standing.lexicon, self.standing.base)
        known = (self.shelf.setting("decided") or "").splitlines()
        for row in stale:
            if row.line not in known:
                raise row.error(f"{row.verdict} {row.subject} {row.object}".rstrip() + ": no such node, see kg show")
        self.shelf.set("decided", "\n".join(row.line for row in rows))
        lines = (f"{row.place}: {row.verdict} {row.subject} {row.object}".rstrip() for row in stale)
        stated = quads(knowledge, self.standing.lexicon.event_types, self.standing.base, self.standing.lexicon.renamed)
        return stated, "\n".join(lines)


def _standing(output: Path, shelf: Shelf) -> list[Kept]:
    """The pages that the graph is made of, as the shelf keeps them. Raises KgError where it does not."""
    known = {(page.sha256, page.name): page for page in shelf.pages()}
    keys = [(digest, name) for _, name, digest in pages_in(read_only_engine(output))]
    if missing := sorted(name for digest, name in keys if (digest, name) not in known):
        raise KgError(
            f"{output}: the graph holds {missing[0]}, but its text is not kept there: run kg build with all pages once"
        )
    return [known[key] for key in sorted(keys)]

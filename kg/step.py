"""One step of a graph that stands: some pages come, some go, and only what they touch is looked at."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Final

from kg.growth import Decided, Growth, Index, TooWide
from kg.holdings import count_change, count_things
from kg.ledger import Row
from kg.lexicon import Lexicon
from kg.model import ArticleKey, PageReading
from kg.publish import has_files, publish_change
from kg.shelf import Kept, Shelf, package_digest, rules_digest
from kg.store import STORE, read_only_engine

_SUMS: Final = 2**256
_ALWAYS: Final = 200
# The marks of so many pages are in memory at once.
_BLOCK: Final = 4096


@dataclass(frozen=True, slots=True)
class Standing:
    """The graph of an output directory as its shelf knows it: what it is made of, and the index of its pages.

    `rules` and `package` are the digests of what reads pages today, and of all that makes a graph of them.
    """

    output: Path
    shelf: Shelf
    lexicon: Lexicon
    base: str
    rules: str
    package: str

    @classmethod
    def of(cls, output: Path, shelf: Shelf, lexicon: Lexicon, base: str) -> Standing:
        """By the rules and the package of today."""
        return cls(output, shelf, lexicon, base, rules_digest(lexicon.source), package_digest(lexicon.source))

    @property
    def can_step(self) -> bool:
        """Whether the index is that of the very store that stands, all files stand, and the rules are today's."""
        return self.shelf.setting("indexed") == self._stamp() and has_files(self.output, self.shelf.setting("size"))

    def made_of(self, rows: Iterable[Row], pages: Iterable[PageReading]) -> str:
        """All that decides what a graph is: where it is the same, so is the graph. Pages are added up, in any order."""
        head = sha256("\n".join([self.package, self.base, *(row.line for row in rows)]).encode()).hexdigest()
        return add_up(f"{head} 0", pages, ())

    def remember(self, pages: Sequence[PageReading], made_of: str, size: str) -> None:
        """What has been built of all these pages."""
        index = Index.empty(self.shelf.connection)
        for start in range(0, len(pages), _BLOCK):
            index.put(pages[start : start + _BLOCK])
        engine = read_only_engine(self.output)
        self._note(made_of, size, {**count_things(engine), "statements": len(engine)})

    def counts(self) -> dict[str, int]:
        """How much of everything there is."""
        return dict(json.loads(self.shelf.setting("counts") or "{}"))

    def step(
        self,
        fresh: Mapping[str, PageReading],
        gone: Collection[str],
        dropped: Collection[ArticleKey],
        rows: Iterable[Row] = (),
    ) -> bool:
        """Let pages come and others, by their digests, go, without dropped articles; False where that changes nothing.

        The graph is one built under a ledger of these rows. Raises TooWide where all must be built anew; then nothing
        is done.
        """
        index = Index(self.shelf.connection)
        out = self.shelf.dropped()
        touched = sorted({*fresh, *gone, *(digest for digest, _ in out ^ frozenset(dropped))})
        old = {digest: without(self._page(index, digest), out) for digest in touched}
        new = {digest: without(self._page(index, digest, fresh), dropped) for digest in touched}
        new |= {digest: None for digest in gone if digest not in fresh}
        leave = [page for digest in touched if (page := old[digest]) and page != new[digest]]
        enter = [page for digest in touched if (page := new[digest]) and page != old[digest]]
        self.shelf.drop(dropped)
        if leave or enter:
            # Where half of all pages are touched, all of them are quicker.
            widest = max(_ALWAYS, self.counts()["pages"] // 2)
            load = self._reader(index, out)
            self._change(Growth(index, load, self.lexicon, self.base, widest, Decided.of(rows)), leave, enter)
        return bool(leave or enter)

    def _change(self, growth: Growth, leave: Sequence[PageReading], enter: Sequence[PageReading]) -> None:
        counts = self.counts()
        if counts["pages"] + len(enter) == len(leave):
            raise TooWide  # and then refused: a graph has pages
        change = growth.change(leave, enter)
        counts = count_change(counts, change.added, change.removed)
        size = publish_change(change, counts["statements"], self.output)
        if size is None:
            raise TooWide
        self._note(add_up(self.shelf.setting("made_of") or "", enter, leave), size, counts)

    def _page(self, index: Index, digest: str, fresh: Mapping[str, PageReading] | None = None) -> PageReading | None:
        """A page as it stands, or as it will: under the smallest of its names."""
        name, come = index.name_of(digest), (fresh or {}).get(digest)
        if come and (name is None or come.page.name <= name):
            return come
        if name is None:
            return None
        known = self.shelf.reading(Kept(name, digest), self.rules)
        if known is None:
            raise TooWide
        return known

    def _reader(self, index: Index, out: Collection[ArticleKey]) -> Callable[[str], PageReading]:
        def read(digest: str) -> PageReading:
            page = without(self._page(index, digest), out)
            if page is None:
                raise TooWide
            return page

        return read

    def _note(self, made_of: str, size: str, counts: Mapping[str, int]) -> None:
        self.shelf.set("made_of", made_of)
        self.shelf.set("size", size)
        self.shelf.set("counts", json.dumps(dict(counts)))
        self.shelf.set("indexed", self._stamp())

    def _stamp(self) -> str:
        return f"{(self.output / STORE).resolve().name} {self.package} {self.base}"


def without(page: PageReading | None, dropped: Collection[ArticleKey]) -> PageReading | None:
    """A page's reading without the articles taken out of it; None where nothing is left."""
    if page is None or not any((page.page.sha256, a.article.position) in dropped for a in page.articles):
        return page
    left = tuple(a for a in page.articles if (page.page.sha256, a.article.position) not in dropped)
    return replace(page, articles=left) if left else None


def add_up(made_of: str, come: Iterable[PageReading], gone: Iterable[PageReading]) -> str:
    """What a graph is made of when pages have come and gone."""
    head, _, total = made_of.partition(" ")
    change = sum(map(_number_of, come)) - sum(map(_number_of, gone))
    return f"{head} {(int(total, 16) + change) % _SUMS:x}"


def _number_of(page: PageReading) -> int:
    positions = [article.article.position for article in page]
    return int(sha256(f"{page.page.sha256} {page.page.name} {positions}".encode()).hexdigest(), 16)

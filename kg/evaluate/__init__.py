"""How good the reading is: pages read and held against what a careful reader wrote down of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.evaluate.compare import compare_graphs
from kg.evaluate.floors import keep_floors
from kg.evaluate.gold import Gold, read_gold
from kg.evaluate.identity import IDENTITY_MEASURES, IdentityEvaluation, evaluate_identity
from kg.evaluate.identity_gold import is_identity
from kg.evaluate.measures import MEASURES, Row, Tally
from kg.evaluate.predicted import FoundArticle, found_articles
from kg.evaluate.report import write_rows, write_slips
from kg.evaluate.slips import Slip
from kg.facts import read_article
from kg.identity import unify
from kg.lexicon import Lexicon
from kg.model import KgError, PageReading
from kg.read import read_page

__all__ = [
    "IDENTITY_MEASURES",
    "MEASURES",
    "Evaluation",
    "IdentityEvaluation",
    "Row",
    "Slip",
    "compare_graphs",
    "evaluate",
    "evaluate_all",
    "evaluate_identity",
    "keep_floors",
    "write_predictions",
]

PAGES: Final = Path("seeds/pages")


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What the gold says, what was found instead, and how the two compare."""

    gold: tuple[Gold, ...]
    found: tuple[tuple[FoundArticle, ...], ...]
    rows: tuple[Row, ...]
    slips: tuple[Slip, ...]

    def write(self, *, slips: bool = False, aligned: bool = False) -> str:
        """The measures, and each miss and false alarm where asked for."""
        table = write_rows(self.rows, aligned=aligned)
        return f"{table}\n{write_slips(self.slips, aligned=aligned)}" if slips and self.slips else table


def evaluate_all(
    gold: Iterable[Path], lexicon: Lexicon, pages: Path | None = None
) -> tuple[Evaluation | IdentityEvaluation, ...]:
    """Score gold files of pages and of identity, each kind for itself. Raises KgError."""
    kinds: dict[bool, list[Path]] = {False: [], True: []}
    for path in gold:
        kinds[is_identity(path)].append(path)
    of_pages = (evaluate(kinds[False], lexicon, pages),) if kinds[False] else ()
    return (*of_pages, *((evaluate_identity(kinds[True], lexicon),) if kinds[True] else ()))


def evaluate(gold: Iterable[Path], lexicon: Lexicon, pages: Path | None = None) -> Evaluation:
    """Read the page of each gold file, all of them together, and score what is found. Raises KgError.

    Pages are looked for in `pages`; without it in seeds/pages, beside the gold file and in the pages directory next to
    its own.
    """
    golds = tuple(map(read_gold, gold))
    readings = [_read(find_page(one, pages), lexicon) for one in golds]
    found = found_articles(unify(readings), lexicon)
    told = tuple(found[reading.page.sha256] for reading in readings)
    tally = Tally()
    for one, articles in zip(golds, told, strict=True):
        tally.score(one, articles)
    return Evaluation(golds, told, tally.rows(), tuple(tally.slips))


def find_page(gold: Gold, pages: Path | None = None) -> Path:
    """The page file of a gold file. Raises KgError where there is none."""
    beside = gold.path.parent
    places = [pages] if pages else [PAGES, beside, beside.parent / "pages"]
    found = (place / gold.source for place in places if (place / gold.source).is_file())
    if page := next(found, None):
        return page
    raise KgError(f"{gold.path}: its page {gold.source} is not in {', '.join(map(str, places))}: name its --pages")


def _read(path: Path, lexicon: Lexicon) -> PageReading:
    """All that one page says; unlike a build's, a page without any article counts: all of it was missed."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise KgError(f"{path}: cannot be read ({error.strerror})") from error
    page, issue, articles = read_page(path.name, raw, lexicon)
    return PageReading(page, issue, tuple(read_article(article, lexicon) for article in articles))


def write_predictions(scored: Sequence[Evaluation | IdentityEvaluation]) -> str:
    """What was found in the page of one gold file, as JSON: a list of articles. Raises KgError for several."""
    found = [articles for one in scored if isinstance(one, Evaluation) for articles in one.found]
    if len(scored) != 1 or len(found) != 1:
        raise KgError("predictions are of one page: name one GOLD file")
    return json.dumps([article.as_json() for article in found[0]], ensure_ascii=False, indent=1) + "\n"

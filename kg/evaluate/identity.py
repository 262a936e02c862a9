"""Identity measured: the pages of each case built into a graph of their own, and its nodes held against the gold.

B-cubed: of a mention's node-mates the share that is the same thing (precision), of its true mates the share on its node
(recall), averaged over all mentions. A mention that is on no node of its article is unread and stands alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from kg.evaluate.identity_gold import AGENCIES, EVENTS, PEOPLE, GoldMention
from kg.evaluate.report import one_line, write_table, write_tsv
from kg.evaluate.solved import Solved, solve
from kg.lexicon import Lexicon
from kg.vocab import DEFAULT_BASE

SAME: Final = {PEOPLE: "same people", AGENCIES: "same agencies", EVENTS: "same events"}
APART, ASKED = "hard namesakes apart", "questions asked"
IDENTITY_MEASURES: Final = (*SAME.values(), APART, ASKED)


_HEADS: Final = ("measure", "precision", "recall", "f1", "mentions", "unread", "pairs", "merged", "split")
_SLIP_HEADS: Final = ("pattern", "case", "fault", "mention", "other")


@dataclass(frozen=True, slots=True)
class IdentityRow:
    """A measure over mentions; `merged` are pairs of two things on one node, `split` pairs of one thing on two."""

    measure: str
    precision: float
    recall: float
    mentions: int
    unread: int
    pairs: int
    merged: int
    split: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class IdentityEvaluation:
    """The cases solved, and how well."""

    solved: tuple[Solved, ...]
    rows: tuple[IdentityRow, ...]

    def write(self, *, slips: bool = False, aligned: bool = False) -> str:
        """The measures; where asked for also those of each pattern of cases, and each fault."""
        rows = (*self.rows, *(rows_by_kind(self.solved) if slips else ()))
        table = write_table([_HEADS, *map(_row_cells, rows)], aligned=aligned)
        faults = _slips(self.solved) if slips else []
        return f"{table}\n{_write_slips(faults, aligned=aligned)}" if faults else table


def evaluate_identity(gold: Iterable[Path], lexicon: Lexicon) -> IdentityEvaluation:
    """Build the pages of each case of gold files of identity and score the graphs. Raises KgError."""
    solved = solve(gold, lexicon)
    return IdentityEvaluation(solved, identity_rows(solved))


def identity_rows(solved: Sequence[Solved]) -> tuple[IdentityRow, ...]:
    """A row for each kind of thing that there are cases of, for the hard namesakes, and for the questions."""
    rows = [bcubed(name, [one for one in solved if one.about == about]) for about, name in SAME.items()]
    asking = [one.asked for one in solved if one.case.asks]
    share = sum(asking) / len(asking) if asking else 0.0
    rows += [_kept_apart([one for one in solved if one.about == PEOPLE and one.case.hard])]
    rows += [IdentityRow(ASKED, share, share, 2 * len(asking), 0, len(asking), 0, 0)]
    return tuple(row for row in rows if row.mentions)


def rows_by_kind(solved: Sequence[Solved]) -> tuple[IdentityRow, ...]:
    """A row for each pattern of cases: people: namesake, people: promotion …"""
    kinds = dict.fromkeys((one.about, one.case.kind) for one in solved)
    return tuple(
        bcubed(f"{about}: {kind}", [one for one in solved if (one.about, one.case.kind) == (about, kind)])
        for about, kind in kinds
    )


def bcubed(measure: str, solved: Sequence[Solved]) -> IdentityRow:
    """Precision and recall over the mentions of some cases, each counted among those of its own case."""
    precisions: list[float] = []
    recalls: list[float] = []
    for one in solved:
        everyone = range(len(one.nodes))
        for mention in everyone:
            same = {other for other in everyone if one.is_same(mention, other)}
            mates = {other for other in everyone if one.is_merged(mention, other)}
            precisions.append(len(same & mates) / len(mates))
            recalls.append(len(same & mates) / len(same))
    count = len(precisions)
    faults = [fault for one in solved for fault, _, _ in one.faults()]
    return IdentityRow(
        measure,
        sum(precisions) / count if count else 0.0,
        sum(recalls) / count if count else 0.0,
        mentions=count,
        unread=sum(node is None for one in solved for node in one.nodes),
        pairs=sum(len(list(one.case.pairs)) for one in solved),
        merged=faults.count("merged"),
        split=faults.count("split"),
    )


def _kept_apart(hard: Sequence[Solved]) -> IdentityRow:
    """Of the pairs of two people in hard cases, the share that is on two nodes."""
    namesakes = [one for one in hard if len({mention.thing for mention in one.case.mentions}) > 1]
    row = bcubed(APART, namesakes)
    pairs = sum(not one.is_same(a, b) for one in namesakes for a, b in one.case.pairs)
    share = 1 - row.merged / pairs if pairs else 0.0
    return replace(row, precision=share, recall=share, pairs=pairs, split=0)


def _row_cells(row: IdentityRow) -> tuple[str, ...]:
    shares = (f"{share:.3f}" for share in (row.precision, row.recall, row.f1))
    return (row.measure, *shares, *map(str, (row.mentions, row.unread, row.pairs, row.merged, row.split)))


def _slips(solved: Iterable[Solved]) -> list[tuple[str, ...]]:
    """Each mention on no node and each pair merged or split, with its case and the nodes."""
    lines: list[tuple[str, ...]] = []
    for one in solved:
        told = (f"{one.about}: {one.case.kind}", one.case.name)
        shown = [_show(mention, node) for mention, node in zip(one.case.mentions, one.nodes, strict=True)]
        lines += [(*told, "unread", show, "") for show, node in zip(shown, one.nodes, strict=True) if node is None]
        lines += [(*told, fault, shown[a], shown[b]) for fault, a, b in one.faults()]
    return lines


def _write_slips(lines: Sequence[Sequence[str]], *, aligned: bool) -> str:
    if not aligned:
        return write_tsv([_SLIP_HEADS, *([one_line(cell) for cell in line] for line in lines)])
    return "".join(
        f"{pattern}: {fault}: {case}\n    {one_line(mention)}\n" + (f"    {one_line(other)}\n" if other else "")
        for pattern, case, fault, mention, other in lines
    )


def _show(mention: GoldMention, node: str | None) -> str:
    """张海波 (page 1) → person/辽源市/张海波, in the graph's own IRIs without their common beginning."""
    return f"{mention.surface} (page {mention.page + 1}) → {node.removeprefix(DEFAULT_BASE) if node else '?'}"

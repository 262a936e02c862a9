"""The graph as one self-contained page: people and agencies with counted lines, each fact with its sentence.

`facts` reads the graph into `records`, `choose` takes what the page is about, `fold` turns events into lines and
chooses the opening, `layout` says where nodes stand, `pinyin` how names are read, `book` is all of it as JSON, and
`page` writes the document around it; `static/` holds its template, style and scripts.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.files import write_whole
from kg.view.choose import WHOLE, Choice, asked_nodes, choose, find_focus, find_type, named_in, strongest
from kg.view.facts import read_facts
from kg.view.fold import Fold, around, fold, opening
from kg.view.page import render
from kg.view.records import Facts

__all__ = ["Choice", "named_in", "write_view"]

# A page beyond this opens too slowly; the rest of a big graph is counted, and reached with another --focus.
CARRIED: Final = 10_000


def write_view(store: ox.Store, path: Path, choice: Choice = WHOLE, *, title: str | None = None) -> int:
    """The graph in `store`, or what `choice` takes of it, as an interactive page at `path`; how many nodes it opens on.

    The answer of a query becomes a picture by the IRIs in it: `write_view(store, path, Choice(only=named_in(answer)))`.
    A choice that leaves nothing makes a page that says so. Raises KgError when nothing is called `choice.focus`,
    naming what comes near, when there is no such type of event, or when `path` cannot be written.
    """
    whole = read_facts(store)
    facts = choose(whole, choice)
    folded = fold(facts)
    totals = _totals(facts, folded)
    centres, address = find_focus(facts, folded, choice.focus) if choice.focus else ((), "")
    if len(folded.nodes) > CARRIED:
        facts = strongest(facts, {folded.nodes[n] for n in _carried(facts, folded, choice, centres)})
        folded = fold(facts)
        centres, address = find_focus(facts, folded, choice.focus) if choice.focus else ((), "")
    shown = _opening(facts, folded, choice, centres, address)
    about = {} if facts is whole else _about(choice, whole)
    html = render(
        facts, folded, shown, title=title or _title(facts), opens={"focus": address, "totals": totals, **about}
    )
    write_whole(path, html.encode())
    return len(shown)


def _carried(facts: Facts, folded: Fold, choice: Choice, centres: tuple[int, ...]) -> tuple[int, ...]:
    """The nodes of a graph too big for a page that come into it."""
    if centres:
        return around(folded, centres, choice.hops + 1, CARRIED)
    asked = asked_nodes(facts, folded, choice.only) if choice.only is not None else ()
    return tuple(dict.fromkeys([*asked, *range(len(folded.nodes))]))[:CARRIED]


def _opening(facts: Facts, folded: Fold, choice: Choice, centres: tuple[int, ...], address: str) -> tuple[int, ...]:
    if centres:
        hops = choice.hops - address.startswith("event/")  # its parties are the first hop
        return around(folded, centres, hops, choice.limit)
    if choice.only is not None:
        return asked_nodes(facts, folded, choice.only)[: choice.limit]
    return opening(folded, choice.limit)


def _totals(facts: Facts, folded: Fold) -> dict[str, int]:
    links = sum(1 for k in folded.links if "place" not in (folded.kinds[k.a], folded.kinds[k.b]))
    kinds = {kind: folded.kinds.count(kind) for kind in ("person", "agency", "place")}
    return {**kinds, "links": links, "events": len(facts.events), "posts": len(facts.posts)}


def _about(choice: Choice, whole: Facts) -> dict[str, object]:
    """What a page that leaves something out says about it: the conditions, and how much the whole graph has."""
    actors = sum(thing.kind != "place" for thing in whole.things.values())
    return {
        "choice": {
            "since": choice.since,
            "until": choice.until,
            "types": [find_type(whole, name) for name in choice.types],
            "asked": choice.only is not None,
            "actors": actors,
            "events": len(whole.events),
        }
    }


def _title(facts: Facts) -> str:
    """辽源日报 2021-09-06, or the papers and the span of days where there are several issues."""
    papers = sorted({article.paper for article in facts.articles.values() if article.paper})
    days = sorted({article.day for article in facts.articles.values() if article.day})
    span = days[0] if len(days) == 1 else f"{days[0]} – {days[-1]}" if days else ""
    name = "、".join(papers[:2]) + (" 等" if len(papers) > 2 else "")
    return f"{name} {span}".strip() or "kg-gazette"

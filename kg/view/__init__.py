"""The graph as one self-contained page: people and agencies with counted lines, each fact with its sentence.

`facts` reads the graph into `records`, `fold` turns events into lines and chooses the opening, `layout` says where
nodes stand, `page` writes the document; `static/` holds its template, style and scripts.
"""

from __future__ import annotations

import difflib
from dataclasses import replace
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.files import write_whole
from kg.model import KgError
from kg.view.facts import read_facts
from kg.view.fold import Fold, around, fold, opening
from kg.view.page import render
from kg.view.records import Facts

__all__ = ["write_view"]

# A page beyond this opens too slowly; the rest of a big graph is counted, and reached with another --focus.
CARRIED: Final = 3000


def write_view(
    store: ox.Store, path: Path, *, focus: str | None = None, hops: int = 1, title: str | None = None
) -> None:
    """The graph in `store` as an interactive page at `path`, opening on the whole or on what is around `focus`.

    Raises KgError when nothing is called `focus`, naming what comes near, or when `path` cannot be written.
    """
    facts = read_facts(store)
    folded = fold(facts)
    totals = _totals(facts, folded)
    centres, address = _find_focus(facts, folded, focus)
    if address.startswith("event/"):
        hops -= 1  # its parties are the first hop
    if len(folded.nodes) > CARRIED:
        wanted = around(folded, centres, hops + 1, CARRIED) if centres else tuple(range(CARRIED))
        facts = _carried(facts, {folded.nodes[n] for n in wanted})
        folded = fold(facts)
        centres, address = _find_focus(facts, folded, focus)
    shown = around(folded, centres, hops) if focus else opening(folded)
    html = render(facts, folded, shown, title=title or _title(facts), focus=address, totals=totals)
    write_whole(path, html.encode())


def _totals(facts: Facts, folded: Fold) -> dict[str, int]:
    links = sum(1 for k in folded.links if "place" not in (folded.kinds[k.a], folded.kinds[k.b]))
    kinds = {kind: folded.kinds.count(kind) for kind in ("person", "agency", "place")}
    return {**kinds, "links": links, "events": len(facts.events), "posts": len(facts.posts)}


def _title(facts: Facts) -> str:
    """辽源日报 2021-09-06, or the papers and the span of days where there are several issues."""
    papers = sorted({article.paper for article in facts.articles.values() if article.paper})
    days = sorted({article.day for article in facts.articles.values() if article.day})
    span = days[0] if len(days) == 1 else f"{days[0]} – {days[-1]}" if days else ""
    name = "、".join(papers[:2]) + (" 等" if len(papers) > 2 else "")
    return f"{name} {span}".strip() or "kg-gazette"


def _find_focus(facts: Facts, folded: Fold, focus: str | None) -> tuple[tuple[int, ...], str]:
    """The nodes a name stands for and the address to open: an IRI, a label or another form, else an event's label."""
    if focus is None:
        return (), ""
    things = facts.things.values()
    number = {iri: n for n, iri in enumerate(folded.nodes)}
    for fits in (
        [t.iri for t in things if focus == t.iri],
        [t.iri for t in things if focus == t.label],
        [t.iri for t in things if focus in t.names],
    ):
        if fits:
            centres = sorted(number[iri] for iri in fits)
            return tuple(centres), "iri/" + folded.nodes[centres[0]]
    for event in facts.events.values():
        if focus in (event.iri, event.label):
            slug = event.iri.rpartition("/event/")[2]
            return tuple(sorted(number[party.actor] for party in event.parties)), "event/" + slug
    raise KgError(f"nothing in the graph is called {focus!r}{_nearest(facts, focus)}")


def _nearest(facts: Facts, focus: str) -> str:
    names = sorted({name for thing in facts.things.values() for name in (thing.label, *thing.names)})
    holding = sorted((name for name in names if focus in name or name in focus), key=lambda name: (len(name), name))
    near = list(dict.fromkeys([*holding, *difflib.get_close_matches(focus, names, n=5, cutoff=0.4)]))[:5]
    return f"; the nearest names are {'、'.join(near)}" if near else "; the graph has no name near it"


def _carried(facts: Facts, kept: set[str]) -> Facts:
    """The facts about the kept things; an event stays with the parties that are kept."""
    events = {
        iri: replace(
            event,
            parties=tuple(party for party in event.parties if party.actor in kept),
            places=tuple(place for place in event.places if place in kept),
        )
        for iri, event in facts.events.items()
        if any(party.actor in kept for party in event.parties)
    }
    posts = {
        iri: replace(post, agency=post.agency if post.agency in kept else None)
        for iri, post in facts.posts.items()
        if post.person in kept
    }
    said = {q for post in posts.values() for q in post.quotes}
    said |= {q for event in events.values() for q in event.quotes}
    said |= {q for event in events.values() for party in event.parties for q in party.quotes}
    quotes = {iri: quote for iri, quote in facts.quotes.items() if iri in said}
    told = {quote.article for quote in quotes.values()}
    things = {
        iri: replace(thing, parent=thing.parent if thing.parent in kept else None)
        for iri, thing in facts.things.items()
        if iri in kept
    }
    articles = {iri: article for iri, article in facts.articles.items() if iri in told}
    return replace(facts, things=things, posts=posts, events=events, quotes=quotes, articles=articles)

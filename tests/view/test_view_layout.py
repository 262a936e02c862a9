"""Where nodes stand: no two boxes overlap, nothing depends on order or machine, one page more moves little."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from statistics import median

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newsroom import metropolis

from kg.graph import quads
from kg.lexicon import load_lexicon
from kg.model import PageReading
from kg.pipeline import read_source
from kg.replay import decide
from kg.sources import Source, find_sources
from kg.view.facts import read_facts
from kg.view.fold import fold, opening
from kg.view.layout import Box, box, place
from kg.view.page import picture
from kg.view.records import Facts
from kg.vocab import DEFAULT_BASE
from tests.gazette import write_pages

ROOT = Path(__file__).parents[2]


def overlap(one: tuple[int, int, Box], other: tuple[int, int, Box]) -> bool:
    (x, y, a), (u, v, b) = one, other
    return abs(x - u) < a.half_width + b.half_width and y - a.above < v + b.below and v - b.above < y + a.below


def test_no_label_box_covers_another():
    facts = read_facts(metropolis().store)
    folded = fold(facts)
    nodes, _ = picture(facts, folded, opening(folded))
    boxes = [(node["x"], node["y"], box(node["label"], node["size"])) for node in nodes]
    assert len(boxes) == 80
    assert not [pair for pair in combinations(boxes, 2) if overlap(*pair)]


names = st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=12), min_size=1, max_size=12, unique=True)


@settings(max_examples=25, deadline=None)
@given(names, st.data())
def test_any_graph_gets_finite_whole_pixels_apart(iris, data):
    ends = st.integers(0, len(iris) - 1)
    edges = data.draw(st.lists(st.tuples(ends, ends, st.floats(0.01, 50)), max_size=20))
    boxes = [box(iri, 8) for iri in iris]
    spots = place(iris, [edge for edge in edges if edge[0] != edge[1]], boxes)
    assert len(spots) == len(iris)
    assert all(isinstance(v, int) and math.isfinite(v) for spot in spots for v in spot)
    placed = [(x, y, b) for (x, y), b in zip(spots, boxes, strict=True)]
    assert not [pair for pair in combinations(placed, 2) if overlap(*pair)]


def seen(facts: Facts) -> dict[str, tuple[float, float]]:
    """Where the nodes of the opening stand on a screen, as the page fits them in, in parts of its diagonal."""
    folded = fold(facts)
    nodes, _ = picture(facts, folded, opening(folded))
    xs, ys = [node["x"] for node in nodes], [node["y"] for node in nodes]
    room, width, height = (990, 740), max(xs) - min(xs), max(ys) - min(ys)
    zoom = min(1.7, (room[0] - 124) / max(1, width), (room[1] - 118) / max(1, height)) / math.hypot(*room)
    middle = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    return {
        folded.nodes[node["id"]]: ((node["x"] - middle[0]) * zoom, (node["y"] - middle[1]) * zoom) for node in nodes
    }


def moved(before: dict[str, tuple[float, float]], after: dict[str, tuple[float, float]]) -> tuple[float, float]:
    """How far the nodes that both have went: half of them not farther than the first, 95 in 100 than the second."""
    moves = sorted(math.dist(before[iri], after[iri]) for iri in before.keys() & after.keys())
    return median(moves), moves[int(len(moves) * 0.95)]


@pytest.mark.parametrize("events", [150, 400, 1150])
def test_ten_events_more_move_the_others_little(events):
    before, after = (seen(read_facts(metropolis(number).store)) for number in (events, events + 10))
    assert len(before.keys() & after.keys()) > 70
    half, most = moved(before, after)
    assert half <= 0.06 and most <= 0.20


def graph_of(pages: Sequence[PageReading]) -> Facts:
    """What these pages say together."""
    lexicon = load_lexicon()
    knowledge, _ = decide(pages, [], lexicon, DEFAULT_BASE)
    store = ox.Store()
    stated = quads(knowledge, lexicon.event_types, DEFAULT_BASE, lexicon.renamed)
    store.extend(stated)
    return read_facts(store)


SEEDS, REAL = ROOT / "seeds/pages", ROOT.parent / "shared/dev/pages"


@pytest.mark.parametrize("others", [None, *([REAL] if REAL.is_dir() else [])], ids=lambda path: "real" if path else "")
def test_a_page_more_or_less_moves_the_others_little(tmp_path, others):
    """Pages left out one at a time: every second one of invented towns and, where they lie, every third real one.

    A page that exchanges more than a fifth of what is shown makes another picture, and is not asked to keep this one.
    """
    write_pages(0 if others else 24, tmp_path)
    sources = find_sources([SEEDS, others or tmp_path])
    readings = [read_source(source, load_lexicon()) for source in sources if isinstance(source, Source)]
    pages = [reading for reading in readings if isinstance(reading, PageReading)]
    whole = seen(graph_of(pages))
    asked = 0
    for page in pages[:: 3 if others else 2]:
        less = seen(graph_of([other for other in pages if other is not page]))
        if len(whole.keys() & less.keys()) < 0.8 * len(whole):
            continue
        half, most = moved(whole, less)
        assert half <= 0.06 and most <= 0.20, page.page.name
        asked += 1
    assert asked >= (9 if others else 13)

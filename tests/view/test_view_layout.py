"""Where nodes stand: no two boxes overlap, nothing depends on order or machine, one page more moves little."""

from __future__ import annotations

import math
from itertools import combinations
from statistics import median

from hypothesis import given, settings
from hypothesis import strategies as st
from newsroom import metropolis

from kg.view.facts import read_facts
from kg.view.fold import fold, opening
from kg.view.layout import HEIGHT, WIDTH, Box, box, place
from kg.view.page import picture


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


def test_one_page_more_moves_the_others_little():
    spots = []
    for events in (1150, 1160):
        facts = read_facts(metropolis(events).store)
        folded = fold(facts)
        nodes, _ = picture(facts, folded, opening(folded))
        spots.append({node["label"]: (node["x"], node["y"]) for node in nodes})
    diagonal = math.hypot(WIDTH, HEIGHT)
    common = spots[0].keys() & spots[1].keys()
    moves = sorted(math.dist(spots[0][name], spots[1][name]) / diagonal for name in common)
    assert len(common) > 60
    assert median(moves) <= 0.06
    assert moves[int(len(moves) * 0.95)] <= 0.20

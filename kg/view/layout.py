"""Where the nodes of the opening picture stand: computed at build time, the same pixels on every machine.

The page is made from the graph alone, and yet one page of the paper more should move nothing far. So every node starts
at a point that its IRI says, its home is between that and its neighbours, and only then do forces (the model of
ForceAtlas2, Jacomy and others 2014) and boxes pushed apart make room around the homes. Plain floats in a fixed order of
operations: no random number, no BLAS, no dependence on the machine.
"""

from __future__ import annotations

import hashlib
import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

WIDTH: Final = 1040
HEIGHT: Final = 740
# Tuned on the pages of 29 papers, each left out once, and on graphs with one circle of people: what holds more tightly
# moves less and lets more lines cross.
ROUNDS: Final = 120
REPULSION: Final = 0.015
SPREAD: Final = 0.8  # a place among the others rather than a place
LIKELY: Final = 0.3  # the same for a group, and without looking at the others
OWN_START: Final = 0.15  # how much of its start a node keeps, a line pulling with 1 to 2
HELD: Final = 0.03  # how little of its own way a node goes home: nearly all with its neighbours
TOGETHER: Final = 3.0
ALONE: Final = 0.05
LABEL_PX: Final = 13
LINE_PX: Final = 16
LINE_UNITS: Final = 20

Point = tuple[float, float]
Near = list[list[tuple[int, float]]]  # per node its neighbours with the pull of the line


@dataclass(frozen=True, slots=True)
class Box:
    """What a node and its label below cover, relative to the node's centre."""

    half_width: float
    above: float
    below: float


def radius(weight: float, heaviest: float) -> int:
    """A node's radius in pixels, its area in step with its weight.

    >>> radius(0, 10), radius(10, 10)
    (6, 15)
    """
    return round(6 + 9 * math.sqrt(weight / heaviest)) if heaviest > 0 else 9


def units(label: str) -> int:
    """The width of a label in half characters: Chinese ones are two wide.

    >>> units("甲市"), units("A厂")
    (4, 3)
    """
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in label)


def box(label: str, node_radius: int) -> Box:
    """The room of a node with its label, wrapped to at most ten Chinese characters a line, three lines."""
    width = units(label)
    lines = min(3, max(1, math.ceil(width / LINE_UNITS)))
    longest = min(math.ceil(width / lines) + 1, LINE_UNITS + 2)
    return Box(max(node_radius, longest * LABEL_PX / 4) + 4, node_radius + 3, node_radius + 4 + lines * LINE_PX)


def start(iri: str) -> Point:
    """A point in the unit square that depends on the IRI alone."""
    digest = hashlib.sha256(iri.encode()).digest()
    return int.from_bytes(digest[:6], "big") / 2**48, int.from_bytes(digest[6:12], "big") / 2**48


def place(iris: Sequence[str], edges: Sequence[tuple[int, int, float]], boxes: Sequence[Box]) -> list[tuple[int, int]]:
    """Whole pixels for each node (edges name nodes by their index and carry a weight); no two boxes overlap."""
    count = len(iris)
    if count < 2:
        return [(0, 0)] * count
    near = _neighbours(count, edges)
    starts = [start(iri) for iri in iris]
    homes = [_homes([point[axis] for point in starts], near, iris) for axis in (0, 1)]
    xs, ys = _forces(homes[0], homes[1], near)
    room = sum(2 * b.half_width * (b.above + b.below) for b in boxes)
    # Boxes should fill half of the frame and more: fewer nodes stand closer, and the page zooms in on them.
    scale = min(1.36, max(0.36, math.sqrt(room / (0.62 * WIDTH * HEIGHT)))) / math.sqrt(count)
    framed = [(x * WIDTH * scale, y * HEIGHT * scale) for x, y in zip(xs, ys, strict=True)]
    return [(round(x), round(y)) for x, y in _push_apart(framed, boxes)]


def _neighbours(count: int, edges: Sequence[tuple[int, int, float]]) -> Near:
    near: Near = [[] for _ in range(count)]
    for a, b, weight in edges:
        pull = min(2.0, 0.6 + 0.4 * math.sqrt(weight))
        near[a].append((b, pull))
        near[b].append((a, pull))
    return near


def _groups(near: Near) -> list[list[int]]:
    """The nodes that lines join, by any number of steps."""
    left = set(range(len(near)))
    groups = []
    for first in range(len(near)):
        group = [first] if first in left else []
        left.difference_update(group)
        for node in group:
            found = sorted(left.intersection(other for other, _ in near[node]))
            left.difference_update(found)
            group += found
        groups.append(group)
    return [group for group in groups if group]


def _homes(starts: list[float], near: Near, iris: Sequence[str]) -> list[float]:
    """Where each node belongs, on one axis: between its start and the homes of its neighbours.

    It is the one answer of linear equations, which what is added elsewhere does not change. Groups, and nodes within a
    group, are then spread: the middle, where means meet, is no more crowded than the rest.
    """
    own = [OWN_START * (1 + sum(pull for _, pull in lines)) for lines in near]
    means = _even(starts, near, own, 200, list(starts))
    count, before = len(means), 0
    homes = [0.0] * count
    for centre, _, group in sorted(_centred(group, starts, own, iris) for group in _groups(near)):
        size = math.sqrt(len(group) / count)
        # By how its centre is among all centres there could be, and by its rank among those there are.
        likely = size / 2 + _likely(centre, group, own) * (1 - size)
        ranked = _mixed(centre, (before + len(group) / 2) / count)
        middle = ranked + LIKELY * (likely - ranked)
        before += len(group)
        for rank, n in enumerate(sorted(group, key=lambda n: (means[n], iris[n]))):
            spot = _mixed(means[n], (rank + 0.5) / len(group)) - _mixed(centre, 0.5)
            homes[n] = math.sqrt(count) * (middle + size * spot)
    return homes


def _centred(
    group: list[int], starts: Sequence[float], own: Sequence[float], iris: Sequence[str]
) -> tuple[float, str, list[int]]:
    centre = sum(own[n] * starts[n] for n in group) / sum(own[n] for n in group)
    return centre, min(iris[n] for n in group), group


def _likely(centre: float, group: Sequence[int], own: Sequence[float]) -> float:
    """About the share of all means of as many starts that are less; by roots alone, alike on every machine."""
    deviation = math.sqrt(sum(own[n] * own[n] for n in group) / 12) / sum(own[n] for n in group)
    off = (centre - 0.5) / deviation
    return (1 + off / math.sqrt(1.2 + off * off)) / 2


def _mixed(place: float, rank: float) -> float:
    return place + SPREAD * (rank - place)


def _even(values: Sequence[float], near: Near, own: Sequence[float], sweeps: int, guess: list[float]) -> list[float]:
    """The values made like those of their neighbours: `guess`, brought nearer to the solution by some sweeps."""
    for _ in range(sweeps):
        for n, lines in enumerate(near):
            total, weight = own[n] * values[n], own[n]
            for other, pull in lines:
                total += pull * guess[other]
                weight += pull
            guess[n] = total / weight
    return guess


def _forces(home_x: Sequence[float], home_y: Sequence[float], near: Near) -> tuple[list[float], list[float]]:
    """Everything repels by its number of lines, lines pull, and so do the homes, more and more gently moved.

    A whole neighbourhood is pulled home together and hardly a node alone: the picture keeps its places while the
    neighbours arrange themselves.
    """
    mass = [1.0 + len(lines) for lines in near]
    xs, ys = list(home_x), list(home_y)
    away_x, away_y = [0.0] * len(xs), [0.0] * len(ys)
    for done in range(ROUNDS):
        fx = _pull(xs, home_x, away_x, near, mass)
        fy = _pull(ys, home_y, away_y, near, mass)
        _repel(xs, ys, mass, fx, fy)
        longest = 0.5 * (1 - done / ROUNDS) + 0.01
        for n, (x, y) in enumerate(zip(fx, fy, strict=True)):
            step = min(0.25 / mass[n], longest / (math.sqrt(x * x + y * y) + 1e-9))
            xs[n] += x * step
            ys[n] += y * step
    return xs, ys


def _pull(
    at: Sequence[float], home: Sequence[float], away: list[float], near: Near, mass: Sequence[float]
) -> list[float]:
    """The forces along one axis, without repulsion; `away` is how far from home each neighbourhood stands."""
    off = [there - here for there, here in zip(home, at, strict=True)]
    _even(off, near, [HELD] * len(near), 2, away)
    return [
        ALONE * mass[n] * off[n] + TOGETHER * away[n] + sum(pull * (at[other] - at[n]) for other, pull in lines)
        for n, lines in enumerate(near)
    ]


def _repel(xs: list[float], ys: list[float], mass: list[float], fx: list[float], fy: list[float]) -> None:
    for a in range(len(xs) - 1):
        ax, ay, am = xs[a], ys[a], REPULSION * mass[a]
        sum_x = sum_y = 0.0
        for b in range(a + 1, len(xs)):
            dx, dy = ax - xs[b], ay - ys[b]
            push = am * mass[b] / (dx * dx + dy * dy + 0.01)
            dx *= push
            dy *= push
            sum_x += dx
            sum_y += dy
            fx[b] -= dx
            fy[b] -= dy
        fx[a] += sum_x
        fy[a] += sum_y


def _push_apart(points: list[Point], boxes: Sequence[Box]) -> list[Point]:
    """Overlapping boxes moved apart, half each, along the axis that needs less, until none is left."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    for _ in range(400):
        moved = False
        for a, b in combinations(range(len(points)), 2):
            one, other = boxes[a], boxes[b]
            dx, dy = xs[b] - xs[a], ys[b] + other.below / 2 - other.above / 2 - ys[a] - one.below / 2 + one.above / 2
            over_x = one.half_width + other.half_width + 4 - abs(dx)
            over_y = (one.above + one.below + other.above + other.below) / 2 + 4 - abs(dy)
            if over_x <= 0 or over_y <= 0:
                continue
            moved = True
            if over_x < over_y:
                shift = (over_x / 2 + 0.5) * (1 if dx >= 0 else -1)
                xs[a], xs[b] = xs[a] - shift, xs[b] + shift
            else:
                shift = (over_y / 2 + 0.5) * (1 if dy >= 0 else -1)
                ys[a], ys[b] = ys[a] - shift, ys[b] + shift
        if not moved:
            break
    return list(zip(xs, ys, strict=True))

"""Where the nodes of the opening picture stand: computed at build time, the same pixels on every machine.

Start points come from a hash of the IRI, so that one page more moves the others little; then ForceAtlas2 (Jacomy and
others 2014) without a random number, a blend with the ranks that spreads crowded middles, and boxes pushed apart until
no label covers another. Plain floats in a fixed order of operations: no BLAS, no dependence on the machine.
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
ROUNDS: Final = 160
GRAVITY: Final = 0.12
LABEL_PX: Final = 13
LINE_PX: Final = 16
LINE_UNITS: Final = 20

Point = tuple[float, float]


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
    points = _spread(_forces([start(iri) for iri in iris], edges), iris)
    room = sum(2 * b.half_width * (b.above + b.below) for b in boxes)
    # Boxes should fill not quite half of the frame: fewer nodes stand closer, and the page zooms in on them.
    scale = min(1.6, max(0.42, math.sqrt(room / (0.45 * WIDTH * HEIGHT))))
    framed = [(x * WIDTH * scale, y * HEIGHT * scale) for x, y in points]
    return [(round(x), round(y)) for x, y in _push_apart(framed, boxes)]


def _forces(points: list[Point], edges: Sequence[tuple[int, int, float]]) -> list[Point]:
    """ForceAtlas2: everything repels by its number of lines, lines pull, and so does home, a little.

    Home is the start point and not the middle, which halves how far one page more moves the others.
    """
    count = len(points)
    side = math.sqrt(count)
    homes = [(x * side, y * side) for x, y in points]
    xs, ys = [x for x, _ in homes], [y for _, y in homes]
    mass = [1.0] * count
    for a, b, _ in edges:
        mass[a] += 1
        mass[b] += 1
    before = [(0.0, 0.0)] * count
    speed = 1.0
    for _ in range(ROUNDS):
        fx, fy = _pull(xs, ys, mass, homes, edges)
        _repel(xs, ys, mass, fx, fy)
        swing = [math.sqrt((x - u) ** 2 + (y - v) ** 2) for x, y, (u, v) in zip(fx, fy, before, strict=True)]
        drive = [math.sqrt((x + u) ** 2 + (y + v) ** 2) / 2 for x, y, (u, v) in zip(fx, fy, before, strict=True)]
        total_swing = sum(m * s for m, s in zip(mass, swing, strict=True)) or 1.0
        total_drive = sum(m * d for m, d in zip(mass, drive, strict=True))
        speed = min(total_drive / total_swing, speed * 1.5)
        for n in range(count):
            step = speed / (1 + math.sqrt(speed * mass[n] * swing[n]))
            xs[n] += fx[n] * step
            ys[n] += fy[n] * step
        before = list(zip(fx, fy, strict=True))
    return list(zip(xs, ys, strict=True))


def _pull(
    xs: list[float], ys: list[float], mass: list[float], homes: Sequence[Point], edges: Sequence[tuple[int, int, float]]
) -> tuple[list[float], list[float]]:
    fx = [GRAVITY * m * (home - x) for m, x, (home, _) in zip(mass, xs, homes, strict=True)]
    fy = [GRAVITY * m * (home - y) for m, y, (_, home) in zip(mass, ys, homes, strict=True)]
    for a, b, weight in edges:
        pull = min(2.0, 0.6 + 0.4 * math.sqrt(weight))
        dx, dy = (xs[b] - xs[a]) * pull, (ys[b] - ys[a]) * pull
        fx[a] += dx
        fy[a] += dy
        fx[b] -= dx
        fy[b] -= dy
    return fx, fy


def _repel(xs: list[float], ys: list[float], mass: list[float], fx: list[float], fy: list[float]) -> None:
    for a in range(len(xs) - 1):
        ax, ay, am = xs[a], ys[a], mass[a]
        sum_x = sum_y = 0.0
        for b in range(a + 1, len(xs)):
            dx, dy = ax - xs[b], ay - ys[b]
            push = am * mass[b] / (dx * dx + dy * dy + 1e-9)
            dx *= push
            dy *= push
            sum_x += dx
            sum_y += dy
            fx[b] -= dx
            fy[b] -= dy
        fx[a] += sum_x
        fy[a] += sum_y


def _spread(points: list[Point], iris: Sequence[str]) -> list[Point]:
    """Halfway between where the forces left a node and its rank among all, per axis, within the unit square."""
    axes = []
    for axis in (0, 1):
        values = [point[axis] for point in points]
        low, span = min(values), max(values) - min(values) or 1.0
        order = sorted(range(len(values)), key=lambda n: (values[n], iris[n]))
        rank = {n: place / max(1, len(values) - 1) for place, n in enumerate(order)}
        axes.append([((value - low) / span + rank[n]) / 2 for n, value in enumerate(values)])
    return list(zip(axes[0], axes[1], strict=True))


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

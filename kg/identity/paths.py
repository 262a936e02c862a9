"""Paths of places, widest first: 吉林省/辽源市/东丰县."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.model import Entity, Kind, is_within


def containers_of(place: Entity) -> Iterator[Entity]:
    """The places that a place's path leads through, the nearest first."""
    above, _, name = place.within.rpartition("/")
    while name:
        yield Entity(Kind.PLACE, name, above)
        above, _, name = above.rpartition("/")


def prefecture(path: str) -> str:
    """The prefecture or municipality that a path leads through, empty where it ends above one.

    >>> prefecture("吉林省/辽源市/东丰县"), prefecture("北京市/海淀区"), prefecture("吉林省")
    ('吉林省/辽源市', '北京市', '')
    """
    steps = path.split("/")
    if steps[0].endswith("市"):
        return steps[0]
    return "/".join(steps[:2]) if len(steps) > 1 else ""


def common_path(paths: Iterable[str]) -> str:
    """The narrowest of paths that lead through each other; of others, what they have in common.

    >>> common_path(["吉林省", "吉林省/辽源市"]), common_path(["吉林省/辽源市/东丰县", "吉林省/辽源市/龙山区"])
    ('吉林省/辽源市', '吉林省/辽源市')
    """
    ordered = sorted(set(paths), key=lambda path: (-len(path.split("/")) if path else 1, path))
    if all(is_within(ordered[0], path) for path in ordered):
        return ordered[0]
    shared = [steps[0] for steps in zip(*(path.split("/") for path in ordered), strict=False) if len(set(steps)) == 1]
    return "/".join(shared)

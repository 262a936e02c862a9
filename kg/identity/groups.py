"""What hangs together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable


def components(nodes: Iterable[int], edges: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The connected components, each sorted, in the order of their first members.

    >>> components([1, 2, 3, 4], [(4, 2)])
    [[1], [2, 4], [3]]
    """
    root = {node: node for node in nodes}

    def find(node: int) -> int:
        """The smallest node that hangs together with this one, the way to it shortened."""
        while root[node] != node:
            root[node] = node = root[root[node]]
        return node

    for a, b in edges:
        one, two = sorted((find(a), find(b)))
        root[two] = one
    groups: dict[int, list[int]] = defaultdict(list)
    for node in sorted(root):
        groups[find(node)].append(node)
    return list(groups.values())

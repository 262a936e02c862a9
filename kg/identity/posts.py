"""Posts seen in several articles → one membership per person, agency and title."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from kg.knowledge import Membership, Proof, sorted_proofs
from kg.model import Article, Entity, Post

_Key = tuple[Entity, str, Entity | None]


def merge_posts(posts: Iterable[tuple[Article, Post]]) -> tuple[Membership, ...]:
    """One membership for each person, title and agency, with the first and the last day it was seen."""
    groups: dict[_Key, list[tuple[Article, Post]]] = defaultdict(list)
    for article, post in posts:
        groups[post.person, post.title, post.agency].append((article, post))
    return tuple(_membership(key, groups[key]) for key in sorted(groups, key=_order))


def _order(key: _Key) -> tuple[Entity, str, bool, tuple[str, ...]]:
    person, title, agency = key
    return person, title, agency is not None, (agency.name, agency.within) if agency else ()


def _membership(key: _Key, group: list[tuple[Article, Post]]) -> Membership:
    person, title, agency = key
    days = sorted({post.day for _, post in group if post.day})
    return Membership(
        person,
        title,
        agency,
        first=days[0] if days else None,
        last=days[-1] if days else None,
        appointed=_days(group, "appointed"),
        removed=_days(group, "removed"),
        proofs=sorted_proofs(Proof(article, post.evidence, post.rule) for article, post in group),
    )


def _days(group: list[tuple[Article, Post]], change: str) -> tuple[date, ...]:
    return tuple(sorted({post.day for _, post in group if post.day and post.change == change}))

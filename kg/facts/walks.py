"""In what walk of life an article shows somebody: a mayor is not the reporter or the pupil of the same name."""

from __future__ import annotations

from collections.abc import Iterable

from kg.lexicon import Lexicon
from kg.mentions import PersonGroup
from kg.model import Credit, Walk

_STRONGEST_FIRST = (Walk.OFFICE, Walk.PRESS, Walk.STAFF, Walk.NOTED, Walk.PUPIL, Walk.PRIVATE)


def walks_of(groups: Iterable[PersonGroup], credits: Iterable[Credit], lexicon: Lexicon) -> dict[str, Walk]:
    """Name → the walk of life that its titles tell of; names without a telling title are left out."""
    walks: dict[str, set[Walk]] = {}
    for group in groups:
        told = {walk for title in group.titles if (walk := walk_of(title.text, title.row.kind, lexicon))}
        for name in group.names:
            walks.setdefault(name.name, set()).update(told)
    for credit in credits:
        if not credit.pen_name:
            walks.setdefault(credit.name, set()).add(Walk.PRESS)
    return {name: next(walk for walk in _STRONGEST_FIRST if walk in told) for name, told in walks.items() if told}


def walk_of(title: str, kind: str, lexicon: Lexicon) -> Walk | None:
    """The walk of a title as printed, by its kind in the lexicon.

    >>> from kg.lexicon import load_lexicon
    >>> words = load_lexicon()
    >>> [str(walk_of(title, "post", words)) for title in ("副市长", "本报记者", "护士长", "民警")]
    ['office', 'press', 'staff', 'staff']
    >>> str(walk_of("小学生", "person", words)), walk_of("同志", "honorific", words)
    ('pupil', None)
    """
    if title in lexicon.words("byline"):
        return Walk.PRESS
    if title in lexicon.words("pupil_title"):
        return Walk.PUPIL
    if kind == "honorific":
        return None
    if title in lexicon.words("noted_title"):
        return Walk.NOTED
    if kind == "person":
        return Walk.PRIVATE
    if kind == "trade" or title.endswith(tuple(lexicon.words("staff_title"))):
        return Walk.STAFF
    return Walk.OFFICE if title.endswith(tuple(lexicon.words("office_head"))) else Walk.STAFF

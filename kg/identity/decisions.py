"""What people have decided about entities, in the terms of the readings; `kg.replay` makes it of the ledger's rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.model import ArticleKey, Entity


@dataclass(frozen=True, slots=True)
class Namesake:
    """One of several people of a name, as the end of an IRI tells them apart: its last place, its mark."""

    name: str
    place: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Decisions:
    """Entities that are one, or are not what an article calls them, or are none; and how they are called."""

    merged: Mapping[Entity, Entity] = field(default_factory=dict)
    elsewhere: Mapping[tuple[ArticleKey, Entity], Entity] = field(default_factory=dict)
    apart: tuple[tuple[Namesake, Namesake], ...] = ()
    renamed: Mapping[Entity, str] = field(default_factory=dict)
    rejected: frozenset[Entity] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.merged or self.elsewhere or self.apart or self.renamed or self.rejected)

    def settled(self, key: ArticleKey, entity: Entity) -> Entity:
        """Which entity an article's one is, all decided."""
        return self.elsewhere.get((key, entity)) or self.merged.get(entity, entity)


UNDECIDED = Decisions()

"""What an article and the lexicon tell of each thing, added up mention by mention."""

from __future__ import annotations

from kg.model import Entity, Thing


class Notes:
    """The things of one article."""

    def __init__(self) -> None:
        self.things: dict[Entity, Thing] = {}

    def add(
        self,
        entity: Entity,
        form: str = "",
        *,
        legal: tuple[str, ...] = (),
        category: str = "",
        parent: Entity | None = None,
        jurisdiction: Entity | None = None,
        formal: bool = False,
        known: bool = False,
    ) -> Entity:
        """Remember what is told of an entity; forms add up, of the rest the first word holds."""
        old = self.things.get(entity) or Thing(entity, ())
        self.things[entity] = Thing(
            entity,
            tuple(dict.fromkeys((*old.forms, *([form] if form else [])))),
            tuple(dict.fromkeys((*old.legal, *legal))),
            old.category or category,
            old.parent or (parent if parent != entity else None),
            old.jurisdiction or jurisdiction,
            old.formal or formal,
            old.known or known,
        )
        return entity

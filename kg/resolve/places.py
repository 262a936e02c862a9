"""Which place a mention names, and what contains it."""

from __future__ import annotations

from kg.mentions import PlaceHit
from kg.model import Entity, Kind
from kg.resolve.notes import Notes
from kg.resolve.paths import Paths


def path_of(place: Entity) -> str:
    """The path of a place's entity: 吉林省/辽源市."""
    return f"{place.within}/{place.name}" if place.within else place.name


class Places:
    """The places of one article; `containers` says in which area a name was once seen to lie."""

    def __init__(self, paths: Paths, notes: Notes) -> None:
        self.paths, self.notes = paths, notes
        self.containers: dict[str, Entity] = {}

    def of(self, hit: PlaceHit, printed: str, area: Entity | None) -> Entity:
        """The place a mention names; `area` is the administrative place named last in its sentence."""
        if hit.known:
            chain = (area.name, hit.name) if area and hit.chained else (hit.name,)
            path = self.paths.of_chain(chain) or self.paths.of_chain((hit.name,))
            if path is not None:
                return self.at(path, printed)
        if hit.category in ("town", "subdistrict"):
            return self._town(hit, area if hit.chained else None)
        return self._site(hit, area)

    def _town(self, hit: PlaceHit, area: Entity | None) -> Entity:
        path = f"{path_of(area)}/{hit.name}" if area else self.paths.of_town(hit.name)
        within = path.rpartition("/")[0]
        # A town that only the masthead places is the city's; in which county it lies stays open.
        parent = self.at(within) if within and within != self.paths.home else None
        return self.notes.add(Entity(Kind.PLACE, hit.name, within), hit.name, category=hit.category, parent=parent)

    def _site(self, hit: PlaceHit, area: Entity | None) -> Entity:
        """富豪小区: known by its name within the paper's city, else within the area it is printed with."""
        seen_in = area if hit.chained else self.containers.get(hit.name)
        prefix = next((hit.name[:k] for k in range(len(hit.name) - 1, 1, -1) if self.paths.rows(hit.name[:k])), None)
        within = self.paths.home or (prefix and self.paths.of_chain((prefix,))) or (path_of(seen_in) if seen_in else "")
        parent = seen_in or area
        return self.notes.add(Entity(Kind.PLACE, hit.name, within), hit.name, category=hit.category, parent=parent)

    def at(self, path: str, form: str = "") -> Entity:
        """The place of a gazetteer path, its containers noted too."""
        within, _, name = path.rpartition("/")
        row = self.paths.lexicon.places_by_path.get(path)
        namesakes = self.paths.lexicon.places_by_name.get(path, ())
        category = row.category if row else namesakes[0].category if namesakes else "town"
        return self.notes.add(
            Entity(Kind.PLACE, name, within),
            form,
            legal=(row.short,) if row and row.short else (),
            category=category,
            parent=self.at(within) if within else None,
            known=row is not None,
        )

    def home(self) -> Entity | None:
        """The paper's own place."""
        return self.at(self.paths.home) if self.paths.home else None

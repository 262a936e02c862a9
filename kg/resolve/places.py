"""Which place a mention names, and what contains it."""

from __future__ import annotations

from kg.mentions import Found, PlaceHit
from kg.model import Entity, Kind
from kg.resolve.notes import Notes
from kg.resolve.paths import CATEGORY_LEVELS, LEVEL_NAMES, LEVELS, Paths

_COUNTY = LEVEL_NAMES.index("county")
_LOWEST = max(CATEGORY_LEVELS.values()) + 1


class Places:
    """The places of one article; `containers` says in which area a name was once seen to lie."""

    def __init__(self, paths: Paths, notes: Notes) -> None:
        self.paths, self.notes = paths, notes
        self.containers: dict[str, Entity] = {}

    def in_sentence(self, found: Found) -> dict[tuple[int, int], Entity]:
        """The place of each mention; one behind another lies in it, others in the last area that may hold them."""
        table: dict[tuple[int, int], Entity] = {}
        areas: list[tuple[int, Entity]] = []
        for hit in found.places:
            level = CATEGORY_LEVELS.get(hit.category, _LOWEST)
            above = _LOWEST if hit.chained else level  # 李营村、何上寨村 lie side by side
            area = next((a for rank, a in reversed(areas) if rank < above), None)
            entity = self._listed_county(found, hit) or self.of(
                hit, found.sentence.string[hit.start : hit.end], area, found.sentence.index
            )
            table[(hit.start, hit.end)] = entity
            if hit.chained and area is not None and not hit.known:
                self.containers.setdefault(hit.name, area)
            if hit.known or hit.category in ("town", "subdistrict", "village"):
                areas.append((min(level, _LOWEST - 1), entity))
        return table

    def _listed_county(self, found: Found, hit: PlaceHit) -> Entity | None:
        """承德、滦平: a short name that a city shares with a county of its own is the county's among its counties."""
        text, printed = found.sentence.string, found.sentence.string[hit.start : hit.end]
        path = self.paths.of_chain((hit.name,)) if hit.known else None
        county = f"{path}/{printed}县"
        if path is None or county not in self.paths.lexicon.places_by_path or path.endswith(printed):
            return None
        beside = (
            self.paths.of_chain((other.name,))
            for other in found.places
            if other.known and (text[hit.end : other.start] == "、" or text[other.end : hit.start] == "、")
        )
        counties = (p for p in beside if p is not None)
        return self.at(county, printed) if any(p.rpartition("/")[0] == path for p in counties) else None

    def of(self, hit: PlaceHit, printed: str, area: Entity | None, sentence: int) -> Entity:
        """The place a mention names; `area` is the administrative place named last in its sentence."""
        if hit.known and (town := self.paths.town_called(hit.name)):
            return self.at(town, printed)
        if hit.known:
            chain = (area.name, hit.name) if area and hit.chained else (hit.name,)
            path = self.paths.of_chain(chain) or self.paths.of_chain((hit.name,))
            if path is not None:
                return self.at(path, printed)
        if hit.category in ("town", "subdistrict"):
            return self._town(hit, area if hit.chained else None)
        return self._site(hit, area, sentence)

    def _town(self, hit: PlaceHit, area: Entity | None) -> Entity:
        path = f"{area.path}/{hit.name}" if area else self.paths.of_town(hit.name)
        within = path.rpartition("/")[0]
        # A town that only the masthead places is the city's; in which county it lies stays open.
        parent = self.at(within) if within and within != self.paths.home else None
        return self.notes.add(Entity(Kind.PLACE, hit.name, within), hit.name, category=hit.category, parent=parent)

    def _site(self, hit: PlaceHit, area: Entity | None, sentence: int) -> Entity:
        """富豪小区: known by its name within the paper's city, else within the area it is printed with."""
        name = self._whole_name(hit, sentence)
        seen_in = area if hit.chained else self.containers.get(hit.name)
        prefix = next((name[:k] for k in range(len(name) - 1, 1, -1) if self._tells(name[:k], hit)), None)
        path = prefix and self.paths.of_chain((prefix,))
        within = self.paths.home or path or (seen_in.path if seen_in else "")
        # 修武县烈士陵园 names its county too; 南京路 names no city.
        printed = path and prefix and prefix in self.paths.lexicon.full_place_names and hit.name.startswith(prefix)
        printed = printed and not self._is_firm(name)  # 佳木斯市水泥厂 is called so wherever it is
        named = self.at(path, prefix) if path and prefix and printed else None
        parent = seen_in or named or area
        return self.notes.add(Entity(Kind.PLACE, name, within), hit.name, category=hit.category, parent=parent)

    def _is_firm(self, name: str) -> bool:
        rows = (self.paths.lexicon.suffixes.get(name[-n:]) for n in range(1, 7))
        return any(row.category == "company" for row in rows if row)

    def _tells(self, prefix: str, hit: PlaceHit) -> bool:
        """修武县烈士陵园 is in 修武县, 宁波文化艺术中心 in 宁波; 太平沟村 in no 太平区, 沙河花廊 in no far 沙河市,
        南京路 in any city."""
        if prefix in self.paths.lexicon.full_place_names:
            return True
        rows = self.paths.rows(prefix)
        near = any(CATEGORY_LEVELS[row.category] < _COUNTY or self.paths.is_at_hand(row) for row in rows)
        return near and hit.category in (
            "facility",
            "zone",
            "weak",
            "section",
            "works",
        )

    def _whole_name(self, hit: PlaceHit, sentence: int) -> str:
        """市博物馆 → 宁波市博物馆, 大数据产业园 → the article's 江北区大数据产业园."""
        own = hit.name[:2] in self.paths.lexicon.words("place_generic")  # 省道S302, 州城虎民路
        if (
            not own
            and LEVELS.get(hit.name[0], 3) < 3
            and (path := self.paths.of_level(hit.name[0], sentence, hit.start))
        ):
            return path.rpartition("/")[2] + hit.name[1:]
        longer = {n for n in self.paths.site_names if n.endswith(hit.name) and self._is_area(n[: -len(hit.name)])}
        longest = max(longer, key=len, default=hit.name)
        return longest if len(hit.name) > 3 and all(longest.endswith(n) for n in longer) else hit.name

    def _is_area(self, head: str) -> bool:
        """What a short form leaves out: 江北区, 云岭新城, 北京地铁."""
        lexicon = self.paths.lexicon
        return bool(head) and (
            bool(self.paths.rows(head))
            or any(head.endswith(word) for word in lexicon.words("line_kind"))
            or any(lexicon.place_suffixes.get(head[-n:]) == "zone" for n in (2, 3, 4))
        )

    def at(self, path: str, form: str = "") -> Entity:
        """The place of a gazetteer path, its containers noted too."""
        within, _, name = path.rpartition("/")
        row = self.paths.lexicon.places_by_path.get(path)
        namesakes = self.paths.lexicon.places_by_name.get(path, ())
        category = row.category if row else namesakes[0].category if namesakes else self._category(name)
        return self.notes.add(
            Entity(Kind.PLACE, name, within),
            form,
            legal=tuple(sorted({row.short, self.paths.whole_name(path)} - {"", name})) if row else (),
            category=category,
            parent=self.at(within) if within else None,
            known=row is not None,
        )

    def _category(self, name: str) -> str:
        """What a name without a row is, by its last word: 百丈街道 a subdistrict, 划船社区 a community, else a town."""
        suffixes = self.paths.lexicon.place_suffixes
        return next((suffixes[name[-n:]] for n in (3, 2, 1) if name[-n:] in suffixes), "town")

    def home(self) -> Entity | None:
        """The paper's own place."""
        return self.at(self.paths.home) if self.paths.home else None

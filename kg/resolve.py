"""市委 → 中共辽源市委, 该局 → the agency last named: which thing each mention is, from its article and masthead alone.

A level word (市, 县, 区) means the paper's own place at that level; where the paper has none there, the place of that level that the
article names: the last one before the mention, or the only one. What stays open keeps its printed form and is never
fused with another page's.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from kg.lexicon import AgencyForm, Lexicon, PlaceRow
from kg.mentions import AgencyHit, Found, PlaceHit, paths_above, place_counts
from kg.model import Article, Entity, Kind, Thing

_LEVELS = {
    "省": 0,
    "自治区": 0,
    "市": 1,
    "州": 1,
    "自治州": 1,
    "盟": 1,
    "县": 2,
    "区": 2,
    "旗": 2,
    "自治县": 2,
    "新区": 2,
    "镇": 3,
    "乡": 3,
    "街道": 3,
    "村": 4,
    "社区": 4,
    "居民区": 4,
}
_LEVEL_NAMES = ("province", "city", "county", "town", "village")
_CATEGORY_LEVELS = {
    "province": 0, "municipality": 0, "autonomous_region": 0, "sar": 0, "city": 1, "prefecture": 1, "league": 1,
    "autonomous_prefecture": 1, "county": 2, "county_city": 2, "district": 2, "banner": 2, "special": 2, "town": 3, "subdistrict": 3,
    "village": 4, "community": 4,
}  # fmt: skip
_ADMINISTRATIVE = frozenset(_CATEGORY_LEVELS)
_ORDINAL = re.compile(r"第[一二三四五六七八九十\d]+")
UNKNOWN = "未详"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that the article names: where, at what level, and its path if it is certain."""

    sentence: int
    start: int
    level: int
    path: str
    name: str


@dataclass(eq=False)
class Resolver:
    """Says which thing each mention of one article is."""

    article: Article
    lexicon: Lexicon
    found: tuple[Found, ...]
    things: dict[Entity, Thing] = field(default_factory=dict)
    containers: dict[str, Entity] = field(default_factory=dict)
    _named_agencies: list[Entity] = field(default_factory=list)

    @cached_property
    def home(self) -> str:
        """The path of the paper's own place; without a masthead the place that the article names above all others."""
        return self.article.issue.city or ""

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        """The administrative places of the article in reading order, agencies' prefixes included."""
        spots = []
        for f in self.found:
            names = [(p.start, p.name, p.category) for p in f.places if p.category in _ADMINISTRATIVE]
            names += [(a.start, n, "") for a in f.agencies for n in a.prefix_places]
            for start, name, category in sorted(names):
                for row in self._rows(name):
                    spots.append(Spot(f.sentence.index, start, _CATEGORY_LEVELS[row.category], row.path, name))
                if not self._rows(name) and category:
                    spots.append(Spot(f.sentence.index, start, _CATEGORY_LEVELS[category], "", name))
        return tuple(spots)

    def _rows(self, name: str) -> tuple[PlaceRow, ...]:
        """The gazetteer's places of this name that fit the paper; several where it cannot tell."""
        rows = self.lexicon.places_by_name.get(name, ())
        full = tuple(r for r in rows if r.name == name) or rows
        if len(full) < 2:
            return full
        near = [r for r in full if r.path in self._around] or [r for r in full if self.home and r.within in self._around]
        if near:
            return (max(near, key=lambda r: (r.path.count("/"), r.path)),)
        high = [r for r in full if r.within.count("/") < 1 and _CATEGORY_LEVELS[r.category] < 2]
        return (high[0],) if len(high) == 1 else full

    @cached_property
    def _around(self) -> frozenset[str]:
        return paths_above(self.home)

    # ── level words ────────────────────────────────────────────────────────────────────────────────────────────

    def level_path(self, word: str, sentence: int, position: int) -> str | None:
        """The place that 市, 区 or 省 means here, None where the article leaves it open."""
        level = _LEVELS[word]
        if word in ("镇", "乡", "街道", "村", "社区"):
            return self._named(word, level, sentence, position)
        if (own := self._own(word, level)) is not None:
            return own
        return self._named(word, level, sentence, position)

    def _own(self, word: str, level: int) -> str | None:
        """The level's place among those that contain the paper's city."""
        chain = sorted(self._around, key=len)
        for path in reversed(chain):
            row = self.lexicon.places_by_path[path]
            own = _CATEGORY_LEVELS[row.category]
            if own == level and not (word in "县区旗" and not row.name.endswith(word)):
                return path
            if word == "市" and row.category in ("municipality", "county_city") and path == self.home:
                return path
            if word == "市" and row.category == "municipality":
                return path
        return None

    def _named(self, word: str, level: int, sentence: int, position: int) -> str | None:
        """The place of this level that the text names: above all others on the page, else the last one before the mention."""
        fitting = [(s, path) for s in self.spots for path in self._at_level(s, word, level)]
        before = [path for s, path in fitting if (s.sentence, s.start) < (sentence, position)]
        if self.home or level > 2:
            names = {path for _, path in fitting}
            return before[-1] if before else names.pop() if len(names) == 1 else None
        ranked = self._page_counts(word, level).most_common(2)
        if ranked and (len(ranked) == 1 or ranked[0][1] >= 1.5 * ranked[1][1]):
            return ranked[0][0]
        return None

    def _page_counts(self, word: str, level: int) -> Counter[str]:
        """How often the page names each place of a level; what lies in a place counts for it."""
        counts: Counter[str] = Counter()
        for name, times in place_counts(self.article.page.content, self.lexicon).items():
            rows = self._rows(name)
            if len(rows) == 1:
                for path in self._at_level(
                    Spot(0, 0, _CATEGORY_LEVELS[rows[0].category], rows[0].path, name), word, level
                ):
                    counts[path] += times
        return counts

    def _at_level(self, spot: Spot, word: str, level: int) -> list[str]:
        """The path itself, or what contains it, at a level; an unlisted town by its name under what contains it."""
        if not spot.path:
            return [self.town_path(spot.name)] if spot.level == level and spot.name.endswith(word) else []
        rows = [self.lexicon.places_by_path[path] for path in sorted(paths_above(spot.path), key=len, reverse=True)]
        for row in rows:
            named_so = row.name.endswith(word) or (word in ("省", "自治区") and level == 0)
            as_city = word == "市" and row.category in ("municipality", "county_city", "city")
            if named_so and (_CATEGORY_LEVELS[row.category] == level or as_city):
                return [row.path]
        return []

    # ── places ─────────────────────────────────────────────────────────────────────────────────────────────────

    def town_path(self, name: str) -> str:
        """渭津镇 → 吉林省/辽源市/东辽县/渭津镇: by the list of townships, under a county that the article or the paper allows."""
        counties = self.lexicon.counties_by_township.get(name, ())
        named = {s.path for s in self.spots if s.path and s.level == 2}
        for fits in (
            [c for c in counties if c in named],
            [c for c in counties if self.home and (c == self.home or c.startswith(self.home + "/"))],
            [c for c in counties if len(counties) == 1 and not self.home],
        ):
            if len(fits) == 1:
                return f"{fits[0]}/{name}"
        return f"{self.home}/{name}" if self.home else name

    def chain_path(self, names: tuple[str, ...]) -> str | None:
        """陕西省 + 西安市 → 陕西省/西安市; the last name decides, the others choose between its namesakes."""
        if not names:
            return None
        rows = self.lexicon.places_by_name.get(names[-1], ())
        if not rows:
            above = self.chain_path(names[:-1])
            return f"{above}/{names[-1]}" if above else self.town_path(names[-1])
        above = self.chain_path(names[:-1])
        inside = [r for r in self._rows(names[-1]) if above and r.path.startswith(above)] or list(
            rows if above else self._rows(names[-1])
        )
        inside = [r for r in inside if not above or r.path.startswith(above)] or list(self._rows(names[-1]))
        if len(inside) > 1:
            named = {s.path for s in self.spots if s.path and s.name != names[-1]}
            inside = [r for r in inside if r.within in named] or inside
        return inside[0].path if len(inside) == 1 else None

    def place(self, hit: PlaceHit, printed: str, container: Entity | None) -> Entity:
        """The place a mention names."""
        if hit.known:
            path = self.chain_path(
                (container.name, hit.name) if container and hit.chained else (hit.name,)
            ) or self.chain_path((hit.name,))
            if path is not None:
                return self.place_at(path, printed)
        if hit.category in ("town", "subdistrict"):
            path = f"{self._path(container)}/{hit.name}" if container and hit.chained else self.town_path(hit.name)
            parent = (
                self.place_at(path.rpartition("/")[0]) if "/" in path and path != f"{self.home}/{hit.name}" else None
            )
            return self._note(
                Entity(Kind.PLACE, hit.name, path.rpartition("/")[0]), hit.name, category=hit.category, parent=parent
            )
        prefix = next(
            (n for n in (hit.name[:k] for k in range(len(hit.name) - 1, 1, -1)) if n in self.lexicon.places_by_name),
            None,
        )
        within = (
            self.home
            or (prefix and self.chain_path((prefix,)))
            or (self._path(container) if container and (hit.chained or hit.name in self.containers) else "")
        )
        return self._note(Entity(Kind.PLACE, hit.name, within), hit.name, category=hit.category, parent=container)

    @staticmethod
    def _path(place: Entity) -> str:
        return f"{place.within}/{place.name}" if place.within else place.name

    def place_at(self, path: str, form: str = "") -> Entity:
        """The place of a gazetteer path, its containers noted too."""
        within, _, name = path.rpartition("/")
        row = self.lexicon.places_by_path.get(path)
        parent = self.place_at(within) if within else None
        legal = (row.short,) if row and row.short else ()
        entity = Entity(Kind.PLACE, name, within)
        return self._note(
            entity, form, legal=legal, category=row.category if row else "town", parent=parent, known=row is not None
        )

    def home_place(self) -> Entity | None:
        """The paper's own place."""
        return self.place_at(self.home) if self.home else None

    # ── agencies ───────────────────────────────────────────────────────────────────────────────────────────────

    def agency(self, hit: AgencyHit, sentence: int) -> Entity:
        """The agency a mention names."""
        return self._agency(hit, sentence, self.found_surface(hit, sentence))

    def _agency(self, hit: AgencyHit, sentence: int, surface: str) -> Entity:
        if hit.rule == "agency.anaphor":
            earlier = [
                e
                for e in self._named_agencies
                if e.name.endswith(hit.core) or (hit.core == "院" and e.name.endswith("医院"))
            ]
            return self._note(earlier[-1] if earlier else Entity(Kind.AGENCY, surface or hit.core, self._open()), "")
        entity = self._agency_named(hit, sentence, surface)
        if surface:
            self._named_agencies.append(entity)
        return entity

    def _agency_named(self, hit: AgencyHit, sentence: int, surface: str) -> Entity:
        if hit.base is not None:
            base = self._agency(hit.base, sentence, "")
            entity = Entity(Kind.AGENCY, base.name + hit.core, base.within)
            jurisdiction = self.things[base].jurisdiction
            return self._note(
                entity, surface, category=hit.category, parent=base, formal=hit.formal, jurisdiction=jurisdiction
            )
        if hit.national is not None:
            row = self.lexicon.national.get(hit.core)
            if (numbered := self._numbered(row.canonical if row else hit.core)) is not None:
                return self._note(
                    Entity(Kind.AGENCY, numbered),
                    surface,
                    legal=(row.canonical,) if row else (),
                    category=hit.category,
                    formal=hit.formal,
                )
            if row is None:
                return self._unlisted(hit, surface)
            parent = Entity(Kind.AGENCY, row.parent) if row.parent else None
            if parent:
                self._note(parent, "", formal=True, known=True)
            return self._note(
                Entity(Kind.AGENCY, row.canonical),
                surface,
                legal=row.legal,
                category=row.category,
                parent=parent,
                formal=hit.formal,
                known=True,
            )
        path = self._agency_place(hit, sentence)
        if path is None:
            return self._note(
                Entity(Kind.AGENCY, hit.prefix + hit.core, self._open()),
                surface,
                category=hit.category,
                formal=hit.formal,
            )
        if hit.form is not None:
            return self.organ(hit.form, path, surface)
        if hit.core in self.lexicon.words("branch") and hit.prefix_places:
            banks = [
                e for e in self._named_agencies if self.things[e].category == "bank" and not e.name.endswith(hit.core)
            ]
            if banks:
                branch = Entity(Kind.AGENCY, banks[-1].name + hit.prefix + hit.core, banks[-1].within)
                return self._note(branch, surface, category="bank", parent=banks[-1])
        name = hit.prefix + hit.core if hit.prefix_places else path.rpartition("/")[2] + hit.core
        jurisdiction = self.place_at(path) if hit.formal else None
        return self._note(
            Entity(Kind.AGENCY, name, path),
            surface,
            category=hit.category,
            formal=hit.formal,
            jurisdiction=jurisdiction,
        )

    def _agency_place(self, hit: AgencyHit, sentence: int) -> str | None:
        if hit.prefix_places:
            return self.chain_path(hit.prefix_places)
        if hit.prefix:
            return self.level_path(hit.prefix, sentence, hit.start)
        return self.home or None

    def _open(self) -> str:
        """The scope of a name that the article leaves open: its own page."""
        return f"{UNKNOWN}/{self.article.page.name.rsplit('.', 1)[0]}"

    def _unlisted(self, hit: AgencyHit, surface: str) -> Entity:
        within = "" if hit.rule == "agency.national_suffix" else self.home
        entity = Entity(Kind.AGENCY, hit.core, within)
        shorter = _ORDINAL.sub("", hit.core)
        return self._note(
            entity, surface, legal=(shorter,) if shorter != hit.core else (), category=hit.category, formal=hit.formal
        )

    def _numbered(self, name: str) -> str | None:
        """中央督察组 where the page names one 中央第一督察组: that one."""
        splits = "|".join(re.escape(name[:k]) + _ORDINAL.pattern + re.escape(name[k:]) for k in range(1, len(name)))
        found = set(re.findall(splits, self.article.page.content)) if len(name) > 4 else set()
        return found.pop() if len(found) == 1 else None

    def organ(self, form: AgencyForm, path: str, surface: str = "") -> Entity:
        """The organ of a place: 政府 of 吉林省/辽源市 → 辽源市人民政府."""
        row = self.lexicon.places_by_path.get(path)
        level = _LEVEL_NAMES[_CATEGORY_LEVELS[row.category] if row else 3]
        rows = self.lexicon.agency_forms[form.form]
        form = next((r for r in rows if r.level == level), next((r for r in rows if not r.level), rows[0]))
        place = path.rpartition("/")[2]
        parent = None
        if form.parent and form.parent != form.form:
            parent = self.organ(self.lexicon.agency_forms[form.parent][0], path)
        legal = tuple(
            n
            for name in form.legal
            if (n := name.replace("{place}", place)) != form.canonical.replace("{place}", place)
        )
        entity = Entity(Kind.AGENCY, form.canonical.replace("{place}", place), path)
        jurisdiction = self.place_at(path)
        return self._note(
            entity,
            surface,
            legal=legal,
            category=form.category,
            parent=parent,
            formal=form.formal,
            jurisdiction=jurisdiction,
            known=True,
        )

    def party_group(self, agency: Entity, word: str) -> Entity:
        """党组书记 of 市人大常委会 sits in its 党组."""
        entity = Entity(Kind.AGENCY, agency.name + word, agency.within)
        thing = self.things.get(agency)
        return self._note(
            entity, "", category="party", parent=agency, formal=True, jurisdiction=thing.jurisdiction if thing else None
        )

    def found_surface(self, hit: AgencyHit, sentence: int) -> str:
        """The characters that a hit covers."""
        f = next(f for f in self.found if f.sentence.index == sentence)
        return f.sentence.string[hit.start : hit.end]

    def _note(
        self, entity: Entity, form: str, *, legal: tuple[str, ...] = (), category: str = "", parent: Entity | None = None,
        jurisdiction: Entity | None = None, formal: bool = False, known: bool = False,
    ) -> Entity:  # fmt: skip
        """Remember what is known of an entity; forms add up."""
        old = self.things.get(entity)
        forms = tuple(dict.fromkeys((*(old.forms if old else ()), *([form] if form else []))))
        self.things[entity] = Thing(
            entity,
            forms,
            tuple(dict.fromkeys((*(old.legal if old else ()), *legal))),
            (old.category if old else "") or category,
            (old.parent if old else None) or (parent if parent != entity else None),
            (old.jurisdiction if old else None) or jurisdiction,
            formal or bool(old and old.formal),
            known or bool(old and old.known),
        )
        return entity

    def note_form(self, entity: Entity, form: str) -> None:
        """One more printed form of an entity."""
        self._note(entity, form)

    def national(self, name: str) -> Entity:
        """An organisation called by its own name."""
        row = self.lexicon.national[name]
        return self._note(
            Entity(Kind.AGENCY, row.canonical), "", legal=row.legal, category=row.category, formal=True, known=True
        )

    def press(self, house: Entity) -> Entity:
        """The house that publishes the paper."""
        return self._note(house, "", category="media")

    def organ_of_place(self, name: str, category: str, sentence: int, position: int) -> Entity | None:
        """What a place is when it acts: 北寿街道 → its 办事处, 东辽县 → its government, a village or community itself."""
        if category in ("village", "community", "estate"):
            return self._note(Entity(Kind.AGENCY, name, self.home), name, category="community")
        form = {"subdistrict": "办事处"}.get(category, "政府")
        path = self.chain_path((name,))
        if path is None or form not in self.lexicon.agency_forms or category not in _ADMINISTRATIVE:
            return None
        return self.organ(self.lexicon.agency_forms[form][0], path, "")

    def open_agency(self, name: str) -> Entity:
        """An agency whose place the article leaves open: 市政府, of this page only."""
        return self._note(Entity(Kind.AGENCY, name, self._open()), "", formal=True)

    def unit_of_place(self, place: str, unit: str) -> Entity:
        """普善居民区 + 党总支."""
        return self._note(Entity(Kind.AGENCY, place + unit, self.home), place + unit, category="party", formal=True)

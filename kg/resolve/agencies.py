"""Which agency a mention names: its canonical name, what it is part of, and the place it is an organ of."""

from __future__ import annotations

import re

from kg.lexicon import AgencyForm, Lexicon
from kg.mentions import AgencyHit, Found
from kg.model import Article, Entity, Kind
from kg.resolve.notes import Notes
from kg.resolve.paths import CATEGORY_LEVELS, LEVEL_NAMES
from kg.resolve.places import Places

_ORDINAL = re.compile(r"第[一二三四五六七八九十\d]+")
_REGISTERED = re.compile(r"(?:股份有限公司|有限责任公司|有限公司)$")
_LEAST_NUMBERED = 5  # characters; a shorter name is too common to be the numbered one
_LEAST_UNIT = 4  # 禁毒支队; 办公室 is anybody's
_SETTLEMENTS = frozenset({"village", "community", "estate"})
UNKNOWN = "未详"
_CITY = re.compile(r"([^/]+市)(?:/[^/]+区)?$")  # whose police have branches: 陕西省/西安市


def _is_police(hit: AgencyHit) -> bool:
    """Is it, or what it is a unit of, a police station or office?"""
    return hit.category == "police" or "公安" in hit.prefix + hit.core


class Agencies:
    """The agencies of one article."""

    def __init__(
        self, article: Article, lexicon: Lexicon, found: tuple[Found, ...], places: Places, notes: Notes
    ) -> None:
        self.article, self.lexicon, self.places, self.notes = article, lexicon, places, notes
        self._own_names = {a.core: a for f in found for a in f.agencies if a.national is not None}
        self._longer = {a.prefix + a.core: a for f in found for a in f.agencies if a.form is None and a.base is None}
        self._units = {a.core: a for f in found for a in f.agencies if a.base is not None}
        self._printed = {a.prefix + a.core for f in found for a in f.agencies}
        self._zones = [((f.sentence.index, p.start), p.name) for f in found for p in f.places if p.category == "zone"]
        self._streets = {p.name for f in found for p in f.places if p.category == "subdistrict"}
        self._named: list[Entity] = []
        self._told: dict[str, set[tuple[str, ...]]] = {}  # the forms printed with a place, and with which
        for hit in (a.base or a for f in found for a in f.agencies):
            if hit.form is not None and hit.prefix_places:
                self._told.setdefault(hit.form.canonical, set()).add(hit.prefix_places)

    def of(self, hit: AgencyHit, sentence: int, surface: str) -> Entity:
        """The agency a mention names; `surface` is what is printed, empty for the base of a unit."""
        if hit.rule == "agency.anaphor":
            return self._anaphor(hit, surface)
        if (whole := hit.short_for or self._whole(hit)) is not None:
            return self.notes.add(self.of(whole, sentence, ""), surface)
        entity = self._of(hit, sentence, surface)
        if surface:
            self._named.append(entity)
        return entity

    def _of_town(self, hit: AgencyHit) -> AgencyHit | None:
        """青石派出所 beside 青石镇派出所, 白马镇派出所 beside 江北区白马镇派出所: the one named longer."""
        house = next((w for w in self.lexicon.words("town_house") if hit.core.endswith(w)), None)
        if house is None or hit.base is not None:
            return None

        def stem(name: str) -> str:
            bare = name.removesuffix(house)
            return next((bare.removesuffix(w) for w in self.lexicon.words("township_kind") if bare.endswith(w)), bare)

        own = hit.prefix + hit.core
        longer = [n for n in self._longer if len(n) > len(own) and n.endswith(house) and stem(n).endswith(stem(own))]
        return self._longer[max(longer, key=len)] if stem(own) and longer else None

    def _whole(self, hit: AgencyHit) -> AgencyHit | None:
        """东风路派出所 beside 梁山县公安局东风路派出所, 省委巡视组 beside 省委第四巡视组: what is named whole."""
        if (of_town := self._of_town(hit)) is not None:
            return of_town
        if hit.core.endswith(tuple(self.lexicon.words("numbered_team"))):
            short = hit.core.removeprefix("委")
            numbered = [u for core, u in self._units.items() if core != short and _ORDINAL.sub("", core, 1) == short]
            return numbered[0] if len(numbered) == 1 else None
        station = hit.base is None and hit.core.endswith(tuple(self.lexicon.words("town_house")))
        if station and (unit := self._units.get(hit.prefix + hit.core)) is not None:
            return unit  # 金柳派出所 beside 城关分局金柳派出所
        if hit.base is None and hit.form is None and hit.prefix_places and not hit.formal:
            name, named = hit.prefix + hit.core, self.lexicon.places_by_name
            return next((a for n, a in self._longer.items() if n.endswith(name) and n[: -len(name)] in named), None)
        if hit.base is not None or hit.form is not None or len(hit.core) < _LEAST_UNIT:
            return None
        branch = self._is_police_branch(hit)
        if (unit := self._units.get(hit.core)) is not None and not (branch and not _is_police(unit)):
            return unit
        own = hit.national if hit.rule == "agency.last_word" and len(hit.core) > _LEAST_UNIT else None
        longer = [a for name, a in self._longer.items() if own and name != own and name.endswith(own)]
        return longer[0] if len(longer) == 1 else None

    def _is_police_branch(self, hit: AgencyHit) -> bool:
        """东山分局民警: a branch that only what its people do shows to be of the police."""
        return hit.rule == "agency.last_word" and hit.core.endswith(tuple(self.lexicon.words("police_branch")))

    def _of(self, hit: AgencyHit, sentence: int, surface: str) -> Entity:
        if hit.base is not None:
            return self._unit(hit, self.of(hit.base, sentence, ""), surface)
        if hit.national is not None:
            return self._by_own_name(hit, surface)
        if hit.rule == "agency.bare" and hit.core in self.lexicon.words("bare_anaphor"):
            earlier = [e for e in self._named if e.name.endswith(hit.core)]
            if earlier:
                return self.notes.add(earlier[-1], surface)  # 古城街道办事处 … 办事处
        if (body := self._of_zone(hit, sentence)) is not None:
            return self.notes.add(body, surface, category=hit.category, formal=hit.formal)
        path = self._place(hit, sentence) if (street := self._street(hit)) is None else street
        if hit.form is None and hit.prefix_places and not hit.formal and hit.core not in self.lexicon.words("branch"):
            path = ""  # 吉林银行, 苏州大学: the printed name says where, and is the same from every city's paper
        if path is None:
            same = {e for e in self._named if e.name.endswith(hit.core)} if not hit.prefix else set()
            return self.notes.add(same.pop(), surface) if len(same) == 1 else self._left_open(hit, surface)
        if hit.form is not None:
            return self.organ(hit.form, path, surface)
        if (branch := self._branch(hit, surface)) is not None:
            return branch
        if hit.prefix_places and hit.core in self._own_names:
            # 长沙三一重工 beside 三一重工: the place says where it is.
            return self._by_own_name(self._own_names[hit.core], surface)
        named = (
            hit.prefix_places[-1] if hit.category == "department" and hit.prefix_places else hit.prefix
        )  # 宁波市|慈溪市移民局
        name = (named if hit.prefix_places else self.places.paths.whole_name(path)) + hit.core
        short = _REGISTERED.sub("", name)
        if short != name and short in self._printed:
            # 吉林银行股份有限公司 beside 吉林银行: one house.
            entity = Entity(Kind.AGENCY, short, path)
            return self.notes.add(entity, surface, legal=(name,), category=hit.category)
        place = self.places.at(path) if hit.formal else None
        entity = Entity(Kind.AGENCY, name, path)
        return self.notes.add(entity, surface, category=hit.category, formal=hit.formal, jurisdiction=place)

    def _of_zone(self, hit: AgencyHit, sentence: int) -> Entity | None:
        """管委会, 区党工委, 综保区党工委: of the zone whose body was named last, or which itself was."""
        bodies = sorted(self.lexicon.words("zone_body"), key=len, reverse=True)
        body = next((b for b in bodies if hit.core.endswith(b)), "")
        zone = hit.core.removesuffix(body)
        if not body or hit.prefix_places or hit.prefix not in ("", "区") or (zone and self.places.paths.home):
            return None
        for earlier in reversed(self._named):
            known = next((b for b in bodies if earlier.name.endswith(b)), "")
            stem = earlier.name.removesuffix(known)
            if known and stem.endswith(zone) and (zone or stem.endswith("区") or known == body):
                return Entity(Kind.AGENCY, stem + body, earlier.within)
        zones = [name for at, name in self._zones if at < (sentence, hit.start) and name.endswith(zone)]
        return Entity(Kind.AGENCY, zones[-1] + body, self.places.paths.home) if zones else None

    def _street(self, hit: AgencyHit) -> str | None:
        """党工委, 办事处 of the one street that the article names: the street's path."""
        bare = hit.form is not None and not hit.prefix and hit.core in self.lexicon.words("street_body")
        if not bare or len(self._streets) != 1:
            return None
        return next(self.places.paths.of_chain((name,)) for name in self._streets)

    def _place(self, hit: AgencyHit, sentence: int) -> str | None:
        paths = self.places.paths
        if hit.prefix_places:
            return paths.of_chain(hit.prefix_places)
        if hit.prefix == "区" and hit.core.startswith(("党委", "政府办公厅")):
            return paths.of_level("自治区", sentence, hit.start)  # no district has either
        if not hit.prefix and (told := self._told_with(hit)) is not None:
            return told
        if hit.points_back and (named := paths.named_last(hit.prefix, sentence, hit.start)) is not None:
            return named
        return paths.of_level(hit.prefix, sentence, hit.start) if hit.prefix else paths.home or None

    def _told_with(self, hit: AgencyHit) -> str | None:
        """刑侦大队 beside 梁山县公安局刑侦大队, 刑警大队 behind 梁山县公安局马营派出所: whose it is."""
        if hit.form is None:
            return None
        told = self._told.get(hit.form.canonical, set())
        if len(told) == 1:
            return self.places.paths.of_chain(next(iter(told)))
        police = hit.category == "police" and not told and self._named and "公安" in self._named[-1].name
        return self._named[-1].within or None if police else None

    def _anaphor(self, hit: AgencyHit, surface: str) -> Entity:
        """该局: the 局 named last; 我校: the paper's own school or the first; of this page only where none was."""
        things = self.notes.things
        earlier = [
            e for e in self._named if e.name.endswith(hit.core) or (hit.core == "校" and things[e].category == "school")
        ]
        if hit.category == "own":
            paper = self.article.issue.newspaper or ""
            earlier = [next((e for e in earlier if paper.startswith(e.name)), e) for e in earlier[:1]]
        return self.notes.add(earlier[-1] if earlier else Entity(Kind.AGENCY, surface or hit.core, self.scope()))

    def _unit(self, hit: AgencyHit, base: Entity, surface: str) -> Entity:
        """市公安局 + 东山分局."""
        entity = Entity(Kind.AGENCY, base.name + hit.core, base.within)
        place = self.notes.things[base].jurisdiction
        return self.notes.add(
            entity, surface, category=hit.category, parent=base, formal=hit.formal, jurisdiction=place
        )

    def _branch(self, hit: AgencyHit, surface: str) -> Entity | None:
        """吉林分行 behind 吉林银行 is that bank's."""
        if hit.core not in self.lexicon.words("branch") or not hit.prefix_places:
            return None
        things = self.notes.things
        banks = [e for e in self._named if things[e].category == "bank" and not e.name.endswith(hit.core)]
        if not banks:
            return None
        entity = Entity(Kind.AGENCY, banks[-1].name + hit.prefix + hit.core, banks[-1].within)
        return self.notes.add(entity, surface, category="bank", parent=banks[-1])

    def _by_own_name(self, hit: AgencyHit, surface: str) -> Entity:
        """国务院, or a firm that only its last word shows."""
        row = self.lexicon.national.get(hit.core)
        if (numbered := self._numbered(row.canonical if row else hit.core)) is not None:
            entity = Entity(Kind.AGENCY, numbered)
            legal = (row.canonical,) if row else ()
            return self.notes.add(entity, surface, legal=legal, category=hit.category, formal=hit.formal)
        if row is not None:
            return self.national(row.name, surface)
        city = _CITY.search(self.places.paths.home)
        police = hit.core.removesuffix("警方")
        if police != hit.core and (whole := self._police_of(police)) is not None:
            return self.notes.add(whole, surface)
        if city and self._is_police_branch(hit) and police == hit.core:
            entity = Entity(Kind.AGENCY, f"{city[1]}公安局{hit.core}", self.places.paths.home)
            return self.notes.add(entity, surface, legal=(hit.core,), category=hit.category, formal=True)
        shorter = _ORDINAL.sub("", hit.core)
        entity = Entity(Kind.AGENCY, hit.core, "" if hit.rule == "agency.national_suffix" else self.places.paths.home)
        legal = (shorter,) if shorter != hit.core else ()
        return self.notes.add(entity, surface, legal=legal, category=hit.category, formal=hit.formal)

    def _police_of(self, stem: str) -> Entity | None:
        """滨河警方 beside 滨河区公安分局: the one force named before that is called after the same place."""
        forces = {e for e in self._named if stem in e.name and "公安" in e.name}
        return forces.pop() if len(forces) == 1 else None

    def _numbered(self, name: str) -> str | None:
        """中央督察组 where the page names one 中央第一督察组: that one."""
        if len(name) < _LEAST_NUMBERED:
            return None
        splits = (re.escape(name[:k]) + _ORDINAL.pattern + re.escape(name[k:]) for k in range(1, len(name)))
        found = set(re.findall("|".join(splits), self.article.page.plain))
        return found.pop() if len(found) == 1 else None

    def scope(self) -> str:
        """The scope of a name that the article leaves open: its own page."""
        return f"{UNKNOWN}/{self.article.page.name.rsplit('.', 1)[0]}"

    def _left_open(self, hit: AgencyHit, surface: str) -> Entity:
        """市教育局 of a page that does not say which city's: one name for its synonyms, for this page only."""
        name = hit.prefix + hit.core
        if hit.prefix and hit.form is not None and hit.form.category in ("department", "party"):
            name = hit.form.canonical.replace("{place}", hit.prefix).removeprefix("中共")
        entity = Entity(Kind.AGENCY, name, self.scope())
        return self.notes.add(entity, surface, category=hit.category, formal=hit.formal)

    # ── agencies that a title or a list implies ────────────────────────────────────────────────────────────────

    def organ(self, form: AgencyForm, path: str, surface: str = "") -> Entity:
        """The organ of a place: 政府 of 吉林省/辽源市 → 辽源市人民政府."""
        place = self.lexicon.places_by_path.get(path)
        level = LEVEL_NAMES[CATEGORY_LEVELS[place.category] if place else 3]
        rows = self.lexicon.agency_forms[form.form]
        levels = (place.category, level, "") if place else (level, "")  # 重庆市公安局, no 公安厅
        row = next((r for at in levels for r in rows if r.level == at), rows[0])
        parent = None
        if row.parent and row.parent != row.form:
            parent = self.organ(self.lexicon.agency_forms[row.parent][0], path)
        stem = self.places.paths.whole_name(path)
        if place and place.short and form.form in self.lexicon.words("short_named"):
            stem = place.short  # 焦作军分区
        name = row.canonical.replace("{place}", stem)
        whole = path.rpartition("/")[2]  # 大理白族自治州人民政府 beside 大理州人民政府
        patterns = [(stem, pattern) for pattern in row.legal]
        patterns += [(whole, pattern) for pattern in (row.canonical, *row.legal) if not stem.endswith(whole)]
        legal = tuple(n for n in (pattern.replace("{place}", s) for s, pattern in patterns) if n != name)
        return self.notes.add(
            Entity(Kind.AGENCY, name, path),
            surface,
            legal=legal,
            category=row.category,
            parent=parent,
            formal=row.formal,
            jurisdiction=self.places.at(path),
            known=True,
        )

    def national(self, name: str, surface: str = "") -> Entity:
        """An organisation of the lexicon that is called by its own name."""
        row = self.lexicon.national[name]
        parent = self.notes.add(Entity(Kind.AGENCY, row.parent), formal=True, known=True) if row.parent else None
        entity = Entity(Kind.AGENCY, row.canonical)
        return self.notes.add(
            entity, surface, legal=row.legal, category=row.category, parent=parent, formal=True, known=True
        )

    def party_group(self, agency: Entity, word: str, form: str) -> Entity:
        """党组书记 of 市人大常委会 sits in its 党组; `form`: what is printed of it, empty for one among its members."""
        thing = self.notes.things.get(agency)
        entity = Entity(Kind.AGENCY, agency.name + word, agency.within)
        place = thing.jurisdiction if thing else None
        return self.notes.add(entity, form, category="party", parent=agency, formal=True, jurisdiction=place)

    def unit(self, agency: Entity, room: str) -> Entity:
        """政治部 of 清河市人民检察院."""
        thing = self.notes.things.get(agency)
        entity = Entity(Kind.AGENCY, agency.name + room, agency.within)
        return self.notes.add(entity, room, category=thing.category if thing else "", parent=agency, formal=True)

    def of_place(self, name: str, category: str) -> Entity | None:
        """What a place is when it acts: 北寿街道 → its 办事处, 东辽县 → its government, a village itself."""
        if category in _SETTLEMENTS:
            return self.notes.add(Entity(Kind.AGENCY, name, self.places.paths.home), name, category="community")
        form = "办事处" if category == "subdistrict" else "政府"
        path = self.places.paths.of_chain((name,))
        if path is None or form not in self.lexicon.agency_forms or category not in CATEGORY_LEVELS:
            return None
        return self.organ(self.lexicon.agency_forms[form][0], path)

    def committee_of_zone(self, zone: str) -> Entity:
        """磐石市开发区主任 heads its 管委会."""
        return self.notes.add(
            Entity(Kind.AGENCY, zone + "管委会", self.places.paths.home), category="zone", formal=True
        )

    def unit_of_place(self, place: str, category: str, unit: str) -> Entity:
        """枫林居民区 + 党总支; 青石镇 + 党委 is an organ of the town."""
        path = None if category in _SETTLEMENTS else self.places.paths.of_chain((place,))
        if path and unit in self.lexicon.agency_forms:
            return self.organ(self.lexicon.agency_forms[unit][0], path)
        entity = Entity(Kind.AGENCY, place + unit, self.places.paths.home)
        return self.notes.add(entity, place + unit, category="party", formal=True)

    def left_open(self, name: str) -> Entity:
        """An agency whose place the article leaves open: 市政府, of this page only."""
        return self.notes.add(Entity(Kind.AGENCY, name, self.scope()), formal=True)

    def press(self, name: str) -> Entity:
        """The house that publishes the paper."""
        return self.notes.add(Entity(Kind.AGENCY, name, self.places.paths.home), category="media")

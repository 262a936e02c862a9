"""Which agency one title is of: the one before it, its own organ's, its place's, or one that the article names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from kg.facts.houses import Houses, is_bare
from kg.mentions import AgencyHit, Found, PlaceHit, TitleHit
from kg.model import Entity
from kg.resolve import Resolver
from kg.resolve.paths import CATEGORY_LEVELS, LEVELS

_COUNTY = LEVELS["县"]
_PARTY_BODIES = ("党组", "党委", "党工委")
_LOCAL = frozenset({"town", "subdistrict", "village", "community"})
_COMMITTEE_HEADS = frozenset({"主任", "副主任", "常务副主任"})
_COMMITTEE_SEATS = frozenset({"书记", "常委"})
_COUNCILS = {"委员": ("政协", "人大常委会"), "代表": ("人大", "人大常委会")}


@dataclass(frozen=True, slots=True)
class Seat:
    """A title and its agency, as one title of a chain yields them."""

    title: str
    agency: Entity | None
    base: Entity | None  # the agency that the next title of the chain inherits
    leans: bool = False  # on an agency named elsewhere in the article


@dataclass(eq=False)
class Seats:
    """The seats of one article's titles; `read` are those of the sentences so far, which later ones may lean on."""

    resolver: Resolver
    agencies: Mapping[tuple[int, int], Entity]
    read: list[tuple[int, Seat]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.houses = Houses(self.resolver, self.agencies)

    def of(self, found: Found, title: TitleHit, agency: AgencyHit | None, before: Seat | None) -> Seat:
        """The seat of a title behind an agency, or behind another of the same person or list; maybe of no agency."""
        none = Seat(title.text, None, None)
        if title.row.title in self.resolver.lexicon.words("title_without_agency"):
            return none
        if agency is not None:
            return self._of_agency(found, title, agency)
        if (own := self._by_organ(found, title, before)) is not None:
            return Seat(title.text, own, own, leans=title.place_start is None and before is None)
        if (seat := self._by_place(found, title)) is not None:
            return seat
        if title.row.title.startswith("村") and before is not None:
            return none  # 村支部副书记A、村主任B: of the village, not of its branch
        if before is not None and before.base is not None:
            return self._of_department(before.base, title) or self._in(before.base, title)
        if title.row.kind == "trade":
            return none
        return (
            self._of_party_unit(found.sentence.index, title)
            or self._of_town(found, title)
            or self._of_house(found, title)
            or self._of_only_conference(found, title)
            or none
        )

    def of_council(self, found: Found, title: TitleHit) -> Seat | None:
        """郑旸委员建议: a member of the conference or congress that the article named last."""
        ends = _COUNCILS.get(title.row.title)
        if ends is None:
            return None
        spans = sorted((k for k in self.agencies if k <= (found.sentence.index, title.start)), reverse=True)
        council = next((self.agencies[k] for k in spans if self.agencies[k].name.endswith(ends)), None)
        return Seat(title.text, council, council, leans=True) if council else None

    def in_party_of(self, base: Entity, title: TitleHit) -> Seat:
        """党委书记、校长, 党组书记、局长: the party's body where the next post is; of a town the town's."""
        category = self.resolver.notes.things[base].category
        if category != "government":
            return Seat(title.text, None, None) if category == "party" else self._in(base, title)
        committee = self.resolver.agencies.organ(self.resolver.lexicon.agency_forms["党委"][0], base.within)
        return Seat(title.text, committee, committee)

    def _of_agency(self, found: Found, title: TitleHit, agency: AgencyHit) -> Seat:
        """市公安局党委委员, but 青石镇党委委员: a form of its own is an organ of its place."""
        entity = self.agencies[(found.sentence.index, agency.start)]
        if agency.core == "人大" and title.row.title in _COMMITTEE_HEADS and not entity.within.endswith(("镇", "乡")):
            entity = self._standing_committee(entity)
        for word in _PARTY_BODIES:
            own = agency.form is not None or (agency.national is not None and agency.base is None)
            listed = agency.core == word or (own and word != "党组")
            if agency.core.endswith(word) and not listed:
                whole = Entity(entity.kind, entity.name.removesuffix(word), entity.within)
                return Seat(word + title.text, entity, whole)
        unit = next((u for u in self._party_units() if agency.core.endswith(u)), "")
        small = unit not in ("党委", "党工委") or self._is_small(agency)
        if unit and title.text == "书记" and small:
            return Seat(unit + title.text, entity, entity)  # 青石镇|党委书记, 石庙村|党支部书记: as printed
        seat = self._in(entity, title)
        if agency.national is not None and agency.core.endswith("党委") and agency.base is None:
            return replace(seat, base=Entity(entity.kind, entity.name.removesuffix("党委"), entity.within))
        return seat

    def _is_small(self, agency: AgencyHit) -> bool:
        """Is it of a town, a street or a settlement: 青石镇党委, 文峰社区党委?"""
        kinds = self.resolver.lexicon.words("township_kind") | {w for w, level in LEVELS.items() if level > _COUNTY}
        return agency.prefix.endswith(tuple(kinds))

    def _standing_committee(self, congress: Entity) -> Entity:
        """市人大主任 heads the congress's standing committee."""
        agencies = self.resolver.agencies
        if congress.within in self.resolver.lexicon.places_by_path:
            return agencies.organ(self.resolver.lexicon.agency_forms["人大常委会"][0], congress.within)
        return agencies.left_open(congress.name + "常委会")

    def _party_units(self) -> list[str]:
        """党委, 党总支, 支部: the longest first."""
        return sorted(self.resolver.lexicon.words("party_unit"), key=len, reverse=True)

    def _by_organ(self, found: Found, title: TitleHit, before: Seat | None) -> Entity | None:
        """市长 names its own organ: the government of the 市 it stands behind, or of the article's own."""
        organ = title.row.organ
        level = self._level_before(found, title)
        if not organ and level in ("自治区", "省") and title.row.title == "主席":
            organ = "政府"  # 自治区主席 heads its government as 省长 does
        if not organ:
            return None
        lexicon = self.resolver.lexicon
        if organ in lexicon.national:
            return self.resolver.agencies.national(organ)
        if organ not in lexicon.agency_forms:
            return None
        level = level or title.row.title[0]
        place = next(
            (p for p in found.places if p.end == title.start or (p.end == title.start + 1 and p.name.endswith(level))),
            None,
        )
        path = None
        if place is not None:
            path = self.resolver.paths.of_chain((place.name,))
        elif level not in LEVELS:
            return None  # 专员 alone does not say of which place
        elif before is not None and before.agency is not None and before.agency.within.endswith(level):
            path = before.agency.within  # 仪征市委副书记、市长: of the same city
        elif (guests := self.houses.guests(found, title)) is not None and guests.endswith(level):
            path = guests
        else:
            path = self.resolver.paths.of_level(level, found.sentence.index, title.start)
        if path is None:
            return self.resolver.agencies.left_open(level + "政府")
        return self.resolver.agencies.organ(lexicon.agency_forms[organ][0], path)

    @staticmethod
    def _level_before(found: Found, title: TitleHit) -> str:
        """自治区 of 自治区副主席."""
        if title.place_start is None or any(p.start == title.place_start for p in found.places):
            return ""
        return found.line.string[title.place_start : title.start]

    def _by_place(self, found: Found, title: TitleHit) -> Seat | None:
        """石庙村村支书, 村主任: of the place right before the title, or of what a level word means."""
        level = self._level_before(found, title)
        ends = (title.start, title.start - len(level)) if level in LEVELS or level == "村" else (title.start,)
        last = found.line.string[title.start - 1 : title.start]

        def is_behind(place: PlaceHit) -> bool:
            """铁鹅村|支部书记, 铁鹅村|村|支部书记."""
            return place.end in ends or (place.end + 1 == title.start and place.name[-1] == last)

        place = next((p for p in found.places if p.governs and is_behind(p)), None)
        if place is not None and (seat := self._of_place(place, title)) is not None:
            return seat
        if level in ("村", "社区", "居民区", "街道", "镇", "乡") and not title.row.organ:
            path = self.resolver.paths.of_level(level, found.sentence.index, title.start)
            if path is not None:
                name = path.rpartition("/")[2]
                category = {"村": "village", "街道": "subdistrict", "镇": "town", "乡": "town"}.get(level, "community")
                spot = PlaceHit(title.start, title.start, name, category, False, False)
                if (seat := self._of_place(spot, title)) is not None:
                    return seat
        return None

    def _of_place(self, place: PlaceHit, title: TitleHit) -> Seat | None:
        """安家社区网格长 · 枫林居民区党总支书记: the community is an agency, its party branch another; 德城区副书记."""
        agencies = self.resolver.agencies
        if place.category in CATEGORY_LEVELS and place.category not in _LOCAL:
            path = self.resolver.paths.of_chain((place.name,)) if title.row.title in _COMMITTEE_SEATS else None
            own = agencies.organ(self.resolver.lexicon.agency_forms["委"][0], path) if path else None
            return Seat(title.text, own, own) if own else None
        for word in self._party_units():
            if title.text.startswith((word, "原" + word)) and title.text != word:
                branches = (place.name + word, f"{place.name}党{word}")
                named = {a for a in self.agencies.values() if a.name.endswith(branches)}
                entity = named.pop() if len(named) == 1 else agencies.unit_of_place(place.name, place.category, word)
                return Seat(_as_printed(title.text, word), entity, entity)  # 青石镇原党委书记, as printed
        head = title.text.removeprefix("村")
        if place.category == "village" and head in self.resolver.lexicon.words("branch_head"):
            branch = agencies.unit_of_place(place.name, place.category, "党支部")
            return Seat(head, branch, branch)  # 石庙村|村支书
        if place.category == "zone":
            zone = agencies.committee_of_zone(place.name) if title.row.title in _COMMITTEE_HEADS else None
            return Seat(title.text, zone, zone) if zone else None
        body = agencies.of_place(place.name, place.category)
        return Seat(title.text, body, body)

    def _of_department(self, base: Entity, title: TitleHit) -> Seat | None:
        """市委常委、宣传部长; 县委常委、政法委书记: the head of a department of the body that was just named."""
        lexicon, text = self.resolver.lexicon, title.text
        cuts = ((text[:-1], text[-2:]), *((text[:n], text[n:]) for n in range(2, len(text) - 1)))
        for form, head in cuts:
            for row in lexicon.agency_forms.get(form, ()) if head in lexicon.titles else ():
                above = [
                    r
                    for form in (row.parent, row.parent.replace("委", "党委"))
                    for r in lexicon.agency_forms.get(form, ())
                ]
                stem = base.within.rpartition("/")[2]
                if stem and any(one.canonical.replace("{place}", stem) == base.name for one in above):
                    department = self.resolver.agencies.organ(row, base.within)
                    return Seat(head, department, base)
        return None

    def _of_party_unit(self, sentence: int, title: TitleHit) -> Seat | None:
        """村支部书记 where the article named one party branch: its secretary."""
        for word in self._party_units():
            if title.text.startswith(word) and title.text != word:
                named = {a for k, a in self.agencies.items() if k[0] <= sentence and a.name.endswith(word)}
                branch = named.pop() if len(named) == 1 else None
                if branch is None:
                    return None
                base = replace(
                    branch, name=branch.name.removesuffix("党组")
                )  # 党组副书记、副主席: vice-chair of the house
                return Seat(_as_printed(title.text, word), branch, base, leans=True)
        return None

    def _of_town(self, found: Found, title: TitleHit) -> Seat | None:
        """该镇党委书记, and 党委书记, 人大主席 in a report of one town."""
        agencies, forms = self.resolver.agencies, self.resolver.lexicon.agency_forms
        congress = is_congress_head(found, title)
        form = "人大" if congress else "党委" if title.text.startswith("党委") else ""
        path = self.houses.town(found, title.start - 2 * congress) if form else None
        own = agencies.organ(forms[form][0], path) if path else None
        return Seat(title.text, own, own, leans=True) if own else None

    def _of_only_conference(self, found: Found, title: TitleHit) -> Seat | None:
        """委员程宇介绍, where the article names one conference and no other council."""
        things = self.resolver.notes.things
        named = {a for a in self.agencies.values() if a in things and things[a].category in ("cppcc", "congress")}
        alone = title.row.title == "委员" and title.text == "委员" and is_bare(found, title.start) and len(named) == 1
        own = named.pop() if alone else None
        return Seat(title.text, own, own, leans=True) if own and own.name.endswith("政协") else None

    def _of_house(self, found: Found, title: TitleHit) -> Seat | None:
        """校长程宇, 公司党委书记程宇: of the house that the article named for such a title."""
        house = self._earlier(found, title)
        if house is None:
            return None
        printed = replace(title, text=self.houses.party_unit(found, title) + title.text)
        return replace(self._in(house, printed), leans=True)

    def _earlier(self, found: Found, title: TitleHit) -> Entity | None:
        """A bare 副主任 belongs to the agency whose 主任 the sentence named, a bare 局长 to the last 局 named."""
        if (house := self.houses.by_word(found, title)) is not None:
            return house
        root = title.row.title
        for index, seat in reversed(self.read) if is_bare(found, title.start) else ():  # no 绿泉平台总经理
            if (
                index == found.sentence.index
                and seat.base is not None
                and (seat.title.endswith(root) or root in ("秘书长", "副秘书长", "委员"))
            ):
                return seat.base
        return self.houses.of(found, title)

    def _in(self, agency: Entity, title: TitleHit) -> Seat:
        """党组书记 of an agency sits in its 党组; every other title, a rank before all, in the agency itself."""
        for word in _PARTY_BODIES:
            if title.row.kind == "rank" and title.text.startswith(word):
                return Seat(title.text.removeprefix(word), agency, agency)  # 市教育局|党委二级巡视员
            if title.text.startswith((word, "原" + word)):
                form = word if title.text.endswith("书记") else ""  # 党组成员 speaks of no 党组
                return Seat(title.text, self.resolver.agencies.party_group(agency, word, form), agency)
        room = next((r for r in self.resolver.lexicon.words("titled_room") if title.text.startswith(r)), "")
        if room and title.text != room:
            unit = self.resolver.agencies.unit(agency, room)
            return Seat(title.text.removeprefix(room), unit, agency)  # 检察院|政治部主任
        return Seat(title.text, agency, agency)


def is_congress_head(found: Found, title: TitleHit) -> bool:
    """人大|主席, 人大|副主席: of a town's congress that is not named."""
    return title.row.title == "主席" and title.agency is None and found.line.string.endswith("人大", 0, title.start)


def _as_printed(title: str, unit: str) -> str:
    """党支部|书记 keeps its unit as 党组|副书记 does, 党支部|副书记 leaves it to the agency."""
    return title if title == unit + "书记" or unit == "党组" else title.removeprefix(unit)


def is_partys(title: TitleHit) -> bool:
    """党委副书记, 党组成员: a seat in the party's body of a house."""
    return title.text.startswith(_PARTY_BODIES)

"""Who holds which post: the titles printed beside a name, each with the agency it belongs to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from kg.facts.units import court_of, police_unit
from kg.mentions import AgencyHit, Found, PersonGroup, PlaceHit, TitleHit
from kg.mentions.dates import PrintedDate
from kg.model import Entity, Evidence, Post
from kg.resolve import Resolver
from kg.resolve.paths import CATEGORY_LEVELS, LEVELS

_PARTY_BODIES = ("党组", "党委", "党工委")
_LONGEST_JOINT = 2  # 、兼
_LOCAL = frozenset({"town", "subdistrict", "village", "community"})
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
class PostReader:
    """Reads the posts of one article, sentence by sentence; later sentences may lean on earlier ones."""

    resolver: Resolver
    agencies: dict[tuple[int, int], Entity]
    seats: list[tuple[int, Seat]] = field(default_factory=list)

    def read(self, found: Found) -> Iterator[tuple[PersonGroup, list[Seat]]]:
        """Each group of names of a sentence with the seats its titles name."""
        before: tuple[int, Seat | None] = (-1, None)
        for group in sorted(found.groups, key=lambda g: g.names[0].start):
            near = bool(group.titles) and found.line.string[before[0] : group.titles[0].begin] in (
                "、",
                "和",
                ",",
                "及",
            )
            seats = self._seats(found, group, before[1] if near else None)
            if seats:
                before = (group.names[-1].end, seats[-1])
            self.seats += [(found.sentence.index, s) for s in seats]
            yield group, seats

    def _seats(self, found: Found, group: PersonGroup, before: Seat | None) -> list[Seat]:
        """The seats of a group's titles; a first title without an agency may lean on the group right before."""
        seats: list[Seat] = []
        end = -1
        for title in group.titles:
            unread = 0 <= end < title.begin - _LONGEST_JOINT
            end = title.end
            bound = title.agency is not None and title.row.title in self.resolver.lexicon.words("person_post")
            if title.row.kind in ("honorific", "person") and not bound:
                continue
            if unread and title.agency is None and not title.row.organ:
                seats.append(
                    Seat(title.text, None, None)
                )  # 全国政协主席、中央|代表团团长: of an organ that was not read
                continue
            agency = title.agency or (group.agency if title.row.kind in ("trade", "post") else None)
            council = self._council(found, title) if agency is None and group.rule == "person.before_title" else None
            last = seats[-1] if seats else before if title.row.kind != "trade" else None
            seat = council or self._seat(found, title, agency, last)
            seats.append(seat)
        return seats

    def _seat(self, found: Found, title: TitleHit, agency: AgencyHit | None, before: Seat | None) -> Seat:
        sentence = found.sentence.index
        if title.row.title in self.resolver.lexicon.words("title_without_agency"):
            return Seat(title.text, None, None)
        if agency is not None:
            entity = self.agencies[(sentence, agency.start)]
            for word in _PARTY_BODIES:
                # 市公安局党委委员, but 青石镇党委委员: a form of its own is an organ of its place.
                listed = agency.core == word or (agency.form is not None and word != "党组")
                if agency.core.endswith(word) and not listed:
                    whole = Entity(entity.kind, entity.name.removesuffix(word), entity.within)
                    return Seat(word + title.text, entity, whole)
            return self._in(entity, title)
        if (own := self._by_organ(found, title, before)) is not None:
            return Seat(title.text, own, own)
        level = self._level_before(found, title)
        ends = (title.start, title.start - len(level)) if level in LEVELS or level == "村" else (title.start,)
        place = next((p for p in found.places if p.end in ends and p.governs), None)  # 铁鹅村|村|支部书记
        if place is not None and (seat := self._of_place(place, title)) is not None:
            return seat
        if level in ("村", "社区", "居民区", "街道", "镇", "乡") and not title.row.organ:
            path = self.resolver.paths.of_level(level, sentence, title.start)
            if path is not None:
                name = path.rpartition("/")[2]
                category = {"村": "village", "街道": "subdistrict", "镇": "town", "乡": "town"}.get(level, "community")
                spot = PlaceHit(title.start, title.start, name, category, False, False)
                if (seat := self._of_place(spot, title)) is not None:
                    return seat
        if title.row.title.startswith("村") and before is not None:
            return Seat(title.text, None, None)  # 村支部副书记A、村主任B: of the village, not of its branch
        if before is not None and before.base is not None:
            return self._of_department(before.base, title) or self._in(before.base, title)
        if title.row.kind == "trade":
            return Seat(title.text, None, None)
        if (seat := self._of_party_unit(sentence, title)) is not None:
            return seat
        base = self._earlier(sentence, title)
        return replace(self._in(base, title), leans=True) if base else Seat(title.text, None, None)

    def _of_party_unit(self, sentence: int, title: TitleHit) -> Seat | None:
        """村支部书记 where the article named one party branch: its secretary."""
        for word in sorted(self.resolver.lexicon.words("party_unit"), key=len, reverse=True):
            if title.text.startswith(word) and title.text != word:
                named = {a for k, a in self.agencies.items() if k[0] <= sentence and a.name.endswith(word)}
                branch = named.pop() if len(named) == 1 else None
                return Seat(title.text.removeprefix(word), branch, branch, leans=True) if branch else None
        return None

    def _of_department(self, base: Entity, title: TitleHit) -> Seat | None:
        """市委常委、宣传部长; 县委常委、政法委书记: the head of a department of the body that was just named."""
        lexicon, text = self.resolver.lexicon, title.text
        cuts = ((text[:-1], text[-2:]), *((text[:n], text[n:]) for n in range(2, len(text) - 1)))
        for form, head in cuts:
            for row in lexicon.agency_forms.get(form, ()) if head in lexicon.titles else ():
                above = lexicon.agency_forms.get(row.parent, ())
                stem = base.within.rpartition("/")[2]
                if stem and any(one.canonical.replace("{place}", stem) == base.name for one in above):
                    department = self.resolver.agencies.organ(row, base.within)
                    return Seat(head, department, base)
        return None

    def _council(self, found: Found, title: TitleHit) -> Seat | None:
        """郑旸委员建议: a member of the conference or congress that the article named last."""
        ends = _COUNCILS.get(title.row.title)
        if ends is None:
            return None
        spans = sorted((k for k in self.agencies if k <= (found.sentence.index, title.start)), reverse=True)
        council = next((self.agencies[k] for k in spans if self.agencies[k].name.endswith(ends)), None)
        return Seat(title.text, council, council, leans=True) if council else None

    def _of_place(self, place: PlaceHit, title: TitleHit) -> Seat | None:
        """安家社区网格长 · 枫林居民区党总支书记: the community is an agency, its party branch another; 德城区副书记."""
        agencies = self.resolver.agencies
        if place.category in CATEGORY_LEVELS and place.category not in _LOCAL:
            path = self.resolver.paths.of_chain((place.name,)) if title.row.title in _COMMITTEE_SEATS else None
            own = agencies.organ(self.resolver.lexicon.agency_forms["委"][0], path) if path else None
            return Seat(title.text, own, own) if own else None
        for word in sorted(self.resolver.lexicon.words("party_unit"), key=len, reverse=True):
            if title.text.startswith(word) and len(title.text) > len(word):
                entity = agencies.unit_of_place(place.name, word)
                return Seat(title.text.removeprefix(word), entity, entity)
        if place.category == "zone":
            zone = agencies.committee_of_zone(place.name) if title.row.title == "主任" else None
            return Seat(title.text, zone, zone) if zone else None
        body = agencies.of_place(place.name, place.category)
        return Seat(title.text, body, body)

    def _in(self, agency: Entity, title: TitleHit) -> Seat:
        """党组书记 of an agency sits in its 党组; every other title in the agency itself."""
        for word in _PARTY_BODIES:
            if title.text.startswith((word, "原" + word)):
                form = word if title.text.endswith("书记") else ""  # 党组成员 speaks of no 党组
                return Seat(title.text, self.resolver.agencies.party_group(agency, word, form), agency)
        return Seat(title.text, agency, agency)

    @staticmethod
    def _level_before(found: Found, title: TitleHit) -> str:
        """自治区 of 自治区副主席."""
        if title.place_start is None or any(p.start == title.place_start for p in found.places):
            return ""
        return found.line.string[title.place_start : title.start]

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
        else:
            path = self.resolver.paths.of_level(level, found.sentence.index, title.start)
        if path is None:
            return self.resolver.agencies.left_open(level + "政府")
        return self.resolver.agencies.organ(lexicon.agency_forms[organ][0], path)

    def _earlier(self, sentence: int, title: TitleHit) -> Entity | None:
        """A bare 副主任 belongs to the agency whose 主任 the sentence named, a bare 局长 to the last 局 named."""
        root = title.row.title
        if root in self.resolver.lexicon.words("police_title"):
            return police_unit({agency for k, agency in self.agencies.items() if k[0] <= sentence})
        if root in self.resolver.lexicon.words("court_role"):
            return court_of(root, {k: a for k, a in self.agencies.items() if k < (sentence, title.start)})
        for index, seat in reversed(self.seats):
            if (
                index == sentence
                and seat.base is not None
                and (seat.title.endswith(root) or root in ("秘书长", "副秘书长", "委员"))
            ):
                return seat.base
        if root.endswith("长") and len(root) >= 2:
            kind = root[-2]
            spans = sorted(k for k in self.agencies if k[0] <= sentence)
            fitting = [
                self.agencies[k]
                for k in spans
                if self.agencies[k].name.endswith(kind) or (kind == "院" and self.agencies[k].name.endswith("医院"))
            ]
            if fitting and kind in "局厅院校所站队处科馆行厂社台团":
                often = Counter(fitting).most_common(2)
                return often[0][0] if len(often) == 1 or often[0][1] > often[1][1] else fitting[-1]
        return self._association() if root in self.resolver.lexicon.words("association_title") else None

    def _association(self) -> Entity | None:
        """A bare 会长 or 监事长 is of the one chamber or society of a place that the article names, 暖心商会 aside."""
        things = self.resolver.notes.things
        named = {agency for agency in self.agencies.values() if agency in things}
        societies = {agency for agency in named if things[agency].category == "association"}
        places = self.resolver.lexicon.places_by_name
        local = {agency for agency in societies if any(agency.name[:n] in places for n in range(2, 6))}
        return local.pop() if len(local) == 1 else None


def without_guesses(read: list[tuple[Found, PersonGroup, list[Seat]]]) -> list[tuple[Found, PersonGroup, list[Seat]]]:
    """周强院长 where the article says of which court he is: a seat that leans gives way to one that stands firm."""
    firm = {
        (name.name, seat.title)
        for _, group, seats in read
        for name in group.names
        for seat in seats
        if seat.agency and not seat.leans
    }
    return [
        (f, group, [s for s in seats if not s.leans or any((n.name, s.title) not in firm for n in group.names)])
        for f, group, seats in read
    ]


def posts_of(
    found: Found, group: PersonGroup, seats: list[Seat], persons: dict[str, Entity], evidence: Evidence
) -> Iterator[Post]:
    """Every name of a group holds every seat of it, seen on the sentence's own day or else on the issue's."""
    change = _change(found, group)
    printed = _exact_day(found, group)
    day = printed if change else printed or found.sentence.article.issue.date
    for name in group.names:
        for seat in seats:
            yield Post(persons[name.name], seat.title, seat.agency, day, evidence, f"post.{group.rule}", change)


def _change(found: Found, group: PersonGroup) -> str | None:
    """任命 and 当选 begin a post, 免去 and 辞去 end one."""
    verb = group.rule.rpartition("person.appointed.")[2] if group.rule.startswith("person.appointed.") else ""
    if not verb:
        return None
    after = found.line.string[group.names[-1].end :][:3]
    ends = verb in found.line.lexicon.words("removal_verb") or "辞去" in after
    return "removed" if ends else "appointed"


def _exact_day(found: Found, group: PersonGroup) -> date | None:
    """The one day that the sentence gives before the names, not later than the issue."""
    issue = found.sentence.article.issue.date
    for mention in reversed([d for d in found.dates if d.end <= group.names[0].start or group.names[0].start < 0]):
        when = mention.value.when if isinstance(mention.value, PrintedDate) else None
        if when is not None and when.begin == when.end and (issue is None or when.begin <= issue):
            return when.begin
    return None

"""Where a place is: level words, namesakes and townships resolved against the masthead and what the article names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from kg.lexicon import Lexicon, PlaceRow
from kg.mentions import Found, paths_above, place_counts
from kg.model import Article, is_within

# 市 stands one level below 省, 县 and 区 below 市, and so on.
_LEVEL_WORDS = (
    ("省", "自治区"),
    ("市", "州", "自治州", "盟", "地区"),
    ("县", "区", "旗", "自治县", "新区"),
    ("镇", "乡", "街道"),
)
_BY_WORD = {"省": "province", "自治区": "autonomous_region"}
LEVELS = {word: level for level, words in enumerate(_LEVEL_WORDS) for word in words} | {"村": 4, "社区": 4, "居民区": 4}
LEVEL_NAMES = ("province", "city", "county", "town", "village")
_CATEGORIES = (
    ("province", "municipality", "autonomous_region", "sar"),
    ("city", "prefecture", "league", "autonomous_prefecture"),
    ("county", "county_city", "district", "banner", "special"),
    ("town", "subdistrict"),
    ("village", "community"),
)
CATEGORY_LEVELS = {category: level for level, names in enumerate(_CATEGORIES) for category in names}

# Without a masthead the place that a page names above all others is taken for its own; this much above the next.
_ABOVE_ALL = 1.5

# 清河至青石高速公路 names the two places that the road joins.
_JOINT = re.compile(r"([\u4e00-\u9fff]{2,8}?)[至到][\u4e00-\u9fff]{2}")

_TO_US = re.compile(r"(?:来|到|赴|抵|莅临)我[省市县区州旗盟]")


_LEFT_FOR = ("赴", "前往")
_BETWEEN = frozenset("、,;和及与暨")  # what parts the officials of a list
_OF_MANY = frozenset(
    {"常委", "委员", "党组成员", "主任", "局长", "处长", "科长"}
)  # titles that several of a list may bear


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that the article names: where, at what level, and its path if it is certain."""

    sentence: int
    start: int
    level: int
    path: str
    name: str


class Paths:
    """The paths of one article's places."""

    def __init__(self, article: Article, lexicon: Lexicon, found: tuple[Found, ...]) -> None:
        self.lexicon = lexicon
        self.home = article.issue.city or ""
        self._article, self._found = article, found
        self._around = paths_above(self.home)

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        """The administrative places of the article in reading order, agencies' prefixes included, but no firm's."""
        spots = []
        for f in self._found:
            names = [(p.start, p.name, p.category) for p in f.places if p.category in CATEGORY_LEVELS]
            names += [(p.start, m[1], "") for p in f.places if p.category == "road" and (m := _JOINT.match(p.name))]
            names += [
                (a.start, n, _town_category(n)) for a in f.agencies if a.category != "company" for n in a.prefix_places
            ]
            for start, name, category in sorted(names):
                rows = self.rows(name)
                for row in rows:
                    spots.append(Spot(f.sentence.index, start, CATEGORY_LEVELS[row.category], row.path, name))
                if not rows and category:
                    spots.append(Spot(f.sentence.index, start, CATEGORY_LEVELS[category], "", name))
        return tuple(spots)

    @cached_property
    def _guests(self) -> frozenset[str]:
        """青石市考察团来我市: the places of those who come to the writer's own, where no masthead names it."""
        comes = {f.sentence.index: m.start() for f in self._found if (m := _TO_US.search(f.line.string))}
        return frozenset(s.path for s in self.spots if s.path and s.start < comes.get(s.sentence, 0) and not self.home)

    @cached_property
    def site_names(self) -> frozenset[str]:
        """The names of the article's sites: parks, zones, stations, roads."""
        return frozenset(p.name for f in self._found for p in f.places if p.category not in CATEGORY_LEVELS)

    def rows(self, name: str) -> tuple[PlaceRow, ...]:
        """The gazetteer's places of this name that fit the paper; several where it cannot tell."""
        rows = self.lexicon.places_by_name.get(name, ())
        full = tuple(r for r in rows if r.name == name) or rows
        if len(full) < 2:
            return full
        above = [r for r in full if r.path in self._around]
        beside = [r for r in full if self.home and r.within in self._around]
        if near := above or beside:
            return (max(near, key=lambda r: (r.path.count("/"), r.path)),)
        high = [r for r in full if r.within.count("/") < 1 and CATEGORY_LEVELS[r.category] < 2]
        return (high[0],) if len(high) == 1 else full

    def whole_name(self, path: str) -> str:
        """The name at a path's end as its organs bear it; 阳泉市郊区 where it alone would be any city's, 大理州."""
        within, _, name = path.rpartition("/")
        row = self.lexicon.places_by_path.get(path)
        if row and row.category == "autonomous_prefecture" and row.short:
            return row.short.removesuffix("州") + "州"
        generic = path in self.lexicon.places_by_path and name in self.lexicon.words("place_generic")
        return within.rpartition("/")[2] + name if generic else name

    # ── level words ────────────────────────────────────────────────────────────────────────────────────────────

    def of_level(self, word: str, sentence: int, position: int) -> str | None:
        """The place that 市, 区 or 省 means here, None where the article leaves it open."""
        level = LEVELS[word]
        if (listed := self._of_officials(word, sentence, position)) is not None:
            return listed
        if level < 3 and (own := self._own(word, level)) is not None:
            return own
        fitting = [
            (s, path)
            for s in self.spots
            if s.path not in self._guests and (path := self._at_level(s, word, level)) is not None
        ]
        if not self.home:
            fitting = [(s, path) for s, path in fitting if s.path != path or path not in self._gone_to] or fitting
        if self.home or level > 2:
            before = [path for s, path in fitting if (s.sentence, s.start) < (sentence, position)]
            names = {path for _, path in fitting}
            return before[-1] if before else names.pop() if len(names) == 1 else None
        named = Counter(path for _, path in fitting)
        ranked = (named or self._page_counts(word, level)).most_common(2)
        if ranked and (len(ranked) == 1 or ranked[0][1] >= _ABOVE_ALL * ranked[1][1]):
            return ranked[0][0]
        return None

    def _of_officials(self, word: str, sentence: int, position: int) -> str | None:
        """青石市委书记A,市长B、市委副书记C: what 市 means in a list of officials that one of a named city opens."""
        found, houses = self._by_index.get(sentence), self._named_houses.get(sentence, ())
        before = [n for n in houses if n[0] < position and n[1].rpartition("/")[2].endswith(word)]
        if found is None or not before:
            return None
        start, path = before[-1]
        taken = {k for a, b in _official_spans(found) for k in range(a, b)}
        run = start
        while run and (run - 1 in taken or found.line.string[run - 1] == "、"):
            run -= 1
        ours = any(run <= a.start < start and a.prefix == word and not a.prefix_places for a in found.agencies)
        if ours or any(k not in taken and found.line.string[k] not in _BETWEEN for k in range(start, position)):
            return None  # 市委常委、慈溪市委书记A,市委秘书长B: 慈溪 has only A
        return path

    @cached_property
    def _by_index(self) -> dict[int, Found]:
        return {f.sentence.index: f for f in self._found}

    @cached_property
    def _named_houses(self) -> dict[int, tuple[tuple[int, str], ...]]:
        """Where each sentence names the place of an organ or of an office in full, and which: 青石市委, 青石市市长."""
        return {f.sentence.index: tuple(self._houses_of(f)) for f in self._found}

    def _houses_of(self, found: Found) -> Iterator[tuple[int, str]]:
        heads = {t.place_start for t in found.titles}
        named: list[tuple[int, tuple[str, ...]]] = [
            (p.start, (p.name,)) for p in found.places if p.known and p.start in heads
        ]
        named += [(a.start, a.prefix_places) for a in found.agencies if a.prefix_places]
        for start, places in sorted(named):
            if (path := self.of_chain(places)) is not None:
                yield start, path

    @cached_property
    def _gone_to(self) -> frozenset[str]:
        """赴青石市考察: the places that somebody went to, which are not the writer's own."""
        return frozenset(
            s.path
            for s in self.spots
            if s.path and self._by_index[s.sentence].line.string[: s.start].endswith(_LEFT_FOR)
        )

    def named_last(self, word: str, sentence: int, position: int) -> str | None:
        """The place that 该县 means: the county named last, whosever it is; None where none was."""
        before = [s for s in self.spots if (s.sentence, s.start) < (sentence, position)]
        named = (self._at_level(s, word, LEVELS[word]) for s in reversed(before))
        return next((path for path in named if path is not None), None)

    def _own(self, word: str, level: int) -> str | None:
        """The level's place among those that contain the paper's city."""
        for path in sorted(self._around, key=len, reverse=True):
            row = self.lexicon.places_by_path[path]
            if CATEGORY_LEVELS[row.category] == level and (
                word not in ("市", "县", "区", "旗", "地区") or row.name.endswith(word)
            ):
                return path
            if word == "市" and (
                row.category == "municipality" or (row.category == "county_city" and path == self.home)
            ):
                return path
        return None

    def _page_counts(self, word: str, level: int) -> Counter[str]:
        """How often the page names each place of a level; what lies in a place counts for it."""
        counts: Counter[str] = Counter()
        for name, times in place_counts(self._article.page.plain, self.lexicon).items():
            rows = self.rows(name)
            if len(rows) == 1 and rows[0].path in self._guests:
                continue
            if len(rows) == 1:
                spot = Spot(0, 0, CATEGORY_LEVELS[rows[0].category], rows[0].path, name)
                if (path := self._at_level(spot, word, level)) is not None:
                    counts[path] += times
            elif {(r.name, CATEGORY_LEVELS[r.category]) for r in rows} == {(rows[0].name, level)}:
                # 宝山区 is in two provinces: which is left open, its name is not.
                counts[rows[0].name] += times * rows[0].name.endswith(word)
        return +counts

    def _at_level(self, spot: Spot, word: str, level: int) -> str | None:
        """The place itself, or what contains it, at a level; an unlisted town by its name under what contains it."""
        if spot.path.partition("/")[0] in self.lexicon.words("place_never_ours"):
            return None  # 省委 beside guests from 台湾
        if not spot.path and spot.level == level:
            return self.of_town(spot.name) if spot.name.endswith(word) else None
        for path in sorted(paths_above(spot.path or self._only_county(spot.name)), key=len, reverse=True):
            row = self.lexicon.places_by_path[path]
            named_so = row.name.endswith(word) or row.category == _BY_WORD.get(word)
            as_city = word == "市" and row.category in ("municipality", "county_city", "city")
            if named_so and (CATEGORY_LEVELS[row.category] == level or as_city):
                return row.path
        return None

    def _only_county(self, town: str) -> str:
        """到青天乡调研: where no masthead says whose paper it is, the one county that has a town so called."""
        counties = () if self.home else self.lexicon.counties_by_township.get(town, ())
        return counties[0] if len(counties) == 1 else ""

    # ── names ──────────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def _printed_towns(self) -> dict[str, str]:
        """The towns that are printed right behind their county, and behind one only: 定海区解放街道."""
        seen: dict[str, set[str]] = {}
        for f in self._found:
            pairs = [(a.name, b.name) for a, b in pairwise(f.places) if a.known and b.chained and a.end == b.start]
            pairs += [names for a in f.agencies for names in pairwise(a.prefix_places)]
            for area, name in pairs:
                path = (
                    self.of_chain((area,)) if _town_category(name) and area in self.lexicon.full_place_names else None
                )
                seen.setdefault(name, set()).update([f"{path}/{name}"] if path else [])
        return {name: paths.pop() for name, paths in seen.items() if len(paths) == 1}

    def town_called(self, name: str) -> str | None:
        """黄石, where 荔城区黄石镇 is printed: the town that a far city's short name stands for, if it is one."""
        if name in self.lexicon.full_place_names or not self._printed_towns:
            return None
        towns = [
            path
            for town, path in self._printed_towns.items()
            if town[: len(name)] == name and _town_category(town[len(name) :])
        ]
        others = [s.path for s in self.spots if s.path and s.name != name]
        rows = self.lexicon.places_by_name.get(name, ())
        far = not any(is_within(path, row.within) for path in (self.home, *others) if path for row in rows)
        return towns[0] if len(towns) == 1 and far else None

    def is_at_hand(self, row: PlaceRow) -> bool:
        """Whether the paper, or something that the article names, lies in the place or right beside it."""
        return any(is_within(path, row.within) for path in (self.home, *(s.path for s in self.spots)) if path)

    def of_town(self, name: str) -> str:
        """渭津镇 → 吉林省/辽源市/东辽县/渭津镇, if the townships of the article or paper have one."""
        if (printed := self._printed_towns.get(name)) is not None:
            return printed
        counties = self.lexicon.counties_by_township.get(name, ())
        named = {s.path for s in self.spots if s.path and s.level == 2}
        inside = [c for c in counties if self.home and (c == self.home or c.startswith(self.home + "/"))]
        only = list(counties) if not self.home else []
        for fits in ([c for c in counties if c in named], inside, only):
            if len(fits) == 1:
                return f"{fits[0]}/{name}"
        return f"{self.home}/{name}" if self.home else name

    def of_chain(self, names: tuple[str, ...]) -> str | None:
        """陕西省 + 西安市 → 陕西省/西安市; the last name decides, the others choose between its namesakes."""
        if not names:
            return None
        if len(names) == 1 and (town := self.town_called(names[0])):
            return town  # 东城中心小学 beside 四会市东城街道
        above = self.of_chain(names[:-1])
        rows = self.lexicon.places_by_name.get(names[-1], ())
        if not rows:
            return f"{above}/{names[-1]}" if above else self.of_town(names[-1])
        inside = [r for r in rows if above and r.path.startswith(above)] or list(self.rows(names[-1]))
        if len(inside) > 1:
            named = {s.path for s in self.spots if s.path and s.name != names[-1]}
            inside = [r for r in inside if r.within in named] or inside
        return inside[0].path if len(inside) == 1 else None


def _official_spans(found: Found) -> Iterator[tuple[int, int]]:
    """Where a sentence names offices and people."""
    yield from ((t.begin, t.end) for t in found.titles)
    yield from ((n.start, n.end) for n in found.names)
    yield from ((a.start, a.end) for a in found.agencies)


def _town_category(name: str) -> str:
    """What a name that the gazetteer lacks must be, by its last word, to stand before an organ."""
    return "subdistrict" if name.endswith("街道") else "town" if name.endswith(("镇", "乡")) else ""

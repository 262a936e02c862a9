"""What an article names: dates, documents, places, agencies, titles and people, where they overlap settled once."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from kg.lexicon import Lexicon
from kg.mentions.agencies import AgencyHit
from kg.mentions.agency_aliases import with_short_names, without_nameless
from kg.mentions.dates import find_dates
from kg.mentions.documents import find_documents
from kg.mentions.line import Line
from kg.mentions.minor_parties import with_minor_parties
from kg.mentions.misread import proven_misreadings
from kg.mentions.persons import LineContext, NameHit, PersonGroup, find_people
from kg.mentions.place_tours import tour_items
from kg.mentions.place_whole import with_whole_names
from kg.mentions.places import PlaceHit, place_counts
from kg.mentions.settle import places_and_agencies, spans_of
from kg.mentions.titles import TitleHit, find_titles
from kg.mentions.wards import with_wards
from kg.model import Article, Mention, Part, Sentence

__all__ = [
    "AgencyHit",
    "Found",
    "Line",
    "NameHit",
    "PersonGroup",
    "PlaceHit",
    "TitleHit",
    "find_mentions",
    "paths_above",
    "place_counts",
    "proven_misreadings",
]


# Natural features and roads whose names look like people's: 秦长江, 赵晓峰, 郑一桥.
_LIKE_NAMES = frozenset({"water", "land", "road", "weak", "village", "facility"})
_GIVEN = 2  # characters of a given name
_SERIES = re.compile(r"系列(?:报道|评论|谈|访谈|述评)?(?:之|[(])")


@dataclass(frozen=True, slots=True)
class Found:
    """What one sentence names, before it is known which thing each name is."""

    line: Line
    dates: tuple[Mention, ...]
    documents: tuple[Mention, ...]
    places: tuple[PlaceHit, ...]
    agencies: tuple[AgencyHit, ...]
    titles: tuple[TitleHit, ...]
    names: tuple[NameHit, ...]
    groups: tuple[PersonGroup, ...]

    @property
    def sentence(self) -> Sentence:
        """The sentence itself."""
        return self.line.sentence


def paths_above(path: str | None) -> frozenset[str]:
    """吉林省/辽源市 → 吉林省, 吉林省/辽源市."""
    parts = path.split("/") if path else []
    return frozenset("/".join(parts[: i + 1]) for i in range(len(parts)))


def _may_be_name(line: Line, place: PlaceHit) -> bool:
    """吕江, 丁哲峰: a short name with a surname is a person's where one stands, unless somebody went there."""
    if len(place.name) > 3 or place.category not in _LIKE_NAMES or place.name[0] not in line.lexicon.surnames:
        return False
    return not any(line.string[: place.start].endswith(w) for w in line.lexicon.words("place_introducer"))


def _firm_places(line: Line, places: list[PlaceHit], titles: list[TitleHit]) -> list[PlaceHit]:
    """The places that no person's name may share a character with."""
    headed = {t.end for t in titles if t.row.kind == "post" and (t.agency or t.row.organ)}
    begun = {t.start - 1 for t in titles if t.place_start is None}
    ends = {t.end for t in titles if t.row.kind == "post"}
    stops = tour_items(line)

    heads = {t.start for t in titles if t.row.title.endswith(tuple(line.lexicon.words("village_head")))}

    def is_firm(place: PlaceHit) -> bool:
        if (place.start, place.end) in stops:
            return True  # 到黄石寨、金鞭溪、袁家界等景点
        if place.category == "village" and heads & {place.end, place.end + 1}:
            return True  # 石庙村|村支书, 石庙村|支部书记
        if any(t.start < place.start < t.end for t in titles):
            return False  # 董事长|江宇 holds no 长江
        if _may_be_name(line, place):
            return False
        if place.known:
            return place.name in line.lexicon.full_place_names
        if place.start - 1 in ends and len(place.name) == _GIVEN and place.category in _LIKE_NAMES:
            return line.string[place.start - 1] not in line.lexicon.surnames  # 副主任何|腾峰
        # 总经理曹若方向徐望江 holds no river, 眼科江玲主任 none called 眼科江.
        return place.start not in headed and (place.category not in _LIKE_NAMES or place.end not in begun)

    return [place for place in places if is_firm(place)]


def _firm_agencies(line: Line, agencies: list[AgencyHit], titles: list[TitleHit]) -> list[AgencyHit]:
    """The agencies that no person's name may share a character with: 副市长饶|清华 is of no university."""
    posts = {t.end for t in titles if t.row.kind == "post"}

    def may_be_given(a: AgencyHit) -> bool:
        short = a.end - a.start == _GIVEN and a.rule == "agency.national" and a.start - 1 in posts
        return short and line.string[a.start - 1] in line.lexicon.surnames

    return [a for a in agencies if not may_be_given(a)]


def _is_free(hit: PlaceHit | AgencyHit, names: list[NameHit]) -> bool:
    """Shares it no character with a person's name?"""
    return not any(n.start < hit.end and hit.start < n.end for n in names)


def _series(line: Line) -> list[tuple[int, int]]:
    """走遍辽源、绘美辽源系列报道之五: a series' name mentions nothing."""
    match = _SERIES.search(line.string) if line.sentence.part is not Part.BODY else None
    return [(0, match.end())] if match else []


def find_mentions(article: Article, sentences: tuple[Sentence, ...], lexicon: Lexicon) -> tuple[Found, ...]:
    """All that an article names, sentence by sentence."""
    lines = tuple(Line(sentence, lexicon) for sentence in sentences)
    near = paths_above(article.issue.city)
    misread = proven_misreadings(article.page.plain, article.issue.city or "", lexicon)
    dates: dict[int, list[Mention]] = defaultdict(list)
    for mention in find_dates(lines):
        dates[mention.sentence.index].append(mention)
    documented = [list(find_documents(line)) for line in lines]
    barred = [[*spans_of(d), *_series(line)] for d, line in zip(documented, lines, strict=True)]
    settled = [places_and_agencies(line, near, b, misread) for line, b in zip(lines, barred, strict=True)]
    named = without_nameless(lines, with_short_names(lines, [agencies for _, agencies in settled]))
    placed = with_whole_names(lines, [places for places, _ in settled])
    named = with_wards(lines, with_minor_parties(lines, placed, named))
    contexts, parts = [], []
    for line, documents, blocked, places, agencies in zip(lines, documented, barred, placed, named, strict=True):
        if any(a.short_for for a in agencies):
            places = [p for p in places if not any(a.start <= p.start and p.end <= a.end for a in agencies)]
        titles = find_titles(line, agencies, places)
        spans = [
            *blocked,
            *spans_of(_firm_places(line, places, titles)),
            *spans_of(_firm_agencies(line, agencies, titles)),
            *spans_of(dates[line.sentence.index]),
            *((t.start, t.end) for t in titles),
        ]
        contexts.append(LineContext(line, agencies, titles, frozenset(k for s, e in spans for k in range(s, e))))
        parts.append((documents, places, agencies, titles))
    names, groups = find_people(lexicon, contexts)
    parts = [
        (d, [p for p in ps if _is_free(p, own)], [a for a in agencies if _is_free(a, own)], t)
        for (d, ps, agencies, t), own in zip(parts, names, strict=True)
    ]
    days = [dates[line.sentence.index] for line in lines]
    lines = tuple(line.cut_at(k for n in own for k in (n.start, n.end)) for line, own in zip(lines, names, strict=True))
    columns = zip(lines, days, parts, names, groups, strict=True)
    return tuple(
        Found(line, tuple(day), tuple(d), tuple(p), tuple(a), tuple(t), tuple(own), tuple(grouped))
        for line, day, (d, p, a, t), own, grouped in columns
    )

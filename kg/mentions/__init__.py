"""What an article names: dates, documents, places, agencies, titles and people; overlap is settled here, once."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from kg.lexicon import Lexicon, PlaceRow
from kg.mentions.agencies import AgencyHit, find_agencies
from kg.mentions.agency_names import title_at
from kg.mentions.dates import find_dates
from kg.mentions.documents import find_documents
from kg.mentions.line import Line
from kg.mentions.misread import proven_misreadings
from kg.mentions.persons import LineContext, NameHit, PersonGroup, find_people
from kg.mentions.place_tours import find_stops
from kg.mentions.places import PlaceHit, find_known_places, find_named_places, is_clean, place_counts
from kg.mentions.titles import TitleHit, find_titles
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
_PUBLIC = frozenset({"institution", "community"})  # agencies that are places to those who visit them
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


def _spans(hits: list[PlaceHit] | list[AgencyHit] | list[Mention]) -> list[tuple[int, int]]:
    return [(h.start, h.end) for h in hits]


def _places_and_agencies(
    line: Line, near: frozenset[str], blocked: list[tuple[int, int]], misread: dict[str, PlaceRow]
) -> tuple[list[PlaceHit], list[AgencyHit]]:
    """Places first, since agencies begin with them; then places that are only part of an agency's name are let go."""
    known = [p for p in find_known_places(line, near, misread) if not _inside(p, blocked)]
    named = find_named_places(line, known, blocked)
    places = sorted([*known, *named], key=lambda p: (p.start, p.end))
    sites = {(n.start, n.end) for n in named if n.category == "facility"}
    # 县体育中心 is the county's site or its office: both finders see its level word.
    prefixes = [p for p in places if p.category != "facility" or p.name[0] not in line.lexicon.words("level")]
    agencies = [a for a in find_agencies(line, prefixes) if not _inside(a, blocked)]
    agencies = [a for a in agencies if (a.start, a.end) not in sites or title_at(line, a.end)]
    places = [p for p in places if not p.known or not any(n.start <= p.start and p.end <= n.end for n in named)]
    places += [r for r in _rooms(line, agencies) if (r.start, r.end) not in _spans(places)]
    spans = _spans(agencies)
    longer = [p for p in places if any(p.start <= s and e < p.end for s, e in spans)]
    agencies = [a for a in agencies if not any(p.start < a.start and a.end < p.end for p in longer)]
    spans = _spans(agencies)
    free = [p for p in places if p in longer or not any(s < p.end and p.start < e for s, e in spans)]
    visited = [a for a in agencies if _is_only_visited(line, a)]
    free += [PlaceHit(a.start, a.end, line.string[a.start : a.end], "facility", False, False) for a in visited]
    agencies = [a for a in agencies if a not in visited]
    stops = [s for s in find_stops(line, free, spans) if not _inside(s, blocked)]
    return sorted([*free, *stops], key=lambda p: (p.start, p.end)), agencies


def _is_only_visited(line: Line, agency: AgencyHit) -> bool:
    """查看了清河区电商服务中心: what serves the public is a place where one only goes there."""
    if agency.category not in _PUBLIC or agency.form is not None or agency.base is not None:
        return False
    if title_at(line, agency.end) or line.string[agency.end : agency.end + 1] in line.lexicon.words("place_kind_word"):
        return False
    head = line.string[: agency.start].removesuffix("了")
    clause = head[max(head.rfind(mark) for mark in ",;:。") + 1 :] if head.endswith("、") else ""
    gone = any(head.endswith(word) or (len(word) > 1 and word in clause) for word in line.lexicon.words("tour_verb"))
    return gone or (head.endswith("在") and line.string[agency.end : agency.end + 1] == ",")


def _rooms(line: Line, agencies: list[AgencyHit]) -> list[PlaceHit]:
    """市中心医院多功能会议室: a room that bears its agency's name."""
    suffixes = line.lexicon.place_suffixes
    return [
        PlaceHit(a.start, end, line.string[a.start : end], "facility", False, False)
        for a in agencies
        for end in range(min(len(line.string), a.end + 9), a.end + 1, -1)
        for n in (2, 3, 4, 5, 6)
        if is_clean(line, a.end, end - n)
        and end - n - a.end <= 4
        and suffixes.get(line.string[max(a.end, end - n) : end]) == "weak"
        and end in line.bounds
        and line.string[a.end : end].isalnum()
    ][:1]


def _may_be_name(line: Line, place: PlaceHit) -> bool:
    """吕江, 丁哲峰: a short name with a surname is a person's where one stands, unless somebody went there."""
    if len(place.name) > 3 or place.category not in _LIKE_NAMES or place.name[0] not in line.lexicon.surnames:
        return False
    return not any(line.string[: place.start].endswith(w) for w in line.lexicon.words("place_introducer"))


def _series(line: Line) -> list[tuple[int, int]]:
    """走遍辽源、绘美辽源系列报道之五: a series' name mentions nothing."""
    match = _SERIES.search(line.string) if line.sentence.part is not Part.BODY else None
    return [(0, match.end())] if match else []


def _inside(hit: PlaceHit | AgencyHit, blocked: list[tuple[int, int]]) -> bool:
    return any(s <= hit.start and hit.end <= e for s, e in blocked)


def find_mentions(article: Article, sentences: tuple[Sentence, ...], lexicon: Lexicon) -> tuple[Found, ...]:
    """All that an article names, sentence by sentence."""
    lines = tuple(Line(sentence, lexicon) for sentence in sentences)
    near = paths_above(article.issue.city)
    misread = proven_misreadings(article.page.plain, article.issue.city or "", lexicon)
    dates: dict[int, list[Mention]] = defaultdict(list)
    for mention in find_dates(lines):
        dates[mention.sentence.index].append(mention)
    contexts, parts = [], []
    for line in lines:
        documents = list(find_documents(line))
        blocked = [*_spans(documents), *_series(line)]
        places, agencies = _places_and_agencies(line, near, blocked, misread)
        titles = find_titles(line, agencies, places)
        headed = {t.end for t in titles if t.row.kind == "post" and (t.agency or t.row.organ)}
        firm = [p for p in places if not _may_be_name(line, p) and (not p.known or p.name in lexicon.full_place_names)]
        firm = [p for p in firm if p.known or p.start not in headed]  # 总经理曹炳方向徐乐江: no river
        spans = [
            *blocked,
            *_spans(firm),
            *_spans(agencies),
            *_spans(dates[line.sentence.index]),
            *((t.start, t.end) for t in titles),
        ]
        contexts.append(LineContext(line, agencies, titles, frozenset(k for s, e in spans for k in range(s, e))))
        parts.append((documents, places, agencies, titles))
    names, groups = find_people(lexicon, contexts)
    parts = [
        (d, [p for p in ps if not any(n.start < p.end and p.start < n.end for n in own)], a, t)
        for (d, ps, a, t), own in zip(parts, names, strict=True)
    ]
    return tuple(
        Found(
            line,
            tuple(dates[line.sentence.index]),
            tuple(d),
            tuple(p),
            tuple(a),
            tuple(t),
            tuple(names[i]),
            tuple(groups[i]),
        )
        for i, (line, (d, p, a, t)) in enumerate(zip(lines, parts, strict=True))
    )

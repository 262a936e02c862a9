"""Notices: an announcement is told by its headline, who signs it and the day below; works by the days they take."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from kg.mentions import Found
from kg.mentions.dates import PrintedDate
from kg.model import Article, Entity, Event, Evidence, Part, Participation, Role, When
from kg.words import any_of

_NUMBERED = re.compile(r"[(（][^()（）]{2,12}号[)）]$")  # …的通告(第3号)
_BESIDE = 4  # characters of a signature line beside the offices and the day: blanks, brackets
_TAIL = 5  # lines at the end: 特此公告, who signs it and the day
_HEAD = 3  # sentences that tell what a notice is about
Agencies = dict[tuple[int, int], Entity]
Places = dict[int, dict[tuple[int, int], Entity]]


def find_notices(
    article: Article, found: tuple[Found, ...], agencies: Agencies, places: Places, evidence: dict[int, Evidence]
) -> Iterator[Event]:
    """…疫情通报, signed by offices on a day → their Announcement, and the works that it tells of with their days."""
    signed = _signature(found)
    if not signed or not _is_notice(article, found):
        yield from _works(list(found), places, agencies, evidence) if any(map(_gives_time, found)) else ()
        return
    offices = dict.fromkeys(agencies[(f.sentence.index, a.start)] for f in signed for a in f.agencies)
    below = [(f, when) for f in found if f.sentence.index >= signed[0].sentence.index for when in _days(f)]
    proofs = dict.fromkeys(evidence[f.sentence.index] for f in (signed[0], *(f for f, _ in below[-1:])))
    first = evidence[signed[0].sentence.index]
    parts = tuple(Participation(office, Role.ORGANIZER, first, "event.notice") for office in offices)
    label = article.headline.string.strip() or found[0].sentence.string.strip()
    yield Event("Announcement", label, below[-1][1] if below else None, parts, (), tuple(proofs), "event.notice")
    above = [f for f in found if f.sentence.index < signed[0].sentence.index]
    yield from _works(above, places, agencies, evidence, parts)


def _is_notice(article: Article, found: tuple[Found, ...]) -> bool:
    """Does the headline say so, or without one the text: 现将有关事项通告如下?"""
    words = tuple(found[0].line.lexicon.words("notice"))
    headline = _NUMBERED.sub("", article.headline.string.strip())
    told = (f.sentence.string for f in found[:_HEAD])
    closes = tuple(f"特此{word}" for word in words)
    if any(f.sentence.string.strip("。! ").endswith(closes) for f in found[-_TAIL:]):
        return True
    return headline.endswith(words) or (not headline and any(f"{w}如下" in text for text in told for w in words))


def _signature(found: tuple[Found, ...]) -> list[Found]:
    """The last lines that hold offices and hardly more."""
    last = [i for i, f in enumerate(found) if f.sentence.part is Part.BODY and _is_signature(f)][-1:]
    return list(takewhile(_is_signature, reversed(found[: last[0] + 1])))[::-1] if last else []


def _is_signature(f: Found) -> bool:
    """Does the line hold an agency's name and hardly more?"""
    named = sum(a.end - a.start for a in f.agencies) + sum(d.end - d.start for d in f.dates)
    return bool(f.agencies) and not f.names and len(f.sentence.string.strip()) - named <= _BESIDE


def _days(f: Found) -> list[When]:
    return [d.value.when for d in f.dates if isinstance(d.value, PrintedDate) and d.value.when]


def _gives_time(f: Found) -> bool:
    """停水时间:8月27日0时至6时: a row that tells how long works close something."""
    return bool(f.dates) and any(
        f"{w}时间" in f.sentence.string[: f.dates[0].start] for w in f.line.lexicon.words("closes")
    )


def _works(
    told: list[Found],
    places: Places,
    agencies: Agencies,
    evidence: dict[int, Evidence],
    signers: tuple[Participation, ...] = (),
) -> Iterator[Event]:
    """施工时间9月12日-11月12日: the works, on the roads that the notice names first, for the days that it gives."""
    building = any(map(_tells_works, told[:_HEAD]))
    days = [(f, when) for f in told if f.sentence.part is Part.BODY for when in _days(f)]
    timed = [d for d in days if _tells_works(d[0])] or [d for d in days if _gives_time(d[0])]
    timed = timed or [d for d in days if d[1].begin < d[1].end]
    where = next((sites for f in told[:_HEAD] if (sites := _sites(f, places))), [])
    if building and timed and where:
        f, when = timed[0]
        proofs = tuple(dict.fromkeys(evidence[g.sentence.index] for g in (told[0], f)))
        label = f"{'、'.join(p.name for p in where)}施工"
        parts = tuple(_who_works(told[:_HEAD], agencies, evidence)) or tuple(
            replace(part, rule="event.works") for part in signers if any(map(_is_of_signers, told[:_HEAD]))
        )
        yield Event("Construction", label, when, parts, tuple(where), proofs, "event.works")


def _who_works(told: list[Found], agencies: Agencies, evidence: dict[int, Evidence]) -> Iterator[Participation]:
    """市自来水集团需对…进行停水施工: who is to do the works."""
    for f in filter(_tells_works, told):
        to_do = [a for a in f.agencies if f.line.string.startswith(tuple(f.line.lexicon.words("is_to")), a.end)]
        for office in dict.fromkeys(agencies[(f.sentence.index, a.start)] for a in to_do):
            yield Participation(office, Role.ORGANIZER, evidence[f.sentence.index], "event.works")


def _is_of_signers(f: Found) -> bool:
    """我公司定于…进行停水施工: does who signs the notice do the works?"""
    to_do = any_of(f.line.lexicon.words("is_to"))
    return _tells_works(f) and re.search(f"我[公司集团局处所]{{1,2}}{to_do}", f.line.string) is not None


def _tells_works(f: Found) -> bool:
    return any(w in f.sentence.string for w in f.line.lexicon.words("works"))


def _sites(f: Found, places: Places) -> list[Entity]:
    """The roads and the sites of a sentence, not the county."""
    return list(dict.fromkeys(places[f.sentence.index][(p.start, p.end)] for p in f.places if not p.governs))

"""Notices: an announcement is told by its headline, who signs it and the day below."""

from __future__ import annotations

from kg.mentions import Found
from kg.mentions.dates import PrintedDate
from kg.model import Article, Entity, Event, Evidence, Part, Participation, Role


def find_notice(
    article: Article, found: tuple[Found, ...], agencies: dict[tuple[int, int], Entity], evidence: dict[int, Evidence]
) -> Event | None:
    """…疫情通报, signed by an office on a day → an Announcement of that office."""
    if not found:
        return None
    words = found[0].line.lexicon.words("notice")
    headline = article.headline.string.strip()
    if not any(headline.endswith(word) for word in words):
        return None
    signed = [f for f in found if f.sentence.part is Part.BODY and f.agencies and not f.names and _is_signature(f)]
    if not signed:
        return None
    f = signed[-1]
    office = agencies[(f.sentence.index, f.agencies[-1].start)]
    later = [d for g in found if g.sentence.index >= f.sentence.index for d in g.dates]
    when = later[-1].value.when if later and isinstance(later[-1].value, PrintedDate) else None
    proof = evidence[f.sentence.index]
    proofs = (proof,) if not later else tuple(dict.fromkeys((proof, evidence[later[-1].sentence.index])))
    lead = Participation(office, Role.ORGANIZER, proof, "event.notice")
    return Event("Announcement", headline, when, (lead,), (), proofs, "event.notice")


def _is_signature(f: Found) -> bool:
    """Does the line hold an agency's name and hardly more?"""
    named = sum(a.end - a.start for a in f.agencies) + sum(d.end - d.start for d in f.dates)
    return len(f.sentence.string.strip()) - named <= 4

"""What a report's headline tells, where no verb that a list knows tells of anything in the whole article.

A newspaper reports something, and its headline says what: 青山茶厂向县二中送水, 县医院成功救治一名重症患者. Such a
happening is of no type but Other; it is told only of somebody who acts in the headline or opens the report, on some day
or lately.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.facts.clauses import Actor
from kg.facts.days import day_of
from kg.facts.drafts import Draft
from kg.facts.shape import Shape
from kg.facts.stage import Stage
from kg.facts.triggers import find_triggers
from kg.facts.went import places_gone_to
from kg.mentions.dates import PrintedDate
from kg.model import Kind, Part, Role
from kg.words import segmenter

RULE = "event.headline"
_LEAD = 2  # sentences in which a report says what has happened
_SHORTEST = 8


def read_headline(stages: Sequence[Stage]) -> Draft | None:
    """The happening of an article that tells of none, or None where nobody acts or nothing is dated."""
    heads = [s for s in stages if s.shape.found.sentence.part is Part.HEADLINE]
    body = [s for s in stages if s.shape.found.sentence.part is Part.BODY][:_LEAD]
    if not heads or not body or not _tells(heads[0]):
        return None
    dated = [(s, day) for s in body if (day := _day(s.shape))]
    if not dated:
        return None
    lead, day = next((found for found in dated if found[1].when), dated[0])
    doers = _doers(heads[0], lead) or next((found for s in body if (found := _opening(s))), [])
    if not doers:
        return None
    whom = {doer.entity for doer in doers}
    kind = next((t.type for t in find_triggers(heads[0].shape)), "Other")
    draft = Draft(kind, lead.index, 0, heads[0].shape.string, "", RULE, [lead.evidence, heads[0].evidence])
    draft.date = day
    draft.places = [p for p in places_gone_to(lead.shape, 0, lead.shape.speech_start, lead.entities) if p not in whom]
    if lead.is_history(draft) or lead.is_to_come(draft):
        return None
    for doer in doers:
        role = Role.LEAD if doer.entity.kind is Kind.PERSON else Role.ORGANIZER
        draft.take(doer.entity, role, lead.evidence, RULE)
    return draft


def _day(shape: Shape) -> PrintedDate | None:
    """The day that a sentence opens with, 26日,…接到报警,称其母25日走失; else the one told last."""
    first = next((d for d in shape.found.dates if shape.is_blank(0, d.start)), None)
    opening = first.value if first and isinstance(first.value, PrintedDate) else None
    return opening if opening and opening.when else day_of(shape, len(shape.string))


def _tells(head: Stage) -> bool:
    """Whether a headline says that something was done: it has a verb, and is no question, call or title."""
    shape = head.shape
    verb = any(segmenter().tag(word).startswith("v") for _, _, word in shape.found.line.words)
    no_report = ("？", "?", "!", "！", *shape.lexicon.words("notice"), *shape.lexicon.words("own_headline"))
    return verb and len(shape.string) >= _SHORTEST and not shape.string.endswith(no_report)


def _doers(head: Stage, lead: Stage) -> list[Actor]:
    """Those who open the headline and are named in the lead too."""
    named = {a.entity for a in lead.shape.actors}
    return [a for a in head.shape.subject(len(head.shape.string)) if a.entity in named]


def _opening(stage: Stage) -> list[Actor]:
    """Who does what a sentence of the lead tells."""
    shape = stage.shape
    return [a for a in shape.subject(len(shape.string)) if shape.is_reported(a.begin) and a not in shape.escorts]

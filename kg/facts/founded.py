"""What was founded: 9月3日,清河县羽毛球协会正式成立, where no meeting or ceremony of the article tells of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.facts.clauses import Actor
from kg.facts.days import day_of
from kg.facts.drafts import Draft
from kg.facts.stage import Stage
from kg.facts.went import places_gone_to
from kg.model import Kind, Part, Role

RULE = "event.founded"
_FOUNDED = re.compile(
    "(?:[^,。;、:]{0,6}[日上下]午?)?(?:[于在][^,。;:]{1,20}?)?(?:正式|宣告|宣布|揭牌|挂牌|隆重)*成立(?:了|啦)?(?=[,。;!(]|$)"
)
_LEAD = 3  # sentences in which a report says what has happened
_RITES = ("成立", "揭牌", "挂牌", "授牌")


def read_founding(stages: Sequence[Stage], told: Sequence[Draft]) -> list[Draft]:
    """The founding that a report opens with, if no happening told of is where it was done."""
    if any(rite in d.label + d.name for d in told for rite in _RITES):
        return []
    body = [s for s in stages if s.shape.found.sentence.part is Part.BODY][:_LEAD]
    found = ((s, a) for s in body for a in s.shape.actors if _is_founded(s, a))
    draft = next((d for s, a in found if (d := _founding(s, a))), None)
    return [draft] if draft else []


def _is_founded(stage: Stage, actor: Actor) -> bool:
    """Does 成立 stand behind an agency that opens its clause?"""
    shape = stage.shape
    opens = actor.entity.kind is Kind.AGENCY and shape.opens_clause(actor.start)
    return opens and shape.is_reported(actor.start) and _FOUNDED.match(shape.string, actor.end) is not None


def _founding(stage: Stage, actor: Actor) -> Draft | None:
    """The draft of it, on its day or lately."""
    shape = stage.shape
    day = day_of(shape, actor.end)
    name = f"{shape.string[actor.start : actor.end]}成立"
    draft = Draft("Other", stage.index, actor.start, name, "", RULE, [stage.evidence])
    draft.date = day
    if day is None or stage.is_history(draft) or stage.is_to_come(draft):
        return None
    draft.take(actor.entity, Role.ORGANIZER, stage.evidence, RULE)
    end = shape.clause_at(actor.end)[1]
    draft.places = places_gone_to(shape, actor.end, end, stage.entities, only_at=True)
    return draft

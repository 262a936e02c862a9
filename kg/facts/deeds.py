"""Happenings that a verb tells of: 市长X到Y镇调研, 督察组将第八批案件移交…, 法院公开开庭审理….

Someone must act, or the type be one that needs nobody; what an office is said to do counts only with a day or a place.
"""

from __future__ import annotations

from kg.facts.clauses import Actor
from kg.facts.drafts import Draft
from kg.facts.parties import assign_parties
from kg.facts.scene import brought_along, marks_of
from kg.facts.stage import Stage, label_of, persons
from kg.facts.triggers import Trigger
from kg.facts.where import set_places
from kg.model import Part, Role

_NEEDS_NO_ACTOR = frozenset({"Construction", "Award", "Appointment"})
_NEEDS_SOMETHING = frozenset({"Construction", "Appointment"})
# What an office is said to do counts only with a day or a place: else it is policy, not a happening.
_GROUNDED = frozenset({"Inspection", "Enforcement", "Award", "Announcement", "Activity"})
_AT_HEAD = frozenset({Part.HEADLINE, Part.KICKER, Part.CAPTION})
_VISIT_GOES_ON = 4  # sentences after which a visit without a subject is no longer the same


def read_deed(stage: Stage, trigger: Trigger) -> Draft | None:
    """The happening that a verb tells of, or None where it tells of none."""
    shape = stage.shape
    if stage.is_open_plan(trigger):
        return None
    subject = _subject(stage, trigger) or _from_headline(stage, trigger)
    draft = stage.draft(
        trigger, f"event.{trigger.type.lower()}.{trigger.text}", trigger.text if trigger.type == "Meeting" else ""
    )
    if not subject and not _stands_alone(draft):
        return None
    if shape.string.startswith("的", trigger.end):
        draft.date = None  # 转办的第三批案件: told in passing, the sentence's day is another happening's
    after = subject[-1].end if subject else 0
    brought = brought_along(shape, after, trigger.start) if subject else []
    lead = assign_parties(stage, trigger, draft, subject)
    for actor in brought:
        draft.take(actor.entity, Role.PARTICIPANT, stage.evidence, "event.brought_along")
    set_places(stage, trigger, draft, subject, brought)
    if trigger.type == "Transfer":
        draft.marks = marks_of(shape, shape.clause_at(trigger.start)[0], shape.clause_at(trigger.end)[1])
    if trigger.type in _NEEDS_SOMETHING and not (draft.places or draft.roles):
        return None
    if trigger.type in _GROUNDED and not _is_grounded(stage, trigger, draft, subject):
        return None
    draft.label = label_of(draft, lead, trigger.text)
    return draft


def _stands_alone(draft: Draft) -> bool:
    """2019年,共评出…59个: a day is enough for some types."""
    return draft.type in _NEEDS_NO_ACTOR and (draft.type != "Award" or draft.when is not None)


def is_told(draft: Draft) -> bool:
    """A happening needs someone, or a place that something was built or held at, or a name with a day."""
    return bool(draft.roles or draft.places or (draft.when and (draft.name or draft.type in _NEEDS_NO_ACTOR)))


def _is_grounded(stage: Stage, trigger: Trigger, draft: Draft, subject: list[Actor]) -> bool:
    """督导 without a place, a day or a person says what an office does, not that it went somewhere."""
    shape = stage.shape
    if draft.places or draft.date or (draft.type == "Announcement" and shape.found.documents):
        return True
    head = shape.found.sentence.part in _AT_HEAD
    done = shape.string.startswith("了", trigger.end) or "一行" in shape.string[: trigger.start]
    return bool(persons((*subject, *shape.actors))) and (head or done)


def _from_headline(stage: Stage, trigger: Trigger) -> list[Actor]:
    """督察进驻日期:… in a box: who came stands in its headline."""
    body = stage.shape.found.sentence.part is Part.BODY
    named = stage.story.headline
    return named if trigger.type == "Mission" and body and len(named) == 1 and not stage.shape.actors else []


def _subject(stage: Stage, trigger: Trigger) -> list[Actor]:
    shape = stage.shape
    if trigger.type == "Transfer":
        return _giver(stage, trigger)
    if subject := shape.subject(trigger.start):
        return subject
    clause = shape.clause_at(trigger.start)
    near = [a for a in shape.actors if clause[0] <= a.begin and a.end <= trigger.start]
    governed = near and shape.string[near[0].begin - 1 : near[0].begin] in shape.lexicon.words("governs_object")
    if near and not governed:
        return shape.run_from(near[0], trigger.start)
    return _whose_visit(stage, trigger) if trigger.type == "Inspection" else []


def _giver(stage: Stage, trigger: Trigger) -> list[Actor]:
    """督察组向我市转办: the giver stands before 向 or 将, also in a relative clause."""
    shape, marks = stage.shape, stage.shape.lexicon.words("gives")
    near = [a for a in shape.actors if a.end <= trigger.start and shape.string[a.end : a.end + 1] in marks]
    subject = near[-1:] or shape.subject(trigger.start)
    given = subject and any(w in shape.string[subject[-1].end : trigger.start] for w in marks)
    return subject if given else []


def _whose_visit(stage: Stage, trigger: Trigger) -> list[Actor]:
    """随后,市领导来到…,察看…: the visit goes on, whoever leads it was named before."""
    if stage.story.last_subject is None or persons(stage.shape.actors):
        return []
    index, actors = stage.story.last_subject
    opening = stage.shape.string[: trigger.start]
    goes_on = any(w in opening for w in stage.shape.lexicon.words("visit_goes_on"))
    return actors[:1] if goes_on and stage.index - index <= _VISIT_GOES_ON else []

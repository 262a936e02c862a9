"""Who was what in a happening: who led it and whom it met, type by type."""

from __future__ import annotations

import re

from kg.facts.clauses import Actor
from kg.facts.drafts import Draft
from kg.facts.stage import Stage, persons
from kg.facts.triggers import Trigger
from kg.model import Kind, Role

_PASSIVE = re.compile(r"被(?!告)")
_REACH = 20  # characters that may stand between 为 and the receiver's name: its titles


def assign_parties(stage: Stage, trigger: Trigger, draft: Draft, subject: list[Actor]) -> list[Actor]:
    """Give everybody that the verb names a part; returns who led."""
    lead = _led_by(stage, trigger) or subject
    if (rule := _BY_TYPE.get(trigger.type)) is not None:
        lead = rule(stage, trigger, draft, lead)
    for actor in lead:
        role = Role.LEAD if actor.entity.kind is Kind.PERSON else Role.ORGANIZER
        draft.take(actor.entity, role, stage.evidence, draft.rule)
    for actor in subject:
        if actor not in lead and actor.entity not in draft.actors:
            draft.take(actor.entity, Role.PARTICIPANT, stage.evidence, "event.led_by")
    return lead


def _led_by(stage: Stage, trigger: Trigger) -> list[Actor]:
    """由西安区政府牵头,…: who leads of those who do it together."""
    shape = stage.shape
    for begin, _, _ in shape.find("lead_by"):
        near = [a for a in shape.actors if a.end == begin and shape.is_agent(a)]
        if near and begin < trigger.start:
            return near
    return []


def _appointed(stage: Stage, trigger: Trigger, draft: Draft, lead: list[Actor]) -> list[Actor]:
    """任命X为Y: X receives; who appoints is the subject, or the body whose meeting the article tells of."""
    clause = stage.shape.clause_at(trigger.start)
    named = persons(stage.shape.between(trigger.end, clause[1]))
    passive = [] if named else persons(lead)
    for actor in named or passive:
        draft.take(actor.entity, Role.RECIPIENT, stage.evidence, draft.rule)
    if passive:
        return []
    lead = [a for a in lead if a not in named]
    if not lead:
        meetings = [d for d in stage.story.drafts if d.type == "Meeting"]
        bodies = [e for d in meetings for e in sorted(d.leads) if e.kind is Kind.AGENCY]
        for entity in bodies[-1:]:
            draft.take(entity, Role.ORGANIZER, stage.evidence, "event.own_session")
    return lead


def _enforced(stage: Stage, trigger: Trigger, draft: Draft, lead: list[Actor]) -> list[Actor]:
    """被开除党籍, 审理了X受贿案, 对X立案: whom the law met did not lead."""
    shape = stage.shape
    if lead and _PASSIVE.search(shape.string, lead[-1].end, trigger.start):
        for actor in lead:
            draft.take(actor.entity, Role.RECIPIENT, stage.evidence, "event.passive")
        return []
    if lead:
        for actor in persons(shape.between(lead[-1].end, len(shape.string))):
            draft.take(actor.entity, Role.RECIPIENT, stage.evidence, "event.object")
    return lead


def _awarded(stage: Stage, trigger: Trigger, draft: Draft, lead: list[Actor]) -> list[Actor]:
    """授予X称号: X receives; 荣获: who is the subject does."""
    shape = stage.shape
    received = trigger.text in shape.lexicon.words("award_received") or "被" in shape.string[: trigger.start][-2:]
    behind = shape.between(trigger.end, shape.clause_at(trigger.start)[1])
    for actor in lead if received else behind:
        draft.take(actor.entity, Role.RECIPIENT, stage.evidence, draft.rule)
    return [] if received else lead


def _met(stage: Stage, trigger: Trigger, draft: Draft, lead: list[Actor]) -> list[Actor]:
    """会见 takes those met behind it."""
    shape = stage.shape
    first = next((a for a in shape.actors if a.begin >= trigger.end), None)
    if first is not None and shape.clause_at(first.begin) == shape.clause_at(trigger.end):
        for actor in shape.run_from(first, len(shape.string)):
            draft.take(actor.entity, Role.PARTICIPANT, stage.evidence, "event.met")
    return lead


def _for_whom(stage: Stage, trigger: Trigger, draft: Draft, lead: list[Actor]) -> list[Actor]:
    """为医疗队送行, 向学校捐赠: who receives."""
    text = stage.shape.string
    near = [a for a in stage.shape.actors if a.end == trigger.start]
    receivers = [a for a in near if "为" in text[: a.begin][-_REACH:] or text[: a.begin].endswith("向")]
    for actor in receivers:
        draft.take(actor.entity, Role.RECIPIENT, stage.evidence, "event.for_whom")
    return [a for a in lead if a not in receivers]


_BY_TYPE = {
    "Activity": _for_whom,
    "Appointment": _appointed,
    "Award": _awarded,
    "Enforcement": _enforced,
    "Meeting": _met,
}

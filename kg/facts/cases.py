"""Whom the law met: who was caught, tried or punished, and who did it."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.facts.clauses import Actor
from kg.facts.drafts import Draft
from kg.facts.shape import Shape
from kg.facts.stage import Stage, persons
from kg.facts.telling import Trigger
from kg.lexicon import Lexicon
from kg.mentions.dates import PrintedDate
from kg.model import Entity, Kind, Role
from kg.words import any_of

_BEFORE = 3  # sentences before an arrest in which the police got there
_PASSIVE = re.compile(r"被(?!告)")


def enforced(stage: Stage, trigger: Trigger, draft: Draft, lead: list[Actor]) -> list[Actor]:
    """被开除党籍, 审理了X受贿案, 对X立案: whom the law met did not lead."""
    shape = stage.shape
    if trigger.text in shape.lexicon.words("punishment"):
        return _punished(stage, trigger, draft, lead)
    after = stage.behind(lead)
    doers = shape.doers(trigger.start)
    suffered = trigger.text in shape.lexicon.words("suffered") or _is_accepted(shape, trigger.start)
    near = shape.clause_at(trigger.start)[0]
    if suffered and not doers and lead and (accused := persons(shape.between(lead[-1].end, trigger.start))):
        _befell(stage, draft, accused)  # 县纪委宣布X接受审查调查
        return [a for a in lead if a.entity.kind is Kind.AGENCY]
    met = [a for a in lead if a not in doers and not shape.is_agent(a)]  # 由检察院公诉的案件在法院开庭
    met = [a for a in met if a.entity.kind is Kind.PERSON or a.begin >= near]
    suffered = suffered or _are_suspects(shape, met)
    if not doers and (suffered or _PASSIVE.search(shape.string, max(after, near), trigger.start)):
        return _befell(stage, draft, met or persons(shape.between(near, trigger.start)))
    if doers and lead != doers:
        _befell(stage, draft, met or persons(shape.between(after, doers[0].begin)))
        after = doers[-1].end
    lead = doers or lead
    named = persons(shape.between(after, len(shape.string))) if lead and after else []
    for actor in [*(named or shape.handled(trigger.start)), *_dealt_with(shape, near, trigger.start, lead)]:
        draft.take(actor.entity, Role.RECIPIENT, stage.evidence, "event.object")
    return lead


def _dealt_with(shape: Shape, start: int, position: int, lead: list[Actor]) -> list[Actor]:
    """对清河造纸厂立案处罚, 责令清河造纸厂停产: the firms that the law met."""
    marks = ("对", *shape.lexicon.words("orders"))
    law = (*shape.lexicon.words("force"), *shape.lexicon.words("court"))
    firms = [a for a in shape.between(start, position) if a.entity.kind is Kind.AGENCY and a not in lead]
    firms = [a for a in firms if not a.entity.name.endswith(law)]  # 对县检察院起诉的案件公开宣判
    first = [a for a in firms if shape.string[: a.begin].endswith(marks)]
    return [a for one in first for a in shape.run_from(one, position) if a in firms]


@lru_cache(maxsize=4)
def _accepting(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(f"{any_of(lexicon.words('accepts'))}[^,。;]{{0,6}}$")


def _is_accepted(shape: Shape, position: int) -> bool:
    """接受纪律审查和监察调查: it befalls who is the subject."""
    return _accepting(shape.lexicon).search(shape.string[:position]) is not None


def _are_suspects(shape: Shape, actors: list[Actor]) -> bool:
    """嫌疑人X抓获: who is called so has caught nobody."""
    called = {n.start for g in shape.found.groups for n in g.names if any(t.text in _him(shape) for t in g.titles)}
    one_list = len(actors) > 1 and set(actors) <= set(shape.run_from(actors[0], actors[-1].end))
    return bool(actors) and (actors[0].start in called if one_list else all(a.start in called for a in actors))


def _him(shape: Shape) -> frozenset[str]:
    return shape.lexicon.words("him")


def _punished(stage: Stage, trigger: Trigger, draft: Draft, lead: list[Actor]) -> list[Actor]:
    """X受到党内警告处分, 县纪委给予X诫勉谈话, 对X进行谈话提醒: who was punished; the office or its head did it."""
    shape, start = stage.shape, stage.shape.clause_at(trigger.start)[0]
    doers = shape.doers(trigger.start)
    part = shape.part_at(trigger.start)[0]  # 对未参加宴请,但负有领导责任的X给予通报批评
    marks = {shape.string.rfind(word, part, trigger.start) for word in shape.lexicon.words("punishes")} - {-1}
    behind = ((mark, [a for a in persons(shape.between(mark, trigger.start)) if a not in doers]) for mark in marks)
    mark, met = max(((mark, met) for mark, met in behind if met), default=(-1, []), key=lambda m: m[0])
    if met:  # 对X给予党内警告处分: whom the first mark names
        _befell(stage, draft, met)
        return doers or [a for a in lead if a.begin < mark and (a.entity.kind is Kind.AGENCY or start <= a.start)]
    suffering = [a for a in persons(shape.between(start, trigger.start)) if a not in doers]
    suffering = suffering or [a for a in persons(lead) if a not in doers]
    if not suffering and shape.string[: trigger.start].endswith(tuple(shape.lexicon.words("undergone"))):
        suffering = [a for a in lead if a not in doers]
    _befell(stage, draft, suffering)
    return doers or [a for a in lead if a.entity.kind is Kind.AGENCY and a not in suffering]


def _befell(stage: Stage, draft: Draft, actors: list[Actor]) -> list[Actor]:
    """Give those whom it befell their part, people before their offices; nobody of them led."""
    for actor in persons(actors) or actors:
        draft.take(actor.entity, Role.RECIPIENT, stage.evidence, "event.passive")
    return []


def name_the_accused(stages: list[Stage], drafts: list[Draft]) -> None:
    """嫌疑人X供述…, 被告人X当庭认罪: who is called so suffered the one arrest or trial that the article tells of."""
    cases = [d for d in drafts if d.type == "Enforcement" and d.step != "punishment"]
    if len(cases) != 1 or cases[0].recipients:
        return
    him = stages[0].shape.lexicon.words("him")
    for stage in stages:
        for group in stage.shape.found.groups:
            called = [n.start for n in group.names if any(t.text in him for t in group.titles)]
            first = [a for a in persons(stage.shape.actors) if a.start in called]
            along = [a for one in first for a in persons(stage.shape.run_from(one, len(stage.shape.string)))]
            for actor in [*first, *along]:  # 被告人吴某、许某某等6人
                cases[0].add(actor.entity, Role.RECIPIENT, stage.evidence, "event.accused")


def find_the_spot(stages: list[Stage], drafts: list[Draft]) -> None:
    """民警巡逻至石庙村附近时,… 随即将其抓获: where those who caught somebody had got to."""
    cases = [d for d in drafts if d.type == "Enforcement" and not (d.places or d.is_trial or d.step)]
    for draft in cases:
        last = max(draft.sentence, *draft.tellings) if draft.tellings else draft.sentence
        for stage in [s for s in reversed(stages) if draft.sentence - _BEFORE <= s.index <= last]:
            if any(isinstance(d.value, PrintedDate) and not draft.on(d.value.when) for d in stage.shape.found.dates):
                break  # 23日在石庙村…。27日,再次查获…
            limit = draft.start if stage.index == draft.sentence == last else stage.shape.speech_start
            if reached := _reached(stage, limit):
                draft.places = [p for p in reached[-1:] if p not in draft.actors]
                break


def _reached(stage: Stage, limit: int) -> list[Entity]:
    """The places before an offset that somebody had got to: 追至青石镇石庙村 is the village."""
    shape, words = stage.shape, stage.shape.lexicon.words
    to, near = tuple(words("gets_to")), tuple(words("near_by"))
    found: list[tuple[int, Entity]] = []
    for place in [p for p in shape.found.places if p.end <= limit]:
        goes_on = bool(found) and found[-1][0] == place.start
        if goes_on or shape.string[: place.start].endswith(to) or shape.string.startswith(near, place.end):
            found = found[:-1] if goes_on else found
            found.append((place.end, stage.entity(place)))
    return [entity for _, entity in found]

"""Where a gathering was: the ground that its clause tells, the place gone to for it, the house that held it."""

from __future__ import annotations

from collections.abc import Collection

from kg.facts.clauses import Actor
from kg.facts.drafts import Draft
from kg.facts.scene import AGENDA_DONE, Held
from kg.facts.shape import Shape
from kg.facts.stage import ACTING, Stage, persons
from kg.facts.telling import Trigger
from kg.facts.went import listed_last, places_gone_to, set_before
from kg.model import Entity, Kind

_GROUNDS = frozenset({"facility", "scene", "estate", "land"})


def have_come(stage: Stage, how: Held, subject: list[Actor]) -> bool:
    """县委书记X来到果园镇,参加植树活动; 带领干部参加…: did those who take part go there for it, or lead others?"""
    shape, after = stage.shape, stage.behind(persons(subject))
    led = [w for b, _, w in shape.find("bring") if after <= b < how.start and w not in shape.lexicon.words("jointly")]
    return how.manner == "attended" and (_went(shape, after, how.start) or (after > 0 and bool(led)))


def _went(shape: Shape, after: int, position: int) -> bool:
    """县审计局组织青年|来到敬老院,开展…; 程宇|赴马营镇,开展…: did the subject that ends at `after` go somewhere?"""
    ends = {p.end for p in shape.found.places}
    moves = [b for b, _, w in shape.find("move") if len(w) > 1 or shape.clause_at(b)[1] in ends]
    return after > 0 and any(after <= b < position for b in moves)


def _held_until(shape: Shape, position: int) -> int:
    """颁奖典礼,17日上午在剧场举行, 会议完成议程后,在剧场闭幕: where the clauses end that say how it was held."""
    if done := AGENDA_DONE.match(shape.string, position):
        position = done.end()
    end = shape.clause_at(position)[1]
    goes_on = next((c for c in shape.clauses if c[0] == end + 1), None) if end == position else None
    held = goes_on and any(e == goes_on[1] and goes_on[0] <= b for b, e, _ in shape.find("hold"))
    return goes_on[1] if goes_on and held else end


def ground_of(shape: Shape, trigger: Trigger, how: Held) -> int | None:
    """青石广场上彩旗飘扬,庆典在这里举行; 县实验小学迎来捐赠活动: where the words end that tell the ground it was on."""
    if shape.string.startswith(tuple(shape.lexicon.words("comes_to")), how.start):
        return how.start
    limit = _held_until(shape, trigger.end)
    start = shape.clause_at(trigger.start)[0]
    here = any(shape.string.find(word, start, limit) >= 0 for word in shape.lexicon.words("at_hand"))
    return start if here else None


def _hosts(shape: Shape) -> frozenset[Entity]:
    """A局主办、B街道承办的招聘会在这里举行: those who hold it are not where it was."""
    return frozenset(a.entity for begin, _, _ in shape.find("lead_by") for a in shape.run_before(begin))


def _on_ground(stage: Stage, end: int, own: Collection[Entity]) -> list[Entity]:
    """The place or the house told last before an offset."""
    shape = stage.shape
    spots = [(p.end, stage.entity(p)) for p in shape.found.places]
    after = stage.behind(shape.subject(end))
    after = after if _went(shape, after, end) else 0  # A厂、B店来到县二中,在这里举行…
    houses = [a for a in shape.actors if a.entity.kind is Kind.AGENCY and a.begin >= after and a.entity not in own]
    if listed := next((run for a in houses if a.end <= end and len(run := shape.run_from(a, end)) > 1), []):
        return [a.entity for a in listed if a.entity.kind is Kind.AGENCY]  # A小学和B小学迎来捐赠活动
    spots += [(a.end, a.entity) for a in houses]
    told = [entity for stop, entity in sorted(spots) if stop <= end and not shape.is_quoted(stop - 1)]
    return (told or [entity for _, entity in sorted(stage.places.get(stage.index - 1, {}).items())])[-1:]


def _held_by_place(stage: Stage, trigger: Trigger, *, county: bool) -> list[Entity]:
    """近日,青石镇组织开展主题活动; 工人文化宫举行…: where it was; a county that holds it, if nothing else is said."""
    shape = stage.shape
    held = {begin for name in ("hold", "hold_activity") for begin, _, _ in shape.find(name)}
    grounds = _GROUNDS if trigger.type == "Meeting" else _GROUNDS | ACTING
    places = [p for p in shape.found.places if p.end in held and p.end <= trigger.start]
    places = [p for p in places if p.category in grounds or (county and p.known)]
    return [stage.entity(p) for p in places if shape.opens_clause(p.start)][-1:]


def set_grounds(stage: Stage, trigger: Trigger, how: Held, draft: Draft, begin: int, subject: list[Actor]) -> None:
    """在郑州召开, 走进学校开展…, 典礼,17日在剧场举行: where it was; a building's ceremony also has the building."""
    shape = stage.shape
    clause = shape.clause_at(trigger.start)[0], _held_until(shape, trigger.end)
    came = have_come(stage, how, subject)
    there = any(p.end == how.start for p in shape.found.places)  # 到石庙村召开座谈会
    goes = came or there or trigger.type == "Activity"
    raid = trigger.type == "Enforcement"  # 开展联合执法行动,对A路违建…: what it was about is where it was
    after = stage.behind(subject) if goes else 0
    start = after if goes and _went(shape, after, how.start) else max(clause[0], after)
    end = shape.speech_start if raid else min(shape.speech_start, clause[1])
    held_at = places_gone_to(shape, start, end, stage.entities, at_work=raid, only_at=not goes)
    if goes and trigger.type == "Meeting" and start < clause[0]:  # 到马营镇调研,并在县宾馆召开座谈会
        here = places_gone_to(shape, clause[0], end, stage.entities, only_at=True)
        held_at = here or held_at
    own = {a.entity for a in shape.between(begin, trigger.end) if a.start == begin}  # 在县商会会员大会上
    held_at = [p for p in held_at if p not in own] or set_before(shape, clause[0], stage.entities)
    if not (held_at or subject):
        held_at = _held_by_place(stage, trigger, county=not (draft.actors or draft.has_day or draft.head))
    at = tuple(shape.lexicon.words("at"))  # 县一中与…签约仪式在县一中举行
    there_too = {a.entity for a in shape.actors if a.begin >= trigger.end and shape.string[: a.begin].endswith(at)}
    draft.places += [p for p in held_at if p in there_too or p not in draft.actors]
    if not draft.places and (ground := ground_of(shape, trigger, how)) is not None:
        draft.places += _on_ground(stage, ground, _hosts(stage.shape))
    if not draft.places and (home := stage.home_behind(clause, shape.lexicon.words("at"))):
        stage.add_home(draft, *home)
    if trigger.type == "Construction":
        inside = [p for p in shape.found.places if begin <= p.start and p.end <= trigger.start]
        draft.places += [stage.entity(p) for p in listed_last(shape, inside)]
    if not draft.places and any(w in draft.name for w in shape.lexicon.words("of_a_house")):
        houses = tuple(shape.lexicon.words("house"))  # 县实验小学举行开学典礼: on its own ground
        draft.places += [e for e in sorted(draft.organizers) if e.name.endswith(houses)]

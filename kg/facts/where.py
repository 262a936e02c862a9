"""Where a happening was: the places gone to, received at, built, decided about, type by type."""

from __future__ import annotations

import re
from operator import itemgetter

from kg.facts.clauses import Actor
from kg.facts.drafts import Draft
from kg.facts.scene import answering
from kg.facts.shape import Shape
from kg.facts.stage import Stage
from kg.facts.telling import Trigger
from kg.facts.went import listed_last, places_gone_to, set_before
from kg.model import Entity, Kind

_COURSES = frozenset({"road", "water"})
_TOWARDS = re.compile("(?:[城市县]区|市区)?方向")  # 往清河城区方向500米处
_THEN_HELD = re.compile("(?:随后|之后)?并?在?[^,。;]{0,10}?(?:召开|举行)了?")


def set_places(stage: Stage, trigger: Trigger, draft: Draft, subject: list[Actor], brought: list[Actor]) -> None:
    """Give a deed the places where it was."""
    if trigger.text in stage.shape.lexicon.words("punishment"):
        return  # 社区主任X受到处分: an office is no place
    if draft.type == "Other" and draft.name:
        draft.places = _befallen(stage, trigger)
        if not draft.places:
            stage.add_home(draft, stage.shape.clause_at(trigger.start)[0], trigger.start)  # 我县普降大雨
    elif draft.type in ("Transfer", "Mission"):
        _receiving(stage, trigger, draft)
    elif draft.type == "Construction":
        _built(stage, trigger, draft, subject)
    elif draft.type == "Announcement" and subject:
        draft.places = _decided_about(stage, trigger) or _told_at(stage, trigger)
    elif draft.type in ("Award", "Announcement") and not subject:
        stage.add_home(draft, 0, stage.shape.speech_start)
    else:
        draft.places = _gone_to(stage, trigger, draft, subject, brought)
        if draft.type == "Inspection" and not draft.places and (came := _came_home(stage, trigger)):
            stage.add_home(draft, *came)


def _no_places(draft: Draft) -> frozenset[Entity]:
    """Who has a part is no place, but where one called is both: 到消防大队慰问."""
    return frozenset(part.actor for part in draft.roles.values() if part.rule != "event.called_at")


def _came_home(stage: Stage, trigger: Trigger) -> tuple[int, int] | None:
    """来我市视察, 访问我市, 对我市进行访问: where the paper's own place stands behind a verb of going."""
    words = stage.shape.lexicon.words
    if trigger.text in words("visits_place"):
        return stage.home_behind(stage.shape.clause_at(trigger.end), frozenset({trigger.text, "对"}))
    return stage.home_behind((0, trigger.start), stage.shape.lexicon.words("move") - {"在"})


def _gone_to(stage: Stage, trigger: Trigger, draft: Draft, subject: list[Actor], brought: list[Actor]) -> list[Entity]:
    """Behind the subject, as far as its clauses go; else what was looked at or pulled down itself."""
    shape, after = stage.shape, stage.behind(subject)
    end = min(shape.speech_start, shape.next_subject(trigger.end))
    end = min([end, *_held_from(shape, trigger)]) if draft.type == "Inspection" else end
    visit, at_work, talk = (draft.type == kind for kind in ("Inspection", "Enforcement", "Meeting"))
    start = after if visit else 0
    gone = set_before(shape, after, stage.entities) if visit else []
    work = at_work or visit
    there = places_gone_to(shape, start, end, stage.entities, at_work=work, visit=visit, only_at=talk)
    if talk:  # 前往长沙市进行洽谈: where they went before they talked
        came = places_gone_to(shape, after, trigger.start, stage.entities)
        there += [p for p in came if p.kind is Kind.PLACE and p.name not in {t.name for t in there}]
    gone += [p for p in there if p not in gone]
    own = _no_places(draft) | {a.entity for a in (*subject, *brought)}
    places = [p for p in gone if p not in own and p.kind is not Kind.PERSON]
    if not places and visit:
        # 开展大圩段调查工作: what was looked at is the place.
        near = [p for p in shape.found.places if after <= p.start and p.end <= trigger.start]
        home = _came_home(stage, trigger)
        near = [p for p in near if not any(a.start == p.start for a in brought)]
        near = [p for p in near if home is None or p.start >= home[1]]  # 清河县代表团来我县马营镇: behind 我县
        return _inspected(stage, trigger) or [stage.entity(p) for p in near[-1:] if not shape.is_quoted(p.start)]
    if not places and at_work:
        # 拆除人民路两侧违建
        behind = [p for p in shape.found.places if trigger.end <= p.start <= trigger.end + 2][:1]
        behind += [p for p in shape.found.places if behind and p.start == behind[0].end]  # 马营镇石庙村
        return [stage.entity(p) for p in behind[-1:]]
    return places


def _held_from(shape: Shape, trigger: Trigger) -> list[int]:
    """到马营镇调研,并在县宾馆召开座谈会: where clauses begin that tell of what was held behind the visit."""
    return [start for start, _ in shape.clauses if start > trigger.end and _THEN_HELD.match(shape.string, start)]


def _inspected(stage: Stage, trigger: Trigger) -> list[Entity]:
    """检查滨河大桥、人民路工程进展, 检查A堤、B闸,C站等地: the sites listed right behind the verb."""
    found: list[Entity] = []
    at, string = trigger.end, stage.shape.string
    for place in stage.shape.found.places:
        goes_on = string[at : place.start] == "," and string[place.end : place.end + 1] in ("、", "等")
        if place.start >= at and (string[at : place.start] in ("", "了", "、", "和", "及") or (found and goes_on)):
            found.append(stage.entity(place))
            at = place.end
    return found


def _befallen(stage: Stage, trigger: Trigger) -> list[Entity]:
    """石庙村一民房发生火灾, 县化工厂发生爆炸: the last place or agency named before it."""
    shape = stage.shape
    there = shape.clause_at(trigger.end)[1] if shape.string.startswith(("在", "于"), trigger.end) else 0
    if there and (at := places_gone_to(shape, trigger.end, there, stage.entities, only_at=True)):
        return at[-1:]  # 火灾发生在石庙村
    if at := places_gone_to(shape, 0, trigger.start, stage.entities, only_at=True):
        return [*_along(stage, at[-1]), at[-1]]
    spots = [(p.start, p.end, stage.entity(p)) for p in shape.found.places if not _TOWARDS.match(shape.string, p.end)]
    called = answering(shape)
    houses = [a for a in shape.actors if a.entity.kind is Kind.AGENCY and a not in called]
    spots += [(a.start, a.end, a.entity) for a in houses if not shape.string.startswith("辖区", a.end)]
    before = sorted((spot for spot in spots if spot[1] <= trigger.start), key=itemgetter(1, 0))  # 石庙镇青石煤矿
    struck = [spot for spot in sorted(spots) if spot[0] == trigger.end]  # 台风袭击|马营镇
    return [place for _, _, entity in struck or before[-1:] for place in (*_along(stage, entity), entity)]


def _along(stage: Stage, place: Entity) -> list[Entity]:
    """马营镇211国道: the area right before a road that runs on beyond it says where on the road it was."""
    hits = stage.shape.found.places
    road = next((p for p in hits if p.category in _COURSES and stage.entity(p) == place), None)
    return [stage.entity(p) for p in hits if road is not None and p.end == road.start]


def _built(stage: Stage, trigger: Trigger, draft: Draft, subject: list[Actor]) -> None:
    """清河大桥正式通车: the last place before the verb, with those listed beside it."""
    start = stage.shape.clause_at(trigger.start)[0] if subject else 0
    works = [p for p in stage.shape.found.places if p.end <= trigger.start and start <= p.start]
    works = [p for p in works if not (draft.generic and p.known)]  # 清河县县长程宇宣布开工: whose head he is
    draft.places += [stage.entity(p) for p in listed_last(stage.shape, works)]
    if not (draft.places or subject):  # 青石小学落成: the house is the place
        clause = stage.shape.clause_at(trigger.start)[0]
        houses = [a for a in stage.shape.between(clause, trigger.start) if a.entity.kind is Kind.AGENCY]
        draft.places += [a.entity for a in houses[-1:]]


def _decided_about(stage: Stage, trigger: Trigger) -> list[Entity]:
    """将青石路12弄列为中风险地区: the place that the decision is about."""
    shape = stage.shape
    start = shape.clause_at(trigger.start)[0]
    if not shape.string.startswith("将", start):
        return []
    return [stage.entity(p) for p in shape.found.places if start <= p.start and p.end <= trigger.start][-1:]


def _told_at(stage: Stage, trigger: Trigger) -> list[Entity]:
    """县委、县政府在石庙镇向老干部通报…: where it was made known."""
    start = stage.shape.clause_at(trigger.start)[0]
    return places_gone_to(stage.shape, start, trigger.start, stage.entities, only_at=True)


def _receiving(stage: Stage, trigger: Trigger, draft: Draft) -> None:
    """移交辽源市, 向我市转办, 进驻辽源: the place that receives; of a box, the one its headline names."""
    shape = stage.shape
    clause = shape.clause_at(trigger.start)
    direct = [
        p
        for p in shape.found.places
        if trigger.end <= p.start <= trigger.end + 1
        or (clause[0] <= p.start and shape.string[p.start - 1 : p.start] in ("向", "对"))
    ]
    if direct and draft.type == "Mission":  # 对A镇、B镇、C镇开展巡察
        listed = [p for p in shape.found.places if direct[0].start <= p.start and p.end <= trigger.start]
        direct += [p for p in listed if p not in direct and shape.string[p.start - 1] in "、和及"]
    draft.places += [stage.entity(p) for p in direct]
    if direct:
        return
    if draft.type == "Mission" and stage.story.headline:
        earlier = [e for i, row in sorted(stage.places.items()) if i < stage.index for e in row.values()]
        draft.places += earlier[:1]
    else:
        stage.add_home(draft, *clause)

"""Events: what an article reports as having happened, happening or fixed, with who, where and when; each once."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from kg.facts.attendance import add_attendance
from kg.facts.days import day_of, is_until
from kg.facts.deeds import is_told, read_deed
from kg.facts.founded import read_founding
from kg.facts.fuse import fuse
from kg.facts.gatherings import read_gathering
from kg.facts.headlined import read_headline
from kg.facts.scene import answering, event_name, how_held
from kg.facts.settled import OF_ONE_DAY, settle
from kg.facts.shape import Shape
from kg.facts.stage import Stage, Story, persons
from kg.facts.telling import Trigger
from kg.facts.triggers import find_outing, find_triggers
from kg.facts.went import places_gone_to
from kg.mentions.dates import PrintedDate
from kg.model import Entity, Event, Evidence, Kind, Part, Role
from kg.resolve import Resolver

_MONTH = 27  # days from which on a time is no day that a clock goes on with
_CEREMONIES = frozenset({"Activity", "Award"})
_OF_MANY = frozenset({"Activity", "Meeting"})
_YEAR = re.compile(r"20\d\d年$")  # 召开2021年|植树造林动员会
_WHEN_HELD = re.compile("^(?:(?:将|拟|已)?(?:于|在)[^,。;:]{1,20}?(?=[举召])|将)")
_LESSON = re.compile("[给为让].{1,12}上了?一[堂节次场].{0,8}课")


def read_events(
    shapes: list[Shape],
    places: dict[int, dict[tuple[int, int], Entity]],
    evidence: dict[int, Evidence],
    resolver: Resolver,
    houses: Mapping[Entity, Collection[Entity]],
) -> list[Event]:
    """The events of an article: sentence by sentence, then told twice made one, then those who attended added.

    `houses` are the agencies in which each person of the article holds a post.
    """
    heads = [a for s in shapes if s.found.sentence.part is Part.HEADLINE for a in s.actors]
    story = Story(headline=[a for a in heads if a.entity.kind is Kind.AGENCY])
    stages = [Stage(s, evidence[s.found.sentence.index], places, resolver, story) for s in shapes]
    for stage in stages:
        _read_sentence(stage)
    for draft in story.drafts:
        draft.houses = frozenset(house for who in draft.leads for house in houses.get(who, ()))
    drafts = fuse(story.drafts)
    add_attendance(stages, drafts)
    settle(stages, drafts)
    told = [d for d in drafts if is_told(d)]
    told += read_founding(stages, told)
    if not told and (headlined := read_headline(stages)):
        told = [headlined]
    return [d.event() for d in told]


def _read_sentence(stage: Stage) -> None:
    shape, story = stage.shape, stage.story
    told: Trigger | None = None
    if shape.string.startswith(tuple(shape.lexicon.words("background"))):
        story.background = shape.found.sentence.paragraph
    triggers = list(find_triggers(shape))
    for trigger in triggers:
        again = told is not None and (_goes_on(shape, told, trigger) or _sums_up(shape, told, trigger))
        if again and trigger.type == "Inspection" and told and told.type == "Activity":
            start, end = shape.clause_at(trigger.start)  # 开展党日活动,组织党员前往纪念馆参观
            gone = places_gone_to(shape, max(start, told.end), end, stage.entities)
            story.drafts[-1].places += [p for p in gone if p not in story.drafts[-1].places]
        if again or _leads_up_to(shape, trigger, triggers) or _is_inside(shape, trigger, triggers):
            continue
        if _comforts_too(stage, trigger):
            continue
        draft = (read_gathering if trigger.noun else read_deed)(stage, trigger)
        if draft is not None and draft.date is None and draft.type in OF_ONE_DAY:
            draft.date = story.set_day
        if draft is not None and not stage.is_history(draft) and not stage.is_background(draft):
            story.drafts.append(draft)
            told = trigger
    people = persons(shape.actors)[:1]
    if shape.found.sentence.part is not Part.BODY:
        return
    outing = find_outing(shape) if told is None else None
    draft = read_deed(stage, outing) if outing else None
    if draft is not None and draft.has_day and draft.places and not stage.is_history(draft):
        story.drafts.append(draft)
    story.set_day = day_of(shape, len(shape.string)) if told is None and shape.opens_by_day else None
    days = [d.value for d in shape.found.dates if isinstance(d.value, PrintedDate) and not is_until(shape, d)]
    days = [day for day in days if day.when and (day.when.end - day.when.begin).days < _MONTH]
    story.day = days[-1] if days else story.day
    story.force = stage.forces(len(shape.string)) or story.force
    story.called = answering(shape) or stage.mobilized() or story.called
    story.towns |= stage.towns()
    if party := stage.party():
        story.party = (stage.index, party)
    if people:
        story.last_subject = (stage.index, shape.subject(len(shape.string)) or people)


def _goes_on(shape: Shape, told: Trigger, trigger: Trigger) -> bool:
    """指挥救援、看望伤员: two verbs of one list tell of one happening; 开展助老活动,慰问老人: what was done at it."""
    if told.type in _CEREMONIES and told.noun and trigger.type == "Inspection":
        start = shape.clause_at(trigger.start)[0]
        if shape.string.startswith(tuple(shape.lexicon.words("takes_along")), start):
            return True
        new = [p for p in shape.found.places if start <= p.start < trigger.start] or shape.between(start, trigger.start)
        return told.end < start and not new
    if told.type == "Enforcement" and (trigger.type == "Transfer" or _is_taught(shape, trigger)):
        return True  # 将其抓获,移送派出所; 开庭审理…,给群众上了一堂法治课
    verbs = not told.noun and not trigger.noun and told.type != trigger.type
    between = shape.string[told.end : trigger.start]
    return verbs and told.end <= trigger.start and (between in ("、", "并") or _talks_too(told, trigger))


def _comforts_too(stage: Stage, trigger: Trigger) -> bool:
    """举行颁奖仪式,表彰X,慰问Y: whom they comfort without going anywhere is there, and named with those honoured."""
    shape, start = stage.shape, stage.shape.clause_at(trigger.start)[0]
    rites = [d for d in stage.told_here() if d.type == "Award" and d.has_ceremony and d.start < start]
    calls = trigger.type == "Inspection" and trigger.text.endswith(tuple(shape.lexicon.words("calls_on")))
    if not (rites and calls) or shape.between(start, trigger.start):
        return False
    for actor in persons(shape.between(trigger.end, shape.clause_at(trigger.start)[1])):
        rites[-1].take(actor.entity, Role.RECIPIENT, stage.evidence, "event.greeted")
    return True


def _talks_too(told: Trigger, trigger: Trigger) -> bool:
    """来我市进行调研|座谈: a visit, with a talk on it."""
    return told.end == trigger.start and told.type == "Inspection" and trigger.type == "Meeting"


def _is_taught(shape: Shape, trigger: Trigger) -> bool:
    """给村民上了一堂法治课: what those who saw it learnt."""
    return trigger.noun and _LESSON.search(shape.string, *shape.clause_at(trigger.start)) is not None


def _leads_up_to(shape: Shape, trigger: Trigger, triggers: list[Trigger]) -> bool:
    """结对帮扶考察调研, 赶到现场检查: a verb before another only says what that was for."""
    hurries = any(trigger.text in shape.lexicon.words(name) for name in ("hurries", "hurries_there"))
    reach = shape.clause_at(trigger.end)[1] if hurries else trigger.end
    moved = [(e, w) for _, e, w in shape.find("move") if e <= trigger.start]
    begun = {p.start for p in shape.found.places}  # 来青石县考察|洽谈
    came = trigger.type == "Inspection" and any(len(w) > 1 or e in begun for e, w in moved)
    return not trigger.noun and any(
        trigger.end <= t.start <= reach
        for t in triggers
        if t.type != trigger.type and not t.noun and not (came and _talks_too(trigger, t))
    )


def _sums_up(shape: Shape, told: Trigger, trigger: Trigger) -> bool:
    """开展走访慰问困难群众、老党员活动: the noun only ends what the verb of its clause has told."""
    bare = trigger.noun and not told.noun and trigger.text in shape.lexicon.words("meeting_generic")
    more = "并" in shape.string[told.end : trigger.start]  # 调研农业工作并召开座谈会
    return bare and not more and told.end < trigger.start <= shape.clause_at(told.start)[1]


def _holds(shape: Shape, trigger: Trigger, noun: Trigger, begin: int) -> bool:
    """人代会举行主席团第一次会议, 读书节将于3日举行启动仪式: does what has many parts only hold the one told of?"""
    sitting = trigger.type == noun.type and trigger.type in _OF_MANY and noun.text not in shape.lexicon.words("opening")
    between = _WHEN_HELD.sub("", shape.string[trigger.end : begin])
    return sitting and between.removesuffix("了") in shape.lexicon.words("hold")


def _is_inside(shape: Shape, trigger: Trigger, triggers: list[Trigger]) -> bool:
    """安全生产月活动动员会, 政情通报暨推介会: is it only a piece of the name of what was held?"""
    behind = [
        (t, t.end - len(event_name(shape, t.start, t.end))) for t in triggers if t.noun and t.start >= trigger.end
    ]
    if trigger.noun:
        return any(begin < trigger.end or _holds(shape, trigger, noun, begin) for noun, begin in behind)
    called = tuple(shape.lexicon.words("hold") | shape.lexicon.words("hold_activity"))  # 开展|夜查酒驾整治行动
    return any(
        begin < trigger.start
        or (begin == trigger.start and _YEAR.sub("", shape.string[:begin]).endswith((*called, "的")))
        for noun, begin in behind
        if begin <= trigger.start and how_held(shape, begin, noun.end, meeting=noun.type == "Meeting")
    )

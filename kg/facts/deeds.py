"""Happenings that a verb tells of: 市长X到Y镇调研, 督察组将第八批案件移交…, 法院公开开庭审理….

Someone must act, or the type be one that needs nobody; what an office is said to do counts only with a day or a place.
"""

from __future__ import annotations

import re

from kg.facts.clauses import Actor
from kg.facts.drafts import Draft
from kg.facts.parties import assign_parties
from kg.facts.scene import brought_along, marks_of
from kg.facts.shape import Shape
from kg.facts.stage import Stage, label_of, persons
from kg.facts.triggers import Trigger, accident_behind
from kg.facts.where import set_places
from kg.model import Kind, Part, Role

_NEEDS_NO_ACTOR = frozenset({"Construction", "Award", "Appointment"})
_NEEDS_SOMETHING = frozenset({"Construction", "Appointment"})
_BY_OFFICERS = frozenset({"Enforcement", "Other"})
_BY_A_TOWN = frozenset({"Enforcement", "Activity", "Inspection"})
_BY_VISITORS = frozenset({"Inspection", "Mission"})
_BEFALLS = frozenset({"Appointment", "Award", "Enforcement"})  # told from the side of whom it befell: 被…查处
# What an office is said to do counts only with a day or a place: else it is policy, not a happening.
_GROUNDED = frozenset({"Inspection", "Enforcement", "Award", "Announcement", "Activity", "Other"})
_STEPS = ("punishment", "investigation", "verdict", "disaster")
_AT_HEAD = frozenset({Part.HEADLINE, Part.KICKER, Part.CAPTION})
_DECIDED_ON = re.compile("[^,。;]{0,8}的(?:决定|情况|通报|问题|意见|报告|议案|说明|建议|方案)")
_ABOUT = re.compile("[对就]")
_WHEN = ("时", "中", "期间")
_VISIT_GOES_ON = 4  # sentences after which a visit without a subject is no longer the same
_PARTY_GOES_ON = 12  # if 考察团一行 is told again, as after its host has spoken


def read_deed(stage: Stage, trigger: Trigger) -> Draft | None:
    """The happening that a verb tells of, or None where it tells of none."""
    shape = stage.shape
    if stage.is_open_plan(trigger) or (trigger.type == "Other" and _is_drilled(stage)):
        return None
    subject = _subject(stage, trigger) or _from_headline(stage, trigger)
    if trigger.type == "Construction" and _comes_about(stage, trigger):
        own = shape.clause_at(trigger.start)[0]
        subject = [a for a in subject if shape.is_owner(a) or (a in persons(subject) and a.start >= own)]
    received = trigger.type == "Award" and _befalls(stage, trigger)
    if not subject and (trigger.type in _BY_A_TOWN or received):
        subject = stage.acting_place(trigger.start)
    if trigger.type == "Inspection" and _is_on_the_way(shape, trigger, subject):
        return None
    draft = stage.draft(trigger, f"event.{trigger.type.lower()}.{trigger.text}", _name_of(shape, trigger))
    draft.generic = draft.generic or _is_this_action(shape, trigger)
    draft.step = next((s for s in _STEPS if (draft.name or trigger.text) in shape.lexicon.words(s)), "")
    if trigger.text in shape.lexicon.words("puts_out") and any(d.type == "Other" for d in stage.story.drafts):
        draft.date, draft.generic = None, True  # 17日凌晨,大火扑灭: the end of what was told
    if not (subject or _stands_alone(stage, trigger, draft)) or _is_only_spoken_of(stage, trigger):
        return None
    if shape.string.startswith("的", trigger.end) and not (draft.name and trigger.type == "Other"):
        draft.date = None  # 转办的第三批案件: told in passing, the sentence's day is another happening's
    after = stage.behind(subject)
    brought = brought_along(shape, after, trigger.start) if after else []
    lead = assign_parties(stage, trigger, draft, subject)
    if _is_talk_on_visit(stage, draft):
        return None
    for actor in brought:
        team = actor.entity.kind is Kind.AGENCY and actor.entity.name.endswith(tuple(shape.lexicon.words("team")))
        role = Role.ORGANIZER if team else Role.PARTICIPANT  # 率考察组: they do it together
        draft.take(actor.entity, role, stage.evidence, "event.brought_along")
    set_places(stage, trigger, draft, subject, brought)
    if trigger.type == "Transfer":
        draft.marks = marks_of(shape, shape.clause_at(trigger.start)[0], shape.clause_at(trigger.end)[1])
    if not (draft.places or draft.roles) and _needs_something(stage, trigger, draft):
        return None
    if trigger.type in _GROUNDED and not _is_grounded(stage, trigger, draft, subject):
        return None
    draft.label = label_of(draft, lead, trigger.text)
    return draft


def _is_on_the_way(shape: Shape, trigger: Trigger, subject: list[Actor]) -> bool:
    """经过走访,锁定嫌疑人; 派出所民警在巡查时发现…: how the police came to know, not what is told."""
    before = shape.string[shape.clause_at(trigger.start)[0] : trigger.start]
    meant = any(word in before for word in shape.lexicon.words("by_means"))
    ends = tuple(shape.lexicon.words("force"))
    police = bool(subject) and all(a.entity.name.endswith(ends) for a in subject)
    return meant or (police and "在" in before and shape.string.startswith(("时", "中", "过程中", "期间"), trigger.end))


def _befalls(stage: Stage, trigger: Trigger) -> bool:
    """石庙村荣获…称号, 石庙村被评为…"""
    undergone = tuple(stage.shape.lexicon.words("undergone"))
    return stage.is_won(trigger) or stage.shape.string[: trigger.start].endswith(undergone)


def _comes_about(stage: Stage, trigger: Trigger) -> bool:
    """青石小学落成, 县医院新院区投入使用: with nothing behind the verb, what stands before it is what was built."""
    declared = stage.is_declared(trigger) or stage.is_rite(trigger)
    return not declared and trigger.end == stage.shape.clause_at(trigger.start)[1]


def _is_this_action(shape: Shape, trigger: Trigger) -> bool:
    """此次行动对…进行拆除: is it the action that was told of?"""
    these = tuple(f"{this}行动" for this in shape.lexicon.words("this_one"))
    return trigger.type == "Enforcement" and shape.string.startswith(these, shape.clause_at(trigger.start)[0])


def _is_drilled(stage: Stage) -> bool:
    """演练中,模拟…火灾,消防员扑灭火源: what befalls in a drill has not happened."""
    words = tuple(stage.shape.lexicon.words("drill"))
    return any(w in stage.shape.string for w in words) or any(d.name.endswith(words) for d in stage.story.drafts)


def _name_of(shape: Shape, trigger: Trigger) -> str:
    """会见 names the meeting that it is, 发生火灾 the fire."""
    if trigger.type == "Other":
        return accident_behind(shape, trigger.end) or ""
    return trigger.text if trigger.type == "Meeting" else ""


def _stands_alone(stage: Stage, trigger: Trigger, draft: Draft) -> bool:
    """2019年,共评出…59个: a day is enough for some types; 警方 is nobody's name, yet acts."""
    if draft.type == "Enforcement":
        before = stage.shape.string[: trigger.start]
        suffered = any(trigger.text in stage.shape.lexicon.words(name) for name in ("suffered", "punishment"))
        return suffered or any(w in before for w in ("被", *stage.shape.lexicon.words("law_organ")))
    if draft.type == "Other":
        return bool(draft.name)
    if draft.type in _BY_VISITORS:
        draft.held = _group_came(stage, trigger, draft)
        return draft.held
    return draft.type in _NEEDS_NO_ACTOR and (draft.type != "Award" or draft.when is not None)


def _group_came(stage: Stage, trigger: Trigger, draft: Draft) -> bool:
    """离退休干部来我县考察, 代表们对…进行了视察: people that are nobody's name, on some day or on a visit told of."""
    shape, words = stage.shape, stage.shape.lexicon.words
    start, opened = shape.clause_at(trigger.start)[0], _ABOUT.search(shape.string, 0, trigger.start)
    if shape.is_blank(start, opened.start() if opened and opened.start() >= start else trigger.start):
        start = shape.clause_at(max(start - 1, 0))[0]  # 检查组来我县,对…进行检查; 代表们来到我县,视察了…
    before = shape.string[start : trigger.start]
    unled = any(d.type == draft.type and d.held and not d.leads for d in stage.story.drafts)
    who = any(w in before for w in words("visitors")) or _is_called_by_title(shape, start)
    urged = any(start <= b < trigger.start for name in ("speech_verb", "urge") for b, _, _ in shape.find(name))
    return who and not urged and (draft.date is not None or unled)


def _is_called_by_title(shape: Shape, position: int) -> bool:
    """周书记到我镇调研: does a surname with a title open the clause?"""
    called = [t for t in shape.found.titles if position < t.start and shape.is_blank(position, t.start - 1)]
    return any(shape.string[t.start - 1] in shape.lexicon.surnames for t in called)


def _needs_something(stage: Stage, trigger: Trigger, draft: Draft) -> bool:
    """开工 needs somebody or a place; 荣获 whoever won; 被查处 at least a day."""
    undated = draft.type == "Enforcement" and draft.when is None
    return trigger.type in _NEEDS_SOMETHING or undated or stage.is_won(trigger)


def _is_talk_on_visit(stage: Stage, draft: Draft) -> bool:
    """到石庙村走访,与群众座谈: with nobody named it is a piece of the visit."""
    visit = any(d.type == "Inspection" and d.sentence == stage.index for d in stage.story.drafts)
    return draft.type == "Meeting" and visit and not any(role is Role.PARTICIPANT for _, role in draft.roles)


def _is_only_spoken_of(stage: Stage, trigger: Trigger) -> bool:
    """会上,X通报了… gives nothing out to the world; 审议…任免的议案, 提请任命: nobody has been appointed yet."""
    shape, words = stage.shape, stage.shape.lexicon.words
    before = shape.string[: trigger.start]
    if trigger.type == "Announcement":
        return before.endswith(tuple(words("meeting_generic"))) or any(w in before for w in words("at_it"))
    if _DECIDED_ON.match(shape.string, trigger.end) and any(w in before for w in words("reports_on")):
        return True  # 通报了对X进行审查调查的决定
    if trigger.type != "Appointment":
        return False
    clause = before[shape.clause_at(trigger.start)[0] :]
    asked = max((clause.rfind(w) for w in words("pending")), default=-1)
    return asked >= 0 and not any(w in clause[asked:] for w in words("decided"))


def is_told(draft: Draft) -> bool:
    """A happening needs someone, or a place that something was built or held at, or a name with a day."""
    if draft.held and draft.date is not None:
        return True
    return bool(draft.roles or draft.places or (draft.when and (draft.name or draft.type in _NEEDS_NO_ACTOR)))


def _is_grounded(stage: Stage, trigger: Trigger, draft: Draft, subject: list[Actor]) -> bool:
    """督导 without a place, a day or a person says what an office does, not that it went somewhere."""
    shape = stage.shape
    if draft.type in ("Enforcement", "Award") and any(
        role is Role.RECIPIENT and (who.kind is Kind.PERSON or draft.type == "Enforcement") for who, role in draft.roles
    ):
        return True
    # 闭幕会上,县政协对提案进行了表彰; 授予A厂、B校…称号
    if draft.type == "Award" and draft.head and draft.has_recipients:
        return True
    commended = draft.rite or trigger.text in shape.lexicon.words("commends") or draft.has_recipients
    if commended and any(d.name or d.rite for d in stage.story.drafts):
        return True
    if draft.type == "Other" and any(d.type == "Other" for d in stage.story.drafts):
        return True  # 灾情发生后,县委组织搜救
    if trigger.text in shape.lexicon.words("signs") and persons(subject):
        return True
    if draft.places or draft.date or (draft.type == "Announcement" and shape.found.documents):
        return True
    if any(w in shape.string[: trigger.start] for w in shape.lexicon.words("open_time")):
        return True  # 新春来临之际,县妇联走访慰问了…
    clause = shape.string[shape.clause_at(trigger.start)[0] : trigger.start]
    if draft.type == "Enforcement" and any(w in clause for w in shape.lexicon.words("disposes")):
        return True  # 当场将其抓获
    head = shape.found.sentence.part in _AT_HEAD or draft.type == "Other"
    light = tuple(f"{w}了" for w in shape.lexicon.words("light_verb"))  # 到施工现场进行了调研
    done = shape.string.startswith("了", trigger.end) or "一行" in shape.string[: trigger.start]
    done = done or shape.string[: trigger.start].endswith(light)
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
    if trigger.type in _BY_OFFICERS and (officers := _whose_officers(stage, trigger)):
        return officers
    if trigger.type == "Meeting" and (speaking := _speaking_there(shape, trigger)):
        return speaking
    again = trigger.type == "Award" and trigger.start == shape.clause_at(trigger.start)[0]
    begun = shape.string.find(trigger.text) if again else trigger.start  # 授予A称号;授予B称号: by whom the first was
    subject = shape.subject(begun)
    if stage.is_won(trigger) and not shape.begins_with(trigger.start, subject):
        return []  # 篮球赛落幕,某队获得冠军: who won is nobody that is known
    if subject:
        return subject
    clause = shape.clause_at(trigger.start)
    near = [a for a in shape.actors if clause[0] <= a.begin and a.end <= trigger.start and not shape.is_beside(a)]
    if trigger.type == "Inspection":
        near = [a for a in near if not (shape.is_stop(a) or _is_of_object(shape, clause[0], a))]
    governed = near and shape.string[near[0].begin - 1 : near[0].begin] in shape.lexicon.words("governs_object")
    if governed and trigger.text in shape.lexicon.words("signs"):
        governed = shape.string[near[0].begin - 1] not in shape.lexicon.words("jointly")  # 我县与X签订协议
    together = tuple(shape.lexicon.words("jointly") | shape.lexicon.words("bring"))
    if near and shape.string[: near[0].begin].endswith(together) and (town := stage.acting_place(near[0].begin)):
        return town  # 石庙社区联合派出所开展排查
    if trigger.type == "Inspection" and near:  # 考察组一行来到县水泥厂、县棉纺厂调研: who is gone to does not visit
        governed = governed or shape.string[: near[0].begin].endswith(tuple(shape.lexicon.words("move") - {"驻"}))
    if near and not governed and not (trigger.type == "Enforcement" and shape.handled(trigger.start)):
        return shape.run_from(near[0], trigger.start)
    if trigger.type in _BEFALLS and (doers := shape.doers(trigger.start)):
        return doers
    if trigger.type == "Enforcement" and shape.handled(trigger.start):
        return stage.story.force  # 随后在车站将X抓获: the police told of last
    return _whose_visit(stage, trigger) if trigger.type == "Inspection" else []


def _speaking_there(shape: Shape, trigger: Trigger) -> list[Actor]:
    """在与干部群众座谈时,县长X说: who opens the next clause, behind one that only says when."""
    start, end = shape.clause_at(trigger.start)
    opens = shape.string.find("在", start, trigger.start)
    if opens < 0 or not shape.is_blank(start, opens) or not shape.string[trigger.end : end].endswith(_WHEN):
        return []
    first = next((a for a in persons(shape.actors) if a.begin >= end), None)
    return shape.run_from(first, len(shape.string)) if first and shape.begins(end + 1, first) else []


def _is_of_object(shape: Shape, start: int, actor: Actor) -> bool:
    """检查组来我县,对县化工厂进行检查: does it stand behind 对 or 就, which open its clause?"""
    opened = _ABOUT.search(shape.string, start, actor.begin)
    return opened is not None and shape.is_blank(start, opened.start())


def _whose_officers(stage: Stage, trigger: Trigger) -> list[Actor]:
    """民警当场将其抓获; 所长X带领民警布控,将其抓获: the station or brigade named last, and who led its officers."""
    shape = stage.shape
    force = stage.forces(trigger.start) or stage.story.force
    known = "".join(a.entity.name for a in force)  # 大渡口民警: of the 大渡口派出所
    agencies = [a for a in shape.actors if a.entity.kind is Kind.AGENCY]
    for begin, end, _ in reversed(shape.find("officers")):
        if end > trigger.start or any(end <= a.begin and a.end <= trigger.start for a in agencies):
            continue
        whose = shape.string[max(shape.clause_at(begin)[0], begin - 2) : begin]
        if shape.stands_free(begin) or (len(whose) > 1 and whose in known):
            led = shape.string[:begin].endswith(tuple(shape.lexicon.words("bring")))
            return [*(persons(shape.subject(begin)) if led else []), *force]
    return []


def _giver(stage: Stage, trigger: Trigger) -> list[Actor]:
    """督察组向我市转办: the giver stands before 向 or 将, also in a relative clause."""
    shape, marks = stage.shape, stage.shape.lexicon.words("gives")
    near = [a for a in shape.actors if a.end <= trigger.start and shape.string[a.end : a.end + 1] in marks]
    subject = near[-1:] or shape.subject(trigger.start)
    given = subject and any(w in shape.string[subject[-1].end : trigger.start] for w in marks)
    passive = shape.string[shape.clause_at(trigger.start)[0] : trigger.start].rfind("被") >= 0
    return subject if given else stage.story.force if passive else []


def _whose_visit(stage: Stage, trigger: Trigger) -> list[Actor]:
    """随后,市领导来到…,察看…: whoever leads the visit was named before; 与会人员观摩: who led the gathering."""
    if any(a not in stage.shape.escorts and a.begin < trigger.start for a in persons(stage.shape.actors)):
        return []
    opening, words = stage.shape.string[: trigger.start], stage.shape.lexicon.words
    if not any(w in opening for w in words("visit_goes_on")):
        return []
    guests = any(w in opening for w in words("guests"))
    visits = [d for d in stage.story.drafts if d.leads and (d.name if guests else d.type == "Inspection")]
    goes_on = _PARTY_GOES_ON if any(w in opening for w in words("team")) else _VISIT_GOES_ON
    if visits and stage.index - visits[-1].sentence <= goes_on:
        leads = [e for e in sorted(visits[-1].leads) if not guests or e.kind is Kind.PERSON]
        return [Actor(0, 0, 0, entity) for entity in leads]
    if any(w in opening for w in words("team")) and stage.story.party:
        index, actors = stage.story.party
        return actors if stage.index - index <= _VISIT_GOES_ON else []
    if any(d.type == "Inspection" and d.held and not d.leads for d in stage.story.drafts):
        return []  # 人大代表视察…,县长X参加。代表们视察了…: the visitors are nobody's name
    index, actors = stage.story.last_subject or (-_VISIT_GOES_ON, [])
    return actors[:1] if stage.index - index <= _VISIT_GOES_ON else []

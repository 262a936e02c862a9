"""Happenings that a verb tells of: 市长X到Y镇调研, 督察组将第八批案件移交…, 法院公开开庭审理….

Someone must act, or the type be one that needs nobody; what an office is said to do counts only with a day or a place.
"""

from __future__ import annotations

import re

from kg.facts.clauses import Actor
from kg.facts.drafts import Draft
from kg.facts.mishaps import accident_behind
from kg.facts.parties import assign_parties
from kg.facts.scene import brought_along, marks_of
from kg.facts.shape import Shape
from kg.facts.stage import Stage, label_of, persons
from kg.facts.subjects import find_subject, group_came
from kg.facts.telling import Trigger
from kg.facts.where import set_places
from kg.model import Kind, Part, Role

_NEEDS_NO_ACTOR = frozenset({"Construction", "Award", "Appointment"})
_FEW_DAYS = 7
_SHORTEST_WORK = 4  # characters of what was opened
_BY_VISITORS = frozenset({"Inspection", "Mission"})
_NAMELESS = "某"  # 李某: whom a report of a case leaves without a name
# What an office is said to do counts only with a day or a place: else it is policy, not a happening.
_GROUNDED = frozenset({"Inspection", "Enforcement", "Award", "Announcement", "Activity", "Other"})
_STEPS = ("resignation", "punishment", "investigation", "verdict", "disaster")
_AT_HEAD = frozenset({Part.HEADLINE, Part.KICKER, Part.CAPTION})
_TITLE = re.compile("“([^“”]{3,24})”")
_COUNTED = re.compile(
    "[^,。;]{0,20}?(?:[一两]|\\d[\\d.]*)[余多]?万?(?:批|辆|名|起|处|家|个|伙|宗|瓶|箱|条|台|人|只|车|件|包|支|千?克|公斤|吨|元)"
)
_WHOEVER = re.compile("[任免命选举表决定通过、或和及者]{0,16}的(?:国家)?(?:机关)?(?:工作)?(?:人员|干部)")
# 共破获案件62起
_SUMMED = re.compile("[共累][计查破抓打收缴出检]|各类|[一二三四五六七八九十百千\\d]{2,}[余多]?[起名宗]")
_DECIDED_ON = re.compile("[^,。;]{0,8}的(?:决定|情况|通报|问题|意见|报告|议案|说明|建议|方案)")


def read_deed(stage: Stage, trigger: Trigger) -> Draft | None:
    """The happening that a verb tells of, or None where it tells of none."""
    shape = stage.shape
    if stage.is_open_plan(trigger) or (trigger.type == "Other" and _is_drilled(stage)):
        return None
    subject = find_subject(stage, trigger)
    if _is_of_another(stage, trigger, subject):
        return None
    draft = stage.draft(trigger, f"event.{trigger.type.lower()}.{trigger.text}", _name_of(shape, trigger))
    if trigger.type == "Construction" and stage.is_declared(trigger):
        draft.rule = "event.construction.declares"
    draft.apart = trigger.type == "Inspection" and any(
        shape.clause_at(trigger.start)[0] <= b < trigger.start for b, _, _ in shape.find("apart")
    )
    draft.generic = draft.generic or _is_this_action(stage, trigger) or _is_given_there(stage, trigger)
    draft.step = next((s for s in _STEPS if (draft.name or trigger.text) in shape.lexicon.words(s)), "")
    if trigger.text in shape.lexicon.words("puts_out") and any(d.type == "Other" for d in stage.story.drafts):
        draft.date, draft.generic = None, _ends_what_was_told(stage, subject)  # 17日凌晨,大火扑灭
    draft.sums_up = trigger.type == "Enforcement" and _SUMMED.search(shape.string) is not None
    if not (subject or _stands_alone(stage, trigger, draft)) or _is_only_spoken_of(stage, trigger):
        return None
    if shape.string.startswith("的", trigger.end) and not (draft.name and trigger.type == "Other"):
        draft.date = None  # 转办的第三批案件: told in passing, the sentence's day is another happening's
    subject = [] if (taught := _teach_there(stage, trigger, draft)) else subject
    after = stage.behind(subject)
    brought = [*brought_along(shape, after, trigger.start), *stage.towns_along(after, trigger.start)] if after else []
    lead = assign_parties(stage, trigger, draft, subject)
    if _is_talk_on_visit(stage, draft) or _is_what_for(stage, draft):
        return None
    if trigger.type == "Enforcement" and lead and all(_NAMELESS in a.entity.name for a in lead):
        return None  # 李某…经审理后判决: a party to the case enforces nothing
    _bring(stage, trigger, draft, brought)
    set_places(stage, trigger, draft, subject, brought)
    if trigger.type == "Award":
        draft.titles = tuple(m[1] for m in _TITLE.finditer(shape.string, *shape.clause_at(trigger.start)))
    if trigger.type == "Transfer":
        draft.marks = marks_of(shape, shape.clause_at(trigger.start)[0], shape.clause_at(trigger.end)[1])
    if taught:
        draft.places = []
    if not (draft.places or draft.roles) and _needs_something(stage, trigger, draft):
        return None
    if trigger.type in _GROUNDED and not _is_grounded(stage, trigger, draft, subject):
        return None
    own = trigger.type == "Construction" and draft.held and not (draft.places or lead)
    verb = "" if trigger.text in shape.lexicon.words("costs") else trigger.text  # 石庙村|爆炸造成…
    draft.label = _what_opened(shape, trigger) if own else label_of(draft, lead, verb)
    return draft


def _ends_what_was_told(stage: Stage, subject: list[Actor]) -> bool:
    """大火被扑灭, of a fire told of; 消防队将大火扑灭 where nobody has come to help yet is the rescue itself."""
    told = [d for d in stage.story.drafts if d.type == "Other"]
    return bool(told) and (not subject or any(d.leads and not d.name for d in told))


def _is_of_another(stage: Stage, trigger: Trigger, subject: list[Actor]) -> bool:
    """运动会闭幕,石庙队获得第一名: told of the contest; 村民X将Y起诉至法院: who sues enforces nothing."""
    words = stage.shape.lexicon.words
    if trigger.type == "Award" and stage.is_won(trigger) and not persons(subject):
        return any(d.is_called(words("contest")) for d in stage.story.drafts)
    if trigger.type == "Inspection":
        return _is_on_the_way(stage.shape, trigger, subject)
    return trigger.text in words("sues") and bool(subject) and subject == persons(subject)


def _teach_there(stage: Stage, trigger: Trigger, draft: Draft) -> bool:
    """培训班开班,邀请县农科院专家X授课: who is invited to teach takes part in what has been told of."""
    shape, words = stage.shape, stage.shape.lexicon.words
    start = shape.clause_at(trigger.start)[0]
    invited = [shape.string.find(w, start, trigger.start) for w in words("invites")]
    at = min((i for i in invited if i >= 0), default=-1)
    if (
        at < 0
        or trigger.text not in words("gives_lessons")
        or not any(d.type == draft.type for d in stage.story.drafts)
    ):
        return False
    teachers = persons(shape.between(at, trigger.start))
    for actor in teachers:
        draft.take(actor.entity, Role.PARTICIPANT, stage.evidence, "event.invited")
    draft.generic = True
    return bool(teachers)


def _bring(stage: Stage, trigger: Trigger, draft: Draft, brought: list[Actor]) -> None:
    """率考察组, 联合县林业局: they do it together; 带领县水利局、县防汛办检查组: the team is one of those brought."""
    words = stage.shape.lexicon.words
    offices = [a for a in brought if a.entity.kind is Kind.AGENCY]
    teams = all(a.entity.name.endswith(tuple(words("team"))) for a in offices)
    before = stage.shape.string[: offices[0].begin] if offices else ""
    joint = before.endswith(tuple(w for w in words("jointly") if len(w) > 1))
    together = teams or (joint and trigger.type == "Inspection")
    for actor in brought:
        role = Role.ORGANIZER if together and actor in offices else Role.PARTICIPANT
        draft.take(actor.entity, role, stage.evidence, "event.brought_along")


def _is_on_the_way(shape: Shape, trigger: Trigger, subject: list[Actor]) -> bool:
    """经过走访,锁定嫌疑人; 派出所民警在巡查时发现…: how the police came to know, not what is told."""
    before = shape.string[shape.clause_at(trigger.start)[0] : trigger.start]
    meant = any(word in before for word in shape.lexicon.words("by_means"))
    ends = tuple(shape.lexicon.words("force"))
    police = bool(subject) and all(a.entity.name.endswith(ends) for a in subject)
    return meant or (police and "在" in before and shape.string.startswith(("时", "中", "过程中", "期间"), trigger.end))


def _is_this_action(stage: Stage, trigger: Trigger) -> bool:
    """此次行动对…进行拆除, 该案由X审理: is it the action or the case that was told of?"""
    shape = stage.shape
    these = tuple(
        f"{this}{what}" for this in shape.lexicon.words("this_one") for what in ("行动", "案", "起案件", "批案件")
    )
    told = trigger.type == "Enforcement" and any(d.type == "Enforcement" for d in stage.story.drafts)
    return told and shape.string.startswith(these, shape.clause_at(trigger.start)[0])


def _is_given_there(stage: Stage, trigger: Trigger) -> bool:
    """表彰大会召开。…宣读了授予X等“优秀教师”称号的决定; 签订A协议;B与C签订…: is it of what was told of just before?"""
    words = stage.shape.lexicon.words
    if trigger.text in words("confers") | words("commends"):
        return any(d.type == "Award" and d.has_ceremony and not d.head for d in stage.story.drafts)
    signed = any(d.rule.rpartition(".")[2] in words("signs") for d in stage.told_here())
    return signed and trigger.text in words("signs")


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
        draft.held = group_came(stage, trigger, draft)
        return draft.held
    if draft.type == "Activity" and trigger.text in stage.shape.lexicon.words("signs"):  # 5日,两个项目签约落户开发区
        clause = stage.shape.string[stage.shape.clause_at(trigger.start)[0] : trigger.start]
        return "项目" in clause and draft.date is not None
    if (
        draft.type in ("Construction", "Activity")
        and draft.date is not None
        and _is_opened_of_itself(stage.shape, trigger)
    ):
        draft.held = True  # 近日,马营至石庙公交线路正式开通: the line is nobody's name, nor a place's
        return True
    goes_on = bool(stage.story.drafts) and stage.shape.string.startswith(tuple(stage.shape.lexicon.words("sequel")))
    return draft.type in _NEEDS_NO_ACTOR and (draft.type != "Award" or draft.when is not None or goes_on)


def _what_opened(shape: Shape, trigger: Trigger) -> str:
    """近日,|公交线路正式开通: the words of the clause behind its day, up to the verb's end."""
    start = shape.clause_at(trigger.start)[0]
    days = [d.end for d in shape.found.dates if start <= d.start and d.end <= trigger.start]
    return shape.string[max([start, *days]) : trigger.end]


def _is_opened_of_itself(shape: Shape, trigger: Trigger) -> bool:
    """公交线路|正式开通, 新系统|正式启用: does what was opened stand before the verb, and its clause end with it?"""
    end = shape.clause_at(trigger.start)[1]
    opened = len(_what_opened(shape, trigger)) >= _SHORTEST_WORK + len(trigger.text)
    sure = trigger.text.startswith("正式") or trigger.text in shape.lexicon.words("opens_of_itself")
    return opened and sure and shape.string[trigger.end : end] in ("", "了")


def _needs_something(stage: Stage, trigger: Trigger, draft: Draft) -> bool:
    """开工 needs somebody, a place or a day; 荣获 whoever won; 被查处 at least a day."""
    long = draft.when is None or (draft.when.end - draft.when.begin).days > _FEW_DAYS
    undated = draft.when is None if draft.type == "Enforcement" else long and draft.type == "Construction"
    undated = undated and not (draft.type == "Construction" and draft.held)
    return trigger.type == "Appointment" or undated or stage.is_won(trigger)


def _is_talk_on_visit(stage: Stage, draft: Draft) -> bool:
    """到石庙村走访,与群众座谈: with nobody named it is a piece of the visit."""
    visit = any(d.type == "Inspection" and d.sentence == stage.index for d in stage.story.drafts)
    return draft.type == "Meeting" and visit and not any(role is Role.PARTICIPANT for _, role in draft.roles)


def _is_what_for(stage: Stage, draft: Draft) -> bool:
    """召开劳动节大会,表彰先进模范: with nobody named it is what the meeting was for."""
    return draft.type == "Award" and not draft.roles and any(d.type == "Meeting" for d in stage.told_here())


def _is_only_spoken_of(stage: Stage, trigger: Trigger) -> bool:
    """会上,X通报了… gives nothing out to the world; 审议…任免的议案, 提请任命: nobody has been appointed yet."""
    shape, words = stage.shape, stage.shape.lexicon.words
    before = shape.string[: trigger.start]
    if trigger.type == "Announcement":
        met = any(d.type == "Meeting" and d.name for d in stage.told_here())  # 召开主任会议,研究决定…
        return met or before.endswith(tuple(words("meeting_generic"))) or any(w in before for w in words("at_it"))
    if _DECIDED_ON.match(shape.string, trigger.end) and any(w in before for w in words("reports_on")):
        return True  # 通报了对X进行审查调查的决定
    if trigger.type != "Appointment":
        return False
    if _WHOEVER.match(shape.string, trigger.end) or shape.string.startswith("时", trigger.end):
        return True  # 由县人大常委会任命的国家工作人员就职时
    clause = before[shape.clause_at(trigger.start)[0] :]
    asked = max((clause.rfind(w) for w in words("pending")), default=-1)
    return asked >= 0 and not any(w in clause[asked:] for w in words("decided"))


def _by_officers(shape: Shape, trigger: Trigger) -> bool:
    """执法人员当场…: is it told of the officers who came, and not of what their office does?"""
    here = [b for b, _, _ in shape.find("officers") if b < trigger.start and shape.opens_clause(b)]
    return bool(here) and shape.part_at(here[-1]) == shape.part_at(trigger.start)


def is_told(draft: Draft) -> bool:
    """A happening needs someone, or a place that something was built or held at, or a name with a day."""
    if draft.held and draft.date is not None:
        return True
    return bool(draft.roles or draft.places or (draft.when and (draft.name or draft.type in _NEEDS_NO_ACTOR)))


def _with_another(shape: Shape, trigger: Trigger) -> bool:
    """县文旅局与A公司签订了合作协议: are two named who have signed?"""
    done = trigger.text.endswith("了") or shape.string.startswith("了", trigger.end)
    return done and len(shape.between(shape.clause_at(trigger.start)[0], trigger.start)) > 1


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
    if draft.step == "punishment" and draft.leads and any(w in shape.string for w in shape.lexicon.words("rules_on")):
        return True  # 经县委研究,给予某镇书记警告处分
    if draft.type == "Other" and any(d.type == "Other" for d in stage.story.drafts):
        return True  # 灾情发生后,县委组织搜救
    if draft.type == "Other" and any(a.entity in draft.actors for a in stage.story.called):
        return True  # 消防大队接到报警。…接警后,大队赶赴现场
    if trigger.text in shape.lexicon.words("signs") and (persons(subject) or _with_another(shape, trigger)):
        return True
    if trigger.type == "Inspection" and any(e.name.endswith("团") for e in draft.organizers):
        return True  # 石庙市考察团赴我市进行考察
    if draft.places or draft.date or (draft.type == "Announcement" and shape.found.documents):
        return True
    if any(w in shape.string[: trigger.start] for w in shape.lexicon.words("open_time")):
        return True  # 新春来临之际,县妇联走访慰问了…
    clause = shape.string[shape.clause_at(trigger.start)[0] : trigger.start]
    if draft.type == "Enforcement" and any(w in clause for w in shape.lexicon.words("disposes")):
        return True  # 当场将其抓获
    if draft.type == "Enforcement" and draft.leads and not draft.head and _by_officers(shape, trigger):
        return True  # 执法人员依法予以扣押
    if draft.type == "Enforcement" and not draft.head and draft.leads and _COUNTED.match(shape.string, trigger.end):
        return True  # 从一辆货车内查获一批假酒
    head = shape.found.sentence.part in _AT_HEAD or draft.type == "Other"
    light = tuple(f"{w}了" for w in shape.lexicon.words("light_verb"))  # 到施工现场进行了调研
    before = shape.string[: trigger.start]
    done = shape.string.startswith("了", trigger.end) or before.endswith(light) or "一行" in before or "现场" in before
    after = stage.behind(persons(subject))  # 院长X带领医护人员到石庙村义诊
    moves = {"Activity": "move", "Inspection": "goes_to"}.get(draft.type)  # 程宇又赶往医院,看望伤员
    went = moves is not None and any(0 < after <= b < trigger.start for b, _, _ in shape.find(moves))
    return bool(persons((*subject, *shape.actors))) and (head or done or went)

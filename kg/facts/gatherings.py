"""Happenings that a noun tells of when it was held, hosted or attended: 推进会召开, 主持会议, 在座谈会上."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from kg.facts.clauses import Actor
from kg.facts.drafts import Draft
from kg.facts.grounds import ground_of, have_come, set_grounds
from kg.facts.scene import Held, brought_along, event_name, how_held
from kg.facts.shape import Shape
from kg.facts.stage import Stage, label_of
from kg.facts.telling import Trigger
from kg.lexicon import Lexicon
from kg.model import Entity, Kind, Role
from kg.words import any_of

_OWN_SESSION = re.compile(
    r"(?:党组)?(?:首[次届]|第[一二三四五六七八九十百\d]+[次届])*(?:(?:常务|常委|主任|主席|全体|党组)*(?:会议|全会)"
    "|(?:会员|代表|理事|成立|换届|选举)+(?:大会|会议)(?:暨.*)?)"
)
_MANY = re.compile(r"(?:共|近|累计)?[\d一二三四五六七八九十百]+余?(?:场|次|期|批)")  # 开展培训12场: a sum, no happening
_WORK_TOO = re.compile("(?:工作|会议?)暨")  # 教育工作暨教师节表彰大会
_OF_ALL_SORTS = re.compile("(?:各[项类种式]|种种|多种形式的?|形式多样的?|丰富多彩的?)$")  # 组织各项宣传活动
_SUMS_UP = re.compile("[^,。]{0,6},?[本此][届次]")
_AND = re.compile("[和及与、]")  # 参加会议和活动
_AND_ANOTHER = re.compile(".*(?:会议?|仪式|活动|典礼)[和及与、](?=.{3})")  # 出席洽谈会和|签约仪式
_WITH_BILLS = frozenset({"Activity", "Award", "Construction"})
_WITH_RITES = frozenset({"Activity", "Award"})
_ON_THE_BILL = 2  # sentences behind an activity that tell what there was at it
_TITLE = 4  # characters between where 邀请 begins and whom it names
_LEVELS = "省市区县镇"
_DECLARES = re.compile("[,并]*(?:讲话)?[,并]*宣布")  # 出席仪式并宣布开工
ITS_BODIES = ("各", "所属", "下属")  # 县人大各专门委员会负责人: nobody whom the list names
_KEYNOTE_WITHIN = 14  # characters after the noun: 出席会议并讲话


def read_gathering(stage: Stage, trigger: Trigger) -> Draft | None:
    """The gathering that a noun tells of, or None where it is only mentioned."""
    shape = stage.shape
    name = event_name(shape, trigger.start, trigger.end)
    begin = trigger.end - len(name)
    if trigger.type == "Award" and _WORK_TOO.search(name):
        trigger = replace(trigger, type="Meeting")
    how = how_held(shape, begin, trigger.end, meeting=trigger.type == "Meeting")
    if how is None and trigger.type == "Meeting" and _talks_on_visit(stage, name, begin, trigger.end):
        how = Held("on", shape.clause_at(trigger.end)[1])
    if how is None and trigger.type == "Activity":
        name, how = trigger.text, _gone_to(shape, trigger)
    if how is None or stage.is_open_plan(trigger, how.start) or _is_no_occasion(shape, trigger, name):
        return None
    if how.start < begin and shape.is_planned(how.start) and shape.string[how.start : begin].endswith("的"):
        return None  # 就即将举办的纳凉晚会召开协调会
    if how.manner == "hosted" and how.start >= trigger.end and any(d.has_floor for d in stage.story.drafts):
        return None  # 典礼由X主持: the gathering that has been told of
    if how.start <= begin and shape.string[: how.start].endswith(tuple(shape.lexicon.words("by_means"))):
        return None  # 通过召开动员会等形式
    name = _AND_ANOTHER.sub("", name) if how.manner == "attended" else name
    core = _core(stage, name)
    generic = _is_told_before(stage, trigger, begin, core, how)
    if how.manner == "attended" and _is_in_passing(stage, trigger, how, generic=generic):
        return None
    draft = stage.draft(trigger, f"event.{trigger.type.lower()}.{how.manner}", core or name, generic=generic)
    draft.held = how.manner == "held" and not generic
    if generic and draft.generic and _SUMS_UP.match(shape.string):
        draft.date = None  # 据悉,本届运动会13日结束,千人参加比赛
    draft.ahead = shape.string.startswith(tuple(shape.lexicon.words("its_day")), trigger.end)
    ground = ground_of(shape, trigger, how)
    subject = [a for a in shape.host(how.start) if ground is None or a.begin >= ground]
    if trigger.type == "Construction":  # 县医院奠基仪式: what is built holds nothing
        subject = [a for a in subject if not begin <= a.start < trigger.start or shape.is_owner(a)]
    if how.manner == "attended":  # 县人大各专门委员会负责人参加仪式: nobody who is named
        subject = [a for a in subject if not shape.string.startswith(ITS_BODIES, a.end)]
    assisting = [a for b, _, _ in shape.find("assist_by") if how.manner == "held" for a in shape.run_before(b)]
    subject = [a for a in _who_holds(stage, how, draft, subject) if a not in assisting]
    _take_subject(stage, trigger, how, draft, subject)
    for entity in _conveners(stage, how, subject, elsewhere=ground is not None):
        draft.take(entity, Role.ORGANIZER, stage.evidence, draft.rule)
    for entity in _whose_session(stage, trigger, begin):
        draft.take(entity, Role.ORGANIZER, stage.evidence, "event.own_session")
    _with_whom(stage, how, draft, subject)
    for actor in assisting:  # 由A主办、B和C协办的书画展
        draft.take(actor.entity, Role.PARTICIPANT, stage.evidence, "event.assist_by")
    set_grounds(stage, trigger, how, draft, begin, subject)
    plain = name in shape.lexicon.words("meeting_generic") or _OWN_SESSION.fullmatch(name)
    draft.label = label_of(draft, subject, name) if plain else name
    return draft


def _talks_on_visit(stage: Stage, name: str, begin: int, end: int) -> bool:
    """考察组来我县调研。座谈会上,…: is it a talk that the report of a visit has not told of yet?"""
    shape = stage.shape
    opens = shape.is_blank(shape.clause_at(begin)[0], begin) and shape.string.startswith("上,", end)
    talk = opens and name in shape.lexicon.words("visit_meeting")
    visit = any(d.type == "Inspection" and d.leads for d in stage.story.drafts)
    return talk and visit and not any(d.type == "Meeting" for d in stage.story.drafts)


def _is_no_occasion(shape: Shape, trigger: Trigger, name: str) -> bool:
    """参与社会活动, 组织各项宣传活动, 开展培训12场, 喜迎党代会召开: no one happening, or none yet."""
    if shape.string[: trigger.start].rstrip(_LEVELS).endswith(tuple(shape.lexicon.words("awaits"))):
        return True  # 以优异成绩迎接党代会召开
    sorts = _OF_ALL_SORTS.search(shape.string, 0, trigger.end - len(name)) is not None
    counted = _MANY.match(shape.string, trigger.end) is not None
    return counted or sorts or name in shape.lexicon.words("no_occasion")


def _gone_to(shape: Shape, trigger: Trigger) -> Held | None:
    """走进蕉园镇采风, 赴县城演出: what people go somewhere to do is held there."""
    there = next((p for p in shape.found.places if p.end == trigger.start), None)
    gone = [b for b, e, _ in shape.find("move") if there and e == there.start]
    return Held("held", gone[0]) if gone else None


def _is_told_before(stage: Stage, trigger: Trigger, begin: int, core: str, how: Held) -> bool:
    """观看演出, 主持奠基仪式, 此次活动由A主办, 这是A主办的盛会: is it the one told of, with no name of its own?"""
    words, opening = stage.shape.lexicon.words, stage.shape.string[stage.shape.clause_at(begin)[0] : begin]
    these = tuple(words("this_one"))
    plain = how.manner in ("attended", "on") or trigger.type == "Construction"
    bare = plain and core.removeprefix("项目") == trigger.text
    here = how.manner == "attended" and any(d.held and d.type == trigger.type for d in stage.told_here())
    if here and not stage.shape.host(how.start):
        return True  # 开展大扫除活动,干部走上街头参与志愿服务活动
    if trigger.type == "Activity" and _is_on_the_bill(stage, begin, how):
        return True
    begun = stage.shape.string.startswith(tuple(words("gets_under_way")), trigger.end)  # 警报声响,消防演练正式开始
    if begun and any(d.type == trigger.type and d.label.endswith(core[-2:]) for d in stage.story.drafts):
        return True
    declared = how.manner == "hosted" and stage.shape.string.startswith(tuple(words("declares")), how.start)
    if declared and any(d.held and d.type == trigger.type and d.name[-1:] == core[-1:] for d in stage.story.drafts):
        return True  # X宣布画展开幕, of 青石山水油画展
    talk = how.manner == "held" and core in words("visit_meeting")
    if talk and not any(d.type == "Meeting" for d in stage.story.drafts):
        return False  # 演出结束后,帮扶单位召开了座谈会
    rite = how.manner == "held" and core == trigger.text and core.endswith("仪式") and not stage.shape.found.dates
    if rite and any(d.type in _WITH_RITES and d.has_ceremony and not d.head for d in stage.story.drafts):
        return True  # 签约仪式举行。…双方进行了授牌仪式
    if core in words("on_the_bill") and not stage.shape.host(how.start):
        last = next((d for d in reversed(stage.story.drafts) if d.type == trigger.type and d.has_floor), None)
        if last is not None and not last.head and stage.index - last.sentence <= _ON_THE_BILL:
            return True  # 开展重阳节活动。…文艺演出在歌声中拉开序幕
    this = opening.endswith(("这", *these)) or core.startswith(these) or opening.startswith(("这是", *these))
    this = this and bool(stage.story.drafts)
    return bare or this or all(part in ("", *words("meeting_generic")) for part in _AND.split(core))


def _is_on_the_bill(stage: Stage, begin: int, how: Held) -> bool:
    """开幕式上,进行了健身展演; 本次活动主要举办文艺演出、讲座: is it a part of what the article has told of?"""
    shape, words = stage.shape, stage.shape.lexicon.words
    if not any(d.type in _WITH_BILLS and d.has_floor and not d.head for d in stage.story.drafts):
        return False
    opening = [b for b, _ in shape.clauses if b <= begin]
    at_it = tuple(f"{at}{where}" for where in words("at_activity") for at in ("", "在"))
    these = tuple(f"{this}{what}" for this in words("this_one") for what in words("with_a_bill"))
    there = any(shape.string.startswith(at_it, b) for b in opening)
    if not (there or shape.string.startswith(these)):
        return False
    return there or not shape.host(how.start)


def _is_in_passing(stage: Stage, trigger: Trigger, how: Held, *, generic: bool) -> bool:
    """参与采风的作家来到…; 凭卡参与植树, by nobody; visitors who watch a show: not what is told."""
    shape, words = stage.shape, stage.shape.lexicon.words
    watched = shape.string.startswith(tuple(words("watches")), how.start)
    visit = watched and any(d.type == "Inspection" and d.leads for d in stage.story.drafts)
    nobody = trigger.text in words("joined_in") and not shape.host(how.start)
    return nobody or (not generic and (visit or shape.string.startswith("的", trigger.end)))


def _who_holds(stage: Stage, how: Held, draft: Draft, subject: list[Actor]) -> list[Actor]:
    """X参加了县妇联在石庙村举行的培训班: who is named behind 参加 holds it, X attends."""
    shape, start = stage.shape, stage.shape.clause_at(how.start)[0]
    came = [e for b, e, _ in shape.find("attend") if max(start, stage.behind(subject)) <= b and e <= how.start]
    if how.manner != "held" or not (came and subject):
        return subject
    for actor in subject:
        draft.take(actor.entity, Role.PARTICIPANT, stage.evidence, "event.attended")
    return [a for a in shape.between(came[0], how.start) if a.entity.kind is Kind.AGENCY and not shape.is_beside(a)]


def _take_subject(stage: Stage, trigger: Trigger, how: Held, draft: Draft, subject: list[Actor]) -> None:
    """Give those who hold, host or attend it their parts."""
    keynote, came = speaks(stage, trigger.end), have_come(stage, how, subject)
    declares = [b for b, _, word in stage.shape.find("host") if word in stage.shape.lexicon.words("declares")]
    opens = any(stage.behind(subject) <= b <= how.start for b in declares)  # X宣布活动开幕
    opens = opens or (how.manner == "attended" and _DECLARES.match(stage.shape.string, trigger.end) is not None)
    behind = stage.shape.string[trigger.end : trigger.end + _KEYNOTE_WITHIN]
    welcomes = how.manner in ("attended", "on") and any(w in behind for w in stage.shape.lexicon.words("welcomes"))
    several = how.manner == "on" and trigger.type != "Meeting" and len(subject) > 1  # A、B分别在仪式上讲话
    for actor in subject:
        part = Role.LEAD if (came or opens) and actor is subject[0] else _part_of(stage, actor, how, keynote=keynote)
        rule = next((f"event.{r}" for r, done in (("declares", opens), ("welcomes", welcomes)) if done), draft.rule)
        rule = rule if part is Role.LEAD else draft.rule
        draft.take(actor.entity, Role.PARTICIPANT if several else part, stage.evidence, rule)


def _core(stage: Stage, name: str) -> str:
    """论坛开幕式 → 论坛: what a ceremony opens or closes is what it belongs to."""
    return next((name.removesuffix(w) for w in stage.shape.lexicon.words("opening") if name.endswith(w)), name)


def speaks(stage: Stage, position: int) -> bool:
    """Does 并讲话 or its like follow?"""
    text = stage.shape.string[position : position + _KEYNOTE_WITHIN]
    return any(word in text for word in stage.shape.lexicon.words("keynote"))


def _part_of(stage: Stage, actor: Actor, how: Held, *, keynote: bool) -> Role:
    """Who hosts, speaks at or convenes a meeting leads it; who attends or presses its button takes part."""
    person = actor.entity.kind is Kind.PERSON
    if person and stage.shape.string.startswith(tuple(stage.shape.lexicon.words("starts")), how.start):
        return Role.PARTICIPANT
    if person and (how.manner in ("hosted", "on") or (how.manner == "attended" and keynote)):
        return Role.LEAD
    takes = stage.shape.string.startswith(tuple(stage.shape.lexicon.words("takes_along")), actor.end)
    if not person and takes:
        return Role.ORGANIZER  # 县实验小学组织学生参加…
    if how.manner == "held":
        return Role.LEAD if person else Role.ORGANIZER
    return Role.PARTICIPANT


def _conveners(stage: Stage, how: Held, subject: list[Actor], *, elsewhere: bool) -> Iterator[Entity]:
    """由A主办、B承办: both; 鼓楼街道在…举办: the place that acts, unless it only says where."""
    shape = stage.shape
    if how.manner != "held":
        return
    yield from (a.entity for a in shape.doers(how.start) if a not in subject)
    for begin, _, _ in shape.find("lead_by"):
        yield from (a.entity for a in shape.run_before(begin) if a not in subject)
    if not (subject or elsewhere):
        yield from _who_was_asked(shape, how.start)
        yield from _who_sent(shape, how.start)
        yield from (a.entity for a in _right_before(shape, how.start) or stage.acting_place(how.start))


@lru_cache(maxsize=4)
def _sent(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(f"(等[^,。;、]{{0,6}})?{any_of(lexicon.words('brings_people'))}的")


def _who_sent(shape: Shape, position: int) -> Iterator[Entity]:
    """县教育局、农办等单位组织的演职人员深入石庙村开展…: whose people they are."""
    sent = _sent(shape.lexicon).search(shape.string, shape.clause_at(position)[0], position)
    yield from (a.entity for a in shape.run_before(sent.start()) if a.entity.kind is Kind.AGENCY) if sent else ()


def _who_was_asked(shape: Shape, position: int) -> Iterator[Entity]:
    """第一书记邀请县医院专家到石庙村开展义诊: the office whose people came, where nobody else is named."""
    start = shape.clause_at(position)[0]
    asked = [shape.string.find(w, start, position) for w in shape.lexicon.words("invites")]
    at = max(asked, default=-1)
    first = next((a for a in shape.between(at, position) if at >= 0 and a.entity.kind is Kind.AGENCY), None)
    if first is not None and first.begin - at <= _TITLE and not shape.is_stop(first):
        yield first.entity


def _right_before(shape: Shape, position: int) -> list[Actor]:
    """这是县委、县政府举办的盛会: the offices that a verb of holding stands right behind, unless 在…举办 says where."""
    run = [a for a in shape.run_before(position) if a.entity.kind is Kind.AGENCY]
    there = run and shape.string[: run[0].begin].endswith(tuple(shape.lexicon.words("move")))
    return [] if there or (run and shape.is_beside(run[0])) else run


def _whose_session(stage: Stage, trigger: Trigger, begin: int) -> Iterator[Entity]:
    """省人大常委会第三十次会议, 总工会职工运动会: the body that stands first in the name."""
    shape = stage.shape
    signed = any(word in trigger.text for word in shape.lexicon.words("signs"))
    for actor in shape.between(begin - 1 if signed else begin, trigger.end):
        own = trigger.type == "Activity" or _OWN_SESSION.match(shape.string, actor.end)
        party = signed and (actor.begin <= begin or shape.string[actor.begin - 1] in shape.lexicon.words("jointly"))
        if (party or (actor.start == begin and own)) and actor.entity.kind is Kind.AGENCY:
            yield actor.entity


def _with_whom(stage: Stage, how: Held, draft: Draft, subject: list[Actor]) -> None:
    """县妇联联合县医院举办…, 组织志愿者队开展…: who holds it too, who is taken along."""
    if not subject or how.manner not in ("held", "hosted"):
        return
    shape, after = stage.shape, stage.behind(subject)
    ways = [word for begin, _, word in shape.find("bring") if after <= begin < how.start]
    joint = bool(ways) and ways[0] in shape.lexicon.words("jointly")  # 组织A和B开展: they are taken along
    for actor in brought_along(shape, after, how.start):
        organises = joint and actor.entity.kind is Kind.AGENCY and draft.type != "Enforcement"
        draft.take(
            actor.entity, Role.ORGANIZER if organises else Role.PARTICIPANT, stage.evidence, "event.brought_along"
        )

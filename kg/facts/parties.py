"""Who was what in a happening: who led it and whom it met, type by type."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.facts.cases import enforced
from kg.facts.clauses import Actor
from kg.facts.drafts import ANSWERED, Draft
from kg.facts.scene import answering
from kg.facts.shape import Shape
from kg.facts.stage import Stage, persons
from kg.facts.telling import Trigger
from kg.facts.went import are_greeted
from kg.lexicon import Lexicon
from kg.model import Entity, Kind, Role
from kg.words import any_of

_NAMED_TO_POST = "person.appointed."  # the rule of groups that a verb of appointing brings a post
_BY_WHOM = re.compile("被[^,。;:的]{2,24}$")  # 该校被推介委员会正式|命名为, where no list knows the committee
_OF = re.compile("(?:同志|先生|女士)?的")  # 宣布了X同志的任命
# 任命X为书记,Y同志为院长; X以190票当选主任,Y等20名代表当选委员
_TO_POST = re.compile(
    r"(?:同志|先生|女士|等\d+[名位人][\u4e00-\u9fff]{0,4})?(?:以[^,。;]{0,12}票(?:的?高票)?)?(?:为|任|担任|当选为?)"
)
_OWN_NAME = 8  # characters of a party's own name behind an office: 石庙集团|规划司考察团一行 has fewer
_AND = ("、", "和", "及", "与")
_ARE_CALLED = re.compile("[被受](?:集中|集体)?$")
_BY_RANK = frozenset(
    {"Other", "Inspection", "Meeting", "Activity", "Construction", "Award"}
)  # who is named first leads
_HEADS = 3  # so many in a list do not lead together
_HOMES = re.compile("家(?=[中里]|[,。;、]|走访|看望|慰问)")
_SORT = 10  # characters between the last of those called on and 家中: 等5户困难群众
_REACH = 20  # characters that may stand between 为 and the receiver's name: its titles


def assign_parties(stage: Stage, trigger: Trigger, draft: Draft, subject: list[Actor]) -> list[Actor]:
    """Give everybody that the verb names a part; returns who led."""
    if trigger.type == "Other" and draft.name:
        for actor in answering(stage.shape):
            draft.take(actor.entity, Role.ORGANIZER, stage.evidence, ANSWERED)
        return []  # an accident befalls
    lead = ([] if stage.is_won(trigger) else _led_by(stage, trigger)) or subject
    if (rule := _BY_TYPE.get(trigger.type)) is not None:
        lead = rule(stage, trigger, draft, lead)
    behind_the_first = _behind_the_first(stage.shape, lead, trigger.start) if trigger.type in _BY_RANK else []
    for actor in lead:
        role = Role.LEAD if actor.entity.kind is Kind.PERSON else Role.ORGANIZER
        role = Role.PARTICIPANT if actor in behind_the_first else role
        draft.take(actor.entity, role, stage.evidence, draft.rule)
    for actor in subject:
        if lead and actor not in lead and actor.entity not in draft.actors:
            draft.take(actor.entity, Role.PARTICIPANT, stage.evidence, "event.led_by")
    return [a for a in lead if a not in behind_the_first]


def _behind_the_first(shape: Shape, lead: list[Actor], position: int) -> list[Actor]:
    """县委书记A、县长B、副县长C到X调研: of a list of heads the first leads; two lead together, a delegation as one."""
    people = [a for a in persons(lead) if a.end]  # those named here, not whose visit goes on
    offices = [a for a in lead if people and a.entity.kind is Kind.AGENCY and a.begin >= people[-1].end]
    if any(shape.makes_up(people[-1].end, a) for a in offices):
        return []
    each = people and any(w in shape.string[people[-1].end : position] for w in shape.lexicon.words("each"))
    return offices if each or len(people) < _HEADS else [*people[1:], *offices]


def _led_by(stage: Stage, trigger: Trigger) -> list[Actor]:
    """由西安区政府牵头,…: who leads of those who do it together."""
    shape = stage.shape
    for begin, _, _ in shape.find("lead_by"):
        near = shape.run_before(begin)
        if near and shape.is_agent(near[0]) and begin < trigger.start:
            return near
    return []


def _appointed(stage: Stage, trigger: Trigger, draft: Draft, lead: list[Actor]) -> list[Actor]:
    """任命X为Y: X receives; who appoints is the subject, or the body whose meeting the article tells of."""
    shape = stage.shape
    named = persons(shape.between(trigger.end, shape.clause_at(trigger.start)[1]))
    owner = [a for a in persons(shape.actors) if _OF.fullmatch(shape.string[a.end : trigger.start])]
    named = owner or named
    given = {n.start for g in shape.found.groups if g.rule.startswith(_NAMED_TO_POST) for n in g.names}
    part = shape.part_at(trigger.start)  # 接受X辞去…;任命Y为…
    there = persons(shape.between(*part))
    also: list[Actor] = []
    for one in reversed(there):  # X、Y、Z当选为副主任
        listed = any(shape.string[one.end : behind.begin] in _AND for behind in also[:1])
        if listed or one.start in given or _TO_POST.match(shape.string, one.end):
            also.insert(0, one)
    # X以190票高票当选主任,Y当选副主任
    before = [a for a in also if a.end <= trigger.start and (a.start in given or "当选" in trigger.text)]
    named += [a for a in also if a not in named and (a.end > trigger.start or a in before)]
    passive = [] if named else persons(lead)
    for actor in named or passive:
        draft.take(actor.entity, Role.RECIPIENT, stage.evidence, draft.rule)
    if passive:
        doers = [a for a in shape.doers(trigger.start) if a not in passive]
        if not doers:
            _by_its_session(stage, draft, of_congress=True)
        return doers
    lead = [a for a in lead if a.entity.kind is Kind.AGENCY] or _who_decided(shape, trigger.start)
    if not lead:
        _by_its_session(stage, draft)
    return lead


def _who_decided(shape: Shape, position: int) -> list[Actor]:
    """经县委研究决定,X任…,免去Y…: the agency that opens the sentence."""
    deciding = [a for a in shape.actors if a.entity.kind is Kind.AGENCY and a.end <= position]
    return [a for a in deciding[:1] if shape.begins(0, a)]


def _by_its_session(stage: Stage, draft: Draft, *, of_congress: bool = False) -> None:
    """会议任命…: the body whose meeting the article told of last, on that meeting's day."""
    sessions = [d for d in stage.story.drafts if d.type == "Meeting"]
    bodies = [(d, e) for d in sessions for e in sorted(d.leads) if e.kind is Kind.AGENCY]
    if of_congress:
        bodies = [(d, e) for d, e in bodies if "人大" in e.name]
    if bodies:  # of both sessions it is the people's congress that elects
        meeting, body = next((b for b in reversed(bodies) if "人大" in b[1].name), bodies[-1])
        draft.take(body, Role.ORGANIZER, stage.evidence, "event.own_session")
        draft.date = draft.date or meeting.date


def _awarded(stage: Stage, trigger: Trigger, draft: Draft, lead: list[Actor]) -> list[Actor]:
    """授予X称号: X receives; 荣获, 被…评为: who is the subject does."""
    shape = stage.shape
    behind_it = [end for _, end, word in shape.words if word == "对" and end <= trigger.start]
    if behind_it and any(a.begin >= behind_it[0] for a in lead):  # 对X、Y和先进单位进行了表彰
        for actor in [a for a in lead if a.begin >= behind_it[0]]:
            draft.take(actor.entity, Role.RECIPIENT, stage.evidence, draft.rule)
        return [a for a in lead if a.begin < behind_it[0]]
    if trigger.text.endswith("为") and (named := shape.handled(shape.string.rfind(trigger.text))):
        for actor in named:  # 县委将X、Y表彰为先进个人;Z表彰为劳动模范
            draft.take(actor.entity, Role.RECIPIENT, stage.evidence, draft.rule)
        return [a for a in lead if a.entity.kind is Kind.AGENCY]
    doers = shape.doers(trigger.start)
    before = shape.string[stage.behind(lead) : trigger.start]
    passive = bool(doers) or before.endswith(tuple(shape.lexicon.words("undergone"))) or bool(_BY_WHOM.search(before))
    received = passive or stage.is_won(trigger)
    behind = shape.between(trigger.end, shape.clause_at(trigger.start)[1])
    for actor in [a for a in lead if a not in doers] if received else behind:
        draft.take(actor.entity, Role.RECIPIENT, stage.evidence, draft.rule)
    read = [begin for begin, _, _ in shape.find("reads_out") if begin < trigger.start]
    decided = [a for a in shape.between(read[-1], trigger.start) if a.entity.kind is Kind.AGENCY] if read else []
    return doers if received else decided or lead  # 宣读了县委、县政府的决定,授予X…: who decided, not who read


def _visited(stage: Stage, trigger: Trigger, draft: Draft, lead: list[Actor]) -> list[Actor]:
    """慰问武警支队官兵, 看望老党员X, 到消防大队慰问: whom the visitors called on."""
    shape = stage.shape
    guests = _guests(shape, trigger, lead)
    visits = [d for d in stage.story.drafts if d.type == "Inspection" and d.leads]
    along = bool(_shows_round(shape, trigger, lead)) and not guests  # 县长A陪同前往B镇考察, 陪同来宾参观
    led = bool(lead) and bool(visits) and all(a in shape.leaders for a in lead)  # 客人在县长A的带领下参观
    if along or (led and not visits[-1].leads & {a.entity for a in lead}):
        for actor in lead:
            draft.take(actor.entity, Role.PARTICIPANT, stage.evidence, "event.escort")
        return [Actor(0, 0, 0, e) for e in sorted(visits[-1].leads)] if visits else []
    lead = guests or lead
    called_on = trigger.text.endswith(tuple(shape.lexicon.words("calls_on")))
    for actor in shape.between(trigger.end, shape.clause_at(trigger.start)[1]):
        person = actor.entity.kind is Kind.PERSON
        if are_greeted(shape, actor.end) or (called_on and (person or _is_listed_behind(shape, trigger.end, actor))):
            draft.take(actor.entity, Role.RECIPIENT, stage.evidence, "event.greeted")
    _at_home(stage, draft, (stage.behind(lead), trigger.start))
    for actor in shape.between(stage.behind(lead), trigger.start) if called_on else ():
        if shape.is_stop(actor) and actor.entity.name.endswith(tuple(shape.lexicon.words("garrison"))):
            draft.take(actor.entity, Role.RECIPIENT, stage.evidence, "event.called_at")
    return lead


def _at_home(stage: Stage, draft: Draft, span: tuple[int, int]) -> None:
    """先后到老党员X、困难群众Y等群众家中: those whose homes the visitors came to."""
    shape = stage.shape
    for match in _HOMES.finditer(shape.string, *span):
        gone = [e for _, e, _ in shape.find("move") if span[0] <= e <= match.start()]
        people = persons(shape.between(gone[-1], match.start())) if gone else []
        for actor in people if people and match.start() - people[-1].end <= _SORT else ():
            draft.add(actor.entity, Role.RECIPIENT, stage.evidence, "event.at_home")


def _guests(shape: Shape, trigger: Trigger, lead: list[Actor]) -> list[Actor]:
    """县长A陪同B一行考察: who visits is the one that is shown round."""
    shown = _shows_round(shape, trigger, lead)
    first = next((a for a in shape.actors if shown and shown[0] <= a.begin and a.end <= trigger.start), None)
    near = first is not None and re.fullmatch("[^,。;:到赴]{0,16}", shape.string[shown[0] : first.begin])
    return shape.run_from(first, trigger.start) if first and near else []


def _shows_round(shape: Shape, trigger: Trigger, lead: list[Actor]) -> list[int]:
    """县长A陪同…考察: where the verbs end that say who shows somebody round; not 在县长A陪同下."""
    shown = [span for span in shape.find("shows_round") if lead and lead[-1].end <= span[0] < trigger.start]
    return [end for begin, end, _ in shown if not shape.is_escort(begin) and shape.string[end : end + 1] not in ",下"]


def _is_listed_behind(shape: Shape, position: int, actor: Actor) -> bool:
    """慰问了敬老院的老人、县人武部、武警中队: is it whom one calls on, and not whose people?"""
    behind = shape.string[actor.end : actor.end + 1]
    return behind in ("", *"、,和及;") and "到" not in shape.string[position : actor.begin]


@lru_cache(maxsize=4)
def _seen(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(f"了?{any_of(lexicon.words('visitors') | lexicon.words('team'))}")


@lru_cache(maxsize=4)
def _with_them(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(f"[与同和]{any_of(lexicon.words('visitors') | lexicon.words('team'))}(?:一行)?(?:进行)?了?$")


@lru_cache(maxsize=4)
def _their_party(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(
        f"[\u4e00-\u9fffA-Za-z]{{0,14}}{any_of((lexicon.words('visitors') | lexicon.words('team')) - {'一行'})}"
    )


def _met(stage: Stage, trigger: Trigger, draft: Draft, lead: list[Actor]) -> list[Actor]:
    """会见 takes those met behind it; 会见考察团一行, 与采访组进行座谈: the visitors that the article told of."""
    shape = stage.shape
    before, behind = shape.string[: trigger.start], shape.string[trigger.end :]
    if _ARE_CALLED.search(before):  # 五个镇党委被集中约谈
        for actor in lead:
            draft.take(actor.entity, Role.PARTICIPANT, stage.evidence, "event.met")
        return []
    if lead and lead[0].begin > trigger.end:  # 在与X座谈时,Y说
        for actor in shape.between(*shape.clause_at(trigger.start)):
            draft.take(actor.entity, Role.PARTICIPANT, stage.evidence, "event.met")
    with_whom = [i for i, a in enumerate(lead) if i and before[: a.begin].endswith(("与", "同"))]
    talks = trigger.text not in shape.lexicon.words("meets_guests")  # A与B会见了C
    if talks and with_whom and lead[0].entity.kind is Kind.PERSON:  # 县长A与董事长B一行座谈
        for actor in lead[with_whom[0] :]:
            draft.take(actor.entity, Role.PARTICIPANT, stage.evidence, "event.met")
        lead = lead[: with_whom[0]]
    near = shape.between(trigger.end, shape.clause_at(trigger.end)[1])
    met = shape.run_from(near[0], len(shape.string)) if near else []
    guests = not met and (_seen(shape.lexicon).match(behind) or _with_them(shape.lexicon).search(before))
    if guests or _are_a_party(shape, met):
        visits = [d for d in stage.story.drafts if d.type == "Inspection" and d.leads]
        entities = sorted(visits[-1].leads) if visits else [a.entity for a in met if not _only_begins(shape, a)]
    else:
        entities = [a.entity for a in met]
    for entity in (*entities, *_who_lead_it(stage, met)):
        draft.take(entity, Role.PARTICIPANT, stage.evidence, "event.met")
    return lead


def _who_lead_it(stage: Stage, met: list[Actor]) -> list[Entity]:
    """县委书记X率清河县代表团来访。…会见了清河县代表团一行: who led the party that was met."""
    visits = [d for d in stage.story.drafts if d.type == "Inspection" and d.organizers & {a.entity for a in met}]
    teams = all(a.entity.name.endswith(tuple(stage.shape.lexicon.words("team"))) for a in met)
    return [e for e in sorted(visits[-1].leads) if e.kind is Kind.PERSON] if visits and teams else []


def _only_begins(shape: Shape, actor: Actor) -> bool:
    """会见石庙大学|高级研修班企业家考察团: does so much of the party's name follow that the office is not who came?"""
    party = _their_party(shape.lexicon).match(shape.string, actor.end)
    return party is not None and party.end() - party.start() > _OWN_NAME


def _are_a_party(shape: Shape, met: list[Actor]) -> bool:
    """会见石庙集团|规划司考察团一行: does an office only begin the name of a party that no list knows?"""
    offices = [a.entity.kind for a in met] == [Kind.AGENCY]
    return offices and _their_party(shape.lexicon).match(shape.string, met[0].end) is not None


def _for_whom(stage: Stage, trigger: Trigger, draft: Draft, lead: list[Actor]) -> list[Actor]:
    """为医疗队送行, 向学校捐赠: who receives."""
    shape, text = stage.shape, stage.shape.string
    near = [a for a in shape.actors if a.end == trigger.start]
    receivers = [a for a in near if "为" in text[: a.begin][-_REACH:] or text[: a.begin].endswith("向")]
    if trigger.text.removesuffix("了") in shape.lexicon.words("gives_away"):
        receivers += [a for a in _given_to(shape, trigger) if a not in receivers]
    for actor in receivers:
        draft.take(actor.entity, Role.RECIPIENT, stage.evidence, "event.for_whom")
    return [a for a in lead if a not in receivers]


def _given_to(shape: Shape, trigger: Trigger) -> list[Actor]:
    """向A小学、B小学等3所学校捐赠图书, 捐赠给A小学, 将书包送到A小学: the offices behind 向, 给 or the verb."""
    start, end = shape.clause_at(trigger.start)
    to_whom = tuple(shape.lexicon.words("to_whom"))
    listed = shape.between(start, end)
    first = [
        a for a in listed if a.begin == trigger.end or (a.begin > start and shape.string.endswith(to_whom, 0, a.begin))
    ]
    run = shape.run_from(first[-1], end) if first else []
    return [a for a in run if a.entity.kind is Kind.AGENCY]


def _announced(stage: Stage, trigger: Trigger, draft: Draft, lead: list[Actor]) -> list[Actor]:
    """An office announces; what a person posts is no announcement."""
    return [a for a in lead if a.entity.kind is Kind.AGENCY]


def _handed_over(stage: Stage, trigger: Trigger, draft: Draft, lead: list[Actor]) -> list[Actor]:
    """X已被移送至清河县公安局, 将X移交县检察院: whom, and to whom."""
    shape = stage.shape
    clause = shape.clause_at(trigger.start)
    receivers = [a for a in shape.actors if trigger.end <= a.begin <= trigger.end + 2 and a.entity.kind is Kind.AGENCY]
    passive = max(shape.string.rfind("被", clause[0], trigger.start), clause[0])
    given = [a for a in persons([*shape.handled(trigger.start), *shape.between(clause[0], passive)]) if a not in lead]
    for actor in (*receivers[:1], *given):
        draft.take(actor.entity, Role.RECIPIENT, stage.evidence, "event.handed_over")
    return [a for a in lead if a not in given]


def _sent_to(stage: Stage, trigger: Trigger, draft: Draft, lead: list[Actor]) -> list[Actor]:
    """巡察组对县总工会、县妇联等单位开展常规巡察: whom they look into."""
    shape = stage.shape
    about = shape.string.find("对", shape.clause_at(trigger.start)[0], trigger.start)
    looked_into = [a for a in shape.between(about, trigger.start) if a.entity.kind is Kind.AGENCY] if about >= 0 else []
    for actor in looked_into:
        draft.take(actor.entity, Role.PARTICIPANT, stage.evidence, "event.looked_into")
    return [a for a in lead if a not in looked_into]


_BY_TYPE = {
    "Announcement": _announced,
    "Activity": _for_whom,
    "Appointment": _appointed,
    "Award": _awarded,
    "Enforcement": enforced,
    "Inspection": _visited,
    "Meeting": _met,
    "Mission": _sent_to,
    "Transfer": _handed_over,
}

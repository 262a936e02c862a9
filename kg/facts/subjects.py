"""Who does what a verb tells of: the subject of its sentence, whose officers or visitors go on, or nobody's name."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.facts.clauses import Actor
from kg.facts.drafts import Draft
from kg.facts.mishaps import accident_behind
from kg.facts.shape import Shape
from kg.facts.stage import Stage, persons
from kg.facts.telling import Trigger
from kg.lexicon import Lexicon
from kg.model import Kind, Part
from kg.words import any_of

_BY_A_TEAM = frozenset({"Inspection", "Enforcement"})
_BY_OFFICERS = frozenset({"Enforcement", "Other"})
_BY_A_TOWN = frozenset({"Enforcement", "Activity", "Inspection"})
_BEFALLS = frozenset({"Appointment", "Award", "Enforcement"})  # told from the side of whom it befell: 被…查处
_ABOUT = re.compile("[对就]")
_WHEN = ("时", "中", "期间")
_TITLE = 2  # characters between 委派 and whom: a mark, 了
_ADVERBS = re.compile("(?:近期|近日|目前|当日|当天|当晚|当场|现场|先后|随后|随即|最终|已|共|一共|一举|成功|依法)+")
_NUMBERS = {"二": 2, "两": 2, "三": 3, "四": 4}
_COUNTED = re.compile("([二两三四])(?:人|名民警|位民警)")
_SAVED = re.compile("被[^,。;]{0,4}$")
_RESCUE_GOES_ON = 4  # sentences after which those who came are no longer meant
_VISIT_GOES_ON = 4  # sentences after which a visit without a subject is no longer the same
_PARTY_GOES_ON = 12  # if 考察团一行 is told again, as after its host has spoken


def find_subject(stage: Stage, trigger: Trigger) -> list[Actor]:
    """Those who do what the verb tells of; of some types, a town that opens the clause does."""
    shape = stage.shape
    subject = _subject(stage, trigger) or _from_headline(stage, trigger)
    if trigger.type == "Construction" and _comes_about(stage, trigger):
        own = shape.clause_at(trigger.start)[0]
        subject = [a for a in subject if shape.is_owner(a) or (a in persons(subject) and a.start >= own)]
    received = trigger.type == "Award" and _befalls(stage, trigger)
    if trigger.type == "Other":  # 将村民X转移: who is brought to safety does nothing
        moved = shape.handled(trigger.start)
        if _SAVED.search(shape.string, shape.clause_at(trigger.start)[0], trigger.start):
            moved = [*moved, *persons(subject)]  # 司机X被成功救出
        if shape.hands_on_whom(trigger.start) and set(persons(subject)) <= set(moved):
            moved = []  # 村民X跳入河中,将其救起: not X, whoever was told of before
        subject = [a for a in subject if a not in moved]
    town = [] if subject else stage.acting_place(trigger.start)
    own = shape.clause_at(trigger.start)[0]  # 石庙村发生滑坡,干部转移村民: where it befell, not who came
    rescue = (
        trigger.type == "Other" and accident_behind(shape, trigger.end) is None and any(a.start >= own for a in town)
    )
    return subject or (town if trigger.type in _BY_A_TOWN or received or rescue else [])


def _befalls(stage: Stage, trigger: Trigger) -> bool:
    """石庙村荣获…称号, 石庙村被评为…"""
    undergone = tuple(stage.shape.lexicon.words("undergone"))
    return stage.is_won(trigger) or stage.shape.string[: trigger.start].endswith(undergone)


def _comes_about(stage: Stage, trigger: Trigger) -> bool:
    """青石小学落成, 县医院新院区投入使用: with nothing behind the verb, what stands before it is what was built."""
    declared = stage.is_declared(trigger) or stage.is_rite(trigger)
    behind = stage.shape.string[trigger.end : stage.shape.clause_at(trigger.start)[1]]
    return not declared and (behind in ("", "了") or behind[0].isspace())


def group_came(stage: Stage, trigger: Trigger, draft: Draft) -> bool:
    """离退休干部来我县考察, 代表们对…进行了视察: people that are nobody's name, on some day or on a visit told of."""
    shape, words = stage.shape, stage.shape.lexicon.words
    start, opened = shape.clause_at(trigger.start)[0], _ABOUT.search(shape.string, 0, trigger.start)
    if shape.is_blank(start, opened.start() if opened and opened.start() >= start else trigger.start):
        start = shape.clause_at(max(start - 1, 0))[0]  # 检查组来我县,对…进行检查; 代表们来到我县,视察了…
    before = shape.string[start : trigger.start]
    unled = any(d.type == draft.type and d.held and not d.leads for d in stage.story.drafts)
    who = any(w in before for w in words("visitors")) or _is_called_by_title(shape, start)
    urged = any(start <= b < trigger.start for name in ("speech_verb", "urge") for b, _, _ in shape.find(name))
    met = any(d.type == "Meeting" and d.name and not d.has_floor for d in stage.story.drafts)  # 会见考察团。考察团还到…
    return who and not urged and (draft.date is not None or unled or met)


def _is_called_by_title(shape: Shape, position: int) -> bool:
    """周书记到我镇调研: does a surname with a title open the clause?"""
    called = [t for t in shape.found.titles if position < t.start and shape.is_blank(position, t.start - 1)]
    return any(shape.string[t.start - 1] in shape.lexicon.surnames for t in called)


def _from_headline(stage: Stage, trigger: Trigger) -> list[Actor]:
    """督察进驻日期:… in a box: who came stands in its headline."""
    body = stage.shape.found.sentence.part is Part.BODY
    named = stage.story.headline
    if trigger.type != "Mission" or not body:
        return []
    if trigger.text.endswith(tuple(stage.shape.lexicon.words("inspects_party"))):
        return named[:1]  # 本轮巡察对县总工会、县妇联开展常规巡察: whose round it is
    return named if len(named) == 1 and not stage.shape.actors else []


def _surely(stage: Stage, trigger: Trigger) -> list[Actor]:
    """Who was sent, came to help, had officers there or spoke there: whoever else stands before the verb."""
    found: list[Actor] = []
    if trigger.type == "Other":
        found = _sent(stage.shape, trigger) or _passers_by(stage.shape, trigger) or _rescuers(stage, trigger)
    if not found and trigger.type in _BY_OFFICERS:
        found = _whose_officers(stage, trigger)
    if not found and trigger.type == "Other":
        found = _called(stage, trigger)
    if not found and trigger.type == "Inspection":
        found = _sent_over(stage.shape, trigger) or stage.shape.at_the_head(trigger.start)
    return _speaking_there(stage.shape, trigger) if not found and trigger.type == "Meeting" else found


def _subject(stage: Stage, trigger: Trigger) -> list[Actor]:
    shape = stage.shape
    if trigger.type == "Transfer":
        return _giver(stage, trigger)
    if sure := _surely(stage, trigger):
        return sure
    again = trigger.type == "Award" and trigger.start == shape.clause_at(trigger.start)[0]
    begun = shape.string.find(trigger.text) if again else trigger.start  # 授予A称号;授予B称号: by whom the first was
    subject = shape.subject(begun)
    if stage.is_won(trigger) and not shape.begins_with(trigger.start, subject):
        return []  # 篮球赛落幕,某队获得冠军: who won is nobody that is known
    if subject:
        return subject
    clause = shape.clause_at(trigger.start)
    near = [a for a in shape.actors if clause[0] <= a.begin and a.end <= trigger.start and not shape.is_beside(a)]
    if trigger.type in ("Inspection", "Meeting"):
        near = [a for a in near if not shape.is_stop(a)]
    if trigger.type == "Inspection":
        near = [a for a in near if not _is_of_object(shape, clause[0], a)]
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
    if trigger.type == "Enforcement" and (force := _force_before(stage, trigger)):
        return force
    if trigger.type in _BY_A_TEAM and (leading := _leading(shape, trigger)):
        return leading
    talks = trigger.type == "Meeting" and any(w in shape.string[: trigger.start] for w in shape.lexicon.words("team"))
    return _whose_visit(stage, trigger) if talks or trigger.type == "Inspection" else []


def _force_before(stage: Stage, trigger: Trigger) -> list[Actor]:
    """县人民法院接到通知后…。9月2日,对两套房产进行强制腾房: the force named last, where nobody else stands."""
    shape, before = stage.shape, stage.shape.string[: trigger.start]
    named = any(a.begin < trigger.start for a in shape.actors)
    goes_on = (
        shape.opens_by_day or _sums_up(shape, trigger) or before.startswith(tuple(shape.lexicon.words("alarmed")))
    )  # 接警后,…当即抓获
    return stage.story.force if goes_on and not named and "被" not in before else []


def _sums_up(shape: Shape, trigger: Trigger) -> bool:
    """据统计,近期共查处案件12宗; 当场查扣电动车9辆: what they caught, with only adverbs before the verb."""
    return _ADVERBS.fullmatch(shape.string, shape.clause_at(trigger.start)[0], trigger.start) is not None


def _leading(shape: Shape, trigger: Trigger) -> list[Actor]:
    """由县工商局牵头,公安、烟草等单位组成的检查组对…进行检查: whose team it is."""
    leads = [b for b, _, w in shape.find("lead_by") if w == "牵头" and b < trigger.start]
    return shape.run_before(leads[-1]) if leads else []


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
    for begin, end, who in reversed(shape.find("officers")):
        if who.startswith(tuple(shape.lexicon.words("rescue_work"))) and any("公安" in a.entity.name for a in force):
            continue  # 救援人员 are no police
        if end > trigger.start or any(end <= a.begin and a.end <= trigger.start for a in agencies):
            continue
        whose = shape.string[max(shape.clause_at(begin)[0], begin - 2) : begin]
        if shape.stands_free(begin) or (len(whose) > 1 and whose in known):
            if hosts := _with_others(shape, begin, force):
                return hosts
            led = shape.string[:begin].endswith(tuple(shape.lexicon.words("bring")))
            return [*(persons(shape.subject(begin)) if led else []), *_whose_raid(stage, force)]
    return []


def _with_others(shape: Shape, position: int, force: list[Actor]) -> list[Actor]:
    """县国土局联合县法院,执法人员…: whose officers they are where the force named last only came along."""
    offices = [a for a in shape.subject(position) if a.entity.kind is Kind.AGENCY and a.end <= position]
    joint = [b for b, _, w in shape.find("bring") if w in shape.lexicon.words("jointly")]
    came = [a for a in force if offices and any(offices[-1].end <= b < a.begin for b in joint)]
    return offices if came and not any(a in offices for a in force) else []


def _whose_raid(stage: Stage, force: list[Actor]) -> list[Actor]:
    """县环保局联合派出所开展检查。…执法人员责令…: the officers of a raid are theirs who made it, not who came too."""
    raids = [d for d in stage.story.drafts if d.type == "Enforcement" and d.organizers]
    came = bool(raids) and any(a.entity in raids[-1].actors - raids[-1].organizers for a in force)
    return [Actor(0, 0, 0, entity) for entity in sorted(raids[-1].organizers)] if came else force


def _sent(shape: Shape, trigger: Trigger) -> list[Actor]:
    """市长X作出批示,并委派副市长Y赶赴现场指挥救援: who is sent goes."""
    start = shape.clause_at(trigger.start)[0]
    sent = [e for b, e, _ in shape.find("sends") if start <= b < trigger.start]
    near = persons(shape.between(sent[-1], trigger.start)) if sent else []
    return shape.run_from(near[0], trigger.start) if near and near[0].begin - sent[-1] <= _TITLE else []


def _sent_over(shape: Shape, trigger: Trigger) -> list[Actor]:
    """X委派代表Y、Z一行,来到我县考察: who is sent, by a person, goes."""
    for end in [e for b, e, _ in shape.find("sends") if b < trigger.start and persons(shape.between(0, b))]:
        near = persons(shape.between(end, shape.clause_at(end)[1]))
        if near and near[0].begin - end <= len("代表") and near[0].end < trigger.start:
            return shape.run_from(near[0], trigger.start)
    return []


@lru_cache(maxsize=4)
def _coming_upon(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(any_of(lexicon.words("comes_upon")))


def _passers_by(shape: Shape, trigger: Trigger) -> list[Actor]:
    """游客X溺水,路过此地的村民Y听到呼救,…将其救起: who came upon it last, whatever stands before the name."""
    came = _coming_upon(shape.lexicon)
    before = [a for a in persons(shape.actors) if a.end <= trigger.start and came.match(shape.string, a.end)]
    if not before or accident_behind(shape, trigger.end) is not None:
        return []
    return before[-1:] if shape.string[before[-1].begin - 1 : before[-1].begin] == "的" else []


def _rescuers(stage: Stage, trigger: Trigger) -> list[Actor]:
    """二人火速赶到现场, 老人被成功营救上岸: those who acted last, where they are counted or nobody is named."""
    shape, last = stage.shape, stage.story.last_subject
    if last is None or stage.index - last[0] > _RESCUE_GOES_ON or accident_behind(shape, trigger.end) is not None:
        return []
    start = shape.clause_at(trigger.start)[0]
    counted = _COUNTED.match(shape.string, start)
    meant = counted is not None and len(persons(last[1])) == _NUMBERS[counted[1]]
    return last[1] if meant or _SAVED.search(shape.string[start : trigger.start]) else []


def _called(stage: Stage, trigger: Trigger) -> list[Actor]:
    """交警大队接到报警…。多部门立即展开施救: who was called, where nobody is named who came."""
    shape, start = stage.shape, trigger.start
    named = any(a.end <= start for a in shape.actors) or bool(stage.acting_place(start))
    return [] if named or accident_behind(shape, trigger.end) is not None else stage.story.called


def _giver(stage: Stage, trigger: Trigger) -> list[Actor]:
    """督察组向我市转办: the giver stands before 向 or 将, also in a relative clause."""
    shape, marks = stage.shape, stage.shape.lexicon.words("gives")
    near = [a for a in shape.actors if a.end <= trigger.start and shape.string[a.end : a.end + 1] in marks]
    subject = near[-1:] or shape.subject(trigger.start)
    given = subject and any(w in shape.string[subject[-1].end : trigger.start] for w in marks)
    passive = shape.string[shape.clause_at(trigger.start)[0] : trigger.start].rfind("被") >= 0
    return subject if given else stage.story.force if passive else []


def _others_act(shape: Shape, trigger: Trigger) -> bool:
    """活动中,同学们还参观了…: do people open the clause who are nobody's name and no visitors?"""
    before = shape.string[shape.clause_at(trigger.start)[0] : trigger.start]
    return any(before.startswith(w) for w in shape.lexicon.words("pupils"))


def _whose_visit(stage: Stage, trigger: Trigger) -> list[Actor]:
    """随后,市领导来到…,察看…: whoever leads the visit was named before; 与会人员观摩: who led the gathering."""
    if any(a not in stage.shape.escorts and a.begin < trigger.start for a in persons(stage.shape.actors)):
        return []
    opening, words = stage.shape.string[: trigger.start], stage.shape.lexicon.words
    if not any(w in opening for w in words("visit_goes_on")) or _others_act(stage.shape, trigger):
        return []
    guests = any(w in opening for w in words("guests"))
    visits = [d for d in stage.story.drafts if d.leads and (d.name if guests else d.type == "Inspection")]
    goes_on = _PARTY_GOES_ON if any(w in opening for w in words("team")) else _VISIT_GOES_ON
    if visits and stage.index - visits[-1].sentence <= goes_on:
        leads = [e for e in sorted(visits[-1].leads) if not guests or e.kind is Kind.PERSON]
        return [Actor(0, 0, 0, entity) for entity in leads]
    if guests:
        return []  # 客商们参观了…: whose guests they are does not visit
    if any(w in opening for w in words("team")) and stage.story.party:
        index, actors = stage.story.party
        return actors if stage.index - index <= _VISIT_GOES_ON else []
    if any(d.type == "Inspection" and d.held and not d.leads for d in stage.story.drafts):
        return []  # 人大代表视察…,县长X参加。代表们视察了…: the visitors are nobody's name
    begun = [b for b, _ in stage.shape.clauses if b < trigger.start]
    if any(opening.startswith(tuple(words("team")), b) for b in begun):
        return []  # 采风团首站探访…: nobody has led it
    index, actors = stage.story.last_subject or (-_VISIT_GOES_ON, [])
    return actors[:1] if stage.index - index <= _VISIT_GOES_ON else []

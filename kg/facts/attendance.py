"""Who else was there, told in sentences of their own: …等负责同志参加调研, 副县长X主持, 归属地是…."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from kg.facts.clauses import Actor
from kg.facts.drafts import Draft
from kg.facts.floor import add_floor, add_speaker
from kg.facts.gatherings import ITS_BODIES, speaks
from kg.facts.shape import Shape
from kg.facts.stage import Stage
from kg.facts.triggers import find_triggers
from kg.lexicon import Lexicon
from kg.model import Entity, Kind, Role, is_within
from kg.words import segmenter

_OBJECT = 14  # characters after 参加 in which its object is looked for
# A镇、B镇的人大主席; A、B、C三市党政班子: their people, not their governments
_HEADED = re.compile(
    r"(?:[、和及][\u4e00-\u9fff]{2,8}(?:镇|乡|街道|苏木|村|社区))*的(?!负责|相关|有关|主要)"
    r"|(?:[、和及][\u4e00-\u9fff]{2,4}?)*[两三四五六七八九十\d]+个?(?:省|市|州|县|区|镇|乡|地)"
)
# 出席活动的领导还有:…: who attended stands behind.
_BEHIND = re.compile(
    r"[^,。;:]{0,24}?(?:的[\u4e00-\u9fff]{0,10}?|人员|领导|嘉宾)(?:还有|有|包括|分别是|分别为|是|为|:):?"
)
_NOMINAL = frozenset("nrm")  # parts of speech that a list goes on with
_LEAD_IN = 4  # characters between 领导有 and the first of the list
_LED_PLACES = re.compile("(?:[、和及][\u4e00-\u9fff]{2,6}?[市州县区])*(?:主要|有关|相关)领导")  # A市、B县主要领导
_REPORTS_TO = re.compile("(?:同时|并|及时|立即|迅速)*向")  # …,同时向市委进行汇报
_LEADERS = re.compile("(?:有关|相关|主要|班子)?领导")
_ABOUT = re.compile("就(?![任职近地])|围绕|关于")
_SPIRIT = re.compile("[^,。;:]{0,36}(?:讲话|批示|指示|报告)精神")  # what X said somewhere else
_GROUP = re.compile(r"等([\u4e00-\u9fff]{2,4}(?:部门|单位))")


def add_attendance(stages: list[Stage], drafts: list[Draft]) -> None:
    """Add to the happenings of an article all those that later sentences bring to them."""
    for stage in stages:
        told = [d for d in drafts if d.sentence <= stage.index and not (d.ahead or stage.is_to_come(d))]
        told.sort(key=lambda d: d.told_last(stage.index))
        _attend(stage, told or _soon(stage, drafts))
        add_floor(stage, told)
        _organise(stage, told)
        _belong(stage, told)
    _attend_as_group(stages, drafts)
    for draft in drafts:
        add_speaker(stages, draft)


def _attend(stage: Stage, told: list[Draft]) -> None:
    """…等负责同志参加调研: the list before 参加 took part in what the article tells of."""
    shape, start = stage.shape, 0
    attending = list(shape.find("attend"))
    triggers = list(find_triggers(shape)) if attending else []
    together: list[Entity] = []
    for index, (begin, end, word) in enumerate(attending):
        clause = shape.string[shape.clause_at(begin)[0] : begin]
        heard = any(w in clause for w in shape.lexicon.words("heard"))  # 听取县财政局汇报
        past = stage.tells_history(*shape.clause_at(begin))  # 他1960年出席过群英会
        reports = _REPORTS_TO.match(clause) is not None
        if begin < start or heard or past or reports or not shape.is_reported(begin):
            continue
        goes_on = shape.clause_at(begin)[0] < start and shape.string[start:begin].endswith("并")
        told_before = [shape.clause_at(t.start)[1] for t in triggers if shape.clause_at(t.start)[1] <= begin]
        start = next((a.end for a in shape.actors if start and a.begin == start), start)  # 参加县政协会议的委员在列席…
        listed, start = list(_listed(stage, max(start, _moved_on(shape, begin), *told_before, 0), begin)), end
        together = listed = together if goes_on and not listed else listed  # 陪同调研并出席座谈会: at both
        limit = next((b for b, _, _ in attending[index + 1 :]), len(shape.string))
        listed = listed or _listed_behind(stage, end, _reach(shape, end, attending[index + 1 :]))
        draft = _attended(stage, word, (end, limit), told)
        if draft is None or any(w in shape.string[end : end + _OBJECT] for w in shape.lexicon.words("unlawful")):
            continue  # 参加黑社会性质组织
        leads = draft.type == "Meeting" and speaks(stage, end)
        shown = any(w in word for w in shape.lexicon.words("shows_round"))  # 全程陪同
        home = "" if shown else _home_of_visitors(stage, draft)
        for entity in listed:
            lead = entity.kind is Kind.PERSON and (leads or (home != "" and is_within(entity.within, home)))
            role = Role.LEAD if lead else Role.PARTICIPANT
            draft.add(entity, role, stage.evidence, "event.attended")


def _home_of_visitors(stage: Stage, draft: Draft) -> str:
    """石庙市代表团到清河市考察,…石庙市委书记X参加: where the delegation is from, whose own people are of it."""
    teams = [e for e in sorted(draft.organizers) if e.name.endswith(tuple(stage.shape.lexicon.words("team")))]
    places = [e.within for e in teams if e.within and not is_within(stage.resolver.home, e.within)]
    led = any(part.rule != "event.attended" and part.actor.kind is Kind.PERSON for part in draft.roles.values())
    return places[0] if draft.type == "Inspection" and places and not led else ""


def _organise(stage: Stage, told: list[Draft]) -> None:
    """活动由A主办,B承办,C协办: in a sentence of its own, for the gathering told of last."""
    shape = stage.shape
    gatherings = [d for d in told if d.has_floor and d.sentence < stage.index]
    for name, role in (("lead_by", Role.ORGANIZER), ("assist_by", Role.PARTICIPANT)):
        for begin, end, _ in shape.find(name) if gatherings else ():
            people = _led_by(shape, begin) if name == "lead_by" and shape.is_reported(begin) else []
            for actor in people:  # 此次捐赠由爱心人士X牵头
                gatherings[-1].add(actor.entity, Role.LEAD, stage.evidence, f"event.{name}")
            if end in (c[1] for c in shape.clauses) and shape.is_reported(begin):
                for entity in _run_before(stage, begin):
                    gatherings[-1].add(entity, role, stage.evidence, f"event.{name}")


def _led_by(shape: Shape, begin: int) -> list[Actor]:
    """由爱心人士X|牵头,: the people right before the verb, behind 由."""
    run = [a for a in shape.run_before(begin) if a.entity.kind is Kind.PERSON]
    return run if run and shape.is_agent(run[0]) else []


def _attend_as_group(stages: list[Stage], drafts: list[Draft]) -> None:
    """市公安局、市民政局等包保部门… 会上,各包保部门提出…: who has been called so took part."""
    groups: dict[str, list[Entity]] = {}
    for stage in stages:
        shape = stage.shape
        for draft in (d for d in drafts if d.sentence == stage.index and d.type == "Meeting"):
            for name, members in groups.items():
                acts = re.search(rf"(?:^|[,;。]|上)各{name}", shape.string)
                if acts and shape.is_reported(acts.end()):
                    for entity in members:
                        draft.add(entity, Role.PARTICIPANT, stage.evidence, "event.group")
        for match in _GROUP.finditer(shape.string):
            if members := _run_before(stage, match.start()):
                groups[match[1]] = members


def _run_before(stage: Stage, end: int) -> list[Entity]:
    """The agencies of the list that ends here: A、B和C等."""
    return [a.entity for a in stage.shape.run_before(end) if a.entity.kind is Kind.AGENCY]


def _moved_on(shape: Shape, position: int) -> int:
    """X作出批示,Y出席: where the list before a verb begins, behind clauses that say what somebody else did."""
    start = 0
    for begin, end in [c for c in shape.clauses if c[1] < shape.clause_at(position)[0]]:
        last = max((a.end for a in shape.actors if a.end <= end), default=0)
        tail = [w for _, _, w in shape.found.line.words_within(max(last, start), end)]
        first = shape.found.line.word_from(begin) if last <= begin else ""
        if first and segmenter().tag(first)[:1] in _NOMINAL:
            continue  # A、B,各教学系负责人,…: the list goes on with those whom nobody names
        if last > start and any(segmenter().tag(w) == "v" and w not in shape.lexicon.words("in_a_list") for w in tail):
            start = end
    return start


def _listed(stage: Stage, start: int, end: int) -> Iterator[Entity]:
    """Persons and agencies of a list, and the places in it that stand for their governments."""
    shape = stage.shape
    actors = [a for a in shape.actors if start <= a.begin and a.end <= end and not _explains(shape, a)]
    if escorts := [a for a in actors if a in shape.escorts]:
        actors = escorts
    heads = next((i for i, a in enumerate(actors) if _are_heads(shape, a)), -1)
    actors = [a for i, a in enumerate(actors) if i > heads or a.entity.kind is Kind.PERSON]  # 县委、县政府等领导出席
    by_order = tuple(shape.lexicon.words("by_order_of"))
    actors = [a for a in actors if not shape.string[: a.begin].endswith(by_order) and not shape.is_office(a)]
    actors = [a for a in actors if not (_is_of_unread(shape, a) or _is_reported_on(shape, a))]
    actors = [a for a in actors if not shape.string.startswith(ITS_BODIES, a.end)]
    yield from (a.entity for a in actors)
    for place in shape.found.places:
        if not actors or not actors[0].start < place.start or place.end > end:
            continue
        joined = shape.string[place.start - 1] in "、和及"
        goes_on = shape.string[place.end : place.end + 1] in ("、", "等", "和") or end - place.end <= 1
        headed = _HEADED.match(shape.string, place.end)  # A镇、B镇的人大主席列席: people, not their governments
        headed = headed or _LED_PLACES.match(shape.string, place.end)
        if joined and goes_on and not headed and (entity := stage.acting(place)) is not None:
            yield entity


def _are_heads(shape: Shape, actor: Actor) -> bool:
    """县委、县政府等领导, 县委、县政府有关领导: the county's heads; 县水利局相关领导 come for their office."""
    governs = actor.entity.name.endswith("政府") and actor.entity.kind is Kind.AGENCY
    return shape.string.startswith("等领导", actor.end) or bool(governs and _LEADERS.match(shape.string, actor.end))


def _is_of_unread(shape: Shape, actor: Actor) -> bool:
    """县水利局副局长牛某某: a title and a surname behind it, whose name nobody reads; not 局长列席."""
    end = actor.start
    for title in shape.found.titles:
        if title.agency and title.agency.start in (end, end + 1) and actor.start in shape.offices:
            end = title.end
    return end > actor.start and shape.string[end : end + 1] in shape.lexicon.surnames


def _is_reported_on(shape: Shape, actor: Actor) -> bool:
    """各单位就县医院新院区、市民公园工作进行了汇报; X在全市会议上的讲话精神: is it what the report is about?"""
    about = _ABOUT.search(shape.string, shape.clause_at(actor.begin)[0], actor.begin)
    return bool(about or _SPIRIT.match(shape.string, actor.end))


def _explains(shape: Shape, actor: Actor) -> bool:
    """各乡镇(街道办事处)负责人: does an office in brackets only say what is meant?"""
    return actor.entity.kind is Kind.AGENCY and shape.is_aside(actor.begin)


def _reach(shape: Shape, start: int, later: list[tuple[int, int, str]]) -> int:
    """陪同调研、参加座谈会的有A、B: how far a list behind the first verb may go, over others right behind."""
    return next((b for b, _, _ in later if shape.between(start, b)), len(shape.string))


def _listed_behind(stage: Stage, start: int, end: int) -> list[Entity]:
    """出席活动的领导还有:X、Y: the list stands behind the verb."""
    behind = _BEHIND.match(stage.shape.string, start)
    actors = [a for a in stage.shape.actors if behind and behind.end() <= a.begin and a.end <= end]
    return [a.entity for a in actors] if behind and actors and actors[0].begin - behind.end() <= _LEAD_IN else []


def _soon(stage: Stage, drafts: list[Draft]) -> list[Draft]:
    """X、Y参加视察。上午,代表们视察了…: the visit that the next sentences tell of."""
    shape = stage.shape
    visits = tuple(w for t in shape.lexicon.event_types if t.name == "Inspection" for w in t.triggers)
    hosts = tuple(shape.lexicon.words("shows_round"))
    if not any(shape.string.startswith(visits, e) or w.startswith(hosts) for _, e, w in shape.find("attend")):
        return []
    return [d for d in drafts if d.type == "Inspection" and stage.index < d.sentence <= stage.index + 2][:1]


def _attended(stage: Stage, word: str, behind: tuple[int, int], told: list[Draft]) -> Draft | None:
    """Which happening 参加 means: the one its object names, else the last one told of."""
    shape = stage.shape
    named = word + shape.string[behind[0] : min(behind[1], behind[0] + _OBJECT)]
    before = [d for d in told if d.has_floor and d.sentence < stage.index]
    if before and named[len(word) :].startswith(tuple(shape.lexicon.words("this_one"))):
        return before[-1]  # 参加本次活动: whatever it is called
    types = _types_by_word(shape.lexicon)
    parts = {named[i:j] for i in range(len(named)) for j in range(i + 2, len(named) + 1)}
    wanted = {kind for part in parts for kind in types.get(part, ())}
    if not wanted and any(w in named[: len(word) + 3] for w in shape.lexicon.words("at_a_meeting")):
        wanted = {"Meeting"}
    if word in shape.lexicon.words("attend_trial"):
        wanted = {"Enforcement"}
    if not wanted and word.startswith(tuple(shape.lexicon.words("shows_round"))):
        wanted = {"Inspection"}
    fitting = [d for d in told if d.type in wanted] or [d for d in told if wanted or d.type != "Enforcement"]
    attended = [d for d in fitting if d.has_floor or d.is_visit or d.type == "Meeting"]
    attended = attended or [d for d in fitting if d.type != "Appointment"]  # 会议任命X为…,表彰了…。副主任Y出席。
    return (attended or fitting)[-1] if fitting else None


@lru_cache(maxsize=4)
def _types_by_word(lexicon: Lexicon) -> dict[str, frozenset[str]]:
    """A trigger or a noun → the types of event that it tells of."""
    types: dict[str, set[str]] = defaultdict(set)
    for kind in lexicon.event_types:
        for word in (*kind.triggers, *kind.nouns):
            types[word].add(kind.name)
    return {word: frozenset(names) for word, names in types.items()}


def _belong(stage: Stage, told: list[Draft]) -> None:
    """归属地是东丰县、龙山区: places of the transfer told before."""
    shape = stage.shape
    word = next((w for w in sorted(shape.lexicon.words("belongs")) if w in shape.string), None)
    transfers = [d for d in told if d.type == "Transfer"]
    if word is None or not transfers:
        return
    at, draft = shape.string.index(word), transfers[-1]
    draft.places += [e for p in shape.found.places if p.start > at and (e := stage.entity(p)) not in draft.places]
    draft.evidence += [stage.evidence] if stage.evidence not in draft.evidence else []

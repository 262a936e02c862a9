"""Who else was there, told in sentences of their own: …等负责同志参加调研, 副县长X主持, 归属地是…."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.facts.clauses import Actor
from kg.facts.drafts import Draft
from kg.facts.gatherings import speaks
from kg.facts.shape import Shape
from kg.facts.stage import Stage, persons
from kg.facts.triggers import find_triggers
from kg.model import Entity, Kind, Role
from kg.words import segmenter

_TITLE_BEHIND = 6  # characters between a speaker's name and the verb: 委员, 副局长
_BEFORE_THE_VERB = 20  # characters between who has the floor and the verb: 代表全乡干部作
_OBJECT = 14  # characters after 参加 in which its object is looked for
_HEADED = re.compile(r"(?:[、和及][\u4e00-\u9fff]{2,8}(?:镇|乡|街道|苏木|村|社区))*的(?!负责|相关|有关|主要)")
# 出席活动的领导还有:…: who attended stands behind.
_BEHIND = re.compile(
    r"[^,。;:]{0,24}?(?:的[\u4e00-\u9fff]{0,10}?|人员|领导|嘉宾)(?:还有|有|包括|分别是|分别为|是|为|:):?"
)
_VERB = 2  # characters of a verb that names a meeting: 会见, 座谈
_NOMINAL = frozenset("nrm")  # parts of speech that a list goes on with
_CHAIRED = re.compile("在[^,。;]{2,40}?的?主持下")
_LEAD_IN = 4  # characters between 领导有 and the first of the list
_GROUP = re.compile(r"等([\u4e00-\u9fff]{2,4}(?:部门|单位))")


def add_attendance(stages: list[Stage], drafts: list[Draft]) -> None:
    """Add to the happenings of an article all those that later sentences bring to them."""
    for stage in stages:
        told = [d for d in drafts if d.sentence <= stage.index]
        _host(stage, told)
        _under(stage, told)
        _attend(stage, told or _soon(stage, drafts))
        _take_the_floor(stage, told)
        _heard(stage, told)
        _show_around(stage, told)
        _organise(stage, told)
        _belong(stage, told)
    _attend_as_group(stages, drafts)
    for draft in drafts:
        _speak(stages, draft)


def _gatherings(told: list[Draft]) -> list[Draft]:
    """What has a name of its own and a floor: 推进会, 开工仪式, but not 会见."""
    return [d for d in told if len(d.name) > _VERB and d.type != "Other"]


def _take(stage: Stage, draft: Draft, entity: Entity, role: Role, rule: str) -> None:
    draft.take(entity, role, stage.evidence, rule)
    if stage.evidence not in draft.evidence:
        draft.evidence.append(stage.evidence)


def _host(stage: Stage, told: list[Draft]) -> None:
    """副县长X主持。: without a noun it is the meeting told of last."""
    shape = stage.shape
    meetings = [d for d in told if d.type in ("Meeting", "Activity") or d.held or d in _gatherings(told)]
    for begin, end, _ in shape.find("host"):
        if meetings and end >= shape.clause_at(begin)[1] and shape.is_reported(begin):
            by = [a for a in shape.actors if begin - _TITLE_BEHIND < a.end <= begin and shape.is_agent(a)]
            for actor in persons(by) or persons(shape.host(begin)):
                _take(stage, meetings[-1], actor.entity, Role.LEAD, "event.host")


def _under(stage: Stage, told: list[Draft]) -> None:
    """典礼在县长X的主持下开始: who stands between is the host."""
    for match in _CHAIRED.finditer(stage.shape.string):
        meetings = _gatherings(told)
        for actor in persons(stage.shape.between(*match.span())) if meetings else ():
            _take(stage, meetings[-1], actor.entity, Role.LEAD, "event.host")


def _attend(stage: Stage, told: list[Draft]) -> None:
    """…等负责同志参加调研: the list before 参加 took part in what the article tells of."""
    shape, start = stage.shape, 0
    triggers = list(find_triggers(shape))
    together: list[Entity] = []
    attending = shape.find("attend")
    for index, (begin, end, word) in enumerate(attending):
        clause = shape.string[shape.clause_at(begin)[0] : begin]
        heard = any(w in clause for w in shape.lexicon.words("heard"))  # 听取县财政局汇报
        if begin < start or heard or not shape.is_reported(begin):
            continue
        goes_on = shape.clause_at(begin)[0] < start and shape.string[start:begin].endswith("并")
        told_before = [shape.clause_at(t.start)[1] for t in triggers if shape.clause_at(t.start)[1] <= begin]
        listed, start = list(_listed(stage, max(start, _moved_on(shape, begin), *told_before, 0), begin)), end
        together = listed = together if goes_on and not listed else listed  # 陪同调研并出席座谈会: at both
        limit = next((b for b, _, _ in attending[index + 1 :]), len(shape.string))
        listed = listed or _listed_behind(stage, end, limit)
        draft = _attended(stage, word, (end, limit), told)
        if draft is None or any(w in shape.string[end : end + _OBJECT] for w in shape.lexicon.words("unlawful")):
            continue  # 参加黑社会性质组织
        leads = draft.type == "Meeting" and speaks(stage, end)
        for entity in listed:
            role = Role.LEAD if leads and entity.kind is Kind.PERSON else Role.PARTICIPANT
            _take(stage, draft, entity, role, "event.attended")


def _take_the_floor(stage: Stage, told: list[Draft]) -> None:
    """会上,X汇报了…,Y作了发言; X在会上作部署: who does something at a gathering was there."""
    shape = stage.shape
    named = [d for d in told if d.name and d.type != "Other"]
    words = [(shape.string.find(w), w) for w in shape.lexicon.words("at_it") if w in shape.string]
    if named and words:
        at, word = min(words)
        floor = [d for d in named if word.removesuffix("上") in d.name] or named
        clauses = [c for c in shape.clauses if c[1] > at and shape.is_reported(c[0])]
    elif len(told) == 1 and told[0].type == "Meeting" and stage.index > told[0].sentence:
        floor, clauses = told, [c for c in shape.clauses if _speaks_up(shape, c)]
    else:
        floor = _gatherings(told)
        clauses = [c for c in shape.clauses if floor and _does_there(shape, c)]
    for clause in clauses:
        if floor[-1].sentence < stage.index or floor[-1].start < clause[0]:
            for actor in _opening(shape, clause):
                _take(stage, floor[-1], actor.entity, Role.PARTICIPANT, "event.took_the_floor")


def _heard(stage: Stage, told: list[Draft]) -> None:
    """会议听取了委员X、Y所作的发言: those who were heard took part."""
    shape = stage.shape
    meetings = [d for d in told if d.type == "Meeting" and d.sentence <= stage.index]
    for begin, end, _ in shape.find("heard") if meetings else ():
        clause = shape.clause_at(begin)
        first = [a for a in persons(shape.actors) if end <= a.begin <= end + _TITLE_BEHIND and a.end <= clause[1]]
        run = shape.run_from(first[0], clause[1]) if first and shape.is_reported(begin) else []
        if any(run and run[-1].end <= b and e <= clause[1] for b, e, _ in shape.find("floor_noun")):
            for actor in run:
                _take(stage, meetings[-1], actor.entity, Role.PARTICIPANT, "event.heard")


def _show_around(stage: Stage, told: list[Draft]) -> None:
    """公司经理X向Y一行介绍了情况: who shows a visitor round was there."""
    shape = stage.shape
    for draft in [d for d in told if d.type == "Inspection" and d.leads][-1:]:
        for clause in shape.clauses[:1] if any(True for _ in shape.find("introduces")) else ():
            run = persons(_opening(shape, clause))
            if run and shape.string.startswith("向", run[-1].end) and not draft.leads & {a.entity for a in run}:
                for actor in run:
                    _take(stage, draft, actor.entity, Role.PARTICIPANT, "event.showed_around")


def _organise(stage: Stage, told: list[Draft]) -> None:
    """活动由A主办,B承办,C协办: in a sentence of its own, for the gathering told of last."""
    shape = stage.shape
    gatherings = [d for d in _gatherings(told) if d.sentence < stage.index]
    for name, role in (("lead_by", Role.ORGANIZER), ("assist_by", Role.PARTICIPANT)):
        for begin, end, _ in shape.find(name) if gatherings else ():
            if end in (c[1] for c in shape.clauses) and shape.is_reported(begin):
                for entity in _run_before(stage, begin):
                    _take(stage, gatherings[-1], entity, role, f"event.{name}")


def _opening(shape: Shape, clause: tuple[int, int]) -> list[Actor]:
    """Those who act in a clause: the list of actors that it opens with."""
    first = [a for a in shape.actors if clause[0] <= a.begin and a.end <= clause[1] and shape.begins(clause[0], a)]
    return shape.run_from(first[0], clause[1]) if first else []


def _speaks_up(shape: Shape, clause: tuple[int, int]) -> bool:
    """X委员建议,…: does who opens the sentence say something, or a clause with what one does at a gathering?"""
    run = _opening(shape, clause) if clause == shape.clauses[0] else []
    said = [b for b, _, _ in shape.find("speech_verb") if run and run[-1].end <= b < clause[1]]
    return (bool(said) and said[0] - run[-1].end <= _TITLE_BEHIND) or _does_there(shape, clause)


def _does_there(shape: Shape, clause: tuple[int, int]) -> bool:
    """副县长X宣读通知,乡长Y代表全乡发言: does who opens the clause do what one does at a gathering?"""
    run = _opening(shape, clause) if shape.is_reported(clause[0]) else []
    done = [b for b, e, _ in shape.find("floor") if run and run[-1].end <= b and e <= clause[1]]
    return bool(done) and done[0] - run[-1].end <= _BEFORE_THE_VERB


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
                        _take(stage, draft, entity, Role.PARTICIPANT, "event.group")
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
        tail = [w for b, e, w in shape.found.line.words if max(last, start) <= b and e <= end]
        goes_on = last <= begin and [w for b, _, w in shape.found.line.words if b == begin][:1]
        if goes_on and segmenter().tag(goes_on[0])[:1] in _NOMINAL:
            continue  # A、B,各教学系负责人,…: the list goes on with those whom nobody names
        if last > start and any(segmenter().tag(w) == "v" and w not in shape.lexicon.words("in_a_list") for w in tail):
            start = end
    return start


def _listed(stage: Stage, start: int, end: int) -> Iterator[Entity]:
    """Persons and agencies of a list, and the places in it that stand for their governments."""
    shape = stage.shape
    actors = [a for a in shape.actors if start <= a.begin and a.end <= end]
    if escorts := [a for a in actors if a in shape.escorts]:
        actors = escorts
    by_order = tuple(shape.lexicon.words("by_order_of"))
    actors = [a for a in actors if not shape.string[: a.begin].endswith(by_order)]
    yield from (a.entity for a in actors)
    for place in shape.found.places:
        if not actors or not actors[0].start < place.start or place.end > end:
            continue
        joined = shape.string[place.start - 1] in "、和及"
        goes_on = shape.string[place.end : place.end + 1] in ("、", "等", "和") or end - place.end <= 1
        headed = _HEADED.match(shape.string, place.end)  # A镇、B镇的人大主席列席: people, not their governments
        if joined and goes_on and not headed and (entity := stage.acting(place)) is not None:
            yield entity


def _listed_behind(stage: Stage, start: int, end: int) -> list[Entity]:
    """出席活动的领导还有:X、Y: the list stands behind the verb."""
    behind = _BEHIND.match(stage.shape.string, start)
    actors = [a for a in stage.shape.actors if behind and behind.end() <= a.begin and a.end <= end]
    return [a.entity for a in actors] if behind and actors and actors[0].begin - behind.end() <= _LEAD_IN else []


def _soon(stage: Stage, drafts: list[Draft]) -> list[Draft]:
    """X、Y参加视察。上午,代表们视察了…: the visit that the next sentences tell of."""
    shape = stage.shape
    visits = tuple(w for t in shape.lexicon.event_types if t.name == "Inspection" for w in t.triggers)
    if not any(shape.string.startswith(visits, end) for _, end, _ in shape.find("attend")):
        return []
    return [d for d in drafts if d.type == "Inspection" and stage.index < d.sentence <= stage.index + 2][:1]


def _attended(stage: Stage, word: str, behind: tuple[int, int], told: list[Draft]) -> Draft | None:
    """Which happening 参加 means: the one its object names, else the last one told of."""
    shape = stage.shape
    named = word + shape.string[behind[0] : min(behind[1], behind[0] + _OBJECT)]
    types = shape.lexicon.event_types
    wanted = {t.name for t in types for w in (*t.triggers, *t.nouns) if len(w) > 1 and w in named}
    if not wanted and any(w in named[: len(word) + 3] for w in shape.lexicon.words("at_a_meeting")):
        wanted = {"Meeting"}
    if word in shape.lexicon.words("attend_trial"):
        wanted = {"Enforcement"}
    if not wanted and word.startswith("陪同"):
        wanted = {"Inspection"}
    fitting = [d for d in told if d.type in wanted] or [d for d in told if wanted or d.type != "Enforcement"]
    return fitting[-1] if fitting else None


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


def _speak(stages: list[Stage], draft: Draft) -> None:
    """A meeting that nobody is said to host is led by who speaks at it; at a briefing they take part."""
    briefing = draft.type == "Announcement" and draft.name.endswith("会")
    if not (briefing or draft.type == "Meeting") or any(who.kind is Kind.PERSON for who in draft.leads):
        return
    for stage in stages:
        shape = stage.shape
        if stage.index < draft.sentence or shape.speech_start >= len(shape.string):
            continue
        speakers = persons(shape.subject(shape.speech_start))
        if speakers and not _is_member(shape, speakers[0]):
            role = Role.PARTICIPANT if briefing else Role.LEAD
            draft.take(speakers[0].entity, role, stage.evidence, "event.speaker")
            return


def _is_member(shape: Shape, speaker: Actor) -> bool:
    """范以宁委员建议: a member who speaks does not lead."""
    members = shape.lexicon.words("member_title")
    groups = [g for g in shape.found.groups if any(n.start == speaker.start for n in g.names)]
    return any(t.row.title in members for g in groups for t in g.titles[-1:])

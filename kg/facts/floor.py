"""Who hosted a gathering, spoke at it, was heard or showed its guests round, as later sentences tell."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.facts.clauses import Actor
from kg.facts.drafts import Draft
from kg.facts.shape import Shape
from kg.facts.stage import Stage, persons
from kg.lexicon import Lexicon
from kg.model import Kind, Role
from kg.words import any_of

# 市委书记X的讲话站位高, X同志的重要讲话, X市长在全市大会上的讲话
_OF_HIS = re.compile("[^,。;作做]{0,3}(?:在[^,。;]{2,30}[会式]上)?的(?:重要)?")
_TITLE_BEHIND = 6  # characters between a speaker's name and the verb: 委员, 副局长
_BEFORE_THE_VERB = 20  # characters between who has the floor and the verb: 代表全乡干部作
_GIVES = re.compile("[作做]了?")
_ABOUT_IT = re.compile("[^,。;]{0,10}?(?:(?:围绕|结合|针对|对照|立足|按照|就)[^,。;]{2,30},){1,3}")
_AND_MORE = re.compile("并[^会活仪]{2,4}")  # 副主任X主持并监誓
_THANKS = re.compile("(?:表示|表达|致以)了?[^,。;]{0,12}(?:感谢|谢意|欢迎|祝贺|敬意|问候)")
_CHAIRED = (
    (re.compile("在[^,。;]{2,40}?的?主持下"), Role.LEAD),
    (re.compile("(?:活动|演出|义诊)由[^,。;]*?带队"), Role.LEAD),
    (re.compile("执行主席由[^。;]*?担任"), Role.PARTICIPANT),
)
_HANDED = re.compile("(?:[交送递]到|从)[^,。;]{2,24}手[中里上]")
_TALKED = re.compile(
    "[与同]([^,。;]{2,50}?)(?:(?:就|围绕)[^。;]{2,40}?)?"
    "(?:进行|开展|作|展开)了[^,。;]{0,6}(?:交流|座谈|讨论|探讨|沟通|交谈)(?!发言)"
)
_NOUN = 3  # characters of the noun that a gathering's name ends in: 推介会


def add_floor(stage: Stage, told: list[Draft]) -> None:
    """Add to what was told so far those that a sentence says did something there."""
    _host(stage, told)
    _under(stage, told)
    _take_the_floor(stage, told)
    _heard(stage, told)
    _won(stage, told)
    _handed(stage, told)
    _show_around(stage, told)
    _come_along(stage, told)
    _talk(stage, told)


def add_speaker(stages: list[Stage], draft: Draft) -> None:
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
            directs = shape.string[: shape.speech_start].endswith(tuple(shape.lexicon.words("directs")))
            came = any(p.rule.endswith("attended") for p in draft.roles.values())  # X出席。…Y表示: X leads
            role = Role.PARTICIPANT if briefing or (came and not directs) else Role.LEAD
            draft.take(speakers[0].entity, role, stage.evidence, "event.speaker")
            return


def _host(stage: Stage, told: list[Draft]) -> None:
    """副县长X主持。县长Y宣布大桥通车。: without a noun it is the gathering told of last."""
    shape, words = stage.shape, stage.shape.lexicon.words
    meetings = [d for d in told if d.type in ("Meeting", "Activity") or d.held or d.has_floor]
    for begin, end, word in shape.find("host"):
        limit = shape.clause_at(begin)[1]
        clause = shape.string[shape.clause_at(begin)[0] : limit]
        named = [d for d in meetings if d.has_floor and d.name[-_NOUN:] in clause]  # 推介会由X主持
        declares = word in words("declares") and shape.string[:limit].endswith(tuple(words("declared_open")))
        ends = end >= limit or _AND_MORE.fullmatch(shape.string, end, limit) is not None
        if meetings and (declares or ends) and shape.is_reported(begin):
            by = [a for a in shape.actors if begin - _TITLE_BEHIND < a.end <= begin and shape.is_agent(a)]
            rule = next((r for r in ("declares", "welcomes") if word in words(r)), "host")
            for actor in persons(by) or persons(shape.host(begin)):
                (named or meetings)[-1].add(actor.entity, Role.LEAD, stage.evidence, f"event.{rule}")


def _under(stage: Stage, told: list[Draft]) -> None:
    """典礼在县长X的主持下开始: who stands between is the host; 执行主席由X、Y担任: they preside."""
    meetings = [d for d in told if d.has_floor]
    chaired = (
        [(match, role) for rule, role in _CHAIRED for match in rule.finditer(stage.shape.string)] if meetings else []
    )
    for match, role in chaired:
        for actor in persons(stage.shape.between(*match.span())):
            meetings[-1].add(actor.entity, role, stage.evidence, "event.host")


def _take_the_floor(stage: Stage, told: list[Draft]) -> None:
    """会上,X汇报了…,Y作了发言; X在会上作部署: who does something at a gathering was there."""
    shape = stage.shape
    named = [d for d in told if d.name and d.type != "Other"]
    words = [(at, w) for w in shape.lexicon.words("at_it") if (at := _at_this_one(shape.string, w)) >= 0]
    if named and words:
        at, word = min(words)
        floor = [d for d in named if word.rstrip("上中时") in d.name] or [d for d in named if d.has_floor]
        floor = floor or [d for d in named if d.type == "Meeting" and "会" in word]
        clauses = [c for c in shape.clauses if c[1] > at and shape.is_reported(c[0])]
    elif visits := [d for d in told if d.type == "Inspection" and d.leads and (words or _reports(shape))]:
        after = min(words)[0] if words else 0
        floor, clauses = visits, [c for c in shape.clauses if c[1] > after and _does_there(shape, c)]
    elif len(told) == 1 and told[0].type == "Meeting" and stage.index > told[0].sentence:
        floor, clauses = told, [c for c in shape.clauses if _speaks_up(shape, c)]
    else:
        floor = [d for d in told if d.has_floor or (d.type == "Meeting" and d.sentence == stage.index)]
        clauses = [c for c in shape.clauses if floor and _does_there(shape, c)]
    speak = [e for _, e, _ in shape.find("floor")] if floor else []
    for clause in shape.clauses if speak and floor[-1].type == "Meeting" and floor[-1].sentence < stage.index else ():
        for town in stage.towns_speaking(clause[0]) if any(clause[0] < e <= clause[1] for e in speak) else ():
            floor[-1].add(town, Role.PARTICIPANT, stage.evidence, "event.took_the_floor")
    for clause in clauses if floor else ():
        if floor[-1].sentence < stage.index or floor[-1].start < clause[0]:
            for actor in _opening(shape, clause):
                floor[-1].add(actor.entity, Role.PARTICIPANT, stage.evidence, "event.took_the_floor")


def _at_this_one(string: str, word: str) -> int:
    """Where 会上 stands, -1 if nowhere: 在全省会议上的讲话 was given somewhere else."""
    at = string.find(word)
    return -1 if string.startswith("的", at + len(word)) else at


def _reports(shape: Shape) -> bool:
    """副县长X就工程进展作专题汇报: does somebody report, as to visitors?"""
    return any("汇报" in word for _, _, word in shape.find("floor"))


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
                meetings[-1].add(actor.entity, Role.PARTICIPANT, stage.evidence, "event.heard")


def _won(stage: Stage, told: list[Draft]) -> None:
    """大赛举行。…X、Y荣获一等奖: who won took part; of teams only their houses are named."""
    shape, words = stage.shape, stage.shape.lexicon.words
    contests = [d for d in told if d.is_called(words("contest"))]
    for begin, end, word in (*shape.find("award_received"), *shape.find("award_to_prize")) if contests else ():
        behind = shape.string[end : shape.clause_at(begin)[1]]
        prize = word in words("award_received") or any(w in behind for w in words("prize"))
        if prize and shape.is_reported(begin) and not stage.tells_history(*shape.clause_at(begin)):
            for actor in persons(shape.subject(begin)):
                contests[-1].add(actor.entity, Role.PARTICIPANT, stage.evidence, "event.won")


def _handed(stage: Stage, told: list[Draft]) -> None:
    """捐赠仪式举行。经理X把捐款交到校长Y手中: both were there."""
    shape, floor = stage.shape, [d for d in told if d.has_floor]
    for match in _HANDED.finditer(shape.string) if floor and shape.is_reported(0) else ():
        start, end = shape.clause_at(match.start())[0], match.end()
        for actor in [a for a in persons(shape.actors) if start <= a.start and a.end <= end]:
            floor[-1].add(actor.entity, Role.PARTICIPANT, stage.evidence, "event.handed")


def _show_around(stage: Stage, told: list[Draft]) -> None:
    """公司经理X向Y一行介绍了情况: who shows a visitor round was there."""
    shape = stage.shape
    received = {who for d in told if d.type == "Meeting" for who in d.leads}  # 会见中,市长X向客人介绍…
    for draft in [d for d in told if d.leads and d.is_visit][-1:]:
        for clause in shape.clauses[:1] if any(True for _ in shape.find("introduces")) else ():
            run = persons(_opening(shape, clause))
            known = any(a.entity in draft.leads | received for a in run)
            if run and not known and shape.string.startswith("向", run[-1].end):
                for actor in run:
                    draft.add(actor.entity, Role.PARTICIPANT, stage.evidence, "event.showed_around")


@lru_cache(maxsize=4)
def _on_visit(lexicon: Lexicon) -> re.Pattern[str]:
    """慰问中,…; 在调研期间,…: a sentence that goes on with the visit."""
    visits = {word for kind in lexicon.event_types if kind.name == "Inspection" for word in kind.triggers}
    return re.compile(f"在?{any_of(visits)}(?:过程中|活动中|期间|中|时),")


def _come_along(stage: Stage, told: list[Draft]) -> None:
    """慰问中,镇长X与老人亲切交谈: who acts on a visit, by title and name, was there."""
    shape, visits = stage.shape, [d for d in told if d.type == "Inspection" and d.leads]
    opened = _on_visit(shape.lexicon).match(shape.string) if visits else None
    titled = [a for a in persons(_opening(shape, shape.clause_at(opened.end()))) if a.begin < a.start] if opened else []
    for actor in titled:
        visits[-1].add(actor.entity, Role.PARTICIPANT, stage.evidence, "event.came_along")


def _talk(stage: Stage, told: list[Draft]) -> None:
    """考察组与县水利局、石庙镇有关负责人就节水进行了交流: with whom visitors talk was there."""
    shape, visits = stage.shape, [d for d in told if d.type == "Inspection" and d.leads]
    for match in _TALKED.finditer(shape.string) if visits and shape.is_reported(0) else ():
        talkers = shape.between(*match.span(1))
        for actor in talkers if not any(a.entity in visits[-1].leads for a in talkers) else ():
            visits[-1].add(actor.entity, Role.PARTICIPANT, stage.evidence, "event.talked")


def _opening(shape: Shape, clause: tuple[int, int]) -> list[Actor]:
    """Those who act in a clause: the list of actors that it opens with, also behind 邀请."""
    invited = next((w for w in shape.lexicon.words("invites") if shape.string.startswith(w, clause[0])), "")
    clause = clause[0] + len(invited), clause[1]
    first = [a for a in shape.actors if clause[0] <= a.begin and a.end <= clause[1] and shape.begins(clause[0], a)]
    run = shape.run_from(first[0], clause[1]) if first else []
    return [a for a in run if not shape.is_office(a)] or run


def _speaks_up(shape: Shape, clause: tuple[int, int]) -> bool:
    """X委员建议,…: does who opens the sentence say something, or a clause with what one does at a gathering?"""
    run = _opening(shape, clause) if clause == shape.clauses[0] else []
    said = [b for b, _, _ in shape.find("speech_verb") if run and run[-1].end <= b < clause[1]]
    return (bool(said) and said[0] - run[-1].end <= _TITLE_BEHIND) or _does_there(shape, clause)


def _does_there(shape: Shape, clause: tuple[int, int]) -> bool:
    """副县长X宣读通知,乡长Y代表全乡发言: does who opens the clause do what one does at a gathering?"""
    run = _opening(shape, clause) if shape.is_reported(clause[0]) else []
    if not run:
        return False
    end = clause[1] if run[-1].end < clause[1] else shape.clause_at(clause[1] + 1)[1]  # X与Y,分别代表双方签约
    behind = shape.string[run[-1].end : end]
    gives = _GIVES.search(behind, 0, _BEFORE_THE_VERB)  # 向大会作了提案工作报告
    given = gives is not None and any(w in behind[gives.end() :] for w in shape.lexicon.words("floor_noun"))
    about = _ABOUT_IT.match(shape.string, run[-1].end)  # X、Y围绕节水,结合实际,汇报了…
    begin, end = (about.end(), shape.clause_at(about.end())[1]) if about else (run[-1].end, end)
    done = [b for b, e, _ in shape.find("floor") if begin <= b and e <= end]
    given = given or _THANKS.search(behind) is not None
    spoken_of = bool(done) and _OF_HIS.fullmatch(shape.string, run[-1].end, done[0]) is not None
    return given or (bool(done) and not spoken_of and done[0] - begin <= _BEFORE_THE_VERB)


def _is_member(shape: Shape, speaker: Actor) -> bool:
    """范以宁委员建议: a member who speaks does not lead."""
    members = shape.lexicon.words("member_title")
    groups = [g for g in shape.found.groups if any(n.start == speaker.start for n in g.names)]
    return any(t.row.title in members for g in groups for t in g.titles[-1:])

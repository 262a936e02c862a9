"""The stops of a visit that its report tells one by one: 在西古村,…; 一行来到丝路公司,…: places of the one visit."""

from __future__ import annotations

import re

from kg.facts.drafts import Draft
from kg.facts.shape import Shape
from kg.facts.stage import Stage, persons
from kg.facts.went import list_end, places_gone_to
from kg.model import Entity, Kind
from kg.words import any_of, segmenter

# 在A村、无名的一处等地,…, 在A厂的车间里,… but not 在县委的领导下,… nor 在大会上,…: what may follow the last place.
_ONLY_WHERE = re.compile(r"(?:[、和及与][^,、]{2,12})*(?![至到往])[^,、]{0,8}(?<![下后时前])(?<![会式动礼赛][上中])")

_HERE = ("这里", "此地", "此处")
_NAME = 6  # characters that the end of a gathering's name is known by
_OPENING = 2  # clauses that a sentence may open with: 上午,在西古村,…
_ADVERB = 3  # characters that may stand between the visitors and where they went: 首先, 分别, 先后


def add_stops(stages: list[Stage], drafts: list[Draft]) -> None:
    """Add to each visit the places that later sentences say it came to."""
    visits = [d for d in drafts if d.is_visit]
    talks = {d.sentence for d in drafts if d.type == "Meeting"}
    own = {d.sentence for d in visits if d.has_day}  # 24日,X又到…: a visit of its own
    for stage in stages:
        told = [d for d in visits if d.sentence < stage.index]
        if not told or stage.index in talks | own:
            continue
        here = {a.entity for a in stage.shape.actors}
        visit = ([d for d in told if d.leads & here] or [d for d in told if d.type == "Inspection"] or told)[-1]
        acting = [a for a in persons(stage.shape.actors) if a not in stage.shape.escorts]
        others = {a.entity for a in acting} - visit.leads
        party = stage.shape.string.startswith(tuple(stage.shape.lexicon.words("visitors")))  # 采风团先后来到…
        if visit.leads & here or (not others and (party or visit.type == "Inspection")):
            gone = _come_to(stage) + _here(stages, stage)
            visit.places += [p for p in dict.fromkeys(gone) if p not in visit.actors and p not in visit.places]


def _come_to(stage: Stage) -> list[Entity]:
    """Where the sentence says that the visitors were or went."""
    shape = stage.shape
    only_where = [c for c in shape.clauses[:_OPENING] if _says_only_where(shape, *c)][:1]
    found = [p for clause in only_where for p in places_gone_to(shape, *clause, stage.entities)]
    if opened := [b for b, _, _ in shape.find("look") if shape.is_reported(b) and shape.is_blank(0, b)]:
        found += places_gone_to(shape, *shape.clause_at(opened[0]), stage.entities)  # 实地查看了石庙村…
    for begin, _, word in shape.find("stop_at"):
        if word != "在" and shape.is_reported(begin) and _visitors_act(shape, begin):
            start = shape.clause_at(begin)[0]
            found += places_gone_to(shape, start, list_end(shape, begin, stage.entities), stage.entities)
    return found


def _here(stages: list[Stage], stage: Stage) -> list[Entity]:
    """青石产业园,是…的基地。代表团来到这里,…: the place that the sentence before opens with."""
    shape = stage.shape
    comes = any(f"{word}{here}" in shape.string for word in shape.lexicon.words("stop_at") for here in _HERE)
    before = next((s for s in stages if s.index == stage.index - 1), None)
    if not comes or before is None:
        return []
    opening = [p for p in before.shape.found.places if before.shape.is_blank(0, p.start)]
    return [before.entity(p) for p in opening[-1:]]


def add_grounds(stages: list[Stage], drafts: list[Draft]) -> None:
    """在县体育馆内,职工运动会现场热闹非凡; 县中学为主赛场: where a gathering was that nothing else places."""
    for draft in [d for d in drafts if d.has_floor and not d.places and d.type != "Inspection"]:
        for stage in [s for s in stages if draft.name[-_NAME:] in s.shape.string]:
            only_where = [c for c in stage.shape.clauses[:_OPENING] if _says_only_where(stage.shape, *c)][:1]
            draft.places = [p for c in only_where for p in places_gone_to(stage.shape, *c, stage.entities)]
            if draft.places:
                break
        draft.places = draft.places or [p for s in stages if s.index > draft.sentence for p in _main_grounds(s)]


def _main_grounds(stage: Stage) -> list[Entity]:
    """县中学为主赛场,青石广场和县体育馆为分赛场: the places of a contest."""
    shape = stage.shape
    spots = [(p.start, p.end, stage.entity(p)) for p in shape.found.places]
    spots += [(a.start, a.end, a.entity) for a in shape.actors if a.entity.kind is Kind.AGENCY]
    grounds = re.compile(f"{any_of(shape.lexicon.words('main_ground'))}[,;。]")
    found: list[Entity] = []
    for _, end, entity in sorted(spots, reverse=True):
        listed = found and shape.string[end : end + 1] in ("、", "和", "及")
        if listed or grounds.match(shape.string, end):
            found.insert(0, entity)
    return found


def _visitors_act(shape: Shape, position: int) -> bool:
    """一行来到…, 随后走进…, 程宇又来到…: do those who visit open the clause, or nobody?"""
    start = shape.clause_at(position)[0]
    before = shape.string[start:position]
    team = tuple(shape.lexicon.words("team"))
    acting = [a for a in shape.actors if a.entity.kind is Kind.PERSON or a.entity.name.endswith(team)]
    for left, right in ((a.begin, a.end) for a in acting):
        if start <= left and right <= position:
            before = before.replace(shape.string[left:right], "")
    for words in ("visit_goes_on", "subject_prefix"):
        for word in sorted(shape.lexicon.words(words), key=len, reverse=True):
            before = before.replace(word, "")
    return len(before) <= _ADVERB or segmenter().tag(before)[:1] in ("i", "l", "d")  # 马不停蹄来到…


def _says_only_where(shape: Shape, start: int, end: int) -> bool:
    """在西古村里,…: does the clause name places and nothing else?"""
    if shape.speech_start <= end or not shape.string.startswith(tuple(shape.lexicon.words("stop_at")), start):
        return False
    named = [p.end for p in shape.found.places if start <= p.start and p.end <= end]
    named += [a.end for a in shape.actors if start <= a.start and a.end <= end]
    return bool(named) and _ONLY_WHERE.fullmatch(shape.string, max(named), end) is not None

"""What only the whole article settles: whose a gathering was, on which day, who led it where nobody is said to."""

from __future__ import annotations

import re

from kg.facts.cases import find_the_spot, name_the_accused
from kg.facts.clauses import Actor
from kg.facts.days import is_stamped, is_until
from kg.facts.drafts import ANSWERED, AREAS, Draft
from kg.facts.stage import Stage
from kg.facts.stops import add_grounds, add_stops
from kg.mentions.dates import PrintedDate
from kg.model import Entity, Kind, Part, Participation, Role, is_within

_SAME_DAY = 12  # sentences behind the day that a report tells in
_ONE_RAID = 3  # sentences between what the police did and what they found
_FEW_DAYS = 7
_GIVEN = re.compile("[捐赠][^仪活]{0,6}(?:仪式|活动)$")  # 捐书仪式, 图书捐赠活动
OF_ONE_DAY = frozenset({"Meeting", "Inspection", "Activity", "Award", "Construction"})
_FROM_ABOVE = ("全国", "全省")
_GATHERINGS = frozenset({"Meeting", "Activity", "Award"})
_CEREMONIES = frozenset({"Activity", "Construction", "Award"})
_BY_STRENGTH = ((".declares",), (".host", ".hosted"), (".welcomes",), (".宣誓",))
_HOST, _WELCOMES, _SWEARS = 2, 3, 4


def settle(stages: list[Stage], drafts: list[Draft]) -> None:
    """Give the happenings of an article what follows from one another."""
    _leave_out(stages, drafts)
    _of_one_raid(stages, drafts)
    _of_one_case(drafts)
    _of_one_gift(stages, drafts)
    _of_one_kindness(stages, drafts)
    _follow_on(stages, drafts)
    add_stops(stages, drafts)
    add_grounds(stages, drafts)
    _only_where(stages, drafts)
    _of_the_visit(stages, drafts)
    _of_the_day(stages, drafts)
    _of_the_disaster(drafts)
    _of_the_house(drafts)
    _of_the_force(stages, drafts)
    _to_the_rescue(drafts)
    name_the_accused(stages, drafts)
    find_the_spot(stages, drafts)
    _first_leads(stages, drafts)
    _signers_lead(stages, drafts)
    _opener_leads(drafts)


def _leave_out(stages: list[Stage], drafts: list[Draft]) -> None:
    """What is only behind or above what else is told: an arrest's crime, what lay broken on a visit, 分路慰问."""
    if not stages:
        return
    words = stages[0].shape.lexicon.words
    case = any(d.type == "Enforcement" for d in drafts)
    tried = min((d.sentence for d in drafts if d.is_trial and not d.head), default=len(stages))
    visits = [d.sentence for d in drafts if d.type == "Inspection" and d.leads and not d.head]

    def is_behind(draft: Draft) -> bool:
        crime = draft.name in words("crime_told")
        came = not draft.name and draft.rule.rpartition(".")[2] in words("hurries_there") | words("hurries")
        broken = draft.step == "disaster" and draft.when is None and not draft.leads
        accused = bool(draft.name) and draft.date is None and not draft.roles and draft.sentence > tried
        return (case and (crime or came or accused)) or (broken and any(s < draft.sentence for s in visits))

    def is_scenery(draft: Draft) -> bool:
        """县长X检查工地。大桥项目正在抓紧施工。: what goes on where one goes, on no day."""
        goes_on = draft.type == "Construction" and draft.rule.rpartition(".")[2] in words("under_way")
        return goes_on and draft.date is None and any(s < draft.sentence for s in visits)

    drafts[:] = [d for d in drafts if not is_scenery(d)]
    told = [d for d in drafts if d.type == "Inspection" and d.leads and not d.apart]
    drafts[:] = [d for d in drafts if not (d.apart and any(t.leads <= d.actors or d.head for t in told))]

    drafts[:] = [d for d in drafts if d.type != "Other" or not is_behind(d)]


def _of_one_raid(stages: list[Stage], drafts: list[Draft]) -> None:
    """夜查酒驾,当晚共查获20起: the checks of the police are of the raid that they made."""
    ends = tuple(stages[0].shape.lexicon.words("force")) if stages else ()
    checks = [d for d in drafts if d.type == "Inspection" and d.leads and all(e.name.endswith(ends) for e in d.leads)]
    for check in checks:
        raids = [d for d in drafts if d.type == "Enforcement" and d.agrees(check) and not d.step]
        raids = [d for d in raids if d.leads or not (d.held and check.places)]  # 集中执法行动 that stops nowhere
        if raids and abs(raids[0].sentence - check.sentence) <= _ONE_RAID:
            raids[0].absorb(check)
            drafts.remove(check)


def _of_one_case(drafts: list[Draft]) -> None:
    """近日,省海警局查获一起走私案。…8月6日,市海警局将货船拦截: what is summed up first is the one case told then."""
    cases = [d for d in drafts if d.type == "Enforcement" and not (d.head or d.step or d.is_trial)]
    if len(cases) != 2:
        return
    first, then = cases
    told_twice = (first.date is None or first.date.open) and not (first.recipients and then.recipients)
    if told_twice and first.paragraph < then.paragraph:
        first.absorb(then)
        drafts.remove(then)


def _of_one_gift(stages: list[Stage], drafts: list[Draft]) -> None:
    """A社来到县二中,送上一份关爱。…捐书仪式举行: what they brought was given at the rite told next."""
    if not stages:
        return
    words = stages[0].shape.lexicon.words
    brought = [d for d in drafts if d.type == "Inspection" and d.rule.rpartition(".")[2] in words("gives_comfort")]
    for visit in brought:
        rites = [d for d in drafts if d.type == "Activity" and d.has_ceremony and _GIVEN.search(d.name)]
        near = [
            d for d in rites if 0 < d.sentence - visit.sentence <= _ONE_RAID and d.agrees(visit) and not d.organizers
        ]
        if near and all(who.kind is Kind.AGENCY for who in visit.leads):
            near[0].absorb(visit)
            drafts.remove(visit)


def _of_one_kindness(stages: list[Stage], drafts: list[Draft]) -> None:
    """县总工会主席X开展“送清凉”活动。X一行来到石庙中队,为他们送上…: what was brought is what the activity was."""
    words = stages[0].shape.lexicon.words if stages else None
    verbs = words("gives_comfort") | words("calls_on") if words else frozenset()
    for visit in [d for d in drafts if d.type == "Inspection" and d.rule.rpartition(".")[2] in verbs]:
        deeds = [d for d in drafts if d.type == "Activity" and d.sentence <= visit.sentence and d.leads & visit.leads]
        deeds = [d for d in deeds if words and d.is_called(words("kind_deed")) and not d.label.endswith("仪式")]
        if deeds and deeds[-1].agrees(visit):
            deeds[-1].absorb(visit)
            drafts.remove(visit)


def _follow_on(stages: list[Stage], drafts: list[Draft]) -> None:
    """随后召开的现场协调会: on the day, and if 现场 at the place, of what was told before."""
    shapes = {s.index: s.shape for s in stages}
    for i, draft in enumerate(drafts):
        before = next((d for d in reversed(drafts[:i]) if d.when is not None), None)
        shape = shapes[draft.sentence]
        if (
            before is None
            or draft.date is not None
            or not any(w in shape.string for w in shape.lexicon.words("sequel"))
        ):
            continue
        draft.date = before.date
        if not draft.places and "现场" in draft.name:
            draft.places = before.places[:1]


def _of_the_visit(stages: list[Stage], drafts: list[Draft]) -> None:
    """A 座谈会 that nobody is said to hold, in the report of a visit, is the visitors'; guests received led theirs."""
    unled = [d for d in drafts if d.type == "Inspection" and d.held and not d.leads]
    received = [d for d in drafts if d.type == "Meeting" and not d.has_floor and d.leads]
    if len(unled) == len(received) == 1:
        for part in [p for p in received[0].roles.values() if p.rule == "event.met"]:
            unled[0].take(part.actor, Role.LEAD, part.evidence, "event.received")
    visits = [d for d in drafts if d.type == "Inspection" and d.leads]
    if len(visits) != 1:
        return
    words = tuple(stages[0].shape.lexicon.words("visit_meeting"))
    for draft in drafts:
        if draft.type == "Meeting" and draft.leads & visits[0].leads:
            draft.date = draft.date or visits[0].date
        if draft.type == "Meeting" and not draft.leads and draft.name.endswith(words):
            draft.date = draft.date or visits[0].date
            for who in sorted(visits[0].leads):
                role = Role.LEAD if who.kind is Kind.PERSON else Role.ORGANIZER
                draft.take(who, role, draft.evidence[0], "event.of_the_visit")


def _only_where(stages: list[Stage], drafts: list[Draft]) -> None:
    """慰问了县人武部: whom one calls on is no place; 青石镇在水库举行: nor is the town or county around the ground."""
    home = stages[0].resolver.places.home() if stages else None
    known = stages[0].shape.lexicon.places_by_name if stages else {}
    for draft in [d for d in drafts if d.type == "Inspection"]:
        greeted = {part.actor for part in draft.roles.values() if part.rule == "event.greeted"}
        places = [p for p in draft.places if p not in greeted]
        draft.places = [p for p in places if p != home] or places
    for draft in [d for d in drafts if d.type in _GATHERINGS or d.type == "Other"]:
        draft.places = [p for p in draft.places if not any(_lies_in(q, p) for q in draft.places)]
    for draft in [d for d in drafts if d.type in _CEREMONIES | {"Other"} and not (d.head and len(d.evidence) == 1)]:
        narrow = [p for p in draft.places if p.name not in known]
        held_by = {e.name for e in draft.organizers}
        narrow = [p for p in narrow if not any(name.startswith(p.name) for name in held_by)]  # 青石镇在水库举行
        draft.places = narrow or draft.places


def _lies_in(inner: Entity, outer: Entity) -> bool:
    """沙河镇, 章贡区沙河镇邮政局 in 章贡区: a gathering was at the narrower place."""
    named = inner.name != outer.name and outer.name.endswith(AREAS) and inner.name.startswith(outer.name)
    return named or (inner.kind is Kind.PLACE and is_within(inner.within, outer.path))


def _of_the_day(stages: list[Stage], drafts: list[Draft]) -> None:
    """What a report of one day, or a paragraph of it, tells later with no time of its own, was on that day."""
    dates = [
        (s, d) for s in stages for d in s.shape.found.dates if not (is_until(s.shape, d) or is_stamped(s.shape, d))
    ]
    dates = [(s, d) for s, d in dates if not (s.shape.is_quoted(d.start) or d.start >= s.shape.speech_start)]
    told = [(s, d.value) for s, d in dates]
    days = [(s, day) for s, day in told if isinstance(day, PrintedDate) and _is_a_day(day)]
    timed = {s.index for s, _ in told}
    whole = len({day.when for _, day in days}) == 1
    for draft in drafts:
        near = [(s.index, day) for s, day in days if whole or s.shape.found.sentence.paragraph == draft.paragraph]
        if draft.is_at_once:  # 1日接到举报…,9日民警拦下一车。民警将其扣留: the day told last
            near = [(i, day) for i, day in near if i <= draft.sentence][-1:] or near
        if draft.date is not None or not near or len({day.when for _, day in near}) > 1:
            continue
        first, day = near[0]
        later = draft.sentence <= first + _SAME_DAY and draft.sentence not in timed
        later = later and (first < draft.sentence or (whole and draft.paragraph == 0))  # summed up first
        if (later or (draft.head and whole)) and (draft.type in OF_ONE_DAY or draft.is_at_once or draft.is_briefing):
            draft.date = day


def _of_the_disaster(drafts: list[Draft]) -> None:
    """发生火灾… 消防站赶到扑救; 交警大队接到报警… 展开施救: when and where it befell."""
    for draft in [d for d in drafts if d.type == "Other" and not d.name and d.leads]:
        befell = [d for d in drafts if d.type == "Other" and d.name and d.sentence <= draft.sentence]
        befell = befell if draft.is_by_firemen else [d for d in befell if d.answering & draft.leads]
        if befell and draft.agrees(befell[-1]):
            draft.date = draft.date or befell[-1].date
            draft.places = draft.places or befell[-1].places[:]
            befell[-1].leave_out(ANSWERED)


def _is_a_day(day: PrintedDate) -> bool:
    """A day or a few, not a month."""
    return day.when is not None and (day.when.end - day.when.begin).days < _FEW_DAYS


def _of_the_house(drafts: list[Draft]) -> None:
    """会议期间还举行了慈善义卖: what nobody is said to hold is theirs who hold all else that the article tells of."""
    houses = {d.organizers for d in drafts if d.type in _GATHERINGS and d.organizers}
    if len(houses) != 1:
        return
    (house,) = houses
    for draft in [d for d in drafts if d.type in _GATHERINGS and d.name and not d.leads]:
        if all(draft.agrees(other) for other in drafts if other.organizers):
            for office in sorted(house):
                draft.take(office, Role.ORGANIZER, draft.evidence[0], "event.of_the_house")


def _of_the_force(stages: list[Stage], drafts: list[Draft]) -> None:
    """民警将其刑事拘留: what no office is said to enforce is the work of the only force that the article names."""
    lost = [d for d in drafts if d.type == "Enforcement" and not (d.leads or d.step)]
    if not lost:
        return
    ends = tuple(stages[0].shape.lexicon.words("force"))
    named = {a.entity: s for s in reversed(stages) for a in s.shape.actors if a.entity.name.endswith(ends)}
    forces = [e for e in named if not any(e != other and e.name in other.name for other in named)]
    headed = [e for e in forces if named[e].shape.found.sentence.part is Part.HEADLINE]
    forces = headed if len(headed) == 1 else forces  # 青石派出所抓获一窃贼, in the headline
    for draft in lost:
        if len(forces) == 1 and forces[0] not in draft.actors:
            draft.take(forces[0], Role.ORGANIZER, draft.evidence[0], "event.of_the_force")
            draft.places = [p for p in draft.places if p != forces[0]]


def _to_the_rescue(drafts: list[Draft]) -> None:
    """灾情发生后,县委组织搜救: who came to help came to where it had befallen."""
    befallen = [d for d in drafts if d.type == "Other" and d.name and d.places]
    for draft in [d for d in drafts if d.type == "Other" and d.leads and not (d.name or d.places)]:
        near = [d for d in befallen if d.agrees(draft)]
        draft.places = [p for p in near[0].places if p not in draft.actors] if near else []


def _first_leads(stages: list[Stage], drafts: list[Draft]) -> None:
    """动员会召开,副市长X出席: what nobody is said to lead is led by the first of those with a post who attended."""
    posted = {a.entity for s in stages for a in s.shape.actors if _holds_a_post(s, a)}
    for draft in [d for d in drafts if d.type in ("Meeting", *_CEREMONIES) and d.name and not d.leads]:
        if draft.label.startswith(_FROM_ABOVE):
            continue  # 全省电视会议: who watches it here does not lead it
        first = next((p for p in draft.roles.values() if p.actor.kind is Kind.PERSON), None)
        if first is not None and first.rule.endswith("attended") and first.actor in posted:
            draft.take(first.actor, Role.LEAD, first.evidence, first.rule)


def _signers_lead(stages: list[Stage], drafts: list[Draft]) -> None:
    """签约仪式举行。局长X与经理Y代表双方签约: a signing that nobody is said to hold is theirs who sign."""
    words = stages[0].shape.lexicon.words("signs") if stages else frozenset()
    signed = tuple(f".{word}" for word in words)
    for draft in [d for d in drafts if d.is_signing(words) and not d.leads]:
        for part in [p for p in draft.roles.values() if p.actor.kind is Kind.PERSON and p.rule.endswith(signed)]:
            draft.take(part.actor, Role.LEAD, part.evidence, part.rule)


def _opener_leads(drafts: list[Draft]) -> None:
    """X宣布开工,Y致辞,Z主持: who opens a ceremony leads it, else who hosts, who welcomes; the sworn in only alone."""
    for draft in [d for d in drafts if d.type in _CEREMONIES]:
        ranks = {part: _rank(part) for part in draft.roles.values() if part.role is Role.LEAD}
        if all(rank == _SWEARS for rank in ranks.values()) and not draft.organizers:
            continue
        first = min(rank for rank in (*ranks.values(), _WELCOMES) if rank)
        held = any(p.role is Role.ORGANIZER and p.rule.endswith(".held") for p in draft.roles.values())
        first = _HOST if first == _WELCOMES and held else first
        for part in [p for p, rank in ranks.items() if rank > first]:
            draft.give_way(part)


def _rank(part: Participation) -> int:
    """How strongly what somebody did at a ceremony says who led it; 0 for what does not compare."""
    return next((i for i, rules in enumerate(_BY_STRENGTH, start=1) if part.rule.endswith(rules)), 0)


def _holds_a_post(stage: Stage, actor: Actor) -> bool:
    """副市长X, not 市领导X、Y nor 代表X: does a title of one's own stand before the name?"""
    groups = [g for g in stage.shape.found.groups if g.names[0].start == actor.start]
    plain = stage.shape.lexicon.words("member_title")
    return any(
        t.row.kind == "post" and t.row.title not in plain and not t.text.endswith("领导")
        for g in groups
        for t in g.titles
    )

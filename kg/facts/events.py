"""Events: what a sentence reports as having happened, happening or fixed, with who, where and when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.facts.clauses import Actor, Shape
from kg.facts.drafts import Draft, fuse
from kg.facts.scene import Held, brought_along, day_of, event_name, home_place_after, how_held, marks_of, places_gone_to
from kg.facts.triggers import Trigger, find_triggers
from kg.mentions.dates import PrintedDate
from kg.model import Entity, Event, Evidence, Kind, Part, Role
from kg.resolve import Resolver

_NEEDS_NO_ACTOR = frozenset({"Construction", "Award", "Appointment"})
# What an office is said to do counts only with a day or a place: else it is policy, not a happening.
_GROUNDED = frozenset({"Inspection", "Enforcement", "Award", "Announcement", "Activity"})
# Places that hold things themselves; a county's name before 召开 says whose it was, not who held it.
_ACTING = frozenset({"subdistrict", "town", "village", "community"})
_AT_HEAD = frozenset({Part.HEADLINE, Part.KICKER, Part.CAPTION})


_PASSIVE = re.compile(r"被(?!告)")
_OWN_SESSION = re.compile(
    r"(?:党组)?(?:第[一二三四五六七八九十百\d]+次)?(?:常务|常委|主任|主席|全体|党组)*(?:会议|全会)"
)


@dataclass(eq=False)
class EventReader:
    """Reads the events of one article."""

    resolver: Resolver
    places: dict[int, dict[tuple[int, int], Entity]]
    evidence: dict[int, Evidence]
    drafts: list[Draft] = field(default_factory=list)
    last_subject: tuple[int, list[Actor]] | None = None
    head: list[Actor] = field(default_factory=list)

    def read(self, shapes: list[Shape]) -> list[Event]:
        """The events of an article, each once."""
        self.head = [
            a
            for s in shapes
            if s.found.sentence.part is Part.HEADLINE
            for a in s.actors
            if a.entity.kind is Kind.AGENCY
        ]
        for shape in shapes:
            self._read_sentence(shape)
        drafts = fuse(self.drafts)
        self._follow_on(shapes, drafts)
        for shape in shapes:
            self._attend(shape, drafts)
            self._belongs(shape, drafts)
        self._speakers(shapes, drafts)
        self._of_the_visit(shapes, drafts)
        return [d.event() for d in drafts if self._is_told(d)]

    def _is_told(self, draft: Draft) -> bool:
        """A happening needs someone, or a place that something was built or held at, or a name with a day."""
        return bool(draft.roles or draft.places or (draft.when and (draft.name or draft.type in _NEEDS_NO_ACTOR)))

    # ── one sentence ───────────────────────────────────────────────────────────────────────────────────────────

    def _read_sentence(self, shape: Shape) -> None:
        sentence = shape.found.sentence
        last_end: dict[str, int] = {}
        for trigger in find_triggers(shape):
            draft = self._by_noun(shape, trigger) if trigger.noun else self._by_verb(shape, trigger)
            if draft is not None:
                self.drafts.append(draft)
                last_end[draft.type] = trigger.end
        subject = [a for a in shape.actors if a.entity.kind is Kind.PERSON][:1]
        if subject and sentence.part is Part.BODY:
            self.last_subject = (sentence.index, shape.subject(len(shape.string)) or subject)

    def _draft(self, shape: Shape, trigger: Trigger, rule: str, name: str = "", generic: bool = False) -> Draft:
        index = shape.found.sentence.index
        return Draft(
            trigger.type,
            index,
            trigger.start,
            "",
            name,
            rule,
            [self.evidence[index]],
            day_of(shape, trigger.start),
            generic=generic,
            head=shape.found.sentence.part in (Part.HEADLINE, Part.KICKER),
        )

    def _by_verb(self, shape: Shape, trigger: Trigger) -> Draft | None:
        """Someone does it: 市长X到Y镇调研."""
        planned = shape.is_planned(trigger.start)
        day = day_of(shape, trigger.start)
        if planned and not _is_fixed(day):
            return None
        subject = self._subject(shape, trigger) or self._head_subject(shape, trigger)
        name = trigger.text if trigger.type == "Meeting" else ""
        draft = self._draft(shape, trigger, f"event.{trigger.type.lower()}.{trigger.text}", name)
        if not subject and (
            trigger.type not in _NEEDS_NO_ACTOR or (trigger.type == "Award" and (day is None or day.when is None))
        ):
            return None
        if shape.string.startswith("的", trigger.end):
            draft.date = None  # 转办的第三批案件: told in passing, the sentence's day is another happening's
        evidence = self.evidence[shape.found.sentence.index]
        end = min(shape.speech_start, len(shape.string), shape.next_subject(trigger.end))
        after = subject[-1].end if subject else 0
        brought = list(brought_along(shape, after, trigger.start)) if subject else []
        lead = self._led_by(shape, trigger) or subject
        if trigger.type == "Appointment":
            lead = self._appointing(shape, trigger, draft, lead, evidence)
        elif trigger.type == "Enforcement":
            lead = self._enforced(shape, trigger, draft, lead, evidence)
        elif trigger.type == "Award":
            lead = self._awarded(shape, trigger, draft, lead, evidence)
        for actor in lead:
            draft.take(
                actor.entity, Role.LEAD if actor.entity.kind is Kind.PERSON else Role.ORGANIZER, evidence, draft.rule
            )
        for actor in [a for a in subject if a not in lead and a.entity not in {r[0] for r in draft.roles}]:
            draft.take(actor.entity, Role.PARTICIPANT, evidence, "event.led_by")
        for actor in brought:
            draft.take(actor.entity, Role.PARTICIPANT, evidence, "event.brought_along")
        if trigger.type == "Meeting":
            self._met(shape, trigger, draft, evidence)
        self._set_places(shape, trigger, draft, after, end, subject, brought)
        draft.marks = (
            marks_of(shape, shape.clause_at(trigger.start)[0], shape.clause_at(trigger.end)[1])
            if trigger.type == "Transfer"
            else ()
        )
        if trigger.type in ("Construction", "Appointment") and not (draft.places or draft.roles):
            return None
        if trigger.type in _GROUNDED and not self._went(shape, trigger, draft, subject):
            return None
        draft.label = self._label(draft, lead, trigger.text)
        return draft

    def _appointing(
        self, shape: Shape, trigger: Trigger, draft: Draft, lead: list[Actor], evidence: Evidence
    ) -> list[Actor]:
        """任命X为Y: X receives; who appoints is the subject, or the body whose meeting the article tells of."""
        clause = shape.clause_at(trigger.start)
        named = [
            a for a in shape.actors if a.entity.kind is Kind.PERSON and a.start >= trigger.end and a.end <= clause[1]
        ]
        passive = not named and [a for a in lead if a.entity.kind is Kind.PERSON]
        for actor in named or passive or []:
            draft.take(actor.entity, Role.RECIPIENT, evidence, draft.rule)
        if passive:
            return []
        lead = [a for a in lead if a not in named]
        if not lead:
            meetings = [d for d in self.drafts if d.type == "Meeting" and d.leads]
            bodies = [e for d in meetings for e in sorted(d.leads) if e.kind is Kind.AGENCY]
            for entity in bodies[-1:]:
                draft.take(entity, Role.ORGANIZER, evidence, "event.own_session")
        return lead

    @staticmethod
    def _enforced(shape: Shape, trigger: Trigger, draft: Draft, lead: list[Actor], evidence: Evidence) -> list[Actor]:
        """被开除党籍, 审理了X受贿案, 对X立案: whom the law met did not lead."""
        if lead and _PASSIVE.search(shape.string, lead[-1].end, trigger.start):
            for actor in lead:
                draft.take(actor.entity, Role.RECIPIENT, evidence, "event.passive")
            return []
        end = lead[-1].end if lead else trigger.start
        for actor in shape.actors:
            if actor.entity.kind is Kind.PERSON and actor.start >= end and lead:
                draft.take(actor.entity, Role.RECIPIENT, evidence, "event.object")
        return lead

    @staticmethod
    def _awarded(shape: Shape, trigger: Trigger, draft: Draft, lead: list[Actor], evidence: Evidence) -> list[Actor]:
        """授予X称号: X receives; 荣获: who is the subject does."""
        passive = trigger.text in shape.lexicon.words("award_received") or "被" in shape.string[: trigger.start][-2:]
        clause = shape.clause_at(trigger.start)
        for actor in lead if passive else shape.between(trigger.end, clause[1]):
            draft.take(actor.entity, Role.RECIPIENT, evidence, draft.rule)
        return [] if passive else lead

    @staticmethod
    def _went(shape: Shape, trigger: Trigger, draft: Draft, subject: list[Actor]) -> bool:
        """督导 without a place, a day or a person says what an office does, not that it went somewhere."""
        person = any(a.entity.kind is Kind.PERSON for a in (*subject, *shape.actors))
        head = shape.found.sentence.part in _AT_HEAD
        done = shape.string.startswith("了", trigger.end) or "一行" in shape.string[: trigger.start]
        issued = draft.type == "Announcement" and bool(shape.found.documents)
        return bool(draft.places or draft.date or issued) or (person and (head or done))

    def _led_by(self, shape: Shape, trigger: Trigger) -> list[Actor]:
        """由西安区政府牵头,…: who leads of those who do it together."""
        for begin, _, _ in shape.find("lead_by"):
            near = [a for a in shape.actors if a.end == begin and shape.is_agent(a)]
            if near and begin < trigger.start:
                return near
        return []

    def _head_subject(self, shape: Shape, trigger: Trigger) -> list[Actor]:
        """督察进驻日期:… in a box: who came stands in its headline."""
        return (
            self.head
            if trigger.type == "Mission"
            and shape.found.sentence.part is Part.BODY
            and len(self.head) == 1
            and not shape.actors
            else []
        )

    def _subject(self, shape: Shape, trigger: Trigger) -> list[Actor]:
        subject = shape.subject(trigger.start)
        if trigger.type == "Transfer":
            # 督察组向我市转办: the giver stands before 向 or 将, also in a relative clause.
            near = [
                a
                for a in shape.actors
                if a.end <= trigger.start and shape.string[a.end : a.end + 1] in ("向", "将", "把")
            ]
            subject = near[-1:] or subject
            given = subject and any(w in shape.string[subject[-1].end : trigger.start] for w in "向将把给")
            return subject if given else []
        if not subject:
            clause = shape.clause_at(trigger.start)
            near = [a for a in shape.actors if clause[0] <= a.begin and a.end <= trigger.start]
            if near and shape.string[near[0].begin - 1 : near[0].begin] not in (
                "向",
                "对",
                "被",
                "给",
                "为",
                "就",
                "与",
            ):
                subject = shape.run_from(near[0], trigger.start)
        if not subject and trigger.type == "Inspection" and self.last_subject:
            # 随后,市领导来到…,察看…: the visit goes on, whoever leads it was named before.
            index, actors = self.last_subject
            people = [a for a in shape.actors if a.entity.kind is Kind.PERSON]
            if shape.found.sentence.index - index <= 4 and not people and self._goes_on(shape, trigger):
                return actors[:1]
        return subject

    @staticmethod
    def _goes_on(shape: Shape, trigger: Trigger) -> bool:
        opening = shape.string[: trigger.start]
        return any(w in opening for w in shape.lexicon.words("visit_goes_on"))

    def _met(self, shape: Shape, trigger: Trigger, draft: Draft, evidence: Evidence) -> None:
        """会见 takes those met behind it."""
        first = next((a for a in shape.actors if a.begin >= trigger.end), None)
        if first is not None and shape.clause_at(first.begin) == shape.clause_at(trigger.end):
            for actor in shape.run_from(first, len(shape.string)):
                draft.take(actor.entity, Role.PARTICIPANT, evidence, "event.met")

    def _set_places(
        self,
        shape: Shape,
        trigger: Trigger,
        draft: Draft,
        after: int,
        end: int,
        subject: list[Actor],
        brought: list[Actor],
    ) -> None:
        index = shape.found.sentence.index
        entities = self.places[index]
        own = {a.entity for a in (*subject, *brought)}
        if draft.type in ("Award", "Announcement") and not subject:
            self._home(shape, draft, 0, end)
            return
        if draft.type in ("Transfer", "Mission"):
            self._receiving_place(shape, trigger, draft)
            return
        if draft.type == "Construction":
            clause = shape.clause_at(trigger.start)
            works = [p for p in shape.found.places if p.end <= trigger.start and (clause[0] <= p.start or not subject)]
            draft.places += [entities[(p.start, p.end)] for p in works[-1:]]
            return
        places = places_gone_to(
            shape, 0 if draft.type != "Inspection" else after, end, entities, at_work=draft.type == "Enforcement"
        )
        draft.places += [p for p in places if p not in own and p not in draft.places and p.kind is not Kind.PERSON]
        if draft.type == "Announcement":
            draft.places = self._about(shape, trigger)
        elif draft.type == "Inspection" and not draft.places:
            # 开展大圩段调查工作: what was looked at is the place.
            near = [
                p
                for p in shape.found.places
                if after <= p.start and p.end <= trigger.start and not shape.is_quoted(p.start)
            ]
            draft.places = [entities[(p.start, p.end)] for p in near[-1:]]
        if draft.type == "Enforcement" and not draft.places:
            # 拆除人民路两侧违建
            behind = [p for p in shape.found.places if trigger.end <= p.start <= trigger.end + 2]
            draft.places = [entities[(p.start, p.end)] for p in behind[:1]]
        if draft.type == "Activity":
            self._for_whom(shape, trigger, draft)

    def _about(self, shape: Shape, trigger: Trigger) -> list[Entity]:
        """将丁香路910弄列为中风险地区: the place that the decision is about."""
        clause = shape.clause_at(trigger.start)
        entities = self.places[shape.found.sentence.index]
        if not shape.string.startswith("将", clause[0]):
            return []
        return [
            entities[(p.start, p.end)] for p in shape.found.places if clause[0] <= p.start and p.end <= trigger.start
        ][-1:]

    def _for_whom(self, shape: Shape, trigger: Trigger, draft: Draft) -> None:
        """为医疗队送行, 向学校捐赠: who receives."""
        for actor in shape.actors:
            head = shape.string[: actor.begin]
            if (
                actor.end <= trigger.start
                and ("为" in head[-20:] or head.endswith("向"))
                and shape.string[actor.end : trigger.start] == ""
            ):
                draft.take(actor.entity, Role.RECIPIENT, self.evidence[shape.found.sentence.index], "event.for_whom")

    def _receiving_place(self, shape: Shape, trigger: Trigger, draft: Draft) -> None:
        """移交辽源市, 向我市转办, 进驻辽源: the place that receives."""
        clause = shape.clause_at(trigger.start)
        entities = self.places[shape.found.sentence.index]
        direct = [
            p
            for p in shape.found.places
            if trigger.end <= p.start <= trigger.end + 1
            or (clause[0] <= p.start and shape.string[p.start - 1 : p.start] == "向")
        ]
        draft.places += [entities[(p.start, p.end)] for p in direct]
        if not direct and draft.type == "Mission" and shape.found.sentence.index in self.places and self.head:
            draft.places += [
                e for i, row in sorted(self.places.items()) if i < shape.found.sentence.index for e in row.values()
            ][:1]
            return
        if not direct:
            self._home(shape, draft, *clause)

    def _home(self, shape: Shape, draft: Draft, start: int, end: int) -> None:
        """我市, 全市: the paper's own place."""
        if (word := home_place_after(shape, start, end)) and (home := self.resolver.places.home()):
            self.resolver.notes.add(home, word)
            draft.places.append(home)

    def _by_noun(self, shape: Shape, trigger: Trigger) -> Draft | None:
        """It is held, opened, hosted or attended: 推进会召开, 主持会议, 在座谈会上."""
        name = event_name(shape, trigger.start, trigger.end)
        how = how_held(shape, trigger.end - len(name), trigger.end, meeting=trigger.type == "Meeting")
        day = day_of(shape, trigger.start)
        planned = shape.is_planned(trigger.start) or (how is not None and shape.is_planned(how.start))
        if how is None or (planned and not _is_fixed(day)):
            return None
        generic = name in shape.lexicon.words("meeting_generic")
        draft = self._draft(shape, trigger, f"event.{trigger.type.lower()}.{how.manner}", name, generic)
        evidence = self.evidence[shape.found.sentence.index]
        subject = shape.subject(how.start)
        keynote = any(k in shape.string[trigger.end : trigger.end + 14] for k in shape.lexicon.words("keynote"))
        for actor in subject:
            draft.take(actor.entity, self._part_of(actor, how, keynote=keynote), evidence, draft.rule)
        for entity in self._conveners(shape, how, subject):
            draft.take(entity, Role.ORGANIZER, evidence, draft.rule)
        for actor in shape.between(trigger.end - len(name), trigger.end):
            # 省人大常委会第三十次会议: the body whose meeting it is.
            own = trigger.type == "Activity" or _OWN_SESSION.match(shape.string, actor.end)
            if actor.start == trigger.end - len(name) and own and actor.entity.kind is Kind.AGENCY:
                draft.take(actor.entity, Role.ORGANIZER, evidence, "event.own_session")
        mine = {a.entity for a in subject}
        entities = self.places[shape.found.sentence.index]
        end = min(shape.speech_start, len(shape.string))
        clause = shape.clause_at(trigger.start)
        held_at = places_gone_to(shape, clause[0], min(end, clause[1]), entities, only_at=True)
        draft.places += [p for p in held_at if p not in mine]
        if trigger.type == "Construction":
            inside = [p for p in shape.found.places if trigger.end - len(name) <= p.start and p.end <= trigger.start]
            draft.places += [entities[(p.start, p.end)] for p in inside[-1:]]
        draft.label = name if not generic else self._label(draft, subject, name)
        return draft

    @staticmethod
    def _part_of(actor: Actor, how: Held, *, keynote: bool) -> Role:
        """Who hosts, speaks at or convenes a meeting leads it; who attends takes part."""
        person = actor.entity.kind is Kind.PERSON
        if person and (how.manner in ("hosted", "on") or (how.manner == "attended" and keynote)):
            return Role.LEAD
        if how.manner == "held":
            return Role.LEAD if person else Role.ORGANIZER
        return Role.PARTICIPANT

    def _conveners(self, shape: Shape, how: Held, subject: list[Actor]) -> Iterator[Entity]:
        """由A主办、B承办: both; 鼓楼街道在…举办: the place that acts."""
        if how.manner != "held":
            return
        for begin, _, _ in shape.find("lead_by"):
            near = [a for a in shape.actors if a.end == begin]
            yield from (a.entity for a in near if a not in subject)
        if not subject and not shape.actors:
            start = shape.clause_at(how.start)[0]
            local = [p for p in shape.found.places if p.start == start and p.category in _ACTING]
            for place in local[:1]:
                if (entity := self.resolver.agencies.of_place(place.name, place.category)) is not None:
                    yield self.resolver.notes.add(entity, place.name)

    def _label(self, draft: Draft, subject: list[Actor], verb: str) -> str:
        who = "、".join(dict.fromkeys(a.entity.name for a in subject))
        where = "、".join(p.name for p in draft.places[:3])
        if draft.type == "Transfer":
            to = f"向{draft.places[0].name}" if draft.places else ""
            return f"{who}{to}{verb}{'、'.join(draft.marks)}"
        return f"{who}{verb}{where}" if draft.type == "Inspection" else f"{who}{where if not who else ''}{verb}"

    def _follow_on(self, shapes: list[Shape], drafts: list[Draft]) -> None:
        """随后召开的现场协调会: on the day, and if 现场 at the place, of what was told before."""
        strings = {s.found.sentence.index: s.string for s in shapes}
        words = shapes[0].lexicon.words("sequel") if shapes else frozenset()
        for i, draft in enumerate(drafts):
            before = next((d for d in reversed(drafts[:i]) if d.when is not None), None)
            if before is None or draft.date is not None or not any(w in strings[draft.sentence] for w in words):
                continue
            draft.date = before.date
            if not draft.places and "现场" in draft.name:
                draft.places = before.places[:1]

    # ── those who took part ────────────────────────────────────────────────────────────────────────────────────

    def _attend(self, shape: Shape, drafts: list[Draft]) -> None:
        """…等负责同志参加调研: the list before 参加 took part in what the article tells of."""
        index = shape.found.sentence.index
        self._host(shape, drafts)
        start = 0
        for begin, end, word in shape.find("attend"):
            if begin < start or not shape.is_reported(begin):
                continue
            actors = list(self._listed(shape, start, begin))
            start = end
            draft = self._attended(shape, end, word, index, drafts)
            if not actors or draft is None:
                continue
            keynote = any(
                shape.string.startswith(k, end) or k in shape.string[end : end + 12]
                for k in shape.lexicon.words("keynote")
            )
            for entity in actors:
                role = (
                    Role.LEAD
                    if keynote and draft.type == "Meeting" and entity.kind is Kind.PERSON
                    else Role.PARTICIPANT
                )
                draft.take(entity, role, self.evidence[index], "event.attended")
            if self.evidence[index] not in draft.evidence:
                draft.evidence.append(self.evidence[index])

    def _host(self, shape: Shape, drafts: list[Draft]) -> None:
        """副县长X主持。: without a noun it is the meeting told of last."""
        index = shape.found.sentence.index
        meetings = [d for d in drafts if d.type in ("Meeting", "Activity") and d.sentence <= index]
        for begin, end, _ in shape.find("host"):
            if meetings and end >= shape.clause_at(begin)[1] and shape.is_reported(begin):
                for actor in shape.subject(begin):
                    draft = meetings[-1]
                    draft.take(actor.entity, Role.LEAD, self.evidence[index], "event.host")
                    draft.evidence += [self.evidence[index]] if self.evidence[index] not in draft.evidence else []

    def _listed(self, shape: Shape, start: int, end: int) -> Iterator[Entity]:
        """Persons and agencies of a list, and the places in it that stand for their governments."""
        actors = [a for a in shape.actors if start <= a.begin and a.end <= end]
        yield from (a.entity for a in actors)
        if not actors:
            return
        for place in shape.found.places:
            near = shape.string[place.end : place.end + 1]
            if (
                actors[0].start < place.start < end
                and place.end <= end
                and (near in "、等和" or end - place.end <= 1)
                and shape.string[place.start - 1] in "、和及"
            ):
                entity = self.resolver.agencies.of_place(place.name, place.category)
                if entity is not None:
                    self.resolver.notes.add(entity, place.name)
                    yield entity

    def _attended(self, shape: Shape, end: int, word: str, index: int, drafts: list[Draft]) -> Draft | None:
        """Which happening 参加 means: the one its object names, else the last one told of."""
        told = [d for d in drafts if d.sentence <= index]
        object_ = shape.string[end : end + 14]
        wanted = {
            t.name for t in shape.lexicon.event_types for w in (*t.triggers, *t.nouns) if len(w) > 1 and w in object_
        }
        if not wanted and any(w in word + object_[:3] for w in ("会", "汇报", "发言")):
            wanted = {"Meeting"}
        fitting = [d for d in told if d.type in wanted]
        return (fitting or told or [None])[-1]  # type: ignore[list-item]

    def _belongs(self, shape: Shape, drafts: list[Draft]) -> None:
        """归属地是东丰县、龙山区: places of the transfer told before."""
        word = next((w for w in shape.lexicon.words("belongs") if w in shape.string), None)
        transfers = [d for d in drafts if d.type == "Transfer" and d.sentence <= shape.found.sentence.index]
        if word is None or not transfers:
            return
        at = shape.string.index(word)
        entities = self.places[shape.found.sentence.index]
        draft = transfers[-1]
        draft.places += [
            e for p in shape.found.places if p.start > at and (e := entities[(p.start, p.end)]) not in draft.places
        ]
        evidence = self.evidence[shape.found.sentence.index]
        draft.evidence += [evidence] if evidence not in draft.evidence else []

    def _of_the_visit(self, shapes: list[Shape], drafts: list[Draft]) -> None:
        """A 座谈会 that nobody is said to hold, in the report of a visit, is the visitors'."""
        visits = [d for d in drafts if d.type == "Inspection" and d.leads]
        words = shapes[0].lexicon.words("visit_meeting") if shapes else frozenset()
        for draft in drafts:
            if draft.type != "Meeting" or draft.leads or len(visits) != 1 or not draft.name.endswith(tuple(words)):
                continue
            for who in sorted(visits[0].leads):
                draft.take(who, Role.LEAD, draft.evidence[0], "event.of_the_visit")

    def _speakers(self, shapes: list[Shape], drafts: list[Draft]) -> None:
        """A meeting that nobody is said to host is led by who speaks at it."""
        for draft in drafts:
            briefing = draft.type == "Announcement" and draft.name.endswith("会")
            if not (briefing or draft.type == "Meeting") or any(who.kind is Kind.PERSON for who in draft.leads):
                continue
            for shape in shapes:
                if shape.found.sentence.index < draft.sentence or shape.speech_start >= len(shape.string):
                    continue
                speakers = [a for a in shape.subject(shape.speech_start) if a.entity.kind is Kind.PERSON]
                if speakers:
                    index = shape.found.sentence.index
                    role = Role.PARTICIPANT if briefing else Role.LEAD
                    draft.take(speakers[0].entity, role, self.evidence[index], "event.speaker")
                    break


def _is_fixed(day: PrintedDate | None) -> bool:
    """Is a plan fixed to a day or a month? A year is no date to keep."""
    return day is not None and day.when is not None and (day.when.end - day.when.begin).days < 32

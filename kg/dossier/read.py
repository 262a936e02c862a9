"""From the node of a thing to its dossier, by what is said of it and of what it takes part in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from rdflib import URIRef
from rdflib.namespace import ORG, PROV, RDF, SKOS

from kg.dossier.lookup import Lookup
from kg.dossier.proofs import Proofs, in_print_order
from kg.dossier.records import Change, Company, Dossier, Event, Named, Part, Post, Question, Report, Sentence
from kg.vocab import KG, SCHEMA, SEM

_UNDATED: Final = "9999"
_SHORTEST_NAME: Final = 2
_QUESTION: Final = KG.Question
_MENTION: Final = "mention"
# What an article does with a name, the weakest first.
_SIGNED: Final = ((_MENTION, SCHEMA.mentions), ("contributor", SCHEMA.contributor), ("author", SCHEMA.author))


class Reader:
    """Reads dossiers from one store, of each kind of fact the latest `limit` ones, or all."""

    def __init__(self, lookup: Lookup, limit: int | None = None) -> None:
        self._ask = lookup
        self._limit = limit
        self._proofs = Proofs(lookup)
        self._titles: dict[str, tuple[str, ...]] = {}

    def dossier(self, iri: str) -> Dossier:
        """What is known of the thing that a node stands for."""
        ask, kind, label = self._ask, self._ask.kind(iri), self._ask.label(iri)
        names = tuple(name for name in ask.values(iri, SKOS.altLabel) if name != label)
        held = ask.dated({*ask.subjects(ORG.member, iri), *ask.subjects(ORG.organization, iri)}, KG.firstAttested)
        happened = ask.dated(self._events(iri, kind), SEM.hasBeginTimeStamp)
        printed = self._articles(iri, happened if kind == "event" else ())
        posts = tuple(sorted(map(self._post, self._last(held)), key=_when_held))
        events = tuple(sorted(map(self._event, self._last(happened)), key=_when))
        company = self._met(iri, happened) if kind in ("person", "agency") else {}
        inside = SCHEMA.containedInPlace if kind == "place" else ORG.subOrganizationOf
        below, agencies = ask.subjects(inside, iri), ask.subjects(KG.jurisdiction, iri)
        told = [s for post in posts for s in post.sentences] + [s for event in events for s in _own(event, iri)]
        return Dossier(
            iri,
            kind,
            label,
            names,
            category=next(map(ask.label, ask.values(iri, ORG.classification)), ""),
            jurisdiction=next(iter(ask.named(ask.values(iri, KG.jurisdiction))), None),
            before=tuple(self._changes(iri, ORG.resultedFrom, ORG.originalOrganization)),
            after=tuple(self._changes(iri, ORG.changedBy, ORG.resultingOrganization)),
            above=tuple(Named(node, ask.label(node)) for node in self.above(iri, inside)),
            below=ask.named(below[: self._limit]),
            known=any(not ask.value(source, SCHEMA.isPartOf) for source in ask.values(iri, PROV.wasDerivedFrom)),
            agencies=ask.named(agencies[: self._limit]),
            posts=posts,
            events=events,
            company=self._company(company, happened),
            reports=self._reports(printed, told, (label, *sorted(names, key=len, reverse=True))),
            questions=tuple(self._questions(iri, [iri, *held, *(event.iri for event in _acted_in(events, iri))])),
            counts=_count(
                posts=held, events=happened, company=company, reports=printed, below=below, agencies=agencies
            ),
        )

    def _last(self, iris: Iterable[str]) -> list[str]:
        """As many as are wanted of what stands in the order of time."""
        return list(iris)[-self._limit :] if self._limit else list(iris)

    def _post(self, iri: str) -> Post:
        ask = self._ask
        person, agency = ask.value(iri, ORG.member), ask.value(iri, ORG.organization)
        return Post(
            Named(person, ask.label(person)),
            ask.label(ask.value(iri, ORG.role)),
            Named(agency, ask.label(agency)) if agency else None,
            ask.value(iri, KG.firstAttested),
            ask.value(iri, KG.lastAttested),
            ask.values(iri, KG.appointedOn),
            ask.values(iri, KG.removedOn),
            self._proofs.of(iri, self._limit),
            self._proofs.count(iri),
        )

    def titles(self, person: str) -> tuple[str, ...]:
        """The posts a person was last seen in, in a word each: 中共青湖市委书记."""
        if person not in self._titles:
            ask, name = self._ask, self._ask.label(person)
            posts = [(ask.value(iri, KG.lastAttested), iri) for iri in ask.subjects(ORG.member, person)]
            last = max(posts, default=("", ""))[0]
            self._titles[person] = tuple(sorted(ask.label(iri).removesuffix(name) for day, iri in posts if day == last))
        return self._titles[person]

    def last_print(self, iri: str) -> str:
        """Where a thing was last named: 青湖日报 2030-03-01《林若川到石桥镇调研》; empty where it was not."""
        latest = [self._proofs.article(article) for article in list(self._articles(iri, ()))[-1:]]
        return "".join(f"{article.paper} {article.day}《{article.headline}》".strip() for article in latest)

    def above(self, iri: str, inside: URIRef) -> tuple[str, ...]:
        """What a thing lies in or under, the nearest first; whatever goes round in a circle is told once."""
        found = [iri]
        while (upper := self._ask.value(found[-1], inside)) and upper not in found:
            found.append(upper)
        return tuple(found[1:])

    def _events(self, iri: str, kind: str) -> set[str]:
        """The events that a thing takes part in, or that happen within it."""
        if kind == "event":
            return {iri}
        if kind == "place":
            return {event for place in self._within(iri) for event in self._ask.subjects(SEM.hasPlace, place)}
        parts = self._ask.subjects(RDF.value, iri)
        return {event for part in parts for event in self._ask.subjects(KG.participation, part)}

    def _within(self, place: str) -> set[str]:
        """A place and all that lies in it."""
        found, edge = {place}, {place}
        while edge:
            edge = {one for above in edge for one in self._ask.subjects(SCHEMA.containedInPlace, above)} - found
            found |= edge
        return found

    def _event(self, iri: str) -> Event:
        """One happening, with all who took part."""
        ask = self._ask
        kind, printed = ask.value(iri, SEM.eventType), ask.value(iri, SEM.hasTimeStamp)
        parts = (self._part(part) for part in ask.values(iri, KG.participation))
        return Event(
            iri,
            ask.label(iri),
            Named(kind, ask.label(kind)),
            ask.value(iri, SEM.hasBeginTimeStamp),
            ask.value(iri, SEM.hasEndTimeStamp),
            printed,
            ask.named(ask.values(iri, SEM.hasPlace)),
            tuple(sorted(parts, key=_rank)),
            self._proofs.of(iri),
        )

    def _part(self, iri: str) -> Part:
        actor, role = (self._ask.value(iri, said) for said in (RDF.value, SEM.roleType))
        who, how = Named(actor, self._ask.label(actor)), Named(role, self._ask.label(role))
        return Part(who, how, self.titles(actor), self._proofs.of(iri))

    def _met(self, iri: str, events: Iterable[str]) -> dict[str, dict[str, str]]:
        """Everyone else in these events, each with the events, the latest first, and their parts in them."""
        place = {event: -number for number, event in enumerate(events)}
        met: dict[str, dict[str, str]] = defaultdict(dict)
        for event, part, actor in sorted(self._ask.parts(place), key=lambda row: (place[row[0]], row)):
            if actor != iri:
                met[actor][event] = part
        return met

    def _company(self, met: Mapping[str, Mapping[str, str]], begun: Mapping[str, str]) -> tuple[Company, ...]:
        """Those met most often, people before agencies."""
        often = sorted(met, key=lambda actor: (len(met[actor]), actor), reverse=True)[: self._limit]
        ended = self._ask.dated({event for actor in often for event in met[actor]}, SEM.hasEndTimeStamp)
        company = []
        for actor in often:
            events = list(met[actor])
            days = sorted({day for event in events for day in (begun[event], ended[event]) if day}) or [""]
            company.append(
                Company(
                    Named(actor, self._ask.label(actor)),
                    self._ask.kind(actor),
                    self.titles(actor),
                    len(events),
                    days[0],
                    days[-1],
                    tuple(Named(event, self._ask.label(event)) for event in events[: self._limit]),
                    self._proofs.of(met[actor][events[0]]),
                )
            )
        return tuple(sorted(company, key=lambda one: (-one.times, one.kind != "person", one.who.label, one.who.iri)))

    def _articles(self, iri: str, events: Iterable[str]) -> dict[str, str]:
        """The articles that name a thing or tell of an event, the oldest first, and what they do with the name."""
        how = {article: _MENTION for event in events for article in self._proofs.articles(event)}
        for as_, predicate in _SIGNED:
            how |= dict.fromkeys(self._ask.subjects(predicate, iri), as_)
        return {article: how[article] for article in self._ask.dated(how, SCHEMA.datePublished)}

    def _reports(
        self, printed: Mapping[str, str], told: Iterable[Sentence], names: Iterable[str]
    ) -> tuple[Report, ...]:
        """The articles with what they say: the sentences of the facts, else the first that prints the name."""
        known = [name for name in names if len(name) >= _SHORTEST_NAME]
        proving: dict[str, list[Sentence]] = defaultdict(list)
        for sentence in told:
            proving[sentence.article.iri].append(sentence)
        reports = []
        for iri in self._last(printed):
            sentences = in_print_order(proving.get(iri, ()))
            if not sentences and printed[iri] == _MENTION:
                sentences = self._proofs.mention(iri, known)
            reports.append(Report(self._proofs.article(iri), printed[iri], sentences))
        return tuple(sorted(reports, key=lambda report: (report.article.day or _UNDATED, report.article.iri)))

    def _changes(self, iri: str, change: URIRef, other: URIRef) -> Iterator[Change]:
        """The agencies at the other end of a change of name."""
        for node in self._ask.values(iri, change):
            for agency in self._ask.named(self._ask.values(node, other)):
                yield Change(agency, self._ask.value(node, SEM.hasTimeStamp))

    def _questions(self, iri: str, concerned: Iterable[str]) -> Iterator[Question]:
        """What is asked about a thing, or about a post or an event of it."""
        ask = self._ask
        for question in dict.fromkeys(asked for node in concerned for asked in ask.subjects(SCHEMA.about, node)):
            if str(_QUESTION) in ask.values(question, RDF.type):
                others = (other for other in ask.values(question, SCHEMA.about) if other != iri)
                yield Question(ask.label(question), ask.named(others), self._proofs.of(question))


def _when(event: Event) -> tuple[str, str, str]:
    """The order of an agenda: by first day and last, the undated at the end."""
    return event.begin or _UNDATED, event.end, event.iri


def _when_held(post: Post) -> tuple[str, ...]:
    days = (post.first, *post.appointed, *post.removed)
    agency = post.agency.label if post.agency else ""
    return min((day for day in days if day), default=_UNDATED), agency, post.title, post.person.iri


def _rank(part: Part) -> tuple[int, str, str]:
    """Who leads, who organizes, who takes part, whom it concerns."""
    order = [str(role) for role in (KG.Lead, KG.Organizer, KG.Participant, KG.Recipient)]
    place = order.index(part.role.iri) if part.role.iri in order else len(order)
    return place, part.actor.label, part.actor.iri


def _acted_in(events: Iterable[Event], iri: str) -> Iterator[Event]:
    """The events that a thing took part in, or is."""
    return (event for event in events if iri in (event.iri, *(part.actor.iri for part in event.parts)))


def _own(event: Event, iri: str) -> Iterator[Sentence]:
    """The sentences that tell of an event and of one's part in it."""
    yield from event.sentences
    for part in event.parts:
        if part.actor.iri == iri:
            yield from part.sentences


def _count(**facts: Collection[str]) -> dict[str, int]:
    return {name: len(found) for name, found in facts.items()}

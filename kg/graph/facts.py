"""Posts and events → what is known in the default graph, what proves it in the graph of each article."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

import pyoxigraph as ox
from rdflib.namespace import ORG, PROV, RDF, RDFS

from kg.graph.names import Names, all_proofs, evidence_key
from kg.graph.terms import Term, chinese, chinese_label, day, event_type, node, number, plain, printed_day
from kg.knowledge import Actor, Happening, Knowledge, Membership, Proof
from kg.vocab import KG, OA, SCHEMA, SEM

Triple = tuple[ox.NamedNode, ox.NamedNode, Term]
# Statements with the article whose graph holds them; None is the default graph.
Stated = tuple[Triple, ox.NamedNode | None]


def state_facts(knowledge: Knowledge, names: Names, skipped: Container[ox.NamedNode]) -> Iterator[Stated]:
    """Memberships, events and participations, each with its evidence; one without any does not enter the graph."""
    for title in dict.fromkeys(post.title for post in knowledge.memberships if is_proved(post.proofs)):
        yield (names.roles[title], node(RDF.type), node(ORG.Role)), None
        yield (names.roles[title], node(RDFS.label), chinese(title)), None
    for index, post in enumerate(knowledge.memberships):
        if is_proved(post.proofs) and names.memberships[index] not in skipped:
            yield from ((triple, None) for triple in _describe_post(post, names.memberships[index], names))
            yield from _state_proofs(names.memberships[index], post.proofs, names)
    for index, event in enumerate(knowledge.happenings):
        if is_proved(event.proofs) and names.happenings[index] not in skipped:
            yield from _state_event(index, event, names)
    yield from _state_evidence(knowledge, names, skipped)


def is_proved(proofs: Iterable[Proof]) -> bool:
    """Whether some sentence says so."""
    return any(proof.evidence.pieces for proof in proofs)


def _describe_post(post: Membership, iri: ox.NamedNode, names: Names) -> Iterator[Triple]:
    yield iri, node(RDF.type), node(ORG.Membership)
    yield iri, node(RDFS.label), chinese(_label_of(post))
    yield iri, node(ORG.member), names.entities[post.person]
    yield iri, node(ORG.role), names.roles[post.title]
    if post.agency:
        yield iri, node(ORG.organization), names.entities[post.agency]
    if post.first and post.last:
        yield iri, node(KG.firstAttested), day(post.first)
        yield iri, node(KG.lastAttested), day(post.last)
    yield from ((iri, node(KG.appointedOn), day(date)) for date in post.appointed)
    yield from ((iri, node(KG.removedOn), day(date)) for date in post.removed)


def _label_of(post: Membership) -> str:
    """市水利局 + 局长 + 名; what the title repeats of the agency stands once: 市水利局党组 + 党组书记."""
    agency = post.agency.name if post.agency else ""
    said = next((n for n in range(len(post.title), 1, -1) if agency.endswith(post.title[:n])), 0)
    return f"{agency}{post.title[said:]}{post.person.name}"


def _state_event(index: int, event: Happening, names: Names) -> Iterator[Stated]:
    iri = names.happenings[index]
    yield from ((triple, None) for triple in _describe_event(event, iri, names))
    yield from _state_proofs(iri, event.proofs, names)
    for actor in event.actors:
        if is_proved(actor.proofs):
            part = names.actors[index, actor.entity]
            yield (iri, node(SEM.hasActor), names.entities[actor.entity]), None
            yield (iri, node(KG.participation), part), None
            yield from ((triple, None) for triple in _describe_part(actor, part, names))
            yield from _state_proofs(part, actor.proofs, names)


def _describe_event(event: Happening, iri: ox.NamedNode, names: Names) -> Iterator[Triple]:
    yield iri, node(RDF.type), node(SEM.Event)
    yield iri, node(RDFS.label), chinese(event.label)
    yield iri, node(SEM.eventType), event_type(event.type)
    for place in event.places:
        yield iri, node(SEM.hasPlace), names.entities[place]
    if event.when:
        yield iri, node(SEM.hasBeginTimeStamp), day(event.when.begin)
        yield iri, node(SEM.hasEndTimeStamp), day(event.when.end)
        if printed := printed_day(event.when.printed):
            yield iri, node(SEM.hasTimeStamp), printed


def _describe_part(actor: Actor, iri: ox.NamedNode, names: Names) -> Iterator[Triple]:
    role = event_type(actor.role.value)
    yield iri, node(RDF.type), node(SEM.Role)
    yield iri, node(RDFS.label), chinese(f"{actor.entity.name}（{chinese_label(role)}）")
    yield iri, node(RDF.value), names.entities[actor.entity]
    yield iri, node(SEM.roleType), role


def _state_proofs(fact: ox.NamedNode, proofs: Iterable[Proof], names: Names) -> Iterator[Stated]:
    """The sentences behind a fact, each in its article's graph; a rule of several stands in the first one's."""
    rules: set[str] = set()
    for proof in proofs:
        if not proof.evidence.pieces:
            continue
        article = names.articles[proof.article.key]
        evidence = names.evidence[evidence_key(proof)]
        yield (fact, node(PROV.wasDerivedFrom), evidence), article
        if proof.rule not in rules:
            rules.add(proof.rule)
            yield (fact, node(KG.rule), plain(proof.rule)), article


def _state_evidence(knowledge: Knowledge, names: Names, skipped: Container[ox.NamedNode]) -> Iterator[Stated]:
    """Each sentence once, however many facts it proves."""
    proofs = {evidence_key(proof): proof for proof in all_proofs(knowledge) if proof.evidence.pieces}
    for key, proof in proofs.items():
        article, iri = names.articles[proof.article.key], names.evidence[key]
        if iri not in skipped:
            yield from ((triple, article) for triple in _describe_evidence(proof, iri, names))


def _describe_evidence(proof: Proof, iri: ox.NamedNode, names: Names) -> Iterator[Triple]:
    page, pieces = proof.article.page, proof.evidence.pieces
    yield iri, node(RDF.type), node(OA.SpecificResource)
    yield iri, node(OA.hasSource), names.pages[page.sha256]
    yield iri, node(SCHEMA.isPartOf), names.articles[proof.article.key]
    for repair in proof.evidence.repairs:
        yield iri, node(KG.repair), plain(repair)
    for place, (start, end) in enumerate(pieces, 1):
        which = f"-{place}" if len(pieces) > 1 else ""
        quote, position = (ox.NamedNode(f"{iri.value}/{part}{which}") for part in ("quote", "position"))
        yield iri, node(OA.hasSelector), quote
        yield iri, node(OA.hasSelector), position
        yield quote, node(RDF.type), node(OA.TextQuoteSelector)
        yield quote, node(OA.exact), ox.Literal(page.content[start:end])
        yield position, node(RDF.type), node(OA.TextPositionSelector)
        yield position, node(OA.start), number(start)
        yield position, node(OA.end), number(end)
        if which:
            # A torn sentence reads in this order, whatever the offsets of its pieces.
            yield from ((selector, node(SCHEMA.position), number(place)) for selector in (quote, position))

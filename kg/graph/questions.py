"""Questions and renamings → statements: what a person has to decide, and which organ goes on under which name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox
from rdflib.namespace import ORG, PROV, RDF, RDFS

from kg.graph.facts import Stated, Triple
from kg.graph.names import Names, asked_about, evidence_key
from kg.graph.terms import chinese, chinese_label, node, printed_day, question_kind
from kg.knowledge import Happening, Knowledge, Membership, Question
from kg.lexicon import Renaming
from kg.model import Entity, Kind
from kg.vocab import KG, SCHEMA, SEM, mint_iri


def state_questions(knowledge: Knowledge, names: Names) -> Iterator[Stated]:
    """Each question in the default graph, its sentences in the graphs of their articles."""
    nodes = asked_about(knowledge, names.entities, names.memberships, names.happenings)
    for index, question in enumerate(knowledge.questions):
        iri, kind = names.questions[index], question_kind(question.kind)
        yield (iri, node(RDF.type), node(KG.Question)), None
        yield (iri, node(KG.questionType), kind), None
        yield (iri, node(RDFS.label), chinese(f"{chinese_label(kind)}：{_subjects(question)}")), None
        for about in question.about:
            yield (iri, node(SCHEMA.about), nodes[about]), None
        # One sentence may prove two of the facts in question, by two rules.
        for key in dict.fromkeys(evidence_key(proof) for proof in question.proofs if proof.evidence.pieces):
            yield (iri, node(PROV.wasDerivedFrom), names.evidence[key]), names.articles[key[:2]]


def _subjects(question: Question) -> str:
    return " | ".join(_called(about) for about in question.about)


def _called(about: Entity | Membership | Happening) -> str:
    match about:
        case Entity():
            return about.name
        case Membership():
            return f"{about.agency.name if about.agency else ''}{about.title}{about.person.name}"
        case _:
            return about.label


def describe_renamings(knowledge: Knowledge, renamed: Iterable[Renaming], names: Names) -> Iterator[Triple]:
    """国土资源局 of a place became its 自然资源局 in 2018: said where the pages name both."""
    agencies = [thing.entity for thing in knowledge.things if thing.entity.kind is Kind.AGENCY]
    known = {(entity.name, entity.within): entity for entity in agencies}
    lexicon = ox.NamedNode(mint_iri(names.base, "lexicon"))
    for renaming in renamed:
        for old in (entity for entity in agencies if entity.name.endswith(renaming.old)):
            place = old.name.removesuffix(renaming.old)
            new = known.get((place + renaming.new, old.within))
            if new and (not place or old.within.endswith(place)):
                yield from _describe_change(names.entities[old], names.entities[new], renaming, lexicon, names)


def _describe_change(
    old: ox.NamedNode, new: ox.NamedNode, renaming: Renaming, lexicon: ox.NamedNode, names: Names
) -> Iterator[Triple]:
    steps = (iri.value.removeprefix(names.base).partition("/")[2] for iri in (old, new))
    change = ox.NamedNode(mint_iri(names.base, "change", *steps))
    yield change, node(RDF.type), node(ORG.ChangeEvent)
    yield change, node(RDFS.label), chinese(f"{renaming.old} → {renaming.new}")
    yield change, node(ORG.originalOrganization), old
    yield change, node(ORG.resultingOrganization), new
    yield old, node(ORG.changedBy), change
    yield new, node(ORG.resultedFrom), change
    if year := printed_day(str(renaming.year)):
        yield change, node(SEM.hasTimeStamp), year
    yield change, node(PROV.wasDerivedFrom), lexicon

"""The open questions of a graph, with the sentences of both sides, and what can be answered to each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from kg.ledger import KINDS, Row, Verdict, kind_of
from kg.model import KgError
from kg.vocab import KG, PREFIXES

_HEAD = "\n".join(f"PREFIX {prefix}: <{iri}>" for prefix, iri in PREFIXES.items())
_ASKED = f"""{_HEAD}
SELECT ?question ?kind ?label ?about ?name WHERE {{
  ?question a kg:Question ; kg:questionType ?kind ; rdfs:label ?label ; schema:about ?about .
  ?about rdfs:label ?name
}} ORDER BY ?kind ?question ?about"""
# A sentence tells of a side when it is the evidence of that fact, or of a fact about that person or agency.
_TOLD = f"""{_HEAD}
SELECT DISTINCT ?about ?evidence ?article ?headline ?day ?exact ?place WHERE {{
  {{ <%s> schema:about ?fact BIND(?fact AS ?about) }}
  UNION {{ <%s> schema:about ?about . ?fact org:member|rdf:value ?about }}
  GRAPH ?article {{
    <%s> prov:wasDerivedFrom ?evidence .
    ?fact prov:wasDerivedFrom ?evidence .
    ?evidence oa:hasSelector ?quote .
    ?quote oa:exact ?exact
    OPTIONAL {{ ?quote schema:position ?place }}
  }}
  ?article rdfs:label ?headline
  OPTIONAL {{ ?article schema:datePublished ?day }}
}} ORDER BY ?day ?article ?evidence ?place"""


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence with where it was printed."""

    text: str
    article: str
    headline: str
    day: str


@dataclass(frozen=True, slots=True)
class Side:
    """One of the nodes that a question is about."""

    address: str
    name: str
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """An open question. `kind` is the word behind kg:question-."""

    address: str
    kind: str
    label: str
    sides: tuple[Side, ...]


def base_of(engine: ox.Store) -> str:
    """What the IRIs of a graph's own nodes begin with."""
    answer = engine.query(
        f"{_HEAD}\nSELECT ?ours WHERE {{ ?ours a prov:Entity FILTER(STRENDS(STR(?ours), '/lexicon')) }}"
    )
    assert isinstance(answer, ox.QuerySolutions)
    return min((_text(row["ours"]).removesuffix("lexicon") for row in answer), default="")


def address_of(engine: ox.Store, word: str, verdict: str) -> str:
    """The end of the IRI that a word names; names and types stay as they are. Raises KgError where no node has it."""
    address = word.strip("<>").removeprefix(base_of(engine)).removeprefix("id:")
    if verdict == Verdict.UNDO or not kind_of(address) or (kind_of(address) not in KINDS):
        return address
    node = ox.NamedNode(base_of(engine) + address)
    if next(engine.quads_for_pattern(node, None, None, None), None) is None:
        raise KgError(f"no node of the graph is called {address}: kg show and kg query print IRIs")
    return address


def open_questions(engine: ox.Store) -> Iterator[Asked]:
    """The questions of a graph, kind by kind."""
    base, kinds = base_of(engine), f"{KG._NS}question-"
    asked: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
    answer = engine.query(_ASKED)
    assert isinstance(answer, ox.QuerySolutions)
    for row in answer:
        key = _text(row["question"]), _text(row["kind"]).removeprefix(kinds), _text(row["label"])
        asked.setdefault(key, []).append((_text(row["about"]), _text(row["name"])))
    for (question, kind, label), about in asked.items():
        told = _told(engine, question, base)
        sides = tuple(Side(iri.removeprefix(base), name, told.get(iri, ())) for iri, name in about)
        yield Asked(question.removeprefix(base), kind, label, sides)


def _told(engine: ox.Store, question: str, base: str) -> dict[str, tuple[Told, ...]]:
    """Side → its sentences; the pieces of a torn sentence are read as one."""
    pieces: dict[tuple[str, str], list[str]] = {}
    where: dict[str, tuple[str, str, str]] = {}
    answer = engine.query(_TOLD % ((question,) * 3))
    assert isinstance(answer, ox.QuerySolutions)
    for row in answer:
        evidence = _text(row["evidence"])
        pieces.setdefault((_text(row["about"]), evidence), []).append(_text(row["exact"]))
        where[evidence] = _text(row["article"]).removeprefix(base), _text(row["headline"]), _text(row["day"])
    told: dict[str, list[Told]] = {}
    for (about, evidence), texts in pieces.items():
        told.setdefault(about, []).append(Told(" ".join("".join(texts).split()), *where[evidence]))
    return {about: tuple(sentences) for about, sentences in told.items()}


def _text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else ""


def answers(asked: Asked) -> dict[str, str]:
    """What may be answered to a question: a key → what it means."""
    match asked.kind:
        case "look-alike":
            return {"1": "one person, the first name is right", "2": "one person, the second is", "n": "two people"}
        case "namesakes":
            return {"y": "one person", "n": "two people"}
        case "two-places":
            return {"y": "was at both", "1": "is somebody else in the first", "2": "is somebody else in the second"}
        case "two-holders":
            return {"y": "both are right", "1": "the first is wrong", "2": "the second is wrong"}
        case _:
            return {"y": "it is right", "1": "it is wrong"}


def decided(asked: Asked, key: str, by: str, day: date, why: str) -> tuple[Row, ...]:
    """The ledger's rows for an answer."""

    def row(verdict: Verdict, subject: str, object: str = "") -> Row:
        return Row(verdict, subject, object, by, day, why)

    one, other = asked.sides[0].address, asked.sides[-1].address
    match asked.kind, key:
        case ("look-alike", "1") | ("namesakes", "y"):
            return (row(Verdict.SAME, one, other),)
        case "look-alike", "2":
            return (row(Verdict.SAME, other, one),)
        case (("look-alike" | "namesakes"), _):
            return (row(Verdict.DIFFERENT, one, other),)
        case _, "y":
            return (row(Verdict.ACCEPT, asked.address),)
        case "two-places", _:
            person = next(side.address for side in asked.sides if side.address.startswith("person/"))
            event = [side for side in asked.sides if side.address != person][int(key) - 1]
            articles = dict.fromkeys(told.article for told in event.told)
            return tuple(row(Verdict.DIFFERENT, person, article) for article in articles)
        case _:
            return (row(Verdict.REJECT, asked.sides[int(key) - 1].address),)

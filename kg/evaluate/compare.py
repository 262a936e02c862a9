"""Two graphs → the facts that one has and the other has not, as lines to read.

Facts are told by labels and not by IRIs, so that graphs of another base, or with other IRIs, still compare.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.evaluate.report import one_line
from kg.model import KgError
from kg.vocab import PREFIXES

_PREFIX: Final = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())

# Kind of fact → the query for its columns.
_QUERIES: Final[Mapping[str, str]] = {
    "post": """
        SELECT ?who ?title ?at { ?m a org:Membership ; org:member/rdfs:label ?who ; org:role/rdfs:label ?title
          OPTIONAL { ?m org:organization/rdfs:label ?at } }""",
    "appointed": """
        SELECT ?who ?title ?at ?day { ?m org:member/rdfs:label ?who ; org:role/rdfs:label ?title ; kg:appointedOn ?day
          OPTIONAL { ?m org:organization/rdfs:label ?at } }""",
    "removed": """
        SELECT ?who ?title ?at ?day { ?m org:member/rdfs:label ?who ; org:role/rdfs:label ?title ; kg:removedOn ?day
          OPTIONAL { ?m org:organization/rdfs:label ?at } }""",
    "event": """
        SELECT ?type ?days ?what { ?e a sem:Event ; sem:eventType ?type ; rdfs:label ?what
          OPTIONAL { ?e sem:hasBeginTimeStamp ?begin ; sem:hasEndTimeStamp ?end
            BIND(IF(?begin = ?end, STR(?begin), CONCAT(STR(?begin), "/", STR(?end))) AS ?days) } }""",
    "event place": """
        SELECT ?place ?what { ?e a sem:Event ; rdfs:label ?what ; sem:hasPlace/rdfs:label ?place }""",
    "participation": """
        SELECT ?who ?role ?what { ?e kg:participation ?part ; rdfs:label ?what .
          ?part rdf:value/rdfs:label ?who ; sem:roleType ?role }""",
    "mention": """
        SELECT ?kind ?name ?article ?page { GRAPH ?g { ?a schema:mentions ?thing }
          ?thing rdfs:label ?name ; a ?class .
          VALUES (?class ?kind) { (foaf:Person "person") (org:Organization "agency") (schema:Place "place")
                                  (kg:Document "document") }
          ?a rdfs:label ?article ; prov:wasDerivedFrom/schema:name ?page }""",
}
_NONE: Final = "?"


def compare_graphs(old: Path, new: Path) -> str:
    """The facts lost (-) and gained (+) from one N-Quads file to another, a line each. Raises KgError.

    A fact that stands several times, as a name shared by two people, counts as often.
    """
    before, after = facts_of(old), facts_of(new)
    changes = [("-", fact) for fact in (before - after).elements()]
    changes += [("+", fact) for fact in (after - before).elements()]
    order = list(_QUERIES)
    changes.sort(key=lambda change: (order.index(change[1][0]), change[1][1:], change[0] == "+"))
    lines = [f"{sign} {fact[0]}: {' – '.join(fact[1:])}" for sign, fact in changes]
    gained = sum(sign == "+" for sign, _ in changes)
    lines.append(f"{gained} gained, {len(changes) - gained} lost, {(before & after).total()} kept")
    return "".join(f"{one_line(line)}\n" for line in lines)


def facts_of(path: Path) -> Counter[tuple[str, ...]]:
    """Every fact of a graph: its kind, then who, what, where in plain names."""
    store = ox.Store()
    try:
        store.bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS)
    except (OSError, SyntaxError) as error:
        raise KgError(f"{path}: cannot be read as N-Quads ({getattr(error, 'strerror', None) or error})") from error
    return Counter((kind, *columns) for kind, query in _QUERIES.items() for columns in _rows(store, query))


def _rows(store: ox.Store, query: str) -> Iterator[tuple[str, ...]]:
    found = store.query(_PREFIX + query)
    if isinstance(found, ox.QuerySolutions):
        for solution in found:
            yield tuple(_plain(cell) for cell in solution)


def _plain(cell: object) -> str:
    """A label or a day; of our own terms the last part: kg:Inspection → Inspection."""
    if isinstance(cell, ox.NamedNode):
        return cell.value.rpartition("#")[2]
    return cell.value if isinstance(cell, ox.Literal) else _NONE

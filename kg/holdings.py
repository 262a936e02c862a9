"""What a graph holds: its pages and articles, by name or IRI, and how much of everything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import pyoxigraph as ox
from rdflib.namespace import RDF

from kg.model import ArticleKey, KgError
from kg.query.library import nearest
from kg.query.values import SHORT
from kg.vocab import PREFIXES, SCHEMA

_COUNTS: Final = {
    "pages": "schema:MediaObject",
    "articles": "schema:NewsArticle",
    "people": "foaf:Person",
    "agencies": "org:Organization",
    "places": "schema:Place",
    "events": "sem:Event",
    "posts": "org:Membership",
    "parts": "sem:Role",
    "questions": "kg:Question",
}
COUNTED: Final = tuple(_COUNTS)
_KINDS: Final = {name: tuple(kind.split(":")) for name, kind in _COUNTS.items()}
_TYPE: Final = ox.NamedNode(str(RDF.type))
_NAME, _SHA256 = ox.NamedNode(str(SCHEMA.name)), ox.NamedNode(str(SCHEMA.sha256))
_PAGES: Final = "SELECT ?page ?name ?digest { ?page a schema:MediaObject ; schema:name ?name ; schema:sha256 ?digest }"
# A value can be put in the place of a variable only where that is selected.
_PAGE: Final = "SELECT ?digest ?page ?name { ?page a schema:MediaObject ; schema:name ?name ; schema:sha256 ?digest }"
_ARTICLE: Final = """SELECT ?digest ?position ?article {
  ?article a schema:NewsArticle ; prov:wasDerivedFrom ?page ; schema:position ?position . ?page schema:sha256 ?digest
}"""


def pages_in(engine: ox.Store) -> list[tuple[str, str, str]]:
    """IRI, file name and digest of every page."""
    return sorted((iri, name, digest) for iri, name, digest in _ask(engine, _PAGES))


def count_change(counts: Mapping[str, int], added: Collection[ox.Quad], removed: Collection[ox.Quad]) -> dict[str, int]:
    """How much there is when statements have come and gone; `statements` counts them all."""
    kinds = {name: ox.NamedNode(PREFIXES[prefix] + local) for name, (prefix, local) in _KINDS.items()}
    more, less = (Counter(quad.object for quad in quads if quad.predicate == _TYPE) for quads in (added, removed))
    changed = {name: counts[name] + more[kind] - less[kind] for name, kind in kinds.items()}
    return {**changed, "statements": counts["statements"] + len(added) - len(removed)}


def count_things(engine: ox.Store) -> dict[str, int]:
    """How many pages, articles, people, agencies, places, events, posts, parts in events and questions there are."""
    counted = {name: f"SELECT (COUNT(?x) AS ?n) {{ ?x a {kind} }}" for name, kind in _COUNTS.items()}
    return {name: int(next(_ask(engine, query))[0]) for name, query in counted.items()}


def find_held(names: Iterable[str], engine: ox.Store) -> tuple[set[str], set[ArticleKey]]:
    """The pages' digests and the articles that names mean: file names, or IRIs whole or as tables show them."""
    digests: set[str] = set()
    articles: set[ArticleKey] = set()
    for name in names:
        iri = _iri(SHORT["id"] + name.removeprefix("id:") if name.startswith("id:") else name.strip("<>"))
        if iri and (found := list(_ask(engine, _ARTICLE, article=iri))):
            articles.update((digest, int(position)) for digest, position, _ in found)
        elif iri and (found := list(_ask(engine, _PAGE, page=iri))):
            digests.update(digest for digest, *_ in found)
        else:
            digests.add(_only_page(name, engine))
    return digests, articles


def _iri(text: str) -> ox.NamedNode | None:
    try:
        return ox.NamedNode(text)
    except ValueError:
        return None


def _only_page(name: str, engine: ox.Store) -> str:
    # By its index: the engine's own plan would look at every page.
    named = engine.quads_for_pattern(None, _NAME, ox.Literal(Path(name).name), None)
    pages = [page.subject for page in named if isinstance(page.subject, ox.NamedNode)]
    digests = (quad for page in pages for quad in engine.quads_for_pattern(page, _SHA256, None, None))
    called = sorted((_value(quad.subject), _value(quad.object)) for quad in digests)
    if not called:
        others = [other for _, other, _ in pages_in(engine)]
        raise KgError(f"no page or article {name!r} in the graph{nearest(Path(name).name, others)}")
    if len(called) > 1:
        iris = " or ".join(iri for iri, _ in called)
        raise KgError(f"{len(called)} pages are called {name}: name one by its IRI, {iris}")
    return called[0][1]


def _ask(engine: ox.Store, query: str, **values: ox.NamedNode | ox.Literal) -> Iterator[list[str]]:
    known: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]
    known = {ox.Variable(name): value for name, value in values.items()}
    found = engine.query(query, prefixes=SHORT, substitutions=known)
    assert isinstance(found, ox.QuerySolutions)
    return (list(map(_value, row)) for row in found)


def _value(term: object) -> str:
    return str(getattr(term, "value", ""))

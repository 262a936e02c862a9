"""Questions to the graph: `queries/*.rq` listed, described, bound and run, and any SPARQL of one's own.

>>> load_queries()["posts-of"].summary
'Which posts a person was seen in'
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import pyoxigraph as ox

from kg.model import KgError
from kg.query.formats import FORMATS, Result, write_table
from kg.query.library import Param, Query, find_query, load_queries, nearest, queries_dir
from kg.query.offline import asks_others
from kg.query.values import SHORT, bind, fill, split_values

__all__ = [
    "FORMATS",
    "SHORT",
    "Engine",
    "Param",
    "Query",
    "ReadOnlyError",
    "Result",
    "answer",
    "ask",
    "bind",
    "complain",
    "describe_library",
    "describe_query",
    "describe_slip",
    "explain_query",
    "fill",
    "find_query",
    "hints",
    "load_queries",
    "queries_dir",
    "run_query",
    "split_values",
    "with_prefixes",
]

_PLACE = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): (?P<what>.*)", re.DOTALL)
_PROLOGUE = re.compile(r"(?:\s+|#[^\n]*|PREFIX\s+[^\s:]*:\s*<[^>]*>|BASE\s*<[^>]*>)*", re.IGNORECASE)
_DECLARED = re.compile(r"^\s*PREFIX\s+(?P<prefix>[\w-]*):", re.IGNORECASE | re.MULTILINE)
_PREFIXED = re.compile(r"(?<![\w:/?$<])(?P<prefix>[a-z]+):(?!//)")
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH"})
_LABELS = """SELECT DISTINCT ?name {
  { ?x rdfs:label|skos:altLabel ?label BIND (STR(?label) AS ?name) }
  UNION { ?type a sem:EventType BIND (STRAFTER(STR(?type), "#") AS ?name) }
}"""
# Of the engine's list of what it would have understood, only what is a sentence helps.
_SENTENCE = re.compile(r"Prefix not found|The SELECT [^,\[]+|[A-Z][a-z]+ [^,\[']*(?:not|cannot|must|already)[^,\[']*")
_LONGEST_COMPLAINT = 120


class Engine(Protocol):
    """Whatever answers SPARQL: a store here, or a server."""

    def query(
        self,
        query: str,
        *,
        prefixes: dict[str, str] | None = None,
        default_graph: Any = None,
        named_graphs: Any = None,
    ) -> Result:
        """The answer to a query."""
        ...


class ReadOnlyError(KgError):
    """SPARQL that would change the graph where it can only be read."""


def run_query(store: Engine, query: Query, values: Mapping[str, str] | None = None) -> Result:
    """The answer to a query with these values for its parameters.

    Prefixes of the graph's vocabulary need no declaration. Nothing here changes the store.
    """
    return ask(store, fill(query, bind(query, values or {})), name=query.name)


def ask(
    store: Engine,
    text: str,
    default_graphs: Sequence[str] | None = None,
    named_graphs: Sequence[str] | None = None,
    *,
    name: str = "query",
) -> Result:
    """The answer to SPARQL as it is written, from the graphs of these IRIs where some are given. Raises KgError."""
    if asks_others(text):
        raise KgError(f"{name}: SERVICE would ask another server, and this one stays offline")
    try:
        defaults, named = _graphs(default_graphs), _graphs(named_graphs)
        return store.query(text, prefixes=SHORT, default_graph=defaults, named_graphs=named)
    except SyntaxError as error:
        raise _complaint(name, text, str(error)) from None
    except (OSError, RuntimeError, ValueError) as error:
        raise complain(name, error) from None


def _graphs(iris: Sequence[str] | None) -> list[Any] | None:
    return None if iris is None else [ox.NamedNode(iri) for iri in iris]


def complain(name: str, error: Exception) -> KgError:
    """What the engine said while it worked, as one line."""
    return KgError(f"{name}: {' '.join(str(error).split())}")


def explain_query(query: Query, values: Mapping[str, str] | None = None) -> str:
    """The SPARQL that is sent for these values, with the prefixes that are lent to it, as any other engine takes it."""
    return with_prefixes(fill(query, bind(query, values or {}))).rstrip("\n") + "\n"


def with_prefixes(text: str) -> str:
    """A query with the graph's prefixes declared that it uses and does not declare.

    >>> with_prefixes("ASK { ?x a foaf:Person }")
    'PREFIX foaf: <http://xmlns.com/foaf/0.1/>\\nASK { ?x a foaf:Person }'
    """
    declared = {match["prefix"] for match in _DECLARED.finditer(text)}
    body = text[_match_prologue(text) :]
    lent = sorted({match["prefix"] for match in _PREFIXED.finditer(body)} & set(SHORT) - declared)
    return "".join(f"PREFIX {prefix}: <{SHORT[prefix]}>\n" for prefix in lent) + text


def answer(
    store: Engine,
    query: Query,
    values: Mapping[str, str] | None = None,
    form: str | None = None,
    width: int | None = None,
) -> str:
    """What a query answers, written out.

    `width` is that of the terminal, None where there is none. Without a form it is a table on a terminal; elsewhere
    TSV, or Turtle where the query makes a graph.
    """
    if form is not None and form not in FORMATS:
        raise KgError(f"no format {form!r}{nearest(form, FORMATS) or ': there are ' + ', '.join(FORMATS)}")
    result = run_query(store, query, values)
    if form is None:
        form = "table" if width else "ttl" if isinstance(result, ox.QueryTriples) else "tsv"
    try:
        return write_table(result, width) if form == "table" else FORMATS[form](result)
    except (OSError, RuntimeError, SyntaxError) as error:  # a server's answer is read as it is written out
        raise complain(query.name, error) from None


def hints(store: Engine, query: Query, values: Mapping[str, str]) -> tuple[str, ...]:
    """For each name asked for that nothing in the graph bears, a line that says so, with the names most like it.

    Worth a call where an answer is empty: it reads all labels.
    """
    names = {param.name for param in query.params if param.type == "name"}
    asked = [term.value for name, term in bind(query, values).items() if name in names]
    found = store.query(_LABELS, prefixes=SHORT)
    labels = tuple(sorted(str(row[0].value) for row in found)) if isinstance(found, ox.QuerySolutions) else ()
    known = {label.casefold() for label in labels}
    return tuple(f"nothing is called {name}{nearest(name, labels)}" for name in asked if name.casefold() not in known)


def describe_library(directory: Path | None = None) -> str:
    """Every query of the library: its name, what it answers and what it asks for."""
    library = load_queries(directory)
    wide = max((len(name) for name in library), default=0)
    lines = []
    for name, query in library.items():
        usage = " ".join(param.name if param.required else f"[{param.name}]" for param in query.params)
        lines.append(f"{name:<{wide}}  {query.summary} · {query.summary_zh}")
        lines += [f"{'':<{wide}}    {usage}"] if usage else []
    return "".join(f"{line}\n" for line in lines)


def describe_query(query: Query) -> str:
    """One query: what it answers, its parameters, a command to try."""
    lines = [line for line in (query.summary, query.summary_zh) if line]
    lines += ["", *textwrap.wrap(query.description, 100)] if query.description else []
    lines += [query.description_zh] if query.description_zh else []
    lines += [""] if lines and query.params else []
    wide = max((len(param.name) for param in query.params), default=0)
    for param in query.params:
        need = "required" if param.required else "optional"
        said = " · ".join(filter(None, (param.help, param.help_zh)))
        lines.append(f"  {param.name:<{wide}}  {param.type}, {need}" + (f": {said}" if said else ""))
    lines += ["", " ".join(["kg query", query.name, *(param.usage for param in query.params)])]
    return "".join(f"{line}\n" for line in lines)


def _complaint(name: str, text: str, said: str) -> KgError:
    """What is wrong with what should be a query."""
    word = re.match(r"\w*", text[_match_prologue(text) :])
    if word and word[0].upper() in _UPDATES:
        return ReadOnlyError(f"{name}: {word[0].upper()} would change the graph, and a query only reads it")
    return describe_slip(name, text, said)


def describe_slip(name: str, text: str, said: str) -> KgError:
    """A syntax error as one line: where, what, and the line of the SPARQL it is in."""
    place = _PLACE.fullmatch(said.strip())
    if not place:
        return KgError(f"{name}: not SPARQL: {' '.join(said.split())[:_LONGEST_COMPLAINT]}")
    number, column = int(place["line"]), int(place["column"])
    sentence = _SENTENCE.search(place["what"])
    what = " ".join((sentence[0] if sentence else place["what"]).split())
    what = what if len(what) <= _LONGEST_COMPLAINT else "not SPARQL from here on"
    lines = text.split("\n")
    line = lines[number - 1].strip() if number <= len(lines) else "(the end of the query)"
    return KgError(f"{name}: line {number}, column {column}: {what}, in: {line}")


def _match_prologue(text: str) -> int:
    """How far comments and prefixes go."""
    found = _PROLOGUE.match(text)
    return found.end() if found else 0

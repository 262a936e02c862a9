"""Values for a query's parameters: from what is typed to RDF terms, and from terms to the query's VALUES lines.

A value never becomes SPARQL as typed. It is parsed into a term of its parameter's type, and the RDF library writes that
term into the data block of the parameter's VALUES line, quotes, line ends and all escaped. The engine's own
substitution of variables was measured and not taken: it refuses ASK, and every variable that is not in the outermost
SELECT, and the file would no longer be what other engines run.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final

import pyoxigraph as ox

from kg.model import KgError
from kg.query.library import VALUES_LINE, Param, Query, nearest
from kg.vocab import DEFAULT_BASE, PREFIXES

Term = ox.NamedNode | ox.Literal

SHORT: Final = {"id": DEFAULT_BASE, "dcterms": "http://purl.org/dc/terms/", **PREFIXES}

_XSD = PREFIXES["xsd"]
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_BRACKETED = re.compile(r"<.*>")
_PREFIXED = re.compile(r"(?P<prefix>[a-z]+):(?!//)(?P<rest>.*)")


def split_values(pairs: Iterable[str]) -> dict[str, str]:
    """What `-p name=value` gives.

    >>> split_values(["person=柴伟", "from=2021-09-01"])
    {'person': '柴伟', 'from': '2021-09-01'}
    """
    values: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        name = name.strip()
        if not equals or not name:
            raise KgError(f"{pair!r} is no parameter: write name=value")
        if name in values:
            raise KgError(f"parameter {name} is given twice")
        values[name] = value
    return values


def bind(query: Query, values: Mapping[str, str]) -> dict[str, Term]:
    """A term for each value given; what is unknown, missing or of the wrong type is a `KgError`."""
    params = {param.name: param for param in query.params}
    for name in values:
        if name not in params:
            known = f"it takes {', '.join(params)}" if params else "it takes none"
            raise KgError(f"{query.name}: no parameter {name!r}{nearest(name, params) or ': ' + known}")
    missing = [param for param in query.params if param.required and param.name not in values]
    if missing:
        raise KgError(f"{query.name}: give {' '.join(param.usage for param in missing)} ({missing[0].help})")
    return {name: _parse(query, params[name], value) for name, value in values.items()}


def fill(query: Query, terms: Mapping[str, Term]) -> str:
    """The query's text with these terms in its VALUES lines; a parameter without a term keeps what its line holds."""

    def put(line: re.Match[str]) -> str:
        term = terms.get(line["name"])
        return line[0] if term is None else f"{line['head']}{term}{line['tail']}"

    return VALUES_LINE.sub(put, query.text)


def _parse(query: Query, param: Param, value: str) -> Term:
    try:
        return TYPES[param.type](value)
    except ValueError as error:
        example = f", such as {param.example}" if param.example else ""
        raise KgError(f"{query.name}: {param.name} is {error}{example}: {value!r}") from None


def _parse_name(value: str) -> ox.Literal:
    """A name, as labels have it; without a backslash, for some engines unescape \\u before they parse."""
    name = unicodedata.normalize("NFC", value).strip()
    if not name or "\\" in name or any(unicodedata.category(sign) in ("Cc", "Cs") for sign in name):
        raise ValueError("a name on one line, without a backslash")
    return ox.Literal(name, language="zh")


def _parse_date(value: str) -> ox.Literal:
    value = value.strip()
    if _DAY.fullmatch(value):
        try:
            return ox.Literal(date.fromisoformat(value).isoformat(), datatype=ox.NamedNode(_XSD + "date"))
        except ValueError:
            pass
    raise ValueError("a day, written YYYY-MM-DD")


def _parse_integer(value: str) -> ox.Literal:
    if not _INTEGER.fullmatch(value.strip()):
        raise ValueError("a whole number")
    return ox.Literal(str(int(value)), datatype=ox.NamedNode(_XSD + "integer"))


def _parse_iri(value: str) -> ox.NamedNode:
    iri = value.strip().removeprefix("<").removesuffix(">")
    short = _PREFIXED.fullmatch(iri)
    if short and short["prefix"] in SHORT:
        iri = SHORT[short["prefix"]] + short["rest"]
    try:
        return ox.NamedNode(iri)
    except ValueError:
        raise ValueError("an IRI, whole or as tables show it (id:person/…)") from None


def _parse_any(value: str) -> Term:
    for looks, parse in ((_DAY, _parse_date), (_INTEGER, _parse_integer), (_BRACKETED, _parse_iri)):
        if looks.fullmatch(value.strip()):
            return parse(value)
    return _parse_name(value)


TYPES: Final[dict[str, Callable[[str], Term]]] = {
    "name": _parse_name,
    "date": _parse_date,
    "integer": _parse_integer,
    "iri": _parse_iri,
    "any": _parse_any,
}

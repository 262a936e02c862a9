"""Which graphs a SPARQL Update writes to, as far as it names them: read off its words, not run.

https://www.w3.org/TR/sparql11-update/ . The engine parses the update itself; this only sees to it that nobody is told
"done" for what would be gone with the next page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.query import SHORT
from kg.query.offline import TOKEN

EVERYTHING: Final = ("DEFAULT", "NAMED", "ALL")
_SIGN = re.compile(rf"(?P<word>{TOKEN.pattern})|(?P<sign>[{{}};])", re.DOTALL)
_GRAPH_KEYWORDS: Final = frozenset({"GRAPH", "SILENT", "INTO", "TO"})
_MANAGE: Final = frozenset({"CLEAR", "DROP", "CREATE", "LOAD", "ADD", "MOVE", "COPY"})


def written_graphs(update: str) -> Iterator[str]:
    """The graphs an update writes to: IRIs, variables as they stand, or one of DEFAULT, NAMED and ALL; LOAD for that.

    >>> list(written_graphs("INSERT DATA { <urn:s> <urn:p> 1 GRAPH <urn:g> { <urn:s> <urn:p> 2 } } ; DROP ALL"))
    ['DEFAULT', 'urn:g', 'ALL']
    >>> list(written_graphs("PREFIX e: <urn:e:> WITH e:g DELETE { ?s ?p ?o } WHERE { GRAPH ?any { ?s ?p ?o } }"))
    ['urn:e:g']
    """
    words = [match[0] for match in _SIGN.finditer(update) if not match[0].startswith("#")]
    prefixes, base, plain = dict(SHORT), "", "DEFAULT"
    place = 0
    while place < len(words):
        word = words[place].upper()
        place += 1
        if word == "PREFIX" and place + 1 < len(words):
            prefixes[words[place].removesuffix(":")] = words[place + 1][1:-1]
        elif word == "BASE" and place < len(words):
            base = words[place][1:-1]
        elif word == "WITH" and place < len(words):
            plain = _name(words[place], prefixes, base)
        elif word == ";":
            plain = "DEFAULT"
        elif word in _MANAGE:
            named = []
            while place < len(words) and words[place] not in (";", "{"):
                if words[place].upper() not in _GRAPH_KEYWORDS:
                    named.append(_name(words[place], prefixes, base))
                place += 1
            # Only MOVE takes something away from where it came.
            if word == "LOAD":
                yield word
            yield from named if word in ("MOVE", "CLEAR", "DROP", "CREATE") else named[1:] or ["DEFAULT"]
        elif word == "{":
            before = words[place - 2].upper() if place > 1 else ""
            end = _end(words, place)
            is_pattern = before == "WHERE" and not (place > 2 and words[place - 3].upper() == "DELETE")
            if not is_pattern:
                yield from _of_template(words[place:end], plain, prefixes, base)
            place = end + 1


def _of_template(words: list[str], plain: str, prefixes: dict[str, str], base: str) -> Iterator[str]:
    """The graphs of the statements in a template: those named by GRAPH, and the plain one where any stands outside."""
    place, outside = 0, False
    named = []
    while place < len(words):
        if words[place].upper() == "GRAPH" and place + 2 < len(words) and words[place + 2] == "{":
            named.append(_name(words[place + 1], prefixes, base))
            place = _end(words, place + 3)
        else:
            outside = True
        place += 1
    yield from [plain, *named] if outside else named


def _end(words: list[str], place: int) -> int:
    """Where the bracket closes that was opened just before a place."""
    depth = 1
    while place < len(words):
        depth += (words[place] == "{") - (words[place] == "}")
        if not depth:
            return place
        place += 1
    return place


def _name(word: str, prefixes: dict[str, str], base: str) -> str:
    if word.startswith("<"):
        iri = word[1:-1]
        return iri if ":" in iri else base + iri
    prefix, colon, rest = word.partition(":")
    if colon and prefix in prefixes:
        return prefixes[prefix] + rest.replace("\\", "")
    return word.upper() if word.upper() in EVERYTHING else word

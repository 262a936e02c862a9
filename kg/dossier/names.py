"""From what is typed to the thing that is meant, or to those it may mean and what tells them apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from rdflib.namespace import ORG, RDFS, SKOS

from kg.dossier.lookup import Lookup, is_iri
from kg.dossier.read import Reader
from kg.model import KgError
from kg.nearest import nearest_names
from kg.plain_text import one_line
from kg.vocab import KG, SCHEMA, SEM

_WHOLE: Final = re.compile(r"<?[A-Za-z][A-Za-z0-9+.-]*:(?=//)|<?urn:")


def find_things(lookup: Lookup, name: str) -> tuple[str, ...]:
    """The nodes that a name may mean: as an IRI or its end, as a label, as another form of one.

    Raises KgError where there are none, with the names nearest to it.
    """
    name = unicodedata.normalize("NFC", name.encode(errors="replace").decode()).strip()
    for fits in (_addressed(lookup, name), lookup.called(RDFS.label, name), lookup.called(SKOS.altLabel, name)):
        if things := tuple(iri for iri in fits if lookup.kind(iri)):
            return things
    if "/" in name and (ending := tuple(iri for iri in lookup.things() if iri.endswith(f"/{name}"))):
        return ending
    near = nearest_names(name, lookup.names())
    hint = f": did you mean {' or '.join(near)}?" if near else ", nor anything like it"
    raise KgError(f"no person, agency, place, event or document is called {name}{hint}")


def _addressed(lookup: Lookup, name: str) -> Iterator[str]:
    """The node of a whole IRI, or of one whose beginning goes without saying: person/辽源市/柴伟."""
    if _WHOLE.match(name):
        whole = name.removeprefix("<").removesuffix(">")
        ways = [whole, unicodedata.normalize("NFC", unquote(whole))]
    else:
        ways = [base + name.removeprefix("id:") for base in lookup.bases()] if "/" in name else []
    yield from (iri for iri in dict.fromkeys(ways) if is_iri(iri))


def tell_apart(lookup: Lookup, things: tuple[str, ...]) -> str:
    """A line for each thing: the end of its IRI, by which it can be asked for, and what is known of it."""
    bases = lookup.bases()
    reader = Reader(lookup)
    told = ("、".join(_traits(lookup, reader, iri)) or reader.last_print(iri) for iri in things)
    lines = (f"{_shorten(iri, bases)}  {one_line(traits)}" for iri, traits in zip(things, told, strict=True))
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _shorten(iri: str, bases: tuple[str, ...]) -> str:
    return next((iri.removeprefix(base) for base in bases if iri.startswith(base)), iri)


def _traits(lookup: Lookup, reader: Reader, iri: str) -> Iterator[str]:
    """What tells a thing from its namesakes: posts, what it lies in, day and place."""
    match lookup.kind(iri):
        case "person":
            yield from reader.titles(iri)
        case "agency":
            upper = (*reader.above(iri, ORG.subOrganizationOf)[:1], *lookup.values(iri, KG.jurisdiction))
            yield from map(lookup.label, upper)
        case "place":
            yield from map(lookup.label, reader.above(iri, SCHEMA.containedInPlace))
        case "event":
            yield from lookup.values(iri, SEM.hasBeginTimeStamp)
            yield from map(lookup.label, lookup.values(iri, SEM.hasPlace))

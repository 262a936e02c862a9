"""The graph's vocabulary: closed namespaces, and the one function that mints IRIs."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from rdflib import Namespace, URIRef
from rdflib.namespace import FOAF, ORG, PROV, RDF, RDFS, SKOS, XSD, DefinedNamespace

DEFAULT_BASE: Final = "https://w3id.org/kg-gazette/id/"


class KG(DefinedNamespace):
    """Our own few terms; `ontology.ttl` says in Chinese and English what each means."""

    _fail = True
    _NS = Namespace("https://w3id.org/kg-gazette/ns#")

    appointedOn: URIRef
    firstAttested: URIRef
    jurisdiction: URIRef
    lastAttested: URIRef
    participation: URIRef
    questionType: URIRef
    removedOn: URIRef
    repair: URIRef
    rule: URIRef

    Document: URIRef
    Question: URIRef

    Activity: URIRef
    Announcement: URIRef
    Appointment: URIRef
    Award: URIRef
    Construction: URIRef
    Enforcement: URIRef
    Inspection: URIRef
    Interview: URIRef
    Meeting: URIRef
    Mission: URIRef
    Other: URIRef
    Transfer: URIRef

    Lead: URIRef
    Organizer: URIRef
    Participant: URIRef
    Recipient: URIRef


class SEM(DefinedNamespace):
    """The Simple Event Model's terms in use here."""

    _fail = True
    _NS = Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/")

    Event: URIRef
    EventType: URIRef
    Role: URIRef
    RoleType: URIRef
    eventType: URIRef
    hasActor: URIRef
    hasBeginTimeStamp: URIRef
    hasEndTimeStamp: URIRef
    hasPlace: URIRef
    hasTimeStamp: URIRef
    roleType: URIRef


class OA(DefinedNamespace):
    """The Web Annotation terms in use here."""

    _fail = True
    _NS = Namespace("http://www.w3.org/ns/oa#")

    SpecificResource: URIRef
    TextPositionSelector: URIRef
    TextQuoteSelector: URIRef
    end: URIRef
    exact: URIRef
    hasSelector: URIRef
    hasSource: URIRef
    start: URIRef


SCHEMA: Final = Namespace("https://schema.org/")

PREFIXES: Final = {
    "kg": str(KG._NS),
    "schema": str(SCHEMA),
    "foaf": str(FOAF._NS),
    "org": str(ORG._NS),
    "sem": str(SEM._NS),
    "prov": str(PROV._NS),
    "oa": str(OA._NS),
    "rdf": str(RDF._NS),
    "rdfs": str(RDFS._NS),
    "skos": str(SKOS._NS),
    "xsd": str(XSD._NS),
}

# What RFC 3987 keeps out of an IRI's path, and Turtle out of <…>: newspaper text must not break out of either.
_UNSAFE = re.compile(
    r"[\x00-\x20\x7f-\xa0<>\"{}|\\^`%#?\[\]\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff"
    r"\ud800-\uf8ff\ufdd0-\ufdef\ufff0-\uffff\U000e0000-\U0010ffff"
    + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(1, 14))
    + "]+"
)


def mint_iri(base: str, *path: str) -> URIRef:
    """A readable IRI below `base`: Chinese unescaped and NFC; a slash inside a part only where the part is a path.

    >>> mint_iri("https://example.org/", "person", "辽源市", "柴伟")
    rdflib.term.URIRef('https://example.org/person/辽源市/柴伟')
    >>> mint_iri("https://example.org/", "agency", "", 'a<b> "c"')
    rdflib.term.URIRef('https://example.org/agency/a_b_c_')
    """
    parts = (_UNSAFE.sub("_", unicodedata.normalize("NFC", part)) for part in path if part)
    return URIRef(base + "/".join(parts))

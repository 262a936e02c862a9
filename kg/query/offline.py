"""Whether a query would reach for another server: the engine follows SERVICE, and kg stays offline."""

from __future__ import annotations

import re

_ESCAPED = re.compile(r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}")
_STRINGS = (
    r'"{3}(?:[^"\\]|\\.|"(?!""))*"{3}',
    r"'{3}(?:[^'\\]|\\.|'(?!''))*'{3}",
    r'"(?:[^"\\\n\r]|\\.)*"',
    r"'(?:[^'\\\n\r]|\\.)*'",
)
_IRI, _COMMENT, _VARIABLE, _PREFIXED = r'<[^<>"{}|^`\\\x00-\x20]*>', r"#[^\n\r]*", r"[?$@]\w+", r"[\w.-]*:[\w.:%\\-]*"
TOKEN = re.compile("|".join((*_STRINGS, _IRI, _COMMENT, _VARIABLE, _PREFIXED, r"\w+")), re.DOTALL)


def asks_others(text: str) -> bool:
    r"""Whether SPARQL has the word SERVICE outside strings, IRIs, names and comments, however it is escaped.

    >>> [asks_others(q) for q in ("{ service <urn:x> {} }", r"{ \u0053ERVICE <urn:x> {} }", '{ ?service a "SERVICE" }')]
    [True, True, False]
    """
    plain = _ESCAPED.sub(lambda sign: chr(min(int(sign[0][2:], 16), 0x10FFFF)), text) if "\\" in text else text
    return "SERVICE" in plain.upper() and any(token[0].upper() == "SERVICE" for token in TOKEN.finditer(plain))

"""Bytes of a page file → `Page`. Offsets count the code points of the file as decoded, nothing added or taken away.

A byte order mark stays in `Page.content` as its first character, and CRLF stays two characters, so that
`content[start:end]` is what any plain decoder finds there. The reader treats both as white space.
"""

from __future__ import annotations

import codecs
import hashlib
import re
import unicodedata

from kg.model import Page, PageError

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
# A page is text when at most one character in this many is a control, private or unassigned one.
_STRANGE_ONE_IN = 20


def decode_page(name: str, raw: bytes) -> Page:
    """A page file as text: UTF-8, else UTF-16 by its mark, else GB18030. Raises PageError.

    >>> decode_page("a.txt", "辽源日报".encode("gb18030")).content
    '辽源日报'
    """
    shown = "".join(c if c.isprintable() else "?" for c in name)
    content = _decode(shown, raw)
    if not content.strip("\ufeff \t\r\n\u3000"):
        raise PageError(f"{shown}: the file is empty; a page needs text")
    if _strangeness(content) * _STRANGE_ONE_IN > len(content):
        raise PageError(f"{shown}: this is no text (control or unassigned characters); save the page as UTF-8 text")
    return Page(name, hashlib.sha256(raw).hexdigest(), content)


def _decode(shown: str, raw: bytes) -> str:
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if raw.startswith(mark):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError as error:
                raise PageError(f"{shown}: damaged UTF-16 at byte {error.start}; save it as UTF-8 text") from error
    if b"\0" in raw:
        raise PageError(f"{shown}: this is no text (NUL at byte {raw.index(0)}); save the page as UTF-8 text")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return raw.decode("gb18030")
    except UnicodeDecodeError as error:
        raise PageError(
            f"{shown}: neither UTF-8 nor GB18030 (byte {error.start}); save the page as UTF-8 text"
        ) from error


def _strangeness(content: str) -> int:
    """How many characters no newspaper prints."""
    strange = {c for c in set(content) if _CONTROL.match(c) or unicodedata.category(c) in ("Cn", "Co")}
    return sum(content.count(c) for c in strange) if len(strange) < 64 else sum(c in strange for c in content)

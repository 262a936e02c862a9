"""What XML 1.0 cannot hold."""

from __future__ import annotations

import re

_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def xml_text(text: str) -> str:
    """Text without the characters that no XML reader accepts.

    >>> xml_text("a\\x0bb\\n")
    'ab\\n'
    """
    return _NOT_XML.sub("", text)

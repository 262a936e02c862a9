"""How the characters of names are read, so that chaiwei or cw finds 柴伟: worked out when the page is written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

# The rarest readings of a character are of classical texts and would only find what nobody looks for.
_READINGS: Final = 8


def readings(texts: Iterable[str]) -> dict[str, str]:
    """Each Chinese character of the texts with its readings, without tones; ü may be typed as v or as u.

    All of them and not the likeliest: 单 is read shàn as a surname and dān elsewhere, 长 differs in 长春 and 市长.

    >>> readings(["单A", "吕"])
    {'单': 'dan chan shan', '吕': 'lv lu'}
    """
    from pypinyin import Style, pinyin

    characters = sorted({character for text in texts for character in text if not character.isascii()})
    table = {}
    for character in characters:
        read = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
        known = dict.fromkeys(read[0][:_READINGS] if read else ())
        known |= dict.fromkeys(reading.replace("v", "u") for reading in known)
        if known:
            table[character] = " ".join(known)
    return table

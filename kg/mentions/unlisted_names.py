"""Strings that may be names though no list of surnames or words says so."""

from __future__ import annotations

import re

from kg.mentions.line import HAN
from kg.words import segmenter

_HAN_NAME = re.compile(r"[\u3400-\u9fff]{2,4}$")


def is_listed_name(text: str) -> bool:
    """May an unlisted surname stand in a list of names: two to four characters and no word?"""
    return _HAN_NAME.match(text) is not None and not segmenter().tag(text)


def is_strange_name(text: str) -> bool:
    """阿拉腾巴根: four to six characters, none of them together a word that is no name."""
    parts = segmenter().cut(text)
    strange = all(len(p) == 1 or segmenter().tag(p)[:2] in ("nr", "ns", "nz") for p in parts)
    spoken = segmenter().tag(text[0]).startswith("r")  # 我委王斌
    return 4 <= len(text) <= 6 and all(map(HAN.match, text)) and len(parts) > 1 and strange and not spoken


def is_no_word(name: str) -> bool:
    """Is it no dictionary word, whatever its given name is: 孙青松?"""
    return segmenter().tag(name)[:2] in ("", "nr")


def is_unknown(name: str) -> bool:
    """No dictionary word, or one that is a person's name."""
    tag = segmenter().tag(name)
    inner = segmenter().cut(name)
    return tag.startswith("nr") or (not tag and all(len(w) == 1 or segmenter().tag(w).startswith("nr") for w in inner))

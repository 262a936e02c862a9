"""OCR misreadings of a district's name that the page itself proves: 西安路区政府 beside 西安区委 is 西安区政府.

Only the type word may be wrong, only in the paper's own city, and only where the misread name carries an organ of the
district (X路住建局) while the true name stands on the same page. The printed form stays as an alias; the evidence names
the repair.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kg.lexicon import Lexicon, PlaceRow


@lru_cache(maxsize=64)
def proven_misreadings(content: str, city: str, lexicon: Lexicon) -> dict[str, PlaceRow]:
    """Misread name → the district it is, for one page of a city's paper."""
    found: dict[str, PlaceRow] = {}
    for row in lexicon.places_within.get(city, ()):
        stem, word = row.name[:-1], row.name[-1:]
        if len(stem) < 2 or row.name not in content:
            continue
        for match in re.finditer(re.escape(stem) + r"([\u4e00-\u9fff])(?=([\u4e00-\u9fff]{3,8}))", content):
            wrong = stem + match[1]
            if match[1] != word and wrong not in lexicon.places_by_name and _carries_organ(match[2], word, lexicon):
                found[wrong] = row
    return found


def _carries_organ(text: str, word: str, lexicon: Lexicon) -> bool:
    """Does an organ's form begin here, with or without the level word: 区政府, 住建局?"""
    forms = lexicon.agency_forms
    tails = [text] + ([text[1:]] if text.startswith(word) else [])
    least = 3 if len(tails) == 1 else 2
    return any(tail[:n] in forms for tail in tails for n in range(len(tail), least - 1, -1))

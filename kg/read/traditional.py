"""A page in traditional characters is read from a simplified copy of the same length, so that every offset holds."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.lexicon import Lexicon
from kg.model import Page
from kg.read.shapes import HAN

# Of a traditional page one character in three or more has another form than in simplified text, of a simplified page
# none: a calligraphed headline, a name from Hong Kong or a cited title leave it far below one in ten.
_TRADITIONAL_ONE_IN = 10
_HAN = re.compile(f"[{HAN}]")


def with_simplified(page: Page, lexicon: Lexicon) -> Page:
    """The page with the copy that is read, where it is in traditional characters.

    >>> from kg.lexicon import load_lexicon
    >>> with_simplified(Page("a.txt", "", "遼源市人民政府辦公室"), load_lexicon()).plain
    '辽源市人民政府办公室'
    """
    content = page.content
    traditional = sum(map(content.count, sorted(set(content) & lexicon.only_traditional)))
    if not traditional or traditional * _TRADITIONAL_ONE_IN < len(_HAN.findall(content)):
        return page
    return replace(page, simplified=content.translate(lexicon.simplifying))

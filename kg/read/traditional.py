"""A page in traditional characters or odd glyphs is read from a plain copy of the same length: every offset holds."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.lexicon import Lexicon
from kg.model import Page
from kg.read.patterns import HAN

# Of a traditional page one character in three or more has another form than in simplified text, of a simplified page
# none: a calligraphed headline, a name from Hong Kong or a cited title leave it far below one in ten.
_TRADITIONAL_ONE_IN = 10
_HAN = re.compile(f"[{HAN}]")


def with_simplified(page: Page, lexicon: Lexicon) -> Page:
    """The page with the copy that is read, where it is in traditional characters or has odd glyphs for common ones.

    >>> from kg.lexicon import load_lexicon
    >>> [with_simplified(Page("a.txt", "", text), load_lexicon()).plain for text in ("遼源市人民政府辦公室", "巿委")]
    ['辽源市人民政府办公室', '市委']
    """
    content = page.content
    plain = content.translate(lexicon.plain_glyphs)
    traditional = sum(map(content.count, sorted(set(content) & lexicon.only_traditional)))
    if traditional and traditional * _TRADITIONAL_ONE_IN >= len(_HAN.findall(content)):
        plain = plain.translate(lexicon.simplifying)
    return page if plain == content else replace(page, simplified=plain)

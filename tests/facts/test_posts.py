"""Posts: a row a case; expected `name=title@agency`, `-` for an agency left open.

`+` or `-` stands before the title where the text appoints or removes.
"""

from __future__ import annotations

from datetime import date

import pytest

from kg.facts import read_article
from kg.lexicon import Lexicon
from kg.model import Post
from tests.cases import article_of, read_cases

_CHANGE = {None: "", "appointed": "+", "removed": "-"}


def shown(post: Post) -> str:
    """林芳=书记@中共清河县委."""
    return f"{post.person.name}={_CHANGE[post.change]}{post.title}@{post.agency.name if post.agency else '-'}"


@pytest.mark.parametrize(("city", "text", "expected"), read_cases("posts"))
def test_posts(city: str, text: str, expected: str, lexicon: Lexicon) -> None:
    reading = read_article(article_of(text, day=date(2021, 9, 6), city=city), lexicon)
    assert sorted({shown(post) for post in reading.posts}) == sorted(expected.split())

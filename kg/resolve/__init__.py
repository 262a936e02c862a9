"""市委 → 中共辽源市委, 该局 → the agency last named: which thing each mention is, from its article and masthead alone.

A level word (市, 县, 区) means the paper's own place at that level; where the paper has none there, the place of that
level that the article names. What stays open keeps its printed form and is never fused with another page's.
"""

from __future__ import annotations

from kg.lexicon import Lexicon
from kg.mentions import Found
from kg.model import Article
from kg.resolve.agencies import Agencies
from kg.resolve.notes import Notes
from kg.resolve.paths import Paths
from kg.resolve.places import Places

__all__ = ["Resolver"]


class Resolver:
    """Says which thing each mention of one article is: `places` and `agencies`, over one notebook of things."""

    def __init__(self, article: Article, lexicon: Lexicon, found: tuple[Found, ...]) -> None:
        self.lexicon = lexicon
        self.paper = article.issue.newspaper or ""
        self.notes = Notes()
        self.paths = Paths(article, lexicon, found)
        self.places = Places(self.paths, self.notes)
        self.agencies = Agencies(article, lexicon, found, self.places, self.notes)

    @property
    def home(self) -> str:
        """The lexicon's path of the paper's own place, empty when the page does not tell."""
        return self.paths.home

"""What flows through the house: frozen records, tuples inside, half-open offsets counted in Unicode code points.

A child knows its parent (`sentence.article.issue.date`), never the reverse, so that 9月3日 and 我市 resolve from where
the sentence stands and no context object travels.
"""

from __future__ import annotations

from kg.model.article import Article, ArticleKey, Credit, Issue, Part, Sentence
from kg.model.errors import KgError, LexiconError, PageError
from kg.model.facts import ArticleReading, Event, Evidence, PageReading, Participation, Post, Role, Thing, When
from kg.model.named import Entity, Kind, Mention, Walk, is_within
from kg.model.text import Page, Span, Text

__all__ = [
    "Article",
    "ArticleKey",
    "ArticleReading",
    "Credit",
    "Entity",
    "Event",
    "Evidence",
    "Issue",
    "KgError",
    "Kind",
    "LexiconError",
    "Mention",
    "Page",
    "PageError",
    "PageReading",
    "Part",
    "Participation",
    "Post",
    "Role",
    "Sentence",
    "Span",
    "Text",
    "Thing",
    "Walk",
    "When",
    "is_within",
]

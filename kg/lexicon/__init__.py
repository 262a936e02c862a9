"""`seeds/lexicon` as typed, validated, immutable tables, and whatever a user's own directory adds or puts over them.

Lists are TSV with a header and `#` comments, event types TOML. A row that is malformed, doubled or dangling stops the
load with its file and line.
"""

from __future__ import annotations

from kg.lexicon.load import load_lexicon
from kg.lexicon.rows import Row, Table, seeds_dir
from kg.lexicon.tables import (
    AgencyForm,
    AgencySuffix,
    EventType,
    Lexicon,
    NationalAgency,
    Newspaper,
    PlaceRow,
    Renaming,
    Title,
)

__all__ = [
    "AgencyForm",
    "AgencySuffix",
    "EventType",
    "Lexicon",
    "NationalAgency",
    "Newspaper",
    "PlaceRow",
    "Renaming",
    "Row",
    "Table",
    "Title",
    "load_lexicon",
    "seeds_dir",
]

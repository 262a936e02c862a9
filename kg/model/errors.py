"""What goes wrong, as whoever runs it is told."""

from __future__ import annotations


class KgError(Exception):
    """Something the user can mend: its message is one line that says which file, what is wrong and what to do."""


class PageError(KgError):
    """A page that was not read; the other pages still are."""


class LexiconError(KgError):
    """A lexicon row that is malformed, doubled or dangling, with its file and line."""

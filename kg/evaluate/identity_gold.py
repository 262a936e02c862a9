"""Gold of identity: small pages whose mentions a careful reader marked with who or what they are.

A YAML file holds cases of one kind of thing. The marks stand in the pages' own text, `{市委|a}`: within a case the same
letter is the same thing. Only what could be taken for one another is marked, so any two mentions of a case are a pair.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any, Final

from kg.evaluate.entries import Entry, load_yaml
from kg.model import KgError

# What a file of cases can be about.
PEOPLE, AGENCIES, EVENTS = KINDS = ("people", "agencies", "events")

_KEY: Final = "identity"
_HEAD: Final = re.compile(r"(\S+) (\d{4})-(\d{2})-(\d{2})\n")
_MARK: Final = re.compile(r"\{([^{}|]+)\|(\w+)\}")


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A stretch of a case's page, counted from 0 as pages and characters are, and who or what it is."""

    page: int
    start: int
    end: int
    surface: str
    thing: str


@dataclass(frozen=True, slots=True)
class Case:
    """A doubt about identity: pages, their marked mentions, and whether the pages leave a question to a person.

    `kind` is the pattern that it stands for (namesake, promotion …); `type`, of events, what type the mentions tell of.
    """

    name: str
    kind: str
    hard: bool
    asks: bool
    type: str
    pages: tuple[str, ...]
    mentions: tuple[GoldMention, ...]

    @property
    def pairs(self) -> Iterator[tuple[int, int]]:
        """Every two mentions."""
        return combinations(range(len(self.mentions)), 2)


@dataclass(frozen=True, slots=True)
class IdentityGold:
    """A file of cases; `about` is one of KINDS."""

    path: Path
    about: str
    cases: tuple[Case, ...]


def is_identity(path: Path) -> bool:
    """Whether a gold file is one of identity. Raises KgError where it cannot be read."""
    content = load_yaml(path)
    return isinstance(content, dict) and _KEY in content


def read_identity(path: Path) -> IdentityGold:
    """A gold file of identity, checked. Raises KgError where it cannot be read or is not of the shape."""
    content = Entry(load_yaml(path), str(path))
    about = content.text(_KEY)
    if about not in KINDS:
        raise KgError(f"{path}: {_KEY} must be one of {', '.join(KINDS)}")
    cases = tuple(_read_case(entry) for entry in content.entries("cases"))
    names = [case.name for case in cases]
    if len(set(names)) < len(names) or not all(names):
        raise KgError(f"{path}: every case needs a name of its own")
    return IdentityGold(path, about, cases)


def _read_case(entry: Entry) -> Case:
    pages, mentions = read_marks([_printed(page, entry) for page in entry.values("pages")])
    if any("{" in page or "}" in page for page in pages):
        raise KgError(f"{entry.where}: a mark is {{surface|thing}}")
    if len(mentions) < 2:
        raise KgError(f"{entry.where}: fewer than two mentions are marked")
    hard, asks = entry.flag("hard"), entry.flag("asks")
    return Case(entry.text("case"), entry.text("kind"), hard, asks, entry.text("type"), pages, mentions)


def _printed(page: Any, entry: Entry) -> str:
    """A page as a paper prints it: 辽源日报 2031-05-06 becomes a masthead, and every line a paragraph."""
    if not isinstance(page, str):
        raise KgError(f"{entry.where}: a page must be text")
    if head := _HEAD.match(page):
        paper, year, month, day = head.groups()
        page = f"{paper}\n{year}年{int(month)}月{int(day)}日\n{page[head.end() :]}"
    return "\n\n".join(page.split("\n"))


def read_marks(marked: Sequence[str]) -> tuple[tuple[str, ...], tuple[GoldMention, ...]]:
    """Marked pages → the pages as they are, and what was marked in them.

    >>> read_marks(["{市委|a}开会。"])
    (('市委开会。',), (GoldMention(page=0, start=0, end=2, surface='市委', thing='a'),))
    """
    pages, mentions = [], []
    for number, page in enumerate(marked):
        plain, last = "", 0
        for mark in _MARK.finditer(page):
            plain += page[last : mark.start()]
            mentions.append(GoldMention(number, len(plain), len(plain) + len(mark[1]), mark[1], mark[2]))
            plain, last = plain + mark[1], mark.end()
        pages.append(plain + page[last:])
    return tuple(pages), tuple(mentions)

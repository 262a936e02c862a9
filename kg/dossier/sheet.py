"""A dossier as headed rows with numbered sentences: what every format but JSON shows, settled once for all of them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from kg.dossier.records import Company, Dossier, Event, Named, Part, Post, Question, Report, Sentence
from kg.plain_text import one_line

# A line tells this many new sentences, the last one among them: it is what the last day seen rests on. Of an event,
# which is nothing but what its sentences tell, it tells all.
_TOLD: Final = 3
_ALL: Final = 1_000_000
# And it refers to this many of those told above it.
_REFERRED: Final = 6
_NAMED: Final = 4


@dataclass(frozen=True, slots=True)
class Cite:
    """A sentence by its number in the sheet; whole where it is first told, None where it was told before."""

    number: int
    sentence: Sentence | None


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a section: its cells, its sentences, and how many of them it leaves out."""

    cells: tuple[str, ...]
    cites: tuple[Cite, ...] = ()
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under a heading, and how many there would be without a limit."""

    heading: str
    rows: tuple[Row, ...]
    total: int

    @property
    def count(self) -> str:
        """14, or 50/430 where only some are shown."""
        return f"{len(self.rows)}/{self.total}" if self.total > len(self.rows) else str(self.total)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What to show of a dossier, in order."""

    title: str
    kind: str
    iri: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]


def say(group: str, word: str, *values: object) -> str:
    """A heading, a fact's name or a cell's word from `words.toml`."""
    return _words()[group][word].format(*values)


@cache
def _words() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def lay_out(dossier: Dossier) -> Sheet:
    """The sheet of a dossier; a section that has no rows is left out."""
    numbers = _Numbers(_ALL if dossier.kind == "event" else _TOLD)
    sections = tuple(
        Section(say("headings", heading), tuple(map(numbers.row, lines)), dossier.counts.get(of, len(lines)))
        for heading, of, rows in _sections(dossier)
        if (lines := tuple(rows))
    )
    kind = say("cells", dossier.kind)
    return Sheet(one_line(dossier.label), kind, dossier.iri, tuple(_facts(dossier)), sections)


def print_source(sentence: Sentence) -> str:
    """Where a sentence is printed: 《headline》 paper day, and its place in the file."""
    article = sentence.article
    spans = ",".join(f"{start}-{end}" for start, end in sentence.spans)
    where = f"{sentence.file}:{spans}" if spans else sentence.file
    return one_line(f"《{article.headline}》 {article.paper} {article.day} {where}")


@dataclass(frozen=True, slots=True)
class _Line:
    """A row's cells and its sentences before they are numbered; `unread` counts those that were left in the store."""

    cells: tuple[str, ...]
    sentences: tuple[Sentence, ...] = ()
    unread: int = 0


@dataclass(slots=True)
class _Numbers:
    """Numbers sentences as they are told; one that two articles print is two."""

    most: int
    known: dict[tuple[str, str], int] = field(default_factory=dict)

    def row(self, line: _Line) -> Row:
        """A row that refers to the sentences told before and tells the first few of the others, and the last."""
        different = {self._key(one): one for one in reversed(line.sentences)}
        before = sorted(self.known[key] for key in different if key in self.known)[:_REFERRED]
        fresh = [key for key in reversed(different) if key not in self.known]
        fresh = fresh if len(fresh) <= self.most else [*fresh[: self.most - 1], fresh[-1]]
        self.known |= {key: number for number, key in enumerate(fresh, len(self.known) + 1)}
        cites = [Cite(number, None) for number in before] + [Cite(self.known[key], different[key]) for key in fresh]
        return Row(tuple(map(one_line, line.cells)), tuple(cites), len(different) - len(cites) + line.unread)

    @staticmethod
    def _key(sentence: Sentence) -> tuple[str, str]:
        return sentence.article.iri, one_line(sentence.text)


def _facts(dossier: Dossier) -> Iterator[tuple[str, str]]:
    if dossier.names:
        yield say("facts", "names"), _list(dossier.names)
    if dossier.category:
        yield say("facts", "category"), one_line(dossier.category)
    if dossier.above:
        known = f"（{say('cells', 'known')}）" if dossier.known else ""
        yield say("facts", "around" if dossier.kind == "place" else "above"), _labels(dossier.above) + known
    if dossier.jurisdiction:
        yield say("facts", "jurisdiction"), one_line(dossier.jurisdiction.label)
    for word, changes in (("before", dossier.before), ("after", dossier.after)):
        for change in changes:
            yield say("facts", word), " ".join(word for word in (one_line(change.agency.label), change.year) if word)
    for event in dossier.events if dossier.kind == "event" else ():
        yield say("facts", "type"), one_line(event.type.label)
        yield say("facts", "day"), _days_of(event)
        if event.places:
            yield say("facts", "places"), _labels(event.places)


def _sections(dossier: Dossier) -> Iterator[tuple[str, str, Iterator[_Line]]]:
    """The sections that a kind of thing has, in the order of reading: heading, what is counted, lines."""
    yield "posts" if dossier.kind == "person" else "holders", "posts", (_post(post, dossier) for post in dossier.posts)
    if dossier.kind == "event":
        yield "told", "reports", map(_report, dossier.reports)
        yield "parts", "", (_part(part) for event in dossier.events for part in event.parts)
    else:
        yield "agenda" if dossier.kind == "person" else "events", "events", (_event(e, dossier) for e in dossier.events)
        yield "company", "company", map(_company, dossier.company)
        yield "agencies", "agencies", (_Line((agency.label,)) for agency in dossier.agencies)
        yield "inside" if dossier.kind == "place" else "under", "below", (_Line((one.label,)) for one in dossier.below)
        yield "reports", "reports", map(_report, dossier.reports)
    yield "questions", "", map(_question, dossier.questions)


def _post(post: Post, dossier: Dossier) -> _Line:
    agency = post.agency.label if post.agency else ""
    held = [f"{agency} {post.title}".strip()] if dossier.kind == "person" else [post.title, post.person.label]
    ends = [f"{say('cells', 'appointed')} {day}" for day in post.appointed]
    ends += [f"{say('cells', 'removed')} {day}" for day in post.removed]
    held[-1] = " · ".join([held[-1], *ends])
    return _Line((_span(post.first, post.last), *held), post.sentences, post.told - len(post.sentences))


def _event(event: Event, dossier: Dossier) -> _Line:
    parts = [part for part in event.parts if part.actor.iri == dossier.iri]
    own = [sentence for part in parts for sentence in part.sentences]
    role = _list(dict.fromkeys(part.role.label for part in parts))
    if dossier.kind == "place":
        role = _list([part.actor.label for part in event.parts][:_NAMED])
        role += say("cells", "and_others") if len(event.parts) > _NAMED else ""
    cells = (_days_of(event), event.type.label, role, _labels(event.places), event.label)
    return _Line(cells, tuple(dict.fromkeys([*own, *event.sentences])))


def _part(part: Part) -> _Line:
    return _Line((part.role.label, _with_posts(part.actor, part.posts)), part.sentences)


def _company(company: Company) -> _Line:
    times = f"{company.times} {say('cells', 'times')}"
    who = _with_posts(company.who, company.posts)
    return _Line((times, _span(company.first, company.last), who), company.sentences)


def _report(report: Report) -> _Line:
    article = report.article
    cells = (article.day or say("cells", "undated"), article.paper, say("cells", report.as_), article.headline)
    return _Line(cells, report.sentences)


def _question(question: Question) -> _Line:
    unsaid = [thing for thing in question.about if thing.label not in question.label]
    about = (f"{say('cells', 'about')} {_labels(unsaid)}",) if unsaid else ()
    return _Line((question.label, *about), question.sentences)


def _days_of(event: Event) -> str:
    """What is printed, where it is a month or a year; else the days."""
    return event.printed if event.printed and event.printed != event.begin else _span(event.begin, event.end)


def _span(first: str, last: str) -> str:
    """One day, or the first and the last.

    >>> _span("2031-05-06", "2031-05-06"), _span("2031-05-06", "2031-05-09")
    ('2031-05-06', '2031-05-06 – 2031-05-09')
    """
    return " – ".join(dict.fromkeys(day for day in (first, last) if day)) or say("cells", "undated")


def _with_posts(who: Named, posts: Iterable[str]) -> str:
    held = _list(posts)
    return f"{who.label}（{held}）" if held else who.label


def _labels(things: Iterable[Named]) -> str:
    return _list(thing.label for thing in things)


def _list(words: Iterable[str]) -> str:
    return "、".join(one_line(word) for word in words)

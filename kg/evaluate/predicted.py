"""What is read in the pages, article by article, in the shape that gold is compared with.

The things are those of the graph: canonical across all pages read together, and a fact counts for an article where one
of that article's sentences says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kg.facts import read_mentions
from kg.knowledge import Actor, Happening, Knowledge, Proof, Report
from kg.lexicon import Lexicon
from kg.model import Article, Credit, Entity, Kind, Mention, Role, Thing, When
from kg.read import split_sentences


@dataclass(frozen=True, slots=True)
class Said:
    """The sentence that something was read in, and the rule that read it."""

    sentence: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class FoundName:
    """Somebody or something found: its label first, then every other form met."""

    names: tuple[str, ...]
    said: Said = Said()


@dataclass(frozen=True, slots=True)
class FoundPost:
    """A post found; `agency` None where it was left open."""

    person: FoundName
    title: str
    agency: FoundName | None
    said: Said = Said()


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """A happening found."""

    type: str
    day: str | None
    agents: tuple[FoundName, ...] = ()
    participants: tuple[FoundName, ...] = ()
    places: tuple[FoundName, ...] = ()
    said: Said = Said()


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """Everything found in one article; `sentences` are its own, to look for what was missed."""

    headline: str
    kicker: str
    text: str
    reporters: tuple[FoundName, ...] = ()
    photographers: tuple[FoundName, ...] = ()
    persons: tuple[FoundName, ...] = ()
    posts: tuple[FoundPost, ...] = ()
    agencies: tuple[FoundName, ...] = ()
    places: tuple[FoundName, ...] = ()
    events: tuple[FoundEvent, ...] = ()
    sentences: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The article as plain lists and mappings, for other programs."""
        posts = [(post.person, [post.title, _names(post.agency)]) for post in self.posts]
        return {
            "headline": self.headline,
            "kicker": self.kicker or None,
            "text": self.text,
            "reporters": [name.names[0] for name in self.reporters],
            "photographers": [name.names[0] for name in self.photographers],
            "persons": [
                {"names": list(person.names), "posts": [post for whose, post in posts if whose is person]}
                for person in self.persons
            ],
            "agencies": [_names(agency) for agency in self.agencies],
            "places": [_names(place) for place in self.places],
            "events": [
                {
                    "type": event.type,
                    "date": event.day,
                    "agents": [_names(agent) for agent in event.agents],
                    "participants": [_names(participant) for participant in event.participants],
                    "places": [_names(place) for place in event.places],
                }
                for event in self.events
            ],
        }


def _names(found: FoundName | None) -> list[str] | None:
    return list(found.names) if found else None


def found_articles(knowledge: Knowledge, lexicon: Lexicon) -> dict[str, tuple[FoundArticle, ...]]:
    """Page (its SHA-256) → its articles in reading order."""
    names = {thing.entity: _all_names(thing) for thing in knowledge.things}
    pages: dict[str, list[Report]] = {page.page.sha256: [] for page in knowledge.pages}
    for report in knowledge.reports:
        pages[report.article.page.sha256].append(report)
    return {
        page: tuple(_Reader(report, knowledge, names, lexicon).read() for report in reports)
        for page, reports in pages.items()
    }


def _all_names(thing: Thing) -> tuple[str, ...]:
    label = thing.entity.name
    return (label, *sorted({*thing.forms, *thing.legal} - {label}))


class _Reader:
    """One article's share in what the pages say together."""

    def __init__(
        self, report: Report, knowledge: Knowledge, names: Mapping[Entity, tuple[str, ...]], lexicon: Lexicon
    ) -> None:
        self.report, self.knowledge, self.names = report, knowledge, names
        self.article = report.article
        self.mentions: dict[tuple[Kind, str], Mention] = {}
        for mention in read_mentions(report.article, lexicon):
            if mention.entity:
                self.mentions.setdefault((mention.entity.kind, mention.entity.name), mention)
        self.sentences = tuple(sentence.string for sentence in split_sentences(report.article))

    def read(self) -> FoundArticle:
        """All of it."""
        report, article = self.report, self.article
        named = sorted({*report.mentions, *report.authors, *report.contributors})
        found: dict[Kind, dict[Entity, FoundName]] = defaultdict(dict)
        for entity in named:
            found[entity.kind][entity] = FoundName(self.names[entity], self._mentioned(entity))
        return FoundArticle(
            headline=article.page.printed(article.headline),
            kicker=article.page.printed(article.kicker),
            text=article.body,
            reporters=self._credited(report.authors, article.reporters),
            photographers=self._credited(report.contributors, article.photographers),
            persons=tuple(found[Kind.PERSON].values()),
            posts=self._posts(found[Kind.PERSON]),
            agencies=tuple(found[Kind.AGENCY].values()),
            places=tuple(found[Kind.PLACE].values()),
            events=tuple(
                self._event(event, said)
                for event in self.knowledge.happenings
                if (said := self._proved(event.proofs)) is not None
            ),
            sentences=self.sentences,
        )

    def _mentioned(self, entity: Entity) -> Said:
        """The first sentence that names it; one in a byline stands in none."""
        mention = self.mentions.get((entity.kind, entity.name))
        if mention:
            return Said(mention.sentence.string, mention.rule)
        return Said(next((s for s in self.sentences if any(name in s for name in self.names[entity])), ""))

    def _credited(self, people: Iterable[Entity], credits: Iterable[Credit]) -> tuple[FoundName, ...]:
        lines = {credit.name: _line_of(self.article, credit) for credit in credits}
        labels = sorted({person.name for person in people})
        return tuple(FoundName((label,), Said(lines.get(label, ""), "byline")) for label in labels)

    def _proved(self, proofs: Iterable[Proof]) -> Said | None:
        """The first of this article's sentences that says so, None where none does."""
        page = self.article.page
        for proof in proofs:
            own = proof.article.page.sha256 == page.sha256 and proof.article.position == self.article.position
            if own and (pieces := proof.evidence.pieces):
                return Said("".join(page.content[start:end] for start, end in pieces), proof.rule)
        return None

    def _posts(self, people: Mapping[Entity, FoundName]) -> tuple[FoundPost, ...]:
        return tuple(
            FoundPost(people[post.person], post.title, self._found(post.agency, said) if post.agency else None, said)
            for post in self.knowledge.memberships
            if post.person in people and (said := self._proved(post.proofs)) is not None
        )

    def _event(self, event: Happening, said: Said) -> FoundEvent:
        acting = [(actor, why) for actor in event.actors if (why := self._proved(actor.proofs)) is not None]
        return FoundEvent(
            type=event.type.lower(),
            day=_day(event.when) if event.when else None,
            agents=tuple(self._found(actor.entity, why) for actor, why in acting if _is_leading(actor)),
            participants=tuple(self._found(actor.entity, why) for actor, why in acting if not _is_leading(actor)),
            places=tuple(self._found(place, said) for place in event.places if place in self.report.mentions),
            said=said,
        )

    def _found(self, entity: Entity, said: Said) -> FoundName:
        return FoundName(self.names[entity], said)


def _is_leading(actor: Actor) -> bool:
    return actor.role in (Role.LEAD, Role.ORGANIZER)


def _day(when: When) -> str:
    """The printed day or month, else the day, else first and last day."""
    return when.printed or "/".join(dict.fromkeys((when.begin.isoformat(), when.end.isoformat())))


def _line_of(article: Article, credit: Credit) -> str:
    """The line of the page that a byline's name stands in."""
    pieces = credit.text.pieces()
    if not pieces:
        return ""
    content, (start, end) = article.page.content, (pieces[0][0], pieces[-1][1])
    after = content.find("\n", end)
    return content[content.rfind("\n", 0, start) + 1 : after if after >= 0 else len(content)].strip()

"""Same person, same agency, same happening, across articles: a pure function of the set of readings.

The readings are put in order first, so neither the order of the files nor a page that comes twice changes anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from kg.identity.decisions import UNDECIDED, Decisions, Namesake
from kg.identity.happenings import Telling, merge_tellings
from kg.identity.people import identify_people
from kg.identity.posts import merge_posts
from kg.identity.settle import entities_of, named_by, settle, settle_thing, told_of, without
from kg.identity.sightings import bodies_of
from kg.identity.things import canonical_entities, decided, merge_things
from kg.knowledge import Actor, Happening, Knowledge, Membership, Proof, Report, press_of
from kg.model import ArticleKey, ArticleReading, Credit, Entity, Kind, PageReading, Thing, Walk

__all__ = [
    "Actor",
    "Agreement",
    "Decisions",
    "Happening",
    "Knowledge",
    "Membership",
    "Namesake",
    "Proof",
    "Report",
    "agree",
    "unify",
]

Canon = dict[Entity, Entity]


@dataclass(frozen=True, slots=True)
class Agreement:
    """What pages say together, and how it was agreed upon.

    `canons` has for each article what its entities are where they are not what the article alone makes of them,
    `bodies` the category of each agency that decides whose bureau it is, `parents` the places that contain a place.
    """

    knowledge: Knowledge
    canons: Mapping[ArticleKey, Canon]
    bodies: Mapping[Entity, str]
    parents: Mapping[Entity, frozenset[Entity]]


def unify(readings: Iterable[PageReading], decisions: Decisions = UNDECIDED) -> Knowledge:
    """What the pages say together; the same for every order of the readings, and for a page given twice."""
    return agree(readings, decisions).knowledge


def agree(readings: Iterable[PageReading], decisions: Decisions = UNDECIDED) -> Agreement:
    """The same with what it rests on."""
    pages = distinct(readings)
    told = [article for page in pages for article in page]
    articles = [with_authors(reading) for reading in told]
    imprint = list(imprint_of(pages))
    canon = canonical_entities(chain(chain.from_iterable(map(entities_of, articles)), named_by(imprint)))
    bodies, canons = _canons(articles, canon, decisions)
    reports = tuple(_report(reading, canons[reading.article.key], decisions) for reading in told)
    articles = [without(settle(r, canons[r.article.key]), decisions.rejected) for r in articles]
    things = [*chain.from_iterable(reading.things for reading in articles), *(settle_thing(t, canon) for t in imprint)]
    used = chain(
        chain.from_iterable(map(told_of, articles)),
        chain.from_iterable((*report.authors, *report.contributors) for report in reports),
    )
    parents = _parents(things)
    told_once = merge_tellings(
        (Telling.of(reading.article, event) for reading in articles for event in reading.events), parents
    )
    knowledge = Knowledge(
        press_of(pages),
        pages,
        reports,
        tuple(decided(thing, decisions) for thing in merge_things(things, used, canon)),
        merge_posts((reading.article, post) for reading in articles for post in reading.posts),
        told_once,
    )
    return Agreement(knowledge, canons, bodies, parents)


def _canons(
    articles: Iterable[ArticleReading], canon: Canon, decisions: Decisions
) -> tuple[dict[Entity, str], dict[ArticleKey, Canon]]:
    """What an article's entities are: of agencies and places the same for all articles, of people each its own."""
    placed = [settle(reading, canon) for reading in articles]
    bodies = bodies_of(thing for reading in placed for thing in reading.things)
    people = identify_people(placed, bodies, decisions.apart)
    canons = {}
    for reading in articles:
        key = reading.article.key
        own = people.get(key, {})
        found = {e: decisions.settled(key, own.get(e) or canon.get(e, e)) for e in entities_of(reading)}
        canons[key] = {entity: settled for entity, settled in found.items() if settled != entity}
    return bodies, canons


def distinct(readings: Iterable[PageReading]) -> tuple[PageReading, ...]:
    """Each page once, under its smallest file name, the oldest issue first."""
    pages: dict[str, PageReading] = {}
    for reading in readings:
        known = pages.setdefault(reading.page.sha256, reading)
        if reading.page.name < known.page.name:
            pages[reading.page.sha256] = reading
    return tuple(sorted(pages.values(), key=_page_order))


def _page_order(reading: PageReading) -> tuple[str, str, str, str]:
    issue = reading.issue
    return (issue.date.isoformat() if issue.date else "", issue.newspaper or "", reading.page.name, reading.page.sha256)


def imprint_of(pages: Iterable[PageReading]) -> Iterator[Thing]:
    """Publisher and sponsor of the mastheads, which no article need name."""
    for page in pages:
        for name in (page.issue.publisher, page.issue.sponsor):
            if name:
                yield Thing(Entity(Kind.AGENCY, name), forms=page.page.spellings(name))


def with_authors(reading: ArticleReading) -> ArticleReading:
    """The reading with a thing for everyone who signed: reporters, pen names, printed in whatever characters."""
    article = reading.article
    known = {thing.entity for thing in reading.things}
    signed = []
    for credit in (*article.reporters, *article.photographers):
        entity = _credited(reading, credit)
        printed = article.page.printed(credit.text) if article.page.simplified else credit.name
        if entity not in known or printed != credit.name:
            walk = Walk.PRESS if entity.kind is Kind.PERSON and entity not in known else ""
            signed.append(Thing(entity, (printed,) if printed != credit.name else (), category=walk))
    return replace(reading, things=(*reading.things, *signed)) if signed else reading


def _credited(reading: ArticleReading, credit: Credit) -> Entity:
    """The person of a byline, as the article's facts know them; the pen name of a signature."""
    persons = {post.person for post in reading.posts} | {thing.entity for thing in reading.things}
    if credit.pen_name:
        return Entity(Kind.SIGNATURE, credit.name, reading.article.issue.city or "")
    same = sorted(entity for entity in persons if entity.kind is Kind.PERSON and entity.name == credit.name)
    return same[0] if same else Entity(Kind.PERSON, credit.name, reading.article.issue.city or "")


def _report(reading: ArticleReading, canon: Canon, decisions: Decisions) -> Report:
    """Printed things are mentioned; those without a printed form only stand behind them."""
    article = reading.article

    def people(credits: Iterable[Credit]) -> tuple[Entity, ...]:
        found = (_credited(reading, credit) for credit in credits)
        known = (canon.get(entity, entity) for entity in found)
        return tuple(dict.fromkeys(entity for entity in known if entity not in decisions.rejected))

    mentions = {canon.get(thing.entity, thing.entity) for thing in reading.things if thing.forms}
    mentions -= decisions.rejected
    return Report(article, tuple(sorted(mentions)), people(article.reporters), people(article.photographers))


def _parents(things: Iterable[Thing]) -> dict[Entity, frozenset[Entity]]:
    """Place → the places said to contain it."""
    parents: dict[Entity, set[Entity]] = defaultdict(set)
    for thing in things:
        if thing.parent and thing.entity.kind is Kind.PLACE:
            parents[thing.entity].add(thing.parent)
    return {place: frozenset(above) for place, above in parents.items()}

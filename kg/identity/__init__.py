"""Same person, same agency, same happening, across articles: a pure function of the set of readings.

The readings are put in order first, so neither the order of the files nor a page that comes twice changes anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain

from kg.identity.happenings import Telling, merge_tellings
from kg.identity.posts import merge_posts
from kg.identity.things import canonical_entities, merge_things
from kg.knowledge import Actor, Happening, Knowledge, Membership, Proof, Report
from kg.model import ArticleReading, Credit, Entity, Kind, PageReading, Post, Thing

__all__ = ["Actor", "Happening", "Knowledge", "Membership", "Proof", "Report", "unify"]

Canon = dict[Entity, Entity]


def unify(readings: Iterable[PageReading]) -> Knowledge:
    """What the pages say together; the same for every order of the readings, and for a page given twice."""
    pages = _distinct(readings)
    articles = [article for page in pages for article in page]
    things = [*chain.from_iterable(article.things for article in articles), *_imprint(pages), *_signed(articles)]
    canon = canonical_entities(chain(_entities(articles), _named(things)))
    reports = tuple(_report(article, canon) for article in articles)
    memberships = merge_posts((article.article, _post(post, canon)) for article in articles for post in article.posts)
    tellings = (Telling.of(article.article, event, canon) for article in articles for event in article.events)
    happenings = merge_tellings(tellings, _parents(things, canon))
    used = chain(
        (canon.get(entity, entity) for entity in _entities(articles)),
        chain.from_iterable((*report.authors, *report.contributors) for report in reports),
    )
    return Knowledge(pages, reports, merge_things(things, used, canon), memberships, happenings)


def _distinct(readings: Iterable[PageReading]) -> tuple[PageReading, ...]:
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


def _entities(articles: Iterable[ArticleReading]) -> Iterator[Entity]:
    """Every entity that a fact of the articles speaks of, and everyone in a byline."""
    for reading in articles:
        for post in reading.posts:
            yield post.person
            if post.agency:
                yield post.agency
        for event in reading.events:
            yield from (participation.actor for participation in event.participations)
            yield from event.places
        article = reading.article
        yield from (_credited(reading, credit) for credit in (*article.reporters, *article.photographers))


def _named(things: Iterable[Thing]) -> Iterator[Entity]:
    for thing in things:
        yield from (entity for entity in (thing.entity, thing.parent, thing.jurisdiction) if entity)


def _imprint(pages: Iterable[PageReading]) -> Iterator[Thing]:
    """Publisher and sponsor of the mastheads, which no article need name."""
    for page in pages:
        for name in (page.issue.publisher, page.issue.sponsor):
            if name:
                yield Thing(Entity(Kind.AGENCY, name), forms=page.page.spellings(name))


def _signed(articles: Iterable[ArticleReading]) -> Iterator[Thing]:
    """The people of bylines whose names are printed in other characters than they are known by."""
    for reading in articles:
        article = reading.article
        for credit in (*article.reporters, *article.photographers):
            if article.page.simplified and (printed := article.page.printed(credit.text)) != credit.name:
                yield Thing(_credited(reading, credit), (printed,))


def _credited(reading: ArticleReading, credit: Credit) -> Entity:
    """The person of a byline, as the article's facts know them; the pen name of a signature."""
    persons = {post.person for post in reading.posts} | {thing.entity for thing in reading.things}
    if credit.title is None:
        return Entity(Kind.SIGNATURE, credit.name, reading.article.issue.city or "")
    same = sorted(entity for entity in persons if entity.kind is Kind.PERSON and entity.name == credit.name)
    return same[0] if same else Entity(Kind.PERSON, credit.name, reading.article.issue.city or "")


def _report(reading: ArticleReading, canon: Canon) -> Report:
    """Printed things are mentioned; those without a printed form only stand behind them."""
    named = {canon.get(thing.entity, thing.entity) for thing in reading.things if thing.forms}

    def people(credits: Iterable[Credit]) -> tuple[Entity, ...]:
        found = (_credited(reading, credit) for credit in credits)
        return tuple(dict.fromkeys(canon.get(entity, entity) for entity in found))

    article = reading.article
    return Report(article, tuple(sorted(named)), people(article.reporters), people(article.photographers))


def _post(post: Post, canon: Canon) -> Post:
    agency = canon.get(post.agency, post.agency) if post.agency else None
    person = canon.get(post.person, post.person)
    return Post(person, post.title, agency, post.day, post.evidence, post.rule, post.change)


def _parents(things: Iterable[Thing], canon: Canon) -> dict[Entity, frozenset[Entity]]:
    """Place → the places said to contain it."""
    parents: dict[Entity, set[Entity]] = defaultdict(set)
    for thing in things:
        if thing.parent and thing.entity.kind is Kind.PLACE:
            parents[canon.get(thing.entity, thing.entity)].add(canon.get(thing.parent, thing.parent))
    return {place: frozenset(above) for place, above in parents.items()}

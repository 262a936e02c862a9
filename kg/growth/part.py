"""The part of a graph that pages touch: articles enough to know all that is known of what these pages tell of.

Of what many articles say the same, one is enough: an agency of ten thousand pages is called by three names and lies
below one other. Of somebody's sightings it takes the first and the last in each office, and of such an article only
what it tells of somebody who must be known. Of an event, all tellings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass, field, replace

from kg.growth.index import Index
from kg.growth.marks import (
    Relation,
    act_key,
    anchors_of,
    days_of,
    key_of,
    like_keys,
    paper_key,
    person_key,
    seat_key,
    seats_of,
    title_key,
    told_keys,
)
from kg.identity import imprint_of, with_authors
from kg.identity.happenings import told_in
from kg.identity.paths import containers_of
from kg.identity.settle import entities_of, named_by, told_of
from kg.lexicon import Lexicon
from kg.model import ArticleReading, Entity, Event, Kind, PageReading, Thing

Load = Callable[[str], PageReading]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page or a part of one, its articles with those who signed them, and its things by their keys."""

    page: PageReading
    articles: tuple[ArticleReading, ...]
    things: dict[int, list[Thing]]

    @classmethod
    def of(cls, page: PageReading) -> Leaf:
        """A page looked at once."""
        articles = tuple(with_authors(article) for article in page)
        things: dict[int, list[Thing]] = {}
        for thing in (*(thing for article in articles for thing in article.things), *imprint_of([page])):
            things.setdefault(key_of(thing.entity), []).append(thing)
        return cls(page, articles, things)

    def events(self) -> Iterator[Event]:
        """All events of the page."""
        return (event for article in self.articles for event in article.events)

    @property
    def key(self) -> tuple[str, tuple[int, ...]]:
        """The page and which of its articles."""
        return self.page.page.sha256, tuple(article.article.position for article in self.articles)

    @property
    def issue(self) -> str:
        """The day of its issue, or the page where that is unknown."""
        return told_in(self.page.issue, self.page.page)


class TooWide(Exception):
    """So many pages are touched that it is quicker to take all, or something that people have decided about."""


@dataclass(slots=True)
class Part:
    """Articles that stay as they are, by their number in the index, taken one by one as what they say is needed."""

    index: Index
    load: Load
    lexicon: Lexicon
    widest: int
    leaves: dict[int, Leaf] = field(default_factory=dict)
    _pages: dict[str, PageReading] = field(default_factory=dict)
    _whole: set[int] = field(default_factory=set)
    _moving: dict[tuple[int, int], list[str]] = field(default_factory=dict)
    _known: set[int] = field(default_factory=set)
    _people: set[int] = field(default_factory=set)
    _events: set[tuple[str, Event]] = field(default_factory=set)
    _focused: set[tuple[str, tuple[int, ...]]] = field(default_factory=set)

    @property
    def size(self) -> int:
        """Grows with all that is taken."""
        return sum(map(len, (self.leaves, self._whole, self._known, self._people, self._events, self._focused)))

    @property
    def things(self) -> set[int]:
        """Everybody and everything of which all is taken that must be known, by their keys."""
        return self._known | self._people

    def take(self, numbers: Iterable[int]) -> list[Leaf]:
        """These articles with all they tell, read from the shelf where that has not been done. Raises TooWide."""
        self._whole.update(numbers := list(numbers))
        return self._look_at(numbers)

    def _look_at(self, numbers: Iterable[int]) -> list[Leaf]:
        for number in (numbers := list(numbers)):
            if number not in self.leaves:
                digest, position = self.index.place_of(number)
                page = self._page(digest)
                own = tuple(article for article in page.articles if article.article.position == position)
                self.leaves[number] = Leaf.of(replace(page, articles=own))
        return [self.leaves[number] for number in numbers]

    def _page(self, digest: str) -> PageReading:
        if digest not in self._pages:
            if len(self._pages) >= self.widest:
                raise TooWide
            self._pages[digest] = self.load(digest)
        return self._pages[digest]

    def readings(self) -> list[PageReading]:
        """The pages of what is taken, with the articles that are, and what of them is."""
        taken: dict[str, list[ArticleReading]] = defaultdict(list)
        for number, leaf in sorted(self.leaves.items()):
            whole = number in self._whole
            taken[leaf.page.page.sha256] += (a if whole else _of_people(a, self._people) for a in leaf.page)
        return [replace(page, articles=tuple(taken[digest])) for digest, page in self._pages.items()]

    def touch(self, leaves: Iterable[Leaf]) -> None:
        """Take all that these pages, which come or go, depend on and change."""
        leaves = list(leaves)
        for held in (held for leaf in leaves for article in leaf.articles for held in seats_of(article)):
            self._moving.setdefault((held.seat, held.person), []).append(held.day)
        for leaf in leaves:
            self.focus(leaf)

    def focus(self, leaf: Leaf) -> None:
        """Take all that must be known to know all that a page tells of."""
        if leaf.key in self._focused:
            return
        self._focused.add(leaf.key)
        for entity in named_by(imprint_of([leaf.page])):
            self.entity(entity)
        if leaf.page.issue.newspaper:
            self.take(self.index.witnesses(Relation.SAYS, paper_key(leaf.page.issue.newspaper)))
        for article in leaf.articles:
            for entity in sorted(set(entities_of(article))):
                self.entity(entity)
                self._counterparts(entity)
            self._rivals(article)
            for title in sorted({post.title for post in article.posts}):
                self.take(self.index.witnesses(Relation.TITLE, title_key(title)))
        for event in leaf.events():
            self.event(event, leaf.issue)
            self._same_day(event)

    def entity(self, entity: Entity) -> None:
        """Take what tells who or what an entity is, and what it lies in or below."""
        if entity.kind is Kind.PERSON:
            self.person(person_key(entity.name))
            return
        key = key_of(entity)
        for above in containers_of(entity) if entity.kind is Kind.PLACE else ():
            self.entity(above)
        if key in self._known:
            return
        self._known.add(key)
        for leaf in self.take(self.index.witnesses(Relation.SAYS, key)):
            for thing in leaf.things.get(key, ()):
                for behind in (thing.parent, thing.jurisdiction, thing.entity):
                    if behind:
                        self.entity(behind)

    def person(self, key: int) -> None:
        """Take what tells all people of a name from each other, and what they hold."""
        if key in self._people:
            return
        self._people.add(key)
        for leaf in self._look_at([*self.index.sights(key), *self.index.witnesses(Relation.SAYS, key)]):
            for post in (post for article in leaf.articles for post in article.posts):
                if post.agency and person_key(post.person.name) == key:
                    self.entity(post.agency)

    def event(self, event: Event, issue: str) -> None:
        """Take all that may tell of the same event or be named by the same IRI, and whoever was there."""
        if (issue, event) in self._events:
            return
        self._events.add((issue, event))
        for entity in (*(part.actor for part in event.participations), *event.places):
            self.entity(entity)
        begin, end = days_of(event)
        numbers = {n for key in told_keys(event) for n in self.index.told(key, begin, end, issue)}
        for leaf in self.take(sorted(numbers)):
            for other in leaf.events():
                if _may_be_one(event, other, issue == leaf.issue):
                    self.event(other, leaf.issue)

    def _counterparts(self, entity: Entity) -> None:
        """An organ's older or newer name."""
        if entity.kind is Kind.AGENCY:
            for renaming in self.lexicon.renamed:
                for ours, theirs in ((renaming.old, renaming.new), (renaming.new, renaming.old)):
                    if entity.name.endswith(ours):
                        self.entity(Entity(Kind.AGENCY, entity.name.removesuffix(ours) + theirs))

    def _rivals(self, article: ArticleReading) -> None:
        """Who holds the same seat, or is called nearly the same: there may be something to ask."""
        holders: dict[str, set[int]] = {}
        for post in (post for post in article.posts if post.agency):
            assert post.agency
            seat, own = seat_key(post.agency.name, post.title), person_key(post.person.name)
            found = set(self.index.holders(seat))
            holders.setdefault(post.person.name, set()).update(found)
            if post.title in self.lexicon.words("sole_title"):
                for key in sorted(found):
                    if self._meet(seat, own, key):
                        self.person(key)
        names = {entity.name for entity in entities_of(article) if entity.kind is Kind.PERSON}
        for name in sorted(names):
            for like in like_keys(name):
                for key in holders.get(name, set()).intersection(self.index.values(Relation.LIKE, like)):
                    self.person(key)
            for other in _misread(name, self.lexicon):
                self.person(person_key(other))

    def _meet(self, seat: int, one: int, other: int) -> bool:
        """Whether two may have been seen there over the same days, with the pages that come or go and without them."""
        spans = []
        for person in (one, other):
            days = [*self.index.tenure(seat, person), *filter(None, self._moving.get((seat, person), ()))]
            spans.append((min(days, default=""), max(days, default="")))
        return spans[0][0] <= spans[1][1] and spans[1][0] <= spans[0][1]

    def _same_day(self, event: Event) -> None:
        """What else those present did on that day, perhaps in another province."""
        begin, end = days_of(event)
        people = {part.actor.name for part in event.participations if part.actor.kind is Kind.PERSON}
        if not begin or begin != end:
            return
        for name in sorted(people):
            for leaf in self.take(self.index.leaves(Relation.ACTS, act_key(name, begin))):
                for other in leaf.events():
                    if days_of(other) == (begin, end) and any(p.actor.name == name for p in other.participations):
                        self.event(other, leaf.issue)


def _of_people(reading: ArticleReading, people: Set[int]) -> ArticleReading:
    """What an article tells of some people, by their keys."""
    named = {entity for entity in entities_of(reading) if entity.kind is Kind.PERSON}
    known = {person for person in named if person_key(person.name) in people}
    posts = tuple(post for post in reading.posts if post.person in known)
    events = tuple(event for event in reading.events if any(part.actor in known for part in event.participations))
    left = replace(reading, posts=posts, events=events)
    told = known.union(told_of(left))
    return replace(left, things=tuple(thing for thing in reading.things if thing.entity in told))


def _misread(name: str, lexicon: Lexicon) -> Iterator[str]:
    """A name with one character in the place of one that it is confused with."""
    for one, other in lexicon.ocr:
        for before, after in ((one, other), (other, one)):
            for place, char in enumerate(name if len(name) <= 4 else ""):
                if char == before:
                    yield name[:place] + after + name[place + 1 :]


def _may_be_one(event: Event, other: Event, is_same_issue: bool) -> bool:
    """Whether two events could be one, or be named alike, by type, names and days alone."""
    if event.type != other.type or not anchors_of(event) & anchors_of(other):
        return False
    one, two = days_of(event), days_of(other)
    if one[0] and two[0]:
        return one[0] <= two[1] and two[0] <= one[1]
    return is_same_issue or one == two

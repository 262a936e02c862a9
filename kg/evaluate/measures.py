"""Gold against what was found: what is right, missed and false, counted measure by measure.

A name is right when it shares one form with the gold's; of the agencies found, "agency names" asks that the label
itself is a canonical name. An event is right when type, day and one agent are. What careful readers may differ about
counts neither way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Final, TypeVar

from kg.evaluate.gold import Gold, GoldArticle, GoldEvent, GoldPost, Named, squeeze
from kg.evaluate.predicted import FoundArticle, FoundEvent, FoundName, FoundPost, Said
from kg.evaluate.slips import Slip, sentence_of, show

MEASURES: Final = (
    "articles",
    "complete bodies",
    "reporters",
    "persons",
    "post titles",
    "posts",
    "agencies",
    "agency names",
    "places",
    "events",
    "event participants",
    "event places",
)

# How alike two headlines are: enough to pair two articles, enough to call the headline right.
_SAME_ARTICLE, _SAME_HEADLINE = 0.8, 0.85

G = TypeVar("G", Named, GoldPost, GoldEvent)
F = TypeVar("F", FoundName, FoundPost, FoundEvent)
Pairs = list[tuple[G, F]]


@dataclass(frozen=True, slots=True)
class Row:
    """A measure: how many are right of those found and of those to find."""

    measure: str
    right: int
    found: int
    gold: int

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The share of what is to find that was found."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


@dataclass(slots=True)
class Tally:
    """The counts and the slips of all pages scored so far."""

    right: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)
    slips: list[Slip] = field(default_factory=list)

    def rows(self) -> tuple[Row, ...]:
        """A row a measure."""
        return tuple(Row(m, self.right[m], self.found[m], self.gold[m]) for m in MEASURES)

    def count(self, measure: str, right: bool) -> None:
        """One thing that is there and was found, right or not."""
        self.right[measure] += right
        self.found[measure] += 1
        self.gold[measure] += 1

    def score(self, gold: Gold, found: Sequence[FoundArticle]) -> None:
        """Score one page."""
        paired, extra = pair_articles(gold.articles, found)
        for measure in ("articles", "complete bodies"):
            self.gold[measure] += len(gold.articles)
            self.found[measure] += len(found)
        for article in gold.articles:
            _Scorer(self, gold, article, paired.get(article.id)).score()
        for unasked in extra:
            nothing = GoldArticle(f"extra:{unasked.headline[:20]}", unasked.headline, "", "", "")
            _Scorer(self, gold, nothing, unasked).score_unasked()


def pair_articles(
    gold: Iterable[GoldArticle], found: Sequence[FoundArticle]
) -> tuple[dict[str, FoundArticle], list[FoundArticle]]:
    """Gold id → the article found that holds its first words, else has a headline like its own; and what is left."""
    free, paired = list(range(len(found))), {}
    for article in gold:
        first = squeeze(article.first_words)
        best = next((i for i in free if first and first in squeeze(found[i].text)), None)
        if best is None:
            ratio, i = max(((_likeness(article.headline, found[i].headline), i) for i in free), default=(0.0, -1))
            best = i if ratio >= _SAME_ARTICLE else None
        if best is not None:
            free.remove(best)
            paired[article.id] = found[best]
    return paired, [found[i] for i in free]


def _likeness(one: str, two: str) -> float:
    return SequenceMatcher(None, squeeze(one), squeeze(two)).ratio()


def is_headline(gold: GoldArticle, headline: str) -> bool:
    """Whether a headline is the gold's, but for a few characters or a kicker that stands before it."""
    if not gold.headline or _likeness(gold.headline, headline) >= _SAME_HEADLINE:
        return True
    got = squeeze(headline)
    return bool(got) and squeeze(gold.headline) in squeeze(gold.kicker) + got


def same_name(gold: Named, found: FoundName) -> bool:
    """Whether they share a form."""
    return not gold.forms.isdisjoint(map(squeeze, found.names))


def same_event(gold: GoldEvent, found: FoundEvent) -> bool:
    """Whether type, day (where the gold has one) and one agent (where it has any) agree."""
    if gold.type != found.type or (gold.day and gold.day != found.day):
        return False
    return not gold.agents or any(same_name(agent, name) for agent in gold.agents for name in found.agents)


def closeness(gold: Named | GoldPost | GoldEvent, found: FoundName | FoundPost | FoundEvent) -> int:
    """How well two fit that are the same: a name is the very same or not, events share actors and places."""
    if isinstance(gold, GoldEvent) and isinstance(found, FoundEvent):
        pairs = ((gold.agents, found.agents), (gold.participants, found.participants), (gold.places, found.places))
        return sum(any(same_name(one, name) for name in names) for wanted, names in pairs for one in wanted)
    if isinstance(gold, GoldPost) and isinstance(found, FoundPost):
        return closeness(gold.agency, found.agency) if gold.agency and found.agency else 0
    return isinstance(gold, Named) and isinstance(found, FoundName) and squeeze(gold.name) == squeeze(found.names[0])


class _Scorer:
    """One article of the gold, and the one found that is it, if any is."""

    def __init__(self, tally: Tally, gold: Gold, article: GoldArticle, found: FoundArticle | None) -> None:
        self.tally, self.page, self.gold, self.missing = tally, gold, article, found is None
        self.found = found or FoundArticle("", "", "")

    def score(self) -> None:
        """Whether it was found, whole and alone, and what it says."""
        gold, found = self.gold, self.found
        if not self.missing and is_headline(gold, found.headline):
            self.tally.right["articles"] += 1
        else:
            self._slip("articles", "missed", gold.headline, Said("" if self.missing else f"found: {found.headline}"))
        text = squeeze(found.text)
        others = (squeeze(other.first_words) for other in self.page.articles if other is not gold)
        if self.missing or any(squeeze(words) not in text for words in (gold.first_words, gold.last_words)):
            self._slip("complete bodies", "missed", gold.headline, Said())
        elif any(words and words in text for words in others):
            self._slip("complete bodies", "swallowed another", gold.headline, Said())
        else:
            self.tally.right["complete bodies"] += 1
        self.score_facts()

    def score_unasked(self) -> None:
        """An article that the gold does not have: all that it says is false."""
        self._slip("articles", "false", self.gold.headline, Said(next(iter(self.found.sentences), "")))
        self.score_facts()

    def score_facts(self) -> None:
        """Whom and what it names, who holds which post, what happened."""
        gold, found = self.gold, self.found
        credited = {name.names[0]: name for name in (*found.photographers, *found.reporters)}
        self._pair("reporters", gold.credited, [credited[name] for name in sorted(credited)], same_name)
        people = self._pair("persons", gold.persons, found.persons, same_name)
        self._score_posts(people)
        self._score_names(self._pair("agencies", gold.agencies, found.agencies, same_name))
        self._pair("places", gold.places, found.places, same_name)
        self._score_events()

    def _score_posts(self, people: Pairs[Named, FoundName]) -> None:
        called = {id(person): named.name for named, person in people}

        def same_title(gold: GoldPost, post: FoundPost) -> bool:
            name = called.get(id(post.person), post.person.names[0])
            return gold.person == name and squeeze(gold.title) == squeeze(post.title)

        def same_post(gold: GoldPost, post: FoundPost) -> bool:
            if not same_title(gold, post):
                return False
            return gold.agency is None or (post.agency is not None and same_name(gold.agency, post.agency))

        self._pair("post titles", self.gold.posts, self.found.posts, same_title)
        self._pair("posts", self.gold.posts, self.found.posts, same_post)

    def _score_names(self, agencies: Pairs[Named, FoundName]) -> None:
        for gold, found in agencies:
            if not gold.optional:
                is_canonical = squeeze(found.names[0]) in gold.canonical
                self.tally.count("agency names", is_canonical)
                if not is_canonical:
                    self._slip("agency names", f"wanted {gold.name}", found.names[0], found.said)

    def _score_events(self) -> None:
        told = self._pair("events", self.gold.events, self.found.events, same_event)
        read = {id(gold): event for gold, event in told}
        taken = {id(event) for _, event in told}
        for gold in self.gold.events:
            if not gold.optional:
                event = read.get(id(gold), FoundEvent("", None))
                self._pair("event participants", gold.participants, event.participants, same_name)
                self._pair("event places", gold.places, event.places, same_name)
        for event in self.found.events:
            if id(event) not in taken:
                self._pair("event participants", (), event.participants, same_name)
                self._pair("event places", (), event.places, same_name)

    def _pair(
        self, measure: str, gold: Sequence[G], found: Sequence[F], same: Callable[[G, F], bool]
    ) -> list[tuple[G, F]]:
        """Pair one to one what is the same, the certain before the optional; count, and note what stays alone."""
        left, pairs = list(found), []
        for wanted in sorted(gold, key=lambda one: one.optional):
            fits = [one for one in left if same(wanted, one)]
            if fits:
                # Of several the closest, so that the order in which they were found hardly matters.
                nearness = [closeness(wanted, one) for one in fits]
                closest = fits[nearness.index(max(nearness))]
                left = [one for one in left if one is not closest]
                pairs.append((wanted, closest))
            elif not wanted.optional:
                self._slip(measure, "missed", show(wanted), Said(sentence_of(wanted, self.found.sentences)))
        for one in left:
            self._slip(measure, "false", show(one), one.said)
        spared = sum(wanted.optional for wanted, _ in pairs)
        self.tally.right[measure] += len(pairs) - spared
        self.tally.found[measure] += len(found) - spared
        self.tally.gold[measure] += sum(not one.optional for one in gold)
        return pairs

    def _slip(self, measure: str, fault: str, what: str, said: Said) -> None:
        self.tally.slips.append(Slip(measure, fault, self.page.source, self.gold.id, what, said))

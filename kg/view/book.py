"""The carried facts as JSON for the page's scripts: everything once, all else by number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import takewhile
from typing import Any

from kg.view.fold import Fold
from kg.view.layout import radius
from kg.view.pinyin import readings
from kg.view.records import Article, Event, Facts, Post

Record = dict[str, Any]


def book(facts: Facts, folded: Fold) -> Record:
    """All carried facts as JSON; nodes, articles and sentences refer to each other by number."""
    node = {iri: n for n, iri in enumerate(folded.nodes)}
    article = {iri: n for n, iri in enumerate(facts.articles)}
    quote = {iri: n for n, iri in enumerate(facts.quotes)}
    base = _base(facts)
    return {
        "base": base,
        "nodes": _nodes(facts, folded, article, base),
        "links": [[k.a, k.b, k.weight, k.posts, k.events, int(k.part_of)] for k in folded.links],
        "posts": [_post(post, node, quote, base) for post in facts.posts.values()],
        "events": [_event(event, node, quote, base) for event in facts.events.values()],
        "quotes": [[article.get(q.article, -1), *q.pieces] for q in facts.quotes.values()],
        "articles": [_article(article) for article in facts.articles.values()],
        "types": {name: list(labels) for name, labels in sorted(facts.words.items())},
        "pinyin": readings(
            [
                *(name for thing in facts.things.values() for name in (thing.label, *thing.names)),
                *(event.label for event in facts.events.values()),
            ]
        ),
    }


def _numbers(table: dict[str, int], iris: Sequence[str]) -> list[int]:
    return sorted(table[iri] for iri in iris if iri in table)


def _base(facts: Facts) -> str:
    """What all IRIs of people, agencies, places, events and posts begin with, so that it is written once."""
    iris = (*facts.things, *facts.events, *facts.posts)
    ends = zip(min(iris, default=""), max(iris, default=""), strict=False)
    return "".join(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], ends))


def _post(post: Post, node: dict[str, int], quote: dict[str, int], base: str) -> Record:
    return {
        "iri": post.iri[len(base) :],
        "office": post.office,
        "person": node[post.person],
        "agency": -1 if post.agency is None else node[post.agency],
        "quotes": _numbers(quote, post.quotes),
        **_filled(role=post.role, first=post.first, last=post.last, appointed=post.appointed, removed=post.removed),
    }


def _event(event: Event, node: dict[str, int], quote: dict[str, int], base: str) -> Record:
    return {
        "iri": event.iri[len(base) :],
        "label": event.label,
        "type": event.type,
        "places": _numbers(node, event.places),
        "parties": [[node[party.actor], party.role, _numbers(quote, party.quotes)] for party in event.parties],
        "quotes": _numbers(quote, event.quotes),
        **_filled(begin=event.begin, end=event.end, printed=event.printed, absent=event.absent),
    }


def _article(article: Article) -> Record:
    return _filled(
        headline=article.headline,
        kicker=article.kicker,
        body=article.body,
        paper=article.paper,
        number=article.number,
        day=article.day,
        page=article.page,
        position=article.position,
    )


def _nodes(facts: Facts, folded: Fold, article: dict[str, int], base: str) -> list[Record]:
    node = {iri: n for n, iri in enumerate(folded.nodes)}
    heaviest = max(folded.weights, default=0.0)
    namesakes = Counter((thing.kind, thing.label) for thing in facts.things.values())
    nodes = []
    for n, iri in enumerate(folded.nodes):
        thing = facts.things[iri]
        tail = iri.rpartition(f"/{thing.kind}/")[2]
        slug = thing.label if namesakes[thing.kind, thing.label] == 1 else tail
        nodes.append(
            {
                "kind": thing.kind,
                "label": thing.label,
                "slug": f"{thing.kind}/{slug}",
                "iri": iri[len(base) :],
                "size": radius(folded.weights[n], heaviest),
                **_filled(
                    names=list(thing.names),
                    category=list(thing.category or ()),
                    mentioned=_numbers(article, thing.mentioned),
                    signed=_numbers(article, thing.signed),
                    known=int(thing.known),
                    weight=folded.weights[n],
                ),
                "parent": -1 if thing.parent is None else node[thing.parent],
            }
        )
    return nodes


def _filled(**fields: Any) -> Record:
    """The fields that say something: most are empty most of the time, and the file is shorter without them."""
    return {name: value for name, value in fields.items() if value}

"""Why the graph says what it says of a page: sentence by sentence, what is mentioned, what is read, by which rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from kg.facts import read_article, read_mentions
from kg.lexicon import Lexicon
from kg.model import Article, ArticleReading, Event, Evidence, Mention, PageError, Post, Sentence, When
from kg.read import read_page, split_sentences

# What a terminal would take for a command of its own.
_CONTROLS: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def explain_page(name: str, raw: bytes, lexicon: Lexicon) -> str:
    """A page's sentences with mentions, facts and rules, as plain text. Raises PageError."""
    page, issue, articles = read_page(name, raw, lexicon)
    if not articles:
        raise PageError(f"{name}: no article found in it")
    paper = [page.name, issue.newspaper or "paper unknown", issue.date.isoformat() if issue.date else "day unknown"]
    blocks = ["\n".join(_article_lines(article, lexicon)) for article in articles]
    return _CONTROLS.sub("", "\n\n".join([" · ".join(paper), *blocks])) + "\n"


def _article_lines(article: Article, lexicon: Lexicon) -> Iterator[str]:
    reading, mentions = read_article(article, lexicon), read_mentions(article, lexicon)
    yield f"[{article.position}] {article.page.printed(article.headline) or '(no headline)'}"
    for kind, credits in (("by", article.reporters), ("photo", article.photographers)):
        if credits:
            yield f"  {kind}: {', '.join(' '.join(filter(None, (c.title, c.name))) for c in credits)}"
    for repair in article.repairs:
        yield f"  mended: {repair}"
    for sentence in split_sentences(article):
        yield ""
        yield f"  {sentence.part}: {article.page.printed(sentence.text)}"
        yield from _mention_lines(mentions, sentence)
        yield from _fact_lines(reading, sentence)


def _mention_lines(mentions: Iterable[Mention], sentence: Sentence) -> Iterator[str]:
    here = (mention for mention in mentions if mention.sentence.index == sentence.index)
    for mention in sorted(here, key=lambda mention: (mention.start, mention.end)):
        meaning = mention.entity.path if mention.entity else _value(mention.value)
        surface = sentence.article.page.printed(sentence.text[mention.start : mention.end])
        yield f"    {mention.kind} {surface} = {meaning}   ({mention.rule})"


def _fact_lines(reading: ArticleReading, sentence: Sentence) -> Iterator[str]:
    for post in reading.posts:
        if _says(sentence, post.evidence):
            yield f"    → {_post(post)}   ({post.rule})"
    for event in reading.events:
        if any(_says(sentence, evidence) for evidence in event.evidence):
            yield f"    → {_event(event)}   ({event.rule})"
        for part in event.participations:
            if _says(sentence, part.evidence):
                yield f"    → {part.role} of “{event.label}”: {part.actor.path}   ({part.rule})"


def _says(sentence: Sentence, evidence: Evidence) -> bool:
    """Whether the evidence lies in this sentence."""
    return any(a < end and start < b for a, b in sentence.text.pieces() for start, end in evidence.pieces)


def _post(post: Post) -> str:
    agency = post.agency.path if post.agency else "agency open"
    change = f", {post.change}" if post.change else ""
    return f"post: {post.person.path}, {post.title}, {agency}{change}"


def _event(event: Event) -> str:
    day = _value(event.when) if event.when else "day open"
    places = f" at {', '.join(place.path for place in event.places)}" if event.places else ""
    return f"{event.type}: {event.label}, {day}{places}"


def _value(value: object) -> str:
    value = getattr(value, "when", value)
    if isinstance(value, When):
        days = dict.fromkeys((value.begin.isoformat(), value.end.isoformat()))
        return "/".join(days)
    return str(value)

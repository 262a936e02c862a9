"""Who wrote it, as a post: 记者 of the paper, or of the medium that the byline names (深圳晚报讯(记者 …))."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.lexicon import Lexicon
from kg.model import Article, Credit, Entity, Evidence, Post
from kg.resolve import Resolver
from kg.words import any_of

_HAN = "\u4e00-\u9fff"
_LOOK_BACK = 70  # characters before a credited name


def byline_posts(article: Article, persons: dict[str, Entity], resolver: Resolver) -> Iterator[Post]:
    """A post for every credited name that has a title with it."""
    for credit in (*article.reporters, *article.photographers):
        if credit.title is not None and credit.title in resolver.lexicon.words("byline_post"):
            evidence = Evidence(_byline(article, credit))
            house = _house(article, credit, resolver)
            title = "记者" if credit.title in resolver.lexicon.words("media_reporter") else credit.title
            yield Post(persons[credit.name], title, house, article.issue.date, evidence, "post.byline")


def _house(article: Article, credit: Credit, resolver: Resolver) -> Entity | None:
    """The house of the medium named in the byline, else the one that publishes the paper: 云岭日报 → 云岭日报社."""
    lexicon, issue = resolver.lexicon, article.issue
    medium = _medium(article, credit, lexicon)
    if medium is not None and medium in lexicon.national:
        return resolver.agencies.national(medium)
    name = medium or issue.newspaper
    paper = name is not None and name.endswith(tuple(lexicon.words("newspaper_suffix")))
    house = f"{name}社" if paper else name
    if issue.publisher is not None and (medium is None or medium == issue.newspaper):
        house = issue.publisher
    return resolver.agencies.press(house) if house else None


def _medium(article: Article, credit: Credit, lexicon: Lexicon) -> str | None:
    """The medium before a name of the byline: 云岭晚报讯(记者 …), 云岭网记者….; 本报 and 晚报 name none."""
    start = credit.text.pieces()[0][0] if credit.text.pieces() else 0
    line = article.page.content[max(0, start - _LOOK_BACK) : start].rpartition("\n")[2]
    starts = [0, *(m.end() for m in re.finditer("、", line))]
    found = next((m for k in reversed(starts) if (m := _dateline(lexicon).search(line[k:]))), None)
    own = lexicon.words("own_paper") | lexicon.words("newspaper_suffix")  # 晚报讯 is the evening paper that prints it
    return found[1] if found and found[1] not in own else None


@lru_cache(maxsize=4)
def _dateline(lexicon: Lexicon) -> re.Pattern[str]:
    """A medium at the head of a line or behind a blank, and what may stand between it and the first name."""
    kinds = lexicon.words("newspaper_suffix") | lexicon.words("byline_medium_suffix")
    whole = lexicon.words("own_medium") | lexicon.words("byline_medium")
    name = rf"({any_of(whole)}|(?:[{_HAN}](?!讯)){{1,7}}?{any_of(kinds)})"
    between = rf"(?:[{_HAN}\d]{{0,14}}(?:讯|电|消息)|(?=[{_HAN}]{{0,4}}记者))"
    taken = rf"》[{_HAN}\d]{{0,20}}[,，]\s*"  # (原载《清河日报》2008年12月21日头版,记者 …)
    also = rf"(?:/[{_HAN}]{{2,14}}?)?"  # 清河日报/清河日报客户端记者
    return re.compile(rf"(?:^|[\s:：(（《]){name}{also}(?:{between}|{taken})[^。！？]{{0,40}}$")


def _byline(article: Article, credit: Credit) -> tuple[tuple[int, int], ...]:
    """The whole byline that a credited name stands in: from its bracket or line's start to its end."""
    pieces = credit.text.pieces()
    if not pieces:
        return pieces
    content, (start, end) = article.page.content, (pieces[0][0], pieces[-1][1])
    left, right = start, end
    while left > 0 and start - left < 40 and content[left - 1] not in "\n。;；!！?？":
        left -= 1
    while right < len(content) and right - end < 20 and content[right] not in "\n。)）":
        right += 1
    right += right < len(content) and content[right] in ")）"
    while content[left:right] and content[left].isspace():
        left += 1
    return ((left, right),)

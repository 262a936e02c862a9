"""What flows through the house: frozen records, tuples inside, half-open offsets counted in Unicode code points.

A child knows its parent (`sentence.article.issue.date`), never the reverse, so that 9月3日 and 我市 resolve from where
the sentence stands and no context object travels.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import pairwise


class KgError(Exception):
    """Something the user can mend: its message is one line that says which file, what is wrong and what to do."""


class PageError(KgError):
    """A page that was not read; the other pages still are."""


class LexiconError(KgError):
    """A lexicon row that is malformed, doubled or dangling, with its file and line."""


Span = tuple[int, int]
ArticleKey = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Text:
    """A string that remembers where in its page file each of its characters stands.

    >>> torn = Text.of("以习近平同\\n\\n志为核心")
    >>> whole = torn[:5] + torn[7:]
    >>> whole.string, whole.pieces()
    ('以习近平同志为核心', ((0, 5), (7, 11)))
    """

    string: str
    offsets: tuple[int, ...]

    @classmethod
    def of(cls, string: str, start: int = 0) -> Text:
        """A stretch of a page that begins at offset `start`."""
        return cls(string, tuple(range(start, start + len(string))))

    @classmethod
    def join(cls, texts: Iterable[Text]) -> Text:
        """Several stretches read as one."""
        texts = tuple(texts)
        return cls("".join(t.string for t in texts), tuple(o for t in texts for o in t.offsets))

    def __len__(self) -> int:
        return len(self.string)

    def __bool__(self) -> bool:
        return bool(self.string)

    def __getitem__(self, part: slice) -> Text:
        return Text(self.string[part], self.offsets[part])

    def __add__(self, other: Text) -> Text:
        return Text(self.string + other.string, self.offsets + other.offsets)

    def strip(self) -> Text:
        """Without the white space at both ends."""
        left = len(self.string) - len(self.string.lstrip())
        return self[left : len(self.string.rstrip())] if self.string.strip() else self[:0]

    def pieces(self) -> tuple[Span, ...]:
        """The stretches of the page file that this text is made of, in reading order."""
        if not self.offsets:
            return ()
        cuts = [i + 1 for i, (a, b) in enumerate(pairwise(self.offsets)) if b != a + 1]
        bounds = [0, *cuts, len(self.offsets)]
        return tuple((self.offsets[a], self.offsets[b - 1] + 1) for a, b in pairwise(bounds))


@dataclass(frozen=True, slots=True)
class Page:
    """One input file as decoded; offsets count its code points.

    `simplified` is the content of a page in traditional characters as it is read, of the same length; else empty.

    >>> page = Page("a.txt", "", "遼源市\\n政府", "辽源市\\n政府")
    >>> page.printed(Text("辽源市 政", (0, 1, 2, 3, 4))), page.spellings("辽源")
    ('遼源市 政', ('遼源',))
    """

    name: str
    sha256: str
    content: str = field(repr=False)
    simplified: str = field(default="", repr=False)

    @property
    def plain(self) -> str:
        """What is read: the content, in simplified characters."""
        return self.simplified or self.content

    def printed(self, text: Text) -> str:
        """A text in the page's own characters; white space stays as the text has it, a headline's break a space."""
        pairs = zip(text.string, text.offsets, strict=True)
        return "".join(char if char.isspace() else self.content[offset] for char, offset in pairs)

    def spellings(self, string: str) -> tuple[str, ...]:
        """How the page itself prints what was read in it, where that differs."""
        found = {self.content[m.start() : m.end()] for m in re.finditer(re.escape(string), self.simplified)}
        return tuple(sorted(found - {string, ""}))


@dataclass(frozen=True, slots=True)
class Issue:
    """What the masthead says; `city` is the lexicon's path of the paper's own place (吉林省/辽源市)."""

    newspaper: str | None = None
    date: date | None = None
    number: int | None = None
    cn: str | None = None
    sheets: int | None = None
    sponsor: str | None = None
    publisher: str | None = None
    city: str | None = None


@dataclass(frozen=True, slots=True)
class Credit:
    """A name in a byline: (记者 王茵) is Credit("王茵", "记者", …); a signature such as (辽轩) has no title."""

    name: str
    title: str | None
    text: Text


class Part(StrEnum):
    """Where in its article a sentence stands."""

    HEADLINE = "headline"
    KICKER = "kicker"
    BYLINE = "byline"
    BODY = "body"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a page, put together again. `position` counts from 1 in reading order."""

    page: Page
    issue: Issue
    position: int
    headline: Text
    kicker: Text
    paragraphs: tuple[Text, ...]
    captions: tuple[Text, ...] = ()
    reporters: tuple[Credit, ...] = ()
    photographers: tuple[Credit, ...] = ()
    repairs: tuple[str, ...] = ()

    @property
    def key(self) -> ArticleKey:
        """What tells it from all other articles: its page and its place there."""
        return self.page.sha256, self.position

    @property
    def body(self) -> str:
        """The article as it is printed: paragraphs, then captions, a line each."""
        return "\n".join(self.page.printed(t) for t in (*self.paragraphs, *self.captions))


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article; `index` counts over the whole article, `paragraph` within its part."""

    article: Article
    index: int
    part: Part
    paragraph: int
    text: Text

    @property
    def string(self) -> str:
        """The sentence without its offsets."""
        return self.text.string


class Kind(StrEnum):
    """What a mention can be a mention of."""

    PERSON = "person"
    AGENCY = "agency"
    PLACE = "place"
    DOCUMENT = "document"
    DATE = "date"
    TITLE = "title"
    SIGNATURE = "signature"  # (辽轩) under an article: a pen name, one person or a whole office


class Walk(StrEnum):
    """In what walk of life somebody is shown; namesakes of different walks are different people."""

    OFFICE = "office"  # who leads or sits in something: 市长, 局长, 董事长, 委员
    STAFF = "staff"  # who works: 民警, 教师, 医师
    PRESS = "press"  # who reports: 记者, 通讯员
    NOTED = "noted"  # who is known for something: 劳动模范, 种粮大户, 书法家
    PUPIL = "pupil"  # who learns: 学生
    PRIVATE = "private"  # 村民, 居民, 被告人


@dataclass(frozen=True, slots=True, order=True)
class Entity:
    """A person, agency, place or document. Equality is identity; the IRI is minted from these four fields.

    `within` is a path of places, widest first, or empty: 西安区 within 吉林省/辽源市 is not the one of 牡丹江. `mark`
    tells namesakes of one place apart: the reporter 王丽, not the mayor.
    """

    kind: Kind
    name: str
    within: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a sentence that names something. `entity` is None until `resolve` has said which."""

    sentence: Sentence
    start: int
    end: int
    kind: Kind
    value: object
    rule: str
    entity: Entity | None = None

    @property
    def surface(self) -> str:
        """The characters as the sentence has them."""
        return self.sentence.string[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence that says so: the pieces of the page file it is made of, in reading order."""

    pieces: tuple[Span, ...]
    repairs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Thing:
    """What an article, with the lexicon's help, knows of an entity.

    `forms` are printed in the article; `legal` are names the lexicon adds. `category` is a closed word of the lexicon
    (party, government, department, court, company, county, road …), of a person the walk of life. `parent` of a place
    is what contains it, of an agency the agency above it. `known` is true when parent, category or legal names come
    from the lexicon, `decided` when a person decided something about it; `label` is then what it is to be called.
    """

    entity: Entity
    forms: tuple[str, ...]
    legal: tuple[str, ...] = ()
    category: str = ""
    parent: Entity | None = None
    jurisdiction: Entity | None = None
    formal: bool = False
    known: bool = False
    decided: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """A person seen in a post on a day. `change` is "appointed" or "removed" where the text reports it, on `day`."""

    person: Entity
    title: str
    agency: Entity | None
    day: date | None
    evidence: Evidence
    rule: str
    change: str | None = None


class Role(StrEnum):
    """What an actor is to an event; the local names of the graph's role types."""

    LEAD = "Lead"
    ORGANIZER = "Organizer"
    PARTICIPANT = "Participant"
    RECIPIENT = "Recipient"


@dataclass(frozen=True, slots=True)
class Participation:
    """An actor's part in an event, with the sentence that says so."""

    actor: Entity
    role: Role
    evidence: Evidence
    rule: str


@dataclass(frozen=True, slots=True)
class When:
    """Days of an event: first and last, and the printed expression where it is one (2021-09-03, 2021-09, 2021)."""

    begin: date
    end: date
    printed: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One reported happening. `type` is a name of the lexicon's event types (Inspection, Meeting …).

    `marks` tell happenings of one kind apart (第八批, 第三批): two events with different marks are never one.
    """

    type: str
    label: str
    when: When | None
    participations: tuple[Participation, ...]
    places: tuple[Entity, ...]
    evidence: tuple[Evidence, ...]
    rule: str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleReading:
    """All that one article says."""

    article: Article
    things: tuple[Thing, ...]
    posts: tuple[Post, ...]
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class PageReading:
    """All that one page says: a pure function of the page file and the lexicon."""

    page: Page
    issue: Issue
    articles: tuple[ArticleReading, ...]

    def __iter__(self) -> Iterator[ArticleReading]:
        return iter(self.articles)

"""What the pages say together: the records that `kg.identity` makes of all readings and `kg.graph` turns into quads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kg.model import Article, Entity, Evidence, Issue, PageReading, Role, Span, Thing, When


@dataclass(frozen=True, slots=True)
class Proof:
    """An article's sentence that says so, and the rule that read it."""

    article: Article
    evidence: Evidence
    rule: str

    @property
    def order(self) -> tuple[str, str, str, int, tuple[Span, ...], str]:
        """Where it stands among all proofs: by day, page, article and sentence."""
        article = self.article
        day = article.issue.date.isoformat() if article.issue.date else ""
        return day, article.page.name, article.page.sha256, article.position, self.evidence.pieces, self.rule


def sorted_proofs(proofs: Iterable[Proof]) -> tuple[Proof, ...]:
    """Each proof once, in the order of days, pages, articles and sentences."""
    return tuple({proof.order: proof for proof in sorted(proofs, key=lambda proof: proof.order)}.values())


def strongest(roles: Iterable[Role]) -> Role:
    """Of several roles told of one actor the one that says most."""
    return min(roles, key=(Role.LEAD, Role.ORGANIZER, Role.RECIPIENT, Role.PARTICIPANT).index)


@dataclass(frozen=True, slots=True)
class Membership:
    """A person in a post of an agency: first and last day seen, days of appointment and removal reported."""

    person: Entity
    title: str
    agency: Entity | None
    first: date | None
    last: date | None
    appointed: tuple[date, ...]
    removed: tuple[date, ...]
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone's part in a happening: the strongest role told of, every sentence that tells of one."""

    entity: Entity
    role: Role
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class Happening:
    """One event of the world, told once or several times; one that somebody decided about keeps its `address`."""

    type: str
    label: str
    when: When | None
    actors: tuple[Actor, ...]
    places: tuple[Entity, ...]
    proofs: tuple[Proof, ...]
    address: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """Something that the text leaves open, or says against itself, for a person to decide.

    `kind` is a word of the ontology (kg:question-…). `about` are entities, memberships or happenings.
    """

    kind: str
    about: tuple[Entity | Membership | Happening, ...]
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What an article names and who made it, in entities that are the same in all articles."""

    article: Article
    mentions: tuple[Entity, ...]
    authors: tuple[Entity, ...]
    contributors: tuple[Entity, ...]


@dataclass(frozen=True, slots=True)
class PaperLine:
    """What a page prints of its paper."""

    newspaper: str
    cn: str | None
    publisher: str | None
    sponsor: str | None
    spellings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IssueLine:
    """What a page prints of its issue; `when` tells it from the paper's others."""

    newspaper: str
    when: str
    date: date | None
    number: int | None
    sheets: int | None


@dataclass(frozen=True, slots=True)
class Press:
    """Papers and issues: each line of a masthead, and how many pages print it so."""

    papers: Mapping[PaperLine, int]
    issues: Mapping[IssueLine, int]


def press_of(pages: Iterable[PageReading]) -> Press:
    """What the mastheads of these pages say."""
    papers: Counter[PaperLine] = Counter()
    issues: Counter[IssueLine] = Counter()
    for page in pages:
        issue = page.issue
        if issue.newspaper:
            spellings = page.page.spellings(issue.newspaper)
            papers[PaperLine(issue.newspaper, issue.cn, issue.publisher, issue.sponsor, spellings)] += 1
        if key := issue_key(issue):
            issues[IssueLine(*key, issue.date, issue.number, issue.sheets)] += 1
    return Press(papers, issues)


def issue_key(issue: Issue) -> tuple[str, str] | None:
    """What tells an issue from all others: its paper and its day, else its number; None where that is not printed."""
    when = issue.date.isoformat() if issue.date else str(issue.number) if issue.number is not None else ""
    return (issue.newspaper, when) if issue.newspaper and when else None


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All that the pages say, each thing once, in an order that depends on nothing but what they say."""

    press: Press
    pages: tuple[PageReading, ...]
    reports: tuple[Report, ...]
    things: tuple[Thing, ...]
    memberships: tuple[Membership, ...]
    happenings: tuple[Happening, ...]
    questions: tuple[Question, ...] = ()

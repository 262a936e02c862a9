"""What a sentence names, and the thing that each name means."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kg.model.article import Sentence


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

    @property
    def path(self) -> str:
        """The path that leads to it: 东丰县 within 吉林省/辽源市 → 吉林省/辽源市/东丰县."""
        return f"{self.within}/{self.name}" if self.within else self.name


def is_within(path: str, above: str) -> bool:
    """Whether a path of places leads through another, or is the same.

    >>> is_within("吉林省/辽源市", "吉林省"), is_within("吉林省/辽源市", ""), is_within("吉林省市", "吉林省")
    (True, True, False)
    """
    return not above or path == above or path.startswith(above + "/")


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

"""An article while it is being put together."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.model import Credit, Text
from kg.read.blocks import Block
from kg.read.credits import Credits
from kg.read.lines import BOLD
from kg.read.wording import ends_torn

_COMPARED = 20
_COMPARED_EACH = 1000


@dataclass
class Paragraph:
    """A paragraph of a draft. `prose` is false for a subhead, a row or a sign-off: nothing is joined to those."""

    text: Text
    prose: bool = True
    gap: int = 0
    head: bool = False  # a line like a headline, taken for a subhead
    joins: bool = False  # goes on where the paragraph above it is torn
    signed: Credits = field(default_factory=Credits)  # who is named at its end

    @property
    def is_torn(self) -> bool:
        """Whether it waits for the rest of a sentence."""
        return self.prose and ends_torn(self.text.string)


@dataclass
class Draft:
    """An article being put together: what is known of it so far."""

    heads: list[Block] = field(default_factory=list)
    run_in: Text | None = None  # a headline that was run into the text
    kickers: list[Text] = field(default_factory=list)
    body: list[Paragraph] = field(default_factory=list)
    captions: list[Text] = field(default_factory=list)
    reporters: list[Credit] = field(default_factory=list)
    photographers: list[Credit] = field(default_factory=list)
    repairs: list[str] = field(default_factory=list)
    opened: bool = False  # its dateline was read
    closed: bool = False  # its last line was read

    @property
    def level(self) -> int:
        """The markdown level of its headline, 0 where it has none."""
        return min((b.level for b in self.heads if 0 < b.level < BOLD), default=0)

    @property
    def is_torn(self) -> bool:
        """Whether its last paragraph waits for the rest of a sentence."""
        return bool(self.body) and self.body[-1].is_torn

    @property
    def string(self) -> str:
        """Its text, for comparing; of a long article the beginning."""
        texts = [*(b.text for b in self.heads), *(p.text for p in self.body[:_COMPARED]), *self.captions[:_COMPARED]]
        return "\n".join(t.string[:_COMPARED_EACH] for t in texts)

    def has_word(self, word: str) -> bool:
        """Whether its text uses a word."""
        texts = [*(b.text for b in self.heads), *(p.text for p in self.body), *self.captions]
        return any(word in text.string for text in texts)

    def credit(self, credits: Credits) -> None:
        """Remember who is named."""
        self.reporters += credits.reporters
        self.photographers += credits.photographers

    def note(self, *repairs: str) -> None:
        """Remember what was mended, each kind once."""
        self.repairs += [repair for repair in repairs if repair not in self.repairs]

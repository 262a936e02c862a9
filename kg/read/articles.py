"""Blocks → drafts of articles: where one begins, what belongs to it, where it ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from kg.model import Text
from kg.read.blocks import Block, Form
from kg.read.credits import split_dateline, split_ending
from kg.read.draft import Draft, Paragraph, ends_torn, likeness
from kg.read.heads import headline_lines, is_column, is_kicker, is_subhead, join_lines, quoted_term
from kg.read.lines import BOLD
from kg.read.shapes import Shapes

_LONGEST_SUBHEAD = 16
_LONGEST_LEAD = 140  # a summary line between headline and 本报讯
_MOST_LEADS = 5
_MOST_HEADS = 8
_MOST_ENDINGS = 4
_CAPTION_LIKENESS = 0.12
_CLOSED_LIKENESS = 0.25
_SHORTEST_ALONE = 24  # a photo that stands alone tells what it shows in a sentence
_TORN_AT_BYLINE = 2  # a byline below the first paragraph or two stands under the summary, not at the end

JOINED = "joined a torn paragraph"


def read_drafts(blocks: Sequence[Block], content: str, shapes: Shapes) -> list[Draft]:
    """The articles of a page in reading order."""
    return _Walk(blocks, content, shapes).run()


class _Walk:
    """One walk over the blocks of a page; `current` is the article that prose is added to."""

    def __init__(self, blocks: Sequence[Block], content: str, shapes: Shapes) -> None:
        self.blocks = blocks
        self.content = content
        self.shapes = shapes
        self.drafts: list[Draft] = []
        self.current: Draft | None = None
        self.usual_gap = _usual_gap(blocks)

    def run(self) -> list[Draft]:
        position = 0
        while position < len(self.blocks):
            position = self._step(position)
        return self.drafts

    def _step(self, i: int) -> int:
        """Take in the block at `i`, or the group that begins there; the position behind it."""
        block = self.blocks[i]
        if block.form is Form.HEADING:
            return self._take_group(i)
        if block.form is Form.DAY:
            self._sign_off([block])
        elif block.form is Form.OPENING:
            self._open_report(block)
        elif block.form is Form.CREDIT:
            self._take_credit(block, i)
        elif block.form is Form.CAPTION:
            self._take_caption(block)
        elif block.form is Form.ROW:
            self._draft().body.append(Paragraph(block.text, prose=False))
        else:
            self._add_prose(block)
        return i + 1

    def _start(self, heads: Sequence[Block] = ()) -> Draft:
        self.current = Draft(list(heads))
        for block in heads:
            self.current.note(*block.repairs)
        self.drafts.append(self.current)
        return self.current

    def _draft(self) -> Draft:
        """The article that text without a heading belongs to."""
        if self.current is None or self.current.closed:
            return self._start()
        return self.current

    # --- headings ------------------------------------------------------------------------------------------------

    def _take_group(self, i: int) -> int:
        end = i
        while end < len(self.blocks) and self.blocks[end].form in (Form.HEADING, Form.DAY):
            end += 1
        group = list(self.blocks[i:end])
        group = self._cut_sign_off(group)
        group = self._cut_column(group, end)
        group = [b for b in group if b.form is Form.HEADING]
        if not group:
            return end
        if self._goes_on(group, end):
            for block in group:
                self._add_prose(block)
        elif self._opens(group, end):
            draft = self._start(group[:_MOST_HEADS])
            draft.body += [Paragraph(b.text, prose=False) for b in group[_MOST_HEADS:]]
            return self._take_leads(draft, end)
        else:
            draft = self._draft()
            draft.body += [Paragraph(b.text, prose=False) for b in group]
        return end

    def _cut_sign_off(self, group: list[Block]) -> list[Block]:
        """The office and the day that end a notice, taken off the group that follows it."""
        if self.current is None or not self.current.body:
            return group
        days = [k for k, b in enumerate(group) if b.form is Form.DAY]
        if days and days[0] <= 2 and all(not b.level for b in group[: days[0] + 1]):
            office = max(days[0] - 1, 0)
            self.current.body += [Paragraph(b.text, prose=False) for b in group[:office]]
            self._sign_off(group[office : days[0] + 1])
            return group[days[0] + 1 :]
        first = group[0]
        heads = "".join(b.string for b in self.current.heads)
        signs = not first.level and len(group) > 1 and self.shapes.office_end.search(first.string)
        if signs and self.shapes.notice.search(heads) and not self.current.closed:
            self._sign_off(group[:1])
            return group[1:]
        return group

    def _sign_off(self, lines: Sequence[Block]) -> None:
        """An office and a day below a notice: a paragraph of its own, and the notice's last."""
        if self.current is not None and self.current.body and not self.current.closed:
            text = join_lines([b.text for b in lines], self.content)
            self.current.body.append(Paragraph(text, prose=False))
            self.current.closed = True

    def _cut_column(self, group: list[Block], end: int) -> list[Block]:
        """A column's name between two articles goes to the one that uses its quoted word."""
        current = self.current
        if current is None or not current.body or len(group) < 2 or group[0].form is not Form.HEADING:
            return group
        term = quoted_term(group[0].string)
        if not term or (group[0].level and group[0].level <= group[1].level) or not is_column(group[0].string):
            return group
        ahead = "".join(b.string for b in group[1:]) + self._text_ahead(end)
        if term in current.string and term not in ahead:
            current.kickers.append(group[0].text)
            return group[1:]
        return group

    def _text_ahead(self, i: int) -> str:
        """The text up to the next heading."""
        strings = []
        while i < len(self.blocks) and self.blocks[i].form is not Form.HEADING:
            strings.append(self.blocks[i].string)
            i += 1
        return "".join(strings)

    def _goes_on(self, group: list[Block], end: int) -> bool:
        """Whether short lines are pieces of a torn paragraph and no heading."""
        current = self.current
        if current is None or current.closed or len(group) > 1 or group[0].level or not (current.body or current.heads):
            return False
        block = group[0]
        after = self.blocks[end] if end < len(self.blocks) else None
        if after is not None and after.form is Form.OPENING:
            return False
        if after is None:
            return current.is_torn and block.loose
        comma = "，" in block.string or "," in block.string
        return comma and (current.is_torn or (after.form is Form.PROSE and ends_torn(block.string)))

    def _opens(self, group: list[Block], end: int) -> bool:
        """Whether a group of headings begins an article; else it is a subhead of the current one."""
        current = self.current
        if current is None or current.closed or not (current.body or current.captions):
            return True
        if self._report_ahead(end):
            return True
        headline = [group[k] for k in headline_lines(group, self.shapes)]
        if all(is_subhead(b.string) for b in headline):
            return False
        led = len(group) > len(headline) and any(is_kicker(b.string, self.shapes) for b in group)
        level = min((b.level for b in headline if 0 < b.level < BOLD), default=0)
        if level:
            above = not current.level or level <= current.level
            return above or led or sum(len(b.text) for b in headline) > _LONGEST_SUBHEAD
        if group[0].loose and len(group) == 1:
            return False
        return (led and not current.level) or group[0].gap > self.usual_gap

    def _report_ahead(self, i: int) -> bool:
        """Whether a dateline or a byline follows, with at most captions and summary lines before it."""
        for block in self.blocks[i : i + _MOST_LEADS]:
            if block.form is Form.OPENING:
                return True
            if block.form is Form.CREDIT and block.credits.reporters:
                return i + 1 < len(self.blocks) and block is self.blocks[i]
            if not self._is_lead(block):
                return False
        return False

    def _is_lead(self, block: Block) -> bool:
        if block.form is Form.CAPTION:
            return True
        string = block.string
        inner = string.rstrip("。！？”")
        return (
            block.form is Form.PROSE
            and len(string) <= _LONGEST_LEAD
            and (ends_torn(string) or not any(stop in inner for stop in "。！？"))
        )

    def _take_leads(self, draft: Draft, i: int) -> int:
        """What stands between a headline and its 本报讯: captions, and summary lines for the kicker."""
        if not self._report_ahead(i):
            return i
        while i < len(self.blocks) and self.blocks[i].form in (Form.PROSE, Form.CAPTION):
            block = self.blocks[i]
            draft.note(*block.repairs)
            if block.form is Form.CAPTION or not ends_torn(block.string):
                draft.captions.append(block.text)
                draft.credit(block.credits)
            else:
                draft.kickers.append(block.text)
            i += 1
        return i

    # --- text ----------------------------------------------------------------------------------------------------

    def _open_report(self, block: Block) -> None:
        """A dateline: the body of the article whose headline was read, or an article without a headline."""
        draft = self.current
        if draft is None or draft.body or draft.opened or draft.closed:
            draft = self._start()
        draft.opened = True
        opening = split_dateline(block.text, self.shapes)
        credits, rest = opening if opening else (block.credits, block.text)
        draft.credit(credits)
        if rest:
            self._add_text(draft, rest, block)

    def _add_prose(self, block: Block) -> None:
        self._add_text(self._draft(), block.text, block)

    def _add_text(self, draft: Draft, text: Text, block: Block) -> None:
        draft.note(*block.repairs)
        for _ in range(_MOST_ENDINGS):
            ending = split_ending(text, self.shapes)
            if ending is None:
                break
            text = ending.text.strip()
            draft.credit(ending.credits)
            draft.closed = True
        if not text:
            return
        if draft.is_torn and block.level == 0:
            draft.body[-1].text += text
            draft.note(JOINED)
        else:
            draft.body.append(Paragraph(text, gap=block.gap))

    def _take_credit(self, block: Block, i: int) -> None:
        """A byline by itself: under a headline it begins the report, behind the text it ends it."""
        draft = self.current
        if draft is None:
            draft = self._start()
        draft.credit(block.credits)
        after = self.blocks[i + 1] if i + 1 < len(self.blocks) else None
        ends = after is None or after.form in (Form.HEADING, Form.OPENING, Form.DAY)
        if draft.body and block.credits.reporters and (ends or len(draft.body) > _TORN_AT_BYLINE):
            draft.closed = True

    def _take_caption(self, block: Block) -> None:
        draft = self.current
        if draft is not None and (not draft.body or self._shows(draft, block)):
            draft.captions.append(block.text)
        else:
            # A photo that stands alone; the text around it goes on as if it were not there.
            draft = Draft(captions=[block.text])
            self.drafts.append(draft)
            if self.current is None or self.current.closed:
                self.current = None
        draft.note(*block.repairs)
        draft.credit(block.credits)

    def _shows(self, draft: Draft, block: Block) -> bool:
        """Whether a caption tells of what the article tells."""
        alike = likeness(block.string, draft.string)
        if draft.closed:
            return alike >= _CLOSED_LIKENESS
        says_so = self.shapes.caption_start.match(block.string) is not None
        return says_so or len(block.text) <= _SHORTEST_ALONE or alike >= _CAPTION_LIKENESS


def _usual_gap(blocks: Sequence[Block]) -> int:
    """The blank lines that usually stand between two paragraphs of the page."""
    gaps = Counter(b.gap for a, b in pairwise(blocks) if a.form is Form.PROSE and b.form is Form.PROSE)
    return max(gaps.items(), key=lambda item: (item[1], item[0]))[0] if gaps else 0

"""Blocks → drafts of articles: where one begins, what belongs to it, where it ends."""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import Text
from kg.read.blocks import Block, Form
from kg.read.credits import Credits
from kg.read.datelines import split_dateline
from kg.read.draft import Draft, Paragraph
from kg.read.endings import split_ending
from kg.read.heads import is_column, is_kicker, is_subhead, join_lines, quoted_term
from kg.read.openings import all_dated, goes_on, is_report_ahead, opens, usual_gap
from kg.read.shapes import Shapes
from kg.read.wording import PAIR, ends_torn, grams, leans, likeness, pairs_of

_FAR_AHEAD = 8
_LONGEST_SUBHEAD = 32
_HELD = "在于至到从自，、,"  # what a day goes on behind
_STOPS = "！？!?"
_MOST_HEADS = 8
_MOST_ENDINGS = 4
_LONGEST_SECTION = 6
_FEWEST_SECTIONS = 3
_LONGEST_SUMMARY = 2  # paragraphs
_COPIED = 0.9
_TOLD = 0.4  # so much of a headline's wording is in the text below it
_CAPTION_LIKENESS = 0.12
_CLOSED_LIKENESS = 0.25
_CLEARLY_LIKER = 0.15  # so much more of a line without a comma, which may be a headline, is in the text above
_SURELY_NEEDED = 3  # so many more, where the report below has no other headline
_SURELY_TORN = 2  # so many more pairs of characters of a line without a comma
_BEHIND = 0.3  # so much of a headline's wording is in the report that stands above it
_SURELY_BEHIND = 0.5  # where another report follows that has no other headline
_MOST_BEHIND = 4  # lines; more are a list
_CLEARLY_BEHIND = 0.2  # and so much less in what follows
_SHORTEST_ALONE = 24  # a photo that stands alone tells what it shows in a sentence
_TELLING = 6  # pairs of characters of a caption that says what it shows
_BY_CHANCE = 0.2  # of its words that any article has
_TORN_AT_BYLINE = 2  # a byline below the first paragraph or two stands under the summary, not at the end


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
        self.usual_gap = usual_gap(blocks)
        self.all_dated = all_dated(blocks, shapes)

    def run(self) -> list[Draft]:
        """The drafts of the whole page."""
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
            (self.current or self._start()).body.append(Paragraph(block.text, prose=False))
        else:
            if self._begins_anew(block):
                self._start().opened = True
            self._add_prose(block)
        return i + 1

    def _start(self, heads: Sequence[Block] = ()) -> Draft:
        above = self.current
        self.current = Draft(list(heads))
        if above is not None and not (above.heads or above.body or above.captions):
            self.current.reporters, self.current.photographers = above.reporters, above.photographers
        for block in heads:
            self.current.note(*block.repairs)
        self.drafts.append(self.current)
        return self.current

    def _draft(self, string: str) -> Draft:
        """The article that text without a heading belongs to; behind a byline, only text that tells of the same."""
        draft = self.current
        if draft is None or (draft.closed and likeness(string, draft.string) < _CAPTION_LIKENESS):
            return self._start()
        draft.closed = False
        return draft

    def _begins_anew(self, block: Block) -> bool:
        """9月3日,…, and nothing of what was told: another report stands where a column broke off in mid-sentence."""
        draft = self.current
        if draft is None or not draft.is_torn or draft.closed or block.level:
            return False
        day = self.shapes.day_first.match(block.string)
        begins = day is not None and block.string[day.end() : day.end() + 3].lstrip("上下午晚凌晨")[:1] in ("，", ",")
        held = draft.body[-1].text.string[-1] in _HELD
        return begins and not held and likeness(block.string, draft.string) < _CAPTION_LIKENESS

    # --- headings ------------------------------------------------------------------------------------------------

    def _take_group(self, i: int) -> int:
        end = i
        while end < len(self.blocks) and self.blocks[end].form in (Form.HEADING, Form.DAY):
            end += 1
        group = list(self.blocks[i:end])
        group = self._cut_menu(self._cut_sign_off(group), end)
        group = self._cut_head_behind(group, end)
        group = self._cut_torn_end(group, end)
        group = self._cut_column(group, end)
        group = [b for b in group if b.form is Form.HEADING]
        if not group or self._is_slogan(group, end):
            return end
        after = self.blocks[end : end + _FAR_AHEAD]
        if self.current is not None and self._shows_what(group, after):
            self.current.captions += [block.text for block in group]
        elif goes_on(group, after, self.current):
            for block in group:
                self._add_prose(block)
        elif self.all_dated or opens(group, after, self.current, self.usual_gap, self.shapes):
            above = self.current
            draft = self._start(group[:_MOST_HEADS])
            draft.body += [Paragraph(b.text, prose=False) for b in group[_MOST_HEADS:]]
            return self._take_leads(draft, end, above)
        else:
            draft = self._draft(group[0].string)
            draft.body += [_as_subhead(b, last=b is group[-1]) for b in group]
        return end

    def _cut_menu(self, group: list[Block], end: int) -> list[Block]:
        """A site's sections above its headline, taken off the group: short lines that the text does not tell of."""
        ahead = grams(self._text_ahead(end), PAIR)
        for k, block in enumerate(group if self.current is None else ()):
            own = grams(block.string, PAIR)
            if len(own & ahead) >= _TOLD * len(own):
                return group[k:] if k >= _FEWEST_SECTIONS else group
            if block.level or len(block.text) > _LONGEST_SECTION:
                return group
        return group

    def _is_slogan(self, group: Sequence[Block], end: int) -> bool:
        """Whether a line is the page's last, and no word of it is in what stands above: a slogan below the paper."""
        alone = end == len(self.blocks) and len(group) == 1 and not (group[0].level or group[0].loose)
        whole = self.current is not None and bool(self.current.body) and not self.current.is_torn
        told = pairs_of(draft.string for draft in self.drafts)
        return alone and whole and not grams(group[0].string, PAIR) & told

    def _shows_what(self, group: Sequence[Block], after: Sequence[Block]) -> bool:
        """Lines of a site's pictures, between its headline with who wrote it and the report."""
        head = self.current.heads if self.current is not None and len(self.drafts) == 1 else []
        begun = self.current is None or self.current.body or not self.current.reporters
        told = is_report_ahead(after) or any(b.form is Form.PROSE for b in after[:1])
        return bool(head) and not begun and not any(b.level for b in group) and told

    def _cut_sign_off(self, group: list[Block]) -> list[Block]:
        """The office and the day that end a notice, taken off the group that follows it."""
        if self.current is None or not self.current.body:
            return group
        days = [k for k, b in enumerate(group) if b.form is Form.DAY]
        last = days[0] if days else 0
        signed = last <= 2 or self.shapes.office_end.search(group[last - 1].string)
        if days and signed and all(not b.level for b in group[: last + 1]):
            office = max(last - 1, 0)
            self.current.body += [Paragraph(b.text, prose=False) for b in group[:office]]
            self._sign_off(group[office : last + 1])
            return group[last + 1 :]
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

    def _cut_head_behind(self, group: list[Block], end: int) -> list[Block]:
        """The headline of a report that stands below it and not above, taken off the group that follows the report."""
        current = self.current
        if current is None or current.heads or not current.body or current.is_torn or not group or group[0].loose:
            return group
        below = self._form_at(end)
        heads = below in (None, Form.OPENING) if len(group) == 1 else below is not None
        if not heads or len(group) > _MOST_BEHIND or is_subhead(group[0].string):
            return group
        asked = _BEHIND if len(group) > 1 or below is None else _SURELY_BEHIND
        while group and self._is_behind(group, end, current, asked):
            current.heads.append(group.pop(0))
        return group

    def _is_behind(self, group: Sequence[Block], end: int, current: Draft, asked: float) -> bool:
        """Whether the first of some heading lines says what the report above tells, and not what follows."""
        ahead = "".join(b.string for b in group[1:] if not current.heads) + self._text_ahead(end)
        own, here, there = (grams(text, PAIR) for text in (group[0].string, current.string, ahead))
        clearly = len(own & there) <= len(own & here) - _CLEARLY_BEHIND * len(own)
        return len(own & here) >= asked * len(own) and clearly

    def _cut_torn_end(self, group: list[Block], end: int) -> list[Block]:
        """A short last line that lost its full stop belongs to the article whose words it uses, not to the headline."""
        current = self.current
        if not group or current is None or current.closed or not current.body or group[0].level:
            return group
        line = group[0]
        if not self.usual_gap and line.gap:
            return group  # where blank lines part articles and no paragraphs
        comma = "，" in line.string or "," in line.string
        if len(group) == 1 and not comma:
            return group
        ahead = "".join(b.string for b in group[1:]) + (self._report_ahead(end) or self._text_ahead(end))
        if is_kicker(line.string, self.shapes) or line.string[-1] in _STOPS:
            return group
        more = likeness(line.string, current.string) - likeness(line.string, ahead)
        needed = len(group) == 1 and not current.is_torn and self._form_at(end) is Form.OPENING
        margin = _SURELY_NEEDED if needed else 1 if comma else _SURELY_TORN
        if more > _CLEARLY_LIKER or leans(line.string, current.string, ahead, by=margin):
            self._add_prose(line)
            return group[1:]
        return group

    def _cut_column(self, group: list[Block], end: int) -> list[Block]:
        """A column's name between two articles goes to the one that uses its quoted word."""
        current = self.current
        if current is None or not current.body or len(group) < 2 or group[0].form is not Form.HEADING:
            return group
        term = quoted_term(group[0].string)
        if not term or (group[0].level and group[0].level <= group[1].level) or not is_column(group[0].string):
            return group
        ahead = "".join(b.string for b in group[1:]) + self._text_ahead(end)
        if current.has_word(term) and term not in ahead:
            current.kickers.append(group[0].text)
            return group[1:]
        return group

    def _form_at(self, i: int) -> Form | None:
        return self.blocks[i].form if i < len(self.blocks) else None

    def _text_ahead(self, i: int) -> str:
        """The text up to the next heading."""
        strings = []
        while i < len(self.blocks) and self.blocks[i].form is not Form.HEADING:
            strings.append(self.blocks[i].string)
            i += 1
        return "".join(strings)

    def _report_ahead(self, i: int) -> str:
        """The first paragraph of the report that follows."""
        return next((b.string for b in self.blocks[i : i + _FAR_AHEAD] if b.form is Form.OPENING), "")

    def _take_leads(self, draft: Draft, i: int, above: Draft | None) -> int:
        """What stands between a headline and its 本报讯: captions, and summary lines for the kicker."""
        if not is_report_ahead(self.blocks[i : i + _FAR_AHEAD]) or self._tells_itself(draft, i):
            return i
        while i < len(self.blocks) and self.blocks[i].form in (Form.PROSE, Form.CAPTION):
            block = self.blocks[i]
            if above is not None and leans(block.string, above.string, draft.string + self._report_ahead(i)):
                return i  # the headline stands inside the article above
            draft.note(*block.repairs)
            if block.form is Form.CAPTION or not ends_torn(block.string):
                draft.captions.append(block.text)
                draft.credit(block.credits)
            else:
                draft.kickers.append(block.text)
            i += 1
        return i

    def _tells_itself(self, draft: Draft, i: int) -> bool:
        """Whether the text below a headline is its report, and the 本报讯 behind it another's that has lost its own."""
        end = i
        while self._form_at(end) in (Form.PROSE, Form.CAPTION):
            end += 1
        text = "".join(b.string for b in self.blocks[i:end] if b.form is Form.PROSE)
        own, here, there = (
            grams(t, PAIR) for t in ("".join(b.string for b in draft.heads), text, self._text_ahead(end))
        )
        return len(own & here) >= _TOLD * len(own) and len(own & there) <= _BY_CHANCE * len(own)

    # --- text ----------------------------------------------------------------------------------------------------

    def _open_report(self, block: Block) -> None:
        """A dateline: the body of the article whose headline was read, or an article without a headline."""
        draft = self.current
        if draft is not None and self._is_photo_of(draft, block):
            draft.captions += [p.text for p in draft.body]
            draft.body, draft.closed = [], False
        if draft is not None and self._is_summary(draft, block):
            draft.body = []
        if draft is None or draft.body or draft.opened or draft.closed:
            draft = self._photo_above(block) or self._start()
        self.current = draft
        draft.opened = True
        opening = split_dateline(block.text, self.shapes)
        credits, rest = opening if opening else (block.credits, block.text)
        draft.credit(credits)
        if rest:
            self._add_text(draft, rest, block)

    def _is_photo_of(self, draft: Draft, block: Block) -> bool:
        """Whether all that stands below a headline is a signed photo's caption, and the report shows the same."""
        if draft.opened or not (draft.heads and draft.photographers and len(draft.body) == 1):
            return False
        return likeness(draft.body[0].text.string, block.string) >= _CLOSED_LIKENESS

    def _is_summary(self, draft: Draft, block: Block) -> bool:
        """Whether all that stands below a site's headline is what the report says first."""
        alone = draft.heads and not (draft.opened or draft.closed) and 0 < len(draft.body) <= _LONGEST_SUMMARY
        return bool(alone) and all(likeness(p.text.string, block.string) >= _COPIED for p in draft.body)

    def _photo_above(self, block: Block) -> Draft | None:
        """The photo right above a report without a headline, if it shows the same."""
        draft = self.drafts[-1] if self.drafts else None
        if draft is None or draft.heads or draft.body or not draft.captions:
            return None
        alike = likeness(draft.string, block.string)
        return draft if alike >= _CLOSED_LIKENESS else None

    def _add_prose(self, block: Block) -> None:
        self._add_text(self._draft(block.string), block.text, block)

    def _add_text(self, draft: Draft, text: Text, block: Block) -> None:
        draft.note(*block.repairs)
        signed = Credits()
        for _ in range(_MOST_ENDINGS):
            ending = split_ending(text, self.shapes)
            if ending is None:
                break
            text = ending.text.strip()
            draft.credit(ending.credits)
            signed += ending.credits
            draft.closed |= ending.closes
        if text:
            draft.body.append(Paragraph(text, gap=block.gap, joins=block.level == 0, signed=signed))

    def _take_credit(self, block: Block, i: int) -> None:
        """A byline by itself: under a headline it begins the report, behind the text it ends it."""
        draft = self.current
        if draft is None:
            draft = self._start()
        draft.credit(block.credits)
        after = self.blocks[i + 1] if i + 1 < len(self.blocks) else None
        ends = after is None or after.form in (Form.HEADING, Form.OPENING, Form.DAY)
        if draft.body:
            draft.body[-1].signed += block.credits
        if draft.body and block.credits.reporters and (ends or len(draft.body) > _TORN_AT_BYLINE):
            draft.closed = True

    def _take_caption(self, block: Block) -> None:
        draft = self.current
        if draft is not None and self._is_photo(draft, block):
            self._add_prose(block)
        elif draft is not None and (not draft.body or self._shows(draft, block)):
            draft.captions.append(block.text)
        else:
            # A photo that stands alone; the text around it goes on as if it were not there.
            draft = Draft(captions=[block.text])
            self.drafts.append(draft)
            if self.current is None or self.current.closed:
                self.current = None
        draft.note(*block.repairs)
        draft.credit(block.credits)

    def _is_photo(self, draft: Draft, block: Block) -> bool:
        """Whether a signed sentence is the second of a photo's text: no headline, a day, and nothing else yet."""
        begun = len(draft.body) == 1 and not (draft.heads or draft.opened or draft.closed or draft.captions)
        signed = begun and block.credits.photographers and len(block.text) > _SHORTEST_ALONE
        return bool(signed) and self.shapes.day_first.match(draft.body[0].text.string) is not None

    def _shows(self, draft: Draft, block: Block) -> bool:
        """Whether a caption tells of what the article tells."""
        alike = likeness(block.string, draft.string)
        if draft.closed:
            return alike >= _CLOSED_LIKENESS
        says_so = self.shapes.caption_start.match(block.string) is not None
        if (says_so or len(block.text) <= _SHORTEST_ALONE) and not self._is_strange(draft, block):
            return True
        return alike >= _CAPTION_LIKENESS

    def _is_strange(self, draft: Draft, block: Block) -> bool:
        """Whether a photo's signed caption shows what no word of the text around it tells."""
        said = grams(self.shapes.caption_start.sub("", block.string), PAIR)
        told = len(said & grams(draft.string, PAIR))
        return len(said) >= _TELLING and bool(block.credits.photographers) and told <= _BY_CHANCE * len(said)


def _is_long(block: Block) -> bool:
    """Whether a line with a list in it is longer than subheads are: a sentence that broke off."""
    plain = not block.level and not block.string[:1].isdigit()
    return plain and "、" in block.string and len(block.text) > _LONGEST_SUBHEAD


def _as_subhead(block: Block, *, last: bool) -> Paragraph:
    """A heading inside an article; the last of several may be the text's first line and not the subhead's second."""
    torn = last and ((block.loose and ("，" in block.string or "," in block.string)) or _is_long(block))
    return Paragraph(block.text, prose=torn, head=not torn)

"""Lines → typed blocks: what each line of a page is, as far as it shows without its neighbours' meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from kg.model import Text
from kg.read.credits import BULLETS, Credits, is_role, parse_credits, read_credit_line
from kg.read.datelines import split_dateline
from kg.read.dates import find_day
from kg.read.endings import split_ending
from kg.read.lines import BOLD, Line
from kg.read.names import has_surname
from kg.read.patterns import HAN
from kg.read.shapes import Shapes
from kg.read.signatures import parse_signature
from kg.read.wording import PAIR, ends_torn, grams
from kg.read.wraps import join_wrapped
from kg.words import segmenter


class Form(Enum):
    """What a line looks like."""

    HEADING = auto()  # short, no full stop: a headline, a kicker, a subhead, a slogan
    OPENING = auto()  # a report that begins with its dateline or byline
    PROSE = auto()
    CAPTION = auto()  # says it is one (图为…) or ends in 摄
    CREDIT = auto()  # a byline by itself
    ROW = auto()  # key: value in a box
    DAY = auto()  # a date by itself, as under a notice


@dataclass(frozen=True, slots=True)
class Block:
    """A line with its form. `loose` marks a heading that may as well be a short piece of prose."""

    form: Form
    text: Text
    level: int = 0
    gap: int = 0
    indented: bool = False
    credits: Credits = field(default_factory=Credits)
    loose: bool = False
    repairs: tuple[str, ...] = ()

    @property
    def string(self) -> str:
        """The block without its offsets."""
        return self.text.string


_LONGEST_HEADING = 80
_LONGEST_PLAIN_HEADING = 48
_LONGEST_DECK = 90
_LONGEST_CAPTION = 320
_CAPTION_HEAD = 30
_LONGEST_SCENE = 50
_TELLING = 6  # pairs of characters of a sentence that says what a photo shows
_CHRONICLE = range(20, 160)  # the length of a dated line that tells of one happening without a full stop
_SHORTEST_RUN_IN = 6
_LONGEST_RUN_IN = 110
_ROW = re.compile(rf"[{HAN}A-Za-z（）()、/]{{2,14}}\s*[:：]\s*(?=\S)")
_CONTACTS = re.compile(rf"[{HAN}]{{2,6}}\s*[:：][^:：]+\s[{HAN}]{{2,6}}\s*[:：]\s*[\d(（]")
_SHOWN_LAST = re.compile(r"[。！]图为[^。]{2,40}。?$")  # a photo between two halves of a sentence
_KICKED = re.compile(r"[^|]{1,8}\|[^|]{14,}$")  # 65秒 | a headline
_SCENE = re.compile(r"(?:时间|地点|人物|场景)\s*[:：]")
_CELLS = re.compile(r"\S\s*\|\s*\S")
_BULLET = re.compile(r"\s*[■□●○◆◇▲△]\s*(?=\S)")
_NAMES = re.compile(rf"\s*[{HAN}]{{2,3}}(?:[\s、]+[{HAN}]{{2,3}}){{1,2}}\s*")
_GAP = re.compile(r"\s+|(?=[(（])")
_PAUSED = re.compile(r"[。；;（(]")
_DAY_ONLY = re.compile(r"[\s（()）]*$")
_TERMINAL = re.compile(r"[。！？!?；;：:，,、…][”’」』）)】]*$")
_LOOSE = re.compile(r"[，,]|[！？!?][”’」』）)]*$")


def read_blocks(lines: Sequence[Line], shapes: Shapes) -> tuple[Block, ...]:
    """The lines as blocks; a photo's credit line is put to its caption."""
    forms = [
        block
        for line in join_wrapped(lines, shapes)
        for part in _split_run(line, shapes)
        for block in _split_line(part, shapes)
    ]
    settled = _settle_heads(_settle_briefs(list(_settle_rows(forms)), shapes), shapes)
    return tuple(_join_captions(_settle_bylines(list(settled), shapes), shapes))


def _settle_bylines(blocks: list[Block], shapes: Shapes) -> Iterator[Block]:
    """赵大有 钱小川, names and nothing else between a headline and its text, or below the text: who wrote it."""
    forms = [None, *(block.form for block in blocks), None]
    for i, (above, block, below) in enumerate(zip(forms, blocks, forms[2:], strict=False)):
        between = above is Form.HEADING and below in (Form.PROSE, Form.OPENING)
        ends = above is Form.PROSE and below in (None, Form.HEADING) and not ends_torn(blocks[i - 1].string)
        names = _NAMES.fullmatch(block.string) if (between or ends) and not block.level else None
        plain = names and all(segmenter().tag(name)[:2] in ("", "nr") for name in block.string.split())
        credits = _all_people(parse_signature(block.text, shapes), shapes) if plain else None
        yield replace(block, form=Form.CREDIT, credits=credits) if credits else block


def _split_run(line: Line, shapes: Shapes) -> Iterator[Line]:
    """Articles that run together in one line, parted by blanks: …陪同。 王军检查防汛 3月3日,…"""
    start = 0
    for found in shapes.next_article.finditer(line.string):
        if shapes.dateline.match(line.string, found.start("head")):
            continue  # 云上清河讯 9月3日,…
        if found.start():
            yield replace(line, text=line.text[start : found.start()].strip())
        # The headline that the blanks show is one, whatever its length.
        yield replace(line, text=line.text[found.start("head") : found.end("head")].strip(), level=1)
        start = found.end()
    yield replace(line, text=line.text[start:].strip(), level=0, gap=0) if start else line


def _split_line(line: Line, shapes: Shapes) -> Iterator[Block]:
    """A line as one block, or as two where a headline runs into the dateline behind it."""
    base = _strip_label(Block(Form.PROSE, line.text, line.level, line.gap, line.indented, repairs=line.repairs), shapes)
    if not base.text:
        return
    opens = split_dateline(base.text, shapes) and not _is_run_in(base.string, shapes)
    cut = None if opens else _find_dateline(base.string, shapes)
    if cut is None:
        yield _form(base, shapes)
        return
    head = base.text[:cut].strip()
    while head and head.string[-1] in "，,—-|":
        head = head[:-1].strip()
    yield replace(base, form=Form.HEADING, text=head)
    yield replace(_form(replace(base, text=base.text[cut:].strip(), level=0, gap=0), shapes), form=Form.OPENING)


def _strip_label(block: Block, shapes: Shapes) -> Block:
    """标题:… and 副题:… are headings, whatever the line looks like; 正文: only goes."""
    label = shapes.label.match(block.string)
    if label is None:
        return block
    levels = {"headline_label": 1, "kicker_label": 2}
    return replace(block, text=block.text[label.end() :], level=levels.get(label.lastgroup or "", block.level))


def _is_run_in(string: str, shapes: Shapes) -> bool:
    """山洪冲毁石桥本报讯: no medium's name, but a headline and 本报讯 right behind."""
    found = shapes.own_dateline.search(string, 0, _LONGEST_RUN_IN)
    return found is not None and found.start() >= _SHORTEST_RUN_IN and string[found.start() - 1] not in "-—/"


def _find_dateline(string: str, shapes: Shapes) -> int | None:
    """Where a dateline stands in a line behind a headline that was run into it."""
    window = string[:_LONGEST_RUN_IN]
    found = shapes.own_dateline.search(window) or shapes.byline_bracket.search(window)
    start = found.start() if found else None
    if start is None:
        for blank in re.finditer(r"[\s，,]", window):
            if shapes.dateline.match(window, blank.end()) and not shapes.dateline.match(window):
                start = blank.end()
                break
    if start is None or start < _SHORTEST_RUN_IN:
        return None
    head = string[:start].rstrip(" \t\u3000，,")
    plain = not re.search(r"[。；;]|^(?:据|\d{1,2}月)", head) and not shapes.near_day_word.match(head)
    return start if plain and len(head) >= _SHORTEST_RUN_IN and not head.endswith(("据", "“", "《", "在")) else None


def _form(block: Block, shapes: Shapes) -> Block:
    string = block.string
    opening = split_dateline(block.text, shapes)
    # （记者 王茵） by itself is a byline, not the opening of a report.
    if opening and (opening[1] or shapes.dateline.match(string.lstrip(BULLETS))):
        return replace(block, form=Form.OPENING)
    credits = read_credit_line(block.text, shapes) or _marked(block.text, shapes) or _told_for(block.text, shapes)
    if credits:
        return replace(block, form=Form.CREDIT, credits=credits)
    if is_role(string, shapes) or shapes.picture_from.fullmatch(string):
        return replace(block, form=Form.CREDIT)
    if not block.level and _CELLS.search(string) and "。" not in string and not _KICKED.match(string):
        return replace(block, form=Form.ROW)
    if len(string) <= _LONGEST_CAPTION and not block.level:
        ending = split_ending(block.text, shapes)
        if ending and ending.text and ending.credits.is_photo:
            return replace(block, form=Form.CAPTION, text=ending.text.strip(), credits=ending.credits)
        if shapes.caption_start.match(string) and len(string) <= 160:
            signed = ending.credits if ending and ending.text else Credits()
            return replace(block, form=Form.CAPTION, text=ending.text.strip() if ending else block.text, credits=signed)
    if not block.level and len(string) <= _LONGEST_PLAIN_HEADING and (shown := _photographed(block.text, shapes)):
        return replace(block, form=Form.CAPTION, text=shown[0], credits=shown[1])
    if shapes.scene_caption.fullmatch(string) and not block.level:
        return replace(block, form=Form.CAPTION)
    found = find_day(string)
    if found and len(string) in _CHRONICLE and not block.level and _is_chronicle(string, found[1], found[2]):
        return replace(block, form=Form.CAPTION)
    if found and _DAY_ONLY.match(string[: found[1]]) and _DAY_ONLY.match(string[found[2] :]):
        return replace(block, form=Form.DAY)
    if not block.level and _CONTACTS.search(string) and shapes.contact.match(string):
        return replace(block, form=Form.ROW)  # 地址:… 邮编:136200, of whomever
    if _is_heading(block, shapes) and not _is_ending(block.text, shapes):
        loose = not block.level and _LOOSE.search(string) is not None
        return replace(block, form=Form.HEADING, loose=loose)
    return block


def _is_chronicle(string: str, start: int, end: int) -> bool:
    """2021年3月2日,区长赵大有到光明街道调研: under a photo, or a line of a chronicle."""
    return start == 0 and string[end : end + 1] in ("，", ",") and "。" not in string and not _TERMINAL.search(string)


def _is_ending(text: Text, shapes: Shapes) -> bool:
    """Whether a line is nothing but brackets that end an article: （完）【编辑：赵大有】."""
    while text and (ending := split_ending(text, shapes)):
        text = ending.text.strip()
    return not text


def _marked(text: Text, shapes: Shapes) -> Credits | None:
    """(记者 赵大有) in brackets, or □赵大有 钱小川 behind a mark."""
    if bullet := _BULLET.match(text.string):
        return _all_people(parse_signature(text[bullet.end() :], shapes), shapes)
    match = re.fullmatch(r"\s*[（(【\[](.{2,60})[)）】\]]\s*", text.string)
    if match is None or shapes.end_mark.match(match[1]):
        return None
    return parse_credits(text[match.start(1) : match.end(1)], shapes)


def _photographed(text: Text, shapes: Shapes) -> tuple[Text, Credits] | None:
    """活动现场 赵大有 摄: what a photo shows, without a full stop, and who took it."""
    for gap in _GAP.finditer(text.string):
        credits = read_credit_line(text[gap.end() :], shapes)
        if credits and credits.is_photo and all(has_surname(one.name, shapes) for one in credits.photographers):
            shown = text[: gap.start()].strip()
            told = shown and not shapes.role.match(shown.string) and not _PAUSED.search(shown.string)
            return (shown, credits) if told else None
    return None


def _told_for(text: Text, shapes: Shapes) -> Credits | None:
    """清河网教育频道:赵大有 钱小川: the names behind the medium, each with a surname."""
    told = shapes.medium_byline.fullmatch(text.string)
    if told is None:
        return None
    return _all_people(parse_signature(text[told.start("names") : told.end("names")], shapes), shapes)


def _all_people(signed: Credits | None, shapes: Shapes) -> Credits | None:
    """Names that are people's: each has a surname."""
    return signed if signed and all(has_surname(credit.name, shapes) for credit in signed.reporters) else None


def _is_heading(block: Block, shapes: Shapes) -> bool:
    string = block.string
    if "。" in string or len(string) > (_LONGEST_HEADING if block.level else _LONGEST_PLAIN_HEADING):
        return False
    if block.level and block.level < BOLD:
        return True
    if shapes.never_last.search(string) or (_TERMINAL.search(string) and not re.search(r"[！？!?][”’」』]?$", string)):
        return False
    return len(string) >= 2


def _settle_rows(blocks: Sequence[Block]) -> Iterator[Block]:
    """Two lines or more that begin with a key, or one whose value is a number, are rows of a box."""
    keyed = [b.form is Form.HEADING and not b.level and _ROW.match(b.string) is not None for b in blocks]
    for i, block in enumerate(blocks):
        if keyed[i] and (i or not _is_key(blocks[i + 1 : i + 2])):
            beside = (i and keyed[i - 1]) or (i + 1 < len(keyed) and keyed[i + 1])
            value = block.string[_ROW.match(block.string).end() :]  # type: ignore[union-attr]
            reported = i + 1 < len(blocks) and blocks[i + 1].form is Form.OPENING  # 清河:4月1日起,调整…
            if beside or (re.match(r"[\d（(]*\d", value) and not reported):
                yield replace(block, form=Form.ROW)
                continue
        yield block


def _is_key(after: Sequence[Block]) -> bool:
    """时间:…, 地点:… right below a page's first line, which is then a headline though it has a colon too."""
    return bool(after) and _SCENE.match(after[0].string) is not None


def _settle_briefs(blocks: list[Block], shapes: Shapes) -> list[Block]:
    """◆9月16日,…: paragraphs that each begin with an ornament and a day, or are signed, are articles of their own."""
    briefs = [i for i, b in enumerate(blocks) if b.form is Form.PROSE and _is_brief(b, shapes)]
    if len(briefs) > 1:
        ornaments = {blocks[i].string[0] for i in briefs}
        briefs = [i for i, b in enumerate(blocks) if b.form is Form.PROSE and b.string[0] in ornaments]
        for i in briefs:
            blocks[i] = replace(blocks[i], form=Form.OPENING)
    return blocks


def _is_brief(block: Block, shapes: Shapes) -> bool:
    """Whether a paragraph begins as a brief does, or with an ornament and ends with who wrote it."""
    if shapes.brief.match(block.string):
        return True
    ending = split_ending(block.text, shapes) if _BULLET.match(block.string) else None
    return ending is not None and bool(ending.text and ending.credits.reporters)


def _settle_heads(blocks: list[Block], shapes: Shapes) -> list[Block]:
    """A headline or a summary line longer than most is told by where it stands: above a report, behind a full stop."""
    leads = direct = False  # whether a report begins below; right below
    for i in range(len(blocks) - 1, -1, -1):
        block, above = blocks[i], blocks[i - 1] if i else None
        free = above is None or above.form is not Form.PROSE or _TERMINAL.search(above.string) is not None
        if free and ((leads and _may_be_head(block, shapes)) or (direct and block.form is Form.HEADING)):
            torn = block.form is Form.PROSE and _LOOSE.search(block.string) is not None
            blocks[i] = block = replace(block, form=Form.HEADING, loose=torn)
        dated = block.form is Form.PROSE and shapes.day_first.match(block.string) is not None
        direct = block.form is Form.OPENING or dated
        leads = direct or (leads and block.form is Form.HEADING)
    return blocks


def _may_be_head(block: Block, shapes: Shapes) -> bool:
    string = block.string
    if block.form is not Form.PROSE or len(string) > _LONGEST_DECK or "。" in string or _TERMINAL.search(string):
        return False
    dated = shapes.day_first.match(string) or find_day(string[:12])
    return not (shapes.never_last.search(string) or dated or _is_ending(block.text, shapes))


def _join_captions(blocks: Iterator[Block], shapes: Shapes) -> Iterator[Block]:
    """A caption and the 本报记者 … 摄 on the line below it are one block."""
    held: Block | None = None
    inside, above = False, ""  # whether the block held follows a paragraph, and which
    for block in blocks:
        apart = not inside or (held is not None and (_tells_a_day(held, shapes) or _is_strange(held, above)))
        apart |= held is not None and ends_torn(above) and _SHOWN_LAST.search(held.string) is not None
        own = held is not None and apart and _may_be_caption(held)
        if block.form is Form.CREDIT and block.credits.is_photo and held is not None and own:
            held = replace(held, form=Form.CAPTION, credits=held.credits + block.credits)
            continue
        if held is not None:
            yield held
        inside = held is not None and held.form in (Form.PROSE, Form.OPENING) and "。" in held.string
        above = held.string if held is not None else ""
        held = block
    if held is not None:
        yield held


def _is_strange(block: Block, above: str) -> bool:
    """Whether a short sentence has no word of the paragraph above it."""
    said = grams(block.string, PAIR)
    short = len(block.text) <= _LONGEST_SCENE and "。" not in block.string.rstrip("。")
    return short and len(said) >= _TELLING and not said & grams(above, PAIR)


def _may_be_caption(block: Block) -> bool:
    return block.form in (Form.PROSE, Form.CAPTION) and not block.level and len(block.text) <= _LONGEST_CAPTION


def _tells_a_day(block: Block, shapes: Shapes) -> bool:
    """9月3日,…, 图为…: how a caption begins, and no second paragraph of an article need."""
    head = block.string[:_CAPTION_HEAD]
    return find_day(head) is not None or shapes.day_first.search(head) is not None or "图" in head

"""What OCR and layout break, mended where it is certain: loops, passages printed twice, fragments away from home.

Every mending only leaves text out or changes its order; what is kept keeps its offsets in the page file.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.model import Text
from kg.read.blocks import Block, Form
from kg.read.draft import Draft
from kg.read.lines import Line
from kg.read.patterns import HAN
from kg.read.wording import PAIR, ends_torn, grams

CUT_LOOP = "cut an OCR loop"
DROPPED = "dropped a passage printed twice"
MOVED = "brought a fragment home"

_SHORTEST_LOOP = 12
_LONGEST_LINE = 60  # characters of a column's width
_SHORTEST_DOUBLE = 30
_SHORTEST_SCRAP = 16
_ONE_MISREAD = 40
_SHINGLE = 8
_LONG_PIECE = 24
_FEW_MORE = 10
_MOSTLY_THERE = 0.8
_PAUSE = re.compile("[，,、；;]")
_SURELY = 2  # times as many words that a passage shares with its own article
_CANDIDATES = 4
_WORDLESS = re.compile(rf"[^{HAN}A-Za-z0-9]+")
_NUMBERS = re.compile(r"[^0-9〇零一二三四五六七八九十百千万亿]+")


# --- loops ------------------------------------------------------------------------------------------------------


def cut_loops(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Each line without what the OCR repeated at once, and without lines repeated at once."""
    kept: list[Line] = []
    for line in lines:
        if kept and len(line.text) >= _SHORTEST_LOOP and line.string == kept[-1].string and _is_words(line.string):
            kept[-1] = replace(kept[-1], repairs=(*kept[-1].repairs, CUT_LOOP))
            continue
        text = cut_loop(line.text)
        repairs = line.repairs if text is line.text else (*line.repairs, CUT_LOOP)
        kept.append(replace(line, text=text, repairs=repairs))
    return tuple(kept)


def cut_doubled_lines(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of a page without those of a column that were printed before, two or more of them in a row."""
    first: dict[tuple[str, str], int] = {}
    kept: list[Line] = []
    i = 0
    while i < len(lines):
        pair = (lines[i].string, lines[i + 1].string) if i + 1 < len(lines) else ("", "")
        at = first.setdefault(pair, i)
        if at + 1 >= i or not _is_broken(pair[0]) or not _is_words(pair[0]):
            kept.append(lines[i])
            i += 1
            continue
        while i < len(lines) and at < i and lines[i].string == lines[at].string:
            i, at = i + 1, at + 1
        if kept:
            kept[-1] = replace(kept[-1], repairs=(*kept[-1].repairs, DROPPED))
    return tuple(kept)


def _is_broken(string: str) -> bool:
    """Whether a line is one of a column's that a sentence runs through."""
    return _SHORTEST_LOOP <= len(string) <= _LONGEST_LINE and ends_torn(string)


def cut_loop(text: Text) -> Text:
    """A text in which no stretch of twelve characters or more follows itself.

    >>> cut_loop(Text.of("会议强调,要抓好防汛抗旱各项工作,要抓好防汛抗旱各项工作,要抓好防汛抗旱各项工作。")).string
    '会议强调,要抓好防汛抗旱各项工作。'
    """
    kept: list[Text] = []
    done = 0
    for start, end in _loops(text.string):
        kept.append(text[done:start])
        done = end
    return Text.join([*kept, text[done:]]) if kept else text


def _loops(string: str) -> Iterator[tuple[int, int]]:
    """The stretches to leave out: every copy but the first."""
    seen: dict[str, int] = {}
    i = 0
    while i + _SHORTEST_LOOP <= len(string):
        gram = string[i : i + _SHORTEST_LOOP]
        first = seen.get(gram)
        seen[gram] = i
        period = i - first if first is not None else 0
        if first is None or period < _SHORTEST_LOOP or string[first:i] != string[i : i + period]:
            i += 1
            continue
        end = i
        while end < len(string) and string[end] == string[end - period]:
            end += 1
        copies = (end - i) // period
        if _is_words(string[first:i]):
            yield i, i + copies * period
        i = max(end - _SHORTEST_LOOP + 1, i + 1)


def _is_words(string: str) -> bool:
    """Whether a stretch says something; a row of dots or dashes may repeat itself."""
    return len(set(_WORDLESS.sub("", string))) >= 6


def drop_copied_lines(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks of a page without torn pieces of a sentence that stands whole elsewhere, which look like headlines."""
    begun = next((i for i, block in enumerate(blocks) if block.form in (Form.PROSE, Form.OPENING)), len(blocks))
    pieces = [i for i, block in enumerate(blocks) if i > begun and _is_piece(block)]
    if not pieces:
        return tuple(blocks)
    words = [_WORDLESS.sub("", block.string) for block in blocks]
    copied = {i for i in pieces if any(_is_in(words[i], other) for k, other in enumerate(words) if k != i)}
    for i in [i for i in copied if i + 1 < len(words)]:
        goes_on = words[i] + words[i + 1][:_FEW_MORE]  # a sentence of two lines is no piece
        if any(goes_on in other for other in words):
            copied.remove(i)
    return tuple(block for i, block in enumerate(blocks) if i not in copied)


def _is_piece(block: Block) -> bool:
    """Whether a line may be a piece of a sentence: long, with a pause in it, and no end."""
    plain = block.form in (Form.HEADING, Form.PROSE) and not block.level
    return plain and len(block.text) >= _LONG_PIECE and ends_torn(block.string) and bool(_PAUSE.search(block.string))


def _is_in(piece: str, whole: str) -> bool:
    """Whether a longer text has the words of a piece, but for a few misread characters."""
    if len(whole) < len(piece) + _FEW_MORE:
        return False
    probes = _shingles(piece, 4)
    return piece in whole or sum(probe in whole for probe in probes) >= _MOSTLY_THERE * len(probes)


# --- passages printed twice -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Place:
    draft: int
    paragraph: int


class _Passages:
    """The body paragraphs of a page without blanks and punctuation, and an index to find one in another."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self.drafts = drafts
        self.words: dict[_Place, str] = {
            _Place(d, p): _WORDLESS.sub("", paragraph.text.string)
            for d, draft in enumerate(drafts)
            for p, paragraph in enumerate(draft.body)
            if paragraph.prose
        }
        self.index: dict[str, list[_Place]] = defaultdict(list)
        for place, words in self.words.items():
            if len(words) >= _SHORTEST_DOUBLE:
                for shingle in {words[i : i + _SHINGLE] for i in range(len(words) - _SHINGLE + 1)}:
                    if len(self.index[shingle]) <= _CANDIDATES:
                        self.index[shingle].append(place)

    def shortest(self, part: _Place) -> int:
        """How long a paragraph must be to be looked for elsewhere: a scrap that stands alone may be short."""
        draft = self.drafts[part.draft]
        alone = not (draft.heads or draft.opened) and self.is_whole_body(part)
        return _SHORTEST_SCRAP if alone else _SHORTEST_DOUBLE

    def wholes(self, part: _Place) -> list[_Place]:
        """The other paragraphs that have all the words of this one."""
        words = self.words[part]
        probes = (words[i : i + _SHINGLE] for i in range(0, len(words) - _SHINGLE + 1, max(1, len(words) // 12)))
        votes = Counter(place for probe in probes for place in self.index.get(probe, ()) if place != part)
        likely = sorted(votes, key=lambda place: (-votes[place], place.draft, place.paragraph))[:_CANDIDATES]
        return [place for place in likely if self._has(place, words)]

    def _has(self, whole: _Place, words: str) -> bool:
        if words in self.words[whole]:
            return True
        if len(words) > len(self.words[whole]) * 1.02 + 1:
            return False
        if len(words) < _SHORTEST_DOUBLE:
            return False
        # One misread character in forty; a number is never a misreading.
        if _NUMBERS.sub("", words) not in _NUMBERS.sub("", self.words[whole]):
            return False
        misread = len(_shingles(words, 4) - _shingles(self.words[whole], 4))
        return misread <= 4 * max(1, len(words) // _ONE_MISREAD)

    def is_whole_body(self, place: _Place) -> bool:
        """Whether a paragraph is all the prose its article has."""
        return sum(other.draft == place.draft for other in self.words) == 1


def _shingles(words: str, size: int) -> set[str]:
    return {words[i : i + size] for i in range(len(words) - size + 1)}


def drop_doubles(drafts: list[Draft]) -> None:
    """Leave out what is printed twice, and keep the copy that stands in its context."""
    passages = _Passages(drafts)
    dropped: dict[_Place, _Place] = {}
    for place in passages.words:
        if len(passages.words[place]) < passages.shortest(place) or place in dropped:
            continue
        for whole in passages.wholes(place):
            if whole in dropped:
                continue
            loser = _loser(place, whole, passages, dropped)
            if loser is not None:
                dropped[loser] = whole if loser == place else place
                break
    for place, kept in dropped.items():
        drafts[place.draft].body[place.paragraph].text = drafts[place.draft].body[place.paragraph].text[:0]
        drafts[kept.draft].note(DROPPED)
        drafts[place.draft].note(DROPPED)
    for draft in drafts:
        draft.body = [paragraph for paragraph in draft.body if paragraph.text]


def _loser(part: _Place, whole: _Place, passages: _Passages, dropped: dict[_Place, _Place]) -> _Place | None:
    """Which of two copies goes; None where that cannot be told."""
    mine, theirs = passages.words[part], passages.words[whole]
    if len(theirs) > len(mine) * 1.02 + 2:
        return part if _may_go(part, passages) else None
    for a, b in ((part, whole), (whole, part)):
        # The copy that goes with what went, while its twin goes with what stayed.
        before = dropped.get(_Place(a.draft, a.paragraph - 1))
        if before is not None and before.draft == b.draft and abs(b.paragraph - before.paragraph) <= 1:
            return a
    if part.draft == whole.draft:
        return max(part, whole, key=lambda place: place.paragraph)
    return _stranger(part, whole, passages)


def _may_go(part: _Place, passages: _Passages) -> bool:
    """An article's only paragraph or the one behind its dateline stays, whoever else prints it, but for torn copies."""
    draft = passages.drafts[part.draft]
    headed = bool(draft.heads) or (draft.opened and not (draft.is_torn and len(draft.body) == 1))
    return not (headed and (part.paragraph == 0 or passages.is_whole_body(part)))


def _stranger(one: _Place, other: _Place, passages: _Passages) -> _Place | None:
    """Of two equal paragraphs in two articles, the one that shares clearly fewer words with its article.

    Where neither does, the one that stands behind an article's end, and not inside one; else the one that shares fewer.
    """
    wanted = grams(passages.words[one], PAIR)
    here, there = (_context(place, passages) for place in (one, other))
    mine, theirs = _shares(wanted, here, there), _shares(wanted, there, here)
    loser = one if mine < theirs else other
    if max(mine, theirs) < _SURELY * min(mine, theirs) or not max(mine, theirs):
        behind = [place for place in (one, other) if place.paragraph == len(passages.drafts[place.draft].body) - 1]
        if len(behind) != 1 and mine == theirs:
            return None
        loser = behind[0] if len(behind) == 1 else loser
    return loser if _may_go(loser, passages) else None


def _shares(wanted: frozenset[str], here: frozenset[str], there: frozenset[str]) -> float:
    """How many words a passage shares with one article alone; a long one shares words with everything."""
    only = here - there
    return len(wanted & only) / math.sqrt(max(1, len(only)))


def _context(place: _Place, passages: _Passages) -> frozenset[str]:
    draft = passages.drafts[place.draft]
    texts = [b.string for b in draft.heads]
    texts += [p.text.string for i, p in enumerate(draft.body) if i != place.paragraph]
    return grams("\n".join(texts), PAIR)


# --- fragments ---------------------------------------------------------------------------------------------------


def bring_home(drafts: list[Draft]) -> None:
    """A piece without headline or dateline is the rest of the one article whose last paragraph is torn.

    Only where the page has exactly one such article and one such piece: else it stays where it is.
    """
    torn = [d for d in drafts if d.is_torn and (d.heads or d.opened) and not d.closed]
    orphans = [d for d in drafts if _is_orphan(d)]
    if len(torn) != 1 or len(orphans) != 1 or torn[0] is orphans[0]:
        return
    home, orphan = torn[0], orphans[0]
    if ends_torn(orphan.body[-1].text.string):
        return
    home.body[-1].text += orphan.body[0].text
    home.body += orphan.body[1:]
    home.captions += orphan.captions
    home.reporters += orphan.reporters
    home.photographers += orphan.photographers
    home.note(*orphan.repairs, MOVED)
    drafts.remove(orphan)


def _is_orphan(draft: Draft) -> bool:
    return not draft.heads and not draft.opened and bool(draft.body) and draft.body[0].prose

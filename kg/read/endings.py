"""What stands behind the last sentence of a paragraph: a byline, a signature, an end mark."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model import Text
from kg.read.credits import STOP, Credits, is_nobody, parse_credits, read_credit_line, tokens_of
from kg.read.names import has_surname
from kg.read.patterns import CLOSE, HAN, OPEN
from kg.read.shapes import Shapes
from kg.read.signatures import parse_signature
from kg.words import segmenter

_BRACKET_BEHIND = re.compile(rf"\s*[{OPEN}]([^{OPEN}{CLOSE}]{{1,60}})[{CLOSE}]\s*[。.?？]?\s*$")
_AFTER_STOP = re.compile(rf"[{STOP}][”’」』）)】]*\s*([^{STOP}]{{2,50}})$")
_STAMP = re.compile(r"\s*(?:(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}|[①-⑳]\d{0,2})\s*$")  # (医务部供稿)2006.01.27
_CIRCLED = re.compile(r"[①-⑳]\d{0,2}")
_MARKED = re.compile(rf"[■□◎○●◆◇]\s*([{HAN}]{{2,3}}(?:[\s、]+[{HAN}]{{2,3}}){{0,3}})\s*$")  # ■赵大有 钱小川
_NAMES = re.compile(rf"[{HAN}]{{2,3}}(?:[\s]+[{HAN}]{{2,3}}){{1,4}}$")  # …赵大有 钱川, at the end of all
_ALONE = re.compile(rf"[{STOP}][”’」』）)】]*\s*([{HAN}]{{2,3}}(?:[\s、]+[{HAN}]{{2,3}}){{0,2}})\s*$")
_TAKEN_FROM = re.compile(
    r"\s*(?:原载|转自|转载自|摘自|据|来源[:：]?)\s*《[^》]{2,16}》[^，,]{0,24}[，,]\s*"
)  # (原载《清河日报》…,记者 赵大有)
_STOPPED = re.compile(rf"[{STOP}][”’」』）)】]*|[）)】]")
_LONGEST_OFFICE = 20
_CLOSED = tuple(STOP + "”’」』）)】")
_ENDING = 80  # a byline stands in the last characters of a paragraph


@dataclass(frozen=True, slots=True)
class Ending:
    """A paragraph without what stands behind its last sentence, and the names that stood there."""

    text: Text
    credits: Credits
    closes: bool = True  # no paragraph follows


def split_ending(text: Text, shapes: Shapes) -> Ending | None:
    """The byline, signature or end mark that closes a paragraph, or None.

    >>> from kg.lexicon import load_lexicon
    >>> ending = split_ending(Text.of("雨停了。（通讯员 赵大有）"), Shapes(load_lexicon()))
    >>> ending.text.string, [c.name for c in ending.credits.reporters]
    ('雨停了。', ['赵大有'])
    """
    window = max(len(text) - _ENDING, 0)
    if (stamp := _STAMP.search(text.string, window)) and text.string[: stamp.start()][-1:] in _CLOSED:
        return Ending(text[: stamp.start()].strip(), Credits())
    if (circled := _CIRCLED.match(text.string)) and circled.end() == len(text):
        return Ending(text[:0], Credits())
    hint = shapes.hint.search(text.string, window)
    if hint and text.string[: hint.start()][-1:] in ("", *_CLOSED):
        return Ending(text[: hint.start()].strip(), Credits())
    if (marked := _MARKED.search(text.string, window)) and text.string[: marked.start()].rstrip()[-1:] in (
        "",
        *_CLOSED,
    ):
        signed = parse_signature(text[marked.start(1) :], shapes)
        if signed and all(segmenter().tag(c.name)[:2] in ("", "nr") for c in signed.reporters):
            return Ending(text[: marked.start()].strip(), signed)
    if (tip := shapes.tip.search(text.string, window)) and text.string[: tip.start()][-1:] in _CLOSED:
        return Ending(text[: tip.start()].strip(), Credits())
    if bracket := _BRACKET_BEHIND.search(text.string, window):
        inside = text[bracket.start(1) : bracket.end(1)]
        if told := _signed_for(text[: bracket.start()], inside, shapes):
            return told
        return _read_bracket(text[: bracket.start()], inside, shapes)
    if (fields := _fields_behind(text, window, shapes)) is not None:
        return Ending(text[:fields].strip(), Credits())
    tail = _AFTER_STOP.search(text.string, window)
    if tail and (
        credits := read_credit_line(text[tail.start(1) :], shapes) or _taken_by(text[tail.start(1) :], shapes)
    ):
        return Ending(text[: tail.start(1)].strip(), credits)
    if tail and _NAMES.match(tail[1]) and (signed := parse_signature(text[tail.start(1) :], shapes)):
        people = sum(not credit.pen_name for credit in signed.reporters)
        return Ending(text[: tail.start(1)].strip(), signed) if 2 * people > len(signed.reporters) > 1 else None
    return None


def _fields_behind(text: Text, window: int, shapes: Shapes) -> int | None:
    """Where a site's fields begin that were run into the last paragraph: …。(赵大有) 来源:《清河日报》."""
    for stop in _STOPPED.finditer(text.string, window):
        behind = text.string[stop.end() :]
        named = shapes.staff_name.fullmatch(behind.strip())
        if named and has_surname(named[2], shapes):
            return stop.end()  # …。编辑赵大有
        if shapes.staff_or_source.match(behind) and ":" in behind.replace("：", ":") and "。" not in behind:
            return stop.end()
    return None


def _taken_by(tail: Text, shapes: Shapes) -> Credits | None:
    """准轩 摄: behind the last sentence, whoever took the photo needs no surname, but is no word of every day."""
    credits = parse_credits(tail, shapes)
    taken = credits.photographers if credits and credits.is_photo else ()
    return credits if taken and all(segmenter().tag(c.name)[:2] in ("", "nr") for c in taken) else None


def split_name(text: Text, shapes: Shapes) -> Ending | None:
    """…进一步审理中。赵大有: behind the last sentence of all, a name and nothing else."""
    names = _ALONE.search(text.string, max(len(text) - _ENDING, 0))
    signed = parse_signature(text[names.start(1) :], shapes) if names else None
    if names is None or signed is None:
        return None
    people = all(has_surname(c.name, shapes) and segmenter().tag(c.name)[:2] in ("", "nr") for c in signed.reporters)
    return Ending(text[: names.start(1)].strip(), signed) if people else None


def _signed_for(before: Text, inside: Text, shapes: Shapes) -> Ending | None:
    """…进一步审理中。赵大有(清河晚报): behind the last sentence a name, and in brackets the paper it wrote for."""
    names = _ALONE.search(before.string, max(len(before) - _ENDING, 0))
    if names is None or not re.fullmatch(shapes.media, inside.string):
        return None
    signed = parse_signature(before[names.start(1) :], shapes)
    people = signed and all(has_surname(credit.name, shapes) for credit in signed.reporters)
    return Ending(before[: names.start(1)].strip(), signed) if signed and people else None


def _read_bracket(before: Text, inside: Text, shapes: Shapes) -> Ending | None:
    """What the bracket at the end of a paragraph is, None where it belongs to the text."""
    string = inside.string
    if shapes.picture_from.fullmatch(string) or (before and shapes.aside.match(string)):
        return Ending(before, Credits(), closes=False)
    if shapes.staff_or_source.match(string) or shapes.end_mark.match(string):
        return Ending(before, Credits())
    if taken := _TAKEN_FROM.match(string):
        return Ending(before, parse_credits(inside[taken.end() :], shapes) or Credits())
    if credits := parse_credits(inside, shapes):
        return Ending(before, credits)
    if before and before.string[-1] not in STOP + "”’」』）)":
        return None
    if signed := parse_signature(inside, shapes):
        return Ending(before, signed)
    # An office that signs is no person: (某省纪委监委), (县水利局 供稿).
    words = tokens_of(inside, shapes) or []
    if 0 < len(string) <= _LONGEST_OFFICE and words and all(is_nobody(word, shapes) for word in words):
        return Ending(before, Credits())
    return None

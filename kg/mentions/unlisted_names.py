"""Names that no list of surnames shows: 扎西多吉, Pierre Martin, 柳 青, and strings that may be names in a list."""

from __future__ import annotations

import re

from kg.mentions.line import HAN, Line
from kg.mentions.names import NameReader
from kg.words import segmenter

_HAN_NAME = re.compile(r"[\u3400-\u9fff]{2,4}$")
_SPACED = re.compile(r"[\u4e00-\u9fff] {1,3}[\u4e00-\u9fff](?=[、,。;:()\s]|$|[\u4e00-\u9fff]{1,6})")
_LATIN = re.compile(r"[A-Z][A-Za-z'’-]+(?: (?:[A-Z]\.|[A-Z][A-Za-z'’-]+))+")
_NO_NAME = tuple("vpucdm")  # what follows a name of two characters, and is no third
_AHEAD = 6
_LISTED = frozenset("等、")
_COUNTS = re.compile("两|[一二三四五六七八九十百数几][位名个家]")


def without_surname(
    reader: NameReader, line: Line, position: int, taken: frozenset[int], stops: frozenset[int]
) -> str | None:
    """扎西多吉, 乌兰托娅: right behind a post a name need not have a surname, if nothing in it is a common word."""
    words = line.lexicon.words
    for length in (6, 5, 4, 3, 2):
        end = position + length
        whole = length > 3 and _is_unsurnamed(line, line.string[position:end])
        if length > 4 and reader.ending(line, end, stops) < 3 and not whole:
            continue  # 额登毕力格, up to a mark
        name = line.string[position:end]
        if len(name) < length or not all(map(HAN.match, name)) or taken & set(range(position, end)):
            continue
        parts = segmenter().cut(name)
        strange = all(len(p) == 1 or segmenter().tag(p)[:2] in ("", "nr", "ns") for p in parts)
        common = any(segmenter().is_function_word(p) or p in words("not_last_of_name") for p in parts)
        common = common or segmenter().tag(name[0]).startswith("m")  # 两人
        listed = len(parts) == 1 and segmenter().tag(name).startswith("nr")  # 向巴平措
        common = common or (name[0] in words("name_follow") and not listed)  # 总书记|来陕考察
        common = common or segmenter().tag(line.string[end - 1 : end + 1]) != ""  # 贾东升|抓获
        if strange and not common and reader.is_name(name) and (whole or reader.ending(line, end, stops) >= 2):
            return name
    return None


def begins_unsurnamed(line: Line, position: int) -> bool:
    """Does a name of two parts begin here, as 朝鲁巴雅尔 does?"""
    return any(_is_unsurnamed(line, line.string[position : position + n]) for n in (4, 5, 6))


def _is_unsurnamed(line: Line, name: str) -> bool:
    parts = line.lexicon.words("unsurnamed_part")
    return any(name[-n:] in parts and name[:-n] for n in (2, 3))


def latin(line: Line, position: int) -> str | None:
    """Pierre Martin, right behind a title."""
    match = _LATIN.match(line.string, position)
    return match[0] if match else None


def spaced(line: Line, position: int) -> tuple[str, int] | None:
    """柳 青, set to the width of three, or 柳 青青出席: the name and its end."""
    match = _SPACED.match(line.string, position)
    if match is None or match[0][0] not in line.lexicon.surnames:
        return None
    behind = [*segmenter().cut(line.string[match.end() : match.end() + _AHEAD]), "", ""]
    alone = len(behind[0]) == 1 and HAN.match(behind[0]) is not None and behind[0] not in _LISTED
    goes_on = alone and (segmenter().tag(behind[0])[:1] not in _NO_NAME or not HAN.match(behind[1]))
    end = match.end() + goes_on
    return line.string[position] + line.string[match.end() - 1 : end], end


def is_listed_name(text: str) -> bool:
    """May an unlisted surname stand in a list of names: two to four characters and no word?"""
    return _HAN_NAME.match(text) is not None and not segmenter().tag(text) and not _COUNTS.search(text)


def is_strange_name(text: str) -> bool:
    """阿拉腾巴根: four to six characters, none of them together a word that is no name."""
    parts = segmenter().cut(text)
    strange = all(len(p) == 1 or segmenter().tag(p)[:2] in ("nr", "ns", "nz") for p in parts)
    spoken = segmenter().tag(text[0]).startswith("r")  # 我委王斌
    spoken = spoken or bool(_COUNTS.search(text))  # 法检两长, 四十位市
    return 4 <= len(text) <= 6 and all(map(HAN.match, text)) and len(parts) > 1 and strange and not spoken


def is_no_word(name: str) -> bool:
    """Is it no dictionary word, whatever its given name is: 孙青松?"""
    return segmenter().tag(name)[:2] in ("", "nr")


def is_unknown(name: str) -> bool:
    """No dictionary word, or one that is a person's name."""
    tag = segmenter().tag(name)
    inner = segmenter().cut(name)
    named = all(len(w) == 1 or segmenter().tag(w).startswith(("nr", "ns")) for w in inner)  # 陈广平, 汤海宁
    return tag.startswith("nr") or (not tag and named)

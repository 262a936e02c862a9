"""Where a person's name begins that ends before a title: 余望川|同志, 由李明华|院长, 骨科林飞|博士."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.mentions.line import HAN, Line
from kg.mentions.names import NameReader
from kg.words import segmenter

_LENGTHS = (3, 2, 4)
_DOTTED = re.compile(r"[\u4e00-\u9fff]{1,9}(?:·[\u4e00-\u9fff]{1,10})+$")
_LEADS_TO_NAME = tuple("vpcdru")  # a verb, a preposition …: 听取王小明书记, 在赵霞主任的带领下


@dataclass(frozen=True, slots=True)
class NameBefore:
    """Reads names backwards in one line; `starts` are the offsets at which a name may begin for certain."""

    reader: NameReader
    line: Line
    taken: frozenset[int]
    starts: frozenset[int] = frozenset()
    known: frozenset[str] = frozenset()
    listed: bool = False  # in a list of names any word's bound will do

    def read(self, end: int) -> tuple[int, str] | None:
        """Start and text of the name that ends at `end`, where its beginning is certain."""
        if dotted := self._dotted(end):
            return dotted
        for length in _LENGTHS:
            start = end - length
            if start < 0 or self.taken & set(range(start, end)):
                continue
            name = self.line.string[start:end]
            if not self._may_be_last(name) or self._is_led(name):
                continue
            if name in self.known and start in self.line.bounds:
                return start, name
            if (
                not self.reader.is_function(self.line, start)
                and self._is_name(start, name)
                and self._begins(start, end)
            ):
                return start, name
        return None

    def _dotted(self, end: int) -> tuple[int, str] | None:
        """,|阿力木·赛江|当选: from a mark on, a name with dots is all there is."""
        found = _DOTTED.search(self.line.string, 0, end) if "·" in self.line.string[max(end - 11, 0) : end] else None
        if found is None or not self.line.is_edge(found.start()) or self.taken & set(range(found.start(), end)):
            return None
        return found.start(), found[0]

    def _may_be_last(self, name: str) -> bool:
        """沙坝村村支书 is no person called 沙坝村."""
        words = self.line.lexicon.words
        named = self.listed and len(name) == 2  # 宋伟、雷科当选
        unit = name[-1] in words("headed_unit") and segmenter().tag(name[:-1]) != "" and not named  # 麻醉科副主任
        unit = unit or (name[0] in words("by_whom") and name[1:] in words("place_kind_word"))  # 由镇|机关干部
        return not unit and name[-1] not in words("not_last_of_name") and name[-1] not in words("village_kind")

    def _is_led(self, name: str) -> bool:
        """由|程宇先生捐资: a preposition that may be a surname, and somebody's whole name behind it."""
        words = self.line.lexicon.words
        led = (name[0] in words("by_whom") or name[1:] in self.known) and name not in self.known
        return led and self.reader.is_full_name(name[1:])

    def _is_name(self, start: int, name: str) -> bool:
        """A surname and one or two characters that are no word of every day."""
        surname, tag = self.reader.surname(self.line, start), segmenter().tag(name)
        if surname is None or not 1 <= len(name) - len(surname) <= 2 or not all(map(HAN.match, name)):
            return False
        if name in self.line.lexicon.places_by_name and not self.listed:
            return False  # 盐池交警
        if not self.reader.is_name(name) or (tag.startswith("n") and not tag.startswith("nr")):
            return False
        begins = segmenter().tag(name[:2])
        if (begins or name[:-1] in self.known) and name[-1] in self.line.lexicon.words("conjunction"):
            return False  # 夏季和|社区干部
        return not begins or begins[0] not in "vdap"

    def _begins(self, start: int, end: int) -> bool:
        """Does something say that the name begins here?"""
        line = self.line
        joined = start > 0 and line.string[start - 1] in line.lexicon.words("conjunction")
        placed = start > 0 and start - 1 in self.taken  # 青石镇|洪涛林镇长
        if self.listed or line.is_edge(start) or joined or placed or start in self.starts:
            return True
        return start in line.bounds and self._is_led_to(start, end)

    def _is_led_to(self, start: int, end: int) -> bool:
        """Do a verb, a preposition or a unit stand before words of one character, as an unknown name's are?"""
        inside = self.line.words_within(start, end)
        before = self.line.word_to(start)
        tag = segmenter().tag(before)
        leads = before in self.line.lexicon.words("leads_to_name")
        words = self.line.lexicon.words
        unit = before[-1:] in words("headed_unit") | words("place_kind_word") or before in words("subunit")
        if all(len(w[2]) == 1 or segmenter().tag(w[2]).startswith("nr") for w in inside) or len(inside) == 1:
            return leads or unit or (end - start > 2 and tag[:1] in _LEADS_TO_NAME and bool(before))
        return (leads or unit) and end - start > 2 and inside[0][1] == start + 1  # 由李|建党|副院长

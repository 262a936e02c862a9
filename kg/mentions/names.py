"""Where a person's name ends: 柴伟深入 is 柴伟, 李鹏飞在 is 李鹏飞.

A Chinese name is a surname and one or two characters; which, the text decides: by what follows, by the words' bounds,
and by the other places of the article where the same name stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import takewhile

from kg.lexicon import Lexicon
from kg.mentions.line import HAN, Line
from kg.words import occurrences, segmenter

_DOTTED = re.compile(r"[\u4e00-\u9fff]{1,9}(?:·[\u4e00-\u9fff]{1,10})*·(?=[\u4e00-\u9fff])")
_AHEAD = 6
_LONGEST_LAST_PART = 6
_NUMERAL = frozenset("一二三四五六七八九十百千万亿两几数半多余成")
_RARE_VERB = 5  # what jieba has seen no more often is as good a name
_SHORTEST_SPELT = 4  # characters of 那顺巴图
_LONGEST_SPELT = 9
_SPELT_OUT = 2.2  # how sure a name ends where characters end that spell such names
_FIRM = 1.0  # what is asked of a name behind a post
_IN_A_WORD = 1.7  # how sure an end is where a word of the dictionary begins
_CUTS_A_WORD = 1.55
BY_WHOM = re.compile("由[^,;。]{2,60}?(?:担任|主持|负责|带队|牵头|率领|领衔|陪同|组成|兼任)")
_THERE = ("在", "到", "走进", "来到")
_AT_HOME = re.compile(r"家(?=[,。;、:]|里|中(?!学|央)|$)")
_LISTED = frozenset("等、")
_TO = re.compile(r"到(?![会场访任来])")


@lru_cache(maxsize=4)
def _deeds(lexicon: Lexicon) -> frozenset[str]:
    """What people do that events tell of: 座谈, 植树, 破获 begin behind a name."""
    return frozenset(word for kind in lexicon.event_types for word in kind.triggers if len(word) > 1)


@lru_cache(maxsize=4)
def _spells(lexicon: Lexicon) -> frozenset[str]:
    """The characters that spell names by their sounds."""
    return lexicon.words("sound") | lexicon.words("name_sound")


@dataclass(frozen=True, eq=False)
class NameReader:
    """Reads names in one article; `text` is all of it, for the other places where a name stands."""

    lexicon: Lexicon
    text: str

    @cached_property
    def _surname_lengths(self) -> tuple[int, ...]:
        return tuple(sorted({len(s) for s in self.lexicon.surnames}, reverse=True))

    def surname(self, line: Line, position: int) -> str | None:
        """The surname that begins here, a compound one first."""
        for length in self._surname_lengths:
            if (found := line.string[position : position + length]) in self.lexicon.surnames:
                return found
        return None

    def candidates(self, line: Line, position: int, taken: frozenset[int]) -> list[str]:
        """The names that may begin here, outside what is taken by other mentions."""
        if dotted := self._dotted_at(line, position):
            return [
                n
                for n in self._dotted(line, position, dotted.end())
                if not taken & set(range(position, position + len(n)))
            ]
        if spelt := self.spelt_at(line, position):
            free = not taken & set(range(position, position + len(spelt)))
            return [spelt[:n] for n in range(len(spelt), _SHORTEST_SPELT - 1, -1)] if free else []
        found = []
        for surname in {self.surname(line, position), line.string[position : position + 1]} - {None}:
            if surname not in self.lexicon.surnames:
                continue
            for given in (2, 1):
                end = position + len(surname) + given
                name = line.string[position:end]
                if end <= len(line.string) and all(map(HAN.match, name)) and not taken & set(range(position, end)):
                    found.append(name)
        called = self._called_by_surname(line, position)
        return [n for n in found if self.is_name(n) and len(n) > called and not self._cuts_verb(line, position, n)]

    def spelt_at(self, line: Line, position: int) -> str:
        """敖特根巴雅尔, 胡日沁必力格: a run of characters that spell names of Mongols, Uyghurs, Tibetans, if long."""
        run = "".join(takewhile(_spells(self.lexicon).__contains__, line.string[position : position + _LONGEST_SPELT]))
        end = max((k for k in range(position, position + len(run) + 1) if k in line.bounds), default=position)
        if segmenter().tag(line.word_to(end))[:1] in ("d", "m", "p", "v"):
            end -= len(line.word_to(end))  # 扎西旺堆|多次, 苏日娜|都
        run = line.string[position:end]
        sounds = self.lexicon.words("sound")
        sure = len(run) >= _SHORTEST_SPELT and 2 * sum(c in sounds for c in run) >= len(run)
        return run if sure and not segmenter().tag(run[:2]).startswith(("v", "d")) else ""

    def _cuts_verb(self, line: Line, position: int, name: str) -> bool:
        """陈担|任市长, 袁也主|持, 石峰想|了: a shorter name, or a surname by itself, and what is done."""
        end = position + len(name)
        if line.word_from(end) in self.lexicon.words("aspect"):
            return True
        verb = name[-1:] + line.string[end : end + 1]
        verbs = self.lexicon.words("name_follow" if len(name) == 3 else "no_given_name")
        does = verb in verbs and line.word_from(end - 1).startswith(verb)
        return does or (len(name) == 2 and verb in self.lexicon.words("take_office"))

    def _called_by_surname(self, line: Line, position: int) -> int:
        """How much of 赵先生, 王大爷, 李老师 is no name: the surname and what one is called by."""
        surname = self.surname(line, position) or ""
        called = line.longest(position + len(surname), line.lexicon.words("called_by"), 4) if surname else None
        return len(surname) + len(called) if called else 0

    def _dotted_at(self, line: Line, position: int) -> re.Match[str] | None:
        """A name with dots that begins here; in 程宇和艾山·买买提 it begins behind 和."""
        dotted = _DOTTED.match(line.string, position)
        first = dotted[0].partition("·")[0] if dotted else ""
        heads = (first.partition(joint)[0] for joint in self.lexicon.words("conjunction") if joint in first)
        return None if any(map(self.is_full_name, heads)) else dotted

    def _dotted(self, line: Line, start: int, last: int) -> list[str]:
        """阿依古丽·吐尔逊: every end that its last part may have; which, what follows decides."""
        stops = self.lexicon.words("not_last_of_name") | self.lexicon.words("joins_title")
        most = min(len(line.string), last + _LONGEST_LAST_PART)
        parts = [line.string[last:end] for end in range(last + 1, most + 1)]
        names = [line.string[start:last] + p for p in parts if all(map(HAN.match, p)) and not stops & set(p)]
        follow = self.lexicon.words("name_follow")
        whole = next((n for n in names if len(line.longest(start + len(n), follow, 5) or "") > 1), None)
        return [n for n in names if whole is None or len(n) <= len(whole)]

    def is_full_name(self, text: str) -> bool:
        """Is it a surname and one or two characters, and no word of every day?"""
        given = [len(text) - n for n in self._surname_lengths if text[:n] in self.lexicon.surnames]
        return (
            any(1 <= g <= 2 for g in given) and self.is_name(text) and text[:2] not in self.lexicon.words("not_a_name")
        )

    def is_name(self, name: str) -> bool:
        """Is it no word of every day?"""
        if name in self.lexicon.words("not_a_name") or {"某", "的"} & set(name) or name.endswith(("女士", "先生")):
            return False
        given = name[1:]
        if given in self.lexicon.words("no_given_name"):
            return False  # 冶工程|签订
        deed = len(given) == 2 and given[0] != given[1] and segmenter().tag(given).startswith("v")  # 汪盼盼
        deed = deed and segmenter().frequency(given) > _RARE_VERB  # 石建明
        deed = deed and given not in self.lexicon.words("given_word")  # 杨建设
        if deed and (name[0] in self.lexicon.words("thing_surname") or segmenter().is_function_word(name[0])):
            return False  # 村民|房起火, 负责人向|到会人员
        tag = segmenter().tag(name)
        seldom = len(name) == 2 and segmenter().frequency(name) <= _RARE_VERB and _NUMERAL.isdisjoint(name)  # 许栋
        return not tag or tag.startswith(("nr", "nz", "ns", "x", "n", "zg")) or (tag == "m" and seldom)

    def ending(self, line: Line, end: int, stops: frozenset[int]) -> float:
        """How surely a name ends here: 3 punctuation, down to 0 in the middle of a word."""
        text = line.string
        if end >= len(text) or not (HAN.match(text[end]) or text[end].isalpha()):
            return 3
        if end in stops:
            return 2.6
        if self._joins_next(line, end, stops):
            return 2.6  # 副局长强延庆和市档案局副局长…
        if _AT_HOME.match(text, end) or self._comes(line, end):
            return 2.5  # 看望老党员谢望远家中, 主席程宇来我市走访
        if text[end] in self.lexicon.words("not_last_of_name") and not self._goes_there(line, end):
            verb = segmenter().tag(line.word_from(end - 1)).startswith("v") and end not in line.bounds  # 徐平抓|获
            return 0.3 if verb and text[end] not in _LISTED else 2.0
        follow = line.longest(end, self.lexicon.words("name_follow"), 5)
        if (follow and len(follow) > 1) or line.longest(end, _deeds(self.lexicon), 4):
            return 2.5
        head = segmenter().cut(text[end : end + 6])[0]
        if follow and head.startswith(follow):
            return 1.8
        if len(head) > 1 and segmenter().tag(head):
            # A word of the dictionary begins right here; 程宇大|喊一声 would cut another one.
            return _IN_A_WORD if end in line.bounds else _CUTS_A_WORD
        if segmenter().tag(head)[:1] in ("v", "p", "d", "c"):
            return 1.0
        return 0.3 if end in line.bounds else 0

    def _comes(self, line: Line, position: int) -> bool:
        """Does somebody come here, as in 来我市走访, 来清考察? 来 ends a name too."""
        if line.string[position : position + 1] != "来":
            return False
        ahead = line.string[position + 1 : position + 1 + _AHEAD]
        goes_on = len(line.longest(position + 1, self.lexicon.words("name_follow"), 5) or "") > 1  # 程福来|率队考察
        tours = any(v in ahead for v in self.lexicon.words("tour_verb") if len(v) > 1)
        return ahead[:1] in ("我", "本") or (tours and not goes_on)

    @staticmethod
    def _goes_there(line: Line, position: int) -> bool:
        """胡望向|到工地: no 向 stands before 到, it is a name's; but 王明向|到会的人."""
        return line.string[position : position + 1] == "向" and _TO.match(line.string, position + 1) is not None

    def _may_be_last(self, line: Line, position: int, least: float) -> bool:
        """胡望向|到工地, 柳青获|赶赴, and behind a post 袁也|主持: what mostly stands behind a name ends one here."""
        follow = line.longest(position + 1, self.lexicon.words("name_follow"), 5) or ""
        alone = least <= _FIRM and line.string[position - 1 : position] in self.lexicon.surnames
        rare = line.string[position] in self.lexicon.words("rarely_last_of_name")
        if line.string[position + 1 : position + 2] in _LISTED and line.string[position] in self.lexicon.words(
            "needs_object"
        ):
            return True  # 樊知作等
        return self._goes_there(line, position) or (len(follow) > 1 and (alone or rare))

    def _joins_next(self, line: Line, position: int, stops: frozenset[int]) -> bool:
        """Is this the 和 between a name and the next agency, title or name with dots? Not in 岳清和一行."""
        then = line.string[position + 1 : position + 2]
        joint = line.string[position : position + 1] in self.lexicon.words("conjunction")
        dotted = self._dotted_at(line, position + 1) is not None
        others = line.longest(position + 1, self.lexicon.words("others"), 3)  # 程敏和有关部门
        joint = joint and bool(position + 1 in stops or dotted or then.isdecimal() or others)  # 58岁的汤岚和29岁的程宇
        return joint and line.longest(position + 1, self.lexicon.words("name_before"), 2) is None

    def elsewhere(self, name: str) -> float:
        """Does the article write this name with different characters behind it?"""
        followers = {self.text[at + len(name) : at + len(name) + 1] for at in occurrences(self.text, name)}
        return 0.9 if len(followers) > 1 else 0.0

    def read(self, line: Line, position: int, taken: frozenset[int], stops: frozenset[int], least: float) -> str | None:
        """The name that begins at `position`, or None; `least` is how sure its end must be."""
        if BY_WHOM.match(line.string, position):
            return None  # 执行主席由程宇、汤岚担任, but 护士由艳丽
        dotted = self._dotted_at(line, position) is not None
        function = self.is_function(line, position)
        worded = self.is_idiom(line, position, "")
        worded = worded and not (
            least <= _FIRM and self.is_full_name(line.word_from(position))
        )  # 局长马建国, a place too
        if not dotted and ((function and least > _FIRM) or worded):
            return None
        best: tuple[float, int, str] | None = None
        for name in self.candidates(line, position, taken):
            last, end = position + len(name) - 1, self.ending(line, position + len(name), stops)
            closed = line.string.startswith("等", last + 1) and least <= _FIRM  # 会长于富民等
            if function and not dotted and not self._is_surname(name, 3 if closed else end):
                continue  # 县政协主席于望川, 董事长尚永康, but 主席于昨日
            if self._is_word(line, position, name, end) or self._ends_wrong(line, last, name, end, least, stops):
                continue
            particle = name[-1] in self.lexicon.words("particle")
            if particle and line.string[last + 1 : last + 2].isdecimal():
                end = _FIRM  # 王蓉为20名儿童
            if _AT_HOME.match(line.string, last) and line.string[:position].rpartition(",")[2].startswith(_THERE):
                end -= 1  # 在模范汤岚家,
            if len(name) >= _SHORTEST_SPELT and name == self.spelt_at(line, position):
                end = max(end, _SPELT_OUT)
            loose = particle and end < 3  # 王蓉为留守儿童
            score = end + self.elsewhere(name) + 0.1 * (len(name) > 2) - 0.6 * loose
            if end >= least and (best is None or (score, len(name), name) > best):
                best = (score, len(name), name)
        return best[2] if best else None

    def _is_word(self, line: Line, position: int, name: str, end: float) -> bool:
        """学生|安静地坐着, 经民警|盘查后, |张贴公告: a word of every day, unless it surely ends as a name does."""
        tag = segmenter().tag(name)
        worded = tag.startswith("n") and not tag.startswith(("nr", "ns", "nz"))
        if (worded or name in self.lexicon.words("word_and_name")) and end < 2.5:
            return True  # but 队员安静介绍
        cut = len(name) > 2 and line.word_from(position) == name[:-1]
        if cut and name[-1] in self.lexicon.words("behind_word"):
            return True  # 工人操作时
        if end < 2.5 and self._begins_with_word(line, position, name):
            return True  # but 卓越川介绍
        return name[-1] in self.lexicon.words("particle") and name[:2] in self.lexicon.words("not_a_name")  # 应邀为

    def _ends_wrong(self, line: Line, last: int, name: str, end: float, least: float, stops: frozenset[int]) -> bool:
        """Is a name's last character that of a village, of a unit, or of what follows, rather than its own?"""
        words = self.lexicon.words
        if name[-1] in words("not_last_of_name") and not self._may_be_last(line, last, least):
            return True
        if len(name) > 2 and end < 3 and name[-1] in words("village_kind") and name[:2] not in self.lexicon.surnames:
            return True  # 东沟村|五保户
        if name[-1] in words("joins_title") and last + 1 in stops:
            return True  # 选举程宇为县长
        if len(name) > 2 and self._joins_next(line, last, stops):
            return True  # 民警徐涛和辅警张亮
        # 外科主任蔡兵、麻醉科副主任王雁娟
        return name[-1] in words("headed_unit") and last + 1 in stops and segmenter().tag(name[:-1]) != ""

    def _is_surname(self, name: str, end: float) -> bool:
        """董事长尚永康到: before a given name that is no time and no great place, if somebody does something there."""
        if name[0] in self.lexicon.words("conjunction"):
            return False
        rows = self.lexicon.places_by_name.get(name[1:], ())
        called = segmenter().tag(name[1:])[:2] in ("nr", "ns", "nz") and all("/" in row.within for row in rows)
        asked = segmenter().tag(name[:2])  # 何时, 何况
        who = name[0] in self.lexicon.words("pronoun_surname") and len(name) > 2 and not asked
        given = segmenter().tag(name[1:])[:1] in ("", "n") and name[1:] not in self.lexicon.titles
        strange = len(name) > 2 and given and not segmenter().tag(name[:2])
        plain = strange and all(segmenter().tag(c)[:1] in ("n", "a", "z", "") for c in name[1:])
        if plain and end >= 2 and not rows:
            return True  # 副厅长曾民德到, but 局长曾赴京到
        return end >= 3 or (called and end > _IN_A_WORD) or (who and end > 1)

    def _begins_with_word(self, line: Line, position: int, name: str) -> bool:
        """Is the name's beginning a word that is no name: 张贴, 高度?"""
        if name[:2] in self.lexicon.words("not_a_name") or name[:2] in self.lexicon.words("word_and_name"):
            return True
        word = line.word_from(position)
        return 1 < len(word) <= len(name) and segmenter().tag(word)[:1] in ("v", "d", "a") and word != name

    def is_function(self, line: Line, position: int) -> bool:
        """从有关部门, 和周强, 向全市: a surname character that is a preposition or conjunction here."""
        first, then = line.string[position : position + 1], line.string[position + 1 : position + 2]
        if not segmenter().is_function_word(first):
            return False
        if first in self.lexicon.words("conjunction") and (then in self.lexicon.surnames or not line.is_edge(position)):
            return True
        tail = segmenter().cut(line.string[position + 1 : position + 6])
        return bool(tail) and len(tail[0]) > 1 and not segmenter().tag(tail[0]).startswith("nr")

    def is_idiom(self, line: Line, position: int, name: str) -> bool:
        """高瞻远瞩, 商医: a word of three characters or more begins here and is no name."""
        word = line.word_from(position)
        return len(word) > 2 and not segmenter().tag(word).startswith("nr") and word != name

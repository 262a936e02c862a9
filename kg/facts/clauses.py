"""A sentence by its clauses: what is quoted, said or demanded in it rather than reported, and where words stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from kg.lexicon import Lexicon
from kg.mentions import Found
from kg.model import Entity, Kind
from kg.words import any_of, segmenter

_QUOTED = re.compile(r"“[^“”]*”?|\"[^\"]*\"?|‘[^‘’]*’?|「[^「」]*」?|《[^《》]*》")
_BRACKETS = re.compile(r"\([\u4e00-\u9fff]{1,4}\)")
ABOUT_HIM = re.compile(r"\([男女][^()]{0,30}\)")  # 马某(男,49岁)
_SETTLED = frozenset({"subdistrict", "town", "village", "community"})
_SAID, _SAID_TO = re.compile("[,:“]"), re.compile("[^,。;:“]{0,10}[,:“]")  # 告诉本报记者,…
_OCCASION = re.compile("(?:到来|来临|充分|就绪)")
_MADE_UP = re.compile("由[^,。;、]{2,20}?(?:组成|率领|带领)的$")  # 由20多名官兵组成的宣传队
_INVITED = re.compile("[^。;:]{2,40}邀请?")  # 应市政府邀请,…
_PAIR = 2
_WITNESSED = 4  # characters between 见证 and what was witnessed
_LIST_REST = re.compile("[、和及与]*(?:等(?:多个|地)?(?:单位|企业|地|处|部门)?)?(?:现场)?")
_SINCE = re.compile("(?:以|[去今近]年)来,")
_HIS_SPEECH = re.compile("[^作做发]*?的(?:重要)?(?:讲话|指示|批示|论述)")
_THE_SPIRIT = re.compile("[^作做发]*?(?:的(?:重要)?(?:讲话|指示|批示|论述)|精神|讲话$)")
_BREAK = re.compile(r"[,;:。!?]")


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or agency where it stands in a sentence; `begin` is where its titles begin."""

    begin: int
    start: int
    end: int
    entity: Entity


@lru_cache(maxsize=4)
def _aimed(lexicon: Lexicon) -> re.Pattern[str]:
    """为切实…, but not 成为…: words that say what something is for."""
    return re.compile(f"(?<![成作认因称名]){any_of(lexicon.words('aim'))}")


def _inside(start: int, end: int, word: str, members: frozenset[str]) -> tuple[int, int, str] | None:
    """The longest member that a word begins or ends with."""
    for length in range(len(word) - 1, 1, -1):
        if word[:length] in members:
            return start, start + length, word[:length]
        if word[-length:] in members:
            return end - length, end, word[-length:]
    return None


@dataclass(frozen=True, eq=False)
class Clauses:
    """A sentence by its clauses: where things stand in it, and how they are told."""

    found: Found
    actors: tuple[Actor, ...]
    lexicon: Lexicon

    @property
    def string(self) -> str:
        """The sentence with plain punctuation."""
        return self.found.line.string

    @cached_property
    def words(self) -> tuple[tuple[int, int, str], ...]:
        """The words of the sentence outside names: 若 in 耿若初 is no condition, 应 in 福应街道 no demand."""
        taken = {i for a in self.actors if a.entity.kind is Kind.PERSON for i in range(a.start, a.end)}
        taken |= {i for p in self.found.places if p.category in _SETTLED for i in range(p.start, p.end)}
        return tuple(self._words_beside(taken))

    def _words_beside(self, taken: set[int]) -> Iterator[tuple[int, int, str]]:
        """The words outside names; 民主|持 behind 程安民 is cut anew: 主持."""
        at = 0
        words = self.found.line.words
        for index, (start, end, word) in enumerate(words):
            if start < at or (start in taken and end - 1 in taken):
                continue
            if start not in taken:
                yield start, end, word
                continue
            begin = next(i for i in range(start, end) if i not in taken)
            at = words[index + 1][1] if index + 1 < len(words) and words[index + 1][0] not in taken else end
            for piece in segmenter().cut(self.string[begin:at]):
                yield begin, begin + len(piece), piece
                begin += len(piece)

    @cached_property
    def _names(self) -> frozenset[int]:
        """Where places and agencies stand."""
        spans = [(p.start, p.end) for p in self.found.places] + [(a.start, a.end) for a in self.actors]
        return frozenset(i for span in spans for i in range(*span))

    def _is_of_name(self, start: int, end: int) -> bool:
        """曾 in 曾家坡煤矿 tells of no past, 将 in 将军路 of no plan; 力争滨河大桥 is no whole name."""
        return end - start == 1 and start in self._names

    @cached_property
    def quoted(self) -> tuple[tuple[int, int], ...]:
        """Stretches in quotation marks or book marks."""
        return tuple(m.span() for m in _QUOTED.finditer(self.string))

    @cached_property
    def brackets(self) -> tuple[tuple[int, int], ...]:
        """A word or two in brackets inside a name: (扩大)会议."""
        return tuple(m.span() for m in _BRACKETS.finditer(self.string))

    def is_quoted(self, position: int) -> bool:
        """Does a character stand in quotation?"""
        return any(start <= position < end for start, end in self.quoted)

    def is_aside(self, position: int) -> bool:
        """Does it stand in brackets: (已被警方抓获)?"""
        return self.string.rfind("(", 0, position) > self.string.rfind(")", 0, position)

    @cached_property
    def clauses(self) -> tuple[tuple[int, int], ...]:
        """Start and end of each clause; marks inside quotations do not break, nor in brackets behind a name."""
        aside = [m.span() for m in ABOUT_HIM.finditer(self.string)]
        inside = {i for span in (*self.quoted, *aside) for i in range(*span)}
        cuts = [m.start() for m in _BREAK.finditer(self.string) if m.start() not in inside]
        starts = [0, *(c + 1 for c in cuts)]
        return tuple(zip(starts, [*cuts, len(self.string)], strict=True))

    def clause_at(self, position: int) -> tuple[int, int]:
        """The clause that a character stands in."""
        return next((c for c in self.clauses if c[0] <= position <= c[1]), (0, len(self.string)))

    def part_at(self, position: int) -> tuple[int, int]:
        """The part of the sentence between two semicolons that a character stands in."""
        end = self.string.find(";", position)
        return self.string.rfind(";", 0, position) + 1, end if end >= 0 else len(self.string)

    @cached_property
    def speech_start(self) -> int:
        """Where reported speech begins: behind 强调, and its like; the sentence's length if nowhere."""
        for start, end, word in self.find("speech_verb"):
            alarm = self.string[:start].endswith(tuple(self.lexicon.words("alarm")))  # 接到报警称,…起火
            if self.string[start - 1 : start] == "的":
                continue  # 落实关于…的要求,…: what somebody asked for, not what is said
            named = any(a.end <= start and a.entity.kind is Kind.PERSON for a in self.actors)
            told = word in self.lexicon.words("informs") and not named  # 据县长X介绍,3日…: his own words
            informed = self.string[:start] == "据" or told
            if informed and any(d.start == end + 1 for d in self.found.dates):
                continue  # 据介绍,9月3日…; 县政府办说,3日…: the paper tells what it was told
            said = (_SAID_TO if word in self.lexicon.words("says_to") else _SAID).match(self.string, end)
            if not self.is_quoted(start) and not alarm and said:
                return end
        return len(self.string)

    @cached_property
    def speech_end(self) -> int:
        """县长X要求,立即救人,|县长X赶到现场: where who spoke opens a clause of his own, else the sentence's end."""
        spoke = {a.entity for a in self.actors if a.end <= self.speech_start and a.entity.kind is Kind.PERSON}
        again = [a.begin for a in self.actors if a.begin > self.speech_start and a.entity in spoke]
        again = [b for b in again if not self.is_quoted(b) and self.opens_clause(b)]
        return min(again, default=len(self.string))

    @cached_property
    def _ordered(self) -> int:
        """局长X指示:|立即制定方案,进行抓捕: where an order begins that a colon parts from its verb."""
        said = [e for b, e, _ in self.find("urge") if self.string[e : e + 1] == ":" and not self.is_quoted(b)]
        return min(said, default=len(self.string))

    @cached_property
    def _goes_on_to_say(self) -> int:
        """出席并讲话,|强调全县上下要…,坚持把…: where speech begins that no mark parts from its verb."""
        words = self.lexicon.words("says_on")
        said = [e for b, e, w in self.find("speech_verb") if w in words and b and not self.is_quoted(b)]
        return min((e for e in said if self.string[e - 3] in ",;并"), default=len(self.string))

    def is_demanded(self, position: int) -> bool:
        """Does 要, 必须 or 不得 stand before it in its clause, or open the sentence?"""
        demands = self.lexicon.words("demand")
        clause = self.clause_at(position)
        for start, end, word in self.words:
            if (word == "应" and _INVITED.match(self.string, end)) or self.is_quoted(start):
                continue  # 应邀来访; “请出示证件。”昨日,民警…
            if self._is_of_name(start, end):
                continue  # 曾家坡煤矿
            if self.string[max(start - 2, 0) : start].endswith(("为", "为了")):
                continue  # 为鼓励先进,县委将X表彰为…: what it was for
            if word in demands and end <= position and (start >= clause[0] or start == 0 or self._opens(start)):
                return True
        return self._is_urged(clause[0], position)

    def _is_urged(self, start: int, position: int) -> bool:
        """作出批示,要求全力开展救援; 要求A与B协同作战,立即抓捕: does it open with what somebody asks for?"""
        at_once = ("", *self.lexicon.words("at_once"))  # 厅长X立即指示…
        start = self.clause_at(start - 1)[0] if start and self.string.startswith(at_once[1:], start) else start
        urged = [(b, e) for b, e, w in self.words if start <= b < position and w in self.lexicon.words("urge")]
        acting = {a.end + len(w) for a in self.actors for w in at_once if self.string.startswith(w, a.end)}
        return any(e < position and (self.is_blank(start, b) or b in acting) for b, e in urged[:1])

    def _opens(self, position: int) -> bool:
        """Does only a subject stand before it in the sentence: 各单位要…?"""
        return position <= 12 and not _BREAK.search(self.string[:position])

    def is_denied(self, position: int) -> bool:
        """未, 不, 没有 right before it, and no word that only ends so: 交易|博览会?"""
        denials = self.lexicon.words("denial")
        before = self.found.line.word_to(position)
        whole = len(before) < _PAIR or before in denials or before.startswith(("不", "未", "没"))
        return whole and self.string.endswith(tuple(denials), 0, position)

    def is_attended(self, position: int) -> bool:
        """参加调研, 一同调研, 见证项目签约: the verb is what was attended, not what the sentence tells."""
        such = next((w for w in sorted(self.lexicon.words("such")) if self.string.endswith(w, 0, position)), "")
        return (
            self.string.endswith(tuple(self.lexicon.words("attend")), 0, position - len(such))  # 参加相应检查
            or any(begin < position < end for begin, end, _ in self.find("attend"))
            or any(0 <= position - end <= _WITNESSED for _, end, _ in self.find("witness"))
        )

    def is_in_object(self, position: int) -> bool:
        """就违建拆除等工作进行晨检: between 就 and 进行 stands what it was about."""
        first, last = self.part_at(position)
        words = [w for w in self.words if first <= w[0] < last and not self.is_quoted(w[0])]
        opened = [b for b, _, w in words if w in self.lexicon.words("pp")]
        light = [b for b, _, w in words if w in self.lexicon.words("light_verb")]
        before, behind = max((b for b in opened if b < position), default=-1), [b for b in light if b > position]
        if before < 0 or not behind or any(before < b < position for b in light):
            return False
        # 就用工一事来到镇里,并同村里就学费进行座谈: the second 就 has the verb
        return not any(self.clause_at(position)[1] < b < behind[0] for b in opened)

    def is_planned(self, position: int) -> bool:
        """Does 将, 预计 or 拟 stand before it in its clause: fixed only if a day is?"""
        start = self.clause_at(position)[0]
        goes_on = self.string.startswith(("就", "对"), start) or self.is_blank(start, position)
        opens = start > 0 and self.string[start - 1] == "," and goes_on  # 将对A镇等单位,就…进行专项巡察
        if self.string[:position].endswith("将") or (opens and self.is_planned(start - 1)):
            return True  # 将举办赛马会,开展摄影展: the verb that opens the next clause is planned too
        if self._is_taken(start, position):
            return False
        told = [(b, e) for b, e, _ in self.find("planned") if start <= b and e <= position]
        planned = [e for b, e in told if not self._is_of_name(b, e)]
        # 有准备的民警, 教师节即将到来之际: who somebody is, and when
        return any(not (self.string.startswith("的", e) or _OCCASION.match(self.string, e)) for e in planned)

    def _is_taken(self, start: int, position: int) -> bool:
        """将在家中制售假酒的程某|抓获: is 将 in front of whom the verb at `position` takes, with nothing behind it?"""
        taken = self.string.find("将", start, position)
        verb = next((w for b, _, w in self.found.line.words if b == position), "")
        behind = self.string[position + len(verb) : self.clause_at(position)[1]]
        seized = verb.endswith(tuple(self.lexicon.words("seizes"))) and behind in ("", "了", "归案", "在案")
        return seized and taken >= 0 and "的" in self.string[taken:position]

    def is_reported(self, position: int) -> bool:
        """Is what stands here told as a happening, and not quoted, said, demanded or denied?"""
        return not (
            self.is_quoted(position)
            or min(self.speech_start, self._ordered, self._goes_on_to_say) <= position < self.speech_end
            or self.is_demanded(position)
            or self.is_denied(position)
            or self.is_aimed(position)
            or self.is_long_since(position)
            or self.is_studied(position)
        )

    def is_studied(self, position: int) -> bool:
        """传达学习了县委书记X在推进会上的讲话和市委全会精神: does it stand in what was only studied?"""
        first = self.part_at(position)[0]
        studied = [e for b, e, _ in self.find("studies") if first <= b and e <= position and not self.is_quoted(b)]
        if not studied:
            return False
        start, end = self.clause_at(position)
        text = (_THE_SPIRIT if studied[-1] > start else _HIS_SPEECH).match(self.string, position, end)
        return text is not None

    def is_long_since(self, position: int) -> bool:
        """自活动开展以来,共查处…: does it sum up what has been done since, with no day of its own?"""
        since = max((m.start() for m in _SINCE.finditer(self.string, 0, position)), default=-1)
        return since >= 0 and not any(since < d.start < position for d in self.found.dates)

    def is_aimed(self, position: int) -> bool:
        """为切实加强隐患排查,…; 大会的任务是选举…: does it stand in what something is for?"""
        start = self.clause_at(position)[0]
        return any(start <= at < position for at in self._aims)

    @cached_property
    def _aims(self) -> tuple[int, ...]:
        return tuple(m.start() for m in _aimed(self.lexicon).finditer(self.string))

    def is_title(self, start: int, end: int) -> bool:
        """召开“全市消防工作部署会”: is a quoted noun the end of a title, and told like one without marks?"""
        ends = self.string[end : end + 1] in ("”", '"') and self.is_quoted(start)
        return ends and not (start >= self.speech_start or self.is_demanded(start) or self.is_denied(start))

    def find(self, name: str) -> tuple[tuple[int, int, str], ...]:
        """Where the words of a closed class stand; 察看了 is also found in two words, 出席 in the one of 出席会议."""
        if name not in self._finds:
            self._finds[name] = tuple(self._find(name))
        return self._finds[name]

    @cached_property
    def _finds(self) -> dict[str, tuple[tuple[int, int, str], ...]]:
        return {}  # each class is looked for once a sentence

    def _find(self, name: str) -> list[tuple[int, int, str]]:
        members = self.lexicon.words(name)
        found: list[tuple[int, int, str]] = []
        if members.isdisjoint(self._texts):
            return found
        at = 0
        for index, (start, end, word) in enumerate(self.words):
            if start < at:
                continue
            if hit := self._several(index, members) or _inside(start, end, word, members):
                found.append(hit)
                at = hit[1]
        return found

    @cached_property
    def _texts(self) -> frozenset[str]:
        """Whatever `find` may find here: up to three words together, and what a word begins or ends with."""
        texts = {part for _, _, word in self.words for n in range(2, len(word)) for part in (word[:n], word[-n:])}
        for index, (start, _, _) in enumerate(self.words):
            texts.update(self.string[start:end] for _, end, _ in self.words[index : index + 3])
        return frozenset(texts)

    def _several(self, index: int, members: frozenset[str]) -> tuple[int, int, str] | None:
        """The longest member that begins with a word and is up to three words long."""
        start, last = self.words[index][0], self.words[index : index + 3]
        ends = [end for _, end, _ in last if self.string[start:end] in members]
        return (start, max(ends), self.string[start : max(ends)]) if ends else None

    def lists_stops(self, start: int) -> bool:
        """先后来到A村、B镇,C厂,D公司等地: does the clause at `start` go on with the stops of one before it?"""
        first = start
        while first and self._only_lists(*self.clause_at(first)):
            first = self.clause_at(first - 2)[0]
        return any(first <= b and e <= start and len(w) > 1 for b, e, w in self.find("move"))

    def _only_lists(self, start: int, end: int) -> bool:
        """县水泥厂、青石公司等单位: does a clause name places and houses, and nothing else?"""
        spans = [(p.start, p.end) for p in self.found.places] + [(a.begin, a.end) for a in self.actors]
        inside = sorted((b, e) for b, e in spans if start <= b and e <= end)
        rest, at = "", start
        for left, right in inside:
            rest, at = rest + self.string[at:left], max(at, right)
        return bool(inside) and _LIST_REST.fullmatch(rest + self.string[at:end]) is not None

    def is_blank(self, start: int, end: int) -> bool:
        """Is there nothing between but dates, places and words that may stand before a subject?"""
        text = list(self.string[start:end])
        spans = [(d.start, d.end) for d in self.found.dates] + [(p.start, p.end) for p in self.found.places]
        for left, right in spans:
            for i in range(max(left, start), min(right, end)):
                text[i - start] = " "
        rest = _MADE_UP.sub("", "".join(text))
        for word in sorted(self.lexicon.words("subject_prefix"), key=len, reverse=True):
            rest = rest.replace(word, " ")
        return not re.sub(r"[\s,、()\d:时分点左右许]", "", rest)

    def opens_clause(self, position: int) -> bool:
        """Does nothing but days, places and words before a subject stand before it in its clause?"""
        return self.is_blank(self.clause_at(position)[0], position)

    @property
    def opens_by_day(self) -> bool:
        """Does the sentence open with one day, and name no other?"""
        days = self.found.dates
        return len(days) == 1 and self.is_blank(0, days[0].start)

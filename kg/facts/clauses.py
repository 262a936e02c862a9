"""The shape of a sentence: its clauses, what is quoted, said or demanded rather than reported, and who acts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from kg.lexicon import Lexicon
from kg.mentions import Found
from kg.model import Entity, Kind
from kg.words import segmenter

_QUOTED = re.compile(r"“[^“”]*”?|\"[^\"]*\"?|‘[^‘’]*’?|「[^「」]*」?|《[^《》]*》")
_BRACKETS = re.compile(r"\([\u4e00-\u9fff]{1,4}\)")
_BY = re.compile("(?<![理自缘])由[^,。;:]{0,16}$")
_HOUSE = 20  # characters that may name the house of somebody's title
_NAMING = (
    "n",
    "a",
    "b",
    "l",
    "j",
    "s",
    "t",
    "m",
    "q",
    "f",
    "z",
    "g",
    "x",
    "",
)  # parts of speech of the words of such a name
_FREE = re.compile(
    "(?:的|[带率]领|组织|指派|安排|派出|派遣|出动|调集|抽调|[第另一二三四五六七八九十两几多\\d][^,。;、]{0,3}[组名路批队位])$"
)
_ESCORT = re.compile("在[^。;]{2,120}?(?:陪同|陪伴|协助|配合)下")
_BREAK = re.compile(r"[,;:。!?]")


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or agency where it stands in a sentence; `begin` is where its titles begin."""

    begin: int
    start: int
    end: int
    entity: Entity


def _inside(start: int, end: int, word: str, members: frozenset[str]) -> tuple[int, int, str] | None:
    """The longest member that a word begins or ends with."""
    for length in range(len(word) - 1, 1, -1):
        if word[:length] in members:
            return start, start + length, word[:length]
        if word[-length:] in members:
            return end - length, end, word[-length:]
    return None


@dataclass(frozen=True, eq=False)
class Shape:
    """One sentence with its actors, as the event rules read it."""

    found: Found
    actors: tuple[Actor, ...]
    lexicon: Lexicon

    @property
    def string(self) -> str:
        """The sentence with plain punctuation."""
        return self.found.line.string

    @cached_property
    def words(self) -> tuple[tuple[int, int, str], ...]:
        """The words of the sentence outside people's names: 若 in 耿若初 is no condition."""
        taken = {i for a in self.actors if a.entity.kind is Kind.PERSON for i in range(a.start, a.end)}
        return tuple(w for w in self.found.line.words if w[0] not in taken)

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
        """Start and end of each clause; marks inside quotations do not break."""
        cuts = [m.start() for m in _BREAK.finditer(self.string) if not self.is_quoted(m.start())]
        starts = [0, *(c + 1 for c in cuts)]
        return tuple(zip(starts, [*cuts, len(self.string)], strict=True))

    def clause_at(self, position: int) -> tuple[int, int]:
        """The clause that a character stands in."""
        return next((c for c in self.clauses if c[0] <= position <= c[1]), (0, len(self.string)))

    @cached_property
    def speech_start(self) -> int:
        """Where reported speech begins: behind 强调, and its like; the sentence's length if nowhere."""
        for start, end, _ in self.find("speech_verb"):
            alarm = self.string[:start].endswith(tuple(self.lexicon.words("alarm")))  # 接到报警称,…起火
            if not self.is_quoted(start) and not alarm and self.string[end : end + 1] in (",", ":", "“"):
                return end
        return len(self.string)

    def is_demanded(self, position: int) -> bool:
        """Does 要, 必须 or 不得 stand before it in its clause, or open the sentence?"""
        demands = self.lexicon.words("demand")
        clause = self.clause_at(position)
        for start, end, word in self.words:
            if word in demands and end <= position and (start >= clause[0] or start == 0 or self._opens(start)):
                return True
        return self._is_urged(clause[0], position)

    def _is_urged(self, start: int, position: int) -> bool:
        """作出批示,要求全力开展救援: does the clause open with what somebody asks for?"""
        urged = [(b, e) for b, e, w in self.words if start <= b < position and w in self.lexicon.words("urge")]
        acting = {a.end for a in self.actors}
        return any(e < position and (self._blank(start, b) or b in acting) for b, e in urged[:1])

    def _opens(self, position: int) -> bool:
        """Does only a subject stand before it in the sentence: 各单位要…?"""
        return position <= 12 and not _BREAK.search(self.string[:position])

    def is_denied(self, position: int) -> bool:
        """未, 不, 没有 right before it?"""
        return any(self.string[:position].endswith(word) for word in self.lexicon.words("denial"))

    def is_attended(self, position: int) -> bool:
        """参加调研: the verb is what was attended, not what the sentence tells."""
        return any(self.string[:position].endswith(word) for word in self.lexicon.words("attend"))

    def is_in_object(self, position: int) -> bool:
        """就违建拆除等工作进行晨检: between 就 and 进行 stands what it was about."""
        words = [w for w in self.words if not self.is_quoted(w[0])]
        opened = [b for b, _, w in words if w in self.lexicon.words("pp") and b < position]
        if not opened:
            return False
        return any(w in self.lexicon.words("light_verb") and b > position for b, _, w in words) and not any(
            w in self.lexicon.words("light_verb") and opened[-1] < b < position for b, _, w in words
        )

    def is_planned(self, position: int) -> bool:
        """Does 将, 预计 or 拟 stand before it in its clause: fixed only if a day is?"""
        start = self.clause_at(position)[0]
        if self.string[:position].endswith("将"):
            return True
        planned = [(b, e) for b, e, _ in self.find("planned") if start <= b and e <= position]
        return any(not self.string.startswith("的", e) for _, e in planned)  # 有准备的民警

    def is_reported(self, position: int) -> bool:
        """Is what stands here told as a happening, and not quoted, said, demanded or denied?"""
        return not (
            self.is_quoted(position)
            or position >= self.speech_start
            or self.is_demanded(position)
            or self.is_denied(position)
        )

    def find(self, name: str) -> list[tuple[int, int, str]]:
        """Where the words of a closed class stand; 察看了 is also found in two words, 出席 in the one of 出席会议."""
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

    # ── who acts ───────────────────────────────────────────────────────────────────────────────────────────────

    def _blank(self, start: int, end: int) -> bool:
        """Is there nothing between but dates, places and words that may stand before a subject?"""
        text = list(self.string[start:end])
        spans = [(d.start, d.end) for d in self.found.dates] + [(p.start, p.end) for p in self.found.places]
        for left, right in spans:
            for i in range(max(left, start), min(right, end)):
                text[i - start] = " "
        rest = "".join(text)
        for word in sorted(self.lexicon.words("subject_prefix"), key=len, reverse=True):
            rest = rest.replace(word, " ")
        return not re.sub(r"[\s,、()\d:时分点左右许]", "", rest)

    def _opens_with(self, start: int, actor: Actor) -> bool:
        """Does the clause open with an actor, or with the house that no list knows: 项目管理处主任X?"""
        if self._blank(start, actor.begin):
            return True
        words = [w for b, e, w in self.found.line.words if start <= b and e <= actor.begin]
        if actor.begin == actor.start or actor.begin - start > _HOUSE:
            return False
        tags = [segmenter().tag(word) for word in words]
        if not tags or "," in words:
            return False
        return all(tag == "vn" or tag[:1] in _NAMING for tag in tags)

    def run_from(self, first: Actor, limit: int) -> list[Actor]:
        """The actors that stand with `first` in one list: A、B和C, with only titles between."""
        run = [first]
        for actor in self.actors:
            if (actor.begin >= run[-1].end and actor.end <= limit and self._joins(run[-1].end, actor.begin)) or (
                actor.start >= run[-1].end and actor.end <= limit and self._makes_up(run[-1].end, actor)
            ):
                run.append(actor)
        return run

    def _makes_up(self, start: int, actor: Actor) -> bool:
        """A、B等组成的代表团, 由A率领的考察组: the group and those who make it up act together."""
        between = self.string[start : actor.begin]
        return (
            actor.entity.kind is Kind.AGENCY
            and len(between) < 40
            and between.endswith(("组成的", "率领的", "带领的", "带队的"))
        )

    def _joins(self, start: int, end: int) -> bool:
        """Is there only a mark of listing between, or places listed too: A局、B街道、C局?"""
        between = self.string[start:end]
        for place in self.found.places if "、" in between else ():
            if start < place.start and place.end < end:
                between = between.replace(self.string[place.start : place.end], "")
        return re.fullmatch(r"[、,和及与]|以及|、+|等|、[\u4e00-\u9fff]{2,10}、", between) is not None

    def run_before(self, position: int) -> list[Actor]:
        """The list of actors that ends here: 县委县政府主办, 由A、B和C承办."""
        run: list[Actor] = []
        for actor in reversed(self.actors):
            adjoins = actor.end == position and (not run or actor.entity.kind is Kind.AGENCY)
            if adjoins or (run and self._joins(actor.end, run[0].begin)):
                run.insert(0, actor)
                position = actor.begin
        return run

    @cached_property
    def escorts(self) -> frozenset[Actor]:
        """在副县长X、局长Y等人的陪同下: who escorts does nothing else in the sentence."""
        return frozenset(a for a in self.actors if self.is_escort(a.begin))

    def is_escort(self, position: int) -> bool:
        """Does it stand between 在 and 陪同下?"""
        return any(match.start() < position < match.end() for match in _ESCORT.finditer(self.string))

    def subject(self, position: int) -> list[Actor]:
        """Those who do what stands at `position`: the nearest that open a clause before it, else none."""
        for start, end in reversed([c for c in self.clauses if c[0] <= position]):
            limit = min(end, position)
            opening = [
                a
                for a in self.actors
                if start <= a.begin and a.end <= limit and a not in self.escorts and self._opens_with(start, a)
            ]
            if opening:
                first = self._run_start(opening[0])
                return self.run_from(first, position)
        return []

    def doers(self, position: int) -> list[Actor]:
        """被县公安局查处, 由县检察院起诉, 在县法院开庭: those who do it, behind whom it befell."""
        start, marks = self.clause_at(position)[0], ("由", *self.lexicon.words("undergone"))
        courts = tuple(self.lexicon.words("court"))
        for actor in self.actors:
            before = self.string[start : actor.begin]
            if actor.end > position or not before:
                continue
            if before.endswith(marks) or (before.endswith("在") and actor.entity.name.endswith(courts)):
                return self.run_from(actor, position)
        return []

    def handled(self, position: int) -> list[Actor]:
        """警方已将X、Y控制,并将Z抓获: those named behind 将 or 把 up to the verb; 将其抓获: the one named last."""
        at = [self.string.find(mark, 0, position) for mark in sorted(self.lexicon.words("disposes"))]
        first = min((i for i in at if i >= 0), default=None)
        if first is None:
            return []
        people = [a for a in self.actors if a.entity.kind is Kind.PERSON and a.end <= position]
        if self.string.startswith(tuple(self.lexicon.words("him")), first + 1):
            return people[-1:]
        return [a for a in people if a.start >= first]

    def next_subject(self, position: int) -> int:
        """Where the next clause with a person of its own as subject begins, else the sentence's end."""
        starts = [c[0] for c in self.clauses if c[0] > position]
        opening = [s for s in starts for a in self.actors if a.entity.kind is Kind.PERSON and self.begins(s, a)]
        return min(opening, default=len(self.string))

    def begins_with(self, position: int, actors: list[Actor]) -> bool:
        """Is what stands at `position` theirs: in their own clause, or first in its own?"""
        start = self.clause_at(position)[0]
        return any(a.start >= start for a in actors) or self._blank(start, position)

    def stands_free(self, position: int) -> bool:
        """Does nobody's name stand before it: 民警, 有准备的民警, 带领民警, 第三组民警, not 宁乡警方?"""
        start = self.clause_at(position)[0]
        before = self.string[start:position]
        return _FREE.search(before) is not None or self._blank(start, position)

    def opens_clause(self, position: int) -> bool:
        """Does nothing but days, places and words before a subject stand before it in its clause?"""
        return self._blank(self.clause_at(position)[0], position)

    def begins(self, start: int, actor: Actor) -> bool:
        """Does the clause that starts here begin with this actor?"""
        return start <= actor.begin and self._opens_with(start, actor)

    def is_agent(self, actor: Actor) -> bool:
        """由…牵头: does 由 stand before it, with only the house between: 由集团副总经理X主持?"""
        return _BY.search(self.string, 0, actor.begin) is not None

    def _run_start(self, actor: Actor) -> Actor:
        """The first of the list that ends in `actor`: 王锡南,市委常委薛良 begins with 王锡南."""
        before = [a for a in self.actors if a.end <= actor.begin]
        if (
            before
            and self._joins(before[-1].end, actor.begin)
            and actor.entity.kind is before[-1].entity.kind is Kind.PERSON
        ):
            return self._run_start(before[-1])
        return actor

    def between(self, start: int, end: int) -> list[Actor]:
        """The actors inside a stretch."""
        return [a for a in self.actors if start <= a.start and a.end <= end]

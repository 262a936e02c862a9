"""Where a sentence tells of a happening: verbs that need someone who acts, nouns that need to be held or attended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.facts.shape import Shape
from kg.facts.telling import Trigger, tells
from kg.lexicon import EventType, Lexicon
from kg.model import Kind
from kg.words import any_of


@lru_cache(maxsize=4)
def _automaton(lexicon: Lexicon) -> tuple[AhoCorasick, tuple[tuple[str, EventType, bool], ...]]:
    entries = {word: (word, t, False) for t in lexicon.event_types for word in t.triggers}
    entries |= {word: (word, t, True) for t in lexicon.event_types for word in t.nouns}
    table = tuple(entries[word] for word in sorted(entries))
    return AhoCorasick([word for word, _, _ in table], matchkind=MatchKind.LeftmostLongest), table


_GATHERING = "[^,。;:、《》\\s]{2,36}?"
_NAMED_IN_MARKS = re.compile(
    "(?<=[的办行了,])“[^“”]{4,40}”(?:[于在][^,。;:]{1,24}?)?(?:隆重|顺利|成功|正式|火热|圆满)*"
    "(?:举行|举办|上演|开展|开幕|启幕|启动)(?=[,。;]|$)"
)
_WAS_HELD = (
    "(?=(?:于|在[^,。;:]{1,24}?)?(?:隆重|顺利|圆满|胜利|如期|成功|正式|热闹|火热)*"
    "(?:召开|(?:举行|开幕|落幕|上演)(?=[,。;]|$)))"
)
_JOINED = re.compile(
    "暨[^,。;:]{2,30}?(?:(?<![社协学商联])会议?(?![员展务长场费计所])|仪式|活动|典礼|大赛|比赛|论坛|演出|晚会|讲座|培训班)"
    "(?:(?:启动|推进|揭牌|签约|颁奖|开班|授牌|总结|开幕|闭幕)(?:仪式|[会式]))?"
)  # 总结会暨动员会 is one
_BEGUN = re.compile(
    r"(?:工程|建设|改造|项目)(?:已|日前|近日|正式|全面|昨日|今日|于[^,。;:]{1,10}?|[\d月日]+)*启动(?=[,。;]|$)"
)
_JOINS = frozenset({"Activity", "Award"})  # 颁奖暨文艺晚会
# 慰问活动 is a visit still; 开工仪式 is no longer a 开工 but held.
_KINDNESSES = ("calls_on", "gives_comfort", "sends_warmth")
_NOT_HELD = frozenset({"Inspection", "Meeting", "Interview", "Transfer"})


def find_outing(shape: Shape) -> Trigger | None:
    """县文联组织书法家走进石庙村: people who go somewhere, for a sentence that tells of nothing else."""
    people = tuple(shape.lexicon.words("outing_people"))
    for start, end, word in shape.find("outing"):
        if shape.string[:start].endswith(people) and shape.is_reported(start):
            return Trigger(start, end, word, "Activity", noun=False)
    return None


def _without_people(shape: Shape) -> str:
    """The sentence with marks for names: 程大|会见 holds no 大会."""
    string = shape.string
    for actor in shape.actors:
        if actor.entity.kind is Kind.PERSON:
            string = string[: actor.start] + "□" * (actor.end - actor.start) + string[actor.end :]
    return string


def find_triggers(shape: Shape) -> Iterator[Trigger]:
    """The triggers of a sentence that report something, left to right."""
    words = shape.lexicon.words
    automaton, table = _automaton(shape.lexicon)
    named = {i for a in shape.actors for i in range(a.start, a.end)}
    named |= {i for p in shape.found.places if p.category == "facility" for i in range(p.start, p.end)}  # 市展览|馆
    yield from _sittings(shape)
    yield from _works_begun(shape)
    yield from _called(
        shape, {end for index, _, end in automaton.find_matches_as_indexes(shape.string) if table[index][2]}
    )
    at, opened = 0, Trigger(0, 0, "", "", noun=True)
    attended, joints = 0, words("name_joint") | words("or") | {""}
    ended: dict[int, str] = {}  # where any noun ends, in marks too, and its type
    for index, start, end in automaton.find_matches_as_indexes(_without_people(shape)):
        word, kind, noun = table[index]
        if noun and kind.name == "Activity":
            ended[end] = kind.name
        if word in words("opening") and shape.string[start - 1] == "”" and start - 1 in ended:
            opened = replace(opened, type=ended[start - 1], end=start)  # “青石县运动会”|开幕式
        within = (start in named and end - 1 in named) or (not noun and bool(named & set(range(start, end))))
        told = shape.is_reported(start) or (noun and shape.is_title(start, end))
        if start < at or within or shape.is_aside(start) or not told:
            continue  # 会议 of 党组会议 reaches out of the name it begins in
        if noun and not {start, end} & shape.found.line.bounds:
            continue  # 法庭审理 holds no 庭审
        joined_in = kind.name == "Meeting" or word in words("joined_in")
        came = shape.is_attended(start)
        met = joined_in and came  # X参加座谈, 参加义务植树: told as 出席座谈会 is
        if not noun and 0 < attended <= start and shape.string[attended:start] in joints:
            continue  # 参加调研座谈, 陪同调研或座谈: what the visit was, no meeting of theirs
        attended = end if came else attended
        trigger = _whole(shape, Trigger(start, end, word, kind.name, noun or met), opened)
        at, opened = trigger.end, trigger if trigger.noun else opened
        joins = trigger.noun or trigger.type in _JOINS or trigger.text.endswith(tuple(words("breaks_ground")))
        if joins and (joined := _JOINED.match(shape.string, trigger.end)):
            at = joined.end()
            trigger = _joint(shape, trigger, joined)
        if tells(shape, trigger, word):
            yield trigger


def _joint(shape: Shape, trigger: Trigger, joined: re.Match[str]) -> Trigger:
    """成立大会暨挂牌仪式, 落成暨升旗仪式, 签约暨开工仪式: two in one, of the type of the one that tells most."""
    words, type_ = shape.lexicon.words, trigger.type
    if trigger.text in words("opens_a_house") or (type_ == "Meeting" and not joined[0].endswith(("会", "会议"))):
        type_ = "Activity"
    if type_ == "Activity" and any(w in joined[0] for w in words("breaks_ground")):
        type_ = "Construction"
    return Trigger(trigger.start, joined.end(), shape.string[trigger.start : joined.end()], type_, noun=True)


def _sittings(shape: Shape) -> Iterator[Trigger]:
    """主持召开区委常委会: a body that is called together is its meeting."""
    held = {end for _, end, _ in shape.find("hold")}
    for actor in shape.actors:
        sits = next((w for w in shape.lexicon.words("sits") if shape.string[: actor.end].endswith(w)), "")
        if (
            sits
            and actor.start in held
            and not shape.string.startswith("议", actor.end)
            and shape.is_reported(actor.start)
        ):
            yield Trigger(actor.end - len(sits), actor.end, sits, "Meeting", noun=True)


def _works_begun(shape: Shape) -> Iterator[Trigger]:
    """水泊路改造工程已于近日启动: works that are set going."""
    for match in _BEGUN.finditer(shape.string):
        start = match.end() - 2
        if start in shape.found.line.bounds and shape.is_reported(start):
            yield Trigger(start, match.end(), "启动", "Construction", noun=False)


@lru_cache(maxsize=4)
def _held_as(lexicon: Lexicon) -> re.Pattern[str]:
    """召开…会, 举办…展; …宴在此举行: what was held, by the character that it ends in."""
    ends = any_of(lexicon.words("gathering_end"))
    return re.compile(f"(召开|举行|举办)了?{_GATHERING}({ends})(?=[,。;、并]|$)|({ends}){_WAS_HELD}")


def _called(shape: Shape, known: set[int]) -> Iterator[Trigger]:
    """召开政党协商会, 举办农机展: whatever was called is a meeting or activity, if no list knows its name either."""
    for marks in _NAMED_IN_MARKS.finditer(shape.string):  # 由县文联主办的“墨香水浒”在文化馆举行
        end = shape.string.index("”", marks.start())
        if end not in known and shape.is_title(marks.start() + 1, end):
            yield Trigger(marks.start() + 1, end, shape.string[marks.start() + 1 : end], "Activity", noun=True)
    held = {m.end(m.lastindex or 0): m for m in _held_as(shape.lexicon).finditer(shape.string)}
    if not held:
        return
    known = known | {a.end for a in shape.actors} | {p.end for p in shape.found.places}
    bodies = tuple(shape.lexicon.words("body_suffix"))
    for start, end, word in shape.found.line.words:
        named = end in known or shape.string[:end].endswith(bodies)
        told = word not in shape.lexicon.words("no_gathering")  # …书画展在县文化馆开展
        if end in held and told and not named and shape.is_reported(start):
            meets = word.endswith("会") and held[end][1] != "举办"
            yield Trigger(start, end, word, "Meeting" if meets else "Activity", noun=True)


def _whole(shape: Shape, trigger: Trigger, before: Trigger) -> Trigger:
    """A trigger with what belongs to it: 开工 + 仪式, 接受 + 记者专访; 文化节 + 开幕式 is of the festival's type."""
    start, end, text, kind, noun = trigger.start, trigger.end, trigger.text, trigger.type, trigger.noun
    words = shape.lexicon.words
    if noun and before.end == start and text in words("opening"):
        return replace(trigger, type=before.type)
    if noun:
        cleans = kind == "Enforcement" and any(w in shape.string for w in words("volunteers"))
        trigger = replace(trigger, type="Activity") if cleans else trigger  # 组织志愿者开展清洁家园专项行动
        opened = next((f"的{w}" for w in words("opening") if shape.string.startswith(f"的{w}", end)), "")
        goes_on = opened or next((w for w in words("goes_on_as") if shape.string.startswith(w, end)), "")
        return replace(trigger, end=end + len(goes_on), text=text + goes_on)
    if text in words("accepts"):
        asked = [
            end + behind.end()
            for w in words("questions")
            if (behind := re.match(f"[^,。;]{{0,12}}?{w}", shape.string[end:]))
        ]
        return replace(trigger, end=min(asked), text=shape.string[start : min(asked)]) if asked else trigger
    if kind == "Inspection" and any(w in shape.string[:start] for w in words("goodwill")):  # 志愿者看望孤寡老人
        kind = "Activity" if any(text in words(name) for name in _KINDNESSES) else kind
    if text in words("issues") and shape.string.startswith("《", end):  # 颁发《意见》
        return replace(trigger, type="Announcement")
    if kind == "Enforcement" and any(text.endswith(w) for w in words("look_into")):
        # 人大代表…执法检查: those who deliberate inspect, they enforce nothing
        kind = "Inspection" if any(w in shape.string[:start] for w in words("deliberative")) else kind
    opened = shape.found.line.longest(end, words("opened_with")) or "" if kind == "Construction" else ""
    ceremony = shape.found.line.longest(end + len(opened), words("ceremony")) or ""
    ceremony = opened + ceremony if ceremony else ""  # 竣工 + 剪彩 + 仪式
    if kind == "Transfer" and ceremony.endswith(("会", "会议")):
        return Trigger(start, end + len(ceremony), text + ceremony, "Meeting", noun=True)  # 第五次交办|会议
    held = bool(ceremony) and kind not in _NOT_HELD
    kind = "Activity" if held and (kind == "Announcement" or text in words("opens_a_house")) else kind
    return Trigger(start, end + len(ceremony), text + ceremony, kind, held)

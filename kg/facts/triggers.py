"""Where a sentence tells of a happening: verbs that need someone who acts, nouns that need to be held or attended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.facts.shape import Shape
from kg.lexicon import EventType, Lexicon
from kg.words import any_of

_ACCIDENT_WITHIN = 24  # characters behind 发生 in which the accident is looked for


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger where it stands; `noun` when the type is known by what was held and not by a verb."""

    start: int
    end: int
    text: str
    type: str
    noun: bool


@lru_cache(maxsize=4)
def _automaton(lexicon: Lexicon) -> tuple[AhoCorasick, tuple[tuple[str, EventType, bool], ...]]:
    entries = {word: (word, t, False) for t in lexicon.event_types for word in t.triggers}
    entries |= {word: (word, t, True) for t in lexicon.event_types for word in t.nouns}
    table = tuple(entries[word] for word in sorted(entries))
    return AhoCorasick([word for word, _, _ in table], matchkind=MatchKind.LeftmostLongest), table


_GATHERING = "[^,。;:、《》\\s]{2,36}?"
_WAS_HELD = (
    "(?=(?:于|在[^,。;:]{1,24}?)?(?:隆重|顺利|圆满|胜利|如期|成功|正式|热闹|火热)*"
    "(?:召开|(?:举行|开幕|落幕|上演)(?=[,。;]|$)))"
)
_JOINED = re.compile(
    "暨[^,。;:]{2,30}?(?:(?<![社协学商联])会议?(?![员展务长场费计所])|仪式|活动|典礼|大赛|比赛|论坛|演出|晚会|讲座|培训班)"
)  # 总结会暨动员会 is one
# 获得…称号, 下发《通知》: classes of verbs, and of what must stand behind them in the clause.
_NEEDS_BEHIND = (
    ("award_to_prize", "prize"),
    ("gives_out", "document_mark"),
    ("gives_comfort", "comfort"),
    ("teaches", "lesson"),
    ("hurries", "scene"),
    ("shows_film", "film"),
    ("cleans", "litter"),
)
_FOLLOWING = ("trigger_not_before", "trigger_before")  # 会议代表 tells of nothing, 会见代表团 does
# 前来调研的省领导, 检察院起诉的被告人: the verb tells of somebody in passing.
_IN_PASSING = frozenset({"Inspection", "Enforcement", "Meeting"})
_BEFORE_IT = re.compile("之?前(?!线|进|沿|方|往|来)")
_PASSING = re.compile("(?:时|期间|中|后)?(?:的|重要|发表|讲话)|时在座")
_GIVEN = re.compile("(?:受到?|给予|予以)了?[^,。;]{0,24}$")  # 受到撤销村委会主任职务处分
_EARNED = re.compile("(?:分获|荣获|获得|得到)了?[^,。;]{0,30}$")  # 两位同学也获得了表彰
_CONGRATULATED = re.compile("对[^,。;]*当选[^,。;]*表示|(?:祝贺|恭喜)[^,。;]*当选")
_THE_APPOINTED = re.compile("[被新拟所受][^,。;]{2,5}(?:的|人员|同志)")  # 向被任命的人员颁发任命书
_BY_OTHERS = re.compile("(?<![理自缘])由[^,。;:、]{2,24}$")
_ONCE_DONE = re.compile("之?后,[^,。;]{0,8}(?:将|可|能|会|预计|有望)")  # 建成通车后,将…
# 慰问活动 is a visit still; 开工仪式 is no longer a 开工 but held.
_JOINS = frozenset({"Activity", "Award"})
_NOT_HELD = frozenset({"Inspection", "Meeting", "Interview", "Transfer"})


def find_outing(shape: Shape) -> Trigger | None:
    """县文联组织书法家走进石庙村: people who go somewhere, for a sentence that tells of nothing else."""
    people = tuple(shape.lexicon.words("outing_people"))
    for start, end, word in shape.find("outing"):
        if shape.string[:start].endswith(people) and shape.is_reported(start):
            return Trigger(start, end, word, "Activity", noun=False)
    return None


def find_triggers(shape: Shape) -> Iterator[Trigger]:
    """The triggers of a sentence that report something, left to right."""
    automaton, table = _automaton(shape.lexicon)
    named = {i for a in shape.actors for i in range(a.start, a.end)}
    named |= {i for p in shape.found.places if p.category == "facility" for i in range(p.start, p.end)}  # 市展览|馆
    yield from _sittings(shape)
    yield from _called(
        shape, {end for index, _, end in automaton.find_matches_as_indexes(shape.string) if table[index][2]}
    )
    at, opened = 0, Trigger(0, 0, "", "", noun=True)
    for index, start, end in automaton.find_matches_as_indexes(shape.string):
        word, kind, noun = table[index]
        within = (start in named and end - 1 in named) or (not noun and bool(named & set(range(start, end))))
        told = shape.is_reported(start) or (noun and shape.is_title(start, end))
        if start < at or within or shape.is_aside(start) or not told:
            continue  # 会议 of 党组会议 reaches out of the name it begins in
        if noun and not {start, end} & shape.found.line.bounds:
            continue  # 法庭审理 holds no 庭审
        met = kind.name == "Meeting" and shape.is_attended(start)  # X参加座谈: told as 出席座谈会 is
        trigger = _whole(shape, Trigger(start, end, word, kind.name, noun or met), opened)
        at, opened = trigger.end, trigger if trigger.noun else opened
        joins = trigger.noun or trigger.type in _JOINS  # 颁奖暨文艺晚会
        if joins and (joined := _JOINED.match(shape.string, trigger.end)):
            at = joined.end()
            trigger = replace(trigger, noun=True)
            joint = "Activity" if trigger.type == "Meeting" and not joined[0].endswith(("会", "会议")) else trigger.type
            trigger = replace(trigger, end=at, text=shape.string[start:at], type=joint)  # 成立大会暨挂牌仪式
        if _tells(shape, trigger, word):
            yield trigger


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


@lru_cache(maxsize=4)
def _held_as(lexicon: Lexicon) -> re.Pattern[str]:
    """召开…会, 举办…展; …宴在此举行: what was held, by the character that it ends in."""
    ends = any_of(lexicon.words("gathering_end"))
    return re.compile(f"(召开|举行|举办)了?{_GATHERING}({ends})(?=[,。;、并]|$)|({ends}){_WAS_HELD}")


def _called(shape: Shape, known: set[int]) -> Iterator[Trigger]:
    """召开政党协商会, 举办农机展: whatever was called is a meeting or activity, if no list knows its name either."""
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
        goes_on = next((w for w in words("goes_on_as") if shape.string.startswith(w, end)), "")
        return replace(trigger, end=end + len(goes_on), text=text + goes_on)
    if text in words("accepts"):
        asked = [
            end + behind.end()
            for w in words("questions")
            if (behind := re.match(f"[^,。;]{{0,12}}?{w}", shape.string[end:]))
        ]
        return replace(trigger, end=min(asked), text=shape.string[start : min(asked)]) if asked else trigger
    if kind == "Award" and text in words("issues") and shape.string.startswith("《", end):
        return replace(trigger, type="Announcement")  # 颁发《意见》
    if kind == "Enforcement" and any(text.endswith(w) for w in words("look_into")):
        # 人大代表…执法检查: those who deliberate inspect, they enforce nothing
        kind = "Inspection" if any(w in shape.string[:start] for w in words("deliberative")) else kind
    opened = shape.found.line.longest(end, words("opened_with")) or "" if kind == "Construction" else ""
    ceremony = shape.found.line.longest(end + len(opened), words("ceremony")) or ""
    ceremony = opened + ceremony if ceremony else ""  # 竣工 + 剪彩 + 仪式
    held = bool(ceremony) and kind not in _NOT_HELD
    kind = "Activity" if held and (kind == "Announcement" or text in words("opens_a_house")) else kind
    return Trigger(start, end + len(ceremony), text + ceremony, kind, held)


def _tells(shape: Shape, trigger: Trigger, word: str) -> bool:
    """Does a trigger tell of something: 督导检查, but not 检查站, 参加检查 or 检查的重点?"""
    words = shape.lexicon.words
    follows, allowed = (shape.string.startswith(tuple(words(c)), trigger.end) for c in _FOLLOWING)
    if (follows and not allowed) or shape.string.endswith(tuple(words("trigger_not_behind")), 0, trigger.start):
        return False
    if trigger.type != "Transfer" and shape.is_in_object(trigger.start):
        return False
    if trigger.noun:
        return True
    if trigger.start not in shape.found.line.bounds or shape.is_attended(trigger.start):
        return False
    if _BEFORE_IT.match(shape.string, trigger.end) and "在" in shape.string[: trigger.start]:
        return False  # 在签约前宣读协议
    if trigger.type in _IN_PASSING and _PASSING.match(shape.string, trigger.end):
        return False
    if trigger.type == "Meeting" and shape.string[: trigger.start].endswith("在"):
        return False  # X在会见中表示,…
    before = shape.string[: trigger.start]
    if trigger.text == "处分" and not _GIVEN.search(before):
        return False
    if trigger.text in words("commends") and _EARNED.search(before):
        return False
    if trigger.text in words("holds_fast") and not _seizing(shape.lexicon).search(before):
        return False  # 火势被控制
    if trigger.type == "Enforcement" and _guiding(shape.lexicon).search(before):
        return False  # 赶赴现场指导案件侦破
    if (
        trigger.type == "Award"
        and shape.string.startswith("的", trigger.end)
        and before.endswith(tuple(words("undergone")))
    ):
        return False  # 向受到表彰的代表表示祝贺
    if trigger.text in words("burns") and shape.string.startswith(tuple(words("burning")), trigger.end):
        return False  # 起火民房为砖木结构
    if _is_another_matter(shape, trigger) or _is_of_somebody(shape, trigger):
        return False
    return _has_object(shape, trigger, word)


def _is_another_matter(shape: Shape, trigger: Trigger) -> bool:
    """接到市局通报: told to somebody, not to the world; 专家为村民义诊,细心检查; 展览馆开馆|暨书画展开幕式."""
    if shape.string.startswith("暨", trigger.end) or _ONCE_DONE.match(shape.string, trigger.end):
        return True
    if trigger.type == "Inspection" and "检查" in trigger.text:
        return any(w in shape.string for w in shape.lexicon.words("cures"))
    return trigger.type == "Announcement" and _is_received(shape, trigger)


@lru_cache(maxsize=4)
def _seizing(lexicon: Lexicon) -> re.Pattern[str]:
    """将其|控制, 被民警|制服, 将两名嫌疑人|抓住."""
    return re.compile(
        f"[将把](?:其|该|{any_of(lexicon.words('him'))}|[^,。;]{{0,12}}(?:人|男子|女子|车|{any_of(lexicon.words('him'))}))"
        f"[^,。;]{{0,8}}$|被[^,。;]{{0,8}}(?:{any_of(lexicon.words('law_organ'))})[^,。;]{{0,6}}$|设卡$|上前$"
    )


@lru_cache(maxsize=4)
def _guiding(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(f"{any_of(lexicon.words('guides'))}[^,。;]{{0,12}}$")


def _is_of_somebody(shape: Shape, trigger: Trigger) -> bool:
    """为受聘名誉会长的X颁发聘书, 向荣获…称号的教师表示祝贺: does it only say who somebody is?"""
    to_whom = shape.string[: trigger.start].endswith(tuple(shape.lexicon.words("to_whom")))
    if trigger.type == "Appointment" and _CONGRATULATED.search(shape.string, *shape.clause_at(trigger.start)):
        return True
    if trigger.type == "Appointment" and _THE_APPOINTED.match(shape.string, max(trigger.start - 1, 0), trigger.end + 2):
        return True
    if _BY_OTHERS.search(shape.string, 0, trigger.start) and shape.string.startswith("的", trigger.end):
        return True  # 收到由爱心企业捐赠的书包
    earned = trigger.type == "Appointment" or (trigger.type == "Award" and not trigger.noun)
    return earned and to_whom and "的" in shape.string[trigger.end : shape.clause_at(trigger.end)[1]]


def _is_received(shape: Shape, trigger: Trigger) -> bool:
    """接到市局通报, 通报特警大队: is it told to somebody, and not to the world?"""
    start, end = shape.clause_at(trigger.start)
    told = any(a.start == trigger.end and a.end == end for a in shape.actors)
    told = told or shape.string[trigger.end : end].endswith(tuple(shape.lexicon.words("force")))
    return told or any(shape.string.find(w, start, trigger.start) >= 0 for w in shape.lexicon.words("receives"))


def _has_object(shape: Shape, trigger: Trigger, word: str) -> bool:
    """获得…称号, 下发《通知》, 发生…火灾 tell by what follows the verb; other verbs need nothing behind them."""
    behind = shape.string[trigger.end : shape.clause_at(trigger.start)[1]]
    if any(f"{w}》" in behind for w in shape.lexicon.words("served")):
        return False  # 下发《整改通知书》: told to one, not to the world
    for verbs, objects in _NEEDS_BEHIND:
        if word in shape.lexicon.words(verbs):
            return any(w in behind for w in shape.lexicon.words(objects))
    if word in shape.lexicon.words("visits_place"):
        light = tuple(f"{verb}{done}" for verb in shape.lexicon.words("light_verb") for done in ("", "了"))
        return shape.string[: trigger.start].endswith(light) or _names_a_place(shape, trigger.end)
    if word in shape.lexicon.words("inspects_party"):
        begin = shape.clause_at(trigger.start)[0]  # 对A、B开展常规巡察, not 第一轮常规巡察的重点
        return any(begin <= b and e <= trigger.start for b, e, _ in shape.find("light_verb"))
    if word in shape.lexicon.words("helps"):
        return any(w in shape.string for w in shape.lexicon.words("in_need"))
    if word in shape.lexicon.words("accepts"):
        return trigger.text != word
    return word not in shape.lexicon.words("happens") or accident_behind(shape, trigger.end) is not None


def _names_a_place(shape: Shape, position: int) -> bool:
    """访问宁波市, 来访我市: does a place or 我市 stand right behind?"""
    home = shape.string.startswith(tuple(shape.lexicon.words("deictic_place")), position)
    return home or any(p.start == position for p in shape.found.places)


def accident_behind(shape: Shape, position: int) -> str | None:
    """发生一起火灾, 着火: the accident that befell, as the verb or its clause behind it names it."""
    if shape.string[:position].endswith(tuple(shape.lexicon.words("burns"))):
        return shape.string[position - 2 : position]
    if not shape.string[:position].endswith(tuple(shape.lexicon.words("happens"))):
        return None
    behind = shape.string[position : shape.clause_at(position)[1]][:_ACCIDENT_WITHIN]
    if behind.startswith(tuple(shape.lexicon.words("several"))):
        return None  # 连续发生多起盗窃案: no one happening
    found = [(behind.find(word), -len(word), word) for word in shape.lexicon.words("accident") if word in behind]
    return min(found)[2] if found else None

"""Where people went: the places that follow 来到, 深入, 在 and their like, or that they looked at."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.facts.shape import Shape
from kg.lexicon import Lexicon
from kg.mentions import PlaceHit
from kg.model import Entity
from kg.resolve.paths import CATEGORY_LEVELS
from kg.words import segmenter

_JOIN = re.compile(r"[、,和及与]|以及|并|、并")
_ITS_HEADS = re.compile("(?:主要|有关|相关)领导")
_CLOSED = re.compile(r"[^。;]*等(?:地|处|[\u4e00-\u9fff\d]{0,6}(?:项目|单位|企业|点位?|现场))")
_UNREAD = re.compile("[一-鿿]{1,6}|[一-鿿]{2,12}、(?:[一-鿿]{2,12}、)?")
_ON_AND_ON = re.compile("(?:、[^,。;、]{2,8}){1,2},")
_CARED_FOR = re.compile("(?:对口|结对|挂钩|包联|挂包|定点|帮扶|联系)[^,。;、]{0,6}")  # 赴对口联系单位|马营镇
_STOP_TAIL = 3  # characters behind the place in 在西古村里,…
_EPITHET = 4
_LONGEST_GAP = 16
_COUNTY = 2  # the level of a county
_SETTLED = frozenset({"community", "village"})
_HOUSES = frozenset({"school", "hospital", "company", "institution"})  # agencies that one sees by going there


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place, or an agency that may have been visited, where it stands in a sentence."""

    start: int
    end: int
    entity: Entity
    place: PlaceHit | None


def places_gone_to(
    shape: Shape,
    start: int,
    end: int,
    entities: dict[tuple[int, int], Entity],
    *,
    at_work: bool = False,
    visit: bool = False,
    only_at: bool = False,
) -> list[Entity]:
    """The places, and agencies visited, that follow 深入, 来到, 在 and their like between two offsets."""
    spots = _spots(shape, entities)
    seen = [] if only_at else _looked_at(shape, start, end, spots)
    offices = frozenset(s.start for s in spots if not (s.place or (visit and _is_house(shape.lexicon, s.entity.name))))
    gone: list[_Spot] = []
    at_words = [(b, e, w) for b, e, w in shape.found.line.words if w in ("在", "于") or (at_work and w == "对")]
    for begin, stop, word in sorted({*at_words, *([] if only_at else shape.find("move"))}):
        beside = shape.is_quoted(begin) or shape.is_escort(stop) or shape.is_led_by(stop)
        if start <= begin and stop <= end and not beside:
            gone += _led_to(shape, stop, spots, gone, offices if word == "对" else frozenset())
    found = [s.entity for s in (*(s for s in gone if not _is_around(shape, s, seen)), *seen)]
    found = [e for e in found if e.kind != "person"]  # 在县长X的主持下
    return list({e.name: e for e in reversed(found)}.values())[::-1]  # a works is a place and an agency, gone to once


def _spots(shape: Shape, entities: dict[tuple[int, int], Entity]) -> list[_Spot]:
    """The places of a sentence and the agencies that may have been visited, in their order, the longest first."""
    stops = [_Spot(p.start, p.end, e, p) for p in shape.found.places if (e := entities.get((p.start, p.end)))]
    acting = [a for a in shape.actors if a.start != a.begin or a.entity.kind == "agency"]
    acting = [a for a in acting if a.start not in shape.offices]  # 县水利局局长、镇长X参加
    visits = [_Spot(a.start, a.end, a.entity, None) for a in acting]
    return sorted([*stops, *visits], key=lambda s: (s.start, -s.end))


def _led_to(shape: Shape, stop: int, spots: list[_Spot], gone: list[_Spot], barred: frozenset[int]) -> list[_Spot]:
    """The list of places that a verb of going, ending at `stop`, leads to; an inner place replaces the one around."""
    found: list[_Spot] = []
    at, people = stop, tuple(shape.lexicon.words("its_people"))
    for spot in spots:
        if spot.start < at or shape.is_quoted(spot.start):
            continue
        first = at == stop
        gap = _beyond_home(shape, at, spot.start) if first else shape.string[at : spot.start]
        if not first and _ON_AND_ON.fullmatch(gap) and _CLOSED.match(shape.string, spot.start):
            gap = ","  # 到A街、餐饮门店,B路C加油站等处
        if spot.start in barred or (gap == "," and _somebody_acts(shape, spot.start)):
            break  # 对县检察院起诉的案件: an office dealt with is no place; 参观了A村,B镇镇长X陪同
        if _UNREAD.fullmatch(gap) and _CLOSED.match(shape.string, spot.start) and not _in_verbs(shape, at, spot.start):
            gap = ""  # 来到无名的日新化工厂、A馆等地: the name begins before what is known of it
        if first and gap == "的":
            break  # 前来调研的甘肃省长助理X
        if gap == "," and shape.string.startswith(people, spot.end):
            break  # 到A村考察,县博物馆负责人介绍了…
        if gap in shape.lexicon.words("pp"):
            break  # 到清河县就青石河治理进行调研
        last = (found or gone)[-1:]
        inner = bool(last) and spot.entity.within.endswith(last[0].entity.name)
        inner = inner and len(gap) <= _EPITHET  # 浙江省侨乡青田县
        city = first and gap in shape.lexicon.places_by_name and shape.string[spot.start] != "("  # 在|辽源|宾馆会见
        if not (inner or city or _JOIN.fullmatch(gap) or (len(gap) <= _LONGEST_GAP and _is_light(gap, first=first))):
            break
        settled = gap == "" and not first and spot.place is not None and spot.place.category in _SETTLED
        chained = settled or ((gap == "" or inner) and spot.place is not None and spot.place.chained)
        if chained and last and last[0].entity.kind == spot.entity.kind:
            (found or gone).pop()  # 东辽县渭津镇: the inner place is where it was
        at = spot.end
        if not _is_beside(shape, spot.end):
            found.append(spot)
    return found


def _is_house(lexicon: Lexicon, name: str) -> bool:
    """对石桥镇中心小学进行回访: is what one sees to a house that one goes to, and no office?"""
    suffix = next((name[k:] for k in range(1, len(name)) if name[k:] in lexicon.suffixes), "")
    return bool(suffix) and lexicon.suffixes[suffix].category in _HOUSES


def _in_verbs(shape: Shape, start: int, end: int) -> bool:
    """Does a verb stand between two offsets?"""
    words = [w for _, _, w in shape.found.line.words_within(start, end)]
    return any(segmenter().tag(w) == "p" or (len(w) > 1 and segmenter().tag(w) == "v") for w in words)


def _is_around(shape: Shape, area: _Spot, seen: list[_Spot]) -> bool:
    """到清河县考察了A厂、B村: does what was looked at in the same clause say more exactly where?"""
    end = shape.clause_at(area.start)[1]
    level = CATEGORY_LEVELS.get(area.place.category) if area.place else None
    zone = area.place is not None and area.place.category == "zone"
    return (zone or (level is not None and level <= _COUNTY)) and any(area.end <= s.start < end for s in seen)


def _beyond_home(shape: Shape, start: int, end: int) -> str:
    """来到我县芦洲乡: what stands before the first place, without the paper's own."""
    gap = shape.string[start:end]
    if gap in shape.lexicon.words("own_deictic"):
        return ""  # 来到我|县实验小学
    home = next((w for w in shape.lexicon.words("deictic_place") if gap.startswith(w)), "")
    return gap.removeprefix(home)


def set_before(shape: Shape, end: int, entities: dict[tuple[int, int], Entity]) -> list[Entity]:
    """当天下午,在清河广场,…: the places of clauses before `end` that say nothing but where."""
    found: list[Entity] = []
    for begin, stop in [c for c in shape.clauses if c[1] < end]:
        last = max((p.end for p in shape.found.places if begin <= p.start and p.end <= stop), default=begin)
        if shape.string.startswith(("在", "于"), begin) and begin < last and stop - last <= _STOP_TAIL:
            found += places_gone_to(shape, begin, stop, entities, only_at=True)
    return found


def _is_beside(shape: Shape, end: int) -> bool:
    """远航集团承建的园区, 武警支队官兵: does the name before only say whose the place or who the people are?"""
    made = re.match(r"([\u4e00-\u9fff]{2,6})的", shape.string[end:])
    made_by = made is not None and made[1].startswith(tuple(shape.lexicon.words("made_by")))
    headed = _ITS_HEADS.match(shape.string, end) is not None  # 区委主要领导的批示
    headed = headed or shape.string.startswith(("驻", "派驻"), end)  # 看望县委办驻石庙村工作队
    return made_by or headed or are_greeted(shape, end)


def are_greeted(shape: Shape, end: int) -> bool:
    """慰问武警支队官兵, 消防大队全体指战员: do the people of the agency before follow?"""
    words = shape.lexicon.words
    all_of = next((len(w) for w in sorted(words("all_of_them")) if shape.string.startswith(w, end)), 0)
    of = shape.string.startswith("的", end + all_of)  # 石庙学校的教职工
    return shape.string.startswith(tuple(words("greeted")), end + all_of + of)


def _looked_at(shape: Shape, start: int, end: int, spots: list[_Spot]) -> list[_Spot]:
    """考察了A项目、B厂和C公司: all that the clause names behind the verb, whatever stands between."""
    found = []
    for begin, stop, _ in shape.find("look"):
        if start <= begin and stop <= end and not shape.is_quoted(begin):
            limit = min(_list_end(shape, begin, spots), end)
            begun = {s.start for s in spots if s.place is not None and s.place.chained}
            found += [
                s
                for s in spots
                if stop <= s.start
                and s.end <= limit
                and not _is_beside(shape, s.end)
                and not shape.string.endswith(("来自", "向"), 0, s.start)  # 走访向武汉捐款的居民
                and not (s.place is not None and s.end in begun)  # 界河镇枫林社区: the inner one
            ]
    return found


def _somebody_acts(shape: Shape, position: int) -> bool:
    """Is a person named behind `position` in its clause?"""
    stop = shape.clause_at(position)[1]
    return any(position <= a.start < stop and a.entity.kind == "person" for a in shape.actors)


def list_end(shape: Shape, position: int, entities: dict[tuple[int, int], Entity]) -> int:
    """先后来到A村、B厂,C公司、D集团: where the list of places ends that a verb of going leads to."""
    return _list_end(shape, position, _spots(shape, entities))


def _list_end(shape: Shape, position: int, spots: list[_Spot]) -> int:
    """参观了A村、B村建设情况,C中学、D厂,…: the list goes on over clauses that open with a place and tell nothing."""
    own = shape.clause_at(position)
    end = own[1]
    telling = [
        b
        for name in ("look", "move", "attend", "hold", "introduces", "floor")
        for b, _, w in shape.find(name)
        if len(w) > 1
    ]
    for begin, stop in [c for c in shape.clauses if c[0] > own[0]]:
        opens = any(begin <= s.start <= begin + _EPITHET and s.end <= stop for s in spots)
        opens = opens and segmenter().tag(shape.found.line.word_from(begin)) not in ("v", "vn")  # 了解市政协…情况
        told = any(begin <= b < stop for b in telling) or shape.speech_start < stop
        opens = opens or _CLOSED.match(shape.string, begin) is not None  # A厂,无名的一处,B园等地
        does = shape.string.startswith(("并", *shape.lexicon.words("by_order_of")), begin)  # 代表县委送去祝福
        if not opens or told or does or _somebody_acts(shape, begin):
            break
        end = stop
    return end


def _is_light(gap: str, *, first: bool) -> bool:
    """Between a verb of going and the place, or between two places: 了, 辖区内的, 等地."""
    if first and re.fullmatch(
        r"了?(?:位于|辖区|全市|县城|城区|市区|主城区|城内|[^,。;、]{0,6}的|[\u4e00-\u9fff]{3,8}、)?", gap
    ):
        return True
    if first and _CARED_FOR.fullmatch(gap):
        return True
    return re.fullmatch(r"等?地?(?:辖区内?的?|境内的?|的|内的?|等|辖区)?", gap) is not None or _is_listed(gap)


def _is_listed(gap: str) -> bool:
    """A馆、无名的一处、B园, A站广场、B园: may a list of places go on over a name that nobody knows?"""
    return (
        re.fullmatch(r"[\u4e00-\u9fff“”]{0,8}(?:、[\u4e00-\u9fff“”]{2,12})?[、和及][\u4e00-\u9fff“”]{0,4}", gap)
        is not None
    )


def listed_last(shape: Shape, places: list[PlaceHit]) -> list[PlaceHit]:
    """A中心和B大桥: the last of some places, with those that stand with it in one list."""
    listed = places[-1:]
    for place in reversed(places[:-1]):
        if shape.string[place.end : listed[0].start] not in ("、", "和", "及"):
            break
        listed.insert(0, place)
    return listed


def home_place_after(shape: Shape, start: int, end: int) -> str | None:
    """我市 between two offsets: the paper's own place, as printed."""
    for word in sorted(shape.lexicon.words("deictic_place")):
        at = shape.string.find(word, start, end)
        if at >= 0:
            return word
    return None

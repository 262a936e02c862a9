"""What surrounds a trigger: the places gone to, those brought along, the meeting's own name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.facts.clauses import Actor
from kg.facts.shape import Shape
from kg.mentions import PlaceHit
from kg.model import Entity
from kg.words import segmenter

_JOIN = re.compile(r"[、,和及与]|以及|并|、并")
_MARK = re.compile(r"第[一二三四五六七八九十百\d]+[批轮期届次]")
_ONE = re.compile("^一[场次届期堂节台]")
_SPOKEN_THERE = re.compile("上(?:的|(?:所|发表|提出|强调|作出|讲)[^,。;了]{0,4}的)")  # 学习…在全会上的讲话
_CLOCK = re.compile(r"^\d\d分?")
_STOP_TAIL = 3  # characters behind the place in 在西古村里,…
_EPITHET = 4
_LONGEST_GAP = 16
_CALLED = re.compile("[^,。;:]{0,8}接(?:到|警|报)")
_MOST_NAME = 30
_BROUGHT_FIRST = re.compile(r".{0,2}|[^,。;:]{2,10}(?:、|,?以及|,?及|和)")


def marks_of(shape: Shape, start: int, end: int) -> tuple[str, ...]:
    """第八批, 第三次: what tells one happening of a kind from the next."""
    return tuple(dict.fromkeys(m[0] for m in _MARK.finditer(shape.string, start, end)))


_Place = tuple[int, int, Entity | None, PlaceHit | None]


def places_gone_to(
    shape: Shape,
    start: int,
    end: int,
    entities: dict[tuple[int, int], Entity],
    *,
    at_work: bool = False,
    only_at: bool = False,
) -> list[Entity]:
    """The places, and agencies visited, that follow 深入, 来到, 在 and their like between two offsets."""
    found: list[Entity] = []
    spots = _spots(shape, entities)
    at_words = [(b, e, w) for b, e, w in shape.found.line.words if w in ("在", "于") or (at_work and w == "对")]
    for begin, stop, word in sorted({*at_words, *([] if only_at else shape.find("move"))}):
        if begin < start or stop > end or shape.is_quoted(begin) or shape.is_escort(stop):
            continue
        at = stop
        for left, right, entity, place in spots:
            if left < at or shape.is_quoted(left) or entity is None:
                continue
            gap = _beyond_home(shape, at, left) if at == stop else shape.string[at:left]
            if (word == "对" and place is None) or (gap == "," and _somebody_acts(shape, left)):
                break  # 对县检察院起诉的案件: an office dealt with is no place; 参观了A村,B镇镇长X陪同
            inner = bool(found) and entity.within.endswith(found[-1].name) and len(gap) <= _EPITHET  # 浙江省侨乡青田县
            if not (inner or _JOIN.fullmatch(gap) or (len(gap) <= _LONGEST_GAP and _is_light(gap, first=at == stop))):
                break
            chained = (gap == "" or inner) and place is not None and place.chained
            if chained and found and _chain_parent(found[-1], entity):
                found.pop()
            at = right
            if not _is_beside(shape, right):
                found.append(entity)
    if not only_at:
        found += _looked_at(shape, start, end, spots)
    found = [e for e in found if e.kind != "person"]  # 在县长X的主持下
    return list({e.name: e for e in reversed(found)}.values())[::-1]  # a works is a place and an agency, gone to once


def _spots(shape: Shape, entities: dict[tuple[int, int], Entity]) -> list[_Place]:
    """The places of a sentence and the agencies that may have been visited, in their order, the longest first."""
    stops = [(p.start, p.end, entities.get((p.start, p.end)), p) for p in shape.found.places]
    visits = [(a.start, a.end, a.entity, None) for a in shape.actors if a.start != a.begin or a.entity.kind == "agency"]
    return sorted([*stops, *visits], key=lambda s: (s[0], -s[1]))


def _beyond_home(shape: Shape, start: int, end: int) -> str:
    """来到我县芦洲乡: what stands before the first place, without the paper's own."""
    gap = shape.string[start:end]
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


def answering(shape: Shape) -> list[Actor]:
    """县消防大队接到报警,石庙村一民房起火: who was called, and came."""
    return [a for a in shape.actors if a.entity.kind == "agency" and _CALLED.match(shape.string, a.end)]


def _is_beside(shape: Shape, end: int) -> bool:
    """远航集团承建的园区, 武警支队官兵: does the name before only say whose the place or who the people are?"""
    made = re.match(r"([\u4e00-\u9fff]{2,6})的", shape.string[end:])
    made_by = made is not None and made[1].startswith(tuple(shape.lexicon.words("made_by")))
    return made_by or are_greeted(shape, end)


def are_greeted(shape: Shape, end: int) -> bool:
    """慰问武警支队官兵, 消防大队全体指战员: do the people of the agency before follow?"""
    words = shape.lexicon.words
    all_of = next((len(w) for w in sorted(words("all_of_them")) if shape.string.startswith(w, end)), 0)
    return shape.string.startswith(tuple(words("greeted")), end + all_of)


def _looked_at(shape: Shape, start: int, end: int, spots: list[_Place]) -> list[Entity]:
    """考察了A项目、B厂和C公司: all that the clause names behind the verb, whatever stands between."""
    found = []
    for begin, stop, _ in shape.find("look"):
        if start <= begin and stop <= end and not shape.is_quoted(begin):
            limit = min(_list_end(shape, begin, spots), end)
            begun = {left for left, _, e, place in spots if e is not None and place is not None and place.chained}
            found += [
                e
                for left, right, e, place in spots
                if e is not None
                and stop <= left
                and right <= limit
                and not _is_beside(shape, right)
                and not (place is not None and right in begun)  # 界河镇枫林社区: the inner one
            ]
    return found


def _somebody_acts(shape: Shape, position: int) -> bool:
    """Is a person named behind `position` in its clause?"""
    stop = shape.clause_at(position)[1]
    return any(position <= a.start < stop and a.entity.kind == "person" for a in shape.actors)


def _list_end(shape: Shape, position: int, spots: list[_Place]) -> int:
    """参观了A村、B村建设情况,C中学、D厂,…: the list goes on over clauses that open with a place and tell nothing."""
    own = shape.clause_at(position)
    end = own[1]
    telling = [b for name in ("look", "move", "attend", "hold", "introduces", "floor") for b, _, w in shape.find(name)]
    for begin, stop in [c for c in shape.clauses if c[0] > own[0]]:
        opens = any(begin <= left <= begin + _EPITHET and right <= stop for left, right, _, _ in spots)
        told = any(begin <= b < stop for b in telling) or shape.speech_start < stop
        if not opens or told or shape.string.startswith("并", begin) or _somebody_acts(shape, begin):
            break
        end = stop
    return end


def _chain_parent(outer: Entity, inner: Entity) -> bool:
    """东辽县渭津镇: the inner place is where it was."""
    return outer.kind == inner.kind


def _is_light(gap: str, *, first: bool) -> bool:
    """Between a verb of going and the place, or between two places: 了, 辖区内的, 等地."""
    if first and re.fullmatch(r"了?(?:位于|辖区|全市|[^,。;、]{0,6}的|[\u4e00-\u9fff]{3,8}、)?", gap):
        return True
    return re.fullmatch(r"等?地?(?:辖区内?的?|境内的?|的|内的?|等|辖区)?", gap) is not None or _is_listed(gap)


def _is_listed(gap: str) -> bool:
    """A馆、无名的一处、B园, A站广场、B园: may a list of places go on over a name that nobody knows?"""
    return (
        re.fullmatch(r"[\u4e00-\u9fff“”]{0,8}(?:、[\u4e00-\u9fff“”]{2,12})?[、和及][\u4e00-\u9fff“”]{0,4}", gap)
        is not None
    )


def home_place_after(shape: Shape, start: int, end: int) -> str | None:
    """我市 between two offsets: the paper's own place, as printed."""
    for word in sorted(shape.lexicon.words("deictic_place")):
        at = shape.string.find(word, start, end)
        if at >= 0:
            return word
    return None


@dataclass(frozen=True, slots=True)
class Held:
    """How a sentence says that something was held: held, hosted, attended, on (在会上); `start` is where."""

    manner: str
    start: int


def how_held(shape: Shape, begin: int, end: int, *, meeting: bool) -> Held | None:
    """召开推进会, 推进会在清河召开, 主持会议, 在座谈会上: None where the noun is only mentioned."""
    lexicon, clause = shape.lexicon, shape.clause_at(begin)
    before = shape.string[clause[0] : begin]
    if any(word in before for word in lexicon.words("not_held_after")):
        return None  # 关于召开…会议的决定, 决定于明年1月召开…会议
    members = {how: lexicon.words(how) for how in ("host", "attend")}
    not_told = tuple(lexicon.words("not_held_before"))

    def aside(position: int) -> bool:
        """活动开展以来, 会议举办形式: a time or a matter, not what is told."""
        return shape.string.startswith(not_told, position)

    held = {*shape.find("hold"), *([] if meeting else shape.find("hold_activity"))}
    for start, stop, word in sorted({*held, *shape.find("host"), *shape.find("attend")}):
        ahead = clause[0] <= start and stop <= begin and _is_bare(shape, stop, begin, near=True)
        after = start >= end and stop <= clause[1] and not aside(stop) and _is_bare(shape, end, start)
        after = after and word not in lexicon.words("holds_forth")  # 向大会作了报告: what is given stands behind
        if (start, stop, word) in held and (ahead or after or _reaches(shape, stop, begin, end)):
            return Held("held", start)
        if word in members["host"] and ahead:
            return Held("hosted", start)
        if word in members["attend"] and ahead:
            return Held("attended", start)
    talks = ("时", "中") if shape.string[:end].endswith("讨论") else ()  # 在分组讨论时
    spoken = _SPOKEN_THERE.match(shape.string, end)
    if shape.string.startswith(("上", "期间", *talks), end) and "在" in shape.string[clause[0] : begin] and not spoken:
        return Held("on", clause[1])
    return None


def _reaches(shape: Shape, start: int, begin: int, end: int) -> bool:
    """开展妇女节关爱老人、共享生活慰问活动: does the verb reach over a long name to the end of its clause?"""
    if not 0 <= begin - start <= _MOST_NAME or shape.string[end : end + 1] not in ("", *",。;:!"):
        return False
    between = shape.string[start:begin]
    others = any(start <= b < begin for name in ("hold", "attend", "host") for b, _, _ in shape.find(name))
    return not others and not re.search("[,。;:!并]|仪式", between)


def _is_bare(shape: Shape, start: int, end: int, *, near: bool = False) -> bool:
    """Between the noun and its verb: only the day, the place and 隆重 or its like."""
    text = shape.string[start:end]
    if not near:
        text = re.sub("(?<!正)[在于由].*", "", text)  # 开工仪式在园区举行, 由A主办: wherever, by whomever
    for left, right in shape.quoted if near else ():
        text = text.replace(shape.string[left:right], "") if start <= left and right <= end else text
    spans = [(d.start, d.end) for d in shape.found.dates] + [(p.start, p.end) for p in shape.found.places]
    spans += [(a.start, a.end) for a in shape.actors if shape.string[a.begin - 1 : a.begin] in ("在", "于")]
    for left, right in spans:
        if start <= left and right <= end:
            text = text.replace(shape.string[left:right], "")
    for word in sorted(
        (*shape.lexicon.words("adverb_of_holding"), *shape.lexicon.words("subject_prefix")), key=len, reverse=True
    ):
        text = text.replace(word, "")
    text = re.sub(r"[\s()”“\"\d:时分在于了的将、第一二三四五六七八九十次届]", "", text)
    return len(text) <= (_EPITHET if near else 0)


def event_name(shape: Shape, start: int, end: int) -> str:
    """The noun phrase that ends in an event's noun: 辽源市产业工人队伍建设改革推进会."""
    begin = start
    for left, right, word in shape.found.line.words_before(start):
        quotation = next(((b, e) for b, e in (*shape.quoted, *shape.brackets) if b <= left < e), None)
        if quotation is not None and quotation[0] > 0 and start - quotation[0] <= _MOST_NAME:
            begin = min(begin, quotation[0])  # “情浓重阳,礼敬老人”主题活动, (扩大)会议: whole, whatever stands in it
        elif start - left > _MOST_NAME or not _is_of_name(shape, left, right, word, start):
            break
        else:
            begin = left
    begin = min([begin, *(p.start for p in shape.found.places if p.start < begin < p.end)])  # no name of half a place
    for word in shape.lexicon.words("this_one"):
        begin += len(word) if shape.string.startswith(word, begin) and begin + len(word) < start else 0
    name = _ONE.sub("", shape.string[begin:end].strip("的—-").lstrip("”、"))
    name = name if name.count("“") == name.count("”") else name.strip("“")
    return _CLOCK.sub("", name) if shape.string[begin - 1 : begin] == ":" else name


def _is_of_name(shape: Shape, left: int, right: int, word: str, start: int) -> bool:
    """May a word stand in the name of a meeting: no verb of holding, no day, no person?"""
    words, lexicon = segmenter(), shape.lexicon
    if not re.fullmatch(r"[\u3400-\u9fff0-9A-Za-z“”\"·—()《》]+", word):
        return False
    if word in ("和", "与", "暨"):
        return True
    if word in lexicon.words("name_stop") | lexicon.words("hold") | lexicon.words("attend"):
        return False
    if words.is_function_word(word):
        return False
    people = [(a.start, a.end) for a in shape.actors if a.entity.kind == "person"]
    if any(b < right and left < e for b, e in [*((d.start, d.end) for d in shape.found.dates), *people]):
        return False
    return words.tag(word) != "v" or left != shape.clause_at(start)[0]


def brought_along(shape: Shape, start: int, end: int) -> list[Actor]:
    """Those named behind 带领, 率, 会同 between two offsets, up to where the sentence moves on."""
    found: list[Actor] = []
    for begin, stop, _ in shape.find("bring"):
        if begin < start or stop > end or shape.string.startswith("下", stop):
            continue
        first = next((a for a in shape.actors if a.begin >= stop and a.end <= end), None)
        # 带领县直机关、财政局, 带领镇有关负责人,以及派出所: what stands first may be nobody that is known
        if first is not None and _BROUGHT_FIRST.fullmatch(shape.string[stop : first.begin]):
            found += [a for a in shape.run_from(first, end) if a not in found]
    return found

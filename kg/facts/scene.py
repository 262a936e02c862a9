"""What surrounds a trigger: how it was held, those brought along, the meeting's own name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.facts.clauses import Actor
from kg.facts.shape import Shape
from kg.words import segmenter

_MARK = re.compile(r"第[一二三四五六七八九十百\d]+[批轮期届次]")
_SITTING = re.compile("第[一二三四五六七八九十百\\d]+次(?:[\u4e00-\u9fff()]{0,6})?会议$")
_ONE = re.compile("^一[场次届期堂节台]")
_ORDINAL = re.compile("第\\d{1,3}$")  # 第40|个教师节
_SPOKEN_THERE = re.compile("上(?:的|(?:所|发表|提出|强调|作出|讲)[^,。;了]{0,4}的)")  # 学习…在全会上的讲话
_OPENED_BY = re.compile("(?:晚会|演出|活动|仪式|典礼|大会|[赛节展])在[^,。;]{0,14}$")  # 晚会在拔河|比赛中拉开序幕
_DECIDED = re.compile("决定了?(?:召开|举行)?$")
_ITS_MATTERS = re.compile("的(?:有关|相关|具体)*(?:时间|日期|事宜|事项)|的[^,。;]{0,4}(?:开展|举办|举行)[,。;]")
_CLOCK = re.compile(r"^\d\d分?")
_SHORT_FOR = re.compile(r"\((?:以下|下文)?简?称[^()]*\)")  # 博览会开幕式(以下简称“农博会”)在…举行
_EPITHET = 4
_CALLED = re.compile("[^,。;:]{0,8}接(?:到|警|报)")
AGENDA_DONE = re.compile("(?:在)?(?:圆满|顺利|胜利)?完成了?[^,。;]{0,12}(?:议程|任务|使命)之?后?,")
_FOR_YEARS = re.compile("了?[\\d一二三四五六七八九十]+[余多]?(?:年|届|期|季)(?:[,。;]|来|以来|之久)")
_MOST_NAME = 30
_WITH = frozenset("和与同")
_BROUGHT_FIRST = re.compile(r".{0,2}|[^,。;:]{2,10}(?:、|,?以及|,?及|和)")


def marks_of(shape: Shape, start: int, end: int) -> tuple[str, ...]:
    """第八批, 第三次: what tells one happening of a kind from the next."""
    return tuple(dict.fromkeys(m[0] for m in _MARK.finditer(shape.string, start, end)))


def answering(shape: Shape) -> list[Actor]:
    """县消防大队接到报警,石庙村一民房起火: who was called, and came."""
    return [a for a in shape.actors if a.entity.kind == "agency" and _CALLED.match(shape.string, a.end)]


@dataclass(frozen=True, slots=True)
class Held:
    """How a sentence says that something was held: held, hosted, attended, on (在会上); `start` is where."""

    manner: str
    start: int


def how_held(shape: Shape, begin: int, end: int, *, meeting: bool) -> Held | None:
    """召开推进会, 推进会在清河召开, 主持会议, 在座谈会上: None where the noun is only mentioned."""
    lexicon, clause = shape.lexicon, shape.clause_at(begin)
    before = shape.string[clause[0] : begin]
    decided = _DECIDED.search(before) or _OPENED_BY.search(before)
    if decided or any(word in before for word in lexicon.words("not_held_after")):
        return None  # 关于召开…会议的决定, 决定于明年1月召开…会议, 决定…会议于明年1月召开
    if before.startswith(tuple(lexicon.words("this_deed"))):
        return None  # 此举给居民上了一堂法治课
    meanwhile = before.startswith("在") and shape.string.endswith("的同时", 0, clause[1])  # 在开展宣传的同时,…
    if meanwhile or _ITS_MATTERS.match(shape.string, end):
        return None  # 对召开…会议的时间作出了决定
    members = {how: lexicon.words(how) for how in ("host", "attend")}
    not_told = tuple(lexicon.words("not_held_before"))

    def aside(position: int) -> bool:
        """活动开展以来, 会议举办形式: a time or a matter, not what is told."""
        return shape.string.startswith(not_told, position) or _FOR_YEARS.match(shape.string, position) is not None

    if meeting and (done := AGENDA_DONE.match(shape.string, end)):  # 完成各项议程后,在县剧院闭幕
        end, clause = done.end(), (clause[0], shape.clause_at(done.end())[1])
    held = {*shape.find("hold"), *([] if meeting else shape.find("hold_activity"))}
    for start, stop, word in sorted({*held, *shape.find("host"), *shape.find("attend")}):
        ahead = clause[0] <= start and stop <= begin and _is_bare(shape, stop, begin, near=True)
        after = start >= end and stop <= clause[1] and not aside(stop) and _is_bare(shape, end, start)
        after = after and word not in lexicon.words("holds_forth")  # 向大会作了报告: what is given stands behind
        if (start, stop, word) in held and (ahead or after or _reaches(shape, stop, begin, end)):
            return Held("held", start)
        if word in members["host"] and (ahead or (after and shape.string.startswith("由", end))):
            return Held("hosted", start)
        if word in members["attend"] and ahead:
            return Held("attended", start)
    talks = ("时", "中") if shape.string[:end].endswith("讨论") else ()  # 在分组讨论时
    if meeting and _SITTING.search(shape.string, begin, end) and not shape.string[clause[0] : begin].startswith("根据"):
        resolves = shape.lexicon.words("resolves")  # 刚刚闭幕的县人大常委会第三次会议表决通过了…
        word = next((w for w in sorted(resolves, key=len, reverse=True) if shape.string.startswith(w, end)), "")
        if word and "的" not in shape.string[end : end + len(word) + 2]:
            return Held("on", clause[1])
    spoken = _SPOKEN_THERE.match(shape.string, end)
    site = shape.string[:end].endswith(tuple(lexicon.words("market")))  # 在花桥集市上写春联
    if site:
        return None
    if shape.string.startswith(("上", "期间", *talks), end) and "在" in shape.string[clause[0] : begin] and not spoken:
        return Held("on", clause[1])
    return None


def _reaches(shape: Shape, start: int, begin: int, end: int) -> bool:
    """开展妇女节关爱老人、共享生活慰问活动: does the verb reach over a long name to the end of its clause?"""
    if not 0 <= begin - start <= _MOST_NAME or shape.string[end : end + 1] not in ("", *",。;:!"):
        return False
    between = shape.string[start:begin]
    start = max(start, shape.string.rfind("的", start, begin) + 1)  # 召开县领导参加的学习会
    others = any(start < b < begin for name in ("hold", "attend", "host") for b, _, _ in shape.find(name))
    return not others and not re.search("[,。;:!并]|仪式", between)


def _is_bare(shape: Shape, start: int, end: int, *, near: bool = False) -> bool:
    """Between the noun and its verb: only the day, the place and 隆重 or its like."""
    text = _SHORT_FOR.sub("", shape.string[start:end])
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
    if word in ("和", "与", "暨", "中"):
        return word != "中"  # 在嘹亮的歌声中|毕业典礼
    if word in lexicon.words("name_stop") | lexicon.words("hold") | lexicon.words("attend"):
        return word == "个" and _ORDINAL.search(shape.string, 0, left) is not None
    if words.is_function_word(word):
        return False
    people = [(a.start, a.end) for a in shape.actors if a.entity.kind == "person"]
    if any(b < right and left < e for b, e in [*((d.start, d.end) for d in shape.found.dates), *people]):
        return False
    return words.tag(word) != "v" or left != shape.clause_at(start)[0]


def brought_along(shape: Shape, start: int, end: int) -> list[Actor]:
    """Those named behind 带领, 率, 会同 between two offsets, up to where the sentence moves on."""
    found: list[Actor] = []
    for begin, stop, word in shape.find("bring"):
        if begin < start or stop > end or shape.string.startswith("下", stop):
            continue
        if word in _WITH and shape.clause_at(begin) != shape.clause_at(end):
            continue  # 察看了A村和B公司,与村民座谈
        first = next((a for a in shape.actors if a.begin >= stop and a.end <= end), None)
        # 带领县直机关、财政局, 带领镇有关负责人,以及派出所: what stands first may be nobody that is known
        gone = first is not None and any(stop <= b < first.begin for b, _, w in shape.find("move") if len(w) > 1)
        if gone and word in shape.lexicon.words("bring_alone"):
            continue  # 带队深入石庙镇对县一中开展调研: where one went with nobody who is named
        if first is not None and _BROUGHT_FIRST.fullmatch(shape.string[stop : first.begin]):
            found += [a for a in shape.run_from(first, end) if a not in found]
    return found

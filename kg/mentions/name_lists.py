"""Names in lists: 其中X、Y、Z, X和Y等人, 分别是…X、…Y, 甲镇X、乙局Y."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.mentions.groups import LineContext, NameHit, PersonGroup, names_from
from kg.mentions.line import Line
from kg.mentions.names import NameReader
from kg.mentions.names_before import NameBefore
from kg.mentions.unlisted_names import is_listed_name, is_no_word, is_unknown

_NAME_LIST = re.compile(
    r"(?:^|(?<=[,;:。()\d对给向授予的])|(?<=[:\d] ))"
    r"([\u4e00-\u9fff]{2,4}(?:(?:、| +)[\u4e00-\u9fff]{2,4}){1,}?)"
    r"(?=[,;。)]|等|$|(?:分别)?(?:摘得|夺得|获得|荣获|分获|包揽|夺冠))"
)
# 谢双成、汪小玫等列席会议: two names that open a sentence and come to what is told
_CAME = re.compile("(?:等(?:人|同志|领导)?)?(?:,[^,。;]{2,24}?)?(?:一同|分别|也)?(?:列席|出席|参加|陪同)")
_HOST = re.compile("([\u4e00-\u9fff]{2,4})(?=主持(?:会议|召开|大会|仪式|座谈|[,。]))")
_KNOWN = 0.6
_TO_A_WORD = 4  # full names beside one that is a word
_FEWEST_LISTED = 3  # fewer names need a colon before them
_WORD = re.compile(r"[\u4e00-\u9fff]+")
_EACH = re.compile(r"分别(?:为|是|有):?([^,;。:]{12,})")
_PART = re.compile("[^、]+")
_FEWEST_EACH = 2
_CHAIN = re.compile(r"、(?:(?:[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]+(?:·[\u4e00-\u9fff]+)+)、)+")
_WITH_OTHERS = re.compile(
    r"等(?:\d+|[一二三四五六七八九十几]+)[名户位]|等人|等(?:\d+|[一二三四五六七八九十几]+)人|夫妇|夫妻|一家[人三四五六]?|一行"
)
_HOUSEHOLDS = ("名", "户", "位")
_CLAUSE = re.compile("[^,;:。]+")
_COUNTED = re.compile(r"等?(?:\d+|[一二三四五六七八九十]+)?[名位个]")


def apportioned(reader: NameReader, context: LineContext) -> Iterator[PersonGroup]:
    """分别是一车间张大山、二车间詹小满、三车间赵大有: the name that ends each part of the list."""
    line = context.line
    before = NameBefore(reader, line, context.taken, listed=True)
    for opening in _EACH.finditer(line.string):
        hits = []
        for part in _PART.finditer(opening[1]):
            end = opening.start(1) + part.end()
            if (found := before.read(end)) and found[0] > opening.start(1) + part.start():
                hits.append(NameHit(found[0], end, found[1], "person.list"))
        if len(hits) > _FEWEST_EACH and len(hits) == len(_PART.findall(opening[1])):
            yield PersonGroup((), tuple(hits), "person.list")


def listed_names(reader: NameReader, context: LineContext, found: list[PersonGroup]) -> Iterator[PersonGroup]:
    """谢双成、汪小玫、罗立: three names or more, each with a surname and no word of every day; two behind a colon."""
    line = context.line
    lists = [_between_marks(line, match) for match in _NAME_LIST.finditer(line.string)]
    lists += _around_marks(reader, context)
    lists += [[NameHit(0, m.end(), m[0], "person.host")] for m in _HOST.finditer(line.string) if m.start() == 0]
    busy = {k for group in found for n in group.names for k in range(n.start, n.end)} | context.taken
    for hits in lists:
        plain = [hit.name for hit in hits if "·" not in hit.name]
        sure = is_no_word if len(hits) < _FEWEST_LISTED else is_unknown
        known = [name for name in plain if not (reader.is_full_name(name) and sure(name))]  # 刘三元, 阿成
        if len(known) > (1 - _KNOWN) * len(plain):
            continue
        own = tuple(hit for hit in hits if not busy & set(range(hit.start, hit.end)))
        if own:
            busy |= {k for hit in own for k in range(hit.start, hit.end)}
            yield PersonGroup((), own, "person.list")


def _between_marks(line: Line, match: re.Match[str]) -> list[NameHit]:
    """The names of a list that stands between marks."""
    start = match.start(1)
    hits = [NameHit(start + m.start(), start + m.end(), m[0], "person.list") for m in _WORD.finditer(match[1])]
    came = start == 0 and _CAME.match(line.string, match.end(1))
    return hits if len(hits) >= _FEWEST_LISTED or came or line.string[start - 1 : start] == ":" else []


def _around_marks(reader: NameReader, context: LineContext) -> Iterator[list[NameHit]]:
    """其中谢双成、汪小玫、罗立等几人: the names between the marks, the one before the first and behind the last."""
    line = context.line
    before = NameBefore(reader, line, context.taken, listed=True)
    for chain in _CHAIN.finditer(line.string):
        inner = [(m.start(), m.end(), m[0]) for m in _PART.finditer(line.string, chain.start() + 1, chain.end() - 1)]
        full = ["·" in name or reader.is_full_name(name) for _, _, name in inner]
        unread = [name for sure, (_, _, name) in zip(full, inner, strict=True) if not sure]
        worded = len(full) > _TO_A_WORD * len(unread)  # 程宇、汤岚、石墨、岳清和、罗立
        if not all(is_listed_name(name) or (worded and name[0] in line.lexicon.surnames) for name in unread):
            continue
        if not any(full) or full.count(False) > len(full) // _FEWEST_LISTED:
            continue  # 程宇、阿成、汤岚、岳清和
        first = before.read(chain.start())
        last = names_from(reader, context, chain.end(), 1.5)[:1]
        hits = [NameHit(start, end, name, "person.list") for start, end, name in inner]
        hits = [*([NameHit(first[0], chain.start(), first[1], "person.list")] if first else []), *hits, *last]
        if len(hits) >= _FEWEST_LISTED:
            yield [replace(hit, rule="person.list") for hit in hits]


def of_each(reader: NameReader, context: LineContext) -> Iterator[PersonGroup]:
    """石桥镇程宇、县水务局汤岚、白马街道岳清和: three names or more, each behind the place or the office it is of."""
    line, taken = context.line, context.taken
    before = NameBefore(reader, line, taken, listed=True)
    for clause in _CLAUSE.finditer(line.string):
        if clause[0].count("、") < _FEWEST_LISTED - 1:
            continue
        run: list[NameHit] = []
        for part in _PART.finditer(line.string, clause.start(), clause.end()):
            counted = _COUNTED.search(line.string, part.start(), part.end())
            end = counted.start() if counted else part.end()
            found = before.read(end)
            placed = found and part.start() < found[0] and found[0] - 1 in taken and is_unknown(found[1])
            run = [*run, NameHit(found[0], end, found[1], "person.list")] if found and placed else []
            if len(run) >= _FEWEST_LISTED and (counted or part.end() == clause.end()):
                yield PersonGroup((), tuple(run), "person.list")


def accompanied(reader: NameReader, context: LineContext) -> Iterator[PersonGroup]:
    """吴小满等人见状, 吴小满夫妇: whom others are with, at the beginning of a clause; 罗立、吴小满等5人."""
    line = context.line
    before = NameBefore(reader, line, context.taken)
    for others in _WITH_OTHERS.finditer(line.string):
        found = before.read(others.start())
        sure = found and reader.is_full_name(found[1]) and (len(found[1]) > 2 or is_unknown(found[1]))
        # 走访了吴小满等三户群众
        free = others[0].endswith(_HOUSEHOLDS)
        if found and sure and (free or line.is_edge(found[0])):
            hits = [NameHit(found[0], others.start(), found[1], "person.with_others")]
            while (joint := hits[0].start - 1) > 0 and line.string[joint] == "、" and (more := before.read(joint)):
                if not (reader.is_full_name(more[1]) and line.is_edge(more[0])):
                    break
                hits.insert(0, NameHit(more[0], joint, more[1], "person.list"))
            yield PersonGroup((), tuple(hits), "person.with_others")

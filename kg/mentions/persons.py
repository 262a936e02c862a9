"""People: names beside titles, names introduced otherwise, and every later mention of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from kg.lexicon import Lexicon
from kg.mentions.appointments import (
    appointed,
    elected,
    honoured,
    honoured_themselves,
    listed_changes,
    punished,
    respectively,
    took_office,
)
from kg.mentions.groups import LineContext, NameHit, PersonGroup, names_behind, names_from, overlaps, title_chains
from kg.mentions.introductions import accused, anonymous, apposition, bracketed, called
from kg.mentions.line import Line
from kg.mentions.name_lists import accompanied, apportioned, listed_names, of_each
from kg.mentions.names import BY_WHOM, NameReader
from kg.mentions.names_before import NameBefore
from kg.mentions.titles import TitleHit
from kg.mentions.unlisted_names import begins_unsurnamed, is_unknown, without_surname
from kg.words import any_of, segmenter

_LONGEST_CHINESE = 3
_COUNTED = re.compile(r"[两二三四五六七八九十几\d]\s?[位名]$")

__all__ = ["LineContext", "NameHit", "PersonGroup", "find_people"]


def find_people(lexicon: Lexicon, contexts: list[LineContext]) -> tuple[list[list[NameHit]], list[list[PersonGroup]]]:
    """Names and groups of each line of an article."""
    reader = NameReader(lexicon, "\n".join(c.line.string for c in contexts))
    listed = listed_changes(reader, contexts)
    groups = [[*appointed(reader, c)] or own for c, own in zip(contexts, listed, strict=True)]
    for context, own in zip(contexts, groups, strict=True):
        own += [g for g in elected(reader, context) if not overlaps(g, own)]
        own += [g for g in respectively(reader, context) if not overlaps(g, own)]
        own += [g for g in bracketed(reader, context) if not overlaps(g, own)]
        own += [g for g in _after_titles(reader, context) if not overlaps(g, own)]
    known = {n.name for gs in groups for g in gs for n in g.names} | lexicon.words("known_person")
    for context, own in zip(contexts, groups, strict=True):
        own += [g for g in _before_titles(reader, context, known) if not overlaps(g, own)]
        own += [g for g in apposition(reader, context) if not overlaps(g, own)]
        own += [g for g in honoured(reader, context) if not overlaps(g, own)]
        own += [g for g in honoured_themselves(reader, context) if not overlaps(g, own)]
        own += [g for g in punished(reader, context) if not overlaps(g, own)]
        own += [g for g in apportioned(reader, context) if not overlaps(g, own)]
        own += [g for g in called(reader, context) if not overlaps(g, own)]
        own += listed_names(reader, context, own)
        own += [g for g in of_each(reader, context) if not overlaps(g, own)]
        own += [g for g in accompanied(reader, context) if not overlaps(g, own)]
        own += [g for g in accused(reader, context) if not overlaps(g, own)]
        own += [g for g in anonymous(reader, context) if not overlaps(g, own)]
    known |= {n.name for gs in groups for g in gs for n in g.names}
    groups = [[g for g in (_without_cut(g, known) for g in own) if g.names] for own in groups]
    known = {name for name in known if not _is_cut(name, known)}
    introduced = frozenset(n.name for own in groups for g in own for n in g.names)
    names = []
    for context, own in zip(contexts, groups, strict=True):
        hits = list(dict.fromkeys(n for g in own for n in g.names))
        names.append(sorted([*hits, *_later(context, frozenset(known), hits)], key=lambda n: n.start))
        taken = {t.start for g in own for t in g.titles}
        own += [g for g in took_office(context, names[-1] or _last_named(names)) if g.titles[0].start not in taken]
        addressed = (*_by_surname(context, names[-1], introduced), *_by_given_name(context, names[-1], introduced))
        names[-1] = sorted([*names[-1], *addressed], key=lambda n: n.start)
    return names, groups


def _after_titles(reader: NameReader, context: LineContext) -> Iterator[PersonGroup]:
    for whole in title_chains(context):
        chain = whole[1:] if len(whole) > 1 and _follows_name(reader, context, whole[0]) else whole
        last = chain[-1]
        if last.row.kind == "honorific":
            continue
        end = _behind(context, last)
        least = 1.0 if last.row.kind in ("post", "rank") or last.agency else 1.5
        if end > last.end and context.line.string[last.end] not in ":由":
            least = 1.8 if context.line.string[last.end] == "的" else 2.5  # 队员为武强的稳定…
        names = names_from(reader, context, end, least)
        firm = any(t.agency or t.row.organ for t in chain) or _is_foreign(context.line, chain[0].start)
        firm = firm or _is_in_row(context, chain[0])
        names = names or _word_in_list(reader, context, end)
        if (last.row.kind == "post" and firm) or begins_unsurnamed(context.line, end):
            names = _without_surname(reader, context, end, names) or _word_as_name(reader, context, end)
        if len(whole) == 1 and names and (_is_verb(context, last, names[0]) or _is_thing(last, names)):
            continue
        names, own = _with_own_title(context, names)
        yield from own
        if names and not (len(whole) == 1 and _goes_on(reader, context, last, names[0])):
            # 省长A和B: only a list of equals shares the title; 和 before another title has ended the list already.
            yield PersonGroup(tuple(chain), tuple(names), "person.title")


def _with_own_title(context: LineContext, names: list[NameHit]) -> tuple[list[NameHit], list[PersonGroup]]:
    """董事长程宇与汤岚副董事长: who has a title behind the name shares none before it."""
    heads = {t.start: t for t in context.titles if t.row.kind == "post" and t.agency is None}
    own = []
    while len(names) > 1 and (title := heads.get(names[-1].end)) is not None:
        own.append(PersonGroup((title,), (names.pop(),), "person.before_title"))
    return names, own


def _is_verb(context: LineContext, title: TitleHit, name: NameHit) -> bool:
    """代表程宇书记看望…: who speaks for somebody whose post stands behind the name."""
    acts = title.row.title in context.line.lexicon.words("title_or_verb") and title.agency is None
    return acts and any(t.start == name.end and t.row.kind == "post" for t in context.titles)


def _is_thing(title: TitleHit, names: list[NameHit]) -> bool:
    """市民朋友, 村民王家: a noun of every day behind what people are, and no list of names; 局长江山 may be one."""
    name = names[0].name
    tag = segmenter().tag(name)
    household = len(name) == len("王家") and name[1] == "家"
    noun = household or (tag.startswith("n") and not tag.startswith(("nr", "ns", "nz")))
    return len(names) == 1 and noun and title.row.kind in ("person", "trade") and title.agency is None


def _goes_on(reader: NameReader, context: LineContext, title: TitleHit, name: NameHit) -> bool:
    """孙院长|向新同学: the title is of the name or the surname before it, and a preposition leads on."""
    line = context.line
    if title.agency or segmenter().tag(line.string[name.start]) != "p" or line.is_edge(title.start):
        return False
    return line.string[title.start - 1] in line.lexicon.surnames or _follows_name(reader, context, title)


def _behind(context: LineContext, title: TitleHit) -> int:
    """Where a name may begin behind a title: 组长:王明, 优秀的赵大有, 犯罪嫌疑人为赵大有, 主席由赵大有担任."""
    if BY_WHOM.match(context.line.string, title.end):
        return title.end + 1
    joint = context.line.string[title.end : title.end + 1]
    is_who = title.row.kind == "person" and joint in context.line.lexicon.words("is_who")
    return title.end + (joint in (":", "的") or is_who) if joint else title.end


def _follows_name(reader: NameReader, context: LineContext, title: TitleHit) -> bool:
    """廖知秋教授、院长李明: the first title is the one of the name before it."""
    if title.agency or title.start in {a.end for a in context.agencies} or context.line.is_edge(title.start):
        return False
    starts = frozenset({a.end for a in context.agencies}) | context.stops
    return NameBefore(reader, context.line, context.taken, starts).read(title.start) is not None


def _without_surname(reader: NameReader, context: LineContext, start: int, names: list[NameHit]) -> list[NameHit]:
    """扎西多吉; also 乌兰托娅, where 乌兰 alone would end in the middle of a word."""
    if start not in context.line.bounds:
        return names  # 代表|团来商考察
    name = without_surname(reader, context.line, start, context.taken, context.stops)
    if name is None or (names and reader.ending(context.line, names[0].end, context.stops) >= 2):
        return names
    if names and len(name) == len(names[0].name) + 1 > _LONGEST_CHINESE:
        return names  # 吕雁军|站在墙上
    return names_behind(reader, context, NameHit(start, start + len(name), name, "person.no_surname"))


def _is_in_row(context: LineContext, title: TitleHit) -> bool:
    """清河市检察院检察长程宇,副检察长|恩扎: behind a comma, after somebody whose house was named."""
    marked = context.line.string[title.start - 1 : title.start] in (",", ";")
    return marked and any(a.end < title.start for a in context.agencies) and title.row.kind == "post"


def _is_foreign(line: Line, position: int) -> bool:
    """德国|总理默克尔: does a country stand right before?"""
    return any(line.string[max(0, position - n) : position] in line.lexicon.words("country") for n in (2, 3, 4, 5, 6))


def _word_as_name(reader: NameReader, context: LineContext, start: int) -> list[NameHit]:
    """副院长陶冶参加: behind a post a word of every day is a name, if somebody does something there."""
    line = context.line
    word = line.word_from(start)
    end = start + len(word)
    known = word in line.lexicon.words("not_a_name") or context.taken & set(range(start, end))
    if known or len(word) not in (2, 3) or word[0] not in line.lexicon.surnames:
        return []
    acts = line.longest(end, line.lexicon.words("acts"), 4) is not None
    said = word in line.lexicon.words("speech") | line.lexicon.words("name_follow")
    listed = line.string[end : end + 1] in line.lexicon.words("list_mark") and not said  # 主任付强,局长汤岚
    return [NameHit(start, end, word, "person.word")] if acts or listed else []


def _word_in_list(reader: NameReader, context: LineContext, start: int) -> list[NameHit]:
    """民警夏季和程宇大喊: behind a title a word of every day is a name, if it shares the title with a full one."""
    line, word = context.line, context.line.word_from(start)
    end = start + len(word)
    joined = line.string[end : end + 1] in line.lexicon.words("name_joint")
    if not joined or len(word) not in (2, 3) or word[0] not in line.lexicon.surnames or start in context.taken:
        return []
    names = names_behind(reader, context, NameHit(start, end, word, "person.word"))
    return names if len(names) > 1 and reader.is_full_name(names[1].name) and is_unknown(names[1].name) else []


def _before_titles(reader: NameReader, context: LineContext, known: set[str]) -> Iterator[PersonGroup]:
    """于望川教授, 余望川同志, 胡知秋一行, 周琳与冯浩两位医师; with the agency before: 肿瘤医院于望川教授."""
    line = context.line
    ends = {a.end: a for a in context.agencies}
    starts = frozenset(ends) | {t.end for t in context.titles} | context.stops
    before = NameBefore(reader, line, context.taken, starts, frozenset(known))
    for title in context.titles:
        if title.agency is not None or not _may_follow(line, title):
            continue
        counted = _COUNTED.search(line.string[: title.start])
        end = len(line.string[: title.start].rstrip(" "))  # 柯开富 教授
        among = title.text.endswith("领导") and line.string[:end].endswith("等")  # 程宇、汤岚等市领导
        end -= among
        names = _names_back(before, counted.start() if counted else end)
        if not names or (counted and len(names) == 1) or names[-1].name[-1] in line.lexicon.words("copula") | {"由"}:
            continue  # 谢宇任副区长, 项目由副区长牵头
        if title.text[0] in line.lexicon.words("village_kind") and len(names[-1].name) < 3:
            continue  # 尚店|村党支部书记
        posts = (title,) if title.row.kind in ("post", "rank", "trade") else ()
        rule = "person.among" if among else "person.before_title"
        yield PersonGroup(posts, tuple(names), rule, ends.get(names[0].start))


def _names_back(before: NameBefore, end: int) -> list[NameHit]:
    """The list of names that ends at `end`: A、B和C."""
    names: list[NameHit] = []
    while found := before.read(end):
        names.insert(0, NameHit(found[0], end, found[1], "person.before_title"))
        end = found[0] - 1
        if before.line.string[end : end + 1] not in before.line.lexicon.words("name_joint"):
            break
    return names


def _may_follow(line: Line, title: TitleHit) -> bool:
    """张教授, 李书记, 李明委员指出, but 李明代表市委: not every title stands behind a name."""
    if title.row.kind == "person":
        return title.row.title in line.lexicon.words("person_after_name")
    usual = title.row.title not in line.lexicon.words("title_not_after_name")
    behind = title.end + (line.string[title.end : title.end + 1] in line.lexicon.words("before_speech"))
    return usual or line.longest(behind, line.lexicon.words("speech"), 5) is not None


_GIVEN = 2  # characters of a given name that one is called by


@lru_cache(maxsize=64)
def _again(names: frozenset[str]) -> re.Pattern[str]:
    """Any of an article's names, the longest first."""
    return re.compile(any_of(names))


def _later(context: LineContext, names: frozenset[str], found: list[NameHit]) -> Iterator[NameHit]:
    """Every further mention of a name that the article has introduced."""
    if not names:
        return
    busy = {i for hit in found for i in range(hit.start, hit.end)} | set(context.taken)
    for match in _again(names).finditer(context.line.string):
        if not busy & set(range(match.start(), match.end())):
            yield NameHit(match.start(), match.end(), match[0], "person.again")


def _by_surname(context: LineContext, found: list[NameHit], known: frozenset[str]) -> Iterator[NameHit]:
    """余主任 where the article knows one 余 only: that person."""
    line = context.line
    busy = {i for n in found for i in range(n.start, n.end)}
    for title in context.titles:
        if title.agency or title.row.kind not in ("post", "trade") or not _may_follow(line, title):
            continue
        start = title.start - 1
        surname = line.string[start : title.start]
        if start < 0 or start in busy or surname not in line.lexicon.surnames:
            continue
        # 赵县长 is of no 赵县: a county of one character has its 县 twice before its head.
        county = line.string[start : start + 2] in line.lexicon.places_by_name
        if not county and (start in context.taken or start not in line.bounds):
            continue
        fitting = [n for n in sorted(known) if n.startswith(surname) and 1 < len(n) < 4]
        if len(fitting) == 1:
            yield NameHit(start, title.end, fitting[0], "person.surname_title")


def _by_given_name(context: LineContext, found: list[NameHit], known: frozenset[str]) -> Iterator[NameHit]:
    """大河县长 where the article knows one 大河 by the full name: that person."""
    line = context.line
    busy = {i for n in found for i in range(n.start, n.end)} | set(context.taken)
    for title in context.titles:
        start = title.start - _GIVEN
        given = line.string[max(start, 0) : title.start]
        fitting = [n for n in sorted(known) if len(n) > _GIVEN and n[-_GIVEN:] == given]
        if (
            title.agency is None
            and len(fitting) == 1
            and start in line.bounds
            and not busy & set(range(start, title.start))
        ):
            yield NameHit(start, title.end, fitting[0], "person.given_name_title")


def _last_named(names: list[list[NameHit]]) -> list[NameHit]:
    """Whose résumé it is: the person named last before a sentence that names none, as a hit before all offsets."""
    before = [n for line in names for n in line]
    return [replace(before[-1], start=-1, end=-1)] if before else []


def _is_cut(name: str, known: set[str]) -> bool:
    """Is it the end of a longer name of the article: 万川 beside 卢万川?"""
    return any(other != name and other.endswith(name) for other in known)


def _without_cut(group: PersonGroup, known: set[str]) -> PersonGroup:
    return replace(group, names=tuple(n for n in group.names if not _is_cut(n.name, known)))

"""Names that something other than a title introduces: 名叫X, X受贿案, X是…干部, X,男, X说, 分别是…X."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.mentions.groups import LineContext, NameHit, PersonGroup, chain_at, names_from, title_chains
from kg.mentions.line import HAN, Line
from kg.mentions.names import NameReader
from kg.mentions.names_before import NameBefore
from kg.mentions.titles import TitleHit
from kg.mentions.unlisted_names import is_unknown
from kg.words import segmenter

_BRACKETED = re.compile(r"(?<=[\u4e00-\u9fff])\([^()]{2,30}\)")
_ANONYMOUS = re.compile(r"[\u4e00-\u9fff]{1,2}某[某甲乙丙丁戊己庚辛]?")
_AGE = re.compile(r"[,(]?(?:今年|现年|时年|年仅|年近|年满|年逾)?[\d一二三四五六七八九十]{1,4}岁")
_COMMA = re.compile(r"[,、;]")
_CASE = re.compile("罪?一?案")
_MOST_CLAUSES = 6
_FAR = 40  # characters from one who is appointed to the next
_BORN = re.compile(
    r"(?:\((?:男|女)\))?,?(?:男|女)?,?(?:(?P<people>[\u4e00-\u9fff]{1,4}族),)?(?:生于)?\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:出)?生?(?=[,(])"
)
_NATIVE = re.compile("[人籍]")
_HOSTED = re.compile("由([\u4e00-\u9fff]{2,3})(?:同志)?主持(?!人)")
_AGED = re.compile(r"\d岁的|来自[\u4e00-\u9fff]{2,12}的")
_SEX = re.compile(r"[,(]\s*(?:男|女|[\u4e00-\u9fff]{1,5}族)[,)、]")
_STANDS = re.compile(
    r"\((?:化名|(?:图)?(?:前排|后排)?(?:[左右中前后]|[左右]起)(?:[一二三四五六七八九\d])?(?:排|位|侧|者)?)\)"
)  # 赵大有(左二)

_TOLD = (_BORN, _SEX, _STANDS)


def called(reader: NameReader, context: LineContext) -> Iterator[PersonGroup]:
    """一位名叫薛小满的女孩, 58岁的薛大山, 清河人薛大山, 由薛大山主持: behind 名叫, an age, where one is from, 由."""
    line = context.line
    starts = [position for _, position, word in line.words if word in line.lexicon.words("called")]
    starts += [m.end() for m in _AGED.finditer(line.string)]
    for position in starts:
        if name := reader.read(line, position, context.taken, context.stops, 1.5):
            yield PersonGroup((), (NameHit(position, position + len(name), name, "person.called"),), "person.called")
    for host in _HOSTED.finditer(line.string):
        name = host[1]
        if (
            context.taken.isdisjoint(range(*host.span(1)))
            and reader.is_full_name(name)
            and not segmenter().tag(name[:2])
        ):
            yield PersonGroup((), (NameHit(*host.span(1), name, "person.called"),), "person.called")
    for native in _NATIVE.finditer(line.string):
        if _is_home(context, native.start()):
            names = names_from(reader, context, native.end(), 2)
            particle = line.lexicon.words("particle")  # 人满为患
            if names and all(reader.is_full_name(n.name) and not particle & set(n.name) for n in names):
                yield PersonGroup((), tuple(replace(n, rule="person.called") for n in names), "person.called")


def _is_home(context: LineContext, position: int) -> bool:
    """清河县|人, 清河|人: does the name of a place end here, and no word that begins with 人 behind?"""
    word = context.line.word_to(position)
    place = position - 1 in context.taken or segmenter().tag(word) == "ns"
    other = len(context.line.word_from(position)) > 1  # 联合国|人居|奖
    return place and not other and position not in context.taken


def accused(reader: NameReader, context: LineContext) -> Iterator[PersonGroup]:
    """审理闵大柱受贿案: the name between the court's verb and the crime."""
    line = context.line
    for _, position, word in line.words:
        if not word.endswith(tuple(line.lexicon.words("accuse_verb"))):
            continue
        for name in reader.candidates(line, position, context.taken):
            if line.longest(position + len(name), line.lexicon.words("crime"), 3):
                yield PersonGroup(
                    (), (NameHit(position, position + len(name), name, "person.accused"),), "person.accused"
                )
                break
    crimes = line.lexicon.words("crime")
    before = NameBefore(reader, line, context.taken)
    for case in _CASE.finditer(line.string):  # 4月26日,闵大柱受贿案开庭
        start = next(
            (k for k in range(max(0, case.start() - 5), case.start()) if line.string[k : case.start()] in crimes), None
        )
        found = before.read(start) if start is not None else None
        if found and line.is_edge(found[0]):
            yield PersonGroup(
                (), (NameHit(found[0], found[0] + len(found[1]), found[1], "person.accused"),), "person.accused"
            )


def anonymous(reader: NameReader, context: LineContext) -> Iterator[PersonGroup]:
    """李某, 吴某甲, 张某川: who is told by the surname and no more."""
    line = context.line
    for match in _ANONYMOUS.finditer(line.string):
        before = line.string.index("某", match.start())
        surnames = (k for k in (before - 2, before - 1) if line.string[k:before] in line.lexicon.surnames)
        start = next((k for k in surnames if not context.taken & set(range(k, match.end()))), None)
        start = before - 1 if start is None and _is_introduced(context, before - 1) else start
        if start is None:
            continue
        if segmenter().is_function_word(line.string[start]) and not any(t.end == start for t in context.titles):
            continue  # 于某日, 向某公司
        end = match.end()
        follow = segmenter().cut(line.string[end : end + 4])[:1] or [""]
        if end - before > 1:
            pass  # 吴某甲犯…: told apart already
        elif follow[0] in line.lexicon.words("speech_person"):
            pass  # 焦某说
        elif len(follow[0]) == 1 and HAN.match(follow[0]) and follow[0] not in line.lexicon.words("unnamed_thing"):
            told_apart = bool(reader.elsewhere(line.string[start : end + 1]))  # 抓获张某川。张某川已被…
            sure = told_apart or reader.ending(line, end + 1, context.stops) >= 2
            end += not segmenter().is_function_word(follow[0]) and sure
        elif (
            follow[0] in line.lexicon.suffixes
            or follow[0] in line.lexicon.place_suffixes
            or follow[0] in line.lexicon.words("troops")
            or segmenter().tag(follow[0])[:1] in ("m", "t")
        ):
            continue  # 某公司, 某日
        name = line.string[start:end]
        chain = next((tuple(c) for c in title_chains(context) if c[-1].end == start), ())
        yield PersonGroup(chain, (NameHit(start, end, name, "person.anonymous"),), "person.anonymous")


def _is_introduced(context: LineContext, position: int) -> bool:
    """片长|刑某某, 陈某川、|思某川: what a rare surname needs before it."""
    listed = (
        context.line.string[position - 1 : position] == "、" and "某" in context.line.string[position - 5 : position]
    )
    return position not in context.taken and (listed or any(t.end == position for t in context.titles))


def bracketed(reader: NameReader, context: LineContext) -> Iterator[PersonGroup]:
    """王刚(市财政局局长)、李红(市教育局): who each of a list is stands behind the name."""
    line = context.line
    begins = {t.begin for t in context.titles}
    agencies = {a.start: a for a in context.agencies}
    for bracket in _BRACKETED.finditer(line.string):
        start = bracket.start() + 1
        chain = chain_at(context, start) if start in begins else ()
        whole = chain[-1].end if chain else agencies[start].end if start in agencies else -1
        if whole != bracket.end() - 1:
            continue
        found = NameBefore(reader, line, context.taken, listed=True).read(bracket.start())
        if found and (line.is_edge(found[0]) or found[0] in context.stops or found[0] in line.bounds):
            hit = NameHit(found[0], bracket.start(), found[1], "person.bracketed")
            yield PersonGroup(chain, (hit,), "person.bracketed")


def apposition(reader: NameReader, context: LineContext) -> Iterator[PersonGroup]:
    """阳望川是青石镇综合执法大队干部 · 张玉宝,男,… · 张玉宝介绍."""
    line = context.line
    by_begin = {t.begin: t for t in context.titles}
    for position in sorted(line.bounds):
        if position >= len(line.string) or not HAN.match(line.string[position]):
            continue
        edge = line.is_edge(position)
        for name in reader.candidates(line, position, context.taken):
            end = position + len(name)
            hit = NameHit(position, end, name, "person.apposition")
            end += 2 * line.string.startswith("同志作为", end)
            copula = line.longest(end, line.lexicon.words("copula"), 3)
            title = by_begin.get(end + len(copula)) if edge and copula else None
            if title and (title.agency or title.row.organ) and (copula != "为" or _ends_clause(line, title.end)):
                elected = copula in line.lexicon.words("election")
                yield PersonGroup(
                    chain_at(context, title.begin),
                    (hit,),
                    f"person.appointed.{copula}" if elected else "person.apposition",
                )
                break
            told = next((m for told in _TOLD if (m := told.match(line.string, end)) and _is_people(line, m)), None)
            aged = _AGE.match(line.string, end) and is_unknown(name)
            if (edge or _follows_joint(line, position, told)) and (told or aged):
                yield PersonGroup(_told_posts(context, told.end() - 1) if told else (), (hit,), "person.sex")
                break
            speech = line.longest(end, line.lexicon.words("speech_person"), 4)
            quoting = speech and line.string[end + len(speech) : end + len(speech) + 1] in (":", "“", ",")
            if speech and (edge or quoting) and is_unknown(name) and not reader.is_function(line, position):
                yield PersonGroup((), (hit,), "person.speech")
                break


def _is_people(line: Line, told: re.Match[str]) -> bool:
    """哈萨克族,生于1964年, behind a name that 满金哈萨克族 would cut."""
    people = told.groupdict().get("people")
    return people is None or people in line.lexicon.words("nationality")


def _follows_joint(line: Line, position: int, told: re.Match[str] | None) -> bool:
    """赵大有(左)和|钱小川(右)"""
    return told is not None and line.string[position - 1 : position] in line.lexicon.words("name_joint")


def _told_posts(context: LineContext, position: int) -> tuple[TitleHit, ...]:
    """赵大有,男,1962年12月生,清河县水利局局长: the posts that a clause of a curriculum vitae names and nothing else."""
    line = context.line
    for comma in list(_COMMA.finditer(line.string, position, position + 2 * _FAR))[:_MOST_CLAUSES]:
        chain = chain_at(context, comma.end())
        if chain and (chain[0].agency or chain[0].row.organ) and _ends_clause(line, chain[-1].end):
            return chain
    return ()


def _ends_clause(line: Line, position: int) -> bool:
    """李明为县委书记王强介绍: for him, where the clause goes on."""
    return line.string[position : position + 1] in ("", ",", "。", "、", ";", ")")

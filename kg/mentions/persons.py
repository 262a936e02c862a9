"""People: a title and the names it introduces, names before a title, lists, and every later mention of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kg.lexicon import Lexicon
from kg.mentions.agencies import AgencyHit
from kg.mentions.line import HAN, Line
from kg.mentions.names import NameReader, is_listed_name
from kg.mentions.titles import TitleHit

_ROSTER = re.compile(r"[、,]| +")
_LIST = re.compile(r"[、,]|和|及|以及|与")
_SEX = re.compile(r"[,(]\s*(?:男|女)[,)、]")
_SPACE = re.compile(r"\s*")


@dataclass(frozen=True, slots=True)
class NameHit:
    """A person's name in a line; `title_only` is set for 张局长, whose full name another line gives."""

    start: int
    end: int
    name: str
    rule: str


@dataclass(frozen=True, slots=True)
class PersonGroup:
    """Names that share titles: 市委副书记、市长程宇 · 市领导A、B、C · 四川省肿瘤医院A、B教授."""

    titles: tuple[TitleHit, ...]
    names: tuple[NameHit, ...]
    rule: str
    agency: AgencyHit | None = None  # the one before the names where the title follows them


@dataclass(slots=True)
class LineContext:
    """What the person finder needs of one line."""

    line: Line
    agencies: list[AgencyHit]
    titles: list[TitleHit]
    taken: frozenset[int]
    stops: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        starts = {t.begin for t in self.titles} | {a.start for a in self.agencies}
        self.stops = frozenset(starts | {t.start for t in self.titles})


def _title_chains(context: LineContext) -> Iterator[list[TitleHit]]:
    """Runs of titles joined by 、 or 兼: 市委副书记、市长."""
    chain: list[TitleHit] = []
    for title in context.titles:
        if chain:
            between = context.line.string[chain[-1].end : title.begin]
            if between not in ("、", "兼", "、兼", "", "和", "及", ","):
                yield chain
                chain = []
        chain.append(title)
    if chain:
        yield chain


def _names_from(reader: NameReader, context: LineContext, position: int, least: float) -> list[NameHit]:
    """The list of names that begins at `position`: A、B、C; behind a colon also A B C."""
    line, roster = context.line, line_before(context.line, position) == ":"
    names: list[NameHit] = []
    while True:
        position = _SPACE.match(line.string, position).end()  # type: ignore[union-attr]
        rule = "person.list" if names else "person.title"
        if spaced := reader.spaced(line, position):
            names.append(NameHit(position, spaced[1], spaced[0], rule))
        elif name := reader.read(line, position, context.taken, context.stops, 1.5 if names else least):
            names.append(NameHit(position, position + len(name), name, rule))
        elif names and (listed := _listed(context, position)):
            names.append(NameHit(position, position + len(listed), listed, rule))
        else:
            return names
        after = _after_brackets(line.string, names[-1].end)
        joint = _ROSTER.match(line.string, after) if roster else _LIST.match(line.string, after)
        if joint is None or joint[0] == ",":
            return names
        position = joint.end()


def _without_surname(reader: NameReader, context: LineContext, start: int, names: list[NameHit]) -> list[NameHit]:
    """扎西多吉; also 乌兰托娅, where 乌兰 alone would end in the middle of a word."""
    name = reader.without_surname(context.line, start, context.taken, context.stops)
    if name is None or (names and reader.ending(context.line, names[0].end, context.stops) >= 2):
        return names
    return [NameHit(start, start + len(name), name, "person.no_surname")]


def line_before(line: Line, position: int) -> str:
    """The character before an offset."""
    return line.string[position - 1 : position]


def _listed(context: LineContext, position: int) -> str | None:
    """A name without a listed surname in the middle of a list."""
    match = re.match(r"[\u4e00-\u9fff]{2,4}(?=[、,。;]|$)", context.line.string[position:])
    if match is None or not is_listed_name(match[0]) or context.taken & set(range(position, position + len(match[0]))):
        return None
    return match[0]


def _after_brackets(text: str, position: int) -> int:
    """张三(市委办)、李四: behind the brackets."""
    match = re.match(r"\([^()]{1,14}\)", text[position:])
    return position + match.end() if match else position


def _after_titles(reader: NameReader, context: LineContext) -> Iterator[PersonGroup]:
    for chain in _title_chains(context):
        last = chain[-1]
        if last.row.kind == "honorific":
            continue
        end = last.end
        if context.line.string[end : end + 1] in (":", "的"):
            end += 1
        least = 1.0 if last.row.kind in ("post", "rank") or last.agency else 1.5
        if context.line.string[last.end : end] == "的":
            least = 1.8
        names = _names_from(reader, context, end, least)
        if last.row.kind == "post" and (last.agency or last.row.organ):
            names = _without_surname(reader, context, end, names)
        if names:
            # 省长A和B: only a list of equals shares the title; 和 before another title has ended the list already.
            yield PersonGroup(tuple(chain), tuple(names), "person.title")


def _before_titles(reader: NameReader, context: LineContext, known: set[str]) -> Iterator[PersonGroup]:
    """于振涛教授, 余茂兵同志, 胡春华一行; with the agency before: 肿瘤医院于振涛教授."""
    line = context.line
    ends = {a.end: a for a in context.agencies}
    starts = frozenset(ends) | {t.end for t in context.titles} | context.stops
    marks = [(t.start, (t,), t.row.kind) for t in context.titles if t.agency is None and _may_follow(line.lexicon, t)]
    for position, titles, kind in marks:
        found = reader.read_back(line, position, context.taken, frozenset(starts), frozenset(known))
        if found is None or (
            kind == "post"
            and found[1] not in known
            and not line.is_edge(found[0])
            and found[0] not in starts
            and line.string[found[0] - 1] not in line.lexicon.words("conjunction")
            and len(found[1]) < 3
        ):
            continue
        start, name = found
        names = [NameHit(start, position, name, "person.before_title")]
        while (
            start
            and line.string[start - 1] in "、和"
            and (more := reader.read_back(line, start - 1, context.taken, frozenset(starts), frozenset(known)))
        ):
            start, name = more
            names.insert(0, NameHit(start, start + len(name), name, "person.before_title"))
        posts = tuple(t for t in titles if t.row.kind in ("post", "rank", "trade"))
        yield PersonGroup(posts, tuple(names), "person.before_title", ends.get(start))


def _may_follow(lexicon: Lexicon, title: TitleHit) -> bool:
    """张教授, 李书记, but 李明代表市委: not every title stands behind a name."""
    return title.row.kind != "person" and title.row.title not in lexicon.words("title_not_after_name")


def _appointed(reader: NameReader, context: LineContext) -> Iterator[PersonGroup]:
    """任命何平为副省长 · 免去李明的市长职务: the name behind the verb, the titles behind the name."""
    line = context.line
    for _, position, word in line.words:
        if word not in line.lexicon.words("appoint_verb"):
            continue
        names = _names_from(reader, context, position, 0.3)
        if not names:
            continue
        end = names[-1].end
        link = re.match(r"同志|为|的|辞去|任|担任", line.string[end:])
        chain = _chain_at(context, end + link.end()) if link else ()
        yield PersonGroup(chain, tuple(names), f"person.appointed.{word}")
        while chain and (comma := re.match(r"[,、;]", line.string[_chain_end(chain) :])):
            # …,秦牧之为县人大常委会主任: the next of those elected.
            position = _chain_end(chain) + comma.end()
            more = reader.read(line, position, context.taken, context.stops, 0.3)
            if more is None or not line.string.startswith("为", position + len(more)):
                break
            chain = _chain_at(context, position + len(more) + 1)
            hit = NameHit(position, position + len(more), more, "person.appointed")
            yield PersonGroup(chain, (hit,), f"person.appointed.{word}")


def _called(reader: NameReader, context: LineContext) -> Iterator[PersonGroup]:
    """一位名叫薛小满的女孩: the name behind 名叫."""
    line = context.line
    for _, position, word in line.words:
        if word in line.lexicon.words("called") and (
            name := reader.read(line, position, context.taken, context.stops, 1.5)
        ):
            yield PersonGroup((), (NameHit(position, position + len(name), name, "person.called"),), "person.called")


def _accused(reader: NameReader, context: LineContext) -> Iterator[PersonGroup]:
    """审理闵大柱受贿案: the name between the court's verb and the crime."""
    line = context.line
    for _, position, word in line.words:
        if word not in line.lexicon.words("accuse_verb"):
            continue
        for name in reader.candidates(line, position, context.taken):
            if line.longest(position + len(name), line.lexicon.words("crime"), 3):
                yield PersonGroup(
                    (), (NameHit(position, position + len(name), name, "person.accused"),), "person.accused"
                )
                break


def _took_office(context: LineContext, names: list[NameHit]) -> Iterator[PersonGroup]:
    """周明,担任…组长 · 2009年1月,任…行长: the posts of the person named last."""
    line = context.line
    for _, position, word in line.words:
        if word not in line.lexicon.words("take_office"):
            continue
        if line.string[: position - len(word)].endswith(("不再", "不", "拟")):
            continue
        chain = _chain_at(context, position)
        before = [n for n in names if n.end <= position and position - n.end < 60]
        if chain and chain[0].agency and before:
            yield PersonGroup(chain, (before[-1],), "person.took_office")


def _chain_end(chain: tuple[TitleHit, ...]) -> int:
    return chain[-1].end


def _chain_at(context: LineContext, position: int) -> tuple[TitleHit, ...]:
    """The titles that begin right at `position`."""
    return next((tuple(c) for c in _title_chains(context) if c[0].begin == position), ())


def _apposition(reader: NameReader, context: LineContext) -> Iterator[PersonGroup]:
    """阳文彬是云台镇综合执法大队干部 · 张玉宝,男,… · 张玉宝介绍."""
    line = context.line
    by_begin = {t.begin: t for t in context.titles}
    for position in sorted(line.bounds):
        if position >= len(line.string) or not HAN.match(line.string[position]):
            continue
        edge = line.is_edge(position)
        for name in reader.candidates(line, position, context.taken):
            end = position + len(name)
            hit = NameHit(position, end, name, "person.apposition")
            copula = line.longest(end, line.lexicon.words("copula"), 3)
            if edge and copula and (title := by_begin.get(end + len(copula))) and (title.agency or title.row.organ):
                elected = copula in line.lexicon.words("election")
                yield PersonGroup((title,), (hit,), f"person.appointed.{copula}" if elected else "person.apposition")
                break
            if edge and _SEX.match(line.string, end):
                yield PersonGroup((), (hit,), "person.sex")
                break
            speech = line.longest(end, line.lexicon.words("speech_person"), 4)
            quoting = speech and line.string[end + len(speech) : end + len(speech) + 1] in (":", "“", ",")
            if speech and (edge or quoting) and segmenter_says_unknown(name) and not reader.is_function(line, position):
                yield PersonGroup((), (hit,), "person.speech")
                break


def segmenter_says_unknown(name: str) -> bool:
    """No dictionary word, or one that is a person's name."""
    from kg.words import segmenter

    tag = segmenter().tag(name)
    inner = segmenter().cut(name)
    return tag.startswith("nr") or (not tag and all(len(w) == 1 for w in inner))


def _later(context: LineContext, names: frozenset[str], found: list[NameHit]) -> Iterator[NameHit]:
    """Every further mention of a name that the article has introduced."""
    if not names:
        return
    busy = {i for hit in found for i in range(hit.start, hit.end)} | set(context.taken)
    pattern = re.compile("|".join(re.escape(n) for n in sorted(names, key=lambda n: (-len(n), n))))
    for match in pattern.finditer(context.line.string):
        if not busy & set(range(match.start(), match.end())):
            yield NameHit(match.start(), match.end(), match[0], "person.again")


def find_people(
    lexicon: Lexicon, contexts: list[LineContext], credited: frozenset[str] = frozenset()
) -> tuple[list[list[NameHit]], list[list[PersonGroup]]]:
    """Names and groups of each line of an article; `credited` are the names in its bylines."""
    reader = NameReader(lexicon, "\n".join(c.line.string for c in contexts))
    groups = [[*_appointed(reader, c)] for c in contexts]
    for context, own in zip(contexts, groups, strict=True):
        own += [g for g in _after_titles(reader, context) if not _overlaps(g, own)]
    known = {n.name for gs in groups for g in gs for n in g.names} | lexicon.words("known_person")
    for context, own in zip(contexts, groups, strict=True):
        own += [g for g in _before_titles(reader, context, known) if not _overlaps(g, own)]
        own += [g for g in _apposition(reader, context) if not _overlaps(g, own)]
        own += [g for g in _called(reader, context) if not _overlaps(g, own)]
        own += [g for g in _accused(reader, context) if not _overlaps(g, own)]
    known |= {n.name for gs in groups for g in gs for n in g.names}
    groups = [[g for g in (_without_cut(g, known) for g in own) if g.names] for own in groups]
    known = {name for name in known if not _is_cut(name, known)}
    names = []
    for context, own in zip(contexts, groups, strict=True):
        hits = [n for g in own for n in g.names]
        names.append(sorted([*hits, *_later(context, frozenset(known), hits)], key=lambda n: n.start))
        taken = {t.start for g in own for t in g.titles}
        own += [g for g in _took_office(context, names[-1] or _last_named(names)) if g.titles[0].start not in taken]
        names[-1] = sorted([*names[-1], *_by_surname(context, names[-1], frozenset(known))], key=lambda n: n.start)
    return names, groups


def _by_surname(context: LineContext, found: list[NameHit], known: frozenset[str]) -> Iterator[NameHit]:
    """余主任 where the article knows one 余 only: that person."""
    line = context.line
    busy = {i for n in found for i in range(n.start, n.end)}
    for title in context.titles:
        if title.agency or title.row.kind not in ("post", "trade") or not _may_follow(line.lexicon, title):
            continue
        start = title.start - 1
        surname = line.string[start : title.start]
        if (
            start < 0
            or start in busy
            or start in context.taken
            or surname not in line.lexicon.surnames
            or start not in line.bounds
        ):
            continue
        fitting = [n for n in sorted(known) if n.startswith(surname) and 1 < len(n) < 4]
        if len(fitting) == 1:
            yield NameHit(start, title.end, fitting[0], "person.surname_title")


def _last_named(names: list[list[NameHit]]) -> list[NameHit]:
    """Whose résumé it is: the person named last before a sentence that names none, as a hit before all offsets."""
    before = [n for line in names for n in line]
    return [replace(before[-1], start=-1, end=-1)] if before else []


def _is_cut(name: str, known: set[str]) -> bool:
    """Is it the end of a longer name of the article: 万兵 beside 卢万兵?"""
    return any(other != name and other.endswith(name) for other in known)


def _without_cut(group: PersonGroup, known: set[str]) -> PersonGroup:
    return replace(group, names=tuple(n for n in group.names if not _is_cut(n.name, known)))


def _overlaps(group: PersonGroup, others: list[PersonGroup]) -> bool:
    busy = {i for g in others for n in g.names for i in range(n.start, n.end)}
    return any(busy & set(range(n.start, n.end)) for n in group.names)

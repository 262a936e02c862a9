"""Names with their titles: what the finders of people yield, and how lists of titles and of names are read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kg.mentions.agencies import AgencyHit
from kg.mentions.line import HAN, Line
from kg.mentions.names import NameReader
from kg.mentions.titles import TitleHit
from kg.mentions.unlisted_names import is_listed_name, is_strange_name, is_unknown, latin, spaced
from kg.words import segmenter

_ROSTER = re.compile(r"[、,]| +")
_UNREAD_ORGAN = re.compile(r"[、兼]([\u4e00-\u9fff]{2,12})$")
_JOINTS = frozenset({"、", "兼", "、兼", "", "和", "及", ","})
_LATIN_LETTER = re.compile(r"[A-Za-z]")
_SURE = 2.5  # how surely a name ends that begins with an everyday word
_MANY = 3  # names before one that is a word
_LIST = re.compile(r"[、,]|和|及|以及|与")
_SPACE = re.compile(r"\s*")


@dataclass(frozen=True, slots=True)
class NameHit:
    """A person's name in a line; `name` is the full one where the line has 张局长."""

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


def title_chains(context: LineContext) -> Iterator[list[TitleHit]]:
    """Runs of titles joined by 、 or 兼: 市委副书记、市长."""
    chain: list[TitleHit] = []
    for title in context.titles:
        if chain:
            between = context.line.string[chain[-1].end : title.begin]
            joined = between in _JOINTS or _names_organ(context.line, between, title)
            if not joined or (between == "," and not _may_go_on(context.line, chain)):
                yield chain
                chain = []
        chain.append(title)
        if _LATIN_LETTER.match(context.line.string[title.start - 1 : title.start]):
            yield chain  # Pierre Martin教授、院长李明: the title of the name before it
            chain = []
    if chain:
        yield chain


def _names_organ(line: Line, between: str, title: TitleHit) -> bool:
    """全国政协主席、中央|代表团团长: between two posts, an organ that was not read."""
    organ = _UNREAD_ORGAN.match(between)
    if organ is None or title.row.kind != "post" or title.row.title in line.lexicon.words("title_not_after_name"):
        return False
    return not any(segmenter().tag(word)[:1] in ("v", "r", "c", "m") for word in segmenter().cut(organ[1]))


def _may_go_on(line: Line, chain: list[TitleHit]) -> bool:
    """市委副书记,市长程宇: a comma for 、, where the first title says of what; not in 由副市长任组长,教育局局长…."""
    behind_verb = line.string[: chain[0].begin].endswith(tuple(line.lexicon.words("take_office")))
    return not behind_verb and any(t.agency or t.row.organ for t in chain)


def chain_at(context: LineContext, position: int) -> tuple[TitleHit, ...]:
    """The titles that begin right at `position`."""
    chains = (c[k:] for c in title_chains(context) for k, title in enumerate(c) if title.begin == position)
    return next((tuple(chain) for chain in chains), ())


def names_from(reader: NameReader, context: LineContext, position: int, least: float) -> list[NameHit]:
    """The list of names that begins at `position`: A、B、C; behind a colon also A B C."""
    first = _name_at(reader, context, position, least)
    return names_behind(reader, context, first) if first else []


def names_behind(reader: NameReader, context: LineContext, first: NameHit) -> list[NameHit]:
    """The list of names that `first` begins."""
    line, names = context.line, [first]
    joints = _ROSTER if _before(line, first.start) == ":" else _LIST
    while True:
        joint = joints.match(line.string, _after_brackets(line.string, names[-1].end))
        if joint is None or joint[0] == ",":
            return names
        name = _name_at(reader, context, joint.end(), 1.5)
        listed = _listed(reader, context, joint.end()) or _worded(context, joint.end(), names)
        if listed and (name is None or _is_cut_short(reader, context, name, listed)):
            name = listed  # 扎西旺堆 is more than 扎西
        if name is None:
            return names
        names.append(replace(name, rule="person.list"))


def _is_cut_short(reader: NameReader, context: LineContext, name: NameHit, listed: NameHit) -> bool:
    """扎西|旺堆, but 程宇|共谋, where 程宇 stands elsewhere too."""
    unsure = reader.ending(context.line, name.end, context.stops) < 2
    return name.end < listed.end and unsure and not reader.elsewhere(name.name)


def _name_at(reader: NameReader, context: LineContext, position: int, least: float) -> NameHit | None:
    """A name that has a surname, or is set with a blank inside, or in Latin letters."""
    line = context.line
    position = _SPACE.match(line.string, position).end()  # type: ignore[union-attr]
    if apart := spaced(line, position):
        return NameHit(position, apart[1], apart[0], "person.title")
    name = latin(line, position) or reader.read(line, position, context.taken, context.stops, least)
    name = name or _by_everyday_surname(reader, context, position)
    return NameHit(position, position + len(name), name, "person.title") if name else None


def _by_everyday_surname(reader: NameReader, context: LineContext, position: int) -> str | None:
    """原主席别胜岚出席: a surname that is an everyday word too, where no word begins and the name surely ends."""
    line = context.line
    if line.string[position : position + 1] not in line.lexicon.words("everyday_surname"):
        return None
    names = [line.string[position : position + length] for length in (3, 2)]
    return next(
        (
            name
            for name in names
            if is_unknown(name)
            and all(map(HAN.match, name))
            and segmenter().tag(name[1:])[:2] in ("", "nr")  # 主任过|生日
            and line.word_from(position) in ("", name, name[:1])
            and reader.ending(line, position + len(name), context.stops) >= _SURE
            and not context.taken & set(range(position, position + len(name)))
        ),
        None,
    )


def _before(line: Line, position: int) -> str:
    """The character before an offset."""
    return line.string[position - 1 : position]


def _listed(reader: NameReader, context: LineContext, position: int) -> NameHit | None:
    """A name without a listed surname in the middle of a list, up to a mark; a long one up to what somebody does."""
    line = context.line
    for end in range(min(len(line.string), position + 6), position + 1, -1):
        name, sure = line.string[position:end], reader.ending(line, end, context.stops)
        stops = line.lexicon.words("joins_title") | line.lexicon.words("not_last_of_name")
        long = is_strange_name(name) and name[-1] not in stops
        closed = sure >= 3 or line.string[end : end + 1] in line.lexicon.words("list_end")
        named = (closed and is_listed_name(name) and name[-1] not in stops) or (sure >= 2 and long)
        if named and not _is_office(line, name) and not context.taken & set(range(position, end)):
            return NameHit(position, end, name, "person.list")
    return None


def _worded(context: LineContext, position: int, names: list[NameHit]) -> NameHit | None:
    """程宇、汤岚、岳清和、石墨出席: a word of every day that ends a list of three names and does something."""
    line, word = context.line, context.line.word_from(position)
    end = position + len(word)
    named = word[:1] in line.lexicon.surnames and len(word) in (2, 3) and len(names) >= _MANY
    if not named or line.longest(end, line.lexicon.words("acts"), 4) is None or position in context.taken:
        return None
    return (
        None if word in line.lexicon.words("acts") | line.lexicon.words("others") else NameHit(position, end, word, "")
    )


def _is_office(line: Line, name: str) -> bool:
    """县教育、妇联等部门: a level and what an office is for, but 区云 is a name."""
    return (
        len(name) > 2
        and name[0] in line.lexicon.words("place_kind_word")
        and segmenter().tag(name[1:]).startswith(("n", "v"))
    )


def _after_brackets(text: str, position: int) -> int:
    """张三(市委办)、李四: behind the brackets."""
    match = re.match(r"\([^()]{1,14}\)", text[position:])
    return position + match.end() if match else position


def overlaps(group: PersonGroup, others: list[PersonGroup]) -> bool:
    """Whether a name of the group shares a character with a name of another group."""
    busy = {i for g in others for n in g.names for i in range(n.start, n.end)}
    return any(busy & set(range(n.start, n.end)) for n in group.names)

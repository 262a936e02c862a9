"""Names and posts that a verb joins: 任命X为…, X当选…, 授予X称号, X被授予…, X任…"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.mentions.groups import LineContext, NameHit, PersonGroup, chain_at, names_from, title_chains
from kg.mentions.line import Line
from kg.mentions.names import NameReader
from kg.mentions.names_before import NameBefore
from kg.mentions.titles import TitleHit

_COUNT = r"(?:等?(?:\d+|[一二两三四五六七八九十百]+)[名位个]?)?(?:同志|人)?"
_LINK = re.compile(rf"{_COUNT}(?:提出)?(?:为|的|辞去|任|担任)(?:第?[一二三四五六七八九十]+届)?|同志(?:原任)?")
_OF = re.compile("(?:同志)?的?")
_HONOUR = re.compile(
    r"等?(?:\d+|[一二三四五六七八九十百]+)?[名位人个]?(?:同志|人)?[“《]?[^,;。]{2,30}(?:称号|奖章|勋章|奖)|等?\d*[名位个]?(?:同志|人)?为"
)
_HONOURED = re.compile(
    "等?(?:均|分别)?(?:被授予|荣获|获评|被评为|被评选为|被命名为|被表彰为|获颁|被聘为|被聘任为|受聘为|被推选为|被选举为|被推荐为)"
)
# 给予X党内警告处分, X受到行政记过处分, X被开除党籍, X被判处有期徒刑
_PENALTY = (
    "(?:党内|党纪|政务|政纪|行政|组织|留党|撤销|开除|严重警告|警告|记大?过|降级|降职|免职|诫勉|通报批评|批评教育|立案|留置"
    "|双开|行政拘留|刑事拘留|刑拘|逮捕|批捕|批准逮捕|移送|提起公诉|判处|判决|判刑|采取)"
)
_PUNISHING = re.compile("给予|对")
_PUNISHED = re.compile(rf"(?:均|也|都|分别|先后|依法|最终)?(?:受到|被给予|被处以?|被)(?:依法)?{_PENALTY}")
_BY_PENALTY = re.compile(
    rf"等?(?:\d+|[一二三四五六七八九十]+)?[名位人]?(?:同志|干部)?(?:给予|予以|作出|进行|实施|依法)?{_PENALTY}"
)
_SENTENCE_END = re.compile("[。!?]")
_COMMA = re.compile(r"[,、;]")
_EACH = "分别"
_FAR = 40  # characters from one who is appointed to the next
_TERM = re.compile(
    r"为?(?:第[一二三四五六七八九十\d]+届|新一届|首届|[^,;。]{0,12}(?:理事会|监事会|委员会|商会|协会|学会))"
)
_BEHIND_NAMES = re.compile("(?:同志)?(?:为|任)")
_HOUSE = re.compile(r"为?[\u4e00-\u9fff]{2,4}(?:新一届|首届)?")  # 当选政协|主席, 当选为商会新一届|会长


def appointed(reader: NameReader, context: LineContext) -> Iterator[PersonGroup]:
    """任命何平为副省长 · 免去李明的市长职务: the name behind the verb, the titles behind the name."""
    line = context.line
    for _, end, word in line.words:
        if word not in line.lexicon.words("appoint_verb"):
            continue
        position = end + line.string.startswith("了", end)
        held = chain_at(context, position)  # 任命县委副书记程宇为代理县长
        names = names_from(reader, context, held[-1].end if held else position, 0.3)
        link = _LINK.match(line.string, names[-1].end) if names else None
        if held and names and (link is None or not chain_at(context, link.end())):
            continue
        if held and names:
            yield PersonGroup(held, tuple(names), "person.title")
        while names:
            chain = _office(context, link.end()) if link else ()
            yield PersonGroup(chain, tuple(names), f"person.appointed.{word}")
            names = _next_appointed(reader, context, chain[-1].end if chain else names[-1].end)
            link = (
                (_BEHIND_NAMES.match(line.string, names[-1].end) or _OF.match(line.string, names[-1].end))
                if names
                else None
            )


def _office(context: LineContext, position: int) -> tuple[TitleHit, ...]:
    """The titles that begin at `position`, or behind the house that is no agency by itself: 商会|顾问."""
    house = _HOUSE.match(context.line.string, position)
    last = house.end() if house else position
    return next((chain for n in (position, *range(last, position, -1)) if (chain := chain_at(context, n))), ())


def _next_appointed(reader: NameReader, context: LineContext, position: int) -> list[NameHit]:
    """…,秦牧之、汤岚为县人大常委会副主任: those who are appointed next, also behind an office that was not read."""
    line = context.line
    end = _SENTENCE_END.search(line.string, position)
    for comma in _COMMA.finditer(line.string, position, min(position + _FAR, end.start() if end else len(line.string))):
        names = names_from(reader, context, comma.end(), 0.3)
        if names and (_BEHIND_NAMES.match(line.string, names[-1].end) or _removed_from(context, names)):
            return names
    return []


def list_verb(line: Line) -> str | None:
    """任命: or 决定免去: as a line of its own heads a list of those appointed or removed."""
    verb = line.string.strip().rstrip(":：;")
    return verb if verb in line.lexicon.words("appoint_verb") else None


def listed_changes(reader: NameReader, contexts: list[LineContext]) -> list[list[PersonGroup]]:
    """Under 任命: the lines 程宇为县水利局局长; anywhere 李明的县水利局局长职务, for whom 免去 need not be said."""
    verb, found = None, list[list[PersonGroup]]()
    for context in contexts:
        head = list_verb(context.line)
        groups = [] if head else _installed(reader, context, verb) or _dismissed(reader, context)
        verb = head or (verb if groups else None)
        found.append(groups)
    return found


def _installed(reader: NameReader, context: LineContext, verb: str | None) -> list[PersonGroup]:
    """程宇为县水利局局长(试用期一年): a line of a list that a verb of appointing heads."""
    names = names_from(reader, context, 0, 0.3) if verb else []
    link = _BEHIND_NAMES.match(context.line.string, names[-1].end) if names else None
    chain = _office(context, link.end()) if link else ()
    return [PersonGroup(chain, tuple(names), f"person.appointed.{verb}")] if chain else []


def _dismissed(reader: NameReader, context: LineContext) -> list[PersonGroup]:
    """李明的县水利局局长职务: a line of a list whose heading says 免去."""
    line = context.line
    if not line.string.rstrip(";。,").endswith("职务"):
        return []
    names = names_from(reader, context, 0, 0.3)
    chain = _removed_from(context, names)
    return [PersonGroup(chain, tuple(names), "person.appointed.免去")] if chain else []


def _removed_from(context: LineContext, names: list[NameHit]) -> tuple[TitleHit, ...]:
    """李明(同志)(的)|县水利局局长|职务: the office that a name's owner loses."""
    of = _OF.match(context.line.string, names[-1].end) if names else None
    chain = chain_at(context, of.end()) if of else ()
    return chain if chain and context.line.string.startswith("职务", chain[-1].end) else ()


def elected(reader: NameReader, context: LineContext) -> Iterator[PersonGroup]:
    """A、B和C当选为副主任 · X以190票当选为主任: all those before the verb."""
    line = context.line
    for position, end, word in line.words:
        if word not in line.lexicon.words("election"):
            continue
        head = re.sub(r"(?:以\d+票(?:的?(?:高票|全票))?|全票|高票|均|先后|分别|依法|被)$", "", line.string[:position])
        names = _listed_before(reader, context, len(head), frozenset("、和"), "person.elected")
        chain = _office(context, end + line.string.startswith("为", end))
        if names and chain:
            held = next((tuple(c) for c in title_chains(context) if c[-1].end == names[0].start), ())
            if held:
                yield PersonGroup(held, tuple(names), "person.title")  # 集团总裁|程宇当选会长
            yield PersonGroup(chain, tuple(names), "person.appointed.当选")
        elif names and line.is_edge(names[0].start) and _TERM.match(line.string, end):
            yield PersonGroup((), tuple(names), "person.elected")  # 当选第二届理事会会长


def respectively(reader: NameReader, context: LineContext) -> Iterator[PersonGroup]:
    """程宇、汤岚分别任县教育局局长、县水务局局长: as many offices as people, one each."""
    line = context.line
    for begin, position, word in line.words:
        if word in line.lexicon.words("take_office") and line.string[:begin].endswith(_EACH):
            names = _listed_before(reader, context, begin - len(_EACH), frozenset("、和"), "person.took_office")
            yield from _each_his_own(chain_at(context, position), names)


def honoured(reader: NameReader, context: LineContext) -> Iterator[PersonGroup]:
    """授予詹小满、张大山等20名同志“劳动模范”称号: those who are honoured."""
    line = context.line
    for _, position, word in line.words:
        if word not in line.lexicon.words("honour_verb"):
            continue
        names = names_from(reader, context, position, 0.3)
        if names and _HONOUR.match(line.string, names[-1].end):
            hits = tuple(replace(n, rule="person.honoured") for n in names)
            yield PersonGroup((), hits, "person.honoured")


def honoured_themselves(reader: NameReader, context: LineContext) -> Iterator[PersonGroup]:
    """詹小满、张大山被授予“劳动模范”称号: those before the verb, from the clause's start."""
    line = context.line
    for verb in _HONOURED.finditer(line.string):
        names = _listed_before(reader, context, verb.start(), line.lexicon.words("name_joint"), "person.honoured")
        if names and line.is_edge(names[0].start):
            yield PersonGroup((), tuple(names), "person.honoured")


def _listed_before(
    reader: NameReader, context: LineContext, end: int, joints: frozenset[str], rule: str
) -> list[NameHit]:
    """The names of a list that ends at `end`, in their order: 詹小满、张大山|当选."""
    before = NameBefore(reader, context.line, context.taken, listed=True)
    names: list[NameHit] = []
    while found := before.read(end):
        names.insert(0, NameHit(found[0], end, found[1], rule))
        end = found[0] - 1
        if context.line.string[end : found[0]] not in joints:
            break
    return names


def took_office(context: LineContext, names: list[NameHit]) -> Iterator[PersonGroup]:
    """周明,担任…组长 · 2009年1月,任…行长: the posts of the person named last."""
    line = context.line
    verbs = line.lexicon.words("take_office") | line.lexicon.words("copula")
    for _, position, word in line.words:
        if word not in verbs:
            continue
        if line.string[: position - len(word)].endswith(("不再", "不", "拟")):
            continue
        chain, team = chain_at(context, position), None
        if chain and line.string.startswith("的", chain[-1].end):
            team = next((a for a in context.agencies if a.start == chain[-1].end + 1), None)  # 程宇为组长的省调研组
        reach = 60 if len({n.name for n in names}) > 1 else 200  # a curriculum vitae is one person's
        before = [n for n in names if n.end <= position and position - n.end < reach]
        told = bool(chain) and bool(chain[0].agency or (chain[0].row.organ and chain[0].place_start is not None))
        told = told or (bool(chain) and chain[0].row.title in line.lexicon.words("court_role"))
        own = word in line.lexicon.words("take_office") and told
        if chain and line.string[: position - len(word)].endswith(_EACH):
            yield from _each_his_own(chain, before)
        elif chain and (own or team) and before:
            yield PersonGroup(chain, (before[-1],), "person.took_office", team if not own else None)


def _each_his_own(chain: tuple[TitleHit, ...], names: list[NameHit]) -> Iterator[PersonGroup]:
    """程宇、汤岚分别任县教育局局长、县水务局局长: as many offices as people, one each; else nobody's."""
    if len({n.name for n in names}) == len(names) == len(chain):
        for title, name in zip(chain, names, strict=True):
            yield PersonGroup((title,), (name,), "person.took_office")


def punished(reader: NameReader, context: LineContext) -> Iterator[PersonGroup]:
    """给予詹小满党内警告处分 · 对詹小满给予诫勉 · 詹小满、张大山被开除党籍: whom a penalty names."""
    line = context.line
    for verb in _PUNISHING.finditer(line.string):
        names = names_from(reader, context, verb.end(), 0.3)
        if names and _BY_PENALTY.match(line.string, names[-1].end):
            yield PersonGroup((), tuple(replace(n, rule="person.punished") for n in names), "person.punished")
    for verb in _PUNISHED.finditer(line.string):
        names = _listed_before(reader, context, verb.start(), line.lexicon.words("name_joint"), "person.punished")
        if names and line.is_edge(names[0].start):
            yield PersonGroup((), tuple(names), "person.punished")

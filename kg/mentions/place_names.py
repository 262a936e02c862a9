"""Does what stands before a place's last word name one place (渭津镇, 建设路), or tell its sort (老旧小区, 3个村)?"""

from __future__ import annotations

import re

from kg.lexicon import Lexicon
from kg.mentions.line import Line
from kg.mentions.place_hit import LastWord
from kg.words import segmenter

DEICTIC = re.compile(r"(?:[我该本全各][省市州县区旗乡镇]|[我该本][院校局司所站馆社园厂队])$")
# 工程 and 段 name a place only behind one; 市场 and 会议室 behind one or behind 在; 工地 only where none is before it.
CHAINED = frozenset({"works", "section"})
WEAK = frozenset({"weak", "scene"})
SETTLEMENTS = frozenset({"town", "subdistrict", "village", "community", "estate"})
_VILLAGE = re.compile(r"[\u4e00-\u9fff]{2,3}(?:村|社区)")
_COUNTED = re.compile(r"\d+|[一二两三四五六七八九十百千几数]+")
_MANY = re.compile(r"[两三四五六七八九十]大$")
_ORDINAL_WAY = re.compile(r"[一二三四五六七八九十头]{1,2}[道马条经纬号]")
_GRADED = re.compile(r"(?:国家|省)?(?:\d?[A-Za-z]{0,5}|[一二三四五])(?:星?级)")  # 4A级旅游景区
_LISTED = re.compile(r"((?:[\u4e00-\u9fff]{2,4}、)+)[\u4e00-\u9fff]{2,4}?([两三四五六七八九十])$")
_PAUSES = frozenset(",、;:。·—")
_THEME = ("为主题", "主题", "为题", "为口号")
_LONGEST_SLOGAN = 12  # characters with the marks
_LEAST_SPELT = 5  # characters; fewer may be words
PROPER = ("nr", "ns", "nz", "nt")  # how jieba tags names


def is_kind_of_person(lexicon: Lexicon, word: str) -> bool:
    """大学生, 农民: no office but a sort of people, whose parks and markets are many."""
    return word in lexicon.titles and lexicon.titles[word].kind == "person"


def is_office(lexicon: Lexicon, word: str) -> bool:
    """市长, 书记; not 大学生."""
    return word in lexicon.titles and not is_kind_of_person(lexicon, word)


def is_modifier(lexicon: Lexicon, word: str) -> bool:
    """老旧小区, 各社区, 3个小区: what stands before the last word says which sort, not which one."""
    if word in lexicon.words("name_word"):
        return False  # 解放东路, 团结新村
    single = len(word) == 1 and word in lexicon.words("place_single_modifier")
    verb = len(word) > 1 and segmenter().tag(word).startswith("v")
    return single or (len(word) > 1 and word in lexicon.words("place_modifier")) or verb


def is_name(line: Line, start: int, last: LastWord, *, behind: bool = False, clear: bool = False) -> bool:
    """Does what stands before the last word tell which one, not only which sort?

    `behind`: right behind an area; `clear`: other evidence shows where the name begins or that a road is meant.
    """
    lexicon, words = line.lexicon, segmenter()
    name, stem = line.string[start : last.end], line.string[start : last.start]
    bracket = line.string[last.end : last.end + 1] == "("
    if bracket and line.string[last.end + 1 : last.end + 2] in lexicon.words("place_kind_word"):
        return False  # 乡(镇)
    if name in lexicon.words("common_site"):
        return True
    if line.string[start - 1 : start] == "我" and stem[1:]:
        return False  # 我|部水阳江梁场: of ours
    if line.word_to(last.start) == "进" or line.longest(last.end - 1, lexicon.words("village_not_place"), 3):
        return False  # 文化进|景区, 秋季村|晚
    if not stem or _is_generic(lexicon, name, stem) or (stem[1:] and lexicon.words("city_level").issuperset(stem)):
        return False  # 市县|乡
    if stem in lexicon.words("level"):
        if line.string[start - 1 : start] in lexicon.words("level_deictic"):
            return False  # 我县田园综合体
        if last.category == "zone":
            body = line.longest(last.end, lexicon.words("zone_body"), 5)  # 市高新区|管委会
            return len(last.text) > len("开发区") and body is None  # 县工业园区
        return last.category == "facility" and stem in lexicon.words("city_level")  # 市博物馆
    if _is_sort(line, start, last, behind):
        return False
    if stem in lexicon.words("name_word") and last.text in lexicon.words("way"):
        return True  # 建设路
    tag = words.tag(name)
    settled = behind and last.category in SETTLEMENTS  # 晋安区|茶会小区: the dictionary has many a name as a noun
    if tag and not tag.startswith(("ns", "nr", "nz")) and not (settled and len(stem) > 1):
        return False
    told = len(stem) > 1 and (
        clear
        or (settled and (tag or words.tag(stem)))
        or is_spelt(lexicon, stem)
        or _holds_village(line, start, last)
        or _is_listed_alike(line, start, last)
        or (stem[1:] == "家" and stem[0] in lexicon.surnames)
    )
    if last_word_is_common(line, last) and not told:
        return False
    if settled and len(stem) < 4 and (_is_bare_name(lexicon, stem, last) or _is_after_ground(lexicon, stem, last)):
        return True
    if clear and len(stem) > 1 and (stem in lexicon.place_suffixes or is_kind_of_person(lexicon, stem)):
        return True  # 水厂路, 工人路
    return not _is_description(lexicon, stem, last)


def _is_generic(lexicon: Lexicon, name: str, stem: str) -> bool:
    """开发区, 中心城区: a name that many places have."""
    generic = lexicon.words("place_generic")
    if name in generic or stem in lexicon.words("place_modifier"):
        return True
    return any(name.endswith(word) for word in generic - lexicon.place_suffixes.keys() if len(word) > 2)


def _is_sort(line: Line, start: int, last: LastWord, behind: bool) -> bool:
    """Is it counted, or told by a word of every day, and nothing that names one?"""
    lexicon, stem = line.lexicon, line.string[start : last.start]
    if stem[-1] in lexicon.words("one_of_sort") and stem[-2:-1] in lexicon.place_suffixes:
        return True  # 青石镇一|厂房
    if stem in lexicon.words("classifier") and not behind:
        return True  # 每|条路
    if last.category == "community" and _serves_people(line, stem, last.end):
        return True  # 服务|社区|居民
    if last.category in SETTLEMENTS and _counts_list(line.string[: last.start]):
        return True  # 青石、柳河两镇
    if last.text == "路" and (stem[-1] in lexicon.words("does_with_way")):
        return True  # 让信息多跑|路, 提前择|路
    verb = segmenter().tag(stem)[:1] == "v" or stem in lexicon.words("place_stop")
    if last.category in ("water", "land") and len(last.text) == 1 and len(stem) == 2 and verb:
        return True  # 深化|江梧两地合作
    if stem in lexicon.words("agency_generic") or (last.text == "路" and stem in lexicon.words("direction")):
        return True  # 学校校史馆, 南路
    if last.category in ("water", "land") and ("·" in stem or is_modifier(lexicon, stem)):
        return True  # 阿力木·赛江, 宣传青河
    if stem[-1] in "的、之" or line.string[start - 1 : start] in lexicon.words("negation"):
        return True
    if line.word_from(last.end) in lexicon.words("place_not_before") or _is_goal(line, start, last):
        return True
    quoted = (start - 1, last.end + 1) in line.quotations
    return quoted and all(map(is_common, segmenter().cut(stem)))  # “绿色路”


def ends_slogan(line: Line, start: int, end: int) -> bool:
    """“以工强镇”, “让信息多跑路”, “春满石桥”为主题: a quotation that begins with more than a name, or is a theme."""
    return any(_is_slogan(line, a, b, start, end) for a, b in line.quotations)


def _is_slogan(line: Line, opened: int, closed: int, start: int, end: int) -> bool:
    """Whether the quotation about a stretch is one."""
    if opened < start and end < closed and line.string.startswith(_THEME, closed):
        return True
    short = closed - opened < _LONGEST_SLOGAN and _PAUSES.isdisjoint(line.string[opened + 1 : closed - 1])
    return short and opened + 1 < start and end + 1 == closed


def _serves_people(line: Line, stem: str, end: int) -> bool:
    """Does a verb of the sentence stand before the word, and those who live there behind it?"""
    return segmenter().tag(stem).startswith("v") and line.word_from(end) in line.lexicon.words("tour_people")


def _counts_list(head: str) -> bool:
    """青石、柳河两: does a number end a list of just so many?"""
    listed = _LISTED.search(head)
    return listed is not None and listed[1].count("、") + 1 == "零一两三四五六七八九十".index(listed[2])


def is_spelt(lexicon: Lexicon, stem: str) -> bool:
    """木日开塔木: five characters and more that spell a foreign name by its sounds."""
    return len(stem) >= _LEAST_SPELT and lexicon.words("sound").issuperset(stem)


def _is_bare_name(lexicon: Lexicon, stem: str, last: LastWord) -> bool:
    """段 of 僧念镇段村, 石溪坪 of 三斗坪镇石溪坪村: characters that are no words together, none a number or a level."""
    words = segmenter()
    if _COUNTED.match(stem) or (stem in lexicon.place_suffixes and last.category == "subdistrict"):
        return False  # 嘉兴|路街道
    plain = all(len(p) == 1 for p in words.cut(stem))
    other = lexicon.words("place_single_modifier") | lexicon.words("level") | lexicon.words("hard_stop")
    return plain and not set(stem) & other and not any(map(words.is_function_word, stem))


def _is_after_ground(lexicon: Lexicon, stem: str, last: LastWord) -> bool:
    """果园 of 石桥乡果园村: a village called after what two characters say was there."""
    ground = last.category == "village" and len(stem) == len("果园") and stem in lexicon.place_suffixes
    return ground and stem not in lexicon.words("place_modifier")


def _holds_village(line: Line, start: int, last: LastWord) -> bool:
    """青水乡|石庙村: 水乡 is a word of every day, but a village's name stands right behind."""
    town = last.category == "town" and last.start - start == len("青水")
    return town and _VILLAGE.match(line.string, last.end) is not None


def _is_listed_alike(line: Line, start: int, last: LastWord) -> bool:
    """青岭南路、上阳路、黄河路: one of several that end alike."""
    before, after = line.string[:start], line.string[last.end :]
    kind = last.text[-1]
    if line.string[last.end - 2 : last.end] in line.lexicon.words("way_common"):
        return False  # 新思路、大思路
    return before.endswith((f"{kind}、", f"{kind}和", f"{kind}与")) or (
        before.endswith("、") and re.match(rf"[、和与][^、,;:。]{{1,6}}{kind}", after) is not None
    )


def _is_goal(line: Line, start: int, last: LastWord) -> bool:
    """打造先行示范区, 创建美丽家园: what is striven for is no place as long as every word is one of every day."""
    head = line.string[:start]
    clause = head[max(head.rfind(mark) for mark in ",;:。(") + 1 :]
    if not any(word in clause for word in line.lexicon.words("place_goal")):
        return False
    words = segmenter()
    parts = words.cut(line.string[start : last.start])
    return all(len(p) > 1 and (tag := words.tag(p)) and not tag.startswith(("ns", "nt")) for p in parts)


def _is_description(lexicon: Lexicon, stem: str, last: LastWord) -> bool:
    """两个小区, 一座互通式立交桥, 核心地区: words that count or sort."""
    words = segmenter()
    parts = words.cut(stem)
    if is_kind_of_person(lexicon, parts[0]):
        return True
    if stem in lexicon.words("common_site"):
        return False  # 西三环快速路
    if last.category in ("road", "weak") and _ORDINAL_WAY.fullmatch(stem):
        return False  # 二道街, 三马路
    if parts[0] in lexicon.words("count_classifier") and len(parts) > 1 and last.category not in SETTLEMENTS:
        return True  # 首|座跨海大桥
    if _MANY.search(stem) or (last.category == "village" and len(parts) > 1 and all(map(is_common, parts))):
        return True  # 展览区两大|片区, 生态旅游开发|村
    village = last.category == "village" and len(stem) > 1  # 六斗村, 三家村
    numeral = (
        stem[0] != "第"
        and stem not in lexicon.words("name_word")
        and all(words.tag(p)[:1] in "mq" and words.tag(p) for p in parts)
    )  # 第一审判法庭
    counted = parts[-1] in lexicon.words("classifier") or all(words.tag(p) == "m" for p in parts)
    if numeral and counted and not (village and stem[-1] not in lexicon.words("count_classifier")):
        return True
    homes = village and stem[1] == "家"  # 六家包村
    if (_is_counted(lexicon, stem) and not homes) or _GRADED.match(stem):
        return True
    if (
        len(parts) == 1 < len(stem)
        and last.category == "community"
        and stem in lexicon.place_suffixes
        and stem[-1] not in "区道"
    ):
        return False  # 新城社区, 花园社区
    # 渠滩镇, 山坝公园: two characters that other names end with, and no word together
    spelt = len(stem) == 2 == len(parts) and not set(stem) & (lexicon.words("place_kind_word") | lexicon.words("way"))
    spelt = spelt and (last.category in SETTLEMENTS or len(last.text) > 1)
    if all(p in lexicon.place_suffixes for p in parts) and not spelt:
        return True
    if all(p in lexicon.words("place_modifier") for p in parts):
        return True
    if all(len(p) > 1 and (p in lexicon.place_suffixes or p in lexicon.words("place_modifier")) for p in parts):
        return True  # 公园城市示范区
    if last.category not in WEAK:
        return False
    if len(last.text) > 1 and all(map(is_common, parts)) and not _ends_as_place(lexicon, stem):
        return True  # 生产车间, 成品仓库
    return any(parts[-1] in lexicon.words(name) for name in ("place_modifier", "place_stop", "area_modifier"))


def _is_counted(lexicon: Lexicon, stem: str) -> bool:
    """2个村, 63户人家楼, 学校3个考点, 一名山村, 三县六镇: a number and what is counted; 三家村 is a name."""
    units = lexicon.words("classifier")
    first = _COUNTED.match(stem)
    if first and first.end() + 1 < len(stem) and stem[first.end()] in lexicon.words("counted_noun"):
        return True
    for found in _COUNTED.finditer(stem):
        unit = stem[found.end() : found.end() + 1]
        if unit in lexicon.words("count_classifier") or (found[0].isdecimal() and unit in units):
            return True
    return False


def is_common(word: str) -> bool:
    """A word of every day: longer than one character, and no name."""
    tag = segmenter().tag(word)
    return len(word) > 1 and tag[:1] in tuple("nvabmf") and tag[:2] not in PROPER


def _ends_as_place(lexicon: Lexicon, stem: str) -> bool:
    """环城路 in 环城路加油站."""
    return any(lexicon.place_suffixes.get(stem[-n:]) in ("road", "village", "town") for n in (1, 2))


def last_word_is_common(line: Line, last: LastWord) -> bool:
    """家乡, 道路, 绿水青山: the last word only happens to end like a place."""
    word = next((w for w in line.words if w[0] < last.start < w[1]), None)
    tag = segmenter().tag(word[2]) if word else ""
    short = word is not None and (last.end - last.start == 1 or len(word[2]) < 3)
    return word is not None and short and word[1] == last.end and bool(tag) and not tag.startswith(PROPER)


def is_clean(line: Line, start: int, end: int) -> bool:
    """No adverb and no verb of the sentence between an area and 段 or 工程."""
    words, lexicon = segmenter(), line.lexicon
    inside = (w for _, _, w in line.words_within(start, end))
    return not any(words.is_function_word(w) or w in lexicon.words("place_stop") for w in inside)

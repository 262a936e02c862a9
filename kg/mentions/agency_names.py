"""Where an agency's name ends: at a form of the lexicon (人大常委会), a last word (有限公司), a unit's (东山分局)."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.lexicon import AgencyForm, Lexicon
from kg.mentions.line import Line, is_name_character
from kg.words import any_of, segmenter

_NUMBERED = re.compile(r"[一二三四五六七八九十]")
_SPOT = re.compile(r"(?:[路段口道米里岸侧]|附近|交[界汇叉])处$")
_WENT = re.compile("领导[一-鿿]{2,4}等?[到赴来]|等[到赴][省市县区镇乡]")
_COUNTED = re.compile(r"(?:\d|[一二三四五六七八九十两几数])[个家支所名]")
_LEVEL = re.compile("国家级|[省市县区]级?")
_LONGEST_FORM = 16
_LONGEST_NAME = 22
_LONGEST_SUFFIX = 10
_SESSION = re.compile(r"第?[一二三四五六七八九十百\d]+届")
_SORTS_PUPILS = re.compile(r"(?:[、和及与][小初高中大]中?[学中])*(?:[男女]子)?(?:组(?!织|建|成)|学?段|阶段|年级)")
# A registered firm's name may hold any character: 上海若水清净系统股份有限公司.
_FIRM = re.compile(r"[\u4e00-\u9fff0-9A-Za-z()]{2,20}?(股份有限公司|有限责任公司|有限公司)")
# Behind a place these need nothing between: 吉林银行, 苏州大学.
_PLAIN_NAMED = frozenset({"bank", "school", "hospital", "media", "police", "court"})


def title_at(line: Line, position: int) -> bool:
    """Does a title begin here, with or without 副 and its like?"""
    return title_end(line, position) is not None


def title_end(line: Line, position: int) -> int | None:
    """Where the title ends that begins here, with or without 副 and its like."""
    titles = line.lexicon.title_names
    at = position
    while prefix := line.longest(at, line.lexicon.words("title_prefix"), 3):
        at += len(prefix)
        if title := line.longest(at, titles, 12):
            return at + len(title)
    title = line.longest(position, titles, 12)
    return position + len(title) if title else None


def shares_title(line: Line, end: int) -> bool:
    """市公安局长, 县委组织部长, 统战部|长阳|知秋: the organ's last character is the first of its head's title."""
    if line.string[end : end + 1] != "长" or line.string[end - 1 : end + 1] not in line.lexicon.titles:
        return False
    word = line.word_from(end)
    return end + 1 in line.bounds or (len(word) == 2 and word[1] in line.lexicon.surnames)


def form_at(line: Line, position: int) -> tuple[int, AgencyForm] | None:
    """The end and row of the longest organ's form that begins here (人大常委会, not 人大); 十二届 may come first."""
    if session := _SESSION.match(line.string, position):
        position = session.end()
    text, forms = line.string, line.lexicon.agency_forms
    first = _misread(line.lexicon).get(text[position : position + 1], text[position : position + 1])
    for end in range(min(len(text), position + _LONGEST_FORM), position, -1):
        form = first + text[position + 1 : end]
        if form in forms and not _runs_on(line, form, position, end):
            return end, forms[form][0]
    return None


@lru_cache(maxsize=4)
def _misread(lexicon: Lexicon) -> dict[str, str]:
    """市入大常委会: look-alikes with which no organ's form begins → the one character that they stand for."""
    begins = {form[0] for form in lexicon.agency_forms}
    table: dict[str, set[str]] = {}
    for wrong, right in lexicon.ocr:
        if right in begins and wrong not in begins:
            table.setdefault(wrong, set()).add(right)
    return {wrong: rights.pop() for wrong, rights in table.items() if len(rights) == 1}


def _runs_on(line: Line, form: str, start: int, end: int) -> bool:
    """市委员会, 局长, 人大代表, 各级党委: the form is only part of another word."""
    text, lexicon = line.string, line.lexicon
    if form in lexicon.words("acting_form") and not _acts(lexicon).match(text, end):
        return True  # 清河|公安|工作
    if _NUMBERED.match(form) and form[-1] + text[end : end + 1] in lexicon.words("count_and_kind"):
        return True  # 一|小区
    if form[-1] + text[end : end + 1] == "部分" and not line.longest(end, lexicon.words("division_word"), 2):
        return True  # 青石镇组织|部分代表, but 组织部|分管
    alone = end not in line.bounds or end + 1 in line.bounds  # 教育局|长期: the next word is another
    if (
        text[end : end + 1] in lexicon.words("form_not_before")
        and alone
        and not title_at(line, end)
        and not shares_title(line, end)
    ):
        return True
    return any(  # 区政府|党组成员, 人大|代表, 各级|党委
        (len(word) > len(form) and text.endswith(word, 0, end))
        or any(form.endswith(word[:cut]) and text.startswith(word[cut:], end) for cut in range(2, len(word)))
        for word in lexicon.words("form_part")
        if word[:2] in form or form in word
    )


@lru_cache(maxsize=4)
def _acts(lexicon: Lexicon) -> re.Pattern[str]:
    """清河消防|出动, 清河公安|民警, 清河消防|青石中队: what shows that a short name is somebody who acts."""
    return re.compile(f"{any_of(lexicon.words('acts_behind'))}|[\u4e00-\u9fff]{{2,4}}(?:中队|大队|救援站)")


def cut_form_at(line: Line, position: int) -> tuple[int, AgencyForm] | None:
    """市委宣传、: a 部 that the OCR lost, where the next thing of the list follows at once."""
    end = line.string.find("、", position, position + 8)
    forms = line.lexicon.agency_forms.get(line.string[position:end] + "部") if end > position + 2 else None
    return (end, forms[0]) if forms else None


def suffix_end(line: Line, start: int, *, behind_place: bool, local: bool = False) -> tuple[int, str] | None:
    """The end of the first agency's last word to the right of `start`, with only a name's words between."""
    if line.string[start : start + 1] in line.lexicon.words("conjunction") and start + 1 in line.bounds:
        return None  # 生态园|和久晟油茶科技有限公司
    if line.lexicon.words("city_level").issuperset(line.string[start : start + 2]):
        return None  # 山西省|市县乡党委
    if (
        behind_place
        and (firm := _FIRM.match(line.string, start))
        and "的" not in firm[0]
        and not _breaks(line, start, firm.end())
    ):
        return firm.end(), firm[1]
    for begin, end, word in line.words:
        if end <= start:
            continue
        if end - start > _LONGEST_NAME or word == "·" or not all(map(is_name_character, word)):
            return None  # what has a dot in it is a person's name
        if (suffix := _suffix_at(line, start, end, word, behind_place=behind_place, local=local)) is not None:
            return end, suffix
        if behind_place and (school := _taught_at(line, start, end, word)):
            return school
        if stops(line, max(begin, start), end) and not _runs_into_suffix(line, max(begin, start), end):
            return None
    return None


def _taught_at(line: Line, start: int, end: int, word: str) -> tuple[int, str] | None:
    """清溪街小学|教师: a title that begins with the last word of where its holder works."""
    if word not in line.lexicon.titles:
        return None
    for cut in range(2, len(word) - 1):
        whole = end - len(word) + cut
        row = line.lexicon.suffixes.get(word[:cut])
        if (
            row
            and row.category in ("school", "hospital")
            and word[cut:] in line.lexicon.titles
            and whole - cut - start >= 2
        ):
            return whole, word[:cut]
    return None


def _runs_into_suffix(line: Line, start: int, end: int) -> bool:
    """专家|组: the beginning of an agency's last word is a word of its own."""
    suffix = line.longest(start, line.lexicon.suffixes, _LONGEST_SUFFIX)
    return suffix is not None and len(suffix) > end - start


def _breaks(line: Line, start: int, end: int) -> bool:
    """Does a longer word that ends a name stand between, or 与 and another area: 开发区与清河…公司?"""
    lexicon = line.lexicon
    return any(
        stops(line, a, b)
        if len(w) > 1
        else w in lexicon.words("conjunction") and line.longest(b, lexicon.places_by_name, 6)
        for a, b, w in line.words_within(start, end)
    )


def _suffix_at(line: Line, start: int, end: int, word: str, *, behind_place: bool, local: bool) -> str | None:
    """The longest last word that ends at `end` and leaves enough of a name before it."""
    text, lexicon = line.string, line.lexicon
    for length in range(min(_LONGEST_SUFFIX, end - start), 0, -1):
        row = lexicon.suffixes.get(text[end - length : end])
        if row is None:
            continue
        stem = end - length - start
        named = row.category in _PLAIN_NAMED or row.suffix in lexicon.words("plain_suffix")
        numbered = row.category in _PLAIN_NAMED and _NUMBERED.match(row.suffix) is not None  # 市|十六中
        plain = (behind_place and named) or (local and length > 2) or numbered
        team = row.category == "team" and length > 2  # 省督察组: a team needs no name of its own
        house = row.suffix in lexicon.words("public_house") and title_at(line, end)  # 市图书馆|馆长
        if stem < (0 if plain or team or house else 2 if length <= 2 else 1):
            continue
        if not (stem == 0 and (local or (team and behind_place))) and is_no_agency(line, start, end, word, row.suffix):
            return None
        return row.suffix
    return None


def is_no_agency(line: Line, start: int, end: int, word: str, suffix: str) -> bool:
    """部署, 局长, 污水处理厂, 物业公司: what only ends like an agency."""
    name, after = line.string[start:end], line.word_from(end)
    stem = name[: -len(suffix)]
    if (
        name in line.lexicon.words("agency_generic")
        or _COUNTED.search(stem)
        or (len(suffix) == 1 and stem[-1:].isdigit())
    ):
        return True  # 8个消防站, 断线13处
    if is_honour(line.lexicon, stem):
        return True  # 获评省|绿色|学校
    if _WENT.search(name):
        return True  # 县领导程宇等到县委党校
    if _SPOT.search(name) and not title_at(line, end):
        return True  # 石桥镇105国道白云路段处
    if line.lexicon.suffixes[suffix].category == "school" and _SORTS_PUPILS.match(line.string, end):
        return True  # 小学、初中组, 高中女子组
    if line.longest(end, line.lexicon.words("agency_not_followed"), 2):
        return after not in line.lexicon.words("staff")  # 供电公司|员工
    more = is_name_character(line.string[end : end + 1] or "。") and after not in line.lexicon.words("list_end")
    if suffix in line.lexicon.words("small_unit") and more:
        return not title_at(line, end)  # 扬州产业科创名城
    return is_other_word(word, suffix) or is_facility(line, end, suffix)


def is_honour(lexicon: Lexicon, stem: str) -> bool:
    """省绿色|学校, 国家级示范性|高中: what stands before the last word is what one was honoured as, and by whom."""
    level = _LEVEL.match(stem)
    return level is not None and stem[level.end() :] in lexicon.words("agency_honour")


def is_sort(lexicon: Lexicon, stem: str) -> bool:
    """绿色学校, 四好商会: what stands before the last word says which sort, not which one."""
    sorting = lexicon.words("place_modifier") | lexicon.words("agency_modifier")
    return stem in sorting or all(word in sorting for word in segmenter().cut(stem))


def is_other_word(word: str, suffix: str) -> bool:
    """部署, 格局, 全局: a word of every day that ends like an agency."""
    tag = segmenter().tag(word)
    if len(suffix) > 1 or not tag:
        return False
    if len(word) > 3 and segmenter().tag(word[-2:]) == "v":
        return True  # 严肃查处
    return len(word) > 1 and not tag.startswith("nt" if len(word) == 2 else ("n", "l", "j"))  # 发展局


def is_facility(line: Line, end: int, suffix: str) -> bool:
    """污水处理厂, 会展中心: the longer last word says that it is a place, unless somebody heads it."""
    if title_at(line, end):
        return False
    shortest = max(2, len(suffix) + 1)
    return any(line.string[max(0, end - n) : end] in line.lexicon.place_suffixes for n in range(shortest, 8))


def stops(line: Line, start: int, end: int) -> bool:
    """Is it a word that ends a name: a verb of the sentence, a preposition, a title, 召开?"""
    word, lexicon = line.string[start:end], line.lexicon
    if len(word) == 2 and word[0] in lexicon.words("conjunction"):
        return True
    if word in lexicon.words("name_stop"):
        return True
    if word in lexicon.titles and not _starts_suffix(line, end):
        return not _is_served(line, word, end)
    if segmenter().is_function_word(word):
        return len(word) > 1 or word in lexicon.words("hard_stop")
    gone = word in lexicon.words("tour_verb") and _starts_house(line, end)  # 来到我县考察|学校项目
    return word in _verbs(lexicon) and (gone or not _starts_suffix(line, end))


def _is_served(line: Line, word: str, end: int) -> bool:
    """水库移民|工作管理局: whom an office is for, where nothing but its work stands between."""
    after = line.word_from(end)
    return line.lexicon.titles[word].kind == "person" and after in line.lexicon.words("office_work")


@lru_cache(maxsize=4)
def _verbs(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(word for kind in lexicon.event_types for word in kind.triggers)


def _starts_suffix(line: Line, position: int) -> bool:
    return any(line.string[position : position + n] in line.lexicon.suffixes for n in (1, 2, 3))


def _starts_house(line: Line, position: int) -> bool:
    """学校, 企业, 医院: the last word of what one visits, not of a team that is called after its visits."""
    row = line.lexicon.suffixes.get(line.longest(position, line.lexicon.suffixes, _LONGEST_SUFFIX) or "")
    return row is not None and row.category in _PLAIN_NAMED

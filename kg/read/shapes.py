"""The lexicon's word classes as the patterns this room reads with: the words are the lexicon's, the shapes ours."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from kg.lexicon import Lexicon

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002ffff"
_MANY_FIELDS = 3  # so many keys in one line are no sentence
OPEN = "（(【\\[〔"
CLOSE = "）)】\\]〕"


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first; for no word at all, one that never matches.

    >>> any_of(["记者", "见习记者"])
    '(?:见习记者|记者)'
    """
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(re.escape, ordered))})" if ordered else r"(?!)"


@dataclass(frozen=True)
class Shapes:
    """Patterns made of one lexicon's words; `shapes_of` keeps them, for they are many and slow to compile."""

    lexicon: Lexicon

    def _any(self, *names: str) -> str:
        return any_of(word for name in names for word in self.lexicon.words(name))

    def has(self, name: str, word: str) -> bool:
        """Whether a word belongs to a class."""
        return word in self.lexicon.words(name)

    @cached_property
    def media(self) -> str:
        """A medium's name: 本报, 云岭生活网, 中央纪委国家监委网站."""
        return rf"(?:[{HAN}A-Za-z0-9·]{{0,18}}?{self._any('media_suffix')})"

    @cached_property
    def role(self) -> re.Pattern[str]:
        """A byline's title with the medium before it: 本报记者, 新华社记者, 通讯员."""
        medium = rf"{self.media}(?:[·•・][{HAN}]{{2,8}})?"  # 清河晚报·清河壹点记者
        return re.compile(rf"(?:{medium}|[{HAN}]{{1,4}}[台站])?({self._any('reporter_title')})")

    @cached_property
    def bare_role(self) -> re.Pattern[str]:
        """A byline's title alone."""
        return re.compile(self._any("reporter_title"))

    @cached_property
    def mark(self) -> re.Pattern[str]:
        """What a credited person did, printed beside the name: 摄, 文, 摄影报道."""
        return re.compile(self._any("photo_mark", "text_mark"))

    @cached_property
    def glued_mark(self) -> re.Pattern[str]:
        """A mark printed right behind the name; 文 and 图 end names too and need a blank."""
        words = self.lexicon.words("photo_mark") | self.lexicon.words("text_mark")
        names = {word for word in words if len(word) > 1} | (words - self.lexicon.words("name_ending_mark"))
        return re.compile(any_of(names) + r"$")

    @cached_property
    def dateline(self) -> re.Pattern[str]:
        """What opens a report: 本报讯, 新华社北京9月3日电, 云岭生活网讯."""
        own = self._any("own_medium")
        # 本报通讯员 is a byline.
        end = self._any("dateline_end") + "(?!员)"
        place = rf"(?!的)[{HAN}]{{0,8}}(?:\d{{4}}年)?(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?"
        ahead = rf"(?=[\s:：,，{OPEN}]|\d{{1,2}}月|{self._any('reporter_title')}|$)"
        # 今日清河讯 7月7日: any name, where the day or the byline follows.
        byline = rf"{self.media}?{self._any('reporter_title')}"
        alone = rf"[{OPEN}][{HAN}]{{2,3}}(?:[\s、]+[{HAN}]{{2,3}}){{0,2}}[{CLOSE}]"  # 清河讯(赵大有)
        other = rf"[{HAN}]{{2,8}}(?<![通资简快短音])讯(?=[\s{OPEN}]*(?:{byline}|\d{{1,2}}月\d{{1,2}}日)|{alone})"
        # 云上清河报道:(记者 王茵): told by the bracket behind.
        bracket = rf"[{OPEN}][^{CLOSE}。]{{0,12}}{self._any('reporter_title')}"
        told = rf"[{HAN}]{{2,10}}(?:报道|消息|讯)\s*[:：]?(?=\s*{bracket})"
        # 长城网张家口4月28日（赵大有 钱小川）: no 电, but who wrote it.
        names = rf"(?!星期|周|农历)[{HAN}]{{2,4}}(?:[\s、]+[{HAN}]{{2,4}}){{0,2}}"
        signed = rf"[{HAN}]{{0,6}}\d{{1,2}}月\d{{1,2}}日(?=[{OPEN}]{names}[{CLOSE}])"
        return re.compile(rf"(?:据?{own}{place}{end}|{self.media}(?:{place}{end}{ahead}|{signed})|{other}|{told})")

    @cached_property
    def own_dateline(self) -> re.Pattern[str]:
        """A dateline that needs no blank before it to be one: 本报讯."""
        return re.compile(rf"{self._any('own_medium')}[{HAN}]{{0,6}}{self._any('dateline_end')}(?!员)")

    @cached_property
    def byline_bracket(self) -> re.Pattern[str]:
        """A bracket that holds a reporter's name: （清河晨网记者 王茵 4月3日17:04报道）."""
        return re.compile(
            rf"[{OPEN}][^{OPEN}{CLOSE}。]{{0,12}}{self._any('reporter_title')}[^{OPEN}{CLOSE}。]{{2,24}}[{CLOSE}]"
        )

    @cached_property
    def near_day(self) -> str:
        """近日, 日前, 昨日: a day told from the day of the issue."""
        return self._any("near_day")

    @cached_property
    def near_day_word(self) -> re.Pattern[str]:
        """The same as a pattern of its own."""
        return re.compile(self.near_day)

    @cached_property
    def day_first(self) -> re.Pattern[str]:
        """A text that begins with its day."""
        return re.compile(rf"(?:\d{{1,2}}月\d{{1,2}}日|{self.near_day})")

    @cached_property
    def next_article(self) -> re.Pattern[str]:
        """Behind a full stop and a blank, a headline between blanks and the day or dateline of its report."""
        day = rf"(?:(?:[{HAN}，,、]{{4,24}}。)?\d{{1,2}}月\d{{1,2}}日|{self.near_day}[，,]|{self.own_dateline.pattern})"
        return re.compile(
            rf"(?:^(?!\S*[，,])|(?<=[。！？”）)])\s*(?<=[\s。！？”）)]))(?P<head>[^\s。；;！？!?:：（(]{{6,40}})\s+(?={day})"
        )

    @cached_property
    def label(self) -> re.Pattern[str]:
        """The label of a field in a text that was copied out of a database: 标题:, 副题:, 正文:."""
        classes = ("headline_label", "kicker_label", "body_label")
        return re.compile("|".join(rf"(?P<{name}>{self._any(name)})[:：]\s*" for name in classes))

    @cached_property
    def furniture(self) -> re.Pattern[str]:
        """A line that belongs to the page and to no article, by its first word: 责任编辑:…, 设计制作 胡群."""
        words = self._any("furniture", "page_staff", "page_source")
        staff = rf"{self._any('page_staff')}[\s/、]+[{HAN}]{{2,3}}(?:[\s/、]|$)"
        return re.compile(
            rf"[{OPEN}•·■□●○◆◇]?\s*(?:[{HAN}]{{2,6}}\s+(?={staff}))?(?:{words}\s*(?:[:：|{CLOSE}]|$)|{staff}|{self._spaced('page_staff')}\s*[:：])"
        )

    def _spaced(self, name: str) -> str:
        """审 核, 主 编: the words of a class set to the width of longer ones."""
        return (
            "(?:" + "|".join(r"\s{1,3}".join(word) for word in sorted(self.lexicon.words(name)) if len(word) < 4) + ")"
        )

    @cached_property
    def site_notice(self) -> re.Pattern[str]:
        """How a site's own notice begins: 免责声明:…, 1、本网站所登载之内容…"""
        return re.compile(rf"[\s\d、.．※*【\[]*{self._any('site_notice')}")

    def is_navigation(self, string: str) -> bool:
        """Whether a line holds nothing but a site's buttons: 上一版 下一版, 放大 缩小 默认."""
        # 第2281期 第02版 上一期 下一期; 下一篇4 2013年5月7日 放大 缩小
        string = re.sub(r"第\s*[A-Z]?\d{1,6}\s*[期版]|\d{4}年\d{1,2}月\d{1,2}日|共\s*\d{1,3}\s*版", " ", string)
        words = [word for word in re.split(r"[\s|·:：\d\[\]【】<>«»‹›/＋+-]+", string) if word]
        return bool(words) and all(self.has("site_navigation", word) for word in words)

    @cached_property
    def related(self) -> re.Pattern[str]:
        """What stands above links to other pages: 上一篇:…, 热点推荐."""
        return re.compile(rf"[\s{OPEN}]*{self._any('related_label')}(?:[\s:：{CLOSE}]|$)")

    @cached_property
    def related_box(self) -> re.Pattern[str]:
        """A line above teasers of other pages, and nothing else: 推荐阅读."""
        return re.compile(rf"[\s{OPEN}]*{self._any('related_box')}[\s:：{CLOSE}]*$")

    @cached_property
    def copyright(self) -> re.Pattern[str]:
        """版权所有, 未经授权不得转载."""
        return re.compile(self._any("copyright_notice"))

    @cached_property
    def field_key(self) -> re.Pattern[str]:
        """The keys of the line under a site's headline: 来源:, 编辑:, 作者:, 时间:."""
        return re.compile(self._any("page_source", "page_staff", "reporter_title", "site_field") + r"\s*[:：]")

    def has_fields(self, string: str) -> bool:
        """Whether a line is the one under a site's headline: 时间:… 来源:… 作者:…"""
        keys = len(self.field_key.findall(string))
        return keys >= _MANY_FIELDS or (keys > 0 and self.field_line.fullmatch(string) is not None)

    @cached_property
    def field_line(self) -> re.Pattern[str]:
        """Two fields or more and nothing else: 2004-06-30 作者:赵大有 来源:清河网; 记者 赵大有 来源:清河网."""
        key = rf"(?:{self.field_key.pattern})"
        value = rf"(?:(?!{key})[^。，,；;！!？?:：]|(?<=\d)[:：](?=\d)){{0,40}}"
        stamp = r"(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}日?(?:\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?"
        byline = rf"{self.media}?{self._any('reporter_title')}(?:\s+[{HAN}·]{{2,4}})+(?=\s)"
        field = rf"\s*(?:[{HAN}]{{0,4}}?{key}{value}|{stamp}|{byline})[\s|{OPEN}{CLOSE}]*"
        return re.compile(rf"[\s{OPEN}]*(?:{field}){{2,}}")

    @cached_property
    def author_field(self) -> re.Pattern[str]:
        """撰稿:赵大有 or 记者 赵大有 in a line of fields."""
        who = self._any("reporter_title", "photo_mark")
        name = rf"[{HAN}·]{{2,4}}(?![{HAN}·]|\s*[:：])"
        role = rf"(?:本?{self._any('reporter_title')}\s*)?"
        return re.compile(rf"{who}(?:\s*[:：]\s*|\s+){role}{name}(?:[\s、]+{role}{name})*")

    @cached_property
    def author_key(self) -> re.Pattern[str]:
        """A key that names follow: 作者:, 摄影:."""
        return re.compile(rf"\s*{self._any('reporter_title', 'photo_mark')}\s*[:：]")

    @cached_property
    def empty_key(self) -> re.Pattern[str]:
        """A key that nothing follows: 作者:."""
        return re.compile(self.field_key.pattern + r"\s*")

    @cached_property
    def masthead_contact(self) -> re.Pattern[str]:
        """The first words of a line that only a paper prints: 新闻热线, 邮发代号."""
        return re.compile(rf"\s*{self._any('masthead_contact')}")

    @cached_property
    def contact(self) -> re.Pattern[str]:
        """The first word of any contact line; under a heading it may be a notice's own."""
        return re.compile(rf"\s*{self._any('contact')}\s*[:：]")

    @cached_property
    def kicker_end(self) -> re.Pattern[str]:
        """How a line ends that only introduces the headline: …时强调."""
        return re.compile(self._any("kicker_end") + r"[:：]?$")

    @cached_property
    def imprint(self) -> re.Pattern[str]:
        """清河日报社主办 地址:…: who makes the paper, and where."""
        house = rf"{self.media}社?\s*(?:主管|主办|承办|编辑|出版)+"
        return re.compile(rf"{house}\s[^。]*{self._any('contact')}\s*[:：]")

    @cached_property
    def news_center(self) -> re.Pattern[str]:
        """A line that names the county's newsroom and nothing else, well read or misread."""
        return re.compile(rf"[{HAN}]{{2,8}}融[媒煤谋]体中心")

    @cached_property
    def staff_name(self) -> re.Pattern[str]:
        """责任编辑刘洋: who made the page, and the name right behind."""
        return re.compile(rf"({self._any('page_staff')})([{HAN}]{{2,3}})")

    @cached_property
    def caption_start(self) -> re.Pattern[str]:
        """How a caption begins that says it is one: 图为, 上图."""
        return re.compile(rf"[▲△↑←→↓{OPEN}\s]{{0,3}}{self._any('caption_start')}")

    @cached_property
    def scene_caption(self) -> re.Pattern[str]:
        """座谈现场: two words under a photo."""
        return re.compile(rf"[{HAN}]{{2,6}}现场")

    @cached_property
    def brief(self) -> re.Pattern[str]:
        """A brief in a column of its kind: ◆9月16日,…"""
        return re.compile(rf"[■□●○◆◇▲△★☆▶►※◎]\s*{self.day_first.pattern}")

    @cached_property
    def never_last(self) -> re.Pattern[str]:
        """A word no line of its own ends with: 和, 的."""
        return re.compile(self._any("never_last") + "$")

    @cached_property
    def end_mark(self) -> re.Pattern[str]:
        """A bracket that ends an article and says nothing: （完）, （下转第2版）."""
        return re.compile(rf"\s*{self._any('end_mark')}[^{CLOSE}。]{{0,12}}$")

    @cached_property
    def hint(self) -> re.Pattern[str]:
        """The same without a bracket, behind the last sentence: →下转2版, 均据新华社电."""
        return re.compile(rf"(?<![{HAN}，,])[→▶►>》\s]*均?{self._any('end_hint')}[^，,。；;！？{OPEN}]{{0,10}}$")

    @cached_property
    def tip(self) -> re.Pattern[str]:
        """Who told the paper, behind the end of a report: 线索提供:赵先生."""
        label = self._any("tip_label")
        bracket = rf"[{OPEN}][^{OPEN}{CLOSE}]{{2,8}}{label}[^{OPEN}{CLOSE}]{{0,10}}[{CLOSE}]"  # (赵先生报料 奖60元)
        return re.compile(rf"(?:[\s{OPEN}]*{label}\s*[:：]\s*[{HAN}·、\s]{{2,20}}[{CLOSE}]?|\s*{bracket})\s*$")

    @cached_property
    def staff_or_source(self) -> re.Pattern[str]:
        """A bracket that names who made the page, or where the text was taken from."""
        return re.compile(rf"\s*{self._any('page_staff', 'page_source')}\s*[:：/\s]")

    @cached_property
    def office_end(self) -> re.Pattern[str]:
        """How an office's name ends: it signs, but it is no person."""
        return re.compile(self._any("office_end") + "$")

    @cached_property
    def notice(self) -> re.Pattern[str]:
        """A headline that says the article is a notice."""
        return re.compile(self._any("notice_headline"))

    @cached_property
    def section(self) -> frozenset[str]:
        """Names of a page's sections: 要闻, 综合新闻."""
        return self.lexicon.words("page_section")


@lru_cache(maxsize=4)
def shapes_of(lexicon: Lexicon) -> Shapes:
    """The patterns of a lexicon, made once."""
    return Shapes(lexicon)

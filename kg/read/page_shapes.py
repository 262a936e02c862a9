"""Patterns of what belongs to a page or its site and to no article: furniture, fields, buttons, links, contacts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from kg.lexicon import Lexicon
from kg.read.patterns import CLOSE, HAN, OPEN
from kg.words import any_of

_MANY_FIELDS = 3  # so many keys in one line are no sentence


@dataclass(frozen=True)
class PageShapes:
    """Patterns made of one lexicon's words: the words are the lexicon's, the shapes ours."""

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
    def label(self) -> re.Pattern[str]:
        """The label of a field in a text that was copied out of a database: 标题:, 副题:, 正文:."""
        classes = ("headline_label", "kicker_label", "body_label")
        return re.compile("|".join(rf"(?P<{name}>{self._any(name)})[:：]\s*" for name in classes))

    @cached_property
    def furniture(self) -> re.Pattern[str]:
        """A line that belongs to the page and to no article, by its first word: 责任编辑:…, 设计制作 胡群."""
        words = self._any("furniture", "page_staff", "page_source")
        staff = rf"{self._any('page_staff')}[\s/、]+(?:[{HAN}]{{2,3}}|[{HAN}][ \u3000]{{1,2}}[{HAN}])(?:[\s/、]|$)"
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
        own = rf"{self._any('own_text')}(?:为|系|由)?[^。]{{0,24}}{self._any('own_right')}"  # 文章为清河融媒原创
        return re.compile(rf"[\s\d、.．※*▌▍■◆▶【\[]*(?:{self._any('site_notice')}|{own})")

    def is_navigation(self, string: str) -> bool:
        """Whether a line holds nothing but a site's buttons: 上一版 下一版, 放大 缩小 默认."""
        # 第2281期 第02版 上一期 下一期; 下一篇4 2013年5月7日 放大 缩小
        string = re.sub(r"第\s*[A-Z]?\d{1,6}\s*[期版]|\d{4}年\d{1,2}月\d{1,2}日|共\s*\d{1,3}\s*版", " ", string)
        words = [word for word in re.split(r"[\s|｜·:：\d\[\]【】()（）<>«»‹›/＋+.…-]+", string) if word]
        return bool(words) and all(self.has("site_navigation", word) for word in words)

    @cached_property
    def crumb(self) -> re.Pattern[str]:
        """Where a page stands in its site: 您当前的位置:首页 > 要闻."""
        return re.compile(rf"[\s■□●◆]*[{HAN}]{{0,8}}位置\s*[:：>]")

    @cached_property
    def site_bar(self) -> re.Pattern[str]:
        """The bar above a site: 清河日报官方网站 | 首页 今天是, 频 道:首 页|新 闻|国 际|财 经|体 育|娱 乐."""
        channels = rf"(?:[{HAN}\s]{{2,6}}[:：])?(?:[{HAN}\s]{{2,10}}[|｜]){{5,}}[{HAN}\s]{{2,10}}$"
        return re.compile(rf"(?:[^。]{{0,60}}今天是\s*[:：]?\s*$|{channels})")

    @cached_property
    def site_name(self) -> re.Pattern[str]:
        """A site's name on a line of its own: 欢迎访问清河市人民政府门户网站！, 清河县教育局官网, 清河网清河网."""
        government = rf"[{HAN}]{{1,12}}?人民政府(?:政务|门户|官方)?网站?"
        office = rf"[{HAN}]{{1,14}}(?<![设开上建推通])官网"
        welcome = "欢迎(?:您|你)?(?:访问|光临|来到|登录|进入)"
        twice = rf"(?P<twice>{self.media})(?P=twice)"
        return re.compile(rf"(?:{welcome})?(?!我|本|全|该)(?:{government}|{office}|{twice})[!！]?")

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
    def field(self) -> re.Pattern[str]:
        """One field without a blank in it: 录入:赵大有, 【字号:大】, 2021-09-06."""
        keyed = rf"[{HAN}]{{0,4}}?{self.field_key.pattern}[^\s。，,；;！!？?:：]{{0,24}}"
        return re.compile(rf"[{OPEN}]?(?:{keyed}|(?:19|20)\d\d[-/.年]\d{{1,2}}[-/.月]\d{{1,2}}日?)[{CLOSE}]?")

    @cached_property
    def author_field(self) -> re.Pattern[str]:
        """撰稿:赵大有, 供稿:赵大有 or 记者 赵大有 in a line of fields."""
        who, did = self._any("reporter_title", "photo_mark"), self._any("text_mark")
        button = rf"(?!{self._any('site_navigation')}(?![{HAN}]))"
        name = rf"{button}[{HAN}·]{{2,4}}(?![{HAN}·]|\s*[:：])"
        role = rf"(?:本?{self._any('reporter_title')}\s*)?"
        keyed = rf"(?:{who}(?:\s*[:：]\s*|\s+)|{did}\s*[:：]\s*)"
        return re.compile(rf"{keyed}{role}{name}(?:[\s、]+{role}{name})*")

    @cached_property
    def source(self) -> re.Pattern[str]:
        """来源: and its like."""
        return re.compile(self._any("source_label") + r"\s*[:：]")

    @cached_property
    def medium_byline(self) -> re.Pattern[str]:
        """Who wrote it for whom, and when: 清河网:赵大有 2007-07-23, 2021-09-06 清河日报 赵大有 or 赵大有 来源:…"""
        source = rf"\s+{self.source.pattern}\s*[{HAN}]{{2,12}}"
        names = rf"[{HAN}]{{2,4}}(?:[\s、]+[{HAN}]{{2,4}}){{0,3}}"
        named = rf"(?P<names>{names})(?:(?=\s*$|\s+\d{{4}}[-年])|{source}\s*$)"
        stamp = r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s+\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?"
        paper = rf"{self.media}(?:[{HAN}]{{0,4}}频道)?\s*[:：]\s*"
        return re.compile(rf"\s*(?:{paper}|{stamp}\s+(?:{self.media}\s+|(?={names}{source}\s*$))){named}")

    @cached_property
    def picture_from(self) -> re.Pattern[str]:
        """Where the pictures are from: (图片由主办方提供), 受访者供图, 本文图片均来自清河发布."""
        which = "(?:本文|以上|文中|本组)?(?:配图|图片|照片|图)(?:均|皆)?"
        given = rf"{which}(?:由|来自|来源于)[^。，,；;{OPEN}{CLOSE}]{{2,24}}"
        return re.compile(rf"[\s{OPEN}]*(?:{given}|(?:{self._any('picture_giver')})(?:供图|提供))[\s{CLOSE}]*")

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
    def staff_or_source(self) -> re.Pattern[str]:
        """A bracket that names who made the page, or where the text was taken from."""
        return re.compile(rf"\s*{self._any('page_staff', 'page_source')}\s*[:：/\s]")

    @cached_property
    def section(self) -> frozenset[str]:
        """Names of a page's sections: 要闻, 综合新闻."""
        return self.lexicon.words("page_section")

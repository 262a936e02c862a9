"""The lexicon's word classes as the patterns this room reads with: bylines, datelines, captions, ends of articles."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

from kg.lexicon import Lexicon
from kg.read.page_shapes import PageShapes
from kg.read.patterns import CLOSE, HAN, OPEN
from kg.words import any_of


class Shapes(PageShapes):
    """All patterns of one lexicon; `shapes_of` keeps them, for they are many and slow to compile."""

    @cached_property
    def role(self) -> re.Pattern[str]:
        """A byline's title with the medium before it: 本报记者, 新华社记者, 通讯员."""
        medium = rf"{self.media}(?:[·•・][{HAN}]{{2,8}})?"  # 清河晚报·清河壹点记者
        sent = rf"(?:特派|派驻|驻)[{HAN}]{{2,3}}"  # 特派清河记者
        return re.compile(rf"(?:{medium}|[{HAN}]{{1,4}}[台站]|{sent})?({self._any('reporter_title')})")

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
        # 本报通讯员 is a byline; a court that 发布消息 opens no report.
        end = "(?<![布来到得露开的假好])" + self._any("dateline_end") + "(?!员)"
        place = rf"(?!的)[{HAN}]{{0,8}}(?:\d{{4}}年)?(?:\d{{1,2}}月)?(?:\d{{1,4}}日)?"  # 906日: 月 was lost
        ahead = rf"(?=[\s:：,，{OPEN}]|\d{{1,2}}月|{self._any('reporter_title')}|$)"
        # 今日清河讯 7月7日: any name, where the day or the byline follows.
        byline = rf"{self.media}?{self._any('reporter_title')}"
        alone = rf"[{OPEN}][{HAN}]{{2,3}}(?:[\s、]+[{HAN}]{{2,3}}){{0,2}}[{CLOSE}]"  # 清河讯(赵大有)
        other = rf"[{HAN}]{{2,8}}(?<![通资简快短音])讯(?=[\s{OPEN}]*(?:{byline}|\d{{1,2}}月\d{{1,2}}日)|{alone})"
        other += rf"|[{HAN}]{{2,6}}\d{{1,2}}月\d{{1,2}}日讯(?=[\s{OPEN}])"  # 今日清河9月3日讯 今年,…
        # 云上清河报道:(记者 王茵): told by the bracket behind.
        bracket = rf"[{OPEN}][^{CLOSE}。]{{0,12}}{self._any('reporter_title')}"
        told = rf"[{HAN}]{{2,10}}\s?(?:\d{{1,2}}月\d{{1,2}}日)?(?:报道|消息|讯|电)\s*[:：]?(?=\s*{bracket})"
        told += rf"|[{HAN}]{{2,8}}消息(?={alone}\s*[:：])"  # 清河豫商消息(赵大有):
        # 长城网张家口4月28日（赵大有 钱小川）: no 电, but who wrote it.
        names = rf"(?!星期|周|农历)[{HAN}]{{2,4}}(?:[\s、]+[{HAN}]{{2,4}}){{0,2}}"
        # 清河在线9月3日(赵大有 通讯员 钱小川): names, with or without a role among them.
        titled = rf"[^{CLOSE}。]{{0,16}}{self._any('reporter_title')}[^{CLOSE}。]{{2,24}}"
        signed = rf"[{HAN}]{{0,6}}\d{{1,2}}月\d{{1,2}}日(?=[{OPEN}](?:{names}|{titled})[{CLOSE}])"
        # 清河网(记者 赵大有)9月25日: the medium alone, where byline and day follow.
        signed += rf"|(?=\s*{bracket}[^{CLOSE}。]{{2,16}}[{CLOSE}]\s*(?:\d{{1,2}}月\d{{1,2}}日|{self.near_day}))"
        told += rf"|讯(?=\s*{bracket})"  # torn off: 讯(记者 赵大有)
        told += rf"|(?:\d{{1,2}}月)?\d{{1,2}}日[{HAN}]{{2,8}}讯(?=\s*{bracket})"  # 7月15日清河讯(赵大有 记者 钱小川)
        twice = rf"(?:[{HAN}]{{2,8}}[网报台]\s?[-—/]\s?)?"  # 清河新闻网-清河晚报讯
        desk = rf"(?:[·•・][{HAN}]{{2,8}})?"  # 清河网·山海新闻讯
        media = rf"{twice}{self.media}{desk}(?:{place}{end}{ahead}|{signed})"
        return re.compile(rf"(?:据?{own}{place}\s?{end}|{media}|{other}|{told})")

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
    def misread_bylines(self) -> dict[str, str]:
        """Words of an opening as the OCR misreads them → as they are: 本报迅 → 本报讯."""
        return dict(row.split("→") for row in self.lexicon.words("misread_byline"))

    @cached_property
    def misread_byline(self) -> re.Pattern[str]:
        """Any of them, at the head of a word."""
        return re.compile(rf"(?<![{HAN}]){any_of(self.misread_bylines)}")

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
        """A text that begins with its day: 9月3日, 5月5-6日, 2031年七月十四日, 11日上午, 近日."""
        number = r"(?:\d{1,2}|[一二三]?十?[一二三四五六七八九十])"
        until = rf"(?:日?\s?(?:[-—－~～]+|[至到])\s?{number})?"
        alone = r"(?<!\d)\d{1,2}日(?:[上下]午|凌晨|傍晚|晚)?(?=[，,])"
        day = rf"(?:(?:19|20)\d\d年)?{number}\s?月\s?{number}{until}\s?日|{alone}"
        return re.compile(rf"(?:{day}|{self.near_day})")

    @cached_property
    def paragraph_start(self) -> re.Pattern[str]:
        """Words that no sentence goes on with: its day, 据悉, 此外."""
        return re.compile(rf"(?:{self.day_first.pattern}|{self._any('paragraph_opening')})")

    @cached_property
    def next_article(self) -> re.Pattern[str]:
        """Behind a full stop and a blank, a headline between blanks and the day or dateline of its report."""
        day = rf"(?:(?:[{HAN}，,、]{{4,24}}。)?\d{{1,2}}月\d{{1,2}}日|{self.near_day}[，,]|{self.own_dateline.pattern})"
        return re.compile(
            rf"(?:^(?!\S*[，,])|(?<=[。！？”）)])\s*(?<=[\s。！？”）)]))(?P<head>(?!{self.own_dateline.pattern})[^\s。；;！？!?:：（(]{{6,40}})\s+(?={day})"
        )

    @cached_property
    def kicker_end(self) -> re.Pattern[str]:
        """How a line ends that only introduces the headline: …时强调."""
        return re.compile(self._any("kicker_end") + r"[:：]?$")

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
    def aside(self) -> re.Pattern[str]:
        """A bracket behind a sentence that says nothing, and the article goes on: （热烈鼓掌）, （贺信另发）."""
        return re.compile(rf"\s*[{HAN}《》]{{0,12}}(?:{self._any('aside_end')}|{self._any('printed_elsewhere')})\s*$")

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
    def office_end(self) -> re.Pattern[str]:
        """How an office's name ends: it signs, but it is no person."""
        return re.compile(self._any("office_end") + "$")

    @cached_property
    def notice(self) -> re.Pattern[str]:
        """A headline that says the article is a notice."""
        return re.compile(self._any("notice_headline"))


@lru_cache(maxsize=4)
def shapes_of(lexicon: Lexicon) -> Shapes:
    """The patterns of a lexicon, made once."""
    return Shapes(lexicon)

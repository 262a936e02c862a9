"""Whether a trigger tells of something: by what stands around it and what its word needs to mean a happening."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg.facts.mishaps import accident_behind
from kg.facts.shape import Shape
from kg.lexicon import Lexicon
from kg.model import Kind
from kg.words import any_of

# 获得…称号, 下发《通知》: classes of verbs, and of what must stand behind them in the clause.
_NEEDS_BEHIND = (
    ("award_to_prize", "prize"),
    ("gives_out", "document_mark"),
    ("gives_comfort", "comfort"),
    ("hands_out", "relief"),
    ("teaches", "lesson"),
    ("hurries", "scene"),
    ("shows_film", "film"),
    ("cleans", "litter"),
    ("names", "as"),
    ("operates", "surgery"),
)
_FOLLOWING = ("trigger_not_before", "trigger_before")  # 会议代表 tells of nothing, 会见代表团 does
# 前来调研的省领导, 检察院起诉的被告人: the verb tells of somebody in passing.
_IN_PASSING = frozenset({"Inspection", "Enforcement", "Meeting", "Mission"})
# 学习讲话和省委全会、市委全会精神: what was studied
_STUDIED = re.compile("(?:学习|传达|贯彻|领会)[^,。;]*$")
_ITS_SPIRIT = re.compile("[、和与及][^,。;]*精神")
_BEFORE_IT = re.compile("之?前(?!线|进|沿|方|往|来)")
_PASSING = re.compile("(?:时|期间|中|后|巡[察视])?(?:工作|活动)?(?:的|重要|发表|讲话)|时在座")
_RESTORED = re.compile("恢复(?:了|半幅|双向|单向|正常|全线|全幅)*$")
_SLID = re.compile(r"[处段)路米线村旁侧\d](?:突然|突发|发生)?(?:大面积|严重)?的?(?:山体|边坡|路基|路面)?$")
_SHUT = re.compile("(?:[,。;]|$|交通|道路|导?致|造成|阻断)")
_SUM = re.compile(
    "(?:投产|投用|通车|运营|使用)?(?:项目|企业|道路|公路)?[近约]?[\\d.]+[余多]?[万亿]?(?:平方公里|平方米|公里|千米|家|户|个|座|条|处|亩|套|项|栋|台|所)"
)
_UP_TO_NOW = re.compile("截[至止到]|累计|共计|迄今")
_HEADS = re.compile("[\\d.]+[余多]?万?(?:余?[人户家名件份场处]|人次)")
# 将500本图书送到A小学, 为孩子们送来了价值2万元的书包: what is brought is counted, and nobody
_GOODS = re.compile(
    "(?:[将把](?:价值)?|送来了?(?:价值)?)[近约]?[\\d.一二三四五六七八九十两百千]+[余多]?[万千]?[余多]?"
    "(?:本|件|套|台|箱|袋|份|册|元|吨|盒|包|桶|批|斤|公斤|束|副|只|个|床|双|瓶)"
)
_GIVEN = re.compile("(?:受到?|给予|予以)了?[^,。;]{0,24}$")  # 受到撤销村委会主任职务处分
_EARNED = re.compile("(?:分获|荣获|获得|得到)了?[^,。;]{0,30}$")  # 两位同学也获得了表彰
_CONGRATULATED = re.compile("对[^,。;]*当选[^,。;]*表示|(?:祝贺|恭喜)[^,。;]*当选")
_THE_APPOINTED = re.compile("[被新拟所受][^,。;]{2,5}(?:的|人员|同志)")  # 向被任命的人员颁发任命书
_BY_OTHERS = re.compile("(?<![理自缘])由[^,。;:、]{2,24}$")
_AT_WORK = (("检查", "cures"), ("指导", "teaches"))  # physicians and teachers inspect nothing
_ONE_OF_THEM = re.compile("的(?:第|首|一[所座条个家项]|唯一)")
_ORDERED = re.compile("(?:批示|指示|命令),?并?要求")
_A_WAY = re.compile(
    "(?:推介|交流|讨论)?(?:[、和][^,。;、]{2,10})*(?:等|的)(?:多种)?(?:方式|形式|方法|程序|环节|步骤|流程)"
)
_ONCE_DONE = re.compile("之?后,[^,。;]{0,8}(?:将|可|能|会|预计|有望)")  # 建成通车后,将…


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger where it stands; `noun` when the type is known by what was held and not by a verb."""

    start: int
    end: int
    text: str
    type: str
    noun: bool


def tells(shape: Shape, trigger: Trigger, word: str) -> bool:
    """Does a trigger tell of something: 督导检查, but not 检查站, 参加检查 or 检查的重点?"""
    words = shape.lexicon.words
    follows, allowed = (shape.string.startswith(tuple(words(c)), trigger.end) for c in _FOLLOWING)
    allowed = allowed or any(a.begin == trigger.end for a in shape.actors)  # 会见|团县委书记, no 会见团
    named = any(a.end == trigger.start and a.entity.kind is Kind.PERSON for a in shape.actors)  # 程新|会见, no 新会见
    led = not named and shape.string.endswith(tuple(words("trigger_not_behind")), 0, trigger.start)
    if (follows and not allowed) or led:
        return False
    if trigger.type != "Inspection" and _A_WAY.match(shape.string, trigger.end):
        return False  # 通过实地查看、座谈交流等方式; 经推荐、公示等程序
    if trigger.type != "Transfer" and (shape.is_in_object(trigger.start) or _is_praised(shape, trigger)):
        return False
    if any(m.start("guest") <= trigger.start < m.end() for m in _guests(shape.lexicon).finditer(shape.string)):
        return False
    if word in words("bare_raid"):
        return _is_a_raid(shape, trigger)
    if trigger.noun:
        studied = _ITS_SPIRIT.match(shape.string, trigger.end)
        return not (studied and _STUDIED.search(shape.string, 0, trigger.start))
    if trigger.start not in shape.found.line.bounds or shape.is_attended(trigger.start):
        return False
    if _is_ordered(shape, trigger.start):
        return False
    if _BEFORE_IT.match(shape.string, trigger.end) and "在" in shape.string[: trigger.start]:
        return False  # 在签约前宣读协议
    if trigger.type in _IN_PASSING and _PASSING.match(shape.string, trigger.end):
        return False
    if trigger.type == "Meeting" and shape.string[: trigger.start].endswith("在"):
        return False  # X在会见中表示,…
    if _means_another_thing(shape, trigger):
        return False
    if _is_another_matter(shape, trigger) or _is_of_somebody(shape, trigger) or _is_a_sum(shape, trigger):
        return False
    return _has_object(shape, trigger, word)


def _means_another_thing(shape: Shape, trigger: Trigger) -> bool:
    """火势被控制, 起火民房为砖木结构: does the verb mean something else behind or before these words?"""
    words, before = shape.lexicon.words, shape.string[: trigger.start]
    if trigger.text == "处分" and not _GIVEN.search(before):
        return True
    if trigger.text in words("moves_in") and not _BY_INSPECTORS.search(before):
        return True  # 作协派出小分队,进驻五个县
    if trigger.text in words("commends") and _EARNED.search(before):
        return True
    if trigger.text in words("holds_fast") and not (_seizing(shape.lexicon).search(before) or _takes(shape, trigger)):
        return True  # 火势被控制
    if trigger.type == "Enforcement" and _guiding(shape.lexicon).search(before):
        return True  # 赶赴现场指导案件侦破
    if (
        trigger.type == "Award"
        and shape.string.startswith("的", trigger.end)
        and before.endswith(tuple(words("undergone")))
    ):
        return True  # 向受到表彰的代表表示祝贺
    if trigger.type in ("Enforcement", "Activity") and _NOTICE.match(shape.string, trigger.end):
        return True  # 发放强拆整改通知书
    if trigger.text in words("blows_up") and not _IT_BEFELL.match(shape.string, trigger.end):
        return True  # 爆炸事故, 溺水儿童
    if trigger.text in words("blows_up") and before.endswith(tuple(words("no_mishap"))):
        return True  # 预防溺水, 听到爆炸
    if trigger.text in words("slips") and not (_SLID.search(before) and _SHUT.match(shape.string, trigger.end)):
        return True  # 对塌方路段进行清理
    if trigger.type == "Construction" and _RESTORED.search(before):
        return True  # 恢复半幅通车
    # 起火民房为砖木结构
    return trigger.text in words("burns") and shape.string.startswith(tuple(words("burning")), trigger.end)


def _is_a_raid(shape: Shape, trigger: Trigger) -> bool:
    """县人民法院开展“利剑行动”: is it called so in marks, and the work of a force?"""
    ends = tuple(shape.lexicon.words("force"))
    by_force = any(a.entity.name.endswith(ends) and a.end <= trigger.start for a in shape.actors)
    return by_force and shape.is_title(trigger.start, trigger.end)


def _is_praised(shape: Shape, trigger: Trigger) -> bool:
    """对加快抢通进度的做法给予肯定: is it what is spoken well of?"""
    return any(m.start() < trigger.start < m.end() for m in _praised(shape.lexicon).finditer(shape.string))


@lru_cache(maxsize=4)
def _praised(lexicon: Lexicon) -> re.Pattern[str]:
    """对…给予肯定, 对…表示感谢, with nothing done on the way."""
    done = any_of(lexicon.words("light_verb") | lexicon.words("pp"))
    return re.compile(f"对(?:(?!{done})[^。;])+?(?:给予|予以|表示)[^,。;]{{0,8}}{any_of(lexicon.words('praise'))}")


@lru_cache(maxsize=4)
def _guests(lexicon: Lexicon) -> re.Pattern[str]:
    """会见了来梁山进行经贸考察洽谈的X: what the guests came for is not done by their host."""
    return re.compile(f"{any_of(lexicon.words('meets_guests'))}了?(?P<guest>(?:前?来|莅|抵|赴|到)[^,。;的]{{1,24}}的)")


def _is_ordered(shape: Shape, position: int) -> bool:
    """省长X作出批示,要求迅速调集队伍,…,千方百计解救矿工: is it told as an order, up to who acts next?"""
    ordered = max((m.end() for m in _ORDERED.finditer(shape.string, 0, position)), default=-1)
    acting = [a for a in shape.actors if ordered < a.begin < position and shape.opens_clause(a.begin)]
    return ordered >= 0 and not acting


_BY_INSPECTORS = re.compile("[组巡督察]")
_HOW_IT_GOES = re.compile("[^,。;]{0,12}(?:情况|进展|进度|经验|做法|成效|成果)(?:[,。;]|$)")
_NOTICE = re.compile("[^,。;]{0,8}(?:通知书|决定书|告知书)")
_IT_BEFELL = re.compile("了?(?:[,。;\\s]|$|致|造成|身亡|死亡|受伤|起火|[\\d一二三四五六七八九十]+人)")
_TAUGHT_BY = re.compile("[^,。;]{0,24}(?:教训|案例)")


def _is_another_matter(shape: Shape, trigger: Trigger) -> bool:
    """接到市局通报: told to somebody; 专家义诊,细心检查; 讲解技术,现场指导; 展览馆开馆|暨书画展开幕式."""
    if shape.string.startswith("暨", trigger.end) or _ONCE_DONE.match(shape.string, trigger.end):
        return True
    if trigger.type == "Inspection" and any(
        word in trigger.text and any(w in shape.string for w in shape.lexicon.words(work)) for word, work in _AT_WORK
    ):
        return True
    if trigger.type == "Transfer" and any(w in shape.string[trigger.end :] for w in shape.lexicon.words("relief")):
        return True  # 向学校转交善款
    told_of = trigger.type == "Construction" and _ONE_OF_THEM.match(shape.string, trigger.end)
    if told_of and "是" in shape.string[shape.clause_at(trigger.start)[0] : trigger.start]:
        return True  # 该校是建成并交付使用的第二所学校
    if trigger.type == "Other" and shape.string.startswith(tuple(shape.lexicon.words("rescuers")), trigger.end):
        return trigger.text.startswith(tuple(shape.lexicon.words("joins_in")))  # 参与抢险救援|官兵
    if not trigger.noun and _is_told_about(shape, trigger):
        return True
    if trigger.type == "Other" and _TAUGHT_BY.match(shape.string, trigger.end):
        return True  # 通报了某厂起火事故教训
    if trigger.text.endswith("公诉") and shape.string.startswith("人", trigger.end):
        return True  # 公诉人举证
    if trigger.text == "公示" and shape.string[: trigger.start].endswith(tuple(shape.lexicon.words("by_means"))):
        return True  # 3月通过公示,被命名为…
    return trigger.type == "Announcement" and _is_received(shape, trigger)


def _is_told_about(shape: Shape, trigger: Trigger) -> bool:
    """副县长X介绍集中开工项目情况: is it what somebody reports on?"""
    start = shape.clause_at(trigger.start)[0]
    told = any(shape.string.find(w, start, trigger.start) >= 0 for w in shape.lexicon.words("tells_about"))
    return told and _HOW_IT_GOES.match(shape.string, trigger.end) is not None


@lru_cache(maxsize=4)
def _seizing(lexicon: Lexicon) -> re.Pattern[str]:
    """将其|控制, 被民警|制服, 将两名嫌疑人|抓住."""
    return re.compile(
        f"[将把](?:其|该|{any_of(lexicon.words('him'))}|[^,。;]{{0,12}}(?:人|男子|女子|车|{any_of(lexicon.words('him'))}))"
        f"[^,。;]{{0,8}}$|被[^,。;]{{0,8}}(?:{any_of(lexicon.words('law_organ'))})[^,。;]{{0,6}}$|设卡$|上前$"
    )


def _takes(shape: Shape, trigger: Trigger) -> bool:
    """将谢某抓住: does who is taken stand right before the verb?"""
    return any(a.end == trigger.start and shape.string[a.begin - 1] in "将把" for a in shape.handled(trigger.start))


@lru_cache(maxsize=4)
def _guiding(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(f"{any_of(lexicon.words('guides'))}[^,。;]{{0,12}}$")


def _is_a_sum(shape: Shape, trigger: Trigger) -> bool:
    """目前已建成10.2平方公里, 竣工投产项目3个: how much there is by now, on no day."""
    if trigger.type in ("Inspection", "Activity") and not trigger.noun and _UP_TO_NOW.search(shape.string):
        return _HEADS.match(shape.string, trigger.end) is not None  # 截至29日,…巡诊530人
    counted = trigger.type == "Construction" and _SUM.match(shape.string, trigger.end) is not None
    return counted and not shape.found.dates


def _is_of_somebody(shape: Shape, trigger: Trigger) -> bool:
    """为受聘名誉会长的X颁发聘书, 向荣获…称号的教师表示祝贺: does it only say who somebody is?"""
    to_whom = shape.string[: trigger.start].endswith(tuple(shape.lexicon.words("to_whom")))
    if trigger.type == "Appointment" and _CONGRATULATED.search(shape.string, *shape.clause_at(trigger.start)):
        return True
    if trigger.type == "Appointment" and _THE_APPOINTED.match(shape.string, max(trigger.start - 1, 0), trigger.end + 2):
        return True
    if _BY_OTHERS.search(shape.string, 0, trigger.start) and shape.string.startswith("的", trigger.end):
        return True  # 收到由爱心企业捐赠的书包
    earned = trigger.type == "Appointment" or (trigger.type == "Award" and not trigger.noun)
    return earned and to_whom and "的" in shape.string[trigger.end : shape.clause_at(trigger.end)[1]]


def _is_received(shape: Shape, trigger: Trigger) -> bool:
    """接到市局通报, 通报特警大队: is it told to somebody, and not to the world?"""
    start, end = shape.clause_at(trigger.start)
    told = any(a.start == trigger.end and a.end == end for a in shape.actors)
    told = told or shape.string[trigger.end : end].endswith(tuple(shape.lexicon.words("force")))
    return told or any(shape.string.find(w, start, trigger.start) >= 0 for w in shape.lexicon.words("receives"))


def _has_object(shape: Shape, trigger: Trigger, word: str) -> bool:
    """获得…称号, 下发《通知》, 发生…火灾 tell by what follows the verb; other verbs need nothing behind them."""
    behind = shape.string[trigger.end : shape.clause_at(trigger.start)[1]]
    if any(f"{w}》" in behind for w in shape.lexicon.words("served")):
        return False  # 下发《整改通知书》: told to one, not to the world
    behind = behind.replace("奖品", "")  # 观众答题获得精美奖品
    for verbs, objects in _NEEDS_BEHIND:
        if word in shape.lexicon.words(verbs):
            given = shape.string.rfind("将", *shape.clause_at(trigger.start)) if verbs == "hands_out" else -1
            behind = shape.string[given:] if 0 <= given < trigger.start else behind  # 将大米发放到群众手中
            return any(w in behind for w in shape.lexicon.words(objects))
    if word in shape.lexicon.words("visits_place"):
        light = tuple(f"{verb}{done}" for verb in shape.lexicon.words("light_verb") for done in ("", "了"))
        return shape.string[: trigger.start].endswith(light) or _names_a_place(shape, trigger.end)
    if word in shape.lexicon.words("inspects_party"):
        begin = shape.clause_at(trigger.start)[0]  # 对A、B开展常规巡察, not 第一轮常规巡察的重点
        return any(begin <= b and e <= trigger.start for b, e, _ in shape.find("light_verb"))
    if word in shape.lexicon.words("brings_goods"):
        return _GOODS.search(shape.string, shape.clause_at(trigger.start)[0], trigger.end + 24) is not None
    if word in shape.lexicon.words("opens_by_itself"):
        return behind in ("", "了")  # 公交线路开通, not 开通热线
    if word in shape.lexicon.words("brings_relief"):
        return any(w in shape.string for w in shape.lexicon.words("relief"))  # 救灾物资运抵石庙村
    if word in shape.lexicon.words("helps"):
        coped = word.endswith("处置") and any(w in behind for w in shape.lexicon.words("accident"))  # 一起泄漏事故
        return coped or any(w in shape.string for w in shape.lexicon.words("in_need"))
    if word in shape.lexicon.words("accepts"):
        return trigger.text != word
    accident = shape.lexicon.words("happens") | shape.lexicon.words("strikes") | shape.lexicon.words("costs")
    return word not in accident or accident_behind(shape, trigger.end) is not None


def _names_a_place(shape: Shape, position: int) -> bool:
    """访问宁波市, 来访我市: does a place or 我市 stand right behind?"""
    home = shape.string.startswith(tuple(shape.lexicon.words("deictic_place")), position)
    return home or any(p.start == position for p in shape.found.places)

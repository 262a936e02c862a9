"""Which tellings of one article are of one happening, and the fusing of those."""

from __future__ import annotations

import re

from kg.facts.drafts import AREAS, PARTIES, Draft
from kg.model import Entity, is_within
from kg.resolve.agencies import UNKNOWN

_SHORTENED = 4  # characters at least that a shortened name has
_SAME_BEGINNING = 10  # characters that the names of two meetings of one article do not share by chance
_KIND = 4  # characters that tell what kind of gathering it was: 捐赠仪式, 表彰大会
_NEXT = 3  # sentences in which a party's leader is told after it
_BY_A_PARTY = frozenset({"Inspection", "Activity"})
_OURS = re.compile("^[全我本][省市县区州旗镇乡]")
_RITE = re.compile("(?<=捐赠|捐助|捐款|发放|赠送|慰问|义诊)(?:仪式|活动)$|活动$")  # 捐赠仪式 of the 爱心捐赠活动
_SORT = re.compile("(?:志愿者?服务|公益|慰问|爱心|助学|敬老|义诊|宣传|宣讲)(?:活动|行动)$")
_CALLED = re.compile("“([^“”]{4,20})”")
# 五届十四次全会, 第十四次全体会议: which sitting it was
_SITTING = re.compile(r"([一二三四五六七八九十百\d]+)次[\u4e00-\u9fff()]{0,8}?(?:全会|全体(?:\(?扩大\)?)?会议)$")
_WITHIN = re.compile("第[一二三四五]次全体会议")  # of the session that has been told of
_FIRST = re.compile("首(?=[届次批期])")


def fuse(drafts: list[Draft]) -> list[Draft]:
    """Each happening of an article once, in the order of its first telling."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (d.sentence, d.start)):
        earlier = kept[::-1]
        fitting = [k for k in earlier if _is_same(draft, k)] or [k for k in earlier if _is_part_of(draft, k)]
        fitting = fitting or [k for k in earlier if k.rite and _is_part_of(k, draft)]
        fitting = fitting or [k for k in earlier if _is_its_rite(k, draft) or _is_its_rite(draft, k)]
        fitting = fitting or [k for k in earlier if draft.is_nameless and draft.agrees(k)]
        fitting = fitting or [k for k in earlier if _is_half_of(draft, k) or _is_half_of(k, draft)]
        same = next((k for k in fitting if k.actors & draft.actors), fitting[0] if fitting else None)
        same = same or next((k for k in earlier if _tells_in_full(draft, k)), None)
        if same is None:
            kept.append(draft)
        else:
            same.type = draft.type if _tells_in_full(draft, same) else same.type
            same.absorb(draft)
    return kept


def _is_same(one: Draft, other: Draft) -> bool:
    """Do two drafts of one article tell of one happening?"""
    if one.type != other.type or not one.agrees(other):
        return False
    if one.apart != other.apart:
        return False
    if one.marks and other.marks and not set(one.marks) & set(other.marks):
        return False
    if one.type == "Appointment" and (same := _is_same_vote(one, other)) is not None:
        return same
    if one.type == "Enforcement" and (_is_one_of_many(one, other) or _is_one_of_many(other, one)):
        return False
    if one.ahead != other.ahead and (one.generic or other.generic):
        return False
    if one.type == "Meeting" and _is_one_sitting(one, other):
        return True
    if one.generic or other.generic or (one.rite and other.rite):
        return True  # 会议指出, 出席会议: the meeting told of last
    if one.type == "Inspection" and (not (one.leads or other.leads) or _is_one_party(one, other)):
        return True
    if one.type == "Mission" and _is_sent_by(one, other):
        return True
    if one.type == "Award" and not (one.name or other.name) and not (one.actors and other.actors):
        return True  # 8日,对优秀教师进行了表彰。…将X、Y表彰为“优秀教师”
    if one.type == "Award" and set(one.titles) & set(other.titles) and _won_alike(one, other):
        return True
    if one.type == "Other" and _is_disaster_and_rescue(one, other):
        return False
    if one.type == "Other" and _is_one_mishap(one, other):
        return True
    if one.type == "Enforcement" and (same := _is_same_case(one, other)) is not None:
        return same
    if one.actors & other.actors and (one.type == "Appointment" or _is_told_again(one, other)):
        return True  # a session's appointments are one, told verb by verb
    if (one.head != other.head) and (one.leads & other.leads or not _led_otherwise(one, other)):
        return not (one.name and other.name) or _alike(one.name, other.name) or _sums_up(one, other)
    if (one.leads & other.actors or one.actors & other.leads) and not (one.leads and other.leads):
        return one.type != "Meeting" or not (one.name and other.name)
    if one.name and other.name and not (one.has_floor or other.has_floor) and one.sentence == other.sentence:
        return bool(one.leads & other.leads)  # 会见了X,并就合作进行会谈
    if one.name and other.name:
        return _alike(one.name, other.name) or (bool(one.leads & other.leads) and _is_plain(one, other))
    if one.leads and other.leads:
        return bool(one.leads & other.leads)
    if one.places and other.places:
        return bool(set(one.places) & set(other.places))
    return one.sentence == other.sentence or (
        bool(one.leads) != bool(other.leads) and abs(one.sentence - other.sentence) < 3
    )


def _won_alike(one: Draft, other: Draft) -> bool:
    """近日,清河县被评为“书香之县”…2月通过公示,被正式命名为“书香之县”: one title, unless two are named that won it."""
    return not (one.recipients and other.recipients) or bool(one.recipients & other.recipients)


def _is_plain(one: Draft, other: Draft) -> bool:
    """开展巾帼志愿活动; 到敬老院开展“爱在重阳”志愿服务活动: does one only say of what sort the other was?"""
    sorts = [_SORT.search(d.name) for d in (one, other)]
    bare = [m for m, d in zip(sorts, (one, other), strict=True) if m and not _CALLED.search(d.name)]
    return len(bare) == 1 and all(sorts)


def _is_one_sitting(one: Draft, other: Draft) -> bool:
    """市委五届十四次全会, 市委第十四次全体会议: the same sitting of the same body."""
    if _WITHIN.fullmatch(one.name) and other.name.endswith("次会议"):
        return True  # 常委会第二十八次会议: 在第三次全体会议上,…
    numbers = [m[1] for d in (one, other) if (m := _SITTING.search(d.name))]
    return len(numbers) > 1 and numbers[0] == numbers[1] and bool(one.leads & other.leads)


def _is_same_vote(one: Draft, other: Draft) -> bool | None:
    """任命X, 接受Y辞去…: two; 大会选举X为理事长,还选举Y为秘书长: one; None where that does not tell."""
    if one.step != other.step and one.recipients and other.recipients:
        return False
    voted = "选" in one.rule and "选" in other.rule
    return True if voted and not (one.leads or other.leads) else None


def _is_one_party(one: Draft, other: Draft) -> bool:
    """清河县党政考察团, 清河县党政代表团: the same people, whatever they are called; 县妇联, and its 主席X."""
    headed = any(_is_headed_by(a, b) for a, b in ((one, other), (other, one)))
    return headed or bool(one.parties & other.parties) or _is_sent_by(one, other) or _is_their_leader(one, other)


def _is_headed_by(office: Draft, head: Draft) -> bool:
    """县妇联到石庙村慰问。县妇联主席X一行来到…: does who holds a post in the office go on with its visit?"""
    alone = bool(office.organizers) and office.organizers == office.leads and not head.organizers
    near = office.head or (bool(office.places) and abs(office.sentence - head.sentence) <= _NEXT)
    return alone and near and office.organizers <= head.houses


def _is_their_leader(one: Draft, other: Draft) -> bool:
    """清河县代表团来我县考察。县委副书记X一行分别到…: who is told next, with nobody else told of, led the party."""
    party, people = (one, other) if one.organizers else (other, one)
    sites = [p for p in party.places if not p.name.endswith(AREAS)]
    told_next = abs(one.sentence - other.sentence) <= _NEXT and not (sites and people.places)
    alone = party.leads == party.organizers and not people.organizers and bool(people.leads)
    return told_next and bool(party.leads and alone) and all(who.name.endswith(PARTIES) for who in party.leads)


def _is_sent_by(one: Draft, other: Draft) -> bool:
    """县委, 县委巡察组: one sends the other."""
    names = [(a.name, b.name) for a in one.organizers for b in other.organizers if a != b]
    return any(a.startswith(b) or b.startswith(a) for a, b in names)


def _is_same_case(one: Draft, other: Draft) -> bool | None:
    """抓获X, X已被刑事拘留: one case; 给予X处分, 给予Y处分: two; None where nobody is named that tells."""
    if one.step == "verdict" and other.is_trial and not one.leads:
        return True  # 法院集中宣判… 其中X被判处…
    met, both = one.recipients & other.recipients, one.recipients and other.recipients
    punished = one.step == other.step == "punishment"
    if punished and both and not met and set(one.evidence) & set(other.evidence):
        return True  # 给予X撤职处分,给予Y警告处分: one decision
    if one.sentence != other.sentence and ((both and punished and not met) or _is_other_step(one, other)):
        return False
    if both and not met and not punished and one.paragraph != other.paragraph:
        return False  # two cases of one report
    if one.is_trial and other.is_trial and one.sentence == other.sentence and not (one.head or one.step or other.step):
        return True  # 县检察院集中公诉,县法院公开审理: one hearing
    same = met or (not both and _is_same_force(one, other))
    one_led = bool(one.leads) != bool(other.leads) and not (one.step or other.step)
    return True if (same or one_led) and not (one.is_trial or other.is_trial) else None


def _is_one_of_many(one: Draft, other: Draft) -> bool:
    """市公安局共抓获370人。A区公安分局抓获X: one case among those that the action brought in."""
    own = bool(one.recipients and one.organizers) and not one.organizers & other.organizers
    return own and other.sums_up and not one.sums_up and one.sentence != other.sentence and not other.recipients


def _is_same_force(one: Draft, other: Draft) -> bool:
    """县公安局青石派出所, 青石派出所; 青石海关, 青石海关缉私分局; 县公安局 and its 刑警大队."""
    pairs = [(a, b) for a in one.organizers for b in other.organizers]
    if any(_are_siblings(a, b) for a, b in pairs) and not one.organizers & other.organizers:
        return False  # 市公安局开展行动。A区公安分局抓获X,B区公安分局抓获Y
    return any(
        a.name.endswith(b.name)
        or b.name.endswith(a.name)
        or a.name.startswith(b.name)
        or b.name.startswith(a.name)
        or (_lie_together(a.within, b.within) and _are_police(a.name, b.name))
        for a, b in pairs
    )


def _are_siblings(one: Entity, other: Entity) -> bool:
    """青石区公安分局, 清河县公安局: forces of two counties of one city."""
    apart = one.within and other.within and not _lie_together(one.within, other.within)
    return bool(apart) and one.within.count("/") == other.within.count("/")


def _are_police(one: str, other: str) -> bool:
    """县公安局 and its 青石派出所, 市公安局 and the county's."""
    ranks = {one[-1], other[-1]} & {"队", "所"} or ("公安" in one and "公安" in other)
    return bool(ranks) and "公安" in one + other


def _lie_together(one: str, other: str) -> bool:
    """Is a town's station within the county, or is it unknown where one of them is?"""
    known = not any(path.startswith(UNKNOWN) for path in (one, other))
    return not known or is_within(one, other) or is_within(other, one)


def _is_disaster_and_rescue(one: Draft, other: Draft) -> bool:
    """发生山体滑坡; 县委组织搜救, 起火; 消防站扑救: who came to help did something of their own."""
    disaster, rescue = (one, other) if one.name else (other, one)
    apart = disaster.step or rescue.is_by_firemen or one.sentence != other.sentence
    return bool(disaster.name and not rescue.name and rescue.leads and apart and not rescue.step)


def _is_one_mishap(one: Draft, other: Draft) -> bool:
    """发生车祸,两车相撞; 民房失火 in the headline, 发生火灾 in the text; 派出所 and its 公安局 put it out."""
    apart = one.head == other.head and one.places and other.places and not set(one.places) & set(other.places)
    told_at_once = one.sentence == other.sentence and not (one.leads or other.leads)
    summed_up = one.head != other.head and bool(one.name and other.name)
    put_out = one.is_by_firemen and other.is_by_firemen
    told_at_once = told_at_once or bool(one.name and other.name and not (one.places or one.roles))  # 起火…随后坍塌
    return (not apart and (told_at_once or summed_up)) or put_out or _is_same_force(one, other)


def _is_other_step(one: Draft, other: Draft) -> bool:
    """立案, and months later 开除党籍."""
    return bool(one.step and other.step and one.step != other.step)


def _led_otherwise(one: Draft, other: Draft) -> bool:
    """Did others lead it? A delegation of the headline has its people in the text."""
    heads, own = (one, other) if one.head else (other, one)
    towns = {e.name.removesuffix("人民政府") for e in heads.organizers if e.name.endswith(("乡人民政府", "镇人民政府"))}
    if any(town in e.name for town in towns for e in own.organizers):
        return False  # 青石镇开展…活动; 青石镇党委、青石镇妇联联合开展…活动
    if any(a.name.endswith(b.name) or b.name.endswith(a.name) for a in heads.organizers for b in own.organizers):
        return False  # 新华区总工会, 区总工会
    kinds = [{who.kind for who in d.leads} for d in (one, other)]
    alike = one.type not in _BY_A_PARTY or kinds[0] & kinds[1]
    return bool(one.leads and other.leads and alike)


def _is_told_again(one: Draft, other: Draft) -> bool:
    """被查处, told first with the police and then without them: one case."""
    return one.type == "Enforcement" and one.rule == other.rule and not (one.leads and other.leads)


def _is_part_of(one: Draft, other: Draft) -> bool:
    """出席仪式, 为公司揭牌, 论坛开幕: is it only a piece of the gathering that another draft tells of?"""
    if not other.name or other.type == "Other" or not one.agrees(other):
        return False
    if _is_opened_at(one, other):
        return True
    if one.rule.endswith(".宣誓") and "宣誓" in other.name:
        return True  # 举行宣誓仪式。…局长X宣誓
    if one.name.endswith("赛") and other.name.endswith("运动会"):
        return True  # 开幕式结束后,进行了接力赛
    if "系列" in other.name and one.type == other.type and not one.leads:
        return True  # 开展系列活动,… 千余人参加疏散演练
    if one.rule == "event.meeting.held" and other.type != "Meeting" and not _ends_so(one, other):
        return False  # 演出结束后,召开了座谈会
    received = other.rule.endswith(f".{other.name}")  # what is signed at a rite is no piece of 会见
    return one.generic or (one.rite and not received) or (len(one.name) > 1 and other.name.endswith(one.name))


def _is_its_rite(one: Draft, other: Draft) -> bool:
    """A厂向县二中捐赠图书,并举行捐赠仪式: was what the verb tells done at the ceremony that is called after it?"""
    verb = one.rule.rpartition(".")[2].removesuffix("了")
    called = one.type == other.type == "Activity" and not one.name and other.has_floor and verb in other.name
    return called and one.agrees(other) and (not (one.leads and other.leads) or bool(one.leads & other.actors))


def _ends_so(one: Draft, other: Draft) -> bool:
    """成人仪式暨誓师大会, 大会暨揭牌仪式: does a part of the other's name end in this one's?"""
    return any(half.endswith(one.name) for half in other.name.split("暨"))


def _is_half_of(one: Draft, other: Draft) -> bool:
    """出席成立大会, 举行就职典礼: one of the two that 成立大会暨就职典礼 joins, whatever its type?"""
    halves = other.name.split("暨") if one.has_floor and one.agrees(other) and "暨" not in one.name else []
    return len(halves) > 1 and any(one.name.endswith(half) or half.endswith(one.name) for half in halves)


def _is_opened_at(one: Draft, other: Draft) -> bool:
    """青石小学落成, and its 落成典礼 or 开学典礼: does the verb tell what was opened there?"""
    named = one.rule.rpartition(".")[2] in other.name or bool(set(one.places) & (other.actors | set(other.places)))
    return one.type == "Construction" and not (one.name or one.roles) and other.type == "Activity" and named


def _tells_in_full(one: Draft, other: Draft) -> bool:
    """教师节大会 in the headline, 教师节表扬大会 in the text: is it what the headline told under another type?"""
    if one.name and _is_opened_at(other, one):
        return True
    summed_up = other.head and not one.head and one.type != other.type and one.has_floor and other.has_floor
    told = summed_up and "Construction" not in (one.type, other.type) and one.agrees(other)
    return told and _alike(one.name, other.name)


def _sums_up(one: Draft, other: Draft) -> bool:
    """爱心物资捐赠活动 in the headline, 学习用品捐赠活动 in the text: the first of its kind that the text tells of?"""
    fresh = other.head and len(other.evidence) == 1 and one.has_floor and other.has_floor
    if not fresh:
        return False
    return one.name[-_KIND:] == other.name[-_KIND:] or _mostly_in(one.name, other.name)


def _mostly_in(one: str, other: str) -> bool:
    """Does the longer name have half the pairs of characters of the shorter one?"""
    short, long = sorted((_pairs(one), _pairs(other)), key=len)
    return 2 * len(short & long) >= len(short)


def _pairs(name: str) -> frozenset[str]:
    """Each two characters of a name that stand together, those of 仪式 and 活动 aside."""
    bare = re.sub("(?:启动)?(?:仪式|活动|典礼|大会)$", "", name)
    return frozenset(bare[i : i + 2] for i in range(len(bare) - 1))


def _alike(one: str, other: str) -> bool:
    """主场协调会, 全国博物馆日主场活动协调会: is one name the other shortened?"""
    names = (_RITE.sub("", _FIRST.sub("第一", _OURS.sub("", name))) for name in (one, other))
    short, long = sorted(names, key=len)
    quoted = [set(_CALLED.findall(re.sub("[ ·•・]", "", name))) for name in (one, other)]
    if not short or quoted[0] & quoted[1]:
        return True  # “爱心直通车”接送活动, “爱心直通车”公益活动
    if short in long or ("暨" in short and "暨" in long and _mostly_in(one, other)):
        return True  # 集中签约暨开工仪式, 开工暨集中签约仪式
    begins_alike = one[:_SAME_BEGINNING] == other[:_SAME_BEGINNING] and len(short) >= _SAME_BEGINNING
    if begins_alike and one[-2:] == other[-2:]:
        return True
    chars = iter(long)
    whole = len(short) > 2 * _SHORTENED or (len(short) < _SHORTENED and short.endswith("会"))  # 农运会, 农民运动会
    end = short[-1:] if whole else short[-2:]
    return long.endswith(end) and len(short) >= _SHORTENED - 1 and all(c in chars for c in short)

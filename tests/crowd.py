"""A press where everything collides: few names, few cities, organs renamed, days missing.

python -m tests.crowd DIRECTORY
"""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

CITIES = (
    *(("通化日报", "通化市", "东昌区"), ("辽源日报", "辽源市", "龙山区")),
    *(("南京日报", "南京市", "鼓楼区"), ("徐州日报", "徐州市", "鼓楼区")),
)
NAMES = ("王伟", "李强", "魏承远", "魏承选", "郭建平", "郭建军", "陶晓敏", "陶晓梅")
RENAMED = ("国土资源局", "自然资源局", "环保局", "生态环境局")
DAYS = ((5, 6), (5, 7), (5, 8), (6, 20), (8, 1))


def pages(count: int, seed: int = 2031) -> list[str]:
    """So many pages, each of one to three short reports."""
    chance = Random(seed)
    return [_page(chance) for _ in range(count)]


def _page(chance: Random) -> str:
    paper, city, district = chance.choice(CITIES)
    month, day = chance.choice(DAYS)
    reports = chance.sample(_reports(chance, city, district, f"{month}月{day - 1 or 1}日"), chance.randint(1, 3))
    head = ""
    if chance.random() < 0.85:
        head = f"{paper}\n2031年{month}月{day}日 星期{'一二三四五六日'[month * day % 7]} 总第{month * 31 + day}期"
        if chance.random() < 0.2:
            head += f" 国内统一刊号 CN22-00{chance.randint(10, 13)}\n主办:中共{city}委员会"
        head += "\n\n"
    return head + "\n\n".join(reports) + "\n"


def _reports(chance: Random, city: str, district: str, eve: str) -> list[str]:
    one, two, three = chance.sample(NAMES, 3)
    short, day = city.removesuffix("市"), chance.choice(("5月5日", "5月6日", "近日", "6月18日", eve))
    bureau, renamed = chance.choice(("水利局", "教育局")), chance.choice(RENAMED)
    branch = chance.choice(("龙山区", "东昌区", "鼓楼区"))
    return [
        f"# {one}到{district}调研城市建设工作\n\n本报讯(记者 {three}){day},市委书记{one}到{district}调研城市建设工作。"
        f"副市长{two}参加调研。",
        f"# 全市防汛工作会议召开\n\n本报讯(记者 {two}){day},全市防汛工作会议召开。市长{one}主持会议并讲话,"
        f"市水利局局长{three}作汇报。",
        f"# {short}市人大常委会任免名单\n\n本报讯 {day},{short}市第八届人大常委会第十次会议通过:"
        f"任命{one}为市{bureau}局长;免去{two}的市水利局局长职务。",
        f"# 市{renamed}开展宣传活动\n\n{day},市{renamed}在{district}开展宣传活动。局长{one}参加活动。",
        f"# 民警{one}获表彰\n\n本报讯(记者 {two} 通讯员 {three}){day},{branch}公安分局民警{one}被评为优秀民警。"
        f"村民{three}说:“他帮了大忙。”",
        f"# 宏达食品有限公司举行开工仪式\n\n{day},宏达食品有限公司新厂开工仪式在{district}举行。公司董事长{one}、"
        f"{district}区长{two}出席仪式。",
        f"# 省委书记{one}在{city}调研\n\n{day},省委书记{one}到{city}{district}新华街道调研。市委书记{two}陪同调研。",
        f"# {one}同志当选市长\n\n{day},{city}第八届人民代表大会第一次会议召开,{one}当选为{city}人民政府市长。",
    ]


def write_crowd(count: int, directory: Path, seed: int = 2031) -> list[Path]:
    """Print so many pages into a directory."""
    directory.mkdir(parents=True, exist_ok=True)
    files = [directory / f"{number:03}.txt" for number in range(count)]
    for file, text in zip(files, pages(count, seed), strict=True):
        file.write_text(text, encoding="utf-8")
    return files


if __name__ == "__main__":
    write_crowd(120, Path(sys.argv[1]))

"""A seeded press: as many pages as one likes, of many papers, with people who rise from post to post.

python -m tests.gazette 10000 DIRECTORY

The same seed prints the same pages. All people and happenings are invented; the cities are those of the lexicon.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random

from kg.lexicon import load_lexicon

SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆"
)
GIVEN = "伟芳敏静丽强磊军洋勇艳杰涛明超霞平刚桂英华玉兰红梅建国志强文斌晓东海燕立新春生永健思远若川承远广陵书瑶怀瑾清和"
OFFICES = (
    *(("水利局", "防汛"), ("教育局", "校园安全"), ("生态环境局", "大气污染防治"), ("住建局", "老旧小区改造")),
    *(("农业农村局", "春耕备耕"), ("交通运输局", "农村公路建设"), ("应急管理局", "安全生产"), ("卫健委", "疫情防控")),
)
LADDER = ("局长", "副市长", "市长", "市委书记")
FIRST = date(2015, 1, 5)


@dataclass
class City:
    """A city, its paper, and who holds what in it."""

    name: str
    counties: Sequence[str]
    secretary: str
    mayor: str
    deputies: list[str]
    heads: dict[str, str]
    reporters: list[str]
    people: set[str] = field(default_factory=set)


class Press:
    """Prints pages; everything it does comes from one seed."""

    def __init__(self, seed: int = 1949, cities: int = 120) -> None:
        self.chance = Random(seed)
        rows = load_lexicon().place_rows
        counties: dict[str, list[str]] = {}
        for row in rows:
            steps = row.path.split("/")
            if len(steps) == 3 and steps[1].endswith("市"):
                counties.setdefault(steps[1], []).append(steps[2])
        names = sorted(name for name, below in counties.items() if len(below) >= 4)
        self.cities = [self._city(name, sorted(counties[name])) for name in self.chance.sample(names, cities)]

    def _name(self) -> str:
        return self.chance.choice(SURNAMES) + "".join(self.chance.sample(GIVEN, self.chance.choice((1, 2, 2))))

    def _city(self, name: str, counties: Sequence[str]) -> City:
        heads = {office: self._name() for office, _ in OFFICES}
        deputies, reporters = [self._name() for _ in range(4)], [self._name() for _ in range(6)]
        return City(name, counties, self._name(), self._name(), deputies, heads, reporters)

    def pages(self, count: int) -> Iterator[tuple[str, str]]:
        """File name and text of each page; every city's paper comes out in turn, some days apart."""
        for number in range(count):
            city = self.cities[number % len(self.cities)]
            round_ = number // len(self.cities)
            day = FIRST + timedelta(days=3 * round_ + number % 3)
            if round_ % 40 == 39:
                self._promote(city)
            yield f"{city.name}-{day.isoformat()}-{number:06}.txt", self._page(city, day, round_ + 1)

    def _promote(self, city: City) -> None:
        """The secretary leaves, everyone below moves up a step, and somebody new becomes head of an office."""
        office = self.chance.choice(list(city.heads))
        city.secretary, city.mayor, risen = city.mayor, city.deputies.pop(0), city.heads[office]
        city.deputies.append(risen)
        city.heads[office] = self._name()

    def _page(self, city: City, day: date, issue: int) -> str:
        week = "一二三四五六日"[day.weekday()]
        paper = city.name.removesuffix("市") + "日报"
        head = f"{paper}\n{day.year}年{day.month}月{day.day}日 星期{week} 总第{issue}期\n"
        kinds = self.chance.sample((self._visit, self._meeting, self._handover, self._activity), 3)
        return head + "\n" + "\n\n".join(article(city, day - timedelta(days=1)) for article in kinds) + "\n"

    def _report(self, city: City, headline: str, *sentences: str) -> str:
        return f"# {headline}\n\n本报讯(记者 {self.chance.choice(city.reporters)}){''.join(sentences)}"

    def _visit(self, city: City, day: date) -> str:
        office, topic = self.chance.choice(OFFICES)
        leader, title = self.chance.choice(((city.secretary, "市委书记"), (city.mayor, "市长")))
        county = self.chance.choice(city.counties)
        return self._report(
            city,
            f"{leader}到{county}调研{topic}工作",
            f"{day.month}月{day.day}日,{title}{leader}到{county}调研{topic}工作。",
            f"副市长{self.chance.choice(city.deputies)}、市{office}负责人{city.heads[office]}参加调研。",
        )

    def _meeting(self, city: City, day: date) -> str:
        _, topic = self.chance.choice(OFFICES)
        return self._report(
            city,
            f"全市{topic}工作会议召开",
            f"{day.month}月{day.day}日,全市{topic}工作会议召开。",
            f"市委书记{city.secretary}主持会议并讲话,市长{city.mayor}出席会议,副市长{self.chance.choice(city.deputies)}作部署。",
        )

    def _handover(self, city: City, day: date) -> str:
        county, other = self.chance.sample(list(city.counties), 2)
        return self._report(
            city,
            f"督察组向{county}转办群众举报案件",
            f"{day.month}月{day.day}日,省生态环境保护督察组向{county}、{other}转办群众举报案件",
            f"{self.chance.randint(2, 30)}件。",
        )

    def _activity(self, city: City, day: date) -> str:
        office, topic = self.chance.choice(OFFICES)
        return self._report(
            city,
            f"市{office}开展{topic}宣传活动",
            f"{day.month}月{day.day}日,市{office}在{self.chance.choice(city.counties)}开展{topic}宣传活动。",
            f"市{office}党组书记{city.heads[office]}参加活动。",
        )


def write_pages(count: int, directory: Path, seed: int = 1949) -> None:
    """Print so many pages into a directory."""
    directory.mkdir(parents=True, exist_ok=True)
    for name, text in Press(seed).pages(count):
        (directory / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_pages(int(sys.argv[1]), Path(sys.argv[2]))

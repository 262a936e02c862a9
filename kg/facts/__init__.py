"""All that one article says: things named, posts held, events told, each with the sentence that says so."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.facts.bylines import byline_posts
from kg.facts.clauses import Actor
from kg.facts.events import read_events
from kg.facts.headlined import RULE as HEADLINED
from kg.facts.notices import find_notices
from kg.facts.posts import PostReader, without_guesses
from kg.facts.printed import with_printed_forms
from kg.facts.rosters import find_roster
from kg.facts.seats import Seat
from kg.facts.shape import Shape
from kg.facts.tenures import posts_of, with_days
from kg.facts.walks import walks_of
from kg.lexicon import Lexicon
from kg.mentions import AgencyHit, Found, PersonGroup, PlaceHit, find_mentions, proven_misreadings
from kg.model import Article, ArticleReading, Entity, Evidence, Kind, Mention, Part, Post, Thing
from kg.read import split_sentences
from kg.resolve import Resolver

__all__ = ["read_article", "read_mentions"]

# 习近平新时代…思想, 习近平总书记重要讲话: who is named in a doctrine acts in nothing.
_DOCTRINE = re.compile(
    "(?:总书记|主席|同志)?(?:关于|新时代|生态文明|法治思想|强军|外交思想|经济思想|文化思想|网络强国|系列|重要"
    "|[在对致给][^,。;]{0,24}(?:讲话|指示|批示|论述|嘱托|精神|贺信|回信))"
)
# 区委、区政府相关职能部门, 安委会成员单位, 县政协8位委员, 县人大机关干部: nobody knows who of them was there.
_OF_IT = re.compile(
    "(?:[、和]?[省市州县区旗镇乡](?:政府|人大|政协))*(?:(?:各|相关|有关|直属|所属|下属)+(?:职能)?(?:部门|单位|科室|处室|委室|委办|工委)|成员)"
    "|领导(?=[到赴来深走调检视看慰督])|(?:机关)?(?:全体|副?[科处县厅]级以上)+(?:干部|党员|职工|工作人员)(?:职工|代表)?(?=[、,和参列出])"
    "|的?(?:[一二三四五六七八九十\\d]+|数|多)余?[位名](?:委员|代表|理事)"
)
_EACH = re.compile("各[省市州县区旗乡镇、]{0,3}$")  # 各区|县委宣传部: no one of them
# What may be a name that nobody knows: it stands alone in a list.
_LIKE_A_NAME = re.compile("[\\u4e00-\\u9fff]{2,3}(?=[、,;。]|等)")
Places = dict[int, dict[tuple[int, int], Entity]]


def read_article(article: Article, lexicon: Lexicon) -> ArticleReading:
    """Everything that one article says: a pure function of the article and the lexicon."""
    return _Reading(article, lexicon).reading()


def read_mentions(article: Article, lexicon: Lexicon) -> tuple[Mention, ...]:
    """The mentions of an article with the thing that each means, for whoever wants to see why."""
    return _Reading(article, lexicon).mentions()


class _Reading:
    """One article on its way from sentences to facts."""

    def __init__(self, article: Article, lexicon: Lexicon) -> None:
        self.article, self.lexicon = article, lexicon
        self.sentences = split_sentences(article)
        self.found = find_mentions(article, self.sentences, lexicon)
        self.resolver = Resolver(article, lexicon, self.found)
        self._places()  # first to see which place lies in which, wherever in the article that is said
        self.resolver.notes.things.clear()
        self.places = self._places()
        self.agencies = {
            (f.sentence.index, a.start): self.resolver.agencies.of(
                a, f.sentence.index, f.sentence.string[a.start : a.end]
            )
            for f in self.found
            for a in f.agencies
        }
        self.misread = proven_misreadings(article.page.plain, article.issue.city or "", lexicon)
        self.evidence = {f.sentence.index: Evidence(f.sentence.text.pieces(), self._repairs(f)) for f in self.found}
        self.posts, self.persons = self._posts()

    def _repairs(self, found: Found) -> tuple[str, ...]:
        """What was put right to read this sentence: the joining of its torn pieces, misread names and words."""
        sentence = found.sentence
        torn = self.article.repairs if len(sentence.text.pieces()) > 1 else ()
        words = {word.printed: word.right for word in found.line.misread}
        names = {wrong: row.name for wrong, row in self.misread.items() if wrong in sentence.string}
        return (*torn, *(f"{wrong}→{right}" for wrong, right in sorted((words | names).items())))

    def _places(self) -> Places:
        """The place of each mention."""
        return {f.sentence.index: self.resolver.places.in_sentence(f) for f in self.found}

    # ── people ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _posts(self) -> tuple[list[Post], dict[str, Entity]]:
        reader = PostReader(self.resolver, self.agencies)
        read = without_guesses([(f, group, seats) for f in self.found for group, seats in reader.read(f)])
        credits = (*self.article.reporters, *self.article.photographers)
        offices: dict[str, list[Seat]] = {}
        for _, group, seats in read:
            for name in group.names:
                offices.setdefault(name.name, []).extend(seats)
        names = {n.name for f in self.found for n in f.names} | {c.name for c in credits if not c.pen_name}
        persons = {name: Entity(Kind.PERSON, name, self._home(name, offices.get(name, []))) for name in sorted(names)}
        posts = [
            post
            for f, group, seats in read
            for post in posts_of(f, group, seats, persons, self.evidence[f.sentence.index])
        ]
        posts += byline_posts(self.article, persons, self.resolver)
        placed = {(p.person, p.title) for p in posts if p.agency}
        return [p for p in posts if p.agency or (p.person, p.title) not in placed], persons

    def _home(self, name: str, seats: list[Seat]) -> str:
        """The place that tells a person from namesakes; 李某 is of this page only, 习近平 of no place."""
        if name in self.lexicon.words("known_person"):
            return ""
        return self.resolver.agencies.scope() if "某" in name else self._place_of_office(seats)

    def _place_of_office(self, seats: list[Seat]) -> str:
        """Where somebody holds office: the narrowest of the posts' places, else the paper's own."""
        places = [s.agency.within for s in seats if s.agency and s.agency.within]
        if places:
            return max(places, key=lambda p: (p.count("/"), p)) if len(set(places)) > 1 else places[0]
        return "" if any(s.agency and not s.agency.within for s in seats) else self.resolver.home

    # ── events ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _shape(self, f: Found) -> Shape:
        """The sentence with its actors; an agency that a title or a name belongs to acts through its person."""
        begins = {n.start: n.start for n in f.names}
        begins |= {g.names[0].start: min(t.begin for t in g.titles) for g in f.groups if _introduces(g)}
        owned = {t.agency.start for g in f.groups for t in g.titles if t.agency}
        # 省、市政协委员: members of a body, not the body; 县税务局党员 go as its people.
        members = self.lexicon.words("member_title") - self.lexicon.words("outing_people")
        owned |= {t.agency.start for t in f.titles if t.agency and t.row.title in members}
        owned |= {t.agency.start for t in f.titles if t.agency and self._has_a_name(f.line.string[t.end :])}
        for a in f.agencies:
            if a.end in begins and begins[a.end] == a.end:
                begins[a.end] = a.start  # 市人防办王主任
                owned.add(a.start)
        # 据通讯员X了解: who reports is no part of what is reported.
        byline = self.lexicon.words("byline")
        owned |= {t.agency.start for t in f.titles if t.agency and t.row.title in byline}  # 县电视台记者从…获悉
        press = {n.start for g in f.groups for n in g.names if any(t.row.title in byline for t in g.titles)}
        line = f.line.string
        known = self.lexicon.words("known_person")
        press |= {n.start for n in f.names if n.name in known and _DOCTRINE.match(line, n.end)}
        owned |= {a.start for a in f.agencies if self._prints(f, a) or _OF_IT.match(line, a.end)}
        owned |= {a.start for a in f.agencies if _EACH.search(line, 0, a.start)}
        actors = [Actor(begins[n.start], n.start, n.end, self.persons[n.name]) for n in f.names if n.start not in press]
        index = f.sentence.index
        actors += [
            Actor(a.start, a.start, a.end, self.agencies[(index, a.start)]) for a in f.agencies if a.start not in owned
        ]
        return Shape(f, tuple(sorted(actors, key=lambda a: (a.start, a.end))), self.lexicon)

    def _has_a_name(self, behind: str) -> bool:
        """县文联专职副主席|何成文,: what stands behind a title like a name makes the office somebody's."""
        name = _LIKE_A_NAME.match(behind)
        return name is not None and name[0][:1] in self.lexicon.surnames and name[0] not in self.lexicon.titles

    def _prints(self, f: Found, agency: AgencyHit) -> bool:
        """清河新闻网 县长X到…调研: a site's name that runs into the headline does nothing in it."""
        media = agency.end < len(f.line.string) and f.line.string[agency.end].isspace()
        ends = tuple(self.lexicon.words("byline_medium_suffix"))
        return media and f.sentence.part is Part.HEADLINE and f.line.string[: agency.end].endswith(ends)

    def reading(self) -> ArticleReading:
        """The facts of the article."""
        shapes = [self._shape(f) for f in self.found]
        houses: dict[Entity, set[Entity]] = {}
        for post in self.posts:
            houses.setdefault(post.person, set()).update([post.agency] if post.agency else [])
        events = read_events(shapes, self.places, self.evidence, self.resolver, houses)
        if roster := [*find_roster(self.article, self.found, self.agencies, self.persons, self.evidence, events)]:
            events = [event for event in events if event.rule != HEADLINED] + roster  # the list is the news
        events += find_notices(self.article, self.found, self.agencies, self.places, self.evidence)
        posts = with_days(self.posts, events)
        return ArticleReading(self.article, self._things(), tuple(dict.fromkeys(posts)), tuple(events))

    def _things(self) -> tuple[Thing, ...]:
        documents = {Entity(Kind.DOCUMENT, str(d.value)): d.surface for f in self.found for d in f.documents}
        named = [Thing(e, (surface,)) for e, surface in documents.items()]
        mentioned = {n.name for f in self.found for n in f.names}
        credits = (*self.article.reporters, *self.article.photographers)
        walks = walks_of((group for f in self.found for group in f.groups), credits, self.lexicon)
        people = [
            Thing(e, (e.name,) if e.name in mentioned else (), category=walks.get(e.name, ""))
            for e in self.persons.values()
        ]
        things = sorted([*self.resolver.notes.things.values(), *named, *people], key=lambda t: t.entity)
        if self.article.page.simplified:
            return tuple(with_printed_forms(things, self.mentions(), self.sentences))
        return tuple(things)

    def mentions(self) -> tuple[Mention, ...]:
        """The mentions with their entities, in reading order."""
        found: list[Mention] = []
        for f in self.found:
            index = f.sentence.index
            found += [*f.dates, *(replace(d, entity=Entity(Kind.DOCUMENT, str(d.value))) for d in f.documents)]
            found += [
                _mention(
                    f,
                    p,
                    Kind.PLACE,
                    "place.known" if p.known else "place.last_word",
                    self.places[index][(p.start, p.end)],
                )
                for p in f.places
            ]
            found += [
                Mention(f.sentence, a.start, a.end, Kind.AGENCY, a.core, a.rule, self.agencies[(index, a.start)])
                for a in f.agencies
            ]
            found += [Mention(f.sentence, t.start, t.end, Kind.TITLE, t.text, f"title.{t.row.kind}") for t in f.titles]
            found += [
                Mention(f.sentence, n.start, n.end, Kind.PERSON, n.name, n.rule, self.persons[n.name]) for n in f.names
            ]
        return tuple(sorted(found, key=lambda m: (m.sentence.index, m.start, -m.end)))


def _mention(f: Found, hit: PlaceHit, kind: Kind, rule: str, entity: Entity) -> Mention:
    return Mention(f.sentence, hit.start, hit.end, kind, hit.name, rule, entity)


def _introduces(group: PersonGroup) -> bool:
    """Do the titles stand before the names: 市长程宇?"""
    return bool(group.titles) and group.titles[-1].end <= group.names[0].start

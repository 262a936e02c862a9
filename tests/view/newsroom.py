"""A small newsroom that prints invented articles and writes the graph they make, shaped as the real one is."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from random import Random

import pyoxigraph as ox

BASE = "https://w3id.org/kg-gazette/id/"
PREFIX = {
    "kg": "https://w3id.org/kg-gazette/ns#",
    "schema": "https://schema.org/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
CLASSES = {"person": "foaf:Person", "agency": "org:Organization", "place": "schema:Place"}
TYPES = {
    "Inspection": ("调研督导", "Inspection"),
    "Meeting": ("会议", "Meeting"),
    "Transfer": ("转办", "Transfer"),
    "Activity": ("活动", "Activity"),
}


def term(curie: str) -> ox.NamedNode:
    prefix, _, name = curie.partition(":")
    return ox.NamedNode(PREFIX[prefix] + name)


def safe(text: str) -> str:
    return "".join(c if c.isalnum() else "_" for c in text)


@dataclass
class Newsroom:
    """Pages of one paper. Every fact names the sentence that says it, and the sentence must be in its page."""

    store: ox.Store = field(default_factory=ox.Store)
    texts: dict[str, str] = field(default_factory=dict)

    def add(
        self, s: ox.NamedNode, p: str, o: ox.NamedNode | ox.Literal | str, graph: ox.NamedNode | None = None
    ) -> None:
        value = ox.Literal(o) if isinstance(o, str) else o
        self.store.add(ox.Quad(s, term(p), value, graph or ox.DefaultGraph()))

    def name(self, node: ox.NamedNode, zh: str, en: str = "") -> None:
        self.add(node, "rdfs:label", ox.Literal(zh, language="zh"))
        if en:
            self.add(node, "rdfs:label", ox.Literal(en, language="en"))

    def thing(self, kind: str, name: str, *aliases: str, within: str = "青河市", parent: str = "") -> ox.NamedNode:
        node = ox.NamedNode(f"{BASE}{kind}/{within}/{safe(name)}" if kind != "place" else f"{BASE}place/{safe(name)}")
        self.add(node, "rdf:type", term(CLASSES[kind]))
        self.name(node, name)
        for alias in aliases:
            self.add(node, "skos:altLabel", ox.Literal(alias, language="zh"))
        if parent:
            above = ox.NamedNode(
                f"{BASE}{kind}/{within}/{safe(parent)}" if kind != "place" else f"{BASE}place/{safe(parent)}"
            )
            self.add(node, "schema:containedInPlace" if kind == "place" else "org:subOrganizationOf", above)
            self.add(node, "prov:wasDerivedFrom", ox.NamedNode(BASE + "lexicon"))
        return node

    def article(
        self, page: str, position: int, day: str, headline: str, body: str, paper: str = "青河日报"
    ) -> ox.NamedNode:
        """An article; its page file is the headline and the body, the earlier articles before it."""
        sheet = ox.NamedNode(f"{BASE}page/{page}")
        issue = ox.NamedNode(f"{BASE}issue/{paper}/{day}")
        press = ox.NamedNode(f"{BASE}paper/{paper}")
        art = ox.NamedNode(f"{BASE}article/{page}/{position}")
        self.texts[page] = self.texts.get(page, "") + headline + "\n" + body + "\n"
        self.add(press, "rdf:type", term("schema:Newspaper"))
        self.name(press, paper)
        self.add(issue, "rdf:type", term("schema:PublicationIssue"))
        self.add(issue, "schema:isPartOf", press)
        self.add(issue, "schema:issueNumber", "1024")
        self.add(sheet, "rdf:type", term("schema:MediaObject"))
        self.add(sheet, "schema:name", page + ".txt")
        self.add(art, "rdf:type", term("schema:NewsArticle"))
        self.add(art, "schema:headline", ox.Literal(headline, language="zh"))
        self.add(art, "schema:articleBody", ox.Literal(body, language="zh"), art)
        self.add(art, "schema:datePublished", ox.Literal(day, datatype=term("xsd:date")))
        self.add(art, "schema:position", ox.Literal(position))
        self.add(art, "schema:isPartOf", issue)
        self.add(art, "prov:wasDerivedFrom", sheet)
        return art

    def mention(self, article: ox.NamedNode, *things: ox.NamedNode) -> None:
        for thing in things:
            self.add(article, "schema:mentions", thing, article)

    def prove(self, fact: ox.NamedNode, article: ox.NamedNode, *pieces: str) -> None:
        """The sentence (in one or more torn pieces, each found in the page file) that says the fact."""
        page = article.value.split("/")[-2]
        spans = [(self.texts[page].index(piece), piece) for piece in pieces]
        start = min(at for at, _ in spans)
        end = max(at + len(piece) for at, piece in spans)
        evidence = ox.NamedNode(f"{article.value}/evidence/{start}-{end}")
        self.add(evidence, "rdf:type", term("oa:SpecificResource"), article)
        self.add(evidence, "schema:isPartOf", article, article)
        for number, (at, piece) in enumerate(spans, 1):
            quote = ox.NamedNode(f"{evidence.value}/quote/{at}-{at + len(piece)}")
            position = ox.NamedNode(f"{evidence.value}/position/{at}-{at + len(piece)}")
            self.add(evidence, "oa:hasSelector", quote, article)
            self.add(evidence, "oa:hasSelector", position, article)
            self.add(quote, "oa:exact", piece, article)
            self.add(position, "oa:start", ox.Literal(at), article)
            self.add(position, "oa:end", ox.Literal(at + len(piece)), article)
            if len(spans) > 1:
                self.add(quote, "schema:position", ox.Literal(number), article)
                self.add(position, "schema:position", ox.Literal(number), article)
        self.add(fact, "prov:wasDerivedFrom", evidence, article)
        self.add(fact, "kg:rule", "test", article)

    def post(self, person: ox.NamedNode, agency: ox.NamedNode | None, role: str, first: str, last: str) -> ox.NamedNode:
        office = ox.NamedNode(f"{BASE}role/{safe(role)}")
        self.name(office, role)
        tail = agency.value.rsplit("/", 1)[-1] if agency else "-"
        post = ox.NamedNode(f"{BASE}post/{person.value.rsplit('/', 1)[-1]}/{tail}/{safe(role)}")
        self.add(post, "rdf:type", term("org:Membership"))
        self.add(post, "org:member", person)
        self.add(post, "org:role", office)
        if agency:
            self.add(post, "org:organization", agency)
        for predicate, day in (("kg:firstAttested", first), ("kg:lastAttested", last)):
            self.add(post, predicate, ox.Literal(day, datatype=term("xsd:date")))
        return post

    def event(
        self, kind: str, label: str, day: str, parties: dict[ox.NamedNode, str], *places: ox.NamedNode, end: str = ""
    ) -> ox.NamedNode:
        number = hashlib.sha256(label.encode()).hexdigest()[:6]
        event = ox.NamedNode(f"{BASE}event/{kind}/{day or 'undated'}/{number}")
        self.name(term("kg:" + kind), *TYPES[kind])
        self.add(event, "rdf:type", term("sem:Event"))
        self.name(event, label)
        self.add(event, "sem:eventType", term("kg:" + kind))
        if day:
            self.add(event, "sem:hasBeginTimeStamp", ox.Literal(day, datatype=term("xsd:date")))
            self.add(event, "sem:hasEndTimeStamp", ox.Literal(end or day, datatype=term("xsd:date")))
        for place in places:
            self.add(event, "sem:hasPlace", place)
        for actor, role in parties.items():
            part = ox.NamedNode(f"{event.value}/{role}/{actor.value.rsplit('/', 1)[-1]}")
            self.add(event, "sem:hasActor", actor)
            self.add(event, "kg:participation", part)
            self.add(part, "rdf:type", term("sem:Role"))
            self.add(part, "rdf:value", actor)
            self.add(part, "sem:roleType", term("kg:" + role))
        return event

    def parts(self, event: ox.NamedNode) -> list[ox.NamedNode]:
        """The participations of an event."""
        quads = self.store.quads_for_pattern(event, term("kg:participation"), None, None)
        return sorted((quad.object for quad in quads), key=str)

    def prove_event(self, event: ox.NamedNode, article: ox.NamedNode, *pieces: str) -> None:
        """One sentence for the event and for every part in it."""
        for fact in (event, *self.parts(event)):
            self.prove(fact, article, *pieces)


HOSTILE = "<script>alert(1)</script>\"'</script>\u202e钩"


def small_town() -> Newsroom:
    """Two issues of an invented paper: six people, six agencies, four places, seven events, and a hostile name."""
    room = Newsroom()
    city = room.thing("place", "青河市")
    county = room.thing("place", "云台县", parent="青河市")
    river = room.thing("place", "柳河湾", parent="云台县")
    school = room.thing("place", "实验小学")
    party = room.thing("agency", "中共青河市委", "市委", "青河市委")
    government = room.thing("agency", "青河市人民政府", "市政府")
    congress = room.thing("agency", "青河市人大常委会", "市人大常委会")
    ecology = room.thing("agency", "青河市生态环境局", "市生态环境局", parent="青河市人民政府")
    long = room.thing("agency", "青河市云台县农村人居环境整治提升工作领导小组办公室", "县整治办")
    hostile = room.thing("agency", HOSTILE)
    lu = room.thing("person", "陆闻笛", "闻笛同志")
    su = room.thing("person", "苏砚秋")
    han = room.thing("person", "韩松岭")
    wei = room.thing("person", "魏青禾")
    ou = room.thing("person", "欧阳知远")
    reporter = room.thing("person", "文一笔")

    first = room.article(
        "a_0001",
        1,
        "2021-09-06",
        "陆闻笛到柳河湾调研水环境治理",
        "9月3日,市委书记陆闻笛到云台县柳河湾调研水环境治理工作,市生态环境局局长韩松岭参加。\n"
        "陆闻笛强调,要以群众满意为标准推进治理。\n"
        "9月4日,市委副书记、市长苏砚秋主持召开全市环保工作会议,陆闻笛、韩松岭、欧阳知远出席会议。",
    )
    second = room.article(
        "a_0001",
        2,
        "2021-09-06",
        "市政府转办群众来信",
        "截至9月5日,市政府向市生态环境局转办群众来信12件。\n"
        "县整治办主任魏青禾说,日前已开展入户走访。\n"
        f"本市企业“{HOSTILE}”收到转办通知。",
    )
    third = room.article(
        "b_0002",
        1,
        "2021-09-13",
        "开学第一课走进实验小学",
        "9月10日,市长苏砚秋来到实验小学,与市人大常委会主任欧阳知远一道看望慰问教师。\n"
        "9月11日,陆闻笛主持召\n开市委常委会会议,苏砚秋、欧阳知远出席。",
    )
    room.add(first, "schema:author", reporter)
    room.mention(first, city, county, river, party, ecology, lu, su, han, ou)
    room.mention(second, government, ecology, long, hostile, wei)
    room.mention(third, school, congress, party, lu, su, ou)
    body = room.texts["a_0001"] + room.texts["b_0002"]
    line = body.split("\n")
    visit, meeting, letters, walk, odd = line[1], line[3], line[5], line[6], line[7]
    lesson, torn = line[9], (line[10], line[11])

    room.prove(room.post(lu, party, "书记", "2021-09-03", "2021-09-11"), first, visit)
    room.prove(room.post(han, ecology, "局长", "2021-09-03", "2021-09-03"), first, visit)
    for agency, role in ((party, "副书记"), (government, "市长")):
        post = room.post(su, agency, role, "2021-09-04", "2021-09-10")
        room.prove(post, first, meeting)
        if role == "市长":
            room.prove(post, third, lesson)
    room.prove(room.post(wei, long, "主任", "2021-09-06", "2021-09-06"), second, walk)
    room.prove(room.post(ou, congress, "主任", "2021-09-10", "2021-09-10"), third, lesson)
    room.prove(room.post(ou, None, "全国人大代表", "2021-09-10", "2021-09-10"), third, lesson)

    room.prove_event(
        room.event(
            "Inspection",
            "调研水环境治理",
            "2021-09-03",
            {lu: "Lead", han: "Participant", ecology: "Participant"},
            river,
        ),
        first,
        visit,
    )
    room.prove_event(
        room.event(
            "Meeting",
            "全市环保工作会议",
            "2021-09-04",
            {su: "Lead", lu: "Participant", han: "Participant", ou: "Participant"},
        ),
        first,
        meeting,
    )
    room.prove_event(
        room.event("Transfer", "转办群众来信12件", "2021-09-05", {government: "Lead", ecology: "Recipient"}),
        second,
        letters,
    )
    room.prove_event(room.event("Activity", "入户走访", "", {wei: "Lead", long: "Organizer"}, county), second, walk)
    room.prove_event(
        room.event("Transfer", f"通知{HOSTILE}", "2021-09-05", {government: "Lead", hostile: "Recipient"}), second, odd
    )
    room.prove_event(
        room.event(
            "Activity", "看望慰问教师", "2021-09-10", {su: "Lead", ou: "Participant", congress: "Participant"}, school
        ),
        third,
        lesson,
    )
    room.prove_event(
        room.event(
            "Meeting",
            "市委常委会会议",
            "2021-09-11",
            {lu: "Lead", su: "Participant", ou: "Participant", party: "Organizer"},
        ),
        third,
        *torn,
    )
    return room


def metropolis(events: int = 1150, people: int = 1400, agencies: int = 500, places: int = 100) -> Newsroom:
    """A big invented graph as local papers make them: eight circles, a few busy people, one busiest; always the same.

    More events leave the earlier ones as they are.
    """
    room = Newsroom()
    dice = Random(8)
    place = [room.thing("place", f"第{n}街道") for n in range(places)]
    office = [room.thing("agency", f"青河市第{n}局", parent="青河市第0局" if n else "") for n in range(agencies)]
    person = [room.thing("person", "赵钱孙李周吴郑王"[n % 8] + chr(0x4E00 + n) + "文") for n in range(people)]
    for page in range(events // 10):
        day = f"2021-{page % 12 + 1:02d}-{page % 28 + 1:02d}"
        meetings = []
        for n in range(page * 10, page * 10 + 10):
            circle = int(dice.random() * 8)
            crew = {}
            if dice.random() < 0.25:
                crew[person[0]] = "Lead"
            for _ in range(1 + int(dice.random() * 4)):
                crew.setdefault(person[int(people / 8 * dice.random() ** 4) * 8 + circle], "Participant")
            for _ in range(int(dice.random() * 3)):
                crew.setdefault(office[int(agencies / 8 * dice.random() ** 3) * 8 % agencies + circle % 4], "Organizer")
            names = "、".join(p.value.rsplit("/", 1)[-1] for p in crew)
            meetings.append((n, crew, f"第{n}次工作会议召开,{names}出席。"))
        article = room.article(f"p{page}", 1, day, f"第{page}号新闻", "\n".join(text for _, _, text in meetings))
        for n, crew, text in meetings:
            room.prove_event(room.event("Meeting", f"第{n}次工作会议", day, crew, place[n % places]), article, text)
            for actor in list(crew)[:1]:
                if "/person/" in actor.value:
                    home = office[int(actor.value.encode()[-4]) % agencies]
                    room.prove(room.post(actor, home, "主任", day, day), article, text)
    return room

"""The page itself: facts and positions as JSON, styles and scripts inlined, a policy that lets nothing else run.

pyvis assembles it, with our own template: pyvis's reaches for a CDN and leaves names unescaped. Newspaper text enters
the file in two places only, both closed: autoescaped by Jinja, or as JSON without a `<`.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from kg.view.fold import Fold, Link, backbone
from kg.view.layout import box, place, radius
from kg.view.pinyin import readings
from kg.view.records import Article, Event, Facts, Post

Record = dict[str, Any]

SHAPES: Final = {"person": "dot", "agency": "square", "event": "diamond", "place": "triangleDown"}
SCRIPTS: Final = (
    "words",
    "book",
    "scene",
    "look",
    "labels",
    "claims",
    "panel",
    "search",
    "table",
    "grid",
    "time",
    "path",
    "figure",
    "legend",
    "address",
    "main",
)
PLAIN_FACTS: Final = 200
# The page places everything itself: vis-network keeps the camera and says what the pointer is on.
OPTIONS: Final[Record] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "nodes": {"chosen": False, "font": {"size": 0}, "borderWidthSelected": 0},
    "edges": {"chosen": False, "smooth": False, "selectionWidth": 0, "hoverWidth": 0},
    "interaction": {
        "hover": True,
        "selectConnectedEdges": False,
        "hoverConnectedEdges": False,
        "multiselect": False,
        "zoomSpeed": 0.6,
    },
}
# Nothing is loaded, sent or framed; only the scripts that this file was written with run.
_POLICY: Final = "; ".join(
    [
        "default-src 'none'",
        "script-src {scripts}",
        "style-src {styles}",
        "img-src data: blob:",
        "base-uri 'none'",
        "form-action 'none'",
    ]
)

# Before anything else: the plain list of facts gives way only to scripts that started without a fault.
_GUARD: Final = """document.documentElement.className = "js";
window.addEventListener("error", () => {
  if (document.documentElement.className === "js") document.documentElement.className = "failed";
});"""


def render(facts: Facts, folded: Fold, shown: Sequence[int], *, title: str, opens: Record) -> str:
    """The whole HTML document. `shown` are the nodes of the opening, `opens` its address, its totals, its limits."""
    from jinja2 import Environment, FileSystemLoader
    from markupsafe import Markup
    from pyvis.network import Network

    static = Path(__file__).parent / "static"
    style = _read(static / "explorer.css")
    scripts = (_vis_network(), _own_script(static))
    net = Network(height="100%", width="100%", heading=title, cdn_resources="in_line")
    net.templateEnv = Environment(loader=FileSystemLoader(str(static)), autoescape=True)
    net.templateEnv.policies["json.dumps_kwargs"] = {
        "ensure_ascii": False,
        "separators": (",", ":"),
        "sort_keys": True,
        "allow_nan": False,
    }
    net.options = OPTIONS
    net.nodes, net.edges = picture(facts, folded, shown)
    words = json.loads(_read(static / "words.json"))
    net.templateEnv.globals.update(
        book={**book(facts, folded), **opens},
        words=words,
        plain=plain_facts(facts),
        policy=_POLICY.format(scripts=" ".join(map(_digest, (*scripts, _GUARD))), styles=_digest(style)),
        style=Markup(style),
        scripts=[Markup(script) for script in scripts],
        guard=Markup(_GUARD),
    )
    return str(net.generate_html())


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8").replace("\r\n", "\n")


def _own_script(static: Path) -> str:
    parts = (_read(static / f"{name}.js") for name in SCRIPTS)
    return '(() => {\n"use strict";\n' + "\n".join(parts) + "})();"


def _vis_network() -> str:
    """vis-network as pyvis brings it along, so that no copy of it stands in this package."""
    import pyvis

    found = sorted(Path(pyvis.__file__).parent.glob("lib/vis-9.1*/vis-network.min.js"))
    return _read(found[-1]).replace("\r", "\n").replace("</script", "<\\/script")


def _digest(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def picture(facts: Facts, folded: Fold, shown: Sequence[int]) -> tuple[list[Record], list[Record]]:
    """The opening as pyvis has it: nodes with their pixels, and the strongest lines between them."""
    lines: tuple[Link, ...] = backbone(folded.links, shown)
    heaviest = max((folded.weights[n] for n in shown), default=0.0)
    sizes = [radius(folded.weights[n], heaviest) for n in shown]
    labels = [facts.things[folded.nodes[n]].label for n in shown]
    kinds = [folded.kinds[n] for n in shown]
    index = {n: i for i, n in enumerate(shown)}
    points = place(
        [folded.nodes[n] for n in shown],
        [(index[link.a], index[link.b], link.weight) for link in lines],
        [box(label, size) for label, size in zip(labels, sizes, strict=True)],
    )
    nodes = [
        {"id": n, "label": label, "group": kind, "shape": SHAPES[kind], "size": size, "x": x, "y": y}
        for n, kind, label, size, (x, y) in zip(shown, kinds, labels, sizes, points, strict=True)
    ]
    return nodes, [{"from": link.a, "to": link.b} for link in lines]


def book(facts: Facts, folded: Fold) -> Record:
    """All carried facts as JSON; nodes, articles and sentences refer to each other by number."""
    node = {iri: n for n, iri in enumerate(folded.nodes)}
    article = {iri: n for n, iri in enumerate(facts.articles)}
    quote = {iri: n for n, iri in enumerate(facts.quotes)}
    return {
        "nodes": _nodes(facts, folded, node, article),
        "links": [[k.a, k.b, k.weight, k.posts, k.events, int(k.part_of)] for k in folded.links],
        "posts": [_post(post, node, quote) for post in facts.posts.values()],
        "events": [_event(event, node, quote) for event in facts.events.values()],
        "quotes": [[article.get(q.article, -1), *q.pieces] for q in facts.quotes.values()],
        "articles": [_article(article) for article in facts.articles.values()],
        "types": {name: list(labels) for name, labels in sorted(facts.words.items())},
        "pinyin": readings(
            [
                *(name for thing in facts.things.values() for name in (thing.label, *thing.names)),
                *(event.label for event in facts.events.values()),
            ]
        ),
    }


def _numbers(table: dict[str, int], iris: Sequence[str]) -> list[int]:
    return sorted(table[iri] for iri in iris if iri in table)


def _post(post: Post, node: dict[str, int], quote: dict[str, int]) -> Record:
    return {
        "person": node[post.person],
        "agency": -1 if post.agency is None else node[post.agency],
        "quotes": _numbers(quote, post.quotes),
        **_filled(role=post.role, first=post.first, last=post.last, appointed=post.appointed, removed=post.removed),
    }


def _event(event: Event, node: dict[str, int], quote: dict[str, int]) -> Record:
    return {
        "slug": event.iri.rpartition("/event/")[2],
        "label": event.label,
        "type": event.type,
        "places": _numbers(node, event.places),
        "parties": [[node[party.actor], party.role, _numbers(quote, party.quotes)] for party in event.parties],
        "quotes": _numbers(quote, event.quotes),
        **_filled(begin=event.begin, end=event.end, printed=event.printed, absent=event.absent),
    }


def _article(article: Article) -> Record:
    return _filled(
        headline=article.headline,
        kicker=article.kicker,
        body=article.body,
        paper=article.paper,
        number=article.number,
        day=article.day,
        page=article.page,
        position=article.position,
    )


def _nodes(facts: Facts, folded: Fold, node: dict[str, int], article: dict[str, int]) -> list[Record]:
    heaviest = max(folded.weights, default=0.0)
    namesakes = Counter((thing.kind, thing.label) for thing in facts.things.values())
    nodes = []
    for n, iri in enumerate(folded.nodes):
        thing = facts.things[iri]
        tail = iri.rpartition(f"/{thing.kind}/")[2]
        slug = thing.label if namesakes[thing.kind, thing.label] == 1 else tail
        nodes.append(
            {
                "kind": thing.kind,
                "label": thing.label,
                "slug": f"{thing.kind}/{slug}",
                "iri": iri,
                "size": radius(folded.weights[n], heaviest),
                **_filled(
                    names=list(thing.names),
                    category=list(thing.category or ()),
                    mentioned=_numbers(article, thing.mentioned),
                    signed=_numbers(article, thing.signed),
                    known=int(thing.known),
                    weight=folded.weights[n],
                ),
                "parent": -1 if thing.parent is None else node[thing.parent],
            }
        )
    return nodes


def _filled(**fields: Any) -> Record:
    """The fields that say something: most are empty most of the time, and the file is shorter without them."""
    return {name: value for name, value in fields.items() if value}


def plain_facts(facts: Facts) -> list[Record]:
    """The first facts as plain rows, for a reader without scripts: day, what, who, and the sentence."""
    rows = []
    for event in sorted(facts.events.values(), key=lambda e: (e.begin or "9999", e.iri)):
        who = "、".join(facts.things[party.actor].label for party in event.parties)
        rows.append({"day": event.begin, "what": event.label, "who": who, **_said(facts, event.quotes)})
    for post in facts.posts.values():
        agency = facts.things[post.agency].label if post.agency else ""
        who = facts.things[post.person].label
        rows.append({"day": post.first, "what": agency + post.role, "who": who, **_said(facts, post.quotes)})
    return rows[:PLAIN_FACTS]


def _said(facts: Facts, quotes: Sequence[str]) -> Record:
    if not quotes:
        return {"sentence": "", "source": ""}
    quote = facts.quotes[quotes[0]]
    article = facts.articles.get(quote.article)
    source = f"{article.paper} {article.day}《{article.headline}》" if article else ""
    return {"sentence": "".join(quote.pieces), "source": source}

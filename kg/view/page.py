"""The page itself: facts and positions as JSON, styles and scripts inlined, a policy that lets nothing else run.

pyvis assembles it, with our own template: pyvis's reaches for a CDN and leaves names unescaped. Newspaper text enters
the file in two places only, both closed: autoescaped by Jinja, or as JSON without a `<`.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from kg.view.book import Record, book
from kg.view.fold import Fold, Link, backbone
from kg.view.layout import box, place, radius
from kg.view.records import Facts

SHAPES: Final = {"person": "dot", "agency": "square", "event": "diamond", "place": "triangleDown"}
SCRIPTS: Final = (
    "words",
    "book",
    "sieve",
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
    "triples",
    "take",
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


def plain_facts(facts: Facts) -> list[Record]:
    """The first facts as plain rows, for a reader without scripts: day, what, who, and the sentence."""
    rows = []
    for event in sorted(facts.events.values(), key=lambda e: (e.begin or "9999", e.iri)):
        who = "、".join(facts.things[party.actor].label for party in event.parties)
        rows.append({"day": event.begin, "what": event.label, "who": who, **_said(facts, event.quotes)})
    for post in facts.posts.values():
        agency = facts.things[post.agency].label if post.agency else ""
        who = facts.things[post.person].label
        rows.append({"day": post.first, "what": _titled(agency, post.role), "who": who, **_said(facts, post.quotes)})
    return rows[:PLAIN_FACTS]


def _titled(agency: str, role: str) -> str:
    """The agency and the post, what they share said once.

    >>> _titled("甲市人大常委会党组", "党组书记"), _titled("甲市政府", "市长")
    ('甲市人大常委会党组书记', '甲市政府市长')
    """
    shared = next((n for n in range(len(role) - 1, 1, -1) if agency.endswith(role[:n])), 0)
    return agency + role[shared:]


def _said(facts: Facts, quotes: Sequence[str]) -> Record:
    if not quotes:
        return {"sentence": "", "source": ""}
    quote = facts.quotes[quotes[0]]
    article = facts.articles.get(quote.article)
    source = f"{article.paper} {article.day}《{article.headline}》" if article else ""
    return {"sentence": "".join(quote.pieces), "source": source}

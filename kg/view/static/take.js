// Taking it along: what is in sight as a picture, as a table, as a graph for other programs, and as the query for it.

/** The facts in sight: on a drawn line, unfolded, or of one person or agency alone; and whom they name. */
function visibleFacts() {
  const inside = new Set(scene.ids);
  const happened = new Set([...scene.lines.flatMap((line) => line.events), ...scene.drawn]);
  for (const { id, parties } of events)
    if (passes(id) && parties.length === 1 && inside.has(parties[0][0])) happened.add(id);
  const held = new Set(scene.lines.flatMap((line) => line.posts));
  const parts = scene.lines
    .filter((line) => line.part)
    .map(({ a, b }) => (nodes[a].parent === b ? [a, b] : [b, a]))
    .sort((x, y) => x[0] - y[0]);
  const named = new Set(scene.ids);
  for (const id of happened)
    [...events[id].parties.map(([actor]) => actor), ...events[id].places].forEach((n) => named.add(n));
  const ordered = (set) => [...set].sort((a, b) => a - b);
  return { nodes: ordered(named), events: ordered(happened), posts: ordered(held), parts };
}

/* --- GraphML and CSV ---------------------------------------------------------------------------------------------- */

const escaped = (text) =>
  String(text)
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);

/** Nodes and lines as they are drawn, with their places, for Gephi and its kin. */
function graphml() {
  const keys = {
    node: { label: "string", kind: "string", x: "int", y: "int", size: "int" },
    edge: { kind: "string", label: "string", events: "int", posts: "int", weight: "double" },
  };
  const heads = Object.entries(keys).flatMap(([domain, fields]) =>
    Object.entries(fields).map(
      ([name, type]) => `<key id="${domain}_${name}" for="${domain}" attr.name="${name}" attr.type="${type}"/>`,
    ),
  );
  const fields = (domain, values) =>
    Object.entries(values)
      .map(([name, value]) => `<data key="${domain}_${name}">${escaped(value)}</data>`)
      .join("");
  const marks = [
    ...scene.ids.map((id) => [nodes[id].iri, nodes[id].label, nodes[id].kind, nodes[id].size, positions.get(id)]),
    ...scene.drawn.map((id) => [events[id].iri, events[id].label, "event", 8, positions.get(`e${id}`)]),
  ].map(
    ([iri, text, kind, size, { x, y }]) =>
      `<node id="${escaped(iri)}">${fields("node", { label: text, kind, x, y: -y, size })}</node>`,
  );
  const lines = scene.lines.map((line) => {
    const kind = line.posts.length ? "post" : line.events.length ? "together" : "part of";
    const text = line.posts.map((id) => posts[id].role).join("、");
    const values = { kind, label: text, events: line.events.length, posts: line.posts.length, weight: line.weight };
    return `<edge source="${escaped(nodes[line.a].iri)}" target="${escaped(nodes[line.b].iri)}">${fields("edge", values)}</edge>`;
  });
  const spokes = scene.spokes.map(({ event, actor, role }) => {
    const values = {
      kind: role === "Place" ? "located" : "participation",
      label: role,
      events: 1,
      posts: 0,
      weight: 1,
    };
    return `<edge source="${escaped(events[event].iri)}" target="${escaped(nodes[actor].iri)}">${fields("edge", values)}</edge>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
${[...heads, '<graph edgedefault="undirected">', ...marks, ...lines, ...spokes].join("\n")}
</graph>
</graphml>
`;
}

/** A cell that no spreadsheet takes for a formula, and no comma or quotation mark tears. */
const csvCell = (text) => {
  const safe = /^[=+\-@＝＋－＠\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** The facts in sight, one a row and one more for each further party, with the first sentence and where it stands. */
function csv() {
  const seen = visibleFacts();
  const heads = [
    "first_day",
    "last_day",
    "type",
    "fact",
    "who",
    "role",
    "place_or_agency",
    "sentence",
    "paper",
    "day",
    "headline",
    "page",
  ];
  const said = (quotes) => {
    const article = quotes.length ? articleOf(quotes[0]) : null;
    return [
      quotes.length ? sentence(quotes[0]) : "",
      ...(article ? [article.paper, article.day, article.headline, article.page] : ["", "", "", ""]),
    ];
  };
  const rows = seen.events.flatMap((id) => {
    const { begin, end, type, label: what, parties, places, quotes } = events[id];
    const where = places.map((place) => nodes[place].label).join("、");
    const who = parties.length ? parties : [[null, "", []]];
    return who.map(([actor, role, own]) => [
      begin,
      end,
      type,
      what,
      actor === null ? "" : nodes[actor].label,
      role,
      where,
      ...said(own.length ? own : quotes),
    ]);
  });
  for (const id of seen.posts) {
    const { first, last, role, person, agency, quotes } = posts[id];
    rows.push([
      first,
      last,
      "Post",
      role,
      nodes[person].label,
      "",
      agency < 0 ? "" : nodes[agency].label,
      ...said(quotes),
    ]);
  }
  return "\ufeff" + [heads, ...rows].map((row) => row.map(csvCell).join(",") + "\r\n").join("");
}

/* --- the menu ------------------------------------------------------------------------------------------------------ */

function save(blob, ending) {
  const url = URL.createObjectURL(blob);
  const link = el("a", {
    href: url,
    download: `${document.title.replace(/[\\/:*?"<>|\s]+/g, "_").slice(0, 80)}.${ending}`,
  });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 5000);
}
const saveText = (text, type, ending) => save(new Blob([text], { type: `${type};charset=utf-8` }), ending);
const drawing = () => new XMLSerializer().serializeToString(makeFigure());

/** The drawing at twice its size, as dots. */
function savePng() {
  const figure = makeFigure();
  const [width, height] = ["width", "height"].map((side) => Number(figure.getAttribute(side)));
  const picture = new Image();
  picture.onload = () => {
    const canvas = el("canvas", { width: 2 * width, height: 2 * height });
    canvas.getContext("2d").drawImage(picture, 0, 0, 2 * width, 2 * height);
    canvas.toBlob((blob) => blob && save(blob, "png"));
  };
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawing())}`;
}

const TAKEN = {
  PNG: ["take_picture", savePng],
  SVG: ["take_drawing", () => saveText(drawing(), "image/svg+xml", "svg")],
  CSV: ["take_facts", () => saveText(csv(), "text/csv", "csv")],
  GraphML: ["take_network", () => saveText(graphml(), "application/xml", "graphml")],
  Turtle: ["take_triples", () => saveText(turtle(), "text/turtle", "ttl")],
  SPARQL: ["take_query", () => saveText(sparql(), "application/sparql-query", "rq")],
};

function drawTake() {
  const rows = Object.entries(TAKEN).map(([name, [what, act]]) =>
    el(
      "button",
      { class: "row", onclick: () => (closeMenus(), scene.ids.length && act()) },
      el("b", null, name),
      el("span", { class: "note" }, say(what)),
    ),
  );
  byId("take").replaceChildren(
    el("summary", { class: "quiet" }, say("take")),
    el("div", { class: "sheet" }, el("p", { class: "note" }, say("take_note")), rows),
  );
}

/** Menus close by a click elsewhere, and by Escape; whether any was open. */
function closeMenus(but = null) {
  const open = [...document.querySelectorAll("details.menu[open]")].filter((menu) => !menu.contains(but));
  open.forEach((menu) => (menu.open = false));
  return open.length > 0;
}
document.addEventListener("click", (event) => closeMenus(event.target));

// The current picture as SVG, for a file and for paper.

/** The drawn nodes, lines and labels, in their own coordinates. */
function makeFigure() {
  const spots = [...scene.ids, ...scene.drawn.map((id) => `e${id}`)].map((id) => positions.get(id));
  if (!spots.length) return null;
  const xs = spots.map((spot) => spot.x),
    ys = spots.map((spot) => spot.y);
  const [left, top] = [Math.min(...xs) - 90, Math.min(...ys) - 50];
  const width = Math.max(...xs) + 90 - left,
    height = Math.max(...ys) + 90 - top;
  const stroke = (a, b, look) =>
    svg("line", {
      x1: positions.get(a).x,
      y1: positions.get(a).y,
      x2: positions.get(b).x,
      y2: positions.get(b).y,
      stroke: look.color.color,
      "stroke-opacity": look.color.opacity,
      "stroke-width": look.width,
      "stroke-dasharray": look.dashes ? look.dashes.join(" ") : "none",
    });
  const lines = [
    ...scene.lines.map((line) => stroke(line.a, line.b, lineLook(line, null))),
    ...scene.spokes.map((spoke) => stroke(`e${spoke.event}`, spoke.actor, spokeLook(spoke, null))),
  ];
  const counts = scene.lines.filter((line) => line.events.length > 1).map(figureCount);
  const marks = [
    ...scene.ids.map((id) => figureMark(id, shape(id), nodes[id].size, nodes[id].label)),
    ...scene.drawn.map((id) => figureMark(`e${id}`, "event", 8, eventLabel(id))),
  ];
  return svg(
    "svg",
    { xmlns: SVG, viewBox: `${left} ${top} ${width} ${height}`, width, height, "font-family": FONT },
    svg("title", {}, clean(document.title)),
    svg("rect", { x: left, y: top, width, height, fill: palette.ground }),
    lines,
    counts,
    marks,
    svg(
      "text",
      { x: left + 14, y: top + height - 12, "font-size": 11, fill: palette.soft },
      `${clean(document.title)} · ${byId("status").textContent}`,
    ),
  );
}

/** How many events a line stands for, at its middle. */
function figureCount({ a, b, events: together }) {
  const [one, other] = [positions.get(a), positions.get(b)];
  if (Math.hypot(one.x - other.x, one.y - other.y) < 70) return null;
  const at = { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 + 4 };
  const halo = { stroke: palette.ground, "stroke-width": 5, "paint-order": "stroke" };
  const look = { ...at, ...halo, "text-anchor": "middle", "font-size": 11, "font-weight": 600, fill: palette.soft };
  return svg("text", look, String(together.length));
}

function figureMark(id, kind, size, label) {
  const { x, y } = positions.get(id),
    fill = palette[kind],
    r = size;
  const points = {
    event: `${x},${y - r} ${x + r},${y} ${x},${y + r} ${x - r},${y}`,
    place: `${x - r},${y - r * 0.7} ${x + r},${y - r * 0.7} ${x},${y + r}`,
  };
  const mark =
    kind === "person"
      ? svg("circle", { class: "mark", cx: x, cy: y, r, fill })
      : kind === "agency"
        ? svg("rect", { class: "mark", x: x - r * 0.9, y: y - r * 0.9, width: r * 1.8, height: r * 1.8, fill })
        : svg("polygon", { class: "mark", points: points[kind], fill });
  const text = svg(
    "text",
    {
      "text-anchor": "middle",
      "font-size": 13,
      "font-weight": kind === "person" ? 600 : 400,
      fill: palette.ink,
      stroke: palette.ground,
      "stroke-width": 3,
      "paint-order": "stroke",
    },
    wrap(label).map((line, n) => {
      const row = svg("tspan", { x, y: y + r + 15 + n * 16 });
      row.textContent = line;
      return row;
    }),
  );
  return svg("g", { opacity: scene.faded.has(id) ? 0.3 : 1 }, mark, text);
}

/** On paper: the picture and where it is found again, then every fact that passes the filters. */
function fillPaper() {
  const rows = sorted(factRows(), ["when", 1]);
  const heads = FACT_COLUMNS.map(([, word]) => el("th", { scope: "col" }, say(word)));
  byId("figure").replaceChildren(
    el("h1", null, document.title),
    el("p", { class: "note" }, decoded(location.hash)),
    makeFigure() || "",
    el("h2", null, say("facts"), el("span", { class: "count" }, String(rows.length))),
    el("table", null, el("thead", null, el("tr", null, heads)), el("tbody", null, rows.map(drawFact))),
  );
}

// Paper is light, whatever the screen is.
let screenTheme;
window.addEventListener("beforeprint", () => {
  screenTheme = document.documentElement.dataset.theme;
  document.documentElement.dataset.theme = "light";
  readPalette();
  fillPaper();
});
window.addEventListener("afterprint", () => {
  if (screenTheme) document.documentElement.dataset.theme = screenTheme;
  else delete document.documentElement.dataset.theme;
  readPalette();
  paint();
});

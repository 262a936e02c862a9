// People × days: a row a person, a column an event, nothing overlaps. Rows stand by agency, columns by day.
const gridBox = document.getElementById("grid-view");
const ROW = 26,
  COLUMN = 26,
  HEAD = 118;

/** The shown people who have events, in rows, those of one agency together, at most sixty. */
function gridRows() {
  const people = scene.ids.filter((id) => nodes[id].kind === "person" && eventsOf[id].some(passes)).slice(0, 60);
  const home = (id) =>
    postsOf[id]
      .map((post) => posts[post].agency)
      .filter((agency) => agency >= 0)
      .sort((a, b) => a - b)[0] ?? nodes.length;
  return people.sort((a, b) => home(a) - home(b) || a - b);
}

function gridColumns(rows) {
  const inside = new Set(rows);
  return events
    .map((event) => event.id)
    .filter((id) => passes(id) && events[id].parties.some(([actor]) => inside.has(actor)))
    .sort(byDay);
}

function gridColumn(id, x, rowOf, height) {
  const seats = new Map();
  for (const [actor, role] of events[id].parties)
    if (rowOf.has(actor) && !seats.has(rowOf.get(actor))) seats.set(rowOf.get(actor), role);
  const ys = [...seats.keys()].map((row) => row * ROW + ROW / 2),
    absent = events[id].parties.filter(([actor]) => !rowOf.has(actor)).length;
  const dots = [...seats].map(([row, role]) =>
    svg("circle", {
      class: role === "Lead" || role === "Organizer" ? "dot lead" : "dot",
      cx: x,
      cy: row * ROW + ROW / 2,
      r: 5,
    }),
  );
  const drips = [...Array(Math.min(absent, 4)).keys()].map((n) =>
    svg("circle", { class: "drip", cx: x, cy: height + 8 + n * 7, r: 2.5 }),
  );
  const group = svg(
    "g",
    {
      class: "column",
      tabindex: "0",
      role: "button",
      "aria-label": `${eventDay(events[id])} ${events[id].label}`,
      onclick: () => select({ type: "event", id }),
      onkeydown: (event) => event.key === "Enter" && select({ type: "event", id }),
    },
    svg("title", {}, `${eventDay(events[id])} ${typeName(events[id].type)} ${events[id].label}`),
    svg("rect", {
      class: isSelected({ type: "event", id }) ? "lane chosen" : "lane",
      x: x - COLUMN / 2,
      y: 0,
      width: COLUMN,
      height: height + 38,
    }),
    svg("line", { class: "beam", x1: x, x2: x, y1: Math.min(...ys), y2: Math.max(...ys) }),
    dots,
    drips,
  );
  return group;
}

/** Over each column what it is, and its day where a new one begins. */
function gridHead(id, n, columns) {
  const day = events[id].begin || "";
  const fresh = !n || (events[columns[n - 1]].begin || "") !== day;
  const date = day ? (years.size > 1 ? day : day.slice(5)) : say("undated_day");
  return svg(
    "text",
    {
      class: "head",
      transform: `translate(${centreOf(n) + 2},${HEAD - 8}) rotate(-52)`,
      onclick: () => select({ type: "event", id }),
    },
    svg("tspan", {}, typeName(events[id].type)),
    fresh ? svg("tspan", { class: "day", dx: 5 }, date) : null,
  );
}

/** Faint rules where a new day begins. */
const gridRules = (columns, height) =>
  columns.map((id, n) =>
    n && events[columns[n - 1]].begin !== events[id].begin
      ? svg("line", { class: "rule", x1: n * COLUMN + 4, x2: n * COLUMN + 4, y1: 0, y2: height + 30 })
      : null,
  );

const centreOf = (n) => n * COLUMN + COLUMN / 2 + 4;

/** The names stay at the left and the heads at the top, however far one scrolls. */
function drawGrid() {
  const rows = gridRows(),
    columns = gridColumns(rows),
    rowOf = new Map(rows.map((id, n) => [id, n]));
  if (!columns.length) return gridBox.replaceChildren(el("p", { class: "hint" }, say("grid_empty")));
  const height = rows.length * ROW,
    width = columns.length * COLUMN + 8;
  const role = (id) => (postsOf[id].length ? posts[postsOf[id][0]].role : "");
  const stripes = rows.map((_, n) =>
    svg("rect", { class: n % 2 ? "stripe" : "stripe odd", x: 0, y: n * ROW, width, height: ROW }),
  );
  gridBox.replaceChildren(
    el(
      "div",
      { class: "grid" },
      el("p", { class: "corner note" }, say("grid_hint")),
      svg(
        "svg",
        { class: "heads", width: width + HEAD, height: HEAD, "aria-hidden": "true" },
        columns.map((id, n) => gridHead(id, n, columns)),
      ),
      el(
        "div",
        { class: "names" },
        rows.map((id) => nodeLink(id, el("small", null, role(id)))),
      ),
      svg(
        "svg",
        { class: "lanes", width, height: height + 40, role: "group" },
        stripes,
        gridRules(columns, height),
        columns.map((id, n) => gridColumn(id, centreOf(n), rowOf, height)),
      ),
    ),
  );
}

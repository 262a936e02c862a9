// The same facts as two plain tables: for reading straight through, for screen readers, for copying.
const tableBox = document.getElementById("table-view");
const PAGE = 200;
const sorting = { entities: ["", 1, 0], facts: ["when", 1, 0] };
let rowFilter = "";
// What a column sorts by, and its heading.
const FACT_COLUMNS = [
  ["when", "when"],
  ["kind", "kind"],
  ["what", "facts"],
  ["who", "who"],
  ["place", "where"],
  ["", "sentence"],
];

function factRows() {
  const rows = events
    .filter((event) => passes(event.id))
    .map((event) => ({
      when: event.begin || "",
      what: event.label,
      kind: typeName(event.type),
      who: event.parties.map(([actor]) => nodes[actor].label).join(" "),
      place: event.places.map((id) => nodes[id].label).join(" "),
      quotes: event.quotes,
      event,
    }));
  for (const post of posts) {
    if (!postPasses(post.id)) continue;
    rows.push({
      when: post.first,
      what: postText(post),
      kind: say("posts"),
      who: nodes[post.person].label,
      place: "",
      quotes: post.quotes,
      post,
    });
  }
  for (const node of nodes) {
    if (node.parent < 0) continue;
    rows.push({
      when: "",
      what: `${node.label} ⊂ ${nodes[node.parent].label}`,
      kind: say("line_part"),
      who: node.label,
      place: "",
      quotes: [],
      node,
    });
  }
  return rows;
}

function entityRows() {
  return nodes.map((node) => {
    const days = [
      ...eventsOf[node.id].map((id) => events[id].begin),
      ...postsOf[node.id].flatMap((id) => [posts[id].first, posts[id].last]),
    ]
      .filter(Boolean)
      .sort();
    return {
      name: node.label,
      kind: say(`${node.kind}_one`),
      posts: headline(node.id),
      events: (node.kind === "place" ? eventsAt : eventsOf)[node.id].length,
      first: days[0] || "",
      last: days.at(-1) || "",
      node,
    };
  });
}

const cell = (...children) => el("td", null, children);
function drawFact(row) {
  const who = row.event
    ? row.event.parties.map(([actor, role]) => [nodeLink(actor, el("small", null, roleWord(role))), " "])
    : [nodeLink((row.post && row.post.person) ?? row.node.id)];
  const place = row.event
    ? row.event.places.map((id) => nodeLink(id))
    : row.post && row.post.agency >= 0
      ? nodeLink(row.post.agency)
      : row.node
        ? nodeLink(row.node.parent)
        : "";
  const what = row.event
    ? el(
        "a",
        { href: hashOf({ type: "event", id: row.event.id }), onclick: follow({ type: "event", id: row.event.id }) },
        el("bdi", null, row.what),
      )
    : el("bdi", null, row.what);
  const last = row.event ? row.event.end : row.post ? row.post.last : "";
  const days = last > row.when ? [row.when, el("br"), `– ${last}`] : row.when;
  const said = row.quotes.map((quote) => [
    el("p", { class: "sentence" }, sentence(quote)),
    el("p", { class: "note" }, articleOf(quote) ? sourceText(articleOf(quote)) : ""),
  ]);
  return el(
    "tr",
    null,
    el("td", { class: "day" }, days),
    el("td", { class: "kind" }, row.kind),
    el("td", { class: "what" }, what),
    el("td", { class: "who" }, who),
    el("td", { class: "where" }, place),
    el(
      "td",
      { class: "said" },
      said.length ? said : row.node && row.node.known ? el("p", { class: "note" }, say("lexicon")) : "",
    ),
  );
}
function drawEntity(row) {
  return el(
    "tr",
    null,
    cell(nodeLink(row.node.id)),
    cell(row.kind),
    cell(row.posts),
    el("td", { class: "number" }, String(row.events)),
    el("td", { class: "day" }, row.first),
    el("td", { class: "day" }, row.last),
  );
}

function sorted(rows, [column, direction]) {
  if (!column) return rows;
  const compare = (a, b) => (typeof a === "number" ? a - b : (a === "") - (b === "") || a.localeCompare(b, "zh"));
  return rows
    .map((row, n) => [row, n])
    .sort((x, y) => direction * compare(x[0][column], y[0][column]) || x[1] - y[1])
    .map(([row]) => row);
}

function drawTable(which, caption, columns, rows, draw) {
  const wanted = fold(rowFilter);
  const chosen = sorted(
    wanted
      ? rows.filter((row) =>
          fold(
            Object.values(row)
              .filter((value) => typeof value === "string")
              .join(" "),
          ).includes(wanted),
        )
      : rows,
    sorting[which],
  );
  const pages = Math.max(1, Math.ceil(chosen.length / PAGE));
  const at = Math.min(sorting[which][2], pages - 1);
  const go = (page) => () => ((sorting[which][2] = page), drawTables());
  const head = columns.map(([column, key]) => {
    const now = sorting[which][0] === column;
    const turn = () => ((sorting[which] = [column, now ? -sorting[which][1] : 1, 0]), drawTables());
    return el(
      "th",
      { scope: "col", "aria-sort": now ? (sorting[which][1] > 0 ? "ascending" : "descending") : null },
      column
        ? el("button", { class: "bare", onclick: turn }, say(key), now ? (sorting[which][1] > 0 ? " ↑" : " ↓") : "")
        : say(key),
    );
  });
  const pager =
    pages > 1
      ? el(
          "p",
          { class: "pager" },
          el("button", { onclick: go(at - 1), disabled: at === 0 }, say("previous")),
          el("span", null, say("page_of", at + 1, pages)),
          el("button", { onclick: go(at + 1), disabled: at === pages - 1 }, say("next")),
        )
      : null;
  return el(
    "section",
    null,
    el("h2", null, caption, el("span", { class: "count" }, String(chosen.length))),
    el(
      "div",
      { class: "wide" },
      el(
        "table",
        { id: `table-${which}` },
        el("thead", null, el("tr", null, head)),
        el("tbody", null, chosen.slice(at * PAGE, at * PAGE + PAGE).map(draw)),
      ),
    ),
    pager,
  );
}

const tableFilter = el("input", {
  type: "search",
  class: "filter",
  oninput: (event) => ((rowFilter = event.currentTarget.value), drawTables()),
});
const tableBody = el("div");
tableBox.append(tableFilter, tableBody);
/** Draws both tables anew; the heading or pager that had the focus keeps it. */
function drawTables() {
  const parts = () => [...tableBody.querySelectorAll("th button, .pager button")];
  const focusedAt = parts().indexOf(document.activeElement);
  tableFilter.placeholder = say("table_filter");
  tableFilter.setAttribute("aria-label", say("table_filter"));
  tableBody.replaceChildren(
    drawTable(
      "facts",
      say("facts"),
      FACT_COLUMNS,
      factRows(),
      drawFact,
    ),
    drawTable(
      "entities",
      say("table_entities"),
      [
        ["name", "name"],
        ["kind", "kind"],
        ["posts", "role"],
        ["events", "events_of"],
        ["first", "first_seen"],
        ["last", "last_seen"],
      ],
      entityRows(),
      drawEntity,
    ),
  );
  if (focusedAt >= 0) parts()[focusedAt]?.focus();
}

// What passes the filters: days, types of events, agencies with all below them, papers. Reckoned once a change.
const sieve = { events: [], posts: [] };

/** The chosen agencies and everything that is part of them; null when none is chosen. */
function chosenAgencies() {
  if (!state.agencies.length) return null;
  const below = new Set(state.agencies);
  for (const id of below) partsOf[id].forEach((part) => below.add(part));
  return below;
}

const inDays = (begin, end) => (!state.since || end >= state.since) && (!state.until || begin <= state.until);
const isDated = (begin, end) => (begin ? inDays(begin, end || begin) : state.undated);
const isPrinted = (quotes) =>
  !state.papers.length || !quotes.length || quotes.some((quote) => !state.papers.includes(paperOf(quote)));
const paperOf = (quote) => (articleOf(quote) ? articleOf(quote).paper : "");

/** Marks what passes. An event is an agency's when a party of it is that agency, is below it or holds a post there. */
function sift() {
  const below = chosenAgencies();
  const isOf = (id) => below.has(id) || postsOf[id].some((post) => below.has(posts[post].agency));
  sieve.events = events.map(
    (event) =>
      !state.types.includes(event.type) &&
      isDated(event.begin, event.end) &&
      isPrinted(event.quotes) &&
      (!below || event.parties.some(([actor]) => isOf(actor))),
  );
  sieve.posts = posts.map(
    (post) => isDated(post.first, post.last) && isPrinted(post.quotes) && (!below || below.has(post.agency)),
  );
}
const passes = (id) => sieve.events[id];
const postPasses = (id) => sieve.posts[id];
const isFiltered = () =>
  Boolean(state.since || state.until || !state.undated) ||
  [state.types, state.agencies, state.papers].some((chosen) => chosen.length > 0);

const NO_FILTER = () => ({ since: "", until: "", undated: true, types: [], agencies: [], papers: [] });
function clearFilters() {
  Object.assign(state, NO_FILTER());
  refilter();
}

/* --- the menus -------------------------------------------------------------------------------------------------- */

/** A folded list of boxes to tick; `open` keeps it open while it is drawn anew. */
function filterMenu(name, note, rows) {
  const open = byId("filters").querySelector(`[data-menu="${name}"]`);
  return el(
    "details",
    { class: "menu", "data-menu": name, open: open && open.open },
    el("summary", { class: note ? "set" : "" }, say(name), note ? el("span", { class: "count" }, note) : ""),
    el("div", { class: "sheet" }, rows),
  );
}

const tick = (checked, text, count, onchange, depth = 0) =>
  el(
    "label",
    { class: depth ? `deep deep-${Math.min(depth, 4)}` : null },
    el("input", { type: "checkbox", checked, onchange }),
    el("bdi", null, text),
    count === null ? "" : el("span", { class: "count" }, String(count)),
  );

const toggled = (list, value) => (list.includes(value) ? list.filter((other) => other !== value) : [...list, value]);
const turn = (field, value) => () => {
  state[field] = toggled(state[field], value);
  refilter();
};

/** Kinds of events and papers, all ticked until some are taken away. */
function takenAwayMenu(name, field, counts, text) {
  if (counts.length < 2) return "";
  const rows = counts
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([value, count]) => tick(!state[field].includes(value), text(value), count, turn(field, value)));
  return filterMenu(name, state[field].length ? `−${state[field].length}` : "", rows);
}

const tally = (values) => [...values.reduce((sum, value) => sum.set(value, (sum.get(value) || 0) + 1), new Map())];
const typeCounts = tally(events.map((event) => event.type));
const paperCounts = tally(articles.map((article) => article.paper).filter(Boolean));

/** Agencies with parts first, as a tree, then the busiest others: none ticked means all. */
const agencyTree = (() => {
  const rows = [];
  const seen = new Set();
  const add = (id, depth) => {
    if (seen.has(id) || nodes[id].kind !== "agency" || rows.length >= 120) return;
    seen.add(id);
    rows.push([id, depth]);
    partsOf[id].forEach((part) => add(part, depth + 1));
  };
  const agencies = nodes.filter((node) => node.kind === "agency");
  const isTop = (node) => node.parent < 0 || nodes[node.parent].kind !== "agency";
  agencies.filter((node) => isTop(node) && partsOf[node.id].length).forEach((node) => add(node.id, 0));
  agencies.filter((node) => isJoined(node.id)).forEach((node) => add(node.id, 0));
  return rows;
})();

function agencyMenu() {
  if (agencyTree.length < 2) return "";
  const rows = agencyTree.map(([id, depth]) =>
    tick(state.agencies.includes(id), nodes[id].label, partsOf[id].length || null, turn("agencies", id), depth),
  );
  return filterMenu("by_agency", state.agencies.length ? String(state.agencies.length) : "", rows);
}

/** The filters, each a menu, and one button that lets everything through again; what had the focus keeps it. */
function drawFilters() {
  const box = byId("filters");
  const parts = () => [...box.querySelectorAll("input, summary")];
  const focusedAt = parts().indexOf(document.activeElement);
  const scrolled = [...box.querySelectorAll(".sheet")].map((sheet) => sheet.scrollTop);
  box.replaceChildren(
    takenAwayMenu("types", "types", typeCounts, typeName),
    agencyMenu(),
    takenAwayMenu("papers", "papers", paperCounts, (paper) => paper),
    isFiltered() ? el("button", { class: "small", onclick: clearFilters }, say("clear")) : "",
  );
  box.querySelectorAll(".sheet").forEach((sheet, n) => (sheet.scrollTop = scrolled[n] || 0));
  if (focusedAt >= 0) parts()[focusedAt]?.focus();
}

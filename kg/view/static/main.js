// Where everything meets: what the reader does changes the state, the state is drawn and written into the address.
const byId = (id) => document.getElementById(id);
const views = { graph: byId("graph-view"), grid: byId("grid-view"), table: byId("table-view") };

/* --- what the reader can do ------------------------------------------------------------------------------------- */

function select(target, { reveal: show = false, focus = false } = {}) {
  state.selected = target;
  refresh();
  if (show && target && target.type === "node") reveal(target.id);
  if (focus) focusPanel();
}

function focusPanel() {
  panelBox.focus({ preventScroll: true });
  if (window.innerWidth < 720) panelBox.scrollIntoView({ block: "start" });
}

const missingNeighbours = (id) =>
  linksOf[id]
    .map((link) => (link.a === id ? link.b : link.a))
    .filter((other) => isActor(other) && !scene.ids.includes(other));

function addNodes(draft, ids) {
  draft.removed = draft.removed.filter((id) => !ids.includes(id));
  draft.added.push(...ids.filter((id) => !draft.added.includes(id)));
}

/** Puts a node on the picture, with its three strongest neighbours where none of them is there yet, and opens it. */
function bring(id, focus = false) {
  const shown = new Set(scene.ids);
  const near = linksOf[id].map((link) => (link.a === id ? link.b : link.a));
  const company = near.some((other) => shown.has(other)) ? [] : near.filter(isActor).slice(0, 3);
  if (!shown.has(id)) changeScene((draft) => addNodes(draft, [id, ...company]));
  select({ type: "node", id }, { reveal: true, focus });
}

function expand(id) {
  const coming = missingNeighbours(id).slice(0, 12);
  changeScene((draft) => addNodes(draft, [...(scene.ids.includes(id) ? [] : [id]), ...coming]));
  select({ type: "node", id });
  if (!coming.every(isInSight)) fitView();
}

function hide(id) {
  changeScene((draft) => {
    draft.added = draft.added.filter((other) => other !== id);
    draft.removed.push(id);
  });
  select(null);
}

function onlyThis(id) {
  const near = linksOf[id].map((link) => (link.a === id ? link.b : link.a)).filter(isActor);
  changeScene((draft) =>
    Object.assign(draft, { only: [id, ...near.slice(0, 79)], added: isActor(id) ? [] : [id], removed: [] }),
  );
  select({ type: "node", id });
  fitView();
}

/** At most the twelve latest; a crowd would cover the picture and is read in the grid. */
function unfold(ids) {
  const fit = ids
    .filter((id) => events[id].parties.length <= 12)
    .sort((a, b) => byDay(b, a))
    .slice(0, 12);
  changeScene((draft) => draft.unfolded.push(...fit.filter((id) => !draft.unfolded.includes(id))));
  const absent =
    ids.length === 1 ? events[ids[0]].parties.map((party) => party[0]).filter((id) => !scene.ids.includes(id)) : [];
  if (absent.length === events[ids[0]].parties.length) changeScene((draft) => addNodes(draft, absent.slice(0, 12)));
  if (!fit.length && ids.length) state.view = "grid";
  refresh();
}

function foldEvents(ids) {
  changeScene((draft) => (draft.unfolded = draft.unfolded.filter((id) => !ids.includes(id))));
  refresh();
}

function overview() {
  changeScene((draft) => Object.assign(draft, FIRST()));
  Object.assign(state, { selected: null, view: "graph" });
  refresh();
  fitView();
}

function more() {
  changeScene((draft) => (draft.level = Math.min(LEVELS.length - 1, draft.level + 1)));
  refresh();
  fitView();
}

function undo(back = true) {
  if (back ? stepBack(done, undone) : stepBack(undone, done)) refresh();
}

function refilter() {
  refresh({ push: false });
}

function show(view) {
  state.view = view;
  refresh();
  if (view === "graph") fitView();
}

/* --- drawing ---------------------------------------------------------------------------------------------------- */

function refresh({ push = true } = {}) {
  sift();
  scene = compose();
  settle(scene);
  paint();
  drawPanel();
  drawFoot();
  for (const [name, box] of Object.entries(views)) box.hidden = name !== state.view;
  document.body.dataset.view = state.view;
  if (state.view === "grid") drawGrid();
  if (state.view === "table") drawTables();
  byId("tabs")
    .querySelectorAll("button")
    .forEach((tab) => tab.setAttribute("aria-pressed", String(tab.dataset.view === state.view)));
  byId("undo").disabled = !done.length;
  byId("redo").disabled = !undone.length;
  byId("more").hidden =
    ranked.every((id) => scene.ids.includes(id)) ||
    state.scene.level === LEVELS.length - 1 ||
    Boolean(state.scene.only);
  writeAddress(push);
}

/** Every fixed word of the page in the reader's language. */
function drawWords() {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = say(element.dataset.word);
  for (const element of document.querySelectorAll("[data-name]")) {
    element.setAttribute("aria-label", say(element.dataset.name));
    if (element.tagName === "BUTTON") element.setAttribute("title", say(element.dataset.name));
  }
  searchBox.placeholder = say("search");
  searchBox.setAttribute("aria-label", say("search"));
  byId("language").textContent = say("language");
  byId("language").setAttribute("aria-label", say("language_name"));
  drawTake();
  byId("subtitle").textContent = say("subtitle", book.totals.person, book.totals.agency, book.totals.events);
  const nothing = book.choice ? [say("empty_choice"), choiceText()] : [say("empty"), say("empty_hint")];
  byId("empty").replaceChildren(nothing[0], el("br"), el("small", null, nothing[1]));
}

/* --- keys, buttons, start ----------------------------------------------------------------------------------------- */

function onKey(event) {
  const field =
    /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) &&
    event.target.type !== "checkbox" &&
    event.target.type !== "range";
  if (field || event.ctrlKey || event.metaKey || event.altKey) return;
  const id = state.selected && state.selected.type === "node" ? state.selected.id : null;
  const keys = {
    "/": () => searchBox.focus(),
    0: overview,
    z: () => undo(),
    y: () => undo(false),
    Escape: () => closeMenus() || (state.scene.unfolded.length ? foldEvents(state.scene.unfolded) : select(null)),
    "+": () => zoomBy(1.25),
    "-": () => zoomBy(0.8),
  };
  if (id !== null)
    Object.assign(keys, { e: () => expand(id), x: () => hide(id), o: () => onlyThis(id), p: () => askPath(id) });
  const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!act) return;
  event.preventDefault();
  act();
}

function switchLanguage() {
  language = language === "zh" ? "en" : "zh";
  drawWords();
  refresh({ push: false });
}

function switchTheme() {
  const dark = document.documentElement.dataset.theme
    ? document.documentElement.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = dark ? "light" : "dark";
  readPalette();
  paint();
}

function start() {
  const empty = !nodes.length;
  byId("empty").hidden = !empty;
  document.body.classList.toggle("nothing", empty);
  if (!empty) startNetwork();
  for (const [id, act] of [
    ["home", overview],
    ["overview", overview],
    ["more", more],
    ["undo", () => undo()],
    ["redo", () => undo(false)],
    ["zoom-in", () => zoomBy(1.25)],
    ["zoom-out", () => zoomBy(0.8)],
    ["language", switchLanguage],
    ["theme", switchTheme],
    ["print", () => window.print()],
  ])
    byId(id).addEventListener("click", act);
  byId("tabs").addEventListener("click", (event) => event.target.dataset.view && show(event.target.dataset.view));
  document.addEventListener("keydown", onKey);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => (readPalette(), paint()));
  readAddress(location.hash || (book.focus ? `#${book.focus}` : ""));
  fitView();
  const arrive = () =>
    location.hash !== written && decoded(location.hash) !== decoded(written || "") && readAddress(location.hash);
  window.addEventListener("popstate", arrive);
  window.addEventListener("hashchange", arrive);
}

/** What a test (or a curious reader) can ask the page. */
window.kg = {
  labels: () => labelBoxes.map(({ left, top, right, bottom, text }) => ({ left, top, right, bottom, text })),
  nodes: () =>
    [
      ...scene.ids.map((id) => [id, shape(id), nodes[id].label]),
      ...scene.drawn.map((id) => [`e${id}`, "event", events[id].label]),
    ].map(([id, kind, label]) => ({ id, kind, label, ...network.canvasToDOM(positions.get(id)) })),
  lines: () =>
    scene.lines.map((line) => {
      const a = network.canvasToDOM(positions.get(line.a)),
        b = network.canvasToDOM(positions.get(line.b));
      return {
        a: nodes[line.a].label,
        b: nodes[line.b].label,
        ids: [line.a, line.b],
        events: line.events.length,
        posts: line.posts.length,
        x: (a.x + b.x) / 2,
        y: (a.y + b.y) / 2,
        ends: [a, b],
      };
    }),
  places: () => Object.fromEntries(scene.ids.map((id) => [nodes[id].slug, positions.get(id)])),
  find: (text) => find(text).map((entry) => entry.label),
  redraw: () => network.redraw(),
  select,
  state,
};
start();
window.kg.ready = Math.round(performance.now());
document.documentElement.className = "js ready";

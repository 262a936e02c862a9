// What is shown now: the opening, what the reader added and took away, which lines stand between, and the way back.
const FIRST = () => ({
  level: 0,
  added: [],
  removed: [],
  only: null,
  unfolded: [],
  kinds: { person: true, agency: true, event: false, place: false, bystander: false },
});
const LEVELS = [0, 160, 300];
const MOST_OWN = 40;
const state = {
  scene: FIRST(),
  selected: null,
  view: "graph",
  since: "",
  until: "",
  undated: true,
  types: [],
  agencies: [],
  papers: [],
};
const undone = [],
  done = [];
const copy = (value) => JSON.parse(JSON.stringify(value));

/** Changes the shown set in a way that can be undone. */
function changeScene(change) {
  const before = copy(state.scene);
  change(state.scene);
  if (JSON.stringify(before) === JSON.stringify(state.scene)) return false;
  done.push(before);
  undone.length = 0;
  return true;
}

function stepBack(from, to) {
  if (!from.length) return false;
  to.push(copy(state.scene));
  state.scene = from.pop();
  return true;
}

// A phone has room for half of what a desk has.
const opening = picture.nodes.map((node) => node.id);
const firstIds = () =>
  window.innerWidth < 720
    ? opening
        .filter(isActor)
        .slice(0, 40)
        .concat(opening.filter((id) => !isActor(id)))
    : opening;
const ranked = nodes.map((node) => node.id).filter((id) => isActor(id) && isJoined(id));

/** The pairs that are drawn whatever the choice of lines: the one looked at, the steps of a path. */
function wantedPairs() {
  const chosen = state.selected;
  if (chosen && chosen.type === "line") return [chosen];
  return chosen && chosen.type === "path" ? pathSteps(chosen) : [];
}

/** Of the node looked at all lines to others in sight, not only the strongest. */
function ownLinks(ids) {
  const chosen = state.selected;
  if (!chosen || chosen.type !== "node") return [];
  const inside = new Set(ids);
  return linksOf[chosen.id].filter((link) => inside.has(link.a) && inside.has(link.b)).slice(0, MOST_OWN);
}

/** The ids of the nodes to draw (events not among them), in order of importance. */
function shownIds() {
  const { level, added, removed, only, kinds } = state.scene;
  const base = only || [...firstIds(), ...(LEVELS[level] ? ranked.slice(0, LEVELS[level]) : [])];
  const chosen = new Set([...base.filter((id) => kinds[nodes[id].kind] || nodes[id].kind === "place"), ...added]);
  for (const id of removed) chosen.delete(id);
  if (kinds.bystander)
    nodes
      .filter((node) => isActor(node.id) && !isJoined(node.id) && kinds[node.kind])
      .slice(0, 120)
      .forEach((node) => chosen.add(node.id));
  if (kinds.place) placesNear(chosen).forEach((id) => chosen.add(id));
  return [...chosen].sort((a, b) => a - b);
}

function placesNear(chosen) {
  const weight = (id) =>
    linksOf[id].reduce((sum, link) => sum + (chosen.has(link.a === id ? link.b : link.a) ? link.weight : 0), 0);
  const near = nodes
    .filter((node) => node.kind === "place" && !state.scene.removed.includes(node.id))
    .map((node) => [weight(node.id), node.id]);
  return near
    .filter(([w]) => w > 0.25)
    .sort((x, y) => y[0] - x[0] || x[1] - y[1])
    .slice(0, 40)
    .map(([, id]) => id);
}

/** The lines between the shown nodes: all while they are few, else each node's two strongest and a spanning forest. */
function chooseLinks(ids) {
  const inside = new Set(ids);
  const among = links.filter((link) => inside.has(link.a) && inside.has(link.b));
  if (among.length <= Math.max(24, inside.size)) return among;
  const root = new Map(ids.map((id) => [id, id])),
    degree = new Map(ids.map((id) => [id, 0]));
  const find = (id) => {
    while (root.get(id) !== id) id = root.get(id);
    return id;
  };
  const kept = [];
  for (const link of among) {
    const one = find(link.a),
      other = find(link.b);
    if (one === other && Math.min(degree.get(link.a), degree.get(link.b)) >= 2) continue;
    kept.push(link);
    root.set(one, other);
    degree.set(link.a, degree.get(link.a) + 1);
    degree.set(link.b, degree.get(link.b) + 1);
  }
  return kept.slice(0, 2 * inside.size);
}

/** The events drawn as nodes: those unfolded by hand, and with the filter on those with most parties in sight. */
function shownEvents(ids) {
  const inside = new Set(ids);
  const seen = (id) => events[id].parties.filter((party) => inside.has(party[0])).length;
  const wanted = state.scene.unfolded.filter((id) => passes(id) && seen(id) > 0);
  if (state.scene.kinds.event) {
    const many = events.map((event) => event.id).filter((id) => passes(id) && seen(id) > 1 && !wanted.includes(id));
    wanted.push(...many.sort((a, b) => seen(b) - seen(a) || byDay(b, a)).slice(0, 40));
  }
  return wanted.sort((a, b) => a - b);
}

/** The whole picture as records: nodes, event nodes, lines with what is left of them under the filters. */
function compose() {
  const wanted = wantedPairs();
  const ids = [...new Set([...shownIds(), ...wanted.flatMap(({ a, b }) => [a, b])])].sort((a, b) => a - b);
  const drawn = shownEvents(ids),
    unfolded = new Set(drawn);
  const extra = [...wanted.map(({ a, b }) => linkByKey.get(keyOf(a, b))).filter(Boolean), ...ownLinks(ids)];
  const lines = [...new Set([...chooseLinks(ids), ...extra])].map((link) => {
    const together = link.events.filter((id) => passes(id) && !unfolded.has(id));
    const held = link.posts.filter(postPasses);
    return { ...link, events: together, posts: held, alive: together.length + held.length > 0 || link.part };
  });
  const spokes = drawn.flatMap((event) => {
    const roles = new Map(events[event].places.map((place) => [place, "Place"]));
    for (const [actor, role] of events[event].parties) roles.set(actor, role);
    return [...roles].filter(([end]) => ids.includes(end)).map(([actor, role]) => ({ event, actor, role }));
  });
  const faded = isFiltered() ? fadedIds(ids, lines, spokes) : new Set();
  const isPath = state.selected && state.selected.type === "path";
  return { ids, drawn, lines, spokes, faded, way: new Set(isPath ? wanted.map(({ a, b }) => keyOf(a, b)) : []) };
}

/** The nodes to which the filters leave no fact: no line, no spoke, nothing done alone. */
function fadedIds(ids, lines, spokes) {
  const told = lines.filter((line) => line.events.length + line.posts.length).flatMap((line) => [line.a, line.b]);
  const alive = new Set([...told, ...spokes.map((spoke) => spoke.actor)]);
  const acts = (id) => eventsOf[id].some(passes) || postsOf[id].some(postPasses) || postsAt[id].some(postPasses);
  return new Set(ids.filter((id) => !alive.has(id) && !acts(id) && !eventsAt[id].some(passes)));
}

const shape = (id) => nodes[id].kind;
const positions = new Map(picture.nodes.map((node) => [node.id, { x: node.x, y: node.y }]));
const unitsOf = (text) => [...text].reduce((sum, c) => sum + (c.charCodeAt(0) > 0x2e7f ? 2 : 1), 0);

/** The room of a node with its label below, as the layout at build time has it. */
function boxAt({ x, y }, label, size) {
  const width = unitsOf(label),
    rows = Math.min(3, Math.max(1, Math.ceil(width / 20)));
  const half = Math.max(size, (Math.min(Math.ceil(width / rows) + 1, 22) * 13) / 4) + 6;
  return { left: x - half, right: x + half, top: y - size - 5, bottom: y + size + 6 + rows * 16 };
}
const meets = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** The next free spot of a shelf below the picture, for what no line holds anywhere. */
let shelf = null;
function findShelf(label, size, taken) {
  const left = Math.min(0, ...taken.map((b) => b.left)),
    right = Math.max(left + 700, ...taken.map((b) => b.right));
  const half = boxAt({ x: 0, y: 0 }, label, size).right;
  if (!shelf) shelf = { x: left, y: Math.max(0, ...taken.map((b) => b.bottom)) + 50 };
  if (shelf.x + 2 * half > right) shelf = { x: left, y: shelf.y + 52 };
  const spot = { x: Math.round(shelf.x + half), y: Math.round(shelf.y) };
  shelf.x += 2 * half + 6;
  return taken.some((other) => meets(boxAt(spot, label, size), other)) ? findShelf(label, size, taken) : spot;
}

/** A free spot as near to the anchors as can be, on the side away from the crowd; nothing else moves. */
function findRoom(anchors, label, size, taken, nearest) {
  const crowd = taken.length
    ? { x: mean(taken.map((b) => (b.left + b.right) / 2)), y: mean(taken.map((b) => (b.top + b.bottom) / 2)) }
    : { x: 0, y: 0 };
  const centre = anchors.length ? { x: mean(anchors.map((p) => p.x)), y: mean(anchors.map((p) => p.y)) } : crowd;
  const away = Math.atan2(centre.y - crowd.y, centre.x - crowd.x);
  for (let ring = nearest; ring < 4000; ring += 22) {
    const steps = ring ? Math.max(8, Math.round(ring / 10)) : 1;
    for (let step = 0; step < steps; step++) {
      const angle = away + ((step % 2 ? 1 : -1) * Math.ceil(step / 2) * 2 * Math.PI) / steps;
      const spot = {
        x: Math.round(centre.x + ring * Math.cos(angle)),
        y: Math.round(centre.y + ring * Math.sin(angle)),
      };
      const room = boxAt(spot, label, size);
      if (!taken.some((other) => meets(room, other))) return spot;
    }
  }
  return centre;
}
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Gives every newly shown node and event a place; those that have one keep it. */
function settle({ ids, drawn }) {
  const taken = ids
    .filter((id) => positions.has(id))
    .map((id) => boxAt(positions.get(id), nodes[id].label, nodes[id].size));
  const held = (id) => Number(linksOf[id].some((link) => positions.has(link.a === id ? link.b : link.a)));
  for (const id of ids.filter((id) => !positions.has(id)).sort((a, b) => held(b) - held(a) || a - b)) {
    const near = linksOf[id]
      .map((link) => (link.a === id ? link.b : link.a))
      .filter((other) => positions.has(other) && ids.includes(other));
    const { label, size } = nodes[id];
    const spot = near.length
      ? findRoom([positions.get(near[0])], label, size, taken, 66)
      : findShelf(label, size, taken);
    positions.set(id, spot);
    taken.push(boxAt(spot, nodes[id].label, nodes[id].size));
  }
  const known = drawn.filter((id) => positions.has(`e${id}`));
  taken.push(...known.map((id) => boxAt(positions.get(`e${id}`), eventLabel(id), 8)));
  for (const id of drawn.filter((id) => !positions.has(`e${id}`))) {
    const inside = events[id].parties.map((party) => party[0]).filter((actor) => ids.includes(actor));
    const spot = findRoom(
      inside.map((actor) => positions.get(actor)),
      eventLabel(id),
      8,
      taken,
      0,
    );
    positions.set(`e${id}`, spot);
    taken.push(boxAt(spot, eventLabel(id), 8));
  }
}
const eventLabel = (id) => {
  const label = [...events[id].label];
  return label.length > 16 ? label.slice(0, 15).join("") + "…" : label.join("");
};

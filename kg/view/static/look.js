// The picture: vis-network keeps the camera and the pointer, colours follow the theme, labels are placed by us.
const canvasBox = document.getElementById("canvas");
let network = null,
  visNodes = null,
  visEdges = null,
  scene = { ids: [], drawn: [], lines: [], spokes: [], faded: new Set(), way: new Set() };
let hovered = null,
  palette = {};

const SHAPES = { person: "dot", agency: "square", event: "diamond", place: "triangleDown" };

/** Colours from the style sheet, so that there is one table of them. */
function readPalette() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ["ground", "ink", "soft", "line", "firm", "hair", "accent", "person", "agency", "event", "place"])
    palette[name] = style.getPropertyValue(`--${name}`).trim();
}

function startNetwork() {
  readPalette();
  visNodes = new vis.DataSet([]);
  visEdges = new vis.DataSet([]);
  network = new vis.Network(canvasBox, { nodes: visNodes, edges: visEdges }, read("options"));
  network.on("afterDrawing", drawLabels);
  // Keys act wherever the focus is; a stop on the canvas would lead nowhere.
  canvasBox.firstElementChild.tabIndex = -1;
  network.on("click", (event) => {
    const hit = hitAt(event.pointer.DOM, event);
    if (hit) select(hit);
    else if (state.selected) select(null);
  });
  network.on("doubleClick", (event) => {
    const hit = hitAt(event.pointer.DOM, event);
    if (hit && hit.type === "node") expand(hit.id);
  });
  for (const [name, item] of [
    ["hoverNode", "node"],
    ["hoverEdge", "edge"],
  ])
    network.on(name, (event) => hover(fromVis(event[item])));
  for (const name of ["blurNode", "blurEdge"]) network.on(name, () => hover(null));
  network.on("dragEnd", (event) => {
    for (const id of event.nodes) {
      const spot = network.getPositions([id])[id];
      positions.set(id, { x: Math.round(spot.x), y: Math.round(spot.y) });
    }
  });
  canvasBox.addEventListener("mouseleave", () => hover(null));
  canvasBox.addEventListener("mousemove", (event) => {
    canvasBox.style.cursor = hovered || labelAt({ x: event.offsetX, y: event.offsetY }) ? "pointer" : "";
  });
}

/** What a vis id stands for: 12 a node, "e3" an event, "4~12" a line, "e3-12" a spoke. */
function fromVis(id) {
  if (typeof id === "number") return { type: "node", id };
  const text = String(id);
  if (text.startsWith("e")) return { type: "event", id: Number(text.slice(1).split("-")[0]) };
  const [a, b] = text.split("~").map(Number);
  return { type: "line", a, b };
}

function labelAt({ x, y }) {
  const found = labelBoxes.find((label) => x >= label.left && x <= label.right && y >= label.top && y <= label.bottom);
  return found ? found.hit : null;
}

function hitAt(pointer, event) {
  if (event.nodes.length) return fromVis(event.nodes[0]);
  return labelAt(pointer) || (event.edges.length ? fromVis(event.edges[0]) : null);
}

function hover(hit) {
  if (JSON.stringify(hit) === JSON.stringify(hovered)) return;
  hovered = hit;
  canvasBox.title = hit ? hintOf(hit).slice(0, 200) : "";
  paint();
}

/** What a thing is called in full, and what it is. */
function hintOf(hit) {
  if (hit.type === "event") return `${eventDay(events[hit.id])} ${events[hit.id].label}`;
  if (hit.type === "line") return `${nodes[hit.a].label} — ${nodes[hit.b].label}`;
  return [nodes[hit.id].label, headline(hit.id)].filter(Boolean).join(" · ");
}

/** The vis ids that stay bright while something is pointed at; null when all do. */
function brightIds() {
  if (!hovered) return null;
  const bright = new Set();
  const touch = (line) => [line.a, line.b, line.key].forEach((id) => bright.add(id));
  if (hovered.type === "line") touch({ a: hovered.a, b: hovered.b, key: keyOf(hovered.a, hovered.b) });
  if (hovered.type === "node") {
    bright.add(hovered.id);
    scene.lines.filter((line) => line.a === hovered.id || line.b === hovered.id).forEach(touch);
  }
  for (const spoke of scene.spokes) {
    const mine = hovered.type === "event" ? spoke.event === hovered.id : spoke.actor === hovered.id;
    if (mine) [`e${spoke.event}`, `e${spoke.event}-${spoke.actor}`, spoke.actor].forEach((id) => bright.add(id));
  }
  if (hovered.type === "event") bright.add(`e${hovered.id}`);
  return bright;
}

const isSelected = (hit) => {
  const chosen = state.selected;
  if (!chosen || chosen.type !== hit.type) return false;
  return hit.type === "line" ? keyOf(hit.a, hit.b) === keyOf(chosen.a, chosen.b) : hit.id === chosen.id;
};

function nodeLook(id, hit, kind, size, bright, faded) {
  const chosen = isSelected(hit);
  return {
    id,
    shape: SHAPES[kind],
    size: kind === "agency" ? size * 0.9 : size,
    ...positions.get(id),
    color: { background: palette[kind], border: chosen ? palette.ink : palette.ground },
    borderWidth: chosen ? 3 : 1.5,
    opacity: bright && !bright.has(id) ? 0.15 : faded ? 0.25 : 1,
  };
}

function lineLook(line, bright) {
  const chosen = isSelected({ type: "line", ...line }) || scene.way.has(line.key);
  const own = isSelected({ type: "node", id: line.a }) || isSelected({ type: "node", id: line.b });
  const facts = line.events.length + 2 * line.posts.length;
  const dim = bright && !bright.has(line.key) ? 0.12 : line.alive ? 1 : 0.1;
  return {
    id: line.key,
    from: line.a,
    to: line.b,
    width: (chosen ? 2 : 0) + (facts ? Math.min(4, 0.7 + 0.5 * Math.sqrt(facts)) : 0.7),
    dashes: facts ? false : [1, 3],
    color: {
      color:
        chosen || (own && facts)
          ? palette.accent
          : line.posts.length
            ? palette.firm
            : facts
              ? palette.line
              : palette.hair,
      opacity: dim,
    },
  };
}

function spokeLook(spoke, bright) {
  const id = `e${spoke.event}-${spoke.actor}`;
  const lead = spoke.role === "Lead" || spoke.role === "Organizer";
  const chosen = isSelected({ type: "event", id: spoke.event });
  return {
    id,
    from: `e${spoke.event}`,
    to: spoke.actor,
    width: lead ? 2.4 : 1,
    dashes: false,
    color: { color: chosen ? palette.accent : palette.event, opacity: bright && !bright.has(id) ? 0.12 : 0.7 },
  };
}

/** Brings the vis data in step with the scene: what is new comes, what is gone goes, the rest takes its colours. */
function paint() {
  if (!network) return;
  const bright = brightIds();
  const looks = scene.ids.map((id) =>
    nodeLook(id, { type: "node", id }, shape(id), nodes[id].size, bright, scene.faded.has(id)),
  );
  looks.push(...scene.drawn.map((id) => nodeLook(`e${id}`, { type: "event", id }, "event", 8, bright, false)));
  const strokes = [
    ...scene.lines.map((line) => lineLook(line, bright)),
    ...scene.spokes.map((spoke) => spokeLook(spoke, bright)),
  ];
  keepOnly(visEdges, strokes);
  keepOnly(visNodes, looks);
  visNodes.update(looks);
  visEdges.update(strokes);
}

function keepOnly(dataset, records) {
  const wanted = new Set(records.map((record) => record.id));
  dataset.remove(dataset.getIds().filter((id) => !wanted.has(id)));
}

/** Moves the camera so that all shown nodes and their labels are in sight. */
function fitView() {
  if (!network || !scene.ids.length || !canvasBox.clientWidth) return;
  const spots = [...scene.ids, ...scene.drawn.map((id) => `e${id}`)].map((id) => positions.get(id));
  const xs = spots.map((spot) => spot.x),
    ys = spots.map((spot) => spot.y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  // Half a label at either side, less on a phone; the buttons above, a label of three lines below.
  const width = canvasBox.clientWidth - Math.min(124, canvasBox.clientWidth / 4.5),
    height = canvasBox.clientHeight - 118;
  const scale = Math.max(0.25, Math.min(1.7, width / Math.max(1, right - left), height / Math.max(1, bottom - top)));
  network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale, offset: { x: 0, y: 3 } });
}

/** Whether a node stands where one sees it, neither at the rim nor behind the buttons. */
function isInSight(id) {
  if (!network || !positions.has(id)) return true;
  const { x, y } = network.canvasToDOM(positions.get(id));
  return x > 40 && y > 60 && x < canvasBox.clientWidth - 40 && y < canvasBox.clientHeight - 40;
}

/** Brings a node into sight if it is not; the rest of the picture keeps its place where it can. */
function reveal(id) {
  if (!isInSight(id)) network.moveTo({ position: positions.get(id), scale: Math.max(0.7, network.getScale()) });
}

function zoomBy(factor) {
  network.moveTo({ scale: Math.min(5, Math.max(0.15, network.getScale() * factor)) });
}

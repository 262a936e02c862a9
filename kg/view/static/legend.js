// Below the picture: the kinds of nodes with their switches, the kinds of lines, and how much is in sight.

/** Which part of the graph this file holds, where it does not hold the whole. */
function choiceText() {
  const part = book.choice;
  if (!part) return "";
  const limits = [
    part.asked && say("choice_asked"),
    part.types.map(typeName).join("、"),
    part.since && say("choice_since", part.since),
    part.until && say("choice_until", part.until),
  ];
  return say("choice", limits.filter(Boolean).join(" · "), part.actors, part.events);
}

/** The legend, the filters, the days, and how much of the whole is in sight. */
function drawFoot() {
  const total = book.totals;
  const counts = {
    person: total.person,
    agency: total.agency,
    event: total.events,
    place: total.place,
    bystander: nodes.filter((node) => isActor(node.id) && !isJoined(node.id)).length,
  };
  const boxes = Object.entries(counts)
    .filter(([, count]) => count)
    .map(([kind, count]) =>
      el(
        "label",
        null,
        el("input", {
          type: "checkbox",
          checked: state.scene.kinds[kind],
          "data-kind": kind,
          onchange: () => toggleKind(kind),
        }),
        kind === "bystander" ? null : glyph(kind),
        say(kind),
        el("span", { class: "count" }, String(count)),
      ),
    );
  const strokes = ["post", "joint", "part"].map((name) =>
    el(
      "span",
      { class: "key" },
      svg(
        "svg",
        { class: `stroke ${name}`, viewBox: "0 0 26 8", width: 26, height: 8, "aria-hidden": "true" },
        svg("line", { x1: 0, x2: 26, y1: 4, y2: 4 }),
      ),
      say(`line_${name}`),
    ),
  );
  byId("legend").replaceChildren(...boxes, el("span", { class: "keys" }, strokes));
  drawFilters();
  drawTime();
  const actors = scene.ids.filter(isActor);
  const folded = new Set(
    scene.lines.filter((line) => isActor(line.a) && isActor(line.b)).flatMap((line) => line.events),
  );
  const alone = (id) => passes(id) && events[id].parties.length === 1 && scene.ids.includes(events[id].parties[0][0]);
  events.filter((event) => scene.drawn.includes(event.id) || alone(event.id)).forEach((event) => folded.add(event.id));
  const lines = scene.lines.filter((line) => isActor(line.a) && isActor(line.b)).length;
  const text = say("status", actors.length, total.person + total.agency, lines, total.links, folded.size, total.events);
  byId("status").textContent = text;
  byId("status").title = say("status_more");
  canvasBox.setAttribute("aria-label", text);
}

function toggleKind(kind) {
  changeScene((draft) => (draft.kinds[kind] = !draft.kinds[kind]));
  refresh();
  if (state.scene.kinds[kind]) fitView();
}

// The shortest way from one to another over posts and shared events, told step by step with the sentences.

/** The nodes along a shortest way, or null; mere "part of" does not count, filters do. */
function shortest(from, to) {
  const came = new Map([[from, -1]]);
  for (let edge = [from]; edge.length && !came.has(to);) {
    const next = [];
    for (const id of edge) {
      for (const link of linksOf[id]) {
        const other = link.a === id ? link.b : link.a;
        if (came.has(other) || !isActor(other) || !(link.posts.some(postPasses) || link.events.some(passes))) continue;
        came.set(other, id);
        next.push(other);
      }
    }
    edge = next;
  }
  if (!came.has(to)) return null;
  const way = [to];
  while (way[0] !== from) way.unshift(came.get(way[0]));
  return way;
}

function pathSteps({ from, to }) {
  const way = shortest(from, to) || [];
  return way.slice(1).map((id, n) => ({ a: way[n], b: id }));
}

function pathPanel({ from, to }) {
  const steps = pathSteps({ from, to });
  const head = el(
    "header",
    { class: "title pair" },
    el("p", { class: "kind" }, say("path"), steps.length ? ` · ${say("path_steps", steps.length)}` : ""),
    el("h2", null, nodeLink(from), el("span", { class: "dash" }, "→"), nodeLink(to)),
    el("button", { class: "close", "aria-label": say("close"), onclick: () => select(null) }, "×"),
  );
  if (!steps.length) return [head, el("p", { class: "hint" }, say("nowhere_path", nodes[from].label, nodes[to].label))];
  return [
    head,
    el(
      "ol",
      { class: "ladder" },
      steps.map(({ a, b }) => {
        const link = linkByKey.get(keyOf(a, b));
        const held = link.posts.filter(postPasses),
          together = link.events.filter(passes).sort(byDay);
        return el(
          "li",
          null,
          el("p", { class: "claim" }, nodeLink(a), el("span", { class: "dash" }, "—"), nodeLink(b)),
          el("ul", { class: "facts" }, held.length ? postBox(held[0], null) : eventBox(together[0], [a, b])),
        );
      }),
    ),
  ];
}

/** Asks for the other end. */
function askPath(id) {
  aimSearch(id);
  searchBox.focus();
}

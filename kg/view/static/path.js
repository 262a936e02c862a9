// The shortest ways from one to another over posts and shared events, told step by step with the sentences.
const MOST_WAYS = 3;

/** Whether a line is a way to go: mere "part of" does not count, filters do. */
const isWay = (link) => link.posts.some(postPasses) || link.events.some(passes);

/** The nodes along the shortest ways, at most three, the strongest first; none where nothing connects the two. */
function shortestWays(from, to) {
  const before = new Map([[from, []]]);
  for (let edge = [from]; edge.length && !before.has(to);) {
    const next = new Map();
    for (const id of edge) {
      for (const link of linksOf[id]) {
        const other = link.a === id ? link.b : link.a;
        if (before.has(other) || !isActor(other) || !isWay(link)) continue;
        if (!next.has(other)) next.set(other, []);
        next.get(other).push(id);
      }
    }
    next.forEach((parents, id) => before.set(id, parents));
    edge = [...next.keys()];
  }
  if (!before.has(to)) return [];
  // Parents stand strongest first; a hundred ways are enough to choose from.
  let ways = [[to]];
  while (ways[0][0] !== from) ways = ways.flatMap((way) => before.get(way[0]).map((id) => [id, ...way])).slice(0, 100);
  const strength = (way) => way.slice(1).reduce((sum, id, n) => sum + linkByKey.get(keyOf(way[n], id)).weight, 0);
  return ways.sort((a, b) => strength(b) - strength(a)).slice(0, MOST_WAYS);
}

const stepsOf = (way) => way.slice(1).map((id, n) => ({ a: way[n], b: id }));
const pathSteps = ({ from, to }) => stepsOf(shortestWays(from, to)[0] || []);

/** A ladder: each step with the post or the event that makes it. */
function ladder(way) {
  const steps = stepsOf(way).map(({ a, b }) => {
    const link = linkByKey.get(keyOf(a, b));
    const held = link.posts.filter(postPasses),
      together = link.events.filter(passes).sort(byDay);
    return el(
      "li",
      null,
      el("p", { class: "claim" }, nodeLink(a), el("span", { class: "dash" }, "—"), nodeLink(b)),
      el("ul", { class: "facts" }, held.length ? postBox(held[0], null) : eventBox(together[0], [a, b])),
    );
  });
  return el("ol", { class: "ladder" }, steps);
}

function pathPanel({ from, to }) {
  const [way, ...others] = shortestWays(from, to);
  const head = el(
    "header",
    { class: "title pair" },
    el("p", { class: "kind" }, say("path"), way ? ` · ${say("path_steps", way.length - 1)}` : ""),
    el("h2", null, nodeLink(from), el("span", { class: "dash" }, "→"), nodeLink(to)),
    el("button", { class: "close", "aria-label": say("close"), onclick: () => select(null) }, "×"),
  );
  if (!way) return [head, el("p", { class: "hint" }, say("nowhere_path", nodes[from].label, nodes[to].label))];
  const between = (other) => other.slice(1, -1).map((id) => nodes[id].label);
  const also = (other) => el("summary", null, say("path_also", between(other).join("、")));
  return [head, ladder(way), ...others.map((other) => el("details", { class: "also" }, also(other), ladder(other)))];
}

/** Asks for the other end. */
function askPath(id) {
  aimSearch(id);
  searchBox.focus();
}

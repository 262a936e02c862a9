// The address: what is looked at, what is filtered, what was added or hidden. It can be kept, sent and returned to.
const plainPart = (text) => text.replace(/[%?#&~,\s]/g, encodeURIComponent);
const short = (id) =>
  addressOf(id) === `${nodes[id].kind}/${nodes[id].label}` &&
  nodes[id].kind === "person" &&
  !nodes[id].label.includes("/")
    ? nodes[id].label
    : null;

function targetAddress(target) {
  if (!target) return "";
  if (target.type === "node") return plainPart(addressOf(target.id));
  if (target.type === "line") return `line/${plainPart(addressOf(target.a))}~${plainPart(addressOf(target.b))}`;
  if (target.type === "event") return `event/${plainPart(events[target.id].slug)}`;
  if (target.type === "article")
    return `article/${plainPart(articles[target.id].page)}/${articles[target.id].position}`;
  if (target.type === "path" && short(target.from) && short(target.to))
    return `path/${plainPart(short(target.from))}/${plainPart(short(target.to))}`;
  if (target.type === "path") return `path/${plainPart(addressOf(target.from))}~${plainPart(addressOf(target.to))}`;
  return plainPart(target.name);
}

/** The address of a target, the filters and the view with it; what is as at the start is left out. */
function hashOf(target) {
  const { level, added, removed, only, unfolded, kinds } = state.scene;
  const list = (ids, address) => (ids && ids.length ? ids.map((id) => plainPart(address(id))).join(",") : "");
  const event = (id) => events[id].slug;
  const first = FIRST().kinds;
  const fields = {
    view: state.view === "graph" ? "" : state.view,
    lang: language === "zh" ? "" : language,
    since: state.since,
    until: state.until,
    undated: state.undated ? "" : "0",
    not: state.types.join(","),
    agency: list(state.agencies, addressOf),
    unread: state.papers.map(plainPart).join(","),
    level: level ? String(level) : "",
    with: list(added, addressOf),
    without: list(removed, addressOf),
    only: list(only, addressOf),
    unfold: list(unfolded, event),
    kinds: Object.keys(first)
      .filter((kind) => kinds[kind] !== first[kind])
      .join(","),
    at:
      target && target.type === "article" && target.quote !== undefined
        ? String(quotesOf(target.id).indexOf(target.quote))
        : "",
  };
  const query = Object.entries(fields)
    .filter(([, value]) => value)
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
  return `#${targetAddress(target)}${query ? `?${query}` : ""}`;
}
const quotesOf = (article) =>
  book.quotes
    .map((quote, n) => [quote[0], n])
    .filter(([id]) => id === article)
    .map(([, n]) => n);

let written = null;
function writeAddress(push) {
  const hash = hashOf(state.selected);
  if (hash === written) return;
  const change = push && written !== null ? "pushState" : "replaceState";
  history[change](null, "", hash === "#" && !location.hash ? location.href : hash);
  written = hash;
}

const decoded = (text) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

function parseTarget(address) {
  if (!address) return null;
  const [kind, ...rest] = address.split("/");
  const tail = rest.join("/");
  const unknown = { type: "unknown", name: decoded(address) };
  if (kind === "event") {
    const id = eventByAddress.get(decoded(tail)) ?? events.findIndex((event) => event.label === decoded(tail));
    return id >= 0 ? { type: "event", id } : unknown;
  }
  if (kind === "article") {
    const id = articles.findIndex((article) => decoded(tail) === `${article.page}/${article.position}`);
    return id >= 0 ? { type: "article", id } : unknown;
  }
  if (kind === "line" || kind === "path") {
    const ends = (tail.includes("~") ? tail.split("~") : tail.split("/")).map((end) => findNode(decoded(end)));
    if (ends.length !== 2 || ends.includes(-1)) return unknown;
    return kind === "line" ? { type: "line", a: ends[0], b: ends[1] } : { type: "path", from: ends[0], to: ends[1] };
  }
  const id = findNode(decoded(address));
  return id >= 0 ? { type: "node", id } : unknown;
}

/** Brings the page to the state that an address names; unknown parts are passed over. */
function readAddress(hash) {
  const [address, query = ""] = hash.replace(/^#/, "").split("?");
  const fields = new Map(
    query
      .split("&")
      .filter(Boolean)
      .map((field) => [field.split("=")[0], field.slice(field.indexOf("=") + 1)]),
  );
  const list = (name, look) =>
    fields.get(name)
      ? fields
          .get(name)
          .split(",")
          .map((part) => look(decoded(part)))
          .filter((id) => id !== undefined && id >= 0)
      : [];
  const draft = FIRST();
  draft.level = Math.min(LEVELS.length - 1, Number(fields.get("level")) || 0);
  draft.added = list("with", findNode);
  draft.removed = list("without", findNode);
  draft.only = fields.get("only") ? list("only", findNode) : null;
  draft.unfolded = list("unfold", (slug) => eventByAddress.get(slug));
  for (const kind of (fields.get("kinds") || "").split(","))
    if (kind in draft.kinds) draft.kinds[kind] = !draft.kinds[kind];
  language = fields.get("lang") === "en" ? "en" : "zh";
  const day = (name) => (/^\d{4}(-\d\d){0,2}$/.test(fields.get(name) || "") ? fields.get(name) : "");
  const view = fields.get("view") in views ? fields.get("view") : "graph";
  Object.assign(state, {
    scene: draft,
    view,
    since: day("since"),
    until: day("until"),
    undated: fields.get("undated") !== "0",
    types: (fields.get("not") || "").split(",").filter((type) => type in book.types),
    agencies: list("agency", findNode).filter((id) => nodes[id].kind === "agency"),
    papers: (fields.get("unread") || "").split(",").filter(Boolean).map(decoded),
    selected: parseTarget(address),
  });
  if (state.selected && state.selected.type === "article" && fields.has("at"))
    state.selected.quote = quotesOf(state.selected.id)[Number(fields.get("at"))];
  written = null;
  drawWords();
  refresh({ push: false });
}

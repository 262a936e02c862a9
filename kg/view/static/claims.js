// How a fact is told: its claim, its day, its parties, and the sentence with where it was printed.
const roleWord = (role) =>
  say({ Lead: "lead", Organizer: "organizer", Participant: "participant", Recipient: "recipient" }[role]);
const glyph = (kind) => el("span", { class: `glyph ${kind}`, "aria-hidden": "true" });

/** A name that leads to its dossier. */
function nodeLink(id, ...after) {
  return el(
    "a",
    { class: `name ${nodes[id].kind}`, href: hashOf({ type: "node", id }), onclick: follow({ type: "node", id }) },
    glyph(nodes[id].kind),
    el("bdi", null, nodes[id].label),
    ...after,
  );
}
const follow = (target) => (event) => {
  if (event.metaKey || event.ctrlKey) return;
  event.preventDefault();
  select(target, { reveal: true, focus: true });
};

/** One sentence with where it was printed. */
function quoteBox(quote, names) {
  const article = articleOf(quote);
  const source =
    article &&
    el(
      "a",
      {
        class: "source",
        href: hashOf({ type: "article", id: article.id, quote }),
        onclick: follow({ type: "article", id: article.id, quote }),
      },
      sourceText(article),
    );
  const cite =
    article &&
    el(
      "button",
      { class: "bare cite", onclick: (event) => copyText(citation(quote), event.currentTarget) },
      say("cite"),
    );
  return el(
    "blockquote",
    { class: "quote" },
    el("p", { class: "sentence" }, withNames(sentence(quote), names)),
    el("footer", null, source, cite),
  );
}
function sourceText(article) {
  const parts = [article.paper, article.day, article.headline ? `《${clean(article.headline)}》` : article.page];
  return parts.filter(Boolean).join(" ");
}
function citation(quote) {
  const article = articleOf(quote);
  const number = article.number ? say("issue", article.number) : "";
  return `“${sentence(quote)}” ${sourceText(article)} ${[number, article.page].filter(Boolean).join(", ")}`.trim();
}
function copyText(text, button) {
  const told = () => {
    button.textContent = say("cited");
    setTimeout(() => (button.textContent = say("cite")), 1500);
  };
  const area = el("textarea", { class: "away", "aria-hidden": "true" }, text);
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
  told();
}

/** The sentences behind a fact: the first in sight, the others folded. */
function quotesBox(quotes, names) {
  const [first, ...rest] = quotes;
  if (first === undefined) return null;
  const others = rest.length
    ? el(
        "details",
        null,
        el("summary", null, say("more_sentences", rest.length)),
        rest.map((quote) => quoteBox(quote, names)),
      )
    : null;
  return [quoteBox(first, names), others];
}

const formsOf = (ids) => ids.flatMap((id) => [nodes[id].label, ...nodes[id].names]);

function postBox(id, standing) {
  const post = posts[id];
  const title =
    standing === post.agency
      ? [nodeLink(post.person), " ", el("b", null, post.role)]
      : [el("b", null, el("bdi", null, postText(post)))];
  if (standing === null) title.unshift(nodeLink(post.person), " ");
  const days =
    post.first &&
    (post.first === post.last || !post.last
      ? say("seen", dayText(post.first, years))
      : say("seen_span", dayText(post.first, years), dayText(post.last, years)));
  const turns = [
    post.appointed && say("appointed", dayText(post.appointed, years)),
    post.removed && say("removed", dayText(post.removed, years)),
  ];
  const note = [post.agency < 0 && say("post_no_agency"), days, ...turns].filter(Boolean).join(" · ");
  const names = [...formsOf([post.person, ...(post.agency < 0 ? [] : [post.agency])]), post.role];
  return el(
    "li",
    { class: "fact post" },
    el("p", { class: "claim" }, title),
    el("p", { class: "note" }, note),
    quotesBox(post.quotes, names),
  );
}

/** Each sentence once, those that name most of whom it is about first, else as printed. */
function tellingFirst(quotes, about) {
  const named = (quote) => about.filter((id) => formsOf([id]).some((name) => sentence(quote).includes(name))).length;
  return [...new Set(quotes)].sort((a, b) => named(b) - named(a) || a - b);
}

/** An event with its parties; `standing` (a node) is told by its role instead. */
function eventBox(id, standing = []) {
  const event = events[id];
  const own = event.parties.filter((party) => standing.includes(party[0]));
  const others = standing.length > 1 ? event.parties : event.parties.filter((party) => !standing.includes(party[0]));
  const role = standing.length === 1 && own.length ? el("span", { class: "role" }, roleWord(own[0][1])) : null;
  const quotes = tellingFirst([...own.flatMap((party) => party[2]), ...event.quotes], standing);
  const shownParties = others
    .slice(0, 12)
    .map(([actor, how]) => nodeLink(actor, how === "Participant" ? null : el("small", null, roleWord(how))));
  const unseen = Math.max(0, others.length - 12) + event.absent;
  const rest = unseen ? el("span", { class: "note" }, `+${unseen}`) : null;
  return el(
    "li",
    { class: "fact event" },
    el(
      "p",
      { class: "note" },
      el("time", { datetime: event.begin || null }, eventDay(event)),
      " · ",
      typeName(event.type),
      role && [" · ", role],
    ),
    el(
      "p",
      { class: "claim" },
      el(
        "a",
        { class: "name event", href: hashOf({ type: "event", id }), onclick: follow({ type: "event", id }) },
        glyph("event"),
        el("bdi", null, event.label),
      ),
    ),
    others.length || event.places.length
      ? el(
          "p",
          { class: "chips" },
          shownParties,
          rest,
          event.places.map((place) => nodeLink(place)),
        )
      : null,
    quotesBox(quotes, formsOf(own.length ? own.map((party) => party[0]) : event.parties.map((party) => party[0]))),
  );
}

/** A titled list that shows its first entries and unfolds the rest on demand. */
function listOf(title, entries, draw, first = 12) {
  if (!entries.length) return null;
  const list = el("ul", { class: "facts" }, entries.slice(0, first).map(draw));
  const grow = el(
    "button",
    {
      class: "grow",
      onclick: () => {
        const at = list.children.length;
        list.append(...entries.slice(at, at + 40).map(draw));
        if (list.children.length >= entries.length) grow.remove();
        else grow.textContent = say("more_rows", Math.min(40, entries.length - list.children.length));
      },
    },
    say("more_rows", Math.min(40, entries.length - first)),
  );
  return el(
    "section",
    null,
    el("h3", null, title, el("span", { class: "count" }, String(entries.length))),
    list,
    entries.length > first ? grow : null,
  );
}

/** Who shares events with a node, most often first: the events that pass the filter are counted. */
function company(id) {
  const seen = linksOf[id].map((link) => [link.a === id ? link.b : link.a, link.events.filter(passes).length]);
  return seen.filter(([other, count]) => count && isActor(other)).sort((x, y) => y[1] - x[1] || x[0] - y[0]);
}

const chipList = (title, entries, draw) =>
  entries.length
    ? el(
        "section",
        null,
        el("h3", null, title, el("span", { class: "count" }, String(entries.length))),
        foldChips(entries.map(draw)),
      )
    : null;
function foldChips(chips) {
  const box = el("p", { class: "chips" }, chips.slice(0, 24));
  if (chips.length > 24)
    box.append(
      el(
        "button",
        { class: "bare", onclick: (event) => (event.currentTarget.remove(), box.append(...chips.slice(24))) },
        `+${chips.length - 24}`,
      ),
    );
  return box;
}

// The side panel: who this is, what was held and done, and for each fact the sentence that says so.
const panelBox = document.getElementById("panel");

function nodePanel(id) {
  const node = nodes[id];
  const mine = eventsOf[id].filter(passes).sort(byDay),
    held = postsOf[id].filter(postPasses),
    kept = postsAt[id].filter(postPasses);
  const visited = [...new Set(mine.flatMap((event) => events[event].places))];
  const here = eventsAt[id].filter(passes).sort(byDay);
  const silent = !eventsOf[id].length && !postsOf[id].length && !postsAt[id].length && !eventsAt[id].length;
  const gone = !silent && !mine.length && !held.length && !kept.length && !here.length;
  return [
    title(node.kind, node.label, node.category ? node.category[language === "zh" ? 0 : 1] : null),
    node.names.length
      ? el(
          "p",
          { class: "note" },
          say("aliases"),
          " ",
          node.names.map((name) => el("bdi", { class: "alias" }, clean(name))),
        )
      : null,
    node.parent >= 0
      ? el(
          "p",
          { class: "note" },
          say("parent"),
          " ",
          nodeLink(node.parent),
          node.known ? el("small", null, say("lexicon")) : null,
        )
      : null,
    nodeActions(id),
    silent ? el("p", { class: "hint" }, say("mention_only")) : null,
    gone ? el("p", { class: "hint" }, say("out_of_date")) : null,
    listOf(say("posts"), held, (post) => postBox(post)),
    listOf(say("members"), kept, (post) => postBox(post, id), 8),
    listOf(say("events_of"), mine, (event) => eventBox(event, [id])),
    listOf(say("events_here"), here, (event) => eventBox(event)),
    chipList(say("company"), company(id), ([other, count]) =>
      el(
        "a",
        {
          class: `name ${nodes[other].kind}`,
          href: hashOf({ type: "line", a: id, b: other }),
          onclick: follow({ type: "line", a: id, b: other }),
        },
        glyph(nodes[other].kind),
        el("bdi", null, nodes[other].label),
        el("small", null, String(count)),
      ),
    ),
    chipList(say("places"), visited, (place) => nodeLink(place)),
    chipList(say("parts"), partsOf[id], (part) => nodeLink(part)),
    articleList(say("signed"), node.signed),
    articleList(say("articles"), node.mentioned),
  ];
}
const articleLine = (id) =>
  el(
    "li",
    null,
    el(
      "a",
      { href: hashOf({ type: "article", id }), onclick: follow({ type: "article", id }) },
      sourceText(articles[id]),
    ),
  );
const articleList = (name, ids) => listOf(name, ids, articleLine, 5);

function title(kind, label, note) {
  return el(
    "header",
    { class: "title" },
    el("p", { class: "kind" }, glyph(kind), note || say(`${kind}_one`)),
    el("h2", { class: label.length > 60 ? "long" : "" }, el("bdi", null, label)),
    el("button", { class: "close", "aria-label": say("close"), onclick: () => select(null) }, "×"),
  );
}

function nodeActions(id) {
  const missing = missingNeighbours(id).length;
  return el(
    "p",
    { class: "actions" },
    missing
      ? el("button", { onclick: () => expand(id) }, say("expand_n", Math.min(12, missing)), el("kbd", null, "E"))
      : null,
    scene.ids.includes(id)
      ? el("button", { onclick: () => hide(id) }, say("hide"), el("kbd", null, "X"))
      : el("button", { onclick: () => bring(id) }, say("on_map")),
    el("button", { onclick: () => onlyThis(id) }, say("only"), el("kbd", null, "O")),
    isActor(id) ? el("button", { onclick: () => askPath(id) }, say("path"), el("kbd", null, "P")) : null,
  );
}

function linePanel(a, b) {
  const link = linkByKey.get(keyOf(a, b)) || { posts: [], events: [], part: false };
  const together = link.events.filter(passes).sort(byDay),
    held = link.posts.filter(postPasses);
  const open = together.filter((id) => state.scene.unfolded.includes(id));
  return [
    el(
      "header",
      { class: "title pair" },
      el("p", { class: "kind" }, say("lines")),
      el("h2", null, nodeLink(a), el("span", { class: "dash" }, "—"), nodeLink(b)),
      el("button", { class: "close", "aria-label": say("close"), onclick: () => select(null) }, "×"),
    ),
    together.length
      ? el(
          "p",
          { class: "actions" },
          open.length
            ? el("button", { onclick: () => foldEvents(open) }, say("fold_back"))
            : el("button", { onclick: () => unfold(together) }, say("unfold")),
        )
      : null,
    link.part ? el("section", null, el("h3", null, say("line_part")), partBox(a, b)) : null,
    listOf(say("posts"), held, (post) => postBox(post)),
    listOf(say("events_of"), together, (event) => eventBox(event, [a, b]), 30),
    !together.length && !held.length && !link.part ? el("p", { class: "hint" }, say("out_of_date")) : null,
  ];
}
function partBox(a, b) {
  const [child, above] = nodes[a].parent === b ? [a, b] : [b, a];
  return el(
    "p",
    { class: "claim" },
    nodeLink(child),
    " ⊂ ",
    nodeLink(above),
    nodes[child].known ? el("small", null, say("lexicon")) : null,
  );
}

function eventPanel(id) {
  const event = events[id];
  const unfolded = scene.drawn.includes(id),
    words = formsOf(event.parties.map((party) => party[0]));
  const quotes = [...new Set([...event.quotes, ...event.parties.flatMap((party) => party[2])])];
  const when = event.printed && event.printed !== event.begin ? ` (${say("printed", event.printed)})` : "";
  return [
    title("event", event.label, `${typeName(event.type)} · ${eventDay(event)}${when}`),
    el(
      "p",
      { class: "actions" },
      unfolded
        ? el("button", { onclick: () => foldEvents([id]) }, say("fold_back"))
        : el("button", { onclick: () => unfold([id]) }, say("on_map")),
    ),
    chipList(say("parties"), event.parties, ([actor, role]) => nodeLink(actor, el("small", null, roleWord(role)))),
    chipList(say("place"), event.places, (place) => nodeLink(place)),
    el(
      "section",
      null,
      el("h3", null, say("sentence"), el("span", { class: "count" }, String(quotes.length))),
      quotes.map((quote) => quoteBox(quote, words)),
    ),
  ];
}

/** An article with the sentence in question marked, where the text as printed has it. */
function articlePanel(id, quote) {
  const article = articles[id];
  const pieces = quote === undefined ? [] : book.quotes[quote].slice(1);
  const facts = articleFacts(id);
  return [
    el(
      "header",
      { class: "title" },
      el(
        "p",
        { class: "kind" },
        [article.paper, article.day && dayText(article.day), article.number && say("issue", article.number)]
          .filter(Boolean)
          .join(" · "),
      ),
      article.kicker ? el("p", { class: "kicker" }, marked(article.kicker, pieces)) : null,
      el("h2", { class: "headline" }, article.headline ? marked(article.headline, pieces) : article.page),
      el("button", { class: "close", "aria-label": say("close"), onclick: () => history.back() }, "×"),
    ),
    el("p", { class: "note" }, article.page, article.position ? ` · ${article.position}` : ""),
    article.body
      ? el(
          "article",
          { class: "body" },
          article.body.split("\n").map((line) => el("p", null, marked(line, pieces))),
        )
      : el("p", { class: "hint" }, say("body_absent")),
    listOf(say("events_of"), facts, (event) => eventBox(event), 6),
  ];
}
const articleFacts = (id) =>
  events
    .map((event) => event.id)
    .filter((event) => events[event].quotes.some((quote) => book.quotes[quote][0] === id))
    .sort(byDay);
/** A line of an article; pieces found in it, or the whole line where it lies within a piece, are marked. */
function marked(line, pieces) {
  const parts = pieces.map((piece) => piece.trim()).filter(Boolean);
  if (line && parts.some((piece) => piece.includes(line))) return [el("mark", null, line)];
  const piece =
    parts.find((candidate) => line.includes(candidate)) ||
    parts
      .flatMap((p) => p.split("\n"))
      .map((p) => p.trim())
      .find((p) => p.length > 3 && line.includes(p));
  if (!piece) return [line];
  const at = line.indexOf(piece);
  return [line.slice(0, at), el("mark", null, piece), line.slice(at + piece.length)];
}

function overviewPanel() {
  const best = (kind) =>
    nodes.filter((node) => node.kind === kind && (isJoined(node.id) || !ranked.length)).slice(0, 10);
  const row = (node) => el("li", { class: "who" }, nodeLink(node.id), el("span", { class: "note" }, headline(node.id)));
  const latest = events
    .map((event) => event.id)
    .filter((id) => events[id].begin && passes(id))
    .sort((a, b) => byDay(b, a));
  const group = (key, entries) =>
    entries.length
      ? el("section", null, el("h3", null, say(key)), el("ul", { class: "facts roster" }, entries.map(row)))
      : null;
  return [
    el("header", { class: "title" }, el("p", { class: "kind" }, say("about")), el("h2", null, say("overview"))),
    book.choice ? el("p", { class: "hint" }, choiceText()) : null,
    el(
      "details",
      { class: "help", open: true },
      el("summary", null, say("help")),
      el("p", null, say("help_body")),
      el("p", { class: "note keys" }, say("help_keys")),
    ),
    group("who_is_who", best("person")),
    group("which_agencies", best("agency")),
    listOf(say("recent"), latest, (event) => eventBox(event), 3),
  ];
}

function unknownPanel(name) {
  return [
    el("header", { class: "title" }, el("h2", null, say("not_found", clean(name).slice(0, 80)))),
    el(
      "section",
      null,
      el("h3", null, say("nearest")),
      el(
        "p",
        { class: "chips" },
        nearest(name).map((id) => nodeLink(id)),
      ),
    ),
  ];
}

function drawPanel() {
  const chosen = state.selected;
  const content = !chosen
    ? overviewPanel()
    : {
        node: () => nodePanel(chosen.id),
        line: () => linePanel(chosen.a, chosen.b),
        event: () => eventPanel(chosen.id),
        article: () => articlePanel(chosen.id, chosen.quote),
        path: () => pathPanel(chosen),
        unknown: () => unknownPanel(chosen.name),
      }[chosen.type]();
  panelBox.replaceChildren(...content.flat().filter(Boolean));
  panelBox.scrollTop = 0;
  panelBox.classList.toggle("chosen", Boolean(chosen));
  const mark = chosen && chosen.type === "article" && panelBox.querySelector("mark");
  if (mark) panelBox.scrollTop = Math.max(0, mark.offsetTop - 120);
}

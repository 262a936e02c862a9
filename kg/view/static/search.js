// Search: inclusion over labels, other forms, posts and events, then pinyin; near names when nothing is found.
const searchBox = document.getElementById("search"),
  hitsBox = document.getElementById("hits");
let hits = [],
  active = -1,
  searchAim = null;

const fold = (text) => text.toLowerCase().replace(/\s+/g, "");
const searchable = [
  ...nodes.map((node) => ({
    target: { type: "node", id: node.id },
    kind: node.kind,
    label: node.label,
    key: fold(node.label),
    other: node.names.map(fold),
    also: fold(postsOf[node.id].map((post) => postText(posts[post])).join(" ")),
    order: node.id,
  })),
  ...events.map((event) => ({
    target: { type: "event", id: event.id },
    kind: "event",
    label: event.label,
    key: fold(event.label),
    other: [],
    also: "",
    order: nodes.length + event.id,
  })),
];

function rank(entry, wanted, typed) {
  if (entry.key === wanted) return 0;
  if (entry.other.includes(wanted)) return 1;
  if (entry.key.startsWith(wanted)) return 2;
  if (entry.key.includes(wanted)) return 3;
  if (entry.other.some((name) => name.includes(wanted))) return 4;
  if (entry.also.includes(wanted)) return 5;
  if (!typed) return 9;
  let best = spelled(entry.key, typed);
  for (const name of entry.other) best = Math.min(best, spelled(name, typed) + 1);
  return best;
}

/** What may be pinyin of what is typed: small Latin letters with digits and Chinese characters between them. */
const asPinyin = (wanted) => (/[a-zü]/.test(wanted) ? wanted.replace(/['’]/g, "").replaceAll("ü", "v") : "");

const readings = new Map(Object.entries(book.pinyin).map(([character, read]) => [character, read.split(" ")]));
const initials = new Map([...readings].map(([character, read]) => [character, read.map((r) => r[0]).join("")]));

/** Whether the name is spelled by what is typed, read chaiwei, cw or cwei: all of it 2, from its start 3, within 6. */
function spelled(name, wanted) {
  for (let at = 0; at < name.length; at++) {
    if (name[at] !== wanted[0] && !initials.get(name[at])?.includes(wanted[0])) continue;
    const end = spellFrom(name, at, wanted, 0);
    if (end) return at ? 6 : end === name.length ? 2 : 3;
  }
  return 9;
}

/** How far in the name the rest of what is typed reaches, 0 if it is not read so: by syllables or initials. */
function spellFrom(name, at, wanted, from) {
  if (from === wanted.length) return at;
  if (at === name.length) return 0;
  if (name[at] === wanted[from]) return spellFrom(name, at + 1, wanted, from + 1);
  for (const reading of readings.get(name[at]) || []) {
    if (reading[0] !== wanted[from]) continue;
    let length = 1;
    while (length < reading.length && reading[length] === wanted[from + length]) length++;
    for (; length; length--) {
      // A syllable is typed whole, as its initial (zh and z), or is the last and not yet finished.
      const initial = length === 1 || (length === 2 && reading[1] === "h");
      if (length < reading.length && !initial && from + length < wanted.length) continue;
      const end = spellFrom(name, at + 1, wanted, from + length);
      if (end) return end;
    }
  }
  return 0;
}

/** The best entries for what is typed, at most twelve. */
function find(text) {
  const wanted = fold(text);
  if (!wanted) return [];
  const typed = asPinyin(wanted);
  const found = searchable
    .map((entry) => [rank(entry, wanted, typed) + (entry.kind === "event" ? 0.5 : 0), entry])
    .filter(([grade]) => grade < 9);
  return found
    .sort((a, b) => a[0] - b[0] || a[1].order - b[1].order)
    .slice(0, 12)
    .map(([, entry]) => entry);
}

/** Five nodes whose names come near, or are read nearly so: fewest edits, then shared characters. */
function nearest(text) {
  const wanted = fold(text.replace(/^(person|agency|place)\//, "")).slice(0, 40);
  const said = /^[a-zü' ’]+$/.test(wanted);
  const read = (name) => (said ? [...name].map((c) => (readings.get(c) || [c])[0]).join("") : name);
  const score = (name) =>
    edits(fold(read(name)).slice(0, 40), wanted) - 0.1 * [...new Set(wanted)].filter((c) => name.includes(c)).length;
  const graded = nodes.map((node) => [Math.min(...[node.label, ...node.names].map(score)), node.id]);
  return graded
    .sort((a, b) => a[0] - b[0] || a[1] - b[1])
    .slice(0, 5)
    .map(([, id]) => id);
}

function edits(a, b) {
  let row = [...Array(b.length + 1).keys()];
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length];
}

function drawHits() {
  const text = searchBox.value.trim();
  hits = find(text);
  active = hits.length ? 0 : -1;
  const none = text && !hits.length;
  const near = none ? nearest(text).map((id) => searchable[id]) : [];
  const rows = [...hits, ...near].map((entry, n) =>
    el(
      "li",
      {
        role: "option",
        id: `hit-${n}`,
        "aria-selected": String(n === active),
        onmousedown: (event) => (event.preventDefault(), choose(entry)),
      },
      glyph(entry.kind),
      el("bdi", { class: "hit" }, entry.label),
      el("small", null, hintFor(entry, fold(text))),
    ),
  );
  if (none) {
    rows.unshift(
      el(
        "li",
        { class: "none", role: "presentation" },
        say("search_none", clean(text).slice(0, 40)),
        el("small", null, say("nearest")),
      ),
    );
    hits = near;
  }
  hitsBox.replaceChildren(...rows);
  hitsBox.hidden = !rows.length;
  searchBox.setAttribute("aria-expanded", String(!hitsBox.hidden));
  markActive();
}

function hintFor(entry, wanted) {
  if (entry.kind === "event") return eventDay(events[entry.target.id]);
  const alias = nodes[entry.target.id].names.find((name) => fold(name).includes(wanted));
  return alias && !entry.key.includes(wanted) ? alias : headline(entry.target.id);
}

function markActive() {
  [...hitsBox.querySelectorAll("[role=option]")].forEach((row, n) =>
    row.setAttribute("aria-selected", String(n === active)),
  );
  if (active >= 0) searchBox.setAttribute("aria-activedescendant", `hit-${active}`);
  else searchBox.removeAttribute("aria-activedescendant");
}

function closeHits() {
  hitsBox.hidden = true;
  searchBox.setAttribute("aria-expanded", "false");
  searchBox.removeAttribute("aria-activedescendant");
}

function choose(entry) {
  closeHits();
  searchBox.value = "";
  searchBox.blur();
  const from = searchAim;
  aimSearch(null);
  if (from !== null && entry.target.type === "node")
    return select({ type: "path", from, to: entry.target.id }, { focus: true });
  if (entry.target.type === "node") bring(entry.target.id, true);
  else select(entry.target, { focus: true });
}

/** Makes the next search the other end of a path. */
function aimSearch(from) {
  searchAim = from;
  searchBox.placeholder = from === null ? say("search") : say("path_from", nodes[from].label, "");
  searchBox.classList.toggle("aiming", from !== null);
}

searchBox.addEventListener("input", drawHits);
searchBox.addEventListener("focus", () => searchBox.value && drawHits());
searchBox.addEventListener("blur", closeHits);
searchBox.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (hits.length) active = (active + (event.key === "ArrowDown" ? 1 : -1) + hits.length) % hits.length;
    markActive();
  } else if (event.key === "Enter") {
    const entry = hits[active];
    if (entry) choose(entry);
  } else if (event.key === "Escape") {
    searchBox.value = "";
    aimSearch(null);
    closeHits();
    searchBox.blur();
  }
});

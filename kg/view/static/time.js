// Days: bars of how many events each day, month or year has, two handles, a player, and a switch for the undated.
const timeBox = document.getElementById("time");
const dated = events
  .filter((event) => event.begin)
  .map((event) => event.begin)
  .sort();
const addDays = (iso, count) => new Date(Date.parse(iso) + count * 86400000).toISOString().slice(0, 10);
const daysBetween = (a, b) => Math.round((Date.parse(b) - Date.parse(a)) / 86400000);
const MOST_DAYS = 62,
  MOST_MONTHS = 180;

/** The slots of the scale, each with its first and last day: days while they are few, else months, else years. */
function makeSlots() {
  if (!dated.length) return [];
  const first = dated[0],
    last = dated.at(-1),
    days = daysBetween(first, last) + 1;
  if (days <= MOST_DAYS) return [...Array(days).keys()].map((n) => [addDays(first, n), addDays(first, n)]);
  const months = [];
  const [begin, end] = [Number(first.slice(0, 4)), Number(last.slice(0, 4))];
  for (let year = begin; year <= end; year++)
    for (let month = 1; month <= 12; month++) months.push(`${year}-${String(month).padStart(2, "0")}`);
  const spanned = months.filter((month) => month >= first.slice(0, 7) && month <= last.slice(0, 7));
  if (spanned.length <= MOST_MONTHS) return spanned.map((month) => [`${month}-01`, `${month}-31`]);
  return [...Array(end - begin + 1).keys()].map((n) => [`${begin + n}-01-01`, `${begin + n}-12-31`]);
}
const slots = makeSlots();
const slotName = ([from, to]) =>
  from === to ? from : from.slice(5) === "01-01" && to.slice(5) === "12-31" ? from.slice(0, 4) : from.slice(0, 7);
const heights = slots.map(([from, to]) => dated.filter((day) => day >= from && day <= to).length);
const lastSlot = slots.length - 1;

/** The first and the last slot of the chosen days. */
function chosenSlots() {
  const from = slots.findIndex((slot) => slot[1] >= (state.since || "0"));
  const until = state.until ? slots.reduce((best, slot, n) => (slot[0] <= state.until ? n : best), 0) : lastSlot;
  return [from < 0 ? lastSlot : from, until];
}

function chooseSlots(from, until) {
  state.since = from > 0 ? slots[from][0] : "";
  state.until = until < lastSlot ? slots[until][1] : "";
  refilter();
}

/* --- playing ---------------------------------------------------------------------------------------------------- */

let playing = null;
const stillness = matchMedia("(prefers-reduced-motion: reduce)");

/** Steps through the slots that have events, then shows all again. */
function play() {
  if (playing) return stopPlaying();
  const full = [...slots.keys()].filter((n) => heights[n]);
  const [from, until] = chosenSlots();
  let at = from === until && from !== full.at(-1) ? full.findIndex((n) => n > from) : 0;
  const step = () => {
    if (at >= full.length) {
      stopPlaying();
      return chooseSlots(0, lastSlot);
    }
    chooseSlots(full[at], full[at]);
    at += 1;
  };
  playing = setInterval(step, 900);
  step();
}

function stopPlaying() {
  if (!playing) return;
  clearInterval(playing);
  playing = null;
  drawTime();
}

/* --- drawing ---------------------------------------------------------------------------------------------------- */

function timeBars() {
  const most = Math.sqrt(Math.max(...heights));
  const bars = slots.map((slot, n) => {
    // Roots, so that one busy day does not flatten all others.
    const tall = heights[n] ? Math.max(3, (24 * Math.sqrt(heights[n])) / most) : 0;
    return svg(
      "g",
      { onclick: () => (stopPlaying(), chooseSlots(n, n)) },
      svg("title", {}, `${slotName(slot)} · ${heights[n]}`),
      svg("rect", { class: "field", x: n, width: 1, y: 0, height: 24 }),
      svg("rect", { class: "bar", x: n + 0.1, width: 0.8, y: 24 - tall, height: tall }),
    );
  });
  const box = { class: "bars", viewBox: `0 0 ${slots.length} 24`, preserveAspectRatio: "none", "aria-hidden": "true" };
  return svg("svg", box, bars);
}

const timeHandle = (name, set) =>
  el("input", {
    type: "range",
    min: "0",
    max: String(lastSlot),
    "aria-label": say(name),
    oninput: (event) => {
      const chosen = Number(event.currentTarget.value);
      stopPlaying();
      set(chosen);
    },
  });

function undatedSwitch() {
  const count = events.length - dated.length;
  const change = (event) => ((state.undated = event.currentTarget.checked), refilter());
  if (!count) return "";
  const box = el("input", { type: "checkbox", class: "undated", onchange: change });
  return el("label", null, box, say("undated"), el("span", { class: "count" }, String(count)));
}

// Built once a language and then only brought up to date: a handle must not be replaced while it is dragged.
let timeParts = null;
function buildTime() {
  const low = timeHandle("from", (value) => chooseSlots(Math.min(value, chosenSlots()[1]), chosenSlots()[1]));
  const high = timeHandle("to", (value) => chooseSlots(chosenSlots()[0], Math.max(value, chosenSlots()[0])));
  const player = el("button", { class: "play", onclick: play, hidden: stillness.matches });
  const bars = timeBars();
  // The days chosen stand at both ends, always as wide, so that nothing moves below the hand that drags.
  const edges = [el("span", { class: "edge" }), el("span", { class: "edge" })];
  timeParts = { language, low, high, player, edges, slots: [...bars.children] };
  timeBox.replaceChildren(
    player,
    edges[0],
    el("div", { class: "scale" }, bars, el("div", { class: "handles" }, low, high)),
    edges[1],
    undatedSwitch(),
  );
}

function drawTime() {
  if (slots.length < 2) timeBox.replaceChildren(undatedSwitch());
  else {
    if (!timeParts || timeParts.language !== language) buildTime();
    const { low, high, player, edges } = timeParts;
    const [from, until] = chosenSlots();
    const [first, last] = [from, until].map((n) => slotName(slots[n]));
    [low.value, high.value] = [from, until];
    low.setAttribute("aria-valuetext", first);
    high.setAttribute("aria-valuetext", last);
    timeParts.slots.forEach((bar, n) => bar.setAttribute("class", n < from || n > until ? "slot out" : "slot"));
    [edges[0].textContent, edges[1].textContent] = [first, last];
    edges[0].classList.toggle("set", from > 0);
    edges[1].classList.toggle("set", until < lastSlot);
    player.textContent = playing ? "❚❚" : "▶";
    player.setAttribute("aria-label", say(playing ? "pause" : "play"));
    player.title = say(playing ? "pause" : "play");
  }
  const undated = timeBox.querySelector(".undated");
  if (undated) undated.checked = state.undated;
}

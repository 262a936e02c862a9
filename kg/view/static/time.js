// Days: bars of how many events each day or month has, two handles, and a switch for what has no date.
const timeBox = document.getElementById("time");
const dated = events
  .filter((event) => event.begin)
  .map((event) => event.begin)
  .sort();
const addDays = (iso, count) => new Date(Date.parse(iso) + count * 86400000).toISOString().slice(0, 10);
const daysBetween = (a, b) => Math.round((Date.parse(b) - Date.parse(a)) / 86400000);

/** The slots of the scale: every day while they are at most 62, else every month; each with first and last day. */
function makeSlots() {
  if (!dated.length) return [];
  const first = dated[0],
    last = dated.at(-1);
  if (!(daysBetween(first, last) > 61))
    return [...Array(daysBetween(first, last) + 1).keys()].map((n) => [addDays(first, n), addDays(first, n)]);
  const slots = [];
  for (
    let [year, month] = first.split("-").map(Number);
    `${year}-${String(month).padStart(2, "0")}` <= last.slice(0, 7) && slots.length < 240;
    month === 12 ? (year++, (month = 1)) : month++
  ) {
    const start = `${year}-${String(month).padStart(2, "0")}`;
    slots.push([`${start}-01`, `${start}-31`]);
  }
  return slots;
}
const slots = makeSlots();
const slotText = (slot, end) => (slot[0] === slot[1] ? slot[end] : slot[0].slice(0, 7));
const heights = slots.map(([from, to]) => dated.filter((day) => day >= from && day <= to).length);

function drawTime() {
  const undatedCount = events.length - dated.length;
  if (slots.length < 2) return timeBox.replaceChildren();
  const top = slots.length - 1;
  const from = Math.max(
    0,
    slots.findIndex((slot) => slot[1] >= (state.since || "0")),
  );
  const until = state.until ? slots.reduce((best, slot, n) => (slot[0] <= state.until ? n : best), 0) : top;
  const bars = svg(
    "svg",
    { class: "bars", viewBox: `0 0 ${slots.length} 20`, preserveAspectRatio: "none", "aria-hidden": "true" },
    heights.map((count, n) =>
      svg("rect", {
        class: n < from || n > until ? "bar out" : "bar",
        x: n + 0.1,
        width: 0.8,
        y: 20 - Math.max(count ? 2 : 0, (20 * count) / Math.max(...heights)),
        height: Math.max(count ? 2 : 0, (20 * count) / Math.max(...heights)),
      }),
    ),
  );
  const handle = (name, value, set) =>
    el("input", {
      type: "range",
      min: "0",
      max: String(top),
      value: String(value),
      "aria-label": say(name),
      "aria-valuetext": slotText(slots[value], name === "from" ? 0 : 1),
      oninput: (event) => set(Number(event.currentTarget.value)),
    });
  const move = (low, high) => {
    state.since = low > 0 ? slots[low][0] : "";
    state.until = high < top ? slots[high][1] : "";
    refilter();
  };
  const handles = el(
    "div",
    { class: "handles" },
    handle("from", from, (value) => move(Math.min(value, until), until)),
    handle("to", until, (value) => move(from, Math.max(value, from))),
  );
  const text =
    from === 0 && until === top ? say("all_days") : `${slotText(slots[from], 0)} – ${slotText(slots[until], 1)}`;
  const undated = undatedCount
    ? el(
        "label",
        null,
        el("input", {
          type: "checkbox",
          checked: state.undated,
          onchange: (event) => ((state.undated = event.currentTarget.checked), refilter()),
        }),
        `${say("undated")} (${undatedCount})`,
      )
    : null;
  const focusedAt = [...timeBox.querySelectorAll("input")].indexOf(document.activeElement);
  timeBox.replaceChildren(
    el("span", { class: "edge" }, slotText(slots[0], 0)),
    el("div", { class: "scale" }, bars, handles),
    el("span", { class: "edge" }, slotText(slots[top], 1)),
    el("span", { class: "window" }, text),
    undated || "",
  );
  if (focusedAt >= 0) timeBox.querySelectorAll("input")[focusedAt].focus();
}

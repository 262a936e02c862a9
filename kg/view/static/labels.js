// Labels, drawn by us: whole, at a constant size, the most wanted first, and never over a node or each other.
let labelBoxes = [];

/** A label in at most three lines of at most ten Chinese characters, as the layout reckons. */
const wrapped = new Map();
function wrap(text) {
  if (wrapped.has(text)) return wrapped.get(text);
  const all = unitsOf(text),
    rows = Math.min(3, Math.max(1, Math.ceil(all / 20))),
    limit = Math.min(20, Math.ceil(all / rows) + 1);
  const lines = [""];
  let used = 0;
  for (const character of text) {
    const width = unitsOf(character);
    if (used + width > limit && lines.length < 3) {
      lines.push("");
      used = 0;
    } else if (used + width > limit + 2) {
      lines[lines.length - 1] = lines.at(-1).slice(0, -1) + "…";
      break;
    }
    lines[lines.length - 1] += character;
    used += width;
  }
  wrapped.set(text, lines);
  return lines;
}

const FONT = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif';
const FONTS = {
  person: `600 13px ${FONT}`,
  agency: `13px ${FONT}`,
  place: `12px ${FONT}`,
  event: `12px ${FONT}`,
  number: `600 11px ${FONT}`,
};
const widths = new Map();
function measure(ctx, text, font) {
  const key = font + text;
  if (!widths.has(key)) {
    ctx.font = font;
    widths.set(key, Math.ceil(ctx.measureText(text).width));
  }
  return widths.get(key);
}

/** Everything that wants a label, the most wanted first: what is chosen or pointed at, then by importance. */
function labelWishes(bright) {
  const wishes = scene.ids.map((id) => ({
    id,
    hit: { type: "node", id },
    text: nodes[id].label,
    kind: shape(id),
    size: nodes[id].size,
  }));
  wishes.push(
    ...scene.drawn.map((id) => ({
      id: `e${id}`,
      hit: { type: "event", id },
      text: eventCaption(id),
      kind: "event",
      size: 8,
    })),
  );
  const urgency = (wish) =>
    isSelected(wish.hit)
      ? 0
      : hovered && JSON.stringify(hovered) === JSON.stringify(wish.hit)
        ? 1
        : bright && bright.has(wish.id)
          ? 2
          : scene.faded.has(wish.id)
            ? 4
            : 3;
  return wishes
    .map((wish, order) => ({
      ...wish,
      order: urgency(wish) * 10000 + order,
      dim: bright ? !bright.has(wish.id) : scene.faded.has(wish.id),
    }))
    .sort((a, b) => a.order - b.order);
}

/** 09-03 调研 +2: the day, what, and how many parties stand outside the picture. */
function eventCaption(id) {
  const event = events[id],
    absent = event.parties.filter((party) => !scene.ids.includes(party[0])).length;
  const day = event.begin === event.end ? event.begin.slice(5) : event.printed;
  return [day, eventLabel(id), absent ? `+${absent}` : ""].filter(Boolean).join(" ");
}

/** Labels at a constant size on the screen, each where it covers neither a node nor another label, or not at all. */
function drawLabels(ctx) {
  const ratio = ctx.canvas.width / canvasBox.clientWidth,
    scale = network.getScale();
  const bright = brightIds(),
    wishes = labelWishes(bright);
  const taken = [];
  for (const wish of wishes) {
    const spot = network.canvasToDOM(positions.get(wish.id));
    wish.x = spot.x;
    wish.y = spot.y;
    wish.r = wish.size * scale;
    taken.push({
      left: spot.x - wish.r,
      right: spot.x + wish.r,
      top: spot.y - wish.r,
      bottom: spot.y + wish.r,
      own: wish.id,
    });
  }
  ctx.save();
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.textBaseline = "middle";
  ctx.textAlign = "center";
  ctx.lineJoin = "round";
  labelBoxes = [];
  for (const wish of wishes) if (onScreen(wish)) drawLabel(ctx, wish, taken);
  for (const line of scene.lines) drawCount(ctx, line, taken, bright);
  ctx.restore();
}

const onScreen = (wish) =>
  wish.x > -20 && wish.y > -20 && wish.x < canvasBox.clientWidth + 20 && wish.y < canvasBox.clientHeight + 20;

const corner = (left, top, half, tall) => ({ left, right: left + 2 * half, top, bottom: top + tall });

function drawLabel(ctx, wish, taken) {
  const lines = wrap(wish.text),
    font = FONTS[wish.kind];
  const half = Math.max(...lines.map((line) => measure(ctx, line, font))) / 2 + 2,
    tall = lines.length * 16;
  const { x, y, r } = wish;
  const places = [
    { left: x - half, right: x + half, top: y + r + 2, bottom: y + r + 2 + tall },
    { left: x - half, right: x + half, top: y - r - 2 - tall, bottom: y - r - 2 },
    { left: x + r + 3, right: x + r + 3 + 2 * half, top: y - tall / 2, bottom: y + tall / 2 },
    { left: x - r - 3 - 2 * half, right: x - r - 3, top: y - tall / 2, bottom: y + tall / 2 },
  ];
  for (const side of [3 + 2 * half, -3])
    for (const down of [r * 0.4, -r * 0.4 - tall])
      places.push(corner(x - side + r * (side < 0 ? 0.7 : -0.7), y + down, half, tall));
  const inside = (place) => place.left >= 0 && place.right <= canvasBox.clientWidth;
  const free = places.find(
    (place) => inside(place) && !taken.some((other) => other.own !== wish.id && meets(place, other)),
  );
  if (!free) return;
  taken.push({ ...free, own: null });
  labelBoxes.push({ ...free, text: wish.text, hit: wish.hit });
  ctx.globalAlpha = wish.dim ? 0.3 : 1;
  ctx.font = font;
  ctx.strokeStyle = palette.ground;
  ctx.lineWidth = 4;
  ctx.fillStyle = wish.kind === "event" || wish.kind === "place" ? palette.soft : palette.ink;
  lines.forEach((line, n) => {
    const at = [line, (free.left + free.right) / 2, free.top + 8 + n * 16];
    ctx.strokeText(...at);
    ctx.fillText(...at);
  });
  ctx.globalAlpha = 1;
}

/** How many events a line stands for, at its middle, from two up and where there is room. */
function drawCount(ctx, line, taken, bright) {
  if (line.events.length < 2) return;
  const a = network.canvasToDOM(positions.get(line.a)),
    b = network.canvasToDOM(positions.get(line.b));
  if (Math.hypot(a.x - b.x, a.y - b.y) < 70) return;
  const text = String(line.events.length),
    half = measure(ctx, text, FONTS.number) / 2 + 4;
  const x = (a.x + b.x) / 2,
    y = (a.y + b.y) / 2;
  const badge = { left: x - half, right: x + half, top: y - 8, bottom: y + 8 };
  if (taken.some((other) => meets(badge, other))) return;
  taken.push(badge);
  labelBoxes.push({ ...badge, text, hit: { type: "line", a: line.a, b: line.b } });
  ctx.globalAlpha = bright && !bright.has(line.key) ? 0.2 : 1;
  ctx.font = FONTS.number;
  ctx.fillStyle = palette.ground;
  ctx.fillRect(badge.left, badge.top, 2 * half, 16);
  ctx.fillStyle = palette.soft;
  ctx.fillText(text, x, y + 0.5);
  ctx.globalAlpha = 1;
}

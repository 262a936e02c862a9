// Words, dates and elements: everything on the page is built from text nodes, never from markup.
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const vocabulary = read("words");
let language = "zh";

/** A phrase in the reader's language, {0} {1} … filled in. */
function say(key, ...values) {
  const phrase = (vocabulary[key] || [key, key])[language === "zh" ? 0 : 1];
  return phrase.replace(/\{(\d)\}/g, (_, n) => String(values[n]));
}

// Marks that turn the reading direction around could make a name look like another one.
const TURNING = /[\u200e\u200f\u202a-\u202e\u2066-\u2069\u0000-\u001f\u007f]/g;
const clean = (text) => text.replace(TURNING, "");

/** An element with attributes, listeners (onclick: …) and children; strings become text. */
function el(tag, props, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) element.append(child);
  }
  return element;
}

const SVG = "http://www.w3.org/2000/svg";
/** The same for a drawing. */
function svg(tag, props, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(props || {})) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null));
  return element;
}

/** 2021-09-03 → 9月3日 / 3 Sep; the year where it is not the graph's only one. */
function dayText(iso, years) {
  const [year, month, day] = iso.split("-").map(Number);
  if (!year) return "";
  const long = !years || years.size > 1;
  if (language === "zh") return (long ? `${year}年` : "") + (month ? `${month}月` : "") + (day ? `${day}日` : "");
  const name = month
    ? ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][month - 1]
    : "";
  return [day || "", name, long || !month ? year : ""].filter(Boolean).join(" ");
}

/** The text with the given names set in strong type. */
function withNames(text, names) {
  const wanted = names.filter((name) => name.length > 1).sort((a, b) => b.length - a.length);
  const parts = [];
  let plain = "";
  for (let at = 0; at < text.length;) {
    const name = wanted.find((candidate) => text.startsWith(candidate, at));
    if (!name) {
      plain += text[at++];
      continue;
    }
    parts.push(plain, el("b", null, name));
    plain = "";
    at += name.length;
  }
  return [...parts, plain].filter((part) => part !== "");
}

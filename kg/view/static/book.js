// The facts of the graph, as they came, with the ways to find them. Nothing here changes after loading.
const book = read("book");
const picture = { nodes: read("nodes"), edges: read("edges") };
const nodes = book.nodes.map((node, id) => ({
  names: [],
  mentioned: [],
  signed: [],
  ...node,
  iri: book.base + node.iri,
  id,
  label: clean(node.label),
}));
const events = book.events.map((event, id) => ({
  begin: "",
  end: "",
  printed: "",
  absent: 0,
  ...event,
  iri: book.base + event.iri,
  slug: (book.base + event.iri).split("/event/").pop(),
  id,
  label: clean(event.label),
}));
const posts = book.posts.map((post, id) => ({ first: "", last: "", ...post, iri: book.base + post.iri, id }));
const articles = book.articles.map((article, id) => ({
  headline: "",
  kicker: "",
  body: "",
  paper: "",
  day: "",
  page: "",
  position: 0,
  ...article,
  id,
}));
const links = book.links.map(([a, b, weight, posts, events, part]) => ({
  a,
  b,
  weight,
  posts,
  events,
  part: Boolean(part),
  key: `${a}~${b}`,
}));
const linkByKey = new Map(links.map((link) => [link.key, link]));
const keyOf = (a, b) => (a < b ? `${a}~${b}` : `${b}~${a}`);

const gather = () => nodes.map(() => []);
const linksOf = gather(),
  eventsOf = gather(),
  postsOf = gather(),
  postsAt = gather(),
  eventsAt = gather(),
  partsOf = gather();
for (const link of links) for (const end of [link.a, link.b]) linksOf[end].push(link);
for (const event of events) {
  for (const actor of new Set(event.parties.map((party) => party[0]))) eventsOf[actor].push(event.id);
  for (const place of event.places) eventsAt[place].push(event.id);
}
for (const post of posts) {
  postsOf[post.person].push(post.id);
  if (post.agency >= 0) postsAt[post.agency].push(post.id);
}
for (const node of nodes) if (node.parent >= 0) partsOf[node.parent].push(node.id);

const years = new Set(events.filter((event) => event.begin).map((event) => event.begin.slice(0, 4)));
const isActor = (id) => nodes[id].kind !== "place";
// Whether a person or agency has a part in the story, and is not only mentioned, part of something, or signing.
const isJoined = (id) => nodes[id].weight > 0;
const typeName = (type) => (book.types[type] || [type, type])[language === "zh" ? 0 : 1];
const sentence = (quote) => book.quotes[quote].slice(1).join("");
const articleOf = (quote) => articles[book.quotes[quote][0]];
const byDay = (a, b) => (events[a].begin || "9999").localeCompare(events[b].begin || "9999") || a - b;

/** 9月3日, 9月3日 – 9月5日, or that no date was printed. */
function eventDay(event) {
  if (!event.begin) return say("undated_day");
  if (event.printed && event.printed.length < 10) return dayText(event.printed, years);
  return (
    dayText(event.begin, years) + (event.end && event.end !== event.begin ? ` – ${dayText(event.end, years)}` : "")
  );
}

/** 市长, with the agency in front unless the reader stands in it; what the two share is said once: 党组 and 党组书记. */
function postText(post, standing) {
  if (post.agency < 0 || post.agency === standing) return post.role;
  const { label } = nodes[post.agency];
  const shared = [...Array(post.role.length).keys()]
    .reverse()
    .find((n) => n > 1 && label.endsWith(post.role.slice(0, n)));
  return label + post.role.slice(shared || 0);
}

/** The posts of a person in one short line. */
function headline(id) {
  if (nodes[id].kind === "person")
    return [...new Set(postsOf[id].map((post) => postText(posts[post])))].slice(0, 2).join("、");
  return nodes[id].category ? nodes[id].category[language === "zh" ? 0 : 1] : "";
}

const addressOf = (id) => nodes[id].slug;
const byAddress = new Map();
for (const node of nodes) {
  for (const address of [`iri/${node.iri}`, `${node.kind}/${node.iri.split(`/${node.kind}/`).pop()}`, node.slug]) {
    if (!byAddress.has(address)) byAddress.set(address, node.id);
  }
}
const eventByAddress = new Map(events.map((event) => [event.slug, event.id]));

/** The node an address, a name or another form stands for, or -1. */
function findNode(text) {
  if (byAddress.has(text)) return byAddress.get(text);
  const bare = text.replace(/^(person|agency|place)\//, "");
  const named = nodes.find((node) => node.label === bare) || nodes.find((node) => node.names.includes(bare));
  return named ? named.id : -1;
}

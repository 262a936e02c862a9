// What is in sight as Turtle, and the query that yields the same triples from the whole graph.
const NAMESPACES = {
  rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
  rdfs: "http://www.w3.org/2000/01/rdf-schema#",
  xsd: "http://www.w3.org/2001/XMLSchema#",
  foaf: "http://xmlns.com/foaf/0.1/",
  org: "http://www.w3.org/ns/org#",
  schema: "https://schema.org/",
  sem: "http://semanticweb.cs.vu.nl/2009/11/sem/",
  kg: "https://w3id.org/kg-gazette/ns#",
};
const CLASSES = { person: "foaf:Person", agency: "org:Organization", place: "schema:Place" };
const iriOf = (text) => `<${text}>`;
const ESCAPES = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };
const literal = (text, tail = "") => `"${text.replace(/[\\"\n\r\t]/g, (c) => ESCAPES[c])}"${tail}`;
const day = (text) => literal(text, { 4: "^^xsd:gYear", 7: "^^xsd:gYearMonth" }[text.length] || "^^xsd:date");
const prefixLines = (keyword, end) =>
  Object.entries(NAMESPACES).map(([prefix, iri]) => `${keyword} ${prefix}: <${iri}>${end}`);

/** One subject with its predicates and objects; what has no object is left out. */
function statement(subject, pairs) {
  const said = pairs
    .filter(([, objects]) => objects.length)
    .map(([predicate, objects]) => `${predicate} ${objects.join(" , ")}`);
  return `${iriOf(subject)} ${said.join(" ;\n  ")} .`;
}
const label = (text) => ["rdfs:label", [literal(text, "@zh")]];
const maybe = (predicate, text, write) => [predicate, text ? [write(text)] : []];

function turtle() {
  const seen = visibleFacts();
  const offices = new Map(seen.posts.map((id) => [posts[id].office, posts[id].role]).filter(([office]) => office));
  const node = (id) => iriOf(nodes[id].iri);
  return [
    ...prefixLines("@prefix", " ."),
    "",
    ...seen.nodes.map((id) =>
      statement(nodes[id].iri, [["a", [CLASSES[nodes[id].kind]]], label(book.nodes[id].label)]),
    ),
    ...seen.parts.map(([part, above]) =>
      statement(nodes[part].iri, [
        [nodes[part].kind === "place" ? "schema:containedInPlace" : "org:subOrganizationOf", [node(above)]],
      ]),
    ),
    ...[...offices].map(([office, role]) => statement(office, [label(role)])),
    ...seen.posts.map((id) => {
      const post = posts[id];
      return statement(post.iri, [
        ["a", ["org:Membership"]],
        ["org:member", [node(post.person)]],
        ["org:organization", post.agency < 0 ? [] : [node(post.agency)]],
        maybe("org:role", post.office, iriOf),
        maybe("kg:firstAttested", post.first, day),
        maybe("kg:lastAttested", post.last, day),
        maybe("kg:appointedOn", post.appointed, day),
        maybe("kg:removedOn", post.removed, day),
      ]);
    }),
    ...seen.events.map((id) => {
      const event = events[id];
      return statement(event.iri, [
        ["a", ["sem:Event"]],
        label(book.events[id].label),
        ["sem:eventType", [`kg:${event.type}`]],
        ["sem:hasActor", [...new Set(event.parties.map(([actor]) => node(actor)))]],
        ["sem:hasPlace", event.places.map(node)],
        maybe("sem:hasBeginTimeStamp", event.begin, day),
        maybe("sem:hasEndTimeStamp", event.end, day),
      ]);
    }),
    "",
  ].join("\n");
}

/** The query that, asked of the whole graph, answers with the same triples. */
function sparql() {
  const seen = visibleFacts();
  const values = (variable, iris) => `VALUES ${variable} {\n    ${iris.join("\n    ")} }`;
  const part = (subjects, predicates, more = "") =>
    subjects.length ? `{ ${values("?s", subjects)}\n  VALUES ?p { ${predicates} }\n  ?s ?p ?o ${more}}` : "";
  const offices = [...new Set(seen.posts.map((id) => posts[id].office).filter(Boolean))];
  const classes = Object.values(CLASSES).join(", ");
  const zh = 'FILTER (LANGMATCHES(LANG(?o), "zh")) ';
  const seenNodes = seen.nodes.map((id) => iriOf(nodes[id].iri)),
    seenPosts = seen.posts.map((id) => iriOf(posts[id].iri)),
    seenEvents = seen.events.map((id) => iriOf(events[id].iri));
  const named = [...seenNodes, ...seenEvents, ...offices.map(iriOf)];
  const pairs = seen.parts.map(([a, b]) => `(${iriOf(nodes[a].iri)} ${iriOf(nodes[b].iri)})`);
  const parts = [
    part(seenNodes, "rdf:type", `FILTER (?o IN (${classes})) `),
    part(named, "rdfs:label", zh),
    part(
      seenPosts,
      "rdf:type org:member org:organization org:role kg:firstAttested kg:lastAttested kg:appointedOn kg:removedOn",
    ),
    part(seenEvents, "rdf:type sem:eventType sem:hasActor sem:hasPlace sem:hasBeginTimeStamp sem:hasEndTimeStamp"),
    pairs.length
      ? `{ ${values("(?s ?o)", pairs)}\n  VALUES ?p { org:subOrganizationOf schema:containedInPlace }\n  ?s ?p ?o }`
      : "",
  ].filter(Boolean);
  return `${prefixLines("PREFIX", "").join("\n")}\nCONSTRUCT { ?s ?p ?o } WHERE {\n${parts.join("\nUNION\n")}\n}\n`;
}

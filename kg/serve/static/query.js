"use strict";
// The library's queries in a menu over YASGUI. A value becomes a SPARQL term here by the same rules as in kg/query/values.py:
// a name is escaped as a literal, and what is no date, number or IRI is not put in.
(async () => {
  const Yasgui = window.Yasgui;
  Yasgui.Yasqe.defaults.autocompleters = ["variables"];
  const yasgui = new Yasgui(document.getElementById("yasgui"), {
    requestConfig: { endpoint: new URL("/query", location.href).href },
    copyEndpointOnNewTab: false,
    persistenceId: null,
  });
  const library = await (await fetch("/library.json")).json();
  const menu = document.getElementById("menu"), params = document.getElementById("params");
  for (const query of library) menu.add(new Option(`${query.zh} · ${query.en}`, query.name));
  const chosen = () => library.find((query) => query.name === menu.value);

  const TERMS = {
    name: (value) => (/["\\\n\r]/.test(value) ? null : `"${value}"@zh`),
    date: (value) => (/^\d{4}-\d{2}-\d{2}$/.test(value) ? `"${value}"^^xsd:date` : null),
    integer: (value) => (/^-?\d{1,18}$/.test(value) ? value : null),
    iri: (value) => (/^[^\s<>"{}|\\^`]+$/.test(value) ? `<${value}>` : null),
  };

  function fill() {
    const query = chosen();
    if (!query) return;
    let text = query.text;
    for (const field of params.querySelectorAll("input")) {
      const param = query.params.find((param) => param.name === field.name);
      const term = field.value.trim() ? TERMS[param.type](field.value.trim()) : param.required ? null : "UNDEF";
      field.setCustomValidity(term === null ? param.type : "");
      if (term === null) continue;
      const line = new RegExp(`^([ \\t]*VALUES[ \\t]+\\?_${param.name}[ \\t]*\\{).*?(\\}[ \\t]*(?:#.*)?)$`, "gm");
      text = text.replace(line, (_, head, tail) => `${head} ${term} ${tail}`);
    }
    yasgui.getTab().getYasqe().setValue(text);
  }

  menu.addEventListener("change", () => {
    const query = chosen();
    params.replaceChildren();
    document.getElementById("about").textContent = query ? query.about : "";
    for (const param of query ? query.params : []) {
      const label = document.createElement("label"), field = document.createElement("input");
      Object.assign(field, { name: param.name, required: param.required, placeholder: param.example });
      field.value = param.required ? param.example : "";
      field.addEventListener("input", fill);
      label.append(`${param.name} `, field);
      params.append(label, " ");
    }
    fill();
  });
  document.getElementById("library").addEventListener("submit", (event) => {
    event.preventDefault();
    yasgui.getTab().query();
  });
  document.documentElement.dataset.ready = "yes";
})();

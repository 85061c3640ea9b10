// Search over provisions: scans the words themselves, in memory, as one types. Index files bring themselves (lacunaIndex).
"use strict";
(function () {
  const entries = [];
  const concepts = {};
  const plain = (s) => s.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  window.lacunaIndex = (data) => {
    const name = plain(data.name + " " + data.titleEn + " " + data.title + " " + data.names + " " + data.doc);
    data.entries.forEach(([label, file, start, text, tags, force]) => {
      entries.push({ doc: data.doc, name: data.name, lang: data.lang, jurisdiction: data.jurisdiction, label, file, start, text, tags: tags ? tags.split(" ") : [], force, head: plain(label), low: plain(text), about: name });
    });
  };
  window.lacunaConcepts = (data) => { Object.assign(concepts, data); };

  const form = document.getElementById("search"), list = document.getElementById("results");
  const found = document.getElementById("found"), more = document.getElementById("more");
  const up = document.querySelector('script[src*="search.js"]').getAttribute("src").replace("assets/search.js", "");
  const SHOWN = 25;
  let hits = [], shown = 0, terms = [];

  function wordsOf(q) { // "in quotes" is one term
    return Array.from(q.matchAll(/"([^"]+)"|(\S+)/g), (m) => plain(m[1] || m[2])).filter(Boolean);
  }
  function tagged(q) { // concepts whose term, in either language, holds the whole query
    const wanted = plain(q).trim();
    if (wanted.length < 4) return new Set();
    return new Set(Object.keys(concepts).filter((c) => concepts[c].some((label) => plain(label).includes(wanted))));
  }
  function occurrences(text, term) {
    let n = 0;
    for (let at = text.indexOf(term); at >= 0 && n < 20; at = text.indexOf(term, at + term.length)) n++;
    return n;
  }
  function edge(text, term) { // the term stands as a word of its own
    const at = text.indexOf(term);
    if (at < 0) return 0;
    const after = text[at + term.length] || " ";
    const before = at ? text[at - 1] : " ";
    return /[\p{L}\p{N}]/u.test(before) || /[\p{L}\p{N}]/u.test(after) ? 0 : 1;
  }
  function run() {
    const q = form.q.value.trim(), jurisdiction = form.jurisdiction.value, doc = form.doc.value, force = form.force.checked;
    terms = wordsOf(q);
    hits = [];
    if (terms.length) {
      const meant = tagged(q);
      for (const e of entries) {
        if ((jurisdiction && e.jurisdiction !== jurisdiction) || (doc && e.doc !== doc) || (force && e.force !== "yes")) continue;
        let score = 0, all = true;
        for (const term of terms) {
          const head = edge(e.head, term), body = occurrences(e.low, term), named = e.about.includes(term);
          if (!head && !body && !named && !e.head.includes(term)) { all = false; break; }
          score += 6 * head + 3 * (named && terms.length > 1 ? edge(e.about, term) : 0) + Math.log2(1 + body) + 2 * edge(e.low, term);
        }
        if (all && terms.every((t) => e.about.includes(t)) && terms.every((t) => !e.low.includes(t) && !e.head.includes(t))) all = false;
        const concept = e.tags.filter((t) => meant.has(t));
        if (!all && !concept.length) continue;
        hits.push({ e, score: (all ? score + 2 : 0) + concept.length, concept: concept[0] });
      }
      hits.sort((a, b) => b.score - a.score || (a.e.doc < b.e.doc ? -1 : a.e.doc > b.e.doc ? 1 : a.e.start - b.e.start));
    }
    list.replaceChildren();
    shown = 0;
    found.textContent = terms.length ? lacunaSay(hits.length ? "js.found" : "js.nothing", { n: hits.length }) : "";
    show();
  }
  function snippet(e) {
    const p = document.createElement("p");
    p.lang = e.lang;
    let at = -1;
    for (const t of terms) { at = e.low.indexOf(t); if (at >= 0) break; }
    const from = Math.max(0, (at < 0 ? 0 : at) - 90), text = e.text.slice(from, from + 320);
    const exact = e.low.length === e.text.length; // else folding moved the offsets: show without marks
    p.append(from ? "… " : "");
    if (exact) {
      const low = e.low.slice(from, from + 320);
      let done = 0;
      while (done < text.length) {
        let next = -1, length = 0;
        for (const t of terms) { const i = low.indexOf(t, done); if (i >= 0 && (next < 0 || i < next)) { next = i; length = t.length; } }
        if (next < 0) break;
        p.append(text.slice(done, next));
        const mark = document.createElement("mark");
        mark.textContent = text.slice(next, next + length);
        p.append(mark);
        done = next + length;
      }
      p.append(text.slice(done));
    } else p.append(text);
    if (from + 320 < e.text.length) p.append(" …");
    return [p, exact ? at : -1];
  }
  function show() {
    const until = Math.min(shown + SHOWN, hits.length);
    const query = document.documentElement.lang === "en" ? "" : "?lang=" + document.documentElement.lang;
    for (; shown < until; shown++) {
      const { e, concept } = hits[shown];
      const item = document.createElement("li"), link = document.createElement("a");
      const [p, at] = snippet(e);
      const term = at >= 0 ? terms.find((t) => e.low.startsWith(t, at)) : "";
      const start = e.start + Array.from(e.text.slice(0, Math.max(at, 0))).length;
      const end = start + (term ? Array.from(term).length : e.text.split("\n")[0].length);
      link.href = up + "documents/" + e.file + query + "#s" + start + "-" + end;
      link.textContent = e.name + " · " + e.label;
      item.append(link, p);
      if (concept) {
        const tag = document.createElement("span");
        tag.className = "more";
        tag.textContent = lacunaSay("js.tagged", { concept: concepts[concept][document.documentElement.lang === "id" ? 1 : 0] || concept });
        item.append(tag);
      }
      list.append(item);
    }
    more.hidden = shown >= hits.length;
  }
  let timer = 0;
  function later() { clearTimeout(timer); timer = setTimeout(run, 60); }
  form.addEventListener("input", later);
  form.addEventListener("submit", (e) => {
    e.preventDefault();
    run();
    const state = new URLSearchParams(new FormData(form)).toString();
    history.replaceState(null, "", "?" + state);
  });
  more.addEventListener("click", show);
  document.addEventListener("DOMContentLoaded", () => {
    const query = new URLSearchParams(location.search);
    ["q", "jurisdiction", "doc"].forEach((name) => { if (query.has(name)) form[name].value = query.get(name); });
    form.force.checked = query.has("force");
    run();
  });
})();

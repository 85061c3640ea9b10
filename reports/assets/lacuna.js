// Language of shared pages, words that a link points to, tables that sort, filter and download. Nothing is fetched.
"use strict";
(function () {
  const root = document.documentElement;
  const neutral = root.hasAttribute("data-neutral");
  const query = new URLSearchParams(location.search);
  let language = root.lang;

  function say(key, values) {
    const catalogue = lacunaMessages[language] || lacunaMessages.en;
    let text = catalogue[key] || lacunaMessages.en[key] || key;
    for (const name in values || {}) text = text.split("{" + name + "}").join(values[name]);
    return text;
  }
  window.lacunaSay = say;

  // ------------------------------------------------------------------ language of the shared pages
  // Document pages serve every language: what they say beside the law's words is put here.
  if (neutral) {
    const wanted = query.get("lang");
    if (wanted && lacunaMessages[wanted]) language = wanted;
    root.lang = language;
    if (language !== "en") {
      document.querySelectorAll("[data-m]").forEach((e) => { e.textContent = say(e.dataset.m); });
      document.querySelectorAll("[data-say-" + language + "]").forEach((e) => { e.textContent = e.getAttribute("data-say-" + language); });
      document.querySelectorAll(".beside").forEach((e) => { e.lang = language; });
      document.querySelectorAll("[data-m-label]").forEach((e) => { e.placeholder = say(e.dataset.mLabel); e.setAttribute("aria-label", say(e.dataset.mLabel)); });
      document.querySelectorAll("[data-page]").forEach((e) => {
        const name = e.tagName === "FORM" ? "action" : "href";
        e.setAttribute(name, "../" + language + "/" + e.dataset.page + ".html");
      });
      document.querySelectorAll('main a[href*=".html"]:not([data-page])').forEach((e) => {
        const parts = e.getAttribute("href").split("#");
        if (!/^\.\.\/(?!documents\/)/.test(parts[0])) e.setAttribute("href", parts[0] + "?lang=" + language + (parts[1] ? "#" + parts[1] : ""));
      });
    }
    document.querySelectorAll("[data-language]").forEach((e) => {
      if (e.dataset.language === language) e.setAttribute("aria-current", "true"); else e.removeAttribute("aria-current");
    });
  }
  document.querySelectorAll("[data-language]").forEach((e) => {
    e.addEventListener("click", () => { e.href = e.getAttribute("href").split("#")[0] + location.hash; });
  });

  // ------------------------------------------------------------------ the words that a link points to
  function unmark() {
    document.querySelectorAll(".hit").forEach((e) => { e.replaceWith(...e.childNodes); });
    document.querySelectorAll(".hit-line").forEach((e) => { e.classList.remove("hit-line"); });
  }
  function mark(line, from, to) {
    // Offsets count characters, not UTF-16 units; page numbers in the margin are not part of the text.
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT, (n) => n.parentElement.closest(".pg") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    let at = 0;
    for (const node of nodes) {
      const characters = Array.from(node.data);
      const a = Math.max(from - at, 0), b = Math.min(to - at, characters.length);
      if (a < b) {
        const range = document.createRange();
        range.setStart(node, characters.slice(0, a).join("").length);
        range.setEnd(node, characters.slice(0, b).join("").length);
        const hit = document.createElement("span");
        hit.className = "hit";
        range.surroundContents(hit);
      }
      at += characters.length;
    }
  }
  function showEvidence() {
    const place = /^#s(\d+)-(\d+)$/.exec(location.hash);
    const lines = Array.from(document.querySelectorAll("[data-o]"));
    if (!lines.length) return;
    unmark();
    if (!place) {
      const target = location.hash.startsWith("#p-") && document.getElementById(decodeURIComponent(location.hash.slice(1)));
      const line = target && target.closest("[data-o]");
      if (line) { line.classList.add("hit-line"); line.scrollIntoView({ block: "center" }); }
      return;
    }
    const start = Number(place[1]), end = Number(place[2]);
    const whole = document.querySelector("article[data-parts]");
    if (whole) { // a link that names the document but not the page of it
      const part = whole.dataset.parts.split(" ").filter((s) => Number(s) <= start).length;
      if (part && String(part) !== whole.dataset.part) {
        location.replace(whole.dataset.doc + (part > 1 ? "--" + part : "") + ".html" + location.search + location.hash);
        return;
      }
    }
    let low = 0, high = lines.length;
    while (low < high) { const middle = (low + high) >> 1; if (Number(lines[middle].dataset.o) <= start) low = middle + 1; else high = middle; }
    let first = null;
    for (let i = Math.max(0, low - 1); i < lines.length && Number(lines[i].dataset.o) < end; i++) {
      const at = Number(lines[i].dataset.o);
      mark(lines[i], start - at, end - at);
      first = first || lines[i].querySelector(".hit");
    }
    if (first) { first.closest("[data-o]").classList.add("hit-line"); first.scrollIntoView({ block: "center" }); }
  }
  window.addEventListener("hashchange", showEvidence);

  const back = document.getElementById("back");
  if (back && history.length > 1) { back.hidden = false; back.addEventListener("click", () => history.back()); }
  document.querySelectorAll("#marks input").forEach((input) => {
    input.addEventListener("change", () => document.querySelector("article.text").classList.toggle("off-" + input.value, !input.checked));
  });
  const article = document.querySelector("article.text");
  if (article) article.addEventListener("mouseover", (e) => {
    const tag = e.target.closest("mark[data-c]");
    if (tag && !tag.title) tag.title = tag.dataset.c;
  });

  // ------------------------------------------------------------------ tables
  function collator() { return new Intl.Collator(language, { numeric: true, sensitivity: "base" }); }
  function sortBy(table, column, head) {
    const down = head.getAttribute("aria-sort") === "ascending";
    table.querySelectorAll("thead th").forEach((h) => h.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const order = collator();
    const keyed = Array.from(table.tBodies[0].rows, (row) => {
      const cell = row.cells[column];
      const text = cell.dataset.v !== undefined ? cell.dataset.v : cell.textContent.trim();
      const number = cell.dataset.v !== undefined && text !== "" ? Number(text) : NaN;
      return { row, text, number: Number.isNaN(number) ? null : number };
    });
    keyed.sort((a, b) => {
      if ((a.text === "") !== (b.text === "")) return a.text === "" ? 1 : -1; // the empty ones stay last
      const by = a.number !== null && b.number !== null ? a.number - b.number : order.compare(a.text, b.text);
      return down ? -by : by;
    });
    table.tBodies[0].append(...keyed.map((k) => k.row));
  }
  document.querySelectorAll("table.sortable").forEach((table) => {
    table.querySelectorAll("thead th").forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.dataset.head = button.textContent.trim(); // printed: a browser repeats a heading on each page, but no button in it
      if (head.title) button.title = head.title;
      head.removeAttribute("title");
      head.append(button);
      button.addEventListener("click", () => sortBy(table, column, head));
    });
  });
  document.querySelectorAll("table.cards").forEach((table) => {
    const labels = Array.from(table.tHead.rows[0].cells, (c) => c.textContent.trim());
    Array.from(table.tBodies).forEach((body) => Array.from(body.rows).forEach((row) => {
      Array.from(row.cells).forEach((cell, i) => { if (i || cell.tagName === "TD") cell.dataset.label = labels[i] || ""; });
    }));
  });

  function csvCell(text) {
    let flat = text.replace(/\s+/g, " ").trim();
    if (/^[=+@＝＋＠]|^[-－]\S/.test(flat) && !/^-?\d+([.,]\d+)*$/.test(flat)) flat = "'" + flat; // no formula for a spreadsheet
    return /[",\n]/.test(flat) ? '"' + flat.replace(/"/g, '""') + '"' : flat;
  }
  function download(table, name) {
    const lines = [Array.from(table.tHead.rows[0].cells, (c) => csvCell(c.textContent)).join(",")];
    Array.from(table.tBodies[0].rows).forEach((row) => {
      if (!row.hidden) lines.push(Array.from(row.cells, (c) => csvCell(c.textContent)).join(","));
    });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff" + lines.join("\r\n") + "\r\n"], { type: "text/csv" }));
    link.download = name + ".csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }
  function control(label, input) {
    const wrap = document.createElement("label");
    wrap.append(label + " ", input);
    return wrap;
  }
  // A toolbar over each table of published rows: words, menus for columns of few values, what is shown as a file.
  document.querySelectorAll("table[data-csv]").forEach((table) => {
    const tools = document.createElement("div");
    tools.className = "tools";
    const words = document.createElement("input");
    words.type = "search";
    tools.append(control(say("js.filter"), words));
    const menus = [];
    table.querySelectorAll("thead th").forEach((head, column) => {
      if (!head.hasAttribute("data-menu")) return;
      const menu = document.createElement("select");
      const values = Array.from(new Set(Array.from(table.tBodies[0].rows, (r) => r.cells[column].textContent.trim()))).sort(collator().compare);
      menu.append(new Option(say("js.all"), "\u0000"), ...values.map((v) => new Option(v || say("js.empty"), v)));
      menus.push([menu, column]);
      tools.append(control(head.textContent.trim(), menu));
    });
    const count = document.createElement("output");
    const save = document.createElement("button");
    save.type = "button";
    save.textContent = say("js.download");
    save.addEventListener("click", () => download(table, table.dataset.csv));
    tools.append(count, save);
    table.parentElement.before(tools);
    const rows = Array.from(table.tBodies[0].rows, (row) => ({ row, text: row.textContent.toLowerCase() }));
    const apply = () => {
      const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
      let n = 0;
      rows.forEach(({ row, text }) => {
        const shown = wanted.every((w) => text.includes(w)) && menus.every(([m, c]) => m.value === "\u0000" || row.cells[c].textContent.trim() === m.value);
        row.hidden = !shown;
        n += shown;
      });
      count.textContent = say("js.rows", { n, all: rows.length });
    };
    tools.addEventListener("input", apply);
    apply();
  });

  // ------------------------------------------------------------------ pages with filters of their own
  document.querySelectorAll(".tools[data-filter]").forEach((tools) => {
    const inputs = Array.from(tools.querySelectorAll("[data-by]"));
    const count = tools.querySelector("output");
    inputs.forEach((input) => { if (query.has(input.dataset.by)) input.value = query.get(input.dataset.by); });
    const gaps = tools.dataset.filter === "gaps";
    const rows = Array.from(document.querySelectorAll(gaps ? ".gaps-table tbody tr" : tools.dataset.target + " tbody tr"), (row) => ({ row, text: row.textContent.toLowerCase() }));
    const apply = () => {
      const by = {};
      inputs.forEach((input) => { if (input.value) by[input.dataset.by] = input.value.toLowerCase(); });
      const wanted = (by.text || "").split(/\s+/).filter(Boolean);
      let n = 0;
      rows.forEach(({ row, text }) => {
        let shown = wanted.every((w) => text.includes(w));
        if (gaps) {
          const cells = Array.from(row.querySelectorAll("[data-status]")).filter((c) => !by.jurisdiction || c.dataset.code === by.jurisdiction);
          shown = shown && (!by.severity || row.dataset.severity === by.severity) && cells.length > 0 &&
            (!by.status || cells.some((c) => by.status === "open" ? !["met", "not_assessed"].includes(c.dataset.status) : c.dataset.status === by.status));
        } else if (by.verdict) shown = shown && row.dataset.verdict === by.verdict;
        row.hidden = !shown;
        n += shown;
      });
      if (gaps) document.querySelectorAll("section.standard").forEach((s) => { s.hidden = !s.querySelector("tbody tr:not([hidden])"); });
      count.textContent = say("js.rows", { n, all: rows.length });
    };
    tools.addEventListener("input", apply);
    apply();
    const reveal = () => {
      const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (!target) return;
      const row = target.closest("tr");
      if (row && row.hidden) { inputs.forEach((i) => { i.value = ""; }); apply(); }
      const why = target.querySelector("details");
      if (why && row) why.open = true;
      target.scrollIntoView({ block: row ? "center" : "start" });
    };
    window.addEventListener("hashchange", reveal);
    reveal();
  });

  // ------------------------------------------------------------------ citation graph
  const graph = document.querySelector(".graph");
  if (graph) {
    const show = (node) => {
      graph.classList.toggle("some", Boolean(node));
      graph.querySelectorAll("path").forEach((p) => p.classList.toggle("on", Boolean(node) && (p.dataset.a === node || p.dataset.b === node)));
    };
    graph.querySelectorAll("[data-node]").forEach((a) => {
      ["mouseenter", "focus"].forEach((e) => a.addEventListener(e, () => show(a.dataset.node)));
      ["mouseleave", "blur"].forEach((e) => a.addEventListener(e, () => show("")));
    });
  }
  // Printing unfolds what a reader on screen opens by hand, and folds it again; the data of figures stay on screen.
  let unfolded = [];
  window.addEventListener("beforeprint", () => {
    unfolded = Array.from(document.querySelectorAll("main details:not(.dictionary):not(.data):not([open])"));
    unfolded.forEach((d) => { d.open = true; });
  });
  window.addEventListener("afterprint", () => { unfolded.forEach((d) => { d.open = false; }); unfolded = []; });

  showEvidence();
})();

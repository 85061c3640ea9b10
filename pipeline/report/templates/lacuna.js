// Marks the words that a link points to, sorts and filters tables. Nothing is fetched.
"use strict";
function showEvidence() {
  document.querySelectorAll(".hit").forEach((e) => e.classList.remove("hit"));
  const place = /^#s(\d+)-(\d+)$/.exec(location.hash);
  if (!place) return;
  const start = Number(place[1]), end = Number(place[2]);
  let first = null;
  document.querySelectorAll("[data-o]").forEach((span) => {
    const at = Number(span.dataset.o);
    if (at >= start && at < end) { span.classList.add("hit"); first = first || span; }
  });
  if (first) first.scrollIntoView({ block: "center" });
}
function value(cell) {
  const text = cell.textContent.trim();
  const number = Number(text.replace(/[^\d.-]/g, ""));
  return text !== "" && /^\W*[A-Z]{0,3}\s?[\d.,]+/.test(text) && !Number.isNaN(number) ? number : text.toLowerCase();
}
function sortBy(table, column, button) {
  const body = table.tBodies[0];
  const down = button.getAttribute("aria-sort") === "ascending";
  table.querySelectorAll("th").forEach((h) => h.removeAttribute("aria-sort"));
  button.setAttribute("aria-sort", down ? "descending" : "ascending");
  const rows = Array.from(body.rows).sort((a, b) => {
    const x = value(a.cells[column]), y = value(b.cells[column]);
    return (typeof x === typeof y ? (x < y ? -1 : x > y ? 1 : 0) : typeof x === "number" ? -1 : 1) * (down ? -1 : 1);
  });
  rows.forEach((row) => body.appendChild(row));
}
document.querySelectorAll("table.sortable").forEach((table) => {
  table.querySelectorAll("thead th").forEach((head, column) => {
    head.dataset.sort = ""; head.tabIndex = 0; head.title = "Sort by this column";
    head.addEventListener("click", () => sortBy(table, column, head));
    head.addEventListener("keydown", (e) => { if (e.key === "Enter" || e.key === " ") { e.preventDefault(); sortBy(table, column, head); } });
  });
});
document.querySelectorAll("input[data-filter]").forEach((input) => {
  input.addEventListener("input", () => {
    const wanted = input.value.toLowerCase();
    document.querySelectorAll(input.dataset.filter + " tbody tr").forEach((row) => {
      row.hidden = !row.textContent.toLowerCase().includes(wanted);
    });
  });
});
window.addEventListener("hashchange", showEvidence);
showEvidence();

"""The static site: every page in every language, a page for each published table, and the full text of each document.

Reads   the published tables, the corpus, message catalogues, templates.
Writes  reports/*.html and view/ (first language), <language>/ (each other), and what they share: documents/, search/,
        figures/, assets/.
Works from disk, asks nothing of the network. Every cell links to the words: documents/<doc>.html#s<start>-<end>.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pipeline import sources, standards, vocabulary
from pipeline.corpus import Corpus
from pipeline.records import TableSchema
from pipeline.report import accuracy, cells, changed, graph, history, search, texts
from pipeline.report.exports.crate import METADATA
from pipeline.report.figures import Figure
from pipeline.report.findings import (
    SEVERITIES,
    STATUSES,
    VERDICTS,
    Tables,
    findings,
    read_line,
    status_counts,
    verdict_counts,
)
from pipeline.report.links import Links
from pipeline.report.phrases import Phrases, local_titles
from pipeline.report.texts import Layout
from pipeline.report.words import LANGUAGES, Words, inert, words

HERE = Path(__file__).parent
PAGES = (
    "index",
    "compare",
    "gaps",
    "audit",
    "documents",
    "timeline",
    "citations",
    "data",
    "method",
    "search",
    "changes",
)
SHARED_MESSAGES = ("nav.", "doc.", "js.", "in_force.", "operation.", "parts.", "site.")
TITLE = 300  # characters of a document's title that a heading shows
COMPARED = (  # the tables of the comparison, in the order of the paper's steps
    "conduct_matrix", "palermo_matrix", "penalty_comparison", "protection", "coercion", "trafficking_modes",
    "fragmentation",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Site:
    """What all pages are made of."""

    corpus: Corpus
    tables: Tables
    schemas: Mapping[str, TableSchema]
    figures: Mapping[str, list[Figure]]  # by language
    params: dict[str, Any]
    metrics: dict[str, Any]  # accuracy against the gold facts; empty: not measured yet
    changed: changed.Changed | None  # against the kept run; None: none is kept


def write(site: Site, reports: Path) -> None:
    """Write all pages and what they need below `reports`; pages of an earlier run are removed."""
    layout = Layout(site.corpus)
    for stale in reports.glob("*.html"):
        stale.unlink()
    for folder in ("documents", "search", "figures", "assets", "view", *LANGUAGES[1:]):
        shutil.rmtree(reports / folder, ignore_errors=True)
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["split"] = lambda value: [v for v in value.split(";") if v]
    environment.filters["inert"] = inert
    indexed = search.write(site.corpus, site.tables, layout, reports / "search")
    found = {p.name for p in reports.iterdir() if p.is_file() and p.suffix not in (".html", ".sqlite", "")}
    downloads = sorted((found | {METADATA}) - {"metrics.json", "evaluation.csv"})
    for language in LANGUAGES:
        here = reports if language == LANGUAGES[0] else reports / language
        here.mkdir(exist_ok=True)
        _pages(site, environment, layout, language, here, {"indexed": indexed, "downloads": downloads})
    _figures(site, reports / "figures")
    _documents(site, environment, layout, reports / "documents")
    _assets(reports / "assets")


def _assets(out: Path) -> None:
    shutil.copytree(HERE / "assets", out)
    shared = {
        language: {k: v for k, v in words(language).messages.items() if k.startswith(SHARED_MESSAGES)}
        for language in LANGUAGES
    }
    text = json.dumps(shared, ensure_ascii=False, indent=0, sort_keys=True).replace("<", "\\u003c")
    (out / "messages.js").write_text(f"var lacunaMessages = {text};\n", encoding="utf-8", newline="\n")


def _figures(site: Site, out: Path) -> None:
    out.mkdir()
    for language, figures in site.figures.items():
        for figure in figures:
            (out / f"{figure.name}.{language}.svg").write_text(figure.svg + "\n", encoding="utf-8", newline="\n")


# --------------------------------------------------------------------------------- pages of a language


def _pages(
    site: Site, environment: Environment, layout: Layout, language: str, folder: Path, shared: dict[str, Any]
) -> None:
    t = words(language)
    tables = site.tables
    root = "" if language == LANGUAGES[0] else "../"
    links = Links(site.corpus, tables, layout, t, root)
    shown = {
        name: schema
        for name, schema in site.schemas.items()
        if name != "evidence" and 0 < len(tables[name]) <= cells.MAX_ROWS
    }
    context = {
        **shared,
        "t": t,
        "m": t,
        "neutral": False,
        "language": language,
        "root": root,
        "up": "",
        "links": links,
        "tables": tables,
        "rows": tables.rows,
        "codes": tables.codes,
        "params": site.params,
        "pages": PAGES,
        "statuses": STATUSES,
        "verdicts": VERDICTS,
        "severities": SEVERITIES,
        "figures": {f.name: f for f in site.figures[language]},
        "badge": lambda group, value: cells.badge(group, value, t),
        "long": cells.text,
        "prison": lambda row: cells.prison(row, t),
        "schemas": site.schemas,
        "shown": shown,
        "corpus": site.corpus,
        "compared": [n for n in COMPARED if n in shown],
    }

    def render(template: str, name: str, page: str, **more: Any) -> None:
        up = "../" * name.count("/")
        switch = [(c, words(c)("site.language"), up + _other(language, c) + f"{name}.html") for c in LANGUAGES]
        html = environment.get_template(f"{template}.html").render(page=page, switch=switch, **{**context, **more})
        (folder / f"{name}.html").write_text(html, encoding="utf-8", newline="\n")

    counts = {c: status_counts(tables, c) for c in tables.codes}
    absent = known_absent(site.params)
    titles = {n: cells.table_title(s, t) for n, s in site.schemas.items()}
    differs = site.changed
    said = changed.summary(differs, t) if differs else t("changes.no_run")
    standards = _standards(tables, t)
    asked = {i["id"]: i["question"] for b in standards for i in b["indicators"]}
    editions = sorted(set(tables["documents"]["edition"]))
    render(
        "index", "index", "index",
        findings=findings(tables, language), read=read_line(tables, language), counts=counts, absent=absent,
        standards=standards, verdict_counts=verdict_counts(tables),
        questions=asked,
        changed_said=said,
    )  # fmt: skip
    matrix, matrix_docs = _matrix(tables)
    render(
        "compare", "compare", "compare", heat=_heat(tables, t), matrix=matrix, matrix_docs=matrix_docs,
        titles={n: cells.table_title(site.schemas[n], t) for n in COMPARED if n in shown},
    )  # fmt: skip
    render("gaps", "gaps", "gaps", standards=standards, counts=counts, searched=_searched(tables))
    render("audit", "audit", "audit", counts=verdict_counts(tables), claims=_claims(tables))
    render("documents", "documents", "documents", absent=absent)
    render("timeline", "timeline", "timeline", days=_days(tables), amended=_amended(tables))
    edges = graph.edges(tables, site.corpus)
    drawing = graph.svg(site.corpus, edges, links, t, t("graph.alt", n=len(edges))) if edges else Markup("")
    render("citations", "citations", "citations", edges=edges, drawing=drawing, cited=_cited(tables))
    render("data", "data", "data", titles=titles, cells=cells)
    render(
        "method", "method", "method",
        vocabulary=vocabulary.vocabulary(), metrics=_metrics(site.metrics, t), scores=_scores(site.metrics, t),
        score_columns=accuracy.COLUMNS, citation=_citation(),
        editions=[t.of("edition", e) for e in editions],
    )  # fmt: skip
    render("search", "search", "search")
    render(
        "changes", "changes", "changes",
        changed=differs, changed_said=said, titles=titles, kinds=changed.KINDS,
        warnings=changed.warnings(differs, t) if differs else [],
        changed_lines={
            n: changed.lines(differs, site.schemas[n], tables, links, asked) for n in differs.tables
        } if differs else {},
    )  # fmt: skip
    (folder / "view").mkdir()
    deeper = Links(site.corpus, tables, layout, t, f"../{root}")
    for name, schema in shown.items():
        rows = tables.rows(name)
        render(
            "table", f"view/{name}", "compare" if name in COMPARED else "data",
            sheet=cells.sheet(schema, rows, t, deeper), links=deeper, root=f"../{root}", up="../",
        )  # fmt: skip


def _other(language: str, target: str) -> str:
    """Path from a page of one language to the folder of another."""
    up = "" if language == LANGUAGES[0] else "../"
    return "" if language == target else up + ("" if target == LANGUAGES[0] else f"{target}/")


def known_absent(params: dict[str, Any]) -> list[tuple[str, sources.Absent, bool]]:
    """(jurisdiction, law that is known but not in the corpus, whether it applied on params.as_of)."""
    found = []
    for file in sorted(Path("raw").glob("*/sources.yaml")):
        for absent in sources.load_sources(file.parent).known_absent:
            found.append((file.parent.name, absent, absent.applies(params["as_of"])))
    return found


def _standards(tables: Tables, t: Words) -> list[dict[str, Any]]:
    """Benchmarks in order, each with its indicators and one gaps row per jurisdiction."""
    rows: dict[tuple[str, str], dict[str, dict[str, str]]] = defaultdict(dict)
    for row in tables.rows("gaps"):
        rows[row["benchmark"], row["indicator"]][row["jurisdiction"]] = row
    found = []
    for b in standards.benchmarks():
        indicators: list[dict[str, Any]] = []
        for i in b.indicators:
            cells_of = rows.get((b.id, i.id), {})
            if cells_of:
                some = next(iter(cells_of.values()))
                indicators.append(
                    {"id": i.id, "question": t.own(i, "question"), "source": some["source"],
                     "severity": some["severity"], "cells": cells_of}
                )  # fmt: skip
        if indicators:
            met = {
                c: {s: sum(1 for i in indicators if i["cells"].get(c, {}).get("status") == s) for s in STATUSES}
                for c in tables.codes
            }
            found.append(
                {"id": b.id, "title": t.own(b, "title"), "source": b.source, "about": t.own(b, "about"),
                 "indicators": indicators, "met": met}
            )  # fmt: skip
    return found


def _matrix(tables: Tables) -> tuple[list[dict[str, Any]], list[str]]:
    """The Palermo matrix as one row a concept and one cell an instrument; `first` opens a group of elements."""
    rows: dict[str, dict[str, Any]] = {}
    docs: dict[str, None] = {}
    for record in tables.rows("palermo_matrix"):
        docs[record["doc_id"]] = None
        row = rows.setdefault(
            record["concept"], {"element": record["element"], "concept": record["concept"], "cells": {}}
        )
        row["cells"][record["doc_id"]] = record
    before = ""
    for row in rows.values():
        row["first"] = row["element"] != before
        before = row["element"]
    return list(rows.values()), list(docs)


def _amended(tables: Tables) -> set[str]:
    """Laws with a page of history."""
    frame = tables["versions"]
    again = frame[frame.duplicated(["law", "eid"])]
    return {str(law) for law in again["law"]} | {str(law) for law in frame[frame["operation"] != "enact"]["law"]}


def _searched(tables: Tables) -> dict[str, str]:
    return {str(r["jurisdiction"]): str(r["searched"]) for r in tables.rows("gaps")}


def _heat(tables: Tables, t: Words) -> list[dict[str, Any]]:
    """Conducts with one cell per jurisdiction and a shade 0–5 that grows with the number of offences."""
    found: dict[str, dict[str, Any]] = {}
    for row in tables.rows("conduct_matrix"):
        entry = found.setdefault(
            row["concept"], {"concept": row["concept"], "label": t.concept(row["concept"]), "cells": {}}
        )
        n = int(row["offences"] or 0)
        entry["cells"][row["jurisdiction"]] = {**row, "shade": sum(n > limit for limit in (0, 1, 3, 8, 20))}
    return sorted(found.values(), key=lambda e: e["label"])


def _claims(tables: Tables) -> list[dict[str, str]]:
    """Claims, those that the law does not bear out first."""
    shown = ("contradicted", "wrong_reference", "outdated", "internally_inconsistent", "imprecise", "supported")
    order = {v: i for i, v in enumerate(shown)}
    rows = tables.rows("claims")
    return sorted(rows, key=lambda r: (order.get(r["verdict"], len(order)), r["claim_id"]))


def _days(tables: Tables) -> list[dict[str, Any]]:
    """What clauses did to the law, grouped by day, act, operation and law."""
    groups: dict[tuple[str, str, str, str], list[dict[str, str]]] = defaultdict(list)
    for row in tables.rows("operations"):
        groups[row["effective"], row["doc_id"], row["op"], row["target_doc"]].append(row)
    return [
        {"day": day, "doc_id": doc, "op": op, "target": target, "rows": rows}
        for (day, doc, op, target), rows in sorted(groups.items(), key=lambda x: (x[0][0] or "9999", x[0]))
    ]


def _cited(tables: Tables) -> list[tuple[str, str, int]]:
    """Provisions that are cited most: (doc, eid, times)."""
    counts = Counter(
        (r["target_doc"], r["target_eid"]) for r in tables.rows("citations") if r["target_doc"] and r["target_eid"]
    )
    return [(doc, eid, n) for (doc, eid), n in sorted(counts.items(), key=lambda x: (-x[1], x[0]))[:20]]


def _metrics(metrics: dict[str, Any], t: Words) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """(what was measured, on what, its figures in words) of what metrics.json holds beside scores."""

    def groups(
        name: str, on: list[str], figures: dict[str, Any], of: str = "metrics"
    ) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
        plain = {k: v for k, v in figures.items() if not isinstance(v, dict)}
        if plain:
            yield t.of("metrics", name), ", ".join(on), _figures_said(plain, t)
        for key, inner in figures.items():
            if isinstance(inner, dict):
                # A group is a language of the law or a part of what was measured; below `by_kind`, a kind of claim.
                word = t.of("metric_groups" if t.has("metric_groups", key) else of, key)
                kinds = key.startswith("by_")
                yield from groups(name, on if kinds else [*on, word], inner, "kind" if kinds else of)

    return [
        row
        for name, value in accuracy.others(metrics).items()
        for row in groups(name, [], value if isinstance(value, dict) else {"value": value})
    ]


def _scores(metrics: dict[str, Any], t: Words) -> list[tuple[list[str], list[str], bool | None]]:
    """Heads of a row of the table of scores, its cells in words, and whether what should be reached is reached."""
    return [
        (
            [t.of("metrics", label), t.of("metric_groups", language), t.of("edition", edition)],
            [_figure_said(figures[c], t) if c in figures else "" for c in accuracy.COLUMNS],
            accuracy.reached(figures),
        )
        for label, language, edition, figures in accuracy.scores(metrics)
    ]


def _figures_said(figures: dict[str, Any], t: Words) -> list[tuple[str, str]]:
    """Figures by their label; what could not be measured, for want of facts, is a dash."""

    return [(t.of("metrics", k), _figure_said(v, t)) for k, v in figures.items()]


def _figure_said(value: float | int | None, t: Words) -> str:
    return "–" if value is None else t.share(value) if isinstance(value, float) else t.number(value)


def _citation() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(Path("CITATION.cff").read_text(encoding="utf-8"))
    return data


# ------------------------------------------------------------------------------------------ documents


def _documents(site: Site, environment: Environment, layout: Layout, out: Path) -> None:
    """The pages of each document: its text, and the history of its provisions."""
    out.mkdir()
    t = words(LANGUAGES[0])
    corpus, tables = site.corpus, site.tables
    links = Links(corpus, tables, layout, t, "../")
    anchors = _anchors(tables)
    past = history.histories(corpus, tables)
    cited = _citations_in(tables, links)
    rows = {r["doc_id"]: r for r in tables.rows("documents")}

    def m(key: str) -> Markup:
        """A message that assets/lacuna.js says in the reader's language."""
        return Markup('<span data-m="{}">{}</span>').format(key, t(key))

    phrases = {c: Phrases(words(c), tables.names, local_titles(tables, c)) for c in LANGUAGES}

    def spoken(sentence: str) -> Markup:
        """A sentence of a stage, with what it is in each other language for assets/lacuna.js to put in its place."""
        said = {c: inert(f"({phrases[c].sentence(sentence)})") for c in LANGUAGES}
        others = Markup("").join(Markup(' data-say-{}="{}"').format(c, said[c]) for c in LANGUAGES[1:])
        return Markup('<span class="more"{}>{}</span>').format(others, said[LANGUAGES[0]])

    context = {
        "t": t, "m": m, "spoken": spoken, "neutral": True,
        "language": LANGUAGES[0], "root": "../", "up": "../", "page": "documents",
        "pages": PAGES, "params": site.params, "links": links,
        "switch": [(c, words(c)("site.language"), f"?lang={c}") for c in LANGUAGES],
        "families": sorted({g.label for ts in corpus.tags.values() for g in ts}),
    }  # fmt: skip
    text_page, history_page = environment.get_template("document.html"), environment.get_template("history.html")
    for doc_id, document in corpus.documents.items():
        beside = _beside(corpus, layout, links, doc_id, past, m)
        parts = layout.parts(doc_id)
        toc = texts.contents(corpus, layout, doc_id)
        amended = past.get(doc_id, [])
        for number, span in enumerate(parts, 1):
            html = text_page.render(
                document=document, row=rows[doc_id], title=inert(document.title_en or document.title)[:TITLE],
                local=inert(document.title)[:TITLE], number=number, parts=len(parts), starts=[s for s, _ in parts],
                name=layout.name, toc=toc,
                body=texts.body(corpus, doc_id, span, anchors[doc_id], texts.Notes(beside, cited.get(doc_id, {}))),
                amended=len(amended), **context,
            )  # fmt: skip
            (out / layout.name(doc_id, number)).write_text(html, encoding="utf-8", newline="\n")
        if amended:
            html = history_page.render(
                document=document, title=inert(document.title_en)[:TITLE], histories=amended, **context
            )
            (out / f"{doc_id}--history.html").write_text(html, encoding="utf-8", newline="\n")


def _anchors(tables: Tables) -> dict[str, list[tuple[int, int]]]:
    """doc_id → places that some cell's evidence points to."""
    frame = tables["evidence"]
    found: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for doc_id, start, end in zip(frame["doc_id"], frame["start"], frame["end"], strict=True):
        found[doc_id].add((int(start), int(end)))
    return defaultdict(list, {d: sorted(places) for d, places in found.items()})


def _citations_in(tables: Tables, links: Links) -> dict[str, dict[int, dict[int, list[str]]]]:
    """doc_id → end of a citation in its text → start → addresses of what the words between cite."""
    found: dict[str, dict[int, dict[int, list[str]]]] = defaultdict(dict)
    frame = tables["citations"]
    columns = (frame[c] for c in ("doc_id", "start", "end", "target_doc", "target_eid"))
    for doc_id, start, end, target, eid in zip(*columns, strict=True):
        if target in links.corpus.documents:
            href = links.provision_href(target, eid) if eid else links.page(target)
            found[doc_id].setdefault(int(end), {}).setdefault(int(start), []).append(href)
    return found


def _beside(
    corpus: Corpus, layout: Layout, links: Links, doc_id: str, past: dict[str, list[history.History]], m: Any
) -> dict[int, Markup]:
    """Start of a unit → the line under it: its versions, the law it belongs to, its elucidation."""
    found: dict[int, list[Markup]] = defaultdict(list)
    kinds = corpus.unit_kinds(doc_id)
    changed = {(h.law, h.eid): h for hs in past.values() for h in hs}
    explained: dict[str, Any] = {}
    for p in corpus.provisions[doc_id]:
        if p.part == "elucidation" and p.kind in kinds:
            explained.setdefault(p.num, p)
    for p in corpus.provisions[doc_id]:
        if p.kind not in kinds:
            continue
        law, eid = corpus.law_of(doc_id, p.eid)
        if p.part == "quoted" and law != doc_id:
            found[p.start].append(Markup("{} {}").format(m("doc.text_of"), links.provision(law, eid)))
        if p.part in ("body", "quoted") and (law, eid) in changed and law in corpus.documents:
            now = [c.row for c in changed[law, eid].changes]
            dates = ", ".join(
                f"{r['valid_from'] or '…'} – {r['valid_to'] or '…'}"
                for r in now
                if r["source_doc"] == doc_id and r["source_eid"] == p.eid and (r["valid_from"] or r["valid_to"])
            )
            found[p.start].append(
                Markup('{}<a href="{}--history.html#h-{}">{} ({})</a>').format(
                    f"{dates} · " if dates else "", law, eid, m("doc.versions"), len(now)
                )
            )
        if p.part == "body" and p.num in explained and not corpus.documents[doc_id].amends:
            other = explained[p.num]
            found[p.start].append(
                Markup('<a href="{}">{}</a>').format(texts.place(layout, other), m("doc.elucidation"))
            )
        if p.part == "elucidation" and not corpus.documents[doc_id].amends:
            own = next(
                (x for x in corpus.provisions[doc_id] if x.kind in kinds and x.num == p.num and x.part == "body"), None
            )
            if own is not None:
                found[p.start].append(Markup('<a href="{}">{}</a>').format(texts.place(layout, own), m("doc.article")))
    return {
        at: Markup('<p class="beside" lang="en">{}</p>\n').format(Markup(" · ").join(lines))
        for at, lines in found.items()
    }

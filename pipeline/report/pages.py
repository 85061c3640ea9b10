"""The HTML pages: overview, comparison, gaps, audit, method, and a page for each document with its full text.

Works from disk, asks nothing of the network. Every cell links to the words: documents/<doc>.html#s<start>-<end>.
"""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from pipeline import packs
from pipeline.corpus import Corpus
from pipeline.report.figures import Figure
from pipeline.report.findings import (
    SEVERITIES,
    STATUSES,
    VERDICTS,
    Tables,
    key_findings,
    name_of,
    status_counts,
    verdict_counts,
)

TEMPLATES = Path(__file__).parent / "templates"
PAGES = ("index", "compare", "gaps", "audit", "documents", "method")
EVIDENCE = re.compile(r"(?P<doc>[^@]+)@(?P<start>\d+)-(?P<end>\d+)~(?P<rule>.+)")
SHOWN_EVIDENCE = 6


def write(corpus: Corpus, tables: Tables, figures: list[Figure], reports: Path, params: dict[str, Any]) -> None:
    """Write all pages and assets below `reports`."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["evidence"] = lambda ids, root="", most=SHOWN_EVIDENCE: _evidence_links(ids, tables, root, most)
    environment.filters["provisions"] = lambda value, root="": _provision_links(value, corpus, root)
    environment.filters["split"] = lambda value: [v for v in value.split(";") if v]
    environment.filters["months"] = _months
    environment.filters["number"] = lambda value: f"{int(value):,}" if value else ""
    environment.filters["words"] = lambda value: value.replace("_", " ")
    shared = {
        "tables": tables,
        "rows": lambda name: tables[name].to_dict("records"),
        "name_of": name_of,
        "codes": tables.codes,
        "findings": key_findings(tables),
        "figures": {f.name: f for f in figures},
        "svg": lambda f: Markup(f.svg),  # drawn by us from numbers and vocabulary labels
        "params": params,
        "statuses": STATUSES,
        "verdicts": VERDICTS,
        "severities": SEVERITIES,
        "status_counts": {c: status_counts(tables, c) for c in tables.codes},
        "verdict_counts": verdict_counts(tables),
        "absent": known_absent(params),
        "vocabulary": packs.vocabulary(),
        "benchmarks": packs.benchmarks(),
        "pages": PAGES,
        "corpus": corpus,
        "matrix": _matrix(tables),
    }
    for page in PAGES:
        html = environment.get_template(f"{page}.html").render(page=page, root="", **shared)
        (reports / f"{page}.html").write_text(html, encoding="utf-8", newline="\n")
    shutil.rmtree(reports / "documents", ignore_errors=True)
    (reports / "documents").mkdir()
    anchors = _anchors(tables)
    template = environment.get_template("document.html")
    versions = tables["versions"].to_dict("records")
    for doc_id, document in corpus.documents.items():
        html = template.render(
            page="documents",
            root="../",
            document=document,
            row=next(r for r in tables["documents"].to_dict("records") if r["doc_id"] == doc_id),
            body=_text(corpus, doc_id, anchors[doc_id]),
            versions=[v for v in versions if v["law"] == doc_id],
            **shared,
        )
        (reports / "documents" / f"{doc_id}.html").write_text(html, encoding="utf-8", newline="\n")
    assets = reports / "assets"
    assets.mkdir(exist_ok=True)
    for asset in ("style.css", "lacuna.js"):
        shutil.copyfile(TEMPLATES / asset, assets / asset)


def known_absent(params: dict[str, Any]) -> list[tuple[str, packs.Absent, bool]]:
    """(jurisdiction, law that is known but not in the corpus, whether it applied on params.as_of)."""
    found = []
    for file in sorted(Path("raw").glob("*/sources.yaml")):
        for absent in packs.load_sources(file.parent).known_absent:
            applied = absent.in_force_from is None or absent.in_force_from.isoformat() <= params["as_of"]
            found.append((file.parent.name, absent, applied))
    return found


def _matrix(tables: Tables) -> list[dict[str, Any]]:
    """The Palermo matrix as one row a concept and one cell an instrument."""
    frame = tables["palermo_matrix"]
    rows: dict[str, dict[str, Any]] = {}
    for record in frame.to_dict("records"):
        row = rows.setdefault(
            record["concept"],
            {"element": record["element"], "label": record["label"], "concept": record["concept"], "cells": {}},
        )
        row["cells"][record["doc_id"]] = record
    return list(rows.values())


# ------------------------------------------------------------------------------------------- links


def _place(doc_id: str, start: str, end: str, root: str) -> str:
    return f"{root}documents/{doc_id}.html#s{start}-{end}"


def _evidence_links(ids: str, tables: Tables, root: str, most: int) -> Markup:
    """Evidence ids as links to the words, each wording once; place and rule show on hover."""
    links: list[Markup] = []
    wanted = [i for i in ids.split(";") if i]
    seen: set[str] = set()
    for evidence_id in wanted:
        if len(links) == most:
            break
        match = EVIDENCE.fullmatch(evidence_id)
        row = tables.evidence.get(evidence_id)
        if match is None or row is None:
            continue
        place = f"{row['doc_id']}, {row['edition']}, page {row['page']}, {row['eid']}"
        title = f"{place}: “{row['text'][:160]}” ({row['rule_id']})"
        words = " ".join(row["text"].split())
        if words.lower() in seen:
            continue
        seen.add(words.lower())
        shown = words if len(words) <= 34 else words[:32].rsplit(" ", 1)[0] + " …"
        links.append(
            Markup('<a class="ev" href="{}" title="{}">{}</a>').format(
                _place(match["doc"], match["start"], match["end"], root), title, shown
            )
        )
    more = (
        Markup(' <span class="more">and {} more in the table</span>').format(len(wanted) - len(links))
        if len(wanted) > len(links)
        else ""
    )
    return Markup(" · ").join(links) + more


def _provision_links(value: str, corpus: Corpus, root: str) -> Markup:
    """`doc eid` pairs as links to the provisions."""
    links = []
    wanted = [v for v in value.split(";") if v]
    for item in wanted[:SHOWN_EVIDENCE]:
        doc_id, _, eid = item.partition(" ")
        if doc_id not in corpus.documents:
            links.append(escape(item))
            continue
        shown = f"{doc_id} {_spoken(eid)}".strip()
        place, anchor = doc_id, ""
        if (doc_id, eid) in corpus.by_eid:
            anchor = f"#p-{eid}"
        elif carriers := corpus.law_provisions.get((doc_id, eid)):
            # A provision that an amending act put into the law stands in the amending act.
            place, anchor = carriers[-1].doc_id, f"#p-{carriers[-1].eid}"
        links.append(Markup('<a href="{}documents/{}.html{}">{}</a>').format(root, place, anchor, shown))
    more = (
        Markup(' <span class="more">and {} more</span>').format(len(wanted) - SHOWN_EVIDENCE)
        if len(wanted) > SHOWN_EVIDENCE
        else ""
    )
    return Markup("; ").join(links) + more


def _spoken(eid: str) -> str:
    """`art_2__para_1__point_a` as people write it: art 2(1)(a)."""
    parts = [p.partition("_")[::2] for p in eid.split("__") if p]
    spoken = ""
    for kind, number in parts:
        if kind in ("art", "sec", "chp", "rule"):
            spoken += (" › " if spoken else "") + f"{kind} {number}"
        elif number:
            spoken += f"({number})"
        else:
            spoken += f"{kind} "
    return spoken.strip()


def _months(value: str) -> str:
    """Months as years and months."""
    if not value:
        return ""
    years, months = divmod(int(value), 12)
    parts = ([f"{years} y"] if years else []) + ([f"{months} m"] if months else [])
    return " ".join(parts) or "0"


# ---------------------------------------------------------------------------------------- full text


def _anchors(tables: Tables) -> dict[str, list[tuple[int, int]]]:
    """doc_id → places that some cell's evidence points to."""
    found: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for row in tables["evidence"].to_dict("records"):
        found[row["doc_id"]].add((int(row["start"]), int(row["end"])))
    return defaultdict(list, {d: sorted(places) for d, places in found.items()})


def _text(corpus: Corpus, doc_id: str, anchors: list[tuple[int, int]]) -> Markup:
    """The canonical text with an anchor at every piece of evidence and provision, and the tagged words marked."""
    text = corpus.text[doc_id]
    heads: dict[int, list[Markup]] = defaultdict(list)
    for provision in corpus.provisions[doc_id]:
        heads[provision.start].append(Markup('<a id="p-{}"></a>').format(provision.eid))
    for start, end in anchors:
        heads[start].append(Markup('<a id="s{}-{}"></a>').format(start, end))
    marks = _marks(corpus, doc_id)
    depth = {p.start: len(list(corpus.ancestors(doc_id, p.eid))) - 1 for p in corpus.provisions[doc_id]}
    kinds = corpus.unit_kinds(doc_id)
    units = {p.start for p in corpus.provisions[doc_id] if p.kind in kinds}
    pages = {p.start: p.page for p in corpus.pages[doc_id]}
    cuts = sorted({*heads, *(s for s, _, _ in marks), *(e for _, e, _ in marks), *pages, len(text)})
    opened = {s: label for s, _, label in marks}
    closed = {e for _, e, _ in marks}
    out: list[Markup] = []
    at = 0
    indent = 0
    line_open = False
    for cut in cuts:
        for piece in re.split(r"(\n)", text[at:cut]):
            if piece == "\n":
                out.append(Markup("</p>\n") if line_open else Markup(""))
                line_open = False
            elif piece:
                if not line_open:
                    out.append(Markup("<p>"))
                    line_open = True
                out.append(Markup('<span data-o="{}">{}</span>').format(at, piece))
            at += len(piece)
        if cut in closed and line_open:
            out.append(Markup("</mark>"))
        if cut < len(text):
            if cut in depth:
                indent = max(0, depth[cut] - (0 if cut in units else 1))
            if (cut == 0 or text[cut - 1] == "\n") and not line_open:
                out.append(Markup('<p class="i{}{}">').format(min(indent, 5), " unit" if cut in units else ""))
                line_open = True
            if cut in pages:
                out.append(Markup('<a class="pg" id="page-{0}" title="page {0}">{0}</a>').format(pages[cut]))
            out += heads.get(cut, [])
            if cut in opened:
                out.append(Markup('<mark class="{}">').format(opened[cut].lower()))
    if line_open:
        out.append(Markup("</p>"))
    return Markup("").join(out)


def _marks(corpus: Corpus, doc_id: str) -> list[tuple[int, int, str]]:
    """Tagged spans that neither overlap nor cross a line, longest first come."""
    taken: list[tuple[int, int, str]] = []
    last = 0
    text = corpus.text[doc_id]
    for tag in sorted(corpus.tags[doc_id], key=lambda t: (t.start, -(t.end - t.start))):
        if tag.start >= last and "\n" not in text[tag.start : tag.end]:
            taken.append((tag.start, tag.end, tag.label))
            last = tag.end
    return taken

"""Who cites whom: instruments as points in a column per jurisdiction, citations as lines, drawn as SVG by hand.

The layout is fixed (columns, by year), so that the same citations give the same picture.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from markupsafe import Markup

from pipeline.corpus import Corpus
from pipeline.report.findings import Tables
from pipeline.report.links import Links
from pipeline.report.words import Words

WIDTH, ROW, TOP = 1080, 34, 56


@dataclass(frozen=True, slots=True)
class Edge:
    """Citations from one document to another."""

    source: str
    target: str
    count: int
    example: str  # evidence id of the first


def edges(tables: Tables, corpus: Corpus) -> list[Edge]:
    """Citations between two documents of the corpus, counted; most first."""
    frame = tables["citations"]
    counts: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], str] = {}
    for source, target, evidence_id in zip(frame["doc_id"], frame["target_doc"], frame["evidence_id"], strict=True):
        if target in corpus.documents and source != target:
            counts[source, target] += 1
            first.setdefault((source, target), evidence_id)
    return [Edge(*pair, n, first[pair]) for pair, n in sorted(counts.items(), key=lambda x: (-x[1], x[0]))]


def svg(corpus: Corpus, found: list[Edge], links: Links, t: Words, alt: str) -> Markup:
    """The graph. Points are links to the documents; each line says on hover what it is."""
    shown = {d for e in found for d in (e.source, e.target)}
    columns: dict[str, list[str]] = {}
    for doc_id, document in corpus.documents.items():
        if doc_id in shown:
            columns.setdefault(document.jurisdiction, []).append(doc_id)
    # The paper and the treaties between or beside the countries: by how many lines meet there, fewest outside.
    order = sorted(columns, key=lambda c: (c == "paper", c))
    step = WIDTH / max(1, len(order))
    place: dict[str, tuple[float, float]] = {}
    for i, code in enumerate(order):
        docs = sorted(columns[code], key=lambda d: (corpus.documents[d].year, d))
        for j, doc_id in enumerate(docs):
            place[doc_id] = (step * (i + 0.5), TOP + ROW * (j + 0.5))
    height = TOP + ROW * max((len(c) for c in columns.values()), default=0) + 10
    out = [Markup('<svg class="graph" viewBox="0 0 {} {}" role="group" aria-label="{}">').format(WIDTH, height, alt)]
    for i, code in enumerate(order):
        out.append(
            Markup('<text class="head" x="{:.0f}" y="24" text-anchor="middle">{}</text>').format(
                step * (i + 0.5), t.jurisdiction(code)
            )
        )
    half = 66
    for edge in reversed(found):
        (x1, y1), (x2, y2) = place[edge.source], place[edge.target]
        if x1 == x2:
            bend = x1 + half + min(90.0, 14 + abs(y2 - y1) / 4)
            path = f"M{x1 + half:.0f} {y1:.0f}C{bend:.0f} {y1:.0f} {bend:.0f} {y2:.0f} {x2 + half:.0f} {y2:.0f}"
        else:
            a, b = (x1 + half, x2 - half) if x1 < x2 else (x1 - half, x2 + half)
            middle = (a + b) / 2
            path = f"M{a:.0f} {y1:.0f}C{middle:.0f} {y1:.0f} {middle:.0f} {y2:.0f} {b:.0f} {y2:.0f}"
        out.append(
            Markup('<path d="{}" stroke-width="{}" data-a="{}" data-b="{}"><title>{}</title></path>').format(
                path,
                1 if edge.count < 3 else 2 if edge.count < 10 else 3 if edge.count < 40 else 5,
                edge.source,
                edge.target,
                t("graph.edge", source=links.name(edge.source), target=links.name(edge.target), n=t.number(edge.count)),
            )
        )
    for doc_id, (x, y) in place.items():
        out.append(
            Markup(
                '<a href="{}" data-node="{}"><rect x="{:.0f}" y="{:.0f}" width="{}" height="24" rx="4"/>'
                '<text x="{:.0f}" y="{:.0f}" text-anchor="middle">{}</text></a>'
            ).format(links.page(doc_id), doc_id, x - half, y - 12, 2 * half, x, y + 4, _fitting(links.name(doc_id)))
        )
    out.append(Markup("</svg>"))
    return Markup("").join(out)


def _fitting(name: str) -> str:
    return name if len(name) <= 19 else name[:18].rstrip() + "…"

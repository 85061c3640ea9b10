"""Protection of victims by form; and the tables of an audited paper beside what the law has.

Reads a Corpus and the tables that `extract` found; writes nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline import records
from pipeline.compare.common import NOT_LOOKED_FOR, in_force_tags, jurisdictions, places, status
from pipeline.corpus import Corpus
from pipeline.link.time import InForce
from pipeline.vocabulary import vocabulary


def protection(corpus: Corpus, in_force: InForce) -> list[dict[str, Any]]:
    tags = in_force_tags(corpus, in_force)
    rows = []
    for concept, entry in vocabulary().items():
        if not entry.form:
            continue
        for code in jurisdictions(corpus):
            hits = [t for t in tags if t.concept == concept and corpus.documents[t.doc_id].jurisdiction == code]
            rows.append(
                {
                    "form": entry.form,
                    "concept": concept,
                    "label": entry.label,
                    "jurisdiction": code,
                    "status": status(code, concept, hits),
                    "provisions": places(hits),
                    "evidence_ids": list(dict.fromkeys(t.evidence_id for t in hits)),
                }
            )
    return sorted(rows, key=lambda r: (("preventive", "repressive", "rehabilitative").index(r["form"]), r["concept"]))


def paper_tables(corpus: Corpus, text: Path, in_force: InForce) -> dict[str, list[dict[str, Any]]]:
    """Tables of audited papers whose first row heads ways of coercion, or modes of trafficking, beside the law."""
    coercion: list[dict[str, Any]] = []
    modes: list[dict[str, Any]] = []
    law = in_force_tags(corpus, in_force)
    for table in records.read_jsonl(text / "tables.jsonl", records.Table):
        if corpus.documents[table.doc_id].kind != "article" or not table.rows:
            continue
        header = table.rows[0]
        offset = table.start
        cells: list[tuple[int, int, str, int]] = []  # row, column, words, offset
        for r, row in enumerate(table.rows):
            for c, cell in enumerate(row):
                if cell:
                    cells.append((r, c, cell, offset))
                    offset += len(cell) + 1
        for r, c, cell, start in cells:
            if r == 0 or (len(header) > 2 and c == 0):
                continue
            concepts = list(
                dict.fromkeys(
                    t.concept for t in corpus.tags[table.doc_id] if t.concept and start <= t.start < start + len(cell)
                )
            )
            base = {"doc_id": table.doc_id, "cell": cell}
            shown = f"{table.doc_id}@{start}-{start + len(cell)}~extract.table-cell"
            for concept in concepts or [""]:
                for code in jurisdictions(corpus):
                    hits = [t for t in law if t.concept == concept and corpus.documents[t.doc_id].jurisdiction == code]
                    row_out = {
                        **base,
                        "concept": concept,
                        "jurisdiction": code,
                        "status": status(code, concept, hits) if concept else NOT_LOOKED_FOR,
                        "provisions": places(hits),
                        "evidence_ids": [shown, *dict.fromkeys(t.evidence_id for t in hits)],
                    }
                    if len(header) == 2:
                        coercion.append({**row_out, "column": header[c]})
                    else:
                        modes.append({**row_out, "aspect": table.rows[r][0], "mode": header[c]})
    return {"coercion": coercion, "trafficking_modes": modes}

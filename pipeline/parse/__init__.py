"""Stage 2: canonical text → provisions with stable ids.

Reads   processed/1-text/ and the `structure` of the packs.
Writes  processed/2-provisions/<doc_id>.jsonl and notices.jsonl (what could not be placed).
Does not read meaning: no rule, no concept. It never refuses a text: what it cannot place stays with the provision
that is open, and is counted.

`numbering` reads numbers, `pieces` finds the headings of articles, `tree` builds the provisions.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from pipeline import records
from pipeline.engine import EngineParams, Payload, map_documents
from pipeline.packs import Structure, load_structure
from pipeline.parse.tree import provisions as parse
from pipeline.records import Document, Notice, Page, Provision

__all__ = ["parse", "parse_document", "run"]


def run(text: Path, out: Path, params: dict[str, Any]) -> None:
    """Parse every document under `text` (1-text) into `out` (a new folder)."""
    documents = list(records.read_jsonl(text / "documents.jsonl", Document))
    payloads: dict[str, Payload] = {
        d.doc_id: {
            "doc_id": d.doc_id,
            "structure": load_structure(d.jurisdiction).model_dump(mode="json"),
            "amending": d.kind == "amending-act",
            "pages": [dataclasses.asdict(p) for p in records.read_jsonl(text / f"{d.doc_id}.jsonl", Page)],
        }
        for d in documents
    }
    results = map_documents("parse", parse_document, payloads, EngineParams(**params["engine"]))
    with records.whole_folder(out) as fresh:
        notices = []
        for doc_id, result in results.items():
            records.write_jsonl(fresh / f"{doc_id}.jsonl", [Provision(**p) for p in result["provisions"]])
            notices += [Notice(**n) for n in result["notices"]]
        records.write_jsonl(fresh / "notices.jsonl", notices)


def parse_document(payload: Payload) -> dict[str, Any]:
    """Provisions of one document: `{provisions, notices}`."""
    pages = [Page(**p) for p in payload["pages"]]
    structure = Structure.model_validate(payload["structure"])
    provisions, notices = parse(payload["doc_id"], pages, structure, payload["amending"])
    return {
        "provisions": [dataclasses.asdict(p) for p in provisions],
        "notices": [dataclasses.asdict(n) for n in notices],
    }

"""reports/ro-crate-metadata.json: what the folder of reports is, for archives (RO-Crate 1.1).

Reads   CITATION.cff, the documents table, and the bytes of the report's files.
Writes  one JSON-LD text: the data set and its files with their hashes, the inputs with theirs, who made it with what.
Lists neither the database, which is made from the tables and is not committed, nor what `evaluate` writes later.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from pipeline import __version__
from pipeline.report.exports.datapackage import DESCRIPTION
from pipeline.report.exports.dataset import LICENCE, TITLE, Dataset

METADATA = "ro-crate-metadata.json"
UNLISTED = {METADATA, "lacuna.sqlite", "metrics.json", "evaluation.csv"}
FORMATS = {
    ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".csv": "text/csv", ".json": "application/json",
    ".md": "text/markdown", ".pdf": "application/pdf", ".svg": "image/svg+xml", ".png": "image/png",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
SOFTWARE_LICENCE = "https://www.apache.org/licenses/LICENSE-2.0"


def build(dataset: Dataset, reports: Path, citation: Path) -> str:
    """The crate's metadata.

    Raises:
        ValueError: CITATION.cff lacks the day of release or the authors.
    """
    cff = yaml.safe_load(citation.read_text(encoding="utf-8"))
    try:
        released, authors = str(cff["date-released"]), [_author(a) for a in cff["authors"]]
    except KeyError as error:
        raise ValueError(f"{citation}: {error} is missing; the archive metadata needs it") from error
    titles = {f"tables/{s.name}.csv": s.title for s in dataset.schemas}
    files = [_file(reports, path, titles) for path in _listed(reports)]
    inputs = [_input(row) for row in dataset.rows.get("documents", [])]
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": TITLE,
        "description": DESCRIPTION,
        "datePublished": released,
        "version": __version__,
        "license": _ref(LICENCE["path"]),
        "author": [_ref(a["@id"]) for a in authors],
        "publisher": _ref(authors[0]["@id"]),
        "temporalCoverage": dataset.as_of,
        "hasPart": [_ref(f["@id"]) for f in files],
        "mentions": _ref("#run"),
    }
    run = {
        "@id": "#run",
        "@type": "CreateAction",
        "name": "dvc repro",
        "description": "The stages of dvc.yaml, from documents to report; dvc.lock holds the hash of each result.",
        "agent": _ref(authors[0]["@id"]),
        "instrument": _ref("#lacuna"),
        "object": [_ref(i["@id"]) for i in inputs],
        "result": [_ref(f["@id"]) for f in files],
    }
    software = {
        "@id": "#lacuna",
        "@type": "SoftwareApplication",
        "name": str(cff["title"]),
        "version": __version__,
        "license": _ref(SOFTWARE_LICENCE),
        "author": [_ref(a["@id"]) for a in authors],
    }
    graph: list[dict[str, Any]] = [
        {
            "@id": METADATA,
            "@type": "CreativeWork",
            "conformsTo": _ref("https://w3id.org/ro/crate/1.1"),
            "about": _ref("./"),
        },
        root,
        *files,
        run,
        software,
        *authors,
        *inputs,
        {"@id": LICENCE["path"], "@type": "CreativeWork", "name": LICENCE["title"], "description": LICENCE["name"]},
        {"@id": SOFTWARE_LICENCE, "@type": "CreativeWork", "name": "Apache License 2.0", "description": "Apache-2.0"},
    ]
    crate = {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": [_compact(entity) for entity in graph]}
    return json.dumps(crate, ensure_ascii=False, indent=1) + "\n"


def _compact(entity: dict[str, Any]) -> dict[str, Any]:
    """One value alone is no list: RO-Crate recommends the shortest form that JSON-LD has."""
    return {k: v[0] if isinstance(v, list) and len(v) == 1 else v for k, v in entity.items()}


def _ref(name: str) -> dict[str, str]:
    return {"@id": name}


def _listed(reports: Path) -> Iterator[Path]:
    for path in sorted(p for p in reports.rglob("*") if p.is_file()):
        relative = path.relative_to(reports)
        if relative.as_posix() not in UNLISTED and not relative.name.startswith("."):
            yield relative


def _file(reports: Path, path: Path, titles: dict[str, str]) -> dict[str, Any]:
    data = (reports / path).read_bytes()
    name = path.as_posix()
    return {
        "@id": name,
        "@type": "File",
        "name": titles.get(name, path.name),
        "encodingFormat": FORMATS.get(path.suffix, "application/octet-stream"),
        "contentSize": str(len(data)),
        "sha256": hashlib.sha256(data).hexdigest(),
    }


def _input(row: dict[str, Any]) -> dict[str, Any]:
    """A document that was read: no part of the crate, but known by its hash."""
    described = {
        "@id": f"#input-{row['doc_id']}",
        "@type": "CreativeWork",
        "name": row["title_en"] or row["title"],
        "identifier": row["akn_uri"] or row["doc_id"],
        "version": row["edition"],
        "sha256": row["sha256"],
        "inLanguage": row["language"],
    }
    return described | ({"url": row["official_urls"]} if row["official_urls"] else {})


def _author(entry: dict[str, str]) -> dict[str, str]:
    if "name" in entry:
        return {"@id": "#" + "-".join(entry["name"].lower().split()), "@type": "Organization", "name": entry["name"]}
    name = f"{entry.get('given-names', '')} {entry['family-names']}".strip()
    return {"@id": entry.get("orcid", "#" + "-".join(name.lower().split())), "@type": "Person", "name": name}

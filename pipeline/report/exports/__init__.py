"""Files to take away: workbook, database, data package, brief, archive metadata.

Reads   reports/tables/*.csv, the words of the corpus, and what else the report stage wrote.
Writes  reports/lacuna.xlsx, lacuna.sqlite, metadata.json, datapackage.json,
        brief.pdf, brief-id.pdf, ro-crate-metadata.json.
Every file is the same bytes on every machine and holds nothing alive: document text is untrusted in all of them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.corpus import Corpus
from pipeline.report.exports import brief, crate, datapackage, sqlite, workbook
from pipeline.report.exports.dataset import Dataset


def write(corpus: Corpus, reports: Path, params: dict[str, Any]) -> None:
    """Write the exports of the tables in `reports` beside them; `write_crate` comes after the pages."""
    dataset = Dataset(reports / "tables", params["as_of"])
    (reports / "lacuna.xlsx").write_bytes(workbook.build(dataset))
    (reports / "lacuna.sqlite").write_bytes(sqlite.build(dataset, sqlite.passages(corpus)))
    _write(reports / "metadata.json", sqlite.metadata(dataset))
    _write(reports / "datapackage.json", datapackage.build(dataset))
    for language, name in brief.LANGUAGES.items():
        (reports / name).write_bytes(brief.build(dataset, language))


def write_crate(reports: Path, params: dict[str, Any]) -> None:
    """Write the archive metadata, which holds the hashes of every other file: call it when all are written."""
    dataset = Dataset(reports / "tables", params["as_of"])
    _write(reports / crate.METADATA, crate.build(dataset, reports, Path("CITATION.cff")))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")

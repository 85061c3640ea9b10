"""Stage 8: everything → reports/: tables, pages in each language, figures, Markdown, files to take away.

Reads   processed/1-text … 7-audit, reports/metrics.json (accuracy, from `evaluate`, if it is there), baseline/ (the run
        that this one is compared with, if one is kept).
Writes  reports/tables/*.csv, reports/report.md, the files to take away (exports/), and the site: *.html, view/, id/,
        documents/, search/, figures/, assets/.
Arranges what the earlier stages found; computes no finding. Document text is untrusted: it is escaped everywhere.
The same inputs give the same bytes, so reports/ is committed.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from pipeline import baseline, link
from pipeline.audit import SCHEMA as CLAIMS
from pipeline.compare import SCHEMAS
from pipeline.corpus import Corpus
from pipeline.gaps import SCHEMA as GAPS
from pipeline.records import TableSchema
from pipeline.report import changed, exports, figures, markdown, pages
from pipeline.report.findings import Tables
from pipeline.report.words import LANGUAGES

STAGED = ("5-tables", "6-gaps", "7-audit")
PUBLISHED: dict[str, TableSchema] = {**SCHEMAS, GAPS.name: GAPS, CLAIMS.name: CLAIMS}


def run(processed: Path, reports: Path, params: dict[str, Any]) -> None:
    """Write the whole report into `reports`; what an earlier run left there is replaced."""
    tables = reports / "tables"
    tables.mkdir(parents=True, exist_ok=True)
    names = {*SCHEMAS, GAPS.name, CLAIMS.name}
    for stale in tables.glob("*.csv"):
        if stale.stem not in names:
            stale.unlink()
    for folder in STAGED:
        for file in sorted((processed / folder).glob("*.csv")):
            if file.stem != "evidence":
                shutil.copyfile(file, tables / file.name)
    _merge_evidence([processed / folder / "evidence.csv" for folder in STAGED], tables / "evidence.csv")
    corpus = Corpus(processed / "1-text", processed / "2-provisions", processed / "3-tags")
    link.load(processed / "4-links", corpus)
    found = Tables(tables)
    differs = changed.changed(found, baseline.read(), params["as_of"])
    markdown.write(found, reports / "report.md", params, differs)
    exports.write(corpus, reports, params)
    measured = reports / "metrics.json"
    site = pages.Site(
        corpus,
        found,
        PUBLISHED,
        {language: figures.draw(found, params, language) for language in LANGUAGES},
        params,
        json.loads(measured.read_text(encoding="utf-8")) if measured.is_file() else {},
        differs,
    )
    pages.write(site, reports)
    exports.write_crate(reports, params)


def _merge_evidence(files: list[Path], out: Path) -> None:
    """All evidence files as one, each id once."""
    lines: dict[str, str] = {}
    header = ""
    for file in files:
        with file.open(encoding="utf-8", newline="") as rows:
            header = rows.readline()
            for line in rows:
                lines.setdefault(line.partition(",")[0], line)
    out.write_text(header + "".join(lines[k] for k in sorted(lines)), encoding="utf-8", newline="\n")

"""Stage 8: everything → reports/: tables, pages, figures, Markdown.

Reads   processed/1-text … 7-audit.
Writes  reports/tables/*.csv, reports/*.html, reports/documents/*.html, reports/report.md, reports/assets/*, and the
        files to take away (exports/).
Arranges what the earlier stages found; computes no finding. Document text is untrusted: it is escaped everywhere.
The same inputs give the same bytes, so reports/ is committed.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from pipeline.audit import SCHEMA as CLAIMS
from pipeline.compare import SCHEMAS
from pipeline.corpus import Corpus
from pipeline.gaps import SCHEMA as GAPS
from pipeline.report import exports, figures, markdown, pages
from pipeline.report.findings import Tables

STAGED = ("5-tables", "6-gaps", "7-audit")


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
    found = Tables(tables)
    drawn = figures.draw(found, params)
    pages.write(corpus, found, drawn, reports, params)
    markdown.write(found, reports / "report.md", params)
    exports.write(corpus, reports, params)


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

"""What `make repro` says when it ends: five lines, and where to open the report."""

from __future__ import annotations

from pathlib import Path

from pipeline.report.findings import Tables, key_findings


def lines(reports: Path) -> list[str]:
    """The key findings of the last run and the path of the report."""
    return [
        *key_findings(Tables(reports / "tables")),
        f"Open {reports / 'index.html'} in a browser (it needs no server).",
    ]

"""What `make repro` says when it ends: what was read, five findings, and where to open the report."""

from __future__ import annotations

from pathlib import Path

from pipeline.report.findings import Tables, key_findings, read_line


def lines(reports: Path) -> list[str]:
    """The key findings of the last run and the path of the report."""
    tables = Tables(reports / "tables")
    return [
        read_line(tables),
        *key_findings(tables),
        f"Open {reports / 'index.html'} in a browser (it needs no server).",
    ]

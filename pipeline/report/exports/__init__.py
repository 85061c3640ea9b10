"""Files to take away: workbook, database, data package, brief, archive metadata.

Reads   reports/tables/*.csv and what else the report stage wrote.
Writes  reports/lacuna.xlsx.
Every file is the same bytes on every machine and holds nothing alive: document text is untrusted in all of them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.report.exports import workbook
from pipeline.report.exports.dataset import Dataset


def write(reports: Path, params: dict[str, Any]) -> None:
    """Write every export of the tables in `reports` beside them."""
    dataset = Dataset(reports / "tables", params["as_of"])
    (reports / "lacuna.xlsx").write_bytes(workbook.build(dataset))

"""reports/report.md: the report for those who read in an editor or on a forge."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pipeline.records import visible
from pipeline.report.changed import Changed, plain, summary, warnings
from pipeline.report.findings import Tables, key_findings, name_of, status_table
from pipeline.report.words import words

# Readers on the web make links of bare addresses, also of those that a document put there; a zero-width space stops it.
BARE_LINK = re.compile(r"\b(?:https?|ftp|javascript|data|mailto|file):|\bwww\.|@(?=\w)", re.IGNORECASE)

MOST_CHANGES = 25  # of one table; the site's page lists more, `make changes` all


def write(tables: Tables, out: Path, params: dict[str, Any], changed: Changed | None) -> None:
    """Write the Markdown report; `changed` is what differs from the run that is kept, None where none is."""
    documents = tables["documents"]
    parts = [
        "# Comparison of laws against trafficking and online sexual exploitation of children",
        f"As of {params['as_of']}. Computed by the pipeline from the documents listed below; not legal advice. "
        "Cells can be followed through the `evidence_ids` of the tables in `tables/` and `tables/evidence.csv`.",
        "## Findings",
        "\n".join(f"{i}. {_safe(f)}" for i, f in enumerate(key_findings(tables), 1)),
        "\n".join(status_table(tables)),
        "## Gaps",
        _table(
            ("Jurisdiction", "Indicator", "Status", "Severity", "Decided by", "Why"),
            (
                (
                    name_of(r["jurisdiction"]),
                    r["indicator"],
                    r["status"],
                    r["severity"],
                    _some(r["provisions"]),
                    r["why"],
                )
                for r in tables["gaps"].to_dict("records")
                if r["status"] != "met"
            ),
        ),
        "## Audit of the paper",
        _table(
            ("Claim", "Paper says", "About", "Verdict", "Law says"),
            (
                (r["claim_id"], r["statement"], r["cited"], r["verdict"], r["found"])
                for r in tables["claims"].to_dict("records")
                if r["verdict"] not in ("supported", "not_checkable")
            ),
        ),
        "## Palermo elements",
        _table(
            ("Jurisdiction", "Instrument", "Element", "Term", "Status", "Provisions"),
            (
                (name_of(r["jurisdiction"]), r["doc_id"], r["element"], r["label"], r["status"], _some(r["provisions"]))
                for r in tables["palermo_matrix"].to_dict("records")
            ),
        ),
        "## Documents",
        _table(
            ("Document", "Title", "In force from", "In force", "Edition", "Checked", "Left out"),
            (
                (r["doc_id"], r["title_en"], r["in_force_from"], r["in_force"], r["edition"], r["checked"], r["omits"])
                for r in documents.to_dict("records")
            ),
        ),
        "## What changed",
        *_changes(changed),
        "## How to read this",
        "`not_found` means that rules looked and found nothing in the texts read. `not_assessed` means that no rule "
        "looks for it. Only an expert's review may say `law_silent`. A digest restates a law in our words; articles "
        "it leaves out were not read.",
    ]
    out.write_text("\n\n".join(parts) + "\n", encoding="utf-8", newline="\n")


def _changes(changed: Changed | None) -> list[str]:
    t = words("en")
    if changed is None:
        return [t("changes.no_run")]
    rows: list[Sequence[str]] = []
    for table, found in changed.tables.items():
        rows += [(table, *line) for line in plain(changed, table, t)[:MOST_CHANGES]]
        if len(found) > MOST_CHANGES:
            rows.append((table, "", t("changes.more", n=len(found) - MOST_CHANGES), ""))
    said = [_safe(" ".join([summary(changed, t), *warnings(changed, t)]))]
    return [*said, _table(("Table", "Change", "Finding", "What"), rows)] if rows else said


def _some(value: str, most: int = 4) -> str:
    items = [v for v in value.split(";") if v]
    return ", ".join(items[:most]) + (f" and {len(items) - most} more" if len(items) > most else "")


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    lines += ["| " + " | ".join(_safe(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def _safe(text: str) -> str:
    """Text that no Markdown reader takes for markup."""
    flat = visible(str(text))[:600]
    flat = flat.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    flat = re.sub(r"([\\`*_\[\]|~])", r"\\\1", flat)
    return BARE_LINK.sub(lambda m: m[0][0] + "&#8203;" + m[0][1:], flat)

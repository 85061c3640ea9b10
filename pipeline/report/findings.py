"""The published tables, and the sentences that say what they show: one place for every figure that is quoted."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from pathlib import Path

import pandas as pd

from pipeline.packs import load_pack
from pipeline.records import as_written

STATUSES = ("met", "partial", "not_found", "law_silent", "not_assessed")
VERDICTS = (
    "supported",
    "imprecise",
    "contradicted",
    "wrong_reference",
    "outdated",
    "internally_inconsistent",
    "not_checkable",
)
SEVERITIES = ("high", "medium", "low")


class Tables:
    """The CSV files of a report, as pandas frames of text (no value is guessed to be a number or a missing one)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read: dict[str, pd.DataFrame] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._read:
            frame = pd.read_csv(self.folder / f"{name}.csv", dtype=str, keep_default_na=False)
            for column in frame.columns:
                marked = frame[column].str.contains("'", regex=False)
                if marked.any():
                    frame.loc[marked, column] = frame.loc[marked, column].map(as_written)
            self._read[name] = frame
        return self._read[name]

    @cached_property
    def codes(self) -> list[str]:
        """Jurisdictions in the gaps table, in order."""
        return list(dict.fromkeys(self["gaps"]["jurisdiction"])) if len(self["gaps"]) else []

    @cached_property
    def evidence(self) -> dict[str, dict[str, str]]:
        """Evidence rows by id."""
        rows = self["evidence"].to_dict("records")
        return {str(r["evidence_id"]): {str(k): str(v) for k, v in r.items()} for r in rows}


def name_of(code: str) -> str:
    """A jurisdiction's English name."""
    return load_pack(code).name


def status_counts(tables: Tables, code: str) -> dict[str, int]:
    """Indicators of a jurisdiction by status, all statuses present."""
    frame = tables["gaps"]
    counts = Counter(frame[frame["jurisdiction"] == code]["status"])
    return {s: counts.get(s, 0) for s in STATUSES}


def verdict_counts(tables: Tables) -> dict[str, int]:
    """Claims by verdict, all verdicts present."""
    counts = Counter(tables["claims"]["verdict"])
    return {v: counts.get(v, 0) for v in VERDICTS}


def status_table(tables: Tables) -> list[str]:
    """Indicators by jurisdiction and status as a Markdown table, one line an element."""
    lines = [
        "| of the indicators | " + " | ".join(s.replace("_", " ") for s in STATUSES) + " |",
        "|---|" + "---|" * len(STATUSES),
    ]
    for code in tables.codes:
        counts = status_counts(tables, code)
        lines.append(f"| {name_of(code)} | " + " | ".join(str(counts[s]) for s in STATUSES) + " |")
    return lines


def key_findings(tables: Tables) -> list[str]:
    """The findings that matter, in at most five sentences, each computed from the tables."""
    found = []
    documents = tables["documents"]
    laws = documents[~documents["kind"].isin(["article", "treaty"])]
    spread = "; ".join(f"{name_of(c)} {len(laws[laws['jurisdiction'] == c])} instruments" for c in tables.codes)
    provisions = tables["provisions"]
    found.append(
        f"Read: {len(documents)} documents with {len(provisions):,} provisions ({spread}), "
        f"{len(tables['citations']):,} citations, {len(tables['penalties']):,} sanctions."
    )
    parts = []
    for code in tables.codes:
        counts = status_counts(tables, code)
        total = sum(counts.values())
        parts.append(
            f"{name_of(code)} meets {counts['met']} of {total} indicators, {counts['partial']} in part; "
            f"nothing found for {counts['not_found']}, {counts['not_assessed']} not assessed"
        )
    found.append("Benchmarks: " + ". ".join(parts) + ".")
    found.append("Fragmentation: " + "; ".join(_fragmentation(tables)) + ".")
    found.append("Of high severity: " + "; ".join(_high(tables, c) for c in tables.codes) + ".")
    counts = verdict_counts(tables)
    checkable = sum(counts.values()) - counts["not_checkable"]
    found.append(
        f"Audit of the paper: {sum(counts.values())} claims, {checkable} checkable: {counts['supported']} supported, "
        f"{counts['imprecise']} imprecise, {counts['contradicted']} contradicted, "
        f"{counts['wrong_reference']} with a wrong reference, {counts['outdated']} outdated, "
        f"{counts['internally_inconsistent']} inconsistent with another."
    )
    return found


def _high(tables: Tables, code: str) -> str:
    """How many indicators of high severity a jurisdiction does not meet, and which have nothing at all."""
    frame = tables["gaps"]
    high = frame[(frame["jurisdiction"] == code) & (frame["severity"] == "high")]
    missing = list(high[high["status"].isin(["not_found", "law_silent"])]["indicator"])
    partial = int((high["status"] == "partial").sum())
    listed = f" ({', '.join(missing[:4])}{', …' if len(missing) > 4 else ''})" if missing else ""
    return f"{name_of(code)} lacks {len(missing)} of {len(high)} altogether{listed} and meets {partial} only in part"


def _fragmentation(tables: Tables) -> list[str]:
    return [
        f"{name_of(r['jurisdiction'])} spreads {r['conducts']} conducts over {r['instruments']} instruments; "
        f"{r['fewest_instruments']} of them cover all"
        for r in tables["fragmentation"].to_dict("records")
    ]

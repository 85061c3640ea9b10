"""The published tables, and the sentences that say what they show: one place for every figure that is quoted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.packs import load_pack
from pipeline.records import as_written
from pipeline.report.words import Words, inert, sentence_case, words

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
NUMBERED = ("act", "amending-act", "ratification", "decree")  # cited by number; other kinds by name


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

    def rows(self, name: str) -> list[dict[str, str]]:
        """The rows of a table as mappings of text."""
        frame = self[name]
        columns = [str(c) for c in frame.columns]
        return [dict(zip(columns, values, strict=True)) for values in frame.itertuples(index=False, name=None)]

    @cached_property
    def codes(self) -> list[str]:
        """Jurisdictions in the gaps table, in order."""
        return list(dict.fromkeys(self["gaps"]["jurisdiction"])) if len(self["gaps"]) else []

    @cached_property
    def names(self) -> dict[str, str]:
        """Short names of the documents: acts by kind and number (`UU 21/2007`), all else by the first short name."""
        return {str(r["doc_id"]): _short_name(r) for r in self["documents"].to_dict("records")}

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


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding that matters: what it is about, and the sentence that says it."""

    key: str
    title: str
    text: str

    def __str__(self) -> str:
        return f"{self.title}: {self.text}"


def read_line(tables: Tables, language: str = "en") -> str:
    """What was read, in one sentence."""
    t = words(language)
    documents = tables["documents"]
    laws = documents[~documents["kind"].isin(["article", "treaty"])]
    spread = "; ".join(
        t("findings.read_part", name=t.jurisdiction(c), n=len(laws[laws["jurisdiction"] == c])) for c in tables.codes
    )
    return t(
        "findings.read",
        documents=len(documents),
        provisions=t.number(len(tables["provisions"])),
        spread=spread,
        citations=t.number(len(tables["citations"])),
        sanctions=t.number(len(tables["penalties"])),
    )


def findings(tables: Tables, language: str = "en") -> list[Finding]:
    """The five findings that matter, each computed from the tables."""
    t = words(language)
    benchmarks = []
    for code in tables.codes:
        counts = status_counts(tables, code)
        total = sum(counts.values())
        share, rest = t.percent(counts["met"], total), _rest(counts, t)
        said_of = {"name": sentence_case(t.named(code)), "met": counts["met"], "all": total}
        benchmarks.append(t("findings.benchmarks_part", **said_of, share=share, rest=rest))
    counts = verdict_counts(tables)
    total = sum(counts.values())
    said = {
        "benchmarks": " ".join(benchmarks),
        "severity": sentence_case(t("findings.sentence", parts="; ".join(_high(tables, c, t) for c in tables.codes))),
        "conducts": sentence_case(
            t("findings.sentence", parts="; ".join(_only_there(tables, c, t) for c in tables.codes))
        ),
        "fragmentation": t(
            "findings.sentence",
            parts="; ".join(
                t(
                    f"findings.fragmentation_{'part' if int(r['conducts']) else 'none'}",
                    **{**r, "name": t.named(r["jurisdiction"])},
                )
                for r in tables.rows("fragmentation")
            ),
        ),
        "audit": t("findings.audit_part", all=total, checkable=total - counts["not_checkable"], **counts),
    }
    return [Finding(key, t(f"findings.{key}"), text) for key, text in said.items()]


def key_findings(tables: Tables, language: str = "en") -> list[str]:
    """The findings that matter as five sentences."""
    return [str(f) for f in findings(tables, language)]


def _rest(counts: Mapping[str, int], t: Words) -> str:
    """What is not met, by status; a status that no indicator has is not spoken of."""
    parts = [t(f"findings.rest.{status}", n=counts[status]) for status in STATUSES[1:] if counts[status]]
    return "; " + ", ".join(parts) if parts else ""


def _high(tables: Tables, code: str, t: Words) -> str:
    """How many indicators of high severity a jurisdiction meets, meets in part, and does not meet."""
    frame = tables["gaps"]
    high = Counter(frame[(frame["jurisdiction"] == code) & (frame["severity"] == "high")]["status"])
    said = {"name": t.named(code), "met": high["met"], "all": high.total()}
    return t("findings.severity_part", **said, rest=_rest(high, t).replace("; ", ", ", 1))


def _only_there(tables: Tables, code: str, t: Words) -> str:
    """Conducts that are an offence with children as victims in one jurisdiction only."""
    frame = tables["conduct_matrix"]
    if len(frame):
        # Where nothing could be assessed there is nothing to compare with.
        assessed = set(frame[frame["status"].isin(("found", "not found"))]["jurisdiction"])
        if code not in assessed:
            return t("findings.conducts_unassessed", name=t.named(code))
        frame = frame[frame["jurisdiction"].isin(assessed)]
    children = frame[frame["child_offences"].astype(int) > 0] if len(frame) else frame
    elsewhere = set(children[children["jurisdiction"] != code]["concept"])
    # What no rule of another jurisdiction looks for, or a law that was not read has, is no difference between the laws.
    unknown = frame["status"].isin(("not looked for", "not assessed"))
    elsewhere |= set(frame[unknown]["concept"]) if len(frame) else set()
    only = [c for c in children[children["jurisdiction"] == code]["concept"] if c not in elsewhere]
    if not only:
        return t("findings.conducts_none", name=t.named(code))
    listed = ", ".join(t.concept(c).lower() for c in only[:5]) + (t("findings.among_others") if len(only) > 5 else "")
    return t("findings.conducts_part", name=t.named(code), n=len(only), listed=listed)


def _short_name(row: Mapping[Any, Any]) -> str:
    match = re.fullmatch(r"[a-z]+-([a-z]+)-(\d+)(?:-(\d{4}))?", row["doc_id"])
    if row["kind"] in NUMBERED and match:
        kind = match[1].upper() if len(match[1]) <= 3 else match[1].capitalize()
        return f"{kind} {match[2]}" + (f"/{match[3]}" if match[3] else "")
    return inert(row["short_names"].partition(";")[0] or row["title_en"] or row["doc_id"])[:60]

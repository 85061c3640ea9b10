"""reports/brief.pdf and reports/brief-id.pdf: four pages for those who decide, typeset with Typst.

Reads   the published tables; words from pipeline/report/messages/brief.<language>.yaml.
Writes  PDF bytes (tagged, fonts embedded that ship with the typst package), the same on every machine.
Says nothing that is not computed. Text goes in as data, never as markup, and is cut to what a page holds.
"""

from __future__ import annotations

import datetime
import json
import math
from collections import Counter
from pathlib import Path
from typing import Any

import pypdfium2
import typst
import yaml

from pipeline import packs
from pipeline.records import visible
from pipeline.report.exports.dataset import LICENCE, Dataset
from pipeline.report.findings import name_of
from pipeline.report.words import words as catalogue

LANGUAGES = {"en": "brief.pdf", "id": "brief-id.pdf"}
MESSAGES = Path(__file__).parent.parent / "messages"
TEMPLATE = Path(__file__).with_name("brief.typ")
PAGES = 4
# Rows of the conduct, gaps, claims and benchmark tables: the first of these budgets that fits on four pages is taken.
BUDGETS = tuple((52 * s // 100, 31 * s // 100, 17 * s // 100, 22 * s // 100) for s in (100, 90, 80, 70, 60, 50, 40, 30))
# Messages that the template shows as they are.
PLAIN = (
    "title", "compared", "benchmark", "met_of", "heat_note", "gaps_note", "indicator", "status", "provisions",
    "audit_note", "claim", "verdict", "law", "method", "check", "check_text",
)  # fmt: skip
OPEN = ("partial", "not_found", "law_silent")
BORNE_OUT = ("supported", "not_checkable")
YEAR_MONTHS = 12


class BriefError(Exception):
    """The brief does not fit on its pages, however few rows it shows."""


def build(dataset: Dataset, language: str) -> bytes:
    """The brief as PDF.

    Raises:
        BriefError: even the fewest rows do not fit on four pages.
    """
    day = datetime.date.fromisoformat(dataset.as_of)
    noon = datetime.datetime(day.year, day.month, day.day, 12, tzinfo=datetime.timezone.utc)  # noqa: UP017
    for budget in BUDGETS:
        data = contents(dataset, language, budget)
        pdf: bytes = typst.compile(
            TEMPLATE.read_bytes(),
            format="pdf",
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            timestamp=noon,
        )
        if len(pypdfium2.PdfDocument(pdf)) == PAGES:
            return pdf
    raise BriefError(f"brief.{language}.yaml: the brief does not fit on {PAGES} pages; shorten its longest messages")


def contents(dataset: Dataset, language: str, budget: tuple[int, int, int, int]) -> dict[str, Any]:
    """Every word and figure of the brief, for the template."""
    t: dict[str, Any] = yaml.safe_load((MESSAGES / f"brief.{language}.yaml").read_text(encoding="utf-8"))
    rows = dataset.rows
    gaps, claims = rows.get("gaps", []), rows.get("claims", [])
    codes = list(dict.fromkeys(r["jurisdiction"] for r in gaps))
    names = {c: t["jurisdictions"].get(c) or name_of(c) for c in codes}
    documents = rows.get("documents", [])
    day = datetime.date.fromisoformat(dataset.as_of)
    held = Counter(r["jurisdiction"] for r in documents)
    high = [r for r in gaps if r["severity"] == "high" and r["status"] in OPEN]
    high.sort(key=lambda r: r["status"] == "partial")
    wrong = [r for r in claims if r["verdict"] not in BORNE_OUT]
    wrong.sort(
        key=lambda r: (
            ("high", "medium", "low").index(r["severity"]) if r["severity"] in ("high", "medium", "low") else 3
        )
    )
    most_conducts, most_gaps, most_claims, most_benchmarks = budget
    benchmarks = list(dict.fromkeys(r["benchmark"] for r in gaps))
    short = {r["doc_id"]: min(r["short_names"], key=len) for r in documents if r["short_names"]}
    words = {k: v for k, v in t.items() if isinstance(v, str)}
    speak = catalogue(language)
    titles = {b.id: speak.own(b, "title") for b in packs.benchmarks()}
    questions = {i.id: speak.own(i, "question") for b in packs.benchmarks() for i in b.indicators}
    digests = sum(r["edition"] == "digest" for r in documents)
    return {
        **{k: words[k] for k in PLAIN},
        "lang": language, "year": day.year, "month": day.month, "day": day.day,
        "names": list(names.values()),
        "subtitle": t["subtitle"].format(names=", ".join(names.values())),
        "as_of": t["as_of"].format(day=dataset.as_of),
        "compared_text": t["compared_text"].format(
            documents=len(documents), provisions=_number(len(rows.get("provisions", [])), language),
            instruments="; ".join(t["instruments"].format(n=held[c], name=names[c]) for c in codes),
            indicators=len({r["indicator"] for r in gaps}), benchmarks=len(benchmarks)),
        "findings_title": t["findings"], "findings": findings(dataset, t, names),
        "table_title": t["table"], "pad": 2.6,
        "statuses": [[titles.get(b, b), *(_shares(gaps, b, c) for c in codes)] for b in benchmarks[:most_benchmarks]],
        "heat_title": t["heat"], "heat_pad": 3.4,
        "heat": _heat(rows.get("conduct_matrix", []), codes, language)[:most_conducts],
        "gaps_title": t["gaps"],
        "gaps": [[names[r["jurisdiction"]], _cut(questions.get(r["indicator"], r["question"]), 120),
                  t["values"][r["status"]], _cut(_places(r, short) or t["none"], 110)] for r in high[:most_gaps]],
        "gaps_more": t["more"].format(n=len(high) - most_gaps) if len(high) > most_gaps else "",
        "audit_title": t["audit"],
        "claims": [[_cut(r["statement"], 170), t["values"][r["verdict"]], _cut(speak.said(r["found"]), 110)]
                   for r in wrong[:most_claims]],
        "claims_more": t["more_claims"].format(n=len(wrong) - most_claims) if len(wrong) > most_claims else "",
        "method_text": t["method_text"].format(digests=digests, documents=len(documents)),
        "licence": t["licence"].format(licence=LICENCE["title"]),
    }  # fmt: skip


def findings(dataset: Dataset, t: dict[str, Any], names: dict[str, str]) -> list[str]:
    """The findings of the first page, computed."""
    gaps, claims = dataset.rows.get("gaps", []), dataset.rows.get("claims", [])
    said = []
    parts = []
    for code, name in names.items():
        n = Counter(r["status"] for r in gaps if r["jurisdiction"] == code)
        high = Counter(r["status"] for r in gaps if r["jurisdiction"] == code and r["severity"] == "high")
        missing = n["not_found"] + n["law_silent"]
        said.append(
            t["finding_met"].format(
                name=name,
                met=n["met"],
                total=n.total(),
                partial=n["partial"],
                missing=missing,
                unassessed=n["not_assessed"],
            )
        )
        parts.append(
            t["high_part"].format(name=name, missing=high["not_found"] + high["law_silent"], partial=high["partial"])
        )
    spread = [
        t["fragmentation_part"].format(
            name=names[r["jurisdiction"]],
            conducts=r["conducts"],
            instruments=r["instruments"],
            fewest=r["fewest_instruments"],
        )
        for r in dataset.rows.get("fragmentation", [])
        if r["jurisdiction"] in names
    ]
    said.append(t["finding_fragmentation"].format(parts="; ".join(spread)))
    said.append(t["finding_high"].format(parts="; ".join(parts)))
    verdicts = Counter(r["verdict"] for r in claims)
    checkable = len(claims) - verdicts["not_checkable"]
    said.append(
        t["finding_audit"].format(
            claims=len(claims),
            checkable=checkable,
            supported=verdicts["supported"],
            wrong=checkable - verdicts["supported"],
        )
    )
    return said


def _shares(gaps: list[dict[str, Any]], benchmark: str, code: str) -> str:
    n = Counter(r["status"] for r in gaps if (r["benchmark"], r["jurisdiction"]) == (benchmark, code))
    return f"{n['met']} / {n['partial']} / {n.total()}"


def _heat(matrix: list[dict[str, Any]], codes: list[str], language: str) -> list[dict[str, Any]]:
    """Conducts by name; a cell's shade is 0–100, by the root of the number of offences."""
    by_label: dict[str, dict[str, dict[str, Any]]] = {}
    for row in matrix:
        known = row["concept"] in packs.vocabulary()
        label = catalogue(language).concept(row["concept"]) if known else row["label"]
        by_label.setdefault(label, {})[row["jurisdiction"]] = row
    top = max((row["offences"] or 0 for row in matrix), default=0) or 1
    out = []
    for label, cells in by_label.items():
        if any(cells.get(c, {}).get("offences") for c in codes):
            shown = [_heat_cell(cells.get(c), top) for c in codes]
            out.append({"label": _cut(label, 60), "cells": shown})
    return out


def _heat_cell(row: dict[str, Any] | None, top: int) -> dict[str, Any]:
    if row is None or row["status"] == "not looked for":
        return {"words": "?", "shade": 0}
    if not row["offences"]:
        return {"words": "–", "shade": 0}
    years = row["prison_max_months"]
    term = "L" if row["life"] else f"{round(years / YEAR_MONTHS, 1):g}" if years else ""
    shade = min(100, round(10 + 90 * math.sqrt(max(row["offences"], 0) / top)))
    return {"words": f"{row['offences']}" + (f" ({term})" if term else ""), "shade": shade}


def spoken(place: str, short: dict[str, str]) -> str:
    """A provision as people write it: `id-x art_2__para_1` as the law's short name and art 2(1)."""
    doc_id, _, eid = place.partition(" ")
    said = ""
    for kind, _, number in (part.partition("_") for part in eid.split("__") if part):
        named = kind in ("art", "sec", "rule", "chp") or not number
        said += (", " if said else " ") + f"{kind} {number}".strip() if named else f"({number})"
    return short.get(doc_id, doc_id) + said


def _places(gap: dict[str, Any], short: dict[str, str]) -> str:
    """The first provisions that decide a gap, or come nearest."""
    return "; ".join(spoken(place, short) for place in (gap["provisions"] or gap["nearest"])[:3])


def _number(n: int, language: str) -> str:
    return f"{n:,}" if language == "en" else f"{n:,}".replace(",", ".")


def _cut(text: str, most: int) -> str:
    """Words on one line, cut between words where there are too many; long ones can be broken."""
    flat = visible(text)
    if len(flat) > most:
        flat = flat[: most - 2].rsplit(" ", 1)[0] + " …"
    # A word that no hyphenation knows (an id, a run of letters) may break after any of its signs.
    return " ".join(
        w if len(w) < 24 else "\u200b".join(w[i : i + 12] for i in range(0, len(w), 12)) for w in flat.split(" ")
    )

"""reports/brief.pdf and reports/brief-id.pdf: four pages for those who decide, typeset with Typst.

Reads   the published tables, reports/metrics.json (if it is there); questions and titles of the benchmarks; words from
        pipeline/report/messages/<language>.yaml, and what only the brief says from brief.<language>.yaml beside them.
Writes  PDF bytes (tagged, fonts embedded that ship with the typst package), the same on every machine.
Says nothing that is not computed. Text goes in as data, never as markup; each page shows as many rows as it holds.
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

from pipeline import Refused
from pipeline.records import visible
from pipeline.report import accuracy
from pipeline.report.exports.dataset import LICENCE, Dataset
from pipeline.report.findings import SEVERITIES, Tables, findings
from pipeline.report.phrases import Phrases, local_titles
from pipeline.report.words import MESSAGES, Words, words
from pipeline.standards import benchmarks
from pipeline.vocabulary import vocabulary

LANGUAGES = {"en": "brief.pdf", "id": "brief-id.pdf"}
TEMPLATE = Path(__file__).with_name("brief.typ")
PAGES = 4
# Millimetres that a page keeps free below its table. What is measured apart may be set a little higher in its place.
SLACK_MM = (8, 14, 24, 48)
MOST_ROWS = 60  # that are offered to a page; it takes as many as it holds
MOST_BENCHMARKS, MOST_BARS = 12, 12
# Messages that the template shows as they are.
PLAIN = (
    "title", "compared", "benchmark", "met_of", "heat_note", "gaps_note", "indicator", "status", "provisions", "more",
    "audit_note", "claim", "verdict", "law", "more_claims", "method", "check", "check_text", "figure", "accuracy",
    "accuracy_text", "accuracy_none", "measured", "facts", "precision", "recall", "life_mark",
)  # fmt: skip
OPEN = ("partial", "not_found", "law_silent")
BORNE_OUT = ("supported", "not_checkable")
Row = dict[str, Any]


class BriefError(Refused):
    """The brief does not fit on its pages, however few rows it shows."""


def build(dataset: Dataset, language: str) -> bytes:
    """The brief as PDF.

    Raises:
        BriefError: it does not fit on four pages.
    """
    day = datetime.date.fromisoformat(dataset.as_of)
    noon = datetime.datetime(day.year, day.month, day.day, 12, tzinfo=datetime.timezone.utc)  # noqa: UP017
    data = contents(dataset, language)
    for slack in SLACK_MM:
        pdf: bytes = typst.compile(
            TEMPLATE.read_bytes(),
            format="pdf",
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps({**data, "slack": slack}, ensure_ascii=False)},
            timestamp=noon,
        )
        if len(pypdfium2.PdfDocument(pdf)) == PAGES:
            return pdf
    raise BriefError(f"brief.{language}.yaml: the brief does not fit on {PAGES} pages; shorten its longest messages")


def contents(dataset: Dataset, language: str) -> dict[str, Any]:
    """Every word and figure of the brief, for the template."""
    own: dict[str, Any] = yaml.safe_load((MESSAGES / f"brief.{language}.yaml").read_text(encoding="utf-8"))
    t, rows, tables = words(language), dataset.rows, Tables(dataset.folder)
    say = Phrases(t, tables.names, local_titles(tables, language))
    gaps, documents = rows.get("gaps", []), rows.get("documents", [])
    codes = list(dict.fromkeys(r["jurisdiction"] for r in gaps))
    names = [t.jurisdiction(c) for c in codes]
    titles = {b.id: t.own(b, "title") for b in benchmarks()}
    asked = {i.id: t.own(i, "question") for b in benchmarks() for i in b.indicators}
    day = datetime.date.fromisoformat(dataset.as_of)
    held = Counter(r["jurisdiction"] for r in documents)
    high = [r for r in gaps if r["severity"] == "high" and r["status"] in OPEN]
    high.sort(key=lambda r: r["status"] == "partial")
    wrong = [r for r in rows.get("claims", []) if r["verdict"] not in BORNE_OUT]
    wrong.sort(key=lambda r: SEVERITIES.index(r["severity"]) if r["severity"] in SEVERITIES else len(SEVERITIES))
    used = list(dict.fromkeys(r["benchmark"] for r in gaps))
    bars, both = _bars(rows.get("penalty_comparison", []), codes, say)
    ranges = "; ".join(
        own["figure_alt_part"].format(conduct=b["label"], name=name, low=one["said"][0], high=one["said"][1])
        for b in bars
        for name, one in zip(names, b["bars"], strict=True)
    )
    return {
        **{k: own[k] for k in PLAIN},
        "lang": language, "year": day.year, "month": day.month, "day": day.day,
        "names": names,
        "subtitle": own["subtitle"].format(names=", ".join(names)),
        "as_of": own["as_of"].format(day=t.date(dataset.as_of)),
        "compared_text": own["compared_text"].format(
            documents=len(documents), provisions=t.number(len(rows.get("provisions", []))),
            instruments="; ".join(own["instruments"].format(n=held[c], name=t.named(c)) for c in codes),
            indicators=len({r["indicator"] for r in gaps}), benchmarks=len(used)),
        "findings_title": own["findings"],
        "findings": [[_cut(f.title, 60), _cut(f.text, 520)] for f in findings(tables, language)],
        "table_title": own["table"],
        "statuses": [[_cut(titles.get(b, b), 80), *(_shares(gaps, b, c) for c in codes)]
                     for b in used[:MOST_BENCHMARKS]],
        "bars": bars, "axis": math.ceil(max((b["to"] for g in bars for b in g["bars"]), default=1) / 5) * 5,
        "figure_note": own["figure_note"].replace("{all}", str(both)),
        "figure_alt": own["figure_alt"].format(ranges=ranges),
        "heat_title": own["heat"],
        "heat": _heat(rows.get("conduct_matrix", []), codes, say, own["life_mark"])[:MOST_ROWS],
        "gaps_title": own["gaps"], "gaps_all": len(high),
        "gaps": [[t.jurisdiction(r["jurisdiction"]), _cut(asked.get(r["indicator"], r["question"]), 140),
                  t.of("status", r["status"]), _cut(say.places(r["provisions"] or r["nearest"]) or own["none"], 110)]
                 for r in high[:MOST_ROWS]],
        "audit_title": own["audit"], "claims_all": len(wrong),
        "claims": [[_cut(r["statement"], 150), t.of("verdict", r["verdict"]), _cut(say.sentence(r["found"]), 150)]
                   for r in wrong[:MOST_ROWS]],
        "method_text": own["method_text"].format(
            digests=sum(r["edition"] == "digest" for r in documents), documents=len(documents)),
        **_accuracy(dataset.folder.parent / "metrics.json", own, t),
        "licence": own["licence"].format(licence=LICENCE["title"]),
    }  # fmt: skip


def _shares(gaps: list[Row], benchmark: str, code: str) -> str:
    n = Counter(r["status"] for r in gaps if (r["benchmark"], r["jurisdiction"]) == (benchmark, code))
    return f"{n['met']} / {n['partial']} / {n.total()}"


def _conduct(row: Row, t: Words) -> str:
    return _cut(t.concept(row["concept"]) if row["concept"] in vocabulary() else row["label"], 60)


def _bars(penalties: list[Row], codes: list[str], say: Phrases) -> tuple[list[dict[str, Any]], int]:
    """Terms in years for the conducts that every jurisdiction punishes with one, most offences first; and how many."""
    by_conduct: dict[tuple[str, str], dict[str, list[Row]]] = {}
    for row in penalties:
        if (row["prison_max_months"] or 0) > 0:
            by_conduct.setdefault((row["concept"], row["label"]), {}).setdefault(row["jurisdiction"], []).append(row)
    # An offence may be punished with life alone, and name no term.
    forever = {(r["concept"], r["label"], r["jurisdiction"]) for r in penalties if r["life"]}
    shared = [(k, g) for k, g in by_conduct.items() if codes and all(c in g for c in codes)]
    # A conduct counts by the jurisdiction that punishes it in fewer places: there is most to compare.
    shared.sort(key=lambda x: (-min(len(x[1][c]) for c in codes), x[0]))
    out = []
    for key, group in shared[:MOST_BARS]:
        bars = []
        for code in codes:
            low = min(max(r["prison_min_months"] or 0, 0) for r in group[code])
            high = max(r["prison_max_months"] for r in group[code])
            life = (*key, code) in forever
            bars.append({"from": low / 12, "to": high / 12, "life": life, "said": (say.years(low), say.years(high))})
        out.append({"label": _conduct(group[codes[0]][0], say.t), "bars": bars})
    return out, len(shared)


def _heat(matrix: list[Row], codes: list[str], say: Phrases, life: str) -> list[dict[str, Any]]:
    """Conducts by name; a cell's shade is 0–100, by the root of the number of offences."""
    by_conduct: dict[tuple[str, str], dict[str, Row]] = {}
    for row in matrix:
        by_conduct.setdefault((row["concept"], row["label"]), {})[row["jurisdiction"]] = row
    top = max((row["offences"] or 0 for row in matrix), default=0) or 1
    return [
        {
            "label": _conduct(next(iter(cells.values())), say.t),
            "cells": [_heat_cell(cells.get(c), top, say, life) for c in codes],
        }
        for cells in by_conduct.values()
        if any((cells[c]["offences"] or 0) > 0 for c in codes if c in cells)
    ]


def _heat_cell(row: Row | None, top: int, say: Phrases, life: str) -> dict[str, Any]:
    if row is None or row["status"] in ("not looked for", "not assessed"):
        return {"words": "?", "shade": 0}
    if not row["offences"]:
        return {"words": "–", "shade": 0}
    months = row["prison_max_months"]
    term = life if row["life"] else say.years(months) if months else ""
    shade = min(100, round(10 + 90 * math.sqrt(max(row["offences"], 0) / top)))
    return {"words": f"{row['offences']}" + (f" ({term})" if term else ""), "shade": shade}


def _accuracy(metrics: Path, own: dict[str, Any], t: Words) -> dict[str, Any]:
    """How well the rules read, as far as it was measured: rows of measure, then facts and two shares a language."""
    measured = json.loads(metrics.read_text(encoding="utf-8")) if metrics.is_file() else {}
    scores = {(label, edition, language): f for label, language, edition, f in accuracy.scores(measured)}
    languages = [k for k in own["languages"] if any(k == language for *_, language in scores)]
    editions = sorted({edition for _, edition, _ in scores})
    lines = []
    for name, label in own["measures"].items():
        for edition in editions:
            cells = [label if len(editions) == 1 else f"{label} ({t.of('edition', edition)})"]
            for language in languages:
                one = scores.get((name, edition, language), {})
                cells += [t.number(one["gold"]), t.share(one["precision"]), t.share(one["recall"])] if one else [""] * 3
            if any(cells[1:]):
                lines.append(cells)
    claims, cells_ = measured.get("claims") or {}, measured.get("indicators") or {}
    said = []
    if claims:
        shares = {k: t.share(claims[k]) for k in ("extracted", "verdicts")}
        said.append(own["accuracy_claims"].format_map({**claims, **shares}))
    if cells_:
        shares = {"status_agrees": t.share(cells_["status_agrees"])}
        said.append(own["accuracy_indicators"].format_map({**cells_, **shares}))
    return {
        "accuracy_rows": lines,
        "accuracy_languages": [own["languages"][k] for k in languages],
        "accuracy_said": " ".join(said),
    }


def _cut(text: str, most: int) -> str:
    """Words on one line, cut between words where there are too many; long ones can be broken."""
    flat = visible(text)
    if len(flat) > most:
        flat = flat[: most - 2].rsplit(" ", 1)[0] + " …"
    # A word that no hyphenation knows (an id, a run of letters) may break after any of its signs.
    return " ".join(
        w if len(w) < 24 else "\u200b".join(w[i : i + 12] for i in range(0, len(w), 12)) for w in flat.split(" ")
    )

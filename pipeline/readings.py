"""What people concluded from the texts × what the run concluded: the paper's claims, and the indicators.

Reads   tests/gold/<paper>.yaml (`claims`), tests/gold/indicators.yaml, processed/6-gaps/gaps.csv, 7-audit/claims.csv.
Writes  nothing: `evaluate` puts the figures into metrics.json and the disagreements into evaluation.csv.
A reading is written before the run's answer is looked at, and never made from it.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path
from typing import Any

ACCUSATIONS = ("contradicted", "wrong_reference", "outdated", "internally_inconsistent")
# What a reading asserts → the kinds of claim in which the audit would say it.
KINDS = {
    "prison_min_months": ("penalty", "consistency"),
    "prison_max_months": ("penalty", "consistency"),
    "fine_max": ("penalty", "consistency"),
    "life": ("penalty", "consistency"),
    "relative": ("penalty", "consistency"),
    "number_year": ("identity",),
    "title": ("identity",),
    "gazette": ("gazette", "identity"),
    "status": ("status", "content", "penalty"),
    "percent_increase": ("figure", "consistency"),
    "punishes": ("relation", "content"),
    "applies_to": ("relation", "content"),
    "reference": ("content", "penalty"),
    "content": ("content", "elements"),
}
Row = dict[str, str]


def claims(gold: dict[str, Any], rows: list[Row], laws: dict[str, str]) -> tuple[dict[str, Any], list[Row]]:
    """Figures for one paper, and the disagreements.

    Args:
        gold: a reading, with `doc_id` and `claims`.
        rows: the audit's table.
        laws: doc_id → the law whose articles it carries (an amending act's stand in the act it amends).

    Returns:
        `{checkable, extracted, verdicts, false_contradicted, by_kind}` (shares of one, four decimals), and rows for
        evaluation.csv. A claim of the reading is extracted when the audit has one of its kind about its provision.
        Readings that name no law, or only that a law is (not) mentioned, are outside of what can be aligned.
    """
    mine = [r for r in rows if r["doc_id"] == gold["doc_id"]]
    used: set[str] = set()
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    disagreements: list[Row] = []
    for claim in gold["claims"]:
        kind = next((k for k in KINDS if k in claim["asserted"]), "content")
        places = claim["cites"] if isinstance(claim["cites"], list) else [claim["cites"]]
        named = [str(p) for p in [*places, claim.get("via")] if p and not str(p).startswith("?")]
        if (kind != "percent_increase" and not named) or claim["verdict"] == "not_checkable":
            continue
        found = [r for r in mine if r["kind"] in KINDS[kind] and (_meets(r, named, laws) or "figure" in r["asserted"])]
        if kind == "percent_increase":
            found = [r for r in found if str(claim["asserted"][kind]) in r["asserted"]]
        agreed = [r for r in found if r["verdict"] == claim["verdict"]]
        count = counts[KINDS[kind][0]]
        count[0] += 1
        count[1] += bool(found)
        count[2] += bool(agreed)
        used |= {r["claim_id"] for r in found}
        if not agreed:
            said = ", ".join(sorted({f"{r['claim_id']} {r['verdict']}" for r in found})) or "no claim"
            disagreements.append(
                _disagreement("claims", gold["doc_id"], claim["id"], f"{claim['verdict']}; audit: {said}")
            )
    accused = [r for r in mine if r["verdict"] in ACCUSATIONS]
    guilty = [c for c in gold["claims"] if c["verdict"] in (*ACCUSATIONS, "imprecise")]
    false = [r for r in accused if not any(_accuses(r, c, laws) for c in guilty)]
    disagreements += [
        _disagreement("claims", gold["doc_id"], r["claim_id"], f"false accusation: {r['verdict']} of {r['cited']}")
        for r in false
    ]
    total, extracted, verdicts = (sum(c[i] for c in counts.values()) for i in range(3))
    return {
        "checkable": total,
        "extracted": _share(extracted, total),
        "verdicts": _share(verdicts, extracted),
        "false_accusations": len(false),
        "by_kind": {
            k: {"checkable": c[0], "extracted": _share(c[1], c[0]), "verdicts": _share(c[2], c[1])}
            for k, c in sorted(counts.items())
        },
    }, disagreements


def indicators(gold: list[dict[str, Any]], rows: list[Row]) -> tuple[dict[str, Any], list[Row]]:
    """How far the run's statuses and deciding provisions agree with a reading, and where they do not.

    A deciding provision is named when one of the reading's stands among the run's, or in an article among them.
    """
    found = {(r["jurisdiction"], r["indicator"]): r for r in rows}
    same = named = decided = 0
    disagreements = []
    for cell in gold:
        row = found.get((cell["jurisdiction"], cell["indicator"]))
        status = row["status"] if row else "no such indicator"
        same += status == cell["status"]
        if row is None or status != cell["status"]:
            words = f"{cell['status']} ({cell['because']}); run: {status} {row['provisions'][:120] if row else ''}"
            disagreements.append(_disagreement("indicators", cell["jurisdiction"], cell["indicator"], words))
        elif cell["status"] in ("met", "partial"):
            decided += 1
            given = row["provisions"].split(";")
            if any(_decides(p, g) for p in cell["provisions"] for g in given):
                named += 1
            else:
                words = f"{', '.join(cell['provisions'])}; run: {row['provisions'][:160]}"
                disagreements.append(_disagreement("indicators", cell["jurisdiction"], cell["indicator"], words))
    return {
        "cells": len(gold),
        "status_agrees": _share(same, len(gold)),
        "deciding_provision_named": _share(named, decided),
    }, disagreements


def read_table(file: Path) -> list[Row]:
    """Rows of a stage's CSV; [] where the stage wrote none."""
    if not file.is_file():
        return []
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _meets(row: Row, named: list[str], laws: dict[str, str]) -> bool:
    cited_doc, _, cited_eid = row["cited"].partition(" ")
    for place in named:
        doc_id, _, eid = place.partition(" ")
        if laws.get(doc_id, doc_id) != laws.get(cited_doc, cited_doc):
            continue
        if row["kind"] in ("identity", "status", "gazette"):
            return True
        own = _own(cited_eid)
        if not eid or not own or _inside(own, eid) or _inside(eid, own):
            return True
    return False


def _accuses(row: Row, claim: dict[str, Any], laws: dict[str, str]) -> bool:
    places = claim["cites"] if isinstance(claim["cites"], list) else [claim["cites"]]
    named = [str(p) for p in [*places, claim.get("via")] if p]
    figures = "figure" in row["asserted"] and any("percent" in k for k in claim["asserted"])
    return figures or _meets(row, named, laws)


def _own(eid: str) -> str:
    """An eId without the amending act's part of it (`art_I__point_62__art_76I` → `art_76I`)."""
    parts = eid.split("__")
    last = max((i for i, p in enumerate(parts) if p.split("_")[0] in ("art", "sec")), default=0)
    return "__".join(parts[last:])


def _inside(eid: str, whole: str) -> bool:
    return eid == whole or eid.startswith(whole + "__")


def _decides(place: str, given: str) -> bool:
    doc_id, _, eid = place.partition(" ")
    other, _, other_eid = given.strip().partition(" ")
    # Questions about a whole instrument are answered with it.
    return doc_id == other and (not other_eid or _inside(eid, _own(other_eid)) or _inside(_own(other_eid), eid))


def _disagreement(label: str, doc_id: str, eid: str, fact: str) -> Row:
    return {"label": label, "doc_id": doc_id, "eid": eid, "kind": "differs", "fact": fact}


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None

"""What people concluded from the texts × what the run concluded: the paper's claims, and the indicators.

Reads   tests/gold/<paper>.yaml (`claims`), tests/gold/indicators.yaml, processed/6-gaps/gaps.csv, 7-audit/claims.csv.
Writes  nothing: `evaluate` puts the figures into metrics.json and the disagreements into evaluation.csv.
A reading is written before the run's answer is looked at, and never made from it.
"""

from __future__ import annotations

import csv
import hashlib
import re
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
    "date": ("identity",),
    "status": ("status", "content", "penalty"),
    "percent_increase": ("figure", "consistency"),
    "punishes": ("relation", "content"),
    "applies_to": ("relation", "content"),
    "reference": ("content", "penalty", "mention"),
    "content": ("content", "elements", "absence", "name"),
}
# Penalties are compared field by field.
PENALTIES = ("prison_min_months", "prison_max_months", "fine_max", "life", "relative")
COMPARED = (*PENALTIES, "fine_min", "fine_category_min", "fine_category_max", "conjunction")
ENOUGH = 1 / 3  # share of a claim's words that a row must have to be the same claim
STOP = {
    "the",
    "of",
    "and",
    "or",
    "in",
    "on",
    "to",
    "for",
    "by",
    "with",
    "an",
    "is",
    "other",
    "act",
    "acts",
    "law",
    "true",
}
Row = dict[str, str]


def claims(gold: dict[str, Any], rows: list[Row], laws: dict[str, str]) -> tuple[dict[str, Any], list[Row]]:
    """Figures for one paper, and the disagreements.

    Each claim of the reading is compared with one row of the audit: of the rows of its kind, about its provision, in
    its section, the one that asserts most of the same. What is compared: figures, numbers and titles by value; content
    by the words of the claim, which the row must have in its statement or in what it takes to be asserted. A claim is
    extracted when there is such a row, and its verdict agrees when the verdict of that one row is the same.

    Args:
        gold: a reading, with `doc_id` and `claims`.
        rows: the audit's table.
        laws: doc_id → the law whose articles it carries (an amending act's stand in the act it amends).

    Returns:
        `{checkable, extracted, verdicts, false_accusations, false_contradicted, by_kind, halves}` (shares of one, four
        decimals), and rows for evaluation.csv. Claims of the reading that it cannot check itself are left out.
        `verdicts` is the share of the extracted claims. An accusation is false unless the reading accuses a claim of
        the same provision, section and content; a `contradicted`, unless the reading has a contradiction or an
        inconsistency there. `halves` gives the figures for the claims whose id hashes even and odd: rules may be
        written with one half in view, and tried on the other.
    """
    mine = [r for r in rows if r["doc_id"] == gold["doc_id"]]
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    halves: dict[str, list[int]] = {"even": [0, 0, 0], "odd": [0, 0, 0]}
    disagreements: list[Row] = []
    for claim in gold["claims"]:
        if claim["verdict"] == "not_checkable":
            continue
        kind = _kind(claim)
        found = [(shared, r) for r in mine if (shared := _shared(claim, r, laws)) > 0]
        best = max(found, key=lambda item: item[0])[1] if found else None
        agreed = best is not None and best["verdict"] == claim["verdict"]
        for count in (counts[KINDS[kind][0]], halves[half(claim["id"])]):
            count[0] += 1
            count[1] += best is not None
            count[2] += agreed
        if not agreed:
            said = f"{best['claim_id']} {best['verdict']}" if best else "no claim"
            disagreements.append(
                _disagreement("claims", gold["doc_id"], claim["id"], f"{claim['verdict']}; audit: {said}")
            )
    accused = [r for r in mine if r["verdict"] in ACCUSATIONS]
    false = [r for r in accused if not any(_accuses(r, c, laws, ACCUSATIONS) for c in gold["claims"])]
    conflicts = ("contradicted", "internally_inconsistent")
    contradicted = [r for r in accused if r["verdict"] == "contradicted"]
    wrongly = [r for r in contradicted if not any(_accuses(r, c, laws, conflicts) for c in gold["claims"])]
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
        "false_contradicted": len(wrongly),
        "by_kind": {k: _figures(c) for k, c in sorted(counts.items())},
        "halves": {k: _figures(c) for k, c in halves.items()},
    }, disagreements


def half(claim_id: str) -> str:
    """Which half of a reading a claim belongs to: by the parity of the SHA-256 of its id."""
    return "odd" if hashlib.sha256(claim_id.encode()).digest()[-1] % 2 else "even"


def _figures(count: list[int]) -> dict[str, Any]:
    return {"checkable": count[0], "extracted": _share(count[1], count[0]), "verdicts": _share(count[2], count[1])}


def _shared(claim: dict[str, Any], row: Row, laws: dict[str, str]) -> float:
    """How much of what a claim of the reading asserts a row asserts too; 0 where it is another claim."""
    kind = _kind(claim)
    inconsistent = claim["verdict"] == "internally_inconsistent"
    if row["kind"] not in KINDS[kind] and not (inconsistent and row["kind"] == "consistency"):
        return 0.0
    # That two statements of a paper conflict is a row of its own, beside what the law says to either.
    if (row["kind"] == "consistency") != inconsistent and not (inconsistent and row["verdict"] == "contradicted"):
        return 0.0
    section = str(claim["section"])
    if section[0].isdigit() and not row["section"].startswith((f"sec_{section}__", f"sec_{section.rstrip('.')}__")):
        return 0.0
    named = _places(claim)
    if kind != "percent_increase" and named and not _meets(row, named, laws):
        return 0.0
    said = _values(claim["asserted"])
    shown = _words(f"{row['statement']} {row['asserted']} {row['found'] if row['kind'] == 'consistency' else ''}")
    if kind in PENALTIES:
        fields = dict(f.split(": ", 1) for f in row["asserted"].split("; ") if ": " in f)
        wanted = {k: _shown(v) for k, v in claim["asserted"].items() if k in COMPARED}
        equal = sum(fields.get(k) == v for k, v in wanted.items())
        return _share(equal, len(wanted)) or 0.0
    if kind == "number_year":
        wanted_numbers = set(re.findall(r"\d+", " ".join(str(claim["asserted"].get(k, "")) for k in ("number_year",))))
        if not wanted_numbers <= set(re.findall(r"\d+", row["asserted"])):
            return 0.0
    exact = any(row["cited"] == place or row["cited"].endswith(place.partition(" ")[2] or " ") for place in named)
    overlap = len(said & shown) / len(said) if said else 1.0
    # Of rows on one sentence, the one that takes the same part of it to be asserted; of those, the one that adds least.
    asserted = _words(row["asserted"])
    closer = len(said & asserted) / len(said) if said else 0.0
    alone = len(said & asserted) / len(asserted) if asserted else 0.0
    return overlap + closer / 10 + exact / 100 + alone / 1000 if overlap >= ENOUGH else 0.0


def _shown(value: Any) -> str:
    """A value of a reading as the audit shows it: `{plus_fraction: 1/3}` is “plus 1/3”."""
    if isinstance(value, dict):
        return "; ".join(f"{k.removesuffix('_fraction')} {v}" for k, v in value.items())
    return str(value)


def _kind(claim: dict[str, Any]) -> str:
    """The key of KINDS under which a claim of the reading falls; content that mentions a life sentence is content."""
    asserted = claim["asserted"]
    if "content" in asserted and not asserted.keys() & {"prison_max_months", "fine_max", "relative", "number_year"}:
        return "date" if "date" in asserted else "content"
    return next((k for k in KINDS if k in asserted), "content")


def _places(claim: dict[str, Any]) -> list[str]:
    places = claim["cites"] if isinstance(claim["cites"], list) else [claim["cites"]]
    return [str(p) for p in [*places, claim.get("via")] if p and not str(p).startswith("?")]


def _values(asserted: dict[str, Any]) -> set[str]:
    """Words of what a reading says that a statement asserts; provisions and figures by their numbers."""
    return _words(" ".join(f"{v}" for k, v in asserted.items() if k not in ("currency", "amends", "period")))


def _words(text: str) -> set[str]:
    """Words by their stems, so that `prohibits` and `prohibition` are one."""
    words = re.findall(r"[a-z]{2,}|\d+[A-Z]?", re.sub(r"[_./]", " ", text).lower())
    return {w[:6] for w in words} - STOP


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
    for cited in row["cited"].split(";"):
        cited_doc, _, cited_eid = cited.partition(" ")
        for place in named:
            doc_id, _, eid = place.partition(" ")
            if laws.get(doc_id, doc_id) != laws.get(cited_doc, cited_doc):
                continue
            if row["kind"] in ("identity", "gazette"):
                return True
            if row["kind"] == "status" and eid:
                continue
            own = _own(cited_eid)
            if not eid or not own or _inside(own, eid) or _inside(eid, own):
                return True
    return False


def _accuses(row: Row, claim: dict[str, Any], laws: dict[str, str], verdicts: tuple[str, ...]) -> bool:
    """Whether a claim of the reading bears out an accusation: same provision, section and content, and accused too."""
    if claim["verdict"] not in verdicts:
        return False
    section = str(claim["section"])
    if section[0].isdigit() and not row["section"].startswith(f"sec_{section}__"):
        return False
    if "figure" in row["asserted"]:
        return any("percent" in k for k in claim["asserted"])
    named = _places(claim)
    said = _values(claim["asserted"])
    shown = _words(f"{row['statement']} {row['asserted']} {row['found']}")
    return (not named or _meets(row, named, laws)) and len(said & shown) >= ENOUGH * len(said)


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

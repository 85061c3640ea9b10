"""Stage 7: a paper's own claims × the statutes → verdicts.

Reads   processed/1-text … 4-links.
Writes  processed/7-audit/claims.csv and evidence.csv.
Audits every document of kind `article`, each as of the day it was accepted (params.as_of where it gives none).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline import compare, link, records
from pipeline.audit.claims import Claim, claims, sentence
from pipeline.audit.verdicts import CONTRADICTED, INCONSISTENT, SEVERITY, Judge, Verdict
from pipeline.corpus import Corpus
from pipeline.link.scales import fine_scale
from pipeline.records import Column, TableSchema

CLOSE = 0.02  # share by which two figures of the same thing may differ and still be meant to be one
MOVES = {"increase", "increas", "rise", "rose", "grew", "growth", "decrease", "fell", "drop"}
COMPARABLE = ("fine_max", "prison_max_months", "conjunction")  # what two claims about one provision must agree on
SCHEMA = TableSchema(
    "claims",
    "Audit: the paper's claims beside the law",
    (
        Column("claim_id", "string", "number of the claim, in reading order"),
        Column("doc_id", "string", "the paper"),
        Column("section", "string", "section and paragraph of the paper"),
        Column("page", "integer", "page of the paper"),
        Column("kind", "string", "penalty, content, identity, status, figure, decision, consistency"),
        Column("statement", "string", "the paper's words"),
        Column("cited", "string", "provision that the statement is about"),
        Column("asserted", "string", "what is asserted"),
        Column("found", "string", "what the law says"),
        Column(
            "verdict",
            "string",
            "supported, imprecise, contradicted, wrong_reference, outdated, internally_inconsistent, not_checkable",
        ),
        Column("severity", "string", "none, low, medium, high"),
        Column("as_of", "date", "day as of which the law was read"),
        Column("evidence_ids", "list", records.COMMON["evidence_ids"]),
    ),
    ("claim_id",),
)


def run(text: Path, provisions: Path, tags: Path, links_folder: Path, out: Path, params: dict[str, Any]) -> None:
    """Audit every paper of the corpus; write into `out` (a new folder)."""
    corpus = Corpus(text, provisions, tags)
    links = link.load(links_folder)
    scales = {code: fine_scale(corpus, code)[0] for code in compare.jurisdictions(corpus)}
    rows: list[dict[str, Any]] = []
    for document in corpus.documents.values():
        if document.kind == "article":
            day = document.published or document.signed or params["as_of"]
            judge = Judge(corpus, links, scales, day)
            judged = [(c, judge(c)) for c in claims(corpus, links, document.doc_id)]
            rows += [_row(corpus, c, v, day) for c, v in judged]
            rows += [_row(corpus, c, v.also, day) for c, v in judged if v.also]
            rows += [_row(corpus, c, v, day, kind="consistency") for c, v in inconsistencies(judged)]
            rows += [_row(corpus, c, v, day, kind="consistency") for c, v in differing_figures(corpus, judged)]
    for number, row in enumerate(sorted(rows, key=lambda r: (r["doc_id"], r.pop("start"), r["kind"])), 1):
        row["claim_id"] = f"c{number:03d}"
    rows.sort(key=lambda r: r["claim_id"])
    with records.whole_folder(out) as fresh:
        records.write_csv(fresh / "claims.csv", SCHEMA, rows)
        ids = [i for row in rows for i in row["evidence_ids"]]
        records.write_csv(fresh / "evidence.csv", compare.SCHEMAS["evidence"], compare.evidence(corpus, ids))


def inconsistencies(judged: list[tuple[Claim, Verdict]]) -> Iterator[tuple[Claim, Verdict]]:
    """Penalty claims about one provision that cannot both be true, whatever the law says."""
    by_place: dict[tuple[str, str], list[tuple[Claim, Verdict]]] = {}
    for claim, verdict in judged:
        if claim.kind == "penalty" and claim.cited and claim.cited.eid:
            by_place.setdefault((claim.cited.law, claim.cited.eid), []).append((claim, verdict))
    for same in by_place.values():
        for i, (later, verdict) in enumerate(same):
            for earlier, _ in same[:i]:
                differing = sorted(
                    k
                    for k in later.asserted.keys() & earlier.asserted.keys()
                    if k in COMPARABLE and later.asserted[k] != earlier.asserted[k]
                )
                if differing and CONTRADICTED in (verdict.verdict, *(v.verdict for _, v in same[:i])):
                    words = "; ".join(f"{k}: {earlier.asserted[k]} before, {later.asserted[k]} here" for k in differing)
                    yield later, Verdict(INCONSISTENT, words, list(earlier.evidence_ids))
                    break


def differing_figures(corpus: Corpus, judged: list[tuple[Claim, Verdict]]) -> Iterator[tuple[Claim, Verdict]]:
    """Percentages of the same thing in one section, close to each other and yet not equal.

    The same: each said to rise (or to fall), of at least two content words that both sentences have in common.
    """
    figures = [(c, _percentage(str(c.asserted["figure"]))) for c, _ in judged if c.kind == "figure"]
    for i, (later, second) in enumerate(figures):
        for earlier, first in figures[:i]:
            if (
                first is None
                or second is None
                or first == second
                or later.eid.split("__")[0] != earlier.eid.split("__")[0]
            ):
                continue
            words = [_subject(corpus, c) for c in (earlier, later)]
            close = abs(first - second) <= CLOSE * max(first, second)
            moves = words[0] & MOVES and words[1] & MOVES
            if close and moves and len(words[0] & words[1] - MOVES) >= 2:
                one, two = earlier.asserted["figure"], later.asserted["figure"]
                yield earlier, Verdict(INCONSISTENT, f"{one} here, {two} later", list(later.evidence_ids))
                yield later, Verdict(INCONSISTENT, f"{one} before, {two} here", list(earlier.evidence_ids))
                break


def _percentage(figure: str) -> float | None:
    found = re.match(r"\d+(?:[.,]\d+)?(?=\s?(?:%|percent))", figure)
    return float(found[0].replace(",", ".")) if found else None


def _subject(corpus: Corpus, claim: Claim) -> set[str]:
    start, end = sentence(corpus, claim.doc_id, claim.start)
    words = set(re.findall(r"[a-z]{4,}", corpus.text[claim.doc_id][start:end].lower()))
    return {re.sub(r"(?:ed|s)$", "", w) for w in words} - {
        "with",
        "that",
        "this",
        "from",
        "approximately",
        "during",
        "around",
    }


def _row(corpus: Corpus, claim: Claim, verdict: Verdict, day: str, kind: str = "") -> dict[str, Any]:
    start, end = sentence(corpus, claim.doc_id, claim.start)
    cited = verdict.cited
    if not cited and claim.cited is not None:
        whole = claim.kind in ("identity", "status") and claim.cited.law
        cited = claim.cited.law if whole else f"{claim.cited.law} {claim.cited.eid or claim.cited.as_written}".strip()
    return {
        "claim_id": "",
        "doc_id": claim.doc_id,
        "section": claim.eid,
        "page": claim.page,
        "kind": kind or claim.kind,
        "statement": corpus.text[claim.doc_id][start:end],
        "cited": cited,
        "asserted": "; ".join(f"{k}: {', '.join(v) if isinstance(v, list) else v}" for k, v in claim.asserted.items()),
        "found": verdict.found,
        "verdict": verdict.verdict,
        "severity": SEVERITY[verdict.verdict],
        "as_of": day,
        "evidence_ids": list(dict.fromkeys([*claim.evidence_ids, *verdict.evidence_ids])),
        "start": claim.start,
    }

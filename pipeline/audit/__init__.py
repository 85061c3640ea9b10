"""Stage 7: a paper's own claims × the statutes → verdicts.

Reads   processed/1-text … 4-links.
Writes  processed/7-audit/claims.csv and evidence.csv.
Audits every document of kind `article`, each as of the day it was accepted (params.as_of where it gives none).

What a paper says:      `paper` (its sentences), `cited` (which provision is meant), then the claims: `claims`,
                        `contents`, `laws`, `identities`.
What the law says:      `statutes` (the text of the day), `wording` (its terms).
One beside the other:   `verdicts`, which asks `penalty_`, `element_`, `content_`, `law_` and `identity_verdicts`.
The paper with itself:  `consistency`, `categories`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline import compare, link, records
from pipeline.audit.cited import in_context
from pipeline.audit.claim import Claim
from pipeline.audit.claims import claims, with_status
from pipeline.audit.consistency import conflicts
from pipeline.audit.contents import Statements
from pipeline.audit.identities import identities
from pipeline.audit.laws import LawStatements
from pipeline.audit.paper import sentence
from pipeline.audit.verdict import IMPRECISE, SEVERITY, SUPPORTED, Verdict
from pipeline.audit.verdicts import Judge
from pipeline.corpus import Corpus
from pipeline.link import Links
from pipeline.records import Column, TableSchema

TENTATIVE = (SUPPORTED, IMPRECISE)  # verdicts that a statement has which may be of another provision
SCHEMA = TableSchema(
    "claims",
    "Audit: the paper's claims beside the law",
    (
        Column("claim_id", "string", "number of the claim, in reading order"),
        Column("doc_id", "string", "the paper"),
        Column("section", "string", "section and paragraph of the paper"),
        Column("page", "integer", "page of the paper"),
        Column(
            "kind",
            "string",
            "of a provision: penalty, content, elements, relation, absence, name, mention (that it exists); of a law: "
            "identity, gazette, status; figure, decision; consistency (with another statement of the paper)",
        ),
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
    links = link.load(links_folder, corpus)
    rows: list[dict[str, Any]] = []
    for document in corpus.documents.values():
        if document.kind == "article":
            day = document.published or document.signed or params["as_of"]
            judge = Judge(corpus, links, day)
            judged = [(c, judge(c)) for c in all_claims(corpus, links, document.doc_id)]
            judged = [(c, v) for c, v in judged if not c.tentative or v.verdict in TENTATIVE]
            rows += [_row(corpus, c, v, day) for c, v in judged]
            rows += [_row(corpus, c, v.also, day) for c, v in judged if v.also]
            rows += [_row(corpus, c, v, day, kind="consistency") for c, v in conflicts(corpus, document.doc_id, judged)]
    for number, row in enumerate(sorted(rows, key=lambda r: (r["doc_id"], r.pop("start"), r["kind"])), 1):
        row["claim_id"] = f"c{number:03d}"
    rows.sort(key=lambda r: r["claim_id"])
    with records.whole_folder(out) as fresh:
        records.write_csv(fresh / "claims.csv", SCHEMA, rows)
        ids = [i for row in rows for i in row["evidence_ids"]]
        records.write_csv(fresh / "evidence.csv", compare.SCHEMAS["evidence"], compare.evidence(corpus, ids))


def all_claims(corpus: Corpus, links: Links, doc_id: str) -> list[Claim]:
    """Every claim of a paper, in reading order.

    That a provision exists is a claim of its own only where the sentence claims nothing else of it.
    """
    cited = in_context(corpus, [c for c in links.citations if c.doc_id == doc_id], doc_id)
    found = claims(corpus, links, doc_id, cited)
    statements = Statements(corpus, doc_id, cited, [s for s in links.sanctions if s.doc_id == doc_id])
    contents = list(statements.contents())
    found += [
        *contents,
        *statements.names(),
        *LawStatements(statements, [c for c in contents if not c.tentative]).claims(),
        *identities(corpus, doc_id),
    ]
    listed = {_place(corpus, c)[0] for c in found if c.kind == "elements"}
    found = [c for c in found if not c.tentative or _place(corpus, c)[0] not in listed]
    richer = {_place(corpus, c) for c in found if c.kind in ("penalty", "relation", "content", "status")}
    richer |= {_refers(corpus, c) for c in found if c.kind == "relation"}
    kept = [c for c in found if c.kind != "mention" or _place(corpus, c) not in richer]
    return sorted(with_status(corpus, kept), key=lambda c: (c.start, c.kind))


def _place(corpus: Corpus, claim: Claim) -> tuple[int, str, str]:
    cited = claim.cited
    return sentence(corpus, claim.doc_id, claim.start)[0], cited.law if cited else "", cited.eid if cited else ""


def _refers(corpus: Corpus, claim: Claim) -> tuple[int, str, str]:
    start, law, _ = _place(corpus, claim)
    return start, law, str(claim.asserted["refers_to"])


def _row(corpus: Corpus, claim: Claim, verdict: Verdict, day: str, kind: str = "") -> dict[str, Any]:
    start, end = sentence(corpus, claim.doc_id, claim.start)
    evidence = list(dict.fromkeys([*claim.evidence_ids, *verdict.evidence_ids]))
    if not evidence and (said := corpus.by_eid.get((claim.doc_id, claim.eid))):
        evidence = [compare.provision_evidence(said)]  # of what nobody says, the place where the paper says so
    cited = verdict.cited
    if not cited and claim.cited is not None:
        whole = claim.kind == "identity" or (claim.kind == "status" and not claim.cited.eid)
        cited = (
            claim.cited.law
            if whole and claim.cited.law
            else f"{claim.cited.law} {claim.cited.eid or claim.cited.as_written}".strip()
        )
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
        "evidence_ids": evidence,
        "start": claim.start,
    }

"""Listings: what was read, cited, punished and defined, one thing a row; and the documents that cite each other.

Reads a Corpus and Links; writes nothing.
"""

from __future__ import annotations

from typing import Any

from pipeline import link, records
from pipeline.compare.common import ELEMENTS, provision_evidence
from pipeline.compare.schemas import SCHEMAS
from pipeline.corpus import LAWS, Corpus
from pipeline.link.time import InForce
from pipeline.records import Version


def documents(corpus: Corpus, links: link.Links) -> list[dict[str, Any]]:
    rows = []
    for row in records.rows_of(list(corpus.documents.values())):
        start = links.commencements.get(row["doc_id"])
        text = corpus.text[row["doc_id"]]
        rows.append(
            {
                **row,
                "in_force_from": start.in_force_from if start else "",
                "commencement_rule": start.rule if start else "",
                "in_force": start.in_force if start else "",
                "evidence_id": (start.evidence_id if start else "")
                or f"{row['doc_id']}@0-{text.find(chr(10))}~extract.title",
            }
        )
    return rows


def provisions(corpus: Corpus, in_force: InForce) -> list[dict[str, Any]]:
    rows = []
    for doc_id, found in corpus.provisions.items():
        for provision, row in zip(found, records.rows_of(found), strict=True):
            law, law_eid = corpus.law_of(doc_id, provision.eid)
            state = in_force(doc_id, provision.eid) if provision.part in ("body", "quoted") else ""
            rows.append(
                {**row, "law": law, "law_eid": law_eid, "in_force": state, "evidence_id": provision_evidence(provision)}
            )
    return rows


def penalties(corpus: Corpus, links: link.Links, in_force: InForce) -> list[dict[str, Any]]:
    names = [c.name for c in SCHEMAS["penalties"].columns]
    rows = []
    for sanction in links.sanctions:
        law, law_eid = corpus.law_of(sanction.doc_id, sanction.eid)
        state = in_force(sanction.doc_id, sanction.eid) if corpus.documents[sanction.doc_id].kind in LAWS else ""
        row = {**records.rows_of([sanction])[0], "law": law, "law_eid": law_eid, "in_force": state}
        rows.append({name: row[name] for name in names})
    return rows


def elements(corpus: Corpus, in_force: InForce) -> list[dict[str, Any]]:
    return [
        {
            "doc_id": t.doc_id,
            "eid": t.eid,
            "element": t.label.lower(),
            "concept": t.concept,
            "term": t.text,
            "in_force": in_force(t.doc_id, t.eid) if corpus.documents[t.doc_id].kind in LAWS else "",
            "evidence_id": t.evidence_id,
        }
        for tags in corpus.tags.values()
        for t in tags
        if t.label in ELEMENTS
    ]


AMENDING = ("amend", "insert", "delete")


def instruments(corpus: Corpus, links: link.Links, as_of: str) -> list[dict[str, Any]]:
    """Every law and treaty: whether it applied on `as_of`, as amended or in part, and by which clauses."""
    by_source: dict[str, list[Version]] = {}
    by_law: dict[str, list[Version]] = {}
    for version in links.versions:
        by_source.setdefault(version.source_doc, []).append(version)
        by_law.setdefault(version.law, []).append(version)
    rows = []
    for document in corpus.documents.values():
        if document.kind not in LAWS and document.kind != "treaty":
            continue
        doc_id = document.doc_id
        start = links.commencements.get(doc_id)
        own = by_source.get(doc_id, [])
        done = [o for o in links.operations if o.target_doc == doc_id and o.effective and o.effective <= as_of]
        amending = [o for o in done if o.op in AMENDING and o.doc_id != doc_id]
        repealing = [o for o in done if o.op == "repeal" and o.doc_id != doc_id]
        rows.append(
            {
                "jurisdiction": document.jurisdiction,
                "doc_id": doc_id,
                "title": document.title,
                "title_en": document.title_en,
                "kind": document.kind,
                "number": document.number,
                "year": document.year,
                "part_of": corpus.consolidated(doc_id),
                "status": _status(
                    start.in_force_from if start else "", by_law.get(doc_id, []) or own, bool(repealing), as_of
                ),
                "in_force_from": start.in_force_from if start else "",
                "commencement_rule": start.rule if start else "",
                "amended_by": list(dict.fromkeys(o.doc_id for o in amending)),
                "repealed_by": list(dict.fromkeys(o.doc_id for o in repealing)),
                "units_in_force": sum(v.current == "yes" for v in own),
                "units_ended": sum(v.current == "no" and not v.valid_from > as_of for v in own),
                "units_not_yet": sum(v.current == "no" and v.valid_from > as_of for v in own),
                "units_undated": sum(v.current == "unknown" for v in own),
                "edition": document.edition,
                "checked": document.checked,
                "as_of": as_of,
                "evidence_ids": list(
                    dict.fromkeys(
                        i
                        for i in (start.evidence_id if start else "", *(o.evidence_id for o in amending + repealing))
                        if i
                    )
                )
                or [f"{doc_id}@0-{corpus.text[doc_id].find(chr(10))}~extract.title"],
            }
        )
    return rows


def _status(start: str, versions: list[Version], repealed: bool, as_of: str) -> str:
    """Status of an instrument, from the versions of the law that it is (of an amending act: of the text it set out).

    What an amending act deletes or replaces leaves the law in force as amended; what another law repeals, in part.
    """
    if start > as_of:
        return "not yet in force"
    if not versions:
        return "in force" if start else "unknown"
    current = {v.eid for v in versions if v.current == "yes"}
    if not current:
        return "unknown" if any(v.current == "unknown" for v in versions) else "no longer in force"
    ended = {v.eid for v in versions if v.current == "no" and v.valid_to and v.valid_to <= as_of}
    if repealed and ended - current:
        return "in force in part"
    replaced = ended or len({v.source_doc for v in versions if v.current == "yes"}) > 1
    return "in force as amended" if replaced else "in force"


def citation_network(corpus: Corpus, links: link.Links) -> list[dict[str, Any]]:
    """Citations counted from document to document; those that leave the corpus together."""
    edges: dict[tuple[str, str], list[records.Citation]] = {}
    for citation in links.citations:
        if citation.target_doc != citation.doc_id:
            edges.setdefault((citation.doc_id, citation.target_doc), []).append(citation)
    return [
        {
            "source_doc": source,
            "source_jurisdiction": corpus.documents[source].jurisdiction,
            "target_doc": target,
            "target_jurisdiction": corpus.documents[target].jurisdiction if target in corpus.documents else "",
            "citations": len(found),
            **{s: sum(c.status == s for c in found) for s in ("resolved", "omitted", "dangling", "outside_corpus")},
            "evidence_id": found[0].evidence_id,
        }
        for (source, target), found in sorted(edges.items())
    ]

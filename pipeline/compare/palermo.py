"""Palermo Protocol, article 3: acts, means, purposes and the rules on consent and children, by instrument.

Reads a Corpus; writes nothing.
"""

from __future__ import annotations

from typing import Any

from pipeline.compare.common import ELEMENTS, in_force_tags, label, places, provision_evidence, status
from pipeline.corpus import Corpus
from pipeline.link.time import InForce
from pipeline.records import Provision


def trafficking_units(corpus: Corpus, in_force: InForce) -> list[Provision]:
    """Articles and sections in force that join an act of Palermo 3(a) to a purpose of exploitation."""
    found: dict[tuple[str, str], Provision] = {}
    labels: dict[tuple[str, str], set[str]] = {}
    for tag in in_force_tags(corpus, in_force):
        unit = corpus.unit(tag.doc_id, tag.eid)
        if unit is not None:
            found[unit.doc_id, unit.eid] = unit
            labels.setdefault((unit.doc_id, unit.eid), set()).add(tag.label)
    return [u for key, u in found.items() if {"ACT", "PURPOSE"} <= labels[key]]


def palermo_concepts(corpus: Corpus) -> list[str]:
    """The acts, means and purposes by which a treaty defines trafficking, and its rules on consent and on children.

    That treaty article is the one that joins most acts, means and purposes (Palermo Protocol, article 3).
    """
    best: dict[str, None] = {}
    for document in corpus.documents.values():
        if document.kind != "treaty":
            continue
        for unit in corpus.provisions[document.doc_id]:
            if unit.kind not in corpus.unit_kinds(document.doc_id):
                continue
            tags = corpus.tags_under(unit.doc_id, unit.eid)
            if set(ELEMENTS) <= {t.label for t in tags}:
                found = dict.fromkeys(t.concept for t in tags if t.label in (*ELEMENTS, "RULE"))
                best = found if len(found) > len(best) else best
    return list(best)


def palermo_matrix(corpus: Corpus, in_force: InForce) -> list[dict[str, Any]]:
    units = trafficking_units(corpus, in_force)
    rows = []
    for doc_id in dict.fromkeys(u.doc_id for u in units):
        code = corpus.documents[doc_id].jurisdiction
        tags = [t for u in units if u.doc_id == doc_id for t in corpus.tags_under(doc_id, u.eid) if t.concept]
        # Rules on consent and age may stand elsewhere in the act than the offence.
        tags += [
            t
            for t in corpus.tags[doc_id]
            if t.label == "RULE" and t.part in ("body", "quoted") and in_force(doc_id, t.eid) != "no"
        ]
        for concept in palermo_concepts(corpus):
            hits = [t for t in tags if t.concept == concept]
            rows.append(
                {
                    "jurisdiction": code,
                    "doc_id": doc_id,
                    "element": concept.split(".")[0],
                    "concept": concept,
                    "label": label(concept),
                    "status": status(code, concept, hits),
                    "provisions": places(hits),
                    "terms": list(dict.fromkeys(" ".join(t.text.split()).lower() for t in hits)),
                    "evidence_ids": list(dict.fromkeys(t.evidence_id for t in hits))
                    or [provision_evidence(u) for u in units if u.doc_id == doc_id],
                }
            )
    return rows

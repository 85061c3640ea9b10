"""What the tables share: evidence ids and what they point to, concepts in force, and the status of a cell.

Reads a Corpus; writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from pipeline.corpus import LAWS, Corpus
from pipeline.link.time import InForce
from pipeline.packs import load_pack
from pipeline.records import Citation, Provision, Tag
from pipeline.tag import Locator
from pipeline.vocabulary import vocabulary

PROVISION_RULE = "parse.provision"
OPENING = 240  # characters shown of a provision that is evidence as a whole
ELEMENTS = ("ACT", "MEANS", "PURPOSE")
ADMINISTRATIVE = "rule.administrative_sanction"
# The statuses of a cell. Only the first two say something of the law that was read.
# What is looked for in vain where `sanctions_seen` is false; stands beside concepts in reasons.
SANCTION = "a sanction as these laws write it"
FOUND, NOT_FOUND, NOT_LOOKED_FOR, NOT_ASSESSED = "found", "not found", "not looked for", "not assessed"


def provision_evidence(provision: Provision) -> str:
    """Evidence id of a whole provision."""
    return f"{provision.doc_id}@{provision.start}-{provision.end}~{PROVISION_RULE}"


def evidence_ids_in(tables: dict[str, list[dict[str, Any]]]) -> list[str]:
    found: dict[str, None] = {}
    for rows in tables.values():
        for row in rows:
            for name in ("evidence_id", "end_evidence_id", "evidence_ids"):
                value = row.get(name)
                for evidence_id in value if isinstance(value, list) else [value] if value else []:
                    found[evidence_id] = None
    return list(found)


def evidence(corpus: Corpus, ids: Iterable[str]) -> list[dict[str, Any]]:
    """Rows of evidence.csv for evidence ids, each once, in the order given.

    Raises:
        KeyError: an id names a document that is not in the corpus.
    """
    locators = {d: Locator(ps) for d, ps in corpus.provisions.items()}
    rows = []
    for evidence_id in dict.fromkeys(ids):
        match = re.fullmatch(r"(?P<doc>[^@]+)@(?P<start>\d+)-(?P<end>\d+)~(?P<rule>.+)", evidence_id)
        if match is None:
            raise KeyError(f"not an evidence id: {evidence_id}")
        doc_id, start, end = match["doc"], int(match["start"]), int(match["end"])
        place = locators[doc_id](start)
        rows.append(
            {
                "evidence_id": evidence_id,
                "doc_id": doc_id,
                "edition": corpus.documents[doc_id].edition,
                "page": corpus.page_of(doc_id, start),
                "eid": place.eid if place else "",
                "start": start,
                "end": end,
                "rule_id": match["rule"],
                "text": _shown(corpus.text[doc_id][start:end], match["rule"]),
            }
        )
    return rows


def _shown(words: str, rule: str) -> str:
    """The words of evidence; of a whole provision only the beginning, since its parts have evidence of their own."""
    if rule == PROVISION_RULE and len(words) > OPENING:
        return words[:OPENING].rsplit(" ", 1)[0] + " …"
    return words


def jurisdictions(corpus: Corpus) -> list[str]:
    """Codes of the jurisdictions that are compared: those with law in the corpus."""
    return sorted({d.jurisdiction for d in corpus.documents.values() if d.kind in LAWS})


def sanctions_seen(corpus: Corpus, code: str) -> bool:
    """Whether a rule recognised a criminal sanction in any law of a jurisdiction.

    Without one no offence can be told from what is merely named: more likely no rule fits these laws than that no law
    that was read punishes anything.
    """
    laws = (d.doc_id for d in corpus.documents.values() if d.jurisdiction == code and d.kind in LAWS)
    return any(t.label == "PENALTY" for doc_id in laws for t in corpus.tags[doc_id])


def in_force_tags(corpus: Corpus, in_force: InForce) -> list[Tag]:
    """Concept tags in the enacted text of laws that applied on the day (or whose dates are unknown)."""
    return [
        t
        for doc_id, tags in corpus.tags.items()
        if corpus.documents[doc_id].kind in LAWS
        for t in tags
        if t.concept and t.part in ("body", "quoted") and in_force(doc_id, t.eid) != "no"
    ]


def places(tags: Iterable[Tag]) -> list[str]:
    """`doc eid` of tags, each once."""
    return list(dict.fromkeys(f"{t.doc_id} {t.eid}" for t in tags))


def status(code: str, concept: str, tags: list[Tag]) -> str:
    """found, not found, or not looked for (the pack has no rule for the concept)."""
    if tags:
        return FOUND
    return NOT_FOUND if concept in load_pack(code).concepts() else NOT_LOOKED_FOR


def label(concept: str) -> str:
    return vocabulary()[concept].label if concept in vocabulary() else concept


def administratively_sanctioned(
    corpus: Corpus, tags: Iterable[Tag], citations: Iterable[Citation]
) -> dict[tuple[str, str], list[str]]:
    """Units (doc, eid) whose breach has an administrative sanction → evidence ids of the sanction.

    The sanction stands in the unit itself, or in a provision of the same law that names it.
    """
    found: dict[tuple[str, str], list[str]] = {}
    holding: dict[tuple[str, str], list[str]] = {}
    for tag in tags:
        unit = corpus.unit(tag.doc_id, tag.eid) if tag.concept == ADMINISTRATIVE else None
        if unit is not None:
            holding.setdefault((tag.doc_id, tag.eid), []).append(tag.evidence_id)
            found.setdefault((tag.doc_id, unit.eid), []).append(tag.evidence_id)
    for citation in citations:
        ids = holding.get((citation.doc_id, citation.eid))
        if not ids or citation.status != "resolved":
            continue
        if corpus.law_of(citation.doc_id, citation.eid)[0] != citation.target_doc:
            continue
        for provision in corpus.law_provisions.get((citation.target_doc, citation.target_eid), []):
            unit = corpus.unit(provision.doc_id, provision.eid)
            if unit is not None:
                at = found.setdefault((provision.doc_id, unit.eid), [])
                at += [i for i in (*ids, citation.evidence_id) if i not in at]
    return found

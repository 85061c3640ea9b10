"""Duties: who must report, block, remove, preserve, verify, by when, and what follows a breach.

Reads a Corpus and Links; writes nothing. A duty is bound to a kind of provider as far as the same article names one.
"""

from __future__ import annotations

from typing import Any

from pipeline import link
from pipeline.compare.common import (
    administratively_sanctioned,
    in_force_tags,
    jurisdictions,
    label,
    status,
)
from pipeline.compare.money import Money
from pipeline.corpus import Corpus
from pipeline.link.sentences import period
from pipeline.link.time import InForce
from pipeline.records import Offence, Provision, Tag
from pipeline.vocabulary import vocabulary

HOURS = {"hours": 1, "times": 24, "days": 24, "months": 24 * 30}


def duties(corpus: Corpus, links: link.Links, in_force: InForce, money: Money) -> list[dict[str, Any]]:
    """One row for each provision that states a duty; one for each duty and jurisdiction where none does."""
    tags = in_force_tags(corpus, in_force)
    administrative = administratively_sanctioned(corpus, tags, links.citations)
    offences: dict[tuple[str, str], list[Offence]] = {}
    for offence in links.offences:
        unit = corpus.unit(offence.doc_id, offence.eid)
        if offence.in_force != "no" and unit is not None:
            offences.setdefault((offence.doc_id, unit.eid), []).append(offence)
    rows = []
    for concept in (c for c in vocabulary() if c.startswith("duty.")):
        for code in jurisdictions(corpus):
            hits = [t for t in tags if t.concept == concept and corpus.documents[t.doc_id].jurisdiction == code]
            base = {
                "duty": concept,
                "label": label(concept),
                "jurisdiction": code,
                "status": status(code, concept, hits),
            }
            at: dict[tuple[str, str], list[Tag]] = {}
            for tag in hits:
                at.setdefault((tag.doc_id, tag.eid), []).append(tag)
            stated = [(k, corpus.unit(*k), found) for k, found in at.items()]
            # A duty named only in a sanction's own words stands, as a duty, in the provision that the sanction names.
            for (doc_id, eid), unit, found in stated:
                if unit is None:
                    continue
                breached = [
                    o
                    for o in offences.get((doc_id, unit.eid), [])
                    if o.eid == eid or _above(o.eid, eid) or (o.eid == unit.eid and o.doc_id == doc_id)
                ]
                ids = administrative.get((doc_id, unit.eid), [])
                rows.append(
                    base
                    | {"doc_id": doc_id, "eid": eid}
                    | _bound(corpus, unit, eid)
                    | _deadline(corpus, doc_id, eid, found)
                    | _sanction(code, breached, ids, money)
                    | {
                        "evidence_ids": list(
                            dict.fromkeys(
                                [*(t.evidence_id for t in found), *(o.evidence_ids[0] for o in breached), *ids]
                            )
                        )
                    }
                )
            if not any(unit for _, unit, _ in stated):
                rows.append(
                    base
                    | {"doc_id": "", "eid": "", "actors": [], "about": [], "child": False}
                    | {"deadline_hours": None, "deadline_words": []}
                    | _sanction(code, [], [], money)
                    | {"evidence_ids": []}
                )
    return rows


def _above(outer: str, inner: str) -> bool:
    return inner.startswith(outer + "__")


def _bound(corpus: Corpus, unit: Provision, eid: str) -> dict[str, Any]:
    """Who is bound and what it is about: by the provision and the words above it, failing that by its article."""
    path = [p.eid for p in corpus.ancestors(unit.doc_id, eid)]
    near = [t for p in path[: path.index(unit.eid) + 1] for t in corpus.tags_at[unit.doc_id, p] if t.concept]
    article = [t for t in corpus.tags_under(unit.doc_id, unit.eid) if t.concept]
    actors = [t for t in near if t.label == "ACTOR"] or [t for t in article if t.label == "ACTOR"]
    return {
        "actors": list(dict.fromkeys(t.concept for t in actors)),
        "about": list(dict.fromkeys(t.concept for t in article if t.label == "CONDUCT")),
        "child": any(t.concept == "victim.child" for t in article),
    }


def _deadline(corpus: Corpus, doc_id: str, eid: str, stated: list[Tag]) -> dict[str, Any]:
    """The times that a provision (or what is below it) allows for a duty, and the shortest of them in hours.

    Those of the sentences, with their provisos, that state the duty; and of sentences that state no duty at all, where
    the provision has no other (`Laporan disampaikan …`).
    """
    text = corpus.text[doc_id]
    periods = [period(text, t.start, t.end) for t in stated]
    others = [t for t in corpus.tags_under(doc_id, eid, "DUTY") if t.concept not in {s.concept for s in stated}]
    found = [
        t
        for t in corpus.tags_under(doc_id, eid, "DEADLINE")
        if not others or any(first <= t.start < last for first, last in periods)
    ]
    hours = []
    for tag in found:
        for name, value in tag.value.items():
            unit = name.removeprefix("deadline_").removesuffix("_count")
            if isinstance(value, int) and unit in HOURS:
                hours.append(value * HOURS[unit])
    return {
        "deadline_hours": min(hours, default=None),
        "deadline_words": list(dict.fromkeys(" ".join(t.text.split()) for t in found)),
    }


def _sanction(code: str, breached: list[Offence], administrative: list[str], money: Money) -> dict[str, Any]:
    kinds = [k for k, there in (("criminal", breached), ("administrative", administrative)) if there]
    dearest = max((o for o in breached if o.fine_max is not None), key=lambda o: o.fine_max or 0, default=None)
    currency = dearest.currency if dearest else ""
    return {
        "sanction": " and ".join(kinds),
        "sanction_provisions": list(dict.fromkeys(e for o in breached for e in o.penalty_eids)),
        "prison_max_months": max(
            (o.prison_max_months for o in breached if o.prison_max_months is not None), default=None
        ),
        "fine_max": dearest.fine_max if dearest else None,
        "currency": currency,
        **money.columns(code, currency, fine_max=dearest.fine_max if dearest else None),
    }

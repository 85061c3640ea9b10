"""Offences side by side: by conduct, with their penalties made comparable, and the part that technology plays in them.

Reads a Corpus and Links; writes nothing. An offence counts where its text applied on params.as_of, or where no clause
dates it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

import pandas as pd

from pipeline import link, records
from pipeline.compare.common import (
    FOUND,
    NOT_ASSESSED,
    NOT_FOUND,
    NOT_LOOKED_FOR,
    SANCTION,
    in_force_tags,
    jurisdictions,
    label,
    places,
    sanctions_seen,
)
from pipeline.compare.money import Money
from pipeline.compare.schemas import SCHEMAS
from pipeline.corpus import Corpus
from pipeline.link.time import InForce
from pipeline.packs import load_pack
from pipeline.records import Offence, Tag
from pipeline.sources import Absent
from pipeline.vocabulary import vocabulary

NEAREST = 3  # places shown that name a conduct which nothing punishes
WHOLE = (
    "prison_min_months", "prison_max_months", "fine_min", "fine_max", "fine_min_percent", "fine_max_percent",
)  # fmt: skip


def offence_frame(corpus: Corpus, links: link.Links) -> pd.DataFrame:
    """One row for each conduct of each offence in force (columns of Offence, with `concept`, `jurisdiction`, `law`)."""
    rows = [
        {
            **records.rows_of([o])[0],
            "jurisdiction": corpus.documents[o.doc_id].jurisdiction,
            "law": corpus.consolidated(o.doc_id, o.eid),
        }
        for o in links.offences
        if o.in_force != "no"
    ]
    frame = pd.DataFrame(rows)
    if frame.empty:
        return frame
    return frame.explode("conduct").rename(columns={"conduct": "concept"}).dropna(subset=["concept"])


def conduct_matrix(
    corpus: Corpus,
    links: link.Links,
    money: Money,
    in_force: InForce,
    absent: Mapping[str, Sequence[Absent]],
    as_of: str,
) -> list[dict[str, Any]]:
    """Each conduct of the vocabulary × jurisdiction: where it is punished on `as_of`, and how heavily at most.

    Where nothing punishes it then: what does on another day, what names it, and which of the laws that apply but are
    `absent` from the corpus (by jurisdiction) are known to deal with it.
    """
    found: dict[tuple[str, str], list[Offence]] = {}
    another_day: dict[tuple[str, str], list[Offence]] = {}
    for offence in links.offences:
        for concept in dict.fromkeys(offence.conduct):
            at = concept, corpus.documents[offence.doc_id].jurisdiction
            (another_day if offence.in_force == "no" else found).setdefault(at, []).append(offence)
    naming: dict[tuple[str, str], list[Tag]] = {}
    for tag in in_force_tags(corpus, in_force):
        if corpus.unit(tag.doc_id, tag.eid) is not None:  # the title of a chapter says nothing of itself
            naming.setdefault((tag.concept, corpus.documents[tag.doc_id].jurisdiction), []).append(tag)
    rows = []
    blind = {code for code in jurisdictions(corpus) if not sanctions_seen(corpus, code)}
    for concept in (c for c in vocabulary() if c.startswith("conduct.")):
        for code in jurisdictions(corpus):
            at = concept, code
            group = found.get(at, [])
            if group:
                answer = {"status": FOUND, "why": "", "nearest": [], "evidence_ids": []}
            elif concept in load_pack(code).concepts() or concept == "conduct.trafficking":
                known = [a.title for a in absent.get(code, ()) if concept in a.concepts]
                answer = _unpunished(corpus, another_day.get(at, []), naming.get(at, []), known, as_of)
                if code in blind:
                    answer |= {"status": NOT_ASSESSED, "why": f"No rule of the pack looks for {SANCTION}."}
            else:
                answer = {"status": NOT_LOOKED_FOR, "why": "", "nearest": [], "evidence_ids": []}
            longest = max(group, key=lambda o: (o.life, o.prison_max_months or -1), default=None)
            dearest = max((o for o in group if o.fine_max is not None), key=lambda o: o.fine_max or 0, default=None)
            terms = [o.prison_max_months for o in group if o.prison_max_months is not None]
            leading = [o for o in (longest, dearest) if o]
            rows.append(
                {
                    "concept": concept,
                    "label": label(concept),
                    "jurisdiction": code,
                    "offences": len(group),
                    "child_offences": sum("child" in (o.victim, vocabulary()[concept].victim) for o in group),
                    "instruments": sorted({o.doc_id for o in group}),
                    "provisions": list(dict.fromkeys(f"{o.doc_id} {o.eid}" for o in group)),
                    "prison_max_months": max(terms, default=None),
                    "life": any(o.life for o in group),
                    "prison_max_provision": longest.penalty_eids[0]
                    if longest and (longest.life or longest.prison_max_months is not None)
                    else "",
                    "fine_max": dearest.fine_max if dearest else None,
                    "currency": dearest.currency if dearest else "",
                    **money.columns(
                        code, dearest.currency if dearest else "", fine_max=dearest.fine_max if dearest else None
                    ),
                    "fine_max_provision": dearest.penalty_eids[0] if dearest else "",
                    **answer,
                    "evidence_ids": answer["evidence_ids"] or _evidence(corpus, [*leading, *group], concept),
                }
            )
    return rows


def _unpunished(
    corpus: Corpus, another_day: Sequence[Offence], naming: Sequence[Tag], known: Sequence[str], as_of: str
) -> dict[str, Any]:
    """Status, reason, nearest provisions and evidence of a conduct that no offence of the day has.

    `another_day`: offences that have it on other days; `naming`: words of the law of the day that name it; `known`:
    laws outside the corpus that deal with it.
    """
    ended = sorted((o for o in another_day if o.valid_to and o.valid_to <= as_of), key=lambda o: o.valid_to)[-1:]
    coming = sorted((o for o in another_day if o.valid_from > as_of), key=lambda o: o.valid_from)[:1]
    why = [f"An offence until {o.valid_to}." for o in ended] + [f"An offence from {o.valid_from}." for o in coming]
    if naming and not why:
        why.append("The law names it where no penalty is joined to it.")
    if known:
        why.append(f"Not in the corpus: {', '.join(known)}, which is known to deal with it.")
    dated = ended + coming
    return {
        "status": NOT_ASSESSED if known else NOT_FOUND,
        "why": " ".join(why),
        "nearest": list(dict.fromkeys(f"{o.doc_id} {o.eid}" for o in dated)) or places(naming)[:NEAREST],
        "evidence_ids": list(dict.fromkeys(i for o in dated for i in o.evidence_ids))
        or [t.evidence_id for t in naming[:NEAREST]],
    }


def _evidence(corpus: Corpus, offences: Sequence[Offence], concept: str) -> list[str]:
    return list(dict.fromkeys(i for o in offences for i in (o.evidence_ids[0], *_tagged(corpus, o, concept))))


def _tagged(corpus: Corpus, offence: Offence, concept: str) -> list[str]:
    """The first evidence of an offence for one of its conducts (none where it is derived from act and purpose)."""
    wanted = {t.evidence_id for t in corpus.tags[offence.doc_id] if t.concept == concept}
    return [i for i in offence.evidence_ids if i in wanted][:1]


def penalty_comparison(corpus: Corpus, links: link.Links, money: Money) -> list[dict[str, Any]]:
    """Each conduct of each offence in force with its penalty: months, and fines in three measures."""
    frame = offence_frame(corpus, links)
    if frame.empty:
        return []
    frame["label"] = frame["concept"].map(label)
    frame = frame.sort_values(["concept", "jurisdiction", "doc_id", "eid"], kind="stable")
    names = [c.name for c in SCHEMAS["penalty_comparison"].columns]
    rows = []
    for found in frame.to_dict("records"):
        row: dict[str, Any] = {str(k): v for k, v in found.items()}
        row.update({name: None if pd.isna(row[name]) else int(row[name]) for name in WHOLE})
        row |= money.columns(row["jurisdiction"], row["currency"], fine_min=row["fine_min"], fine_max=row["fine_max"])
        rows.append({name: row[name] for name in names})
    return rows


def ict_role(corpus: Corpus, links: link.Links, in_force: InForce) -> list[dict[str, Any]]:
    """Where technology is a way to commit an offence, and where it makes the sanction heavier."""
    by_evidence = {t.evidence_id: t for ts in corpus.tags.values() for t in ts if t.concept}
    rows: dict[tuple[str, str, str], dict[str, Any]] = {}
    for offence in links.offences:
        tags = [by_evidence[i] for i in offence.evidence_ids if i in by_evidence]
        ict = [t for t in tags if t.label == "ICT"]
        if offence.in_force == "no" or not ict or not offence.conduct:
            continue
        row = rows.setdefault(
            (offence.doc_id, offence.eid, "mode"),
            {
                "jurisdiction": corpus.documents[offence.doc_id].jurisdiction,
                "doc_id": offence.doc_id,
                "eid": offence.eid,
                "role": "mode",
                "ict": list(dict.fromkeys(t.concept for t in ict)),
                "conduct": offence.conduct,
                "victim": offence.victim,
                "effect": "",
                "prison_max_months": None,
                "life": False,
                "evidence_ids": list(dict.fromkeys(t.evidence_id for t in ict)),
            },
        )
        row["prison_max_months"] = max(
            (m for m in (row["prison_max_months"], offence.prison_max_months) if m is not None), default=None
        )
        row["life"] = row["life"] or offence.life
        if offence.evidence_ids[0] not in row["evidence_ids"]:
            row["evidence_ids"].append(offence.evidence_ids[0])
    for tag in in_force_tags(corpus, in_force):
        unit = corpus.unit(tag.doc_id, tag.eid)
        if tag.concept != "aggravation.ict" or unit is None:
            continue
        # Its own sanction, or that of the opening words above it; not what stands beside it in the article.
        path = {p.eid for p in corpus.ancestors(tag.doc_id, tag.eid)} | {
            p.eid for p in corpus.descendants(tag.doc_id, tag.eid)
        }
        sanctions = [s for s in links.sanctions if s.doc_id == tag.doc_id and s.eid in path and s.relative]
        row = rows.setdefault(
            (tag.doc_id, tag.eid, "aggravation"),
            {
                "jurisdiction": corpus.documents[tag.doc_id].jurisdiction,
                "doc_id": tag.doc_id,
                "eid": tag.eid,
                "role": "aggravation",
                "ict": [tag.concept],
                "conduct": list(
                    dict.fromkeys(t.concept for t in corpus.tags_under(unit.doc_id, unit.eid, "CONDUCT") if t.concept)
                ),
                "victim": "any",
                "effect": "; ".join(dict.fromkeys(s.relative for s in sanctions)),
                "prison_max_months": None,
                "life": False,
                "evidence_ids": [],
            },
        )
        row["evidence_ids"] += [
            i for i in (tag.evidence_id, *(s.evidence_id for s in sanctions)) if i not in row["evidence_ids"]
        ]
    return [rows[k] for k in sorted(rows)]


def fragmentation(corpus: Corpus, links: link.Links) -> list[dict[str, Any]]:
    """How widely the conducts are scattered: the instruments that hold them, and a smallest set that covers all."""
    frame = offence_frame(corpus, links)
    rows = []
    for code in jurisdictions(corpus):
        part = frame[frame["jurisdiction"] == code] if not frame.empty else frame
        held: dict[str, set[str]] = {}
        by_provision: dict[str, set[str]] = {}
        for row in part.to_dict("records"):
            held.setdefault(row["law"], set()).add(row["concept"])
            by_provision.setdefault(f"{row['doc_id']} {row['eid']}", set()).add(row["concept"])
        cover = smallest_cover(held)
        rows.append(
            {
                "jurisdiction": code,
                "conducts": len(set().union(*held.values())),
                "instruments": len(held),
                "acts": 0 if part.empty else part["doc_id"].nunique(),
                "provisions": len(by_provision),
                "fewest_instruments": len(cover),
                "cover": cover,
                "provisions_enough": len(_stepwise(by_provision)),
                "evidence_ids": [] if part.empty else list(dict.fromkeys(i[0] for i in part["evidence_ids"])),
            }
        )
    return rows


def smallest_cover(held: dict[str, set[str]]) -> list[str]:
    """The fewest keys whose sets hold all that any set holds; of equal ones the first in alphabetical order."""
    wanted = set().union(*held.values())
    # What only one key holds, that key must bring; among the rest every combination is tried, smallest first.
    needed = sorted({next(k for k in held if c in held[k]) for c in wanted if sum(c in s for s in held.values()) == 1})
    left = wanted.difference(*(held[k] for k in needed))
    others = sorted(set(held) - set(needed))
    for size in range(len(others) + 1):
        for extra in combinations(others, size):
            if left <= set().union(*(held[k] for k in extra)):
                return sorted([*needed, *extra])
    return sorted(held)


def _stepwise(held: dict[str, set[str]]) -> list[str]:
    """Keys that cover everything, taking at each step the one that brings most."""
    left = set().union(*held.values())
    taken: list[str] = []
    while left:
        best = max(sorted(held), key=lambda k: len(held[k] & left))
        taken.append(best)
        left -= held[best]
    return taken

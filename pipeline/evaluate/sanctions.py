"""Sanctions of one document, and their offences: gold facts × what `link` found, each sanction as one whole tuple.

Reads   nothing; it is given the corpus, the links and the gold facts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from pipeline import link, records
from pipeline.corpus import Corpus
from pipeline.evaluate.places import Compared, Fact, Places, Span

MEASURES = (
    "prison_min_months",
    "prison_max_months",
    "prison_max_days",
    "life",
    "death",
    "fine_min",
    "fine_max",
    "fine_category_max",
    "fine_max_percent",
    "penalty_name",
)


def sanctions(
    corpus: Corpus, links: link.Links, doc_id: str, gold: list[dict[str, Any]], place: Places
) -> Iterator[Compared]:
    """Three figures: sanctions that say what they impose, those that change another, and offence ↔ penalty links."""
    gold = [s for s in gold if place.gold(s) in place.of]
    covered = {place.gold(s) for s in gold}
    found = [
        s
        for s in links.sanctions
        if s.doc_id == doc_id and s.part in ("body", "quoted") and place.name(s.eid) in covered
    ]
    imposed = [
        (_found_sanction(place.name(s.eid), s), (s.start, s.end)) for s in found if not s.relative or _says_more(s)
    ]
    changed = [
        ((place.name(s.eid), said), (s.start, s.end))
        for s in found
        if s.relative and (said := _found_relative(s.relative))
    ]
    yield Compared("sanctions", imposing(gold, place), [f for f, _ in imposed], _spans(imposed))
    yield Compared("sanctions_relative", relative(gold, place), [f for f, _ in changed], _spans(changed))
    wanted, linked = _links(corpus, links, doc_id, gold, place)
    yield Compared("links", sorted(wanted), sorted(linked))


def imposing(gold: Sequence[dict[str, Any]], place: Places | None = None) -> list[Fact]:
    """The sanctions among gold facts that say what they impose; by their eid alone where `place` is None."""
    return [
        _gold_sanction(place.gold(s) if place else str(s["eid"]), s) for s in gold if any(s.get(k) for k in MEASURES)
    ]


def relative(gold: Sequence[dict[str, Any]], place: Places | None = None) -> list[Fact]:
    """The sanctions among gold facts that change another one; by their eid alone where `place` is None."""
    return [(place.gold(s) if place else str(s["eid"]), r) for s in gold for r in _gold_relative(s)]


def _spans(found: Sequence[tuple[Fact, Span]]) -> dict[Fact, set[Span]]:
    spans: dict[Fact, set[Span]] = {}
    for fact, span in found:
        spans.setdefault(fact, set()).add(span)
    return spans


def _links(
    corpus: Corpus, links: link.Links, doc_id: str, gold: list[dict[str, Any]], place: Places
) -> tuple[set[Fact], set[Fact]]:
    """Offence ↔ penalty: the provisions whose conduct a sanction punishes, its own where it names none.

    A gold target that the edition read leaves out, or outside the corpus, cannot be linked and is not counted.
    """
    relative = {s.evidence_id for s in links.sanctions if s.relative}
    wanted: set[Fact] = set()
    for s in gold:
        # What a relative penalty names is the penalty that it changes, not its conduct.
        if not any(s.get(k) for k in MEASURES) or _gold_relative(s):
            continue
        own = (str(s.get("law") or doc_id), str(s["eid"]))
        named = [str(t) for t in s.get("refers_to") or [] if not str(t).startswith("?")]
        targets = [(t.split(" ")[0], t.split(" ")[1]) if " " in t else (own[0], t) for t in named]
        for target in targets or ([] if s.get("refers_to") else [own]):
            if target in corpus.law_provisions:
                wanted.add((place.gold(s), _from(own, target)))
    places = {at for at, _ in wanted}
    found: set[Fact] = set()
    for o in links.offences:
        for penalty in o.penalty_eids:
            penalty_doc, _, penalty_eid = penalty.partition(" ")
            at = place.name(penalty_eid) if penalty_doc == doc_id else ""
            if at in places and not relative & set(o.evidence_ids):
                found.add((at, _from(corpus.law_of(doc_id, penalty_eid), corpus.law_of(o.doc_id, o.eid))))
    return wanted, found


def _from(here: tuple[str, str], target: tuple[str, str]) -> str:
    """A conduct as seen from its sanction: in the same article, or elsewhere."""
    same = here[0] == target[0] and here[1].split("__")[0] == target[1].split("__")[0]
    return "own" if same else " ".join(target)


def _says_more(s: records.Sanction) -> bool:
    """Whether a relative sanction says more than what it changes (`one degree lower, or a fine of …`)."""
    return "degree" in s.relative and bool(s.fine_min or s.fine_max) and s.conjunction != "none"


def _gold_relative(s: dict[str, Any]) -> list[str]:
    if s.get("degree_change"):
        return [f"degree {s['degree_change']}"]
    if s.get("same_as"):
        return ["same"]
    if s.get("penalty_period") and not s.get("penalty_name"):
        return [f"{s['penalty_period']} period"]
    words = {"plus_fraction": "plus", "minus_fraction": "minus", "fraction": "share", "max_fraction": "share"}
    relative = s.get("relative") or {}
    found = [f"{words[k]} {relative[k]}" for k in words if k in relative]
    return found + ([f"fine x{relative['fine_times']}"] if "fine_times" in relative else [])


def _found_relative(relative: str) -> str:
    steps = re.match(r"(one|two|three)(?: or (two|three))? degrees? (higher|lower)", relative)
    if steps:
        sign = "-" if steps[3] == "lower" else ""
        said = [f"{sign}{('one', 'two', 'three').index(number) + 1}" for number in steps.group(1, 2) if number]
        return f"degree {' or '.join(said)}"
    return relative


def _gold_sanction(eid: str, s: dict[str, Any]) -> Fact:
    days_only = s.get("prison_max_days") and not s.get("prison_max_months")
    named = [(s.get("penalty_name"), s.get("penalty_period")), (s.get("penalty_name_max"), s.get("penalty_period_max"))]
    return _sanction_fact(
        eid,
        {
            "prison": (s.get("prison_min_months"), 0 if days_only else s.get("prison_max_months")),
            "life": bool(s.get("life")),
            "death": bool(s.get("death")) or s.get("penalty_name_max") == "death",
            "fine": (s.get("fine_min"), s.get("fine_max")),
            "category": (s.get("fine_category_min"), s.get("fine_category_max")),
            "percent": (s.get("fine_min_percent"), s.get("fine_max_percent")),
            "joined": str(s.get("conjunction") or "none"),
            "named": [f"{n}{', ' + p if p else ''}" for n, p in named if n and n != "death"],
        },
    )


def _found_sanction(eid: str, s: records.Sanction) -> Fact:
    named: list[str] = []
    for part in re.split(r" to | or ", s.penalty_name):
        name, _, periods = part.partition(", ")
        said = [w for w in periods.split() if w in ("minimum", "medium", "maximum")]
        named += [f"{name}, {p}" for p in said] or ([name] if name else [])
    by_name = bool(s.penalty_name) and bool(s.computed_from) and not s.penalty_name.startswith("kurungan")
    return _sanction_fact(
        eid,
        {
            "prison": (None, None) if by_name or s.relative else (s.prison_min_months, s.prison_max_months),
            "life": s.life,
            "death": s.death,
            "fine": (s.fine_min, s.fine_max),
            "category": (s.fine_category_min, s.fine_category_max),
            "percent": (s.fine_min_percent, s.fine_max_percent),
            "joined": s.conjunction,
            "named": named if not s.relative else [],
        },
    )


def _sanction_fact(eid: str, values: dict[str, Any]) -> Fact:
    """A sanction as text. Amounts behind a category are the code's, not the clause's: only the category counts.

    Joined are imprisonment and fine; where only one of them is imposed, nothing is.
    """
    if any(values["category"]):
        values["fine"] = (None, None)
    term = any(v is not None for v in values["prison"]) or values["life"] or values["death"] or values["named"]
    fine = any(v is not None for v in values["fine"]) or any(values["category"]) or values["percent"][1] is not None
    if not fine or (not term and values["joined"] == "and"):
        values["joined"] = "none"
    words = []
    for key, value in values.items():
        if isinstance(value, tuple):
            text = (
                "-".join("" if v is None else str(v) for v in value).strip()
                if any(v is not None and v != "" for v in value)
                else ""
            )
        else:
            text = " to ".join(value) if isinstance(value, list) else str(value) if value else ""
        words += [f"{key}={text}"] if text else []
    return eid, " ".join(words)

"""What the code of a jurisdiction says penalties are worth: fine categories, named penalties, degrees.

Read from the code's own articles by the rules of the pack (labels FINE_CATEGORY, DURATION, DURATION_ROW and
DURATION_CELL, DEGREE); nothing is typed in here. Every value keeps the evidence of the words that say it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from pipeline.corpus import Corpus
from pipeline.records import Tag

Scale = dict[str, int]
PERIODS = ("minimum", "medium", "maximum")
MONTH = 30  # days


@dataclass(frozen=True, slots=True)
class Duration:
    """How long a named penalty lasts, whole months (a day more is left out), and the words that say so."""

    min_months: int | None
    max_months: int | None
    evidence_id: str


@dataclass(frozen=True)
class Scales:
    """What the code of a jurisdiction says fine categories and named penalties are worth."""

    fines: Scale = field(default_factory=dict)
    fine_evidence: dict[str, str] = field(default_factory=dict)
    named: dict[tuple[str, str], Duration] = field(default_factory=dict)  # (name, period or '') → duration
    degrees: list[tuple[str, str]] = field(default_factory=list)  # (name, evidence id), from the gravest down


def scales(corpus: Corpus, jurisdiction: str) -> Scales:
    """The scales of a jurisdiction, read from its codes (of several, the first that has one)."""
    codes = [d.doc_id for d in corpus.documents.values() if d.jurisdiction == jurisdiction and d.kind == "code"]
    fines, doc_id = fine_scale(corpus, jurisdiction)
    evidence: dict[str, str] = {}
    for tag in corpus.tags.get(doc_id, []):
        if tag.label == "FINE_CATEGORY" and tag.part == "body":
            evidence.setdefault(str(tag.value["category"]), tag.evidence_id)
    named = next((d for c in codes if (d := _durations(corpus, c))), {})
    degrees = next((g for c in codes if (g := _degrees(corpus, c))), [])
    return Scales(fines, evidence, named, degrees)


def _durations(corpus: Corpus, doc_id: str) -> dict[tuple[str, str], Duration]:
    """Durations of named penalties: from sentences, and from a table of the whole and its three periods."""
    found: dict[tuple[str, str], Duration] = {}
    row = ""
    cells: list[Duration] = []

    def close() -> None:
        # The whole may be unreadable, and so missing: the last three are the periods.
        if row and len(cells) == 4:
            found.setdefault((row, ""), cells[0])
        for period, cell in zip(PERIODS, cells[-3:], strict=False):
            if row and len(cells) in (3, 4):
                found.setdefault((row, period), cell)
        cells.clear()

    place = ""
    for tag in corpus.tags[doc_id]:
        if tag.label == "DURATION":
            found.setdefault((_name(tag), str(tag.value["period"])), _duration(tag))
        elif tag.label == "DURATION_ROW":
            close()
            row, place = _name(tag), tag.eid
        elif tag.label == "DURATION_CELL" and tag.eid == place:
            cells.append(_duration(tag))
    close()
    return found


def _duration(tag: Tag) -> Duration:
    low = months(tag.value, "min")
    if tag.value.get("min_bare_count") is not None:
        low = tag.value["min_bare_count"] if tag.value.get("max_months") is not None else 0
    return Duration(low, months(tag.value, "max"), tag.evidence_id)


def _name(tag: Tag) -> str:
    return penalty_key(str(tag.value["name"]))


def penalty_key(name: str) -> str:
    """The name of a penalty as scales list it: lower case, one spelling."""
    said = " ".join(name.lower().replace("ó", "o").split())
    said = said.replace("correctional", "correccional").replace("aresto", "arresto")
    return re.sub(r"^prison\b", "prision", said)


def _degrees(corpus: Corpus, doc_id: str) -> list[tuple[str, str]]:
    """The penalties of the code's scale, the gravest first: a list of at least three in one article."""
    by_unit: dict[str, list[tuple[str, str]]] = {}
    for tag in corpus.tags[doc_id]:
        unit = corpus.unit(doc_id, tag.eid) if tag.label == "DEGREE" else None
        if unit is not None:
            by_unit.setdefault(unit.eid, []).append((_name(tag), tag.evidence_id))
    return next((found for found in by_unit.values() if len(found) >= 3), [])


def fine_scale(corpus: Corpus, jurisdiction: str) -> tuple[Scale, str]:
    """Fine categories of a jurisdiction's code and what they are worth, read from the code's own text; and the code."""
    for document in corpus.documents.values():
        if document.jurisdiction == jurisdiction and document.kind == "code":
            scale: Scale = {}
            for tag in corpus.tags[document.doc_id]:
                if tag.label == "FINE_CATEGORY" and tag.part == "body":
                    value = tag.value.get("value_digits_amount") or tag.value.get("value_words_amount")
                    if value:
                        scale.setdefault(str(tag.value["category"]), int(value))
            if scale:
                return scale, document.doc_id
    return {}, ""


def months(value: dict[str, Any], end: str) -> int | None:
    """Months that a `dur` macro captured under `end`; of days alone the whole months, of thirty days each."""
    years, months = value.get(f"{end}_years"), value.get(f"{end}_months")
    if years is None and months is None:
        days = value.get(f"{end}_days")
        return None if days is None else int(days) // MONTH
    return (years or 0) * 12 + (months or 0) + (value.get(f"{end}_extra_months") or 0)

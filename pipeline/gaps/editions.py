"""Two runs of gaps (digest and official edition, or two dates) → each status that differs, and what explains it.

Reads   two processed folders, each with 1-text … 4-links and 6-gaps.
Does not judge which of the two is right.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.corpus import Corpus


@dataclass(frozen=True, slots=True)
class Difference:
    """An indicator whose status differs between two runs."""

    jurisdiction: str
    indicator: str
    status_a: str
    status_b: str
    provisions_a: list[str]
    provisions_b: list[str]
    explanation: str  # '' only where nothing in the texts accounts for it


def differences(a: Path, b: Path) -> list[Difference]:
    """Statuses that differ between two `processed` folders, each with its explanation.

    The explanation names, for the run that is better off, each deciding provision that the other has not got, or the
    concepts that are tagged in it in one run and not in the other.
    """
    rows_a, rows_b = _rows(a), _rows(b)
    changed = [k for k in rows_a if k in rows_b and rows_a[k]["status"] != rows_b[k]["status"]]
    if not changed:
        return []
    corpora = [Corpus(*(folder / n for n in ("1-text", "2-provisions", "3-tags"))) for folder in (a, b)]
    return [
        Difference(
            *key,
            rows_a[key]["status"],
            rows_b[key]["status"],
            _list(rows_a[key]["provisions"]),
            _list(rows_b[key]["provisions"]),
            _explained(rows_a[key], rows_b[key], *corpora),
        )
        for key in changed
    ]


def _rows(folder: Path) -> dict[tuple[str, str], dict[str, str]]:
    with (folder / "6-gaps" / "gaps.csv").open(encoding="utf-8", newline="") as file:
        return {(r["jurisdiction"], r["indicator"]): r for r in csv.DictReader(file)}


def _list(cell: str) -> list[str]:
    return cell.split(";") if cell else []


def _explained(row_a: dict[str, str], row_b: dict[str, str], a: Corpus, b: Corpus) -> str:
    """What differs in the provisions that decide, or come nearest, in either run."""
    names = dict.fromkeys(
        _list(row_a["provisions"]) + _list(row_b["provisions"]) or _list(row_a["nearest"]) + _list(row_b["nearest"])
    )
    said = [s for name in names for s in _provision_differs(name, a, b)]
    # A neighbour may be what changed: a citation's target, the provision of the other run that came near.
    if not said:
        near = dict.fromkeys(_list(row_a["nearest"]) + _list(row_b["nearest"]))
        said = [s for name in near if name not in names for s in _provision_differs(name, a, b)]
    return "; ".join(said)


def _provision_differs(name: str, a: Corpus, b: Corpus) -> Iterable[str]:
    """How a provision, or everything in an instrument, differs between two corpora."""
    doc_id, _, eid = name.partition(" ")
    for corpus, which in ((a, "first"), (b, "second")):
        if doc_id not in corpus.documents:
            yield f"{doc_id} is not in the {which} run"
            return
    has_a, has_b = ((doc_id, eid) in a.by_eid or not eid, (doc_id, eid) in b.by_eid or not eid)
    if has_a != has_b:
        unit = eid.split("__")[0]
        number = unit.rpartition("_")[2]
        for corpus, which, has in ((a, "first", has_a), (b, "second", has_b)):
            if not has:
                edition = corpus.documents[doc_id].edition
                left = " and leaves the article out" if number in corpus.omitted[doc_id] else ""
                yield f"{name} is not in the {which} run, which reads the {edition} edition{left}"
        return
    tags = [_concepts(c, doc_id, eid) for c in (a, b)]
    only_a, only_b = sorted(tags[0] - tags[1]), sorted(tags[1] - tags[0])
    if only_a or only_b:
        parts = [f"{', '.join(o)} only in the {w}" for o, w in ((only_a, "first"), (only_b, "second")) if o]
        yield f"{name}: tagged {' and '.join(parts)} run"


def _concepts(corpus: Corpus, doc_id: str, eid: str) -> set[str]:
    """Concepts of a provision with its elucidation; of a law with its amendments where `eid` is empty."""
    if not eid:
        return {
            t.concept
            for d, ts in corpus.tags.items()
            if corpus.consolidated(d) == doc_id
            for t in ts
            if t.concept and t.part in ("body", "quoted", "front")
        }
    around = [*corpus.tags_under(doc_id, eid), *corpus.tags_under(doc_id, f"elucidation__{eid}")]
    return {t.concept for t in around if t.concept}

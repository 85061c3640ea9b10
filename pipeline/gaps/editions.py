"""Two runs of gaps (digest and official edition, or two dates) → each status that differs, and what explains it.

Reads   two processed folders, each with 1-text … 4-links and 6-gaps.
Does not judge which of the two is right.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline import link
from pipeline.corpus import Corpus
from pipeline.gaps.changes import sanction_words
from pipeline.link.time import InForce
from pipeline.records import Column, Offence, TableSchema
from pipeline.standards import benchmarks

SCHEMA = TableSchema(
    "statuses",
    "Statuses that differ between two runs",
    (
        Column("jurisdiction", "string", "code of the pack"),
        Column("indicator", "string", "question of a benchmark"),
        Column("status_a", "string", "status in the first run"),
        Column("status_b", "string", "status in the second run"),
        Column("provisions_a", "list", "what decides in the first run"),
        Column("provisions_b", "list", "what decides in the second run"),
        Column("explanation", "string", "what accounts for it in the texts; empty: nothing does"),
    ),
)


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


class _Run:
    """One of the two runs, with a name for it."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.corpus = Corpus(*(folder / n for n in ("1-text", "2-provisions", "3-tags")))
        links = link.load(folder / "4-links", self.corpus)
        self.in_force = InForce(self.corpus, links.versions)
        self.offences: dict[str, list[Offence]] = {}
        for offence in links.offences:
            if offence.in_force != "no":
                self.offences.setdefault(offence.doc_id, []).append(offence)

    def has(self, doc_id: str, eid: str) -> bool:
        """Whether the run read a provision (a whole instrument where `eid` is empty)."""
        return doc_id in self.corpus.documents and (not eid or (doc_id, eid) in self.corpus.by_eid)

    def missing(self, doc_id: str, eid: str) -> str:
        """What to say of a provision that the run did not read."""
        document = self.corpus.documents.get(doc_id)
        if document is None:
            return f"{doc_id} is not in the {self.name} run"
        unit = self.corpus.unit(doc_id, eid.rpartition("__")[0]) if "__" in eid else None
        number = eid.partition("__")[0].rpartition("_")[2]
        left = number in self.corpus.omitted[doc_id] and unit is None
        return f"{doc_id} {eid} is not in the {self.name} run, which reads the {document.edition} edition" + (
            " and leaves the article out" if left else ""
        )

    def concepts(self, doc_id: str, eid: str) -> set[str]:
        """Concepts of a provision, its elucidation and its title; of a law with its amendments where `eid` is empty."""
        front = {t.concept + " in the title" for t in self.corpus.title_tags(doc_id) if t.concept}
        if not eid:
            return front | {
                t.concept
                for d, ts in self.corpus.tags.items()
                if self.corpus.consolidated(d) == doc_id
                for t in ts
                if t.concept and t.part in ("body", "quoted")
            }
        around = self.corpus.tags_under(doc_id, eid) + self.corpus.tags_under(doc_id, f"elucidation__{eid}")
        above = [t for p in self.corpus.ancestors(doc_id, eid) for t in self.corpus.tags_at[doc_id, p.eid]]
        return front | {t.concept for t in (*around, *above) if t.concept}

    def sanctions(self, doc_id: str, eid: str) -> set[str]:
        """Sanctions joined to a provision or to what is below it, in a few words."""
        return {
            f"{o.penalty_eids[0]}: {sanction_words(o)}"
            for o in self.offences.get(doc_id, [])
            if o.eid == eid or o.eid.startswith(eid + "__")
        }


def differences(a: Path, b: Path, names: tuple[str, str] = ("first", "second")) -> list[Difference]:
    """Statuses that differ between two `processed` folders, each with its explanation; `names` are what to call them.

    The explanation names, for the provisions that decide in either run, what one run has and the other has not: the
    provision itself, its being in force, the concepts asked for, the sanctions.
    """
    rows_a, rows_b = _rows(a), _rows(b)
    changed = [k for k in rows_a if k in rows_b and rows_a[k]["status"] != rows_b[k]["status"]]
    if not changed:
        return []
    runs = (_Run(names[0], a), _Run(names[1], b))
    asked = {
        i.id: i.met.concepts_used() | (i.partial.concepts_used() if i.partial else set()) | {"victim.child"}
        for bench in benchmarks()
        for i in bench.indicators
    }
    return [
        Difference(
            *key,
            rows_a[key]["status"],
            rows_b[key]["status"],
            _list(rows_a[key]["provisions"]),
            _list(rows_b[key]["provisions"]),
            _explained(rows_a[key], rows_b[key], runs, asked.get(key[1], set())),
        )
        for key in changed
    ]


def _rows(folder: Path) -> dict[tuple[str, str], dict[str, str]]:
    with (folder / "6-gaps" / "gaps.csv").open(encoding="utf-8", newline="") as file:
        return {(r["jurisdiction"], r["indicator"]): r for r in csv.DictReader(file)}


def _list(cell: str) -> list[str]:
    return cell.split(";") if cell else []


def _explained(row_a: dict[str, str], row_b: dict[str, str], runs: tuple[_Run, _Run], asked: set[str]) -> str:
    """What differs in the provisions that decide, or come nearest, in either run."""
    deciding = list(dict.fromkeys(_list(row_a["provisions"]) + _list(row_b["provisions"])))
    nearest = list(dict.fromkeys(_list(row_a["nearest"]) + _list(row_b["nearest"])))
    for names in (deciding, nearest):
        said = [s for name in names for s in _provision_differs(name, runs, asked)]
        if said:
            return "; ".join(dict.fromkeys(said))
    if row_a["review"] != row_b["review"]:
        return f"a review counts in one run only: {row_a['review'] or 'none'}, {row_b['review'] or 'none'}"
    return ""


def _provision_differs(name: str, runs: tuple[_Run, _Run], asked: set[str]) -> Iterator[str]:
    """How a provision, or everything in an instrument, differs between two runs, as far as an indicator asks."""
    doc_id, _, eid = name.partition(" ")
    absent = [run for run in runs if not run.has(doc_id, eid)]
    if absent:
        yield from (run.missing(doc_id, eid) for run in absent)
        return
    if eid:
        states = [run.in_force(doc_id, eid) for run in runs]
        if states[0] != states[1]:
            versions = [run.in_force.version(doc_id, eid) for run in runs]
            ends = [f"{v.valid_from or '?'} to {v.valid_to or 'now'}" if v else "not dated" for v in versions]
            yield f"{name} applied: {ends[0]} in the first, {ends[1]} in the second run"
    facts = [
        [{c for c in run.concepts(doc_id, eid) if c.split(" ")[0] in asked} for run in runs],
        [run.sanctions(doc_id, eid) if eid else set() for run in runs],
    ]
    for first, second in facts:
        for only, run in ((first - second, runs[0]), (second - first, runs[1])):
            if only:
                yield f"{name}: {', '.join(sorted(only))} only in the {run.name} run"

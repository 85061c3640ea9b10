"""Two editions of the same documents, article by article: what differs, and why.

Reads   two processed/ folders (digest, official), raw/<code>/sources.yaml and raw/<code>/editions.yaml.
Writes  nothing; `python -m pipeline check-editions` prints the rows and writes them beside the official run.
A difference is explained by what sources.yaml says the digest leaves out, by a difference above it in the text, or by
a reader who compared both texts and signed (editions.yaml). Nothing else counts as an explanation.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pipeline import link
from pipeline.corpus import Corpus
from pipeline.records import Citation, Column, Operation, Provision, Sanction, TableSchema
from pipeline.sources import Differing, Editions, load_editions
from pipeline.yamls import PackError

WHAT = ("numbering", "structure", "penalties", "citations", "elements", "concepts", "operations")
# What a provision deals with, article by article; acts, means and purposes are compared provision by provision.
CONCEPTS = ("CONDUCT", "DUTY", "PROTECTION", "RULE", "AGGRAVATION", "DEFINITION", "VICTIM", "ICT", "ACTOR")

SCHEMA = TableSchema(
    "editions",
    "Digest against official text",
    (
        Column("doc_id", "string", "document"),
        Column("eid", "string", "article or section, as an eid of the law"),
        Column("what", "string", ", ".join(WHAT)),
        Column("digest", "string", "only in the digest, separated by ;"),
        Column("official", "string", "only in the official text, separated by ;"),
        Column("explanation", "string", "why they differ; empty: not explained"),
    ),
)
Row = TypeVar("Row", Citation, Sanction, Operation)
Facts = dict[str, dict[str, Counter[str]]]  # what → unit → facts


@dataclass(frozen=True, slots=True)
class Difference:
    """What one edition has and the other lacks, in one article."""

    doc_id: str
    eid: str
    what: str
    digest: str
    official: str
    explanation: str


def differences(raw: Path, digest: Path, official: Path) -> tuple[list[Difference], list[str]]:
    """Differences between two processed/ folders, and the documents that were compared.

    Raises:
        PackError: an editions.yaml is invalid, or explains a difference that does not exist (any more).
    """
    ours, theirs = Edition(digest), Edition(official)
    compared = [
        d for d, document in theirs.corpus.documents.items()
        if document.edition == "official" and d in ours.corpus.documents and document.jurisdiction != "paper"
    ]  # fmt: skip
    signed = {folder.name: load_editions(folder) for folder in sorted(p.parent for p in raw.glob("*/sources.yaml"))}
    found: list[Difference] = []
    used: set[int] = set()
    for doc_id in compared:
        editions = signed[theirs.corpus.documents[doc_id].jurisdiction]
        found += _of_document(doc_id, ours, theirs, editions, used)
    for code, editions in signed.items():
        for entry in editions.differences:
            if entry.doc_id in compared and id(entry) not in used:
                raise PackError(
                    f"{raw / code / 'editions.yaml'}: {entry.doc_id} {entry.eid} no longer differs in "
                    f"{', '.join(entry.what)}; remove the entry"
                )
    return found, compared


def _of_document(
    doc_id: str, ours: Edition, theirs: Edition, editions: Editions, used: set[int]
) -> Iterator[Difference]:
    mine, other = ours.facts(doc_id), theirs.facts(doc_id)
    omitted = ours.corpus.omitted[doc_id]
    for unit in sorted({u for facts in (mine, other) for what in facts.values() for u in what}, key=_order):
        above = ""
        for what in WHAT:
            left, right = mine[what].get(unit, Counter()), other[what].get(unit, Counter())
            if left == right:
                continue
            only_left, only_right = left - right, right - left
            explanation = ""
            if _number(unit) in omitted:
                explanation = "left out of the digest (sources.yaml: omits)"
            elif what == "citations":
                only_left, only_right = _without_omitted(only_left, ours), _without_omitted(only_right, ours)
                if not only_left and not only_right:
                    continue
            if not explanation:
                entry = next((e for e in editions.differences if _fits(e, doc_id, unit, what)), None)
                if entry is not None:
                    used.add(id(entry))
                    explanation = f"{entry.reason} ({entry.who}, {entry.when.isoformat()})"
                elif above:
                    explanation = above
            if what == "numbering" and explanation:
                above = f"follows from the numbering: {explanation}"
            yield Difference(doc_id, unit, what, _listed(only_left), _listed(only_right), explanation)


def _fits(entry: Differing, doc_id: str, unit: str, what: str) -> bool:
    return entry.doc_id == doc_id and what in entry.what and (entry.eid in ("*", unit))


def _without_omitted(facts: Counter[str], ours: Edition) -> Counter[str]:
    """Citations less those whose target the digest of that document leaves out."""
    kept: Counter[str] = Counter()
    for fact, n in facts.items():
        target, _, eid = fact.partition(" → ")[2].partition(" ")
        if not (target in ours.corpus.documents and _number(eid.split("__")[0]) in ours.corpus.omitted[target]):
            kept[fact] = n
    return kept


def _listed(facts: Counter[str]) -> str:
    return "; ".join(f if n == 1 else f"{f} (×{n})" for f, n in sorted(facts.items()))


def _number(unit: str) -> str:
    return unit.rpartition("_")[2]


def _order(unit: str) -> tuple[str, int, str]:
    kind, _, number = unit.rpartition("_")
    digits = "".join(c for c in number if c.isdigit())
    return kind, int(digits or 0), number


class Edition:
    """One edition's results, as facts by article."""

    def __init__(self, processed: Path) -> None:
        self.corpus = Corpus(processed / "1-text", processed / "2-provisions", processed / "3-tags")
        self.links = link.load(processed / "4-links", self.corpus)

    def facts(self, doc_id: str) -> Facts:
        """What the edition holds, by kind of fact and by article."""
        found: Facts = {what: defaultdict(Counter) for what in WHAT}
        kinds = self.corpus.unit_kinds(doc_id)
        for provision in self.corpus.provisions[doc_id]:
            if provision.part not in ("body", "quoted"):
                continue
            unit = self.corpus.unit(doc_id, provision.eid)
            if unit is None:
                continue
            name = self._name(unit)
            if provision.kind in kinds and provision.eid == unit.eid:
                found["numbering"][name]["present"] += 1
            else:
                found["structure"][name][self.corpus.law_of(doc_id, provision.eid)[1]] += 1
        for sanction in self._mine(self.links.sanctions, doc_id):
            found["penalties"][self._at(doc_id, sanction.eid)][_sanction(sanction)] += 1
        for citation in self._mine(self.links.citations, doc_id):
            if citation.target_doc and citation.target_eid:
                fact = f"{self._within(doc_id, citation.eid)} → {citation.target_doc} {citation.target_eid}"
                found["citations"][self._at(doc_id, citation.eid)][fact] = 1
        for tag in self.corpus.tags[doc_id]:
            if tag.label in ("ACT", "MEANS", "PURPOSE") and tag.part in ("body", "quoted"):
                found["elements"][self._at(doc_id, tag.eid)][f"{self._within(doc_id, tag.eid)} {tag.concept}"] = 1
            if tag.label in CONCEPTS and tag.part in ("body", "quoted"):
                found["concepts"][self._at(doc_id, tag.eid)][tag.concept] = 1
        for operation in self._mine(self.links.operations, doc_id):
            if operation.target_doc:
                fact = f"{operation.op} {operation.target_doc} {operation.target_eid}".strip()
                found["operations"][self._at(doc_id, operation.eid)][fact] = 1
        for facts in found.values():
            facts.pop("", None)
        return found

    def _mine(self, rows: Iterable[Row], doc_id: str) -> Iterator[Row]:
        for row in rows:
            provision = self.corpus.by_eid.get((doc_id, row.eid)) if row.doc_id == doc_id else None
            if provision is not None and provision.part in ("body", "quoted"):
                yield row

    def _name(self, unit: Provision) -> str:
        return self.corpus.law_of(unit.doc_id, unit.eid)[1].rpartition("__")[2]

    def _at(self, doc_id: str, eid: str) -> str:
        unit = self.corpus.unit(doc_id, eid)
        return self._name(unit) if unit else ""

    def _within(self, doc_id: str, eid: str) -> str:
        return self.corpus.law_of(doc_id, eid)[1]


def _sanction(s: Sanction) -> str:
    parts = {
        "prison": (s.prison_min_months, s.prison_max_months),
        "fine": (s.fine_min, s.fine_max) if not (s.fine_category_min or s.fine_category_max) else (None, None),
        "category": (s.fine_category_min or None, s.fine_category_max or None),
        "percent": (s.fine_min_percent, s.fine_max_percent),
    }
    words = [f"{k} {a if a is not None else ''}–{b if b is not None else ''}" for k, (a, b) in parts.items() if a or b]
    words += [w for w, on in (("life", s.life), ("death", s.death)) if on]
    words += [s.conjunction] if s.conjunction != "none" else []
    words += [s.relative] if s.relative else []
    return " ".join(words) or s.penalty_name or "other"

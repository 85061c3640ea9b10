"""Stage 4: citations → provisions; offence ↔ penalty; what was in force when.

Reads   processed/1-text, 2-provisions, 3-tags.
Writes  processed/4-links/{citations,sanctions,offences,operations,versions,commencements,notices}.jsonl.
Joins what `tag` found. Does not compare jurisdictions and holds no standard.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline import records
from pipeline.corpus import LAWS, Corpus
from pipeline.link.citations import citations
from pipeline.link.commencement import commencement
from pipeline.link.conducts import conducts
from pipeline.link.offences import Joiner
from pipeline.link.operations import operations
from pipeline.link.relative import Bases, Measure, computed
from pipeline.link.sanctions import sanctions
from pipeline.link.scales import scales
from pipeline.link.time import InForce, amended_outside, attested, versions
from pipeline.records import Citation, Notice, Offence, Operation, Sanction, Version


@dataclass(frozen=True, slots=True)
class InForceDate:
    """When a document commenced, by which rule, and whether it applied on params.as_of."""

    doc_id: str
    in_force_from: str
    rule: str
    in_force: str
    evidence_id: str


def run(text: Path, provisions: Path, tags: Path, out: Path, as_of: str) -> None:
    """Link the corpus as of a day into `out` (a new folder)."""
    corpus = Corpus(text, provisions, tags)
    cited: dict[str, list[Citation]] = {d: citations(corpus, d) for d in corpus.documents}
    worth = {code: scales(corpus, code) for code in sorted({d.jurisdiction for d in corpus.documents.values()})}
    punished: dict[str, list[Sanction]] = {}
    notices: list[Notice] = []
    for doc_id, document in corpus.documents.items():
        # A paper reports another country's categories; they are valued when its claims are checked.
        punished[doc_id], found = sanctions(corpus, doc_id, worth[document.jurisdiction])
        notices += found
    operated: dict[str, list[Operation]] = {d: operations(corpus, d, cited[d]) for d in corpus.documents}
    if corpus.place(o for found in operated.values() for o in found):  # there is more to refer to than before
        cited = {d: citations(corpus, d) for d in corpus.documents}
    since = attested(corpus, operated, [c for cs in cited.values() for c in cs])
    rows = versions(corpus, operated, as_of, since)
    notices += amended_outside(corpus, [c for cs in cited.values() for c in cs])
    in_force = InForce(corpus, rows)
    bases = Bases(
        corpus,
        (s for found in punished.values() for s in found),
        in_force,
        (o for found in operated.values() for o in found),
    )
    naming: set[tuple[str, str]] = set()  # (sanction, citation) where the citation names what is punished
    for doc_id in corpus.documents:
        for sanction in punished[doc_id]:
            if sanction.part in ("body", "quoted"):
                for named in conducts(corpus, sanction, cited[doc_id], punished[doc_id]):
                    naming |= {(sanction.evidence_id, named.by.evidence_id)} if named.by else set()
                    if not sanction.relative:
                        bases.carry((named.law, named.eid), sanction)
    # Twice: what carries the same penalty as another is itself changed by others.
    for last in (False, True):
        changed = {
            d: computed(corpus, punished[d], cited[d], naming, bases, worth[document.jurisdiction], in_force)
            for d, document in corpus.documents.items()
        }
        if last:
            punished = changed
        else:
            bases.add(s for found in changed.values() for s in found if s.relative == "same" and s.computed_from)
    measures = {code: Measure(corpus, bases, scale) for code, scale in worth.items()}
    joiner = Joiner(corpus, cited, punished, measures, in_force)
    offended = [o for d in corpus.documents for o in joiner.offences(d, as_of)]
    with records.whole_folder(out) as fresh:
        records.write_jsonl(fresh / "citations.jsonl", [c for cs in cited.values() for c in cs])
        records.write_jsonl(fresh / "sanctions.jsonl", [s for ss in punished.values() for s in ss])
        records.write_jsonl(fresh / "operations.jsonl", [o for os in operated.values() for o in os])
        records.write_jsonl(fresh / "versions.jsonl", rows)
        records.write_jsonl(fresh / "offences.jsonl", offended)
        records.write_jsonl(fresh / "notices.jsonl", notices)
        records.write_jsonl(fresh / "commencements.jsonl", _commencements(corpus, rows, as_of))


def _commencements(corpus: Corpus, rows: list[Version], as_of: str) -> list[InForceDate]:
    found = []
    for doc_id, document in corpus.documents.items():
        if document.kind not in LAWS and document.kind != "treaty":
            continue
        start = commencement(corpus, doc_id)
        own = {v.current for v in rows if v.law == doc_id and v.source_doc == doc_id}
        if not start.date:
            # No clause of it says since when; that its provisions applied may follow from what other laws say of them.
            state = "yes" if "yes" in own else "no" if own == {"no"} else "unknown"
        else:
            state = "yes" if start.date <= as_of and (document.kind == "amending-act" or "yes" in own) else "no"
        found.append(InForceDate(doc_id, start.date, start.rule, state, start.evidence_id))
    return found


@dataclass(frozen=True, slots=True)
class Links:
    """What `run` wrote."""

    citations: list[Citation]
    sanctions: list[Sanction]
    offences: list[Offence]
    operations: list[Operation]
    versions: list[Version]
    commencements: dict[str, InForceDate]
    notices: list[Notice]


def load(folder: Path, corpus: Corpus | None = None) -> Links:
    """The links in `processed/4-links`; a corpus read beside them learns where paragraphs of amending acts belong."""
    read: Any = records.read_jsonl
    links = Links(
        citations=list(read(folder / "citations.jsonl", Citation)),
        sanctions=list(read(folder / "sanctions.jsonl", Sanction)),
        offences=list(read(folder / "offences.jsonl", Offence)),
        operations=list(read(folder / "operations.jsonl", Operation)),
        versions=list(read(folder / "versions.jsonl", Version)),
        commencements={c.doc_id: c for c in read(folder / "commencements.jsonl", InForceDate)},
        notices=list(read(folder / "notices.jsonl", Notice)),
    )
    if corpus is not None:
        corpus.place(links.operations)
    return links

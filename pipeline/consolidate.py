"""A law as it stood on a day: every provision's text with its source, in the order of numbering.

Amendments were applied when `link` made the versions; this module picks, for a day, the version of each provision,
puts inserted ones in their place (27A behind 27) and keeps ended ones as ended, with the clause that ended them.
Pure: reads the corpus and the links, writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.corpus import Corpus
from pipeline.link import Links
from pipeline.link.order import place, unit_order
from pipeline.link.time import applied
from pipeline.records import Provision, TableSchema, Version, columns_of

STATES = {"delete": "deleted", "repeal": "repealed", "expire": "expired", "amend": "replaced", "insert": "replaced"}


@dataclass(frozen=True, slots=True)
class Consolidated:
    """One provision of a law on a day. Its words are `text[start:end]` of source_doc, without those of its children."""

    law: str
    eid: str
    num: str
    kind: str
    heading: str
    level: int  # 0 for an article or section
    state: str  # in_force | unknown | deleted | repealed | expired | replaced
    source_doc: str
    source_eid: str
    start: int
    end: int
    valid_from: str  # ISO date; '' where no clause dates it
    valid_to: str  # '' while no clause ends it
    by_clause: str  # evidence id: of an ended provision the clause that ended it, else the one that brought its text


SCHEMA = TableSchema(
    "consolidated",
    "Amended laws as of the day of the analysis",
    columns_of(
        Consolidated,
        {
            "law": "law",
            "num": "number",
            "kind": "article, section, para, point, …",
            "heading": "heading",
            "level": "0 for an article or section, 1 for its paragraphs, …",
            "state": "in_force, unknown, or how it ended: deleted, repealed, expired, replaced",
            "source_doc": "document whose text applies",
            "source_eid": "provision of it",
            "valid_from": "day from which the text applies; empty: no clause dates it",
            "valid_to": "day from which it no longer does; empty: none",
            "by_clause": "evidence id of the clause that brought the text, or that ended it",
        },
    ),
)


def consolidated(corpus: Corpus, links: Links, law: str, as_of: str) -> list[Consolidated]:
    """Every provision of `law` (doc_id) as of a day (ISO date), in the order of numbering; [] for a law not read."""
    return list(_Law(corpus, links, law, as_of).rows())


class _Law:
    def __init__(self, corpus: Corpus, links: Links, law: str, as_of: str) -> None:
        self._corpus = corpus
        self._law = law
        self._day = as_of
        self._versions: dict[str, list[Version]] = {}
        for version in links.versions:
            if version.law == law:
                self._versions.setdefault(version.eid, []).append(version)
        self._ops = {o.evidence_id: o.op for o in links.operations}

    def rows(self) -> Iterator[Consolidated]:
        if self._law not in self._corpus.documents:
            return
        for eid in unit_order(self._corpus, self._law):
            version = self._pick(eid)
            if version:
                yield from self._provision(eid, version, 0)

    def _pick(self, eid: str) -> Version | None:
        """The version that applied; else the last that had ended; None for what was still to come."""
        found = self._versions.get(eid, [])
        for wanted in ("yes", "unknown"):
            for version in found:
                if applied(version, self._day) == wanted:
                    return version
        ended = [v for v in found if v.valid_to and v.valid_to <= self._day]
        return max(ended, key=lambda v: v.valid_to) if ended else None

    def _provision(self, eid: str, version: Version, level: int) -> Iterator[Consolidated]:
        source = self._corpus.by_eid.get((version.source_doc, version.source_eid))
        if source is None:
            return
        yield self._row(eid, source, version, level)
        if self._ended(version):
            return
        children = {eid + c.eid.removeprefix(source.eid): c for c in self._corpus.children[source.doc_id, source.eid]}
        # Paragraphs that later acts set out alone: those with a version of their own that is not part of this text.
        others = {
            e: v
            for e in self._versions
            if e.rpartition("__")[0] == eid and e not in children and (v := self._pick(e)) is not None
        }
        numbers = {e: c.num for e, c in children.items()} | {
            e: p.num for e, v in others.items() if (p := self._corpus.by_eid.get((v.source_doc, v.source_eid)))
        }
        for child in place(children, sorted(e for e in others if e in numbers), numbers):
            own = self._pick(child)
            if own is None:
                own = _part(version, child, children[child])
            yield from self._provision(child, own, level + 1)

    def _ended(self, version: Version) -> bool:
        return bool(version.valid_to) and version.valid_to <= self._day

    def _row(self, eid: str, source: Provision, version: Version, level: int) -> Consolidated:
        children = self._corpus.children[source.doc_id, source.eid]
        ended = self._ended(version)
        state = "in_force" if applied(version, self._day) == "yes" else "unknown"
        if ended:
            state = STATES.get(self._ops.get(version.end_evidence_id, ""), "repealed")
        return Consolidated(
            law=self._law,
            eid=eid,
            num=source.num,
            kind=source.kind,
            heading=source.heading,
            level=level,
            state=state,
            source_doc=source.doc_id,
            source_eid=source.eid,
            start=source.start,
            end=children[0].start if children else source.end,
            valid_from=version.valid_from,
            valid_to=version.valid_to,
            by_clause=version.end_evidence_id if ended else version.evidence_id,
        )


def _part(version: Version, eid: str, source: Provision) -> Version:
    """The version of a paragraph that came and goes with the text it is part of."""
    return Version(
        version.law,
        eid,
        source.doc_id,
        source.eid,
        version.operation,
        version.valid_from,
        version.valid_to,
        version.current,
        version.evidence_id,
        version.end_evidence_id,
        version.attested_from,
    )

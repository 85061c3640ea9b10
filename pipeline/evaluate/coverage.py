"""How complete the gold is: articles that print a penalty or an operation, and those of which the gold has a fact.

Reads   nothing; it is given the corpus and the gold files.
The words looked for here are few and are not the packs' rules: what a rule misses must not be missed here as well. They
find too much rather than too little; every article that they find and the gold does not cover is to be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pipeline.corpus import Corpus
from pipeline.evaluate.places import Places
from pipeline.records import Provision

PENALTY = {
    "id": re.compile(
        r"\bRp\s?\.?\s?\d|\b(?:penjara|kurungan|denda)\b[^.;]{0,80}\b(?:tahun|bulan|kategori|hidup)\b"
        r"|\bpidana\s+mati\b|\bditambah\b[^.;]{0,20}(?:\d\s?/\s?\d|\w*pertiga\b|\bsepertiga\b)",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:PhP|P)\s?\d[\d,]{3}|₱\s?\d|\b(?:imprisonment\s+of|life\s+imprisonment|reclusion|prision|arresto|destierro)\b"
        r"|\bfined?\b[^.;]{0,40}\bpesos\b|\bdegrees?\s+(?:higher|lower)\b",
        re.IGNORECASE,
    ),
}
OPERATION = {
    "id": re.compile(
        r"\b(?:diubah\s+sehingga|disisipkan|dihapus|dicabut|mulai\s+berlaku)\b(?!\s+dan\s+dihapus)", re.IGNORECASE
    ),
    "en": re.compile(
        r"\bhereby\b[^.;]{0,40}\b(?:amended|repealed|deleted|inserted|renumbered)\b|\bshall\s+take\s+effect\b",
        re.IGNORECASE,
    ),
}
# A code is read for the subject of the comparison only: most of its articles are about something else.
SELECTED = ("code", "treaty")


@dataclass
class Coverage:
    """Articles that print a penalty or an operation, as (doc_id, place)."""

    with_facts: list[tuple[str, str]] = field(default_factory=list)
    read_as_none: list[tuple[str, str]] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(default_factory=list)

    def figures(self) -> dict[str, float | int | None]:
        """How many of each, and the share that was read; None where no article prints any."""
        read = len(self.with_facts) + len(self.read_as_none)
        total = read + len(self.unread)
        return {
            "articles": total,
            "with_facts": len(self.with_facts),
            "read_as_none": len(self.read_as_none),
            "share": round(read / total, 4) if total else None,
        }


def coverage(
    corpus: Corpus, read: dict[str, dict[str, Any]], none: dict[str, list[dict[str, Any]]]
) -> dict[str, Coverage]:
    """`sanctions` and `operations`: how many articles print one, how many of them the gold covers, and the others.

    Args:
        read: doc_id → its gold file. Codes and treaties, of which only a part was read, are left out.
        none: label → articles that were read and hold none, whatever their words.

    Returns:
        The two, with their articles in the order of the documents.
    """
    out: dict[str, Coverage] = {}
    for label, words, parts in (("sanctions", PENALTY, ("body", "quoted")), ("operations", OPERATION, ("body",))):
        one = out.setdefault(label, Coverage())
        for doc_id, facts in sorted(read.items()):
            document = corpus.documents[doc_id]
            if document.kind in SELECTED or document.language not in words:
                continue
            place = Places(corpus, doc_id)
            there = {place.gold(f) for f in facts.get(label) or []}
            other = {place.gold(f) for f in none.get(label) or [] if f["doc_id"] == doc_id}
            for unit, name in _units(corpus, doc_id, place, parts):
                if words[document.language].search(_own(corpus, unit)):
                    known = any(f"{t}__".startswith(f"{name}__") for t in there)
                    kept = one.with_facts if known else one.read_as_none if name in other else one.unread
                    kept.append((doc_id, name))
    return out


def _units(corpus: Corpus, doc_id: str, place: Places, parts: tuple[str, ...]) -> Iterator[tuple[Provision, str]]:
    kinds = corpus.unit_kinds(doc_id)
    for provision in corpus.provisions[doc_id]:
        if provision.kind in kinds and provision.part in parts:
            yield provision, place.name(provision.eid)


def _own(corpus: Corpus, unit: Provision) -> str:
    """The words of an article, without those of articles that it quotes."""
    kinds = corpus.unit_kinds(unit.doc_id)
    words, at = [], unit.start
    for inner in corpus.descendants(unit.doc_id, unit.eid):
        if inner.eid != unit.eid and inner.kind in kinds and inner.start >= at:
            words.append(corpus.text[unit.doc_id][at : inner.start])
            at = inner.end
    return " ".join((*words, corpus.text[unit.doc_id][at : unit.end]))

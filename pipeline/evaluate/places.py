"""How gold files name provisions, and where those stand in the text that was read.

Reads   nothing; it is given the corpus.
Knows neither citations nor sanctions: a fact is a tuple, the first member its place.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pipeline.corpus import Corpus
from pipeline.records import Provision

Fact = tuple[str, ...]
Span = tuple[int, int]  # offsets in the document's canonical text


@dataclass
class Compared:
    """Gold and found facts of one label in one document, and the spans of those found."""

    label: str
    wanted: list[Fact]
    found: list[Fact]
    spans: dict[Fact, set[Span]] = field(default_factory=dict)


class Places:
    """How gold files name the provisions of a document: by eid, for quoted ones behind the law that is amended."""

    def __init__(self, corpus: Corpus, doc_id: str) -> None:
        self._corpus, self._doc_id = corpus, doc_id
        self.of: dict[str, list[Provision]] = {}
        for p in corpus.provisions[doc_id]:
            self.of.setdefault(self.name(p.eid), []).append(p)

    def name(self, eid: str) -> str:
        """The name of a provision that was found; all of a preamble is one place."""
        if eid.startswith("preamble"):
            return "preamble"
        law, in_law = self._corpus.law_of(self._doc_id, eid)
        if eid.startswith("elucidation") and not in_law.startswith("elucidation"):
            in_law = f"elucidation__{in_law}"
        return in_law if law == self._doc_id else f"{law} {in_law}"

    def words(self, place: str) -> str:
        """The words of all provisions of that name."""
        return "\n".join(self._corpus.words(p) for p in self.of.get(place, []))

    def gold(self, fact: dict[str, Any]) -> str:
        """The name of a provision in a gold fact (`law` is given for provisions that are quoted)."""
        eid = str(fact["eid"])
        law = str(fact.get("law") or self._doc_id)
        return eid if law == self._doc_id else f"{law} {eid}"

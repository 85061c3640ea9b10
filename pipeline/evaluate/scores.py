"""Precision, recall and F1 of facts and of their spans: label × language × edition.

Reads   nothing; it counts what it is given.
`pipeline/report/accuracy.py` shows them, in the terminal and on the method page.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.evaluate.places import Compared, Fact, Span

# What the project set out to reach: the least that precision and recall should be. Labels without one had no aim.
REACH = {
    "citations": 0.99,
    "citations_resolved": 0.98,
    "sanctions": 0.99,
    "links": 0.98,
    "elements": 0.97,
}
Nested = dict[str, dict[str, dict[str, dict[str, float | int | None]]]]  # label → language → edition → figures


@dataclass
class Hits:
    """Of `found` things and `gold` things, how many of each side the other side has."""

    found: int = 0
    gold: int = 0
    found_right: int = 0
    gold_found: int = 0

    def precision(self) -> float:
        """The share of what was found that is right; 0 where nothing was found."""
        return self.found_right / self.found if self.found else 0.0

    def recall(self) -> float:
        """The share of the gold that was found; 0 where there is none."""
        return self.gold_found / self.gold if self.gold else 0.0

    def f1(self) -> float:
        """The harmonic mean of both."""
        p, r = self.precision(), self.recall()
        return 2 * p * r / (p + r) if p + r else 0.0


@dataclass
class Score:
    """Counts of one label in one language and edition: facts, their spans character for character, and overlapping."""

    facts: Hits = field(default_factory=Hits)
    exact: Hits = field(default_factory=Hits)
    overlap: Hits = field(default_factory=Hits)
    stale: int = 0

    def count(self, compared: Compared) -> None:
        """Add the facts of one document."""
        both = (Counter(compared.wanted) & Counter(compared.found)).total()
        self.facts.found += len(compared.found)
        self.facts.gold += len(compared.wanted)
        self.facts.found_right += both
        self.facts.gold_found += both

    def count_spans(self, gold: Mapping[Fact, set[Span]], found: Mapping[Fact, set[Span]]) -> None:
        """Add the spans of the facts whose place in the text was read; those of other facts cannot be judged."""
        for fact, wanted in gold.items():
            have = found.get(fact, set())
            same = len(wanted & have)
            for hits, gold_found, right in (
                (self.exact, same, same),
                (self.overlap, _touched(wanted, have), _touched(have, wanted)),
            ):
                hits.gold += len(wanted)
                hits.found += len(have)
                hits.gold_found += gold_found
                hits.found_right += right

    def figures(self, label: str) -> dict[str, float | int | None]:
        """Precision, recall and F1 of the facts, what they should reach, and F1 of the spans; four decimals.

        `reach` is left out where there is no aim; the figures of spans where no span was read. `stale` counts the facts
        whose text has changed since their span was read.
        """
        found: dict[str, float | int | None] = {
            "gold": self.facts.gold,
            "precision": round(self.facts.precision(), 4),
            "recall": round(self.facts.recall(), 4),
            "f1": round(self.facts.f1(), 4),
        }
        if label in REACH:
            found["reach"] = REACH[label]
        if self.exact.gold:
            found |= {
                "spans": self.exact.gold,
                "span_exact": round(self.exact.f1(), 4),
                "span_overlap": round(self.overlap.f1(), 4),
            }
        if self.stale:
            found["stale"] = self.stale
        return found


class Scores:
    """The scores of a run, by label, language and edition."""

    def __init__(self) -> None:
        self._of: dict[tuple[str, str, str], Score] = defaultdict(Score)

    def of(self, label: str, language: str, edition: str) -> Score:
        """The score of one cell, new where there is none."""
        return self._of[label, language, edition]

    def nested(self) -> Nested:
        """All figures, sorted."""
        out: Nested = {}
        for (label, language, edition), score in sorted(self._of.items()):
            out.setdefault(label, {}).setdefault(language, {})[edition] = score.figures(label)
        return out


def _touched(spans: set[Span], others: set[Span]) -> int:
    """How many of `spans` share a character with one of `others`."""
    return sum(
        any(start < other_end and other_start < end for other_start, other_end in others) for start, end in spans
    )

"""Edits of a text that keep its pages: spans, what is put there, why; each becomes a notice."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.records import Notice


@dataclass(frozen=True, slots=True)
class Edit:
    """One change: a span of the text, what is put there, and why. `after` None: a doubt, nothing is changed."""

    start: int
    end: int
    after: str | None
    rule: str


@dataclass
class Text:
    doc_id: str
    numbers: list[int]  # of the pages
    starts: list[int]
    text: str
    notices: list[Notice] = field(default_factory=list)

    def lines(self) -> Iterator[tuple[int, str]]:
        """(start, line) of every line that is not blank."""
        start = 0
        for line in self.text.split("\n"):
            if line.strip():
                yield start, line
            start += len(line) + 1

    def apply(self, edits: Sequence[Edit]) -> None:
        """Put edits in; what overlaps an earlier one or crosses a page is left out."""
        parts: list[str] = []
        starts = list(self.starts)
        done = shift = 0
        page = 0
        for edit in sorted(edits, key=lambda e: (e.start, e.end)):
            if edit.start < done:
                continue
            at = bisect_right(self.starts, edit.start) - 1
            if at + 1 < len(self.starts) and edit.end > self.starts[at + 1]:
                continue
            before = self.text[edit.start : edit.end]
            if edit.after is None or edit.after == before:
                if edit.after is None:
                    self.notices.append(
                        Notice(self.doc_id, self.numbers[at], "extract", f"doubt-{edit.rule}", before, "")
                    )
                continue
            self.notices.append(
                Notice(self.doc_id, self.numbers[at], "extract", f"repair-{edit.rule}", before, edit.after)
            )
            while page < len(starts) and self.starts[page] <= edit.start:
                starts[page] += shift
                page += 1
            parts += [self.text[done : edit.start], edit.after]
            shift += len(edit.after) - len(before)
            done = edit.end
        while page < len(starts):
            starts[page] += shift
            page += 1
        parts.append(self.text[done:])
        self.text = "".join(parts)
        self.starts = starts

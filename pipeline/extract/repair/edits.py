"""Edits of a text that keep its pages: spans, what is put there, why; each becomes a notice.

What several steps ask of a text (its lines) is worked out once and kept until an edit changes it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.extract.patterns import by_first_letter, standing_alone
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

    _lines: list[tuple[int, str]] | None = None
    _tokens: dict[str, frozenset[str]] = field(default_factory=dict)
    _places: dict[str, list[int]] = field(default_factory=dict)

    def lines(self) -> Sequence[tuple[int, str]]:
        """(start, line) of every line that is not blank."""
        if self._lines is None:
            self._lines = []
            start = 0
            for line in self.text.split("\n"):
                if line and not line.isspace():
                    self._lines.append((start, line))
                start += len(line) + 1
        return self._lines

    def tokens(self, pattern: str) -> frozenset[str]:
        """What the one group of a pattern holds wherever it matches."""
        if pattern not in self._tokens:
            self._tokens[pattern] = frozenset(re.findall(pattern, self.text))
        return self._tokens[pattern]

    def places(self, word: str) -> Sequence[int]:
        """Where a pattern of words begins to match with no letter, digit or `_` right before it."""
        if word not in self._places:
            patterns = map(re.compile, by_first_letter(word))
            self._places[word] = sorted(m.start() for p in patterns for m in standing_alone(p, self.text))
        return self._places[word]

    def apply(self, edits: Sequence[Edit]) -> None:
        """Put edits in; what overlaps an earlier one or crosses a page is left out."""
        if not edits:
            return
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
        whole = "".join(parts)
        if whole != self.text:
            self.text, self._lines, self._tokens, self._places = whole, None, {}, {}
        self.starts = starts

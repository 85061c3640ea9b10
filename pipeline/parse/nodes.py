"""The provisions of a text while it is read: those that are open, one inside the other, and those that are closed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field

from pipeline.packs import PartMark, Structure
from pipeline.parse.pieces import Heading, Marks, Piece
from pipeline.parse.survey import Survey
from pipeline.records import Notice, Page, Provision


@dataclass
class Node:
    eid: str
    parent: Node | None
    kind: str
    num: str
    start: int
    part: str
    style: str = ""
    heading: str = ""
    rank: int = -1  # of a division
    end: int = -1
    own: bool = False  # a unit of the document itself, not one it quotes
    closed_with: str = ""  # how its last line ended
    before: Node | None = None  # the item before it in its list
    runs_on: bool = True  # no item before it ends a sentence
    tails: dict[str, Node] = field(default_factory=dict)  # enumerator style → the last child numbered so


@dataclass
class Tree:
    """A text, how far it is read, and its provisions so far."""

    doc_id: str
    pages: list[Page]
    structure: Structure
    amending: bool
    part: str = "front"
    nodes: list[Node] = field(default_factory=list)
    open: list[Node] = field(default_factory=list)  # divisions are not on this stack
    divisions: list[Node] = field(default_factory=list)
    eids: Counter[str] = field(default_factory=Counter)
    notices: list[Notice] = field(default_factory=list)
    last_own: str = ""  # number of the document's own last unit
    paragraph: int = 0
    expects_title: Node | None = None
    title_lines: int = 0
    before: str = ""  # the piece before
    at: int = 0  # index of the piece
    pieces: list[Piece] = field(default_factory=list)
    parts: dict[int, PartMark] = field(default_factory=dict)  # piece → the part it opens
    units: dict[int, tuple[Heading, bool]] = field(default_factory=dict)  # piece → heading; whether it is our own
    survey: Survey = field(init=False)  # made of all pieces before the first is placed

    def __post_init__(self) -> None:
        s = self.structure
        self.marks = Marks.of(s)
        self.point_marks = [(k, re.compile(p)) for k, p in s.elucidation_points.items()]
        self.amending_unit = re.compile(s.amending_unit) if s.amending_unit else None
        self.amending_item = re.compile(s.amending_item) if s.amending_item else None
        self.inline_divisions = any(d.inline for d in s.divisions)
        self.unit_kinds = {u.kind for u in s.units}
        self.starts = [p.start for p in self.pages]

    def _own_unit(self) -> Node | None:
        return next((n for n in self.open if n.own), None)

    def _amends(self, own: Node) -> bool:
        """Whether an article of the document itself amends another law."""
        return self.amending or own.num in self.survey.articles

    def _quoting(self) -> Node | None:
        """The item (or unit) of an amending act that is quoting, or None outside amending acts."""
        own = self._own_unit()
        if own is None or not self._amends(own):
            return None
        at = self.open.index(own)
        item = self.open[at + 1] if len(self.open) > at + 1 else None
        return item if item and item.kind not in self.unit_kinds and item.rank < 0 else own

    def _list_floor(self) -> int:
        """Index on the stack of the unit inside which lists are numbered."""
        for i in range(len(self.open) - 1, -1, -1):
            if self.open[i].kind in self.unit_kinds or self.open[i].kind == "part":
                return i
        return 0

    def _push(self, node: Node) -> None:
        self.nodes.append(node)
        self.open.append(node)

    def _pop_to(self, node: Node, at: int) -> None:
        while self.open and self.open[-1] is not node:
            self.open.pop().end = at

    def _close(self, at: int) -> None:
        while self.open:
            self.open.pop().end = at

    def _part_prefix(self) -> str:
        return f"{self.part}__" if self.part in ("elucidation", "annex") else ""

    def _unique(self, eid: str) -> str:
        """`eid`, with a counter when the document uses it twice."""
        self.eids[eid] += 1
        if self.eids[eid] == 1:
            return eid
        doubled = f"{eid}--{self.eids[eid]}"
        self.eids[doubled] += 1
        return doubled

    def _page(self, offset: int) -> int:
        return self.pages[max(0, bisect_right(self.starts, offset) - 1)].page if self.pages else 1

    def _note(self, start: int, rule: str, before: str, text: str) -> None:
        self.notices.append(Notice(self.doc_id, self._page(start), "parse", rule, before, text[:80]))

    def _finish(self, length: int) -> list[Provision]:
        """All provisions; every one that is still open ends with the text."""
        self._close(length)
        for node in self.nodes:
            if node.end < 0:
                node.end = length
        # A division ends where the next of its rank or a higher one begins; children never outlive a parent.
        for node in sorted(self.nodes, key=lambda n: n.start):
            if node.parent is not None and node.parent.end < node.end:
                node.end = max(node.start, node.parent.end)
        return [
            Provision(
                doc_id=self.doc_id,
                eid=n.eid,
                parent_eid=n.parent.eid if n.parent else "",
                kind=n.kind,
                num=n.num,
                heading=" ".join(n.heading.split()),
                start=n.start,
                end=n.end,
                page_start=self._page(n.start),
                page_end=self._page(max(n.start, n.end - 1)),
                part=n.part,
            )
            for n in sorted(self.nodes, key=lambda n: (n.start, -n.end))
        ]

"""Which articles of an act that is no amending act amend another law, and which headings below them are quoted.

An omnibus act has articles of its own, counted like those of any act; some of them change other laws, item by item,
and set out new articles of these (`Pasal 17. Beberapa ketentuan … diubah sebagai berikut: 1. Ketentuan Pasal 6 diubah
sehingga berbunyi sebagai berikut: Pasal 6 …`). A heading behind such words is the other law's. So is one behind it that
the same words name, in their order (`yakni Pasal 7A, Pasal 7B, dan Pasal 7C`). Every other heading is the act's own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.packs import Structure
from pipeline.parse.numbering import MARKER
from pipeline.parse.pieces import WEAK, Heading, Piece

ITEM_LINES = 6  # lines of an item's words, where they were not joined
HEAD_LINES = 3  # lines of a chapter's heading, between the words that set it out and its first article


class Finder:
    """Finds the amending articles of an act, from its pieces and what may be headings among them."""

    def __init__(self, structure: Structure, pieces: Sequence[Piece]) -> None:
        self.pieces = pieces
        self.sets_out = re.compile(structure.sets_out)
        self.item = re.compile(structure.amending_item)
        self.names = [re.compile(u.pattern) for u in structure.units]
        self.points = [re.compile(p) for p in structure.elucidation_points.values()]

    def body(self, candidates: Sequence[Heading]) -> tuple[set[int], dict[str, list[str]]]:
        """(pieces that are headings of another law, own article → the articles that it sets out) of a body."""
        quoted: set[int] = set()
        articles: dict[str, list[str]] = {}
        own, due = "", (1, 0)
        named: list[str] = []
        for c in candidates:
            said = self.said(c.piece)
            if said == [] and c.key == due:
                said = None  # what is set out is a chapter; the act's next article follows
            if said is None and c.weight <= WEAK:
                continue
            if said is not None and own and (not said or c.num in said):
                named = said[said.index(c.num) + 1 :] if said else []
            elif c.num in named:
                named = named[named.index(c.num) + 1 :]
            else:
                own, due, named = c.num, (c.key[0] + 1, 0), []
                continue
            quoted.add(c.piece)
            articles.setdefault(own, []).append(c.num)
        return quoted, articles

    def elucidation(self, candidates: Sequence[Heading], articles: dict[str, list[str]]) -> set[int]:
        """Of the headings of an elucidation, those of articles that the act's own `articles` set out."""
        quoted: set[int] = set()
        own = ""
        left: list[str] = []
        for i, c in enumerate(candidates):
            before = self.pieces[c.piece - 1].text if c.piece else ""
            item = own in articles and any(p.match(before.strip()) for p in self.points)
            if item or (c.num in left and not self._returns(candidates[i + 1 :], c, left)):
                quoted.add(c.piece)
                left = left[left.index(c.num) + 1 :] if c.num in left else left
            elif c.weight > WEAK:
                own, left = c.num, list(articles.get(c.num, []))
        return quoted

    @staticmethod
    def _returns(rest: Sequence[Heading], c: Heading, left: Sequence[str]) -> bool:
        """Whether a heading of both laws is the own one: what comes next is not what the article sets out next."""
        behind = left[left.index(c.num) + 1 :]
        return bool(rest) and rest[0].num not in behind and rest[0].key == (c.key[0] + 1, 0) and c.key[1] == 0

    def said(self, at: int) -> list[str] | None:
        """The articles named by the words that set out what begins at a piece; None where no words do."""
        last = at - 1
        while last > max(0, at - 1 - HEAD_LINES) and self.pieces[last].text.strip(" #*_").isupper():
            last -= 1
        if last < 0 or not self.sets_out.search(self.pieces[last].text):
            return None
        words = ""
        for i in range(last, max(-1, last - ITEM_LINES), -1):
            words = f"{self.pieces[i].text} {words}"
            marked = MARKER.match(self.pieces[i].text)
            if self.item.match(marked["rest"] if marked else self.pieces[i].text):
                break
        return [m["num"] for name in self.names for m in name.finditer(words)]

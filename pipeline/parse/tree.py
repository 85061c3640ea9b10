"""Pieces of a text → the tree of its provisions.

Knows the parts of a document, its divisions, articles, and the lists below them; how the law words any of these is in
the structure of the pack. It never refuses a text: what it cannot place stays with the provision that is open, and is
counted.

Ids follow Akoma Ntoso: art_2__para_1__point_a, sec_4__para_d, elucidation__art_2; a provision that an amending act
sets out is named below the item that sets it out (art_I__point_2__art_27).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field

from pipeline.packs import PartMark, Structure
from pipeline.parse.numbering import BARE, MARKER, follows, is_first, number_of, styles, value
from pipeline.parse.pieces import TAIL, Heading, Marks, Piece, cut
from pipeline.parse.survey import TITLE_LINES, Survey
from pipeline.records import Notice, Page, Provision

MAX_DEPTH = 12
LOOK_AHEAD = 60  # lines in which a list may go on after a paragraph without a number
MAX_GAP = 26  # numbers that may be missing in a list
UNNUMBERED = ("front", "closing", "translation")  # parts that have no provisions
TITLE_LENGTH = 200
ANNOUNCED = 80  # characters from a catchword that was not recognised to what it announces
# Before a number in the middle of a line: the end of a clause, perhaps with a conjunction behind it. Where a printer
# sets no space behind a number (`berhak: a.memuat`), only a letter with a word behind it is one.
INLINE = re.compile(
    r"(?:(?P<colon>:|[.–—]\s*[–—]|\.-)|[;.)”\"*])(?:\s+(?:(?:dan/atau|dan|atau|and/or|and|or)\s+)?|(?<=[.;])(?=\())"
    r"(?=\(\w{1,5}\)\s|\w{1,3}[.)]\s|[a-z]\.[^\W\d_]{3})"
)
# … unless it goes on with the numbers of a reference (“Section 4(a), (b) and (c)”).
REFERRED = re.compile(r"\(\w{1,5}\)\s*+(?:,\s*+)?(?:(?:dan/atau|dan|atau|and/or|and|or)\s*+)?\Z")
# The dots that end a line, from where they are at least three. Sought once in the dots and gaps that end it, for speed.
DOTTED = re.compile(r"(?<![\s.…])((?:(?!(?<!\s)\s*+(?:…|\.\s?\.\s?\.))[\s.…])*+)\s*+(?:…|\.\s?\.\s?\.)[\s.…]*+$")
BULLET = re.compile(r"\s*[–—•▪·*-]\s+\w")  # an entry of a list without numbers
ROW = re.compile(
    r"\(\d{1,2}\)(?:\s\(?\d{1,2}[)\w\\']{1,2})+(?:\s[A-Z]|\s*$)"
)  # several paragraphs' numbers, and no words
ONLY_MARKER = re.compile(r"\(?\w{1,4}[.)]")  # a number on a line of its own
UNFINISHED = re.compile(
    r"[;,]\s*(?:(?:and|or|and/or|dan|atau|dan/atau)\s*)?[”\"*_]*\s*$"
)  # an item after which another must come
LEFT_OUT = re.compile(r"\W*+x\s+x\s+x\W*+")  # a line that stands for what an amending act does not repeat
MID_SENTENCE = re.compile(r"[\w\xad-]\s*$")


def provisions(
    doc_id: str, pages: list[Page], structure: Structure, amending: bool
) -> tuple[list[Provision], list[Notice]]:
    """Provisions of a text in order of their start, parents before children; and what could not be placed."""
    parser = _Parser(doc_id, pages, structure, amending)
    return parser.run("".join(p.text for p in pages)), parser.notices


@dataclass
class _Node:
    eid: str
    parent: _Node | None
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
    before: _Node | None = None  # the item before it in its list
    runs_on: bool = True  # no item before it ends a sentence
    tails: dict[str, _Node] = field(default_factory=dict)  # enumerator style → the last child numbered so


@dataclass
class _Parser:
    doc_id: str
    pages: list[Page]
    structure: Structure
    amending: bool
    part: str = "front"
    nodes: list[_Node] = field(default_factory=list)
    open: list[_Node] = field(default_factory=list)  # divisions are not on this stack
    divisions: list[_Node] = field(default_factory=list)
    eids: Counter[str] = field(default_factory=Counter)
    notices: list[Notice] = field(default_factory=list)
    last_own: str = ""  # number of the document's own last unit
    paragraph: int = 0
    expects_title: _Node | None = None
    title_lines: int = 0
    before: str = ""  # the piece before
    at: int = 0  # index of the piece
    pieces: list[Piece] = field(default_factory=list)
    parts: dict[int, PartMark] = field(default_factory=dict)  # piece → the part it opens
    units: dict[int, tuple[Heading, bool]] = field(default_factory=dict)  # piece → heading; whether it is our own

    def __post_init__(self) -> None:
        s = self.structure
        self.marks = Marks.of(s)
        self.point_marks = [(k, re.compile(p)) for k, p in s.elucidation_points.items()]
        self.amending_unit = re.compile(s.amending_unit) if s.amending_unit else None
        self.amending_item = re.compile(s.amending_item) if s.amending_item else None
        self.inline_divisions = any(d.inline for d in s.divisions)
        self.unit_kinds = {u.kind for u in s.units}
        self.starts = [p.start for p in self.pages]

    def run(self, text: str) -> list[Provision]:
        """All provisions of the text."""
        self.pieces = cut(text, self.marks)
        self.survey = Survey(self.structure, self.marks, self.pieces, self.amending, self._note)
        self.parts, self.units = self.survey.parts, self.survey.units
        for i, piece in enumerate(self.pieces):
            self.at = i
            self._place(piece)
            if self.open:
                self.open[-1].closed_with = piece.text
            self.before = piece.text
        return self._finish(len(text))

    # ------------------------------------------------------------------------------------ pieces

    def _place(self, piece: Piece) -> None:
        start, text = piece.start, piece.text
        if self.at in self.parts:
            self._open_part(start, text, self.parts[self.at])
            return
        if self._is_catchword(text):
            self._note(start, "catchword", "", text)
            return
        if piece.fresh and self._is_title(text):
            return
        if (piece.fresh or self.inline_divisions) and self._opens_division(start, text):
            return
        if self.at in self.units:
            self._open_unit(start, text, *self.units[self.at])
            return
        if self.structure.paragraphs and self._opens_paper_section(start, text):
            return
        if not self._opens_elucidation_point(start, text) and piece.fresh and not self._opens_item(start, text):
            self._plain(start, text)
        self._inline_items(start, text)

    def _is_catchword(self, text: str) -> bool:
        """Whether a line only announces, dotted, how the next one begins (`(3) Pembuatan…`)."""
        stem = DOTTED.sub(r"\1", text)
        if stem == text or len(stem) > TAIL or self.at + 1 >= len(self.pieces):
            return False
        stem = re.sub(r"\W", "", stem)
        # Stamps and heads of the new page may stand between.
        following = self.pieces[self.at + 1 : self.at + (6 if len(stem) > 6 else 2)]
        return bool(stem) and any(re.sub(r"\W", "", p.text[: 3 * TAIL]).startswith(stem) for p in following)

    def _open_part(self, start: int, text: str, mark: PartMark) -> None:
        self._close(start)
        self.divisions.clear()
        self.part = mark.part
        self.last_own = ""
        node = _Node(self._unique(mark.part), None, "part", "", start, self.part)
        self._push(node)
        self._first_item(start, text)

    def _first_item(self, start: int, text: str) -> bool:
        """`Menimbang: a. …`: a list that begins on the line of its opening word."""
        match = re.match(r"[\W_]*+\w++(?:\s*+:)?\s++(?=\S)", text)
        if match is None or not MARKER.match(text, match.end()):
            return False
        found = MARKER.match(text, match.end())
        first = [s for s in styles(found) if is_first(number_of(found), s)] if found else []
        if not found or not first:
            return False
        self._pop_to(self.open[0], start)
        self.open[0].tails.clear()
        self._item(start + match.end(), first[0], number_of(found))
        self._inline_items(start + found.start("rest"), found["rest"])
        return True

    def _is_title(self, text: str) -> bool:
        """Whether the piece is the title of the heading before it."""
        node, self.expects_title = self.expects_title, None
        if node is None or self.title_lines >= TITLE_LINES or len(text) > TITLE_LENGTH or text.rstrip()[-1:] in ".;:,":
            return False
        if MARKER.match(text) or self.at in self.units or self.survey.division(text) or self._opens_point(text):
            return False
        words = text.strip(" #*_")
        if node.heading and not node.heading.isupper() and text[:1].islower() is False and node.kind == "article":
            return False
        node.heading = f"{node.heading} {words}".strip()
        self.title_lines += 1
        self.expects_title = node
        return True

    def _opens_division(self, start: int, text: str) -> bool:
        found = self.survey.division(text)
        if found is None or self.part in ("closing", "translation"):
            return False
        division, match, rest = found
        num = re.sub(r"(?<=[IVXLC])\s(?=[A-Z]$)", "", match["num"])  # `BAB VI A`
        inside_quote = self._quoting() if self._set_out() else None
        if inside_quote is None:
            self._close(start)
            self.part = "body" if self.part in ("front", "preamble") else self.part
            for old in [d for d in self.divisions if d.rank >= division.rank]:
                old.end = start
                self.divisions.remove(old)
        parent = inside_quote or (self.divisions[-1] if self.divisions else None)
        prefix = (inside_quote.eid + "__") if inside_quote else self._part_prefix()
        if parent and not inside_quote and parent.kind != "part":
            prefix = parent.eid + "__"
        node = _Node(
            self._unique(f"{prefix}{division.id}_{'-'.join(num.split())}"),
            parent,
            division.kind,
            num,
            start,
            "quoted" if inside_quote and self.part == "body" else self.part,
            heading=rest,
            rank=division.rank,
        )
        self.nodes.append(node)
        if inside_quote is None:
            self.divisions.append(node)
        else:
            self._pop_to(inside_quote, start)
            node.end = -2  # ends with the quoting item
            self.open.append(node)
        self.expects_title, self.title_lines = (node, 0) if division.title_follows else (None, 0)
        return True

    def _open_unit(self, start: int, text: str, found: Heading, own: bool) -> None:
        num = "".join(found.num.split())
        own = own or self._own_unit() is None
        if own:
            self._close(start)
            if self.part in ("front", "preamble"):
                self.part = "body"
            parent = self.divisions[-1] if self.divisions else None
            prefix = self._part_prefix()
            part = self.part
            self.last_own = num
        else:
            holder = self._quoting() or self._own_unit()
            assert holder is not None
            self._pop_to(holder, start)
            parent, prefix = holder, holder.eid + "__"
            part = "quoted" if self.part == "body" else self.part
        unit = found.unit
        node = _Node(self._unique(f"{prefix}{unit.id}_{num}"), parent, unit.kind, num, start, part, own=own)
        rest = text[found.end :]
        at = found.end + len(rest) - len(rest.lstrip(" .:–—-*_"))
        title = re.match(
            r"\s*+(?:[–—-]\s*+)?(?P<title>[^.–—;:]{2,120}?)(?<!\s)\s*+(?:\.\s*[–—-]*|[–—]|\.-|(?<=\s)-(?=\s))(?=\s|$|[A-Z])",
            rest,
        )
        self._push(node)
        self.paragraph = 0
        self.expects_title, self.title_lines = (node, 0) if unit.title_follows and not text[at:] else (None, 0)
        if unit.run_in:
            node.heading = title["title"].strip() if title else ""
            at = found.end + (title.end() if title else 0)
            at += len(text[at:]) - len(text[at:].lstrip(" .:–—-*_"))
            match = MARKER.match(text[at:])
            if match and not match["dot"] and any(is_first(number_of(match), s) for s in styles(match)[:1]):
                self._opens_item(start + at, text[at:])
            self._inline_items(start + at, text[at:])
        elif unit.title_follows and _is_title(rest):
            node.heading = rest.strip(" .:–—-*_[]")
        elif text[at:].strip(" *_)"):
            self._content(start + at, text[at:])

    def _content(self, start: int, text: str) -> None:
        """What stands on the line of a heading, after it."""
        if not (self._opens_elucidation_point(start, text) or self._opens_item(start, text)):
            self._plain(start, text)
        self._inline_items(start, text)

    def _own_unit(self) -> _Node | None:
        return next((n for n in self.open if n.own), None)

    def _set_out(self) -> bool:
        """Whether a division is one that is quoted: in an act that amends in part, behind the words that set it out."""
        return self.amending or not self.open or self.open[-1].rank >= 0 or self.survey.sets_out(self.before)

    def _amends(self, own: _Node) -> bool:
        """Whether an article of the document itself amends another law."""
        return self.amending or own.num in self.survey.articles

    def _quoting(self) -> _Node | None:
        """The item (or unit) of an amending act that is quoting, or None outside amending acts."""
        own = self._own_unit()
        if own is None or not self._amends(own):
            return None
        at = self.open.index(own)
        item = self.open[at + 1] if len(self.open) > at + 1 else None
        return item if item and item.kind not in self.unit_kinds and item.rank < 0 else own

    # ----------------------------------------------------------------------- points of elucidation

    def _opens_point(self, text: str) -> bool:
        return self.part == "elucidation" and any(p.match(text) for _, p in self.point_marks)

    def _opens_elucidation_point(self, start: int, text: str) -> bool:
        """`Ayat (2)`, `Huruf a`, `Angka 1` in an elucidation name the paragraph or point that is explained."""
        if self.part != "elucidation" or not self.open:
            return False
        for kind, pattern in self.point_marks:
            match = pattern.match(text)
            if not match:
                continue
            rest = text[match.end() :].lstrip()
            if rest and not (rest[0].isupper() or rest[0] in "“\"(‘'”.:"):
                continue
            num = match["num"]
            style = "named:" + re.split(r"[\W\d]", text, maxsplit=1)[0].capitalize()
            self._pop_to(self._explained(kind, style, num), start)
            parent = self.open[-1]
            node = _Node(self._unique(f"{parent.eid}__{kind}_{num}"), parent, kind, num, start, self.part, style)
            parent.tails[style] = node
            self._push(node)
            if rest.strip(" .:"):
                at = match.end() + len(text[match.end() :]) - len(text[match.end() :].lstrip(" .:"))
                self._opens_item(start + at, text[at:])
            return True
        return False

    def _explained(self, kind: str, style: str, num: str) -> _Node:
        """The open node of whose points this is the next: the innermost that has such points and comes before."""
        floor = self._list_floor()
        own = self._own_unit()
        if own is not None and self._amends(own) and self.open[floor] is not own:
            # An item of the amending act, not a point of the article that it explains: an article follows it.
            outer = own.tails.get(style)
            opens_unit = self.at + 1 in self.units and not self.units[self.at + 1][1]
            # Nor is it one where no list of its kind is open: `Angka 3 / Cukup jelas`, behind an article of item 2.
            next_item = (
                outer and follows(outer.num, num, style) and not any(style in n.tails for n in self.open[floor:])
            )
            if outer and value(num, style) > value(outer.num, style) and (opens_unit or next_item):
                return own
        levels = self.open[floor:]
        if kind == "para":
            return levels[0]
        for node in reversed(levels):
            last = node.tails.get(style)
            if last and last in levels and value(num, style) > value(last.num, style):
                return node
        for i, node in enumerate(levels):
            if node.style == style:
                return levels[i - 1]
        return next((n for n in reversed(levels) if not n.style or n.style.startswith("named:")), levels[-1])

    # -------------------------------------------------------------------------------------- lists

    def _opens_item(self, start: int, text: str) -> bool:
        match = MARKER.match(text) or self._bare_number(text)
        if not match or self.structure.paragraphs or not self.open or self.part in UNNUMBERED:
            return False
        possible = styles(match)
        if not possible:
            return False
        num = number_of(match)
        rest = match["rest"]
        if ROW.match(text) and possible[0] == "paren_num":
            return False  # a column of numbers that a converter set beside its text: `(1) (2) (3) Badan`
        if not rest.strip() and self.at + 1 < len(self.pieces) and not self.pieces[self.at + 1].fresh:
            rest = self.pieces[self.at + 1].text  # cut before what it names: `14. | Pasal 9 dihapus.`
        outer = self._amending_item(possible, num, rest)
        if outer is not None and outer.parent is not None:
            self._pop_to(outer.parent, start)
            self._item(start, outer.style, num)
            return self._nested(start, match)
        late = self._first_amending_item(possible, num, rest)
        if late is not None:
            self._pop_to(late, start)
            self._item(start, possible[0], num)
            return self._nested(start, match)
        floor = self._list_floor()
        parents = self.open[floor:]
        if self._goes_on_with_reference() and not (
            match["rest"][:1].isupper()
            and any(s in p.tails and follows(p.tails[s].num, num, s) for p in parents for s in possible)
        ):
            return True
        for parent in reversed(parents):
            for style in possible:
                last = parent.tails.get(style)
                if last and follows(last.num, num, style):
                    self._pop_to(parent, start)
                    self._item(start, style, num)
                    return self._nested(start, match)
        if "rparen_alpha" in possible and not self.structure.styles:
            # `b)` behind `(a)`: the parenthesis that opens is lost.
            for parent in reversed(parents):
                last = parent.tails.get("paren_alpha")
                if last and follows(last.num, num, "paren_alpha"):
                    self._pop_to(parent, start)
                    self._item(start, "paren_alpha", num)
                    return self._nested(start, match)
        for parent in reversed(parents):
            for style in possible:
                last = parent.tails.get(style)
                if last and last.num == num and start - last.start < ANNOUNCED and not self._complete(last, start):
                    # The same number again, after a few words: they announced it at the foot of a page.
                    self._pop_to(parent, start)
                    self.open.append(last)
                    return True
        first = [s for s in possible if is_first(num, s)]
        taken = {n.style for n in parents[1:]}
        fresh = [s for s in first if s not in taken] or first
        skips = first and any(s in p.tails and s not in first for p in parents for s in possible)
        if skips and self._goes_on_as(possible, first, num):
            fresh = []  # `(i)` after `(f)`: the letter, as `(j)` comes next
            possible = [s for s in possible if s not in first]
        if fresh and self.structure.styles.get(fresh[0]) == "para" and fresh[0] in taken:
            # No paragraph holds paragraphs: numbers start over, be it that a heading is lost or a number misprinted.
            self._pop_to(next(n for n in parents if fresh[0] in n.tails), start)
        if fresh and len(parents) <= MAX_DEPTH:
            self._item(start, fresh[0], num)
            return self._nested(start, match)
        return self._gap(start, possible, num, text)

    def _bare_number(self, text: str) -> re.Match[str] | None:
        """A number with no mark behind it that begins a list, or goes on with an open one: `1 Each Party`, `a produce`.

        A sentence may begin with the same letters; so the first of a list counts only where the second follows.
        """
        match = BARE.match(text) if self.structure.bare_numbers and self.open else None
        if match is None or self._own_unit() is None:
            return None
        num = number_of(match)
        if num.isdigit() and not match["rest"].lstrip('“"(*_')[:1].isupper():
            return None
        possible = styles(match)
        last = [(p.tails[s].num, s) for p in self.open[self._list_floor() :] for s in possible if s in p.tails]
        if any(follows(before, num, s) for before, s in last):
            return match
        first = [s for s in possible if is_first(num, s)]
        return match if first and self._bare_second(first) else None

    def _bare_second(self, first: list[str]) -> bool:
        """Whether a list whose first number has no mark goes on, before the next article, with its second."""
        for i in range(self.at + 1, min(len(self.pieces), self.at + 1 + LOOK_AHEAD)):
            if i in self.units or i in self.parts:
                return False
            match = BARE.match(self.pieces[i].text)
            if match and any(s in first and value(number_of(match), s) == 2 for s in styles(match)):
                return True
        return False

    def _goes_on_as(self, possible: list[str], first: list[str], num: str) -> bool:
        """Whether the list after an ambiguous number goes on in another style than the one that it would begin."""
        for i in range(self.at + 1, min(len(self.pieces), self.at + 1 + LOOK_AHEAD)):
            if i in self.units:
                return False
            match = MARKER.match(self.pieces[i].text)
            following = styles(match) if match else []
            if match and any(s in following and follows(num, number_of(match), s) for s in first):
                return False
            if match and any(s in following and follows(num, number_of(match), s) for s in possible):
                return True
        return False

    def _nested(self, start: int, match: re.Match[str]) -> bool:
        """A list that begins right behind a number: `3. a) Each …`."""
        inner = MARKER.match(match["rest"])
        if inner and len(self.open) - self._list_floor() <= MAX_DEPTH:
            first = [s for s in styles(inner) if is_first(number_of(inner), s) and s != self.open[-1].style]
            if first and inner["rest"]:
                self._item(start + match.start("rest"), first[0], number_of(inner))
        return True

    def _inline_items(self, start: int, text: str) -> None:
        """Numbers in the middle of a line that go on with an open list, or begin one that goes on in the line."""
        if self.structure.paragraphs or not self.open or self.part in UNNUMBERED:
            return
        for found in INLINE.finditer(text):
            match = MARKER.match(text, found.end())
            possible = styles(match) if match else []
            if not match or not possible or REFERRED.search(text, 0, found.end()):
                continue
            num = number_of(match)
            first = [s for s in possible if is_first(num, s)]
            if first and found["colon"] and self._second(text[match.end("marker") :], first[0]):
                self._item(start + found.end(), first[0], num)
                continue
            for parent in reversed(self.open[self._list_floor() :]):
                style = next((s for s in possible if s in parent.tails and follows(parent.tails[s].num, num, s)), "")
                if style:
                    self._pop_to(parent, start + found.end())
                    self._item(start + found.end(), style, num)
                    break

    def _second(self, text: str, style: str) -> bool:
        """Whether a list that has begun with its first number goes on in the text."""
        for found in INLINE.finditer(text):
            match = MARKER.match(text, found.end())
            if match and style in styles(match) and value(number_of(match), style) == 2:
                return True
        following = self.pieces[self.at + 1] if self.at + 1 < len(self.pieces) else None
        match = MARKER.match(following.text) if following else None
        return bool(match) and style in styles(match) and value(number_of(match), style) == 2  # type: ignore[arg-type]

    def _gap(self, start: int, possible: list[str], num: str, text: str) -> bool:
        """A number that does not follow: a list with a gap, a list that does not start at first, or no list."""
        parents = self.open[self._list_floor() :]
        gaps = [
            (value(num, style) - value(last.num, style), -depth, style)
            for depth, parent in enumerate(parents)
            for style in possible
            if (last := parent.tails.get(style)) and 0 < value(num, style) - value(last.num, style) <= MAX_GAP
        ]
        if gaps:
            _, depth, style = min(gaps)
            parent = parents[-depth]
            self._note(start, "gap-in-list", f"{parent.tails[style].num} → {num}", text)
            self._pop_to(parent, start)
            self._item(start, style, num)
            return True
        before = self.before.rstrip()
        begins = before[-1:] in ".;:" or self.at - 1 in self.units or self.marks.sentence_end.search(before[-TAIL:])
        for parent in reversed(parents):
            style = next((s for s in possible if (n := parent.tails.get(s)) and n.num == num), "")
            if begins and style:
                self._note(start, "doubled-number", num, text)
                self._pop_to(parent, start)
                self._item(start, style, num)
                return True
        if (
            begins
            and value(num, possible[0]) <= MAX_GAP
            and not any(s in {n.style for n in parents[1:]} for s in possible)
        ):
            self._note(start, "list-does-not-start-at-first", num, text)
            self._item(start, possible[0], num)
            return True
        if not text.isupper():  # `I. UMUM` is a title
            self._note(start, "unplaced-number", num, text)
        return False

    def _complete(self, item: _Node, at: int) -> bool:
        """Whether the words between an item and the same number on its page are an item of their own."""
        return self._page(item.start) == self._page(at) and self.before.rstrip()[-1:] in (";", ".")

    def _goes_on_with_reference(self) -> bool:
        """Whether the line before ends with `ayat`, so that the `(2)` of this one goes on with a reference."""
        pattern = self.marks.reference_open
        return bool(pattern and pattern.search(self.before[-TAIL:]))

    def _amending_item(self, possible: list[str], num: str, rest: str) -> _Node | None:
        """The item of the amending act that this line follows, if it is its next item."""
        own = self._own_unit()
        if own is None or not self._amends(own) or self.amending_item is None or self.part != "body":
            return None
        for style in possible:
            item = own.tails.get(style)
            if item and value(num, style) > value(item.num, style) and self.amending_item.match(rest):
                return item if follows(item.num, num, style) or self._quoting() is not own else None
        inner = self._quoting()  # `5. Pasal 37 dipecah …: a. Pasal 37 …: | Pasal 37 … | b. Pasal 37A …`
        if inner is not None and inner is not own and self.open[self._list_floor()] is not own:
            for style in possible:
                item = inner.tails.get(style)
                if item and follows(item.num, num, style) and self.amending_item.match(rest):
                    return item
        return None

    def _first_amending_item(self, possible: list[str], num: str, rest: str) -> _Node | None:
        """The amending act's own article, if this line is the first of its items that has kept its number.

        (The items before it stand in the article's opening words, and what they set out is open: `3. Ketentuan …`.)
        """
        own = self._own_unit()
        if own is None or not self._amends(own) or self.amending_unit is None or self.part != "body":
            return None
        if own.tails or self.open[-1] is own or self.amending_item is None or not self.amending_item.match(rest):
            return None
        inner = [p for p in self.open[self._list_floor() :] if any(s in p.tails for s in possible)]
        return own if value(num, possible[0]) > 1 and not inner else None

    def _list_floor(self) -> int:
        """Index on the stack of the unit inside which lists are numbered."""
        for i in range(len(self.open) - 1, -1, -1):
            if self.open[i].kind in self.unit_kinds or self.open[i].kind == "part":
                return i
        return 0

    def _item(self, start: int, style: str, num: str) -> None:
        parent = self.open[-1]
        if self.structure.styles:
            kind = self.structure.styles.get(style, "point")
        else:
            depth = len(self.open) - 1 - self._list_floor()
            names = self.structure.depth_names or ["para", "subpara", "item"]
            kind = names[min(depth, len(names) - 1)]
        node = _Node(self._unique(f"{parent.eid}__{kind}_{num}"), parent, kind, num, start, parent.part, style)
        node.before = parent.tails.get(style)
        if node.before is not None:
            node.runs_on = node.before.runs_on and bool(UNFINISHED.search(node.before.closed_with))
        parent.tails[style] = node
        self._push(node)

    def _plain(self, start: int, text: str) -> None:
        """A paragraph without a number: numbered itself in papers, else words of the provision it continues."""
        if self.structure.paragraphs:
            self._paper_paragraph(start)
            return
        if not self.open:
            if self.part == "front":
                self._push(_Node(self._unique("front"), None, "part", "", start, "front"))
            return
        if self.part == "preamble" and self._first_item(start, text):
            return
        if self.open[-1].style and not LEFT_OUT.fullmatch(text) and not self._continues_item():
            # Closing words of a list belong to what the list is part of.
            floor = self._list_floor()
            if not self.structure.styles:
                self._pop_to(self.open[floor], start)
                return
            style = self.open[-1].style
            i = next(i for i in range(floor + 1, len(self.open)) if self.open[i].style == style)
            self._pop_to(self.open[i - 1], start)

    def _continues_item(self) -> bool:
        if (
            self.part == "elucidation"
            or self._amending_list()
            or ONLY_MARKER.fullmatch(self.open[-1].closed_with.strip())
            or BULLET.match(self.pieces[self.at].text)
        ):
            return True
        if self.structure.styles:
            # Where each kind of number has its own level, only a numbered paragraph has several sentences.
            ending = self.open[-1].closed_with.rstrip(' ”"')
            if MID_SENTENCE.search(ending):
                return True
            return self.open[-1].style == "paren_num" and ending[-1:] in (".", ":")
        # Elsewhere a paragraph without a number belongs to the item before it as long as the list goes on after it.
        going_on = self._going_on()
        if going_on is None:
            return False
        if going_on is not self.open[-1] and self._finished(self.open[-1]):
            # Of a list inside the item that goes on, it is the end: `(b) … : (1) …; and (2) … . / The order … / (c) …`.
            self._pop_to(going_on, self.pieces[self.at].start)
        return True

    def _going_on(self) -> _Node | None:
        """The open item whose list goes on in the lines ahead; None where a new unit comes first."""
        for i in range(self.at + 1, min(len(self.pieces), self.at + 1 + LOOK_AHEAD)):
            if i in self.units or i in self.parts:
                return None
            match = MARKER.match(self.pieces[i].text)
            for style in styles(match) if match else []:
                for node in self.open[self._list_floor() + 1 :]:
                    if node.style == style and match and follows(node.num, number_of(match), style):
                        return node
        return None

    @staticmethod
    def _finished(item: _Node) -> bool:
        """Whether an item closes its list: its sentence ends, and those of the items before it do not."""
        return item.before is not None and item.runs_on and item.closed_with.rstrip(' ”"*_')[-1:] == "."

    def _amending_list(self) -> bool:
        own = self._own_unit()
        return bool(own and self._amends(own) and self.open[-1].parent is own)

    # ------------------------------------------------------------------------------------- papers

    def _opens_paper_section(self, start: int, text: str) -> bool:
        for unit, pattern in self.marks.units:
            match = pattern.match(text)
            if match and not self._continues_list(text) and self._later(match["num"]):
                self._close(start)
                self.part = "body"
                num = match["num"]
                self.last_own = num
                eid = self._unique(f"{unit.id}_{num}")
                heading = text[match.end() :].strip()
                self._push(_Node(eid, None, unit.kind, num, start, "body", heading=heading, own=True))
                self.paragraph = 0
                return True
        return False

    def _paper_paragraph(self, start: int) -> None:
        unit = self._own_unit()
        self.paragraph += 1
        prefix = unit.eid if unit else "front"
        if unit:
            self._pop_to(unit, start)
        else:
            self._close(start)
        eid = self._unique(f"{prefix}__p_{self.paragraph}")
        self._push(_Node(eid, unit, "paragraph", str(self.paragraph), start, "body"))

    def _continues_list(self, text: str) -> bool:
        """In papers: whether `4. …` goes on with the list 1., 2., 3. of the section."""
        match = MARKER.match(text)
        if not match or not match["dot"] or not match["dot"].isdigit():
            return False
        number = int(match["dot"])
        unit = self._own_unit()
        heard = [n for n in self.nodes if n.parent is unit and n.kind == "paragraph"]
        return number > 1 and any(self._first_words(n, f"{number - 1}.") for n in heard)

    def _first_words(self, node: _Node, words: str) -> bool:
        page = self.pages[bisect_right(self.starts, node.start) - 1]
        return page.text[node.start - page.start :].startswith(words + " ")

    def _later(self, num: str) -> bool:
        """In papers: whether a section number comes after the last one, by one step at some level."""
        now = [int(n) for n in num.split(".")]
        if not self.last_own:
            return now == [1]
        last = [int(n) for n in self.last_own.split(".")]
        successors = [[*last, 1]] + [[*last[:i], last[i] + 1] for i in range(len(last))]
        return now in successors or (now[:-1] == last and now[-1] == 1)

    # ------------------------------------------------------------------------------------ stack

    def _push(self, node: _Node) -> None:
        self.nodes.append(node)
        self.open.append(node)

    def _pop_to(self, node: _Node, at: int) -> None:
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


def _is_title(rest: str) -> bool:
    """Whether what stands behind the number of an article is its title rather than its text."""
    words = rest.strip(" .:–—-*_[]")
    return bool(words) and len(words) <= 120 and rest.rstrip()[-1:] not in ".;:," and words[0].isupper()

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

from pipeline.packs import PartMark, Structure
from pipeline.parse.items import Lists
from pipeline.parse.nodes import Node
from pipeline.parse.numbering import MARKER, follows, is_first, number_of, styles, value
from pipeline.parse.pieces import TAIL, Heading, Piece, cut
from pipeline.parse.survey import TITLE_LINES, Survey
from pipeline.records import Notice, Page, Provision

TITLE_LENGTH = 200
# The dots that end a line, from where they are at least three. Sought once in the dots and gaps that end it, for speed.
DOTTED = re.compile(r"(?<![\s.…])((?:(?!(?<!\s)\s*+(?:…|\.\s?\.\s?\.))[\s.…])*+)\s*+(?:…|\.\s?\.\s?\.)[\s.…]*+$")
LOOSE_DOT = re.compile(r"(?<=[^\W\d_]) \.\s*$")  # what a scan left of them
LEFT_OUT = re.compile(r"\W*+x\s+x\s+x\W*+")  # a line that stands for what an amending act does not repeat


def provisions(
    doc_id: str, pages: list[Page], structure: Structure, amending: bool
) -> tuple[list[Provision], list[Notice]]:
    """Provisions of a text in order of their start, parents before children; and what could not be placed."""
    parser = _Parser(doc_id, pages, structure, amending)
    return parser.run("".join(p.text for p in pages)), parser.notices


class _Parser(Lists):
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

    # -------------------------------------------------------------------------------------- pieces

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
        stem = LOOSE_DOT.sub("", text) if stem == text else stem
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
        node = Node(self._unique(mark.part), None, "part", "", start, self.part)
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
        node = Node(
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
        node = Node(self._unique(f"{prefix}{unit.id}_{num}"), parent, unit.kind, num, start, part, own=own)
        rest = text[found.end :]
        at = found.end + len(rest) - len(rest.lstrip(" .:–—-*_"))
        title = re.match(
            r"\s*+(?:[–—-]\s*+)?(?P<title>[^.–—;:]{2,120}?)(?<!\s)\s*+"
            r"(?:(?:\.\s*[–—-]*|[–—]|\.-|(?<=\s)-(?=\s))(?=\s|$|[A-Z])|\.\s*[–—-]+(?=\())",
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

    def _set_out(self) -> bool:
        """Whether a division is one that is quoted: in an act that amends in part, behind the words that set it out."""
        return self.amending or not self.open or self.open[-1].rank >= 0 or self.survey.sets_out(self.before)

    def _plain(self, start: int, text: str) -> None:
        """A paragraph without a number: numbered itself in papers, else words of the provision it continues."""
        if self.structure.paragraphs:
            self._paper_paragraph(start)
            return
        if not self.open:
            if self.part == "front":
                self._push(Node(self._unique("front"), None, "part", "", start, "front"))
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
            node = Node(self._unique(f"{parent.eid}__{kind}_{num}"), parent, kind, num, start, self.part, style)
            parent.tails[style] = node
            self._push(node)
            if rest.strip(" .:"):
                at = match.end() + len(text[match.end() :]) - len(text[match.end() :].lstrip(" .:"))
                self._opens_item(start + at, text[at:])
            return True
        return False

    def _explained(self, kind: str, style: str, num: str) -> Node:
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
            later = outer is not None and value(num, style) > value(outer.num, style)
            # The first item's own line may be misread (`Angka I`): what an article follows is an item all the same.
            if (opens_unit and (later or outer is None)) or (later and next_item):
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

    # -------------------------------------------------------------------------------------- papers

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
                self._push(Node(eid, None, unit.kind, num, start, "body", heading=heading, own=True))
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
        self._push(Node(eid, unit, "paragraph", str(self.paragraph), start, "body"))

    def _continues_list(self, text: str) -> bool:
        """In papers: whether `4. …` goes on with the list 1., 2., 3. of the section."""
        match = MARKER.match(text)
        if not match or not match["dot"] or not match["dot"].isdigit():
            return False
        number = int(match["dot"])
        unit = self._own_unit()
        heard = [n for n in self.nodes if n.parent is unit and n.kind == "paragraph"]
        return number > 1 and any(self._first_words(n, f"{number - 1}.") for n in heard)

    def _first_words(self, node: Node, words: str) -> bool:
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


def _is_title(rest: str) -> bool:
    """Whether what stands behind the number of an article is its title rather than its text."""
    words = rest.strip(" .:–—-*_[]")
    return bool(words) and len(words) <= 120 and rest.rstrip()[-1:] not in ".;:," and words[0].isupper()

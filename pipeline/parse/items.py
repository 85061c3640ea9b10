"""Lists below articles: which numbers are items, of which list, and where one ends.

A number is an item where it follows one that is open, begins a list, or leaves a gap that the list explains; else it is
counted as not placed.
"""

from __future__ import annotations

import re

from pipeline.parse.nodes import Node, Tree
from pipeline.parse.numbering import BARE, MARKER, follows, is_first, number_of, styles, value
from pipeline.parse.pieces import TAIL

MAX_DEPTH = 12
LOOK_AHEAD = 60  # lines in which a list may go on after a paragraph without a number
MAX_GAP = 26  # numbers that may be missing in a list
UNNUMBERED = ("front", "closing", "translation")  # parts that have no provisions
ANNOUNCED = 80  # characters from a catchword that was not recognised to what it announces
# Before a number in the middle of a line: the end of a clause, perhaps with a conjunction behind it. Where a printer
# sets no space behind a number (`berhak: a.memuat`), only a letter with a word behind it is one.
INLINE = re.compile(
    r"(?:(?P<colon>:|[.–—]\s*[–—]|\.-)|[;.)”\"*])(?:\s+(?:(?:dan/atau|dan|atau|and/or|and|or)\s+)?|(?<=[.;])(?=\())"
    r"(?=\(\w{1,5}\)\s|\w{1,3}[.)]\s|[a-z]\.[^\W\d_]{3})"
)
# … unless it goes on with the numbers of a reference (“Section 4(a), (b) and (c)”).
REFERRED = re.compile(r"\(\w{1,5}\)\s*+(?:,\s*+)?(?:(?:dan/atau|dan|atau|and/or|and|or)\s*+)?\Z")
BULLET = re.compile(r"\s*[–—•▪·*-]\s+\w")  # an entry of a list without numbers
# Several paragraphs' numbers, and no words.
ROW = re.compile(r"\(\d{1,2}\)(?:\s\(?\d{1,2}[)\w\\']{1,2})+(?:\s[A-Z]|\s*$)")
ONLY_MARKER = re.compile(r"\(?\w{1,4}[.)]")  # a number on a line of its own
# An item after which another must come.
UNFINISHED = re.compile(r"[;,]\s*(?:(?:and|or|and/or|dan|atau|dan/atau)\s*)?[”\"*_]*\s*$")
MID_SENTENCE = re.compile(r"[\w\xad-]\s*$")


class Lists(Tree):
    """Reads the items of lists."""

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

    def _complete(self, item: Node, at: int) -> bool:
        """Whether the words between an item and the same number on its page are an item of their own."""
        return self._page(item.start) == self._page(at) and self.before.rstrip()[-1:] in (";", ".")

    def _goes_on_with_reference(self) -> bool:
        """Whether the line before ends with `ayat`, so that the `(2)` of this one goes on with a reference."""
        pattern = self.marks.reference_open
        return bool(pattern and pattern.search(self.before[-TAIL:]))

    def _amending_item(self, possible: list[str], num: str, rest: str) -> Node | None:
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

    def _first_amending_item(self, possible: list[str], num: str, rest: str) -> Node | None:
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

    def _item(self, start: int, style: str, num: str) -> None:
        parent = self.open[-1]
        if self.structure.styles:
            kind = self.structure.styles.get(style, "point")
        else:
            depth = len(self.open) - 1 - self._list_floor()
            names = self.structure.depth_names or ["para", "subpara", "item"]
            kind = names[min(depth, len(names) - 1)]
        node = Node(self._unique(f"{parent.eid}__{kind}_{num}"), parent, kind, num, start, parent.part, style)
        node.before = parent.tails.get(style)
        if node.before is not None:
            node.runs_on = node.before.runs_on and bool(UNFINISHED.search(node.before.closed_with))
        parent.tails[style] = node
        self._push(node)

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

    def _going_on(self) -> Node | None:
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
    def _finished(item: Node) -> bool:
        """Whether an item closes its list: its sentence ends, and those of the items before it do not."""
        return item.before is not None and item.runs_on and item.closed_with.rstrip(' ”"*_')[-1:] == "."

    def _amending_list(self) -> bool:
        own = self._own_unit()
        return bool(own and self._amends(own) and self.open[-1].parent is own)

"""Stage 2: canonical text → provisions with stable ids.

Reads   processed/1-text/ and the `structure` of the packs.
Writes  processed/2-provisions/<doc_id>.jsonl and notices.jsonl (what could not be placed).
Does not read meaning: no rule, no concept. It never refuses a text: what it cannot place stays with the provision
that is open, and is counted.

Ids follow Akoma Ntoso: art_2__para_1__point_a, sec_4__para_d, elucidation__art_2; a provision that an amending act
sets out is named below the item that sets it out (art_I__point_2__art_27).
"""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline import records
from pipeline.engine import EngineParams, Payload, map_documents
from pipeline.packs import Structure, Unit, load_structure
from pipeline.records import Document, Notice, Page, Provision

MARKER = re.compile(
    r"[“\"]?(?P<marker>\((?P<in>\w{1,5})\)|(?P<dot>\w{1,5})\.|(?P<par>\w{1,4})\))(?=\s|$)\s*(?P<rest>.*)"
)
NUMERALS = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx"
ROMAN = {r: i for i, r in enumerate(NUMERALS.split(), 1)}
MAX_DEPTH = 12
LOOK_AHEAD = 60  # lines in which a list may go on after a paragraph without a number


def run(text: Path, out: Path, params: dict[str, Any]) -> None:
    """Parse every document under `text` (1-text) into `out` (a new folder)."""
    documents = list(records.read_jsonl(text / "documents.jsonl", Document))
    payloads: dict[str, Payload] = {
        d.doc_id: {
            "doc_id": d.doc_id,
            "structure": load_structure(d.jurisdiction).model_dump(mode="json"),
            "amending": d.kind == "amending-act",
            "pages": [dataclasses.asdict(p) for p in records.read_jsonl(text / f"{d.doc_id}.jsonl", Page)],
        }
        for d in documents
    }
    results = map_documents("parse", parse_document, payloads, EngineParams(**params["engine"]))
    with records.whole_folder(out) as fresh:
        notices = []
        for doc_id, result in results.items():
            records.write_jsonl(fresh / f"{doc_id}.jsonl", [Provision(**p) for p in result["provisions"]])
            notices += [Notice(**n) for n in result["notices"]]
        records.write_jsonl(fresh / "notices.jsonl", notices)


def parse_document(payload: Payload) -> dict[str, Any]:
    """Provisions of one document: `{provisions, notices}`."""
    pages = [Page(**p) for p in payload["pages"]]
    structure = Structure.model_validate(payload["structure"])
    provisions, notices = parse(payload["doc_id"], pages, structure, payload["amending"])
    return {
        "provisions": [dataclasses.asdict(p) for p in provisions],
        "notices": [dataclasses.asdict(n) for n in notices],
    }


def parse(doc_id: str, pages: list[Page], structure: Structure, amending: bool) -> tuple[list[Provision], list[Notice]]:
    """Provisions of a text in order of their start, parents before children."""
    parser = _Parser(doc_id, pages, structure, amending)
    text = "".join(p.text for p in pages)
    lines = text.split("\n")
    start = 0
    for i, line in enumerate(lines):
        parser.ahead = (lines, i + 1)
        parser.line(start, line)
        start += len(line) + 1
    return parser.finish(len(text)), parser.notices


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
    before: str = ""  # the line before
    ahead: tuple[list[str], int] = ([], 0)  # all lines, and the index of the next

    def __post_init__(self) -> None:
        s = self.structure
        self.part_marks = [(m, re.compile(m.pattern)) for m in s.parts]
        self.division_marks = [(d, re.compile(d.pattern)) for d in s.divisions]
        self.unit_marks = [(u, re.compile(u.pattern)) for u in s.units]
        self.point_marks = [(k, re.compile(p)) for k, p in s.elucidation_points.items()]
        self.amending_unit = re.compile(s.amending_unit) if s.amending_unit else None
        self.amending_item = re.compile(s.amending_item) if s.amending_item else None
        self.starts = [p.start for p in self.pages]

    # ------------------------------------------------------------------------------------ lines

    def line(self, start: int, text: str) -> None:
        """Place one line of canonical text."""
        if not text.strip():
            return
        if not (self._opens_part(start, text) or self._is_title(start, text)):
            placed = (
                self._opens_division(start, text)
                or self._opens_unit(start, text)
                or self._opens_elucidation_point(start, text)
                or self._opens_item(start, text)
            )
            if not placed:
                self._plain(start, text)
        if self.open:
            self.open[-1].closed_with = text
        self.before = text

    def _opens_part(self, start: int, text: str) -> bool:
        for mark, pattern in self.part_marks:
            if mark.part == self.part or (mark.after and mark.after != self.part) or not pattern.match(text):
                continue
            if mark.part in ("preamble", "body") and self.part not in ("front", "preamble"):
                continue
            self._close(start)
            self.divisions.clear()
            self.part = mark.part
            self.last_own = ""
            self._push(_Node(self._unique(mark.part), None, "part", "", start, self.part))
            return True
        return False

    def _is_title(self, start: int, text: str) -> bool:
        """Whether the line is the title of the heading before it."""
        node, self.expects_title = self.expects_title, None
        if node is None or self.title_lines >= 4 or len(text) > 200 or text.rstrip()[-1:] in ".;:,":
            return False
        if MARKER.match(text) or self._structural(text):
            return False
        if node.heading and not node.heading.isupper() and text[:1].islower() is False and node.kind == "article":
            return False
        node.heading = f"{node.heading} {text}".strip()
        self.title_lines += 1
        self.expects_title = node
        return True

    def _structural(self, text: str) -> bool:
        return any(p.fullmatch(text) for _, p in self.division_marks) or any(
            (p.match if u.run_in else p.fullmatch)(text) for u, p in self.unit_marks
        )

    def _opens_division(self, start: int, text: str) -> bool:
        for division, pattern in self.division_marks:
            match = pattern.match(text)
            if not match:
                continue
            rest = text[match.end() :].strip(" .:–—-")
            if rest and (len(rest) > 120 or text.rstrip()[-1:] in ".;," or not rest[:1].isupper()):
                continue
            inside_quote = self._quoting()
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
                self._unique(f"{prefix}{division.id}_{match['num'].replace(' ', '-')}"),
                parent,
                division.kind,
                match["num"],
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
        return False

    def _opens_unit(self, start: int, text: str) -> bool:
        stripped = text.lstrip("“\"'‘ ")
        quote_mark = stripped != text and self.structure.quote_marks
        for unit, pattern in self.unit_marks:
            match = pattern.match(stripped) if unit.run_in else pattern.fullmatch(stripped)
            if not match:
                continue
            num = match["num"]
            if self.structure.paragraphs and (self._continues_list(text) or not self._later(num)):
                continue
            own = self._is_own(num, quote_mark)
            if not own and self._own_unit() is None:
                own = True
            return self._unit(start, stripped, unit, match, own)
        return False

    def _unit(self, start: int, text: str, unit: Unit, match: re.Match[str], own: bool) -> bool:
        num = match["num"]
        if own:
            self._close(start)
            if self.part in ("front", "preamble"):
                self.part = "body"
            parent = self.divisions[-1] if self.divisions else (self.open[-1] if self.open else None)
            prefix = self._part_prefix()
            part = self.part
            self.last_own = num
        else:
            holder = self._quoting() or self._own_unit()
            assert holder is not None
            self._pop_to(holder, start)
            parent, prefix = holder, holder.eid + "__"
            part = "quoted" if self.part == "body" else self.part
        node = _Node(self._unique(f"{prefix}{unit.id}_{num}"), parent, unit.kind, num, start, part, own=own)
        if unit.run_in:
            rest = text[match.end() :]
            title = re.match(
                r"\s*(?:[–—-]\s*)?(?P<title>[^.–—;:]{2,120}?)\s*(?:\.\s*[–—-]*|[–—]|\.-)(?=\s|$|[A-Z])", rest
            )
            node.heading = rest.strip() if self.structure.paragraphs else (title["title"].strip() if title else "")
        self._push(node)
        self.paragraph = 0
        self.expects_title, self.title_lines = (node, 0) if unit.title_follows else (None, 0)
        if unit.run_in and not self.structure.paragraphs:
            # A list may begin on the same line: `Section 5. Acts. – The following: (a) …` is left to the next lines.
            pass
        return True

    def _is_own(self, num: str, quote_mark: bool) -> bool:
        """Whether a unit belongs to the document itself rather than to a law it quotes."""
        if not self.amending:
            return not quote_mark
        if self.amending_unit is not None:
            expected = "I" if not self.last_own else {"I": "II", "II": "III", "III": "IV"}.get(self.last_own, "")
            return num == expected
        if quote_mark:
            return False
        return num == (str(int(self.last_own) + 1) if self.last_own.isdigit() else "1")

    def _own_unit(self) -> _Node | None:
        return next((n for n in self.open if n.own), None)

    def _quoting(self) -> _Node | None:
        """The item (or unit) of an amending act that is quoting, or None outside amending acts."""
        own = self._own_unit()
        if not self.amending or own is None:
            return None
        at = self.open.index(own)
        item = self.open[at + 1] if len(self.open) > at + 1 else None
        return item if item and item.kind not in {u.kind for u in self.structure.units} and item.rank < 0 else own

    def _opens_elucidation_point(self, start: int, text: str) -> bool:
        if self.part != "elucidation" or not self.open:
            return False
        for kind, pattern in self.point_marks:
            match = pattern.match(text)
            if not match:
                continue
            rest = text[match.end() :].strip()
            if rest and not rest.startswith("Cukup jelas"):
                continue
            style = "named:" + text.split(maxsplit=1)[0]
            for i, node in enumerate(self.open):
                if node.style == style:
                    self._pop_to(self.open[i - 1], start)
                    break
            node = _Node(
                self._unique(f"{self.open[-1].eid}__{kind}_{match['num']}"),
                self.open[-1],
                kind,
                match["num"],
                start,
                self.part,
                style,
            )
            self._push(node)
            return True
        return False

    def _opens_item(self, start: int, text: str) -> bool:
        match = MARKER.match(text)
        if not match or self.structure.paragraphs:
            return False
        styles = _styles(match)
        if not styles:
            return False
        if not self.open:
            return False
        num = match["in"] or match["dot"] or match["par"]
        outer = self._amending_item(styles, num, match["rest"])
        if outer is not None:
            self._pop_to(outer.parent or outer, start)
            self._item(start, outer.style, num)
            return True
        floor = self._list_floor()
        for i in range(len(self.open) - 1, floor, -1):
            node = self.open[i]
            if node.style in styles and _follows(node.num, num, node.style):
                self._pop_to(self.open[i - 1], start)
                self._item(start, node.style, num)
                return True
        first = [s for s in styles if _is_first(num, s)]
        taken = {n.style for n in self.open[floor + 1 :]}
        fresh = [s for s in first if s not in taken] or first
        if fresh and len(self.open) - floor < MAX_DEPTH:
            self._item(start, fresh[0], num)
            return True
        for i in range(len(self.open) - 1, floor, -1):
            node = self.open[i]
            if node.style in styles and _value(num, node.style) > _value(node.num, node.style):
                self._note(start, "gap-in-list", f"{node.num} → {num}", text)
                self._pop_to(self.open[i - 1], start)
                self._item(start, node.style, num)
                return True
        begins = self.before.rstrip()[-1:] in ".;:" or self._structural(self.before)
        if begins and not any(s in taken for s in styles):
            self._note(start, "list-does-not-start-at-first", num, text)
            self._item(start, styles[0], num)
            return True
        self._note(start, "unplaced-number", num, text)
        return False

    def _amending_item(self, styles: list[str], num: str, rest: str) -> _Node | None:
        """The open item of the amending act that this line follows, if it is its next item."""
        own = self._own_unit()
        if not self.amending or own is None or self.amending_item is None or self.part != "body":
            return None
        at = self.open.index(own) + 1
        item = self.open[at] if len(self.open) > at else None
        if item and item.style in styles and _follows(item.num, num, item.style) and self.amending_item.match(rest):
            return item
        return None

    def _list_floor(self) -> int:
        """Index on the stack of the unit inside which lists are numbered."""
        kinds = {u.kind for u in self.structure.units}
        for i in range(len(self.open) - 1, -1, -1):
            if self.open[i].kind in kinds or self.open[i].kind == "part":
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
        self._push(_Node(self._unique(f"{parent.eid}__{kind}_{num}"), parent, kind, num, start, parent.part, style))

    def _plain(self, start: int, text: str) -> None:
        """A paragraph without a number: numbered itself in papers, else words of the provision it continues."""
        if self.structure.paragraphs:
            unit = self._own_unit()
            self.paragraph += 1
            prefix = unit.eid if unit else "front"
            if unit:
                self._pop_to(unit, start)
            else:
                self._close(start)
            self._push(
                _Node(
                    self._unique(f"{prefix}__p_{self.paragraph}"), unit, "paragraph", str(self.paragraph), start, "body"
                )
            )
            return
        if not self.open:
            if self.part == "front":
                self._push(_Node(self._unique("front"), None, "part", "", start, "front"))
            return
        if self.open[-1].style and not self._continues_item(text):
            # Closing words of a list belong to what the list is part of.
            floor = self._list_floor()
            if not self.structure.styles:
                self._pop_to(self.open[floor], start)
                return
            style = self.open[-1].style
            i = next(i for i in range(floor + 1, len(self.open)) if self.open[i].style == style)
            self._pop_to(self.open[i - 1], start)

    def _continues_item(self, text: str) -> bool:
        if self.part == "elucidation" or self._amending_list():
            return True
        if self.structure.styles:
            # Where each kind of number has its own level, only a numbered paragraph has several sentences.
            return self.open[-1].style == "paren_num" and self.open[-1].closed_with.rstrip(' ”"')[-1:] in (".", ":")
        # Elsewhere a paragraph without a number belongs to the item before it as long as the list goes on after it.
        lines, at = self.ahead
        for line in lines[at : at + LOOK_AHEAD]:
            if self._structural(line.lstrip("“\"'‘ ")):
                return False
            match = MARKER.match(line)
            for style in _styles(match) if match else []:
                for node in self.open[self._list_floor() + 1 :]:
                    num = match["in"] or match["dot"] or match["par"] if match else ""
                    if node.style == style and _follows(node.num, num, style):
                        return True
        return False

    def _amending_list(self) -> bool:
        own = self._own_unit()
        return bool(self.amending and own and self.open[-1].parent is own)

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
        return "elucidation__" if self.part == "elucidation" else ""

    def _unique(self, eid: str) -> str:
        """`eid`, with a counter when the document uses it twice."""
        self.eids[eid] += 1
        return eid if self.eids[eid] == 1 else f"{eid}--{self.eids[eid]}"

    def _page(self, offset: int) -> int:
        return self.pages[max(0, bisect_right(self.starts, offset) - 1)].page if self.pages else 1

    def _note(self, start: int, rule: str, before: str, text: str) -> None:
        self.notices.append(Notice(self.doc_id, self._page(start), "parse", rule, before, text[:80]))

    def finish(self, length: int) -> list[Provision]:
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


def _styles(match: re.Match[str]) -> list[str]:
    """Enumerator styles a marker may have, the likelier first: `(i)` is roman before it is a letter."""
    value = match["in"] or match["dot"] or match["par"]
    shape = "paren" if match["in"] else ("dot" if match["dot"] else "rparen")
    found = []
    if re.fullmatch(r"\d{1,3}[a-z]?", value):
        found.append("num")
    if value in ROMAN and value not in ("c", "d", "l", "m"):
        found.append("roman")
    if re.fullmatch(r"[a-z]|([a-z])\1", value):
        found.append("alpha")
    if re.fullmatch(r"([a-z])\1", value):
        found.append("double")  # (aa), (bb) below (i), (ii)
    if re.fullmatch(r"[A-Z]", value):
        found.append("upper")
    return [f"{shape}_{f}" for f in found]


def _value(num: str, style: str) -> float:
    """Position of a number in its series; `6a` comes between 6 and 7."""
    kind = style.rpartition("_")[2]
    if kind == "num":
        digits = re.match(r"\d+", num)
        letter = num[digits.end() :] if digits else ""
        return (int(digits[0]) if digits else 0) + ((ord(letter) - 96) / 100 if letter else 0)
    if kind == "roman":
        return ROMAN.get(num, 0)
    place = ord(num[-1].lower()) - 96
    return place if kind == "double" else (len(num) - 1) * 26 + place


def _follows(last: str, num: str, style: str) -> bool:
    if style.startswith("named:"):
        return False
    step = _value(num, style) - _value(last, style)
    return 0 < step <= 1


def _is_first(num: str, style: str) -> bool:
    return _value(num, style) == 1

"""PDF → lines with positions, page by page. The only module that opens a PDF.

Reads   one file. Characters and positions come from pdfium, in as few calls as will do: the text of a page in one call,
        boxes only where lines begin and end; all boxes on the pages that have a ruled table (`tables`).
Writes  nothing. Holds one page at a time.
Does not know what a line says: furniture and paragraphs are `furniture` and `layout`.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, repeat
from math import cos, hypot
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import pypdfium2 as pdfium
from pdfplumber.table import Table
from pypdfium2 import raw

from pipeline.extract import native, ocr, tables
from pipeline.extract.layout import SOFT_BREAK, Line, PageLines, column_groups
from pipeline.extract.ocr import Picture

BOLD = 600  # font weight
MIN_RULES = 2  # level, and upright; the rules between the outermost may be one path with them
FAR = 1e6  # points; what stands farther away, or nowhere, is taken to stand there
MAX_PATHS = 4000  # a page with more of them is a drawing
MAX_OBJECTS = 200_000
# Of one page; no page of print has a tenth of them. pdfium's time grows with the square of the texts: with so many it
# takes five seconds, with five times as many two minutes.
MAX_TEXTS = 40_000
MAX_CHARACTERS = 400_000
SCAN = 0.5  # share of a page that a picture covers
KEPT_OPEN = 256  # pages
BLOCK = 4096  # characters
WIDE_GAP = 11.0  # points; no word space of justified text is as wide
PIECE = re.compile(r"[^\r\n\ufffe]+\ufffe?|\ufffe")  # U+FFFE is pdfium's hyphen at a line's end, without the break
TIGHT_ENUMERATOR = re.compile(r"\(?\w{1,3}[.)](?=[^\W\d_])")
# Begins with the digit, not with what stands before it: a search then skips at once to the next digit.
RAISED = re.compile(r"\d(?:(?<=[^\W\d_]\d)\d{0,2}(?!\w)|(?<=[.,;:)”\"’]\d)\d{0,2}(?=\s|$))")
NOTE = re.compile(r"(\d{1,3})(?!\d)[\s.)]*[^\W\d_]")


class PdfError(Exception):
    """A file that cannot be read as PDF; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class RuledTable:
    """Cells of a ruled table, and the page it stands on. A break within a cell is `SOFT_BREAK`."""

    page: int
    rows: list[list[str]]


def read_pdf(path: Path) -> Iterator[tuple[PageLines, list[RuledTable]]]:
    """Lines and ruled tables, page by page (one page in memory at a time).

    Raises:
        PdfError: encrypted, truncated or otherwise not a readable PDF.
    """
    document = _open(path)
    try:
        for number in range(len(document)):
            if number and number % KEPT_OPEN == 0:
                document.close()  # pdfium keeps what it has parsed of a file as long as that is open
                document = _open(path)
            page = raw.FPDF_LoadPage(document.raw, number)
            if not page:
                raise PdfError(f"page {number + 1} is damaged; fetch the file again")
            try:
                read = _read_page(page, number + 1)
            finally:
                raw.FPDF_ClosePage(page)
            yield read
    finally:
        document.close()


def pictures(path: Path, numbers: Iterable[int]) -> Iterator[tuple[int, Picture]]:
    """(page, the page as a picture) for pages by number (1-based), one at a time.

    Raises:
        PdfError: as `read_pdf`.
    """
    document = _open(path)
    try:
        for number in numbers:
            page = document[number - 1]
            width, height = page.get_size()
            scale = min(ocr.DPI / 72, (ocr.MAX_PIXELS / max(1.0, width * height)) ** 0.5)
            bitmap = page.render(scale=scale, grayscale=True)
            rows = memoryview(bitmap.buffer).cast("B")
            lines = (rows[y * bitmap.stride : y * bitmap.stride + bitmap.width] for y in range(bitmap.height))
            yield number, Picture(bitmap.width, bitmap.height, b"".join(lines), scale)
            bitmap.close()
            page.close()
    finally:
        document.close()


def _read_page(page: Any, number: int) -> tuple[PageLines, list[RuledTable]]:
    width, height = raw.FPDF_GetPageWidthF(page), raw.FPDF_GetPageHeightF(page)
    drawn = _graphics(page)
    if drawn.texts > MAX_TEXTS:
        raise PdfError(f"page {number} holds more than {MAX_TEXTS} pieces of text, as no printed page; print it anew")
    text_page = raw.FPDFText_LoadPage(page)
    try:
        glyphs = _Glyphs(text_page)
        if glyphs.count > MAX_CHARACTERS:
            raise PdfError(f"page {number} holds more than {MAX_CHARACTERS} characters, as no printed page; split it")
        pieces = _pieces(glyphs, width)
        found = tables.find_tables([p[:2] for p in drawn.paths]) if _may_be_grid(drawn.paths) else []
        lines, ruled = _with_tables(glyphs, found, number, pieces) if found else ([], [])
    finally:
        raw.FPDFText_ClosePage(text_page)
    if not ruled:
        lines = in_reading_order(pieces)
    return PageLines(number, width, height, tuple(lines), drawn.pictured >= SCAN * width * height), ruled


def _open(path: Path) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(path)
        if len(document) < 1:
            raise PdfError("it has no pages; fetch it again")
    except pdfium.PdfiumError as error:
        # pdfium's word for the reason may be left over from an earlier file; the file itself says if it is encrypted.
        if b"/Encrypt" in path.read_bytes():
            raise PdfError("it is encrypted; save a copy without a password") from error
        raise PdfError("it is damaged or cut off; fetch it again") from error
    return document


class _Drawn(NamedTuple):
    """A path on a page: its address, those of the forms it stands in, and its size."""

    item: int
    forms: tuple[int, ...]
    wide: float
    high: float


@dataclass(slots=True)
class _Graphics:
    """What is on a page besides text: its paths, and the area of its pictures, square points; and how many texts."""

    paths: list[_Drawn] = field(default_factory=list)
    pictured: float = 0.0
    texts: int = 0


class _Glyphs:
    """Boxes and baselines of a text page's characters, by index into its text."""

    def __init__(self, text_page: Any) -> None:
        self.page = ctypes.byref(text_page.contents)
        self.count = raw.FPDFText_CountChars(text_page)
        self.text = ""
        # Where text and characters do not run in parallel (characters without text, or beyond the 16-bit plane):
        # the place of each of `text` in units of 16 bits.
        self.units: Sequence[int] | None = None
        self._values = (ctypes.c_double * 12)()  # two boxes, two origins
        self._at = [ctypes.byref(self._values, 8 * i) for i in range(12)]
        if 0 < self.count <= MAX_CHARACTERS:
            # Of a round size: each size of an array is a type of its own, which takes longer to make than to fill.
            buffer = (ctypes.c_ushort * (BLOCK * (self.count // BLOCK + 1)))()
            got = raw.FPDFText_GetText(text_page, 0, self.count, buffer)
            self.text = ctypes.string_at(buffer, 2 * max(0, got - 1)).decode("utf-16-le", "replace")
            if len(self.text) != self.count:
                self.units = range(len(self.text))
                if self.text and max(self.text) > "\uffff":
                    self.units = list(accumulate((1 + (c > "\uffff") for c in self.text), initial=0))

    def index(self, i: int) -> int:
        """Of a character of `text`, as pdfium counts them."""
        return i if self.units is None else max(0, native.char_index(self.page, self.units[i]))

    def box(self, i: int) -> list[float]:
        """Left, right, bottom, top of the ink."""
        native.char_box(self.page, self.index(i), *self._at[:4])
        return self._values[:4]

    def gap(self, i: int) -> tuple[float, float]:
        """Where the ink before a space ends, and where it goes on behind it."""
        native.char_box(self.page, self.index(i - 1), *self._at[:4])
        native.char_box(self.page, self.index(i + 1), *self._at[4:8])
        return self._values[1], self._values[4]

    def base(self, i: int) -> float:
        native.char_origin(self.page, self.index(i), *self._at[8:10])
        return self._values[9]

    def ends(self, first: int, last: int) -> list[float]:
        """Boxes of two characters (left, right, bottom, top each), and their baselines."""
        if self.units is not None:
            first, last = self.index(first), self.index(last)
        page, (a, b, c, d, e, f, g, h, base, end, x, _) = self.page, self._at
        native.char_box(page, first, a, b, c, d)
        native.char_box(page, last, e, f, g, h)
        native.char_origin(page, first, x, base)
        native.char_origin(page, last, x, end)
        return self._values[:10]

    def letters(self) -> list[tables.Letter]:
        """Every character with the box of its line's height. Spaces have no width; they stand where a letter ends."""
        out: list[tables.Letter] = []
        box = (ctypes.c_float * 4)()
        at = ctypes.addressof(box)
        for i, character in enumerate(self.text):
            if character in "\r\n":
                continue
            if character in " \x02\ufffe":  # what pdfium sets between words, and for a hyphen at a line's end
                if out:
                    out.append({**out[-1], "text": " " if character == " " else "-", "x0": out[-1]["x1"]})
                continue
            index = self.index(i)
            native.loose_box(self.page, index, at)
            x0, top, x1, bottom = box
            upright = abs(cos(native.char_angle(self.page, index))) > 0.7
            out.append(tables.letter(character, x0, x1, -top, -bottom, upright))
        return out


def _pieces(glyphs: _Glyphs, width: float) -> list[Line]:
    """Runs of characters that pdfium sees as one line."""
    pieces: list[Line] = []
    spans: list[tuple[int, int]] = []
    for start, words in _runs(glyphs.text):
        stripped = words.strip()
        if not stripped:
            continue
        first = start + words.find(stripped)
        _piece(glyphs, first, first + len(stripped) - 1, stripped, pieces, spans)
    return _without_marks(glyphs, _split_at_gutter(glyphs, pieces, spans, width), spans)


def _runs(text: str) -> Iterator[tuple[int, str]]:
    """(start, words) of what stands between breaks of lines; a pattern that looks at each sign would be slower."""
    start = 0
    for run in text.split("\r\n"):
        if "\ufffe" in run or "\r" in run or "\n" in run:
            yield from ((start + match.start(), match[0]) for match in PIECE.finditer(run))
        else:
            yield start, run
        start += len(run) + 2


def _piece(
    glyphs: _Glyphs, first: int, last: int, words: str, pieces: list[Line], spans: list[tuple[int, int]]
) -> None:
    left, _, bottom, top, _, right, bottom_last, top_last, base, end = glyphs.ends(first, last)
    while abs(end - base) > 8 and " " in words:
        # The words of a skewed scan that pdfium took for one line although they stand on several.
        cut = _line_break(glyphs, first, words, base)
        if not cut:
            break
        upper = words[:cut].rstrip()
        _piece(glyphs, first, first + len(upper) - 1, upper, pieces, spans)
        first, words = first + cut, words[cut:]
        left, _, bottom, top, _, right, bottom_last, top_last, base, end = glyphs.ends(first, last)
    # An enumerator's box may be lower or higher than its line's; the last character is on the line too.
    bottom = bottom_last if bottom_last < bottom else bottom
    top = top_last if top_last > top else top
    # Asked at once of all, for it is asked of every line; what is no number is not smaller than anything.
    if not hypot(left, right, bottom, top, base, end) < FAR:
        # `max` puts its first argument in the place of what is no number.
        left, right, bottom, top, base, end = (
            min(FAR, max(-FAR, value)) for value in (left, right, bottom, top, base, end)
        )
    text = _clean(words)
    tight = TIGHT_ENUMERATOR.match(text)
    if tight and len(text) == len(words):
        # Set apart by position, without a space (`(2)` at the margin, its text at the hanging indent).
        at = first + tight.end()
        if glyphs.box(at)[0] - glyphs.box(at - 1)[1] > 2:
            text = f"{text[: tight.end()]} {text[tight.end() :]}"
    if text:
        weight = native.font_weight(glyphs.page, first if glyphs.units is None else glyphs.index(first))
        pieces.append(Line(text, left, right, bottom, top, base, end, weight >= BOLD))
        spans.append((first, last))


def _line_break(glyphs: _Glyphs, first: int, words: str, base: float) -> int:
    """Index of the first word that stands on a lower line than the word before it; 0 when there is none."""
    before = base
    for match in re.finditer(r"(?<=\s)\S", words):
        now = glyphs.base(first + match.start())
        if before - now > 6:
            return match.start()
        before = now
    return 0


def _split_at_gutter(glyphs: _Glyphs, pieces: list[Line], spans: list[tuple[int, int]], width: float) -> list[Line]:
    """Pieces cut in two where two columns stand on the same baselines, so that each piece runs across both."""
    wide = [i for i, p in enumerate(pieces) if p.x1 - p.x0 > 0.5 * width]
    if len(wide) < 8:
        return pieces
    found: list[tuple[float, float, int]] = []
    for seen, i in enumerate(wide[:: max(1, len(wide) // 4)][:5], 1):
        gap = _gap(glyphs, *spans[i])
        if gap:
            found.append(gap)
        elif seen - len(found) == 3:
            return pieces
    if len(found) < 3 or max(g[0] for g in found) >= min(g[1] for g in found):
        return pieces
    middle = (max(g[0] for g in found) + min(g[1] for g in found)) / 2
    out: list[Line] = []
    cut_spans: list[tuple[int, int]] = []
    for piece, (first, last) in zip(pieces, spans, strict=True):
        gap = _gap(glyphs, first, last) if piece.x0 < middle < piece.x1 else None
        if gap and gap[0] < middle < gap[1]:
            at = gap[2]
            _piece(
                glyphs,
                first,
                first + len(glyphs.text[first:at].rstrip()) - 1,
                glyphs.text[first:at].rstrip(),
                out,
                cut_spans,
            )
            _piece(glyphs, at + 1, last, glyphs.text[at + 1 : last + 1], out, cut_spans)
        else:
            out.append(piece)
            cut_spans.append((first, last))
    spans[:] = cut_spans
    return out


def _gap(glyphs: _Glyphs, first: int, last: int) -> tuple[float, float, int] | None:
    """(left, right, index of the space) of the widest gap in the middle of a piece, if it is wider than word spaces."""
    best: tuple[float, float, int] | None = None
    quarter = (last - first) // 4
    at = glyphs.text.find(" ", first + quarter, last - quarter)
    while at != -1:
        right, left = glyphs.gap(at)
        if left - right > WIDE_GAP and (best is None or left - right > best[1] - best[0]):
            best = (right, left, at)
        at = glyphs.text.find(" ", at + 1, last - quarter)
    return best


def _without_marks(glyphs: _Glyphs, pieces: list[Line], spans: list[tuple[int, int]]) -> list[Line]:
    """Pieces whose raised numbers are put apart as `marks` where a note with that number stands below."""
    if len(pieces) != len(spans):
        return pieces
    notes: dict[str, float] = {}  # number → baseline of the lowest note with it
    for piece in [p for p in pieces if p.text[0].isdigit()]:
        if note := NOTE.match(piece.text):
            notes[note[1]] = min(piece.base, notes.get(note[1], piece.base))
    if not notes:
        return pieces
    out = list(pieces)
    for i, (piece, (first, last)) in enumerate(zip(pieces, spans, strict=True)):
        if last - first + 1 != len(piece.text):
            continue
        marks = []
        for match in RAISED.finditer(piece.text):
            at = first + match.start()
            if notes.get(match[0], piece.base) < piece.base and glyphs.base(at) - glyphs.base(at - 1) >= 1.5:
                marks.append(match)
        if marks:
            text = piece.text
            for match in reversed(marks):
                text = text[: match.start()] + text[match.end() :]
            out[i] = replace(piece, text=text, marks=tuple(m[0] for m in marks))
    return out


def _graphics(page: Any) -> _Graphics:
    found = _Graphics()
    values = (ctypes.c_float * 4)()
    at = [ctypes.addressof(values) + 4 * i for i in range(4)]
    forms: tuple[int, ...] = ()
    stack = [(ctypes.byref(page.contents), raw.FPDFPage_CountObjects(page), native.page_object, forms)]
    seen = 0
    while stack:
        holder, count, get, forms = stack.pop()
        items = list(map(get, repeat(holder), range(min(count, MAX_OBJECTS - seen))))
        kinds = list(map(native.object_type, items))
        found.texts += kinds.count(raw.FPDF_PAGEOBJ_TEXT)
        for item, kind in [(i, k) for i, k in zip(items, kinds, strict=True) if k != raw.FPDF_PAGEOBJ_TEXT]:
            if kind == raw.FPDF_PAGEOBJ_FORM:
                if seen < MAX_OBJECTS:
                    stack.append((item, native.form_count(item), native.form_object, (item, *forms)))
                continue
            if kind not in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
                continue
            native.object_bounds(item, *at)
            left, bottom, right, top = values
            wide, high = right - left, top - bottom
            if kind == raw.FPDF_PAGEOBJ_IMAGE:
                found.pictured += wide * high
            else:
                found.paths.append(_Drawn(item, forms, wide, high))
        seen += count
    return found


def _may_be_grid(paths: list[_Drawn]) -> bool:
    """Whether paths may rule off a table."""
    if len(paths) > MAX_PATHS:
        return False
    horizontal = vertical = 0
    for path in paths:
        if path.high <= tables.THIN < path.wide:
            horizontal += 1
        elif path.wide <= tables.THIN < path.high:
            vertical += 1
        elif path.wide > tables.THIN and path.high > tables.THIN and tables.stroked(path.item):
            horizontal += 2
            vertical += 2
    return min(horizontal, vertical) >= MIN_RULES


def in_reading_order(pieces: list[Line]) -> list[Line]:
    """Pieces of a page as lines, column by column where it has columns."""
    return [line for column, group in column_groups(pieces) for line in _merge(group, column)]


def _merge(pieces: list[Line], column: int) -> list[Line]:
    """Pieces on one baseline as one line, lines in order of height."""
    if not pieces:
        return []
    near = max(2.0, 0.4 * median([p.y1 - p.y0 for p in pieces]))
    rows: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda p: (-p.base, p.x0)):
        for row in rows[:-3:-1]:
            around = row if len(row) == 1 else row[max(0, bisect_left(row, piece.x0, key=_left) - 2) :][:4]
            # Along a skewed scan the baseline drops: what counts is how the neighbour ends.
            beside = around[0] if len(around) == 1 else min(around, key=lambda p: abs(p.x1 - piece.x0))
            level = abs(beside.end - piece.base) <= near or abs(beside.base - piece.base) <= near
            if level and all(piece.x0 >= p.x1 - 1 or piece.x1 <= p.x0 + 1 for p in around):
                insort(row, piece, key=_left)
                break
        else:
            rows.append([piece])
    lines = [row[0] if len(row) == 1 else _joined(row) for row in rows]
    return [replace(line, column=column) for line in lines] if column else lines


def _left(piece: Line) -> float:
    return piece.x0


def _joined(row: list[Line]) -> Line:
    first, last = row[0], row[-1]
    return Line(
        " ".join(p.text for p in row),
        first.x0,
        last.x1,
        min(p.y0 for p in row),
        max(p.y1 for p in row),
        last.base,
        last.end,
        first.bold,
        marks=tuple(m for p in row for m in p.marks),
        parts=tuple((p.x0, p.x1) for p in row),
    )


def _clean(words: str) -> str:
    """Composed characters, plain spaces, no control characters (the soft hyphen pdfium writes as U+0002 stays)."""
    if not words.isascii():
        words = unicodedata.normalize("NFC", words)
    if not words.isprintable():
        shown = (c if c in "\x02\ufffe" or unicodedata.category(c)[0] != "C" or c == "\xad" else " " for c in words)
        words = "".join(shown)
    elif "  " not in words:
        return words.strip()
    return " ".join(words.split())


def _with_tables(
    glyphs: _Glyphs, found: list[Table], number: int, pieces: list[Line]
) -> tuple[list[Line], list[RuledTable]]:
    """Lines with the words of ruled tables replaced by one fixed line a cell, and the tables."""
    ruled: list[RuledTable] = []
    placed: list[list[Line]] = []  # cells of each, as lines
    letters = tables.in_order(glyphs.letters())
    for table in found:
        rows = [
            [SOFT_BREAK.join(_clean(part) for part in cell.split("\n")) for cell in row]
            for row in tables.cell_rows(table, letters)
        ]
        # One full row of cells may be the head of a table that goes on overleaf.
        if len(rows[0]) < 2 or not (len(rows) >= 2 or all(rows[0])):
            continue
        if not any(cell for row in rows for cell in row):
            continue  # an empty form
        left, top, right, bottom = table.bbox
        inside = [
            p
            for p in pieces
            if top - 1 <= -(p.y0 + p.y1) / 2 <= bottom + 1 and left - 1 <= (p.x0 + p.x1) / 2 <= right + 1
        ]
        if not inside:
            continue
        gone = set(map(id, inside))
        pieces = [p for p in pieces if id(p) not in gone]
        first = _merge(inside, 0)[0]
        placed.append([replace(first, text=cell, fixed=True) for row in rows for cell in row if cell])
        ruled.append(RuledTable(number, rows))
    lines = _merge(pieces, 0)
    for cells in placed:
        at = next((i for i, line in enumerate(lines) if line.base < cells[0].base), len(lines))
        lines[at:at] = cells
    return lines, ruled

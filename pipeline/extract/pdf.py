"""PDF → lines with positions. The only module that opens a PDF.

Characters and positions come from pdfium (fast); pdfplumber reads ruled tables, on the pages that have rules.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pdfplumber
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_raw

from pipeline.extract.layout import Line, PageLines

BOLD = 600  # font weight
MIN_RULES = 4  # paths on a page before a table is looked for


class PdfError(Exception):
    """A file that cannot be read as PDF; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class RuledTable:
    """Cells of a ruled table, and the page it stands on."""

    page: int
    rows: list[list[str]]


def read_pdf(path: Path) -> Iterator[tuple[PageLines, list[RuledTable]]]:
    """Lines and ruled tables, page by page (one page in memory at a time).

    Raises:
        PdfError: encrypted, truncated or otherwise not a readable PDF.
    """
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        # pdfium's word for the reason may be left over from an earlier file; the file itself says if it is encrypted.
        if b"/Encrypt" in path.read_bytes():
            raise PdfError("it is encrypted; save a copy without a password") from error
        raise PdfError("it is damaged or cut off; fetch it again") from error
    try:
        for number in range(len(document)):
            try:
                page = document[number]
                lines, rules = _lines(page)
                width, height = page.get_size()
            except pdfium.PdfiumError as error:
                raise PdfError(f"page {number + 1} is damaged; fetch the file again") from error
            tables: list[RuledTable] = []
            if rules >= MIN_RULES:
                lines, tables = _with_tables(path, number, lines, height)
            yield PageLines(number + 1, width, height, tuple(lines)), tables
            page.close()
    finally:
        document.close()


def _lines(page: pdfium.PdfPage) -> tuple[list[Line], int]:
    """Lines of a page from top to bottom, and the number of drawn paths."""
    text_page = page.get_textpage()
    count = text_page.count_chars()
    text = text_page.get_text_range() if count > 0 else ""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))

    def box(index: int) -> tuple[float, float, float, float]:
        pdfium_raw.FPDFText_GetCharBox(text_page, index, left, right, bottom, top)
        return left.value, right.value, bottom.value, top.value

    pieces: list[Line] = []
    # pdfium writes U+FFFE for a hyphen at a line's end and leaves the line break out.
    for match in re.finditer(r"[^\r\n\ufffe]*\ufffe|[^\r\n\ufffe]+", text):
        words = match[0]
        first = match.start() + len(words) - len(words.lstrip())
        last = match.start() + len(words.rstrip()) - 1
        if last < first:
            continue
        x0, _, y0, y1 = box(first)
        _, x1, other0, other1 = box(last)
        # An enumerator's box may be lower or higher than its line's; the last character is on the line too.
        bold = pdfium_raw.FPDFText_GetFontWeight(text_page, first) >= BOLD
        pdfium_raw.FPDFText_GetCharOrigin(text_page, first, left, bottom)
        pieces.append(Line(_clean(words), x0, x1, min(y0, other0), max(y1, other1), bottom.value, bold))
    text_page.close()
    paths = sum(1 for _ in page.get_objects(filter=[pdfium_raw.FPDF_PAGEOBJ_PATH], max_depth=2))
    return _merge(pieces), paths


def _merge(pieces: list[Line]) -> list[Line]:
    """Pieces on one baseline as one line, lines in order of height."""
    lines: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda p: (-p.y0, p.x0)):
        if lines:
            base = lines[-1][0]
            overlap = min(base.y1, piece.y1) - max(base.y0, piece.y0)
            apart = all(piece.x0 >= p.x1 - 1 or piece.x1 <= p.x0 + 1 for p in lines[-1])
            if apart and overlap > 0.55 * min(base.y1 - base.y0, piece.y1 - piece.y0):
                lines[-1].append(piece)
                continue
        lines.append([piece])
    merged = []
    for line in lines:
        line.sort(key=lambda p: p.x0)
        merged.append(
            Line(
                " ".join(p.text for p in line),
                line[0].x0,
                line[-1].x1,
                min(p.y0 for p in line),
                max(p.y1 for p in line),
                line[-1].base,
                line[0].bold,
            )
        )
    return merged


def _clean(words: str) -> str:
    """Composed characters, plain spaces, no control characters (the soft hyphen pdfium writes as U+0002 stays)."""
    words = unicodedata.normalize("NFC", words)
    words = "".join(c if c in "\x02\ufffe" or unicodedata.category(c)[0] != "C" or c == "\xad" else " " for c in words)
    return re.sub(r"[^\S\n]+", " ", words).strip()


def _with_tables(path: Path, number: int, lines: list[Line], height: float) -> tuple[list[Line], list[RuledTable]]:
    """Lines with the words of ruled tables replaced by one fixed line a cell, and the tables."""
    found: list[tuple[float, float, list[list[str]]]] = []
    with pdfplumber.open(path, pages=[number + 1]) as document:
        for table in document.pages[0].find_tables():
            rows = [[_clean(cell or "") for cell in row] for row in table.extract()]
            # One full row of cells may be the head of a table that goes on overleaf.
            if len(rows[0]) >= 2 and (len(rows) >= 2 or all(rows[0])):
                found.append((height - table.bbox[1], height - table.bbox[3], rows))
    tables: list[RuledTable] = []
    for top, bottom, rows in found:
        inside = [line for line in lines if bottom - 1 <= (line.y0 + line.y1) / 2 <= top + 1]
        if not inside:
            continue
        at = lines.index(inside[0])
        cells = [replace(inside[0], text=cell, fixed=True) for row in rows for cell in row if cell]
        lines = (
            [line for line in lines[:at] if line not in inside]
            + cells
            + [line for line in lines[at:] if line not in inside]
        )
        tables.append(RuledTable(number + 1, rows))
    return lines, tables

"""Pages that are pictures only → lines, as if they had a text layer. Streams: a few pages at a time.

Reads   pages as `pdf` gives them, and those of the file that hold a picture and no text as pictures.
Writes  nothing. What could not be read, and why, is kept in `unread`, so that no page is empty without a word.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import groupby
from pathlib import Path
from statistics import median

from pipeline.extract import ocr
from pipeline.extract.layout import Line, PageLines
from pipeline.extract.pdf import RuledTable, in_reading_order, pictures

FEW_LETTERS = 20  # a stamp that was typed onto a picture is no text layer
WIDE = 1.2  # of a line's height; no space between words is as wide
SURE = 40.0  # per cent, of a line on average; below it a crest or a speck was read
SMALL = (
    0.45  # of the height of a page's words; a letter that is lower, or a mark that is lower and narrower, is a speck
)
LONG = 2  # characters; leaders and the like have more
SPECK = re.compile(r"[|~«»°_^`¦]+")
Pages = Iterator[tuple[PageLines, list[RuledTable]]]


class PictureReader:
    """Puts lines on the pages of one file that are pictures only.

    Args:
        path: the file.
        reader: what reads pictures, or why nothing does.
    """

    def __init__(self, path: Path, reader: ocr.Reader | str) -> None:
        self.path = path
        self.reader = reader
        self.asked = 0
        self.read: list[int] = []  # pages that were
        self.unread: list[tuple[int, str]] = []  # pages that were not, and why

    def pages(self, pages: Iterable[tuple[PageLines, list[RuledTable]]]) -> Pages:
        """All pages in order, with lines where there were none."""
        waiting: deque[tuple[PageLines, list[RuledTable], Future[list[ocr.Word] | None] | None, float]] = deque()
        with ThreadPoolExecutor(ocr.WORKERS) as pool:
            for page, tables in pages:
                future, scale = None, 1.0
                if _only_a_picture(page):
                    if isinstance(self.reader, str):
                        if page.scanned:
                            self.unread.append((page.page, self.reader))
                    elif self.asked >= ocr.MAX_PAGES:
                        self.unread.append((page.page, f"only the first {ocr.MAX_PAGES} pictures of a file are read"))
                    else:
                        _, picture = next(iter(pictures(self.path, [page.page])))
                        future, scale = pool.submit(self.reader.read, picture), picture.scale
                        self.asked += 1
                waiting.append((page, tables, future, scale))
                while waiting and (waiting[0][2] is None or len(waiting) > ocr.WORKERS):
                    yield self._done(*waiting.popleft())
            while waiting:
                yield self._done(*waiting.popleft())

    def _done(
        self, page: PageLines, tables: list[RuledTable], future: Future[list[ocr.Word] | None] | None, scale: float
    ) -> tuple[PageLines, list[RuledTable]]:
        if future is None:
            return page, tables
        words = future.result()
        if words is None:
            self.unread.append((page.page, f"{getattr(self.reader, 'name', '')} failed, or took too long"))
            return page, tables
        if words:
            self.read.append(page.page)
        return page._replace(lines=tuple(lines_of(words, page.height, scale))), tables


def _only_a_picture(page: PageLines) -> bool:
    """Whether a page has no text of its own: a scan, or letters that are drawn as shapes."""
    return not page.lines or (page.scanned and sum(c.isalpha() for line in page.lines for c in line.text) < FEW_LETTERS)


def lines_of(words: Iterable[ocr.Word], height: float, scale: float) -> list[Line]:
    """Lines of a page from its words as they were read.

    Args:
        height: of the page, points.
        scale: pixels in a point.
    """
    pieces: list[Line] = []
    for _, group in groupby(_without_specks(list(words)), key=lambda w: w.line):
        row = list(group)
        if len(row) != 2:
            row = [w for w in row if not SPECK.fullmatch(w.text)]  # of two, the second may be a number: `BAB |`
        if not row or sum(w.confidence for w in row) < SURE * len(row):
            continue
        high = median(w.bottom - w.top for w in row)
        # Letters that hang below the line, and signs that stand above it: the line is where most words end.
        bottoms = sorted(w.bottom for w in row)
        base = height - bottoms[(len(bottoms) - 1) // 3] / scale
        piece: list[ocr.Word] = []
        for word, following in zip(row, [*row[1:], None], strict=True):
            piece.append(word)
            if following is None or following.left - word.right > WIDE * high:
                pieces.append(_piece(piece, base, height, scale))
                piece = []
    return in_reading_order(pieces)


def _without_specks(words: list[ocr.Word]) -> list[ocr.Word]:
    """The words of a page but for dirt, which coarse scans have at their edges, read as stops, marks and letters."""
    high = SMALL * median([w.bottom - w.top for w in words if len(w.text) > LONG] or [0])

    def stands(word: ocr.Word) -> bool:
        if word.bottom - word.top >= high:
            return True
        if any(map(str.isalnum, word.text)):
            return False  # no letter is so low
        return len(word.text) > LONG or word.right - word.left >= high or word.text in "-–" or word.line in dotted

    # The dots that end a catchword may each be read as a word.
    dots = Counter(w.line for w in words if w.text == ".")
    dotted = {line for line, count in dots.items() if count > 1}
    return [w for w in words if stands(w)]


def _piece(words: list[ocr.Word], base: float, height: float, scale: float) -> Line:
    return Line(
        " ".join(w.text for w in words),
        words[0].left / scale,
        words[-1].right / scale,
        height - max(w.bottom for w in words) / scale,
        height - min(w.top for w in words) / scale,
        base,
        base,
    )

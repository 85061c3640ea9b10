"""One PDF → the text of its pages, furniture gone, paragraphs joined. Streams: memory does not grow with pages.

Furniture and paragraphs can be told only from the whole document, so its pages are gone through three times: read and
learn what recurs; strip it and measure; join. Between the passes so many lines wait in memory, the rest in a temporary
file; else in memory are counts, and one page (two, where a catchword is compared with the next page).
"""

from __future__ import annotations

import pickle
import re
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import starmap
from operator import attrgetter
from pathlib import Path
from typing import IO

from pipeline.extract.catchwords import drop_catchwords
from pipeline.extract.furniture import Furniture, Removed
from pipeline.extract.layout import Line, Measures, PageLines, cell_text, paragraphs
from pipeline.extract.pdf import RuledTable, read_pdf
from pipeline.extract.pictures import PictureReader

VALUES = attrgetter(*Line.__slots__)
IN_MEMORY = 12_000  # waiting lines that need no file: some 300 pages, 6 MiB
# What a scan's text layer makes of a slash and of a hyphen between two words: (pattern, what was printed, rule).
MENDED = (
    (re.compile(r"\b([^\W\d_]{2,})(?: /|/ | / )([^\W\d_]{2,})\b"), r"\1/\2", "scan-slash"),
    (re.compile(r"\b([^\W\d_]{2,})_([^\W\d_]{2,})\b"), r"\1-\2", "scan-hyphen"),
    (re.compile(r"\b([^\W\d_]{2,})_$"), r"\1-", "scan-hyphen"),
)


@dataclass(frozen=True, slots=True)
class Repair:
    """Words of a scan's text layer, as they stood and as they were printed."""

    page: int
    rule: str
    before: str
    after: str


class PdfText:
    """Streams a PDF's text: iterate over `pages` once; `tables`, `removed` and `repairs` are complete after that.

    Args:
        path: the file.
        share: part of the pages on which a running head must stand.
        headings: patterns of lines that head an article or a division.
        pictured: reads the pages that are pictures only.

    Raises:
        PdfError: it cannot be read.
    """

    def __init__(
        self,
        path: Path,
        share: float,
        headings: Sequence[re.Pattern[str]] = (),
        pictured: PictureReader | None = None,
    ) -> None:
        self.path = path
        self.share = share
        self.headings = headings
        self.pictured = pictured
        self.tables: list[RuledTable] = []
        self.removed: list[Removed] = []
        self.repairs: list[Repair] = []
        self.scanned: set[int] = set()  # numbers of the pages whose text lies over a picture

    def pages(self) -> Iterator[tuple[int, str]]:
        """(page, its text) in order."""
        furniture = Furniture(self.share, self.headings)
        measures = Measures()
        with _Spool() as read, _Spool() as bare:
            read.fill(self._read(furniture.learn))
            furniture.settle()
            bare.fill(self._stripped(furniture, read.drain(), measures.learn))
            for table in self.tables:
                table.rows[:] = [[cell_text(cell, measures.words) for cell in row] for row in table.rows]
            yield from paragraphs(bare.drain(), measures)

    def _read(self, learn: Callable[[PageLines], None]) -> Iterator[PageLines]:
        pages = read_pdf(self.path)
        for page, tables in self.pictured.pages(pages) if self.pictured else pages:
            learn(page)
            self.tables += tables
            if page.scanned:
                self.scanned.add(page.page)
            yield page

    def _stripped(
        self, furniture: Furniture, pages: Iterable[PageLines], learn: Callable[[PageLines], None]
    ) -> Iterator[PageLines]:
        for page, removed in drop_catchwords(furniture.strip(page) for page in pages):
            self.removed += removed
            whole = self._mended(page) if page.scanned else page
            learn(whole)
            yield whole

    def _mended(self, page: PageLines) -> PageLines:
        """A scanned page with the spacing of its text layer mended; each repair is recorded."""
        lines = []
        for line in page.lines:
            text = line.text
            if "/" not in text and "_" not in text:
                lines.append(line)
                continue
            for pattern, printed, rule in MENDED:
                for match in pattern.finditer(text):
                    self.repairs.append(Repair(page.page, rule, match[0], match.expand(printed)))
                text = pattern.sub(printed, text)
            lines.append(line if text is line.text else replace(line, text=text))
        return page._replace(lines=tuple(lines))


class _Spool:
    """Pages that wait for the next pass: the first of them in memory, the rest in a temporary file."""

    def __init__(self) -> None:
        self.first: deque[PageLines] = deque()
        self.file: IO[bytes] | None = None

    def __enter__(self) -> _Spool:
        return self

    def __exit__(self, *_: object) -> None:
        if self.file is not None:
            self.file.close()

    def fill(self, pages: Iterable[PageLines]) -> None:
        lines = 0
        for page in pages:
            lines += 1 + len(page.lines)
            if lines <= IN_MEMORY:
                self.first.append(page)
                continue
            if self.file is None:
                self.file = tempfile.TemporaryFile()  # noqa: SIM115  (closed in __exit__)
            # Lines as plain tuples: of each object pickle asks how it is to be made anew.
            pickle.dump((page[:3], list(map(VALUES, page.lines)), page.scanned), self.file, pickle.HIGHEST_PROTOCOL)

    def drain(self) -> Iterator[PageLines]:
        """The pages in order, once; those from the file are our own objects, which only this process can reach."""
        while self.first:
            yield self.first.popleft()
        if self.file is None:
            return
        self.file.seek(0)
        while True:
            try:
                (number, width, height), lines, scanned = pickle.load(self.file)
            except EOFError:
                return
            yield PageLines(number, width, height, tuple(starmap(Line, lines)), scanned)

"""Lines on pages → paragraphs: columns put in order, lines joined, words that a line's end broke made whole.

Pure geometry; knows no file format, no language and no jurisdiction. Pages are seen twice: first `Measures.learn`,
then `paragraphs`. What is kept in between are counts: of leadings, of margins, of words.

A *line* has words and a box (PDF points, origin at the lower left).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pipeline.digests import ENUMERATOR, ENUMERATOR_FORM

FEW_LINES = 6
SOFT_BREAK = "\x1f"  # a line's end within a table cell
SOFT_HYPHENS = "\xad\x02\ufffe"
MIDLINE_HYPHEN = re.compile(r"(?<=\w)[\xad\x02](?=\w)")
# What a paragraph can end with; before an enumerated paragraph also a comma or a conjunction.
CLOSED = (".", ";", ":", "!", "?", "”", '"')
OPEN_LIST = (",", " dan", " atau", "/atau", " and", " or", "/or")
MARKER_START = re.compile(r"[(\w]\w{0,5}[.)]")
WHOLE_WORD = re.compile(r"(?<!\w)(?<!\w-)\w++(?:-\w++)*+(?=[\s.,;:)])")
MAX_TOKENS = 200_000  # distinct ones to learn words from; a code of a thousand articles has a tenth of it
SUFFIX = 3  # letters up to which the second part of a broken word is no word of its own, unless it is the first again
LONGEST = 200  # characters of a token that may hold words
COLUMN_LINES = 8  # of the shorter of two columns


@dataclass(slots=True)
class Line:
    """A line of text, its box, and its baseline where it begins and where it ends.

    `fixed` lines (table cells) are never joined to others. `column`: 0 = across the page, 1 = left, 2 = right.
    `marks` are footnote marks that stood in it. `parts` are the extents of the pieces it was put together from.
    """

    text: str
    x0: float
    x1: float
    y0: float
    y1: float
    base: float
    end: float
    bold: bool = False
    fixed: bool = False
    column: int = 0
    marks: tuple[str, ...] = ()
    parts: tuple[tuple[float, float], ...] = ()


class PageLines(NamedTuple):
    """The lines of one page in reading order. `scanned`: the text lies over a picture of the page."""

    page: int
    width: float
    height: float
    lines: tuple[Line, ...]
    scanned: bool = False


Margins = tuple[float, float]

# ------------------------------------------------------------------------------------------------ columns


def column_groups(pieces: Sequence[Line]) -> list[tuple[int, list[Line]]]:
    """Pieces of a page in groups, in reading order: (0, all of them), or left and right columns between full lines.

    A column is prose: at least `COLUMN_LINES` lines, most of which fill it, on either side of a gutter that hardly any
    line crosses. A column of labels beside a text is not.
    """
    if len(pieces) < 2 * COLUMN_LINES:
        return [(0, list(pieces))]
    left_edge, right_edge = min([p.x0 for p in pieces]), max([p.x1 for p in pieces])
    width = right_edge - left_edge
    low, high = left_edge + 0.35 * width, left_edge + 0.65 * width
    starts = Counter([round(p.x0 / 4) for p in pieces if low < p.x0 < high])
    if not starts:
        return [(0, list(pieces))]
    start, _ = max(starts.items(), key=lambda s: (s[1] + starts[s[0] + 1], -s[0]))
    gutter = 4 * start - 3.0
    left = [p for p in pieces if p.x1 <= gutter + 1]
    right = [p for p in pieces if p.x0 >= gutter - 1]
    if min(len(left), len(right)) < COLUMN_LINES:
        return [(0, list(pieces))]
    bottom = max(min(p.base for p in left), min(p.base for p in right))
    top = min(max(p.base for p in left), max(p.base for p in right))
    beside = [p for p in pieces if bottom - 2 <= p.base <= top + 2]
    crossing = [p for p in beside if p.x0 < gutter - 1 and p.x1 > gutter + 1]
    if len(crossing) > 0.15 * len(beside) or not (
        _fills(left, left_edge, gutter) and _fills(right, gutter, right_edge)
    ):
        return [(0, list(pieces))]
    groups: list[tuple[int, list[Line]]] = []
    sides: tuple[list[Line], list[Line]] = ([], [])
    across: list[Line] = []

    def flush() -> None:
        for column, held in ((0, across), (1, sides[0]), (2, sides[1])):
            if held:
                groups.append((column, list(held)))
                held.clear()

    for piece in sorted(pieces, key=lambda p: (-p.base, p.x0)):
        if piece.x1 <= gutter + 1 or piece.x0 >= gutter - 1:
            sides[piece.x0 >= gutter - 1].append(piece)
        else:
            if sides[0] or sides[1]:
                flush()
            across.append(piece)
            continue
        if across:
            groups.append((0, list(across)))
            across.clear()
    flush()
    return groups


def _fills(lines: Sequence[Line], left: float, right: float) -> bool:
    """Whether half of the lines of a would-be column run through most of it."""
    return sum(1 for p in lines if p.x1 - p.x0 > 0.6 * (right - left)) >= 0.5 * len(lines)


# ----------------------------------------------------------------------------------------------- measures


class Measures:
    """What must be known of a whole document before its lines can be joined. `learn` every page first."""

    def __init__(self) -> None:
        self._tokens: set[str] = set()
        self._gaps: Counter[float] = Counter()
        self._lefts: tuple[Counter[float], Counter[float]] = (Counter(), Counter())
        self._rights: tuple[Counter[float], Counter[float]] = (Counter(), Counter())

    def learn(self, page: PageLines) -> None:
        """Count the leadings, margins and words of a page."""
        if not page.lines:
            return
        margins = page_margins(page.lines)
        few = len(page.lines) < FEW_LINES
        self._lefts[few][round(margins[0], 1)] += 1
        self._rights[few][round(margins[1], 1)] += 1
        # Below a line that reaches the right margin without ending a sentence the paragraph surely goes on.
        right = margins[1] - 6
        before: Line | None = None
        for line in page.lines:
            if before is not None and before.x1 > right and not before.text.endswith(CLOSED):
                gap = before.base - line.base
                if 0 < gap < 60:
                    self._gaps[round(gap, 1)] += 1
            before = line
        if len(self._tokens) < MAX_TOKENS:
            self._tokens.update("\n".join([line.text for line in page.lines]).split())

    @cached_property
    def words(self) -> set[str]:
        """Whole words of the document, small letters. Each distinct token is searched once, however often it occurs."""
        tokens = "\n".join([t for t in self._tokens if len(t) <= LONGEST]).lower().split()
        others = [t for t in tokens if not t.isalnum()]
        return {*filter(str.isalnum, tokens), *WHOLE_WORD.findall("\n".join([*others, ""]))}

    @property
    def leading(self) -> float:
        """Usual distance between the baselines of two lines of one paragraph."""
        return _median(self._gaps) if self._gaps else 16.0

    @property
    def margins(self) -> Margins:
        """Margins of the document, for pages with too few lines to show their own."""
        few = not self._lefts[0]
        return (_median(self._lefts[few]), _median(self._rights[few])) if self._lefts[few] else (0.0, 0.0)


def _median(counts: Counter[float]) -> float:
    half, total = sum(counts.values()) / 2, 0
    for value in sorted(counts):
        total += counts[value]
        if total >= half:
            return value
    return 0.0


def page_margins(lines: Sequence[Line]) -> Margins:
    """Left and right edge of a text block."""
    loose = [line for line in lines if not line.fixed] or list(lines)
    rights = sorted([line.x1 for line in loose])
    return min([line.x0 for line in loose]), rights[int(0.9 * (len(rights) - 1))]


# --------------------------------------------------------------------------------------------- paragraphs


def paragraphs(pages: Iterable[PageLines], measures: Measures) -> Iterator[tuple[int, str]]:
    """(page, its text) for each page in order; a paragraph ends with a line break, on whichever page it ends."""
    words, leading, usual = measures.words, measures.leading, measures.margins
    waiting: list[int] = []  # pages without lines, after the one that is open
    parts: list[str] = []  # of the page that is open
    number = 0
    previous: Line | None = None
    previous_margins = (0.0, 0.0)
    previous_centred = False
    hanging = 0.0
    for page in pages:
        if not page.lines:
            if previous is None:
                yield page.page, ""
            else:
                waiting.append(page.page)
            continue
        by_column = {0: usual}
        for column in {line.column for line in page.lines}:
            own = [line for line in page.lines if line.column == column]
            if len(own) >= FEW_LINES:
                found = page_margins(own)
                # A page of short lines does not show its right margin.
                by_column[column] = (found[0], max(found[1], usual[1])) if column == 0 else found
            elif column:
                by_column[column] = page_margins(own)
        new_page = True
        for line in page.lines:
            margins = by_column[line.column]
            centred = _centred(line, margins)
            text = line.text
            if not text.isascii() or "\x02" in text:
                text = MIDLINE_HYPHEN.sub("-", text)
            if line.fixed:
                text = cell_text(text, words)
            elsewhere = new_page or (previous is not None and line.column != previous.column)
            separator = ""
            if previous is not None:
                if _starts_block(
                    line, previous, centred, previous_centred, previous_margins, leading, hanging, elsewhere
                ):
                    parts[-1] = _closed(parts[-1]) + "\n"
                else:
                    parts[-1], separator = join(parts[-1], text, words)
                    parts[-1] += separator
                if new_page:
                    yield number, "".join(parts)
                    yield from ((n, "") for n in waiting)
                    parts, waiting = [], []
            parts.append(text)
            number = page.page
            # Where continuation lines of an enumerated paragraph will stand.
            hanging = line.x0
            previous, previous_margins, previous_centred, new_page = line, margins, centred, False
    if previous is not None:
        parts[-1] = _closed(parts[-1]) + "\n"
        yield number, "".join(parts)
        yield from ((n, "") for n in waiting)


def cell_text(text: str, words: set[str]) -> str:
    """The words of a table cell, its lines joined."""
    lines = [line for line in text.split(SOFT_BREAK) if line]
    out = lines[:1]
    for line in lines[1:]:
        # In a narrow cell a hyphen before a small letter breaks a word, unless the document has it so.
        broken = re.search(r"(?<![^\W\d_])([^\W\d_]+)-$", out[-1])
        after = re.match(r"[^\W\d_]+", line)
        if broken and after and after[0].islower() and f"{broken[1]}-{after[0]}".lower() not in words:
            out[-1] = out[-1][:-1]
        else:
            out[-1], separator = join(out[-1], line, words)
            out[-1] += separator
        out.append(line)
    return "".join(out)


def _closed(text: str) -> str:
    """The end of a paragraph: a hyphen there has nothing to join."""
    return text[:-1] + "-" if text[-1:] in SOFT_HYPHENS and text else text


def _centred(line: Line, margins: Margins) -> bool:
    left, right = margins
    width = right - left
    return (
        abs((line.x0 + line.x1) / 2 - (left + right) / 2) < 0.05 * width
        and line.x0 - left > 0.08 * width
        and right - line.x1 > 0.08 * width
    )


def _starts_block(
    line: Line,
    previous: Line,
    centred: bool,
    previous_centred: bool,
    previous_margins: Margins,
    leading: float,
    hanging: float,
    new_page: bool,
) -> bool:
    if line.fixed or previous.fixed:
        return True
    enumerated = False
    if MARKER_START.match(line.text):
        mark = ENUMERATOR.match(line.text + " x")
        enumerated = bool(mark and ENUMERATOR_FORM.fullmatch(mark[1]))
    ended = previous.text.endswith(CLOSED)
    width = previous_margins[1] - previous_margins[0]
    short = previous.x1 < previous_margins[1] - 0.15 * width
    loose = previous.x1 < previous_margins[1] - 0.03 * width
    gap = 0.0 if new_page else previous.end - line.base
    apart = gap > 1.15 * leading + 0.5
    if centred:
        if previous_centred:
            # A centred title goes on where its first line was nearly full.
            return apart or previous.x1 - previous.x0 < 0.75 * width
        return ended or short or apart or (new_page and not line.text[:1].islower())
    if previous_centred and (apart or abs(line.x0 - previous.x0) > 3):
        return True
    if enumerated and (ended or short or previous.text.endswith(OPEN_LIST)):
        return True
    if short and line.bold != previous.bold:
        return True
    if short and not line.text[:1].islower() and _would_have_fitted(line, previous, previous_margins):
        return True
    if new_page:
        return (ended and (loose or enumerated)) or (short and not line.text[:1].islower())
    if apart:
        return ended or loose or gap > 1.6 * leading
    return ended and (line.x0 < hanging - 8 or line.x0 > hanging + 40 or (short and line.x0 <= hanging + 8))


def _would_have_fitted(line: Line, previous: Line, margins: Margins) -> bool:
    """Whether the first word of a line had room on the line before: then that line was ended on purpose."""
    word = line.text.partition(" ")[0]
    width = (line.x1 - line.x0) * (len(word) + 1) / max(1, len(line.text))
    return previous.x1 + 1.5 * width < margins[1]


def join(before: str, after: str, words: set[str]) -> tuple[str, str]:
    """How two lines of a paragraph meet: the first, mended, and what stands between them."""
    if before[-1:] in SOFT_HYPHENS and before:
        stem = before[:-1]
        head = re.search(r"(?<!\w)\w+$", stem[-60:])
        tail = re.match(r"\w+", after)
        # The same character also stands for a hyphen of the word's own (`Undang-` `Undang`, `computer-` `related`).
        if head and tail and (head[0] + tail[0]).lower() not in words:
            parts = {head[0].lower(), tail[0].lower()}
            # What begins a line may be learnt as a word though it is the rest of one (`breed-` `ing`): short ones are.
            whole = parts <= words and (len(parts) == 1 or len(tail[0]) > SUFFIX)
            if f"{head[0]}-{tail[0]}".lower() in words or whole:
                return stem + "-", ""
        return stem, ""
    if before.endswith("-") and after[:1].isalpha():
        head = re.search(r"(?<!\w)(\w+)-$", before[-60:])
        if head:
            tail = re.match(r"\w+", after)
            if tail and after[:1].islower() and (head[1] + tail[0]).lower() in words:
                return before[:-1], ""
            return before, ""
    if before.endswith("/"):
        return before, ""
    return before, " "

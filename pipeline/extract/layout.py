"""Lines on pages → canonical text: furniture taken away, lines joined to paragraphs.

Pure geometry and repetition; knows no file format, no language and no jurisdiction. What it removes it reports.

A *line* has words and a box (PDF points, origin at the lower left). *Furniture* is what a printer puts on every
page (running heads, page numbers, stamps) and the catchword at a page's foot that repeats how the next page begins.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from rapidfuzz.fuzz import ratio

from pipeline.digests import ENUMERATOR, ENUMERATOR_FORM

TOP_LINES = 5
BOTTOM_LINES = 4
FEW_LINES = 6
MARGIN = 0.08  # of a page's height; decides only for a document of one page, where nothing can recur
SOFT_HYPHENS = "\xad\x02\ufffe"
# What a paragraph can end with; before an enumerated paragraph also a comma or a conjunction.
CLOSED = re.compile(r"[.;:!?”\"]\s*$")
OPEN_LIST = re.compile(r"(?:,|\b(?:dan|atau|dan/atau|and|or|and/or))\s*$")
DOTS = re.compile(r"[\s.…•·]*[.…][\s.…•·]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, its box and its baseline. `fixed` lines (table cells) are never joined to others."""

    text: str
    x0: float
    x1: float
    y0: float
    y1: float
    base: float
    bold: bool = False
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class PageLines:
    """The lines of one page, top to bottom."""

    page: int
    width: float
    height: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Removed:
    """A line taken away as furniture."""

    page: int
    rule: str  # running-head | catchword
    text: str


def strip_furniture(pages: Sequence[PageLines], share: float) -> tuple[list[PageLines], list[Removed]]:
    """`pages` without running heads, page numbers and catchwords; and what was removed.

    `share` is the part of the pages on which a line (its digits masked) must recur, at much the same height.
    """
    removed: list[Removed] = []
    heads = _recurring(pages, share)
    kept: list[PageLines] = []
    for page in pages:
        lines = []
        for i, line in enumerate(page.lines):
            edge = i < TOP_LINES or i >= len(page.lines) - BOTTOM_LINES
            head = _is_head(line, page, heads) if len(pages) > 1 else _in_margin(line, page)
            if edge and not line.fixed and head:
                removed.append(Removed(page.page, "running-head", line.text))
            else:
                lines.append(line)
        kept.append(replace(page, lines=tuple(lines)))
    for i, page in enumerate(kept[:-1]):
        following = next((p for p in kept[i + 1 :] if p.lines), None)
        if not page.lines or following is None:
            continue
        last = page.lines[-1]
        if len(page.lines) > 1 and _is_catchword(last, page, following.lines[0]):
            removed.append(Removed(page.page, "catchword", last.text))
            kept[i] = replace(page, lines=page.lines[:-1])
    return kept, removed


def _mask(text: str, page: int) -> str:
    """What recurs of a line: its characters; for a number, how far it is from the page's own number.

    A bare number (`- 3 -`) is a page number whatever it says. In a line with letters only a number that counts
    along with the pages may differ: `Pasal 3` and `Pasal 9` at the top of two pages are not the same head.
    """
    squeezed = re.sub(r"\s+", "", text).lower()
    if not re.search(r"[^\W\d_]", squeezed):
        return re.sub(r"\d+", "#", squeezed)
    return re.sub(r"\d+", lambda m: f"#{int(m[0][-9:]) - page}", squeezed)


def _recurring(pages: Sequence[PageLines], share: float) -> list[tuple[str, float]]:
    """Masked text and height (as a share of the page) of the lines that recur at pages' edges."""
    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        edges = {*page.lines[:TOP_LINES], *page.lines[-BOTTOM_LINES:]}
        masks = {(_mask(line.text, page.page), round(20 * line.y0 / page.height)) for line in edges}
        seen.update(m for m in masks if m[0])
    filled = sum(1 for page in pages if page.lines)
    enough = max(2, share * (filled - 1))
    heads: list[tuple[str, float]] = []
    for (mask, band), _ in sorted(seen.items(), key=lambda item: (-item[1], item[0])):
        # Neighbouring bands count together: a skewed scan moves a head a little.
        count = sum(n for (m, b), n in seen.items() if abs(b - band) <= 1 and _alike(m, mask))
        if count >= enough:
            heads.append((mask, band / 20))
    return heads


def _alike(mask: str, head: str) -> bool:
    """Equal, or equal but for what a poor scan does to letters (never to numbers)."""
    if mask == head:
        return True
    return "#" not in mask + head and len(head) > 4 and ratio(mask, head) >= 80


def _is_head(line: Line, page: PageLines, heads: Sequence[tuple[str, float]]) -> bool:
    mask, height = _mask(line.text, page.page), line.y0 / page.height
    return any(abs(height - at) <= 0.08 and _alike(mask, head) for head, at in heads)


def _in_margin(line: Line, page: PageLines) -> bool:
    return line.base > (1 - MARGIN) * page.height or line.base < MARGIN * page.height


def _is_catchword(last: Line, page: PageLines, first: Line) -> bool:
    """Whether the last line of a page is a few words, set to the right or dotted, with which the next page begins."""
    words = DOTS.sub("", last.text)
    dotted = words != last.text.rstrip() and bool(re.search(r"(?:[.…]\s*){2,}$", last.text))
    left = min(line.x0 for line in page.lines)
    right = max(line.x1 for line in page.lines)
    to_the_right = last.x0 > left + 0.45 * (right - left)
    if not (dotted or to_the_right) or len(words.split()) > 6:
        return False
    if dotted and to_the_right:
        return True
    squeezed, begins = re.sub(r"\W", "", words).lower(), re.sub(r"\W", "", first.text).lower()
    return bool(squeezed) and ratio(squeezed, begins[: len(squeezed)]) >= 75


def join_lines(pages: Sequence[PageLines]) -> list[tuple[int, list[tuple[int, str]]]]:
    """Paragraphs in reading order: each a list of (page, text of the part on that page)."""
    words = _whole_words(pages)
    blocks: list[list[tuple[int, str]]] = []
    previous: Line | None = None
    previous_page: PageLines | None = None
    previous_margins = (0.0, 0.0)
    hanging = 0.0
    leading = _leading(pages)
    usual = _usual_margins(pages)
    for page in pages:
        if not page.lines:
            continue
        own = _margins(page)
        # A page of short lines does not show its right margin.
        margins = (own[0], max(own[1], usual[1])) if len(page.lines) >= FEW_LINES else usual
        for line in page.lines:
            new_page = previous_page is not page
            if previous is None or _starts_block(line, previous, margins, previous_margins, leading, hanging, new_page):
                blocks.append([(page.page, line.text)])
                # Where continuation lines of an enumerated paragraph will stand.
                hanging = line.x0
            else:
                block = blocks[-1]
                at, text = block[-1]
                joined, separator = _join(text, line.text, words)
                if at == page.page:
                    block[-1] = (at, joined + separator + line.text)
                else:
                    block[-1] = (at, joined + separator)
                    block.append((page.page, line.text))
                hanging = line.x0
            previous, previous_page, previous_margins = line, page, margins
    return [(block[0][0], block) for block in blocks]


def _margins(page: PageLines) -> tuple[float, float]:
    """Left and right edge of the text block."""
    lines = [line for line in page.lines if not line.fixed] or list(page.lines)
    rights = sorted(line.x1 for line in lines)
    return min(line.x0 for line in lines), rights[int(0.9 * (len(rights) - 1))]


def _usual_margins(pages: Sequence[PageLines]) -> tuple[float, float]:
    """Margins of the document, for pages with too few lines to show their own."""
    found = [_margins(page) for page in pages if len(page.lines) >= FEW_LINES] or [
        _margins(p) for p in pages if p.lines
    ]
    return (median(left for left, _ in found), median(right for _, right in found)) if found else (0.0, 0.0)


def _leading(pages: Sequence[PageLines]) -> float:
    """Usual distance between the baselines of two lines of one paragraph.

    Measured below lines that reach the right margin without ending a sentence: they are surely continued.
    """
    gaps = []
    for page in pages:
        if page.lines:
            right = _margins(page)[1]
            for a, b in zip(page.lines, page.lines[1:], strict=False):
                if a.x1 > right - 6 and not CLOSED.search(a.text) and 0 < a.base - b.base < 60:
                    gaps.append(a.base - b.base)
    return median(gaps) if gaps else 16.0


def _centred(line: Line, margins: tuple[float, float]) -> bool:
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
    margins: tuple[float, float],
    previous_margins: tuple[float, float],
    leading: float,
    hanging: float,
    new_page: bool,
) -> bool:
    if line.fixed or previous.fixed:
        return True
    mark = ENUMERATOR.match(line.text + " x")
    enumerated = bool(mark and ENUMERATOR_FORM.fullmatch(mark[1]))
    ended = bool(CLOSED.search(previous.text))
    width = previous_margins[1] - previous_margins[0]
    short = previous.x1 < previous_margins[1] - 0.15 * width
    loose = previous.x1 < previous_margins[1] - 0.03 * width
    gap = 0.0 if new_page else previous.base - line.base
    apart = gap > 1.15 * leading + 0.5
    if _centred(line, margins):
        if _centred(previous, previous_margins):
            # A centred title goes on where its first line was nearly full.
            return apart or previous.x1 - previous.x0 < 0.75 * width
        return ended or short or apart or (new_page and not line.text[:1].islower())
    if _centred(previous, previous_margins) and (apart or abs(line.x0 - previous.x0) > 3):
        return True
    if enumerated and (ended or short or OPEN_LIST.search(previous.text)):
        return True
    if short and line.bold != previous.bold:
        return True
    if new_page:
        return (ended and (loose or enumerated)) or (short and not line.text[:1].islower())
    if apart:
        return ended or loose or gap > 1.6 * leading
    return ended and (line.x0 < hanging - 8 or line.x0 > hanging + 40 or (short and line.x0 <= hanging + 8))


def _join(before: str, after: str, words: set[str]) -> tuple[str, str]:
    """How two lines of a paragraph meet: the first, mended, and what stands between them."""
    if before[-1:] in SOFT_HYPHENS:
        stem, rest = before[:-1], after
        head = re.search(r"\w+$", stem)
        tail = re.match(r"\w+", rest)
        # The same character also stands for a hyphen of the word's own (`Undang-` `Undang`, `computer-` `related`).
        if head and tail and (head[0] + tail[0]).lower() not in words:
            parts = {head[0].lower(), tail[0].lower()}
            if f"{head[0]}-{tail[0]}".lower() in words or parts <= words:
                return stem + "-", ""
        return stem, ""
    if before.endswith("-") and after[:1].isalpha() and re.search(r"\w-$", before):
        head = re.search(r"(\w+)-$", before)
        tail = re.match(r"\w+", after)
        if head and tail and after[:1].islower() and (head[1] + tail[0]).lower() in words:
            return before[:-1], ""
        return before, ""
    if before.endswith("/"):
        return before, ""
    return before, " "


def _whole_words(pages: Sequence[PageLines]) -> set[str]:
    """Words, hyphenated ones too, that stand whole somewhere in the document."""
    found: set[str] = set()
    for page in pages:
        for line in page.lines:
            found.update(w.lower() for w in re.findall(r"\w+(?:-\w+)*(?=[\s.,;:)])", line.text))
    return found

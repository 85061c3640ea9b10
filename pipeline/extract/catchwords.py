"""Catchwords: the few words at a page's foot that repeat how the next page begins, found by place and repetition.

Pages come as `furniture` leaves them, one after the other; one is held back until the next shows how it begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from rapidfuzz.fuzz import ratio

from pipeline.extract.furniture import Removed, ends_in_leaders
from pipeline.extract.layout import Line, PageLines


def drop_catchwords(pages: Iterable[tuple[PageLines, list[Removed]]]) -> Iterator[tuple[PageLines, list[Removed]]]:
    """Pages without catchwords: one page is held back until the next that has lines shows how it begins."""
    held: list[tuple[PageLines, list[Removed]]] = []
    for page, already in pages:
        removed = already
        if not page.lines:
            held.append((page, removed))
            continue
        current = page
        leads = [a for a, b in pairwise(page.lines) if _leads(a, b, page)]
        if leads:
            removed = [*already, *(Removed(page.page, "catchword", line.text) for line in leads)]
            current = page._replace(lines=tuple(line for line in page.lines if line not in leads))
        if held:
            before, gone = held[0]
            if catchword := catchword_of(before, current.lines[0]):
                gone = [*gone, *(Removed(before.page, "catchword", line.text) for line in catchword)]
                before = before._replace(lines=before.lines[: -len(catchword)])
            yield before, gone
            yield from held[1:]
        held = [(current, removed)]
    yield from held


def _undotted(text: str) -> str:
    """A line without the dots it runs out in."""
    words = text.rstrip(" .,…•·")
    return words if "." in text[len(words) :] or "…" in text[len(words) :] else text


def _to_the_right(line: Line, page: PageLines) -> bool:
    left = min(other.x0 for other in page.lines)
    right = max(other.x1 for other in page.lines)
    return line.x0 > left + 0.45 * (right - left)


def _leads(line: Line, following: Line, page: PageLines) -> bool:
    """Whether a line is a catchword that slipped onto the next page: dotted, to the right, and the text repeats it."""
    if line.fixed or not ends_in_leaders(line.text) or not _to_the_right(line, page):
        return False
    words = _undotted(line.text)
    return len(words.split()) <= 6 and _begins(words, following.text)


def _begins(words: str, text: str) -> bool:
    squeezed, begins = re.sub(r"\W", "", words).lower(), re.sub(r"\W", "", text).lower()
    return bool(squeezed) and ratio(squeezed, begins[: len(squeezed)]) >= 75


def catchword_of(page: PageLines, following: Line) -> tuple[Line, ...]:
    """The lines that end a page as a catchword: a few words, set to the right or dotted, with which the next begins.

    Its dots may have found no room on its line.
    """
    if len(page.lines) < 2:
        return ()
    count = 1 if any(map(str.isalnum, page.lines[-1].text)) else 2
    foot = page.lines[-count:]
    if len(page.lines) == count or any(line.fixed for line in foot):
        return ()
    text = " ".join(line.text for line in foot)
    words = _undotted(text)
    dotted = words != text.rstrip() and ends_in_leaders(text)
    to_the_right = _to_the_right(foot[0], page)
    if not (dotted or to_the_right) or len(words.split()) > 6:
        return ()
    return foot if (dotted and to_the_right) or _begins(words, following.text) else ()

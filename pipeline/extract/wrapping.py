"""Line breaks of plain text and Markdown: which end a paragraph, and which only a line.

Statutes put one paragraph on each line; typists and converters also break lines in the middle of a sentence, at a
width or at random. Pure; knows no language.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

MAX_WIDTH = 130  # characters; longer lines were not broken at a width
FULL = 0.8  # of the width: a shorter line ended of its own
CLOSED = re.compile(r"[.;:!?”\"…]\s*$")
MARKER = re.compile(r"(?:\(?\w{1,4}[.)]|[-*>•–—])\s+")
REFERENCE = re.compile(r"\(?\w{1,4}\)\s*(?:[a-z]|$|[,;.])")  # a number in parentheses with which a sentence goes on
HEADING = re.compile(r"\s*#{1,6}\s")


def unwrap(text: str) -> list[str]:
    """Paragraphs of a text: blank lines part them, and line breaks that do not only break a line."""
    width = _width([len(line) for line in text.split("\n") if line.strip()])
    paragraphs: list[list[str]] = []  # the lines of each
    fresh = True
    previous = ""
    for line in text.split("\n"):
        if not line.strip():
            fresh = True
            continue
        if fresh or not _goes_on(previous.rstrip(), line.strip(), width):
            paragraphs.append([line.strip()])
        else:
            paragraphs[-1].append(line.strip())
        previous, fresh = line, False
    return [" ".join(lines) for lines in paragraphs]


def _width(lengths: Sequence[int]) -> int:
    """The width at which the lines were broken; 0 when they were not broken at any."""
    if len(lengths) < 10:
        return 0
    width = sorted(lengths)[int(0.95 * (len(lengths) - 1))]
    full = sum(FULL * width <= n <= 1.2 * width for n in lengths)
    return width if width <= MAX_WIDTH and full >= 0.3 * len(lengths) else 0


def _goes_on(previous: str, line: str, width: int) -> bool:
    """Whether a line goes on with the one before it."""
    if HEADING.match(line) or HEADING.match(previous):
        return False
    open_sentence = not CLOSED.search(previous)
    if MARKER.match(line):
        return open_sentence and previous[-1:].islower() and REFERENCE.match(line) is not None
    if open_sentence and (line[0].islower() or line[0] in ",;)" or (line[0].isdigit() and previous[-1:].islower())):
        return True
    return bool(width) and len(previous) >= FULL * width

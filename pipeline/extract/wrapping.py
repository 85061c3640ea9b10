"""Line breaks of plain text and Markdown: which end a paragraph, and which only a line.

Statutes put one paragraph on each line; typists and converters also break lines in the middle of a sentence, at a
width or at random. Pure; knows no language.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.layout import join

MAX_WIDTH = 130  # characters; longer lines were not broken at a width
FULL = 0.8  # of the width: a shorter line ended of its own
CLOSED = re.compile(r"[.;:!?”\"…]\s*$")
MARKER = re.compile(r"(?:\(?\w{1,4}[.)]\.?|[-*>•–—])\s+")
REFERENCE = re.compile(r"\(?\w{1,4}\)\s*(?:[a-z]|$|[,;.])")  # a number in parentheses with which a sentence goes on
LONG = 60  # characters; a line of a heading is shorter
ITEM = re.compile(r"\(?\w{1,4}[.)]")
ENDED = re.compile(r"[.;:!?”\"…](?:\s+\w{2,4}(?:/\w{2,4})?)?\s*$")  # a conjunction may stand behind the sign
BROKEN = re.compile(r"[^\W\d_][-/]\s*\n")  # a line that ends at a hyphen, or a stroke between alternatives
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
    if not BROKEN.search(text):
        return [" ".join(lines) for lines in paragraphs]
    words = set(re.findall(r"\w+", text.lower()))
    return [_one_line(lines, words) for lines in paragraphs]


def _one_line(lines: Sequence[str], words: set[str]) -> str:
    """The lines of a paragraph, some of which may end in the middle of a word or behind its hyphen."""
    parts = list(lines[:1])
    for line in lines[1:]:
        parts[-1], separator = join(parts[-1], line, words)
        parts += [separator, line]
    return "".join(parts)


def rejoin(lines: Sequence[str]) -> list[str]:
    """Paragraphs of lines that were broken by hand: an empty line parts them, and so does a line break unless the line
    before it is open and the next one, no list's item, goes on in small letters (or all were broken at one width)."""
    if _width([len(line) for line in lines if line.strip()]):
        return unwrap("\n".join(lines))
    paragraphs: list[str] = []
    open_line = long = False
    for line in (line.strip() for line in lines):
        # A word alone on its line (`and` between two names) is set apart.
        if " " in line and open_line and (line[0].islower() or line[0] in ",;" or long) and not ITEM.match(line):
            paragraphs[-1] += f" {line}"
        elif line:
            paragraphs.append(line)
        open_line = bool(line) and not ENDED.search(line)
        # A long line of small letters that no sign ends is no heading, so a name may begin the next; so is a quotation.
        long = line.count("“") > line.count("”") or (len(line) >= LONG and sum(map(str.islower, line)) > LONG / 2)
    return paragraphs


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
    if line[0].isalpha() and re.search(r"[^\W\d_]-$", previous):
        return True
    if open_sentence and (line[0].islower() or line[0] in ",;)" or (line[0].isdigit() and previous[-1:].islower())):
        return True
    return bool(width) and len(previous) >= FULL * width

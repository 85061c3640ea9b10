"""Characters that a wrong encoding has changed or lost, mended where their place leaves no doubt; each is a repair.

Text that was decoded twice (`â€“` for a dash) is put back by ftfy, which is made for it. A lost character (U+FFFD) is
known by where it stands: alone between spaces a dash, before the ending of an English genitive or contraction an
apostrophe (`child's`), between a stop or a comma and a word the space that did not break. Elsewhere (`Ni\ufffdo` may be
a name) it stays and is flagged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ftfy import fix_encoding

LOST = "\ufffd"
DASH = re.compile(r"(?<=\s)\ufffd+(?=\s|$)")
APOSTROPHE = re.compile(r"(?<=[^\W\d_])\ufffd(?=(?:s|t|re|ve|ll|d|m)\b)", re.IGNORECASE)
SPACE = re.compile(r"(?<=[.,:;)–-])\ufffd(?=[^\W\d_]|\s?[-–(“\"])")
AROUND = 12  # characters shown on either side


def mend_encoding(paragraphs: list[str]) -> tuple[list[str], list[tuple[str, str, str]]]:
    """Paragraphs with their characters mended, and (rule, before, after) of each change or doubt."""
    out, changes = [], []
    for paragraph in paragraphs:
        text = fix_encoding(paragraph) if not paragraph.isascii() else paragraph
        if text != paragraph:
            changes.append(("repair-encoding", paragraph[:80], text[:80]))
        if LOST in text:
            text, found = _lost(text)
            changes += found
        out.append(text)
    return out, changes


def _lost(text: str) -> tuple[str, list[tuple[str, str, str]]]:
    mended = SPACE.sub(" ", APOSTROPHE.sub("’", DASH.sub("–", text)))
    shown = [
        ("doubt-lost-character" if mended[at] == LOST else "repair-lost-character", before, _around(mended, at))
        for at, before in _places(text)
        if at < len(mended)
    ]
    return mended, shown


def _places(text: str) -> Iterator[tuple[int, str]]:
    """Where characters were lost, by their place in the mended text: a run between spaces becomes one dash."""
    gone = 0
    for match in re.finditer("\ufffd+", text):
        one = bool(DASH.match(text, match.start()))
        for at in range(match.start(), match.start() + 1 if one else match.end()):
            yield at - gone, _around(text, at)
        gone += len(match[0]) - 1 if one else 0


def _around(text: str, at: int) -> str:
    return text[max(0, at - AROUND) : at + AROUND + 1]

"""What an office writes below a copy of a law to attest it (`copy as the original`, its name, its signature): no law.

Told by the line with which it begins, which the pack has, and by its place: few and short lines, down to the end of the
page, or of the text, or to the next part of the document. Whatever goes on otherwise stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.packs import Structure
from pipeline.records import Notice, Page

LINES = 10  # at most: an office of several lines, a deputy, his division, a name
LENGTH = 80  # characters of the longest


def without_attestations(pages: Sequence[Page], structure: Structure) -> tuple[list[Page], list[Notice]]:
    """The pages without their attestations; each that was taken away, as a notice under its own rule."""
    if not structure.attests:
        return list(pages), []
    opens = re.compile(structure.attests)
    parts = [re.compile(m.pattern) for m in structure.parts]
    kept: list[Page] = []
    notices: list[Notice] = []
    start = 0
    for page in pages:
        text = page.text
        for match in reversed(list(opens.finditer(text))):
            begin = text.rfind("\n", 0, match.start()) + 1
            whole_line = not text[begin : match.start()].strip() and text[match.end() : match.end() + 1] in ("\n", "")
            end = _end(text, begin, parts) if whole_line else 0
            if end:
                said = " / ".join(text[begin:end].split("\n")[:LINES]).strip(" /")
                notices.append(Notice(page.doc_id, page.page, "extract", "attestation", said, ""))
                text = text[:begin] + text[end:]
        kept.append(replace(page, text=text, start=start, end=start + len(text)))
        start += len(text)
    return kept, notices


def _end(text: str, start: int, parts: Sequence[re.Pattern[str]]) -> int:
    """Where an attestation that begins at `start` ends; 0 where what follows is none."""
    at = start
    for _ in range(LINES + 1):
        if at >= len(text):
            return len(text)
        if at > start and any(p.match(text, at) for p in parts):
            return at
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if end - at > LENGTH:
            return 0
        at = end + 1
    return 0

"""Plain text that was made of a paged document, page by page: what only a page bears is no part of the text.

The numbers of pages (`- 3 -`), alone on their lines, tell where pages begin. What stands right above them again and
again is the head of a page, however it was misread, and the mark that a converter sets between pages. Pure functions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from rapidfuzz import fuzz

NUMBER = re.compile(r"(?:[-–—]\s{0,2}[\dltIO]{1,4}\s{0,2}[-–—]?|[\dltIO]{1,4}\s{0,2}[-–—])")
MIN_PAGES = 3
MAX_HEAD = 60  # characters
LIKE = 60  # per cent of likeness at which a misread head is still that head


def without_page_marks(paragraphs: Sequence[str]) -> tuple[list[str], list[tuple[str, str]]]:
    """(the paragraphs that are text, (rule, paragraph) of the others); all of them where no pages are told."""
    numbers = [i for i, p in enumerate(paragraphs) if NUMBER.fullmatch(p.strip())]
    if len(numbers) < MIN_PAGES:
        return list(paragraphs), []
    found = dict.fromkeys(numbers, "page-number")
    above = Counter(paragraphs[i - 2].strip() for i in numbers if i > 1)
    marks = {text for text, times in above.items() if times >= MIN_PAGES and _is_mark(text)}
    found |= {i: "page-mark" for i, p in enumerate(paragraphs) if p.strip() in marks}
    heads = [i - 1 for i in numbers if i and _may_head(paragraphs[i - 1])]
    usual = Counter(_letters(paragraphs[i]) for i in heads).most_common(1)
    if usual and usual[0][0]:
        behind = {i + 1 for i, rule in found.items() if rule == "page-mark" and i + 1 < len(paragraphs)}
        for i in {*heads, *behind}:
            between = i - 1 in found and i + 1 in found
            like = _may_head(paragraphs[i]) and fuzz.ratio(_letters(paragraphs[i]), usual[0][0]) >= LIKE
            if i not in found and (like or (between and len(paragraphs[i]) <= MAX_HEAD)):
                found[i] = "running-head"
    found |= {i: "speck" for i, p in enumerate(paragraphs) if not re.search(r"\w", p)}
    kept: list[str] = []
    for i, paragraph in enumerate(paragraphs):
        if i in found:
            continue
        goes_on = i - 1 in found and kept and re.search(r"[\w,]$", kept[-1]) and re.match(r"[^\W\d_]{2}", paragraph)
        if goes_on and paragraph[0].islower():
            kept[-1] += f" {paragraph}"  # a page ended amid a sentence
        else:
            kept.append(paragraph)
    return kept, [(found[i], paragraphs[i]) for i in sorted(found)]


def _is_mark(text: str) -> bool:
    return re.fullmatch(r"<[\w\s/-]{1,40}>|[-=*_#~]{3,80}|\f", text) is not None


def _may_head(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and len(text) <= MAX_HEAD and sum(c.isupper() for c in letters) >= 0.7 * len(letters)


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalpha()).upper()

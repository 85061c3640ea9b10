"""How well each document could be read, one row a document: from the pages' own figures and the notices on them.

Pure. Counts; what a count means for a finding is for the reader, who finds each place in `notices`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from pipeline.records import Notice, PageQuality

# Column → the notices of stage extract that it counts, one a page (a page with two of a kind counts once).
PAGES = {
    "pages_nearly_empty": "nearly-empty-page",
    "pages_in_other_language": "page-in-other-language",
    "pages_of_unknown_words": "page-of-unknown-words",
    "pages_read_by_ocr": "read-by-ocr",
    "pages_not_read": "picture-not-read",
}


def quality(pages: Iterable[PageQuality], notices: Iterable[Notice]) -> list[dict[str, Any]]:
    """Rows of quality.csv, in the order of `pages`."""
    found: dict[str, list[PageQuality]] = defaultdict(list)
    for page in pages:
        found[page.doc_id].append(page)
    noted: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for notice in notices:
        if notice.stage == "extract":
            noted[notice.doc_id][notice.rule].add(notice.page)
            kinds[notice.doc_id][notice.rule.partition("-")[0]] += 1
    return [
        {
            "doc_id": doc_id,
            "pages": len(own),
            "words": sum(p.words for p in own),
            "known_words_percent": _percent(own),
            **{column: len(noted[doc_id][rule]) for column, rule in PAGES.items()},
            "repairs": kinds[doc_id]["repair"] + kinds[doc_id]["scan"],
            "doubts": kinds[doc_id]["doubt"],
        }
        for doc_id, own in found.items()
    ]


def _percent(pages: Iterable[PageQuality]) -> float | str:
    judged = [p for p in pages if p.known_words is not None]
    words = sum(p.words for p in judged)
    return round(100 * sum(p.known_words or 0 for p in judged) / words, 1) if words else ""

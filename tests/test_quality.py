"""What is said of pages that cannot be what they should be: nearly empty, in another language, of words that are none."""

from __future__ import annotations

import random

import pytest

from pipeline.compare.quality import quality
from pipeline.extract.quality import page_quality
from pipeline.records import Notice, Page, PageQuality
from tests.conftest import Run

INDONESIAN = "Setiap orang yang dengan sengaja melakukan perbuatan itu dipidana dengan pidana penjara paling lama lima tahun dan denda. "
ENGLISH = "Any person who shall commit the act with intent is liable to imprisonment for a term of not more than five years and a fine. "
DUTCH = "Iedere verdragsluitende partij neemt de wetgevende maatregelen welke nodig zijn teneinde deze gedragingen strafbaar te stellen. "


def garbled(text: str) -> str:
    """A text whose letters a poor layer has mixed up."""
    letters = random.Random(1)
    return "".join(letters.choice("abcdefgijkpqvwxz") if c.isalpha() and letters.random() < 0.5 else c for c in text)


def found(text: str, language: str = "id") -> list[str]:
    return [n.rule for n in page_quality(Page("x-1", 3, 0, len(text), text), language, 20)[1]]


@pytest.mark.parametrize(
    ("text", "language", "rules"),
    [
        (5 * INDONESIAN, "id", []),
        (5 * ENGLISH, "en", []),
        (5 * ENGLISH, "id", ["page-in-other-language"]),
        (20 * INDONESIAN + 30 * ENGLISH, "id", ["page-in-other-language"]),  # an annex that begins amid the page
        (5 * DUTCH, "en", ["page-of-unknown-words"]),  # a language without a list
        (garbled(5 * INDONESIAN), "id", ["page-of-unknown-words"]),
        ("- 3 -", "id", ["nearly-empty-page"]),
        ("", "", ["nearly-empty-page"]),
        ("JAKARTA, KAMIS KLIWON. DOEKOEN PARTODIHARDJO ATMOSOEDIRDJO", "id", []),  # too few words to tell
        (5 * DUTCH, "nl", []),  # no list of the language that is expected
    ],
)
def test_what_a_page_shows(text: str, language: str, rules: list[str]) -> None:
    assert found(text, language) == rules


def test_a_finding_names_the_page_and_begins_to_quote_the_passage() -> None:
    text = 5 * ENGLISH
    _, notices = page_quality(Page("x-1", 3, 0, len(text), text), "id", 20)
    assert notices == [
        Notice("x-1", 3, "extract", "page-in-other-language", text[:60].strip(), "reads as en, where id is expected")
    ]


def test_one_row_a_document() -> None:
    pages = [PageQuality("x-1", 1, 100, 90), PageQuality("x-1", 2, 100, 50), PageQuality("x-2", 1, 10, None)]
    notices = [
        Notice("x-1", 2, "extract", "page-of-unknown-words", "a", "b"),
        Notice("x-1", 2, "extract", "page-of-unknown-words", "c", "d"),
        Notice("x-1", 2, "extract", "repair-number", "l", "1"),
        Notice("x-1", 2, "extract", "doubt-number", "S", ""),
        Notice("x-2", 1, "link", "doubt-other", "", ""),
    ]
    first, second = quality(pages, notices)
    assert (first["pages"], first["known_words_percent"], first["pages_of_unknown_words"]) == (2, 70.0, 1)
    assert (first["repairs"], first["doubts"]) == (1, 1)
    assert (second["known_words_percent"], second["doubts"]) == ("", 0)


def test_what_is_said_of_the_shipped_documents(shipped: Run) -> None:
    rows = shipped.table("quality")
    kinds = {r["doc_id"]: r["kind"] for r in shipped.table("documents")}
    assert {r["doc_id"] for r in rows} == set(kinds)
    for row in rows:
        assert float(row["known_words_percent"]) > 99, row  # the list was made of them
        assert int(row["pages_of_unknown_words"]) + int(row["pages_not_read"]) + int(row["repairs"]) == 0, row
        # The paper's bibliography is in another language than the paper.
        assert int(row["pages_in_other_language"]) == (kinds[row["doc_id"]] == "article"), row

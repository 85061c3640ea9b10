"""Plain text made of a paged document: what only its pages bear. The law here is ours."""

from __future__ import annotations

import time

from pipeline.extract.textpages import without_page_marks

PAGED = (
    "<missing-text>\nPRESIDEN REPUBLIK INDONESIA\nUNDANG-UNDANG\nPasal 1\na. kambing;\n<missing-text>\nPRESlDEN REPUBLIK INDONESIA\n"
    "-2-\nb. domba yang\n<missing-text>\nT{IItrtrIXNItrIIFEIn\n-3 -\nmerumput;\n'\n<missing-text>\nPRESIDEN REPIJBLIK INDONES]A\n"
    "- 4-\nc. sapi.\nPRESIDEN REPUBLIK INDONESIA,\nttd.\n"
)


def test_what_only_pages_bear_is_left_out_of_a_text() -> None:
    kept, removed = without_page_marks(PAGED.splitlines())
    assert kept == [
        "UNDANG-UNDANG", "Pasal 1", "a. kambing;", "b. domba yang merumput;", "c. sapi.", "PRESIDEN REPUBLIK INDONESIA,", "ttd.",
    ]  # fmt: skip
    assert {rule for rule, _ in removed} == {"page-number", "page-mark", "running-head", "speck"}
    plain = ["Pasal 1", "- 2 -", "Kambing.", "'"]
    assert without_page_marks(plain) == (plain, [])


def test_many_page_marks_cost_time_in_proportion() -> None:
    started = time.perf_counter()
    without_page_marks(PAGED.splitlines() * 4000)
    assert time.perf_counter() - started < 20

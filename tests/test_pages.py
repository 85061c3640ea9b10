"""PDFs as no printer makes them: read in bounded time and memory, or refused in one clear sentence."""

from __future__ import annotations

import dataclasses
import gc
import math
import random
import time
from pathlib import Path
from typing import Any

import pytest
from reportlab.pdfgen import canvas

from pipeline.extract import catchwords, extract_document, furniture, layout, pages, pdf
from pipeline.extract.layout import Line, Measures, PageLines
from pipeline.extract.pages import PdfText
from pipeline.extract.wrapping import unwrap
from pipeline.packs import load_structure

WORDS = ["register", "vessel", "owner", "port", "berth", "fee", "copy", "week", "minister", "harbour"]


def _drawn(path: Path, count: int) -> None:
    drawing = canvas.Canvas(str(path))
    for number in range(count):
        drawing.drawString(72, 760, "Harbour Code")
        for i in range(30):
            drawing.drawString(72, 700 - 15 * i, f"{WORDS[i % 10]} {number * 30 + i} {WORDS[(i + number) % 10]};")
        drawing.drawString(300, 30, f"- {number + 1} -")
        drawing.showPage()
    drawing.save()


def test_pages_that_wait_in_a_file_are_the_same_as_those_that_wait_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _drawn(tmp_path / "x.pdf", 20)
    inside = PdfText(tmp_path / "x.pdf", 0.5)
    text = list(inside.pages())
    monkeypatch.setattr(pages, "IN_MEMORY", 100)
    outside = PdfText(tmp_path / "x.pdf", 0.5)
    assert list(outside.pages()) == text
    assert outside.removed == inside.removed
    assert len(text) == 20 and len(inside.removed) == 40


def test_a_line_in_thousands_of_pieces_is_one_line_and_takes_no_square_of_time() -> None:
    pieces = [Line("ab", 10.0 * i, 10.0 * i + 6, 0, 8, 2, 2) for i in range(40_000)]
    random.Random(3).shuffle(pieces)
    start = time.process_time()
    [line] = pdf._merge(pieces, 0)
    assert time.process_time() - start < 5
    assert line.text == " ".join(["ab"] * 40_000) and (line.x0, line.x1) == (0, 399_996)


@pytest.mark.parametrize(
    "text", [". " * 40_000 + "x", "." * 80_000 + "x", ("a" * 80_000) + "%", "a-" * 40_000 + "%", ("_" * 79_999) + "x"]
)
def test_a_line_of_one_character_over_and_over_takes_no_square_of_time(text: str) -> None:
    start = time.process_time()
    lines = (Line("the port", 0, 50, 90, 98, 92, 92), Line(text, 0, 100, 0, 8, 2, 2))
    page = PageLines(1, 100, 100, lines, scanned=True)
    seen = furniture.Furniture(0.5)
    seen.learn(page)
    seen.settle()
    (stripped, _), *_ = catchwords.drop_catchwords([seen.strip(page), seen.strip(page._replace(page=2))])
    measures = Measures()
    measures.learn(stripped)
    assert "the" in measures.words
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    ("head", "scanned", "gone"),
    [
        ("H%RBOUR QODf", True, True),
        ("HaRBoUrq", True, True),
        ("H%RBOUR QODf", False, False),  # a font that gives wrong letters may garble the text, too
        ("ANNEX Q", True, False),  # a word that stands but once
        ("The week%ly fee", True, False),
    ],
)
def test_of_a_scan_a_garbled_head_unlike_the_others_is_gone(head: str, scanned: bool, gone: bool) -> None:
    def page(number: int, first: str) -> PageLines:
        texts = [f"{WORDS[(3 * number + i) % 10]} {WORDS[i % 10]} of the week" for i in range(12)]
        body = [Line(text, 72, 400, y := 700 - 15 * i, y + 9, y, y) for i, text in enumerate(texts)]
        return PageLines(number, 600, 842, (Line(first, 250, 350, 790, 800, 790, 790), *body), scanned=scanned)

    seen = furniture.Furniture(0.5)
    pages = [page(1, "The fee"), page(2, head), page(3, "Of the port")]
    for each in pages:
        seen.learn(each)
    seen.settle()
    lines, removed = seen.strip(pages[1])
    assert len(lines.lines) == (12 if gone else 13)
    assert [r.rule for r in removed] == ["speck"] * gone


def test_letters_that_stand_nowhere_do_not_stop_the_page(tmp_path: Path) -> None:
    drawing = canvas.Canvas(str(tmp_path / "x.pdf"))
    for word in WORDS:
        drawing.drawString(72, 700, f"The {word} is here.")
        for _ in range(6):
            drawing.scale(99_999_999, 99_999_999)
        drawing.drawString(10, 10, "far")
        drawing.showPage()
    drawing.save()
    for page, _ in pdf.read_pdf(tmp_path / "x.pdf"):
        assert all(math.isfinite(v) for line in page.lines for v in dataclasses.astuple(line)[1:7])
    text = [t for _, t in PdfText(tmp_path / "x.pdf", 0.5).pages()]
    assert all(word in t for word, t in zip(WORDS, text, strict=True))


def _extracted(path: Path) -> dict[str, Any]:
    structure = load_structure("id").model_dump(mode="json")
    params = {"running_head_share": 0.5, "min_page_letters": 1}
    return extract_document({"doc_id": path.stem, "path": str(path), "params": params, "structure": structure})


def test_a_page_that_was_read_leaves_no_cycles_behind(tmp_path: Path) -> None:
    """So that the collector of cycles, which looks at every line again and again, may rest meanwhile."""
    left = []
    for count in (5, 5, 40):
        _drawn(tmp_path / "x.pdf", count)
        gc.collect()
        gc.disable()
        try:
            assert len(_extracted(tmp_path / "x.pdf")["pages"]) == count
            left.append(gc.collect())
        finally:
            gc.enable()
    assert left[2] - left[1] < 35


@pytest.mark.parametrize("whole", [True, False])
def test_the_collector_of_cycles_is_left_as_it_was(tmp_path: Path, whole: bool) -> None:
    _drawn(tmp_path / "x.pdf", 2)
    if not whole:
        (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    assert bool(_extracted(tmp_path / "x.pdf")["error"]) is not whole
    assert gc.isenabled()
    gc.disable()
    try:
        _extracted(tmp_path / "x.pdf")
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_a_page_of_too_many_texts_is_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_TEXTS", 25)
    _drawn(tmp_path / "x.pdf", 2)
    with pytest.raises(pdf.PdfError, match=r"page 1 holds more than 25 pieces of text, .*; print it anew"):
        list(PdfText(tmp_path / "x.pdf", 0.5).pages())


def test_a_page_of_too_many_characters_is_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_CHARACTERS", 300)
    _drawn(tmp_path / "x.pdf", 2)
    with pytest.raises(pdf.PdfError, match=r"page 1 holds more than 300 characters, .*; split it"):
        list(PdfText(tmp_path / "x.pdf", 0.5).pages())


def test_what_is_counted_of_a_long_document_is_bounded() -> None:
    seen = furniture.Furniture(0.5)
    for number in range(1, 2_500):
        texts = [f"line {number} {i}" for i in range(20)] + [f"word{number}x{i}" for i in range(20)] + ["a port"]
        lines = [Line(t, 10, 80, 700 - 9 * i, 708 - 9 * i, 702 - 9 * i, 702 - 9 * i) for i, t in enumerate(2 * texts)]
        signs = "".join(".:;!+=~"[number // 7**i % 7] for i in range(6))
        foot = Line(f"{signs} {number}", 40, 50, 9, 17, 11, 11)
        seen.learn(PageLines(number, 100, 750, (*lines, foot)))
    assert len(seen.inside) <= furniture.KEPT
    assert len(seen.numbers) < 400
    assert sum(map(len, seen.seen.values())) < 20_000
    assert seen.inside["a port"] >= 2 * 2_499  # what is frequent stays


def test_a_paragraph_of_many_lines_takes_no_square_of_time() -> None:
    start = time.process_time()
    [paragraph] = unwrap("\n".join(["the port keeps a list of vessels and of their owners, and it"] * 80_000))
    assert time.process_time() - start < 10  # 40 s when each line made the paragraph anew
    assert paragraph.count("vessels") == 80_000


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("by herd\xad", "ing goats", "by herding goats"),  # `ing` is learnt where a line broke another word
        ("goat\xad", "related acts", "goat-related acts"),
        ("hak\xad", "hak anak", "hak-hak anak"),
        ("the set\xad", "up of it", "the set-up of it"),
    ],
)
def test_a_suffix_behind_a_hyphen_of_the_line_is_no_word(before: str, after: str, joined: str) -> None:
    words = {"herd", "ing", "goat", "related", "hak", "set", "up", "set-up"}
    first, between = layout.join(before, after, words)
    assert first + between + after == joined


@pytest.mark.parametrize(("scanned", "gone"), [(True, True), (False, False)])
def test_what_a_scan_makes_of_every_page_number_is_gone(scanned: bool, gone: bool) -> None:
    """Not one of them can be read; but nothing else stands at this height, in the middle, on page after page."""
    made = ("Sapa", "'- En -", "35", "2 en", "G5", "Nn 29", "OO TA", "295")

    def page(i: int) -> PageLines:
        body = [
            Line(f"the goats of the shed number {i} {n}", 60, 540, 700 - 20 * n, 710, 700 - 20 * n, 0)
            for n in range(12)
        ]
        head = Line("HARBOUR GAZETTE", 230, 370, 800, 810, 800, 800)
        number = Line(made[i], 290, 310, 770, 780, 770, 770)
        return PageLines(i + 1, 600, 842, (head, number, *body), scanned=scanned)

    seen = furniture.Furniture(0.5)
    for i in range(len(made)):
        seen.learn(page(i))
    seen.settle()
    left = [line.text for i in range(len(made)) for line in seen.strip(page(i))[0].lines if line.text in made]
    assert (left == []) is gone

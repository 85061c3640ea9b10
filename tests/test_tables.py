"""Ruled tables, however their rules are drawn; and what looks like a table but is none."""

from __future__ import annotations

import time
from pathlib import Path

import pypdfium2
import pytest
from reportlab.pdfgen import canvas

from pipeline.extract import extract_document
from pipeline.extract.pdf import RuledTable, read_pdf
from tests.conftest import params

ROWS = (("Term", "Years"), ("Recruiting", "15"), ("Aiding in it", "8"))
LEFT, TOP, WIDE, HIGH = 100, 700, 120, 20


def _tables(path: Path) -> list[RuledTable]:
    return [table for _, tables in read_pdf(path) for table in tables]


def _words(drawing: canvas.Canvas) -> None:
    drawing.setFont("Helvetica", 9)
    for r, row in enumerate(ROWS):
        for c, words in enumerate(row):
            drawing.drawString(LEFT + c * WIDE + 4, TOP - (r + 1) * HIGH + 6, words)


def _cells(drawing: canvas.Canvas, stroke: int = 1, fill: int = 0) -> None:
    for r in range(3):
        for c in range(2):
            drawing.rect(LEFT + c * WIDE, TOP - (r + 1) * HIGH, WIDE, HIGH, stroke=stroke, fill=fill)


def _lines(drawing: canvas.Canvas) -> None:
    for r in range(4):
        drawing.line(LEFT, TOP - r * HIGH, LEFT + 2 * WIDE, TOP - r * HIGH)
    for c in range(3):
        drawing.line(LEFT + c * WIDE, TOP, LEFT + c * WIDE, TOP - 3 * HIGH)


def _thin(drawing: canvas.Canvas) -> None:
    for r in range(4):
        drawing.rect(LEFT, TOP - r * HIGH, 2 * WIDE, 0.5, stroke=0, fill=1)
    for c in range(3):
        drawing.rect(LEFT + c * WIDE, TOP - 3 * HIGH, 0.5, 3 * HIGH, stroke=0, fill=1)


def _form(drawing: canvas.Canvas) -> None:
    drawing.beginForm("grid")
    drawing.translate(-50, 0)
    _lines(drawing)
    drawing.endForm()
    drawing.translate(50, 0)
    drawing.doForm("grid")
    drawing.translate(-50, 0)


def _one_path_a_direction(drawing: canvas.Canvas) -> None:
    drawing.grid([LEFT + c * WIDE for c in range(3)], [TOP - r * HIGH for r in range(4)])


@pytest.mark.parametrize("rules", [_cells, _lines, _thin, _form, _one_path_a_direction])
def test_a_table_is_found_however_its_rules_are_drawn(tmp_path: Path, rules: object) -> None:
    drawing = canvas.Canvas(str(tmp_path / "x.pdf"))
    rules(drawing)  # type: ignore[operator]
    _words(drawing)
    drawing.save()
    assert [t.rows for t in _tables(tmp_path / "x.pdf")] == [[list(row) for row in ROWS]]


def test_a_page_whose_origin_is_elsewhere_or_that_is_turned_has_the_same_table(tmp_path: Path) -> None:
    drawing = canvas.Canvas(str(tmp_path / "x.pdf"), pagesize=(600, 800), cropBox=(50, 60, 590, 790))
    _lines(drawing)
    _words(drawing)
    drawing.setPageRotation(90)
    drawing.save()
    document = pypdfium2.PdfDocument(tmp_path / "x.pdf")
    document[0].set_mediabox(5, 9, 600, 800)
    document.save(tmp_path / "moved.pdf")
    assert [t.rows for t in _tables(tmp_path / "moved.pdf")] == [[list(row) for row in ROWS]]


def test_a_grid_without_words_is_no_table(tmp_path: Path) -> None:
    drawing = canvas.Canvas(str(tmp_path / "x.pdf"))
    # Lines that stand at the height of the grid, beside it.
    for words in ("The owner signs in the frame beside this line.", "Here a witness does so, and dates it."):
        drawing.drawString(30, TOP - 34, words)
        for c in range(3):
            drawing.line(500 + 20 * c, TOP, 500 + 20 * c, TOP - 3 * HIGH)
        for r in range(4):
            drawing.line(500, TOP - r * HIGH, 540, TOP - r * HIGH)
        drawing.showPage()
    drawing.save()
    found = extract_document({"doc_id": "x", "path": str(tmp_path / "x.pdf"), "params": params()["extract"]})
    assert (found["error"], found["tables"]) == ("", [])


def test_words_beside_a_table_stay(tmp_path: Path) -> None:
    drawing = canvas.Canvas(str(tmp_path / "x.pdf"))
    _lines(drawing)
    _words(drawing)
    for i, words in enumerate(("Rates for owners", "who moor here", "for a week.")):
        drawing.drawString(LEFT + 2 * WIDE + 40, TOP - (i + 1) * HIGH + 6, words)
    drawing.save()
    [(page, [table])] = read_pdf(tmp_path / "x.pdf")
    assert table.rows == [list(row) for row in ROWS]
    words = " ".join(line.text for line in page.lines if not line.fixed)
    assert words == "Rates for owners who moor here for a week."


def test_words_of_a_cell_set_apart_by_position_alone_stay_apart(tmp_path: Path) -> None:
    drawing = canvas.Canvas(str(tmp_path / "x.pdf"))
    _lines(drawing)
    drawing.setFont("Helvetica", 9)
    at = LEFT + 4.0
    for word in ("each", "of", "them"):
        drawing.drawString(at, TOP - HIGH + 6, word)
        at += drawing.stringWidth(word, "Helvetica", 9) + 2.5
    drawing.drawString(LEFT + WIDE + 4, TOP - HIGH + 6, "all")
    drawing.save()
    assert _tables(tmp_path / "x.pdf")[0].rows[0] == ["each of them", "all"]


@pytest.mark.parametrize("what", ["filled", "slanted", "curved"])
def test_areas_slants_and_curves_rule_nothing_off(tmp_path: Path, what: str) -> None:
    drawing = canvas.Canvas(str(tmp_path / "x.pdf"))
    if what == "filled":
        drawing.setFillGray(0.9)
        _cells(drawing, stroke=0, fill=1)
        drawing.setFillGray(0)
    elif what == "slanted":
        drawing.rotate(20)
        _lines(drawing)
        drawing.rotate(-20)
    else:
        for r in range(6):
            drawing.ellipse(LEFT, TOP - r * HIGH, LEFT + WIDE, TOP - (r + 1) * HIGH)
    _words(drawing)
    drawing.save()
    assert _tables(tmp_path / "x.pdf") == []


def test_a_page_with_more_rules_than_any_table_is_read_without_them(tmp_path: Path) -> None:
    drawing = canvas.Canvas(str(tmp_path / "x.pdf"))
    for i in range(1990):
        drawing.line(10, 10 + 7 * i, 14_000, 10 + 7 * i)
        drawing.line(10 + 7 * i, 10, 10 + 7 * i, 14_000)
    _words(drawing)
    drawing.save()
    start = time.process_time()
    [(page, tables)] = read_pdf(tmp_path / "x.pdf")
    assert tables == []
    assert [line.text for line in page.lines] == [" ".join(row) for row in ROWS]
    assert time.process_time() - start < 10  # a minute and more without the bounds

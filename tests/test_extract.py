"""Documents → text: nothing lost, nothing added, and one clear error for a bad file."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen import canvas

from pipeline import extract
from pipeline.corpus import Corpus
from pipeline.evaluate import character_errors
from pipeline.extract import markup
from pipeline.packs import load_structure
from pipeline.records import Page, read_jsonl
from tests.conftest import Run, params


def _corpus(run: Run) -> Corpus:
    return Corpus(run.processed / "1-text", run.processed / "2-provisions", run.processed / "3-tags")


def test_digests_are_read_without_a_wrong_character_to_speak_of(shipped: Run) -> None:
    errors = character_errors(_corpus(shipped), Path("raw"))
    assert len(errors) >= 20
    assert all(wrong <= 0.002 * length for wrong, length in errors.values()), errors


def test_pages_are_contiguous_and_offsets_global(shipped: Run) -> None:
    for file in (shipped.processed / "1-text").glob("id-*.jsonl"):
        at = 0
        for page in read_jsonl(file, Page):
            assert page.start == at
            assert page.end - page.start == len(page.text)
            at = page.end


def test_running_heads_page_numbers_and_catchwords_are_gone(shipped: Run) -> None:
    for file in (shipped.processed / "1-text").glob("id-uu-*.jsonl"):
        lines = "".join(p.text for p in read_jsonl(file, Page)).split("\n")
        assert not [line for line in lines if line.endswith(". . .") or line.strip("- ").isdigit()]
        assert lines.count("PRESIDEN") == 0


def test_the_papers_tables_are_found(shipped: Run) -> None:
    tables = [
        json.loads(t) for t in (shipped.processed / "1-text/tables.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    paper = [t for t in tables if t["doc_id"] == "aprilia-zainsyah-2025"]
    assert [len(t["rows"][0]) for t in paper][:2] == [2, 3]
    assert paper[0]["rows"][1][0] == "Threats"
    # The second table breaks across pages; it is one table all the same.
    assert paper[1]["rows"][0] == ["Aspect", "Conventional TPPO", "Cybersex Trafficking"]
    assert paper[1]["rows"][1][0] == "Space"
    assert len(paper[1]["rows"]) == 5


def _encrypted(path: Path) -> None:
    drawing = canvas.Canvas(str(path), encrypt=StandardEncryption("secret"))
    drawing.drawString(100, 700, "Pasal 1")
    drawing.save()


def _break(path: Path, how: str) -> None:
    if how == "missing":
        path.unlink()
    elif how == "empty":
        path.write_bytes(b"")
    elif how == "truncated":
        path.write_bytes(path.read_bytes()[:3000])
    elif how == "not-pdf":
        path.write_bytes(b"<!DOCTYPE html><html><body>Download</body></html>")
    elif how == "encrypted":
        _encrypted(path)
    elif how == "picture":
        drawing = canvas.Canvas(str(path))
        drawing.rect(50, 50, 100, 100)
        drawing.save()


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ("missing", "missing"),
        ("empty", "empty"),
        ("truncated", "damaged or cut off"),
        ("not-pdf", "holds an HTML page"),
        ("encrypted", "encrypted"),
        ("picture", "no text layer"),
    ],
)
def test_a_bad_file_gives_one_clear_error_and_no_output(small_raw: Path, tmp_path: Path, how: str, says: str) -> None:
    victim = small_raw / "id" / "id-uu-44-2008.pdf"
    _break(victim, how)
    out = tmp_path / "1-text"
    with pytest.raises(extract.ExtractError, match=says) as caught:
        extract.run(small_raw, out, params())
    assert str(victim) in str(caught.value)
    assert len(str(caught.value).splitlines()) == 2
    assert not list(tmp_path.glob("1-text*"))


def test_a_failed_run_leaves_the_last_good_output(small_raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "1-text"
    extract.run(small_raw, out, params())
    before = sorted((p.name, p.read_bytes()) for p in out.iterdir())
    (small_raw / "id" / "id-uu-44-2008.pdf").write_bytes(b"")
    with pytest.raises(extract.ExtractError):
        extract.run(small_raw, out, params())
    assert sorted((p.name, p.read_bytes()) for p in out.iterdir()) == before


def test_auto_takes_the_official_text_where_it_is_present(small_raw: Path, tmp_path: Path) -> None:
    (small_raw / "id" / "official").mkdir()
    shutil.copyfile(small_raw / "id/id-uu-21-2007.pdf", small_raw / "id/official/id-uu-44-2008.pdf")
    documents = extract.run(small_raw, tmp_path / "1-text", {**params(), "corpus": {"edition": "auto"}})
    assert {d.doc_id: d.edition for d in documents} == {"id-uu-21-2007": "digest", "id-uu-44-2008": "official"}


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("naïve ₱".encode(), "naïve ₱"),
        ("\ufeffx".encode(), "x"),
        (b"<meta charset=windows-1252>caf\xe9 \x96", "<meta charset=windows-1252>café –"),
        ("ayat".encode("utf-16"), "ayat"),
    ],
)
def test_encodings(data: bytes, text: str) -> None:
    assert markup.decode(data).lstrip("\ufeff") == text


def test_html_is_read_as_text_and_nothing_in_it_runs() -> None:
    page = "<html><head><title>x</title></head><body><script>alert(1)</script><p>SEC. 1. <b>Title.</b></p><p>A.<br>B<br>c d</p></body></html>"
    assert markup.html_paragraphs(page) == ["SEC. 1. Title.", "A.", "B c d"]


def test_deeply_nested_html_is_no_stack_overflow() -> None:
    assert markup.html_paragraphs("<div>" * 20000 + "x") == ["x"]


def test_markdown_keeps_the_numbers_of_lists() -> None:
    assert markup.markdown_paragraphs("3. third\n4. fourth\n\n(a) point") == ["3. third", "4. fourth", "(a) point"]


# ------------------------------------------------------------------------------- furniture, columns, paragraphs


def _page(drawing: canvas.Canvas, lines: list[tuple[float, float, str]], size: float = 11) -> None:
    drawing.setFont("Helvetica", size)
    for x, y, text in lines:
        drawing.drawString(x, y, text)
    drawing.showPage()


def _text(path: Path, code: str = "") -> tuple[list[str], list[tuple[str, str]]]:
    """Pages of a PDF, and (rule, words) of its notices; as a document of a jurisdiction where one is named."""
    payload = {"doc_id": "x", "path": str(path), "params": params()["extract"]}
    if code:
        payload["structure"] = load_structure(code).model_dump(mode="json")
    found = extract.extract_document(payload)
    assert found["error"] == ""
    return [p["text"] for p in found["pages"]], [(n["rule"], n["before"]) for n in found["notices"]]


FILLER = [
    "The minister keeps a register of vessels and of their owners, and",
    "anyone may read it at the port where the vessel has its home berth;",
    "a fee covers the cost of copies, and copies are sent within a week.",
]


def _body(number: int) -> list[tuple[float, float, str]]:
    return [(72, 600 - 15 * i, f"{text} {number * 7 + i}") for i, text in enumerate(FILLER * 3)]


def test_heads_numbers_stamps_and_catchwords_go_and_nothing_else(tmp_path: Path) -> None:
    drawing = canvas.Canvas(str(tmp_path / "x.pdf"))
    stamps = [77120, 77121, 77340, 77341, 77502, 77503]
    for i, stamp in enumerate(stamps, 1):
        head = [(270, 780, "HARBOUR GAZETTE"), (285, 740, f"- {i} -"), (40, 20, f"QX No {stamp} B")]
        own = [(300, 700, f"Article {2 * i}")]
        catchword = [(450, 60, f"Article {2 * i + 2} . . .")] if i < len(stamps) else []
        _page(drawing, head + own + _body(i) + catchword)
    drawing.save()
    pages, notices = _text(tmp_path / "x.pdf")
    whole = "".join(pages)
    for gone in ("GAZETTE", "QX No", ". . .", "- 3 -"):
        assert gone not in whole
    for i in range(1, 7):
        assert whole.count(f"Article {2 * i}\n") == 1
        assert whole.count(f"home berth; {i * 7 + 1}") == 1
    assert {rule for rule, _ in notices} == {"running-head", "page-number", "stamp", "catchword"}
    assert len(notices) == 6 + 6 + 6 + 5


def test_a_catchword_whose_dots_found_no_room_on_its_line_is_whole_and_gone(tmp_path: Path) -> None:
    drawing = canvas.Canvas(str(tmp_path / "x.pdf"))
    _page(drawing, [(300, 700, "Article 1"), *_body(1), (450, 60, "Article 9 . ."), (450, 46, ".")])
    _page(drawing, [(300, 700, "Article 9"), *_body(2)])
    drawing.save()
    pages, notices = _text(tmp_path / "x.pdf")
    assert "".join(pages).count("Article 9") == 1 and not pages[0].rstrip().endswith(".")
    assert notices == [("catchword", "Article 9 . ."), ("catchword", ".")]


def test_what_a_site_stamps_on_the_first_page_goes_with_its_address_at_the_foot_of_every_page(tmp_path: Path) -> None:
    drawing = canvas.Canvas(str(tmp_path / "x.pdf"))
    address = "archive.harbour.example"
    for i in range(1, 7):
        stamp = [(40, 800, "Office of Quays"), (400, 800, "Not the printed form."), (40, 788, address)]
        title = [(250, 740, "HARBOUR CODE"), (250, 725, "of the Republic")]
        _page(drawing, [*(stamp + title if i == 1 else []), *_body(i), (400, 30, address)])
    drawing.save()
    pages, notices = _text(tmp_path / "x.pdf")
    assert pages[0].startswith("HARBOUR CODE")
    assert [words for rule, words in notices if rule == "stamp"] == ["Office of Quays Not the printed form.", address]


def test_a_line_of_the_text_that_often_begins_a_page_is_no_running_head(tmp_path: Path) -> None:
    drawing = canvas.Canvas(str(tmp_path / "x.pdf"))
    for i in range(1, 9):
        often = "Sufficiently clear." if i % 4 else "Another opening line."
        amid = [(72, 440 - 15 * k, "Sufficiently clear.") for k in range(3)]
        _page(drawing, [(72, 700, often), (72, 685, f"Article {2 * i}"), *_body(i), *amid])
    drawing.save()
    pages, notices = _text(tmp_path / "x.pdf")
    assert "".join(pages).count("Sufficiently clear.") == 6 + 8 * 3
    assert notices == []


def test_articles_that_count_along_with_the_pages_are_no_running_head(tmp_path: Path) -> None:
    drawing = canvas.Canvas(str(tmp_path / "x.pdf"))
    for i in range(1, 9):
        _page(drawing, [(270, 780, f"Gazette page {i}"), (290, 700, f"Pasal {i}"), *_body(i)])
    drawing.save()
    pages, notices = _text(tmp_path / "x.pdf", "id")
    for i in range(1, 9):
        assert "".join(pages).count(f"Pasal {i}\n") == 1
    assert {words for _, words in notices} == {f"Gazette page {i}" for i in range(1, 9)}


def test_a_head_with_a_fixed_number_and_alternating_heads_are_found(tmp_path: Path) -> None:
    drawing = canvas.Canvas(str(tmp_path / "x.pdf"))
    for i in range(1, 13):
        head = (72, 790, f"{i} 2008, No. 58") if i % 2 == 0 else (430, 790, f"2008, No. 58 {i}")
        _page(drawing, [head, *_body(i)])
    drawing.save()
    pages, notices = _text(tmp_path / "x.pdf")
    assert "No. 58" not in "".join(pages)
    assert len(notices) == 12


def test_marks_explained_at_the_foot_of_every_page_are_taken_out_of_the_text(tmp_path: Path) -> None:
    drawing = canvas.Canvas(str(tmp_path / "x.pdf"))
    for i in range(1, 5):
        legend = [(72, 60, "*) : First change"), (72, 48, "**) : Second change")]
        _page(drawing, [*_body(i), (72, 440, f"The assembly meets in year {7 * i}. **)"), *legend])
    drawing.save()
    pages, notices = _text(tmp_path / "x.pdf")
    assert "*" not in "".join(pages)
    assert "The assembly meets in year 21.\n" in pages[2]
    assert ("footnote-mark", "**)") in notices


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    drawing = canvas.Canvas(str(tmp_path / "x.pdf"))
    lines = [(72, 760, "A heading that runs across both of the columns of this page, from margin to margin")]
    for i in range(12):
        # Row by row, as some programs write them: the two lines of a row follow one another in the file.
        lines.append((72, 700 - 14 * i, f"left column line {i} with some words in it"))
        lines.append((320, 700 - 14 * i, f"right column line {i} with other words here"))
    _page(drawing, lines, 10)
    drawing.save()
    words = _text(tmp_path / "x.pdf")[0][0].split()
    assert [w for w in words if w in ("left", "right")] == ["left"] * 12 + ["right"] * 12


def test_shaded_areas_are_no_table(tmp_path: Path) -> None:
    drawing = canvas.Canvas(str(tmp_path / "x.pdf"))
    drawing.setFillGray(0.95)
    for i in range(9):
        drawing.rect(70, 596 - 15 * i, 25, 14, stroke=0, fill=1)
        drawing.rect(95, 596 - 15 * i, 400, 14, stroke=0, fill=1)
    drawing.setFillGray(0)
    _page(drawing, _body(1))
    drawing.save()
    found = extract.extract_document({"doc_id": "x", "path": str(tmp_path / "x.pdf"), "params": params()["extract"]})
    assert found["tables"] == []
    assert "The minister keeps a register" in found["pages"][0]["text"]

"""Second readings of scanned pages: what they settle, what they only cast doubt on, what runs them."""

from __future__ import annotations

import os
import re
import stat
import sys
from pathlib import Path

import pypdfium2
import pytest
from rapidfuzz.distance import LCSseq

from pipeline.extract import extract_document, ocr
from pipeline.extract.ocr import Picture, Word
from pipeline.extract.pictures import lines_of
from pipeline.extract.repair import mend
from pipeline.packs import load_structure
from pipeline.records import Notice, Page
from tests.conftest import params

WORD = re.compile(r"[^\W_]+")
ID = load_structure("id")


def read(text: str, **confidence: float) -> list[Word]:
    """A reading of `text`, a line of the page a line; sure but of the words that are named."""
    return [
        Word(word, 0, 0, 1, 1, (1, 1, line), confidence.get(word.strip(".,;"), 96.0))
        for line, words in enumerate(text.splitlines())
        for word in words.split()
    ]


def mended(layer: str, reading: list[Word]) -> tuple[str, list[Notice]]:
    """A page of a scan after repair with a second reading of it."""
    after, notices = mend([Page("x-1", 1, 0, len(layer), layer)], ID, {1}, {1: reading})
    return after[0].text, notices


@pytest.mark.parametrize(
    ("layer", "printed"),
    [
        (
            "Setiap orang tanpa hak informasi elektronik ini.",
            "Setiap orang tanpa hak mengirimkan informasi elektronik ini.",
        ),
        ("Setiap orang dengan seseorzrng pada hari itu.", "Setiap orang dengan seseorang pada hari itu."),
        ("Menteri hukum dan hakasasi manusia itu.", "Menteri hukum dan hak asasi manusia itu."),
        ("Atas tan gal itu dan hari yang lain.", "Atas tanggal itu dan hari yang lain."),
        ("Yang menakutnakuti orang lain itu dipidana.", "Yang menakut-nakuti orang lain itu dipidana."),
        ("Lembaran Negara Nomor 25x tentang hal itu.", "Lembaran Negara Nomor 251 tentang hal itu."),
    ],
)
def test_gaps_and_words_that_are_none_are_settled(layer: str, printed: str) -> None:
    text, notices = mended(layer + "\n", read(printed))
    assert text == printed + "\n"
    assert [n.rule for n in notices] == ["repair-second-reading"]


def test_a_gap_at_the_end_of_a_line_ended_no_paragraph() -> None:
    text, _ = mended(
        "Setiap orang dengan sengaja\ndan tanpa hak itu.\n",
        read("Setiap orang dengan sengaja mengirimkan\ndan tanpa hak itu."),
    )
    assert text == "Setiap orang dengan sengaja mengirimkan dan tanpa hak itu.\n"


def test_words_that_the_picture_breaks_at_a_line_are_one() -> None:
    text, _ = mended("Bahwa hak pemerintahqn negara diatur.\n", read("Bahwa hak peme-\nrintahan negara diatur."))
    assert text == "Bahwa hak pemerintahan negara diatur.\n"


@pytest.mark.parametrize(
    ("layer", "reading"),
    [
        ("Pidana penjara paling lama 5 tahun itu saja.", read("Pidana penjara paling lama 6 tahun itu saja.")),
        ("Setiap orang wajib melapor kepada polisi itu.", read("Setiap orang dapat melapor kepada polisi itu.")),
        ("Yang dimaksud dengan Hurufl adalah hal itu.", read("Yang dimaksud dengan Huruf 1 adalah hal itu.")),
        ("Setiap orang tanpa hak informasi elektronik ini.", read("Setiap orang tanpa hak mengirimkan informasi elektronik ini.", mengirimkan=70)),
    ],
)  # fmt: skip
def test_what_both_readings_make_sense_of_is_flagged_and_stays(layer: str, reading: list[Word]) -> None:
    text, notices = mended(layer + "\n", reading)
    assert text == layer + "\n"
    assert [n.rule for n in notices] == ["doubt-second-reading"]


@pytest.mark.parametrize(
    ("layer", "reading"),
    [
        ("Bahwa saksi Yasonna hadir pada hari itu.", read("Bahwa saksi Yasonma hadir pada hari itu.")),  # neither is a word
        ("Bahwa dimaksvd pada hari itu juga diatur.", read("Bahwa dimaksud pada hari itu juga diatur.", dimaksud=50)),
        ("Bahwa orang itu hadir pada hari itu.", read("REPUBLIK Bahwa orang itu hadir pada hari itu. SK 12")),  # at the edges
        ("Bahwa orang itu hadir pada hari itu.", read("Bahwa orang itu ~ hadir pada hari itu.")),  # a speck
        ("Bahwa orang itu barangsiapa pada hari itu.", read("Bahwa orang itu barangsiapa pada hari itu.")),
    ],
)  # fmt: skip
def test_a_reading_that_is_no_better_changes_nothing(layer: str, reading: list[Word]) -> None:
    assert mended(layer + "\n", reading) == (layer + "\n", [])


# ------------------------------------------------------------------------------------------------ the program

STAND_IN = """#!{python}
import sys, time
if "--version" in sys.argv: print("tesseract 9.9.9")
elif "--list-langs" in sys.argv: print("List of available languages (1):\\nind")
else:
    {does}
"""
TABLE = "print('level\\tpage_num\\tblock_num\\tpar_num\\tline_num\\tword_num\\tleft\\ttop\\twidth\\theight\\tconf\\ttext\\n5\\t1\\t1\\t1\\t1\\t1\\t10\\t20\\t30\\t40\\t95.5\\tPasal')"
PICTURE = Picture(2, 2, b"\xff" * 4, 300 / 72)


def stand_in(folder: Path, does: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program in Tesseract's place that does what is asked."""
    program = folder / "tesseract"
    program.write_text(STAND_IN.format(python=sys.executable, does=does), encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    ocr._installed.cache_clear()
    monkeypatch.setattr(ocr, "SECONDS", 5.0)


@pytest.fixture(autouse=True)
def _forget() -> object:
    yield
    ocr._installed.cache_clear()


@pytest.mark.skipif(sys.platform == "win32", reason="a stand-in is a script with a first line")
def test_the_program_is_asked_by_language_and_named_in_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, TABLE, monkeypatch)
    reader = ocr.find("id")
    assert isinstance(reader, ocr.Reader)
    assert reader.name == "tesseract 9.9.9 (ind)"
    assert reader.read(PICTURE) == [Word("Pasal", 10, 20, 40, 60, (1, 1, 1), 95.5)]
    missing = ocr.find("en")
    assert isinstance(missing, str)
    assert "tesseract-ocr-eng" in missing


@pytest.mark.skipif(sys.platform == "win32", reason="a stand-in is a script with a first line")
@pytest.mark.parametrize("does", ["sys.exit(3)", "time.sleep(60)", "print('garbage')"])
def test_a_program_that_fails_or_hangs_gives_no_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str
) -> None:
    stand_in(tmp_path, does, monkeypatch)
    monkeypatch.setattr(ocr, "SECONDS", 0.5)
    reader = ocr.find("id")
    assert isinstance(reader, ocr.Reader)
    assert not reader.read(PICTURE)


def test_without_the_program_the_reader_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    ocr._installed.cache_clear()
    said = ocr.find("id")
    assert isinstance(said, str)
    assert "tesseract-ocr-ind" in said


# -------------------------------------------------------------------------------------------------- documents


def as_pictures(path: Path, out: Path, pages: int) -> Path:
    """The first pages of a PDF, as pictures."""
    source = pypdfium2.PdfDocument(path)
    shots = [source[i].render(scale=150 / 72).to_pil().convert("L") for i in range(pages)]
    shots[0].save(out, save_all=True, append_images=shots[1:], resolution=150)
    return out


def needs(language: str) -> None:
    found = ocr.find(language)
    if isinstance(found, str):
        pytest.skip(found)


@pytest.fixture
def payload(tmp_path: Path) -> dict[str, object]:
    """A law whose pages are pictures only."""
    path = as_pictures(Path("raw/id/id-uu-14-2009.pdf"), tmp_path / "id-x.pdf", 2)
    structure = ID.model_dump(mode="json")
    settings = {**params()["extract"], "ocr": "auto"}
    return {"doc_id": "id-x", "path": str(path), "params": settings, "language": "id", "structure": structure}


def test_pictures_are_read_like_any_text(payload: dict[str, object]) -> None:
    needs("id")
    found = extract_document(payload)
    assert found["error"] == ""
    assert [p["page"] for p in found["pages"]] == [1, 2]
    printed = extract_document(
        {**payload, "path": "raw/id/id-uu-14-2009.pdf", "params": {**params()["extract"], "ocr": "never"}}
    )
    wanted, got = (WORD.findall(f["pages"][0]["text"].lower()) for f in (printed, found))
    assert LCSseq.similarity(wanted, got) >= 0.97 * len(wanted)
    text = "".join(p["text"] for p in found["pages"])
    assert "\nPasal 1\n" in text
    named = {(n["page"], n["after"]) for n in found["notices"] if n["rule"] == "read-by-ocr"}
    assert {page for page, _ in named} == {1, 2}
    assert all(name.startswith("tesseract ") for _, name in named)
    assert extract_document(payload) == found


def test_pictures_that_nothing_reads_are_an_error_that_says_what_to_install(
    payload: dict[str, object], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    ocr._installed.cache_clear()
    assert "tesseract-ocr-ind" in extract_document(payload)["error"]
    assert "params.yaml" in extract_document({**payload, "params": params()["extract"] | {"ocr": "never"}})["error"]


@pytest.mark.skipif(sys.platform == "win32", reason="a stand-in is a script with a first line")
def test_a_picture_among_pages_with_text_is_named_when_it_cannot_be_read(
    payload: dict[str, object], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stand_in(tmp_path, "sys.exit(1)", monkeypatch)
    both = pypdfium2.PdfDocument("raw/id/id-uu-14-2009.pdf")
    both.import_pages(pypdfium2.PdfDocument(str(payload["path"])), [0])
    both.save(tmp_path / "both.pdf")
    found = extract_document({**payload, "path": str(tmp_path / "both.pdf")})
    assert found["error"] == ""
    last = len(both)
    assert [(n["page"], n["rule"]) for n in found["notices"] if n["page"] == last] == [
        (last, "picture-not-read"),
        (last, "nearly-empty-page"),
    ]


def test_words_become_lines_column_by_column() -> None:
    """Rows of a page in two columns, read across both: what stands far apart is taken apart again."""
    words = []
    for row in range(12):
        top = 100 + 40 * row
        for side, left in (("L", 100), ("R", 1300)):
            words += [
                Word(f"{side}{row}{c}", left + 250 * i, top, left + 250 * i + 240, top + 30, (1, 1, row), 95.0)
                for i, c in enumerate("abcd")
            ]
    texts = [line.text for line in lines_of(words, 842.0, 300 / 72)]
    assert texts[:2] == ["L0a L0b L0c L0d", "L1a L1b L1c L1d"]
    assert texts[12] == "R0a R0b R0c R0d"


def test_specks_and_unsure_lines_are_no_text() -> None:
    page = [
        Word("Hq", 10, 10, 40, 40, (1, 1, 1), 20.0),
        *(Word(w, 100 * i, 100, 100 * i + 80, 130, (1, 1, 2), 95.0) for i, w in enumerate(["|", "Setiap", "orang"])),
        *(Word(w, 100 * i, 200, 100 * i + 80, 230, (1, 1, 3), 95.0) for i, w in enumerate(["BAB", "|"])),
    ]
    assert [line.text for line in lines_of(page, 842.0, 300 / 72)] == ["Setiap orang", "BAB |"]


def test_dirt_at_the_edges_is_no_text_and_leaders_are() -> None:
    def word(text: str, row: int, left: int, wide: int, high: int) -> Word:
        return Word(text, left, 100 * row + 30 - high, left + wide, 100 * row + 30, (1, 1, row), 90.0)

    page = [
        word("'", 1, 10, 4, 5), word("205", 1, 30, 40, 7), word("(1)", 1, 100, 40, 32), word("Kambing", 1, 150, 140, 33),
        word("-", 1, 300, 14, 3), word("domba", 1, 330, 90, 32), word("4", 1, 440, 7, 6), word(":", 1, 470, 5, 6),
        word("(2)", 2, 100, 40, 32), word("Sapi", 2, 150, 70, 32), *(word(".", 2, 230 + 20 * i, 5, 6) for i in range(3)),
    ]  # fmt: skip
    assert [line.text for line in lines_of(page, 842.0, 300 / 72)] == ["(1) Kambing - domba", "(2) Sapi . . ."]


def test_only_official_texts_are_read_twice() -> None:
    """A digest is never a picture, and its run must be the same with and without Tesseract."""
    path = Path("raw/id/id-uu-21-2007.pdf")
    payload = {"doc_id": "id-x", "path": str(path), "params": {**params()["extract"], "ocr": "auto"}, "language": "id"}
    rules = {n["rule"] for n in extract_document(payload)["notices"]}
    assert not rules & {"second-reading", "no-second-reading", "read-by-ocr"}

"""Repair of OCR noise: each kind of redundancy, nothing without it, nothing in clean texts."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline import extract
from pipeline.extract.repair import mend
from pipeline.extract.repair.glyphs import looks_like, readings
from pipeline.packs import load_structure
from pipeline.records import Notice, Page
from tests.conftest import params

ID = load_structure("id")


def mended(*pages: str) -> tuple[str, list[Notice]]:
    """Text after repair, and the notices."""
    made, start = [], 0
    for i, text in enumerate(pages, 1):
        made.append(Page("x-1", i, start, start + len(text), text))
        start += len(text)
    after, notices = mend(made, ID)
    assert [p.page for p in after] == [p.page for p in made]
    at = 0
    for page in after:
        assert (page.start, page.end) == (at, at + len(page.text))
        at = page.end
    return "".join(p.text for p in after), notices


@pytest.mark.parametrize(
    ("noisy", "clean"),
    [
        ("Nomor 1I Tahun 2OO8", "Nomor 11 Tahun 2008"),
        ("Nomor l l Tahun 2O16", "Nomor 11 Tahun 2016"),
        ("paling lama I2 (dua belas) tahun", "paling lama 12 (dua belas) tahun"),
        ("denda Rp 1 0. 000.000.000,00 (sepuluh miliar rupiah)", "denda Rp 10.000.000.000,00 (sepuluh miliar rupiah)"),
        ("denda Rpl.000", "denda Rp1.000"),
        ("denda Rp4O0.000.000,00 (empat ratus juta rupiah)", "denda Rp400.000.000,00 (empat ratus juta rupiah)"),
        ("ditambah I l3 (sepertiga)", "ditambah 1/3 (sepertiga)"),
        ("menurut Pasal 28H, Pasal 281, dan Pasal 28J", "menurut Pasal 28H, Pasal 28I, dan Pasal 28J"),
        ("menurut Pasal 4O", "menurut Pasal 40"),
    ],
)
def test_a_number_that_is_said_twice_or_can_only_be_one(noisy: str, clean: str) -> None:
    assert mended(f"Pasal 1\nIni {noisy}.\n")[0] == f"Pasal 1\nIni {clean}.\n"


def test_articles_run_in_sequence() -> None:
    noisy = "Pasal 27\nA.\nPasal2TA\nB.\nPasal 278\nC.\nPasal 28\nD.\nPasai 3O\nE.\nPasal 3 1\nF.\nPasal 32\nG.\n"
    text, notices = mended(noisy)
    heads = [line for line in text.splitlines() if line.startswith("Pasal")]
    assert heads == [f"Pasal {n}" for n in ("27", "27A", "27B", "28", "30", "31", "32")]
    assert ("repair-article", "278", "27B") in {(n.rule, n.before, n.after) for n in notices}


def test_a_number_with_no_likely_reading_is_left_and_flagged() -> None:
    text, notices = mended("Pasal 1\nSebagaimana dimaksud dalam Pasal 1G9 dan ayat (zz) berlaku.\n")
    assert "Pasal 1G9" in text
    assert [n.rule for n in notices] == ["doubt-paragraph-reference", "doubt-article-reference"]


def test_digits_and_words_that_disagree_are_flagged_not_changed() -> None:
    noisy = "Pasal 1\nPidana penjara 7 (tiga) tahun dan denda Rp20.000,00 (tiga puluh ribu rupiah).\n"
    text, notices = mended(noisy)
    assert text == noisy
    assert [(n.page, n.rule, n.after) for n in notices] == [(1, "doubt-digits-and-words", "")] * 2


def test_paragraphs_and_points_where_the_next_one_is_due() -> None:
    noisy = "Pasal 5\n(l) Satu sesuai ayat (41:\na. x;\nb yang kedua;\nc. z.\n(21 Dua.\nl3l Tiga menurut ayal l2l.\n(41 Empat.\n(s) Lima.\n"
    text, _ = mended(noisy)
    assert text == (
        "Pasal 5\n(1) Satu sesuai ayat (4):\na. x;\nb. yang kedua;\nc. z.\n(2) Dua.\n(3) Tiga menurut ayat (2).\n(4) Empat.\n(5) Lima.\n"
    )


def test_items_of_an_amending_act_and_the_article_they_name() -> None:
    noisy = (
        "Pasal I\nBeberapa ketentuan diubah:\n1 Di antara angka 6 dan angka 7 Pasal 1 disisipkan angka 6a sehingga Pasal 1 "
        "berbunyi sebagai berikut:\nPasal I\nDalam Undang-Undang ini:\n1. A.\n2, B.\n2 Ketentuan Pasal 4 diubah:\nPasal 4\nC.\n"
        "Pasal II\nMulai berlaku.\n"
    )
    lines = mended(noisy)[0].splitlines()
    assert [line.split()[0] for line in lines if line[0].isdigit()] == ["1.", "1.", "2.", "2."]
    assert [line for line in lines if line.startswith("Pasal")] == ["Pasal I", "Pasal 1", "Pasal 4", "Pasal II"]


def test_structural_words_only_where_they_stand_as_such() -> None:
    text, _ = mended("BAE II\nivlenimbang\nPasa1 1\nPasai yang dimaksud, pasar 5 dan babi II.\n")
    assert text.startswith("BAB II\nMenimbang\nPasal 1\n")
    assert "Pasai yang dimaksud, pasar 5 dan babi II." in text


def test_a_point_that_lost_its_letter_between_two_that_have_theirs() -> None:
    text, _ = mended("Pasal 5\na. yang pertama;\nyang kedua b juga;\nc. yang ketiga.\n")
    assert text == "Pasal 5\na. yang pertama;\nb. yang kedua juga;\nc. yang ketiga.\n"


def test_enumerators_as_a_picture_is_read() -> None:
    """A sign read twice, a small letter as a capital, a bracket lost, another letter between the two neighbours."""
    noisy = (
        "Pasal 5\n(1) Satu:\na. x,\nb. y,\nC. z,\nd. v;\nE melakukan itu;\nf. u;\n(2) Dua:\na. x;\nb. y;\nCc. z;\nd. v.\n"
        "(3) Tiga.\n(4 Empat.\n(S5) Lima, paling lama S5 (lima) tahun menurut ayat (S5).\n"
    )
    assert mended(noisy)[0] == (
        "Pasal 5\n(1) Satu:\na. x,\nb. y,\nc. z,\nd. v;\ne. melakukan itu;\nf. u;\n(2) Dua:\na. x;\nb. y;\nc. z;\nd. v.\n"
        "(3) Tiga.\n(4) Empat.\n(5) Lima, paling lama 5 (lima) tahun menurut ayat (5).\n"
    )


def test_an_item_whose_number_was_read_twice() -> None:
    items = "Pasal I\nDiubah:\n1. Ketentuan Pasal 2 diubah.\n{} Ketentuan Pasal 5 diubah.\nPasal II\nMulai berlaku.\n"
    assert mended(items.format("Z2."))[0] == items.format("2.")


ANNOUNCED = "Ketentuan Pasal {0} diubah sehingga Pasal {0} berbunyi sebagai berikut:"


def amending(second: str, between: str = "") -> str:
    """An act that amends articles 4, 6 and 8; `second` announces the one amid."""
    first, third = ANNOUNCED.format(4), ANNOUNCED.format(8)
    return (
        f"Pasal I\nBeberapa ketentuan diubah:\n1. {first}\nPasal 4\nKetentuan lebih lanjut diatur.{between}{second}\n"
        f"Pasal 6\nKetentuan mengenai denda tetap.\n3. {third}\nPasal 8\nTetap.\nPasal II\nMulai berlaku.\n"
    )


def test_an_item_that_lost_its_number_or_its_line() -> None:
    whole = amending("2. " + ANNOUNCED.format(6), "\n")
    assert mended(whole) == (whole, [])
    for second, between in (
        (ANNOUNCED.format(6), "\n"),
        (ANNOUNCED.format(6) + " 2", "\n"),  # the number strayed behind the line
        ("2. " + ANNOUNCED.format(6), " "),
    ):
        assert mended(amending(second, between))[0] == whole
    twice = amending(f"{ANNOUNCED.format(6)}\nPasal 6\nA.\n{ANNOUNCED.format(7)}", "\n")
    assert mended(twice) == (twice, [])  # which of the two is item 2?


def test_points_that_lost_their_numbers() -> None:
    meant = [
        f"Istilah nomor {n} adalah sesuatu yang dijelaskan dengan kalimat yang panjang sekali." for n in range(1, 6)
    ]
    whole = "Pasal 1\nDalam Undang-Undang ini:\n" + "".join(f"{n}. {m}\n" for n, m in enumerate(meant, 1))
    lost = whole.replace("2. ", "").replace("3. ", "").replace("nomor 3 adalah", "nomor 3 adalah", 1)
    assert mended(lost)[0] == whole
    assert mended(lost.replace("sekali.\nIstilah nomor 3", "sekali. 2.\nIstilah nomor 3"))[0] == whole
    fewer = lost.replace(f"{meant[1]}\n", "")
    assert mended(fewer)[0] == fewer  # one line, two numbers


@pytest.mark.parametrize("read", ["f.", "l.", "t.", "I"])
def test_the_first_of_a_list_read_as_a_letter(read: str) -> None:
    around = "Pasal 5\nYang dicatat meliputi:\n{} kambing di kandang;\n2. domba di padang; dan\n3. kuda di gunung.\n"
    assert mended(around.format(read))[0] == around.format("1.")
    letters = "Pasal 5\nYang dicatat meliputi:\nd. kambing;\ne. domba, yaitu:\nf. kuda:\n1. putih;\n2. hitam;\n"
    assert mended(letters)[0] == letters


@pytest.mark.parametrize(
    "clean",
    [
        "a. x;\nb. y:\n1. satu;\n2. dua;\n3. tiga;\nc. z;\nd. v;\n",  # the third of a list within b. is no c.
        "a. x;\nb. y;\n- yang ditandai;\nc. z;\nd. v;\n",
        "a. satu;\nb. dua.\n(2) Lain:\na. tiga; b. empat;\nc. lima;\n",
        "menurut ayat (2) dan ayat (21).\n",
    ],
)
def test_what_stands_between_two_points_and_is_none(clean: str) -> None:
    assert mended(f"Pasal 5\n(1) Satu:\n{clean}")[0] == f"Pasal 5\n(1) Satu:\n{clean}"


def test_the_last_point_is_found_in_the_line_that_swallowed_it() -> None:
    text, notices = mended("Pasal 5\n(1) Dilarang:\na. yang pertama; atau ", "b memberi yang kedua.\n(2) Dua.\n")
    assert text == "Pasal 5\n(1) Dilarang:\na. yang pertama; atau\nb. memberi yang kedua.\n(2) Dua.\n"
    assert [(n.page, n.rule) for n in notices] == [(1, "repair-run-in-enumerator"), (2, "repair-run-in-enumerator")]
    for words in (
        "a. golongan darah a; atau c yang jarang",
        "a. satu; atau bentuk b lain",
        "(1) satu; atau b yang lain",
    ):
        assert mended(f"Pasal 5\n{words}.\n")[0] == f"Pasal 5\n{words}.\n"


def test_a_word_that_the_same_text_has_right() -> None:
    right = "dengan ancaman pencemaran; " * 5
    text, notices = mended(f"Pasal 5\n{right}dengan ancarnan pencemaran, ANCALNAN, dan burni.\n")
    assert text == f"Pasal 5\n{right}dengan ancaman pencemaran, ANCAMAN, dan burni.\n"
    assert [(n.rule, n.before, n.after) for n in notices] == [
        ("repair-misread-word", "rn", "m"), ("repair-misread-word", "LN", "M")
    ]  # fmt: skip
    for clean in ("murni " * 3 + "mumi " * 9, "dengan ancarnan; " + "ancaman " * 4):
        assert mended(f"Pasal 5\n{clean}.\n")[0] == f"Pasal 5\n{clean}.\n"


def test_numbers_that_a_narrow_column_broke() -> None:
    numbers = "".join(f"{n}.\nIstilah {n} adalah ini.\n" for n in range(1, 13))
    broken = numbers.replace("10.\n", "1\n0.\n").replace("11.\n", "1\n1.\n").replace("12.\n", "1\n2.\n")
    broken = "".join(f"{n}\n.\nIstilah {n} adalah ini.\n" for n in range(1, 10)) + broken[broken.index("1\n0.") :]
    text, _ = mended(f"Pasal 1\nYang dimaksud dengan:\n{broken}")
    assert text.splitlines()[2:] == [f"{n}. Istilah {n} adalah ini." for n in range(1, 13)]


def test_repairs_name_their_page() -> None:
    _, notices = mended("Pasal 1\nSatu.\n", "Pasal 2\nUU Nomor 1I.\n")
    assert [(n.page, n.rule, n.before, n.after) for n in notices] == [(2, "repair-number", "1I", "11")]


def test_readings() -> None:
    assert readings("281").keys() == {"281", "28I"}
    assert "28" in readings("2B")
    assert readings("abc") == {}
    assert looks_like("l2cl", "(2c)")
    assert not looks_like("(3)", "(2)")


@pytest.mark.parametrize("code", ["id", "ph", "int", "paper"])
def test_every_shipped_digest_comes_back_unchanged(code: str, tmp_path: Path) -> None:
    for path in sorted(p for p in Path("raw", code).iterdir() if p.suffix in (".pdf", ".html")):
        read = extract.extract_document({"doc_id": path.stem, "path": str(path), "params": params()["extract"]})
        pages = [Page(**p) for p in read["pages"]]
        after, notices = mend(pages, load_structure(code))
        assert after == pages, path
        assert notices == [], path


NOISE = st.lists(
    st.sampled_from(
        ["Pasal ", "Pasal2", "1", "I", "l", "O", "(", ")", "(l)", "(21", " ayat ", "\n", " ", "a. ", "b ", "2TA", "Nomor ", "2OO8",
         "Rp", "1 0.000", " (sepuluh ribu rupiah)", " (dua) tahun", "BAE II", "PENJELASAN\n", "x;", "yang.", ":", "8", "ayal (t", "…"]
    ),
    max_size=60,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(NOISE, min_size=1, max_size=3))
@example([["Pasal ", "1", "\n", "Pasal ", "I", "\n"]])
@example([["BAE II", "1"]])
def test_a_mended_text_needs_no_more_mending(pages: list[list[str]]) -> None:
    made, start = [], 0
    for i, parts in enumerate(pages, 1):
        text = "".join(parts) + "\n"
        made.append(Page("x-1", i, start, start + len(text), text))
        start += len(text)
    once, _ = mend(made, ID)
    twice, notices = mend(once, ID)
    assert twice == once, notices


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=400))
def test_any_text_can_be_mended(text: str) -> None:
    mended(text)


def test_a_paragraph_that_no_sign_parts_from_the_one_before_it() -> None:
    noisy = (
        "Pasal 7\n(1) Kambing dijaga oleh gembala yang terdaftar (2) Kambing sebagaimana dimaksud pada ayat (1) dihitung.\n"
        "(3) Domba sebagaimana dimaksud pada ayat (2) dihitung.\n"
    )
    text, notices = mended(noisy)
    assert text == noisy.replace(" (2) Kambing", "\n(2) Kambing")
    assert [n.rule for n in notices] == ["repair-run-in-paragraph"]
    # What refers to a paragraph, and what comes twice, begins none.
    for line in ("(1) Kambing menurut ayat (2) Domba dihitung.", "(1) Satu (2) Dua atau (2) Tiga dihitung."):
        clean = f"Pasal 7\n{line}\n(3) Kuda dihitung.\n"
        assert mended(clean)[0] == clean


def test_the_word_before_a_paragraph_torn_apart() -> None:
    assert (
        mended("Pasal 2\nIni menurut Pasal 1 aya t(1), ayat (2).\n")[0]
        == "Pasal 2\nIni menurut Pasal 1 ayat(1), ayat (2).\n"
    )


def test_the_first_paragraph_of_an_article_by_the_second() -> None:
    noisy = "Pasal 6\n(4) Kambing dihitung.\n(2) Domba dihitung.\nPasal 7\n(3) Kuda dihitung.\n(4) Sapi dihitung.\n"
    text, notices = mended(noisy)
    assert text == noisy.replace("Pasal 6\n(4)", "Pasal 6\n(1)")  # what sets out (3) and (4) only stays
    assert [(n.rule, n.before, n.after) for n in notices] == [("repair-enumerator", "(4)", "(1)")]


def test_a_point_with_a_speck_behind_its_number() -> None:
    noisy = "Pasal 6\nIni:\na. kambing;\nb. domba;\nC.- kuda;\nd. sapi.\n"
    assert mended(noisy)[0] == noisy.replace("C.-", "c.")

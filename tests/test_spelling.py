"""Garbled words of scans: mended by what the document says elsewhere, and only then."""

from __future__ import annotations

import pytest

from pipeline.extract.lexicon import lexicons, load_lexicon, ranked
from pipeline.extract.repair import confusions, glyphs, mend, misread
from pipeline.extract.repair.spelling import looks
from pipeline.packs import load_structure
from pipeline.records import Notice, Page

ID = load_structure("id")
# What the law says elsewhere: each word beside its neighbours, more than once.
ELSEWHERE = (
    "Pasal 1\nPenyelenggara Sistem Elektronik sebagaimana dimaksud dalam ayat ini dan/atau orang lain.\n"
    "Tambahan Lembaran Negara memuat ancaman kekerasan dan/atau denda, sebagaimana dimaksud pada ayat lain, dan/atau ganti rugi.\n"
    "Disabilitas fisik dan ancaman kekerasan, denda paling banyak Rp2.000,00 atau Rp3.000,00, diatur bagi Penyelenggara Sistem lain.\n"
)


def mended(text: str, scanned: bool = True) -> tuple[str, list[Notice]]:
    """`text` on a second page, after repair, and the notices of that page."""
    pages = [
        Page("x-1", 1, 0, len(ELSEWHERE), ELSEWHERE),
        Page("x-1", 2, len(ELSEWHERE), len(ELSEWHERE) + len(text), text),
    ]
    after, notices = mend(pages, ID, {2} if scanned else ())
    assert after[0].text == ELSEWHERE
    return after[1].text, [n for n in notices if n.page == 2]


@pytest.mark.parametrize(
    ("garbled", "printed"),
    [
        ("sebagaimana dimalsud dalam", "sebagaimana dimaksud dalam"),
        ("para Penyeleprggara Sistem", "para Penyelenggara Sistem"),
        ("Tambahan kmbaran Negara", "Tambahan Lembaran Negara"),
        ("suatu ancarnan kekerasan", "suatu ancaman kekerasan"),
        ("suatu ancanian kekerasan", "suatu ancaman kekerasan"),
        ("disabilitas frsik dan", "disabilitas fisik dan"),
        ("denda danlatau ganti rugi", "denda dan/atau ganti rugi"),
        ("sejak Januari2024 berlaku", "sejak Januari 2024 berlaku"),
        ("dalam L embaran Negara", "dalam Lembaran Negara"),
        ("paling banyak Rp 4.000,00 saja", "paling banyak Rp4.000,00 saja"),
    ],
)
def test_one_likely_reading_that_stands_beside_the_same_neighbour_elsewhere(garbled: str, printed: str) -> None:
    text, notices = mended(f"Bahwa {garbled}.\n")
    assert text == f"Bahwa {printed}.\n"
    assert [n.rule.partition("-")[0] for n in notices] == ["repair"]


@pytest.mark.parametrize(
    "genuine",
    [
        "bertanggungjawab atas barangsiapa",  # two words, as laws print them
        "menyimpan mesiu di kanal yang mekar",  # words that the list lacks, each near one that it has
        "saksi Widodo dan cybergrooming",  # names and foreign words
        "penyelenggaran pelayananan itu",  # misprints of the law itself
        "sebagaimana orang frsik",  # garbled, but nothing says that its neighbour goes with it
        "REPITBLIK NEPUBLIK",  # heads
    ],
)
def test_what_only_resembles_a_word_stays(genuine: str) -> None:
    assert mended(f"Bahwa {genuine}.\n") == (f"Bahwa {genuine}.\n", [])


def test_only_scans_are_mended() -> None:
    garbled = "Bahwa sebagaimana dimalsud dalam Rp 4.000,00 danlatau lain.\n"
    assert mended(garbled, scanned=False) == (garbled, [])


EN = load_structure("ph")
# What the act says elsewhere, more than once.
ACT = (
    "SEC. 1. Any person who commits a computer offense against a child shall be punished with imprisonment.\n"
    "SEC. 2. The penalty of imprisonment shall be imposed where the provider of an internet service keeps the computer data.\n"
    "SEC. 3. The court may order the provider of a service to preserve computer data; the penalty of a fine shall be imposed.\n"
    "SEC. 4. Any person who attempts a computer offense before or after the trial shall be punished; any person who aids it, too.\n"
)


def mended_act(text: str, scanned: bool = True) -> tuple[str, list[Notice]]:
    """`text` on a page behind `ACT`, after repair, and all notices."""
    pages = [Page("y-1", 1, 0, len(ACT), ACT), Page("y-1", 2, len(ACT), len(ACT) + len(text), text)]
    after, notices = mend(pages, EN, {1, 2} if scanned else ())
    assert after[0].text == ACT
    return after[1].text, notices


NOISY_ACT = (
    "SEC. 5. Ariy person who commits a coinputer offense against a chitd shall be puriished with iniprisonment. "
    "The provider of an iriternet service that keeps the coinputer data is exempt.\n"
)


@pytest.mark.parametrize("code", ["ph", "int"])
def test_scans_of_english_texts(code: str) -> None:
    pages = [Page("y-1", 1, 0, len(ACT), ACT), Page("y-1", 2, len(ACT), len(ACT) + len(NOISY_ACT), NOISY_ACT)]
    after, notices = mend(pages, load_structure(code), {1, 2})
    assert after[1].text == (
        "SEC. 5. Any person who commits a computer offense against a child shall be punished with imprisonment. "
        "The provider of an internet service that keeps the computer data is exempt.\n"
    )
    assert {n.rule for n in notices} == {"repair-spelling"}
    assert mend(pages, load_structure(code)) == (pages, [])  # born digital: whatever stands there was typed


@pytest.mark.parametrize(
    "genuine",
    [
        "Any person who shall alter the computer data in order to alter the trial shall be heard",  # not `after`
        "Atty. Anya Chitdara and Judge Perial of Dipolog shall be heard",  # names
        "Republic Act No. 1O175, G.R. No. l2345 and Section 4(c)(l) shall apply",  # citations, misread or not
        "a fine of P2OO,000.00 or 15 (fifteen) years, but 7 (six) months",  # numbers
        "x x x ____ ^ the service of the trial",
    ],
)
def test_what_an_english_scan_keeps(genuine: str) -> None:
    assert mended_act(f"SEC. 5. {genuine}.\n") == (f"SEC. 5. {genuine}.\n", [])


def test_letters_only_where_the_same_words_stand_around_a_number() -> None:
    cited = "(Lembaran Negara Tahun 2008 Nomor {}, Tambahan Lembaran Negara Nomor 4843)"
    text, _ = mended(f"Bahwa {cited.format('Sg')} dan {cited.format('58')}.\n")
    assert text == f"Bahwa {cited.format('58')} dan {cited.format('58')}.\n"
    alone = f"Bahwa {cited.format('Sg')}.\n"
    assert mended(alone)[0] == alone


def test_the_word_that_opens_a_list_with_its_letters_taken_apart() -> None:
    assert mended("ivlenimbang a. bahwa;\n")[0].startswith("Menimbang a.")


def test_the_roman_number_of_a_division_with_a_bar_for_its_i() -> None:
    assert mended("BAB |\nKETENTUAN\nBAB l1\nLAIN\nBAB IX\n")[0] == "BAB I\nKETENTUAN\nBAB II\nLAIN\nBAB IX\n"


@pytest.mark.parametrize(
    ("read", "printed", "swaps", "alike"),
    [("ancarnan", "ancaman", 1, True), ("sertilikasi", "sertifikasi", 1, True), ("menyebarkan", "menyebabkan", 2, False),
     ("digunakan", "menggunakan", 2, False), ("sEuna".lower(), "sama", 1, True), ("tqjuh", "tujuh", 0, False)],
)  # fmt: skip
def test_what_looks_alike_on_paper(read: str, printed: str, swaps: int, alike: bool) -> None:
    assert looks(read, printed, swaps) is alike


def test_every_step_takes_what_looks_alike_from_one_table() -> None:
    letters = confusions.by_form(confusions.LETTERS)
    assert {glyphs.CLUSTER[form] for form in confusions.TAKEN_APART} == {"M", "m", "w"}
    assert all(misread.STROKES[form] in letters[form] for form in confusions.STROKES)
    assert all(looks(form, printed, 1) for form, meant in letters.items() for printed in meant)
    digits, points = confusions.by_form(confusions.DIGITS), confusions.by_form(confusions.POINTS)
    assert all(glyphs.alike(form, printed) for form, meant in points.items() for printed in meant)
    assert all(glyphs.alike(form, printed) for form, meant in digits.items() for printed in meant)


def test_word_lists() -> None:
    assert ranked(["b a b", "B c"]) == ["b", "a", "c"]
    assert {"id", "en"} <= set(lexicons())
    for language, words in lexicons().items():
        assert len(words) == len(set(words)) > 2000, language
        assert all(w.isalpha() and w == w.lower() for w in words), language
    assert load_lexicon("xx") == load_lexicon("../id") == ()


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("UNDANG.UNDANG TERNAK", "UNDANG-UNDANG TERNAK"),
        ("undang.undang ternak", "undang-undang ternak"),
        ("REPUBLIK INDONESI.A", "REPUBLIK INDONESIA"),
        ("milik Indonesia.Ternak", "milik Indonesia.Ternak"),
        ("kambing.kambing di sana", "kambing.kambing di sana"),  # the text has it nowhere else
        ("ternak.Ternak itu", "ternak.Ternak itu"),
        ("PT. TERNAK.X", "PT. TERNAK.X"),
    ],
)
def test_a_stop_within_a_word(read: str, printed: str) -> None:
    text = f"Pasal 2\nUndang-undang Republik Indonesia ini memuat ternak; ternak-ternak dicatat.\nPasal 3\n{read} dicatat.\n"
    assert mended(text)[0] == text.replace(read, printed)
    assert mended(text, scanned=False)[0] == text

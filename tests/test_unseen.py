"""Ways of writing that statutes outside the corpus have shown us. The laws here are ours; each form is one that was met."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline import extract, link, parse, tag
from pipeline.corpus import Corpus
from pipeline.extract.markup import html_paragraphs
from tests.conftest import params
from tests.laws import write_law
from tests.test_repair import mended


def read(raw: Path, out: Path) -> tuple[Corpus, link.Links]:
    """The first four stages on `raw`."""
    settings = params() | {"as_of": "2025-12-11", "corpus": {"edition": "auto"}}
    folders = [out / n for n in ("1-text", "2-provisions", "3-tags", "4-links")]
    extract.run(raw, folders[0], settings)
    parse.run(folders[0], folders[1], settings)
    tag.run(*folders[:3], settings)
    link.run(*folders, settings["as_of"])
    return Corpus(*folders[:3]), link.load(folders[3])


def one(tmp_path: Path, doc_id: str, text: str, **about: Any) -> tuple[Corpus, link.Links]:
    """The first four stages on one law."""
    write_law(tmp_path / "raw", doc_id, text, **about)
    return read(tmp_path / "raw", tmp_path / "out")


def sanctions(links: link.Links) -> list[tuple[Any, ...]]:
    """(eid, prison, fine, how they are joined, name) of every sanction."""
    return [
        (s.eid, (s.prison_min_months, s.prison_max_months), (s.fine_min, s.fine_max), s.conjunction, s.penalty_name)
        for s in links.sanctions
    ]


# ---------------------------------------------------------------------------------------------- text


def test_an_ordered_list_has_the_numbers_that_a_browser_shows() -> None:
    page = (
        "<p>SEC. 4. It is unlawful:</p><ol type='a'><li>to lend a goat, which may be:<ol><li>white; or</li><li>black"
        "</li></ol></li><li><b>to</b> borrow one.</li></ol>"
        "<ol start='5'><li>five</li><li value='9'>nine</li><li>ten</li></ol>"
        "<ol style='list-style-type: lower-roman'><li>one</li><li>two</li></ol>"
        "<ol><li>(a) has its own</li><li>b. too</li></ol><ul><li>none</li></ul>"
    )
    assert html_paragraphs(page) == [
        "SEC. 4. It is unlawful:", "(a) to lend a goat, which may be:", "(1) white; or", "(2) black",
        "(b) to borrow one.", "(5) five", "(9) nine", "(10) ten", "(i) one", "(ii) two", "(a) has its own", "b. too",
        "none",
    ]  # fmt: skip


def test_long_and_deep_lists_cost_time_in_proportion() -> None:
    assert html_paragraphs("<ol><li>" * 400 + "deep")[-1].endswith("(1) deep")
    assert html_paragraphs("<ol>" + "<li>x</li>" * 20_000 + "</ol>")[-1] == "(20000) x"


@pytest.mark.parametrize(
    ("noisy", "clean"),
    [
        ("paling lama 4 ^(empat) tahun", "paling lama 4 (empat) tahun"),
        ("dipidana mati, __ penjara seumur hidup", "dipidana mati, penjara seumur hidup"),
        ("denda Rpf 2.000.000,00 (dua belas juta rupiah)", "denda Rp12.000.000,00 (dua belas juta rupiah)"),
    ],
)
def test_specks_and_letters_for_digits(noisy: str, clean: str) -> None:
    assert mended(f"Pasal 1\nSetiap orang {noisy}.\n")[0] == f"Pasal 1\nSetiap orang {clean}.\n"


def test_a_noisy_paragraph_in_the_middle_of_a_line() -> None:
    noisy = "Pasal 7 (1) Izin diminta. (21 Izin diberi oleh Camat. (3) Izin dicatat. (41 Izin berakhir.\n"
    assert mended(noisy)[0] == noisy.replace("(21", "(2)").replace("(41", "(4)")
    assert mended("Pasal 7 (1) Izin diminta. (91 Izin diberi.\n")[0] == "Pasal 7 (1) Izin diminta. (91 Izin diberi.\n"


# ----------------------------------------------------------------------------------------- sanctions


def test_indonesian_sanctions_of_older_laws(tmp_path: Path) -> None:
    text = (
        "Pasal 1\nBarang siapa mencuri layang-layang dipidana dengan pidana penjara paling lama 2 (dua) tahun dan atau "
        "denda paling banyak Rp. 300.000,00 (tiga ratus ribu rupiah).\n"
        "Pasal 2\nBarang siapa merusak layang-layang dihukum dengan hukuman penjara setinggitingginya tiga tahun.\n"
        "Pasal 3\nBarang siapa membakar layang-layang dipidana penjara paling lama 4 (empat) tahun datau denda paling "
        "banyak Rp. 500.000,00 (lima ratus ribu rupiah).\n"
    )
    assert sanctions(one(tmp_path, "id-uu-7-1999", text)[1]) == [
        ("art_1", (None, 24), (None, 300_000), "and_or", ""),
        ("art_2", (None, 36), (None, None), "none", ""),
        ("art_3", (None, 48), (None, 500_000), "and_or", ""),
    ]


def test_a_corporate_fine_many_times_the_maximum(tmp_path: Path) -> None:
    text = "Pasal 1\n(1) A.\n(2) Pidana denda yang dijatuhkan kepada Korporasi paling banyak 12 (dua belas) kali dari maksimal pidana denda.\n"
    assert [s.relative for s in one(tmp_path, "id-uu-7-2019", text)[1].sanctions] == ["fine x12"]


def test_philippine_sanctions_with_glosses_slips_and_misprints(tmp_path: Path) -> None:
    text = (
        "SECTION 1. The first offense shall be punished by arresto menor (1 to 10 days) or a fine of Three thousand "
        "pesos (P3.000.00).\n"
        "SEC. 2. The penalty of imprisonment of not less that two (2) years but not more than four (4) years and a fine "
        "of not less than One thousand pesos (P1,000.00) but not more than Two thousand pesos (P2,000.00), or both, "
        "shall be imposed upon any person who lends a goat.\n"
        "SEC. 3. The penalty of imprisonment of no less than six (6) years, or a fine of Nine thousand pesos (P9, 000.00), "
        "or both, shall be imposed upon anyone who borrows a goat.\n"
        "SEC. 4. Whoever keeps a goat shall pay a fine of not less than One thousand pesos (P1,000.00) but not more than "
        "two thousand pesos (2,000.00).\n"
        "SEC. 5. Whoever sells a goat shall suffer the penalty of prison mayor.\n"
        "SEC. 6. If the goat is hurt, the penalty shall be death.\n"
    )
    links = one(tmp_path, "ph-ra-7-2019", text)[1]
    assert sanctions(links) == [
        ("sec_1", (None, None), (3000, 3000), "or", "arresto menor"),
        ("sec_2", (24, 48), (1000, 2000), "and_or", ""),
        ("sec_3", (72, None), (9000, 9000), "and_or", ""),
        ("sec_4", (None, None), (1000, 2000), "none", ""),
        ("sec_5", (None, None), (None, None), "none", "prision mayor"),
        ("sec_6", (None, None), (None, None), "none", ""),
    ]
    assert links.sanctions[-1].death

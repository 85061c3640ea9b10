"""Places below an article as treaties and codes name them, in forms that texts outside the gold have shown.

The laws are ours.
"""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from tests.laws import write_law
from tests.test_unseen import one

TREATY = (
    "ARTICLE 1\nGOATS\n1. Goats are counted.\n2. Sheep are counted.\n3. Cows are counted.\n4. Geese are counted.\n"
    "ARTICLE 2\nPENS\n1. A pen holds:\n(a) goats:\n(i) white ones;\n(ii) black ones; and\n(b) sheep.\n"
    "2. A pen has:\n(a) a gate;\n(b) a roof.\n3. {third}\n4. {fourth}\n"
    "ARTICLE 3\nFIELDS\n1. Fields are open.\n2. Fields are wide.\n3. Fields are green.\n"
    "ARTICLE 4\nBARNS\nBarns are closed.\nARTICLE 5\nOTHER MATTERS\n{last}\n"
)
PLAIN = {"third": "A pen is dry.", "fourth": "A pen is clean.", "last": "Done is done."}


def cited(folder: Path, doc_id: str, text: str, eid: str) -> list[str]:
    """What a provision of a law with this text cites."""
    links = one(folder, doc_id, text.replace("\n", "\n\n"), kind="treaty" if doc_id.startswith("int") else "act")[1]
    return [c.target_eid or f"? {c.target_as_cited}" for c in links.citations if c.doc_id == doc_id and c.eid == eid]


@pytest.mark.parametrize(
    ("at", "words", "found"),
    [
        ("last", "The rules of paragraphs 1 through 3 of Article 3 apply.", [f"art_3__para_{n}" for n in (1, 2, 3)]),
        (
            "third",
            "A pen referred to in paragraphs 1.a.i or ii above is dry.",
            ["art_2__para_1__subpara_a__item_i", "art_2__para_1__subpara_a__item_ii"],
        ),
        ("third", "This names the goats of paragraph 1 a.ii of this article.", ["art_2__para_1__subpara_a__item_ii"]),
        (
            "last",
            "As provided under Articles 1, 2, paragraph 1.b, 4, 3 paragraph 2, and 1, paragraph 4.",
            ["art_1", "art_2__para_1__subpara_b", "art_4", "art_3__para_2", "art_1__para_4"],
        ),
        ("fourth", "The two preceding paragraphs apply.", ["art_2__para_2", "art_2__para_3"]),
    ],
)
def test_places_of_a_treaty(tmp_path: Path, at: str, words: str, found: list[str]) -> None:
    eid = {"third": "art_2__para_3", "fourth": "art_2__para_4", "last": "art_5"}[at]
    assert cited(tmp_path, "int-goat-7-1999", TREATY.format(**{**PLAIN, at: words}), eid) == found


def test_a_sub_paragraph_of_this_article_is_the_one_of_its_own_paragraph(tmp_path: Path) -> None:
    text = TREATY.format(**PLAIN).replace("(b) a roof.", "(b) a roof over sub-paragraph a. of this article.")
    assert cited(tmp_path, "int-goat-7-1999", text, "art_2__para_2__subpara_b") == ["art_2__para_2__subpara_a"]


def test_the_subdivision_before(tmp_path: Path) -> None:
    text = (
        "Article 1. Goats.-The following are counted:\n1. Goats that are white;\n2. Sheep that live with a goat as "
        "described in the preceding subdivision; or\n3. Cows.\nArticle 2. Sheep.-Sheep are counted.\n"
    )
    assert cited(tmp_path, "ph-act-1234-1934", text, "art_1__para_2") == ["art_1__para_1"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Kewajiban tersebut dalam ayat 1 dan 3 tidak berlaku.", ["art_1__para_1", "art_1__para_3"]),
        ("Larangan tersebut dalam ayat 2 dan 3 bulan sesudahnya tetap berlaku.", ["art_1__para_2"]),
    ],
)
def test_paragraphs_without_brackets_in_a_list(tmp_path: Path, words: str, found: list[str]) -> None:
    text = f"Pasal 1\n(1) Kambing dicatat.\n(2) Domba dicatat.\n(3) Kuda dicatat.\n(4) {words}\n"
    assert cited(tmp_path, "id-uu-7-2019", text, "art_1__para_4") == found


def test_items_of_an_elucidation_whose_first_number_is_misread(tmp_path: Path) -> None:
    write_law(tmp_path / "raw", "id-uu-3-2001", "Pasal 1\nKambing dicatat.\nPasal 2\nDomba dicatat.\n")
    item = "Ketentuan Pasal {n} diubah sehingga berbunyi sebagai berikut:\nPasal {n}\n(1) Kambing dihitung.\n(2) Domba juga."
    text = (
        "Pasal I\nBeberapa ketentuan dalam Undang-Undang Nomor 3 Tahun 2001 tentang Ternak diubah sebagai berikut:\n"
        f"1. {item.format(n=1)}\n2. {item.format(n=2)}\nPasal II\nUndang-Undang ini mulai berlaku pada tanggal diundangkan.\n"
        "PENJELASAN\nATAS\nUNDANG-UNDANG NOMOR 7 TAHUN 2019\nI. UMUM\nTernak perlu dihitung.\nII. PASAL DEMI PASAL\nPasal I\n"
        "Angka I\nPasal 1\nAyat (1)\nCukup jelas.\nAyat (2)\nCukup jelas.\nAngka 2\nPasal 2\nAyat (1)\nCukup jelas.\n"
        "Ayat (2)\nCukup jelas.\nPasal II\nCukup jelas.\n"
    )
    corpus = one(tmp_path, "id-uu-7-2019", text, kind="amending-act", amends=["id-uu-3-2001"])[0]
    explained = [p.eid for p in corpus.provisions["id-uu-7-2019"] if p.eid.startswith("elucidation__art_I__")]
    assert explained == [
        *(f"elucidation__art_I__art_1{of}" for of in ("", "__para_1", "__para_2")),
        "elucidation__art_I__point_2",
        *(f"elucidation__art_I__point_2__art_2{of}" for of in ("", "__para_1", "__para_2")),
    ]


def test_when_a_treaty_commences_for_those_who_join_later_or_is_amended(tmp_path: Path) -> None:
    text = (
        "ARTICLE 1\nENTRY\n1. This Convention shall enter into force on the first day of the month after the fifth "
        "ratification.\n2. For a State that ratifies later, this Convention shall enter into force on the first day of the "
        "month after its own ratification.\nARTICLE 2\nAMENDMENTS\nAny amendment adopted by the Parties shall come into force "
        "on the thirtieth day.\n"
    ).replace("\n", "\n\n")
    about = {"kind": "treaty", "entered_into_force": datetime.date(2001, 5, 1)}
    links = one(tmp_path, "int-goat-7-1999", text, **about)[1]
    assert [(o.eid, o.effective) for o in links.operations] == [("art_1__para_1", "2001-05-01"), ("art_1__para_2", "")]

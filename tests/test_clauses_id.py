"""What clauses of Indonesian acts do to the law, in forms that acts outside the corpus have shown. The laws are ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.laws import write_law
from tests.test_unseen import one

GOATS = "".join(f"Pasal {n}\n(1) Kambing dicatat.\n(2) Domba dicatat.\n(3) Kuda dicatat.\n" for n in range(1, 9))
CITED = "Undang-Undang Nomor 3 Tahun 2001"


def done(folder: Path, text: str, **about: object) -> list[str]:
    """What an act with this text does, beside one of 2001 whose articles 1 to 8 have three paragraphs each."""
    write_law(folder / "raw", "id-uu-3-2001", GOATS)
    links = one(folder, "id-uu-7-2019", text, **about)[1]
    return [f"{o.op} {o.target_doc[3:]} {o.target_eid}".strip() for o in links.operations if o.doc_id == "id-uu-7-2019"]


ITEMS = [
    (
        "Ketentuan Pasal 2 ayat (1) diubah serta menambah 2 (dua) ayat baru menjadi ayat (1a) dan ayat (3a), sehingga "
        "berbunyi sebagai berikut:\nPasal 2\n(1) Kambing dihitung.\n(1a) Anaknya juga.\n(2) Domba dicatat.\n"
        "(3) Kuda dicatat.\n(3a) Anaknya juga.",
        ["amend art_2__para_1", "insert art_2__para_1a", "insert art_2__para_3a"],
    ),
    (
        "Ketentuan Pasal 2 diubah dengan menambah ayat baru yaitu ayat (4), sehingga berbunyi sebagai berikut:\nPasal 2\n"
        "(1) Kambing dicatat.\n(2) Domba dicatat.\n(3) Kuda dicatat.\n(4) Sapi dicatat.",
        ["amend art_2", "insert art_2__para_4"],
    ),
    (
        "Menambah ketentuan baru sesudah Pasal 2 yaitu Pasal 2A dan Pasal 2B, yang berbunyi sebagai berikut:\nPasal 2A\n"
        "Kambing dijaga.\nPasal 2B\nDomba dijaga.",
        ["insert art_2A", "insert art_2B"],
    ),
    (
        "Menambah 2 (dua) ketentuan baru di antara Pasal 2 dan Pasal 3 yang dijadikan Pasal 2A dan Pasal 2B, yang "
        "masing-masing berbunyi sebagai berikut:\nPasal 2A\nKambing dijaga.\nPasal 2B\nDomba dijaga.",
        ["insert art_2A", "insert art_2B"],
    ),
    (
        "Ketentuan Pasal 2 ayat (1) diubah, serta menambah ayat baru di antara ayat (2) dan ayat (3) yang dijadikan ayat "
        "(2A), sehingga Pasal 2 ayat (1) dan ayat (2A) menjadi berbunyi sebagai berikut:\nPasal 2\n(1) Kambing dihitung.\n"
        "(2A) Anaknya juga.",
        ["amend art_2__para_1", "insert art_2__para_2A"],
    ),
    (
        "Menambah ketentuan Pasal 2 dan Pasal 3 yang dijadikan Pasal 2A, yang berbunyi sebagai berikut:\nPasal 2A\nKambing "
        "dijaga.",
        ["insert art_2A"],
    ),
]


@pytest.mark.parametrize(("item", "does"), ITEMS)
def test_what_an_item_adds(tmp_path: Path, item: str, does: list[str]) -> None:
    text = (
        f"Pasal I\nBeberapa ketentuan dalam {CITED} tentang Ternak diubah sebagai berikut:\n1. Ketentuan Pasal 1 diubah "
        f"sehingga berbunyi sebagai berikut:\nPasal 1\nKambing dihitung.\n2. {item}\nPasal II\nUndang-Undang ini mulai "
        "berlaku pada tanggal diundangkan.\n"
    )
    found = done(tmp_path, text, kind="amending-act", amends=["id-uu-3-2001"])
    assert found[1:-1] == [f"{d.split()[0]} uu-3-2001 {d.split()[1]}" for d in does]


def test_an_article_that_unnamed_points_are_added_to_is_not_new(tmp_path: Path) -> None:
    text = (
        "Pasal I\nBeberapa ketentuan dalam Undang-Undang Nomor 4 Tahun 2001 tentang Ternak diubah sebagai berikut:\n"
        "1. Ketentuan Pasal 1 angka 2 diubah, dan menambah 1 (satu) angka baru, sehingga keseluruhan Pasal 1 berbunyi "
        "sebagai berikut:\nPasal 1\n1. Kambing adalah ternak.\n2. Domba adalah ternak.\n3. Kuda adalah ternak.\n"
        "Pasal II\nUndang-Undang ini mulai berlaku pada tanggal diundangkan.\n"
    )
    found = done(tmp_path, text, kind="amending-act", amends=["id-uu-4-2001"])
    assert found == ["amend uu-4-2001 art_1__point_2", "amend uu-4-2001 art_1", "commence uu-7-2019"]


@pytest.mark.parametrize(
    ("clause", "does"),
    [
        (f"Ketentuan Pasal 4 {CITED} dinyatakan tidak berlaku dalam pemeriksaan kambing.", []),
        (f"Ketentuan Pasal 4 {CITED} dinyatakan tidak berlaku.", ["repeal uu-3-2001 art_4"]),
        (f"Semua peraturan pelaksanaan {CITED} tentang Ternak masih tetap berlaku.", []),
        (f"Peraturan pelaksanaan dari {CITED} dinyatakan tetap berlaku.", []),
        (f"{CITED} dinyatakan tetap berlaku.", ["keep_in_force uu-3-2001"]),
        # A line that was broken within the sentence.
        (f"Pasal 4 {CITED} tentang Ternak\nKambing dicabut dan dinyatakan tidak berlaku.", ["repeal uu-3-2001 art_4"]),
    ],
)
def test_what_ends_and_what_stays(tmp_path: Path, clause: str, does: list[str]) -> None:
    assert done(tmp_path, f"Pasal 1\nKambing dicatat.\nPasal 2\n{clause}\nPasal 3\nDomba dicatat.\n") == does

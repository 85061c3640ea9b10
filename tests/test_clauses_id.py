"""What clauses of Indonesian acts do to the law, in forms that acts outside the corpus have shown. The laws are ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.consolidate import consolidated
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
    (
        "Ketentuan Pasal 2 ayat (2) diubah sehingga berbunyi sebagai berikut:\n(2) Domba dihitung.",
        ["amend art_2__para_2"],
    ),
    (
        "Ketentuan Pasal 2 ayat (1) dan ayat (3) diubah sehingga berbunyi sebagai berikut:\n(1) Kambing dihitung.\n"
        "(3) Kuda dihitung sebagaimana dimaksud pada ayat (1).",
        ["amend art_2__para_1", "amend art_2__para_3"],
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


def test_items_in_one_line_and_articles_that_lack_the_letter_they_were_announced_with(tmp_path: Path) -> None:
    """An act as a converter leaves it: an item, what it sets out, and the next item, on one line; quoted, without breaks."""
    text = (
        "Pasal I\nMengubah beberapa ketentuan dalam Undang-undang Nomor 3 Tahun 2001 tentang Ternak sebagai berikut:\n"
        '1. Ketentuan Pasal 1 diubah, sehingga Pasal 1 seluruhnya berbunyi sebagai berikut: "Pasal 1 Kambing dihitung."\n'
        '2. Ketentuan Pasal 2 huruf c diubah, sehingga Pasal 2 huruf c menjadi berbunyi sebagai berikut : "Pasal 2 c. sapi '
        'yang dicatat." 3.Menambah ketentuan baru di antara Pasal 2 dan Pasal 3 yang dijadikan Pasal 2A, yang berbunyi '
        'sebagai berikut: "Pasal 2 (1) Domba dijaga.\n(2) Domba sebagaimana dimaksud dalam ayat (1) dihitung."\n'
        '4. Ketentuan Pasal 4 diubah, sehingga Pasal 4 berbunyi sebagai berikut: "Pasal 4 Kambing sebagaimana dimaksud dalam '
        'Pasal 2a dijaga." 5.Keterangan Pasal 5 diubah, sehingga Pasal 5 berbunyi sebagai berikut: "Pasal 5 Kuda dijaga." '
        "6.Ketentuan Pasal 6 dihapus.\n"
        "Pasal II\nUndang-undang ini mulai berlaku pada tanggal diundangkan.\n"
    )
    write_law(tmp_path / "raw", "id-uu-3-2001", GOATS)
    corpus, links = one(tmp_path, "id-uu-7-2019", text, kind="amending-act", amends=["id-uu-3-2001"])
    own = [p.eid for p in corpus.provisions["id-uu-7-2019"]]
    assert [e for e in own if e.count("__") == 1] == [f"art_I__point_{n}" for n in range(1, 7)]
    assert {f"art_I__point_{n}__art_{a}" for n, a in ((1, "1"), (2, "2"), (3, "2A"), (4, "4"), (5, "5"))} <= set(own)
    assert "art_I__point_2__art_2__point_c" in own and "art_I__point_3__art_2A__para_2" in own
    operated = [(o.op, o.target_eid) for o in links.operations if o.doc_id == "id-uu-7-2019" and o.op != "commence"]
    assert operated == [
        ("amend", "art_1"), ("amend", "art_2__point_c"), ("insert", "art_2A"), ("amend", "art_4"), ("amend", "art_5"),
        ("delete", "art_6"),
    ]  # fmt: skip
    cited = [(c.eid, c.target_eid) for c in links.citations if "__art_" in c.eid]
    assert cited == [
        ("art_I__point_3__art_2A__para_2", "art_2A__para_1"),
        ("art_I__point_4__art_4", "art_2A"),
    ]


def test_an_article_set_out_again_beside_new_ones_keeps_its_number(tmp_path: Path) -> None:
    text = (
        f"Pasal I\nBeberapa ketentuan dalam {CITED} tentang Ternak diubah sebagai berikut:\n1. Ketentuan Pasal 4 diubah serta "
        "di antara Pasal 4 dan Pasal 5 disisipkan 1 (satu) pasal, yakni Pasal 4A sehingga berbunyi sebagai berikut:\nPasal 4\n"
        "Kambing dihitung.\nPasal 4A\nDomba dihitung.\nPasal II\nUndang-Undang ini mulai berlaku pada tanggal diundangkan.\n"
    )
    write_law(tmp_path / "raw", "id-uu-3-2001", GOATS)
    corpus, _ = one(tmp_path, "id-uu-7-2019", text, kind="amending-act", amends=["id-uu-3-2001"])
    quoted = [p.eid for p in corpus.provisions["id-uu-7-2019"] if p.part == "quoted"]
    assert quoted == ["art_I__point_1__art_4", "art_I__point_1__art_4A"]


def test_an_amending_act_whose_own_articles_stand_in_capitals_amid_lines(tmp_path: Path) -> None:
    text = (
        "Menimbang:\na. bahwa kambing perlu dihitung;\nMengingat:\nPasal 20 dan Pasal 21 Undang-Undang Dasar; "
        "M E M U T U S K A N: Menetapkan: UNDANG-UNDANG TENTANG PERUBAHAN ATAS UNDANG-UNDANG NOMOR 3 TAHUN 2001 TENTANG TERNAK. "
        f"PASAL I Beberapa ketentuan dalam {CITED} tentang Ternak diubah sebagai berikut:\n1. Ketentuan Pasal 1 diubah "
        "sehingga Pasal 1 berbunyi sebagai berikut:\nPasal 1\nKambing adalah:\n1. jantan; dan\n2. betina.\n"
        "2. Di antara Pasal 2 dan Pasal 3 disisipkan 1 (satu) pasal yakni Pasal 2A, yang berbunyi sebagai berikut:\nPasal 2A\n"
        "Domba dihitung. PASAL II Undang-Undang ini mulai berlaku pada tanggal diundangkan.\n"
    )
    write_law(tmp_path / "raw", "id-uu-3-2001", GOATS)
    corpus, links = one(tmp_path, "id-uu-7-2019", text, kind="amending-act", amends=["id-uu-3-2001"])
    own = [p.eid for p in corpus.provisions["id-uu-7-2019"] if p.part == "body"]
    assert own == ["art_I", "art_I__point_1", "art_I__point_2", "art_II"]
    assert [(o.eid, o.op) for o in links.operations if o.doc_id == "id-uu-7-2019"] == [
        ("art_I__point_1", "amend"), ("art_I__point_2", "insert"), ("art_II", "commence"),
    ]  # fmt: skip


def test_an_act_that_amends_several_laws_sets_articles_out_without_their_headings(tmp_path: Path) -> None:
    """One article for each law, and an item for each of its articles; the paragraphs stand right below the item."""
    write_law(tmp_path / "raw", "id-uu-3-2001", GOATS)
    text = (
        f"Pasal 1\nTernak adalah hewan.\nPasal 2\nBeberapa ketentuan dalam {CITED} tentang Ternak diubah sebagai berikut:\n"
        "1. Ketentuan Pasal 2 diubah sehingga berbunyi sebagai berikut:\n(1). Kambing dihitung.\n(2). Domba dihitung "
        "sebagaimana dimaksud pada ayat (1).\n2. Ketentuan Pasal 3 dihapus.\nPasal 3\nUndang-Undang ini mulai berlaku pada "
        "tanggal diundangkan.\n"
    )
    corpus, links = one(tmp_path, "id-uu-7-2019", text, amends=["id-uu-3-2001"])
    assert corpus.law_of("id-uu-7-2019", "art_2__point_1__para_2") == ("id-uu-3-2001", "art_2__para_2")
    assert [c.target_eid for c in links.citations if c.eid == "art_2__point_1__para_2"] == ["art_2__para_1"]
    rows = {r.eid: r for r in consolidated(corpus, links, "id-uu-3-2001", "2025-12-11")}
    assert [(rows[e].source_doc, rows[e].state) for e in ("art_2__para_1", "art_2__para_2", "art_3")] == [
        ("id-uu-7-2019", "in_force"),
        ("id-uu-7-2019", "in_force"),
        ("id-uu-3-2001", "deleted"),
    ]
    assert "art_2__para_3" not in rows


def test_a_law_outside_the_corpus_is_repealed_by_its_number(tmp_path: Path) -> None:
    text = (
        "Pasal 1\nKambing dicatat.\nPasal 2\nPada saat Undang-Undang ini mulai berlaku, Undang-Undang Nomor 39 Tahun 1994 tentang "
        "Kambing dan Pasal 5 ayat (2) Undang-Undang Nomor 40 Tahun 1995 dicabut dan dinyatakan tidak berlaku.\n"
    )
    assert done(tmp_path, text) == ["repeal uu-39-1994", "repeal uu-40-1995 art_5__para_2"]

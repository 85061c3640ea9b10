"""Forms met in poor copies of statutes outside the corpus: raw OCR, converted pages. The laws here are ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.test_repair import mended
from tests.test_unseen import cites, one


def eids(tmp_path: Path, doc_id: str, text: str, **about: object) -> list[str]:
    """eids of the body's provisions of a law."""
    corpus, _ = one(tmp_path, doc_id, text, **about)
    return [p.eid for p in corpus.provisions[doc_id] if p.part in ("body", "quoted")]


@pytest.mark.parametrize(
    ("noisy", "clean"),
    [
        ("' e. kambing", "e. kambing"),
        (". a. kambing", "a. kambing"),
        (": b. kambing", "b. kambing"),
        ("1 (1) Kambing", "(1) Kambing"),
        ("a.. memberi nama", "a. memberi nama"),
        ("mengenai: l) kambing;\n2) domba;", "mengenai: 1) kambing;\n2) domba;"),
        ("9. Domba. 1O. Kambing. ll.Sapi.", "9. Domba. 10. Kambing. 11. Sapi."),
        ("e. domba;\nf. kambing; dan C. sapi jantan.", "e. domba;\nf. kambing; dan g. sapi jantan."),
        ("dipidana penjara paling tama 6 (enam) tahun", "dipidana penjara paling lama 6 (enam) tahun"),
        ("paling sedikil Rp2.000,00 (dua ribu rupiah)", "paling sedikit Rp2.000,00 (dua ribu rupiah)"),
    ],
)
def test_numbers_and_bounds_that_a_scan_hides(noisy: str, clean: str) -> None:
    assert mended(f"Pasal 1\n{noisy}\n")[0] == f"Pasal 1\n{clean}\n"


def test_what_only_looks_like_such_noise_stays() -> None:
    text = "Pasal 1\nTanah paling utara 6 (enam) hektare. 7. Domba. 9. Kambing; dan B. Sapi jantan.\n"
    assert mended(text)[0] == text


def test_an_article_of_another_law_beside_others_of_it_is_not_mended() -> None:
    heads = "".join(f"Pasal {n}\nKambing.\n" for n in (*range(1, 38), "38A", "38B"))
    assert "Pasal 387, Pasal 388, dan Pasal 415" in mended(f"{heads}Pasal 387, Pasal 388, dan Pasal 415 KUHP.\n")[0]
    assert "dalam Pasal 31 dan" in mended(f"{heads}sebagaimana dimaksud dalam Pasal 3L dan Pdsal 32.\n")[0]


def test_an_inserted_article_whose_number_stands_apart(tmp_path: Path) -> None:
    text = (
        "Pasal I\nUndang-Undang Nomor 3 Tahun 1999 diubah sebagai berikut:\n1. Di antara Pasal 97 dan Pasal 98 disisipkan 3 "
        "(tiga) pasal, yakni Pasal 97A, Pasal 97B, dan Pasal 97C sehingga berbunyi sebagai berikut:\nPasal 97A\nKambing.\n"
        "Pasal  97B\nDomba.\nPasal 9 7C\nSapi.\nPasal II\nUndang-Undang ini mulai berlaku pada tanggal diundangkan.\n"
    )
    found = eids(tmp_path, "id-uu-7-2019", text, kind="amending-act", amends=["id-uu-3-1999"])
    assert found[2:-1] == [f"art_I__point_1__art_97{c}" for c in "ABC"]


def test_a_heading_that_an_amending_item_announces_and_a_copy_lacks(tmp_path: Path) -> None:
    text = (
        "Pasal I\nUndang-Undang Nomor 3 Tahun 1999 diubah sebagai berikut:\n1. Ketentuan Pasal 7 diubah, sehingga Pasal 7 "
        "berbunyi sebagai berikut:\n(1) Kambing diberi nama.\n(2) Domba dihitung.\n2. Ketentuan Pasal 9 diubah sehingga berbunyi "
        "sebagai berikut:\nPasal 9\nSapi.\n3. Di antara Pasal 10 dan Pasal 11 disisipkan 1 (satu) pasal, yakni Pasal 10A sehingga "
        "berbunyi sebagai berikut:\nKuda.\nPasal II\nUndang-Undang ini mulai berlaku pada tanggal diundangkan.\n"
    )
    found = eids(tmp_path, "id-uu-7-2019", text, kind="amending-act", amends=["id-uu-3-1999"])
    assert [e.removeprefix("art_I__point_") for e in found[1:-1]] == [
        "1", "1__art_7", "1__art_7__para_1", "1__art_7__para_2", "2", "2__art_9", "3",
    ]  # fmt: skip


def test_the_first_article_read_as_roman(tmp_path: Path) -> None:
    text = "BAB I KAMBING\nPasal I\nKambing diberi nama.\nPasal 2\nDomba dihitung.\nPasal 3\nSapi diperah.\n"
    assert eids(tmp_path, "id-uu-7-2019", text) == ["chp_I", "art_1", "art_2", "art_3"]


def test_a_preamble_that_begins_amid_a_line(tmp_path: Path) -> None:
    text = "PRESIDEN REPUBLIK INDONESIA, Menimbang : a. bahwa kambing;\nb. bahwa domba;\nPasal 1\nKambing.\nPasal 2\nDomba.\n"
    corpus, _ = one(tmp_path, "id-uu-7-2019", text)
    found = [p.eid for p in corpus.provisions["id-uu-7-2019"]]
    assert found == ["front", "preamble", "preamble__point_a", "preamble__point_b", "art_1", "art_2"]


def test_the_elucidation_opens_though_its_word_is_misread(tmp_path: Path) -> None:
    text = "Pasal 1\nKambing.\nPasal 2\nDomba.\nAgar setiap orang mengetahuinya, diundangkan.\nPENJEI,ASAN\nATAS\nUNDANG-UNDANG\n"
    corpus, _ = one(tmp_path, "id-uu-7-2019", text + "I. UMUM\nKambing.\nII. PASAL DEMI PASAL\nPasal 1\nCukup jelas.\n")
    assert "elucidation__art_1" in [p.eid for p in corpus.provisions["id-uu-7-2019"]]


def test_amending_items_with_noisy_numbers_at_and_amid_lines(tmp_path: Path) -> None:
    text = (
        "Pasal I\nUndang-Undang Nomor 3 Tahun 1999 diubah sebagai berikut:\n"
        + "".join(f"{n}. Ketentuan Pasal {n} diubah sehingga berbunyi sebagai berikut:\nPasal {n}\nKambing.\n" for n in range(1, 11))
        + "Domba. 1 1. Di antara Pasal 2l dan Pasal 22 disisipkan 1 (satu) pasal, yakni Pasal 21A sehingga berbunyi sebagai "
        "berikut: Pasal 21A Domba.\nl2.Ketentuan Pasal 25 diubah sehingga berbunyi sebagai berikut: Pasal 2 5 (1) Sapi.\n(2) Kuda.\n"
        "73.Di antara Pasal 27 dan Pasal 28 disisipkan 1 (satu) pasal, yakni Pasal 27A sehingga berbunyi sebagai berikut:\n"
        "Pasal 27A\nKuda.\n14. Pasal 30 dihapus.\nPasal II\nUndang-Undang ini mulai berlaku pada tanggal diundangkan.\n"
    )  # fmt: skip
    about = {"kind": "amending-act", "amends": ["id-uu-3-1999"]}
    last = tuple(f"art_I__point_{n}" for n in range(11, 15))
    found = [e for e in eids(tmp_path, "id-uu-7-2019", text, **about) if e.startswith(last)]
    assert found == [
        "art_I__point_11", "art_I__point_11__art_21A", "art_I__point_12", "art_I__point_12__art_25",
        "art_I__point_12__art_25__para_1", "art_I__point_12__art_25__para_2", "art_I__point_13",
        "art_I__point_13__art_27A", "art_I__point_14",
    ]  # fmt: skip


def test_points_of_an_amending_item_that_each_set_an_article_out(tmp_path: Path) -> None:
    text = (
        "Pasal I\nUndang-Undang Nomor 3 Tahun 1999 diubah sebagai berikut:\n1. Pasal 7 dipecah menjadi 2 (dua) pasal:\n"
        "a. Pasal 7 dengan bunyi sebagai berikut:\nPasal 7\n(1) Kambing.\n(2) Domba.\n"
        'b. Pasal 7 A, kata "dapat" pada ayat (4) dihapus, sehingga berbunyi sebagai berikut:\nPasal 7 A\n(1) Sapi.\n'
        "2. Ketentuan Pasal 9 tetap, penjelasan Pasal 9 diubah.\n"
        "3. Di antara Bab VI dan Bab VII ditambah bab baru yakni Bab VI A mengenai Kuda yang berisi 1 (satu) pasal, yakni "
        "Pasal 43 A sehingga berbunyi sebagai berikut:\nBAB VI A\nKUDA\nPasal 43 A\nKuda.\nPasal II\nTetap.\n"
    )
    about = {"kind": "amending-act", "amends": ["id-uu-3-1999"]}
    corpus, links = one(tmp_path, "id-uu-7-2019", text, **about)
    found = [p.eid for p in corpus.provisions["id-uu-7-2019"] if p.part in ("body", "quoted")]
    assert [e.removeprefix("art_I__") for e in found[1:-1]] == [
        "point_1", "point_1__point_a", "point_1__art_7", "point_1__art_7__para_1", "point_1__art_7__para_2",
        "point_1__point_b", "point_1__art_7A", "point_1__art_7A__para_1", "point_2", "point_3", "point_3__chp_VIA",
        "point_3__art_43A",
    ]  # fmt: skip
    made = [(o.eid, o.op, o.target_eid) for o in links.operations]
    assert ("art_I__point_2", "amend", "elucidation__art_9") in made
    assert ("art_I__point_2", "amend", "art_9") not in made
    assert ("art_I__point_3", "insert", "art_43A") in made
    assert not any(op == "delete" for _, op, _ in made)


def test_a_heading_that_the_foot_of_a_page_announced(tmp_path: Path) -> None:
    lines = [
        "Pasal 1", "Kambing.", "Pasal 2", "BAB II", "DOMBA", "Pasal 2", "Domba.", "Pasal 3", "(1) (2t", "Pasal 3", "Sapi.",
        "(1) (21 (3) Kuda", "Pasal 4", "Kuda.",
    ]  # fmt: skip
    assert eids(tmp_path, "id-uu-7-2019", "\n\n".join(lines)) == ["art_1", "chp_II", "art_2", "art_3", "art_4"]


def test_paragraphs_that_start_over_stand_beside_each_other(tmp_path: Path) -> None:
    text = "Pasal 1\n(1) Kambing.\n(2) Domba.\n(3) Sapi.\n(1) Kuda.\n"
    assert eids(tmp_path, "id-uu-7-2019", text) == ["art_1", *(f"art_1__para_{n}" for n in ("1", "2", "3", "1--2"))]


def test_no_reference_goes_on_behind_a_full_stop(tmp_path: Path) -> None:
    links = one(tmp_path, "id-uu-7-2019", "Pasal 1\nLihat penjelasan pasal demi pasal.\nPasal 2\n13. Kambing.\n")[1]
    assert cites(links, "art_1") == []

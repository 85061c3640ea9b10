"""Acts that are no amending acts, some articles of which change other laws. The laws here are ours."""

from __future__ import annotations

from pathlib import Path

from pipeline.describe import describe
from tests.test_unseen import one

OMNIBUS = (
    "UNDANG-UNDANG REPUBLIK INDONESIA NOMOR 7 TAHUN 2021 TENTANG PETERNAKAN KAMBING\nDENGAN RAHMAT TUHAN YANG MAHA ESA\n"
    "BAB I\nKETENTUAN UMUM\nPasal 1\nKambing diberi nama.\nBAB II\nPADANG RUMPUT\nBagian Kesatu\nDomba\nPasal 2\n"
    "Beberapa ketentuan dalam Undang-Undang Nomor 3 Tahun 1999 tentang Domba diubah sebagai berikut:\n"
    "1. Ketentuan Pasal 1 diubah sehingga berbunyi sebagai berikut:\nPasal 1\nDomba adalah:\n1. domba putih; dan\n2. domba hitam.\n"
    "2. Di antara Pasal 2 dan Pasal 3 disisipkan 2 (dua) pasal, yakni Pasal 2A dan Pasal 2B sehingga berbunyi sebagai berikut:\n"
    "Pasal 2A\n(1) Domba dihitung.\n(2) Hitungan sebagaimana dimaksud pada ayat (1) dicatat.\nPasal 2B\nDomba dicukur.\n"
    "3. Pasal 5 dihapus.\n"
    "4. Di antara BAB V dan BAB VI disisipkan 1 (satu) bab, yakni BAB VA sehingga berbunyi sebagai berikut:\nBAB VA\nPENUTUP\n"
    "Pasal 3\nKambing dan domba dipisahkan sesuai dengan Pasal 1.\nBagian Kedua\nSapi\nPasal 4\n"
    "Ketentuan Pasal 8 Undang-Undang Nomor 4 Tahun 2001 tentang Sapi diubah sehingga berbunyi sebagai berikut:\n"
    "Pasal 8\n(1) Sapi diperah.\n(2) Susu dijual.\nBAB III\nKETENTUAN PENUTUP\nPasal 5\n"
    "Undang-Undang ini mulai berlaku pada tanggal 1 Juli 2021.\n"
    "PENJELASAN ATAS UNDANG-UNDANG\nI. UMUM\nSudah jelas.\nII. PASAL DEMI PASAL\nPasal 1\nCukup jelas.\nPasal 2\nAngka 1\nPasal 1\n"
    "Cukup jelas.\nAngka 2\nPasal 2A\nAyat (1)\nCukup jelas.\nPasal 2B\nCukup jelas.\nAngka 3\nCukup jelas.\nPasal 3\nCukup jelas.\n"
    "Pasal 4\nPasal 8\nCukup jelas.\nPasal 5\nCukup jelas.\n"
)
LAWS = ["id-uu-3-1999", "id-uu-4-2001"]


def test_articles_of_its_own_are_told_from_those_that_it_sets_out(tmp_path: Path) -> None:
    corpus, _ = one(tmp_path, "id-uu-7-2021", OMNIBUS, amends=LAWS)
    found = [p.eid for p in corpus.provisions["id-uu-7-2021"] if p.kind in ("article", "chapter")]
    body = [e for e in found if not e.startswith("elucidation")]
    assert body == [
        "chp_I", "art_1", "chp_II", "art_2", "art_2__point_1__art_1", "art_2__point_2__art_2A", "art_2__point_2__art_2B",
        "art_2__point_4__chp_VA", "art_3", "art_4", "art_4__art_8", "chp_III", "art_5",
    ]  # fmt: skip
    assert [e.removeprefix("elucidation__") for e in found if e not in body] == [
        "art_1", "art_2", "art_2__point_1__art_1", "art_2__point_2__art_2A", "art_2__point_2__art_2B", "art_3", "art_4",
        "art_4__art_8", "art_5",
    ]  # fmt: skip
    assert ("id-uu-7-2021", "elucidation__art_2__point_3") in corpus.by_eid


def test_what_it_does_to_each_law_and_whose_articles_it_cites(tmp_path: Path) -> None:
    _, links = one(tmp_path, "id-uu-7-2021", OMNIBUS, amends=LAWS)
    assert [(o.eid, o.op, o.target_doc, o.target_eid) for o in links.operations] == [
        ("art_2__point_1", "amend", "id-uu-3-1999", "art_1"),
        ("art_2__point_2", "insert", "id-uu-3-1999", "art_2A"),
        ("art_2__point_2", "insert", "id-uu-3-1999", "art_2B"),
        ("art_2__point_3", "delete", "id-uu-3-1999", "art_5"),
        ("art_2__point_4", "insert", "id-uu-3-1999", "chp_VA"),
        ("art_4", "amend", "id-uu-4-2001", "art_8"),
        ("art_5", "commence", "id-uu-7-2021", ""),
    ]
    cited = {(c.eid, c.target_doc, c.target_eid) for c in links.citations}
    assert ("art_2__point_2__art_2A__para_2", "id-uu-3-1999", "art_2A__para_1") in cited
    assert ("art_3", "id-uu-7-2021", "art_1") in cited


def test_articles_with_roman_numbers_and_another_law_below_some(tmp_path: Path) -> None:
    text = (
        "BAB I\nDENDA\nPasal I\n(1) Denda dihapus.\n(2) Ketentuan sebagaimana dimaksud pada ayat (1) dikecualikan bagi kambing.\n"
        "Pasal II\nKetentuan Pasal 15 dalam Undang-Undang Nomor 3 Tahun 1999 tentang Domba diubah sehingga berbunyi sebagai "
        "berikut:\nPasal 15\nDomba bebas.\nBAB II\nSAPI\nPasal III\nBeberapa ketentuan dalam Undang-Undang Nomor 4 Tahun 2001 "
        "tentang Sapi diubah sebagai berikut:\n1. Ketentuan Pasal 3 diubah sehingga Pasal 3 berbunyi sebagai berikut:\nPasal 3\n"
        "Sapi bebas.\nPasal IV\nUndang-Undang ini mulai berlaku pada tanggal 2 Januari 2026.\n"
    )
    corpus, links = one(tmp_path, "id-uu-7-2026", text, amends=LAWS)
    assert [p.eid for p in corpus.provisions["id-uu-7-2026"] if p.kind == "article"] == [
        "art_I", "art_II", "art_II__art_15", "art_III", "art_III__point_1__art_3", "art_IV",
    ]  # fmt: skip
    assert [(o.eid, o.target_doc, o.target_eid) for o in links.operations if o.op == "amend"] == [
        ("art_II", "id-uu-3-1999", "art_15"),
        ("art_III__point_1", "id-uu-4-2001", "art_3"),
    ]


def test_the_laws_that_it_changes_are_read_from_its_articles(tmp_path: Path) -> None:
    file = tmp_path / "id-uu-7-2021.txt"
    file.write_text(OMNIBUS, encoding="utf-8")
    drafted = describe(file, {})
    assert drafted is not None
    assert (drafted[1].kind, drafted[1].amends) == ("act", LAWS)

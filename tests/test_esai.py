"""The audit of an essay in Indonesian, written for this test; what is wrong in it is wrong on purpose.

Each verdict comes from reading the statutes, not from the program.
"""

from __future__ import annotations

import pytest

from tests.laws import audited

ESAI = """# Anak dan Dua Undang-Undang

1. Undang-undang perdagangan orang

Undang-Undang Nomor 21 Tahun 2007 tentang Pemberantasan Tindak Pidana Perdagangan Orang dibaca lebih dahulu.

Pasal 2 ayat (1) UU TPPO mengancam pelaku dengan pidana penjara paling singkat 3 tahun dan paling lama 15 tahun.

Pasal 3 UU TPPO mengancam pelaku dengan pidana penjara paling singkat 4 tahun dan paling lama 20 tahun.

Pasal 11 UU TPPO juga memidana permufakatan jahat.

Pasal 44 ayat (1) UU TPPO memberi saksi dan korban hak agar identitasnya dirahasiakan.

Pasal 45 UU TPPO memberi setiap korban restitusi atas biaya medis.

Pasal 1 angka 5 UU TPPO memandang sebagai anak setiap orang yang belum berusia 16 tahun.

Pasal 99 UU TPPO memidana siapa pun yang merekrut anak.

UU TPPO tidak memuat ketentuan tentang restitusi.

UU TPPO belum mengatur grooming secara daring.

2. Undang-undang pornografi

Yang kedua ialah Undang-Undang Nomor 45 Tahun 2008 tentang Pornografi.

Pasal 31 UU Pornografi mengancam pidana penjara paling lama 4 tahun dan/atau denda paling banyak Rp2.000.000.000,00.

Pasal 32 UU Pornografi mengancam pidana penjara paling lama 4 tahun dan denda paling banyak Rp900.000.000,00.

Pasal 5 UU Pornografi melarang siapa pun meminjamkan atau mengunduh pornografi.

Pasal 7 UU Pornografi melarang siapa pun memiliki atau menyimpan pornografi.

Pasal 36 UU Pornografi memidana pelanggaran terhadap Pasal 10.

Cybersex trafficking bukan istilah yang lazim dikenal dalam hukum Indonesia.

Konvensi Hak-Hak Anak 1989 melindungi setiap anak.

Konvensi Hak-Hak Anak tahun 2007 dibaca kemudian.

Konvensi Hak-Hak Anak diratifikasi dengan Undang-Undang Nomor 14 Tahun 2009.

Jumlah kambing naik dari tahun 2016 hingga 2021 (Dewan Kambing, 2019).

Jumlah domba akan naik dari tahun 2016 hingga 2021 (Dewan Kambing, 2019).

Jumlah kasus eksploitasi anak daring meningkat 120%. Menurut catatan lain, kasus eksploitasi anak daring meningkat 121,5 persen.
"""
SOURCE = {
    "doc_id": "esai-2025",
    "akn_uri": "/akn/id/doc/article/2025/esai",
    "kind": "article",
    "number": "1",
    "year": 2025,
    "title": "Anak dan Dua Undang-Undang",
    "title_en": "Children and Two Statutes",
    "language": "id",
    "signed": None,
    "published": "2025-06-01",
    "licence": "written for this test",
    "articles": "1-2",
    "checked": "unchecked",
}
# words of the statement, kind, cited, verdict
EXPECTED = [
    ("dibaca lebih dahulu", "identity", "id-uu-21-2007", "supported"),
    ("Pasal 2 ayat (1)", "penalty", "id-uu-21-2007 art_2__para_1", "supported"),
    ("Pasal 3 UU TPPO", "penalty", "id-uu-21-2007 art_3", "contradicted"),  # 3 to 15 years
    ("Pasal 11 UU TPPO", "content", "id-uu-21-2007 art_11", "supported"),
    ("Pasal 44 ayat (1)", "content", "id-uu-21-2007 art_44__para_1", "supported"),
    ("Pasal 45 UU TPPO", "content", "id-uu-21-2007 art_45", "wrong_reference"),  # restitution is article 48
    ("belum berusia 16", "content", "id-uu-21-2007 art_1__point_5", "contradicted"),  # under 18
    ("Pasal 99 UU TPPO", "content", "id-uu-21-2007 99", "wrong_reference"),  # the law ends with article 67
    ("tidak memuat ketentuan", "absence", "id-uu-21-2007", "contradicted"),  # articles 1(13), 48-50
    ("belum mengatur grooming", "absence", "id-uu-21-2007", "supported"),
    ("45 Tahun 2008", "identity", "id-uu-44-2008", "wrong_reference"),  # 44/2008
    ("Pasal 31 UU Pornografi", "penalty", "id-uu-44-2008 art_31", "supported"),
    ("Pasal 32 UU Pornografi", "penalty", "id-uu-44-2008 art_32", "contradicted"),  # 2 billion, and/or
    ("meminjamkan atau mengunduh", "content", "id-uu-44-2008 art_5", "supported"),
    ("memiliki atau menyimpan", "content", "id-uu-44-2008 art_7", "wrong_reference"),  # article 6
    ("pelanggaran terhadap Pasal 10", "relation", "id-uu-44-2008 art_36", "supported"),
    ("bukan istilah", "absence", "id", "supported"),
    ("Anak 1989", "identity", "int-crc", "supported"),
    ("tahun 2007 dibaca", "identity", "int-crc", "contradicted"),  # of 1989
    ("14 Tahun 2009", "identity", "id-uu-14-2009", "wrong_reference"),  # ratifies the Palermo Protocol
    ("kambing naik", "consistency", "", "internally_inconsistent"),  # a source of 2019 knows nothing of 2021
    ("meningkat 121,5 persen", "consistency", "", "internally_inconsistent"),
]
ACCUSES = ("contradicted", "wrong_reference", "outdated", "internally_inconsistent")


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    """The audit of the essay beside statutes and treaties."""
    laws = {"id": ("id-uu-21-2007", "id-uu-44-2008", "id-uu-14-2009"), "int": ("int-crc", "int-palermo")}
    return audited(tmp_path_factory.mktemp("esai"), laws, "artikel", SOURCE, ESAI)


@pytest.mark.parametrize(("words", "kind", "cited", "verdict"), EXPECTED)
def test_each_statement_is_judged_as_it_was_written(
    rows: list[dict[str, str]], words: str, kind: str, cited: str, verdict: str
) -> None:
    found = [r for r in rows if words in r["statement"] and (r["kind"], r["cited"]) == (kind, cited)]
    assert [r["verdict"] for r in found] == [verdict], [r for r in rows if words in r["statement"]]


def test_nothing_true_is_accused(rows: list[dict[str, str]]) -> None:
    wrong = [words for words, _, _, verdict in EXPECTED if verdict in ACCUSES]
    false = [
        r
        for r in rows
        if r["verdict"] in ACCUSES and r["kind"] != "consistency" and not any(w in r["statement"] for w in wrong)
    ]
    assert false == []

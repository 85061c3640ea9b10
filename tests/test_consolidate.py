"""Consolidation: laws as of a day, on what ships and on a law made for the test that is amended three times."""

from __future__ import annotations

import pytest
import yaml

from pipeline import extract, link, parse, tag
from pipeline.consolidate import Consolidated, consolidated
from pipeline.corpus import Corpus
from pipeline.link.order import number_key, place
from tests.conftest import Run, params

# A law about lighthouses and its three amendments; words of ours, formulas of the drafting rules.
LAW = """# UNDANG-UNDANG REPUBLIK INDONESIA | NOMOR 5 TAHUN 2001 | TENTANG | MERCUSUAR

MEMUTUSKAN:

Menetapkan: UNDANG-UNDANG TENTANG MERCUSUAR.

## BAB I | KETENTUAN UMUM

### Pasal 1

Mercusuar adalah menara dengan lampu.

### Pasal 2

(1) Mercusuar dijaga oleh penjaga.

(2) Penjaga menyalakan lampu setiap malam.

### Pasal 3

Lampu berwarna putih.

### Pasal 4

Undang-Undang ini mulai berlaku pada tanggal diundangkan.
"""
FIRST = """# UNDANG-UNDANG REPUBLIK INDONESIA | NOMOR 6 TAHUN 2005 | TENTANG | PERUBAHAN ATAS UNDANG-UNDANG NOMOR 5 TAHUN 2001 TENTANG MERCUSUAR

MEMUTUSKAN:

Menetapkan: UNDANG-UNDANG TENTANG PERUBAHAN ATAS UNDANG-UNDANG NOMOR 5 TAHUN 2001 TENTANG MERCUSUAR.

### Pasal I

Beberapa ketentuan dalam Undang-Undang Nomor 5 Tahun 2001 tentang Mercusuar diubah sebagai berikut:

1. Di antara Pasal 2 dan Pasal 3 disisipkan 2 (dua) pasal, yakni Pasal 2A dan Pasal 2B, yang berbunyi sebagai berikut:

Pasal 2A

Penjaga mencatat kapal yang lewat.

Pasal 2B

Catatan disimpan di menara.

2. Ketentuan Pasal 3 diubah sehingga berbunyi sebagai berikut:

Pasal 3

Lampu berwarna merah.

### Pasal II

Undang-Undang ini mulai berlaku pada tanggal diundangkan.
"""
SECOND = """# UNDANG-UNDANG REPUBLIK INDONESIA | NOMOR 7 TAHUN 2010 | TENTANG | PERUBAHAN KEDUA ATAS UNDANG-UNDANG NOMOR 5 TAHUN 2001 TENTANG MERCUSUAR

MEMUTUSKAN:

Menetapkan: UNDANG-UNDANG TENTANG PERUBAHAN KEDUA ATAS UNDANG-UNDANG NOMOR 5 TAHUN 2001 TENTANG MERCUSUAR.

### Pasal I

Beberapa ketentuan dalam Undang-Undang Nomor 5 Tahun 2001 tentang Mercusuar diubah sebagai berikut:

1. Di antara ayat (1) dan ayat (2) Pasal 2 disisipkan 1 (satu) ayat, yakni ayat (1a), sehingga Pasal 2 berbunyi sebagai berikut:

Pasal 2

(1) Mercusuar dijaga oleh penjaga.

(1a) Penjaga tinggal di menara.

(2) Penjaga menyalakan lampu setiap malam.

2. Ketentuan Pasal 2B dihapus.

### Pasal II

Undang-Undang ini mulai berlaku pada tanggal diundangkan.
"""
THIRD = """# UNDANG-UNDANG REPUBLIK INDONESIA | NOMOR 8 TAHUN 2020 | TENTANG | PERUBAHAN KETIGA ATAS UNDANG-UNDANG NOMOR 5 TAHUN 2001 TENTANG MERCUSUAR

MEMUTUSKAN:

Menetapkan: UNDANG-UNDANG TENTANG PERUBAHAN KETIGA ATAS UNDANG-UNDANG NOMOR 5 TAHUN 2001 TENTANG MERCUSUAR.

### Pasal I

Beberapa ketentuan dalam Undang-Undang Nomor 5 Tahun 2001 tentang Mercusuar diubah sebagai berikut:

1. Ketentuan Pasal 3 diubah sehingga berbunyi sebagai berikut:

Pasal 3

Lampu berwarna hijau.

### Pasal II

Undang-Undang ini mulai berlaku setelah 2 (dua) tahun terhitung sejak tanggal diundangkan.
"""
DOCUMENTS = {
    "id-uu-5-2001": ("act", LAW, "2001-03-01"),
    "id-uu-6-2005": ("amending-act", FIRST, "2005-03-01"),
    "id-uu-7-2010": ("amending-act", SECOND, "2010-03-01"),
    "id-uu-8-2020": ("amending-act", THIRD, "2020-03-01"),
}


@pytest.fixture(scope="module")
def lighthouse(tmp_path_factory: pytest.TempPathFactory) -> tuple[Corpus, link.Links]:
    root = tmp_path_factory.mktemp("lighthouse")
    folder = root / "raw/id"
    (folder / "official").mkdir(parents=True)
    described = []
    for doc_id, (kind, text, day) in DOCUMENTS.items():
        number, year = doc_id.split("-")[2:]
        (folder / "official" / f"{doc_id}.md").write_text(text, encoding="utf-8")
        described.append(
            {
                "doc_id": doc_id, "akn_uri": f"/akn/id/act/uu/{year}/{number}", "kind": kind, "number": number,
                "year": int(year), "title": "Mercusuar", "title_en": "Lighthouses", "language": "id", "signed": day,
                "published": day, "amends": ["id-uu-5-2001"] if kind == "amending-act" else [],
                "licence": "made for a test", "articles": "1-4" if kind == "act" else "I-II", "checked": "unchecked",
            }
        )  # fmt: skip
    (folder / "sources.yaml").write_text(yaml.safe_dump({"documents": described}), encoding="utf-8")
    settings = {**params(), "corpus": {"edition": "official"}}
    stages = [root / n for n in ("1", "2", "3", "4")]
    extract.run(root / "raw", stages[0], settings)
    parse.run(stages[0], stages[1], settings)
    tag.run(stages[0], stages[1], stages[2], settings)
    link.run(stages[0], stages[1], stages[2], stages[3], "2025-01-01")
    corpus = Corpus(*stages[:3])
    return corpus, link.load(stages[3], corpus)


def _law(case: tuple[Corpus, link.Links], day: str) -> list[Consolidated]:
    return consolidated(*case, "id-uu-5-2001", day)


def _words(case: tuple[Corpus, link.Links], day: str, eid: str) -> str:
    row = next(r for r in _law(case, day) if r.eid == eid)
    return " ".join(case[0].text[row.source_doc][row.start : row.end].split())


def test_as_enacted(lighthouse: tuple[Corpus, link.Links]) -> None:
    assert [r.eid for r in _law(lighthouse, "2004-01-01")] == [
        "art_1", "art_2", "art_2__para_1", "art_2__para_2", "art_3", "art_4",
    ]  # fmt: skip
    assert "putih" in _words(lighthouse, "2004-01-01", "art_3")


def test_amended_once_inserted_articles_stand_in_their_place(lighthouse: tuple[Corpus, link.Links]) -> None:
    rows = _law(lighthouse, "2006-01-01")
    assert [r.eid for r in rows if r.level == 0] == ["art_1", "art_2", "art_2A", "art_2B", "art_3", "art_4"]
    assert {r.eid: r.source_doc for r in rows}["art_2A"] == "id-uu-6-2005"
    assert "merah" in _words(lighthouse, "2006-01-01", "art_3")


def test_amended_twice_a_paragraph_inserted_and_an_article_deleted(lighthouse: tuple[Corpus, link.Links]) -> None:
    rows = {r.eid: r for r in _law(lighthouse, "2011-01-01")}
    assert list(rows)[1:5] == ["art_2", "art_2__para_1", "art_2__para_1a", "art_2__para_2"]
    assert rows["art_2B"].state == "deleted"
    assert rows["art_2B"].valid_to == "2010-03-01"
    assert rows["art_2B"].by_clause.startswith("id-uu-7-2010@")
    assert rows["art_3"].state == "in_force"


def test_amended_thrice_from_the_day_it_commences(lighthouse: tuple[Corpus, link.Links]) -> None:
    assert "merah" in _words(lighthouse, "2022-02-28", "art_3")
    assert "hijau" in _words(lighthouse, "2022-03-01", "art_3")


def test_before_commencement_there_is_nothing(lighthouse: tuple[Corpus, link.Links]) -> None:
    assert _law(lighthouse, "2001-02-28") == []


@pytest.fixture(scope="module")
def case(shipped: Run) -> tuple[Corpus, link.Links]:
    corpus = Corpus(*(shipped.processed / n for n in ("1-text", "2-provisions", "3-tags")))
    return corpus, link.load(shipped.processed / "4-links")


def test_the_information_law_before_and_after_the_new_code(case: tuple[Corpus, link.Links]) -> None:
    before = {r.eid: r for r in consolidated(*case, "id-uu-11-2008", "2025-12-11")}
    units = [e for e in before if "__" not in e]
    assert units[units.index("art_27") :][:4] == ["art_27", "art_27A", "art_27B", "art_28"]
    assert {r.state for r in before.values()} == {"in_force"}
    after = {r.eid: r for r in consolidated(*case, "id-uu-11-2008", "2026-01-02")}
    assert after["art_27__para_1"].state == "expired"
    assert after["art_27__para_2"].state == "in_force"
    assert after["art_30"].state == "repealed"


def test_paragraphs_of_different_acts_make_one_section(case: tuple[Corpus, link.Links]) -> None:
    rows = {r.eid: r for r in consolidated(*case, "ph-ra-9208", "2025-12-11")}
    sources = [r.source_doc for e, r in rows.items() if e.startswith("sec_4__para_") and r.level == 1]
    assert set(sources) == {"ph-ra-10364", "ph-ra-11862"}
    letters = [r.num for e, r in rows.items() if e.startswith("sec_4__para_") and r.level == 1]
    assert letters == sorted(letters)


@pytest.mark.parametrize("law", ["id-uu-11-2008", "id-uu-23-2002", "id-uu-13-2006", "ph-ra-9208", "id-uu-21-2007"])
@pytest.mark.parametrize("day", ["2015-01-01", "2025-12-11", "2026-11-01"])
def test_every_provision_once_with_its_words(case: tuple[Corpus, link.Links], law: str, day: str) -> None:
    rows = consolidated(*case, law, day)
    assert len({r.eid for r in rows}) == len(rows)
    for row in rows:
        assert row.start < row.end
        assert (row.source_doc, row.source_eid) in case[0].by_eid
        assert not row.valid_from or row.valid_from <= day


def test_numbers_sort_as_lawyers_count() -> None:
    numbers = ["27", "27A", "27B", "28", "4-A", "2", "2a", "10", "z", "aa", "b"]
    assert sorted(numbers, key=number_key) == ["2", "2a", "4-A", "10", "27", "27A", "27B", "28", "b", "z", "aa"]
    assert place(["1", "2", "I"], ["1a"], {n: n for n in ("1", "2", "I", "1a")}) == ["1", "1a", "2", "I"]

"""A new file is described from its own name and first page; what it does not say stays empty."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from pipeline.acquire import wanted
from pipeline.describe import describe, draft
from pipeline.packs import Source, load_pack, pack_codes

ROOT = Path(__file__).resolve().parent.parent
AMENDING = """UNDANG-UNDANG REPUBLIK INDONESIA

NOMOR 7 TAHUN 2031

TENTANG

PERUBAHAN ATAS UNDANG-UNDANG NOMOR 44 TAHUN 2008 TENTANG PORNOGRAFI

DENGAN RAHMAT TUHAN YANG MAHA ESA

Pasal I

1. Pasal 5 dihapus.

Pasal II

Undang-Undang ini mulai berlaku pada tanggal diundangkan.

Disahkan di Jakarta pada tanggal 3 Marel 2031

Diundangkan di Jakarta pada tanggal 4 Maret 2031
"""
ACT = """REPUBLIC ACT NO. 19999

AN ACT PENALIZING THE SALE OF SEA SHELLS

Be it enacted by Congress:

SECTION 1. Title. – This Act is the Shell Act.

Approved: FEB. 9, 2031
"""


@pytest.fixture
def known() -> dict[str, Source]:
    return {doc_id: want.source for doc_id, want in wanted(ROOT / "raw").items()}


def _written(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_an_amending_act_names_what_it_amends_and_its_days(tmp_path: Path, known: dict[str, Source]) -> None:
    found = describe(_written(tmp_path, "id-uu-7-2031.txt", AMENDING), known)
    assert found is not None
    code, source = found
    assert (code, source.kind, source.amends) == ("id", "amending-act", ["id-uu-44-2008"])
    assert (source.number, source.year, source.akn_uri) == ("7", 2031, "/akn/id/act/uu/2031/7")
    # A misread month is still that month.
    assert (str(source.signed), str(source.published)) == ("2031-03-03", "2031-03-04")
    assert source.checked == "unchecked"


def test_an_act_of_another_jurisdiction(tmp_path: Path, known: dict[str, Source]) -> None:
    found = describe(_written(tmp_path, "ph-ra-19999.md", ACT), known)
    assert found is not None
    assert (found[0], found[1].kind, found[1].year, str(found[1].signed)) == ("ph", "act", 2031, "2031-02-09")
    assert found[1].title == "AN ACT PENALIZING THE SALE OF SEA SHELLS"
    assert found[1].published is None


@pytest.mark.parametrize("name", ["xx-uu-7-2031.txt", "id-notes.txt", "readme.txt"])
def test_a_name_that_says_too_little_is_not_guessed(tmp_path: Path, known: dict[str, Source], name: str) -> None:
    assert describe(_written(tmp_path, name, AMENDING), known) is None


def test_a_draft_is_a_valid_entry(tmp_path: Path, known: dict[str, Source]) -> None:
    found = describe(_written(tmp_path, "id-uu-7-2031.txt", AMENDING), known)
    assert found is not None
    assert Source.model_validate(yaml.safe_load(draft(found[1]))[0]) == found[1]


def test_twelve_months_to_a_year() -> None:
    for code in pack_codes():
        how = load_pack(code).description
        assert how is None or len(how.months) % 12 == 0

"""A new file is described from its own name and first page; what it does not say stays empty."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from pipeline.acquire import wanted
from pipeline.describe import describe, draft
from pipeline.packs import load_pack, pack_codes
from pipeline.sources import Source

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


def test_an_act_that_amends_several_laws_known_or_not(tmp_path: Path, known: dict[str, Source]) -> None:
    file = tmp_path / "ph-ra-19998.txt"
    file.write_text(
        "REPUBLIC ACT NO. 19998\n\nAN ACT ON SHELLS, AMENDING FOR THE PURPOSE ACT NO. 3815, REPUBLIC ACT NO. 8999, AS "
        "AMENDED BY REPUBLIC ACT NO. 9000, AND REPUBLIC ACT NO. 7610, AS AMENDED\n\nBe enacted by Congress:\n\n"
        "SECTION 1. Title. – This Act is the Shell Act.\n\nApproved: FEB. 9, 2031\n",
        encoding="utf-8",
    )
    found = describe(file, known)
    assert found is not None
    assert found[1].kind == "amending-act"
    assert found[1].amends == ["ph-act-3815", "ph-ra-8999", "ph-ra-7610"]


@pytest.mark.parametrize(
    ("title", "amends"),
    [
        ("AMENDING FOR THIS PURPOSE SECTION 12, ARTICLE VIII OF R.A. 7610", ["ph-ra-7610"]),
        ("AMENDING FOR THIS PURPOSE REPUBLIC ACTNO. 7610, AS AMENDED", ["ph-ra-7610"]),
        ("BY AMENDING ARTICLE 9 OF ACT NUMBERED THIRTY-EIGHT HUNDRED AND FIFTEEN, AS AMENDED", ["ph-act-3815"]),
        ("TO AMEND ARTICLE NINE OF THE REVISED PENAL CODE", ["ph-act-3815"]),
        ("AMENDING BATAS PAMBANSA BLG. 988 AND COMMONWEALTH ACT NO. 987", ["ph-bp-988", "ph-ca-987"]),
    ],
)
def test_an_amended_law_in_other_words(tmp_path: Path, known: dict[str, Source], title: str, amends: list[str]) -> None:
    text = ACT.replace("PENALIZING THE SALE OF SEA SHELLS", f"ON SHELLS, {title}")
    found = describe(_written(tmp_path, "ph-ra-19999.md", text), known)
    assert found is not None
    assert (found[1].kind, found[1].amends) == ("amending-act", amends)


def test_an_act_that_repeals_an_amended_one_amends_none(tmp_path: Path, known: dict[str, Source]) -> None:
    text = ACT.replace("SEA SHELLS", "SEA SHELLS, REPEALING FOR THE PURPOSE REPUBLIC ACT NO. 9000, AS AMENDED")
    found = describe(_written(tmp_path, "ph-ra-19999.md", text), known)
    assert found is not None
    assert (found[1].kind, found[1].amends) == ("act", [])


def test_the_day_of_an_act_in_the_brackets_of_its_heading(tmp_path: Path, known: dict[str, Source]) -> None:
    text = ACT.replace("REPUBLIC ACT NO. 19999", "[ REPUBLIC ACT NO. 19999, July 21, 2031 ]").replace(
        "Approved", "Seen"
    )
    found = describe(_written(tmp_path, "ph-ra-19999.md", text), known)
    assert found is not None
    assert str(found[1].signed) == "2031-07-21"


def test_an_amended_law_that_nobody_described(tmp_path: Path, known: dict[str, Source]) -> None:
    file = tmp_path / "id-uu-7-2031.txt"
    file.write_text(AMENDING.replace("NOMOR 44 TAHUN 2008", "NOMOR 3 TAHUN 2001"), encoding="utf-8")
    found = describe(file, known)
    assert found is not None
    assert found[1].amends == ["id-uu-3-2001"]


def test_a_treaty(tmp_path: Path, known: dict[str, Source]) -> None:
    file = tmp_path / "int-shells.txt"
    file.write_text(
        "Convention on the Sale of Sea Shells\n\nArticle 1\n\nShells may be sold.\n\nDone at Lagos, this 9th day of "
        "February 2031.\n",
        encoding="utf-8",
    )
    found = describe(file, known)
    assert found is not None
    assert (found[0], found[1].kind, found[1].title, found[1].year) == (
        "int", "treaty", "Convention on the Sale of Sea Shells", 2031,
    )  # fmt: skip


REPEATED = """Home
R.A. No. 29999 • An Act Freeing Goats
S. No. 14
[REPUBLIC ACT NO. 29999]
AN ACT FREEING GOATS, AMENDING FOR THE PURPOSE ACT NO. 3815, OTHERWISE KNOWN AS “THE REVISED PENAL CODE”, AS AMENDED
Be it enacted by the Senate and House of Representatives of the Philippines in Congress assembled:
SECTION 1. Article 9 of Act No. 3815 is hereby amended to read as follows:
“ART. 9. Goats. – Goats are free.”
Approved: AUG 29 2031
"""
DECREE = """MALACAÑANG
PRESIDENTIAL DECREE No. 2999 July 23, 1979
PENALIZING THE SALE OF SEA SHELLS
WHEREAS, shells are rare;
Section 1. Shells are free.
"""


def test_a_title_that_the_page_repeats_and_that_of_a_decree(tmp_path: Path, known: dict[str, Source]) -> None:
    found = describe(_written(tmp_path, "ph-ra-29999.txt", REPEATED), known)
    assert found is not None
    assert found[1].title.startswith("AN ACT FREEING GOATS, AMENDING") and found[1].amends == ["ph-act-3815"]
    decree = describe(_written(tmp_path, "ph-pd-2999.txt", DECREE), known)
    assert decree is not None
    assert (decree[1].title, str(decree[1].signed)) == ("PENALIZING THE SALE OF SEA SHELLS", "1979-07-23")


REGULATION = """MENTERI PERTANIAN REPUBLIK INDONESIA
PERATURAN MENTERI PERTANIAN REPUBLIK INDONESIA
NOMOR 5 TAHUN 2031
TENTANG
PENGGEMBALAAN KAMBING
DENGAN RAHMAT TUHAN YANG MAHA ESA
Pasal 1
Kambing digembalakan.
Ditetapkan di Jakarta
pada tanggal 9 Februari 2031
"""
RULES = """IMPLEMENTING RULES AND REGULATIONS OF REPUBLIC ACT NO. 19999, OTHERWISE KNOWN AS “AN ACT FREEING GOATS”
Pursuant to Section 9 of the Act, these Rules are issued.
RULE I
SECTION 1. Title. – These are the Rules.
"""


def test_regulations_and_implementing_rules(tmp_path: Path, known: dict[str, Source]) -> None:
    found = describe(_written(tmp_path, "id-permentan-5-2031.txt", REGULATION), known)
    assert found is not None
    assert (found[1].kind, found[1].title, str(found[1].signed)) == (
        "regulation",
        "PENGGEMBALAAN KAMBING",
        "2031-02-09",
    )
    rules = describe(_written(tmp_path, "ph-irr-ra-19999.txt", RULES), known)
    assert rules is not None
    assert (rules[1].kind, rules[1].implements) == ("regulation", "ph-ra-19999")
    assert rules[1].title.startswith("IMPLEMENTING RULES AND REGULATIONS OF REPUBLIC ACT NO. 19999")


def test_a_regulation_is_told_from_an_act_of_the_same_number(tmp_path: Path, known: dict[str, Source]) -> None:
    text = AMENDING.replace(
        "UNDANG-UNDANG NOMOR 44 TAHUN 2008 TENTANG PORNOGRAFI",
        "PERATURAN PEMERINTAH NOMOR 44 TAHUN 2008 TENTANG KAMBING",
    )
    found = describe(_written(tmp_path, "id-pp-7-2031.txt", text), known)
    assert found is not None
    assert found[1].amends == ["id-pp-44-2008"]
    text = AMENDING.replace("UNDANG-UNDANG NOMOR 44", "PERATURAN PEMERINTAH PENGGANTI UNDANG-UNDANG NOMOR 44")
    found = describe(_written(tmp_path, "id-uu-8-2031.txt", text), known)
    assert found is not None
    assert found[1].amends == ["id-perppu-44-2008"]


def test_a_title_tells_what_it_repeals_and_a_protocol_its_convention(tmp_path: Path, known: dict[str, Source]) -> None:
    text = ACT.replace(
        "PENALIZING THE SALE OF SEA SHELLS",
        "ON SHELLS, AMENDING REPUBLIC ACT NO. 8999, REPEALING REPUBLIC ACT NO. 9001",
    )
    found = describe(_written(tmp_path, "ph-ra-19999.txt", text), known)
    assert found is not None
    assert found[1].amends == ["ph-ra-8999"]
    protocol = (
        "Additional Protocol to the Convention on Cybercrime, concerning shells\n\nArticle 1\n\nShells may be sold.\n"
    )
    found = describe(_written(tmp_path, "int-shells.txt", protocol), known)
    assert found is not None
    assert found[1].implements == "int-budapest"


def test_an_act_that_amends_the_code(tmp_path: Path, known: dict[str, Source]) -> None:
    text = AMENDING.replace(
        "PERUBAHAN ATAS UNDANG-UNDANG NOMOR 44 TAHUN 2008 TENTANG PORNOGRAFI",
        "PERLINDUNGAN KAMBING DAN MENGUBAH KITAB UNDANG-UNDANG HUKUM PIDANA",
    )
    found = describe(_written(tmp_path, "id-uu-9-1958.txt", text), known)
    assert found is not None
    assert (found[1].kind, found[1].amends) == ("amending-act", ["id-kuhp"])


def test_an_executive_order_that_amends_the_code(tmp_path: Path, known: dict[str, Source]) -> None:
    text = (
        "EXECUTIVE ORDER NO. 29999 July 25, 1987\n\nFURTHER AMENDING ARTICLE 9 OF THE REVISED PENAL CODE\n\n"
        "WHEREAS, goats are many;\n\nSec. 1. Goats are free.\n"
    )
    found = describe(_written(tmp_path, "ph-eo-29999.txt", text), known)
    assert found is not None
    assert (found[1].kind, found[1].amends) == ("amending-act", ["ph-act-3815"])

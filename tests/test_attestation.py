"""What an office writes below its copies of a law is no part of it, in every format. The law is ours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.extract import extract_document
from pipeline.extract.attestation import without_attestations
from pipeline.packs import load_structure
from pipeline.records import Page
from tests.conftest import params

LAW = [
    "Pasal 1", "Kambing dicatat.", "Disahkan di Jakarta", "pada tanggal 3 Mei 2021", "PRESIDEN REPUBLIK INDONESIA,", "ttd.",
]  # fmt: skip
ATTESTED = ["Salinan sesuai dengan aslinya", "KEMENTERIAN TERNAK", "Kepala Biro Kandang,", "Gembala"]
EXPLAINED = ["PENJELASAN", "ATAS", "UNDANG-UNDANG TENTANG TERNAK", "Pasal 1", "Cukup jelas."]


def read(path: Path) -> dict[str, Any]:
    structure = load_structure("id").model_dump(mode="json")
    asked = {**params()["extract"], "ocr": "never"}
    return extract_document(
        {"path": path.as_posix(), "doc_id": "id-uu-7-2021", "language": "id", "structure": structure, "params": asked}
    )


@pytest.mark.parametrize("behind", [[], EXPLAINED])
def test_an_attestation_goes_and_is_reported(tmp_path: Path, behind: list[str]) -> None:
    path = tmp_path / "law.txt"
    path.write_text("\n\n".join([*LAW, *ATTESTED, *behind]), encoding="utf-8")
    found = read(path)
    assert found["pages"][0]["text"].split("\n")[:-1] == [*LAW, *behind]
    assert [n["before"] for n in found["notices"] if n["rule"] == "attestation"] == [" / ".join(ATTESTED)]


def test_pages_are_counted_anew() -> None:
    structure = load_structure("id")
    texts = ["\n".join([*LAW, *ATTESTED]) + "\n", "\n".join(EXPLAINED) + "\n"]
    pages = [Page("x", 1, 0, len(texts[0]), texts[0]), Page("x", 2, len(texts[0]), len(texts[0] + texts[1]), texts[1])]
    kept, notices = without_attestations(pages, structure)
    assert [p.text for p in kept] == ["\n".join(LAW) + "\n", texts[1]]
    assert [(p.start, p.end) for p in kept] == [(0, len(kept[0].text)), (kept[1].start, kept[1].start + len(texts[1]))]
    assert kept[1].start == kept[0].end
    assert [n.page for n in notices] == [1]


def test_what_goes_on_otherwise_stays() -> None:
    text = (
        "\n".join([ATTESTED[0], "Kambing itu dicatat, dan siapa pun yang " + "mencatatnya dengan baik " * 4, *LAW])
        + "\n"
    )
    kept, notices = without_attestations([Page("x", 1, 0, len(text), text)], load_structure("id"))
    assert (kept[0].text, notices) == (text, [])

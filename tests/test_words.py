"""Words of hand-cleaned versions, found in order in what extraction makes of the official files.

The share is of the cleaned version's words: longest common subsequence, small letters, without punctuation. A cleaned
version has mistakes of its own; where the printed page says otherwise they are put right here first, one by one.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from rapidfuzz.distance import LCSseq

from pipeline.extract import extract_document
from pipeline.packs import load_structure
from tests.conftest import params

pytestmark = pytest.mark.official
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Cleaned:
    """A law with a cleaned version: the share of words asked for, and what its cleaned version has wrong."""

    doc_id: str
    asked: float
    wrong: tuple[tuple[str, str], ...]  # (as cleaned, as printed)


HEADING = (r"(?m)^## memperhatikan\n", "")  # a heading of the cleaned version's own form, with nothing under it
LAWS = (
    Cleaned("id-uu-11-2008", 0.995, (
        HEADING,
        (r"IndonesiaTahun", "Indonesia Tahun"),
        (r"Perundangundangan", "Perundang-undangan"),
        (r"kehatihatian", "kehati-hatian"),
        (r"(?s)(Tanda Tangan Elektronik; dan) dalam hal.{50,200}?tersebut\.(\s+d\. )", r"\1\2"),  # point d, printed once
        (r"Komputer y\^dan", "Komputer dan"),
        (r"plaing", "paling"),
        (r"(?m)^ttd\.$", ""),  # the file has no such line
    )),
    Cleaned("id-uu-19-2016", 0.99, (HEADING,)),
    Cleaned("id-uu-1-2024", 0.99, (HEADING, (r"\bberikrut\b", "berikut"))),
)  # fmt: skip


@pytest.fixture(scope="session")
def cleaned(official: Path) -> Path:
    """The folder of hand-cleaned versions, a sub-folder a document: LACUNA_CLEANED, or `alternative` beside the texts."""
    folder = Path(os.environ.get("LACUNA_CLEANED") or official.parent / "alternative")
    if not folder.is_dir():
        pytest.skip("set LACUNA_CLEANED to the folder of hand-cleaned versions")
    return folder


def words(text: str) -> list[str]:
    """Words in small letters, without signs."""
    return WORD.findall(text.lower())


def share(wanted: list[str], found: list[str]) -> float:
    """Part of the wanted words that stand in the found ones, in order."""
    return float(LCSseq.similarity(wanted, found)) / len(wanted)


def test_the_measure() -> None:
    assert share(words("Satu, dua tiga."), words("satu (dua) xx tiga")) == 1.0
    assert share(words("satu dua tiga empat"), words("dua satu tiga empat")) == 0.75


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.doc_id)
def test_words_of_the_cleaned_version_are_found_in_order(official: Path, cleaned: Path, law: Cleaned) -> None:
    file = next((p for p in sorted(official.rglob(f"{law.doc_id}.*")) if p.is_file()), None)
    text = next(iter(sorted((cleaned / law.doc_id).glob("*clean*.md"))), None)
    if file is None or text is None:
        pytest.skip(f"{law.doc_id} is not in {official}, or its cleaned version not in {cleaned}")
    wanted = text.read_text(encoding="utf-8")
    for pattern, printed in law.wrong:
        wanted, times = re.subn(pattern, printed, wanted)
        assert times, f"{pattern} is no longer in {text}"
    wanted = re.sub(r"(?m)^#+ *", "", wanted)
    structure = load_structure("id").model_dump(mode="json")
    settings = {**params()["extract"], "ocr": "never"}
    read = extract_document({"doc_id": law.doc_id, "path": str(file), "params": settings, "structure": structure})
    found = share(words(wanted), words("".join(p["text"] for p in read["pages"])))
    print(f"{law.doc_id}: {found:.2%}")
    assert found >= law.asked

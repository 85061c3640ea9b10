"""Signs and numbers that stand astray, at every place where a text may begin or a line may end; patterns taken apart."""

from __future__ import annotations

import re

import pytest

from pipeline.extract.patterns import by_first_letter
from pipeline.extract.repair.edits import Text
from pipeline.extract.repair.strays import noisy_items, numbers_amid_lines, stray_signs
from pipeline.packs import load_structure

ID = load_structure("id")
STEPS = (stray_signs, noisy_items, numbers_amid_lines)


def mended(words: str) -> str:
    """A text after the steps of `strays` that look at signs."""
    text = Text("x-1", [1], [0], words)
    for step in STEPS:
        text.apply(list(step(text, ID)))
    return text.text


@pytest.mark.parametrize(
    ("noisy", "clean"),
    [
        ("' b. kapal;\n", "b. kapal;\n"),
        ("a. perahu;\n  . b. kapal;\n", "a. perahu;\n  b. kapal;\n"),
        ("1 (2) Nakhoda melapor.\n", "(2) Nakhoda melapor.\n"),
        ("'\na. perahu;\n", "a. perahu;\n"),
        ("a.. perahu;\n12.. kapal;\n", "a. perahu;\n12. kapal;\n"),
        ("Izin mengenai: l) perahu;\n2) kapal.\n", "Izin mengenai: 1) perahu;\n2) kapal.\n"),
        ("Izin\nI) perahu;\n2) kapal.\n", "Izin\n1) perahu;\n2) kapal.\n"),
        ("x\n9. Perahu. 1O. Kapal. ll. Dermaga.\n", "x\n9. Perahu. 10. Kapal. 11. Dermaga.\n"),
        ("x\n9. Perahu; 1 0. Kapal. Il.Dermaga.\n", "x\n9. Perahu; 10. Kapal. 11. Dermaga.\n"),
        ("k. perahu; dan 1. kapal.\n", "k. perahu; dan l. kapal.\n"),
        ("Pasal I\n1. Ketentuan ini.\nZ. Ketentuan itu.\n", "Pasal I\n1. Ketentuan ini.\n2. Ketentuan itu.\n"),
        (
            "x\n# Pasal II\n1. Ketentuan ini.\n2.Ketentuan itu.\n",
            "x\n# Pasal II\n1. Ketentuan ini.\n2. Ketentuan itu.\n",
        ),
    ],
)
def test_signs_and_numbers_that_stand_astray(noisy: str, clean: str) -> None:
    assert mended(noisy) == clean
    assert mended(clean) == clean


@pytest.mark.parametrize(
    "words",
    [
        "Harga l) dan 2) naik.\n",  # neither behind a colon nor at the beginning of a line
        "Izin mengenai: l) perahu dan kapal.\n",  # no second item
        "Panjangnya 1O. kapal itu.\n",
        "Kapal no.9. Perahu.l1. Kapal.\n",
        "1. Ketentuan ini.\nZ. Ketentuan itu.\n",  # in no article that amends
        "k. perahu besar dan 1. kapal.\n",
    ],
)
def test_what_only_looks_like_them_stays(words: str) -> None:
    assert mended(words) == words


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [
        ("[Pp]erahu|[Pp][ae]lau|Kapal", ["Perahu|P[ae]lau", "perahu|p[ae]lau", "Kapal"]),
        ("perahu", ["perahu"]),
        ("[a-z]erahu|kapal", ["[a-z]erahu|kapal"]),
        ("[Pp]?erahu", ["[Pp]?erahu"]),
        ("[Pp]era[h|]u", ["[Pp]era[h|]u"]),
        ("(?:[Pp]erahu|kapal)", ["(?:[Pp]erahu|kapal)"]),
        (r"\bperahu", [r"\bperahu"]),
    ],
)
def test_a_pattern_is_taken_apart_by_its_first_letters(pattern: str, parts: list[str]) -> None:
    assert by_first_letter(pattern) == parts
    text = "Perahu, perahu dan palau; Pelau erahu pera|u Kapal kapal."
    found = sorted(m.span() for part in parts for m in re.finditer(part, text))
    assert found == [m.span() for m in re.finditer(pattern, text)]

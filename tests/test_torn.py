"""Text layers that tear words and numbers apart, and lines that end at a hyphen. The laws are ours."""

from __future__ import annotations

import time

import pytest

from pipeline.extract.wrapping import unwrap
from tests.test_repair import mended

ARTICLES = "\n".join(f"Pasal {n}\nSetiap orang wajib menjaga kambing." for n in range(1, 29)) + "\n"


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        ("dimaksud dalam P asal 2 8 ayat ( 2) h uruf a diberi", "dimaksud dalam Pasal 28 ayat (2) huruf a diberi"),
        ("dimaksud dalam Pasal 2 7 sampai dengan Pasal 2 8 diatur", "dimaksud dalam Pasal 27 sampai dengan Pasal 28 diatur"),
        ("dimaksud pada ayat (2 ), ayat ( 3), dan a yat (4) dicatat", "dimaksud pada ayat (2), ayat (3), dan ayat (4) dicatat"),
        ("dimaksud dalam Pasal 2 4.", "dimaksud dalam Pasal 24."),
    ],
)  # fmt: skip
def test_a_reference_that_is_torn_apart_is_put_together(torn: str, whole: str) -> None:
    text, notices = mended(f"{ARTICLES}Pasal 29\nKambing yang {torn}\n")
    assert text == f"{ARTICLES}Pasal 29\nKambing yang {whole}\n"
    assert {n.rule for n in notices} == {"repair-torn-apart"}


@pytest.mark.parametrize(
    "line",
    [
        "dimaksud dalam Pasal 5 4 (empat) ekor",  # a count behind the number
        "dimaksud dalam Pasal 5 9 diatur",  # no article 59
        "Pasal 1 2. Kambing adalah hewan.",  # the second point of article 1
        "dimaksud dalam huruf a yatim",
    ],
)
def test_what_only_looks_torn_is_left(line: str) -> None:
    text = f"{ARTICLES}Pasal 29\nKambing yang {line}\n"
    assert mended(text)[0] == text


def test_words_are_joined_in_a_text_that_is_torn_and_in_no_other() -> None:
    whole = "Kepala desa wajib mencatat kambing. Kambing merupakan hewan. Kambing yang sakit dirawat dengan baik."
    torn = "Kambing merupaka n hewan yan g dirawat denga n baik oleh kep ala desa."
    joined = "Kambing merupakan hewan yang dirawat dengan baik oleh kepala desa."
    assert mended(f"Pasal 1\n{whole} {torn}\n")[0] == f"Pasal 1\n{whole} {joined}\n"
    points = "Kambing yang dimaksud pada huruf b dan huruf c serta huruf d dicatat. Kepala merupaka wajib."
    assert mended(f"Pasal 1\n{whole} {points}\n")[0] == f"Pasal 1\n{whole} {points}\n"


def test_a_line_that_ends_at_a_hyphen_goes_on_without_a_space() -> None:
    lines = [
        "Kambing dijaga menurut peraturan perundang-",
        "undangan dan menurut Undang-",
        "Undang ini oleh pemilik dan/",
        "atau gembala yang menerima ternak pem-",
        "beri, dan oleh pemberi lain;",
    ]
    assert unwrap("\n".join(lines)) == [
        "Kambing dijaga menurut peraturan perundang-undangan dan menurut Undang-Undang ini oleh pemilik dan/atau gembala "
        "yang menerima ternak pemberi, dan oleh pemberi lain;"
    ]


def test_torn_texts_cost_time_in_proportion() -> None:
    def seconds(n: int) -> float:
        start = time.process_time()
        mended("Pasal 1\n" + "Pasal 2 4 ( 2 ) P asal h uruf a merupaka n yan g " * n + "\n")
        return time.process_time() - start

    seconds(50)
    assert seconds(16_000) < 24 * max(seconds(2_000), 0.05)  # eight times as much

"""Numbers as statutes write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import numerals

ID_ONES = ["", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]


def spell_id(n: int) -> str:
    """Indonesian words of a number, written independently of the reader under test."""
    if n < 10:
        return ID_ONES[n]
    if n == 10:
        return "sepuluh"
    if n == 11:
        return "sebelas"
    if n < 20:
        return f"{ID_ONES[n - 10]} belas"
    if n < 100:
        return f"{ID_ONES[n // 10]} puluh {ID_ONES[n % 10]}".strip()
    for size, word in ((10**9, "miliar"), (10**6, "juta"), (1000, "ribu"), (100, "ratus")):
        if n >= size:
            many, rest = divmod(n, size)
            head = f"se{word}" if many == 1 and size <= 1000 else f"{spell_id(many)} {word}"
            return f"{head} {spell_id(rest)}".strip() if rest else head
    raise AssertionError(n)


@given(st.integers(min_value=1, max_value=10**11))
def test_indonesian_words_are_read_back(n: int) -> None:
    assert numerals.words(spell_id(n) + " rupiah") == n


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("twenty-one", 21),
        ("One million five hundred thousand", 1_500_000),
        ("Two million pesos", 2_000_000),
        ("forty", 40),
        ("banana", None),
        ("", None),
    ],
)
def test_english_words(text: str, value: int | None) -> None:
    assert numerals.words(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("120.000.000,00", 120_000_000),
        ("2,000,000.00", 2_000_000),
        ("1.000", 1000),
        ("5,000", 5000),
        ("500", 500),
        ("600 juta", None),
        ("enam ratus juta rupiah", 600_000_000),
    ],
)
def test_amounts(text: str, value: int | None) -> None:
    assert numerals.amount(text) == value


@given(st.text(max_size=60))
def test_nothing_makes_it_raise(text: str) -> None:
    numerals.words(text)
    numerals.amount(text)
    numerals.count(text)

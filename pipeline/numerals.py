"""Numbers as statutes write them: digits, words, amounts of money, in Indonesian and English.

Pure functions on strings. Words are read with the grammar of cardinal numbers; nothing here knows law.
"""

from __future__ import annotations

import datetime
import re

_ID_UNITS = {
    "nol": 0,
    "satu": 1,
    "dua": 2,
    "tiga": 3,
    "empat": 4,
    "lima": 5,
    "enam": 6,
    "tujuh": 7,
    "delapan": 8,
    "sembilan": 9,
    "sepuluh": 10,
    "sebelas": 11,
}
_ID_SCALES = {
    "ratus": 100,
    "ribu": 1_000,
    "juta": 1_000_000,
    "miliar": 1_000_000_000,
    "milyar": 1_000_000_000,
    "triliun": 10**12,
}
_EN_UNITS = {
    "zero": 0,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_EN_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}

_ORDINALS = {
    **{
        word: n
        for n, word in enumerate(
            ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"], start=1
        )
    },
    "pertama": 1,
    "kesatu": 1,
}

_FRACTIONS = {
    "sepertiga": "1/3",
    "seperdua": "1/2",
    "setengah": "1/2",
    "dua pertiga": "2/3",
    "seperempat": "1/4",
    "tiga perempat": "3/4",
    "one third": "1/3",
    "two thirds": "2/3",
    "one fourth": "1/4",
    "three fourths": "3/4",
    "one half": "1/2",
    "one fifth": "1/5",
    "one sixth": "1/6",
}

# Alternatives for rules: a pack's macro may be built from these words.
WORDS = sorted({*_ID_UNITS, *_ID_SCALES, "belas", "puluh", *_EN_UNITS, *_EN_SCALES}, key=lambda w: (-len(w), w))


def count(text: str) -> int | None:
    """A whole number in digits or words (`15`, `lima belas`, `twenty-one`); None when it is neither."""
    stripped = text.strip()
    if re.fullmatch(r"\d{1,9}", stripped):
        return int(stripped)
    return words(stripped)


def ordinal(text: str) -> int | None:
    """The place that an ordinal names (`second`, `kedua`), or None."""
    word = text.strip().lower()
    return _ORDINALS.get(word) or (words(word.removeprefix("ke")) if word.startswith("ke") else None)


def amount(text: str) -> int | None:
    """An amount of money in whole units: `120.000.000,00`, `2,000,000.00`, `1.000`, or words; None when unreadable.

    A last group of exactly two digits behind a separator is a fraction and dropped; every other separator groups.
    A small L or a capital I at the start is a misread one (`l00,000`).
    """
    digits = re.sub(r"^[lI](?=[\d.,])", "1", re.sub(r"\s", "", text))
    if re.fullmatch(r"\d[\d.,]*", digits):
        whole = re.sub(r"[.,](\d\d|-)$", "", digits) if re.search(r"[.,]\d\d$", digits) and len(digits) > 3 else digits
        return int(re.sub(r"[.,]", "", whole))
    return words(text)


def fraction(text: str) -> str:
    """A fraction in words as digits (`sepertiga`, `two-thirds` → 1/3, 2/3); '' when it is none."""
    return _FRACTIONS.get(" ".join(text.lower().replace("-", " ").split()), "")


def words(text: str) -> int | None:
    """The number that `text` says in words, or None when a word is not a number word."""
    if re.search(r"\d", text):
        return None
    tokens = re.findall(r"[a-z]+", text.lower().replace("-", " "))
    tokens = [t for t in tokens if t not in ("rupiah", "pesos", "peso", "and", "dan", "only")]
    if not tokens:
        return None
    if all(t in _EN_UNITS or t in _EN_SCALES for t in tokens):
        return _scaled(tokens, _EN_UNITS, _EN_SCALES)
    expanded: list[str] = []
    for token in tokens:
        # seratus = satu ratus, seribu = satu ribu; sepuluh and sebelas are units.
        if token.startswith("se") and token[2:] in _ID_SCALES:
            expanded += ["satu", token[2:]]
        else:
            expanded.append(token)
    if not all(t in _ID_UNITS or t in _ID_SCALES or t in ("belas", "puluh") for t in expanded):
        return None
    return _scaled(expanded, _ID_UNITS, _ID_SCALES)


_MONTHS = (
    ("january", "januari"),
    ("february", "februari"),
    ("march", "maret"),
    ("april",),
    ("may", "mei"),
    ("june", "juni"),
    ("july", "juli"),
    ("august", "agustus"),
    ("september",),
    ("october", "oktober"),
    ("november",),
    ("december", "desember"),
)
_MONTH = {name: i + 1 for i, names in enumerate(_MONTHS) for name in names}
_DAY_NAMES = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth "
    "twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
)
_DAY = {name: i + 1 for i, name in enumerate(_DAY_NAMES.split())}


def date(text: str) -> datetime.date | None:
    """A day as laws write it: `March 3, 1999`, `the first day of July, nineteen hundred and forty-one`, `2 Maret 1999`.

    None when there is no such day in the text.
    """
    tokens = re.findall(r"[a-z]+(?:-[a-z]+)?|\d+", text.lower())
    month = next((i for i, t in enumerate(tokens) if t in _MONTH), None)
    if month is None:
        return None
    left = [t for i, t in enumerate(tokens) if i != month and t not in ("the", "day", "of", "on", "tanggal")]
    if not left:
        return None
    day = _DAY.get(left[0], int(left[0]) if left[0].isdigit() else None)
    rest = " ".join(left[1:])
    year = int(rest) if rest.isdigit() else words(rest)
    try:
        return datetime.date(year or 0, _MONTH[tokens[month]], day or 0)
    except ValueError:
        return None


def _scaled(tokens: list[str], units: dict[str, int], scales: dict[str, int]) -> int:
    total = part = last = 0
    for token in tokens:
        if token in units:
            last = units[token]
            part += last
        elif token == "belas":
            part += 10
        elif token == "puluh":
            part += last * 10 - last
        elif scales[token] == 100:
            # Only what stands before `hundred` below a thousand is multiplied.
            part = (part or 1) * 100 if part < 100 else part - last + (last or 1) * 100
        else:
            total += (part or 1) * scales[token]
            part = 0
    return total + part

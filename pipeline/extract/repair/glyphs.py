"""What a noisy number or enumerator may be, by what a scan confuses. Pure functions on strings; knows no language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import product

from pipeline.extract.repair.confusions import (
    BRACKETS,
    DIGITS,
    LETTERS,
    LETTERS_OF_NUMBERS,
    POINTS,
    STOPS,
    TAKEN_APART,
    by_form,
)

AS_DIGIT = {form: "".join(printed) for form, printed in by_form(DIGITS).items()}  # what is read → what it may be
AS_LETTER = {form: "".join(printed) for form, printed in by_form(LETTERS_OF_NUMBERS).items()}
NO_LETTER = "OQolTZ|"  # no law inserts so many articles: a digit, rather
CLUSTER = {form: by_form(LETTERS)[form][0] for form in TAKEN_APART}  # several signs for one
CLUSTERS = re.compile("|".join(CLUSTER), re.IGNORECASE)
MAX_TOKEN = 8
MAX_READINGS = 64


@lru_cache(maxsize=4096)
def readings(token: str) -> Mapping[str, int]:
    """What the number of an article may be that was read as `token` → how many of its signs are then wrong."""
    token = "".join(token.split()).replace("El", "B")
    if not token or len(token) > MAX_TOKEN or not re.search(r"[\dlIOTBSZ]", token):
        return {}
    found: dict[str, int] = {}
    for letters in (0, 1):
        body, tail = token[: len(token) - letters], token[len(token) - letters :]
        options = [c if c.isdigit() else AS_DIGIT.get(c, "") for c in body]
        if not body or len(body) > 4 or not all(options):
            continue
        ends = [""]
        if tail:
            ends = [tail.upper()] if tail.isalpha() and tail.isascii() and tail not in NO_LETTER else []
            ends += list(AS_LETTER.get(tail, ""))
        for digits in product(*options):
            for end in ends:
                number = "".join(digits) + end
                if number.startswith("0"):
                    continue
                wrong = sum(a != b for a, b in zip(number, token, strict=True))
                found[number] = min(wrong, found.get(number, wrong))
                if len(found) >= MAX_READINGS:
                    return found
    return found


def looks_like(token: str, wanted: str) -> bool:
    """Whether a scan may have read `wanted` (`(2)`, `b.`, `(2a)`) as `token`."""
    token = "".join(token.split())
    for variant in (token, token.replace("U", "1)") if wanted.endswith(")") else token, once(token)):
        if len(variant) == len(wanted) and all(alike(a, b) for a, b in zip(variant, wanted, strict=True)):
            return True
    return False


def once(token: str) -> str:
    """A number of which a digit was read twice, as what it is and as what it looks like (`S5`): read once."""
    for i in range(len(token) - 1):
        first, second = token[i], token[i + 1]
        if second.isdigit() and second in AS_DIGIT.get(first, ""):
            return token[:i] + token[i + 1 :]
        if first.isdigit() and first in AS_DIGIT.get(second, ""):
            return token[: i + 1] + token[i + 2 :]
    return token


def alike(read: str, wanted: str) -> bool:
    if read == wanted:
        return True
    if wanted in BRACKETS:
        return read in BRACKETS[wanted]
    if wanted in STOPS:
        return read in STOPS[wanted]
    if wanted.isdigit():
        return wanted in AS_DIGIT.get(read, "") or (wanted == "1" and read == "r")
    return read in POINTS.get(wanted, ())

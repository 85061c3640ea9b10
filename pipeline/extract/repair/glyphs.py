"""Which glyphs a scan confuses, and what a noisy number may be. Pure functions on strings; knows no language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import product

# What a scanner takes for a digit, and what it takes a letter behind a number for.
AS_DIGIT = {
    **dict.fromkeys("OoQ", "0"), **dict.fromkeys("lIi|!tLJf", "1"), "Z": "2", "z": "2", "S": "5", "s": "5", "b": "6",
    "G": "6", "T": "7", "B": "8", "g": "89", "q": "9",
}  # fmt: skip  # fmt: skip
AS_LETTER = {"0": "DO", "1": "I", "4": "A", "5": "S", "6": "G", "8": "B", "l": "I", "|": "I"}
NO_LETTER = "OQolTZ|"  # no law inserts so many articles: a digit, rather
CLUSTER = {"ivl": "M", "lvl": "M", "rn": "m", "vv": "w"}  # several signs for one
STROKES = {"rn": "m", "ln": "m", "ni": "m", "vv": "w"}  # letters of a word that its strokes are read as
CLUSTERS = re.compile("|".join(CLUSTER), re.IGNORECASE)
OPENS = "(lI1[{|CtL"  # an opening parenthesis, as it may be read
CLOSES = ")lI1J]}|t"
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
    for variant in (token, token.replace("U", "1)") if wanted.endswith(")") else token):
        if len(variant) == len(wanted) and all(alike(a, b) for a, b in zip(variant, wanted, strict=True)):
            return True
    return False


def alike(read: str, wanted: str) -> bool:
    if read == wanted:
        return True
    if wanted == "(":
        return read in OPENS
    if wanted == ")":
        return read in CLOSES
    if wanted == ".":
        return read in ",:;"
    if wanted.isdigit():
        return wanted in AS_DIGIT.get(read, "") or (wanted == "1" and read == "r")
    return read in {
        "i": "I1lj",
        "j": "iJ",
        "l": "1I",
        "g": "cq9",
        "o": "0O",
        "e": "c",
        "q": "g",
        "b": "6",
        "s": "S5",
    }.get(wanted, "")

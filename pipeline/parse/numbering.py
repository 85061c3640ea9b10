"""Enumerators of lists: `(1)`, `a.`, `(iv)`. Pure functions on strings.

Knows no document and no jurisdiction. An enumerator has one or more possible *styles*: `(i)` is roman or a letter.
"""

from __future__ import annotations

import re
from functools import lru_cache

# A closing parenthesis ends a marker even where no space follows (`a)Each`); so does the dot of a number (`3.Isi`) or
# of a single letter (`a.memuat`).
MARKER = re.compile(
    r"[“\"]?(?P<marker>\((?P<in>\w{1,5}|[a-z]-\d{1,2})\)[.:]?(?=[\s“\"(]|$|[^\W\d_]{2})"
    r"|(?P<dot>\w{1,5})\.(?=\s|$|(?<=\d\.)[^\W\d_]{3}|(?<=[a-z]\.)(?<!\w[a-z]\.)[^\W\d_]{3})"
    r"|(?P<par>\w{1,4})\)(?=\s|$|[^\W\d_]))\s*(?P<rest>.*)",
    re.DOTALL,
)
# A number without any mark behind it (`1 Each Party`, `a produce`), where the structure of a text has such.
BARE = re.compile(
    r"(?P<marker>(?P<in>(?!))|(?P<par>(?!))|(?P<dot>\d{1,2}|[a-z]|[ivx]{2,4}))\s+(?P<rest>[“\"(*_]{0,2}[^\W\d].*)",
    re.DOTALL,
)
ROMANS = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx"
ROMAN = {r: i for i, r in enumerate(ROMANS.split(), 1)}


def number_of(match: re.Match[str]) -> str:
    """The number that a match of MARKER holds."""
    return str(match["in"] or match["dot"] or match["par"])


def styles(match: re.Match[str]) -> list[str]:
    """Enumerator styles a marker may have, the likelier first: `(i)` is roman before it is a letter."""
    value = number_of(match)
    shape = "paren" if match["in"] else ("dot" if match["dot"] else "rparen")
    found = []
    if re.fullmatch(r"[0-9]{1,3}[a-zA-Z]?", value):
        found.append("num")
    if value in ROMAN and value not in ("c", "d", "l", "m"):
        found.append("roman")
    if re.fullmatch(r"[a-z](?:-\d{1,2})?|([a-z])\1", value):
        found.append("alpha")
    if re.fullmatch(r"([a-z])\1", value):
        found.append("double")  # (aa), (bb) below (i), (ii)
    if re.fullmatch(r"[A-Z]", value):
        found.append("upper")
    return [f"{shape}_{f}" for f in found]


@lru_cache(maxsize=4096)
def value(num: str, style: str) -> float:
    """Position of a number in its series; `6a` (and `6A`) comes between 6 and 7, `b-1` between b and c."""
    kind = style.rpartition("_")[2]
    if kind == "num" or num[:1].isdigit():
        digits = re.match(r"[0-9]+", num)
        letter = num[digits.end() :] if digits else ""
        return (int(digits[0]) if digits else 0) + ((ord(letter[0].lower()) - 96) / 100 if letter else 0)
    if kind == "roman":
        return ROMAN.get(num, 0)
    num, _, put_in = num.partition("-")
    place = ord(num[-1].lower()) - 96 + int(put_in or 0) / 100
    return place if kind == "double" else (len(num) - 1) * 26 + place


def follows(last: str, num: str, style: str) -> bool:
    """Whether `num` may come right after `last` in a list of this style."""
    step = value(num, style) - value(last, style)
    return 0 < step <= 1


def is_first(num: str, style: str) -> bool:
    """Whether a list of this style begins with `num`."""
    return value(num, style) == 1

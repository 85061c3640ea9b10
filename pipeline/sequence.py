"""Numbers of articles, and the heaviest chain in which they increase: `5 < 5A < 5B < 6`, `70 < 70bis < 71`.

Pure functions, shared by the repair of texts and by `parse`. Articles count upwards: that tells a heading from a
reference, and `28I` from `281`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

LATIN = {"bis": 2, "ter": 3, "quater": 4, "quinquies": 5, "sexies": 6}
WEAK_GAP = 3  # how many numbers may be missing before a weak candidate
NEXT = 2  # what it counts that a number comes right after the one before

Key = tuple[int, int]  # number, inserted letter (0: none)


class Candidate(NamedTuple):
    """A number that may belong to a chain. A weak one joins only close after the number before it (or as 1)."""

    key: Key
    weight: int
    weak: bool = False


@lru_cache(maxsize=16_384)
def article_key(num: str) -> Key | None:
    """Sort key of the number of an article; None when it is not one (`1.2`)."""
    plain = re.fullmatch(r"([0-9]{1,6})[\s-]*([A-Za-z]*)", num)
    if plain:
        letters = plain[2].lower()
        if letters in LATIN:
            return int(plain[1]), LATIN[letters]
        place = 0
        for c in letters[:4]:
            place = place * 26 + ord(c) - 96
        return int(plain[1]), place
    roman = roman_value(num)
    return (roman, 0) if roman else None


def roman_value(num: str) -> int:
    """Value of an upper-case roman number; 0 when it is none."""
    if not re.fullmatch(r"(?=[IVXLC])(?:C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})", num):
        return 0
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    total = 0
    for c, after in zip(num, [*num[1:], ""], strict=True):
        total += -values[c] if after and values[after] > values[c] else values[c]
    return total


def is_next(last: Key, key: Key) -> bool:
    """Whether an article numbered `key` may come right after `last`: 5 → 5A, 5 → 6, 5B → 6."""
    if key[0] == last[0]:
        return last[1] < key[1] <= last[1] + 2
    return key[0] == last[0] + 1 and key[1] <= 1


def chain(candidates: Sequence[Candidate], loose: bool = False) -> list[int]:
    """Indices of the heaviest chain of candidates whose numbers increase.

    `loose`: a weak candidate may begin it (a text without its beginning), where the next number comes right after it.

    O(n log n): a Fenwick tree of the best chain that ends below each number, and the best that ends at exactly each.
    """
    keys = sorted({c.key for c in candidates})
    tree: list[tuple[int, int]] = [(0, -1)] * (len(keys) + 1)  # (score, index of the last candidate)
    at_key: dict[Key, tuple[int, int]] = {}
    best_before: list[int] = []
    best: tuple[int, int] = (0, -1)
    started: dict[Key, int] = {}  # weak candidates that may begin the chain
    for n, candidate in enumerate(candidates):
        place = bisect_left(keys, candidate.key)
        options: list[tuple[int, int]] = []
        if not candidate.weak:
            score, last = _query(tree, place)
            options.append((score, last))
        elif candidate.key == (1, 0):
            options.append((0, -1))
        for back in range(place - 1, max(-1, place - 30), -1):
            if keys[back][0] < candidate.key[0] - WEAK_GAP:
                break
            near = is_next(keys[back], candidate.key)
            if (near or candidate.weak) and keys[back] in at_key:
                score, last = at_key[keys[back]]
                options.append((score + NEXT if near else score, last))
            elif near and keys[back] in started:
                options.append((NEXT, started[keys[back]]))
        if not options:
            best_before.append(-1)
            if loose:
                started[candidate.key] = n
            continue
        score, last = max(options)
        score += candidate.weight
        best_before.append(last)
        if score > at_key.get(candidate.key, (0, -1))[0]:
            at_key[candidate.key] = (score, n)
            _update(tree, place + 1, (score, n))
        if score > best[0]:
            best = (score, n)
    taken: list[int] = []
    n = best[1]
    while n >= 0:
        taken.append(n)
        n = best_before[n]
    return taken[::-1]


def _query(tree: list[tuple[int, int]], place: int) -> tuple[int, int]:
    found = (0, -1)
    while place > 0:
        found = max(found, tree[place])
        place -= place & -place
    return found


def _update(tree: list[tuple[int, int]], place: int, entry: tuple[int, int]) -> None:
    while place < len(tree):
        if entry[0] > tree[place][0]:
            tree[place] = entry
        place += place & -place

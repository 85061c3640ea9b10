"""Whether a pattern's cost grows faster than the text: measured as a ratio, on text that repeats one piece."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable

TIMES = 8  # how much longer the longer text is
BOUND = 24  # times the cost for that: linear patterns take 8, quadratic ones 64
SIZES = (150, 1_000)  # characters of the shorter text
NOTICED = 0.002  # seconds below which a cost cannot be measured well
SURE = 1.0  # seconds that no other work on the machine explains
PLAIN = 0.1  # seconds from which no longer text need decide
# What may be repeated against any pattern: signs, numbers, and the words that statutes repeat.
PIECES = (
    " ", "\n", "\t", "a", "A", "é", "1", "0", "(", ")", "[", "-", ".", "_", "“", "'", "|", "#", "*", "…", ":", ";", "/",
    "a ", "A ", "Aa ", "a-", "a. ", "1 ", "1. ", "1.", "1,", "1 1", "I ", "l", "(a)", "(1) ", "(a", "a)\n", "1.\n", " \n", "\n\n",
    ", ", "1, ", ". . ", "a, ", "(a), ", "of ", "and ", "or ", "dan ", "atau ", "Pasal ", "Pasal 1 ", "ayat (1) ", "huruf a ", "angka 1 ",
    "Section ", "Section 1 ", "Sec. ", "Article 1 ", "Rp", "Rp1.000", "lima ", "twenty ", "- 1 -\n", "## ", "1 (satu) ", "a\n", "of the ",
)  # fmt: skip


def cost(run: Callable[[str], object], piece: str, size: int, tries: int) -> float:
    """CPU seconds of the fastest of `tries` runs on `size` characters of repeated `piece`, with an end that fits nothing."""
    text = (piece * (size // len(piece) + 1))[:size] + "\u00b6"
    best = float("inf")
    for _ in range(tries):
        start = time.process_time()
        run(text)
        best = min(best, time.process_time() - start)
    return best


def use(pattern: re.Pattern[str], anchored: bool) -> Callable[[str], object]:
    """A use of a pattern: at the beginning of a text, or everywhere in it."""
    if anchored:
        return pattern.match
    return lambda text: sum(1 for _ in pattern.finditer(text))


def grows(
    run: Callable[[str], object], pieces: Iterable[str], sizes: Iterable[int] = SIZES, bound: int = BOUND
) -> list[str]:
    """The pieces on which the cost of `run` grows faster than the text, with what was measured.

    Only a cost that can be measured counts, and where it is small the longer text decides: what a bounded repetition
    costs stops growing; what backtracks without bound does not.
    """
    found = []
    for piece in pieces:
        said = ""
        for size in sizes:
            long = cost(run, piece, TIMES * size, 1)
            if long < NOTICED:
                continue
            brief = cost(run, piece, size, 5)
            if bound * brief < long < SURE:
                # It may be the machine that was slow, not the pattern.
                long = min(long, cost(run, piece, TIMES * size, 9 if long < PLAIN else 2))
            said = f"{piece!r}: {brief:.5f} s for {size:,} characters, {long:.4f} s for {TIMES * size:,}"
            if long <= bound * brief:
                said = ""
            elif long >= PLAIN:
                break
        if said:
            found.append(said)
    return found

"""Words in which strokes were read as other letters (`ancarnan`), mended through the words of the same text.

A law says its terms again and again. Where a word of it stands hardly anywhere, and is a common word of it once a pair
of letters that a scan makes of one (`rn` of `m`) is read as that one, it is that word; unless the language has the
word as it stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from pipeline.extract.lexicon import load_lexicon
from pipeline.extract.repair.edits import Edit, Text
from pipeline.extract.repair.glyphs import STROKES
from pipeline.packs import Structure

WORD = re.compile(r"[^\W\d_]{5,}")
PAIR = re.compile("|".join(STROKES), re.IGNORECASE)
RARE, COMMON = 2, 5  # times that a misread word stands in a text at most, and the right one at least


def misread_words(text: Text, structure: Structure) -> Iterator[Edit]:
    """Every word that is a common one of the text with strokes read as other letters; where two fit, none is taken."""
    if not structure.repair.words:
        return
    known = set(load_lexicon(structure.repair.lexicon))
    found = list(WORD.finditer(text.text))
    counts = Counter(m[0].lower() for m in found)
    for match in found:
        if not PAIR.search(match[0]):
            continue
        word = match[0].lower()
        if counts[word] > RARE or word in known:
            continue
        spans = [(pair, at) for pair in STROKES for at in range(len(word)) if word.startswith(pair, at)]
        fits = {(at, pair) for pair, at in spans if counts[_read(word, at, pair)] >= COMMON}
        if len({_read(word, at, pair) for at, pair in fits}) == 1:
            at, pair = min(fits)
            start = match.start() + at
            sign = STROKES[pair].upper() if match[0].isupper() else STROKES[pair]
            yield Edit(start, start + len(pair), sign, "misread-word")


def _read(word: str, at: int, pair: str) -> str:
    return word[:at] + STROKES[pair] + word[at + len(pair) :]

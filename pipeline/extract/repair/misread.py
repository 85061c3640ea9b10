"""Words in which strokes were read as other letters (`ancarnan`), mended through the words of the same text.

A law says its terms again and again. Where a word of it stands hardly anywhere, and is a common word of it once a pair
of letters that a scan makes of one (`rn` of `m`) is read as that one, it is that word; unless the language has the
word as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pipeline.extract.lexicon import lexicon_set
from pipeline.extract.repair.edits import Edit, Text
from pipeline.extract.repair.glyphs import STROKES
from pipeline.packs import Structure

SHORTEST = 5  # letters of a word that is mended, and of what it is mended to
WORD = re.compile(rf"[^\W\d_]{{{SHORTEST},}}")
PAIR = re.compile("|".join(STROKES))
RARE, COMMON = 2, 5  # times that a misread word stands in a text at most, and the right one at least


def misread_words(text: Text, structure: Structure) -> Iterator[Edit]:
    """Every word that is a common one of the text with strokes read as other letters; where two fit, none is taken."""
    if not structure.repair.words:
        return
    counts, known = text.words(), lexicon_set(structure.repair.lexicon)
    misread: dict[str, tuple[int, str]] = {}  # word → where its strokes are, and which
    for word, times in counts.items():
        if times <= RARE and word not in known and len(word) >= SHORTEST and PAIR.search(word):
            spans = [(pair, at) for pair in STROKES for at in range(len(word)) if word.startswith(pair, at)]
            fits = {(at, pair) for pair, at in spans if _common(_read(word, at, pair), counts)}
            if len({_read(word, at, pair) for at, pair in fits}) == 1:
                misread[word] = min(fits)
    if not misread:
        return
    for match in WORD.finditer(text.text):
        if found := misread.get(match[0].lower()):
            at, pair = found
            start = match.start() + at
            sign = STROKES[pair].upper() if match[0].isupper() else STROKES[pair]
            yield Edit(start, start + len(pair), sign, "misread-word")


def _common(word: str, counts: Mapping[str, int]) -> bool:
    return len(word) >= SHORTEST and counts.get(word, 0) >= COMMON


def _read(word: str, at: int, pair: str) -> str:
    return word[:at] + STROKES[pair] + word[at + len(pair) :]

"""Words in which strokes were read as other letters (`ancarnan`), mended through the words of the same text.

A law says its terms again and again. Where a word of it stands hardly anywhere, and is a common word of it once a pair
of letters that a scan makes of one (`rn` of `m`) is read as that one, it is that word; unless the language has the
word as it stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from pipeline.extract.lexicon import lexicon_set
from pipeline.extract.patterns import letter_runs, words_in
from pipeline.extract.repair.confusions import LETTERS, by_form
from pipeline.extract.repair.confusions import STROKES as FORMS
from pipeline.extract.repair.edits import Edit, Text
from pipeline.packs import Structure

STROKES = {form: by_form(LETTERS)[form][0] for form in FORMS}  # letters that one letter is read as → that letter
SHORTEST = 5  # letters of a word that is mended, and of what it is mended to
WORD = re.compile(rf"[^\W\d_]{{{SHORTEST},}}")
PAIR = re.compile("|".join(STROKES))
RARE, COMMON = 2, 5  # times that a misread word stands in a text at most, and the right one at least


def misread_words(text: Text, structure: Structure) -> Iterator[Edit]:
    """Every word that is a common one of the text with strokes read as other letters; where two fit, none is taken."""
    if not structure.repair.words:
        return
    known = lexicon_set(structure.repair.lexicon)
    counts = Counter(letter_runs(text.text))
    for run in [r for r in counts if not r.isascii()]:
        times = counts.pop(run)
        for word in words_in(run):
            counts[word] += times
    misread: dict[str, tuple[int, str]] = {}  # word → where its strokes are, and which
    rare = [w for w, times in counts.items() if times <= RARE and len(w) >= SHORTEST and w not in known]
    for word in filter(PAIR.search, rare):
        spans = [(pair, at) for pair in STROKES for at in range(len(word)) if word.startswith(pair, at)]
        fits = {(at, pair) for pair, at in spans if counts.get(_read(word, at, pair), 0) >= COMMON}
        if len({_read(word, at, pair) for at, pair in fits if len(_read(word, at, pair)) >= SHORTEST}) == 1:
            misread[word] = min(fits)
    if not misread:
        return
    for match in _words(text.text, misread):
        if found := misread.get(match[0].lower()):
            at, pair = found
            start = match.start() + at
            sign = STROKES[pair].upper() if match[0].isupper() else STROKES[pair]
            yield Edit(start, start + len(pair), sign, "misread-word")


def _words(text: str, wanted: Iterable[str]) -> Iterator[re.Match[str]]:
    """Words of a text, in small letters or others: at least wherever a wanted one stands."""
    low = text.lower()
    if len(low) != len(text):
        yield from WORD.finditer(text)
        return
    for word in wanted:
        at = low.find(word)
        while at >= 0:
            if not low[at - 1 : at].isalpha() and (match := WORD.match(text, at)):
                yield match
            at = low.find(word, at + 1)


def _read(word: str, at: int, pair: str) -> str:
    return word[:at] + STROKES[pair] + word[at + len(pair) :]

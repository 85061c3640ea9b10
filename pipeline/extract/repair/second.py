"""A second reading of a scanned page, put beside its text layer: words are taken only where the layer has none, or none
that is a word, and the second reading is sure of words that are. Each is a repair; where both are words, or both
numbers, and differ, the place is flagged and stays. Pure: texts and words in, edits out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import ratio

from pipeline.extract.lexicon import load_lexicon, plausible
from pipeline.extract.ocr import Word
from pipeline.extract.repair.edits import Edit, Text
from pipeline.packs import Structure

Known = Callable[[str], bool]
TOKEN = re.compile(r"[^\W_]+")
OFTEN = 3  # a word that a document has so often is one of its words
LIKELY = 60.0  # per cent; below it a word is a speck
SURE = 85.0  # per cent; below it a reading changes nothing
DOUBTED = 90.0  # … and below that it casts no doubt on what is a word already
MAX_DROPPED = 8  # words; a longer gap is another column or a stamp
ANCHOR = 2  # words on either side on which both readings agree
ALIKE = 40  # per cent; two readings of one printed word have so much in common
SHORT, LONG = 3, 6  # letters; what is shorter is too easily a speck, what is longer hardly the same by chance


class _Token(NamedTuple):
    start: int
    end: int
    text: str  # in small letters
    word: int = 0  # of the second reading: the index of the word it is part of


def second_readings(text: Text, structure: Structure, readings: Mapping[int, Sequence[Word]]) -> Iterator[Edit]:
    """Edits by the second reading of pages: number → what was read, in order."""
    if not readings:
        return
    lexicon = frozenset(load_lexicon(structure.repair.lexicon))
    counts = Counter(m[0] for m in TOKEN.finditer(text.text.lower()))
    read = Counter(m[0] for words in readings.values() for w in words for m in TOKEN.finditer(w.text.lower()))

    def known(word: str) -> bool:
        # A slip that a layer makes again and again is not made by the other reading.
        return word in lexicon or min(counts[word], read[word]) >= OFTEN

    def likely(word: str) -> bool:
        return len(word) >= LONG and plausible(word, structure.repair.lexicon)

    ends = [*text.starts[1:], len(text.text)]
    for number, start, end in zip(text.numbers, text.starts, ends, strict=True):
        if readings.get(number):
            yield from second_reading(text.text[start:end], start, readings[number], known, likely)


def second_reading(text: str, start: int, words: Sequence[Word], known: Known, likely: Known) -> Iterator[Edit]:
    """Edits of a page whose text stands at `start` of the document's, by a second reading of it.

    Args:
        words: what was read, in order.
        known: whether a word in small letters is one, of the language or of the document.
        likely: whether it could be one, for its letters; that is enough where the reading is very sure.
    """
    words = list(_unbroken(words, known))
    layer = [_Token(*m.span(), m[0].lower()) for m in TOKEN.finditer(text)]
    read = [_Token(*m.span(), m[0].lower(), i) for i, w in enumerate(words) for m in TOKEN.finditer(w.text)]
    steps = Levenshtein.opcodes([t.text for t in layer], [r.text for r in read])
    for before, after in pairwise([s for s in steps if s.tag == "equal"]):
        mine, theirs = layer[before.src_end : after.src_start], read[before.dest_end : after.dest_start]
        if not theirs:
            continue
        anchored = before.src_end - before.src_start >= ANCHOR and after.src_end - after.src_start >= ANCHOR
        gap = _Gap(mine, theirs, words, known, likely, anchored)
        if mine:
            put = gap.instead(text[mine[0].start : mine[-1].end])
            if put is not None:
                yield Edit(start + mine[0].start, start + mine[-1].end, put or None, "second-reading")
        else:
            yield from _inserted(gap, text, start, layer[before.src_end - 1], layer[after.src_start])


def _unbroken(words: Sequence[Word], known: Known) -> Iterator[Word]:
    """Words with those that a line's end broke made whole, where that makes a known word."""
    held: Word | None = None
    for word in words:
        if held is not None:
            whole = held.text[:-1] + word.text
            if word.line != held.line and known(whole.strip(".,;:").lower()):
                yield word._replace(text=whole, confidence=min(held.confidence, word.confidence))
                held = None
                continue
            yield held
        held = word if word.text.endswith("-") and len(word.text) > SHORT else None
        if held is None:
            yield word
    if held is not None:
        yield held


def _inserted(gap: _Gap, text: str, start: int, before: _Token, after: _Token) -> Iterator[Edit]:
    """Words that the layer has dropped between two of its own; a doubt where it is not sure which."""
    if not gap.dropped():
        return
    if gap.sure < SURE:
        yield Edit(start + before.start, start + after.end, None, "second-reading")
        return
    between = text[before.end : after.start]
    if "\n" in between and gap.printed[0].islower() and between.strip() in ("", ","):
        between = between.replace("\n", " ")  # the gap looked like the end of a paragraph
    yield Edit(start + before.end, start + after.start, f"{between}{gap.printed} ", "second-reading")


class _Gap:
    """Where two readings differ, between words on which they agree."""

    def __init__(
        self,
        mine: Sequence[_Token],
        theirs: Sequence[_Token],
        words: Sequence[Word],
        known: Known,
        likely: Known,
        anchored: bool,
    ) -> None:
        self.mine, self.theirs, self.known, self.likely, self.anchored = mine, theirs, known, likely, anchored
        first, last = theirs[0], theirs[-1]
        parts = [w.text for w in words[first.word : last.word + 1]]
        parts[:-1] = [p if p.endswith("-") else f"{p} " for p in parts[:-1]]
        parts[-1] = parts[-1][: last.end]
        parts[0] = parts[0][first.start :]
        self.printed = "".join(parts)
        self.sure = min(w.confidence for w in words[first.word : last.word + 1])

    def instead(self, shown: str) -> str | None:
        """What was printed where the layer has `shown`; '' where that is doubtful; None where nothing is to be said."""
        if self.sure < SURE or max(len(self.mine), len(self.theirs)) > MAX_DROPPED:
            return None
        mine, theirs = "".join(t.text for t in self.mine), "".join(t.text for t in self.theirs)
        if mine != theirs and not all(self._sound(t.text) for t in self.theirs):
            return None
        if all(self._fine(t.text) for t in self.mine):
            # Both are sound. Words run together or apart say the same; others are for a reader to decide.
            numbers = mine.isdigit() and theirs.isdigit()
            long = all(t.text.isalpha() and len(t.text) >= SHORT for t in (*self.mine, *self.theirs))
            return "" if mine != theirs and self.sure >= DOUBTED and self.anchored and (numbers or long) else None
        if self.printed == shown or ratio(mine, theirs) < ALIKE:
            return None
        # A letter or a digit (`Huruf l`): only among other digits is it clear which.
        return "" if mine.isalpha() and any(c.isdigit() for c in theirs) else self.printed

    def dropped(self) -> bool:
        """Whether these are words, and so likely ones that the layer has dropped here."""
        whole = all(t.text.isalpha() and len(t.text) >= SHORT and self._sound(t.text) for t in self.theirs)
        return whole and self.anchored and len(self.theirs) <= MAX_DROPPED and self.sure >= LIKELY

    def _fine(self, token: str) -> bool:
        return token.isdigit() or len(token) < SHORT or self.known(token)

    def _sound(self, token: str) -> bool:
        return self._fine(token) or self.likely(token)

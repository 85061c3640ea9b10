"""Words that a scan's text layer has garbled, run together or torn apart, mended by what the document says elsewhere.

A word that the language's list does not have is put right where exactly one known word looks like it on paper (`rn` for
`m`, `l` for `f`) and stands beside the same neighbour elsewhere in the document: statutes say most things more than
once. Two words run together are parted, and the halves of one joined, on the same condition. Whatever else is unknown
stays: it may be a name, a foreign word, or a misprint of the law itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from functools import cached_property
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from pipeline.extract.lexicon import lexicon_set, load_lexicon, plausible
from pipeline.extract.repair.confusions import LETTERS, by_form
from pipeline.extract.repair.edits import Edit, Text
from pipeline.packs import Structure

TOKEN = re.compile(r"[^\W_]+")
OFTEN = 3  # a word that a document has so often is one of its words
RARE = 2  # a garbled form is not met more often
MAX_UNKNOWN = 5_000  # of a document; one with more of them is in another language
MAX_LENGTH = 40
OFTEN_BESIDE = 4  # so often a neighbour must be met where the garbled form could itself be a word
READ_AS = by_form(LETTERS)
LONGEST = max(len(form) for form in READ_AS)
# A stop between letters, no other around them: neither an abbreviation nor an address.
STOPPED = re.compile(r"(?<![\w.])(?P<one>[^\W\d_]{2,30})\.(?P<two>[^\W\d_]{1,30})(?![\w.])")
LONG = 8  # letters


def looks(read: str, printed: str, swaps: int) -> bool:
    """Whether a scan may have read `printed` as `read`, with at most so many letters (or pairs) mistaken."""
    states = {(0, 0): 0}  # (letters of read, of printed) that are explained → by so many mistakes
    for i in range(len(read) + 1):
        for j in range(len(printed) + 1):
            made = states.get((i, j))
            if made is None:
                continue
            if i < len(read) and j < len(printed) and read[i] == printed[j]:
                _least(states, (i + 1, j + 1), made)
            if made < swaps:
                for length in range(1, min(LONGEST, len(read) - i) + 1):
                    for meant in READ_AS.get(read[i : i + length], ()):
                        if printed.startswith(meant, j):
                            _least(states, (i + length, j + len(meant)), made + 1)
    return (len(read), len(printed)) in states


def _least(states: dict[tuple[int, int], int], at: tuple[int, int], made: int) -> None:
    states[at] = min(made, states.get(at, made))


class _Words:
    """The words of a document: where, how often, and beside which others they stand."""

    def __init__(self, text: str, language: str) -> None:
        matches = list(TOKEN.finditer(text))
        self.texts = [m[0].lower() for m in matches]  # in small letters
        self.spans = [m.span() for m in matches]
        between = [text[a[1] : b[0]] for a, b in pairwise(self.spans)]
        # Of each word: whether only a space stands between it and the word before; whether only a sign, without one.
        self.linked = [False, *(s in (" ", "\n") for s in between)]
        self.stuck = [False, *(s in (",", ".") for s in between)]
        self.counts = Counter(self.texts)
        self.language = language
        self.lexicon = lexicon_set(language)
        self.pairs = Counter(p for p, linked in zip(pairwise(self.texts), self.linked[1:], strict=True) if linked)
        self.behind: dict[str, list[str]] = {}  # word → those that stand right behind it; `before`: right before it
        self.before: dict[str, list[str]] = {}
        for first, second in self.pairs:
            self.behind.setdefault(first, []).append(second)
            self.before.setdefault(second, []).append(first)
        self.text = text

    def capitalised(self, i: int, word: str) -> bool:
        """Whether `word` mostly has a capital behind the word that stands before place `i`: `Tambahan Lembaran`."""
        pair = self.texts[i - 1] if i else "", word
        return 2 * self._capitals[pair] > self.pairs[pair]

    @cached_property
    def _capitals(self) -> Counter[tuple[str, str]]:
        """How often the second word of a pair has a capital."""
        return Counter(
            (self.texts[j - 1], self.texts[j])
            for j, (start, _) in enumerate(self.spans)
            if self.text[start].isupper() and self.linked[j]
        )

    def known(self, word: str) -> bool:
        return word in self.lexicon or (self.counts[word] >= OFTEN and word.isalpha())

    def beside(self, i: int) -> Counter[str]:
        """The words that stand elsewhere beside a neighbour of the word at `i`, and how often."""
        found: Counter[str] = Counter()
        if i > 0 and self.linked[i]:
            before = self.texts[i - 1]
            for word in self.behind.get(before, ()):
                found[word] += self.pairs[before, word]
        if i + 1 < len(self.texts) and self.linked[i + 1]:
            after = self.texts[i + 1]
            for word in self.before.get(after, ()):
                found[word] += self.pairs[word, after]
        return found

    def between(self, i: int, word: str) -> bool:
        """Whether `word` stands elsewhere between the neighbours that `i` has."""
        before = not (i > 0 and self.linked[i]) or self.pairs[self.texts[i - 1], word] > 0
        last = i + 1 >= len(self.texts) or not self.linked[i + 1]
        return before and (last or self.pairs[word, self.texts[i + 1]] > 0)


def spelling(text: Text, structure: Structure, scanned: Collection[int]) -> Iterator[Edit]:
    """Garbled words on the pages `scanned` (numbers), as far as one reading only is likely."""
    if not scanned or not load_lexicon(structure.repair.lexicon):
        return
    words = _Words(text.text, structure.repair.lexicon)
    garbled = {w for w in words.counts if not _fine(w, words)}
    unknown = [i for i, w in enumerate(words.texts) if w in garbled]
    if len(unknown) > MAX_UNKNOWN:
        return
    pages = _scanned_spans(text, scanned)
    used = -1
    for i in unknown:
        start, end = words.spans[i]
        if i <= used or not any(first <= start < last for first, last in pages):
            continue
        shown = text.text[start:end]
        if len(shown) > MAX_LENGTH or (shown.isupper() and shown.isalpha() and len(shown) > 1):
            continue  # capitals are mistaken in other ways, and stand in heads
        first = last = i
        found, rule = _likely(i, words), "spelling"
        if not found:
            found, rule = _parted(words.texts[i], words), "run-together"
        if not found and (joined := _joined(i, words)):
            first, last, found, rule = joined[0], joined[0] + 1, joined[1], "torn-apart"
        if found:
            start, end, used = words.spans[first][0], words.spans[last][1], last
            capital = text.text[start].isupper() or words.capitalised(first, found)
            yield Edit(start, end, found[:1].upper() + found[1:] if capital else found, rule)


def _fine(word: str, words: _Words) -> bool:
    """Whether a word needs no mending: known, a number, an enumerator, or too often there to be a slip."""
    return words.known(word) or word.isdigit() or len(word) < 3 or words.counts[word] > RARE


def _scanned_spans(text: Text, scanned: Collection[int]) -> list[tuple[int, int]]:
    ends = [*text.starts[1:], len(text.text)]
    return [(s, e) for number, s, e in zip(text.numbers, text.starts, ends, strict=True) if number in scanned]


def _likely(i: int, words: _Words) -> str:
    """The one known word that looks like the garbled one and stands beside the same neighbour elsewhere; or ''."""
    word = words.texts[i]
    swaps = 1 if len(word) < 8 else 2
    near = 2 + swaps
    backed = {
        other: times
        for other, times in words.beside(i).items()
        if len(other) > 2
        and other.isalpha()
        and words.known(other)
        and Levenshtein.distance(word, other, score_cutoff=near) <= near
        and looks(word, other, swaps)
    }
    if len(backed) != 1:
        return ""
    other, times = next(iter(backed.items()))
    # What could be a word itself (`alter` for after) must differ from what stands there in every way.
    genuine = plausible(word, words.language)
    return "" if genuine and (times < OFTEN_BESIDE or not words.between(i, other)) else other


def _parted(word: str, words: _Words) -> str:
    """A word and a year that ran together; or ''. Two words are left: laws themselves print `bertanggungjawab`."""
    match = re.fullmatch(r"(?P<word>[^\W\d_]{3,})(?P<year>[12]\d{3})", word)
    return f"{match['word']} {match['year']}" if match and words.known(match["word"]) else ""


def _joined(i: int, words: _Words) -> tuple[int, str] | None:
    """(index of the first, the word) where two pieces make one known word of the document; or None."""
    for first in (i - 1, i):
        if first < 0 or first + 1 >= len(words.texts):
            continue
        a, b = words.texts[first], words.texts[first + 1]
        if not (words.linked[first + 1] or (words.stuck[first + 1] and len(a) == 1)):
            continue
        other = a if first + 1 == i else b
        whole = a + b
        if words.known(whole) and (len(other) == 1 or not words.known(other)) and words.counts[whole]:
            return first, whole
    return None


def torn_in_two(text: Text, lexicon: str) -> Iterator[Edit]:
    """The pieces of words that make one of the document, wherever one of them is none of its own."""
    words = _Words(text.text, lexicon)
    used = -1
    for i, word in enumerate(words.texts):
        if i <= used or word.isdigit() or words.known(word):
            continue
        if joined := _joined(i, words):
            first, used = joined[0], joined[0] + 1
            start, end = words.spans[first][0], words.spans[used][1]
            yield Edit(start, end, "".join(text.text[start:end].split()), "torn-apart")


def spaced_amounts(text: Text, structure: Structure, scanned: Collection[int]) -> Iterator[Edit]:
    """`Rp 1.000` where the document prints `Rp1.000`: a text layer puts spaces in where it sees gaps."""
    sign = structure.repair.currency
    if not scanned or not sign or len(re.findall(rf"\b{sign}\d", text.text)) < RARE:
        return
    pages = _scanned_spans(text, scanned)
    for match in re.finditer(rf"\b(?:{sign})(?P<space>\s)(?=\d{{1,3}}(?:\.\d{{3}})+)", text.text):
        if any(start <= match.start() < end for start, end in pages):
            yield Edit(match.start(), match.end(), match[0].rstrip(), "amount")


def slashes(text: Text, structure: Structure, scanned: Collection[int]) -> Iterator[Edit]:
    """`danlatau`: a slash read as a letter between two words that the document joins by a slash elsewhere."""
    if not scanned:
        return
    joined = Counter(m[0].lower() for m in re.finditer(r"\b[^\W\d_]{2,}/[^\W\d_]{2,}\b", text.text))
    forms = {}
    for pair, count in joined.items():
        if count >= OFTEN:
            for sign in "lI1|":
                forms[pair.replace("/", sign).lower()] = pair
    if not forms:
        return
    pages = _scanned_spans(text, scanned)
    for match in re.finditer(r"\b[^\W\d_]{2,}[lI1|][^\W\d_]{2,}\b", text.text):
        joint = forms.get(match[0].lower())
        if joint and any(start <= match.start() < end for start, end in pages):
            yield Edit(match.start(), match.end(), joint.capitalize() if match[0][0].isupper() else joint, "slash")


def stops_in_words(text: Text, structure: Structure, scanned: Collection[int]) -> Iterator[Edit]:
    """`GOATS.GOATS`, `ACADEM.Y`: a stop within a word on scanned pages, where the text has it without, or hyphened."""
    if not scanned:
        return
    pages = _scanned_spans(text, scanned)
    lower = ""
    for match in STOPPED.finditer(text.text):
        if not any(start <= match.start() < end for start, end in pages):
            continue
        one, two = match["one"], match["two"]
        if one.isupper() != two.isupper() or (two[0].isupper() and not two.isupper()):
            continue  # the stop of a sentence, the space behind it lost
        lower = lower or text.text.lower()
        twice = one.lower() == two.lower()
        whole = f"{one}-{two}" if twice else one + two
        if len(whole) >= LONG and (twice or whole.isupper()) and whole.lower() in lower:
            yield Edit(match.start(), match.end(), whole, "stop-in-word")

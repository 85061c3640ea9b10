"""Cuts statutes into tokens, without loss.

Reads   a text.
Writes  nothing.
Knows where a token begins, for all of a text (a spaCy `Doc`, for token patterns) or at one place in it (for phrases,
which are matched token by token but need no `Doc`). Knows no rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # importing spaCy takes seconds, and only token patterns need it
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

# Line breaks and white space, numbers with their separators (an article's letter stays: 45A), words with inner hyphens,
# single other characters. Every character of a text lands in exactly one token.
TOKEN = re.compile(r"\n|[^\S\n]+|\d+(?:[.,]\d+)*(?:[A-Za-z]{1,2}(?![^\W_]))?|[^\W\d_]+(?:[-'’][^\W\d_]+)*|.", re.DOTALL)
INNER = "-'’"  # what joins two words into one token
SUFFIX = re.compile(r"[A-Za-z]{1,2}(?![^\W_])")  # the letters of a number: 45A


def cut(text: str) -> tuple[list[str], list[bool]]:
    """Tokens of a text, and whether a space that is no token follows each."""
    words: list[str] = []
    spaces: list[bool] = []
    for token in TOKEN.findall(text):
        if token[0] == " " and words and not spaces[-1] and words[-1] != "\n":
            spaces[-1] = True
            if len(token) > 1:
                words.append(token[1:])
                spaces.append(False)
        else:
            words.append(token)
            spaces.append(False)
    return words, spaces


class LegalTokenizer:
    """Cuts statutes where lawyers do: `4(a)` is four tokens, `Rp120.000.000,00` two, `anak-anak` and `45A` one."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        from spacy.tokens import Doc  # noqa: PLC0415

        words, spaces = cut(text)
        return Doc(self.vocab, words=words, spaces=spaces)


class TokenPatterns:
    """spaCy's Matcher over statutes cut by the legal tokenizer."""

    def __init__(self, patterns: Mapping[str, list[list[dict[str, Any]]]]) -> None:
        import spacy  # noqa: PLC0415
        from spacy.matcher import Matcher  # noqa: PLC0415

        self._tokenize = LegalTokenizer(spacy.blank("xx").vocab)
        self._matcher = Matcher(self._tokenize.vocab)
        for name, alternatives in patterns.items():
            self._matcher.add(name, alternatives)

    def matches(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Name of the patterns, start and end of each match."""
        doc = self._tokenize(text)
        for key, first, last in self._matcher(doc):
            yield doc.vocab.strings[key], doc[first].idx, doc[last - 1].idx + len(doc[last - 1])


def begins_token(text: str, at: int) -> bool:
    """Whether a token of `text` begins at the offset `at` (or the text ends there), by the characters around it.

    The same as asking whether `at` is a start of a match of TOKEN, without reading the text up to there.
    """
    if at in (0, len(text)):
        return True
    before, here = text[at - 1], text[at]
    if before == " ":
        return here == "\n" or not here.isspace()
    if here.isspace() or before.isspace():
        return here == "\n" or before == "\n" or not (here.isspace() and before.isspace())
    if before.isdecimal():
        if here.isdecimal():
            return False
        if here in ".,":
            return not text[at + 1 : at + 2].isdecimal()
        return not SUFFIX.match(text, at)
    if before.isalnum():
        if here in INNER:
            # A hyphen inside a word, but not one behind the letters of a number.
            return not (_letter(text[at + 1 : at + 2]) and not _in_number(text, at))
        return here.isdecimal() or not here.isalnum()
    if before in INNER:
        return not (_letter(here) and _letter(text[max(at - 2, 0) : at - 1]) and not _in_number(text, at - 1))
    if before in ".,":
        return not (here.isdecimal() and text[max(at - 2, 0) : at - 1].isdecimal())
    return True


def _letter(character: str) -> bool:
    return character.isalnum() and not character.isdecimal()


def _in_number(text: str, end: int) -> bool:
    """Whether the one or two letters that end at `end` belong to a number (45A)."""
    for size in (1, 2):
        number, letters = text[end - size - 1 : end - size], text[end - size : end]
        if end > size and number.isdecimal() and letters.isascii() and letters.isalpha():
            return True
    return False

"""A text as a string of bytes in which matches can be looked for all at once: the alphabet of that string.

Reads   a text, or a piece of a pattern.
Writes  nothing.
A spelled text keeps what a search needs and drops the rest: case, which digit, how wide a gap. A letter is its small
ASCII letter, a digit `0`, a run of white space one space; the first of a run of letters or digits is spelled otherwise
(`Pasal 45a` → `Pasal 10A`), so that words are found where they begin and nowhere else. Knows no rule.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

LETTER, SIGN, UNDERSCORE = "\x80", "\x81", "_"  # a letter beyond ASCII; another character beyond it
# Letters beyond ASCII that equal an ASCII letter when case is ignored (tests ask `re` for them).
EQUAL = {"\u0130": "i", "\u0131": "i", "\u017f": "s", "\u212a": "k"}
FOREIGN = 128  # the first code point beyond ASCII


def spelled_character(character: str) -> str:
    """What a character is spelled as inside a word, or outside of words."""
    if character.isspace():
        return " "
    if character.isdecimal():
        return "0"
    if character in EQUAL:
        return EQUAL[character]
    if ord(character) < FOREIGN:
        return character.lower()
    return LETTER if character.isalnum() else SIGN


def run_of(spelled: str) -> str:
    """The kind of run that a spelled character belongs to: "a" letters, "0" digits, "_" underscores, "" none."""
    if spelled in ("0", UNDERSCORE):
        return spelled
    return "a" if spelled == LETTER or (spelled.isascii() and spelled.isalpha()) else ""


def initial(spelled: str) -> str:
    """What a spelled character is at the beginning of a run."""
    return {"0": "1", LETTER: "\x82", UNDERSCORE: "\x83"}.get(spelled, spelled.upper())


Bytes = npt.NDArray[np.uint8]
_ASCII: Bytes = np.array([ord(spelled_character(chr(c))) for c in range(FOREIGN)] + [0], dtype=np.uint8)
_RUN: Bytes = np.array([ord(run_of(chr(c)) or "\0") for c in range(256)], dtype=np.uint8)
_INITIAL: Bytes = np.array([ord(initial(chr(c))) if run_of(chr(c)) else c for c in range(256)], dtype=np.uint8)
_SPACE = ord(" ")


class Spelled:
    """A text as it is spelled, and where each byte of that stands in the text."""

    def __init__(self, text: str) -> None:
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        letters = _ASCII[np.minimum(codes, FOREIGN)]
        foreign = np.flatnonzero(codes >= FOREIGN)
        if foreign.size:
            kinds, which = np.unique(codes[foreign], return_inverse=True)
            letters[foreign] = np.array([ord(spelled_character(chr(c))) for c in kinds], dtype=np.uint8)[which]
        run = _RUN[letters]
        first = run > 0
        first[1:] &= run[1:] != run[:-1]
        letters[first] = _INITIAL[letters[first]]
        space = letters == _SPACE
        space[1:] &= space[:-1].copy()
        space[:1] = False  # from here: white space behind white space
        self._codes, self._first = codes, first
        self._kept = np.flatnonzero(~space)
        self.letters = letters[self._kept].tobytes()
        self._length = len(text)

    def places(self, found: list[int]) -> list[int]:
        """Offsets in the text of offsets in `letters`."""
        if len(self.letters) == self._length:
            return found
        places: list[int] = self._kept[np.array(found, dtype=np.int64)].tolist()
        return places

    def gaps(self, places: list[int]) -> list[int]:
        """The same offsets, and for white space those of all of it that `letters` spells as one space."""
        if len(self.letters) == self._length:
            return places
        after = np.searchsorted(self._kept, np.array(places, dtype=np.int64), side="right")
        ends = np.append(self._kept, self._length)[after].tolist()
        return [place for start, end in zip(places, ends, strict=True) for place in range(start, end)]

    def capitals(self) -> list[int]:
        """Offsets of the runs of letters that begin with a capital letter of ASCII."""
        capital = (self._codes >= ord("A")) & (self._codes <= ord("Z"))
        places: list[int] = np.flatnonzero(capital & self._first).tolist()
        return places

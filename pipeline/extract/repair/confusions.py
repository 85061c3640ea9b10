"""What a scan reads in the place of what was printed: one table, from which every step that mends takes its part.

Data only. Seen in gazettes. A form is one sign or several (`rn` for m). Which part is asked depends on what can stand
in a place, for no sign is mistaken for one that cannot: digits in a number, letters in a word, a bracket around either.
"""

from __future__ import annotations

from collections.abc import Mapping

Read = Mapping[str, tuple[str, ...]]  # printed → forms in which it is read

DIGITS: Read = {
    "0": ("O", "o", "Q"), "1": ("l", "I", "i", "|", "!", "t", "L", "J", "f"), "2": ("Z", "z"), "5": ("S", "s"),
    "6": ("b", "G"), "7": ("T",), "8": ("B", "g"), "9": ("g", "q"),
}  # fmt: skip
# The letter of an inserted article, behind its number (`168` for 16B).
LETTERS_OF_NUMBERS: Read = {
    "D": ("0",), "O": ("0",), "I": ("1", "l", "|"), "A": ("4",), "S": ("5",), "G": ("6",), "B": ("8",),
}  # fmt: skip
BRACKETS: Read = {"(": ("l", "I", "1", "[", "{", "|", "C", "t", "L"), ")": ("l", "I", "1", "J", "]", "}", "|", "t")}
STOPS: Read = {".": (",", ":", ";")}
# The letter of a point. Fewer than in words: `6.` may be of another list, and is no `e.`
POINTS: Read = {
    "b": ("6",), "e": ("c",), "g": ("c", "C", "q", "9"), "i": ("I", "1", "l", "j"), "j": ("i", "J"), "l": ("1", "I"),
    "o": ("0", "O"), "q": ("g",), "s": ("S", "5"),
}  # fmt: skip
# Letters and pairs of letters in a word; what is read may be a digit or a sign.
LETTERS: Read = {
    "a": ("ei", "zr", "e", "o", "4"), "am": ("eun", "un"), "b": ("h", "6", "l3"), "c": ("e", "o"), "d": ("cl",),
    "e": ("c", "6", "o"), "f": ("l", "t", "r"), "fi": ("fr", "fl"), "g": ("q", "9", "c"), "h": ("b", "lr", "ll"),
    "i": ("l", "1", "r", "j", "t", "!", "í"), "j": ("i",), "k": ("l", "lc", "t"), "l": ("1", "i", "t", "I", "ll"),
    "le": ("k",), "m": ("rn", "ln", "ni", "nn", "in", "rr"), "n": ("r", "l", "p", "rr", "ri", "u", "pr", "rl"),
    "o": ("0", "c"), "p": ("ir", "n"), "r": ("t", "y", "i"), "s": ("5", "8"), "t": ("l", "f", "i", "r"),
    "u": ("q", "ll", "n", "j", "tt"), "w": ("vv",), "y": ("v",), "eb": ("6l",), "H": ("11", "ll"),
    "M": ("ivl", "lvl"),
}  # fmt: skip
# Of these the strokes of one letter read as several, which so seldom make another word that a text's own words are
# enough to tell: `ancarnan`; and those of letters that structural words begin with or hold.
STROKES = ("rn", "ln", "ni", "vv")
TAKEN_APART = ("ivl", "lvl", "rn", "vv")


def by_form(table: Read) -> dict[str, tuple[str, ...]]:
    """The table the other way: form that is read → what may have been printed."""
    found: dict[str, tuple[str, ...]] = {}
    for printed, forms in table.items():
        for form in forms:
            found[form] = (*found.get(form, ()), printed)
    return found

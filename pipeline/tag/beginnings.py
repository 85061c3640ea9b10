"""With what a match of a regular expression can begin, so that it is tried only where it may succeed.

Reads   a pattern of a rule, its macros put in.
Writes  nothing.
Says too much rather than too little: every match begins with one of the strings that are returned, which does not mean
that every such string begins a match. Where that cannot be said, the answer is None, and the pattern is tried
everywhere. Knows no text and no rule, and of the language of patterns what packs use: anything else ends what it says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.tag.spelling import FOREIGN, initial, run_of, spelled_character

# Signs in a beginning that stand for no character of the text, or for one of several.
EDGE = "\0"  # here words begin or end
NO_WORD = "\1"  # what stands before is no character of a word
CAPITAL = "\2"  # one of A to Z, the case of which counts
LENGTH = 24  # characters after which a beginning is long enough
ALTERNATIVES = 300  # beginnings of one pattern
CLASS = 26  # characters of a class that become alternatives
QUANTIFIER = re.compile(r"([*+?]|\{(\d*)(,?)(\d*)\})[?+]?")
LOOK = re.compile(r"\(\?<?[=!]")
GROUP = re.compile(r"\((?:\?(?:P<\w+>|:|>))?(?!\?)")
ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))", re.DOTALL)
RANGE = re.compile(r"-(?!\])")
AFTER_NO_WORD = re.compile(r"\(\?<!(?:\\w|\[(?!\^)[^\]\\]*\\w[^\]\\]*\])\)")
CONTROL = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v"}

Beginning = tuple[str, bool]  # what a match begins with; whether more than that is unknown
NOTHING: frozenset[Beginning] = frozenset({("", False)})
UNKNOWN: frozenset[Beginning] = frozenset({("", True)})


@dataclass(frozen=True, slots=True)
class Beginnings:
    """How the matches of a pattern begin: spelled strings, or (`capital`) words with a capital letter."""

    strings: frozenset[bytes]
    capital: bool = False


def beginnings(pattern: re.Pattern[str]) -> Beginnings | None:
    """The beginnings of all matches of `pattern`, spelled as in `Spelled.letters`; None where they cannot be told."""
    case_counts = not pattern.flags & re.IGNORECASE
    if pattern.flags & (re.VERBOSE | re.ASCII | re.LOCALE):
        return None
    try:
        found = _Reader(pattern.pattern, case_counts).alternatives()
    except _Strange:
        return None
    texts = {text for text, _ in found}
    if any(text.lstrip(EDGE + NO_WORD).startswith(CAPITAL) for text in texts):
        capitals = all(re.match(f"[{EDGE}{NO_WORD}]+[{CAPITAL}A-Z]", text) for text in texts)
        return Beginnings(frozenset(), capital=True) if capitals else None
    strings = frozenset(s for text in texts for s in _spelled(text.split(CAPITAL)[0]))
    if "" in strings:
        return None
    shortest = frozenset(s for s in strings if not any(s[:n] in strings for n in range(1, len(s))))
    return Beginnings(frozenset(s.encode("latin-1") for s in shortest))


def spelled_beginning(text: str) -> frozenset[bytes]:
    """The spelling of a text that begins where a word or a sign begins."""
    return frozenset(s.encode("latin-1") for s in _spelled(EDGE + text))


def _spelled(text: str) -> list[str]:
    """How a beginning is spelled: twice where it may or may not begin a word, not at all where no text can be so."""
    letters: list[str] = []
    before, edge, no_word, unsure = "", False, False, False
    for character in text:
        if character in (EDGE, NO_WORD):
            edge, no_word = edge or character == EDGE, no_word or character == NO_WORD
            continue
        letter = spelled_character(character)
        run = run_of(letter)
        if before and ((edge and bool(run_of(before)) == bool(run)) or (no_word and run_of(before))):
            return []
        if letter != " " or before != " ":
            begins = bool(run) and (run_of(before) != run if before else edge or no_word)
            unsure = unsure or (bool(run) and not before and not begins)
            letters.append(initial(letter) if begins else letter)
        before, edge, no_word = letter, False, False
    spelled = "".join(letters)
    return [spelled, initial(spelled[0]) + spelled[1:]] if unsure else [spelled]


class _Strange(Exception):
    """The pattern has something that this module does not know."""


class _Reader:
    """Reads a pattern once, from left to right."""

    def __init__(self, pattern: str, case_counts: bool) -> None:
        self.pattern, self.at, self.case_counts = pattern, 0, case_counts

    def alternatives(self) -> frozenset[Beginning]:
        """Up to the end of the pattern, or of the group that is open."""
        found: set[Beginning] = set()
        while True:
            found |= self._sequence()
            if not self._take("|"):
                return frozenset(found)

    def _take(self, text: str) -> bool:
        taken = self.pattern.startswith(text, self.at)
        self.at += len(text) * taken
        return taken

    def _sequence(self) -> frozenset[Beginning]:
        found = NOTHING
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            more = self._quantified()
            if all(stop for _, stop in found):
                continue
            longer = {
                (text + after, stop or after_stop)
                for text, stop in found
                for after, after_stop in ([("", True)] if stop or len(text) >= LENGTH else more)
            }
            # Too many: what was known before is still right, only shorter.
            found = frozenset(longer) if len(longer) <= ALTERNATIVES else frozenset((text, True) for text, _ in found)
        return found

    def _quantified(self) -> frozenset[Beginning]:
        once = self._atom()
        quantifier = QUANTIFIER.match(self.pattern, self.at)
        if not quantifier:
            return once
        if quantifier[1][0] == "{" and not (quantifier[2] or quantifier[4]):
            raise _Strange  # a brace that is no quantifier
        self.at = quantifier.end()
        low, high = {"*": (0, None), "+": (1, None), "?": (0, 1)}.get(quantifier[1], (0, 0))
        if quantifier[1][0] == "{":
            low = int(quantifier[2] or 0)
            high = low if not quantifier[3] else int(quantifier[4]) if quantifier[4] else None
        if high == 0:
            return NOTHING
        # White space is spelled as one space, however often it is repeated; of anything else, once is known.
        white = all(text == " " for text, _ in once)
        repeated = {(text, stop or (high != 1 and not white)) for text, stop in once}
        return frozenset(repeated | (NOTHING if low == 0 else set()))

    def _atom(self) -> frozenset[Beginning]:
        character = self.pattern[self.at]
        if character == "(":
            return self._group()
        if character == "[":
            return self._class()
        if character == "\\":
            return self._escape()
        self.at += 1
        if character == ".":
            return UNKNOWN
        if character == "^":
            return frozenset({(NO_WORD, False)})
        if character == "$":
            return NOTHING
        if character in "*+?":
            raise _Strange
        return self._one_of({character})

    def _group(self) -> frozenset[Beginning]:
        start = self.at
        looks = LOOK.match(self.pattern, self.at)
        opening = looks or GROUP.match(self.pattern, self.at)
        if not opening:
            raise _Strange
        self.at = opening.end()
        inner = self.alternatives()
        if not self._take(")"):
            raise _Strange
        if looks:
            # What is asserted of the characters around only narrows; but after no word, a word begins.
            after_no_word = AFTER_NO_WORD.fullmatch(self.pattern[start : self.at])
            return frozenset({(NO_WORD, False)}) if after_no_word else NOTHING
        return inner

    def _escape(self) -> frozenset[Beginning]:
        character = self._escaped()
        if character == "\\b":
            return frozenset({(EDGE, False)})
        if character in ("\\B", "\\A", "\\Z"):
            return NOTHING
        if character in ("\\d", "\\s"):
            return frozenset({("0" if character == "\\d" else " ", False)})
        return UNKNOWN if len(character) > 1 else self._one_of({character})

    def _escaped(self) -> str:
        """The character that an escape stands for, or the escape itself where it stands for more than one."""
        escape = ESCAPE.match(self.pattern, self.at)
        if not escape:
            raise _Strange
        self.at = escape.end()
        if code := escape[1] or escape[2]:
            return chr(int(code, 16))
        if escape[3] in CONTROL:
            return CONTROL[escape[3]]
        return f"\\{escape[3]}" if escape[3].isalnum() else escape[3]

    def _class(self) -> frozenset[Beginning]:
        self.at += 1
        negated = self._take("^")
        members: list[tuple[str, str]] = []  # first and last of a range, or the same character (or escape) twice
        while not (members and self.pattern.startswith("]", self.at)):
            first = last = self._member()
            if len(first) == 1 and RANGE.match(self.pattern, self.at):
                self.at += 1
                last = self._member()
            members.append((first, last))
        self.at += 1
        if negated:
            return frozenset({(" ", False)}) if ("\\S", "\\S") in members else UNKNOWN
        capitals = self.case_counts and all("A" <= first <= last <= "Z" for first, last in members)
        if capitals and sum(ord(last) - ord(first) + 1 for first, last in members) >= CLASS:
            return frozenset({(CAPITAL, False)})
        characters: set[str] = set()
        for first, last in members:
            if first in ("\\d", "\\s"):
                characters.add("0" if first == "\\d" else " ")
            elif (first, last) == ("0", "9"):
                characters.add("0")
            elif len(first + last) > 2 or ord(last) - ord(first) >= CLASS:
                return UNKNOWN
            else:
                characters |= {chr(c) for c in range(ord(first), ord(last) + 1)}
        return self._one_of(characters)

    def _member(self) -> str:
        """A character of a class, or an escape that stands for several."""
        if self.at >= len(self.pattern) or self.pattern[self.at] == "[":
            raise _Strange
        if self.pattern[self.at] == "\\":
            member = self._escaped()
            return "\b" if member == "\\b" else member
        self.at += 1
        return self.pattern[self.at - 1]

    def _one_of(self, characters: set[str]) -> frozenset[Beginning]:
        for c in characters:
            # Letters beyond ASCII equal others in ways of their own when case is ignored; control characters are ours.
            odd = ord(c) >= FOREIGN and not self.case_counts and (c.lower() != c or c.upper() != c)
            if odd or (c < " " and not c.isspace()):
                return UNKNOWN
        return frozenset((c, False) for c in characters) if len(characters) <= CLASS else UNKNOWN

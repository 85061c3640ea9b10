"""Words, and patterns of a pack, found in a text without looking at every sign of it with a regular expression.

Pure; knows no language. What is asked of every word and every line of a document decides how long reading it takes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

WORD = re.compile(r"[^\W\d_]+")
# Letters of ASCII in small ones; every other sign of ASCII a space. Bytes of other characters stay for `WORD` to judge.
PLAIN = bytes(b if b > 127 else ord(chr(b).lower()) if chr(b).isalpha() else 32 for b in range(256))
NAME = re.compile(r"\(\?P<\w+>")
FLAGS = re.compile(r"\(\?([aimsux]+)\)")


def letter_runs(text: str) -> list[str]:
    """Words of a text in small letters, in order; one that is not ASCII may hold other signs too: `words_in`.

    Bytes are parted many times faster than `WORD` parts a text.
    """
    return text.encode("utf-8", "replace").translate(PLAIN).decode().split()


def words_in(run: str) -> list[str]:
    """The words, in small letters, of one of `letter_runs`."""
    return [run] if run.isascii() else WORD.findall(run.lower())


def words_of(text: str) -> list[str]:
    """Words of a text, in small letters, in order."""
    runs = letter_runs(text)
    return runs if text.isascii() else [word for run in runs for word in ((run,) if run.isascii() else words_in(run))]


def any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """One pattern that matches wherever one of `patterns` does; no groups' names are kept, for two may share one.

    Raises:
        re.error: one of them is no pattern, or refers back to a group by name.
    """
    scoped = [FLAGS.sub(r"(?\1:", p, count=1) + ")" if FLAGS.match(p) else f"(?:{p})" for p in patterns]
    return re.compile("|".join(NAME.sub("(?:", p) for p in scoped) or "(?!)")


def alternatives(pattern: str) -> list[str]:
    """The words between which a pattern lets choose (`(?:No|NO)`): each of them is sought faster than all are."""
    body = pattern[3:-1] if pattern.startswith("(?:") and pattern.endswith(")") else pattern
    return [pattern] if any(sign in body for sign in "()[\\") else body.split("|")


def by_first_letter(pattern: str) -> list[str]:
    """The patterns, each of which begins with one letter, that together match what a pattern of words matches.

    A search skips at once to the next of one letter, not to the next of several (`[Pp]asal|[Pp]sal`). A pattern whose
    words begin with anything but a letter or a class of letters is left whole.
    """
    found: dict[str, list[str]] = {}
    for word in pattern.split("|"):
        begins = re.match(r"(?:([^\W\d_])|\[([^\W\d_]+)\])(?![?*+{])", word)
        if begins is None or re.search(r"[()\\]", word) or word.count("[") != word.count("]"):
            return [pattern]
        for letter in begins[1] or begins[2]:
            found.setdefault(letter, []).append(letter + word[begins.end() :])
    return ["|".join(words) for words in found.values()]


def standing_alone(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Matches of a pattern that no letter, digit or `_` stands right before.

    As if the pattern began with `\\b`, which would keep the search from skipping to the next sign it can begin with.
    """
    at = 0
    while match := pattern.search(text, at):
        start, at = match.span()
        before = text[start - 1 : start]
        if before.isalnum() or before == "_":
            at = start + 1
        else:
            yield match
            at = max(at, start + 1)

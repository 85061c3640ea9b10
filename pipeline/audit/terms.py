"""Words of a statement or of a provision → terms of the glossary, whatever language they are in.

Reads nothing but the glossary. Finds terms in a text; compares two sets of terms. Does not know claims or verdicts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.audit.glossary import glossary

LANGUAGES = ("en", "id")


@dataclass(frozen=True, slots=True)
class Found:
    """A term in a text, with its place there."""

    term: str
    start: int
    end: int


@cache
def _patterns(language: str) -> list[tuple[str, tuple[str, ...], re.Pattern[str]]]:
    """(term, letters of which some stand in every text that says it, its regex)."""
    return [
        (name, tuple(map(_letters, phrases)), re.compile("|".join(_pattern(p) for p in phrases), re.IGNORECASE))
        for name, term in glossary().items()
        if (phrases := getattr(term, language))
    ]


def _pattern(phrase: str) -> str:
    """The regex of a phrase: `*` inside a word is any letters, on its own up to three words."""
    words = [
        r"(?:[\w'/-]+\s+){0,2}[\w'/-]+" if w == "*" else re.escape(w).replace(r"\*", r"\w*") for w in phrase.split()
    ]
    return r"(?<![\w-])" + r"\s+".join(words) + r"(?![\w-])"


def _letters(phrase: str) -> str:
    """The longest stretch of a phrase that every text has that says it, in small letters."""
    return max(re.split(r"[\s*]+", phrase.lower()), key=len)


def find(text: str, language: str, nested: bool = False) -> list[Found]:
    """Terms of a text in a language (`en`, `id`; any other finds nothing), in order.

    Where one term's words lie within the longer words of another, only the longer counts: “sexual exploitation” does
    not also say “exploitation”, which it implies (`wider`). With `nested`, both count.
    """
    if language not in LANGUAGES:
        return []
    text = text.replace("’", "'").replace("‘", "'")
    low = text.lower()
    every = [
        Found(name, m.start(), m.end())
        for name, letters, pattern in _patterns(language)
        if any(map(low.__contains__, letters))  # a regex that ignores case looks at every sign
        for m in pattern.finditer(text)
    ]
    every.sort(key=lambda f: (f.start, -f.end, f.term))
    if nested:
        return every
    kept: list[Found] = []
    for found in every:
        inside = any(k.start <= found.start and found.end <= k.end and _size(k) > _size(found) for k in every)
        if not inside:
            kept.append(found)
    return kept


def _size(found: Found) -> int:
    return found.end - found.start


def items(text: str, language: str) -> list[tuple[int, int, set[str]]]:
    """(start, end, terms) of each stretch of words that says a term, or several at once, in order."""
    places: list[tuple[int, int, set[str]]] = []
    for found in find(text, language):
        if places and found.start < places[-1][1]:
            start, end, said = places[-1]
            places[-1] = (start, max(end, found.end), said | {found.term})
        else:
            places.append((found.start, found.end, {found.term}))
    return places


def lists(text: str, language: str, between: re.Pattern[str]) -> list[list[set[str]]]:
    """Lists in a text: for each its items, in order, each the terms that one stretch of words says.

    Two terms are items of one list where nothing but what `between` matches stands between their words.
    """
    every: list[list[set[str]]] = []
    reached = -1
    for start, end, said in items(text, language):
        joined = between.match(text, reached) if every else None
        if joined and joined.end() == start:
            every[-1].append(said)
        else:
            every.append([said])
        reached = end
    return [listed for listed in every if len(listed) > 1]


def wider(terms: set[str]) -> set[str]:
    """The terms, and all that they are kinds of."""
    found = set(terms)
    todo = list(terms)
    while todo:
        for parent in glossary()[todo.pop()].of:
            if parent not in found:
                found.add(parent)
                todo.append(parent)
    return found


def words(terms: set[str]) -> str:
    """Terms as readers see them."""
    return ", ".join(sorted(t.replace("_", " ") for t in terms))

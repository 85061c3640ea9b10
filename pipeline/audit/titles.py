"""Titles of laws and treaties, as a paper gives them and as they are: the same, a rendering, or changed.

Compares words in their order. A translation may choose among words for the same thing (crime, criminal act) and leave
out small words; where the title is the law's own, in its own language, its small words count too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cache

from pipeline.audit.words import titles
from pipeline.records import Document

END_YEAR = re.compile(r"(?:19|20)\d\d(?=\W*$)")
ABBREVIATION = re.compile(r"\s\([A-Z]{2,}\)|/[A-Z]{2,}\b")


@cache
def _listed() -> re.Pattern[str]:
    return re.compile("|".join(rf"\b{re.escape(k)}\b" for k in sorted(titles().same, key=len, reverse=True)))


def content_words(title: str) -> list[str]:
    """Words of a title that carry it, in order, in one form each; its year is none of them."""
    text = re.sub(r"\s+", " ", re.sub(r"[“”\"(),/.:;_–-]", " ", _lower(title)))
    for _ in range(2):
        text = _listed().sub(lambda m: titles().same[m[0]], text)
    return [w for w in text.split() if w not in titles().small and not re.fullmatch(r"(?:19|20)\d\d", w)]


def spelled_out(title: str, documents: Iterable[Document]) -> str:
    """A title with the abbreviations of other instruments in it (`CRC`) written out."""
    for document in documents:
        for name in document.short_names:
            if name.isupper() and name.isalpha():
                title = re.sub(rf"\b{name}\b", document.title_en, title)
    return title


def _lower(title: str) -> str:
    return title.lower().replace("’", "'")


def every_word(title: str) -> list[str]:
    """All words of a title but a leading article and its year."""
    words = re.findall(r"[\w'-]+", _lower(title).replace("_", " "))
    words = [w for w in words if w not in titles().dropped and not re.fullmatch(r"(?:19|20)\d\d", w)]
    return words[:-1] if words and words[-1] == "of" else words


def other_year(given: str, names: list[str]) -> str:
    """The year at the end of a title (`… Act of 2012`) that is another in the law's own; '' where none is."""
    said = END_YEAR.search(given)
    known = {m[0] for n in names if (m := END_YEAR.search(n))}
    return f"“{said[0]}” for “{max(known)}”" if said and known and said[0] not in known else ""


def differences(given: str, names: list[str], own_words: bool) -> str:
    """What is changed in a title; '' where it is one of the names, or a rendering of one.

    Args:
        given: the title as a paper gives it.
        names: the law's titles and short names.
        own_words: whether the names are the law's own words, not a translation: then the small words count as well.
    """
    # An abbreviation in brackets (`… (CSAEM) Act`), or behind a stroke, is no word of it.
    given, *names = (ABBREVIATION.sub("", n) for n in (given, *names))
    words = content_words(given)
    exact = [n for n in names if content_words(n) == words]
    if exact:
        if not own_words or any(every_word(n) == every_word(given) for n in exact):
            return ""
        return _changes(
            every_word(given), min((every_word(n) for n in exact), key=lambda n: -_alike(every_word(given), n))
        )
    best = max(names, key=lambda n: _alike(words, content_words(n)))
    return _changes(words, content_words(best))


def likeness(given: str, names: list[str]) -> float:
    """How much of a title's words stand in one of the names, in order; between 0 and 1."""
    words = content_words(given)
    return max((_alike(words, content_words(n)) for n in names), default=0.0)


def _alike(one: list[str], two: list[str]) -> float:
    return SequenceMatcher(None, one, two, autojunk=False).ratio()


def _changes(given: list[str], name: list[str]) -> str:
    notes = []
    for op, a, b, c, d in SequenceMatcher(None, given, name, autojunk=False).get_opcodes():
        if op == "replace":
            notes.append(f"“{' '.join(given[a:b])}” for “{' '.join(name[c:d])}”")
        elif op == "delete":
            notes.append(f"“{' '.join(given[a:b])}” is not in it")
        elif op == "insert":
            notes.append(f"leaves out “{' '.join(name[c:d])}”")
    return "; ".join(notes)

"""Words and numbers that a text layer has torn apart: `P asal 2 8 ayat ( 2) h uruf a`, `merupaka n dokumen`.

A converter puts a space in where letters stand wide apart. In a reference only one reading is left: a structural word
is whole, a paragraph's number fills its brackets, and no number follows that of an article but by way of a word. The
halves of other words are joined in a text that is seen to be torn, where they make a word of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache

from pipeline.extract.lexicon import load_lexicon
from pipeline.extract.repair.edits import Edit, Text
from pipeline.extract.repair.spelling import torn_in_two
from pipeline.packs import Structure

# A number or a letter, which all structural words have behind them.
NUMBERED = r"(?=\s+(?:\(\s?)?(?:\d|[a-z](?!\w)|[IVX]+(?!\w)))"
LOOSE = re.compile(r"\((?:\s(?P<late>\d{1,2}[a-z]?)\s?|(?P<early>\d{1,2}[a-z]?)\s)\)")
# A consonant that stands alone between words: no language writes that, but for the letter of a point.
ALONE = re.compile(r" (?<=[a-z]{2} )[b-df-hj-np-tv-z](?= [a-z]{2})")
INDENT = 20  # characters before a heading at the beginning of its line
TORN = 3  # so many of them, and the text is torn


@cache
def _halves(words: tuple[str, ...]) -> dict[str, list[str]]:
    """`huruf` → `h uruf`, `hu ruf`, …"""
    forms = dict.fromkeys(form for word in words for form in (word, word.lower()))
    return {word: [f"{word[:at]} {word[at:]}" for at in range(1, len(word))] for word in forms}


def torn_references(text: Text, structure: Structure) -> Iterator[Edit]:
    """Structural words, the numbers of paragraphs and those of articles, each put together again."""
    rules = structure.repair
    if not rules.words:
        return
    whole, halves = text.text, _halves(tuple(rules.words))
    # Only what there is more of without spaces can be torn: two counts for a word, instead of a search for each form.
    unspaced = whole.replace(" ", "")
    torn = [word for word in halves if unspaced.count(word) > whole.count(word)]
    if found := {form: word for word in torn for form in halves[word] if form in whole}:
        pattern = re.compile(rf"(?<![^\W_])(?:{'|'.join(found)}){NUMBERED}")
        for match in pattern.finditer(whole):
            yield Edit(match.start(), match.end(), found[match[0]], "torn-apart")
    for match in LOOSE.finditer(whole):
        yield Edit(match.start(), match.end(), f"({match['late'] or match['early']})", "torn-apart")


def torn_numbers(text: Text, structure: Structure) -> Iterator[Edit]:
    """`Pasal 2 8 ayat (2)`: two numbers that are one, if the document has an article of that number."""
    word = structure.repair.article
    if not word:
        return
    # `Pasal 1 1. A goat is …` is a heading and the first of its points, `Pasal 5 4 (empat)` a count.
    torn = re.compile(rf"{word}[^\S\n](?P<token>\d{{1,2}}[^\S\n]\d{{1,2}}[A-Z]?)(?![\w(/-]|\s?\(\D|[.)](?!\s*$))", re.M)
    matches = [m for m in torn.finditer(text.text) if not _is_line(text.text, m)]
    if not matches:
        return
    headings = set(re.findall(rf"(?m)^[#* \t]*{word}[ \t]+(\d+[A-Z]?)[* \t]*$", text.text))
    for match in matches:
        whole = "".join(match["token"].split())
        if whole in headings:
            yield Edit(match.start("token"), match.end("token"), whole, "torn-apart")


def _is_line(text: str, match: re.Match[str]) -> bool:
    """Whether a match is all that its line holds: the heading of an article, which its sequence puts right."""
    start = max(0, match.start() - INDENT)
    before = text[start : match.start()].rpartition("\n")[2]
    begins = start == 0 or len(before) < match.start() - start
    return begins and not before.strip("#* \t") and text[match.end() : match.end() + 1] in ("\n", "")


def torn_words(text: Text, structure: Structure, scanned: Collection[int]) -> Iterator[Edit]:
    """The halves of words, on pages that are no scan, in a text where many a letter stands alone."""
    if scanned or not load_lexicon(structure.repair.lexicon):
        return
    enumerators = tuple(f"{w.lower()} " for w in structure.repair.words)
    alone = 0
    for match in ALONE.finditer(text.text):
        alone += not text.text[max(0, match.start() - 11) : match.start() + 1].lower().endswith(enumerators)
        if alone == TORN:
            yield from torn_in_two(text, structure.repair.lexicon)
            return

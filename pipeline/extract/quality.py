"""Whether a page's text can be what the page says: its language, and how many of its words are words.

Reads   the text of pages; the word lists of languages (`lexicon`). Writes nothing.
Pure. Says what it found and never changes a text. Without a list of the expected language only letters are counted.

Two shares of a page's words (of two letters and more), passage by passage, for an annex may begin amid a page:
those among the most frequent words of a language tell the language, those on its list at all tell words from noise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.extract.lexicon import WORD, lexicon_set, lexicons, load_lexicon
from pipeline.extract.patterns import words_of
from pipeline.records import Notice, Page, PageQuality

FREQUENT = 150  # words of a language that stand in any text of it
PASSAGE = 300  # words that are judged together
FEWEST = 30  # words; fewer are a heading or a signature, and tell nothing
OTHER = 0.2  # share of frequent words that a text of a language always has
KNOWN = 0.6  # share of words on the list; laws of which the list was not made have 0.78 and more (26 official texts)
SHOWN = 60  # characters of a passage


def page_quality(page: Page, language: str, min_letters: int) -> tuple[PageQuality, list[Notice]]:
    """How many words a page has and how many are known, and what is wrong with it.

    Args:
        language: the one that the document is in, as `sources.yaml` has it ('' where that is not known).
        min_letters: a page with fewer is nearly empty.
    """
    found = words_of(page.text)
    words = [w for w in found if len(w) > 1]
    listed = lexicon_set(language) if language else frozenset()
    known = sum(map(listed.__contains__, words)) if listed else None
    notices = []
    if len(found) < min_letters and sum(map(len, found)) < min_letters:
        notices.append(Notice(page.doc_id, page.page, "extract", "nearly-empty-page", "", ""))
    elif listed:
        notices = list(_passages(page, words, language))
    return PageQuality(page.doc_id, page.page, len(words), known), notices


def _passages(page: Page, words: Sequence[str], language: str) -> Iterator[Notice]:
    before = ""
    for first in range(0, len(words), PASSAGE):
        passage = words[first : first + PASSAGE]
        rule, why = _wrong(passage, language) if len(passage) >= FEWEST else ("", "")
        if rule and rule != before:
            starts = [m.start() for m in WORD.finditer(page.text.lower()) if len(m[0]) > 1]
            shown = " ".join(page.text[starts[first] : starts[first] + SHOWN].split())
            yield Notice(page.doc_id, page.page, "extract", rule, shown, why)
        before = rule


def _wrong(words: Sequence[str], language: str) -> tuple[str, str]:
    """(rule, reason) of what is wrong with a passage; empty when nothing is."""
    shares = {code: _share(words, _frequent(code)) for code in sorted(lexicons())}
    other = max(shares, key=lambda code: shares[code])
    if other != language and shares[other] >= OTHER and shares[other] > 1.5 * shares[language]:
        return "page-in-other-language", f"reads as {other}, where {language} is expected"
    known = _share(words, lexicon_set(language))
    if known < KNOWN:
        return (
            "page-of-unknown-words",
            f"{known:.0%} of the words are known in {language}: garbled, or another language",
        )
    return "", ""


@cache
def _frequent(language: str) -> frozenset[str]:
    return frozenset(w for w in load_lexicon(language)[:FREQUENT] if len(w) > 1)


def _share(words: Sequence[str], those: frozenset[str]) -> float:
    return sum(map(those.__contains__, words)) / len(words)

"""Places in a paper: the sentence and the paragraph that hold an offset; and how its language speaks of law."""

from __future__ import annotations

import re

from pipeline.audit.words import Words, words
from pipeline.corpus import Corpus

LINE = 100  # characters from which a line is a paragraph, not a heading


def words_of(corpus: Corpus, doc_id: str) -> Words:
    """How the language of a paper says what the audit looks for."""
    return words(corpus.documents[doc_id].language)


def sentence(corpus: Corpus, doc_id: str, at: int) -> tuple[int, int]:
    """Start and end of the sentence that holds an offset."""
    text = corpus.text[doc_id]
    start, end = paragraph_span(text, at)
    say = words_of(corpus, doc_id)
    for stop in say.sentence_end.finditer(text, start, end):
        if stop[0][0] == ":" and say.sayings.headed.re.search(text[start : stop.start()]):
            continue  # `Article 10 (c): Whoever …` is one statement
        if stop.end() <= at:
            start = stop.end()
        elif stop.start() >= at:
            return start, stop.start() + 1
    return start, end


def sentences(corpus: Corpus, doc_id: str) -> list[tuple[int, int]]:
    """Sentences, in order; one that a page breaks counts once."""
    found: dict[tuple[int, int], None] = {}
    for line in re.finditer(r"[^\n]+", corpus.text[doc_id]):
        at = line.start()
        while at < line.end():
            span = sentence(corpus, doc_id, at)
            if span[1] <= at:
                at += 1
                continue
            found[span] = None
            at = span[1] + 1
    return list(found)


def paragraph_span(text: str, at: int) -> tuple[int, int]:
    """Start and end of the paragraph that holds an offset; one that a page breaks within a sentence goes on."""
    start = text.rfind("\n", 0, at) + 1
    while start and _runs_on(text, start - 1):
        start = text.rfind("\n", 0, start - 1) + 1
    end = text.find("\n", at)
    while 0 <= end < len(text) - 1 and _runs_on(text, end):
        end = text.find("\n", end + 1)
    return start, len(text) if end < 0 else end


def _runs_on(text: str, at: int) -> bool:
    """Whether the line that a line break ends is a paragraph's, and stops in the middle of a sentence."""
    start = text.rfind("\n", 0, at) + 1
    return at - start >= LINE and text[at - 1 : at].isalpha() and text[at + 1 : at + 2].isalpha()


def paragraph_of(corpus: Corpus, doc_id: str, at: int) -> str:
    """eid of the paragraph of a paper that holds an offset."""
    return next((p.eid for p in reversed(corpus.provisions[doc_id]) if p.start <= at < p.end), "")

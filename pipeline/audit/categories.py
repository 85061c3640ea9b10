"""A paper's own categories beside its text → conflicts that need no law to be seen.

A table whose two headings name two kinds of one thing (`mild pressure | strong pressure`) says which items are of which
kind. A sentence that gives one kind an item of the other conflicts with it; so does one that gives such an item to what
the paper says is of one kind only. What is denied of a name conflicts with a definition of that name that has it.
Reads tables as `extract` leaves them, a cell a line, row by row; knows no verdicts on laws.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.audit import terms
from pipeline.audit.claim import Claim
from pipeline.audit.claims import claim_of_sentence
from pipeline.audit.glossary import glossary
from pipeline.audit.identities import instruments
from pipeline.audit.paper import paragraph_of, paragraph_span, words_of
from pipeline.audit.verdict import INCONSISTENT, Verdict
from pipeline.corpus import Corpus
from pipeline.link.instruments import instrument

CELL = 80  # characters up to which a line is a cell
BEFORE = 1500  # characters of a paragraph in which the name that a sentence speaks of may stand before it
MEANINGS = 5  # so many sentences that say what a name stands for are compared
NAME = 40  # characters behind `is called` in which the name stands
CLAUSE = re.compile(r"[,;:–—]\s")
LISTED = 3  # so many items of a table in one sentence are a list of them


@dataclass(frozen=True, slots=True)
class Kinds:
    """The two kinds that a table sets side by side, and the terms of the items of each alone."""

    start: int
    end: int
    caption: str
    names: tuple[str, str]
    only: tuple[frozenset[str], frozenset[str]]

    def named(self, text: str) -> list[tuple[int, int]]:
        """(end, which) of every name of a kind in a text."""
        found = [
            (m.end(), i) for i, n in enumerate(self.names) for m in re.finditer(rf"\b{re.escape(n)}\b", text, re.I)
        ]
        return sorted(found)

    def has(self, which: int, said: set[str]) -> str:
        """Under which heading the table has items, or what they are kinds of."""
        own = terms.wider(said) & self.only[which]
        what = "it" if said <= own else terms.words(own)
        return f"“{self.caption}” has {what} under “{self.names[which]}”"

    def of_other(self, which: int, said: set[str]) -> set[str]:
        """Terms that the table gives to the other kind alone."""
        return {t for t in said if terms.wider({t}) & self.only[1 - which] and not terms.wider({t}) & self.only[which]}


def tables(corpus: Corpus, doc_id: str) -> list[Kinds]:
    """The tables of two kinds in a paper."""
    text, words = corpus.text[doc_id], words_of(corpus, doc_id)
    language = corpus.documents[doc_id].language
    found = []
    for caption in words.sayings.table.re.finditer(text):
        at = text.find("\n", caption.end())
        cells: list[tuple[str, int]] = []
        while 0 <= at < len(text) - 1:
            end = text.find("\n", at + 1)
            line = text[at + 1 : end if end >= 0 else len(text)].strip()
            if not line or len(line) > CELL or words.sayings.table_ends.re.match(line):
                break
            # A row of a table that is set with bars or tabs, or one cell.
            cells += [(cell, at + 1) for c in re.split(r"[|\t]", line) if (cell := c.strip()).strip(":-")]
            at = end
        head, body = [c.lower() for c, _ in cells[:2]], [c for c, _ in cells[2:]]
        if len(body) < 2 or len(body) % 2 or not _kinds_of_one_thing(*head):
            continue
        own = [terms.wider({f.term for c in body[i::2] for f in terms.find(c, language)}) for i in (0, 1)]
        only = frozenset(own[0] - own[1]), frozenset(own[1] - own[0])
        line = text[text.rfind("\n", 0, caption.start()) + 1 : text.find("\n", caption.start())]
        if only[0] and only[1]:
            found.append(Kinds(caption.start(), cells[-1][1] + 1, line.strip(), (head[0], head[1]), only))
    return found


def _kinds_of_one_thing(one: str, two: str) -> bool:
    """Whether two headings are one noun with two attributes: all words but one in common."""
    first, second = one.split(), two.split()
    return 2 <= len(first) <= 3 and len(first) == len(second) and len(set(first) & set(second)) == len(first) - 1


def table_conflicts(corpus: Corpus, doc_id: str, sentences: list[tuple[int, int]]) -> Iterator[tuple[Claim, Verdict]]:
    """Sentences that give a kind, or what is said to be of it, an item which the paper's table has in the other."""
    text, negated = corpus.text[doc_id], words_of(corpus, doc_id).sayings.negated.re
    every = tables(corpus, doc_id)
    plain = [s for s in sentences if not negated.search(text, *s)] if every else []
    for table in every:
        of_kind: dict[str, tuple[int, int]] = {}
        silent = []
        for start, end in (s for s in plain if not table.start <= s[0] < table.end):
            named = table.named(text[start:end])
            if not named:
                silent.append((start, end))
            for i, (at, which) in enumerate(named):
                stop = named[i + 1][0] - len(table.names[named[i + 1][1]]) if i + 1 < len(named) else end - start
                if len({w for _, w in named}) == 1:
                    of_kind |= dict.fromkeys(_names(corpus, doc_id, start, start + at), (which, start))
                if other := table.of_other(which, _said(corpus, doc_id, start + at, start + stop)):
                    words = f"said here of “{table.names[which]}”: {terms.words(other)}; {table.has(1 - which, other)}"
                    yield _claim(corpus, doc_id, start, end, table.names[which], other), Verdict(INCONSISTENT, words)
        for start, end in silent if of_kind else ():
            said = _said(corpus, doc_id, start, end)
            items = [t for t in said if terms.wider({t}) & (table.only[0] | table.only[1])]
            name = _subject(corpus, doc_id, start, end) if len(items) >= LISTED else ""
            if name not in of_kind or _speaks_of_law(corpus, doc_id, start):
                continue
            which, where = of_kind[name]
            if other := table.of_other(which, said):
                place, called = paragraph_of(corpus, doc_id, where), terms.words({name})
                given = f"which {place} gives as “{table.names[which]}”"
                words = f"said here of “{called}”, {given}: {terms.words(other)}; {table.has(1 - which, other)}"
                yield _claim(corpus, doc_id, start, end, called, other), Verdict(INCONSISTENT, words)


def denials(corpus: Corpus, doc_id: str, sentences: list[tuple[int, int]]) -> Iterator[tuple[Claim, Verdict]]:
    """Sentences that deny of a name what a sentence that says what the name stands for has; and these."""
    text, say = corpus.text[doc_id], words_of(corpus, doc_id).sayings
    meanings: dict[str, list[tuple[int, int]]] = {}
    for span in sentences:
        if meaning := say.stands_for.re.search(text, *span):
            meanings.setdefault(_meant(corpus, doc_id, span[0], meaning), []).append(span)
    for start, end in sentences:
        denied = say.denies.re.search(text, start, end)
        if denied is None:
            continue
        clause = CLAUSE.search(text, denied.end(), end)
        without = _telling(_said(corpus, doc_id, denied.end(), clause.start() if clause else end))
        name = _subject(corpus, doc_id, start, denied.start())
        for low, high in meanings.get(name, ())[:MEANINGS] if name else ():
            if both := without & _telling(_said(corpus, doc_id, low, high)):
                words, called = terms.words(both), terms.words({name})
                here, there = (paragraph_of(corpus, doc_id, at) for at in (start, low))
                found = f"denied here of “{called}”: {words}; part of what it stands for in {there}"
                yield _claim(corpus, doc_id, start, end, called, both), Verdict(INCONSISTENT, found)
                found = f"part of what “{called}” stands for here: {words}; denied of it in {here}"
                yield _claim(corpus, doc_id, low, high, called, both), Verdict(INCONSISTENT, found)


def _meant(corpus: Corpus, doc_id: str, start: int, meaning: re.Match[str]) -> str:
    """The name whose meaning a sentence gives: behind `is called`, before `stands for`."""
    if meaning["called"]:
        return next(iter(_names(corpus, doc_id, meaning.end(), meaning.end() + NAME)), "")
    return _subject(corpus, doc_id, start, meaning.start())


def _names(corpus: Corpus, doc_id: str, start: int, end: int) -> list[str]:
    """Names of the literature in a stretch, in order."""
    found = terms.find(corpus.text[doc_id][start:end], corpus.documents[doc_id].language)
    return [f.term for f in found if glossary()[f.term].names]


def _subject(corpus: Corpus, doc_id: str, start: int, end: int) -> str:
    """The name of the literature that a stretch speaks of, or else the one that its paragraph named last before it."""
    low = max(paragraph_span(corpus.text[doc_id], start)[0], start - BEFORE)
    found = _names(corpus, doc_id, start, end) or _names(corpus, doc_id, low, start)
    return found[-1] if found else ""


def _telling(said: set[str]) -> set[str]:
    return {
        t
        for t in terms.wider(said)
        if not glossary()[t].common and not glossary()[t].names and not glossary()[t].person
    }


def _said(corpus: Corpus, doc_id: str, start: int, end: int) -> set[str]:
    found = terms.find(corpus.text[doc_id][start:end], corpus.documents[doc_id].language)
    return {f.term for f in found}


def _speaks_of_law(corpus: Corpus, doc_id: str, at: int) -> bool:
    """Whether a paragraph names a law or a provision: what it lists may then be the law's."""
    low, high = paragraph_span(corpus.text[doc_id], at)
    return any(t.label == "CITATION" and low <= t.start < high for t in corpus.tags[doc_id])


def _claim(corpus: Corpus, doc_id: str, start: int, end: int, about: str, said: set[str]) -> Claim:
    laws = {instrument(corpus, doc_id, t) for t in instruments(corpus, doc_id) if start <= t.start < end} - {""}
    asserted = {"terms": [t.replace("_", " ") for t in sorted(said)], "of": f"“{about}”"}
    return claim_of_sentence(corpus, doc_id, start, end, laws, asserted)

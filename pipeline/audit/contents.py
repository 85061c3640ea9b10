"""What a paper says that a provision, or a law, is about → claims of content, absence and name.

A statement belongs to the provision that its sentence names: the words behind the name, up to the next one; those
before the first; those before the brackets where the name stands in brackets. What is asserted is the terms of the
glossary in these words, without the names of laws and the words of penalties. Says nothing about truth.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise

from pipeline.audit import terms
from pipeline.audit.cited import law_of_instrument
from pipeline.audit.claim import THREE, Cited, Claim
from pipeline.audit.glossary import glossary
from pipeline.audit.paper import paragraph_of, paragraph_span, sentence, words_of
from pipeline.corpus import Corpus
from pipeline.link.instruments import instrument
from pipeline.records import Sanction, Tag

QUOTATION = re.compile(r"[“\"][^“”\"]{40,}[”\"]")
QUOTED = re.compile(r"[“\"][^”\"]{2,40}[”\"]")


class Statements:
    """The statements of one paper about contents of provisions and laws."""

    def __init__(self, corpus: Corpus, doc_id: str, cited: Sequence[Cited], sanctions: Sequence[Sanction]) -> None:
        self.corpus = corpus
        self.doc_id = doc_id
        self.text = corpus.text[doc_id]
        self.language = corpus.documents[doc_id].language
        self.say = words_of(corpus, doc_id).sayings
        self.cited = sorted((c for c in cited if c.law), key=lambda c: c.start)
        self.sanctions = sanctions

    # ------------------------------------------------------------------------------- what is said

    @cached_property
    def _silent(self) -> list[tuple[int, int]]:
        """Words that assert nothing of a content: names and titles of laws, penalties, sources in brackets."""
        tags = self.corpus.tags[self.doc_id]
        spans = [
            (t.start, t.end)
            for t in tags
            if t.label in ("TITLE", "CITATION", "PENALTY", "GAZETTE", "DECISION", "STATUS")
        ]
        spans += [(s.start, s.end) for s in self.sanctions]
        spans += [m.span() for m in self.say.bracketed.re.finditer(self.text)]
        spans += [m.span() for m in self.say.reporting.re.finditer(self.text)]
        return sorted(spans)

    def _spoken(self, low: int, high: int) -> str:
        """Words of a span without the names of laws."""
        words = self.text[low:high]
        for start, end in reversed(self._silent):
            if low <= start and end <= high:
                words = words[: start - low] + words[end - low :]
        return words

    def said(self, spans: Sequence[tuple[int, int]]) -> tuple[str, ...]:
        """Terms in the given spans, in order of appearance."""
        found: dict[str, None] = {}
        for low, high in spans:
            words = list(self.text[low:high])
            for start, end in self._silent:
                if start < high and end > low:
                    for i in range(max(start, low), min(end, high)):
                        # a full stop: no phrase runs across a name
                        words[i - low] = "\n" if self.text[i] == "\n" else "."
            for match in self.say.naming.re.finditer(self.text, low, high):
                words[match.start() - low : match.end() - low] = "." * (match.end() - match.start())
            found |= {f.term: None for f in terms.find("".join(words), self.language)}
        found.pop("person", None)  # of nobody in particular
        return tuple(found)

    # -------------------------------------------------------------------------- provisions' contents

    def contents(self) -> Iterator[Claim]:
        """What provisions are said to hold; a mention where nothing is said of one."""
        for (start, end), groups in self._sentences():
            for i, group in enumerate(groups):
                spans = self._spans(groups, i, start, end)
                claimed = False
                every = self.said(spans)
                if len(spans) == 2 and not self._telling(spans[0]) and self._telling(spans[1]):
                    spans = spans[1:]  # words of any law that only lead up to the statement
                for low, high in spans:
                    if self.say.absent.re.search(self.text, low, high):
                        continue  # `absences` has it
                    manner = self._manner(low, high) if len(group) > 1 else None
                    if manner:
                        # By which measures: said of all that is cited together, not of each item of the list.
                        how = self.said([manner])
                        yield self._claim("content", group[0], *manner, how, group)
                    said = self.said([(low, manner[0]), (manner[1], high)] if manner else [(low, high)])
                    if not said and self._three(low, high):
                        claimed = True
                        for c in group:
                            yield self._claim("content", c, low, high, (), group)
                    if said and not (i and self.say.refers.re.search(self.text[: min(c.start for c in group)][-60:])):
                        claimed = True
                        strong = self.say.forbids.re.match(self._spoken(low, high))
                        aimed = self._aimed(low, high) if strong else set()
                        for c in group:
                            claim = self._claim(
                                "content", c, low, high, said, group, "prohibits" if strong else "terms"
                            )
                            if strong and aimed:
                                claim.asserted["aims_at"] = [t.replace("_", " ") for t in said if t in aimed]
                            claim = replace(claim, quoted=self._quotes(low, high))
                            items = self._items(low, manner[0] if manner else high) if len(group) > 1 else ()
                            yield replace(claim, context=tuple(t for t in every if t not in said), items=items)
                if not claimed:
                    for c in group:
                        yield self._claim("mention", c, c.start, c.end, (), group)
        yield from self._going_on()

    def _manner(self, low: int, high: int) -> tuple[int, int] | None:
        """The words of a statement that say by which measures what it says is done."""
        match = self.say.manner.re.search(self.text, low, high)
        return match.span() if match and self.said([match.span()]) else None

    def _quotes(self, low: int, high: int) -> bool:
        """Whether a statement gives the provision's own words, as a quotation, and nothing else."""
        match = QUOTATION.search(self.text, low, high)
        return bool(match and self.say.quoting.re.search(self.text[low : match.start()]))

    def _items(self, low: int, high: int) -> tuple[tuple[str, ...], ...]:
        """The terms of each item of a list."""
        places = [low, *(low + m.start() for m in self.say.item.re.finditer(self.text[low:high])), high]
        found = (self.said([(a, b)]) for a, b in pairwise(places))
        return tuple(item for item in found if item)

    def _three(self, low: int, high: int) -> bool:
        return any(t.concept == THREE and low <= t.start < high for t in self.corpus.tags[self.doc_id])

    def _aimed(self, low: int, high: int) -> set[str]:
        """Terms that a statement names as what conduct aims at."""
        text = self.text[low:high]
        return {f.term for f in terms.find(text, self.language) if self.say.aim.re.search(text[: f.start][-60:])}

    def _telling(self, span: tuple[int, int]) -> bool:
        return any(not glossary()[t].common for t in self.said([span]))

    def spans_with_article(self) -> set[tuple[int, int]]:
        """Sentences that name a provision."""
        return {span for span, _ in self._sentences()}

    def _sentences(self) -> Iterator[tuple[tuple[int, int], list[list[Cited]]]]:
        """Sentences that name provisions, with these in groups that one statement is about."""
        by_sentence: dict[tuple[int, int], list[Cited]] = {}
        for c in self.cited:
            by_sentence.setdefault(sentence(self.corpus, self.doc_id, c.start), []).append(c)
        for span, inside in by_sentence.items():
            groups: list[list[Cited]] = []
            for c in inside:
                between = self.text[groups[-1][-1].end : c.start] if groups else ""
                if groups and c.law == groups[-1][-1].law and self.say.together.re.search(between):
                    groups[-1].append(c)
                else:
                    groups.append([c])
            yield span, groups

    def _spans(self, groups: list[list[Cited]], i: int, start: int, end: int) -> list[tuple[int, int]]:
        group = groups[i]
        low, high = min(c.start for c in group), max(c.end for c in group)
        before = max(c.end for c in groups[i - 1]) if i else start
        after = min(c.start for c in groups[i + 1]) if i + 1 < len(groups) else end
        if self.text[:low].endswith("("):
            return [(before, low)]
        if self.say.court.re.search(self.text, start, end):
            # What is said before is said of the case, but for a word that it takes from the provision in quotes.
            quoted = [m.span() for m in QUOTED.finditer(self.text, before, low)]
            return quoted or [(high, after)]
        if i and self.text[high:end].strip(" .;") == "" and self.say.source.re.search(self.text[before:low]):
            return [(start, low)]
        if i == 0:
            return [(start, low), (high, after)]
        return [(high, after)]

    def _going_on(self) -> Iterator[Claim]:
        """Sentences that name no provision and go on about the one named last in their paragraph."""
        named = self.spans_with_article()
        for start, end in self._paragraphs():
            for c in (c for c in self.cited if start <= c.start < end):
                at, tentative = sentence(self.corpus, self.doc_id, c.start)[1], False
                while at < end:
                    span = sentence(self.corpus, self.doc_id, min(at + 1, end - 1))
                    if span in named or span[0] < at - 1:
                        break
                    goes_on = self.say.goes_on.re.match(self.text[span[0] : span[1]].lstrip())
                    others = any(span[0] <= t.start < span[1] for t, _ in self.mentions)
                    if others or self.say.naming.re.search(self.text, *span):
                        break
                    # `This` behind a sentence that is perhaps of something else is perhaps that
                    in_list = self._goes_on_with_list(c, span)
                    tentative = tentative or not (goes_on or in_list)
                    if said := self.said([span]):
                        claim = self._claim("content", c, span[0], span[1], said, [c])
                        yield replace(claim, tentative=tentative and not in_list)
                    at = span[1]

    def _goes_on_with_list(self, about: Cited, span: tuple[int, int]) -> bool:
        """Whether a sentence is of the list that the one on a provision opened: its first, or one without a verb."""
        opened = self.say.opens_list.re.search(self.text, about.end, span[0])
        first = opened and not self.text[opened.end() : span[0]].strip()
        return bool(opened and (first or self.say.fragment.re.match(self.text[span[0] : span[1]].strip())))

    def _paragraphs(self) -> list[tuple[int, int]]:
        """Paragraphs, those that a page breaks as one."""
        lines = re.finditer(r"[^\n]+", self.text)
        return list(dict.fromkeys(paragraph_span(self.text, line.start()) for line in lines))

    def _claim(
        self,
        kind: str,
        about: Cited,
        start: int,
        end: int,
        said: tuple[str, ...],
        group: Sequence[Cited] = (),
        how: str = "terms",
    ) -> Claim:
        tags = [t for t in self.corpus.tags[self.doc_id] if t.concept and start <= t.start < end]
        return Claim(
            kind,
            self.doc_id,
            paragraph_of(self.corpus, self.doc_id, start),
            start,
            end,
            self.corpus.page_of(self.doc_id, start),
            about,
            {how: [t.replace("_", " ") for t in said]} if said else {},
            concepts=tuple(dict.fromkeys(t.concept for t in tags)),
            terms=said,
            beside=tuple(c for c in group if c is not about),
            evidence_ids=(about.evidence_id,) if about.evidence_id else (),
        )

    # --------------------------------------------------------------------------------- whole laws

    @cached_property
    def mentions(self) -> list[tuple[Tag, str]]:
        """Names of instruments in the paper with the law or treaty they mean."""
        found = []
        for tag in self.corpus.tags[self.doc_id]:
            if tag.label == "CITATION" and tag.value.get("level") == "instrument":
                law = law_of_instrument(self.corpus, instrument(self.corpus, self.doc_id, tag))
                if law in self.corpus.documents and law != self.doc_id:
                    found.append((tag, law))
        return found

    # -------------------------------------------------------------------------------------- names

    def names(self) -> Iterator[Claim]:
        """Names that a sentence says something has, beside the provision spoken of."""
        for match in self.say.naming.re.finditer(self.text):
            found = [f.term for f in terms.find(match["name"], self.language) if glossary()[f.term].names]
            line = self.text.rfind("\n", 0, match.start()) + 1
            before = [c for c in self.cited if line <= c.start < match.start()]
            if found and before:
                yield self._claim("name", before[-1], match.start(), match.end(), tuple(found))

"""What a paper says of laws as a whole, without an article → claims of content and absence.

A law is what a statement is about where its name stands before the predicate (`the law regulates …`) or behind a
passive (`… is regulated by the law`); where the sentence says `it`, `this law` or `both laws`, the ones named before,
in the paragraph or in the heading above it. Also statements that count provisions (`two clauses forbid …`), that define
(`… is understood as …`), that make one element enough, and norms given under a law's heading without an article.
Says nothing about truth.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline import numerals
from pipeline.audit.claim import ELEMENTS, THREE, Cited, Claim
from pipeline.audit.claims import lists_laws
from pipeline.audit.contents import Statements
from pipeline.audit.glossary import glossary
from pipeline.audit.paper import paragraph_of, sentence, sentences
from pipeline.corpus import LAWS
from pipeline.packs import load_pack
from pipeline.records import Tag

CALLED = 2  # so many terms of a norm that are in no list of elements are a statement of their own
HEADING = 250  # characters up to which a line without a full stop is a heading
ENDS = re.compile(r"[.;:!?]\W*$")
JOINED = re.compile(r"(?:\s*\([^()]{0,90}\))?\s*,?\s*(?:\w{1,4}\s+)?")  # what stands between two laws of one list
CLAUSE = re.compile(r"[,;:–—]\s")


@dataclass(frozen=True, slots=True)
class Named:
    """An instrument where a paper names it, with the law it means."""

    tag: Tag
    law: str

    def cited(self) -> Cited:
        """The law as a whole."""
        return Cited(self.law, "", "", "resolved", self.tag.start, self.tag.end, self.tag.evidence_id)


class LawStatements:
    """The statements of one paper about laws as a whole."""

    def __init__(self, statements: Statements, covered: Sequence[Claim] = ()) -> None:
        self.of = statements
        self.corpus = statements.corpus
        self.doc_id = statements.doc_id
        self.text = statements.text
        self.say = statements.say
        self.covered = {(c.start, c.end) for c in covered}  # spans of which something is claimed already
        self.named = [Named(t, law) for t, law in statements.mentions if self._is_law(law)]

    def claims(self) -> Iterator[Claim]:
        """Every claim about a law as a whole."""
        with_article = self.of.spans_with_article()
        for span in self.sentences:
            inside = [n for n in self.named if span[0] <= n.tag.start < span[1]]
            yield from self._suffices(span, inside)
            yield from self._definition(span, inside)
            yield from self._three(span, inside, span in with_article)
            if span in with_article or span in self.covered:
                continue
            absent = self.say.absent.re.search(self.text, *span) or self.say.absent_behind.re.search(self.text, *span)
            counted = list(self._counted(span, inside))
            if absent:
                behind = CLAUSE.search(self.text, absent.end(), span[1])
                found = list(self._absence(span, absent, inside))
                found += self._passive((behind.end(), span[1]), inside) if behind else []
            else:
                found = counted or [*self._active(span, inside), *self._passive(span, inside)]
            yield from found or self._norm(span)
            yield from self._serving(span, inside)

    def _serving(self, span: tuple[int, int], inside: Sequence[Named]) -> Iterator[Claim]:
        """`They are enforced by laws such as …`: that each of the laws of a country that a sentence lists applies."""
        laws = {n.law: n for n in inside if self.corpus.documents[n.law].kind in LAWS}
        for n in laws.values() if lists_laws(self.corpus, self.doc_id, *span, set(laws)) else ():
            yield replace(self._claim("status", n.cited(), span, (), {}, False), asserted={"status": "in_force"})

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        return sentences(self.corpus, self.doc_id)

    def _is_law(self, law: str) -> bool:
        return self.corpus.documents[law].kind in (*LAWS, "treaty")

    # ------------------------------------------------------------------------------ which law is meant

    def _by(self, named: Named) -> bool:
        return bool(self.say.by.re.search(self.text[: named.tag.start][-40:]))

    def _meant(self, span: tuple[int, int], before: int) -> list[Named]:
        """The laws that a sentence whose predicate names none is about: `it`, `this law`, `both laws`."""
        opening = self.text[span[0] : before]
        if self.say.both.re.search(self.text, *span):
            earlier = [n for n in self.named if n.tag.start < span[0]][-4:]
            return list({n.law: n for n in earlier}.values())[-2:]
        this = self.say.this_law.re.match(opening.lstrip())
        if this is None and not self.say.it.re.match(self.text[span[0] : span[1]].lstrip()):
            return []
        treaty = bool(this and this.groupdict().get("treaty"))
        return self._last(span[0], treaty if this else None)

    def _last(self, at: int, treaty: bool | None = None) -> list[Named]:
        """The law that the text before an offset speaks of: of the paragraph, or of the heading above it."""
        start = self.text.rfind("\n", 0, at) + 1
        while True:
            here = [n for n in self.named if start <= n.tag.start < at and self._kind(n, treaty)]
            if here:
                # of the last sentence that names any, its subject
                last = sentence(self.corpus, self.doc_id, here[-1].tag.start)
                same = [n for n in here if last[0] <= n.tag.start < last[1]]
                return [next((n for n in same if not self._by(n)), same[0])]
            above = self.text.rfind("\n", 0, max(start - 1, 0)) + 1
            if not start or start - 1 - above > HEADING or ENDS.search(self.text[above : start - 1]):
                return []  # the line above is another paragraph, no heading
            start = above

    def _kind(self, named: Named, treaty: bool | None) -> bool:
        return treaty is None or (self.corpus.documents[named.law].kind == "treaty") == treaty

    def _jurisdictions(self, span: tuple[int, int]) -> list[str]:
        """Jurisdictions of the corpus that a sentence names, else those its paragraph named last."""
        codes = sorted({d.jurisdiction for d in self.corpus.documents.values() if d.kind in LAWS})
        names = [
            (c, re.compile("|".join(rf"\b{re.escape(n.rstrip('s'))}" for n in {p.name, p.name_local} if n), re.I))
            for c in codes
            for p in [load_pack(c)]
        ]
        for low in (span[0], self.text.rfind("\n", 0, span[0]) + 1):
            high = span[1] if low == span[0] else span[0]
            here = sorted(
                (max(m.start() for m in p.finditer(self.text, low, high)), c)
                for c, p in names
                if p.search(self.text, low, high)
            )
            if here:
                return [c for _, c in here] if low == span[0] else [here[-1][1]]
        return []

    # ----------------------------------------------------------------------------------- what is said

    def _active(self, span: tuple[int, int], inside: Sequence[Named]) -> Iterator[Claim]:
        """`The law regulates …`: a claim for each predicate and each of its subjects."""
        specific = self.say.specific.re.search(self.text, *span)
        found = [specific] if specific else list(self.say.predicate.re.finditer(self.text, *span))
        for i, predicate in enumerate(found):
            end = found[i + 1].start() if i + 1 < len(found) else span[1]
            verb = predicate.groupdict().get("verb") or ""
            express = bool(predicate.groupdict().get("express"))
            low = predicate.start("verb") if verb else predicate.end()
            said = self.of.said([(low, end)])
            subjects = [n for n in inside if n.tag.start < predicate.start() and not self._by(n)]
            if not subjects and self.say.which.re.search(self.text[span[0] : predicate.start()]):
                subjects = self._run([n for n in inside if n.tag.start < predicate.start()])
            subjects = subjects or self._meant(span, predicate.start())
            if express and not subjects and not any(glossary()[t].names for t in said):
                continue
            issue = self.say.issue.re.search(self.text, low, end)
            if issue and not any(not glossary()[t].common for t in said):
                said = self._issue(span)
                subjects = [n for n in inside if n.tag.start > issue.start()] or subjects
            force = "prohibits" if self.say.strong.re.match(verb) else "has"
            for n in {n.law: n for n in subjects}.values():
                if said:
                    yield self._claim(
                        "content", n.cited(), (predicate.start() if i else span[0], end), said, {force: said}, express
                    )
            if not subjects and express and said:
                for code in self._jurisdictions((span[0], predicate.start()))[-1:]:
                    about = Cited(code, "", "", "jurisdiction", span[0], span[1], "")
                    yield self._claim("content", about, span, said, {force: said}, express)

    def _run(self, named: Sequence[Named]) -> list[Named]:
        """The first of several laws, with those that a joining word puts beside it."""
        found = list(named[:1])
        for n in named[1:]:
            if not JOINED.fullmatch(self.text[found[-1].tag.end : n.tag.start]):
                break
            found.append(n)
        return found

    def _issue(self, span: tuple[int, int]) -> tuple[str, ...]:
        """What `this issue` is: what the sentence before speaks of; of a mere name, what it stands for."""
        line = self.text.rfind("\n", 0, span[0]) + 1
        for low, high in reversed([s for s in self.sentences if line <= s[0] < span[0]]):
            said = [t for t in self.of.said([(low, high)]) if not glossary()[t].common]
            named = [t for t in said if glossary()[t].names]
            if named or said:
                return tuple(dict.fromkeys(p for t in named or said for p in (glossary()[t].parts or [t])))
        return ()

    def _passive(self, span: tuple[int, int], inside: Sequence[Named]) -> Iterator[Claim]:
        """`… is regulated by the law`, `rules on … stand in the law`."""
        passive = self.say.passive.re.search(self.text, *span)
        if passive is None:
            return
        low = max((m.end() for m in CLAUSE.finditer(self.text, span[0], passive.start())), default=span[0])
        said = self.of.said([(low, passive.start())])
        strong = "prohibits" if self.say.strong.re.search(passive[0]) else "has"
        laws = {n.law: n for n in inside if n.tag.start >= passive.end()}
        for n in laws.values():
            if any(not glossary()[t].common for t in said):
                yield replace(self._claim("content", n.cited(), span, said, {strong: said}, False), together=True)

    def _absence(self, span: tuple[int, int], absent: re.Match[str], inside: Sequence[Named]) -> Iterator[Claim]:
        behind = absent.re is self.say.absent_behind.re
        clause = self.say.absence_ends.re.search(self.text, absent.end(), span[1])
        end = clause.start() if clause else span[1]
        # `no law that protects children`: what the law would do says no more than that it would be about them
        verb = self.say.denied.re.match(self.text[absent.end() : end])
        denied = [(absent.start(), absent.end()), (absent.end() + verb.end(), end)] if verb else [(absent.start(), end)]
        said = self.of.said([(span[0], absent.start())] if behind else denied)
        if not said:
            return
        subjects = [n for n in inside if n.tag.start < absent.start()][-1:]
        if behind and not subjects:
            subjects = [n for n in inside if self.say.in_law.re.match(self.text[absent.end() : n.tag.start] or "x")][:1]
        places = [n.cited() for n in subjects or self._meant(span, absent.start())[:1]]
        if not places:
            places = [Cited(c, "", "", "jurisdiction", span[0], span[1], "") for c in self._jurisdictions(span)[:1]]
        express = bool(self.say.express.re.search(self.text, *span))
        for about in places:
            yield self._claim("absence", about, span, said, {"absent": said}, express)

    def _counted(self, span: tuple[int, int], inside: Sequence[Named]) -> Iterator[Claim]:
        """`Two clauses forbid …`: the provisions meant are the ones that the text names next."""
        counted = self.say.counted.re.search(self.text, *span)
        number = numerals.count(counted["n"]) if counted else None
        laws = list(inside[-1:]) or self._last(span[0])
        said = self.of.said([span])
        if counted is None or not number or not laws or not said:
            return
        section = next(
            (
                p
                for p in reversed(self.corpus.provisions[self.doc_id])
                if p.kind == "section" and p.start <= span[0] < p.end
            ),
            None,
        )
        following = [c for c in self.of.cited if span[1] <= c.start < (section.end if section else len(self.text))]
        meant: dict[str, Cited] = {}
        for c in following:
            if c.law != laws[0].law or len(meant) == number:
                break
            if c.eid:
                meant.setdefault(c.eid, c)
        if len(meant) != number:
            return
        force = "prohibits" if self.say.strong.re.search(self.text, *span) else "has"
        claim = self._claim("content", laws[0].cited(), span, said, {force: said}, False)
        claim.asserted["count"] = str(number)
        yield replace(claim, beside=tuple(meant.values()))

    def _norm(self, span: tuple[int, int]) -> Iterator[Claim]:
        """What a sentence with a sanction, or the one that goes on behind it, says beside its elements, under a law."""
        start = span[0]
        here = [s for s in self.of.sanctions if span[0] <= s.start < span[1]]
        before = [s for s in self.sentences if s[1] <= span[0]][-1:]
        goes_on = before and self.say.goes_on.re.match(self.text[start : span[1]].lstrip())
        if not here and not (goes_on and any(before[0][0] <= s.start < before[0][1] for s in self.of.sanctions)):
            return
        if before and before[0] in self.of.spans_with_article() and not here:
            return
        tags = [t for t in self.corpus.tags[self.doc_id] if t.label in ELEMENTS and span[0] <= t.start < span[1]]
        listed = {x for t in tags for x in self.of.said([(t.start, t.end)])}
        said = tuple(t for t in self.of.said([span]) if t not in listed)
        laws = self._last(start)
        if laws and len(said) >= CALLED and not self.say.court.re.search(self.text, *span):
            yield self._claim("content", laws[0].cited(), span, said, {"terms": said}, False)

    def _definition(self, span: tuple[int, int], inside: Sequence[Named]) -> Iterator[Claim]:
        """`In the law, … is understood as …`."""
        match = self.say.defined_as.re.search(self.text, *span)
        if match is None:
            return
        of = [t for t in self.of.said([(span[0], match.start())]) if not glossary()[t].names]
        said = tuple(t for t in self.of.said([(match.end(), span[1])]) if t not in of[-1:])
        cited = [n.cited() for n in inside if n.tag.start < match.start()][-1:] or self._abbreviated(
            span[0], match.start()
        )
        for about in cited:
            if of and said:
                claim = self._claim("content", about, span, said, {"terms": said}, False)
                claim.asserted["defines"] = of[-1].replace("_", " ")
                yield replace(claim, context=(of[-1],))

    def _abbreviated(self, low: int, high: int) -> list[Cited]:
        """The law whose short name, but for the word law, stands in a span (`in the context of TPPO`)."""
        for document in self.corpus.documents.values():
            for word in {w for name in document.short_names for w in name.split() if w.isupper() and len(w) > 2}:
                match = re.search(rf"\b{re.escape(word)}\b", self.text[low:high])
                if (
                    match
                    and self._is_law(document.doc_id)
                    and self.say.within.re.search(self.text[low : low + match.start()])
                ):
                    return [Cited(document.doc_id, "", "", "resolved", low + match.start(), low + match.end(), "")]
        return []

    def _suffices(self, span: tuple[int, int], inside: Sequence[Named]) -> Iterator[Claim]:
        """That one of several elements is enough."""
        if not self.say.one_suffices.re.search(self.text, *span) or "child" in self.of.said([span]):
            return
        said = tuple(t for t in self.of.said([span]) if not glossary()[t].common)
        if "trafficking" not in said:
            return
        about = inside[0].cited() if inside else Cited("", "", "", "outside_corpus", span[0], span[1], "")
        claim = self._claim("content", about, span, said, {"terms": said}, False)
        claim.asserted["suffices"] = "one circumstance"
        yield claim

    def _three(self, span: tuple[int, int], inside: Sequence[Named], article: bool) -> Iterator[Claim]:
        """That trafficking has the three elements, where no article is cited for it."""
        for tag in self.corpus.tags[self.doc_id]:
            if tag.concept == THREE and span[0] <= tag.start < span[1] and not article:
                for about in [n.cited() for n in {n.law: n for n in inside}.values()] or [
                    Cited("", "", "", "outside_corpus", tag.start, tag.end, "")
                ]:
                    claim = self._claim("content", about, span, (), {}, False)
                    claim.asserted["terms"] = ["three elements: act, means, purpose"]
                    yield replace(claim, concepts=(THREE,), evidence_ids=(tag.evidence_id,))

    def _claim(
        self,
        kind: str,
        about: Cited,
        span: tuple[int, int],
        said: tuple[str, ...],
        asserted: dict[str, tuple[str, ...]],
        express: bool,
    ) -> Claim:
        shown: dict[str, object] = {k: [t.replace("_", " ") for t in v] for k, v in asserted.items()}
        if express:
            shown["how"] = "specifically"
        return Claim(
            kind,
            self.doc_id,
            paragraph_of(self.corpus, self.doc_id, span[0]),
            span[0],
            span[1],
            self.corpus.page_of(self.doc_id, span[0]),
            about,
            shown,
            terms=said,
            evidence_ids=(about.evidence_id,) if about.evidence_id else (),
        )

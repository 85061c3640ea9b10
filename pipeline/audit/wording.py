"""What provisions say, in terms of the glossary: their own words, those that stand above them, those they refer to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from pipeline.audit import terms
from pipeline.audit.cited import law_of_instrument
from pipeline.audit.claim import Cited
from pipeline.audit.glossary import glossary
from pipeline.audit.statutes import Statutes
from pipeline.audit.words import languages, words
from pipeline.records import Citation, Provision
from pipeline.vocabulary import vocabulary

SANCTIONING = "sanctioning"  # the glossary's word for setting a sanction


class Wording:
    """The terms of the provisions that applied on the day of `statutes`."""

    def __init__(self, statutes: Statutes) -> None:
        self.statutes = statutes
        self.corpus = statutes.corpus
        self._terms: dict[tuple[str, str], set[str]] = {}

    def own(self, provision: Provision) -> set[str]:
        """Terms of a provision's words and all below it, with what they are kinds of."""
        key = (provision.doc_id, provision.eid)
        if key not in self._terms:
            language = self.corpus.documents[provision.doc_id].language
            found = {f.term for f in terms.find(self.corpus.words(provision), language, nested=True)}
            inside = {(d.doc_id, d.eid) for d in self.corpus.descendants(provision.doc_id, provision.eid)}
            found |= set().union(*(self._conducts.get(place, set()) for place in inside))
            if inside & self._sanctioning:
                found.add(SANCTIONING)
            self._terms[key] = terms.wider(found)
        return self._terms[key]

    def worded(self, provision: Provision) -> set[str]:
        language = self.corpus.documents[provision.doc_id].language
        return terms.wider({f.term for f in terms.find(self.corpus.words(provision), language, nested=True)})

    @cached_property
    def _sanctioning(self) -> set[tuple[str, str]]:
        """(document, provision) that set a sanction: to say so of them needs no word of theirs."""
        return {(s.doc_id, s.eid) for s in self.statutes.links.sanctions}

    @cached_property
    def _conducts(self) -> dict[tuple[str, str], set[str]]:
        """(document, provision) → what its offence is called, where its words describe it without the name."""
        found: dict[tuple[str, str], set[str]] = {}
        for offence in self.statutes.links.offences:
            names = {c.split(".")[1] for c in offence.conduct}
            found.setdefault((offence.doc_id, offence.eid), set()).update(names & glossary().keys())
        return found

    def above(self, provision: Provision) -> set[str]:
        """Terms of the words that stand above a provision in its article, and govern it."""
        found: set[str] = set()
        language = self.corpus.documents[provision.doc_id].language
        units = self.corpus.unit_kinds(provision.doc_id)
        chain = list(self.corpus.ancestors(provision.doc_id, provision.eid))
        if provision.kind in units:
            return found
        for ancestor in chain[1:]:
            children = self.corpus.children[ancestor.doc_id, ancestor.eid]
            stop = children[0].start if children else ancestor.end
            text = self.corpus.text[ancestor.doc_id][ancestor.start : stop]
            found |= {f.term for f in terms.find(text, language, nested=True)}
            if ancestor.kind in units:
                break
        return terms.wider(found)

    def referred(self, carriers: Sequence[Provision]) -> set[str]:
        """Terms of the provisions of the same law that a provision refers to."""
        found: set[str] = set()
        places = {(p.doc_id, d.eid) for p in carriers for d in self.corpus.descendants(p.doc_id, p.eid)}
        for c in (c for place in places for c in self._citations.get(place, ())):
            law = law_of_instrument(self.corpus, c.target_doc)
            if law == self.corpus.law_of(c.doc_id, c.eid)[0]:
                for target in self.statutes.text_of(Cited(law, c.target_eid, "", "resolved", 0, 0, ""))[0]:
                    found |= self.own(target)
        return found

    @cached_property
    def _citations(self) -> dict[tuple[str, str], list[Citation]]:
        """(document, provision) → its citations of provisions."""
        found: dict[tuple[str, str], list[Citation]] = {}
        for citation in self.statutes.links.citations:
            if citation.target_eid:
                found.setdefault((citation.doc_id, citation.eid), []).append(citation)
        return found

    @cached_property
    def units(self) -> dict[str, list[Provision]]:
        """law → the articles and sections that carry its text on the day, and may do so where that is unknown."""
        found: dict[str, list[Provision]] = {}
        for (law, eid), carriers in self.corpus.law_provisions.items():
            last = carriers[-1]
            if last.kind in self.corpus.unit_kinds(last.doc_id) and last.num not in ("I", "II", "III"):
                current, state = self.statutes.text_of(Cited(law, eid, "", "resolved", 0, 0, ""))
                if state != "no" and current:
                    found.setdefault(law, []).extend(current)
        return found

    @cached_property
    def definitions(self) -> dict[tuple[str, str], list[Provision]]:
        """(law, term) → the provisions that define it: a term, then “is”, “means” or “adalah”."""
        found: dict[tuple[str, str], list[Provision]] = {}
        for (law, _), carriers in self.corpus.law_provisions.items():
            for p in carriers[-1:]:
                language = self.corpus.documents[p.doc_id].language
                if language not in languages():
                    continue
                match = words(language).sayings.defines.re.search(self.corpus.words(p)[:200])
                if match and not self.corpus.children[p.doc_id, p.eid]:
                    for f in terms.find(match[1], language):
                        if f.end - f.start >= len(match[1].strip(' "“”')) - 2:
                            found.setdefault((law, f.term), []).append(p)
        return found

    def punished(self, term: str, units: Sequence[Provision]) -> bool:
        """Whether an offence of these provisions has a term otherwise than as what it aims at."""
        if f"purpose.{term}" not in vocabulary():
            return True
        inside = {(u.doc_id, d.eid) for u in units for d in self.corpus.descendants(u.doc_id, u.eid)}
        return any((o.doc_id, o.eid) in inside and f"conduct.{term}" in o.conduct for o in self.statutes.links.offences)

"""The law as it stood on the day a paper was written: which text applied, what ended it, what was left out."""

from __future__ import annotations

from functools import cached_property

from pipeline.audit.cited import law_of_instrument
from pipeline.audit.claim import ELEMENTS, Cited
from pipeline.audit.verdict import NOT_CHECKABLE, WRONG_REFERENCE, Verdict
from pipeline.corpus import Corpus
from pipeline.link import Links
from pipeline.link.time import applied
from pipeline.records import Provision, Sanction, Version
from pipeline.sources import article_numbers


class Statutes:
    """The corpus and its links, read as of one day."""

    def __init__(self, corpus: Corpus, links: Links, day: str) -> None:
        self.corpus = corpus
        self.links = links
        self.day = day

    def text_of(self, cited: Cited) -> tuple[list[Provision], str]:
        """Provisions that carry a cited provision's text on the day; and `yes`, `no` or `unknown`: did it apply?"""
        carriers = self.corpus.law_provisions.get((cited.law, cited.eid), [])
        dated = [(p, self.version(cited.law, p)) for p in carriers]
        current = [p for p, v in dated if v is not None and applied(v, self.day) == "yes"]
        if current:
            return current[-1:], "yes"
        unknown = [p for p, v in dated if v is None or applied(v, self.day) == "unknown"]
        if unknown:
            return unknown[-1:], "unknown"
        past = [p for p, v in dated if v is not None and v.valid_to and v.valid_to <= self.day]
        if past:
            return past[-1:], "no"
        return carriers[-1:], "future"

    def over(self, cited: Cited) -> tuple[str, list[str]]:
        """That a provision is no longer in force, with the clause that ended it; and this clause as evidence."""
        words = f"no longer in force on {self.day}"
        versions = (self.version(cited.law, p) for p in self.corpus.law_provisions.get((cited.law, cited.eid), []))
        ended = [v.end_evidence_id for v in versions if v is not None and "" < v.valid_to <= self.day]
        clause = next((o for o in self.links.operations if ended and o.evidence_id == ended[-1]), None)
        return (f"{words}, by {clause.doc_id} {clause.eid}", ended[-1:]) if clause else (words, [])

    def version(self, law: str, provision: Provision) -> Version | None:
        """The version a provision's text belongs to: an end of its own counts before its unit's."""
        places = ((law, a.doc_id, a.eid) for a in self.corpus.ancestors(provision.doc_id, provision.eid))
        return next((self._versions[place] for place in places if place in self._versions), None)

    @cached_property
    def _versions(self) -> dict[tuple[str, str, str], Version]:
        """(law, document, provision) → the version of the law's text that stands there; of several the first."""
        return {(v.law, v.source_doc, v.source_eid): v for v in reversed(self.links.versions)}

    def sanctions(self, cited: Cited, carriers: list[Provision]) -> list[Sanction]:
        """Sanctions in a provision, and those of offences whose conduct it describes."""
        inside = [
            s for p in carriers for s in self.links.sanctions if s.doc_id == p.doc_id and p.start <= s.start < p.end
        ]
        if inside:
            return inside
        places = {(p.doc_id, d.eid) for p in carriers for d in self.corpus.descendants(p.doc_id, p.eid)}
        elsewhere = {
            tuple(e.split(" ", 1)) for o in self.links.offences if (o.doc_id, o.eid) in places for e in o.penalty_eids
        }
        return [s for s in self.links.sanctions if (s.doc_id, s.eid) in elsewhere]

    def three_elements(self, law: str) -> Provision | None:
        """The deepest provision of a law that has an act, a means and a purpose."""
        whole = [
            (eid.count("__"), carriers[-1])
            for (of_law, eid), carriers in self.corpus.law_provisions.items()
            if of_law == law
            and carriers
            and self.corpus.unit(carriers[-1].doc_id, carriers[-1].eid) is not None
            and {t.label for t in self.corpus.tags_under(carriers[-1].doc_id, carriers[-1].eid)} >= set(ELEMENTS)
        ]
        return max(whole, key=lambda item: (item[0], -item[1].start))[1] if whole else None

    def unresolved(self, cited: Cited) -> Verdict | None:
        """Verdict where the cited provision itself is missing, left out, or outside the corpus."""
        if not cited.law or cited.law not in self.corpus.documents:
            return Verdict(NOT_CHECKABLE, "the instrument is not in the corpus")
        if cited.status == "omitted":
            return Verdict(NOT_CHECKABLE, "the article is left out of the digest")
        if cited.status == "dangling":
            document = self.corpus.documents[cited.law]
            if document.edition == "digest" and not cited.eid and document.checked == "unchecked":
                return Verdict(NOT_CHECKABLE, "the instrument could not be checked")
            number = cited.as_written.split(" ")[0]
            if not cited.eid and number in self._announced(cited.law):
                return Verdict(NOT_CHECKABLE, f"article {number} was not found in the text that was read")
            what = "paragraph" if cited.eid else "article"
            return Verdict(WRONG_REFERENCE, f"{document.title_en}: no such {what} ({cited.as_written})")
        return None

    def behind(self, cited: Cited) -> str:
        """The act behind implementing rules that nobody could check against their text; '' for everything else."""
        document = self.corpus.documents.get(cited.law)
        if document is None or document.edition != "digest" or document.checked != "unchecked":
            return ""
        return law_of_instrument(self.corpus, document.implements) if document.implements else ""

    def _announced(self, law: str) -> set[str]:
        """Numbers of the articles that a law has, by sources.yaml: its own and those that other acts put into it."""
        documents = [d for d in self.corpus.documents.values() if d.doc_id == law or law in d.amends]
        return {n for d in documents for n in article_numbers(d.articles if d.doc_id == law else d.quoted)}


def within(eid: str, whole: str) -> bool:
    return eid == whole or eid.startswith(whole + "__")

"""Claims of what a law is × its description → verdicts: number, year, title, gazette, days, status, what it amends."""

from __future__ import annotations

import re

from pipeline.audit import titles
from pipeline.audit.cited import law_of_instrument, law_of_title
from pipeline.audit.claim import Claim
from pipeline.audit.statutes import Statutes
from pipeline.audit.verdict import CONTRADICTED, IMPRECISE, NOT_CHECKABLE, OUTDATED, SUPPORTED, WRONG_REFERENCE, Verdict
from pipeline.audit.words import amending, ratifying, words
from pipeline.compare import provision_evidence
from pipeline.corpus import LAWS
from pipeline.link.time import applied
from pipeline.records import Document

EVENT_WORDS = {"signed": "signed or adopted", "published": "published", "in_force": "in force from"}
RENDERING = 0.4  # share of words in order from which a title is that of the law, changed, and not another


class IdentityJudge:
    """Judges claims about laws and treaties as such."""

    def __init__(self, statutes: Statutes) -> None:
        self.statutes = statutes
        self.corpus, self.links, self.day = statutes.corpus, statutes.links, statutes.day

    def identity(self, claim: Claim) -> Verdict:
        cited, title = claim.cited, str(claim.asserted.get("title", ""))
        assert cited is not None
        document = self.corpus.documents.get(cited.law)
        if "ratifies" in claim.asserted:
            if document is None:
                return Verdict(NOT_CHECKABLE, "the instrument is not in the corpus")
            ratifies = document.kind == "ratification" or ratifying(document.title_en) or ratifying(document.title)
            words = f"{document.number}/{document.year}: {document.title_en}"
            if not ratifies:
                return Verdict(NOT_CHECKABLE, words)
            meant = claim.beside[0].law if claim.beside else ""
            own = self._ratified(document)
            if meant and own and own != meant:
                others = (d for d in self.corpus.documents.values() if d.kind == "ratification")
                right = next((d for d in others if self._ratified(d) == meant), None)
                told = f"; {right.number}/{right.year} ratifies {claim.asserted['ratifies']}" if right else ""
                return Verdict(WRONG_REFERENCE, words + told, [], right.doc_id if right else "")
            return Verdict(SUPPORTED, words)
        if document is not None and claim.asserted.keys() == {"year"}:
            return self._year(claim, document)
        if "name" in claim.asserted:
            return self._name(claim, document)
        if document is not None and "rules_of" in claim.asserted:
            act = self.corpus.documents.get(document.implements)
            of = f" implements {act.number}/{act.year} ({act.title_en})" if act else ""
            return Verdict(SUPPORTED, f"{document.title_en}{of}")
        if "date" in claim.asserted:
            return self._date(claim, document)
        if "amends" in claim.asserted:
            return self._amends(claim, document)
        if document is not None:
            names = [document.title_en, document.title, *(() if claim.formal else document.short_names)]
            found = f"{document.number}/{document.year}: {document.title_en}".removeprefix("/")
            base = self.corpus.documents.get(law_of_instrument(self.corpus, cited.law))
            names_base = amending(document.title_en) and not amending(title)
            of_base = [base.title_en, base.title, *base.short_names] if base is not None else []
            if base is not document and names_base and not titles.differences(title, of_base, False):
                return Verdict(IMPRECISE, f"{found}; the title given is that of the law it amends")
            title = titles.spelled_out(title, self.corpus.documents.values())
            changed = titles.differences(title, names, document.language == "en")
            if not changed:
                year = titles.other_year(title, names)
                return Verdict(IMPRECISE, f"{found} ({year})") if year else Verdict(SUPPORTED, found)
            alike = titles.likeness(title, names)
            return Verdict(IMPRECISE if alike >= RENDERING else CONTRADICTED, f"{found} ({changed})")
        meant = law_of_title(self.corpus, title, str(claim.tag.value.get("kind") or "") if claim.tag else "")
        if meant:
            other = self.corpus.documents[meant]
            return Verdict(
                WRONG_REFERENCE,
                f"the law of this title is {other.number}/{other.year} ({other.title_en})",
                [],
                meant,
            )
        return Verdict(NOT_CHECKABLE, "the instrument is not in the corpus")

    def _ratified(self, document: Document) -> str:
        """The treaty that an act ratifies: the longest whose whole title is in the act's; '' if unknown."""
        own = titles.content_words(document.title_en)
        named = [
            (titles.content_words(d.title_en), d.doc_id) for d in self.corpus.documents.values() if d.kind == "treaty"
        ]
        inside = [(len(words), d) for words, d in named if set(words) <= set(own)]
        return max(inside)[1] if inside else ""

    def _year(self, claim: Claim, document: Document) -> Verdict:
        """The year by which a treaty is called: that of its adoption, or at least of another event."""
        year, others = str(claim.asserted["year"]), (document.published, document.entered_into_force)
        found = f"{document.year}: {document.title_en}"
        if year in (str(document.year), (document.signed or "")[:4]):
            return Verdict(SUPPORTED, found)
        if any(day and day.startswith(year) for day in others):
            return Verdict(IMPRECISE, f"{found} (in force from {document.entered_into_force})")
        return Verdict(CONTRADICTED, f"{found} (not {year})")

    def _name(self, claim: Claim, document: Document | None) -> Verdict:
        """Whether the law of a number is the one of the name before it."""
        meant = self.corpus.documents.get(claim.beside[0].law)
        if meant is None:
            return Verdict(NOT_CHECKABLE, "the instrument is not in the corpus")
        of = f"{meant.number}/{meant.year} ({meant.title_en})".removeprefix("/")
        if document is None:
            if meant.kind in ("code", "regulation"):  # of which a country has several under one name
                return Verdict(NOT_CHECKABLE, "the instrument is not in the corpus")
            return Verdict(WRONG_REFERENCE, f"the law of this name is {of}", [], meant.doc_id)
        own = f"{document.number}/{document.year} ({document.title_en})"
        if document is meant or document.kind == meant.kind == "code":
            return Verdict(SUPPORTED, own)
        if law_of_instrument(self.corpus, document.doc_id) == law_of_instrument(self.corpus, meant.doc_id):
            return Verdict(IMPRECISE, f"{own}; the name is that of {of}")
        return Verdict(NOT_CHECKABLE, f"{own}; the name is also that of {of}")

    def _amends(self, claim: Claim, document: Document | None) -> Verdict:
        """That one instrument amends another."""
        number, _, year = str(claim.asserted["amends"]).partition("/")
        others = [
            d
            for d in self.corpus.documents.values()
            if d.number == number and (not year or d.year == int(year)) and d.kind in LAWS
        ]
        if document is None or not others:
            return Verdict(NOT_CHECKABLE, "one of the two is not in the corpus")
        other = others[0]
        words = f"{document.number}/{document.year} ({document.title_en})"
        if (
            law_of_instrument(self.corpus, document.doc_id)
            == law_of_instrument(self.corpus, other.doc_id)
            != document.doc_id
        ):
            return Verdict(SUPPORTED, f"{words} amends {other.number}/{other.year}")
        if other.doc_id in document.amends:
            return Verdict(SUPPORTED, f"{words} amends {other.number}/{other.year}")
        if any(o.doc_id == document.doc_id and o.target_doc == other.doc_id for o in self.links.operations):
            return Verdict(SUPPORTED, f"{words} changes {other.number}/{other.year}")
        return Verdict(CONTRADICTED, f"{words} has no clause that amends {other.number}/{other.year}")

    def _date(self, claim: Claim, document: Document | None) -> Verdict:
        """The day of an event of a law or treaty."""
        if document is None:
            return Verdict(NOT_CHECKABLE, "the instrument is not in the corpus")
        start = self.links.commencements.get(document.doc_id)
        known = {
            "signed": document.signed or "",
            "published": document.published or "",
            "in_force": document.entered_into_force or (start.in_force_from if start else ""),
        }
        say = words(self.corpus.documents[claim.doc_id].language)
        event, day = say.events[str(claim.asserted["event"])], str(claim.asserted["date"])
        told_days = ", ".join(f"{EVENT_WORDS[e]} {d}" for e, d in known.items() if d)
        if known[event] == day:
            return Verdict(SUPPORTED, told_days)
        if day in known.values():
            return Verdict(IMPRECISE, told_days)
        # When a parliament passed an act is not recorded; when a treaty was adopted is.
        told = known[event] and (claim.asserted["event"] not in say.in_parliament or document.kind == "treaty")
        return Verdict(CONTRADICTED, told_days) if told else Verdict(NOT_CHECKABLE, told_days or "no day is recorded")

    def gazette(self, claim: Claim) -> Verdict:
        cited = claim.cited
        assert cited is not None
        document = self.corpus.documents.get(cited.law)
        if document is None or not document.gazette:
            return Verdict(NOT_CHECKABLE, "no gazette is recorded for it")
        known = re.findall(r"\d+", document.gazette)
        wrong = [f"{k} {v}" for k, v in claim.asserted.items() if v not in known]
        if wrong:
            return Verdict(CONTRADICTED, f"{document.gazette} (not {', '.join(wrong)})")
        return Verdict(SUPPORTED, document.gazette)

    def status(self, claim: Claim) -> Verdict:
        cited = claim.cited
        assert cited is not None
        start = self.links.commencements.get(cited.law)
        if start is None:
            return Verdict(NOT_CHECKABLE, "the instrument is not in the corpus")
        evidence = [start.evidence_id] if start.evidence_id else []
        if cited.eid and claim.asserted["status"] == "in_force":
            carriers, state = self.statutes.text_of(cited)
            where = ", ".join(f"{p.doc_id} {p.eid}" for p in carriers)
            evidence = [provision_evidence(p) for p in carriers]
            if state == "no":
                words, by = self.statutes.over(cited)
                return Verdict(OUTDATED, f"{where}: {words}", [*evidence, *by])
            if state == "yes":
                return Verdict(SUPPORTED, f"{where}: in force on {self.day}", evidence)
            return Verdict(NOT_CHECKABLE, f"its commencement cannot be computed: {start.rule}", evidence)
        if claim.asserted["status"] == "not_yet_in_force":
            if not start.in_force_from:
                return Verdict(NOT_CHECKABLE, f"its commencement cannot be computed: {start.rule}", evidence)
            right = start.in_force_from[:4] == claim.asserted["in_force_year"] and start.in_force_from > self.day
            return Verdict(
                SUPPORTED if right else CONTRADICTED, f"in force from {start.in_force_from} ({start.rule})", evidence
            )
        own = [v for v in self.links.versions if v.law == cited.law and v.source_doc == cited.law]
        states = {applied(v, self.day) for v in own}
        # What a later law ends on a later day applied until then, even where the day it began is not in the text.
        ends = sorted({v.valid_to for v in own if v.valid_to > self.day})
        if "yes" not in states and ends:
            return Verdict(SUPPORTED, f"in force until {ends[0]}", evidence)
        if "yes" in states:
            return Verdict(SUPPORTED, f"in force on {self.day}", evidence)
        if start.in_force_from > self.day:
            return Verdict(CONTRADICTED, f"in force from {start.in_force_from} ({start.rule})", evidence)
        if states == {"no"}:
            return Verdict(OUTDATED, f"not in force on {self.day}", evidence)
        return Verdict(NOT_CHECKABLE, f"its commencement cannot be computed: {start.rule}", evidence)

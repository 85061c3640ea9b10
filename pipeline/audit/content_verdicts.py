"""Claims of content × the provisions' own words → verdicts.

What is asserted (terms of the glossary) is compared with what the provision says: its words, those that stand above it,
those of the provisions of its law that it refers to. All there: supported. Part of it, or a list with a gap: imprecise.
Nothing of it there, and all of it in another article of the same law: wrong reference. Nothing anywhere: not checkable,
since the glossary may lack a way of saying it. Never “contradicted” for words that merely were not found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline import numerals
from pipeline.audit import terms
from pipeline.audit.claim import ELEMENTS, THREE, Cited, Claim
from pipeline.audit.glossary import glossary
from pipeline.audit.law_verdicts import LawJudge
from pipeline.audit.omissions import RESTATED, left_out
from pipeline.audit.paper import sentence
from pipeline.audit.statutes import Statutes
from pipeline.audit.verdict import (
    CONTRADICTED,
    IMPRECISE,
    NOT_CHECKABLE,
    OUTDATED,
    SUPPORTED,
    WRONG_REFERENCE,
    Verdict,
)
from pipeline.audit.wording import Wording
from pipeline.audit.words import languages, words
from pipeline.compare import provision_evidence
from pipeline.records import Provision, Sanction

UNCHECKED = "the text of the rules could not be checked"
NUMBER = re.compile(r"\b\d{1,2}\b")
TOLD = 2  # so many telling terms of a sentence that names no provision make it one on the provision before


class ContentJudge:
    """Judges claims of content, absence and name for one paper."""

    def __init__(self, statutes: Statutes) -> None:
        self.statutes = statutes
        self.corpus = statutes.corpus
        self.wording = Wording(statutes)
        self.laws = LawJudge(self.wording)

    def content(self, claim: Claim) -> Verdict:
        """The verdict on what a provision is said to hold."""
        cited = claim.cited
        assert cited is not None
        if cited.status == "jurisdiction" or not (cited.eid or cited.as_written):
            return self.laws.content(claim, cited)
        behind = self.statutes.behind(cited)
        if behind:
            return self._of_the_act(claim, cited, behind)
        missing = self.statutes.unresolved(cited)
        if missing:
            return missing
        carriers, state = self.statutes.text_of(cited)
        evidence = [provision_evidence(p) for p in carriers]
        where = ", ".join(f"{p.doc_id} {p.eid}" for p in carriers)
        if state == "no":
            over, by = self.statutes.over(cited)
            return Verdict(OUTDATED, f"{where}: {over}", [*evidence, *by])
        if state == "future":
            where += f" (applies after {self.statutes.day})"
        said = set(claim.terms)
        words = set[str]().union(*(self.wording.own(p) for p in carriers))
        here = words.union(*(self.wording.above(p) for p in carriers)) | self.wording.referred(carriers)
        if THREE in claim.concepts and not self._has_three(carriers):
            better = self.statutes.three_elements(cited.law)
            if better is not None:
                return Verdict(
                    WRONG_REFERENCE,
                    f"{where} does not have act, means and purpose together; {better.doc_id} {better.eid} does",
                    [*evidence, provision_evidence(better)],
                )
        if not said:  # a claim of the three elements alone
            whole = self._has_three(carriers)
            return Verdict(SUPPORTED if whole else NOT_CHECKABLE, f"{where}: act, means and purpose", evidence)
        beside = set(here)
        for other in claim.beside:
            beside |= self._all_of(other)
        found, lacking = said & here, said - beside - self._of_others(claim, here)
        if lacking and "person" in here:
            lacking = {t for t in lacking if not glossary()[t].person}
        by_definition = {t for t in lacking if self._defined(t, here, cited.law)}
        found, lacking = found | by_definition, lacking - by_definition
        if not found and not lacking:
            return Verdict(SUPPORTED, f"{where}: said of what is cited beside it", evidence)
        if claim.tentative and (
            len({t for t in found if not glossary()[t].common}) < TOLD or 2 * len(lacking) > len(found)
        ):
            return Verdict(NOT_CHECKABLE, f"{where}: may be said of something else", evidence)
        broader = {t for t in lacking if set(glossary()[t].of) & here}
        if not found and not broader:
            if set(claim.context) & here:
                # One sentence on one provision: what it says beside this is there.
                return Verdict(IMPRECISE, f"{where}: not there: {terms.words(lacking)}", evidence)
            return self._elsewhere(claim, cited, said, where, evidence)
        if lacking and _strange(said, here):
            # Nothing that tells this article from another is there: does another have all that is said?
            elsewhere = self._elsewhere(claim, cited, said, where, evidence)
            if elsewhere.verdict == WRONG_REFERENCE:
                return elsewhere
        if lacking and not claim.beside and (sibling := self._sibling(said, lacking, here, carriers)):
            return Verdict(
                WRONG_REFERENCE,
                f"{where} does not have {terms.words(lacking)}; {sibling.doc_id} {sibling.eid} does",
                [*evidence, provision_evidence(sibling)],
            )
        if changed := self._misquoted(claim, said, lacking, carriers):
            return Verdict(CONTRADICTED, f"{where}: {changed}", evidence)
        return self._compared(claim, found, lacking, carriers, where)

    def _compared(
        self, claim: Claim, found: set[str], lacking: set[str], carriers: Sequence[Provision], where: str
    ) -> Verdict:
        """The verdict on a statement of which the provision has something."""
        said, evidence = set(claim.terms), [provision_evidence(p) for p in carriers]
        wrong_ages = self._ages(claim, carriers)
        if wrong_ages:
            return Verdict(CONTRADICTED, f"{where}: {wrong_ages}", evidence)
        if "prohibits" in claim.asserted:
            stated = {t for t in found if t.replace("_", " ") in claim.asserted.get("aims_at", ())}
            aims = {t for t in found - stated if self._aim(t, carriers) and not self.wording.punished(t, carriers)}
            first = next((t for t in claim.terms if not glossary()[t].common), "")
            if aims and not (glossary()[first].deed if first else False):
                return Verdict(IMPRECISE, f"{where}: {terms.words(aims)} named as what other conduct aims at", evidence)
        notes = []
        if lacking:
            notes.append(f"not there: {terms.words(lacking)}")
        gaps = left_out(self.corpus, self.statutes.links, said, carriers)
        if gaps:
            notes.append(f"left out: {terms.words(gaps)}")
        if notes:
            return Verdict(
                IMPRECISE, f"{where}: has {terms.words(found) or 'wider terms'}; {'; '.join(notes)}", evidence
            )
        return Verdict(SUPPORTED, f"{where}: has {terms.words(found)}", evidence)

    def _sibling(
        self, said: set[str], lacking: set[str], here: set[str], carriers: Sequence[Provision]
    ) -> Provision | None:
        """The one paragraph beside a cited one that has all that is said, where that one has the wider term only."""
        if len(carriers) != 1 or not all(set(glossary()[t].of) & here for t in lacking) or said & here:
            return None
        chain = list(self.corpus.ancestors(carriers[0].doc_id, carriers[0].eid))
        if len(chain) < 2:
            return None
        beside = self.corpus.children[chain[1].doc_id, chain[1].eid]
        language = self.corpus.documents[carriers[0].doc_id].language
        having = [
            p
            for p in beside
            if p.eid != carriers[0].eid and said <= {f.term for f in terms.find(self.corpus.words(p), language)}
        ]
        return having[0] if len(having) == 1 else None

    def _misquoted(self, claim: Claim, said: set[str], lacking: set[str], carriers: Sequence[Provision]) -> str:
        """One term put for another in what is given as the provision's own words; '' where they are its words."""
        if not claim.quoted or len(lacking) != 1 or len(said) < RESTATED or len(carriers) != 1:
            return ""
        language = self.corpus.documents[carriers[0].doc_id].language
        own = {f.term for f in terms.find(self.corpus.words(carriers[0]), language, nested=False)}
        put, left = next(iter(lacking)), own - terms.wider(said)
        known = bool(getattr(glossary()[put], language, None))
        same = {t for t in left if glossary()[t].of or glossary()[t].common}
        # Ways of saying one thing (violence: force, abuse) are one term that is left out.
        if not known or not left - same:
            return ""
        said_words = _phrases(self.corpus.text[claim.doc_id][claim.start : claim.end], self._language(claim), {put})
        text_words = _phrases(self.corpus.words(carriers[0]), language, left - same)
        return f"the quotation has {said_words} where the text has {text_words}"

    def _language(self, claim: Claim) -> str:
        return self.corpus.documents[claim.doc_id].language

    def _of_others(self, claim: Claim, here: set[str]) -> set[str]:
        """Terms of the items of a list that another of the provisions cited in one breath has more of."""
        others = [self._all_of(c) for c in claim.beside]
        own = [i for i in claim.items if len(set(i) & here) >= max((len(set(i) & o) for o in others), default=0)]
        every = {t for item in claim.items for t in item}
        return every - {t for item in own for t in item}

    def _defined(self, term: str, here: set[str], law: str) -> bool:
        """Whether a wider term that a provision uses is defined, in its law, to take in a narrower one."""
        wide = set(glossary()[term].of) & here
        return any(term in self.wording.own(p) for w in wide for p in self.wording.definitions.get((law, w), []))

    def _has_three(self, carriers: Sequence[Provision]) -> bool:
        own = {t.label for p in carriers for t in self.corpus.tags_under(p.doc_id, p.eid)}
        return own >= set(ELEMENTS)

    def _of_the_act(self, claim: Claim, cited: Cited, law: str) -> Verdict:
        """What is said of rules whose text could not be checked, beside the act that they implement."""
        said = set(claim.terms)
        best: tuple[int, int, int, int] = (0, 0, 0, 0)
        place = ""
        for (of_law, eid), carriers in self.corpus.law_provisions.items():
            inside = any(
                a.kind in self.corpus.unit_kinds(p.doc_id)
                for p in carriers[-1:]
                for a in self.corpus.ancestors(p.doc_id, p.eid)
            )
            if of_law != law or not inside:
                continue
            current, state = self.statutes.text_of(Cited(law, eid, "", "resolved", 0, 0, ""))
            own = (
                set[str]().union(*(self.wording.own(p) | self.wording.above(p) for p in current))
                if state != "no"
                else set()
            )
            same = eid.rsplit("__", 1)[-1] == cited.eid.rsplit("__", 1)[-1]  # rules often keep the letters of the act
            score = (len(said & own), int(same), -len(own), eid.count("__"))
            if said & own and score > best:
                best, place = score, eid
        if not place or 3 * best[0] < 2 * len(said):
            return Verdict(NOT_CHECKABLE, UNCHECKED)
        verdict = self.content(replace(claim, cited=replace(cited, law=law, eid=place), beside=()))
        verdict.found = f"{UNCHECKED}; the act: {verdict.found}"
        verdict.cited = f"{law} {place}"
        return verdict

    def _ages(self, claim: Claim, carriers: Sequence[Provision]) -> str:
        """The one age in a statement, where the provision has ages, and this number nowhere; '' for everything else."""
        text = self.corpus.text[claim.doc_id][claim.start : claim.end]
        spoken = self.corpus.documents[claim.doc_id].language
        said = {numerals.count(m["n"]) for m in words(spoken).sayings.age.re.finditer(text)} - {None}
        law = {n for p in carriers for n in self._years(p) if n is not None}
        if len(said) != 1 or not law or said & law:
            return ""
        # An age that the provision sets in other words than those looked for is not another one.
        if any(numerals.count(n) in said for p in carriers for n in NUMBER.findall(self.corpus.words(p))):
            return ""
        return f"an age of {said.pop()} asserted, {' and '.join(map(str, sorted(law)))} in the law"

    def _years(self, provision: Provision) -> set[int | None]:
        language = self.corpus.documents[provision.doc_id].language
        if language not in languages():
            return set()
        return {numerals.count(m["n"]) for m in words(language).sayings.years.re.finditer(self.corpus.words(provision))}

    def _all_of(self, cited: Cited) -> set[str]:
        carriers, _ = self.statutes.text_of(cited)
        own = set[str]().union(*(self.wording.own(p) for p in carriers))
        return own.union(*(self.wording.above(p) for p in carriers)) | self.wording.referred(carriers)

    def _elsewhere(self, claim: Claim, cited: Cited, said: set[str], where: str, evidence: list[str]) -> Verdict:
        """A wrong reference where one other article has all that is said; of a prohibition, one that is punished."""
        telling = {t for t in said if not glossary()[t].common}
        if len(said) >= 2 and telling:
            punishes = {(o.doc_id, o.eid) for o in self.statutes.links.offences}
            above = {
                (a.doc_id, a.eid)
                for p in self.statutes.text_of(cited)[0]
                for a in self.corpus.ancestors(p.doc_id, p.eid)
            }
            inside = [
                p
                for unit in self.wording.units.get(cited.law, [])
                if said <= self.wording.own(unit)
                for p in self.corpus.descendants(unit.doc_id, unit.eid)
                if said <= self.wording.own(p) and (p.doc_id, p.eid) not in above and not self._several(p, punishes)
            ]
            if "prohibits" in claim.asserted:
                inside = [p for p in inside if (p.doc_id, p.eid) in punishes]
            # The deepest place that has it all; one that punishes it before one that only speaks of it, one that says
            # so in its own words before one whose offence is called so.
            best = max(
                inside,
                key=lambda p: (
                    (p.doc_id, p.eid) in punishes,
                    said <= self.wording.worded(p),
                    -len(self.wording.own(p)),
                ),
                default=None,
            )
            if best is not None:
                return Verdict(
                    WRONG_REFERENCE,
                    f"{where} does not have {terms.words(said)} together; {best.doc_id} {best.eid} does",
                    [*evidence, provision_evidence(best)],
                )
        return Verdict(NOT_CHECKABLE, f"{where}: {terms.words(said)} was not found there", evidence)

    def _several(self, provision: Provision, punishes: set[tuple[str, str]]) -> bool:
        """Whether a provision lists several offences: parts of what is said may then come from different ones."""
        parts = self.corpus.children[provision.doc_id, provision.eid]
        return sum((p.doc_id, p.eid) in punishes for p in parts) > 1

    def mention(self, claim: Claim) -> Verdict:
        """The verdict on a provision of which nothing comparable is said: it exists, or it does not."""
        cited = claim.cited
        assert cited is not None
        if self.statutes.behind(cited):
            return Verdict(NOT_CHECKABLE, UNCHECKED)
        missing = self.statutes.unresolved(cited)
        if missing:
            return missing
        carriers, state = self.statutes.text_of(cited)
        where = ", ".join(f"{p.doc_id} {p.eid}" for p in carriers)
        evidence = [provision_evidence(p) for p in carriers]
        if state == "no":
            over, by = self.statutes.over(cited)
            return Verdict(OUTDATED, f"{where}: {over}", [*evidence, *by])
        return Verdict(SUPPORTED, f"{where}: exists; nothing is said of it that could be compared", evidence)

    def _aim(self, term: str, carriers: Sequence[Provision]) -> bool:
        """Whether a provision has a term, or one that it is a kind of, as what its conduct aims at."""
        aims = {f"purpose.{t}" for t in terms.wider({term})}
        return any(t.concept in aims for p in carriers for t in self.corpus.tags_under(p.doc_id, p.eid))

    def speaks_of(self, claim: Claim, sanction: Sanction) -> bool:
        """Whether the last thing named before an asserted sanction, that is not of any law, is what this one is for."""
        start = sentence(self.corpus, claim.doc_id, claim.start)[0]
        said = terms.find(
            self.corpus.text[claim.doc_id][start : claim.start], self.corpus.documents[claim.doc_id].language
        )
        telling = [f.term for f in said if not glossary()[f.term].common]
        provision = self.corpus.by_eid.get((sanction.doc_id, sanction.eid))
        return bool(telling) and provision is not None and telling[-1] in self.wording.worded(provision)

    def name(self, claim: Claim) -> Verdict:
        """A name that a provision is said to give: it does, its law does, or only the paper does."""
        cited = claim.cited
        assert cited is not None
        missing = self.statutes.unresolved(cited)
        if missing:
            return missing
        carriers, _ = self.statutes.text_of(cited)
        evidence = [provision_evidence(p) for p in carriers]
        where = ", ".join(f"{p.doc_id} {p.eid}" for p in carriers)
        said = set(claim.terms)
        if said <= set[str]().union(*(self.wording.own(p) for p in carriers)):
            return Verdict(SUPPORTED, f"{where}: uses the term", evidence)
        if any(said <= self.wording.own(u) for u in self.wording.units.get(cited.law, [])):
            return Verdict(SUPPORTED, f"{cited.law}: uses the term, though not in {where}", evidence)
        behind = self.statutes.behind(cited)
        if behind and any(said <= self.wording.own(u) for u in self.wording.units.get(behind, [])):
            return Verdict(SUPPORTED, f"{UNCHECKED}; {behind} uses the term", evidence, behind)
        words = f"{behind or where}: the law does not use the term {terms.words(said)}"
        return Verdict(IMPRECISE, words, evidence, behind)


def _phrases(text: str, language: str, said: set[str]) -> str:
    """The words by which a text says terms, in quotation marks."""
    found = [f for f in terms.find(text, language) if f.term in said]
    return ", ".join(dict.fromkeys(f"“{' '.join(text[f.start : f.end].split())}”" for f in found))


def _strange(said: set[str], here: set[str]) -> bool:
    """Whether nothing that tells one article from another is there: no such term, or none of the deeds."""
    telling = {t for t in said if not glossary()[t].common}
    deeds = {t for t in telling if glossary()[t].deed}
    return (bool(telling) and not telling & here) or (bool(deeds) and not deeds & here)

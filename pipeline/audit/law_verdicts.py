"""Claims about laws as a whole × their provisions → verdicts.

A law has what one of its articles has; what is said in one breath (`trafficked children`) must stand in one of them. A
name of the literature is in a law only where it uses the words; beside that, what the name stands for is searched for.
That a law lacks something is supported where no article of it has the terms together.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.audit import terms
from pipeline.audit.cited import law_of_instrument
from pipeline.audit.claim import THREE, Cited, Claim
from pipeline.audit.glossary import glossary
from pipeline.audit.verdict import CONTRADICTED, IMPRECISE, NOT_CHECKABLE, SUPPORTED, Verdict
from pipeline.audit.wording import Wording
from pipeline.compare import provision_evidence
from pipeline.corpus import LAWS
from pipeline.records import Provision

INCIDENTAL = 2  # so many articles have to speak of a thing before a denial is contradicted
SHOWN = 2  # articles named beside the best one
TRAFFICKING = "trafficking"


class LawJudge:
    """Judges claims about whole laws, with what `Wording` knows of provisions."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self.corpus = wording.corpus
        self.statutes = wording.statutes

    def content(self, claim: Claim, cited: Cited) -> Verdict:
        """What a law as a whole is said to hold, to prohibit, to define."""
        if THREE in claim.concepts and not claim.terms:
            return self._three(cited)
        if "suffices" in claim.asserted:
            return self._suffices(cited)
        if "defines" in claim.asserted:
            return self._definition(claim, cited)
        if "count" in claim.asserted:
            return self._counted(claim, cited)
        units = self._units(cited)
        if not units:
            return Verdict(NOT_CHECKABLE, "the instrument is not in the corpus")
        said = set(claim.terms)
        own = self.wording.own
        name = cited.law if cited.status != "jurisdiction" else f"the laws of {cited.law} in the corpus"
        named = {t for t in said if glossary()[t].names and not any(t in own(u) for u in units)}
        if named:
            return self._by_another_name(name, named, units)
        holding = sorted(units, key=lambda u: -len(said & own(u)))
        best = holding[0]
        here = said & own(best)
        everywhere = set[str]().union(*(own(u) for u in units))
        where, evidence = f"{best.doc_id} {best.eid}", [provision_evidence(best)]
        if not said & everywhere:
            return Verdict(NOT_CHECKABLE, f"{name}: {terms.words(said)} was not found")
        if "prohibits" in claim.asserted:
            wrongs = {t for t in said & everywhere if not self.wording.punished(t, units)}
            if wrongs:
                return Verdict(
                    IMPRECISE,
                    f"{where}: has {terms.words(wrongs)}, but as what other conduct aims at, or in a definition",
                    evidence,
                )
        if said - everywhere:
            return Verdict(
                IMPRECISE,
                f"{where}: has {terms.words(here)}; no article of {name} has {terms.words(said - everywhere)}",
                evidence,
            )
        if said - here and claim.together:
            words = f"{where}: has {terms.words(here)}; no provision of {name} has it with {terms.words(said - here)}"
            return Verdict(IMPRECISE, words, evidence)
        if said - here:
            others = [u for u in holding[1:] if (said - here) & own(u)][:SHOWN]
            evidence += [provision_evidence(u) for u in others]
            where = ", ".join(f"{u.doc_id} {u.eid}" for u in (best, *others))
        return Verdict(SUPPORTED, f"{where}: has {terms.words(said & everywhere)}", evidence, f"{cited.law}")

    def _laws(self, cited: Cited) -> list[str]:
        """The laws that a claim is about: one, or all of a jurisdiction."""
        if cited.status != "jurisdiction":
            return [cited.law]
        kinds = [d for d in self.corpus.documents.values() if d.jurisdiction == cited.law and d.kind in LAWS]
        return list(dict.fromkeys(law_of_instrument(self.corpus, d.doc_id) for d in kinds))

    def _units(self, cited: Cited) -> list[Provision]:
        return [u for law in self._laws(cited) for u in self.wording.units.get(law, [])]

    def _by_another_name(self, name: str, named: set[str], units: Sequence[Provision]) -> Verdict:
        """That a law does not use a name, and where it has what the name stands for."""
        words = f"{name}: no provision uses the term {terms.words(named)}"
        parts = {p for t in named for p in glossary()[t].parts}
        holding = [u for u in units if parts and parts <= self.wording.own(u)]
        if not holding:
            return Verdict(IMPRECISE, words)
        laws: dict[str, Provision] = {}
        for unit in holding:
            laws.setdefault(self.corpus.law_of(unit.doc_id, unit.eid)[0], unit)
        places = ", ".join(f"{u.doc_id} {u.eid}" for u in laws.values())
        evidence = [provision_evidence(u) for u in laws.values()]
        return Verdict(IMPRECISE, f"{words}; {places}: has {terms.words(parts)}", evidence, ";".join(laws))

    def _three(self, cited: Cited) -> Verdict:
        """That a law, or a treaty where none is named, asks for act, means and purpose in one provision."""
        provision = self.of_three(cited)
        if provision is None:
            return Verdict(NOT_CHECKABLE, "no provision with act, means and purpose was found")
        where = f"{provision.doc_id} {provision.eid}"
        return Verdict(SUPPORTED, f"{where}: act, means and purpose", [provision_evidence(provision)], where)

    def of_three(self, cited: Cited) -> Provision | None:
        """The provision with the three elements: of the law, or of the treaty that has them of trafficking."""
        if cited.law:
            return self.statutes.three_elements(cited.law)
        treaties = [d.doc_id for d in self.corpus.documents.values() if d.kind == "treaty"]
        found = [p for law in treaties if (p := self.statutes.three_elements(law)) is not None]
        return next((p for p in found if TRAFFICKING in self.wording.own(p)), None)

    def _suffices(self, cited: Cited) -> Verdict:
        """That one element is enough: not where one provision asks for act, means and purpose together."""
        provision = self.of_three(cited)
        if provision is None:
            return Verdict(NOT_CHECKABLE, "no provision with act, means and purpose was found")
        where = f"{provision.doc_id} {provision.eid}"
        words = f"{where}: act, means and purpose together, none of them alone"
        return Verdict(CONTRADICTED, words, [provision_evidence(provision)], where)

    def _definition(self, claim: Claim, cited: Cited) -> Verdict:
        """What a law is said to understand by a term."""
        defining = self.wording.definitions.get((cited.law, claim.context[0]), [])
        if not defining:
            return Verdict(NOT_CHECKABLE, f"{cited.law}: no definition of {terms.words(set(claim.context))} was found")
        said = set(claim.terms)
        here = set[str]().union(*(self.wording.own(p) for p in defining))
        where = ", ".join(f"{p.doc_id} {p.eid}" for p in defining)
        evidence = [provision_evidence(p) for p in defining]
        place = f"{defining[0].doc_id} {defining[0].eid}"
        if lacking := said - here:
            return Verdict(IMPRECISE, f"{where}: the definition does not have {terms.words(lacking)}", evidence, place)
        return Verdict(SUPPORTED, f"{where}: has {terms.words(said)}", evidence, place)

    def _counted(self, claim: Claim, cited: Cited) -> Verdict:
        """That so many provisions do something: each of them, or one sets the sanction of what another forbids."""
        places = {c.eid: self.statutes.text_of(c)[0] for c in claim.beside}
        where = ";".join(f"{cited.law} {eid}" for eid in places)
        evidence = [provision_evidence(p) for carriers in places.values() for p in carriers]
        if "prohibits" in claim.asserted:
            for eid, carriers in places.items():
                inside = {(p.doc_id, d.eid) for p in carriers for d in self.corpus.descendants(p.doc_id, p.eid)}
                for other, others in places.items():
                    their = {f"{p.doc_id} {d.eid}" for p in others for d in self.corpus.descendants(p.doc_id, p.eid)}
                    of = (o for o in self.statutes.links.offences if (o.doc_id, o.eid) in inside)
                    if other != eid and any(their & set(o.penalty_eids) for o in of):
                        words = f"{cited.law}: {eid} forbids it, {other} sets the sanction"
                        return Verdict(IMPRECISE, words, evidence, where)
        lacking = {
            eid: set(claim.terms) - set[str]().union(*(self.wording.own(p) for p in carriers))
            for eid, carriers in places.items()
        }
        if all(not missing for missing in lacking.values()):
            return Verdict(
                SUPPORTED, f"{cited.law}: {', '.join(places)} have {terms.words(set(claim.terms))}", evidence, where
            )
        words = "; ".join(f"{eid} does not have {terms.words(missing)}" for eid, missing in lacking.items() if missing)
        return Verdict(IMPRECISE, f"{cited.law}: {words}", evidence, where)

    def _covers(self, unit: Provision) -> set[str]:
        """Terms of an article and of those that it refers to; with a medium, its kinds, which come under the rule."""
        here = self.wording.own(unit) | self.wording.referred([unit])
        return here | {name for name, t in glossary().items() if any(glossary()[w].medium and w in here for w in t.of)}

    def absence(self, claim: Claim) -> Verdict:
        """What laws are said not to have: searched for in one place of any of them."""
        cited = claim.cited
        assert cited is not None
        units = self._units(cited)
        if not units:
            return Verdict(NOT_CHECKABLE, "the instrument is not in the corpus")
        said = set(claim.terms)
        name = (
            cited.law
            if cited.status != "jurisdiction"
            else f"{len(self._laws(cited))} laws of {cited.law} in the corpus"
        )
        holding = [u for u in units if said <= self._covers(u)]
        if not holding:
            words = f"{name}: searched, no provision has {terms.words(said)}"
            return Verdict(SUPPORTED, words, [], "" if cited.eid else cited.law)
        where = ", ".join(f"{u.doc_id} {u.eid}" for u in holding[:3])
        evidence = [provision_evidence(u) for u in holding[:3]]
        if "how" in claim.asserted or cited.status == "jurisdiction" or len(holding) < INCIDENTAL:
            return Verdict(IMPRECISE, f"{where}: has {terms.words(said)}", evidence)
        return Verdict(CONTRADICTED, f"{where}: has {terms.words(said)}", evidence)

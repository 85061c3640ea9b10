"""Claims of penalties × the sanctions of the provision → verdicts: each bound, each unit, and how they are joined."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pipeline.audit.cited import law_of_instrument
from pipeline.audit.claim import Cited, Claim
from pipeline.audit.statutes import Statutes, within
from pipeline.audit.verdict import CONTRADICTED, IMPRECISE, NOT_CHECKABLE, OUTDATED, SUPPORTED, WRONG_REFERENCE, Verdict
from pipeline.compare import provision_evidence
from pipeline.records import Provision, Sanction

STATUS = {"status", "in_force_year"}  # what a claim may assert beside its own matter


class PenaltyJudge:
    """Judges claims of penalties; `speaks_of(claim, sanction)`: is the claim's matter that of the sanction's clause?"""

    def __init__(self, statutes: Statutes, speaks_of: Callable[[Claim, Sanction], bool]) -> None:
        self.statutes = statutes
        self.corpus, self.links, self.day = statutes.corpus, statutes.links, statutes.day
        self.speaks_of = speaks_of

    def penalty(self, claim: Claim) -> Verdict:
        cited = claim.cited
        if cited is None or not cited.law:
            return Verdict(NOT_CHECKABLE, "no provision is cited for it")
        if not cited.eid and not cited.as_written:
            return self._anywhere(claim, cited)
        missing = self.statutes.unresolved(cited)
        if missing:
            return missing
        carriers, state = self.statutes.text_of(cited)
        sanctions = self.statutes.sanctions(cited, carriers)
        if not sanctions:
            return Verdict(
                NOT_CHECKABLE, "the provision sets no sanction of its own", [provision_evidence(p) for p in carriers]
            )
        compared = [(self._differences(claim, s), s) for s in sanctions]
        compared.sort(key=lambda item: (len(item[0][0]), len(item[0][1])))
        (wrong, loose), best = compared[0]
        found = f"{best.doc_id} {best.eid}: {sanction_words(best)}"
        evidence = [best.evidence_id]
        if kept := self._base_kept(claim, cited, carriers):
            loose = [*loose, kept]
        if wrong:
            elsewhere = self._set_elsewhere(claim, cited)
            if elsewhere is not None:
                place = f"{elsewhere.doc_id} {elsewhere.eid}: {sanction_words(elsewhere)}"
                joined = self._differences(claim, elsewhere)[0]
                return Verdict(
                    WRONG_REFERENCE,
                    f"{found}; the penalty asserted is that of {place}",
                    [*evidence, elsewhere.evidence_id],
                    also=Verdict(
                        CONTRADICTED,
                        f"{place} ({'; '.join(joined)})",
                        [elsewhere.evidence_id],
                        " ".join(self.corpus.law_of(elsewhere.doc_id, elsewhere.eid)),
                    )
                    if joined
                    else None,
                )
            if former := self._formerly(claim, cited):
                old, until = former
                words = f"{found}; until {until} {old.doc_id} {old.eid}: {sanction_words(old)}"
                return Verdict(OUTDATED, words, [*evidence, old.evidence_id])
            return Verdict(CONTRADICTED, f"{found} ({'; '.join(wrong)})", evidence)
        if state == "no":
            words, by = self.statutes.over(cited)
            return Verdict(OUTDATED, f"{found}; {words}", [*evidence, *by])
        if loose:
            return Verdict(IMPRECISE, f"{found} ({'; '.join(loose)})", evidence)
        if state == "future":
            found += f"; applies after {self.day}"
        return Verdict(SUPPORTED, found, evidence)

    def _base_kept(self, claim: Claim, cited: Cited, carriers: list[Provision]) -> str:
        """Of the provisions whose sanction a relative one raises, those that a statement leaves out; '' where none."""
        said = set(claim.asserted.get("refers_to", ()))
        places = {(p.doc_id, d.eid) for p in carriers for d in self.corpus.descendants(p.doc_id, p.eid)}
        targets = {
            c.target_eid
            for c in self.links.citations
            if (c.doc_id, c.eid) in places
            and c.target_eid
            and law_of_instrument(self.corpus, c.target_doc) == cited.law
            and any(s.doc_id == c.target_doc and within(s.eid, c.target_eid) for s in self.links.sanctions)
        }
        left = sorted(targets - said) if said and said <= targets else []
        return f"also of {', '.join(left)}" if left else ""

    def _formerly(self, claim: Claim, cited: Cited) -> tuple[Sanction, str] | None:
        """What an earlier text of the provision set, where that is what is asserted, and the day it ended."""
        for provision in self.corpus.law_provisions.get((cited.law, cited.eid), []):
            version = self.statutes.version(cited.law, provision)
            if version is None or not version.valid_to or version.valid_to > self.day:
                continue
            for sanction in self.statutes.sanctions(cited, [provision]):
                if not any(self._differences(claim, sanction)):
                    return sanction, version.valid_to
        return None

    def _set_elsewhere(self, claim: Claim, cited: Cited) -> Sanction | None:
        """Another clause of the same article that sets what is asserted (but perhaps joins it otherwise)."""
        unit = cited.eid.split("__")[0]
        if "__" not in cited.eid or len(claim.asserted.keys() - STATUS) < 2:
            return None
        carriers, _ = self.statutes.text_of(Cited(cited.law, unit, unit, "resolved", 0, 0, ""))
        for provision in carriers:
            for sanction in self.statutes.sanctions(cited, [provision]):
                wrong, _ = self._differences(claim, sanction)
                if all(w.startswith("joined by") for w in wrong):
                    return sanction
        return None

    def _anywhere(self, claim: Claim, cited: Cited) -> Verdict:
        """A penalty said of a law without an article: is there a provision of it that sets just this?"""
        for sanction in self.links.sanctions:
            if self.corpus.law_of(sanction.doc_id, sanction.eid)[0] == cited.law and sanction.part in (
                "body",
                "quoted",
            ):
                wrong, loose = self._differences(claim, sanction)
                whole = len(claim.asserted.keys() - STATUS) > 2 or self.speaks_of(claim, sanction)
                if not wrong and not loose and whole:
                    return Verdict(
                        SUPPORTED,
                        f"{sanction.doc_id} {sanction.eid}: {sanction_words(sanction)}",
                        [sanction.evidence_id],
                        f"{sanction.doc_id} {sanction.eid}",
                    )
        return Verdict(NOT_CHECKABLE, "no article is cited, and none of the law sets just this")

    def _differences(self, claim: Claim, sanction: Sanction) -> tuple[list[str], list[str]]:
        """(contradictions, imprecisions) between what is asserted and one sanction."""
        wrong: list[str] = []
        loose: list[str] = []
        asserted = claim.asserted
        for low, high, unit in (("prison_min_months", "prison_max_months", "months"), ("fine_min", "fine_max", "")):
            said_low, said_high = asserted.get(low), asserted.get(high)
            law_low, law_high = getattr(sanction, low), getattr(sanction, high)
            by_category = unit == "" and (asserted.get("fine_category_max") or asserted.get("fine_category_min"))
            if (said_low is None and said_high is None) or by_category:
                continue
            if said_low is not None and said_low == said_high and law_low != law_high:
                # “a 15-year sentence” where the law sets a maximum (or a minimum) of 15 years
                if said_high == law_high:
                    loose.append(f"{law_high} {unit} is the maximum".replace("  ", " "))
                elif said_high == law_low:
                    loose.append(f"{law_low} {unit} is the minimum".replace("  ", " "))
                else:
                    wrong.append(f"{high}: {said_high} asserted, {_range(law_low, law_high)} in the law")
                continue
            if said_low is not None and said_low != law_low:
                wrong.append(f"{low}: {said_low} asserted, {law_low if law_low is not None else 'none'} in the law")
            if said_high is not None and said_high != law_high:
                wrong.append(f"{high}: {said_high} asserted, {law_high if law_high is not None else 'none'} in the law")
        for name in ("fine_category_min", "fine_category_max"):
            said = asserted.get(name)
            if said and said != getattr(sanction, name):
                wrong.append(f"{name}: {said} asserted, {getattr(sanction, name) or 'none'} in the law")
        if asserted.get("life") and not sanction.life:
            wrong.append("life imprisonment asserted, none in the law")
        joined = asserted.get("conjunction")
        if joined and sanction.conjunction not in ("none", joined):
            # Prose lists what a court may impose with “and” or “or”; only the two against each other contradict.
            (loose if "and_or" in (joined, sanction.conjunction) else wrong).append(
                f"joined by “{joined}”, in the law by “{sanction.conjunction}”"
            )
        if asserted.get("relative") and asserted["relative"] != sanction.relative:
            wrong.append(f"{asserted['relative']} asserted, {sanction.relative or 'none'} in the law")
        return wrong, loose


def _range(low: Any, high: Any) -> str:
    return f"{low if low is not None else '…'}–{high if high is not None else '…'}"


def sanction_words(s: Sanction) -> str:
    """A sanction in short English."""
    parts = []
    if s.death:
        parts.append("death")
    if s.life:
        parts.append("life")
    if s.prison_min_months is not None or s.prison_max_months is not None:
        parts.append(f"{_range(s.prison_min_months, s.prison_max_months)} months")
    if s.penalty_name:
        parts.append(s.penalty_name)
    if s.fine_category_max or s.fine_category_min:
        parts.append(f"fine category {_range(s.fine_category_min or None, s.fine_category_max or None)}")
    elif s.fine_min is not None or s.fine_max is not None:
        parts.append(f"fine {s.currency} {_range(s.fine_min and f'{s.fine_min:,}', s.fine_max and f'{s.fine_max:,}')}")
    if s.fine_max_percent is not None:
        parts.append(f"fine {_range(s.fine_min_percent, s.fine_max_percent)}% of {s.fine_percent_of}")
    if s.relative:
        parts.append(s.relative)
    joined = {"and": " AND ", "or": " OR ", "and_or": " AND/OR "}.get(s.conjunction, ", ")
    return joined.join(parts)

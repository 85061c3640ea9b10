"""Claims × statutes → verdicts. Precision before recall: an accusation must be right.

A claim is judged against the text that applied on the day the paper was written. Where the corpus cannot decide, the
verdict is not_checkable, never a guess.
"""

from __future__ import annotations

from collections.abc import Callable

from pipeline.audit.cited import law_of_instrument
from pipeline.audit.claim import Claim
from pipeline.audit.content_verdicts import ContentJudge
from pipeline.audit.element_verdicts import ElementJudge
from pipeline.audit.identity_verdicts import IdentityJudge
from pipeline.audit.penalty_verdicts import PenaltyJudge
from pipeline.audit.statutes import Statutes, within
from pipeline.audit.verdict import NOT_CHECKABLE, SUPPORTED, Verdict
from pipeline.corpus import Corpus
from pipeline.link import Links


class Judge:
    """Judges the claims of one paper as of its day."""

    def __init__(self, corpus: Corpus, links: Links, day: str) -> None:
        self.statutes = Statutes(corpus, links, day)
        contents = ContentJudge(self.statutes)
        identities = IdentityJudge(self.statutes)
        self._judges: dict[str, Callable[[Claim], Verdict]] = {
            "penalty": PenaltyJudge(self.statutes, contents.speaks_of).penalty,
            "elements": ElementJudge(self.statutes, contents.laws.of_three).elements,
            "content": contents.content,
            "absence": contents.laws.absence,
            "name": contents.name,
            "mention": contents.mention,
            "relation": self._relation,
            "identity": identities.identity,
            "gazette": identities.gazette,
            "status": identities.status,
        }

    def __call__(self, claim: Claim) -> Verdict:
        """The verdict on one claim."""
        judge = self._judges.get(claim.kind)
        return judge(claim) if judge else Verdict(NOT_CHECKABLE, "no source for it in this corpus")

    def _relation(self, claim: Claim) -> Verdict:
        cited, other = claim.cited, str(claim.asserted["refers_to"])
        assert cited is not None
        for one, two in ((cited.eid, other), (other, cited.eid)):
            for c in self.statutes.links.citations:
                if not c.target_doc or law_of_instrument(self.statutes.corpus, c.target_doc) != cited.law:
                    continue
                law, eid = self.statutes.corpus.law_of(c.doc_id, c.eid)
                if law == cited.law and within(eid, one) and (within(c.target_eid, two) or within(two, c.target_eid)):
                    return Verdict(SUPPORTED, f"{cited.law} {one} refers to {two}", [c.evidence_id])
        return Verdict(NOT_CHECKABLE, f"no reference between {cited.eid} and {other} was found")

"""Lists of acts, means or purposes × those of the provisions → verdicts: the same list, or one left out or added."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.audit.claim import THREE, Cited, Claim
from pipeline.audit.statutes import Statutes
from pipeline.audit.verdict import IMPRECISE, NOT_CHECKABLE, SUPPORTED, Verdict
from pipeline.compare import provision_evidence
from pipeline.records import Provision

GENERIC = "purpose.exploitation"  # the heading of a list of purposes, none of them


class ElementJudge:
    """Judges lists of elements; `of_three(cited)`: the provision with all three elements that a statement means."""

    def __init__(self, statutes: Statutes, of_three: Callable[[Cited], Provision | None]) -> None:
        self.statutes = statutes
        self.corpus, self.links = statutes.corpus, statutes.links
        self.of_three = of_three

    def elements(self, claim: Claim) -> Verdict:
        """A list of acts, means or purposes beside the provision's own: the same, or what is left out and added."""
        cited = claim.cited
        assert cited is not None
        name = next(iter(claim.asserted))
        family, said = f"{name}.", set(claim.asserted[name]) - {GENERIC}
        # What the sentence says under another family (debt bondage as an aim, not as a means) is not left out.
        mentioned = {c.split(".")[1] for c in claim.concepts}
        enough = max(2, (2 * len(said) + 2) // 3)
        law = self.statutes.behind(cited) or cited.law
        places = [cited] if cited.eid and law == cited.law else self._lists(law, family, said, enough)
        places += [p for other in claim.beside for p in self._lists(other.law, family, said, enough)]
        three = self.of_three(cited) if not cited.law and THREE in claim.concepts else None
        if three is not None:
            places = [Cited(*self.corpus.law_of(three.doc_id, three.eid), "", "resolved", 0, 0, "")]
        best: tuple[int, int, bool, bool, bool, int] | None = None
        provision, here = None, set[str]()
        for place in places:
            carriers, state = self.statutes.text_of(place)
            if not carriers or (state == "no" and not cited.eid) or carriers[0].part not in ("body", "quoted"):
                continue
            found = self._family(carriers, family)
            punishes = any((o.doc_id, o.eid) == (carriers[0].doc_id, carriers[0].eid) for o in self.links.offences)
            meant = bool(cited.eid) and place.law == law
            depth = place.eid.count("__")
            score = (len(said & found), -len(found - said), meant, state != "future", punishes, depth)
            if best is None or score > best:
                best, provision, here = score, carriers[0], found
        if best is None or provision is None or best[0] < enough or (not cited.law and three is None and said != here):
            return Verdict(NOT_CHECKABLE, "no provision with such a list was found")
        where, evidence = f"{provision.doc_id} {provision.eid}", [provision_evidence(provision)]
        left = sorted(c for c in here - said if c.split(".")[1] not in mentioned)
        added = sorted(said - here)
        if not left and not added:
            return Verdict(SUPPORTED, f"{where}: the same list", evidence, where)
        words = [f"leaves out {', '.join(left)}"] if left else []
        words += [f"adds {', '.join(added)}"] if added else []
        return Verdict(IMPRECISE, f"{where}: the paper {'; '.join(words)}", evidence, where)

    def _lists(self, law: str, family: str, said: set[str], enough: int) -> list[Cited]:
        """Provisions of a law (of any, where none is named) that share enough of a list; articles and what is below."""
        places = []
        for (of_law, eid), carriers in self.corpus.law_provisions.items():
            known = self.corpus.documents.get(of_law)
            if (law and of_law != law) or (known is not None and known.kind == "article"):
                continue
            unit = self.corpus.unit_kinds(carriers[-1].doc_id) if carriers else ()
            inside = any(a.kind in unit for p in carriers[-1:] for a in self.corpus.ancestors(p.doc_id, p.eid))
            if inside and len(said & self._family(carriers[-1:], family)) >= enough:
                places.append(Cited(of_law, eid, "", "resolved", 0, 0, ""))
        return places

    def _family(self, carriers: list[Provision], family: str) -> set[str]:
        tags = (t for p in carriers for t in self.corpus.tags_under(p.doc_id, p.eid))
        return {t.concept for t in tags if t.concept.startswith(family)} - {GENERIC}

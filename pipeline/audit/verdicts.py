"""Claims × statutes → verdicts. Precision before recall: an accusation must be right.

A claim is judged against the text that applied on the day the paper was written. Where the corpus cannot decide, the
verdict is not_checkable, never a guess.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from pipeline.audit import titles
from pipeline.audit.claims import ELEMENTS, THREE, Cited, Claim, law_of_instrument, law_of_title
from pipeline.audit.content_verdicts import ContentJudge
from pipeline.audit.verdict import CONTRADICTED, IMPRECISE, NOT_CHECKABLE, OUTDATED, SUPPORTED, WRONG_REFERENCE, Verdict
from pipeline.audit.words import amending, ratifying, words
from pipeline.compare import provision_evidence
from pipeline.corpus import LAWS, Corpus
from pipeline.link import Links
from pipeline.link.scales import Scale
from pipeline.link.time import applied
from pipeline.records import Document, Provision, Sanction, Version
from pipeline.sources import article_numbers

GENERIC = "purpose.exploitation"  # the heading of a list of purposes, none of them
EVENT_WORDS = {"signed": "signed or adopted", "published": "published", "in_force": "in force from"}
STATUS = {"status", "in_force_year"}  # what a claim may assert beside its own matter
RENDERING = 0.4  # share of words in order from which a title is that of the law, changed, and not another


class Judge:
    """Judges the claims of one paper as of its day."""

    def __init__(self, corpus: Corpus, links: Links, scales: dict[str, Scale], day: str) -> None:
        self.corpus = corpus
        self.links = links
        self.scales = scales
        self.day = day
        self.contents = ContentJudge(self)

    def __call__(self, claim: Claim) -> Verdict:
        """The verdict on one claim."""
        if claim.kind == "penalty":
            return self._penalty(claim)
        if claim.kind in ("content", "absence", "name", "mention"):
            verdict: Verdict = getattr(self.contents, claim.kind)(claim)
            return verdict
        if claim.kind == "identity":
            return self._identity(claim)
        if claim.kind == "status":
            return self._status(claim)
        if claim.kind == "elements":
            return self._elements(claim)
        if claim.kind == "relation":
            return self._relation(claim)
        if claim.kind == "gazette":
            return self._gazette(claim)
        return Verdict(NOT_CHECKABLE, "no source for it in this corpus")

    # ------------------------------------------------------------------------------- provisions

    def text_of(self, cited: Cited) -> tuple[list[Provision], str]:
        """Provisions that carry a cited provision's text on the day; and `yes`, `no` or `unknown`: did it apply?"""
        carriers = self.corpus.law_provisions.get((cited.law, cited.eid), [])
        dated = [(p, self._version(cited.law, p)) for p in carriers]
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
        versions = (self._version(cited.law, p) for p in self.corpus.law_provisions.get((cited.law, cited.eid), []))
        ended = [v.end_evidence_id for v in versions if v is not None and "" < v.valid_to <= self.day]
        clause = next((o for o in self.links.operations if ended and o.evidence_id == ended[-1]), None)
        return (f"{words}, by {clause.doc_id} {clause.eid}", ended[-1:]) if clause else (words, [])

    def _version(self, law: str, provision: Provision) -> Version | None:
        """The version a provision's text belongs to: an end of its own counts before its unit's."""
        places = ((law, a.doc_id, a.eid) for a in self.corpus.ancestors(provision.doc_id, provision.eid))
        return next((self._versions[place] for place in places if place in self._versions), None)

    @cached_property
    def _versions(self) -> dict[tuple[str, str, str], Version]:
        """(law, document, provision) → the version of the law's text that stands there; of several the first."""
        return {(v.law, v.source_doc, v.source_eid): v for v in reversed(self.links.versions)}

    def _sanctions(self, cited: Cited, carriers: list[Provision]) -> list[Sanction]:
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

    # --------------------------------------------------------------------------------- verdicts

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

    def _penalty(self, claim: Claim) -> Verdict:
        cited = claim.cited
        if cited is None or not cited.law:
            return Verdict(NOT_CHECKABLE, "no provision is cited for it")
        if not cited.eid and not cited.as_written:
            return self._anywhere(claim, cited)
        missing = self.unresolved(cited)
        if missing:
            return missing
        carriers, state = self.text_of(cited)
        sanctions = self._sanctions(cited, carriers)
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
            words, by = self.over(cited)
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
            and any(s.doc_id == c.target_doc and _within(s.eid, c.target_eid) for s in self.links.sanctions)
        }
        left = sorted(targets - said) if said and said <= targets else []
        return f"also of {', '.join(left)}" if left else ""

    def _formerly(self, claim: Claim, cited: Cited) -> tuple[Sanction, str] | None:
        """What an earlier text of the provision set, where that is what is asserted, and the day it ended."""
        for provision in self.corpus.law_provisions.get((cited.law, cited.eid), []):
            version = self._version(cited.law, provision)
            if version is None or not version.valid_to or version.valid_to > self.day:
                continue
            for sanction in self._sanctions(cited, [provision]):
                if not any(self._differences(claim, sanction)):
                    return sanction, version.valid_to
        return None

    def _set_elsewhere(self, claim: Claim, cited: Cited) -> Sanction | None:
        """Another clause of the same article that sets what is asserted (but perhaps joins it otherwise)."""
        unit = cited.eid.split("__")[0]
        if "__" not in cited.eid or len(claim.asserted.keys() - STATUS) < 2:
            return None
        carriers, _ = self.text_of(Cited(cited.law, unit, unit, "resolved", 0, 0, ""))
        for provision in carriers:
            for sanction in self._sanctions(cited, [provision]):
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
                whole = len(claim.asserted.keys() - STATUS) > 2 or self.contents.speaks_of(claim, sanction)
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

    def _elements(self, claim: Claim) -> Verdict:
        """A list of acts, means or purposes beside the provision's own: the same, or what is left out and added."""
        cited = claim.cited
        assert cited is not None
        name = next(iter(claim.asserted))
        family, said = f"{name}.", set(claim.asserted[name]) - {GENERIC}
        # What the sentence says under another family (debt bondage as an aim, not as a means) is not left out.
        mentioned = {c.split(".")[1] for c in claim.concepts}
        enough = max(2, (2 * len(said) + 2) // 3)
        law = self.behind(cited) or cited.law
        places = [cited] if cited.eid and law == cited.law else self._lists(law, family, said, enough)
        places += [p for other in claim.beside for p in self._lists(other.law, family, said, enough)]
        three = self.contents.laws.of_three(cited) if not cited.law and THREE in claim.concepts else None
        if three is not None:
            places = [Cited(*self.corpus.law_of(three.doc_id, three.eid), "", "resolved", 0, 0, "")]
        best: tuple[int, int, bool, bool, bool, int] | None = None
        provision, here = None, set[str]()
        for place in places:
            carriers, state = self.text_of(place)
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

    def _relation(self, claim: Claim) -> Verdict:
        cited, other = claim.cited, str(claim.asserted["refers_to"])
        assert cited is not None
        for one, two in ((cited.eid, other), (other, cited.eid)):
            for c in self.links.citations:
                if not c.target_doc or law_of_instrument(self.corpus, c.target_doc) != cited.law:
                    continue
                law, eid = self.corpus.law_of(c.doc_id, c.eid)
                if (
                    law == cited.law
                    and _within(eid, one)
                    and (_within(c.target_eid, two) or _within(two, c.target_eid))
                ):
                    return Verdict(SUPPORTED, f"{cited.law} {one} refers to {two}", [c.evidence_id])
        return Verdict(NOT_CHECKABLE, f"no reference between {cited.eid} and {other} was found")

    def _gazette(self, claim: Claim) -> Verdict:
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

    def _identity(self, claim: Claim) -> Verdict:
        cited, title = claim.cited, str(claim.asserted.get("title", ""))
        assert cited is not None
        document = self.corpus.documents.get(cited.law)
        if "ratifies" in claim.asserted:
            if document is None:
                return Verdict(NOT_CHECKABLE, "the instrument is not in the corpus")
            ratifies = document.kind == "ratification" or ratifying(document.title_en) or ratifying(document.title)
            words = f"{document.number}/{document.year}: {document.title_en}"
            return Verdict(SUPPORTED if ratifies else NOT_CHECKABLE, words)
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

    def _status(self, claim: Claim) -> Verdict:
        cited = claim.cited
        assert cited is not None
        start = self.links.commencements.get(cited.law)
        if start is None:
            return Verdict(NOT_CHECKABLE, "the instrument is not in the corpus")
        evidence = [start.evidence_id] if start.evidence_id else []
        if cited.eid and claim.asserted["status"] == "in_force":
            carriers, state = self.text_of(cited)
            where = ", ".join(f"{p.doc_id} {p.eid}" for p in carriers)
            evidence = [provision_evidence(p) for p in carriers]
            if state == "no":
                words, by = self.over(cited)
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


def _within(eid: str, whole: str) -> bool:
    return eid == whole or eid.startswith(whole + "__")


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
    if s.relative:
        parts.append(s.relative)
    joined = {"and": " AND ", "or": " OR ", "and_or": " AND/OR "}.get(s.conjunction, ", ")
    return joined.join(parts)

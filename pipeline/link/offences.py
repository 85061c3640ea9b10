"""Offence ↔ penalty: conduct and its sanction, though they may stand in different provisions.

A sanction clause either describes the conduct itself, or points to the provision that does (“sebagaimana dimaksud
dalam Pasal 76I”, “any person who violates Section 4(a)”).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.corpus import LAWS, Corpus
from pipeline.link.conducts import ELEMENTS, Named, conducts
from pipeline.link.incorporation import Incorporation, Words, by_definition, definitions
from pipeline.link.relative import Measure, figures_of
from pipeline.link.sentences import sentence
from pipeline.link.time import ALWAYS, LEFT_OUT, InForce, Span, meet
from pipeline.records import Citation, Offence, Provision, Sanction, Tag
from pipeline.vocabulary import vocabulary

CHANGING = ("plus", "minus", "share", "fine")  # relative penalties that are figured from another
# What somebody may be punished for who neglects a duty; the other conducts near a duty are what the duty is about.
BREACHES = ("conduct.failure_to_report", "conduct.obstruction", "conduct.disclosure_of_identity")


class Joiner:
    """Joins sanctions to the conduct that they punish, as the law stood at each time."""

    def __init__(
        self,
        corpus: Corpus,
        citations: Mapping[str, list[Citation]],
        sanctions: Mapping[str, list[Sanction]],
        measures: Mapping[str, Measure],
        in_force: InForce,
    ) -> None:
        """`citations` and `sanctions` hold those of every document, `measures` one for each jurisdiction."""
        self._corpus, self._citations, self._measures, self._in_force = corpus, citations, measures, in_force
        self._incorporated = Incorporation(corpus, citations, in_force)
        self._defined = definitions(corpus)
        self._sanctions = {
            d: [s for s in found if s.part in ("body", "quoted")] if corpus.documents[d].kind in LAWS else []
            for d, found in sanctions.items()
        }

    def offences(self, doc_id: str, day: str) -> Iterator[Offence]:
        """Offences of one document, in order of their sanctions; `in_force` says whether they applied on a day.

        One offence for each act that carries text of the conduct, and for each span of time in which all that makes
        the offence was the same.
        """
        held = self._sanctions[doc_id]
        for sanction in held:
            done: set[tuple[str, str]] = (
                set()
            )  # a sanction may reach one conduct by what it names and through its penalty
            for named in conducts(self._corpus, sanction, self._citations[doc_id], held):
                for text in self._carriers(sanction, named):
                    if (text.doc_id, text.eid) in done:
                        continue
                    done.add((text.doc_id, text.eid))
                    for offence in self._through_time(sanction, named, text):
                        yield replace(offence, in_force=applies(self._in_force, offence, day))

    def _carriers(self, sanction: Sanction, named: Named) -> Iterator[Provision]:
        """The texts that describe what is punished; of one whose paragraphs differ in what they carry, these."""
        own = self._corpus.by_eid.get((sanction.doc_id, sanction.eid))
        if named.by is None and own is not None:
            yield own
            return
        for text in self._in_force.texts(named.law, named.eid, self._in_force.span(sanction.doc_id, sanction.eid)):
            parts: dict[str, tuple[object, ...]] = {}
            if sanction.relative.startswith(CHANGING):
                for held in self._sanctions[text.doc_id]:
                    if held.eid.startswith(f"{text.eid}__"):
                        parts[held.eid] = figures_of(held)
            changed = list(parts) if len(set(parts.values())) > 1 else [text.eid]
            for part in (self._corpus.by_eid[text.doc_id, eid] for eid in changed):
                yield from self._punished_by(part, sanction) or [part]

    def _punished_by(self, penalty: Provision, sanction: Sanction) -> list[Provision]:
        """The texts that describe what a provision punishes whose penalty another changes; [] where it does itself.

        It does where it is itself a graver form of what it names, by a circumstance of its own.
        """
        graver = self._corpus.tags_under(penalty.doc_id, penalty.eid, "AGGRAVATION")
        if graver or not sanction.relative.startswith(CHANGING):
            return []
        then = meet(
            self._in_force.span(penalty.doc_id, penalty.eid), self._in_force.span(sanction.doc_id, sanction.eid)
        )
        found: dict[tuple[str, str], Provision] = {}
        for held in self._sanctions[penalty.doc_id] if then else []:
            if held.relative or not f"{held.eid}__".startswith(f"{penalty.eid}__"):
                continue
            for named in conducts(self._corpus, held, self._citations[held.doc_id], ()):
                if named.by is not None:
                    texts = self._in_force.texts(named.law, named.eid, then or ALWAYS)
                    found |= {(p.doc_id, p.eid): p for p in texts}
        return list(found.values())

    def _through_time(self, sanction: Sanction, named: Named, text: Provision) -> Iterator[Offence]:
        """The offence of one conduct, anew from each day on which what makes it changes."""
        corpus, in_force = self._corpus, self._in_force
        spans = in_force.span(sanction.doc_id, sanction.eid), in_force.span(text.doc_id, text.eid)
        both = meet(*spans)
        # Of a sanction and a conduct that never stood together the dates do not matter.
        span = both or max(spans)
        laws = {named.law, *(corpus.consolidated(p.doc_id, p.eid) for p in (text, sanction))}
        days = in_force.days(laws, span) if both else []
        before: Offence | None = None
        for start, end in zip([span[0], *days], [*days, span[1]], strict=True):
            now = self._offence(sanction, named, text, (start, end))
            if before is not None and replace(before, valid_from=start, valid_to=end) == now:
                before = replace(before, valid_to=end)
                continue
            if before is not None:
                yield before
            before = now
        if before is not None:
            yield before

    def _offence(self, sanction: Sanction, named: Named, text: Provision, span: Span) -> Offence:
        corpus = self._corpus
        around = self._around(text, span)
        elsewhere = named.by is not None
        own_tags = self._own(
            text, around, span, apart=set() if elsewhere else {s.eid for s in self._sanctions[sanction.doc_id]}
        )
        tags = [t for t in own_tags if t.label not in ("CITATION", "PENALTY")]
        brought: list[tuple[Citation | Tag, Tag]] = []
        part_of_act: set[str] = set()  # concepts of the offence of which this is a graver kind, and of its object
        if any(t.label == "DUTY" for t in tags):
            # To neglect the duty to report, block or remove something is not to do it.
            tags = [t for t in tags if t.label not in ("CONDUCT", *ELEMENTS) or t.concept in BREACHES]
        else:
            for citation, tag, part in self._incorporated(sanction, text, around, span):
                brought.append((citation, tag))
                if part:
                    part_of_act.add(tag.concept)
            law = corpus.consolidated(text.doc_id, text.eid)
            brought += by_definition(corpus, tags, law, self._defined, self._in_force, span)
        if elsewhere:
            tags += [
                t
                for t in corpus.tags_at[sanction.doc_id, sanction.eid]
                if t.label in ("VICTIM", "AGGRAVATION", "CONDUCT") and self._beside(t, sanction)
            ]
            tags += [t for t in _circumstances(corpus, sanction) if t not in tags]
        own_concepts = {t.concept for t in tags}
        by_reference = [(c, t) for c, t in brought if t.concept and t.concept not in own_concepts]
        # What the law defines a word of the offence to mean is as if it said it, and what it names as its act or its
        # object; what it otherwise refers to is said elsewhere.
        meant = own_concepts | part_of_act | {t.concept for c, t in by_reference if isinstance(c, Tag)}
        tags += [t for _, t in by_reference]
        concepts = list(dict.fromkeys(t.concept for t in tags if t.concept))
        inherited = {t.concept: f"{t.concept} by {c.evidence_id}" for c, t in reversed(by_reference)}
        own = self._measures[corpus.documents[sanction.doc_id].jurisdiction](sanction, text.doc_id, text.eid, span)
        return Offence(
            doc_id=text.doc_id,
            eid=text.eid,
            conduct=_conduct(concepts, meant),
            victim="child" if "victim.child" in concepts else "any",
            elements=[c for c in concepts if c.split(".")[0].upper() in ELEMENTS],
            inherited=list(inherited.values())[::-1],
            penalty_eids=[f"{sanction.doc_id} {sanction.eid}"],
            prison_min_months=own.prison_min_months,
            prison_max_months=own.prison_max_months,
            life=own.life,
            death=own.death,
            fine_min=own.fine_min,
            fine_max=own.fine_max,
            fine_category_min=own.fine_category_min,
            fine_category_max=own.fine_category_max,
            currency=own.currency,
            conjunction=own.conjunction,
            subject=own.subject,
            aggravations=[c for c in concepts if c.startswith("aggravation.")]
            + ([own.relative] if own.relative else []),
            valid_from=span[0],
            valid_to=span[1],
            in_force="unknown",
            evidence_ids=list(
                dict.fromkeys(
                    [
                        sanction.evidence_id,
                        *(t.evidence_id for t in tags if t.concept),
                        *([named.by.evidence_id] if named.by else []),
                        *(c.evidence_id for c, _ in by_reference),
                        *self._clauses(sanction, text),
                    ]
                )
            ),
            computed_from=own.computed_from,
            fine_min_percent=own.fine_min_percent,
            fine_max_percent=own.fine_max_percent,
            fine_percent_of=own.fine_percent_of,
        )

    def _beside(self, tag: Tag, sanction: Sanction) -> bool:
        """Whether words belong to a sanction: conduct in its sentence, a victim or circumstance in its paragraph."""
        text = self._corpus.text[sanction.doc_id]
        if tag.label == "CONDUCT":
            first, last = sentence(text, sanction.start, sanction.end)
            return first <= tag.start < last
        low, high = sorted((tag.start, sanction.start))
        return "\n" not in text[low:high]

    def _clauses(self, *parts: Sanction | Provision) -> Iterator[str]:
        """Of an offence that several acts carry: the clauses that brought the texts which amending acts set out."""
        if len({p.doc_id for p in parts}) > 1:
            for part in parts:
                version = self._in_force.version(part.doc_id, part.eid)
                if version is not None and version.operation != "enact":
                    yield version.evidence_id

    def _own(self, text: Provision, around: Iterable[Words], span: Span, apart: set[str]) -> Iterator[Tag]:
        """Tags of what a provision says in a span: its own words, those that open it, and what is below it.

        Without what is below it and `apart`: offences of their own, with their own sanctions.
        """
        corpus = self._corpus
        for words in around:
            yield from (t for t in corpus.tags_at[words.at.doc_id, words.at.eid] if words.start <= t.start < words.end)
        for provision in corpus.descendants(text.doc_id, text.eid):
            if (
                provision != text
                and provision.eid not in apart
                and meet(self._in_force.span(provision.doc_id, provision.eid), span)
            ):
                yield from corpus.tags_at[provision.doc_id, provision.eid]

    def _around(self, text: Provision, span: Span) -> list[Words]:
        """The words of a provision, and those that open it (`It shall be unlawful to:`), from its article down.

        Where an act amends paragraphs of an article and words its opening anew, that opens all paragraphs.
        """
        corpus = self._corpus
        found: list[Words] = []
        kinds = corpus.unit_kinds(text.doc_id)
        for provision in corpus.ancestors(text.doc_id, text.eid):
            children = corpus.children[provision.doc_id, provision.eid]
            low = provision.start
            if provision.kind in kinds and children:
                law, eid = corpus.law_of(provision.doc_id, provision.eid)
                opening = [p for p in self._in_force.texts(law, eid, span) if _opens(corpus, p)]
                if opening and opening[-1] != provision:
                    low = children[0].start
                    anew = opening[-1]
                    found.append(Words(anew, anew.start, corpus.children[anew.doc_id, anew.eid][0].start))
            found.append(Words(provision, low, provision.end))
            if provision.kind in kinds:
                break
        return found[::-1]


def _opens(corpus: Corpus, provision: Provision) -> bool:
    """Whether a provision's own words open a list, as `It shall be unlawful:`, with more than its number and title."""
    children = corpus.children[provision.doc_id, provision.eid]
    words = corpus.text[provision.doc_id][provision.start : children[0].start] if children else ""
    return LEFT_OUT.sub("", words).rstrip(' \n”"').endswith(":")


def _conduct(concepts: Sequence[str], meant: set[str]) -> list[str]:
    """The conducts among concepts, and those that what is `meant` amounts to."""
    conduct = [c for c in concepts if c.startswith("conduct.")]
    conduct += [
        name
        for name, concept in vocabulary().items()
        if concept.composed_of and name not in conduct and meant.issuperset(concept.composed_of)
    ]
    # Palermo 3: an act done for the purpose of exploitation is trafficking, whatever the statute calls it.
    families = {c.partition(".")[0] for c in concepts}
    if {"act", "purpose"} <= families and "conduct.trafficking" not in conduct:
        conduct.append("conduct.trafficking")
    return conduct


def _circumstances(corpus: Corpus, sanction: Sanction) -> Iterator[Tag]:
    """Victims and circumstances in a list that a relative sanction opens (`… plus one third, where: a. …; b. …`)."""
    children = corpus.children[sanction.doc_id, sanction.eid]
    if sanction.relative and children and sanction.end <= children[0].start:
        for child in children:
            for tag in corpus.tags_under(child.doc_id, child.eid):
                if tag.label in ("VICTIM", "AGGRAVATION"):
                    yield tag


def applies(in_force: InForce, offence: Offence, day: str) -> str:
    """Whether an offence applied on the day that `in_force` answers for: yes, no or unknown.

    Yes where its conduct and its sanction both did, in the span that the offence is of; no where either did not.
    """
    if offence.valid_from > day or (offence.valid_to and offence.valid_to <= day):
        return "no"
    sanction_doc, _, sanction_eid = offence.penalty_eids[0].partition(" ")
    states = {in_force(sanction_doc, sanction_eid), in_force(offence.doc_id, offence.eid)}
    return "no" if "no" in states else "unknown" if "unknown" in states else "yes"

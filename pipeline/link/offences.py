"""Offence ↔ penalty: conduct and its sanction, though they may stand in different provisions.

A sanction clause either describes the conduct itself, or points to the provision that does (“sebagaimana dimaksud
dalam Pasal 76I”, “any person who violates Section 4(a)”).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from pipeline.corpus import LAWS, Corpus
from pipeline.link.incorporation import by_definition, incorporated
from pipeline.link.relative import Measure
from pipeline.link.sentences import sentence
from pipeline.link.time import InForce
from pipeline.packs import expand, load_pack, vocabulary
from pipeline.records import Citation, Offence, Provision, Sanction, Tag

ELEMENTS = ("ACT", "MEANS", "PURPOSE")
LEAD = 200  # characters before a citation in which a sentence says what it is to the offence
# What somebody may be punished for who neglects a duty; the other conducts near a duty are what the duty is about.
BREACHES = ("conduct.failure_to_report", "conduct.obstruction", "conduct.disclosure_of_identity")


def offences(
    corpus: Corpus,
    doc_id: str,
    sanctions: Sequence[Sanction],
    citations: Mapping[str, list[Citation]],
    measure: Measure,
    in_force: InForce,
    defined: Mapping[tuple[str, str], list[tuple[Tag, Tag]]],
) -> Iterator[Offence]:
    """Offences of one document, in order of their sanctions.

    `citations` holds those of every document, `defined` what `incorporation.definitions` found in all of them.
    """
    if corpus.documents[doc_id].kind not in LAWS:
        return
    for sanction in sanctions:
        if sanction.part not in ("body", "quoted"):
            continue
        for conduct_doc, conduct_eid in conducts(corpus, sanction, citations[doc_id]):
            named: list[tuple[Citation | Tag, Tag]] = [
                *incorporated(corpus, sanction, conduct_doc, conduct_eid, citations[conduct_doc]),
                *by_definition(corpus, conduct_doc, conduct_eid, defined),
            ]
            own = measure(sanction, conduct_doc, conduct_eid)
            yield _offence(corpus, own, conduct_doc, conduct_eid, named, in_force)


def conducts(corpus: Corpus, sanction: Sanction, citations: Sequence[Citation]) -> list[tuple[str, str]]:
    """Provisions that describe what is punished: those that the sanction's sentence names as such, else its own.

    A sentence names them as the offence or the breach (“melanggar ketentuan …”, “violation of Section 4”, “tindak
    pidana sebagaimana dimaksud dalam …”), or they are prohibitions that it punishes. A right, a definition or a
    circumstance that it mentions is not what it punishes, nor is what it sets apart (“not falling within article 246”).
    """
    text = corpus.text[sanction.doc_id]
    pack = load_pack(corpus.documents[sanction.doc_id].jurisdiction)
    breach, prohibition, apart = (_pattern(pack.code, name) for name in ("breach", "prohibition", "set_apart"))
    first, last = sentence(text, sanction.start, sanction.end)
    if first > 1 and _pattern(pack.code, "again").match(text, first):
        first = sentence(text, first - 2, first - 2)[0]  # `In case of subsequent offense, …`
    if not sanction.relative and not _pattern(pack.code, "imposed_upon").match(text, sanction.end):
        last = sanction.start
    # A sentence that says itself what is done names other articles only to measure the sanction (“the same as in 2”).
    describes = any(
        t.label in ("CONDUCT", *ELEMENTS) and first <= t.start < sanction.start
        for t in corpus.tags_at[sanction.doc_id, sanction.eid]
    )
    found: list[tuple[str, str]] = []
    for citation in _followed(corpus, sanction, citations, first, last):
        words = text[first : citation.start][-LEAD:] if first <= citation.start < last else ""
        if apart.search(words):
            continue
        inside = first <= citation.start < last
        after = bool(sanction.relative) and citation.start > sanction.start
        if after and describes:
            continue
        named = not inside or after or bool(breach.search(words))
        law = corpus.law_of(sanction.doc_id, sanction.eid)[0]
        if citation.target_doc not in (law, sanction.doc_id) and not named:
            continue
        for provision in corpus.law_provisions.get((citation.target_doc, citation.target_eid), []):
            if not named and not _forbids(corpus, provision, prohibition):
                continue
            place = (provision.doc_id, provision.eid)
            same_unit = corpus.unit(*place) == corpus.unit(sanction.doc_id, sanction.eid)
            if not same_unit and place not in found:
                found.append(place)
    # Where a named provision was set out by several acts, the one of this document, else the latest, is meant.
    latest: dict[tuple[str, str], tuple[str, str]] = {}
    for doc_id, eid in found:
        key = corpus.law_of(doc_id, eid)
        best = latest.get(key)
        if (
            best is None
            or doc_id == sanction.doc_id
            or (best[0] != sanction.doc_id and _year(corpus, doc_id) > _year(corpus, best[0]))
        ):
            latest[key] = (doc_id, eid)
    return list(latest.values()) or [(sanction.doc_id, sanction.eid)]


@cache
def _pattern(code: str, name: str) -> re.Pattern[str]:
    """A macro of a pack as a pattern; one that matches nothing where the pack has none."""
    macros = load_pack(code).macros
    return re.compile(expand(macros.get(name, "(?!)"), macros), re.IGNORECASE)


def _followed(
    corpus: Corpus, sanction: Sanction, citations: Sequence[Citation], first: int, last: int
) -> Iterator[Citation]:
    """Citations in a sentence; for another paragraph of the same article without a sanction of its own, what it cites.

    (“… denda sebagaimana dimaksud pada ayat (1) ditambah 1/3”, where paragraph (1) names the offences.)
    """
    unit = corpus.unit(sanction.doc_id, sanction.eid)
    for citation in _between(citations, first, last):
        if citation.status != "resolved" or not citation.target_eid:
            continue
        yield citation
        target = corpus.law_provisions.get((citation.target_doc, citation.target_eid), [])
        own = [p for p in target if p.doc_id == sanction.doc_id and corpus.unit(p.doc_id, p.eid) == unit and p != unit]
        for provision in own:
            if not any(t.label == "PENALTY" for t in corpus.tags_under(provision.doc_id, provision.eid)):
                inside = _between(citations, provision.start, provision.end)
                yield from (c for c in inside if c.eid == provision.eid and c.status == "resolved" and c.target_eid)


def _between(citations: Sequence[Citation], start: int, end: int) -> Sequence[Citation]:
    """Citations of a document, which are in order of their start, that begin between two offsets."""
    low, high = (bisect_left(citations, at, key=lambda c: c.start) for at in (start, end))
    return citations[low:high]


def _forbids(corpus: Corpus, provision: Provision, prohibition: re.Pattern[str]) -> bool:
    """Whether a provision, or the words that open the list in which it stands, forbids or commands."""
    if prohibition.search(corpus.words(provision)):
        return True
    for holder in list(corpus.ancestors(provision.doc_id, provision.eid))[1:]:
        children = corpus.children[holder.doc_id, holder.eid]
        if prohibition.search(corpus.text[holder.doc_id][holder.start : children[0].start]):
            return True
        if holder.kind in corpus.unit_kinds(holder.doc_id):
            break
    return False


def _year(corpus: Corpus, doc_id: str) -> str:
    document = corpus.documents[doc_id]
    return document.published or document.signed or str(document.year)


def _offence(
    corpus: Corpus,
    sanction: Sanction,
    doc_id: str,
    eid: str,
    named: list[tuple[Citation | Tag, Tag]],
    in_force: InForce,
) -> Offence:
    own = _context(corpus, doc_id, eid)
    tags = [t for p in own for t in corpus.tags_at[doc_id, p] if t.label not in ("CITATION", "PENALTY")]
    if any(t.label == "DUTY" for t in tags):
        # To neglect the duty to report, block or remove something is not to do it.
        tags = [t for t in tags if t.label not in ("CONDUCT", *ELEMENTS) or t.concept in BREACHES]
        named = []
    if (doc_id, eid) != (sanction.doc_id, sanction.eid):
        tags += [
            t for t in corpus.tags_at[sanction.doc_id, sanction.eid] if t.label in ("VICTIM", "AGGRAVATION", "CONDUCT")
        ]
    own_concepts = {t.concept for t in tags}
    by_reference = [(c, t) for c, t in named if t.concept and t.concept not in own_concepts]
    # What the law defines a word of the offence to mean is as if it said it; what it refers to is said elsewhere.
    meant = own_concepts.union(t.concept for c, t in by_reference if isinstance(c, Tag))
    tags += [t for _, t in by_reference]
    concepts = list(dict.fromkeys(t.concept for t in tags if t.concept))
    elements = [c for c in concepts if c.split(".")[0].upper() in ELEMENTS]
    conduct = [c for c in concepts if c.startswith("conduct.")]
    conduct += [
        name
        for name, concept in vocabulary().items()
        if concept.composed_of and name not in conduct and meant.issuperset(concept.composed_of)
    ]
    acts = [c for c in elements if c.startswith("act.")]
    purposes = [c for c in elements if c.startswith("purpose.")]
    if acts and purposes and "conduct.trafficking" not in conduct:
        # Palermo 3: an act done for the purpose of exploitation is trafficking, whatever the statute calls it.
        conduct.append("conduct.trafficking")
    version = in_force.version(sanction.doc_id, sanction.eid)
    conduct_version = in_force.version(doc_id, eid)
    starts = [v.valid_from for v in (version, conduct_version) if v and v.valid_from]
    ends = [v.valid_to for v in (version, conduct_version) if v and v.valid_to]
    return Offence(
        doc_id=doc_id,
        eid=eid,
        conduct=conduct,
        victim="child" if "victim.child" in concepts else "any",
        elements=elements,
        inherited=list({t.concept: f"{t.concept} by {c.evidence_id}" for c, t in reversed(by_reference)}.values())[
            ::-1
        ],
        penalty_eids=[f"{sanction.doc_id} {sanction.eid}"],
        prison_min_months=sanction.prison_min_months,
        prison_max_months=sanction.prison_max_months,
        life=sanction.life,
        death=sanction.death,
        fine_min=sanction.fine_min,
        fine_max=sanction.fine_max,
        fine_category_min=sanction.fine_category_min,
        fine_category_max=sanction.fine_category_max,
        currency=sanction.currency,
        conjunction=sanction.conjunction,
        subject=sanction.subject,
        aggravations=[c for c in concepts if c.startswith("aggravation.")]
        + ([sanction.relative] if sanction.relative else []),
        valid_from=max(starts) if starts else "",
        valid_to=min(ends) if ends else "",
        in_force=applies(in_force, (sanction.doc_id, sanction.eid), (doc_id, eid)),
        evidence_ids=[
            sanction.evidence_id,
            *dict.fromkeys(t.evidence_id for t in tags if t.concept),
            *dict.fromkeys(c.evidence_id for c, _ in by_reference),
        ],
        computed_from=sanction.computed_from,
    )


def applies(in_force: InForce, *places: tuple[str, str]) -> str:
    """Whether an offence applied: yes where its conduct and its sanction both did, no where either did not."""
    states = {in_force(*place) for place in places}
    return "no" if "no" in states else "unknown" if "unknown" in states else "yes"


def _context(corpus: Corpus, doc_id: str, eid: str) -> list[str]:
    """The provision, what is below it, and the opening words above it (`It shall be unlawful for any person to:`)."""
    below = [p.eid for p in corpus.descendants(doc_id, eid)]
    kinds = corpus.unit_kinds(doc_id)
    above = []
    for provision in list(corpus.ancestors(doc_id, eid))[1:]:
        above.append(provision.eid)
        if provision.kind in kinds:
            break
    return [*above, *below] if corpus.by_eid[doc_id, eid].kind not in kinds else below

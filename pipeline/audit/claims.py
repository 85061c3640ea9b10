"""A paper's statements about law → claims: what it cites, what it asserts, where.

A claim is made of tags of one paragraph; `cited` says which provision it is about. Says nothing about truth; `verdicts`
does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

from pipeline.audit.cited import law_of_instrument, laws_named, laws_of_section, subject
from pipeline.audit.claim import ELEMENTS, THREE, Cited, Claim
from pipeline.audit.paper import paragraph_of, sentence, words_of
from pipeline.corpus import Corpus
from pipeline.link import Links
from pipeline.link.instruments import instrument
from pipeline.records import Sanction, Tag

PENALTY_FIELDS = (
    "prison_min_months",
    "prison_max_months",
    "fine_min",
    "fine_max",
    "fine_category_min",
    "fine_category_max",
)
# Concepts that say what a provision is about; words such as “child” or “force” alone do not.
CONTENT = ("CONDUCT", "PURPOSE", "MEANS", "ACT", "PROTECTION", "DUTY", "RULE", "AGGRAVATION", "DEFINITION")
LIST_OF = 4  # so many elements of one family in a sentence are a list, which can be complete or not
LISTED = 3  # so many laws of one country in one sentence are a list of them


def claims(corpus: Corpus, links: Links, doc_id: str, cited: list[Cited]) -> list[Claim]:
    """All claims of a paper but those of content (`contents` has them); `cited` is what `in_context` gives."""
    sanctions = [s for s in links.sanctions if s.doc_id == doc_id]
    return [
        *_penalties(corpus, doc_id, sanctions, cited),
        *_elements(corpus, doc_id, cited),
        *_relations(corpus, links, doc_id, cited),
        *_gazettes(corpus, doc_id),
        *_statuses(corpus, doc_id, cited),
        *_figures(corpus, doc_id),
    ]


def claim_of_sentence(
    corpus: Corpus, doc_id: str, start: int, end: int, laws: set[str], asserted: dict[str, Any]
) -> Claim:
    """What a sentence between two offsets says of several laws, or of none, to be held against the paper itself."""
    return Claim(
        "consistency",
        doc_id,
        paragraph_of(corpus, doc_id, start),
        start,
        end,
        corpus.page_of(doc_id, start),
        Cited(";".join(sorted(laws)), "", "", "resolved", start, end, ""),
        asserted,
    )


def lists_laws(corpus: Corpus, doc_id: str, start: int, end: int, laws: set[str]) -> bool:
    """Whether a sentence that names `laws` says that several laws of one country apply; not who decided by them."""
    text, say = corpus.text[doc_id], words_of(corpus, doc_id).sayings
    countries = {corpus.documents[law].jurisdiction for law in laws}
    serves = say.serves.re.search(text, start, end) and not say.decides.re.search(text, start, end)
    return len(laws) >= LISTED and len(countries) == 1 and bool(serves)


def _penalties(corpus: Corpus, doc_id: str, sanctions: list[Sanction], cited: list[Cited]) -> Iterator[Claim]:
    mentions = laws_named(corpus, doc_id)
    for sanction in sanctions:
        asserted = {
            name: getattr(sanction, name) for name in PENALTY_FIELDS if getattr(sanction, name) not in (None, "")
        }
        if asserted.get("fine_min") is not None and asserted.get("fine_min") == asserted.get("fine_max"):
            # “a fine of …” is what can be imposed at most; “at least” would have said otherwise.
            del asserted["fine_min"]
        for name in ("life", "death"):
            if getattr(sanction, name):
                asserted[name] = True
        if sanction.conjunction != "none":
            asserted["conjunction"] = sanction.conjunction
        if sanction.relative:
            # “plus one third” asserts a measure; the figures computed from it are ours, not the paper's.
            asserted = {"relative": sanction.relative}
            start, end = sentence(corpus, doc_id, sanction.start)
            same_as = words_of(corpus, doc_id).sayings.same_as.re
            if base := [
                c for c in cited if start <= c.start < end and same_as.search(corpus.text[doc_id][start : c.start])
            ]:
                asserted["refers_to"] = [c.eid for c in base]
        if not asserted:
            continue
        about = subject(corpus, doc_id, sanction, cited, mentions)
        imposed = _imposed(corpus, doc_id, sanction)
        yield Claim(
            "decision" if imposed else "penalty",
            doc_id,
            sanction.eid,
            sanction.start,
            sanction.end,
            sanction.page,
            about,
            asserted,
            sanction,
            evidence_ids=(sanction.evidence_id,),
        )


def _imposed(corpus: Corpus, doc_id: str, sanction: Sanction) -> bool:
    """Whether a sanction is what a court imposed in a case: one term, no range."""
    start, end = sentence(corpus, doc_id, sanction.start)
    text, say = corpus.text[doc_id], words_of(corpus, doc_id).sayings
    one_term = sanction.prison_min_months == sanction.prison_max_months
    return one_term and bool(say.court.re.search(text, start, end) and say.sentenced.re.search(text, start, end))


def _said(corpus: Corpus, doc_id: str) -> list[Tag]:
    """Tags of what the paper says, without the words of titles and names of laws."""
    names = [(t.start, t.end) for t in corpus.tags[doc_id] if t.label == "TITLE" or _names_instrument(t)]
    return [
        t
        for t in corpus.tags[doc_id]
        if t.label in CONTENT and t.concept and not any(low <= t.start < high for low, high in names)
    ]


def _names_instrument(tag: Tag) -> bool:
    return tag.label == "CITATION" and tag.value.get("level") == "instrument"


def _elements(corpus: Corpus, doc_id: str, cited: list[Cited]) -> Iterator[Claim]:
    """Lists of acts, means or purposes that a sentence gives as those of a provision, or of a law."""
    mentions = laws_named(corpus, doc_id)
    say = words_of(corpus, doc_id).sayings
    forbidden, practice = say.strong.re, say.practice.re
    threes = [t for t in corpus.tags[doc_id] if t.concept == THREE]
    listed: dict[tuple[int, str], list[Tag]] = {}
    for tag in _said(corpus, doc_id):
        if tag.label in ELEMENTS:
            listed.setdefault((sentence(corpus, doc_id, tag.start)[0], tag.label), []).append(tag)
    for (_, family), tags in listed.items():
        concepts = tuple(dict.fromkeys(t.concept for t in tags))
        if len(concepts) < LIST_OF:
            continue
        low, high = sentence(corpus, doc_id, tags[0].start)
        if family == "PURPOSE" and forbidden.search(corpus.text[doc_id], low, tags[0].start):
            continue  # said to be forbidden, not to be what something aims at: a claim of content
        about = subject(corpus, doc_id, tags[0], cited, mentions)
        # What is said of no law of its own sentence may be said of any law that the section names.
        own = any(low <= offset < high for offset, _ in mentions) or any(low <= c.start < high for c in cited)
        loose = () if own else tuple(laws_of_section(corpus, doc_id, tags[0], mentions))
        if not own and practice.search(corpus.text[doc_id], low, tags[-1].start):
            # What people do as a rule is said of no law.
            about, loose = Cited("", "", "", "outside_corpus", tags[0].start, tags[0].end, ""), ()
        # Behind `three elements decide`, a list of one of them is of what decides, by whatever law.
        named = [t.concept for t in threes if t.eid == tags[0].eid and t.start < tags[0].start]
        every = [*named, *(t.concept for t in _said(corpus, doc_id) if low <= t.start < high)]
        yield Claim(
            "elements",
            doc_id,
            tags[0].eid,
            tags[0].start,
            tags[-1].end,
            tags[0].page,
            about,
            {family.lower(): list(concepts)},
            concepts=tuple(dict.fromkeys(every)),
            beside=loose,
            evidence_ids=tuple(t.evidence_id for t in tags),
        )


def _relations(corpus: Corpus, links: Links, doc_id: str, cited: list[Cited]) -> Iterator[Claim]:
    """`Article 88 … the rules in Article 76I`: one provision said to be about another of the same law."""
    text, say = corpus.text[doc_id], words_of(corpus, doc_id).sayings
    joins, also = say.joins.re, say.also.re
    for first, second in pairwise(sorted(cited, key=lambda c: c.start)):
        between = text[first.end : second.start]
        if not first.law or first.law != second.law or not first.eid or not second.eid or "\n" in between:
            continue
        same = sentence(corpus, doc_id, first.start) == sentence(corpus, doc_id, second.start)
        if same and also.search(between) and (pair := _linked(corpus, links, first, second)):
            yield _relation(corpus, doc_id, *pair)
        if same and joins.search(between) and first.eid != second.eid:
            yield _relation(corpus, doc_id, first, second)
        # `Whoever violates Article 4 faces …, according to Article 10`
        before = text[sentence(corpus, doc_id, first.start)[0] : first.start]
        if same and say.source.re.search(between) and say.refers.re.search(before) and first.eid != second.eid:
            yield _relation(corpus, doc_id, second, first)


def _relation(corpus: Corpus, doc_id: str, first: Cited, second: Cited) -> Claim:
    return Claim(
        "relation",
        doc_id,
        paragraph_of(corpus, doc_id, first.start),
        min(first.start, second.start),
        max(first.end, second.end),
        corpus.page_of(doc_id, first.start),
        first,
        {"refers_to": second.eid},
        evidence_ids=(first.evidence_id, second.evidence_id),
    )


def _linked(corpus: Corpus, links: Links, first: Cited, second: Cited) -> tuple[Cited, Cited] | None:
    """Two provisions of a law of which the first refers to the second, in this order; None where neither does."""
    for one, two in ((first, second), (second, first)):
        for c in links.citations:
            if c.target_eid and law_of_instrument(corpus, c.target_doc) == one.law:
                law, eid = corpus.law_of(c.doc_id, c.eid)
                about = two.eid == c.target_eid or two.eid.startswith(c.target_eid + "__")
                if law == one.law and about and (eid == one.eid or eid.startswith(one.eid + "__")):
                    return one, two
    return None


def _gazettes(corpus: Corpus, doc_id: str) -> Iterator[Claim]:
    """Where a list of laws says an instrument was published."""
    for tag in corpus.tags[doc_id]:
        if tag.label != "GAZETTE":
            continue
        line = corpus.text[doc_id].rfind("\n", 0, tag.start) + 1
        named = [t for t in corpus.tags[doc_id] if _names_instrument(t) and line <= t.start < tag.start]
        if named and named[0].value.get("number"):
            target = instrument(corpus, doc_id, named[0])
            state = "resolved" if target else "outside_corpus"
            yield Claim(
                "gazette",
                doc_id,
                tag.eid,
                named[0].start,
                tag.end,
                tag.page,
                Cited(target, "", named[0].text, state, named[0].start, named[0].end, named[0].evidence_id),
                {k: str(tag.value[k]) for k in ("year", "number", "supplement") if tag.value.get(k)},
                tag=tag,
                evidence_ids=(named[0].evidence_id, tag.evidence_id),
            )


def _statuses(corpus: Corpus, doc_id: str, provisions: list[Cited]) -> Iterator[Claim]:
    """That a law applies, or will; or, where the words before say so, the provision named last."""
    say = words_of(corpus, doc_id).sayings
    for tag in corpus.tags[doc_id]:
        if tag.label != "STATUS":
            continue
        start, _ = sentence(corpus, doc_id, tag.start)
        named = [
            t
            for t in corpus.tags[doc_id]
            if t.label == "CITATION" and t.value.get("level") == "instrument" and start <= t.start < tag.start
        ]
        if not named:
            continue
        target = instrument(corpus, doc_id, named[-1])
        cited = Cited(
            target,
            "",
            named[-1].text,
            "resolved" if target else "outside_corpus",
            named[-1].start,
            named[-1].end,
            named[-1].evidence_id,
        )
        if say.a_provision.re.search(corpus.text[doc_id][start : tag.start]):
            cited = next((c for c in reversed(provisions) if start <= c.start < tag.start and c.eid), cited)
        yield Claim(
            "status",
            doc_id,
            tag.eid,
            named[-1].start,
            tag.end,
            tag.page,
            cited,
            _status_words(corpus, doc_id, tag),
            tag=tag,
            evidence_ids=(named[-1].evidence_id, tag.evidence_id),
        )


def _status_words(corpus: Corpus, doc_id: str, tag: Tag) -> dict[str, str]:
    """What a paper says of a law's status: in force, or not before the year after it was written."""
    document = corpus.documents[doc_id]
    if tag.value["status"] != "next_year":
        return {"status": str(tag.value["status"])}
    written = document.published or document.signed or str(document.year)
    return {"status": "not_yet_in_force", "in_force_year": str(int(written[:4]) + 1)}


def with_status(corpus: Corpus, found: list[Claim]) -> list[Claim]:
    """Claims about provisions, with the status that their paragraph gives to the law in which they stand."""
    said: dict[tuple[str, str], dict[str, Any]] = {}
    for claim in found:
        if claim.kind == "status" and claim.cited and claim.cited.law:
            said[claim.eid, claim.cited.law] = claim.asserted
    kept = []
    for claim in found:
        law = claim.cited.law if claim.cited and claim.cited.eid else ""
        status = said.get((claim.eid, law), {}) if claim.kind in ("content", "penalty") else {}
        kept.append(replace(claim, asserted={**claim.asserted, **status}) if status else claim)
    return kept


def _figures(corpus: Corpus, doc_id: str) -> Iterator[Claim]:
    seen: set[str] = set()
    for tag in corpus.tags[doc_id]:
        if tag.label not in ("FIGURE", "DECISION"):
            continue
        if tag.label == "DECISION":
            if tag.text in seen:
                continue
            seen.add(tag.text)
        yield Claim(
            tag.label.lower(),
            doc_id,
            tag.eid,
            tag.start,
            tag.end,
            tag.page,
            None,
            {tag.label.lower(): tag.text},
            tag=tag,
            evidence_ids=(tag.evidence_id,),
        )

"""Citations of one document: what the gold says its provisions cite × what `link` made of them.

Reads   nothing; it is given the corpus, the links and the gold facts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pipeline import link
from pipeline.corpus import Corpus
from pipeline.evaluate.places import Compared, Fact, Places, Span
from pipeline.records import Citation


def citations(
    corpus: Corpus, links: link.Links, doc_id: str, gold: list[dict[str, Any]], place: Places
) -> Iterator[Compared]:
    """Three figures: the targets that a text names; those resolved to a provision; instruments outside the corpus."""
    document = corpus.documents[doc_id]
    own = {doc_id, *document.amends}
    covered = {place.gold(c) for c in gold}
    wanted: set[Fact] = set()
    outside: set[Fact] = set()
    for c in gold:
        for target in c["cites"] or []:
            fact = _target(corpus, doc_id, place.gold(c), str(target), str(c.get("law") or ""))
            if fact and fact[1] not in own:
                wanted.add(fact)
            elif str(target).startswith("?") and (key := instrument_key(str(target)[1:])):
                outside.add((place.gold(c), key))
    # Known by a number only where the text gives it (not `the Data Privacy Act of 2012`).
    outside = {(at, key) for at, key in outside if re.search(rf"\b{key.split()[0]}\b", place.words(at))}
    found: set[Fact] = set()
    resolved: set[Fact] = set()
    unheld: set[Fact] = set()
    spans: dict[Fact, set[Span]] = {}
    for found_one in links.citations:
        at = place.name(found_one.eid) if found_one.doc_id == doc_id else ""
        if at not in covered:
            continue
        span = (found_one.start, found_one.end)
        if found_one.status == "outside_corpus":
            # An instrument is counted once in a provision, with whatever of its articles is cited.
            if key := instrument_key(found_one.instrument):
                unheld.add((at, key))
                spans.setdefault((at, key), set()).add(_named(found_one))
            continue
        fact = (at, f"{found_one.target_doc} {found_one.target_eid}".strip())
        if found_one.status == "dangling":
            # The text that was read has no such article; what is cited is still what it says.
            cited = found_one.target_as_cited.split()
            fact = next((f for f in wanted if f[0] == at and _numbers(f[1]) == (found_one.target_doc, cited)), fact)
        if not found_one.target_doc or found_one.target_eid.startswith("preamble"):
            continue
        # A text's mention of itself, or of the act that it carries out (“the Act”), is no reference to follow.
        itself = {*own, document.implements} if fact not in wanted else own
        if " " not in fact[1] and found_one.target_doc in itself:
            continue
        found.add(fact)
        spans.setdefault(shallow(corpus, fact), set()).add(span)
        if found_one.status in ("resolved", "omitted"):
            resolved.add(fact)

    def named(facts: set[Fact]) -> list[Fact]:
        return sorted({shallow(corpus, f) for f in facts})

    yield Compared("citations", named(wanted), named(found), spans)
    deep, reached = ({f for f in facts if " " in f[1]} for facts in (wanted, resolved))
    yield Compared("citations_resolved", named(deep), named(reached))
    yield Compared("citations_outside", sorted(outside), sorted(unheld & outside), spans)


def _named(citation: Citation) -> Span:
    """Where the instrument stands that a citation names, if it stands there in one piece; else the whole."""
    at = citation.text.find(citation.instrument)
    start = citation.start + at
    return (start, start + len(citation.instrument)) if at >= 0 else (citation.start, citation.end)


def _numbers(target: str) -> tuple[str, list[str]]:
    """(law, numbers) of a gold target: `id-kuhp art_407__para_1` → id-kuhp, 407 1."""
    law, _, eid = target.partition(" ")
    return law, [part.rpartition("_")[2] for part in eid.split("__") if part]


def shallow(corpus: Corpus, fact: Fact) -> Fact:
    """A fact with its target cut to what can be named: a second paragraph without a number is its article."""
    eid, target = fact
    law, _, provision = target.partition(" ")
    unit, _, rest = provision.partition("__")
    there = corpus.law_provisions.get((law, unit), [])
    if rest and there and not any(corpus.children[p.doc_id, p.eid] for p in there):
        provision = unit
    return eid, f"{law} {provision}".strip()


def instrument_key(words: str) -> str:
    """The numbers by which an instrument is known (`UU 73/1958` → 73 1958), its articles' left out; '' if none."""
    numbers = re.findall(r"\d+", re.sub(r"\b(?:art|sec|para|point)[_ ]\w+", "", words))
    return " ".join(numbers[:2])


def _target(corpus: Corpus, doc_id: str, place: str, target: str, law: str) -> Fact | None:
    """A gold target as (citing place, `doc eid`); None for what is outside the corpus."""
    if target.startswith("?"):
        return None
    first, _, rest = target.partition(" ")
    if rest and first in corpus.documents[doc_id].amends:
        return place, target.strip()  # of the law that is amended, also where it is not in the corpus
    if first in corpus.documents or ("-" in first and first.split("_")[0] == first):
        return (place, target.strip()) if first in corpus.documents else None
    document = corpus.documents[doc_id]
    amending = document.kind == "amending-act" and document.amends
    if not law and amending and not rest and first not in ("art_I", "art_II"):
        law = document.amends[0]
    return place, f"{law or doc_id} {first}"

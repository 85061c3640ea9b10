"""Gold facts of one document × what the run found there, label by label.

Reads   nothing; it is given the corpus, the links and the facts of a gold file.
What was found counts only in provisions that the gold covers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from pipeline import link
from pipeline.corpus import Corpus
from pipeline.evaluate.citations import citations, instrument_key
from pipeline.evaluate.places import Compared, Fact, Places, Span
from pipeline.evaluate.sanctions import imposing, relative, sanctions

ELEMENTS = ("ACT", "MEANS", "PURPOSE")
OPERATIONS = ("amend", "insert", "delete", "repeal", "commence")


def compared(
    corpus: Corpus, links: link.Links, doc_id: str, facts: dict[str, Any], place: Places
) -> Iterator[Compared]:
    """Each label of which the gold file has facts about provisions that were read."""
    cited = [c for c in _cited(facts) if place.gold(c) in place.of]
    if cited:
        yield from citations(corpus, links, doc_id, cited, place)
    if facts.get("sanctions"):
        yield from sanctions(corpus, links, doc_id, facts["sanctions"], place)
    elements = [e for e in facts.get("elements") or [] if place.gold(e) in place.of and _named(e)]
    if elements:
        yield _elements(corpus, doc_id, elements, place)
    # A law outside the corpus is known by its kind and number (`? UU 4/1976`); what has neither cannot be compared.
    named = {id(o): _outside(corpus, doc_id, str(o.get("target") or "?")) for o in facts.get("operations") or []}
    operations = [
        {**o, "target": named[id(o)]}
        for o in facts.get("operations") or []
        if o["op"] == "commence" or (o["op"] in OPERATIONS and named[id(o)])
    ]
    if operations:
        found = [
            (o.op, f"{o.target_doc} {o.target_eid}".strip())
            for o in links.operations
            if o.doc_id == doc_id and o.op in OPERATIONS
        ]
        wanted = {
            ("commence", doc_id) if o["op"] == "commence" else (str(o["op"]), str(o["target"])) for o in operations
        }
        yield Compared("operations", sorted(wanted), sorted(set(found)))


def _outside(corpus: Corpus, doc_id: str, target: str) -> str:
    """A gold target with its document: `? UU 4/1976 art_2` → `id-uu-4-1976 art_2`; '' for what has no number."""
    if not target.startswith("?"):
        return target
    called = re.fullmatch(r"\? (UU|Act|RA) (\d+)(?:/(\d{4}))?((?: \w+)?)", target)
    if not called:
        return ""
    year = f"-{called[3]}" if called[3] else ""
    return f"{corpus.documents[doc_id].jurisdiction}-{called[1].lower()}-{called[2]}{year}{called[4]}"


def _elements(corpus: Corpus, doc_id: str, gold: list[dict[str, Any]], place: Places) -> Compared:
    wanted = {(place.gold(e), str(e["concept"])) for e in gold}
    covered = {at for at, _ in wanted}
    spans: dict[Fact, set[Span]] = {}
    for t in corpus.tags[doc_id]:
        at = place.name(t.eid)
        # Of an elucidation, what the gold names of it.
        if t.label in ELEMENTS and at in covered and (t.part in ("body", "quoted") or "elucidation" in at):
            spans.setdefault((at, t.concept), set()).add((t.start, t.end))
    return Compared("elements", sorted(wanted), sorted(spans), spans)


def of_reading(facts: dict[str, Any]) -> dict[str, Counter[Fact]]:
    """The facts of one gold file by label, for a comparison of two readings: no run is asked.

    What a reading took over when the two were settled (`settled: true`) is none of its own facts.

    Provisions and targets are named with their law wherever it is not the document's own; a target without one is of
    the law in whose provision it is cited.
    """

    def at(fact: dict[str, Any]) -> str:
        law = str(fact.get("law") or "")
        return f"{law} {fact['eid']}".strip()

    def target(fact: dict[str, Any], said: str) -> str:
        law = str(fact.get("law") or "")
        if said.startswith("?"):
            return instrument_key(said[1:]) or said
        named = " " in said or "-" in said.partition("_")[0]  # `id-kuhp art_2`, or the whole of `id-kuhp`
        return f"{law} {said}" if law and not named else said

    def there(facts_: list[Fact], rows: list[dict[str, Any]]) -> Counter[Fact]:
        laws = {str(r["eid"]): at(r) for r in rows}
        return Counter((laws[f[0]], *f[1:]) for f in facts_)

    keys = ("citations", "citations_relative", "sanctions", "elements")
    facts = {key: [r for r in facts.get(key) or [] if not r.get("settled")] for key in keys}
    imposed = facts["sanctions"]
    return {
        "citations": Counter({(at(c), target(c, str(t))) for c in _cited(facts) for t in c["cites"] or []}),
        "sanctions": there(imposing(imposed), imposed),
        "sanctions_relative": there(relative(imposed), imposed),
        "elements": Counter({(at(e), str(e["concept"])) for e in facts["elements"] if _named(e)}),
    }


def _cited(facts: dict[str, Any]) -> list[dict[str, Any]]:
    return [*(facts.get("citations") or []), *(facts.get("citations_relative") or [])]


def _named(element: dict[str, Any]) -> bool:
    """Whether the vocabulary has the concept of an element (`other.…` says that it has not)."""
    return not str(element["concept"]).startswith("other.")

"""Stage 9: what the pipeline found against gold facts → accuracy figures.

Reads   tests/gold/*.yaml (facts from the texts, not the rules), raw/*/digests (what extraction should have
        found), processed/1-text … 4-links.
Writes  reports/metrics.json (declared to DVC), reports/evaluation.csv (every disagreement, to be read).
Gold is never made from what the rules found. Precision is counted only over provisions that the gold covers.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz.distance import Levenshtein

from pipeline import link, records
from pipeline.corpus import Corpus
from pipeline.digests import expected_text, read_digest
from pipeline.records import Column, TableSchema

SCHEMA = TableSchema(
    "evaluation",
    "Disagreements with the gold facts",
    (
        Column("label", "string", "citations, sanctions, elements, operations"),
        Column("doc_id", "string", "document"),
        Column("eid", "string", "provision"),
        Column("kind", "string", "missed (gold only) or extra (found only)"),
        Column("fact", "string", "the fact"),
    ),
)
Fact = tuple[str, ...]


@dataclass
class Score:
    """Counts of one label in one language."""

    found: int = 0
    gold: int = 0
    both: int = 0

    def figures(self) -> dict[str, float | int]:
        """Precision, recall and F1, four decimals; None-free (0 where nothing was there to count)."""
        precision = self.both / self.found if self.found else 0.0
        recall = self.both / self.gold if self.gold else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return {"gold": self.gold, "precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def run(raw: Path, processed: Path, gold: Path, reports: Path) -> None:
    """Score the last run against the gold facts in `gold`."""
    corpus = Corpus(processed / "1-text", processed / "2-provisions", processed / "3-tags")
    links = link.load(processed / "4-links")
    scores: dict[str, dict[str, Score]] = defaultdict(lambda: defaultdict(Score))
    rows: list[dict[str, Any]] = []
    for file in sorted(gold.glob("*.yaml")):
        facts = yaml.safe_load(file.read_text(encoding="utf-8"))
        doc_id = str(facts["doc_id"])
        if doc_id not in corpus.documents or "claims" in facts:
            continue
        language = corpus.documents[doc_id].language
        for label, wanted, found in _compared(corpus, links, doc_id, facts):
            score = scores[label][language]
            both = wanted & found
            score.found += sum(found.values())
            score.gold += sum(wanted.values())
            score.both += sum(both.values())
            for kind, rest in (("missed", wanted - found), ("extra", found - wanted)):
                for fact in sorted(rest.elements()):
                    rows.append(
                        {"label": label, "doc_id": doc_id, "eid": fact[0], "kind": kind, "fact": " ".join(fact[1:])}
                    )
    errors = character_errors(corpus, raw)
    metrics: dict[str, Any] = {
        label: {language: score.figures() for language, score in sorted(by.items())}
        for label, by in sorted(scores.items())
    }
    total = sum(n for _, n in errors.values())
    metrics["extraction"] = {
        "documents": len(errors),
        "character_error_rate": round(sum(e for e, _ in errors.values()) / total, 6) if total else None,
        "worst_document": max((round(e / n, 6) for e, n in errors.values() if n), default=None),
    }
    reports.mkdir(exist_ok=True)
    (reports / "metrics.json").write_text(json.dumps(metrics, indent=2) + "\n", encoding="utf-8")
    records.write_csv(reports / "evaluation.csv", SCHEMA, rows)


def character_errors(corpus: Corpus, raw: Path) -> dict[str, tuple[int, int]]:
    """doc_id → (edit distance, length) of extracted digests against their Markdown, white space folded."""
    found = {}
    for document in corpus.documents.values():
        source = raw / document.jurisdiction / "digests" / f"{document.doc_id}.md"
        if document.edition != "digest" or not source.is_file():
            continue
        quote_marks = document.kind == "amending-act" and document.file.endswith(".html")
        wanted = " ".join(expected_text(read_digest(source), quote_marks).split())
        read = " ".join(corpus.text[document.doc_id].split())
        found[document.doc_id] = (Levenshtein.distance(wanted, read), len(wanted))
    return found


def _compared(
    corpus: Corpus, links: link.Links, doc_id: str, facts: dict[str, Any]
) -> Iterator[tuple[str, Counter[Fact], Counter[Fact]]]:
    """(label, gold facts, found facts) with the found ones limited to provisions that the gold covers."""
    place = _Places(corpus, doc_id)
    present, name = place.present, place.name

    citations = [
        c
        for c in [*(facts.get("citations") or []), *(facts.get("citations_relative") or [])]
        if place.gold(c) in present
    ]
    if citations:
        yield from _citations(corpus, links, doc_id, citations, place)
    sanctions = [s for s in facts.get("sanctions") or [] if place.gold(s) in present and _absolute(s)]
    if sanctions:
        covered = {place.gold(s) for s in facts["sanctions"]}
        yield (
            "sanctions",
            Counter(_gold_sanction(place.gold(s), s) for s in sanctions),
            Counter(
                _found_sanction(name(s.eid), s)
                for s in links.sanctions
                if s.doc_id == doc_id and name(s.eid) in covered and not s.relative and s.part in ("body", "quoted")
            ),
        )
    elements = [
        e
        for e in facts.get("elements") or []
        if place.gold(e) in present and not str(e["concept"]).startswith("other.")
    ]
    if elements:
        covered = {place.gold(e) for e in elements}
        yield (
            "elements",
            Counter({(place.gold(e), str(e["concept"])) for e in elements}),
            Counter(
                {
                    (name(t.eid), t.concept)
                    for t in corpus.tags[doc_id]
                    if t.label in ("ACT", "MEANS", "PURPOSE")
                    and name(t.eid) in covered
                    and t.part in ("body", "quoted")
                }
            ),
        )
    operations = [
        o
        for o in facts.get("operations") or []
        # What an act does to laws outside the corpus has no provision to be compared with.
        if o["op"] == "commence"
        or (o["op"] in ("amend", "insert", "delete", "repeal") and str(o.get("target") or "?")[0] != "?")
    ]
    if operations:
        wanted_ops: Counter[Fact] = Counter({_gold_operation(doc_id, o) for o in operations})
        found_ops: Counter[Fact] = Counter(
            {
                (o.op, f"{o.target_doc} {o.target_eid}".strip())
                for o in links.operations
                if o.doc_id == doc_id and o.op in ("amend", "insert", "delete", "repeal", "commence")
            }
        )
        yield "operations", wanted_ops, found_ops


class _Places:
    """How gold files name the provisions of a document: by eid, for quoted ones behind the law that is amended."""

    def __init__(self, corpus: Corpus, doc_id: str) -> None:
        self._corpus, self._doc_id = corpus, doc_id
        self.present = {self.name(p.eid) for p in corpus.provisions[doc_id]}

    def name(self, eid: str) -> str:
        """The name of a provision that was found; all of a preamble is one place."""
        if eid.startswith("preamble"):
            return "preamble"
        law, in_law = self._corpus.law_of(self._doc_id, eid)
        return in_law if law == self._doc_id else f"{law} {in_law}"

    def words(self, place: str) -> str:
        """The words of all provisions of that name."""
        found = [p for p in self._corpus.provisions[self._doc_id] if self.name(p.eid) == place]
        return "\n".join(self._corpus.words(p) for p in found)

    def gold(self, fact: dict[str, Any]) -> str:
        """The name of a provision in a gold fact (`law` is given for provisions that are quoted)."""
        eid = str(fact["eid"])
        law = str(fact.get("law") or self._doc_id)
        return eid if law == self._doc_id else f"{law} {eid}"


def _citations(
    corpus: Corpus, links: link.Links, doc_id: str, gold: list[dict[str, Any]], place: _Places
) -> Iterator[tuple[str, Counter[Fact], Counter[Fact]]]:
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
            elif str(target).startswith("?") and (key := _instrument_key(str(target)[1:])):
                outside.add((place.gold(c), key))
    # Known by a number only where the text gives it (not `the Data Privacy Act of 2012`).
    outside = {(at, key) for at, key in outside if re.search(rf"\b{key.split()[0]}\b", place.words(at))}
    found: set[Fact] = set()
    resolved: set[Fact] = set()
    unheld: set[Fact] = set()
    for found_one in links.citations:
        at = place.name(found_one.eid) if found_one.doc_id == doc_id else ""
        if at not in covered:
            continue
        if found_one.status == "outside_corpus":
            # An instrument is counted once in a provision, with whatever of its articles is cited.
            unheld |= {(at, key) for key in [_instrument_key(found_one.instrument)] if key}
            continue
        fact = (at, f"{found_one.target_doc} {found_one.target_eid}".strip())
        if not found_one.target_doc or found_one.target_eid.startswith("preamble"):
            continue
        # A text's mention of itself, or of the act that it carries out (“the Act”), is no reference to follow.
        itself = {*own, document.implements} if fact not in wanted else own
        if not found_one.target_eid and found_one.target_doc in itself:
            continue
        found.add(fact)
        if found_one.status in ("resolved", "omitted"):
            resolved.add(fact)
    deep = {f for f in wanted if " " in f[1]}
    yield "citations", Counter(_shallow(corpus, wanted)), Counter(_shallow(corpus, found))
    yield (
        "citations_resolved",
        Counter(_shallow(corpus, deep)),
        Counter(_shallow(corpus, {f for f in resolved if " " in f[1]})),
    )
    yield "citations_outside", Counter(outside), Counter({f for f in unheld if f in outside})


def _shallow(corpus: Corpus, facts: set[Fact]) -> set[Fact]:
    """Facts with targets cut to what can be named: a second paragraph without a number is its article."""
    out: set[Fact] = set()
    for eid, target in facts:
        law, _, provision = target.partition(" ")
        unit, _, rest = provision.partition("__")
        there = corpus.law_provisions.get((law, unit), [])
        if rest and there and not any(corpus.children[p.doc_id, p.eid] for p in there):
            provision = unit
        out.add((eid, f"{law} {provision}".strip()))
    return out


def _instrument_key(words: str) -> str:
    """The numbers by which an instrument is known (`UU 73/1958` → 73 1958), its articles' left out; '' if none."""
    numbers = re.findall(r"\d+", re.sub(r"\b(?:art|sec|para|point)[_ ]\w+", "", words))
    return " ".join(numbers[:2])


def _target(corpus: Corpus, doc_id: str, place: str, target: str, law: str) -> Fact | None:
    """A gold target as (citing place, `doc eid`); None for what is outside the corpus."""
    if target.startswith("?"):
        return None
    first, _, rest = target.partition(" ")
    if first in corpus.documents or ("-" in first and first.split("_")[0] == first):
        return (place, target.strip()) if first in corpus.documents else None
    document = corpus.documents[doc_id]
    if not law and document.kind == "amending-act" and not rest and first not in ("art_I", "art_II"):
        law = document.amends[0]
    return place, f"{law or doc_id} {first}"


def _absolute(s: dict[str, Any]) -> bool:
    keys = (
        "prison_min_months",
        "prison_max_months",
        "life",
        "death",
        "fine_min",
        "fine_max",
        "fine_category_max",
        "penalty_name",
    )
    return any(s.get(k) not in (None, False, "") for k in keys)


def _gold_sanction(eid: str, s: dict[str, Any]) -> Fact:
    fixed = [s.get(k) for k in ("prison_min_months", "prison_max_months")]
    return _sanction_fact(
        eid,
        fixed[0],
        fixed[1],
        bool(s.get("life")),
        bool(s.get("death")),
        s.get("fine_min"),
        s.get("fine_max"),
        str(s.get("fine_category_min") or ""),
        str(s.get("fine_category_max") or ""),
        str(s.get("conjunction") or "none"),
    )


def _found_sanction(eid: str, s: records.Sanction) -> Fact:
    return _sanction_fact(
        eid,
        s.prison_min_months,
        s.prison_max_months,
        s.life,
        s.death,
        s.fine_min,
        s.fine_max,
        s.fine_category_min,
        s.fine_category_max,
        s.conjunction,
    )


def _sanction_fact(
    eid: str,
    low: Any,
    high: Any,
    life: bool,
    death: bool,
    fine_min: Any,
    fine_max: Any,
    cat_min: str,
    cat_max: str,
    joined: str,
) -> Fact:
    """A sanction as text. Amounts behind a category are the code's, not the clause's: only the category counts."""
    if cat_min or cat_max:
        fine_min = fine_max = None
    words = {
        "prison": f"{low if low is not None else ''}-{high if high is not None else ''}",
        "life": life or "",
        "death": death or "",
        "fine": f"{fine_min if fine_min is not None else ''}-{fine_max if fine_max is not None else ''}",
        "category": f"{cat_min}-{cat_max}",
        "joined": joined,
    }
    return eid, " ".join(f"{k}={v}" for k, v in words.items() if v not in ("", "-"))


def _gold_operation(doc_id: str, o: dict[str, Any]) -> Fact:
    target = str(o.get("target") or "")
    if o["op"] == "commence":
        return "commence", doc_id
    return str(o["op"]), target


def disagreements(rows: Iterable[dict[str, Any]]) -> Counter[tuple[str, str]]:
    """How many of each label and kind."""
    return Counter((r["label"], r["kind"]) for r in rows)

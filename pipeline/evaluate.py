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

from pipeline import link, readings, records
from pipeline.agreement import agreement, within
from pipeline.corpus import Corpus
from pipeline.digests import expected_text, read_digest
from pipeline.records import Column, TableSchema

SCHEMA = TableSchema(
    "evaluation",
    "Disagreements with the gold facts",
    (
        Column("label", "string", "citations, sanctions, elements, operations, claims, indicators"),
        Column("doc_id", "string", "document"),
        Column("eid", "string", "provision"),
        Column("kind", "string", "missed (gold only), extra (found only) or differs (another conclusion)"),
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
        doc_id = str(facts.get("doc_id", ""))  # files about several documents are read by tests of their own
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
    metrics.update(_readings(corpus, processed, gold, rows))
    metrics["agreement"] = two_readings(gold)
    reports.mkdir(exist_ok=True)
    (reports / "metrics.json").write_text(json.dumps(metrics, indent=2) + "\n", encoding="utf-8")
    records.write_csv(reports / "evaluation.csv", SCHEMA, rows)


def two_readings(gold: Path) -> dict[str, dict[str, float | int]]:
    """Agreement of the first reading with the second, on the provisions that `gold`/second/*.yaml say were read."""
    pairs = []
    for file in sorted((gold / "second").glob("*.yaml")):
        second = yaml.safe_load(file.read_text(encoding="utf-8"))
        first = yaml.safe_load((gold / file.name).read_text(encoding="utf-8"))
        pairs.append((within(_facts(first), second["read"]), within(_facts(second), second["read"])))
    return agreement(pairs)


def _facts(facts: dict[str, Any]) -> dict[str, Counter[Fact]]:
    """The facts of one file by label: what is cited, what is imposed, how it changes another penalty, elements."""
    cited = {
        (str(c["eid"]), _instrument_key(str(t)[1:]) or str(t) if str(t).startswith("?") else str(t))
        for c in [*(facts.get("citations") or []), *(facts.get("citations_relative") or [])]
        for t in c["cites"] or []
    }
    imposed = facts.get("sanctions") or []
    marked = {(str(e["eid"]), str(e["concept"])) for e in facts.get("elements") or []}
    return {
        "citations": Counter(cited),
        "sanctions": Counter(_gold_sanction(str(s["eid"]), s) for s in imposed if any(s.get(k) for k in MEASURES)),
        "sanctions_relative": Counter((str(s["eid"]), r) for s in imposed for r in _gold_relative(s)),
        "elements": Counter({f for f in marked if not f[1].startswith("other.")}),
    }


def _readings(corpus: Corpus, processed: Path, gold: Path, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Figures for readings of the paper's claims and of the indicators; their disagreements go to `rows`."""
    laws = {d.doc_id: d.amends[0] for d in corpus.documents.values() if d.kind == "amending-act" and d.amends}
    metrics: dict[str, Any] = {}
    audited = readings.read_table(processed / "7-audit" / "claims.csv")
    statuses = readings.read_table(processed / "6-gaps" / "gaps.csv")
    for file in sorted(gold.glob("*.yaml")):
        facts = yaml.safe_load(file.read_text(encoding="utf-8"))
        if "claims" in facts and facts["doc_id"] in corpus.documents:
            metrics["claims"], differ = readings.claims(facts, audited, laws)
            rows.extend(differ)
        if "indicators" in facts and statuses:
            metrics["indicators"], differ = readings.indicators(facts["indicators"], statuses)
            rows.extend(differ)
    return metrics


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
    if facts.get("sanctions"):
        yield from _sanctions(corpus, links, doc_id, facts["sanctions"], place)
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
                    # Of an elucidation, what the gold names of it.
                    and (t.part in ("body", "quoted") or "elucidation" in name(t.eid))
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
        if eid.startswith("elucidation") and not in_law.startswith("elucidation"):
            in_law = f"elucidation__{in_law}"
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
        if found_one.status == "dangling" and not found_one.target_eid:
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


def _numbers(target: str) -> tuple[str, list[str]]:
    """(law, numbers) of a gold target: `id-kuhp art_407__para_1` → id-kuhp, 407 1."""
    law, _, eid = target.partition(" ")
    return law, [part.rpartition("_")[2] for part in eid.split("__") if part]


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
    if rest and first in corpus.documents[doc_id].amends:
        return place, target.strip()  # of the law that is amended, also where it is not in the corpus
    if first in corpus.documents or ("-" in first and first.split("_")[0] == first):
        return (place, target.strip()) if first in corpus.documents else None
    document = corpus.documents[doc_id]
    if not law and document.kind == "amending-act" and not rest and first not in ("art_I", "art_II"):
        law = document.amends[0]
    return place, f"{law or doc_id} {first}"


MEASURES = (
    "prison_min_months",
    "prison_max_months",
    "prison_max_days",
    "life",
    "death",
    "fine_min",
    "fine_max",
    "fine_category_max",
    "penalty_name",
)


def _sanctions(
    corpus: Corpus, links: link.Links, doc_id: str, gold: list[dict[str, Any]], place: _Places
) -> Iterator[tuple[str, Counter[Fact], Counter[Fact]]]:
    """Three figures: sanctions that say what they impose, those that change another, and offence ↔ penalty links."""
    gold = [s for s in gold if place.gold(s) in place.present]
    covered = {place.gold(s) for s in gold}
    found = [
        s
        for s in links.sanctions
        if s.doc_id == doc_id and s.part in ("body", "quoted") and place.name(s.eid) in covered
    ]
    yield (
        "sanctions",
        Counter(_gold_sanction(place.gold(s), s) for s in gold if any(s.get(k) for k in MEASURES)),
        Counter(_found_sanction(place.name(s.eid), s) for s in found if not s.relative or _says_more(s)),
    )
    yield (
        "sanctions_relative",
        Counter((place.gold(s), r) for s in gold for r in _gold_relative(s)),
        Counter((place.name(s.eid), r) for s in found if s.relative for r in [_found_relative(s.relative)] if r),
    )
    yield "links", *_links(corpus, links, doc_id, gold, place)


def _links(
    corpus: Corpus, links: link.Links, doc_id: str, gold: list[dict[str, Any]], place: _Places
) -> tuple[Counter[Fact], Counter[Fact]]:
    """Offence ↔ penalty: the provisions whose conduct a sanction punishes, its own where it names none.

    A gold target that the edition read leaves out, or outside the corpus, cannot be linked and is not counted.
    """
    relative = {s.evidence_id for s in links.sanctions if s.relative}
    wanted: set[Fact] = set()
    for s in gold:
        # What a relative penalty names is the penalty that it changes, not its conduct.
        if not any(s.get(k) for k in MEASURES) or _gold_relative(s):
            continue
        own = (str(s.get("law") or doc_id), str(s["eid"]))
        named = [str(t) for t in s.get("refers_to") or [] if not str(t).startswith("?")]
        targets = [(t.split(" ")[0], t.split(" ")[1]) if " " in t else (own[0], t) for t in named]
        for target in targets or ([] if s.get("refers_to") else [own]):
            if target in corpus.law_provisions:
                wanted.add((place.gold(s), _from(own, target)))
    places = {at for at, _ in wanted}
    found: set[Fact] = set()
    for o in links.offences:
        for penalty in o.penalty_eids:
            penalty_doc, _, penalty_eid = penalty.partition(" ")
            at = place.name(penalty_eid) if penalty_doc == doc_id else ""
            if at in places and not relative & set(o.evidence_ids):
                found.add((at, _from(corpus.law_of(doc_id, penalty_eid), corpus.law_of(o.doc_id, o.eid))))
    return Counter(wanted), Counter(found)


def _from(here: tuple[str, str], target: tuple[str, str]) -> str:
    """A conduct as seen from its sanction: in the same article, or elsewhere."""
    same = here[0] == target[0] and here[1].split("__")[0] == target[1].split("__")[0]
    return "own" if same else " ".join(target)


def _says_more(s: records.Sanction) -> bool:
    """Whether a relative sanction says more than what it changes (`one degree lower, or a fine of …`)."""
    return "degree" in s.relative and bool(s.fine_min or s.fine_max) and s.conjunction != "none"


def _gold_relative(s: dict[str, Any]) -> list[str]:
    if s.get("degree_change"):
        return [f"degree {s['degree_change']}"]
    if s.get("same_as"):
        return ["same"]
    if s.get("penalty_period") and not s.get("penalty_name"):
        return [f"{s['penalty_period']} period"]
    words = {"plus_fraction": "plus", "minus_fraction": "minus", "fraction": "share", "max_fraction": "share"}
    relative = s.get("relative") or {}
    found = [f"{words[k]} {relative[k]}" for k in words if k in relative]
    return found + ([f"fine x{relative['fine_times']}"] if "fine_times" in relative else [])


def _found_relative(relative: str) -> str:
    steps = re.match(r"(one|two|three) degrees? (higher|lower)", relative)
    if steps:
        return f"degree {('one', 'two', 'three').index(steps[1]) + 1}".replace(
            " ", " -" if steps[2] == "lower" else " "
        )
    return relative


def _gold_sanction(eid: str, s: dict[str, Any]) -> Fact:
    days_only = s.get("prison_max_days") and not s.get("prison_max_months")
    named = [(s.get("penalty_name"), s.get("penalty_period")), (s.get("penalty_name_max"), s.get("penalty_period_max"))]
    return _sanction_fact(
        eid,
        {
            "prison": (s.get("prison_min_months"), 0 if days_only else s.get("prison_max_months")),
            "life": bool(s.get("life")),
            "death": bool(s.get("death")) or s.get("penalty_name_max") == "death",
            "fine": (s.get("fine_min"), s.get("fine_max")),
            "category": (s.get("fine_category_min"), s.get("fine_category_max")),
            "joined": str(s.get("conjunction") or "none"),
            "named": [f"{n}{', ' + p if p else ''}" for n, p in named if n and n != "death"],
        },
    )


def _found_sanction(eid: str, s: records.Sanction) -> Fact:
    named: list[str] = []
    for part in re.split(r" to | or ", s.penalty_name):
        name, _, periods = part.partition(", ")
        said = [w for w in periods.split() if w in ("minimum", "medium", "maximum")]
        named += [f"{name}, {p}" for p in said] or ([name] if name else [])
    by_name = bool(s.penalty_name) and bool(s.computed_from) and not s.penalty_name.startswith("kurungan")
    return _sanction_fact(
        eid,
        {
            "prison": (None, None) if by_name or s.relative else (s.prison_min_months, s.prison_max_months),
            "life": s.life,
            "death": s.death,
            "fine": (s.fine_min, s.fine_max),
            "category": (s.fine_category_min, s.fine_category_max),
            "joined": s.conjunction,
            "named": named if not s.relative else [],
        },
    )


def _sanction_fact(eid: str, values: dict[str, Any]) -> Fact:
    """A sanction as text. Amounts behind a category are the code's, not the clause's: only the category counts.

    Joined are imprisonment and fine; where only one of them is imposed, nothing is.
    """
    if any(values["category"]):
        values["fine"] = (None, None)
    term = any(v is not None for v in values["prison"]) or values["life"] or values["death"] or values["named"]
    fine = any(v is not None for v in values["fine"]) or any(values["category"])
    if not fine or (not term and values["joined"] == "and"):
        values["joined"] = "none"
    words = []
    for key, value in values.items():
        if isinstance(value, tuple):
            text = (
                "-".join("" if v is None else str(v) for v in value).strip()
                if any(v is not None and v != "" for v in value)
                else ""
            )
        else:
            text = " to ".join(value) if isinstance(value, list) else str(value) if value else ""
        words += [f"{key}={text}"] if text else []
    return eid, " ".join(words)


def _gold_operation(doc_id: str, o: dict[str, Any]) -> Fact:
    target = str(o.get("target") or "")
    if o["op"] == "commence":
        return "commence", doc_id
    return str(o["op"]), target


def disagreements(rows: Iterable[dict[str, Any]]) -> Counter[tuple[str, str]]:
    """How many of each label and kind."""
    return Counter((r["label"], r["kind"]) for r in rows)

"""Stage 9: what the pipeline found against gold facts → accuracy figures.

Reads   tests/gold (facts from the texts, not the rules), raw/*/digests (what extraction should have found),
        processed/1-text … 7-audit.
Writes  reports/metrics.json (declared to DVC), reports/evaluation.csv (every disagreement, to be read).
Gold is never made from what the rules found. Precision is counted only over provisions that the gold covers.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz.distance import Levenshtein

from pipeline import link, readings, records
from pipeline.agreement import agreement, within
from pipeline.corpus import Corpus
from pipeline.digests import expected_text, read_digest
from pipeline.evaluate.citations import shallow
from pipeline.evaluate.coverage import coverage
from pipeline.evaluate.facts import compared, of_reading
from pipeline.evaluate.places import Compared, Places
from pipeline.evaluate.scores import Score, Scores
from pipeline.evaluate.spans import Located, located
from pipeline.records import Column, TableSchema

__all__ = ["SCHEMA", "character_errors", "run", "two_readings"]

SCHEMA = TableSchema(
    "evaluation",
    "Disagreements with the gold facts",
    (
        Column("label", "string", "citations, sanctions, elements, operations, claims, indicators"),
        Column("doc_id", "string", "document"),
        Column("eid", "string", "provision"),
        Column(
            "kind",
            "string",
            "missed (gold only), extra (found only), differs (another conclusion), stale (its text has changed since "
            "its span was read) or unread (an article with such words, of which the gold says nothing)",
        ),
        Column("fact", "string", "the fact"),
    ),
)
Row = dict[str, Any]


def run(raw: Path, processed: Path, gold: Path, reports: Path) -> None:
    """Score the last run against the gold facts in `gold`."""
    corpus = Corpus(processed / "1-text", processed / "2-provisions", processed / "3-tags")
    links = link.load(processed / "4-links", corpus)
    scores = Scores()
    rows: list[Row] = []
    read: dict[str, dict[str, Any]] = {}
    for file in sorted(gold.glob("*.yaml")):
        facts = yaml.safe_load(file.read_text(encoding="utf-8"))
        doc_id = str(facts.get("doc_id", ""))  # files about several documents are read by tests of their own
        if doc_id not in corpus.documents or "claims" in facts:
            continue
        read[doc_id] = facts
        document = corpus.documents[doc_id]
        place = Places(corpus, doc_id)
        spans = located(corpus, doc_id, place, gold / "offsets")
        for one in compared(corpus, links, doc_id, facts, place):
            score = scores.of(one.label, document.language, document.edition)
            score.count(one)
            _count_spans(corpus, score, one, spans, rows, doc_id)
            rows += _disagreements(one, doc_id)
    metrics: dict[str, Any] = dict(scores.nested())
    nothing = yaml.safe_load((gold / "coverage.yaml").read_text(encoding="utf-8"))["none"]
    covered = coverage(corpus, read, nothing)
    metrics["coverage"] = {label: one.figures() for label, one in covered.items()}
    rows += [_row(label, doc, (at,), "unread") for label, one in covered.items() for doc, at in one.unread]
    metrics["extraction"] = _extraction(corpus, raw)
    metrics.update(_readings(corpus, processed, gold, rows))
    metrics["agreement"] = two_readings(gold)
    reports.mkdir(exist_ok=True)
    (reports / "metrics.json").write_text(json.dumps(metrics, indent=2) + "\n", encoding="utf-8")
    records.write_csv(reports / "evaluation.csv", SCHEMA, rows)


def _count_spans(corpus: Corpus, score: Score, one: Compared, read: Located, rows: list[Row], doc_id: str) -> None:
    """Spans of the facts of one label, named as `one` names them; those whose text has changed go to `rows`."""
    wanted = set(one.wanted)
    named = {
        (shallow(corpus, fact) if one.label == "citations" else fact): spans
        for fact, spans in read.spans.get(one.label, {}).items()
    }
    score.count_spans({f: spans for f, spans in named.items() if f in wanted}, one.spans)
    stale = [f for f in read.stale.get(one.label, []) if f in wanted]
    score.stale += len(stale)
    rows += [_row(one.label, doc_id, f, "stale") for f in stale]


def _disagreements(one: Compared, doc_id: str) -> list[Row]:
    wanted, found = Counter(one.wanted), Counter(one.found)
    return [
        _row(one.label, doc_id, fact, kind)
        for kind, rest in (("missed", wanted - found), ("extra", found - wanted))
        for fact in sorted(rest.elements())
    ]


def _row(label: str, doc_id: str, fact: tuple[str, ...], kind: str) -> Row:
    return {"label": label, "doc_id": doc_id, "eid": fact[0], "kind": kind, "fact": " ".join(fact[1:])}


def two_readings(gold: Path) -> dict[str, dict[str, float | int]]:
    """Agreement of the first reading with the second, on the provisions that `gold`/second/*.yaml say were read.

    A second reading that names `labels` is one of these only.
    """
    pairs = []
    for file in sorted((gold / "second").glob("*.yaml")):
        second = yaml.safe_load(file.read_text(encoding="utf-8"))
        first = yaml.safe_load((gold / file.name).read_text(encoding="utf-8"))
        both = [within(of_reading(facts), second["read"]) for facts in (first, second)]
        labels = second.get("labels") or list(both[0])
        one, other = ({label: facts[label] for label in labels} for facts in both)
        pairs.append((one, other))
    return agreement(pairs)


def _readings(corpus: Corpus, processed: Path, gold: Path, rows: list[Row]) -> dict[str, Any]:
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


def _extraction(corpus: Corpus, raw: Path) -> dict[str, Any]:
    errors = character_errors(corpus, raw)
    total = sum(n for _, n in errors.values())
    return {
        "documents": len(errors),
        "character_error_rate": round(sum(e for e, _ in errors.values()) / total, 6) if total else None,
        "worst_document": max((round(e / n, 6) for e, n in errors.values() if n), default=None),
    }


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

"""Scores are counted right, by language and edition; gold covers what an article prints; offsets hold or are said to be stale."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import yaml

from pipeline.evaluate.coverage import OPERATION, PENALTY
from pipeline.evaluate.places import Compared
from pipeline.evaluate.scores import REACH, Scores
from pipeline.report.accuracy import COLUMNS, lines, others, reached, scores
from tests.conftest import Run

GOLD = Path("tests/gold")


def test_precision_and_recall_by_language_and_edition() -> None:
    counted = Scores()
    one = Compared("elements", [("a", "x"), ("a", "y"), ("b", "x")], [("a", "x"), ("c", "z")])
    counted.of("elements", "id", "digest").count(one)
    counted.of("elements", "id", "official").count(Compared("elements", [("a", "x")], [("a", "x")]))
    found = counted.nested()["elements"]["id"]
    assert found["digest"] == {"gold": 3, "precision": 0.5, "recall": 0.3333, "f1": 0.4, "reach": REACH["elements"]}
    assert found["official"]["f1"] == 1.0
    assert [reached(f) for _, _, _, f in scores({"elements": {"id": found}})] == [False, True]


def test_a_fact_that_stands_twice_is_counted_twice() -> None:
    counted = Scores()
    counted.of("sanctions", "en", "digest").count(Compared("sanctions", [("a", "x")] * 2, [("a", "x")]))
    figures = counted.nested()["sanctions"]["en"]["digest"]
    assert (figures["precision"], figures["recall"]) == (1.0, 0.5)


def test_spans_are_the_same_or_overlap() -> None:
    counted = Scores()
    fact = ("a", "x")
    counted.of("elements", "en", "digest").count_spans(
        {fact: {(0, 5), (10, 15), (20, 25)}}, {fact: {(0, 5), (9, 15), (40, 45)}, ("b", "y"): {(0, 1)}}
    )
    figures = counted.nested()["elements"]["en"]["digest"]
    assert figures["spans"] == 3
    assert (figures["span_exact"], figures["span_overlap"]) == (0.3333, 0.6667)


def test_what_is_shown_is_what_was_measured(shipped: Run) -> None:
    metrics = json.loads((shipped.reports / "metrics.json").read_text(encoding="utf-8"))
    rows = list(scores(metrics))
    assert {(language, edition) for _, language, edition, _ in rows} == {("en", "digest"), ("id", "digest")}
    assert {label for label, *_ in rows} >= set(REACH)
    assert all(set(figures) <= set(COLUMNS) for *_, figures in rows)
    assert "claims" in others(metrics) and not set(others(metrics)) & {label for label, *_ in rows}
    assert len(lines(metrics)) == len(rows) + 1
    page = (shipped.reports / "method.html").read_text(encoding="utf-8")
    assert page.count('<th scope="row">Citations</th>') == 2  # one a language


def test_there_are_four_hundred_citations_with_targets() -> None:
    cited = 0
    for file in GOLD.glob("*.yaml"):
        facts = yaml.safe_load(file.read_text(encoding="utf-8"))
        if isinstance(facts.get("citations"), list):
            cited += sum(not str(t).startswith("?") for c in facts["citations"] for t in c["cites"] or [])
    assert cited >= 400


def test_the_gold_covers_every_article_that_prints_a_penalty_or_an_operation(shipped: Run) -> None:
    metrics = json.loads((shipped.reports / "metrics.json").read_text(encoding="utf-8"))["coverage"]
    assert metrics["sanctions"]["articles"] > 100 and metrics["operations"]["articles"] > 50
    with (shipped.reports / "evaluation.csv").open(encoding="utf-8", newline="") as file:
        assert [r for r in csv.DictReader(file) if r["kind"] == "unread"] == []


def test_words_of_a_penalty_and_of_an_operation() -> None:
    for language, said in (
        ("id", "pidana penjara paling lama 5 (lima) tahun"), ("id", "denda kategori IV"), ("id", "Rp50.000.000,00"),
        ("id", "pidananya ditambah 1/3"), ("en", "reclusion temporal"), ("en", "a fine of fifty pesos"),
        ("en", "P2,000,000.00"), ("en", "one degree lower"),
    ):  # fmt: skip
        assert PENALTY[language].search(said), said
    assert not PENALTY["id"].search("anak berumur 18 tahun") and not PENALTY["en"].search("a person under 18 years")
    assert OPERATION["id"].search("Pasal 27 diubah sehingga berbunyi") and OPERATION["en"].search("is hereby repealed")

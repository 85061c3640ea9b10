"""Scores are counted right, by language and edition; gold covers what an article prints; offsets hold or are said to be stale."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline import numerals
from pipeline.corpus import Corpus
from pipeline.evaluate.coverage import OPERATION, PENALTY
from pipeline.evaluate.facts import compared
from pipeline.evaluate.places import Compared, Places
from pipeline.evaluate.scores import REACH, Scores
from pipeline.evaluate.spans import located, text_hash
from pipeline.link import Links
from pipeline.report.accuracy import COLUMNS, lines, others, reached, scores
from tests import gold_citations, locate_gold
from tests.conftest import Run
from tests.gold_words import say

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


def _offsets() -> list[tuple[Path, dict[str, Any]]]:
    return [(f, yaml.safe_load(f.read_text(encoding="utf-8"))) for f in sorted((GOLD / "offsets").rglob("*.yaml"))]


def test_offsets_hold_in_what_ships(shipped: Run) -> None:
    """Of the digest edition: none is stale, each is of a gold fact, and nearly all facts have theirs."""
    metrics = json.loads((shipped.reports / "metrics.json").read_text(encoding="utf-8"))
    rows = {(label, language): figures for label, language, _, figures in scores(metrics)}
    for label in ("citations", "sanctions", "elements"):
        for language in ("en", "id"):
            assert "stale" not in rows[label, language]
            assert rows[label, language]["spans"] >= 0.93 * rows[label, language]["gold"]
            assert rows[label, language]["span_overlap"] >= 0.95


def test_offsets_are_of_gold_facts_and_lie_in_their_provision(corpus: Corpus, links: Links) -> None:
    for file, read in _offsets():
        doc_id, edition = read["doc_id"], read["edition"]
        assert (file.parent.name, file.stem) == (edition, doc_id)
        facts = yaml.safe_load((GOLD / file.name).read_text(encoding="utf-8"))
        place = Places(corpus, doc_id)
        known = {(one.label, *f) for one in compared(corpus, links, doc_id, facts, place) for f in one.wanted}
        for at, labels in read["provisions"].items():
            length = len(corpus.words(place.of[at][0])) if edition == "digest" else None
            for label, values in labels.items():
                for value, spans in values.items() if label != "text" else ():
                    if edition == "digest":
                        assert (label, at, value) in known, f"{file}: {at} {value} is no fact of the gold"
                    assert spans and all(0 <= start < end for start, end in spans)
                    assert length is None or max(end for _, end in spans) <= length


def test_offsets_of_a_text_that_has_changed_are_said_to_be_stale(corpus: Corpus, tmp_path: Path) -> None:
    doc_id = "id-uu-44-2008"
    read = yaml.safe_load((GOLD / f"offsets/digest/{doc_id}.yaml").read_text(encoding="utf-8"))
    place = Places(corpus, doc_id)
    before = located(corpus, doc_id, place, GOLD / "offsets")
    assert not before.stale
    changed = next(at for at, labels in read["provisions"].items() if "sanctions" in labels)
    read["provisions"][changed]["text"] = text_hash("another text")
    (tmp_path / "digest").mkdir()
    (tmp_path / f"digest/{doc_id}.yaml").write_text(yaml.safe_dump(read), encoding="utf-8")
    after = located(corpus, doc_id, place, tmp_path)
    assert {f[0] for facts in after.stale.values() for f in facts} == {changed}
    assert set(before.spans["sanctions"]) - set(after.spans["sanctions"]) == set(after.stale["sanctions"])


def test_offsets_of_another_edition_are_not_used(corpus: Corpus, tmp_path: Path) -> None:
    doc_id = "id-uu-44-2008"
    (tmp_path / "official").mkdir()
    shutil.copyfile(GOLD / f"offsets/official/{doc_id}.yaml", tmp_path / f"official/{doc_id}.yaml")
    found = located(corpus, doc_id, Places(corpus, doc_id), tmp_path)
    assert not found.spans and not found.stale


@pytest.mark.parametrize(
    ("text", "numbers", "whole", "language", "expected"),
    [
        ("dalam Pasal 4 ayat (1), ayat (2), dan Pasal 5 yang", ["4", "2"], True, "id", "Pasal 4 ayat (1), ayat (2)"),
        ("dalam Pasal 4 ayat (1), ayat (2), dan Pasal 5 yang", ["5"], True, "id", "Pasal 5"),
        ("pada ayat (1) dan ayat (3) berlaku", ["3"], False, "id", "ayat (3)"),
        ("under Sections 4(a) and 6(b) shall", ["6", "b"], True, "en", "Sections 4(a) and 6(b)"),
        ("under Section 4(a)(5) shall", ["5"], True, "en", None),
        ("under Section 4(a) shall", ["4"], True, "en", None),
        ("in paragraph 2 of article 9 of", ["9", "2"], True, "en", "paragraph 2 of article 9"),
    ],
)  # fmt: skip
def test_a_reference_is_looked_for_by_its_numbers(
    text: str, numbers: list[str], whole: bool, language: str, expected: str | None
) -> None:
    ways = [*gold_citations.paths(numbers, whole, language), *gold_citations.upward(numbers, language)]
    spans = gold_citations.shortest({s for p in ways for s in gold_citations.every(p, text)})
    assert [text[a:b] for a, b in sorted(spans)] == ([expected] if expected else [])


def test_a_range_holds_what_lies_inside_it() -> None:
    text = "sebagaimana dimaksud dalam Pasal 59 sampai dengan Pasal 71B diatur"
    for number, inside in (("59A", True), ("60", True), ("71A", True), ("58", False), ("72", False)):
        assert bool(gold_citations.ranges([number], True, "id", text)) is inside


@pytest.mark.parametrize(
    ("text", "own", "part"),
    [
        ("menurut Pasal 5 dan Pasal 20 UUD 1945 tersebut", "UUD 1945", True),
        ("berdasarkan UUD 1945: Pasal 5 dan Pasal 20", "UUD 1945", True),
        ("berdasarkan 2 asas dan UUD 1945 tersebut", "UUD 1945", False),
    ],
)
def test_the_name_of_a_law_that_ends_or_opens_a_reference_is_part_of_it(text: str, own: str, part: bool) -> None:
    start = text.index(own)
    assert gold_citations.part_of_reference(text, (start, start + len(own)), "id") is part


def test_a_sanction_is_looked_for_by_its_figures() -> None:
    text = "Siapa pun dipidana dengan pidana penjara paling lama 6 (enam) tahun dan/atau denda paling banyak Rp600.000.000,00 (enam ratus juta rupiah)."
    (span,) = locate_gold.imposed("prison=-72 fine=-600000000 joined=and_or", text, "id", "sanctions")
    assert text[slice(*span)] == text[text.index("pidana penjara") : -1]
    assert not locate_gold.imposed("prison=-84 fine=-600000000 joined=and_or", text, "id", "sanctions")
    words = "shall suffer the penalty of prision mayor in its medium period and a fine of not less than Two million pesos (P2,000,000.00) for it"
    (span,) = locate_gold.imposed("fine=2000000- joined=and named=prision mayor, medium", words, "en", "sanctions")
    assert words[slice(*span)] == words[words.index("prision") : words.index(" for it")]


def test_numbers_are_said_in_words() -> None:
    for n in (*range(1, 130), 1_500, 15_000, 250_000, 750_000_000, 5_000_000_000):
        assert numerals.words(say(n, "id")) == n
        assert numerals.words(say(n, "en")) == n

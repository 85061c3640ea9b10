"""Agreement of two readers: what is counted, and that it is counted right."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml

from pipeline.agreement import agreement, kappa, within
from pipeline.evaluate import two_readings
from pipeline.evaluate.facts import of_reading


def test_facts_of_what_was_read_only() -> None:
    facts = {"citations": Counter({("art_1", "x"): 1, ("art_1__para_2", "y"): 2, ("art_10", "z"): 1})}
    assert within(facts, ["art_1"]) == {"citations": Counter({("art_1", "x"): 1, ("art_1__para_2", "y"): 2})}


def test_f1_is_the_same_from_either_side() -> None:
    first = {"citations": Counter({("a", "x"): 1, ("a", "y"): 1, ("b", "z"): 1})}
    second = {"citations": Counter({("a", "x"): 1})}
    expected = {"first": 3, "second": 1, "both": 1, "f1": 0.5}
    assert agreement([(first, second)])["citations"] == expected
    assert agreement([(second, first)])["citations"]["f1"] == 0.5


def test_kappa_by_hand() -> None:
    # 20 both, 5 only the first, 10 only the second, 15 neither: observed 0.7, by chance 0.5.
    assert kappa(20, 5, 10, 15) == pytest.approx(0.4)
    assert kappa(5, 0, 0, 5) == 1.0
    assert kappa(0, 5, 5, 0) == pytest.approx(-1.0)


def test_elements_get_a_kappa() -> None:
    first = {"elements": Counter({("a", "means.force"): 1, ("b", "act.sale"): 1})}
    second = {"elements": Counter({("a", "means.force"): 1, ("b", "means.force"): 1})}
    # Four cells (a, b × two concepts): both 1, only the first 1, only the second 1, neither 1.
    assert agreement([(first, second)])["elements"] == {"first": 2, "second": 2, "both": 1, "f1": 0.5, "kappa": 0.0}


def test_the_two_readings_of_the_gold_facts() -> None:
    gold = Path("tests/gold")
    found = two_readings(gold)
    assert {"citations", "sanctions", "elements"} <= set(found)
    assert all(row["first"] >= 3 and row["second"] >= 3 and row["f1"] > 0.9 for row in found.values())
    for file in (gold / "second").glob("*.yaml"):
        second = yaml.safe_load(file.read_text(encoding="utf-8"))
        assert second["read"] and (gold / file.name).is_file()


def test_what_was_settled_is_no_fact_of_the_first_reading() -> None:
    row = {"eid": "art_1", "concept": "act.sale", "law": "x-law"}
    assert of_reading({"elements": [row]})["elements"] == Counter({("x-law art_1", "act.sale"): 1})
    assert not of_reading({"elements": [{**row, "settled": True}]})["elements"]


def test_a_target_without_a_law_is_of_the_law_that_cites() -> None:
    cited = of_reading({"citations": [{"eid": "art_2", "law": "x-law", "cites": ["art_1", "y-law art_3", "y-law"]}]})
    assert set(cited["citations"]) == {
        ("x-law art_2", "x-law art_1"), ("x-law art_2", "y-law art_3"), ("x-law art_2", "y-law"),
    }  # fmt: skip

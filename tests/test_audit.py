"""The audit against an independent reading of the paper: an accusation must be right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import Run

ACCUSATIONS = ("contradicted", "wrong_reference", "outdated", "internally_inconsistent")


@pytest.fixture(scope="module")
def gold() -> list[dict[str, Any]]:
    data = yaml.safe_load(Path("tests/gold/aprilia-zainsyah-2025.yaml").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = data["claims"]
    return found


def _number(eid: str) -> str:
    """`art_36` and `sec_10__para_c` as the numbers in them."""
    return " ".join(part.partition("_")[2] for part in eid.split("__"))


def test_no_false_accusation(shipped: Run, gold: list[dict[str, Any]]) -> None:
    by_place: dict[str, set[str]] = {}
    for claim in gold:
        cites = claim.get("cites")
        for place in cites if isinstance(cites, list) else [cites]:
            doc_id, _, eid = str(place).partition(" ")
            by_place.setdefault(_number(eid) or doc_id, set()).add(claim["verdict"])
    doubtful = []
    for row in shipped.table("claims"):
        if row["verdict"] in ACCUSATIONS and row["kind"] != "identity":
            doc_id, _, eid = row["cited"].partition(" ")
            known = by_place.get(_number(eid) or doc_id, set())
            if not known & {*ACCUSATIONS, "imprecise"}:
                doubtful.append((row["claim_id"], row["cited"], row["verdict"], sorted(known)))
    assert doubtful == []


@pytest.mark.parametrize(
    ("cited", "kind", "verdict"),
    [
        ("id-uu-44-2008 art_36", "penalty", "contradicted"),  # a fine of 500 million in 3.2, 5 billion in the law
        ("id-uu-44-2008 art_36", "consistency", "internally_inconsistent"),
        ("id-kuhp art_297", "penalty", "outdated"),  # repealed by UU 21/2007 art 65
        ("ph-ra-9208 sec_10__para_c", "penalty", "wrong_reference"),  # since RA 10364 it is 10(e)
        ("id-uu-23-2002 art_88", "penalty", "supported"),
        ("ph-ra-11930 sec_4__para_d", "penalty", "supported"),
    ],
)
def test_findings_of_the_independent_reading(shipped: Run, cited: str, kind: str, verdict: str) -> None:
    assert (cited, kind, verdict) in {(r["cited"], r["kind"], r["verdict"]) for r in shipped.table("claims")}


def test_numbers_and_years_of_laws(shipped: Run) -> None:
    wrong = {
        (r["asserted"].split(";")[0] + r["asserted"].split(";")[1], r["verdict"])
        for r in shipped.table("claims")
        if r["kind"] == "identity"
    }
    assert ("number: 35 year: 2008", "wrong_reference") in wrong
    assert ("number: 13 year: 2014", "wrong_reference") in wrong
    assert ("number: 21 year: 2007", "supported") in wrong

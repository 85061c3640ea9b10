"""What Philippine acts say in forms that acts outside the corpus have shown. The laws are ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.laws import write_law
from tests.test_unseen import one


def offences(folder: Path, text: str) -> set[tuple[str, int | None]]:
    """What is punished by an act with this text, and with how many months at most."""
    links = one(folder, "ph-ra-1234-1990", text)[1]
    most = {f"{s.doc_id} {s.eid}": s.prison_max_months for s in links.sanctions}
    return {(o.eid, most[eid]) for o in links.offences for eid in o.penalty_eids}


@pytest.mark.parametrize(
    ("defines", "punishes"),
    [
        ("Goat theft is committed by any person who leads a goat away.", "Any person guilty of goat theft shall"),
        (
            "Whoever leads a goat away shall be guilty of the crime of goat theft.",
            "Persons who are guilty of the crime of goat theft shall",
        ),
        (
            "“Goat theft” refers to leading a goat away.",
            "The crime of goat theft shall be punished and the thief shall",
        ),
    ],
)
def test_a_crime_that_is_punished_by_its_name(tmp_path: Path, defines: str, punishes: str) -> None:
    text = (
        f"SECTION 1. Goats. - {defines}\nSEC. 2. Sheep. - Sheep are counted.\nSEC. 3. Penalties. - {punishes} suffer "
        "imprisonment of not more than six (6) years.\n"
    )
    assert offences(tmp_path, text) == {("sec_1", 72)}


def test_a_crime_named_with_where_it_is_defined(tmp_path: Path) -> None:
    text = (
        "SECTION 1. Theft. - Whoever leads a goat away commits theft.\nSEC. 2. Barter. - Whoever swaps a goat commits "
        "barter.\nSEC. 3. Penalties. - The crime of theft as defined in Section 1 shall be punished by imprisonment of not "
        "more than six (6) years.\nSEC. 4. Others. - Barter under Section 2 shall be punished by imprisonment of not more than three (3) "
        "years.\n"
    )
    assert offences(tmp_path, text) == {("sec_1", 72), ("sec_2", 36)}


def test_a_conviction_is_not_what_is_punished(tmp_path: Path) -> None:
    text = (
        "SECTION 1. Theft. - It shall be unlawful to lead a goat away.\nSEC. 2. Flight. - Whoever flees after conviction "
        "for violation of Section 1 shall be punished by imprisonment of not more than two (2) years.\n"
    )
    assert offences(tmp_path, text) == {("sec_2", 24)}


def test_the_penalty_of_another_law_is_not_looked_for_here(tmp_path: Path) -> None:
    text = (
        "SECTION 1. Theft. - Theft is punished by imprisonment of not more than six (6) years.\nSEC. 2. Others. - Whoever "
        "breaks other laws by means of goats shall suffer the same penalties as provided in those laws.\n"
    )
    links = one(tmp_path, "ph-ra-1234-1990", text)[1]
    assert [(s.eid, s.relative) for s in links.sanctions if s.relative] == [("sec_2", "same elsewhere")]
    assert not any(s.prison_max_months for s in links.sanctions if s.relative)


def test_a_paragraph_put_between_two_others(tmp_path: Path) -> None:
    write_law(
        tmp_path / "raw",
        "ph-ra-1000-1980",
        "SECTION 1. Goats. - Counted are:\n(a) white goats;\n(b) black goats.\nSEC. 2. Sheep. - Sheep are counted.\n",
    )
    text = (
        "SECTION 1. Section 1 of Republic Act No. 1000 is hereby further amended by inserting between paragraphs (a) and (b) "
        "a new paragraph designated as (a-1), to read as follows:\n“(a-1) grey goats;”\nSEC. 2. This Act shall take effect "
        "upon its approval.\n"
    )
    corpus, links = one(tmp_path, "ph-ra-1234-1990", text, kind="amending-act", amends=["ph-ra-1000-1980"])
    done = [(o.op, o.target_doc, o.target_eid) for o in links.operations if o.op != "commence"]
    assert ("insert", "ph-ra-1000-1980", "sec_1__para_a-1") in done
    assert not any(op == "amend" and eid.endswith("para_b") for op, _, eid in done)
    assert any(p.eid.endswith("para_a-1") for p in corpus.provisions["ph-ra-1234-1990"])


def test_the_number_behind_a_popular_name_is_the_same_law(tmp_path: Path) -> None:
    text = "SECTION 1. Goats. - The Goat Registry Law of 1979 (Presidential Decree No. 4321) applies to sheep.\n"
    cited = one(tmp_path, "ph-ra-1234-1990", text)[1].citations
    assert [(c.text, c.status) for c in cited] == [("Presidential Decree No. 4321", "outside_corpus")]

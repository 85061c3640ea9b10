"""What decides a question is what a lawyer would name: invented acts that come near it, and what they are worth.

Each pair is one sentence that looks like an answer and is none, and what it would take.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.laws import Rows, run, statuses, write_law
from tests.test_metamorphic import DOC, TITLE, act, decided_by

PENALTY = "shall suffer the penalty of imprisonment of six (6) years to twelve (12) years"


def assessed(folder: Path, *sections: str, title: str = "An Act against Child Abuse") -> Rows:
    """Statuses for an act with these sections."""
    text = act(dict(enumerate(sections, 1))).replace(TITLE.upper(), title.upper())
    write_law(folder / "raw", DOC, text, articles="1-6, 9", title=title)
    return statuses(run(folder / "raw", folder))


@pytest.mark.parametrize(
    ("indicator", "section", "status"),
    [
        # To cooperate is not to extradite.
        ("opsc-5-extradition", "States. – The State gives other States mutual legal assistance.", "not_found"),
        ("opsc-5-extradition", "States. – An offender is subject to extradition.", "met"),
        # A complaint that is needed is no prosecution without one.
        (
            "repressive-no-complaint",
            "Cases. – Sexual abuse of a child shall be prosecuted only upon a complaint.",
            "not_found",
        ),
        ("repressive-no-complaint", "Cases. – Offences against a child are public crimes.", "met"),
        # An authority's channel is not the platform's.
        (
            "platform-user-reports",
            "Bureau. – The Bureau shall set up a reporting mechanism, online and on any digital platform, for a child.",
            "not_found",
        ),
        (
            "platform-user-reports",
            "Services. – Internet intermediaries shall offer a reporting mechanism to a child.",
            "met",
        ),
        # What parents withhold is no shelter, and neither is help between states legal aid.
        (
            "rehabilitative-shelter",
            "Abuse. – It means deprivation of a child’s needs, such as food and shelter.",
            "not_found",
        ),
        ("rehabilitative-shelter", "Help. – A child who is a victim is given emergency shelter.", "met"),
        ("rehabilitative-legal-aid", "States. – Mutual legal assistance is given about a child.", "not_found"),
        ("rehabilitative-legal-aid", "Help. – A child who is a victim is given legal assistance.", "met"),
        # Damages that the offender owes are restitution, whatever their name.
        (
            "rehabilitative-restitution",
            "Money. – Awards for damages to a child are taken from the property of the offender.",
            "met",
        ),
        # A channel answers where somebody must report, or may.
        ("crc-19-2-reporting", "Help. – A hotline takes calls on the abuse of a child.", "met"),
    ],
)
def test_what_looks_like_an_answer(indicator: str, section: str, status: str, tmp_path: Path) -> None:
    row = assessed(tmp_path, section)["ph", indicator]
    assert (row["status"], decided_by(row)) == (status, {"sec_1"} if status == "met" else set())


@pytest.mark.parametrize(
    ("persuaded", "status"),
    [("to choose another school", "not_found"), ("to sexual abuse", "partial")],
)
def test_to_persuade_a_child_of_anything_is_no_part_of_grooming(persuaded: str, status: str, tmp_path: Path) -> None:
    rows = assessed(tmp_path, f"Children. – Any person who persuades a child {persuaded} {PENALTY}.")
    assert {rows["ph", i]["status"] for i in ("un-15-grooming", "lanzarote-23-solicitation")} == {status}


def test_directing_others_is_organising_and_prescription_is_not(tmp_path: Path) -> None:
    title = "Act against Trafficking in Persons"
    recruits = "Acts. – Any person who recruits a person by means of force for the purpose of prostitution"
    directs = f"{recruits}, or who would direct other persons to commit trafficking in persons, {PENALTY}."
    limit = "Limits. – Trafficking in persons by a syndicate prescribes in thirty years."
    row = assessed(tmp_path / "limit", f"{recruits}, {PENALTY}.", limit, title=title)["ph", "palermo-5-2c-organising"]
    assert row["status"] != "met"
    row = assessed(tmp_path / "directing", directs, limit, title=title)["ph", "palermo-5-2c-organising"]
    assert (row["status"], decided_by(row)) == ("met", {"sec_1"})


def test_an_answer_of_a_whole_law_names_its_provisions(tmp_path: Path) -> None:
    """As few as have all that is asked: the offences in one section, and not the policy that mentions them."""
    rows = assessed(
        tmp_path,
        "Policy. – The State fights the grooming of a child.",
        f"Acts. – Any person who engages in grooming of a child, or in live-streaming the sexual abuse of a child, {PENALTY}.",
        "Definition. – A child is any person below eighteen (18) years of age.",
    )
    assert rows["ph", "frag-contact"]["provisions"] == f"{DOC};{DOC} sec_2"

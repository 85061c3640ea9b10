"""What Philippine acts say in forms that acts outside the corpus have shown. The laws are ours."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.laws import run, write_law
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
        (
            "For purposes of this Act, goat theft shall mean leading a goat away.",
            "Any person found guilty of goat theft shall",
        ),
    ],
)
def test_a_crime_that_is_punished_by_its_name(tmp_path: Path, defines: str, punishes: str) -> None:
    text = (
        f"SECTION 1. Goats. - {defines}\nSEC. 2. Sheep. - Sheep are counted.\nSEC. 3. Penalties. - {punishes} suffer "
        "imprisonment of not more than six (6) years.\n"
    )
    assert offences(tmp_path, text) == {("sec_1", 72)}


def test_a_crime_that_an_article_is_headed_by_and_when_it_is_graver(tmp_path: Path) -> None:
    text = (
        "SECTION 1. Definitions. - For purposes of this Act, barter shall mean any swapping of goats for sheep.\nSEC. 2. "
        "Goat-Based Theft. - Leading away a goat against its will is covered.\nSEC. 3. Penalties. - The penalty of "
        "imprisonment of not more than six (6) years shall be imposed upon any person found guilty of any goat-based "
        "theft.\nSEC. 4. Others. - The penalty of imprisonment of not more than nine (9) years shall be imposed if barter "
        "constitutes the sabotage of a farm.\n"
    )
    assert offences(tmp_path, text) == {("sec_2", 72), ("sec_1", 108)}


def test_who_violates_the_act_does_what_it_says_is_committed_or_unlawful(tmp_path: Path) -> None:
    text = (
        "SECTION 1. Teasing. - Goat teasing is committed by whoever pulls the beard of a goat.\nSEC. 2. Feeding. - It shall "
        "be unlawful to feed a goat at night.\nSEC. 3. Counting. - Goats are counted.\nSEC. 4. Penalties. - Any person who "
        "violates the provisions of this Act shall suffer imprisonment of not more than six (6) years.\n"
    )
    assert offences(tmp_path / "one", text) == {("sec_1", 72), ("sec_2", 72)}
    others = text.replace(
        "Goats are counted", "Whoever hides a goat shall suffer imprisonment of not more than two (2) years"
    )
    assert offences(tmp_path / "two", others) == {("sec_3", 24), ("sec_4", 72)}


def test_prohibited_acts_that_an_article_lists_behind_another_list(tmp_path: Path) -> None:
    text = (
        "SECTION 1. Herding. - Herding takes place:\n(a) by day; and\n(b) by night.\nIt shall also be unlawful for any "
        "person to commit the following:\n(1) lend a goat;\n(2) lose a goat.\nSEC. 2. Penalties. - Any person found guilty "
        "of any of the prohibited acts shall suffer imprisonment of not more than six (6) years.\n"
    )
    assert offences(tmp_path, text) == {("sec_1__para_1", 72), ("sec_1__para_2", 72)}


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


# -------------------------------------------------------------------------------- citations and operations


@pytest.mark.parametrize(
    ("clause", "effective"),
    [
        ("immediately after fifteen (15) days after its publication in the Gazette", "1990-03-16"),
        ("upon it's approval", "1990-03-01"),
        ("immediately", "1990-03-01"),
    ],
)
def test_when_an_act_takes_effect_in_other_words(tmp_path: Path, clause: str, effective: str) -> None:
    text = f"SECTION 1. Goats. - Goats are counted.\nSEC. 2. Effectivity. - This Act shall take effect {clause}.\n"
    links = one(tmp_path, "ph-ra-1234-1990", text)[1]
    assert [(o.eid, o.effective) for o in links.operations if o.op == "commence"] == [("sec_2", effective)]


def test_what_is_spared_at_the_head_of_a_sentence_ends_before_what_is_repealed(tmp_path: Path) -> None:
    write_law(
        tmp_path / "raw",
        "ph-ra-1000-1980",
        "SECTION 1. Goats. - Goats are counted.\nSEC. 2. Sheep. - Sheep are counted.\nSEC. 3. Cows. - Cows are counted.\n",
    )
    text = (
        "SECTION 1. Without prejudice to the rules of the Goat Code on goats, Section 2 of Republic Act No. 1000, "
        "counting sheep, is hereby repealed.\nSEC. 2. Section 3 of Republic Act No. 1000 is hereby repealed without "
        "prejudice to Section 1 of the said Act.\nSEC. 3. This Act shall take effect upon its approval.\n"
    )
    links = one(tmp_path, "ph-ra-1234-1990", text, kind="amending-act", amends=["ph-ra-1000-1980"])[1]
    repealed = [(o.eid, o.target_eid) for o in links.operations if o.op == "repeal"]
    assert repealed == [("sec_1", "sec_2"), ("sec_2", "sec_3")]


def test_the_number_of_a_section_in_words(tmp_path: Path) -> None:
    text = (
        "SECTION 1. Herds. - A herd is what has goats in it.\nSEC. 2. Goats. - Goats of a herd, as defined in Section One "
        "(1) hereof, are counted.\nSEC. 3. Sheep. - Sheep are counted as goats are by Section two of this Act.\n"
    )
    cited = [(c.eid, c.target_eid) for c in one(tmp_path, "ph-ra-1234-1990", text)[1].citations if c.target_eid]
    assert cited == [("sec_2", "sec_1"), ("sec_3", "sec_2")]


def test_what_an_act_is_called_is_no_reference_to_it(tmp_path: Path) -> None:
    text = (
        "SECTION 1. This Act shall be known and may be cited as the “Goat Counting Act of 1990”.\nSEC. 2. Republic Act No. "
        "1000, also referred to as the “Wild Goat Law”, stands.\n"
    )
    citations = one(tmp_path, "ph-ra-1234-1990", text)[1].citations
    assert [c.target_as_cited or c.instrument for c in citations if c.status == "outside_corpus"] == [
        "Republic Act No. 1000"
    ]


# ---------------------------------------------------------------------------------------------- sanctions


@pytest.mark.parametrize(
    ("penalty", "expected"),
    [
        ("imprisonment for not less than two months or more than three years", ((2, 36), (None, None), "none")),
        ("imprisonment of thirty (30) days but not more than two (2) years", ((1, 24), (None, None), "none")),
        ("imprisonment of twenty (20) days but not more than sixty (60) days", ((0, 2), (None, None), "none")),
        (
            "imprisonment of not more than one (1) year or by a fine of not less than but not more than double the price of "
            "the goat which fine shall in no case exceed Two Thousand Pesos, or both such fine and imprisonment",
            ((None, 12), (None, 2000), "and_or"),
        ),
        (
            "a fine equivalent to the price of the goat but in no case to exceed Nine thousand pesos (P9,000.00)",
            ((None, None), (None, 9000), "none"),
        ),
    ],
)
def test_terms_and_fines_in_other_words(tmp_path: Path, penalty: str, expected: tuple[object, ...]) -> None:
    text = f"SECTION 1. Goats. - Whoever lends a goat shall be punished by {penalty}.\n"
    (s,) = one(tmp_path, "ph-ra-1234-1990", text)[1].sanctions
    assert ((s.prison_min_months, s.prison_max_months), (s.fine_min, s.fine_max), s.conjunction) == expected


def test_from_life_imprisonment_to_death(tmp_path: Path) -> None:
    text = "SECTION 1. Goats. - Whoever lends a goat shall suffer the penalty of life imprisonment to death.\n"
    assert [(s.life, s.death) for s in one(tmp_path, "ph-ra-1234-1990", text)[1].sanctions] == [(True, True)]


def test_the_penalty_that_another_law_provides_for(tmp_path: Path) -> None:
    text = (
        "SECTION 1. Goats. - Whoever lends a goat shall be punished by imprisonment of not more than six (6) years.\n"
        "SEC. 2. Sheep. - Whoever lends a sheep shall be prosecuted and penalized in accordance with the penalty provided "
        "for by R.A. 1000, the Sheep Code.\n"
    )
    found = [(s.eid, s.prison_max_months, s.relative) for s in one(tmp_path, "ph-ra-1234-1990", text)[1].sanctions]
    assert found == [("sec_1", 72, ""), ("sec_2", None, "same elsewhere")]


def test_an_accessory_whose_penalty_is_said(tmp_path: Path) -> None:
    text = (
        "SECTION 1. Unlawful acts. - It shall be unlawful to lend a goat.\nSEC. 2. Penalties. - Any person who commits the "
        "unlawful acts shall be punished by imprisonment of nine (9) years.\nAny person who has knowledge of the commission "
        "of the unlawful acts and sells the milk shall be punished as an accessory to the offense and shall suffer the "
        "penalty of two (2) years imprisonment.\n"
    )
    links = one(tmp_path, "ph-ra-1234-1990", text)[1]
    assert [(s.prison_max_months, s.relative) for s in links.sanctions] == [(108, ""), (24, "")]
    assert {(o.eid, o.prison_max_months) for o in links.offences} == {("sec_1", 108), ("sec_2", 24)}


# ---------------------------------------------------------------------------- relative penalties and offences


def test_the_penalty_of_the_paragraph_before(tmp_path: Path) -> None:
    text = (
        "SECTION 1. Goats. - It shall be unlawful to lend a goat.\nSEC. 2. Penalties. - Whoever commits the acts prohibited "
        "under Section 1 shall be punished by imprisonment of nine (9) years.\nWhoever helps in the acts mentioned in Section "
        "1 shall suffer the same penalty provided in the preceding paragraph.\nWhoever commits the acts prohibited under "
        "Section 1 by night shall be punished by imprisonment of twelve (12) years.\n"
    )
    sanctions_ = one(tmp_path, "ph-ra-1234-1990", text)[1].sanctions
    assert [(s.relative, s.prison_max_months) for s in sanctions_] == [("", 108), ("same", 108), ("", 144)]


@pytest.mark.parametrize(("second", "expected"), [("three (3)", None), ("nine (9)", 108)])
def test_a_penalty_changed_behind_a_list_of_penalties(tmp_path: Path, second: str, expected: int | None) -> None:
    text = (
        "SECTION 1. Goats. - Whoever leads a goat away shall suffer:\n(a) imprisonment of nine (9) years if the goat dies; "
        f"and\n(b) imprisonment of {second} years if it comes back.\nThe owner of the house shall suffer the same penalty.\n"
    )
    same = [s.prison_max_months for s in one(tmp_path, "ph-ra-1234-1990", text)[1].sanctions if s.relative]
    assert same == [expected]


def test_clauses_that_go_on_about_one_crime(tmp_path: Path) -> None:
    text = (
        "SECTION 1. Goat theft. - Goat theft is leading a goat away.\nSEC. 2. Penalties. - Any person found guilty of goat "
        "theft, as defined in Section 1, shall be punished by imprisonment of two (2) years, when a kid is led away; and by "
        "imprisonment of four (4) years, when a goat is led away; and the penalty of life imprisonment shall be imposed when "
        "a herd is led away; and the penalty of six (6) years imprisonment shall be imposed when any person hides it.\n"
    )
    joined = one(tmp_path, "ph-ra-1234-1990", text)[1].offences
    assert [(o.eid, o.prison_max_months) for o in joined] == [
        ("sec_1", 24),
        ("sec_1", 48),
        ("sec_1", None),
        ("sec_2", 72),
    ]


# ------------------------------------------------------------------------------------------- older acts


def test_a_first_paragraph_right_behind_the_dash_of_a_heading(tmp_path: Path) -> None:
    text = (
        "SECTION 1. Penalties for goats.—(a) Whoever lends a goat shall be punished with imprisonment for two (2) years.\n"
        "The owner shall have it back.\n(b) Whoever lends a sheep shall be punished with imprisonment for one (1) year.\n"
    )
    corpus, links = one(tmp_path, "ph-ra-1234-1960", text)
    assert [(s.eid, s.prison_max_months) for s in links.sanctions] == [("sec_1__para_a", 24), ("sec_1__para_b", 12)]
    assert corpus.by_eid["ph-ra-1234-1960", "sec_1"].heading == "Penalties for goats"


def test_or_by_both(tmp_path: Path) -> None:
    text = (
        "SECTION 1. Goats.—Whoever lends a goat shall be punished by a fine of not less than one hundred pesos nor more than "
        "seventy-five thousand pesos, or by imprisonment not exceeding one year, or by both such fine and imprisonment.\n"
    )
    (s,) = one(tmp_path, "ph-ra-1234-1960", text)[1].sanctions
    assert (s.fine_min, s.fine_max, s.prison_max_months, s.conjunction) == (100, 75000, 12, "and_or")


def test_a_sentence_that_is_all_of_a_section_is_no_heading(tmp_path: Path) -> None:
    text = (
        "SECTION 1. Whoever lends a goat shall suffer the penalty of prision mayor.\n"
        "SEC. 2. Arresto mayor. - Its duration is as the code says.\n"
    )
    assert [(s.eid, s.penalty_name) for s in one(tmp_path, "ph-ra-1234-1960", text)[1].sanctions] == [
        ("sec_1", "prision mayor")
    ]


def test_laws_by_numbers_in_words(tmp_path: Path) -> None:
    write_law(tmp_path / "raw", "ph-ra-1379-1955", "SECTION 1. Goats. - Goats are counted.\n")
    text = (
        "SECTION 1. Goats.—Section 1 of Republic Act Numbered One thousand three hundred seventy-nine and Act Numbered "
        "Twelve hundred and ten apply to sheep.\nSEC. 2. Effectivity.—This Act shall take effect on its approval.\n"
    )
    links = one(tmp_path, "ph-ra-1234-1960", text)[1]
    assert [(c.target_doc, c.target_eid, c.status) for c in links.citations if c.doc_id == "ph-ra-1234-1960"][:2] == [
        ("ph-ra-1379-1955", "sec_1", "resolved"),
        ("", "", "outside_corpus"),
    ]
    commenced = [o.effective for o in links.operations if o.op == "commence" and o.doc_id == "ph-ra-1234-1960"]
    assert commenced == ["1960-03-01"]


def test_a_degree_above_the_penalty_of_a_law_that_was_not_read(tmp_path: Path) -> None:
    text = (
        "SECTION 1. Scale. - Prision mayor shall be from six (6) years and one day to twelve (12) years.\n"
        "SEC. 2. Goats. - Whoever steals a goat shall suffer the penalty of prision mayor.\nWhoever steals a kid shall suffer "
        "the penalties in Republic Act No. 8888: Provided, That the penalty to be imposed shall be one (1) degree higher than "
        "that provided for in Republic Act No. 8888, if done by night.\n"
    )
    held = one(tmp_path, "ph-ra-1234-1990", text)[1].sanctions
    assert [(s.relative, s.computed_from) for s in held if "degree" in s.relative] == [("one degree higher", [])]


def test_times_belong_to_the_sentence_that_states_the_duty(tmp_path: Path) -> None:
    text = (
        "SECTION 1. Duties. - Internet service providers shall notify the PNP, not later than forty-eight (48) hours after "
        "they learn of it, of any goat sold: Provided, That the NBI may give another twelve (12) hours. They shall post a "
        "notice against the sale of goats near the public entrance.\n"
        "SEC. 2. Good faith. - No civil or criminal liability shall attach to any internet service provider for blocking a "
        "website, if this was reported within ten (10) hours from the act of blocking it.\n"
    )
    write_law(tmp_path / "raw", "ph-ra-1234-1990", text)
    with (run(tmp_path / "raw", tmp_path) / "5-tables" / "duties.csv").open(encoding="utf-8") as file:
        said = {(r["duty"], r["eid"]): r["deadline_hours"] for r in csv.DictReader(file) if r["status"] == "found"}
    assert said == {("duty.report", "sec_1"): "48", ("duty.post_notice", "sec_1"): ""}


@pytest.mark.parametrize(
    "convicted",
    [
        "of not more than six (6) years shall be imposed upon a person convicted under Section 1(b) of this Act.",
        "of not more than six (6) years shall be imposed on a person convicted for a violation under Section 1(b).",
        "of not more than six (6) years and a fine of not less than Nine thousand pesos (P9,000.00) but not more than twice "
        "the value of the goat or herd that was led away, shall be imposed upon a person convicted under Section 1(b).",
    ],
)
def test_who_is_convicted_under_a_section_is_punished_for_what_it_says(tmp_path: Path, convicted: str) -> None:
    text = (
        "SECTION 1. Theft. - It is committed by whoever:\n(a) keeps a sheep of another;\n(b) leads a goat away.\n"
        f"SEC. 2. Penalties. - The penalty of imprisonment {convicted}\n"
    )
    assert offences(tmp_path, text) == {("sec_1__para_b", 72)}


def test_who_fails_to_comply_with_the_section_before(tmp_path: Path) -> None:
    text = (
        "SECTION 1. Counting. - Each farm counts its goats.\nSEC. 2. Penalty. - A farm which fails to comply with the "
        "requirements under the immediately preceding section shall be punished by imprisonment of not more than six (6) "
        "years.\n"
    )
    assert offences(tmp_path, text) == {("sec_1", 72)}


def test_sections_of_a_book_of_another_law_and_its_popular_name(tmp_path: Path) -> None:
    text = (
        "SECTION 1. Goats. - Sections 3 and 4 of Article Two of Republic Act No. 999, as amended; otherwise known as the Goat "
        "Owners Law, and Section 9, Rule 12 of the Revised Rules of Goat Procedure apply, as does Republic Act No. 998 or the "
        "Goat Protection, Security and Feeding Act of 1972.\nSEC. 9. Sheep. - Republic Act No. 997 is hereby amended "
        "accordingly.\n"
    )
    links = one(tmp_path, "ph-ra-1234-1990", text)[1]
    assert [(c.instrument, c.target_as_cited.split(" ")[0]) for c in links.citations] == [
        ("Republic Act No. 999", "3"),
        ("Republic Act No. 999", "4"),
        ("Revised Rules of Goat Procedure", "9"),
        ("Republic Act No. 998", "Republic"),
        ("Republic Act No. 997", "Republic"),
    ]
    assert [(o.eid, o.op, o.target_doc) for o in links.operations] == [("sec_9", "amend", "ph-ra-997")]


def test_decrees_and_orders_outside_the_corpus_are_repealed_by_an_act_that_says_so_of_itself(tmp_path: Path) -> None:
    text = (
        "SECTION 1. Goats. - Articles 195-197 of the Revised Penal Code and Presidential Decrees Numbered 483 and 1306 are "
        "about sheep.\nSEC. 2. Repealing Clause. - This Act repeals Sections 1 and 2 of Presidential Decree No. 999, as "
        "amended, Section 3 of Batas Pambansa Blg. 88 and all other laws that are inconsistent herewith.\nSEC. 3. Orders. - "
        "Executive Order No. 77 is hereby repealed.\n"
    )
    links = one(tmp_path, "ph-ra-1234-1990", text)[1]
    assert [c.target_as_cited for c in links.citations if "Penal" in c.instrument] == ["195", "196", "197"]
    assert [c.instrument for c in links.citations if c.eid == "sec_1"][3:] == [
        "Presidential Decrees Numbered 483",
        "Presidential Decrees Numbered 1306",
    ]
    assert [(o.eid, o.op, o.target_doc, o.target_eid) for o in links.operations] == [
        ("sec_2", "repeal", "ph-pd-999", "sec_1"),
        ("sec_2", "repeal", "ph-pd-999", "sec_2"),
        ("sec_2", "repeal", "ph-bp-88", "sec_3"),
        ("sec_3", "repeal", "ph-eo-77", ""),
    ]


def test_new_sections_that_an_act_orders_to_insert(tmp_path: Path) -> None:
    write_law(tmp_path / "raw", "ph-ra-1000-1980", "SECTION 1. Goats. - Goats graze.\nSEC. 2. Sheep. - Sheep graze.\n")
    text = (
        "SECTION 1. Insert new sections after Section 1 of Republic Act No. 1000 to be denominated as Sections 1-A and 1-B to "
        "read as follows:\n“SEC. 1-A. Kids. - Kids graze.\n“SEC. 1-B. Lambs. - Lambs graze.”\nSEC. 2. This Act shall take "
        "effect upon its approval.\n"
    )
    links = one(tmp_path, "ph-ra-1234-1990", text, kind="amending-act", amends=["ph-ra-1000-1980"])[1]
    assert [(o.op, o.target_eid, o.new_eid) for o in links.operations if o.eid == "sec_1"] == [
        ("insert", "sec_1-A", "sec_1__sec_1-A"),
        ("insert", "sec_1-B", "sec_1__sec_1-B"),
    ]


def test_what_the_quoted_title_of_a_law_names_is_not_cited(tmp_path: Path) -> None:
    text = (
        "SECTION 1. Goats. - Goats have the benefits of Republic Act No. 999, otherwise known as “An Act Amending Articles 29 "
        "and 94 of Act No. 3815, as amended, otherwise known as the Revised Penal Code”, and of Section 3 of Republic Act No. "
        "998, otherwise known as the “Sheep Act”, and Article 9 of Act No. 3815.\n"
    )
    links = one(tmp_path, "ph-ra-1234-1990", text)[1]
    assert [(c.instrument, c.target_as_cited.split(" ")[0]) for c in links.citations] == [
        ("Republic Act No. 999", "Republic"),
        ("Republic Act No. 998", "3"),
        ("Act No. 3815", "9"),
    ]

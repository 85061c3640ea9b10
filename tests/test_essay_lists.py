"""The audit of an essay on lists, alternatives, ranges, silence and tables, written for this test.

Each verdict comes from reading the statutes, not from the program. What is wrong in the essay is wrong on purpose.
"""

from __future__ import annotations

import pytest

from pipeline.audit import terms, words
from tests.laws import audited
from tests.test_essay import ACCUSES, SOURCE

ESSAY = """# Children Bought and Streamed: What Two Archipelagos Forbid

1. Indonesia

1.1. Trafficking

Article 2 paragraph (1) of Law No. 21 of 2007 on the Eradication of the Crime of Trafficking in Persons forbids acts
done by threats, force, abduction, confinement, forgery, fraud, abuse of power or of a vulnerable position, debt
bondage, or payments; the penalty is three to fifteen years in prison and a fine of IDR 120,000,000.00 to IDR
600,000,000.00.

Article 3 of the TPPO Law punishes whoever brings a person into Indonesia for exploitation with three to fifteen years
in prison or a fine of IDR 120,000,000.00 to IDR 600,000,000.00.

Article 6 of the TPPO Law punishes sending a child abroad, so that the child is exploited.

Article 5 of Law No. 21 of 2007 on the Eradication of the Crime of Trafficking in Persons, which punishes exploitation,
comes next.

Article 17 of the TPPO Law sets an aggravated penalty.

Under Article 9 of the TPPO Law, whoever tries to move another to commit trafficking is imprisoned for one to six years
and fined IDR 40,000,000.00 to IDR 240,000,000.00.

1.2. Child protection

Article 76E of Law No. 35 of 2014 on the Amendment of Law No. 23 of 2002 on Child Protection forbids trafficking of
children.

Article 66 of the Child Protection Law wants companies, labor unions, non-governmental organizations, and the community
to be involved.

Article 66 of the Child Protection Law involves companies, non-governmental organizations, and the community.

Article 66 of the Child Protection Law is carried out through: Monitoring, reporting, and sanctions.

1.3. Pornography

Article 36 of Law No. 44 of 2008 on Pornography punishes whoever shows himself or others in performances or in public
with nudity, sexual exploitation, sexual intercourse, or other pornographic content.

Article 36 of the Pornography Law punishes showing oneself or others in public with nudity, sexual exploitation, sexual
intercourse, or other pornographic content.

Article 35 of the Pornography Law threatens those who make others a model of pornography with 1 to 12 years in prison
and/or a fine of IDR 500,000,000.00 to IDR 6,000,000,000.00.

Article 29 of the Pornography Law forbids producing, reproducing, distributing, broadcasting, importing, exporting,
offering, selling, renting, providing, or trading pornography, with 6 months to 12 years in prison.

1.4. Gaps

Indonesia has no law that protects children from sexual exploitation by electronic means.

Indonesia has no law that protects children from sexual exploitation on the internet.

Indonesia has no law that regulates age verification.

1.5. The laws together

Who sells children can be tried by several laws that apply, such as the TPPO Law, the Child Protection Law, and the ITE
Law.

The prosecution of all this is based on the TPPO Law, the Pornography Law, and the Child Protection Law.

The handling of such cases is governed by Law No. 1 of 2024, which amends Law No. 11 of 2008 (Author, 2021).

Sellers of pornography were governed by Law No. 44 of 2008 early on (Author, 2012; Other, 2013).

Law No. 1 of 2024, later than what scholars asked for (Author, 2021), came into being.

2. The Philippines

Republic Act No. 9775 (Anti-Child Pornography Act of 2009) came first.

Section 4(l) of Republic Act No. 11930 forbids grooming of a child for the possession of CSAEM.

3. Treaties

Article 16 of the Convention on the Rights of the Child protects privacy.

Children must be protected from sexual exploitation and from being sold by firm legal and educational measures (Article
34 and 35 of the Convention on the Rights of the Child).

Article 3(a) of the Palermo Protocol names the means: the use of force, the threat of using force, other types of
coercion, abduction, fraud, deception, abuse of power, abuse of a position of vulnerability, and giving or receiving
payments.

The means of Article 3(a) of the Palermo Protocol are the threat of using force, the use of force, coercion, fraud,
deception, and abuse of power.

Conventional traffickers generally hold their victims by force, threats, abduction, confinement, or debt bondage.

Article 9 of the Palermo Protocol asks for research, information campaigns, and social initiatives, and for measures
against poverty, underdevelopment, and lack of equal opportunity.

4. Kinds of pressure

Table 1. Direct and indirect pressure on victims

| Direct pressure | Indirect pressure |
|---|---|
| Threats | Deception |
| Violence | Persuasion |
| Abduction | Abuse of trust |

Source: own account

Indirect pressure works through deception, persuasion, and kidnapping.

Indirect pressure works through deception, persuasion, and blackmail.

Direct pressure works through threats and violence.

Unlike direct pressure, indirect pressure does not use threats.

In cybersex trafficking the pressure is mostly indirect pressure, such as deception.

Cybersex trafficking is still a young crime. Its authors use deception, persuasion, and threats. It does not involve
the harboring of a person, or any travel.

The name of cybersex trafficking stands for harboring a person and showing the abuse on the internet.
"""
LAWS = {
    "id": (
        "id-uu-21-2007",
        "id-uu-44-2008",
        "id-uu-23-2002",
        "id-uu-35-2014",
        "id-uu-11-2008",
        "id-uu-1-2024",
        "id-uu-12-2022",
    ),
    "ph": ("ph-ra-11930",),
    "int": ("int-palermo", "int-crc"),
}
EXPECTED = [
    ("acts done by threats", "elements", "id-uu-21-2007 art_2__para_1", "supported"),
    ("acts done by threats", "penalty", "id-uu-21-2007 art_2__para_1", "supported"),
    ("Article 3 of", "penalty", "id-uu-21-2007 art_3", "contradicted"),  # and, not or
    ("by several laws that apply", "status", "id-uu-21-2007", "supported"),
    ("by several laws that apply", "status", "id-uu-23-2002", "supported"),
    ("Article 6 of", "content", "id-uu-21-2007 art_6", "supported"),  # the deed comes first, exploitation follows
    ("comes next", "content", "id-uu-21-2007 art_5", "imprecise"),  # adoption, with exploitation as its aim
    ("Article 17 of", "content", "id-uu-21-2007 art_17", "imprecise"),  # raised for what?
    ("Article 9 of the TPPO", "penalty", "id-uu-21-2007 art_9", "supported"),
    ("Article 76E of", "content", "id-uu-23-2002 art_76E", "wrong_reference"),  # 76F
    ("wants companies, labor", "content", "id-uu-23-2002 art_66", "supported"),
    ("involves companies", "content", "id-uu-23-2002 art_66", "imprecise"),  # and labor unions
    ("Monitoring, reporting", "content", "id-uu-23-2002 art_66", "supported"),
    ("in performances or in public", "content", "id-uu-44-2008 art_36", "supported"),
    ("showing oneself or others in public", "content", "id-uu-44-2008 art_36", "imprecise"),  # or in performances
    ("Article 35 of", "penalty", "id-uu-44-2008 art_35", "supported"),
    ("Article 35 of", "content", "id-uu-44-2008 art_35", "supported"),  # to threaten with prison is no threat
    ("Article 29 of", "penalty", "id-uu-44-2008 art_29", "supported"),  # months to years
    ("by electronic means", "absence", "id", "imprecise"),  # UU 11/2008 art 52(1), UU 12/2022 art 15
    (
        "on the internet.",
        "absence",
        "id",
        "imprecise",
    ),  # the same rules: electronic means are those of the internet too
    ("age verification", "absence", "id", "supported"),
    # It leaves out one that is named before; what is named before are examples, and they leave out nothing.
    ("is based on", "consistency", "id-uu-21-2007;id-uu-23-2002;id-uu-44-2008", "internally_inconsistent"),
    ("handling of such cases", "consistency", "id-uu-1-2024", "internally_inconsistent"),  # the source is of 2021
    ("9775", "identity", "Republic Act No. 9775", "not_checkable"),  # no law of the corpus, whatever others are called
    # Section 4 has these words in different offences: that makes no reference wrong.
    ("Section 4(l)", "content", "ph-ra-11930 sec_4__para_l", "imprecise"),
    ("Article 16 of the Conv", "content", "int-crc art_16", "supported"),
    ("Article 34 and 35", "content", "int-crc art_34", "supported"),  # the measures are a statement of their own
    ("Article 34 and 35", "content", "int-crc art_35", "supported"),
    ("names the means: the use", "elements", "int-palermo art_3__para_a", "supported"),
    ("Protocol are the threat", "elements", "int-palermo art_3__para_a", "imprecise"),  # vulnerability, payments
    ("traffickers generally", "elements", "", "not_checkable"),  # of what they do, not of what a law lists
    ("Article 9 of the Palermo", "content", "int-palermo art_9", "supported"),
    ("persuasion, and kidnapping", "consistency", "", "internally_inconsistent"),  # direct in the table
    ("persuasion, and blackmail", "consistency", "", "internally_inconsistent"),  # a kind of threat
    ("persuasion, and threats", "consistency", "", "internally_inconsistent"),  # direct in the table
    ("does not involve", "consistency", "", "internally_inconsistent"),
    ("stands for harboring", "consistency", "", "internally_inconsistent"),
]


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    """The audit of the essay beside ten statutes and treaties."""
    return audited(tmp_path_factory.mktemp("lists"), LAWS, "paper", SOURCE, ESSAY)


@pytest.mark.parametrize(("said", "kind", "cited", "verdict"), EXPECTED)
def test_each_statement_is_judged_as_it_was_written(
    rows: list[dict[str, str]], said: str, kind: str, cited: str, verdict: str
) -> None:
    found = [r for r in rows if said in r["statement"] and (r["kind"], r["cited"]) == (kind, cited)]
    assert verdict in {r["verdict"] for r in found}, found


def test_nothing_true_is_accused(rows: list[dict[str, str]]) -> None:
    wrong = [said for said, _, _, verdict in EXPECTED if verdict in ACCUSES]
    assert [r for r in rows if r["verdict"] in ACCUSES and not any(w in r["statement"] for w in wrong)] == []


def test_items_of_a_list_are_told_from_words_that_stand_apart() -> None:
    between = words.words("id").sayings.item.re
    found = terms.lists("perusahaan, serikat buruh, dan masyarakat; pemerintah menjual foto", "id", between)
    assert [[next(iter(item)) for item in items] for items in found] == [["company", "union", "community", "state"]]
    assert terms.lists("perusahaan yang melindungi korban", "id", between) == []


def test_what_follows_a_title_in_full_is_no_part_of_it(rows: list[dict[str, str]]) -> None:
    assert [r for r in rows if r["kind"] == "identity" and "privacy" in r["asserted"]] == []


def test_one_word_for_two_deeds_leaves_none_of_them_out(rows: list[dict[str, str]]) -> None:
    (row,) = [r for r in rows if r["kind"] == "content" and "trading pornography" in r["statement"]]
    assert "disseminate" not in row["found"]


def test_the_threat_of_using_force_is_the_threat_of_force(rows: list[dict[str, str]]) -> None:
    (row,) = [r for r in rows if r["kind"] == "elements" and "Protocol are the threat" in r["statement"]]
    assert "threat_of_force" not in row["found"]
    assert "abuse_of_vulnerability" in row["found"]


def test_a_table_is_told_to_have_what_it_has(rows: list[dict[str, str]]) -> None:
    (row,) = [r for r in rows if r["kind"] == "consistency" and "and blackmail" in r["statement"]]
    assert "“Table 1. Direct and indirect pressure on victims” has threat under “direct pressure”" in row["found"]

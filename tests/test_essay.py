"""The audit of an essay written for this test, with true and false statements whose verdicts were known beforehand.

Each verdict comes from reading the statutes, not from the program. What is wrong in the essay is wrong on purpose.
"""

from __future__ import annotations

import pytest

from pipeline import yamls
from pipeline.audit import terms, titles, words
from pipeline.audit.glossary import glossary
from tests.laws import audited

ESSAY = """# Two Countries and Their Statutes on Trafficked Children

1. Indonesia

1.1. The trafficking law

Law No. 21 of 2007 concerning the Eradication of the Crime of Trafficking in Persons is the first statute to be
read.

Article 12 of Law No. 21 of 2007 covers whoever has sexual intercourse with a victim, or profits from the crime.

Article 44 paragraph (1) of the TPPO Law gives witnesses and victims a right to have their identity kept
confidential.

Article 45 of the TPPO Law grants every victim restitution for medical costs.

Under Article 11 of the TPPO Law, conspiracy is punished as well.

Article 5 of the TPPO Law punishes the adoption of a child for the purpose of exploitation.

Article 17 of the TPPO Law raises the penalty where the victim is a child.

Article 1 point 5 of the TPPO Law treats as a child everybody under 16.

Article 68 of the TPPO Law was written for companies.

The TPPO Law contains no provision on restitution.

The TPPO Law does not regulate online grooming.

1.2. The pornography law

Article 29 of Law No. 44 of 2008 on Pornography sets a prison sentence of 6 months to 12 years and/or a fine of IDR
250,000,000.00 to IDR 6,000,000,000.00.

Article 31 of the Pornography Law carries up to six years in prison and/or a fine of IDR 2,000,000,000.00.

Article 5 of the Pornography Law forbids anyone to lend or download pornography.

Article 7 of the Pornography Law forbids anyone to possess or store pornography.

Article 11 of the Pornography Law forbids anyone to involve a child.

Article 37 of Law No. 44 of 2009 on Pornography raises the maximum by one third.

2. The Philippines

2.1. Online abuse

Section 4(g) of Republic Act No. 11930 makes it unlawful to live-stream the sexual abuse of a child.

Section 4(m) of Republic Act No. 11930 is about the grooming of a child.

Section 4(r) of Republic Act No. 11930 is about the possession of CSAEM.

Section 4(s) of Republic Act No. 11930 is about the sale of CSAEM.

Section 9 of Republic Act No. 11930 makes intermediaries block access to CSAEM.

Section 5 of Republic Act No. 11930 says that the consent of the victim is no defense.

Section 99 of Republic Act No. 11930 was never enacted.

Under Section 10(a) of Republic Act No. 11930, whoever live-streams faces life imprisonment and a fine of not less
than PHP 2,000,000.00.

Under Section 10(a) of Republic Act No. 11930, whoever live-streams faces life imprisonment or a fine of not less
than PHP 3,000,000.00.

Whoever violates Section 4(p) of Republic Act No. 11930 faces a fine of not less than PHP 500,000.00 but not more
than PHP 800,000.00, according to Section 10(d) of Republic Act No. 11930.

Section 4(g) of Republic Act No. 11930 is on streaming; the conduct is known as cybersex trafficking.

2.2. Trafficking

Republic Act No. 9208 (Anti-Trafficking in Persons Act of 2003), as amended by Republic Act No. 10364, is the basic
statute.

Republic Act No. 10175, which amends Republic Act No. 9208, came later.

Republic Act No. 11862 (Expanded Anti-Trafficking in Minors Act of 2022) is the latest.

Republic Act No. 11930 (Anti-Online Sexual Abuse or Exploitation of Children/OSAEC Act) is its neighbour.

3. Treaties

Article 3(d) of the Palermo Protocol treats everybody under eighteen as a child.

Article 3(c) of the Palermo Protocol asks for the act, the means, and the purpose.

Article 34 of the Convention on the Rights of the Child protects the child from sexual exploitation and sexual
abuse.

Article 39 of the Convention on the Rights of the Child is about recovery and reintegration.

Article 34 of the Convention on the Rights of the Child is about recovery and reintegration.

The Convention on the Rights of the Child was adopted on 20 November 1989.

The Convention on the Rights of the Child entered into force on 2 September 1991.

The 1989 Convention on the Rights of the Child protects every child.

The 2007 Convention on the Rights of the Child is the treaty at issue.

The 1990 CRC is the treaty by its other year.

The Convention on the Rights of the Child was ratified through Presidential Decree No. 36/1990 by Indonesia.

The Palermo Protocol was ratified through Presidential Decree No. 36/1990 as well.

The number of goats rose from 2016 to 2021 (The Goat Board, 2019).

The number of sheep rose from 2010 to 2018 (The Goat Board, 2019).

The number of rams will rise from 2020 to 2030 (The Goat Board, 2019).

4. Laws as a whole

Cybersex trafficking isn’t a commonly recognized term in Indonesia’s legal system.

Read the Rules And Regulations Of Republic Act (R.A.) No. 9208 (The“Anti-Trafficking In Persons Act Of 2003”).

The TPPO Law punishes conspiracy.

The Convention on the Rights of the Child is a treaty of its own. It gives every child protection from sexual abuse.

The Pornography Law (Law No. 45 of 2008) was enacted later.

When one of these elements is met, there is trafficking.

5. What was, and what is

Article 81 of Law No. 23 of 2002 on Child Protection sets a prison sentence of 3 to 15 years and a fine of IDR
60,000,000.00 to IDR 300,000,000.00.

Article 297 of the Criminal Code is a provision that is still in force.

Article 296 of the Criminal Code is a provision that is still in force.

Criminal Code: Article 297 of the Criminal Code stipulates that trafficking in women and trafficking in boys have a
maximum penalty of six years in prison.

The Expanded Anti-Trafficking in Persons Act of 2014 (Republic Act No. 10364) came next.

Article 28B paragraph (2) of the 1945 Constitution states: “Every child has the right to live, to grow and to develop,
and has the right to protection from authority and from discrimination”.

The panel of judges, under Article 2 paragraph (2) of the TPPO Law, sentenced the defendant to 6 years in prison and a
fine of IDR 120,000,000.00.

Republic Act No. 9208 recognises qualified trafficking, which carries a life sentence.
"""
SOURCE = {
    "doc_id": "essay-2025",
    "akn_uri": "/akn/id/doc/article/2025/essay",
    "kind": "article",
    "number": "1",
    "year": 2025,
    "title": "Two Countries and Their Statutes on Trafficked Children",
    "title_en": "Two Countries and Their Statutes on Trafficked Children",
    "language": "en",
    "signed": None,
    "published": "2025-06-01",
    "licence": "written for this test",
    "articles": "1-3",
    "checked": "unchecked",
}
LAWS = {
    "id": (
        "id-uu-21-2007",
        "id-uu-44-2008",
        "id-uu-23-2002",
        "id-uu-35-2014",
        "id-kuhp",
        "id-uud-1945",
        "id-keppres-36-1990",
    ),
    "ph": ("ph-ra-9208", "ph-ra-10364", "ph-ra-11862", "ph-ra-11930", "ph-ra-10175"),
    "int": ("int-palermo", "int-crc"),
}
# words of the statement, kind, cited, verdict; and why, where it is no plain agreement
EXPECTED = [
    ("first statute to be read", "identity", "id-uu-21-2007", "supported"),
    ("Article 12 of", "content", "id-uu-21-2007 art_12", "supported"),
    ("Article 44 paragraph (1)", "content", "id-uu-21-2007 art_44__para_1", "supported"),
    ("Article 45 of the TPPO", "content", "id-uu-21-2007 art_45", "wrong_reference"),  # restitution is article 48
    ("Article 11 of the TPPO", "content", "id-uu-21-2007 art_11", "supported"),
    ("adoption of a child", "content", "id-uu-21-2007 art_5", "supported"),
    ("Article 17 of", "content", "id-uu-21-2007 art_17", "supported"),
    ("everybody under 16", "content", "id-uu-21-2007 art_1", "contradicted"),  # under 18
    ("Article 68 of", "content", "id-uu-21-2007 68", "wrong_reference"),  # the law ends with article 67
    ("no provision on restitution", "absence", "id-uu-21-2007", "contradicted"),  # articles 1(13), 48-50
    ("does not regulate online grooming", "absence", "id-uu-21-2007", "supported"),
    ("Article 29 of", "penalty", "id-uu-44-2008 art_29", "supported"),
    ("Article 31 of", "penalty", "id-uu-44-2008 art_31", "contradicted"),  # four years
    ("lend or download", "content", "id-uu-44-2008 art_5", "supported"),
    ("possess or store", "content", "id-uu-44-2008 art_7", "wrong_reference"),  # article 6
    ("involve a child", "content", "id-uu-44-2008 art_11", "supported"),
    ("44 of 2009", "identity", "id-uu-44-2008", "wrong_reference"),
    ("44 of 2009", "consistency", "id-uu-44-2008", "internally_inconsistent"),
    ("makes it unlawful to live-stream", "content", "ph-ra-11930 sec_4__para_g", "supported"),
    ("grooming of a child", "content", "ph-ra-11930 sec_4__para_m", "supported"),
    ("possession of CSAEM", "content", "ph-ra-11930 sec_4__para_r", "supported"),
    ("sale of CSAEM", "content", "ph-ra-11930 sec_4__para_s", "wrong_reference"),  # 4(c); 4(s) is access
    ("block access", "content", "ph-ra-11930 sec_9", "supported"),
    ("consent of the victim", "content", "ph-ra-11930 sec_5", "supported"),
    ("Section 99", "mention", "ph-ra-11930 99", "wrong_reference"),
    ("and a fine of not less than PHP 2,000,000", "penalty", "ph-ra-11930 sec_10__para_a", "supported"),
    ("or a fine of not less than PHP 3,000,000", "penalty", "ph-ra-11930 sec_10__para_a", "contradicted"),
    ("Whoever violates Section 4(p)", "relation", "ph-ra-11930 sec_10__para_d", "supported"),
    ("known as cybersex trafficking", "name", "ph-ra-11930 sec_4__para_g", "imprecise"),  # not the act's word
    ("is the basic statute", "identity", "ph-ra-9208", "supported"),
    ("is the basic statute", "identity", "ph-ra-10364", "supported"),
    ("came later", "identity", "ph-ra-10175", "contradicted"),  # amends no trafficking law
    ("Trafficking in Minors Act", "identity", "ph-ra-11862", "imprecise"),  # in Persons
    ("under eighteen", "content", "int-palermo art_3__para_d", "supported"),
    ("the act, the means, and the purpose", "content", "int-palermo art_3__para_c", "wrong_reference"),  # 3(a)
    ("protects the child from", "content", "int-crc art_34", "supported"),
    ("Article 39 of", "content", "int-crc art_39", "supported"),
    (
        "Article 34 of the Convention on the Rights of the Child is about",
        "content",
        "int-crc art_34",
        "wrong_reference",
    ),
    ("adopted on 20 November 1989", "identity", "int-crc", "supported"),
    ("2 September 1991", "identity", "int-crc", "contradicted"),  # 1990
    ("The 1989 Convention", "identity", "int-crc", "supported"),
    ("The 2007 Convention", "identity", "int-crc", "contradicted"),  # of 1989
    ("The 1990 CRC", "identity", "int-crc", "imprecise"),  # in force from 1990
    ("36/1990 by Indonesia", "identity", "id-keppres-36-1990", "supported"),
    ("36/1990 as well", "identity", "id-keppres-36-1990", "wrong_reference"),  # ratifies the CRC
    ("goats rose", "consistency", "", "internally_inconsistent"),  # a source of 2019 knows nothing of 2021
    ("commonly recognized term", "absence", "id", "supported"),
    ("Read the Rules", "identity", "ph-ra-9208", "supported"),
    ("The TPPO Law punishes conspiracy", "content", "id-uu-21-2007", "supported"),
    ("It gives every child", "content", "int-crc", "supported"),  # article 34
    ("(Law No. 45 of 2008)", "identity", "id-uu-44-2008", "wrong_reference"),
    ("one of these elements", "content", "int-palermo art_3__para_a", "contradicted"),  # all of them together
    ("3 to 15 years", "penalty", "id-uu-23-2002 art_81", "outdated"),  # until Law 35 of 2014: 5 to 15, and 5 billion
    ("Article 297 of", "status", "id-kuhp art_297", "outdated"),  # repealed by article 65 of Law 21 of 2007
    ("Article 296 of", "status", "id-kuhp art_296", "supported"),
    ("Article 297 of the Criminal Code stipulates", "content", "id-kuhp art_297", "outdated"),
    ("Article 297 of the Criminal Code stipulates", "penalty", "id-kuhp art_297", "outdated"),
    ("28B paragraph (2)", "content", "id-uud-1945 art_28B__para_2", "contradicted"),  # from violence
    (
        "panel of judges",
        "decision",
        "id-uu-21-2007 art_2__para_2",
        "not_checkable",
    ),  # what a court imposed, not what the law sets
    ("Act of 2014", "identity", "ph-ra-10364", "imprecise"),  # of 2012
    ("a life sentence", "penalty", "ph-ra-10364 sec_12__sec_10__para_e", "supported"),
]
ACCUSES = ("contradicted", "wrong_reference", "outdated", "internally_inconsistent")


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    """The audit of the essay beside statutes and treaties."""
    return audited(tmp_path_factory.mktemp("essay"), LAWS, "paper", SOURCE, ESSAY)


@pytest.mark.parametrize(("words", "kind", "cited", "verdict"), EXPECTED)
def test_each_statement_is_judged_as_it_was_written(
    rows: list[dict[str, str]], words: str, kind: str, cited: str, verdict: str
) -> None:
    found = [r for r in rows if words in r["statement"] and (r["kind"], r["cited"]) == (kind, cited)]
    assert [r["verdict"] for r in found] == [verdict], found


def test_nothing_true_is_accused(rows: list[dict[str, str]]) -> None:
    wrong = [words for words, _, _, verdict in EXPECTED if verdict in ACCUSES]
    false = [r for r in rows if r["verdict"] in ACCUSES and not any(w in r["statement"] for w in wrong)]
    assert false == []


def test_every_phrase_of_the_glossary_finds_its_term() -> None:
    """A phrase without a wildcard, read on its own, says its term (also where a longer phrase says another)."""
    missing = [
        (name, phrase)
        for name, term in glossary().items()
        for language in terms.LANGUAGES
        for phrase in getattr(term, language)
        if "*" not in phrase and name not in {f.term for f in terms.find(phrase, language, nested=True)}
    ]
    assert missing == []


def test_the_longer_words_count() -> None:
    said = {f.term for f in terms.find("the sexual exploitation of minors", "en")}
    assert said == {"sexual_exploitation", "child"}
    assert "exploitation" in terms.wider(said)
    assert {f.term for f in terms.find("a broadcast to live-stream, and to live", "en")} >= {"livestream", "broadcast"}


@pytest.mark.parametrize("language", words.languages())
def test_every_saying_finds_its_examples_and_not_its_counterexamples(language: str) -> None:
    """Loading does it; here a saying whose counterexample is an example must fail, and say where."""
    data = yamls.read_mapping(words.FOLDER / f"{language}.yaml")
    assert words.words(language).months[10] == "November"
    data["sayings"]["both"]["counterexamples"] = data["sayings"]["both"]["examples"]
    with pytest.raises(yamls.PackError, match=rf"{language}: .*sayings.both: the counterexample .* is found"):
        yamls.validated(words.Words, data, words.FOLDER / f"{language}.yaml", language)
    del data["sayings"]["both"]
    with pytest.raises(yamls.PackError, match=r"both: the key is missing"):
        yamls.validated(words.Words, data, words.FOLDER / f"{language}.yaml", language)


def test_a_language_without_words_says_what_to_do() -> None:
    with pytest.raises(yamls.PackError, match=r"'fr' cannot be audited.*there is en, id"):
        words.words("fr")


def test_what_was_found_is_told_in_the_words_of_the_law_and_of_the_statement(rows: list[dict[str, str]]) -> None:
    def found(words: str, kind: str) -> str:
        return next(r["found"] for r in rows if words in r["statement"] and r["kind"] == kind)

    assert "the quotation has “authority” where the text has “kekerasan”" in found("28B paragraph", "content")
    assert "no longer in force on 2025-06-01, by id-uu-21-2007 art_65" in found("Code stipulates", "penalty")
    assert "(leaves out “anti child sexual abuse exploitation materials”)" in found("its neighbour", "identity")
    name = "Act against the Neglect or Sale of Goats"
    assert titles.differences("Act against the Neglect of Sale of Goats", [name], True) == "“of” for “or”"


def test_prostitution_is_sexual_activity_and_an_intention_to_do_something_no_wilfulness() -> None:
    assert "sexual_activity" in terms.wider({f.term for f in terms.find("pelacuran dan percabulan", "id")})
    assert {f.term for f in terms.find("with the intention of exploiting", "en")} == {"exploitation"}
    assert {f.term for f in terms.find("intentionally", "en")} == {"intent"}

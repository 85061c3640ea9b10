"""Which words are a sanction, and what it punishes: small laws written for these tests, and the articles of codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import link
from pipeline.gaps.changes import sanction_words
from pipeline.records import Sanction
from tests import laws

SCALE = (
    "Article 1. Scale of penalties. - The penalties are:\nReclusion temporal,\nPrision mayor,\nArresto mayor.\n"
    "Article 2. Arresto mayor. - The penalty of arresto mayor shall be served in the jail.\n"
    "Article 3. Accessories. - The penalty of prision mayor shall carry with it the loss of office.\n"
)


def _linked(tmp_path: Path, doc_id: str, text: str, **about: str) -> link.Links:
    laws.write_law(tmp_path / "raw", doc_id, text, **{"articles": "1-9", **about})
    return link.load(laws.run(tmp_path / "raw", tmp_path) / "4-links")


def _said(s: Sanction) -> str:
    return s.relative or s.penalty_name or str(s.prison_max_months or s.fine_max)


def test_a_scale_of_penalties_and_what_is_said_of_one_threaten_nobody(tmp_path: Path) -> None:
    text = (
        f"{SCALE}Article 4. Goats. - Any person who steals a goat shall suffer:\n1. Prision mayor.\n2. Arresto mayor, if the "
        "thief shall have been sentenced to reclusion temporal.\n"
    )
    held = _linked(tmp_path, "ph-act-1-1990", text, kind="code").sanctions
    assert [(s.eid.partition("__")[0], s.penalty_name) for s in held] == [
        ("art_4", "prision mayor"),
        ("art_4", "arresto mayor"),
    ]


def test_what_general_rules_of_a_code_say_of_penalties_threatens_nobody(tmp_path: Path) -> None:
    text = (
        "Pasal 1\n(1) Pidana mati dilaksanakan di hadapan saksi.\n(2) Pidana kurungan paling sedikit satu hari dan paling lama "
        "satu tahun.\nPasal 2\nDalam hal dijatuhi pidana mati atau pidana penjara seumur hidup, hak dicabut selamanya.\n"
        "Pasal 3\nTindak pidana yang hanya diancam dengan pidana penjara paling lama 1 (satu) tahun atau pidana denda paling "
        "banyak kategori II tidak ditahan.\nPasal 4\nSetiap orang yang mencuri kambing, dipidana dengan pidana penjara paling "
        "lama 2 (dua) tahun.\n"
    )
    held = _linked(tmp_path, "id-uu-1-2001", text, kind="code").sanctions
    assert [(s.eid, s.prison_max_months) for s in held] == [("art_4", 24)]


def test_two_penalties_that_are_imposed_together(tmp_path: Path) -> None:
    text = (
        "Article 1. Insult. - If it was done to insult, in addition to the penalty of arresto mayor, a fine not exceeding 500 "
        "pesos shall be imposed.\nArticle 2. Office. - Whoever stays in office shall suffer the penalties of prision "
        "correccional, special temporary disqualification : and a fine not exceeding 900 pesos.\nArticle 3. Oath. - Whoever "
        "skips the oath shall be fined from 200 to 500 pesos.\n"
    )
    held = _linked(tmp_path, "ph-act-1-1990", text, kind="code").sanctions
    assert [(s.penalty_name, s.fine_min, s.fine_max, s.conjunction) for s in held] == [
        ("arresto mayor", None, 500, "and"),
        ("prision correccional", None, 900, "and"),
        ("", 200, 500, "none"),
    ]


@pytest.mark.parametrize(
    ("words", "relative"),
    [
        ("shall be punished as an accessory to the theft", "same"),
        ("shall suffer the penalties respectively prescribed in this Chapter", "same"),
        ("shall suffer the penalties next higher in degree than those of article 1", "one degree higher"),
        ("may see the courts reduce by one degree the penalty", "one degree lower"),
        ("shall suffer a penalty lower by one or two degrees than that of article 1", "one or two degrees lower"),
        ("shall see the penalties provided in article 1 imposed in their maximum period", "maximum period"),
    ],
)
def test_penalties_that_are_measured_by_another(tmp_path: Path, words: str, relative: str) -> None:
    text = (
        "Article 1. Theft. - Whoever steals a goat shall suffer the penalty of prision mayor.\n"
        f"Article 2. Help. - Whoever helps {words}.\n"
    )
    held = _linked(tmp_path, "ph-act-1-1990", text, kind="code").sanctions
    assert [_said(s) for s in held if s.eid == "art_2"] == [relative]


@pytest.mark.parametrize(
    ("clause", "conducts"),
    [
        ("Setiap Orang sebagaimana dimaksud dalam Pasal 1, dipidana karena pencurian ringan dengan", {"art_1"}),
        ("Setiap Orang yang menyimpan benda yang diketahui digunakan untuk melakukan salah satu Tindak Pidana sebagaimana "
         "dimaksud dalam Pasal 1, dipidana dengan", {"art_2"}),
        ("Setiap Orang yang mengetahui niat untuk melakukan Tindak Pidana sebagaimana dimaksud dalam Pasal 1, atau Pasal 3, "
         "dipidana dengan", {"art_2"}),
        ("Pejabat yang membiarkan orang lain melakukan Tindak Pidana sebagaimana dimaksud dalam Pasal 1, dipidana dengan",
         {"art_2"}),
        ("Setiap Orang yang melakukan kejahatan yang diterangkan dalam Pasal 1 dan Pasal 3, dipidana dengan",
         {"art_1", "art_3"}),
    ],
)  # fmt: skip
def test_what_a_clause_punishes_where_it_names_another_offence(tmp_path: Path, clause: str, conducts: set[str]) -> None:
    text = (
        "Pasal 1\nSetiap Orang yang mencuri kambing, dipidana dengan pidana penjara paling lama 2 (dua) tahun.\n"
        f"Pasal 2\n{clause} pidana penjara paling lama 1 (satu) tahun.\n"
        "Pasal 3\nSetiap Orang yang mencuri sapi, dipidana dengan pidana penjara paling lama 3 (tiga) tahun.\n"
    )
    offences = _linked(tmp_path, "id-uu-1-2001", text, kind="code").offences
    assert {o.eid for o in offences if o.penalty_eids == ["id-uu-1-2001 art_2"]} == conducts


def test_an_article_with_a_penalty_of_its_own_is_no_bare_prohibition(tmp_path: Path) -> None:
    text = (
        "Article 1. Threats. - Whoever threatens another, who shall not be harmed, shall suffer arresto mayor.\n"
        "Article 2. Bail. - In all cases falling within the preceding article, whoever fails to give bail shall be sentenced "
        "to destierro.\n"
    )
    offences = _linked(tmp_path, "ph-act-1-1990", text, kind="code").offences
    assert [o.eid for o in offences if o.penalty_eids == ["ph-act-1-1990 art_2"]] == ["art_2"]


def test_a_provision_without_a_penalty_lends_none(tmp_path: Path) -> None:
    text = (
        "Pasal 1\nPencurian dalam keluarga hanya dituntut atas pengaduan.\nPasal 2\nKetentuan pidana sebagaimana dimaksud "
        "dalam Pasal 1 berlaku juga bagi perbuatan sebagaimana dimaksud dalam Pasal 3.\nPasal 3\nSetiap Orang yang mencuri "
        "kambing, dipidana dengan pidana penjara paling lama 2 (dua) tahun.\n"
    )
    held = _linked(tmp_path, "id-uu-1-2001", text, kind="code").sanctions
    assert [s.eid for s in held] == ["art_3"]


def test_an_article_that_was_inserted_is_cited_in_a_list(tmp_path: Path) -> None:
    text = "Pasal 1\nSatu.\nPasal 1 bis\nDua.\nPasal 2\nKejahatan berdasarkan pasal-pasal 1 atau 1 bis dilaporkan.\n"
    cited = _linked(tmp_path, "id-uu-1-2001", text, kind="code").citations
    assert [c.target_eid for c in cited if c.eid == "art_2"] == ["art_1", "art_1bis"]


def test_terms_with_weeks_and_words_said_twice(tmp_path: Path) -> None:
    text = (
        "Pasal 1\nBarang siapa mencuri kambing, diancam dengan pidana penjara paling lama empat bulan dua minggu atau pidana "
        "denda paling banyak sembilan ratus rupiah.\nPasal 2\nSetiap orang yang mencuri domba, dipidana dengan pidana penjara "
        "paling singkat 3 (tiga) tahun dan paling lama paling lama 9 (sembilan) tahun atau pidana penjara seumur hidup.\n"
    )
    held = _linked(tmp_path, "id-uu-1-2001", text).sanctions
    assert [(s.eid, s.prison_min_months, s.prison_max_months, s.life, s.fine_max, s.conjunction) for s in held] == [
        ("art_1", None, 4, False, 900, "or"),
        ("art_2", 36, 108, True, None, "none"),
    ]


def test_what_nobody_shall_suffer_and_what_states_agree_on_is_no_sanction(tmp_path: Path) -> None:
    text = (
        "SECTION 1. Children. - Neither the death penalty nor life imprisonment without release shall be imposed on a child.\n"
        "SEC. 2. Extradition. - Where another minimum is agreed on, the minimum penalty provided for under such arrangement shall "
        "apply.\nSEC. 3. Theft. - Whoever steals a goat shall suffer life imprisonment.\n"
    )
    held = _linked(tmp_path, "ph-ra-1-1990", text).sanctions
    assert [(s.eid, s.life) for s in held] == [("sec_3", True)]


def test_an_increase_of_a_penalty(tmp_path: Path) -> None:
    text = (
        "SECTION 1. Theft. - Whoever steals a goat shall suffer imprisonment of not more than five (5) years.\nSEC. 2. Night. - "
        "The penalty provided in Section 1 shall be increased by one-fifth if it is dark.\nSEC. 3. Return. - The penalty "
        "provided in Section 1 shall be reduced by one-half if the goat is brought back.\n"
    )
    held = _linked(tmp_path, "ph-ra-1-1990", text).sanctions
    assert [(s.eid, s.relative, s.prison_max_months) for s in held] == [
        ("sec_1", "", 60),
        ("sec_2", "plus 1/5", 72),
        ("sec_3", "minus 1/2", 30),
    ]


def test_a_period_of_a_penalty_that_other_words_prescribe(tmp_path: Path) -> None:
    text = (
        "Article 1. Theft. - Whoever steals a goat shall suffer the penalty of prision mayor.\nArticle 2. Lambs. - Whoever "
        "steals a lamb shall suffer the penalty prescribed in the next preceding article, in its minimum period.\n"
    )
    held = _linked(tmp_path, "ph-act-1-1990", text, kind="code").sanctions
    assert [(s.eid, _said(s)) for s in held] == [("art_1", "prision mayor"), ("art_2", "minimum period")]


def test_a_fine_that_is_a_share_of_something(tmp_path: Path) -> None:
    text = (
        "SEC. 1. Farms. - The farm that steals a goat shall be fined a minimum of ten percent (10%) but not more than thirty "
        "percent (30%) of its flock, and its permit may be revoked.\n\nSEC. 2. Whoever hides a goat shall suffer imprisonment "
        "of one (1) year and a fine from 5 to 50 per cent of the price of the goat.\n\nSEC. 3. The same penalty shall be imposed "
        "for a sheep.\n"
    )
    links = _linked(tmp_path, "ph-ra-1-1990", text)
    held = links.sanctions
    assert [
        (s.eid, s.prison_max_months, s.fine_min_percent, s.fine_max_percent, s.fine_percent_of) for s in held[:2]
    ] == [
        ("sec_1", None, 10, 30, "its flock"),
        ("sec_2", 12, 5, 50, "the price of the goat"),
    ]
    assert [s.conjunction for s in held[:2]] == ["none", "and"]


def test_an_offence_whose_fine_is_a_share_says_so_in_every_table(tmp_path: Path) -> None:
    text = (
        "SEC. 1. Whoever produces child pornography shall suffer imprisonment of two (2) years and shall be fined ten percent "
        "(10%) of his income.\n\nSEC. 2. Whoever sells child pornography shall be fined from 5 to 50 per cent of the gain.\n"
    )
    links = _linked(tmp_path, "ph-ra-1-1990", text)
    assert [(o.eid, o.fine_min_percent, o.fine_max_percent, o.fine_percent_of) for o in links.offences] == [
        ("sec_1", 10, 10, "his income"),
        ("sec_2", 5, 50, "the gain"),
    ]
    (fined,) = [o for o in links.offences if o.eid == "sec_2"]
    assert sanction_words(fined) == "fine 5 to 50 % of the gain"


def test_a_sanction_before_a_list_punishes_what_its_items_name(tmp_path: Path) -> None:
    text = (
        "Pasal 1\nSetiap orang dilarang:\na. menjual kambing;\nb. menjual domba.\nPasal 2\nDipidana dengan pidana penjara paling "
        "lama 2 (dua) tahun, setiap orang yang dengan sengaja:\na. menjual kambing sebagaimana dimaksud dalam Pasal 1 huruf a; "
        "atau\nb. menjual domba sebagaimana dimaksud dalam Pasal 1 huruf b.\nPasal 3\nDipidana dengan pidana penjara paling lama "
        "3 (tiga) tahun, setiap orang yang:\na. menjual kambing sebagaimana dimaksud dalam Pasal 1 huruf a; atau\nb. mencuri "
        "kuda.\n"
    )
    offences = _linked(tmp_path, "id-uu-1-2001", text).offences
    assert [(o.eid, o.penalty_eids[0].split()[1]) for o in offences] == [
        ("art_1__point_a", "art_2"),
        ("art_1__point_b", "art_2"),
        ("art_1__point_a", "art_3"),
        ("art_3", "art_3"),
    ]


def test_a_fine_for_corporations_falls_on_the_offences_that_its_article_names(tmp_path: Path) -> None:
    text = (
        "Pasal 1\nSetiap orang yang mencuri kambing dipidana dengan pidana denda paling banyak Rp1.000.000,00 (satu juta "
        "rupiah).\nPasal 2\n(1) Dalam hal tindak pidana sebagaimana dimaksud dalam Pasal 1 dilakukan oleh korporasi, pidana "
        "dijatuhkan kepada pengurus.\n(2) Pidana denda yang dijatuhkan kepada korporasi paling banyak 10 (sepuluh) kali dari "
        "maksimal pidana denda yang diancamkan.\n"
    )
    offence = _linked(tmp_path, "id-uu-1-2001", text).offences[-1]
    assert (offence.eid, offence.subject, offence.fine_max) == ("art_1", "corporation", 10_000_000)


def test_the_same_penalty_as_of_articles_plus_a_third_falls_on_what_those_punish(tmp_path: Path) -> None:
    text = (
        "Pasal 1\nSetiap orang dilarang mencuri kambing.\nPasal 2\nSetiap orang dilarang melibatkan anak dalam perbuatan "
        "sebagaimana dimaksud dalam Pasal 1.\nPasal 3\nSetiap orang yang mencuri kambing sebagaimana dimaksud dalam Pasal 1 "
        "dipidana dengan pidana penjara paling lama 6 (enam) tahun.\nPasal 4\nSetiap orang yang melibatkan anak sebagaimana "
        "dimaksud dalam Pasal 2 dipidana dengan pidana yang sama sebagaimana dimaksud dalam Pasal 3, dengan maksimum ancaman "
        "pidana ditambah 1/3 (sepertiga).\n"
    )
    found = _linked(tmp_path, "id-uu-1-2001", text).offences
    assert ("art_1", "id-uu-1-2001 art_4", 96) in [(o.eid, o.penalty_eids[0], o.prison_max_months) for o in found]


def test_blackmail_with_a_sexual_image_is_sexual_extortion(tmp_path: Path) -> None:
    text = (
        "Pasal 1\n(1) Setiap Orang yang melakukan perekaman bermuatan seksual tanpa persetujuan orang yang menjadi objek perekaman, "
        "dipidana dengan pidana penjara paling lama 4 (empat) tahun.\n(2) Dalam hal perbuatan sebagaimana dimaksud pada ayat "
        "(1) dilakukan dengan maksud untuk melakukan pemerasan, dipidana dengan pidana penjara paling lama 6 (enam) tahun.\n"
    )
    found = _linked(tmp_path, "id-uu-1-2001", text).offences
    said = {o.eid: "conduct.sexual_extortion" in o.conduct for o in found}
    assert said == {"art_1__para_1": False, "art_1__para_2": True}


def test_the_maximum_of_the_penalty_of_a_section_and_a_term_up_to_life(tmp_path: Path) -> None:
    text = (
        "SECTION 1. Theft. - Whoever steals a goat shall suffer imprisonment of twenty (20) years and one (1) day to life "
        "imprisonment and a fine of Nine thousand pesos (P9,000.00).\nSEC. 2. Night. - Whoever steals a goat by night shall "
        "suffer the maximum penalty provided for in Section 1 of this Act.\nSEC. 3. Fence. - Whoever keeps the goat shall be "
        "punished with one-half (1/2) of the fine and imprisonment applicable to theft in Section 1.\n"
    )
    held = _linked(tmp_path, "ph-ra-1234-1990", text).sanctions
    assert [(s.eid, s.relative) for s in held] == [("sec_1", ""), ("sec_2", "maximum period"), ("sec_3", "share 1/2")]
    assert (held[0].prison_min_months, held[0].prison_max_months, held[0].life) == (240, None, True)
    assert (held[0].fine_max, held[0].conjunction) == (9000, "and")


def test_degrees_as_periods_and_what_is_said_of_acts_that_are_penalized(tmp_path: Path) -> None:
    text = (
        "SECTION 1. Theft. - Whoever steals a goat shall suffer the penalty of prision mayor in its medium degree or a fine of "
        "ranging from One Thousand Pesos to Six Thousand Pesos.\nSEC. 2. Rights. - Who is held for acts defined and penalized "
        "under Section 1 of this Act shall be told so.\nSEC. 3. Cruelty. - Cruelty as defined in Republic Act No. 999 is "
        "prohibited and shall be penalized under said law.\nSEC. 4. Children. - Whoever makes a child steal shall be imposed "
        "the penalty prescribed by law for the crime committed in its maximum period.\n"
    )
    held = _linked(tmp_path, "ph-ra-1234-1990", text).sanctions
    assert [(s.eid, s.penalty_name, s.fine_min, s.fine_max, s.conjunction, s.relative) for s in held] == [
        ("sec_1", "prision mayor, medium period", 1000, 6000, "or", ""),
        ("sec_3", "", None, None, "none", "same elsewhere"),
        ("sec_4", "", None, None, "none", "maximum period"),
    ]

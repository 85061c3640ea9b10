"""Philippine acts that amend others: how they set out what they change, and the clauses by which they do it.

The laws here are ours; each form is one that statutes outside the corpus have shown us.
"""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from pipeline.consolidate import consolidated
from tests.laws import write_law
from tests.test_unseen import one, read

GOATS = """SECTION 1. Title. – This is the Goat Act.

SEC. 2. Policy. – Goats are free.

SEC. 3. Definitions. – As used here:

(a) Goat means a goat; and

(b) Sheep means a sheep.

SEC. 4. Fund. – There is a fund.
"""


@pytest.mark.parametrize(
    ("clause", "done"),
    [
        ("Section 3, paragraph (a), of R.A. No. 9001 is further amended to read as follows:", "amend sec_3__para_a"),
        ("Section 2 of Republic Act No. 9001 shall now read as follows:", "amend sec_2"),
        ("Section 3 of Republic Act No. 9001 is hereby amended by adding new paragraphs (c) and (d):",
         "insert sec_3__para_c, insert sec_3__para_d"),
        ("A new paragraph (c) is hereby inserted in Section 3 of Republic Act No. 9001:", "insert sec_3__para_c"),
        ("Section 4 of Republic Act No. 9001 is also hereby amended to read as follows:", "amend sec_4"),
        ("Section 4 of Republic Act No. 9001 is hereby renumbered as Section 5.", "amend sec_4"),
        ("Section 4 of Republic Act No. 9001 is hereby superseded.", "repeal sec_4"),
        ("Nothing in this Act shall be construed as repealing Section 4 of Republic Act No. 9001.",
         "keep_in_force sec_4"),
        ("Section 4 of Republic Act No. 9001 shall remain in full force and effect.", "keep_in_force sec_4"),
        ("The other parts of Section 4 of Republic Act No. 9001 shall remain in full force and effect.", ""),
    ],
)  # fmt: skip
def test_what_a_clause_does(tmp_path: Path, clause: str, done: str) -> None:
    write_law(tmp_path / "raw", "ph-ra-9001-2001", GOATS)
    write_law(
        tmp_path / "raw", "ph-ra-9003-2019",
        "SECTION 1. Section 1 of Republic Act No. 9001 is hereby amended to read as follows:\n\n“SECTION 1. Title. – "
        f"Gold.”\n\nSEC. 2. {clause}\n",
        kind="amending-act", amends=["ph-ra-9001-2001"],
    )  # fmt: skip
    _, links = read(tmp_path / "raw", tmp_path / "out")
    found = [o for o in links.operations if o.eid == "sec_2" and o.doc_id == "ph-ra-9003-2019"]
    assert {o.target_doc for o in found} <= {"ph-ra-9001-2001"}
    assert ", ".join(f"{o.op} {o.target_eid}" for o in found) == done


def test_paragraphs_set_out_without_their_section(tmp_path: Path) -> None:
    """The law as amended has them in their place, with what stands below them, from the day on which they apply."""
    write_law(tmp_path / "raw", "ph-ra-9001-2001", GOATS)
    text = (
        "SECTION 1. Section 3, paragraph (b), of Republic Act No. 9001 is hereby amended to read as follows:\n\n"
        "“(b) Sheep means:\n\n(1) a ewe; or\n\n(2) a ram.”\n\n"
        "SEC. 2. New paragraphs (c) and (d) are hereby inserted in Section 3 of the same Act:\n\n"
        "“(c) Barn means a house; and\n\n“(d) Hay means grass.”\n\n"
        "SEC. 3. Section 2 of Republic Act No. 9001 is hereby amended to read as follows:\n\n"
        "“SEC. 2. Policy. – Sheep are free.”\n\n"
        "SEC. 4. This Act shall take effect upon its approval.\n"
    )
    write_law(tmp_path / "raw", "ph-ra-9003-2019", text, kind="amending-act", amends=["ph-ra-9001-2001"])
    corpus, links = read(tmp_path / "raw", tmp_path / "out")
    before = [r.eid for r in consolidated(corpus, links, "ph-ra-9001-2001", "2018-01-01") if "sec_3_" in r.eid]
    assert before == ["sec_3__para_a", "sec_3__para_b"]
    rows = {r.eid: r for r in consolidated(corpus, links, "ph-ra-9001-2001", "2025-12-11")}
    assert [(e, r.source_doc[6:10], r.source_eid) for e, r in rows.items() if e.startswith(("sec_2", "sec_3"))] == [
        ("sec_2", "9003", "sec_3__sec_2"),
        ("sec_3", "9001", "sec_3"),
        ("sec_3__para_a", "9001", "sec_3__para_a"),
        ("sec_3__para_b", "9003", "sec_1__para_b"),
        ("sec_3__para_b__subpara_1", "9003", "sec_1__para_b__subpara_1"),
        ("sec_3__para_b__subpara_2", "9003", "sec_1__para_b__subpara_2"),
        ("sec_3__para_c", "9003", "sec_2__para_c"),
        ("sec_3__para_d", "9003", "sec_2__para_d"),
    ]


def test_references_to_a_paragraph_that_was_set_out_alone(tmp_path: Path) -> None:
    """They lead to the law in which it stands, whether an older paragraph has its place or not."""
    write_law(tmp_path / "raw", "ph-ra-9001-2001", GOATS)
    text = (
        "SECTION 1. Section 3, paragraph (b), of Republic Act No. 9001 is hereby amended to read as follows:\n\n"
        "“(b) Sheep means what paragraph (a) does not.”\n\n"
        "SEC. 2. A new paragraph (c) is hereby inserted in Section 3 of the same Act:\n\n“(c) Barn means a house.”\n\n"
        "SEC. 3. This Act shall take effect upon its approval.\n"
    )
    write_law(tmp_path / "raw", "ph-ra-9003-2019", text, kind="amending-act", amends=["ph-ra-9001-2001"])
    write_law(
        tmp_path / "raw", "ph-ra-9004-2020",
        "SECTION 1. A barn as defined in Section 3(c) of Republic Act No. 9001 is red, and so is a goat under Section 3(b) of "
        "said Act.\n",
    )  # fmt: skip
    corpus, links = read(tmp_path / "raw", tmp_path / "out")
    assert [(c.doc_id[6:10], c.target_eid, c.status) for c in links.citations if c.target_eid.startswith("sec_3_")] == [
        ("9003", "sec_3__para_b", "resolved"),
        ("9003", "sec_3__para_a", "resolved"),
        ("9003", "sec_3__para_c", "resolved"),
        ("9004", "sec_3__para_c", "resolved"),
        ("9004", "sec_3__para_b", "resolved"),
    ]
    assert corpus.law_of("ph-ra-9003-2019", "sec_2__para_c") == ("ph-ra-9001-2001", "sec_3__para_c")
    assert [p.doc_id[6:10] for p in corpus.law_provisions["ph-ra-9001-2001", "sec_3__para_b"]] == ["9001", "9003"]


def test_the_said_act_is_the_one_named_before(tmp_path: Path) -> None:
    text = (
        "SECTION 1. Goats are red.\n\nSEC. 2. Section 1 of Republic Act No. 99 is about goats; Section 2 of said Act is about "
        "hay.\n\nSEC. 3. Section 1 of the same Act is about goats.\n"
    )
    _, links = one(tmp_path, "ph-ra-7-2019", text)
    assert [(c.text, c.target_eid, c.status) for c in links.citations] == [
        ("Section 1 of Republic Act No. 99", "", "outside_corpus"),
        ("Section 2 of said Act", "", "outside_corpus"),
        ("Section 1 of the same Act", "sec_1", "resolved"),
    ]


@pytest.mark.parametrize(
    ("clause", "effective"),
    [
        ("shall be effective fifteen (15) days after its complete publication.", "2019-03-16"),
        ("shall take effect one (1) year after its publication.", "2020-03-01"),
        ("shall take effect on the fifteenth day following its publication.", "2019-03-16"),
        ("shall take effect upon its approval and publication.", "2019-03-01"),
        ("shall take effect after six (6) months from its approval.", "2019-08-25"),
    ],
)
def test_when_an_act_commences(tmp_path: Path, clause: str, effective: str) -> None:
    text = f"SECTION 1. Goats are free.\n\nSEC. 2. This Act {clause}\n"
    _, links = one(tmp_path, "ph-ra-7-2019", text, signed=datetime.date(2019, 2, 25))
    assert [(o.op, o.effective) for o in links.operations] == [("commence", effective)]


def test_an_act_that_amends_a_law_it_does_not_name_is_read(tmp_path: Path) -> None:
    """`the same Act` has no act to mean; nothing is amended, and nothing stops."""
    text = (
        "SECTION 1. Section 4 of the same Act is hereby amended to read as follows:\n"
        "\u201cSEC. 4. Goats. \u2013 Under Section 9 of this Act, goats are free.\u201d\n"
        "SEC. 2. Article 9 is hereby repealed.\n"
    )
    _, links = one(tmp_path, "ph-ra-7-2019", text, kind="amending-act")
    assert [o for o in links.operations if o.target_doc not in ("", "ph-ra-7-2019")] == []


def test_headings_and_points_of_amending_acts_with_slips(tmp_path: Path) -> None:
    """Retyped acts: no space behind a number, no quotation marks, a line left out, a point behind the title."""
    text = (
        "SECTION 1. Article 9 of Act No. 3815 is hereby amended to read as follows:\n"
        "Article 9.Goats. - Goats are kept:\n"
        "1) By farmers who are:\n\n"
        "x x x\n\n"
        "c) old; and\n\n"
        "2) By others.\n"
        "SEC. 2. Article 12a of the same Act is hereby inserted to read as follows:\n"
        "“ART. 12a. Sheep - a) Under the preceding article, sheep are free.\n"
        "“b) So are lambs.”\n"
        "SEC. 3. This Act shall take effect immediately.\n"
        "\nApproved,\n\n"
        "(SGD.) A. GOAT\n"
        "This Act was passed.\n"
    )
    corpus, links = one(tmp_path, "ph-ra-7-2019", text, kind="amending-act", amends=["ph-act-3815"])
    assert [(p.eid, p.part) for p in corpus.provisions["ph-ra-7-2019"]] == [
        ("sec_1", "body"), ("sec_1__art_9", "quoted"), ("sec_1__art_9__para_1", "quoted"),
        ("sec_1__art_9__para_1__subpara_c", "quoted"), ("sec_1__art_9__para_2", "quoted"),
        ("sec_2", "body"), ("sec_2__art_12a", "quoted"), ("sec_2__art_12a__para_a", "quoted"),
        ("sec_2__art_12a__para_b", "quoted"), ("sec_3", "body"), ("closing", "closing"),
    ]  # fmt: skip
    assert [(o.eid, o.op, o.target_doc, o.target_eid) for o in links.operations] == [
        ("sec_1", "amend", "ph-act-3815", "art_9"),
        ("sec_2", "insert", "ph-act-3815", "art_12a"),
        ("sec_3", "commence", "ph-ra-7-2019", ""),
    ]


def test_the_article_before_one_that_is_set_out(tmp_path: Path) -> None:
    write_law(tmp_path / "raw", "ph-act-7-1930", "ARTICLE 8. Goats are free.\nARTICLE 9. Sheep too, as in Article 8.\n")
    text = (
        "SECTION 1. Article 9 of Act No. 7 is hereby amended to read as follows:\n"
        "“ARTICLE 9. Sheep. – The preceding article applies to sheep.”\n"
    )
    write_law(tmp_path / "raw", "ph-ra-7-2019", text, kind="amending-act", amends=["ph-act-7-1930"])
    _, links = read(tmp_path / "raw", tmp_path / "out")
    cited = [(c.eid, c.target_eid, c.status) for c in links.citations if c.doc_id == "ph-ra-7-2019"]
    assert cited == [("sec_1", "art_9", "resolved"), ("sec_1__art_9", "art_8", "resolved")]


def test_a_letter_right_behind_the_number_of_a_section(tmp_path: Path) -> None:
    text = "SECTION 1. It is unlawful:\n(a) to lend a goat;\n(b) to borrow one.\nSEC. 2. Section 1b applies to sheep.\n"
    _, links = one(tmp_path, "ph-ra-7-2019", text)
    assert [(c.eid, c.target_eid, c.status) for c in links.citations] == [("sec_2", "sec_1__para_b", "resolved")]


def test_a_code_amended_by_its_name(tmp_path: Path) -> None:
    text = "SECTION 1. The heading of Chapter Two of the Revised Penal Code is hereby amended to read as follows: “GOATS”.\n"
    _, links = one(tmp_path, "ph-ra-7-2019", text, kind="amending-act", amends=["ph-act-3815"])
    assert [(o.op, o.target_doc, o.target_eid) for o in links.operations] == [("amend", "ph-act-3815", "")]


def test_penalties_of_retyped_acts(tmp_path: Path) -> None:
    """Names in italics without their spaces, a peso sign struck through, terms that are only spoken of."""
    text = (
        "AN ACT ON ARRESTO MAYOR\n\n"
        "Be it enacted:\n\n"
        "SECTION 1. Whoever lends a goat shall be punished byprision correccionalin its minimum period.\n\n"
        "SEC. 2. The penalty of one (1) year imprisonment, a fine of Two thousand pesos (~~P~~2,000.00) and perpetual "
        "disqualification shall be imposed upon any officer who violates Section 9.\n\n"
        "SEC. 3. For offenses punishable by arresto menor and arresto mayor, the court may free the goat; arresto menor "
        "may be served at home.\n\n"
        "SEC. 4. In addition to the penalty imposed in Section 1, the court shall take the goat.\n"
    )
    write_law(tmp_path / "raw", "ph-ra-7-2019", text)
    file = tmp_path / "raw/ph/official/ph-ra-7-2019.txt"
    file.rename(file.with_suffix(".md"))
    _, links = read(tmp_path / "raw", tmp_path / "out")
    assert [(s.eid, s.penalty_name, s.prison_max_months, s.fine_max) for s in links.sanctions] == [
        ("sec_1", "prision correccional, minimum period", None, None), ("sec_2", "", 12, 2000),
    ]  # fmt: skip


def test_a_penalty_of_the_prohibited_acts(tmp_path: Path) -> None:
    """The sections before that forbid, of the same law, and punish nothing themselves."""
    text = (
        "SECTION 1. Title. – This is the Goat Act.\n\n"
        "SEC. 2. Prohibited Acts. – It is unlawful:\n\n(a) to recruit a child; or\n\n(b) to sell one.\n\n"
        "SEC. 3. Sheep. – To lend a sheep is prohibited, and punished by arresto menor.\n\n"
        "SEC. 4. Penalty. – Any person found guilty of any of the prohibited acts shall suffer the penalty of prision mayor.\n"
    )
    _, links = one(tmp_path, "ph-ra-7-2019", text)
    assert [(o.eid, o.penalty_eids, o.victim) for o in links.offences] == [
        ("sec_3", ["ph-ra-7-2019 sec_3"], "any"), ("sec_2", ["ph-ra-7-2019 sec_4"], "child"),
    ]  # fmt: skip


def test_articles_numbered_in_words(tmp_path: Path) -> None:
    write_law(tmp_path / "raw", "ph-act-7-1930", "ARTICLE 310. Goats are free.\nARTICLE 311. Sheep too.\n")
    text = (
        "SECTION 1. Articles Three hundred ten and three hundred eleven of Act No. 7 are hereby amended to read as follows:\n"
        "“ART. 310. Goats. – Goats are kept.\n“ART. 311. Sheep. – Sheep too.”\n"
    )
    write_law(tmp_path / "raw", "ph-ra-7-2019", text, kind="amending-act", amends=["ph-act-7-1930"])
    _, links = read(tmp_path / "raw", tmp_path / "out")
    cited = [(c.target_eid, c.status) for c in links.citations if c.doc_id == "ph-ra-7-2019"]
    assert cited == [("art_310", "resolved"), ("art_311", "resolved")]
    assert [(o.op, o.target_eid, o.new_eid) for o in links.operations] == [
        ("amend", "art_310", "sec_1__art_310"), ("amend", "art_311", "sec_1__art_311"),
    ]  # fmt: skip


def test_laws_outside_the_corpus_are_repealed_too(tmp_path: Path) -> None:
    """Known by kind and number; one that only says which law's articles are meant is not repealed itself."""
    text = (
        "SECTION 1. Goats are free.\n\nSEC. 2. There are hereby repealed: Acts Nos. 277 and 292; Republic Act No. 480; and "
        "Sections 2 and 3 of Act No. 899: Provided, That Republic Act No. 500 remains.\n\nSEC. 3. This Act takes effect on 1 "
        "January 2020.\n"
    )
    _, links = one(tmp_path, "ph-ra-7-2019", text)
    assert [(o.op, o.target_doc, o.target_eid) for o in links.operations if o.op == "repeal"] == [
        ("repeal", "ph-act-277", ""),
        ("repeal", "ph-act-292", ""),
        ("repeal", "ph-ra-480", ""),
        ("repeal", "ph-act-899", "sec_2"),
        ("repeal", "ph-act-899", "sec_3"),
    ]

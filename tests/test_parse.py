"""Text → provisions: structure of the law, and invariants on any text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.packs import load_structure
from pipeline.parse import parse
from pipeline.records import Page, Provision
from tests.conftest import Run


def parsed(code: str, text: str, amending: bool = False) -> dict[str, Provision]:
    """Provisions of a text by eid."""
    provisions, _ = parse("x-1", [Page("x-1", 1, 0, len(text), text)], load_structure(code), amending)
    return {p.eid: p for p in provisions}


def words(text: str, provision: Provision) -> str:
    return text[provision.start : provision.end]


def test_indonesian_article_paragraphs_points() -> None:
    text = "BAB I\nKETENTUAN UMUM\nPasal 1\n(1) Setiap orang:\na. satu;\nb. dua:\n1. x;\n2. y.\n(2) Akhir.\nPasal 2\nIsi.\n"
    found = parsed("id", text)
    assert list(found) == [
        "chp_I", "art_1", "art_1__para_1", "art_1__para_1__point_a", "art_1__para_1__point_b",
        "art_1__para_1__point_b__point_1", "art_1__para_1__point_b__point_2", "art_1__para_2", "art_2",
    ]  # fmt: skip
    assert found["chp_I"].heading == "KETENTUAN UMUM"
    assert found["art_2"].parent_eid == "chp_I"
    assert words(text, found["art_1__para_2"]) == "(2) Akhir.\n"


def test_closing_words_of_a_list_belong_to_the_article() -> None:
    text = "Pasal 23\nSetiap orang yang:\na. memberi;\nb. menerima,\ndipidana penjara.\n"
    found = parsed("id", text)
    assert "dipidana" not in words(text, found["art_23__point_b"])
    assert "dipidana" in words(text, found["art_23"])


def test_the_elucidation_is_kept_apart() -> None:
    text = "Pasal 1\nIsi.\nDisahkan di Jakarta\nPENJELASAN\nATAS\nPasal 1\nAyat (1)\nCukup jelas.\nHuruf a\nArti.\n"
    found = parsed("id", text)
    assert found["art_1"].part == "body"
    assert found["elucidation__art_1"].part == "elucidation"
    assert "elucidation__art_1__para_1__point_a" in found


def test_an_amending_act_quotes_articles_inside_its_items() -> None:
    text = (
        "Pasal I\nBeberapa ketentuan diubah sebagai berikut:\n1. Ketentuan Pasal 27 diubah sehingga berbunyi sebagai berikut:\n"
        "Pasal 27\n(1) Isi:\n1. satu;\n2. dua.\n2. Di antara Pasal 45 dan Pasal 46 disisipkan 1 (satu) pasal:\nPasal 45A\nBaru.\n"
        "Pasal II\nMulai berlaku.\n"
    )
    found = parsed("id", text, amending=True)
    assert found["art_I__point_1__art_27"].part == "quoted"
    assert "art_I__point_1__art_27__para_1__point_2" in found
    assert found["art_I__point_2__art_45A"].parent_eid == "art_I__point_2"
    assert found["art_II"].part == "body"


def test_philippine_sections_and_depth() -> None:
    text = "SEC. 4. Acts. – It shall be unlawful:\n(a) To recruit:\n(1) by force;\n(2) by fraud;\n(b) To hire.\nIn addition, all apply.\nSEC. 5. Next. – x\n"
    found = parsed("ph", text)
    assert found["sec_4"].heading == "Acts"
    assert "sec_4__para_a__subpara_2" in found
    assert "In addition" not in words(text, found["sec_4__para_b"])


def test_roman_and_letter_i_are_told_apart() -> None:
    letters = parsed("ph", "SEC. 1. X. – y:\n" + "".join(f"({c}) z;\n" for c in "abcdefghij"))
    assert "sec_1__para_i" in letters
    assert "sec_1__para_j" in letters
    romans = parsed("int", "Article 3\n1. A:\n(a) b:\n(i) c;\n(ii) d;\n(b) e.\n")
    assert "art_3__para_1__subpara_a__item_ii" in romans
    assert "art_3__para_1__subpara_b" in romans


def test_inserted_numbers_follow() -> None:
    found = parsed("id", "Pasal 1\n6. enam;\n6a. enam a;\n7. tujuh.\n")
    assert {"art_1__point_6", "art_1__point_6a", "art_1__point_7"} <= set(found)


@pytest.mark.parametrize("code", ["id", "ph", "int", "paper"])
@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Pasal 1", "Pasal I", "Pasal 2A", "(1) a", "a. b", "1. c", "i. d", "BAB I", "PENJELASAN", "SEC. 1. T. – x",
             "“SEC. 2. U. – y", "Article 3", "(a) e", "(i) f", "text.", "text;", "", "  ", "1.1. Heading", "Ayat (1)", "\x00", "ﷺ"]
        ),
        max_size=40,
    ),
    st.booleans(),
)  # fmt: skip
def test_any_lines_give_nested_spans_and_unique_ids(code: str, lines: list[str], amending: bool) -> None:
    text = "\n".join(lines) + "\n"
    provisions, _ = parse("x-1", [Page("x-1", 1, 0, len(text), text)], load_structure(code), amending)
    by_eid = {p.eid: p for p in provisions}
    assert len(by_eid) == len(provisions)
    for p in provisions:
        assert 0 <= p.start <= p.end <= len(text)
        if p.parent_eid:
            parent = by_eid[p.parent_eid]
            assert parent.start <= p.start
            assert p.end <= parent.end


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_parsed(text: str) -> None:
    for code in ("id", "ph", "int", "paper"):
        parse("x-1", [Page("x-1", 1, 0, len(text), text)], load_structure(code), True)


def test_every_article_of_every_digest_is_there(shipped: Run) -> None:
    # tests/test_packs.py checks numbers against sources.yaml; here: that they reach the published table.
    rows = shipped.table("provisions")
    count = {d: sum(r["doc_id"] == d and r["kind"] in ("article", "section") and r["part"] == "body" for r in rows) for d in ("id-uu-21-2007", "id-uu-44-2008", "ph-ra-11930", "int-palermo", "int-opsc")}  # fmt: skip
    assert count == {"id-uu-21-2007": 67, "id-uu-44-2008": 45, "ph-ra-11930": 45, "int-palermo": 20, "int-opsc": 17}

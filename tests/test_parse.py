"""Text → provisions: structure of the law, and invariants on any text."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.repair import mend
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


def numbers(
    found: dict[str, Provision], part: str = "body", kinds: tuple[str, ...] = ("article", "section")
) -> list[str]:
    """Numbers of the articles in a part, in order."""
    return [p.num for p in found.values() if p.kind in kinds and p.part == part]


def test_headings_that_no_line_break_follows_or_precedes() -> None:
    found = parsed(
        "id",
        "BAB I KETENTUAN UMUM Pasal 1\nIsi.\nPasal 2 Setiap orang wajib. Pasal 3 (1) Satu. (2) Dua.\nPASAL 4\nIsi.\n",
    )
    assert numbers(found) == ["1", "2", "3", "4"]
    assert found["chp_I"].heading == "KETENTUAN UMUM"
    assert "art_3__para_2" in found


def test_a_reference_that_a_line_break_put_at_the_start_is_no_heading() -> None:
    text = "Pasal 1\nSebagaimana dimaksud dalam\nPasal 7\nayat (2) dan\nPasal 9 ayat (1) berlaku.\nPasal 2\nMenurut ayat\n(2) yang berlaku.\n"
    found = parsed("id", text)
    assert numbers(found) == ["1", "2"]
    assert list(found) == ["art_1", "art_2"]


def test_letters_without_a_space_in_the_middle_of_a_line() -> None:
    text = "Pasal 5\n(1) Saksi berhak: a.memperoleh rumah;\nb.memilih; dan/atau c.menolak.\n(2)Hak itu gratis.\n"
    points = ["art_5__para_1__point_a", "art_5__para_1__point_b", "art_5__para_1__point_c"]
    assert list(parsed("id", text)) == ["art_5", "art_5__para_1", *points, "art_5__para_2"]
    assert list(parsed("id", "Pasal 5\nHak: a.n. Menteri; b.d. Presiden.\n")) == ["art_5"]


def test_entries_without_numbers_stay_with_the_paragraph_that_lists_them() -> None:
    text = "Article 3\n1. Each State acts:\n2. It shall:\n– investigate;\n– help.\nArticle 4\nEnd.\n"
    found = parsed("int", text)
    assert list(found) == ["art_3", "art_3__para_1", "art_3__para_2", "art_4"]
    assert words(text, found["art_3__para_2"]).endswith("– help.\n")


def test_sections_of_a_chapter_counted_in_words_are_divisions() -> None:
    text = (
        "CHAPTER ONE\nArticle 10. Arrest.- It is punished.\nSECTION TWO.- Kidnapping of minors\n"
        "Article 11. Taking.- It is punished.\nSection one of this act is punished.\n"
    )
    found = parsed("ph", text)
    assert list(found) == ["chp_ONE", "art_10", "chp_ONE__subchp_TWO", "art_11"]
    assert found["chp_ONE__subchp_TWO"].heading == "Kidnapping of minors"
    assert "Kidnapping" not in words(text, found["art_10"])


FLUSH = (
    "SECTION 1. Orders. –\n(a) Reports. – A report names the place.\n(b) Orders. – An order is given where it is shown:\n"
    "(1) That there are grounds; and\n(2) That no other way is open{end}\nThe order lasts thirty days.\n"
    "Failure to end it is an offense.\n(c) Custody. – The court keeps it.\n"
)


@pytest.mark.parametrize(("end", "holder"), [(".", "sec_1__para_b"), (", which is", "sec_1__para_b__subpara_2")])
def test_words_behind_a_finished_list_belong_to_the_item_that_opens_it(end: str, holder: str) -> None:
    text = FLUSH.format(end=end)
    found = parsed("ph", text)
    deepest = [p for p in found.values() if p.start <= text.index("The order lasts") < p.end][-1]
    assert deepest.eid == holder
    assert list(found)[-1] == "sec_1__para_c"


def test_a_second_paragraph_of_an_item_stays_with_it_while_its_list_goes_on() -> None:
    text = "Article 1. Threats. – These suffer a penalty:\n1. Who threatens.\nIf in writing, the higher one.\n2. Who scolds.\n"
    found = parsed("ph", text)
    assert "in writing" in words(text, found["art_1__para_1"])


def test_an_elucidation_in_one_line() -> None:
    text = (
        "Pasal 1\nIsi.\nPasal 2\nIsi.\nDisahkan di Jakarta\nPENJELASAN\nI. UMUM\nMenurut Pasal 1 begitu.\nII. PASAL DEMI PASAL\n"
        "Pasal 1 Cukup jelas. Pasal 2 Ayat (1) Huruf a Artinya ini. Huruf b Cukup jelas. Ayat (2) Cukup jelas.\n"
    )
    found = parsed("id", text)
    assert numbers(found, "elucidation") == ["1", "2"]
    below = [e.removeprefix("elucidation__art_2__") for e in found if e.startswith("elucidation__art_2__")]
    assert below == ["para_1", "para_1__point_a", "para_1__point_b", "para_2"]


def test_a_doubled_heading_and_a_catchword_are_one() -> None:
    found = parsed("id", "Pasal 1\nIsi.\nPasal 2…\nPasal 2\n(1) Satu.\n(2) Dua…\n(2) Dua yang lain.\n")
    assert list(found) == ["art_1", "art_2", "art_2__para_1", "art_2__para_2"]


def test_rules_that_count_anew_and_annexes() -> None:
    rules = parsed(
        "ph", "RULE I\nGeneral\nSection 1. Title. – x\nSection 2. Policy. – y\nRULE II\nScope\nSection 1. Cover. – z\n"
    )
    assert [(p.parent_eid, p.num) for p in rules.values() if p.kind == "section"] == [
        ("rule_I", "1"), ("rule_I", "2"), ("rule_II", "1"),
    ]  # fmt: skip
    annex = parsed("id", "Pasal 1\nIsi.\nDisahkan di Jakarta\nLAMPIRAN\nPasal 1\nLain.\n")
    assert annex["annex__art_1"].part == "annex"
    additional = parsed("id", "Pasal 37\nIsi.\nATURAN PERALIHAN\nPasal I\nA.\nATURAN TAMBAHAN\nPasal I\nB.\n")
    assert [p.parent_eid for p in additional.values() if p.num == "I"] == ["chp_PERALIHAN", "chp_TAMBAHAN"]


@pytest.mark.parametrize(
    "heading", ["Sec. 2. Acts.", "SECTION 2. Acts.", "SEC. 2 Acts.", "SECTION 2: Acts.", "Sec. 2 - Acts."]
)
def test_section_headings_as_they_are_printed(heading: str) -> None:
    found = parsed("ph", f"SECTION 1. Title. – This Act.\n{heading} – (a) One; and (b) two.\n")
    assert list(found) == ["sec_1", "sec_2", "sec_2__para_a", "sec_2__para_b"]


def test_an_amending_act_without_quotation_marks_counts_on() -> None:
    text = (
        "SECTION 1. Section 4 of the Act is hereby amended to read as follows:\nSEC. 4. Acts. – (a) One;\n(b) Two. x x xSEC. 2. "
        "Section 9 of the Act is hereby amended to read as follows:\nSEC. 9. Duties. – All.\nSEC. 3. Effectivity. – Now.\n"
    )
    found = parsed("ph", text, amending=True)
    assert numbers(found) == ["1", "2", "3"]
    assert numbers(found, "quoted") == ["4", "9"]


def test_what_follows_the_signatures_of_a_treaty_is_no_article() -> None:
    found = parsed(
        "int",
        "Article 1 – Terms\n1. One:\na)First;\nb)Second.\nArticle 2\nEnd\n1. a)Each\nIN WITNESS WHEREOF\nArtikel 1\n1. Een\n",
    )
    assert found["art_1"].heading == "Terms"
    assert {"art_1__para_1__subpara_a", "art_1__para_1__subpara_b", "art_2__para_1__subpara_a"} <= set(found)
    assert list(found)[-2:] == ["closing", "translation"]
    # A translation may have no line but its title and the opening words of its preamble.
    text = "Article 1\n1. One.\nFacultatief Protocol inzake kinderen\nDe Staten die partij zijn, menen:\nArtikel 1\n1. Een.\n"
    found = parsed("int", text)
    assert list(found) == ["art_1", "art_1__para_1", "translation"]
    assert words(text, found["art_1"]).endswith("One.\n")


def test_a_letter_after_a_gap_is_told_from_a_roman_number() -> None:
    found = parsed("ph", "SEC. 1. X. – y:\n(a) z;\n(i) z;\n(j) z.\nSEC. 2. X. – y:\n(a) z:\n(i) z;\n(ii) z.\n")
    assert {"sec_1__para_i", "sec_1__para_j", "sec_2__para_a__subpara_ii"} <= set(found)


def test_a_list_goes_on_after_a_paragraph_that_a_page_cut_in_two() -> None:
    found = parsed("id", "Pasal 1\n(1) Satu yang\nTerputus ini.\n(2) Dua.\n")
    assert list(found) == ["art_1", "art_1__para_1", "art_1__para_2"]


@pytest.mark.parametrize("code", ["id", "ph", "int"])
@pytest.mark.parametrize(
    "text",
    ["Pasal Pasal " * 10_000, "Pasal 1 Cukup jelas. " * 10_000, "SEC. 1. T. – (a) b (b) c\n" * 5_000, "(1) a\n" * 10_000,
     "(" * 50_000, "a. x; b. y; " * 10_000, "x" * 500_000, "Article 1\n" * 10_000],
    ids=lambda t: t[:12],
)  # fmt: skip
def test_time_grows_with_length_only(code: str, text: str) -> None:
    """Four times the text takes about four times the time, and a text of this size seconds."""
    structure = load_structure(code)

    def seconds(content: str) -> float:
        started = time.process_time()
        parse("x-1", [Page("x-1", 1, 0, len(content), content)], structure, amending=True)
        return time.process_time() - started

    quarter, whole = seconds(text[: len(text) // 4]), seconds(text)
    # In proportion it is four times as long, quadratic sixteen; clocks are noisy.
    assert whole < max(1.0, 9 * quarter)
    assert whole < 20


def spliced(draw: st.DrawFn) -> str:
    """Pieces of our digests, cut anywhere and put together in any order, some letters changed."""
    parts = []
    for _ in range(draw(st.integers(1, 4))):
        source = draw(st.sampled_from(DIGESTS)).read_text(encoding="utf-8")
        start = draw(st.integers(0, len(source)))
        part = source[start : start + draw(st.integers(0, 3000))]
        for _ in range(draw(st.integers(0, 5))):
            at = draw(st.integers(0, len(part)))
            part = (
                part[:at]
                + draw(st.sampled_from(["", "\n", "(", "1", "l", "Pasal ", "\x00", "“", "…", "²", "٣"]))
                + part[at + 1 :]
            )
        parts.append(part)
    return "".join(parts)


DIGESTS = sorted(Path("raw").glob("*/digests/*.md"))


@pytest.mark.parametrize("code", ["id", "ph", "int", "paper"])
@settings(max_examples=60, deadline=None)
@given(st.composite(spliced)(), st.booleans())
def test_mutated_documents_are_mended_and_parsed(code: str, text: str, amending: bool) -> None:
    structure = load_structure(code)
    middle = len(text) // 2
    pages = [Page("x-1", 1, 0, middle, text[:middle]), Page("x-1", 2, middle, len(text), text[middle:])]
    pages, _ = mend(pages, structure)
    whole = "".join(p.text for p in pages)
    provisions, notices = parse("x-1", pages, structure, amending)
    check_spans(provisions, len(whole))
    assert all(n.rule for n in notices)
    first = min((p.start for p in provisions), default=len(whole))
    assert not whole[:first].strip(), "every word belongs to a provision"


def check_spans(provisions: list[Provision], length: int) -> None:
    """Unique ids, order by start, children inside their parents."""
    by_eid = {p.eid: p for p in provisions}
    assert len(by_eid) == len(provisions)
    assert [p.start for p in provisions] == sorted(p.start for p in provisions)
    for p in provisions:
        assert 0 <= p.start <= p.end <= length
        if p.parent_eid:
            parent = by_eid[p.parent_eid]
            assert parent.start <= p.start
            assert p.end <= parent.end


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
    check_spans(provisions, len(text))


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


def test_a_number_that_a_list_has_twice_is_an_item_twice() -> None:
    """Printed laws count wrong; nothing they list is lost, and a notice says so."""
    text = (
        "SECTION 1. Goats are kept in:\n1. any barn;\n2. any stable;\n2. any house that was built for goats, or for sheep "
        "that are kept with goats by day and by night;\n2. any yard; or\n3. a field.\nSEC. 2. Sheep are free.\n"
    )
    provisions, notices = parse("x", [Page("x", 1, 0, len(text), text)], load_structure("ph"), amending=False)
    assert [p.eid for p in provisions] == [
        "sec_1", "sec_1__para_1", "sec_1__para_2", "sec_1__para_2--2", "sec_1__para_2--3", "sec_1__para_3", "sec_2",
    ]  # fmt: skip
    assert [(n.rule, n.before) for n in notices] == [("doubled-number", "2")] * 2


def test_a_line_of_which_a_scan_left_one_dot_announces_the_next() -> None:
    found = parsed("id", "Pasal 7\n(1) Satu.\n(2) Sebelum .\n(2) Sebelum dua.\n(3) Tiga .\n(4) Empat.\n")
    assert list(found) == ["art_7", *(f"art_7__para_{n}" for n in range(1, 5))]


def test_a_number_in_brackets_with_a_speck_behind_it() -> None:
    assert "art_7__para_2" in parsed("id", "Pasal 7\n(1) Satu.\n(2): Dua.\n(3) Tiga.\n")


def test_headings_of_parts_behind_the_last_sentence_of_an_article() -> None:
    text = (
        "BAB I UMUM\nBagian Kesatu Kambing Paragraf 1 Susu\nPasal 1\n(1) Satu.\n(2) Dua. Paragraf 2 Wol\nPasal 2\nTiga. Bagian Kedua "
        "Domba Muda\nPasal 3\nMenurut Bagian Kesatu Undang-Undang ini. Bagian Kedua Undang-Undang ini berlaku.\n"
    )
    found = parsed("id", text)
    assert [p.heading for p in found.values() if p.kind in ("part", "subpart")] == [
        "Kambing",
        "Susu",
        "Wol",
        "Domba Muda",
    ]
    assert words(text, found["art_1__para_2"]).strip() == "(2) Dua."
    assert words(text, found["art_2"]).strip() == "Pasal 2\nTiga."
    assert words(text, found["art_3"]).endswith("ini berlaku.\n")

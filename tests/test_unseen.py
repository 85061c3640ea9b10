"""Ways of writing that statutes outside the corpus have shown us. The laws here are ours; each form is one that was met."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline import extract, link, parse, tag
from pipeline.corpus import Corpus
from pipeline.extract.markup import html_paragraphs
from pipeline.report.exports.dataset import Dataset
from tests.conftest import params
from tests.laws import run, table, write_law
from tests.test_repair import mended


def read(raw: Path, out: Path) -> tuple[Corpus, link.Links]:
    """The first four stages on `raw`."""
    settings = params() | {"as_of": "2025-12-11", "corpus": {"edition": "auto"}}
    folders = [out / n for n in ("1-text", "2-provisions", "3-tags", "4-links")]
    extract.run(raw, folders[0], settings)
    parse.run(folders[0], folders[1], settings)
    tag.run(*folders[:3], settings)
    link.run(*folders, settings["as_of"])
    corpus = Corpus(*folders[:3])
    return corpus, link.load(folders[3], corpus)


def one(tmp_path: Path, doc_id: str, text: str, **about: Any) -> tuple[Corpus, link.Links]:
    """The first four stages on one law."""
    write_law(tmp_path / "raw", doc_id, text, **about)
    return read(tmp_path / "raw", tmp_path / "out")


def sanctions(links: link.Links) -> list[tuple[Any, ...]]:
    """(eid, prison, fine, how they are joined, name) of every sanction."""
    return [
        (s.eid, (s.prison_min_months, s.prison_max_months), (s.fine_min, s.fine_max), s.conjunction, s.penalty_name)
        for s in links.sanctions
    ]


# ---------------------------------------------------------------------------------------------- text


def test_an_ordered_list_has_the_numbers_that_a_browser_shows() -> None:
    page = (
        "<p>SEC. 4. It is unlawful:</p><ol type='a'><li>to lend a goat, which may be:<ol><li>white; or</li><li>black"
        "</li></ol></li><li><b>to</b> borrow one.</li></ol>"
        "<ol start='5'><li>five</li><li value='9'>nine</li><li>ten</li></ol>"
        "<ol style='list-style-type: lower-roman'><li>one</li><li>two</li></ol>"
        "<ol><li>(a) has its own</li><li>b. too</li></ol><ul><li>none</li></ul>"
    )
    assert html_paragraphs(page) == [
        "SEC. 4. It is unlawful:", "(a) to lend a goat, which may be:", "(1) white; or", "(2) black",
        "(b) to borrow one.", "(5) five", "(9) nine", "(10) ten", "(i) one", "(ii) two", "(a) has its own", "b. too",
        "none",
    ]  # fmt: skip


def test_long_and_deep_lists_cost_time_in_proportion() -> None:
    assert html_paragraphs("<ol><li>" * 400 + "deep")[-1].endswith("(1) deep")
    assert html_paragraphs("<ol>" + "<li>x</li>" * 20_000 + "</ol>")[-1] == "(20000) x"


@pytest.mark.parametrize(
    ("noisy", "clean"),
    [
        ("paling lama 4 ^(empat) tahun", "paling lama 4 (empat) tahun"),
        ("dipidana mati, __ penjara seumur hidup", "dipidana mati, penjara seumur hidup"),
        ("denda Rpf 2.000.000,00 (dua belas juta rupiah)", "denda Rp12.000.000,00 (dua belas juta rupiah)"),
    ],
)
def test_specks_and_letters_for_digits(noisy: str, clean: str) -> None:
    assert mended(f"Pasal 1\nSetiap orang {noisy}.\n")[0] == f"Pasal 1\nSetiap orang {clean}.\n"


def test_a_noisy_paragraph_in_the_middle_of_a_line() -> None:
    noisy = "Pasal 7 (1) Izin diminta. (21 Izin diberi oleh Camat. (3) Izin dicatat. (41 Izin berakhir.\n"
    assert mended(noisy)[0] == noisy.replace("(21", "(2)").replace("(41", "(4)")
    assert mended("Pasal 7 (1) Izin diminta. (91 Izin diberi.\n")[0] == "Pasal 7 (1) Izin diminta. (91 Izin diberi.\n"


# ----------------------------------------------------------------------------------------- sanctions


def test_indonesian_sanctions_of_older_laws(tmp_path: Path) -> None:
    text = (
        "Pasal 1\nBarang siapa mencuri layang-layang dipidana dengan pidana penjara paling lama 2 (dua) tahun dan atau "
        "denda paling banyak Rp. 300.000,00 (tiga ratus ribu rupiah).\n"
        "Pasal 2\nBarang siapa merusak layang-layang dihukum dengan hukuman penjara setinggitingginya tiga tahun.\n"
        "Pasal 3\nBarang siapa membakar layang-layang dipidana penjara paling lama 4 (empat) tahun datau denda paling "
        "banyak Rp. 500.000,00 (lima ratus ribu rupiah).\n"
    )
    assert sanctions(one(tmp_path, "id-uu-7-1999", text)[1]) == [
        ("art_1", (None, 24), (None, 300_000), "and_or", ""),
        ("art_2", (None, 36), (None, None), "none", ""),
        ("art_3", (None, 48), (None, 500_000), "and_or", ""),
    ]


def test_a_corporate_fine_many_times_the_maximum(tmp_path: Path) -> None:
    text = "Pasal 1\n(1) A.\n(2) Pidana denda yang dijatuhkan kepada Korporasi paling banyak 12 (dua belas) kali dari maksimal pidana denda.\n"
    assert [s.relative for s in one(tmp_path, "id-uu-7-2019", text)[1].sanctions] == ["fine x12"]


def test_philippine_sanctions_with_glosses_slips_and_misprints(tmp_path: Path) -> None:
    text = (
        "SECTION 1. The first offense shall be punished by arresto menor (1 to 10 days) or a fine of Three thousand "
        "pesos (P3.000.00).\n"
        "SEC. 2. The penalty of imprisonment of not less that two (2) years but not more than four (4) years and a fine "
        "of not less than One thousand pesos (P1,000.00) but not more than Two thousand pesos (P2,000.00), or both, "
        "shall be imposed upon any person who lends a goat.\n"
        "SEC. 3. The penalty of imprisonment of no less than six (6) years, or a fine of Nine thousand pesos (P9, 000.00), "
        "or both, shall be imposed upon anyone who borrows a goat.\n"
        "SEC. 4. Whoever keeps a goat shall pay a fine of not less than One thousand pesos (P1,000.00) but not more than "
        "two thousand pesos (2,000.00).\n"
        "SEC. 5. Whoever sells a goat shall suffer the penalty of prison mayor.\n"
        "SEC. 6. If the goat is hurt, the penalty shall be death.\n"
    )
    links = one(tmp_path, "ph-ra-7-2019", text)[1]
    assert sanctions(links) == [
        ("sec_1", (None, None), (3000, 3000), "or", "arresto menor"),
        ("sec_2", (24, 48), (1000, 2000), "and_or", ""),
        ("sec_3", (72, None), (9000, 9000), "and_or", ""),
        ("sec_4", (None, None), (1000, 2000), "none", ""),
        ("sec_5", (None, None), (None, None), "none", "prision mayor"),
        ("sec_6", (None, None), (None, None), "none", ""),
    ]
    assert links.sanctions[-1].death


def test_a_penalty_of_a_subsequent_offence_and_a_floor(tmp_path: Path) -> None:
    text = (
        "SECTION 1. It is unlawful:\n(a) to lend a goat;\n(b) to borrow one.\n"
        "SEC. 2. Acts falling under Section 1(a) shall be punished by prision mayor, but shall in no case be lower than "
        "arresto mayor.\n"
        "SEC. 3. Any person found guilty of violating Section 1(b) shall pay a fine of not less than One thousand pesos "
        "(P1,000.00) for the first offense. In the case of a subsequent offense, the penalty shall be a fine of not less "
        "than Two thousand pesos (P2,000.00).\n"
    )
    _, links = one(tmp_path, "ph-ra-7-2019", text)
    assert [(s.eid, s.penalty_name, s.fine_min) for s in links.sanctions] == [
        ("sec_2", "prision mayor", None), ("sec_3", "", 1000), ("sec_3", "", 2000),
    ]  # fmt: skip
    punished = {(o.eid, e) for o in links.offences for e in o.penalty_eids}
    assert punished == {("sec_1__para_a", "ph-ra-7-2019 sec_2"), ("sec_1__para_b", "ph-ra-7-2019 sec_3")}


# ------------------------------------------------------------------------------- structure and links


def cites(links: link.Links, eid: str) -> list[str]:
    """Targets of a provision's citations, in order; as cited where they dangle."""
    return [f"{c.target_doc} {c.target_eid or c.target_as_cited}" for c in links.citations if c.eid == eid]


def test_points_of_a_reference_are_no_items_of_the_list_they_stand_in(tmp_path: Path) -> None:
    text = (
        "SECTION 1. It is unlawful:\n(a) to lend a goat;\n(b) to borrow one;\n(c) to keep one.\n"
        "SEC. 2. The penalties are:\n(a) for a syndicate, prision mayor;\n"
        "(b) for violating Section 1(a), (b) and (c) of this Act, arresto mayor; and\n(c) for others, a fine.\n"
    )
    corpus, links = one(tmp_path, "ph-ra-7-2019", text)
    assert [p.eid for p in corpus.provisions["ph-ra-7-2019"] if p.eid.startswith("sec_2")] == [
        "sec_2", "sec_2__para_a", "sec_2__para_b", "sec_2__para_c",
    ]  # fmt: skip
    own = "ph-ra-7-2019"
    assert cites(links, "sec_2__para_b") == [f"{own} sec_1__para_a", f"{own} sec_1__para_b", f"{own} sec_1__para_c"]


def test_sections_with_and_without_points_of_one_act(tmp_path: Path) -> None:
    law = "SECTION 1. A.\nSEC. 2. B.\nSEC. 3. It is:\n(a) x;\n(b) y;\n(c) z;\n(d) q.\nSEC. 4. C.\n"
    other = (
        "SECTION 1. Violation of Sections 3(b), 4, 1 and 3(d) of Republic Act No. 808 is punished.\n"
        "SEC. 2. Acts under Sections 3(a) to 3(c) of Republic Act No. 808 prescribe.\n"
    )
    write_law(tmp_path / "raw", "ph-ra-808-2018", law)
    links = one(tmp_path, "ph-ra-9-2019", other)[1]
    links.citations[:] = [c for c in links.citations if c.doc_id == "ph-ra-9-2019"]
    assert cites(links, "sec_1") == [
        f"ph-ra-808-2018 {e}" for e in ("sec_3__para_b", "sec_4", "sec_1", "sec_3__para_d")
    ]
    assert sorted(cites(links, "sec_2")) == [f"ph-ra-808-2018 sec_3__para_{x}" for x in "abc"]


def test_every_article_of_a_list_that_dangles_is_kept(tmp_path: Path) -> None:
    text = "Pasal 1\nBarang siapa melanggar Pasal 7 ayat (1), Pasal 8 ayat (2), atau Pasal 8 ayat (3) ditegur.\n"
    own = "id-uu-7-1999"
    assert cites(one(tmp_path, own, text)[1], "art_1") == [f"{own} 7 1", f"{own} 8 2", f"{own} 8 3"]


def test_an_act_that_puts_articles_into_a_code_and_repeals_one(tmp_path: Path) -> None:
    code = "Article 8. Goats. – A goat is lent.\nArticle 9. Kids. – A kid is not.\nArticle 10. Sheep. – None.\n"
    act = (
        "SECTION 1. Short Title. – This Act is the Goat Law.\n"
        "SEC. 2. Goats. – There shall be incorporated into Republic Act No. 808 a new chapter, to read as follows:\n"
        "“Article 9-A. Lending. – Who lends a goat shall suffer arresto mayor.\n"
        "“Article 9-B. Borrowing. – Who borrows one shall suffer the penalty in Article 9-A.”\n"
        "SEC. 3. Repeal. – Article 9 of Republic Act No. 808, as amended, and all laws and orders inconsistent with this "
        "Act are deemed amended, modified or repealed accordingly.\n"
    )
    write_law(tmp_path / "raw", "ph-ra-808-2018", code)
    links = one(tmp_path, "ph-ra-9-2019", act, kind="amending-act", amends=["ph-ra-808-2018"])[1]
    assert [(o.op, o.target_eid) for o in links.operations] == [
        ("insert", "art_9-A"), ("insert", "art_9-B"), ("repeal", "art_9"),
    ]  # fmt: skip


def test_an_act_may_amend_a_law_that_is_not_in_the_corpus(tmp_path: Path) -> None:
    act = (
        "Pasal I\nBeberapa ketentuan dalam Undang-Undang Nomor 3 Tahun 2001 diubah sebagai berikut:\n"
        "1. Ketentuan Pasal 5 diubah sehingga berbunyi sebagai berikut:\nPasal 5\nA sesuai Pasal 6.\n"
        "2. Pasal 7 dihapus.\nPasal II\nUndang-Undang ini mulai berlaku pada tanggal diundangkan.\n"
    )
    links = one(tmp_path, "id-uu-9-2019", act, kind="amending-act", amends=["id-uu-3-2001"])[1]
    assert ("amend", "id-uu-3-2001", "art_5") in {(o.op, o.target_doc, o.target_eid) for o in links.operations}


def test_later_stages_go_on_where_an_amended_law_is_not_in_the_corpus(tmp_path: Path) -> None:
    act = (
        "Pasal I\nBeberapa ketentuan dalam Undang-Undang Nomor 3 Tahun 2001 diubah sebagai berikut:\n"
        "1. Ketentuan Pasal 5 diubah sehingga berbunyi sebagai berikut:\nPasal 5\nSetiap orang yang memperdagangkan anak "
        "dipidana dengan pidana penjara paling lama 5 (lima) tahun.\n"
        "Pasal II\nUndang-Undang ini mulai berlaku pada tanggal diundangkan.\n"
    )
    write_law(tmp_path / "raw", "id-uu-9-2019", act, kind="amending-act", amends=["id-uu-3-2001"])
    processed = run(tmp_path / "raw", tmp_path / "out")
    assert {(r["law"], r["law_eid"]) for r in table(processed, "penalties")} == {("id-uu-3-2001", "art_5")}
    dataset = Dataset(processed / "5-tables", "2025-12-11")
    refers = {r.columns for s in dataset.schemas if s.name == "penalties" for r in dataset.references(s)}
    assert ("law",) not in refers and ("doc_id",) in refers


def test_amending_items_without_the_first_number(tmp_path: Path) -> None:
    act = (
        "Pasal I\nBeberapa ketentuan dalam Undang-Undang Nomor 3 Tahun 2001 diubah sebagai berikut: Ketentuan Pasal 2 "
        "diubah sehingga berbunyi sebagai berikut:\nPasal 2\nKambing dipinjam oleh:\na. petani; dan\nb. guru.\n"
        "2. Ketentuan Pasal 5 diubah sehingga berbunyi sebagai berikut:\nPasal 5\n(1) Domba dijual.\n(2) Domba dibeli.\n"
        "3. Pasal 7 dihapus.\n"
        "4. Di antara Pasal 10 dan Pasal 11 disisipkan 1 (satu) pasal, yakni Pasal 1OA, yang berbunyi sebagai berikut: "
        "Pasal IOA (1) Kambing dicatat. (2) Kambing dihitung sesuai Pasal 10.\n"
        "5. Ketentuan Pasal 12 ayat (2) dihapus.\n"
        "Pasal II\nUndang-Undang ini mulai berlaku pada tanggal diundangkan.\n"
    )
    corpus, links = one(tmp_path, "id-uu-9-2019", act, kind="amending-act", amends=["id-uu-3-2001"])
    held = {p.eid for p in corpus.provisions["id-uu-9-2019"]}
    assert {f"art_I__point_{n}" for n in (2, 3, 4, 5)} | {"art_I__point_4__art_10A__para_2"} <= held
    assert {(o.op, o.target_eid) for o in links.operations if o.target_doc == "id-uu-3-2001"} == {
        ("amend", "art_5"), ("delete", "art_7"), ("insert", "art_10A"), ("delete", "art_12__para_2"),
    }  # fmt: skip


def test_articles_of_a_text_that_lacks_its_beginning(tmp_path: Path) -> None:
    text = (
        "Bagian Ketiga Kewajiban Peminjam Pasal 51 (1) Peminjam merawat kambing. (2) Peminjam memberi makan. Pasal 52 "
        "Peminjam mengembalikan kambing. Pasal 53 Peminjam lapor kepada Camat sesuai Pasal 52.\n"
        "BAB IV PENUTUP Pasal 54 Undang-Undang ini mulai berlaku pada tanggal diundangkan.\n"
    )
    corpus, _ = one(tmp_path, "id-uu-7-2019", text)
    units = [p.eid for p in corpus.provisions["id-uu-7-2019"] if p.kind == "article"]
    assert units == ["art_51", "art_52", "art_53", "art_54"]


def test_philippine_headings_and_points_with_slips(tmp_path: Path) -> None:
    text = (
        "Section 1.\ufffdGoats. -\ufffdA goat may be lent.\n"
        "SEC 2. Penalties. – Punished are:\n(a) Lending, by arresto mayor; and\nb) Borrowing, by prision mayor.\n"
    )
    corpus, links = one(tmp_path, "ph-ra-7-2019", text)
    assert [p.eid for p in corpus.provisions["ph-ra-7-2019"] if p.part == "body"] == [
        "sec_1", "sec_2", "sec_2__para_a", "sec_2__para_b",
    ]  # fmt: skip
    assert [s.eid for s in links.sanctions] == ["sec_2__para_a", "sec_2__para_b"]


def test_what_is_not_ones_own_is_not_set_apart(tmp_path: Path) -> None:
    text = (
        "Pasal 1\n(1) Setiap Orang dilarang memakai kambing yang bukan miliknya.\n"
        "Pasal 2\nSetiap Orang yang memakai kambing yang bukan miliknya sebagaimana dimaksud dalam Pasal 1 ayat (1) "
        "dipidana dengan pidana penjara paling lama 2 (dua) tahun.\n"
    )
    links = one(tmp_path, "id-uu-7-2019", text)[1]
    assert [(o.eid, o.penalty_eids) for o in links.offences] == [("art_1__para_1", ["id-uu-7-2019 art_2"])]


# ------------------------------------------------------------------------------------- second round


def test_the_letter_of_an_inserted_article_stands_apart(tmp_path: Path) -> None:
    text = (
        "Pasal I\nBeberapa ketentuan dalam Undang-Undang Nomor 3 Tahun 1999 tentang Kambing diubah sebagai berikut:\n"
        "1. Di antara Pasal 4 dan Pasal 5 disisipkan 2 (dua) pasal baru yakni Pasal 4 A dan Pasal 4 B, yang berbunyi "
        "sebagai berikut:\nPasal 4 A\n(1) Kambing diberi nama.\n(2) Nama sebagaimana dimaksud dalam ayat (1) dicatat.\n"
        "Pasal 4 B\nKetentuan dalam Pasal 4 A ayat (1) tidak berlaku bagi domba.\n"
        "Pasal II\nUndang-Undang ini mulai berlaku pada tanggal diundangkan.\n"
    )
    about = {"kind": "amending-act", "amends": ["id-uu-3-1999"]}
    corpus, links = one(tmp_path, "id-uu-7-2001", text, **about)
    assert [p.eid for p in corpus.provisions["id-uu-7-2001"] if p.part == "quoted"] == [
        "art_I__point_1__art_4A", "art_I__point_1__art_4A__para_1", "art_I__point_1__art_4A__para_2",
        "art_I__point_1__art_4B",
    ]  # fmt: skip
    assert [(o.op, o.target_eid) for o in links.operations if o.op == "insert"] == [
        ("insert", "art_4A"), ("insert", "art_4B"),
    ]  # fmt: skip
    assert ("art_I__point_1__art_4B", "art_4A__para_1") in {(c.eid, c.target_eid) for c in links.citations}


def test_death_or_life_without_the_word_imprisonment_and_what_is_added(tmp_path: Path) -> None:
    text = (
        "Pasal 1\nPelaku dipidana mati, seumur hidup, atau pidana penjara paling singkat 9 (sembilan) tahun dan paling "
        "lama 20 (dua puluh) tahun.\n"
        "Pasal 2\n(1) Selain itu, penambahan 1/3 (sepertiga) dari ancaman pidana juga dikenakan kepada penadah.\n"
        "(2) Penambahan 1/3 (sepertiga) menurut ayat (1) tidak berlaku bagi pembantu.\n"
        "Pasal 3\nPidana terhadap Korporasi hanya pidana denda dengan ketentuan besarnya pidana denda tersebut 3 (tiga) "
        "kali lipat dari pidana denda itu.\n"
    )
    found = one(tmp_path, "id-uu-7-2019", text)[1].sanctions
    assert [(s.eid, s.death, s.life, s.prison_max_months, s.relative) for s in found] == [
        ("art_1", True, True, 240, ""), ("art_2__para_1", False, False, None, "plus 1/3"),
        ("art_3", False, False, None, "fine x3"),
    ]  # fmt: skip


def test_proceeds_of_an_offence_are_not_the_conduct(tmp_path: Path) -> None:
    text = (
        "Pasal 1\nHasil tindak pidana adalah uang dari mencuri kambing.\n"
        "Pasal 2\nSetiap Orang yang menyimpan uang yang merupakan hasil tindak pidana sebagaimana dimaksud dalam Pasal 1 "
        "dipidana dengan pidana penjara paling lama 2 (dua) tahun.\n"
    )
    assert [o.eid for o in one(tmp_path, "id-uu-7-2019", text)[1].offences] == ["art_2"]


def test_articles_that_were_not_read_do_not_repeal_the_whole_law(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    write_law(raw, "id-uu-3-1999", "Pasal 1\nKambing diberi nama.\n")
    write_law(
        raw, "id-uu-7-2019", "Pasal 1\nPasal 8 dan Pasal 9 Undang-Undang Nomor 3 Tahun 1999 dinyatakan tidak berlaku.\n"
    )
    operations = read(raw, tmp_path / "out")[1].operations
    assert [(o.op, o.target_doc, o.target_eid) for o in operations] == []


def test_philippine_fines_by_worth_by_share_and_in_words(tmp_path: Path) -> None:
    text = (
        "SECTION 1. Whoever lends a goat shall be punished with a fine of Nine thousand pesos (P9,000.00) or twice the "
        "value of the goat, whichever is greater and imprisonment for not less than six (6) years and for not more than "
        "ten (10) years.\n"
        "SEC. 2. Whoever sells a goat shall be punished by a minimum fine of One thousand pesos (P 1,000.00) and a maximum "
        "commensurate to the damage incurred and a mandatory imprisonment of six (6) months to three (3) years.\n"
        "SEC. 3. Other violations shall be penalized with a maximum penalty of one thousand pesos (P 1,000.00) or six (6) "
        "years imprisonment.\n"
        "SEC. 4. Whoever hides a goat shall be punished by imprisonment of one (1) year to two (2) years and a fine ranging "
        "from six hundred to four thousand pesos.\n"
        "SEC. 5. Conspiracy shall be punished respectively, by prision mayor and a fine not exceeding Two thousand pesos "
        "(P2,000), and prision correccional and a fine which shall not exceed One thousand pesos (P1,000).\n"
        "SEC. 6. Whoever paints a goat shall be punished by reclusion temporal and shall pay a fine not to exceed Four "
        "thousand pesos (P4,000).\n"
        "SEC. 7. Whoever buys a goat shall suffer prision mayor, a fine of not less than Five thousand pesos (P5,000.00), "
        "and perpetual loss of his pasture.\n"
        "SEC. 8. An accessory shall be punished with one-half (1/2) of the fine and imprisonment provided for the thief.\n"
    )
    links = one(tmp_path, "ph-ra-7-2019", text)[1]
    assert [(e, p if not n else (), f, c, n) for e, p, f, c, n in sanctions(links)] == [
        ("sec_1", (72, 120), (9000, None), "and", ""),
        ("sec_2", (6, 36), (1000, None), "and", ""),
        ("sec_3", (None, 72), (None, 1000), "or", ""),
        ("sec_4", (12, 24), (600, 4000), "and", ""),
        ("sec_5", (), (None, 2000), "and", "prision mayor"),
        ("sec_5", (), (None, 1000), "and", "prision correccional"),
        ("sec_6", (), (None, 4000), "and", "reclusion temporal"),
        ("sec_7", (), (5000, None), "and", "prision mayor"),
        ("sec_8", (None, None), (None, None), "none", ""),
    ]
    assert links.sanctions[-1].relative == "share 1/2"


def test_points_in_ranges_and_from_the_inside_out(tmp_path: Path) -> None:
    points = "".join(f"({c}) goat {c};\n" for c in "abcdefg")
    text = (
        f"SECTION 1. There are:\n{points}"
        "SEC. 2. Offenses under Section 1 (b)-(d), and (f)-(g) are grave.\n"
        "SEC. 3. Fees in connection with paragraph (b), Section 1 of this Act are waived.\n"
    )
    links = one(tmp_path, "ph-ra-7-2019", text)[1]
    cited = {e: [c.target_eid for c in links.citations if c.eid == e and c.target_eid] for e in ("sec_2", "sec_3")}
    assert cited == {"sec_2": [f"sec_1__para_{c}" for c in "bcdfg"], "sec_3": ["sec_1__para_b"]}


def test_an_amended_law_outside_the_corpus_and_the_same_act(tmp_path: Path) -> None:
    text = (
        "Section 1. Paragraphs (a) and (c) of Section 2 of Republic Act No. 1234, as amended, is hereby amended to read as "
        'follows:\n"(a) Goats are named.\n"(c) Sheep are counted."\n'
        "Section 2. Section 6 of the same Act, as amended by Republic Act No. 1300, is hereby further amended to read as "
        'follows:\n"SEC. 6. Goats. - Goats are free."\n'
        "Section 3. This Act shall take effect within fifteen (15) days after its publication.\n"
    )
    about = {"kind": "amending-act", "amends": ["ph-ra-1234"]}
    links = one(tmp_path, "ph-ra-7-2019", text, **about)[1]
    assert [(o.op, f"{o.target_doc} {o.target_eid}") for o in links.operations] == [
        ("amend", "ph-ra-1234 sec_2__para_a"), ("amend", "ph-ra-1234 sec_2__para_c"), ("amend", "ph-ra-1234 sec_6"),
        ("commence", "ph-ra-7-2019 "),
    ]  # fmt: skip


def test_a_decree_takes_effect_when_it_is_made(tmp_path: Path) -> None:
    links = one(
        tmp_path, "ph-pd-7-1979", "Section 1. Goats are free.\nSection 2. This Decree shall take effect immediately.\n"
    )[1]
    assert [(o.op, o.effective, o.date_rule) for o in links.operations] == [
        ("commence", "1979-03-01", "approval 1979-03-01")
    ]


def test_a_treaty_with_roman_articles(tmp_path: Path) -> None:
    text = (
        "ARTICLE I\nDEFINITIONS\n1) Goat means a goat.\n2) Sheep means a sheep.\n"
        "ARTICLE II\nOFFENCES\n1. Goats are free.\n2. Sheep are free.\n"
        "3. Attempts mentioned in paras 1 and 2 above, and those in Article I, are punishable.\n"
    )
    corpus, links = one(tmp_path, "int-goat-7-1999", text, kind="treaty")
    assert [p.eid for p in corpus.provisions["int-goat-7-1999"] if p.part == "body"] == [
        "art_I", "art_I__para_1", "art_I__para_2", "art_II", "art_II__para_1", "art_II__para_2", "art_II__para_3",
    ]  # fmt: skip
    assert [c.target_eid for c in links.citations] == ["art_II__para_1", "art_II__para_2", "art_I"]


def test_how_older_indonesian_acts_insert_refer_and_commence(tmp_path: Path) -> None:
    text = (
        "Pasal I\nUndang-undang Nomor 3 Tahun 1949 diubah sebagai berikut:\n"
        "1. Sesudah pasal 5 ditambahkan pasal 5a yang berbunyi sebagai berikut:\nPasal 5a\nKambing diberi nama.\n"
        "2. Pasal 6 dihapuskan.\n"
        "Pasal II\nUndang-undang ini mulai berlaku pada hari pengumumannya.\n"
    )
    about = {"kind": "amending-act", "amends": ["id-uu-3-1949"]}
    links = one(tmp_path, "id-uu-7-1951", text, **about)[1]
    assert [(o.op, o.target_eid) for o in links.operations] == [
        ("insert", "art_5a"),
        ("delete", "art_6"),
        ("commence", ""),
    ]
    text = (
        "Pasal 1\n(1) Kambing diberi nama.\n(2) Domba dihitung.\n"
        "Pasal 2\nPelanggaran Pasal 1 (ayat 2) dicatat.\n"
        "Pasal 3\nUndang-undang ini mulai berlaku pada tanggal 1 Januari 2021.\n"
    )
    links = one(tmp_path / "b", "id-uu-9-2020", text)[1]
    assert [c.target_eid for c in links.citations if c.eid == "art_2"] == ["art_1__para_2"]
    assert [(o.op, o.effective) for o in links.operations] == [("commence", "2021-01-01")]


def test_a_government_regulation_is_found_by_its_number(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    write_law(raw, "id-pp-3-1999", "Pasal 1\nKambing diberi nama.\n", kind="regulation")
    write_law(raw, "id-uu-7-2019", "Pasal 1\nPasal 1 Peraturan Pemerintah Nomor 3 Tahun 1999 tetap dipakai.\n")
    links = read(raw, tmp_path / "out")[1]
    assert [(c.target_doc, c.target_eid) for c in links.citations] == [("id-pp-3-1999", "art_1")]


def test_numbers_without_a_mark_behind_them(tmp_path: Path) -> None:
    text = (
        "Article 1 – Purpose\n\n1 For this Protocol:\n\n“goat” means a goat.\n\n2 A Party may either\n\na require that "
        "goats be counted; or\n\nb reserve the right not to count them.\n\nArticle 2 – Goats\n\nA Party may count goats.\n\n"
        "a goat is free.\n"
    )
    corpus = one(tmp_path, "int-goat-7-1999", text, kind="treaty")[0]
    assert [p.eid for p in corpus.provisions["int-goat-7-1999"] if p.part == "body"] == [
        "art_1", "art_1__para_1", "art_1__para_2", "art_1__para_2__subpara_a", "art_1__para_2__subpara_b", "art_2",
    ]  # fmt: skip


def test_a_term_that_names_its_unit_once_and_a_fine_up_to_the_worth(tmp_path: Path) -> None:
    text = (
        "SECTION 1. The penalty of imprisonment ranging from seven (7) to fourteen (14) years and a fine of not less than "
        "Three thousand pesos (Php3,000.00) but not more than twice the value of the goat, shall be imposed upon the thief.\n"
    )
    assert sanctions(one(tmp_path, "ph-ra-7-2019", text)[1]) == [("sec_1", (84, 168), (3000, None), "and", "")]


def test_an_article_behind_a_chapter_whose_title_no_sign_ends(tmp_path: Path) -> None:
    text = (
        "Chapter I – Purposes, scope and definitions\n\nArticle 4 – Definitions\n\nA goat is a goat.\n\n"
        "Chapter IV – Criminal law\n\nArticle 18 – Goats\n\nGoats are free.\n\nArticle 20 – Sheep\n\nSheep are free.\n"
    )
    corpus = one(tmp_path, "int-goat-7-1999", text, kind="treaty")[0]
    found = [p.eid for p in corpus.provisions["int-goat-7-1999"] if p.kind == "article"]
    assert found == ["art_4", "art_18", "art_20"]


def test_new_sections_that_an_act_adds(tmp_path: Path) -> None:
    text = (
        "Section 1. Republic Act No. 1234 is hereby further amended by adding new sections to be denominated as Sections 2-A "
        'and 2-B to read as follows:\n"Sec. 2-A. Goats. - Goats are free.\n"Sec. 2-B. Sheep. - Sheep are free."\n'
    )
    about = {"kind": "amending-act", "amends": ["ph-ra-1234"]}
    links = one(tmp_path, "ph-ra-7-2019", text, **about)[1]
    assert [(o.op, o.target_eid) for o in links.operations] == [("insert", "sec_2-A"), ("insert", "sec_2-B")]


def test_a_clause_goes_on_behind_juncto(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    write_law(raw, "id-uu-3-1999", "Pasal 1\nKambing diberi nama.\nPasal 2\nDomba dihitung.\n")
    write_law(raw, "id-uu-4-2001", "Pasal 1\nSapi diberi nama.\n")
    text = (
        "Pasal 1\nPasal 1 dan Pasal 2 Undang-Undang Nomor 3 Tahun 1999 jis. Undang-Undang Nomor 4 Tahun 2001 dinyatakan tidak "
        "berlaku.\n"
    )
    write_law(raw, "id-uu-7-2019", text)
    operations = read(raw, tmp_path / "out")[1].operations
    assert ("repeal", "id-uu-3-1999", "art_1") in {(o.op, o.target_doc, o.target_eid) for o in operations}
    assert ("repeal", "id-uu-3-1999", "art_2") in {(o.op, o.target_doc, o.target_eid) for o in operations}


def test_a_body_that_begins_in_the_last_line_of_the_preamble(tmp_path: Path) -> None:
    text = (
        "Menimbang:\n\na. bahwa kambing perlu diberi nama;\n\nMengingat:\n\npasal 8 dan pasal 9 Undang-undang Dasar; Memutuskan: "
        "Menetapkan: Undang-undang tentang Kambing. Pasal I. Kambing diberi nama. Pasal II. Pasal 4 Undang-undang Nomor 3 Tahun "
        "1949 tentang domba dicabut. Pasal III. Undang-undang ini mulai berlaku pada hari diundangkan.\n"
    )
    raw = tmp_path / "raw"
    write_law(raw, "id-uu-3-1949", "Pasal 4\nDomba dihitung.\n")
    write_law(raw, "id-uu-7-1958", text)
    corpus, links = read(raw, tmp_path / "out")
    found = [p.eid for p in corpus.provisions["id-uu-7-1958"] if p.kind == "article"]
    assert found == ["art_I", "art_II", "art_III"]
    assert [(o.eid, o.op, o.target_doc, o.target_eid) for o in links.operations if o.doc_id == "id-uu-7-1958"] == [
        ("art_II", "repeal", "id-uu-3-1949", "art_4"), ("art_III", "commence", "id-uu-7-1958", ""),
    ]  # fmt: skip


def test_sanctions_with_least_and_most_as_laws_of_the_nineties_say_them(tmp_path: Path) -> None:
    text = (
        "Pasal 1\nBarang siapa mencuri kambing diancam dengan pidana penjara sekurang-kurangnya 2 (dua) tahun dan paling "
        "lama 7 (tujuh) tahun serta denda sekurang-kurangnya Rp 4.000.000,00 (empat juta rupiah) dan paling banyak "
        "Rp 15.000.000,000,00 (lima belas miliar rupiah).\n"
        "Pasal 2\nBarang siapa melepas domba diancam dengan pidana kurungan sekurang-kurangnya 1 (satu) bulan dan "
        "selama-lamanya 2 (dua) tahun dan atau denda setinggi-tingginya Rp1.000.000,00 (satu juta rupiah).\n"
        "Pasal 3\nBarang siapa menjual kuda diancam dengan pidana penjara sekurang-kurang 3 (tiga) tahun dan paling lama "
        "8 (delapan) tahun.\n"
        "Pasal 4\nPemberi perintah menyimpan kambing wajib lapor sekurang-kurangnya 2 (dua) tahun sekali.\n"
    )
    assert [s[:4] for s in sanctions(one(tmp_path, "id-uu-7-1999", text)[1])] == [
        ("art_1", (24, 84), (4_000_000, 15_000_000_000), "and"),
        ("art_2", (1, 24), (None, 1_000_000), "and_or"),
        ("art_3", (36, 96), (None, None), "none"),
    ]


def test_a_penalty_made_graver_for_conduct_that_carries_none_itself(tmp_path: Path) -> None:
    text = (
        "Pasal 1\nTuntutan dijatuhkan kepada:\na. peternakan; dan/atau\nb. orang yang memberi perintah.\n"
        "Pasal 2\nJika tuntutan diajukan kepada orang sebagaimana dimaksud dalam Pasal 1 huruf b, ancaman yang dijatuhkan "
        "diperberat dengan sepertiga.\n"
    )
    assert [(s.eid, s.relative) for s in one(tmp_path, "id-uu-7-2009", text)[1].sanctions] == [("art_2", "plus 1/3")]

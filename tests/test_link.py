"""Citations, sanctions, offences and time, on what ships."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pipeline import link, records
from pipeline.corpus import Corpus
from pipeline.link.time import InForce, versions
from pipeline.packs import expand, load_pack
from tests import laws
from tests.conftest import Run


def _penalty(shipped: Run, doc_id: str, eid: str) -> dict[str, str]:
    rows = [r for r in shipped.table("penalties") if (r["doc_id"], r["eid"]) == (doc_id, eid)]
    assert len(rows) == 1
    return {
        k: v
        for k, v in rows[0].items()
        if v not in ("", "false") and k.split("_")[0] in ("prison", "life", "death", "fine", "currency", "conjunction")
    }


def test_penalties_of_the_core_offences(shipped: Run) -> None:
    # Read by hand from the laws: UU 21/2007 art 2(1), UU 44/2008 art 36, RA 11930 s 10(a).
    assert _penalty(shipped, "id-uu-21-2007", "art_2__para_1") == {
        "prison_min_months": "36", "prison_max_months": "180", "fine_min": "120000000", "fine_max": "600000000",
        "currency": "IDR", "conjunction": "and",
    }  # fmt: skip
    assert _penalty(shipped, "id-uu-44-2008", "art_36") == {
        "prison_max_months": "120", "fine_max": "5000000000", "currency": "IDR", "conjunction": "and_or",
    }  # fmt: skip
    assert _penalty(shipped, "ph-ra-11930", "sec_10__para_a") == {
        "life": "true", "fine_min": "2000000", "currency": "PHP", "conjunction": "and",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("doc_id", "eid", "relative"),
    # Read by hand: an attempted felony is punished two degrees lower, an accomplice to a consummated one degree lower.
    [
        ("ph-act-3815", "art_51", "two degrees lower"),
        ("ph-act-3815", "art_52", "one degree lower"),
        ("ph-ra-7610", "sec_8", "two degrees lower"),
    ],
)
def test_degrees_are_counted(shipped: Run, doc_id: str, eid: str, relative: str) -> None:
    rows = [r for r in shipped.table("penalties") if (r["doc_id"], r["eid"]) == (doc_id, eid)]
    assert [(r["relative"], r["subject"]) for r in rows] == [(relative, "person")]


def test_fine_categories_are_valued_by_the_codes_own_article(shipped: Run) -> None:
    found = _penalty(shipped, "id-uu-1-2023", "art_455__para_1")
    assert found["fine_category_min"] == "IV"
    assert found["fine_category_max"] == "VII"
    assert (found["fine_min"], found["fine_max"]) == ("200000000", "5000000000")


@pytest.mark.parametrize(
    ("doc_id", "eid", "target_doc", "targets"),
    [
        ("id-uu-21-2007", "art_7__para_1", "id-uu-21-2007", {"art_2__para_2", "art_3", "art_4", "art_5", "art_6"}),
        ("id-uu-21-2007", "art_65", "id-kuhp", {"art_297", "art_324"}),
        ("id-uu-1-2024", "art_I__point_3", "id-uu-11-2008", {"art_13", "art_14", "art_13A"}),
        ("ph-ra-11930", "sec_10__para_c", "ph-ra-11930", {"sec_4__para_m", "sec_4__para_n", "sec_4__para_o"}),
        ("ph-ra-11930", "sec_44", "ph-ra-10175", {"sec_4__para_c__subpara_1"}),
    ],
)
def test_citations_reach_their_targets(
    links: link.Links, doc_id: str, eid: str, target_doc: str, targets: set[str]
) -> None:
    found = {c.target_eid for c in links.citations if (c.doc_id, c.eid, c.target_doc) == (doc_id, eid, target_doc)}
    assert targets <= found


def test_an_offence_is_joined_to_a_penalty_in_another_article(links: link.Links) -> None:
    joined = {
        (o.eid.split("__")[-1], p.split("__")[-1])
        for o in links.offences
        for p in o.penalty_eids
        if o.doc_id == "id-uu-35-2014"
    }
    assert ("art_76I", "art_88") in joined
    philippine = {(o.eid, p) for o in links.offences for p in o.penalty_eids if o.doc_id == "ph-ra-11930"}
    assert ("sec_4__para_d", "ph-ra-11930 sec_10__para_a") in philippine


def _commenced(links: link.Links, doc_id: str) -> str:
    return links.commencements[doc_id].in_force_from


def test_commencement_is_computed_from_the_clause(links: link.Links) -> None:
    assert _commenced(links, "id-uu-21-2007") == "2007-04-19"  # on promulgation
    assert _commenced(links, "id-uu-1-2023") == "2026-01-02"  # three years after promulgation on 2 January 2023
    assert _commenced(links, "id-uu-11-2012") == "2014-07-30"  # two years after promulgation


def _current(corpus: Corpus, links: link.Links, law: str, eid: str, day: str) -> str:
    operations = {d: [o for o in links.operations if o.doc_id == d] for d in corpus.documents}
    rows = versions(corpus, operations, day)
    found = [v.source_doc for v in rows if v.law == law and v.eid == eid and v.current == "yes"]
    assert len(found) <= 1
    return found[0] if found else ""


@pytest.mark.parametrize(
    ("law", "eid", "day", "source"),
    [
        ("id-uu-11-2008", "art_27", "2010-01-01", "id-uu-11-2008"),
        ("id-uu-11-2008", "art_27", "2025-12-11", "id-uu-1-2024"),
        ("id-uu-11-2008", "art_45", "2020-01-01", "id-uu-19-2016"),
        ("id-uu-23-2002", "art_76I", "2014-10-16", ""),
        ("id-uu-23-2002", "art_76I", "2014-10-17", "id-uu-35-2014"),
        ("id-uu-21-2007", "art_2", "2025-12-11", "id-uu-21-2007"),
        ("id-uu-21-2007", "art_2", "2026-01-02", ""),
        ("ph-ra-9208", "sec_4-A", "2012-01-01", ""),
        ("ph-ra-9208", "sec_4-A", "2014-01-01", "ph-ra-10364"),
    ],
)
def test_the_text_that_applied_on_a_day(
    corpus: Corpus, links: link.Links, law: str, eid: str, day: str, source: str
) -> None:
    assert _current(corpus, links, law, eid, day) == source


def test_every_version_has_a_beginning_before_its_end(links: link.Links) -> None:
    for v in links.versions:
        assert not (v.valid_from and v.valid_to) or v.valid_from <= v.valid_to


def test_in_force_of_a_quoted_provision(corpus: Corpus, links: link.Links) -> None:
    answer = InForce(corpus, links.versions)
    assert answer("id-uu-1-2024", "art_I__point_8__art_27__para_1") == "yes"
    assert answer("id-uu-11-2008", "art_27__para_1") == "no"


def test_accuracy_against_gold_does_not_fall(shipped: Run) -> None:
    metrics = json.loads((shipped.reports / "metrics.json").read_text(encoding="utf-8"))
    for language in ("id", "en"):
        assert metrics["citations"][language]["digest"]["f1"] >= 0.88
        assert metrics["sanctions"][language]["digest"]["recall"] >= 0.85
    assert metrics["extraction"]["character_error_rate"] <= 0.002


def test_records_survive_a_round_trip(links: link.Links, shipped: Run) -> None:
    again = list(records.read_jsonl(shipped.processed / "4-links/sanctions.jsonl", records.Sanction))
    assert again == links.sanctions


@pytest.mark.parametrize(
    ("doc_id", "eid", "targets"),
    # Read by hand: ranges, points behind dots, lists with a point each, ordinals, articles that go before, titles.
    [
        ("int-budapest", "art_11__para_2", {"int-budapest art_3", "int-budapest art_4", "int-budapest art_5",
                                            "int-budapest art_7", "int-budapest art_8",
                                            "int-budapest art_9__para_1__subpara_a",
                                            "int-budapest art_9__para_1__subpara_c"}),
        ("int-budapest", "art_9__para_4", {"int-budapest art_9__para_1__subpara_d", "int-budapest art_9__para_1__subpara_e",
                                           "int-budapest art_9__para_2__subpara_b", "int-budapest art_9__para_2__subpara_c"}),
        ("id-kuhp", "art_337", {"id-kuhp art_336__para_2", *(f"id-kuhp art_{n}" for n in range(324, 334)),
                                *(f"id-kuhp art_35__para_1__point_{n}" for n in range(1, 5))}),
        ("id-kuhp", "art_283__para_2", {"id-kuhp art_283__para_1"}),
        ("ph-act-3815", "art_65", {"ph-act-3815 art_64"}),
        ("id-uu-12-2022", "art_1__point_10", {"id-uu-13-2006 "}),
        ("id-uu-14-2009", "art_1__para_1", {"int-palermo ", "int-palermo art_5__para_2__subpara_c",
                                            "int-palermo art_15__para_2"}),
        ("ph-ra-7610", "sec_5__para_b", {"ph-act-3815 art_335__para_3", "ph-act-3815 art_336"}),
    ],
)  # fmt: skip
def test_all_that_a_provision_cites_in_the_corpus(links: link.Links, doc_id: str, eid: str, targets: set[str]) -> None:
    found = {
        f"{c.target_doc} {c.target_eid}" for c in links.citations if (c.doc_id, c.eid) == (doc_id, eid) and c.target_doc
    }
    assert found == targets


@pytest.mark.parametrize(
    ("doc_id", "eid", "words"),
    [
        ("int-budapest", "art_37__para_1", "Statute of the Council of Europe"),
        ("int-lanzarote", "art_30__para_4", "Convention for the Protection of Human Rights and Fundamental Freedoms"),
        ("id-uu-1-2023", "art_622__para_1__point_h", "Penetapan Presiden Nomor 1 Tahun 1965"),
        ("id-kuhp", "art_284__para_2", "BW"),
        ("ph-ra-9208", "sec_24__para_c", "Executive Order No. 74 of 1993"),
    ],
)
def test_an_instrument_outside_the_corpus_is_named(links: link.Links, doc_id: str, eid: str, words: str) -> None:
    found = [c for c in links.citations if (c.doc_id, c.eid) == (doc_id, eid) and c.status == "outside_corpus"]
    assert {c.instrument for c in found} == {words}
    assert all(not c.target_doc and not c.target_eid for c in found)


def test_an_instrument_in_the_title_of_another_is_not_cited(links: link.Links) -> None:
    # UU 21/2007 art 65 names an act whose title names the criminal code.
    whole = {
        c.target_doc for c in links.citations if (c.doc_id, c.eid) == ("id-uu-21-2007", "art_65") and not c.target_eid
    }
    assert whole == {"id-uu-21-2007", ""}


def _sanctions(links: link.Links, doc_id: str, eid: str) -> list[records.Sanction]:
    return [s for s in links.sanctions if (s.doc_id, s.eid) == (doc_id, eid)]


@pytest.mark.parametrize(
    ("doc_id", "eid", "name", "months", "said_by"),
    # Read by hand in the Revised Penal Code: article 27 for whole penalties, the table of article 76 for periods.
    [
        ("ph-ra-11930", "sec_10__para_f", "reclusion temporal", (144, 240), {"art_27"}),
        ("ph-ra-11930", "sec_10__para_d", "reclusion temporal, medium period", (176, 208), {"art_76"}),
        ("ph-ra-11930", "sec_10__para_b", "reclusion temporal, maximum period to reclusion perpetua", (208, 360),
         {"art_27", "art_76"}),
        ("ph-act-3815", "art_249", "reclusion temporal", (144, 240), {"art_27"}),
        ("ph-act-3815", "art_263__para_4",
         "arresto mayor, maximum period to prision correccional, minimum period", (4, 28), {"art_76"}),
    ],
)  # fmt: skip
def test_named_penalties_last_as_long_as_the_code_says(
    corpus: Corpus, links: link.Links, doc_id: str, eid: str, name: str, months: tuple[int, int], said_by: set[str]
) -> None:
    (found,) = _sanctions(links, doc_id, eid)
    assert found.penalty_name == name
    assert (found.prison_min_months, found.prison_max_months) == months
    evidence = {t.evidence_id: t for t in corpus.tags["ph-act-3815"]}
    assert {evidence[e].eid for e in found.computed_from} == said_by


def test_life_imprisonment_is_not_reclusion_perpetua(links: link.Links) -> None:
    (life,) = _sanctions(links, "ph-ra-11930", "sec_10__para_a")
    assert (life.life, life.penalty_name, life.prison_max_months, life.computed_from) == (True, "", None, [])
    perpetua = next(s for s in links.sanctions if s.penalty_name == "reclusion perpetua")
    assert not perpetua.life


def _offence(links: link.Links, doc_id: str, conduct: str, penalty: str) -> records.Offence:
    (found,) = [o for o in links.offences if (o.doc_id, o.eid) == (doc_id, conduct) and o.penalty_eids == [penalty]]
    return found


def test_relative_penalties_are_computed_and_say_from_what(links: link.Links) -> None:
    # UU 21/2007 art 16: the penalty of art 2 (3 to 15 years, Rp120 to 600 million) and a third more.
    (sixteen,) = _sanctions(links, "id-uu-21-2007", "art_16")
    assert sixteen.relative == "plus 1/3"
    assert (sixteen.prison_min_months, sixteen.prison_max_months) == (48, 240)
    assert (sixteen.fine_min, sixteen.fine_max, sixteen.conjunction) == (160_000_000, 800_000_000, "and")
    (two,) = _sanctions(links, "id-uu-21-2007", "art_2__para_1")
    assert two.evidence_id in sixteen.computed_from
    # art 15(1): a corporation, three times the fine, and no imprisonment.
    (fifteen,) = _sanctions(links, "id-uu-21-2007", "art_15__para_1")
    assert (fifteen.fine_min, fifteen.fine_max, fifteen.prison_max_months) == (360_000_000, 1_800_000_000, None)
    assert fifteen.subject == "corporation"
    # art 10: the same penalty; where the articles named differ there would be none.
    (ten,) = _sanctions(links, "id-uu-21-2007", "art_10")
    assert (ten.relative, ten.prison_min_months, ten.prison_max_months) == ("same", 36, 180)
    # RA 7610 s 9: the maximum period of prision mayor.
    period = next(s for s in _sanctions(links, "ph-ra-7610", "sec_9") if s.relative)
    assert (period.penalty_name, period.prison_min_months, period.prison_max_months) == (
        "prision mayor, maximum period", 120, 144,
    )  # fmt: skip


def test_a_circumstance_is_not_what_is_punished(links: link.Links) -> None:
    # Homicide is what does not fall within article 246; UU 13/2006 art 38 mentions rights, not prohibitions.
    assert [o.eid for o in links.offences if o.penalty_eids == ["ph-act-3815 art_249"]] == ["art_249"]
    assert [o.eid for o in links.offences if o.penalty_eids == ["id-uu-13-2006 art_38"]] == ["art_38"]


def test_every_computed_figure_has_evidence(corpus: Corpus, links: link.Links) -> None:
    known = {t.evidence_id for tags in corpus.tags.values() for t in tags} | {s.evidence_id for s in links.sanctions}
    computed = [s for s in links.sanctions if s.computed_from]
    assert len(computed) > 100
    assert all(set(s.computed_from) <= known for s in computed)
    for s in links.sanctions:
        if s.penalty_name and not s.penalty_name.startswith("kurungan") and s.prison_max_months and not s.computed_from:
            assert "imprisonment" in corpus.text[s.doc_id][s.start : s.end]


MARKED = {
    "id-uu-9-2001": (
        "Pasal 1\nCukup.\nPasal 2\n(1) Cukup:\na. satu;\nb. dua;\nc. tiga.\n(2) Cukup.\n(3) Cukup.\nPasal 3\nCukup.\n"
        "Pasal 4\nKetentuan Pasal 1 sampai dengan Pasal 3 berlaku bagi anak.\n"
        "Pasal 5\nHakim menerapkan Pasal 1, 3, dan 4 bagi anak.\n"
        "Pasal 6\nHakim menerapkan Pasal 2 ayat (1) huruf a sampai dengan huruf c bagi anak.\n"
        "Pasal 7\n(1) Cukup.\n(2) Hakim menerapkan ayat 1 pasal ini.\n"
        "Pasal 8\nHakim menerapkan kedua pasal di atas dan ayat (2) pasal yang lalu.\n"
        "Pasal 9\nHakim menerapkan syarat dalam pasal berikut.\nPasal 9A\nCukup.\nPasal 10\nCukup.\n",
        {
            "art_4": {
                "art_1": "Pasal 1",
                "art_2": "Pasal 1 sampai dengan Pasal 3",
                "art_3": "Pasal 3",
            },
            "art_5": {"art_1": "Pasal 1", "art_3": "Pasal 1, 3", "art_4": "Pasal 1, 3, dan 4"},
            "art_6": {
                "art_2__para_1__point_a": "Pasal 2 ayat (1) huruf a",
                "art_2__para_1__point_b": "Pasal 2 ayat (1) huruf a sampai dengan huruf c",
                "art_2__para_1__point_c": "Pasal 2 ayat (1) huruf a sampai dengan huruf c",
            },
            "art_7__para_2": {"art_7__para_1": "ayat 1 pasal ini"},
            "art_8": {
                **dict.fromkeys(("art_6", "art_7"), "kedua pasal di atas"),
                "art_7__para_2": "ayat (2) pasal yang lalu",
            },
            "art_9": {"art_10": "pasal berikut"},
        },
    ),
    "ph-ra-7009-1990": (
        "SECTION 1. Rule. - A child is a person.\nSECTION 2. Acts. - These are acts:\n(a) one;\n(b) two; and\n(c) three.\n"
        "SECTION 3. Rule. - It applies.\nSECTION 4. Rule. - Whoever breaks Sections 1 to 3 hereof is liable.\n"
        "SECTION 5. Rule. - Whoever breaks Sections 1, 2(b) and 3 is liable.\n"
        "SECTION 6. Rule. - Whoever breaks section 2, paragraph (a) is liable.\n"
        "SECTION 7. Rule. - Whoever breaks paragraphs (a), (b) and (c) of Section 2 is liable.\n"
        "SECTION 8. Rule. - It applies in the manner provided in the following section.\nSECTION 9. Rule. - It applies.\n",
        {
            "sec_4": dict.fromkeys(("sec_1", "sec_2", "sec_3"), "Sections 1 to 3 hereof"),
            "sec_5": {"sec_1": "Sections 1", "sec_2__para_b": "Sections 1, 2(b)", "sec_3": "Sections 1, 2(b) and 3"},
            "sec_6": {"sec_2__para_a": "section 2, paragraph (a)"},
            "sec_8": {"sec_9": "following section"},
            "sec_7": dict.fromkeys(
                ("sec_2__para_a", "sec_2__para_b", "sec_2__para_c"), "paragraphs (a), (b) and (c) of Section 2"
            ),
        },
    ),
}


@pytest.mark.parametrize("doc_id", MARKED)
def test_a_citation_is_the_shortest_stretch_with_every_word_that_names_its_target(tmp_path: Path, doc_id: str) -> None:
    text, wanted = MARKED[doc_id]
    laws.write_law(tmp_path / "raw", doc_id, text)
    found: dict[str, dict[str, str]] = {}
    for c in link.load(laws.run(tmp_path / "raw", tmp_path) / "4-links").citations:
        found.setdefault(c.eid, {})[c.target_eid] = c.text
    assert {at: found[at] for at in wanted} == wanted


def test_a_range_takes_in_what_is_inserted_into_it_while_its_words_stand(links: link.Links) -> None:
    def reached(eid: str) -> set[str]:
        return {c.target_eid for c in links.citations if (c.doc_id, c.eid) == ("id-uu-11-2008", eid)}

    assert {"art_27A", "art_27B"} <= reached("art_37")
    assert "art_27A" not in reached("art_36")  # the act that inserts it gives this article other words
    assert "art_27A" not in reached("elucidation__art_52__para_4")
    of_companies = {o.eid for o in links.offences if "id-uu-11-2008 art_52__para_4" in o.penalty_eids}
    assert {"art_I__point_9__art_27A", "art_I__point_9__art_27B"} <= of_companies


def test_the_division_between_a_section_and_its_act_does_not_part_them() -> None:
    # How Philippine courts cite: the article is a division of the act, not what is cited.
    macros = load_pack("ph").macros
    assert re.fullmatch(expand(macros["gap"], macros), ", Article VI of ", re.IGNORECASE)
    assert not re.fullmatch(expand(macros["gap"], macros), ", Article 6 of ", re.IGNORECASE)


def test_a_penalty_that_cites_an_article_left_out_is_not_measured_by_another(tmp_path: Path) -> None:
    text = (
        "Pasal 1\n(1) Setiap orang yang memeras dipidana penjara paling lama 9 (sembilan) tahun.\n(2) Bagi perbuatan pada "
        "ayat (1) berlaku juga ketentuan sebagaimana dimaksud dalam Pasal 2 ayat (2).\n"
    )
    laws.write_law(tmp_path / "raw", "id-uu-1-2001", text, articles="1-2", omits="2")
    (tmp_path / "raw/id/official/id-uu-1-2001.txt").unlink()
    lines = "".join(f"<p>{line}</p>" for line in text.splitlines())
    (tmp_path / "raw/id/id-uu-1-2001.html").write_text(lines, encoding="utf-8")
    held = link.load(laws.run(tmp_path / "raw", tmp_path) / "4-links").sanctions
    assert [(s.eid, s.relative, s.prison_max_months) for s in held] == [
        ("art_1__para_1", "", 108), ("art_1__para_2", "same", None)
    ]  # fmt: skip


def test_a_degree_up_from_a_scale_that_a_printer_misspelt(tmp_path: Path) -> None:
    names = ("Reclusion temporal", "Prision mayor", "Prision correctional", "Aresto mayor")
    scale = "".join(f"{i}. {name}.\n" for i, name in enumerate(names, 1))
    text = (
        f"Article 1. Scale. - In this order:\n{scale}Article 2. Force. - The penalty of arresto mayor shall be imposed upon "
        "any person who shall prevent another. If it is repeated, the penalty next higher in degree shall be imposed.\n"
    )
    laws.write_law(tmp_path / "raw", "ph-act-1-1990", text, articles="1-2", kind="code")
    held = link.load(laws.run(tmp_path / "raw", tmp_path) / "4-links").sanctions
    assert [s.penalty_name for s in held if s.eid == "art_2"] == ["arresto mayor", "prision correccional"]


def test_an_act_that_spares_another_names_it_behind_the_verb(tmp_path: Path) -> None:
    laws.write_law(tmp_path / "raw", "ph-ra-7001-1990", "SECTION 1. Rule. - A child is a person.\n", articles="1")
    text = (
        "SECTION 1. Repeal. - This Act shall not in any way amend or repeal the provisions of Republic Act No. 7001.\n"
        "SECTION 2. Effectivity. - This Act shall take effect fifteen (15) days after the completion of its publication.\n"
    )
    laws.write_law(tmp_path / "raw", "ph-ra-7002-1991", text, articles="1-2")
    made = [
        o
        for o in link.load(laws.run(tmp_path / "raw", tmp_path) / "4-links").operations
        if o.doc_id == "ph-ra-7002-1991"
    ]
    assert [(o.op, o.target_doc) for o in made] == [
        ("keep_in_force", "ph-ra-7001-1990"),
        ("commence", "ph-ra-7002-1991"),
    ]


def test_a_conduct_composed_of_others_is_seen_in_an_offence_and_the_object_that_it_names(links: link.Links) -> None:
    # By their own sanctions; article 37, on who involves a child, punishes the same acts more heavily.
    own = [o for o in links.offences if o.penalty_eids != ["id-uu-44-2008 art_37"]]
    conduct = {(o.doc_id, o.eid): set(o.conduct) for o in own}
    assert {"conduct.csam", "conduct.csam_distribution"} <= conduct["id-uu-44-2008", "art_4__para_1"]
    # Article 6 names its object by reference to the list of article 4, which has child pornography.
    assert {"conduct.csam", "conduct.csam_possession"} <= conduct["id-uu-44-2008", "art_6"]
    assert "conduct.csam_production" not in conduct["id-uu-44-2008", "art_6"]


# ------------------------------------------------------------- offences whose parts several acts carry

BASE_ACT = (
    "SECTION 1. Acts. - It shall be unlawful for any person to commit the following acts:\n"
    "(a) To recruit a person for the purpose of forced labor;\n(b) To transport a person for the purpose of slavery.\n"
    "SECTION 2. Qualified Acts. - The following are considered as qualified:\n"
    "(a) When the trafficked person is a child; and\n(b) When a syndicate commits the crime.\n"
    "SECTION 3. Penalties. - These penalties are established:\n"
    "(a) Any person who violates Section 1 shall suffer the penalty of imprisonment of ten (10) years; and\n"
    "(b) Any person guilty of a qualified act under Section 2 shall suffer the penalty of imprisonment of twenty (20) "
    "years.\nSECTION 4. Effectivity. - This Act shall take effect fifteen (15) days after its publication in the Official "
    "Gazette.\n"
)
LATER_ACT = (
    "SECTION 1. Section 1 of Republic Act No. 7101 is hereby amended to read as follows:\n"
    "\u201cSECTION 1. Acts. - It shall be unlawful for any person to commit the following acts:\n"
    "\u201cx x x\n\u201c(b) To transport or sell a person for the purpose of prostitution.\u201d\n"
    "SECTION 2. Section 2 of Republic Act No. 7101 is hereby amended to read as follows:\n"
    "\u201cSECTION 2. Qualified Acts. - Violations of Section 1 are considered as qualified:\n"
    "\u201cx x x\n\u201c(b) When a syndicate or a public officer commits the crime.\u201d\n"
    "SECTION 3. Section 3 of Republic Act No. 7101 is hereby amended to read as follows:\n"
    "\u201cSECTION 3. Penalties. - These penalties are established:\n"
    "\u201cx x x\n"
    "\u201c(b) Any person guilty of a qualified act under Section 2 shall suffer the penalty of life imprisonment.\u201d\n"
    "SECTION 4. Effectivity. - This Act shall take effect fifteen (15) days after its publication in the Official "
    "Gazette.\n"
)


@pytest.fixture(scope="module")
def amended(tmp_path_factory: pytest.TempPathFactory) -> link.Links:
    """An act, and one that words parts of its prohibition, of its qualified form and of its penalties anew."""
    out = tmp_path_factory.mktemp("amended")
    laws.write_law(out / "raw", "ph-ra-7101-1991", BASE_ACT, articles="1-4")
    laws.write_law(
        out / "raw", "ph-ra-7102-2001", LATER_ACT, articles="1-4", kind="amending-act", amends=["ph-ra-7101-1991"]
    )
    return link.load(laws.run(out / "raw", out) / "4-links")


def _joined(links: link.Links, penalty: str, in_force: str) -> dict[str, records.Offence]:
    found = [o for o in links.offences if o.penalty_eids == [penalty] and o.in_force == in_force]
    assert len({(o.doc_id, o.eid) for o in found}) == len(found)
    return {f"{o.doc_id} {o.eid}": o for o in found}


def test_every_act_that_carries_part_of_a_prohibition_is_joined_to_its_penalty(amended: link.Links) -> None:
    now = _joined(amended, "ph-ra-7101-1991 sec_3__para_a", "yes")
    assert set(now) == {"ph-ra-7101-1991 sec_1", "ph-ra-7102-2001 sec_1__sec_1"}
    # Paragraph (b) of the first act has gone over to the later one, paragraph (a) stays.
    assert now["ph-ra-7101-1991 sec_1"].elements == ["act.recruitment", "purpose.forced_labour"]
    assert {"act.transport", "purpose.prostitution"} <= set(now["ph-ra-7102-2001 sec_1__sec_1"].elements)
    (before,) = _joined(amended, "ph-ra-7101-1991 sec_3__para_a", "no").values()
    assert before.elements == ["act.recruitment", "purpose.forced_labour", "act.transport", "purpose.slavery"]
    assert before.valid_to == now["ph-ra-7101-1991 sec_1"].valid_from == "2001-03-16"


def test_a_qualified_offence_has_the_acts_of_the_law_as_it_stands(amended: link.Links) -> None:
    now = _joined(amended, "ph-ra-7102-2001 sec_3__sec_3__para_b", "yes")
    assert set(now) == {"ph-ra-7101-1991 sec_2", "ph-ra-7102-2001 sec_2__sec_2"}
    # The child is in a paragraph of the first act, the words that name section 1 only in the later one.
    child = now["ph-ra-7101-1991 sec_2"]
    assert child.life
    assert child.victim == "child"
    assert {"purpose.prostitution", "purpose.forced_labour"} <= set(child.elements)
    assert "purpose.slavery" not in child.elements
    assert "conduct.child_prostitution" in child.conduct
    # The chain: penalty, the citation of section 2, that of section 1, words of both acts, the clauses that amended them.
    documents = {i.partition("@")[0] for i in child.evidence_ids}
    assert documents == {"ph-ra-7101-1991", "ph-ra-7102-2001"}
    citations = {c.evidence_id: (c.eid, c.target_eid) for c in amended.citations}
    assert {citations[i] for i in child.evidence_ids if i in citations} == {
        ("sec_3__sec_3__para_b", "sec_2"), ("sec_2__sec_2", "sec_1"),
    }  # fmt: skip
    amending = {o.evidence_id for o in amended.operations if o.op == "amend"}
    assert amending & set(child.evidence_ids)


def test_what_ended_is_not_joined_to_what_began_then(amended: link.Links) -> None:
    assert not {
        (o.doc_id, o.penalty_eids[0])
        for o in amended.offences
        if o.valid_from and o.valid_to and o.valid_to <= o.valid_from
    }
    old = [o for o in amended.offences if o.penalty_eids == ["ph-ra-7101-1991 sec_3__para_b"]]
    assert [(o.doc_id, o.prison_max_months, o.in_force) for o in old] == [("ph-ra-7101-1991", 240, "no")]


def test_the_gravest_penalty_for_children_in_prostitution_is_that_of_the_qualified_offence(shipped: Run) -> None:
    # Read by hand: RA 9208 s 6(a) in the words of RA 11862, s 10(e) in those of RA 10364.
    [row] = [
        r
        for r in shipped.table("conduct_matrix")
        if (r["concept"], r["jurisdiction"]) == ("conduct.child_prostitution", "ph")
    ]
    assert row["life"] == "true"
    assert row["prison_max_provision"] == "ph-ra-10364 sec_12__sec_10__para_e"


def test_a_penalty_is_not_what_it_punishes(links: link.Links) -> None:
    # RA 10364: accessories are punished as section 10(d) says; section 10 is no conduct.
    penalties = {o.penalty_eids[0]: o.eid for o in links.offences if o.doc_id == "ph-ra-10364"}
    assert penalties["ph-ra-10364 sec_7__sec_4-C"] == "sec_7__sec_4-C"
    assert not [o for o in links.offences if (o.doc_id, o.eid) == ("ph-ra-10364", "sec_12__sec_10")]


def test_a_graver_paragraph_punishes_what_the_paragraph_that_it_changes_does(links: link.Links) -> None:
    # UU 35/2014 art 81(3): a third more for a parent who does what art 76D forbids, which paragraph (1) punishes; from
    # 2 January 2026 a third more than UU 1/2023 art 473(4), to which references to paragraph (1) go.
    where = ("id-uu-35-2014", "art_I__point_62__art_76D", ["id-uu-35-2014 art_I__point_66__art_81__para_3"])
    found = [o for o in links.offences if (o.doc_id, o.eid, o.penalty_eids) == where and o.subject == "person"]
    assert [(o.prison_min_months, o.prison_max_months, o.valid_from, o.valid_to) for o in found] == [
        (80, 240, "2014-10-17", "2026-01-02"),
        (48, 240, "2026-01-02", ""),
    ]
    assert all("aggravation.relative_or_guardian" in o.aggravations for o in found)


def test_a_relative_penalty_follows_the_amended_one(links: link.Links) -> None:
    # UU 11/2008 art 52(1) adds a third to the penalty of art 27(1), which UU 1/2024 set anew: 6 years and Rp1 bn.
    found = [
        (o.doc_id, o.valid_from, o.prison_max_months, o.fine_max)
        for o in links.offences
        if o.penalty_eids == ["id-uu-11-2008 art_52__para_1"]
    ]
    assert ("id-uu-1-2024", "2024-01-02", 96, 1_333_333_333) in found


def test_a_penalty_of_its_own_sets_a_paragraph_apart(links: link.Links) -> None:
    # RA 9208 s 11(a): the child in subparagraph (1) belongs to the penalty of subparagraph (1).
    plain = _offence(links, "ph-ra-10364", "sec_13__sec_11__para_a", "ph-ra-10364 sec_13__sec_11__para_a")
    assert plain.victim == "any"
    graver = "sec_13__sec_11__para_a__subpara_1"
    assert _offence(links, "ph-ra-10364", graver, f"ph-ra-10364 {graver}").victim == "child"


# ------------------------------------------------------------------ what relative penalties are measured by


def test_a_penalty_that_applies_to_other_violations_is_measured_by_what_it_names(links: link.Links) -> None:
    # RA 11862 (s 10(g)): wilful violations of section 9 carry the penalty of paragraph (f), six years, not a fine alone.
    [same] = [s for s in _sanctions(links, "ph-ra-11862", "sec_9__sec_10__para_g") if s.relative]
    assert (same.relative, same.prison_max_months, same.fine_max) == ("same", 72, 1_000_000)
    [offence] = [o for o in links.offences if same.evidence_id in o.evidence_ids]
    assert offence.eid == "sec_8__sec_9"


def test_words_behind_a_list_in_the_middle_of_a_line_carry_the_penalty_of_all_of_it(tmp_path: Path) -> None:
    text = (
        "SECTION 1. Corporations. - When an act is done for a juridical person by someone with power over it, based on: (a) "
        "an office; or (b) a contract, the juridical person shall be liable for a fine of not more than Ten thousand pesos "
        "(P10,000.00).\n"
    )
    laws.write_law(tmp_path / "raw", "ph-ra-7103-1991", text, articles="1")
    held = link.load(laws.run(tmp_path / "raw", tmp_path) / "4-links").sanctions
    assert [(s.eid, s.fine_max, s.subject) for s in held] == [("sec_1", 10_000, "corporation")]


def test_what_counts_as_the_offence_carries_its_penalty(links: link.Links) -> None:
    # UU 1/2023 art 473(3) names no penalty: what it describes counts as the offence of paragraph (1), twelve years.
    [same] = _sanctions(links, "id-uu-1-2023", "art_473__para_3")
    assert (same.relative, same.prison_max_months) == ("same", 144)


def test_an_aggravation_of_several_articles_is_an_offence_of_each_with_its_circumstances(links: link.Links) -> None:
    # UU 12/2022 art 15(1): a third more than arts 5, 6, 8 to 14, among others against a child (g) or by electronic means (l).
    graver = {o.eid: o for o in links.offences if o.penalty_eids == ["id-uu-12-2022 art_15__para_1"]}
    assert set(graver) == {
        "art_5", "art_6__point_a", "art_6__point_b", "art_6__point_c", "art_8", "art_9", "art_10", "art_11", "art_12",
        "art_13", "art_14__para_1", "art_14__para_2",
    }  # fmt: skip
    assert graver["art_12"].prison_max_months == 240
    assert graver["art_6__point_a"].prison_max_months == 64
    assert graver["art_12"].victim == "child"
    assert {"aggravation.child_victim", "aggravation.ict", "plus 1/3"} <= set(graver["art_12"].aggravations)


def test_a_penalty_that_changes_the_same_penalty_changes_what_that_amounts_to(links: link.Links) -> None:
    # UU 21/2007 art 7(1) adds a third to art 2(2), which carries what art 2(1) does; not to art 7(2), which is graver.
    offence = _offence(links, "id-uu-21-2007", "art_2__para_2", "id-uu-21-2007 art_7__para_1")
    assert (offence.prison_min_months, offence.prison_max_months, offence.life) == (48, 240, False)


def test_an_aggravation_reaches_the_prohibition_that_a_later_act_put_behind_the_penalty(links: link.Links) -> None:
    # UU 23/2002 art 90(2) adds a third, for corporations, to arts 77 to 89, which since UU 35/2014 punish arts 76A to 76J.
    added = {
        o.eid.rpartition("__art_")[2]: o
        for o in links.offences
        if o.penalty_eids == ["id-uu-23-2002 art_90__para_2"] and o.doc_id == "id-uu-35-2014"
    }
    exploited = added["76I"]
    assert (exploited.prison_max_months, exploited.fine_max, exploited.subject) == (160, 266_666_666, "corporation")
    assert "conduct.sexual_exploitation" in exploited.conduct
    assert exploited.valid_from == "2014-10-17"
    # KUHP art 306(1) is itself a graver form of arts 304 and 305: art 307 changes its 7 years and 6 months.
    kept = _offence(links, "id-kuhp", "art_306__para_1", "id-kuhp art_307")
    assert kept.prison_max_months == 120


OTHERS_PENALTIES = """UNDANG-UNDANG REPUBLIK INDONESIA

NOMOR 95 TAHUN 2019

TENTANG

PERBUATAN TERLARANG

Pasal 1

(1) Setiap orang yang memperdagangkan anak dipidana dengan pidana penjara paling lama 5 (lima) tahun.

(2) Setiap orang yang memperdagangkan orang dipidana dengan pidana penjara paling lama 3 (tiga) tahun.

Pasal 2

(1) Setiap orang yang memiliki pornografi anak dipidana dengan pidana penjara paling lama 9 (sembilan) tahun.

(2) Ketentuan sebagaimana dimaksud dalam Pasal 1 ayat (1) berlaku juga bagi perbuatan sebagaimana dimaksud pada ayat (1).

(3) Ketentuan sebagaimana dimaksud dalam Pasal 1 ayat (1) dan ayat (2) berlaku juga bagi perbuatan sebagaimana dimaksud pada ayat (1).

(4) Bagi orang yang membantu berlaku juga ketentuan sebagaimana dimaksud dalam Pasal 1 ayat (2), jika perbuatan sebagaimana dimaksud pada ayat (1) selesai.

(5) Bagi orang yang menolong berlaku juga ketentuan sebagaimana dimaksud dalam Pasal 1 ayat (1) dan ayat (2).
"""


def test_what_applies_also_is_measured_by_what_it_names_and_not_by_the_act_it_is_for(tmp_path: Path) -> None:
    laws.write_law(tmp_path / "raw", "id-uu-95-2019", OTHERS_PENALTIES, articles="1-2")
    linked = link.load(laws.run(tmp_path / "raw", tmp_path) / "4-links")
    terms = {s.eid: s.prison_max_months for s in linked.sanctions if s.relative == "same"}
    assert terms == {"art_2__para_2": 60, "art_2__para_3": None, "art_2__para_4": 36, "art_2__para_5": None}

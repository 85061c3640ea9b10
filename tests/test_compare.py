"""Comparison tables: each built from small laws whose rows can be counted by hand, and checked on what ships."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import link
from pipeline.compare.money import Money, compare_params
from pipeline.compare.offences import smallest_cover
from pipeline.corpus import Corpus
from pipeline.link.redate import redated
from pipeline.yamls import PackError
from tests.conftest import Run, params
from tests.laws import run, table, write_law

DUTIES = """REPUBLIC ACT NO. 90001

AN ACT ON SERVICES THAT CHILDREN USE

SECTION 1. Short Title. – This Act is called the Test Act.

SEC. 2. Duties of Providers. – These duties bind an internet service provider:

(a) It shall notify the police within forty-eight (48) hours of any child sexual abuse or exploitation material that it finds on its network; and

(b) It shall block that material within three (3) days.

SEC. 3. Penalties. – Any internet service provider that violates Section 2 of this Act shall suffer the penalty of a fine of not less than One million pesos (P1,000,000.00) but not more than Two million pesos (P2,000,000.00).

SEC. 4. Effectivity. – This Act takes effect fifteen (15) days after its publication in the Official Gazette.
"""

BASE = """UNDANG-UNDANG REPUBLIK INDONESIA

NOMOR 92 TAHUN 2019

TENTANG

PERBUATAN TERLARANG

Pasal 1

Setiap orang yang memperdagangkan anak dipidana dengan pidana penjara paling lama 5 (lima) tahun.

Pasal 2

Setiap orang yang memiliki pornografi anak dipidana dengan pidana penjara paling lama 2 (dua) tahun dan denda paling banyak Rp10.000.000,00 (sepuluh juta rupiah).

Pasal 3

Undang-undang ini mulai berlaku pada tanggal diundangkan.
"""

AMENDING = """UNDANG-UNDANG REPUBLIK INDONESIA

NOMOR 93 TAHUN 2021

TENTANG

PERUBAHAN ATAS UNDANG-UNDANG NOMOR 92 TAHUN 2019 TENTANG PERBUATAN TERLARANG

Pasal I

Beberapa ketentuan dalam Undang-Undang Nomor 92 Tahun 2019 tentang Perbuatan Terlarang diubah sebagai berikut:

1. Ketentuan Pasal 2 diubah sehingga berbunyi sebagai berikut:

Pasal 2

Setiap orang yang memiliki pornografi anak dengan sarana elektronik dipidana dengan pidana penjara paling lama 4 (empat) tahun.

Pasal II

Undang-undang ini mulai berlaku pada tanggal diundangkan.
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A law, an act that amends it, and a Philippine act on providers."""
    folder = tmp_path_factory.mktemp("compare")
    raw = folder / "raw"
    write_law(raw, "id-uu-92-2019", BASE, articles="1-3")
    write_law(
        raw, "id-uu-93-2021", AMENDING, kind="amending-act", amends=["id-uu-92-2019"], articles="I-II", quoted="2"
    )
    write_law(raw, "ph-ra-90001-2020", DUTIES, articles="1-4")
    return run(raw, folder)


def rows(processed: Path, name: str, **wanted: str) -> list[dict[str, str]]:
    """Rows of a table with these values."""
    return [r for r in table(processed, name) if all(r[k] == v for k, v in wanted.items())]


def test_instruments_say_what_has_happened_to_them(small: Path) -> None:
    state = {r["doc_id"]: (r["status"], r["part_of"], r["amended_by"]) for r in table(small, "instruments")}
    assert state["id-uu-92-2019"] == ("in force as amended", "id-uu-92-2019", "id-uu-93-2021")
    assert state["id-uu-93-2021"] == ("in force", "id-uu-92-2019", "")
    assert state["ph-ra-90001-2020"] == ("in force", "ph-ra-90001-2020", "")


def test_an_instrument_is_not_in_force_before_its_day(tmp_path: Path) -> None:
    write_law(tmp_path / "raw", "id-uu-92-2019", BASE, articles="1-3")
    [row] = table(run(tmp_path / "raw", tmp_path, as_of="2019-02-28"), "instruments")
    assert (row["status"], row["units_not_yet"], row["units_in_force"]) == ("not yet in force", "3", "0")


def test_a_law_and_its_amending_acts_are_one_instrument(small: Path) -> None:
    [row] = rows(small, "fragmentation", jurisdiction="id")
    assert (row["acts"], row["instruments"], row["cover"]) == ("2", "1", "id-uu-92-2019")


def test_duties_name_who_when_and_what_follows(small: Path) -> None:
    [report] = rows(small, "duties", duty="duty.report", status="found")
    assert report["eid"].endswith("para_a")
    assert report["actors"] == "actor.isp"
    assert (report["deadline_hours"], report["deadline_words"]) == ("48", "within forty-eight (48) hours")
    assert (report["sanction"], report["sanction_provisions"]) == ("criminal", "ph-ra-90001-2020 sec_3")
    assert (report["fine_max"], report["currency"]) == ("2000000", "PHP")
    [block] = rows(small, "duties", duty="duty.block", jurisdiction="ph", status="found")
    assert block["deadline_hours"] == "72"
    [absent] = rows(small, "duties", duty="duty.report", jurisdiction="id")
    assert (absent["status"], absent["eid"], absent["sanction"]) == ("not found", "", "")


def test_neglecting_a_duty_about_a_conduct_is_not_that_conduct(small: Path) -> None:
    [offence] = rows(small, "offences", doc_id="ph-ra-90001-2020")
    assert (offence["eid"], offence["conduct"], offence["victim"]) == ("sec_2", "", "child")
    [row] = rows(small, "conduct_matrix", concept="conduct.csam", jurisdiction="ph")
    assert row["status"] == "not found"


def test_fines_are_converted_by_the_rates_in_params(small: Path) -> None:
    given = params()["compare"]
    [report] = rows(small, "duties", duty="duty.report", status="found")
    assert float(report["fine_max_usd"]) == round(2_000_000 / given["rates"]["PHP"]["per_usd"], 2)
    assert float(report["fine_max_gdp_per_capita"]) == round(2_000_000 / given["gdp_per_capita"]["ph"]["amount"], 3)


def test_without_a_rate_cells_are_empty_and_the_table_says_so(tmp_path: Path) -> None:
    write_law(tmp_path / "raw", "id-uu-92-2019", BASE, articles="1-3")
    bare = {"dates": ["2025-12-11", "2026-01-02"]}
    processed = run(tmp_path / "raw", tmp_path, compare=bare)
    [row] = rows(processed, "penalty_comparison", concept="conduct.csam_possession")
    assert (row["fine_max"], row["fine_max_usd"], row["fine_max_gdp_per_capita"]) == ("10000000", "", "")
    [conversion] = table(processed, "conversions")
    assert "no rate for IDR" in conversion["note"]
    assert "no GDP per head" in conversion["note"]


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ({"dates": ["2026-01-02", "2025-12-11"]}, "two days, the earlier first"),
        ({"dates": ["2025-12-11"]}, "two days, the earlier first"),
        (
            {"rates": {"IDR": {"per_usd": 0, "date": "2025-12-11", "source": "x"}}},
            "rates.IDR.per_usd: 0: Input should be greater",
        ),
        ({"rates": {"rupiah": {"per_usd": 1, "date": "2025-12-11", "source": "x"}}}, "write it as IDR"),
        ({"rates": {"IDR": {"per_usd": 1, "date": "2025-12-11"}}}, "rates.IDR.source: the key is missing"),
        ({"rates": {"IDR": {"per": 1}}}, "near it is 'per_usd'; allowed: date, note, per_usd, source"),
        ({"gdp_per_capita": {"xx": {"amount": 1, "year": 2024, "source": "x"}}}, "no pack 'xx'; packs are"),
    ],
)
def test_mistakes_in_params_are_explained(block: dict[str, Any], message: str) -> None:
    with pytest.raises(PackError) as error:
        compare_params({"compare": {"dates": ["2025-12-11", "2026-01-02"], **block}})
    assert message in str(error.value)
    assert "params.yaml" in str(error.value)


def test_a_missing_block_is_named() -> None:
    with pytest.raises(PackError, match="`compare` is missing"):
        compare_params({})


def test_fines_of_another_currency_have_no_multiple_of_gdp() -> None:
    money = Money(compare_params(params()))
    assert money.gdp_multiple(1_000_000, "USD", "id") is None
    assert money.usd(1_000_000, "USD") is None


@given(st.dictionaries(st.sampled_from("abcdef"), st.sets(st.integers(0, 8)), max_size=6))
@settings(max_examples=200, deadline=None)
def test_no_smaller_set_of_instruments_covers_all(held: dict[str, set[int]]) -> None:
    texts = {k: {str(i) for i in v} for k, v in held.items()}
    cover = smallest_cover(texts)
    wanted = set().union(*texts.values())
    assert wanted == set().union(*(texts[k] for k in cover))
    smaller = combinations(sorted(texts), max(len(cover) - 1, 0))
    assert not cover or not any(wanted <= set().union(*(texts[k] for k in keys)) for keys in smaller)


def test_the_heaviest_sanction_of_a_conduct_is_named(shipped: Run) -> None:
    offences = {(r["penalty_eids"], r["prison_max_months"]) for r in shipped.table("offences") if r["in_force"] != "no"}
    checked = 0
    for row in shipped.table("conduct_matrix"):
        if row["prison_max_provision"] and row["life"] == "false":
            assert (row["prison_max_provision"], row["prison_max_months"]) in offences
            checked += 1
        assert bool(row["fine_max"]) == bool(row["fine_max_provision"])
    assert checked > 10


def test_a_conduct_against_children_by_what_it_means_counts_as_such_by_reference_too(shipped: Run) -> None:
    rows_of = {(r["concept"], r["jurisdiction"]): r for r in shipped.table("conduct_matrix")}
    # Article 6 of the pornography law names its object by reference and says nothing of a victim.
    possession = rows_of["conduct.csam_possession", "id"]
    assert possession["provisions"] == "id-uu-44-2008 art_6"
    assert possession["child_offences"] == possession["offences"] == "2"  # articles 32 and 37
    plain = rows_of["conduct.pornography_possession", "id"]
    assert (plain["child_offences"], plain["offences"]) == ("1", "2")  # article 37 alone is of children


def test_technology_is_a_mode_or_an_aggravation(shipped: Run) -> None:
    found = shipped.table("ict_role")
    assert {r["role"] for r in found} == {"mode", "aggravation"}
    assert all(r["ict"] and r["evidence_ids"] for r in found)
    plus = {(r["doc_id"], r["eid"].split("__")[0]): r["effect"] for r in found if r["role"] == "aggravation"}
    assert plus["id-uu-12-2022", "art_15"] == "plus 1/3"
    assert plus["ph-ra-10175", "sec_6"] == "one degree higher"


def test_citations_between_documents_add_up(shipped: Run) -> None:
    network = shipped.table("citation_network")
    between = [r for r in shipped.table("citations") if r["target_doc"] != r["doc_id"]]
    assert sum(int(r["citations"]) for r in network) == len(between)
    for row in network:
        parts = sum(int(row[s]) for s in ("resolved", "omitted", "dangling", "outside_corpus"))
        assert parts == int(row["citations"])


def test_palermo_matrix_has_the_child_rule_and_consent(shipped: Run) -> None:
    found = {(r["doc_id"], r["concept"]): r["status"] for r in shipped.table("palermo_matrix")}
    assert found["ph-ra-11862", "rule.no_means_for_child"] == "found"
    assert found["id-uu-21-2007", "rule.no_means_for_child"] == "found"  # article 6 only: sending abroad
    assert found["id-uu-21-2007", "rule.consent_irrelevant"] == "found"


# ----------------------------------------------------------------------------------- two dates


@pytest.mark.parametrize("day", ["2025-12-11", "2026-01-02", "2003-01-01"])
def test_redated_links_are_those_of_a_run_on_that_day(shipped: Run, tmp_path: Path, day: str) -> None:
    text, provisions, tags = (shipped.processed / n for n in ("1-text", "2-provisions", "3-tags"))
    link.run(text, provisions, tags, tmp_path / "links", day)
    again = link.load(tmp_path / "links")
    moved = redated(Corpus(text, provisions, tags), link.load(shipped.processed / "4-links"), day)
    assert moved.versions == again.versions
    assert moved.offences == again.offences


def test_moving_the_day_changes_what_clauses_say_and_nothing_else(shipped: Run) -> None:
    changed = shipped.table("changes_in_time")
    start, end = changed[0]["from_date"], changed[0]["to_date"]
    operations = {(r["doc_id"], r["effective"]) for r in shipped.table("operations")}
    evidence = {r["evidence_id"] for r in shipped.table("evidence")}
    for row in changed:
        if row["kind"] in ("instrument", "provision", "offence"):
            assert start < row["on"] <= end, row
            assert row["evidence_ids"], row
            assert set(row["evidence_ids"].split(";")) <= evidence
        if row["kind"] == "provision" and row["change"] == "ends":
            by = row["because"].split(" by ")[1].split(" ")[0]
            assert (by, row["on"]) in operations
    assert [r["subject"] for r in changed if r["kind"] == "instrument"] == ["id-uu-1-2023"]


def test_a_law_that_is_known_and_absent_is_named_where_it_begins(shipped: Run) -> None:
    [row] = [r for r in shipped.table("changes_in_time") if r["kind"] == "absent law"]
    assert "not in the corpus" in row["after"]
    assert row["on"] == "2026-01-02"


def test_an_indicator_changes_only_with_provisions_that_change(shipped: Run) -> None:
    """Each status that moves is decided, before or after, by a provision (or a law) that begins or ends."""
    changed = shipped.table("changes_in_time")
    moved = {r["subject"] for r in changed if r["kind"] in ("provision", "offence")}
    documents = {m.split(" ")[0] for m in moved}
    for row in (r for r in changed if r["kind"] == "indicator"):
        named = [n.strip() for part in row["because"].split(";") for n in part.partition(": ")[2].split(",")]
        assert any(n in moved or n.split(" ")[0] in documents for n in named if n), row


CYBER = """REPUBLIC ACT NO. 90003

AN ACT ON CRIMES BY COMPUTER

SECTION 1. Acts. – These are offenses:

(a) Cybersex for a favor by means of a computer system; and

(b) The grooming of a child by means of a computer system.

SEC. 2. Penalties. – Any person found guilty of the acts in Section 1(a) shall suffer the penalty of imprisonment of six (6) years to twelve (12) years.

Any person found guilty of the acts in Section 1(b) that harm a child shall suffer the penalty of imprisonment of twelve (12) years to twenty (20) years.

SEC. 3. Words. – Obstruction of justice has the meaning that the rules of court give it.

SEC. 4. Effectivity. – This Act takes effect fifteen (15) days after its publication in the Official Gazette.
"""

REPEALING = """REPUBLIC ACT NO. 90004

AN ACT THAT REPEALS

SECTION 1. Repealing Clause. – Section 1(a) of Republic Act No. 90003 is hereby repealed.

SEC. 2. Effectivity. – This Act takes effect fifteen (15) days after its publication in the Official Gazette.
"""


@pytest.fixture(scope="module")
def repealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A conduct that is an offence until another act repeals it, one that is named only, one that an absent law has."""
    folder = tmp_path_factory.mktemp("repealed")
    write_law(folder / "raw", "ph-ra-90003-2019", CYBER, articles="1-4")
    write_law(folder / "raw", "ph-ra-90004-2021", REPEALING, articles="1-2")
    file = folder / "raw" / "ph" / "sources.yaml"
    sources = yaml.safe_load(file.read_text(encoding="utf-8"))
    sources["known_absent"] = [
        {
            "akn_uri": "/akn/ph/act/ra/2021/90005",
            "title": "RA 90005 on forced marriage",
            "in_force_from": None,
            "why_it_matters": "It punishes it.",
            "source": "written for a test",
            "concepts": ["conduct.forced_marriage"],
        }
    ]
    file.write_text(yaml.safe_dump(sources), encoding="utf-8")
    return run(folder / "raw", folder)


def test_what_was_an_offence_is_not_found_and_the_day_is_said(repealed: Path) -> None:
    [row] = rows(repealed, "conduct_matrix", concept="conduct.cybersex", jurisdiction="ph")
    assert (row["status"], row["why"]) == ("not found", "An offence until 2021-03-16.")
    assert row["nearest"] == "ph-ra-90003-2019 sec_1__para_a"
    assert any(i.endswith("~ph.op.repeal") or "cybersex" in i for i in row["evidence_ids"].split(";"))


def test_what_is_named_only_says_where(repealed: Path) -> None:
    [row] = rows(repealed, "conduct_matrix", concept="conduct.obstruction", jurisdiction="ph")
    assert (row["status"], row["nearest"]) == ("not found", "ph-ra-90003-2019 sec_3")
    assert "no penalty is joined" in row["why"]


def test_what_an_absent_law_has_is_not_called_not_found(repealed: Path) -> None:
    [row] = rows(repealed, "conduct_matrix", concept="conduct.forced_marriage", jurisdiction="ph")
    assert row["status"] == "not assessed"
    assert "RA 90005 on forced marriage" in row["why"]


def test_a_victim_of_another_paragraph_is_not_the_offence_s(repealed: Path) -> None:
    victims = {(o["eid"], o["victim"]) for o in table(repealed, "offences") if o["eid"].startswith("sec_1__")}
    assert victims == {("sec_1__para_a", "any"), ("sec_1__para_b", "child")}


def test_sexual_extortion_is_found_where_it_is_an_offence_and_whole_only_beside_grooming(shipped: Run) -> None:
    matrix = {
        r["jurisdiction"]: r for r in shipped.table("conduct_matrix") if r["concept"] == "conduct.sexual_extortion"
    }
    assert {c: r["status"] for c, r in matrix.items()} == {"id": "found", "ph": "found"}
    asked = {r["jurisdiction"]: r["status"] for r in shipped.table("gaps") if r["indicator"] == "frag-sexual-extortion"}
    assert asked == {"id": "partial", "ph": "met"}

"""What must happen to the findings when the law changes: they follow the provisions, and nothing else.

The laws are small and written here; each run takes well under a second.
"""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from pipeline import packs, tag
from pipeline.yamls import PackError
from tests.laws import Rows, run, statuses, table, write_law

DOC = "ph-ra-90001-2020"
HEAD = "REPUBLIC ACT NO. 90001\n\nAN ACT AGAINST CHILD SEXUAL ABUSE OR EXPLOITATION MATERIAL\n\n"
TITLE = "An Act against Child Sexual Abuse or Exploitation Material"
SECTIONS = {
    1: "Definition. – A child is any person below eighteen (18) years of age.",
    2: (
        "Material. – Child sexual abuse or exploitation material refers to any representation, by electronic means or "
        "otherwise, of a child in explicit sexual activity."
    ),
    3: (
        "Possession. – Any person who possesses child sexual abuse or exploitation material shall suffer the penalty of "
        "imprisonment of six (6) years to twelve (12) years."
    ),
    4: (
        "Grooming. – Any person who engages in grooming of a child by means of a computer system shall suffer the "
        "penalty of imprisonment of twelve (12) years to twenty (20) years and a fine of Two million pesos (P2,000,000.00)."
    ),
    5: (
        "Providers. – An internet service provider shall report to the police any child sexual abuse or exploitation "
        "material of which it learns, and shall preserve the data of its subscriber."
    ),
    6: "Recovery. – A child who is a victim shall receive medical care, psychological counselling and legal assistance.",
}
LAST = "This Act takes effect fifteen (15) days after its publication in the Official Gazette."


def act(sections: dict[int, str]) -> str:
    """The text of the act with these sections, numbered as they are."""
    return HEAD + "\n\n".join(f"SEC. {n}. {text}" for n, text in sections.items()) + f"\n\nSEC. 9. Effect. – {LAST}\n"


def assessed(folder: Path, sections: dict[int, str], **about: str) -> Rows:
    """Statuses for the act with these sections alone."""
    write_law(folder / "raw", DOC, act(sections), articles="1-6, 9", **{"title": TITLE, **about})
    return statuses(run(folder / "raw", folder))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """Statuses for the whole act."""
    return assessed(tmp_path_factory.mktemp("whole"), SECTIONS)


def decided_by(row: dict[str, str]) -> set[str]:
    """The sections that decide a row."""
    return {p.partition(" ")[2].split("__")[0] for p in row["provisions"].split(";") if p}


def test_the_act_meets_what_it_was_written_to_meet(whole: Rows) -> None:
    for indicator, section in (
        ("icmec-2-definition", "sec_2"),
        ("icmec-4-possession", "sec_3"),
        ("un-15-grooming", "sec_4"),
        ("isp-report", "sec_5"),
        ("rehabilitative-medical", "sec_6"),
    ):
        assert (whole["ph", indicator]["status"], decided_by(whole["ph", indicator])) == ("met", {section})


@pytest.mark.parametrize("gone", sorted(SECTIONS))
def test_without_a_section_nothing_rests_on_it(gone: int, whole: Rows, tmp_path: Path) -> None:
    """What it alone decided is no longer met, what others decided stays, and nobody names it any more."""
    after = assessed(tmp_path, {n: text for n, text in SECTIONS.items() if n != gone})
    lost = 0
    for key, row in whole.items():
        sections = decided_by(row)
        assert f"sec_{gone}" not in decided_by(after[key]), key
        if row["status"] == "met" and sections == {f"sec_{gone}"}:
            assert after[key]["status"] in ("partial", "not_found", "not_assessed"), key
            lost += 1
        elif row["status"] == "met" and sections and f"sec_{gone}" not in sections:
            assert after[key]["status"] == "met", key
    # (The definition of the child decides nothing alone that asks for more than it.)
    assert lost


@pytest.mark.parametrize(
    ("missing", "indicator"),
    [(2, "icmec-2-definition"), (3, "icmec-4-possession"), (4, "un-15-grooming"), (5, "isp-report")],
)
def test_a_provision_that_meets_an_indicator_flips_it(
    missing: int, indicator: str, whole: Rows, tmp_path: Path
) -> None:
    before = assessed(tmp_path, {n: text for n, text in SECTIONS.items() if n != missing})["ph", indicator]
    assert (before["status"] != "met", whole["ph", indicator]["status"]) == (True, "met")


def test_what_a_left_out_article_may_hold_is_not_assessed(tmp_path: Path) -> None:
    """A passage that comes near and points to an article that is not in the edition cannot be judged."""
    sections = {3: "Banks. – A bank shall do what Section 4 of this Act names."}
    read = assessed(tmp_path / "read", {**sections, 4: "Fees. – Fees are paid yearly."})["ph", "payment-identify"]
    assert (read["status"], read["nearest_lacks"]) == ("not_found", "“Duty to identify customers”")
    row = assessed(tmp_path / "omitted", sections)["ph", "payment-identify"]
    assert row["status"] == "not_assessed"
    assert row["why"] == f"{DOC} sec_3 points to {DOC} 4, which is not in the edition read."


def absent_law(raw: Path, **about: object) -> None:
    """Describe a law as known and absent."""
    file = raw / "ph" / "sources.yaml"
    sources = yaml.safe_load(file.read_text(encoding="utf-8"))
    law = {
        "akn_uri": "/akn/ph/act/ra/2021/99999",
        "title": "RA 99999",
        "in_force_from": datetime.date(2021, 1, 1),
        "why_it_matters": "Banks identify their customers.",
        "source": "made for a test",
    }
    sources["known_absent"] = [law | about]
    file.write_text(yaml.safe_dump(sources), encoding="utf-8")


@pytest.mark.parametrize(
    ("about", "status"),
    [
        ({"concepts": ["duty.identify_customer", "actor.financial_intermediary"]}, "not_assessed"),
        ({"concepts": ["duty.identify_customer"]}, "not_found"),
        (
            {
                "concepts": ["duty.identify_customer", "actor.financial_intermediary"],
                "in_force_from": datetime.date(2027, 1, 1),
            },
            "not_found",
        ),
        ({}, "not_found"),
    ],
)
def test_what_a_known_absent_law_deals_with_is_not_assessed(
    about: dict[str, object], status: str, tmp_path: Path
) -> None:
    write_law(tmp_path / "raw", DOC, act(SECTIONS), articles="1-6, 9")
    absent_law(tmp_path / "raw", **about)
    row = statuses(run(tmp_path / "raw", tmp_path))["ph", "payment-identify"]
    assert row["status"] == status
    assert ("RA 99999, which is known to deal with it" in row["why"]) is (status == "not_assessed")


def test_an_absent_law_s_concepts_are_of_the_vocabulary(tmp_path: Path) -> None:
    write_law(tmp_path / "raw", DOC, act(SECTIONS), articles="1-6, 9")
    absent_law(tmp_path / "raw", concepts=["duty.identify"])
    with pytest.raises(PackError, match=r"did you mean 'duty\.identify_customer'"):
        run(tmp_path / "raw", tmp_path)


def test_what_decides_a_part_is_told_first_why_it_is_not_the_whole(tmp_path: Path) -> None:
    """The duty to report that speaks of no child decides the weaker condition, and is what the reason is about."""
    sections = {
        1: "Reports. – An internet service provider shall report to the police unlawful content.",
        2: "Notices. – Any school shall report the sexual abuse of a child.",
    }
    row = assessed(tmp_path, sections)["ph", "isp-report"]
    assert (row["status"], row["nearest"].split(";")[0]) == ("partial", f"{DOC} sec_1")
    assert f"nearest is {DOC} sec_1, which lacks “Child”" in row["why"]


def test_the_order_of_documents_changes_nothing(tmp_path: Path) -> None:
    halves = ({1: SECTIONS[1], 2: SECTIONS[2], 3: SECTIONS[3]}, {4: SECTIONS[4], 5: SECTIONS[5], 6: SECTIONS[6]})
    found = []
    for name, order in (("a", (0, 1)), ("b", (1, 0))):
        for i in order:
            write_law(tmp_path / name / "raw", f"ph-ra-9000{i}-2020", act(halves[i]), articles="1-6, 9")
        found.append(statuses(run(tmp_path / name / "raw", tmp_path / name)))
    same = ("status", "why", "provision_sha", "searched")
    for key, row in found[0].items():
        other = found[1][key]
        assert [row[c] for c in same] == [other[c] for c in same], key
        for column in ("provisions", "evidence_ids"):
            assert sorted(row[column].split(";")) == sorted(other[column].split(";")), (key, column)


@pytest.fixture
def twin_pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Code of a jurisdiction that reads the law as the Philippine pack does."""
    folder = tmp_path / "packs"
    shutil.copytree(packs.PACKS, folder)
    shutil.copytree(folder / "ph", folder / "zz")
    file = folder / "zz" / "pack.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("code: ph", "code: zz"), encoding="utf-8")
    monkeypatch.setattr(packs, "PACKS", folder)
    _forget()
    yield "zz"
    _forget()


def _forget() -> None:
    packs.load_pack.cache_clear()
    packs.load_structure.cache_clear()
    tag.tagger.cache_clear()


def test_the_same_law_elsewhere_gives_the_same_statuses(twin_pack: str, tmp_path: Path) -> None:
    for code in ("ph", twin_pack):
        write_law(tmp_path / "raw", DOC.replace("ph", code, 1), act(SECTIONS), articles="1-6, 9")
    found = statuses(run(tmp_path / "raw", tmp_path))
    met = 0
    for (code, indicator), row in found.items():
        if code == "ph":
            twin = found[twin_pack, indicator]
            assert (row["status"], row["why"]) == (twin["status"], twin["why"].replace(twin_pack + "-ra", "ph-ra"))
            met += row["status"] == "met"
    assert met >= 5


# -------------------------------------------------------------------------------------------- time

OLD = """UNDANG-UNDANG REPUBLIK INDONESIA

NOMOR 80 TAHUN 2015

TENTANG

PORNOGRAFI

Pasal 1

Setiap orang yang memiliki materi pelecehan seksual anak dipidana dengan pidana penjara paling lama 2 (dua) tahun.

Pasal 2

Setiap orang yang melakukan grooming terhadap anak dipidana dengan pidana penjara paling lama 3 (tiga) tahun.

Pasal 3

Undang-undang ini mulai berlaku pada tanggal diundangkan.
"""
NEW = """UNDANG-UNDANG REPUBLIK INDONESIA

NOMOR 81 TAHUN 2023

TENTANG

KETENTUAN BARU

Pasal 1

Setiap orang yang mengakses materi pelecehan seksual anak dipidana dengan pidana penjara paling lama 5 (lima) tahun.

Pasal 2

Pada saat undang-undang ini mulai berlaku, Pasal 1 Undang-Undang Nomor 80 Tahun 2015 dicabut dan dinyatakan tidak berlaku.

Pasal 3

Undang-undang ini mulai berlaku setelah 3 (tiga) tahun terhitung sejak tanggal diundangkan.
"""


@pytest.fixture(scope="module")
def two_days(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Results the day before a law commences that repeals an article of another, and on that day."""
    folder = tmp_path_factory.mktemp("days")
    write_law(folder / "raw", "id-uu-80-2015", OLD, articles="1-3")
    write_law(folder / "raw", "id-uu-81-2023", NEW, articles="1-3", published=datetime.date(2023, 1, 2))
    file = folder / "raw" / "id" / "sources.yaml"
    sources = yaml.safe_load(file.read_text(encoding="utf-8"))
    sources["known_absent"] = [
        {
            "akn_uri": "/akn/id/act/uu/2026/99",
            "title": "A later law",
            "in_force_from": datetime.date(2026, 1, 2),
            "why_it_matters": "It changes sanctions.",
            "source": "made for a test",
        }
    ]
    file.write_text(yaml.safe_dump(sources), encoding="utf-8")
    before, after = (run(folder / "raw", folder / day, as_of=day) for day in ("2026-01-01", "2026-01-02"))
    return before, after


def test_on_the_day_just_what_the_clauses_say_changes(two_days: tuple[Path, Path]) -> None:
    before, after = ({(r["source_doc"], r["source_eid"]): r["current"] for r in table(p, "versions")} for p in two_days)
    changed = {key: (before[key], after[key]) for key in before if before[key] != after[key]}
    assert changed == {
        ("id-uu-80-2015", "art_1"): ("yes", "no"),
        **{("id-uu-81-2023", f"art_{n}"): ("no", "yes") for n in (1, 2, 3)},
    }


def test_statuses_move_with_them(two_days: tuple[Path, Path]) -> None:
    before, after = (statuses(p) for p in two_days)
    moved = {
        k[1]: (before[k]["status"], after[k]["status"]) for k in before if before[k]["status"] != after[k]["status"]
    }
    assert moved["icmec-4-possession"] == ("met", "not_found")
    assert moved["budapest-9-1d-procuring"] == ("not_found", "met")
    assert "un-15-grooming" not in moved
    assert before["id", "un-15-grooming"]["status"] == "met"
    with (two_days[0] / "6-gaps" / "changes_in_time.csv").open(encoding="utf-8") as file:
        listed = {line.split(",")[2] for line in file if line.startswith("indicator,")}
    assert listed == set(moved)


def test_a_law_known_to_be_absent_is_named_once_it_applies(two_days: tuple[Path, Path]) -> None:
    before, after = (next(iter(statuses(p).values()))["searched"] for p in two_days)
    assert "A later law" not in before
    assert after.endswith("known to matter and not in the corpus: A later law")


# ----------------------------------------------------------------------------------------- reviews


def reviewed(folder: Path, sections: dict[int, str], as_of: str = "2025-12-11", **review: object) -> dict[str, str]:
    """The row of icmec-5-isp-reporting for an act and a review of it."""
    write_law(folder / "raw", DOC, act(sections), articles="1-6, 9")
    entry = {
        "indicator": "icmec-5-isp-reporting",
        "who": "A. Expert",
        "when": datetime.date(2025, 11, 1),
        "verdict": "partial",
        "reason": "The duty has no sanction.",
        **review,
    }
    file = folder / "raw" / "ph" / "reviews.yaml"
    file.write_text(yaml.safe_dump({"reviews": [entry]}), encoding="utf-8")
    return statuses(run(folder / "raw", folder, as_of=as_of))["ph", "icmec-5-isp-reporting"]


def test_a_review_overrides_and_is_shown_as_such(whole: Rows, tmp_path: Path) -> None:
    sha = whole["ph", "icmec-5-isp-reporting"]["provision_sha"]
    row = reviewed(tmp_path, SECTIONS, provision_sha=sha)
    assert (row["status"], row["computed_status"], row["review"]) == ("partial", "met", "overridden")
    assert "Overridden by A. Expert, 2025-11-01 (computed: met): The duty has no sanction." in row["why"]
    assert row["reviewed_by"] == "A. Expert, 2025-11-01"


def test_a_review_confirms(whole: Rows, tmp_path: Path) -> None:
    row = reviewed(
        tmp_path, SECTIONS, verdict="met", provision_sha=whole["ph", "icmec-5-isp-reporting"]["provision_sha"]
    )
    assert (row["status"], row["review"]) == ("met", "confirmed")


def test_a_review_is_stale_when_the_provision_under_it_changes(whole: Rows, tmp_path: Path) -> None:
    sha = whole["ph", "icmec-5-isp-reporting"]["provision_sha"]
    changed = SECTIONS | {5: SECTIONS[5].replace("of which it learns", "of which it learns within two (2) days")}
    row = reviewed(tmp_path, changed, provision_sha=sha)
    assert (row["status"], row["review"]) == ("met", "stale_text")
    assert f"write {row['provision_sha']} as its provision_sha" in row["why"]


def test_another_provision_may_change_under_it(whole: Rows, tmp_path: Path) -> None:
    sha = whole["ph", "icmec-5-isp-reporting"]["provision_sha"]
    changed = SECTIONS | {6: SECTIONS[6].replace("medical care", "shelter")}
    assert reviewed(tmp_path, changed, provision_sha=sha)["review"] == "overridden"


def test_an_old_review_stands_and_its_age_is_shown(whole: Rows, tmp_path: Path) -> None:
    sha = whole["ph", "icmec-5-isp-reporting"]["provision_sha"]
    row = reviewed(tmp_path, SECTIONS, as_of="2028-01-01", provision_sha=sha)
    assert (row["status"], row["review"]) == ("partial", "stale_age")
    assert "older than 24 months" in row["why"]


def test_only_a_review_calls_the_law_silent(whole: Rows, tmp_path: Path) -> None:
    assert not [k for k, r in whole.items() if r["status"] == "law_silent"]
    sha = whole["ph", "icmec-5-isp-reporting"]["provision_sha"]
    assert reviewed(tmp_path, SECTIONS, verdict="law_silent", provision_sha=sha)["status"] == "law_silent"


@pytest.mark.parametrize(
    ("review", "message"),
    [
        ({"indicator": "icmec-5-isp-report"}, "did you mean 'icmec-5-isp-reporting'?"),
        (
            {"verdict": "unmet"},
            "reviews.0.verdict: 'unmet': Input should be 'met', 'partial', 'not_found' or 'law_silent'",
        ),
        ({"reasons": "x"}, "near it is 'reason'; allowed: indicator, provision_sha, reason, verdict, when, who"),
        ({"provision_sha": "abc"}, "reviews.0.provision_sha"),
        ({"when": "yesterday"}, "reviews.0.when"),
    ],
)
def test_a_mistake_in_a_review_is_explained(review: dict[str, str], message: str, tmp_path: Path) -> None:
    with pytest.raises(PackError) as error:
        reviewed(tmp_path, SECTIONS, **{"provision_sha": "0" * 12, **review})
    assert message in str(error.value)
    assert "reviews.yaml" in str(error.value)

"""Two runs of gaps compared: each status that differs, and what explains it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline import compare, extract, gaps, link, parse, tag
from pipeline.gaps import Difference, differences
from tests.conftest import ROOT, Run, params
from tests.laws import run, write_law

LAW = {
    1: "Material. – Child sexual abuse or exploitation material refers to any representation of a child in sexual activity.",
    2: "Possession. – Any person who possesses child sexual abuse or exploitation material shall suffer the penalty of imprisonment of six (6) years to twelve (12) years.",
    3: "Exploitation. – Any person who engages in the sexual exploitation of a child shall suffer the penalty of imprisonment of twelve (12) years to twenty (20) years.",
}
LAST = "SEC. 9. Effect. – This Act takes effect fifteen (15) days after its publication in the Official Gazette."


def results(folder: Path, sections: dict[int, str], extra: str = "") -> Path:
    """The processed folder for an act with these sections."""
    text = "\n\n".join(f"SEC. {n}. {words}" for n, words in sections.items())
    write_law(
        folder / "raw", "ph-ra-90001-2020", f"REPUBLIC ACT NO. 90001\n\nAN ACT\n\n{text}\n\n{LAST}\n", articles="1-9"
    )
    if extra:
        write_law(
            folder / "raw",
            "ph-ra-90002-2021",
            f"REPUBLIC ACT NO. 90002\n\nAN ACT\n\n{extra}\n\n{LAST}\n",
            articles="1-9",
        )
    return run(folder / "raw", folder)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Results for the whole act."""
    return results(tmp_path_factory.mktemp("whole"), LAW)


def found(a: Path, b: Path, indicator: str) -> Difference:
    """The difference in one indicator."""
    [difference] = [d for d in differences(a, b) if d.indicator == indicator]
    return difference


def test_the_same_results_do_not_differ(whole: Path) -> None:
    assert differences(whole, whole) == []


def test_a_provision_that_one_run_lacks(whole: Path, tmp_path: Path) -> None:
    other = results(tmp_path, {n: words for n, words in LAW.items() if n != 2})
    difference = found(whole, other, "icmec-4-possession")
    assert (difference.status_a, difference.status_b) == ("met", "not_found")
    assert "ph-ra-90001-2020 sec_2 is not in the second run, which reads the official edition" in difference.explanation


def test_words_that_one_run_lacks(whole: Path, tmp_path: Path) -> None:
    other = results(tmp_path, LAW | {2: LAW[2].replace("possesses child", "admires child")})
    assert (
        "sec_2: conduct.csam_possession only in the first run" in found(whole, other, "icmec-4-possession").explanation
    )


def test_a_sanction_that_differs(whole: Path, tmp_path: Path) -> None:
    other = results(tmp_path, LAW | {3: LAW[3].replace("twelve (12)", "one (1)").replace("twenty (20)", "two (2)")})
    explanation = found(whole, other, "opsc-3-3-penalty-exploitation").explanation
    assert "ph-ra-90001-2020 sec_3: 144 to 240 months only in the first run" in explanation
    assert "ph-ra-90001-2020 sec_3: 12 to 24 months only in the second run" in explanation


def test_a_provision_that_applies_in_one_run_only(whole: Path, tmp_path: Path) -> None:
    repeal = "SEC. 1. Repeal. – Section 2 of Republic Act No. 90001 is hereby repealed."
    explanation = found(whole, results(tmp_path, LAW, repeal), "icmec-4-possession").explanation
    assert "sec_2 applied: 2020-03-16 to now in the first, 2020-03-16 to 2021-03-16 in the second run" in explanation


@pytest.mark.official
def test_another_edition_changes_no_status_without_an_explanation(official: Path, shipped: Run, tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    shutil.copytree(ROOT / "raw", raw, ignore=shutil.ignore_patterns("official"))
    for folder in official.iterdir():
        if folder.is_dir():
            shutil.copytree(folder, raw / folder.name / "official")
    settings = params() | {"corpus": {"edition": "auto"}}
    text, provisions, tags, links = (tmp_path / n for n in ("1-text", "2-provisions", "3-tags", "4-links"))
    extract.run(raw, text, settings)
    parse.run(text, provisions, settings)
    tag.run(text, provisions, tags, settings)
    link.run(text, provisions, tags, links, settings["as_of"])
    compare.run(raw, text, provisions, tags, links, tmp_path / "5-tables", settings)
    gaps.run(raw, text, provisions, tags, links, tmp_path / "6-gaps", settings)
    unexplained = [d for d in differences(shipped.processed, tmp_path) if not d.explanation]
    assert unexplained == []

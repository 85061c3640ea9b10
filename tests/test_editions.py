"""Digest against official text: differences are found article by article, and only a reason given counts as one."""

from __future__ import annotations

import csv
import datetime
import json
from pathlib import Path

import pytest
import yaml

from pipeline import editions, extract, link, parse, tag
from pipeline.check_editions import Difference, differences
from pipeline.yamls import PackError
from tests.conftest import ROOT, params

LAW = "id-uu-44-2008"
OFFICIAL = """# UNDANG-UNDANG REPUBLIK INDONESIA

Menimbang: bahwa perlu aturan.

### Pasal 29

Pelaku dipidana dengan pidana penjara paling lama 3 (tiga) tahun.

### Pasal 30

(1) Ketentuan sebagaimana dimaksud dalam Pasal 29 berlaku bagi badan usaha.

(2) Ketentuan lain diatur dengan Peraturan Pemerintah.

### Pasal 31

Orang yang memasang iklan itu, dan hakim yang memeriksa perkaranya, tidak memakai toga.

### Pasal 99

Ada pasal baru.
"""
DIGEST = OFFICIAL.replace("3 (tiga) tahun", "4 (empat) tahun").replace("Pasal 99", "Pasal 98").replace("toga", "topi")


def _run(raw: Path, out: Path, text: str, edition: str) -> Path:
    """Stages 1 to 4 with `text` as the official file of the law; `edition` is what the run is called."""
    place = raw / "id" / "official"
    place.mkdir(exist_ok=True)
    (place / f"{LAW}.md").write_text(text, encoding="utf-8")
    settings = params()
    settings["corpus"] = {"edition": edition}
    folders = [out / n for n in ("1-text", "2-provisions", "3-tags", "4-links")]
    out.mkdir()
    extract.run(raw, folders[0], settings)
    parse.run(folders[0], folders[1], settings)
    tag.run(folders[0], folders[1], folders[2], settings)
    link.run(*folders, as_of=settings["as_of"])
    return out


@pytest.fixture
def found(small_raw: Path, tmp_path: Path) -> tuple[Path, Path, Path]:
    """raw/, and two runs whose texts of one law differ."""
    return (
        small_raw,
        _run(small_raw, tmp_path / "a", DIGEST, "auto"),
        _run(small_raw, tmp_path / "b", OFFICIAL, "auto"),
    )


def _row(rows: list[Difference], eid: str, what: str) -> Difference:
    return next(r for r in rows if (r.eid, r.what) == (eid, what))


def test_each_difference_is_listed_with_both_sides(found: tuple[Path, Path, Path]) -> None:
    rows, compared = differences(*found)
    assert compared == [LAW]
    assert {(r.eid, r.what) for r in rows} == {
        ("art_29", "penalties"),
        ("art_31", "concepts"),
        ("art_98", "numbering"),
        ("art_99", "numbering"),
    }
    procedure = _row(rows, "art_31", "concepts")
    assert (procedure.digest, procedure.official) == ("", "protection.child_sensitive_procedure")
    penalty = _row(rows, "art_29", "penalties")
    assert ("48" in penalty.digest, "36" in penalty.official, penalty.explanation) == (True, True, "")


def test_a_text_against_itself_shows_none(found: tuple[Path, Path, Path]) -> None:
    raw, _, official = found
    assert differences(raw, official, official) == ([], [LAW])


def _sign(raw: Path, **entry: object) -> None:
    full = {
        "doc_id": LAW,
        "reason": "printing error in the file",
        "who": "A. Reader",
        "when": datetime.date(2026, 1, 5),
    }
    (raw / "id" / "editions.yaml").write_text(yaml.safe_dump({"differences": [full | entry]}), encoding="utf-8")


def test_a_reader_who_signs_explains_just_that_difference(found: tuple[Path, Path, Path]) -> None:
    _sign(found[0], eid="art_29", what=["penalties"])
    rows, _ = differences(*found)
    assert _row(rows, "art_29", "penalties").explanation == "printing error in the file (A. Reader, 2026-01-05)"
    assert _row(rows, "art_99", "numbering").explanation == ""


def test_an_explanation_of_nothing_is_an_error(found: tuple[Path, Path, Path]) -> None:
    _sign(found[0], eid="art_30", what=["penalties"])
    with pytest.raises(PackError, match=r"id-uu-44-2008 art_30 no longer differs"):
        differences(*found)


def test_what_sources_yaml_leaves_out_is_explained(found: tuple[Path, Path, Path]) -> None:
    documents = found[1] / "1-text" / "documents.jsonl"
    lines = [json.loads(line) for line in documents.read_text(encoding="utf-8").splitlines()]
    documents.write_text("".join(json.dumps(d | {"omits": "99"}) + "\n" for d in lines), encoding="utf-8")
    rows, _ = differences(*found)
    assert "omits" in _row(rows, "art_99", "numbering").explanation
    assert _row(rows, "art_98", "numbering").explanation == ""


def test_the_same_dag_runs_on_official_files_without_touching_the_project(small_raw: Path, tmp_path: Path) -> None:
    root = tmp_path / "project"
    root.mkdir()
    for name in ("pipeline", "baseline", "tests/gold", "dvc.yaml", "params.yaml", "CITATION.cff"):
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).symlink_to(ROOT / name)
    (root / "raw").symlink_to(small_raw)
    corpus = tmp_path / "mine"
    corpus.mkdir()
    (corpus / f"{LAW}.md").write_text(OFFICIAL, encoding="utf-8")
    (corpus / "id-uu-7-2031.txt").write_text("Pasal 1\n\nAda.\n", encoding="utf-8")
    (corpus / "notes.txt").write_text("Pasal 1\n\nAda.\n", encoding="utf-8")
    workspace, taken, strangers = editions.official(root, corpus)
    assert sorted(t.doc_id for t in taken) == ["id-uu-44-2008", "id-uu-7-2031"]
    assert [s.name for s in strangers] == ["notes.txt"]
    with (workspace / "reports/tables/documents.csv").open(encoding="utf-8", newline="") as file:
        edition = {row["doc_id"]: row["edition"] for row in csv.DictReader(file)}
    assert edition == {"id-uu-21-2007": "digest", "id-uu-44-2008": "official", "id-uu-7-2031": "official"}
    assert sorted(p.name for p in small_raw.rglob("*") if p.is_dir()) == ["id"]

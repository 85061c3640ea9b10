"""Another country: data only. What the scaffold writes is valid, and a pack with one law gets its rows and statuses."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from pipeline import packs
from pipeline.packs import load_structure
from pipeline.scaffold import create
from pipeline.sources import load_sources
from pipeline.yamls import PackError
from tests.conftest import ROOT

LAW = """# AN ACT ON WRONGS DONE TO CHILDREN

### Section 1. Short title

This Act is called the Wrongs Act.

### Section 2. Trafficking

Whoever recruits a child for the purpose of sexual exploitation shall be punished with imprisonment of not less than
five (5) years but not more than nine (9) years.

### Section 3. Images

Whoever possesses child sexual abuse material shall be punished with imprisonment of not more than four (4) years.
"""


@pytest.mark.parametrize(
    ("code", "language", "currency", "says"),
    [
        ("ID", "en", "USD", "is no code"),
        ("id", "en", "USD", "is taken"),
        ("nl", "English", "EUR", "no language"),
        ("nl", "en", "euro", "no currency"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(tmp_path: Path, code: str, language: str, currency: str, says: str) -> None:
    with pytest.raises(PackError, match=says):
        create(tmp_path / "packs", tmp_path / "raw", code, "Newland", language, currency)
    assert not list(tmp_path.iterdir())


def test_a_country_is_added_without_python(tmp_path: Path) -> None:
    """The whole DAG in a copy of the project, with a fictional country of one law beside the others."""
    for name in ("pipeline", "baseline", "tests/gold", "params.yaml", "dvc.yaml", "CITATION.cff", "raw/paper"):
        source, target = ROOT / name, tmp_path / name
        target.parent.mkdir(exist_ok=True)
        shutil.copytree(source, target) if source.is_dir() else shutil.copyfile(source, target)
    settings = yaml.safe_load((tmp_path / "params.yaml").read_text(encoding="utf-8"))
    settings["engine"]["cache"] = None
    (tmp_path / "params.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")

    def verbs(*calls: str) -> None:
        """Run verbs one after the other in one process of the copied project."""
        code = "import sys; from pipeline.__main__ import app; [app(c.split(), standalone_mode=False) for c in sys.argv[1:]]"
        done = subprocess.run(
            [sys.executable, "-c", code, *calls],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    verbs("new-jurisdiction nw --name Newland --language en --currency EUR")
    sources = tmp_path / "raw/nw/sources.yaml"
    entry = {
        "doc_id": "nw-act-1-2020", "akn_uri": "/akn/nw/act/act/2020/1", "kind": "act", "number": "1", "year": 2020,
        "title": "Wrongs Act", "title_en": "Wrongs Act", "language": "en", "signed": None, "published": "2020-01-01",
        "licence": "none", "articles": "1-3", "checked": "unchecked",
    }  # fmt: skip
    sources.write_text(yaml.safe_dump({"documents": [entry]}), encoding="utf-8")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/nw-act-1-2020.md").write_text(LAW, encoding="utf-8")
    verbs("acquire --from mine", "check", *["extract", "parse", "tag", "link", "compare", "gaps", "audit", "report"])

    def table(name: str) -> list[dict[str, str]]:
        with (tmp_path / f"reports/tables/{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    offences = {r["eid"]: r for r in table("offences") if r["doc_id"] == "nw-act-1-2020"}
    assert (offences["sec_2"]["prison_min_months"], offences["sec_2"]["prison_max_months"]) == ("60", "108")
    assert "conduct.csam_possession" in offences["sec_3"]["conduct"]
    status = {r["indicator"]: r["status"] for r in table("gaps") if r["jurisdiction"] == "nw"}
    assert status["opsc-3-1c-possession"] == "met"
    assert "not_found" in status.values()


def test_scaffold_files_are_valid(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    created = create(tmp_path / "packs", tmp_path / "raw", "nw", "Newland", "en", "EUR")
    assert [p.name for p in created] == ["pack.yaml", "structure.yaml", "sources.yaml"]
    monkeypatch.setattr(packs, "PACKS", tmp_path / "packs")
    load_structure.cache_clear()
    assert load_structure("nw").units[0].kind == "section"
    load_structure.cache_clear()
    assert load_sources(tmp_path / "raw/nw").documents == []

"""What changed: findings are told apart by what they are about, not by where they stand."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import changes
from pipeline.changes import ChangesError, compare
from pipeline.report.exports.dataset import SCHEMAS

GAPS = [
    {"jurisdiction": "id", "indicator": "a", "status": "met", "severity": "high", "reviewed_by": "", "page": "1"},
    {"jurisdiction": "ph", "indicator": "a", "status": "partial", "severity": "high", "reviewed_by": "", "page": "1"},
]
SHAPE = {t: [*w.identity, *w.findings] for t, w in changes.WATCHED.items()}


def test_watched_columns_are_columns_of_the_tables() -> None:
    for table, columns in SHAPE.items():
        assert set(columns) <= {c.name for c in SCHEMAS[table].columns}, table


def test_nothing_changed() -> None:
    assert compare("gaps", GAPS, [GAPS[1] | {"page": "9"}, GAPS[0]]) == []
    assert changes.lines([], "HEAD") == ["No finding differs from HEAD."]


def test_added_removed_changed() -> None:
    after = [GAPS[0] | {"status": "partial"}, GAPS[1] | {"indicator": "b"}]
    found = compare("gaps", GAPS, after)
    assert [(c.kind, c.finding["indicator"], c.before, c.after) for c in found] == [
        ("changed", "a", {"status": "met"}, {"status": "partial"}),
        ("removed", "a", {"status": "partial", "severity": "high", "reviewed_by": ""}, {}),
        ("added", "b", {}, {"status": "partial", "severity": "high", "reviewed_by": ""}),
    ]
    said = changes.lines(found, "v1")
    assert said[0] == "gaps: 1 added, 1 removed, 1 changed since v1"
    assert "~ id a: status: met → partial" in said[1]


def test_equal_rows_of_one_provision_pair_before_different_ones() -> None:
    row = dict.fromkeys(SHAPE["penalties"], "") | {"doc_id": "d", "eid": "art_1", "subject": "person"}
    before = [row | {"fine_max": "5"}, row | {"fine_max": "7"}]
    after = [row | {"fine_max": "7"}, row | {"fine_max": "6"}, row | {"fine_max": "9"}]
    found = compare("penalties", before, after)
    assert [(c.kind, c.before.get("fine_max"), c.after["fine_max"]) for c in found] == [
        ("changed", "5", "6"),
        ("added", None, "9"),
    ]


def test_a_column_that_is_new_is_no_change_of_every_finding() -> None:
    old = [{k: v for k, v in r.items() if k != "reviewed_by"} for r in GAPS]
    assert compare("gaps", old, GAPS) == []


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository that holds tables with one row each."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reports/tables").mkdir(parents=True)
    for table, columns in SHAPE.items():
        text = ",".join(columns) + "\n" + ",".join("x" for _ in columns) + "\n"
        (tmp_path / f"reports/tables/{table}.csv").write_text(text, encoding="utf-8")
    for command in (["init", "-q"], ["add", "."], ["-c", "user.name=t", "-c", "user.email=t@t", "commit", "-qm", "t"]):
        subprocess.run(["git", *command], check=True)
    return tmp_path


def test_since_the_last_commit(repository: Path) -> None:
    assert changes.since("HEAD", Path("reports")) == []
    file = repository / "reports/tables/gaps.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("x,x,x,x,x", "x,x,'=1,x,x"), encoding="utf-8")
    assert [(c.kind, c.after) for c in changes.since("HEAD", Path("reports"))] == [("changed", {"status": "=1"})]


def test_a_table_that_the_revision_lacks_is_all_new(repository: Path) -> None:
    subprocess.run(["git", "rm", "-q", "--cached", "reports/tables/gaps.csv"], check=True)
    subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@t", "commit", "-qm", "t"], check=True)
    assert [c.kind for c in changes.since("HEAD", Path("reports"))] == ["added"]


@pytest.mark.parametrize("revision", ["nothing", "--output=x", "HEAD~9"])
def test_a_revision_that_is_not_there_is_an_error(repository: Path, revision: str) -> None:
    with pytest.raises(ChangesError, match="name a commit"):
        changes.since(revision, Path("reports"))
    assert not (repository / "x").exists()


def test_no_tables_is_an_error_that_says_what_to_run(repository: Path) -> None:
    (repository / "reports/tables/gaps.csv").unlink()
    with pytest.raises(ChangesError, match="dvc repro"):
        changes.since("HEAD", Path("reports"))


def test_the_verb_speaks_json(repository: Path) -> None:
    root = Path(__file__).resolve().parent.parent
    run = subprocess.run(
        [sys.executable, "-m", "pipeline", "changes", "--json"], capture_output=True, text=True, check=True,
        env={"PYTHONPATH": str(root), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert json.loads(run.stdout) == []

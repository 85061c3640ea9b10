"""What changed: findings are told apart by what they are about, not by where they stand."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import baseline, changes
from pipeline.changes import WATCHED, ChangesError, compare, text_at
from pipeline.corpus import Corpus
from pipeline.report import changed, markdown
from pipeline.report.exports.dataset import SCHEMAS
from pipeline.report.findings import Tables
from pipeline.report.links import Links
from pipeline.report.texts import Layout
from pipeline.report.words import LANGUAGES, words
from tests.conftest import Run, params

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


# ------------------------------------------------------------------------------- the run that is kept


def commit(*messages: str) -> None:
    subprocess.run(["git", "add", "."], check=True)
    for message in messages:
        subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@t", "commit", "-qm", message], check=True)


def test_a_committed_run_is_kept_with_where_it_came_from(repository: Path) -> None:
    (repository / "pipeline").mkdir()
    (repository / "pipeline/__init__.py").write_text('__version__ = "7.1"\n', encoding="utf-8")
    (repository / "params.yaml").write_text('as_of: "2025-12-11"\n', encoding="utf-8")
    file = repository / "reports/tables/gaps.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("x,x,x,x,x", 'x,x,\'=1,"a,b",x'), encoding="utf-8")
    commit("run")
    taken = baseline.take("HEAD")
    kept = baseline.read()
    assert kept == taken
    assert (kept.version, kept.as_of, dict(kept.editions)) == ("7.1", "2025-12-11", {"x": 1})
    assert kept.tables["gaps"][0]["status"] == "=1"
    assert changes.between(kept.tables, repository / "reports/tables") == []
    file.write_text(file.read_text(encoding="utf-8").replace("'=1", "met"), encoding="utf-8")
    assert [c.after for c in changes.between(kept.tables, repository / "reports/tables")] == [{"status": "met"}]
    commit("another run")
    assert baseline.take("HEAD~1") == taken


def test_a_commit_without_a_run_cannot_be_kept(repository: Path) -> None:
    subprocess.run(["git", "rm", "-rq", "--cached", "reports"], check=True)
    subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@t", "commit", "-qm", "t"], check=True)
    with pytest.raises(baseline.BaselineError, match="commit of a run"):
        baseline.take("HEAD")
    assert baseline.read() is None


def test_an_about_file_of_another_kind_is_an_error_that_names_the_keys(tmp_path: Path) -> None:
    (tmp_path / "about.yaml").write_text("commit: x\nwhen: y\n", encoding="utf-8")
    with pytest.raises(baseline.BaselineError, match="day, version"):
        baseline.read(tmp_path)


def test_the_kept_run_is_the_one_of_its_commit() -> None:
    kept = baseline.read()
    assert kept is not None
    try:
        changes.commit_of(kept.commit)
    except ChangesError:
        pytest.skip("this clone does not hold the commit that baseline/about.yaml names")
    for table in WATCHED:
        rows = changes.rows(text_at(kept.commit, Path(f"reports/tables/{table}.csv")))
        assert compare(table, rows, kept.tables[table]) == [], table


@pytest.fixture
def other_run(shipped: Run) -> baseline.Baseline:
    """What ships, but one indicator was open, one is new, and one claim is gone."""
    tables = {t: shipped.table(t) for t in WATCHED}
    tables["gaps"] = [dict(r) for r in tables["gaps"]][1:]
    row = next(r for r in tables["gaps"] if r["status"] == "met")
    row["status"] = "not_found"
    tables["claims"] = [*tables["claims"], {**tables["claims"][0], "statement": "<b>a</b> | `b`", "cited": ""}]
    day = str(params()["as_of"])
    return baseline.Baseline("abc123", "2026-01-05", "0.0.9", day, {"digest": 33}, tables)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_lists_what_differs_with_links_to_where_it_stands(
    shipped: Run, other_run: baseline.Baseline, language: str
) -> None:
    t, tables = words(language), Tables(shipped.reports / "tables")
    corpus = Corpus(*(shipped.processed / n for n in ("1-text", "2-provisions", "3-tags")))
    found = changed.changed(tables, other_run, str(params()["as_of"]))
    assert found is not None
    assert found.counts == {"added": 1, "changed": 1, "removed": 1}
    links = Links(corpus, tables, Layout(corpus), t, "")
    first = tables.rows("gaps")[0]
    gaps = {x.kind: x for x in changed.lines(found, SCHEMAS["gaps"], tables, links, {first["indicator"]: "Why?"})}
    assert f"gaps.html#{first['jurisdiction']}-{first['indicator']}" in gaps["added"].name
    assert "Why?" in gaps["added"].name
    _, before, after = gaps["changed"].values[0]
    assert (t.of("status", "not_found") in before, t.of("status", "met") in after) == (True, True)
    (claim,) = changed.lines(found, SCHEMAS["claims"], tables, links, {})
    assert "<b>a</b>" not in claim.name and "&lt;b&gt;" in claim.name
    assert t.date("2026-01-05") in changed.summary(found, t) and "abc123" in changed.summary(found, t)
    assert changed.warnings(found, t) == []


def test_another_day_and_other_editions_are_said(shipped: Run, other_run: baseline.Baseline) -> None:
    found = changed.changed(Tables(shipped.reports / "tables"), other_run, "2026-03-01")
    assert found is not None
    assert "1 March 2026" in changed.warnings(found, words("en"))[0]
    mixed = changed.Changed(other_run, {}, other_run.as_of, {"official": 33})
    assert "33 × official" in changed.warnings(mixed, words("en"))[0]


def test_the_markdown_report_says_what_changed(shipped: Run, other_run: baseline.Baseline, tmp_path: Path) -> None:
    shutil.copytree(shipped.reports / "tables", tmp_path / "tables")
    tables = Tables(tmp_path / "tables")
    for kept, said in ((other_run, "findings added 1, removed 1, changed 1"), (None, "No earlier run is kept")):
        found = changed.changed(tables, kept, str(params()["as_of"]))
        markdown.write(tables, tmp_path / "report.md", params(), found)
        text = (tmp_path / "report.md").read_text(encoding="utf-8")
        assert said in text
    assert "`b`" not in text

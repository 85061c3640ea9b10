"""What a change gains and loses is told by rule, whatever moved; an unknown revision is one clear error."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest
import yaml

from pipeline.changes import ChangesError
from pipeline.gains import changes, facts, gains, totals
from tests.conftest import ROOT, Run


def test_gains_and_losses_are_counted_by_rule() -> None:
    before = Counter({("tags", "r.a", "d", "art_1: one"): 2, ("tags", "r.b", "d", "art_1: two"): 1})
    after = Counter({("tags", "r.a", "d", "art_1: one"): 1, ("tags", "r.c", "d", "art_2: three"): 3})
    rows = {c.rule: (c.gained, c.lost) for c in changes(before, after, 1)}
    assert rows == {"r.a": (0, 1), "r.b": (0, 1), "r.c": (3, 0)}
    assert totals(changes(before, after, 1)) == (3, 2)
    assert next(c for c in changes(before, after, 1) if c.rule == "r.c").examples == ("+ d art_2: three",)


def test_a_run_against_itself_changes_nothing(shipped: Run) -> None:
    found = facts(shipped.processed)
    assert len(found) > 1000
    assert {what for what, *_ in found} == {"tags", "citations", "sanctions", "offences", "operations"}
    assert changes(found, found, 2) == []


@pytest.mark.parametrize("revision", ["no-such-revision", "--output=x"])
def test_an_unknown_revision_says_so(revision: str) -> None:
    with pytest.raises(ChangesError, match="no such revision"):
        gains(ROOT, revision)


def test_a_rule_taken_away_shows_as_lost(tmp_path: Path, small_raw: Path) -> None:
    """Two commits of a project with two laws; the working folder lacks one rule that the commit has."""
    for name in ("pipeline", "params.yaml"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(source, tmp_path / name)
    shutil.copytree(ROOT / "tests/gold", tmp_path / "tests/gold")
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "before"]):
        subprocess.run([*git, *command], cwd=tmp_path, check=True)
    rules = tmp_path / "pipeline/packs/id/penalties.yaml"
    pack = yaml.safe_load(rules.read_text(encoding="utf-8"))
    pack["rules"] = [r for r in pack["rules"] if r["id"] != "id.penalty.life"]
    rules.write_text(yaml.safe_dump(pack, allow_unicode=True), encoding="utf-8")
    here = Path.cwd()
    os.chdir(tmp_path)
    try:
        documents, gold = gains(tmp_path, "HEAD")
    finally:
        os.chdir(here)
    by_rule = {c.rule: (c.gained, c.lost) for c in documents}
    assert by_rule["id.penalty.life"][1] > 0
    assert by_rule["sanctions"][1] > 0
    assert any(c.rule.startswith("sanctions") for c in gold)
    assert not any(c.rule.startswith(("claims", "indicators")) for c in gold)

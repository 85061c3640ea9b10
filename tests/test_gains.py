"""What a change gains and loses is told by rule, whatever moved; an unknown revision is one clear error."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from pipeline.gains import GainsError, changes, facts, gains, totals
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


def test_an_unknown_revision_says_so(tmp_path: Path) -> None:
    if not (ROOT / "processed/4-links").is_dir():
        with pytest.raises(GainsError, match="dvc repro"):
            gains(ROOT, "HEAD")
        return
    with pytest.raises(GainsError, match="no revision"):
        gains(ROOT, "no-such-revision")

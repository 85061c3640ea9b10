"""What a change gained and lost: the stages of another revision beside those of today, on the same documents.

Reads   the last run (processed/, reports/evaluation.csv), the code of a git revision, raw/ and tests/gold of today.
Writes  nothing in the project; the other revision runs in a temporary folder.
A thing counts as the same when it says the same of the same provision, wherever its characters stand.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

STAGES = ("extract", "parse", "tag", "link", "evaluate")
LINKED = {
    "citations": ("eid", "text", "target_doc", "target_eid", "status"),
    "sanctions": (
        "eid", "prison_min_months", "prison_max_months", "life", "death", "fine_min", "fine_max", "conjunction",
        "relative", "subject",
    ),
    "offences": ("eid", "conduct", "victim", "elements", "penalty_eids"),
    "operations": ("eid", "op", "target_doc", "target_eid", "effective"),
}  # fmt: skip
READINGS = ("claims", "indicators")  # scored on stages that a comparison of rules does not run
Fact = tuple[str, str, str, str]  # what, rule or kind, doc_id, what it says


class GainsError(Exception):
    """The other revision cannot be run; the message says why."""


@dataclass(frozen=True, slots=True)
class Change:
    """How often one rule or kind of link found something more, or no longer."""

    what: str
    rule: str
    gained: int
    lost: int
    examples: tuple[str, ...]  # `+ doc: words` or `- doc: words`


def gains(root: Path, base: str, examples: int = 3) -> tuple[list[Change], list[Change]]:
    """Changes on all documents, and on gold facts, from revision `base` to the last run.

    Raises:
        GainsError: no such revision, no last run, or a stage of the other revision failed.
    """
    if not (root / "processed/4-links").is_dir():
        raise GainsError("there is no run to compare: run `dvc repro` first")
    with tempfile.TemporaryDirectory(prefix="gains-") as name:
        other = Path(name)
        _export(root, base, other)
        _run(other)
        return (
            changes(facts(other / "processed"), facts(root / "processed"), examples),
            changes(gold(other / "reports/evaluation.csv"), gold(root / "reports/evaluation.csv"), examples),
        )


def facts(processed: Path) -> Counter[Fact]:
    """Every tag and link of a run, as what it says of which provision."""
    found: Counter[Fact] = Counter()
    for file in sorted((processed / "3-tags").glob("*.jsonl")):
        for row in _rows(file):
            found["tags", row["rule_id"], row["doc_id"], f"{row['eid']}: {row['text']}"] += 1
    for what, columns in LINKED.items():
        for row in _rows(processed / "4-links" / f"{what}.jsonl"):
            said = " ".join(_words(row.get(c)) for c in columns)
            found[what, what, row["doc_id"], said] += 1
    return found


def gold(evaluation: Path) -> Counter[Fact]:
    """Disagreements with the gold facts: a gain here is an error more."""
    if not evaluation.is_file():
        return Counter()
    with evaluation.open(encoding="utf-8", newline="") as file:
        return Counter(
            ("gold", f"{r['label']}, {r['kind']}", r["doc_id"], f"{r['eid']}: {r['fact']}")
            for r in csv.DictReader(file)
        )


def changes(before: Counter[Fact], after: Counter[Fact], examples: int) -> list[Change]:
    """What each rule gained and lost, the largest change first."""
    by_rule: dict[tuple[str, str], tuple[list[str], list[str]]] = {}
    for side, facts_ in ((0, after - before), (1, before - after)):
        for (what, rule, doc_id, said), n in sorted(facts_.items()):
            by_rule.setdefault((what, rule), ([], []))[side].extend([f"{'+-'[side]} {doc_id} {said}"] * n)
    rows = [
        Change(what, rule, len(new), len(old), (*new[:examples], *old[:examples]))
        for (what, rule), (new, old) in by_rule.items()
    ]
    return sorted(rows, key=lambda c: (-(c.gained + c.lost), c.what, c.rule))


def _words(value: Any) -> str:
    return ";".join(map(str, value)) if isinstance(value, list) else "–" if value in (None, "") else str(value)


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    if file.is_file():
        with file.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def _export(root: Path, base: str, other: Path) -> None:
    """The code and parameters of a revision, with the documents and gold facts of today."""
    archive = subprocess.run(
        ["git", "archive", base, "pipeline", "params.yaml"], cwd=root, capture_output=True, check=False
    )
    if archive.returncode:
        raise GainsError(f"no revision {base!r}: {archive.stderr.decode(errors='replace').strip()}")
    subprocess.run(["tar", "-x"], cwd=other, input=archive.stdout, check=True)
    (other / "processed").mkdir()
    for part in ("raw", "tests/gold"):
        shutil.copytree(root / part, other / part)


def _run(other: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(other)}
    for stage in STAGES:
        done = subprocess.run(
            [sys.executable, "-m", "pipeline", stage], cwd=other, env=environment, capture_output=True, check=False
        )
        if done.returncode:
            said = done.stderr.decode(errors="replace").strip().splitlines()[-3:]
            raise GainsError(f"stage {stage} of that revision failed on today's documents: {' '.join(said)}")


def totals(rows: Iterable[Change]) -> tuple[int, int]:
    """(gained, lost) over all rows."""
    kept = list(rows)
    return sum(r.gained for r in kept), sum(r.lost for r in kept)

"""What a change gained and lost: the stages of another revision beside those of today, on the same documents.

Reads   the code and parameters of a git revision and of the working folder, uncommitted edits included; raw/ and
        tests/gold of the working folder for both.
Writes  nothing in the project: both run in temporary folders, so a stale run is never compared.
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

import yaml

from pipeline import Refused
from pipeline.changes import commit_of

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
Fact = tuple[str, str, str, str]  # what, rule or kind, doc_id, what it says


class GainsError(Refused):
    """One of the two revisions cannot be run; the message says why."""


@dataclass(frozen=True, slots=True)
class Change:
    """How often one rule or kind of link found something more, or no longer."""

    what: str
    rule: str
    gained: int
    lost: int
    examples: tuple[str, ...]  # `+ doc: words` or `- doc: words`


def gains(root: Path, base: str, examples: int = 3) -> tuple[list[Change], list[Change]]:
    """Changes on all documents, and in the disagreements with gold facts, from revision `base` to the working folder.

    Raises:
        ChangesError: no such revision.
        GainsError: a stage failed on one of the two sides.
    """
    commit = commit_of(base)
    with tempfile.TemporaryDirectory(prefix="gains-") as name:
        sides = []
        for side, revision in (("before", commit), ("now", "")):
            folder = Path(name) / side
            _prepare(root, revision, folder)
            _run(folder, base if revision else "the working folder")
            sides.append(folder)
        before, now = sides
        return (
            changes(facts(before / "processed"), facts(now / "processed"), examples),
            changes(gold(before / "reports/evaluation.csv"), gold(now / "reports/evaluation.csv"), examples),
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


def _prepare(root: Path, commit: str, folder: Path) -> None:
    """Code and parameters of a commit (of the working folder where it is empty), documents and gold of the folder."""
    (folder / "processed").mkdir(parents=True)
    if commit:
        command = ["git", "archive", commit, "pipeline", "params.yaml"]
        archive = subprocess.run(command, cwd=root, capture_output=True, check=True)
        subprocess.run(["tar", "-x"], cwd=folder, input=archive.stdout, check=True)
    else:
        shutil.copytree(root / "pipeline", folder / "pipeline", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copyfile(root / "params.yaml", folder / "params.yaml")
    for part in ("raw", "tests/gold"):
        shutil.copytree(root / part, folder / part)
    params = yaml.safe_load((folder / "params.yaml").read_text(encoding="utf-8"))
    if params["engine"].get("cache"):
        params["engine"]["cache"] = str((root / params["engine"]["cache"]).resolve())
    (folder / "params.yaml").write_text(yaml.safe_dump(params, allow_unicode=True), encoding="utf-8")


def _run(folder: Path, what: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    for stage in STAGES:
        command = [sys.executable, "-m", "pipeline", stage]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
        if done.returncode:
            said = done.stderr.decode(errors="replace").strip().splitlines()[-3:]
            raise GainsError(f"stage {stage} of {what} failed on today's documents: {' '.join(said)}")


def totals(rows: Iterable[Change]) -> tuple[int, int]:
    """(gained, lost) over all rows."""
    kept = list(rows)
    return sum(r.gained for r in kept), sum(r.lost for r in kept)

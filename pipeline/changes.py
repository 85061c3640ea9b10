"""What changed in the findings since an earlier run: added, removed, changed.

Reads   reports/tables/*.csv of the working folder, and of a revision through `git show`.
Writes  nothing. Does not judge a change, and knows no document: it compares what the tables say. The report shows the
same comparison with the run that baseline/ keeps (pipeline/baseline.py).
"""

from __future__ import annotations

import csv
import io
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline import Refused
from pipeline.records import as_written

Row = dict[str, str]


class ChangesError(Refused):
    """The revision cannot be read, or there are no tables to compare."""


@dataclass(frozen=True, slots=True)
class Watched:
    """Which columns name a finding, and which say what was found. Offsets, pages and running numbers do neither."""

    identity: tuple[str, ...]
    findings: tuple[str, ...]


_SANCTION = (
    "prison_min_months", "prison_max_months", "life", "death", "fine_min", "fine_max", "fine_category_min",
    "fine_category_max", "fine_min_percent", "fine_max_percent", "fine_percent_of", "currency", "conjunction",
)  # fmt: skip
WATCHED = {
    "gaps": Watched(("jurisdiction", "indicator"), ("status", "severity", "reviewed_by")),
    "claims": Watched(
        ("doc_id", "section", "kind", "cited", "asserted", "statement"), ("verdict", "severity", "found")
    ),
    "conduct_matrix": Watched(("jurisdiction", "concept"), ("status", "offences", "child_offences", "life")),
    "palermo_matrix": Watched(("doc_id", "concept"), ("status",)),
    "protection": Watched(("jurisdiction", "concept"), ("status",)),
    "fragmentation": Watched(("jurisdiction",), ("conducts", "instruments", "fewest_instruments")),
    "offences": Watched(("doc_id", "eid", "subject"), ("conduct", "victim", *_SANCTION, "in_force")),
    "penalties": Watched(("doc_id", "eid", "subject"), (*_SANCTION, "relative", "penalty_name", "in_force")),
    "operations": Watched(("doc_id", "eid", "op", "target_doc", "target_eid"), ("effective",)),
    "documents": Watched(("doc_id",), ("edition", "checked", "in_force_from", "in_force")),
}


@dataclass(frozen=True, slots=True)
class Change:
    """A finding that is not what it was. `before` and `after` hold the columns that differ, or all of a new one."""

    table: str
    kind: str  # added | removed | changed
    finding: Row
    before: Row
    after: Row


def since(revision: str, reports: Path) -> list[Change]:
    """Changes from `revision` to the working files, in table order.

    Raises:
        ChangesError: no such revision, not a Git repository, or no tables here.
    """
    commit = commit_of(revision)
    return between({t: rows(text_at(commit, reports / "tables" / f"{t}.csv")) for t in WATCHED}, reports / "tables")


def between(before: Mapping[str, Sequence[Row]], tables: Path) -> list[Change]:
    """Changes from earlier rows, by table, to the CSV files of a folder, in table order.

    Raises:
        ChangesError: a table is not in the folder.
    """
    found: list[Change] = []
    for table in WATCHED:
        path = tables / f"{table}.csv"
        if not path.is_file():
            raise ChangesError(f"{path} is not here; run `dvc repro` first")
        found += compare(table, before.get(table, []), rows(path.read_text(encoding="utf-8")))
    return found


def rows(text: str) -> list[Row]:
    """Rows of a CSV text."""
    return [{k: as_written(v or "") for k, v in r.items() if k} for r in csv.DictReader(io.StringIO(text, newline=""))]


def compare(table: str, before: Sequence[Row], after: Sequence[Row]) -> list[Change]:
    """Changes of one table. Columns that only one side has are left aside; rows of one identity are paired in order."""
    watched = WATCHED[table]
    common = set(before[0]) & set(after[0]) if before and after else {*watched.identity, *watched.findings}
    identity = [c for c in watched.identity if c in common]
    findings = [c for c in watched.findings if c in common]
    old, new = _grouped(before, identity), _grouped(after, identity)
    found: list[Change] = []
    for key in dict.fromkeys([*old, *new]):
        named = dict(zip(identity, key, strict=True))
        left = [_pick(r, findings) for r in old.get(key, [])]
        come: list[Row] = []
        for row in (_pick(r, findings) for r in new.get(key, [])):
            if row in left:
                left.remove(row)
            else:
                come.append(row)
        for was, now in zip(left, come, strict=False):
            differ = [c for c in findings if was[c] != now[c]]
            found.append(Change(table, "changed", named, _pick(was, differ), _pick(now, differ)))
        found += [Change(table, "removed", named, was, {}) for was in left[len(come) :]]
        found += [Change(table, "added", named, {}, now) for now in come[len(left) :]]
    return found


def lines(changes: Iterable[Change], revision: str) -> list[str]:
    """Changes as text, a line each, grouped by table with counts."""
    by_table: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        by_table[change.table].append(change)
    if not by_table:
        return [f"No finding differs from {revision}."]
    out: list[str] = []
    for table, found in by_table.items():
        counts = ", ".join(
            f"{n} {k}" for k in ("added", "removed", "changed") if (n := sum(c.kind == k for c in found))
        )
        out.append(f"{table}: {counts} since {revision}")
        out += [f"  {_line(c)}" for c in found]
    return out


def as_data(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """Changes for `--json`."""
    return [asdict(c) for c in changes]


def _line(change: Change) -> str:
    name = " ".join(_short(v) for v in change.finding.values() if v)
    if change.kind == "changed":
        what = "; ".join(f"{c}: {_short(change.before[c])} → {_short(change.after[c])}" for c in change.after)
    else:
        row = change.after or change.before
        what = "; ".join(f"{c}: {_short(v)}" for c, v in row.items() if v not in ("", "false"))
    return f"{ {'added': '+', 'removed': '-', 'changed': '~'}[change.kind] } {name}: {what}"


def _short(text: str, most: int = 70) -> str:
    return "(nothing)" if not text else text if len(text) <= most else text[: most - 2] + " …"


def _pick(row: Row, columns: Iterable[str]) -> Row:
    return {c: row[c] for c in columns}


def _grouped(table: Sequence[Row], identity: Sequence[str]) -> dict[tuple[str, ...], list[Row]]:
    groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in table:
        groups[tuple(row[c] for c in identity)].append(row)
    return groups


def commit_of(revision: str) -> str:
    """Hash of the commit that a revision names.

    Raises:
        ChangesError: no such revision, or not a Git repository.
    """
    return git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").strip()


def text_at(commit: str, path: Path) -> str:
    """A file below the working folder as a commit has it; '' if the commit has no such file."""
    name = f"./{path.as_posix()}"
    held = git("ls-tree", "--name-only", commit, "--", name)
    return git("show", f"{commit}:{name}") if held else ""


def git(*arguments: str) -> str:
    """What a git command prints.

    Raises:
        ChangesError: git is not installed, or refuses.
    """
    try:
        run = subprocess.run(["git", *arguments], capture_output=True, check=False)
    except FileNotFoundError as error:
        raise ChangesError("git is not installed; it holds what is to be compared") from error
    if run.returncode:
        said = run.stderr.decode("utf-8", "replace").strip() or "no such revision"
        raise ChangesError(f"git {arguments[0]} {arguments[-1]}: {said}; name a commit, as HEAD~1")
    return run.stdout.decode("utf-8")

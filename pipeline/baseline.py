"""The earlier run that the report compares itself with: its findings, kept in baseline/, and where they came from.

Reads   baseline/*.csv (the watched columns of that run's tables) and baseline/about.yaml; to take a new one, the
        reports, parameters and version that a commit holds.
Writes  baseline/, by `python -m pipeline baseline` only. No stage moves it, so that a run of the same sources says the
        same on every machine and in every clone, with or without Git.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from pipeline import Refused
from pipeline.changes import WATCHED, Row, commit_of, git, rows, text_at
from pipeline.records import inert

FOLDER = Path("baseline")
ABOUT = "about.yaml"
HASH = 12  # characters of a commit's hash that name it
KEYS = ("commit", "day", "version", "as_of", "editions")
HEADER = """\
# The run that the report's page “What changed” compares with. Written by `make baseline`; not edited by hand.
"""


class BaselineError(Refused):
    """The kept run cannot be read, or a commit holds none that could be kept."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """The findings of an earlier run, by table, and which run it was."""

    commit: str
    day: str  # ISO date of the commit
    version: str  # of the pipeline
    as_of: str  # ISO date of the law that it describes
    editions: Mapping[str, int]  # edition → documents read in it
    tables: Mapping[str, list[Row]]


def read(folder: Path = FOLDER) -> Baseline | None:
    """The kept run; None where none is kept.

    Raises:
        BaselineError: about.yaml lacks a key, or has one that is unknown.
    """
    about = folder / ABOUT
    if not about.is_file():
        return None
    said: dict[str, Any] = yaml.safe_load(about.read_text(encoding="utf-8")) or {}
    if set(said) != set(KEYS):
        raise BaselineError(f"{about} must have the keys {', '.join(KEYS)}, and has {', '.join(said)}; `make baseline`")
    found = {t: folder / f"{t}.csv" for t in WATCHED}
    tables = {t: rows(f.read_text(encoding="utf-8")) for t, f in found.items() if f.is_file()}
    words = {k: str(said[k]) for k in KEYS if k != "editions"}
    return Baseline(**words, editions={str(k): int(v) for k, v in said["editions"].items()}, tables=tables)


def take(revision: str, reports: Path = Path("reports"), folder: Path = FOLDER) -> Baseline:
    """Keep the findings that a commit holds in place of those kept before.

    Raises:
        ChangesError: no such revision, or not a Git repository.
        BaselineError: the commit holds no tables.
    """
    commit = commit_of(revision)
    tables = {t: rows(text) for t in WATCHED if (text := text_at(commit, reports / "tables" / f"{t}.csv"))}
    if not tables.get("documents"):
        raise BaselineError(f"{revision} holds no {reports}/tables; name a commit of a run, or commit one first")
    version = re.search(r'^__version__ = "(.+)"', text_at(commit, Path("pipeline/__init__.py")), re.MULTILINE)
    params = yaml.safe_load(text_at(commit, Path("params.yaml"))) or {}
    kept = Baseline(
        commit=commit[:HASH],
        day=git("show", "--no-patch", "--format=%cs", commit).strip(),
        version=version[1] if version else "",
        as_of=str(params.get("as_of", "")),
        editions=dict(sorted(Counter(r["edition"] for r in tables["documents"]).items())),
        tables=tables,
    )
    folder.mkdir(parents=True, exist_ok=True)
    for stale in folder.glob("*.csv"):
        stale.unlink()
    for table, found in tables.items():
        watched = (*WATCHED[table].identity, *WATCHED[table].findings)
        columns = [c for c in watched if not found or c in found[0]]
        out = io.StringIO()
        writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows({c: inert(r[c]) for c in columns} for r in found)
        (folder / f"{table}.csv").write_text(out.getvalue(), encoding="utf-8", newline="\n")
    about = {k: getattr(kept, k) for k in KEYS}
    (folder / ABOUT).write_text(HEADER + yaml.safe_dump(about, sort_keys=False), encoding="utf-8", newline="\n")
    return kept

"""The same DAG on another edition of the documents, and what differs between two editions.

Reads   the project's code, params, raw/ and gold facts; a folder of official files.
Writes  build/<name>/: a copy of all that, its own DVC state, processed/ and reports/ named as in the project.
Never touches the project's own processed/, reports/ or dvc.lock, and nothing in build/ is committed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import yaml

from pipeline import Refused, acquire
from pipeline.describe import describe, draft

COPIED = ("pipeline", "baseline", "tests/gold", "dvc.yaml", "CITATION.cff")


class EditionError(Refused):
    """A run in build/ failed, or there is nothing to run it on; the message says what to do."""


def prepare(root: Path, name: str, edition: str) -> Path:
    """A workspace build/<name>/ with today's code and raw/, ready for `dvc repro`; earlier results in it stay.

    `edition` goes into its params.yaml as `corpus.edition`. The engine's cache is shared with the project.
    """
    workspace = root / "build" / name
    (workspace / "raw").mkdir(parents=True, exist_ok=True)
    for part in COPIED:
        source, target = root / part, workspace / part
        if source.is_dir():
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    params = yaml.safe_load((root / "params.yaml").read_text(encoding="utf-8"))
    params["corpus"]["edition"] = edition
    if params["engine"]["cache"]:
        params["engine"]["cache"] = str((root / params["engine"]["cache"]).resolve())
    (workspace / "params.yaml").write_text(
        yaml.safe_dump(params, allow_unicode=True, sort_keys=False), encoding="utf-8"
    )
    for old in (workspace / "raw").iterdir():
        shutil.rmtree(old) if old.is_dir() else old.unlink()
    shutil.copytree(
        root / "raw", workspace / "raw", dirs_exist_ok=True, ignore=shutil.ignore_patterns("official", acquire.LOCK)
    )
    if not (workspace / ".dvc").is_dir():
        _dvc(workspace, "init", "--no-scm", "--quiet")
    return workspace


def official(root: Path, corpus: Path | None) -> tuple[Path, list[acquire.Acquired], list[Path]]:
    """Run the DAG in build/official/ on the files of `corpus` (or on what raw/ has), digests where there are none.

    A file that no sources.yaml describes is read by a drafted description, in this workspace only. Returns the
    workspace, the documents that were read in their official edition, and the files that could not be described.

    Raises:
        EditionError: there is no official file, or a stage failed.
        AcquireError: `corpus` cannot be taken.
    """
    workspace = prepare(root, "official", "auto")
    raw = workspace / "raw"
    taken: list[acquire.Acquired] = []
    strangers: list[Path] = []
    folders = [corpus] if corpus else sorted((root / "raw").glob("*/official"))
    for folder in folders:
        found, unknown = acquire.from_folder(raw, folder)
        drafted = _describe(raw, unknown)
        taken += found
        if drafted:
            taken += acquire.from_folder(raw, folder, drafted)[0]
        strangers += [path for path in unknown if path.stem not in drafted]
    if not taken:
        raise EditionError(
            "there is no official file: name their folder (make official CORPUS=folder), or fetch them into raw/ with "
            "`python -m pipeline acquire`"
        )
    _dvc(workspace, "repro")
    return workspace, taken, strangers


def _describe(raw: Path, files: Iterable[Path]) -> list[str]:
    """Add drafted descriptions of `files` to the workspace's sources.yaml; doc_ids of those that could be drafted."""
    drafted: list[str] = []
    for path in files:
        known = {doc_id: want.source for doc_id, want in acquire.wanted(raw).items()}
        found = describe(path, known)
        if found is None:
            continue
        code, source = found
        file = raw / code / "sources.yaml"
        if not file.is_file():
            continue
        sources = yaml.safe_load(file.read_text(encoding="utf-8"))
        sources["documents"] += yaml.safe_load(draft(source))
        file.write_text(yaml.safe_dump(sources, allow_unicode=True, sort_keys=False), encoding="utf-8")
        drafted.append(source.doc_id)
    return drafted


def digest(root: Path) -> Path:
    """Run the DAG in build/digest/ on the digests alone.

    Raises:
        EditionError: a stage failed.
    """
    workspace = prepare(root, "digest", "digest")
    _dvc(workspace, "repro")
    return workspace


def _dvc(workspace: Path, *command: str) -> None:
    """Run DVC in a workspace, with this interpreter first on the path of its stages."""
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "DVC_ROOT")}
    environment["PATH"] = str(Path(sys.executable).parent) + os.pathsep + environment.get("PATH", "")
    environment["DVC_NO_ANALYTICS"] = "1"
    done = subprocess.run([sys.executable, "-m", "dvc", *command], cwd=workspace, env=environment, check=False)
    if done.returncode:
        raise EditionError(f"`dvc {' '.join(command)}` failed in {workspace}; what it printed above says why")

"""DVC: stages depend on just what they load; the lock is what the stages give."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

STAGES: dict[str, dict[str, Any]] = yaml.safe_load(
    Path(__file__).parent.parent.joinpath("dvc.yaml").read_text(encoding="utf-8")
)["stages"]
LOADED = "import sys, importlib; importlib.import_module('pipeline.{0}'); print('\\n'.join(m for m in sys.modules if m.startswith('pipeline.')))"


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_depends_on_every_module_it_loads_and_no_other(stage: str) -> None:
    run = subprocess.run([sys.executable, "-c", LOADED.format(stage)], capture_output=True, text=True, check=True)
    loaded = {"pipeline/" + m.split(".")[1] for m in run.stdout.split()}
    deps = {d for d in STAGES[stage]["deps"] if d.startswith("pipeline/")}
    code = {d.removesuffix(".py") for d in deps if not d.endswith(".yaml")} - {"pipeline/packs", "pipeline/benchmarks"}
    assert code == loaded - {"pipeline/packs"}
    assert "pipeline/packs.py" in deps


def test_stages_are_described_and_named_after_their_verb() -> None:
    for name, stage in STAGES.items():
        assert stage["desc"]
        assert stage["cmd"] == f"python -m pipeline {name}"


def test_the_engine_is_no_parameter_of_any_stage() -> None:
    assert not [n for n, s in STAGES.items() if "engine" in s.get("params", [])]


def test_the_committed_lock_covers_every_stage() -> None:
    lock = yaml.safe_load(Path("dvc.lock").read_text(encoding="utf-8"))
    assert set(lock["stages"]) == set(STAGES)


@pytest.mark.skipif(sys.platform == "win32", reason="uses a clone and POSIX paths")
def test_a_fresh_clone_reproduces_what_is_committed(tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", ".", str(clone)], check=True)
    dvc = [str(Path(sys.executable).parent / "dvc")]
    path = {"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", "HOME": str(tmp_path), "DVC_NO_ANALYTICS": "1"}
    first = subprocess.run([*dvc, "repro"], cwd=clone, env=path, capture_output=True, text=True, check=False)
    assert first.returncode == 0, first.stderr[-2000:]
    changed = subprocess.run(["git", "status", "--porcelain"], cwd=clone, capture_output=True, text=True, check=True)
    assert changed.stdout == ""
    second = subprocess.run([*dvc, "repro"], cwd=clone, env=path, capture_output=True, text=True, check=True)
    assert "Running stage" not in second.stdout + second.stderr
